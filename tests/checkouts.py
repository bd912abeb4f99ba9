"""Small notebooks, and checkouts of this repository in folders of a test's own, with the installed
packages of the running one.
"""

import csv
import hashlib
import io
import os
import random
import select
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import nbformat
import yaml
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from helpers import data, notebook_parameters

PARTS = (
    "CHANGELOG.md",
    "Makefile",
    "README.md",
    "conftest.py",
    "data",
    "environment.yml",
    "helpers",
    "postBuild",
    "requirements.in",
    "requirements.lock",
)
JUDGING = """\
from helpers import claims, data
for id in claims.judged():
    if data.row(id)["notebook"] == "06-refuelling":
        display(claims.judge(id, data.World(as_of=as_of, roster=roster, evidence=evidence)))"""
KERNEL = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
DEFAULTS = "\n".join(f"{name} = {value!r}" for name, value in notebook_parameters.DEFAULTS.items())
UNCHECKED = """
import sys
from helpers.machinery import __main__ as machinery
from helpers.machinery.commands import check_data
check_data.passes = lambda: True  # what the tables say at the moment is not tested here
check_data.notes = list
sys.exit(machinery.main(sys.argv[1:]))
"""
DRIVER = """
import sys, types
from helpers.machinery import __main__ as machinery
from helpers.machinery.commands import check_data
from helpers.machinery.run import progress
from helpers.machinery.site import pages
progress.SILENT = float("inf")  # what is said where it takes long hangs on the machine
# what the tables say at the moment is not tested here, nor what the pages look like
check_data.passes = lambda **_: True
check_data.notes = list
pages.build = lambda folder, *_, **__: (folder / "index.html").write_text("a page")
sys.exit(machinery.main(sys.argv[1:]))
"""


def code(source: str, *tags: str):
    """A code cell."""
    return new_code_cell(source, metadata={"tags": list(tags)} if tags else {})


def notebook(*cells):
    """A notebook with title and parameters cell; each further cell is the text of a code cell, or a
    cell.
    """
    head = [new_markdown_cell("# A small notebook"), code(DEFAULTS, "parameters")]
    return new_notebook(
        cells=head + [code(cell) if isinstance(cell, str) else cell for cell in cells],
        metadata=KERNEL,
    )


def write(folder: Path, notebooks: dict, scenarios: dict | None = None) -> None:
    """Notebooks by name into a folder, and a scenarios.yml that lists them."""
    for name, content in notebooks.items():
        nbformat.write(content, folder / f"{name}.ipynb")
    listed = {
        "notebooks": list(notebooks),
        "scenarios": scenarios or {"article": {}, "read-only": {"evidence": "read"}},
    }
    (folder / "scenarios.yml").write_text(yaml.safe_dump(listed, sort_keys=False), "utf-8")


class Checkout:
    """The repository without its notebooks in another folder, with an environment of its own that
    shares the installed packages.
    """

    def __init__(self, path: Path, system_site: bool = False):
        self.path, self.notebooks, self.python = path, path / "notebooks", path / ".venv/bin/python"
        self.notebooks.mkdir(parents=True)
        for part in PARTS:
            source = data.ROOT / part
            (
                shutil.copytree(source, path / part)
                if source.is_dir()
                else shutil.copy2(source, path / part)
            )
        venv.create(path / ".venv", system_site_packages=system_site, symlinks=True)
        packages = (
            path
            / ".venv"
            / Path(sysconfig.get_path("purelib")).relative_to(sysconfig.get_path("data"))
        )
        (packages / "shared.pth").write_text(f"{Path(nbformat.__file__).parents[1]}\n", "utf-8")
        if (fonts := Path(sys.prefix, "matplotlib")).is_dir():
            shutil.copytree(
                fonts, path / ".venv/matplotlib"
            )  # the list of the fonts, which takes half a second to make
        (path / ".venv/share").symlink_to(Path(sysconfig.get_path("data"), "share"))
        shutil.copy(path / "requirements.lock", path / ".venv/installed")
        self.run("-m", "helpers.install").check_returncode()

    def run(self, *arguments: str, **options) -> subprocess.CompletedProcess:
        """Run the checkout's Python; what it prints is kept as text."""
        return subprocess.run(
            [self.python, *arguments],
            **{"cwd": self.path, "capture_output": True, "text": True} | options,
        )

    def command(self, *arguments: str, **options) -> subprocess.CompletedProcess:
        """Run a command of the machinery, without data check and pages."""
        return self.run("-c", DRIVER, *arguments, **options)


def shuffled(folder: Path) -> None:
    """Put the rows and the columns of every table of a folder into another order."""
    for file in folder.glob("*.csv"):
        rows = list(csv.reader(io.StringIO(file.read_text("utf-8-sig"), newline="")))
        draw = random.Random(file.name)
        order = draw.sample(range(len(rows[0])), len(rows[0]))
        body = draw.sample(rows[1:], len(rows) - 1)
        with file.open("w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows([row[place] for place in order] for row in [rows[0], *body])


def files(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file in a folder by its path there, but for locks and what else is
    hidden, and byte-code.
    """
    found = [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".") and path.suffix != ".pyc"
    ]
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in found
    }


def children(pid: int) -> list[int]:
    """The processes that a process has started and that go on."""
    return [
        int(child)
        for task in Path(f"/proc/{pid}/task").iterdir()
        for child in (task / "children").read_text().split()
    ]


def descendants(pid: int) -> list[int]:
    """The processes that a process has started, and those that they have."""
    return children(pid) + [below for child in children(pid) for below in descendants(child)]


def ended(processes: list[int]) -> bool:
    """Whether all these processes, given as pidfds, have ended or end before a hang is certain."""
    return all(select.select([process], [], [], 60)[0] for process in processes)


def heard(pipe: Path, process: subprocess.Popen) -> str:
    """What is written to the named pipe, as soon as something is; empty where the process ends
    before.
    """
    waiting = select.poll()
    waiting.register(end := os.open(pipe, os.O_RDONLY | os.O_NONBLOCK), select.POLLIN)
    waiting.register(os.pidfd_open(process.pid), select.POLLIN)
    return os.read(end, select.PIPE_BUF).decode() if end in dict(waiting.poll()) else ""
