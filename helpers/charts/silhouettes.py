"""Rows of small aircraft, one for each that is counted: two sides side by side, class by class."""

from collections.abc import Sequence
from dataclasses import dataclass

from helpers import data, tables
from helpers.charts import colours_and_ticks, names_and_spans
from helpers.charts.colours_and_ticks import GREY, PLAIN, SUBJECT
from helpers.charts.figure import Figure, NothingToDraw, behind, finish, or_say_so
from helpers.charts.sheet import Sheet, wrapped
from helpers.quantities import Quantity
from helpers.tables import Sentence, Table

COLOURS = (PLAIN, SUBJECT)
MOST = 400  # aircraft on one side that can still be told apart


@dataclass(frozen=True)
class Silhouettes:
    """What rows of aircraft show: per class the number on either side, and what the sides are."""

    title: Sentence
    sides: tuple[str, str]
    items: tuple[tuple[str, tuple[Quantity, Quantity]], ...]


def _spec(title: Sentence, sides: tuple[str, str], items) -> Silhouettes:
    """Take in both sides' numbers of each kind; NothingToDraw where none of them is known."""
    named = colours_and_ticks.distinct([label for label, _ in items])
    made = Silhouettes(
        title, sides, tuple((name, pair) for name, (_, pair) in zip(named, items, strict=True))
    )
    ends = [
        end
        for _, pair in made.items
        for number in pair
        for end in names_and_spans.span(number).ends
    ]
    if not ends:
        raise NothingToDraw
    if max(ends) > MOST:
        raise ValueError(f"{max(ends)} aircraft in one row; at most {MOST} are told apart")
    return made


def alt(spec: Silhouettes) -> str:
    """Say in words what the aircraft show, for a reader who cannot see them."""
    said = "; ".join(
        f"{label}, {spec.sides[0]} {names_and_spans.span(ours).brief}, {spec.sides[1]}"
        f" {names_and_spans.span(theirs).brief}"
        for label, (ours, theirs) in spec.items
    )
    return f"Rows of aircraft, one silhouette each, pale where only possible. {said}."


def table(spec: Silhouettes) -> Table:
    """List what the chart shows, one row a kind of aircraft."""
    rows = [
        {"kind": label, "side": side, "aircraft": number, "range": tables.range_of(number)}
        for label, pair in spec.items
        for side, number in zip(spec.sides, pair, strict=True)
    ]
    return behind(rows, spec.title)


def draw(spec: Silhouettes, sheet: Sheet) -> None:
    """Draw a row of aircraft for each side on a sheet."""
    size = 3.6 if sheet.narrow else 4.4
    pitch = 2 * size + 1.4
    across = int((sheet.width - 2) // pitch)
    names_and_spans.key(
        sheet,
        [
            (
                lambda x, y, of=colour: _aircraft(sheet, x, y, 5, of, True),
                colours_and_ticks.capital(side),
            )
            for side, colour in zip(spec.sides, COLOURS, strict=True)
        ],
    )
    for label, pair in spec.items:
        said = " against ".join(names_and_spans.span(number).brief for number in pair)
        sheet.block(
            0, wrapped(f"{colours_and_ticks.capital(label)}: {said}", sheet.width, sheet.size)
        )
        for number, colour in zip(pair, COLOURS, strict=True):
            span = names_and_spans.span(number)
            known = span.low if span.low is not None else 0
            every = int(max([0, *span.ends]))
            for place in range(every):
                x = 1 + size + pitch * (place % across)
                y = sheet.y + 4 + size + pitch * (place // across)
                _aircraft(sheet, x, y, size, colour if place < known else GREY, place < known)
            sheet.y += (pitch * -(-every // across) + 2) if every else 0
        sheet.y += 8


def _aircraft(sheet: Sheet, x: float, y: float, size: float, colour: str, known: bool) -> None:
    """One aircraft from above, nose up: body, wings and tail as three strokes."""
    width = 1.7 if known else 0.6
    sheet.line([(x, y - size), (x, y + size)], colour, width)
    sheet.line([(x - size, y - 0.1 * size), (x + size, y - 0.1 * size)], colour, width)
    sheet.line([(x - 0.5 * size, y + 0.8 * size), (x + 0.5 * size, y + 0.8 * size)], colour, width)


@or_say_so
def silhouettes(
    world: data.World,
    name: str,
    title: Sentence,
    sides: tuple[str, str],
    items: Sequence[tuple[str, tuple[Quantity, Quantity]]],
) -> Figure:
    """Draw a row of aircraft for each of two sides, kind by kind.

    Those that are only possible are thin, and a number that is not public says so.

    Parameters
    ----------
    world : World
        The world that the numbers are of; its day stands below the figure.
    name : str
        The figure's name, which is its file's too.
    title : Sentence
        The one message that the figure shows.
    sides : (str, str)
        What the two sides are called.
    items : list of (str, (Quantity, Quantity))
        The label of a kind, and how many each side has.
    """
    made = _spec(title, sides, items)
    return finish(world, name, title, made, draw, alt(made), table(made))
