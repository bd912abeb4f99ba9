"""What every page holds or keeps to: its style and scripts, what it may do, and tables as CSV."""

import base64
import csv
import hashlib
import io
import re

from markupsafe import Markup

from helpers import data
from helpers.machinery.check.text_dates_and_references import STARTS
from helpers.machinery.site.notebook_html import TEMPLATES

SITE = "Willing and Able?"
LONGEST = 120  # words of a paragraph that is drawn as a line

TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")  # reverse text


def asset(name: str) -> str:
    """A file of the templates, as it stands in every page."""
    return data.text(TEMPLATES / name).strip()


def _hash(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def style() -> str:
    """The style of every page: the file, and for each number of words how far a part of a line
    grows. Pages may have no style of their own.
    """
    grown = "".join(f".g{words}{{flex-grow:{words}}}" for words in range(1, LONGEST + 1))
    return f"{asset('style.css')}\n{grown}"


def scripts() -> str:
    """What every page runs: its search, and the answers and verdicts that a reader moves."""
    return "\n".join(map(asset, ("search.js", "explore.js", "verdict_sliders.js")))


def policy(style: str, script: str) -> str:
    """What a page may do: show its own style, run its own script, draw its own images; ask nothing
    of anyone.
    """
    return (
        f"default-src 'none'; img-src data:; style-src {_hash(style)};"
        f" script-src {_hash(script)}; base-uri 'none'; form-action 'none'"
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
