"""Whether every changed figure has its line in CHANGELOG.md."""

import os
import re
import subprocess
from pathlib import Path

from helpers import data

CHANGELOG = data.ROOT / "CHANGELOG.md"
WORDS = (
    "note",
    "title",
    "claim",
    "quoted",
    "statement",
    "sense",
    "rank_reason",
    "meaning",
    "author_could_mean",
    "used_so_by",
    "judged_by",
)  # changed wording moves no number


def git(folder: Path, *words: str) -> bytes | None:
    """What a git command says of a folder; None where it cannot tell."""
    surrounding = {
        name: value for name, value in os.environ.items() if not name.startswith("GIT_")
    }  # a hook's are of its own repository
    try:
        told = subprocess.run(
            ["git", "-C", str(folder), *words],
            capture_output=True,
            timeout=20,
            env=surrounding | {"GIT_OPTIONAL_LOCKS": "0"},
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return told.stdout if told.returncode == 0 else None


def added(changelog: Path) -> list[str]:
    """The lines of the changelog that the last commit does not have."""
    before = (
        (git(changelog.parent, "show", f"HEAD:./{changelog.name}") or b"")
        .decode("utf-8", "replace")
        .splitlines()
    )
    return [line for line in changelog.read_text("utf-8").splitlines() if line not in before]


def unlogged(folder: Path = data.DATA, changelog: Path = CHANGELOG) -> list[str]:
    """Ids of rows that differ from the last commit in more than wording, or are gone, and that no
    line added to the changelog since names.

    New rows need no line. Empty where git cannot tell.
    """
    logged = {word for line in added(changelog) for word in re.split(r"[\s,|]+", line)}
    return [
        id for name in data.contract(folder) for id in _changed(name, folder) if id not in logged
    ]


def _changed(table: str, folder: Path) -> list[str]:
    """Ids of a table's rows that the last commit holds otherwise."""
    told = git(folder, "show", f"HEAD:./{table}.csv")
    if told is None:
        return []
    before, faults = data.parse(table, told, folder)
    now, more = data.parse(table, (folder / f"{table}.csv").read_bytes(), folder)
    if faults or more:
        return []
    columns = [name for name in data.columns(table, folder) if name not in WORDS]
    held = now.reindex(before.index)
    same = (
        ((before[columns] == held[columns]) | (before[columns].isna() & held[columns].isna()))
        .fillna(False)
        .all(axis=1)
    )
    return list(before.index[~same])
