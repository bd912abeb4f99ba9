"""The questions that the article leaves open, answered together: what could be kept up without
America, with part of it, with all of it.
"""

import functools
from collections.abc import Callable
from dataclasses import dataclass

from helpers import (
    data,
    ground,
    inputs_that_turn_an_answer,
    numbers_known_by_their_ends,
    patrols,
    quantities,
    refuelling,
    sensitivity,
    sobol_indices,
    surveillance,
    uncertainty,
)
from helpers.claims.firmness import JUDGED, RECALL, grounds
from helpers.quantities import Quantity
from helpers.tables import ANSWERS, Carrying, Lines, Linked, Sentence, listed, say

PART = quantities.chosen(0.25)  # of the American fleets, for partial support
AREA = "place/area-kyiv"
GROUPS = {"willing": "soldiers of members that would send them", "all": "soldiers of all members"}
WAYS: dict[str, Callable[[data.World, tuple[str, ...]], Quantity]] = {
    "by their record": ground.recorded_by,
    "by declared shares, Türkiye apart": ground.declared_by,
}


@dataclass(frozen=True)
class Answer:
    """A question beyond the article: what could be kept up without America, what America's fleets
    would add, and what would be enough.

    america   what American fleets would add; None where they would add nothing
    enough    the value from which the conclusion is yes, and words for it
    capacity  the same if nothing but time on the ground held the fleets back, where that is known
    binds     what sets the number, in words
    patrol    of patrols, the pairs that fighters allow, the fuel that own tankers give a day, to
              which the American add, and the fuel that a pair takes
    """

    question: str
    alone: Quantity
    enough: Quantity
    words: str
    america: Quantity | None = None
    capacity: Quantity | None = None
    binds: str = ""
    patrol: tuple[Quantity, Quantity, Quantity] | None = None

    def with_part(self, part: Quantity) -> Quantity:
        """The answer with a part of the American fleets."""
        if self.america is None:
            return self.alone
        more = quantities.scaled(self.america, part, self.america.unit)
        if self.patrol is None:
            return quantities.add(self.alone, more)
        by_fighters, own, patrol = self.patrol
        return patrols.both(by_fighters, quantities.add(own, more), patrol)


@functools.lru_cache(16)
def answers(world: data.World) -> tuple[Answer, ...]:
    """The questions in the order of the notebooks: orbits of NATO without America, with what NATO
    owns in common, and patrols by Europe's members, tankers as observed in operations.
    """
    asked = []
    for sensor in surveillance.SENSORS:
        lasting, most = (
            kept(world, sensor, "nato")
            for kept in (surveillance.orbits_without_end, surveillance.orbits)
        )
        asked.append(
            Answer(
                f"{sensor} orbits of NATO without America",
                lasting,
                surveillance.needed(world, sensor, "reassurance"),
                "orbit assumed for reassurance",
                surveillance.orbits_without_end(world, sensor, "usa"),
                most,
                surveillance.what_binds(lasting, most),
            )
        )
    d = patrols.distance_to(world, AREA)
    by_fighters = patrols.flown_by(world, "europe", d, "without end")
    fuel, more = (patrols.given(world, whose, "observed", "drogue") for whose in ("europe", "usa"))
    asked.append(
        Answer(
            "fighter pairs over Kyiv by Europe's members",
            patrols.kept(world, "europe", d, "without end"),
            quantities.chosen(1, "patrols"),
            "continuous pair",
            more,
            patrols.kept(world, "europe", d, "a week"),
            patrols.what_binds(world, "europe", d, "without end"),
            (by_fighters, fuel, patrols.tanker_fuel(world, d)),
        )
    )
    rows = world.until("proposals")
    size = (
        ground.size(rows, ground.SIZES["medium"])
        if ground.SIZES["medium"] in rows.index
        else Quantity(None)
    )
    asked += [
        Answer(
            f"{words}, {way}",
            kept(world, ground.states(world, who)),
            size,
            "soldiers, the land part of a large division",
        )
        for who, words in GROUPS.items()
        for way, kept in WAYS.items()
    ]
    return tuple(asked)


def answer_rows(world: data.World) -> list[dict]:
    """What could be kept up day and night without end, by how much of the American fleets takes
    part; medians with 5-95 % intervals.
    """
    rows = []
    for answer in answers(world):
        rows.append(
            {
                "kept up without end": answer.question,
                "without America": uncertainty.in_words(answer.alone, world),
                "for a week at most": (
                    uncertainty.in_words(answer.capacity, world) if answer.capacity else ""
                ),
                "with a quarter of its fleets": (
                    uncertainty.in_words(answer.with_part(PART), world)
                    if answer.america
                    else "the same"
                ),
                "with all": (
                    uncertainty.in_words(answer.with_part(quantities.chosen(1)), world)
                    if answer.america
                    else "the same"
                ),
                "what binds": answer.binds,
                "driven by": sobol_indices.driver(answer.alone, world),
            }
        )
    return rows


