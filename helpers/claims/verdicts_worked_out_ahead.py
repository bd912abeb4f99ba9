"""Every verdict worked out ahead: on other days, on other evidence, for other members, and with any
of the fair readings left out. What shows them has only to look them up.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from helpers import data, notebook_parameters
from helpers.claims import card_lines
from helpers.claims.days_of_the_slider import days, worlds
from helpers.claims.judge import Verdict, seen_in
from helpers.claims.readings import Reading, read
from helpers.claims.rule_of_each_claim import judged
from helpers.claims.verdict_from_readings import weigh
from helpers.claims.verdict_words_and_colours import VERDICTS
from helpers.quantities import Quantity

MOST = 6  # readings of a claim that can be left out one by one


@dataclass
class Moves:
    """The verdicts of one claim in some worlds.

    others  the fair readings beside the one as meant that vote in any of the worlds, by the ids of
            their rows in readings.csv; at most MOST
    states  what the claim comes to, each once: for every selection of the others (verdict, reader's
            line), the first for none left out; a set bit of the place leaves one out
    votes   for every state those of the others that vote in it: a set bit of the place for each
    at      which of the states it is in, world by world
    found   how many the claim as meant finds where that does not decide it, by the reader's line
    """

    others: list[tuple[str, ...]]
    states: list[list[tuple[str, str]]]
    votes: list[int]
    at: list[int]
    found: dict[str, int] = field(default_factory=dict)


def moves(claim: str, within: Sequence[data.World]) -> Moves:
    """The verdicts of a claim in some worlds."""
    row = data.load("claims", within[0].folder).loc[claim].to_dict()
    found = list(_found(row, within))
    votes = (reading for readings in found for reading in readings if not reading.as_worded)
    made = Moves(list(dict.fromkeys(reading.ids for reading in votes))[:MOST], [], [], [])
    known: dict[tuple, int] = {}
    for readings, world in zip(found, within, strict=True):
        told = (
            world.evidence,
            *((r.ids, r.outcome.holds, str(card_lines.told(r, world.folder))) for r in readings),
        )
        if told not in known:
            known[told] = len(made.states)
            made.states.append(_selections(row, readings, world, made))
            voting = {reading.ids for reading in readings}
            made.votes.append(sum(1 << bit for bit, ids in enumerate(made.others) if ids in voting))
        made.at.append(known[told])
    return made


def _found(row: dict, within: Sequence[data.World]) -> Iterator[list[Reading]]:
    """The fair readings of a claim in each world; once for all rosters where it reads none."""
    free: dict[data.World, list[Reading]] = {}
    for world in (seen_in(row, world) for world in within):
        narrowed = world.narrowed("as_of", "evidence", "seed", "timing")
        try:
            if narrowed not in free:
                free[narrowed] = read(row["id"], narrowed, all_readings=False)
            yield free[narrowed]
        except data.UndeclaredError:
            yield read(row["id"], world, all_readings=False)


def _selections(
    row: dict, readings: list[Reading], world: data.World, moves: Moves
) -> list[tuple[str, str]]:
    """Verdict and line of a claim for every selection of its other readings; `moves` keeps what
    does not decide it.
    """
    others = moves.others
    made = []
    for place in range(2 ** len(others)):
        out = [ids for bit, ids in enumerate(others) if place >> bit & 1]
        kept = [reading for reading in readings if reading.ids not in out]
        verdict = Verdict(row, world, tuple(kept), weigh(kept))
        made.append((verdict.verdict, str(verdict.line)))
        meant = verdict.as_worded.outcome
        number = meant.computed.value if isinstance(meant.computed, Quantity) else None
        if meant.holds is None and isinstance(number, int):
            moves.found[made[-1][1]] = number
    return made


def table(newest: str, folder: Path = data.DATA) -> dict:
    """All of it as JSON can hold it, verdicts by their place among VERDICTS and lines by theirs
    among `lines`.
    """
    within = worlds(newest, folder)
    meanings = data.load("readings", folder)["meaning"]
    lines: dict[str, int] = {}
    every = {}
    found: dict[str, int] = {}
    for claim in judged():
        made = moves(claim, within)
        found |= made.found
        (meant,) = (r.ids for r in read(claim, within[0], all_readings=False) if r.as_worded)
        every[claim] = {
            "others": [
                "; ".join(dict.fromkeys(meanings[id] for id in ids if id not in meant))
                for ids in made.others
            ],
            "votes": made.votes,
            "at": made.at,
            "states": [
                [
                    [VERDICTS.index(verdict), lines.setdefault(line, len(lines))]
                    for verdict, line in state
                ]
                for state in made.states
            ],
        }
    return {
        "days": days(newest),
        "evidence": list(notebook_parameters.EVIDENCE),
        "roster": list(notebook_parameters.ROSTERS),
        "claims": every,
        "lines": list(lines),
        "found": {str(lines[line]): number for line, number in found.items()},
    }
