"""Who would send soldiers, on what each waits, and how that is told."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from helpers import data, quantities
from helpers.commitments import (
    ABOUT_SOLDIERS,
    POSITIONS,
    WILLING,
    giving,
    land,
    on_soldiers,
    positions,
    tasks,
    willing,
)
from helpers.membership import roster
from helpers.quantities import Quantity
from helpers.recipe_acts import Recipe
from helpers.sources_that_count import newest
from helpers.tables import Row, Sentence, day, listed, looked_at, name_in, say, series
from helpers.timeline import own_word

END = "an end of the fighting"
WAITS = {  # what a state can wait for, by the word of `condition`, or in what it said
    END: ("ceasefire settlement", "ceasefire|peace|war is over|hostilities"),
    "American backing": ("US backing", "american|united states|backstop|\\bus\\b"),
    "Russia's consent": ("", "russia.{0,20}(consent|agree|accept)"),
}
NEEDS = (  # the subjects of statements on whether a condition is needed
    "need for a settlement",
    "need for Russian consent",
    "need for US support",
)
CHAIRS = ("FRA", "GBR")
JOINT = ("UK-France", "Chairs'")  # how the names of the chairs' own texts begin


@dataclass(frozen=True)
class Sender:
    """A state that would send soldiers, or leads those that would: what it waits for, whether it
    says that it would go without any of the three, and the rows.
    """

    code: str
    waits: frozenset[str]
    goes: bool
    rows: tuple[str, ...]


def _waits(row: pd.Series) -> set[str]:
    """What one word of a state waits for: its condition, and of several those that it names."""
    waits = set()
    for name, (conditions, words) in WAITS.items():
        stated = row["condition"] in conditions.split(" ") or row["condition"] == conditions != ""
        named = row["condition"] == "several" and re.search(words, row["statement"], re.I)
        if (stated and row["condition"]) or named:
            waits.add(name)
    return waits


@data.selection(depends_on=data.ROSTER)
def senders(world: data.World) -> tuple[Sender, ...]:
    """The states that would send soldiers by their newest own word (commitments.land), and the two
    that lead.

    A condition holds until it is taken back in words: what a state has once waited for, it waits
    for still. A chairs' official text on land is both chairs' word.
    """
    rows = on_soldiers(world).sort_values(["date", "id"])
    texts = tasks(world)
    texts = texts[(texts["of_force"] == "yes") & (texts["field"] == "land")]
    texts = texts[texts["text"].str.startswith(JOINT) & (texts["said_by"] == "text")]
    freed = _needs_none(world)
    newest = land(world)
    given = set(newest.loc[newest["position"].isin(WILLING), "country"])
    sending = []
    for code in sorted(given | set(CHAIRS)):
        own = rows[(rows["country"] == code) & rows["position"].isin([*WILLING, "considering"])]
        waits = set().union(*(_waits(row) for _, row in own.iterrows()))
        joint = texts if code in CHAIRS else texts.iloc[:0]
        if joint["begins"].str.startswith("after").any():
            waits.add(END)
        now = joint[joint["begins"] == "while the war goes on"]
        refusals = freed.get(code, ())
        sending.append(
            Sender(
                code,
                frozenset(waits),
                bool(refusals) or len(now) > 0,
                tuple(sorted({*own.index, *joint.index, *refusals})),
            )
        )
    return tuple(sending)


def _needs_none(world: data.World) -> dict[str, tuple[str, ...]]:
    """The states whose own newest words call each of the three not needed, with the rows."""
    rows = world.until("statements").sort_values(["date", "id"])
    rows = rows[own_word(rows) & rows["subject"].isin(NEEDS)]
    rows = rows.drop_duplicates(["country", "subject"], keep="last")
    refused = rows[rows["stance"] == "refuses"]
    return {
        code: tuple(refusals.index)
        for code, refusals in refused.groupby("country")
        if set(refusals["subject"]) == set(NEEDS)
    }


def counted(spoke: Sequence[Sender]) -> Quantity:
    """How many states these are, leading to what they said."""
    rows = {row for sender in spoke for row in sender.rows}
    return quantities.exact(len(spoke), "states", tuple(sorted(rows)), Recipe("rows"))


def _waiting(world: data.World, name: str) -> list[Sender]:
    """Those who would send soldiers, or lead them, and wait for one of WAITS."""
    return [sender for sender in senders(world) if name in sender.waits]


def in_short(world: data.World) -> Sentence:
    """How many members would send soldiers, are considering it or have declined."""
    rows = land(world)
    considering, declined = (
        quantities.distinct(rows[rows["position"] == name], "country", "states")
        for name in ("considering", "declined")
    )
    return say(
        "By their own word, on {day} {sending} members would send soldiers, {considering} were"
        " considering it and {declined} had declined.",
        day=looked_at(world),
        sending=willing(world),
        considering=considering,
        declined=declined,
    )


def offers_and_conditions(world: data.World) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The newest words on soldiers of those who offer some, and of those who name a condition."""
    rows = land(world)
    held = rows["position"]
    return rows[held.isin(("committed", "offered"))], rows[held == "conditional"]


