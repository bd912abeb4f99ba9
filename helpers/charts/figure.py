"""A drawn figure and its words: title, alt text, sources, and the table behind it."""

import functools
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape
from typing import TypeVar

from helpers import data, quantities, tables
from helpers.charts.sheet import Sheet
from helpers.quantities import Quantity
from helpers.tables import Sentence, Table

MIME = "application/vnd.willing-and-able.figure+json"
Spec = TypeVar("Spec")


@dataclass(frozen=True)
class Figure:
    """A drawn figure and all that a reader who cannot see it needs; `narrow` is its twin for
    phones.
    """

    name: str
    title: Sentence
    alt: str
    source: str
    rows: tuple[str, ...]
    table: Table
    svg: str
    narrow: str
    png: str

    def _ipython_display_(self):
        from IPython.display import display

        title = str(self.title)
        display(
            {
                "text/plain": title,
                "text/html": quantities.led(f'<p class="figure-title">{self.title.inline()}</p>'),
            },
            raw=True,
        )
        cells = [[tables.markup(value) for value in row.values()] for row in self.table.rows]
        facts = {
            "name": self.name,
            "alt": self.alt,
            "source": self.source,
            "rows": list(self.rows),
            "caption": self.table.caption,
            "columns": [escape(name) for name in self.table.rows[0]],
            "table": cells,
            "narrow": self.narrow,
        }
        display(
            {
                "text/plain": f"{self.alt}\n{self.table}\n{self.source}",
                "image/svg+xml": self.svg,
                "image/png": self.png,
                MIME: facts,
            },
            raw=True,
        )


class NothingToDraw(ValueError):
    """No row gives a number for the figure on the day looked at."""


def or_say_so(chart: Callable) -> Callable:
    """A chart that says so in words where there is nothing to draw."""

    @functools.wraps(chart)
    def drawn(*args, **kwargs):
        try:
            return chart(*args, **kwargs)
        except NothingToDraw:
            return tables.say("No row gives a number for this figure on the day looked at.")

    return drawn


def finish(
    world: data.World,
    name: str,
    title: Sentence,
    spec: Spec,
    draw: Callable[[Spec, Sheet], None],
    alt: str,
    table: Table,
) -> Figure:
    """Make a figure of what a chart shows: wide and narrow, its source line from the rows.

    Raises ValueError where title or alt text say too little.

    Parameters
    ----------
    world : World
        The world that the numbers are of; its day stands below the figure.
    name : str
        The figure's name, which is its file's too.
    title : Sentence
        The one message that the figure shows.
    spec : object
        What the chart shows.
    draw : function
        Draws that on a sheet.
    alt : str
        A sentence or more for a reader who cannot see it.
    table : Table
        The numbers behind it.
    """
    if not str(title).strip():
        raise ValueError(f"figure {name}: give it a title, the one message that it shows")
    if len(alt.split()) < 8 or not alt.rstrip().endswith("."):
        raise ValueError(
            f"figure {name}: the alt text must be at least a sentence that says what is seen, not"
            f" {alt!r}"
        )
    wide, narrow = Sheet(narrow=False), Sheet(narrow=True)
    for sheet in (wide, narrow):
        draw(spec, sheet)
    rows = tuple(
        sorted({row for cells in table.rows for value in cells.values() for row in _rows_of(value)})
    )
    source = source_line(rows, world)
    return Figure(name, title, alt, source, rows, table, wide.svg, narrow.svg, wide.png)


def _rows_of(value) -> tuple[str, ...]:
    if isinstance(value, Quantity):
        return value.rows
    return (value.id,) if isinstance(value, tables.Row) else ()


def behind(rows: Iterable[dict], title: Sentence) -> Table:
    """The table behind a figure, under its title."""
    return Table(str(title), tuple(rows))


def source_line(rows: tuple[str, ...], world: data.World) -> str:
    """'Sources: A; B. As of 20 December 2025.' from the publishers of the rows, whose figure it is
    first.
    """
    sources = data.load("sources", world.folder)
    names = set()
    for id in rows:
        facts = data.row(id, world.folder)
        if "source_id" in facts:
            source = sources.loc[facts["source_id"]]
            names.add(data.known_as(source))
    shown = sorted(names, key=str.casefold)
    few = shown if len(shown) <= 6 else [*shown[:5], "and others, each named in its row"]
    return f"{'Sources: ' + '; '.join(few) + '. ' if few else ''}As of {tables.looked_at(world)}."
