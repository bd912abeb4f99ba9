"""C16: which members beyond NATO have significant military capabilities."""

from typing import Literal

from helpers import data, quantities, tables
from helpers.beyond_nato import BARS, GAP, SIZE, gap, passing, smallest_gap
from helpers.claims import Input, Outcome, every, inputs, our_bar, read, rule, weigh
from helpers.membership import beyond_nato

MEASURES: dict[str, tuple[str, ...]] = {name.replace(" ", "-"): (name,) for name in SIZE}
MEASURES |= {"overall": SIZE, "tanks": ("tanks of all kinds",)}

our_bar(
    "C16",
    tables.say(
        "capabilities are significant where the weaker of the two has at least {gap} times what the"
        " strongest of the other four has",
        gap=quantities.chosen(GAP),
    ),
)


@rule("C16")
def significant(
    world: data.World,
    measure: Literal[
        "overall", "military-expenditure", "active-personnel", "combat-aircraft", "tanks"
    ],
    bar: Literal["separates", "median", "equal-share", "one-percent"],
    asked: float = GAP,
) -> Outcome:
    """Whether the two named stand apart from the other four, or alone pass a bar.

    separates  the smaller of the two has so many times what the largest of the others has, by the
               whole range of each number; a value that no edition gives may be anything
    overall    so by each of the measures of size
    asked: another factor, for a what-if.
    """
    pair, names = data.row("C16", world.folder)["stated"].split(), MEASURES[measure]
    if absent := sorted(set(pair) - set(beyond_nato(world)["country"])):
        countries = tables.listed([world.country_names[code] for code in absent])
        are = "is" if len(absent) == 1 else "are"
        return Outcome(None, missing=f"{countries}, which {are} not among these members")
    if bar == "separates":
        return _apart(world, names, pair, asked)
    by_measure = [passing(world, name, BARS[bar]) for name in names]
    rows = tuple(sorted({row for _, ids in by_measure for row in ids}))
    known = [set(codes) for codes, _ in by_measure if codes is not None]
    if len(known) < len(by_measure):
        return Outcome(None, None, rows, f"the {tables.listed(names)} of every member beyond NATO")
    codes = sorted(set.intersection(*known))
    countries = world.country_names
    line = tables.say(
        "Above that bar stand {names}.",
        names=tables.listed([countries[code] for code in codes]) if codes else "none of the six",
    )
    return Outcome(codes == pair, codes, rows, line=line)


def _apart(world: data.World, names: tuple[str, ...], pair: list[str], asked: float) -> Outcome:
    gaps = {name: gap(world, name, pair) for name in names}
    holds = every([side.apart(asked) for side in gaps.values()])
    rows = tuple(sorted({row for side in gaps.values() for row in side.rows}))
    nearest = smallest_gap(gaps)
    missing = "the " + tables.listed(
        [name for name, side in gaps.items() if side.apart(asked) is None]
    )
    if nearest is None or holds is None:
        return Outcome(holds, None, rows, missing)
    least = gaps[nearest]
    countries = world.country_names
    inner, outer = countries[least.smaller], countries[least.larger]
    if least.factor.number >= 1:
        words = (
            "By {measure} {inner} has {factor} times what {outer} has, the largest of the others"
        )
        others = tables.listed([name for name in names if name != nearest])
        words += f"; by {others} the gap is wider." if len(names) > 1 else "."
    else:
        words = "By {measure} {outer} has more than {inner}, which has {factor} times as much."
    line = tables.say(words, measure=nearest, inner=inner, outer=outer, factor=least.factor)
    return Outcome(holds, least.factor, rows, missing, line=line)


@inputs("C16")
def _gap(world: data.World):
    pair = data.row("C16", world.folder)["stated"].split()
    rows = tuple(sorted({row for name in SIZE for row in gap(world, name, pair).rows}))
    return [
        Input(
            "times the largest of the other four asked of the smaller of the two",
            "the smaller of the two had to be {at} times as large as the largest of the other four,"
            " not {value} times",
            GAP,
            "",
            None,
            None,
            rows,
            lambda value: weigh(read("C16", world, all_readings=False, asked=value)),
            whole=False,
        )
    ]
