"""What a set of outputs was made from, and which of it no longer belongs to what is there now."""

import hashlib
import json
import platform
from pathlib import Path

from helpers import data, scenarios

NAME, SUMS = "manifest.json", "SHA256SUMS"
# what a notebook's outputs depend on, of the machinery
RUNNERS = ("helpers/machinery/kernels/", "helpers/machinery/run/")
SHARED = (
    f"data/{data.CONTRACT}",
    "notebooks/scenarios.yml",
    "requirements.lock",
)  # and of what is no code
SOURCES = (".css", ".j2", ".js", ".json", ".py")


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def inputs() -> dict[str, str]:
    """The SHA-256 of every file an output depends on, by its path in the repository; a file that
    nothing lists has no part.
    """
    listed = [
        *SHARED,
        *(f"data/{table}.csv" for table in data.contract()),
        *(f"notebooks/{name}.ipynb" for name in scenarios.notebooks()),
    ]
    code = [
        path.relative_to(data.ROOT).as_posix()
        for path in (data.ROOT / "helpers").rglob("*")
        if path.suffix in SOURCES
    ]
    return {
        path: digest(data.ROOT / path)
        for path in sorted(listed + code)
        if (data.ROOT / path).is_file()
    }


def fingerprint(inputs: dict[str, str]) -> str:
    """The SHA-256 of all inputs together: the lines of `sha256sum` for them, in the order of their
    paths.
    """
    return hashlib.sha256(
        "".join(f"{of}  {path}\n" for path, of in sorted(inputs.items())).encode()
    ).hexdigest()


def outputs(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file in a folder by its path there."""
    return {
        path.relative_to(folder).as_posix(): digest(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def make(
    folder: Path, scenario: str, changed: dict, tables: dict[str, list[str]], inputs: dict[str, str]
) -> dict:
    """The manifest of the outputs in a folder; `tables` holds those that each notebook read,
    `inputs` what they were before the first ran.

    Every output depends on the parameters, the version of Python and every input, but for the
    executed notebooks: each of them on what
    `concerns` it.
    """
    return {
        "scenario": scenario,
        "parameters": changed,
        "python": platform.python_version(),
        "notebooks": tables,
        "inputs": inputs,
        "outputs": outputs(folder),
    }


def concerns(path: str, name: str, tables: list[str]) -> bool:
    """Whether what a notebook shows depends on an input: the file itself, the tables it read, or
    what all notebooks share.
    """
    if path.startswith("helpers/machinery/"):
        return path.startswith(RUNNERS)
    return path.startswith("helpers/") or path in (
        *SHARED,
        f"notebooks/{name}.ipynb",
        *(f"data/{table}.csv" for table in tables),
    )


def last(folder: Path) -> dict | None:
    """The manifest of the outputs in a folder, or None where there is none that can be read."""
    try:
        made = json.loads((folder / NAME).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    match made:
        case {
            "parameters": dict(),
            "python": str(),
            "notebooks": dict(),
            "inputs": dict(),
            "outputs": dict(),
        }:
            return made
    return None


def moved(made: dict) -> list[str]:
    """The inputs that are not what they were when the outputs were made: changed, new or gone."""
    now, then = inputs(), made["inputs"]
    return sorted(path for path in now.keys() | then.keys() if now.get(path) != then.get(path))


def altered(folder: Path, made: dict) -> list[str]:
    """What happened to outputs since they were made, a line each: edited, missing, or not made
    here.
    """
    now, then = outputs(folder), made["outputs"]
    words = {
        path: (
            "is missing" if path not in now else "is foreign" if path not in then else "was edited"
        )
        for path in now.keys() | then.keys()
    }
    return [
        f"{path} {words[path]}"
        for path in sorted(words)
        if now.get(path) != then.get(path) and path not in (NAME, SUMS)
    ]


def current(folder: Path, changed: dict) -> bool:
    """Whether the outputs in a folder are whole, and what would be made now with some parameters."""
    return not verify(folder, changed)


def stale(folder: Path, made: dict | None, changed: dict) -> dict[str, str]:
    """The notebooks whose executed copy in a folder is not what they give now with some parameters,
    each with the reason.
    """
    names = scenarios.notebooks()
    if made is None:
        return dict.fromkeys(names, "there is no earlier run")
    if made["parameters"] != changed:
        return dict.fromkeys(names, "the parameters are others")
    if made["python"] != platform.python_version():
        return dict.fromkeys(names, f"Python was {made['python']}")
    paths, broken = moved(made), {line.split()[0] for line in altered(folder, made)}
    reasons = {}
    for name in names:
        found = [path for path in paths if concerns(path, name, made["notebooks"].get(name, []))]
        if found:
            reasons[name] = f"{found[0]} changed" + f", and {len(found) - 1} more" * (
                len(found) > 1
            )
        elif f"notebooks/{name}.ipynb" in broken:
            reasons[name] = "its last output was edited or is missing"
    return reasons


def sums(folder: Path) -> str:
    """A line for every file in the folder but SHA256SUMS, as `sha256sum --check` reads it."""
    return "".join(f"{of}  {path}\n" for path, of in outputs(folder).items() if path != SUMS)


def seal(folder: Path) -> None:
    """Write SHA256SUMS, the last file of a folder."""
    (folder / SUMS).write_text(sums(folder), "utf-8")


def verify(folder: Path, changed: dict | None) -> list[str]:
    """Why the outputs in a folder are not what would be made now with some parameters, a line for
    each file; none where they are.

    changed: the parameters that are not the article's; None for outputs without executed notebooks.
    """
    made = last(folder)
    if made is None:
        return [f"{NAME} is missing or cannot be read: nothing says what the files were made from"]
    faults = altered(folder, made)
    if not (folder / SUMS).is_file() or (folder / SUMS).read_text("utf-8") != sums(folder):
        faults.append(f"{SUMS} does not list these files as they are")
    broken = {line.split()[0] for line in faults}
    reasons = (
        {}
        if changed is None
        else {f"notebooks/{name}.ipynb": why for name, why in stale(folder, made, changed).items()}
    )
    faults += [f"{path} is stale: {why}" for path, why in reasons.items() if path not in broken]
    if paths := moved(made):
        faults.append(
            "every page is stale:"
            f" {', '.join(paths[:3])}{f' and {len(paths) - 3} more' * (len(paths) > 3)} changed"
        )
    return faults
