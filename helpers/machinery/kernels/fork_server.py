"""A parent process that has imported what every kernel imports, and forks a fresh kernel for each
request.

`python -m helpers.machinery.kernels.fork_server FD` serves the listening socket FD until its standard input
ends. It is started by exec, so that
no thread and no ZeroMQ context exists in it. A request is one line of JSON; the answer is the
kernel's process id and its pidfd.
"""

import builtins
import contextlib
import ctypes
import gc
import json
import os
import select
import signal
import socket
import struct
import sys
import time
import types

DIE_WITH_PARENT = 1  # Linux's PR_SET_PDEATHSIG
INLINE = (  # what a kernel tells matplotlib before it is imported
    "module://matplotlib_inline.backend_inline"
)


def die_with_parent() -> None:
    """Let this process be killed when the one that forked it ends, however that ends; on Linux."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGKILL)


def preload() -> None:
    """Import what kernels import, in such a way that each forked one looks as if it had done so
    itself.
    """
    os.environ["MPLBACKEND"] = INLINE
    builtins.get_ipython = lambda: types.SimpleNamespace(
        kernel=None
    )  # pandas asks at import whether a kernel shows its tables
    shown = sys.stdout
    sys.stdout = types.SimpleNamespace(encoding="UTF-8")  # and in which encoding
    import ipykernel.debugger
    import ipykernel.ipkernel
    import ipykernel.kernelapp  # noqa: F401
    import matplotlib.backends.backend_agg
    import matplotlib.pyplot  # noqa: F401
    import pandas  # noqa: F401
    import scipy.stats  # noqa: F401

    sys.stdout = shown
    del builtins.get_ipython
    with contextlib.suppress(
        Exception
    ):  # a fault in helpers is told by the notebook that imports them
        import helpers.answers
        import helpers.charts
        import helpers.explore
        import helpers.ledger  # noqa: F401
    gc.collect()
    gc.freeze()


def serve(listening: socket.socket) -> dict | None:
    """Fork a kernel for each request: returns the request in the kernel, and None in the parent
    once its standard input ends.
    """
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the system buries kernels that ended
    while True:
        if sys.stdin in select.select([listening, sys.stdin], [], [])[0]:
            return None
        connection, _ = listening.accept()
        with connection, contextlib.suppress(OSError, ValueError):
            _, user, _ = struct.unpack(
                "3i", connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)
            )
            if user != os.getuid():
                continue
            request = json.loads(connection.makefile().readline())
            parent = os.getpid()
            if not (pid := os.fork()):
                listening.close()
                return request | {"parent": parent}
            ended = os.pidfd_open(pid)
            socket.send_fds(connection, [b"%d" % pid], [ended])
            os.close(ended)


def become_kernel(
    arguments: list[str], environment: dict[str, str], folder: str, parent: int
) -> None:
    """Be the kernel asked for: a session of its own, nothing of the parent's chance, killed when
    the parent ends.
    """
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setsid()
    die_with_parent()
    with open(os.devnull) as nothing:
        os.dup2(nothing.fileno(), 0)
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    os.chdir(folder)
    sys.argv = ["ipykernel_launcher", *arguments, f"--IPKernelApp.parent_handle={parent}"]
    import numpy
    from ipykernel import kernelapp

    numpy.random.seed()
    kernelapp.launch_new_instance()


if __name__ == "__main__":
    del sys.path[0]  # the folder it was started in, which a kernel does not look in either
    preload()
    if request := serve(socket.socket(fileno=int(sys.argv[1]))):
        become_kernel(**request)
