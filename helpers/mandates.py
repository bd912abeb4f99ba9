"""Who must vote before a member's soldiers go, and which of the willing have cleared the force."""

import pandas as pd

from helpers import commitments, data, quantities
from helpers.ground import states
from helpers.quantities import Quantity
from helpers.tables import Row, Sentence, day, say

CLEARED = ("in part", "in principle", "yes")  # more than nothing known
VOTES = {
    "before": "before soldiers go",
    "after": "once they have been away for some months",
    "promised": "before soldiers go, by promise and not by law",
    "none": "not at all",
}


@data.selection(depends_on=data.ROSTER)
def newest(world: data.World) -> pd.DataFrame:
    """The newest row of each member by the day, by state."""
    rows = world.until("mandates")
    rows = rows[rows["country"].isin(world.members())].sort_values(["country", "date", "id"])
    return rows.drop_duplicates("country", keep="last")


@data.selection(depends_on=data.ROSTER)
def of_the_willing(world: data.World) -> pd.DataFrame:
    """The same for those that have offered soldiers."""
    rows = newest(world)
    return rows[rows["country"].isin(states(world, "willing"))]


def counted(world: data.World, **cells: tuple[str, ...]) -> Quantity:
    """How many of the willing have one of some values in a column, such as
    `vote=("before",)`; at least, where one of them has no row.
    """
    rows = of_the_willing(world)
    missing = len(states(world, "willing")) - len(rows)
    for column, values in cells.items():
        wanted = [data.known("mandates", column, value, world.folder) for value in values]
        rows = rows[rows[column].isin(wanted)]
    return quantities.count(rows, "states", unknowns=missing)


def in_short(world: data.World) -> Sentence:
    """How many of the willing need a vote of their parliament, and how many have cleared the force,
    in one sentence.
    """
    return say(
        "Of the members that would send soldiers {before} need a vote of their parliament before"
        " they go and {other} do not; {yes} had cleared the force, {part} in part or in principle.",
        before=counted(world, vote=("before",)),
        other=counted(world, vote=("after", "promised", "none")),
        yes=counted(world, cleared=("yes",)),
        part=counted(world, cleared=("in part", "in principle")),
    )


def table_rows(world: data.World) -> list[dict]:
    """Who decides in each state that has a row, those that have offered soldiers first."""
    names = world.country_names
    willing, said = states(world, "willing"), commitments.land(world)
    rows = newest(world)
    order = sorted(rows.index, key=lambda id: (rows.loc[id, "country"] not in willing, id))
    table = []
    for id in order:
        row = rows.loc[id]
        own = said[said["country"] == row["country"]]
        table.append(
            {
                "state": Row(id, names[row["country"]]),
                "on troops": [Row(place, words) for place, words in own["position"].items()]
                or "not said",
                "decides": row["decides"],
                "parliament votes": VOTES[row["vote"]],
                "what it takes": row["steps"],
                "months": quantities.cell(rows, id, "months", "months")
                if pd.notna(row["months"])
                else "not told",
                "cleared": row["cleared"],
                "as of": day(row["date"]),
            }
        )
    return table
