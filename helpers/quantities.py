"""Numbers that remember their rows: totals, counts, ratios and shares made from tables."""

import functools
import inspect
import itertools
import math
import operator
from collections.abc import Iterable
from dataclasses import dataclass, replace
from html import escape

import numpy as np
import pandas as pd

from helpers import grid, models

MAIN = (
    "value",
    "base",
    "personnel",
    "share",
)  # the columns whose range stands in plain `low` and `high`


@dataclass(frozen=True)
class Quantity:
    """A number with its range, unit and rows.

    value, low, high  numbers in `unit`; None where unknown. With `unknowns` > 0 the value is what
                      is known: "at least"
    unknowns          how many cells the value hides because they are empty
    rows              ids of the rows it was made from, sorted
    how               how to make it again from those rows: 'cell COLUMN', 'sum COLUMN', 'count',
                      'distinct COLUMN'; or from its `parts`: 'sum',
                      'difference', 'product', 'ratio', 'share', 'over N', 'model NAME', 'median
                      SEED', 'chance SEED N'. 'unknown' is a number
                      that no row gives; 'chosen N' is one that none need give, such as
                      how many patrols are asked about. 'readings' counts combinations of the named
                      options; 'input' and
                      'what-if' are the two sides of a tipping point
    """

    value: float | int | None
    low: float | int | None = None
    high: float | int | None = None
    unit: str = ""
    unknowns: int = 0
    rows: tuple[str, ...] = ()
    how: str = "unknown"
    parts: tuple["Quantity", ...] = ()

    def __post_init__(self):
        for name in ("value", "low", "high"):
            object.__setattr__(self, name, grid.snap(getattr(self, name)))

    def __str__(self):
        return self._bound() + text(self.value, self.unit, self.modelled)

    @property
    def modelled(self) -> bool:
        """Whether a model had a part in making the number from inputs known only as ranges: it is
        printed to two figures, not more.
        """
        made = self.how.startswith(("model ", "median ", "chance ")) or any(
            part.modelled for part in self.parts
        )
        return made and (self.low != self.high or self.low is None)

    def _bound(self) -> str:
        """'at least' or 'at most' where something unknown is left out of the number; 'about' where
        it could go either way.
        """
        if not self.unknowns or self.value is None:
            return ""
        return {(False, True): "at least ", (True, False): "at most "}.get(
            (self.low is None, self.high is None), "about "
        )

    def _repr_html_(self):
        return html(self)


def text(value, unit: str = "", modelled: bool = False) -> str:
    """The one way a number is printed: whole numbers in full, others to three figures, shares in
    per cent, modelled ones to two
    figures; unknown in words."""
    if value is None:
        return "unknown"
    value = grid.snap(value)
    if modelled and unit != "share":
        return _figures(value, 2, whole=False)
    if unit == "share":
        return f"{_figures(100 * value, 2)} %"
    if float(value).is_integer() and unit != "ratio":
        return f"{int(value):,}"
    return _figures(value, 2 if unit in ("ratio", "months") else 3)


def _figures(value: float, figures: int, whole: bool = True) -> str:
    """A number rounded to so many significant figures, 10.83 is '11' at two; figures of whole units
    stay if `whole`: 667 is '667', else '670'.
    """
    if value == 0:
        return "0"
    digits = figures - 1 - int(f"{value:e}".partition("e")[2])
    digits = max(0, digits) if whole else digits
    rounded = round(value, digits)
    if abs(rounded) >= 10 ** (figures - digits):  # 9.97 rounds up to 10: one decimal fewer
        digits -= 1
    return f"{rounded:,.{max(0, digits)}f}"


def interval(low, high, unit: str = "", modelled: bool = False) -> str:
    """A range as printed: '475–478', or the one number where both ends print alike."""
    first, last = text(low, unit, modelled), text(high, unit, modelled)
    return first if first == last else f"{first.removesuffix(' %')}–{last}"


