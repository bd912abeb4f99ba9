"""A second pair of eyes on change: what each row changed since the last commit moves.

The tables of the last commit are judged beside those of today, so a verdict, a reading, its number
or an answer that moved is told with the row that moved it, verdicts and answers first, one a line.
The options of a choice that a claim did not have are told and tried together, as a new claim is
with its readings. A verdict that moved asks for its line in CHANGELOG.md, and so does a quotation
that lost its end.
"""

import contextlib
import csv
import dataclasses
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

from helpers import claims, data, headline_answers, tables
from helpers.claims.rule_of_each_claim import default
from helpers.claims.verdict_log import LOG
from helpers.machinery.check import changelog
from helpers.machinery.run import progress

MOST = 40  # rows of which each is told by itself; more are an edition, and are told together
PRINTED = 60  # characters of a lost end
SHOWN = 5  # readings beside claims that are new, or move in their number only, each of them told
SHARED = 6  # states in both of two lists that are told in full
CODE = re.compile(r"\b[A-Z]{3}\b")
NUMBER = re.compile(r"[^,]+, -?[\d.]+(e[-+]\d+)?( from .*)?")  # a truth with a number, no date
ANSWER = "the answer on"  # what opens the words on a headline answer
BESIDE = "the reading"  # what opens the words on a reading beside its claim
COUNTS = "the fair reading"  # and on one that counts towards the verdict
NEW = " is new: "
UNKNOWN = "unknown"  # what stands for a number that is
NOTHING = f"moves no verdict, reading or answer as of {tables.day(data.World.as_of)}"
LATER = " (`make compare` tells what later days show)"
BELOW = "judged with the others, below"
ALONE = (
    "each of these rows was tried alone, with the others as in the last commit (a new claim with"
    " its readings, a new choice with its options): rows that need each other show nothing by"
    " themselves"
)
NO_DEFAULT = "its rule has no default for it, so nothing from before can be set beside it"
NOR_TOGETHER = "nor do these rows together move anything"
TOGETHER = "no single row moves it, but all that changed together do"
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
    def cells(self) -> dict:
        """Its cells now; of a row that is gone, those that it had."""
        return self.now or self.was or {}

    @property
    def lost(self) -> str:
        """The end that its quotation had in the last commit and has no more."""
        was, now = ((cells or {}).get("quoted") or "" for cells in (self.was, self.now))
        return was[len(now) :].strip() if now and was != now and was.startswith(now) else ""


def changes(folder: Path) -> list[Change]:
    """The rows that differ from the last commit, but for the log of verdicts, which moves nothing;
    none where git cannot tell.
    """
    found = []
    for table in data.contract(folder):
        told = changelog.git(folder, "show", f"HEAD:./{table}.csv")
        if table == LOG or told is None or told == (folder / f"{table}.csv").read_bytes():
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


def wholes(folder: Path, found: list[Change]) -> dict[Change, list[Change]]:
    """The changes that are tried together, by the first of them: a new claim with its readings, the
    options of a choice that a claim did not have, and every other change by itself.
    """
    readings = [change for change in found if change.table == "readings"]
    new = {change.id for change in found if change.table == "claims" and change.kind == "new"}
    told = changelog.git(folder, "show", "HEAD:./readings.csv") if readings else b""
    known = {(row["claim"], row["choice"]) for row in _rows(told or b"", "id").values()}
    made: dict[object, list[Change]] = {}
    for change in found:
        of: object = change
        if change.id in new:
            of = change.id
        elif change in readings:
            claim, choice = change.cells["claim"], change.cells["choice"]
            of = claim if claim in new else (claim, choice) if (claim, choice) not in known else of
        made.setdefault(of, []).append(change)
    return {group[0]: group for group in made.values()}


