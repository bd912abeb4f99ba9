"""A surrounding in which kernels give the same outputs whoever starts them."""

import contextlib
import fcntl
import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path

from helpers.machinery import SAME_CODE

PARENT = (  # the environment variable that holds the address of the process that forks kernels
    "WARM_PARENT_OF_KERNELS"
)
KEPT = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "CI")
OURS = (  # the file that marks a temporary folder as made here, whatever others are called
    ".scratch-of-willing-and-able"
)
QUIET = (  # else ipykernel warns at every start that its local sockets are not encrypted
    "c.IPKernelApp.log_level = 40\n"
)


@contextlib.contextmanager
def hermetic():
    """`settings` for a command: SIGTERM ends it like any error, so that nothing is left behind."""
    handler = signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        with settings() as scratch:
            yield scratch
    finally:
        signal.signal(signal.SIGTERM, handler)


@contextlib.contextmanager
def settings():
    """Give this process and its kernels settings of their own instead of the user's, in a scratch
    folder removed at the end.

    Startup files, Jupyter and matplotlib settings, the locale, the time zone and a read-only HOME
    have no part in an output.
    """
    before, temporary = dict(os.environ), tempfile.tempdir
    _clear_abandoned(Path(tempfile.gettempdir()))
    scratch, held = _scratch()
    try:
        profile = scratch / "ipython" / "profile_default"
        profile.mkdir(parents=True)
        (profile / "ipython_kernel_config.py").write_text(QUIET, "utf-8")
        os.environ.clear()
        os.environ.update({name: before[name] for name in KEPT if name in before})
        os.environ.update(
            HOME=str(scratch),
            TMPDIR=str(scratch),
            IPYTHONDIR=str(scratch / "ipython"),
            JUPYTER_CONFIG_DIR=str(scratch / "config"),
            JUPYTER_DATA_DIR=str(scratch / "data"),
            JUPYTER_RUNTIME_DIR=str(scratch / "run"),
            JUPYTER_PREFER_ENV_PATH="1",
            JUPYTER_PLATFORM_DIRS="1",
            MPLCONFIGDIR=str(_font_cache(scratch)),
            PYTHONNOUSERSITE="1",
            PYTHONUTF8="1",
            LC_ALL="C.UTF-8",
            TZ="UTC",
            **SAME_CODE,
        )
        tempfile.tempdir = str(scratch)
        yield scratch
    finally:
        os.environ.clear()
        os.environ.update(before)
        tempfile.tempdir = temporary
        shutil.rmtree(scratch, ignore_errors=True)
        os.close(held)


def _scratch() -> tuple[Path, int]:
    """A new temporary folder, and the open file that holds a lock on it for as long as this process
    lives.
    """
    made = Path(tempfile.mkdtemp(prefix=".wa-"))
    held = os.open(made, os.O_RDONLY)
    fcntl.flock(held, fcntl.LOCK_EX)
    (made / OURS).touch()
    return (
        made.rename(made.with_name(made.name[1:])),
        held,
    )  # nobody looks for it before it is locked


def _clear_abandoned(folder: Path) -> None:
    """Remove the temporary folders of runs that were killed: they carry our mark and nobody holds a
    lock on them.
    """
    for left in [mark.parent for mark in folder.glob(f"wa-*/{OURS}")]:
        with contextlib.suppress(OSError):
            held = os.open(left, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(left, ignore_errors=True)
            finally:
                os.close(held)


def _font_cache(scratch: Path) -> Path:
    """A matplotlib folder beside the environment, so that its font cache is made once; in the
    scratch folder where that is not to be had.
    """
    shared = Path(sys.prefix) / "matplotlib"
    try:
        shared.mkdir(exist_ok=True)
    except OSError:
        return scratch
    return shared if os.access(shared, os.W_OK) else scratch
