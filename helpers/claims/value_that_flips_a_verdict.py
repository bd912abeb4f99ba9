"""What would flip a verdict: the nearest value of an input at which it becomes another one."""

import functools
import math
from collections.abc import Callable
from dataclasses import dataclass

from helpers import data, rounding
from helpers.claims.readings import read
from helpers.claims.verdict_from_readings import weigh
from helpers.quantities import Quantity
from helpers.recipe_acts import Recipe

REACH = 10  # how many times its value the search for a tipping point goes


STEP = 1.1  # how far apart the values are that the search tries first
TOLERANCE = 1e-3  # relative width at which the search for a tipping point stops


@dataclass(frozen=True)
class Input:
    """A number whose change could flip a verdict, for the search for a tipping point.

    case: what would have to be so, with {at} for another value and {value} for the one it has.
    value: None where it is not known, and nothing is searched. verdict(x) gives the verdict were
    the number x. low and high: the range the sources give; whole: only whole numbers; how: how the
    value was made of the rows. because(x): why a fair reading that does not take the number falls
    with it at x; empty where none does.
    """

    name: str
    case: str
    value: float | None
    unit: str
    low: float | None
    high: float | None
    rows: tuple[str, ...]
    verdict: Callable[[float], str]
    whole: bool = True
    how: Recipe = Recipe("rows")
    because: Callable[[float], str] = lambda x: ""


@dataclass(frozen=True)
class Tip:
    """The nearest value of an input at which the verdict becomes another one; `how` says how the
    value it has was made. `open_from`: on the way there, the value from which the verdict is
    undecided; None where it is not. `case` and `because`: as in Input, the latter at the value.
    `across`: of a whole number the value as far away on the other side, what the verdict becomes
    there, and why; None where it stays.
    """

    name: str
    case: str
    value: float
    at: float
    unit: str
    becomes: str
    inside: bool | None
    rows: tuple[str, ...]
    how: Recipe = Recipe("rows")
    open_from: float | None = None
    because: str = ""
    across: tuple[float, str, str] | None = None


def what_if_input(
    claim: str,
    world: data.World,
    argument: str,
    name: str,
    case: str,
    number: Quantity,
    whole: bool = True,
) -> Input:
    """Make an input of a counted number, which the rule then takes instead of counting it.

    Parameters
    ----------
    claim : str
        The claim's id.
    world : World
        The world judged in.
    argument : str
        The rule's argument that takes the number.
    name : str
        What the number is called in tables.
    case : str
        What would have to be so, with {at} for another number and {value} for the one counted.
    number : Quantity
        The number as counted.
    whole : bool
        Whether only whole numbers are tried.
    """
    return Input(
        name,
        case,
        number.value,
        number.unit,
        None,
        None,
        number.rows,
        lambda value: weigh(read(claim, world, all_readings=False, **{argument: value})),
        whole,
        number.how,
    )


def tipping_point(entry: Input, verdict: str) -> Tip | None:
    """The nearest value of an input at which the verdict changes, searched outward from its value
    to REACH times it.

    Whole numbers go in doubling steps down to zero and up, others by tenths of themselves down to a
    REACH-th; when the verdict changes, bisection narrows the bracket to one, or to TOLERANCE of the
    value. None: no value tried changes it. A change that reverts within one step is not seen.
    """
    start = entry.value
    if start is None:
        return None
    turning, width = [], 1 if entry.whole else abs(start) * TOLERANCE or TOLERANCE
    for tried in _outward(start, entry.whole):
        near = start
        for far in tried:
            if _flips(entry, verdict, far):
                turns = functools.partial(_flips, entry, verdict)
                turning.append(_bisect(turns, near, far, width, entry.whole))
                break
            near = far
    if not turning:
        return None
    at = min(turning, key=lambda value: (abs(value - start), -value))
    printed = at if entry.whole else _away(at, start)
    short = at + math.copysign(width if entry.whole else 2 * width, start - at)
    open_from = None
    if short != start and entry.verdict(short) == "undecided":
        opens = _bisect(lambda x: entry.verdict(x) != verdict, start, short, width, entry.whole)
        open_from = opens if entry.whole else _away(opens, start)
        if _flips(entry, verdict, open_from):  # too narrow a band for the first steps
            at, printed, open_from = opens, open_from, None
    facing = 2 * start - at
    across = (
        (facing, entry.verdict(facing), entry.because(facing))
        if entry.whole and facing in turning
        else None
    )
    inside = (
        None
        if entry.low is None or entry.high is None or entry.low == entry.high
        else entry.low <= at <= entry.high
    )
    return Tip(
        entry.name,
        entry.case,
        start,
        printed,
        entry.unit,
        entry.verdict(printed),
        inside,
        entry.rows,
        entry.how,
        open_from,
        entry.because(printed),
        across,
    )


def _flips(entry: Input, verdict: str, value: float) -> bool:
    """Whether the verdict is another one at a value; not being able to tell is no flip."""
    return entry.verdict(value) not in (verdict, "undecided")


def _away(at: float, start: float) -> float:
    """A value to three figures, no finer than TOLERANCE, rounded away from the search's start."""
    scale = float(f"1e{2 - int(f'{at:e}'.partition('e')[2])}")
    scaled = rounding.snap(at * scale)
    return rounding.snap((math.ceil(scaled) if at > start else math.floor(scaled)) / scale)


def _outward(start: float, whole: bool) -> tuple[list[float], list[float]]:
    """The values to try below and above an input's own, nearest first."""
    if not whole:
        factors = [STEP]
        while factors[-1] < REACH:
            factors.append(factors[-1] * STEP)
        return [start / factor for factor in factors], [start * factor for factor in factors]
    end = max(start, 1) * REACH
    away = [2**step - 1 for step in range(1, (math.ceil(end) + 1).bit_length() + 1)]
    below = [max(0, start - step) for step in away if start - step > -step / 2]
    return below, [min(end, start + step) for step in away]


def _bisect(
    turned: Callable[[float], bool], near: float, far: float, width: float, whole: bool
) -> float:
    """The far end of the bracket about the value from which something is turned, once the bracket
    is no wider than `width`.
    """
    while abs(far - near) > width:
        middle = (near + far) // 2 if whole else (near + far) / 2
        near, far = (near, middle) if turned(middle) else (middle, far)
    return far
