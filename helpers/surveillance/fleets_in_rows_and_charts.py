"""What the notebook shows of surveillance fleets: rows by asset, owner and fleet, and bars."""

import pandas as pd

from helpers import data, numbers_known_by_their_ends, quantities
from helpers.membership import fleet_name, observed, some_left
from helpers.quantities import Quantity
from helpers.surveillance.fleets_and_owners import (
    AIRCRAFT,
    ASSETS,
    OWNERS,
    RADAR,
    SATELLITE,
    SENSORS,
    Asset,
    american,
    count,
    fleets,
    owned_by,
    part_words,
    share_or_none,
)
from helpers.tables import Linked, Row, Sentence, day, say
from helpers.timeline import searches


def range_in_words(world: data.World, asset: Asset, rows: pd.DataFrame) -> Quantity | Linked | str:
    """The aircraft or satellites of some fleets together, in words that form no middle.

    Parameters
    ----------
    world : World
        The day and the evidence looked at.
    asset : Asset
        The asset of whose class the fleets are.
    rows : DataFrame
        The fleets, as in count.
    """
    return numbers_known_by_their_ends.range_words(count(world, asset, rows))


def asset_rows(world: data.World, owner: str = "nato") -> list[dict]:
    """Per asset that the article names: the American count, the same type and the same class in
    other hands, and the share.
    """
    table = []
    for asset in ASSETS:
        same = (
            owned_by(world, asset, owner, "same-type")
            if asset.family
            else fleets(world, asset, "same-class").iloc[:0]
        )
        like = owned_by(world, asset, owner, "same-class")
        table.append(
            {
                "asset": asset.name,
                "class": asset.kind,
                "USA, the type": range_in_words(world, asset, american(world, asset, "same-type")),
                "others, the type": range_in_words(world, asset, same) if asset.family else "",
                "USA, the class": range_in_words(
                    world, asset, american(world, asset, "same-class")
                ),
                "others, the class": range_in_words(world, asset, like),
                "share of the class": part_words(world, asset, owner, "same-class"),
            }
        )
    return table


def owner_rows(world: data.World) -> list[dict]:
    """Each class by owner, as a share of the American count; classes are never added together."""
    return [
        {"class": asset.kind}
        | {words: part_words(world, asset, owner, "same-class") for owner, words in OWNERS.items()}
        for asset in ASSETS
    ]


def fleet_rows(world: data.World, asset: Asset) -> list[dict]:
    """Every fleet of an asset's class with its age and its orders, the American first, then by
    size.
    """
    return _fleet_rows(fleets(world, asset, "same-class"))


def _fleet_rows(rows: pd.DataFrame) -> list[dict]:
    rows = rows.assign(us=rows["operator"] == "USA").sort_values(
        ["us", "in_service", "fleet"], ascending=[False, False, True]
    )
    return [
        {
            "fleet": Row(id, fleet_name(row)),
            "owner": row["owner_kind"],
            "in service": numbers_known_by_their_ends.range_words(
                quantities.cell(rows, id, "in_service")
            ),
            "on order": "" if pd.isna(row["on_order"]) else quantities.cell(rows, id, "on_order"),
            "observed": observed(row),
            "how checked": data.GRADES[row["verification"]],
        }
        for id, row in rows.iterrows()
    ]


def warning_rows(world: data.World) -> list[dict]:
    """Satellites that warn of missiles, whoever's."""
    rows = world.fleets(SATELLITE)
    return _fleet_rows(rows[(rows["class"] == "missile-warning satellite") & some_left(rows)])


def warning_search(world: data.World) -> Row | str:
    """The search for a missile-warning satellite of an ally, by the day that it reaches to."""
    rows = searches(world, "C20")
    rows = rows[rows["sought"].str.contains("missile-warning satellite", case=False)]
    if rows.empty:
        return "no search is recorded"
    return Row(rows.index[-1], f"by a search to {day(rows['covers_to'].iloc[-1])}")


def order_rows(world: data.World) -> list[dict]:
    """What others than the United States have on order, by class."""
    rows = world.fleets(AIRCRAFT)
    rows = rows[(rows["operator"] != "USA") & (rows["on_order"] > 0)].sort_values(
        ["class", "operator", "fleet"]
    )
    return [
        {
            "fleet": Row(id, fleet_name(row)),
            "class": row["class"],
            "on order": quantities.cell(rows, id, "on_order", "aircraft"),
            "in service": quantities.cell(rows, id, "in_service", "aircraft"),
            "observed": row["observed"],
        }
        for id, row in rows.iterrows()
    ]


def _share_items(world: data.World, likeness: str) -> list[tuple[str, Quantity, bool]]:
    """The others' share of the American count per asset, as items of a bar chart; the types the
    article names are the subject.
    """
    return [
        (
            asset.kind if likeness == "same-class" else asset.name,
            share_or_none(world, asset, "nato", likeness),
            likeness == "same-type",
        )
        for asset in ASSETS
    ]


def class_and_type_items(world: data.World) -> list[tuple[str, Quantity, bool]]:
    """The shares by class and, of the aircraft, by the very type that the article names."""
    of_types = [
        item
        for asset, item in zip(ASSETS, _share_items(world, "same-type"), strict=True)
        if asset.family
    ]
    return _share_items(world, "same-class") + of_types


def share_title(world: data.World) -> Sentence:
    """The others' share of the radar aircraft by class and by type, as the title of a chart."""
    asset = SENSORS[RADAR]
    return say(
        "The allies have {part} of America's early warning aircraft, and of E-3s {type}",
        part=part_words(world, asset, "nato", "same-class"),
        type=part_words(world, asset, "nato", "same-type"),
    )


def counterparts(world: data.World) -> dict:
    """How many signals aircraft, radar aircraft, stealth and high-altitude drones NATO's others and
    NATO have, and how many America.
    """
    ranges: dict[str, Quantity | Linked | str] = {}
    for name, asset in zip(("signals", "radars", "stealth", "drones"), ASSETS[2:], strict=True):
        theirs, ours = (
            owned_by(world, asset, "nato", "same-class"),
            american(world, asset, "same-class"),
        )
        ranges |= {
            name: range_in_words(world, asset, theirs),
            f"american_{name}": range_in_words(world, asset, ours),
        }
    return ranges
