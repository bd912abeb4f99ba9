"""Air patrols: how far they are from their bases, how long a fighter stays without a tanker, and
how many patrols tankers could carry.
"""

import functools
import itertools

import pandas as pd

from helpers import data, quantities, refuelling, uncertainty
from helpers.assumptions import cases, parameter
from helpers.quantities import Quantity
from helpers.recipes import Recipe
from helpers.refuelling import tonnes
from helpers.tables import Row, range_of

TYPE = "Eurofighter Typhoon"  # the fighter that answers are given for unless another is named
FLEETS = {owner: refuelling.OWNERS[owner] for owner in ("pooled", "europe", "members")} | {
    "usa": "US Air Force"
}
SYMBOLS = (  # the parameters of patrols and tankers
    "f",
    "f_ext",
    "b",
    "u",
    "v",
    "t_os",
    "t_turn",
    "s_max",
    "m",
    "k_alert",
    "F_cap",
    "F_res",
    "b_T",
    "v_T",
    "t_hold",
    "O_obs",
    "s_T",
)
ONE, PAIR = (
    quantities.chosen(1, "patrols"),
    quantities.chosen(2, "aircraft"),
)  # answers are for one continuous patrol by two aircraft
KINDS = {  # where fighters are based, where they could be, and where they could be in Ukraine
    "permanent": ("fighter base",),
    "forward": ("fighter base", "forward airfield"),
    "ukraine": ("forward airfield",),
}
BOOM = ("F-16", "F-35A")  # fighters that take fuel by boom; the others take it by hose
CAMPAIGN = "a campaign"  # the case of what a tanker flies while others of its fleet rest
TRACK = (
    "place/powidz",
    "place/track-south-east-poland",
)  # the tanker base and track that answers are given for


def skies(world: data.World) -> list[str]:
    """The patrol areas that lie over Ukraine."""
    places = areas(world)
    return list(places.index[places["country"] == "UKR"])


def types(world: data.World) -> list[str]:
    """The fighter types that have parameters."""
    return cases(world, "f")


def tanker_types(world: data.World) -> list[str]:
    """The types of the large jet tankers on either side."""
    return sorted(set(refuelling.national(world)["type"]))


@data.selection(depends_on=data.UNDATED)
def distance(world: data.World, one: str, other: str) -> Quantity:
    """Kilometres between two places."""
    places = world.table("places")
    if not {one, other} <= set(places.index):
        return Quantity(None, unit="km", unknowns=1)

    def at(id: str, column: str) -> Quantity:
        return quantities.cell(places, id, column, "degrees")

    return quantities.modelled(
        "distance",
        "km",
        phi_1=at(one, "latitude"),
        lambda_1=at(one, "longitude"),
        phi_2=at(other, "latitude"),
        lambda_2=at(other, "longitude"),
    )


def areas(world: data.World) -> pd.DataFrame:
    """The places where patrols would fly, from west to east."""
    places = world.table("places")
    return places[places["kind"] == "patrol area"].sort_values("longitude")


@data.selection(depends_on=data.UNDATED)
def nearest(world: data.World, area: str, base: str = "permanent") -> str:
    """The base nearest to an area; '' where no row gives one.

    permanent: a fighter base, all of which are in NATO's states; forward: one of those or another
    airfield outside Ukraine; ukraine: an airfield inside it
    """
    places = world.table("places")
    inside = (places["country"] == "UKR") == (base == "ukraine")
    bases = places[places["kind"].isin(KINDS[base]) & inside].index
    return (
        min(bases, key=lambda id: (distance(world, id, area).value, id), default="")
        if area in places.index
        else ""
    )


@data.selection(depends_on=data.UNDATED)
def fuel(world: data.World, aircraft: str) -> Quantity:
    """The fuel a fighter takes on patrol, in kg: internal, and the outer tanks usually carried."""
    return quantities.add(parameter(world, "f", aircraft), parameter(world, "f_ext", aircraft))


