"""Published American shares in past operations, and which unit flies which satellites."""

import pandas as pd

from helpers import data, quantities, word_check
from helpers.quantities import Quantity
from helpers.recipe_acts import Recipe
from helpers.surveillance.fleets_and_owners import RADAR
from helpers.tables import Row

WATCHING = (  # subjects of published shares that are means of watching
    "surveillance means",
    "intelligence",
    RADAR,
    "crewed surveillance aircraft",
    "surveillance drones",
    "satellites",
    "surveillance",
)


def published_rows(world: data.World, *subjects: str) -> list[dict]:
    """Published figures on the American part of past operations and means."""
    rows = world.until("shares").sort_values(["subject", "date", "id"])
    wanted = [data.known("shares", "subject", subject, world.folder) for subject in subjects]
    rows = rows[rows["subject"].isin(wanted)] if subjects else rows
    return [
        {
            "of": Row(id, row["of"]),
            "when": row["date"],
            "American share": american_share(rows, id),
            "others": row["whose"],
        }
        for id, row in rows.iterrows()
    ]


def american_share(rows: pd.DataFrame, id: str) -> Quantity:
    """A published American share: as printed, from the two counts printed, or the one end of it
    that the source gives.
    """
    id = word_check.word("row", id, rows.index)
    row = rows.loc[id]
    if pd.notna(row["share"]):
        return quantities.cell(rows, id, "share", "share")
    if pd.notna(row["us"]):
        ours, theirs = (quantities.cell(rows, id, column) for column in ("us", "others"))
        return quantities.share(ours, quantities.add(ours, theirs))
    low, high = (None if pd.isna(row[end]) else float(row[end]) for end in ("low", "high"))
    known = low if low is not None else high
    if known is None:
        return quantities.unknown("share", (id,))
    how = Recipe("cell", "high" if low is None else "low")
    return Quantity(known, low, high, "share", 1, (id,), how)


def campaign_rows(world: data.World) -> pd.DataFrame:
    """Published shares of the surveillance, or of the targets found, in whole campaigns, from texts
    that were out by the day; two prints of one figure stand once.
    """
    rows = world.until("shares")
    rows = rows[rows["subject"].isin(["surveillance", "targets"])]
    published = data.load("sources", world.folder)["published"]
    texts = [published.get(source, "") for source in rows["source_id"]]
    rows = rows.loc[[not text or data.span(text).first <= world.day for text in texts]]
    rows = rows[rows["span"] == "whole campaign"].sort_index()
    own = rows["origin"].where(rows["origin"] != "", rows.index.to_series())
    return rows[~own.duplicated()]


def attribution_rows(world: data.World) -> list[dict]:
    """What published texts say military units do with satellites, by the day, oldest first."""
    rows = world.until("attributions").sort_values(["date", "id"])
    return [
        {
            "unit": Row(id, row["unit"]),
            "text of": row["date"],
            "role": row["role"],
            "kind": row["kind"],
            "in short": row["statement"],
        }
        for id, row in rows.iterrows()
    ]
