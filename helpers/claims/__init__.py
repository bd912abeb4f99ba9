"""Judge the article's claims: readings from data/readings.csv, one rule a claim, one verdict
computed from both.
"""

import functools
import importlib
import itertools
import math
import typing
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from html import escape
from pathlib import Path

from helpers import data, quantities, tables
from helpers.quantities import Quantity

VERDICTS = ("holds", "depends", "fails", "unsupported", "undecided", "opinion")
MIME = "application/vnd.willing-and-able.verdict+json"
REACH = 10  # how many times its value the search for a tipping point goes
TOLERANCE = 1e-3  # relative width at which the search for a tipping point stops
UNITS = {
    "ratio": "to one",
    "share": "of the American number",
}  # how a number that is judged is told from what it is measured by
LINES = {  # the lines of a card: their words, and the names by which pages find them
    "The article": "article",
    "As worded": "worded",
    "Over the readings": "votes",
    "True for": "true-for",
    "False for": "false-for",
    "Missing": "missing",
    "Would flip": "flip",
    "In the article's scenario": "was",
    "Evidence": "evidence",
    "Old": "old",
}


@dataclass(frozen=True)
class Outcome:
    """What one reading of a claim comes to.

    holds     True, False, or None where the rows do not suffice
    computed  what stands beside the stated value: a Quantity, a list of codes, an ISO date, a bool,
              or None
    rows      ids of the rows it rests on
    missing   what an unknown outcome lacks, in words
    searched  for an unknown outcome: a search is recorded and found no public record
    opinion   no fact could decide it
    """

    holds: bool | None
    computed: object = None
    rows: tuple[str, ...] = ()
    missing: str = ""
    searched: bool = False
    opinion: bool = False


@dataclass(frozen=True)
class Input:
    """A number whose change could flip a verdict, for the search for a tipping point.

    verdict(x) gives the verdict were the number x. low and high: the range the sources give; whole:
    only whole numbers.
    """

    name: str
    value: float
    unit: str
    low: float | None
    high: float | None
    rows: tuple[str, ...]
    verdict: Callable[[float], str]
    whole: bool = True


@dataclass(frozen=True)
class Tip:
    """The nearest value of an input at which the verdict becomes another one."""

    name: str
    value: float
    at: float
    unit: str
    becomes: str
    inside: bool | None
    rows: tuple[str, ...]


@dataclass(frozen=True)
class Reading:
    """One combination of options: {choice: option}, with the rows of readings.csv behind it and its
    outcome.
    """

    options: dict
    ids: tuple[str, ...]
    as_worded: bool
    votes: bool
    outcome: Outcome

    @property
    def label(self) -> str:
        return (
            ", ".join(option.replace("-", " ") for option in self.options.values()) or "as worded"
        )


RULES: dict[str, Callable] = {}
INPUTS: dict[str, Callable] = {}
MODULES = (
    "membership",
    "commitments",
    "timeline",
    "beyond_nato",
    "surveillance",
    "refuelling",
    "ground",
    "conditions",
)


def rule(claim: str):
    """Register the rule of a claim: a function of (world, **options) that returns an Outcome. Its
    signature names the options of each choice.
    """
    return lambda function: RULES.setdefault(claim, function)


def inputs(claim: str):
    """Register the inputs whose change could flip a claim: a function of world that returns a list
    of Input.
    """
    return lambda function: INPUTS.setdefault(claim, function)


@functools.cache
def _judged() -> tuple[str, ...]:
    for module in MODULES:
        importlib.import_module(f"helpers.claims.{module}")
    return tuple(id for id in data.load("claims").sort_values("position")["id"] if id in RULES)


def judged() -> list[str]:
    """The claims that have a rule, in the article's order."""
    return list(_judged())


@functools.cache
def options(claim: str) -> dict[str, tuple[str, ...]]:
    """The choices that the rule of a claim leaves to readings, with the options it knows; whether a
    running month counts is left by every rule.
    """
    judged()
    kinds = typing.get_type_hints(RULES[claim])
    left = {
        name.replace("_", "-"): typing.get_args(kind)
        for name, kind in kinds.items()
        if typing.get_origin(kind) is typing.Literal
    }
    return left | {"timing": data.TIMINGS}


def every(outcomes: list[bool | None]) -> bool | None:
    """Three-valued 'all'."""
    return False if False in outcomes else None if None in outcomes else True


def some(outcomes: list[bool | None]) -> bool | None:
    """Three-valued 'any'."""
    return True if True in outcomes else None if None in outcomes else False


