"""The verdicts: the words, the meaning, the colours and the sign of each, for cards, pages and
figures.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Word:
    """One verdict in words and in signs.

    mark      on a card and beside a claim
    one       of one claim: 'C02 depends on the definition'
    several   of several claims
    meaning   one sentence for readers
    colour    on light pages and in figures; `dark` is its twin on dark pages
    shape     the sign on a page: the inside of an SVG of 16 by 16
    """

    mark: str
    one: str
    several: str
    meaning: str
    colour: str
    dark: str
    shape: str


WORDS = {
    "holds": Word(
        "holds",
        "holds",
        "hold",
        "True as the author means it, and on no other fair reading false.",
        "#00805e",
        "#2bc59b",
        "<circle cx='8' cy='8' r='7'/>",
    ),
    "depends": Word(
        "depends",
        "depends on the definition",
        "depend on the definition",
        "True on one fair reading and false on another; the claim names both.",
        "#a36f00",
        "#f0b429",
        "<circle cx='8' cy='8' r='6' fill='none' stroke='#000' stroke-width='2'/>"
        "<path d='M8 1a7 7 0 0 0 0 14z'/>",
    ),
    "fails": Word(
        "fails",
        "fails",
        "fail",
        "False as the author means it, and on no other fair reading true.",
        "#c24f00",
        "#f0884a",
        "<path d='M2.5 2.5l11 11m0-11l-11 11' stroke='#000' stroke-width='3.6'/>",
    ),
    "unsupported": Word(
        "no public record",
        "has no public record",
        "have no public record",
        "A recorded search found no public record for it or against it; that is not called false.",
        "#a6527f",
        "#dd9cc0",
        "<rect x='2' y='2' width='12' height='12' fill='none' stroke='#000' stroke-width='2.4'/>",
    ),
    "undecided": Word(
        "undecided",
        "is undecided",
        "are undecided",
        "The evidence is not enough; the claim says what is missing.",
        "#2f7eb0",
        "#56b4e9",
        "<path d='M8 1.8L14.2 8 8 14.2 1.8 8z' fill='none' stroke='#000' stroke-width='2.2'/>",
    ),
    "opinion": Word(
        "opinion",
        "is opinion",
        "are opinion",
        "No fact could decide it; what records and models show stands beside it.",
        "#5b6168",
        "#a3a9b0",
        "<path d='M1 2h14v9H8l-4 4v-4H1z'/>",
    ),
}
VERDICTS = tuple(WORDS)  # as claims.json and the tables of data name them
UNJUDGED = Word(  # a claim that none of the notebooks shown judges: no verdict
    "not yet judged",
    "is not yet judged",
    "are not yet judged",
    "No notebook of these pages judges it.",
    "#80868c",
    "#858c93",
    "<circle cx='8' cy='8' r='3'/>",
)
