"""What a notebook shows in JupyterLab alone: the rows that links name, controls, and notes on the
kernel.
"""

import re
from collections.abc import Callable

from helpers import data, quantities
from helpers.machinery.run import valid_notebook

LIVE = "application/vnd.jupyter.widget-view+json"  # controls
LINE = re.compile(r'#row=\d+|; row \d+ of \w+\.csv(?=")')  # a row's place in its table
LED = re.compile(r'<a class="led" href="[^"#]*?(\w+)\.csv(" title="([^" ]+)[^"]*)')


def with_rows(notebook: dict, folder: str) -> None:
    """Let each link of an opened notebook lead to the tables, which lie in that folder as seen from
    the notebook's, and name the place that its row has there today.
    """

    def at_its_line(link: re.Match) -> str:
        table, rest, id = link.groups()
        line = data.lines(table).get(id)
        at, told = (f"#row={line}", quantities.place_words(table, line)) if line else ("", "")
        return f'<a class="led" href="{folder}/{table}.csv{at}{rest}{told}'

    for output in _outputs(notebook):
        _rewrite(output, lambda html: LED.sub(at_its_line, LINE.sub("", html)))


def as_committed(notebook: dict) -> None:
    """Take from a notebook of the series what JupyterLab alone is shown and notes."""
    for output in _outputs(notebook):
        _rewrite(output, lambda html: LINE.sub("", html))
        output.get("data", {}).pop(LIVE, None)
    notebook["metadata"].pop("widgets", None)
    if not valid_notebook.kernel_fault(notebook):
        notebook["metadata"] |= valid_notebook.KERNEL


def _outputs(notebook: dict) -> list[dict]:
    return [output for cell in notebook["cells"] for output in cell.get("outputs", [])]


def _rewrite(output: dict, change: Callable[[str], str]) -> None:
    """Change the HTML of an output, which may be lines."""
    html = output.get("data", {}).get("text/html")
    if html:
        output["data"]["text/html"] = change("".join(html))