def _moves(
    folder: Path, judge, found: list[Change], groups: dict[Change, list[Change]]
) -> dict[Change | None, list[str]]:
    """What the first change of each group moves, in words; under None what no group alone does, and
    what a whole edition does. `judge` gives, for a folder of tables and the names that it asks for
    (all where None), a state by name: a verdict with its readings, or an answer.
    """
    with _before(folder, found) as before:
        was, now = judge(before, None), judge(folder, None)
        apart = [name for name in now if was.get(name) != now[name] and not _counted(name, was)]
        bare = {group[0]: group[0].cells["claim"] for group in groups.values() if _bare(group)}
        apart = [name for name in apart if not any(_of(claim, name) for claim in bare.values())]
        apart.sort(key=lambda name: _outcome(was.get(name)) == _outcome(now[name]))
        if not apart:
            return {change: [NO_DEFAULT] * (change in bare) for change in groups}
        if len(found) > MOST:
            return {change: [BELOW] for change in groups} | {None: _all_words(apart, was, now)}
        told: dict[Change | None, list[str]] = {}
        left = set(apart)
        for change, rows in groups.items():
            with _with(before, folder, rows) as alone:
                then = judge(alone, apart) if len(rows) < len(found) else now
            moved = [n for n in apart if n in then and then[n] != was.get(n)]
            told[change] = [NO_DEFAULT] * (change in bare) + _all_words(moved, was, then)
            left -= set(moved)
        if left:
            told[None] = _all_words([n for n in apart if n in left], was, now)
        return told


def _bare(group: list[Change]) -> bool:
    """Whether it is a new choice without a default, so that the claim cannot be judged as it was
    before.
    """
    cells = group[0].cells
    return len(group) > 1 and "choice" in cells and not default(cells["claim"], cells["choice"])


def _counted(name: str, was: dict) -> bool:
    """Whether it is a fair reading that was there: what it comes to stands with its verdict."""
    return name.startswith(COUNTS) and name in was


def _all_words(names: Iterable[str], was: dict, now: dict) -> list[str]:
    return [_words(name, was, now) for name in names]


def _words(name: str, was: dict, now: dict) -> str:
    """A state then and now, or that it is new; of many states by their codes, those in both are
    left out.
    """
    if name not in was:
        if name.startswith(BESIDE) and _otherwise(name) in was:
            return f"{name} counts towards the verdict no more: {now[name]}"
        if name.startswith(COUNTS):
            how = "counts now" if _otherwise(name) in was else "is new and counts"
            return f"{name} {how} towards the verdict: {now[name]}"
        return f"{name}{NEW}{now[name]}"
    then, here = was[name], now.get(name, "unknown")
    both = set(CODE.findall(then)) & set(CODE.findall(here))
    if len(both) > SHARED:
        common = re.compile(rf"(\b({'|'.join(sorted(both))})\b ?)+")
        then, here = (common.sub("… ", state).replace(" )", ")") for state in (then, here))
    return f"{name} {then} → {here}"


def _named(reading, claim: str) -> str:
    """A reading by its options, those left out that the rule takes where no row names the choice:
    it is called the same before a choice is new and after.
    """
    own = {
        choice: option
        for choice, option in reading.options.items()
        if option != default(claim, choice)
    }
    label = dataclasses.replace(reading, options=own).label
    return (
        f"{COUNTS} ‘{label}’ of {claim}" if reading.votes else f"{BESIDE} ‘{label}’ beside {claim}"
    )


def _otherwise(name: str) -> str:
    """How a reading would be called if it counted, or stood beside its claim, and does not."""
    opening, label, closing = re.split("[‘’]", name)
    if opening.startswith(COUNTS):
        return f"{BESIDE} ‘{label}’{closing.replace(' of ', ' beside ')}"
    return f"{COUNTS} ‘{label}’{closing.replace(' beside ', ' of ')}"


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
def _with(before: Path, folder: Path, found: list[Change]) -> Iterator[Path]:
    """A copy of the tables of the last commit with some rows as they are now; sources are all
    there.
    """
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place)
        for file in [before / data.CONTRACT, *before.glob("*.csv")]:
            shutil.copy(file, copy)
        if any(change.table != "sources" for change in found):
            shutil.copy(folder / "sources.csv", copy)
        for change in found:
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
    """The state of each claim, reading and answer by its name, in the article's scenario; one
    that cannot be judged with these tables is left out.

    Parameters
    ----------
    folder : Path
        The tables and their contract.
    names : list of str or None
        The states asked for; others of the same claims come too, and all answers if one is asked
        for. None asks for all.
    today : dict or None
        The readings of each claim with the tables as they are, where they are known; they are not
        looked at with other tables.
    """
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
                    truth = claims.card_lines.TRUTH[reading.outcome.holds]
                    found[_named(reading, claim)] = truth + _shown(reading.outcome.computed)
    progress.meanwhile(f"the answers with the tables {at}")
    if names is None or any(name.startswith(ANSWER) for name in names):
        with contextlib.suppress(KeyError, ValueError, IndexError, ZeroDivisionError):
            for answer in headline_answers.records(world):
                found[f"{ANSWER} {answer['answer']}"] = answer["words"]
    return found