def weigh(readings: list[Reading]) -> str:
    """The verdict of a claim from its readings, by three-valued logic over those that vote.

    holds: every one is true. fails: every one is false. depends: some are true and some false.
    unsupported: nothing is known, because a recorded search found no public record; never "false".
    opinion: no fact could decide any of them.
    undecided: what is known is all true or all false, and something is unknown.
    """
    if any(reading.votes for reading in readings) and all(
        reading.outcome.opinion for reading in readings if reading.votes
    ):
        return "opinion"
    outcomes = {reading.outcome.holds for reading in readings if reading.votes}
    if {True, False} <= outcomes:
        return "depends"
    if outcomes == {True}:
        return "holds"
    if outcomes == {False}:
        return "fails"
    searched = {reading.outcome.searched for reading in readings if reading.votes}
    return "unsupported" if outcomes == {None} and searched == {True} else "undecided"


@functools.lru_cache(256)
def _readings(claim: str, folder: Path) -> tuple[Reading, ...]:
    """All combinations of a claim's options in readings.csv, in the order of the table and without
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
    choices = [list(group.iterrows()) for _, group in rows.groupby("choice", sort=False)]
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
    """Every reading of a claim with its outcome, the one nearest the article's words first.

    The readings are all combinations of the options in readings.csv; one votes if each of its
    options does or is the one nearest
    the words. Combinations that come to the same number from the same rows count once, and so do
    those that differ in timing
    alone and come to the same; the one nearest the words, then a voting one, stands for them.
    all_readings: also those that do
    not vote. what_if: numbers put in place of counted ones, by the names that the claim's rule
    takes.
    """
    found = []
    for reading in _readings(claim, world.folder):
        if reading.votes or all_readings:
            taken = {choice.replace("-", "_"): option for choice, option in reading.options.items()}
            looked = replace(world, timing=taken.pop("timing", world.timing))
            found.append(
                replace(
                    reading,
                    options=dict(reading.options),
                    outcome=RULES[claim](looked, **taken, **what_if),
                )
            )
    found.sort(key=lambda reading: (not reading.as_worded, not reading.votes))
    kept, distinct = [], {}
    for reading in found:
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


@dataclass(frozen=True)
class Verdict:
    """A claim judged in a world: what the article states, what the rows give, under which readings,
    and what would flip it.
    """

    claim: dict
    world: data.World
    readings: tuple[Reading, ...]
    verdict: str
    tip: Tip | None = None
    evidence: dict = field(default_factory=dict)

    @property
    def as_worded(self) -> Reading | None:
        """The reading nearest the article's words."""
        return next((reading for reading in self.readings if reading.as_worded), None)

    @property
    def voting(self) -> list[Reading]:
        return [reading for reading in self.readings if reading.votes]

    @property
    def holding(self) -> list[Reading]:
        return [reading for reading in self.voting if reading.outcome.holds]

    @property
    def unknown(self) -> list[Reading]:
        return [reading for reading in self.voting if reading.outcome.holds is None]

    @property
    def rows(self) -> tuple[str, ...]:
        """Every row the voting readings rest on."""
        return tuple(sorted({row for reading in self.voting for row in reading.outcome.rows}))

    @property
    def deciding(self) -> list[str]:
        """The choices that flip the outcome by themselves, all others held, the one that does so
        most often first.
        """
        flips = {}
        for one, other in itertools.combinations(self.voting, 2):
            different = [
                choice for choice in one.options if one.options[choice] != other.options[choice]
            ]
            if len(different) == 1 and {one.outcome.holds, other.outcome.holds} == {True, False}:
                flips[different[0]] = flips.get(different[0], 0) + 1
        return sorted(flips, key=lambda choice: (-flips[choice], choice))

    def swings(self) -> list[dict]:
        """How far each choice alone moves the number: the largest factor between two readings that
        differ in nothing else.
        """
        numbers = [
            r
            for r in self.readings
            if isinstance(r.outcome.computed, Quantity) and r.outcome.computed.value
        ]
        most = {}
        for one, other in itertools.combinations(
            sorted(numbers, key=lambda r: r.outcome.computed.value), 2
        ):
            choices = [
                choice for choice in one.options if one.options[choice] != other.options[choice]
            ]
            factor = quantities.ratio(other.outcome.computed, one.outcome.computed)
            if (
                len(choices) == 1
                and factor.value > most.get(choices[0], (quantities.Quantity(0),))[0].value
            ):
                most[choices[0]] = (factor, one.options[choices[0]], other.options[choices[0]])
        ranked = sorted(most.items(), key=lambda entry: -entry[1][0].value)
        return [
            {
                "choice": choice,
                "largest factor": factor,
                "from": low.replace("-", " "),
                "to": high.replace("-", " "),
            }
            for choice, (factor, low, high) in ranked
        ]

    def reading_count(self, which: list[Reading]) -> Quantity:
        """How many readings these are, as a number that leads to their rows in readings.csv."""
        ids = tuple(sorted({id for reading in which for id in reading.ids}))
        return quantities.exact(len(which), "readings", ids, "readings")

    def record(self) -> dict:
        """The verdict as claims.json holds it."""
        first = self.as_worded
        computed = first.outcome.computed if first else None
        number = isinstance(computed, Quantity)
        ends = [
            r.outcome.computed
            for r in self.voting
            if isinstance(r.outcome.computed, Quantity) and r.outcome.computed.value is not None
        ]
        return {
            "id": self.claim["id"],
            "verdict": self.verdict,
            "as_worded": first.outcome.holds if first else None,
            "readings": len(self.voting),
            "readings_holding": len(self.holding),
            "readings_unknown": len(self.unknown),
            "stated": self.claim["stated"],
            "computed": _exact(computed.value) if number else computed,
            "low": _exact(_end(ends, "low")),
            "high": _exact(_end(ends, "high")),
            "unit": computed.unit if number and not self.claim["unit"] else self.claim["unit"],
            "tipping_point": (
                None
                if self.tip is None
                else {
                    "input": self.tip.name,
                    "value": _exact(self.tip.value),
                    "flips_at": self.tip.at,
                    "unit": self.tip.unit,
                    "becomes": self.tip.becomes,
                    "inside_sources_range": self.tip.inside,
                }
            ),
            "weakest_evidence": (
                max(self.evidence, key=data.GRADES.index) if self.evidence else None
            ),
            "missing": sorted({reading.outcome.missing for reading in self.unknown} - {""}),
            "decided_by": self.deciding,
            "notebook": self.claim["notebook"],
            "rows": list(self.rows),
        }

    def __str__(self):
        return "\n".join(f"{name}: {tables.plain(value)}" for name, value in self._lines())

    def _lines(self):
        """What the card says, line by line."""
        claim, first = self.claim, self.as_worded
        yield f"{claim['id']} · ¶ {claim['paragraphs']} · {self.verdict.upper()}", claim["claim"]
        yield (
            "The article",
            (
                claim["quoted"] or _names(claim["stated"].split())
                if claim["comparison"] == "same set"
                else claim["quoted"] or claim["stated"]
            ),
        )
        yield "As worded", said(first.outcome)
        if len(self.voting) > 1:
            yield (
                "Over the readings",
                tables.say(
                    "true in {holding} of {voting}"
                    + (", unknown in {unknown}" if self.unknown else ""),
                    holding=self.reading_count(self.holding),
                    voting=self.reading_count(self.voting),
                    **({"unknown": self.reading_count(self.unknown)} if self.unknown else {}),
                ),
            )
        if self.deciding:
            for holds, name in ((True, "True for"), (False, "False for")):
                yield name, "; ".join(self.meanings(self.deciding[0], holds))
        if missing := self.record()["missing"]:
            yield "Missing", "; ".join(missing)
        if self.tip:
            yield "Would flip", self.flip()
        if self.world != (article := data.World(folder=self.world.folder)):
            was = judge(self.claim["id"], article)
            yield (
                "In the article's scenario",
                [f"{was.verdict.upper()}", said(was.as_worded.outcome)],
            )
        if self.evidence:
            known = [grade for grade in data.GRADES if grade in self.evidence]
            counts = {
                grade: quantities.exact(
                    len(self.evidence[grade]), "rows", tuple(self.evidence[grade])
                )
                for grade in known
            }
            words = {
                "read": "read at the source",
                "secondary": "quoted by another",
                "recall": "from general knowledge",
                "derived": "derived",
            }
            yield (
                "Evidence",
                tables.say(
                    "rows: " + ", ".join(f"{{{grade}}} {words[grade]}" for grade in known), **counts
                ),
            )

        if self.old:
            yield (
                "Old",
                tables.say(
                    "{old} of them observed more than two years before the day",
                    old=quantities.exact(len(self.old), "rows", self.old),
                ),
            )

    @property
    def old(self) -> tuple[str, ...]:
        """Rows of fleets that were observed so long before the day that they are marked old."""
        fleets = self.world.table("capabilities")["observed"]
        late = self.world.day - data.OLD_AFTER
        return tuple(
            row for row in self.rows if row in fleets.index and data.span(fleets[row]).last < late
        )

    def reading_rows(self) -> list[dict]:
        """The voting readings, one table row each: what it means, what it comes to, and why it is
        defensible, each reason told once.
        """
        options, told, rows = data.load("readings", self.world.folder), set(), []
        for reading in self.voting:
            own = [id for id in reading.ids if id not in self.voting[0].ids] or reading.ids
            meanings = {
                f"of_{place}": tables.Row(id, options.loc[id, "meaning"])
                for place, id in enumerate(own)
            }
            reasons = dict.fromkeys(options.loc[id, "why"] for id in own if id not in told)
            told |= set(own)
            rows.append(
                {
                    "reading": tables.say(
                        ". ".join(f"{{{name}}}" for name in meanings), **meanings
                    ),
                    "comes to": said(reading.outcome),
                    "why it may be so read": ". ".join(reasons) or "as above",
                }
            )
        return rows

    def meanings(self, choice: str, holds: bool) -> list[str]:
        """What the options of a choice mean under which every voting reading is true, or under
        which every one is false.
        """
        outcomes = {}
        for reading in self.voting:
            outcomes.setdefault(reading.options[choice], set()).add(reading.outcome.holds)
        options = data.load("readings", self.world.folder)
        return [
            options.loc[f"{self.claim['id']}/{choice}/{option}", "meaning"]
            for option, seen in outcomes.items()
            if seen == {holds}
        ]

    def flip(self) -> tables.Sentence:
        """What would flip the verdict, in one sentence."""
        tip = self.tip
        inside = {
            True: "; the sources' own range reaches that far",
            False: "; outside the range the sources give",
            None: "",
        }[tip.inside]
        return tables.say(
            "with {at} {name} instead of {value} the verdict would be '{becomes}'{inside}",
            name=tip.name,
            at=quantities.exact(_exact(tip.at), tip.unit, tip.rows, "what-if"),
            value=quantities.exact(_exact(tip.value), tip.unit, tip.rows, "input"),
            becomes=tip.becomes,
            inside=inside,
        )

    def _repr_html_(self):
        (title, claim), *lines = self._lines()
        items = "".join(
            f'<dt data-line="{LINES[name]}">{escape(name)}</dt><dd>{tables.markup(value)}</dd>'
            for name, value in lines
        )
        order = (
            "<p>The first is nearest the article’s words; each other one is told by what it takes"
            " differently.</p>"
            if self.voting[1:]
            else ""
        )
        return (
            f'<section class="verdict {self.verdict}" data-claim="{escape(self.claim["id"])}">'
            f'<p class="mark"><span class="shape">{escape(title)}</span></p><p'
            f' class="claim">{escape(claim)}</p><dl>{items}</dl>'
            f'<details class="readings"><summary>Every reading that votes, and why</summary>{order}'
            f"{tables.show(self.reading_rows(), 'Readings of ' + self.claim['id'])._repr_html_()}</details></section>"
        )

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/plain": str(self), "text/html": self._repr_html_(), MIME: self.record()}


