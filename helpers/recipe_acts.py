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
from typing import Any

import numpy as np

from helpers import formulas, numbers_from_cells
from helpers.numbers_from_cells import MAIN as MAIN
from helpers.numbers_from_cells import NOTHING, Ends, exact, plain, plain_sum, plus, unless_open
from helpers.numbers_from_cells import end_column as end_column
from helpers.numbers_from_cells import months as months


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
    number : Quantity
        The number as it was made, from rows or from other numbers.
    instead : mapping
        Numbers or arrays of one shape, by the id of the one row that gives the input.

    Raises
    ------
    ValueError
        For a number that was drawn or searched for, not computed.
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


def _of_known(make: Callable) -> Callable:
    """A function of parts that is unknown where one of them is."""

    def made(argument: str, parts: Sequence) -> Ends:
        return NOTHING if any(part.value is None for part in parts) else make(argument, parts)

    return made


def _unknowns(parts: Sequence) -> int:
    return sum(part.unknowns for part in parts)


def _added(argument: str, parts: Sequence) -> Ends:
    """The sum of the parts that are known: 'at least' where one is not."""
    known = [part for part in parts if part.value is not None]
    if not known:
        return Ends(None, unknowns=_unknowns(parts) + len(parts))
    high = unless_open(plain_sum, *(part.high for part in known))
    return Ends(
        plain_sum(*(part.value for part in known)),
        unless_open(plain_sum, *(part.low for part in known)),
        high if len(known) == len(parts) else None,
        _unknowns(parts) + len(parts) - len(known),
    )


def _less(argument: str, parts: Sequence) -> Ends:
    whole, part = parts
    return Ends(
        whole.value - part.value,
        unless_open(operator.sub, whole.low, part.high),
        unless_open(operator.sub, whole.high, part.low),
        _unknowns(parts),
    )


def _plain_product(one, other):
    return plain(one * other)


def _times(argument: str, parts: Sequence) -> Ends:
    one, other = parts
    return Ends(
        _plain_product(one.value, other.value),
        unless_open(_plain_product, one.low, other.low),
        unless_open(_plain_product, one.high, other.high),
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
    return exact((one.value + other.value) / 2)


def _instead(argument: str, parts: Sequence) -> Ends:
    """The first part with the other parts in place of what their rows give; unknown where it has
    no limit.
    """
    answer, *inputs = parts
    values = {part.rows[0]: part.value for part in inputs}
    if answer.value is None or None in values.values():
        return NOTHING
    number = float(worked_out(answer, values))
    return exact(number) if math.isfinite(number) else NOTHING


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


def _sum_arrays(argument: str, parts: Sequence):
    return plus(part for part in parts if part is not None)


def _model_arrays(name: str, parts: Sequence):
    return formulas.DEFINITIONS[name](*parts)


ACTS: dict[str, Act] = {
    # of rows
    "cell": Act("{column}as the row gives it", cells=numbers_from_cells.total),
    "low": Act("{column}the low end of its range", cells=numbers_from_cells.one_end("low")),
    "high": Act("{column}the high end of its range", cells=numbers_from_cells.one_end("high")),
    "from": Act("{column}anything from none to this", cells=numbers_from_cells.up_to),
    "least": Act(
        "{column}added up; there may be more, which no row gives", cells=numbers_from_cells.least
    ),
    "within": Act(
        "{column}added up; where a fleet is unknown, at most the directory total that stands among"
        " these rows",
        cells=numbers_from_cells.within,
    ),
    "beside": Act(
        "{column}added up; at most as many more as the total of mixed kinds that stands among"
        " these rows",
        cells=numbers_from_cells.beside,
    ),
    "newest": Act(
        "{column}the newest of these rows; the range is of them all",
        cells=numbers_from_cells.newest,
    ),
    "count": Act("how many rows these are", cells=numbers_from_cells.count),
    "distinct": Act(
        "{column}how many different ones these rows name", cells=numbers_from_cells.distinct
    ),
    "months": Act(
        "months from the last day that these rows name to {argument}",
        cells=numbers_from_cells.months_to,
    ),
    "days": Act(
        "days from the last day that these rows name to {argument}",
        cells=numbers_from_cells.days_to,
    ),
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
    "none": Act("none found by this search", cells=lambda argument, rows: exact(0)),
    "open": Act("nothing is known: from none", cells=lambda argument, rows: Ends(0, 0, None, 1)),
    "chosen": Act("chosen for the question", cells=numbers_from_cells.argument_alone),
    "tried": Act(
        "a number tried out in place of what these rows give",
        cells=numbers_from_cells.argument_alone,
    ),
    "multiple": Act(
        "so many times what these rows give; one is what they give",
        cells=numbers_from_cells.argument_alone,
    ),
    # of rows or of other numbers
    "sum": Act("{column}added up", numbers_from_cells.total, _added, _sum_arrays),
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
    "median": Act("of many draws the middle; a limit holds in nineteen of twenty"),
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
