"""Check that every changed figure has its line in CHANGELOG.md."""

import os
import re
import subprocess
from pathlib import Path

from helpers import data

CHANGELOG = data.ROOT / "CHANGELOG.md"
WORDS = (  # columns of words: a change moves no number
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
)


def git(folder: Path, *words: str) -> bytes | None:
    """The output of a git command in a folder; None where it fails."""
    # without the variables of a hook, which name its own repository
    variables = {name: text for name, text in os.environ.items() if not name.startswith("GIT_")}
    try:
        run = subprocess.run(
            ["git", "-C", str(folder), *words],
            capture_output=True,
            timeout=20,
            env=variables | {"GIT_OPTIONAL_LOCKS": "0"},
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return run.stdout if run.returncode == 0 else None


def added(changelog: Path) -> list[str]:
    """The lines of the changelog that the last commit does not have."""
    committed = git(changelog.parent, "show", f"HEAD:./{changelog.name}") or b""
    before = committed.decode("utf-8", "replace").splitlines()
    return [line for line in data.text(changelog).splitlines() if line not in before]


def changed_tables(folder: Path) -> list[str]:
    """The tables that differ from the last commit, as git says; none where it cannot tell."""
    output = git(folder, "diff", "--name-only", "-z", "HEAD", "--", ".") or b""
    names = {Path(os.fsdecode(path)).name for path in output.split(b"\0")}
    return [name for name in data.contract(folder) if f"{name}.csv" in names]


def unlogged(folder: Path = data.DATA, changelog: Path = CHANGELOG) -> list[str]:
    """Ids of rows that changed since the last commit and that no new line of the changelog names.

    A row changed if it is gone or differs in more than wording. New rows need no line. Empty where
    git cannot tell.
    """
    logged = {word for line in added(changelog) for word in re.split(r"[\s,|]+", line)}
    return [
        id for name in changed_tables(folder) for id in _changed(name, folder) if id not in logged
    ]


def _changed(table: str, folder: Path) -> list[str]:
    """Ids of a table's rows that differ from the last commit in more than wording."""
    committed = git(folder, "show", f"HEAD:./{table}.csv")
    if committed is None:
        return []
    before, faults = data.parse(table, committed, folder)
    now, more = data.parse(table, (folder / f"{table}.csv").read_bytes(), folder)
    if faults or more:
        return []
    columns = [name for name in data.columns(table, folder) if name not in WORDS]
    held = now.reindex(before.index)
    equal = (before[columns] == held[columns]).fillna(False)
    both_unknown = before[columns].isna() & held[columns].isna()
    return list(before.index[~(equal | both_unknown).all(axis=1)])
