"""Isolate commands and kernels from the user's settings, so that outputs are the same for all."""

import contextlib
import fcntl
import importlib.metadata
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from helpers.install import GROUP, PROVISIONER
from helpers.machinery import SAME_CODE

KEPT = ("PATH", "LD_LIBRARY_PATH", "CI")
OURS = ".scratch-of-willing-and-able"  # the file that marks a temporary folder as made here
WAY = "JUPYTER_DEFAULT_PROVISIONER_NAME"  # the variable with the way in which kernels start
KERNELS = (  # without the first line ipykernel warns that its local sockets are not encrypted
    "c.IPKernelApp.log_level = 40\n"
    "c.IPKernelApp.capture_fd_output = False\n"  # what a child prints would land anywhere
    'c.InteractiveShellApp.extensions = ["helpers.machinery.kernels.forbidden_in_cells"]\n'
)


@contextlib.contextmanager
def hermetic() -> Iterator[Path]:
    """Run a block as `settings` does, and let SIGTERM end it like any error: nothing is left."""
    handler = signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        with settings() as scratch:
            yield scratch
    finally:
        signal.signal(signal.SIGTERM, handler)


@contextlib.contextmanager
def settings() -> Iterator[Path]:
    """Replace the user's settings by fixed ones, in a scratch folder removed at the end.

    Startup files, settings of Jupyter and matplotlib, the locale, the time zone and a read-only
    HOME then change no output of this process or its kernels.
    """
    before, temporary = dict(os.environ), tempfile.tempdir
    _clear_abandoned(Path(tempfile.gettempdir()))
    scratch, held = _scratch()
    try:
        profile = scratch / "ipython" / "profile_default"
        profile.mkdir(parents=True)
        (profile / "ipython_kernel_config.py").write_text(KERNELS, "utf-8")
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
            DASK_ROOT_CONFIG=os.devnull,
            PYTHONNOUSERSITE="1",
            PYTHONUTF8="1",
            LC_ALL="C.UTF-8",
            TZ="UTC",
            **({WAY: PROVISIONER} if registered() else {}),
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


def registered() -> bool:
    """Whether `helpers.install` has told Jupyter of our way to start kernels."""
    return bool(importlib.metadata.entry_points(group=GROUP, name=PROVISIONER))


def _scratch() -> tuple[Path, int]:
    """Make a temporary folder and lock it; the open file holds the lock while this process lives.

    It gets the name that others look for only once it is locked.
    """
    made = Path(tempfile.mkdtemp(prefix=".wa-"))
    held = os.open(made, os.O_RDONLY)
    fcntl.flock(held, fcntl.LOCK_EX)
    (made / OURS).touch()
    return made.rename(made.with_name(made.name[1:])), held


def _clear_abandoned(folder: Path) -> None:
    """Remove the temporary folders of killed runs: they carry our mark and no lock."""
    for scratch in [mark.parent for mark in folder.glob(f"wa-*/{OURS}")]:
        with contextlib.suppress(OSError):
            held = os.open(scratch, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(scratch, ignore_errors=True)
            finally:
                os.close(held)


def _font_cache(scratch: Path) -> Path:
    """The folder of matplotlib's font cache: beside the environment, so that it is made once, or
    the scratch folder where that cannot be written.
    """
    shared = Path(sys.prefix) / "matplotlib"
    try:
        shared.mkdir(exist_ok=True)
    except OSError:
        return scratch
    return shared if os.access(shared, os.W_OK) else scratch
