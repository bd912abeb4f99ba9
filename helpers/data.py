"""Load the tables of data/, and look at the world they describe on one day."""

import csv
import difflib
import errno
import functools
import io
import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import pandas as pd

from helpers import notebook_parameters, word_check

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
LARGEST_TABLE = 5_000_000  # bytes; the largest table is a few hundred thousand, more is a mistake
MERGE_MARKER = re.compile(r"^(<{7}|={7}|>{7})( |$)", re.M)
LARGEST_CELL = 32_767  # characters that a cell of a workbook takes; the longest has a thousand
CONTRACT = "datapackage.json"
OWN_WORD = ("text", "official")  # of `said_by`: what a state or body says itself
SILENT = "not named"  # of `quoted_publisher`: a page that does not say whose report it passes on
GRADES = {  # how a fact was checked, in words; the firmest first
    "read": "checked at the source",
    "derived": "computed",
    "secondary": "second-hand",
    "recall": "general knowledge",
}
OLD_AFTER = timedelta(days=2 * 365)  # an observation older than this on `as_of` is marked old

NO_CLIPBOARD = (
    "There is no clipboard here: Linux needs xclip, xsel or wl-clipboard and a screen."
    " to_excel('table.xlsx') or to_csv('table.csv') write a file instead"
)

P = ParamSpec("P")
Result = TypeVar("Result")


class DataError(word_check.Told):
    """A table cannot be used as it is; the message lists every finding.

    `code` is the code of the first finding.
    """

    def __init__(self, message: str, code: str = "data"):
        super().__init__(message)
        self.code = code


class Rows(pd.DataFrame):
    """Rows of a table with their ids as the index and in a column too: they are shown and written
    once. Options are those of pandas.
    """

    @property
    def _constructor(self) -> type["Rows"]:
        return Rows

    def _repeats(self) -> list[str]:
        """The columns that say the same as the index."""
        return [name for name, cells in self.items() if self.index.equals(pd.Index(cells))]

    def _index_once(self) -> dict[str, bool]:
        return {"index": not self._repeats()}

    def __repr__(self) -> str:
        return repr(pd.DataFrame(self).drop(columns=self._repeats()))

    def _repr_html_(self) -> str:
        """Every column: words from the left on one line, numbers from the right, what is unknown
        empty; what is too wide is scrolled.
        """
        shown = pd.DataFrame(self).drop(columns=self._repeats())
        numbers = [
            str(place)
            for place, (_, cells) in enumerate(shown.items(), shown.index.nlevels + 1)
            if pd.api.types.is_numeric_dtype(cells)
        ]
        name = "-".join(["rows", *numbers])
        right = ", ".join(f".{name} table :is(td, th):nth-child({place})" for place in numbers)
        style = f".{name} table :is(td, th) {{text-align: left !important; white-space: nowrap}}"
        if numbers:
            style += f" {right} {{text-align: right !important}}"
        with pd.option_context("display.max_columns", None):
            table = shown._repr_html_().replace("&lt;NA&gt;", "")
        return f'<style>{style}</style><div class="{name}" style="overflow-x: auto">{table}</div>'

    def sort_values(self, *by: Any, **options: Any) -> Any:
        """As of pandas, but rows that are alike stay in their order: which of them came first would
        hang on the processor.
        """
        return super().sort_values(*by, **{"kind": "stable"} | options)

    def to_excel(self, *to: Any, **options: Any) -> None:
        super().to_excel(*to, **self._index_once() | options)

    def to_csv(self, *to: Any, **options: Any) -> str | None:
        return super().to_csv(*to, **self._index_once() | options)

    def to_clipboard(self, **options: Any) -> None:
        """Put the rows on the clipboard; raises RuntimeError where the system has none."""
        try:
            super().to_clipboard(**self._index_once() | options)
        except RuntimeError:
            raise RuntimeError(NO_CLIPBOARD) from None


@dataclass(frozen=True, order=True)
class Finding:
    """One fault of a table: where it is, which rule it breaks and how to mend it."""

    table: str
    line: int
    column: str
    value: str
    rule: str
    fix: str
    code: str = ""

    def __str__(self) -> str:
        column = f" {self.column[:80]!a}".replace("'", "") if self.column else ""
        value = f" {self.value[:80]!a}" if self.value else ""
        file = self.table if "." in self.table else f"{self.table}.csv"
        path = file if "/" in file else f"data/{file}"
        return f"{path}:{self.line}{column}{value}: {self.rule}. {self.fix}"


