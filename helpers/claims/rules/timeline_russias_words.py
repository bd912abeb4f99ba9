"""C14, C17, C18 and C31: what Russia has said of foreign troops, when, and what it has given way
on.
"""

from dataclasses import replace
from datetime import date
from typing import Literal

import pandas as pd

from helpers import data, quantities, tables
from helpers.claims import Outcome, every, our_bar, rule
from helpers.claims.searched_outcome import settled
from helpers.quantities import Quantity
from helpers.recipe_acts import Recipe
from helpers.sources_that_count import concluded, newest, reputable
from helpers.tables import Row, Sentence, day
from helpers.timeline import (
    NOT_OUT,
    ON_AMERICAN_PART,
    ON_SUPPORT,
    ON_TROOPS,
    ON_WAR,
    UPPER,
    day_of,
    each_day,
    interview,
    own_word,
    said,
    statements,
    window,
)

APRIL, AUGUST, AFTER_AUGUST = "2025-04", "2025-08", "2025-09"
FEW = {"up-to-ten": (0, 10), "two-to-seven": (2, 7)}  # C14: days that may be called a few
GIVES_WAY = ("accepts", "offers")
AIMS = {  # C31: what the words are about
    "troops": "foreign troops",
    "war-aims": "the aims of the war",
    "anything": "any of it",
}
STANCES = {  # C31: what a word of the president is
    "refuses": "a refusal",
    "demands": "a demand",
    "accepts": "an acceptance",
    "offers": "an offer",
}
our_bar(
    "C14", tables.say("a few days are at most {most}", most=quantities.chosen(FEW["up-to-ten"][1]))
)


@rule("C14")
def days_before(world: data.World, few: Literal["up-to-ten", "two-to-seven"]) -> Outcome:
    """Whether the refusal lay a few days back on every day on which the article may have come out,
    and a Russian official had refused before.
    """
    days = window(world)
    if not days:
        return Outcome(None, missing="the days between which the article came out")
    if world.day < days[0]:
        return Outcome(None, missing=NOT_OUT)
    then = replace(world, as_of=str(days[-1]))
    spoke = interview(then)
    if spoke.empty:
        return Outcome(None, missing="when the deputy foreign minister spoke")
    when = data.span(spoke["date"].iloc[0]).last
    earlier = said(then, "RUS", *ON_TROOPS)
    earlier = earlier.loc[[data.span(text).last < when for text in earlier["date"]]]
    refused = earlier[earlier["stance"] == "refuses"]
    low, high = FEW[few]
    since = [(end - when).days for end in days]
    fits = {low <= days <= high for days in since}
    repeated = bool(len(refused)) or (False if earlier["stance"].isin(GIVES_WAY).any() else None)
    return settled(
        "C14",
        world,
        every([fits.pop() if len(fits) == 1 else None, repeated]),
        spoke,
        refused,
        missing="on which of the possible days the article came out"
        if repeated
        else "whether it had been said before",
        computed=str(when),
        line=_interview_line(few, spoke, refused, days),
    )


def _interview_line(
    few: str, spoke: pd.DataFrame, refused: pd.DataFrame, days: list[date]
) -> Sentence:
    """How many days back the interview lay, and how often the same had been said before."""
    since = [quantities.of_rows("days", str(end), spoke, "days") for end in days]
    if few == "two-to-seven":
        low, high = FEW[few]
        return tables.say(
            "It lay {low} to {high} days back on {n} of the {all} days on which the article may"
            " have come out.",
            low=quantities.chosen(low, "days"),
            high=quantities.chosen(high, "days"),
            n=_days_of(sum(low <= each.number <= high for each in since), spoke),
            all=_days_of(len(since), spoke),
        )
    start = {"start": day_of(refused.iloc[0])} if len(refused) else {}
    return tables.say(
        "His refusal was reported on {day}, {first} to {last} days before the article; before that"
        " Russian officials had "
        + ("refused {times} since {start}." if start else "{times} refused."),
        day=day_of(spoke.iloc[0]),
        first=since[0],
        last=since[-1],
        times=tables.times(quantities.count(refused, "statements")),
        **start,
    )


def _days_of(count: int, rows: pd.DataFrame) -> Quantity:
    """A number of days that rows give."""
    return quantities.exact(count, "days", tuple(rows.index), Recipe("rows"))


