"""A small repository that was reproduced once, and ways to put a fault into it."""

import ctypes
import fcntl
import importlib.util
import json
import os
import resource
import shutil
import socket
import struct
import subprocess
import sys
import time
import tracemalloc
import venv
from collections.abc import Callable
from datetime import UTC, datetime
from multiprocessing.synchronize import Event
from pathlib import Path

import filelock
import nbformat
import pytest
import yaml
from checkouts import DRIVER, notebook
from nbformat.v4 import new_code_cell, new_output

from helpers import charts, claims, data, scenarios
from helpers.claims import card_html, verdicts_worked_out_ahead
from helpers.machinery import __main__ as machinery
from helpers.machinery.check import changelog, every_check
from helpers.machinery.commands import check_data, refresh
from helpers.machinery.outputs import manifest, replace_outputs_whole
from helpers.machinery.run import execute
from helpers.machinery.run.errors import RunError
from helpers.machinery.site import pages
from helpers.machinery.texts import readme

ONE = "print(1)"
TWO = (
    'from IPython.display import display\ndisplay({"text/html": "<p>two</p>", "text/plain": "two"},'
    " raw=True)"
)
REPRODUCE = ["reproduce", "--jobs", "1"]
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><script>hacked = 1</script><rect'
    ' width="9" height="9"/></svg>'
)
FIGURE = {
    "name": "fleets",
    "alt": "Bar chart in aircraft: France has 13 of them, the pool 2.",
    "source": "Sources: Government.",
    "rows": [],
    "caption": "Fleets",
    "columns": ["", "aircraft"],
    "table": [["France", "13"]],
}
CHECK = (sys.executable, "-m", "helpers.machinery", "check-data")
HELPER, LOCK = "helpers/quantities.py", "requirements.lock"
ROOT, BUILD = data.ROOT, pages.build


class Tables:
    """The tiny tables, into which a fault is put; the check of the tables meets it, and nothing
    else is run.
    """

    def __init__(self, tables, good: Path, patch):
        self.tables, self.good, self.patch = tables, good, patch
        self.check = lambda: every_check.main(tables.path)

    def whole(self) -> None:
        """Let the tables be all of the repository's."""
        shutil.copytree(data.DATA, self.tables.path, dirs_exist_ok=True)


class Here:
    """A small repository in a folder: the tiny tables, two notebooks, a helper, a lock and a
    README. A fault is put into it, a command is run.

    good     the same repository without a fault
    words    the command that meets the fault
    run      what runs it: a function of words that returns its exit status; another process where
             the surroundings are at fault
    watched  the folder in which nothing may change while the fault is met
    wanted   gives what else the tests share, by the name of the fixture
    """

    def __init__(
        self, root: Path, tables, patch, good: Path | None = None, wanted: Callable | None = None
    ):
        self.root, self.tables, self.patch, self.good, self.wanted, self.words = (
            root,
            tables,
            patch,
            good,
            wanted,
            REPRODUCE,
        )
        self.notebooks, self.outputs = root / "notebooks", root / "outputs"
        self.run, self.watched = self.here, root
        patch.setattr(data, "ROOT", root)
        patch.setattr(scenarios, "NOTEBOOKS", self.notebooks)
        patch.setattr(replace_outputs_whole, "OUTPUTS", self.outputs)
        patch.setattr(readme, "README", root / "README.md")
        patch.setattr(changelog, "CHANGELOG", root / "CHANGELOG.md")
        patch.setattr(
            check_data, "passes", lambda **options: every_check.main(tables.path, **options) == 0
        )
        patch.setattr(check_data, "notes", list)
        patch.setattr(refresh, "log_lacks", list)
        patch.setattr(pages, "build", lambda *given, **_: BUILD(*given, tables.path))
        patch.setattr(verdicts_worked_out_ahead, "table", lambda newest: {})

    def furnish(self) -> None:
        """Everything but the tables, and the outputs."""
        self.notebooks.mkdir()
        for name, cell in {"one": ONE, "two": TWO}.items():
            self.write(name, notebook(cell))
        self.listed(["one", "two"], {"article": {}, "read-only": {"evidence": "read"}})
        (self.root / "helpers").mkdir()
        for file in (HELPER, LOCK, "CHANGELOG.md"):
            (self.root / file).write_text("1\n", "utf-8")
        assert self.run(REPRODUCE) == 0
        (self.root / "README.md").write_text(readme.digests(self.outputs / "article"), "utf-8")

    def here(self, words: list[str]) -> int:
        """Run a command in this process."""
        try:
            return machinery.main(words)
        except SystemExit as end:  # argparse's way to refuse
            return end.code

    def write(self, name: str, content) -> None:
        nbformat.write(content, self.notebooks / f"{name}.ipynb")

    def listed(self, notebooks: list, changes: dict) -> None:
        """Another scenarios.yml."""
        text = yaml.safe_dump({"notebooks": notebooks, "scenarios": changes}, sort_keys=False)
        (self.notebooks / "scenarios.yml").write_text(text, "utf-8")

    def whole(self) -> None:
        """Let the tables be all of the repository's."""
        shutil.copytree(data.DATA, self.tables.path, dirs_exist_ok=True)


