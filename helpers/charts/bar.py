"""Bars from zero; dots where the numbers lie so close together that bars would look alike."""

from collections.abc import Sequence
from dataclasses import dataclass

from helpers import data, tables
from helpers.charts import colours_and_ticks, names_and_spans, scales
from helpers.charts.colours_and_ticks import GREY, INK, PLAIN, SUBJECT
from helpers.charts.figure import Figure, NothingToDraw, behind, finish, or_say_so
from helpers.charts.scales import GAP, Need
from helpers.charts.sheet import Sheet, width_of
from helpers.quantities import Quantity
from helpers.tables import Sentence, Table

CLOSE = 0.8  # if the least is more than this part of the greatest, bars from zero look alike


@dataclass(frozen=True)
class Bars:
    """What a bar chart shows."""

    title: Sentence
    unit: str
    items: tuple[tuple[str, Quantity, bool], ...]
    marks: tuple[tuple[float, str], ...]

    @property
    def known(self) -> list[names_and_spans.Span]:
        """The spans of the items whose number is known."""
        return [span for span in self.spans if span.value is not None]

    @property
    def spans(self) -> list[names_and_spans.Span]:
        """The value and range of each item, in the items' order."""
        return [names_and_spans.span(quantity) for _, quantity, _ in self.items]

    @property
    def share(self) -> bool:
        """Whether its numbers are shares, shown in per cent."""
        return any(quantity.unit == "share" for _, quantity, _ in self.items)

    @property
    def whole(self) -> bool:
        """Whether it counts things, of which there are no halves."""
        ends = [end for span in self.known for end in span.ends]
        return not self.share and all(float(end).is_integer() for end in ends)

    @property
    def dots(self) -> bool:
        """Whether the numbers are drawn as dots, on an axis that does not start at zero."""
        values = [span.value or 0 for span in self.known]
        values += [value for value, _ in self.marks]
        exact = len(self.known) == len(self.items) and all(span.exact for span in self.known)
        return exact and len(values) > 2 and min(values) > CLOSE * max(values)


def spec(title: Sentence, items, unit: str, marks) -> Bars:
    """Take in items, and marks with a number; NothingToDraw where no item's number is known.

    Parameters
    ----------
    title : Sentence
        The one message that the figure shows.
    items : list of (str, Quantity, bool)
        The label, the number, and whether it is the subject, which stands out.
    unit : str
        What the numbers count; `share` is shown in per cent.
    marks : list of (Quantity or float, str)
        Values at which a line is drawn, with its words; one without a value is left out.
    """
    made = Bars(
        title,
        unit,
        colours_and_ticks.told_apart(items),
        tuple((at, str(words)) for value, words in marks if (at := _at(value)) is not None),
    )
    if not made.known:
        raise NothingToDraw
    return made


def _at(value) -> float | None:
    return value.value if isinstance(value, Quantity) else value


def alt(spec: Bars) -> str:
    """Say in words what the bars show, for a reader who cannot see them."""
    said = "; ".join(
        f"{label} {names_and_spans.span(quantity).said}" for label, quantity, _ in spec.items
    )
    marked = f" Lines mark {', '.join(words for _, words in spec.marks)}." if spec.marks else ""
    kind = "Dots on an axis that does not start at zero" if spec.dots else "Bar chart"
    return f"{kind}, in {spec.unit}: {said}.{marked}"


def table(spec: Bars) -> Table:
    """List what the bars show, one row an item."""
    return behind(
        [
            {"": label, spec.unit: quantity, "range": tables.range_of(quantity)}
            for label, quantity, _ in spec.items
        ],
        spec.title,
    )


