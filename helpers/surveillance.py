"""Surveillance aircraft and satellites: what the article names, who else has the like, and how many
orbits that keeps up.
"""

import functools
from dataclasses import dataclass

import pandas as pd

from helpers import data, quantities, uncertainty
from helpers.assumptions import cases, parameter, table_rows
from helpers.membership import some_left, states_of
from helpers.quantities import Quantity
from helpers.recipes import Recipe
from helpers.tables import Row

AIRCRAFT, SATELLITE = "surveillance aircraft", "satellite"


@dataclass(frozen=True)
class Asset:
    """An asset the article names: in its words, the designation its type begins with, and the class
    it belongs to.
    """

    name: str
    family: str
    kind: str
    capability: str = AIRCRAFT


ASSETS = (
    Asset("imaging satellites", "", "imaging satellite", SATELLITE),
    Asset("signals satellites", "", "signals satellite", SATELLITE),
    Asset("RC-135 Rivet Joint", "RC-135", "signals intelligence aircraft"),
    Asset("E-3 Sentry", "E-3", "airborne early warning aircraft"),
    Asset("RQ-170 Sentinel", "RQ-170", "stealth drone"),
    Asset("RQ-4 Global Hawk", "RQ-4", "high-altitude drone"),
)
OWNERS = {
    "nato": "NATO without the USA, with what it owns in common",
    "national": "NATO's other members by themselves",
    "europe": "members in Europe by themselves",
    "members": "all members by themselves",
    "members-and-nato": "all members, with what NATO owns in common",
}


@data.dated
@data.selection
def fleets(world: data.World, asset: Asset, likeness: str) -> pd.DataFrame:
    """The newest observation of every fleet like an asset: of its type (same-type) or of its class
    (same-class), whoever's.
    """
    rows = world.fleets(asset.capability)
    rows = rows[rows["class"] == asset.kind]
    return rows[rows["type"].str.startswith(asset.family)] if likeness == "same-type" else rows


@data.dated
@data.selection
def american(world: data.World, asset: Asset, likeness: str) -> pd.DataFrame:
    """The US fleets among them."""
    rows = fleets(world, asset, likeness)
    return rows[rows["operator"] == "USA"]


@data.selection
def owned_by(world: data.World, asset: Asset, owner: str, likeness: str) -> pd.DataFrame:
    """The fleets among them in other hands: see OWNERS; fleets that have none left out."""
    rows = fleets(world, asset, likeness)
    pooled = rows["owner_kind"] == "pooled"
    own = rows["operator"].isin(states_of(world, owner)) & ~pooled
    return rows[some_left(rows) & (own | pooled if owner in ("nato", "members-and-nato") else own)]


def count(rows: pd.DataFrame) -> Quantity:
    """The aircraft or satellites of some fleets together; no fleet is none."""
    if rows.empty:
        return quantities.count(rows)
    return quantities.total(
        rows, "in_service", "satellites" if rows["capability"].iloc[0] == SATELLITE else "aircraft"
    )


@functools.lru_cache(1024)
def share(world: data.World, asset: Asset, owner: str, likeness: str) -> Quantity:
    """The others' count as a share of the American; zero where they have none, unknown where either
    number is.
    """
    return quantities.share(
        count(owned_by(world, asset, owner, likeness)), count(american(world, asset, likeness))
    )


def asset_rows(world: data.World, owner: str = "nato") -> list[dict]:
    """Per asset that the article names: the American count, the same type and the same class in
    other hands, and the share.
    """
    found = []
    for asset in ASSETS:
        same = (
            owned_by(world, asset, owner, "same-type")
            if asset.family
            else fleets(world, asset, "same-class").iloc[:0]
        )
        like = owned_by(world, asset, owner, "same-class")
        found.append(
            {
                "asset": asset.name,
                "class": asset.kind,
                "USA, the type": count(american(world, asset, "same-type")),
                "others, the type": count(same) if asset.family else "",
                "USA, the class": count(american(world, asset, "same-class")),
                "others, the class": count(like),
                "share of the class": share(world, asset, owner, "same-class"),
            }
        )
    return found


def owner_rows(world: data.World) -> list[dict]:
    """Each class by owner, as a share of the American count; classes are never added together."""
    return [
        {"class": asset.kind}
        | {words: share(world, asset, owner, "same-class") for owner, words in OWNERS.items()}
        for asset in ASSETS
    ]


def fleet_rows(world: data.World, asset: Asset) -> list[dict]:
    """Every fleet of an asset's class with its age and its orders, the American first, then by
    size.
    """
    rows = fleets(world, asset, "same-class")
    rows = rows.assign(us=rows["operator"] == "USA").sort_values(
        ["us", "in_service", "fleet"], ascending=[False, False, True]
    )
    return [
        {
            "fleet": Row(id, f"{row['operator']} {row['type']}"),
            "owner": row["owner_kind"],
            "in service": quantities.cell(rows, id, "in_service"),
            "on order": "" if pd.isna(row["on_order"]) else quantities.cell(rows, id, "on_order"),
            "observed": row["observed"] + (" (old)" if row["old"] else ""),
            "grade": row["verification"],
        }
        for id, row in rows.iterrows()
    ]


