"""C01, C09, C10, C11, C14, C15, C17, C18, C29, C30, C31: when it began, what for, and what Russia
and America said.
"""

from typing import Literal

from helpers import data, quantities
from helpers.claims import Outcome, every, rule, stated
from helpers.commitments import tasks
from helpers.timeline import (
    AGREED,
    ON_TROOPS,
    ON_WAR,
    age,
    events,
    founding,
    on_each_day,
    own_word,
    searches,
    statements,
    sure,
)

FEW = {"up-to-ten": (0, 10), "two-to-seven": (2, 7)}  # C14: days that may be called a few
FORCE = (
    "lead",
    "regeneration",
    "skies",
    "seas",
    "land",
    "inside Ukraine",
    "monitoring",
    "response to breaches",
)  # C11: roles of the force
SETTLED = {"settlement": {"settlement"}, "ceasefire-counts": {"settlement", "ceasefire", "either"}}
SECOND = "a second independent source"


@rule("C01")
def founded_in_london(
    world: data.World, origin: Literal["london", "paris-february", "joint-march"]
) -> Outcome:
    """The date that those who date the coalition give, against the stated one."""
    rows = sure(founding(world, origin))
    if rows.empty:
        return Outcome(None, missing="a corroborated account of the founding by the day")
    when = rows["date"].max()
    return Outcome(when == data.row("C01", world.folder)["stated"], when, quantities.ids(rows))


@rule("C09")
def nine_months(world: data.World, start: Literal["london", "paris-february"]) -> Outcome:
    """Months since the founding on every day the article may have come out; more than the stated
    number on all of them.
    """
    rows = founding(world, start)
    if rows.empty:
        return Outcome(None, missing="an account of the founding")
    holds = on_each_day(world, lambda then: age(rows, then).value > stated("C09", world.folder))
    return Outcome(holds, age(rows, world), quantities.ids(rows), "one answer on all the days")


@rule("C10")
def no_terms(world: data.World, extent: Literal["general", "any-truce", "with-partial"]) -> Outcome:
    """Absence, against the named falsifier: terms that both sides agreed. It holds only where a
    search for them is recorded.

    general: for a general ceasefire or settlement that lasts. any-truce: also one of a few days.
    with-partial: also partial ones.
    """
    looked = searches(world, "C10")
    rows = events(world, *AGREED)
    agreed = sure(
        rows[
            rows["agreed_by"].isin(["both"] + ["announced by a third"] * (extent == "with-partial"))
        ]
    )
    wide = agreed[
        agreed["scope"].str.startswith("general")
        | ((extent == "with-partial") & agreed["scope"].isin(["partial", "local"]))
    ]
    if extent == "general":
        wide = wide[[not end or data.span(end).last >= world.day for end in wide["end"]]]
    if len(wide):
        return Outcome(False, False, quantities.ids(wide))
    return Outcome(
        True if len(looked) else None,
        True if len(looked) else None,
        quantities.ids(rows, looked),
        "a recorded search for agreed terms",
    )


@rule("C11")
def after_a_settlement(
    world: data.World, settlement: Literal["settlement", "ceasefire-counts"]
) -> Outcome:
    """Whether every role that the states' own texts give the force has a settlement (or, read
    widely, a ceasefire) before it.
    """
    rows = tasks(world)
    rows = rows[rows["field"].isin(FORCE) & rows["actor"].isin(["coalition", "both"])]
    if rows.empty:
        return Outcome(None, missing="published roles of the force by the day")
    holds = set(rows["precondition"]) <= SETTLED[settlement]
    return Outcome(holds, holds, quantities.ids(rows))


@rule("C14")
def days_before(world: data.World, few: Literal["up-to-ten", "two-to-seven"]) -> Outcome:
    """Whether the interview lay a few days back on every day the article may have come out, and
    repeated earlier words.
    """
    rows = statements(world, "RUS", *ON_TROOPS)
    spoke = rows[
        (rows["office"] == "deputy foreign minister")
        & (rows["subject"] == "NATO troops in Ukraine")
    ]
    if spoke.empty:
        return Outcome(None, missing="the deputy foreign minister's statement by the day")
    said = data.span(spoke["date"].iloc[-1]).last
    before = sure(rows[(rows["stance"] == "refuses") & (rows["date"] < spoke["date"].iloc[-1])])
    low, high = FEW[few]
    holds = on_each_day(world, lambda then: low <= (then.day - said).days <= high)
    return Outcome(
        False if holds is None else bool(holds and len(before)),
        str(said),
        quantities.ids(spoke.tail(1), before),
    )


