"""The card of a verdict: its lines in words, as text and as HTML."""

from html import escape

from helpers import data, quantities, tables
from helpers.claims.readings import Outcome
from helpers.quantities import Quantity
from helpers.recipes import Recipe

UNITS = {
    "ratio": "to one",
    "share": "of the American number",
}  # how a number that is judged is told from what it is measured by


LINES = {  # the lines of a card: their words, and the names by which pages find them
    "The article": "article",
    "As worded": "worded",
    "Over the readings": "votes",
    "True for": "true-for",
    "False for": "false-for",
    "Missing": "missing",
    "Would flip": "flip",
    "In the article's scenario": "was",
    "Evidence": "evidence",
    "Old": "old",
}


def _names(codes: list[str]) -> list[str]:
    """Countries and organisations by name."""
    countries = data.load("countries")["name"]
    return [countries.get(code, code) for code in codes]


def said(outcome: Outcome):
    """What a reading comes to, for a person: true, false or unknown, and the number or set found."""
    word = {True: "true", False: "false", None: "unknown"}[outcome.holds]
    if isinstance(outcome.computed, Quantity):
        unit = UNITS.get(outcome.computed.unit, outcome.computed.unit)
        return tables.say(f"{word}: {{found}} {unit}".strip(), found=outcome.computed)
    if isinstance(outcome.computed, str):
        return f"{word}: {tables.day(outcome.computed)}"
    if isinstance(outcome.computed, list):
        return [
            f"{word}: {name}" if place == 0 else name
            for place, name in enumerate(_names(outcome.computed))
        ] or f"{word}: none"
    return word


def text(verdict) -> str:
    """What the card says, as plain text."""
    return "\n".join(f"{name}: {tables.plain(value)}" for name, value in lines(verdict))


def lines(verdict):
    """What the card says, line by line."""
    claim, first = verdict.claim, verdict.as_worded
    yield f"{claim['id']} · ¶ {claim['paragraphs']} · {verdict.verdict.upper()}", claim["claim"]
    yield (
        "The article",
        (
            claim["quoted"] or _names(claim["stated"].split())
            if claim["comparison"] == "same set"
            else claim["quoted"] or claim["stated"]
        ),
    )
    yield "As worded", said(first.outcome)
    if len(verdict.voting) > 1:
        yield (
            "Over the readings",
            tables.say(
                "true in {holding} of {voting}"
                + (", unknown in {unknown}" if verdict.unknown else ""),
                holding=verdict.reading_count(verdict.holding),
                voting=verdict.reading_count(verdict.voting),
                **({"unknown": verdict.reading_count(verdict.unknown)} if verdict.unknown else {}),
            ),
        )
    if verdict.deciding:
        for holds, name in ((True, "True for"), (False, "False for")):
            yield name, "; ".join(meanings(verdict, verdict.deciding[0], holds))
    if missing := verdict.record()["missing"]:
        yield "Missing", "; ".join(missing)
    if verdict.tip:
        yield "Would flip", flip(verdict)
    if was := verdict.article:
        yield ("In the article's scenario", [f"{was.verdict.upper()}", said(was.as_worded.outcome)])
    if verdict.evidence:
        known = [grade for grade in data.GRADES if grade in verdict.evidence]
        counts = {
            grade: quantities.exact(
                len(verdict.evidence[grade]), "rows", tuple(verdict.evidence[grade])
            )
            for grade in known
        }
        words = {
            "read": "read at the source",
            "secondary": "quoted by another",
            "recall": "from general knowledge",
            "derived": "derived",
        }
        yield (
            "Evidence",
            tables.say(
                "rows: " + ", ".join(f"{{{grade}}} {words[grade]}" for grade in known), **counts
            ),
        )

    if verdict.old:
        yield (
            "Old",
            tables.say(
                "{old} of them observed more than two years before the day",
                old=quantities.exact(len(verdict.old), "rows", verdict.old),
            ),
        )


def reading_rows(verdict) -> list[dict]:
    """The voting readings, one table row each: what it means, what it comes to, and why it is
    defensible, each reason told once.
    """
    options, told, rows = data.load("readings", verdict.world.folder), set(), []
    for reading in verdict.voting:
        own = [id for id in reading.ids if id not in verdict.voting[0].ids] or reading.ids
        meanings = {
            f"of_{place}": tables.Row(id, options.loc[id, "meaning"])
            for place, id in enumerate(own)
        }
        reasons = dict.fromkeys(options.loc[id, "why"] for id in own if id not in told)
        told |= set(own)
        rows.append(
            {
                "reading": tables.say(". ".join(f"{{{name}}}" for name in meanings), **meanings),
                "comes to": said(reading.outcome),
                "why it may be so read": ". ".join(reasons) or "as above",
            }
        )
    return rows


def meanings(verdict, choice: str, holds: bool) -> list[str]:
    """What the options of a choice mean under which every voting reading is true, or under
    which every one is false.
    """
    outcomes = {}
    for reading in verdict.voting:
        outcomes.setdefault(reading.options[choice], set()).add(reading.outcome.holds)
    options = data.load("readings", verdict.world.folder)
    return [
        options.loc[f"{verdict.claim['id']}/{choice}/{option}", "meaning"]
        for option, seen in outcomes.items()
        if seen == {holds}
    ]


def flip(verdict) -> tables.Sentence:
    """What would flip the verdict, in one sentence."""
    tip = verdict.tip
    inside = {
        True: "; the sources' own range reaches that far",
        False: "; outside the range the sources give",
        None: "",
    }[tip.inside]
    return tables.say(
        "with {at} {name} instead of {value} the verdict would be '{becomes}'{inside}",
        name=tip.name,
        at=quantities.exact(tip.at, tip.unit, tip.rows, Recipe("tips", verdict.claim["id"])),
        value=quantities.exact(tip.value, tip.unit, tip.rows, tip.how),
        becomes=tip.becomes,
        inside=inside,
    )


def html(verdict):
    (title, claim), *rest = lines(verdict)
    items = "".join(
        f'<dt data-line="{LINES[name]}">{escape(name)}</dt><dd>{tables.markup(value)}</dd>'
        for name, value in rest
    )
    order = (
        "<p>The first is nearest the article’s words; each other one is told by what it takes"
        " differently.</p>"
        if verdict.voting[1:]
        else ""
    )
    return (
        f'<section class="verdict {verdict.verdict}" data-claim="{escape(verdict.claim["id"])}">'
        f'<p class="mark"><span class="shape">{escape(title)}</span></p><p'
        f' class="claim">{escape(claim)}</p><dl>{items}</dl>'
        f'<details class="readings"><summary>Every reading that votes, and why</summary>{order}'
        f"{tables.show(reading_rows(verdict), 'Readings of ' + verdict.claim['id'])._repr_html_()}</details></section>"
    )
