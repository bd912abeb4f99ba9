"""C01, C09, C10, C11, C14, C15, C17, C18, C29, C30, C31: when it began, what for, and what Russia
and America said.
"""

from dataclasses import replace
from datetime import date
from typing import Literal

import pandas as pd

from helpers import data, quantities, tables
from helpers.claims import Outcome, every, our_bar, rule, stated
from helpers.claims.searched_outcome import settled
from helpers.commitments import command, tasks
from helpers.quantities import Quantity
from helpers.recipe_acts import Recipe, months
from helpers.sources_that_count import concluded, newest, origin, origins, reputable, voice
from helpers.tables import Row, Sentence, day
from helpers.timeline import (
    DATING,
    ON_AMERICAN_PART,
    ON_SUPPORT,
    ON_TROOPS,
    ON_WAR,
    UPPER,
    agreed,
    founding,
    interview,
    own_word,
    publication,
    said,
    statements,
    window,
)

APRIL, AUGUST, AFTER_AUGUST = "2025-04", "2025-08", "2025-09"
FEW = {"up-to-ten": (0, 10), "two-to-seven": (2, 7)}  # C14: days that may be called a few
LEADERS = {"GBR", "FRA"}  # C01: the states whose official text on the founding outweighs reports
ORIGINS = 2  # C01: how many independent origins a date needs
WORDS = ("implementation", "reassurance", "deterrence")  # C11: what the force is said to be for
AFTER_FIGHTING = ("after a settlement", "after a ceasefire", "after either")
IN_THE_WAR = "while the war goes on"
OBJECTIVES = ("guarantee", "land", "skies", "seas", "regeneration")  # C30
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


@rule("C01")
def founded_in_london(
    world: data.World, origin: Literal["london", "paris-february", "joint-march"]
) -> Outcome:
    """Whether more independent origins give the stated day and founder than others, a founding act
    among them; an official text of Britain or France outweighs reports. A row of which it is not
    known whether it dates the founding leaves open what it could change.
    """
    rows, day_said = founding(world), data.row("C01", world.folder)["stated"]
    sides = {
        "london": _dated(rows, day_said, {"GBR"}),
        "paris-february": _dated(rows, "2025-02", {"FRA"}),
        "joint-march": _dated(rows, "2025-03", LEADERS, names_all=True),
    }
    own, against, open_own, open_against = sides[origin]
    holds = _more_origins(world, own, against, open_own, open_against, origin == "london")
    used = pd.concat([own, against, open_own, open_against])
    return settled(
        "C01",
        world,
        holds,
        used,
        missing="whether all the texts that give a date mean the founding"
        if len(open_own) + len(open_against)
        else "which account is right: too few independent texts, or as many for another",
        line=_dates_line(world, origin, sides),
    )


def _dated(
    rows: pd.DataFrame, when: str, founders: set[str], names_all: bool = False
) -> tuple[pd.DataFrame, ...]:
    """The accounts for a date and its founders, those against it, and those that would be either
    if they date the founding, which they do not say. A date that contains the one asked for is
    neither; a forerunner dates nothing.
    """
    wanted = data.span(when)
    spans = [data.span(text) for text in rows["date"]]
    parties = [set(text.split()) for text in rows["parties"]]
    inside, outside, named = (
        pd.Series(of, rows.index, dtype=bool)
        for of in (
            [wanted.first <= of.first and of.last <= wanted.last for of in spans],
            [of.last < wanted.first or of.first > wanted.last for of in spans],
            [founders == of if names_all else founders <= of for of in parties],
        )
    )
    dating, unknown = rows["evidence_of"].isin(DATING), rows["evidence_of"] == ""
    nobody = rows["parties"] == ""
    own = inside & (named | nobody)
    return (
        rows[dating & inside & named],
        rows[dating & outside],
        rows[(unknown & own) | (dating & inside & nobody)],
        rows[unknown & outside],
    )


