"""Numbers that remember their rows: totals, counts, ratios and shares made from tables."""

import inspect
import math
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape, unescape
from pathlib import Path

import pandas as pd

from helpers import data, formulas, recipe_acts, rounding, word_check
from helpers.recipe_acts import MAIN as MAIN
from helpers.recipe_acts import Recipe
from helpers.recipe_acts import plain as plain
from helpers.recipe_acts import plus as plus

COUNT, UNKNOWN = Recipe("count"), Recipe("unknown")
AT_LEAST, AT_MOST = "at least ", "at most "
DRAWN = ("model", "median", "chance")  # acts by which a number is only as sure as its inputs


@dataclass(frozen=True)
class Quantity:
    """A number with its range, unit and rows.

    value, low, high  numbers in `unit`; None where unknown. With `unknowns` > 0 the value is what
                      is known, and the number is printed by its one known end: "at least"
    unknowns          how many cells the value hides because they are empty
    rows              ids of the rows it was made from, sorted
    parts             the numbers it was made from, where it was not made from rows by itself
    how               the recipe by which it is made again; given as an act with its argument, it
                      is completed by the rows or the parts' recipes. Raises ValueError for an act
                      that `recipes.ACTS` does not know
    """

    value: float | int | None
    low: float | int | None = None
    high: float | int | None = None
    unit: str = ""
    unknowns: int = 0
    rows: tuple[str, ...] = ()
    how: Recipe = field(default=UNKNOWN, hash=False)
    parts: tuple["Quantity", ...] = ()

    def __post_init__(self):
        for name in ("value", "low", "high"):
            object.__setattr__(self, name, rounding.snap(getattr(self, name)))
        rows = () if self.parts else tuple(self.rows)
        parts = tuple(part.how for part in self.parts)
        if (self.how.rows, self.how.parts) != (rows, parts):
            object.__setattr__(self, "how", replace(self.how, rows=rows, parts=parts))

    def __str__(self):
        if self.none_found:
            return "none found"
        if self.says_nothing:
            return text(None)
        if self.middle_unknown:
            return between_words(self.low, self.high, self.unit, self.modelled)
        bound = self._bound()
        end = {AT_LEAST: self.low, AT_MOST: self.high}.get(bound, self.value)
        return bound + text(end, self.unit, self.modelled)

    def __repr__(self):
        """On one line: the number with its unit and range."""
        unit = f" {self.unit}" if self.unit not in ("", "share", "ratio") else ""
        ends = [
            "open" if end is None else text(end, self.unit, self.modelled)
            for end in (self.low, self.high)
        ]
        ranged = self.value is not None and (self.low != self.high or self.low is None)
        between = f" ({ends[0]} to {ends[1]})" if ranged else ""
        return f"<{self}{unit}{between}>"

    @property
    def number(self) -> float | int:
        """The value of a quantity that is known; raises ValueError where it is not."""
        if self.value is None:
            raise ValueError("an unknown quantity has no number")
        return self.value

    @property
    def modelled(self) -> bool:
        """Whether a model had a part in making the number from inputs known only as ranges: it is
        printed to two figures, not more.
        """
        if self.how.act == "with":
            return self.parts[0].modelled
        made = self.how.act in DRAWN or any(part.modelled for part in self.parts)
        return made and (self.low != self.high or self.low is None)

    @property
    def middle_unknown(self) -> bool:
        """Whether only its two ends are known: something unknown is left out of the value, which is
        not printed.
        """
        known = None not in (self.value, self.low, self.high)
        return known and self.unknowns > 0 and self.low != self.high

    @property
    def none_found(self) -> bool:
        """Whether it is zero because a recorded search found none, and prints as that."""
        return self.how.act == "none"

    @property
    def says_nothing(self) -> bool:
        """Whether all that is known is that it is no less than none: it prints as unknown."""
        return self.value == 0 and self.low == 0 and self.high is None

    def _bound(self) -> str:
        """'at least' or 'at most' where something unknown is left out of the number; 'about' where
        it could go either way and no end is known.
        """
        if not self.unknowns or self.value is None:
            return ""
        return {(False, True): AT_LEAST, (True, False): AT_MOST}.get(
            (self.low is None, self.high is None), "about "
        )

    @property
    def beside(self) -> str:
        """What stands beside 'at least' or 'at most': the value, which is no limit, and what it
        goes by; the median of draws is the limit of what is more likely than not. Empty where there
        is no such word, or the value prints as the limit does.
        """
        if self.says_nothing or self._bound() not in (AT_LEAST, AT_MOST):
            return ""
        middle = text(self.value, self.unit, self.modelled)
        if str(self).endswith(f" {middle}"):
            return ""
        if self.how.act == "median":
            return f"probably {middle} or {'more' if self.high is None else 'less'}"
        return f"{middle} {'by middle values' if self.modelled else 'as reported'}"

    def _repr_html_(self):
        return led(html(self))


