"""A parent process that has imported what every kernel imports, and forks a kernel per request.

`python -m helpers.machinery.kernels.fork_server FD` serves the listening socket FD until its
standard input ends. It is started by exec, so that no thread and no ZeroMQ context exists in it.
A request is one line of JSON; the answer is the kernel's process id and its pidfd.
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
INLINE = "module://matplotlib_inline.backend_inline"  # the backend that a kernel sets


def die_with_parent() -> None:
    """Ask Linux to kill this process when the one that forked it ends, however that ends."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGKILL)


def preload() -> None:
    """Import what kernels import, with the settings that a kernel imports it under.

    pandas asks at import whether it runs in a kernel and which encoding the output has.
    """
    os.environ["MPLBACKEND"] = INLINE
    kernel = types.SimpleNamespace(kernel=None)
    vars(builtins)["get_ipython"] = lambda: kernel
    stdout = sys.stdout
    sys.stdout = types.SimpleNamespace(encoding="UTF-8")
    import ipykernel.debugger
    import ipykernel.ipkernel
    import ipykernel.kernelapp  # noqa: F401
    import matplotlib.backends.backend_agg
    import matplotlib.pyplot  # noqa: F401
    import pandas  # noqa: F401
    import scipy.stats  # noqa: F401

    from helpers.machinery.kernels.guard import without_settings_of_others

    without_settings_of_others()
    sys.stdout = stdout
    del vars(builtins)["get_ipython"]
    with contextlib.suppress(Exception):  # the notebook that imports helpers reports their fault
        import helpers.all_verdicts  # noqa: F401
    gc.collect()
    gc.freeze()


def serve(listening: socket.socket) -> dict | None:
    """Fork a process for each request.

    Returns
    -------
    dict or None
        The request, in the process forked for it; None in the parent, once its input ends.
    """
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the system reaps kernels that ended
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
            pidfd = os.pidfd_open(pid)
            socket.send_fds(connection, [b"%d" % pid], [pidfd])
            os.close(pidfd)


def become_kernel(
    arguments: list[str], environment: dict[str, str], folder: str, parent: int
) -> None:
    """Turn a forked process into the requested kernel.

    It gets a session and a random state of its own, and is killed when the parent ends.

    Parameters
    ----------
    arguments : list of str
        The arguments of ipykernel_launcher.
    environment : dict
        The environment variables of the kernel.
    folder : str
        The folder it starts in.
    parent : int
        The process id of the parent.
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
    preload()
    if request := serve(socket.socket(fileno=int(sys.argv[1]))):
        become_kernel(**request)
