"""How a number was made from its rows: the recipe it carries, read back and said in words."""

import math
import re
from dataclasses import dataclass

from helpers import quantities
from helpers.machinery.rows import Tables

WORDS = {
    "sum": "added up", "difference": "the first less the second", "product": "the first times the second",
    "ratio": "the first divided by the second", "share": "the first as a share of the second",
    "count": "how many rows these are", "distinct": "how many different ones these rows have", "cell": "as the row gives it", "rows": "what these rows say",
    "readings": "how many readings these are, each a combination of these options",
    "what-if": "a value tried out in place of what these rows give", "input": "what these rows give",
}  # fmt: skip


@dataclass(frozen=True)
class Recipe:
    """How a number is made: an act, perhaps on a column, of rows or of other recipes; `how` says it on one line."""

    how: str
    act: str
    column: str = ""
    rows: tuple[str, ...] = ()
    parts: tuple["Recipe", ...] = ()

    @property
    def words(self) -> str:
        if self.act == "over":
            return f"divided by {self.column}"
        of = f"‘{self.column.replace('_', ' ')}’, " if self.column else ""
        return of + WORDS.get(self.act, f"made by ‘{self.act}’")


def parse(how: str) -> Recipe:
    """A recipe from its line: 'ratio (sum in_service: a b) (count: c)'; ValueError where it is none."""
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


def value(recipe: Recipe, tables: Tables):
    """What the rows give by a recipe, over the cells that are known; None where it is not made of cells or none is known."""
    if recipe.parts:
        return _combined(f"{recipe.act} {recipe.column}".strip(), [value(part, tables) for part in recipe.parts])
    if recipe.act == "count":
        return len(recipe.rows)
    if recipe.act == "distinct":
        return len({tables.row(row)[recipe.column] for row in recipe.rows})
    cells = [cell for row in recipe.rows if (cell := number(tables.row(row).get(recipe.column))) is not None]
    return sum(cells) if cells and recipe.act in ("sum", "cell") else None


def _combined(act: str, parts: list):
    known = [part for part in parts if part is not None]
    if act == "sum" and known:
        return sum(known)
    if len(known) < len(parts):
        return None
    if act.startswith("over"):
        return parts[0] / float(act.split()[1])
    if act == "product":
        return math.prod(parts)
    if act == "difference" and len(parts) == 2:
        return parts[0] - parts[1]
    return parts[0] / parts[1] if act in ("ratio", "share") and len(parts) == 2 and parts[1] else None


def number(cell) -> float | None:
    """A cell as a number; None where it is empty or words."""
    try:
        return None if cell is None else float(cell)
    except ValueError:
        return None


def text(recipe: Recipe, tables: Tables) -> str:
    """What the rows give by a recipe, as it is printed; empty where that is not to be said."""
    found = value(recipe, tables)
    if found is None:
        return ""
    return ("at least " if _unknown(recipe, tables) else "") + quantities.text(found, recipe.act if recipe.act in ("ratio", "share") else "")


def _unknown(recipe: Recipe, tables: Tables) -> bool:
    """Whether a recipe adds up cells of which one is unknown."""
    empty = recipe.act in ("sum", "cell") and any(number(tables.row(row).get(recipe.column)) is None for row in recipe.rows)
    return empty or any(_unknown(part, tables) for part in recipe.parts)
