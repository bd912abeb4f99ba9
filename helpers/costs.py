"""What a force would cost a year at the price of past missions, each in its own currency."""

from dataclasses import replace

import pandas as pd

from helpers import data, ground, quantities, uncertainty
from helpers.quantities import Quantity
from helpers.tables import Row, Sentence, range_of, say

KINDS = ("mission", "estimate")  # what soldiers cost a year
QUIET, WAR = "cost/deu/kfor-2017", "cost/deu/isaf-2011"  # of one state, in one currency
THOUSAND, SMALL = (quantities.chosen(number, "persons") for number in (1_000, 10_000))


@data.selection(depends_on=data.DATED)
def spent(world: data.World) -> pd.DataFrame:
    """What was spent or reckoned by the day; a year counts once it has begun."""
    return replace(world, timing="open").until("costs", "year").sort_values(["kind", "id"])


def a_year(world: data.World, id: str, soldiers: Quantity) -> Quantity:
    """Millions a year for some soldiers at the price of one row, in its currency.

    Parameters
    ----------
    world : World
        The day and the evidence looked at.
    id : str
        The row of the costs; the answer is unknown where it is not out by the day.
    soldiers : Quantity
        How many are in place.
    """
    id = data.known("costs", "id", id, world.folder)
    rows = spent(world)
    if id not in rows.index:
        return quantities.unknown("million a year")
    amount, persons, years = (
        quantities.cell(rows, id, column, unit)
        for column, unit in (("amount", "million"), ("persons", "persons"), ("years", "years"))
    )
    return quantities.modelled(
        "cost", "million a year", N_dep=soldiers, B=amount, P=persons, Y=years
    )


def sizes(world: data.World) -> dict[str, Quantity]:
    """The sizes priced: two that were proposed, and what those who would send some could add."""
    rows = world.until("proposals")
    found = {
        f"{size} soldiers": quantities.exact(size.number, "persons", size.rows, size.how)
        for size in (
            ground.size(rows, ground.SIZES[words])
            for words in ("small", "medium")
            if ground.SIZES[words] in rows.index
        )
    }
    kept = ground.offers(world)
    return found | {"what those who would send soldiers could add": kept}


def in_short(world: data.World) -> Sentence:
    """What a small force would cost a year by a quiet mission and by a war, in one sentence."""
    return say(
        "Ten thousand soldiers would add {quiet} million euros a year at the price of a quiet"
        " German mission, {war} million at that of a German part in a war.",
        quiet=a_year(world, QUIET, SMALL),
        war=a_year(world, WAR, SMALL),
    )


def table_rows(world: data.World) -> list[dict]:
    """What a soldier costs a year by each mission, and what sizes of a force would, in millions."""
    rows = spent(world)
    rows = rows[rows["kind"].isin(KINDS)]
    table = []
    for id, row in rows.iterrows():
        cells: dict = {
            "mission": Row(id, row["mission"]),
            "year": str(row["year"]),
            "in": row["currency"],
            "a soldier a year, thousands": a_year(world, id, THOUSAND),
        }
        for words, size in sizes(world).items():
            number = a_year(world, id, size)
            drawn = uncertainty.spread(number, world.seed)
            cells[f"{words}, millions a year"] = drawn if number.low != number.high else number
            if number.low != number.high:
                cells["its range"] = range_of(drawn)
        table.append(cells)
    return table


def other_rows(world: data.World) -> list[dict]:
    """What is spent once or by the hour, not by soldier and year."""
    rows = spent(world)
    rows = rows[~rows["kind"].isin(KINDS)]
    return [
        {
            "for": Row(id, row["mission"]),
            "year": str(row["year"]),
            "in": row["currency"],
            "thousands": quantities.scaled(
                quantities.cell(rows, id, "amount", "million"), THOUSAND, "thousand"
            ),
        }
        for id, row in rows.iterrows()
    ]
