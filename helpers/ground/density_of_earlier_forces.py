"""How thin a line is: persons per kilometre in earlier forces, and on Ukraine's front."""

from helpers import data, quantities, uncertainty
from helpers.ground.soldiers_of_a_state import FORCE
from helpers.model_parameters import parameter
from helpers.tables import Row, day


def density_rows(world: data.World) -> list[dict]:
    """Persons per kilometre in earlier forces, and what the same density would take on the front
    line of Ukraine.
    """
    rows, L = world.table("precedents"), parameter(world, "L", FORCE)
    table = []
    for id, row in (
        rows[rows["length"].notna() & rows["personnel"].notna()].sort_values("id").iterrows()
    ):
        persons = quantities.total(rows.loc[[id]], "personnel", "persons", how="cell")
        per_km = quantities.modelled(
            "density",
            "persons per km",
            N=persons,
            L=quantities.total(rows.loc[[id]], "length", "km", how="cell"),
        )
        table.append(
            {
                "force": Row(id, f"{row['mission']}, {day(row['date'])}"),
                "task": row["task"],
                "persons": persons,
                "per kilometre": per_km,
                "on Ukraine's front": uncertainty.in_words(
                    quantities.modelled("line_force", "persons", rho_L=per_km, L=L), world
                ),
            }
        )
    return sorted(table, key=lambda row: (row["per kilometre"].value, row["force"].id))
