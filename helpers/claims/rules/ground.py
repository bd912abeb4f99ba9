"""C32: whether the members outside NATO could provide the ground troops."""

from typing import Literal

from helpers import data, quantities, uncertainty
from helpers.claims import Outcome, inputs, rule, what_if_input
from helpers.ground import SIZES, beyond, size, sustained_by
from helpers.recipes import Recipe

GROUPS = {"all-six": "all", "willing-only": "not-declined"}


@rule("C32")
def not_from_outside_nato(
    world: data.World,
    who: Literal["all-six", "willing-only"],
    size_wanted: Literal["small", "medium", "large"],
    share: Literal["observed", "target", "land-model"],
    scale: float = 1,
) -> Outcome:
    """Whether what the members outside NATO could keep deployed falls short of a size proposed for
    the force, at its lower end.

    What they have abroad already is not fully known, so the number is 'at most'. scale: it as a
    multiple, for a what-if.
    """
    missing = (
        "the personnel of the members outside NATO, and the share of it that can be kept deployed"
    )
    rows = world.until("proposals")
    kept = sustained_by(world, beyond(world, GROUPS[who]), share)
    if SIZES[size_wanted] not in rows.index or kept.value is None:
        return Outcome(None, None, kept.rows, missing)
    wanted = size(rows, SIZES[size_wanted])
    enough = uncertainty.reaches(kept, wanted.low / max(scale, 1e-9), world.seed)
    return Outcome(
        None if enough is None else not enough,
        kept,
        tuple(sorted({*kept.rows, *wanted.rows})),
        missing,
    )


@inputs("C32")
def _kept(world: data.World):
    rows = sustained_by(world, beyond(world, "all"), "observed").rows
    whole = quantities.exact(1.0, "ratio", rows, Recipe("multiple", "1"))
    return [
        what_if_input(
            "C32", world, "scale", "times what the six could keep deployed", whole, whole=False
        )
    ]
