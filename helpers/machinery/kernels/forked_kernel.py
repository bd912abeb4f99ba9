"""Ask the fork server for kernels; where there is none, kernels are ordinary ones."""

import contextlib
import functools
import json
import os
import socket
import subprocess
import sys

import psutil

from helpers.machinery.kernels.isolation_from_settings import registered


class ForkedKernel(psutil.Process):
    """A process that waits to be told which kernel to become, with all that a LocalProvisioner
    calls on a `Popen`.

    Parameters
    ----------
    pid : int
        The process.
    tell : int
        The end of the pipe at which it waits.
    """

    stdin = stdout = stderr = None

    def __init__(self, pid: int, tell: int):
        super().__init__(pid)
        self.tell = tell

    def become(self, arguments: list[str], environment: dict[str, str], folder: str) -> None:
        """Say which kernel it shall become.

        Parameters
        ----------
        arguments : list of str
            The arguments of ipykernel_launcher.
        environment : dict
            Its environment variables.
        folder : str
            The folder it starts in.
        """
        asked = {"arguments": arguments, "environment": environment, "folder": folder}
        with open(self.tell, "w", encoding="utf-8") as pipe:
            json.dump(asked, pipe)

    def poll(self) -> int | None:
        """None while it runs, as of a `Popen`."""
        return None if self.is_running() else 0

    def send_signal(self, sig: int) -> None:
        """Send a signal, unless it has ended."""
        with contextlib.suppress(psutil.NoSuchProcess):
            super().send_signal(sig)

    def kill(self) -> None:
        """Kill it, unless it has ended."""
        with contextlib.suppress(psutil.NoSuchProcess):
            super().kill()


class Server:
    """The fork server, and the socket at which it is asked for kernels."""

    def __init__(self) -> None:
        self.requests, its = socket.socketpair(type=socket.SOCK_SEQPACKET)
        # as Jupyter starts a kernel, whose debugger warns otherwise
        python = [sys.executable, "-P", "-X", "frozen_modules=off"]
        self.process = subprocess.Popen(
            [*python, "-m", "helpers.machinery.kernels.fork_server", str(its.fileno())],
            stdin=subprocess.DEVNULL,
            pass_fds=[its.fileno()],
            start_new_session=True,
        )
        its.close()


@functools.cache
def server() -> Server | None:
    """The fork server of a run, started when it is first asked for; None where it cannot serve."""
    return Server() if sys.platform == "linux" and registered() else None


def end_server() -> None:
    """End the fork server, if there is one: the next run imports helpers as they are then."""
    if server.cache_info().currsize and (running := server()):
        running.process.kill()
        running.process.wait()
        running.requests.close()
    server.cache_clear()


def fork() -> ForkedKernel | None:
    """A kernel from the fork server, which waits to be told what to become; None without one."""
    if (running := server()) is None:
        return None
    told, tell = os.pipe()
    try:
        socket.send_fds(running.requests, [b"."], [told])
        return ForkedKernel(int(running.requests.recv(32)), tell)
    except (OSError, ValueError, psutil.Error):  # the server has ended
        os.close(tell)
        return None
    finally:
        os.close(told)
