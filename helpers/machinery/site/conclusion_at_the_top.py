"""The front page's first sentence: what of the article stands, from the verdicts alone."""

from collections.abc import Mapping

from helpers import quantities, tables
from helpers.recipe_acts import Recipe

MOST = 30  # words
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


def failing(number: int) -> str:
    """How many fail, with {fails} for the number."""
    return {0: "none fails", 1: "{fails} fails"}.get(number, "{fails} fail")


def closing(verdicts: Mapping[str, str], unmet: int | None = None) -> list[str]:
    """What the sentence says of the claims on which the article ends; nothing of those unjudged.

    unmet  how many of the three conditions were, where that is all that is known
    """
    conditions, influence = verdicts.get("C27a"), verdicts.get("C28")
    said = []
    if conditions:
        said = [CONDITIONS.get(conditions) or UNMET.get(unmet or 0, CONDITIONS[""])]
    return said + [INFLUENCE[influence] for influence in [influence] if influence in INFLUENCE]


def sentence(verdicts: Mapping[str, str], unmet: int | None = None) -> tables.Sentence:
    """The sentence from the verdicts by claim; a claim that is not judged counts as one that does
    not hold. unmet: see `closing`.
    """
    every = {name: _those(verdicts, name) for name in ("holds", "fails")}
    holds, fails = (_count(ids) for ids in every.values())
    failed = failing(len(every["fails"]))
    first = (
        f"{lead(len(every['holds']), len(verdicts))} ({{holds}} of {{all}} claims), and {failed}"
    )
    judged = {claim: verdict for claim, verdict in verdicts.items() if verdict != "unjudged"}
    return tables.say(
        "; ".join([first, *closing(judged, unmet)]) + ".",
        holds=holds,
        all=_count(tuple(verdicts)),
        **({"fails": fails} if "{fails}" in failed else {}),
    )


def moving(of: int) -> dict:
    """All that the sentence is made of, for a page on which verdicts move: its beginnings by how
    many of the claims hold, its words by how many fail, its endings by verdict, and what it says of
    the conditions by how many were unmet.
    """
    return {
        "leads": [lead(number, of) for number in range(of + 1)],
        "fails": [failing(number).replace("{fails}", str(number)) for number in range(of + 1)],
        "ends": {"C27a": CONDITIONS, "C28": INFLUENCE},
        "unmet": UNMET,
    }


def _those(verdicts: Mapping[str, str], name: str) -> tuple[str, ...]:
    return tuple(claim for claim, verdict in verdicts.items() if verdict == name)


def _count(ids: tuple[str, ...]) -> quantities.Quantity:
    return quantities.exact(len(ids), "claims", tuple(sorted(ids)), Recipe("count"))
