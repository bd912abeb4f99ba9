"""Surveillance aircraft and satellites: what the article names, who else has the like, and how many
orbits that keeps up.
"""

import functools
from dataclasses import dataclass, replace

import pandas as pd

from helpers import (
    data,
    numbers_known_by_their_ends,
    quantities,
    sobol_indices,
    sources_that_count,
    uncertainty,
    word_check,
)
from helpers.membership import fleet_name, observed, some_left, states_of
from helpers.model_parameters import cases, parameter, table_rows
from helpers.quantities import Quantity
from helpers.recipe_acts import Recipe
from helpers.tables import Linked, Row, Sentence, day, range_of, say
from helpers.timeline import searches

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
    """The newest observation of every fleet like an asset, whoever's: of its class (same-class), of
    its type (same-type), or large ones where its class has small ones too (large-only).
    """
    likeness = word_check.word("likeness", likeness, LIKENESS)
    rows = world.fleets(asset.capability)
    rows = rows[rows["class"] == asset.kind]
    if likeness == "large-only":
        return rows[rows["size"] != "small"]
    return rows[rows["type"].str.startswith(asset.family)] if likeness == "same-type" else rows


@data.selection(depends_on=data.DATED)
def american(world: data.World, asset: Asset, likeness: str) -> pd.DataFrame:
    """The US fleets among them."""
    rows = fleets(world, asset, likeness)
    return rows[rows["operator"] == "USA"]


@functools.lru_cache(512)
def american_count(world: data.World, asset: Asset, likeness: str) -> Quantity:
    """The American aircraft or satellites among them, at most as many as the class's newest row
    allows and, where a newer row gives a ceiling for things of mixed kinds, so many more.
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
    """The fleets among them in other hands: see OWNERS; fleets that have none left out. What some
    states own in common is theirs; NATO's own is what NATO operates.
    """
    owner = word_check.word("owner", owner, OWNERS)
    rows = fleets(world, asset, likeness)
    own = rows["operator"].isin(states_of(world, owner))
    if owner in ("nato", "members-and-nato"):
        own |= rows["operator"] == "NATO"
    return rows[some_left(rows) & own]


def count(world: data.World, asset: Asset, rows: pd.DataFrame) -> Quantity:
    """The aircraft or satellites of some fleets of an asset's class together; of no fleet none, if
    a recorded search found none, else unknown.
    """
    unit = "satellites" if asset.capability == SATELLITE else "aircraft"
    if rows.empty:
        return quantities.none(none_found(world, asset), unit)
    return quantities.total(rows, "in_service", unit)


@data.selection(depends_on=data.ROSTER)
def share(world: data.World, asset: Asset, owner: str, likeness: str) -> Quantity:
    """The others' count as a share of the American; zero where a search found none of theirs,
    unknown where either number is.
    """
    theirs, ours = owned_by(world, asset, owner, likeness), american(world, asset, likeness)
    return quantities.share(count(world, asset, theirs), count(world, asset, ours))


def none_found(world: data.World, asset: Asset) -> pd.DataFrame:
    """The recorded search by which no row of others means that they have none of a class; without
    it their number is not known.
    """
    looked = sources_that_count.concluded(world, "C20", "none found")
    return looked[looked.index == ABSENT.get(asset.kind, "")]


def _share_or_none(world: data.World, asset: Asset, owner: str, likeness: str) -> Quantity:
    """The others' share of the American count: none where a search found none of theirs and America
    has some, however many.
    """
    theirs, ours = owned_by(world, asset, owner, likeness), american(world, asset, likeness)
    looked = none_found(world, asset)
    if theirs.empty and some_left(ours).any() and len(looked):
        return quantities.none(looked, "share")
    return share(world, asset, owner, likeness)


def part_words(
    world: data.World, asset: Asset, owner: str, likeness: str
) -> Quantity | Linked | str:
    """The others' share of the American count in words: '32 % to 42 %', 'at most 24 %'; 'none'
    where a search found none of theirs and America has some, however many; 'not known' where either
    end is open or there is nothing to set against.
    """
    theirs = owned_by(world, asset, owner, likeness)
    part = _share_or_none(world, asset, owner, likeness)
    if part.none_found:
        return "none"
    low, high = numbers_known_by_their_ends.quotient(
        count(world, asset, theirs), american_count(world, asset, likeness)
    )
    if part.value is None or not high < float("inf"):
        return "not known"
    return numbers_known_by_their_ends.range_words(
        replace(part, low=None if part.low is None else low, high=high, value=high)
    )


def _range(world: data.World, asset: Asset, rows: pd.DataFrame) -> Quantity | Linked | str:
    """The aircraft or satellites of some fleets together, in words that form no middle."""
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
                "USA, the type": _range(world, asset, american(world, asset, "same-type")),
                "others, the type": _range(world, asset, same) if asset.family else "",
                "USA, the class": _range(world, asset, american(world, asset, "same-class")),
                "others, the class": _range(world, asset, like),
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
            "grade": row["verification"],
        }
        for id, row in rows.iterrows()
    ]


def warning_rows(world: data.World) -> list[dict]:
    """Satellites that warn of missiles, whoever's."""
    rows = world.fleets(SATELLITE)
    return _fleet_rows(rows[(rows["class"] == "missile-warning satellite") & some_left(rows)])


