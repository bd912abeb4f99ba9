"""What happened and what was said, by date: foundings, understandings, truces, statements; and the
tables that show it.
"""

from dataclasses import replace

import pandas as pd

from helpers import data, quantities
from helpers.quantities import Quantity
from helpers.tables import Row, day

WINDOW = [
    f"2025-12-{number}" for number in range(16, 26)
]  # the days on which the article may have come out, Washington time
AGREED = ("understanding", "truce")
ON_TROOPS = (
    "foreign troops in Ukraine",
    "NATO troops in Ukraine",
    "European forces outside NATO's banner",
)
ON_WAR = ("territory and war aims", "ceasefire")


@data.dated
@data.selection
def events(world: data.World, *kinds: str) -> pd.DataFrame:
    """Events of some kinds that had begun by the day, oldest first."""
    rows = world.until("events").sort_values(["date", "id"])
    return rows[rows["kind"].isin(kinds)] if kinds else rows


@data.dated
@data.selection
def statements(world: data.World, country: str, *subjects: str) -> pd.DataFrame:
    """What a country's officials had said by the day about some subjects, oldest first."""
    rows = world.until("statements").sort_values(["date", "id"])
    rows = rows[rows["country"] == country]
    return rows[rows["subject"].isin(subjects)] if subjects else rows


@data.undated
@data.selection
def searches(world: data.World, claim: str) -> pd.DataFrame:
    """The recorded searches behind a claim."""
    rows = world.table("searches")
    return rows[rows["claim"] == claim]


def sure(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows that a second independent source bears out: no verdict rests on one source alone."""
    return rows[rows["corroborated"] == "yes"]


def founding(world: data.World, origin: str) -> pd.DataFrame:
    """The events that give the coalition's origin: london (2 March 2025), paris-february, or
    joint-march.
    """
    rows = events(world, "founding")
    dates = {
        "london": rows["date"] == "2025-03-02",
        "paris-february": rows["date"].str.startswith("2025-02"),
        "joint-march": rows["date"] == "2025-03",
    }
    return rows[dates[origin]]


def age(rows: pd.DataFrame, world: data.World) -> Quantity:
    """Months from the latest day on which rows can have happened to the day looked at."""
    return quantities.of_rows("months", world.as_of, rows, "months")


def on_each_day(world: data.World, test) -> bool | None:
    """A test on the world of every day in the window of publication: one answer if all agree, else
    None.
    """
    answers = {test(replace(world, as_of=day)) for day in WINDOW}
    return answers.pop() if len(answers) == 1 else None


def event_rows(rows: pd.DataFrame) -> list[dict]:
    """Events as a table."""
    return [
        {
            "date": Row(id, day(row["date"]) + (f" to {day(row['end'])}" if row["end"] else "")),
            "what": row["what"],
            "agreed by": row["agreed_by"] or "-",
            "covers": row["scope"],
            "second source": row["corroborated"],
            "grade": row["verification"],
        }
        for id, row in rows.iterrows()
    ]


def statement_rows(rows: pd.DataFrame) -> list[dict]:
    """Statements as a table."""
    return [
        {
            "date": Row(id, day(row["date"])),
            "who": row["speaker"],
            "about": row["subject"],
            "stance": row["stance"],
            "in short": row["statement"],
            "on record": row["record"],
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
        }
        for claim in claims
        for id, row in searches(world, claim).iterrows()
    ]


def window_rows(world: data.World) -> list[dict]:
    """For each day on which the article may have come out: months since either origin, and days
    since the interview was reported.
    """
    interview = statements(world, "RUS", "NATO troops in Ukraine")
    interview = interview[(interview["office"] == "deputy foreign minister")].tail(1)
    rows = []
    for day_of in WINDOW:
        then = replace(world, as_of=day_of)
        rows.append(
            {
                "if published on": day(day_of),
                "months since London": (
                    age(founding(then, "london"), then)
                    if len(founding(then, "london"))
                    else "unknown"
                ),
                "days since the interview": (
                    quantities.of_rows("days", day_of, interview, "days")
                    if len(interview)
                    else "unknown"
                ),
            }
        )
    return rows


def precondition_items(rows: pd.DataFrame) -> list[tuple[str, Quantity, bool]]:
    """How many tasks depend on each precondition, as items of a bar chart."""
    return [
        (name, quantities.count(of, "tasks"), name == "settlement")
        for name, of in rows.groupby("precondition")
    ]
