"""Draw the figures: each with a finding as title, alt text from the same numbers, its sources, and
the table behind it.
"""

import base64
import io
import re
import textwrap
from dataclasses import dataclass
from html import escape

import matplotlib
import matplotlib.dates
import matplotlib.style
import matplotlib.ticker
from matplotlib.figure import Figure as Canvas

from helpers import data, grid, quantities, tables
from helpers.claims import WORDS, Verdict
from helpers.quantities import Quantity
from helpers.tables import Sentence, Table

MIME = "application/vnd.willing-and-able.figure+json"
LABEL = 30  # characters after which a label beside a range is broken
WIDTH = 5.0  # inches; drawn small so that its text stays readable when a phone shows it at 343 px

# Every colour a figure may use, and its twin for dark pages. Categories are Okabe and Ito's.
PAPER, INK, GREY, FAINT, SUBJECT = "#ffffff", "#1f2328", "#6b7178", "#d4d7da", "#0072b2"
ON_COLOUR = "#1f2329"  # text on a light category: dark on dark pages too
ORANGE, GREEN, VERMILION, PURPLE = "#e69f00", "#009e73", "#d55e00", "#cc79a7"
DARK = {
    ON_COLOUR: "#111417",
    PAPER: "#15181b",
    INK: "#e6e4df",
    GREY: "#9aa1a8",
    FAINT: "#3a3f45",
    SUBJECT: "#56b4e9",
    ORANGE: "#f0b429",
    GREEN: "#2bc59b",
    VERMILION: "#f0884a",
    PURPLE: "#dd9cc0",
    **{word.colour: word.dark for word in WORDS.values()},
}

STYLE = {
    "figure.facecolor": PAPER,
    "axes.facecolor": PAPER,
    "savefig.facecolor": PAPER,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": GREY,
    "xtick.color": GREY,
    "ytick.color": INK,
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": 9.5,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": False,
    "svg.fonttype": "none",
    "svg.hashsalt": "willing-and-able",
    "figure.constrained_layout.use": True,
}


PLATE = {
    "facecolor": PAPER,
    "edgecolor": "none",
    "pad": 0.8,
}  # behind a label, so that no line runs through it