def warning_search(world: data.World) -> Row | str:
    """The search for a missile-warning satellite of an ally, by its day."""
    rows = searches(world, "C20")
    rows = rows[rows["found"].str.contains("no missile-warning satellite")]
    if rows.empty:
        return "no search is recorded"
    return Row(rows.index[-1], f"search of {day(rows['date'].iloc[-1])}")


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


def share_items(
    world: data.World, likeness: str, owner: str = "nato"
) -> list[tuple[str, Quantity, bool]]:
    """The others' share of the American count per asset, as items of a bar chart; the types the
    article names are the subject.
    """
    likeness = word_check.word("likeness", likeness, LIKENESS)
    return [
        (
            asset.kind if likeness == "same-class" else asset.name,
            _share_or_none(world, asset, owner, likeness),
            likeness == "same-type",
        )
        for asset in ASSETS
    ]


def class_and_type_items(world: data.World) -> list[tuple[str, Quantity, bool]]:
    """The shares by class and, of the aircraft, by the very type that the article names."""
    of_types = [
        item
        for asset, item in zip(ASSETS, share_items(world, "same-type"), strict=True)
        if asset.family
    ]
    return share_items(world, "same-class") + of_types


def share_title(world: data.World) -> Sentence:
    """The others' share of the radar aircraft by class and by type, as the title of a chart."""
    asset = SENSORS[RADAR]
    return say(
        "The allies have {part} of America's early warning aircraft, and of E-3s {type}",
        part=part_words(world, asset, "nato", "same-class"),
        type=part_words(world, asset, "nato", "same-type"),
    )


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


# Orbits


SENSORS = {RADAR: ASSETS[3], "signals intelligence": ASSETS[2], "high-altitude drone": ASSETS[5]}


def _known_owner(owner: str) -> str:
    """The word for whose aircraft: see OWNERS, or usa."""
    return word_check.word("owner", owner, (*OWNERS, "usa"))


def _eyes(world: data.World, sensor: str, owner: str) -> pd.DataFrame:
    """The fleets of an owner, or America's, that carry one kind of sensor."""
    asset = SENSORS[word_check.word("sensor", sensor, SENSORS)]
    if _known_owner(owner) == "usa":
        return american(world, asset, "same-class")
    return owned_by(world, asset, owner, "same-class")


@data.selection(depends_on=data.ROSTER)
def orbits(world: data.World, sensor: str, owner: str) -> Quantity:
    """Continuous orbits that an owner's aircraft of one kind of sensor keep up together, each fleet
    at its own endurance and readiness.

    owner: see OWNERS, or usa
    """
    rows = _eyes(world, sensor, owner)
    parts = [fleet_orbits(world, rows, id) for id in rows.index]
    return quantities.sum_of(parts, "orbits")


@data.selection(depends_on=data.ROSTER)
def orbits_without_end(world: data.World, sensor: str, owner: str) -> Quantity:
    """The orbits that an owner's aircraft of one kind of sensor keep up together without end: of
    each fleet the smaller of what it could at capacity and what the hours that it flies allow.

    owner: see OWNERS, or usa
    """
    rows = _eyes(world, sensor, owner)
    parts = [_orbits(world, "orbits_without_end", rows, id, ("h", "w")) for id in rows.index]
    return quantities.sum_of(parts, "orbits")


