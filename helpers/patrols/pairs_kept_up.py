"""How many pairs of fighters the fleets keep up, by fighters and fuel together."""

import itertools

import pandas as pd

from helpers import data, numbers_known_by_their_ends, quantities, timeline, uncertainty
from helpers.membership import fleet_name, observed, some_left, states_of
from helpers.model_parameters import parameter, table_rows
from helpers.patrols.distances import BASES, BLACK_SEA, CHOICES, KYIV, base_of, distance_to
from helpers.patrols.one_patrol import DURATIONS, alert, binding, fighters, tanker_fuel, types
from helpers.patrols.tankers import ALL, carried, given, tanker_types
from helpers.quantities import Quantity
from helpers.tables import Row, Sentence, say

WHOSE = {"europe": "members in Europe", "members": "all members"}  # whose fighters and tankers

NONE = quantities.chosen(0, "patrols")

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

ESCORTED = (0, 0.5, 1, 2)  # surveillance aircraft over the Black Sea at a time, each with a pair

PLANS = {"plan/csis-held": "three bases", "plan/sky-shield": "western and central Ukraine"}


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

    Parameters
    ----------
    world : World
        The day, roster and evidence looked at.
    owner : str
        Whose fighters, as in fleets.
    d : Quantity
        Kilometres from base to station.
    duration : str
        For how long they are kept up: a week, a month or without end.
    part : Quantity
        The part of the fighters that is given, from 0 to 1.
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
    return quantities.sum_of(parts, "patrols")


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
    """Continuous pairs that an owner's fighters and tankers keep up together, beside escorts over
    the Black Sea.

    A Typhoon's fuel stands for all types; an escort takes fighters and fuel from the same fleets.

    Parameters
    ----------
    world : World
        The day, roster and evidence looked at.
    owner : str
        Whose fighters and tankers: europe, members or nato.
    d : Quantity
        Kilometres from base to station.
    duration : str
        For how long they are kept up: a week, a month or without end.
    part : Quantity
        The part of the fighters and tankers that is given, from 0 to 1.
    escorts : Quantity
        Pairs of escorts that are in the air at a time.
    """
    near = distance_to(world, BLACK_SEA)
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
    """The pairs that fighters keep up on so much fuel from tankers, with no escort beside.

    Parameters
    ----------
    by_fighters : Quantity
        Pairs that the fighters would keep up if tankers set no limit.
    F_day : Quantity
        Kilograms a day that tankers give.
    F_patrol : Quantity
        Kilograms a day that one pair takes from tankers.
    """
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


def what_binds(
    world: data.World, owner: str, d: Quantity, duration: str, part: Quantity = ALL
) -> str:
    """What sets the number of pairs that an owner keeps up, by the medians of the draws.

    Parameters
    ----------
    world : World
        The day, roster and evidence looked at; the draws begin with its seed.
    owner : str
        Whose fighters and tankers: europe, members or nato.
    d : Quantity
        Kilometres from base to station.
    duration : str
        For how long they are kept up: a week, a month or without end.
    part : Quantity
        The part of the fighters and tankers that is given, from 0 to 1.

    Returns
    -------
    str
        'fuel from tankers'; else what limits the fighters, as in binding; or 'not known'.
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


def fuel_in_short(world: data.World) -> Sentence:
    """How many pairs over Kyiv the tankers of three owners have fuel for, and how many all members
    would keep up with the fighters that there are, in two sentences.
    """
    d = distance_to(world, KYIV)
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


def fighter_rows(world: data.World, area: str, owner: str = "members") -> list[dict]:
    """The fighters of each state by type: how many there are, how many of them are ready, and the
    pairs over an area that they would keep up if they did nothing else.

    Parameters
    ----------
    world : World
        The day, roster and evidence looked at; the draws begin with its seed.
    area : str
        The id of a place.
    owner : str
        Whose fighters, as in fleets.
    """
    d = distance_to(world, area)
    rows = fleets(world, owner).sort_values(["in_service", "fleet"], ascending=[False, True])
    table = []
    for id, row in rows.iterrows():
        A = quantities.cell(rows, id, "in_service", "aircraft")
        ready = quantities.scaled(A, parameter(world, "m", row["type"]), "aircraft")
        table.append(
            {
                "fleet": Row(id, fleet_name(row)),
                "in service": numbers_known_by_their_ends.range_words(A),
                "observed": observed(row),
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
    d = distance_to(world, area)
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


def escort_rows(world: data.World, area: str, owner: str = "europe") -> list[dict]:
    """The pairs over an area that are left beside surveillance aircraft over the Black Sea, each
    with a pair of escorts and the fuel that these take.

    Parameters
    ----------
    world : World
        The day, roster and evidence looked at; the draws begin with its seed.
    area : str
        The id of a place.
    owner : str
        Whose fighters and tankers: europe, members or nato.
    """
    d = distance_to(world, area)
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


def alert_in_short(world: data.World) -> Sentence:
    """The fighters held for a pair on alert in peace, and those that a plan wants for alert under
    raids, in one sentence.
    """
    plans = world.until("records")
    ready, held = (
        quantities.cell(plans, id, "value", "aircraft") if id in plans.index else Quantity(None)
        for id in ("plan/csis-ready", "plan/csis-held")
    )
    return say(
        "The fighters on alert, {alert} for a pair, are those of peace over the Baltic states;"
        " under raids CSIS would have {ready} ready and {held} held, at three bases.",
        alert=uncertainty.in_words(alert(world), world),
        ready=ready,
        held=held,
    )


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
                F = fighters(world, distance_to(world, area, base), duration=duration)
                pairs = quantities.modelled("pairs_flown", "patrols", A=A, g=ALL, F=F)
                row[f"pairs, {BASES[base]}, {duration}"] = uncertainty.in_words(pairs, world)
        on_alert = quantities.modelled("pairs_flown", "patrols", A=A, g=ALL, F=alert(world))
        table.append(row | {"pairs on alert": uncertainty.in_words(on_alert, world)})
    return table


def search_rows(world: data.World) -> list[dict]:
    """What was looked for to know fuel and fleets better, and what came up."""
    return timeline.search_rows(world, "C22")


def parameter_rows(world: data.World) -> list[dict]:
    """The parameters of patrols and tankers, one table row each."""
    return table_rows(world, *SYMBOLS, of=(*types(world), *tanker_types(world)))
