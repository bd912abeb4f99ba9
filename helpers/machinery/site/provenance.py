"""How a number was made from its rows: the recipe it carries, read back, followed and said in
words.
"""

import functools
import inspect
import re
from dataclasses import dataclass

import pandas as pd

from helpers import data, models, quantities
from helpers.machinery.site.data_pages import Tables
from helpers.quantities import Quantity

WORDS = {
    "sum": "added up",
    "difference": "the first less the second",
    "product": "the first times the second",
    "ratio": "the first divided by the second",
    "share": "the first as a share of the second",
    "count": "how many rows these are",
    "distinct": "how many different ones these rows name",
    "rows": "what these rows say",
    "readings": "how many readings these are, each a combination of these options",
    "from": "anything from none to this",
    "newest": "the newest of these rows; the range is of them all",
    "unknown": "not known",
    "chosen": "chosen for the question",
    "what-if": "a value tried out in place of what these rows give",
    "input": "what these rows give",
}
OF_PARTS = {  # acts on other numbers
    "sum": quantities.add,
    "difference": quantities.less,
    "ratio": quantities.ratio,
    "share": quantities.share,
    "product": lambda one, other: quantities.scaled(one, other, ""),
}


@dataclass(frozen=True)
class Recipe:
    """How a number is made: an act, perhaps on a column, of rows or of other recipes; `how` says it
    on one line.
    """

    how: str
    act: str
    column: str = ""
    rows: tuple[str, ...] = ()
    parts: tuple["Recipe", ...] = ()

    @property
    def words(self) -> str:
        if self.act == "over":
            return f"divided by {self.column}"
        if self.act == "model":
            return f"by the formula ‘{self.column.replace('_', ' ')}’"
        if self.act == "median":
            return (
                "the median of draws over the ranges of the inputs; the interval runs from the 5th"
                " to the 95th percentile"
            )
        if self.act == "chance":
            return (
                "the share of draws in which it reaches"
                f" {quantities.text(float(self.column.split()[1]))}"
            )
        of = f"‘{self.column.replace('_', ' ')}’, " if self.column else ""
        return of + WORDS.get(self.act, f"made by ‘{self.act}’")


@functools.lru_cache(4096)
def parse(how: str) -> Recipe:
    """A recipe from its line: 'ratio (sum in_service: a b) (count: c)'; ValueError where it is
    none.
    """
    recipe, rest = _parse(how.strip())
    if rest:
        raise ValueError(f"the recipe {how[:80]!a} goes on after its end")
    return recipe


def _parse(text: str) -> tuple[Recipe, str]:
    head = re.match(r"[^:()]*", text)[0]
    act, _, column = head.strip().partition(" ")
    rest = text[len(head) :]
    if rest.startswith(":"):
        rows = re.match(r"[^()]*", rest[1:])[0]
        return Recipe(head + ":" + rows, act, column, tuple(rows.split())), rest[1 + len(rows) :]
    parts = []
    while rest.startswith("("):
        part, rest = _parse(rest[1:])
        if not rest.startswith(")"):
            raise ValueError(f"the brackets of the recipe {text[:80]!a} do not close")
        parts.append(part)
        rest = rest[1:].lstrip()
    return Recipe(text[: len(text) - len(rest)], act, column, (), tuple(parts)), rest


def number(recipe: Recipe, tables: Tables) -> Quantity | None:
    """The number that the rows give by a recipe; None where the recipe is no calculation. KeyError
    for a row that is in no table.
    """
    if recipe.how not in tables.numbers:
        tables.numbers[recipe.how] = _number(recipe, tables)
    return tables.numbers[recipe.how]


def _number(recipe: Recipe, tables: Tables) -> Quantity | None:
    rows = [tables.row(id) for id in recipe.rows]
    if recipe.parts:
        parts = [number(part, tables) for part in recipe.parts]
        return None if None in parts else _of_parts(recipe, parts)
    if recipe.act == "count":
        return quantities.exact(len(rows))
    if recipe.act == "unknown":
        return Quantity(None)
    if recipe.act == "chosen":
        return quantities.exact(float(recipe.column))
    if recipe.act == "distinct":
        return quantities.exact(len({row[recipe.column] for row in rows}))
    if recipe.act == "from":
        return Quantity(0, 0, rows[0][recipe.column], unknowns=1)
    if recipe.act == "newest":
        rows = sorted(rows, key=lambda row: (row["date"], row["id"]))
        return quantities.total(_frame(recipe, tables).loc[[rows[-1]["id"]]], recipe.column)
    if recipe.act in ("sum", "cell"):
        return quantities.total(_frame(recipe, tables), recipe.column) if rows else Quantity(None)
    return None


def _of_parts(recipe: Recipe, parts: list[Quantity]) -> Quantity | None:
    """The number that a recipe gives from its parts; None also where it was drawn from them, which
    takes long and is done again by tests.
    """
    if recipe.act == "over":
        return quantities.converted(parts[0], float(recipe.column), "")
    if recipe.act == "model":
        symbols = inspect.signature(models.DEFINITIONS[recipe.column]).parameters
        return quantities.modelled(recipe.column, "", **dict(zip(symbols, parts, strict=True)))
    return OF_PARTS[recipe.act](*parts) if recipe.act in OF_PARTS else None


def _frame(recipe: Recipe, tables: Tables) -> pd.DataFrame:
    """The rows of a recipe, its column as numbers."""
    rows = data.load(tables.table_of[recipe.rows[0]], tables.folder).loc[list(recipe.rows)]
    return rows.assign(**{recipe.column: pd.to_numeric(rows[recipe.column])})


def text(recipe: Recipe, tables: Tables) -> str:
    """The number that the rows give by a recipe, as it is printed; empty where that is not to be
    said.
    """
    found = number(recipe, tables)
    return "" if found is None else str(found)
