"""Which inputs of an answer turn its conclusion round: the smallest set of them, moved the smallest
part of the way to the ends of their ranges, found by trying all.
"""

import functools
import itertools
from dataclasses import dataclass, replace

import numpy as np

from helpers import quantities, rounding, sensitivity, tables
from helpers.data import World
from helpers.quantities import Quantity
from helpers.tables import Sentence, say

MOST = 3  # inputs that are moved together
HALVINGS = 10  # of the way to the ends of the ranges: to a thousandth


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
    """The smallest change that turns a conclusion round, in one sentence.

    Parameters
    ----------
    answer : Quantity
        The answer, with the inputs it was made from.
    wanted : float
        What would be enough, in the answer's unit.
    world : World
        The world whose rows name the inputs.
    """
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