def piece(quantity: Quantity, words: str = "") -> dict:
    """The number as data: what is printed, its value, how it was made and its rows."""
    return {
        "words": words or str(quantity),
        "value": quantity.value,
        "how": recipe(quantity),
        "rows": list(quantity.rows),
    }


def element(piece: dict) -> str:
    """A number as data, or words that stand for a row, as an element that names its rows; the page
    builder turns it into a link.
    """
    words, rows = escape(piece["words"], quote=False), escape(" ".join(piece["rows"]))
    if "how" not in piece:
        return f'<span class="row" data-rows="{rows}">{words}</span>'
    value = "" if piece["value"] is None else piece["value"]
    return (
        f'<data class="quantity" value="{value}" data-how="{escape(piece["how"])}"'
        f' data-rows="{rows}">{words}</data>'
    )


def html(quantity: Quantity, words: str = "") -> str:
    """The number as an element that names its rows and how it was made."""
    return element(piece(quantity, words))


def recipe(quantity: Quantity) -> str:
    """How a quantity is made again from its rows, on one line: 'ratio (sum in_service: a b) (count:
    c)'.
    """
    if quantity.parts:
        return quantity.how + " " + " ".join(f"({recipe(part)})" for part in quantity.parts)
    return f"{quantity.how}: {' '.join(quantity.rows)}"


def distinct(rows: pd.DataFrame, column: str, unit: str = "") -> Quantity:
    """How many different values a column has in the rows, such as the states that several positions
    are of.
    """
    return exact(int(rows[column].nunique()), unit, tuple(rows.index), f"distinct {column}")


def equals(quantity: Quantity, number: float) -> bool | None:
    """Whether a quantity is a number; None where it is unknown, or its range allows that and more."""
    low, high = _ends(quantity)
    if not low <= number <= high:
        return False
    return True if low == high else None


def exceeds(quantity: Quantity, number: float) -> bool | None:
    """Whether a quantity is more than a number; None where its range allows either."""
    low, high = _ends(quantity)
    return True if low > number else False if high <= number else None


def _ends(quantity: Quantity) -> tuple[float, float]:
    """The range of a quantity, open where an end is unknown."""
    if quantity.value is None:
        return -math.inf, math.inf
    return -math.inf if quantity.low is None else quantity.low, (
        math.inf if quantity.high is None else quantity.high
    )


def exact(value, unit: str = "", rows: tuple[str, ...] = (), how: str = "count") -> Quantity:
    """A number without a range."""
    return Quantity(value, value, value, unit, 0, tuple(sorted(rows)), how)


def cell(rows: pd.DataFrame, row: str, column: str, unit: str = "") -> Quantity:
    """The number in one cell, with the range of `<column>_low` and `<column>_high`, or `low` and
    `high`, where the row has one.
    """
    place = rows.index.get_loc(row)
    return total(rows.iloc[place : place + 1], column, unit, how="cell")


def total(rows: pd.DataFrame, column: str, unit: str = "", how: str = "sum") -> Quantity:
    """The sum of a column over the rows, in `unit`; empty cells are counted as unknown, never as
    zero.

    Of an empty cell whose row states a lower end that end is added: the sum is 'at least'. low and
    high are the sums of the rows' own
    ranges; high is None where a row has no upper end. No rows at all: value None. A row marked
    `unread` is unknown and not named.
    """
    values = _cells(rows, column)
    low, high = (_filled(_cells(rows, _end(rows, column, end)), values) for end in ("low", "high"))
    return Quantity(
        _sum(_filled(values, low)),
        _sum(low),
        None if None in high else _sum(high),
        unit,
        values.count(None),
        tuple(sorted(rows.index[~rows["unread"]] if "unread" in rows else rows.index)),
        f"{how} {column}",
    )


def _end(rows: pd.DataFrame, column: str, end: str) -> str:
    """The column that holds the low or high end of another; that one itself where the table has
    none.
    """
    return next(
        name
        for name in (f"{column}_{end}", end if column in MAIN else column, column)
        if name in rows
    )


