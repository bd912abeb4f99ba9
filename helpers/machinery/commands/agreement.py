"""Say how far coders agree with each other and with the rules.

Krippendorff's alpha (nominal) among the coders and Cohen's kappa of each with the rules, as NLTK
works them out; 1 is full agreement, 0 is what chance gives.
"""

import argparse
import csv
import io
import itertools
from pathlib import Path

from helpers import claims, data
from helpers.machinery.run.errors import RunError
from helpers.machinery.run.progress import say

FORM = "Wanted: CODED=one.csv,other.csv, each with the columns claim and verdict"


def coded(path: Path) -> dict[str, str]:
    """The verdict that a sheet gives each claim; RunError where a line is missing or no verdict."""
    try:
        rows = list(csv.DictReader(io.StringIO(data.text(path), newline="")))
        sheet = {row["claim"].strip(): row["verdict"].strip().lower() for row in rows}
    except (OSError, KeyError, AttributeError, csv.Error) as error:
        message = f"{path} is no coding sheet ({error}). {FORM}"
        raise RunError(message, "no-coding-sheet") from None
    faults = [f"{id}: no line" for id in claims.of_article() if id not in sheet]
    faults += [f"{id}: no such claim" for id in sheet if id not in claims.of_article()]
    faults += [
        f"{id}: {word!r} is no verdict; there are {', '.join(claims.VERDICTS)}"
        for id, word in sheet.items()
        if word not in claims.VERDICTS
    ]
    if faults:
        raise RunError(f"{path}: " + "\n".join(faults), "coding-sheet-faults")
    return sheet


def ruled() -> dict[str, str]:
    """The verdict that the rules give each claim in the article's scenario."""
    return {id: claims.judge(id, data.World()).verdict for id in claims.of_article()}


def alpha(*codings: dict[str, str]) -> float:
    """Krippendorff's alpha for nominal labels among two or more codings of the same claims."""
    return _task(*codings).alpha()


def kappa(one: dict[str, str], other: dict[str, str]) -> float:
    """Cohen's kappa of two codings of the same claims."""
    return _task(one, other).kappa()


def _task(*codings: dict[str, str]):
    from nltk.metrics.agreement import AnnotationTask

    triples = [
        (str(coder), id, word)
        for coder, coding in enumerate(codings)
        for id, word in coding.items()
    ]
    return AnnotationTask(data=triples)


def lines(codings: dict[str, dict[str, str]], rules: dict[str, str]) -> list[str]:
    """Lines with the coefficients, then each claim on which somebody differs."""
    printed = []
    if len(codings) > 1:
        printed.append(f"Krippendorff's alpha among the coders: {alpha(*codings.values()):.2f}")
        for (one, first), (other, second) in itertools.combinations(codings.items(), 2):
            printed.append(f"Cohen's kappa of {one} and {other}: {kappa(first, second):.2f}")
    for name, coding in codings.items():
        same = sum(coding[id] == word for id, word in rules.items())
        printed.append(
            f"Cohen's kappa of {name} with the rules: {kappa(coding, rules):.2f}"
            f" ({same} of {len(rules)} verdicts are the same)"
        )
    differ = [
        id for id, word in rules.items() if any(coding[id] != word for coding in codings.values())
    ]
    printed.append(f"{len(differ)} claims on which a coder and the rules differ:")
    for id in differ:
        words = ", ".join(f"{name} {coding[id]}" for name, coding in codings.items())
        printed.append(f"  {id}: the rules {rules[id]}; {words}")
    return printed


def run(args: argparse.Namespace) -> int:
    """Print the agreement of coding sheets with each other and with the rules."""
    paths = [Path(path) for path in args.coded.split(",") if path]
    names = [path.stem for path in paths]
    if not paths or len(set(names)) < len(names):
        raise RunError(f"{FORM}; no two files of one name", "no-coding-sheet")
    codings = {path.stem: coded(path) for path in paths}
    say("\n".join(lines(codings, ruled())))
    return 0
