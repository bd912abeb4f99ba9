"""Start the kernels of a run for papermill, nbclient, nbconvert and nbval."""

import os
import secrets
import sys
from pathlib import Path
from tempfile import gettempdir
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning import LocalProvisioner

from helpers.machinery.kernels.forked_kernel import ForkedKernel

LAUNCHER, OURS = "ipykernel_launcher", "helpers.machinery.kernels.kernel"
waiting: list[ForkedKernel] = []  # for this process to tell what to become, before it starts others


class Provisioner(LocalProvisioner):
    """Starts a kernel of a run, which looks for no module in the folder that it starts in: what
    lies beside a notebook is no input of a run.
    """

    async def pre_launch(self, **options: Any) -> dict[str, Any]:
        """Let the kernel talk through sockets of a random name: a port chosen here could be taken
        before the kernel binds it.

        On Linux the name stands in no folder, whose path could be longer than a socket's may be.
        """
        if (manager := self.parent) is not None and manager.transport != "ipc":
            name = f"willing-and-able-{secrets.token_hex(8)}"
            manager.cache_ports = False
            manager.transport = "ipc"
            manager.ip = f"@{name}" if sys.platform == "linux" else str(Path(gettempdir()) / name)
        return await super().pre_launch(**options)

    async def launch_kernel(self, cmd: list[str], **options: Any) -> KernelConnectionInfo:
        """Launch our kernel where ipykernel's is asked for: a forked one where one waits."""
        options["env"] = options["env"] | {"PYTHONSAFEPATH": "1"}
        if not waiting or LAUNCHER not in cmd:
            ours = [OURS if word == LAUNCHER else word for word in cmd]
            return await super().launch_kernel(ours, **options)
        self.process, self.cwd = waiting.pop(), os.path.abspath(options.get("cwd") or ".")
        self.pid = self.pgid = self.process.pid
        self.process.become(cmd[cmd.index(LAUNCHER) + 1 :], options["env"], self.cwd)
        return self.connection_info