def _more_origins(world, own, against, open_own, open_against, needs_act: bool) -> bool | None:
    """Whether the accounts for a date have more independent origins than those against it, taking
    those of which it is not known for either. An official text outweighs reports: where both sides
    have one, texts alone count, and where the date alone has one, or may have, it is not denied.
    """
    texts = [
        side.loc[[_official(world, side.loc[[id]]) for id in side.index]] for side in (own, against)
    ]
    if all(map(len, texts)):
        own, against = texts
        open_own, open_against = open_own.head(0), open_against.head(0)
    most = len(origins(world, pd.concat([own, open_own])))
    least, others = len(origins(world, own)), len(origins(world, against))
    most_others = len(origins(world, pd.concat([against, open_against])))
    official = [_official(world, accounts) for accounts in (own, against, open_against)]
    outweighs = official[0] and not official[1] or _official(world, open_own, nobody_named=True)
    if not outweighs and (others > most or official[1] and not official[0]):
        return False
    acted = not needs_act or (own["evidence_of"] == "founding act").any()
    denied = (official[1] or official[2]) and not official[0]
    if acted and least >= ORIGINS and least > most_others and not denied:
        return True
    return None


def _official(world: data.World, rows: pd.DataFrame, nobody_named: bool = False) -> bool:
    """Whether an official text of Britain or France is among some accounts, or may be one of those
    that name nobody.
    """
    return any(
        origin(world, row["source_id"])["kind"] == "official"
        and (LEADERS & set(row["parties"].split()) or nobody_named and not row["parties"])
        for _, row in rows.iterrows()
    )


def _dates_line(world: data.World, option: str, sides: dict[str, tuple]) -> Sentence:
    """How many independent texts give each date, and what official texts speak of."""
    numbers = {name: quantities.count(origins(world, of[0]), "texts") for name, of in sides.items()}
    if option != "london":
        when = {
            "paris-february": "Of independent texts {n} date it to February, with France.",
            "joint-march": "Of independent texts {n} date it to March and to both countries.",
        }[option]
        return tables.say(when, n=tables.or_none(numbers[option]))
    official = pd.concat([of for name in ("london", "paris-february") for of in sides[name]])
    official = official[~official.index.duplicated()]
    official = official.loc[[_official(world, official.loc[[id]]) for id in official.index]]
    said = [
        tables.say(
            "the official text of {published} says {began}",
            published=day(origin(world, row["source_id"])["published"]),
            began=Row(id, day(row["date"])),
        )
        for id, row in official.iterrows()
    ]
    differ = numbers["london"].value and numbers["paris-february"].value
    return tables.say(
        ("Independent texts differ on how it began: " if differ else "Of independent texts ")
        + "{n} name London on {day} and the British prime minister, {m} February and France;"
        " {official}.",
        n=tables.or_none(numbers["london"]),
        day=day(data.row("C01", world.folder)["stated"]),
        m=tables.or_none(numbers["paris-february"]),
        official=tables.say("{said}", said=said) if said else "no official text dates it",
    )


@rule("C09")
def nine_months(world: data.World, start: Literal["london", "paris-february"]) -> Outcome:
    """Whether more than the stated number of months lie between the beginning and every day on
    which the article may have come out.
    """
    began, rows = _beginning(world, start), publication(world)
    days = window(world)
    if not began or not days:
        return Outcome(None, missing="the days between which the article came out")
    limit = stated("C09", world.folder)
    first = data.span(began[0]["date"]).last
    ages = [months(first, end) for end in days]
    more = {then > (limit, 0) for then in ages}
    low, high, computed = (
        quantities.of_rows("months", str(end), began, "months")
        for end in (days[0], days[-1], world.day)
    )
    return settled(
        "C09",
        world,
        more.pop() if len(more) == 1 else None,
        rows,
        missing="on which of the possible days it came out",
        computed=computed,
        line=tables.say(
            "Between {began} and the article lay {first} to {last}, depending on the day on which"
            " it came out.",
            began=Row(began[0]["id"], day(began[0]["date"])),
            first=tables.Linked(_age_in_words(*ages[0]), low),
            last=tables.Linked(_age_in_words(*ages[-1]).lower(), high),
        ),
    )


def _age_in_words(whole: int, days: int) -> str:
    return f"{whole} months and {days} day{'s' * (days != 1)}"


