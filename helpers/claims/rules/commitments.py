"""C05, C06, C07, C08a, C08b, C13, C33: what is offered, who commands, and what the statement of 15
December 2025 promises.
"""

import itertools
import re
from typing import Literal

import pandas as pd

from helpers import data, quantities, tables
from helpers.claims import Outcome, every, rule, some
from helpers.claims.searched_outcome import settled
from helpers.commitments import (
    ABOUT_SOLDIERS,
    COMMANDER,
    KYIV,
    OPERATIONAL,
    SERVES,
    command,
    giving,
    numbers,
    spoken,
    stances,
    statement,
)
from helpers.sources_that_count import REPORTED, firmness, told, weighed
from helpers.tables import Row, Sentence, day

FIELDS = (  # what the article takes from the statement
    "lead",
    "regeneration",
    "skies",
    "seas",
    "inside Ukraine",
    "US support",
)
NO_TEXT = "what is said in the statement of 15 December, which was not yet made or not read"
# how the column `excludes` begins where a text rules out what a claim says
AT_WORK = "at work now"
ONE_AFTER_THE_OTHER = "a change from joint command"
A_YEAR = (11, 13)  # months that may be called a year


@rule("C05")
def commitments_vary(
    world: data.World, measure: Literal["both", "kind", "scale", "numbers"]
) -> Outcome:
    """kind: a member gives ground troops, and one that has declined them gives something else.
    scale: a member gives them and another has declined, or two name numbers that exclude each
    other. both: both. numbers: two name such numbers.
    """
    rows, named = stances(world), numbers(world)
    ground = rows[rows["domain"] == "land"]
    gives, declined = ground[ground["gives"]], ground[~ground["gives"]]
    instead = rows[rows["gives"] & rows["country"].isin(declined["country"])]
    apart = _apart(named)
    alike = False if _agree(world, rows) and not apart else None
    outcomes = {
        "kind": bool(len(gives) and len(instead)) or alike,
        "scale": bool(len(gives) and len(declined)) or apart or alike,
        "numbers": apart or _one_number(named),
    }
    used = {"kind": [gives, instead], "scale": [gives, declined], "numbers": [named]}
    parts = ["kind", "scale"] if measure == "both" else [measure]
    return settled(
        "C05",
        world,
        every([outcomes[part] for part in parts]),
        *itertools.chain.from_iterable(used[part] for part in parts),
        missing="what enough members would give and what not, by their own word",
        line=_offers_line(world, measure, declined, instead),
    )


def _apart(named: pd.DataFrame) -> bool:
    """Whether two members have named numbers of soldiers that exclude each other."""
    ends = [
        (0 if pd.isna(row["troops_low"]) else row["troops_low"], row["troops_high"])
        for _, row in named.iterrows()
    ]
    return any(
        not pd.isna(one[1]) and one[1] < other[0] for one, other in itertools.permutations(ends, 2)
    )


def _one_number(named: pd.DataFrame) -> bool | None:
    """False where two or more members have named the very same number, else unknown."""
    exact = (named["troops_low"] == named["troops_high"]).fillna(False).all()
    return False if len(named) > 1 and exact and named["troops_low"].nunique() == 1 else None


def _agree(world: data.World, rows: pd.DataFrame) -> bool:
    """Whether those that give or have declined something agree wherever two have spoken, and no
    word on soldiers leaves open of which mission it is.
    """
    own = spoken(world)
    if (own["domain"].isin(ABOUT_SOLDIERS) & (own["mission"] == "")).any():
        return False
    several = [of for _, of in rows.groupby("domain") if of["country"].nunique() > 1]
    return bool(several) and all(of["gives"].nunique() == 1 for of in several)


