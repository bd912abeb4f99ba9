"""What would protect the force from the air: the raids of each month, and who has how many
batteries.
"""

import pandas as pd

from helpers import data, quantities, word_check
from helpers.quantities import Quantity
from helpers.tables import Row, Sentence, day, say


@data.selection(depends_on=data.DATED)
def raids(world: data.World) -> pd.DataFrame:
    """The months of raids by the day, oldest first."""
    return world.until("raids", "month").sort_values("month")


@data.selection(depends_on=data.DATED)
def batteries(world: data.World) -> pd.DataFrame:
    """The counts of batteries by the day; a year counts once it has begun."""
    rows = world.until("batteries")
    return rows.sort_values(["standing", "owner", "id"])


def batteries_of(world: data.World, id: str) -> Quantity:
    """The number in one row on batteries; unknown where it is not out by the day."""
    id = data.known("batteries", "id", id, world.folder)
    rows = batteries(world)
    if id not in rows.index:
        return quantities.unknown("batteries")
    return quantities.cell(rows, id, "number", "batteries")


def a_month(world: data.World, column: str) -> tuple[Quantity, Quantity]:
    """The fewest and the most drones or missiles in a month of the record."""
    column = word_check.word("column", column, ("drones", "missiles"))
    rows = raids(world)
    return quantities.extremes([quantities.cell(rows, id, column, column) for id in rows.index])


def in_short(world: data.World) -> Sentence:
    """How many missiles come in a month, and how many batteries there are, in two sentences."""
    fewest, most = a_month(world, "missiles")
    return say(
        "Russia sent {fewest} to {most} missiles a month; six European states had about {owned}"
        " Patriot batteries, and Ukraine's president wanted {wanted} for his country. How many"
        " could be spared for the force no text says.",
        fewest=fewest,
        most=most,
        owned=batteries_of(world, "battery/europe/patriot-2025-08-04"),
        wanted=batteries_of(world, "battery/ukr/patriot-wanted-2024-07-15"),
    )


def raid_rows(world: data.World) -> list[dict]:
    """Drones and missiles by month, oldest first."""
    rows = raids(world)
    return [
        {
            "month": Row(id, day(row["month"])),
            "missiles": quantities.cell(rows, id, "missiles", "missiles"),
            "long-range drones": quantities.cell(rows, id, "drones", "drones"),
            "missiles shot down, by Ukraine's count": (
                quantities.cell(rows, id, "intercepted", "share")
                if pd.notna(row["intercepted"])
                else "not told"
            ),
        }
        for id, row in rows.iterrows()
    ]


def battery_rows(world: data.World) -> list[dict]:
    """Who has how many long-range batteries, has them left, was given them or wants them."""
    rows = batteries(world)
    return [
        {
            "whose": Row(id, row["owner"]),
            "type": row["system"],
            "standing": row["standing"],
            "batteries": batteries_of(world, id),
            "as of": day(row["date"]),
        }
        for id, row in rows.iterrows()
    ]