def fleet_orbits(world: data.World, rows: pd.DataFrame, id: str) -> Quantity:
    """The orbits of one fleet at capacity: as if nothing but the time on the ground, the depot and
    what is not ready held it back.
    """
    return _orbits(world, "orbits", rows, id)


def _orbits(
    world: data.World, formula: str, rows: pd.DataFrame, id: str, more: tuple[str, ...] = ()
) -> Quantity:
    id = word_check.word("row", id, rows.index)
    type_ = rows.loc[id, "type"]
    symbols = {symbol: parameter(world, symbol, type_) for symbol in (*AT_CAPACITY, *more)}
    A = quantities.cell(rows, id, "in_service", "aircraft")
    d = parameter(world, "d_orb", type_)
    return quantities.modelled(formula, "orbits", A=A, d=d, **symbols)


def at_capacity(world: data.World, A: Quantity, type_: str) -> Quantity:
    """So many aircraft of a type airborne on average at capacity, the way inside."""
    symbols = {symbol: parameter(world, symbol, type_) for symbol in AT_CAPACITY}
    return quantities.modelled("orbits", "orbits", A=A, d=quantities.chosen(0, "km"), **symbols)


AT_CAPACITY = ("c", "E", "v", "t_turn", "m")  # what the orbits of a fleet at capacity hang on


def recorded(world: data.World, sensor: str, owner: str) -> Quantity:
    """The most orbits of a sensor that an owner's aircraft were recorded to keep up; what was only
    planned or claimed is no record. Unknown where no row records any.

    owner: see OWNERS, or usa
    """
    sensor, owner = word_check.word("sensor", sensor, SENSORS), _known_owner(owner)
    operators = {"USA"} if owner == "usa" else states_of(world, owner)
    if owner in ("nato", "members-and-nato"):
        operators = operators | {"NATO"}
    rows = world.until("records")
    rows = rows[(rows["sensor"] == sensor) & rows["operator"].isin(operators)]
    flown = [
        quantities.cell(rows, id, "value", "orbits")
        for id in rows.index
        if id.startswith("record/")
    ]
    return max(
        (number for number in flown if number.low is not None),
        key=lambda number: (number.low, number.rows),
        default=Quantity(None, unit="orbits"),
    )


def recorded_words(world: data.World, sensor: str, owner: str) -> Quantity | Linked | str:
    """The most orbits that an owner's aircraft were recorded to keep up, in words."""
    flown = recorded(world, sensor, owner)
    return (
        numbers_known_by_their_ends.range_words(flown)
        if flown.value is not None
        else "none on record"
    )


def record_rows(world: data.World) -> list[dict]:
    """Aircraft kept in the air on average, as recorded, planned or claimed, by sensor."""
    rows = world.until("records")
    rows = rows[rows["sensor"] != ""].sort_values(["sensor", "id"])
    return [
        {
            "of": Row(id, row["what"]),
            "sensor": row["sensor"],
            "on average": numbers_known_by_their_ends.range_words(
                quantities.cell(rows, id, "value", "orbits")
            ),
            "standing": "recorded" if id.startswith("record/") else "planned or claimed",
            "when": row["date"],
            "grade": row["verification"],
        }
        for id, row in rows.iterrows()
    ]


def needed(world: data.World, sensor: str, mission: str) -> Quantity:
    """The continuous orbits of a sensor that a mission takes, as published or assumed."""
    return parameter(world, "n_orb", f"{sensor}, {mission}")


def spread_items(world: data.World, mission: str) -> list[tuple[str, Quantity, bool]]:
    """Per sensor the orbits that NATO's others with NATO's own aircraft keep up without end, and at
    capacity, with their 5-95 % intervals; those recorded, and the need chosen here.
    """
    items = []
    for sensor in SENSORS:
        wanted = needed(world, sensor, mission)
        lasting, most = (
            uncertainty.spread(kept(world, sensor, "nato"), world.seed)
            for kept in (orbits_without_end, orbits)
        )
        items += [
            (f"{sensor}, without end", lasting, True),
            (f"{sensor}, at capacity", most, False),
        ]
        if (flown := recorded(world, sensor, "nato")).value is not None:
            items.append((f"{sensor}, recorded", flown, False))
        items.append((f"{sensor}, wanted", wanted, False))
    return items


def radar_orbits(world: data.World) -> Quantity:
    """The radar aircraft that NATO without America keeps aloft without end."""
    return orbits_without_end(world, RADAR, "nato")


