"""Air patrols: how far they are from their bases, how long a fighter stays without a tanker, and
how many patrols tankers could carry.
"""

import functools
import inspect
import itertools

import pandas as pd

from helpers import bounds, data, models, quantities, refuelling, uncertainty, vocabulary
from helpers.membership import some_left, states_of
from helpers.model_parameters import cases, known_case, parameter, table_rows
from helpers.quantities import Quantity
from helpers.recipes import Recipe
from helpers.refuelling import tonnes
from helpers.tables import Row, Sentence, range_of, say

TYPE = "Eurofighter Typhoon"  # the fighter that answers are given for unless another is named
FLEETS = {owner: refuelling.OWNERS[owner] for owner in ("pooled", "europe", "members")} | {
    "usa": "US Air Force"
}
WHOSE = {"europe": "members in Europe", "members": "all members"}  # whose fighters and tankers
DURATIONS = {  # for how long a patrol is kept up, each with the formula of the fighters it takes
    "a week": "fighters",
    "a month": "fighters_for_a_month",
    "without end": "fighters_without_end",
}
BLACK_SEA, KYIV = "place/area-black-sea-west", "place/area-kyiv"
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
    "h",
    "p",
    "h_p",
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
ALL, NONE = quantities.chosen(1, "share"), quantities.chosen(0, "patrols")
KINDS = {  # where fighters are based, where they could be, and where they could be in Ukraine
    "permanent": ("fighter base",),
    "forward": ("fighter base", "forward airfield"),
    "ukraine": ("forward airfield",),
}
TANKER_BASES = ("capacity", "observed")  # what a tanker gives: as it could, or as it was seen to
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


def _place(world: data.World, id: str) -> str:
    """The id of a place, or '' where no place was found; raises WordError for another word."""
    return id and data.known("places", "id", id, world.folder)


@data.selection(depends_on=data.UNDATED)
def distance(world: data.World, one: str, other: str) -> Quantity:
    """Kilometres between two places; unknown where a row of them is not admitted."""
    one, other = (_place(world, id) for id in (one, other))
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
    area, base = _place(world, area), vocabulary.word("base", base, KINDS)
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
    world: data.World, d: Quantity, aircraft: str = TYPE, duration: str = "without end"
) -> Quantity:
    """Fighters possessed for one continuous patrol at a distance, refuelled, kept up for a week, a
    month, or without end: see DURATIONS.
    """
    duration = vocabulary.word("duration", duration, DURATIONS)
    return quantities.modelled(
        DURATIONS[duration], "aircraft", **_flown(world, d, aircraft, duration)
    )


def _flown(world: data.World, d: Quantity, aircraft: str, duration: str) -> dict[str, Quantity]:
    """What the fighters of a patrol hang on, by symbol."""
    symbols = ("v", "t_os", "t_turn", "s_max", "m")
    inputs = {symbol: parameter(world, symbol, aircraft) for symbol in symbols}
    if duration == "a month":
        inputs |= {"h": parameter(world, "h", f"{aircraft}, a month")}
    if duration == "without end":
        inputs |= {symbol: parameter(world, symbol, aircraft) for symbol in ("h", "p", "h_p")}
    return {"n": PAIR, "k": ONE, "d": d} | inputs


LIMITS = {  # what holds fighters back, each with its formula
    "time on the ground and sorties a day": "fighters",
    "hours that airframes fly": "fighters_by_hours",
    "hours that pilots fly": "fighters_by_crews",
}


def limits(
    world: data.World, d: Quantity, aircraft: str = TYPE, duration: str = "without end"
) -> dict[str, Quantity]:
    """The fighters that one continuous patrol takes by each limit alone, of those that hold for so
    long.
    """
    inputs = _flown(world, d, aircraft, vocabulary.word("duration", duration, DURATIONS))
    known = {}
    for words, formula in LIMITS.items():
        symbols = inspect.signature(models.DEFINITIONS[formula]).parameters
        if set(symbols) <= set(inputs):
            own = {symbol: inputs[symbol] for symbol in symbols}
            known[words] = quantities.modelled(formula, "aircraft", **own)
    return known


def binding(
    world: data.World, d: Quantity, aircraft: str = TYPE, duration: str = "without end"
) -> str:
    """The limit that asks for most fighters, all inputs at their values."""
    known = {
        words: number.value
        for words, number in limits(world, d, aircraft, duration).items()
        if number.value is not None
    }
    return max(known, key=lambda words: known[words]) if known else "not known"


