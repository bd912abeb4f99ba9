"""Axes: from numbers to places on a sheet, with ticks that are round and labels that fit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, getcontext

from helpers import rounding
from helpers.charts import colours_and_ticks
from helpers.charts.colours_and_ticks import FAINT, GREY, INK, VERMILION
from helpers.charts.sheet import Sheet, width_of, wrapped

GAP = 7  # pixels between a mark and its label
DECADES = 30  # from this factor between least and greatest on, an axis is logarithmic
STEPS = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True)
class Need:
    """A number that must be on the axis, with the room its labels take left and right of it."""

    value: float
    left: float = 0
    right: float = 0


@dataclass(frozen=True)
class Scale:
    """Where a number stands: place = start + factor * number, or its logarithm's."""

    start: float
    factor: float
    left: float
    right: float
    log: bool = False
    least: float = 0  # of the numbers shown
    most: float = 0

    def __call__(self, number: float) -> float:
        """Give the place of a number on the scale, in pixels from the left."""
        if self.log and number <= 0:
            return self.left
        return self.start + self.factor * _along(number, self.log)

    @property
    def first(self) -> float:
        """The number at the left end."""
        end = (self.left - self.start) / self.factor
        return _back(end) if self.log else end

    @property
    def last(self) -> float:
        """The number at the right end."""
        end = (self.right - self.start) / self.factor
        return _back(end) if self.log else end


def _along(number: float, log: bool) -> float:
    """A number, or its logarithm, the same on every processor."""
    return rounding.snap(float(Decimal(str(number)).log10())) if log else number


def _back(logarithm: float) -> float:
    return float(getcontext().power(Decimal(10), Decimal(str(rounding.snap(logarithm)))))


def fitted(needs: Iterable[Need], left: float, right: float, log: bool = False) -> Scale:
    """The widest scale between two places on which every number stands with its labels.

    Parameters
    ----------
    needs : iterable of Need
        The numbers with the room of their labels; on a logarithmic scale those above zero count.
    left, right : float
        The two places, in pixels from the left.
    log : bool
        Whether the scale is logarithmic.
    """
    needs = [need for need in needs if not log or need.value > 0]
    at = [_along(need.value, log) for need in needs]
    factors = [
        (right - left - one.left - other.right) / (there - here)
        for one, here in zip(needs, at, strict=True)
        for other, there in zip(needs, at, strict=True)
        if there > here
    ]
    factor = max(min(factors, default=1), 1e-9)
    start = max(
        (left + need.left - factor * here for need, here in zip(needs, at, strict=True)),
        default=left,
    )
    values = [need.value for need in needs] or [0]
    return Scale(start, factor, left, right, log, min(values), max(values))


def decades(values: Iterable[float]) -> bool:
    """Whether numbers span so much that only a logarithmic axis shows them all."""
    values = [value for value in values if value]
    return bool(values) and min(values) > 0 and max(values) > DECADES * min(values)


