"""Points of scrambled Sobol sequences: they fill the unit cube evenly, as random ones do not. They
are those of scipy.stats.qmc, which takes most of a second to import.
"""

import functools
import importlib.util
from pathlib import Path

import numpy as np

BITS = 30  # of a coordinate
PLACES = np.arange(BITS, dtype=np.uint32)[::-1]  # of its bits, the highest first
UNIT = 2.0**-BITS


class Sequence:
    """A sequence of points, scrambled at random by a lower triangular matrix and a shift of bits
    for each coordinate (Matoušek 1998).
    """

    def __init__(self, coordinates: int, random: np.random.Generator):
        draw = functools.partial(random.spawn(1)[0].integers, 2, dtype=np.uint32)
        shift = (draw(size=(coordinates, BITS)) << PLACES[::-1]).sum(axis=1, dtype=np.uint32)
        matrix = np.tril(draw(size=(coordinates, BITS, BITS))) | np.eye(BITS, dtype=np.uint32)
        columns = (matrix << PLACES[:, None]).sum(axis=1, dtype=np.uint32)
        plain = np.array([_directions(place) for place in range(coordinates)], dtype=np.uint32)
        bits = plain[:, :, None] >> PLACES & np.uint32(1)
        self._directions = np.bitwise_xor.reduce(bits * columns[:, None, :], axis=2)
        self._made = shift[:, None]

    def first(self, number: int) -> np.ndarray:
        """The first points, as many as a power of two: one row a coordinate, in whole UNITs."""
        while (made := self._made.shape[1]) < number:  # in the order of Gray's code
            others = self._made[:, ::-1] ^ self._directions[:, made.bit_length() - 1, None]
            self._made = np.concatenate([self._made, others], axis=1)
        return self._made[:, :number]


@functools.cache
def _directions(place: int) -> list[int]:
    """The direction numbers of a coordinate, as Joe and Kuo (2008) begin them."""
    polynomials, beginnings = _known()
    polynomial = int(polynomials[place])
    degree = polynomial.bit_length() - 1
    numbers = beginnings[place, :degree].tolist() if place else [1] * BITS
    for at in range(len(numbers), BITS):
        taken = [back for back in range(1, degree + 1) if polynomial >> (degree - back) & 1]
        terms = (numbers[at - back] << back for back in taken)
        numbers.append(functools.reduce(int.__xor__, terms, numbers[at - degree]))
    return [number << int(shift) for number, shift in zip(numbers, PLACES, strict=True)]


@functools.cache
def _known() -> tuple[np.ndarray, np.ndarray]:
    """The table that SciPy brings: a polynomial for each coordinate, and its first numbers."""
    scipy = importlib.util.find_spec("scipy")
    assert scipy and scipy.origin, "it is installed with all the rest"
    with np.load(Path(scipy.origin).with_name("stats") / "_sobol_direction_numbers.npz") as known:
        return known["poly"], known["vinit"]
