"""How a number is made from rows or from other numbers: a closed vocabulary of acts, in one table.

`ACTS` gives for each act the words for a reader, the functions that make a number with its range,
and the function that makes it of arrays. `quantities` makes numbers by it, `sensitivity` works them
out again with other inputs, the pages say and check by it how each number came about.
"""

import functools
import itertools
import math
import operator
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import numpy as np

from helpers import data, formulas, rounding

MAIN = (
    "value",
    "base",
    "personnel",
    "share",
)  # the columns whose range stands in plain `low` and `high`
TOTAL = "directory total"  # the class of a row that counts unlike types together


@dataclass(frozen=True)
class Recipe:
    """How a number is made: an act, perhaps with an argument, on rows or on other recipes.

    Parameters
    ----------
    act
        A name in `ACTS`; any other raises ValueError.
    argument
        What the act is told besides: a column, the name of a model, a number.
    rows
        Ids of the rows it is made from; none where it has parts.
    parts
        Recipes of the numbers it is made from.
    """

    act: str
    argument: str = ""
    rows: tuple[str, ...] = ()
    parts: tuple["Recipe", ...] = ()

    def __post_init__(self):
        if self.act not in ACTS:
            raise ValueError(
                f"no number is made by {self.act[:40]!a}. helpers/recipe_acts.py knows"
                f" {', '.join(ACTS)}"
            )

    @functools.cached_property
    def text(self) -> str:
        """The recipe on one line: 'ratio (sum in_service: a b) (count: c)'; `parse` reads it."""
        return self.written(part.text for part in self.parts)

    def written(self, parts: Iterable[str]) -> str:
        """The recipe on one line with these texts for its parts."""
        head = f"{self.act} {self.argument}".strip()
        if self.parts:
            return head + " " + " ".join(f"({part})" for part in parts)
        return f"{head}: {' '.join(self.rows)}"

    def words(self, number: Callable[[float], str], name: Callable[[str, str], str]) -> str:
        """How it is made, in words for a reader; `number` prints a number, `name` says what the
        argument of an act, such as a column or a formula, is called.

        The words for an act take the argument as `{argument}`, as a column's name with a comma
        after it as `{column}`, and its last word as the number `{number}`.
        """
        words = ACTS[self.act].words
        named = name(self.act, self.argument)
        return words.format(
            argument=named,
            column=f"{named}, " if named else "",
            number=number(float(self.argument.split()[-1])) if "{number}" in words else "",
        )


@functools.lru_cache(4096)
def parse(text: str) -> Recipe:
    """The recipe that a line says, as `Recipe.text` writes it; ValueError where it says none."""
    recipe, rest = _parsed(text.strip())
    if rest:
        raise ValueError(f"the recipe {text[:80]!a} goes on after its end")
    return recipe


def _parsed(text: str) -> tuple[Recipe, str]:
    """The recipe at the beginning of a text, and what stands after it."""
    head = re.split(r"[:()]", text, maxsplit=1)[0]
    act, _, argument = head.strip().partition(" ")
    rest = text[len(head) :]
    if rest.startswith(":"):
        rows = re.split(r"[()]", rest[1:], maxsplit=1)[0]
        return Recipe(act, argument, tuple(rows.split())), rest[1 + len(rows) :]
    parts = []
    while rest.startswith("("):
        part, rest = _parsed(rest[1:])
        if not rest.startswith(")"):
            raise ValueError(f"the brackets of the recipe {text[:80]!a} do not close")
        parts.append(part)
        rest = rest[1:].lstrip()
    return Recipe(act, argument, (), tuple(parts)), rest


def expanded(text: str, book: Sequence[str]) -> str:
    """A recipe's line in which parts are named by their place in a book, '#3', written out."""
    return re.sub(r"#(\d+)", lambda match: expanded(book[int(match[1])], book), text)


class Book:
    """Recipes on lines, each once, with its parts named by their places in the book: '#3'."""

    def __init__(self):
        self.lines: list[str] = []
        self._places: dict[str, int] = {}

    def place(self, recipe: Recipe) -> int:
        """The place of a recipe in the book, which takes it in if it does not hold it."""
        if recipe.text not in self._places:
            line = recipe.written([f"#{self.place(part)}" for part in recipe.parts])
            self._places[recipe.text] = len(self.lines)
            self.lines.append(line)
        return self._places[recipe.text]


class Ends(NamedTuple):
    """A number with its range and how many unknowns it hides; None where unknown or open."""

    value: Any
    low: Any = None
    high: Any = None
    unknowns: int = 0


