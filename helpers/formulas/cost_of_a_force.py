"""What a force costs in a year, at the price of a past mission."""

from helpers.formulas.registry_of_formulas import model


@model(rises="N_dep B", falls="P Y")
def cost(N_dep, B, P, Y):
    """Money a year for N_dep soldiers at the price of a past mission: N_dep B / (P Y).

    Parameters
    ----------
    N_dep : float or array
        Soldiers in place.
    B : float or array
        Money spent on the past mission, in the currency of the answer; prices as they were.
    P : float or array
        Soldiers that it was spent on.
    Y : float or array
        Years over which it was spent.
    """
    return N_dep * B / (P * Y)
