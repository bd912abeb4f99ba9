"""The workbook and the database say what the tables say, in every cell, and are the same bytes
whenever and from whichever order of rows they are made.
"""

import csv
import io
import json
import os
import sqlite3
import time
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import pytest
from checkouts import shuffled

from helpers import data
from helpers.machinery.site import workbook_and_database
from helpers.machinery.site.data_pages import Tables

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
ROOMS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
ABOUT = ["tables", "dictionary"]


def written(folder: Path, of: Path = data.DATA) -> Path:
    folder.mkdir()
    workbook_and_database.write(folder, Tables(of))
    return folder


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """A folder with both files, made of the repository's own tables."""
    return written(tmp_path_factory.mktemp("one") / "data")


def of_csv(table: str, folder: Path = data.DATA) -> list[list]:
    """The cells of a table as its CSV has them, by id: numbers where the contract says so."""
    resources = json.loads((folder / "datapackage.json").read_text("utf-8"))["resources"]
    (fields,) = [each["schema"]["fields"] for each in resources if each["name"] == table]
    text = (folder / f"{table}.csv").read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    (key,) = [each["schema"]["primaryKey"][0] for each in resources if each["name"] == table]
    turned = {"string": str, "integer": int, "number": float}
    return [[field["name"] for field in fields]] + [
        [
            turned[field["type"]](row[field["name"]]) if row[field["name"]] else None
            for field in fields
        ]
        for row in sorted(rows, key=lambda row: row[key])
    ]


def of_workbook(file: Path) -> dict[str, list[list]]:
    """The cells of each sheet, read as the format says: shared texts, numbers, None."""
    with zipfile.ZipFile(file) as parts:

        def xml(name: str) -> ElementTree.Element:
            return ElementTree.fromstring(parts.read(name))

        texts = [
            "".join(part.text or "" for part in text.iter(f"{SHEET}t"))
            for text in xml("xl/sharedStrings.xml")
        ]
        places = {each.get("Id"): each.get("Target") for each in xml("xl/_rels/workbook.xml.rels")}
        return {
            sheet.get("name"): cells(xml(f"xl/{places[sheet.get(f'{ROOMS}id')]}"), texts)
            for sheet in xml("xl/workbook.xml").iter(f"{SHEET}sheet")
        }


def cells(sheet: ElementTree.Element, texts: list[str]) -> list[list]:
    found = []
    for row in sheet.iter(f"{SHEET}row"):
        line: dict[int, object] = {}
        for cell in row:
            letters = cell.get("r").rstrip("0123456789")
            place = sum(
                (ord(letter) - 64) * 26**power for power, letter in enumerate(reversed(letters))
            )
            value = cell.findtext(f"{SHEET}v")
            assert cell.get("t") in ("s", None) and cell.find(f"{SHEET}f") is None
            line[place] = texts[int(value)] if cell.get("t") == "s" else float(value)
        found.append([line.get(place) for place in range(1, max(line) + 1)])
    wide = len(found[0])
    return [row + [None] * (wide - len(row)) for row in found]


def of_database(file: Path) -> dict[str, list[list]]:
    base = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    names = [name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type='table'")]
    found = {}
    for name in names:
        rows = base.execute(f'SELECT * FROM "{name}" ORDER BY rowid')
        found[name] = [[column[0] for column in rows.description], *map(list, rows)]
    assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert base.execute("PRAGMA foreign_key_check").fetchall() == []
    base.close()
    return found


@pytest.mark.parametrize(
    ("file", "read"),
    [("willing-and-able.xlsx", of_workbook), ("willing-and-able.sqlite", of_database)],
)
def test_every_cell_is_the_one_of_the_csv(made, file, read):
    found = read(made / file)
    names = list(data.contract())
    assert list(found) == ABOUT + names
    for name in names:
        assert found[name] == of_csv(name), name
    resources = json.loads((data.DATA / "datapackage.json").read_text("utf-8"))["resources"]
    assert [row[:2] for row in found["dictionary"][1:]] == [
        [each["name"], field["name"]] for each in resources for field in each["schema"]["fields"]
    ]
    assert [(row[0], row[1], row[3]) for row in found["tables"][1:]] == [
        (each["name"], each["title"], len(of_csv(each["name"])) - 1) for each in resources
    ]


def test_pandas_reads_a_sheet_of_the_workbook(made):
    head, *rows = of_csv("deliveries")
    again = pd.read_excel(made / workbook_and_database.WORKBOOK, sheet_name="deliveries")
    assert list(again) == head
    told = [[None if pd.isna(cell) else cell for cell in row] for row in again.itertuples(False)]
    assert told == rows


def test_the_dictionary_says_what_a_cell_holds_and_may_hold(made):
    rows = of_database(made / "willing-and-able.sqlite")["dictionary"]
    told = {(row[0], row[1]): row[2:] for row in rows[1:]}
    assert told["capabilities", "in_service"][1:3] == [
        "whole number, aircraft",
        "may be empty; 0 or more",
    ]
    assert told["accessions", "organisation"][2] == "required; one of NATO, EU"
    assert told["accessions", "source_id"][2] == "required; an id of sources"
    assert told["accessions", "joined"][1] == "date"


def test_the_bytes_are_the_same_on_another_day_and_from_another_order(
    made, new_folder, tmp_path, monkeypatch
):
    tables = new_folder()
    one = written(tmp_path / "one", tables.path)
    other = new_folder()
    shuffled(other.path)
    monkeypatch.setattr(time, "time", lambda: 4_000_000_000.0)
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    two = written(tmp_path / "two", other.path)
    monkeypatch.delenv("TZ")
    time.tzset()
    assert sorted(os.listdir(one)) == ["willing-and-able.sqlite", "willing-and-able.xlsx"]
    for name in os.listdir(one):
        assert (one / name).read_bytes() == (two / name).read_bytes(), name
    assert (other.path / "orders.csv").read_bytes() != (tables.path / "orders.csv").read_bytes()


def test_the_bytes_hang_on_no_version_of_zlib_or_sqlite(made):
    with zipfile.ZipFile(made / "willing-and-able.xlsx") as parts:
        assert {part.compress_type for part in parts.infolist()} == {zipfile.ZIP_STORED}
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2025-12-20T00:00:00Z" in parts.read("docProps/core.xml")
    assert (made / "willing-and-able.sqlite").read_bytes()[96:100] == bytes(4)


def test_a_cell_that_looks_like_a_formula_a_number_or_an_address_stays_text(tiny, tmp_path):
    tiny.put("orders", "order/1", note="=1+1")
    tiny.put("orders", "order/2", note="0012")
    tiny.put("orders", "order/3", note="https://example.org/x")
    found = of_workbook(written(tmp_path / "one", tiny.path) / "willing-and-able.xlsx")["orders"]
    notes = {row[0]: row[found[0].index("note")] for row in found[1:]}
    assert notes == {"order/1": "=1+1", "order/2": "0012", "order/3": "https://example.org/x"}
