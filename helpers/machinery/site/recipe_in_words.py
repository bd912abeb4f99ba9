"""How a number was made from its rows: its recipe followed through the tables and said in words."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from helpers import quantities, recipe_acts
from helpers.machinery.site.data_pages import Tables
from helpers.quantities import Quantity
from helpers.recipe_acts import Recipe

MOST = 5  # parts of a sum that are named before all of them are listed


def words(recipe: Recipe) -> str:
    """How a number was made, in words for a reader."""
    return recipe.words(quantities.text)


class Part(NamedTuple):
    """A part of a sum: what it is of, its number in words, and the recipe of that number."""

    whose: str
    words: str
    recipe: Recipe


def largest(
    recipe: Recipe, tables: Tables, page: Callable[[Recipe], str] = lambda recipe: ""
) -> tuple[list[Part], bool]:
    """The largest parts of a number that is added up of more than MOST, each with what it is of: a
    country, else the first of its rows; and whether they are medians. None of any
    other number.

    page: the words by which the page tells the number of a recipe, if it does. Of a number that was
    drawn each part is the median where the page tells it of all, so that one number stands there;
    else it is taken at the inputs' values.
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
    """The range that a row gives with the number taken from it: '9 to 14'; empty without one."""
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
    claim by its number and label, a country with what is told of it; the id where it names nothing.
    """
    row, names = tables.row(id), tables.rows.get("countries", {})

    def told(column: str) -> str:
        word = str(row.get(column) or "")
        return names[word]["name"] if word in names else word

    table = tables.table_of[id]
    if table == "claims":
        return f"{id} {told('label')}".strip()
    of = {"country": ("indicator", "formation", "date", "mission"), "operator": ("type", "what")}
    for whose, columns in of.items():
        if told(whose):
            what = next(filter(None, map(told, columns)), "")
            return f"{told(whose)}, {what}" if what else told(whose)
    return next(filter(None, map(told, ("proposer", "name", "party", "mission", "what"))), id)


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