def _beginning(world: data.World, start: str) -> list[dict]:
    """The row from whose day the months count: the claim that names it, or the forerunner's."""
    if start == "london":
        return [{"id": "C01", "date": data.row("C01", world.folder)["stated"]}]
    rows = founding(world)
    rows = rows[rows["evidence_of"] == "forerunner"]
    return [{"id": id, "date": text} for id, text in rows["date"].head(1).items()]


@rule("C10")
def no_terms(world: data.World, extent: Literal["general", "any-truce", "with-partial"]) -> Outcome:
    """Absence, against the named falsifier: terms that both sides agreed. It holds only where a
    search that reaches to the day found none.

    general       for an end of the conflict, meant to last
    any-truce     also a general pause of a few days
    with-partial  also exchanges, local pauses and partial understandings
    """
    by_kind = agreed(world)
    looked = concluded(world, "C10", "none found")
    wide = {"general": [], "any-truce": ["days"], "with-partial": ["days", "parts"]}[extent]
    against = pd.concat([by_kind[name] for name in ("terms", *wide)])
    none = True if len(looked) and by_kind["open"].empty else None
    parts = pd.concat([by_kind["parts"], by_kind["days"]])
    return settled(
        "C10",
        world,
        False if len(against) else none,
        *([against] if len(against) else [parts, by_kind["open"], looked]),
        missing="whether terms had been agreed: no search reaches to the day"
        if looked.empty
        else "whether what was agreed was meant to end the conflict",
        line=_agreed_line(extent, by_kind, looked),
    )


def _agreed_line(extent: str, by_kind: dict[str, pd.DataFrame], looked: pd.DataFrame) -> Sentence:
    counts = {name: quantities.count(by_kind[name], "events") for name in ("days", "parts")}
    if extent == "any-truce":
        return tables.say(
            "Both sides had agreed {days} of some days.",
            days=tables.number_of(counts["days"], "general truce"),
        )
    if extent == "with-partial":
        return tables.say(
            "Both sides had agreed {parts}.",
            parts=tables.number_of(
                counts["parts"],
                "exchange, local pause or partial understanding",
                "exchanges, local pauses or partial understandings",
            ),
        )
    none = [Row(id, "a search found no terms for an end") for id in looked.index[:1]]
    return tables.say(
        "By then Russia and Ukraine had agreed {parts} and {days}; {terms}.",
        terms=tables.say("they agreed terms for an end ({days})", days=_each_day(by_kind["terms"]))
        if len(by_kind["terms"])
        else none or "whether terms for an end is not known, as no search reaches to the day",
        parts=tables.number_of(
            counts["parts"], "exchange or local pause", "exchanges or local pauses"
        ),
        days=tables.number_of(counts["days"], "general truce"),
    )


def _each_day(rows: pd.DataFrame) -> list[Row]:
    return [Row(id, day(row["date"])) for id, row in rows.iterrows()]


@rule("C11")
def after_a_settlement(
    world: data.World, settlement: Literal["ceasefire-counts", "settlement"]
) -> Outcome:
    """Whether what each of the three words stands for begins, by official texts, only after a
    settlement, or where a ceasefire counts after either. Help in the war that no text calls a task
    of the force is none.
    """
    rows = tasks(world)
    late = AFTER_FIGHTING if settlement == "ceasefire-counts" else AFTER_FIGHTING[:1]
    fits = rows["begins"].isin(late)
    other = rows["begins"].isin((*AFTER_FIGHTING, IN_THE_WAR)) & ~fits
    force = rows["of_force"].isin(["yes", "unclear"])
    may_force, unknown = rows["of_force"] != "no", rows["begins"] == ""
    outcomes, used = {}, []
    for word in WORDS:
        own = force & (rows["purpose_word"] == word)
        may = may_force & rows["purpose_word"].isin(["", word]) & (other | unknown) & ~(own & other)
        used.append(rows[own & (fits | other)])
        good = (own & fits).any() and not may.any()
        outcomes[word] = False if (own & other).any() else True if good else None
    return settled(
        "C11",
        world,
        every(list(outcomes.values())),
        *used,
        missing="when the texts let begin what is meant by "
        + " and ".join(word for word in WORDS if outcomes[word] is None),
        line=_begins_line(rows, settlement),
    )