def records(world: data.World) -> list[dict]:
    """The answers without America as data: what each is called, its words with their unit, the
    median with the ends of the 5-95 % interval, what would be enough, and the smallest change of
    inputs that turns the conclusion round: none where no three inputs do, null where unknown.
    """
    found = []
    for answer in answers(world):
        drawn, unit = uncertainty.spread(answer.alone, world.seed), answer.alone.unit
        interval = str(uncertainty.in_words(answer.alone, world)).removeprefix(str(drawn))
        words = str(drawn) if drawn.value is None else f"{drawn} {unit}{interval}"
        numbers = {
            name: quantities.plain(getattr(drawn, name)) for name in ("value", "low", "high")
        }
        turned = {"enough": answer.enough.value, "turned_round_by": _turned_round_by(answer)}
        found.append({"answer": answer.question, "words": words, "unit": unit} | numbers | turned)
    return found


def _turned_round_by(answer: Answer) -> list[dict] | None:
    """Each input of the smallest change, by its row, with its own value and the one that it is
    moved to.
    """
    if answer.alone.value is None or answer.enough.value is None:
        return None
    inputs = sensitivity.leaves(answer.alone)
    return [
        {
            "input": change.id,
            "unit": inputs[change.id].unit,
            "value": inputs[change.id].value,
            "at": change.at,
        }
        for change in inputs_that_turn_an_answer.smallest(answer.alone, answer.enough.value)
    ]


def kept_up(world: data.World, caption: str) -> Carrying:
    """The table of what could be kept up, which carries the answers as data."""
    return Carrying(caption, tuple(answer_rows(world)), ANSWERS, tuple(records(world)))


def conclusion_rows(world: data.World) -> list[dict]:
    """For each answer what would be enough, whether it is reached, in what share of the draws, and
    the smallest change that turns it round.
    """
    rows = []
    for answer in answers(world):
        alone, enough = answer.alone, answer.enough.value
        reached = "unknown"
        part: Quantity | str = "unknown"
        change: Sentence | str = "unknown"
        if alone.value is not None and enough is not None:
            reached = "yes" if alone.value >= enough else "no"
            if reached == "yes" and alone.low is None:
                reached = "at most"
            part = uncertainty.chance_told(alone, enough, world.seed)
            change = inputs_that_turn_an_answer.told(alone, enough, world)
        rows.append(
            {
                "kept up without America": answer.question,
                "enough would be": Linked(f"{answer.enough} {answer.words}", answer.enough),
                "reached": reached,
                "in the draws": part,
                "turned round by": change,
            }
        )
    return rows


def asked_first(world: data.World) -> dict[str, Quantity]:
    """The answers that the front page begins with, by their names there."""
    return {
        "Soldiers kept up": ground.offers(world),
        "Radar aircraft always in the air": surveillance.radar_orbits(world),
        "Tankers, large jets, to one of NATO’s others": refuelling.like_for_like(
            world, "nato", "jets", "any"
        ),
        "Pairs of fighters over Kyiv": patrols.kept(
            world, "europe", patrols.distance_to(world, AREA), "without end"
        ),
    }


def our_own(world: data.World) -> Lines:
    """For each of these answers how many of its inputs no source gives, and which of them is first
    or second in driving its spread, a sentence each.
    """
    return Lines(
        tuple(_our_own(words, answer, world) for words, answer in asked_first(world).items())
    )


def _our_own(words: str, answer: Quantity, world: data.World) -> Sentence:
    """The same for one answer."""
    by_ground = grounds(answer.rows, world.folder)
    own = {ground: by_ground[ground] for ground in (JUDGED, RECALL) if ground in by_ground}
    ids = {id for ids in own.values() for id in ids}
    drawn = (
        uncertainty.in_words(answer, world)
        if sobol_indices.sobol(answer, world.seed)
        else numbers_known_by_their_ends.range_words(answer)
    )
    if not ids:
        return say(f"{words}, {{drawn}}: no input is our judgement or remembered.", drawn=drawn)
    counts = {
        f"n_{at}": quantities.exact(len(ids), "", tuple(ids)) for at, ids in enumerate(own.values())
    }
    parts = [f"{{{name}}} {ground}" for name, ground in zip(counts, own, strict=True)]
    first = sobol_indices.sobol(answer, world.seed)[:2]
    leading = {f"driver_{at}": index.id for at, index in enumerate(first) if index.id in ids}
    named = [f"the {('first', 'second')[int(name[-1])]} ({{{name}}})" for name in leading]
    are = "are" if len(named) > 1 else "is"
    driven = (
        f"of what drives the spread, {listed(named)} {are} among these"
        if named
        else "the two that drive the spread most are others"
    )
    rest = "rests on" if str(next(iter(counts.values()))) == "1" else "rest on"
    resting = listed(parts).replace("on", rest, 1)
    return say(
        f"{words}, {{drawn}}: of its inputs {resting}; {driven}.",
        drawn=drawn,
        **counts,
        **{name: sensitivity.name(id, world) for name, id in leading.items()},
    )
