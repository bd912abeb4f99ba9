"""Execute notebooks with papermill, and prove that every cell ran."""

import ast
import concurrent.futures
import contextlib
import itertools
import multiprocessing
import os
import signal
import tempfile
import threading
from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

import nbformat
import papermill
import psutil
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError

from helpers import data, parameters, scenarios
from helpers.machinery.run.errors import RunError
from helpers.machinery.run.progress import Plan

CELL_LIMIT = 600  # seconds a cell may take before the run is given up
INJECTED = "injected-parameters"


@dataclass(frozen=True)
class Ran:
    """An executed notebook, proven and tidy, with the tables it read and the seconds that its cells
    took.
    """

    notebook: NotebookNode
    seconds: float

    @property
    def tables(self) -> list[str]:
        return self.notebook.metadata["tables"]


def open_notebook(path: Path) -> NotebookNode:
    """A notebook file as written, or a RunError that says why it cannot be used."""
    text = ""
    try:
        text = path.read_text("utf-8")
        notebook = nbformat.reads(text, as_version=nbformat.NO_CONVERT)
        version = notebook.get("nbformat")
        if version == 4:
            nbformat.validate(notebook)
    except (
        Exception
    ) as error:  # nbformat stumbles over a wrong shape with whatever error comes first
        if data.MERGE_MARKER.search(text):
            raise RunError(
                f"{path.name}: merge markers are left in the file; settle the merge first"
            ) from None
        raise RunError(f"{path.name}: not a readable notebook ({_reason(error)})") from None
    if version != 4:
        raise RunError(
            f"{path.name}: notebook format {version} is too old; open it in JupyterLab and save it"
        )
    return notebook


def check_form(name: str, notebook: NotebookNode) -> None:
    """Refuse a notebook that papermill would run wrongly without a word: kernel, parameters cell."""
    kernel = notebook.metadata.get("kernelspec", {}).get("name")
    if kernel != "python3":
        raise RunError(f"{name}: the kernel is {kernel!a}; it must be python3")
    tagged = [
        number
        for number, cell in enumerate(notebook.cells, 1)
        if "parameters" in cell.metadata.get("tags", [])
    ]
    if len(tagged) != 1:
        raise RunError(f"{name}: one cell must carry the tag 'parameters', not {len(tagged)}")


