"""C29 and C30: what would answer a breach, and which particulars were published."""

from typing import Literal

import pandas as pd

from helpers import data, quantities, tables
from helpers.claims import Outcome, rule
from helpers.claims.searched_outcome import settled
from helpers.commitments import command, tasks
from helpers.sources_that_count import concluded
from helpers.tables import Row, Sentence
from helpers.timeline import each_day

OBJECTIVES = ("guarantee", "land", "skies", "seas", "regeneration")  # C30


@rule("C29")
def either_side(world: data.World, act: Literal["strike", "strike-russia", "guard"]) -> Outcome:
    """strike: an official text foresees armed force against either side. strike-russia: against
    Russia. guard: one foresees an answer to breaches, of whatever kind. A text that does not say
    against whom, or names one side alone, is silent on the other.
    """
    rows = tasks(world)
    rows = rows[
        rows["field"].isin(["response to breaches", "guarantee"])
        & rows["of_force"].isin(["yes", "unclear"])
    ]
    armed = rows[rows["force_named"] == "yes"]
    against = {side: armed[armed["against"] == side] for side in ("Russia", "either side")}
    foreseen = {
        "strike": against["either side"],
        "strike-russia": against["Russia"],
        "guard": rows,
    }[act]
    return settled(
        "C29",
        world,
        True if len(foreseen) else None,
        foreseen if len(foreseen) else rows,
        missing="whether any text foresees armed force against whichever side breaks a deal"
        if act == "strike"
        else "whether any text foresees it",
        line=_breaches_line(act, rows, armed, against, _looked_for(world)),
    )


def _looked_for(world: data.World) -> Sentence | str:
    """That a search found no text either, where one is recorded that reaches the day."""
    looked = concluded(world, "C29", "no record either way")
    if looked.empty:
        return ""
    return tables.say(
        "; {search} for one that does found none", search=Row(str(looked.index[-1]), "a search")
    )


def _breaches_line(
    act: str,
    rows: pd.DataFrame,
    armed: pd.DataFrame,
    against: dict[str, pd.DataFrame],
    looked: Sentence | str,
) -> Sentence:
    template = {
        "strike": "Of {n} on how a breach of the peace would be answered, armed"
        " force is named in {k}: against Russia in {r}, against nobody in particular in {o},"
        " against whichever side breaks it in {e}{looked}.",
        "strike-russia": "Armed force against Russia stands in {r} of {n} on how"
        " a breach would be answered ({days}).",
        "guard": "An answer to breaches stands in {n}.",
    }[act]
    unnamed = armed.drop([*against["Russia"].index, *against["either side"].index])
    values = {
        "n": tables.number_of(quantities.count(rows, "tasks"), "official passage"),
        "k": tables.or_none(quantities.count(armed, "tasks")),
        "r": tables.or_none(quantities.count(against["Russia"], "tasks")),
        "e": tables.or_none(quantities.count(against["either side"], "tasks")),
        "o": tables.or_none(quantities.count(unnamed, "tasks")),
        "days": each_day(against["Russia"]) or "no day",
        "looked": "" if len(against["either side"]) else looked,
    }
    return tables.say(
        template, **{name: value for name, value in values.items() if f"{{{name}}}" in template}
    )


@rule("C30")
def cannot_know(
    world: data.World, what: Literal["in-particulars", "either", "objectives", "activities"]
) -> Outcome:
    """Whether no official text has published what the force is to do, and one says that it waits
    until the terms are known. That nothing is published does not show what is known inside.

    in-particulars  a task with means, and with numbers or what sets it off
    either          any task or purpose
    objectives      any purpose
    activities      a task with means, numbers and what sets it off
    """
    rows = tasks(world)
    own, may = rows[rows["of_force"] == "yes"], rows[rows["of_force"] == ""]
    posts = command(world, data.OWN_WORD)
    waits = [texts[texts["waits_for_terms"] == "yes"] for texts in (own, posts)]
    published, unsure = (_published(texts, what) for texts in (own, may))
    told = any(map(len, waits)) and unsure.empty
    return settled(
        "C30",
        world,
        False if len(published) else True if told else None,
        published,
        *([] if len(published) else waits),
        missing="what is known inside: no text gives particulars, and none says that they wait",
        line=_particulars_line(what, own, waits),
    )


def _published(rows: pd.DataFrame, what: str) -> pd.DataFrame:
    """The tasks that say what is asked."""
    means, numbers, trigger = (rows[name] == "yes" for name in ("assets", "numbers", "trigger"))
    return {
        "in-particulars": rows[means & (numbers | trigger)],
        "either": rows,
        "objectives": rows[rows["field"].isin(OBJECTIVES)],
        "activities": rows[means & numbers & trigger],
    }[what]


def _particulars_line(what: str, rows: pd.DataFrame, waits: list[pd.DataFrame]) -> Sentence:
    if what != "in-particulars":
        words = {
            "either": "By then {n} of the force, or purposes, had been published.",
            "objectives": "By then {n} that are purposes of the force had been published.",
            "activities": "By then {n} with means, numbers and a trigger had been published.",
        }[what]
        number = quantities.count(_published(rows, what), "tasks")
        return tables.say(words, n=tables.number_of(number, "official task"))
    cells = {"a": "assets", "b": "numbers", "c": "trigger"}
    return tables.say(
        "Of {n} surely the force's, means are named for {a}, numbers for {b} and what sets it off"
        " for {c}; {w} the particulars until the terms are known.",
        n=tables.number_of(
            quantities.count(rows, "tasks"), "official task that is", "official tasks that are"
        ),
        w=tables.say(
            "a text of {days} leaves" if len(days) == 1 else "texts of {days} leave",
            days=tables.series(days),
        )
        if (days := [of for rows in waits for of in each_day(rows)])
        else "no text leaves",
        **{
            name: tables.or_none(quantities.count(rows[rows[of] == "yes"], "tasks"))
            for name, of in cells.items()
        },
    )