# How many fighters there are


@data.selection(depends_on=data.ROSTER)
def fleets(world: data.World, owner: str) -> pd.DataFrame:
    """The fighter fleets of an owner's states of types that have parameters; fleets of none left
    out.

    owner: europe, members or nato, as membership.states_of
    """
    rows = world.fleets("fighter")
    own = rows["operator"].isin(states_of(world, owner)) & rows["type"].isin(types(world))
    return rows[own & some_left(rows)]


@data.selection(depends_on=data.ROSTER)
def flown_by(
    world: data.World, owner: str, d: Quantity, duration: str, part: Quantity = ALL
) -> Quantity:
    """Continuous pairs that a part of an owner's fighters would keep up, each type by its own
    numbers, if tankers set no limit. A fleet that is known as 'at least' counts as its floor.
    """
    rows = fleets(world, owner)
    parts = [
        quantities.modelled(
            "pairs_flown",
            "patrols",
            A=_floor(quantities.cell(rows, id, "in_service", "aircraft")),
            g=part,
            F=fighters(world, d, rows.loc[id, "type"], duration),
        )
        for id in rows.index
    ]
    return quantities.add(*parts) if parts else quantities.chosen(0, "patrols")


def _floor(number: Quantity) -> Quantity:
    """A number, or its floor where it has no ceiling."""
    return number if number.high is not None else quantities.end(number, "low")


@data.selection(depends_on=data.ROSTER)
def kept(
    world: data.World,
    owner: str,
    d: Quantity,
    duration: str,
    part: Quantity = ALL,
    escorts: Quantity = NONE,
) -> Quantity:
    """Continuous pairs that an owner's fighters and tankers keep up together at a distance, with so
    many pairs of escorts over the Black Sea beside.

    A Typhoon's fuel stands for all types; an escort takes fighters and fuel from the same fleets.
    """
    near = sea(world)
    return quantities.modelled(
        "pairs_beside",
        "patrols",
        k_F=flown_by(world, owner, d, duration, part),
        r_F=quantities.ratio(
            fighters(world, near, duration=duration), fighters(world, d, duration=duration)
        ),
        F_day=given(world, owner, "observed", "drogue", duration, part),
        F_patrol=tanker_fuel(world, d),
        e=escorts,
        F_escort=tanker_fuel(world, near),
    )


def both(by_fighters: Quantity, F_day: Quantity, F_patrol: Quantity) -> Quantity:
    """The pairs that fighters keep up on so much fuel from tankers, with no escort beside."""
    none = quantities.chosen(0)
    return quantities.modelled(
        "pairs_beside",
        "patrols",
        k_F=by_fighters,
        r_F=none,
        F_day=F_day,
        F_patrol=F_patrol,
        e=NONE,
        F_escort=none,
    )


def sea(world: data.World) -> Quantity:
    """The distance at which surveillance aircraft over the Black Sea are escorted."""
    return distance(world, nearest(world, BLACK_SEA), BLACK_SEA)


def what_binds(
    world: data.World, owner: str, d: Quantity, duration: str, part: Quantity = ALL
) -> str:
    """What sets the number of pairs that an owner keeps up, by the medians of the draws: the
    tankers' fuel, or the fighters and of these what.
    """
    by_fighters, by_fuel = (
        uncertainty.spread(number, world.seed).value
        for number in (
            flown_by(world, owner, d, duration, part),
            carried(world, owner, "observed", d, duration=duration, part=part),
        )
    )
    if by_fighters is None or by_fuel is None:
        return "not known"
    return "fuel from tankers" if by_fuel < by_fighters else binding(world, d, duration=duration)


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
    if vocabulary.word("basis", basis, TANKER_BASES) == "observed":
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
def given(
    world: data.World,
    owner: str,
    basis: str,
    method: str = "any",
    duration: str = "without end",
    part: Quantity = ALL,
) -> Quantity:
    """Kilograms a day that a part of the large jet tankers of an owner give together, each type by
    its own offload.

    owner: as refuelling.owned_by, or usa; basis: capacity or observed; method: any, boom or drogue
    duration: without end, at the hours a year that fleets fly; else at the rate of a campaign, by
    those that are ready
    """
    method = vocabulary.word("method", method, refuelling.METHODS)
    duration = vocabulary.word("duration", duration, DURATIONS)
    basis = vocabulary.word("basis", basis, TANKER_BASES)
    owner = vocabulary.word("owner", owner, (*refuelling.OWNERS, "usa"))
    rows = (
        refuelling.american(world, "air-force-jets")
        if owner == "usa"
        else refuelling.owned_by(world, owner)
    )
    if method != "any":
        rows = rows[rows[method] == "yes"]
    parts = [_given(world, rows, id, basis, duration) for id in rows.index]
    if not parts:
        return quantities.chosen(0, "kg")
    total = quantities.add(*parts)
    return total if part == ALL else quantities.scaled(total, part, "kg")


