"""Start the warm parent process that kernels are forked from."""

import contextlib
import os
import secrets
import socket
import subprocess
import sys
from collections.abc import Iterator

from helpers import data
from helpers.link import PROVISIONER
from helpers.machinery.kernels.surroundings import PARENT, WAY, registered


@contextlib.contextmanager
def warm(wanted: str = "forked") -> Iterator[None]:
    """Run a warm parent while the block runs, and have Jupyter fork kernels from it.

    Kernels stay ordinary where `wanted` is "ordinary" or none can be forked.
    """
    if wanted != "forked" or sys.platform != "linux" or not registered():
        yield
        return
    with socket.socket(socket.AF_UNIX) as listening:
        address = "wa-" + secrets.token_hex(16)
        listening.bind("\0" + address)  # abstract: no path to be too long, no file to remove
        listening.listen(64)
        python = [sys.executable, "-P", "-X", "frozen_modules=off"]  # -P as in provisioner.py
        parent = subprocess.Popen(
            [*python, "-m", "helpers.machinery.kernels.fork_server", str(listening.fileno())],
            cwd=data.ROOT,
            stdin=subprocess.PIPE,
            pass_fds=[listening.fileno()],
            start_new_session=True,
        )
    variables = {PARENT: address, WAY: PROVISIONER}
    before = {name: os.environ[name] for name in variables if name in os.environ}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name in variables:
            del os.environ[name]
        os.environ.update(before)
        parent.communicate()  # closes its standard input, at which it ends
