"""Run pytest on tests/ and nbval on the committed notebooks."""

import argparse
import subprocess
import sys

from helpers import data
from helpers.machinery.kernels import start

NBVAL = ("pytest", "-q", "--nbval", "--nbval-current-env")
PARALLEL = ("--dist", "loadscope", "--no-loadscope-reorder", "-p", "helpers.machinery")


def run(args: argparse.Namespace) -> int:
    """Run pytest on tests/ and nbval on the committed notebooks."""
    command = [*NBVAL, *PARALLEL, "-n", str(args.jobs), "tests", "notebooks"]
    with start.warm(args.kernels):
        return subprocess.call([sys.executable, "-m", *command], cwd=data.ROOT)