def _given(world: data.World, rows: pd.DataFrame, id: str, basis: str, duration: str) -> Quantity:
    type_ = rows.loc[id, "type"]
    T, s_T = quantities.cell(rows, id, "in_service", "aircraft"), parameter(world, "s_T", type_)
    if duration != "without end":
        T = quantities.scaled(T, parameter(world, "m", "tankers"), "aircraft")
        s_T = parameter(world, "s_T", CAMPAIGN)
    return quantities.modelled("fuel_given", "kg", T=T, O=offload(world, type_, basis), s_T=s_T)


@data.selection(depends_on=data.ROSTER)
def carried(
    world: data.World,
    owner: str,
    basis: str,
    d: Quantity,
    aircraft: str = TYPE,
    duration: str = "without end",
    part: Quantity = ALL,
) -> Quantity:
    """Continuous patrols of a fighter at a distance that those of an owner's tankers could carry
    which pass fuel the way it takes it.
    """
    aircraft = known_case(world, aircraft)
    method = "boom" if aircraft in BOOM else "drogue"
    return quantities.modelled(
        "patrols_carried",
        "patrols",
        F_day=given(world, owner, basis, method, duration, part),
        F_patrol=tanker_fuel(world, d, aircraft),
    )


def part_of_us(world: data.World, owner: str, basis: str = "observed") -> Quantity:
    """The patrols an owner's tankers could carry as a share of those of the US Air Force; what a
    patrol takes cancels out.
    """
    return quantities.share(given(world, owner, basis), given(world, "usa", basis))


# What the notebook shows


def to_kyiv(world: data.World) -> Quantity:
    """The distance of Kyiv from the fighter base nearest to it."""
    return distance(world, nearest(world, KYIV), KYIV)


def in_short(world: data.World) -> Sentence:
    """What one pair of fighters over Kyiv takes, and how many pairs Europe's members would keep up,
    in two sentences.
    """
    d = to_kyiv(world)
    return say(
        "One pair of fighters over Kyiv day and night takes {week} fighters from Poland for a week"
        " and {lasting} without end. If all that they have did nothing else, Europe's members would"
        " keep up {pairs} pairs without end; what binds: {binds}.",
        week=uncertainty.in_words(fighters(world, d, duration="a week"), world),
        lasting=uncertainty.in_words(fighters(world, d), world),
        pairs=uncertainty.in_words(kept(world, "europe", d, "without end"), world),
        binds=what_binds(world, "europe", d, "without end"),
    )


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
                "on station without a tanker (h)": uncertainty.in_words(
                    station(world, d, aircraft), world
                ),
                "fighters, without end": uncertainty.in_words(fighters(world, d, aircraft), world),
                "fuel from tankers (t a day)": uncertainty.in_words(
                    tonnes(tanker_fuel(world, d, aircraft)), world
                ),
            }
        )
    return table


def tipping_items(world: data.World) -> list[tuple[str, Quantity, bool]]:
    """The distance beyond which an unrefuelled sortie has no time on station, by type, as items of
    a chart of ranges.
    """
    return [
        (aircraft, uncertainty.spread(tipping(world, aircraft), world.seed), aircraft == TYPE)
        for aircraft in types(world)
    ]


def tipping_title(world: data.World) -> Sentence:
    """The distance from which a Typhoon needs a tanker, as the title of a chart."""
    return say(
        "Without a tanker a Typhoon has no time on station from {edge} km on",
        edge=uncertainty.in_words(tipping(world), world),
    )


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
    "ukraine": "inside Ukraine",
    "permanent": "Poland and Romania",
    "forward": "nearest large runway in NATO",
    "place/coningsby": "England",
    "place/mont-de-marsan": "France",
}
CHOICES = ("ukraine", "permanent")  # where from is the first choice; the third is to wait on alert