def _state(readings: list, weigh) -> str:
    voting = [reading for reading in readings if reading.votes]
    holding = sum(reading.outcome.holds is True for reading in voting)
    shown = [_shown(each.outcome.computed)[2:] or _no_number(each.outcome) for each in voting]
    known = [words for words in dict.fromkeys(shown) if words not in ("", UNKNOWN)]
    if known and (lacking := shown.count(UNKNOWN)):
        known.append(f"{lacking} {UNKNOWN}")
    numbers = "; ".join(known)
    return f"{weigh(readings)} ({holding} of {len(voting)}{numbers and f', {numbers}'})"


def _no_number(outcome) -> str:
    """That a number is unknown; empty where a reading comes to none."""
    lacks = outcome.holds is None or hasattr(outcome.computed, "value")
    return UNKNOWN if lacks else ""


def _of(claim: str, name: str) -> bool:
    """Whether the state of that name is one of a claim or of its readings."""
    return name == claim or (name.startswith((BESIDE, COUNTS)) and name.endswith(f" {claim}"))


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
    """The days on which a new or changed row counts by its date and the first later row of the same
    thing, which takes its place; empty where there is none, or where rows of its table stand beside
    each other. Of the count of a fleet whose source was out later than the day counted, also from
    which day on it counts.

    The contract names under `newest` the columns in which rows of the same thing are alike, and the
    date by which the newest is taken.
    """
    form = data.contract(folder)[change.table]["schema"].get("newest")
    if not form or not change.now:
        return ""
    own, column = change.now, form["along"]
    rows = _rows((folder / f"{change.table}.csv").read_bytes(), data.key(change.table, folder))
    since = data.span(own[column]).last
    later = sorted(
        (data.span(row[column]).last, id)
        for id, row in rows.items()
        if all(row[name] == own[name] for name in form["same"])
        and data.span(row[column]).last > since
    )
    day, id = later[0] if later else (date.max, "")
    replaced = f", and from {_day(day)} on {id} takes its place" if id else ""
    out = _source_out(folder, own["source_id"]) if change.table == "capabilities" else since
    if out > since:
        return (
            f"; it counts from {_day(out)} on, when its source was out (before that sums of fleets"
            f" take the count before it, while deliveries count by their own dates){replaced}"
        )
    if not id:
        return ""
    last = day - timedelta(days=1)
    days = f"from {_day(since)} to {_day(last)}" if since < last else f"on {_day(since)} alone"
    return f"; by its date it counts {days}{_compared(since, last)}{replaced}"


def _source_out(folder: Path, source: str) -> date:
    """The first day on which a source may have been out; the earliest of all where none is told."""
    rows = _rows((folder / "sources.csv").read_bytes(), data.key("sources", folder))
    published = rows.get(source, {}).get("published", "")
    return data.span(published).first if published else date.min


def _day(day: date) -> str:
    return tables.day(day.isoformat())


def _compared(since: date, last: date) -> str:
    """How to look at a day of those, in brackets; empty where the article's is one of them."""
    article = data.World().day
    if since <= article <= last:
        return ""
    ends = f"FROM={last} TO=article" if last < article else f"FROM=article TO={since}"
    return f" (`make compare {ends}` shows one of these days)"


def told(folder: Path, judge=judged, log: Path = changelog.CHANGELOG) -> tuple[list[str], bool]:
    """Say what each changed row moves, and what the changelog lacks.

    Parameters
    ----------
    folder : Path
        The tables and their contract, in a repository of git.
    judge : function
        Gives for a folder of tables, and for the names asked for, the states as `judged` does.
    log : Path
        The changelog, of which the lines added since the last commit count.

    Returns
    -------
    list of str
        The lines to print; none where no row changed.
    bool
        Whether the changelog names every verdict that moved and every quotation that lost its end.
    """
    found = changes(folder)
    if not found:
        return [], True
    lines, asked, added = [], [], changelog.added(log)
    groups = wholes(folder, found)
    effects = _moves(folder, judge, found, groups)
    leads = {change: lead for lead, group in groups.items() for change in group}
    nothing = NOTHING + (" by itself" if None in effects else "")
    for change in found[:MOST]:
        lost = f"; its quotation lost '{change.lost[:PRINTED]}'" if change.lost else ""
        if leads[change] is change:
            head = _head(groups[change])
            lines += _lines(head, effects[change], nothing, superseded(folder, change), lost)
        else:
            lines.append(
                f"{_head([change])}: belongs to the new {_whole(groups[leads[change]])}{lost}"
            )
        if change.lost and not any(change.id in line for line in added):
            asked.append(
                f"data/{change.table}.csv {change.id}: the quotation lost its end. Restore it, or"
                " say why in CHANGELOG.md"
            )
    if len(found) > MOST:
        lines.append(f"and {len(found) - MOST} more rows")
    elif len(groups) > 1:
        lines.append(ALONE if any(effects.values()) else NOR_TOGETHER)
    if None in effects:
        what = "the changed rows" if len(found) > MOST else TOGETHER
        lines += [f"{what}:", *_in_order(effects[None])]
    turned = {
        words.split(" (")[0].split(" → ")[0].split()[0]: words
        for said in effects.values()
        for words in said
        if _turned(words)
    }
    asked += [
        f"the verdict on {claim} moves, {words.removeprefix(claim).strip()}: add a line to"
        f" CHANGELOG.md that names {claim}"
        for claim, words in sorted(turned.items())
        if not any(claim in line.replace("/", " ").replace(",", " ").split() for line in added)
    ]
    return lines + asked, not asked