NOTHING = Ends(None, unknowns=1)


@dataclass(frozen=True)
class Act:
    """One way of making a number.

    Parameters
    ----------
    words
        How it is made, for a reader: see `Recipe.words`.
    cells
        The number from the argument and the cells of rows, one mapping a row. None where no rows
        give it by themselves.
    parts
        The number from the argument and the numbers it is made of, each with `value`, `low`,
        `high`, `unknowns`. None where it takes draws or a search, which the tests do again.
    array
        The number from the argument and one array a part, None for an unknown one. None where it
        is not worked out again with other inputs.
    """

    words: str
    cells: Callable[[str, Sequence[Mapping]], Ends] | None = None
    parts: Callable[[str, Sequence], Ends] | None = None
    array: Callable[[str, Sequence], Any] | None = None


def worked_out(number, instead: Mapping[str, object]):
    """A number worked out again with other values for some of its inputs.

    Parameters
    ----------
    number
        A `quantities.Quantity`.
    instead
        Numbers or arrays of one shape, by the id of the one row that gives the input.

    Raises ValueError for a number that was drawn or searched for, not computed.
    """
    if not number.parts:
        only = len(number.rows) == 1
        return instead.get(number.rows[0], number.value) if only else number.value
    act = number.how.act
    again = ACTS[act].array
    if again is None:
        raise ValueError(f"a number made by {act!r} is not worked out again with other inputs")
    parts = [None if part.value is None else worked_out(part, instead) for part in number.parts]
    return again(number.how.argument, parts)


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


# Numbers from cells


def end_column(columns, column: str, end: str) -> str:
    """The column that holds the low or high end of another; that one itself where the table has
    none.
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


def _total(column: str, rows: Sequence[Mapping]) -> Ends:
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


def _exact(number) -> Ends:
    return Ends(number, number, number)


def _one_end(end: str) -> Callable:
    return lambda column, rows: _exact(getattr(_total(column, rows), end))


def _newest(column: str, rows: Sequence[Mapping]) -> Ends:
    """The number of the row with the last date, with the range of all the rows."""
    ordered = sorted(rows, key=lambda row: (row["date"], row["id"]))
    values = [_number(row[column]) for row in ordered]
    return Ends(plain(values[-1]), plain(min(values)), plain(max(values)))


def _up_to(column: str, rows: Sequence[Mapping]) -> Ends:
    """None, or anything up to the one row's number."""
    return Ends(0, 0, plain(_number(rows[0][column])), 1)


def _least(column: str, rows: Sequence[Mapping]) -> Ends:
    """The sum of a column, where there is more that no row gives."""
    return _total(column, rows)._replace(high=None, unknowns=1)


def _apart(rows: Sequence[Mapping]) -> tuple[list[Mapping], list[Mapping]]:
    """Rows of fleets, and directory totals over unlike types."""
    total = [row["class"] == TOTAL for row in rows]
    return (
        [row for row, is_total in zip(rows, total, strict=True) if not is_total],
        [row for row, is_total in zip(rows, total, strict=True) if is_total],
    )


def _within(column: str, rows: Sequence[Mapping]) -> Ends:
    """The sum of a column over fleets, of which one is unknown: at most the directory total."""
    fleets, totals = _apart(rows)
    total = _total(column, fleets)
    known = _total(column, [row for row in fleets if _number(row[column]) is not None])
    floor = known.low or 0
    return Ends(
        floor if total.value is None else total.value,
        floor if total.low is None else total.low,
        max(_total(column, totals).value, known.high or 0),
        total.unknowns,
    )


def _beside(column: str, rows: Sequence[Mapping]) -> Ends:
    """The sum of a column over fleets, and at most as many more as the largest directory total."""
    fleets, totals = _apart(rows)
    total = _total(column, fleets) if fleets else Ends(0, 0, 0)
    more = max(_total(column, [row]).high for row in totals)
    return total._replace(
        high=_unless_open(_plain_sum, total.high, more), unknowns=total.unknowns + 1
    )


def _argument(argument: str, rows: Sequence[Mapping]) -> Ends:
    return _exact(plain(float(argument)))


# Numbers from other numbers


def _of_known(make: Callable) -> Callable:
    """A function of parts that is unknown where one of them is."""

    def made(argument: str, parts: Sequence) -> Ends:
        return NOTHING if any(part.value is None for part in parts) else make(argument, parts)

    return made