def every(*puts: Callable) -> Callable:
    """Several faults, one after the other."""
    return lambda here: [put(here) for put in puts] and None


# tables


def row(table: str, id: str, /, **cells: str) -> Callable:
    """Cells of a row changed, or a row added that is otherwise like the last."""
    return lambda here: here.tables.put(table, id, **cells)


def raw(table: str, change: Callable[[bytes], bytes]) -> Callable:
    """The bytes of a table changed."""

    def put(here):
        file = here.tables.file(table)
        before = file.read_bytes()
        file.write_bytes(change(before))
        assert file.read_bytes() != before

    return put


def text(table: str, old: str, new: str) -> Callable:
    """The first `old` in a table's text replaced."""
    return raw(table, lambda before: before.replace(old.encode(), new.encode(), 1))


def file_of(table: str, change: Callable[[Path], object]) -> Callable:
    return lambda here: change(here.tables.file(table))


def contract_of(change: Callable[[dict], object]) -> Callable:
    """The contract changed."""

    def put(here):
        file = here.tables.path / data.CONTRACT
        package = json.loads(file.read_text("utf-8"))
        change(package)
        file.write_text(json.dumps(package), "utf-8")

    return put


def in_order(table: str, rows: Callable = list, columns: Callable = list) -> Callable:
    """A table's rows and columns in another order."""

    def put(here):
        records = here.tables.rows(table)
        here.tables.write(
            table,
            [{name: record[name] for name in columns(records[0])} for record in rows(records)],
        )

    return put


def of_all(put: Callable) -> Callable:
    """A fault put into a copy of the repository's own tables."""

    def changed(here):
        here.whole()
        put(here)

    return changed


def reading(old: str, new: str) -> Callable:
    """A text in the repository's own readings replaced."""
    return of_all(text("readings", old, new))


def within(memory: int) -> Callable:
    """The check of the tables, held to so many bytes."""

    def put(here):
        checked = here.check

        def measured():
            tracemalloc.start()
            found = checked()
            assert tracemalloc.get_traced_memory()[1] < memory
            tracemalloc.stop()
            return found

        here.check = measured

    return put


# parameters


def ask(*words: str) -> Callable:
    """Another command."""
    return lambda here: setattr(here, "words", list(words))


def reproduce(*words: str) -> Callable:
    return ask(*REPRODUCE, *words)


def at_a_path(here) -> None:
    """A scenario named by a path from the root; never one of the machine's own, which would be
    replaced if it got through.
    """
    (here.root / "outside").mkdir()
    (here.root / "outside/kept").touch()
    here.words = [*REPRODUCE, "--scenario", str(here.root / "outside")]


