"""A process that has imported what kernels import, and forks itself for each kernel of a run:
importing takes a second, and a run has a kernel for each notebook.

`python -m helpers.machinery.kernels.fork_server FD` answers requests on the socket FD until its
other end is closed. It is started by exec, so that no thread and nothing else of a run is in it,
and reads no table.
"""

import builtins
import contextlib
import gc
import importlib
import json
import os
import pkgutil
import signal
import socket
import sys
import types

import helpers
from helpers.machinery.kernels.end_with_parent import die_with_parent

INLINE = "module://matplotlib_inline.backend_inline"  # the backend of pyplot in a kernel
IMPORTED = (  # beside what helpers import when they are imported themselves
    "ipykernel.debugger",
    "ipykernel.ipkernel",
    "ipykernel.kernelapp",
    "matplotlib.backends.backend_agg",
    "matplotlib.pyplot",
    "PIL.JpegImagePlugin",
    "scipy.stats",
)


def preload() -> None:
    """Import what kernels import: helpers, and what they use.

    pandas asks at import whether it runs in a kernel and how that is written to, and pyplot which
    backend it has.
    """
    gc.disable()
    os.environ["MPLBACKEND"] = INLINE
    stdout, sys.stdout = sys.stdout, types.SimpleNamespace(encoding="UTF-8")
    vars(builtins)["get_ipython"] = lambda: types.SimpleNamespace(kernel=None)
    packages = pkgutil.walk_packages(helpers.__path__, "helpers.", lambda name: None)
    found = [module.name for module in packages]
    ours = [name for name in found if not name.startswith("helpers.machinery")]
    for name in ("pandas", *IMPORTED, *ours):
        with contextlib.suppress(Exception):  # who imports it for a notebook tells what is wrong
            importlib.import_module(name)
    del vars(builtins)["get_ipython"]
    sys.stdout = stdout
    gc.freeze()
    gc.enable()


def serve(requests: socket.socket) -> int | None:
    """Fork a process for each request, which is one byte and the end of a pipe; the answer is its
    process id.

    Returns
    -------
    int or None
        The end of the pipe, in the process forked for it; None in the server, once nobody is left
        to ask.
    """
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the system reaps what ended
    while True:
        asked, ends, _, _ = socket.recv_fds(requests, 1, 1)
        if not asked:
            return None
        if not (pid := os.fork()):
            requests.close()
            return ends[0]
        os.close(ends[0])
        requests.send(b"%d" % pid)


def become_kernel(told: int) -> None:
    """Become the kernel that is asked for at the end of a pipe; nothing where it is closed."""
    from helpers.machinery.kernels import kernel

    die_with_parent()
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    with open(told, encoding="utf-8") as pipe:
        if not (text := pipe.read()):
            return
    asked = json.loads(text)
    os.environ.clear()
    os.environ.update(asked["environment"])
    os.chdir(asked["folder"])
    # it needs no advice on how it can be ended: its parent ends it
    parent = f"--IPKernelApp.parent_handle={os.getppid()}"
    sys.argv = ["ipykernel_launcher", *asked["arguments"], parent]
    sys.modules["numpy"].random.seed()  # else each kernel draws the same numbers
    kernel.run()


if __name__ == "__main__":
    die_with_parent()
    preload()
    end = serve(socket.socket(fileno=int(sys.argv[1])))
    if end is not None:
        become_kernel(end)