def ticks(low: float, high: float, room: float, widest: float, whole: bool = False) -> list[float]:
    """Round numbers between two, as many as have room.

    Parameters
    ----------
    low, high : float
        The two numbers.
    room : float
        How long the axis is, in pixels.
    widest : float
        How much of it the largest label takes, in pixels.
    whole : bool
        Whether the step between them must be a whole number.
    """
    most = max(2, min(7, int(room // (widest + 18))))
    size = Decimal(str(rounding.snap(float((high - low) or 1)))) / most
    power = Decimal(1).scaleb(size.adjusted())
    steps = [power * Decimal(str(step)) for step in STEPS] + [power * 20]
    step = next(step for step in steps if step >= size and (not whole or step == int(step)))
    first = (Decimal(str(rounding.snap(float(low)))) / step).to_integral_value("ROUND_CEILING")
    found = []
    while (tick := first * step) <= Decimal(str(rounding.snap(float(high)))):
        found.append(float(tick))
        first += 1
    return found


def _powers(low: float, high: float, room: float, widest: float) -> list[float]:
    """The round numbers of a logarithmic axis: 1, 3, 10 where there is room, else 1, 10, 100."""
    found = []
    for power in range(-9, 13):
        for one in (1, 3):
            tick = float(Decimal(one).scaleb(power))
            if low <= tick <= high:
                found.append(tick)
    if len(found) * (widest + 14) > room:
        tens = [tick for tick in found if Decimal(str(tick)).normalize().as_tuple().digits == (1,)]
        found = tens if len(tens) > 1 else found
    return found


def axis(
    sheet: Sheet, scale: Scale, top: float, bottom: float, unit: str, share: bool, whole: bool,
    before: int, notes: Sequence[str] = (),
) -> None:  # fmt: skip
    """Draw ticks with their numbers, hairlines up to the top, and the unit below.

    Parameters
    ----------
    sheet : Sheet
        Where it is drawn.
    scale : Scale
        Where each number stands.
    top, bottom : float
        Between which heights the hairlines run, in pixels.
    unit : str
        What the numbers count.
    share : bool
        Whether they are shares, shown in per cent.
    whole : bool
        Whether they count things, of which there are no halves.
    before : int
        The hairlines stand behind all shapes from this one on.
    notes : list of str
        What is unusual about the axis, in words.
    """
    some = (scale.least, scale.most, (scale.least + scale.most) / 2)
    widest = max(
        width_of(colours_and_ticks.tick(float(f"{one:.1e}"), share), sheet.size) for one in some
    )
    room = scale(scale.most) - scale(scale.least)
    if scale.log:
        at = _powers(scale.least * 0.999, scale.most * 1.001, room, widest)
        notes = ["logarithmic scale: equal distances stand for equal factors", *notes]
    else:
        at = ticks(scale.least, scale.most, room, widest, whole)
    with sheet.behind(before):
        for tick in at:
            sheet.line([(scale(tick), top), (scale(tick), bottom)], FAINT)
    sheet.y = bottom + sheet.line_height
    free = -1.0
    for tick in at:
        words = colours_and_ticks.tick(tick, share)
        width = width_of(words, sheet.size)
        if max(scale(tick) - width / 2, 0) > free:
            made = sheet.words(scale(tick), sheet.y - 1, words, anchor="middle", colour=GREY)
            free = made.x + width / 2 + 8
    words = "; ".join([colours_and_ticks.capital(unit), *notes])
    sheet.y += 2
    sheet.block(scale.left, wrapped(words, sheet.width - scale.left - 4, sheet.size), colour=GREY)
    sheet.y += 4


@dataclass(frozen=True)
class Mark:
    """A line across a chart at a number, named above it."""

    value: float
    words: str
    right: float  # the room its name takes beside the line


def marks_of(pairs: Iterable[tuple[float, str]], sheet: Sheet) -> list[Mark]:
    """Marks with their names, from left to right."""
    return [
        Mark(value, words, width_of(words, sheet.size) + GAP)
        for value, words in sorted(pairs, key=lambda pair: (pair[0], pair[1]))
    ]


def storeys(marks: Sequence[Mark], scale: Scale) -> list[int]:
    """How high each name stands so that it meets neither another name nor another line: a line
    reaches up to its own name, and names stand right of their lines.
    """
    found: list[int] = []
    for place in range(len(marks) - 1, -1, -1):
        mark = marks[place]
        end = scale(mark.value) + mark.right + GAP
        met = [high for other, high in zip(marks[place + 1 :], found, strict=True)
               if scale(other.value) <= end]  # fmt: skip
        found.insert(0, max(met) + 1 if met else 0)
    return found


def flags(sheet: Sheet, scale: Scale, marks: Sequence[Mark], top: float, bottom: float) -> None:
    """The lines of marks, dashed, with their names above the chart.

    Parameters
    ----------
    sheet : Sheet
        Where they are drawn.
    scale : Scale
        Where each number stands.
    marks : list of Mark
        The marks, from left to right, as `marks_of` gives them.
    top, bottom : float
        The upper end of the chart, on which the lowest names stand, and how far down the lines
        run, in pixels from the top.
    """
    for mark, high in zip(marks, storeys(marks, scale), strict=True):
        x, y = scale(mark.value), top - high * sheet.line_height
        sheet.line([(x, y - sheet.size), (x, bottom)], VERMILION, 1.5, (4, 3))
        sheet.words(x + 4, y - 3, mark.words, colour=INK)
