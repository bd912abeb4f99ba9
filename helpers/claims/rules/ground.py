"""C32: whether the members outside NATO could provide the ground troops."""

from typing import Literal

from helpers import data, quantities, tables, uncertainty
from helpers.claims import Outcome, inputs, judged_by_model, likelihood, rule, what_if_input
from helpers.ground import SIZES, proposals, relied_on, size, sustained_by
from helpers.recipe_acts import Recipe


@rule("C32")
def not_from_outside_nato(
    world: data.World,
    who: Literal["willing-only", "all-six"],
    size_wanted: Literal["small", "medium", "large"],
    share: Literal["observed", "target", "land-model"],
    scale: float = 1,
) -> Outcome:
    """Whether what the members outside NATO could keep in the field falls short of a size proposed
    for the force, at its lower end; false only if one of them has offered soldiers by its own word.

    willing-only  those that have declined are not relied on
    What they have abroad already would have to come off and is not fully known, so the number is
    'at most'. scale: it as a multiple, for a what-if.
    """
    missing = "what the members outside NATO could keep in the field, and who of them offers it"
    rows, outside = proposals(world), relied_on(world)
    states = outside.left if who == "willing-only" else outside.all
    kept = sustained_by(world, states, share, standing="released")
    if SIZES[size_wanted] not in rows.index or kept.value is None:
        return Outcome(None, None, kept.rows, missing)
    wanted = size(rows, SIZES[size_wanted])
    if wanted.low is None:
        return Outcome(None, None, kept.rows, "the size wanted, at its lower end")
    least, most = _short(world, states, share, wanted.low / max(scale, 1e-9))
    holds = judged_by_model(least, most)
    if holds is False and not outside.offered:
        holds = None
    drawn = uncertainty.spread(kept, world.seed)
    names = world.country_names
    task = rows.loc[SIZES[size_wanted], "task"]
    smallest = wanted.low == rows.loc[rows["task"] == task, "low"].min()
    proposed = f"{'the least ' if smallest else ''}proposed for {task}"
    line = tables.say(
        "{states} could keep {kept} soldiers in the field ({range}) if none were abroad, where"
        f" {{wanted}} are {proposed}; {{declined}} {{have}} declined to send any, and {{offered}}.",
        states=tables.listed([names[code] for code in states]),
        kept=drawn,
        range=tables.range_of(drawn),
        wanted=quantities.exact(wanted.low, "persons", wanted.rows, Recipe("cell", "low")),
        declined=tables.listed([names[code] for code in outside.declined]),
        have="have" if len(outside.declined) > 1 else "has",
        offered=f"{tables.listed([names[code] for code in outside.offered])} "
        + (
            "have offered by their own word"
            if len(outside.offered) > 1
            else "has offered by its own word"
        ),
    )
    words = {likelihood(side) for side in (least, most)}
    return Outcome(
        holds,
        drawn,
        tuple(sorted({*kept.rows, *wanted.rows, *outside.rows})),
        missing,
        line=line,
        likelihood=words.pop() if len(words) == 1 else likelihood(least) if holds else None,
    )


def _short(
    world: data.World, states: tuple[str, ...], share: str, wanted: float
) -> tuple[float, float]:
    """The least and the greatest share of the draws in which some states fall short of a size: with
    everybody abroad brought home, and with those known to be abroad left there.

    What is open above may be enough; what has an unknown number abroad may be none at all.
    """
    free, bound = (
        sustained_by(world, states, share, standing=standing)
        for standing in ("released", "deducted")
    )
    least = 0.0
    if free.high is not None:
        least = 1 - uncertainty.chance(free, wanted, world.seed).number
    if bound.value is None or bound.low is None:
        return least, 1.0
    return least, max(least, 1 - uncertainty.chance(bound, wanted, world.seed).number)


@inputs("C32")
def _kept(world: data.World):
    rows = sustained_by(world, relied_on(world).all, "observed").rows
    whole = quantities.exact(1.0, "ratio", rows, Recipe("multiple", "1"))
    return [
        what_if_input(
            "C32",
            world,
            "scale",
            "times what they could keep in the field",
            "they could keep {at} times as many soldiers in the field",
            whole,
            whole=False,
        )
    ]