@rule("C15")
def officials_confident(
    world: data.World, about: Literal["forces-and-banner", "package"]
) -> Outcome:
    """Whether unnamed US officials are on record as confident: of forces outside NATO's banner, or
    of a package of guarantees.
    """
    rows = statements(
        world,
        "USA",
        (
            "European forces outside NATO's banner"
            if about == "forces-and-banner"
            else "a package of guarantees"
        ),
    )
    rows = rows[(rows["stance"] == "confident") & ~own_word(rows)]
    if rows.empty:
        return Outcome(None, missing="a record of such confidence by the day")
    found = len(sure(rows)) > 0
    return Outcome(
        True if found else None,
        True if found else None,
        quantities.ids(rows),
        f"{SECOND} for what officials said",
    )


@rule("C17")
def ruled_out_in_april(
    world: data.World, said: Literal["president-all-support", "administration-joining"]
) -> Outcome:
    """Speaker and scope in April 2025: the president on all support, or the administration on
    joining. No record is not a no.
    """
    scope = (
        "US military support of any kind"
        if said == "president-all-support"
        else "joining the force"
    )
    rows = statements(world, "USA", scope)
    rows = rows[rows["date"].str.startswith("2025-04") & (rows["stance"] == "refuses")]
    rows = sure(rows[(rows["office"] == "president") == said.startswith("president")])
    looked = searches(world, "C17")
    if rows.empty:
        return Outcome(
            None,
            None,
            quantities.ids(looked),
            "any public record of it, in a recorded search",
            searched=len(looked) > 0,
        )
    return Outcome(True, True, quantities.ids(rows))


@rule("C18")
def august(world: data.World, half: Literal["both", "guarantees", "ground-troops"]) -> Outcome:
    """Whether the president spoke vaguely of guarantees in August 2025, whether the newest word on
    ground troops refuses them, or both.
    """
    vague = statements(world, "USA", "security guarantees")
    vague = sure(
        vague[
            (vague["office"] == "president")
            & (vague["stance"] == "vague")
            & vague["date"].str.startswith("2025-08")
        ]
    )
    troops = sure(statements(world, "USA", "US ground troops"))
    troops = troops[troops["date"] == troops["date"].max()] if len(troops) else troops
    refused = None if troops.empty else bool((troops["stance"] == "refuses").any())
    halves = {
        "guarantees": (True if len(vague) else None, vague),
        "ground-troops": (refused, troops),
    }
    holds, rows = zip(*([halves[half]] if half in halves else halves.values()), strict=True)
    answer = every(holds)
    return Outcome(answer, answer, quantities.ids(*rows), "a corroborated record by the day")


@rule("C29")
def either_side(world: data.World, act: Literal["strike", "guard"]) -> Outcome:
    """strike: a published text foresees force against either side. guard: one foresees an answer to
    breaches, whoever commits them.
    """
    rows = tasks(world)
    rows = rows[rows["field"].isin(["response to breaches", "guarantee"])]
    if rows.empty:
        return Outcome(None, missing="published answers to breaches by the day")
    if act == "strike":
        holds = bool((rows["against"] == "either side").any())
    else:
        holds = bool(
            (
                (rows["field"] == "response to breaches")
                & rows["against"].isin(["either side", "not said"])
            ).any()
        )
    return Outcome(holds, holds, quantities.ids(rows))


@rule("C30")
def cannot_know(world: data.World, what: Literal["either", "objectives", "activities"]) -> Outcome:
    """objectives: no purpose of the force is published. activities: no task comes with assets,
    numbers and a trigger. either: one of both.
    """
    rows = tasks(world)
    rows = rows[rows["field"].isin(FORCE) & rows["actor"].isin(["coalition", "both"])]
    if rows.empty:
        return Outcome(None, missing="published tasks by the day")
    unknown = {
        "objectives": rows["task"].eq("").all(),
        "activities": not (rows[["assets", "numbers", "trigger"]] == "yes").all(axis=1).any(),
    }
    holds = unknown[what] if what in unknown else all(unknown.values())
    return Outcome(bool(holds), bool(holds), quantities.ids(rows))


@rule("C31")
def unyielding(world: data.World, measure: Literal["troops", "war-aims", "anything"]) -> Outcome:
    """Whether Russian words by the day show no yielding: on foreign troops, on the aims of the war,
    or on anything at all.
    """
    subjects = {"troops": ON_TROOPS, "war-aims": ON_WAR, "anything": ()}[measure]
    rows = sure(statements(world, "RUS", *subjects))
    if rows.empty:
        return Outcome(None, missing="corroborated Russian statements by the day")
    if measure == "war-aims":
        rows = rows[rows["date"] == rows["date"].max()]
    holds = not rows["stance"].isin(["accepts", "offers"]).any()
    return Outcome(bool(holds), bool(holds), quantities.ids(rows))
