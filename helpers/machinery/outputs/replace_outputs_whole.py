"""Replace a set of outputs by a finished new one, whole or not at all, under a lock."""

import contextlib
import ctypes
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import filelock

from helpers import data
from helpers.machinery.outputs import manifest
from helpers.machinery.run.errors import Busy, RunError

OUTPUTS = data.ROOT / "outputs"
AT_FDCWD, RENAME_EXCHANGE = -100, 2  # Linux's renameat2: both names change places in one step


@contextlib.contextmanager
def release(name: str) -> Iterator[Path]:
    """Give an empty folder to build in; it replaces outputs/<name> if the block ends well."""
    target = OUTPUTS / name
    if OUTPUTS.resolve() not in target.resolve().parents:
        raise RunError(f"{name!a} is no folder of outputs/", "no-folder-of-outputs")
    fresh = target.with_name(f".{target.name}.new")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        lock = filelock.FileLock(target.with_name(f".{target.name}.lock")).acquire(timeout=0)
    except filelock.Timeout:
        raise Busy(f"another run is writing outputs/{name}; wait for it to end") from None
    except OSError as error:
        message = f"{OUTPUTS} cannot be written ({error.strerror})"
        raise RunError(message, "outputs-unwritable") from None
    with lock:
        _clear(fresh, target)
        fresh.mkdir()
        try:
            yield fresh
            _exchange(fresh, target)
        finally:
            _clear(fresh, target)


def as_json(value: object) -> str:
    """Format JSON as it is published: stable, readable, ending in a line feed."""
    return json.dumps(value, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def seal(
    folder: Path, name: str, changed: dict, tables: dict[str, list[str]], inputs: manifest.Inputs
) -> None:
    """Write the manifest and the sums of a set of outputs, its last two files.

    RunError where an input was written since it was noted, though it were put back: some of the
    outputs may be made of what stood there meanwhile.

    Parameters
    ----------
    folder : Path
        The outputs.
    name : str
        The name of the outputs.
    changed : dict
        The parameters that differ from the article's, or what else the command was asked for.
    tables : dict
        The tables that each notebook read; empty where no notebook is among the outputs.
    inputs : Inputs
        All inputs, as they were noted before the run.
    """
    if paths := inputs.since():
        raise RunError(
            f"written while the run went on: {', '.join(paths)}\nnothing is published; run it"
            " again",
            "inputs-written",
        )
    (folder / manifest.NAME).write_text(
        as_json(manifest.make(folder, name, changed, tables, inputs)), "utf-8"
    )
    manifest.seal(folder)


def _exchange(fresh: Path, target: Path) -> None:
    """Let fresh and target change places in one system call.

    Where there is none, rename twice and keep the old set until both are done.
    """
    if not target.exists():
        fresh.rename(target)
        return
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    paths = (AT_FDCWD, os.fsencode(fresh), AT_FDCWD, os.fsencode(target))
    if renameat2 and renameat2(*paths, RENAME_EXCHANGE) == 0:
        return
    target.rename(_aside(target))
    fresh.rename(target)


def _clear(fresh: Path, target: Path) -> None:
    """Remove what this run or a killed one left; restore a set aside that none replaced."""
    aside = _aside(target)
    if aside.exists() and not target.exists():
        aside.rename(target)
    for path in (aside, fresh):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:  # somebody put a file there
            path.unlink(missing_ok=True)


def _aside(target: Path) -> Path:
    return target.with_name(f".{target.name}.old")
