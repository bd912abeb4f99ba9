"""One verdict a claim: judged from its readings, with what would flip it and its evidence."""

import functools
import itertools
from dataclasses import dataclass, replace

from helpers import data, numbers_known_by_their_ends, quantities, rounding, tables, word_check
from helpers.claims import card_html, card_lines
from helpers.claims.firmness import firmness
from helpers.claims.readings import Reading, read
from helpers.claims.rule_of_each_claim import INPUTS, judged
from helpers.claims.value_that_flips_a_verdict import Tip, tipping_point
from helpers.claims.verdict_from_readings import weigh
from helpers.claims.verdict_words_and_colours import WORDS
from helpers.quantities import Quantity
from helpers.recipe_acts import Recipe

MIME = "application/vnd.willing-and-able.verdict+json"


@dataclass(frozen=True)
class Verdict:
    """A claim judged in a world: what the article states, what the rows give, under which readings,
    and what would flip it.

    given  its readings: all, or so far those that vote alone
    """

    claim: dict
    world: data.World
    given: tuple[Reading, ...]
    verdict: str
    all_given: bool = True

    @functools.cached_property
    def readings(self) -> tuple[Reading, ...]:
        """Its readings, those beside the claim worked out when they are first asked for."""
        if self.all_given:
            return self.given
        every = read(self.claim["id"], self.world)
        return (*self.given, *(reading for reading in every if not reading.votes))

    @functools.cached_property
    def tip(self) -> Tip | None:
        """What would flip the verdict: of its inputs the one that is nearest to doing so."""
        claim = self.claim["id"]
        if claim not in INPUTS or self.verdict == "undecided":
            return None
        tips = [tipping_point(entry, self.verdict) for entry in INPUTS[claim](self.world)]
        return min(filter(None, tips), key=_distance, default=None)

    @functools.cached_property
    def evidence(self) -> dict[str, list[str]]:
        """The rows of its voting readings by their verification grade."""
        return grades(self.rows, self.world)

    @property
    def as_worded(self) -> Reading:
        """The claim as meant."""
        return next(reading for reading in self.given if reading.as_worded)

    @property
    def voting(self) -> list[Reading]:
        """The fair readings, which count towards the verdict."""
        return [reading for reading in self.given if reading.votes]

    @property
    def holding(self) -> list[Reading]:
        """The fair readings on which the claim is true."""
        return [reading for reading in self.voting if reading.outcome.holds]

    @property
    def failing(self) -> list[Reading]:
        """The fair readings on which the claim is false."""
        return [reading for reading in self.voting if reading.outcome.holds is False]

    @property
    def unknown(self) -> list[Reading]:
        """The fair readings on which nothing is known."""
        return [reading for reading in self.voting if reading.outcome.holds is None]

    @property
    def contrary(self) -> list[Reading]:
        """The fair readings that make a verdict depend: the nearest to the claim as meant that says
        otherwise; where that is unknown, the nearest true one and the nearest false one.
        """
        return [
            self._nearest(holds)
            for holds in (True, False)
            if self.verdict == "depends" and holds is not self.as_worded.outcome.holds
        ]

    @property
    def decisive(self) -> list[Reading]:
        """The readings on which the verdict rests."""
        return [self.as_worded, *self.contrary]

    @property
    def others(self) -> list[Reading]:
        """The fair readings that a card names beside the one as meant: those that differ from it in
        one choice, and those that make the verdict depend.
        """
        named = [reading for reading in self.voting if self.apart(reading) == 1]
        return [*named, *(reading for reading in self.contrary if reading not in named)]

    @property
    def beside(self) -> list[Reading]:
        """The readings that do not vote and differ from the claim as meant in one choice."""
        return [r for r in self.readings if not r.votes and self.apart(r) == 1]

    def apart(self, reading: Reading) -> int:
        """In how many choices a reading differs from the claim as meant."""
        meant = self.as_worded.options
        return sum(meant[choice] != option for choice, option in reading.options.items())

    def _nearest(self, holds: bool) -> Reading:
        """The fair reading nearest to the claim as meant that comes to this."""
        alike = [reading for reading in self.voting if reading.outcome.holds is holds]
        return min(alike, key=self.apart)

    @property
    def line(self) -> tables.Sentence:
        """The reader's line: the claim's outcome in one plain sentence."""
        return card_lines.line(self)

    @property
    def found(self) -> tables.Sentence | None:
        """The value it comes to as meant, in words; None for a yes or no and for an unknown one."""
        return card_lines.found(self.as_worded.outcome, self.world.folder)

    @property
    def counts(self) -> tables.Sentence:
        """In how many fair readings it is true, false and unknown."""
        groups = (self.holding, self.failing, self.unknown)
        return card_lines.counts(*map(self.reading_count, groups))

    @property
    def firmness(self) -> str | None:
        """On what kind of record the verdict rests, in words; an opinion rests on none."""
        decisive = [] if self.verdict == "opinion" else self.decisive
        return firmness(decisive, self.world.folder)

    @property
    def weakest(self) -> str | None:
        """The weakest grade of its rows."""
        return max(self.evidence, key=list(data.GRADES).index, default=None)

    @property
    def missing(self) -> list[str]:
        """What the unknown readings lack, each once."""
        return sorted({reading.outcome.missing for reading in self.unknown} - {""})

    @property
    def rows(self) -> tuple[str, ...]:
        """Every row the voting readings rest on."""
        return tuple(sorted({row for reading in self.voting for row in reading.outcome.rows}))

    @property
    def deciding(self) -> list[str]:
        """The choices that flip the outcome by themselves, all others held, the one that does so
        most often first.
        """
        flips: dict[str, int] = {}
        for one, other in itertools.combinations(self.voting, 2):
            different = [
                choice for choice in one.options if one.options[choice] != other.options[choice]
            ]
            if len(different) == 1 and {one.outcome.holds, other.outcome.holds} == {True, False}:
                flips[different[0]] = flips.get(different[0], 0) + 1
        return sorted(flips, key=lambda choice: (-flips[choice], choice))

    def extremes(self, words: str) -> tables.Sentence:
        """The numbers of the fair readings that give the least and the most, in words with the
        places {lowest} and {highest}.
        """
        numbers = [r.outcome.computed for r in self.voting]
        lowest, highest = quantities.extremes([n for n in numbers if isinstance(n, Quantity)])
        return tables.say(
            words,
            lowest=numbers_known_by_their_ends.range_words(lowest),
            highest=numbers_known_by_their_ends.range_words(highest),
        )

    def swings(self) -> list[dict]:
        """How far each choice alone moves the number: the two readings with the largest factor
        between them that differ in nothing else, each with its number.
        """
        numbers = [
            (r.outcome.computed, r.options)
            for r in self.readings
            if isinstance(r.outcome.computed, Quantity) and r.outcome.computed.value
        ]
        numbers.sort(key=lambda pair: pair[0].number)
        most: dict[str, tuple[float, tuple[Quantity, str], tuple[Quantity, str]]] = {}
        for (less, one), (more, other) in itertools.combinations(numbers, 2):
            choices = [choice for choice in one if one[choice] != other[choice]]
            if len(choices) != 1:
                continue
            (choice,), factor = choices, rounding.snap(more.number / less.number)
            if factor > (most[choice][0] if choice in most else 0):
                most[choice] = (factor, (less, one[choice]), (more, other[choice]))
        ranked = sorted(most.items(), key=lambda entry: (-entry[1][0], entry[0]))
        meanings = data.load("readings", self.world.folder)["meaning"]

        def option(choice: str, name: str) -> tables.Row:
            id = f"{self.claim['id']}/{choice}/{name}"
            said = meanings[id].removeprefix("Shows the answer for ")
            return tables.Row(id, said[0].upper() + said[1:])

        return [
            {
                "counted so": option(choice, low),
                "its number": numbers_known_by_their_ends.range_words(less),
                "or so": option(choice, high),
                "and its number": numbers_known_by_their_ends.range_words(more),
            }
            for choice, (_, (less, low), (more, high)) in ranked
        ]

    def reading_count(self, which: list[Reading]) -> Quantity:
        """How many readings these are, as a number that leads to their rows in readings.csv."""
        ids = tuple(sorted({id for reading in which for id in reading.ids}))
        return quantities.exact(len(which), "readings", ids, Recipe("readings"))

    def record(self) -> dict:
        """The verdict as claims.json holds it."""
        first = self.as_worded.outcome
        computed = first.computed
        ends = [
            r.outcome.computed
            for r in self.voting
            if isinstance(r.outcome.computed, Quantity) and r.outcome.computed.value is not None
        ]
        return {
            "id": self.claim["id"],
            "paragraphs": self.claim["paragraphs"],
            "verdict": self.verdict,
            "as_worded": first.holds,
            "line": str(self.line),
            "firmness": self.firmness,
            "readings": len(self.voting),
            "readings_holding": len(self.holding),
            "readings_failing": len(self.failing),
            "readings_unknown": len(self.unknown),
            "stated": self.claim["stated"],
            "computed": (
                quantities.plain(computed.value) if isinstance(computed, Quantity) else computed
            ),
            "found": None if self.found is None else str(self.found),
            "low": quantities.plain(_end(ends, "low")),
            "high": quantities.plain(_end(ends, "high")),
            "unit": (
                computed.unit
                if isinstance(computed, Quantity) and not self.claim["unit"]
                else self.claim["unit"]
            ),
            "likelihood": first.likelihood,
            "tipping_point": (
                None
                if self.tip is None
                else {
                    "input": self.tip.name,
                    "value": quantities.plain(self.tip.value),
                    "flips_at": self.tip.at,
                    "unit": self.tip.unit,
                    "becomes": self.tip.becomes,
                    "inside_sources_range": self.tip.inside,
                }
            ),
            "weakest_evidence": self.weakest,
            "missing": self.missing,
            "decided_by": self.deciding,
            "notebook": self.claim["notebook"],
            "rows": list(self.rows),
        }

    def carried(self) -> dict:
        """The verdict as a cell's output carries it: the record, and its card."""
        card_of = {"card": card_lines.lines(self), "fair_readings": card_lines.reading_rows(self)}
        return self.record() | card_of

    def __str__(self):
        return card_lines.text(card_lines.lines(self))

    @property
    def article(self) -> "Verdict | None":
        """The verdict in the article's scenario; None where that is this one."""
        there = data.World(folder=self.world.folder)
        return None if self.world == there else judge(self.claim["id"], there)

    @property
    def old(self) -> tuple[str, ...]:
        """Rows of fleets that were observed so long before the day that they are marked old."""
        fleets = self.world.table("capabilities")["observed"]
        late = self.world.day - data.OLD_AFTER
        return tuple(
            row for row in self.rows if row in fleets.index and data.span(fleets[row]).last < late
        )

    @property
    def undated(self) -> tuple[str, ...]:
        """Rows of fleets without a day of their own, which have that of their source."""
        basis = self.world.table("capabilities")["observed_basis"]
        return tuple(row for row in self.rows if basis.get(row) == "source date")

    def _repr_html_(self):
        return self._shown(self.carried())

    def _shown(self, carried: dict) -> str:
        """The card as a notebook shows it: its verdict coloured, its numbers with links."""
        colour = f"color: white; background: {WORDS[self.verdict].colour}; padding: 0 0.3em"
        coloured = f'<b class="mark" style="{colour}">'  # read on a light ground and on a dark one
        card = card_html.html(carried, in_notebook=True)
        return quantities.led(card.replace('<b class="mark">', coloured))

    def _repr_mimebundle_(self, include=None, exclude=None):
        carried = self.carried()
        return {
            "text/plain": card_lines.text(carried["card"]),
            "text/html": self._shown(carried),
            MIME: carried,
        }