def order_rows(world: data.World) -> list[dict]:
    """What others than the United States have on order, by class."""
    rows = world.fleets(AIRCRAFT)
    rows = rows[(rows["operator"] != "USA") & (rows["on_order"] > 0)].sort_values(
        ["class", "operator", "fleet"]
    )
    return [
        {
            "fleet": Row(id, f"{row['operator']} {row['type']}"),
            "class": row["class"],
            "on order": quantities.cell(rows, id, "on_order", "aircraft"),
            "in service": quantities.cell(rows, id, "in_service", "aircraft"),
            "observed": row["observed"],
        }
        for id, row in rows.iterrows()
    ]


def share_items(
    world: data.World, likeness: str, owner: str = "nato"
) -> list[tuple[str, Quantity, bool]]:
    """The others' share of the American count per asset, as items of a bar chart; the types the
    article names are the subject.
    """
    return [
        (
            asset.kind if likeness == "same-class" else asset.name,
            share(world, asset, owner, likeness),
            likeness == "same-type",
        )
        for asset in ASSETS
    ]


def published_rows(world: data.World, *subjects: str) -> list[dict]:
    """Published figures on the American part of past operations and means."""
    rows = world.until("shares").sort_values(["subject", "date", "id"])
    rows = rows[rows["subject"].isin(subjects)] if subjects else rows
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
    row = rows.loc[id]
    if pd.notna(row["share"]):
        return quantities.cell(rows, id, "share", "share")
    if pd.notna(row["us"]):
        ours, theirs = (quantities.cell(rows, id, column) for column in ("us", "others"))
        return quantities.share(ours, quantities.add(ours, theirs))
    end = "low" if pd.notna(row["low"]) else "high"
    value, how = float(row[end]), Recipe("cell", end)
    low, high = (value, None) if end == "low" else (None, value)
    return Quantity(value, low, high, "share", 1, (id,), how)


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


# Orbits


SENSORS = {
    "airborne early warning": ASSETS[3],
    "signals intelligence": ASSETS[2],
    "high-altitude drone": ASSETS[5],
}


@functools.lru_cache(1024)
def orbits(world: data.World, sensor: str, owner: str) -> Quantity:
    """Continuous orbits that an owner's aircraft of one kind of sensor keep up together, each fleet
    at its own endurance and readiness.

    owner: see OWNERS, or usa
    """
    rows = (
        american(world, SENSORS[sensor], "same-class")
        if owner == "usa"
        else owned_by(world, SENSORS[sensor], owner, "same-class")
    )
    parts = [fleet_orbits(world, rows, id) for id in rows.index]
    return quantities.add(*parts) if parts else quantities.chosen(0, "orbits")


def fleet_orbits(world: data.World, rows: pd.DataFrame, id: str) -> Quantity:
    """The orbits of one fleet."""
    of = functools.partial(parameter, world, case=rows.loc[id, "type"])
    return quantities.modelled(
        "orbits",
        "orbits",
        A=quantities.cell(rows, id, "in_service", "aircraft"),
        c=of("c"),
        E=of("E"),
        d=of("d_orb"),
        v=of("v"),
        t_turn=of("t_turn"),
        m=of("m"),
    )


def needed(world: data.World, sensor: str, mission: str) -> Quantity:
    """The continuous orbits of a sensor that a mission takes, as published or assumed."""
    return parameter(world, "n_orb", f"{sensor}, {mission}")


def spread_items(world: data.World, mission: str) -> list[tuple[str, Quantity, bool]]:
    """Per sensor the orbits kept up with their 5-95 % intervals, members alone and with NATO's own,
    and the assumed need.
    """
    found = []
    for sensor in SENSORS:
        for owner, words in (("members", "members alone"), ("members-and-nato", "with NATO's own")):
            kept = orbits(world, sensor, owner)
            found.append(
                (
                    f"{sensor}, {words}",
                    uncertainty.spread(kept, world.seed),
                    owner == "members-and-nato",
                )
            )
        found.append((f"{sensor}, assumed need", needed(world, sensor, mission), False))
    return found


def orbit_rows(world: data.World, mission: str) -> list[dict]:
    """Per sensor, the orbits a mission takes and those that members keep up, without and with what
    NATO owns in common.
    """
    return [
        {
            "sensor": sensor,
            "orbits needed": needed(world, sensor, mission),
            "members alone": orbits(world, sensor, "members"),
            "members in Europe": orbits(world, sensor, "europe"),
            "with NATO's own": orbits(world, sensor, "members-and-nato"),
        }
        for sensor in SENSORS
    ]


def counterparts(world: data.World) -> dict[str, Quantity]:
    """How many signals aircraft, radar aircraft, stealth and high-altitude drones NATO's others and
    NATO have, and how many America.
    """
    found = {}
    for name, asset in zip(("signals", "radars", "stealth", "drones"), ASSETS[2:], strict=True):
        theirs, ours = (
            owned_by(world, asset, "nato", "same-class"),
            american(world, asset, "same-class"),
        )
        found |= {name: count(theirs), f"american_{name}": count(ours)}
    return found


def parameter_rows(world: data.World) -> list[dict]:
    """The parameters of the orbits and of the aircraft that fly them, one table row each."""
    return table_rows(world, "n_orb", "n_used", "a_orb", "c", "d_orb") + table_rows(
        world, "E", "m", "t_turn", "v", of=cases(world, "E")
    )
