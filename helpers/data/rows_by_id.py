"""Find a row by its id, whichever table holds it, and the words that a column takes."""

import functools
import os
from pathlib import Path

import pandas as pd

from helpers import word_check
from helpers.data import contract_of_tables, csv_tables
from helpers.data.cached_selections import CACHED
from helpers.data.contract_of_tables import columns, key
from helpers.data.csv_tables import note_read, read
from helpers.data.folders import DATA

GRADES = {  # how a fact was checked, in words; the firmest first
    "read": "checked at the source",
    "derived": "computed",
    "secondary": "second-hand",
    "recall": "general knowledge",
}


@functools.cache
def _table_of(folder: Path) -> dict[str, str]:
    """The table of every row id; ids are unique over all tables (`make check-data` sees to it)."""
    return {
        id: table
        for table in contract_of_tables.contract(folder)
        if (folder / f"{table}.csv").exists()
        for id in csv_tables.kept_rows(table, folder).index
    }


def known_row(id: str, folder: Path = DATA) -> str:
    """A row id as its table writes it; raises WordError for an id in none."""
    return word_check.word("row", id, _table_of(folder))


def table_of(id: str, folder: Path = DATA) -> str:
    """The table that holds a row id; raises WordError for an id in none."""
    return _table_of(folder)[known_row(id, folder)]


@functools.cache
def _row(table: str, id: str, folder: Path) -> pd.Series:
    return csv_tables.kept_rows(table, folder).loc[id]


@functools.cache
def words_of(table: str, column: str, folder: Path) -> frozenset[str]:
    """The words that the contract declares for a column, or else those that stand in its rows, such
    as the ids of the column that identifies them.

    Parameters
    ----------
    table, column : str
        The name of the table and of its column.
    folder : Path
        The data folder that holds both table and contract.
    """
    if column == key(table, folder):
        return frozenset(csv_tables.kept_rows(table, folder).index)
    fields = columns(table, folder)
    declared = fields[word_check.word("column", column, fields)].get("constraints", {}).get("enum")
    return frozenset(declared or csv_tables.kept_rows(table, folder)[column])


def known(table: str, column: str, word: str, folder: Path = DATA) -> str:
    """A word as a column writes it; raises WordError for one that the contract does not declare
    for it, or that stands in none of its rows.

    Parameters
    ----------
    table, column : str
        The name of the table and of its column.
    word : str
        The word, whatever its capitals.
    folder : Path
        The data folder that holds both table and contract.
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
    table = word_check.word("table", table, contract_of_tables.contract(folder))
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
    note_read(table)
    return _row(table, id, folder).copy(deep=False)


@functools.cache
def _grades(table: str, folder: Path) -> dict[str, str]:
    return dict(csv_tables.kept_rows(table, folder).get("verification", {}))


def grade(id: str, folder: Path = DATA) -> str:
    """How the row with this id was checked: see GRADES; '' where its table does not tell."""
    id = known_row(id, folder)
    table = table_of(id, folder)
    note_read(table)
    return _grades(table, folder).get(id, "")
