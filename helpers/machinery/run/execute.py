"""Execute notebooks with papermill, and check that every cell ran."""

import ast
import functools
import itertools
import json
import multiprocessing
import os
import signal
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.synchronize import Event
from pathlib import Path

import nbformat
import papermill
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError

from helpers import data, notebook_parameters, scenarios
from helpers.machinery.kernels import forked_kernel, provisioner
from helpers.machinery.kernels.forked_kernel import ForkedKernel
from helpers.machinery.run import background, valid_notebook
from helpers.machinery.run.errors import RunError
from helpers.machinery.run.progress import Progress
from helpers.machinery.run.valid_notebook import first_line

CELL_LIMIT = 600  # seconds a cell may take before the run is given up


@dataclass(frozen=True)
class Ran:
    """An executed notebook, checked and tidied, with the seconds that its cells took."""

    notebook: NotebookNode
    seconds: float

    @property
    def tables(self) -> list[str]:
        """The tables that the notebook read."""
        return self.notebook.metadata["tables"]


def open_notebook(path: Path) -> NotebookNode:
    """Read a notebook file as written; raises RunError where it cannot be used."""
    text = ""
    try:
        text = data.content(path).decode()
        notebook = nbformat.reads(text, as_version=nbformat.NO_CONVERT)
        _check_ids(path.name, json.loads(text))
        version = notebook.get("nbformat")
        if version == 4:
            nbformat.validate(notebook)
    except RunError:
        raise
    except Exception as error:  # nbformat raises all kinds of errors for a wrong shape
        if data.MERGE_MARKER.search(text):
            raise RunError(
                f"{path.name}: merge markers are left in the file; settle the merge first",
                "merge-markers",
            ) from None
        message = f"{path.name}: not a readable notebook ({_reason(error)})"
        raise RunError(message, "notebook-unreadable") from None
    if version != 4:
        raise RunError(
            f"{path.name}: notebook format {version} is too old; open it in JupyterLab and save it",
            "notebook-format",
        )
    return notebook


def _check_ids(file: str, raw: dict) -> None:
    """Refuse a notebook whose cells have no ids of their own."""
    if raw["nbformat"] == 4 and (fault := valid_notebook.id_fault(raw["cells"])):
        raise RunError(f"{file}: {fault}", "cell-ids")


def check_form(name: str, notebook: NotebookNode) -> None:
    """Refuse a notebook that papermill would silently run wrongly: kernel, parameters cell."""
    if fault := valid_notebook.kernel_fault(notebook):
        raise RunError(f"{name}: {fault}", "foreign-kernel")
    tagged = [
        number
        for number, cell in enumerate(notebook.cells, 1)
        if "parameters" in cell.metadata.get("tags", [])
    ]
    if len(tagged) != 1:
        message = f"{name}: one cell must carry the tag 'parameters', not {len(tagged)}"
        raise RunError(message, "parameters-tag")


