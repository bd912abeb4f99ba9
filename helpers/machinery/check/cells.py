"""The rules of the data contract that frictionless cannot say, one function each: what a cell, a
table or several must keep to.
"""

import difflib
import itertools
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pandas as pd

from helpers import data, quantities
from helpers.data import Finding, Span

ISO = "Write YYYY, YYYY-MM or YYYY-MM-DD, as exact as known"
PLAN = "Look which is right; what lies ahead belongs in a column that the contract calls planned"
INVISIBLE = {
    "Cc",
    "Cf",
    "Co",
    "Cs",
    "Zl",
    "Zp",
}  # Unicode categories: control, format (bidi among them), private, line separators
DATE = (  # the contract's form of a date
    r"^(?:\d{4}|\d{4}-(?:0[1-9]|1[0-2])|\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))$"
)
FIRST_YEAR = 1900  # nothing in the tables is older
SHOWN = 12  # a fix lists no more allowed values than this
STARTS = tuple(
    "=+@＝＋－＠"
)  # of a formula, in narrow and in wide letters; a minus may begin a number


class Row(dict):
    """The cells of one record by column, unknown numbers as None; `table` and `line` say where it
    stands.
    """

    def __init__(self, table: str, cells: dict):
        self.table, self.line = table, cells.pop("line")
        super().__init__((name, None if cell is pd.NA else cell) for name, cell in cells.items())

    def fault(self, column: str, rule: str, fix: str) -> Finding:
        cell = self.get(column)
        return Finding(self.table, self.line, column, "" if cell is None else str(cell), rule, fix)


Tables = dict[str, list[Row]]
EACH: list[Callable] = []
TOGETHER: list[tuple[tuple[str, ...], Callable]] = []


def each(function: Callable) -> Callable:
    """Register a check of every table by its contract: a function of (rows, schema, tables) that
    yields findings.
    """
    EACH.append(function)
    return function


def together(*names: str):
    """Register a check of these tables' rows; it runs where all of them can be read."""
    return lambda function: TOGETHER.append((names, function)) or function


def references(schema: dict) -> dict[str, tuple[str, str]]:
    """The table and column each single reference or list of a table leads to, by the column that
    refers.
    """
    keys = {
        key["fields"][0]: (key["reference"]["resource"], key["reference"]["fields"][0])
        for key in schema.get("foreignKeys", [])
    }
    lists = {
        field["name"]: tuple(field["list_of"].split("."))
        for field in schema["fields"]
        if "list_of" in field
    }
    return keys | lists


def closest(value: str, allowed) -> str:
    """The fix for a value that is none of those allowed: the nearest one, else the first few."""
    by_lower = {name.lower(): name for name in allowed}
    if near := difflib.get_close_matches(value.lower(), by_lower, 1):
        return f"Did you mean {by_lower[near[0]]}?"
    names = list(allowed)
    return f"There are {', '.join(names[:SHOWN])}{', …' if len(names) > SHOWN else ''}"


def country_meant(value: str, countries: list[Row]) -> str | None:
    """The code of the country that somebody named otherwise: by name, initials, first letters, or
    nearly right.
    """
    said, codes = value.strip().lower(), {}
    for country in countries:
        initials = (
            "".join(word[0] for word in country["name"].split()) if " " in country["name"] else ""
        )
        codes |= {
            name.lower(): country["id"]
            for name in (initials, country["name"], country["id"])
            if name
        }
    beginning = [name for name in codes if said and name.startswith(said)]
    near = [said] if said in codes else beginning[:1] or difflib.get_close_matches(said, codes, 1)
    return codes[near[0]] if near else None


def no_such(row: Row, column: str, id: str, target: tuple[str, str], tables: Tables) -> Finding:
    """The finding that an id named by a row is in no row of the table it should be in."""
    table, name = target
    if table == "countries":
        code = country_meant(id, tables[table])
        fix = (
            f"Did you mean {code}?"
            if code
            else "Use an ISO 3166-1 alpha-3 code, or add the country to data/countries.csv first"
        )
    else:
        near = difflib.get_close_matches(id, [other[name] for other in tables[table]], 1)
        fix = f"Did you mean {near[0]}?" if near else f"Add it to data/{table}.csv first"
    return row.fault(column, f"no row {id[:80]!a} in data/{table}.csv", fix)


