"""Words for how likely a model makes something, calibrated as in climate and intelligence
assessments.
"""

from helpers import rounding

LIKELIHOODS = (  # the least share of a model's draws from which each word is used
    (0.9, "very likely"),
    (0.66, "likely"),
)
UNLIKELIHOODS = (  # the greatest share up to which each word is used
    (0.1, "very unlikely"),
    (0.33, "unlikely"),
)
BETWEEN = "about as likely as not"


def likelihood(share: float) -> str:
    """The calibrated word for a share of a model's draws, from 0 to 1."""
    share = rounding.snap(share)
    for least, word in LIKELIHOODS:
        if share >= least:
            return word
    for greatest, word in UNLIKELIHOODS:
        if share <= greatest:
            return word
    return BETWEEN


def judged_by_model(share_low: float, share_high: float) -> bool | None:
    """Whether a reading that rests on a model is true, from the least and the greatest share of
    the draws in which it is: true where even the least is 'likely', false where even the greatest
    is 'unlikely', unknown else. The two are equal where nothing unknown widens the share.
    """
    if rounding.snap(share_low) >= LIKELIHOODS[-1][0]:
        return True
    if rounding.snap(share_high) <= UNLIKELIHOODS[-1][0]:
        return False
    return None