@dataclass(frozen=True)
class Rule:
    """A rule that tables keep: its code, and the sentence and fix of a finding that breaks it.

    Sentence and fix may name words in braces, which the finding gives.
    """

    code: str
    sentence: str
    fix: str

    def broken(
        self, table: str, line: int = 1, column: str = "", value: str = "", /, **words: object
    ) -> Finding:
        """The finding that a table breaks the rule.

        Parameters
        ----------
        table : str
            The name of the table, or of a file in data/, or the path of another file.
        line : int
            The line of the file.
        column, value : str
            The column and the cell, where the fault is one of a cell.
        **words
            What the sentence and the fix name in braces.
        """
        sentence, fix = self.sentence.format(**words), self.fix.format(**words)
        return Finding(table, line, column, value, sentence, fix, self.code)


RESTORE = "Restore it with git"
SAVE = "Save it as 'CSV UTF-8', comma separated"
CONTRACT_UNREADABLE = Rule("contract-unreadable", "the contract cannot be read ({reason})", RESTORE)
CONTRACT_NOT_JSON = Rule(
    "contract-not-json", "not JSON ({reason})", "Mend the line or restore the file with git"
)
CONTRACT_MALFORMED = Rule(
    "contract-malformed", "not a Data Package in UTF-8 with named resources", RESTORE
)
CONTRACT_LACKS = Rule("contract-lacks", "the contract lacks the {what}", RESTORE)
FILE_TOO_LARGE = Rule(
    "file-too-large",
    "the file is larger than the limit of {limit:,} bytes",
    "Split it or look for a pasted file",
)
FILE_UTF_16 = Rule("file-utf-16", "the file is UTF-16", SAVE)
FILE_NOT_UTF_8 = Rule("file-not-utf-8", "the file is not UTF-8", SAVE)
FILE_UNREADABLE = Rule("file-unreadable", "the file cannot be read ({reason})", RESTORE)
MERGE_LEFT = Rule("merge-markers", "merge markers are left in the file", "Settle the merge first")
HEADER_MISSING = Rule(
    "header-missing",
    "no header",
    "The first line names the columns; an empty file is not 'zero': restore it",
)
WRONG_SEPARATOR = Rule("wrong-separator", "cells are separated by {separator}", SAVE)
COLUMN_UNNAMED = Rule(
    "column-unnamed",
    "a column without a name",
    "Delete it: a spreadsheet may have left an empty last column",
)
COLUMN_TWICE = Rule("column-twice", "the column stands twice", "Keep one of them")
COLUMN_UNKNOWN = Rule("column-unknown", "unknown column", "{hint}")
COLUMN_MISSING = Rule("column-missing", "missing column", "Add it, empty where unknown")
NOT_CSV = Rule("not-csv", "not readable as CSV ({reason})", "{hint}")
CELL_COUNT = Rule(
    "cell-count",
    "{cells} cells where the header has {columns}",
    "Quote a cell that holds a comma; delete blank lines",
)
DIGITS = "Digits only, a point for decimals; empty where unknown"
NUMBER = re.compile(r"(?!-[0.]+$)-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?", re.ASCII)
NOT_WHOLE = Rule("not-a-whole-number", "not a whole number", DIGITS)
NOT_A_NUMBER = Rule("not-a-number", "not a plain finite number", DIGITS)
TABLE_EMPTY = Rule(
    "table-empty", "the table is empty", "A table without rows is not 'zero': restore it"
)
ID_TWICE = Rule("id-twice", "the id stands twice", "Give each row its own")


def content(file: Path, most: int = -1) -> bytes:
    """The bytes of a plain file, at most so many; OSError for anything else, such as a pipe, which
    would be waited for without end.
    """
    if file.exists() and not file.is_file() and not file.is_dir():
        raise OSError(errno.EINVAL, "no plain file", str(file))
    with file.open("rb") as opened:
        return opened.read(most)


def text(file: Path) -> str:
    """A plain file of UTF-8 as text; DataError where it is none."""
    raw = content(file)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        message = f"{file.name}:{line}: the file is not UTF-8. Save it as UTF-8"
        raise DataError(message, FILE_NOT_UTF_8.code) from None