def _begins_line(rows: pd.DataFrame, settlement: str) -> Sentence:
    own = rows[rows["of_force"].isin(["yes", "unclear"]) & rows["purpose_word"].isin(WORDS)]
    others = rows[(rows["of_force"] == "no") & (rows["begins"] == IN_THE_WAR)]
    each = {  # the tasks, with what is said of them
        "s": (own[own["begins"] == AFTER_FIGHTING[0]], "{s} wait for a peace settlement"),
        "a": (own[own["begins"].isin(AFTER_FIGHTING[1:])], "{a} for a ceasefire or for either"),
        "w": (own[own["begins"] == IN_THE_WAR], "{w} for nothing"),
        "u": (own[own["begins"].isin(["", "not said"])], "of {u} it is not said"),
        "x": (
            others,
            "{x} more, which no text gives to the force, may begin while the war goes on",
        ),
    }
    told = {name: said for name, (rows, said) in each.items() if len(rows) or name in "sa"}
    template = "Official texts name {n} tasks under the three words, some perhaps not the force’s: "
    template += tables.listed([said for name, said in told.items() if name != "x"])
    template += f"; {told['x']}." if "x" in told else "."
    if settlement == "settlement":
        told = {"a": ""}
        template = "Official texts name {n} tasks under the three words; {a} of them may"
        template += " begin after a ceasefire, before any settlement."
    return tables.say(
        template,
        n=quantities.count(own, "tasks"),
        **{name: tables.or_none(quantities.count(each[name][0], "tasks")) for name in told},
    )


@rule("C14")
def days_before(world: data.World, few: Literal["up-to-ten", "two-to-seven"]) -> Outcome:
    """Whether the refusal lay a few days back on every day on which the article may have come out,
    and a Russian official had refused before.
    """
    days = window(world)
    if not days:
        return Outcome(None, missing="the days between which the article came out")
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
    start = {"start": _day_of(refused.iloc[0])} if len(refused) else {}
    return tables.say(
        "His refusal was reported on {day}, {first} to {last} days before the article; before that"
        " Russian officials had "
        + ("refused {times} since {start}." if start else "{times} refused."),
        day=_day_of(spoke.iloc[0]),
        first=since[0],
        last=since[-1],
        times=tables.times(quantities.count(refused, "statements")),
        **start,
    )


def _days_of(count: int, rows: pd.DataFrame) -> Quantity:
    """A number of days that rows give."""
    return quantities.exact(count, "days", tuple(rows.index), Recipe("rows"))


def _day_of(row: pd.Series) -> Row:
    """The day of a row, which leads to it."""
    return Row(row["id"], day(row["date"]))


@rule("C15")
def officials_confident(
    world: data.World, about: Literal["forces-and-banner", "package"]
) -> Outcome:
    """Whether a reputable report has unnamed American officials confident: of forces outside NATO's
    banner, or of a package of guarantees. One report is enough for what was reported.
    """
    banner = _confident(world, "European forces outside NATO's banner")
    package = _confident(world, "a package of guarantees")
    rows = banner if about == "forces-and-banner" else package
    return settled(
        "C15",
        world,
        True if len(rows) else None,
        rows,
        missing="whether officials said so: no report that names both was read",
        line=_confidence_line(world, about, banner, package),
    )


def _confident(world: data.World, subject: str) -> pd.DataFrame:
    """What reputable reports by the day have unnamed American officials expect of Russia."""
    rows = statements(world, "USA", subject)
    rows = rows[(rows["stance"] == "confident") & (rows["said_by"] == "unnamed")]
    return rows.loc[[reputable(world, source) for source in rows["source_id"]]]


