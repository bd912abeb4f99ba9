"""Letters that look like others: alphabets mixed in one word, odd blanks, text read in a wrong
encoding, and two names that differ by what the eye does not see.
"""

import functools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from helpers.data import Finding, Rule
from helpers.machinery.check.rule_book import Row, each

WORD = re.compile(r"[^\W\d_]+")  # letters without a break
BROKEN = re.compile(
    "[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc"
    "\u2013\u2014\u2018-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]{1,3}"
)  # what UTF-8 looks like when it is read as Windows-1252
PRINTED = ("quoted", "title")  # words as printed: their own blanks and hyphens stay
NEITHER = ("MODIFIER", "FEMININE", "MASCULINE", "MICRO")  # letters of no alphabet
JAPANESE = {"CJK", "HIRAGANA", "KATAKANA"}  # like no letter of ours, and written next to them
ALIKE = str.maketrans({"l": "1", "i": "1", "o": "0", "ı": "1"})
RETYPE = "Type the word again on a Latin keyboard"
ODD_BLANK = Rule(
    "odd-blank",
    "a blank or hyphen that is none of the keyboard's, U+{sign:04X}",
    "Type a plain one",
)
WRONG_ENCODING = Rule(
    "wrong-encoding", "text that was read in a wrong encoding", "Write {said:.80}"
)
FOREIGN_LETTER = Rule("foreign-letter", "{letter} looks like a letter of ours", RETYPE)
MIXED_LETTERS = Rule("mixed-letters", "letters of {letters} in one word, {word!a}", RETYPE)
NAME_ALIKE = Rule("name-alike", "looks like another name of this column", "Write {meant}")


@functools.cache
def alphabet(letter: str) -> str:
    """The alphabet of a letter, by the first word of its Unicode name."""
    return unicodedata.name(letter, "?").split()[0].split("-")[0]


def alphabets(word: str) -> set[str]:
    """The alphabets of the letters in a word."""
    return {alphabet(letter) for letter in word if letter.isalpha()} - set(NEITHER)


def mended(text: str) -> str | None:
    """What a text says that was read in a wrong encoding; None where it was not."""

    def right(match: re.Match) -> str:
        raw = b"".join(
            bytes([ord(sign)]) if ord(sign) < 256 else sign.encode("cp1252") for sign in match[0]
        )
        for end in range(len(raw), 1, -1):
            try:
                return raw[:end].decode("utf-8") + match[0][end:]
            except UnicodeDecodeError:
                continue
        return match[0]

    said = BROKEN.sub(right, text)
    return said if said != text else None


def outline(name: str) -> str:
    """A name as the eye takes it: without case, accents, and what tells l from 1 or O from 0."""
    parts = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(sign for sign in parts if not unicodedata.combining(sign))
    return re.sub(r"[\s\u2010-\u2015-]+", "-", plain).translate(ALIKE)


@each
def words_are_of_one_alphabet(rows: list[Row], schema: dict) -> Iterator[Finding]:
    """No word mixes alphabets; a column that the contract calls `letters: Latin` has no others."""
    names = [field["name"] for field in schema["fields"] if field["type"] == "string"]
    latin = {field["name"] for field in schema["fields"] if field.get("letters") == "Latin"}
    for row in rows:
        for name in names:
            cell = row[name]
            if cell.isascii():
                continue
            if name not in PRINTED and (odd := [sign for sign in cell if _odd(sign)]):
                yield row.fault(ODD_BLANK, name, sign=ord(odd[0]))
            elif said := mended(cell):
                yield row.fault(WRONG_ENCODING, name, said=said)
            elif name in latin and (foreign := alphabets(cell) - {"LATIN"}):
                sign = next(sign for sign in cell if alphabets(sign) & foreign)
                yield row.fault(FOREIGN_LETTER, name, letter=unicodedata.name(sign))
            elif mixed := [w for w in WORD.findall(cell) if len(alphabets(w) - JAPANESE) > 1]:
                letters = ", ".join(sorted(one.capitalize() for one in alphabets(mixed[0])))
                yield row.fault(MIXED_LETTERS, name, letters=letters, word=mixed[0])


def _odd(sign: str) -> bool:
    return sign == "\u2011" or (unicodedata.category(sign) == "Zs" and sign != " ")


@each
def names_that_look_alike_are_one(rows: list[Row], schema: dict) -> Iterator[Finding]:
    """In a column of names, two that differ in case, accents, blanks, hyphens, or in l and 1 alone
    are one name; the commoner is taken as meant.
    """
    for field in schema["fields"]:
        if field.get("letters") != "Latin":
            continue
        name = field["name"]
        seen = Counter(row[name] for row in rows if row[name])
        commonest: dict[str, str] = {}
        for text, _ in seen.most_common():
            commonest.setdefault(outline(text), text)
        for row in rows:
            if row[name] and (meant := commonest[outline(row[name])]) != row[name]:
                yield row.fault(NAME_ALIKE, name, meant=meant)