def published_at_a_path(here) -> None:
    """The same where nothing has refused it before."""
    at_a_path(here)
    here.patch.setattr(scenarios, "resolve", lambda name, as_of="": (name, {}))


def scenario(changes: dict, notebooks: list | None = None) -> Callable:
    """A scenario `it` that changes what is given, asked for."""

    def put(here):
        here.listed(notebooks or ["one", "two"], {"article": {}, "it": changes})
        here.words = [*REPRODUCE, "--scenario", "it"]

    return put


def yml(content: str | bytes) -> Callable:
    return lambda here: (here.notebooks / "scenarios.yml").write_bytes(
        content if isinstance(content, bytes) else content.encode()
    )


def grid(name: str, content: str, *words: str) -> Callable:
    """A sweep over the grid of a file."""

    def put(here):
        (here.root / name).write_text(content, "utf-8")
        here.words = ["sweep", "--grid", str(here.root / name), *words]

    return put


# notebooks


def book(content, name: str = "two") -> Callable:
    """Another notebook in the place of one: text, bytes, or cells."""

    def put(here):
        if isinstance(content, str | bytes):
            (here.notebooks / f"{name}.ipynb").write_bytes(
                content if isinstance(content, bytes) else content.encode()
            )
        else:
            here.write(name, content)

    return put


def cells(*sources) -> Callable:
    """The second notebook with these cells."""
    return book(notebook(*sources))


def shows(*bundles: dict) -> Callable:
    """The second notebook with cells that show what is given by MIME type; no kernel is needed for
    it.
    """
    shown = [
        new_code_cell("...", outputs=[new_output("display_data", {"text/plain": "…"} | bundle)])
        for bundle in bundles
    ]
    return every(cells(*shown), without_kernels)


def without_kernels(here) -> None:
    """Let a run take the notebooks with the outputs that they have as written."""
    here.patch.setattr(execute, "execute", as_written)


def as_written(name: str, changed: dict, scratch: str, turn: Event) -> execute.Ran:
    turn.wait()
    written = execute.open_notebook(scenarios.file(name))
    return execute.Ran(execute.tidy(written, []), 0.0)


def figure(svg: str = DRAWING, **changed) -> Callable:
    """The second notebook with a figure, some of whose facts are others."""
    return shows({charts.MIME: FIGURE | changed, "image/svg+xml": svg})


def verdicts(*records: dict) -> Callable:
    """The second notebook with a cell for each verdict that it carries, on a short card."""
    line = {"name": "line", "title": "holds", "words": ["…"]}
    reading = dict.fromkeys(card_html.COLUMNS, ["…"]) | {"holds": True}
    card = {"verdict": "holds", "card": [line, line], "fair_readings": [reading]}
    return shows(*[{"text/html": "<p>…</p>", claims.MIME: card | record} for record in records])


def committed(*counts: int | None) -> Callable:
    """A committed notebook whose code cells carry these execution counts, as the tests of the
    notebooks meet it.
    """

    def run(_):
        small = notebook(*["x"] * (len(counts) - 1))
        for cell, count in zip(small.cells[1:], counts, strict=True):
            cell.execution_count = count
        try:
            execute.prove("small", small)
        except RunError as error:
            print(error)
            return 1
        return 0

    return lambda here: setattr(here, "run", run)


# surroundings


def elsewhere(
    limits: Callable | None = None,
    driver: str = DRIVER,
    folder: str | None = None,
    **environment: str | None,
) -> Callable:
    """The command in a process of its own, in the shared checkout; `limits` is what befalls the
    process before it begins.
    """

    def put(here):
        here.patch.undo()
        checkout = here.wanted("checkout")
        here.watched = here.outputs = checkout.path / "outputs"
        given = {name: of for name, of in (os.environ | environment).items() if of is not None}
        command = ["-c", driver, *REPRODUCE, "--force"]
        here.run = lambda _: told(
            checkout.run(*command, env=given, cwd=folder or checkout.path, preexec_fn=limits)
        )

    return put