def _confidence_line(
    world: data.World, about: str, banner: pd.DataFrame, package: pd.DataFrame
) -> Sentence:
    numbers = {
        name: quantities.count(origins(world, rows), "reports")
        for name, rows in (("n", banner), ("m", package))
    }
    if about == "package":
        return tables.say(
            "Officials are confident of a package of guarantees in {m}.",
            m=tables.number_of(numbers["m"], "independent report"),
        )
    own = statements(world, "USA", *ON_TROOPS)
    own = own[(own["office"] == "president") & own["said_by"].isin(data.OWN_WORD)]
    own = own[own["stance"] == "confident"].tail(1)
    template = "In {n} unnamed officials are confident that Russia will accept European forces"
    template += " outside NATO's banner, in {m} that it will accept a package of guarantees"
    template += "; the president had said nearly the same on record on {day}." if len(own) else "."
    papers = [Row(id, voice(world, row["source_id"])) for id, row in banner.iterrows()]
    reports = tables.number_of(numbers["n"], "report")
    return tables.say(
        template,
        n=tables.say("{reports} ({papers})", reports=reports, papers=papers) if papers else reports,
        m=tables.or_none(numbers["m"]),
        **({"day": _day_of(own.iloc[0])} if len(own) else {}),
    )


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
    return tables.say(
        words + "; less was refused then by {april}, and {times} in other months up to August.",
        **found,
        april=tables.series(_speakers(april)) if len(april) else "nobody",
        times=tables.times(quantities.count(near.drop(april.index), "statements")),
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
    refused = _each_day(troops[troops["stance"] == "refuses"])
    values = {
        "n": tables.times(quantities.count(vague, "statements")),
        "days": _each_day(vague),
        "air": _each_day(spoke[spoke["means_named"] == "as a possibility"]),
        "open": _each_day(troops[troops["stance"] == "vague"]),
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
        "strike": "Of {n} official passages on how a breach of the peace would be answered, armed"
        " force is named in {k}: against Russia in {r}, against nobody in particular in {o},"
        " against whichever side breaks it in {e}{looked}.",
        "strike-russia": "Armed force against Russia stands in {r} of {n} official passages on how"
        " a breach would be answered ({days}).",
        "guard": "An answer to breaches stands in {n} official passages.",
    }[act]
    unnamed = armed.drop([*against["Russia"].index, *against["either side"].index])
    values = {
        "n": tables.or_none(quantities.count(rows, "tasks"), "no"),
        "k": tables.or_none(quantities.count(armed, "tasks")),
        "r": tables.or_none(quantities.count(against["Russia"], "tasks")),
        "e": tables.or_none(quantities.count(against["either side"], "tasks")),
        "o": tables.or_none(quantities.count(unnamed, "tasks")),
        "days": _each_day(against["Russia"]) or "no day",
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
        "Of {n} that are surely the force's, means are named for {a}, numbers for {b} and what sets"
        " it off for {c};"
        " {w} particulars until the terms are known.",
        n=tables.number_of(quantities.count(rows, "tasks"), "official task"),
        w=tables.say("texts of {days} leave the", days=tables.series(days))
        if (days := [of for rows in waits for of in _each_day(rows)])
        else "no text leaves the",
        **{
            name: tables.or_none(quantities.count(rows[rows[of] == "yes"], "tasks"))
            for name, of in cells.items()
        },
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
    refused, vague = (others[others["stance"] == stance] for stance in ("refuses", "vague"))
    return tables.say(
        f"On {AIMS[measure]} the president's last word is {{own}}; others have "
        + ("refused {n}{first}" if len(refused) else "{n} refused{first}")
        + ", {v} left it open{vague} and {a} accepted or offered anything.",
        own=[
            Row(id, f"{STANCES.get(row['stance'], 'open')} of {day(row['date'])}")
            for id, row in newest(own).iterrows()
        ]
        or "not known",
        n=tables.times(quantities.count(refused, "statements")),
        first=tables.say(" since {day}", day=_day_of(refused.iloc[0])) if len(refused) else "",
        v=tables.times(quantities.count(vague, "statements")),
        vague=[
            tables.say(" (last {who} on {day})", who=row["speaker"], day=_day_of(row))
            for _, row in vague.tail(1).iterrows()
        ]
        or "",
        a=tables.times(quantities.count(others[others["stance"].isin(GIVES_WAY)], "statements")),
    )
