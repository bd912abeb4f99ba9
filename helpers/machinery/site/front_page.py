"""What the front page says: of each claim, from the records that the notebooks carry, and what
tagged cells of the notebooks tell.
"""

from dataclasses import dataclass, field
from html import escape

from markupsafe import Markup

from helpers import claims, quantities
from helpers.claims import card_html
from helpers.claims.verdict import Word
from helpers.machinery.site import notebook_html
from helpers.machinery.site.data_pages import Tables
from helpers.machinery.site.linking import Place
from helpers.machinery.site.notebook_html import Content
from helpers.quantities import Quantity
from helpers.recipes import Recipe
from helpers.tables import html

WORDS = claims.WORDS | {"unjudged": claims.UNJUDGED}
AT_ONCE = ("claim", "line", "article", "readings")  # lines seen before a claim is opened


@dataclass(frozen=True)
class Entry:
    """One claim on the front page; `lines` and `card` are HTML whose numbers are already linked."""

    claim: dict
    verdict: str
    stated: str
    record: dict = field(default_factory=dict)
    lines: dict[str, Markup] = field(default_factory=dict)
    card: str = ""
    notebook: str = ""
    more: str = ""

    @property
    def id(self) -> str:
        return self.claim["id"]

    @property
    def word(self) -> Word:
        return WORDS[self.verdict]

    @property
    def bar(self) -> list[str]:
        """One word for each fair reading: those that are true, unknown and false."""
        signs = {"yes": "readings_holding", "open": "readings_unknown", "no": "readings_failing"}
        return [sign for sign, name in signs.items() for _ in range(self.record.get(name, 0))]


@dataclass(frozen=True)
class Told:
    """What the cells of one notebook with one tag show, as it stands on the front page."""

    notebook: str
    outputs: tuple[Markup, ...]


def entries(tables: Tables, contents: dict[str, Content], visits: dict[str, Place]) -> list[Entry]:
    """Every claim in the article's order; a claim without a card in these notebooks is not yet
    judged.
    """
    listed = []
    for claim in sorted(tables.rows["claims"].values(), key=lambda row: row["position"]):
        stated = claims.stated_words(claim, tables.folder)
        judged = [
            name
            for name in (claim["notebook"], *contents)
            if name in contents and claim["id"] in contents[name].cards
        ]
        listed.append(
            _judged(claim, stated, judged[0], contents, visits)
            if judged
            else Entry(claim, "unjudged", stated)
        )
    return listed


def told(tag: str, contents: dict[str, Content], visits: dict[str, Place]) -> list[Told]:
    """What the cells with a tag show, notebook by notebook; nothing where no cell has it."""
    outputs = {
        name: content.tagged[tag] for name, content in contents.items() if content.tagged[tag]
    }
    return [
        Told(
            name,
            tuple(
                Markup(visits[name].arrange(part, name, shift=2, addressed=False)) for part in parts
            ),
        )
        for name, parts in outputs.items()
    ]


def _judged(
    claim: dict, stated: str, name: str, contents: dict[str, Content], visits: dict[str, Place]
) -> Entry:
    """A claim from what the notebook `name` carries of it."""
    carried, place = contents[name].cards[claim["id"]], visits[name]

    def arranged(part: str) -> Markup:
        return Markup(place.arrange(notebook_html.clean(part), name, addressed=False))

    opened = [line for line in carried["card"] if line["name"] not in AT_ONCE]
    inside = card_html.lines(opened) + card_html.fair_readings(carried, folded=False)
    return Entry(
        claim,
        carried["verdict"],
        stated,
        carried,
        {
            line["name"]: arranged(html(line["words"]))
            for line in carried["card"]
            if line["name"] in AT_ONCE
        },
        arranged(f'<div class="verdict {escape(carried["verdict"])}">{inside}</div>'),
        name,
        place.page(name, claim["id"]),
    )


def tally(listed: list[Entry], place: Place) -> list[tuple[str, str, str]]:
    """(verdict, linked number, words) for each verdict that some claim has."""
    lines: list[tuple[str, str, str]] = []
    for verdict, word in WORDS.items():
        ids = tuple(sorted(entry.id for entry in listed if entry.verdict == verdict))
        number = quantities.html(Quantity(len(ids), rows=ids, how=Recipe("count")))
        if ids:
            words = word.one if len(ids) == 1 else word.several
            lines.append((verdict, Markup(place.arrange(number, "index")), words))
    return lines