@data.selection(depends_on=data.UNDATED)
def station(world: data.World, d: Quantity, aircraft: str = TYPE) -> Quantity:
    """Hours on station of an unrefuelled sortie to a distance."""
    value_of = functools.partial(parameter, world, case=aircraft)
    return quantities.modelled(
        "unrefuelled_station",
        "h",
        d=d,
        v=value_of("v"),
        f=fuel(world, aircraft),
        u=value_of("u"),
        b=value_of("b"),
    )


OWN_FUEL = ("f", "f_ext", "b", "u", "v")  # what the time on station without a tanker hangs on


def stays(world: data.World, d: Quantity, aircraft: str = TYPE) -> list[tuple[Quantity, Quantity]]:
    """Hours on station at a distance without a tanker and with one; of an input of which only the
    two ends are known, at each of these. Nothing where an input is not known at all.
    """
    symbols = (*OWN_FUEL, "t_os")
    options = [_known(parameter(world, symbol, aircraft)) for symbol in symbols]
    hours = []
    for values in itertools.product(*options):
        f, f_ext, b, u, v, t_os = values
        own = quantities.modelled(
            "unrefuelled_station", "h", d=d, v=v, f=quantities.add(f, f_ext), u=u, b=b
        )
        if own.value is None or not t_os.value:
            return []
        hours.append((own, t_os))
    return hours


def _known(number: Quantity) -> list[Quantity]:
    """A number, or its two ends where only these are known; nothing where one is missing."""
    if number.value is None:
        return []
    if not number.unknowns:
        return [number]
    if number.low is None or number.high is None:
        return []
    return [
        quantities.exact(end, number.unit, number.rows, Recipe("cell", name))
        for end, name in ((number.low, "low"), (number.high, "high"))
    ]


@data.selection(depends_on=("evidence", "seed"))
def short_of(
    world: data.World, d: Quantity, aircraft: str, part: float
) -> tuple[float, float] | None:
    """The least and the greatest share of the draws in which a patrol at a distance stays less than
    a part of the time without a tanker that it stays with one; None where an input is not known.
    """
    shares = [
        1 - uncertainty.chance(quantities.ratio(*pair), part, world.seed).number
        for pair in stays(world, d, aircraft)
    ]
    return (min(shares), max(shares)) if shares else None


@data.selection(depends_on=data.UNDATED)
def tipping(world: data.World, aircraft: str = TYPE) -> Quantity:
    """The distance at which an unrefuelled sortie has no time on station."""
    value_of = functools.partial(parameter, world, case=aircraft)
    return quantities.modelled(
        "tipping_distance",
        "km",
        v=value_of("v"),
        f=fuel(world, aircraft),
        u=value_of("u"),
        b=value_of("b"),
    )


@data.selection(depends_on=data.UNDATED)
def fighters(
    world: data.World, d: Quantity, aircraft: str = TYPE, unrefuelled: bool = False
) -> Quantity:
    """Fighters possessed for one continuous patrol at a distance, refuelled, or with only the
    station time their own fuel gives.
    """
    value_of = functools.partial(parameter, world, case=aircraft)
    t_os = station(world, d, aircraft) if unrefuelled else value_of("t_os")
    if unrefuelled and not t_os.value:
        return Quantity(None, unit="aircraft", unknowns=1, rows=t_os.rows)
    return quantities.modelled(
        "fighters",
        "aircraft",
        n=PAIR,
        k=ONE,
        d=d,
        v=value_of("v"),
        t_os=t_os,
        t_turn=value_of("t_turn"),
        s_max=value_of("s_max"),
        m=value_of("m"),
    )


@data.selection(depends_on=data.UNDATED)
def tanker_fuel(world: data.World, d: Quantity, aircraft: str = TYPE) -> Quantity:
    """Kilograms a day that tankers must give for one continuous patrol at a distance."""
    value_of = functools.partial(parameter, world, case=aircraft)
    return quantities.modelled(
        "tanker_fuel",
        "kg",
        n=PAIR,
        k=ONE,
        d=d,
        v=value_of("v"),
        t_os=value_of("t_os"),
        b=value_of("b"),
        f=fuel(world, aircraft),
        u=value_of("u"),
    )


def alert(world: data.World, aircraft: str = TYPE) -> Quantity:
    """Fighters held at base for one pair at readiness on the ground."""
    return quantities.modelled(
        "alert_fighters", "aircraft", k=ONE, q=parameter(world, "k_alert", aircraft)
    )


