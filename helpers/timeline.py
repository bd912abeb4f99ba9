"""What happened and what was said, by date: foundings, understandings, truces, statements; and the
tables that show it.
"""

from dataclasses import replace
from datetime import date, timedelta

import pandas as pd

from helpers import data, quantities
from helpers.quantities import Quantity
from helpers.sources_that_count import counting, newest, origin, searches, voice
from helpers.tables import Row, Sentence, day, looked_at, say

PUBLICATION = "publication"  # of `events.kind`: the first and the last day the article may be of
EARLIEST, LATEST = "article-not-before", "article-not-after"
NOT_OUT = "the article itself, which had not come out"  # on an earlier day
AGREED = ("understanding", "truce")
DATING = ("founding act", "later dating")
PARTIAL = ("exchange or local pause", "other")
ON_TROOPS = (
    "foreign troops in Ukraine",
    "NATO troops in Ukraine",
    "European forces outside NATO's banner",
)
ON_WAR = ("territory and war aims", "ceasefire")
ON_SUPPORT = ("US military support of any kind", "US air or air-defence support")
ON_AMERICAN_PART = ("joining the force", "US ground troops", *ON_SUPPORT)
UPPER = ("spokesperson", "foreign minister")  # offices that weigh most after the president's


@data.selection(depends_on=data.DATED)
def events(world: data.World, *kinds: str) -> pd.DataFrame:
    """Events of some kinds that had begun by the day, oldest first."""
    rows = world.until("events").sort_values(["date", "id"])
    wanted = [data.known("events", "kind", kind, world.folder) for kind in kinds]
    return rows[rows["kind"].isin(wanted)] if kinds else rows


@data.selection(depends_on=data.DATED)
def statements(world: data.World, country: str, *subjects: str) -> pd.DataFrame:
    """What a country's officials had said by the day about some subjects, oldest first.

    Parameters
    ----------
    world : World
        The day, timing and evidence looked at.
    country : str
        The country's code.
    *subjects : str
        Words of the column `subject`; every subject where none is named.
    """
    rows = world.until("statements").sort_values(["date", "id"])
    rows = rows[rows["country"] == data.known("countries", "id", country, world.folder)]
    wanted = [data.known("statements", "subject", subject, world.folder) for subject in subjects]
    return rows[rows["subject"].isin(wanted)] if subjects else rows


def said(world: data.World, country: str, *subjects: str) -> pd.DataFrame:
    """The country's own word on some subjects by the day, on record, oldest first.

    Parameters
    ----------
    world : World
        The day, timing and evidence looked at.
    country : str
        The country's code.
    *subjects : str
        Words of the column `subject`; every subject where none is named.
    """
    rows = statements(world, country, *subjects)
    return counting(world, rows[own_word(rows)])


