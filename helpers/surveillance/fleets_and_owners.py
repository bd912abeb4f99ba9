"""Fleets like an asset that the article names, whose they are, and the share of others in them."""

import functools
from dataclasses import dataclass, replace

import pandas as pd

from helpers import data, numbers_known_by_their_ends, quantities, sources_that_count, word_check
from helpers.membership import some_left, states_of
from helpers.quantities import Quantity
from helpers.tables import Linked

AIRCRAFT, SATELLITE = "surveillance aircraft", "satellite"


RADAR = "airborne early warning"  # the sensor that answers are given for


@dataclass(frozen=True)
class Asset:
    """An asset the article names: in its words, the designation its type begins with, and the class
    it belongs to.
    """

    name: str
    family: str
    kind: str
    capability: str = AIRCRAFT


ABSENT = {"stealth drone": "search/C20/stealth-drone"}  # by class, where others have none


ASSETS = (
    Asset("imaging satellites", "", "imaging satellite", SATELLITE),
    Asset("signals satellites", "", "signals satellite", SATELLITE),
    Asset("RC-135 Rivet Joint", "RC-135", "signals intelligence aircraft"),
    Asset("E-3 Sentry", "E-3", "airborne early warning aircraft"),
    Asset("RQ-170 Sentinel", "RQ-170", "stealth drone"),
    Asset("RQ-4 Global Hawk", "RQ-4", "high-altitude drone"),
)


LIKENESS = ("same-class", "same-type", "large-only")  # how like an asset a fleet must be


OWNERS = {
    "nato": "NATO without the USA, with what it owns in common",
    "national": "NATO's other members by themselves",
    "europe": "members in Europe by themselves",
    "members": "all members by themselves",
    "members-and-nato": "all members, with what NATO owns in common",
}


@data.selection(depends_on=data.DATED)
def fleets(world: data.World, asset: Asset, likeness: str) -> pd.DataFrame:
    """The newest observation of every fleet like an asset, whoever's.

    Parameters
    ----------
    world : World
        The day and the evidence looked at.
    asset : Asset
        What the fleets are like.
    likeness : str
        same-class: all of its class; same-type: those of its class whose type begins with its
        designation; large-only: of its class without the small ones.
    """
    likeness = word_check.word("likeness", likeness, LIKENESS)
    rows = world.fleets(asset.capability)
    rows = rows[rows["class"] == asset.kind]
    if likeness == "large-only":
        return rows[rows["size"] != "small"]
    return rows[rows["type"].str.startswith(asset.family)] if likeness == "same-type" else rows


@data.selection(depends_on=data.DATED)
def american(world: data.World, asset: Asset, likeness: str) -> pd.DataFrame:
    """The US fleets like an asset.

    Parameters
    ----------
    world : World
        The day and the evidence looked at.
    asset : Asset
        What the fleets are like.
    likeness : str
        How like it they are, as in fleets.
    """
    rows = fleets(world, asset, likeness)
    return rows[rows["operator"] == "USA"]


@functools.lru_cache(512)
def american_count(world: data.World, asset: Asset, likeness: str) -> Quantity:
    """The American aircraft or satellites like an asset, at most as many as the class's newest row
    allows and, where a newer row gives a ceiling for things of mixed kinds, so many more.

    Parameters
    ----------
    world : World
        The day and the evidence looked at.
    asset : Asset
        What the fleets are like.
    likeness : str
        How like it they are, as in fleets.
    """
    rows = american(world, asset, likeness)
    number = count(world, asset, rows)
    mixed = world.fleets(asset.capability, rank="rival")
    mixed = mixed[(mixed["operator"] == "USA") & (mixed["class"] == "directory total")]
    newest = rows["observed"].max() if len(rows) else ""
    mixed = mixed[mixed["in_service_high"].notna() & (mixed["observed"] > newest)]
    if mixed.empty or number.high is None:
        return number
    return quantities.of_rows("beside", "in_service", pd.concat([rows, mixed]), number.unit)


@data.selection(depends_on=data.ROSTER)
def owned_by(world: data.World, asset: Asset, owner: str, likeness: str) -> pd.DataFrame:
    """The fleets like an asset in other hands than America's; fleets that have none left out. What
    some states own in common is theirs; NATO's own is what NATO operates.

    Parameters
    ----------
    world : World
        The day, roster and evidence looked at.
    asset : Asset
        What the fleets are like.
    owner : str
        Whose they are: a key of OWNERS.
    likeness : str
        How like it they are, as in fleets.
    """
    owner = word_check.word("owner", owner, OWNERS)
    rows = fleets(world, asset, likeness)
    own = rows["operator"].isin(states_of(world, owner))
    if owner in ("nato", "members-and-nato"):
        own |= rows["operator"] == "NATO"
    return rows[some_left(rows) & own]