def _end(numbers: list[Quantity], side: str) -> float | None:
    """The least low or greatest high of some numbers; None where one is open on that side."""
    values = [getattr(number, side) for number in numbers]
    return None if not values or None in values else min(values) if side == "low" else max(values)


def _distance(tip: Tip) -> tuple[float, str]:
    """How far a tipping point is, as a multiple of the input's value; ties by name."""
    return rounding.snap(abs(tip.at - tip.value) / max(abs(tip.value), 1e-9)), tip.name


def judge(claim: str, world: data.World) -> Verdict:
    """The verdict on a claim in a world, with its readings. One that is frozen is a fact of the day
    of publication, whatever later day is looked at.
    """
    claim = word_check.word("claim", claim, judged())
    row = data.load("claims", world.folder).loc[claim].to_dict()
    return _judge(claim, seen_in(row, world))


@functools.lru_cache(256)
def _judge(claim: str, world: data.World) -> Verdict:
    voting = read(claim, world, all_readings=False)
    row = data.load("claims", world.folder).loc[claim].to_dict()
    return Verdict(row, world, tuple(voting), weigh(voting), all_given=False)


def seen_in(claim: dict, world: data.World) -> data.World:
    """The world that a claim is judged in: for a frozen one, which is a fact of the day of
    publication, that day, whatever later day is looked at.
    """
    frozen = claim["frozen"] == "yes"
    return replace(world, as_of=min(world.as_of, data.World.as_of)) if frozen else world


