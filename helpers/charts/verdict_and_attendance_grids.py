"""Grids of marks: verdicts by world, states by meeting."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from helpers import data
from helpers.charts import colours_and_ticks, names_and_spans, verdict_marks
from helpers.charts.colours_and_ticks import FAINT, GREY, SUBJECT, VERDICTS
from helpers.charts.figure import Figure, NothingToDraw, behind, finish, or_say_so
from helpers.charts.sheet import Point, Sheet, width_of, wrapped
from helpers.charts.steps_over_time import MONTHS
from helpers.tables import Row, Sentence, Table

WORLDS = {  # scenarios, as a head of a column names them
    "article": "as the article saw it",
    "latest": "latest data",
    "read-only": "only what was read",
    "europe-only": "Europe only",
    "without-turkiye": "without Türkiye",
}


@dataclass(frozen=True)
class Verdicts:
    """What a grid of verdicts shows: rows of {'claim': Row, world: verdict}, worlds in words."""

    title: Sentence
    rows: tuple[dict, ...]
    words: dict[str, str]

    @property
    def moved(self) -> list[dict]:
        """The claims whose verdict is not the same in every world."""
        return [row for row in self.rows if len({row[world] for world in self.words}) > 1]

    @property
    def steady(self) -> dict[str, int]:
        """How many claims have a verdict in every world."""
        first = next(iter(self.words))
        kept = [row[first] for row in self.rows if row not in self.moved]
        return {verdict: kept.count(verdict) for verdict in VERDICTS if verdict in kept}


def _verdicts_spec(title: Sentence, rows: Sequence[dict], words: Mapping[str, str]) -> Verdicts:
    """Take in the claims' verdicts in each world; NothingToDraw where there is no claim."""
    if not rows:
        raise NothingToDraw
    worlds = [column for column in rows[0] if column != "claim"]
    named = {world: (WORLDS | dict(words)).get(world, world.replace("-", " ")) for world in worlds}
    return Verdicts(title, tuple(rows), named)


def said(verdict: str) -> str:
    """A verdict as cards say it."""
    return VERDICTS[verdict][2]


def verdicts_alt(spec: Verdicts) -> str:
    """Say in words what the grid of verdicts shows, for a reader who cannot see it."""
    worlds = list(spec.words)
    moved = [
        f"{row['claim'].id} ({', '.join(f'{spec.words[w]}: {said(row[w])}' for w in worlds)})"
        for row in spec.moved
    ]
    return (
        f"Grid of the verdicts on {len(spec.rows)} claims in {len(worlds)} worlds,"
        f" {spec.words[worlds[0]]} first. Not the same everywhere: {'; '.join(moved) or 'none'}."
    )


def verdicts_table(spec: Verdicts) -> Table:
    """List what the grid of verdicts shows, one row a claim."""
    rows = [
        {"claim": row["claim"]} | {words: said(row[world]) for world, words in spec.words.items()}
        for row in spec.rows
    ]
    return behind(rows, spec.title)


def draw_verdicts(spec: Verdicts, sheet: Sheet) -> None:
    """Draw the grid of verdicts on a sheet."""
    used = {row[world] for row in spec.rows for world in spec.words}

    def mark(name: str) -> Callable[[float, float], None]:
        return lambda x, y: verdict_marks.verdicts(sheet, name, [(x, y)])

    names_and_spans.key(
        sheet, [(mark(name), words) for name, (_, _, words) in VERDICTS.items() if name in used]
    )
    wide = 28 if sheet.narrow else 84
    first = sheet.width - wide * len(spec.words) + wide / 2
    columns = [first + wide * place for place in range(len(spec.words))]
    if spec.moved:
        _heads(sheet, list(spec.words.values()), columns, wide)
    places: dict[str, list[Point]] = {}
    for row in spec.moved:
        sheet.line([(0, sheet.y), (sheet.width, sheet.y)], FAINT)
        sheet.y += 3
        lines = wrapped(str(row["claim"]), columns[0] - wide / 2 - 10, sheet.size)
        middle = sheet.y + len(lines) * sheet.line_height / 2
        sheet.block(2, lines)
        for x, world in zip(columns, spec.words, strict=True):
            places.setdefault(row[world], []).append((x, middle))
        sheet.y += 4
    for verdict, at in sorted(places.items()):
        verdict_marks.verdicts(sheet, verdict, at)
    if spec.steady:
        sheet.line([(0, sheet.y), (sheet.width, sheet.y)], GREY)
        sheet.y += 4
        lines = wrapped("The same everywhere, one mark a claim:", sheet.width - 4, sheet.size, True)
        sheet.block(2, lines, bold=True)
        _strips(sheet, spec.steady)


