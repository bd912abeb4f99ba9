"""How many soldiers a state has: of all services, of its land forces, and conscripts among them."""

import pandas as pd

from helpers import data, quantities
from helpers.membership import indicator
from helpers.model_parameters import parameter
from helpers.quantities import Quantity

FORCE = "ground force"  # the case that the parameters of this model apply to


def _of_state(world: data.World, name: str, state: str) -> pd.DataFrame:
    """The rows of an indicator on a state; raises WordError for what is none."""
    rows = indicator(world, name)
    return rows[rows["country"] == data.known("countries", "id", state, world.folder)]


def conscripts(world: data.World, state: str) -> Quantity:
    """A state's conscripts in service where a row counts them; unknown elsewhere, also where there
    is no conscription.
    """
    rows = _of_state(world, "conscripts", state)
    rows = rows[rows["value"].notna()]
    return (
        quantities.total(rows, "value", "persons", how="cell")
        if len(rows)
        else quantities.unknown("persons")
    )


def land_personnel(world: data.World, state: str) -> Quantity:
    """A state's land personnel as published; else its active personnel times the share that armies
    usually have.
    """
    own = _of_state(world, "active land personnel", state)
    if len(own):
        return quantities.total(own, "value", "persons", how="cell")
    return quantities.scaled(active(world, state), parameter(world, "s_land", FORCE), "persons")


def persons(world: data.World, name: str, state: str) -> Quantity:
    """A state's value of an indicator that counts persons; unknown where no row says.

    Parameters
    ----------
    world : World
        The day and the evidence looked at.
    name : str
        The indicator, as its rows call it.
    state : str
        The state's code.
    """
    rows = _of_state(world, name, state)
    if rows.empty:
        return quantities.unknown("persons")
    return quantities.total(rows, "value", "persons", how="cell")


def active(world: data.World, state: str) -> Quantity:
    """A state's active personnel of all services."""
    return persons(world, "active personnel", state)
