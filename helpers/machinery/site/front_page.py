"""What the front page says: of each claim, from the records that the notebooks carry, and what
tagged cells of the notebooks tell.
"""

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape

from markupsafe import Markup

from helpers import claims, quantities, tables
from helpers.claims import card_html, card_lines
from helpers.claims.firmness import FIRMEST_FIRST, WEAK, grounds
from helpers.claims.verdict_log import causes, joined
from helpers.claims.verdict_words_and_colours import Word
from helpers.machinery.site import conclusion_at_the_top, notebook_html
from helpers.machinery.site.data_pages import Tables
from helpers.machinery.site.links_to_rows import Place
from helpers.machinery.site.notebook_html import Content
from helpers.quantities import Quantity
from helpers.recipe_acts import Recipe

WORDS = claims.WORDS | {"unjudged": claims.UNJUDGED}
AT_ONCE = (
    "claim",
    "line",
    "article",
    "bar",
    "readings",
    "history",
)  # lines seen before a claim is opened
BEHIND = {"finding": "rows behind these words, not quite the picture’s,"}  # rows by a cell's tag


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
        """The claim's id."""
        return self.claim["id"]

    @property
    def own(self) -> bool:
        """Whether the claim is a reader's own, and none of the article's."""
        return claims.own(self.claim)

    @property
    def where(self) -> str:
        """Where in the article the claim stands, in words."""
        return card_lines.where(self.claim)

    @property
    def label(self) -> str:
        """The claim in a few words."""
        return self.claim["label"] or self.claim["claim"]

    @property
    def weak(self) -> str:
        """What its firmness means, where that is little."""
        return WEAK.get(self.record.get("firmness") or "", "")

    @property
    def remembered(self) -> Markup:
        """How firm it is with what no source gives by name, where such a row decides it; without
        its last stop.
        """
        return Markup(self.lines.get("firmness", "").removesuffix("."))

    @property
    def open(self) -> list[str]:
        """The fair readings that are not known of a claim that is decided all the same."""
        if self.verdict in ("undecided", "unsupported", "opinion"):
            return []
        rows = self.record.get("fair_readings", [])
        return [tables.words(row["reading"]) for row in rows if row["holds"] is None]

    @property
    def passage(self) -> tuple[int, int, int] | None:
        """First and last of the judged words in their paragraph, and how many words it has."""
        found = re.findall(r"\d+", self.claim["passage"])
        return (int(found[0]), int(found[1]), int(found[2])) if found else None

    @property
    def word(self) -> Word:
        """The word for its verdict, with meaning and colour."""
        return WORDS[self.verdict]

    @property
    def bar(self) -> list[str]:
        """One word for each fair reading: those that are true, unknown and false."""
        signs = {"yes": "readings_holding", "open": "readings_unknown", "no": "readings_failing"}
        return [sign for sign, name in signs.items() for _ in range(self.record.get(name, 0))]


