"""Check that the quoted words hold the row's value, or that the row says how it follows."""

import itertools
import re
from collections.abc import Iterator

from helpers.data import Finding, Rule
from helpers.machinery.check.cells import Row, Tables, each

MOST = 25  # words that may be quoted
QUOTATION_LONG = Rule(
    "quotation-long", f"more than {MOST} words", "Quote the words that hold the value alone"
)
QUOTATION_LACKS_VALUE = Rule(
    "quotation-lacks-value",
    "does not stand in the words quoted, '{words:.60}'",
    "Look at the source again, or say in `follows` how it follows",
)
READ_WITHOUT_PLACE = Rule(
    "read-without-place",
    "graded {grade}, and the row does not show what was read",
    "Say where it stands and in which words. What was read in another page is secondary, what"
    " nowhere recall",
)
UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
ORDINALS = "zeroth first second third fourth fifth sixth seventh eighth ninth tenth".split()
WORDS = (
    {word: number for number, word in enumerate(UNITS)}
    | {word: 10 * place for place, word in enumerate(TENS, 2)}
    | {
        f"{ten}-{unit}": 10 * place + number
        for place, ten in enumerate(TENS, 2)
        for number, unit in enumerate(UNITS[1:10], 1)
    }
    | {word: number for number, word in enumerate(ORDINALS)}
    | {"dozen": 12, "hundred": 100, "half": 0.5, "quarter": 0.25}
)
SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
FIGURE = re.compile(r"\d[\d.,'\u2019\u00a0\u202f ]*\d|\d")
SCALED = "|".join(SCALES)


def numbers(text: str) -> set[float]:
    """Every number that stands in a text, in figures or in English words; '1.4 million' too.

    A point or comma may part thousands or decimals: both are taken.
    """
    text = text.lower()
    read: set[float] = set()
    for match in re.finditer(rf"({FIGURE.pattern})\s*(%|per ?cent|{SCALED})?", text):
        for number in _figures(match[1]):
            read.add(number)
            if match[2] in SCALES:
                read.add(number * SCALES[match[2]])
            elif match[2]:
                read.add(number / 100)
    for match in re.finditer(rf"\b([a-z]+(?:-[a-z]+)?)\b(?:\s+({SCALED})\b)?", text):
        if match[1] in WORDS:
            read.add(WORDS[match[1]] * SCALES.get(match[2] or "", 1))
    return read


def _figures(figure: str) -> set[float]:
    """What a figure may say: '1,234.5', '1.234,5', '1 234' and '12,5'."""
    plain = re.sub(r"['\u2019\u00a0\u202f ]", "", figure).strip(".,")
    ways = {plain.replace(",", ""), plain.replace(".", "").replace(",", ".")}
    parted = re.split(r"\s+", figure)  # '13 14' may be two numbers, or one
    ways |= {re.sub(r"[.,]", "", part) for part in parted}
    return {float(way) for way in ways if re.fullmatch(r"\d+(\.\d+)?", way)}


def holds(text: str, value: float) -> bool:
    """Whether a number stands in a text."""
    return any(abs(number - value) <= 1e-9 * max(1, abs(value)) for number in numbers(text))


@each
def quotations_hold_the_value(rows: list[Row], schema: dict, tables: Tables) -> Iterator[Finding]:
    """Find numbers of columns marked `in_quotation` that do not stand in `quoted`."""
    columns = [field["name"] for field in schema["fields"] if field.get("in_quotation")]
    if "follows" not in [field["name"] for field in schema["fields"]]:
        return
    for row in rows:
        words = row.get("quoted") or ""
        if len(words.split()) > MOST:
            yield row.fault(QUOTATION_LONG, "quoted")
        if not words or row["follows"]:
            continue
        for column in columns:
            if row[column] is not None and not holds(words, float(row[column])):
                yield row.fault(QUOTATION_LACKS_VALUE, column, words=words)


@each
def what_was_read_is_shown(rows: list[Row], schema: dict, tables: Tables) -> Iterator[Finding]:
    """Find rows that `shown` asks for the place and the words read, and that lack one; those under
    `but` were entered before it was asked.
    """
    if form := schema.get("shown"):
        key = schema["primaryKey"][0]
        for row, column in itertools.product(rows, form["columns"]):
            asked = all(row[name] == value for name, value in form["where"].items())
            if asked and not row[column] and row[key] not in form["but"]:
                yield row.fault(READ_WITHOUT_PLACE, column, grade=row["verification"])
