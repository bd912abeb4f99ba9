"""What every page holds or keeps to: its style and scripts, what it may do, and tables as CSV."""

import base64
import csv
import hashlib
import io
import re

from markupsafe import Markup

from helpers.machinery.check.cells import STARTS
from helpers.machinery.site.notebook_html import TEMPLATES

SITE = "Willing and Able?"


TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")  # reverse text


def asset(name: str) -> str:
    """A file of the templates, as it stands in every page."""
    return (TEMPLATES / name).read_text("utf-8").strip()


def _hash(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def scripts() -> str:
    """What every page runs: its search, and the answers that a reader moves."""
    return asset("search.js") + "\n" + asset("explore.js")


def policy(style: str, script: str) -> str:
    """What a page may do: show its own style, run its own script, draw its own images; ask nothing
    of anyone.
    """
    style, script = _hash(style), _hash(script)
    return (
        f"default-src 'none'; img-src data:; style-src {style}; script-src {script}; base-uri"
        " 'none'; form-action 'none'"
    )


def broken(id: str) -> Markup:
    """A row id that may break after a slash, and nowhere else."""
    return Markup("/<wbr>").join(id.split("/"))


def as_csv(cells: list[list[str]]) -> str:
    """Rows of text as CSV; a cell that a spreadsheet would run as a formula gets an apostrophe, a
    number loses its thousands commas.
    """
    lines = io.StringIO()
    csv.writer(lines, lineterminator="\r\n").writerows(
        [[_harmless(cell) for cell in row] for row in cells]
    )
    return lines.getvalue()


def _harmless(cell: str) -> str:
    if re.fullmatch(r"[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?", cell):
        return cell.replace(",", "")
    return "'" + cell if cell.startswith(("-", "\t", "\r", *STARTS)) else cell
