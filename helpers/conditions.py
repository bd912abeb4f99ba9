"""The three ifs: how each stood on the day, what forecasts gave it, and what follows for all three
together.
"""

import functools
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from helpers import data, quantities, tables
from helpers.commitments import tasks
from helpers.quantities import Quantity
from helpers.tables import Row, day
from helpers.timeline import AGREED, ON_TROOPS, events, sure

SUPPORT = ("US military support of any kind", "US air or air-defence support")


@dataclass(frozen=True)
class State:
    """How a condition stood on the day: met, not met or unknown; the rows that say so; what an
    unknown state lacks.
    """

    met: bool | None
    rows: tuple[str, ...]
    missing: str = ""


@data.dated
@functools.lru_cache(64)
def settlement(world: data.World, standard: str) -> State:
    """Whether there was something to monitor or enforce.

    strict   a general ceasefire or settlement that both sides agreed and that had not ended
    lenient  any understanding or truce between them, also partial, local or announced by a third,
             that had not ended
    """
    rows = sure(events(world, *AGREED))
    lasting = rows.loc[[not end or data.span(end).last >= world.day for end in rows["end"]]]
    if standard == "strict":
        met = lasting[lasting["scope"].str.startswith("general") & (lasting["agreed_by"] == "both")]
    else:
        met = lasting[
            lasting["agreed_by"].isin(["both", "announced by a third"])
            & (lasting["scope"] != "other")
        ]
    unsure = met[
        (met["end"] == "") & ((met["kind"] == "truce") | ~met["scope"].str.startswith("general"))
    ]
    doubted = len(met) > 0 and len(unsure) == len(met)
    known = None if doubted or rows.empty else len(met) > 0
    return State(
        known,
        quantities.ids(met if len(met) else rows),
        "understandings between the two by the day, or whether those without a stated end still"
        " held",
    )


def newest_words(rows: pd.DataFrame) -> pd.DataFrame:
    """What each speaker said last on each subject: earlier words do not outlive later ones."""
    return rows.sort_values(["date", "id"]).drop_duplicates(["speaker", "subject"], keep="last")


@data.dated
@functools.lru_cache(64)
def consent(world: data.World, standard: str) -> State:
    """Whether Russia was prepared to tolerate the troops.

    strict   Russia itself accepts soldiers of NATO states, on the record
    lenient  Russia leaves some foreign presence open, or American officials say that it will accept
             one
    """
    rows = newest_words(sure(world.until("statements")))
    said = rows[(rows["country"] == "RUS") & rows["subject"].isin(ON_TROOPS)]
    met = said[(said["stance"] == "accepts") & (said["record"] == "on record")]
    if standard == "lenient":
        others = rows[
            (rows["country"] == "USA")
            & rows["subject"].isin(ON_TROOPS)
            & (rows["stance"] == "confident")
        ]
        met = pd.concat([said[said["stance"].isin(["accepts", "vague"])], others])
    return State(
        len(met) > 0 if len(said) else None,
        quantities.ids(met if len(met) else said),
        "Russian statements on foreign troops by the day",
    )


@data.dated
@functools.lru_cache(64)
def support(world: data.World, standard: str) -> State:
    """Whether the United States intended to provide hard military capabilities.

    strict   a text names what it would provide and how much of it
    lenient  an offer of military help of any kind by somebody who speaks for it, or in a joint text
    """
    texts = tasks(world)
    texts = texts[texts["actor"].isin(["USA", "both"])]
    said = newest_words(sure(world.until("statements")))
    said = said[(said["country"] == "USA") & said["subject"].isin(SUPPORT)]
    met = texts[(texts["assets"] == "yes") & (texts["numbers"] == "yes")]
    if standard == "lenient":
        named = texts[
            texts["field"].isin(["US support", "monitoring"]) | (texts["assets"] == "yes")
        ]
        met = pd.concat([named, said[said["stance"] == "offers"]])
    considered = pd.concat([texts, said])
    return State(
        len(met) > 0 if len(considered) else None,
        quantities.ids(met if len(met) else considered),
        "texts or words on US support by the day",
    )


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
        "need for a settlement",
        settlement,
        "ceasefire",
        "a ceasefire is less than a settlement",
    ),
    Condition(
        "Russian tolerance of NATO ground troops",
        "need for Russian consent",
        consent,
        "peacekeepers announced",
        "an announcement may come without Russian consent",
    ),
    Condition(
        "hard American capabilities in support",
        "need for US support",
        support,
        "US guarantee",
        "a guarantee may come without forces",
    ),
)
CORRELATIONS = (0.3, 0.6, 0.9)  # how strongly the three may hang together, for the picture


def forecasts(world: data.World) -> pd.DataFrame:
    """The probabilities given by the day for horizons that had not ended, oldest first."""
    rows = world.until("forecasts")
    rows = rows.loc[[data.span(by).last >= world.day for by in rows["by"]]]
    return rows[rows["event"] != "other"].sort_values(["date", "id"])


def horizons(world: data.World) -> list[str]:
    """The last days for which a forecast of every one of the three conditions had been given by the
    day, the latest first.
    """
    rows = forecasts(world)
    whole = [
        by
        for by, of in rows.groupby("by")
        if {condition.forecast for condition in CONDITIONS} <= set(of["event"])
    ]
    return sorted(whole, key=lambda by: data.span(by).last, reverse=True)


