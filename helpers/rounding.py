"""The grid that every number stands on: nine significant digits, the same on every processor.

Processors, libraries and versions of Python may differ in the last of the sixteen digits of a sine
or a sum. On the grid they agree. `snap` is used where a number is kept (`quantities.Quantity`),
where random draws are compared or sorted (`uncertainty`), and where a drawing is written (`svg`).
"""

import math
import re

import numpy as np

DIGITS = 9
DECIMALS = 3  # of a coordinate in a drawing, in points: a third of a micrometre
NUMBER = re.compile(r'(?<=[ "(,])(-?\d+\.\d+|-0)(?=[ "),\n])')  # in a path, a transform, a size
ID, LINK = re.compile(r'\bid="([^"]+)"'), re.compile(r'(url\(#|href="#)([^")]+)')
CLIP = re.compile(r'(\s*<clipPath id="([^"]+)">(.*?)</clipPath>)', re.S)
EXACT = 22  # a float holds ten to this power, and to no larger one, without rounding
TENS = np.array([float(f"1e{power}") for power in range(EXACT + 1)])
SIZES = np.array([float(f"1e{power}") for power in range(DIGITS - 1 - EXACT, DIGITS + EXACT)])


def snap(number):
    """The nearest number with nine significant digits; an array gives an array.

    Whole numbers of type int, None, infinities and NaN stay as they are.
    """
    if isinstance(number, np.ndarray):
        return _snap_all(number) if number.ndim else snap(number.item())
    if not isinstance(number, float) or not math.isfinite(number):
        return number
    return float(f"{number:.{DIGITS}g}")


def _snap_all(numbers: np.ndarray) -> np.ndarray:
    """`snap` for an array, by product, quotient and rounding where powers of ten are exact."""
    if numbers.dtype.kind != "f":
        return numbers
    size = np.abs(numbers)
    usual = (size >= SIZES[0]) & (size < SIZES[-1])
    if not usual.all():
        size = np.where(usual, size, 1.0)
    first, last = np.searchsorted(SIZES, [size.min(initial=1), size.max(initial=1)], side="right")
    shift = np.full(size.shape, EXACT + 1 - first)
    for bar in SIZES[first:last]:  # few: numbers of one kind are of a few sizes
        shift -= size >= bar
    up, down = TENS[np.maximum(shift, 0)], TENS[np.maximum(-shift, 0)]
    product = np.where(usual, numbers, 0.0) * up  # the others might overflow, and are snapped below
    snapped = np.where(usual, np.rint(product / down) / up * down, numbers)
    for place in zip(*np.nonzero(~usual & np.isfinite(numbers) & (numbers != 0)), strict=True):
        snapped[place] = snap(float(numbers[place]))
    return snapped


def svg(drawing: str) -> str:
    """An SVG drawing with its coordinates on a grid and its ids numbered in order of appearance.

    matplotlib prints six decimals, and names each clip path by a hash of coordinates that are not
    rounded (matplotlib/matplotlib#23693): paths that are alike on the grid become one.
    """
    drawing = NUMBER.sub(lambda match: _coordinate(float(match[0])), drawing)
    first: dict[str, str] = {}
    for block, id, path in CLIP.findall(drawing):
        first.setdefault(path, id)
        if first[path] != id:
            drawing = drawing.replace(block, "").replace(f"url(#{id})", f"url(#{first[path]})")
    names = {id: f"i{place}" for place, id in enumerate(dict.fromkeys(ID.findall(drawing)))}
    drawing = ID.sub(lambda match: f'id="{names[match[1]]}"', drawing)
    return LINK.sub(lambda match: match[1] + names.get(match[2], match[2]), drawing)


def _coordinate(number: float) -> str:
    """A coordinate to so many decimals; zero has no sign."""
    return f"{round(number, DECIMALS) + 0.0:.{DECIMALS}f}".rstrip("0").rstrip(".")
