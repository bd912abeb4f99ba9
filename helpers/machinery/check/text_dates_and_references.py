"""Rules of every table that frictionless cannot express: plain text, addresses, dates, ranges,
references and keys.

Each `Rule` holds the code, the sentence and the fix of its findings; each function yields them.
"""

import difflib
import inspect
import itertools
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from helpers import data, formulas, quantities
from helpers.data import Finding, Rule, Span
from helpers.machinery.check.rule_book import (
    Row,
    Tables,
    closest,
    each,
    each_among_others,
    references,
)

ISO = "Write YYYY, YYYY-MM or YYYY-MM-DD, as exact as known"
# Unicode categories: control, format (bidi among them), private, line separators
INVISIBLE = {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}
DATE = (  # the contract's form of a date
    r"^(?:\d{4}|\d{4}-(?:0[1-9]|1[0-2])|\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))$"
)
PARTS_OF_DATE = (r"^\d{4}$", r"^\d{4}-(?:0[1-9]|1[0-2])$")
FIRST_YEAR = 1900  # nothing in the tables is older
# of a formula, in narrow and in wide letters; a minus may begin a number
STARTS = tuple("=+@＝＋－＠")
NEGATIVE = re.compile(r"-\d+(\.\d+)?$", re.ASCII)
INVISIBLE_CHARACTER = Rule(
    "invisible-character", "invisible character U+{code:04X}", "Delete it, or type the text again"
)
ACCENT_APART = Rule(
    "accent-apart", "an accent stands apart from its letter", "Write {composed:.80}"
)
BLANK_AT_END = Rule("blank-at-end", "blank at the start or end", "Write {stripped}")
FORMULA = Rule(
    "formula",
    "a spreadsheet would run the cell as a formula",
    "Begin it with a word or a quotation mark",
)
PUBLIC = "Give the public address, as https://example.org/page"
ADDRESS_MALFORMED = Rule("address-malformed", "no address ({reason})", PUBLIC)
ADDRESS_SCHEME = Rule("address-scheme", "only http and https addresses can be followed", PUBLIC)
ADDRESS_LOGIN = Rule("address-login", "the address holds a user name or password", PUBLIC)
ADDRESS_SIGNS = Rule(
    "address-signs",
    "no address: a host is missing, or it holds a blank, quote, bracket or backslash",
    PUBLIC,
)
NO_SUCH_DATE = Rule("no-such-date", "no such date", ISO)
DATE_TOO_EARLY = Rule("date-too-early", f"before {FIRST_YEAR}", "Look for a mistyped year")
DATE_ORDER = Rule("date-order", "before {column}, {earlier}", "Look which of the two is right")
DATE_AFTER_SOURCE = Rule(
    "date-after-source",
    "after {source} {what}, {day}",
    "Look which is right; what lies ahead belongs in a column that the contract calls planned",
)
RANGE_ORDER = Rule(
    "range-order", "{one} {less} is more than {other} {more}", "Order them low, value, high"
)
IDS_SPACING = Rule("ids-spacing", "ids not separated by single spaces", "Write {ids}")
IDS_TWICE = Rule("ids-twice", "{id} stands twice", "Name each once")
NO_SUCH_ROW = Rule("no-such-row", "no row {id} in data/{table}.csv", "{hint}")
DERIVED_WITHOUT_INPUTS = Rule(
    "derived-without-inputs", "derived from rows that are not named", "{hint}"
)
DERIVED_FROM_ITSELF = Rule(
    "derived-from-itself", "derived from itself", "Name the rows it is computed from"
)
SET_BY_ANOTHER = Rule(
    "set-by-another",
    "other rows of {setter} {value} have {meant}",
    "Write that, or another {setter}",
)
NOT_UNIQUE = Rule(
    "not-unique", "the same {columns} as in line {line}", "One fact is one row: keep one of them"
)
SYMBOL_UNKNOWN = Rule(
    "symbol-unknown",
    "no model takes this symbol",
    "{hint} A new one needs a function of helpers/formulas that takes it, or a place in `also` of"
    " this column in data/datapackage.json",
)
ID_IN_TWO_TABLES = Rule(
    "id-in-two-rows",
    "the id stands twice, first in data/{table}.csv:{line}",
    "Give each row its own",
)


