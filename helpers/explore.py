"""Answers that a reader moves: an answer worked out for every combination of two or three
assumptions, with what follows from each.
"""

import itertools
from dataclasses import dataclass, replace

from helpers import data, ground, patrols, quantities, recipe_acts, tables
from helpers.model_parameters import parameter
from helpers.quantities import Quantity
from helpers.sensitivity import leaves
from helpers.tables import Linked, Row, Sentence, Table

MIME = "application/vnd.willing-and-able.explorer+json"
AREA = "place/area-kyiv"
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
        book = recipe_acts.Book()
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
            from helpers.jupyterlab_menus import menus  # ipywidgets, which no other kernel needs

            shown = menus(self.axes, self.table)._repr_mimebundle_() | shown
        return shown


def _markup(value, book: recipe_acts.Book) -> str:
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


GIVEN = (0.1, 0.25, 0.5, 1.0)  # parts of the fighters and tankers, for the task alone


def pairs(world: data.World) -> Explorer | Sentence:
    """Continuous pairs of fighters over Kyiv, by whose fleets, from where, for how long, what part
    of the fleets is given, and what part of the fighters is ready; with what binds.
    """
    ready = {aircraft: parameter(world, "m", aircraft) for aircraft in patrols.types(world)}
    places = {base: patrols.base_of(world, base, AREA) for base in patrols.CHOICES}
    if not ready or not all(places.values()) or any(m.value is None for m in ready.values()):
        return _nothing()
    shares, names = _choices(ready[patrols.TYPE]), world.table("places")["name"]
    rows = []
    for owner, base, duration in itertools.product(
        patrols.WHOSE, patrols.CHOICES, patrols.DURATIONS
    ):
        d = patrols.distance_to(world, AREA, base)
        limits, patrol = patrols.limits(world, d, duration=duration), patrols.tanker_fuel(world, d)
        for given, share in itertools.product(GIVEN, (shares[0], ready[patrols.TYPE], shares[-1])):
            part = quantities.chosen(given, "share")
            flown = patrols.flown_by(world, owner, d, duration, part)
            fuel = patrols.carried(world, owner, "observed", d, duration=duration, part=part)
            tanked = patrols.given(world, owner, "observed", "drogue", duration, part)
            if None in (flown.value, fuel.value):
                return _nothing()
            inputs = [quantities.tried(share.number, like=m) for m in ready.values()]
            chosen = (*share.rows, places[base])
            by_fighters = _worked_out(flown, *inputs, rows=chosen)
            held = {
                words: quantities.instead(number, *inputs).number
                for words, number in limits.items()
            }
            by_fuel = fuel.number < by_fighters.quantity.number
            rows.append(
                {
                    "fighters and tankers of": patrols.WHOSE[owner],
                    "from": Row(places[base], f"{patrols.BASES[base]}, {names[places[base]]}"),
                    "for": duration,
                    "part of the fleets": part,
                    "ready": quantities.exact(share.value, "share", share.rows, share.how),
                    "pairs by the fighters": by_fighters,
                    "pairs by the fuel": _worked_out(fuel, rows=chosen),
                    "pairs": _worked_out(patrols.both(flown, tanked, patrol), *inputs, rows=chosen),
                    "what binds": "fuel from tankers"
                    if by_fuel
                    else max(held, key=lambda words: held[words]),
                }
            )
    axes = (
        ("Whose fleets", len(patrols.WHOSE), 0),
        ("From where", len(patrols.CHOICES), patrols.CHOICES.index("permanent")),
        ("For how long", len(patrols.DURATIONS), list(patrols.DURATIONS).index("without end")),
        ("What part of the fleets is given", len(GIVEN), GIVEN.index(0.25)),
        ("What part of the fighters is ready", 3, 1),
    )
    caption = "Continuous pairs over Kyiv by fleets, base, duration, part given and part ready"
    return Explorer("pairs", axes, Table(caption, tuple(rows)))


def soldiers(world: data.World) -> Explorer | Sentence:
    """Soldiers kept in place without end, by who goes, the rotation factor and the deployable
    share; and the largest size that is enough for as it is printed, to two figures.
    """
    R, d = parameter(world, "R", ground.FORCE), parameter(world, "d_land", ground.FORCE)
    kept = {who: ground.declared_by(world, ground.states(world, who)) for who in GROUPS}
    sizes = {
        quantity.number: f"{quantities.text(quantity.number)} ({words})"
        for quantity, words in ground.size_marks(world)
    }
    if not (sizes and R.rows and d.rows) or not all(
        {R.rows[0], d.rows[0]} <= set(leaves(number)) for number in kept.values()
    ):
        return _nothing()
    rows = []
    for who, factor, part in itertools.product(GROUPS, _choices(R), _choices(d)):
        bound = "at most " if kept[who].low is None else ""
        chosen = (*R.rows, *d.rows)
        number = _worked_out(kept[who], factor, part, rows=chosen, bound=bound)
        printed = float(f"{number.quantity.number:.2g}")
        enough = max((size for size in sizes if printed >= size), default=0)
        rows.append(
            {
                "who goes": ground.WHO[who],
                "in the cycle for each one deployed": factor,
                "share that can be deployed": part,
                "kept in place": number,
                "at most enough for": sizes.get(enough, "none of the sizes proposed"),
            }
        )
    axes = (
        ("Who goes", len(GROUPS), GROUPS.index("willing")),
        ("How many soldiers each one in place takes", len(_choices(R)), _begin(R)),
        ("What share can be deployed", len(_choices(d)), _begin(d)),
    )
    return Explorer(
        "soldiers",
        axes,
        Table("Soldiers kept in place by who goes, rotation and deployable share", tuple(rows)),
    )
