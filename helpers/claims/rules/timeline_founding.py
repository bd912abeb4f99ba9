"""C01 and C09: when the coalition began, by whose hand, and how long ago."""

from typing import Literal

import pandas as pd

from helpers import data, quantities, tables
from helpers.claims import Outcome, rule, stated
from helpers.claims.searched_outcome import settled
from helpers.recipe_acts import months
from helpers.sources_that_count import origin, origins
from helpers.tables import Row, Sentence, day
from helpers.timeline import DATING, NOT_OUT, founding, publication, window

LEADERS = {"GBR", "FRA"}  # C01: the states whose official text on the founding outweighs reports
ORIGINS = 2  # C01: how many independent origins a date needs


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
    own, against, open_own, open_against = _deciding(world, *sides[origin])
    holds = _more_origins(world, own, against, open_own, open_against, origin == "london")
    used = pd.concat([own, against, open_own, open_against])
    return settled(
        "C01",
        world,
        holds,
        used,
        missing=_missing(world, own, against, len(open_own) + len(open_against) > 0),
        line=_dates_line(world, origin, sides),
    )


def _missing(world: data.World, own: pd.DataFrame, against: pd.DataFrame, open_ones: bool) -> str:
    """What would have to be known to settle when the coalition began."""
    if _official(world, own) and _official(world, against):
        return "which official text is right"
    if open_ones:
        return "whether all the texts that give a date mean the founding"
    if len(origins(world, own)) < ORIGINS:
        return "a second independent text that gives it"
    return "which account is right: as many independent texts give another"


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


def _deciding(
    world: data.World, own: pd.DataFrame, against: pd.DataFrame, *open_ones: pd.DataFrame
) -> tuple[pd.DataFrame, ...]:
    """The accounts that decide, as `_dated` gives them: an official text outweighs reports, so
    where both sides have one, official texts alone.
    """
    texts = [
        side.loc[[_official(world, side.loc[[id]]) for id in side.index]] for side in (own, against)
    ]
    if all(map(len, texts)):
        return *texts, *(rows.head(0) for rows in open_ones)
    return own, against, *open_ones


def _more_origins(world, own, against, open_own, open_against, needs_act: bool) -> bool | None:
    """Whether the accounts for a date have more independent origins than those against it, taking
    those of which it is not known for either. Where the date alone has an official text, or may
    have, it is not denied.
    """
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
            "paris-february": "Of independent texts {n} it to February, with France.",
            "joint-march": "Of independent texts {n} it to March and to both countries.",
        }[option]
        return tables.say(when, n=tables.number_of(numbers[option], "dates", "date", "none"))
    differ = numbers["london"].value and numbers["paris-february"].value
    official = {_official(world, sides[name][0]) for name in ("london", "paris-february")}
    outweighs = "; an official text outweighs reports" if differ and len(official) > 1 else ""
    if differ and official == {True}:
        outweighs = "; official texts outweigh reports, so they alone decide, and they differ"
    return tables.say(
        ("Independent texts differ on how it began: " if differ else "Of independent texts ")
        + "{n} {day}, London and the British prime minister{british}; {m} February and"
        f" France{{french}}{outweighs}.",
        n=tables.number_of(numbers["london"], "says", "say", "none"),
        day=day(data.row("C01", world.folder)["stated"]),
        m=tables.number_of(numbers["paris-february"], "says", "say", "none"),
        british=_official_among(world, sides["london"][0]),
        french=_official_among(world, sides["paris-february"][0]),
    )


def _official_among(world: data.World, rows: pd.DataFrame) -> Sentence | str:
    """The official texts among some rows, each by the day on which it was out, after a comma;
    nothing without any.
    """
    texts = [
        Row(id, day(origin(world, row["source_id"])["published"]))
        for id, row in rows.iterrows()
        if _official(world, rows.loc[[id]])
    ]
    if not texts:
        return ""
    among = "among them the" if len(origins(world, rows)) > 1 else "the"
    noun = "text" if len(texts) == 1 else "texts"
    return tables.say(f", {among} official {noun} of {{texts}}", texts=tables.series(texts))


@rule("C09")
def nine_months(world: data.World, start: Literal["london", "paris-february"]) -> Outcome:
    """Whether more than the stated number of months lie between the beginning and every day on
    which the article may have come out.
    """
    began, rows = _beginning(world, start), publication(world)
    days = window(world)
    if not began or not days:
        return Outcome(None, missing="the days between which the article came out")
    if world.day < days[0]:
        return Outcome(None, missing=NOT_OUT)
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
