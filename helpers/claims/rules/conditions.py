"""C27a, C27b, C28: whether the three conditions were met on the day, what those who would send the
force wait for, and what is opinion.
"""

from typing import Literal

import pandas as pd

from helpers import data, numbers_known_by_their_ends, quantities, sources_that_count, tables
from helpers.claims import Outcome, every, rule, some
from helpers.claims.rules.surveillance import falls_short
from helpers.commitments import WILLING, positions, tasks
from helpers.conditions import CONDITIONS, possible_help
from helpers.ground import offers, proposals, size
from helpers.quantities import Quantity
from helpers.recipe_acts import Recipe
from helpers.surveillance import SENSORS, needed, orbits_without_end
from helpers.timeline import own_word
from helpers.who_would_send import CHAIRS, WAITS, counted, senders

NEEDS = ("A settlement", "Russian consent", "American support")  # in the order of CONDITIONS


@rule("C27a")
def none_was_met(world: data.World, standard: Literal["strict", "lenient"]) -> Outcome:
    """Whether none of the three was met on the day, each as the sentence has it, or leniently.
    Computed, as the sentence has it: how many were unmet.
    """
    each = [condition.state(world, standard) for condition in CONDITIONS]
    met = some([state.met for state in each])
    holds = None if met is None else not met
    rows = tuple(sorted({row for state in each for row in state.rows}))
    missing = "; ".join(sorted({state.missing for state in each if state.met is None}))
    if standard == "lenient":
        names = [
            condition.name for condition, state in zip(CONDITIONS, each, strict=True) if state.met
        ]
        line = tables.say(
            "Taken leniently, {names} met.",
            names=f"{tables.listed(names)} {'was' if len(names) == 1 else 'were'}"
            if names
            else "none of the three was",
        )
        return Outcome(holds, holds, rows, missing, line=line)
    unmet = quantities.exact(
        sum(state.met is False for state in each), "conditions unmet", rows, Recipe("rows")
    )
    settled, consent, support = each
    possible = quantities.count(possible_help(world), "words")
    unknown = [name for name, state in zip(NEEDS, each, strict=True) if state.met is None]
    open_ones = f"; {tables.listed(unknown)} {'is' if len(unknown) == 1 else 'are'} open"
    less = (
        "while less firmly they were promised or held possible {times}"
        if possible.value
        else "nor were they held possible less firmly"
    )
    line = tables.say(
        f"{{terms}}; on the troops {{word}}; {{promised}}, {less}{open_ones if unknown else ''}.",
        terms=settled.words,
        word=consent.words,
        promised=support.words,
        **({"times": tables.times(possible)} if possible.value else {}),
    )
    return Outcome(holds, unmet, rows, missing, line=line)


@rule("C27b")
def stands_or_falls(
    world: data.World,
    for_what: Literal["the-force", "any-influence"],
    which: Literal["all", "each"],
    measured_by: Literal["stated", "modelled"],
) -> Outcome:
    """Whether the force would go without the three, or the coalition have any influence.

    all            true where both that lead wait for one of them, none goes without, and nobody who
                   would send soldiers is silent, or a search found none that goes; each: each of
                   the three by who calls it needed or not
    any-influence  false where the coalition's own texts name a thing that begins in the war
    modelled       whether a force of the least size proposed, its eyes included, takes America; a
                   model has nothing to say on the other two
    """
    if for_what == "any-influence":
        return _influence(world)
    if which == "all" and measured_by == "stated":
        return _waiting(world)
    outcomes = [
        (modelled if measured_by == "modelled" else stated_need)(world, condition.need)
        for condition in CONDITIONS
    ]
    holds = (every if which == "each" else some)([outcome.holds for outcome in outcomes])
    rows = tuple(sorted({row for outcome in outcomes for row in outcome.rows}))
    word = {True: "needed", False: "not needed", None: "not settled"}
    parts = [f"{NEEDS[place]}: {{of_{place}}}" for place in range(len(outcomes))]
    line = tables.say(
        "; ".join(parts) + ".",
        **{f"of_{place}": word[outcome.holds] for place, outcome in enumerate(outcomes)},
    )
    return Outcome(
        holds,
        holds,
        rows,
        "; ".join(sorted({outcome.missing for outcome in outcomes if outcome.holds is None})),
        line=line,
    )


