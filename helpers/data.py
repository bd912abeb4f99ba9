"""Load the tables of data/, and look at the world they describe on one day."""

import csv
import difflib
import functools
import io
import json
import os
import re
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

import pandas as pd

from helpers import parameters

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
LARGEST_TABLE = 5_000_000  # bytes; the largest table is a few hundred thousand, more is a mistake
MERGE_MARKER = re.compile(r"^(<{7}|={7}|>{7})( |$)", re.M)
LARGEST_CELL = 100_000  # characters; the longest one has a few thousand
CONTRACT = "datapackage.json"
RESTORE = "Restore it with git"
OWN_WORD = ("text", "official")  # of `said_by`: what a state or body says itself
GRADES = {  # how a fact was checked, in words; the firmest first
    "read": "checked at the source",
    "derived": "computed",
    "secondary": "second-hand",
    "recall": "general knowledge",
}
OLD_AFTER = timedelta(days=2 * 365)  # an observation older than this on `as_of` is marked old


class DataError(ValueError):
    """A table cannot be used as it is; the message lists every finding."""


@dataclass(frozen=True, order=True)
class Finding:
    """One fault of a table: where it is, what rule it breaks and how to mend it."""

    table: str
    line: int
    column: str
    value: str
    rule: str
    fix: str

    def __str__(self):
        column = f" {self.column[:80]!a}".replace("'", "") if self.column else ""
        value = f" {self.value[:80]!a}" if self.value else ""
        file = self.table if "." in self.table else f"{self.table}.csv"
        return f"data/{file}:{self.line}{column}{value}: {self.rule}. {self.fix}"


@functools.cache
def contract(folder: Path = DATA) -> dict[str, dict]:
    """The contract of every table by name, as datapackage.json states it; raises DataError where
    that file is no contract.
    """
    try:
        package = json.loads((folder / CONTRACT).read_text("utf-8"))
        return {resource["name"]: resource for resource in package["resources"]}
    except OSError as error:
        fault = Finding(
            CONTRACT, 1, "", "", f"the contract cannot be read ({error.strerror})", RESTORE
        )
    except json.JSONDecodeError as error:
        fault = Finding(
            CONTRACT,
            error.lineno,
            "",
            "",
            f"not JSON ({error.msg})",
            "Mend the line or restore the file with git",
        )
    except (ValueError, TypeError, KeyError):
        fault = Finding(
            CONTRACT, 1, "", "", "not a Data Package in UTF-8 with named resources", RESTORE
        )
    raise DataError(str(fault))


def columns(table: str, folder: Path = DATA) -> dict[str, dict]:
    """The columns of a table by name, in the contract's order."""
    return {column["name"]: column for column in contract(folder)[table]["schema"]["fields"]}


def key(table: str, folder: Path = DATA) -> str:
    """The column that identifies a row of the table."""
    return contract(folder)[table]["schema"]["primaryKey"][0]


def _decode(table: str, raw: bytes) -> str | Finding:
    """The text of a table, or why it has none: UTF-8 is wanted, with or without BOM and CRLF."""
    save = "Save it as 'CSV UTF-8', comma separated"
    if len(raw) > LARGEST_TABLE:
        return Finding(
            table,
            1,
            "",
            "",
            f"the file is larger than the limit of {LARGEST_TABLE:,} bytes",
            "Split it or look for a pasted file",
        )
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return Finding(table, 1, "", "", "the file is UTF-16", save)
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return Finding(table, line, "", "", "the file is not UTF-8", save)


def _header(table: str, header: list[str], wanted: list[str]) -> list[Finding]:
    """What is wrong with a header: semicolons, and columns missing, unknown or named twice."""
    if not any(header):
        return [
            Finding(
                table,
                1,
                "",
                "",
                "no header",
                "The first line names the columns; an empty file is not 'zero': restore it",
            )
        ]
    for sign, name in ((";", "semicolons"), ("\t", "tabs")):
        if len(header) == 1 and header[0].count(sign) >= len(wanted) - 1 > 0:
            return [
                Finding(
                    table,
                    1,
                    "",
                    "",
                    f"cells are separated by {name}",
                    "Save it as 'CSV UTF-8', comma separated",
                )
            ]
    found = []
    for name in header:
        if not name:
            found.append(
                Finding(
                    table,
                    1,
                    "",
                    "",
                    "a column without a name",
                    "Delete it: a spreadsheet may have left an empty last column",
                )
            )
        elif header.count(name) > 1:
            found.append(Finding(table, 1, name, "", "the column stands twice", "Keep one of them"))
        elif name not in wanted:
            close = difflib.get_close_matches(name, wanted, 1)
            fix = f"Did you mean {close[0]}?" if close else f"The columns are {', '.join(wanted)}"
            found.append(Finding(table, 1, name, "", "unknown column", fix))
    missing = [name for name in wanted if name not in header]
    return sorted(set(found)) + [
        Finding(table, 1, name, "", "missing column", "Add it, empty where unknown")
        for name in missing
    ]


