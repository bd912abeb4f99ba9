"""Fighters that patrol without end or wait on the ground: hours on station, sorties, aircraft.

Conservation of flying hours and of fuel, checked against Northern Watch.
"""

import numpy as np

from helpers.models.flight import HOURS_PER_DAY, transit_time
from helpers.models.register import model


@model(rises="v f u", falls="d b")
def unrefuelled_station(d, v, f, u, b):
    """Hours on station of a sortie without refuelling: max(0, f u / b - 2 d / v).

    f  internal fuel in kg; u  share of it that may be used; b  fuel burned in kg/h; d, v as in
       transit_time
    """
    return np.maximum(0, f * u / b - transit_time(d, v))


@model(rises="v f u", falls="b")
def tipping_distance(v, f, u, b):
    """Kilometres from base at which an unrefuelled sortie has no time on station: v f u / (2 b);
    symbols as in unrefuelled_station.
    """
    return v * f * u / (2 * b)


@model(rises="n k", falls="t_os")
def sorties(n, k, t_os):
    """Sorties a day for k continuous patrols of n aircraft, each on station for t_os hours: 24 n k
    / t_os.
    """
    with np.errstate(divide="ignore"):
        return np.divide(HOURS_PER_DAY * n * k, t_os)


@model(rises="n k d t_turn", falls="v t_os s_max m")
def fighters(n, k, d, v, t_os, t_turn, s_max, m):
    """Fighters possessed for k continuous patrols of n aircraft: max(n k C / t_os, S / s_max) / m
    with C = t_os + 2 d / v + t_turn.

    t_turn  hours on the ground between sorties; s_max  sorties a day of a ready aircraft; m  share
            that is ready (mission-capable rate)
    Aircraft in depot come on top where m is counted without them. Crews, threat, weather and peaks
    are left out; one base serves each patrol.
    """
    cycle = t_os + transit_time(d, v) + t_turn
    with np.errstate(divide="ignore"):
        return np.maximum(np.divide(n * k * cycle, t_os), sorties(n, k, t_os) / s_max) / m


@model(rises="n k d t_turn", falls="v t_os")
def cycling_fighters(n, k, d, v, t_os, t_turn):
    """The cycling term alone, n k C / t_os: the rule of thumb that leaves out sortie rate and
    readiness.
    """
    return n * k * (t_os + transit_time(d, v) + t_turn) / t_os


@model(rises="k q")
def alert_fighters(k, q):
    """Fighters at base to hold k pairs at readiness on the ground: k q, with q of them for each
    pair.
    """
    return k * q
