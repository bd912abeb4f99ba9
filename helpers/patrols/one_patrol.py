"""What one patrol takes at a distance: hours on station, fighters and fuel from tankers."""

import functools
import inspect
import itertools

from helpers import data, formulas, quantities, uncertainty, word_check
from helpers.model_parameters import cases, parameter
from helpers.patrols.distances import BASES, CHOICES, areas, base_of, distance_to, nearest
from helpers.quantities import Quantity
from helpers.recipe_acts import Recipe
from helpers.refuelling import tonnes
from helpers.tables import Row, Sentence, say

TYPE = "Eurofighter Typhoon"  # the fighter that answers are given for unless another is named

DURATIONS = {  # for how long a patrol is kept up, each with the formula of the fighters it takes
    "a week": "fighters",
    "a month": "fighters_for_a_month",
    "without end": "fighters_without_end",
}

# answers are for one continuous patrol by two aircraft
ONE, PAIR = quantities.chosen(1, "patrols"), quantities.chosen(2, "aircraft")


def types(world: data.World) -> list[str]:
    """The fighter types that have parameters."""
    return cases(world, "f")


@data.selection(depends_on=data.UNDATED)
def fuel(world: data.World, aircraft: str) -> Quantity:
    """The fuel a fighter takes on patrol, in kg: internal, and the outer tanks usually carried."""
    return quantities.add(parameter(world, "f", aircraft), parameter(world, "f_ext", aircraft))


@data.selection(depends_on=data.UNDATED)
def _station(world: data.World, d: Quantity, aircraft: str) -> Quantity:
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
    """Hours on station at a distance without a tanker and with one, in pairs; of an input of which
    only the two ends are known, at each of these.

    Parameters
    ----------
    world : World
        Its standard of evidence admits the rows.
    d : Quantity
        Kilometres from base to station.
    aircraft : str
        A type of fighter that has parameters.

    Returns
    -------
    list of tuple
        Empty where an input is not known at all.
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
    """The least and the greatest share of the draws in which a patrol stays too short without a
    tanker.

    Parameters
    ----------
    world : World
        Its standard of evidence admits the rows; the draws begin with its seed.
    d : Quantity
        Kilometres from base to station.
    aircraft : str
        A type of fighter that has parameters.
    part : float
        What is too short: less than this part of the time that it stays with a tanker.

    Returns
    -------
    tuple of float or None
        None where an input is not known.
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
    """Fighters possessed for one continuous patrol by two aircraft, refuelled.

    Parameters
    ----------
    world : World
        Its standard of evidence admits the rows.
    d : Quantity
        Kilometres from base to station.
    aircraft : str
        A type of fighter that has parameters.
    duration : str
        For how long it is kept up: a week, a month or without end.
    """
    duration = word_check.word("duration", duration, DURATIONS)
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

    Parameters
    ----------
    world : World
        Its standard of evidence admits the rows.
    d : Quantity
        Kilometres from base to station.
    aircraft : str
        A type of fighter that has parameters.
    duration : str
        For how long it is kept up: a week, a month or without end.

    Returns
    -------
    dict
        By the words of LIMITS.
    """
    inputs = _flown(world, d, aircraft, word_check.word("duration", duration, DURATIONS))
    known = {}
    for words, formula in LIMITS.items():
        symbols = inspect.signature(formulas.DEFINITIONS[formula]).parameters
        if set(symbols) <= set(inputs):
            own = {symbol: inputs[symbol] for symbol in symbols}
            known[words] = quantities.modelled(formula, "aircraft", **own)
    return known


def binding(
    world: data.World, d: Quantity, aircraft: str = TYPE, duration: str = "without end"
) -> str:
    """The limit that asks for most fighters, all inputs at their values.

    Parameters
    ----------
    world : World
        Its standard of evidence admits the rows.
    d : Quantity
        Kilometres from base to station.
    aircraft : str
        A type of fighter that has parameters.
    duration : str
        For how long the patrol is kept up: a week, a month or without end.

    Returns
    -------
    str
        A key of LIMITS, or 'not known'.
    """
    known = {
        words: number.value
        for words, number in limits(world, d, aircraft, duration).items()
        if number.value is not None
    }
    return max(known, key=lambda words: known[words]) if known else "not known"


def _hours(world: data.World, d: Quantity) -> Quantity:
    """Hours that Typhoons fly in a year to keep one continuous pair at a distance."""
    v, t_os = (parameter(world, symbol, TYPE) for symbol in ("v", "t_os"))
    return quantities.modelled("hours_flown", "h", n=PAIR, k=ONE, d=d, v=v, t_os=t_os)


def alert(world: data.World, aircraft: str = TYPE) -> Quantity:
    """Fighters held at base for one pair at readiness on the ground."""
    return quantities.modelled(
        "alert_fighters", "aircraft", k=ONE, q=parameter(world, "k_alert", aircraft)
    )


@data.selection(depends_on=data.UNDATED)
def tanker_fuel(world: data.World, d: Quantity, aircraft: str = TYPE) -> Quantity:
    """Kilograms a day that tankers must give for one continuous patrol by two aircraft.

    Parameters
    ----------
    world : World
        Its standard of evidence admits the rows.
    d : Quantity
        Kilometres from base to station.
    aircraft : str
        A type of fighter that has parameters.
    """
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


def area_rows(world: data.World, aircraft: str = TYPE) -> list[dict]:
    """Per patrol area the nearest base with fighters, the distance, and what a patrol there takes
    without and with tankers.
    """
    places, table = world.table("places"), []
    for id, area in areas(world).iterrows():
        base = nearest(world, id)
        d = distance_to(world, id)
        table.append(
            {
                "area": Row(id, area["name"]),
                "nearest fighter base": Row(base, places.loc[base, "name"]),
                "distance (km)": d,
                "on station without a tanker (h)": uncertainty.in_words(
                    _station(world, d, aircraft), world
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


def base_rows(world: data.World, area: str) -> list[dict]:
    """A pair over an area by where it is based, or on alert: the fighters it takes for a week, a
    month and without end, what binds in the end, and the fuel it takes from tankers.
    """
    names, table = world.table("places")["name"], []
    for base, words in BASES.items():
        place = base_of(world, base, area)
        if place not in names.index:
            continue
        d = distance_to(world, area, base)
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
        d = distance_to(world, area, base)
        table.append(
            {
                "from": BASES[base],
                "hours flown a year": uncertainty.in_words(_hours(world, d), world),
            }
            | {
                words: uncertainty.in_words(number, world)
                for words, number in limits(world, d).items()
            }
            | {"binds": binding(world, d)}
        )
    return table