# Checks of every table, from what the contract says of its columns. The first fault found in a cell
# is the one told.
# Beyond the Data Package standard a column may say: list_of (ids of another table, by blanks),
# inputs (the list a derived row
# is computed from), set_by (one value for each value of that column), not_before (that date),
# planned (a date that may lie ahead).


@each
def text_is_plain(rows, schema, tables):
    """No invisible characters, blanks at the ends or beginnings that a spreadsheet would run as a
    formula.
    """
    names = [field["name"] for field in schema["fields"] if field["type"] == "string"]
    for row, name in itertools.product(rows, names):
        cell = row[name]
        if hidden := [
            character for character in cell if unicodedata.category(character) in INVISIBLE
        ]:
            yield row.fault(
                name,
                f"invisible character U+{ord(hidden[0]):04X}",
                "Delete it, or type the text again",
            )
        elif cell != (composed := unicodedata.normalize("NFC", cell)):
            yield row.fault(
                name, "an accent stands apart from its letter", f"Write {composed[:80]}"
            )
        elif cell != cell.strip():
            yield row.fault(name, "blank at the start or end", f"Write {cell.strip()[:80]!a}")
        elif cell.startswith(STARTS) or re.match(r"-(?!\d+(\.\d+)?$)", cell, re.ASCII):
            yield row.fault(
                name,
                "a spreadsheet would run the cell as a formula",
                "Begin it with a word or a quotation mark",
            )


@each
def addresses_are_for_the_web(rows, schema, tables):
    names = [field["name"] for field in schema["fields"] if field.get("format") == "uri"]
    for row, name in itertools.product(rows, names):
        if row[name] and (fault := address_fault(row[name])):
            yield row.fault(name, fault, "Give the public address, as https://example.org/page")


def address_fault(address: str) -> str | None:
    """Why an address cannot be followed safely, in a few words; None where it can."""
    try:
        parts = urlsplit(address)
        host = parts.hostname and (parts.port or True)
    except ValueError as error:
        return f"no address ({error})"
    if parts.scheme not in ("http", "https"):
        return "only http and https addresses can be followed"
    if "@" in parts.netloc:
        return "the address holds a user name or password"
    if not host or re.search(r"[\s<>\"\\^`{|}]", address):
        return "no address: a host is missing, or it holds a blank, quote, bracket or backslash"
    return None


def days(cell: str) -> Span | None:
    """The days a cell names, or None where it is empty or no date."""
    try:
        return data.span(cell)
    except ValueError:
        return None


def after(later: str, earlier: str) -> bool:
    """Whether every day of one date is after every day of another; False where either is unknown."""
    first, last = days(later), days(earlier)
    return bool(first and last and first.first > last.last)


def is_date(field: dict) -> bool:
    """Whether the contract says that a column holds dates."""
    return field.get("constraints", {}).get("pattern") == DATE


@each
def dates_are_real_and_in_order(rows, schema, tables):
    dates = [field for field in schema["fields"] if is_date(field)]
    for row, field in itertools.product(rows, dates):
        name, earlier = field["name"], field.get("not_before")
        if row[name] and not days(row[name]):
            yield row.fault(name, "no such date", ISO)
        elif row[name] and days(row[name]).first.year < FIRST_YEAR:
            yield row.fault(name, f"before {FIRST_YEAR}", "Look for a mistyped year")
        elif earlier and after(row[earlier], row[name]):
            yield row.fault(
                name, f"before {earlier}, {row[earlier]}", "Look which of the two is right"
            )


@each
def nothing_is_reported_before_it_happened(rows, schema, tables):
    """A date is not after the day its source came out, nor after the day it was read, unless the
    contract calls the column planned.
    """
    happened = [
        field["name"] for field in schema["fields"] if is_date(field) and not field.get("planned")
    ]
    sources = {source["source_id"]: source for source in tables.get("sources", [])}
    for row, name in itertools.product(rows, happened):
        source = sources.get(row.get("source_id"), {}) if row.table != "sources" else {}
        for column, what in (("accessed", "was read"), ("published", "was published")):
            if after(row[name], source.get(column, "")):
                yield row.fault(name, f"after {row['source_id']} {what}, {source[column]}", PLAN)
                break