def driver_rows(world: data.World) -> list[dict]:
    """The inputs that drive the number of radar orbits, one table row each."""
    return sobol_indices.index_rows(radar_orbits(world), world)


def orbit_title(world: data.World, mission: str) -> Sentence:
    """The radar aircraft kept aloft without end, recorded and wanted, as the title of a chart."""
    return say(
        "Radar aircraft kept aloft without end: {kept}, recorded {flown}, wanted {need}",
        kept=uncertainty.in_words(radar_orbits(world), world),
        flown=recorded_words(world, RADAR, "nato"),
        need=numbers_known_by_their_ends.range_words(needed(world, RADAR, mission)),
    )


def orbit_rows(world: data.World, mission: str) -> list[dict]:
    """Per sensor, the orbits that a mission takes, those recorded, and those that NATO without
    America keeps up without end and at capacity, with what binds.
    """
    table = []
    for sensor in SENSORS:
        wanted = needed(world, sensor, mission)
        lasting, most = orbits_without_end(world, sensor, "nato"), orbits(world, sensor, "nato")
        table.append(
            {
                "sensor": sensor,
                "wanted, as chosen here": numbers_known_by_their_ends.range_words(wanted),
                "recorded": recorded_words(world, sensor, "nato"),
                "without end": uncertainty.in_words(lasting, world),
                "at capacity": uncertainty.in_words(most, world),
                "what binds": what_binds(lasting, most),
            }
        )
    return table


def what_binds(lasting: Quantity, most: Quantity) -> str:
    """What sets the orbits kept up without end, beside those at capacity."""
    if lasting.value is None or most.value is None:
        return "not known"
    if not most.value:
        return "there are none"
    return "hours flown a year" if lasting.value < most.value else "time on the ground"


def whose_orbits(world: data.World) -> list[dict]:
    """Per sensor, the orbits kept up without end by whose aircraft they are: NATO's own apart from
    its states', Europe's apart from those of Japan and Australia.
    """
    whose = {
        "NATO without America": "nato",
        "its states alone": "national",
        "the coalition's own in Europe": "europe",
        "the coalition's own, Japan and Australia too": "members",
        "America": "usa",
    }
    return [
        {"sensor": sensor}
        | {
            words: uncertainty.in_words(orbits_without_end(world, sensor, owner), world)
            for words, owner in whose.items()
        }
        for sensor in SENSORS
    ]


def in_short(world: data.World) -> Sentence:
    """Whether Europe could see without America, what the allies and America have of the aircraft
    that the article names, and how many radar aircraft the allies keep aloft.
    """
    answer = _answer(world)
    return say(
        (f"Could Europe see without America? {answer}. " if answer else "")
        + "The allies, with what NATO owns, have {radars} radar aircraft to America's"
        " {american_radars}, {drones} high-altitude drones to {american_drones} and {signals}"
        " signals aircraft to {american_signals}.{floor} In stealth drones {american_stealth}"
        " stands against {stealth}. No satellite that warns of missiles was found but America's"
        " ({searched}), and American satellites of a kind are no longer public by number."
        " Day and night the allies could keep {kept} radar aircraft aloft on average by the hours"
        " that such fleets fly; the most on record is {flown}, {most} would be possible at"
        " capacity.",
        kept=uncertainty.in_words(radar_orbits(world), world),
        flown=recorded_words(world, RADAR, "nato"),
        most=uncertainty.in_words(orbits(world, RADAR, "nato"), world),
        searched=warning_search(world),
        floor=_floor(world),
        **counterparts(world),
    )


def _floor(world: data.World) -> Sentence | str:
    """A sentence on the American high-altitude drones of which only the least is told; empty where
    all are counted.
    """
    rows = american(world, ASSETS[5], "same-class")
    rows = rows[rows["in_service"].isna() & (rows["in_service_low"] > 0)]
    if rows.empty:
        return ""
    kinds = data.load("sources", world.folder).loc[rows["source_id"], "kind"]
    floor = "the number that a law requires" if (kinds == "official").all() else "the least known"
    return say(
        " Of America's high-altitude drones {least} are " + floor + ", not a count.",
        least=numbers_known_by_their_ends.range_words(
            quantities.total(rows, "in_service", "aircraft")
        ),
    )