def country_meant(value: str, countries: list[Row]) -> str | None:
    """The code of a country that is named by its name, initials, first letters, or nearly right."""
    written = value.strip().lower()
    codes: dict[str, str] = {}
    for country in countries:
        words = country["name"].split()
        initials = "".join(word[0] for word in words) if len(words) > 1 else ""
        names = filter(None, (initials, country["name"], country["id"]))
        codes |= {name.lower(): country["id"] for name in names}
    if written in codes:
        return codes[written]
    beginning = [name for name in codes if written and name.startswith(written)]
    near = beginning[:1] or difflib.get_close_matches(written, codes, 1)
    return codes[near[0]] if near else None


def no_such(row: Row, column: str, id: str, target: tuple[str, str], tables: Tables) -> Finding:
    """The finding that no row of the table in question has an id.

    Parameters
    ----------
    row : Row
        The row that names the id.
    column : str
        The column in which it does.
    id : str
        The id.
    target : tuple of str
        The table and column in which it should stand.
    tables : dict
        The rows of all tables.
    """
    table, name = target
    if table == "countries":
        near = country_meant(id, tables[table])
        hint = "Use an ISO 3166-1 alpha-3 code, or add the country to data/countries.csv first"
    else:
        near = next(
            iter(difflib.get_close_matches(id, [other[name] for other in tables[table]], 1)), None
        )
        hint = f"Add it to data/{table}.csv first"
    if near:
        hint = f"Did you mean {near}?"
    return row.fault(NO_SUCH_ROW, column, id=ascii(id[:80]), table=table, hint=hint)


# Checks of every table, from what the contract says of its columns. Of several faults in a cell the
# first is reported. Beyond the Data Package standard a column may say: list_of (ids of another
# table, by blanks), inputs (the list a derived row is computed from), set_by (one value for each
# value of that column), not_before (that date), planned (a date that may lie ahead), symbol_of
# (models: what a model takes, or one of also).


@each
def text_is_plain(rows: list[Row], schema: dict) -> Iterator[Finding]:
    """Find invisible characters, blanks at the ends, and cells that a spreadsheet would run."""
    names = [field["name"] for field in schema["fields"] if field["type"] == "string"]
    for row, name in itertools.product(rows, names):
        cell = row[name]
        composed = unicodedata.normalize("NFC", cell)
        doubtful = {} if cell.isprintable() else dict.fromkeys(cell)
        hidden = [sign for sign in doubtful if unicodedata.category(sign) in INVISIBLE]
        if hidden:
            yield row.fault(INVISIBLE_CHARACTER, name, code=ord(hidden[0]))
        elif cell != composed:
            yield row.fault(ACCENT_APART, name, composed=composed)
        elif cell != cell.strip():
            yield row.fault(BLANK_AT_END, name, stripped=ascii(cell.strip()[:80]))
        elif cell.startswith(STARTS) or cell.startswith("-") and not NEGATIVE.match(cell):
            yield row.fault(FORMULA, name)


@each
def addresses_are_for_the_web(rows: list[Row], schema: dict) -> Iterator[Finding]:
    """Find addresses that cannot be followed safely."""
    names = [field["name"] for field in schema["fields"] if field.get("format") == "uri"]
    for row, name in itertools.product(rows, names):
        if row[name] and (fault := address_fault(row[name])):
            rule, reason = fault
            yield row.fault(rule, name, reason=reason)


def address_fault(address: str) -> tuple[Rule, str] | None:
    """The rule that an address breaks, with the parser's reason; None if it is safe to follow."""
    try:
        parts = urlsplit(address)
        host = parts.hostname and (parts.port or True)
    except ValueError as error:
        return ADDRESS_MALFORMED, str(error)
    if parts.scheme not in ("http", "https"):
        return ADDRESS_SCHEME, ""
    if "@" in parts.netloc:
        return ADDRESS_LOGIN, ""
    if not host or re.search(r"[\s<>\"\\^`{|}]", address):
        return ADDRESS_SIGNS, ""
    return None


