"""The readings of a claim: rows of readings.csv, and the outcome of each."""

import functools
import inspect
import itertools
from dataclasses import dataclass, replace
from pathlib import Path

from helpers import data, word_check
from helpers.claims.rule_of_each_claim import RULES, judged, options
from helpers.quantities import Quantity
from helpers.tables import Sentence


@dataclass(frozen=True)
class Outcome:
    """What one reading of a claim comes to.

    holds     True, False, or None where the rows do not suffice
    computed  what stands beside the stated value: a Quantity, a list of codes, an ISO date, a bool,
              or None
    rows      ids of the rows it rests on
    missing   what an unknown outcome lacks, in words
    searched  for an unknown outcome: a search is recorded and found no public record either way
    opinion   no fact could decide it
    line      what it shows, as one plain sentence a newspaper would print, with its numbers;
              None: a sentence is made from `computed`
    likelihood  where it rests on a model: the calibrated word of `claims.likelihood`
    """

    holds: bool | None
    computed: object = None
    rows: tuple[str, ...] = ()
    missing: str = ""
    searched: bool = False
    opinion: bool = False
    line: Sentence | None = None
    likelihood: str | None = None


@dataclass(frozen=True)
class Reading:
    """One combination of options: {choice: option}, with the rows of readings.csv behind it and its
    outcome. `as_worded`: it is the claim as meant, hedges included.
    """

    options: dict
    ids: tuple[str, ...]
    as_worded: bool
    votes: bool
    outcome: Outcome

    @property
    def label(self) -> str:
        """The options of the reading, separated by commas."""
        return ", ".join(option.replace("-", " ") for option in self.options.values()) or "as meant"


def every(outcomes: list[bool | None]) -> bool | None:
    """Three-valued 'all'."""
    return False if False in outcomes else None if None in outcomes else True


def some(outcomes: list[bool | None]) -> bool | None:
    """Three-valued 'any'."""
    return True if True in outcomes else None if None in outcomes else False


@functools.lru_cache(256)
def _readings(claim: str, folder: Path) -> tuple[Reading, ...]:
    """All combinations of a claim's options in readings.csv, in the order of its rule and without
    an outcome yet.

    Raises DataError for one that the claim's rule does not know: it would be judged as another.
    """
    rows = data.load("readings", folder)
    rows = rows[rows["claim"] == claim]
    for id, row in rows.iterrows():
        if row["option"] not in options(claim).get(row["choice"], ()):
            raise data.DataError(
                f"data/readings.csv: {id} is nothing that the rule of {claim} knows. `make"
                " check-data` says more"
            )
    choices = []
    for choice, known in options(claim).items():
        own = rows[rows["choice"] == choice]
        if len(own):
            choices.append(sorted(own.iterrows(), key=lambda row: known.index(row[1]["option"])))
    return tuple(
        Reading(
            {row["choice"]: row["option"] for _, row in combination},
            tuple(id for id, _ in combination),
            all(row["as_worded"] == "yes" for _, row in combination),
            all("yes" in (row["votes"], row["as_worded"]) for _, row in combination),
            Outcome(None),
        )
        for combination in itertools.product(*choices)
    )


def read(claim: str, world: data.World, all_readings: bool = True, **what_if) -> list[Reading]:
    """Every reading of a claim with its outcome, the one as meant first.

    The readings are all combinations of the options in readings.csv; one votes if each of its
    options does or is the one as meant. Combinations that come to the same number from the same
    rows count once, and so do those that differ in timing alone and come to the same; the one as
    meant, then a voting one, stands for them.

    Parameters
    ----------
    claim : str
        The claim's id.
    world : World
        The world judged in; a reading that chooses the timing is judged with its own.
    all_readings : bool
        Whether those that do not vote are given too.
    **what_if : object
        Numbers put in place of counted ones, by the names that the claim's rule takes.
    """
    judged()
    claim = word_check.word("claim", claim, RULES)
    takes = inspect.signature(RULES[claim]).parameters if what_if else {}
    for name in what_if.keys() - takes.keys():
        raise word_check.WordError("number", name, takes)
    outcomes = []
    for reading in _readings(claim, world.folder):
        if reading.votes or all_readings:
            taken = {choice.replace("-", "_"): option for choice, option in reading.options.items()}
            looked = replace(world, timing=taken.pop("timing", world.timing))
            outcomes.append(
                replace(
                    reading,
                    options=dict(reading.options),
                    outcome=RULES[claim](looked, **taken, **what_if),
                )
            )
    outcomes.sort(key=lambda reading: (not reading.as_worded, not reading.votes))
    kept = []
    distinct: dict[tuple, tuple] = {}
    for reading in outcomes:
        outcome = reading.outcome
        value = (
            outcome.computed.value
            if isinstance(outcome.computed, Quantity)
            else str(outcome.computed)
        )
        known = (outcome.rows, value, outcome.holds) if outcome.rows else reading.ids
        words = tuple(
            (choice, option) for choice, option in reading.options.items() if choice != "timing"
        )
        if known not in distinct and (words, outcome.holds) not in distinct.values():
            distinct[known] = (words, outcome.holds)
            kept.append(reading)
    return kept
