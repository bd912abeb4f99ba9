"""Put a finished set of outputs in the place of the last one, whole or not at all, under a lock."""

import contextlib
import ctypes
import json
import os
import shutil
from pathlib import Path

import filelock

from helpers import data
from helpers.machinery.outputs import manifest
from helpers.machinery.run.errors import Busy, RunError

OUTPUTS = data.ROOT / "outputs"
AT_FDCWD, RENAME_EXCHANGE = -100, 2  # Linux's renameat2: both names change places in one step


@contextlib.contextmanager
def release(name: str):
    """An empty folder to build in; it takes the place of outputs/<name> when the block ends without
    an error.
    """
    target = OUTPUTS / name
    if OUTPUTS.resolve() not in target.resolve().parents:
        raise RunError(f"{name!a} is no folder of outputs/")
    fresh = target.with_name(f".{target.name}.new")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        lock = filelock.FileLock(target.with_name(f".{target.name}.lock")).acquire(timeout=0)
    except filelock.Timeout:
        raise Busy(f"another run is writing outputs/{name}; wait for it to end") from None
    except OSError as error:
        raise RunError(f"{OUTPUTS} cannot be written ({error.strerror})") from None
    with lock:
        _clear(fresh, target)
        fresh.mkdir()
        try:
            yield fresh
            _exchange(fresh, target)
        finally:
            _clear(fresh, target)


def as_json(value) -> str:
    """JSON as it is published: stable, readable, ending in a line feed."""
    return json.dumps(value, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def seal(
    folder: Path, name: str, changed: dict, tables: dict[str, list[str]], inputs: dict[str, str]
) -> None:
    """Write the manifest and the sums of a set of outputs, its last two files; the arguments are
    those of `manifest.make`.
    """
    (folder / manifest.NAME).write_text(
        as_json(manifest.make(folder, name, changed, tables, inputs)), "utf-8"
    )
    manifest.seal(folder)


def _exchange(fresh: Path, target: Path) -> None:
    """Let fresh and target change places; where the system has no such call, two renames with the
    old set kept until both are done.
    """
    if not target.exists():
        fresh.rename(target)
        return
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if (
        renameat2
        and renameat2(AT_FDCWD, os.fsencode(fresh), AT_FDCWD, os.fsencode(target), RENAME_EXCHANGE)
        == 0
    ):
        return
    target.rename(_aside(target))
    fresh.rename(target)


def _clear(fresh: Path, target: Path) -> None:
    """Remove what a run left, this one or one that was killed; a set still aside comes back if none
    took its place.
    """
    aside = _aside(target)
    if aside.exists() and not target.exists():
        aside.rename(target)
    for left in (aside, fresh):
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left, ignore_errors=True)
        else:  # somebody put a file there
            left.unlink(missing_ok=True)


def _aside(target: Path) -> Path:
    return target.with_name(f".{target.name}.old")
