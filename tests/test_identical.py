"""The outputs are the same to the byte whoever makes them, wherever and whenever; and nothing reads
the clock.
"""

import ast
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from checkouts import UNCHECKED, Checkout, notebook, write
from nbformat.v4 import new_output
from test_kernels import poisoned

from helpers import data, scenarios
from helpers.machinery.commands import publish_scenario
from helpers.machinery.outputs import differing_numbers, manifest
from helpers.machinery.run import execute
from helpers.machinery.site import notebook_html

# what a command is run by
LOOPBACK = """
import fcntl, os, socket, struct, sys
with socket.socket() as asked:
    flags = struct.pack("16sh14x", b"lo", 1 | 64)
    fcntl.ioctl(asked, 0x8914, flags)
os.execv(sys.argv[1], sys.argv[1:])
"""
PINNED = """
import os, sys
os.sched_setaffinity(0, [min(os.sched_getaffinity(0))])
os.execv(sys.argv[1], sys.argv[1:])
"""
UNDER = {
    "a network in which nothing but loopback is up": [
        "unshare",
        "--user",
        "--map-root-user",
        "--net",
        sys.executable,
        "-c",
        LOOPBACK,
    ],
    "one core": [sys.executable, "-c", PINNED],
}
SOME = ("01-membership", "04-beyond-nato", "07-ground-force")  # they draw and compute all kinds
pytestmark = [pytest.mark.rerun, pytest.mark.long]
CLOCK = {"today", "now", "utcnow", "time", "time_ns", "localtime", "gmtime", "ctime", "strftime"}


def reproduced(folder: Path, before: list[str], environment: dict[str, str]) -> Path:
    """The outputs of some notebooks in the scenario `article` made in a checkout."""
    checkout = Checkout(folder, system_site=True)
    committed = {name: execute.open_notebook(scenarios.file(name)) for name in SOME}
    write(checkout.notebooks, committed)
    run = subprocess.run(
        [*before, str(checkout.python), "-c", UNCHECKED, "reproduce", "--jobs", "1"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert (run.returncode, run.stderr) == (0, "")
    return folder / "outputs/article"


def refused(command: list[str]) -> str:
    """Why the system runs nothing by this command; empty where it does."""
    try:
        asked = subprocess.run([*command, sys.executable, "-c", ""], capture_output=True, text=True)
    except OSError as error:
        return str(error)
    return (asked.stderr.strip() or "no reason given") if asked.returncode else ""


@pytest.fixture(scope="module")
def odd(tmp_path_factory) -> tuple[Path, dict[str, str]]:
    """The outputs made under all that is odd here, and what of it the system refused, with the
    reason.
    """
    path = tmp_path_factory.mktemp("odd")
    settings = {
        "LC_ALL": "tr_TR.UTF-8",
        "LANG": "de_DE.UTF-8",
        "TZ": "Asia/Kathmandu",
        "PYTHONHASHSEED": "7",
        "DISPLAY": "",
    }
    reasons = {name: why for name, command in UNDER.items() if (why := refused(command))}
    before = sum((command for name, command in UNDER.items() if name not in reasons), [])
    folder = path / "a b'c\"é" / ("ø" * 60) / "wa"
    return reproduced(folder, before, poisoned(path / "home") | settings), reasons


@pytest.fixture(scope="module")
def plain(odd, tmp_path_factory) -> Path:
    """The same outputs made in this process of the notebooks as they are committed."""
    root, contents = odd[0].parents[1], notebook_html.Contents()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(data, "ROOT", root)  # whose scenarios.yml lists the same notebooks
        patch.setattr(scenarios, "NOTEBOOKS", root / "notebooks")
        notebooks = {name: execute.open_notebook(scenarios.file(name)) for name in SOME}
        for name, of in notebooks.items():
            contents.add(name, of)
        folder = tmp_path_factory.mktemp("plain")
        publish_scenario.fill(folder, "article", {}, notebooks, contents, manifest.inputs())
    return folder


@pytest.mark.parametrize("what", ["folder, locale, time zone, settings and hash seed", *UNDER])
def test_what_surrounds_a_run_has_no_part_in_an_output(plain, odd, what):
    found, reasons = odd
    if what in reasons:
        pytest.skip(f"the system refuses {what}: {reasons[what]}")
    assert differing_numbers.folders(plain, found) == []


def test_a_number_that_differs_between_two_folders_is_named(tmp_path):
    small = notebook("1 + 1")
    for folder, number in {"one": "2", "other": "3"}.items():
        (tmp_path / folder).mkdir()
        small.cells[-1].outputs = [new_output("execute_result", {"text/plain": number})]
        nbformat.write(small, tmp_path / folder / "small.ipynb")
        (tmp_path / folder / "page.html").write_text(f"<p>It comes to {number}.</p>")
    assert differing_numbers.folders(tmp_path / "one", tmp_path / "other") == [
        "page.html: 2 → 3 (by 0.5 of it)",
        "small, cell 3, text/plain: 2 → 3 (by 0.5 of it)",
    ]


def test_the_outputs_of_the_article_are_those_of_the_committed_notebooks(odd):
    """To the byte; nbval compares what every notebook shows."""
    made = {name: odd[0] / f"notebooks/{name}.ipynb" for name in SOME}
    assert [
        name for name in SOME if made[name].read_bytes() != scenarios.file(name).read_bytes()
    ] == []


def test_nothing_that_makes_an_output_reads_the_clock():
    for path in (data.ROOT / "helpers").rglob("*.py"):
        code = ast.parse(path.read_text("utf-8"))
        called = {
            node.func.attr
            for node in ast.walk(code)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        }
        assert not called & CLOCK, path
