"""The outputs are the same to the byte whoever makes them, wherever and whenever; and nothing reads the clock."""

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

# a network of its own in which nothing but loopback is up, as far as the system lets a user have one
ALONE = """
import fcntl, os, socket, struct, sys
with socket.socket() as asked:
    flags = struct.pack("16sh14x", b"lo", 1 | 64)
    fcntl.ioctl(asked, 0x8914, flags)
os.execv(sys.argv[1], sys.argv[1:])
"""
CLOCK = {"today", "now", "utcnow", "time", "time_ns", "localtime", "gmtime", "ctime", "strftime"}


@pytest.fixture(scope="module")
def plain(tmp_path_factory) -> dict[str, str]:
    """The SHA-256 of every output of the scenario `article` of this repository."""
    return reproduced(tmp_path_factory.mktemp("plain") / "wa", [], {"PATH": os.environ["PATH"]}, "2")


def reproduced(folder: Path, before: list[str], environment: dict[str, str], jobs: str, *options: str) -> dict[str, str]:
    checkout = Checkout(folder, system_site=True)
    shutil.copytree(scenarios.NOTEBOOKS, checkout.notebooks, dirs_exist_ok=True)
    run = subprocess.run(
        [*before, str(checkout.python), "-m", "helpers.machinery", "reproduce", "--jobs", jobs, *options],
        cwd=folder, env=environment, capture_output=True, text=True,
    )  # fmt: skip
    assert (run.returncode, run.stderr) == (0, "")
    return files(folder / "outputs/article")


def without_network() -> list[str]:
    """A command that runs another one without a network, or nothing where the system refuses one."""
    alone = ["unshare", "--user", "--map-root-user", "--net", sys.executable, "-c", ALONE]
    try:
        allowed = subprocess.run([*alone, shutil.which("true")], capture_output=True).returncode == 0
    except OSError:
        allowed = False
    return alone if allowed else []


def test_folder_locale_time_zone_settings_hash_seed_cores_and_network_have_no_part_in_an_output(plain, tmp_path):
    folder = tmp_path / "a b'c\"é" / ("ø" * 60) / "wa"
    odd = poisoned(tmp_path / "home") | {"LC_ALL": "tr_TR.UTF-8", "LANG": "de_DE.UTF-8", "TZ": "Asia/Kathmandu", "PYTHONHASHSEED": "7", "DISPLAY": ""}
    one_core = ["taskset", "--cpu-list", str(min(os.sched_getaffinity(0)))] if shutil.which("taskset") else []
    found = reproduced(folder, [*one_core, *without_network()], odd, "1", "--kernels", "ordinary")
    assert {path for path in found.keys() | plain.keys() if found.get(path) != plain.get(path)} == set()


def test_the_outputs_of_the_article_are_those_of_the_committed_notebooks(plain):
    committed = {f"notebooks/{path.name}": of for path in scenarios.NOTEBOOKS.glob("*.ipynb") for of in [files(scenarios.NOTEBOOKS)[path.name]]}
    assert {path: plain[path] for path in committed} == committed


def test_nothing_that_makes_an_output_reads_the_clock():
    for path in (data.ROOT / "helpers").rglob("*.py"):
        code = ast.parse(path.read_text("utf-8"))
        called = {node.func.attr for node in ast.walk(code) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)}
        assert not called & CLOCK, path
