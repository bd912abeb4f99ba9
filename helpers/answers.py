"""The questions that the article leaves open, answered together: what could be kept up without America, with part of it, with all of it."""

import functools
from dataclasses import dataclass

from helpers import data, ground, patrols, quantities, sensitivity, surveillance
from helpers.quantities import Quantity
from helpers.tables import Sentence, range_of, say

PART = quantities.chosen(0.25)  # of the American fleets, for partial support
AREA = "place/area-kyiv"
GROUPS = {"willing": "members that offered troops", "all": "all members"}


@dataclass(frozen=True)
class Answer:
    """A question beyond the article with its answers; `america` is what American fleets would add, None where they would add nothing."""

    question: str
    alone: Quantity
    america: Quantity | None = None

    def with_part(self, part: Quantity) -> Quantity | str:
        """The answer with a part of the American fleets."""
        return quantities.add(self.alone, quantities.scaled(self.america, part, self.alone.unit)) if self.america else "the same"


def with_range(number: Quantity) -> Sentence:
    """A number and, in brackets, the range that the ends of its inputs give it."""
    found = range_of(number)
    return say("{number} ({range})", number=number, range=found) if found else say("{number}", number=number)


@functools.lru_cache(16)
def answers(world: data.World) -> tuple[Answer, ...]:
    """The questions in the order of the notebooks; tankers as observed in operations, orbits with what NATO owns in common."""
    d = patrols.distance(world, patrols.nearest(world, AREA), AREA)
    pairs = [patrols.carried(world, owner, "observed", d) for owner in ("members", "usa")]
    found = [
        Answer(f"{sensor} orbits", surveillance.orbits(world, sensor, "members-and-nato"), surveillance.orbits(world, sensor, "usa"))
        for sensor in surveillance.SENSORS
    ]
    found.append(Answer("fighter pairs over Kyiv", *pairs))
    for who in GROUPS:
        found.append(Answer(f"soldiers of {GROUPS[who]}", ground.sustained_by(world, tuple(ground.states(world, who)))))
    return tuple(found)


def answer_rows(world: data.World) -> list[dict]:
    """What could be kept up day and night without end, by how much of the American fleets takes part, and the input that moves it most."""
    return [
        {
            "kept up without end": answer.question, "without America": with_range(answer.alone),
            "with a quarter of its fleets": answer.with_part(PART), "with all": answer.with_part(quantities.chosen(1)),
            "moved most by": sensitivity.driver(answer.alone, world),
        }
        for answer in answers(world)
    ]  # fmt: skip
