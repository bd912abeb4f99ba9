"""C02, C03, C04, C12: who takes part, and who signed the statement of 15 December 2025."""

import dataclasses
import functools
from typing import Literal

import pandas as pd

from helpers import data, quantities
from helpers.claims import Outcome, inputs, rule, stated, what_if_input
from helpers.membership import allies, published, roster, signatories, unread

COUNTERS = {
    "french-president": "President of France",
    "chairs": "Coalition chairs",
    "downing-street": "UK Prime Minister's Office",
}


@rule("C02")
def countries_taking_part(
    world: data.World,
    counting: Literal[
        "attested",
        "attested-with-ukraine",
        "french-president",
        "chairs",
        "downing-street",
        "reported-present",
        "avowed",
    ],
    states: int | None = None,
) -> Outcome:
    """The number of states, by the attested roster or by a published count; it holds at exactly the
    stated number.

    states: the attested roster's size, for a what-if.
    """
    if counting in COUNTERS:
        return _published(world, COUNTERS[counting])
    rows = roster(world, counting if counting in ("avowed", "reported-present") else "attested")
    if rows.empty:
        return Outcome(None, missing="attestations by the day")
    if counting == "attested-with-ukraine":
        host = world.attestations()
        rows = pd.concat([rows, host[host["country"] == "UKR"].sort_index().head(1)])
    number = quantities.count(rows, "states", len(unread(world)))
    if states is not None:
        number = quantities.tried(states + number.value - len(roster(world)), like=number)
    return Outcome(
        quantities.equals(number, stated("C02", world.folder)),
        number,
        number.rows,
        "attestations read at their source",
    )


@functools.lru_cache(64)
def _published(world: data.World, counter: str) -> Outcome:
    """The newest count that somebody had published by the day, against the stated number."""
    found = published(world)
    found = found[found["counted_by"] == counter].tail(1)
    if found.empty:
        return Outcome(None, missing=f"a count of members by {counter} dated by the day")
    number, missing = (
        quantities.cell(found, found.index[0], "count", "states"),
        "attestations read at their source",
    )
    if (
        found["ukraine"].iloc[0] == "unclear"
    ):  # it may be one of the number, and the claim counts the others
        number, missing = (
            dataclasses.replace(number, low=number.value - 1),
            f"whether {counter} counted Ukraine",
        )
    return Outcome(
        quantities.equals(number, stated("C02", world.folder)), number, number.rows, missing
    )


@inputs("C02")
def _roster_size(world: data.World):
    return [
        what_if_input(
            "C02",
            world,
            "states",
            "states attested as taking part",
            quantities.count(roster(world), "states"),
        )
    ]


@rule("C03")
def allies_outside(
    world: data.World, participation: Literal["attested", "reported-present", "avowed"]
) -> Outcome:
    """NATO's members on the day that do not take part, against the four named."""
    return _same_set("C03", world, allies(world), roster(world, participation))


@rule("C04")
def members_beyond_nato(world: data.World, participation: Literal["attested", "avowed"]) -> Outcome:
    """The states taking part that are not in NATO, against the six named."""
    return _same_set("C04", world, roster(world, participation), allies(world))


def _same_set(claim: str, world: data.World, those: pd.DataFrame, less: pd.DataFrame) -> Outcome:
    if those.empty or less.empty:
        return Outcome(None, missing="attestations or accessions by the day")
    if states := unread(world):
        return Outcome(
            None, missing=f"attestations read at their source for {', '.join(sorted(states))}"
        )
    left = sorted(set(those["country"]) - set(less["country"]))
    return Outcome(
        left == data.row(claim, world.folder)["stated"].split(),
        left,
        tuple(sorted({*those.index, *less.index})),
    )


@rule("C12")
def who_signed(world: data.World, parties: Literal["official-text"]) -> Outcome:
    """The parties named in the statement, against those the article lists."""
    rows = signatories(world)
    if rows.empty:
        return Outcome(
            None, missing="the statement of 15 December 2025, which was not yet made or not read"
        )
    if world.unread("signatories"):
        return Outcome(None, missing="signatories read at the source")
    named = sorted(rows["party"])
    return Outcome(
        named == data.row("C12", world.folder)["stated"].split(), named, tuple(sorted(rows.index))
    )
