"""Start kernels for papermill, nbclient, nbconvert and nbval: forked from a warm parent process
where one runs, ordinary ones elsewhere.
"""

import contextlib
import json
import os
import secrets
import select
import signal
import socket
import subprocess
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning import LocalProvisioner

from helpers.machinery.kernels.surroundings import PARENT

CHANNELS = ("shell", "iopub", "stdin", "hb", "control")
LAUNCHER, OURS = "ipykernel_launcher", "helpers.machinery.kernels.ordinary"
FIRST_PORT, PORTS = 10_000, 22_000  # Linux gives connections ports from 32,768 on


class ForkedKernel(subprocess.Popen):
    """A kernel forked by the warm parent, with what a LocalProvisioner calls on a `Popen`.

    Parameters
    ----------
    arguments : list of str
        The arguments of ipykernel_launcher.
    environment : dict
        The environment variables of the kernel.
    folder : str
        The folder it starts in.

    Raises
    ------
    OSError
        If the parent has ended.
    """

    def __init__(self, arguments: list[str], environment: dict[str, str], folder: str):
        self.args, self.returncode = arguments, None
        self.stdin = self.stdout = self.stderr = None
        request = {"arguments": arguments, "environment": environment, "folder": folder}
        with socket.socket(socket.AF_UNIX) as parent:
            parent.connect("\0" + os.environ[PARENT])
            parent.sendall(json.dumps(request).encode() + b"\n")
            answer, fds, _, _ = socket.recv_fds(parent, 32, 1)
        if not answer:
            raise ConnectionResetError("the parent of the kernels has ended")
        self.pid, (self.pidfd,) = int(answer), fds
        self.watch = select.poll()
        self.watch.register(self.pidfd, select.POLLIN)

    def poll(self) -> int | None:
        return 0 if self.watch.poll(0) else None

    def wait(self, timeout: float | None = None) -> int:
        self.watch.poll()
        os.close(self.pidfd)
        return 0

    def send_signal(self, number: int) -> None:
        with contextlib.suppress(ProcessLookupError):  # it has ended
            signal.pidfd_send_signal(self.pidfd, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)


def _free_ports(how_many: int) -> list[int]:
    """Pick different free ports of loopback, below the ephemeral range."""
    free: set[int] = set()
    while len(free) < how_many:
        port = FIRST_PORT + secrets.randbelow(PORTS)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            free.add(port)
    return list(free)


class ForkProvisioner(LocalProvisioner):
    """Forks a kernel where a warm parent process runs, and launches an ordinary one elsewhere."""

    async def pre_launch(self, **options: Any) -> dict[str, Any]:
        """Pick free ports below the ephemeral range, so that no outgoing connection takes one
        before the kernel binds it.
        """
        manager = self.parent
        if manager is not None:
            manager.cache_ports = False
            for channel, port in zip(CHANNELS, _free_ports(len(CHANNELS)), strict=True):
                setattr(manager, f"{channel}_port", port)
        return await super().pre_launch(**options)

    async def launch_kernel(self, cmd: list[str], **options: Any) -> KernelConnectionInfo:
        """Ask the warm parent for a kernel; launch an ordinary one where none answers.

        Neither looks for modules in the folder that it starts in: what lies beside a notebook is no
        input of a run.
        """
        if LAUNCHER not in cmd:
            return await super().launch_kernel(cmd, **options)
        options["env"] = options["env"] | {"PYTHONSAFEPATH": "1"}
        ordinary = [OURS if word == LAUNCHER else word for word in cmd]
        if PARENT not in os.environ:
            return await super().launch_kernel(ordinary, **options)
        arguments = cmd[cmd.index(LAUNCHER) + 1 :]
        folder = os.path.abspath(options.get("cwd") or ".")
        try:
            kernel = ForkedKernel(arguments, dict(options["env"]), folder)
        except OSError:
            return await super().launch_kernel(ordinary, **options)
        self.process, self.cwd = kernel, folder
        self.pid = self.pgid = kernel.pid
        return self.connection_info