def text(value, unit: str = "", modelled: bool = False) -> str:
    """A number as it is printed: whole numbers in full, others to at most three figures, shares in
    per cent, ratios, months and modelled ones to two figures; unknown in words.

    Parameters
    ----------
    value : number or None
        The number; None where it is unknown.
    unit : str
        Its unit, of which `share`, `ratio` and `months` decide how it is printed; it is not
        printed itself.
    modelled : bool
        Whether a model made it from inputs known only as ranges.
    """
    if value is None:
        return "unknown"
    value = rounding.snap(value)
    if modelled and unit != "share":
        return _figures(value, 2, whole=False)
    if unit == "share":
        return f"{_figures(100 * value, 2)} %"
    if float(value).is_integer() and unit != "ratio":
        return f"{int(value):,}"
    if unit in ("ratio", "months"):
        return _figures(value, 2)
    printed = _figures(value, 3)
    whole = float(printed.replace(",", "")) == value  # 0.49 in full is no 0.490
    return printed.rstrip("0").rstrip(".") if whole and "." in printed else printed


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
    """A range as printed: '475–478', or the one number where both ends print alike.

    Parameters
    ----------
    low, high : number
        The ends, both known.
    unit : str
        Their unit, as `text` takes it.
    modelled : bool
        Whether a model made them from inputs known only as ranges.
    """
    first, last = text(low, unit, modelled), text(high, unit, modelled)
    return first if first == last else f"{first.removesuffix(' %')}–{last}"


def between_words(low, high, unit: str = "", modelled: bool = False) -> str:
    """Two ends in words that form no middle: '78 to 104', or the one number where both print
    alike.

    Parameters
    ----------
    low, high : number
        The ends, both known.
    unit : str
        Their unit, as `text` takes it.
    modelled : bool
        Whether a model made them from inputs known only as ranges.
    """
    first, last = text(low, unit, modelled), text(high, unit, modelled)
    return first if first == last else f"{first.removesuffix(' %')} to {last}"


