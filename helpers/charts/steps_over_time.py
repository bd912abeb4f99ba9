"""Counts that hold until the next one, as steps over time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from helpers import data, tables
from helpers.charts import colours_and_ticks, scales
from helpers.charts.colours_and_ticks import FAINT, GREY, ORANGE, SUBJECT
from helpers.charts.figure import Figure, NothingToDraw, behind, finish, or_say_so
from helpers.charts.scales import Need
from helpers.charts.sheet import Sheet, width_of, wrapped
from helpers.quantities import Quantity
from helpers.tables import Sentence, Table

COLOURS = (SUBJECT, ORANGE, GREY)
MONTHS = "Jan Feb March April May June July Aug Sept Oct Nov Dec".split()
Points = tuple[tuple[str, Quantity], ...]


@dataclass(frozen=True)
class Steps:
    """What a step chart shows: series of a name and dated counts, drawn until a day."""

    title: Sentence
    unit: str
    series: tuple[tuple[str, Points], ...]
    until: str


def _spec(title: Sentence, series, unit: str, until: str) -> Steps:
    """Take in the series that have counts; NothingToDraw where none has."""
    drawn = [(str(label), tuple(points)) for label, points in series if points]
    if not drawn:
        raise NothingToDraw
    if len(drawn) > len(COLOURS):
        raise ValueError(
            f"{len(drawn)} series in one step chart; at most {len(COLOURS)} are told apart"
        )
    named = colours_and_ticks.distinct([label for label, _ in drawn])
    pairs = zip(named, (points for _, points in drawn), strict=True)
    return Steps(title, unit, tuple(pairs), until)


def alt(spec: Steps) -> str:
    """Say in words what the steps show, for a reader who cannot see them."""
    said = "; ".join(
        f"{label} from {points[0][1]} in {tables.day(points[0][0])} to {points[-1][1]}"
        for label, points in spec.series
    )
    return f"Step chart of {spec.unit} over time: {said}."


def table(spec: Steps) -> Table:
    """List what the steps show, one row a count."""
    rows = [
        {"since": tables.day(day), "series": label, spec.unit: quantity}
        for label, points in spec.series
        for day, quantity in points
    ]
    return behind(rows, spec.title)


def draw(spec: Steps, sheet: Sheet) -> None:
    """Draw the steps over their days on a sheet."""
    size, tall = sheet.size, 190 if sheet.narrow else 260
    last = data.span(spec.until).last
    first = min(data.span(points[0][0]).first for _, points in spec.series)
    most = max(float(quantity.value or 0) for _, points in spec.series for _, quantity in points)
    ends = _ends(spec, sheet)
    right = max(width_of(line, size, True) for _, lines in ends for line in lines) + 10
    sheet.block(2, [colours_and_ticks.capital(spec.unit)], colour=GREY)
    sheet.y += 8
    top, bottom = sheet.y + size / 2, sheet.y + tall
    at = scales.ticks(0, most or 1, tall, 30, whole=True)
    high = max(at[-1], most)

    def y(value: float) -> float:
        return bottom - (bottom - top) * value / high

    left = max(width_of(colours_and_ticks.tick(tick), size) for tick in at) + 10
    needs = [Need(0), Need(max((last - first).days, 1))]
    scale = scales.fitted(needs, left, sheet.width - right)
    for tick in at:
        sheet.line([(left, y(tick)), (sheet.width - right, y(tick))], FAINT)
        sheet.words(
            left - 8, y(tick) + size * 0.36, colours_and_ticks.tick(tick), anchor="end", colour=GREY
        )
    _days(sheet, scale, first, last, bottom)
    for (_, points), colour in zip(spec.series, COLOURS, strict=False):
        drawn: list[tuple[float, float]] = []
        for day, quantity in points:
            x, value = scale((data.span(day).first - first).days), float(quantity.value or 0)
            if drawn and y(value) == drawn[-1][1]:
                continue
            drawn += [(x, drawn[-1][1]), (x, y(value))] if drawn else [(x, y(value))]
        sheet.line([*drawn, (scale((last - first).days), drawn[-1][1])], colour, 2.5)
    free = top - size
    for value, lines in sorted(ends, key=lambda end: (-end[0], end[1])):
        place = max(y(value) - (len(lines) - 1) * sheet.line_height / 2 + size * 0.36, free + size)
        for line in lines:
            sheet.words(sheet.width - right + 8, place, line, bold=True)
            free, place = place + 4, place + sheet.line_height
    sheet.y = max(sheet.y, free)


def _ends(spec: Steps, sheet: Sheet) -> list[tuple[float, list[str]]]:
    """The name of each series with its last number, beside the end of its line."""
    room = 90 if sheet.narrow else 170
    ends = []
    for label, points in spec.series:
        value = points[-1][1]
        lines = wrapped(f"{colours_and_ticks.capital(label)}: {value}", room, sheet.size, True)
        ends.append((float(value.value or 0), lines))
    return ends


def _days(sheet: Sheet, scale, first: date, last: date, bottom: float) -> None:
    """Years or months under a chart, as many as have room."""
    whole = last.year - first.year > 2
    room = width_of("2025" if whole else "March 2025", sheet.size) + 14
    starts = [date(year, month, 1) for year in range(first.year, last.year + 1)
              for month in ((1,) if whole else range(1, 13))]  # fmt: skip
    starts = [day for day in starts if first <= day <= last] or [first]
    some = max(1, -(-len(starts) * int(room) // max(int(scale.right - scale.left), 1)))
    sheet.y = bottom + sheet.line_height
    year = 0
    for day in starts[::some]:
        x = scale((day - first).days)
        sheet.line([(x, bottom), (x, bottom + 4)], GREY)
        words = str(day.year) if whole else MONTHS[day.month - 1]
        if not whole and day.year != year:
            words, year = f"{words} {day.year}", day.year
        sheet.words(x, sheet.y + 5, words, anchor="middle", colour=GREY)
    sheet.y += 8


@or_say_so
def steps(
    world: data.World,
    name: str,
    title: Sentence,
    series: Sequence[tuple[str, Sequence[tuple[str, Quantity]]]],
    unit: str,
    until: str,
) -> Figure:
    """Draw counts that hold until the next one, as steps over time.

    Parameters
    ----------
    world : World
        The world that the numbers are of; its day stands below the figure.
    name : str
        The figure's name, which is its file's too.
    title : Sentence
        The one message that the figure shows.
    series : list of (str, list of (str, Quantity))
        The label of each line, and its counts by date, YYYY-MM-DD or less exact.
    unit : str
        What the numbers count; `share` is shown in per cent.
    until : str
        The day up to which the last count is drawn.
    """
    made = _spec(title, series, unit, until)
    return finish(world, name, title, made, draw, alt(made), table(made))