CLOCK = """\
#define _GNU_SOURCE
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>
int clock_gettime(clockid_t which, struct timespec *at) {
    int failed = syscall(SYS_clock_gettime, which, at);
    if (which == CLOCK_REALTIME && !failed) at->tv_sec += atol(getenv("CLOCK_AHEAD"));
    return failed;
}
int gettimeofday(struct timeval *at, void *zone) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    at->tv_sec = now.tv_sec;
    at->tv_usec = now.tv_nsec / 1000;
    return 0;
}
time_t time(time_t *at) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (at) *at = now.tv_sec;
    return now.tv_sec;
}
"""


def clock(year: int) -> Callable:
    """The command and its kernels under a clock that shows the second day of a year."""

    def put(here):
        library, source = here.root / "clock.so", here.root / "clock.c"
        source.write_text(CLOCK)
        built = ["cc", "-shared", "-fPIC", "-o", str(library), str(source)]
        if sys.platform != "linux" or not shutil.which("cc") or subprocess.run(built).returncode:
            pytest.skip("no compiler for a clock that can be set")
        ahead = int(datetime(year, 1, 2, tzinfo=UTC).timestamp() - time.time())
        sees = f"import time\nassert time.gmtime().tm_year == {year}\n"
        lets = (
            "from helpers.machinery.kernels import isolation_from_settings\n"
            # kernels see the same clock
            'isolation_from_settings.KEPT += ("LD_PRELOAD", "CLOCK_AHEAD")'
        )
        elsewhere(driver=sees + lets + DRIVER, LD_PRELOAD=str(library), CLOCK_AHEAD=str(ahead))(
            here
        )

    return put


def told(ran: subprocess.CompletedProcess) -> int:
    """The status of another process, which has said what it said."""
    print(ran.stdout, ran.stderr)
    return ran.returncode


def process(*command: str, **options) -> Callable:
    """Another command of the system, in the small repository or in the folder given."""
    return lambda here: setattr(
        here,
        "run",
        lambda _: told(
            subprocess.run(
                command, **{"cwd": here.root, "capture_output": True, "text": True} | options
            )
        ),
    )


def modules(**texts: str) -> Callable:
    """Modules that stand in the place of others where a command begins."""

    def put(here):
        for name, text in texts.items():
            (here.root / f"{name}.py").write_text(text, "utf-8")
        environment = os.environ | {"PYTHONPATH": str(here.root)}
        process(*CHECK, cwd=ROOT, env=environment)(here)

    return put


def helper(path: str, content: bytes) -> Callable:
    """A helper with other content, and the command that imports it."""

    def put(here):
        helpers = here.root / "copy/helpers"
        shutil.copytree(ROOT / "helpers", helpers, ignore=shutil.ignore_patterns("__pycache__"))
        (helpers / path).write_bytes(content)
        process(*CHECK, cwd=helpers.parent)(here)

    return put


def beginning(path: str, content: bytes) -> Callable:
    """A helper that runs before any other, with other content, and what `make` runs first."""

    def put(here):
        helper(path, content)(here)
        copy = here.root / "copy"
        venv.create(copy / ".venv", symlinks=True)
        for name in ("Makefile", "requirements.lock"):
            shutil.copy(ROOT / name, copy)
        shutil.copy(ROOT / "requirements.lock", copy / ".venv/installed")
        process("make", "env", cwd=copy)(here)

    return put


def sheet(write: Callable[[Path], object]) -> Callable:
    """A coding sheet, and the command that reads it."""

    def put(here):
        write(here.root / "one.csv")
        here.words = ["agreement", "--coded", str(here.root / "one.csv")]

    return put


def read_only(here) -> None:
    """Outputs that may not be written, while the command runs."""
    run = here.run

    def guarded(words):
        here.watched.chmod(0o555)
        try:
            return run(words)
        finally:
            here.watched.chmod(0o755)

    here.run = guarded


