"""Run notebooks while the last digit of every inexact function is moved at random.

A processor, a C library or a BLAS may give another last digit than the one here. What must not
depend on it is run with each result of such a function moved by -1, 0 or +1 unit in the last place:
the outputs must stay the same to the byte. A function that helpers must not call at all is moved by
a visible amount where helpers call it.

`python -m helpers.machinery.check.fuzz_last_digits SEED... [--notebooks NAME...]` prints,
a line a seed, a JSON object with the seed and the SHA-256 of each notebook's outputs; seed 0 moves
nothing.
"""

import argparse
import contextlib
import hashlib
import json
import math
import os
import sys
from pathlib import Path
from unittest import mock

import numpy as np

LIBM = (
    "acos acosh asin asinh atan atan2 atanh cbrt cos cosh dist erf erfc exp exp2 expm1 gamma hypot"
    " lgamma log log10 log1p log2 pow sin sinh tan tanh"
).split()
UFUNCS = (
    "arccos arccosh arcsin arcsinh arctan arctan2 arctanh cbrt cos cosh exp exp2 expm1 float_power"
    " hypot log log10 log1p log2 logaddexp logaddexp2 power sin sinc sinh tan tanh"
).split()
BLAS = "dot einsum inner matmul tensordot vdot".split()
LINALG = "det eig eigh eigvals eigvalsh inv lstsq norm pinv qr solve svd".split()
SPECIAL = "erf erfc erfinv gamma gammaln ndtr ndtri".split()
PNG = "image/png"
PICTURES = 10  # matplotlib draws for every so many seeds
VISIBLE = 1e-6  # relative: three digits above the grid's last
HELPERS = str(Path(__file__).resolve().parents[2])

seed = 0  # of what moves the results; 0 leaves them as they are


def moved(result, visible: bool = False):
    """A result with its last digit moved at random, each element by itself, equal ones alike.

    Whole numbers stay: a function that gives one is exact there in every implementation. visible
    moves by a relative 1e-6 instead.
    """
    if not seed:
        return result
    if isinstance(result, tuple) and not hasattr(result, "_fields"):
        return tuple(moved(part, visible) for part in result)
    if hasattr(result, "_fields"):
        return type(result)(*(moved(part, visible) for part in result))
    kind = getattr(np.asarray(result), "dtype", np.dtype(object)).kind
    if kind != "f":
        return result
    values = np.array(result, dtype=float)
    steps = _steps(values)
    away = np.nextafter(values, np.where(steps < 0, -np.inf, np.inf))
    if visible:
        away = values * (1 + VISIBLE)
    stays = (steps == 0) & (not visible) | ~np.isfinite(values) | (values == np.rint(values))
    values = np.where(stays, values, away)
    if isinstance(result, np.ndarray):
        if result.shape and result.flags.writeable:
            result[...] = values  # the caller may hold it by `out`
            return result
        return values.astype(result.dtype)
    return type(result)(values)


def _steps(values: np.ndarray) -> np.ndarray:
    """-1, 0 or 1 for each value, by a hash of its bits and the seed (SplitMix64)."""
    bits = values.reshape(-1).view(np.uint64) + np.uint64(seed * 0x9E3779B97F4A7C15 % 2**64)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        bits = (bits ^ (bits >> np.uint64(shift))) * np.uint64(factor)
    steps = ((bits ^ (bits >> np.uint64(31))) % np.uint64(3)).astype(int) - 1
    return steps.reshape(values.shape)


class Moved:
    """A function whose results are moved; all else about it is as it was."""

    def __init__(self, function, forbidden: bool):
        self.function, self.forbidden = function, forbidden

    def __call__(self, *args, **kwargs):
        """Call the function, and move the last digit of what it gives."""
        result = self.function(*args, **kwargs)
        return moved(result, self.forbidden and _called_by_helpers())

    def __getattr__(self, name):
        return getattr(self.function, name)


def _called_by_helpers() -> bool:
    """Whether the function was called from a module of helpers that computes numbers."""
    path = sys._getframe(2).f_code.co_filename
    return path.startswith(HELPERS) and "/machinery/" not in path.removeprefix(HELPERS)


def install() -> None:
    """Put a moved function in the place of every inexact one, before helpers are imported."""
    import scipy.special

    places = (
        (math, LIBM, False),
        (np, UFUNCS, True),
        (np, BLAS, True),
        (np.linalg, LINALG, True),
        (scipy.special, SPECIAL, False),
    )
    for module, names, forbidden in places:
        for name in names:
            if hasattr(module, name):
                setattr(module, name, Moved(getattr(module, name), forbidden))


def outputs(path: Path) -> list:
    """The outputs of a notebook's code cells, run one after the other in this process."""
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.utils.capture import capture_output

    InteractiveShell.clear_instance()
    shell = InteractiveShell.instance()
    given = []
    for cell in json.loads(path.read_text("utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            with capture_output() as captured:
                shell.run_cell("".join(cell["source"])).raise_error()
            given.append([captured.stdout, *(output.data for output in captured.outputs)])
    return given


def run(by: int, notebooks: list[Path], folder: Path | None) -> dict[str, str]:
    """The SHA-256 of each notebook's outputs, with results moved by a seed; and of its pictures,
    by `<notebook>, pictures`, where they are drawn.

    Parameters
    ----------
    by : int
        The seed. matplotlib draws the pictures for every PICTURES-th one: what it draws is what the
        SVG beside it shows, which is compared for each seed.
    notebooks : list of Path
        The notebooks.
    folder : Path or None
        Where the outputs are kept.
    """
    from helpers.charts.sheet import Sheet

    global seed
    seed = by
    drawn = by % PICTURES == 0
    digests = {}
    for path in notebooks:
        with contextlib.nullcontext() if drawn else mock.patch.object(Sheet, "png", ""):
            given = outputs(path)
        pictures = [data.pop(PNG, None) for _, *cell in given for data in cell]
        parts = {path.stem: given} | ({f"{path.stem}, pictures": pictures} if drawn else {})
        for name, part in parts.items():
            text = json.dumps(part, indent=1, sort_keys=True, default=str)
            digests[name] = hashlib.sha256(text.encode()).hexdigest()
            if folder:
                (folder / f"{name}.{by}.json").write_text(text, "utf-8")
    return digests


def main() -> None:
    """Run notebooks for each seed asked for, and print their digests."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("seeds", nargs="+", type=int)
    parser.add_argument("--notebooks", nargs="+", required=True, type=Path)
    parser.add_argument("--folder", type=Path)
    asked = parser.parse_args()
    install()
    import IPython.core.interactiveshell  # noqa: F401
    import scipy.stats  # noqa: F401

    import helpers.all_verdicts  # noqa: F401
    from helpers import claims, data

    claims.judged()
    for table in data.contract():  # read once, for all seeds
        data.load(table)
    os.chdir(asked.notebooks[0].parent)
    for by in asked.seeds:
        sys.stdout.flush()
        if child := os.fork():  # each seed begins with nothing kept by the one before
            if os.waitpid(child, 0)[1]:
                sys.exit(f"seed {by} failed")
            continue
        with contextlib.suppress(BrokenPipeError):
            result = {"seed": by, "outputs": run(by, asked.notebooks, asked.folder)}
            print(json.dumps(result), flush=True)
        os._exit(0)


if __name__ == "__main__":
    main()
