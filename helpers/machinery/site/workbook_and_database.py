"""All tables with their dictionary in one file, to take away: a workbook and a database.

The bytes hang on what the tables say and on nothing else. Rows stand in the order of their ids.
Nothing is compressed, as versions of zlib differ; no day is written but a fixed one, and no version
of SQLite.
"""

import io
import sqlite3
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import xlsxwriter

from helpers.machinery.check import column_in_words
from helpers.machinery.site.data_pages import Tables

WORKBOOK, DATABASE = "willing-and-able.xlsx", "willing-and-able.sqlite"
FILES = {  # by their address beside the pages, with what they are to a reader and to a machine
    f"data/{WORKBOOK}": (
        "all tables and their dictionary as one workbook",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    f"data/{DATABASE}": (
        "all tables and their dictionary as one SQLite file",
        "application/vnd.sqlite3",
    ),
}
CREATED = datetime(2025, 12, 20)  # of every workbook: the article's day
WRITER = 96  # where a database names the version of SQLite that wrote it; nothing reads it
TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "REAL"}
Column = tuple[str, str]  # a name and a type, as a contract has them
ABOUT = {  # two tables about the tables
    "tables": (("table", "title", "holds", "rows"), ("string", "string", "string", "integer")),
    "dictionary": (("table", "column", "meaning", "holds", "allowed", "example"), ("string",) * 6),
}


def write(folder: Path, tables: Tables) -> None:
    """Write the workbook and the database into a folder."""
    workbook(folder / WORKBOOK, tables)
    database(folder / DATABASE, tables)


def sheets(tables: Tables) -> Iterator[tuple[str, list[Column], list[list]]]:
    """Name, columns and rows of all that is written: what the tables are, their dictionary, and
    each of them by the ids of its rows; None where a cell is empty.
    """
    about = {
        "tables": [
            [name, facts["title"], facts["description"], len(tables.rows[name])]
            for name, facts in tables.contract.items()
        ],
        "dictionary": [
            [
                name,
                column["name"],
                column_in_words.meaning(column),
                column_in_words.holds(column),
                column_in_words.allowed(column, facts["schema"]),
                str(column.get("example", "")) or None,
            ]
            for name, facts in tables.contract.items()
            for column in facts["schema"]["fields"]
        ],
    }
    for name, (names, types) in ABOUT.items():
        yield name, list(zip(names, types, strict=True)), about[name]
    for name in tables.contract:
        columns = [(column["name"], column["type"]) for column in tables.columns(name)]
        yield (
            name,
            columns,
            [
                [None if row[column] == "" else row[column] for column, _ in columns]
                for _, row in sorted(tables.rows[name].items())
            ],
        )


def workbook(file: Path, tables: Tables) -> None:
    """Write the tables as a workbook, a sheet each."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        book.set_properties({"title": "Willing and Able?", "created": CREATED})
        heading = book.add_format({"bold": True})
        for name, columns, rows in sheets(tables):
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 1)
            for place, (column, _) in enumerate(columns):
                sheet.write_string(0, place, column, heading)
            for line, row in enumerate(rows, 1):
                for place, cell in enumerate(row):
                    if isinstance(cell, str):
                        sheet.write_string(line, place, cell)
                    elif cell is not None:
                        sheet.write_number(line, place, cell)
    with zipfile.ZipFile(made) as packed, zipfile.ZipFile(file, "w") as plain:
        for member in packed.infolist():
            plain.writestr(zipfile.ZipInfo(member.filename), packed.read(member))


def database(file: Path, tables: Tables) -> None:
    """Write the tables as an SQLite database that knows which column refers to which table."""
    base = sqlite3.connect(file, isolation_level=None)
    try:
        for setting in ("page_size = 4096", "auto_vacuum = 0", "journal_mode = off"):
            base.execute(f"PRAGMA {setting}")
        base.execute("BEGIN")
        for name, columns, rows in sheets(tables):
            parts = [f"{_quoted(column)} {TYPES[kind]}" for column, kind in columns]
            if name in tables.contract:
                parts += _keys(tables.contract[name]["schema"], tables)
            base.execute(f"CREATE TABLE {_quoted(name)} ({', '.join(parts)})")
            marks = ", ".join("?" * len(columns))
            base.executemany(f"INSERT INTO {_quoted(name)} VALUES ({marks})", rows)
        base.execute("COMMIT")
    finally:
        base.close()
    with file.open("r+b") as made:
        made.seek(WRITER)
        made.write(bytes(4))


def _keys(schema: dict, tables: Tables) -> Iterator[str]:
    """The primary key of a table and its foreign keys, as SQL."""
    yield f"PRIMARY KEY ({', '.join(map(_quoted, schema['primaryKey']))})"
    for key in schema.get("foreignKeys", []):
        other = key["reference"]["resource"]
        if other in tables.contract:
            own, its = (
                ", ".join(map(_quoted, names))
                for names in (key["fields"], key["reference"]["fields"])
            )
            yield f"FOREIGN KEY ({own}) REFERENCES {_quoted(other)} ({its})"


def _quoted(name: str) -> str:
    """A name as SQL has it."""
    return '"' + name.replace('"', '""') + '"'