def package(folder: Path = DATA) -> dict:
    """What datapackage.json says of all tables together: title, description, version."""
    contract(folder)  # refuses what is none
    return json.loads(text(folder / CONTRACT))


@functools.cache
def contract(folder: Path = DATA) -> dict[str, dict]:
    """The contract of every table by name, as datapackage.json states it.

    Raises DataError where that file is no contract.
    """
    try:
        package = json.loads(content(folder / CONTRACT).decode())
        resources = {resource["name"]: resource for resource in package["resources"]}
        if lacks := next(filter(None, map(_lacks, resources.values())), None):
            fault = CONTRACT_LACKS.broken(CONTRACT, what=lacks)
            raise DataError(str(fault), fault.code)
        return resources
    except DataError:
        raise
    except RecursionError:
        fault = CONTRACT_NOT_JSON.broken(CONTRACT, reason="nested too deep")
    except OSError as error:
        fault = CONTRACT_UNREADABLE.broken(CONTRACT, reason=error.strerror)
    except json.JSONDecodeError as error:
        fault = CONTRACT_NOT_JSON.broken(CONTRACT, error.lineno, reason=error.msg)
    except (ValueError, TypeError, KeyError):
        fault = CONTRACT_MALFORMED.broken(CONTRACT)
    raise DataError(str(fault), fault.code)


def _lacks(resource: dict) -> str:
    """What the contract of a table lacks without which no table can be read; empty if nothing."""
    schema = resource["schema"]
    for name in ("primaryKey", "missingValues", "fields"):
        if not isinstance(schema.get(name), list) or not schema[name]:
            return f"{name} of {resource['name']}"
    for number, column in enumerate(schema["fields"], 1):
        for name in ("name", "type", "description"):
            if not isinstance(column.get(name), str):
                return f"{name} of column {number} of {resource['name']}"
    return ""


def _schema(table: str, folder: Path) -> dict:
    """What the contract declares of a table; raises WordError for one that it does not name."""
    tables = contract(folder)
    return tables[word_check.word("table", table, tables)]["schema"]


def columns(table: str, folder: Path = DATA) -> dict[str, dict]:
    """The columns of a table by name, in the contract's order."""
    return {column["name"]: column for column in _schema(table, folder)["fields"]}


def key(table: str, folder: Path = DATA) -> str:
    """The column that identifies a row of the table."""
    return _schema(table, folder)["primaryKey"][0]


def _decode(table: str, raw: bytes) -> str | Finding:
    """Decode a table's bytes as UTF-8, with or without BOM and CRLF, or say why that fails."""
    if len(raw) > LARGEST_TABLE:
        return FILE_TOO_LARGE.broken(table, limit=LARGEST_TABLE)
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return FILE_UTF_16.broken(table)
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        return FILE_NOT_UTF_8.broken(table, raw[: error.start].count(b"\n") + 1)


def _header(table: str, header: list[str], wanted: list[str]) -> list[Finding]:
    """Find columns that are missing, unknown, unnamed or doubled, and other separators."""
    if not any(header):
        return [HEADER_MISSING.broken(table)]
    for sign, name in ((";", "semicolons"), ("\t", "tabs")):
        if len(header) == 1 and header[0].count(sign) >= len(wanted) - 1 > 0:
            return [WRONG_SEPARATOR.broken(table, separator=name)]
    findings = set()
    for name in header:
        if not name:
            findings.add(COLUMN_UNNAMED.broken(table))
        elif header.count(name) > 1:
            findings.add(COLUMN_TWICE.broken(table, 1, name))
        elif name not in wanted:
            close = difflib.get_close_matches(name, wanted, 1)
            hint = f"Did you mean {close[0]}?" if close else f"The columns are {', '.join(wanted)}"
            findings.add(COLUMN_UNKNOWN.broken(table, 1, name, hint=hint))
    missing = [name for name in wanted if name not in header]
    return sorted(findings) + [COLUMN_MISSING.broken(table, 1, name) for name in missing]


def _records(text: str) -> Iterator[tuple[int, list[str] | csv.Error]]:
    """Yield the line number and cells of each record of a CSV text; an error ends it."""
    csv.field_size_limit(LARGEST_CELL)  # global to the process, so that others may have changed it
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


