"""What all rules of the tables share: the rows they look at, how a rule registers itself, and the
words of their fixes.
"""

import difflib
import functools
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

import pandas as pd

from helpers.data import CONTRACT, Finding, Rule

LISTED = 12  # a fix lists no more allowed values than this
EXCHANGED = "Are two columns exchanged?"
RIGHT = (
    "If the row is right as it is, add its id to the list `but`, which stands under `{form}` of"
    f" this column in data/{CONTRACT}"
)
LOOK = "Look at the source again"
WHICH = "Look which of the two is right"


class Row(dict[str, Any]):
    """The cells of one record by column, unknown numbers as None; it knows its table and line."""

    def __init__(self, table: str, cells: dict):
        self.table, self.line = table, cells.pop("line")
        super().__init__((name, None if cell is pd.NA else cell) for name, cell in cells.items())

    def fault(self, rule: Rule, column: str, /, **words: object) -> Finding:
        """The finding that a cell of this row breaks a rule.

        Parameters
        ----------
        rule : Rule
            The rule, of which the finding has the code, the sentence and the fix.
        column : str
            The column of the cell; empty for the whole row.
        **words : object
            What stands for the words in braces of the rule's sentence and fix.
        """
        cell = self.get(column)
        return rule.broken(self.table, self.line, column, _as_in_the_file(cell), **words)


def _as_in_the_file(cell: object) -> str:
    """A cell as tables write it: a whole number without a point, and nothing where it is empty."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)


Tables = dict[str, list[Row]]
Alone = Callable[[list[Row], dict], Iterable[Finding]]
Check = Callable[[list[Row], dict, Tables], Iterable[Finding]]
Together = Callable[..., Iterable[Finding]]
EACH: list[Check] = []
TOGETHER: list[tuple[tuple[str, ...], Together]] = []


def each(function: Alone) -> Check:
    """Register a check of every table, its rows by its contract; other tables do not matter."""

    @functools.wraps(function)
    def check(rows: list[Row], schema: dict, tables: Tables) -> Iterable[Finding]:
        return function(rows, schema)

    return each_among_others(check)


def each_among_others(function: Check) -> Check:
    """Register a check of every table by its contract and by the rows of all tables."""
    EACH.append(function)
    return function


def together(*names: str) -> Callable[[Together], Together]:
    """Register a check of these tables' rows; it runs where all of them can be read."""

    def register(function: Together) -> Together:
        TOGETHER.append((names, function))
        return function

    return register


def references(schema: dict) -> dict[str, tuple[str, str]]:
    """The table and column that each reference or list of a table leads to, by its column."""
    keys = {
        key["fields"][0]: (key["reference"]["resource"], key["reference"]["fields"][0])
        for key in schema.get("foreignKeys", [])
    }
    for field in schema["fields"]:
        if "list_of" in field:
            table, column = field["list_of"].split(".")
            keys[field["name"]] = table, column
    return keys


def closest(value: str, allowed: Iterable[str]) -> str:
    """The fix for a value that is none of those allowed: the nearest one, else the first few."""
    names = list(allowed)
    by_lower = {name.lower(): name for name in names}
    if near := difflib.get_close_matches(value.lower(), by_lower, 1):
        return f"Did you mean {by_lower[near[0]]}?"
    return f"There are {', '.join(names[:LISTED])}{', …' if len(names) > LISTED else ''}"


# Checks of certain tables, from what their rows mean.


def by(rows: list[Row], *columns: str) -> dict[Any, list[Row]]:
    """Group the rows by what the columns hold, in file order; by a tuple if there are several."""
    groups = defaultdict(list)
    for row in rows:
        cells = tuple(row[name] for name in columns)
        groups[cells if len(columns) > 1 else cells[0]].append(row)
    return groups


def matches(row: Row, where: dict) -> bool:
    """Whether a row holds, in each column, the value or one of the values wanted."""
    return all(
        row.get(name) in (wanted if isinstance(wanted, list) else [wanted])
        for name, wanted in where.items()
    )


def number(value) -> str:
    """A number without the trailing zero of a whole one."""
    return f"{value:,.10g}"
