"""Cells in the wrong column, row or magnitude, found by what the contract declares of a column:

  written   {"as": a form, "words": [least, most], "lacks": [what it never names]}: how its text
            begins and ends, and its length
  again     {id: number}: numbers that no words of their row hold, or hold beside one that a slip
            would give, entered a second time
  from      {"column": ids, "of": table}: the source is one of those of the rows named there
  alone     {"other": column, "end": low or high, "but": [ids]}: one end of a range stands without
            the other only where words right beside it say so, as `up to` or `more than`
  exact     {"low": column, "high": column, "but": [ids]}: a number that such words make an end of a
            range does not stand here
  each_of   {"column": "table.column", "also": [values], "parted": sign}: each part of the cell is
            one of those
  unlike    a column of which this one differs
  marks     {id of a source: words}: a locator has these words where the row rests on that source,
            and nowhere else
  spelled   {"in": [columns], "but": [ids]}: the cell stands in the words of these columns
  once      true: an id of the list stands in one row alone
  rises     a column whose first number does not fall where this one rises
  shorter   {"than": column, "but": [ids]}: a text of fewer letters than that column's, but in these
            rows, and in all of them
  exactly   {value: [ids]}: the rows that have a rare value, entered a second time
  lasting   true: no word that time makes untrue, as `newest`, in a sentence that names no year
and of a table
  one_voice {"columns": [...], "but": [ids]}: rows that quote the same words of one source agree in
            these columns
  one_source {"but": [ids]}: rows that quote the same words, more than four, rest on one source
  recalled  {"source": id, "but": [ids]}: what rests on that source is recalled, and what is
            recalled rests on it, but in these rows
"""

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from helpers.data import CONTRACT, Finding, Rule
from helpers.machinery.check import quotations
from helpers.machinery.check.rule_book import (
    EXCHANGED,
    RIGHT,
    Row,
    Tables,
    by,
    closest,
    each,
    each_among_others,
)

