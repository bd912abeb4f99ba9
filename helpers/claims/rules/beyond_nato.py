"""C16: which members beyond NATO have significant military capabilities."""

from typing import Literal

from helpers import data
from helpers.beyond_nato import BARS, passing
from helpers.claims import Outcome, rule


@rule("C16")
def significant(
    world: data.World,
    measure: Literal["military-expenditure", "active-personnel", "combat-aircraft"],
    bar: Literal["median", "equal-share", "one-percent"],
) -> Outcome:
    """The members beyond NATO that pass a bar on a measure of size, against the two named."""
    found, rows = passing(world, measure.replace("-", " "), BARS[bar])
    if found is None:
        return Outcome(None, missing=f"the {measure.replace('-', ' ')} of every member beyond NATO")
    return Outcome(found == data.row("C16", world.folder)["stated"].split(), found, rows)
