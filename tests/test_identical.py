"""The outputs are the same to the byte whoever makes them, wherever and whenever; and nothing reads
the clock.
"""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from checkouts import Checkout, files
from test_kernels import poisoned

from helpers import data, scenarios

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
CLOCK = {"today", "now", "utcnow", "time", "time_ns", "localtime", "gmtime", "ctime", "strftime"}


@pytest.fixture(scope="module")
def plain(tmp_path_factory) -> dict[str, str]:
    """The SHA-256 of every output of the scenario `article` of this repository."""
    return reproduced(
        tmp_path_factory.mktemp("plain") / "wa", [], {"PATH": os.environ["PATH"]}, "2"
    )


def reproduced(
    folder: Path, before: list[str], environment: dict[str, str], jobs: str, *options: str
) -> dict[str, str]:
    checkout = Checkout(folder, system_site=True)
    shutil.copytree(scenarios.NOTEBOOKS, checkout.notebooks, dirs_exist_ok=True)
    run = subprocess.run(
        [
            *before,
            str(checkout.python),
            "-m",
            "helpers.machinery",
            "reproduce",
            "--jobs",
            jobs,
            *options,
        ],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert (run.returncode, run.stderr) == (0, "")
    return files(folder / "outputs/article")


def refused(command: list[str]) -> str:
    """Why the system runs nothing by this command; empty where it does."""
    try:
        asked = subprocess.run([*command, sys.executable, "-c", ""], capture_output=True, text=True)
    except OSError as error:
        return str(error)
    return (asked.stderr.strip() or "no reason given") if asked.returncode else ""


@pytest.fixture(scope="module")
def odd(tmp_path_factory) -> tuple[dict[str, str], dict[str, str]]:
    """The same outputs made under all that is odd here, and what of it the system refused, with the
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
    return (
        reproduced(
            folder, before, poisoned(path / "home") | settings, "1", "--kernels", "ordinary"
        ),
        reasons,
    )


@pytest.mark.parametrize("what", ["folder, locale, time zone, settings and hash seed", *UNDER])
def test_what_surrounds_a_run_has_no_part_in_an_output(plain, odd, what):
    found, reasons = odd
    if what in reasons:
        pytest.skip(f"the system refuses {what}: {reasons[what]}")
    assert {
        path for path in found.keys() | plain.keys() if found.get(path) != plain.get(path)
    } == set()


def test_the_outputs_of_the_article_are_those_of_the_committed_notebooks(plain):
    committed = {
        f"notebooks/{path.name}": of
        for path in scenarios.NOTEBOOKS.glob("*.ipynb")
        for of in [files(scenarios.NOTEBOOKS)[path.name]]
    }
    assert {path: plain[path] for path in committed} == committed


def test_nothing_that_makes_an_output_reads_the_clock():
    for path in (data.ROOT / "helpers").rglob("*.py"):
        code = ast.parse(path.read_text("utf-8"))
        called = {
            node.func.attr
            for node in ast.walk(code)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        }
        assert not called & CLOCK, path
