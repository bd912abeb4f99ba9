"""What the quotation must say in words, and must not, as the contract declares it of a column.

words     {"say": {value: [parts of words]}, "not": {...}, "but": [ids]}: what the quotation must
          say in words, and what `not_in`, or the first of the columns named `in`, must not
"""

from collections.abc import Iterator

from helpers.data import Finding, Rule
from helpers.machinery.check.rule_book import EXCHANGED, LOOK, RIGHT, Row, each

NOT_SAID = Rule("not-said", "nothing in {places} says so, '{words:.60}'", "{fix}")
SAID_OTHERWISE = Rule(
    "said-otherwise", "{place} says '{word}'", f"{LOOK}. {RIGHT.format(form='words')}"
)
BREAKS_OFF = Rule("breaks-off", "breaks off at {word!a}", "Quote to the end of the phrase")
BREAKS = frozenset(
    "a an the of on for with and or which who would could should will may might must are was were"
    " been by from at as than into more less not if when while but their its his her our these is"
    " has have had du des et au und von zu mit dem et est ont ist hat".split()
)  # words that no quotation ends in


@each
def what_is_said_stands_in_the_quotation(rows: list[Row], schema: dict) -> Iterator[Finding]:
    """A condition or a bound that a row records is said by the words quoted, or by `follows`: a
    quotation must not end before its qualifier.
    """
    for field in schema["fields"]:
        words = field.get("words")
        if not words:
            continue
        name = field["name"]
        for row in rows:
            if row[schema["primaryKey"][0]] in words.get("but", []):
                continue
            stems = words["say"].get(str(row[name]))
            places = words.get("in", ["quoted", "follows"])
            text = " ".join(row.get(place) or "" for place in places).lower()
            own = (row[words.get("not_in", places[0])] or "").lower()
            denied = [stem for stem in words.get("not", {}).get(str(row[name]), []) if stem in own]
            if row.get(places[0]) and stems and not any(stem in text for stem in stems):
                fix = f"{EXCHANGED} {RIGHT.format(form='words')}"
                if {"quoted", "follows"} & set(places):
                    fix = "Quote the words that do too, or say in `follows` where they stand"
                words_there = {"places": " or ".join(places), "words": row[places[0]]}
                yield row.fault(NOT_SAID, name, **words_there, fix=fix)
            elif denied:
                yield row.fault(
                    SAID_OTHERWISE, name, place=words.get("not_in", places[0]), word=denied[0]
                )


@each
def quotations_do_not_break_off(rows: list[Row], schema: dict) -> Iterator[Finding]:
    """Words quoted do not end in one that asks for another: what follows may be the qualifier."""
    if "quoted" not in [field["name"] for field in schema["fields"]]:
        return
    for row in rows:
        words = (row["quoted"] or "").split()
        if len(words) > 1 and words[-1].lower() in BREAKS:
            yield row.fault(BREAKS_OFF, "quoted", word=words[-1])
