"""Measure what the ways of running the notebooks cost, as ratios within one run: `make bench`.

Writes outputs/bench.json and a block of README.md. Everything runs in a checkout of its own with
the installed packages of this one, byte-code compiled and the font cache warm; the ways alternate,
and each ratio is the median over the rounds. "Equal" is the byte-for-byte comparison with what the
plain way gives.
"""

import contextlib
import csv
import datetime
import io
import json
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import nbformat
import numpy as np
import psutil

from helpers import data, formulas, quantities, scenarios, uncertainty
from helpers.machinery.kernels import isolation_from_settings
from helpers.machinery.outputs import replace_outputs_whole
from helpers.machinery.texts import readme
from helpers.quantities import Quantity
from helpers.recipe_acts import Recipe

sys.path.append(str(data.ROOT / "tests"))
from checkouts import Checkout  # noqa: E402
from test_formulas import BY_NAME, RANGES  # noqa: E402

ROUNDS = 3
POINTS = (8, 32)
POWERS = (17, 20, 23)  # of two: 1.3·10^5, 10^6 and 8.4·10^6 draws
SWEPT = "01-membership"
FORCED = "make reproduce FORCE=1"
COMPUTE = """
import json, sys
from helpers.machinery.kernels import isolation_from_settings
from helpers.machinery.run import execute
with isolation_from_settings.hermetic():
    ran = execute.run_all({}, 1, lambda line: None)
    print(json.dumps({name: each.seconds for name, each in ran.items()}))
"""
NBVAL = """
import subprocess, sys
from helpers.machinery.kernels import isolation_from_settings
from helpers.machinery.commands.test import NBVAL, PARALLEL
with isolation_from_settings.hermetic():
    run = [sys.executable, "-m", *NBVAL, "-p", "no:cacheprovider", "notebooks"]
    sys.exit(subprocess.call(run + ([*PARALLEL, "-n", "2"] if sys.argv[1] == "ours" else [])))
"""


def seconds(run, *arguments, **options) -> float:
    """How long a call takes."""
    began = time.perf_counter()
    run(*arguments, **options)
    return time.perf_counter() - began


def quiet(*command, **options) -> None:
    subprocess.run(
        command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options
    )


def checkout(path: Path) -> Checkout:
    """This repository in a folder of its own, byte-code compiled and fonts found."""
    made = Checkout(path)
    shutil.copytree(scenarios.NOTEBOOKS, made.notebooks, dirs_exist_ok=True)
    quiet(made.python, "-m", "compileall", "-q", "helpers", cwd=path)
    ours(made)
    return made


def plain(made: Checkout, out: Path) -> None:
    """Run the plain way: papermill and nbconvert for each notebook, one after the other."""
    for name in scenarios.notebooks():
        target = out / f"{name}.ipynb"
        run = (
            "-m",
            "papermill",
            made.notebooks / f"{name}.ipynb",
            target,
            "--cwd",
            made.notebooks,
            "-k",
            "python3",
            "--no-progress-bar",
        )
        quiet(made.python, *run, cwd=made.path)
        quiet(made.python, "-m", "nbconvert", "--to", "html", target, cwd=made.path)


def ours(made: Checkout, *options: str) -> None:
    quiet(made.python, "-m", "helpers.machinery", "reproduce", *options, cwd=made.path)


def outputs(notebook) -> list:
    """What the code cells of an executed notebook show."""
    return [(cell.source, cell.outputs) for cell in notebook.cells if cell.cell_type == "code"]


def equal(made: Checkout, out: Path) -> bool:
    """Whether every executed notebook of ours shows in every cell what the plain way shows."""
    pairs = [
        (out / f"{name}.ipynb", made.path / f"outputs/article/notebooks/{name}.ipynb")
        for name in scenarios.notebooks()
    ]
    return all(
        outputs(nbformat.read(one, 4)) == outputs(nbformat.read(other, 4)) for one, other in pairs
    )