@dataclass(frozen=True)
class Told:
    """What the cells of one notebook with one tag show, as it stands on the front page; `firm` says
    in words what the rows of its figures rest on.
    """

    notebook: str
    outputs: tuple[Markup, ...]
    firm: Markup = Markup()


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the article: its claims, and the line that pictures it, as (words, claim) from
    the first word on; None stands for words that are not judged and for what the line is shorter
    than the longest.
    """

    number: str
    entries: list[Entry]
    line: list[tuple[int, Entry | None]]


def entries(tables: Tables, contents: dict[str, Content], visits: dict[str, Place]) -> list[Entry]:
    """Every claim in the article's order, a reader's own ones last; a claim without a card in these
    notebooks is not yet judged.

    Parameters
    ----------
    tables : Tables
        The tables, of which `claims` is listed.
    contents : dict
        What each notebook gives its page, cards among it, by the notebook's name.
    visits : dict
        The page as content of each notebook stands on it, by the notebook's name.
    """
    listed = []
    rows = tables.rows["claims"].values()
    for claim in sorted(rows, key=lambda row: (claims.own(row), row["position"])):
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


def told(
    tag: str, contents: dict[str, Content], visits: dict[str, Place], place: Place
) -> list[Told]:
    """What the cells with a tag show, notebook by notebook; nothing where no cell has it.

    Parameters
    ----------
    tag : str
        The tag: one of `notebook_html.TOLD`.
    contents : dict
        What each notebook gives its page, tagged cells among it, by the notebook's name.
    visits : dict
        The page as content of each notebook stands on it, by the notebook's name.
    place : Place
        The page as what is of no notebook stands on it.
    """
    return [
        Told(
            name,
            tuple(_arranged(part, name, visits[name]) for part in content.tagged[tag]),
            _firm(content.resting[tag], BEHIND.get(tag, "rows"), place),
        )
        for name, content in contents.items()
        if content.tagged[tag]
    ]


def _arranged(part: str, name: str, place: Place) -> Markup:
    """An output as it stands on the front page: the sources of a figure with its table, folded."""
    soup = place.arrange(part, name, shift=2, addressed=False)
    for summary in soup.select("figure > details > summary"):
        summary.string = "Sources" if place.report else "Sources and table"
    for table in soup.select("figure .scroll") if place.report else ():
        table.decompose()  # it stands in the notebook
    for sources in soup.select("figure > figcaption"):
        folded = sources.find_next("summary")
        if folded is not None:
            folded.insert_after(sources.extract())
    for files in soup.select("figure > .save"):
        folded = files.find_previous("details")
        if folded is not None:
            folded.append(files.extract())
    return Markup(soup)


def _firm(rows: Iterable[str], things: str, place: Place) -> Markup:
    """What rows rest on, in words: 'of 34 rows 12 rest on official texts and 22 on press reports.'
    Rows without a source are not counted; nothing where there are no others.

    Parameters
    ----------
    rows : iterable of str
        The rows by their ids.
    things : str
        What they are called: rows, or rows behind something.
    place : Place
        The page that the words stand on.
    """
    sourced = [id for id in dict.fromkeys(rows) if place.tables.row(id).get("source_id")]
    by_ground = grounds(sourced, place.tables.folder)
    named = {ground.removeprefix("on "): ids for ground, ids in by_ground.items()}
    return _parts(named, place, things)


def firm(listed: list[Entry], place: Place) -> Markup:
    """What the verdicts rest on, in words: each as firm as the weakest row that decides it, an
    opinion on none.
    """
    by_ground: dict[str, list[str]] = {
        ground.removeprefix("on "): [
            entry.id for entry in listed if entry.record.get("firmness") == ground
        ]
        for ground in FIRMEST_FIRST
    }
    opinions = [entry.id for entry in listed if entry.record and not entry.record.get("firmness")]
    return _parts(
        {ground: ids for ground, ids in by_ground.items() if ids}, place, "verdicts", opinions
    )


def barred(listed: list[Entry], place: Place) -> Markup:
    """How many verdicts use a bar that this project set, in one sentence; nothing where none
    does.
    """
    ids = [entry.id for entry in listed if "bar" in entry.lines]
    if not ids:
        return Markup()
    said = tables.say(
        "{number} {use} a bar of ours.", number=_count(ids), use="uses" if len(ids) == 1 else "use"
    )
    return Markup(place.arrange(said.inline(), "index"))


READ_ALONE = (  # verdicts by evidence that was read alone, and what is said of one and of several
    (("holds",), "holds", "hold"),
    (("fails",), "fails", "fail"),
    (("undecided", "unsupported"), "is open", "are open"),
    (("depends",), "depends", "depend"),
    (("opinion",), "is opinion", "are opinion"),
)


def by_reading_alone(listed: list[Entry], read: dict[str, str], place: Place) -> Markup:
    """How many claims hold, fail and so on by evidence that was read alone, in a sentence.

    Parameters
    ----------
    listed : list of Entry
        The claims of the article.
    read : dict
        The verdicts by evidence that was read alone, by claim; where it is empty nothing is said.
    place : Place
        The page that the sentence stands on.
    """
    if not read:
        return Markup()
    judged = [entry for entry in listed if entry.id in read]
    parts, numbers = [], {"all": _count(entry.id for entry in judged)}
    for at, (verdicts, one, several) in enumerate(READ_ALONE):
        ids = [entry.id for entry in judged if read[entry.id] in verdicts]
        if ids:
            numbers[f"n_{at}"] = _count(ids)
            parts.append(f"{{n_{at}}} {one if len(ids) == 1 else several}")
    first, *others = parts
    said = tables.say(
        "If only what we read at its source counts, "
        + tables.listed([first.replace("} ", "} of {all} ", 1), *others])
        + ".",
        **numbers,
    )
    return Markup(place.arrange(said.inline(), "index"))


def revised(place: Place) -> Markup:
    """How many verdicts are other ones than when they were first judged, as the log says, how many
    of these hold only now and how many did before, which that hold were joined from claims that
    failed, and why; nothing where none is another one.
    """
    first: dict[str, str] = {}
    last: dict[str, str] = {}
    reasons: dict[str, list[str]] = {}
    for row in place.tables.rows.get("verdict_log", {}).values():
        first.setdefault(row["claim"], row["verdict"])
        last[row["claim"]] = row["verdict"]
        if row["previous"]:
            reasons.setdefault(row["claim"], []).append(row["reason"])
    known = place.tables.rows["claims"]
    last = {id: word for id, word in last.items() if id in known and not claims.own(known[id])}
    others = [claim for claim, word in last.items() if word != first[claim]]
    if not others:
        return Markup()
    logged = place.tables.rows["verdict_log"].values()
    of_failed = [
        claim
        for claim, word in last.items()
        if word == "holds" and any(r["verdict"] == "fails" for r in joined(claim, logged, known))
    ]
    said = tables.say(
        "{others} of {all} verdicts have changed since first judged, {now} to ‘holds’ and {before}"
        " from it{why}. Of those that hold {joined} took in one that failed.",
        joined=tables.or_none(_count(of_failed)),
        now=tables.or_none(_count(id for id in others if last[id] == "holds")),
        before=tables.or_none(_count(id for id in others if first[id] == "holds")),
        others=_count(others),
        all=_count(last),
        why=causes([reason for claim in others for reason in reasons.get(claim, [])]),
    )
    return Markup(place.arrange(said.inline(), "index"))


def _parts(
    by_ground: dict[str, list[str]],
    place: Place,
    things: str = "rows",
    opinions: Sequence[str] = (),
) -> Markup:
    """Rows or verdicts by what they rest on, and those that are opinion and rest on nothing, as a
    sentence with its numbers linked.
    """
    if not by_ground:
        return Markup()
    numbers = {f"n_{at}": _count(ids) for at, ids in enumerate(by_ground.values())}
    parts = [f"{{{n}}} on {ground}" for n, ground in zip(numbers, by_ground, strict=True)]
    every = _count([id for ids in by_ground.values() for id in ids] + list(opinions))
    first, *others = parts
    rest = " rests on" if str(next(iter(numbers.values()))) == "1" else " rest on"
    template = f"of {{every}} {things} {tables.listed([first.replace(' on', rest, 1), *others])}"
    if opinions:
        template += f"; {{opinions}} {'is' if len(opinions) == 1 else 'are'} opinion"
        numbers["opinions"] = _count(opinions)
    said = tables.say(f"{template}.", every=every, **numbers)
    return Markup(place.arrange(said.inline(), "index"))


def _count(ids: Iterable[str]) -> Quantity:
    rows = tuple(sorted(ids))
    return Quantity(len(rows), len(rows), len(rows), rows=rows, how=Recipe("count"))


def paragraphs(listed: list[Entry]) -> list[Paragraph]:
    """The article's paragraphs that have a claim, in order, each with its line."""
    longest = max((entry.passage[2] for entry in listed if entry.passage), default=0)
    grouped = itertools.groupby(listed, lambda entry: entry.claim["paragraphs"].split(",")[0])
    found = []
    for number, group in grouped:
        entries = sorted(group, key=lambda entry: entry.passage or (longest, longest, longest))
        line: list[tuple[int, Entry | None]] = []
        at = 0
        placed = [(entry.passage[0], entry.passage[1], entry) for entry in entries if entry.passage]
        for first, last, entry in placed:
            line += [(first - 1 - at, None)] * (first - 1 > at) + [(last - first + 1, entry)]
            at = last
        line += [(longest - at, None)] * (longest > at and bool(line))
        found.append(Paragraph(number, entries, line))
    return found


