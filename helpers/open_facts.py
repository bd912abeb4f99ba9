"""What would change a conclusion or a verdict: the smallest change that does, found by trying all,
and which open fact is worth finding out.
"""

import functools
import itertools
from dataclasses import dataclass, replace

import numpy as np

from helpers import claims, quantities, rounding, sensitivity, tables
from helpers.claims.firmness import ONE, RECALL, SEARCH
from helpers.claims.judge import Verdict
from helpers.claims.readings import Reading
from helpers.data import World
from helpers.quantities import Quantity
from helpers.tables import OPEN_FACTS, Carrying, Row, Sentence, say

MOST = 3  # inputs that are moved together
HALVINGS = 10  # of the way to the ends of the ranges: to a thousandth
FIRST = 4  # one claim in so many is among those named first


@dataclass(frozen=True)
class Change:
    """An input, by its row, moved inside its published range, and the value it is moved to."""

    id: str
    at: float


@functools.lru_cache(64)
def smallest(answer: Quantity, wanted: float, most: int = MOST) -> tuple[Change, ...]:
    """The smallest change by which an answer comes to the other side of what is wanted.

    All ends of the ranges of one input are tried, then of all pairs, then of all sets of three. No
    fewer inputs than are given suffice: an answer rises or falls in each of them throughout, so
    that it goes no farther than at the ends. Among sets of one size the one is given that is moved
    over the smallest part of the way to its ends.

    Parameters
    ----------
    answer : Quantity
        The answer, with the inputs it was made from.
    wanted : float
        What would be enough, in the answer's unit.
    most : int
        How many inputs may be moved together.

    Returns
    -------
    tuple of Change
        Empty where no set of so many inputs does, and where the answer is unknown.
    """
    if answer.value is None:
        return ()
    inputs = sensitivity.leaves(answer)
    ends = {
        id: [end for end in (leaf.low, leaf.high) if end not in (None, leaf.number)]
        for id, leaf in sorted(inputs.items())
    }
    for size in range(1, most + 1):
        moves = [
            dict(zip(ids, at, strict=True))
            for ids in itertools.combinations(ends, size)
            for at in itertools.product(*(ends[id] for id in ids))
        ]
        turned = _turned(answer, wanted, moves, np.ones(len(moves)))
        if found := [move for move, turns in zip(moves, turned, strict=True) if turns]:
            parts = zip(_parts(answer, wanted, found), found, strict=True)
            part, move = min(parts, key=lambda pair: (pair[0], sorted(pair[1])))
            return tuple(
                Change(id, rounding.snap(inputs[id].number + part * (end - inputs[id].number)))
                for id, end in move.items()
            )
    return ()


def _turned(answer: Quantity, wanted: float, moves: list[dict], part: np.ndarray) -> np.ndarray:
    """Whether the answer comes to the other side, for each move made over a part of its way."""
    if not moves:
        return np.zeros(0, bool)
    given = {
        id: leaf.number
        + part * np.array([move.get(id, leaf.number) - leaf.number for move in moves])
        for id, leaf in sensitivity.leaves(answer).items()
    }
    found = np.broadcast_to(sensitivity.evaluate(answer, given), len(moves))
    return (found >= wanted) != (answer.number >= wanted)


def _parts(answer: Quantity, wanted: float, moves: list[dict]) -> list[float]:
    """The smallest part of the way that turns each move's answer, by bisection."""
    near, far = np.zeros(len(moves)), np.ones(len(moves))
    for _ in range(HALVINGS):
        middle = (near + far) / 2
        turned = _turned(answer, wanted, moves, middle)
        near, far = np.where(turned, near, middle), np.where(turned, middle, far)
    return list(rounding.snap(far))


def told(answer: Quantity, wanted: float, world: World) -> Sentence:
    """The smallest change that turns a conclusion round, in one sentence."""
    changes, inputs = smallest(answer, wanted), sensitivity.leaves(answer)
    if answer.value is None:
        return say("The answer is unknown.")
    if not changes:
        return say(
            "No {most} inputs together, anywhere in their ranges.", most=quantities.chosen(MOST)
        )
    values: dict[str, object] = {}
    moved = []
    for letter, change in zip("abc", changes, strict=False):
        leaf = inputs[change.id]
        values |= {
            f"input_{letter}": sensitivity.name(change.id, world),
            f"at_{letter}": quantities.tried(change.at, leaf),
            f"value_{letter}": replace(leaf, low=leaf.value, high=leaf.value),
        }
        moved.append(f"{{input_{letter}}} at {{at_{letter}}} instead of {{value_{letter}}}")
    alone = "" if len(changes) == 1 else "; none of them suffices alone"
    return say(f"{tables.listed(moved).capitalize()}{alone}.", **values)


def becomes(verdict: Verdict, reading: Reading, holds: bool) -> str:
    """The verdict if one reading came out so, and all others as they did."""
    turned = replace(reading, outcome=replace(reading.outcome, holds=holds, opinion=False))
    return claims.weigh([turned if each is reading else each for each in verdict.voting])


def open_facts(verdict: Verdict) -> list[tuple[Reading, str, str]]:
    """The unknown fair readings that would change the verdict, with what it would be if they were
    true and if they were false.
    """
    found = []
    for reading in verdict.unknown if verdict.verdict != "opinion" else []:
        true, false = (becomes(verdict, reading, holds) for holds in (True, False))
        if {true, false} != {verdict.verdict}:
            found.append((reading, true, false))
    return found


def closeness(verdict: Verdict) -> int:
    """How near a verdict is to another one, from 0 for the nearest.

    0  as meant it is unknown: any finding decides it
    1  one open fact would change it
    2  it rests on one report, on general knowledge or on a search that found nothing
    3  a number inside the range of its sources would change it
    4  none of these
    """
    if verdict.verdict in ("undecided", "unsupported"):
        return 0
    if open_facts(verdict):
        return 1
    if verdict.firmness in (ONE, RECALL, SEARCH):
        return 2
    return 3 if verdict.tip and verdict.tip.inside else 4


def ranked(judged: tuple[Verdict, ...]) -> list[Verdict]:
    """The verdicts that facts could change, those nearest to another one first."""
    decidable = [verdict for verdict in judged if verdict.verdict != "opinion"]
    return sorted(decidable, key=closeness)


WHY = (
    "As meant it is unknown",
    "One open fact would change it",
    "It rests on one report, on general knowledge or on a search that found nothing",
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
