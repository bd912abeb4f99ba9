"""Soldiers in rotation: how many must exist for one to be in place, how many a state keeps up.

Sources: the arithmetic of rotation that allied ministers used in April 2025 (64,000 in place,
256,000 in the cycle), and NATO's targets of deployable and sustained shares (2004, 2006).
"""

import numpy as np

from helpers.formulas.registry_of_formulas import model


@model(rises="N_dep R")
def pool(N_dep, R):
    """Persons that must exist for N_dep to be deployed without end: N_dep R, with R persons in the
    cycle for each deployed one.
    """
    return N_dep * R


@model(rises="A d", falls="C R")
def sustained(A, d, C, R):
    """Persons that a state can keep deployed without end: max(0, A d - C) / R.

    A state whose commitments exceed its deployable force adds nothing and takes nothing from the
    others.

    Parameters
    ----------
    A : float or array
        Persons of the land forces.
    d : float or array
        Share of them that can be deployed at all, from 0 to 1.
    C : float or array
        Persons bound already: those deployed and those who rest and train to relieve them.
    R : float or array
        Persons in the cycle for each one deployed.
    """
    return np.maximum(0, A * d - C) / R


@model(rises="T", falls="C")
def kept_up(T, C):
    """Persons that a state could add by its own record: max(0, T - C).

    T  persons that it was seen to keep in the field, on average over a year
    C  persons in the field already
    A record shows what was asked for as well as what could be given.
    """
    return np.maximum(0, T - C)


@model(rises="K W x_land", falls="G")
def abroad(K, W, G, x_land):
    """Persons of the land forces on operations abroad: K + x_land max(0, W - G - K).

    Parameters
    ----------
    K : float or array
        Persons in the missions that are known.
    W : float or array
        Persons abroad of all services and for all reasons.
    G : float or array
        Persons in permanent garrisons.
    x_land : float or array
        Share of those whom neither missions nor garrisons explain, from 0 to 1.
    """
    return K + x_land * np.maximum(0, W - G - K)