def piece(quantity: Quantity, words: str = "", how: str = "") -> dict:
    """The number as data: what is printed, its value, how it was made and its rows.

    Parameters
    ----------
    quantity : Quantity
        The number.
    words : str
        What stands in its place, such as its range.
    how : str
        What stands in place of its recipe, such as its place in a book of recipes.
    """
    return {
        "words": words or str(quantity),
        "value": quantity.value,
        "how": how or recipe(quantity),
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


ELEMENT = re.compile(r'(<(?:data|span)\b[^>]* data-rows="([^"]+)">)([^<]+)')
LED = re.compile(r'<a class="led"[^>]*>([^<]*)</a>')


def led(html: str) -> str:
    """HTML as a notebook shows it: each number leads to the table that holds the first of its rows,
    in JupyterLab to the row, whose place it tells, and tells the rows' names. Pages have links of
    their own.
    """
    return ELEMENT.sub(_led, html)


def _led(element: re.Match) -> str:
    start, rows, words = element.groups()
    first, *more = unescape(rows).split()
    try:
        table, line = data.place(first)
    except word_check.WordError:
        return element[0]
    others = f" and {len(more)} more rows" if len(more) > 1 else f" and {more[0]}" if more else ""
    folder, at, where = "../data", "", ""
    if data.in_jupyterlab() or data.ROOT / "notebooks" in Path.cwd().parents:  # one's own
        folder = os.path.relpath(data.DATA)
    if data.in_jupyterlab():
        at, where = f"#row={line}", place_words(table, line)
    title = escape(f"{first}{others}{where}")
    return f'{start}<a class="led" href="{folder}/{table}.csv{at}" title="{title}">{words}</a>'


def place_words(table: str, line: int) -> str:
    """The place of a row in its file, as JupyterLab numbers rows, for the end of a title."""
    return f"; row {line} of {table}.csv"


def html(quantity: Quantity, words: str = "", how: str = "") -> str:
    """The number as an element that names its rows and how it was made.

    Parameters
    ----------
    quantity : Quantity
        The number.
    words, how : str
        What stands in place of it and of its recipe: see `piece`.
    """
    return element(piece(quantity, words, how))


def recipe(quantity: Quantity) -> str:
    """How a quantity is made again from its rows, on one line: 'ratio (sum in_service: a b) (count:
    c)'.
    """
    return quantity.how.text


def of_rows(act: str, argument: str, rows: pd.DataFrame | Sequence[Mapping], unit="") -> Quantity:
    """The number that an act makes of the cells of rows.

    Parameters
    ----------
    act : str
        A name in `recipe_acts.ACTS`.
    argument : str
        What the act is told besides, such as a column.
    rows : DataFrame or list of dict
        A table with the rows' ids as its index, or one mapping a row with its id under `id`. Rows
        marked `unread` count as unknown and are not named.
    unit : str
        The unit of the number.

    Raises
    ------
    ValueError
        Where no rows give a number by this act.
    """
    act = word_check.word("act", act, recipe_acts.ACTS)
    if isinstance(rows, pd.DataFrame):
        if len(rows) and "{column}" in recipe_acts.ACTS[act].words:
            argument = word_check.word("column", argument, rows.columns)
        cells: Sequence[Mapping] = _records(rows, argument)
    else:
        cells = rows
    make = recipe_acts.ACTS[act].cells
    if make is None:
        raise ValueError(f"rows give no number by {act!r}")
    value, low, high, unknowns = make(argument, cells)
    ids = tuple(sorted(row["id"] for row in cells if not row.get("unread")))
    return Quantity(value, low, high, unit, unknowns, ids, Recipe(act, argument))


def _records(rows: pd.DataFrame, column: str) -> list[dict]:
    """The cells of a table that an act may look at: None where one is empty."""
    wanted = (column, f"{column}_low", f"{column}_high", "low", "high", "date", "class", "unread")
    names = [name for name in dict.fromkeys(wanted) if name in rows]
    lists = [
        [None if cell is pd.NA or cell != cell else cell for cell in rows[name]] for name in names
    ]
    return [
        {"id": id} | dict(zip(names, cells, strict=True))
        for id, *cells in zip(rows.index, *lists, strict=True)
    ]


def of_parts(act: str, argument: str, parts: Iterable[Quantity], unit: str = "") -> Quantity:
    """The number that an act makes of other numbers.

    Parameters
    ----------
    act : str
        A name in `recipe_acts.ACTS`.
    argument : str
        What the act is told besides, such as the name of a model.
    parts : iterable of Quantity
        The numbers, in the order of the act.
    unit : str
        The unit of the number that is made.

    Raises
    ------
    ValueError
        Where the act takes rows alone, draws or a search.
    """
    parts = tuple(parts)
    act = word_check.word("act", act, recipe_acts.ACTS)
    if act == "model":
        argument = word_check.word("model", argument, formulas.DEFINITIONS)
    make = recipe_acts.ACTS[act].parts
    if make is None:
        raise ValueError(f"{act!r} takes draws or a search")
    value, low, high, unknowns = make(argument, parts)
    return Quantity(value, low, high, unit, unknowns, _rows(parts), Recipe(act, argument), parts)


def distinct(rows: pd.DataFrame, column: str, unit: str = "") -> Quantity:
    """How many different values a column has in the rows, such as the states that several positions
    are of.

    Parameters
    ----------
    rows : DataFrame
        The rows, with their ids as its index.
    column : str
        The column whose values are counted; an empty cell is none.
    unit : str
        What is counted, in words.
    """
    return of_rows("distinct", column, rows, unit)


def equals(quantity: Quantity, number: float) -> bool | None:
    """Whether a quantity is a number; None where it is unknown or its range allows more."""
    low, high = ends(quantity)
    if not low <= number <= high:
        return False
    return True if low == high else None


def exceeds(quantity: Quantity, number: float) -> bool | None:
    """Whether a quantity is more than a number; None where its range allows either."""
    low, high = ends(quantity)
    return True if low > number else False if high <= number else None


def less_than(quantity: Quantity, number: float) -> bool | None:
    """Whether a quantity is less than a number; None where its range allows either."""
    low, high = ends(quantity)
    return True if high < number else False if low >= number else None


def ends(quantity: Quantity, least: float = -math.inf) -> tuple[float, float]:
    """The range of a quantity, open where an end is unknown: down to `least`, and without limit."""
    return (
        least if quantity.low is None else float(quantity.low),
        math.inf if quantity.high is None else float(quantity.high),
    )


def none(searches: pd.DataFrame, unit: str = "") -> Quantity:
    """None, as a recorded search found; unknown without a search."""
    return of_rows("none", "", searches, unit) if len(searches) else unknown(unit)


def unknown(unit: str = "", rows: tuple[str, ...] = ()) -> Quantity:
    """A number that nobody knows."""
    return Quantity(None, unit=unit, unknowns=1, rows=rows)


def exact(value, unit: str = "", rows: tuple[str, ...] = (), how: Recipe = COUNT) -> Quantity:
    """A number without a range.

    Parameters
    ----------
    value : number or None
        The number; None where it is unknown.
    unit : str
        Its unit.
    rows : tuple of str
        Ids of the rows it was made from, in any order.
    how : Recipe
        The act by which rows give it, with its argument: a count of them if not told otherwise.
    """
    return Quantity(value, value, value, unit, 0, tuple(sorted(rows)), how)


def cell(rows: pd.DataFrame, row: str, column: str, unit: str = "") -> Quantity:
    """The number in one cell, with the range of `<column>_low` and `<column>_high`, or `low` and
    `high`, where the row has one.

    Parameters
    ----------
    rows : DataFrame
        Rows among which that one is, with their ids as its index.
    row : str
        The id of the row.
    column : str
        The column of the number.
    unit : str
        The unit of the number.
    """
    place = rows.index.get_loc(word_check.word("row", row, rows.index))
    return total(rows.iloc[place : place + 1], column, unit, how="cell")


def total(rows: pd.DataFrame, column: str, unit: str = "", how: str = "sum") -> Quantity:
    """The sum of a column over the rows.

    An empty cell whose row states a lower end counts as that: the sum is 'at least'. low and high
    are the sums of the rows' own ranges; high is None where a row has no upper end. No rows at all:
    value None. A row marked `unread` is unknown and not named.

    Parameters
    ----------
    rows : DataFrame
        The rows, with their ids as its index.
    column : str
        The column that is added up; empty cells are counted as unknown, never as zero.
    unit : str
        The unit of the numbers.
    how : str
        `sum`, `cell` of one row, or `least` where there is more that no row gives.
    """
    return of_rows(how, column, rows, unit)


def newest(rows: pd.DataFrame, column: str, unit: str = "") -> Quantity:
    """The number of the row with the last date, with the range of all the rows.

    Parameters
    ----------
    rows : DataFrame
        At least one row, with their ids as its index and a column `date`.
    column : str
        The column of the number.
    unit : str
        The unit of the numbers.
    """
    return of_rows("newest", column, rows, unit)


def count(rows: pd.DataFrame, unit: str = "", unknowns: int = 0) -> Quantity:
    """How many rows there are, and at least that many where rows are known to be left out; zero is
    a finding here.

    Parameters
    ----------
    rows : DataFrame
        The rows, with their ids as its index.
    unit : str
        What is counted, in words.
    unknowns : int
        How many rows are known to be left out.
    """
    return replace(
        exact(len(rows), unit, tuple(rows.index)),
        high=None if unknowns else len(rows),
        unknowns=unknowns,
    )


def add(*parts: Quantity) -> Quantity:
    """The sum of quantities in one unit; unknown parts make it 'at least'."""
    return of_parts("sum", "", parts, parts[0].unit)


def sum_of(parts: Sequence[Quantity], unit: str) -> Quantity:
    """The sum of any number of quantities in one unit; of none it is unknown: that no row gives any
    does not mean that there are none.
    """
    return add(*parts) if parts else unknown(unit)


def less(whole: Quantity, part: Quantity) -> Quantity:
    """A quantity less another of the same unit; None where either is unknown."""
    return of_parts("difference", "", (whole, part), whole.unit)


def shifted(quantity: Quantity, by: float) -> Quantity:
    """A quantity with its value and range moved, for a what-if."""
    value, low, high = (
        None if end is None else end + by for end in (quantity.value, quantity.low, quantity.high)
    )
    return replace(
        quantity, value=value, low=low, high=high, how=Recipe("tried", str(value)), parts=()
    )


def scaled(quantity: Quantity, factor: Quantity, unit: str) -> Quantity:
    """A quantity times another, such as aircraft times fuel an aircraft holds; None where either is
    unknown.

    Parameters
    ----------
    quantity, factor : Quantity
        The two numbers.
    unit : str
        The unit of the product.
    """
    return of_parts("product", "", (quantity, factor), unit)


def converted(quantity: Quantity, divisor: float, unit: str) -> Quantity:
    """A quantity in another unit.

    Parameters
    ----------
    quantity : Quantity
        The number.
    divisor : float
        How many of its unit make one of the other: 1,000 kg a tonne.
    unit : str
        The other unit.
    """
    return of_parts("over", str(divisor), (quantity,), unit)


def ratio(above: Quantity, below: Quantity, unit: str = "ratio") -> Quantity:
    """One quantity over another of the same unit; None where either is unknown or the lower is
    zero.

    Parameters
    ----------
    above, below : Quantity
        The two numbers.
    unit : str
        `ratio`, or `share`, which is printed in per cent.
    """
    unit = word_check.word("unit", unit, ("ratio", "share"))
    return of_parts(unit, "", (above, below), unit)


def chosen(value, unit: str = "") -> Quantity:
    """A number that defines the question asked and so has no row, such as one patrol of two
    aircraft.
    """
    return exact(value, unit, (), Recipe("chosen", str(rounding.snap(value))))


def tried(value, like: Quantity) -> Quantity:
    """A number tried out in place of another one, with the rows of that."""
    return exact(value, like.unit, like.rows, Recipe("tried", str(rounding.snap(value))))


def modelled(name: str, unit: str, **inputs: Quantity) -> Quantity:
    """What a function of helpers.formulas gives for the inputs: at their values, and the least and
    greatest at the ends of their ranges.

    The ends are exact where the function rises or falls in each input throughout: it declares in
    which. An input without an end leaves the result open on the side it moves it to. None where an
    input is unknown, or the function refuses the values.

    Parameters
    ----------
    name : str
        The name of the function.
    unit : str
        The unit of what it gives.
    **inputs : Quantity
        A number for each of its symbols, in the symbol's unit.
    """
    name = word_check.word("model", name, formulas.DEFINITIONS)
    symbols = inspect.signature(formulas.DEFINITIONS[name]).parameters
    for wrong in inputs.keys() - symbols.keys():
        raise word_check.WordError(f"input of the model {name}", wrong, symbols)
    if lacking := [symbol for symbol in symbols if symbol not in inputs]:
        raise ValueError(f"the model {name} lacks {lacking[0]!r}: it takes {', '.join(symbols)}")
    return of_parts("model", name, (inputs[symbol] for symbol in symbols), unit)


def end(quantity: Quantity, side: str) -> Quantity:
    """The low or the high end of a number that one row gives, as a number without a range.

    side: `low` or `high`. The number itself where that is its end, or where that end is open.
    """
    side = word_check.word("side", side, ("low", "high"))
    value = getattr(quantity, side)
    if value is None or value == quantity.value:
        return exact(quantity.value, quantity.unit, quantity.rows, quantity.how)
    act = "cell" if quantity.how.act == "from" else side
    return exact(value, quantity.unit, quantity.rows, Recipe(act, quantity.how.argument))


def between(one: Quantity, other: Quantity) -> Quantity:
    """The number halfway between two of one unit."""
    return of_parts("halfway", "", (one, other), one.unit)


def instead(answer: Quantity, *inputs: Quantity) -> Quantity:
    """An answer worked out again with other numbers for some inputs, each in place of what its one
    row gives; unknown where the answer has no limit there. It leads to the rows of these inputs.
    """
    number = of_parts("with", "", (answer, *inputs), answer.unit)
    return replace(number, rows=_rows(inputs))


def extremes(numbers: list[Quantity]) -> tuple[Quantity, Quantity]:
    """The smallest and the largest of some quantities; unknown where none is known."""
    known = sorted(
        (quantity for quantity in numbers if quantity.value is not None),
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
