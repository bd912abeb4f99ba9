"""Read the CSV tables: their bytes into typed rows, with every fault of form on the way."""

import csv
import difflib
import functools
import io
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from helpers import word_check
from helpers.data import contract_of_tables
from helpers.data.contract_of_tables import columns, key
from helpers.data.faults_of_tables import (
    CELL_COUNT,
    COLUMN_MISSING,
    COLUMN_TWICE,
    COLUMN_UNKNOWN,
    COLUMN_UNNAMED,
    FILE_NOT_UTF_8,
    FILE_TOO_LARGE,
    FILE_UNREADABLE,
    FILE_UTF_16,
    HEADER_MISSING,
    ID_TWICE,
    MERGE_LEFT,
    NOT_A_NUMBER,
    NOT_CSV,
    NOT_WHOLE,
    TABLE_EMPTY,
    WRONG_SEPARATOR,
    DataError,
    Finding,
)
from helpers.data.folders import DATA
from helpers.data.plain_files import content
from helpers.data.rows_as_frame import Rows

LARGEST_TABLE = 5_000_000  # bytes; the largest table is a few hundred thousand, more is a mistake
MERGE_MARKER = re.compile(r"^(<{7}|={7}|>{7})( |$)", re.M)
LARGEST_CELL = 32_767  # characters that a cell of a workbook takes; the longest has a thousand
NUMBER = re.compile(r"(?!-[0.]+$)-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?", re.ASCII)


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


def note_read(table: str) -> None:
    """Note that this process reads a table, in the file that TABLES_READ names too."""
    if table not in READ:
        READ.add(table)
        if TABLES_READ in os.environ:
            with open(os.environ[TABLES_READ], "a", encoding="utf-8") as file:
                file.write(f"{table}\n")


@functools.cache
def kept_rows(table: str, folder: Path) -> pd.DataFrame:
    """Read a table once; raises DataError with its findings where it cannot be used."""
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
    table = word_check.word("table", table, contract_of_tables.contract(folder))
    note_read(table)
    return kept_rows(table, folder).copy(deep=False)
