"""Write a sheet, a guide and the rows for judging the claims without sight of a verdict."""

import argparse
import csv
import io
import shutil
from pathlib import Path

from helpers import claims, data
from helpers.machinery.commands import check_data
from helpers.machinery.outputs import manifest, replace_outputs_whole
from helpers.machinery.run.progress import say
from helpers.tables import day

SHEET = "coding/sheet"  # below outputs/
COLUMNS = ("claim", "paragraph", "paraphrase", "judged_words", "verdict", "reason")
HIDDEN = ("claims", "readings", "verdict_log")  # tables that hold a reading or a verdict
GUIDE = """\
# How to code the claims

An opinion article of December 2025 makes {count} claims that facts can bear on. Judge each one as
of {day}, from the tables in `rows/`. Each claim is paraphrased, with the paragraph it stands in
and, where words decide, the few that are judged. You may read the article; you need not.

1. Take the sentence as its author, asked, would say that he meant it, hedges included. Another
   reading is fair only if he could accept it as what he meant, and an official text or two
   independent sources use the words so.
2. Look in the tables for what speaks for the sentence and for what speaks against it. A row counts
   if it was true on that day, whenever it was written down. An empty cell is unknown, and unknown
   is never false. What somebody is reported to have said is judged as reported speech: one
   reputable report is enough. A search in `searches.csv` that found nothing is evidence of that.
3. Write one of these words into the column `verdict`, and a sentence into `reason` with the ids of
   the rows that decided:

{labels}

Code all claims before you talk to another coder. `make agreement CODED=yours.csv,another.csv`
compares the sheets with each other and with the rules of this repository.
"""


def text(rows: list[list[str]]) -> str:
    """Rows as CSV."""
    lines = io.StringIO()
    csv.writer(lines, lineterminator="\n").writerows(rows)
    return lines.getvalue()


def sheet() -> list[list[str]]:
    """The sheet: a line a claim, in the article's order, with room for a verdict."""
    table = data.load("claims")
    cells = [
        [id, table.loc[id, "paragraphs"], table.loc[id, "claim"], table.loc[id, "quoted"], "", ""]
        for id in claims.of_article()
    ]
    return [list(COLUMNS), *cells]


def write(folder: Path) -> None:
    """Write the guide, the sheet and the tables without readings and verdicts into a folder."""
    labels = "\n".join(f"   - `{word}`: {each.meaning}" for word, each in claims.WORDS.items())
    guide = GUIDE.format(count=len(claims.of_article()), day=day(data.World().as_of), labels=labels)
    (folder / "guide.md").write_text(guide, "utf-8")
    (folder / "sheet.csv").write_text(text(sheet()), "utf-8")
    (folder / "rows").mkdir()
    for name in data.contract():
        if name not in HIDDEN:
            shutil.copyfile(data.DATA / f"{name}.csv", folder / "rows" / f"{name}.csv")


def run(args: argparse.Namespace) -> int:
    """Write the coding sheet with its guide and the rows below outputs/."""
    inputs = manifest.inputs()
    if not check_data.passes():
        return 1
    with replace_outputs_whole.release(SHEET) as folder:
        write(folder)
        replace_outputs_whole.seal(folder, SHEET, {}, {}, inputs)
    target = replace_outputs_whole.OUTPUTS / SHEET
    say(f"{target / 'guide.md'} says how to code; the sheet is {target / 'sheet.csv'}")
    return 0