def count(world: data.World, asset: Asset, rows: pd.DataFrame) -> Quantity:
    """The aircraft or satellites of some fleets together.

    Parameters
    ----------
    world : World
        The day and the evidence looked at.
    asset : Asset
        The asset of whose class the fleets are.
    rows : DataFrame
        The fleets. Of no fleet the number is none, if a recorded search found none, else unknown.
    """
    unit = "satellites" if asset.capability == SATELLITE else "aircraft"
    if rows.empty:
        return quantities.none(none_found(world, asset), unit)
    return quantities.total(rows, "in_service", unit)


@data.selection(depends_on=data.ROSTER)
def share(world: data.World, asset: Asset, owner: str, likeness: str) -> Quantity:
    """The others' count as a share of the American; zero where a search found none of theirs,
    unknown where either number is.

    Parameters
    ----------
    world : World
        The day, roster and evidence looked at.
    asset : Asset
        What the fleets on both sides are like.
    owner : str
        Who the others are: a key of OWNERS.
    likeness : str
        How like it they are, as in fleets.
    """
    theirs, ours = owned_by(world, asset, owner, likeness), american(world, asset, likeness)
    return quantities.share(count(world, asset, theirs), count(world, asset, ours))


def none_found(world: data.World, asset: Asset) -> pd.DataFrame:
    """The recorded search by which no row of others means that they have none of a class; without
    it their number is not known.
    """
    looked = sources_that_count.concluded(world, "C20", "none found")
    return looked[looked.index == ABSENT.get(asset.kind, "")]


def share_or_none(world: data.World, asset: Asset, owner: str, likeness: str) -> Quantity:
    """The others' share of the American count: none where a search found none of theirs and America
    has some, however many.

    Parameters
    ----------
    world : World
        The day, roster and evidence looked at.
    asset : Asset
        What the fleets on both sides are like.
    owner : str
        Who the others are: a key of OWNERS.
    likeness : str
        How like it they are, as in fleets.
    """
    theirs, ours = owned_by(world, asset, owner, likeness), american(world, asset, likeness)
    looked = none_found(world, asset)
    if theirs.empty and some_left(ours).any() and len(looked):
        return quantities.none(looked, "share")
    return share(world, asset, owner, likeness)


def part_words(
    world: data.World, asset: Asset, owner: str, likeness: str
) -> Quantity | Linked | str:
    """The others' share of the American count in words: '32 % to 42 %', 'at most 24 %', 'at least
    23 %'; 'none' where a search found none of theirs and America has some, however many; 'not
    known' where neither end is known or there is nothing to set against.

    Parameters
    ----------
    world : World
        The day, roster and evidence looked at.
    asset : Asset
        What the fleets on both sides are like.
    owner : str
        Who the others are: a key of OWNERS.
    likeness : str
        How like it they are, as in fleets.
    """
    theirs = owned_by(world, asset, owner, likeness)
    part = share_or_none(world, asset, owner, likeness)
    if part.none_found:
        return "none"
    low, high = numbers_known_by_their_ends.quotient(
        count(world, asset, theirs), american_count(world, asset, likeness)
    )
    if part.value is None or (low == 0 and high == float("inf")):
        return "not known"
    if high == float("inf"):
        return numbers_known_by_their_ends.range_words(replace(part, low=low, high=None, value=low))
    return numbers_known_by_their_ends.range_words(
        replace(part, low=None if part.low is None else low, high=high, value=high)
    )


SENSORS = {RADAR: ASSETS[3], "signals intelligence": ASSETS[2], "high-altitude drone": ASSETS[5]}


def pairs(world: data.World) -> list[tuple[str, tuple[Quantity, Quantity]]]:
    """The aircraft of the classes that the article names: America's, and those of NATO's others
    with what NATO owns.
    """
    return [
        (
            asset.kind,
            (
                american_count(world, asset, "same-class"),
                count(world, asset, owned_by(world, asset, "nato", "same-class")),
            ),
        )
        for asset in ASSETS[2:]
    ]
