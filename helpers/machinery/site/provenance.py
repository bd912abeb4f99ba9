"""How a number was made from its rows: its recipe followed through the tables and said in words."""

from helpers import quantities, recipes
from helpers.machinery.site.data_pages import Tables
from helpers.quantities import Quantity
from helpers.recipes import Recipe


def words(recipe: Recipe) -> str:
    """How a number was made, in words for a reader."""
    return recipe.words(quantities.text)


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
