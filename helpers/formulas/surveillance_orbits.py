"""Surveillance aircraft on station day and night: orbits of a fleet, aircraft of an orbit.

Conservation of flying hours, checked against published rates of the E-3 and RQ-4.
"""

import numpy as np

from helpers.formulas.flight_distance_and_time import HOURS_PER_YEAR, transit_time
from helpers.formulas.registry_of_formulas import model


@model(rises="E v", falls="d")
def orbit_station(E, d, v):
    """Hours on station of an aircraft: max(0, E - 2 d / v).

    Parameters
    ----------
    E : float or array
        Hours it can stay in the air without refuelling.
    d : float or array
        Kilometres from base to orbit.
    v : float or array
        Speed on the way, in km/h.
    """
    return np.maximum(0, E - transit_time(d, v))


@model(rises="A E v m", falls="c d t_turn")
def orbits(A, c, E, d, v, t_turn, m):
    """Continuous orbits that a fleet keeps up: A (1 - c) m (E - 2 d / v) / (E + t_turn); zero where
    it cannot reach the orbit.

    Fleets with other tasks and sensors of other kinds must not be added.

    Parameters
    ----------
    A : float or array
        Aircraft possessed.
    c : float or array
        Share of them in depot maintenance, from 0 to 1.
    E : float or array
        Hours that one can stay in the air without refuelling.
    d : float or array
        Kilometres from base to orbit.
    v : float or array
        Speed on the way, in km/h.
    t_turn : float or array
        Hours on the ground between sorties.
    m : float or array
        Share of those outside the depot that is ready, from 0 to 1.
    """
    return A * (1 - c) * m * orbit_station(E, d, v) / (E + t_turn)


@model(rises="A h w")
def airborne(A, h, w):
    """Aircraft of a fleet in the air on operations, on average over a year: A h w / 8,760.

    The way to the orbit and back is inside, as in what is recorded.

    Parameters
    ----------
    A : float or array
        Aircraft possessed.
    h : float or array
        Hours an airframe flies a year, over the whole fleet.
    w : float or array
        Share of these hours flown on operations, from 0 to 1.
    """
    return A * h * w / HOURS_PER_YEAR


@model(rises="A E v m h w", falls="c d t_turn")
def orbits_without_end(A, c, E, d, v, t_turn, m, h, w):
    """Continuous orbits that a fleet keeps up without end: the smaller of orbits and of airborne
    less the way, A h w (1 - 2 d / (v E)) / 8,760.

    Parameters
    ----------
    A : float or array
        Aircraft possessed.
    c : float or array
        Share of them in depot maintenance, from 0 to 1.
    E : float or array
        Hours that one can stay in the air without refuelling.
    d : float or array
        Kilometres from base to orbit.
    v : float or array
        Speed on the way, in km/h.
    t_turn : float or array
        Hours on the ground between sorties.
    m : float or array
        Share of those outside the depot that is ready, from 0 to 1.
    h : float or array
        Hours an airframe flies a year, over the whole fleet.
    w : float or array
        Share of these hours flown on operations, from 0 to 1.
    """
    flown = airborne(A, h, w) * orbit_station(E, d, v) / E
    return np.minimum(orbits(A, c, E, d, v, t_turn, m), flown)


@model(rises="d t_turn", falls="E v m")
def airframes_per_orbit(E, d, v, t_turn, m):
    """Aircraft on the line for one continuous orbit: (E + t_turn) / (E - 2 d / v) / m; infinite
    where the orbit cannot be reached.

    Parameters
    ----------
    E : float or array
        Hours that one can stay in the air without refuelling.
    d : float or array
        Kilometres from base to orbit.
    v : float or array
        Speed on the way, in km/h.
    t_turn : float or array
        Hours on the ground between sorties.
    m : float or array
        Share of the aircraft on the line that is ready, above 0 and up to 1.
    """
    with np.errstate(divide="ignore"):
        return (E + t_turn) / np.asarray(orbit_station(E, d, v), dtype=float) / m
