"""Answers that a reader moves: an answer worked out for every combination of two or three
assumptions, with what follows from each.
"""

import itertools
from dataclasses import dataclass, replace

from helpers import data, ground, patrols, quantities, recipes, rounding, tables
from helpers.assumptions import parameter
from helpers.quantities import Quantity
from helpers.sensitivity import leaves
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
        book = recipes.Book()
        cells = [[_markup(value, book) for value in row.values()] for row in self.table.rows]
        words = tuple(
            {name: tables.plain(value) for name, value in row.items()} for row in self.table.rows
        )
        facts = {
            "recipes": book.lines,
            "name": self.name,
            "axes": self.axes,
            "caption": self.table.caption,
            "columns": list(self.table.rows[0]),
            "table": cells,
        }
        html = Table(self.table.caption, words)._repr_html_()
        shown = {"text/plain": str(self.table), "text/html": html, MIME: facts}
        if data.in_jupyterlab():
            from helpers.controls import menus  # ipywidgets, which no other kernel needs

            shown = menus(self.axes, self.table)._repr_mimebundle_() | shown
        return shown


def _markup(value, book: recipes.Book) -> str:
    """A cell as HTML, a number with its recipe by its place in a book: the cells share most of
    theirs.
    """
    if isinstance(value, Linked | Quantity):
        number = value.quantity if isinstance(value, Linked) else value
        return quantities.html(number, str(value), how=f"#{book.place(number.how)}")
    return tables.markup(value)


def _choices(leaf: Quantity) -> list[Quantity]:
    """The values of an input to choose from: its ends, its own, and one halfway to each end; fewer
    where they fall together.
    """
    if leaf.low is None or leaf.high is None:
        return [quantities.exact(leaf.value, leaf.unit, leaf.rows, leaf.how)]
    own = quantities.exact(leaf.value, leaf.unit, leaf.rows, leaf.how)
    low, high = quantities.end(leaf, "low"), quantities.end(leaf, "high")
    choices = [low, quantities.between(low, own), own, quantities.between(own, high), high]
    each = {choice.number: choice for choice in reversed(choices)}
    return [each[number] for number in sorted(each)]


def _begin(leaf: Quantity) -> int:
    """The place of an input's own value among its choices."""
    return [choice.value for choice in _choices(leaf)].index(leaf.value)


def _worked_out(
    answer: Quantity, *inputs: Quantity, rows: tuple[str, ...], bound: str = ""
) -> Linked:
    """An answer with chosen values of its inputs, leading to the rows of what was chosen."""
    number = replace(quantities.instead(answer, *inputs), rows=tuple(sorted(rows)))
    if number.value is None:
        return Linked("no limit", number)
    return Linked(f"{bound}{quantities.text(number.value, number.unit, modelled=True)}", number)


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
    carried = {
        (owner, place): patrols.carried(world, owner, "observed", d)
        for owner in patrols.FLEETS
        for place, d in distances.items()
    }
    flown = parameter(world, "t_os", patrols.TYPE)
    if (
        burn.value is None
        or flown.value is None
        or any(pairs.value is None for pairs in carried.values())
    ):
        return _nothing()
    rows = []
    for (owner, words), place, burned in itertools.product(
        patrols.FLEETS.items(), PLACES, _choices(burn)
    ):
        chosen = (*burn.rows, place)
        hours = _worked_out(patrols.station(world, distances[place]), burned, rows=chosen)
        vital = hours.quantity.number < rounding.snap(flown.value / 2)
        rows.append(
            {
                "tankers of": words,
                "over": Row(place, names[place]),
                "fighter burns (kg an hour)": burned,
                "continuous pairs": _worked_out(carried[owner, place], burned, rows=chosen),
                "hours on station without a tanker": hours,
                "refuelling vital there": "yes" if vital else "no",
            }
        )
    axes = (
        ("Whose tankers", len(patrols.FLEETS), list(patrols.FLEETS).index("members")),
        ("Where", len(PLACES), len(PLACES) - 1),
        ("What a fighter burns, kg an hour", len(_choices(burn)), _begin(burn)),
    )
    return Explorer(
        "pairs",
        axes,
        Table(
            "Continuous pairs of Typhoons by whose tankers, where, and what a fighter burns",
            tuple(rows),
        ),
    )


def soldiers(world: data.World) -> Explorer | Sentence:
    """Soldiers kept in place without end, by who goes, the rotation factor and the deployable
    share; and the sizes that is enough for.
    """
    R, d = parameter(world, "R", ground.FORCE), parameter(world, "d_land", ground.FORCE)
    kept = {who: ground.declared_by(world, ground.states(world, who)) for who in GROUPS}
    sizes = [(quantity.number, words) for quantity, words in ground.size_marks(world)]
    if not (sizes and R.rows and d.rows) or not all(
        {R.rows[0], d.rows[0]} <= set(leaves(number)) for number in kept.values()
    ):
        return _nothing()
    rows = []
    for who, factor, part in itertools.product(GROUPS, _choices(R), _choices(d)):
        bound = "at most " if kept[who].low is None else ""
        chosen = (*R.rows, *d.rows)
        number = _worked_out(kept[who], factor, part, rows=chosen, bound=bound)
        enough = [words for size, words in sizes if number.quantity.number >= size]
        rows.append(
            {
                "who goes": ground.WHO[who],
                "in the cycle for each one deployed": factor,
                "share that can be deployed": part,
                "kept in place": number,
                "at most enough for": ", ".join(enough) or "none of the sizes proposed",
            }
        )
    axes = (
        ("Who goes", len(GROUPS), GROUPS.index("willing")),
        ("How many stand behind each soldier", len(_choices(R)), _begin(R)),
        ("What share can be deployed", len(_choices(d)), _begin(d)),
    )
    return Explorer(
        "soldiers",
        axes,
        Table("Soldiers kept in place by who goes, rotation and deployable share", tuple(rows)),
    )
