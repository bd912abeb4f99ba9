"""Check the tables alone."""

import argparse

from helpers import data, scenarios
from helpers.machinery.check import changed_rows, contract


def passes() -> bool:
    """Print the findings, and which notebooks no command will run; true where the tables keep
    their contract.
    """
    kept = contract.main() == 0
    for name in scenarios.unlisted():
        print(
            f"note: notebooks/{name}.ipynb is not listed in scenarios.yml: no command runs it, and"
            " `make test` fails. Move it to notebooks/own/, or list it"
        )
    return kept


def run(args: argparse.Namespace) -> int:
    """Check the tables alone; then say, for each row changed since the last commit, what it moves.

    A verdict that moves without its line in the changelog is asked for, with Error 1.
    """
    if not passes():
        return 1
    lines, logged = changed_rows.told(data.DATA)
    for line in lines:
        print(line)
    return 0 if logged else 1
