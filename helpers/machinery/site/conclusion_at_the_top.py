"""The front page's first sentence: what of the article stands, from the verdicts alone."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from helpers import data, quantities, tables, timeline
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


@dataclass(frozen=True)
class Frame:
    """The words of the sentence: how it begins, what it says of those that fail by how many they
    are, and of the claims on which the article ends by their verdicts; "" stands for any other.
    """

    first: str
    fails: dict[str, str]
    ends: dict[str, dict[str, str]]


LATE = Frame(
    "{lead} ({holds} of {all} claims), and {failed}",
    {"0": "none fails", "1": "{fails} fails", "": "{fails} fail"},
    {"C27a": CONDITIONS, "C28": INFLUENCE},
)
EARLY = Frame(  # on a day before the article came out: nothing of its opinion, which fills the line
    "On {day}, before the article came out, {holds} of its {all} claims would have held and"
    " {failed}",
    {"0": "none failed", "": "{fails} failed"},
    {"C27a": CONDITIONS},
)


def lead(holding: int, of: int) -> str:
    """How the sentence begins where so many of the claims hold."""
    return [words for share, words in LEADS.items() if holding >= share * of][-1]


def before(as_of: str, folder: Path = data.DATA) -> str:
    """A day in words if it lies before every day on which the article may have come out; else
    nothing.
    """
    days = timeline.window(data.World(folder=folder))
    return tables.day(as_of) if days and as_of < str(days[0]) else ""


def closing(frame: Frame, verdicts: Mapping[str, str], unmet: int | None = None) -> list[str]:
    """What the sentence says of the claims on which the article ends; nothing of those unjudged.

    Parameters
    ----------
    frame : Frame
        The words of the sentence.
    verdicts : mapping
        The verdicts by claim.
    unmet : int, optional
        How many of the three conditions were, where that is all that is known.
    """
    said = [
        words.get(verdicts[id])
        or (UNMET.get(unmet or 0) if id == "C27a" else None)
        or words.get("", "")
        for id, words in frame.ends.items()
        if verdicts.get(id, "unjudged") != "unjudged"
    ]
    return [words for words in said if words]


def sentence(
    verdicts: Mapping[str, str], unmet: int | None = None, early: str = ""
) -> tables.Sentence:
    """The sentence from the verdicts by claim.

    Parameters
    ----------
    verdicts : mapping
        The verdicts by claim; one that is not judged counts as one that does not hold.
    unmet : int, optional
        How many of the three conditions were unmet, where that is all that is known.
    early : str
        The day in words if it lies before the article, as `before` gives it.
    """
    frame = EARLY if early else LATE
    every = {name: _those(verdicts, name) for name in ("holds", "fails")}
    holds, fails = (_count(ids) for ids in every.values())
    failed = frame.fails.get(str(len(every["fails"])), frame.fails[""])
    first = frame.first.replace("{failed}", failed)
    return tables.say(
        "; ".join([first, *closing(frame, verdicts, unmet)]) + ".",
        **({"day": early} if early else {"lead": lead(len(every["holds"]), len(verdicts))}),
        holds=holds,
        all=_count(tuple(verdicts)),
        **({"fails": fails} if "{fails}" in failed else {}),
    )


def moving(of: int) -> dict:
    """All that the sentence is made of, for a page on which verdicts move: its words on days before
    the article and on others, what it says of the conditions by how many were unmet, and its
    beginnings with the least number of claims that hold, the greatest first.
    """
    leads = {lead(number, of): number for number in reversed(range(of + 1))}
    return {"early": asdict(EARLY), "late": asdict(LATE), "unmet": UNMET, "leads": leads}


def _those(verdicts: Mapping[str, str], name: str) -> tuple[str, ...]:
    return tuple(claim for claim, verdict in verdicts.items() if verdict == name)


def _count(ids: tuple[str, ...]) -> quantities.Quantity:
    return quantities.exact(len(ids), "claims", tuple(sorted(ids)), Recipe("count"))