def _heads(sheet: Sheet, words: Sequence[str], columns: Sequence[float], wide: float) -> None:
    """Heads of columns: in lines where there is room, else reading upwards."""
    if wide > 60:
        lines = [wrapped(word, wide - 8, sheet.size) for word in words]
        most = max(map(len, lines))
        for x, own in zip(columns, lines, strict=True):
            for place, line in enumerate(own):
                y = sheet.y + (most - len(own) + place + 1) * sheet.line_height - 4
                sheet.words(x, y, line, anchor="middle", colour=GREY)
        sheet.y += most * sheet.line_height + 4
        return
    tall = max(width_of(word, sheet.size) for word in words) + 6
    sheet.y += tall
    for x, word in zip(columns, words, strict=True):
        sheet.words(x + sheet.size * 0.36, sheet.y - 3, word, turned=True, colour=GREY)
    sheet.y += 3


def _strips(sheet: Sheet, kept: Mapping[str, int]) -> None:
    """So many marks of each verdict, with their number."""
    words = {
        verdict: f"{colours_and_ticks.capital(VERDICTS[verdict][2])}: {kept[verdict]}"
        for verdict in kept
    }
    room = max(width_of(said, sheet.size) for said in words.values()) + 18
    a_line = int((sheet.width - room) // 16)
    for verdict, many in kept.items():
        for start in range(0, many, a_line):
            sheet.y += sheet.line_height
            if not start:
                sheet.words(2, sheet.y - 4, words[verdict])
            y = sheet.y - 4 - sheet.size * 0.36
            at = [(room + 6 + 16 * place, y) for place in range(min(a_line, many - start))]
            verdict_marks.verdicts(sheet, verdict, at)
        sheet.y += 2


@or_say_so
def verdict_grid(
    world: data.World,
    name: str,
    title: Sentence,
    rows: Sequence[dict],
    words: Mapping[str, str] | None = None,
) -> Figure:
    """Draw the claims whose verdict is not the same in every world, a column a world, and count
    those that keep theirs.

    Parameters
    ----------
    world : World
        The world whose day stands below the figure.
    name : str
        The figure's name, which is its file's too.
    title : Sentence
        The one message that the figure shows.
    rows : list of dict
        One a claim: the claim, a Row, under `claim`, and its verdict in each world under the
        world's name.
    words : dict of str to str, optional
        What to call a world, by its name, in place of WORLDS.
    """
    made = _verdicts_spec(title, rows, words or {})
    return finish(world, name, title, made, draw_verdicts, verdicts_alt(made), verdicts_table(made))


@dataclass(frozen=True)
class Attendance:
    """What a grid of attendance shows: states and meetings in order, and the row that names a state
    at a meeting, with its grade.
    """

    title: Sentence
    states: tuple[str, ...]
    meetings: tuple[str, ...]  # dates
    seen: dict[tuple[int, int], Row]  # (state, meeting), by place

    def times(self, state: int) -> int:
        """How many of the meetings a row names the state as present at."""
        return sum((state, meeting) in self.seen for meeting in range(len(self.meetings)))


def _attendance_spec(world: data.World, title: Sentence, states: Sequence[str]) -> Attendance:
    """Take in who is named at which meeting; NothingToDraw without a meeting or a state."""
    seen, meetings = world.attestations(), world.until("meetings").sort_values("date")
    meetings = meetings[meetings.index.isin(seen["meeting_id"])]
    if not len(states) or meetings.empty:
        raise NothingToDraw
    names = world.country_names
    state_of = {code: place for place, code in enumerate(states)}
    meeting_of = {id: place for place, id in enumerate(meetings.index)}
    there = {
        (state_of[row["country"]], meeting_of[row["meeting_id"]]): Row(
            str(id), str(row["verification"])
        )
        for id, row in seen.iterrows()
        if row["country"] in state_of and row["meeting_id"] in meeting_of
    }
    called = tuple(str(names[code]) for code in states)
    return Attendance(title, called, tuple(meetings["date"]), there)


def attendance_alt(spec: Attendance) -> str:
    """Say in words what the grid of meetings shows, for a reader who cannot see it."""
    most = max(range(len(spec.states)), key=spec.times)
    return (
        f"Grid of {len(spec.states)} states by {len(spec.meetings)} meetings, a mark where a source"
        f" names the state as present; {spec.states[most]} is named at most of them,"
        f" {spec.times(most)} of {len(spec.meetings)}."
    )


def attendance_table(spec: Attendance) -> Table:
    """List what the grid of meetings shows, one row a state."""
    rows: list[dict] = [
        {"state": state}
        | {date: spec.seen.get((place, at), "") for at, date in enumerate(spec.meetings)}
        for place, state in enumerate(spec.states)
    ]
    return behind(rows, spec.title)


def draw_attendance(spec: Attendance, sheet: Sheet) -> None:
    """Draw the grid of states by meetings on a sheet."""
    r = 4.5 if sheet.narrow else 6
    keys = [(lambda x, y: sheet.dots([(x, y)], r, SUBJECT), "named, read at the source")]
    if any(row.words != "read" for row in spec.seen.values()):
        rim = r - 0.75
        keys.append(
            (
                lambda x, y: sheet.dots([(x, y)], rim, colours_and_ticks.PAPER, SUBJECT),
                "named, second hand",
            )
        )
    names_and_spans.key(sheet, keys)
    names = names_and_spans.names(sheet, spec.states)
    left = max(names.column, 60) + 10
    right = width_of("00", sheet.size, True) + 12
    wide = min((sheet.width - left - right) / len(spec.meetings), 60)
    columns = [left + wide * (place + 0.5) for place in range(len(spec.meetings))]
    heads = [_short(day) for day in spec.meetings]
    tall = max(width_of(words, sheet.size) for words in heads) + 6
    sheet.y += tall
    free = -1.0
    for x, words in zip(columns, heads, strict=True):
        if x - sheet.size * 0.6 >= free:  # else the one before takes its room
            sheet.words(x + sheet.size * 0.36, sheet.y - 4, words, turned=True, colour=GREY)
            free = x + sheet.size * 0.6
    total = columns[-1] + wide / 2 + right - 4
    sheet.words(total + sheet.size * 0.36 - 6, sheet.y - 4, "in all", turned=True, colour=GREY)
    first: list[Point] = []
    second: list[Point] = []
    for place in range(len(spec.states)):
        if place % 5 == 0:
            sheet.line([(2, sheet.y), (total, sheet.y)], FAINT)
            sheet.y += 3
        middle = names_and_spans.name(sheet, names, place, sheet.size)
        here = [at for at in range(len(columns)) if (place, at) in spec.seen]
        for at in here:
            kind = first if spec.seen[place, at].words == "read" else second
            kind.append((columns[at], middle))
        sheet.words(
            total, middle + sheet.size * 0.36, f"{spec.times(place)}", anchor="end", bold=True
        )
    sheet.dots(first, r, SUBJECT)
    sheet.dots(second, r - 0.75, colours_and_ticks.PAPER, SUBJECT)


def _short(day: str) -> str:
    """A date in few letters: '2 March 2025', 'Sept 2025'."""
    year, *rest = day.split("-")
    month = [MONTHS[int(rest[0]) - 1]] if rest else []
    return " ".join([*[str(int(part)) for part in rest[1:]], *month, year])


@or_say_so
def attendance(world: data.World, name: str, title: Sentence, states: Sequence[str]) -> Figure:
    """Draw a grid of states by meetings: a mark where a row names the state as present.

    Parameters
    ----------
    world : World
        The world whose rows count; its day stands below the figure.
    name : str
        The figure's name, which is its file's too.
    title : Sentence
        The one message that the figure shows.
    states : list of str
        Codes of the states, in the order of the grid.
    """
    made = _attendance_spec(world, title, states)
    return finish(
        world, name, title, made, draw_attendance, attendance_alt(made), attendance_table(made)
    )
