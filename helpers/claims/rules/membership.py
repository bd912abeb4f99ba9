"""C02, C03, C04, C12: who is involved, and who signed the statement of 15 December 2025.

The first three are claims on who takes part: they are asked of all members, whichever of them count
for other claims.
"""

import dataclasses
from collections.abc import Iterable
from typing import Literal

import pandas as pd

from helpers import data, quantities, tables
from helpers.claims import Outcome, inputs, rule, stated, what_if_input
from helpers.membership import (
    allies,
    denied,
    disavowing,
    of_all,
    pending,
    published,
    roster,
    signatories,
    size,
)
from helpers.tables import Row, Sentence

COUNTERS = {  # who counted: as the table of counts has it, and as a sentence does
    "french-president": ("President of France", "the French president"),
    "chairs": ("Coalition chairs", "its two chairs"),
    "downing-street": ("UK Prime Minister's Office", "Downing Street"),
}
LEFT = {  # what the roster comes to if it is counted otherwise
    "attested-with-ukraine": "With Ukraine {n} countries take part.",
    "reported-present": "Without those known only from such lists {n} countries are left.",
    "avowed": "Without those that say so of themselves {n} countries are left.",
}
WITH_UKRAINE = {"inside": "Ukraine among them", "outside": "without Ukraine"}
ALLIES_INVOLVED = 28  # the article's number of NATO members among them
UNCERTAIN = "whether {states} can be counted as involved"


