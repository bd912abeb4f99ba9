"""How each of the three conditions stood on the day, taken strictly and leniently: a settlement,
Russian consent, American support.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from helpers import data, quantities, sources_that_count, tables, word_check
from helpers.commitments import tasks
from helpers.recipe_acts import Recipe
from helpers.tables import Row, day
from helpers.timeline import AGREED, ON_SUPPORT, ON_TROOPS, UPPER, WORD, events, own_word
from helpers.who_would_send import NEEDS

HELP = (
    *ON_SUPPORT,
    "security guarantees",
    "a package of guarantees",
)  # where means may be promised
OF_NATO = ("NATO troops in Ukraine", "European forces outside NATO's banner")
TERMS = "terms for an end"  # of `evidence_of`
LEADERS = ("president", *UPPER)
MINISTRY = (*LEADERS, "deputy foreign minister")
STANDARDS = ("strict", "lenient")


@dataclass(frozen=True)
class State:
    """How a condition stood on the day: met, not met or unknown; the rows that say so; what an
    unknown state lacks; in words, what is known.
    """

    met: bool | None
    rows: tuple[str, ...]
    missing: str = ""
    words: object = ""


@data.selection(depends_on=data.DATED)
def settlement(world: data.World, standard: str) -> State:
    """Whether there was something to monitor or enforce.

    strict   terms for an end that both sides agreed, open-ended and in force; not met where there
             are none and a search found none
    lenient  any understanding or truce between them, also partial, local or announced by a third,
             that had not ended
    """
    rows = events(world, *AGREED)
    lasting = rows.loc[[not end or data.span(end).last >= world.day for end in rows["end"]]]
    if word_check.word("standard", standard, STANDARDS) == "lenient":
        met = lasting[
            lasting["agreed_by"].isin(["both", "announced by a third"])
            & (lasting["scope"] != "other")
        ]
        return State(
            True if len(met) else None if rows.empty else False,
            quantities.ids(met if len(met) else rows),
            "what the two had agreed by the day",
        )
    return _agreed(world, rows, lasting)


def _agreed(world: data.World, rows: pd.DataFrame, lasting: pd.DataFrame) -> State:
    """Whether terms for an end were agreed by both and in force, strictly."""
    general = rows["scope"].str.startswith("general") | (rows["scope"] == "")
    terms = rows[
        ((rows["evidence_of"] == TERMS) | ((rows["evidence_of"] == "") & general))
        & rows["agreed_by"].isin(["both", ""])
        & (rows["lasting"] != "days")
    ]
    sure = terms[(terms["evidence_of"] == TERMS) & (terms["agreed_by"] == "both")]
    met = sure[(sure["lasting"] == "open-ended") & sure.index.isin(lasting.index)]
    if len(met):
        return State(
            True, quantities.ids(met), words="Terms for an end, agreed by both, were in force"
        )
    looked = sources_that_count.concluded(world, "C10", "none found")
    open_ones = terms[terms.index.isin(lasting.index)]
    if len(looked) and open_ones.empty:
        return State(
            False,
            quantities.ids(rows, looked),
            words="No terms for an end agreed by both were found",
        )
    return State(
        None,
        quantities.ids(terms, looked),
        "whether both had agreed terms for an end, of which no search reaches the day"
        if looked.empty
        else "whether the terms agreed by both were in force",
        "Whether both had agreed terms for an end is not known",
    )


def newest_words(rows: pd.DataFrame) -> pd.DataFrame:
    """What each speaker said last on each subject: earlier words do not outlive later ones."""
    return rows.sort_values(["date", "id"]).drop_duplicates(["speaker", "subject"], keep="last")


@data.selection(depends_on=data.DATED)
def consent(world: data.World, standard: str) -> State:
    """Whether Russia was prepared to tolerate the troops.

    strict   the last own word of president, spokesperson or foreign ministry accepts soldiers of
             NATO states; not met where the president's last word refuses and no later word of an
             upper rank accepts
    lenient  Russia leaves some foreign presence open, or American officials say that it will accept
             one
    """
    rows = world.until("statements").sort_values(["date", "id"])
    rows = rows[rows["subject"].isin(ON_TROOPS)]
    said = rows[(rows["country"] == "RUS") & own_word(rows)]
    if word_check.word("standard", standard, STANDARDS) == "lenient":
        newest = newest_words(rows)
        others = newest[(newest["country"] == "USA") & (newest["stance"] == "confident")]
        own = newest[newest.index.isin(said.index) & newest["stance"].isin(["accepts", "vague"])]
        met = pd.concat([own, others])
        return State(
            len(met) > 0 if len(said) else None,
            quantities.ids(met if len(met) else said),
            "what Russia had said of foreign troops",
        )
    missing = "the Russian president's own last word on soldiers of NATO states"
    heads = said[said["office"].isin(MINISTRY)]
    if heads.empty:
        return State(None, quantities.ids(said), missing, "no word of Russia’s leaders is known")
    last, president = heads.iloc[-1], said[said["office"] == "president"]
    words = _word(last)
    if len(president) and president.index[-1] != last["id"]:
        words = tables.say(
            "{first}, then {last}", first=_word(president.iloc[-1]), last=_word(last)
        )
    if last["stance"] == "accepts" and last["subject"] in OF_NATO:
        return State(True, (last["id"],), words=words)
    if president.empty or president["stance"].iloc[-1] != "refuses":
        return State(None, quantities.ids(heads), missing, words)
    after = said.loc[president.index[-1] :]
    later = after[after["office"].isin(LEADERS)]
    opened = later["stance"].isin(["accepts", "offers", ""]).any()
    return State(None if opened else False, quantities.ids(president, later), missing, words)


STANCE = {"refuses": "refuses", "accepts": "accepts", "vague": "leaves it open"}


def _word(row: pd.Series) -> tables.Sentence:
    """Who said what on which day, in few words."""
    return tables.say(
        "{who} {says} ({day})",
        who=row["speaker"],
        says=STANCE.get(row["stance"], row["stance"] or "not read"),
        day=Row(row["id"], day(row["date"])),
    )


@data.selection(depends_on=data.DATED)
def support(world: data.World, standard: str) -> State:
    """Whether the United States intended to provide hard military capabilities.

    strict   its own word on record promises means that are named; not met where there is none and
             a search found none
    lenient  an offer of military help of any kind, also by unnamed persons or in a joint text
    """
    said = world.until("statements").sort_values(["date", "id"])
    said = said[(said["country"] == "USA") & said["subject"].isin(HELP)]
    if word_check.word("standard", standard, STANDARDS) == "lenient":
        return _any_help(world, newest_words(said[said["subject"].isin(ON_SUPPORT)]))
    own = said[own_word(said)]
    promised = own[own["means_named"] == "promised"]
    refused = own[own["stance"] == "refuses"]
    if len(promised):
        same = refused[refused["date"].str[:7] == promised["date"].iloc[-1][:7]]
        met = None if len(same) else True
        return State(
            met,
            quantities.ids(promised, same),
            "which holds of an American promise and a refusal of the same month",
            "American means were promised on record",
        )
    looked = sources_that_count.concluded(world, "C27a", "none found")
    unread = own[own["means_named"] == ""]
    if len(looked) and unread.empty:
        return State(
            False, quantities.ids(own, looked), words="no American means were promised on record"
        )
    return State(
        None,
        quantities.ids(own, looked),
        "whether America had promised means on record: no search for it is recorded"
        if looked.empty
        else "whether American words named means",
        "no American promise of means on record is in the tables",
    )


def _any_help(world: data.World, said: pd.DataFrame) -> State:
    """Whether American help of any kind was offered or foreseen, leniently."""
    texts = tasks(world)
    texts = texts[texts["actor"].isin(["USA", "both"])]
    named = texts[texts["field"].isin(["US support", "monitoring"]) | (texts["assets"] == "yes")]
    met = pd.concat([named, said[said["stance"] == "offers"]])
    considered = pd.concat([texts, said])
    return State(
        len(met) > 0 if len(considered) else None,
        quantities.ids(met if len(met) else considered),
        "what had been said of American support",
    )


def possible_help(world: data.World) -> pd.DataFrame:
    """American words in which means were promised or held possible, whoever said so, oldest first:
    they are listed and, unless promised on record, decide nothing.
    """
    rows = world.until("statements").sort_values(["date", "id"])
    return rows[
        (rows["country"] == "USA") & rows["means_named"].isin(["promised", "as a possibility"])
    ]


@dataclass(frozen=True)
class Condition:
    """One of the article's ifs: how it stood, the subject of statements on its need, and the event
    forecasters were asked about nearest to it.
    """

    name: str
    need: str
    state: Callable[[data.World, str], State]
    forecast: str
    nearness: str


CONDITIONS = (
    Condition(
        "a settlement to monitor or enforce",
        NEEDS[0],
        settlement,
        "ceasefire",
        "a ceasefire is less than a settlement",
    ),
    Condition(
        "Russian tolerance of NATO ground troops",
        NEEDS[1],
        consent,
        "peacekeepers announced",
        "an announcement may come without Russian consent",
    ),
    Condition(
        "hard American capabilities in support",
        NEEDS[2],
        support,
        "US guarantee",
        "a guarantee may come without forces",
    ),
)


def state_rows(world: data.World) -> list[dict]:
    """How each condition stood on the day: as the sentence has it with what is known of it, and
    taken leniently.
    """
    word = {True: "met", False: "not met", None: "not known"}
    table = []
    for condition in CONDITIONS:
        strict, lenient = (condition.state(world, standard) for standard in ("strict", "lenient"))
        table.append(
            {
                "if": condition.name,
                "as the sentence has it": word[strict.met],
                "what is known": strict.words,
                "on rows": quantities.exact(len(strict.rows), "rows", strict.rows),
                "taken leniently": word[lenient.met],
            }
        )
    return table


def in_short(world: data.World) -> tables.Sentence:
    """What the three conditions are, and how many of them were met if each is taken leniently."""
    each = [condition.state(world, "lenient") for condition in CONDITIONS]
    met = [state for state in each if state.met]
    rows = tuple(sorted({row for state in met for row in state.rows}))
    return tables.say(
        "The three: a settlement, Russia’s tolerance, American means. On the loosest reading (any"
        " truce, any word that leaves troops open, any help) {met} of {all} were met; the article"
        " means more.",
        met=quantities.exact(len(met), "conditions", rows, Recipe("rows")),
        all=quantities.chosen(len(CONDITIONS)),
    )


def help_rows(world: data.World) -> list[dict]:
    """American words in which means were promised or held possible, one table row each."""
    return [
        {
            "day": Row(id, day(row["date"])),
            "who": row["speaker"],
            "means": row["means_named"],
            "word of": WORD[row["said_by"]],
            "in short": row["statement"],
        }
        for id, row in possible_help(world).iterrows()
    ]
