"""What `make test` demands of a claim and its readings, and `make refresh` of the log of verdicts,
said beforehand for the claims that differ from the last commit.
"""

import ast
import dataclasses
import functools
import inspect
import itertools
import os
import traceback
from collections.abc import Iterable, Iterator
from pathlib import Path

from helpers import claims, data, formulas, scenarios
from helpers.claims import rules
from helpers.machinery.check import changelog
from helpers.machinery.check.what_changed_rows_move import Change
from helpers.machinery.run import progress

PUBLICATION = [f"2025-12-{day}" for day in range(16, 26)]  # on which the article may have come out
DAYS = ("2025-04-15", data.World.as_of, "2026-10-07")  # on which the lines of rules are looked at
REPEATED = {"true", "false", "holds", "fails", "unknown"}  # what stands beside a line already


def changed(found: Iterable[Change]) -> list[str]:
    """The claims of which a row, a reading or the module of the rule differs from the last
    commit.
    """
    own = {
        cells["id" if change.table == "claims" else "claim"]
        for change in found
        if change.table in ("claims", "readings")
        for cells in (change.was, change.now)
        if cells
    }
    told = changelog.git(data.ROOT, "diff", "--name-only", "-z", "HEAD", "--", "helpers/claims")
    edited = {Path(os.fsdecode(path)).stem for path in (told or b"").split(b"\0")}
    return [
        id
        for id in claims.judged()
        if id in own or claims.RULES[id].__module__.rpartition(".")[2] in edited
    ]


def unwritten_models() -> list[str]:
    """The models whose formula stands in no second writing among the tests, a line each."""
    written = data.ROOT / "tests" / "formulas_again.py"
    again = data.text(written) if written.exists() else ""
    return [
        f"the model {name}: write its formula a second time, under AGAIN in"
        " tests/formulas_again.py; where a symbol makes sense between some ends only, name"
        " these under RANGES in tests/test_formulas.py"
        for name in formulas.DEFINITIONS
        if f'"{name}":' not in again
    ]


def faults(claim: str, changes: Iterable[Change] | None = None) -> Iterator[str]:
    """What is wrong with a claim whose rule can be asked, in a line each with what to do. `changes`
    holds the changed rows: options of which none is new or changed are not set beside each other.
    """
    for day in DAYS:
        progress.meanwhile(f"what the tests ask of {claim}, on {day}")
        for reading in claims.read(claim, data.World(as_of=day)):
            if fault := line_fault(reading.outcome):
                yield f"{claim}, {reading.label}, on {day}: {fault}"
    if len(found := on_the_days_of_publication(claim)) > 1:
        yield (
            f"{claim}: the verdict differs among the days on which the article may have come out"
            f" ({', '.join(sorted(found))}); set `frozen`, or look at the rows dated then"
        )
    if claim in claims.of_article() and (never := unturned(claim)):
        yield (
            f"{claim}: no case of the tests has its rule come to {' or to '.join(never)}. Add rows"
            " by which it does to the cases of tests/test_claim_rules_capabilities.py (of a"
            " notebook before 04 to test_claim_rules_people.py), or name it under NEVER there with"
            " why it cannot"
        )
    for name in choices_without_default(claim):
        yield (
            f"{claim}: give the choice {name} of its rule a default, the option by which the claim"
            " was judged until now: cases of the tests work on rows from before it"
            " (tests/known_rows.txt)"
        )
    known = data.text(data.ROOT / "tests" / "test_claims.py")
    worlds = [scenarios.world(name) for name in scenarios.names()]
    edited = None if changes is None else {each.id for each in changes if each.table == "readings"}
    for pair in sorted(pairs(claim) - told_apart(claim, worlds)):
        if edited is not None and not edited & {"/".join((*pair[:2], name)) for name in pair[2:]}:
            continue
        if ", ".join(f'"{word}"' for word in pair) not in known:
            _, choice, one, other = pair
            yield (
                f"{claim}: the options {one} and {other} of {choice} come to the same in every"
                " scenario. Drop one, or name the pair in ALIKE of tests/test_claims.py with cells"
                " that would tell them apart"
            )


def choices_without_default(claim: str) -> list[str]:
    """The choices of a claim's rule that the readings do not have on which the cases of the tests
    work, and for which the rule has no default; none of a claim that has no reading among them.
    """
    lines = data.text(data.ROOT / "tests" / "known_rows.txt").splitlines()
    known = {line.split("/")[1].replace("-", "_") for line in lines if line.startswith(f"{claim}/")}
    _, *taken = inspect.signature(claims.RULES[claim]).parameters.values()
    return [
        each.name
        for each in taken
        if known and each.name not in known and each.default is inspect.Parameter.empty
    ]


OUTCOMES = {True: "true", False: "false", None: "unknown"}


def unturned(claim: str) -> list[str]:
    """What a claim as meant comes to in no case of the tests and is not said never to come to."""
    files = (data.ROOT / "tests").glob("test_claim_rules_*.py")
    known = set().union(*(_turned(data.text(file)) for file in files))
    return [words for holds, words in OUTCOMES.items() if (claim, holds) not in known]