@rule("C02")
def countries_involved(
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
    world = of_all(world)
    if counting in COUNTERS:
        return _published(world, *COUNTERS[counting])
    rows = roster(world, counting if counting in ("avowed", "reported-present") else "attested")
    if rows.empty:
        return Outcome(None, missing="who had taken part by the day")
    host = _host(world).head(int(counting == "attested-with-ukraine"))
    unsure = pending(world) | denied(world)
    number = _sized(world, quantities.count(pd.concat([rows, host]), "states"), rows)
    if states is not None:
        number = quantities.tried(states + number.value - len(roster(world)), like=number)
    return Outcome(
        quantities.equals(number, stated("C02", world.folder)),
        number,
        number.rows,
        UNCERTAIN.format(states=tables.listed(_names(world, sorted(unsure)))),
        line=_count_line(world)
        if counting == "attested"
        else tables.say(LEFT[counting], n=quantities.count(pd.concat([rows, host]), "states")),
    )


def _sized(world: data.World, number: quantities.Quantity, rows: pd.DataFrame):
    """A count of states with its range: less those whose own word may take them out, and open
    above where rows do not count yet.
    """
    whole = size(world)
    doubted = len(denied(world) & set(rows["country"]))
    return dataclasses.replace(
        number,
        low=number.number - doubted,
        high=None if whole.unknowns else number.value,
        unknowns=whole.unknowns,
    )


def _host(world: data.World) -> pd.DataFrame:
    rows = world.attestations()
    return rows[rows["country"] == "UKR"].sort_index()


def _count_line(world: data.World) -> Sentence:
    """The count without and with Ukraine, what those who lead the coalition published, and the
    newest count of members by anyone.
    """
    counts = published(world)
    said = dict(COUNTERS.values())
    newest = counts.drop_duplicates("counted_by", keep="last")
    last = counts[counts["counted"] == "members"].tail(1)
    newest = newest[newest["counted_by"].isin(said) | newest.index.isin(last.index)]
    rows, host = roster(world), _host(world).head(1)
    template = "Without Ukraine, which the article does not count, {n} countries take part"
    template += ", and {more} with it" if len(host) else ""
    values = {
        "n": size(world),
        "more": quantities.count(pd.concat([rows, host]), "states"),
        "counts": tables.series(
            [
                tables.say(
                    "{count} by {who} ({day})",
                    count=quantities.cell(counts, id, "count", "states"),
                    who=said.get(row["counted_by"], row["counted_by"]),
                    day=tables.day(row["date"]),
                )
                for id, row in newest.iterrows()
            ]
        ),
    }
    are = "count is" if len(newest) == 1 else "counts are"
    template += f"; the newest published {are} {{counts}}" if len(newest) else ""
    return tables.say(
        template + ".", **{name: values[name] for name in values if f"{{{name}}}" in template}
    )


@data.selection(depends_on=data.ROSTER)
def _published(world: data.World, counter: str, said: str) -> Outcome:
    """The newest count that somebody had published by the day, against the stated number."""
    counts = published(world)
    counts = counts[counts["counted_by"] == counter].tail(1)
    if counts.empty:
        return Outcome(None, missing=f"a count by {said} of that time")
    number, missing = quantities.cell(counts, counts.index[0], "count", "states"), ""
    who = said.replace("its", "the coalition's")
    line = tables.say(
        "{who} counted {n} states ({day}), {how}.",
        who=who[0].upper() + who[1:],
        n=number,
        day=tables.day(counts["date"].iloc[0]),
        how=WITH_UKRAINE.get(counts["ukraine"].iloc[0], "whether with Ukraine is not said"),
    )
    if (
        counts["ukraine"].iloc[0] != "outside"
    ):  # it is or may be one of the number, and the claim counts the others
        unclear = counts["ukraine"].iloc[0] != "inside"
        number = dataclasses.replace(number, low=number.number - 1)
        missing = f"whether {said} counted Ukraine" if unclear else ""
        number = number if unclear else quantities.shifted(number, -1)
    right = quantities.equals(number, stated("C02", world.folder))
    return Outcome(right, number, number.rows, missing, line=line)


@inputs("C02")
def _roster_size(world: data.World):
    return [
        what_if_input(
            "C02",
            world,
            "states",
            "states attested as taking part",
            "{at} states were attested as taking part, not {value}",
            quantities.count(roster(of_all(world)), "states"),
        )
    ]


@rule("C03")
def allies_outside(
    world: data.World, participation: Literal["attested", "reported-present", "avowed"]
) -> Outcome:
    """NATO's members on the day that are not involved, against the four named; the rest are as many
    as the article says.
    """
    world = of_all(world)
    nato, rows = allies(world), roster(world, participation)
    unsure = set(nato["country"]) & _unsure(world)
    out = nato[~nato["country"].isin(rows["country"])]
    held = nato[nato["country"].isin(rows["country"])]
    outcome = _same_set("C03", world, set(out["country"]), unsure, nato, rows)
    if outcome.holds and len(held) != ALLIES_INVOLVED:
        outcome = dataclasses.replace(outcome, holds=False)
    return dataclasses.replace(
        outcome,
        line=tables.say(
            "{k} of NATO's {m} members take part, all but {names}.",
            k=quantities.count(held, "states"),
            m=quantities.count(nato, "states"),
            names=_each(world, out),
        ),
    )


@rule("C04")
def involved_beyond_nato(
    world: data.World, participation: Literal["attested", "avowed"]
) -> Outcome:
    """The states involved that are not in NATO, against the six named."""
    world = of_all(world)
    rows, nato = roster(world, participation), set(allies(world)["country"])
    beyond = rows[~rows["country"].isin(nato)]
    outcome = _same_set(
        "C04", world, set(beyond["country"]), _unsure(world) - nato, allies(world), rows
    )
    watching = disavowing(world)
    watching = watching[watching["country"].isin(beyond["country"])].sort_values("country")
    template = "Beyond NATO they are {names}; {watching} last said of the coalition itself that"
    template += " they only observe it or have promised it nothing."
    if len(watching) == 1:
        template = template.replace("they only observe it or have", "it only observes it or has")
    values = {"names": _each(world, beyond), "watching": _each(world, watching)}
    if watching.empty:
        template, _ = "Beyond NATO they are {names}.", values.pop("watching")
    return dataclasses.replace(outcome, line=tables.say(template, **values))


def _unsure(world: data.World) -> set[str]:
    """The states of which the rows do not say whether they are involved."""
    return pending(world) | denied(world)


def _names(world: data.World, codes: Iterable[str]) -> list[str]:
    """States by name."""
    names = world.country_names
    return [names.get(code, code) for code in codes]


def _each(world: data.World, rows: pd.DataFrame) -> Sentence | str:
    """States by name, each leading to its row, as a sentence lists them."""
    named = zip(_names(world, rows["country"]), rows.index, strict=True)
    return tables.series([Row(id, tables.name_in(name)) for name, id in sorted(named)])


def _same_set(
    claim: str,
    world: data.World,
    taking_part: set[str],
    unsure: set[str],
    nato: pd.DataFrame,
    rows: pd.DataFrame,
) -> Outcome:
    """A set of states against the stated one; `unsure` ones may belong to it or not."""
    if nato.empty or rows.empty or world.unread("accessions", "joined"):
        return Outcome(None, missing="who had taken part by the day, or who was in NATO")
    named = set(data.row(claim, world.folder)["stated"].split())
    certain = taking_part - unsure
    holds: bool | None
    if not unsure:
        holds = certain == named
    else:
        holds = None if certain <= named <= certain | unsure else False
    return Outcome(
        holds,
        sorted(taking_part),
        quantities.ids(nato, rows),
        UNCERTAIN.format(states=tables.listed(_names(world, sorted(unsure)))),
    )


@rule("C12")
def who_signed(world: data.World, parties: Literal["official-text"]) -> Outcome:
    """The parties named in the statement, against those the article lists."""
    rows = signatories(world)
    if rows.empty:
        return Outcome(
            None,
            missing="who signed the statement of 15 December, which was not yet made or not read",
        )
    if world.unread("signatories"):
        return Outcome(None, missing="all who signed: not every name was read at the source")
    named = sorted(rows["party"])
    states = rows[rows["party"] != "EU"].rename(columns={"party": "country"})
    together = " and the European Union" if "EU" in named else ""
    return Outcome(
        named == data.row("C12", world.folder)["stated"].split(),
        named,
        tuple(sorted(rows.index)),
        line=tables.say(
            "{k} states" + together + " signed it: {names}.",
            k=quantities.count(states, "states"),
            names=_each(world, states),
        ),
    )
