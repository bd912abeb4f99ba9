"""What forecasts gave each of the three conditions, and the most that this leaves for all three
together.
"""

import pandas as pd

from helpers import data, quantities
from helpers.conditions.how_each_stood import CONDITIONS, Condition
from helpers.quantities import Quantity
from helpers.tables import Row, day


def forecasts(world: data.World) -> pd.DataFrame:
    """The probabilities given by the day for horizons that had not ended, oldest first."""
    rows = world.until("forecasts")
    rows = rows.loc[[data.span(by).last >= world.day for by in rows["by"]]]
    return rows[rows["event"] != "other"].sort_values(["date", "id"])


def counting(world: data.World) -> pd.DataFrame:
    """The forecasts that may enter a product or a bound: none of low trust, and none of which its
    own note says that it decides nothing.
    """
    rows = forecasts(world)
    silent = rows["note"].str.contains("never decis|decides nothing", case=False, regex=True)
    return rows[(rows["trust"] == "ordinary") & ~silent]


def marginal(world: data.World, condition: Condition, by: str) -> Quantity:
    """What forecasts gave a condition: the newest, with the range of all of them; unknown where
    there is none.

    Parameters
    ----------
    world : World
        The day by which they were given, and the evidence looked at.
    condition : Condition
        One of CONDITIONS.
    by : str
        The last day for it, as the rows write it.
    """
    by = data.known("forecasts", "by", by, world.folder)
    rows = counting(world)
    rows = rows[(rows["event"] == condition.forecast) & (rows["by"] == by)]
    if rows.empty:
        return quantities.unknown("share")
    return quantities.newest(rows, "probability", "share")


def forecast_rows(world: data.World) -> list[dict]:
    """Every forecast given by the day whose horizon had not ended, oldest first."""
    rows = forecasts(world)
    return [
        {
            "given": Row(id, day(row["date"])),
            "by": row["platform"],
            "event": row["event"],
            "until": day(row["by"]),
            "probability": quantities.cell(rows, id, "probability", "share"),
            "trust": row["trust"],
            "how checked": data.GRADES[row["verification"]],
        }
        for id, row in rows.iterrows()
    ]


def bound_rows(world: data.World) -> list[dict]:
    """Per last day what the forecasts that count gave each condition, and the most that this leaves
    for all three together: they are no likelier than the least likely of them.
    """
    table = []
    for by in sorted(set(counting(world)["by"]), key=data.span, reverse=True):
        given = {condition.name: marginal(world, condition, by) for condition in CONDITIONS}
        known = [number for number in given.values() if number.value is not None]
        if not known:
            continue
        most = min(known, key=lambda number: (number.value, number.rows))
        table.append(
            {"until": day(by)}
            | {
                name: "no price that counts" if number.value is None else number
                for name, number in given.items()
            }
            | {"all three, at most": most}
        )
    return table