def _lines(text: str):
    """Yield (line number, cells) for each record of a CSV text, or a csv.Error with its line."""
    csv.field_size_limit(
        LARGEST_CELL
    )  # of the whole process, and whoever is imported may have changed it
    reader = csv.reader(io.StringIO(text), strict=True)
    start = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield start, error
            return
        yield start, cells
        start = reader.line_num + 1


def _number(cell: str, kind: str):
    """A cell as a finite number of the contract's kind, or None where it is not one."""
    if kind == "integer":
        return int(cell) if re.fullmatch(r"-?\d{1,15}", cell, re.ASCII) else None
    if not re.fullmatch(r"-?\d{1,15}(\.\d{1,15})?", cell, re.ASCII):
        return None
    return float(cell)


def parse(table: str, raw: bytes, folder: Path = DATA) -> tuple[pd.DataFrame, list[Finding]]:
    """A table's bytes as typed rows, and every fault of form found on the way.

    Text columns hold '' where a cell is empty; number columns hold NA. Nothing is guessed: 'NA' and
    'NULL' are text.
    The frame is indexed by the row id, in file order, and has a column `line` with the line in the
    file.
    """
    wanted = columns(table, folder)
    text = _decode(table, raw)
    if isinstance(text, Finding):
        return pd.DataFrame(), [text]
    if marker := MERGE_MARKER.search(text):
        line = text[: marker.start()].count("\n") + 1
        return pd.DataFrame(), [
            Finding(
                table, line, "", "", "merge markers are left in the file", "Settle the merge first"
            )
        ]
    records = _lines(text)
    line, header = next(records, (1, []))
    if isinstance(header, csv.Error):
        return pd.DataFrame(), [
            Finding(
                table,
                line,
                "",
                "",
                f"not readable as CSV ({header})",
                "Look for an unclosed quotation mark",
            )
        ]
    found = _header(table, header, list(wanted))
    if found:
        return pd.DataFrame(), found
    rows, lines = [], []
    for line, cells in records:
        if isinstance(cells, csv.Error):
            found.append(
                Finding(
                    table,
                    line,
                    "",
                    "",
                    f"not readable as CSV ({cells})",
                    "A quotation mark opened here is not closed",
                )
            )
        elif len(cells) != len(header):
            what = f"{len(cells)} cells where the header has {len(header)}"
            found.append(
                Finding(
                    table,
                    line,
                    "",
                    ",".join(cells),
                    what,
                    "Quote a cell that holds a comma; delete blank lines",
                )
            )
        else:
            rows.append(cells)
            lines.append(line)
    frame = pd.DataFrame(rows, columns=header, dtype="str")[list(wanted)]
    for name, column in wanted.items():
        kind = column["type"]
        if kind == "string":
            continue
        numbers = [None if cell == "" else _number(cell, kind) for cell in frame[name]]
        for line, cell, number in zip(lines, frame[name], numbers, strict=True):
            if cell != "" and number is None:
                rule = "not a whole number" if kind == "integer" else "not a plain finite number"
                found.append(
                    Finding(
                        table,
                        line,
                        name,
                        cell,
                        rule,
                        "Digits only, a point for decimals; empty where unknown",
                    )
                )
        frame[name] = pd.array(numbers, dtype="Int64" if kind == "integer" else "Float64")
    if not rows and not found:
        found.append(
            Finding(
                table,
                1,
                "",
                "",
                "the table is empty",
                "A table without rows is not 'zero': restore it",
            )
        )
    frame["line"] = lines
    return frame.set_index(key(table, folder), drop=False).rename_axis(None), found


def read(table: str, folder: Path = DATA) -> tuple[pd.DataFrame, list[Finding]]:
    """A table's file as `parse` gives it; never more than LARGEST_TABLE of it is read, and a
    missing file is a finding.
    """
    try:
        with (folder / f"{table}.csv").open("rb") as file:
            raw = file.read(LARGEST_TABLE + 1)
    except OSError as error:
        return pd.DataFrame(), [
            Finding(table, 1, "", "", f"the file cannot be read ({error.strerror})", RESTORE)
        ]
    return parse(table, raw, folder)


READ: set[str] = set()  # the tables this process has loaded
TOLD = (  # the environment variable that may name a file which is told of each, a line a table
    "TABLES_READ"
)


def _note(*tables: str) -> None:
    for table in set(tables) - READ:
        READ.add(table)
        if TOLD in os.environ:
            with open(os.environ[TOLD], "a", encoding="utf-8") as told:
                told.write(f"{table}\n")