def _end(found: list[Quantity], side: str) -> float | None:
    """The least low or greatest high of some numbers; None where one of them is open on that side."""
    values = [getattr(quantity, side) for quantity in found]
    return None if not values or None in values else min(values) if side == "low" else max(values)


def _names(codes: list[str]) -> list[str]:
    """Countries and organisations by name."""
    countries = data.load("countries")["name"]
    return [countries.get(code, code) for code in codes]


def said(outcome: Outcome):
    """What a reading comes to, for a person: true, false or unknown, and the number or set found."""
    word = {True: "true", False: "false", None: "unknown"}[outcome.holds]
    if isinstance(outcome.computed, Quantity):
        unit = UNITS.get(outcome.computed.unit, outcome.computed.unit)
        return tables.say(f"{word}: {{found}} {unit}".strip(), found=outcome.computed)
    if isinstance(outcome.computed, str):
        return f"{word}: {tables.day(outcome.computed)}"
    if isinstance(outcome.computed, list):
        return [
            f"{word}: {name}" if place == 0 else name
            for place, name in enumerate(_names(outcome.computed))
        ] or f"{word}: none"
    return word


def _exact(number):
    """A number without the noise of floating point: fifteen figures do not survive another machine,
    ten do.
    """
    if number is None or isinstance(number, int):
        return number
    return int(number) if float(number).is_integer() else float(f"{number:.10g}")


