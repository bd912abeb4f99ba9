"""How a number was made from its rows: its recipe followed through the tables and said in words."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from helpers import quantities, recipe_acts
from helpers.machinery.site import rows_in_sentences
from helpers.machinery.site.data_pages import Tables, shown
from helpers.quantities import Quantity
from helpers.recipe_acts import Recipe
from helpers.tables import day

FORMULAS = {  # what each formula gives, in words; one that is not named here is told by its name
    "abroad": "soldiers on operations abroad",
    "airborne": "aircraft in the air on average",
    "alert_fighters": "fighters held ready on the ground",
    "at_least": "the least chance of all three",
    "at_most": "the greatest chance of all three",
    "correlated": "the chance of all three if they hang together",
    "cost": "money a year",
    "cycling_fighters": "fighters that fly in turn",
    "density": "soldiers a kilometre",
    "distance": "kilometres between two places",
    "fighters": "fighters needed",
    "fighters_by_crews": "fighters whose pilots fly these hours",
    "fighters_by_hours": "fighters that fly these hours",
    "fighters_for_a_month": "fighters needed for a month",
    "fighters_without_end": "fighters needed for good",
    "fuel_given": "kilograms of fuel given a day",
    "hours_flown": "hours flown a year",
    "independent": "the chance of all three if they do not hang together",
    "kept_up": "soldiers that could be added by its record",
    "line_force": "soldiers for the line",
    "offload": "kilograms of fuel that a flight can give",
    "orbits": "aircraft kept in the air",
    "orbits_without_end": "aircraft kept in the air for good",
    "pairs_beside": "pairs kept up beside their escorts",
    "pairs_flown": "pairs that the fighters keep up",
    "patrols_carried": "patrols that the fuel keeps up",
    "pool": "soldiers needed in all",
    "sustained": "soldiers of the share that can be in the field",
    "tanker_fuel": "kilograms of fuel needed a day",
    "tipping_distance": "kilometres beyond which no time is left",
    "unrefuelled_station": "hours over the area without a tanker",
}
MOST = 5  # parts of a sum that are named before all of them are listed


def words(recipe: Recipe, told: str = "") -> str:
    """How a number was made, in words for a reader; `told` is what stands in its place."""
    if recipe.act == "median" and "–" in told:
        return "the range of nine draws in ten over the ranges of the inputs"
    return recipe.words(quantities.text, _name)


def _name(act: str, argument: str) -> str:
    """What a formula or a column is called, for a reader."""
    if act == "model":
        return FORMULAS.get(argument, f"‘{argument.replace('_', ' ')}’")
    return rows_in_sentences.number_of(argument)


def cell(recipe: Recipe, id: str, tables: Tables) -> str:
    """The cell of a row that a recipe takes, in words; empty where it takes none.

    Parameters
    ----------
    recipe : Recipe
        The recipe; its argument names the column.
    id : str
        The row that it takes the cell from.
    tables : Tables
        The tables, for the row and to know the ids of countries.
    """
    row = tables.row(id)
    if recipe.argument not in row:
        return ""
    value = row[recipe.argument]
    if isinstance(value, float):
        return (
            shown(value) if recipe.argument in rows_in_sentences.PLAIN else quantities.text(value)
        )
    words = shown(value) or "unknown"
    return "" if words in tables.rows.get("countries", {}) else words  # the row is named by it


class Part(NamedTuple):
    """A part of a sum: what it is of, its number in words, and the recipe of that number."""

    whose: str
    words: str
    recipe: Recipe


def largest(
    recipe: Recipe, tables: Tables, page: Callable[[Recipe], str] = lambda recipe: ""
) -> tuple[list[Part], bool]:
    """The largest parts of a number that is added up of more than MOST.

    Parameters
    ----------
    recipe : Recipe
        How the number was made.
    tables : Tables
        The tables that it was made from.
    page : function
        Gives the words by which the page tells the number of a recipe; empty where it does not.

    Returns
    -------
    list of Part
        The parts, the largest first, each with what it is of: a country, else the first of its
        rows. Empty for any other number.
    bool
        Whether they are medians. Of a number that was drawn each part is the median where the page
        tells it of all, so that one number stands there; else it is taken at the inputs' values.
    """
    whole, drawn = recipe, recipe.act in ("median", "chance")
    while len(whole.parts) == 1:
        whole = whole.parts[0]
    known = [(number(part, tables), part) for part in whole.parts]
    if whole.act != "sum" or len(known) <= MOST:
        return [], False
    sized = [(told, part) for told, part in known if told and (told.high or told.value)]
    seed = recipe.argument.partition(" ")[0]
    medians = [Recipe("median", seed, parts=(part,)) for _, part in sized]
    told_there = [page(median) for median in medians]
    if drawn and all(told_there):
        parts = [
            (float(words.replace(",", "")), Part(_whose(part, tables), words, median))
            for (_, part), words, median in zip(sized, told_there, medians, strict=True)
        ]
    else:
        drawn = False
        parts = [
            (told.number, Part(_whose(part, tables), str(told), part))
            for told, part in sized
            if told.value
        ]
    parts.sort(key=lambda pair: -pair[0])
    return [part for _, part in parts[:MOST]], drawn


def ends(recipe: Recipe, tables: Tables) -> str:
    """Of which ends of the two parts the ends of a ratio, share or difference are made; empty where
    it has no range, or is another number.
    """
    sign = {"ratio": "÷", "share": "÷", "difference": "−"}.get(recipe.act)
    told = number(recipe, tables) if sign else None
    if told is None or None in (told.low, told.high) or told.low == told.high:
        return ""
    parts = [number(part, tables) for part in recipe.parts]
    one, other = (quantity for quantity in parts if quantity)
    least, most = (
        f"{quantities.text(above, one.unit, one.modelled)} {sign}"
        f" {quantities.text(below, other.unit, other.modelled)}"
        for above, below in ((one.low, other.high), (one.high, other.low))
    )
    return f"{least} at the low end, {most} at the high end"


def span(recipe: Recipe, id: str, tables: Tables) -> str:
    """The range that a row gives with the number taken from it: '9 to 14'; empty without one.

    Parameters
    ----------
    recipe : Recipe
        The recipe; its argument names the column.
    id : str
        The row that it takes the cell from.
    tables : Tables
        The tables, for the row.
    """
    row = tables.row(id)
    low, high = (
        row.get(recipe_acts.end_column(row, recipe.argument, end)) for end in ("low", "high")
    )
    if low == high or recipe.act in ("low", "high"):
        return ""
    first, last = ("open" if end is None else quantities.text(end) for end in (low, high))
    return f"{first} to {last}"


def named(id: str, tables: Tables) -> str:
    """What a row is of, in few words for a reader who sees no id: type and operator of a fleet, a
    claim by its number and label, a country with what is told of it; its sentence where it names
    nothing.
    """
    row, names = tables.row(id), tables.rows.get("countries", {})

    def told(column: str) -> str:
        word = str(row.get(column) or "")
        if column == "date" and word:
            return day(word)
        return names[word]["name"] if word in names else word

    table = tables.table_of[id]
    if table == "claims":
        return f"{id} {told('label')}".strip()
    of = {"country": ("indicator", "formation", "date", "mission"), "operator": ("type", "what")}
    for whose, columns in of.items():
        if told(whose):
            what = next(filter(None, map(told, columns)), "")
            return f"{told(whose)}, {what}" if what else told(whose)
    plain = ("proposer", "name", "party", "mission", "what")
    return next(filter(None, map(told, plain)), "") or rows_in_sentences.sentence(id, tables)


def _whose(recipe: Recipe, tables: Tables) -> str:
    """The one country that all rows of a recipe are of which name an operator, or if none does a
    country; else the first row.
    """
    rows = list(_rows(recipe))
    operators, countries = (
        {tables.row(id).get(of) for id in rows} - {None, ""} for of in ("operator", "country")
    )
    named = operators or countries
    names = tables.rows.get("countries", {})
    code = named.pop() if len(named) == 1 else ""
    return names[code]["name"] if code in names else next(iter(rows), "no row")


def _rows(recipe: Recipe) -> Iterator[str]:
    """The rows of a recipe and of all its parts."""
    yield from recipe.rows
    for part in recipe.parts:
        yield from _rows(part)


def number(recipe: Recipe, tables: Tables) -> Quantity | None:
    """The number that the rows give by a recipe.

    None where it is no calculation, or was drawn or searched for, which takes long and is done
    again by tests. KeyError for a row that is in no table, or that lacks the column.
    """
    if recipe.text not in tables.numbers:
        tables.numbers[recipe.text] = _number(recipe, tables)
    return tables.numbers[recipe.text]


def _number(recipe: Recipe, tables: Tables) -> Quantity | None:
    act = recipe_acts.ACTS[recipe.act]
    if recipe.parts:
        numbers = [number(part, tables) for part in recipe.parts]
        parts = [part for part in numbers if part is not None]
        if act.parts is None or len(parts) < len(numbers):
            return None
        return quantities.of_parts(recipe.act, recipe.argument, parts, _unit(recipe, parts))
    rows = [{"id": id} | tables.row(id) for id in recipe.rows]
    if act.cells is None:
        return None
    return quantities.of_rows(recipe.act, recipe.argument, rows)


def _unit(recipe: Recipe, parts: list[Quantity]) -> str:
    """The unit by which a number made of others is printed: shares and ratios have their own."""
    if recipe.act in ("ratio", "share"):
        return recipe.act
    return parts[0].unit if recipe.act in ("sum", "difference") else ""


def text(recipe: Recipe, tables: Tables) -> str:
    """The number that the rows give by a recipe, as it is printed; empty where that is not to be
    said.
    """
    told = number(recipe, tables)
    return "" if told is None else str(told)