@functools.cache
def _load(table: str, folder: Path) -> pd.DataFrame:
    frame, found = read(table, folder)
    repeated = frame.index[frame.index.duplicated()] if not found else []
    found += [
        Finding(
            table,
            int(frame["line"][frame.index == id].iloc[-1]),
            key(table, folder),
            id,
            "the id stands twice",
            "Give each row its own",
        )
        for id in repeated
    ]
    if found:
        raise DataError("\n".join(map(str, found)) + "\n`make check-data` says more")
    return frame.drop(columns="line")


def load(table: str, folder: Path = DATA) -> pd.DataFrame:
    """All rows of a table, indexed by row id; raises DataError with every finding where the file is
    malformed.
    """
    if table not in contract(folder):
        raise KeyError(f"no table {table!r}; there are {', '.join(contract(folder))}")
    _note(table)
    return _load(table, folder).copy(deep=False)


def selection(function):
    """Keep what a selection of rows gives for the same arguments; each caller gets a copy of its
    own.
    """
    kept = functools.lru_cache(512)(function)
    return functools.wraps(function)(lambda *args, **named: kept(*args, **named).copy(deep=False))


def undated(function):
    """Hand a function the `undated` world: what is kept of it then serves every day, roster, seed
    and timing. It must look at none of them.
    """
    return functools.wraps(function)(
        lambda world, *args, **named: function(world.undated, *args, **named)
    )


def dated(function):
    """Hand a function the `dated` world: what is kept of it then serves every roster and seed. It
    must look at neither.
    """
    return functools.wraps(function)(
        lambda world, *args, **named: function(world.dated, *args, **named)
    )


@dataclass(frozen=True, order=True)
class Span:
    """The days a date of the tables names: '2025-12' is the whole of that December."""

    first: date
    last: date


