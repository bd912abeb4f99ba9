"""How many soldiers of a state are abroad already: in garrisons that stay, and on operations from
which they are relieved in turn.
"""

from dataclasses import replace

import pandas as pd

from helpers import data, quantities, word_check
from helpers.ground.soldiers_of_a_state import FORCE
from helpers.model_parameters import parameter
from helpers.quantities import Quantity
from helpers.recipe_acts import Recipe


@data.selection(depends_on=data.DATED)
def abroad_rows(world: data.World, state: str) -> pd.DataFrame:
    """The newest count of each mission of a state, of its army and of all it has abroad; rows
    without any number are left out.
    """
    state = data.known("countries", "id", state, world.folder)
    rows = replace(world, timing="open").until(
        "deployments", "observed"
    )  # a year's count stands beside the personnel of the same year
    counted = rows[["personnel", "low", "high"]].notna().any(axis=1)
    rows = rows[(rows["country"] == state) & counted].sort_values(["observed", "id"])
    return rows.drop_duplicates(["scope", "mission"], keep="last")


def counted(rows: pd.DataFrame, id: str) -> Quantity:
    """The soldiers of one row: its number; a floor counts as its floor, a ceiling as anything from
    none to it.
    """
    id = word_check.word("row", id, rows.index)
    row, cells = rows.loc[[id]], rows.loc[id]
    if pd.notna(cells["personnel"]):
        return quantities.total(row, "personnel", "persons", how="cell")
    if pd.isna(cells["low"]):
        return quantities.of_rows("from", "high", row, "persons")
    if pd.isna(cells["high"]):
        return quantities.exact(int(cells["low"]), "persons", (id,), Recipe("cell", "low"))
    return quantities.total(row, "personnel", "persons", how="cell")


def together(rows: pd.DataFrame) -> Quantity:
    """The soldiers of some rows, as a formula begins from them: none that no row counts."""
    parts = [counted(rows, id) for id in rows.index]
    return quantities.sum_of(parts, "persons") if parts else quantities.chosen(0, "persons")


def settled(number: Quantity) -> Quantity:
    """A number both of whose ends are known: what it leaves open is its range."""
    return number if None in (number.low, number.high) else replace(number, unknowns=0)


@data.selection(depends_on=data.DATED)
def garrisons(world: data.World, state: str) -> Quantity:
    """A state's soldiers in permanent garrisons abroad: its army's where a row counts them, else of
    all services. They do not rotate and do not come home.
    """
    rows = abroad_rows(world, state)
    rows = rows[rows["stay"] == "permanent"]
    army = rows[rows["scope"] == "army"]
    return settled(together(army if len(army) else rows))


@data.selection(depends_on=data.DATED)
def on_operations(world: data.World, state: str) -> Quantity:
    """A state's land forces on operations abroad, who are relieved in turn: its army's where a row
    counts them, else from the missions known up to what its total abroad leaves room for; open
    where nothing is counted.
    """
    rows = abroad_rows(world, state)
    army = rows[(rows["scope"] == "army") & (rows["stay"] == "rotates")]
    if len(army):
        return settled(together(army.tail(1)))
    whole = rows[rows["scope"] == "all"].tail(1)
    missions = rows[(rows["scope"] == "mission") & (rows["stay"] == "rotates")]
    known = together(missions)
    if whole.empty:
        number = known if len(missions) else Quantity(None)
    else:
        number = quantities.modelled(
            "abroad",
            "persons",
            K=known,
            W=counted(whole, whole.index[0]),
            G=garrisons(world, state),
            x_land=parameter(world, "x_land", FORCE),
        )
    if number.value is None:
        return quantities.of_rows("open", "", (), "persons")
    return settled(number)
