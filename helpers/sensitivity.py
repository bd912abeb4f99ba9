"""How far one input alone moves an answer: it is worked out again from its recipe with other values
of its inputs. `uncertainty` says which input drives it when all are drawn together.
"""

import math
from collections.abc import Mapping

from helpers import data, quantities, recipe_acts, rounding
from helpers.quantities import Quantity
from helpers.tables import Row, range_of

TOLD = 8  # inputs in a table of those that alone move an answer farthest


def leaves(answer: Quantity) -> dict[str, Quantity]:
    """The inputs of a number that have a range: one cell each, by the id of its row; an input used
    twice stands once.
    """
    if answer.parts:
        return {id: leaf for part in answer.parts for id, leaf in leaves(part).items()}
    ranged = (
        len(answer.rows) == 1
        and answer.value is not None
        and answer.low is not None
        and answer.low != answer.high
    )
    return {answer.rows[0]: answer} if ranged else {}


def evaluate(answer: Quantity, instead: Mapping[str, object]):
    """A number worked out again with other values for some of its inputs, by row id: numbers or
    arrays of one shape; on the grid. ValueError for a number that was drawn or searched for.
    """
    return rounding.snap(recipe_acts.worked_out(answer, instead))


def swings(answer: Quantity) -> list[tuple[str, float, float]]:
    """For each input, the answer at the low and at the high end of its range, all others at their
    values; the widest swing first.

    An input at an end of which the answer has no limit is left out.
    """
    if answer.value is None:
        return []
    moving = []
    for id, leaf in leaves(answer).items():
        low, high = (
            answer.value if end is None else float(evaluate(answer, {id: end}))
            for end in (leaf.low, leaf.high)
        )
        if low != high and math.isfinite(low + high):
            moving.append((id, low, high))
    return sorted(moving, key=lambda swing: (-rounding.snap(abs(swing[2] - swing[1])), swing[0]))


def name(id: str, world: data.World) -> Row:
    """An input by the name its row gives it, with the state it is of; one that rests on general
    knowledge is said to.
    """
    row = data.row(id, world.folder)
    id = str(row.name)
    words = str(
        next(
            (
                row[column]
                for column in ("name", "type", "indicator", "mission")
                if column in row and row[column]
            ),
            id,
        )
    )
    if row.get("country"):
        words += f", {world.country_names[row['country']]}"
    return Row(
        str(row.name), words + " (from general knowledge)" * (row.get("verification") == "recall")
    )


def widest(answer: Quantity, world: data.World) -> Row | str:
    """The input that alone moves an answer farthest between the ends of its range, all others at
    their values; in words where none has a range.
    """
    moving = swings(answer)
    return name(moving[0][0], world) if moving else "no input has a range"


def swing_rows(answer: Quantity, world: data.World) -> list[dict]:
    """The inputs that alone move an answer farthest, each with its range and the answer at its two
    ends.
    """
    inputs = leaves(answer)
    return [
        {
            "input": name(id, world),
            "value": inputs[id],
            "range": range_of(inputs[id]),
            "at the low end": quantities.instead(answer, quantities.end(inputs[id], "low")),
            "at the high end": quantities.instead(answer, quantities.end(inputs[id], "high")),
        }
        for id, _, _ in swings(answer)[:TOLD]
    ]
