"""What tankers give, and how many patrols they have fuel for."""

import functools

import pandas as pd

from helpers import data, quantities, refuelling, sobol_indices, uncertainty, word_check
from helpers.model_parameters import known_case, parameter
from helpers.patrols.distances import KYIV, distance, distance_to
from helpers.patrols.one_patrol import DURATIONS, TYPE, tanker_fuel
from helpers.quantities import Quantity
from helpers.tables import Sentence, range_of, say

FLEETS = {owner: refuelling.OWNERS[owner] for owner in ("pooled", "europe", "members")} | {
    "usa": "US Air Force"
}

ALL = quantities.chosen(1, "share")

TANKER_BASES = ("capacity", "observed")  # what a tanker gives: as it could, or as it was seen to

BOOM = ("F-16", "F-35A")  # fighters that take fuel by boom; the others take it by hose

CAMPAIGN = "a campaign"  # the case of what a tanker flies while others of its fleet rest

TRACK = (
    "place/powidz",
    "place/track-south-east-poland",
)  # the tanker base and track that answers are given for

SUPPORT = (0.1, 0.25, 0.5, 1.0)  # parts of the American tanker fleet, for partial support


def tanker_types(world: data.World) -> list[str]:
    """The types of the large jet tankers on either side."""
    return sorted(set(refuelling.national(world)["type"]))


@data.selection(depends_on=data.UNDATED)
def offload(world: data.World, tanker: str, basis: str) -> Quantity:
    """Kilograms a tanker gives on a sortie.

    Parameters
    ----------
    world : World
        Its standard of evidence admits the rows.
    tanker : str
        A type of tanker that has parameters.
    basis : str
        capacity: what it could give at its distance to the track; observed: what it was seen to
        give in operations.
    """
    value_of = functools.partial(parameter, world, case=tanker)
    if word_check.word("basis", basis, TANKER_BASES) == "observed":
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
    """Kilograms a day that a part of an owner's large jet tankers give together, each type by its
    own offload.

    Parameters
    ----------
    world : World
        The day, roster and evidence looked at.
    owner : str
        Whose tankers: as refuelling.owned_by, or usa for the US Air Force's.
    basis : str
        What one gives on a sortie, as in offload: capacity or observed.
    method : str
        How those that count pass fuel: any, boom or drogue.
    duration : str
        without end: at the hours a year that fleets fly; a week or a month: at the rate of a
        campaign, by those that are ready.
    part : Quantity
        The part of the tankers that is given, from 0 to 1.
    """
    method = word_check.word("method", method, refuelling.METHODS)
    duration = word_check.word("duration", duration, DURATIONS)
    basis = word_check.word("basis", basis, TANKER_BASES)
    owner = word_check.word("owner", owner, (*refuelling.OWNERS, "usa"))
    rows = (
        refuelling.american(world, "air-force-jets")
        if owner == "usa"
        else refuelling.owned_by(world, owner)
    )
    if rows.empty:
        return quantities.unknown("kg")
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
    """Continuous patrols by two aircraft that an owner's tankers could carry, those of them that
    pass fuel the way the fighter takes it.

    Parameters
    ----------
    world : World
        The day, roster and evidence looked at.
    owner : str
        Whose tankers, as in given.
    basis : str
        What one gives on a sortie, as in offload: capacity or observed.
    d : Quantity
        Kilometres from base to station.
    aircraft : str
        A type of fighter that has parameters.
    duration : str
        For how long, as in given: a week, a month or without end.
    part : Quantity
        The part of the tankers that is given, from 0 to 1.
    """
    aircraft = known_case(world, aircraft)
    method = "boom" if aircraft in BOOM else "drogue"
    return quantities.modelled(
        "patrols_carried",
        "patrols",
        F_day=given(world, owner, basis, method, duration, part),
        F_patrol=tanker_fuel(world, d, aircraft),
    )


def pairs_by_fuel(world: data.World) -> Quantity:
    """The continuous pairs over Kyiv that all members' tankers have fuel for."""
    return carried(world, "members", "observed", distance_to(world, KYIV))


def driver_rows(world: data.World) -> list[dict]:
    """The inputs that drive the number of pairs by fuel, one table row each."""
    return sobol_indices.index_rows(pairs_by_fuel(world), world)


def support_rows(world: data.World, area: str) -> list[dict]:
    """Continuous pairs over an area: the pool alone, Europe's tankers, all members', and these with
    parts of the American fleet.
    """
    d = distance_to(world, area)
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
                "pairs": drawn,
                "range": range_of(drawn),
                "driven by": sobol_indices.driver(number, world),
            }
        )
    return table


def support_items(world: data.World, area: str) -> list[tuple[str, Quantity, bool]]:
    """The pairs that each fleet could carry with their 5-95 % intervals, as items of a chart of
    ranges.
    """
    d = distance_to(world, area)
    return [
        (
            words,
            uncertainty.spread(carried(world, owner, "observed", d), world.seed),
            owner == "members",
        )
        for owner, words in FLEETS.items()
    ]


def support_title(world: data.World) -> Sentence:
    """The pairs that all members' tankers have fuel for, as the title of a chart."""
    return say(
        "By fuel alone all members could keep {pairs} pairs over Kyiv without end",
        pairs=uncertainty.in_words(pairs_by_fuel(world), world),
    )


def carried_rows(world: data.World, area: str) -> list[dict]:
    """The continuous patrols over an area that the fuel of fleets could carry: at capacity, as
    observed in a campaign of a month, as observed without end, and by boom, one table row a fleet.
    """
    d = distance_to(world, area)

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
