"""Worlds in which a few rows are others, and what a reading comes to in them. No file is copied:
the folder of such a world is a link, and the tables that it changes are changed in memory.

They are made from the rows that tests/known_rows.txt lists, so that a row added later turns no case
that was worked out without it; `make check-data` and `make refresh` say what it moves today.
"""

import atexit
import contextlib
import csv
import functools
import itertools
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from helpers import claims, data

Cells = dict[str, object]
Rows = dict[str, Cells | None]
KNOWN = {  # the ids, and of a reading whether it is as meant and whether it votes
    id: cells.split()
    for line in Path(__file__).with_name("known_rows.txt").read_text("utf-8").splitlines()
    for id, _, cells in [line.partition(" ")]
}
VOTE = ("as_worded", "votes")
WHOLE = ("sources", "countries", "claims", "verdict_log")  # which decide nothing by themselves


def kept(table: str, row: dict) -> bool:
    """Whether the cases may see a row: it is known, or it is a reading of a claim that is not."""
    id = next(iter(row.values()))
    return table in WHOLE or id in KNOWN or (table == "readings" and row["claim"] not in KNOWN)


def _as_known(table: str, row: dict) -> dict:
    """A row as the cases see it: a reading votes as it did when they were written."""
    if table != "readings" or row["id"] not in KNOWN:
        return row
    return row | dict(zip(VOTE, KNOWN[row["id"]], strict=True))


def _fixed_folder() -> Path:
    """A folder with the rows that the cases may see; data/ itself where these are all."""
    tables = {}
    for table in data.contract():
        with (data.DATA / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
            tables[table] = list(csv.DictReader(file))
    known = {
        name: [_as_known(name, row) for row in rows if kept(name, row)]
        for name, rows in tables.items()
    }
    if known == tables:
        return data.DATA
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder)
    shutil.copy(data.DATA / data.CONTRACT, folder)
    for name, rows in known.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(tables[name][0]))
            writer.writeheader()
            writer.writerows(rows)
    return folder


ARTICLE = data.World(folder=_fixed_folder())  # in which what was worked out by hand stays true


def base(claim: str) -> data.World:
    """The world that the cases of a claim change: of one added later, with the rows of today."""
    return ARTICLE if not claim or claim in KNOWN else data.World()


@contextlib.contextmanager
def worlds(made: Path) -> Iterator[Callable[..., data.World]]:
    """Gives `altered({table: {row id: {column: value}}}, claim, **fields)`: the world of a claim's
    cases, or of all, other in these cells and fields. None in place of the cells takes the row out,
    None in place of a value empties the cell; with `like` the row is a copy of the one named so,
    whether or not its id is there already.

    The same changes give the same folder, and none the tables as they are, so that what was worked
    out for them once is not worked out again.
    """
    load, contract = data.csv_tables.kept_rows, data.contract
    folders: dict[tuple[Path, str], Path] = {}  # by the changes that they stand for
    tables_of: dict[Path, dict[str, pd.DataFrame]] = {}
    before: dict[Path, Path] = {}  # the folder that was changed

    def loaded(table: str, folder: Path = data.DATA) -> pd.DataFrame:
        if folder not in tables_of:
            return load(table, folder)
        return tables_of[folder].get(table, load(table, before[folder]))

    def contracted(folder: Path = data.DATA) -> dict[str, dict]:
        return contract(before.get(folder, folder))

    def altered(tables: dict[str, Rows], claim: str = "", **fields: str) -> data.World:
        world = replace(base(claim), **fields)
        if not tables:
            return world
        asked = world.folder, repr(tables)
        if asked not in folders:
            changed = {
                table: with_rows(load(table, world.folder), rows) for table, rows in tables.items()
            }
            folder = folders[asked] = made / str(len(folders))
            folder.symlink_to(world.folder, target_is_directory=True)
            tables_of[folder], before[folder] = changed, world.folder
        return replace(world, folder=folders[asked])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(data.csv_tables, "kept_rows", loaded)
        for place in (data, data.contract_of_tables):
            patch.setattr(place, "contract", contracted)
        yield altered


def with_rows(frame: pd.DataFrame, rows: Rows) -> pd.DataFrame:
    """A table with other cells, with rows left out and rows added."""
    other = frame.drop([id for id, cells in rows.items() if cells is None])
    for id, cells in rows.items():
        if cells is None:
            continue
        cells = dict(cells)
        if "like" in cells:
            new = frame.loc[[cells.pop("like")]].assign(id=id)
            other = pd.concat([other.drop(id, errors="ignore"), new.set_axis([id])])
        assert id in other.index, f"{id}: name it in tests/known_rows.txt"
        for column, value in cells.items():
            assert column in frame.columns, column
            empty = pd.NA if pd.api.types.is_numeric_dtype(frame[column]) else ""
            other.loc[id, column] = empty if value is None else value
    return other


def unseen(named: Iterable[str], cases: Iterable[tuple]) -> set[tuple[str, bool | None]]:
    """What some claims as meant come to in none of the cases: (claim, options, rows, outcome)."""
    seen = {(claim, holds) for claim, options, _, holds in cases if not options}
    return set(itertools.product(named, (True, False, None))) - seen


@functools.cache
def as_meant(claim: str) -> dict[str, str]:
    """The options of the claim as meant, by the names that its rule takes."""
    rows = data.load("readings")
    rows = rows[(rows["claim"] == claim) & (rows["as_worded"] == "yes")]
    return dict(zip(rows["choice"].str.replace("-", "_"), rows["option"], strict=True))


def came_to(claim: str, world: data.World | None = None, **options: str) -> claims.Outcome:
    """What a reading comes to: the claim as meant, but for the options named; in the world of its
    cases where none is given.
    """
    claims.judged()  # loads the rules
    world = world or base(claim)
    taken = as_meant(claim) | options
    looked = replace(world, timing=taken.pop("timing", world.timing))
    return claims.RULES[claim](looked, **taken)
