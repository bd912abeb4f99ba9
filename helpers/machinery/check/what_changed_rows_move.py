"""A second pair of eyes on change: what each row changed since the last commit moves.

The tables of the last commit are judged beside those of today, so a verdict, a reading, its number
or an answer that moved is told with the row that moved it, in one line a row. A verdict that moved
asks for its line in CHANGELOG.md, and so does a quotation that lost its end.
"""

import contextlib
import csv
import dataclasses
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from helpers import data, tables
from helpers.machinery.check import changelog
from helpers.machinery.run import progress

MOST = 40  # rows of which each is told by itself; more are an edition, and are told together
PRINTED = 60  # characters of a lost end
SHARED = 6  # states in both of two lists that are told in full
CODE = re.compile(r"\b[A-Z]{3}\b")
ANSWER = "the answer on"  # what opens the words on a headline answer
BESIDE = "the reading"  # what opens the words on a reading beside its claim
NOTHING = (
    f"moves no verdict, reading or answer as of {tables.day(data.World.as_of)}"
    " (`make compare` tells what later days show)"
)
COMPARED = (
    "Compared were every verdict, every fair reading and every reading beside a claim, each with"
    " its number and range, and the headline answers; charts and other tables were not:"
    " `make refresh` makes them again, and git shows what moved in them"
)


@dataclasses.dataclass(frozen=True, eq=False)
class Change:
    """A row that differs from the last commit: its cells then and now, None for none."""

    table: str
    id: str
    was: dict | None
    now: dict | None

    @property
    def kind(self) -> str:
        """How the row differs: new, gone or changed."""
        return "new" if self.was is None else "gone" if self.now is None else "changed"

    @property
    def lost(self) -> str:
        """The end that its quotation had in the last commit and has no more."""
        was, now = ((cells or {}).get("quoted") or "" for cells in (self.was, self.now))
        return was[len(now) :].strip() if now and was != now and was.startswith(now) else ""


def changes(folder: Path) -> list[Change]:
    """The rows that differ from the last commit; none where git cannot tell."""
    found = []
    for table in data.contract(folder):
        told = changelog.git(folder, "show", f"HEAD:./{table}.csv")
        if told is None or told == (folder / f"{table}.csv").read_bytes():
            continue
        key = data.key(table, folder)
        was, now = (_rows(raw, key) for raw in (told, (folder / f"{table}.csv").read_bytes()))
        found += [
            Change(table, id, was.get(id), now.get(id))
            for id in dict.fromkeys([*was, *now])
            if was.get(id) != now.get(id)
        ]
    return found


def _rows(raw: bytes, key: str) -> dict[str, dict]:
    lines = raw.decode("utf-8-sig", "replace").splitlines(keepends=True)
    return {row.get(key, ""): row for row in csv.DictReader(lines)}


def moves(folder: Path, judge, found: list[Change]) -> dict[Change, list[str]]:
    """What each change moves, in words. `judge` gives, for a folder of tables and the names that it
    asks for (all where None), a state by name: a verdict with its readings, or an answer.
    """
    with _before(folder, found) as before:
        was, now = judge(before, None), judge(folder, None)
        apart = [name for name in now if was.get(name) != now[name]]
        apart.sort(key=lambda name: _outcome(was.get(name)) == _outcome(now[name]))
        if not apart:
            return {change: [] for change in found}
        if len(found) > MOST or len(found) == 1:
            return {change: [_words(name, was, now) for name in apart] for change in found}
        told = {}
        for change in found:
            with _with(before, folder, change) as alone:
                then = judge(alone, apart)
            told[change] = [
                _words(name, was, then)
                for name in apart
                if name in then and then[name] != was.get(name)
            ]
        return told


def _words(name: str, was: dict, now: dict) -> str:
    """A state then and now, or that it is new; of many states by their codes, those in both are
    left out.
    """
    if name not in was:
        return f"{name} is new: {now[name]}"
    then, here = was[name], now.get(name, "unknown")
    both = set(CODE.findall(then)) & set(CODE.findall(here))
    if len(both) > SHARED:
        common = re.compile(rf"(\b({'|'.join(sorted(both))})\b ?)+")
        then, here = (common.sub("… ", state).replace(" )", ")") for state in (then, here))
    return f"{name} {then} → {here}"


def _outcome(state: str | None) -> str:
    """What a state says before its numbers: holds, true."""
    return re.split(r", | \(", state or "")[0]


@contextlib.contextmanager
def _before(folder: Path, found: list[Change]) -> Iterator[Path]:
    """A copy of the tables in which those that changed are as in the last commit."""
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place)
        for file in [folder / data.CONTRACT, *folder.glob("*.csv")]:
            shutil.copy(file, copy)
        for table in {change.table for change in found}:
            told = changelog.git(folder, "show", f"HEAD:./{table}.csv")
            assert told is not None
            columns = list(data.columns(table, folder))
            rows = list(_rows(told, data.key(table, folder)).values())
            _write(copy / f"{table}.csv", columns, rows)
        yield copy


@contextlib.contextmanager
def _with(before: Path, folder: Path, change: Change) -> Iterator[Path]:
    """A copy of the tables of the last commit with one row as it is now; sources are all there."""
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place)
        for file in [before / data.CONTRACT, *before.glob("*.csv")]:
            shutil.copy(file, copy)
        if change.table != "sources":
            shutil.copy(folder / "sources.csv", copy)
        file, key = copy / f"{change.table}.csv", data.key(change.table, folder)
        rows = _rows(file.read_bytes(), key)
        if change.now is None:
            rows.pop(change.id)
        else:
            rows[change.id] = change.now
        _write(file, list(data.columns(change.table, folder)), list(rows.values()))
        yield copy