def marginal(world: data.World, condition: Condition, by: str) -> Quantity:
    """What forecasts gave a condition by a last day: the newest, with the range of all of them;
    unknown where there is none.
    """
    rows = forecasts(world)
    rows = rows[(rows["event"] == condition.forecast) & (rows["by"] == by)]
    if rows.empty:
        return Quantity(None, unit="share", unknowns=1)
    return quantities.newest(rows, "probability", "share")


def together(world: data.World, by: str, name: str, **more: Quantity) -> Quantity:
    """The probability of all three by a last day under a rule of helpers.models: independent,
    at_least, at_most or correlated.
    """
    marginals = {
        f"p_{place}": marginal(world, condition, by)
        for place, condition in enumerate(CONDITIONS, 1)
    }
    return quantities.modelled(name, "share", **(marginals | more))


def together_items(world: data.World, by: str) -> list[tuple[str, Quantity, bool]]:
    """The same under each rule, least first, as items of a chart of ranges."""
    items = [
        ("at least, whatever hangs together", together(world, by, "at_least"), False),
        ("if independent", together(world, by, "independent"), True),
    ]
    for rho in CORRELATIONS:
        items.append(
            (
                f"if correlated at {rho}",
                together(world, by, "correlated", rho=quantities.chosen(rho)),
                False,
            )
        )
    return [*items, ("at most, whatever hangs together", together(world, by, "at_most"), False)]


def forecast_rows(world: data.World) -> list[dict]:
    """Every forecast given by the day whose horizon had not ended, oldest first."""
    rows = forecasts(world)
    return [
        {
            "given": Row(id, day(row["date"])),
            "by": row["platform"],
            "event": row["event"],
            "until": day(row["by"]),
            "probability": quantities.cell(rows, id, "probability", "share"),
            "trust": row["trust"],
            "grade": row["verification"],
        }
        for id, row in rows.iterrows()
    ]


def marginal_rows(world: data.World, by: str) -> list[dict]:
    """What forecasts gave each condition by a last day, and how near the question comes to the
    article's if.
    """
    return [
        {
            "if": condition.name,
            "asked of forecasters": condition.forecast,
            "newest": marginal(world, condition, by),
            "range": tables.range_of(marginal(world, condition, by)),
            "nearness": condition.nearness,
        }
        for condition in CONDITIONS
    ]


def certain_rows(world: data.World, by: str) -> list[dict]:
    """What the three would come to if one of them were certain: the condition that carries most is
    the one whose certainty adds most.
    """
    found = []
    for place, condition in enumerate(CONDITIONS, 1):
        sure_of_it = {f"p_{place}": quantities.chosen(1, "share")}
        found.append(
            {
                "if this were certain": condition.name,
                "all three, if independent": together(world, by, "independent", **sure_of_it),
                "all three, at most": together(world, by, "at_most", **sure_of_it),
            }
        )
    return found


def state_rows(world: data.World) -> list[dict]:
    """How each condition stood on the day, taken strictly and leniently, with the rows looked at."""
    word = {True: "met", False: "not met", None: "unknown"}
    found = []
    for condition in CONDITIONS:
        strict, lenient = (condition.state(world, standard) for standard in ("strict", "lenient"))
        seen = {
            standard: quantities.exact(len(state.rows), "rows", state.rows)
            for standard, state in (("strict", strict), ("lenient", lenient))
        }
        found.append(
            {
                "if": condition.name,
                "strictly": word[strict.met],
                "on rows": seen["strict"],
                "leniently": word[lenient.met],
                "on other rows": seen["lenient"],
            }
        )
    return found


def met_rows(world: data.World) -> list[dict]:
    """The events, statements and tasks by which a condition counts as met under the lenient
    standard, one table row each.
    """
    found = []
    for condition in CONDITIONS:
        state = condition.state(world, "lenient")
        for id in state.rows if state.met else ():
            row = data.row(id, world.folder)
            who, words = (
                next(row[name] for name in names if name in row)
                for names in (("speaker", "text", "parties"), ("statement", "what"))
            )
            found.append(
                {
                    "if": condition.name,
                    "day": Row(id, day(row["date"])),
                    "by whom": who,
                    "in short": words,
                }
            )
    return found


def need_rows(world: data.World) -> list[dict]:
    """Who has said by the day that a condition is needed, or is not, oldest first."""
    rows = world.until("statements").sort_values(["date", "id"])
    rows = rows[rows["subject"].isin([condition.need for condition in CONDITIONS])]
    word = {"demands": "needed", "refuses": "not needed"}
    return [
        {
            "day": Row(id, day(row["date"])),
            "who": row["speaker"],
            "of": row["subject"],
            "says": word.get(row["stance"], "neither"),
            "in short": row["statement"],
            "second source": row["corroborated"],
        }
        for id, row in rows.iterrows()
    ]


def need_counts(world: data.World) -> list[dict]:
    """Per condition how many statements on record call it needed, and how many not, Russia's and
    those of one source apart.
    """
    rows = sure(world.until("statements"))
    rows = rows[(rows["record"] == "on record") & (rows["country"] != "RUS")]
    of = lambda condition, stance: quantities.count(
        rows[(rows["subject"] == condition.need) & (rows["stance"] == stance)], "statements"
    )  # noqa: E731
    return [
        {
            "if": condition.name,
            "called needed": of(condition, "demands"),
            "called not needed": of(condition, "refuses"),
        }
        for condition in CONDITIONS
    ]
