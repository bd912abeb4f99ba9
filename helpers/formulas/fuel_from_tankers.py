"""Tankers: the fuel that patrols take of them, what one can give, how many that takes.

Conservation of fuel, checked against Libya 2011.
"""

import numpy as np

from helpers.formulas.fighters_on_patrol import sorties
from helpers.formulas.flight_distance_and_time import HOURS_PER_DAY, transit_time
from helpers.formulas.registry_of_formulas import model


@model(rises="n k d b", falls="v f u")
def tanker_fuel(n, k, d, v, t_os, b, f, u):
    """Kilograms a day that tankers must give for k continuous patrols: max(0, b (24 n k + S 2 d /
    v) - S f u), S sorties a day.

    A longer stay takes less fuel where a sortie burns more on its way than it brings, else more.

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
    b : float or array
        Fuel that an aircraft burns, in kg/h.
    f : float or array
        Fuel that it takes along, in kg.
    u : float or array
        Share of that fuel that may be used, from 0 to 1.
    """
    S = sorties(n, k, t_os)
    return np.maximum(0, b * (HOURS_PER_DAY * n * k + S * transit_time(d, v)) - S * f * u)


@model(rises="F_cap v_T O_max", falls="b_T r t_hold F_res")
def offload(F_cap, b_T, r, v_T, t_hold, F_res, O_max):
    """Kilograms a tanker can give on a sortie: max(0, min(O_max, F_cap - b_T (2 r / v_T + t_hold) -
    F_res)).

    Parameters
    ----------
    F_cap : float or array
        Fuel it holds, in kg.
    b_T : float or array
        Fuel it burns itself, in kg/h.
    r : float or array
        Kilometres from its base to the track.
    v_T : float or array
        Speed on the way, in km/h.
    t_hold : float or array
        Hours on the track.
    F_res : float or array
        Fuel left at landing, in kg.
    O_max : float or array
        The most it can give on a sortie, in kg.
    """
    return np.maximum(0, np.minimum(O_max, F_cap - b_T * (transit_time(r, v_T) + t_hold) - F_res))


@model(rises="F_day", falls="O s_T")
def tankers(F_day, O, s_T):
    """Tankers possessed that give F_day kg a day: F_day / (O s_T).

    Parameters
    ----------
    F_day : float or array
        Kilograms a day that tankers must give.
    O : float or array
        Kilograms that a tanker gives on a sortie.
    s_T : float or array
        Sorties a day for each tanker possessed: a rate counted over ready ones times the share
        that is ready.

    Raises
    ------
    ValueError
        Where no tanker has fuel left to give; in arrays where another has, such elements are
        infinite.
    """
    given = np.asarray(O * s_T, dtype=float)
    if np.all(given == 0):
        raise ValueError(
            "no number of tankers suffices: at this distance none has fuel left to give"
        )
    return np.where(
        F_day == 0,
        0.0,
        np.divide(
            F_day, given, out=np.full(np.broadcast(F_day, given).shape, np.inf), where=given != 0
        ),
    )


@model(rises="T O s_T")
def fuel_given(T, O, s_T):
    """Kilograms a day that T possessed tankers give together: T O s_T.

    Parameters
    ----------
    T : float or array
        Tankers possessed.
    O : float or array
        Kilograms that each gives on a sortie.
    s_T : float or array
        Sorties a day for each, counted over a whole fleet: depot, training and unreadiness are
        inside.
    """
    return T * O * s_T


@model(rises="F_day", falls="F_patrol")
def patrols_carried(F_day, F_patrol):
    """Continuous patrols that F_day kg a day from tankers can keep up, with F_patrol kg a day for
    one: F_day / F_patrol.

    Infinite where a patrol takes no fuel from tankers: they set no limit.
    """
    F_day, F_patrol = np.asarray(F_day, dtype=float), np.asarray(F_patrol, dtype=float)
    return np.divide(
        F_day,
        F_patrol,
        out=np.full(np.broadcast(F_day, F_patrol).shape, np.inf),
        where=F_patrol > 0,
    )


@model(rises="k_F F_day", falls="r_F F_patrol e F_escort")
def pairs_beside(k_F, r_F, F_day, F_patrol, e, F_escort):
    """Continuous pairs that fighters and tankers keep up together, with e pairs of escorts beside:
    max(0, min(k_F - e r_F, (F_day - e F_escort) / F_patrol)).

    Parameters
    ----------
    k_F : float or array
        Pairs that the fighters would keep up if tankers set no limit.
    r_F : float or array
        Fighters that a pair of escorts takes, as a part of what a pair takes.
    F_day : float or array
        Kilograms a day that tankers give.
    F_patrol : float or array
        Kilograms a day that a pair takes from tankers; with none they set no limit.
    e : float or array
        Pairs of escorts at a time.
    F_escort : float or array
        Kilograms a day that a pair of escorts takes from tankers.
    """
    left = np.asarray(F_day - e * F_escort, dtype=float)
    by_fuel = np.where(left < 0, 0, patrols_carried(left, F_patrol))
    return np.maximum(0, np.minimum(k_F - e * r_F, by_fuel))
