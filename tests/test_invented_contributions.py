"""What README.md says one may add turns no test red, and `make check-data` asks for what is to be
added with it: every contribution is made in a checkout, and the tests it touches are run there.
"""

import json
import shutil

import invented_contributions
import pytest
from checkouts import Checkout

from helpers import data

pytestmark = pytest.mark.long
APART = shutil.ignore_patterns(
    ".git", ".venv", "outputs", "own", "__pycache__", ".*_cache", "*.orig"
)
ASKED = """
import sys
from helpers.machinery import __main__ as machinery
from helpers.machinery.check import what_changed_rows_move
what_changed_rows_move.told = lambda *_: ([], True)  # what each row moves is not looked at here
sys.exit(machinery.main(["check-data"]))
"""
TOUCHED = """
import json, subprocess, sys
from helpers import data
from helpers.machinery.commands import test
paths = set(test.changed(data.ROOT)) - set(test.FOR_ALL)  # of which each touches all
print(json.dumps([name for name in test.touched(paths) if name.startswith("tests/")]))
"""


def whole(path) -> Checkout:
    """A checkout with notebooks and tests."""
    checkout = Checkout(path)
    shutil.copytree(data.ROOT, path, dirs_exist_ok=True, ignore=APART)
    return checkout


def mended(checkout: Checkout) -> None:
    """The Python in its form, by the README's command."""
    for words in (["format"], ["check", "--fix"]):
        checkout.run("-m", "ruff", *words, "--quiet", ".").check_returncode()


def check_data(checkout: Checkout):
    return checkout.run("-c", ASKED)


def test_no_contribution_turns_a_test_red_that_check_data_did_not_foretell(
    tmp_path, committed_to_git
):
    checkout = whole(tmp_path)
    committed_to_git(tmp_path)
    for contribute in invented_contributions.EVERY:
        contribute(tmp_path)
    mended(checkout)
    invented_contributions.log_lines(tmp_path, check_data(checkout).stdout)
    refreshed = checkout.run("-m", "helpers.machinery", "refresh", "--jobs", "2")
    assert refreshed.returncode == 0, refreshed.stdout + refreshed.stderr
    checked = check_data(checkout)
    assert checked.returncode == 0 and "till then" not in checked.stdout, checked.stdout
    files = json.loads(checkout.run("-c", TOUCHED).stdout)
    assert {"tests/test_claims.py", "tests/test_pages.py", "tests/test_recount.py"} <= set(files)
    marked = ["-m", "not long and not rerun", "-n", "2", "--dist", "loadscope"]
    tested = checkout.run("-m", "pytest", "-q", "-p", "no:cacheprovider", *marked, *files)
    assert tested.returncode == 0, tested.stdout[-20_000:] + tested.stderr[-2_000:]
