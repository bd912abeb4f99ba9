"""Verdicts that a reader moves: what the page's script looks up, worked out and worded here."""

import json
from dataclasses import dataclass

from markupsafe import Markup

from helpers import claims, data
from helpers.machinery.site import conclusion_at_the_top
from helpers.tables import day

CHOICES = {  # the controls beside the day, and what each of their options is called
    "evidence": {"all": "all", "read": "read at its source"},
    "roster": {"attested": "all", "europe": "in Europe only", "without-turkiye": "without Türkiye"},
}


@dataclass(frozen=True)
class Moves:
    """What a page holds of the verdicts in other worlds.

    days     the days that a reader can choose
    options  what a reader can choose beside the day, in words, by control
    begin    the places of day, evidence and roster that the page shows without scripts
    json     all of it, as JSON that no page can take for markup
    read     the verdicts by evidence that was read alone, by claim; none where the page shows those
    """

    days: list[str]
    options: dict[str, list[str]]
    begin: list[int]
    json: Markup
    read: dict[str, str]


def told(moves: dict, parameters: dict) -> Moves:
    """The verdicts in other worlds, and the words in which they are said, for a page that shows the
    world of some parameters.
    """
    days = moves["days"]
    begin = [days.index(parameters["as_of"]), *(moves[n].index(parameters[n]) for n in CHOICES)]
    place, alone = (
        (begin[0] * len(moves["evidence"]) + evidence) * len(moves["roster"]) + begin[2]
        for evidence in (begin[1], moves["evidence"].index("read"))
    )
    read = {
        id: claims.VERDICTS[claim["states"][claim["at"][alone]][0][0]]
        for id, claim in moves["claims"].items()
    }
    facts = {name: value for name, value in moves.items() if name != "days"} | {
        "day": days,
        "said": [day(text) for text in days],
        "early": [bool(conclusion_at_the_top.before(text)) for text in days],
        "verdicts": list(claims.VERDICTS),
        "marks": {name: word.mark for name, word in claims.WORDS.items()},
        "tally": {name: [word.one, word.several] for name, word in claims.WORDS.items()},
        "conclusion": conclusion_at_the_top.moving(len(claims.of_article())),
        "begin": begin,
        "start": place,
        "stays": _stays(parameters),
        "mostly": _stays(parameters, "Unless it names another day or evidence, this"),
        "compares": f"This part does not move: it tells what changed from {day(data.World.as_of)}"
        f" to {day(days[-1])}, with all evidence.",
    }
    text = json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
    json_text = Markup(text.replace("<", "\\u003c"))
    options = {name: [CHOICES[name][option] for option in moves[name]] for name in CHOICES}
    return Moves(days, options, begin, json_text, {} if alone == place else read)


def _stays(parameters: dict, begin: str = "This") -> str:
    """Of which day, evidence and members a part of the page is that does not move."""
    evidence, members = (
        f"all {noun}" if words == "all" else f"{noun} {words}"
        for noun, words in (
            ("evidence", CHOICES["evidence"][parameters["evidence"]]),
            ("members", CHOICES["roster"][parameters["roster"]]),
        )
    )
    shown = day(parameters["as_of"])
    return f"{begin} part stays at {shown}, with {evidence}, {members} and all readings."