def _offers_line(
    world: data.World, measure: str, declined: pd.DataFrame, instead: pd.DataFrame
) -> Sentence:
    if measure == "numbers":
        return _numbers_line(world)
    sending, refusing, helping, reported = (
        quantities.distinct(rows, "country", "states")
        for rows in (
            giving(world, "land"),
            declined,
            instead,
            giving(world, "land", with_reports=True),
        )
    )
    own = "By their own account {a} would send soldiers"
    if refusing.number > 1:
        both = ", {b} and {c} of these would help in another way"
    else:
        both = " and {b}" + (", but would help in another way" if len(instead) else "")
    template = {
        "kind": "Of {b} to send soldiers {c} would help in another way.",
        "scale": f"{own} and {{b}}.",
        "both": f"{own}{both}; counting what unnamed officials are reported to have said, {{more}}"
        " would send soldiers.",
    }[measure]
    values = {
        "a": tables.number_of(sending, "member"),
        "b": tables.number_of(refusing, "member that has declined", "members that have declined")
        if measure == "kind"
        else tables.number_of(refusing, "has declined", "have declined", "none"),
        "c": tables.or_none(helping),
        "more": tables.or_none(reported),
    }
    return tables.say(
        template, **{name: value for name, value in values.items() if f"{{{name}}}" in template}
    )


def _numbers_line(world: data.World) -> Sentence:
    rows, names = numbers(world), world.country_names
    if rows.empty:
        return tables.say("No member has itself named a number of soldiers.")
    said = [
        tables.say(
            "{state} {range}",
            state=names[row["country"]],
            range=tables.Linked(_range(rows, id), quantities.cell(rows, id, "troops_high")),
        )
        for id, row in rows.iterrows()
    ]
    return tables.say("Members have themselves named these numbers of soldiers: {said}.", said=said)


def _range(rows: pd.DataFrame, id: str) -> str:
    low, high = rows.loc[id, "troops_low"], rows.loc[id, "troops_high"]
    if pd.isna(low):
        return f"up to {quantities.text(high)}"
    return (
        quantities.interval(low, high) if not pd.isna(high) else f"{quantities.text(low)} or more"
    )


@rule("C06")
def headquarters(
    world: data.World,
    asked: Literal[
        "in-the-framework", "all-of-it", "announced", "at-work", "three-star", "at-the-fort"
    ],
) -> Outcome:
    """Whether reports show the headquarters announced, at work, three-star, at the fort. A
    headquarters has the rank of those who command it.

    in-the-framework  of that level, at that place, and announced or set up
    all-of-it         of that level, at that place, and at work
    """
    every_row = command(world)
    rows = every_row[every_row["element"] == OPERATIONAL]
    heads = every_row[(every_row["element"] == COMMANDER) & (every_row["location"] == "Paris")]
    parts = {
        "announced": (rows[rows["evidence_of"] == "step"], rows.head(0)),
        "at-work": _working(rows),
        "three-star": _level(rows, heads, "three-star"),
        "at-the-fort": _stated(
            rows,
            "site",
            rows["location"].str.startswith("Mont-Valérien"),
            rows["location"].str.contains("Paris"),
        ),
    }
    wanted = {
        "in-the-framework": ("announced", "three-star", "at-the-fort"),
        "all-of-it": ("at-work", "three-star", "at-the-fort"),
    }.get(asked, (asked,))
    missing = {
        "announced": "whether it was announced",
        "at-work": "whether it is at work",
        "three-star": "its level: no official text or reputable report by the day gives it",
        "at-the-fort": "its place: no official text or reputable report by the day gives it",
    }
    outcomes = {part: weighed(world, *parts[part]) for part in wanted}
    unclear = _of(rows, "")
    may = {
        "three-star": (unclear["level"] == "three-star").any(),
        "at-the-fort": unclear["location"].str.startswith("Mont-Valérien").any(),
        "at-work": (
            (unclear["step"] == "established")
            & (unclear["date"] > parts["at-work"][1]["date"].max())
        ).any()
        if len(parts["at-work"][1])
        else False,
    }
    for part in may:
        if outcomes.get(part) is False and may[part]:
            outcomes[part] = None
    return settled(
        "C06",
        world,
        every(list(outcomes.values())),
        *itertools.chain.from_iterable(parts[part] for part in wanted),
        missing=" and ".join(missing[part] for part in wanted if outcomes[part] is None),
        line=_headquarters_line(
            world,
            {name: own for name, (own, _) in parts.items()},
            ("three-star", "at-the-fort", "at-work") if len(wanted) > 1 else wanted,
        ),
    )