@functools.cache
def span(text: str) -> Span:
    """The days named by YYYY, YYYY-MM or YYYY-MM-DD; raises ValueError for anything else."""
    if not re.fullmatch(r"\d{4}(-(?!00)\d\d){0,2}", text, re.ASCII):
        raise ValueError(f"{text!r} is no date; wanted YYYY, YYYY-MM or YYYY-MM-DD")
    year, month, day = ([int(part) for part in text.split("-")] + [0, 0])[:3]
    if day:
        return Span(date(year, month, day), date(year, month, day))
    if month:
        after = date(year + month // 12, month % 12 + 1, 1)
        return Span(date(year, month, 1), after - timedelta(days=1))
    return Span(date(year, 1, 1), date(year, 12, 31))


TIMINGS = ("settled", "open")


@dataclass(frozen=True)
class World:
    """The tables as they stand on one day, under one roster and one standard of evidence.

    as_of     the day the world is looked at, YYYY-MM-DD
    roster    whose membership counts: attested, europe or without-turkiye
    evidence  which rows count: all, or read (read at their source, and derived from rows that are)
    timing    settled: a row dated no more exactly than a month or year that is still running on
              `as_of` does not count yet;
              open: it does. Both are readings.
    """

    as_of: str = parameters.DEFAULTS["as_of"]
    roster: str = parameters.DEFAULTS["roster"]
    evidence: str = parameters.DEFAULTS["evidence"]
    seed: int = parameters.DEFAULTS["seed"]
    timing: str = "settled"
    folder: Path = field(default=DATA, repr=False)

    def __post_init__(self):
        parameters.check(
            as_of=self.as_of, roster=self.roster, evidence=self.evidence, seed=self.seed
        )
        if self.timing not in TIMINGS:
            raise ValueError(f"timing takes one of {', '.join(TIMINGS)}, not {self.timing!r}")

    @property
    def day(self) -> date:
        return date.fromisoformat(self.as_of)

    @property
    def undated(self) -> "World":
        """The world that has the same tables, whatever the day, the roster, the seed and the
        timing.
        """
        return World(evidence=self.evidence, folder=self.folder)

    @property
    def dated(self) -> "World":
        """The world that has the same rows on the day, whatever the roster and the seed."""
        return replace(self, roster=World.roster, seed=World.seed)

    def table(self, name: str) -> pd.DataFrame:
        """The rows of a table that the standard of evidence admits, whatever their date."""
        _note(name)
        return _table(self.undated, name).copy(deep=False)

    def _admitted(self, table: str, row) -> bool:
        """Whether a row was read at its source, or derived from rows that all were."""
        if row["verification"] != "derived":
            return row["verification"] == "read"
        names = [
            name for name, column in columns(table, self.folder).items() if column.get("inputs")
        ]
        inputs = [
            (columns(table, self.folder)[name]["list_of"].split(".")[0], id)
            for name in names
            for id in row[name].split()
        ]
        return bool(inputs) and all(
            load(other, self.folder).loc[id, "verification"] == "read" for other, id in inputs
        )

    def until(self, name: str, column: str = "date") -> pd.DataFrame:
        """The rows of a table that had happened by `as_of`, by the date in `column`."""
        _note(name)
        return _until(self.dated, name, column).copy(deep=False)

    def unread(self, name: str, column: str = "date") -> int:
        """How many rows of `until` the standard of evidence leaves out; a count of the others is
        'at least'.
        """
        return len(replace(self, evidence="all").until(name, column)) - len(
            self.until(name, column)
        )

    def fleets(self, capability: str, rank: str = "default") -> pd.DataFrame:
        """The newest observation of each fleet that was out by `as_of`: one row a fleet.

        Adds `old`: the last day the observation may name lies over two years before `as_of`. A
        fleet of which the standard of
        evidence admits no observation stays, `unread` and its numbers unknown: leaving it out would
        make it none.
        """
        _note("capabilities")
        return _fleets(self.dated, capability, rank).copy(deep=False)

    def attestations(self) -> pd.DataFrame:
        """Attendance, lists and statements by `as_of`, of states that the roster admits; Ukraine
        and partners included.
        """
        rows = self.until("attestations")
        countries = load("countries", self.folder)
        if self.roster == "europe":
            rows = rows[rows["country"].map(countries["europe"]) == "yes"]
        if self.roster == "without-turkiye":
            rows = rows[rows["country"] != "TUR"]
        return rows

    def members(self) -> list[str]:
        """The states whose participation is attested by `as_of`, without the host and partners;
        sorted codes.
        """
        _note("members", "attestations", "countries")
        return list(_members(self))


# The selections of a world, kept: the readings of a claim ask for the same ones again and again.


@functools.lru_cache(128)
def _table(world: World, name: str) -> pd.DataFrame:
    rows = load(name, world.folder)
    if world.evidence == "read" and "verification" in rows:
        rows = rows.loc[[world._admitted(name, row) for _, row in rows.iterrows()]]
    return rows


@functools.lru_cache(256)
def _until(world: World, name: str, column: str) -> pd.DataFrame:
    rows = _table(world.undated, name)
    spans = [span(text) for text in rows[column]]
    return rows.loc[
        [(days.last if world.timing == "settled" else days.first) <= world.day for days in spans]
    ]


@functools.lru_cache(64)
def _members(world: World) -> tuple[str, ...]:
    part = load("members", world.folder).set_index("country")["part"]
    seen = world.attestations()
    seen = seen[seen["kind"] != "disavowed"]
    return tuple(
        sorted(code for code in set(seen["country"]) if part.get(code, "member") == "member")
    )


@functools.lru_cache(64)
def _fleets(world: World, capability: str, rank: str) -> pd.DataFrame:
    rows = replace(world, evidence="all").until("capabilities", "observed")
    rows = rows[(rows["capability"] == capability) & (rows["rank"] == rank)].copy()
    published = [
        load("sources", world.folder)["published"].get(source, "") for source in rows["source_id"]
    ]
    rows = rows.loc[[not text or span(text).first <= world.day for text in published]]
    admitted = rows.index.isin(world.table("capabilities").index)
    unread = ~rows["fleet"].isin(rows.loc[admitted, "fleet"])
    rows.loc[unread, ["in_service", "in_service_low", "in_service_high", "on_order"]] = pd.NA
    rows = rows.assign(unread=unread)[admitted | unread]
    rows["last"] = [span(text).last for text in rows["observed"]]
    rows["first"] = [span(text).first for text in rows["observed"]]
    rows = (
        rows.sort_values(["last", "first", "id"])
        .drop_duplicates("fleet", keep="last")
        .sort_values("fleet")
    )
    rows["old"] = [world.day - last > OLD_AFTER for last in rows["last"]]
    return rows.drop(columns=["first", "last"])


@functools.cache
def _table_of(folder: Path) -> dict[str, str]:
    """The table of every row id; ids are unique over all tables (`make check-data` sees to it)."""
    return {
        id: table
        for table in contract(folder)
        if (folder / f"{table}.csv").exists()
        for id in _load(table, folder).index
    }


def table_of(row: str, folder: Path = DATA) -> str:
    """The table that holds a row id; raises KeyError for an id in none."""
    return _table_of(folder)[row]


def row(id: str, folder: Path = DATA) -> pd.Series:
    """The row with this id, whichever table holds it."""
    return load(table_of(id, folder), folder).loc[id]


@functools.cache
def _grades(table: str, folder: Path) -> dict[str, str]:
    return dict(_load(table, folder).get("verification", {}))


def grade(id: str, folder: Path = DATA) -> str:
    """How the row with this id was checked: see GRADES; '' where its table does not tell."""
    _note(table := table_of(id, folder))
    return _grades(table, folder).get(id, "")
