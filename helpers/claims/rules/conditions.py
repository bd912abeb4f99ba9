"""C27a, C27b, C28: whether the three conditions were met on the day, whether each is necessary, and
what is opinion.
"""

from typing import Literal

import pandas as pd

from helpers import data, quantities
from helpers.claims import Outcome, rule
from helpers.claims.rules.surveillance import every, falls_short, some
from helpers.commitments import WILLING, positions, tasks
from helpers.conditions import CONDITIONS
from helpers.ground import proposals, size, states, sustained_by
from helpers.quantities import Quantity
from helpers.surveillance import SENSORS, needed, orbits
from helpers.timeline import own_word, sure


@rule("C27a")
def none_was_met(world: data.World, standard: Literal["strict", "lenient"]) -> Outcome:
    """Whether none of the three was met on the day, each taken strictly or leniently."""
    found = [condition.state(world, standard) for condition in CONDITIONS]
    met = some([state.met for state in found])
    holds = None if met is None else not met
    rows = tuple(sorted({row for state in found for row in state.rows}))
    return Outcome(
        holds,
        holds,
        rows,
        "; ".join(sorted({state.missing for state in found if state.met is None})),
    )


@rule("C27b")
def each_is_necessary(
    world: data.World,
    for_what: Literal["any-influence", "the-force"],
    which: Literal["each", "all"],
    measured_by: Literal["stated", "modelled"],
) -> Outcome:
    """Whether each of the three is needed, for the force to do its tasks or for the coalition to
    have any influence at all.

    which          each: lacking one of them is enough; all: lacking all three is
    any-influence  falls with one act that the coalition's own texts put before all three conditions
    stated         by those who said on the record that it is needed, or is not; where both were
                   said it is open
    modelled       whether a force of the least size proposed, its eyes included, takes America; a
                   model has nothing to say on the other two
    """
    if for_what == "any-influence":
        rows = tasks(world)
        free = rows[(rows["precondition"] == "none") & rows["actor"].isin(["coalition", "both"])]
        return Outcome(
            free.empty if len(rows) else None,
            free.empty if len(rows) else None,
            quantities.ids(free if len(free) else rows),
            "published tasks",
        )
    found = [
        (modelled if measured_by == "modelled" else stated_need)(world, condition.need)
        for condition in CONDITIONS
    ]
    holds = (every if which == "each" else some)([outcome.holds for outcome in found])
    rows = tuple(sorted({row for outcome in found for row in outcome.rows}))
    return Outcome(
        holds,
        holds,
        rows,
        "; ".join(sorted({outcome.missing for outcome in found if outcome.holds is None})),
    )


def stated_need(world: data.World, need: str) -> Outcome:
    """Whether those who spoke on the record, Russia apart, said that a condition is needed; open
    where some said so and others not.
    """
    rows = sure(world.until("statements"))
    rows = rows[(rows["subject"] == need) & own_word(rows) & (rows["country"] != "RUS")]
    stances = set(rows["stance"]) & {"demands", "refuses"}
    holds = {frozenset({"demands"}): True, frozenset({"refuses"}): False}.get(frozenset(stances))
    return Outcome(
        holds, None, quantities.ids(rows), f"one answer of those who spoke of the {need}"
    )


def modelled(world: data.World, need: str) -> Outcome:
    """Whether the models say that a condition is needed: only American support is a matter for
    them.
    """
    if need != "need for US support":
        return Outcome(None, missing=f"a model of the {need}: there is none")
    troops = sustained_by(world, states(world, "willing"))
    proposed = proposals(world)
    sizes = [size(proposed, id) for id in proposed.index]
    least = min(
        (number for number in sizes if number.low),
        key=lambda number: number.low,
        default=Quantity(None),
    )
    pairs = [(least, troops)] + [
        (needed(world, sensor, "reassurance"), orbits(world, sensor, "members-and-nato"))
        for sensor in SENSORS
    ]
    rows = {row for need, kept in pairs for row in (*need.rows, *kept.rows)}
    return Outcome(
        some([falls_short(*pair, world.seed) for pair in pairs]),
        None,
        tuple(sorted(rows)),
        "orbits and troops known well enough",
    )


@rule("C28")
def imaginary(world: data.World, meaning: Literal["influence"]) -> Outcome:
    """No fact could decide whether influence is imaginary; the rows are what members offered and
    did before any condition was met.
    """
    offered = positions(world)
    done = tasks(world)
    rows = pd.concat(
        [offered[offered["position"].isin(WILLING)], done[done["precondition"] == "none"]]
    )
    return Outcome(None, None, quantities.ids(rows), opinion=True)
