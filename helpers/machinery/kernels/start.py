"""Let kernels be forked from a parent that has imported what every kernel imports."""

import contextlib
import importlib.metadata
import os
import secrets
import socket
import subprocess
import sys

from helpers import data
from helpers.link import GROUP, PROVISIONER
from helpers.machinery.kernels.surroundings import PARENT


@contextlib.contextmanager
def warm(wanted: str = "forked"):
    """Let kernels be forked from a warm parent while the block runs; they are ordinary ones where
    that cannot be or is not wanted.
    """
    if wanted != "forked" or not _forkable():
        yield
        return
    with socket.socket(socket.AF_UNIX) as listening:
        address = "wa-" + secrets.token_hex(16)
        listening.bind(
            "\0" + address
        )  # a name without a file: no path to be too long, nothing to remove
        listening.listen(64)
        parent = subprocess.Popen(
            [
                sys.executable,
                "-X",
                "frozen_modules=off",
                "-m",
                "helpers.machinery.kernels.fork_server",
                str(listening.fileno()),
            ],
            cwd=data.ROOT,
            stdin=subprocess.PIPE,
            pass_fds=[listening.fileno()],
            start_new_session=True,
        )
    told = {PARENT: address, "JUPYTER_DEFAULT_PROVISIONER_NAME": PROVISIONER}
    before = {name: os.environ[name] for name in told if name in os.environ}
    os.environ.update(told)
    try:
        yield
    finally:
        for name in told:
            del os.environ[name]
        os.environ.update(before)
        parent.stdin.close()
        parent.wait()


def _forkable() -> bool:
    """Whether kernels can be forked here: on Linux, in an environment that `helpers.link` has told
    of it.
    """
    return sys.platform == "linux" and bool(
        importlib.metadata.entry_points(group=GROUP, name=PROVISIONER)
    )