def _waiting(world: data.World) -> Outcome:
    """What those who would send soldiers wait for, by their own word."""
    sending = senders(world)
    silent = [sender for sender in sending if not sender.waits and not sender.goes]
    goes = [sender for sender in sending if sender.goes]
    looked = sources_that_count.concluded(world, "C27b", "none found")
    lead = [sender for sender in sending if sender.code in CHAIRS and sender.waits]
    holds = True if len(lead) == len(CHAIRS) and (not silent or len(looked)) else None
    if goes:
        holds = False
    first, *others = (
        counted([sender for sender in sending if name in sender.waits]) for name in WAITS
    )
    waiting = [tables.number_of(first, "waits", "wait", "none"), *map(tables.or_none, others)]
    parts = [
        tables.say(f"{{number}} for {name}", number=number)
        for number, name in zip(waiting, WAITS, strict=True)
    ]
    have = ("has not said that it waits", "have not said that they wait")
    line = tables.say(
        "Of the {all} that would send soldiers or lead the force, {parts}, and by the claim's sense"
        " one is enough"
        + ("; {silent} for any of these" if silent else "")
        + ("; {goes} have said that they" if len(goes) > 1 else "; {goes} has said that it")
        + " would go if all three were missing.",
        all=tables.number_of(counted(sending), "state"),
        parts=tables.series(parts),
        goes=tables.or_none(counted(goes)),
        **({"silent": tables.number_of(counted(silent), *have)} if silent else {}),
    )
    return Outcome(
        holds,
        counted(sending),
        tuple(sorted({*(row for sender in sending for row in sender.rows), *looked.index})),
        "what each state that would send soldiers waits for",
        line=line,
    )


def _influence(world: data.World) -> Outcome:
    """Whether the coalition has influence without the three: by what begins in the war."""
    rows = tasks(world)
    rows = rows[rows["actor"].isin(["coalition", "both"])]
    free = rows[rows["begins"] == "while the war goes on"]
    line = tables.say(
        "The coalition's own texts name {free} that begins while the war goes on.",
        free=tables.number_of(quantities.count(free), "task"),
    )
    return Outcome(
        False if len(free) else None,
        False if len(free) else None,
        quantities.ids(free if len(free) else rows),
        "what the coalition could do without any of the three",
        line=line,
    )


def stated_need(world: data.World, need: str) -> Outcome:
    """Whether those who spoke on the record, Russia apart, said that a condition is needed; open
    where some said so and others not, or what one said was not read.
    """
    rows = world.until("statements")
    rows = rows[(rows["subject"] == need) & own_word(rows) & (rows["country"] != "RUS")]
    stances = set(rows["stance"]) & {"demands", "refuses", ""}
    holds = {frozenset({"demands"}): True, frozenset({"refuses"}): False}.get(frozenset(stances))
    missing = f"on whose word to rely: those who spoke of the {need} do not agree"
    return Outcome(holds, None, quantities.ids(rows), missing)


def modelled(world: data.World, need: str) -> Outcome:
    """Whether the models say that a condition is needed: only American support is a matter for
    them.
    """
    if need != "need for US support":
        return Outcome(None, missing=f"what a model would say of the {need}: there is none")
    troops = offers(world)
    proposed = proposals(world)
    sizes = [size(proposed, id) for id in proposed.index]
    least = min(
        (number for number in sizes if number.low),
        key=lambda number: numbers_known_by_their_ends.ends(number)[0],
        default=Quantity(None),
    )
    pairs = [(least, troops)] + [
        (needed(world, sensor, "reassurance"), orbits_without_end(world, sensor, "nato"))
        for sensor in SENSORS
    ]
    rows = {row for need, kept in pairs for row in (*need.rows, *kept.rows)}
    return Outcome(
        some([falls_short(*pair, world.seed) for pair in pairs]),
        None,
        tuple(sorted(rows)),
        "the troops and aircraft exactly enough",
    )


@rule("C28")
def imaginary(world: data.World, meaning: Literal["influence"]) -> Outcome:
    """No fact could decide whether influence is imaginary; the rows are what members offered, and
    what their texts let begin while the war goes on.
    """
    offered, done = positions(world), tasks(world)
    offered = offered[offered["position"].isin(WILLING)]
    done = done[done["begins"] == "while the war goes on"]
    states = quantities.distinct(offered, "country", "states")
    line = tables.say(
        "No fact could decide it; beside it {stand} {states} that would give something, soldiers or"
        " other help, and {tasks} that may begin while the war goes on.",
        stand="stands" if states.value in (0, 1) else "stand",
        states=tables.number_of(states, "state"),
        tasks=tables.number_of(quantities.count(done, "tasks"), "official task"),
    )
    return Outcome(None, None, quantities.ids(pd.concat([offered, done])), opinion=True, line=line)
