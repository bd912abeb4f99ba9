"""The front page's first sentence: what of the article stands, from the verdicts alone."""

from collections.abc import Mapping
from pathlib import Path

from helpers import data, quantities, tables, timeline
from helpers.recipe_acts import Recipe

MOST = 30  # words
FIRST = "{lead} ({holds} of {all} claims), and {failed}"
EARLY = (  # on a day before the article came out
    "On {day}, before the article came out, {holds} of its {all} claims would have held and"
    " {failed}"
)
LEADS = {  # from which share of the claims on that hold: how the sentence begins
    0: "Little of the article holds up",
    1 / 3: "Part of the article holds up",
    1 / 2: "Most of the article holds up",
    1: "All of the article holds up",
}
CONDITIONS = {  # by the verdict on the claim that none of the three was met
    "holds": "none of its three conditions for the force was met",
    "fails": "one or more of its three conditions was met",
    "": "whether any of its three conditions was met is open",
}
UNMET = {  # where that claim is not decided: by how many of the three were unmet
    1: "one of its three conditions was unmet, two are open",
    2: "two of its three conditions were unmet, one is open",
}
INFLUENCE = {  # by the verdict on the claim that influence is imaginary without them
    "opinion": "whether Europe’s influence is imaginary is opinion"
}


def lead(holding: int, of: int) -> str:
    """How the sentence begins where so many of the claims hold."""
    return [words for share, words in LEADS.items() if holding >= share * of][-1]


def failing(number: int, early: bool = False) -> str:
    """How many fail, or failed on a day before the article, with {fails} for the number."""
    if early:
        return "{fails} failed" if number else "none failed"
    return {0: "none fails", 1: "{fails} fails"}.get(number, "{fails} fail")


def before(as_of: str, folder: Path = data.DATA) -> str:
    """A day in words if it lies before every day on which the article may have come out; else
    nothing.
    """
    days = timeline.window(data.World(folder=folder))
    return tables.day(as_of) if days and as_of < str(days[0]) else ""


def closing(
    verdicts: Mapping[str, str], unmet: int | None = None, early: bool = False
) -> list[str]:
    """What the sentence says of the claims on which the article ends; nothing of those unjudged,
    and before the article nothing of its opinion.

    unmet  how many of the three conditions were, where that is all that is known
    """
    conditions, influence = verdicts.get("C27a"), verdicts.get("C28")
    said = []
    if conditions:
        said = [CONDITIONS.get(conditions) or UNMET.get(unmet or 0, CONDITIONS[""])]
    return said + ([INFLUENCE[influence]] if influence in INFLUENCE and not early else [])


def sentence(
    verdicts: Mapping[str, str], unmet: int | None = None, early: str = ""
) -> tables.Sentence:
    """The sentence from the verdicts by claim; a claim that is not judged counts as one that does
    not hold. unmet: see `closing`; early: see `before`.
    """
    every = {name: _those(verdicts, name) for name in ("holds", "fails")}
    holds, fails = (_count(ids) for ids in every.values())
    failed = failing(len(every["fails"]), bool(early))
    first = (EARLY if early else FIRST).replace("{failed}", failed)
    judged = {claim: verdict for claim, verdict in verdicts.items() if verdict != "unjudged"}
    return tables.say(
        "; ".join([first, *closing(judged, unmet, bool(early))]) + ".",
        **({"day": early} if early else {"lead": lead(len(every["holds"]), len(verdicts))}),
        holds=holds,
        all=_count(tuple(verdicts)),
        **({"fails": fails} if "{fails}" in failed else {}),
    )


def moving(of: int) -> dict:
    """All that the sentence is made of, for a page on which verdicts move: what it says of the
    conditions by how many were unmet, its beginnings by how many of the claims hold; and for days
    before the article and others its frame, its words by how many fail, its endings by verdict.
    """
    numbers = range(of + 1)
    made: dict = {"unmet": UNMET, "leads": [lead(number, of) for number in numbers]}
    for name, first, ends in (
        ("early", EARLY, {"C27a": CONDITIONS}),
        ("late", FIRST, {"C27a": CONDITIONS, "C28": INFLUENCE}),
    ):
        fails = [failing(number, name == "early") for number in numbers]
        made[name] = {
            "first": first,
            "fails": [words.replace("{fails}", str(at)) for at, words in enumerate(fails)],
            "ends": ends,
        }
    return made


def _those(verdicts: Mapping[str, str], name: str) -> tuple[str, ...]:
    return tuple(claim for claim, verdict in verdicts.items() if verdict == name)


def _count(ids: tuple[str, ...]) -> quantities.Quantity:
    return quantities.exact(len(ids), "claims", tuple(sorted(ids)), Recipe("count"))
