"""What a force costs in a year, at the price of a past mission."""

from helpers.formulas.registry_of_formulas import model


@model(rises="N_dep B", falls="P Y")
def cost(N_dep, B, P, Y):
    """Money a year for N_dep soldiers at the price of a past mission: N_dep B / (P Y).

    B  money spent on P soldiers over Y years, in the currency of the answer; prices as they were
    """
    return N_dep * B / (P * Y)
