"""How sure an answer is: seeded draws over the ranges of its inputs, and which input drives the
spread.
"""

import functools
from dataclasses import dataclass, replace

import numpy as np

from helpers import data, quantities, rounding, sensitivity
from helpers.quantities import Quantity
from helpers.recipe_acts import Recipe
from helpers.sensitivity import evaluate, leaves
from helpers.tables import Row, Sentence, range_of, say

# 2 to this power draws an answer: the error of each printed figure is then below a tenth of its
# last digit
POWER = 18
KEPT = 16  # answers whose draws are kept, two megabytes each
CHUNK = 2**14  # draws worked out at a time, so that memory does not grow with their number
# the share of the draws from which a reading that rests on a model counts as true, or below one
# less it as false
SURE = 0.95
PER_INPUT = 2**10  # points of a replicate of the Sobol indices, once an input and twice more
REPLICATES = 8  # of the Sobol indices, each scrambled by itself: their scatter is the error
STUDENT = 2.365  # 97.5 % quantile of Student's t at one degree of freedom less than replicates
EQUAL = 0.03  # two shares of the spread that differ by no more of the larger are about equal


def triangular(u, low, mode, high):
    """Quantiles of the triangular distribution from `low` over `mode` to `high` at u in [0, 1].

    The sources give three numbers, a least, a best and a greatest, and nothing on the shape between
    them: the triangular distribution is
    the plainest that uses all three and no other.
    """
    width, left = high - low, mode - low
    rises = u * width < left
    root = np.sqrt(np.where(rises, u * width * left, (1 - u) * width * (high - mode)))
    return np.where(rises, low + root, high - root)


def _ranged(answer: Quantity) -> dict[str, Quantity]:
    """The inputs that are drawn: those with both ends; an input open on one side stays at its
    value.
    """
    return {id: leaf for id, leaf in leaves(answer).items() if leaf.high is not None}


def _at(answer: Quantity, inputs: dict[str, Quantity], u: np.ndarray) -> np.ndarray:
    """An answer at points of the unit cube, one column an input."""
    columns = zip(np.ascontiguousarray(u.T), inputs.items(), strict=True)
    drawn = {
        id: triangular(column, leaf.low, leaf.value, leaf.high) for column, (id, leaf) in columns
    }
    return np.broadcast_to(np.asarray(evaluate(answer, drawn), dtype=float), len(u))


@functools.lru_cache(KEPT)
def draws(answer: Quantity, seed: int, power: int = POWER) -> np.ndarray:
    """The answer for 2**power draws of its inputs, each from its triangular distribution,
    independent of one another.

    The draws are a Sobol sequence, scrambled as SciPy does it: they fill the ranges evenly, so that
    far fewer of them are needed than of random
    numbers. The same seed gives the same draws, which are kept and cannot be written to. Raises
    ValueError where the answer is unknown.
    """
    from scipy.stats import qmc

    if answer.value is None:
        raise ValueError("an unknown number has no draws")
    inputs, drawn = _ranged(answer), np.full(2**power, float(answer.value))
    if inputs:
        sampler = qmc.Sobol(len(inputs), scramble=True, rng=np.random.default_rng(seed))
        sizes = [min(CHUNK, 2**power)] * max(1, 2**power // CHUNK)
        drawn = np.concatenate([_at(answer, inputs, sampler.random(size)) for size in sizes])
    drawn.setflags(write=False)
    return drawn


@functools.lru_cache(256)
def spread(answer: Quantity, seed: int) -> Quantity:
    """The median of an answer over the draws, with the interval from its 5th to its 95th
    percentile; open where the answer is.
    """
    if answer.value is None:
        return answer
    low, median, high = np.quantile(draws(answer, seed), [0.05, 0.5, 0.95])
    ends = (
        low if answer.low is not None or not answer.unknowns else None,
        (high if answer.high is not None or not answer.unknowns else None),
    )
    low, high = (None if end is None or not np.isfinite(end) else float(end) for end in ends)
    how = Recipe("median", str(seed))
    return replace(answer, value=float(median), low=low, high=high, how=how, parts=(answer,))


def in_words(answer: Quantity, world: data.World) -> Sentence:
    """The median of an answer over the draws and, in brackets, its interval from the 5th to the
    95th percentile; one that is open on one side as its limit on the other, with the median.
    """
    drawn = spread(answer, world.seed)
    interval = range_of(drawn)
    if not interval or drawn.middle_unknown:
        return say("{median}", median=drawn)
    return say("{median} ({interval})", median=drawn, interval=interval)


@functools.lru_cache(256)
def chance(answer: Quantity, wanted: float, seed: int) -> Quantity:
    """The share of the draws in which an answer reaches what is wanted: 'at most' of an answer that
    is open below, 'at least' of one above. What the ends of its range settle takes no draws.
    """
    if answer.value is None:
        return quantities.unknown("share", answer.rows)
    if (settled := _settled(answer, wanted)) is None:
        part = float(np.mean(draws(answer, seed) >= wanted))
    else:
        part = float(settled)
    low = part if answer.low is not None or part == 0 else None  # no share is below none
    high = part if answer.high is not None or part == 1 else None
    how = Recipe("chance", f"{seed} {wanted}")
    unknowns = answer.unknowns if None in (low, high) else 0
    return Quantity(part, low, high, "share", unknowns, answer.rows, how, (answer,))


def chance_told(answer: Quantity, wanted: float | None, seed: int) -> Quantity | str:
    """The `chance` as a table tells it: 'not known' where 'at least 0 %' or 'at most 100 %' would
    say nothing.
    """
    part = chance(answer, wanted, seed)
    empty = part.low is None and part.value == 1 or part.high is None and part.value == 0
    return "not known" if empty else part


def _settled(answer: Quantity, wanted: float) -> bool | None:
    """Whether an answer reaches what is wanted over its whole range; None where its ends differ."""
    if answer.low is not None and answer.low >= wanted:
        return True
    return False if answer.high is not None and answer.high < wanted else None


@functools.lru_cache(1024)
def _edges(answer: Quantity, seed: int) -> tuple[float, float]:
    """What an answer reaches in nearly all the draws, and passes in nearly none (see SURE)."""
    drawn = draws(answer, seed)
    few = int((1 - SURE) * len(drawn))
    ordered = np.partition(drawn, (few, len(drawn) - 1 - few))
    return float(ordered[few]), float(ordered[-1 - few])


def reaches(answer: Quantity, wanted: float, seed: int) -> bool | None:
    """Whether an answer reaches what is wanted: in nearly all the draws, in nearly none (see SURE),
    or None in between.

    An answer that is open above is never said to fall short, one that is open below never to reach.
    What the ends of its range settle
    takes no draws.
    """
    if answer.value is None:
        return None
    if (settled := _settled(answer, wanted)) is not None:
        return settled
    surely, hardly = _edges(answer, seed)
    if answer.low is not None and surely >= wanted:
        return True
    return False if answer.high is not None and hardly < wanted else None


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

    inputs = _ranged(answer) if answer.value is not None else {}
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
    drawn = np.array([_at(answer, inputs, at) for at in points])
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


def index_rows(answer: Quantity, world: data.World, most: int = 6) -> list[dict]:
    """The inputs that drive an answer, with the share of its spread that each explains alone and
    with its interactions, the interval of its error in brackets, and whether it differs from the
    one above.
    """
    indices = sobol(answer, world.seed)
    rows = []
    for place, index in enumerate(indices[:most]):
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
                "grade": data.grade(index.id, world.folder),
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
