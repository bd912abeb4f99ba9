"""Answers that a reader moves: an answer worked out for every combination of two or three
assumptions, with what follows from each.
"""

import itertools
import math
from dataclasses import dataclass

from helpers import data, grid, ground, patrols, quantities, tables
from helpers.assumptions import parameter
from helpers.quantities import Quantity
from helpers.sensitivity import evaluate, leaves
from helpers.tables import Linked, Row, Sentence, Table

MIME = "application/vnd.willing-and-able.explorer+json"
PLACES = ("place/area-west", "place/area-odesa", "place/area-centre", "place/area-kyiv")
GROUPS = ("willing", "not-declined", "all")


@dataclass(frozen=True)
class Explorer:
    """A table of answers over a grid of assumptions; the page adds controls that show one row of it
    at a time.

    axes: the names of the assumptions with how many choices each has and the one to begin with; the
    table's first columns hold the choices,
    its rows stand in the order of the axes, the last one fastest
    """

    name: str
    axes: tuple[tuple[str, int, int], ...]
    table: Table

    def _repr_mimebundle_(self, include=None, exclude=None):
        cells = [[tables.markup(value) for value in row.values()] for row in self.table.rows]
        facts = {
            "name": self.name,
            "axes": self.axes,
            "caption": self.table.caption,
            "columns": list(self.table.rows[0]),
            "table": cells,
        }
        return {"text/plain": str(self.table), "text/html": self.table._repr_html_(), MIME: facts}


def between(low: float, value: float, high: float) -> list[float]:
    """Five values of an input: its ends, its own, and one halfway to each end; fewer where they
    fall together.
    """
    return sorted({low, (low + value) / 2, value, (value + high) / 2, high})


def _worked_out(value: float, unit: str, bound: str, *rows: str) -> Linked:
    """A number of the grid, leading to the rows of the assumptions it was worked out with."""
    if not math.isfinite(value):
        return Linked(
            "no limit", Quantity(None, unit=unit, rows=tuple(sorted(rows)), how="explored")
        )
    return Linked(
        f"{bound}{quantities.text(value, unit, modelled=True)}",
        Quantity(value, value, value, unit, 0, tuple(sorted(rows)), "explored"),
    )


def _choices(leaf: Quantity) -> list[tuple[float, Linked]]:
    """The values of an input over its range, each as words that lead to its row."""
    values = (
        between(leaf.low, leaf.value, leaf.high)
        if leaf.low is not None and leaf.high is not None
        else [leaf.value]
    )
    return [
        (
            value,
            Linked(
                quantities.text(value, leaf.unit),
                quantities.exact(
                    value, leaf.unit, leaf.rows, "cell base" if value == leaf.value else "what-if"
                ),
            ),
        )
        for value in values
    ]


def _nothing() -> Sentence:
    return tables.say("The rows admitted on the day do not give the inputs of this answer.")


def pairs(world: data.World) -> Explorer | Sentence:
    """Continuous pairs of Typhoons that tankers could carry, by whose tankers, over which place,
    and what a fighter burns.
    """
    burn, names = parameter(world, "b", patrols.TYPE), world.table("places")["name"]
    distances = {
        place: patrols.distance(world, patrols.nearest(world, place), place) for place in PLACES
    }
    found = {
        (owner, place): patrols.carried(world, owner, "observed", d)
        for owner in patrols.FLEETS
        for place, d in distances.items()
    }
    flown = parameter(world, "t_os", patrols.TYPE)
    if (
        burn.value is None
        or flown.value is None
        or any(pairs.value is None for pairs in found.values())
    ):
        return _nothing()
    rows = []
    for (owner, words), place, (value, shown) in itertools.product(
        patrols.FLEETS.items(), PLACES, _choices(burn)
    ):
        instead = {burn.rows[0]: value}
        hours = float(evaluate(patrols.station(world, distances[place]), instead))
        number = float(evaluate(found[owner, place], instead))
        rows.append(
            {
                "tankers of": words,
                "over": Row(place, names[place]),
                "fighter burns (kg an hour)": shown,
                "continuous pairs": _worked_out(number, "patrols", "", burn.rows[0], place),
                "hours on station without a tanker": _worked_out(
                    hours, "h", "", burn.rows[0], place
                ),
                "refuelling vital there": "yes" if hours < grid.snap(flown.value / 2) else "no",
            }
        )
    axes = (
        ("Whose tankers", len(patrols.FLEETS), list(patrols.FLEETS).index("members")),
        ("Where", len(PLACES), len(PLACES) - 1),
        (
            "What a fighter burns, kg an hour",
            len(_choices(burn)),
            [value for value, _ in _choices(burn)].index(burn.value),
        ),
    )
    return Explorer(
        "pairs",
        axes,
        tables.show(
            rows, "Continuous pairs of Typhoons by whose tankers, where, and what a fighter burns"
        ),
    )


def soldiers(world: data.World) -> Explorer | Sentence:
    """Soldiers kept in place without end, by who goes, the rotation factor and the deployable
    share; and the sizes that is enough for.
    """
    R, d = parameter(world, "R", ground.FORCE), parameter(world, "d_land", ground.FORCE)
    kept = {who: ground.sustained_by(world, ground.states(world, who)) for who in GROUPS}
    sizes = [(quantity.value, words) for quantity, words in ground.size_marks(world)]
    if not (sizes and R.rows and d.rows) or not all(
        {R.rows[0], d.rows[0]} <= set(leaves(number)) for number in kept.values()
    ):
        return _nothing()
    rows = []
    for who, (factor, shown_factor), (part, shown_part) in itertools.product(
        GROUPS, _choices(R), _choices(d)
    ):
        number = float(evaluate(kept[who], {R.rows[0]: factor, d.rows[0]: part}))
        bound = "at most " if kept[who].low is None else ""
        rows.append(
            {
                "who goes": ground.WHO[who],
                "in the cycle for each one deployed": shown_factor,
                "share that can be deployed": shown_part,
                "kept in place": _worked_out(number, "persons", bound, R.rows[0], d.rows[0]),
                "at most enough for": (
                    ", ".join(words for size, words in sizes if number >= size)
                    or "none of the sizes proposed"
                ),
            }
        )
    begin = lambda leaf: [value for value, _ in _choices(leaf)].index(leaf.value)  # noqa: E731
    axes = (
        ("Who goes", len(GROUPS), GROUPS.index("willing")),
        ("How many stand behind each soldier", len(_choices(R)), begin(R)),
        ("What share can be deployed", len(_choices(d)), begin(d)),
    )
    return Explorer(
        "soldiers",
        axes,
        tables.show(rows, "Soldiers kept in place by who goes, rotation and deployable share"),
    )
