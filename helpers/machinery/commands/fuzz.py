"""Check that no output depends on the processor: the same bytes whatever the last digits are."""

import argparse
import concurrent.futures
import json
import os
import subprocess
import sys
from pathlib import Path

from helpers import data, scenarios
from helpers.machinery.outputs import replace_outputs_whole
from helpers.machinery.run.progress import say

# other processors, C libraries and BLAS kernels, as far as this machine can pretend to be one
SURROUNDINGS: dict[str, dict[str, str]] = {
    "as this machine is": {},
    "numpy without AVX-512": {"NPY_DISABLE_CPU_FEATURES": "X86_V4 AVX512_ICL AVX512_SPR"},
    "numpy without AVX2": {"NPY_DISABLE_CPU_FEATURES": "X86_V3 X86_V4 AVX512_ICL AVX512_SPR"},
    "libm without AVX2 and FMA": {"GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2,-FMA"},
    "OpenBLAS for Nehalem": {"OPENBLAS_CORETYPE": "Nehalem"},
}
TOGETHER = 10  # seeds a process: it imports and reads the tables once for them
BELT = ("NPY_DISABLE_CPU_FEATURES", "OPENBLAS_CORETYPE", "GLIBC_TUNABLES")


def python(arguments: list[str], **environment: str) -> subprocess.CompletedProcess:
    """Run Python without the settings that hide the processor, and with those of `environment`."""
    own = {name: value for name, value in os.environ.items() if name not in BELT}
    run = subprocess.run(
        [sys.executable, *arguments],
        cwd=data.ROOT,
        env=own | environment,
        capture_output=True,
        text=True,
    )
    if run.returncode:
        raise RuntimeError(run.stderr.strip().splitlines()[-1])
    return run


def perturbed(
    seeds: list[int], notebooks: list[Path], folder: Path, **environment: str
) -> dict[int, dict[str, str]]:
    """Run notebooks in a process of its own, once for each seed.

    Parameters
    ----------
    seeds : list of int
        What the moved digits are drawn from.
    notebooks : list of Path
        The files of the notebooks to run.
    folder : Path
        Where the outputs are kept.
    **environment : str
        Environment variables, which may pretend another processor.

    Returns
    -------
    dict
        The SHA-256 of each notebook's outputs, by seed.
    """
    asked = [*map(str, seeds), "--folder", str(folder), "--notebooks", *map(str, notebooks)]
    run = python(["-m", "helpers.machinery.check.fuzz_last_digits", *asked], **environment)
    results = [json.loads(line) for line in run.stdout.splitlines() if line.startswith("{")]
    return {result["seed"]: result["outputs"] for result in results}


def _first_difference(one: Path, two: Path) -> str:
    """The first place where two outputs differ, with the text around it in each."""
    old, new = (path.read_text("utf-8") for path in (one, two))
    at = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), len(old))
    return f"{old[max(0, at - 40) : at + 40]!r} became {new[max(0, at - 40) : at + 40]!r}"


def run(args: argparse.Namespace) -> int:
    """Run every notebook in each of SURROUNDINGS and with each seed, and compare their digests."""
    notebooks = [scenarios.file(name) for name in scenarios.notebooks()]
    folder = replace_outputs_whole.OUTPUTS / ".fuzz"
    folder.mkdir(parents=True, exist_ok=True)
    say(
        f"running {len(notebooks)} notebooks as they are, then in {len(SURROUNDINGS)} surroundings"
        f" and with {args.seeds} seeds, {args.jobs} at a time; each of these takes about as long as"
        " a whole run"
    )
    plain = perturbed([0], notebooks, folder)[0]
    failed = False
    with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
        tasks = {}
        for place, (words, environment) in enumerate(SURROUNDINGS.items()):
            kept = folder / str(place)
            kept.mkdir(exist_ok=True)
            tasks[pool.submit(perturbed, [0], notebooks, kept, **environment)] = words, kept
        for first in range(1, args.seeds + 1, TOGETHER):
            seeds = list(range(first, min(first + TOGETHER, args.seeds + 1)))
            words = f"last digits moved, seeds {seeds[0]} to {seeds[-1]}"
            tasks[pool.submit(perturbed, seeds, notebooks, folder)] = words, folder
        for task in concurrent.futures.as_completed(tasks):
            words, kept = tasks[task]
            others = {
                (seed, name)
                for seed, digests in task.result().items()
                for name, digest in digests.items()
                if digest != plain[name]
            }
            say(f"{words}: {'other bytes' if others else 'the same bytes'}")
            for seed, name in sorted(others):
                failed = True
                one, two = folder / f"{name}.0.json", kept / f"{name}.{seed}.json"
                say(f"  {name}, seed {seed}: {_first_difference(one, two)}")
    return 1 if failed else 0
