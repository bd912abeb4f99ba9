"""Fighters that patrol without end or wait on the ground: hours on station, sorties, aircraft.

Conservation of flying hours and of fuel, checked against Northern Watch.
"""

import numpy as np

from helpers.formulas.flight_distance_and_time import HOURS_PER_DAY, HOURS_PER_YEAR, transit_time
from helpers.formulas.registry_of_formulas import model


@model(rises="v f u", falls="d b")
def unrefuelled_station(d, v, f, u, b):
    """Hours on station of a sortie without refuelling: max(0, f u / b - 2 d / v).

    Parameters
    ----------
    d : float or array
        Kilometres from base to station.
    v : float or array
        Speed on the way, in km/h.
    f : float or array
        Fuel taken along, in kg.
    u : float or array
        Share of it that may be used, from 0 to 1.
    b : float or array
        Fuel burned, in kg/h.
    """
    return np.maximum(0, f * u / b - transit_time(d, v))


@model(rises="v f u", falls="b")
def tipping_distance(v, f, u, b):
    """Kilometres from base at which an unrefuelled sortie has no time on station: v f u / (2 b).

    Parameters
    ----------
    v : float or array
        Speed on the way, in km/h.
    f : float or array
        Fuel taken along, in kg.
    u : float or array
        Share of it that may be used, from 0 to 1.
    b : float or array
        Fuel burned, in kg/h.
    """
    return v * f * u / (2 * b)


@model(rises="n k", falls="t_os")
def sorties(n, k, t_os):
    """Sorties a day for k continuous patrols of n aircraft: 24 n k / t_os.

    Parameters
    ----------
    n : float or array
        Aircraft of each patrol.
    k : float or array
        Patrols at a time.
    t_os : float or array
        Hours on station of a sortie.
    """
    with np.errstate(divide="ignore"):
        return np.divide(HOURS_PER_DAY * n * k, t_os)


@model(rises="n k d t_turn", falls="v t_os s_max m")
def fighters(n, k, d, v, t_os, t_turn, s_max, m):
    """Fighters possessed for k continuous patrols of n aircraft: max(n k C / t_os, S / s_max) / m
    with C = t_os + 2 d / v + t_turn, S sorties a day.

    Aircraft in depot come on top where m is counted without them. Crews, threat, weather and peaks
    are left out; one base serves each patrol.

    Parameters
    ----------
    n : float or array
        Aircraft of each patrol.
    k : float or array
        Patrols at a time.
    d : float or array
        Kilometres from base to station.
    v : float or array
        Speed on the way, in km/h.
    t_os : float or array
        Hours on station of a sortie.
    t_turn : float or array
        Hours on the ground between sorties.
    s_max : float or array
        Sorties a day that a ready aircraft can fly.
    m : float or array
        Share that is ready (mission-capable rate), above 0 and up to 1.
    """
    cycle = t_os + transit_time(d, v) + t_turn
    with np.errstate(divide="ignore"):
        return np.maximum(np.divide(n * k * cycle, t_os), sorties(n, k, t_os) / s_max) / m


@model(rises="n k d", falls="v t_os")
def hours_flown(n, k, d, v, t_os):
    """Hours flown a year for k continuous patrols of n aircraft: 8,760 n k (1 + 2 d / (v t_os)).

    What is flown on the way is inside.

    Parameters
    ----------
    n : float or array
        Aircraft of each patrol.
    k : float or array
        Patrols at a time.
    d : float or array
        Kilometres from base to station.
    v : float or array
        Speed on the way, in km/h.
    t_os : float or array
        Hours on station of a sortie.
    """
    with np.errstate(divide="ignore"):
        return HOURS_PER_YEAR * n * k * (1 + np.divide(transit_time(d, v), t_os))


@model(rises="n k d", falls="v t_os h")
def fighters_by_hours(n, k, d, v, t_os, h):
    """Fighters possessed that fly the hours of k continuous patrols: hours_flown / h.

    Parameters
    ----------
    n : float or array
        Aircraft of each patrol.
    k : float or array
        Patrols at a time.
    d : float or array
        Kilometres from base to station.
    v : float or array
        Speed on the way, in km/h.
    t_os : float or array
        Hours on station of a sortie.
    h : float or array
        Hours that a fighter flies a year, counted over a whole fleet, so that depot, training and
        unreadiness are inside.
    """
    return hours_flown(n, k, d, v, t_os) / h