def judge(claim: str, world: data.World) -> Verdict:
    """The verdict on a claim in a world, with its readings, its tipping point and the grades of its
    rows.
    """
    judged()
    row = data.load("claims", world.folder).loc[claim].to_dict()
    if row["frozen"] == "yes":  # a fact of the day of publication, whatever day is looked at
        world = replace(world, as_of=data.World.as_of)
    readings = read(claim, world)
    verdict = Verdict(row, world, tuple(readings), weigh(readings))
    entries = INPUTS[claim](world) if claim in INPUTS and verdict.verdict != "undecided" else []
    tips = [tip for entry in entries if (tip := tipping_point(entry, verdict.verdict))]
    nearest = min(
        tips, key=lambda tip: abs(tip.at - tip.value) / max(abs(tip.value), 1e-9), default=None
    )
    return replace(verdict, tip=nearest, evidence=grades(verdict.rows, world))


@functools.lru_cache(256)
def stated(claim: str, folder=data.DATA) -> int:
    """The number that the article states in a claim."""
    return int(data.row(claim, folder)["stated"])


def side_by_side(ids: list[str], worlds: dict[str, data.World]) -> list[dict]:
    """The verdicts on some claims in several worlds, one table row a claim and one column a world."""
    paraphrase = data.load("claims")["claim"]
    return [
        {"claim": tables.Row(id, paraphrase[id])}
        | {name: weigh(read(id, world, all_readings=False)) for name, world in worlds.items()}
        for id in ids
    ]


