"""How firm a verdict is: on what kind of record the rows that decide it rest."""

import functools
from collections.abc import Iterable
from pathlib import Path

from helpers import data
from helpers.claims.readings import Reading

OFFICIAL, RESEARCH, PRESS, ONE, JUDGED, RECALL, SEARCH = (
    "on official texts",
    "on research and directories",
    "on press reports",
    "on one report",
    "on our judgement",
    "on general knowledge",
    "on a recorded search alone",
)
FIRMEST_FIRST = (OFFICIAL, RESEARCH, PRESS, ONE, JUDGED, RECALL, SEARCH)
WEAK = {  # what the weakest grounds mean, in a few words
    ONE: "a fact that decides it stands in one report alone",
    JUDGED: "an input that decides it is our judgement",
    RECALL: "a row that decides it has no source that we read",
    SEARCH: "nothing that counts was found for it or against it",
}
KINDS = {  # kind of source: what a row from it rests on; every other kind is the press
    "official": OFFICIAL,
    "research": RESEARCH,
    "reference": RESEARCH,
    "directory": RESEARCH,
}
ORIGINS = {"judgement": JUDGED, "assumption": RECALL}  # of a model's input that no source gives


def firmness(readings: Iterable[Reading], folder: Path = data.DATA) -> str | None:
    """How firm the readings are that decide a verdict, in words: the least firm of them counts.

    A reading is as firm as the weakest row it rests on, in the order of FIRMEST_FIRST; it rests on
    one report where all its rows have one origin and that is not official or research; a second
    independent source that a row names is another origin. Inputs of
    computed rows count in their place. A recorded search counts where there is nothing else. None
    where no reading rests on a row.
    """
    weakest = [ground for reading in readings if (ground := _of_rows(reading.outcome.rows, folder))]
    return max(weakest, key=FIRMEST_FIRST.index, default=None)


def grounds(rows: Iterable[str], folder: Path = data.DATA) -> dict[str, list[str]]:
    """The rows by what they rest on, the firmest first; a computed row by its weakest input."""
    by_ground: dict[str, list[str]] = {}
    for row in rows:
        inputs = [_ground(input, folder) for input in _inputs(row, folder)]
        by_ground.setdefault(max(inputs, key=FIRMEST_FIRST.index), []).append(row)
    return {ground: by_ground[ground] for ground in FIRMEST_FIRST if ground in by_ground}


def _of_rows(rows: Iterable[str], folder: Path) -> str | None:
    by_ground = grounds(rows, folder)
    sourced = [ground for ground in by_ground if ground != SEARCH]
    if not sourced:
        return next(iter(by_ground), None)
    if sourced == [PRESS]:
        inputs = {i for row in by_ground[PRESS] for i in _inputs(row, folder)}
        origins = set().union(*(_origins(row, folder) for row in inputs))
        return ONE if len(origins) == 1 else PRESS
    return sourced[-1]


@functools.lru_cache(4096)
def _inputs(row: str, folder: Path) -> tuple[str, ...]:
    """The rows that a row is computed from, with it where we chose among them; the row itself where
    it is not computed.
    """
    table = data.table_of(row, folder)
    names = [name for name, column in data.columns(table, folder).items() if column.get("inputs")]
    inputs = [id for name in names for id in data.row(row, folder)[name].split()]
    if data.grade(row, folder) != "derived" or not inputs:
        return (row,)
    own = (row,) if data.row(row, folder).get("origin") in ORIGINS else ()
    return (*own, *(each for id in inputs for each in _inputs(id, folder)))


@functools.lru_cache(4096)
def _ground(row: str, folder: Path) -> str:
    """What one row rests on; one that is remembered is no firmer for being chosen."""
    cells = data.row(row, folder)
    source = cells.get("source_id")
    if source is None:
        return SEARCH
    if data.grade(row, folder) == "recall":
        return RECALL
    if cells.get("origin") in ORIGINS:
        return ORIGINS[cells["origin"]]
    return KINDS.get(data.load("sources", folder).loc[source, "kind"], PRESS)


def _origins(row: str, folder: Path) -> set[str]:
    """Who first told what a row says, and who told it independently, where its own cell says so."""
    cells = data.row(row, folder)
    first = data.first_publisher(data.load("sources", folder).loc[cells["source_id"]])
    second = cells["corroborated_by"] if cells.get("corroborated") == "yes" else first
    return {first, second}