@model(rises="n k d", falls="v t_os p h_p")
def fighters_by_crews(n, k, d, v, t_os, p, h_p):
    """Fighters possessed whose pilots fly the hours of k continuous patrols: hours_flown / (p h_p).

    Parameters
    ----------
    n : float or array
        Aircraft of each patrol.
    k : float or array
        Patrols at a time.
    d : float or array
        Kilometres from base to station.
    v : float or array
        Speed on the way, in km/h.
    t_os : float or array
        Hours on station of a sortie.
    p : float or array
        Pilots for each fighter.
    h_p : float or array
        Hours that a pilot flies a year.
    """
    return hours_flown(n, k, d, v, t_os) / (p * h_p)


@model(rises="n k d t_turn", falls="v t_os s_max m h")
def fighters_for_a_month(n, k, d, v, t_os, t_turn, s_max, m, h):
    """Fighters possessed for k continuous patrols kept up for a month: the greater of fighters and
    fighters_by_hours.

    Parameters
    ----------
    n : float or array
        Aircraft of each patrol.
    k : float or array
        Patrols at a time.
    d : float or array
        Kilometres from base to station.
    v : float or array
        Speed on the way, in km/h.
    t_os : float or array
        Hours on station of a sortie.
    t_turn : float or array
        Hours on the ground between sorties.
    s_max : float or array
        Sorties a day that a ready aircraft can fly.
    m : float or array
        Share that is ready, above 0 and up to 1.
    h : float or array
        Hours that a fighter flies a year at the rate of a busy month.
    """
    return np.maximum(
        fighters(n, k, d, v, t_os, t_turn, s_max, m), fighters_by_hours(n, k, d, v, t_os, h)
    )


@model(rises="n k d t_turn", falls="v t_os s_max m h p h_p")
def fighters_without_end(n, k, d, v, t_os, t_turn, s_max, m, h, p, h_p):
    """Fighters possessed for k continuous patrols kept up without end: the greatest of fighters,
    fighters_by_hours and fighters_by_crews.

    Parameters
    ----------
    n : float or array
        Aircraft of each patrol.
    k : float or array
        Patrols at a time.
    d : float or array
        Kilometres from base to station.
    v : float or array
        Speed on the way, in km/h.
    t_os : float or array
        Hours on station of a sortie.
    t_turn : float or array
        Hours on the ground between sorties.
    s_max : float or array
        Sorties a day that a ready aircraft can fly.
    m : float or array
        Share that is ready, above 0 and up to 1.
    h : float or array
        Hours that a fighter flies a year, counted over a whole fleet.
    p : float or array
        Pilots for each fighter.
    h_p : float or array
        Hours that a pilot flies a year.
    """
    return np.maximum(
        fighters_for_a_month(n, k, d, v, t_os, t_turn, s_max, m, h),
        fighters_by_crews(n, k, d, v, t_os, p, h_p),
    )


@model(rises="n k d t_turn", falls="v t_os")
def cycling_fighters(n, k, d, v, t_os, t_turn):
    """The cycling term alone, n k C / t_os with C as in fighters: the rule of thumb that leaves out
    sortie rate and readiness.

    Parameters
    ----------
    n : float or array
        Aircraft of each patrol.
    k : float or array
        Patrols at a time.
    d : float or array
        Kilometres from base to station.
    v : float or array
        Speed on the way, in km/h.
    t_os : float or array
        Hours on station of a sortie.
    t_turn : float or array
        Hours on the ground between sorties.
    """
    return n * k * (t_os + transit_time(d, v) + t_turn) / t_os


@model(rises="A g", falls="F")
def pairs_flown(A, g, F):
    """Continuous patrols that a part of a fleet keeps up: A g / F.

    Parameters
    ----------
    A : float or array
        Fighters possessed.
    g : float or array
        Part of them that is given, from 0 to 1.
    F : float or array
        Fighters possessed that one patrol takes.
    """
    return np.asarray(A * g, dtype=float) / F


@model(rises="k q")
def alert_fighters(k, q):
    """Fighters at base to hold k pairs at readiness on the ground: k q, with q of them for each
    pair.
    """
    return k * q
