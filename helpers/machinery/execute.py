"""Execute notebooks with papermill, and prove that every cell ran."""

import concurrent.futures
import multiprocessing
import re
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import nbformat
import papermill
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError

from helpers import parameters
from helpers.machinery import scenarios
from helpers.machinery.errors import RunError

CELL_LIMIT = 600  # seconds a cell may take before the run is given up
INJECTED = "injected-parameters"


def open_notebook(path: Path) -> NotebookNode:
    """A notebook file as written, or a RunError that says why it cannot be used."""
    try:
        text = path.read_text("utf-8")
        if re.search(r"^(<{7}|={7}|>{7})( |$)", text, re.M):
            raise RunError(f"{path.name}: merge markers are left in the file; settle the merge first")
        notebook = nbformat.reads(text, as_version=nbformat.NO_CONVERT)
    except (OSError, ValueError, nbformat.reader.NotJSONError) as error:
        raise RunError(f"{path.name}: not a readable notebook ({type(error).__name__})") from None
    if notebook.get("nbformat") != 4:
        raise RunError(f"{path.name}: notebook format {notebook.get('nbformat')} is too old; open it in JupyterLab and save it")
    return notebook


def check_form(name: str, notebook: NotebookNode) -> None:
    """Refuse a notebook that papermill would run wrongly without a word: kernel, parameters cell."""
    kernel = notebook.metadata.get("kernelspec", {}).get("name")
    if kernel != "python3":
        raise RunError(f"{name}: the kernel is {kernel!a}; it must be python3")
    tagged = [number for number, cell in enumerate(notebook.cells, 1) if "parameters" in cell.metadata.get("tags", [])]
    if len(tagged) != 1:
        raise RunError(f"{name}: one cell must carry the tag 'parameters', not {len(tagged)}")


def prove(name: str, notebook: NotebookNode) -> None:
    """Raise RunError unless every code cell ran once, in order, without an error or a word on stderr."""
    count = 0
    for number, cell in enumerate(notebook.cells, 1):
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
            ran = "was not executed" if cell.execution_count is None else f"has execution count {cell.execution_count}, not {count}"
            raise RunError(f"{where} {ran}; every code cell must run once, in order")


def _first_line(source: str) -> str:
    return source.strip().splitlines()[0][:60]


def tidy(notebook: NotebookNode) -> NotebookNode:
    """The executed notebook without what differs from run to run: times, paths, versions of the machine."""
    notebook.metadata = nbformat.from_dict(
        {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python", "pygments_lexer": "ipython3"},
        }
    )
    for cell in notebook.cells:
        tags = cell.metadata.get("tags", [])
        cell.metadata = nbformat.from_dict({"tags": tags} if tags else {})
        if INJECTED in tags:
            cell.id = INJECTED
    return notebook


def execute(name: str, changed: dict, scratch: str) -> NotebookNode:
    """Run one notebook with the changed parameters in a fresh kernel; the executed notebook, proven and tidy."""
    source = scenarios.NOTEBOOKS / f"{name}.ipynb"
    check_form(name, open_notebook(source))
    target = Path(scratch) / f"{name}.ipynb"
    failed = None
    try:
        papermill.execute_notebook(
            source, target, changed, kernel_name="python3", progress_bar=False, cwd=source.parent,
            execution_timeout=CELL_LIMIT, record_timing=False, shutdown_kernel="immediate",
        )  # fmt: skip
    except PapermillExecutionError as error:
        failed = RunError(f"{name}, cell {error.cell_index + 1} ({_first_line(error.source)}): {error.ename}: {error.evalue}")
    except Exception as error:  # a dead kernel, a time limit: whatever it is, the run did not succeed
        failed = RunError(f"{name}: {type(error).__name__}: {str(error).strip().splitlines()[0]}")
    if failed:
        raise failed
    notebook = open_notebook(target)
    prove(name, notebook)
    return tidy(notebook)


def run_all(changed: dict, jobs: int, report: Callable[[str], None]) -> dict[str, NotebookNode]:
    """Run every listed notebook, so many at a time; on a failure the rest is skipped and RunError raised."""
    parameters.check(**changed)
    names = scenarios.notebooks()
    done, started = {}, time.monotonic()
    with tempfile.TemporaryDirectory(prefix="wa-") as scratch:
        pool = concurrent.futures.ProcessPoolExecutor(min(jobs, len(names)), multiprocessing.get_context("fork"))
        try:
            running = {pool.submit(execute, name, changed, scratch): name for name in names}
            for future in concurrent.futures.as_completed(running):
                name = running[future]
                done[name] = future.result()
                report(f"ran {name}  ({len(done)} of {len(names)}, {time.monotonic() - started:.0f} s)")
        except BaseException as error:
            pool.shutdown(wait=True, cancel_futures=True)
            skipped = [name for name in names if name not in done and not (isinstance(error, RunError) and str(error).startswith(name))]
            if isinstance(error, RunError) and skipped:
                raise RunError(f"{error}\nnot published: {', '.join(names)}") from None
            raise
        pool.shutdown()
    return {name: done[name] for name in names}
