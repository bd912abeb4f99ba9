"""The card of a verdict as HTML: one format for notebooks and pages, from the record alone."""

from html import escape

from helpers import tables
from helpers.claims.card import TRUTH

HEAD = ("claim", "line")  # what a card begins with; a page may show it itself
COLUMNS = {  # of the table of fair readings
    "reading": "how the words are taken",
    "holds": "the claim",
    "shows": "what that shows",
    "author_could_mean": "why the author could mean it",
    "used_so_by": "who uses the words so",
}


def html(record: dict) -> str:
    """The whole card."""
    claim, line, *_ = record["card"]
    return (
        f'<section class="verdict {record["verdict"]}" data-claim="{escape(record["id"])}">'
        f'<p class="where">{escape(claim["title"])}</p>'
        f'<p class="claim">{tables.html(claim["words"])}</p>'
        f'<p class="line">{mark(record)} {tables.html(line["words"])}</p>'
        f"{body(record)}</section>"
    )


def mark(record: dict) -> str:
    """The verdict's word, as the first word of a sentence."""
    word = record["card"][1]["title"]
    return f'<strong class="mark">{escape(word[0].upper() + word[1:])}.</strong>'


def body(record: dict, without: tuple[str, ...] = ()) -> str:
    """The card below its first sentence, without the lines of some names."""
    items = "".join(
        f"<dt>{escape(line['title'])}</dt>"
        f'<dd class="{line["name"]}">{tables.html(line["words"])}</dd>'
        for line in record["card"]
        if line["name"] not in (*HEAD, *without)
    )
    return f"<dl>{items}</dl>{fair_readings(record)}"


def fair_readings(record: dict) -> str:
    """The table of the fair readings, folded."""
    rows = [
        {
            words: TRUTH[row["holds"]] if name == "holds" else tables.Printed(row[name])
            for name, words in COLUMNS.items()
        }
        for row in record["fair_readings"]
    ]
    table = tables.show(rows, f"Readings of {record['id']}")._repr_html_()
    return (
        '<details class="readings"><summary>Every fair reading, and why it is one</summary>'
        "<p>A reading after the first is told by what it takes differently.</p>"
        f"{table}</details>"
    )
