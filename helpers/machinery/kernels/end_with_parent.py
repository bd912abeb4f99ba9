"""End with whoever started a process, however that ends."""

import ctypes
import signal
import sys

DIE_WITH_PARENT = 1  # Linux's PR_SET_PDEATHSIG


def die_with_parent() -> None:
    """Ask Linux to kill this process when the one that started it ends, however that ends."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGKILL)