@each
def ranges_are_in_order(rows, schema, tables):
    """Low, value and high do not decrease, in `x_low, x, x_high` and in `low, value (or base, …),
    high`; there may be nothing between.
    """
    names = [field["name"] for field in schema["fields"]]
    ranges = [
        (name, name.removesuffix("_low"), f"{name.removesuffix('low')}high")
        for name in names
        if name.endswith("_low")
    ]
    if "low" in names:
        ranges += [("low", name, "high") for name in quantities.MAIN if name in names] or [
            ("low", "", "high")
        ]
    for row, (low, middle, high) in itertools.product(rows, ranges):
        known = [name for name in (low, middle, high) if row.get(name) is not None]
        for one, other in itertools.pairwise(known):
            if row[one] > row[other]:
                end = low if one == low else high
                yield row.fault(
                    end,
                    f"{one} {row[one]} is more than {other} {row[other]}",
                    "Order them low, value, high",
                )


@each
def references_lead_to_rows(rows, schema, tables):
    """Foreign keys and lists of ids name rows of a table that can be read, each once, with single
    blanks between.
    """
    lists = {field["name"] for field in schema["fields"] if "list_of" in field}
    for name, target in references(schema).items():
        known = {row[target[1]] for row in tables.get(target[0], [])}
        for row in rows:
            ids = row[name].split() if name in lists else [row[name]] * bool(row[name])
            if row[name] != " ".join(ids):
                yield row.fault(
                    name, "ids not separated by single spaces", f"Write {' '.join(ids)[:80]!a}"
                )
            elif twice := [id for id, count in Counter(ids).items() if count > 1]:
                yield row.fault(name, f"{twice[0]} stands twice", "Name each once")
            elif known and (unknown := [id for id in ids if id not in known]):
                yield no_such(row, name, unknown[0], target, tables)


@each
def derived_rows_name_their_inputs(rows, schema, tables):
    names = [field["name"] for field in schema["fields"] if field.get("inputs")]
    for row in rows:
        if row.get("verification") == "derived" and not any(row[name] for name in names):
            fix = (
                f"Name them in {names[0]}"
                if names
                else "The table has no column for them: grade it read, secondary or recall"
            )
            yield row.fault(
                names[0] if names else "verification", "derived from rows that are not named", fix
            )
        for name in names:
            if row[schema["primaryKey"][0]] in row[name].split():
                yield row.fault(name, "derived from itself", "Name the rows it is computed from")


@each
def what_another_column_sets_is_the_same(rows, schema, tables):
    """A column that another one sets holds one value for each value of that other; the commonest is
    taken as meant.
    """
    for field in schema["fields"]:
        if "set_by" not in field:
            continue
        name, setter = field["name"], field["set_by"]
        seen = defaultdict(Counter)
        for row in rows:
            seen[row[setter]][row[name]] += 1
        for row in rows:
            meant = seen[row[setter]].most_common(1)[0][0]
            if row[name] != meant:
                yield row.fault(
                    name,
                    f"other rows of {setter} {str(row[setter])!a} have {str(meant)!a}",
                    f"Write that, or another {setter}",
                )


@each
def unique_keys_are_unique(rows, schema, tables):
    """The contract's uniqueKeys, which frictionless does not read; as in SQL, a key of empty cells
    alone is none.
    """
    for key in schema.get("uniqueKeys", []):
        seen = {}
        for row in rows:
            values = tuple(row[name] for name in key)
            if all(value in ("", None) for value in values):
                continue
            if (first := seen.setdefault(values, row)) is not row:
                same = "the same " + ", ".join(key) if len(key) > 1 else f"the same {key[0]}"
                yield row.fault(
                    key[-1],
                    f"{same} as in line {first.line}",
                    "One fact is one row: keep one of them",
                )


def ids_are_unique(keys: dict[str, str], tables: Tables) -> Iterator[Finding]:
    """A row id leads to one row of one table; the later one is the one told."""
    seen = {}
    for row in itertools.chain.from_iterable(tables.values()):
        column = keys[row.table]
        if (first := seen.setdefault(row[column], row)) is not row:
            yield row.fault(
                column,
                f"the id stands twice, first in data/{first.table}.csv:{first.line}",
                "Give each row its own",
            )


# Checks of certain tables, from what their rows mean.


def by(rows: list[Row], *columns: str) -> dict:
    """The rows in groups by what the columns hold, in file order."""
    groups = defaultdict(list)
    for row in rows:
        groups[
            tuple(row[name] for name in columns) if len(columns) > 1 else row[columns[0]]
        ].append(row)
    return groups