def draw(spec: Bars, sheet: Sheet) -> None:
    """Draw the bars on a sheet."""
    spans = spec.spans
    if not spec.dots and any(_pale(span) for span in spec.known):
        _explain(sheet, spec.known, SUBJECT if _subject_is_pale(spec) else PLAIN)
    names = names_and_spans.names(sheet, [label for label, _, _ in spec.items])
    marks = scales.marks_of(spec.marks, sheet)
    open_end = sheet.size * 1.5
    needs = [] if spec.dots else [Need(0)]
    for (_, _, subject), span in zip(spec.items, spans, strict=True):
        ends = span.ends or [0]
        said = _said(span, sheet)
        right = GAP + width_of(said, sheet.size, subject) + (open_end if _rising(span) else 0)
        needs.append(Need(max(ends), 0, right))
        needs += [Need(min(ends), sheet.size)] if spec.dots else []
    needs += [Need(mark.value, 8, mark.right) for mark in marks]
    scale = scales.fitted(needs, names.left, sheet.width - 4)
    if marks:
        sheet.y += sheet.line_height * (max(scales.storeys(marks, scale)) + 1) + 4
    top, before = sheet.y, len(sheet.shapes)
    places = []
    for place in range(len(spans)):
        places.append(names_and_spans.name(sheet, names, place, sheet.size + 1))
    bottom = sheet.y + 2
    with sheet.behind(before):
        if not spec.dots:
            sheet.line([(scale(0), top - 2), (scale(0), bottom)], GREY)
        scales.flags(sheet, scale, marks, top, bottom)
    for middle, span, (_, _, subject) in zip(places, spans, spec.items, strict=True):
        draw_one = _dot if spec.dots else _bar
        x = draw_one(sheet, scale, middle, span, subject)
        sheet.words(x + GAP, middle + sheet.size * 0.36, _said(span, sheet), bold=subject,
                    colour=INK if span.value is not None else GREY, plate=bool(marks))  # fmt: skip
    notes = []
    if spec.dots:
        begin = colours_and_ticks.tick(scale.least, spec.share)
        notes = [f"the axis starts at {begin}, not at zero"]
    scales.axis(sheet, scale, top, bottom, spec.unit, spec.share, spec.whole, before, notes)


def _said(span: names_and_spans.Span, sheet: Sheet) -> str:
    """What stands beside a bar: on a narrow sheet of a range its ends alone, whose words leave room
    for the bars.
    """
    return span.brief if sheet.narrow else span.said


def _rising(span: names_and_spans.Span) -> bool:
    """Whether nothing bounds it from above."""
    return span.value is not None and span.high is None


def _pale(span: names_and_spans.Span) -> bool:
    """Whether a part of its bar is only possible."""
    return span.low is None or span.high is None or span.low < span.high


def _subject_is_pale(spec: Bars) -> bool:
    """Whether a part of a subject's bar is only possible, so that its colour explains the rest."""
    return any(
        subject and span.value is not None and _pale(span)
        for (_, _, subject), span in zip(spec.items, spec.spans, strict=True)
    )


def _bar(sheet: Sheet, scale, middle: float, span: names_and_spans.Span, subject: bool) -> float:
    """A bar: full up to what is certain, pale over what is possible, open where nothing bounds it;
    where it ends.
    """
    colour = SUBJECT if subject else PLAIN
    if span.value is None:
        return scale(0) - 2
    half = sheet.size * 0.42
    certain, possible = scale(span.low or 0), scale(max(span.ends))
    if span.low and certain > scale(0):
        sheet.rect(scale(0), middle - half, certain - scale(0), 2 * half, colour)
    if span.high is None:  # an arrow: at least
        far = possible + sheet.size * 1.2
        tip = [(possible, middle - half), (far - half, middle - half), (far, middle),
               (far - half, middle + half), (possible, middle + half)]  # fmt: skip
        sheet.area(tip, colour, pale=True)
        return far
    if possible > certain:
        sheet.rect(certain, middle - half, possible - certain, 2 * half, colour, pale=True)
    if _pale(span):  # its end is a limit
        sheet.line([(possible, middle - half), (possible, middle + half)], colour, 2)
    return possible


def _dot(sheet: Sheet, scale, middle: float, span: names_and_spans.Span, subject: bool) -> float:
    sheet.dots([(scale(span.value), middle)], sheet.size * 0.36, SUBJECT if subject else PLAIN)
    return scale(span.value) + 4


def _explain(sheet: Sheet, spans: Sequence[names_and_spans.Span], colour: str) -> None:
    def pale(x, y):
        sheet.rect(x - 7, y - 5, 14, 10, colour, pale=True)
        sheet.line([(x + 7, y - 5), (x + 7, y + 5)], colour, 2)

    def rising(x, y):
        sheet.area([(x - 7, y - 5), (x + 2, y - 5), (x + 7, y), (x + 2, y + 5), (x - 7, y + 5)],
                   colour, pale=True)  # fmt: skip

    entries: list[tuple] = []
    if any(span.high is not None and _pale(span) for span in spans):
        entries.append((pale, "possible, not certain"))
    if any(span.high is None for span in spans):
        entries.append((rising, "no upper limit is known"))
    names_and_spans.key(sheet, entries)


@or_say_so
def bars(
    world: data.World,
    name: str,
    title: Sentence,
    items: Sequence[tuple[str, Quantity, bool]],
    unit: str,
    marks: Sequence[tuple[Quantity | float, str]] = (),
) -> Figure:
    """Draw horizontal bars from zero, one an item.

    What is only possible is pale, what nothing bounds is open. Numbers that lie close together are
    dots on an axis of their own.

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
    marks : list of (number, str)
        Values at which a line is drawn, with its words.
    """
    made = spec(title, items, unit, marks)
    return finish(world, name, title, made, draw, alt(made), table(made))
