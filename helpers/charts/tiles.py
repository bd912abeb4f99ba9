"""A map with one tile a country."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from helpers import data, tables
from helpers.charts import colours_and_ticks, names_and_spans
from helpers.charts.colours_and_ticks import (
    FAINT,
    GREY,
    INK,
    ON_COLOUR,
    ORANGE,
    PAPER,
    PURPLE,
    SUBJECT,
)
from helpers.charts.figure import Figure, NothingToDraw, behind, finish, or_say_so
from helpers.charts.sheet import Sheet
from helpers.tables import Sentence, Table

FILLS = {  # of groups in their order, with the colour of letters on each
    SUBJECT: PAPER, ORANGE: ON_COLOUR, FAINT: INK, PURPLE: ON_COLOUR,
    colours_and_ticks.PLAIN: ON_COLOUR,
}  # fmt: skip


@dataclass(frozen=True)
class TileMap:
    """What a tile map shows: groups of (label, {code: row it rests on}), where each tile stands,
    the codes whose tile is hatched, with what that means, and what the white tiles are.
    """

    title: Sentence
    groups: tuple[tuple[str, dict[str, str]], ...]
    places: dict[str, tuple[int, int]]
    names: dict[str, str]
    note: str
    hatched: frozenset[str]
    hatching: str
    others: str


def _spec(
    world: data.World, title: Sentence, groups, note: str, hatched, hatching: str, others: str
) -> TileMap:
    """Take in groups of countries, and each one's place; NothingToDraw where no group has any."""
    if not any(rows for _, rows in groups):
        raise NothingToDraw
    if len(groups) > len(FILLS):
        raise ValueError(f"{len(groups)} groups on one map; at most {len(FILLS)} are told apart")
    if hatched and not hatching:
        raise ValueError("say what hatched tiles mean")
    countries = data.load("countries", world.folder)
    placed = countries.dropna(subset=["tile_column"])
    places = {
        str(code): (int(row["tile_column"]), int(row["tile_row"]))
        for code, row in placed.iterrows()
    }
    named = colours_and_ticks.distinct([label for label, _ in groups])
    return TileMap(
        title,
        tuple((label, dict(rows)) for label, (_, rows) in zip(named, groups, strict=True)),
        places,
        {str(code): str(name) for code, name in countries["name"].items()},
        note,
        frozenset(hatched),
        hatching,
        others,
    )


def alt(spec: TileMap) -> str:
    """Say in words what the map shows, for a reader who cannot see it."""
    said = "; ".join(
        f"{label}, {len(of)}: {', '.join(spec.names.get(code, code) for code in sorted(of))}"
        for label, of in spec.groups
    )
    named = sorted(spec.names.get(code, code) for code in spec.hatched)
    hatched = f" {colours_and_ticks.capital(spec.hatching)}: {', '.join(named)}." if named else ""
    return f"Tile map of countries by group. {said}.{hatched} {spec.note}"


def table(spec: TileMap) -> Table:
    """List what the map shows, one row a country."""
    rows = []
    for label, of in spec.groups:
        for code, row in sorted(of.items()):
            cells = {
                "country": tables.Row(row, spec.names.get(code, code)),
                "code": code,
                "group": label,
            }
            rows.append(cells | ({spec.hatching: code in spec.hatched} if spec.hatched else {}))
    return behind(rows, spec.title)


def draw(spec: TileMap, sheet: Sheet) -> None:
    """Draw a tile for each country on a sheet."""
    group_of = {code: label for label, rows in spec.groups for code in rows}
    fills = dict(zip([label for label, _ in spec.groups], FILLS, strict=False))

    def swatch(fill: str, hatched: bool = False):
        def drawn(x, y):
            sheet.rect(x - 7, y - 6, 13, 13, fill, rim=GREY)
            if hatched:
                _hatch(sheet, x - 7, y - 6, 13, GREY)

        return drawn

    entries = [(swatch(fills[label]), f"{colours_and_ticks.capital(label)} ({len(rows)})")
               for label, rows in spec.groups if rows]  # fmt: skip
    if spec.others and set(spec.places) - set(group_of):
        entries.append((swatch(PAPER), colours_and_ticks.capital(spec.others)))
    if spec.hatched:
        entries.append((swatch(PAPER, True), colours_and_ticks.capital(spec.hatching)))
    names_and_spans.key(sheet, entries)
    columns = [column for column, _ in spec.places.values()]
    lines = [line for _, line in spec.places.values()]
    across = max(columns) - min(columns) + 1
    pitch = min((sheet.width - 2) / across, 46)
    start = (sheet.width - pitch * across) / 2 if not sheet.narrow else 1
    top, side = sheet.y + 4, pitch - 2
    for code, (column, line) in sorted(spec.places.items()):
        x, y = start + pitch * (column - min(columns)), top + pitch * (line - min(lines))
        fill = fills.get(group_of.get(code, ""), PAPER)
        sheet.rect(x, y, side, side, fill, rim={PAPER: FAINT, FAINT: GREY}.get(fill, ""))
        ink = FILLS.get(fill, GREY)
        if code in spec.hatched:
            _hatch(sheet, x, y, side, ink)
            sheet.rect(x + 1, y + side / 2 - 8, side - 2, 16, fill)
        sheet.words(x + side / 2, y + side / 2 + 4.2, code, anchor="middle", colour=ink,
                    size=11.5 if sheet.narrow else sheet.size)  # fmt: skip
    sheet.y = top + pitch * (max(lines) - min(lines) + 1) + 2


def _hatch(sheet: Sheet, x: float, y: float, side: float, ink: str) -> None:
    """Lines across a tile."""
    for part in (0.5, 1.0, 1.5):
        length = part * side
        a = (x + max(0, length - side), y + min(length, side))
        b = (x + min(length, side), y + max(0, length - side))
        sheet.line([a, b], ink)


@or_say_so
def tile_map(
    world: data.World,
    name: str,
    title: Sentence,
    groups: Sequence[tuple[str, dict[str, str]]],
    note: str,
    hatched: Collection[str] = (),
    hatching: str = "",
    others: str = "",
) -> Figure:
    """Draw one tile a country, coloured and lettered by group.

    Parameters
    ----------
    world : World
        The world that the numbers are of; its day stands below the figure.
    name : str
        The figure's name, which is its file's too.
    title : Sentence
        The one message that the figure shows.
    groups : list of (str, dict of str to str)
        The label of a group, and by country code the id of the row that puts it there.
    note : str
        What is said below the map.
    hatched : collection of str
        Codes of the countries whose tiles have lines across.
    hatching : str
        What these lines mean.
    others : str
        What the countries are that stand in no group; the key leaves them out where it is empty.
    """
    made = _spec(world, title, groups, note, hatched, hatching, others)
    return finish(world, name, title, made, draw, alt(made), table(made))