def days(cell: str) -> Span | None:
    """The days a cell names, or None where it is empty or no date."""
    try:
        return data.span(cell)
    except ValueError:
        return None


def after(later: str, earlier: str) -> bool:
    """Whether every day of one date is after every day of another; False where one is unknown."""
    first, last = days(later), days(earlier)
    return bool(first and last and first.first > last.last)


def is_date(field: dict) -> bool:
    """Whether the contract says that a column holds dates, or years or months alone."""
    return field.get("constraints", {}).get("pattern") in (DATE, *PARTS_OF_DATE)


@each
def dates_are_real_and_in_order(rows: list[Row], schema: dict) -> Iterator[Finding]:
    """Find dates that do not exist, are too early, or before the one they may not precede."""
    dates = [field for field in schema["fields"] if is_date(field)]
    for row, field in itertools.product(rows, dates):
        name, earlier = field["name"], field.get("not_before")
        if not row[name]:
            continue
        named = days(row[name])
        if not named:
            yield row.fault(NO_SUCH_DATE, name)
        elif named.first.year < FIRST_YEAR:
            yield row.fault(DATE_TOO_EARLY, name)
        elif earlier and after(row[earlier], row[name]):
            yield row.fault(DATE_ORDER, name, column=earlier, earlier=row[earlier])


@each_among_others
def nothing_is_reported_before_it_happened(
    rows: list[Row], schema: dict, tables: Tables
) -> Iterator[Finding]:
    """Find dates after the day their source came out or was read; planned ones may lie ahead.

    Parameters
    ----------
    rows : list of Row
        The rows of one table; those of `sources` are passed over.
    schema : dict
        What the contract says of it: which columns hold dates, and which of these may lie ahead.
    tables : dict
        The rows of all tables by name; `sources` has the days of each source.
    """
    happened = [
        field["name"] for field in schema["fields"] if is_date(field) and not field.get("planned")
    ]
    sources: dict[str, Row] = {source["source_id"]: source for source in tables.get("sources", [])}
    for row, name in itertools.product(rows, happened):
        source = sources.get(row.get("source_id", ""))
        if source is None or row.table == "sources":
            continue
        for column, what in (("accessed", "was read"), ("published", "was published")):
            if after(row[name], source[column]):
                words = {"source": row["source_id"], "what": what, "day": source[column]}
                yield row.fault(DATE_AFTER_SOURCE, name, **words)
                break


@each
def ranges_are_in_order(rows: list[Row], schema: dict) -> Iterator[Finding]:
    """Find ranges that decrease: `x_low, x, x_high`, and `low, value (or base, …), high`.

    There may be nothing between low and high.
    """
    names = [field["name"] for field in schema["fields"]]
    ranges = [
        (name, name.removesuffix("_low"), f"{name.removesuffix('low')}high")
        for name in names
        if name.endswith("_low")
    ]
    if "low" in names:
        middles = [name for name in quantities.MAIN if name in names] or [""]
        ranges += [("low", middle, "high") for middle in middles]
    for row, (low, middle, high) in itertools.product(rows, ranges):
        known = [name for name in (low, middle, high) if row.get(name) is not None]
        for one, other in itertools.pairwise(known):
            if row[one] > row[other]:
                words = {"one": one, "less": row[one], "other": other, "more": row[other]}
                yield row.fault(RANGE_ORDER, low if one == low else high, **words)