def _cells(rows: pd.DataFrame, column: str) -> list:
    """The numbers of a column, None where a cell is empty."""
    return [None if pd.isna(number) else number for number in rows[column]]


def _filled(numbers: list, others: list) -> list:
    """Numbers, with another in place of each one that is unknown."""
    return [
        other if number is None else number for number, other in zip(numbers, others, strict=True)
    ]


def _sum(numbers: list) -> int | float | None:
    """The sum of those that are known; None where none is."""
    known = [number for number in numbers if number is not None]
    return plain(np.sum(known)) if known else None


def plain(number):
    """A number as it is published: on the grid, an int where it is whole; None stays None."""
    if number is None:
        return None
    number = grid.snap(float(number)) if isinstance(number, float) else int(number)
    return int(number) if float(number).is_integer() else number


def count(rows: pd.DataFrame, unit: str = "", unknowns: int = 0) -> Quantity:
    """How many rows there are, and at least that many where rows are known to be left out; zero is
    a finding here.
    """
    return replace(
        exact(len(rows), unit, tuple(rows.index)),
        high=None if unknowns else len(rows),
        unknowns=unknowns,
    )


def plus(terms: Iterable):
    """The sum of numbers or arrays, one after the other: `sum` rounds otherwise from Python 3.12
    on.
    """
    return functools.reduce(operator.add, terms)


def add(*parts: Quantity) -> Quantity:
    """The sum of quantities in one unit; unknown parts make it 'at least'."""
    known = [part for part in parts if part.value is not None]
    whole = len(known) == len(parts)
    return Quantity(
        plain(plus(part.value for part in known)) if known else None,
        (
            plain(plus(part.low for part in known))
            if known and all(part.low is not None for part in known)
            else None
        ),
        (
            plain(plus(part.high for part in parts))
            if whole and all(part.high is not None for part in parts)
            else None
        ),
        parts[0].unit,
        sum(part.unknowns for part in parts) + len(parts) - len(known),
        _rows(parts),
        "sum",
        parts,
    )


def less(whole: Quantity, part: Quantity) -> Quantity:
    """A quantity less another of the same unit; None where either is unknown."""
    if whole.value is None or part.value is None:
        return Quantity(
            None,
            unit=whole.unit,
            unknowns=1,
            rows=_rows((whole, part)),
            how="difference",
            parts=(whole, part),
        )
    low, high = (
        whole.low - (part.value if part.high is None else part.high),
        (None if whole.high is None else whole.high - part.low),
    )
    return Quantity(
        whole.value - part.value,
        low,
        high,
        whole.unit,
        whole.unknowns + part.unknowns,
        _rows((whole, part)),
        "difference",
        (whole, part),
    )


def shifted(quantity: Quantity, by: float) -> Quantity:
    """A quantity with its value and range moved, for a what-if."""
    value, low, high = (
        None if end is None else end + by for end in (quantity.value, quantity.low, quantity.high)
    )
    return replace(quantity, value=value, low=low, high=high, how="what-if", parts=())


def scaled(quantity: Quantity, factor: Quantity, unit: str) -> Quantity:
    """A quantity times another, such as aircraft times fuel an aircraft holds; None where either is
    unknown.
    """
    if quantity.value is None or factor.value is None:
        return Quantity(
            None,
            unit=unit,
            unknowns=1,
            rows=_rows((quantity, factor)),
            how="product",
            parts=(quantity, factor),
        )
    high = (
        None if quantity.high is None or factor.high is None else plain(quantity.high * factor.high)
    )
    return Quantity(
        plain(quantity.value * factor.value),
        plain(quantity.low * factor.low),
        high,
        unit,
        quantity.unknowns + factor.unknowns,
        _rows((quantity, factor)),
        "product",
        (quantity, factor),
    )


def converted(quantity: Quantity, divisor: float, unit: str) -> Quantity:
    """A quantity in another unit, `divisor` times as large: 1,000 kg to the tonne."""
    ends = [
        None if end is None else end / divisor
        for end in (quantity.value, quantity.low, quantity.high)
    ]
    return Quantity(*ends, unit, quantity.unknowns, quantity.rows, f"over {divisor}", (quantity,))