@functools.cache
def _turned(text: str) -> frozenset[tuple]:
    """The claims as meant that a file of cases turns or says cannot be turned, with the outcome."""
    found = set()
    for case in ast.walk(ast.parse(text)):
        if isinstance(case, ast.Tuple) and len(case.elts) in (2, 4):
            first, *options, last = case.elts
            as_meant = not options or ast.unparse(options[0]) == "{}"
            if as_meant and isinstance(first, ast.Constant) and isinstance(last, ast.Constant):
                found.add((first.value, last.value))
    return frozenset(found)


def line_fault(outcome: claims.Outcome) -> str:
    """What is wrong with the words of an outcome; empty where nothing is."""
    line = str(outcome.line or "")
    if repeated := sorted(REPEATED & set(line.lower().split())):
        return f"its line repeats the verdict ({', '.join(repeated)}); say what was found"
    if line and not (line[0].isupper() or line[0].isdigit()):
        return "its line begins with a small letter"
    if line and (not line.endswith(".") or ". " in line):
        return "its line is not one sentence that ends with a full stop"
    if outcome.holds is None and not (outcome.missing or outcome.opinion):
        return "it is unknown and does not say what is missing"
    return ""


def on_the_days_of_publication(claim: str) -> set[str]:
    """The verdicts on a claim on the days on which the article may have come out."""
    return {
        claims.weigh(claims.read(claim, data.World(as_of=day), all_readings=False))
        for day in PUBLICATION
    }


def options(claim: str) -> dict[str, list[str]]:
    """The options of a claim in readings.csv, by choice."""
    rows = data.load("readings")
    return {
        choice: list(of["option"])
        for choice, of in rows[rows["claim"] == claim].groupby("choice", sort=False)
    }


def pairs(claim: str) -> set[tuple[str, ...]]:
    """Every two options of a choice: claim, choice, one, other, these in alphabetical order."""
    return {
        (claim, choice, *pair)
        for choice, every in options(claim).items()
        for pair in itertools.combinations(sorted(every), 2)
    }


def told_apart(claim: str, worlds: list[data.World]) -> set[tuple[str, ...]]:
    """Those of them that do not come to the same in some world with some options of the other
    choices; once these are all, no further world is looked at.
    """
    found: set[tuple[str, ...]] = set()
    choices, every = options(claim), pairs(claim)
    for world in worlds:
        if found == every:
            break
        outcomes = {}
        for chosen in itertools.product(*choices.values()):
            taken = {
                choice.replace("-", "_"): option
                for choice, option in zip(choices, chosen, strict=True)
            }
            outcome = claims.RULES[claim](
                dataclasses.replace(world, timing=taken.pop("timing", world.timing)), **taken
            )
            outcomes[chosen] = outcome.holds, outcome.computed, outcome.rows
        for one, other in itertools.combinations(outcomes, 2):
            different = [
                (claim, choice, *sorted(pair))
                for choice, *pair in zip(choices, one, other, strict=True)
                if pair[0] != pair[1]
            ]
            if len(different) == 1 and outcomes[one] != outcomes[other]:
                found.add(different[0])
    return found


def read_today() -> tuple[dict[str, list[claims.Reading]], list[str]]:
    """The readings of every claim with the tables as they are, and the rules that raise an error
    with them, a line each with its place.
    """
    found, lines = {}, []
    every = claims.judged()
    for number, id in enumerate(every, 1):
        progress.meanwhile(f"claim {number} of {len(every)}, {id}, with the tables as they are")
        try:
            found[id] = claims.read(id, data.World())
        except Exception as error:  # whatever a rule of somebody's does
            lines.append(
                f"{_place(error)}: the rule of {id} raises {type(error).__name__}: {error}"
            )
    return found, lines


def _place(error: Exception) -> str:
    """The last line of the rules that an error came through, as file and line."""
    steps = traceback.extract_tb(error.__traceback__)
    own = [step for step in steps if Path(step.filename).parent == Path(rules.__path__[0])]
    step = (own or steps)[-1]
    return f"{os.path.relpath(step.filename, data.ROOT)}:{step.lineno}"


def log_lacks(today: dict[str, list[claims.Reading]] | None = None) -> list[str]:
    """What to mend in the rules, or to add to the log of verdicts, before the notebooks are run, in
    words and lines; nothing where every verdict in the scenario `article` is the last one logged.
    `today` holds the readings of every claim where they are known.
    """
    if today is None:
        today, lines = read_today()
        if lines:
            return lines
    found = {id: claims.weigh(readings) for id, readings in today.items()}
    lines = claims.unlogged(found, scenarios.newest_observation())
    if not lines:
        return []
    turned = [line.split(",") for line in lines]
    return [
        *(f"{claim}: {was or 'new'} → {now}" for _, claim, _, _, now, was, _ in turned),
        "A verdict is not the last one in data/verdict_log.csv. Add at its end, with the day for"
        " DATE and, where it says REASON, what changed it; and name the claim in a line of"
        " CHANGELOG.md:",
        *lines,
    ]
