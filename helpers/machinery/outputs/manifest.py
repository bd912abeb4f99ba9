"""Record what a set of outputs was made from, and find what is stale."""

import hashlib
import json
import os
import platform
import stat
from pathlib import Path

from helpers import data, scenarios

NAME, SUMS = "manifest.json", "SHA256SUMS"
# what a notebook's outputs depend on: of the machinery, and of what is no code
RUNNERS = ("helpers/machinery/kernels/", "helpers/machinery/run/")
SHARED = (f"data/{data.CONTRACT}", "notebooks/scenarios.yml", "requirements.lock")
WRITTEN = ("id", "cell_type", "attachments")  # parts of a cell beside its source and tags
SOURCES = (".css", ".j2", ".js", ".json", ".md", ".py")


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def written(path: Path) -> str:
    """The SHA-256 of what somebody wrote in an input. Of a notebook that is its cells' ids, kinds,
    sources, tags and attachments: what they showed last and what JupyterLab notes of its kernel
    when it saves change no run.
    """
    if path.suffix != ".ipynb":
        return digest(path)
    try:
        cells = [
            ["".join(cell["source"]), cell["metadata"].get("tags"), *map(cell.get, WRITTEN)]
            for cell in json.loads(path.read_bytes())["cells"]
        ]
    except (ValueError, LookupError, TypeError, AttributeError):
        return digest(path)
    return hashlib.sha256(json.dumps(cells, sort_keys=True).encode()).hexdigest()


class Inputs(dict[str, str]):
    """The SHA-256 of every input of an output by its path in the repository, as `written` takes it,
    and when the system last changed its file: what is edited and put back has another time.
    """

    def __init__(self, paths: list[str]):
        super().__init__()
        self.written: dict[str, int] = {}
        for path in paths:
            self.note(path)

    def note(self, path: str) -> None:
        """Take an input as it is now."""
        self.written[path] = (data.ROOT / path).stat().st_ctime_ns
        self[path] = written(data.ROOT / path)

    def since(self) -> list[str]:
        """The inputs that were written, added or taken away since."""
        now = {path: (data.ROOT / path).stat().st_ctime_ns for path in _paths()}
        paths = now.keys() | self.written.keys()
        return sorted(path for path in paths if now.get(path) != self.written.get(path))


def inputs() -> Inputs:
    """The inputs as they are now.

    Tables that the contract lacks and notebooks that scenarios.yml lacks are none.
    """
    return Inputs(_paths())


def _paths() -> list[str]:
    """The paths of the inputs in the repository, in order."""
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
    return [path for path in sorted(listed + code) if (data.ROOT / path).is_file()]