def _working(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The official reports that a part of the command is at work, and the later ones that rule it
    out. One that only calls it planned does not undo it.
    """
    works = rows[
        (rows["step"] == "established")
        & (rows["evidence_of"] == "step")
        & rows["said_by"].isin(data.OWN_WORD)
    ]
    since = works["date"].max() if len(works) else ""
    later = rows[rows["excludes"].str.startswith(AT_WORK) & (rows["date"] > since)]
    return works.head(0 if len(later) else len(works)), later


def _level(
    rows: pd.DataFrame, heads: pd.DataFrame, level: str
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rows that give a headquarters or its commanders a level, and those that give another."""
    own, other = _stated(rows, "level", rows["level"] == level)
    ranked = heads[heads["level"] != ""]
    return (
        pd.concat([own, ranked[ranked["level"] == level]]),
        pd.concat([other, ranked[ranked["level"] != level]]),
    )


def _stated(
    rows: pd.DataFrame, subject: str, said: pd.Series, silent: pd.Series | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rows on a subject that say a thing, and those that say another. An empty cell is silent,
    and so are values that leave the thing open.
    """
    column = {"level": "level", "site": "location"}[subject]
    on = (rows["evidence_of"] == subject) & (rows[column] != "")
    other = on & ~said if silent is None else on & ~said & ~silent
    return rows[on & said], rows[other]


def _headquarters_line(
    world: data.World, parts: dict[str, pd.DataFrame], asked: tuple[str, ...]
) -> Sentence:
    """What is told of each part that is asked about, and of whether it is at work."""
    works = parts["at-work"].head(1)
    values = {
        "announced": told(world, parts["announced"].head(1)),
        "level": told(world, parts["three-star"]),
        "site": told(world, parts["at-the-fort"]),
        "work": [
            Row(id, f"{day(row['date'])} ({firmness(world, parts['at-work'])})")
            for id, row in works.iterrows()
        ],
    }
    words = {  # what is said of a part, and where no report tells it
        "announced": ("it was announced first by {announced}", "nobody reports it as announced"),
        "level": (
            "it has three stars according to {level}",
            "no report that counts gives the headquarters' rank",
        ),
        "site": (
            "it is at the fort near Paris according to {site}",
            "no report that counts gives its place",
        ),
        "work": (
            "officials say that it is at work, first on {work}",
            "no official has said that it is at work",
        ),
    }
    names = {"three-star": "level", "at-the-fort": "site", "at-work": "work"}
    wanted = [names.get(part, part) for part in asked]
    shown = [part for part in words if part in wanted]
    said = "; ".join(words[part][not values[part]] for part in shown)
    said = re.sub(r"\bit\b", "the headquarters", said, count=1)
    return tables.say(
        said[0].upper() + said[1:] + ".",
        **{part: tables.series(values[part]) for part in shown if values[part]},
    )


@rule("C07")
def kyiv_headquarters(
    world: data.World, step: Literal["planned", "designated", "established"]
) -> Outcome:
    """Whether a two-star command in Kyiv under a British officer was planned, its officer chosen,
    or at work. Only a text that has it set up later, and none that has it at work, denies the last.
    """
    rows = command(world)
    rows = rows[rows["element"] == KYIV]
    planned = rows[
        rows["location"].str.startswith("Kyiv")
        & (rows["level"] == "two-star")
        & rows["nations"].str.contains("GBR")
    ]
    official = rows[rows["said_by"].isin(data.OWN_WORD)]
    other = official[
        ~official["level"].isin(["", "two-star"])
        | ((official["nations"] != "") & ~official["nations"].str.contains("GBR"))
    ]
    works = rows[rows["step"] == "established"]
    later = rows[(rows["step"] == "planned") & rows["excludes"].str.startswith(AT_WORK)]
    chosen = rows[rows["step"].isin(["designated", "established"])]
    holds, used = {
        "planned": (weighed(world, planned, other), [planned, other]),
        "designated": (True if len(chosen) else None, [chosen]),
        "established": (True if len(works) else False if len(later) else None, [works, later]),
    }[step]
    return settled(
        "C07",
        world,
        holds,
        *used,
        missing={
            "planned": "its level, its place and whose officer leads it",
            "designated": "whether its officer has been chosen",
            "established": "whether it is at work",
        }[step],
        line=_steps_line(step, rows, chosen, works, later),
    )


def _steps_line(
    step: str, rows: pd.DataFrame, chosen: pd.DataFrame, works: pd.DataFrame, later: pd.DataFrame
) -> Sentence:
    """The steps up to the one asked about."""
    reached = {
        name: Row(of.index[0], day(of["date"].iloc[0]))
        for name, of in (("planned", rows), ("chosen", chosen), ("works", works))
        if len(of)
    }
    planned = (
        "was reported as planned on {planned}" if "planned" in reached else "is not yet reported"
    )
    officer = ", its officer as chosen by {chosen}" if "chosen" in reached else ""
    at_work = "not said to be at work"
    if "works" in reached:
        at_work = "at work since {works}"
    elif len(later):
        at_work = "{later}"
        reached["later"] = Row(later.index[-1], "to be set up only once the force deploys")
    said = {
        "planned": f"The command in Kyiv {planned}{officer}.",
        "designated": f"The command in Kyiv {planned}{officer or ', its officer not as chosen'}.",
        "established": f"The command in Kyiv is {at_work}.",
    }[step]
    return tables.say(said, **{name: of for name, of in reached.items() if f"{{{name}}}" in said})


@rule("C08a")
def french_first(
    world: data.World, source: Literal["anyone", "official", "press", "encyclopedia"]
) -> Outcome:
    """Whether a report names a French officer as the first commander. One that names nobody first
    is silent.
    """
    every_report = command(world, (*REPORTED, "copied"))
    on = _of(every_report, "commander", "command form")
    rows = {
        "anyone": _of(command(world, REPORTED), "commander"),
        "official": _of(command(world, data.OWN_WORD), "commander"),
        "press": _of(command(world, ("press", "unnamed")), "commander"),
        "encyclopedia": _of(on[on["said_by"] == "copied"], "commander"),
    }[source]
    french = rows[rows["first_nation"] == "FRA"]
    other = rows[~rows["first_nation"].isin(["", "FRA"])]
    holds = weighed(world, french, other)
    unclear = _of(every_report, "")
    nobody = (rows["first_nation"] == "").any() or (unclear["first_nation"] == "FRA").any()
    return settled(
        "C08a",
        world,
        None if holds is False and nobody else holds,
        french,
        other,
        missing="who is to command first: no report that counts names a nation",
        line=_commander_line(world, source, rows, on),
    )


def _commander_line(
    world: data.World, source: str, rows: pd.DataFrame, on: pd.DataFrame
) -> Sentence:
    """Whom the reports name as the first commander; copies of an encyclopedia apart."""
    copies = on[on["said_by"] == "copied"]
    if source == "encyclopedia":
        return tables.say(
            "{pages} made from an encyclopedia put a French officer first.",
            pages=_number_of(copies[copies["first_nation"] == "FRA"], "page"),
        )
    told_of = rows if source == "press" else on.drop(copies.index)
    if source == "official":
        told_of = told_of[told_of["said_by"].isin(data.OWN_WORD)]
    first = told_of["first_nation"]
    word = {"anyone": "report", "official": "official text", "press": "press report"}[source]
    nation = told_of[~first.isin(["", "FRA"])]
    french, other, silent = (
        _number_of(rows, word) for rows in (told_of[first == "FRA"], nation, told_of[first == ""])
    )
    if told_of.empty:
        return tables.say(f"By then no {word} spoke of who would command.")
    if len(told_of[first != ""]) == 0:
        return tables.say(
            f"By then no {word} that counts says that a French officer would command first:"
            f" {{silent}} {'speaks' if len(told_of) == 1 else 'speak'} of the commander and"
            f" {'puts' if len(told_of) == 1 else 'put'} nobody first.",
            silent=silent,
        )
    return tables.say(
        "On who would command first {french} named a French officer, {other} one of another"
        " nation, and {silent} nobody.",
        french=french,
        other=other,
        silent=silent,
    )


def _number_of(rows: pd.DataFrame, one: str) -> Sentence:
    """How many rows there are, with their noun."""
    return tables.number_of(quantities.count(rows, f"{one}s"), one)


def _of(rows: pd.DataFrame, *subjects: str) -> pd.DataFrame:
    """The reports that are evidence of some subjects."""
    return rows[rows["evidence_of"].isin(subjects)]


@rule("C08b")
def then_britain(world: data.World, passes: Literal["both", "headquarters", "command"]) -> Outcome:
    """Whether reports foresee that the headquarters moves to London after a year, and that command
    becomes British. Only a row on the one or on the other is evidence of it.
    """
    rows = command(world, REPORTED)
    moves, changes = _of(rows, "move of headquarters"), _of(rows, "change of command")
    months = moves["rotation_months"]
    year = (moves["location"] == "London") & months.between(*A_YEAR).fillna(False)
    elsewhere = ~moves["location"].isin(["", "London"])
    otherwise = elsewhere | (months.notna() & ~months.between(*A_YEAR).fillna(False))
    british = changes["next_nation"] == "GBR"
    not_british = ~changes["next_nation"].isin(["", "GBR"])
    ruled_out = changes["excludes"].str.startswith(ONE_AFTER_THE_OTHER)
    halves = {
        "headquarters": (moves[year.astype(bool)], moves[(otherwise & ~year).astype(bool)]),
        "command": (changes[british], changes[~british & (not_british | ruled_out)]),
    }
    unclear = _of(rows, "")
    silent = {  # rows that may say it: of a half and silent on it, or saying it of who knows what
        "headquarters": ((moves["location"] == "") & months.isna()).any()
        or ((unclear["location"] == "London") & unclear["rotation_months"].notna()).any(),
        "command": ((changes["next_nation"] == "") & (changes["excludes"] == "")).any()
        or (unclear["next_nation"] == "GBR").any(),
    }
    wanted = list(halves) if passes == "both" else [passes]
    outcomes = {half: weighed(world, *halves[half]) for half in wanted}
    outcomes = {
        half: None if holds is False and silent[half] else holds for half, holds in outcomes.items()
    }
    missing = {
        "headquarters": "when the headquarters is to move, and where to",
        "command": "to whom the command is to pass",
    }
    return settled(
        "C08b",
        world,
        every(list(outcomes.values())),
        *itertools.chain.from_iterable(halves[half] for half in wanted),
        missing=" and ".join(missing[half] for half in wanted if outcomes[half] is None),
        line=_after_a_year_line(world, passes, halves),
    )


def _after_a_year_line(world: data.World, passes: str, halves: dict) -> Sentence:
    (to_london, _), (british, joint) = halves["headquarters"], halves["command"]
    sides = {"moves": to_london, "british": british, "joint": joint}
    values = {name: tables.series(told(world, rows)) for name, rows in sides.items() if len(rows)}
    has = {name: "has" if len(rows) == 1 else "have" for name, rows in sides.items()}
    headquarters = f"{{moves}} {has['moves']} the headquarters move to London after a year"
    if to_london.empty:
        headquarters = "no report that counts has the headquarters move to London after a year"
    command = f"{{british}} {has['british']} command pass to Britain"
    if british.empty:
        command = "no report that counts has command pass to Britain"
    if len(joint):
        command += f", {{joint}} {has['joint']} it stay joint"
    if len(british) and len(joint):
        command = f"reports differ: {command}"
    halves_said = {"headquarters": headquarters, "command": command}
    said = "; ".join(halves_said.values()) if passes == "both" else halves_said[passes]
    return tables.say(
        said[0].upper() + said[1:] + ".",
        **{name: of for name, of in values.items() if f"{{{name}}}" in said},
    )


@rule("C13")
def what_it_promises(world: data.World, extent: Literal["stands", "complete"]) -> Outcome:
    """stands: each of the six fields is in the statement. complete: and nothing else is. One that
    is missing denies it only if the passage was read at its source.
    """
    rows = statement(world)
    rows = rows[rows["actor"] != "Ukraine"]
    own = {"regeneration": rows["of_force"] == "yes"}
    found = {field: rows[(rows["field"] == field) & own.get(field, True)] for field in FIELDS}
    passage = rows[(rows["of_force"] == "yes") | (rows["field"] == "US support")]
    read = (passage["verification"] == "read").any()
    unclear = (rows[["field", "of_force"]] == "").any(axis=None)
    six = every(
        [True if len(of) else False if read and not unclear else None for of in found.values()]
    )
    others = rows[~rows["field"].isin(FIELDS)]
    holds = six if extent == "stands" else every([six, not len(others)])
    used = list(found.values()) if extent == "stands" else [rows]
    return settled(
        "C13",
        world,
        None if rows.empty else holds,
        *used,
        missing=NO_TEXT,
        line=None
        if rows.empty
        else tables.say(
            "Beside the six points the statement names {others}.",
            others=tables.series([Row(id, row["field"]) for id, row in others.iterrows()])
            if len(others)
            else "nothing",
        )
        if extent == "complete"
        else _six_line(world, [field for field, of in found.items() if of.empty]),
    )


def _six_line(world: data.World, absent: list[str]) -> Sentence:
    offered = {
        field: quantities.distinct(giving(world, SERVES[field]), "country", "states")
        for field in ("skies", "seas", "regeneration", "inside Ukraine")
    }
    return tables.say(
        "{stands}; by their own account {d} would send soldiers, and at least {a} would"
        " give aircraft, {b} ships and {c} training, with a condition or without.",
        stands=f"The statement does not speak of {tables.listed(absent)}"
        if absent
        else "All six points stand in the statement",
        a=offered["skies"],
        b=offered["seas"],
        c=offered["regeneration"],
        d=tables.number_of(offered["inside Ukraine"], "member"),
    )


@rule("C33")
def support_undefined(
    world: data.World, roles: Literal["support-of-the-force", "every-role"]
) -> Outcome:
    """Whether the American support of the force (or every American role) is named in the statement
    without means, number or trigger.
    """
    rows = statement(world)
    support = rows[rows["field"] == "US support"]
    american = rows[rows["actor"].isin(["USA", "both"])]
    looked = support if roles == "support-of-the-force" else american
    cells = looked[["assets", "numbers", "trigger"]]
    exact = some([{"yes": True, "no": False}.get(cell) for cell in cells.to_numpy().ravel()])
    holds = None if looked.empty or exact is None else not exact
    others = american.drop(support.index, errors="ignore")
    named = [
        word
        for word, column in (("means", "assets"), ("a number", "numbers"), ("a trigger", "trigger"))
        if (looked[column] == "yes").any()
    ]
    subject = (
        "American support of the force"
        if looked is support
        else "the American roles taken together"
    )
    return settled(
        "C33",
        world,
        holds,
        looked,
        missing=NO_TEXT,
        line=None
        if looked.empty
        else tables.say(
            f"For {subject} the statement names {{exact}}; it gives America {{roles}} ({{names}}).",
            exact=tables.listed(named) if named else "neither means nor a number nor a trigger",
            roles=tables.number_of(
                quantities.count(others, "roles"), "other role", "other roles", "no"
            ),
            names=[Row(id, row["field"]) for id, row in others.iterrows()] or "none",
        ),
    )