@dataclass(frozen=True)
class Figure:
    """A drawn figure and all that a reader who cannot see it needs."""

    name: str
    title: Sentence
    alt: str
    source: str
    rows: tuple[str, ...]
    table: Table
    svg: str
    png: str

    def _ipython_display_(self):
        from IPython.display import display

        title = str(self.title)
        display(
            {
                "text/plain": title,
                "text/html": f'<p class="figure-title">{self.title.inline()}</p>',
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


def dark(svg: str) -> str:
    """The same drawing for dark pages: every colour of the palette replaced by its twin."""
    return re.sub("|".join(DARK), lambda match: DARK[match[0]], svg)


def _axes(height: float):
    """A canvas of the house style and its one pair of axes."""
    canvas = Canvas(figsize=(WIDTH, height))
    return canvas, canvas.add_subplot()


def _finish(
    canvas: Canvas, name: str, title: Sentence, alt: str, table: Table, world: data.World
) -> Figure:
    """The drawn canvas as a Figure: SVG without clock or chance, alt text checked, source line from
    the rows.
    """
    if len(alt.split()) < 8 or not alt.rstrip().endswith("."):
        raise ValueError(
            f"figure {name}: the alt text must be at least a sentence that says what is seen, not"
            f" {alt!r}"
        )
    text, picture = io.StringIO(), io.BytesIO()
    canvas.savefig(text, format="svg", metadata={"Date": None, "Creator": None})
    canvas.savefig(
        picture, format="png", dpi=110, metadata={"Software": None}
    )  # what JupyterLab shows before a notebook is trusted
    svg = grid.svg(re.sub(r"^.*?(?=<svg)", "", text.getvalue(), flags=re.S))
    rows = tuple(
        sorted({row for cells in table.rows for value in cells.values() for row in _rows_of(value)})
    )
    return Figure(
        name,
        title,
        alt,
        source_line(rows, world),
        rows,
        table,
        svg,
        base64.b64encode(picture.getvalue()).decode("ascii"),
    )


def _rows_of(value) -> tuple[str, ...]:
    return (
        value.rows
        if isinstance(value, Quantity)
        else (value.id,)
        if isinstance(value, tables.Row)
        else ()
    )


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
            names.add(source["quoted_publisher"] or source["publisher"])
    shown = sorted(names, key=str.casefold)
    few = shown if len(shown) <= 6 else [*shown[:5], "and others, each named in its row"]
    return f"{'Sources: ' + '; '.join(few) + '. ' if few else ''}As of {tables.day(world.as_of)}."


class _NothingToDraw(ValueError):
    """No row gives a number for the figure on the day looked at."""


def _drawn(draw):
    """Run a drawing function in the house style, whatever matplotlibrc a machine has; where there
    is nothing to draw, say so.
    """

    def styled(*args, **kwargs):
        with matplotlib.style.context(["default", STYLE]):
            try:
                return draw(*args, **kwargs)
            except _NothingToDraw:
                return tables.say("No row gives a number for this figure on the day looked at.")

    styled.__doc__, styled.__name__ = draw.__doc__, draw.__name__
    return styled


@_drawn
def bars(
    world,
    name: str,
    title: Sentence,
    items: list[tuple[str, Quantity, bool]],
    unit: str,
    marks: list[tuple[float, str]] = (),
):
    """Horizontal bars from zero, one per (label, quantity, is it the subject); ranges as whiskers;
    a line at each (value, label) of marks.
    """
    known = [
        (label, quantity, subject)
        for label, quantity, subject in items
        if quantity.value is not None
    ]
    if not known:
        raise _NothingToDraw
    canvas, axes = _axes(0.7 + 0.27 * len(known))
    for place, (_, quantity, subject) in enumerate(reversed(known)):
        axes.barh(place, quantity.value, color=SUBJECT if subject else FAINT, height=0.66)
        high = quantity.high if quantity.high is not None else quantity.value
        if quantity.low is not None and quantity.low != high:
            axes.plot(
                [quantity.low, high],
                [place, place],
                color=INK,
                linewidth=1.4,
                solid_capstyle="butt",
            )
        axes.annotate(
            str(quantity),
            (max(high, quantity.value), place),
            xytext=(5, 0),
            textcoords="offset points",
            va="center",
            bbox=PLATE,
        )
    axes.set_yticks(range(len(known)), [label for label, _, _ in reversed(known)])
    axes.set_ylim(-0.6, len(known) - 0.4)
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel(unit)
    axes.set_xlim(
        0, max([q.high or q.value for _, q, _ in known] + [value for value, _ in marks]) * 1.16 or 1
    )
    if all(float(quantity.value).is_integer() for _, quantity, _ in known):
        axes.xaxis.set_major_locator(matplotlib.ticker.MaxNLocator(integer=True))
    if known and known[0][1].unit == "share":
        axes.xaxis.set_major_formatter(
            matplotlib.ticker.PercentFormatter(1, symbol=" %", decimals=0)
        )
    for value, label in marks:
        axes.axvline(value, color=VERMILION, linewidth=1.2, linestyle=(0, (4, 2)), zorder=0.5)
        axes.annotate(
            label,
            (value, 1),
            xycoords=("data", "axes fraction"),
            xytext=(0, 2),
            textcoords="offset points",
            ha="center",
            color=VERMILION,
        )
    table = tables.show(
        [
            {"": label, unit: quantity, "range": tables.range_of(quantity)}
            for label, quantity, _ in items
        ],
        f"{title}",
    )
    said = "; ".join(f"{label} {quantity}" for label, quantity, _ in items)
    marked = f" Lines mark {', '.join(label for _, label in marks)}." if marks else ""
    return _finish(canvas, name, title, f"Bar chart in {unit}: {said}.{marked}", table, world)


@_drawn
def ranges(
    world,
    name: str,
    title: Sentence,
    items: list[tuple[str, Quantity, bool]],
    unit: str,
    marks: list[tuple[Quantity, str]] = (),
):
    """A dot with its range per (label, quantity, is it the subject), on a logarithmic axis where
    they span decades; a band for each of marks.

    A range that is open on one side has an arrow for its dot. A mark is (quantity, words): a line
    at its value, a band over its range.
    """
    known = [item for item in items if item[1].value is not None]
    if not known:
        raise _NothingToDraw
    labels = [textwrap.fill(label, LABEL) for label, _, _ in known]
    canvas, axes = _axes(
        0.9 + 0.16 * len(known) + 0.12 * sum(label.count("\n") + 1 for label in labels)
    )
    arrows = {(True, False): "<", (False, True): ">"}
    for place, (_, quantity, subject) in enumerate(reversed(known)):
        colour = SUBJECT if subject else GREY
        low, high = (
            quantity.value if end is None else end for end in (quantity.low, quantity.high)
        )
        axes.plot([low, high], [place, place], color=colour, linewidth=2, solid_capstyle="butt")
        axes.plot(
            quantity.value,
            place,
            marker=arrows.get((quantity.low is None, quantity.high is None), "o"),
            color=colour,
            markersize=5,
        )
        axes.annotate(
            str(quantity),
            (high, place),
            xytext=(7, 0),
            textcoords="offset points",
            va="center",
            fontsize=8.5,
            bbox=PLATE,
        )
    shown = [number for number, _ in marks if number.value is not None]
    values = [
        end
        for number in [item[1] for item in known] + shown
        for end in (number.low, number.value, number.high)
        if end
    ]
    if values and max(values) > 30 * min(values):
        axes.set_xscale("log")
    unit_of = "share" if known[0][1].unit == "share" else ""
    axes.xaxis.set_major_formatter(
        matplotlib.ticker.FuncFormatter(lambda value, _: quantities.text(value, unit_of))
    )
    for place, (number, words) in enumerate(
        sorted(
            (mark for mark in marks if mark[0].value is not None), key=lambda mark: mark[0].value
        )
    ):
        axes.axvline(
            number.value, color=VERMILION, linewidth=1.2, linestyle=(0, (4, 2)), zorder=0.5
        )
        if number.low is not None and number.high is not None:
            axes.axvspan(
                number.low, number.high, color=VERMILION, alpha=0.12, linewidth=0, zorder=0.2
            )
        over = (
            0,
            2 + 11 * (place % 3),
        )  # labels of lines that stand close do not run into each other
        at = {
            "xy": (number.value, 1),
            "xycoords": ("data", "axes fraction"),
            "xytext": over,
            "textcoords": "offset points",
        }
        axes.annotate(words, **at, ha="center", color=VERMILION)
    axes.set_yticks(range(len(known)), reversed(labels), fontsize=8.5)
    axes.set_ylim(-0.6, len(known) - 0.4)
    axes.tick_params(axis="y", length=0)
    axes.margins(x=0.18)
    axes.set_xlabel(unit)
    lines = [(label, quantity) for label, quantity, _ in items] + [
        (words, number) for number, words in marks
    ]
    table = tables.show(
        [
            {"": label, unit: quantity, "range": tables.range_of(quantity)}
            for label, quantity in lines
        ],
        f"{title}",
    )
    said = "; ".join(f"{label} {quantity}" for label, quantity in lines)
    return _finish(canvas, name, title, f"Dots with ranges in {unit}: {said}.", table, world)


@_drawn
def tornado(world, name: str, title: Sentence, answer: Quantity, swings: list[dict], unit: str):
    """How far single inputs move an answer between the ends of their ranges, the widest on top;
    rows as sensitivity.swing_rows gives them.
    """
    if not swings:
        raise _NothingToDraw
    canvas, axes = _axes(0.9 + 0.34 * len(swings))
    for place, row in enumerate(reversed(swings)):
        ends = {"at the low end": SUBJECT, "at the high end": ORANGE}
        for end, colour in ends.items():
            axes.barh(
                place,
                row[end].value - answer.value,
                left=answer.value,
                color=colour,
                height=0.6,
                label=end if place == 0 else None,
            )
    axes.axvline(answer.value, color=INK, linewidth=1)
    axes.set_yticks(
        range(len(swings)),
        [textwrap.fill(str(row["input"]), LABEL) for row in reversed(swings)],
        fontsize=8.5,
    )
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel(unit)
    canvas.legend(loc="outside lower center", ncols=2, frameon=False, fontsize=8.5)
    said = "; ".join(
        f"{row['input']} from {row['at the low end']} to {row['at the high end']}" for row in swings
    )
    return _finish(
        canvas,
        name,
        title,
        f"Tornado chart in {unit} around {answer}: {said}.",
        tables.show(swings, f"{title}"),
        world,
    )


@_drawn
def verdict_grid(world, name: str, title: Sentence, rows: list[dict]):
    """A mark for each verdict, by colour and shape: a line a claim, a column a world; rows of
    {'claim': Row, world: verdict, ...}.
    """
    if not rows:
        raise _NothingToDraw
    worlds = [column for column in rows[0] if column != "claim"]
    canvas, axes = _axes(0.9 + 0.19 * len(rows))
    for verdict, word in WORDS.items():
        cells = [
            (x, -y)
            for y, row in enumerate(rows)
            for x, column in enumerate(worlds)
            if row[column] == verdict
        ]
        if cells:
            axes.plot(
                *zip(*cells, strict=True),
                marker=word.marker,
                linestyle="none",
                color=word.colour,
                markersize=6.5,
                fillstyle=word.filled,
                markerfacecoloralt=PAPER,
                label=word.mark,
            )
    axes.set_yticks([-y for y in range(len(rows))], [row["claim"].id for row in rows], fontsize=8)
    axes.set_xticks(range(len(worlds)), worlds, fontsize=8.5)
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.set_ylim(0.7 - len(rows), 0.7)
    axes.margins(x=0.12)
    axes.spines[:].set_visible(False)
    canvas.legend(loc="outside lower center", ncols=3, frameon=False, fontsize=8.5)
    first = worlds[0]
    moved = [
        f"{row['claim'].id} ({', '.join(f'{column} {row[column]}' for column in worlds)})"
        for row in rows
        if len(set(row.values())) > 2
    ]
    alt = (
        f"Grid of the verdicts on {len(rows)} claims in {len(worlds)} worlds, {first} first. Not"
        f" the same everywhere: {'; '.join(moved) or 'none'}."
    )
    return _finish(canvas, name, title, alt, tables.show(rows, f"{title}"), world)


@_drawn
def steps(
    world,
    name: str,
    title: Sentence,
    series: list[tuple[str, list[tuple[str, Quantity]]]],
    unit: str,
    until: str,
):
    """Counts that hold until the next one, as steps over time; series of (label, [(date,
    quantity)]), drawn until a day.
    """
    series = [(label, points) for label, points in series if points]
    if not series:
        raise _NothingToDraw
    canvas, axes = _axes(2.6)
    colours, end = (SUBJECT, GREY, ORANGE), data.span(until).last
    for (label, points), colour in zip(series, colours, strict=False):
        days = [data.span(day).first for day, _ in points]
        values = [quantity.value for _, quantity in points]
        axes.step([*days, end], [*values, values[-1]], where="post", color=colour, linewidth=1.8)
        axes.annotate(
            f"{label}: {values[-1]}",
            (end, values[-1]),
            xytext=(5, 0),
            textcoords="offset points",
            va="center",
            color=colour,
        )
    axes.xaxis.set_major_locator(matplotlib.dates.AutoDateLocator(minticks=3, maxticks=6))
    axes.set_ylim(bottom=0)
    axes.set_ylabel(unit)
    rows = [
        {"since": tables.day(day), "series": label, unit: quantity}
        for label, points in series
        for day, quantity in points
    ]
    said = "; ".join(
        f"{label} from {points[0][1]} in {tables.day(points[0][0])} to {points[-1][1]}"
        for label, points in series
    )
    return _finish(
        canvas,
        name,
        title,
        f"Step chart of {unit} over time: {said}.",
        tables.show(rows, str(title)),
        world,
    )


@_drawn
def tile_map(
    world, name: str, title: Sentence, groups: list[tuple[str, dict[str, str]]], note: str
):
    """One tile a country, coloured and lettered by group; groups of (label, {country code: row id
    it rests on}).
    """
    places = data.load("countries", world.folder).dropna(subset=["tile_column"])
    fills = {
        label: fill
        for (label, _), fill in zip(groups, (SUBJECT, ORANGE, FAINT, PURPLE), strict=False)
    }
    if not any(rows for _, rows in groups):
        raise _NothingToDraw
    canvas, axes = _axes(4.6)
    group_of = {code: label for label, rows in groups for code in rows}
    for code, place in places.iterrows():
        column, row = int(place["tile_column"]), int(place["tile_row"])
        label = group_of.get(code)
        axes.add_patch(
            matplotlib.patches.Rectangle(
                (column, -row),
                0.92,
                0.92,
                facecolor=fills.get(label, PAPER),
                edgecolor=GREY,
                linewidth=0.8,
            )
        )
        light = label in fills and fills[label] in (SUBJECT, PURPLE)
        axes.annotate(
            code,
            (column + 0.46, -row + 0.46),
            ha="center",
            va="center",
            fontsize=8,
            color=(
                PAPER if light else ON_COLOUR if label in fills and fills[label] == ORANGE else INK
            ),
        )
    axes.set_xlim(places["tile_column"].min() - 0.1, places["tile_column"].max() + 1)
    axes.set_ylim(-places["tile_row"].max() - 0.1, 1)
    axes.set_aspect("equal")
    axes.axis("off")
    handles = [
        matplotlib.patches.Patch(
            facecolor=fills[label], edgecolor=GREY, label=f"{label} ({len(rows)})"
        )
        for label, rows in groups
        if rows
    ]
    canvas.legend(handles=handles, loc="outside lower center", ncols=2, frameon=False, fontsize=8.5)
    names = places["name"]
    rows = [
        {"country": tables.Row(row, names.get(code, code)), "code": code, "group": label}
        for label, of in groups
        for code, row in sorted(of.items())
    ]
    said = "; ".join(
        f"{label}, {len(of)}: {', '.join(names.get(code, code) for code in sorted(of))}"
        for label, of in groups
    )
    return _finish(
        canvas,
        name,
        title,
        f"Tile map of countries by group. {said}. {note}",
        tables.show(rows, str(title)),
        world,
    )


@_drawn
def specification_curve(
    verdict: Verdict,
    name: str,
    title: Sentence,
    unit: str,
    mark: float | None = None,
    mark_label: str = "",
):
    """Every reading with a number, sorted by it, above the grid of the options it takes; the
    readings that hold are filled.
    """
    shown = [
        r
        for r in verdict.readings
        if isinstance(r.outcome.computed, Quantity) and r.outcome.computed.value is not None
    ]
    if not shown:
        raise _NothingToDraw
    shown.sort(key=lambda reading: (reading.outcome.computed.value, reading.label))
    options = [
        (choice, option)
        for choice in shown[0].options
        for option in dict.fromkeys(r.options[choice] for r in shown)
    ]
    several = [pair for pair in options if len({r.options[pair[0]] for r in shown}) > 1]
    canvas = Canvas(figsize=(WIDTH, 2.0 + 0.19 * len(several)))
    above, below = canvas.subplots(
        2, 1, sharex=True, gridspec_kw={"height_ratios": [1.7, max(0.19 * len(several), 0.2)]}
    )
    for place, reading in enumerate(shown):
        number = reading.outcome.computed
        colour = SUBJECT if reading.votes else GREY
        if number.low is not None and number.high is not None:
            above.plot([place, place], [number.low, number.high], color=colour, linewidth=1)
        above.plot(
            place,
            number.value,
            "o",
            markersize=5,
            color=colour,
            markerfacecolor=colour if reading.outcome.holds else PAPER,
        )
        if reading.as_worded:
            above.plot(
                place,
                number.value,
                "o",
                markersize=10,
                markerfacecolor="none",
                markeredgecolor=VERMILION,
            )
        for line, (choice, option) in enumerate(reversed(several)):
            if reading.options[choice] == option:
                below.plot(place, line, "s", markersize=3.4, color=colour)
    if mark is not None:
        above.axhline(mark, color=VERMILION, linewidth=1, linestyle=(0, (4, 2)))
        above.annotate(
            mark_label,
            (0, mark),
            xycoords=("axes fraction", "data"),
            xytext=(3, 3),
            textcoords="offset points",
            color=VERMILION,
            fontsize=8.5,
        )
    above.set_ylabel(unit)
    above.set_ylim(bottom=0)
    labels = [f"{choice}: {option}".replace("-", " ") for choice, option in reversed(several)]
    below.set_yticks(range(len(several)), labels, fontsize=7.5)
    below.set_ylim(-0.7, len(several) - 0.3)
    below.set_xticks([])
    below.set_xlabel(
        "blue: fair readings; grey: beside the claim\nfilled: the claim is true; ring: as meant",
        fontsize=7.5,
    )
    below.spines["bottom"].set_visible(False)
    below.tick_params(axis="y", length=0)
    rows = [
        {
            "reading": reading.label,
            unit: reading.outcome.computed,
            "range": tables.range_of(reading.outcome.computed),
            "the claim": _word(reading),
            "fair": reading.votes,
        }
        for reading in shown
    ]
    ends = shown[0].outcome.computed, shown[-1].outcome.computed
    said = (
        f"{len(shown)} readings from {ends[0]} to {ends[1]} {unit}; the claim is true in"
        f" {sum(bool(r.outcome.holds) for r in shown)} of them."
    )
    marked = f" A line marks {mark_label}." if mark is not None else ""
    return _finish(
        canvas,
        name,
        title,
        f"Specification curve: {said}{marked}",
        tables.show(rows, str(title)),
        verdict.world,
    )


def _word(reading) -> str:
    return {True: "true", False: "false", None: "unknown"}[reading.outcome.holds]


@_drawn
def attendance(world, name: str, title: Sentence, states: list[str]):
    """A grid of states by meetings: a mark where a row names the state as present; states in the
    order given.
    """
    seen, meetings = world.attestations(), world.until("meetings").sort_values("date")
    meetings = meetings[meetings.index.isin(seen["meeting_id"])]
    if not states or meetings.empty:
        raise _NothingToDraw
    canvas, axes = _axes(1.4 + 0.165 * len(states))
    names = data.load("countries", world.folder)["name"]
    ids = list(meetings.index)
    there = {
        (row["country"], row["meeting_id"]): row
        for _, row in seen.iterrows()
        if row["meeting_id"] in ids
    }
    for line, code in enumerate(reversed(states)):
        for place, meeting in enumerate(ids):
            row = there.get((code, meeting))
            if row is not None:
                axes.plot(
                    place,
                    line,
                    "o",
                    markersize=5,
                    color=SUBJECT,
                    markerfacecolor=SUBJECT if row["verification"] == "read" else PAPER,
                )
    axes.set_yticks(range(len(states)), [names[code] for code in reversed(states)], fontsize=8)
    axes.set_xticks(
        range(len(ids)),
        [meetings.loc[id, "date"] for id in ids],
        rotation=60,
        ha="left",
        fontsize=8,
    )
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.set_ylim(-0.7, len(states) - 0.3)
    for spine in axes.spines.values():
        spine.set_visible(False)
    rows = [
        {
            "state": names[code],
            **{meetings.loc[id, "date"]: _mark(there.get((code, id))) for id in ids},
        }
        for code in states
    ]
    most = max(states, key=lambda code: sum((code, id) in there for id in ids))
    said = (
        f"{names[most]} is named at most of them, {sum((most, id) in there for id in ids)} of"
        f" {len(ids)}"
    )
    alt = (
        f"Grid of {len(states)} states by {len(ids)} meetings, a mark where a source names the"
        f" state as present; {said}."
    )
    return _finish(canvas, name, title, alt, tables.show(rows, str(title)), world)


def _mark(row):
    return "" if row is None else tables.Row(row.name, row["verification"])
