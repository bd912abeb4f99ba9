"""What a notebook's file must have before and after a run, seen without running it."""

from collections.abc import Iterator, Mapping
from typing import Any

INJECTED = "injected-parameters"
KERNEL_NAME = "python3"
KERNEL = {  # as JupyterLab writes it on saving, but for the version of Python, which it adds
    "kernelspec": {
        "display_name": "Python 3 (ipykernel)",
        "language": "python",
        "name": KERNEL_NAME,
    },
    "language_info": {
        "codemirror_mode": {"name": "ipython", "version": 3},
        "file_extension": ".py",
        "mimetype": "text/x-python",
        "name": "python",
        "nbconvert_exporter": "python",
        "pygments_lexer": "ipython3",
    },
}
STDERR_SHOWN = 300  # characters
LONG = 60  # letters of a cell by which it is known


def as_saved(value: Any) -> Any:
    """A value as JupyterLab saves it, which knows no whole number with a point: 9.0 is 9."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list):
        return [as_saved(each) for each in value]
    if isinstance(value, dict):
        return {name: as_saved(each) for name, each in value.items()}
    return value


def kernel_fault(notebook: Mapping) -> str:
    """What is wrong with the kernel that a notebook names; empty where nothing is."""
    kernel = (notebook["metadata"].get("kernelspec") or {}).get("name")
    if kernel == KERNEL_NAME:
        return ""
    named = f"the kernel is {kernel!a}" if kernel else "it names no kernel"
    return (
        f"{named}; it must be {KERNEL_NAME}: open it in JupyterLab, choose Python 3 (ipykernel)"
        " under Kernel > Change Kernel, and save it"
    )


def id_fault(cells: list) -> str:
    """The first cell without an id of its own: nbformat would give it a random one, another in
    every run; empty where each has one.
    """
    ids = [cell.get("id") for cell in cells]
    for number, id in enumerate(ids, 1):
        if not id or ids.index(id) < number - 1:
            fault = f"has the id of cell {ids.index(id) + 1}" if id else "has no id"
            return (
                f"cell {number} {fault}, so no two runs would be the same; open it in JupyterLab"
                " and save it"
            )
    return ""


def run_faults(cells: list) -> Iterator[tuple[str, str]]:
    """The code cells that did not run once, in order, without an error or any output on stderr:
    where and what, and the code of the fault.
    """
    count = 0
    for number, cell in _numbered(cells):
        source = "".join(cell["source"])
        if cell["cell_type"] != "code" or not source.strip():
            continue
        count += 1
        where = f"cell {number} ({first_line(source)})"
        for output in cell.get("outputs", []):
            if output["output_type"] == "error":
                yield f"{where}: {output['ename']}: {output['evalue']}", "cell-failed"
            if output["output_type"] == "stream" and output["name"] == "stderr":
                text = _without_trace("".join(output["text"]))[:STDERR_SHOWN]
                yield f"{where} wrote to stderr: {text}", "cell-wrote-to-stderr"
        if cell.get("execution_count") != count:
            ran = f"has execution count {cell.get('execution_count')}, not {count}"
            if cell.get("execution_count") is None:
                ran = "was not executed"
            message = f"{where} {ran}; every code cell must run once, in order: run make refresh"
            yield message, "cell-not-run-in-order"


def _numbered(cells: list) -> Iterator[tuple[int, Mapping]]:
    """The cells with their numbers in the file as written, in which the injected one has none of
    its own.
    """
    number = 0
    for cell in cells:
        number += INJECTED not in cell["metadata"].get("tags", [])
        yield number, cell


def _without_trace(text: str) -> str:
    """What was written to stderr; of a traceback its last line, which says what is wrong."""
    text = text.strip()
    return text.splitlines()[-1] if "Traceback (most recent call last)" in text else text


def first_line(source: str) -> str:
    """The beginning of a cell: its first line, a long one cut at a word."""
    line = source.strip().splitlines()[0]
    if len(line) <= LONG:
        return line
    return f"{line[: LONG + 1].rpartition(' ')[0] or line[:LONG]} …"
