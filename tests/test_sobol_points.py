"""Points of Sobol sequences: those of SciPy, bit for bit."""

import numpy as np
import pytest
from scipy.stats import qmc

from helpers import sobol_points


@pytest.mark.parametrize("coordinates", [1, 2, 3, 7, 20, 70, 150])
def test_the_points_are_those_of_scipy_however_they_are_asked_for(coordinates):
    for seed in (1, 20251220):
        plain = np.random.default_rng(seed)
        at_once, in_steps = (
            sobol_points.Sequence(coordinates, np.random.default_rng(seed)) for _ in range(2)
        )
        wanted = qmc.Sobol(coordinates, bits=sobol_points.BITS, rng=plain).random(2**11)
        assert np.array_equal(at_once.first(2**11).T * sobol_points.UNIT, wanted)
        for number in (2**4, 2**10, 2**7, 2**11):
            made = in_steps.first(number).T * sobol_points.UNIT
            assert np.array_equal(made, wanted[:number])
