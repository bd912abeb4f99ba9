"""Measures made one: OECD and JRC, Handbook on Constructing Composite Indicators (2008)."""

import math

import numpy as np

# numpy's own gives another last digit on processors with AVX-512 (numpy/numpy#23523)
_power = np.vectorize(math.pow, otypes=[float])


def composite(x, w, geometric: bool = False):
    """A composite index of each state: sum_k w_k x_k / sum_k w_k, or the product of x_k to the
    power w_k / sum_k w_k.

    Parameters
    ----------
    x : array
        Normalised measures, states by measures.
    w : array
        Their weights, not negative: one for each measure, or draws by measures.
    geometric : bool
        Whether the product is taken: no large measure makes up for a small one in it, and a
        measure of zero makes it zero.

    Returns
    -------
    array
        One index a state; draws by states where w has draws.

    Raises
    ------
    ValueError
        For weights that are negative or all zero, and for negative measures in the product.
    """
    x, w = np.asarray(x, dtype=float), np.asarray(w, dtype=float)
    if np.any(w < 0) or np.any(w.sum(axis=-1) == 0):
        raise ValueError("weights are not negative, and not all zero")
    if geometric and np.any(x < 0):
        raise ValueError("a geometric index takes no negative measure")
    part = w / w.sum(axis=-1, keepdims=True)
    if geometric:
        return np.prod(_power(x, part[..., None, :]), axis=-1)
    return np.sum(x * part[..., None, :], axis=-1)
