"""Say which outputs no longer belong to these data, notebooks, helpers and lock."""

import argparse
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from helpers import data, notebook_parameters, scenarios
from helpers.machinery.outputs import cache_of_verdicts_ahead, manifest, replace_outputs_whole
from helpers.machinery.run.errors import RunError
from helpers.machinery.run.progress import say
from helpers.machinery.texts import readme

BESIDE = re.compile(r"\..+\.lock")  # of a set of outputs
BUILT = re.compile(r"\..+\.(new|old)|\.points")  # a set half made, and the points of sweeps


def run(args: argparse.Namespace) -> int:
    """Say which outputs no longer belong to these data, notebooks, helpers and lock."""
    folders = [
        folder
        for folder in sorted(replace_outputs_whole.OUTPUTS.glob("[!.]*"))
        if _plain(folder) and folder.name not in scenarios.TAKEN
    ]
    others = [
        folder
        for taken in scenarios.TAKEN
        for folder in sorted(replace_outputs_whole.OUTPUTS.glob(f"{taken}/[!.]*"))
        if _plain(folder)
    ]
    strange = [
        f"{path.relative_to(replace_outputs_whole.OUTPUTS)} is foreign" for path in _strange()
    ]
    if not folders + others + strange:
        say("there are no outputs to verify; make reproduce makes them")
        return 1
    everything = strange
    for folder in folders + others:
        name = folder.relative_to(replace_outputs_whole.OUTPUTS).as_posix()
        faults = [f"{name}: {fault}" for fault in _faults(folder, folder in folders)]
        say(f"{name}: {_count(faults) if faults else 'every file is what these inputs give'}")
        everything += faults
    for fault in everything:
        say(fault)
    if any(fault.startswith("article: ") for fault in everything):
        for line in _apart(replace_outputs_whole.OUTPUTS / "article"):
            say(line)
    return 1 if everything else 0


def _apart(folder: Path) -> list[str]:
    """How the scenario `article` differs from what the committed notebooks give, a line for each
    number, or that the numbers are the same and only bytes differ. Nothing where the notebooks were
    not run, or what the outputs were made from has changed.
    """
    # takes a second, for which there is no need where all is well
    from helpers.machinery.commands import publish_scenario
    from helpers.machinery.outputs import differing_numbers
    from helpers.machinery.run import execute
    from helpers.machinery.site import notebook_html

    made = manifest.last(folder)
    if made is None or manifest.moved(made):
        return []
    notebooks: dict = {}
    contents = notebook_html.Contents()
    try:
        for name in scenarios.notebooks():
            notebooks[name] = execute.open_notebook(scenarios.file(name))
            execute.prove(name, notebooks[name])
            contents.add(name, notebooks[name])
        with tempfile.TemporaryDirectory() as again:
            publish_scenario.fill(
                Path(again), "article", {}, notebooks, contents, manifest.inputs()
            )
            told = differing_numbers.folders(Path(again), folder)
    except RunError:
        return []
    lines = [line for line in told if not line.startswith((manifest.NAME, manifest.SUMS))]
    if not lines:
        return []
    same = all(differing_numbers.SAME in line or line.startswith("and ") for line in lines)
    end = ["every number is the same; only bytes differ"] if same else []
    return ["what the committed notebooks give → what is there:", *lines, *end]


def _plain(path: Path) -> bool:
    """Whether it is a folder and no link to one."""
    return path.is_dir() and not path.is_symlink()


def _strange() -> Iterator[Path]:
    """What lies beside the sets of outputs, and is neither one nor what publishing leaves there."""
    for place in (
        replace_outputs_whole.OUTPUTS,
        *(replace_outputs_whole.OUTPUTS / name for name in scenarios.TAKEN),
    ):
        for path in sorted(place.iterdir()) if _plain(place) else ():
            lock = BESIDE.fullmatch(path.name) and path.is_file() and not path.is_symlink()
            known = BUILT.fullmatch(path.name) or not path.name.startswith(".")
            lock = lock or (path.name == cache_of_verdicts_ahead.KEPT and path.is_file())
            if not lock and not (_plain(path) and known):
                yield path


def _count(faults: list[str]) -> str:
    return "1 fault" if len(faults) == 1 else f"{len(faults)} faults"


def _faults(folder: Path, is_scenario: bool) -> list[str]:
    """Why the outputs in a folder are not those of the present inputs, a line for each file."""
    scenario, _, as_of = folder.name.partition("@")
    try:
        changed = scenarios.resolve(scenario, as_of)[1] if is_scenario else None
        faults = manifest.verify(folder, changed)
    except notebook_parameters.ParameterError as error:
        faults = [str(error)]
    if is_scenario and folder.name == "article":
        stated = readme.stated(data.text(readme.README))
        faults += [
            f"{name} is not the one that README.md states"
            for name in readme.MAILED
            if not (folder / name).is_file() or manifest.digest(folder / name) != stated.get(name)
        ]
        if not faults and manifest.total(folder) != stated.get(readme.ALL):
            faults.append("the files together are not those that README.md states")
    return faults