@each_among_others
def references_lead_to_rows(rows: list[Row], schema: dict, tables: Tables) -> Iterator[Finding]:
    """Find references to no row, ids that stand twice, and lists not separated by single blanks.

    Parameters
    ----------
    rows : list of Row
        The rows of one table.
    schema : dict
        What the contract says of it; its foreign keys and `list_of` of its columns are looked at.
    tables : dict
        The rows of all tables by name; an id of a missing one is not looked for.
    """
    lists = {field["name"] for field in schema["fields"] if "list_of" in field}
    for name, target in references(schema).items():
        known = {row[target[1]] for row in tables.get(target[0], [])}
        for row in rows:
            ids = row[name].split() if name in lists else [row[name]] * bool(row[name])
            if row[name] != " ".join(ids):
                yield row.fault(IDS_SPACING, name, ids=ascii(" ".join(ids)[:80]))
            elif twice := [id for id, count in Counter(ids).items() if count > 1]:
                yield row.fault(IDS_TWICE, name, id=twice[0])
            elif known and (unknown := [id for id in ids if id not in known]):
                yield no_such(row, name, unknown[0], target, tables)


@each
def derived_rows_name_their_inputs(rows: list[Row], schema: dict) -> Iterator[Finding]:
    """Find derived rows that name no inputs, or themselves."""
    names = [field["name"] for field in schema["fields"] if field.get("inputs")]
    hint = "The table has no column for them: grade it read, secondary or recall"
    if names:
        hint = f"Name them in {names[0]}"
    for row in rows:
        if row.get("verification") == "derived" and not any(row[name] for name in names):
            column = names[0] if names else "verification"
            yield row.fault(DERIVED_WITHOUT_INPUTS, column, hint=hint)
        for name in names:
            if row[schema["primaryKey"][0]] in row[name].split():
                yield row.fault(DERIVED_FROM_ITSELF, name)


@each
def what_another_column_sets_is_the_same(rows: list[Row], schema: dict) -> Iterator[Finding]:
    """Find other values than the commonest for the same value of the column that sets them."""
    for field in schema["fields"]:
        if "set_by" not in field:
            continue
        name, setter = field["name"], field["set_by"]
        values: defaultdict[Any, Counter] = defaultdict(Counter)
        for row in rows:
            values[row[setter]][row[name]] += 1
        for row in rows:
            meant = values[row[setter]].most_common(1)[0][0]
            if row[name] != meant:
                value = ascii(str(row[setter]))
                words = {"setter": setter, "value": value, "meant": ascii(str(meant))}
                yield row.fault(SET_BY_ANOTHER, name, **words)


@each
def unique_keys_are_unique(rows: list[Row], schema: dict) -> Iterator[Finding]:
    """Find rows with the same values in the contract's uniqueKeys, which frictionless ignores.

    As in SQL, a key whose cells are all empty is none.
    """
    for key in schema.get("uniqueKeys", []):
        seen: dict[tuple, Row] = {}
        for row in rows:
            values = tuple(row[name] for name in key)
            first = seen.setdefault(values, row)
            if first is not row and any(value not in ("", None) for value in values):
                yield row.fault(NOT_UNIQUE, key[-1], columns=", ".join(key), line=first.line)


@each
def symbols_are_taken_by_models(rows: list[Row], schema: dict) -> Iterator[Finding]:
    """Find symbols that no model takes and the contract does not list beside them."""
    for field in schema["fields"]:
        if field.get("symbol_of") != "models":
            continue
        allowed = sorted({*model_symbols(), *field.get("also", ())}, key=str.lower)
        for row in rows:
            symbol = row[field["name"]]
            if symbol and symbol not in allowed:
                hint = closest(symbol, allowed).rstrip(".")
                hint += "" if hint.endswith("?") else "."
                yield row.fault(SYMBOL_UNKNOWN, field["name"], hint=hint)


def model_symbols() -> set[str]:
    """The symbols that the functions of helpers/formulas take."""
    signatures = map(inspect.signature, formulas.DEFINITIONS.values())
    return {symbol for signature in signatures for symbol in signature.parameters}


def ids_are_unique(keys: dict[str, str], tables: Tables) -> Iterator[Finding]:
    """Find ids of several rows, in one table or two; the later row is reported."""
    seen: dict[str, Row] = {}
    for row in itertools.chain.from_iterable(tables.values()):
        column = keys[row.table]
        first = seen.setdefault(row[column], row)
        if first is not row:
            yield row.fault(ID_IN_TWO_TABLES, column, table=first.table, line=first.line)