# Tankers


@data.selection(depends_on=data.UNDATED)
def offload(world: data.World, tanker: str, basis: str) -> Quantity:
    """Kilograms a tanker gives on a sortie: at capacity for its distance to the track, or as
    observed in operations.
    """
    value_of = functools.partial(parameter, world, case=tanker)
    if basis == "observed":
        return value_of("O_obs")
    capacity = value_of("F_cap")
    return quantities.modelled(
        "offload",
        "kg",
        F_cap=capacity,
        b_T=value_of("b_T"),
        r=distance(world, *TRACK),
        v_T=value_of("v_T"),
        t_hold=value_of("t_hold"),
        F_res=value_of("F_res"),
        O_max=capacity,
    )


@data.selection(depends_on=data.ROSTER)
def given(world: data.World, owner: str, basis: str, method: str = "any") -> Quantity:
    """Kilograms a day that the large jet tankers of an owner give together, each type by its own
    offload and sortie rate.

    owner: as refuelling.owned_by, or usa; basis: capacity or observed; method: any, boom or drogue
    """
    fleets = (
        refuelling.american(world, "air-force-jets")
        if owner == "usa"
        else refuelling.owned_by(world, owner)
    )
    if method != "any":
        fleets = fleets[fleets[method] == "yes"]
    parts = [_given(world, fleets, id, basis) for id in fleets.index]
    return quantities.add(*parts) if parts else quantities.chosen(0, "kg")


def _given(world: data.World, fleets: pd.DataFrame, id: str, basis: str) -> Quantity:
    value_of = functools.partial(parameter, world, case=fleets.loc[id, "type"])
    T = quantities.cell(fleets, id, "in_service", "aircraft")
    return quantities.modelled(
        "fuel_given",
        "kg",
        T=T,
        O=offload(world, fleets.loc[id, "type"], basis),
        s_T=value_of("s_T"),
    )


@data.selection(depends_on=data.ROSTER)
def carried(
    world: data.World, owner: str, basis: str, d: Quantity, aircraft: str = TYPE
) -> Quantity:
    """Continuous patrols of a fighter at a distance that those of an owner's tankers could carry
    which pass fuel the way it takes it.
    """
    method = "boom" if aircraft in BOOM else "drogue"
    return quantities.modelled(
        "patrols_carried",
        "patrols",
        F_day=given(world, owner, basis, method),
        F_patrol=tanker_fuel(world, d, aircraft),
    )


def part_of_us(world: data.World, owner: str, basis: str = "observed") -> Quantity:
    """The patrols an owner's tankers could carry as a share of those of the US Air Force; what a
    patrol takes cancels out.
    """
    return quantities.share(given(world, owner, basis), given(world, "usa", basis))


# What the notebook shows


def area_rows(world: data.World, aircraft: str = TYPE) -> list[dict]:
    """Per patrol area the nearest base with fighters, the distance, and what a patrol there takes
    without and with tankers.
    """
    places, table = world.table("places"), []
    for id, area in areas(world).iterrows():
        base = nearest(world, id)
        d = distance(world, base, id)
        table.append(
            {
                "area": Row(id, area["name"]),
                "nearest fighter base": Row(base, places.loc[base, "name"]),
                "distance (km)": d,
                "on station without a tanker (h)": station(world, d, aircraft),
                "range (h)": range_of(station(world, d, aircraft)),
                "fighters, refuelled": fighters(world, d, aircraft),
                "fuel from tankers (t a day)": tonnes(tanker_fuel(world, d, aircraft)),
            }
        )
    return table


def tipping_items(world: data.World) -> list[tuple[str, Quantity, bool]]:
    """The distance beyond which an unrefuelled sortie has no time on station, by type, as items of
    a chart of ranges.
    """
    return [(aircraft, tipping(world, aircraft), aircraft == TYPE) for aircraft in types(world)]


