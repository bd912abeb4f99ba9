"""A surrounding in which kernels give the same outputs whoever starts them."""

import contextlib
import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path

KEPT = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "CI")
QUIET = "c.IPKernelApp.log_level = 40\n"  # else ipykernel warns at every start that its local sockets are not encrypted


@contextlib.contextmanager
def hermetic():
    """Give this process and its kernels settings of their own instead of the user's, in a scratch folder removed at the end.

    Startup files, Jupyter and matplotlib settings, the locale, the time zone and a read-only HOME have no part in an output.
    """
    before = dict(os.environ)
    scratch, temporary = Path(tempfile.mkdtemp(prefix="wa-")), tempfile.tempdir
    handler = signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that `finally` runs
    try:
        profile = scratch / "ipython" / "profile_default"
        profile.mkdir(parents=True)
        (profile / "ipython_kernel_config.py").write_text(QUIET, "utf-8")
        os.environ.clear()
        os.environ.update({name: before[name] for name in KEPT if name in before})
        os.environ.update(
            HOME=str(scratch), TMPDIR=str(scratch), IPYTHONDIR=str(scratch / "ipython"), JUPYTER_CONFIG_DIR=str(scratch / "config"),
            JUPYTER_DATA_DIR=str(scratch / "data"), JUPYTER_RUNTIME_DIR=str(scratch / "run"), JUPYTER_PREFER_ENV_PATH="1",
            JUPYTER_PLATFORM_DIRS="1", MPLCONFIGDIR=str(_font_cache(scratch)), PYTHONNOUSERSITE="1", PYTHONUTF8="1",
            LC_ALL="C.UTF-8", TZ="UTC",
        )  # fmt: skip
        tempfile.tempdir = str(scratch)
        yield scratch
    finally:
        os.environ.clear()
        os.environ.update(before)
        tempfile.tempdir = temporary
        shutil.rmtree(scratch, ignore_errors=True)
        signal.signal(signal.SIGTERM, handler)


def _font_cache(scratch: Path) -> Path:
    """A matplotlib folder beside the environment, so that its font cache is made once; in the scratch folder where that is not to be had."""
    shared = Path(sys.prefix) / "matplotlib"
    try:
        shared.mkdir(exist_ok=True)
    except OSError:
        return scratch
    return shared if os.access(shared, os.W_OK) else scratch
