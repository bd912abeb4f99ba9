"""Cells in the wrong column, row or magnitude, found by what the contract declares of a column:

  written   {"as": a form, "words": [least, most]}: how its text begins and ends, and its length
  again     {id: number}: numbers that no words of their row hold, or hold beside one that a slip
            would give, entered a second time
  from      {"column": ids, "of": table}: the source is one of those of the rows named there
  alone     {"other": column, "say": [parts of words], "but": [ids]}: one end of a range stands
            without the other only where the row says so, as `up to` or `more than`
  marks     {id of a source: words}: a locator has these words where the row rests on that source,
            and nowhere else
and of a table
  recalled  {"source": id, "but": [ids]}: what rests on that source is recalled, and what is
            recalled rests on it, but in these rows
"""

import itertools
import re
from collections.abc import Iterator
from typing import Any

from helpers.data import CONTRACT, Finding, Rule
from helpers.machinery.check import quotations
from helpers.machinery.check.cells import EXCHANGED, RIGHT, Row, Tables, each

OTHERWISE_WRITTEN = Rule("otherwise-written", "{what}", f"{EXCHANGED} Else write it so")
TOO_FEW_OR_MANY_WORDS = Rule(
    "too-few-or-many-words",
    "{count} words, where {least} to {most} are wanted",
    f"{EXCHANGED} Else widen `written` in {CONTRACT}",
)
NOT_ENTERED_TWICE = Rule(
    "not-entered-twice",
    "{entered}",
    "Look at the source again. A number that is right stands in `quoted` or is reckoned in"
    f" `follows`; where no words hold it, it is entered a second time, so that a slip shows: {{do}}"
    f" {{entry}} in the list `again` of this column in data/{CONTRACT}",
)
ENTERED_WITHOUT_NUMBER = Rule(
    "entered-without-number",
    "empty, where it was entered a second time as {value}, in the list `again` of this column in"
    " data/{contract}",
    "Fill the cell, or take {id} out of that list",
)
SOURCE_OF_NONE = Rule(
    "source-of-none", "no row that {column} names rests on it", "Name the source of one of them"
)
END_ALONE = Rule(
    "end-alone",
    "an end without the other, and no words say so, as '{word}' would",
    f"{EXCHANGED} Quote the words that say so too. {RIGHT.format(form='alone')}",
)
NOT_RECALLED = Rule(
    "not-recalled",
    "{source} is {some}the source of what is recalled, and the grade is {grade}",
    "Look at both. If the row is right as it is, add its id to the list `but`, which stands under"
    f" `recalled` of this table in data/{CONTRACT}",
)
MARK_OF_ANOTHER = Rule(
    "mark-of-another",
    "the locator {has} '{mark}', by which {source} is known",
    f"Look which source it is, or mend `marks` in {CONTRACT}",
)
TEXTS = (
    "quoted follows note statement sense rank_reason of question what mission counted meaning"
).split()  # words in which a number of the row may stand
SCORE = 20  # smaller numbers stand in many texts by chance
THOUSANDS = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?:[.,'\u2019\u00a0\u202f ]\d{3})+(?![\d.,]*\d)")
PLACE = re.compile(
    r"\b(paragraph|page|table|cell|row|column|headline|headings?|title|section|copy|commit|line"
    r"|list|summary|caption|article|annex|chapter|figure|slide|note|entry|post|video|transcript"
    r"|lead|footnote|sentence|question|answer|opening|dateline|part|file|record|field|quotation"
    r"|message|contents|component|point|abstract|picture|workbook|timeline|release|text|end|middle"
    r"|registry)s?\b|\w\.(csv|json|xlsx?|pdf|md|ya?ml|html)\b",
    re.IGNORECASE,
)
# by the name of a form, what is wrong with a text that has it not
FORMS = {
    "sentences": (
        lambda text: _begins_large(text) and _ends(text),
        "sentences begin with a large letter and end with a full stop",
    ),
    "stopped": (lambda text: _ends(text), "ends with a full stop"),
    "large": (
        lambda text: _begins_large(text) and not _stops(text),
        "begins with a large letter and ends without a full stop",
    ),
    "small": (
        lambda text: not text[0].isupper() and not _stops(text),
        "begins with a small letter and ends without a full stop",
    ),
    "open": (lambda text: not _stops(text), "ends without a full stop"),
    "place": (
        lambda text: bool(PLACE.search(text)) and not _stops(text),
        "names a place in the source (paragraph 3, table 2, a file), without a full stop",
    ),
}


def _begins_large(text: str) -> bool:
    """Whether a text begins with a large letter, a number, a mark, or the id of a row."""
    return not text[0].islower() or "/" in text.split()[0]


def _ends(text: str) -> bool:
    """Whether a text ends as a sentence does, quotation marks and brackets left out."""
    return text.rstrip("\"”»)'’")[-1:] in (".", "?", "!", "…")


def _stops(text: str) -> bool:
    """Whether a text ends with a full stop, which is no ellipsis and no initial."""
    return text.endswith(".") and not re.search(r"(\.|\b[A-Z])\.$", text)


@each
def texts_are_written_as_their_column(
    rows: list[Row], schema: dict, tables: Tables
) -> Iterator[Finding]:
    """A text begins, ends and is as long as those of its column, so that one of another column is
    told.
    """
    for field in schema["fields"]:
        form, name = field.get("written"), field["name"]
        if not form:
            continue
        keeps, what = FORMS[form["as"]]
        least, most = form.get("words", (1, 1_000))
        for row in rows:
            text = row[name]
            if not text:
                continue
            if not keeps(text):
                yield row.fault(OTHERWISE_WRITTEN, name, what=what)
            elif not least <= (count := len(text.split())) <= most:
                yield row.fault(TOO_FEW_OR_MANY_WORDS, name, count=count, least=least, most=most)


@each
def numbers_without_words_are_entered_twice(
    rows: list[Row], schema: dict, tables: Tables
) -> Iterator[Finding]:
    """A number stands in words of its row, or is entered a second time in the contract; a slip of
    the pen, of the unit or of the edition breaks one of the two.
    """
    key = schema["primaryKey"][0]
    for field in schema["fields"]:
        entered, name = field.get("again"), field["name"]
        for row in rows if entered is not None else []:
            value, again = row[name], entered.get(row[key])
            if value is None and again is not None:
                yield row.fault(
                    ENTERED_WITHOUT_NUMBER, name, value=again, contract=CONTRACT, id=row[key]
                )
            elif (
                value is not None and value != again and (again is not None or not said(row, value))
            ):
                told = "no words of the row hold it, and it is entered only once"
                if again is not None:
                    told = f"entered a second time as {again}"
                do = "add" if again is None else "write"
                words = {"entered": told, "do": do, "entry": f'"{row[key]}": {value:.10g}'}
                yield row.fault(NOT_ENTERED_TWICE, name, **words)


def said(row: Row, value: Any) -> bool:
    """Whether words of a row hold a number: one below a score those quoted, a greater one any."""
    quoted = row.get("quoted") or ""
    texts = [quoted] if abs(value) < SCORE else [row.get(name) or "" for name in TEXTS]
    return quotations.holds(THOUSANDS.sub(_joined, " | ".join(texts)), abs(float(value)))


def _joined(figure: re.Match) -> str:
    """A figure in groups of three as one number: 8,000 is not eight here."""
    return re.sub(r"\D", "", figure[0])


@each
def sources_are_those_of_the_rows_named(
    rows: list[Row], schema: dict, tables: Tables
) -> Iterator[Finding]:
    """A row put together from others rests on a source of one of them."""
    for field in schema["fields"]:
        form, name = field.get("from"), field["name"]
        if not form or form["of"] not in tables:
            continue
        known = {row["id"]: row[name] for row in tables[form["of"]]}
        for row in rows:
            named = [known.get(id) for id in row[form["column"]].split()]
            if named and row[name] not in named:
                yield row.fault(SOURCE_OF_NONE, name, column=form["column"])


@each
def one_end_alone_is_told(rows: list[Row], schema: dict, tables: Tables) -> Iterator[Finding]:
    """A range without its other end is `up to` or `more than`, in words of the row."""
    key = schema["primaryKey"][0]
    for field in schema["fields"]:
        form, name = field.get("alone"), field["name"]
        for row in rows if form else []:
            if row[name] is None or row[form["other"]] is not None or row[key] in form["but"]:
                continue
            words = " ".join(row.get(text) or "" for text in TEXTS).lower()
            if not any(word in words for word in form["say"]):
                yield row.fault(END_ALONE, name, word=form["say"][0])


@each
def what_is_recalled_has_its_source(
    rows: list[Row], schema: dict, tables: Tables
) -> Iterator[Finding]:
    """General knowledge is the source of what is graded recall, and of nothing else."""
    form, key = schema.get("recalled"), schema["primaryKey"][0]
    if not form:
        return
    for row in rows:
        general, recalled = row["source_id"] == form["source"], row["verification"] == "recall"
        if general != (recalled and row[key] not in form["but"]):
            words = {"source": form["source"], "grade": row["verification"]}
            yield row.fault(NOT_RECALLED, "source_id", some="" if general else "not ", **words)


@each
def locators_have_the_marks_of_their_source(
    rows: list[Row], schema: dict, tables: Tables
) -> Iterator[Finding]:
    """A stored copy or a data set is known by its commit or file, so its rows name it."""
    for field in schema["fields"]:
        for (source, mark), row in itertools.product(field.get("marks", {}).items(), rows):
            here, there = mark in row["locator"], row[field["name"]] == source
            if row["locator"] and here != there:
                has = "has" if here else "lacks"
                yield row.fault(MARK_OF_ANOTHER, field["name"], has=has, mark=mark, source=source)
