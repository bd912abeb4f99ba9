"""Soldiers: how many must exist for one to be in place, how many a state keeps up, how thin a line.

Sources: the arithmetic of rotation that allied ministers used in April 2025 (64,000 in place,
256,000 in the cycle), and NATO's targets of deployable and sustained shares (2004, 2006).
"""

import numpy as np

from helpers.models.register import model


@model(rises="N_dep R")
def pool(N_dep, R):
    """Persons that must exist for N_dep to be deployed without end: N_dep R, with R persons in the
    cycle for each deployed one.
    """
    return N_dep * R


@model(rises="A d", falls="C R")
def sustained(A, d, C, R):
    """Persons that a state can keep deployed without end: max(0, A d - C) / R.

    A  land personnel; d  share of them that can be deployed at all; R  rotation factor
    C  persons bound already: those deployed and those who rest and train to relieve them
    A state whose commitments exceed its deployable force adds nothing and takes nothing from the
    others.
    """
    return np.maximum(0, A * d - C) / R


@model(rises="N", falls="L")
def density(N, L):
    """Persons per kilometre of a line of L km."""
    return N / L


@model(rises="rho_L L")
def line_force(rho_L, L):
    """Persons for a line of L km at rho_L persons a km."""
    return rho_L * L
