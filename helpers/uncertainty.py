"""How sure an answer is: seeded draws over the ranges of its inputs."""

import functools
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from helpers import data, quantities, rounding
from helpers.quantities import Quantity
from helpers.recipe_acts import Recipe
from helpers.sensitivity import evaluate, leaves
from helpers.tables import Sentence, with_range

# An answer is drawn 2 to one of these powers times: as often as it takes until the last doubling
# moved a figure by no more than MOVED of its last digit, the second
POWERS = range(14, 19)
MOVED = 0.03
KEPT = 16  # answers whose draws are kept, two megabytes each at most
CHUNK = 2**14  # draws worked out at a time, so that memory does not grow with their number


def triangular(u, low, mode, high):
    """Quantiles of the triangular distribution.

    The sources give three numbers, a least, a best and a greatest, and nothing on the shape between
    them: the triangular distribution is the plainest that uses all three and no other. Arrays
    broadcast against each other.

    Parameters
    ----------
    u : float or array
        The parts of the distribution that lie below the quantiles, from 0 to 1.
    low, mode, high : float or array
        Its least, its most likely and its greatest value, in rising order.
    """
    width, left = high - low, mode - low
    rising = low + np.sqrt(u * (width * left))
    falling = high - np.sqrt((1 - u) * (width * (high - mode)))
    return np.where(u * width < left, rising, falling)


def ranged(answer: Quantity) -> dict[str, Quantity]:
    """The inputs that are drawn: those with both ends; an input open on one side stays at its
    value.
    """
    return {id: leaf for id, leaf in leaves(answer).items() if leaf.high is not None}


def at_points(answer: Quantity, inputs: dict[str, Quantity], u: np.ndarray) -> np.ndarray:
    """An answer at points of the unit cube: one number a point.

    Parameters
    ----------
    answer : Quantity
        The answer; its inputs that are not among these stay at their values.
    inputs : dict of str to Quantity
        The inputs that are moved, by the id of their rows, as `ranged` gives them.
    u : array
        The points, one row a point and one column an input; a coordinate from 0 to 1 says which
        quantile of its distribution an input takes.
    """
    columns = zip(np.ascontiguousarray(u.T), inputs.items(), strict=True)
    drawn = {
        id: triangular(column, leaf.low, leaf.value, leaf.high) for column, (id, leaf) in columns
    }
    return np.broadcast_to(np.asarray(evaluate(answer, drawn), dtype=float), len(u))


class Draws:
    """An answer for draws of its inputs, each from its triangular distribution, independent of one
    another; made as they are asked for, and not to be written to.

    The draws are a Sobol sequence, scrambled as SciPy does it: they fill the ranges evenly, so that
    far fewer of them are needed than of random numbers. The same seed gives the same draws. Raises
    ValueError where the answer is unknown.
    """

    def __init__(self, answer: Quantity, seed: int):
        from scipy.stats import qmc

        if answer.value is None:
            raise ValueError("an unknown number has no draws")
        self._answer, self._inputs = answer, ranged(answer)
        random = np.random.default_rng(seed)
        self._sampler = qmc.Sobol(len(self._inputs), rng=random) if self._inputs else None
        self._made = np.empty(0)

    def first(self, power: int) -> np.ndarray:
        """The first 2**power draws."""
        number = 2**power
        if self._sampler is None:
            drawn = np.full(number, float(self._answer.value or 0))
        else:
            pieces = [self._made]
            while (missing := number - sum(map(len, pieces))) > 0:
                points = self._sampler.random(min(CHUNK, missing))
                pieces.append(at_points(self._answer, self._inputs, points))
            self._made = np.concatenate(pieces) if len(pieces) > 1 else self._made
            drawn = self._made[:number]
        drawn.setflags(write=False)
        return drawn


draws = functools.lru_cache(KEPT)(Draws)


def steady(answer: Quantity, seed: int, figures: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
    """Figures of an answer's draws, of so many draws that a last doubling hardly moved them.

    Parameters
    ----------
    answer : Quantity
        The answer; an unknown one raises ValueError.
    seed : int
        What the draws begin with.
    figures : function
        From an array of draws to an array of figures.
    """
    drawn = draws(answer, seed)
    found = rounding.snap(figures(drawn.first(POWERS[0])))
    for power in POWERS[1:]:
        before, found = found, rounding.snap(figures(drawn.first(power)))
        if all(map(_steady, before, found)):
            break
    return found


def _steady(before: float, figure: float) -> bool:
    """Whether a figure moved by no more than MOVED of its second digit; one without limit that had
    none before did not move.
    """
    if figure == before or not np.isfinite([before, figure]).all():
        return bool(figure == before)
    last_digit = float(f"1e{int(f'{figure:e}'.partition('e')[2]) - 1}")
    return bool(abs(figure - before) <= MOVED * last_digit)


def _percentiles(drawn: np.ndarray) -> np.ndarray:
    """The 5th, 50th and 95th percentile of draws, some of which may have no limit: nor has one that
    lies between such a draw and another.
    """
    with np.errstate(invalid="ignore"):
        found = np.quantile(drawn, [0.05, 0.5, 0.95])
    return np.where(np.isnan(found), np.inf, found)


@functools.lru_cache(256)
def spread(answer: Quantity, seed: int) -> Quantity:
    """The median of an answer over the draws, with the interval from its 5th to its 95th
    percentile; open where the answer is or the percentile has no limit, and then told by its other
    end.
    """
    if answer.value is None:
        return answer
    low, median, high = steady(answer, seed, _percentiles)
    ends = (
        low if answer.low is not None or not answer.unknowns else None,
        (high if answer.high is not None or not answer.unknowns else None),
    )
    low, high = (None if end is None or not np.isfinite(end) else float(end) for end in ends)
    unknowns = max(answer.unknowns, 1) if None in (low, high) else answer.unknowns
    value = float(median) if np.isfinite(median) else None
    made = replace(answer, value=value, low=low, high=high, unknowns=unknowns)
    return replace(made, how=Recipe("median", str(seed)), parts=(answer,))


def in_words(answer: Quantity, world: data.World) -> Sentence:
    """The median of an answer over the draws and, in brackets, its interval from the 5th to the
    95th percentile; one that is open on one side as its limit on the other, with the median.
    """
    return with_range(spread(answer, world.seed))


@functools.lru_cache(256)
def chance(answer: Quantity, wanted: float, seed: int) -> Quantity:
    """The share of the draws in which an answer reaches what is wanted: 'at most' of an answer that
    is open below, 'at least' of one above. What the ends of its range settle takes no draws.

    Parameters
    ----------
    answer : Quantity
        The answer; the share of an unknown one is unknown.
    wanted : float
        What would be enough, in the answer's unit.
    seed : int
        What the draws begin with.
    """
    if answer.value is None:
        return quantities.unknown("share", answer.rows)
    if (settled := _settled(answer, wanted)) is None:
        (part,) = steady(answer, seed, lambda drawn: np.mean(drawn >= wanted, keepdims=True))
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

    Parameters
    ----------
    answer : Quantity
        The answer.
    wanted : float or None
        What would be enough, in the answer's unit; not None unless the answer is unknown.
    seed : int
        What the draws begin with.
    """
    part = chance(answer, wanted, seed)
    empty = part.low is None and part.value == 1 or part.high is None and part.value == 0
    return "not known" if empty else part


def _settled(answer: Quantity, wanted: float) -> bool | None:
    """Whether an answer reaches what is wanted over its whole range; None where its ends differ."""
    if answer.low is not None and answer.low >= wanted:
        return True
    return False if answer.high is not None and answer.high < wanted else None
