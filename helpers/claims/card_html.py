"""The card of a verdict as HTML: one format for notebooks and pages, from the record alone."""

from html import escape

from helpers import tables

COLUMNS = {  # of the table of fair readings
    "reading": "how the words are taken",
    "truth": "the claim",
    "shows": "what that shows",
    "author_could_mean": "why the author could mean it",
    "used_so_by": "who uses the words so",
}


def html(carried: dict, in_notebook: bool = False) -> str:
    """The whole card, from what a cell's output carries. A notebook has it without a list of terms,
    whose terms JupyterLab's own style would lay over each other.
    """
    claim, line, *rest = carried["card"]
    verdict, id = escape(carried["verdict"]), escape(carried["id"])
    return (
        f'<section class="verdict {verdict}" data-claim="{id}">'
        f'<p class="where">{escape(claim["title"])}</p>'
        f'<h3 class="claim">{tables.html(claim["words"])}</h3>'
        f'<p class="line"><b class="mark">{escape(sentence_case(line["title"]))}.</b>'
        f" {tables.html(line['words'])}</p>"
        f"{items(rest) if in_notebook else lines(rest)}{fair_readings(carried)}</section>"
    )


def sentence_case(words: str) -> str:
    """Words with a capital letter at the beginning."""
    return words[:1].upper() + words[1:]


def lines(some: list[dict]) -> str:
    """Some lines of a card as a list of terms."""
    return f"<dl>{''.join(map(_line, some))}</dl>"


def items(some: list[dict]) -> str:
    """Some lines of a card as a list of points."""
    points = (
        f"<li><b>{escape(line['title'])}:</b> {tables.html(line['words'])}</li>" for line in some
    )
    return f"<ul>{''.join(points)}</ul>"


def _line(line: dict) -> str:
    kind = ' class="article"' if line["name"] == "article" else ""
    return (
        f'<dt data-line="{escape(line["name"])}">{escape(line["title"])}</dt>'
        f"<dd{kind}>{tables.html(line['words'])}</dd>"
    )


def fair_readings(carried: dict, folded: bool = True) -> str:
    """The table of the fair readings, folded or open."""
    rows = [
        {words: tables.Printed(tuple(row[name])) for name, words in COLUMNS.items()}
        for row in carried["fair_readings"]
    ]
    table = tables.Table(f"Readings of {carried['id']}", tuple(rows)).html()
    order = (
        "<p>The first is what the author means; the others say where they differ.</p>"
        if rows[1:]
        else ""
    )
    if not folded:
        return f'<div class="readings">{order}{table}</div>'
    return (
        '<details class="readings"><summary>Every fair reading, and why it is one</summary>'
        f"{order}{table}</details>"
    )
