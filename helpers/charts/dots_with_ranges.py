"""A dot with its range for each number; limits that have one side only are drawn open on the
other.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from helpers import data, tables
from helpers.charts import colours_and_ticks, names_and_spans, scales
from helpers.charts.colours_and_ticks import GREY, PLAIN, SUBJECT, VERMILION
from helpers.charts.figure import Figure, NothingToDraw, behind, finish, or_say_so
from helpers.charts.scales import GAP, Need
from helpers.charts.sheet import Sheet, width_of
from helpers.quantities import Quantity
from helpers.tables import Sentence, Table

NEAR_ZERO = 0.5  # an axis starts at zero unless all numbers are above this part of the greatest


@dataclass(frozen=True)
class Ranges:
    """What a chart of ranges shows. A mark with a range of its own is a lane on top, and a line at
    its value.
    """

    title: Sentence
    unit: str
    items: tuple[tuple[str, Quantity, bool], ...]
    marks: tuple[tuple[Quantity, str], ...]

    @property
    def share(self) -> bool:
        """Whether its numbers are shares, shown in per cent."""
        return any(quantity.unit == "share" for _, quantity, _ in self.items)

    @property
    def lanes(self) -> list[tuple[str, names_and_spans.Span, str]]:
        """The name, span and colour of each lane."""
        wide = [(words, names_and_spans.span(number), VERMILION) for number, words in self.wide]
        return wide + [
            (label, names_and_spans.span(quantity), SUBJECT if subject else PLAIN)
            for label, quantity, subject in self.items
        ]

    @property
    def wide(self) -> list[tuple[Quantity, str]]:
        """The marks that have a range and so a lane of their own."""
        return [mark for mark in self.marks if not names_and_spans.span(mark[0]).exact]

    @property
    def lines(self) -> list[tuple[float, str]]:
        """The marks that are a line with a name on top."""
        return [
            (number.value, words if number.unit == "share" else f"{words} {span.at}")
            for number, words in self.marks
            if (span := names_and_spans.span(number)).exact and number.value is not None
        ]

    @property
    def log(self) -> bool:
        """Whether the numbers span so much that the axis is logarithmic."""
        numbers = [end for _, span, _ in self.lanes for end in (span.low, span.value) if end]
        high = [span.high for _, span, _ in self.lanes if span.high]
        return scales.decades([*numbers, *high, *(value for value, _ in self.lines)])


def _spec(title: Sentence, items, unit: str, marks) -> Ranges:
    """Take in items, and marks with a number; NothingToDraw where no item's number is known."""
    made = Ranges(
        title,
        unit,
        colours_and_ticks.told_apart(items),
        tuple((number, str(words)) for number, words in marks if number.value is not None),
    )
    if all(quantity.value is None for _, quantity, _ in made.items):
        raise NothingToDraw
    return made


def _all(spec: Ranges) -> list[tuple[str, Quantity]]:
    items = [(label, quantity) for label, quantity, _ in spec.items]
    return items + [(words, number) for number, words in spec.marks]


def alt(spec: Ranges) -> str:
    """Say in words what the dots and ranges show, for a reader who cannot see them."""
    said = "; ".join(
        f"{label} {names_and_spans.span(quantity).said}" for label, quantity in _all(spec)
    )
    axis = " on a logarithmic scale" if spec.log else ""
    return f"Dots with ranges{axis}, in {spec.unit}: {said}."


def table(spec: Ranges) -> Table:
    """List what the dots and ranges show, one row an item and a mark."""
    return behind(
        [
            {"": label, spec.unit: quantity, "range": tables.range_of(quantity)}
            for label, quantity in _all(spec)
        ],
        spec.title,
    )


def draw(spec: Ranges, sheet: Sheet) -> None:
    """Draw the dots with their ranges on a sheet."""
    rows = spec.lanes
    known = [span for _, span, _ in rows if span.value is not None]
    if any(None in (span.low, span.high) for span in known):
        side = -7 if any(span.low is None for span in known) else 7
        names_and_spans.key(sheet, [(lambda x, y: _open(sheet, x + side, x - side, y, PLAIN),
                           "no limit is known on this side")])  # fmt: skip
    names = names_and_spans.names(sheet, [name for name, _, _ in rows])
    marks = scales.marks_of(spec.lines, sheet)
    scale, zero = _scale(spec, sheet, names.left, marks)
    if marks:
        sheet.y += sheet.line_height * (max(scales.storeys(marks, scale)) + 1) + 4
    top, before = sheet.y, len(sheet.shapes)
    places = []
    for place, (_, span, _) in enumerate(rows):
        above = sheet.line_height if span.at and (span.left or span.right) else 0
        places.append(names_and_spans.name(sheet, names, place, sheet.size + 2, above))
    bottom = sheet.y + 2
    with sheet.behind(before):
        if zero:
            sheet.line([(scale(0), top - 2), (scale(0), bottom)], GREY)
        scales.flags(sheet, scale, marks, top, bottom)
        for middle, (_, span, colour) in zip(places, rows, strict=True):
            if colour == VERMILION and span.value is not None:
                sheet.line([(scale(span.value), middle), (scale(span.value), bottom)],
                           VERMILION, 1.5, (4, 3))  # fmt: skip
    for middle, (_, span, colour) in zip(places, rows, strict=True):
        _lane(sheet, scale, middle, span, colour)
    notes = [] if spec.log or zero else ["the axis does not start at zero"]
    scales.axis(sheet, scale, top, bottom, spec.unit, spec.share, False, before, notes)


