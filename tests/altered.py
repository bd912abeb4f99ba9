"""Worlds in which a few rows are others, and what a reading comes to in them. No file is copied:
the folder of such a world is a link, and the tables that it changes are changed in memory.
"""

import contextlib
import functools
import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from helpers import claims, data

ARTICLE = data.World()
Cells = dict[str, object]
Rows = dict[str, Cells | None]


@contextlib.contextmanager
def worlds(made: Path) -> Iterator[Callable[..., data.World]]:
    """Gives `altered({table: {row id: {column: value}}}, **fields)`: the article's world, other in
    these cells and fields. None in place of the cells takes the row out, None in place of a value
    empties the cell; with `like` the row is a copy of the one named so, whether or not its id is
    there already.

    The same changes give the same folder, and none the tables as they are, so that what was worked
    out for them once is not worked out again.
    """
    load, contract = data._load, data.contract
    folders: dict[str, Path] = {}  # by the changes that they stand for
    tables_of: dict[Path, dict[str, pd.DataFrame]] = {}

    def loaded(table: str, folder: Path = data.DATA) -> pd.DataFrame:
        if folder not in tables_of:
            return load(table, folder)
        return tables_of[folder].get(table, load(table, data.DATA))

    def contracted(folder: Path = data.DATA) -> dict[str, dict]:
        return contract(data.DATA if folder in tables_of else folder)

    def altered(tables: dict[str, Rows], **fields: str) -> data.World:
        folder = folders.get(repr(tables)) if tables else data.DATA
        if folder is None:
            changed = {
                table: with_rows(load(table, data.DATA), rows) for table, rows in tables.items()
            }
            folder = folders[repr(tables)] = made / str(len(folders))
            folder.symlink_to(data.DATA, target_is_directory=True)
            tables_of[folder] = changed
        return replace(ARTICLE, folder=folder, **fields)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(data, "_load", loaded)
        patch.setattr(data, "contract", contracted)
        yield altered


def with_rows(frame: pd.DataFrame, rows: Rows) -> pd.DataFrame:
    """A table with other cells, with rows left out and rows added."""
    other = frame.drop([id for id, cells in rows.items() if cells is None])
    for id, cells in rows.items():
        cells = dict(cells or {})
        if "like" in cells:
            new = frame.loc[[cells.pop("like")]].assign(id=id)
            other = pd.concat([other.drop(id, errors="ignore"), new.set_axis([id])])
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


def came_to(claim: str, world: data.World = ARTICLE, **options: str) -> claims.Outcome:
    """What a reading comes to: the claim as meant, but for the options named."""
    claims.judged()  # loads the rules
    taken = as_meant(claim) | options
    looked = replace(world, timing=taken.pop("timing", world.timing))
    return claims.RULES[claim](looked, **taken)
