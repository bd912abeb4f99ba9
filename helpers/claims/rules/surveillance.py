"""C19 to C21: what the force would need to see, who has the like of America's eyes, and whose
satellites they are.
"""

import functools
from typing import Literal

from helpers import data, quantities, uncertainty
from helpers.claims import Outcome, every, inputs, rule, some, what_if_input
from helpers.commitments import tasks
from helpers.recipes import Recipe
from helpers.refuelling import BARS
from helpers.surveillance import (
    ASSETS,
    SENSORS,
    american,
    american_share,
    fleets,
    needed,
    orbits,
    owned_by,
    share,
)
from helpers.timeline import searches

SUPPLY = {"members": "members", "with-nato-owned": "members-and-nato"}
UNIT = "Space Delta 7"


@rule("C19")
def needs_american_surveillance(
    world: data.World,
    basis: Literal["orbits", "foreseen", "record"],
    mission: Literal["deterrence", "reassurance", "monitoring"],
    supply: Literal["members", "with-nato-owned"],
    scale: float = 1,
) -> Outcome:
    """Whether the force would be short of what it must see with.

    orbits    whether some sensor's orbits that the mission takes exceed those that the supplier
              keeps up
    foreseen  whether the states' own texts give the watching to America
    record    whether America flew more than half of the surveillance in every past operation that
              has a published share; open where the
              published shares differ on that
    Sensors are never added. scale: the supplier's orbits as a multiple, for a what-if.
    """
    if basis == "foreseen":
        rows = tasks(world)
        rows = rows[rows["field"] == "monitoring"]
        led = rows[rows["actor"] == "USA"]
        holds = len(led) > 0 if len(rows) else None
        return Outcome(
            holds,
            holds,
            tuple(sorted(led.index if len(led) else rows.index)),
            "a text on who is to watch, by the day",
        )
    if basis == "record":
        rows = world.until("shares")
        rows = rows[rows["subject"] == "surveillance"]
        sides = {quantities.exceeds(american_share(rows, id), 0.5) for id in rows.index}
        return Outcome(
            sides.pop() if len(sides) == 1 else None,
            None,
            tuple(sorted(rows.index)),
            "published shares that agree on half of the surveillance",
        )
    short, rows = [], set()
    for sensor in SENSORS:
        need, kept = needed(world, sensor, mission), orbits(world, sensor, SUPPLY[supply])
        short.append(falls_short(need, kept, world.seed, scale))
        rows |= set(need.rows) | set(kept.rows)
    return Outcome(
        some(short),
        some(short),
        tuple(sorted(rows)),
        "orbits that the mission takes and the fleets keep up, for every sensor",
    )


def falls_short(
    need: quantities.Quantity, kept: quantities.Quantity, seed: int, scale: float = 1
) -> bool | None:
    """Whether what is kept up falls short of a need in nearly all the draws of both; False in
    nearly none; None in between.
    """
    enough = uncertainty.reaches(quantities.ratio(kept, need), 1 / max(scale, 1e-9), seed)
    return None if enough is None else not enough


@inputs("C19")
def _orbits(world: data.World):
    rows = owned_by(world, SENSORS["airborne early warning"], "members-and-nato", "same-class")
    whole = quantities.exact(1.0, "ratio", tuple(rows.index), Recipe("multiple", "1"))
    return [
        what_if_input(
            "C19", world, "scale", "times the orbits that members keep up", whole, whole=False
        )
    ]


@functools.lru_cache(512)
def _lacking(
    world: data.World, asset, owner: str, likeness: str
) -> tuple[bool | None, tuple[str, ...]]:
    """Whether nobody else has the like of an asset, with the fleets that falsify it."""
    rows = owned_by(world, asset, owner, likeness)
    has = rows[rows["in_service"] > 0]
    if len(has):
        return False, tuple(has.index)
    return None if len(rows) or american(world, asset, likeness).empty else True, ()