def sure(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows that a second independent source bears out."""
    return rows[rows["corroborated"] == "yes"]


@data.selection(depends_on=data.DATED)
def founding(world: data.World) -> pd.DataFrame:
    """The accounts of the founding, oldest first: each counts from the day it was published."""
    rows = events(world, "founding")
    return rows.loc[[_published(world, row) <= world.day for _, row in rows.iterrows()]]


def _published(world: data.World, row: pd.Series) -> date:
    """The day on which an account was out: its source's, or its own where that is not known. A
    month or year counts once it is over, unless running ones are to count.
    """
    days = data.span(origin(world, row["source_id"])["published"] or row["date"])
    return days.last if world.timing == "settled" else days.first


@data.selection(depends_on=data.UNDATED)
def publication(world: data.World) -> pd.DataFrame:
    """The rows of the first and the last day on which the article may have come out."""
    rows = world.table("events")
    rows = rows[rows["kind"] == PUBLICATION]
    return rows.loc[[id.endswith((EARLIEST, LATEST)) for id in rows.index]].sort_values("date")


def window(world: data.World) -> list[date]:
    """Every day on which the article may have come out; none where the first or last is unknown."""
    rows = publication(world)
    if len(rows) != len((EARLIEST, LATEST)):
        return []
    first, last = (data.span(text).first for text in rows["date"])
    return [first + timedelta(days) for days in range((last - first).days + 1)]


def agreed(world: data.World) -> dict[str, pd.DataFrame]:
    """What both sides had agreed by the day, by what it is evidence of.

    terms  for an end of the conflict, meant to last
    days   general pauses of days
    parts  exchanges, local pauses and partial understandings
    open   rows that may be terms for an end: a cell that decides it is empty
    """
    rows = counting(world, world.until("events").sort_values(["date", "id"]))
    both = rows[rows["agreed_by"] == "both"]
    terms = rows["evidence_of"] == "terms for an end"
    unknown = (rows["evidence_of"] == "") & rows["scope"].isin(
        ["", "general settlement", "general ceasefire"]
    )
    may = terms | (unknown & rows["kind"].isin(AGREED))
    sides = rows["agreed_by"].isin(["both", ""])
    sure_terms = terms & (rows["agreed_by"] == "both") & ~rows["lasting"].isin(["days", ""])
    return {
        "terms": rows[sure_terms],
        "days": both[both["evidence_of"] == "pause of days"],
        "parts": both[both["evidence_of"].isin(PARTIAL)],
        "open": rows[may & sides & ~sure_terms & (rows["lasting"] != "days")],
    }


def in_short(world: data.World) -> Sentence:
    """What Russia has said on foreign troops, and what it and Ukraine have agreed, in two
    sentences.
    """
    refused, both = said(world, "RUS", *ON_TROOPS), agreed(world)
    return say(
        "By {day}, {refused} Russian statements on foreign troops are on record here, {no} of them"
        " refusals. Russia and Ukraine had both agreed {parts} exchanges or local pauses and"
        " {terms} terms for an end of the conflict.",
        day=looked_at(world),
        refused=quantities.count(refused),
        no=quantities.count(refused[refused["stance"] == "refuses"]),
        parts=quantities.count(both["parts"]),
        terms=quantities.count(both["terms"]),
    )


def event_rows(rows: pd.DataFrame) -> list[dict]:
    """Events as a table."""
    return [
        {
            "date": Row(id, day(row["date"]) + (f" to {day(row['end'])}" if row["end"] else "")),
            "what": row["what"],
            "agreed by": row["agreed_by"] or "-",
            "covers": row["scope"],
            "evidence of": row["evidence_of"] or "not known",
            "second source": row["corroborated"],
            "how checked": data.GRADES[row["verification"]],
        }
        for id, row in rows.iterrows()
    ]


def founding_rows(world: data.World) -> list[dict]:
    """The accounts of the founding by the day: who gives which date, and who is named."""
    return [
        {
            "given by": Row(id, voice(world, row["source_id"])),
            "out since": day(origin(world, row["source_id"])["published"] or row["date"]),
            "dates it": day(row["date"]),
            "names": ", ".join(row["parties"].split()) or "nobody",
            "evidence of": row["evidence_of"] or "not known",
            "in short": row["what"],
        }
        for id, row in founding(world).iterrows()
    ]


def own_word(rows: pd.DataFrame) -> pd.Series:
    """Whether each row is the own word of the state or body it names: its text or its speaker."""
    return rows["said_by"].isin(data.OWN_WORD) & (rows["about"] == "own")


WORD = {  # of `said_by`, as tables show it
    "text": "official text",
    "official": "official",
    "unnamed": "unnamed official",
    "press": "press",
    "copied": "encyclopedia",
}


def statement_rows(rows: pd.DataFrame) -> list[dict]:
    """Statements as a table."""
    return [
        {
            "date": Row(id, day(row["date"])),
            "who": row["speaker"],
            "about": row["subject"],
            "stance": row["stance"],
            "means named": row["means_named"] or "-",
            "in short": row["statement"],
            "word of": WORD[row["said_by"]],
            "second source": row["corroborated"],
        }
        for id, row in rows.iterrows()
    ]


def search_rows(world: data.World, *claims: str) -> list[dict]:
    """What was looked for, where, and what came up."""
    return [
        {
            "claim": claim,
            "sought": Row(id, row["sought"]),
            "where": row["where"],
            "found": row["found"] or "nothing",
            "concludes": row["concludes"] or "nothing",
            "reaches to": day(row["covers_to"]) if row["covers_to"] else "not said",
        }
        for claim in claims
        for id, row in searches(world, claim).iterrows()
    ]


def interview(world: data.World) -> pd.DataFrame:
    """The deputy foreign minister's newest refusal of NATO troops by the day."""
    rows = said(world, "RUS", "NATO troops in Ukraine")
    rows = rows[(rows["office"] == "deputy foreign minister") & (rows["stance"] == "refuses")]
    return newest(rows)


def window_rows(world: data.World) -> list[dict]:
    """For each day on which the article may have come out: months since the London summit, and
    days since the interview was reported.
    """
    table = []
    start = [{"id": "C01", "stated": data.row("C01", world.folder)["stated"]}]
    for end in window(world):
        spoke = interview(replace(world, as_of=str(end)))
        table.append(
            {
                "if published on": day(str(end)),
                "months since the London summit": quantities.of_rows(
                    "months", str(end), start, "months"
                ),
                "days since the interview": (
                    quantities.of_rows("days", str(end), spoke, "days") if len(spoke) else "unknown"
                ),
            }
        )
    return table


def begin_items(rows: pd.DataFrame) -> list[tuple[str, Quantity, bool]]:
    """How many tasks begin when, as items of a bar chart."""
    rows = rows.assign(begins=rows["begins"].replace("", "not known"))
    return [
        (name, quantities.count(beginning, "tasks"), name.startswith("after"))
        for name, beginning in rows.groupby("begins")
    ]


def begin_title(rows: pd.DataFrame) -> Sentence:
    """How many tasks begin only after a ceasefire or a settlement, of all."""
    after = rows[rows["begins"].str.startswith("after")]
    return say(
        "{after} of {all} published tasks begin only after a ceasefire or a settlement",
        after=quantities.count(after, "tasks"),
        all=quantities.count(rows, "tasks"),
    )


def day_of(row: pd.Series) -> Row:
    """The day of a row, which leads to it."""
    return Row(row["id"], day(row["date"]))


def each_day(rows: pd.DataFrame) -> list[Row]:
    """The day of each row, which leads to it."""
    return [Row(id, day(row["date"])) for id, row in rows.iterrows()]
