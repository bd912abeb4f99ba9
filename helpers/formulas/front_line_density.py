"""How thin a line is: persons per kilometre, and persons for a line of some length."""

from helpers.formulas.registry_of_formulas import model


@model(rises="N", falls="L")
def density(N, L):
    """Persons per kilometre of a line of L km."""
    return N / L


@model(rises="rho_L L")
def line_force(rho_L, L):
    """Persons for a line of L km at rho_L persons a km."""
    return rho_L * L
