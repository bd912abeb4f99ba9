"""How far single inputs move an answer between the ends of their ranges."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from helpers import data, quantities, sensitivity, tables, uncertainty
from helpers.charts import colours_and_ticks, names_and_spans, scales
from helpers.charts.colours_and_ticks import INK, ORANGE, SUBJECT
from helpers.charts.figure import Figure, NothingToDraw, behind, finish, or_say_so
from helpers.charts.scales import GAP, Need
from helpers.charts.sheet import NEVER_BREAK, Sheet, width_of
from helpers.quantities import Quantity
from helpers.tables import Sentence, Table

AT_VALUES = "the answer with every input at its value"
ENDS = {"at the low end": SUBJECT, "at the high end": ORANGE}


@dataclass(frozen=True)
class Swing:
    """An input with its range in words, and the answer at its low and at its high end."""

    name: str
    range: str
    low: float
    high: float


@dataclass(frozen=True)
class Tornado:
    """What a tornado chart shows: swings around the answer with every input at its value, which is
    not the median of the draws.
    """

    title: Sentence
    unit: str
    answer: Quantity
    drawn: Quantity  # its median over the draws
    swings: tuple[Swing, ...]
    rows: tuple[dict, ...]  # as the table shows them

    @property
    def base(self) -> float:
        """The answer with every input at its value."""
        assert self.answer.value is not None
        return self.answer.value

    def text(self, value: float) -> str:
        """A number as exactly as the answer is known."""
        return quantities.text(value, self.answer.unit, self.answer.modelled)


def _spec(world: data.World, title: Sentence, answer: Quantity, rows: Sequence[dict], unit: str):
    """Take in how far each input moves an answer; NothingToDraw where none does."""
    if not rows or answer.value is None:
        raise NothingToDraw
    named = colours_and_ticks.distinct(_names(world, [row["input"] for row in rows]))
    swings = tuple(
        Swing(name, _range(row), row["at the low end"].value, row["at the high end"].value)
        for name, row in zip(named, rows, strict=True)
    )
    renamed = [
        row | {"input": _renamed(row["input"], name)} for name, row in zip(named, rows, strict=True)
    ]
    drawn = uncertainty.spread(answer, world.seed)
    at_values = quantities.of_parts("with", "", (answer,), answer.unit)
    last = dict.fromkeys(rows[0], "") | {"input": AT_VALUES, "value": at_values}
    return Tornado(title, unit, answer, drawn, swings, (*renamed, last))


def _renamed(input, name: str):
    return tables.Row(input.id, name) if isinstance(input, tables.Row) else name


def _names(world: data.World, inputs: Sequence) -> list[str]:
    """The names of inputs; where two have one name, with what each applies to."""
    names = [str(input) for input in inputs]
    distinct = []
    for name, input in zip(names, inputs, strict=True):
        if names.count(name) > 1 and isinstance(input, tables.Row):
            facts = data.row(input.id, world.folder)
            first, _, more = str(facts.get("applies_to") or "").partition("; ")
            name += f", {first}{' and others' * bool(more)}" if first else ""
        distinct.append(name)
    return distinct


def _range(row: dict) -> str:
    """The range of an input in words with its unit: '500 to 1,500 km'."""
    if not isinstance(row.get("value"), Quantity):
        return ""
    value = row["value"]
    said = names_and_spans.span(Quantity(value.value, value.low, value.high, value.unit)).said
    if " (" in said:
        said = said.partition(" (")[2].removesuffix(")")
    said = said.replace(" ", NEVER_BREAK)
    return said if value.unit in ("", "share") else f"{said}{NEVER_BREAK}{value.unit}"


def alt(spec: Tornado) -> str:
    """Say in words what the swings show, for a reader who cannot see them."""
    said = "; ".join(
        f"{row['input']} from {row['at the low end']} to {row['at the high end']}"
        for row in spec.rows[:-1]
    )
    return f"Tornado chart in {spec.unit} around {spec.rows[-1]['value']}: {said}."


def table(spec: Tornado) -> Table:
    """List what the swings show, one row an input, and last the answer at all their values."""
    return behind(spec.rows, spec.title)


def draw(spec: Tornado, sheet: Sheet) -> None:
    """Draw the swings, the widest on top, on a sheet."""

    def swatch(colour: str) -> Callable[[float, float], None]:
        return lambda x, y: sheet.rect(x - 6, y - 6, 12, 12, colour)

    words = ("input at the low end of its range", "input at the high end")
    names_and_spans.key(
        sheet, [(swatch(c), said) for c, said in zip(ENDS.values(), words, strict=True)]
    )
    size = sheet.size
    names = names_and_spans.names(
        sheet, [f"{swing.name}: {swing.range}" if swing.range else swing.name
                for swing in spec.swings], 290)  # fmt: skip
    needs = []
    for swing in spec.swings:
        for end in (swing.low, swing.high):
            room = width_of(spec.text(end), size) + GAP + 3
            needs.append(Need(end, room, room))
    answer = spec.text(spec.base)
    half = width_of(answer, size, True) / 2
    scale = scales.fitted([*needs, Need(spec.base, half, half)], names.left, sheet.width - 4)
    sheet.y += sheet.line_height + 2
    sheet.words(scale(spec.base), sheet.y - 4, answer, anchor="middle", bold=True)
    top, before = sheet.y, len(sheet.shapes)
    places = [
        names_and_spans.name(sheet, names, place, size + 6) for place in range(len(spec.swings))
    ]
    bottom = sheet.y + 2
    base, tall = scale(spec.base), size * 0.9
    for middle, swing in zip(places, spec.swings, strict=True):
        for end, colour in zip((swing.low, swing.high), ENDS.values(), strict=True):
            x = scale(end)
            sheet.rect(min(x, base), middle - tall / 2, abs(x - base), tall, colour)
        first, last = sorted((swing.low, swing.high))
        y = middle + size * 0.36
        sheet.words(min(scale(first), base) - GAP, y, spec.text(first), anchor="end")
        sheet.words(max(scale(last), base) + GAP, y, spec.text(last))
    for middle in places:
        sheet.line([(base, middle - size), (base, middle + size)], INK, 1.5)
    notes = [
        f"the line stands at {answer}, with every input at its value; the median of the draws is"
        f" {names_and_spans.span(spec.drawn).said}"
    ]
    zero = scale.least <= 0
    if not zero:
        notes.append("the axis does not start at zero")
    share = spec.answer.unit == "share"
    scales.axis(sheet, scale, top, bottom, spec.unit, share, False, before, notes)


@or_say_so
def tornado(world: data.World, name: str, answer: Quantity, what: str, unit: str) -> Figure:
    """Draw how far single inputs move an answer between the ends of their ranges, widest on top.

    The title names the widest.

    Parameters
    ----------
    world : World
        The world that the numbers are of; its day stands below the figure.
    name : str
        The figure's name, which is its file's too.
    answer : Quantity
        The answer, made by a model.
    what : str
        The answer in words.
    unit : str
        What the numbers count; `share` is shown in per cent.
    """
    title = tables.say(
        f"The input that alone moves {what} farthest: {{input}}",
        input=sensitivity.widest(answer, world),
    )
    return of_rows(world, name, title, answer, sensitivity.swing_rows(answer, world), unit)


def of_rows(
    world: data.World, name: str, title: Sentence, answer: Quantity, rows: Sequence[dict], unit: str
) -> Figure:
    """The chart of swings as sensitivity.swing_rows gives them.

    Parameters
    ----------
    world : World
        The world that the numbers are of; its day stands below the figure.
    name : str
        The figure's name, which is its file's too.
    title : Sentence
        The one message that the figure shows.
    answer : Quantity
        The answer, made by a model.
    rows : list of dict
        One row an input, the widest swing first.
    unit : str
        What the numbers count; `share` is shown in per cent.
    """
    made = _spec(world, title, answer, rows, unit)
    return finish(world, name, title, made, draw, alt(made), table(made))