def _whole(group: list[Change]) -> str:
    """What changes that are tried together make: a claim or a choice."""
    if group[0].table == "claims":
        return f"claim {group[0].id}"
    return f"choice {group[0].cells['choice']} of {group[0].cells['claim']}"


def _head(group: list[Change]) -> str:
    """What opens the lines on a group of changes; of a new choice with its options, what each is
    and by which of them the claim was judged before.
    """
    first = group[0]
    if len(group) == 1 or first.table == "claims":
        return f"{first.kind}: {first.id}"
    options = [f"{change.cells['option']} ({_standing(change.cells)})" for change in group]
    return f"new: the {_whole(group)}, with the options {tables.listed(options)}"


def _standing(reading: dict) -> str:
    """Whether an option of a new choice is the one as meant, counts towards the verdict or stands
    beside it, and whether the claim was judged by it until now.
    """
    told = "counts" if reading["votes"] == "yes" else "beside the claim"
    told = "as meant" if reading["as_worded"] == "yes" else told
    before = default(reading["claim"], reading["choice"]) == reading["option"]
    return f"{told}; readings from before have it" if before else told


def _lines(head: str, moved: list[str], nothing: str, later: str, lost: str) -> list[str]:
    """A change with what it moves: on its own line where that is one thing or `nothing`, else
    below.
    """
    if len(moved) > 1:
        return [f"{head}, which moves{later}{lost}:", *_in_order(moved)]
    said = moved[0] if moved else nothing + ("" if later else LATER)
    return [f"{head}: {said}{later}{lost}"]


def _in_order(moved: list[str]) -> list[str]:
    """What moves, one a line: verdicts and answers, fair readings, then readings beside claims, of
    which those that are new or move in their number only come last and are cut short.
    """
    beside = [words for words in moved if words.startswith(BESIDE)]
    numbers = [words for words in beside if _number_only(words)]
    new = [words for words in beside if NEW in words]
    first = [words for words in moved if words not in beside]
    first.sort(key=lambda words: words.startswith(COUNTS))
    lines = [f"  {words}" for words in [*first, *(w for w in beside if w not in numbers + new)]]
    for words, one, several in (
        (new, "reading beside a claim is new", "readings beside claims are new"),
        (numbers, "reading beside a claim moves in its number only",
         "readings beside claims move in their number only"),
    ):  # fmt: skip
        if words:
            head = f"{len(words)} {one if len(words) == 1 else several}:"
            lines.append(f"  {'and ' if lines else ''}{head}")
            lines += [f"    {each}" for each in words[:SHOWN]]
        if len(words) > SHOWN:
            lines.append(f"    and {len(words) - SHOWN} more")
    return lines


def _number_only(words: str) -> bool:
    """Whether a reading beside its claim comes to another number, and to the same truth."""
    was, _, now = words.partition(" → ")
    truth = re.sub(r"^.*’ beside \S+ ", "", was)
    return bool(re.fullmatch(NUMBER, now)) and _outcome(truth) == _outcome(now)


def _turned(words: str) -> bool:
    """Whether it is a verdict that moved, not its readings, its numbers or an answer."""
    was, _, now = words.partition(" → ")
    return (
        not words.startswith((ANSWER, BESIDE, COUNTS))
        and bool(now)
        and " (" in was
        and was.split(" (")[0].split()[-1] != now.split(" (")[0]
    )
