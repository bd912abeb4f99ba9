"""Check that the quoted words hold the row's value, or that the row says how it follows."""

import functools
import itertools
import re
import statistics
from collections.abc import Iterator

from helpers.data import Finding, Rule
from helpers.machinery.check.rule_book import Row, each

MOST = 25  # words that may be quoted
KEPT = 2**14  # texts whose numbers are read once: several checks ask for those of one cell
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
    " nowhere recall; of a relay that is gone the note says that it could not be read again",
)
DOES_NOT_FOLLOW = Rule(
    "does-not-follow",
    "stands neither in the quotation nor in `follows`, and is no sum, difference, product, quotient"
    " or middle of numbers that do",
    "Look at the source again, and write the reckoning in `follows`: 24 + 62",
)
TOO_MANY_FIGURES = Rule(
    "too-many-figures",
    "{number} has more than {most} figures, and no words of the row hold it",
    "Look at the source again, and quote the words that hold it",
)
FEW = 12  # numbers of a row that are reckoned with
ADDED = 8  # numbers of a row that are added
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
SCALES = {
    "hundred": 100,
    "thousand": 1_000,
    "tausend": 1_000,
    "mila": 1_000,
    "million": 1_000_000,
    "billion": 1_000_000_000,
}
FIGURE = re.compile(r"\d[\d.,'\u2019\u00a0\u202f ]*\d|\d")
SCALED = "|".join(SCALES)
# words right before and right after a number that make it one end of a range
ENDS = {
    "low": (
        r"(?<!not )(?<!no )\bmore than|\bover|\babove|\bat least|\bno(?:t)? (?:fewer|less) than"
        r"|\bminimum of|\bplus de|\bmehr als|\bm[aá]s de|\boltre",
        r"or more|and more|at least|is the minimum",
    ),
    "high": (
        r"\bup to|\bnearly|\balmost|(?<!not )(?<!no )\b(?:fewer|less) than|\bunder|\bbelow"
        r"|\bat most|\bno(?:t)? more than|\bas many as|\bmaximum of|\bbis zu|\bjusqu'à|\bhasta",
        r"or less|or fewer|at most",
    ),
}


@functools.lru_cache(KEPT)
def numbers(text: str) -> frozenset[float]:
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
    for match in re.finditer(rf"(\d[\d.]*) ?[-\u2013] ?(\d[\d.,]*)(?: ?({SCALED})\b)?", text):
        scale = SCALES.get(match[3] or "", 1_000 if re.search(r"\d[.,]000$", match[2]) else 1)
        read |= {number * scale for number in _figures(match[1])}  # 12-15,000: 12,000 to 15,000
    for match in re.finditer(rf"\b([a-z]+(?:-[a-z]+)?)\b(?:\s+({SCALED}|per ?cent)\b)?", text):
        if match[1] in WORDS:
            read.add(WORDS[match[1]] * SCALES.get(match[2] or "", 1))
            if (match[2] or "").startswith("per"):
                read.add(WORDS[match[1]] / 100)
    return frozenset(read)


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


@functools.lru_cache(KEPT)
def ends(text: str, value: float) -> frozenset[str]:
    """Which ends of a range a text makes of a number: `up to 500` the high one, `30 or more` the
    low one.
    """
    text, words = text.lower(), rf"[a-z]+(?:-[a-z]+)?(?:\s+(?:{SCALED}|per ?cent)\b)?"
    number = rf"((?:{FIGURE.pattern})(?:\s*(?:%|per ?cent|{SCALED}))?|{words})"
    return frozenset(
        end
        for end, (before, after) in ENDS.items()
        for pattern in (rf"(?:{before})\s+{number}", rf"{number}\s+(?:{after})\b")
        if any(holds(match[1], value) for match in re.finditer(pattern, text))
    )