def lacking(package: str, *modules: str) -> Callable:
    """A package that is not installed, and modules of ours that have not been imported yet."""

    def put(here):
        here.patch.setitem(sys.modules, package, None)
        for name in modules:
            folder, _, module = f"helpers.machinery.{name}".rpartition(".")
            assert importlib.util.find_spec(f"{folder}.{module}"), name
            here.patch.delitem(sys.modules, f"{folder}.{module}", raising=False)
            here.patch.delattr(sys.modules[folder], module, raising=False)

    return put


def raising(where, name: str, error: BaseException) -> Callable:
    """A function that raises an error."""

    def fails(*_, **__):
        raise error

    return lambda here: here.patch.setattr(where, name, fails)


def ended(*_) -> None:
    """End the process at once, as the system does with one for which memory does not suffice."""
    os._exit(9)


def stopped_between_renames(here) -> None:
    """What a run leaves that is killed while its outputs take the place of the last ones."""
    (here.outputs / "article").rename(here.outputs / ".article.old")
    (here.outputs / ".article.new").mkdir()


def busy(here) -> None:
    """Another run that goes on."""
    here.other = filelock.FileLock(here.outputs / ".article.lock").acquire()


def python_that(lacks: str) -> Callable:
    """`make env` with a Python that lacks something, in a folder where nothing is installed yet."""

    def put(here):
        stub = here.root / "python"
        stub.write_text(
            f'#!/bin/sh\ncase "$2" in *{lacks}*) exit 1;; esac\nexec {sys.executable} "$@"\n',
            "utf-8",
        )
        stub.chmod(0o755)
        shutil.copy(ROOT / "Makefile", here.root)
        process("make", "env", f"PYTHON={stub}")(here)

    return put


def as_owner_only() -> None:
    """Let the permissions of files hold for the administrator too."""
    for capability in (1, 2):  # to pass over permissions, to write and to read
        ctypes.CDLL(None).prctl(
            24, capability
        )  # PR_CAPBSET_DROP; where it fails nobody could pass over them anyway


def full_beyond(size: int) -> Callable:
    """Let the disk be full for what is larger than so many bytes."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def no_network() -> None:
    """Let there be no network but this machine's own, where that can be had."""
    if ctypes.CDLL(None).unshare(0x40000000) == 0:  # CLONE_NEWNET
        with socket.socket() as any_socket:
            fcntl.ioctl(
                any_socket, 0x8914, struct.pack("16sh14x", b"lo", 0x41)
            )  # SIOCSIFFLAGS: up and running


# outputs


def output(path: str, change: Callable[[Path], object]) -> Callable:
    """A file of the published outputs changed."""
    return lambda here: change(here.outputs / "article" / path)


def longer(file: Path) -> None:
    """A line feed more at the end of a file."""
    with file.open("a", encoding="utf-8") as end:
        end.write("\n")


def other(old: str, new: str) -> Callable:
    """Some words of a file replaced."""

    def put(file):
        before = file.read_text("utf-8")
        file.write_text(before.replace(old, new), "utf-8")
        assert file.read_text("utf-8") != before

    return put


def longer_input(path: str) -> Callable:
    """The same at the end of a file that outputs were made from."""
    return lambda here: longer(here.root / path)


def of_python(version: str) -> Callable:
    """Outputs that another version of Python made."""

    def put(here):
        file = here.outputs / "article" / manifest.NAME
        file.write_text(json.dumps(manifest.last(file.parent) | {"python": version}), "utf-8")
        manifest.seal(file.parent)

    return put


def sealed(here) -> None:
    """Manifest and sums made to fit the outputs as they are."""
    folder = here.outputs / "article"
    fitting = {
        path: of
        for path, of in manifest.outputs(folder).items()
        if path not in (manifest.NAME, manifest.SUMS)
    }
    (folder / manifest.NAME).write_text(
        json.dumps(manifest.last(folder) | {"outputs": fitting}), "utf-8"
    )
    manifest.seal(folder)