def base_of(world: data.World, base: str, area: str) -> str:
    """The place that stands for a way to base fighters: see BASES."""
    base = vocabulary.word("base", base, BASES)
    return base if "/" in base else nearest(world, area, base)


def base_rows(world: data.World, area: str) -> list[dict]:
    """A pair over an area by where it is based, or on alert: the fighters it takes for a week, a
    month and without end, what binds in the end, and the fuel it takes from tankers.
    """
    names, table = world.table("places")["name"], []
    for base, words in BASES.items():
        place = base_of(world, base, area)
        if place not in names.index:
            continue
        d = distance(world, place, area)
        table.append(
            {"from": words, "at": Row(place, names[place]), "distance (km)": d}
            | {
                f"fighters, {duration}": uncertainty.in_words(
                    fighters(world, d, duration=duration), world
                )
                for duration in DURATIONS
            }
            | {
                "without end it is set by": binding(world, d),
                "fuel (t a day)": uncertainty.in_words(tonnes(tanker_fuel(world, d)), world),
            }
        )
    held = uncertainty.in_words(alert(world), world)
    waits: dict[str, object] = {"from": "on alert on the ground", "at": "", "distance (km)": ""}
    waits |= {f"fighters, {duration}": held for duration in DURATIONS}
    return [
        *table,
        waits | {"without end it is set by": "aircraft held for a pair", "fuel (t a day)": "none"},
    ]


def limit_rows(world: data.World, area: str) -> list[dict]:
    """The fighters that one pair over an area takes without end by each limit alone, from the
    places of the first choice.
    """
    table = []
    for base in CHOICES:
        place = base_of(world, base, area)
        if not place:
            continue
        d = distance(world, place, area)
        table.append(
            {
                "from": BASES[base],
                "hours flown a year": uncertainty.in_words(hours(world, d), world),
            }
            | {
                words: uncertainty.in_words(number, world)
                for words, number in limits(world, d).items()
            }
            | {"binds": binding(world, d)}
        )
    return table


def hours(world: data.World, d: Quantity, aircraft: str = TYPE) -> Quantity:
    """Hours flown in a year to keep one continuous pair at a distance."""
    v, t_os = (parameter(world, symbol, aircraft) for symbol in ("v", "t_os"))
    return quantities.modelled("hours_flown", "h", n=PAIR, k=ONE, d=d, v=v, t_os=t_os)


def fighter_rows(world: data.World, area: str, owner: str = "members") -> list[dict]:
    """The fighters of each state by type: how many there are, how many of them are ready, and the
    pairs over an area that they would keep up if they did nothing else.
    """
    d = distance(world, nearest(world, area), area)
    rows = fleets(world, owner).sort_values(["in_service", "fleet"], ascending=[False, True])
    table = []
    for id, row in rows.iterrows():
        A = quantities.cell(rows, id, "in_service", "aircraft")
        ready = quantities.scaled(A, parameter(world, "m", row["type"]), "aircraft")
        table.append(
            {
                "fleet": Row(id, f"{row['operator']} {row['type']}"),
                "in service": bounds.range_words(A),
                "observed": row["observed"] + (" (old)" if row["old"] else ""),
                "ready": uncertainty.in_words(ready, world),
            }
            | {
                f"pairs, {duration}": uncertainty.in_words(
                    quantities.modelled(
                        "pairs_flown",
                        "patrols",
                        A=A,
                        g=ALL,
                        F=fighters(world, d, row["type"], duration),
                    ),
                    world,
                )
                for duration in ("a week", "without end")
            }
        )
    return table


def kept_rows(world: data.World, area: str) -> list[dict]:
    """The pairs over an area that Europe's members keep up for a week, a month and without end, and
    all members without end: by their fighters, by their tankers, together, and what binds.
    """
    d = distance(world, nearest(world, area), area)
    return [
        {
            "whose": words,
            "for": duration,
            "by the fighters": uncertainty.in_words(flown_by(world, owner, d, duration), world),
            "by the tankers' fuel": uncertainty.in_words(
                carried(world, owner, "observed", d, duration=duration), world
            ),
            "pairs": uncertainty.in_words(kept(world, owner, d, duration), world),
            "what binds": what_binds(world, owner, d, duration),
        }
        for owner, words in WHOSE.items()
        for duration in DURATIONS
        if owner == "europe" or duration == "without end"
    ]


ESCORTED = (0, 0.5, 1, 2)  # surveillance aircraft over the Black Sea at a time, each with a pair