def running(made: Checkout, scratch: Path) -> dict:
    """Measure execution and pages: plain, all anew, after one changed row, with nothing changed.

    And nbval in sequence and ours.
    """
    found, same = [], True
    table = made.path / "data/capabilities.csv"
    before = table.read_bytes()
    compute = json.loads(made.run("-c", COMPUTE).stdout.splitlines()[-1])  # after progress
    for number in range(ROUNDS):
        out = scratch / f"plain-{number}"
        out.mkdir()
        took = {"plain": seconds(plain, made, out)}
        took["clean"] = seconds(ours, made, "--force")
        same = same and equal(made, out)
        rows = list(csv.reader(io.StringIO(before.decode())))
        rows[-1][-1] += f" Seen again, {number}."  # its note
        with table.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)
        took["one row"] = seconds(ours, made)
        table.write_bytes(before)
        ours(made)
        took["nothing"] = seconds(ours, made)
        took["nbval plain"] = seconds(quiet, made.python, "-c", NBVAL, "plain", cwd=made.path)
        took["nbval ours"] = seconds(quiet, made.python, "-c", NBVAL, "ours", cwd=made.path)
        found.append(took)
        print(" ".join(f"{way} {value:.1f} s" for way, value in took.items()), flush=True)
    ratio = {
        way: statistics.median(took[way] / took["plain"] for took in found)
        for way in ("clean", "one row", "nothing")
    }
    ratio["nbval"] = statistics.median(took["nbval ours"] / took["nbval plain"] for took in found)
    middle = {way: statistics.median(took[way] for took in found) for way in found[0]}
    cells = sum(compute.values())
    return {
        "ratio": ratio,
        "seconds": middle,
        "equal": same,
        "cells": compute,
        "start-up": {"plain": middle["plain"] - cells, "clean": middle["clean"] - cells / 2},
    }


def sweeps(made: Checkout) -> dict:
    """Seconds of sweeps over days, of one notebook: with two workers, and the smaller ones with
    one.
    """
    found = {}
    first = datetime.date(2025, 12, 20)
    for points, jobs in [
        *((points, 2) for points in POINTS),
        *((points, 1) for points in POINTS[:2]),
    ]:
        shutil.rmtree(made.path / "outputs/sweep", ignore_errors=True)
        days = ",".join(str(first + datetime.timedelta(days=number)) for number in range(points))
        run = (
            made.python,
            "-m",
            "helpers.machinery",
            "sweep",
            "--parameters",
            f"as_of={days}",
            "--notebooks",
            SWEPT,
            "--jobs",
            str(jobs),
        )
        found[f"{points} points, {jobs} workers"] = seconds(quiet, *run, cwd=made.path)
        print(
            f"sweep of {points} points, {jobs} workers:"
            f" {found[f'{points} points, {jobs} workers']:.1f} s",
            flush=True,
        )
    return found


def plainly_drawn(function: Callable, ranges: dict[str, tuple], number: int) -> None:
    """Draw whole arrays of random numbers for a model, and call it once."""
    random = np.random.default_rng(1)
    function(*(random.triangular(a, (a + b) / 2, b, number) for a, b in ranges.values()))


def draws() -> dict:
    """Draws of every model, ours against the plainest numpy: whole arrays of random numbers, one
    call.
    """
    found = {}
    for power in POWERS:
        both = [0.0, 0.0]
        for name, function in formulas.DEFINITIONS.items():
            if name == "composite":
                continue
            ranges = {symbol: RANGES.get(symbol, (1, 900)) for symbol in BY_NAME[name]}
            answer = quantities.modelled(
                name,
                "",
                **{
                    s: Quantity((a + b) / 2, a, b, rows=(s,), how=Recipe("cell", "base"))
                    for s, (a, b) in ranges.items()
                },
            )
            both[0] += seconds(uncertainty.Draws(answer, 1).first, power)
            both[1] += seconds(plainly_drawn, function, ranges, 2**power)
        found[f"{2**power:,}"] = {"seconds": both[0], "ratio": both[0] / both[1]}
        print(
            f"{2**power:,} draws of every model: {both[0]:.1f} s, {both[0] / both[1]:.2f} of plain"
            " numpy",
            flush=True,
        )
    return found


HELD = (
    "import helpers.claims, helpers.charts, helpers.tables, psutil;"
    " psutil.Process().memory_full_info().uss / 1e6"
)


