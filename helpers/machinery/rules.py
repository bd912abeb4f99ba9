"""The rules of the data contract that frictionless cannot say, one function each: what a cell, a
table or several must keep to.
"""

import difflib
import itertools
import math
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
    """The contract's uniqueKeys, which frictionless does not read."""
    for key in schema.get("uniqueKeys", []):
        seen = {}
        for row in rows:
            values = tuple(row[name] for name in key)
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


@together("capabilities")
def one_default_count_a_fleet_and_day(capabilities):
    for row in capabilities:
        if row["class"] == "directory total" and row["rank"] == "default":
            yield row.fault(
                "rank",
                "a directory total is no fleet: beside its parts it would be counted twice",
                "Rank it rival",
            )
    for rows in by(
        [row for row in capabilities if row["rank"] == "default"], "fleet", "observed"
    ).values():
        for row in rows[1:]:
            yield row.fault(
                "rank",
                f"a second default count for this fleet and date, as in line {rows[0].line}",
                "Rank one of them rival",
            )


@together("capabilities")
def one_fleet_has_one_name(capabilities):
    """Default counts of one type in the same hands are of one fleet: under two names it would be
    counted twice.
    """
    seen = {}
    for row in [row for row in capabilities if row["rank"] == "default"]:
        first = seen.setdefault(
            tuple(row[name] for name in ("capability", "operator", "service", "type")), row
        )
        if row["fleet"] != first["fleet"]:
            rule = (
                f"of the same operator, service and type as fleet {first['fleet']!a} in line"
                f" {first.line}"
            )
            yield row.fault(
                "fleet", rule, f"Write {first['fleet']}, or tell the two apart by service or type"
            )


@together("capabilities")
def pooled_fleets_alone_have_owners(capabilities):
    for row in capabilities:
        if row["pooled_by"] and row["owner_kind"] != "pooled":
            yield row.fault(
                "pooled_by",
                f"owners of a fleet that is {row['owner_kind']}",
                "Empty it, or make owner_kind pooled",
            )


@together("capabilities", "sources")
def undated_counts_carry_the_date_of_their_source(capabilities, sources):
    """A relay's own day says nothing of the figure it relays; nor has a page without a date one to
    carry.
    """
    published = {
        source["source_id"]: source["published"]
        for source in sources
        if not source["quoted_publisher"]
    }
    for row in capabilities:
        date = published.get(row["source_id"], "")
        if row["observed_basis"] == "source date" and (
            after(row["observed"], date) or after(date, row["observed"])
        ):
            fix = f"Write {date}, or make observed_basis stated"
            yield row.fault("observed", f"undated, but not the date of its source, {date}", fix)


@together("deliveries")
def deliveries_are_numbered_in_order(deliveries):
    for rows in by(deliveries, "fleet").values():
        rows = sorted(
            (row for row in rows if row["number"] is not None), key=lambda row: row["number"]
        )
        for wanted, row in enumerate(rows, 1):
            if row["number"] > wanted:
                yield row.fault(
                    "number",
                    f"number {wanted} of the fleet is missing",
                    "Number deliveries from 1 without a gap",
                )
                break
        for one, other in itertools.pairwise(rows):
            if after(one["date"], other["date"]):
                yield other.fault(
                    "date",
                    f"before number {one['number']}, {one['date']}",
                    "Number deliveries in order of date",
                )


@together("deliveries", "orders", "capabilities")
def pooled_fleets_are_known(deliveries, orders, capabilities):
    fleets = {row["fleet"] for row in capabilities}
    for row in [*deliveries, *orders]:
        if row["fleet"] not in fleets:
            yield row.fault(
                "fleet",
                "no such fleet in data/capabilities.csv",
                closest(row["fleet"], sorted(fleets)),
            )


@together("deliveries", "orders")
def nothing_is_delivered_unordered(deliveries, orders):
    for fleet, rows in by(deliveries, "fleet").items():
        ordered = [row["quantity"] for row in orders if row["fleet"] == fleet]
        if None not in ordered and len(rows) > sum(ordered):
            yield rows[-1].fault(
                "fleet",
                f"{len(rows)} aircraft delivered and {sum(ordered)} ordered",
                "Add the order, or drop the delivery",
            )


@together("capabilities", "deliveries")
def counts_agree_with_deliveries(capabilities, deliveries):
    """Where deliveries are listed, a fleet's count is the number delivered by its day; a rival
    count may differ.
    """
    fleets = by(deliveries, "fleet")
    for row in capabilities:
        on, delivered = (
            days(row["observed"]),
            [days(other["date"]) for other in fleets.get(row["fleet"], [])],
        )
        if (
            not delivered
            or not on
            or None in delivered
            or row["in_service"] is None
            or row["rank"] == "rival"
        ):
            continue
        least = sum(span.last <= on.first for span in delivered)
        most = sum(span.first <= on.last for span in delivered)
        if not least <= row["in_service"] <= most:
            number = str(least) if least == most else f"{least} to {most}"
            rule = f"{number} delivered by {row['observed']}, as data/deliveries.csv has it"
            yield row.fault("in_service", rule, "Mend one of the two, or rank this rival")


@together("attestations", "meetings")
def attendance_is_on_the_day_of_the_meeting(attestations, meetings):
    dates = {meeting["id"]: meeting["date"] for meeting in meetings}
    for row in attestations:
        held = dates.get(row["meeting_id"])
        if held and row["date"] != held:
            yield row.fault(
                "date",
                f"not the day of {row['meeting_id']}, {held}",
                f"Write {held}, or another meeting",
            )


