"""Which input moves an answer: a number made by models is worked out again from its recipe with
other values of its inputs.
"""

import math
from collections.abc import Mapping

from helpers import data, grid, models
from helpers.quantities import Quantity, plus
from helpers.tables import Row, range_of


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
    arrays of one shape; on the grid.
    """
    return grid.snap(_evaluated(answer, instead))


def _evaluated(answer: Quantity, instead: Mapping[str, object]):
    if not answer.parts:
        return (
            instead[answer.rows[0]]
            if len(answer.rows) == 1 and answer.rows[0] in instead
            else answer.value
        )
    act, _, name = answer.how.partition(" ")
    parts = [
        _evaluated(part, instead) for part in answer.parts if part.value is not None or act != "sum"
    ]
    if act == "model":
        return models.DEFINITIONS[name](*parts)
    if act == "over":
        return parts[0] / float(name)
    return {"sum": plus, "product": math.prod, "difference": lambda two: two[0] - two[1]}.get(
        act, lambda two: two[0] / two[1]
    )(parts)


def swings(answer: Quantity) -> list[tuple[str, float, float]]:
    """For each input, the answer at the low and at the high end of its range, all others at their
    values; the widest swing first.

    An input at an end of which the answer has no limit is left out.
    """
    if answer.value is None:
        return []
    found = []
    for id, leaf in leaves(answer).items():
        ends = [
            answer.value if end is None else float(evaluate(answer, {id: end}))
            for end in (leaf.low, leaf.high)
        ]
        found.append((id, *ends))
    moving = [
        (id, low, high) for id, low, high in found if low != high and math.isfinite(low + high)
    ]
    return sorted(moving, key=lambda swing: (-grid.snap(abs(swing[2] - swing[1])), swing[0]))


def name(id: str, world: data.World) -> Row:
    """An input by the name its row gives it; one that rests on general knowledge is said to."""
    row = data.row(id, world.folder)
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
    return Row(id, words + " (from general knowledge)" * (row.get("verification") == "recall"))


def driver(answer: Quantity, world: data.World) -> Row | str:
    """The input that moves an answer most between the ends of its range; in words where none has a
    range.
    """
    widest = swings(answer)
    return name(widest[0][0], world) if widest else "no input has a range"


def swing_rows(answer: Quantity, world: data.World, most: int = 8) -> list[dict]:
    """The inputs that move an answer most, each with its range and the answer at its two ends."""
    inputs = leaves(answer)
    moved = lambda id, value: Quantity(value, value, value, answer.unit, 0, (id,), "what-if")  # noqa: E731
    return [
        {
            "input": name(id, world),
            "value": inputs[id],
            "range": range_of(inputs[id]),
            "at the low end": moved(id, low),
            "at the high end": moved(id, high),
        }
        for id, low, high in swings(answer)[:most]
    ]
