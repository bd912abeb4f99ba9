"""Start the kernels of a run for papermill, nbclient, nbconvert and nbval."""

import contextlib
import secrets
import socket
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning import LocalProvisioner

CHANNELS = ("shell", "iopub", "stdin", "hb", "control")
LAUNCHER, OURS = "ipykernel_launcher", "helpers.machinery.kernels.kernel"
FIRST_PORT, PORTS = 10_000, 22_000  # Linux gives connections ports from 32,768 on


def _free_ports(how_many: int) -> list[int]:
    """Pick different free ports of loopback, below the ephemeral range."""
    free: set[int] = set()
    while len(free) < how_many:
        port = FIRST_PORT + secrets.randbelow(PORTS)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            free.add(port)
    return list(free)


class Provisioner(LocalProvisioner):
    """Starts a kernel of a run, which looks for no module in the folder that it starts in: what
    lies beside a notebook is no input of a run.
    """

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
        """Launch our kernel where ipykernel's is asked for."""
        options["env"] = options["env"] | {"PYTHONSAFEPATH": "1"}
        ours = [OURS if word == LAUNCHER else word for word in cmd]
        return await super().launch_kernel(ours, **options)