@rule("C20a")
def none_of_the_kind(
    world: data.World,
    likeness: Literal["same-class", "same-type"],
    owner: Literal["nato", "national", "members"],
    scope: Literal["every", "some"],
) -> Outcome:
    """Absence, against the named falsifier: one aircraft or satellite of the type or class in the
    owner's hands.

    every  of none of the named assets does the owner have the like; some  it is enough that it
           lacks one of them
    It holds only where a search for counterparts is recorded. Computed: in how many classes there
    is one.
    """
    found = [_lacking(world, asset, owner, likeness) for asset in ASSETS]
    falsifiers = tuple(sorted(id for _, ids in found for id in ids))
    holds = (every if scope == "every" else some)([lacking for lacking, _ in found])
    looked = searches(world, "C20a")
    if holds and looked.empty:
        holds = None
    rows = falsifiers or tuple(
        sorted(id for asset in ASSETS for id in fleets(world, asset, likeness).index)
    )
    computed = quantities.distinct(
        world.table("capabilities").loc[list(falsifiers)], "class", "classes with a counterpart"
    )
    return Outcome(
        holds,
        computed,
        rows + tuple(looked.index) * bool(holds),
        "observations of the fleets, or a recorded search for counterparts",
    )


@rule("C20b")
def none_on_the_scale(
    world: data.World,
    bar: Literal["half", "quarter", "tenth"],
    count: Literal["class", "type"],
    owner: Literal["nato", "national", "members"],
    scope: Literal["each-class", "most-classes"],
    scale: float = 1,
) -> Outcome:
    """Whether the owner's fleets stay below a share of the American that would be comparable, class
    by class.

    each-class  in every one; most-classes  in more than half of them. Who has none stays below any
                bar, also of an unknown number.
    scale: the owner's fleets as a multiple, for a what-if. Computed: how many classes are surely
    below.
    """
    below, rows, sure = [], set(), []
    for asset in ASSETS:
        theirs, ours, counted = _sides(world, asset, owner, f"same-{count}")
        part = share(world, asset, owner, f"same-{count}")
        rows |= {*theirs, *part.rows}
        small = quantities.less_than(part, BARS[bar] / max(scale, 1e-9))
        below.append(True if ours and not theirs else small)
        sure += counted if below[-1] else ()
    holds = every(below) if scope == "each-class" else _most(below)
    classes = quantities.distinct(
        world.table("capabilities").loc[sure], "class", "of the classes named surely below the bar"
    )
    return Outcome(
        holds,
        classes,
        tuple(sorted(rows)),
        "American numbers by class that are public and exact enough",
    )


@functools.lru_cache(512)
def _sides(
    world: data.World, asset, owner: str, likeness: str
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """The fleets like an asset that the owner has, those that America has, and of these the ones
    whose number is admitted.
    """
    theirs, ours = owned_by(world, asset, owner, likeness), american(world, asset, likeness)
    return tuple(theirs.index), tuple(ours.index), tuple(ours.index[~ours["unread"]])


def _most(outcomes: list[bool | None]) -> bool | None:
    """Three-valued 'more than half'."""
    half = len(outcomes) / 2
    return True if outcomes.count(True) > half else False if outcomes.count(False) >= half else None


@inputs("C20b")
def _fleets(world: data.World):
    rows = owned_by(world, ASSETS[3], "nato", "same-class")
    whole = quantities.exact(1.0, "ratio", tuple(rows.index), Recipe("multiple", "1"))
    return [
        what_if_input(
            "C20b",
            world,
            "scale",
            "times the fleets that the other side has today",
            whole,
            whole=False,
        )
    ]


@rule("C21")
def delta_sevens(world: data.World, relation: Literal["operates", "uses"]) -> Outcome:
    """Whose the satellites are, by what texts say of the unit and of others.

    operates  the unit flies reconnaissance satellites; uses  it exploits what they deliver
    A text that credits the unit falsifies nothing else; without one, texts that credit others with
    the same satellites do.
    """
    rows = world.until("attributions")
    own, others = (
        rows[rows["unit"] == UNIT],
        rows[
            (rows["unit"] != UNIT)
            & (rows["role"] == "operates")
            & (rows["kind"] == "reconnaissance")
        ],
    )
    credited = own[own["role"] == relation]
    if len(credited):
        return Outcome(True, True, tuple(sorted(credited.index)))
    if relation == "operates" and len(own) and len(others):
        looked = searches(world, "C21")
        return Outcome(False, False, tuple(sorted([*own.index, *others.index, *looked.index])))
    return Outcome(
        None,
        missing=f"a published text on what {UNIT} does with satellites",
        rows=tuple(sorted(own.index)),
    )
