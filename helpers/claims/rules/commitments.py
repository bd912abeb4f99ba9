"""C05, C06, C07, C08a, C08b, C13, C33: what is offered, who commands, and what the statement of 15
December 2025 promises.
"""

from typing import Literal

import pandas as pd

from helpers import data, quantities
from helpers.claims import Outcome, every, rule
from helpers.commitments import STEPS, WILLING, command, land, positions, reached, statement

FIELDS = {
    "lead",
    "regeneration",
    "skies",
    "seas",
    "inside Ukraine",
    "US support",
}  # what the article takes from the statement
NO_TEXT = "the statement of 15 December 2025, which was not yet made or not read"


@rule("C05")
def commitments_vary(world: data.World, measure: Literal["kind", "scale", "numbers"]) -> Outcome:
    """kind: members would contribute in different domains. scale: they differ on ground troops.
    numbers: they name different ones.
    """
    rows = positions(world)
    if measure == "kind":
        rows = rows[rows["position"].isin(WILLING)]
        different = rows.groupby("country")["domain"].agg(frozenset).nunique()
    elif measure == "scale":
        rows = land(world)
        different = rows["position"].nunique()
    else:
        rows = rows[rows["troops_high"].notna()]
        different = rows["troops_high"].nunique()
    if rows.empty:
        return Outcome(None, missing=f"positions by the day that differ in {measure}")
    return Outcome(different > 1, different > 1, quantities.ids(rows))


@rule("C06")
def headquarters(
    world: data.World,
    asked: Literal["all-of-it", "announced", "at-work", "three-star", "at-the-fort"],
) -> Outcome:
    """Whether reports show the headquarters announced, at work, three-star, at the fort; or all of
    it at once.
    """
    rows = command(world, "operational headquarters")
    tests = {
        "announced": rows["step"].isin(STEPS),
        "at-work": rows["step"] == "established",
        "three-star": rows["level"] == "three-star",
        "at-the-fort": rows["location"].str.startswith("Mont-Valérien"),
    }
    wanted = [test for name, test in tests.items() if asked in (name, "all-of-it")]
    seen = all(test.any() for test in wanted) and not rows.empty
    used = rows[pd.concat(wanted, axis=1).any(axis=1)] if len(rows) else rows
    return Outcome(
        True if seen else None,
        True if seen else None,
        quantities.ids(used),
        "a report that shows it",
    )


@rule("C07")
def kyiv_headquarters(
    world: data.World, step: Literal["planned", "designated", "established"]
) -> Outcome:
    """Whether the Kyiv headquarters had reached a step: planned, an officer designated, or
    established.
    """
    rows = command(world, "Kyiv headquarters")
    if rows.empty:
        return Outcome(None, missing="reports on the Kyiv headquarters by the day")
    holds = STEPS.index(reached(rows)) >= STEPS.index(step)
    return Outcome(holds, holds, quantities.ids(rows))


@rule("C08a")
def french_first(
    world: data.World, source: Literal["official", "encyclopedia", "press"]
) -> Outcome:
    """Whether the newest report of a kind names a French officer as the first commander."""
    rows = command(
        world,
        "force commander",
        {"official": ("official",), "press": ("press",), "encyclopedia": ("derived",)}[source],
    )
    rows = rows[rows["location"] != "London"]  # what is planned for after the move is C08b's
    if rows.empty:
        return Outcome(None, missing=f"a report on the commander by the day ({source})")
    newest = rows[rows["date"] == rows["date"].max()]
    holds = bool((newest["first_nation"] == "FRA").any())
    return Outcome(holds, holds, quantities.ids(newest))


@rule("C08b")
def then_britain(world: data.World, passes: Literal["both", "headquarters", "command"]) -> Outcome:
    """Whether official texts foresee that the headquarters moves to London after a year, and that
    command becomes British.
    """
    moving = command(world, "rotation to London", ("official",))
    moving = moving[moving["rotation_months"].notna() & (moving["location"] == "London")]
    leading = command(world, "force commander", ("official",))
    leading = leading[leading["location"] == "London"]
    outcomes = {
        "headquarters": (
            None if moving.empty else bool((moving["rotation_months"] == 12).any()),
            moving,
        ),
        "command": (None if leading.empty else bool((leading["nations"] == "GBR").any()), leading),
    }
    if passes != "both":
        holds, rows = outcomes[passes]
        return Outcome(
            holds, holds, quantities.ids(rows), f"an official text on the {passes} after a year"
        )
    holds = every([holds for holds, _ in outcomes.values()])
    return Outcome(
        holds,
        holds,
        quantities.ids(pd.concat([rows for _, rows in outcomes.values()])),
        "official texts on both",
    )


@rule("C13")
def what_it_promises(world: data.World, extent: Literal["stands", "complete"]) -> Outcome:
    """stands: each of the six fields is in the statement. complete: and nothing else is."""
    rows = statement(world)
    if rows.empty:
        return Outcome(None, missing=NO_TEXT)
    fields = set(rows["field"])
    holds = fields >= FIELDS if extent == "stands" else fields == FIELDS
    return Outcome(
        holds,
        holds,
        quantities.ids(rows[rows["field"].isin(FIELDS)] if extent == "stands" else rows),
    )


@rule("C33")
def support_undefined(
    world: data.World, roles: Literal["support-of-the-force", "every-role"]
) -> Outcome:
    """Whether every American role in the statement (or the support of the force alone) is named
    without asset, number or trigger.
    """
    rows = statement(world)
    if rows.empty:
        return Outcome(None, missing=NO_TEXT)
    rows = (
        rows[rows["field"] == "US support"]
        if roles == "support-of-the-force"
        else rows[rows["actor"].isin(["USA", "both"])]
    )
    holds = not (rows[["assets", "numbers", "trigger"]] == "yes").any(axis=None)
    return Outcome(bool(holds), bool(holds), quantities.ids(rows))
