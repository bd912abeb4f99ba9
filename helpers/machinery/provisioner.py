"""Kernels for papermill, nbclient, nbconvert and nbval alike: forked from a warm parent where one runs, ordinary ones elsewhere."""

import asyncio
import contextlib
import json
import os
import secrets
import select
import signal
import socket

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning import LocalProvisioner

from helpers.machinery.kernels import PARENT

CHANNELS = ("shell", "iopub", "stdin", "hb", "control")
FIRST_PORT, PORTS = 10_000, 22_000  # Linux gives connections ports from 32,768 on


class ForkedKernel:
    """A forked kernel with what a LocalProvisioner uses of a `subprocess.Popen`; raises OSError where the parent is gone."""

    stdin = stdout = stderr = None

    def __init__(self, **request):
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

    def wait(self) -> int:
        self.watch.poll()
        os.close(self.pidfd)
        return 0

    def send_signal(self, number: int) -> None:
        signal.pidfd_send_signal(self.pidfd, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)


def _free_ports(how_many: int) -> list[int]:
    """Different free ports of loopback, below those that connections are given."""
    found: set[int] = set()
    while len(found) < how_many:
        port = FIRST_PORT + secrets.randbelow(PORTS)
        with socket.socket() as tried, contextlib.suppress(OSError):
            tried.bind(("127.0.0.1", port))
            found.add(port)
    return list(found)


class ForkProvisioner(LocalProvisioner):
    """Forks a kernel of the running environment where a warm parent is to be had, and launches an ordinary one where it is not."""

    async def pre_launch(self, **options) -> dict:
        """Give the kernel ports that no connection is given: of those the system chooses, one is sometimes taken before the kernel binds it."""
        self.parent.cache_ports = False
        for channel, port in zip(CHANNELS, _free_ports(len(CHANNELS)), strict=True):
            setattr(self.parent, f"{channel}_port", port)
        return await super().pre_launch(**options)

    async def launch_kernel(self, cmd: list[str], **options) -> KernelConnectionInfo:
        if "ipykernel_launcher" in cmd and PARENT in os.environ:
            arguments = cmd[cmd.index("ipykernel_launcher") + 1 :]
            folder = os.path.abspath(options.get("cwd") or ".")
            try:
                self.process = ForkedKernel(arguments=arguments, environment=dict(options["env"]), folder=folder)
            except OSError:
                return await super().launch_kernel(cmd, **options)
            self.pid = self.pgid = self.process.pid
            self.cwd = folder
            return self.connection_info
        return await super().launch_kernel(cmd, **options)

    async def wait(self) -> int | None:
        """Wait for the kernel's end as it comes, not in steps of a tenth of a second; without a thread, of which a fork would keep a dead copy."""
        if isinstance(self.process, ForkedKernel):
            loop, ended = asyncio.get_running_loop(), asyncio.Event()
            loop.add_reader(self.process.pidfd, ended.set)
            try:
                await ended.wait()
            finally:
                loop.remove_reader(self.process.pidfd)
        return await super().wait()
