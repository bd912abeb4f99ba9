"""Numbers with their ranges from the cells of rows: sums, the newest, ends, counts, months.

`recipe_acts.ACTS` says under which name each is used, and in which words readers are told.
"""

import functools
import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import numpy as np

from helpers import data, rounding

MAIN = ("value", "base", "personnel", "share")  # their ranges stand in plain `low` and `high`
TOTAL = "directory total"  # the class of a row that counts unlike types together


class Ends(NamedTuple):
    """A number with its range and how many unknowns it hides; None where unknown or open."""

    value: Any
    low: Any = None
    high: Any = None
    unknowns: int = 0


NOTHING = Ends(None, unknowns=1)


def plain(number):
    """A number as it is published: on the grid, an int where it is whole; None stays None."""
    if number is None:
        return None
    number = rounding.snap(float(number)) if isinstance(number, float) else int(number)
    return int(number) if float(number).is_integer() else number


def plus(terms: Iterable):
    """The sum of numbers or arrays, one after the other: `sum` rounds otherwise from Python 3.12
    on.
    """
    return functools.reduce(operator.add, terms)


def end_column(columns, column: str, end: str) -> str:
    """The column that holds the low or high end of another; that one itself where the table has
    none.

    Parameters
    ----------
    columns : collection of str
        The columns that the table or row has.
    column : str
        The column whose end is wanted.
    end : str
        `low` or `high`.
    """
    names = (f"{column}_{end}", end if column in MAIN else column, column)
    return next(name for name in names if name in columns)


def _number(cell):
    """A cell as a number; None where it is empty."""
    return float(cell) if isinstance(cell, str) and cell else None if cell == "" else cell


def _sum(numbers: list):
    """The sum of those that are known; None where none is."""
    known = [number for number in numbers if number is not None]
    return plain(np.sum(known)) if known else None


def _filled(numbers: list, others: list) -> list:
    """Numbers, with another in place of each one that is unknown."""
    pairs = zip(numbers, others, strict=True)
    return [other if number is None else number for number, other in pairs]


def total(column: str, rows: Sequence[Mapping]) -> Ends:
    """The sum of a column; an empty cell counts as its row's lower end, and as one unknown."""
    if not rows:
        return Ends(None)
    values = [_number(row[column]) for row in rows]
    low, high = (
        _filled([_number(row[end_column(row, column, end)]) for row in rows], values)
        for end in ("low", "high")
    )
    return Ends(
        _sum(_filled(values, low)),
        _sum(low),
        None if None in high else _sum(high),
        values.count(None),
    )


def exact(number) -> Ends:
    """Give a number that has no range."""
    return Ends(number, number, number)


def one_end(end: str) -> Callable:
    """Make a function that takes one end, low or high, of a sum for the number."""
    return lambda column, rows: exact(getattr(total(column, rows), end))


def newest(column: str, rows: Sequence[Mapping]) -> Ends:
    """The number of the row with the last date, with the range of all the rows."""
    ordered = sorted(rows, key=lambda row: (row["date"], row["id"]))
    values = [_number(row[column]) for row in ordered]
    return Ends(plain(values[-1]), plain(min(values)), plain(max(values)))


def up_to(column: str, rows: Sequence[Mapping]) -> Ends:
    """None, or anything up to the one row's number."""
    return Ends(0, 0, plain(_number(rows[0][column])), 1)


def least(column: str, rows: Sequence[Mapping]) -> Ends:
    """The sum of a column, where there is more that no row gives."""
    return total(column, rows)._replace(high=None, unknowns=1)


def unless_open(function: Callable, *ends):
    """A function of some ends; None where one of them is open."""
    return None if None in ends else function(*ends)


def plain_sum(*numbers):
    """Add numbers up, on the grid."""
    return plain(plus(numbers))


def _apart(rows: Sequence[Mapping]) -> tuple[list[Mapping], list[Mapping]]:
    """Rows of fleets, and directory totals over unlike types."""
    total = [row["class"] == TOTAL for row in rows]
    return (
        [row for row, is_total in zip(rows, total, strict=True) if not is_total],
        [row for row, is_total in zip(rows, total, strict=True) if is_total],
    )


def within(column: str, rows: Sequence[Mapping]) -> Ends:
    """The sum of a column over fleets, of which one is unknown: at most the directory total."""
    fleets, totals = _apart(rows)
    added = total(column, fleets)
    known = total(column, [row for row in fleets if _number(row[column]) is not None])
    floor = known.low or 0
    return Ends(
        floor if added.value is None else added.value,
        floor if added.low is None else added.low,
        max(total(column, totals).value, known.high or 0),
        added.unknowns,
    )


def beside(column: str, rows: Sequence[Mapping]) -> Ends:
    """The sum of a column over fleets, and at most as many more as the largest directory total."""
    fleets, totals = _apart(rows)
    added = total(column, fleets) if fleets else Ends(0, 0, 0)
    more = max(total(column, [row]).high for row in totals)
    return added._replace(
        high=unless_open(plain_sum, added.high, more), unknowns=added.unknowns + 1
    )


def argument_alone(argument: str, rows: Sequence[Mapping]) -> Ends:
    """Give the number that the act is told, whatever the rows are."""
    return exact(plain(float(argument)))


def count(argument: str, rows: Sequence[Mapping]) -> Ends:
    """Count the rows."""
    return exact(len(rows))


def distinct(column: str, rows: Sequence[Mapping]) -> Ends:
    """Count the different values of a column; an unknown one is none."""
    return exact(len({row[column] for row in rows} - {None}))


def months(start: date, end: date) -> tuple[int, int]:
    """Whole months from one day to another, and the days left over."""
    whole = (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)
    return whole, (end - _month_later(start, whole)).days


def _month_later(start: date, count: int) -> date:
    """The same day so many months later, or the last day of a month that has none."""
    index = start.month - 1 + count
    last = data.span(f"{start.year + index // 12:04}-{index % 12 + 1:02}").last
    return last.replace(day=min(start.day, last.day))


def _latest(rows: Sequence[Mapping]) -> date:
    """The last day on which rows can have happened; of a claim, the last of the date it states."""
    return max(data.span(row.get("date") or row["stated"]).last for row in rows)


def months_to(day: str, rows: Sequence[Mapping]) -> Ends:
    """Months from rows to a day, the days left over as a part of 30."""
    whole, left = months(_latest(rows), date.fromisoformat(day))
    return exact(round(whole + left / 30, 1))


def days_to(day: str, rows: Sequence[Mapping]) -> Ends:
    """Days from rows to a day."""
    return exact((date.fromisoformat(day) - _latest(rows)).days)