@rule("C17")
def ruled_out_in_april(
    world: data.World,
    said: Literal["president-all-support", "administration-joining", "administration-all-support"],
) -> Outcome:
    """Whether the president himself, on record in April 2025, refused all military support; or his
    administration, by name or by report, did or refused to join. No record is not a no.
    """
    subject = "joining the force" if said.endswith("joining") else ON_SUPPORT[0]
    rows = statements(world, "USA", subject)
    rows = rows[rows["date"].str.startswith(APRIL) & (rows["about"] == "own")]
    if said.startswith("president"):
        rows = rows[(rows["office"] == "president") & own_word(rows)]
    rows = rows.loc[[reputable(world, source) for source in rows["source_id"]]]
    refused, gave = rows[rows["stance"] == "refuses"], rows[rows["stance"].isin(GIVES_WAY)]
    holds = None if refused.empty == gave.empty else bool(len(refused))
    until = data.span(APRIL).last
    if world.day < until:
        return Outcome(None, missing="what was said in that April, which had not ended")
    nothing = concluded(world, "C17", "none found", until)
    if holds is None and not said.startswith("president"):
        return Outcome(
            None,
            None,
            quantities.ids(nothing),
            "whether it was said: no such words from that April were found",
            line=_april_line(world, said, rows.head(0)),
        )
    return settled(
        "C17",
        world,
        holds,
        refused,
        gave,
        missing="whether it was said: no such words from that April were found",
        line=_april_line(world, said, pd.concat([refused, gave])),
        until=until,
    )


def _april_line(world: data.World, said: str, words_found: pd.DataFrame) -> Sentence:
    """What was found of that April, and for the president the nearest refusals of others."""
    words = {
        "president-all-support": "the president on military support of any kind",
        "administration-joining": "his administration on joining the force",
        "administration-all-support": "his administration on all military support",
    }[said]
    found = {"speakers": _speakers(words_found)} if len(words_found) else {}
    words = f"No word of {words} from that April was found"
    if found:
        words = f"{words.replace('No word', 'Word').replace('was found', 'is')} {{speakers}}"
    if not said.startswith("president"):
        return tables.say(words + ".", **found)
    near = statements(world, "USA", *ON_AMERICAN_PART)
    near = near[(near["stance"] == "refuses") & (near["date"] < AFTER_AUGUST)]
    april = near[near["date"].str.startswith(APRIL)]
    others = near.drop(april.index)
    when = f"{{times}} in {'another month' if len(others) == 1 else 'other months'}"
    if len(april):
        less = f"less was refused then by {{april}}, and {when}"
    else:
        less = (
            f"less was not refused then, but {when}" if len(others) else "less was {times} refused"
        )
    return tables.say(
        f"{words}; {less} up to August.",
        **found,
        **({"april": tables.series(_speakers(april))} if len(april) else {}),
        times=tables.times(quantities.count(others, "statements")),
    )


def _speakers(rows: pd.DataFrame) -> list[Row]:
    """Who spoke, on which day, about what."""
    return [
        Row(id, f"{row['speaker']} ({day(row['date'])}, {row['subject']})")
        for id, row in rows.iterrows()
    ]


@rule("C18")
def august(world: data.World, half: Literal["both", "guarantees", "ground-troops"]) -> Outcome:
    """Whether the president spoke vaguely of guarantees in August 2025 and promised no means, and
    whether the latest American word on ground troops refuses them; or both.
    """
    spoke = said(world, "USA", "security guarantees", *ON_SUPPORT)
    spoke = spoke[(spoke["office"] == "president") & spoke["date"].str.startswith(AUGUST)]
    vague, promised = spoke[spoke["stance"] == "vague"], spoke[spoke["means_named"] == "promised"]
    known = (spoke["means_named"] != "").all()
    general = False if len(promised) else True if len(vague) and known else None
    troops = said(world, "USA", "US ground troops")
    last = newest(troops)
    halves = {
        "guarantees": (general, [vague, promised] if len(promised) else [vague]),
        "ground-troops": (_stance(last, ("refuses",)), [last]),
    }
    wanted = list(halves) if half == "both" else [half]
    return settled(
        "C18",
        world,
        every([halves[name][0] for name in wanted]),
        *(rows for name in wanted for rows in halves[name][1]),
        missing=" and ".join(
            {
                "guarantees": "what the president said of guarantees that August",
                "ground-troops": "the latest American word on ground troops",
            }[name]
            for name in wanted
            if halves[name][0] is None
        ),
        line=_august_line(half, vague, spoke, troops),
    )