def map_title(world: data.World) -> Sentence:
    """How many members offer soldiers, and how many more would send them on a condition, as the
    title of a map.
    """
    offering, conditional = (
        quantities.distinct(rows, "country", "states") for rows in offers_and_conditions(world)
    )
    return say(
        "{offering} of {all} members offer soldiers, and {conditional} more would send them on a"
        " condition",
        offering=offering,
        all=quantities.count(roster(world), "states"),
        conditional=conditional,
    )


def told_apart(world: data.World) -> Sentence:
    """Those who would send soldiers, told apart: who offers them and who on a condition, and who of
    the former asked for more than an end of the fighting elsewhere, for soldiers or for any part in
    the force, and has not taken it back. Beside them the wider circles that are counted elsewhere:
    those whom reports name as well, and those who would give anything.
    """
    rows = land(world)
    sending = rows[rows["position"].isin(WILLING)]
    offered, conditional = offers_and_conditions(world)
    of_these = set(sending["country"])
    after = [sender for sender in _waiting(world, END) if sender.code in of_these]
    told = quantities.distinct(giving(world, "land", with_reports=True), "country", "states")
    every = positions(world)
    newest = every[every["domain"].isin(ABOUT_SOLDIERS) & every["position"].isin(WILLING)]
    newest = newest[~newest["condition"].isin([*WAITS[END][0].split(), "none stated"])]
    stated = on_soldiers(world)
    stated = stated[stated["position"].isin([*WILLING, "considering"])]
    stated = stated.loc[[id for id, row in stated.iterrows() if _waits(row) - {END}]]
    further = pd.concat([newest, stated.drop(newest.index, errors="ignore")])
    further = further[further["country"].isin(of_these - set(conditional["country"]))]
    waiting = say(
        "All {after} that would send soldiers"
        if len(after) == len(of_these)
        else "Of those that would send soldiers {after}",
        after=counted(after),
    )
    return say(
        "{waiting} wait for an end of the fighting. {offered} offer them for then{undecided}"
        " ({who}); {conditional} would send them only if more is settled ({on_condition})."
        "{more} {inside} speak of Ukrainian soil. {anything} offer help; counting unnamed"
        " officials {told} would send soldiers.",
        waiting=waiting,
        offered=quantities.distinct(offered, "country", "states"),
        undecided=""
        if (offered["position"] == "committed").any()
        else ", though none has decided it",
        who=_names(world, offered),
        more=_more_than_an_end(world, further),
        conditional=quantities.distinct(conditional, "country", "states"),
        on_condition=_names(world, conditional),
        inside=quantities.distinct(
            sending[sending["inside_ukraine"] == "yes"], "country", "states"
        ),
        told=told,
        anything=quantities.distinct(every[every["position"].isin(WILLING)], "country", "states"),
    )


