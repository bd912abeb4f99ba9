"""Kernels for papermill, nbclient, nbconvert and nbval alike: forked from a warm parent where one
runs, ordinary ones elsewhere.
"""

import contextlib
import functools
import json
import os
import secrets
import select
import signal
import socket

from jupyter_client.asynchronous import AsyncKernelClient
from jupyter_client.client import KernelClient
from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning import LocalProvisioner
from jupyter_core.utils import run_sync

from helpers.machinery.kernels.surroundings import PARENT

CHANNELS = ("shell", "iopub", "stdin", "hb", "control")
SETTLED = (
    0.02  # seconds without a word after which a kernel on this machine has told all of its start
)
FIRST_PORT, PORTS = 10_000, 22_000  # Linux gives connections ports from 32,768 on


class ForkedKernel:
    """A forked kernel with what a LocalProvisioner uses of a `subprocess.Popen`; raises OSError
    where the parent is gone.
    """

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
        with contextlib.suppress(ProcessLookupError):  # it has ended
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


@functools.cache
def _prompt(client: type[KernelClient]) -> type[KernelClient]:
    """Such clients of kernels as do not wait a fifth of a second, once a kernel is ready, for
    whether it has more to say of its start.
    """

    class Prompt(client):
        async def _wait_for_ready(self, timeout: float | None = None) -> None:
            channel = self.iopub_channel
            patient = channel.get_msg
            channel.get_msg = lambda timeout: patient(timeout=SETTLED)
            try:
                await KernelClient._async_wait_for_ready(self, timeout)
            finally:
                del channel.get_msg

        wait_for_ready = (
            _wait_for_ready if issubclass(client, AsyncKernelClient) else run_sync(_wait_for_ready)
        )

    return Prompt


class ForkProvisioner(LocalProvisioner):
    """Forks a kernel of the running environment where a warm parent is to be had, and launches an
    ordinary one where it is not.
    """

    async def pre_launch(self, **options) -> dict:
        """Give the kernel ports that no connection is given: of those the system chooses, one is
        sometimes taken before the kernel binds it.
        """
        self.parent.cache_ports = False
        for channel, port in zip(CHANNELS, _free_ports(len(CHANNELS)), strict=True):
            setattr(self.parent, f"{channel}_port", port)
        return await super().pre_launch(**options)

    async def launch_kernel(self, cmd: list[str], **options) -> KernelConnectionInfo:
        if "ipykernel_launcher" in cmd and PARENT in os.environ:
            arguments = cmd[cmd.index("ipykernel_launcher") + 1 :]
            folder = os.path.abspath(options.get("cwd") or ".")
            try:
                self.process = ForkedKernel(
                    arguments=arguments, environment=dict(options["env"]), folder=folder
                )
            except OSError:
                return await super().launch_kernel(cmd, **options)
            self.pid = self.pgid = self.process.pid
            self.cwd = folder
            self.parent.client_factory = _prompt(self.parent.client_factory)
            return self.connection_info
        return await super().launch_kernel(cmd, **options)

    async def kill(self, restart: bool = False) -> None:
        """Kill a kernel, and wait for its end as it comes: the manager would look again only after
        a tenth of a second.
        """
        await super().kill(restart)
        if isinstance(self.process, ForkedKernel):
            self.process.watch.poll(100)
