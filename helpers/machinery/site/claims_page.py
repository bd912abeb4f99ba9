"""What the front page says: of each claim, from the cards that the notebooks carry, and what tagged
cells of the notebooks tell.
"""

import re
from dataclasses import dataclass, field

from bs4 import BeautifulSoup
from markupsafe import Markup

from helpers import quantities
from helpers.machinery.site.data_pages import Tables
from helpers.machinery.site.linking import Place
from helpers.machinery.site.notebook_html import Card, Content
from helpers.quantities import Quantity
from helpers.recipes import Recipe
from helpers.tables import day

WORDS = {  # verdict: on the mark, of one claim, of several
    "holds": ("holds", "holds", "hold"),
    "depends": ("depends", "depends on the definition", "depend on the definition"),
    "fails": ("fails", "fails", "fail"),
    "unsupported": ("no public record", "has no public record", "have no public record"),
    "undecided": ("undecided", "is undecided", "are undecided"),
    "opinion": ("opinion", "is opinion", "are opinion"),
    "unjudged": ("not yet judged", "is not yet judged", "are not yet judged"),
}
FIGURES = ("article", "worded", "votes")  # lines of a card that stand beside the claim
REASONS = (
    "true-for",
    "missing",
    "flip",
    "reading",
)  # the line that says most stands under it: the first of these that is there


@dataclass(frozen=True)
class Line:
    """A line of a card: what it is about, and its HTML."""

    words: str
    html: Markup


@dataclass(frozen=True)
class Entry:
    """One claim on the front page; the texts are HTML whose numbers are already linked."""

    claim: dict
    verdict: str
    stated: str
    record: dict = field(default_factory=dict)
    card: str = ""
    lines: dict[str, Line] = field(default_factory=dict)
    reason: Line | None = None
    found: str = ""
    notebook: str = ""
    more: str = ""

    @property
    def id(self) -> str:
        return self.claim["id"]

    @property
    def word(self) -> str:
        return WORDS[self.verdict][0]

    @property
    def bar(self) -> list[str]:
        """One word for each voting reading: those that hold, those that are unknown, those that
        fail.
        """
        count = {
            name: self.record.get(f"readings{name}", 0) for name in ("", "_holding", "_unknown")
        }
        return (
            ["yes"] * count["_holding"]
            + ["open"] * count["_unknown"]
            + ["no"] * (count[""] - count["_holding"] - count["_unknown"])
        )


@dataclass(frozen=True)
class Told:
    """What the cells of one notebook with one tag show, as it stands on the front page."""

    notebook: str
    outputs: tuple[Markup, ...]


def entries(tables: Tables, contents: dict[str, Content], visits: dict[str, Place]) -> list[Entry]:
    """Every claim in the article's order; a claim without a card in these notebooks is not yet
    judged.
    """
    found = []
    for claim in sorted(tables.rows["claims"].values(), key=lambda row: row["position"]):
        judged = [
            name
            for name in (claim["notebook"], *contents)
            if name in contents and claim["id"] in contents[name].cards
        ]
        found.append(
            _judged(tables, claim, judged[0], contents, visits)
            if judged
            else Entry(claim, "unjudged", _stated(tables, claim))
        )
    return found


def told(tag: str, contents: dict[str, Content], visits: dict[str, Place]) -> list[Told]:
    """What the cells with a tag show, notebook by notebook; nothing where no cell has it."""
    outputs = {name: of.tagged[tag] for name, of in contents.items() if of.tagged[tag]}
    return [
        Told(
            name,
            tuple(
                Markup(visits[name].arrange(html, name, shift=2, addressed=False)) for html in of
            ),
        )
        for name, of in outputs.items()
    ]


def _judged(
    tables: Tables, claim: dict, name: str, contents: dict[str, Content], visits: dict[str, Place]
) -> Entry:
    card, place = contents[name].cards[claim["id"]], visits[name]
    soup = place.arrange(card.html, name, addressed=False)
    for fold in soup.select("details.readings"):  # the entry is a fold already
        fold.summary.decompose()
        fold.name = "div"
    lines = _lines(soup)
    reason = next((name for name in REASONS if name in lines), "")
    for term in soup.select("dt[data-line]"):
        if term["data-line"] in (*FIGURES, reason):
            term.find_next_sibling("dd").decompose()
            term.decompose()
    return Entry(
        claim,
        card.record["verdict"],
        _stated(tables, claim),
        card.record,
        Markup(soup),
        lines,
        lines.get(reason),
        _found(tables, card, lines),
        name,
        place.page(name, claim["id"]),
    )


def _lines(card: BeautifulSoup) -> dict[str, Line]:
    """The lines of a card by name, and as `reading` how the words are taken that are nearest the
    article's: its first reading.
    """
    terms = card.select("dt[data-line]")
    found = {
        term["data-line"]: Line(
            term.get_text(), Markup(term.find_next_sibling("dd").decode_contents())
        )
        for term in terms
    }
    nearest = card.select_one(".readings tbody td")
    return found | (
        {"reading": Line("Read as", Markup(nearest.decode_contents()))} if nearest else {}
    )


def _found(tables: Tables, card: Card, lines: dict[str, Line]) -> str:
    """What we find, briefly: the number with its unit as it is linked on the card, the countries by
    name, or the date; nothing for a yes or no.
    """
    computed = card.record.get("computed")
    if isinstance(computed, list):
        return _named(tables, computed)
    if isinstance(computed, str):
        return day(computed)
    return (
        Markup(re.sub("^(true|false|unknown)(: )?", "", lines["worded"].html))
        if "worded" in lines
        else ""
    )


def _stated(tables: Tables, claim: dict) -> str:
    """What the article states, in its own few words or as the row has it; nothing where it states
    no figure, date or set.
    """
    if claim["comparison"] == "true":
        return claim["quoted"]
    if claim["comparison"] == "same set":
        return _named(tables, claim["stated"].split())
    if re.fullmatch(r"\d{4}-\d\d-\d\d", claim["stated"]):
        return day(claim["stated"])
    return claim["quoted"] or f"{claim['stated']} {claim['unit']}".strip()


def _named(tables: Tables, codes: list[str]) -> str:
    """Countries by name."""
    countries = tables.rows.get("countries", {})
    return (
        ", ".join(sorted(countries[code]["name"] if code in countries else code for code in codes))
        or "none"
    )


def tally(found: list[Entry], place: Place) -> list[tuple[str, str, str]]:
    """(verdict, linked number, words) for each verdict that some claim has."""
    lines = []
    for verdict, (_, one, several) in WORDS.items():
        ids = tuple(sorted(entry.id for entry in found if entry.verdict == verdict))
        number = quantities.html(Quantity(len(ids), rows=ids, how=Recipe("count")))
        if ids:
            lines.append(
                (verdict, Markup(place.arrange(number, "index")), one if len(ids) == 1 else several)
            )
    return lines