@functools.lru_cache(256)
def stated(claim: str, folder=data.DATA) -> int:
    """The number that the article states in a claim."""
    return int(data.row(claim, folder)["stated"])


def side_by_side(ids: list[str], worlds: dict[str, data.World]) -> list[dict]:
    """The verdicts on some claims in several worlds, a table row a claim and a column a world."""
    paraphrase = data.load("claims")["claim"]
    ids = [data.known("claims", "id", id) for id in ids]
    return [
        {"claim": tables.Row(id, paraphrase[id])}
        | {
            name: WORDS[weigh(read(id, world, all_readings=False))].mark
            for name, world in worlds.items()
        }
        for id in ids
    ]


def by_evidence(world: data.World, notebook: str) -> list[dict]:
    """The verdicts on a notebook's claims as they are, and as they would be if only rows that were
    read at their source counted: a table row a claim.
    """
    notebook = data.known("claims", "notebook", notebook, world.folder)
    rows = data.load("claims", world.folder).sort_values("position")
    worlds = {"as above": world, "read only": replace(world, evidence="read")}
    return side_by_side(list(rows.index[rows["notebook"] == notebook]), worlds)


def grades(rows: tuple[str, ...], world: data.World) -> dict[str, list[str]]:
    """The rows by their verification grade."""
    by_grade: dict[str, list[str]] = {}
    for id in rows:
        if grade := data.grade(id, world.folder):
            by_grade.setdefault(grade, []).append(id)
    return by_grade
