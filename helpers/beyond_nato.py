"""How much the members beyond NATO weigh: measures of size and of use, the bars that single out
some of them.
"""

import itertools

import pandas as pd

from helpers import data, models, quantities
from helpers.membership import beyond_nato, indicator
from helpers.quantities import Quantity

SIZE = ("military expenditure", "active personnel", "combat aircraft")  # these decide the claim
USE = (
    "tanks of all kinds",
    "troops abroad",
    "military aid to Ukraine",
)  # of use in Ukraine, shown beside it
BARS = {"median": "median", "equal-share": "equal share", "one-percent": "one per cent"}


@data.selection
def values(world: data.World, measure: str) -> pd.DataFrame:
    """A measure's rows for the members, one each."""
    rows = indicator(world, measure)
    return rows[rows["country"].isin(world.members())].sort_values("country")


def bar_value(rows: pd.DataFrame, bar: str) -> float | None:
    """The bar in the measure's unit over the members whose value is known: their median, an equal
    share or one per cent of their sum.
    """
    known = rows["value"].dropna()
    if known.empty:
        return None
    sums = {"equal share": known.sum() / len(known), "one per cent": known.sum() / 100}
    return float(sums[bar]) if bar in sums else float(known.median())


def passing(world: data.World, measure: str, bar: str) -> tuple[list[str] | None, tuple[str, ...]]:
    """The members beyond NATO above a bar, sorted codes, with the rows; None where the value of one
    of them is unknown.
    """
    rows = values(world, measure)
    six = rows[rows["country"].isin(beyond_nato(world)["country"])]
    at = bar_value(rows, bar)
    if at is None or six["value"].isna().any() or len(six) < len(beyond_nato(world)):
        return None, ()
    return sorted(six.loc[six["value"] > at, "country"]), tuple(sorted(rows.index))


def interval(
    world: data.World, measure: str, pair: tuple[str, ...] = ("AUS", "JPN")
) -> tuple[Quantity, Quantity] | None:
    """The bars that exactly the pair passes, from the largest of the others up to the smaller of
    the pair; None where there is none.
    """
    rows = values(world, measure)
    six = rows[rows["country"].isin(beyond_nato(world)["country"]) & rows["value"].notna()]
    inside, others = six[six["country"].isin(pair)], six[~six["country"].isin(pair)]
    if len(inside) < len(pair) or others.empty:
        return None
    low, high = others["value"].astype(float).idxmax(), inside["value"].astype(float).idxmin()
    ends = tuple(quantities.cell(rows, id, "value", rows.loc[id, "unit"]) for id in (low, high))
    return ends if ends[0].value < ends[1].value else None


def measure_rows(world: data.World, *measures: str) -> list[dict]:
    """Each member beyond NATO by each measure; a value that no source gives is unknown."""
    names = data.load("countries", world.folder)["name"]
    table = []
    for country in beyond_nato(world)["country"]:
        cells = {}
        for measure in measures:
            rows = values(world, measure)
            own = rows[rows["country"] == country]
            cells[measure] = quantities.cell(own, own.index[0], "value") if len(own) else "unknown"
        table.append({"state": names[country]} | cells)
    return table


def interval_rows(world: data.World) -> list[dict]:
    """Per measure, the bars that exactly Australia and Japan pass, and whether the measure votes."""
    table = []
    for measure in (*SIZE, *USE):
        found = interval(world, measure)
        row = {
            "measure": measure,
            "votes": measure in SIZE,
            "above": found[0] if found else "no such bar",
            "up to": found[1] if found else "no such bar",
        }
        rows = values(world, measure)
        table.append(row | {"unit": rows["unit"].iloc[0] if len(rows) else ""})
    return table


def rank_items(world: data.World, measure: str) -> list[tuple[str, Quantity, bool]]:
    """The members by a measure, the largest first, as items of a bar chart; those beyond NATO are
    the subject.
    """
    names, six = data.load("countries", world.folder)["name"], set(beyond_nato(world)["country"])
    rows = values(world, measure)
    rows = rows[rows["value"].notna()].sort_values(["value", "country"], ascending=[False, True])
    return [
        (names[row["country"]], quantities.cell(rows, id, "value"), row["country"] in six)
        for id, row in rows.iterrows()
    ]


WEIGHTS = {
    "equal": (1, 1, 1),
    "money double": (2, 1, 1),
    "people double": (1, 2, 1),
    "aircraft double": (1, 1, 2),
}  # of SIZE, in its order


def composite_rows(world: data.World) -> list[dict]:
    """How the members beyond NATO rank when the measures of size are put together, for every way to
    scale, weigh and add them.

    The choices whose sensitivity the OECD's handbook on composite indicators asks to be shown:
    normalisation, weights, aggregation.
    """
    table = pd.DataFrame(
        {
            measure: values(world, measure).set_index("country")["value"].astype(float)
            for measure in SIZE
        }
    ).dropna()
    beyond = [country for country in beyond_nato(world)["country"] if country in table.index]
    scaled = {
        "share of the sum": table / table.sum(),
        "from least to most": (table - table.min()) / (table.max() - table.min()),
        "rank": table.rank() / len(table),
    }
    rows = []
    for (scale, frame), (name, weights) in itertools.product(scaled.items(), WEIGHTS.items()):
        ways = {
            "mean": pd.Series(models.composite(frame, weights), index=frame.index),
            # a state without one of the measures would be zero whatever else it has, and all such
            # states alike
            "geometric mean": pd.Series(
                models.composite(frame.clip(lower=1e-9), weights, geometric=True), index=frame.index
            ),
        }
        rows += [
            {
                "scaled by": scale,
                "weights": name,
                "added by": way,
                "order": ", ".join(
                    scores.loc[beyond].sort_values(ascending=False, kind="stable").index
                ),
            }
            for way, scores in ways.items()
            if beyond
        ]
    return rows
