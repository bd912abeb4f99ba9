"""What would flip a verdict: the nearest value of an input at which it becomes another one."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from helpers import data, grid
from helpers.claims.readings import read, weigh
from helpers.quantities import Quantity
from helpers.recipes import Recipe

REACH = 10  # how many times its value the search for a tipping point goes


STEP = 1.1  # how far apart the values are that the search tries first
TOLERANCE = 1e-3  # relative width at which the search for a tipping point stops


@dataclass(frozen=True)
class Input:
    """A number whose change could flip a verdict, for the search for a tipping point.

    verdict(x) gives the verdict were the number x. low and high: the range the sources give; whole:
    only whole numbers; how: how the value was made of the rows.
    """

    name: str
    value: float
    unit: str
    low: float | None
    high: float | None
    rows: tuple[str, ...]
    verdict: Callable[[float], str]
    whole: bool = True
    how: Recipe = Recipe("rows")


@dataclass(frozen=True)
class Tip:
    """The nearest value of an input at which the verdict becomes another one; `how` says how the
    value it has was made.
    """

    name: str
    value: float
    at: float
    unit: str
    becomes: str
    inside: bool | None
    rows: tuple[str, ...]
    how: Recipe = Recipe("rows")


def what_if_input(
    claim: str, world: data.World, argument: str, name: str, found: Quantity, whole: bool = True
) -> Input:
    """A counted number as an input: the rule takes the number under `argument` instead of counting
    it.
    """
    return Input(
        name,
        found.value,
        found.unit,
        None,
        None,
        found.rows,
        lambda value: weigh(read(claim, world, all_readings=False, **{argument: value})),
        whole,
        found.how,
    )


def tipping_point(entry: Input, verdict: str) -> Tip | None:
    """The nearest value of an input at which the verdict changes, searched outward from its value
    to REACH times it.

    Whole numbers go in doubling steps down to zero and up, others by tenths of themselves down to a
    REACH-th; when the verdict
    changes, bisection narrows the bracket to one, or to TOLERANCE of the value. None: no value
    tried changes it. A change that
    reverts within one step is not seen.
    """
    if entry.value is None:
        return None
    found = []
    for tried in _outward(entry):
        near = entry.value
        for far in tried:
            if _flips(entry, verdict, far):
                found.append(_bisect(entry, verdict, near, far))
                break
            near = far
    if not found:
        return None
    at = min(found, key=lambda value: (abs(value - entry.value), -value))
    inside = (
        None
        if entry.low is None or entry.high is None or entry.low == entry.high
        else entry.low <= at <= entry.high
    )
    shown = at if entry.whole else _away(at, entry.value)
    becomes = entry.verdict(shown)
    return Tip(entry.name, entry.value, shown, entry.unit, becomes, inside, entry.rows, entry.how)


def _flips(entry: Input, verdict: str, value: float) -> bool:
    """Whether the verdict is another one at a value; not being able to tell is no flip."""
    return entry.verdict(value) not in (verdict, "undecided")


def _away(at: float, start: float) -> float:
    """A value to three figures, no finer than TOLERANCE, rounded away from where the search began."""
    scale = float(f"1e{2 - int(f'{at:e}'.partition('e')[2])}")
    scaled = grid.snap(at * scale)
    return grid.snap((math.ceil(scaled) if at > start else math.floor(scaled)) / scale)


def _outward(entry: Input) -> tuple[list[float], list[float]]:
    """The values to try below and above an input's own, nearest first."""
    if not entry.whole:
        factors = [STEP]
        while factors[-1] < REACH:
            factors.append(factors[-1] * STEP)
        return [entry.value / factor for factor in factors], [
            entry.value * factor for factor in factors
        ]
    end = max(entry.value, 1) * REACH
    away = [2**step - 1 for step in range(1, (math.ceil(end) + 1).bit_length() + 1)]
    below = [max(0, entry.value - step) for step in away if entry.value - step > -step / 2]
    return below, [min(end, entry.value + step) for step in away]


def _bisect(entry: Input, verdict: str, near: float, far: float) -> float:
    """The end of the bracket on the far side of the flip, once it is narrow enough."""
    width = 1 if entry.whole else abs(entry.value) * TOLERANCE or TOLERANCE
    while abs(far - near) > width:
        middle = (near + far) // 2 if entry.whole else (near + far) / 2
        near, far = (near, middle) if _flips(entry, verdict, middle) else (middle, far)
    return far