def grades(rows: tuple[str, ...], world: data.World) -> dict[str, list[str]]:
    """The rows by their verification grade."""
    found = {}
    for id in rows:
        if grade := data.grade(id, world.folder):
            found.setdefault(grade, []).append(id)
    return found


def what_if_input(
    claim: str, world: data.World, argument: str, name: str, found: Quantity, whole: bool = True
) -> Input:
    """A counted number as an input: the rule takes the number under `argument` instead of counting
    it.
    """
    return Input(
        name,
        found.value,
        found.unit,
        None,
        None,
        found.rows,
        lambda value: weigh(read(claim, world, all_readings=False, **{argument: value})),
        whole,
    )


def tipping_point(entry: Input, verdict: str) -> Tip | None:
    """The nearest value of an input at which the verdict changes, searched outward from its value
    to REACH times it.

    Whole numbers go in doubling steps down to zero and up, others by tenths of themselves down to a
    REACH-th; when the verdict
    changes, bisection narrows the bracket to one, or to TOLERANCE of the value. None: no value
    tried changes it. A change that
    reverts within one step is not seen.
    """
    if entry.value is None:
        return None
    found = []
    for tried in _outward(entry):
        near = entry.value
        for far in tried:
            if _flips(entry, verdict, far):
                found.append(_bisect(entry, verdict, near, far))
                break
            near = far
    if not found:
        return None
    at = min(found, key=lambda value: (abs(value - entry.value), -value))
    inside = (
        None
        if entry.low is None or entry.high is None or entry.low == entry.high
        else entry.low <= at <= entry.high
    )
    shown = at if entry.whole else _away(at, entry.value)
    return Tip(entry.name, entry.value, shown, entry.unit, entry.verdict(shown), inside, entry.rows)


def _flips(entry: Input, verdict: str, value: float) -> bool:
    """Whether the verdict is another one at a value; not being able to tell is no flip."""
    return entry.verdict(value) not in (verdict, "undecided")


def _away(at: float, start: float) -> float:
    """A value to three figures, no finer than TOLERANCE, rounded away from where the search began."""
    scale = 10.0 ** (2 - math.floor(math.log10(at)))
    return (math.ceil(at * scale) if at > start else math.floor(at * scale)) / scale


def _outward(entry: Input) -> tuple[list[float], list[float]]:
    """The values to try below and above an input's own, nearest first."""
    if not entry.whole:
        steps = range(1, math.ceil(math.log(REACH) / math.log(1.1)) + 1)
        return [entry.value / 1.1**step for step in steps], [
            entry.value * 1.1**step for step in steps
        ]
    end = max(entry.value, 1) * REACH
    away = [2**step - 1 for step in range(1, math.ceil(math.log2(end + 1)) + 1)]
    below = [max(0, entry.value - step) for step in away if entry.value - step > -step / 2]
    return below, [min(end, entry.value + step) for step in away]


def _bisect(entry: Input, verdict: str, near: float, far: float) -> float:
    """The end of the bracket on the far side of the flip, once it is narrow enough."""
    width = 1 if entry.whole else abs(entry.value) * TOLERANCE or TOLERANCE
    while abs(far - near) > width:
        middle = (near + far) // 2 if entry.whole else (near + far) / 2
        near, far = (near, middle) if _flips(entry, verdict, middle) else (middle, far)
    return far