def _number(cell: str, kind: str) -> int | float | None:
    """A cell as a finite number of the contract's kind, or None where it is not one.

    Zero has no sign, and no number begins with a zero too many.
    """
    if not NUMBER.fullmatch(cell) or (kind == "integer" and "." in cell):
        return None
    return int(cell) if kind == "integer" else float(cell)


def parse(table: str, raw: bytes, folder: Path = DATA) -> tuple[pd.DataFrame, list[Finding]]:
    """Parse a table's bytes into typed rows, and find every fault of form on the way.

    Nothing is guessed: 'NA' and 'NULL' are text.

    Parameters
    ----------
    table : str
        The name of the table.
    raw : bytes
        The content of its file.
    folder : Path
        The data folder whose contract holds.

    Returns
    -------
    DataFrame
        Indexed by row id, in file order, with a column `line` for the line in the file. Text
        columns hold '' where a cell is empty; number columns hold NA.
    list of Finding
        The faults; where there are any the frame may be empty.
    """
    wanted = columns(table, folder)
    text = _decode(table, raw)
    if isinstance(text, Finding):
        return pd.DataFrame(), [text]
    if marker := MERGE_MARKER.search(text):
        line = text[: marker.start()].count("\n") + 1
        return pd.DataFrame(), [MERGE_LEFT.broken(table, line)]
    records = _records(text)
    line, header = next(records, (1, []))
    if isinstance(header, csv.Error):
        hint = "Look for an unclosed quotation mark"
        return pd.DataFrame(), [NOT_CSV.broken(table, line, reason=header, hint=hint)]
    findings = _header(table, header, list(wanted))
    if findings:
        return pd.DataFrame(), findings
    rows, lines = [], []
    for line, cells in records:
        if isinstance(cells, csv.Error):
            hint = "A quotation mark opened here is not closed"
            findings.append(NOT_CSV.broken(table, line, reason=cells, hint=hint))
        elif len(cells) != len(header):
            counts = {"cells": len(cells), "columns": len(header)}
            findings.append(CELL_COUNT.broken(table, line, "", ",".join(cells), **counts))
        else:
            rows.append(cells)
            lines.append(line)
    frame = pd.DataFrame(rows, columns=header, dtype=object)[list(wanted)]
    for name, column in wanted.items():
        kind = column["type"]
        if kind == "string":
            continue
        rule = NOT_WHOLE if kind == "integer" else NOT_A_NUMBER
        numbers = [None if cell == "" else _number(cell, kind) for cell in frame[name]]
        for line, cell, number in zip(lines, frame[name], numbers, strict=True):
            if cell != "" and number is None:
                findings.append(rule.broken(table, line, name, cell))
        frame[name] = pd.array(numbers, dtype="Int64" if kind == "integer" else "Float64")
    if not rows and not findings:
        findings.append(TABLE_EMPTY.broken(table))
    frame["line"] = lines
    return frame.set_index(key(table, folder), drop=False).rename_axis(None), findings


def read(table: str, folder: Path = DATA) -> tuple[pd.DataFrame, list[Finding]]:
    """Read a table's file and `parse` it; a missing file is a finding, and so is one that is
    longer than LARGEST_TABLE, of which no more is read.
    """
    try:
        raw = content(folder / f"{table}.csv", LARGEST_TABLE + 1)
    except OSError as error:
        return pd.DataFrame(), [FILE_UNREADABLE.broken(table, reason=error.strerror)]
    return parse(table, raw, folder)


READ: set[str] = set()  # the tables this process has loaded
TABLES_READ = "TABLES_READ"  # the environment variable that may name a file to list them in


def _note(table: str) -> None:
    """Note that this process reads a table, in the file that TABLES_READ names too."""
    if table not in READ:
        READ.add(table)
        if TABLES_READ in os.environ:
            with open(os.environ[TABLES_READ], "a", encoding="utf-8") as file:
                file.write(f"{table}\n")


@functools.cache
def _load(table: str, folder: Path) -> pd.DataFrame:
    frame, findings = read(table, folder)
    if not findings:
        column = key(table, folder)
        findings = [
            ID_TWICE.broken(table, int(frame["line"][frame.index == id].iloc[-1]), column, id)
            for id in frame.index[frame.index.duplicated()]
        ]
    if findings:
        sentences = "\n".join(map(str, findings))
        raise DataError(f"{sentences}\n`make check-data` says more", findings[0].code)
    return Rows(frame.drop(columns="line").sort_index())


