"""How sure an answer is: seeded draws over the ranges of its inputs, and which input drives the
spread.
"""

import functools
from dataclasses import dataclass, replace

import numpy as np

from helpers import data, grid, quantities, sensitivity
from helpers.quantities import Quantity
from helpers.sensitivity import evaluate, leaves
from helpers.tables import Row, range_of

POWER = 18  # 2 to this power draws an answer: the error of each printed figure is then below a tenth of its last digit
CHUNK = 2**14  # draws worked out at a time, so that memory does not grow with their number
SURE = 0.95  # the share of the draws from which a reading that rests on a model counts as true, or below one less it as false
PER_INPUT = (
    2**10
)  # base sample of the Sobol indices; the model runs this many times the inputs and two more


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


@functools.lru_cache(4)
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
    inputs, found = _ranged(answer), np.full(2**power, float(answer.value))
    if inputs:
        sampler = qmc.Sobol(len(inputs), scramble=True, rng=np.random.default_rng(seed))
        sizes = [min(CHUNK, 2**power)] * max(1, 2**power // CHUNK)
        found = np.concatenate([_at(answer, inputs, sampler.random(size)) for size in sizes])
    found.setflags(write=False)
    return found


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
    return replace(
        answer, value=float(median), low=low, high=high, how=f"median {seed}", parts=(answer,)
    )


@functools.lru_cache(256)
def chance(answer: Quantity, wanted: float, seed: int) -> Quantity:
    """The share of the draws in which an answer reaches what is wanted: 'at most' of an answer that
    is open below, 'at least' of one above.
    """
    if answer.value is None:
        return Quantity(None, unit="share", unknowns=1, rows=answer.rows)
    part = float(np.mean(draws(answer, seed) >= wanted))
    low, high = None if answer.low is None else part, None if answer.high is None else part
    return Quantity(
        part, low, high, "share", answer.unknowns, answer.rows, f"chance {seed} {wanted}", (answer,)
    )


@functools.lru_cache(1024)
def _edges(answer: Quantity, seed: int) -> tuple[float, float]:
    """What an answer reaches in nearly all the draws, and what it passes in nearly none (see SURE)."""
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
    low, high = answer.low is not None, answer.high is not None
    if low and answer.low >= wanted:
        return True
    if high and answer.high < wanted:
        return False
    surely, hardly = _edges(answer, seed)
    return True if low and surely >= wanted else False if high and hardly < wanted else None


@dataclass(frozen=True)
class Index:
    """How much of the variance of an answer an input explains: alone, and with all its
    interactions.
    """

    id: str
    first: float
    total: float


@functools.lru_cache(64)
def sobol(answer: Quantity, seed: int) -> tuple[Index, ...]:
    """The Sobol indices of an answer's inputs, the one that explains most first (Saltelli's and
    Jansen's estimators, by SALib).
    """
    from SALib.analyze import sobol as analyse
    from SALib.sample import sobol as sample

    inputs = _ranged(answer) if answer.value is not None else {}
    if len(inputs) < 2:
        return tuple(Index(id, 1.0, 1.0) for id in inputs)
    problem = {"num_vars": len(inputs), "names": list(inputs), "bounds": [[0.0, 1.0]] * len(inputs)}
    found = _at(
        answer, inputs, sample.sample(problem, PER_INPUT, calc_second_order=False, seed=seed)
    )
    if not np.ptp(found):
        return ()
    result = analyse.analyze(problem, found, calc_second_order=False, num_resamples=2, seed=seed)
    indices = [
        Index(id, grid.snap(float(first)), grid.snap(float(total)))
        for id, first, total in zip(inputs, result["S1"], result["ST"], strict=True)
    ]
    return tuple(sorted(indices, key=lambda index: (-index.total, index.id)))


@dataclass(frozen=True)
class Flip:
    """The change of one input, inside its published range, that turns a conclusion round."""

    id: str
    value: float
    at: float


def flips(answer: Quantity, wanted: float) -> list[Flip]:
    """The single changes of an input inside its range by which an answer comes to the other side of
    what is wanted, the smallest first.

    The end of the range is tried, then the crossing is bracketed to a thousandth of the range: the
    models rise or fall in each input.
    """
    if answer.value is None:
        return []
    enough, found = answer.value >= wanted, []
    for id, leaf in leaves(answer).items():
        for end in (leaf.low, leaf.high):
            if end is None or (float(evaluate(answer, {id: end})) >= wanted) == enough:
                continue
            near, far = leaf.value, end
            while abs(far - near) > abs(end - leaf.value) / 1000:
                middle = (near + far) / 2
                near, far = (
                    (middle, far)
                    if (float(evaluate(answer, {id: middle})) >= wanted) == enough
                    else (near, middle)
                )
            found.append(Flip(id, float(leaf.value), float(far)))
    return sorted(
        found,
        key=lambda flip: (
            grid.snap(abs(flip.at - flip.value) / max(abs(flip.value), 1e-9)),
            flip.id,
        ),
    )


def index_rows(answer: Quantity, world: data.World, most: int = 6) -> list[dict]:
    """The inputs that drive the spread of an answer, with the share of its variance that each
    explains alone and in all.
    """
    share = lambda value, id: Quantity(value, value, value, "share", 0, (id,), "index")  # noqa: E731
    return [
        {
            "input": sensitivity.name(index.id, world),
            "range": range_of(leaves(answer)[index.id]),
            "alone": share(max(0.0, index.first), index.id),
            "with interactions": share(max(0.0, index.total), index.id),
            "grade": data.grade(index.id, world.folder),
        }
        for index in sobol(answer, world.seed)[:most]
    ]


def flip_words(
    answer: Quantity, wanted: float, world: data.World
) -> tuple[Row | str, Quantity | str]:
    """The nearest single change that turns a conclusion round: the input and the value at which it
    does; in words where there is none.
    """
    found = flips(answer, wanted)
    if not found:
        return "none inside its range", ""
    leaf = leaves(answer)[found[0].id]
    return sensitivity.name(found[0].id, world), quantities.exact(
        found[0].at, leaf.unit, (found[0].id,), "what-if"
    )
