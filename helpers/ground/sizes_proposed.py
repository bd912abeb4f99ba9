"""Which sizes were proposed for the force or a part of it, who must be in the cycle for each, and
which numbers states have named themselves.
"""

import pandas as pd

from helpers import commitments, data, quantities, uncertainty, word_check
from helpers.ground.soldiers_kept_up import offers, recorded
from helpers.ground.soldiers_of_a_state import FORCE
from helpers.model_parameters import parameter
from helpers.quantities import Quantity
from helpers.recipe_acts import Recipe
from helpers.tables import Row, Sentence, day, name_in, range_of, say


@data.selection(depends_on=data.DATED)
def proposals(world: data.World) -> pd.DataFrame:
    """The sizes proposed for the whole force by the day, oldest first."""
    rows = world.until("proposals").sort_values(["date", "id"])
    return rows[rows["whose"] == "whole force"]


def size(rows: pd.DataFrame, id: str) -> Quantity:
    """The size that a proposal names: its upper end where it gives two, 'at least' where it gives
    only the lower one; unknown where it is not among the rows. Raises WordError for no proposal.
    """
    if id not in rows.index:
        id = data.known("proposals", "id", id)
    if id not in rows.index:
        return quantities.unknown("persons")
    low, high = rows.loc[id, "low"], rows.loc[id, "high"]
    if pd.isna(low):
        return (
            Quantity(int(high), None, int(high), "persons", 1, (id,), Recipe("cell", "high"))
            if pd.notna(high)
            else quantities.unknown("persons")
        )
    if pd.isna(high):
        return Quantity(int(low), int(low), None, "persons", 1, (id,), Recipe("cell", "low"))
    return Quantity(int(high), int(low), int(high), "persons", 0, (id,), Recipe("cell", "high"))


def proposed(rows: pd.DataFrame, id: str) -> str:
    """A proposal by who made it and when."""
    id = word_check.word("row", id, rows.index)
    return f"{rows.loc[id, 'proposer']}, {day(rows.loc[id, 'date'])}"


def proposal_items(world: data.World) -> list[tuple[str, Quantity, bool]]:
    """The proposals with their sizes, as items of a chart of ranges; those that officials plan or
    ask for are the subject.
    """
    rows = proposals(world)
    return [
        (proposed(rows, id), size(rows, id), row["standing"] != "studied")
        for id, row in rows.iterrows()
    ]


def proposal_title(world: data.World) -> Sentence:
    """How far the sizes proposed lie apart, and what the willing could keep up, as the title of a
    chart.
    """
    return say(
        "The sizes proposed by the day run over more than a factor of ten;"
        " those who would send soldiers could keep up {willing}",
        willing=uncertainty.in_words(offers(world), world),
    )


def proposal_rows(world: data.World) -> list[dict]:
    """Every size proposed by the day, for the whole force or a state's part, oldest first; of one
    that names two ends, each.
    """
    rows = world.until("proposals").sort_values(["date", "id"])
    names, table = world.country_names, []
    for id, row in rows.iterrows():
        number = size(rows, id)
        two = None not in (number.low, number.high) and number.low != number.high
        part = f", for {name_in(names[row['country']])}" if row["country"] else ""
        table.append(
            {
                "when": Row(id, day(row["date"])),
                "proposer": row["proposer"] + part,
                "for": row["task"],
                "from": quantities.end(number, "low") if two else "",
                "persons": number,
                "standing": row["standing"],
            }
        )
    return table


def pools(world: data.World) -> list[dict]:
    """For each proposal, the persons that must be in the cycle, by the rotation factor and, where
    it gives one, as published.
    """
    rows, R = proposals(world), parameter(world, "R", FORCE)
    table = []
    for id in rows.index:
        number = size(rows, id)
        needed = quantities.modelled("pool", "persons", N_dep=number, R=R)
        published = quantities.cell(rows, id, "pool", "persons")
        table.append(
            {
                "proposal": Row(id, proposed(rows, id)),
                "deployed": number,
                "in the cycle": needed,
                "range": range_of(needed),
                "as published": published if published.value is not None else "",
            }
        )
    return table


SIZES = {  # the proposals that answers are held against
    "monitoring": "proposal/2025-08-20-csis-monitoring",
    "small": "proposal/2025-04-iiss-small",
    "medium": "proposal/2025-04-iiss-medium",
    "large": "proposal/2025-04-iiss-large",
    "asked": "proposal/2025-04-29-radakin",
}


def size_marks(world: data.World) -> list[tuple[Quantity, str]]:
    """The proposed sizes as lines of a chart."""
    rows = proposals(world)
    return [
        (quantities.exact(size(rows, id).low, "persons", (id,), Recipe("cell", "low")), words)
        for words, id in SIZES.items()
        if id in rows.index
    ]


def named_rows(world: data.World) -> list[dict]:
    """The numbers of soldiers that states have named by their own word, the newest of each: a
    number holds until it is taken back.
    """
    rows = commitments.numbers(world)
    names = world.country_names
    table = []
    for id, row in rows.sort_values(["country", "date"]).iterrows():
        low, high = (
            "" if pd.isna(row[end]) else quantities.cell(rows, id, end, "persons")
            for end in ("troops_low", "troops_high")
        )
        table.append(
            {
                "state": Row(id, names[row["country"]]),
                "day": day(row["date"]),
                "from": low,
                "to": high,
                "could add, by record": uncertainty.in_words(
                    recorded(world, row["country"]), world
                ),
                "in short": row["statement"],
            }
        )
    return table