def load(table: str, folder: Path = DATA) -> pd.DataFrame:
    """Load all rows of a table, indexed by row id and in the order of these: what stands first in
    the file changes nothing.

    Raises DataError with every finding where the file is malformed.
    """
    table = word_check.word("table", table, contract(folder))
    _note(table)
    return _load(table, folder).copy(deep=False)


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


# Selections are cached by what they depend on: the readings of a claim ask for the same ones again
# and again.

CACHED = 1024  # results of one selection


class UndeclaredError(RuntimeError):
    """A selection read a field of the world that its `depends_on` does not name."""


def selection(
    *, depends_on: tuple[str, ...]
) -> Callable[[Callable[Concatenate[Any, P], Result]], Callable[Concatenate[Any, P], Result]]:
    """Cache a function of a world by the fields of the world that it depends on.

    The function is handed a narrowed world: reading another field raises UndeclaredError, so that
    no result is shared between worlds in which it differs. Each caller gets its own copy of a
    frame or list.

    Parameters
    ----------
    depends_on : tuple of str
        Fields of `World`, such as ("as_of", "timing", "evidence"); the folder is always one.
    """

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        cached = _cached(function)

        @functools.wraps(function)
        def narrowing(world: "World", *args: Any, **named: Any) -> Any:
            return cached(world.narrowed(*depends_on), *args, **named)

        return narrowing

    return decorate


def _cached(function: Callable[..., Any]) -> Callable[..., Any]:
    """Cache a function; each caller gets its own copy of a result that can be changed."""
    cached = functools.lru_cache(CACHED)(function)

    @functools.wraps(function)
    def copying(*args: Any, **named: Any) -> Any:
        result = cached(*args, **named)
        if isinstance(result, pd.DataFrame | pd.Series):
            return result.copy(deep=False)
        return result.copy() if isinstance(result, list | dict | set) else result

    return copying


TIMINGS = ("settled", "open")
UNDATED = ("evidence",)  # what the rows of a table depend on
DATED = ("as_of", "evidence", "timing")  # what the rows of a table by a day depend on
ROSTER = (*DATED, "roster")  # what the states that take part depend on