def _write(file: Path, columns: list[str], rows: list[dict]) -> None:
    """Rows as a table with the columns of today: one that the last commit did not have is empty."""
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, columns, "", "ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows({name: row.get(name) or "" for name in columns} for row in rows)


def judged(folder: Path, names: list[str] | None, today: dict | None = None) -> dict[str, str]:
    """The state of each claim, reading beside a claim and answer by its name, in the article's
    scenario; one that cannot be judged with these tables is left out. `today` holds the readings
    with the tables as they are, where they are known.
    """
    from helpers import claims, headline_answers

    world, found = data.World(folder=folder), {}
    known = data.load("claims", folder).index
    at = "as they are" if folder == data.DATA else "as they were, or with one row of today"
    for claim in claims.judged():
        if claim in known and (names is None or any(_of(claim, name) for name in names)):
            progress.meanwhile(f"claim {claim} with the tables {at}")
            with contextlib.suppress(Exception):  # what a rule raises is told by itself
                given = today.get(claim) if today and folder == data.DATA else None
                readings = given or claims.read(claim, world)
                found[claim] = _state(readings, claims.weigh)
                for reading in readings:
                    if not reading.votes:
                        truth = claims.card_lines.TRUTH[reading.outcome.holds]
                        name = f"{BESIDE} ‘{reading.label}’ beside {claim}"
                        found[name] = truth + _shown(reading.outcome.computed)
    progress.meanwhile(f"the answers with the tables {at}")
    if names is None or any(name.startswith(ANSWER) for name in names):
        with contextlib.suppress(KeyError, ValueError, IndexError, ZeroDivisionError):
            for answer in headline_answers.records(world):
                found[f"{ANSWER} {answer['answer']}"] = answer["words"]
    return found


def _state(readings: list, weigh) -> str:
    voting = [reading for reading in readings if reading.votes]
    holding = sum(reading.outcome.holds is True for reading in voting)
    numbers = "; ".join(dict.fromkeys(_shown(each.outcome.computed)[2:] for each in voting))
    return f"{weigh(readings)} ({holding} of {len(voting)}{numbers and f', {numbers}'})"


def _of(claim: str, name: str) -> bool:
    """Whether the state of that name is one of a claim or of a reading beside it."""
    return name == claim or (name.startswith(BESIDE) and name.endswith(f" beside {claim}"))


def _shown(computed: object) -> str:
    """What a reading comes to, after a comma: its number with its range, a date, the states; empty
    for a yes or no and for what is unknown.
    """
    if isinstance(computed, list):
        return f", {' '.join(map(str, computed))}"
    if isinstance(computed, str):
        return f", {computed}"
    value = getattr(computed, "value", None)
    if value is None:
        return ""
    low, high = (getattr(computed, end) for end in ("low", "high"))
    ends = (
        ""
        if low == high == value
        else f" from {'an open end' if low is None else f'{low:.4g}'}"
        f" to {'an open end' if high is None else f'{high:.4g}'}"
    )
    return f", {value:.4g}{ends}"


def superseded(folder: Path, change: Change) -> str:
    """The first later row of the same thing, which takes the place of a new or changed one; empty
    where there is none, or where rows of its table stand beside each other.

    The contract names under `newest` the columns in which rows of the same thing are alike, and the
    date by which the newest is taken.
    """
    form = data.contract(folder)[change.table]["schema"].get("newest")
    if not form or not change.now:
        return ""
    own, column = change.now, form["along"]
    rows = _rows((folder / f"{change.table}.csv").read_bytes(), data.key(change.table, folder))
    later = sorted(
        (data.span(row[column]).first, id)
        for id, row in rows.items()
        if all(row[name] == own[name] for name in form["same"])
        and data.span(row[column]).first > data.span(own[column]).last
    )
    if not later:
        return ""
    day, id = later[0]
    return f"; from {tables.day(day.isoformat())} on {id} takes its place"


def told(folder: Path, judge=judged, log: Path = changelog.CHANGELOG) -> tuple[list[str], bool]:
    """A line for each changed row with what it moves, and whether each verdict that moved has its
    line in the changelog.
    """
    found = changes(folder)
    if not found:
        return [], True
    lines, asked, added = [], [], changelog.added(log)
    effects = moves(folder, judge, found)
    for change in found[:MOST]:
        lost = f"; its quotation lost '{change.lost[:PRINTED]}'" if change.lost else ""
        said = "; ".join(effects[change]) or NOTHING
        later = superseded(folder, change)
        lines.append(f"{change.kind}: {change.id}: {said}{later}{lost}")
        if change.lost and not any(change.id in line for line in added):
            asked.append(
                f"data/{change.table}.csv {change.id}: the quotation lost its end. Restore it, or"
                " say why in CHANGELOG.md"
            )
    if len(found) > MOST:
        lines.append(f"and {len(found) - MOST} more rows")
    turned = {
        words.split(" (")[0].split(" → ")[0].split()[0]: words
        for change in found
        for words in effects[change]
        if _turned(words)
    }
    asked += [
        f"the verdict on {claim} moves, {words.removeprefix(claim).strip()}: add a line to"
        f" CHANGELOG.md that names {claim}"
        for claim, words in sorted(turned.items())
        if not any(claim in line.replace("/", " ").replace(",", " ").split() for line in added)
    ]
    return lines + asked, not asked


def _turned(words: str) -> bool:
    """Whether it is a verdict that moved, not its readings, its numbers or an answer."""
    was, _, now = words.partition(" → ")
    return (
        not words.startswith((ANSWER, BESIDE))
        and bool(now)
        and " (" in was
        and was.split(" (")[0].split()[-1] != now.split(" (")[0]
    )
