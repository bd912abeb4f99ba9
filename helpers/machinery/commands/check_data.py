"""Check the tables alone."""

import argparse
import contextlib
import functools
import importlib.util
import io
import itertools
import subprocess
import sys
from collections.abc import Callable

from helpers import claims, data
from helpers.machinery.check import (
    every_check,
    form_of_notebooks,
    what_changed_rows_move,
    what_tests_will_demand,
)
from helpers.machinery.run import background, progress

TILL_THEN = "`make test` fails till then"
MENDED = ".venv/bin/ruff format . && .venv/bin/ruff check --fix ."


def passes() -> bool:
    """Print the findings, and what is to be mended in the notebooks; true where the tables keep
    their contract.
    """
    kept = every_check.main() == 0
    for line in notes():
        print(line)
    return kept


class Unsound(Exception):
    """The tables do not keep their contract, which has been told."""


def begin() -> Callable[[bool], None]:
    """Begin to check in a process of its own, while this one goes on.

    Returns
    -------
    function
        Prints what the check has found once it has ended, and raises Unsound where the tables do
        not keep their contract; waits for the end if told so.
    """

    def found() -> tuple[bool, str]:
        progress.console.quiet = True  # the process that goes on says that it is at work
        with contextlib.redirect_stdout(io.StringIO()) as told:
            return passes(), told.getvalue()

    checking = background.Work(found)

    @functools.cache
    def passed() -> bool:
        kept, told = checking()
        print(told, end="")
        return kept

    def heed(wait: bool) -> None:
        if (wait or checking.ended()) and not passed():
            raise Unsound

    return heed


def notes() -> list[str]:
    """What is to be mended in the notebooks before `make test` can pass, a line each."""
    return [f"note: {line}; {TILL_THEN}" for line in form_of_notebooks.notes()]


def run(args: argparse.Namespace) -> int:
    """Check the tables alone; then say, for each row changed since the last commit, what it moves,
    and what its claim lacks for `make test`.

    A verdict that moves without its line in the changelog is asked for, with Error 1.
    """
    progress.say("checking the tables and the form of the notebooks")
    if not passes():
        return 1
    found = what_changed_rows_move.changes(data.DATA)
    edited = what_tests_will_demand.changed(found)
    today: dict[str, list[claims.Reading]] = {}
    if found or edited:
        print("judging with and without what changed since the last commit", flush=True)
        today, raising = what_tests_will_demand.read_today()
        if raising:
            print(*raising, sep="\n")
            return 1
    lines, logged = what_changed_rows_move.told(
        data.DATA, functools.partial(what_changed_rows_move.judged, today=today)
    )
    if lines:
        print(*lines, what_changed_rows_move.COMPARED, sep="\n")
    wanting = itertools.chain.from_iterable(
        what_tests_will_demand.faults(claim, found) for claim in edited
    )
    for fault in [*what_tests_will_demand.unwritten_models(), *wanting]:
        print(f"note: {fault}; {TILL_THEN}")
    for line in unformatted():
        print(f"note: {line}; {TILL_THEN}")
    if today and (lacks := what_tests_will_demand.log_lacks(today)):
        print(*lacks, sep="\n")
    return 0 if logged else 1


def unformatted() -> list[str]:
    """That ruff would not pass the Python that is there, in a line with the command that mends it;
    nothing where it would, or is not installed.
    """
    if not importlib.util.find_spec("ruff"):
        return []
    for words in (["check"], ["format", "--check"]):
        ruff = [sys.executable, "-m", "ruff", *words, "--quiet", "--no-cache", "."]
        try:
            ran = subprocess.run(ruff, cwd=data.ROOT, capture_output=True, timeout=60)
        except subprocess.TimeoutExpired:  # it waits for a pipe among the files
            return []
        if ran.returncode:
            return [f"ruff finds code that is not written as the rest. Run `{MENDED}`"]
    return []