@dataclass(frozen=True)
class World:
    """The tables as they stand on one day, under one roster and one standard of evidence.

    Parameters
    ----------
    as_of : str
        The day the world is looked at, YYYY-MM-DD.
    roster : str
        Whose membership counts: attested, europe or without-turkiye.
    evidence : str
        Which rows count: all, or read (read at their source, and derived from rows that are).
    seed : int
        What random draws begin with.
    timing : str
        Whether a row counts that is dated no more exactly than a month or year which is still
        running on `as_of`: not yet if settled, already if open. Both are readings.
    folder : Path
        The data folder.
    """

    as_of: str = notebook_parameters.DEFAULTS["as_of"]
    roster: str = notebook_parameters.DEFAULTS["roster"]
    evidence: str = notebook_parameters.DEFAULTS["evidence"]
    seed: int = notebook_parameters.DEFAULTS["seed"]
    timing: str = "settled"
    folder: Path = field(default=DATA, repr=False)

    def __new__(cls, *values: Any, **given: Any) -> "World":
        known = World.__dataclass_fields__
        for name in given.keys() - known.keys():
            raise word_check.WordError("parameter", name, known)
        return super().__new__(cls)

    def __post_init__(self) -> None:
        given = vars(self)
        notebook_parameters.check(
            **{name: given[name] for name in notebook_parameters.RULES if name in given}
        )
        timing = given.get("timing", "settled")
        if timing not in TIMINGS:
            raise word_check.WordError("timing", timing, TIMINGS)

    @property
    def day(self) -> date:
        return date.fromisoformat(self.as_of)

    @property
    def country_names(self) -> pd.Series:
        """What each state is called, by its code."""
        return load("countries", self.folder)["name"]

    def narrowed(self, *depends_on: str) -> "World":
        """The world with these fields and the folder; reading another raises UndeclaredError."""
        return _narrowed(self, frozenset((*depends_on, "folder")))

    @selection(depends_on=UNDATED)
    def table(self, name: str) -> pd.DataFrame:
        """The rows of a table that the standard of evidence admits, whatever their date."""
        rows = load(name, self.folder)
        if self.evidence == "read" and "verification" in rows:
            rows = rows.loc[[self._admitted(name, row) for _, row in rows.iterrows()]]
        return rows

    def _admitted(self, table: str, row: pd.Series) -> bool:
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

    @selection(depends_on=DATED)
    def until(self, name: str, column: str = "date") -> pd.DataFrame:
        """The rows of a table that had happened by `as_of`, by the date in `column`."""
        rows = self.table(name)
        end = "last" if self.timing == "settled" else "first"
        return rows.loc[[getattr(span(text), end) <= self.day for text in rows[column]]]

    def unread(self, name: str, column: str = "date") -> int:
        """How many rows of `until` the standard of evidence leaves out.

        Where there are any, a count of the others is 'at least'.
        """
        every = replace(self, evidence="all").until(name, column)
        return len(every) - len(self.until(name, column))

    @selection(depends_on=DATED)
    def fleets(self, capability: str, rank: str = "default") -> pd.DataFrame:
        """The newest observation of each fleet that was out by `as_of`: one row a fleet.

        Adds `old`: the last day the observation may name lies over two years before `as_of`. A
        fleet of which the standard of evidence admits no observation stays, `unread` and its
        numbers unknown: leaving it out would count it as none.
        """
        capability = known("capabilities", "capability", capability, self.folder)
        rank = known("capabilities", "rank", rank, self.folder)
        rows = replace(self, evidence="all").until("capabilities", "observed")
        rows = rows[(rows["capability"] == capability) & (rows["rank"] == rank)].copy()
        sources = load("sources", self.folder)["published"]
        published = [sources.get(source, "") for source in rows["source_id"]]
        rows = rows.loc[[not text or span(text).first <= self.day for text in published]]
        admitted = rows.index.isin(self.table("capabilities").index)
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
        rows["old"] = [self.day - last > OLD_AFTER for last in rows["last"]]
        return rows.drop(columns=["first", "last"])

    @selection(depends_on=ROSTER)
    def attestations(self) -> pd.DataFrame:
        """Attendance, lists and statements by `as_of`, of states that the roster admits.

        Ukraine and partners are among them.
        """
        rows = self.until("attestations")
        countries = load("countries", self.folder)
        if self.roster == "europe":
            rows = rows[rows["country"].map(countries["europe"]) == "yes"]
        if self.roster == "without-turkiye":
            rows = rows[rows["country"] != "TUR"]
        return rows

    @selection(depends_on=ROSTER)
    def members(self) -> list[str]:
        """The states whose participation is attested by `as_of`, as sorted codes.

        The host and partners are not among them.
        """
        part = load("members", self.folder).set_index("country")["part"]
        attested = self.attestations()
        attested = attested[attested["kind"] != "disavowed"]
        return sorted(
            code for code in set(attested["country"]) if part.get(code, "member") == "member"
        )


@functools.lru_cache(CACHED)
def _narrowed(world: World, names: frozenset[str]) -> World:
    return _narrowed_class(names)(**{name: getattr(world, name) for name in names})


@functools.cache
def _narrowed_class(names: frozenset[str]) -> type[World]:
    """The class of worlds that have only the named fields."""

    def undeclared(name: str) -> property:
        def read(world: World) -> None:
            declared = ", ".join(sorted(names - {"folder"}))
            raise UndeclaredError(f"{name} is read by a selection that depends on {declared} only")

        return property(read)

    class Narrowed(World):
        def __init__(self, **values: Any):
            vars(self).update(values)
            self.__post_init__()

        def __eq__(self, other: object) -> bool:
            return type(self) is type(other) and vars(self) == vars(other)

        def __hash__(self) -> int:
            return hash(tuple(vars(self)[name] for name in kept))

        def __repr__(self) -> str:
            return f"World({', '.join(f'{name}={vars(self)[name]!r}' for name in kept)})"

    kept = sorted(names)
    every = {each.name: each for each in fields(World)}
    for name in every.keys() - names:
        setattr(Narrowed, name, undeclared(name))
    # what dataclasses.replace copies
    setattr(Narrowed, "__dataclass_fields__", {name: every[name] for name in kept})  # noqa: B010
    return Narrowed