def _more_than_an_end(world: data.World, further: pd.DataFrame) -> Sentence | str:
    """Which states have asked for more than an end of the fighting and a vote of their parliament,
    in other words of theirs that still stand, and for what; nothing where none has.
    """
    parts: list[str] = []
    states = {}
    for code, rows in sorted(
        further.groupby("country"), key=lambda each: world.country_names[each[0]]
    ):
        waits = {name for _, row in rows.iterrows() for name in _waits(row)}
        kinds = [name for name in WAITS if name in waits - {END}]
        asks = (rows["condition"] == "mandate") | rows["statement"].str.contains("mandate")
        kinds += ["a mandate"] * bool(asks.any())
        asked = "for" if parts else "asked for"
        parts.append(f"{{{code}}} {asked} {listed(kinds) if kinds else 'more'}")
        states[code] = Row(str(rows.index[0]), name_in(world.country_names[code]))
    if not parts:
        return ""
    none = {1: "not", 2: "neither"}.get(len(parts), "none")
    return say(f" Beside votes of parliament {listed(parts)}, {none} withdrawn.", **states)


def unsaid_where(world: data.World) -> Sentence:
    """What those say who would send soldiers and do not speak of soldiers inside Ukraine."""
    rows = land(world)
    sending = rows[rows["position"].isin(WILLING)]
    inside = sending["inside_ukraine"] == "yes"
    said = [
        Row(id, f"{world.country_names[row['country']]} ({row['statement']})")
        for id, row in sending[~inside].sort_values("country").iterrows()
    ]
    return say(
        "Of the {sending} that would send soldiers {inside} speak of soldiers inside"
        " Ukraine. Where theirs would serve leave open: {said}.",
        sending=willing(world),
        inside=quantities.distinct(sending[inside], "country", "states"),
        said=series(said),
    )


def counted_without_names(world: data.World) -> Sentence:
    """The newest published count of those that would give something, in which none is named."""
    counts = world.until("counts")
    for id, row in newest(counts[counts["counted"] == "contributors"]).iterrows():
        return say(
            "A count without names in what was read ({who}, {day}): {count} {sense}. These pages"
            " count what each has said itself.",
            who=row["counted_by"],
            day=day(row["date"]),
            count=Row(str(id), f"{row['count']:g}"),
            sense=row["sense"],
        )
    return say("No count of those that would give something was published by then.")


def _names(world: data.World, rows: pd.DataFrame) -> str:
    """The states of some rows by name, as a sentence lists them."""
    return listed([name_in(name) for name in sorted(world.country_names[rows["country"].unique()])])


def wait_items(world: data.World) -> list[tuple[str, Quantity, bool]]:
    """For what those who would send soldiers, or lead them, wait, as items of a bar chart."""
    return [(name, counted(_waiting(world, name)), name == END) for name in WAITS]


def land_rows(world: data.World) -> list[dict]:
    """Who would put troops on Ukrainian soil and on what condition: the newest position of each
    member that has one. Where these words name no condition, what the state waits for all the same.
    """
    names = world.country_names
    rows = land(world)
    order = rows["position"].map(POSITIONS.index)
    held = {sender.code: sender.waits for sender in senders(world)}
    return [
        {
            "state": names[row["country"]],
            "position": Row(id, row["position"]),
            "condition": _condition(row, held.get(row["country"], frozenset())),
            "inside Ukraine": row["inside_ukraine"] or "not said",
            "since": day(row["date"]),
            "in short": row["statement"],
            "how checked": data.GRADES[row["verification"]],
        }
        for id, row in rows.assign(order=order).sort_values(["order", "country", "id"]).iterrows()
    ]


def _condition(row: pd.Series, waits: frozenset[str]) -> str:
    """The condition of a position; one stated before holds where the newest words name none."""
    if row["condition"] == "none stated" and waits and row["position"] in WILLING:
        return f"none named here, but waits for {listed(sorted(waits))}"
    return row["condition"] or "not said"


def rows_of(world: data.World) -> list[dict]:
    """What each state that would send soldiers, or leads, waits for, by its own word."""
    names = world.country_names
    return [
        {
            "state": names[sender.code],
            **{
                name: "waits for it" if name in sender.waits else "does not say so"
                for name in WAITS
            },
            "would go without any of them": "yes" if sender.goes else "not said",
            "on": quantities.exact(len(sender.rows), "rows", sender.rows),
        }
        for sender in senders(world)
    ]
