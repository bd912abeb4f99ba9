"""Numbers of which only the ends are known: no middle is formed of them, and none is printed."""

import math
from dataclasses import replace

from helpers import quantities
from helpers.quantities import Quantity
from helpers.tables import Linked


def ends(quantity: Quantity) -> tuple[float, float]:
    """The least and the most a number may be: from nothing, and without limit, where that end is
    not known.
    """
    return quantities.ends(quantity, least=0.0)


def quotient(above: Quantity, below: Quantity) -> tuple[float, float]:
    """The least and the most one number may be over another, each anywhere between its ends."""
    (a_low, a_high), (b_low, b_high) = ends(above), ends(below)
    low = a_low / b_high if b_high else math.inf
    return low, a_high / b_low if b_low else (math.inf if a_high else 0.0)


def range_words(quantity: Quantity) -> Quantity | Linked | str:
    """A number in words that form no middle: itself where it is known, else its ends as '78 to
    104', 'at least 30', 'at most 26'; it leads to its rows.
    """
    low, high = quantity.low, quantity.high
    first, last = (quantities.text(end, quantity.unit, quantity.modelled) for end in (low, high))
    if quantity.none_found:
        return quantity
    if quantity.says_nothing:
        return Linked("an unknown number", quantity)
    if low is None and high is None:
        return "an unknown number" if quantity.value is None else quantity
    if low is None:
        return Linked(f"at most {last}", quantity)
    if high is None:
        return Linked(f"at least {first}", quantity)
    if low == high:
        return replace(quantity, value=low)
    return Linked(quantities.between_words(low, high, quantity.unit, quantity.modelled), quantity)