def area_marks(world: data.World) -> list[tuple[Quantity, str]]:
    """The distance of the nearest and the farthest patrol area from its nearest fighter base."""
    names = world.table("places")["name"]
    reach = {id: distance(world, nearest(world, id), id) for id in areas(world).index}
    ends = sorted(reach, key=lambda id: (reach[id].value, id))
    return (
        [(reach[id], names[id].split(" (")[0]) for id in dict.fromkeys((ends[0], ends[-1]))]
        if ends
        else []
    )


BASES = {
    "ukraine": "an airfield inside Ukraine",
    "forward": "nearest large runway in NATO",
    "permanent": "nearest fighter base",
    "place/coningsby": "from England",
    "place/mont-de-marsan": "from France",
}


def base_rows(
    world: data.World, area: str, owner: str = "members", aircraft: str = TYPE
) -> list[dict]:
    """A continuous pair over an area by where it is based: distance, fighters, fuel, and how many
    the owner's tankers could carry.
    """
    names, table = world.table("places")["name"], []
    for base, words in BASES.items():
        place = base if "/" in base else nearest(world, area, base)
        if place not in names.index:
            continue
        d = distance(world, place, area)
        table.append(
            {
                "based": words,
                "at": Row(place, names[place]),
                "distance (km)": d,
                "fighters for one pair": fighters(world, d, aircraft),
                "fuel from tankers (t a day)": tonnes(tanker_fuel(world, d, aircraft)),
                "pairs carried": carried(world, owner, "observed", d, aircraft),
            }
        )
    return table


def posture_rows(world: data.World, area: str) -> list[dict]:
    """What a pair takes by how it waits: in the air with tankers, in the air without, or on alert
    on the ground.
    """
    d = distance(world, nearest(world, area), area)
    return [
        {
            "posture": "patrol with tankers",
            "fighters": fighters(world, d),
            "fuel from tankers (t a day)": tonnes(tanker_fuel(world, d)),
        },
        {
            "posture": "patrol without tankers",
            "fighters": fighters(world, d, unrefuelled=True),
            "fuel from tankers (t a day)": "none",
        },
        {
            "posture": "alert on the ground",
            "fighters": alert(world),
            "fuel from tankers (t a day)": "none",
        },
    ]


SUPPORT = (0.1, 0.25, 0.5, 1.0)  # parts of the American tanker fleet, for partial support


def support_rows(world: data.World, area: str) -> list[dict]:
    """Continuous pairs over an area: the pool alone, Europe's tankers, all members', and these with
    parts of the American fleet.
    """
    d = distance(world, nearest(world, area), area)
    own = [
        (words, carried(world, owner, "observed", d))
        for owner, words in FLEETS.items()
        if owner != "usa"
    ]
    usa, members = carried(world, "usa", "observed", d), own[-1][1]
    parts = [
        (
            f"all members and {quantities.text(part, 'share')} of the American fleet",
            quantities.add(members, quantities.scaled(usa, quantities.chosen(part), "patrols")),
        )
        for part in SUPPORT
    ]
    table = []
    for words, number in own + parts:
        drawn = uncertainty.spread(number, world.seed)
        table.append(
            {
                "tankers": words,
                "median": drawn,
                "nine draws in ten": range_of(drawn),
                "driven by": uncertainty.driver(number, world),
            }
        )
    return table


def support_items(world: data.World, area: str) -> list[tuple[str, Quantity, bool]]:
    """The pairs that each fleet could carry with their 5-95 % intervals, as items of a chart of
    ranges.
    """
    d = distance(world, nearest(world, area), area)
    return [
        (
            words,
            uncertainty.spread(carried(world, owner, "observed", d), world.seed),
            owner == "members",
        )
        for owner, words in FLEETS.items()
    ]


def carried_rows(world: data.World, area: str) -> list[dict]:
    """The continuous patrols over an area that fleets could carry, at capacity and as observed, by
    boom and by hose, one table row a fleet.
    """
    d = distance(world, nearest(world, area), area)
    return [
        {
            "tankers of": words,
            "at capacity": carried(world, owner, "capacity", d),
            "as observed": carried(world, owner, "observed", d),
            "range, observed": range_of(carried(world, owner, "observed", d)),
            "F-16s, by boom": carried(world, owner, "observed", d, aircraft="F-16"),
        }
        for owner, words in FLEETS.items()
    ]
