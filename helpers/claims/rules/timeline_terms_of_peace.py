"""C10 and C11: what Russia and Ukraine had agreed, and whether the force begins after it."""

from typing import Literal

import pandas as pd

from helpers import data, quantities, tables
from helpers.claims import Outcome, every, rule
from helpers.claims.searched_outcome import settled
from helpers.commitments import tasks
from helpers.sources_that_count import concluded
from helpers.tables import Row, Sentence
from helpers.timeline import agreed, each_day

WORDS = ("implementation", "reassurance", "deterrence")  # C11: what the force is said to be for
AFTER_FIGHTING = ("after a settlement", "after a ceasefire", "after either")
IN_THE_WAR = "while the war goes on"


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
        terms=tables.say("they agreed terms for an end ({days})", days=each_day(by_kind["terms"]))
        if len(by_kind["terms"])
        else none or "whether terms for an end is not known, as no search reaches to the day",
        parts=tables.number_of(
            counts["parts"], "exchange or local pause", "exchanges or local pauses"
        ),
        days=tables.number_of(counts["days"], "general truce"),
    )


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
        "s": (own[own["begins"] == AFTER_FIGHTING[0]], "{s} for a peace settlement"),
        "a": (own[own["begins"].isin(AFTER_FIGHTING[1:])], "{a} for a ceasefire or for either"),
        "w": (own[own["begins"] == IN_THE_WAR], "{w} for nothing"),
        "u": (own[own["begins"].isin(["", "not said"])], "of {u} it is not said"),
        "x": (
            others,
            "{x} more, which no text gives to the force, may begin while the war goes on",
        ),
    }
    told = {name: said for name, (rows, said) in each.items() if len(rows) or name in "sa"}
    some = "some perhaps" if len(own) > 1 else "perhaps"
    template = f"Official texts name {{n}} under the three words, {some} not the force’s: "
    template += tables.listed([said for name, said in told.items() if name != "x"])
    template += f"; {told['x']}." if "x" in told else "."
    if settlement == "settlement":
        told = {"a": ""}
        template = "Official texts name {n} under the three words; {a} of them may"
        template += " begin after a ceasefire, before any settlement."
    numbers = {name: quantities.count(each[name][0], "tasks") for name in told}
    waiting = {"s": tables.number_of(numbers["s"], "waits", "wait", "none")} if "s" in told else {}
    return tables.say(
        template,
        n=tables.number_of(quantities.count(own, "tasks"), "task"),
        **{name: tables.or_none(number) for name, number in numbers.items()} | waiting,
    )