def weights(made: Checkout) -> dict:
    """Seconds to import helpers, bytes of the pages, and MB that a process holds once it has
    imported helpers; greatest is of any process that ran.
    """
    program = (
        "import time; began = time.perf_counter(); import helpers.claims, helpers.charts,"
        " helpers.tables; print(time.perf_counter() - began)"
    )
    pages = {
        path.name: path.stat().st_size
        for path in sorted((made.path / "outputs/article").glob("*.html"))
    }
    ordinary = float(
        made.run("-c", HELD.replace("; psutil", "; print(psutil", 1).replace("1e6", "1e6)")).stdout
    )
    return {
        "import helpers": statistics.median(
            float(made.run("-c", program).stdout) for _ in range(5)
        ),
        "pages": pages | {"all": sum(pages.values())},
        "memory": {
            "ordinary": ordinary,
            "greatest": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e3,
        },
    }


def machine() -> str:
    """The kind of machine, without its name."""
    memory = psutil.virtual_memory().total / 2**30
    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, {memory:.0f} GiB,"
        f" Python {platform.python_version()}"
    )


def block(found: dict) -> str:
    """The measurements as Markdown."""
    run, ratio, took, start = (
        found["runs"],
        found["runs"]["ratio"],
        found["runs"]["seconds"],
        found["runs"]["start-up"],
    )
    sweep = "; ".join(f"{name} {value:.0f} s" for name, value in found["sweeps"].items())
    drawn = "; ".join(
        f"{number} in {drawn['seconds']:.1f} s ({drawn['ratio']:.2f})"
        for number, drawn in found["draws"].items()
    )
    weight = found["weights"]
    memory, pages = weight["memory"], weight["pages"]
    cells = sum(run["cells"].values())
    words = "equal" if run["equal"] else "NOT EQUAL"
    rows = [
        ("plain: `papermill` and `nbconvert` for each notebook in turn", took["plain"], 1),
        (f"`{FORCED}`, two at a time, with all the pages", took["clean"], ratio["clean"]),
        ("after one changed row of `capabilities.csv`", took["one row"], ratio["one row"]),
        ("nothing changed", took["nothing"], ratio["nothing"]),
        ("`pytest --nbval` in sequence", took["nbval plain"], 1),
        ("nbval, two at a time", took["nbval ours"], ratio["nbval"]),
    ]
    table = "\n".join(f"| {way} | {value:.1f} | {part:.3g} |" for way, value, part in rows)
    paragraphs = [
        f"Measured {found['date']} on {found['machine']}, median of {ROUNDS} alternating rounds;"
        f" the outputs of both ways were {words} in every cell.",
        f"\n| | seconds | ratio |\n|---|---|---|\n{table}\n",
        f"`make test` takes {found['test']:.0f} s, {found['test'] / took['clean']:.1f} times as"
        f" long as `{FORCED}` and {found['test'] / took['plain']:.1f} times as long as the plain"
        " way.",
        f"The cells themselves take {cells:.1f} s in a kernel that has its imports; the rest is"
        f" start-up and pages: {start['plain']:.1f} s the plain way, {start['clean']:.1f} s ours.",
        f"Sweeps of one notebook: {sweep}.",
        f"Draws of every closed-form model: {drawn}; in brackets the ratio to whole arrays of"
        " random numbers in plain numpy.",
        f"`import helpers` takes {weight['import helpers']:.2f} s. A process that has done so holds"
        f" {memory['ordinary']:.0f} MB; no process took more than {memory['greatest']:.0f} MB. The"
        f" pages weigh {pages['all'] / 1e6:.1f} MB, the report"
        f" {pages['report.html'] / 1e6:.2f} MB.",
    ]
    return "\n".join(paragraphs)


def main() -> None:
    with contextlib.ExitStack() as entered:
        scratch = Path(entered.enter_context(tempfile.TemporaryDirectory()))
        entered.enter_context(isolation_from_settings.settings())
        made = checkout(scratch / "checkout")
        found = {
            "date": str(datetime.date.today()),
            "machine": machine(),
            "runs": running(made, scratch),
            "test": seconds(
                quiet, sys.executable, "-m", "helpers.machinery", "test", cwd=data.ROOT
            ),
            "weights": weights(made),
        }
        found |= {"sweeps": sweeps(made), "draws": draws()}
    replace_outputs_whole.OUTPUTS.mkdir(exist_ok=True)
    (replace_outputs_whole.OUTPUTS / "bench.json").write_text(
        replace_outputs_whole.as_json(found), "utf-8"
    )
    readme.README.write_text(
        readme.filled(readme.README.read_text("utf-8"), readme.MEASURED, block(found)), "utf-8"
    )
    print(block(found))
    sys.exit(not found["runs"]["equal"])


if __name__ == "__main__":
    main()