def check_parameters(name: str, notebook: NotebookNode) -> None:
    """Refuse a notebook whose parameters cell is not the scenario `article`, whose name its outputs
    would carry.
    """
    cell = next(cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", []))
    try:
        given = {
            target.id: ast.literal_eval(node.value)
            for node in ast.parse(cell.source).body
            for (target,) in [node.targets]
        }
    except (SyntaxError, ValueError, AttributeError):
        message = f"{name}: the parameters cell must hold plain assignments only"
        raise RunError(message, "parameters-cell") from None
    for parameter, value in given.items():
        wanted = notebook_parameters.DEFAULTS.get(parameter, value)
        if value != wanted:
            raise RunError(
                f"{name}: {parameter} is {value!r} in the parameters cell, the scenario article has"
                f" {wanted!r}. Put it back and save; another day or scenario is run with make"
                " reproduce AS_OF=... or SCENARIO=...",
                "parameters-changed",
            )


def prove(name: str, notebook: NotebookNode) -> None:
    """Raise RunError unless every code cell ran once, in order, without an error or any output on
    stderr.
    """
    for message, code in valid_notebook.run_faults(notebook.cells):
        raise RunError(f"{name}, {message}", code)


def _reason(error: Exception) -> str:
    lines = str(error).strip().splitlines() or ["no reason given"]
    return f"{type(error).__name__}: {lines[0][:200]}"


def tidy(notebook: NotebookNode, tables: list[str]) -> NotebookNode:
    """Keep the list of tables read, and drop what differs between runs: times, paths, versions."""
    notebook.metadata = nbformat.from_dict(valid_notebook.KERNEL | {"tables": tables})
    for cell in notebook.cells:
        tags = cell.metadata.get("tags", [])
        cell.metadata = nbformat.from_dict({"tags": tags} if tags else {})
        if valid_notebook.INJECTED in tags:
            cell.id = valid_notebook.INJECTED
        for output in cell.get("outputs", []):
            for kind, shown in output.get("data", {}).items():
                if kind.endswith("json"):
                    output.data[kind] = nbformat.from_dict(valid_notebook.as_saved(shown))
    return notebook


def execute(name: str, changed: dict, scratch: str, turn: Event | None = None) -> Ran:
    """Run one notebook in a fresh kernel.

    Parameters
    ----------
    name : str
        The notebook, as scenarios.yml lists it.
    changed : dict
        The parameters that differ from the article's.
    scratch : str
        A folder for the executed copy and the list of tables that it reads.
    turn : Event, optional
        Set when its cells may run: till then its kernel starts and waits.
    """
    source = scenarios.file(name)
    if (beside := source.with_name("matplotlibrc")).exists():
        raise RunError(
            f"{source.parent.name}/{beside.name} would set the figures of a run; take it away",
            "settings-beside",
        )
    written = open_notebook(source)
    check_form(name, written)
    check_parameters(name, written)
    target, tables = Path(scratch) / f"{name}.ipynb", Path(scratch) / f"{name}.tables"
    os.environ[data.TABLES_READ] = str(tables)
    begun: list[str] = []
    failure, waited = None, 0.0

    def where(index: int, source: str) -> str:
        return f"{name}, cell {index + 1 - bool(changed)} ({first_line(source)})"

    def begin(cell: NotebookNode, cell_index: int) -> None:
        nonlocal waited
        if turn and not begun:
            since = time.monotonic()
            turn.wait()
            waited = time.monotonic() - since
        begun.append(where(cell_index, cell.source))

    try:
        papermill.execute_notebook(
            source,
            target,
            changed,
            kernel_name=valid_notebook.KERNEL_NAME,
            progress_bar=False,
            cwd=source.parent,
            execution_timeout=CELL_LIMIT,
            record_timing=False,
            shutdown_kernel="immediate",
            request_save_on_cell_execute=False,
            autosave_cell_every=0,
            on_cell_start=begin,
            coalesce_streams=True,
        )
    except PapermillExecutionError as error:
        cell = where(error.cell_index, error.source)
        failure = RunError(f"{cell}: {error.ename}: {error.evalue}", "cell-failed")
    except Exception as error:  # a dead kernel, a time limit: the run did not succeed
        failure = RunError(f"{begun[-1] if begun else name}: {_reason(error)}", "run-failed")
    finally:
        del os.environ[data.TABLES_READ]
    if failure:
        raise failure
    notebook = open_notebook(target)
    prove(name, notebook)
    seconds = sum(
        cell.metadata["papermill"]["duration"] or 0
        for cell in notebook.cells
        if "papermill" in cell.metadata
    )
    read = set(tables.read_text("utf-8").split()) if tables.exists() else set()
    return Ran(tidy(notebook, sorted(read)), seconds - waited)


def _with_kernel(run: Callable[[], Ran], kernel: ForkedKernel | None) -> Ran:
    """Run a notebook in a process of its own, which Ctrl-C does not reach, with its kernel."""
    os.setpgrp()
    for end in (signal.SIGTERM, signal.SIGHUP):  # kernels inherit them
        signal.signal(end, signal.SIG_DFL)
    provisioner.waiting.extend([kernel] if kernel else [])
    return run()


def run_all(
    changed: dict,
    jobs: int,
    report: Callable[[str], None],
    names: list[str] | None = None,
    ended: Callable[[str, NotebookNode], None] = lambda name, notebook: None,
    meanwhile: Callable[[], None] = lambda: None,
) -> dict[str, Ran]:
    """Run notebooks in processes; on a failure skip the rest and raise RunError.

    Parameters
    ----------
    changed : dict
        The parameters that differ from the article's.
    jobs : int
        How many notebooks run at a time; as many more have their kernels started meanwhile.
    report : function
        Takes a line for each notebook that has run.
    names : list of str, optional
        The notebooks; every listed one by default.
    ended : function, optional
        Takes the name and the executed notebook as each ends, while others run.
    meanwhile : function, optional
        Called again and again while notebooks run; its error ends them all.
    """
    notebook_parameters.check(**changed)
    names = scenarios.notebooks() if names is None else names
    done: dict[str, Ran] = {}
    waiting = iter(names[::-1])  # the last one judges every claim and takes the longest
    turns: dict[str, Event] = {}  # of those whose kernels start or have started
    running: dict[str, background.Work[Ran]] = {}
    kernels: list[ForkedKernel] = []

    def prepare(how_many: int) -> None:
        for name in itertools.islice(waiting, how_many):
            turns[name] = turn = multiprocessing.get_context("fork").Event()
            kernel = forked_kernel.fork()
            run = functools.partial(execute, name, changed, scratch, turn)
            running[name] = background.Work(functools.partial(_with_kernel, run, kernel))
            if kernel:
                kernels.append(kernel)
                os.close(kernel.tell)  # the process tells it

    def begin(how_many: int) -> None:
        for name in list(turns)[:how_many]:
            turns.pop(name).set()
            progress.begin(name)

    with tempfile.TemporaryDirectory(prefix="run-") as scratch, Progress(len(names)) as progress:
        try:
            prepare(2 * jobs)
            begin(jobs)
            while running:
                background.wait(running.values())
                for name in [name for name, work in running.items() if work.ended()]:
                    done[name] = running.pop(name)()
                    seconds = progress.end(name)
                    begin(1)
                    prepare(1)
                    report(f"ran {name} in {seconds:.1f} s  ({progress})")
                    ended(name, done[name].notebook)
                progress.meanwhile()
                meanwhile()
        except RunError as error:
            if error.code == "process-ended":
                raise
            skipped = [other for other in names if other not in done and other != name]
            raise RunError(
                f"{error}\nnothing is published"
                + (f"; skipped: {', '.join(skipped)}" if skipped else ""),
                error.code,
            ) from None
        finally:
            for work in running.values():
                work.kill()
            for kernel in kernels:
                kernel.kill()
            forked_kernel.end_server()
    return {name: done[name] for name in names}
