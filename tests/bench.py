"""`make bench`: what the ways of running the notebooks cost, as ratios within one run. Writes
outputs/bench.json and a block of README.md.

Everything runs in a checkout of its own with the installed packages of this one, byte-code compiled
and the font cache warm; the ways
alternate, and each ratio is the median over the rounds. "Equal" is the byte-for-byte comparison
with what the plain way gives.
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
from pathlib import Path

import nbformat
import numpy as np
import psutil
from checkouts import Checkout, notebook
from nbclient import NotebookClient
from test_models import BY_NAME, RANGES

from helpers import models, quantities, scenarios, uncertainty
from helpers.machinery.kernels import start, surroundings
from helpers.machinery.outputs import publish
from helpers.machinery.texts import readme
from helpers.quantities import Quantity

ROUNDS = 3
POINTS = (8, 32, 128)
POWERS = (17, 20, 23)  # of two: 1.3·10^5, 10^6 and 8.4·10^6 draws
SWEPT = "01-membership"
COMPUTE = """
import json, sys
from helpers.machinery.kernels import start, surroundings
from helpers.machinery.run import execute
with surroundings.hermetic(), start.warm():
    print(json.dumps({name: ran.seconds for name, ran in execute.run_all({}, 1, lambda line: None).items()}))
"""
NBVAL = """
import subprocess, sys
from helpers.machinery.kernels import start, surroundings
from helpers.machinery.commands.test import NBVAL, PARALLEL
with surroundings.hermetic(), start.warm(sys.argv[1]):
    run = [sys.executable, "-m", *NBVAL, "-p", "no:cacheprovider", "notebooks"]
    sys.exit(subprocess.call(run + ([*PARALLEL, "-n", "2"] if sys.argv[1] == "forked" else [])))
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
    """The plain way: papermill's command for each notebook, then nbconvert's, one after the other."""
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
    """Execution and pages: plain, from clean, after one changed row, with nothing changed; and
    nbval in sequence and ours.
    """
    found, same = [], True
    table = made.path / "data/capabilities.csv"
    before = table.read_bytes()
    compute = json.loads(made.run("-c", COMPUTE).stdout)
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
        took["nbval plain"] = seconds(quiet, made.python, "-c", NBVAL, "ordinary", cwd=made.path)
        took["nbval ours"] = seconds(quiet, made.python, "-c", NBVAL, "forked", cwd=made.path)
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


def whole(function, ranges, size: int) -> None:
    """A model of whole arrays of random numbers, as the plainest numpy has it."""
    random = np.random.default_rng(1)
    function(*(random.triangular(a, (a + b) / 2, b, size) for a, b in ranges))


def draws() -> dict:
    """Draws of every model, ours against the plainest numpy: whole arrays of random numbers, one
    call.
    """
    found = {}
    for power in POWERS:
        both = [0.0, 0.0]
        for name, function in models.DEFINITIONS.items():
            if name == "composite":
                continue
            ranges = {symbol: RANGES.get(symbol, (1, 900)) for symbol in BY_NAME[name]}
            answer = quantities.modelled(
                name,
                "",
                **{
                    s: Quantity((a + b) / 2, a, b, rows=(s,), how="cell base")
                    for s, (a, b) in ranges.items()
                },
            )
            both[0] += seconds(uncertainty.draws.__wrapped__, answer, 1, power)
            both[1] += seconds(whole, function, ranges.values(), 2**power)
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


def kernel_memory() -> float:
    """MB that a forked kernel has for itself once it has imported helpers."""
    small = notebook(HELD)
    with start.warm():
        NotebookClient(small, kernel_name="python3").execute()
    return float(small.cells[-1].outputs[0]["data"]["text/plain"])


def weights(made: Checkout) -> dict:
    """Seconds to import helpers, bytes of the pages, and MB that kernels hold for themselves;
    greatest is of any process that ran.
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
            "forked": kernel_memory(),
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
        f"{number} in {of['seconds']:.1f} s ({of['ratio']:.2f})"
        for number, of in found["draws"].items()
    )
    weight = found["weights"]
    return f"""Measured {found["date"]} on {found["machine"]}, median of {ROUNDS} alternating rounds; the outputs of both ways were {"equal" if run["equal"] else "NOT EQUAL"} in every cell.

| | seconds | ratio |
|---|---|---|
| plain: `papermill` and `nbconvert` for each notebook in turn | {took["plain"]:.1f} | 1 |
| `make reproduce FORCE=1`, two at a time, with all the pages | {took["clean"]:.1f} | {ratio["clean"]:.2f} |
| after one changed row of `capabilities.csv` | {took["one row"]:.1f} | {ratio["one row"]:.2f} |
| nothing changed | {took["nothing"]:.1f} | {ratio["nothing"]:.3f} |
| `pytest --nbval` in sequence | {took["nbval plain"]:.1f} | 1 |
| nbval in warm kernels, two at a time | {took["nbval ours"]:.1f} | {ratio["nbval"]:.2f} |

The cells themselves take {sum(run["cells"].values()):.1f} s in a kernel that has its imports; the rest is start-up and pages: {start["plain"]:.1f} s the plain way, {start["clean"]:.1f} s ours.
Sweeps of one notebook: {sweep}.
Draws of every closed-form model: {drawn}; in brackets the ratio to whole arrays of random numbers in plain numpy.
`import helpers` takes {weight["import helpers"]:.2f} s. A kernel that has done so holds {weight["memory"]["ordinary"]:.0f} MB, a forked one {weight["memory"]["forked"]:.0f} MB of its own; no process took more than {weight["memory"]["greatest"]:.0f} MB. The pages weigh {weight["pages"]["all"] / 1e6:.1f} MB, the report {weight["pages"]["report.html"] / 1e6:.2f} MB."""


def main() -> None:
    with contextlib.ExitStack() as entered:
        scratch = Path(entered.enter_context(tempfile.TemporaryDirectory()))
        entered.enter_context(surroundings.settings())
        made = checkout(scratch / "checkout")
        found = {
            "date": str(datetime.date.today()),
            "machine": machine(),
            "runs": running(made, scratch),
            "weights": weights(made),
        }
        found |= {"sweeps": sweeps(made), "draws": draws()}
    publish.OUTPUTS.mkdir(exist_ok=True)
    (publish.OUTPUTS / "bench.json").write_text(publish.as_json(found), "utf-8")
    readme.README.write_text(
        readme.filled(readme.README.read_text("utf-8"), readme.MEASURED, block(found)), "utf-8"
    )
    print(block(found))
    sys.exit(not found["runs"]["equal"])


if __name__ == "__main__":
    main()