@together("members", "attestations")
def members_are_attested(members, attestations):
    """A member's part and day rest on attestations of that state; every attested state has its
    part.
    """
    known = {row["id"]: row for row in attestations}
    for row in members:
        named = [known[id] for id in row["attested_by"].split() if id in known]
        if others := [other["id"] for other in named if other["country"] != row["country"]]:
            yield row.fault(
                "attested_by",
                f"{others[0]} is of another state",
                f"Name attestations of {row['country']}",
            )
            continue
        own = [other for other in named if other["kind"] != "disavowed" and days(other["date"])]
        first = (
            min(own, key=lambda other: (days(other["date"]).first, days(other["date"]).last))[
                "date"
            ]
            if own
            else ""
        )
        if row["part"] == "member" and not own:
            yield row.fault(
                "attested_by",
                "a member without an attestation of its part",
                "Name one, or make part outside",
            )
        elif row["since"] != first:
            fix = f"Write {first}" if first else "Empty it"
            yield row.fault(
                "since", f"the earliest attestation named is of {first or 'no day'}", fix
            )
    parts = {row["country"]: row["part"] for row in members}
    for row in attestations:
        if row["country"] not in parts:
            yield row.fault(
                "country",
                "attested, but without a row in data/members.csv",
                "Add one that says its part",
            )
        elif parts[row["country"]] == "outside" and row["kind"] != "disavowed":
            yield row.fault(
                "country", "attested, but outside in data/members.csv", "Mend one of the two"
            )


@together("indicators")
def editions_hold_years_before_they_came_out(indicators):
    for row in indicators:
        out = days(row["edition_published"])
        if out and not row["edition"].endswith(str(out.first.year)):
            yield row.fault(
                "edition_published",
                f"another year than {row['edition']}",
                "An edition is named by the year it came out",
            )
        if out and row["year"] and row["year"] > out.last.year:
            yield row.fault(
                "year",
                f"after the edition came out, {row['edition_published']}",
                "Look which is right",
            )


@together("parameters")
def a_parameter_has_one_value_for_a_case(parameters):
    seen = {}
    for row in parameters:
        for case in row["applies_to"].split("; "):
            if (first := seen.setdefault((row["symbol"], case), row)) is not row:
                yield row.fault(
                    "applies_to",
                    f"{row['symbol']} of {case} as in line {first.line}",
                    "Keep one; give its range in low and high",
                )


@together("parameters")
def parameters_are_in_range(parameters):
    for row, name in itertools.product(parameters, ("low", "base", "high")):
        share = row["unit"] == "share"
        if row[name] is not None and not 0 <= row[name] <= (1 if share else math.inf):
            yield row.fault(
                name,
                "a share is from 0 to 1" if share else "less than 0",
                "Look at the source again; empty where unknown",
            )


@together("claims", "countries")
def stated_values_can_be_compared(claims, countries):
    codes = {row["id"] for row in countries}
    for row in claims:
        stated = row["stated"]
        if row["comparison"] == "same set" and (wrong := sorted(set(stated.split()) - codes)):
            meant = country_meant(wrong[0], countries)
            yield row.fault(
                "stated",
                f"{wrong[0]} is no row in data/countries.csv",
                f"Did you mean {meant}?" if meant else "Use ISO codes",
            )
        elif row["comparison"] == "same set" and stated != " ".join(sorted(set(stated.split()))):
            yield row.fault(
                "stated",
                "codes not in order, each once",
                f"Write {' '.join(sorted(set(stated.split())))}",
            )
        elif row["comparison"] == "more than" and not re.fullmatch(r"\d+", stated, re.ASCII):
            yield row.fault("stated", "not a whole number to be more than", "Digits only")
        elif row["comparison"] == "equals" and not (
            days(stated) if row["kind"] == "date" else re.fullmatch(r"\d+", stated, re.ASCII)
        ):
            what = ("a date", ISO) if row["kind"] == "date" else ("a whole number", "Digits only")
            yield row.fault("stated", f"not {what[0]} to be equal to", what[1])
        elif row["comparison"] == "true" and stated != "true":
            yield row.fault("stated", "compared with true", "Write true, or another comparison")


@together("readings", "sources")
def readings_vote_by_their_sources(readings, sources):
    """An option votes if an official text or two publications of different origin use the words so;
    the nearest one always does.

    The choice `timing` is not about words: whether a month still running counts is unknown, so both
    outcomes are readings.
    """
    sources = {source["source_id"]: source for source in sources}
    for row in readings:
        if row["id"] != (wanted := f"{row['claim']}/{row['choice']}/{row['option']}"):
            yield row.fault("id", "not claim/choice/option", f"Write {wanted}")
        used = [sources[id] for id in row["source_ids"].split() if id in sources]
        origins = {source["quoted_publisher"] or source["publisher"] for source in used}
        votes = row["votes"] == "yes" and row["as_worded"] != "yes" and row["choice"] != "timing"
        if votes and len(origins) < 2 and not any(source["kind"] == "official" for source in used):
            fix = (
                "Name an official source or two of different origin in source_ids, or let it not"
                " vote"
            )
            yield row.fault(
                "votes",
                f"votes on {len(origins)} independent source{'s' * (len(origins) != 1)}, none"
                " official",
                fix,
            )
    for (claim, choice), rows in by(readings, "claim", "choice").items():
        worded = [row for row in rows if row["as_worded"] == "yes"]
        if len(worded) != 1:
            fix = "Mark the one option nearest the article's words"
            yield (worded or rows)[-1].fault(
                "as_worded",
                f"{len(worded)} options of {claim}/{choice} are as worded, not one",
                fix,
            )