@each
def quotations_hold_the_value(rows: list[Row], schema: dict) -> Iterator[Finding]:
    """Find numbers of columns marked `in_quotation` that do not stand in `quoted`; what is marked
    `rounded` may stand there more exactly, and without its sign.
    """
    columns = {
        field["name"]: field["in_quotation"]
        for field in schema["fields"]
        if field.get("in_quotation")
    }
    if "follows" not in [field["name"] for field in schema["fields"]]:
        return
    for row in rows:
        words = row.get("quoted") or ""
        if len(words.split()) > MOST:
            yield row.fault(QUOTATION_LONG, "quoted")
        if not words or row["follows"]:
            continue
        for column, how in columns.items():
            if row[column] is None or holds(words, float(row[column])):
                continue
            rounded = how == "rounded" and any(
                _shows(abs(row[column]), number) for number in numbers(words)
            )
            if not rounded:
                yield row.fault(QUOTATION_LACKS_VALUE, column, words=words)


def follows(value: float, given: frozenset[float]) -> bool:
    """Whether a number is one of those given, or a sum, difference, product, quotient, middle or
    median of them, to the last place that it shows.
    """
    ranked = sorted(number for number in given if number > 0)
    if not value or value in ranked:
        return True
    if any(_shows(value, number) for number in [*ranked, statistics.median(ranked or [0])]):
        return True
    few, added = ranked[-FEW:], ranked[-ADDED:]
    for size in range(2, len(added) + 1):
        for parts in itertools.combinations(added, size):
            if value in (sum(parts), 2 * parts[-1] - sum(parts)):
                return True
    pairs = list(itertools.permutations(few, 2))
    reckoned = itertools.chain(
        (2 * number for number in few),
        *((a * b, a / b, (a + b) / 2) for a, b in pairs),
        (a * b / c for (a, b), c in itertools.product(pairs, few) if c not in (a, b)),
        (a / b / c for (a, b), c in itertools.product(pairs, few) if c not in (a, b)),
    )
    return any(_shows(value, number) for number in reckoned)


def _shows(value: float, exact: float) -> bool:
    """Whether a number is another one rounded to the last place that it shows."""
    text = f"{value:.10g}"
    decimals = len(text.partition(".")[2])
    zeros = 0 if decimals else len(text) - len(text.rstrip("0"))
    return abs(value - exact) <= 0.5001 * 10.0 ** (zeros - decimals)


@each
def what_follows_can_be_reckoned(rows: list[Row], schema: dict) -> Iterator[Finding]:
    """A number that its row says how to reckon comes out, in the columns that `reached` marks;
    those under `but` follow in words alone.
    """
    key = schema["primaryKey"][0]
    for field in schema["fields"]:
        form, name = field.get("reached"), field["name"]
        for row in rows if form else []:
            if not row["follows"] or row[name] is None or row[key] in form["but"]:
                continue
            if not follows(float(row[name]), numbers(f"{row['quoted']} | {row['follows']}")):
                yield row.fault(DOES_NOT_FOLLOW, name)


@each
def what_nobody_quotes_is_round(rows: list[Row], schema: dict) -> Iterator[Finding]:
    """A number that no words of its row hold is chosen or remembered, and has few figures, as
    `figures` says; those under `but` were entered before it was asked.
    """
    key = schema["primaryKey"][0]
    for field in schema["fields"]:
        form, name = field.get("figures"), field["name"]
        for row in rows if form else []:
            if row[name] is None or row["quoted"] or row["follows"] or row[key] in form["but"]:
                continue
            shown = f"{abs(row[name]):.10g}".replace(".", "").strip("0")
            if len(shown) > form["most"] and not holds(row["note"], float(row[name])):
                yield row.fault(
                    TOO_MANY_FIGURES, name, number=f"{row[name]:.10g}", most=form["most"]
                )


@each
def what_was_read_is_shown(rows: list[Row], schema: dict) -> Iterator[Finding]:
    """Find rows that `shown` asks for the place and the words read, and that lack one; none whose
    cell under `unless` has one of the words there, which say why nothing can be shown.
    """
    for form, row in itertools.product(schema.get("shown", []), rows):
        asked = all(row[name] == value for name, value in form["where"].items())
        told = any(
            word in row[name] for name, words in form.get("unless", {}).items() for word in words
        )
        for column in form["columns"] if asked and not told else []:
            if not row[column]:
                yield row.fault(READ_WITHOUT_PLACE, column, grade=row["verification"])
