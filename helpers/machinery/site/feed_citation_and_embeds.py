"""What a reader takes along beside the pages: each claim by itself to embed, how to cite it, each
figure as files, and a feed of the verdicts that changed.
"""

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup

from helpers import claims, data
from helpers.claims import card_html
from helpers.claims.verdict_log import reason
from helpers.machinery.site.data_pages import Tables
from helpers.machinery.site.front_page import Entry
from helpers.machinery.site.notebook_html import Content, clean
from helpers.tables import day

CLAIMS, FIGURES, FEED = "claims", "figures", "verdicts.atom"
SHORT = 16  # digits of the sum of all inputs that tell two versions apart


@dataclass(frozen=True)
class Citing:
    """How a claim is cited: with the version of the data and its day, the day the claim is judged
    for, and the first digits of the sum of all that the pages are made from.
    """

    version: str
    as_of: str
    inputs: str

    def __call__(self, entry: Entry) -> str:
        """Word how a claim is cited, with its verdict, the day and the digest of its inputs."""
        return (
            f"‘{entry.claim['claim']}’: {entry.word.mark}. Claim {entry.id} of Willing and Able?"
            f" (The Willing and Able? contributors), version {self.version}, as of {self.as_of},"
            f" inputs {self.inputs[:SHORT]}."
        )


def figures(folder: Path, contents: Iterable[Content]) -> None:
    """Write each figure as SVG and PNG into a folder."""
    for content in contents:
        for name, (svg, png) in content.figures.items():
            folder.mkdir(exist_ok=True)
            (folder / f"{name}.svg").write_text(svg, "utf-8", newline="")
            (folder / f"{name}.png").write_bytes(base64.b64decode(png))


def single_claims(
    folder: Path, entries: Iterable[Entry], templates: Environment, citing: Citing
) -> None:
    """Write each judged claim as a page that stands by itself and asks for nothing.

    Parameters
    ----------
    folder : Path
        Where the pages stand; it is made for the first of them.
    entries : iterable of Entry
        The claims; one without a record is not judged.
    templates : Environment
        The templates of the site.
    citing : Citing
        Words how each claim is cited.
    """
    page = templates.get_template("claim.html.j2")
    for entry in entries:
        if entry.record:
            folder.mkdir(exist_ok=True)
            card = Markup(clean(card_html.html(entry.record)))
            text = page.render(entry=entry, card=card, citation=citing(entry))
            (folder / f"{entry.id}.html").write_text(text, "utf-8", newline="")


def feed(file: Path, tables: Tables, templates: Environment) -> bool:
    """Write the verdicts that became others as an Atom feed, the newest first; whether any did.

    A verdict has the day on which it was judged and no time of day: the feed says midnight.

    Parameters
    ----------
    file : Path
        The feed; it is not written where no verdict became another.
    tables : Tables
        The tables, of which `verdict_log` and `claims` are read.
    templates : Environment
        The templates of the site.
    """
    log = tables.rows.get("verdict_log", {})
    changed = [row for row in log.values() if row["previous"]]
    changed.sort(key=lambda row: (row["date"], row["id"]), reverse=True)
    if changed:
        words = {verdict: word.mark for verdict, word in claims.WORDS.items()}
        text = templates.get_template("verdicts.atom.j2").render(
            changed=changed, claims=tables.rows["claims"], words=words, reason=reason
        )
        file.write_text(text, "utf-8", newline="")
    return bool(changed)


def version(tables: Tables) -> str:
    """The version of the data with its day: '0.1.0 of 29 November 2026'."""
    number, worked_on = data.package(tables.folder)["version"], tables.worked_on()
    return f"{number} of {day(worked_on)}" if worked_on else number
