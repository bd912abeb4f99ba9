"""Surveillance aircraft on station day and night: orbits of a fleet, aircraft of an orbit.

Conservation of flying hours, checked against published rates of the E-3 and RQ-4.
"""

import numpy as np

from helpers.formulas.flight_distance_and_time import HOURS_PER_YEAR, transit_time
from helpers.formulas.registry_of_formulas import model


@model(rises="E v", falls="d")
def orbit_station(E, d, v):
    """Hours on station of an aircraft with endurance E hours, d km from base at v km/h: max(0, E -
    2 d / v).
    """
    return np.maximum(0, E - transit_time(d, v))


@model(rises="A E v m", falls="c d t_turn")
def orbits(A, c, E, d, v, t_turn, m):
    """Continuous orbits that a fleet keeps up: A (1 - c) m (E - 2 d / v) / (E + t_turn); zero where
    it cannot reach the orbit.

    A  aircraft possessed; c  share in depot maintenance; t_turn  hours on the ground between
       sorties; m  ready share of the rest
    Fleets with other tasks and sensors of other kinds must not be added.
    """
    return A * (1 - c) * m * orbit_station(E, d, v) / (E + t_turn)


@model(rises="A h w")
def airborne(A, h, w):
    """Aircraft of a fleet in the air on operations, on average over a year: A h w / 8,760.

    A  aircraft possessed; h  hours an airframe flies a year, over the whole fleet; w  share of them
    flown on operations. The way to the orbit and back is inside, as in what is recorded.
    """
    return A * h * w / HOURS_PER_YEAR


@model(rises="A E v m h w", falls="c d t_turn")
def orbits_without_end(A, c, E, d, v, t_turn, m, h, w):
    """Continuous orbits that a fleet keeps up without end: the smaller of orbits and of airborne
    less the way, A h w (1 - 2 d / (v E)) / 8,760.
    """
    flown = airborne(A, h, w) * orbit_station(E, d, v) / E
    return np.minimum(orbits(A, c, E, d, v, t_turn, m), flown)


@model(rises="d t_turn", falls="E v m")
def airframes_per_orbit(E, d, v, t_turn, m):
    """Aircraft on the line for one continuous orbit: (E + t_turn) / (E - 2 d / v) / m; infinite
    where the orbit cannot be reached.
    """
    with np.errstate(divide="ignore"):
        return (E + t_turn) / np.asarray(orbit_station(E, d, v), dtype=float) / m