def _stance(rows: pd.DataFrame, wanted: tuple[str, ...]) -> bool | None:
    """Whether some words of one day all take a wanted stance; False where all give way, unknown
    where they are vague, differ or are none.
    """
    if len(rows) and rows["stance"].isin(wanted).all():
        return True
    return False if len(rows) and rows["stance"].isin(GIVES_WAY).all() else None


def _august_line(
    half: str, vague: pd.DataFrame, spoke: pd.DataFrame, troops: pd.DataFrame
) -> Sentence:
    refused = each_day(troops[troops["stance"] == "refuses"])
    values = {
        "n": tables.times(quantities.count(vague, "statements")),
        "days": each_day(vague),
        "air": each_day(spoke[spoke["means_named"] == "as a possibility"]),
        "open": each_day(troops[troops["stance"] == "vague"]),
        "refused": refused,
        "last": refused[-1:],
    }
    guarantees = "in August the president spoke of guarantees {n} in general words"
    guarantees += " ({days})" if half == "guarantees" else ""
    guarantees += ", and of means as no more than possible on {air}" if values["air"] else ""
    open_ = ["left open on {open}"] if values["open"] else []
    ruled_out = [
        "ruled out on record on {refused}"
        if half == "ground-troops"
        else "last ruled out on record on {last}"
    ]
    on_troops = " and ".join(open_ + ruled_out * bool(refused))
    words = {
        "guarantees": guarantees
        if len(vague)
        else "no general words of the president in August on guarantees are known",
        "ground-troops": f"ground troops were {on_troops or 'not spoken of'}",
    }
    said = "; ".join(words.values()) if half == "both" else words[half]
    return tables.say(
        said[0].upper() + said[1:] + ".",
        **{name: value for name, value in values.items() if f"{{{name}}}" in said},
    )


@rule("C31")
def intransigent(world: data.World, measure: Literal["troops", "war-aims", "anything"]) -> Outcome:
    """Whether the president's latest own word refuses and no later one of his spokesperson, of the
    ministry's or of the minister accepts or offers: on foreign troops, or on the war's aims. On
    anything at all: whether Russia has given way in no word of its own.
    """
    rows = said(world, "RUS", *{"troops": ON_TROOPS, "war-aims": ON_WAR, "anything": ()}[measure])
    firm = ("refuses",) if measure == "troops" else ("refuses", "demands")
    if measure == "anything":
        gave = rows[rows["stance"].isin(GIVES_WAY)]
        holds = False if len(gave) else True if rows["stance"].isin(firm).any() else None
        used = [gave if len(gave) else rows]
    else:
        last = newest(rows[rows["office"] == "president"])
        later = rows[rows["office"].isin(UPPER) & rows["stance"].isin(GIVES_WAY)]
        if len(last):
            since = data.span(last["date"].iloc[0]).first
            later = later.loc[[data.span(text).last > since for text in later["date"]]]
        holds = _stance(last, firm)
        holds, used = None if holds and len(later) else holds, [last, later]
    return settled(
        "C31",
        world,
        holds,
        *used,
        missing="what the president holds: his last words are none, vague or at odds, or others"
        " have since given way",
        line=_stances_line(measure, rows),
    )


def _stances_line(measure: str, rows: pd.DataFrame) -> Sentence:
    """The president's last word, and what others said before and after."""
    own = rows[rows["office"] == "president"]
    others = rows.drop(own.index)
    refused, vague, gave = (
        others[others["stance"].isin(stances)] for stances in (("refuses",), ("vague",), GIVES_WAY)
    )
    return tables.say(
        f"On {AIMS[measure]} the president's last word is {{own}}; others have "
        + ("refused {n}{first}" if len(refused) else "{n} refused{first}")
        + ", {v} left it open{vague} and {a} accepted or offered "
        + ("something." if len(gave) else "anything."),
        own=[
            Row(id, f"{STANCES.get(row['stance'], 'open')} of {day(row['date'])}")
            for id, row in newest(own).iterrows()
        ]
        or "not known",
        n=tables.times(quantities.count(refused, "statements")),
        first=tables.say(" since {day}", day=day_of(refused.iloc[0])) if len(refused) else "",
        v=tables.times(quantities.count(vague, "statements")),
        vague=[
            tables.say(" (last {who} on {day})", who=row["speaker"], day=day_of(row))
            for _, row in vague.tail(1).iterrows()
        ]
        or "",
        a=tables.times(quantities.count(gave, "statements")),
    )
