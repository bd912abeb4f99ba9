"""The parameters of the models: each a row with its range, found by its symbol and what it applies
to.
"""

import functools
from collections.abc import Collection
from pathlib import Path

from helpers import data, quantities, word_check
from helpers.quantities import Quantity
from helpers.tables import Row, range_of


def rows(world: data.World, *symbols: str):
    """The parameter rows with these symbols, or all. Raises WordError for a symbol in no row."""
    table = world.table("parameters")
    wanted = [data.known("parameters", "symbol", symbol, world.folder) for symbol in symbols]
    return table[table["symbol"].isin(wanted)] if symbols else table


def cases(world: data.World, symbol: str) -> list[str]:
    """What the parameters with a symbol apply to, such as the aircraft types that have an
    endurance.
    """
    return sorted({case for text in rows(world, symbol)["applies_to"] for case in text.split("; ")})


@functools.cache
def _cases(folder: Path) -> frozenset[str]:
    """What any parameter may be asked for: what one applies to, and every type of a fleet."""
    named = data.words_of("parameters", "applies_to", folder)
    types = data.words_of("capabilities", "type", folder)
    return types.union(*(text.split("; ") for text in named))


def known_case(world: data.World, case: str) -> str:
    """A case as the rows write it, whether or not the world admits them; WordError for another."""
    return word_check.word("case", case, _cases(world.folder))


@data.selection(depends_on=data.UNDATED)
def parameter(world: data.World, symbol: str, case: str) -> Quantity:
    """The parameter with a symbol that applies to a case; unknown where no admitted row gives it.

    Parameters
    ----------
    world : World
        Its standard of evidence admits the rows.
    symbol : str
        The parameter's symbol, as its rows write it.
    case : str
        What it applies to: an aircraft type, a kind of force.

    Raises
    ------
    WordError
        For a symbol or a case in no row.
    """
    case = known_case(world, case)
    stated = rows(world, symbol)
    stated = stated.loc[[case in cases.split("; ") for cases in stated["applies_to"]]]
    if stated.empty:
        return quantities.unknown()
    return quantities.total(stated, "base", stated["unit"].iloc[0], how="cell")


def table_rows(world: data.World, *symbols: str, of: Collection[str] = ()) -> list[dict]:
    """Parameters with their ranges, what they rest on and how they were checked, one table row
    each.

    Parameters
    ----------
    world : World
        Its standard of evidence admits the rows.
    *symbols : str
        The symbols of those listed; none for all.
    of : collection of str
        The cases to one of which a listed one applies; empty for any.
    """
    of = [known_case(world, case) for case in of]
    listed = rows(world, *symbols).sort_values(["symbol", "id"])
    listed = listed.loc[
        [not of or bool(set(of) & set(text.split("; "))) for text in listed["applies_to"]]
    ]
    values = {id: quantities.cell(listed, id, "base", row["unit"]) for id, row in listed.iterrows()}
    return [
        {
            "parameter": Row(id, row["name"]),
            "applies to": _few(row["applies_to"]),
            "value": values[id],
            "range": range_of(values[id]),
            "unit": row["unit"],
            "origin": row["origin"],
            "how checked": data.GRADES[row["verification"]],
        }
        for id, row in listed.iterrows()
    ]


def _few(cases: str) -> str:
    """The first two cases of a list, and that there are others."""
    first = cases.split("; ")
    return "; ".join(first[:2]) + (" and others" if len(first) > 2 else "")