def fingerprint(inputs: dict[str, str]) -> str:
    """The SHA-256 of all inputs together, as lines of `sha256sum` in the order of their paths."""
    lines = [f"{digest}  {path}\n" for path, digest in sorted(inputs.items())]
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def outputs(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file in a folder by its path there; empty for what is no plain file: a
    link, a pipe, an empty folder.
    """
    found = {}
    for base, folders, files in os.walk(folder):
        links = [name for name in folders if os.path.islink(os.path.join(base, name))]
        for path in [Path(base, name) for name in files + links]:
            plain = stat.S_ISREG(path.lstat().st_mode)
            found[path.relative_to(folder).as_posix()] = digest(path) if plain else ""
        if not folders + files and Path(base) != folder:
            found[Path(base).relative_to(folder).as_posix()] = ""
    return dict(sorted(found.items(), key=lambda item: item[0].split("/")))


def make(
    folder: Path, scenario: str, changed: dict, tables: dict[str, list[str]], inputs: dict[str, str]
) -> dict:
    """Describe the outputs in a folder and what they were made from.

    Every output depends on the parameters, the version of Python and every input; an executed
    notebook depends on those inputs alone that `concerns` names.

    Parameters
    ----------
    folder : Path
        The outputs.
    scenario : str
        The name of the outputs.
    changed : dict
        The parameters that differ from the article's.
    tables : dict
        The tables that each notebook read.
    inputs : dict
        The digests of all inputs before the first notebook ran.
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
    """Whether the outputs of a notebook depend on an input.

    Parameters
    ----------
    path : str
        The input: a file of the repository.
    name : str
        The notebook.
    tables : list of str
        The tables that the notebook read.
    """
    if path.startswith("helpers/machinery/"):
        return path.startswith(RUNNERS)
    return path.startswith("helpers/") or path in (
        *SHARED,
        f"notebooks/{name}.ipynb",
        *(f"data/{table}.csv" for table in tables),
    )


def last(folder: Path) -> dict | None:
    """Read the manifest of the outputs in a folder; None where there is none."""
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


def altered(folder: Path, made: dict) -> dict[str, str]:
    """The outputs that were edited, are missing, foreign or no plain files since they were made, by
    their paths, with what they are.
    """
    now, then = outputs(folder), made["outputs"]
    found = {}
    for path in sorted(now.keys() | then.keys()):
        if path not in now:
            found[path] = "is missing"
        elif not now[path]:
            found[path] = "is no plain file"
        elif path in (NAME, SUMS):
            continue
        elif path not in then:
            found[path] = "is foreign"
        elif now[path] != then[path]:
            found[path] = "was edited"
    return found


def current(folder: Path, changed: dict) -> bool:
    """Whether the outputs in a folder are whole and not stale."""
    return not verify(folder, changed)


def stale(folder: Path, made: dict | None, changed: dict) -> dict[str, str]:
    """The stale notebooks of an output folder, with the reason.

    Parameters
    ----------
    folder : Path
        The outputs.
    made : dict or None
        Their manifest.
    changed : dict
        The parameters wanted, as far as they differ from the article's.
    """
    names = scenarios.notebooks()
    if made is None:
        return dict.fromkeys(names, "there is no earlier run")
    if made["parameters"] != changed:
        return dict.fromkeys(names, "the parameters are others")
    if made["python"] != platform.python_version():
        return dict.fromkeys(names, f"Python was {made['python']}")
    paths, broken = moved(made), altered(folder, made)
    reasons = {}
    for name in names:
        tables = made["notebooks"].get(name, [])
        moved_inputs = [path for path in paths if concerns(path, name, tables)]
        if moved_inputs:
            reasons[name] = f"{moved_inputs[0]} changed"
            if len(moved_inputs) > 1:
                more = len(moved_inputs) - 1
                reasons[name] += f", and so did {more} more input{'s' if more > 1 else ''}"
        elif f"notebooks/{name}.ipynb" in broken:
            reasons[name] = "its last output was edited or is missing"
    return reasons


def sums(folder: Path) -> str:
    """List every file in the folder but SHA256SUMS, as `sha256sum --check` reads it."""
    digests = outputs(folder)
    return "".join(f"{digests[path]}  {path}\n" for path in digests if path != SUMS)


def total(folder: Path) -> str:
    """The SHA-256 of the sums without the manifest's line: of all that no version of Python shows
    in.
    """
    lines = [line for line in sums(folder).splitlines(True) if not line.endswith(f" {NAME}\n")]
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def seal(folder: Path) -> None:
    """Write SHA256SUMS, the last file of a folder."""
    (folder / SUMS).write_text(sums(folder), "utf-8")


def verify(folder: Path, changed: dict | None) -> list[str]:
    """Say which outputs in a folder are stale or altered, a line for each file.

    Parameters
    ----------
    folder : Path
        The outputs.
    changed : dict or None
        The parameters wanted, as far as they differ from the article's; None for outputs without
        executed notebooks.
    """
    made = last(folder)
    if made is None:
        return [f"{NAME} is missing or cannot be read: nothing says what the files were made from"]
    broken = altered(folder, made)
    faults = [f"{path} {what}" for path, what in broken.items()]
    if not (folder / SUMS).is_file() or (folder / SUMS).read_bytes() != sums(folder).encode():
        faults.append(f"{SUMS} does not list these files as they are")
    reasons = {} if changed is None else stale(folder, made, changed)
    for name, why in reasons.items():
        if (path := f"notebooks/{name}.ipynb") not in broken:
            faults.append(f"{path} is stale: {why}")
    if paths := moved(made):
        more = f" and {len(paths) - 3} more" if len(paths) > 3 else ""
        faults.append(f"every page is stale: {', '.join(paths[:3])}{more} changed")
    return faults
