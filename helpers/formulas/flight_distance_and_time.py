"""How far and how long an aircraft flies: between points, and to a station and back."""

import math

import numpy as np

from helpers.formulas.registry_of_formulas import model

HOURS_PER_DAY = 24
HOURS_PER_YEAR = 365 * HOURS_PER_DAY
KG_PER_TONNE = 1000
EARTH_RADIUS = 6371.0088  # km, mean radius (IUGG)

# numpy's own give another last digit on processors with AVX-512 (numpy/numpy#23523)
_sin, _cos, _asin = (
    np.vectorize(function, otypes=[float]) for function in (math.sin, math.cos, math.asin)
)


@model()
def distance(phi_1, lambda_1, phi_2, lambda_2):
    """Great-circle distance in km between two points (haversine formula on a sphere).

    Off by at most half a per cent from the distance on the ellipsoid.

    Parameters
    ----------
    phi_1, lambda_1 : float or array
        The first point, in degrees north and degrees east.
    phi_2, lambda_2 : float or array
        The second point, in the same.
    """
    phi_1, lambda_1, phi_2, lambda_2 = map(np.radians, (phi_1, lambda_1, phi_2, lambda_2))
    north, east = _sin((phi_2 - phi_1) / 2), _sin((lambda_2 - lambda_1) / 2)
    h = north * north + _cos(phi_1) * _cos(phi_2) * east * east
    return 2 * EARTH_RADIUS * _asin(np.sqrt(h))


@model(rises="d", falls="v")
def transit_time(d, v):
    """Hours from base to station and back: 2 d / v, with d km each way at v km/h."""
    return 2 * d / v