def escort_rows(world: data.World, area: str, owner: str = "europe") -> list[dict]:
    """The pairs over an area that are left beside surveillance aircraft over the Black Sea, each
    with a pair of escorts and the fuel that these take.
    """
    d = distance(world, nearest(world, area), area)
    table = []
    for number in (quantities.chosen(count, "aircraft") for count in ESCORTED):
        left = kept(world, owner, d, "without end", escorts=number)
        table.append(
            {
                "escorted aircraft over the Black Sea": number,
                "pairs left, without end": uncertainty.in_words(left, world),
            }
        )
    return table


PLANS = {"plan/csis-held": "three bases", "plan/sky-shield": "western and central Ukraine"}


def plan_rows(world: data.World, area: str) -> list[dict]:
    """What published plans ask for, and the pairs over an area that so many Typhoons would keep up,
    from inside Ukraine and from NATO's states, or hold on alert.
    """
    plans, table = world.until("records"), []
    for id, where in PLANS.items():
        if id not in plans.index:
            continue
        A = quantities.cell(plans, id, "value", "aircraft")
        row = {"plan": Row(id, plans.loc[id, "what"]), "where": where, "fighters": A}
        for base, duration in itertools.product(CHOICES, ("a week", "without end")):
            place = base_of(world, base, area)
            if place:
                F = fighters(world, distance(world, place, area), duration=duration)
                pairs = quantities.modelled("pairs_flown", "patrols", A=A, g=ALL, F=F)
                row[f"pairs, {BASES[base]}, {duration}"] = uncertainty.in_words(pairs, world)
        on_alert = quantities.modelled("pairs_flown", "patrols", A=A, g=ALL, F=alert(world))
        table.append(row | {"pairs on alert": uncertainty.in_words(on_alert, world)})
    return table


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


def pairs_by_fuel(world: data.World) -> Quantity:
    """The continuous pairs over Kyiv that all members' tankers have fuel for."""
    return carried(world, "members", "observed", to_kyiv(world))


def driver_rows(world: data.World) -> list[dict]:
    """The inputs that drive the number of pairs by fuel, one table row each."""
    return uncertainty.index_rows(pairs_by_fuel(world), world)


def support_title(world: data.World) -> Sentence:
    """The pairs that all members' tankers have fuel for, as the title of a chart."""
    return say(
        "By fuel alone all members could keep {pairs} pairs over Kyiv without end",
        pairs=uncertainty.in_words(pairs_by_fuel(world), world),
    )


def parameter_rows(world: data.World) -> list[dict]:
    """The parameters of patrols and tankers, one table row each."""
    return table_rows(world, *SYMBOLS, of=(*types(world), *tanker_types(world)))


def fuel_in_short(world: data.World) -> Sentence:
    """How many pairs over Kyiv the tankers of three owners have fuel for, and how many all members
    would keep up with the fighters that there are, in two sentences.
    """
    d = to_kyiv(world)
    return say(
        "By the median of many draws, if every tanker served this one task and gave what tankers"
        " gave in past operations, the pooled fleet would have fuel for {pooled} pairs of fighters"
        " over Kyiv day and night, all members' tankers for {members}, the US Air Force's for"
        " {usa}. With the fighters there are, all members would keep up {pairs} without end; what"
        " binds: {binds}.",
        pairs=uncertainty.in_words(kept(world, "members", d, "without end"), world),
        binds=what_binds(world, "members", d, "without end"),
        **{
            owner: uncertainty.in_words(carried(world, owner, "observed", d), world)
            for owner in ("pooled", "members", "usa")
        },
    )


def carried_rows(world: data.World, area: str) -> list[dict]:
    """The continuous patrols over an area that the fuel of fleets could carry: at capacity, as
    observed in a campaign of a month, as observed without end, and by boom, one table row a fleet.
    """
    d = distance(world, nearest(world, area), area)

    def pairs(owner: str, basis: str, duration: str, aircraft: str = TYPE):
        number = carried(world, owner, basis, d, aircraft, duration)
        return uncertainty.in_words(number, world)

    return [
        {
            "tankers of": words,
            "at capacity, a month": pairs(owner, "capacity", "a month"),
            "as observed, a month": pairs(owner, "observed", "a month"),
            "as observed, without end": pairs(owner, "observed", "without end"),
            "F-16s, by boom, without end": pairs(owner, "observed", "without end", "F-16"),
        }
        for owner, words in FLEETS.items()
    ]
