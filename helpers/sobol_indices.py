"""Which input drives the spread of an answer: Sobol indices over the ranks of its draws."""

import functools
from dataclasses import dataclass

import numpy as np

from helpers import data, rounding, sensitivity
from helpers.quantities import Quantity
from helpers.recipe_acts import Recipe
from helpers.sensitivity import leaves
from helpers.tables import Row, Sentence, range_of, say
from helpers.uncertainty import at_points, ranged

PER_INPUT = 2**10  # points of a replicate of the Sobol indices, once an input and twice more
REPLICATES = 8  # of the Sobol indices, each scrambled by itself: their scatter is the error
STUDENT = 2.365  # 97.5 % quantile of Student's t at one degree of freedom less than replicates
TOLD = 6  # inputs in a table of those that explain most of the spread
EQUAL = 0.03  # two shares of the spread that differ by no more of the larger are about equal


@dataclass(frozen=True)
class Index:
    """How much of the spread of an answer an input explains, as a share of the variance of its
    ranks: alone, and with all its interactions; each with half the width of its 95 % interval.
    """

    id: str
    first: float
    total: float
    first_error: float = 0.0
    total_error: float = 0.0


@functools.lru_cache(64)
def sobol(answer: Quantity, seed: int) -> tuple[Index, ...]:
    """The Sobol indices of an answer's inputs over the ranks of its draws, the one that explains
    most first; none where nothing is drawn or moves.

    An answer that is a ratio may have no variance: its divisor reaches zero inside the ranges.
    Where a draw stands among all draws, from 0 to 1, always has one. First-order indices by
    Saltelli and others (2010), total ones by Jansen (1999), as scipy.stats.sobol_indices gives
    them. The error is Student's interval of the mean over replicates, each a Sobol sequence with a
    scrambling of its own (randomised quasi-Monte Carlo, Owen 1997).
    """
    from scipy.stats import qmc, sobol_indices

    inputs = ranged(answer) if answer.value is not None else {}
    if len(inputs) < 2:
        return tuple(Index(id, 1.0, 1.0) for id in inputs)
    count, randoms = len(inputs), np.random.default_rng(seed).spawn(REPLICATES)
    u = np.concatenate(
        [qmc.Sobol(2 * count, scramble=True, rng=own).random(PER_INPUT) for own in randoms]
    )
    points = [u[:, :count], u[:, count:]]
    for place in range(count):
        points.append(points[0].copy())
        points[-1][:, place] = points[1][:, place]
    drawn = np.array([at_points(answer, inputs, at) for at in points])
    if drawn.min() == drawn.max():
        return ()
    f_a, f_b, *f_ab = _ranks(drawn, drawn[:2]).reshape(count + 2, REPLICATES, PER_INPUT)
    indices = sobol_indices(func={"f_A": f_a, "f_B": f_b, "f_AB": np.array(f_ab)}, n=PER_INPUT)
    sides = []
    for replicates in (indices.first_order, indices.total_order):
        error = STUDENT * replicates.std(axis=0, ddof=1) / np.sqrt(REPLICATES)
        sides.append((rounding.snap(replicates.mean(axis=0)), rounding.snap(error)))
    (first, first_error), (total, total_error) = sides
    every = [
        Index(id, *map(float, numbers))
        for id, *numbers in zip(inputs, first, total, first_error, total_error, strict=True)
    ]
    return tuple(sorted(every, key=lambda index: (-index.total, index.id)))


def _ranks(numbers: np.ndarray, among: np.ndarray) -> np.ndarray:
    """The share of some numbers that lie below each number, of equal ones half."""
    ordered = np.sort(among, axis=None)
    below, not_above = (np.searchsorted(ordered, numbers, side) for side in ("left", "right"))
    return (below + not_above) / (2 * len(ordered))


def about_equal(one: Index, other: Index) -> bool:
    """Whether two inputs explain the same share of the spread in all: within the errors of the two
    indices, or but for EQUAL of the larger.
    """
    within = max(one.total_error + other.total_error, EQUAL * max(one.total, other.total))
    return bool(rounding.snap(abs(one.total - other.total)) <= rounding.snap(within))


def drivers(answer: Quantity, seed: int) -> tuple[Index, ...]:
    """The input that drives an answer, which explains most of its spread with all its interactions;
    with it those that explain about as much.
    """
    indices = sobol(answer, seed)
    return tuple(index for index in indices if about_equal(index, indices[0]))


def driver(answer: Quantity, world: data.World) -> Row | Sentence | str:
    """What drives an answer, by name; several where they are about equal, in words where nothing is
    drawn.
    """
    names = [sensitivity.name(index.id, world) for index in drivers(answer, world.seed)]
    if not names:
        return "no input that is drawn"
    if len(names) == 1:
        return names[0]
    places = [f"input_{letter}" for letter, _ in zip("abcdefghijklmnop", names, strict=False)]
    listed = ", ".join(f"{{{place}}}" for place in places[:-1]) + f" and {{{places[-1]}}}"
    return say(f"{listed}, about equal", **dict(zip(places, names, strict=False)))


def index_rows(answer: Quantity, world: data.World) -> list[dict]:
    """The inputs that drive an answer, with the share of its spread that each explains alone and
    with its interactions, the interval of its error in brackets, and whether it differs from the
    one above.
    """
    indices = sobol(answer, world.seed)
    rows = []
    for place, index in enumerate(indices[:TOLD]):
        leaf = leaves(answer)[index.id]
        alone = _explained("alone", index.first, index.first_error, answer, leaf, world.seed)
        in_all = _explained("altogether", index.total, index.total_error, answer, leaf, world.seed)
        equal = place > 0 and about_equal(indices[place - 1], index)
        rows.append(
            {
                "input": sensitivity.name(index.id, world),
                "range": range_of(leaf),
                "alone": alone,
                "with interactions": in_all,
                "against the one above": "about equal" if equal else "less" if place else "",
                "how checked": data.GRADES.get(data.grade(index.id, world.folder), ""),
            }
        )
    return rows


def _explained(
    act: str, share: float, error: float, answer: Quantity, leaf: Quantity, seed: int
) -> Sentence:
    """A Sobol index as a share, with the interval of its error in brackets."""
    value, low, high = (min(max(0.0, end), 1.0) for end in (share, share - error, share + error))
    how = Recipe(act, str(seed))
    index = Quantity(value, low, high, "share", 0, leaf.rows, how, (answer, leaf))
    return say("{index} ({interval})", index=index, interval=range_of(index) or index)
