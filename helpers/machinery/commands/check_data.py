"""Check the tables alone."""

import argparse
import functools
import itertools

from helpers import claims, data
from helpers.machinery.check import changed_rows, contract, demanded, notebooks

TILL_THEN = "`make test` fails till then"


def passes() -> bool:
    """Print the findings, and what is to be mended in the notebooks; true where the tables keep
    their contract.
    """
    kept = contract.main() == 0
    for line in notebooks.notes():
        print(f"note: {line}; {TILL_THEN}")
    return kept


def run(args: argparse.Namespace) -> int:
    """Check the tables alone; then say, for each row changed since the last commit, what it moves,
    and what its claim lacks for `make test`.

    A verdict that moves without its line in the changelog is asked for, with Error 1.
    """
    if not passes():
        return 1
    found = changed_rows.changes(data.DATA)
    edited = demanded.changed(found)
    today: dict[str, list[claims.Reading]] = {}
    if found or edited:
        print("judging with and without what changed since the last commit", flush=True)
        today, raising = demanded.read_today()
        if raising:
            print(*raising, sep="\n")
            return 1
    lines, logged = changed_rows.told(
        data.DATA, functools.partial(changed_rows.judged, today=today)
    )
    for line in lines:
        print(line)
    wanting = itertools.chain.from_iterable(map(demanded.faults, edited))
    for fault in [*demanded.unwritten_models(), *wanting]:
        print(f"note: {fault}; {TILL_THEN}")
    if today and (lacks := demanded.log_lacks(today)):
        print(*lacks, sep="\n")
    return 0 if logged else 1
