"""How a number was made from its rows: its recipe followed through the tables and said in words."""

from collections.abc import Iterator

from helpers import quantities, recipes
from helpers.machinery.site.data_pages import Tables
from helpers.quantities import Quantity
from helpers.recipes import Recipe

MOST = 5  # parts of a sum that are named before all of them are listed


def words(recipe: Recipe) -> str:
    """How a number was made, in words for a reader."""
    return recipe.words(quantities.text)


def largest(recipe: Recipe, tables: Tables) -> list[tuple[str, Recipe]]:
    """The largest parts of a number that is added up of more than MOST, each with what it is of:
    a country, else the first of its rows. None of any other number.
    """
    while len(recipe.parts) == 1:
        recipe = recipe.parts[0]
    known = [(number(part, tables), part) for part in recipe.parts]
    if recipe.act != "sum" or len(known) <= MOST:
        return []
    sized = [(told.value, part) for told, part in known if told and told.value]
    sized.sort(key=lambda pair: -pair[0])
    return [(_whose(part, tables), part) for _, part in sized[:MOST]]


def _whose(recipe: Recipe, tables: Tables) -> str:
    """The one country that all rows of a recipe are of which name any; else the first row."""
    rows = list(_rows(recipe))
    named = {tables.row(id).get(of) for id in rows for of in ("country", "operator")} - {None, ""}
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
    act = recipes.ACTS[recipe.act]
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