@functools.cache
def _table_of(folder: Path) -> dict[str, str]:
    """The table of every row id; ids are unique over all tables (`make check-data` sees to it)."""
    return {
        id: table
        for table in contract(folder)
        if (folder / f"{table}.csv").exists()
        for id in _load(table, folder).index
    }


def known_row(id: str, folder: Path = DATA) -> str:
    """A row id as its table writes it; raises WordError for an id in none."""
    return word_check.word("row", id, _table_of(folder))


def table_of(id: str, folder: Path = DATA) -> str:
    """The table that holds a row id; raises WordError for an id in none."""
    return _table_of(folder)[known_row(id, folder)]


@functools.cache
def _row(table: str, id: str, folder: Path) -> pd.Series:
    return _load(table, folder).loc[id]


@functools.cache
def words_of(table: str, column: str, folder: Path) -> frozenset[str]:
    """The words that the contract declares for a column, or else those that stand in its rows, such
    as the ids of the column that identifies them.
    """
    if column == key(table, folder):
        return frozenset(_load(table, folder).index)
    fields = columns(table, folder)
    declared = fields[word_check.word("column", column, fields)].get("constraints", {}).get("enum")
    return frozenset(declared or _load(table, folder)[column])


def known(table: str, column: str, word: str, folder: Path = DATA) -> str:
    """A word as a column writes it; raises WordError for one that the contract does not declare
    for it, or that stands in none of its rows.
    """
    return word_check.word(column.replace("_", " "), word, words_of(table, column, folder))


@functools.lru_cache(CACHED)
def _lines(table: str, folder: Path, written: int) -> dict[str, int]:
    frame, _ = read(table, folder)
    return {id: row for row, id in enumerate(frame.index, 1)}


def lines(table: str, folder: Path = DATA) -> dict[str, int]:
    """The row of its file in which each id of a table stands, as the file is now, from 1 below the
    header; none where the file cannot be read.
    """
    table = word_check.word("table", table, contract(folder))
    return _lines(table, folder, (folder / f"{table}.csv").stat().st_mtime_ns)


def place(id: str, folder: Path = DATA) -> tuple[str, int]:
    """The table that holds a row id, and which row of its file it is, from 1 below the header;
    raises WordError for an id in none.
    """
    id = known_row(id, folder)
    table = table_of(id, folder)
    return table, lines(table, folder)[id]


def in_jupyterlab() -> bool:
    """Whether this is a kernel that JupyterLab started for a notebook that somebody has open."""
    return "JPY_SESSION_NAME" in os.environ


def row(id: str, folder: Path = DATA) -> pd.Series:
    """The row with this id, whichever table holds it; raises WordError for an id in none."""
    id = known_row(id, folder)
    table = table_of(id, folder)
    _note(table)
    return _row(table, id, folder).copy(deep=False)


def quoted(source: Mapping[str, Any]) -> str:
    """Whom a source quotes by name; '' where it speaks for itself or keeps silent."""
    name = source["quoted_publisher"] or ""
    return "" if name == SILENT else name


def first_publisher(source: Mapping[str, Any]) -> str:
    """Whose report a source is: of whom it quotes by name, else its own publisher's."""
    return quoted(source) or source["publisher"]


def known_as(source: Mapping[str, Any], first: bool = True) -> str:
    """A source as readers are told it: by whose report it is, and where that is no more than the
    address of a site, by its title too.

    first  whom it quotes by name counts before its own publisher
    """
    publisher = first_publisher(source) if first else source["publisher"]
    if not re.search(r"(^|[ (])[a-z\d-]+(\.[a-z\d-]+)*\.[a-z]{2,}\b", publisher):
        return publisher
    return f"{publisher}, “{source['title']}”" if source["title"] else publisher


@functools.cache
def _grades(table: str, folder: Path) -> dict[str, str]:
    return dict(_load(table, folder).get("verification", {}))


def grade(id: str, folder: Path = DATA) -> str:
    """How the row with this id was checked: see GRADES; '' where its table does not tell."""
    id = known_row(id, folder)
    table = table_of(id, folder)
    _note(table)
    return _grades(table, folder).get(id, "")