def ratio(above: Quantity, below: Quantity, unit: str = "ratio") -> Quantity:
    """One quantity over another of the same unit; None where either is unknown or the lower is
    zero.
    """
    if above.value is None or not below.value:
        return Quantity(
            None, unit=unit, unknowns=1, rows=_rows((above, below)), how=unit, parts=(above, below)
        )
    low = None if above.low is None or not below.high else above.low / below.high
    high = None if above.high is None or not below.low else above.high / below.low
    return Quantity(
        above.value / below.value,
        low,
        high,
        unit,
        above.unknowns + below.unknowns,
        _rows((above, below)),
        unit,
        (above, below),
    )


def chosen(value, unit: str = "") -> Quantity:
    """A number that defines the question asked and so has no row, such as one patrol of two
    aircraft.
    """
    return exact(value, unit, (), f"chosen {grid.snap(value)}")


def modelled(name: str, unit: str, **inputs: Quantity) -> Quantity:
    """What a function of helpers.models gives for the inputs: at their values, and the least and
    greatest at the ends of their ranges.

    The ends are exact where the function rises or falls in each input throughout, as those of
    helpers.models do. An input without an
    end leaves the result open on the side it pulls to. None where an input is unknown, or the
    function refuses the values.
    """
    function = models.DEFINITIONS[name]
    parts = tuple(inputs[symbol] for symbol in inspect.signature(function).parameters)
    nothing = Quantity(
        None, unit=unit, unknowns=1, rows=_rows(parts), how=f"model {name}", parts=parts
    )
    if any(part.value is None for part in parts):
        return nothing
    ends = [{end for end in (part.low, part.value, part.high) if end is not None} for part in parts]
    try:
        value = float(function(*(part.value for part in parts)))
        corners = np.array(
            list(itertools.product(*({min(end), max(end)} for end in ends))), dtype=float
        ).T
        found = np.asarray(function(*corners), dtype=float)
    except ValueError:
        return nothing
    pulled = set().union(
        *(
            _pulls(function, part, corners, place)
            for place, part in enumerate(parts)
            if part.low is None or part.high is None
        )
    )
    low = None if -1 in pulled else plain(found.min())
    high = None if 1 in pulled or not np.isfinite(found.max()) else plain(found.max())
    if not np.isfinite(value):
        return nothing
    return replace(
        nothing,
        value=plain(value),
        low=low,
        high=high,
        unknowns=sum(part.unknowns for part in parts),
    )


def _pulls(function, part: Quantity, corners: np.ndarray, place: int) -> set[int]:
    """The ways opening an input on its open side moves the function at the corners of the others:
    up (1), down (-1), not at all (0).
    """
    opened = corners.copy()
    opened[place] = corners[place] * 2 + 1 if part.high is None else corners[place] / 2
    return set(
        np.sign(
            grid.snap(np.asarray(function(*opened), dtype=float))
            - grid.snap(np.asarray(function(*corners), dtype=float))
        )
        .astype(int)
        .ravel()
    )


def extremes(found: list[Quantity]) -> tuple[Quantity, Quantity]:
    """The smallest and the largest of some quantities; unknown where none is known."""
    known = sorted(
        (quantity for quantity in found if quantity.value is not None),
        key=lambda quantity: (quantity.value, quantity.rows),
    )
    return (known[0], known[-1]) if known else (Quantity(None), Quantity(None))


def share(part: Quantity, whole: Quantity) -> Quantity:
    """A part of a whole as a fraction of one, printed in per cent."""
    return ratio(part, whole, "share")


def ids(*frames: pd.DataFrame) -> tuple[str, ...]:
    """The ids of some rows, each once, sorted."""
    return tuple(sorted({id for rows in frames for id in rows.index}))


def _rows(parts) -> tuple[str, ...]:
    return tuple(sorted({row for part in parts for row in part.rows}))