def _unless_open(function: Callable, *ends):
    """A function of some ends; None where one of them is open."""
    return None if None in ends else function(*ends)


def _unknowns(parts: Sequence) -> int:
    return sum(part.unknowns for part in parts)


def _plain_sum(*numbers):
    return plain(plus(numbers))


def _added(argument: str, parts: Sequence) -> Ends:
    """The sum of the parts that are known: 'at least' where one is not."""
    known = [part for part in parts if part.value is not None]
    if not known:
        return Ends(None, unknowns=_unknowns(parts) + len(parts))
    high = _unless_open(_plain_sum, *(part.high for part in known))
    return Ends(
        _plain_sum(*(part.value for part in known)),
        _unless_open(_plain_sum, *(part.low for part in known)),
        high if len(known) == len(parts) else None,
        _unknowns(parts) + len(parts) - len(known),
    )


def _less(argument: str, parts: Sequence) -> Ends:
    whole, part = parts
    return Ends(
        whole.value - part.value,
        _unless_open(operator.sub, whole.low, part.high),
        _unless_open(operator.sub, whole.high, part.low),
        _unknowns(parts),
    )


def _plain_product(one, other):
    return plain(one * other)


def _times(argument: str, parts: Sequence) -> Ends:
    one, other = parts
    return Ends(
        _plain_product(one.value, other.value),
        _unless_open(_plain_product, one.low, other.low),
        _unless_open(_plain_product, one.high, other.high),
        _unknowns(parts),
    )


def _over(argument: str, parts: Sequence) -> Ends:
    (part,) = parts
    value, low, high = (
        None if end is None else end / float(argument) for end in (part.value, part.low, part.high)
    )
    return Ends(value, low, high, part.unknowns)


def _ratio(argument: str, parts: Sequence) -> Ends:
    above, below = parts
    if not below.value:
        return NOTHING
    return Ends(
        above.value / below.value,
        None if above.low is None or not below.high else above.low / below.high,
        None if above.high is None or not below.low else above.high / below.low,
        _unknowns(parts),
    )


def _halfway(argument: str, parts: Sequence) -> Ends:
    one, other = parts
    return _exact((one.value + other.value) / 2)


def _instead(argument: str, parts: Sequence) -> Ends:
    """The first part with the other parts in place of what their rows give; unknown where it has
    no limit.
    """
    answer, *inputs = parts
    values = {part.rows[0]: part.value for part in inputs}
    if answer.value is None or None in values.values():
        return NOTHING
    number = float(worked_out(answer, values))
    return _exact(number) if math.isfinite(number) else NOTHING


def _modelled(name: str, parts: Sequence) -> Ends:
    """What a model gives at the parts' values, with the range that its directions give.

    It is least where each input that raises it is least and each that lowers it is greatest, and
    greatest the other way round; an input without a direction is tried at both ends. An input that
    is open on one side leaves the number open on the side it moves it to. Unknown where the model
    refuses the values or has no limit at them.
    """
    function, directions = formulas.DEFINITIONS[name], formulas.DIRECTIONS[name]
    known = [
        [end for end in (part.low, part.value, part.high) if end is not None] for part in parts
    ]
    spans = [(min(ends), max(ends)) for ends in known]
    most = _corners(spans, directions)
    least = _corners(spans, [-direction for direction in directions])
    try:
        value = float(function(*(part.value for part in parts)))
        corners = np.asarray(function(*np.array(least + most, dtype=float).T), dtype=float)
    except ValueError:
        return NOTHING
    if not math.isfinite(value):
        return NOTHING
    low, high = corners[: len(least)].min(), corners[len(least) :].max()
    open_low = any(
        part.low is None and direction >= 0 or part.high is None and direction <= 0
        for part, direction in zip(parts, directions, strict=True)
    )
    open_high = any(
        part.high is None and direction >= 0 or part.low is None and direction <= 0
        for part, direction in zip(parts, directions, strict=True)
    )
    return Ends(
        plain(value),
        None if open_low else plain(low),
        None if open_high or not math.isfinite(high) else plain(high),
        _unknowns(parts),
    )


def _corners(spans: Sequence[tuple], directions: Sequence[int]) -> list[tuple]:
    """The ends of inputs at which a function is greatest; both of one that moves it either way."""
    ends = [
        span if direction == 0 else (span[direction > 0],)
        for span, direction in zip(spans, directions, strict=True)
    ]
    return list(itertools.product(*ends))


# Dates


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


