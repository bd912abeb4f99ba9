"""Which open fact is worth finding out: how near each verdict is to another one, and what it would
be if what is unknown were true, and if it were false.
"""

from dataclasses import replace

from helpers import claims, quantities
from helpers.claims.firmness import WEAK
from helpers.claims.judge import Verdict
from helpers.claims.readings import Reading
from helpers.tables import OPEN_FACTS, Carrying, Row, Sentence, say

FIRST = 4  # one claim in so many is among those named first


def _becomes(verdict: Verdict, reading: Reading, holds: bool) -> str:
    """The verdict if one reading came out so, and all others as they did."""
    turned = replace(reading, outcome=replace(reading.outcome, holds=holds, opinion=False))
    return claims.weigh([turned if each is reading else each for each in verdict.voting])


def open_facts(verdict: Verdict) -> list[tuple[Reading, str, str]]:
    """The unknown fair readings that would change the verdict, with what it would be if they were
    true and if they were false.
    """
    found = []
    for reading in verdict.unknown if verdict.verdict != "opinion" else []:
        true, false = (_becomes(verdict, reading, holds) for holds in (True, False))
        if {true, false} != {verdict.verdict}:
            found.append((reading, true, false))
    return found


def closeness(verdict: Verdict) -> int:
    """How near a verdict is to another one, from 0 for the nearest.

    0  as meant it is unknown: any finding decides it
    1  one open fact would change it
    2  it rests on little: see firmness.WEAK
    3  a number inside the range of its sources would change it
    4  none of these
    """
    if verdict.verdict in ("undecided", "unsupported"):
        return 0
    if open_facts(verdict):
        return 1
    if verdict.firmness in WEAK:
        return 2
    return 3 if verdict.tip and verdict.tip.inside else 4


def ranked(judged: tuple[Verdict, ...]) -> list[Verdict]:
    """The verdicts that facts could change, those nearest to another one first."""
    decidable = [verdict for verdict in judged if verdict.verdict != "opinion"]
    return sorted(decidable, key=closeness)


WHY = (
    "As meant it is unknown",
    "One open fact would change it",
    "It rests on one report, our judgement, general knowledge or a search that found nothing",
    "A number inside its sources' range would change it",
)


def near(judged: tuple[Verdict, ...]) -> list[dict]:
    """The verdicts that are near another one, the nearest first, as claims.json holds them: why, in
    words; what is missing; and the verdict if the first open fact were true, and if it were false,
    null where none would change it.
    """
    found: list[dict] = []
    for verdict in ranked(judged):
        if (place := closeness(verdict)) == len(WHY):
            continue
        facts = open_facts(verdict)
        true, false = facts[0][1:] if facts else (None, None)
        found.append(
            {
                "id": verdict.claim["id"],
                "rank": len(found) + 1,
                "why": WHY[place],
                "missing": sorted({reading.outcome.missing for reading, *_ in facts} - {""}),
                "if_true": true,
                "if_false": false,
            }
        )
    return found


def open_fact_table(judged: tuple[Verdict, ...], caption: str) -> Carrying | Sentence:
    """Which open fact is worth finding out: a table row a verdict that is near another one; the
    cell's output carries the ranking as data.
    """
    verdict_of, found = {verdict.claim["id"]: verdict for verdict in judged}, near(judged)
    rows = [
        {
            "claim": Row(fact["id"], verdict_of[fact["id"]].claim["claim"]),
            "verdict": claims.WORDS[verdict_of[fact["id"]].verdict].mark,
            "why it is near another": fact["why"],
            "what is missing": "; ".join(fact["missing"]) or "a second source",
            "it would be": _ways(fact["if_true"], fact["if_false"]),
        }
        for fact in found
    ]
    if not rows:
        return say("None is near another.")
    return Carrying(caption, tuple(rows), OPEN_FACTS, tuple(found))


def _ways(true: str | None, false: str | None) -> str:
    """What a verdict would be if an open fact were true, and if it were false."""
    if true is None or false is None:
        return "not told by one fact"
    marks = [claims.WORDS[way].mark for way in (true, false)]
    return f"{marks[0]} if so, {marks[1]} if not" if true != false else marks[0]


def foreseen(before: tuple[Verdict, ...], after: tuple[Verdict, ...]) -> Sentence:
    """How many of the verdicts that differ between two days stood among those named first on the
    earlier one, beside how many would by chance.
    """
    now = {verdict.claim["id"]: verdict.verdict for verdict in after}
    order = [verdict.claim["id"] for verdict in ranked(before)]
    moved = [v.claim["id"] for v in before if now[v.claim["id"]] != v.verdict]
    first = order[: -(-len(before) // FIRST)]
    hits = [id for id in moved if id in first]
    counted, nearest, every = (
        quantities.exact(len(ids), "claims", tuple(ids))
        for ids in (moved, first, [verdict.claim["id"] for verdict in before])
    )
    return say(
        "{moved} verdicts differ between the two days. {hits} of them stand among the {nearest}"
        " that the list of the earlier day puts nearest to another verdict; by chance it would be"
        " {chance}.",
        nearest=nearest,
        moved=counted,
        hits=quantities.exact(len(hits), "claims", tuple(hits)),
        chance=quantities.scaled(counted, quantities.ratio(nearest, every), "claims"),
    )