def _scale(spec: Ranges, sheet: Sheet, left: float, marks) -> tuple[scales.Scale, bool]:
    """The axis, and whether it starts at zero."""
    needs = [Need(mark.value, 8, mark.right) for mark in marks]
    for _, span, colour in spec.lanes:
        if span.value is None:
            continue
        bold = colour != PLAIN
        reach = [width_of(words, sheet.size, bold) + GAP + 5 for words in (span.left, span.right)]
        least, most = min(span.ends), max(span.ends)
        alone = not span.left and not span.right
        half = width_of(span.at, sheet.size, bold) / 2 + 2
        needs.append(Need(least, (reach[0] if span.left else 10) + 14 * (span.low is None)))
        needs.append(Need(most, 0, (reach[1] if span.right else 10) + 14 * (span.high is None)))
        if alone:
            needs.append(Need(most, 0, 2 * half + GAP + 8))
        elif span.at:
            needs.append(Need(span.value, half, half))
    values = [need.value for need in needs]
    zero = not spec.log and min(values) <= NEAR_ZERO * max(values)
    if zero:
        needs.append(Need(0, 8))
    return scales.fitted(needs, left, sheet.width - 4, spec.log), zero


def _open(sheet: Sheet, end: float, start: float, y: float, colour: str) -> None:
    """A dotted line with an arrow at its end: nothing bounds it there."""
    back = 6 if end < start else -6
    sheet.line([(start, y), (end + back / 2, y)], colour, 2, (2, 3))
    sheet.area([(end, y), (end + back, y - 4), (end + back, y + 4)], colour)


def _lane(sheet: Sheet, scale, y: float, span: names_and_spans.Span, colour: str) -> None:
    bold, base = colour != PLAIN, y + sheet.size * 0.36
    if span.value is None:
        x = scale.left + 4 if scale.log or scale.least > 0 else scale(0) + GAP
        sheet.words(x, base, span.at, colour=GREY, plate=True)
        return
    at = scale(span.value)
    low, high = (None if end is None else scale(end) for end in (span.low, span.high))
    thick = 6 if colour == VERMILION else 3  # a mark's own lane
    first, last = at if low is None else low, at if high is None else high
    if last > first:
        sheet.line([(first, y), (last, y)], colour, thick)
    far = [first, last]
    if low is None:
        far[0] = max(scale.left + 1, min(first - 16, scale(0) if not scale.log else scale.left))
        _open(sheet, far[0], first, y, colour)
    if high is None:
        far[1] = last + 16
        _open(sheet, far[1], last, y, colour)
    for end in (low, high):
        if end is not None and (end != at or not span.dot):
            sheet.line([(end, y - 4), (end, y + 4)], colour, 2)
    if span.dot:
        sheet.dots([(at, y)], sheet.size * 0.36, colour)
    plate = {"plate": True, "bold": bold}
    if span.left:
        sheet.words(far[0] - GAP, base, span.left, anchor="end", **plate)
    if span.right:
        sheet.words(far[1] + GAP, base, span.right, **plate)
    if span.at and not span.left and not span.right:
        sheet.words(far[1] + GAP, base, span.at, **plate)
    elif span.at:
        sheet.words(at, y - sheet.size * 0.7, span.at, anchor="middle", **plate)


@or_say_so
def ranges(
    world: data.World,
    name: str,
    title: Sentence,
    items: Sequence[tuple[str, Quantity, bool]],
    unit: str,
    marks: Sequence[tuple[Quantity, str]] = (),
) -> Figure:
    """Draw a dot with its range for each item, on a logarithmic axis where they span much.

    Parameters
    ----------
    world : World
        The world that the numbers are of; its day stands below the figure.
    name : str
        The figure's name, which is its file's too.
    title : Sentence
        The one message that the figure shows.
    items : list of (str, Quantity, bool)
        The label, the number, and whether it is the subject, which stands out.
    unit : str
        What the numbers count; `share` is shown in per cent.
    marks : list of (Quantity, str)
        Values at which a line is drawn, with its words; one that has a range is a lane on top as
        well.
    """
    made = _spec(title, items, unit, marks)
    return finish(world, name, title, made, draw, alt(made), table(made))
