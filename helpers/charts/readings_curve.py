"""Every reading of a claim with its number, above the options it takes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from helpers import data, quantities, tables
from helpers.charts import colours_and_ticks, names_and_spans, scales
from helpers.charts.colours_and_ticks import FAINT, GREY, PAPER, PLAIN, SUBJECT, VERMILION
from helpers.charts.figure import Figure, NothingToDraw, behind, finish, or_say_so
from helpers.charts.sheet import Point, Sheet, width_of, wrapped
from helpers.claims import Reading, Verdict
from helpers.quantities import Quantity
from helpers.tables import Sentence, Table

Option = tuple[str, str]  # a choice and what is chosen


@dataclass(frozen=True)
class Curve:
    """What a specification curve shows: readings sorted by their number, the options in words that
    differ between them, and a line at a number.
    """

    title: Sentence
    unit: str
    readings: tuple[Reading, ...]
    options: dict[Option, str]
    mark: tuple[float, str] | None

    def numbers(self) -> list[Quantity]:
        """The numbers that the readings come to, with their ranges."""
        computed = [reading.outcome.computed for reading in self.readings]
        return [number for number in computed if isinstance(number, Quantity)]

    def said(self, reading: Reading) -> str:
        """The options of a reading in words."""
        words = [self.options[pair] for pair in reading.options.items() if pair in self.options]
        return "; ".join(words) or "the only reading"


def spec(verdict: Verdict, title: Sentence, unit: str, mark, words: Mapping) -> Curve:
    """Sort the readings that come to a number by it; NothingToDraw where none does.

    Parameters
    ----------
    verdict : Verdict
        The judged claim.
    title : Sentence
        The one message that the figure shows.
    unit : str
        What the numbers count; `share` is shown in per cent.
    mark : (float, str) or None
        A number at which a line is drawn, with its words.
    words : dict of (str, str) to str
        By choice and option, words in place of the meanings in readings.csv.

    Raises
    ------
    ValueError
        Where neither gives words for an option.
    """
    numbered = [
        r
        for r in verdict.readings
        if isinstance(r.outcome.computed, Quantity) and r.outcome.computed.value is not None
    ]
    if not numbered:
        raise NothingToDraw
    numbered.sort(key=lambda reading: (_value(reading), reading.label))
    meanings = _meanings(verdict) | {pair: str(said) for pair, said in words.items()}
    several = {
        (choice, option): meanings.get((choice, option), "")
        for choice in numbered[0].options
        for option in dict.fromkeys(r.options[choice] for r in numbered)
        if len({r.options[choice] for r in numbered}) > 1
    }
    if unsaid := [pair for pair, said in several.items() if not said.strip()]:
        raise ValueError(
            f"no words for the option {unsaid[0]}: give its meaning in readings.csv, or in `words`"
        )
    return Curve(title, unit, tuple(numbered), several, mark)


def _value(reading: Reading) -> float:
    number = reading.outcome.computed
    return float(number.value) if isinstance(number, Quantity) and number.value is not None else 0.0


def _meanings(verdict: Verdict) -> dict[Option, str]:
    """The meaning of each option, as readings.csv words it."""
    rows = data.load("readings", verdict.world.folder)
    rows = rows[rows["claim"] == verdict.claim["id"]]
    return {(row["choice"], row["option"]): str(row["meaning"]) for _, row in rows.iterrows()}


def alt(spec: Curve) -> str:
    """Say in words what the curve shows, for a reader who cannot see it."""
    numbers = spec.numbers()
    true = sum(bool(reading.outcome.holds) for reading in spec.readings)
    marked = f" A line marks {spec.mark[1]}." if spec.mark else ""
    return (
        f"Specification curve: {len(numbers)} readings from {numbers[0]} to {numbers[-1]}"
        f" {spec.unit}; the claim is true in {true} of them.{marked}"
    )


def table(spec: Curve) -> Table:
    """List what the curve shows, one row a reading."""
    rows = [
        {
            "reading": spec.said(reading),
            spec.unit: number,
            "range": tables.range_of(number),
            "the claim": {True: "true", False: "false", None: "unknown"}[reading.outcome.holds],
            "fair": reading.votes,
        }
        for reading, number in zip(spec.readings, spec.numbers(), strict=True)
    ]
    return behind(rows, spec.title)


def draw(spec: Curve, sheet: Sheet) -> None:
    """Draw the curve above the grid of options on a sheet."""
    size, tall = sheet.size, 170 if sheet.narrow else 240
    spans = [names_and_spans.span(number) for number in spec.numbers()]
    names = names_and_spans.names(sheet, list(spec.options.values()), 104 if sheet.narrow else 260)
    if sheet.narrow:
        _explain(spec, sheet)
    else:
        _explain(spec, sheet, names.column)
        sheet.y = 0
    values = [end for span in spans for end in span.ends] + ([spec.mark[0]] if spec.mark else [])
    share = spec.numbers()[0].unit == "share"
    unit = wrapped(colours_and_ticks.capital(spec.unit), sheet.width - names.left - 8, size)
    sheet.block(names.left, unit, colour=GREY)
    sheet.y += 8
    top, bottom = sheet.y, sheet.y + tall
    at = scales.ticks(0, max(values), tall, 24)
    left = (
        max(names.left, 2)
        + max(width_of(colours_and_ticks.tick(tick, share), size) for tick in at)
        + 14
    )

    def y(value: float) -> float:
        return bottom - (bottom - top) * value / max(values)

    pitch = min((sheet.width - left - 8) / len(spans), 40)
    xs = [left + pitch * (place + 0.5) for place in range(len(spans))]
    for tick in at:
        sheet.line([(left, y(tick)), (sheet.width - 2, y(tick))], FAINT)
        sheet.words(
            left - 8,
            y(tick) + size * 0.36,
            colours_and_ticks.tick(tick, share),
            anchor="end",
            colour=GREY,
        )
    if spec.mark:
        value, words = spec.mark
        sheet.line([(left, y(value)), (sheet.width - 2, y(value))], VERMILION, 1.5, (4, 3))
        lines = wrapped(colours_and_ticks.capital(words), sheet.width - left - 8, size)
        for place, line in enumerate(lines):
            sheet.words(left + 4, y(value) + size + 4 + place * sheet.line_height, line, plate=True)
    r = max(min(pitch * 0.38, 5.5), 2.5)
    for x, span, reading in zip(xs, spans, spec.readings, strict=True):
        _one(sheet, x, y, span, reading, r)
    said = [
        quantities.text(number.value, number.unit, number.modelled) for number in spec.numbers()
    ]
    _ends(sheet, xs, y, spans, said)
    sheet.y = bottom + 10
    last = ""
    taken: dict[bool, list[Point]] = {True: [], False: []}
    for place, (choice, option) in enumerate(spec.options):
        if choice != last:
            sheet.line([(0, sheet.y), (sheet.width, sheet.y)], FAINT)
            sheet.y += 5
            last = choice
        middle = names_and_spans.name(sheet, names, place, size)
        for x, reading in zip(xs, spec.readings, strict=True):
            if reading.options[choice] == option:
                taken[reading.votes].append((x, middle))
    sheet.dots(taken[True], r, SUBJECT)
    sheet.dots(taken[False], r, PLAIN)


def _one(sheet: Sheet, x: float, y, span: names_and_spans.Span, reading: Reading, r: float) -> None:
    """A reading: its range, open where nothing bounds it, and a dot that is filled if the claim
    holds.
    """
    colour = SUBJECT if reading.votes else PLAIN
    assert span.value is not None
    ends = [y(end) for end in (span.low, span.high) if end is not None and end != span.value]
    for end in ends:
        sheet.line([(x, y(span.value)), (x, end)], colour, 1.5)
        sheet.line([(x - r / 2, end), (x + r / 2, end)], colour, 1.5)
    for end, sign in ((span.low, 1), (span.high, -1)):
        if end is None:
            far = y(span.value) + sign * (r + 9)
            sheet.line([(x, y(span.value)), (x, far)], colour, 1.5, (2, 2))
    filled = colour if reading.outcome.holds else PAPER
    sheet.dots([(x, y(span.value))], r - 0.75, filled, colour)
    if reading.as_worded:
        sheet.dots([(x, y(span.value))], r + 3, "", VERMILION)


def _ends(sheet: Sheet, xs, y, spans, numbers) -> None:
    """The least and the greatest number, in words above their readings."""
    free = -1.0
    for place in dict.fromkeys((0, len(spans) - 1)):
        span = spans[place]
        words = numbers[place]
        wide = width_of(words, sheet.size, True)
        x = min(max(xs[place], wide / 2 + xs[0] - 8), sheet.width - 2 - wide / 2)
        if x - wide / 2 > free:
            above = min(y(end) for end in span.ends) - 10
            sheet.words(x, above - 4, words, anchor="middle", bold=True, plate=True)
            free = x + wide / 2 + 6


def _explain(spec: Curve, sheet: Sheet, room: float = 0) -> None:
    """What the marks mean, those that occur."""

    def dot(fill: str, rim: str) -> Callable[[float, float], None]:
        return lambda x, y: sheet.dots([(x, y)], 4.5, fill, rim)

    votes = {reading.votes for reading in spec.readings}
    holds = {bool(reading.outcome.holds) for reading in spec.readings}
    entries = []
    if True in votes:
        entries.append((dot(SUBJECT, SUBJECT), "counts for the verdict"))
    if False in votes:
        entries.append((dot(PLAIN, PLAIN), "shown only"))
    if len(holds) > 1:
        entries.append((dot(PAPER, GREY), "hollow: the claim is not true"))
    elif holds == {False}:
        entries.append((dot(PAPER, GREY), "hollow: the claim is true in none of them"))
    if any(reading.as_worded for reading in spec.readings):
        entries.append((dot("", VERMILION), "nearest the article's words"))
    if any(None in (number.low, number.high) and number.unknowns for number in spec.numbers()):
        entries.append((lambda x, y: sheet.line([(x, y - 7), (x, y + 7)], GREY, 1.5, (2, 2)),
                        "no limit is known on this side"))  # fmt: skip
    names_and_spans.key(sheet, entries, room)


@or_say_so
def specification_curve(
    verdict: Verdict,
    name: str,
    title: Sentence,
    unit: str,
    mark: float | None = None,
    mark_label: str = "",
    words: Mapping[Option, str] | None = None,
) -> Figure:
    """Draw every reading with a number, sorted by it, above the grid of the options it takes.

    The readings that hold are filled.

    Parameters
    ----------
    verdict : Verdict
        The judged claim.
    name : str
        The figure's name, which is its file's too.
    title : Sentence
        The one message that the figure shows.
    unit : str
        What the numbers count; `share` is shown in per cent.
    mark : float, optional
        A number at which a line is drawn.
    mark_label : str
        The words of that line.
    words : dict of (str, str) to str, optional
        By choice and option, words in place of the meanings in readings.csv.
    """
    line = (float(mark), mark_label) if mark is not None else None
    made = spec(verdict, title, unit, line, words or {})
    return finish(verdict.world, name, title, made, draw, alt(made), table(made))
