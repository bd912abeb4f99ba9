"""Conditions that must all hold: bounds (Boole 1854, Fréchet 1935), and a copula between them."""

import numpy as np

from helpers.formulas.registry_of_formulas import model


@model(rises="p_1 p_2 p_3")
def independent(p_1, p_2, p_3):
    """Probability that all three hold if none says anything of the others: their product.

    Parameters
    ----------
    p_1, p_2, p_3 : float or array
        The probability of each, from 0 to 1.
    """
    return p_1 * p_2 * p_3


@model(rises="p_1 p_2 p_3")
def at_least(p_1, p_2, p_3):
    """Least probability that all three hold, whatever their dependence: max(0, sum - 2) (Boole and
    Fréchet).

    Parameters
    ----------
    p_1, p_2, p_3 : float or array
        The probability of each, from 0 to 1.
    """
    return np.maximum(0, p_1 + p_2 + p_3 - 2)


@model(rises="p_1 p_2 p_3")
def at_most(p_1, p_2, p_3):
    """Greatest probability that all three hold, whatever their dependence: the smallest of them
    (Boole and Fréchet).

    Parameters
    ----------
    p_1, p_2, p_3 : float or array
        The probability of each, from 0 to 1.
    """
    return np.minimum(np.minimum(p_1, p_2), p_3)


@model(rises="p_1 p_2 p_3 rho")
def correlated(p_1, p_2, p_3, rho):
    """Probability that all three hold under a Gaussian copula with one correlation between
    every two.

    P = E[prod_i Phi((z_i - sqrt(rho) X) / sqrt(1 - rho))], z_i = Phi^-1(p_i), X standard normal; by
    Gauss-Hermite quadrature. A certain condition drops out, an impossible one makes it zero.

    Parameters
    ----------
    p_1, p_2, p_3 : float or array
        The probability of each, from 0 to 1.
    rho : float or array
        The correlation, at least 0 and below 1.

    Raises
    ------
    ValueError
        For another rho, and for a probability outside these ends.
    """
    from scipy.special import ndtr, ndtri

    rho = np.asarray(rho, float)
    p = np.stack(np.broadcast_arrays(np.asarray(p_1, float), p_2, p_3, rho)[:3])
    if np.any((p < 0) | (p > 1)):
        raise ValueError("a probability lies between 0 and 1")
    if np.any((rho < 0) | (rho >= 1)):
        raise ValueError("the correlation must be at least 0 and below 1")
    x, weight = np.polynomial.hermite_e.hermegauss(64)
    z, shares = ndtri(p), weight / weight.sum()
    return sum(
        share * np.prod(ndtr((z - np.sqrt(rho) * at) / np.sqrt(1 - rho)), axis=0)
        for at, share in zip(x, shares, strict=True)
    )
