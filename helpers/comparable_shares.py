"""From which share of the American number another's counts as comparable."""

from helpers import quantities, word_check
from helpers.quantities import Quantity

SHARES = {"half": 0.5, "quarter": 0.25, "tenth": 0.1}  # by the option of `bar` in data/readings.csv


def share_of(bar: str) -> float:
    """The share that an option of `bar` sets; raises WordError where none is written for it."""
    return SHARES[word_check.word("bar (SHARES in helpers/comparable_shares.py)", bar, SHARES)]


def below(least: float, most: float, share: float) -> bool | None:
    """Whether a part stays below a share; None where it may and may not.

    Parameters
    ----------
    least, most : float
        Between which shares of the whole the part lies; infinite where nothing is known.
    share : float
        The share it is compared with.
    """
    return True if most < share else False if least >= share else None


def marks() -> list[tuple[Quantity, str]]:
    """The shares as lines of a chart."""
    return [(quantities.chosen(share, "share"), f"a {name}") for name, share in SHARES.items()]