def concluded(listed: list[Entry], place: Place, early: str) -> Markup:
    """The page's first sentence.

    Parameters
    ----------
    listed : list of Entry
        The claims with their verdicts.
    place : Place
        The page on which it stands.
    early : str
        The day in words if it lies before the article.
    """
    unmet = next((entry.record.get("computed") for entry in listed if entry.id == "C27a"), None)
    verdicts = {entry.id: entry.verdict for entry in listed}
    said = conclusion_at_the_top.sentence(verdicts, unmet, early)
    return Markup(place.arrange(said.inline(), "index"))


def _judged(
    claim: dict, stated: str, name: str, contents: dict[str, Content], visits: dict[str, Place]
) -> Entry:
    """A claim from what the notebook `name` carries of it."""
    carried, place = contents[name].cards[claim["id"]], visits[name]

    def arranged(part: str) -> Markup:
        return Markup(place.arrange(notebook_html.clean(part), name, addressed=False))

    own = carried["firmness"] in card_lines.OWN_GROUNDS
    at_once = (*AT_ONCE, "firmness") if own else AT_ONCE
    opened = [line for line in carried["card"] if line["name"] not in at_once]
    inside = card_html.lines(opened) + card_html.fair_readings(carried, folded=False)
    return Entry(
        claim,
        carried["verdict"],
        stated,
        carried,
        {
            line["name"]: arranged(tables.html(line["words"]))
            for line in carried["card"]
            if line["name"] in at_once
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
