"""What may carry a verdict: whose word a row is, how many independent origins rows have, and what
a recorded search concludes.
"""

import functools
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd

from helpers import data, word_check
from helpers.tables import Row, day

REPUTABLE = ("official", "press", "specialist", "research")  # of `sources.kind`
ENCYCLOPEDIA = "Wikipedia"  # a page that quotes it is a copy, whoever put it up
PRESS = (*data.OWN_WORD, "press")  # of `said_by`: officials and papers, no unnamed persons
COUNTED_BY = ["publisher", "quoted_publisher", "kind", "published"]  # columns of `sources`
REPORTED = (*PRESS, "unnamed")  # the same and unnamed persons, no copies of an encyclopedia
GONE = "could not be read again"  # in the note of a row whose page is gone
UNREAD = "its page not read again"  # the same, as pages tell it


@functools.lru_cache(64)
def _sources(folder: Path) -> dict[str, dict]:
    return data.load("sources", folder)[COUNTED_BY].to_dict("index")


def origin(world: data.World, source: str) -> dict:
    """The source behind a row of the tables."""
    sources = _sources(world.folder)
    return sources[word_check.word("source", source, sources)]


def reputable(world: data.World, source: str) -> bool:
    """Whether a source is an official, press, specialist or research one, or relays by name another
    that is no encyclopedia.
    """
    row = origin(world, source)
    if ENCYCLOPEDIA in row["quoted_publisher"]:
        return False
    return row["kind"] in REPUTABLE or (row["kind"] == "relay" and data.quoted(row) != "")


def counting(world: data.World, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows that may decide: official texts, and what a reputable source reports."""
    texts = rows["said_by"] == "text" if "said_by" in rows else [False] * len(rows)
    keep = [
        text or reputable(world, source)
        for text, source in zip(texts, rows["source_id"], strict=True)
    ]
    return rows.loc[keep]


def origins(world: data.World, rows: pd.DataFrame) -> pd.DataFrame:
    """One row for each independent origin: rows that share a publisher, or whom it quotes, are one.
    A source that is not reputable is none.
    """
    groups: list[tuple[set[str], str]] = []
    for id, row in rows.iterrows():
        if not reputable(world, row["source_id"]):
            continue
        source = origin(world, row["source_id"])
        names = {source["publisher"], data.quoted(source)} - {""}
        same = [group for group in groups if group[0] & names]
        first = same[0][1] if same else id
        groups = [group for group in groups if group not in same]
        groups.append((names.union(*(group[0] for group in same)), first))
    return rows.loc[sorted(first for _, first in groups)]


def weighed(world: data.World, own: pd.DataFrame, against: pd.DataFrame) -> bool | None:
    """What rows for a fact and rows that deny it come to: an official text outweighs reports, then
    the side with more origins wins. A tie, or no row at all, is unknown.

    Parameters
    ----------
    world : World
        The world whose sources tell which origins are independent.
    own : DataFrame
        The rows for the fact, with the columns `said_by` and `source_id`.
    against : DataFrame
        The rows that deny it, with the same columns.
    """
    if own.empty or against.empty:
        return None if own.empty and against.empty else bool(len(own))
    texts = [(rows["said_by"] == "text").any() for rows in (own, against)]
    if texts[0] != texts[1]:
        return bool(texts[0])
    counts = [len(origins(world, rows)) for rows in (own, against)]
    return None if counts[0] == counts[1] else counts[0] > counts[1]


def newest(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of the latest day among some; several where more than one is of that day."""
    if rows.empty:
        return rows
    ends = [data.span(text).last for text in rows["date"]]
    latest = max(ends)
    return rows.loc[[end == latest for end in ends]]


@data.selection(depends_on=data.UNDATED)
def searches(world: data.World, claim: str) -> pd.DataFrame:
    """The recorded searches behind a claim."""
    claim = data.known("claims", "id", claim, world.folder)
    rows = world.table("searches")
    return rows[rows["claim"] == claim]


@data.selection(depends_on=("as_of", "evidence"))
def concluded(
    world: data.World, claim: str, conclusion: str, until: date | None = None
) -> pd.DataFrame:
    """The searches of a claim that conclude so and reach far enough.

    Parameters
    ----------
    world : World
        The day and the evidence looked at.
    claim : str
        The claim's id.
    conclusion : str
        A word of the column `concludes`, such as 'none found'.
    until : date, optional
        The day they must reach to, if not to the day looked at.
    """
    rows = searches(world, claim)
    conclusion = data.known("searches", "concludes", conclusion, world.folder)
    rows = rows[(rows["concludes"] == conclusion) & (rows["covers_to"] != "")]
    ends = [data.span(text).last >= (until or world.day) for text in rows["covers_to"]]
    return rows.loc[ends]


def voice(world: data.World, source: str) -> str:
    """Who speaks in a source: whom it quotes, or itself."""
    return data.first_publisher(origin(world, source))


def told(world: data.World, rows: pd.DataFrame) -> list[Row]:
    """Rows as words that lead to them: whose report, in whose page where that is another's, of
    which day.
    """
    said = []
    for id, row in rows.iterrows():
        whose, page = voice(world, row["source_id"]), origin(world, row["source_id"])["publisher"]
        where = "" if page == whose else f", via {page}"
        said.append(Row(id, f"{whose} ({day(row['date'])}{where})"))
    return said


def firmness(world: data.World, rows: pd.DataFrame) -> str:
    """How firm a fact is that no row denies: on an official text, on one report, on several."""
    if (rows["said_by"] == "text").any():
        return "an official text"
    return "one report" if len(origins(world, rows)) == 1 else "several reports"


def brought_back(world: data.World, rows: Iterable[str]) -> list[Row]:
    """The older counts of fleets that stand in for newer ones which the standard of evidence leaves
    out, as words that lead to their rows: 'KC-135R/T of 1 October 2019'.
    """
    if world.evidence == "all":
        return []
    fleets = world.table("capabilities")
    own = fleets.loc[sorted({row for row in rows if row in fleets.index})]
    every = replace(world, evidence="all")
    newest = {id for kind in set(own["capability"]) for id in every.fleets(kind).index}
    return [
        Row(id, f"{row['type']} of {day(row['observed'])}")
        for id, row in own.iterrows()
        if row["rank"] == "default" and id not in newest
    ]