def check_parameters(name: str, notebook: NotebookNode) -> None:
    """Refuse a notebook whose parameters cell is not the scenario `article`: what is run from it
    would carry a false name.
    """
    cell = next(cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", []))
    try:
        given = {
            node.targets[0].id: ast.literal_eval(node.value) for node in ast.parse(cell.source).body
        }
    except (SyntaxError, ValueError, AttributeError):
        raise RunError(f"{name}: the parameters cell must hold plain assignments only") from None
    for parameter, value in given.items():
        if parameter in parameters.DEFAULTS and value != parameters.DEFAULTS[parameter]:
            wanted = parameters.DEFAULTS[parameter]
            raise RunError(
                f"{name}: {parameter} is {value!r} in the parameters cell, the scenario article has"
                f" {wanted!r}. Put it back and save; another day or scenario is run with make"
                " reproduce AS_OF=... or SCENARIO=..."
            )


def prove(name: str, notebook: NotebookNode) -> None:
    """Raise RunError unless every code cell ran once, in order, without an error or a word on
    stderr.
    """
    count = 0
    for number, cell in _numbered(notebook):
        if cell.cell_type != "code" or not cell.source.strip():
            continue
        count += 1
        where = f"{name}, cell {number} ({_first_line(cell.source)})"
        for output in cell.outputs:
            if output.output_type == "error":
                raise RunError(f"{where}: {output.ename}: {output.evalue}")
            if output.output_type == "stream" and output.name == "stderr":
                raise RunError(f"{where} wrote to stderr: {output.text.strip()[:300]}")
        if cell.execution_count != count:
            ran = (
                "was not executed"
                if cell.execution_count is None
                else f"has execution count {cell.execution_count}, not {count}"
            )
            raise RunError(f"{where} {ran}; every code cell must run once, in order")


def _numbered(notebook: NotebookNode):
    """The cells with their numbers in the file as written, in which the injected one has none of
    its own.
    """
    number = 0
    for cell in notebook.cells:
        number += INJECTED not in cell.metadata.get("tags", [])
        yield number, cell


def _first_line(source: str) -> str:
    return source.strip().splitlines()[0][:60]


def _reason(error: Exception) -> str:
    return (
        f"{type(error).__name__}:"
        f" {str(error).strip().splitlines()[0][:200] if str(error).strip() else 'no reason given'}"
    )


def tidy(notebook: NotebookNode, tables: list[str]) -> NotebookNode:
    """The executed notebook with the tables it read and without what differs from run to run:
    times, paths, versions of the machine.
    """
    notebook.metadata = nbformat.from_dict(
        {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python", "pygments_lexer": "ipython3"},
            "tables": tables,
        }
    )
    for cell in notebook.cells:
        tags = cell.metadata.get("tags", [])
        cell.metadata = nbformat.from_dict({"tags": tags} if tags else {})
        if INJECTED in tags:
            cell.id = INJECTED
    return notebook


def execute(name: str, changed: dict, scratch: str) -> Ran:
    """Run one notebook with the changed parameters in a fresh kernel."""
    source = scenarios.file(name)
    written = open_notebook(source)
    check_form(name, written)
    check_parameters(name, written)
    target, told = Path(scratch) / f"{name}.ipynb", Path(scratch) / f"{name}.tables"
    os.environ[data.TOLD] = str(told)
    begun, failed = [], None

    def where(index: int, source: str) -> str:
        return f"{name}, cell {index + 1 - bool(changed)} ({_first_line(source)})"

    try:
        papermill.execute_notebook(
            source,
            target,
            changed,
            kernel_name="python3",
            progress_bar=False,
            cwd=source.parent,
            execution_timeout=CELL_LIMIT,
            record_timing=False,
            shutdown_kernel="immediate",
            request_save_on_cell_execute=False,
            autosave_cell_every=0,
            on_cell_start=lambda cell, cell_index: begun.append(where(cell_index, cell.source)),
            coalesce_streams=True,
        )
    except PapermillExecutionError as error:
        failed = RunError(f"{where(error.cell_index, error.source)}: {error.ename}: {error.evalue}")
    except (
        Exception
    ) as error:  # a dead kernel, a time limit: whatever it is, the run did not succeed
        failed = RunError(f"{begun[-1] if begun else name}: {_reason(error)}")
    finally:
        del os.environ[data.TOLD]
    if failed:
        raise failed
    notebook = open_notebook(target)
    prove(name, notebook)
    seconds = sum(
        cell.metadata["papermill"]["duration"] or 0
        for cell in notebook.cells
        if "papermill" in cell.metadata
    )
    return Ran(
        tidy(notebook, sorted(set(told.read_text("utf-8").split())) if told.exists() else []),
        seconds,
    )


def _worker() -> None:
    """Let a worker leave Ctrl-C to the run that started it, and end with it however that ends: an
    orphan would hold the lock on the outputs.
    """
    os.setpgrp()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(
        target=lambda: (multiprocessing.parent_process().join(), os._exit(1)), daemon=True
    ).start()


def _end_workers() -> None:
    """End at once the workers that are still there, and their kernels with them."""
    for worker in multiprocessing.active_children():
        with contextlib.suppress(psutil.NoSuchProcess):
            kernels = psutil.Process(worker.pid).children(recursive=True)
            worker.kill()
            for kernel in kernels:
                kernel.kill()
        worker.join()


def run_all(
    changed: dict,
    jobs: int,
    report: Callable[[str], None],
    names: list[str] | None = None,
    kept: Path | None = None,
    ended: Callable[[str, NotebookNode], None] = lambda name, notebook: None,
) -> dict[str, Ran]:
    """Run notebooks, every listed one unless some are named, so many at a time; on a failure the
    rest is skipped and RunError raised.

    The longest begin first; how long each took is kept in a file if one is given. Each is handed on
    as it ends, while others run.
    """
    parameters.check(**changed)
    names = scenarios.notebooks() if names is None else names
    plan, done = Plan(names, jobs, kept), {}
    waiting = iter(plan.order())
    with tempfile.TemporaryDirectory(prefix="run-") as scratch, plan.shown():
        pool = concurrent.futures.ProcessPoolExecutor(
            min(jobs, len(names)) or 1, multiprocessing.get_context("fork"), _worker
        )
        running = {}

        def begin(how_many: int) -> None:
            for name in itertools.islice(waiting, how_many):
                running[pool.submit(execute, name, changed, scratch)] = name
                plan.begin(name)

        try:
            begin(jobs)
            while running:
                for future in concurrent.futures.wait(
                    running, return_when=concurrent.futures.FIRST_COMPLETED
                ).done:
                    name = running.pop(future)
                    done[name] = future.result()
                    plan.end(name)
                    begin(1)
                    report(f"ran {name} in {plan.took[name]:.1f} s  ({plan})")
                    ended(name, done[name].notebook)
            pool.shutdown()
        except BrokenProcessPool:
            raise RunError(
                "the process of a notebook was ended from outside, perhaps for lack of memory;"
                " nothing is published"
            ) from None
        except RunError as error:
            skipped = [other for other in names if other not in done and other != name]
            raise RunError(
                f"{error}\nnothing is published"
                + (f"; skipped: {', '.join(skipped)}" if skipped else "")
            ) from None
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
            _end_workers()
    return {name: done[name] for name in names}