WHICH = "Look which of the two is right"
OTHERWISE_WRITTEN = Rule(
    "otherwise-written", "not written as it must be here: {what}", f"{EXCHANGED} Else mend it"
)
TOO_FEW_OR_MANY_WORDS = Rule(
    "too-few-or-many-words",
    "{count} words, where {least} to {most} are wanted",
    f"{EXCHANGED} Else widen `written` in {CONTRACT}",
)
WORD_THAT_AGES = Rule(
    "word-that-ages",
    "'{word}' is true for a time only",
    "Name the year or the day that it holds for in the same sentence, or leave the word out",
)
NOT_ENTERED_TWICE = Rule(
    "not-entered-twice",
    "{entered}",
    "Look at the source again. A number that is right stands in {words}; where no words hold it, it"
    f" is entered a second time, so that a slip shows: {{do}} {{entry}} in the list `again` of this"
    f" column in data/{CONTRACT}",
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
    "the {end} end of a range without the other, and no words right beside it say so, as '{word}'"
    " would",
    f"{EXCHANGED} Quote the words that say so too. {RIGHT.format(form='alone')}",
)
END_AS_VALUE = Rule(
    "end-as-value",
    "the words beside it make it the {end} end of a range",
    f"Put it under `{{column}}`. {RIGHT.format(form='exact')}",
)
EXCUSED = Rule(
    "excused",
    f"{CONTRACT} excuses the row from `{{form}}`, and it needs no excuse",
    f"{EXCHANGED} Else take its id out of the list `but`, which stands under `{{form}}` of this"
    f" column in data/{CONTRACT}",
)
NONE_OF_THESE = Rule(
    "none-of-these",
    "{part!a} stands in no row of {column}, and is not listed beside them",
    f"{{hint}}. What is right is added to `also`, which stands under `each_of` of this column in"
    f" data/{CONTRACT}",
)
THE_SAME = Rule("the-same", "the same as {column}", WHICH)
NAMES_WHAT_IT_LACKS = Rule(
    "names-what-it-lacks", "{found!a}, where the column has {what}", f"{EXCHANGED} Else reword it"
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
NOT_SPELLED = Rule(
    "not-spelled",
    "does not stand in {places}",
    f"{WHICH}; what stands in no words is listed under `spelled` in {CONTRACT}",
)
STANDS_IN_TWO_ROWS = Rule("stands-in-two-rows", "{id} stands in line {line} already", WHICH)
FALLS = Rule("falls", "{column} falls from {more} in line {line} to {less}", WHICH)
LENGTHS = Rule(
    "lengths",
    "{own} letters, and the cell under {column} has {others}: the one under {name} must {be} the"
    " shorter of the two{listed}",
    f"{EXCHANGED} If the row is right as it is, {{do}} the list `but`, which stands under `shorter`"
    f" of this column in data/{CONTRACT}",
)
NOT_EXACTLY = Rule(
    "not-exactly",
    f"{CONTRACT} {{lists}} the row under {{value!a}}",
    f"Look at the source again; what is right stands under `exactly` of this column in {CONTRACT}",
)
SAID_DIFFERENTLY = Rule(
    "said-differently",
    "line {line} quotes the same words and has {other!a}",
    f"{WHICH}; if both are right, list the row under `one_voice` in {CONTRACT}",
)
QUOTED_OF_ANOTHER = Rule(
    "quoted-of-another",
    "line {line} quotes the same words of {other}",
    f"{WHICH}; if both are right, list the row under `one_source` in {CONTRACT}",
)
TEXTS = (
    "quoted follows note statement sense rank_reason of question what mission counted meaning"
).split()  # words in which a number of the row may stand
FEW_WORDS = 4  # that two pages may have alike by chance
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
ANSWER = re.compile(r"(Yes|No): ")
OF_A_PLACE = re.compile(r"\b(read in a (stored )?copy|whole file was read|at commit [0-9a-f])")
AGES = re.compile(
    r"(?<![\w-])(newest|latest|most recent|recently|currently|nowadays|at present|so far|to date"
    r"|until now|up to now|now|today)(?![\w-])",
    re.IGNORECASE,
)
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
IN_QUOTES = re.compile(r'"[^"]*"')
SENTENCE = re.compile(r"(?<=[.;!?])\s+")
# by the name of a form, what is wrong with a text that has it not
FORMS = {
    "sentences": (
        lambda text: _begins_large(text) and _ends(text),
        "sentences begin with a large letter and end with a full stop",
    ),
    "reckoned": (
        lambda text: not text[0].isupper() and _ends(text),
        "begins with a small letter or a figure and ends with a full stop",
    ),
    "stopped": (lambda text: _ends(text), "ends with a full stop"),
    "large": (
        lambda text: _begins_large(text) and _is_open(text) and not ANSWER.match(text),
        "begins with a large letter and ends without a full stop",
    ),
    "answer": (
        lambda text: bool(ANSWER.match(text)) and _is_open(text),
        "begins with Yes: or No: and ends without a full stop",
    ),
    "small": (
        lambda text: not text[0].isupper() and _is_open(text),
        "begins with a small letter and ends without a full stop",
    ),
    "open": (lambda text: _is_open(text), "ends without a full stop, and is no place"),
    "name": (
        lambda text: _is_open(text) and bool(re.search(r"[^\W\d]{2}", text)),
        "a name has letters and ends without a full stop",
    ),
    "place": (
        lambda text: bool(PLACE.search(text)) and not _stops(text),
        "names a place in the source (paragraph 3, table 2, a file), without a full stop",
    ),
}

# by the name of what a column never has, how it is told, and in words
LACKS = {
    "shares": (
        r"%|¢|\bper ?cent\b|\bchance\b|\bprobability\b|\b(?:half|thirds?|quarters?|fifths?)\b"
        r"|\bHälfte\b|\bmoitié\b",
        "no per cent, chance or fraction",
    ),
    "figures": (r"\d|\||\[", "no figures, bars or brackets"),
    "lists": (r";", "one thing, and no semicolon"),
    "ids": (r"\b[a-z]+-\d{4}", "a name, and no id"),
}


def _is_open(text: str) -> bool:
    """Whether a text ends without a full stop and is not where something stands in a source."""
    return not _stops(text) and not OF_A_PLACE.search(text)


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
def texts_are_written_as_their_column(rows: list[Row], schema: dict) -> Iterator[Finding]:
    """A text begins, ends and is as long as those of its column, so that one of another column is
    told.
    """
    for field in schema["fields"]:
        form, name = field.get("written"), field["name"]
        if not form:
            continue
        keeps, what = FORMS[form["as"]]
        least, most = form.get("words", (1, 1_000))
        never = [LACKS[name] for name in form.get("lacks", [])]
        for row in rows:
            text = row[name]
            if not text:
                continue
            if not keeps(text):
                yield row.fault(OTHERWISE_WRITTEN, name, what=what)
            elif named := [
                (found[0], of) for sign, of in never if (found := re.search(sign, text))
            ]:
                yield row.fault(NAMES_WHAT_IT_LACKS, name, found=named[0][0], what=named[0][1])
            elif not least <= (count := len(text.split())) <= most:
                yield row.fault(TOO_FEW_OR_MANY_WORDS, name, count=count, least=least, most=most)


@each
def words_stay_true(rows: list[Row], schema: dict) -> Iterator[Finding]:
    """What is called newest or said to be so now is no longer so when the next row comes, unless
    its sentence tells the day; words quoted are left out.
    """
    for name in [field["name"] for field in schema["fields"] if field.get("lasting")]:
        for row in rows:
            for sentence in SENTENCE.split(IN_QUOTES.sub("", row[name])):
                if (word := AGES.search(sentence)) and not YEAR.search(sentence):
                    yield row.fault(WORD_THAT_AGES, name, word=word[0])


@each
def numbers_without_words_are_entered_twice(rows: list[Row], schema: dict) -> Iterator[Finding]:
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
                small = abs(value) < SCORE
                yield row.fault(
                    NOT_ENTERED_TWICE,
                    name,
                    entered=told,
                    words="`quoted`" if small else "`quoted` or is reckoned in `follows`",
                    do=do,
                    entry=f'"{row[key]}": {value:.10g}',
                )


def said(row: Row, value: Any) -> bool:
    """Whether words of a row hold a number: one below a score those quoted, a greater one any."""
    quoted = row.get("quoted") or ""
    texts = [quoted] if abs(value) < SCORE else [row.get(name) or "" for name in TEXTS]
    return quotations.holds(THOUSANDS.sub(_joined, " | ".join(texts)), abs(float(value)))


def _joined(figure: re.Match) -> str:
    """A figure in groups of three as one number: 8,000 is not eight here."""
    return re.sub(r"\D", "", figure[0])


@each_among_others
def sources_are_those_of_the_rows_named(
    rows: list[Row], schema: dict, tables: Tables
) -> Iterator[Finding]:
    """A row put together from others rests on a source of one of them.

    Parameters
    ----------
    rows : list of Row
        The rows of one table.
    schema : dict
        What the contract says of it; `from` of its columns is looked at.
    tables : dict
        The rows of all tables by name; one that `from` names and that is missing is passed over.
    """
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
def one_end_alone_is_told(rows: list[Row], schema: dict) -> Iterator[Finding]:
    """A range without its other end is `up to` or `more than`, in words of the row."""
    key = schema["primaryKey"][0]
    for field in schema["fields"]:
        form, name = field.get("alone"), field["name"]
        for row in rows if form else []:
            single = row[name] is not None and row[form["other"]] is None
            asked = single and form["end"] not in _ends_said(row, row[name])
            if asked and row[key] not in form["but"]:
                word = {"low": "more than", "high": "up to"}[form["end"]]
                yield row.fault(END_ALONE, name, end=form["end"], word=word)
            elif row[key] in form["but"] and not asked:
                yield row.fault(EXCUSED, name, form="alone")


@each
def a_value_is_no_end(rows: list[Row], schema: dict) -> Iterator[Finding]:
    """A number that is said to be `up to` or `more than` is an end of a range, not a value."""
    key = schema["primaryKey"][0]
    for field in schema["fields"]:
        form, name = field.get("exact"), field["name"]
        for row in rows if form else []:
            ranged = row[form["low"]] is not None or row[form["high"]] is not None
            said = set() if ranged or row[name] is None else _ends_said(row, row[name])
            if said and row[key] not in form["but"]:
                end = min(said)
                yield row.fault(END_AS_VALUE, name, end=end, column=form[end])
            elif row[key] in form["but"] and not said:
                yield row.fault(EXCUSED, name, form="exact")


def _ends_said(row: Row, value: Any) -> frozenset[str]:
    """Which ends of a range the words of a row make of a number."""
    return quotations.ends(f"{row['quoted']} | {row['follows']}", float(value))


@each_among_others
def parts_are_among_those_known(rows: list[Row], schema: dict, tables: Tables) -> Iterator[Finding]:
    """What applies to some types names types that another table has, or one of those listed.

    Parameters
    ----------
    rows : list of Row
        The rows of one table.
    schema : dict
        What the contract says of it; `each_of` of its columns is looked at.
    tables : dict
        The rows of all tables by name; one that `each_of` names and that is missing is passed over.
    """
    for field in schema["fields"]:
        form, name = field.get("each_of"), field["name"]
        table, _, column = form["column"].partition(".") if form else ("", "", "")
        if table not in tables:
            continue
        known = {*form["also"], *(row[column] for row in tables[table])}
        for row in rows:
            strange = [part for part in row[name].split(form["parted"]) if part not in known]
            if strange and row[name]:
                hint = closest(strange[0], sorted(known)).rstrip(".?")
                words = {"part": strange[0], "column": form["column"], "hint": hint}
                yield row.fault(NONE_OF_THESE, name, **words)


@each
def what_follows_is_another(rows: list[Row], schema: dict) -> Iterator[Finding]:
    """Command passes from one nation to another one."""
    for name, other in ((field["name"], field.get("unlike")) for field in schema["fields"]):
        for row in rows if other else []:
            if row[name] and row[name] == row[other]:
                yield row.fault(THE_SAME, name, column=other)


@each
def what_is_recalled_has_its_source(rows: list[Row], schema: dict) -> Iterator[Finding]:
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
def locators_have_the_marks_of_their_source(rows: list[Row], schema: dict) -> Iterator[Finding]:
    """A stored copy or a data set is known by its commit or file, so its rows name it."""
    for field in schema["fields"]:
        for (source, mark), row in itertools.product(field.get("marks", {}).items(), rows):
            here, there = mark in row["locator"], row[field["name"]] == source
            if row["locator"] and here != there:
                has = "has" if here else "lacks"
                yield row.fault(MARK_OF_ANOTHER, field["name"], has=has, mark=mark, source=source)


@each
def names_are_spelled_in_the_words(rows: list[Row], schema: dict) -> Iterator[Finding]:
    """A registration or a name stands in the words of its own row, not in those of another."""
    key = schema["primaryKey"][0]
    for field in schema["fields"]:
        form, name = field.get("spelled"), field["name"]
        for row in rows if form else []:
            words = " ".join(row[place] or "" for place in form["in"])
            if row[name] and row[name] not in words and row[key] not in form["but"]:
                yield row.fault(NOT_SPELLED, name, places=" or ".join(form["in"]))


@each
def what_is_once_stands_in_one_row(rows: list[Row], schema: dict) -> Iterator[Finding]:
    """A state joins a fleet once, so its code stands in one row of the list."""
    for name in (field["name"] for field in schema["fields"] if field.get("once")):
        seen: dict[str, Row] = {}
        for row in rows:
            for id in row[name].split():
                first = seen.setdefault(id, row)
                if first is not row:
                    yield row.fault(STANDS_IN_TWO_ROWS, name, id=id, line=first.line)


@each
def columns_rise_together(rows: list[Row], schema: dict) -> Iterator[Finding]:
    """Claims in the order of the article have paragraphs in that order too."""
    for field in schema["fields"]:
        along, name = field.get("rises"), field["name"]
        begins = [
            (row[name], int(found[0]), row)
            for row in (rows if along else [])
            if row[name] is not None and (found := re.match(r"\d+", str(row[along])))
        ]
        begins.sort(key=lambda each: each[0])
        for (_, less, one), (_, more, other) in itertools.pairwise(begins):
            if more < less:
                words = {"column": along, "line": one.line, "more": less, "less": more}
                yield other.fault(FALLS, name, **words)


@each
def texts_are_in_their_order(rows: list[Row], schema: dict) -> Iterator[Finding]:
    """A publisher's name is shorter than a title, but where the contract lists the row: what is
    exchanged breaks one or the other.
    """
    key = schema["primaryKey"][0]
    for field in schema["fields"]:
        form, name = field.get("shorter"), field["name"]
        for row in rows if form else []:
            listed, other = row[key] in form["but"], row[form["than"]]
            if row[name] and other and (len(row[name]) < len(other)) == listed:
                words = {
                    "own": len(row[name]),
                    "others": len(other),
                    "column": form["than"],
                    "name": name,
                    "be": "not be" if listed else "be",
                    "listed": f", since {CONTRACT} excepts the row" if listed else "",
                    "do": f"take {row[key]} out of" if listed else f"add {row[key]} to",
                }
                yield row.fault(LENGTHS, name, **words)


@each
def rare_values_are_entered_twice(rows: list[Row], schema: dict) -> Iterator[Finding]:
    """A word of judgement that few rows have, such as that numbers are named, is entered twice."""
    key = schema["primaryKey"][0]
    for field in schema["fields"]:
        for (value, ids), row in itertools.product(field.get("exactly", {}).items(), rows):
            listed = row[key] in ids
            if listed != (row[field["name"]] == value):
                lists = "lists" if listed else "does not list"
                yield row.fault(NOT_EXACTLY, field["name"], lists=lists, value=value)


@each
def the_same_words_say_the_same(rows: list[Row], schema: dict) -> Iterator[Finding]:
    """Rows that quote the same words of one source are of one day, one voice and one grade."""
    form, key = schema.get("one_voice"), schema["primaryKey"][0]
    if not form:
        return
    quoting = [row for row in rows if row["quoted"] and row[key] not in form["but"]]
    for group in by(quoting, "source_id", "quoted").values():
        for row, name in itertools.product(group[1:], form["columns"]):
            if row[name] != group[0][name]:
                other = {"line": group[0].line, "other": group[0][name]}
                yield row.fault(SAID_DIFFERENTLY, name, **other)


@each
def the_same_words_are_of_one_source(rows: list[Row], schema: dict) -> Iterator[Finding]:
    """Words that several rows quote stand in one page: a row with another source has the wrong
    one.
    """
    form, key = schema.get("one_source"), schema["primaryKey"][0]
    if not form:
        return
    quoting = [row for row in rows if len(row["quoted"].split()) > FEW_WORDS]
    for group in by(quoting, "quoted").values():
        meant = Counter(row["source_id"] for row in group).most_common(1)[0][0]
        first = next(row for row in group if row["source_id"] == meant)
        for row in group:
            if row["source_id"] != meant and row[key] not in form["but"]:
                yield row.fault(QUOTED_OF_ANOTHER, "source_id", line=first.line, other=meant)
