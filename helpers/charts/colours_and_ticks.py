"""The look of every figure: its colours with their twins for dark pages, and how its numbers and
names are written.
"""

import re
from collections.abc import Iterable

from helpers.claims import WORDS
from helpers.quantities import Quantity

# Every colour a figure may use, and its twin for dark pages. Categories are Okabe and Ito's.
PAPER, INK, GREY, FAINT, SUBJECT = "#ffffff", "#1f2328", "#5b6168", "#d4d7da", "#0072b2"
PLAIN = "#8b949d"  # what stands beside the subject
ON_COLOUR = "#1f2329"  # text on a light category: dark on dark pages too
ORANGE, GREEN, VERMILION, PURPLE = "#e69f00", "#009e73", "#d55e00", "#cc79a7"
DARK = {
    PLAIN: "#7b838b",
    ON_COLOUR: "#111417",
    PAPER: "#15181b",
    INK: "#e6e4df",
    GREY: "#a3a9b0",
    FAINT: "#3a3f45",
    SUBJECT: "#56b4e9",
    ORANGE: "#f0b429",
    GREEN: "#2bc59b",
    VERMILION: "#f0884a",
    PURPLE: "#dd9cc0",
    **{word.colour: word.dark for word in WORDS.values()},
}

SHAPES = {
    "holds": "disc",
    "depends": "half",
    "fails": "cross",
    "unsupported": "square",
    "undecided": "diamond",
    "opinion": "bubble",
}
# colour, shape and words of each verdict, as on the pages
VERDICTS = {name: (word.colour, SHAPES[name], word.mark) for name, word in WORDS.items()}


def dark(svg: str) -> str:
    """The same drawing for dark pages: every colour of the palette replaced by its twin."""
    return re.sub("|".join(DARK), lambda match: DARK[match[0]], svg)


def both(svg: str) -> str:
    """One drawing for light and dark pages: a style of its own turns each colour into its twin."""
    rules = "".join(
        f'[{name}="{colour}"]{{{name}:{twin}}}'
        for colour, twin in DARK.items()
        for name in ("fill", "stroke")
        if f'{name}="{colour}"' in svg
    )
    style = f"<style>@media(prefers-color-scheme:dark){{{rules}}}</style>"
    return svg.replace(">", f">{style}", 1)


def tick(value: float, share: bool = False) -> str:
    """A round number on an axis: '0', '2.5', '1,000', '12.5 %'."""
    return f"{100 * value:,.9g} %" if share else f"{value:,.9g}"


def capital(words: str) -> str:
    """Words that open a line: with a capital, unless they begin with a name such as 'eFP'."""
    return words[:1].upper() + words[1:] if words[1:2].islower() or words[1:2] == " " else words


def distinct(names: Iterable[str], facts: Iterable = ()) -> list[str]:
    """The names of the bars of a chart; those that stand more than once are counted: '(1 of 3)'.

    Raises ValueError where two have the same facts as well: the same bar twice.
    """
    names, facts = list(names), list(facts)
    if facts:
        pairs = list(zip(names, facts, strict=True))
        twice = [name for place, (name, _) in enumerate(pairs) if pairs[place] in pairs[:place]]
        if twice:
            raise ValueError(f"two bars are named {twice[0]!r} and show the same: leave one out")
    if empty := [place for place, name in enumerate(names) if not name.strip()]:
        raise ValueError(f"bar {empty[0] + 1} has no name")
    seen: dict[str, int] = {}
    found = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        of = names.count(name)
        found.append(name if of == 1 else f"{name} ({seen[name]} of {of})")
    return found


def told_apart(
    items: Iterable[tuple[str, Quantity, object]],
) -> tuple[tuple[str, Quantity, bool], ...]:
    """Items of a chart, a name with its number and whether it is the subject, each name `distinct`
    from the others.
    """
    items = list(items)
    names = distinct(
        [name for name, _, _ in items], [(q.value, q.low, q.high, q.rows) for _, q, _ in items]
    )
    return tuple(
        (name, q, bool(subject)) for name, (_, q, subject) in zip(names, items, strict=True)
    )