def eyes(world: data.World) -> Sentence:
    """Whether Europe could see without America, and how many radar aircraft NATO's others and
    America have.
    """
    every, answer = counterparts(world), _answer(world)
    return say(
        f"Could Europe see without America? {answer}: even NATO without it has {{radars}}"
        " radar aircraft against {american_radars}"
        if answer
        else "NATO without America has {radars} radar aircraft against {american_radars}",
        radars=every["radars"],
        american_radars=every["american_radars"],
    )


def _answer(world: data.World) -> str:
    """No where neither NATO without America nor Europe's members keep up what is assumed to be
    enough, in part where they have surely fewer aircraft; empty where not even that is sure.
    """
    counted = dict(pairs(world))
    sides = [counted[asset.kind] for asset in (ASSETS[3], ASSETS[5])]
    if not all(_surely_fewer(theirs, ours) for ours, theirs in sides):
        return ""
    bar = needed(world, RADAR, "reassurance").value
    short = all(_reaches(world, whose, bar) is False for whose in ("nato", "europe"))
    return "Only part of the time" if short else "Only in part"


def _reaches(world: data.World, owner: str, bar: float | None) -> bool | None:
    """Whether an owner keeps up without end so many radar aircraft in the air, by nine draws in
    ten; None where these do not settle it.
    """
    kept = uncertainty.spread(orbits_without_end(world, RADAR, owner), world.seed)
    if bar is None or kept.value is None:
        return None
    low, high = quantities.ends(kept)
    return True if low >= bar else False if high < bar else None


JUDGED = {True: "enough", False: "too few", None: "perhaps enough"}  # by `_reaches`


def kept_aloft(world: data.World) -> Sentence:
    """How much of the radar aircraft that are taken to be enough Europe's members by themselves and
    NATO without America could keep up, and that this bar is ours.
    """
    enough = needed(world, RADAR, "reassurance")
    europe, nato = (JUDGED[_reaches(world, whose, enough.value)] for whose in ("europe", "nato"))
    judged = f"both are {nato}" if europe == nato else f"Europe’s is {europe}, NATO’s {nato}"
    return say(
        "By the hours that such fleets fly, Europe alone could keep {enough} radar aircraft in the"
        " air {europe} of the time, NATO without America {nato}. Our bar is all of the time:"
        f" {judged}; the article sets none.",
        enough=quantities.tried(enough.value, like=enough),
        europe=_of_the_bar(world, "europe", enough),
        nato=_of_the_bar(world, "nato", enough),
    )


def _of_the_bar(world: data.World, owner: str, enough: Quantity) -> Sentence:
    """How much of the radar aircraft that are taken to be enough an owner keeps up without end."""
    kept = orbits_without_end(world, RADAR, owner)
    return uncertainty.in_words(quantities.converted(kept, enough.value or 1, "share"), world)


def by_other_bars(world: data.World) -> Sentence:
    """What the answer is by the lowest bar, on record, at capacity, and for America itself."""
    enough = needed(world, RADAR, "reassurance")
    least = quantities.end(enough, "low")
    nato, america = (
        JUDGED[_reaches(world, whose, bar.value)]
        for whose, bar in (("nato", least), ("usa", enough))
    )
    return say(
        "The bar of {enough} radar aircraft could stand anywhere from {range}; at {least} what NATO"
        f" without America keeps up is {nato}. On record that is {{flown}} at most; if all flew as"
        " much as they can, which no record shows, it would be {most}. What America’s fleets fly"
        f" was not found; by others’ hours they keep up {{america}}, {america}.",
        enough=enough,
        range=range_of(enough),
        least=least,
        flown=recorded_words(world, RADAR, "nato"),
        most=uncertainty.in_words(orbits(world, RADAR, "nato"), world),
        america=uncertainty.in_words(orbits_without_end(world, RADAR, "usa"), world),
    )


def _surely_fewer(one: Quantity, other: Quantity) -> bool:
    """Whether one number is below another wherever in their ranges they stand."""
    return one.high is not None and other.low is not None and one.high < other.low


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
            name: _range(world, asset, theirs),
            f"american_{name}": _range(world, asset, ours),
        }
    return ranges


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


def parameter_rows(world: data.World) -> list[dict]:
    """The parameters of the orbits and of the aircraft that fly them, one table row each."""
    return table_rows(world, "n_orb", "a_orb", "c", "d_orb", "w") + table_rows(
        world, "E", "m", "t_turn", "v", "h", of=cases(world, "E")
    )