def _months(day: str, rows: Sequence[Mapping]) -> Ends:
    """Months from rows to a day, the days left over as a part of 30."""
    whole, left = months(_latest(rows), date.fromisoformat(day))
    return _exact(round(whole + left / 30, 1))


def _days(day: str, rows: Sequence[Mapping]) -> Ends:
    return _exact((date.fromisoformat(day) - _latest(rows)).days)


# The table


def _count(argument: str, rows: Sequence[Mapping]) -> Ends:
    return _exact(len(rows))


def _distinct(column: str, rows: Sequence[Mapping]) -> Ends:
    return _exact(len({row[column] for row in rows} - {None}))


def _sum_arrays(argument: str, parts: Sequence):
    return plus(part for part in parts if part is not None)


def _model_arrays(name: str, parts: Sequence):
    return formulas.DEFINITIONS[name](*parts)


ACTS: dict[str, Act] = {
    # of rows
    "cell": Act("{column}as the row gives it", cells=_total),
    "low": Act("{column}the low end of its range", cells=_one_end("low")),
    "high": Act("{column}the high end of its range", cells=_one_end("high")),
    "from": Act("{column}anything from none to this", cells=_up_to),
    "least": Act("{column}added up; there may be more, which no row gives", cells=_least),
    "within": Act(
        "{column}added up; where a fleet is unknown, at most the directory total that stands among"
        " these rows",
        cells=_within,
    ),
    "beside": Act(
        "{column}added up; at most as many more as the total of mixed kinds that stands among"
        " these rows",
        cells=_beside,
    ),
    "newest": Act("{column}the newest of these rows; the range is of them all", cells=_newest),
    "count": Act("how many rows these are", cells=_count),
    "distinct": Act("{column}how many different ones these rows name", cells=_distinct),
    "months": Act("months from the last day that these rows name to {argument}", cells=_months),
    "days": Act("days from the last day that these rows name to {argument}", cells=_days),
    "table": Act("how many rows the table has"),
    "rows": Act("what these rows say"),
    "readings": Act("how many readings these are, each a combination of these options"),
    "tips": Act(
        "the nearest number at which the verdict on {argument} becomes another, found by judging"
        " the claim again with other numbers in place of what these rows give"
    ),
    "opens": Act(
        "the nearest number from which the verdict on {argument} is left open, found in the same"
        " way"
    ),
    # of no row, or in place of what rows give
    "unknown": Act("not known", cells=lambda argument, rows: Ends(None)),
    "none": Act("none found by this search", cells=lambda argument, rows: _exact(0)),
    "open": Act("nothing is known: from none", cells=lambda argument, rows: Ends(0, 0, None, 1)),
    "chosen": Act("chosen for the question", cells=_argument),
    "tried": Act("a number tried out in place of what these rows give", cells=_argument),
    "multiple": Act("so many times what these rows give; one is what they give", cells=_argument),
    # of rows or of other numbers
    "sum": Act("{column}added up", _total, _added, _sum_arrays),
    # of other numbers
    "difference": Act(
        "the first less the second",
        parts=_of_known(_less),
        array=lambda argument, parts: parts[0] - parts[1],
    ),
    "product": Act(
        "the first times the second",
        parts=_of_known(_times),
        array=lambda argument, parts: parts[0] * parts[1],
    ),
    "ratio": Act(
        "the first divided by the second",
        parts=_of_known(_ratio),
        array=lambda argument, parts: parts[0] / parts[1],
    ),
    "share": Act(
        "the first as a share of the second",
        parts=_of_known(_ratio),
        array=lambda argument, parts: parts[0] / parts[1],
    ),
    "over": Act(
        "divided by {argument}",
        parts=_over,
        array=lambda argument, parts: parts[0] / float(argument),
    ),
    "halfway": Act(
        "halfway between the two",
        parts=_of_known(_halfway),
        array=lambda argument, parts: (parts[0] + parts[1]) / 2,
    ),
    "model": Act("worked out as {argument}", parts=_of_known(_modelled), array=_model_arrays),
    "with": Act(
        "the first, worked out again with the other numbers in place of what their rows give",
        parts=_instead,
    ),
    # drawn or searched for
    "median": Act("the middle of many draws, of which nine in ten lie in the range told"),
    "chance": Act("the share of many draws in which it reaches {number}"),
    "alone": Act(
        "the part of the spread of the first that the second explains alone: its first-order Sobol"
        " index, over the ranks of the draws"
    ),
    "altogether": Act(
        "the part of the spread of the first that the second explains with all its interactions:"
        " its total Sobol index, over the ranks of the draws"
    ),
}
