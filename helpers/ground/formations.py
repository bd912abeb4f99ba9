"""What the force would be made of: formations, their soldiers, and what they are held for."""

import pandas as pd

from helpers import data, quantities
from helpers.numbers_known_by_their_ends import range_words
from helpers.quantities import Quantity
from helpers.tables import Row, day


@data.selection(depends_on=data.DATED)
def formations(world: data.World) -> pd.DataFrame:
    """The formations named by the day."""
    return world.until("formations").sort_values(["held_for", "id"])


def formation_rows(world: data.World) -> list[dict]:
    """Formations with their soldiers and what they are held for."""
    rows, names = formations(world), world.country_names
    table = []
    for id, row in rows.iterrows():
        known = rows.loc[[id]]
        number: Quantity | str = "unknown"
        if row[["personnel", "low", "high"]].notna().any():
            number = quantities.total(known, "personnel", "persons", how="cell")
        table.append(
            {
                "held for": row["held_for"],
                "formation": Row(id, row["formation"]),
                "of": names.get(row["country"], "several states"),
                "kind": row["kind"],
                "soldiers": range_words(number) if isinstance(number, Quantity) else number,
                "as of": day(row["date"]),
            }
        )
    return table
