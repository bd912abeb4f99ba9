"""Rows that keep every type and yet cannot be: what the contract declares of magnitudes, ids,
parts, parties and days, one general rule each.

Beside the types the contract may say of a column
  limits    {"by": column, value: [least, most]}: bounds that differ by another column, each value
            of which has its own
  whole     {column: [values]}: no fraction where that column has one of these
  sums      true: the number stands in the quotation, or is a sum of numbers that do
  needs     a column that is not empty where this one is filled; or {"column", "but": [ids]}
  listed    [values]: a closed list that grows by a line in the contract, as the days of accession
  within    [{"at_most", "not_before" or "among": "table.column", "where": {...}, "same": {...}}]:
            bounds that another table sets
  parties   {"kind": "state", "also": ["EU"], "never": [...]}: who can play the part
  words     {"say": {value: [parts of words]}, "not": {...}, "but": [ids]}: what the quotation must
            say in words, and what `not_in`, or the first of the columns named `in`, must not
  named_in  {"id", "address", "but": [ids]}: where a word of the name or its initials must stand, in
            the id before its first hyphen or in the host of the address
  dated_by  a column with an address: the date in it is this one
  names     a column with an address: this is a name of the page there, no address
  widest    how many times the lower end of a range the upper one may be
  decimals  how many a number may have
  at_least  {"column", "but": [ids]}: the number is no less than that column's, but in these rows,
            and in all of them
and of a table
  id        {"date": column, "holds": [...], "unless": {column: {...}}, "sets": {part: [...]},
            "but": {id: "date: reason"}}: rows like those under `unless` need not hold the column
  series    [{"same", "along", "value", "factor", "slack", "where"}]: a jump is told
  parts     [{"share", "of", "rest"}], [{"sum", "same", "to", "where"}], [{"each", "whole", ...}]
  shown     {"where": {...}, "columns": [...]}: what such a row must not leave empty
  reported  {"date", "days", "where": {...}, "at_most", "told"}: how long before its source a fact
            may lie, and whether the row says how its day is known
  apart     rows alike in all but one column are one fact, unless it is one of these columns
and `quotations` what it says of numbers: in_quotation, reached and figures.
"""

import itertools
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from urllib.parse import urlsplit

from helpers import data
from helpers.data import CONTRACT, Finding, Rule
from helpers.machinery.check import quotations
from helpers.machinery.check.text_dates_and_references import (
    EXCHANGED,
    RIGHT,
    Row,
    Tables,
    after,
    by,
    days,
    each,
    references,
)

LOOK = "Look at the source again"
WHICH = "Look which of the two is right"
OUT_OF_LIMITS = Rule(
    "out-of-limits",
    "no {kind} is outside {least} to {most}",
    f"{LOOK}: thousands, pounds or per cent? What is true widens the limits in {CONTRACT}",
)
NO_LIMITS = Rule(
    "no-limits",
    "nothing says how large {kind} can be",
    f"Look whether {{kind}} is right; a new one gets its `limits` in {CONTRACT}",
)
END_NOT_QUOTED = Rule(
    "end-not-quoted",
    "neither quoted nor a sum of what is, '{words:.60}'",
    f"{LOOK}, or say in `follows` how it follows",
)
CELL_ALONE = Rule("cell-alone", "filled, but {needed} is empty", EXCHANGED)
NAME_OF_ANOTHER_COLUMN = Rule("name-of-another-column", "other rows have it in {other}", EXCHANGED)
NOT_WHOLE = Rule("not-whole", "a fraction of what is counted", f"{LOOK}: the unit")
NOT_LISTED = Rule(
    "not-listed",
    f"not among those that {CONTRACT} lists",
    f"{LOOK}; a new one is added to the list first",
)
BOUND_BROKEN = Rule("bound-broken", "{how}", WHICH)
NO_SUCH_PARTY = Rule(
    "no-such-party",
    "{id} is no {kind}{also} and cannot play this part",
    "Name the {kind}s themselves",
)
PARTY_RULED_OUT = Rule("party-ruled-out", "{id} cannot play this part", LOOK)
ID_OF_ANOTHER_DAY = Rule(
    "id-of-another-day",
    "{how}",
    "Write {day}. If the date was corrected and the id is out already, add it to `but`, which"
    f" stands under `id` of this table in data/{CONTRACT}, with the new date and the reason",
)
ID_OF_ANOTHER_ROW = Rule("id-of-another-row", "the id {id!a} is of another {name}", WHICH)
IDS_APART = Rule(
    "ids-apart", "other rows with {part!a} in their id have {meant!a}", "Look which is right"
)
JUMP = Rule(
    "jump",
    "{was} on {day}, in line {line}: more than {factor} times apart",
    f"{LOOK}; what is true says why in the note, `{{jump}}: …`",
)
NO_JUMP = Rule(
    "no-jump",
    "speaks of a '{jump}' that the rows do not have",
    "Look at both numbers again, or delete the sentence",
)
SHARE_APART = Rule("share-apart", "{part} of {whole} are {share:.3g}", "Mend one of the three")
SUM_APART = Rule("sum-apart", "with line {line} it comes to {sum}, not {to}", "Look at both again")
PARTS_ABOVE = Rule(
    "parts-above", "the parts come to {sum}, the whole in line {line} is {whole}", WHICH
)
REPORTED_LATE = Rule(
    "reported-late",
    "{lag} days before {source} was out, {out}; at most {most} are allowed here",
    "Look at date and source; an earlier fact says so in the note, as `Earlier: the order is of"
    " 2016`",
)
DAY_NOT_TOLD = Rule(
    "day-not-told",
    "the row does not say how the day is known",
    "Name the day in `follows` or the note; where the page names none, write `Day of the page.`",
)
NOT_SAID = Rule("not-said", "nothing in {places} says so, '{words:.60}'", "{fix}")
SAID_OTHERWISE = Rule(
    "said-otherwise", "{place} says '{word}'", f"{LOOK}. {RIGHT.format(form='words')}"
)
NOT_NAMED = Rule(
    "not-named",
    "neither a word of this name nor its initials stand in {id} before the first hyphen or in the"
    " host of {address}",
    f"{EXCHANGED} {RIGHT.format(form='named_in')}",
)
ADDRESS_OF_ANOTHER_DAY = Rule("address-of-another-day", "the address has {day}", WHICH)
ADDRESS_FOR_TITLE = Rule(
    "address-for-title",
    "an address is no title",
    "Write the title as printed; where it was not read, say what the page is, and so in the note",
)
RANGE_WIDE = Rule(
    "range-wide", "{high} is more than {widest} times {low}", f"{LOOK}: the unit of the two ends"
)
TOO_EXACT = Rule(
    "too-exact", "more than {decimals} decimals", f"{LOOK}: is it in the unit of the column?"
)
ORDER_OF_COLUMNS = Rule(
    "order-of-columns",
    f"{{than}} than {{column}}, {{other}}, and {CONTRACT} {{listed}}",
    f"{EXCHANGED} Else {{mend}} the list `but`, which stands under `at_least` of this column in"
    f" data/{CONTRACT}",
)
SAID_TWICE = Rule(
    "said-twice",
    "the same fact as line {line}, but for {column}",
    "One fact is one row: keep one of them",
)
BREAKS_OFF = Rule("breaks-off", "breaks off at {word!a}", "Quote to the end of the phrase")
DATED = re.compile(
    r"(?:^|[/-])((?:19|20)\d\d(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?)(?!\d)"
)  # the first date in an id
SIGNS = re.compile(r"[^a-z0-9]+")
OF_TABLES = (
    "id",
    "series",
    "parts",
    "reported",
    "shown",
    "apart",
    "recalled",
    "agree",
    "one_voice",
)
OF_COLUMNS = (
    "limits",
    "sums",
    "needs",
    "listed",
    "within",
    "parties",
    "words",
    "named_in",
    "dated_by",
    "names",
    "widest",
    "decimals",
    "at_least",
    "reached",
    "written",
    "again",
    "from",
    "alone",
    "marks",
    "figures",
    "not_own",
    "spelled",
    "once",
    "rises",
    "shorter",
    "exactly",
    "lasting",
)
BOUNDS = ("at_most", "not_before", "among")
IN_ADDRESS = re.compile(
    r"/((?:19|20)\d\d)[/-](0[1-9]|1[0-2])(?:[/-](0[1-9]|[12]\d|3[01]))?(?!\d)"
)  # the date in a web address
ADDRESS = re.compile(r"\S+://|www\.|[^\s/]+\.[a-z]{2,}/\S*$", re.IGNORECASE)  # at the beginning
TELLS_A_DAY = re.compile(
    r"\b(day|dated?|dateline|today|yesterday|(mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    r"|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag"
    r"|jan(uary)?|feb(ruary)?|march|april|may|june|july|aug(ust)?|sept(ember)?|oct(ober)?"
    r"|nov(ember)?|dec(ember)?)\b",
    re.IGNORECASE,
)
MOST_PARTS = 10  # numbers of a quotation that are added
BREAKS = frozenset(
    "a an the of on for with and or which who would could should will may might must are was were"
    " been by from at as than into more less not if when while but their its his her our these is"
    " has have had du des et au und von zu mit dem et est ont ist hat".split()
)  # words that no quotation ends in
WEAK = ("the", "and", "news", "air", "force")  # words that many publishers share


def says(row: Row, word: str) -> bool:
    """Whether a row's note has a sentence that begins with a word and a colon: `Jump: retired`."""
    return bool(re.search(rf"(?:^|[.;] ){word}: \S", row.get("note") or ""))


def slug(text: object) -> str:
    """A value as ids write it: without accents, in small letters, parted by hyphens."""
    plain = unicodedata.normalize("NFKD", str(text).lower()).encode("ascii", "ignore").decode()
    return SIGNS.sub("-", plain).strip("-")


def matches(row: Row, where: dict) -> bool:
    """Whether a row holds, in each column, the value or one of the values wanted."""
    return all(
        row.get(name) in (wanted if isinstance(wanted, list) else [wanted])
        for name, wanted in where.items()
    )


def number(value) -> str:
    """A number without the trailing zero of a whole one."""
    return f"{value:,.10g}"


@each
def numbers_are_within_limits(rows: list[Row], schema: dict, tables: Tables) -> Iterator[Finding]:
    """Magnitude by unit, class or kind, as the column's `limits` say."""
    for field in schema["fields"]:
        limits = field.get("limits")
        if not limits:
            continue
        name, setter = field["name"], limits["by"]
        for row in rows:
            if row[name] is not None and row[setter] not in limits:
                yield row.fault(NO_LIMITS, name, kind=row[setter])
                continue
            least, most = limits.get(row[setter], [-math.inf, math.inf])
            if row[name] is not None and not least <= row[name] <= most:
                yield row.fault(
                    OUT_OF_LIMITS, name, kind=row[setter], least=number(least), most=number(most)
                )


@each
def ranges_follow_from_the_quotation(
    rows: list[Row], schema: dict, tables: Tables
) -> Iterator[Finding]:
    """An end of a range is quoted, or a sum of numbers quoted, or the row says how it follows."""
    for field in schema["fields"]:
        name = field["name"]
        for row in rows if field.get("sums") else []:
            if row[name] is None or not row["quoted"] or row["follows"]:
                continue
            quoted = sorted(quotations.numbers(row["quoted"]))[-MOST_PARTS:]
            sums = {
                sum(parts)
                for size in range(1, len(quoted) + 1)
                for parts in itertools.combinations(quoted, size)
            }
            sums |= {2 * value for value in quoted}  # the same number said twice
            if row[name] not in sums:
                yield row.fault(END_NOT_QUOTED, name, words=row["quoted"])


@each
def one_cell_needs_another(rows: list[Row], schema: dict, tables: Tables) -> Iterator[Finding]:
    """A pool stands beside a size, the next nation beside the first: what `needs` says."""
    for field in schema["fields"]:
        form = field.get("needs") or {}
        form = form if isinstance(form, dict) else {"column": form}
        for row in rows if form else []:
            wanted, empty = form["column"], ("", None)
            excused = row[schema["primaryKey"][0]] in form.get("but", [])
            if row[field["name"]] not in empty and row[wanted] in empty and not excused:
                yield row.fault(CELL_ALONE, field["name"], needed=wanted)


@each
def names_stand_in_their_own_column(
    rows: list[Row], schema: dict, tables: Tables
) -> Iterator[Finding]:
    """A name that other rows have in another column, and none in this one, is in the wrong one."""
    names = [field["name"] for field in schema["fields"] if field.get("letters")]
    seen = {name: Counter(row[name] for row in rows if row[name]) for name in names}
    for row, (one, other) in itertools.product(rows, itertools.permutations(names, 2)):
        cell = row[one]
        if cell and seen[one][cell] == 1 and seen[other][cell] > (row[other] == cell):
            yield row.fault(NAME_OF_ANOTHER_COLUMN, one, other=other)


@each
def what_is_counted_is_whole(rows: list[Row], schema: dict, tables: Tables) -> Iterator[Finding]:
    """There is no half of a person or an aircraft, where the contract's `whole` says so."""
    for field in schema["fields"]:
        for row in rows if field.get("whole") else []:
            value = row[field["name"]]
            if value is not None and value % 1 and matches(row, field["whole"]):
                yield row.fault(NOT_WHOLE, field["name"])


@each
def what_is_listed_is_on_the_list(
    rows: list[Row], schema: dict, tables: Tables
) -> Iterator[Finding]:
    """A cell is one of the values that the contract lists; a new one is added there first."""
    for field in schema["fields"]:
        for row in rows:
            if row[field["name"]] and row[field["name"]] not in field.get("listed", row.values()):
                yield row.fault(NOT_LISTED, field["name"])


@each
def bounds_of_other_tables_hold(rows: list[Row], schema: dict, tables: Tables) -> Iterator[Finding]:
    """A number is at most, or a day not before, what other rows allow for the same thing."""
    for field in schema["fields"]:
        for bound in field.get("within", []):
            name = field["name"]
            kind = next(kind for kind in BOUNDS if kind in bound)
            table, column = bound[kind].split(".")
            if table not in tables:
                continue
            others = [row for row in tables[table] if matches(row, bound.get("where", {}))]
            same = bound.get("same", {})
            groups: dict[tuple, list[Row]] = {}
            for other in others:
                groups.setdefault(tuple(other[far] for far in same.values()), []).append(other)
            for row in rows:
                if not row[name] or not matches(row, bound.get("if", {})):
                    continue
                found = groups.get(tuple(row[near] for near in same), [])
                if broken := _broken(kind, row[name], found, column, bound):
                    yield row.fault(BOUND_BROKEN, name, how=broken)


def _broken(kind: str, value, found: list[Row], column: str, bound: dict) -> str | None:
    """What a bound says against a value, in words."""
    what = bound.get("as", f"what data/{bound[kind].split('.')[0]}.csv has")
    if kind == "at_most" and column == "id":
        return f"more than the {len(found)} {what}" if found and value > len(found) else None
    cells = [row[column] for row in found if row[column] not in (None, "")]
    if kind == "among":
        strange = [id for id in str(value).split() if id not in cells]
        return f"{strange[0]} is not among {what}" if strange and cells else None
    if kind == "at_most":
        share = bound.get("share", 1)
        most = max(cells, default=math.inf) * share
        if value <= most:
            return None
        return f"more than {number(most)}, {what}"
    first = min((cell for cell in cells if days(cell)), default="", key=_first)
    return f"before {first}, {what}" if after(first, value) else None


def _first(cell: str) -> date:
    return data.span(cell).first


@each
def parties_can_play_the_part(rows: list[Row], schema: dict, tables: Tables) -> Iterator[Finding]:
    """Only a state is a member; only states and the EU sign: what the column's `parties` say."""
    leads = references(schema)
    for field in schema["fields"]:
        name, wanted = field["name"], field.get("parties")
        if not wanted or name not in leads:
            continue
        table, column = leads[name]
        kinds = {row[column]: row["kind"] for row in tables.get(table, [])}
        for row in rows:
            for id in (row[name] or "").split():
                if kinds.get(id, wanted["kind"]) != wanted["kind"] and id not in wanted.get(
                    "also", []
                ):
                    also = "".join(f" or {other}" for other in wanted.get("also", []))
                    yield row.fault(NO_SUCH_PARTY, name, id=id, kind=wanted["kind"], also=also)
                if id in wanted.get("never", []):
                    yield row.fault(PARTY_RULED_OUT, name, id=id)


@each
def ids_agree_with_their_cells(rows: list[Row], schema: dict, tables: Tables) -> Iterator[Finding]:
    """An id is written from its row: the date, country or fleet in it are those of the cells.

    An id is never changed once published: one whose date was corrected stands under `but`, with the
    date that its row has now and the reason.
    """
    form = schema.get("id")
    if not form:
        return
    key, dated, but = schema["primaryKey"][0], form.get("date"), form.get("but", {})
    unless = form.get("unless", {})
    for row in rows:
        id = row[key]
        another_day = False
        if dated and (told := DATED.search(id)):
            wanted, _, reason = but.get(id, told[1]).partition(": ")
            another_day = wanted != told[1]
            if row[dated] != wanted:
                rule = f"the contract has {wanted or 'none'} for it ({reason})" if reason else None
                yield row.fault(
                    ID_OF_ANOTHER_DAY, dated, how=rule or f"the id has {wanted}", day=wanted
                )
        for name in form.get("holds", []):
            if name in unless and matches(row, unless[name]):
                continue
            value = slug(row[name])
            if value and f"-{value}-" not in f"-{slug(id)}-" and (another_day or id not in but):
                yield row.fault(ID_OF_ANOTHER_ROW, name, id=id, name=name)
    for part, names in form.get("sets", {}).items():
        groups: dict[str, list[Row]] = {}
        for row in rows:
            parts = row[key].split("/")
            if len(parts) >= int(part):
                groups.setdefault(parts[int(part) - 1], []).append(row)
        for (start, group), name in itertools.product(groups.items(), names):
            values = [row[name] for row in group]
            meant = max(sorted(set(values), key=str), key=values.count)
            for row in group:
                if row[name] != meant:
                    yield row.fault(IDS_APART, name, part=start, meant=str(meant))


@each
def jumps_have_a_reason(rows: list[Row], schema: dict, tables: Tables) -> Iterator[Finding]:
    """A number far from the one before it, of the same thing, says so with both and why in its
    note: `Jump from 6 to 0: retired`.
    """
    jumps: dict[str, set[str]] = {}
    key = schema["primaryKey"][0]
    for series in schema.get("series", []):
        chosen = [row for row in rows if matches(row, series.get("where", {}))]
        name, slack = series["value"], series.get("slack", 0)
        factors = series["factor"]
        for group in _groups(chosen, series["same"]):
            group = [row for row in group if row[name] is not None]
            if not all(days(str(row[series["along"]])) for row in group):
                continue
            group.sort(key=lambda row: data.span(str(row[series["along"]])).last)
            for one, other in itertools.pairwise(group):
                factor = (
                    factors
                    if isinstance(factors, (int, float))
                    else factors[
                        "else" if other[factors["by"]] not in factors else other[factors["by"]]
                    ]
                )
                small, large = sorted((one[name], other[name]))
                if large - small <= slack or large <= small * factor:
                    continue
                jump = f"Jump from {number(one[name])} to {number(other[name])}"
                jumps.setdefault(other[key], set()).add(jump)
                if says(other, re.escape(jump)):
                    continue
                yield other.fault(
                    JUMP,
                    name,
                    was=number(one[name]),
                    day=one[series["along"]],
                    line=one.line,
                    factor=number(factor),
                    jump=jump,
                )

    for row in rows if schema.get("series") else []:
        for jump in re.findall(r"Jump from \S+ to [^\s:]+", row.get("note") or ""):
            if jump not in jumps.get(row[key], ()):
                yield row.fault(NO_JUMP, "note", jump=jump)


def _groups(rows: list[Row], names: list[str]) -> list[list[Row]]:
    return list(by(rows, *names).values()) if names else [rows]


@each
def parts_add_up(rows: list[Row], schema: dict, tables: Tables) -> Iterator[Finding]:
    """A share is its part over part and rest; shares of one whole come to it; parts of a whole are
    no more than it.
    """
    for rule in schema.get("parts", []):
        if "share" in rule:
            yield from _quotients(rows, rule)
        elif "sum" in rule:
            yield from _sums(rows, rule)
        else:
            yield from _parts(rows, rule)


def _quotients(rows: list[Row], rule: dict) -> Iterator[Finding]:
    for row in rows:
        share, part, rest = (row[rule[name]] for name in ("share", "of", "rest"))
        if None in (share, part, rest) or part + rest == 0:
            continue
        if abs(share - part / (part + rest)) > 0.006:
            yield row.fault(
                SHARE_APART,
                rule["share"],
                part=number(part),
                whole=number(part + rest),
                share=part / (part + rest),
            )


def _sums(rows: list[Row], rule: dict) -> Iterator[Finding]:
    chosen = [row for row in rows if matches(row, rule.get("where", {}))]
    for group in _groups(chosen, rule["same"]):
        values = [row[rule["sum"]] for row in group]
        if len(values) > 1 and None not in values and abs(sum(values) - rule["to"]) > 0.011:
            yield group[-1].fault(
                SUM_APART, rule["sum"], line=group[0].line, sum=number(sum(values)), to=rule["to"]
            )


def _parts(rows: list[Row], rule: dict) -> Iterator[Finding]:
    for group in _groups(rows, rule["same"]):
        wholes = [row for row in group if matches(row, rule["whole"])]
        most = [_largest(row, rule["most"]) for row in wholes]
        parts = [row for row in group if matches(row, rule["each"])]
        known = [
            next((row[name] for name in rule["least"] if row[name] is not None), 0) for row in parts
        ]
        if most and None not in most and sum(known) > max(most):
            yield parts[-1].fault(
                PARTS_ABOVE,
                rule["least"][0],
                sum=number(sum(known)),
                line=wholes[0].line,
                whole=number(max(most)),
            )


def _largest(row: Row, names: list[str]):
    return next((row[name] for name in names if row[name] is not None), None)


@each
def facts_are_reported_in_time(rows: list[Row], schema: dict, tables: Tables) -> Iterator[Finding]:
    """A row counts from its date, so its source must have been out by then, but for the days that
    `reported` allows; an earlier fact says that it is one: in a declared column, or in the note as
    `Earlier: …`.
    """
    form = schema.get("reported")
    if not form:
        return
    published = {row["source_id"]: row["published"] for row in tables.get("sources", [])}
    for row in rows:
        lag = behind(row, form, published)
        if lag is None or says(row, "Earlier"):
            continue
        told = any(row.get(name) in wanted for name, wanted in form.get("where", {}).items())
        most = form.get("at_most", math.inf) if told else form["days"]
        if lag > most:
            yield row.fault(
                REPORTED_LATE,
                form["date"],
                lag=lag,
                source=row["source_id"],
                out=published[row["source_id"]],
                most=most,
            )


def behind(row: Row, form: dict, published: dict[str, str]) -> int | None:
    """How many days at least lie between a row's date and its source; None where unknown."""
    fact, out = days(row[form["date"]]), days(published.get(row["source_id"], ""))
    return (out.first - fact.last) // timedelta(days=1) if fact and out else None


@each
def a_day_is_told(rows: list[Row], schema: dict, tables: Tables) -> Iterator[Finding]:
    """Words are dated by the day on which they were said, a page by the day on which it came out:
    a row says which it has, unless its source is an official text of that day.
    """
    form = schema.get("reported")
    if not form or not form.get("told"):
        return
    sources = {row["source_id"]: row for row in tables.get("sources", [])}
    for row in rows:
        source = sources.get(row["source_id"])
        if source and source["kind"] == "official" and source["published"] == row[form["date"]]:
            continue
        if not TELLS_A_DAY.search(
            " ".join(row[name] or "" for name in ("follows", "note", "quoted"))
        ):
            yield row.fault(DAY_NOT_TOLD, form["date"])


@each
def what_is_said_stands_in_the_quotation(
    rows: list[Row], schema: dict, tables: Tables
) -> Iterator[Finding]:
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
def names_stand_in_ids_or_addresses(
    rows: list[Row], schema: dict, tables: Tables
) -> Iterator[Finding]:
    """A publisher is named in its source's id or address: by a word of its name or its initials."""
    for field in schema["fields"]:
        form = field.get("named_in")
        if not form:
            continue
        name, key = field["name"], schema["primaryKey"][0]
        for row in rows:
            id, address = row[form["id"]] or "", row[form["address"]] or ""
            place = id.split("-")[0] + (urlsplit(address).hostname or "")
            if row[name] and row[key] not in form["but"] and not _named(row[name], place):
                yield row.fault(NOT_NAMED, name, id=form["id"], address=form["address"])


def _named(name: str, place: str) -> bool:
    """Whether a word of a name, or its initials, stand in an id and host."""
    place = slug(place).replace("-", "")
    words = slug(name).split("-")
    initials = "".join(word[:1] for word in words)
    short = "".join(word[:1] for word in words if word not in ("of", "the", "and", "for"))
    return (
        "".join(words) in place
        or any(len(word) >= 3 and word not in WEAK and word in place for word in words)
        or any(len(letters) >= 2 and letters in place for letters in (initials, short))
    )


@each
def dates_agree_with_addresses(rows: list[Row], schema: dict, tables: Tables) -> Iterator[Finding]:
    """A date that stands in a web address is the one in the cell."""
    for field in schema["fields"]:
        if not (address := field.get("dated_by")):
            continue
        for row in rows:
            told = IN_ADDRESS.search(row[address])
            there = "-".join(part for part in told.groups() if part) if told else ""
            cell = row[field["name"]]
            if there and cell and not there.startswith(cell) and not cell.startswith(there):
                yield row.fault(ADDRESS_OF_ANOTHER_DAY, field["name"], day=there)


@each
def titles_are_no_addresses(rows: list[Row], schema: dict, tables: Tables) -> Iterator[Finding]:
    """A page is named by its title or in plain words, never by an address or a host."""
    for field in schema["fields"]:
        if not (address := field.get("names")):
            continue
        for row in rows:
            title, host = row[field["name"]] or "", urlsplit(row[address] or "").hostname
            if ADDRESS.match(title) or title.lower().removeprefix("www.") == _bare(host):
                yield row.fault(ADDRESS_FOR_TITLE, field["name"])


def _bare(host: str | None) -> str | None:
    """A host without its www; None where there is none."""
    return host.removeprefix("www.") if host else None


@each
def quotations_do_not_break_off(rows: list[Row], schema: dict, tables: Tables) -> Iterator[Finding]:
    """Words quoted do not end in one that asks for another: what follows may be the qualifier."""
    if "quoted" not in [field["name"] for field in schema["fields"]]:
        return
    for row in rows:
        words = (row["quoted"] or "").split()
        if len(words) > 1 and words[-1].lower() in BREAKS:
            yield row.fault(BREAKS_OFF, "quoted", word=words[-1])


@each
def ranges_are_not_too_wide(rows: list[Row], schema: dict, tables: Tables) -> Iterator[Finding]:
    """Two ends of a range are of one unit, so neither is many times the other."""
    for field in schema["fields"]:
        for row in rows if field.get("widest") else []:
            low, high = row[field["name"]], row["high"]
            if low and high and high > low * field["widest"]:
                yield row.fault(
                    RANGE_WIDE,
                    field["name"],
                    low=number(low),
                    high=number(high),
                    widest=field["widest"],
                )


@each
def numbers_are_not_too_exact(rows: list[Row], schema: dict, tables: Tables) -> Iterator[Finding]:
    """A coordinate is written to so many decimals."""
    for field in schema["fields"]:
        for row in rows if "decimals" in field else []:
            value = row[field["name"]]
            if value is not None and round(value, field["decimals"]) != value:
                yield row.fault(TOO_EXACT, field["name"], decimals=field["decimals"])


@each
def columns_are_in_their_order(rows: list[Row], schema: dict, tables: Tables) -> Iterator[Finding]:
    """More stand in service than on order, but where the contract lists the row: what is exchanged
    breaks one or the other.
    """
    key = schema["primaryKey"][0]
    for field in schema["fields"]:
        form = field.get("at_least")
        for row in rows if form else []:
            own, other = row[field["name"]], row[form["column"]]
            listed = row[key] in form["but"]
            if own is None or other is None or (own < other) == listed:
                continue
            yield row.fault(
                ORDER_OF_COLUMNS,
                field["name"],
                than="no less" if listed else "less",
                column=form["column"],
                other=number(other),
                listed="lists it as less" if listed else "does not list the row",
                mend="take the id out of" if listed else "add the id to",
            )


@each
def a_fact_is_said_once(rows: list[Row], schema: dict, tables: Tables) -> Iterator[Finding]:
    """Two rows alike in all but id, note and one column more are one fact, be it a word, a number
    or a day that differs; a column named in `apart`, such as the country, makes two of them.
    """
    if "apart" not in schema:
        return
    key = schema["primaryKey"][0]
    names = [field["name"] for field in schema["fields"] if field["name"] not in (key, "note")]
    told = set()
    for left in (name for name in ["", *names] if name not in schema["apart"]):
        seen: dict[tuple, Row] = {}
        for row in rows:
            first = seen.setdefault(tuple(row[name] for name in names if name != left), row)
            if first is not row and row.line not in told:
                told.add(row.line)
                yield row.fault(SAID_TWICE, left or key, line=first.line, column=left or "the id")


def unknown_columns(schemas: dict[str, dict]) -> list[str]:
    """Columns that these declarations name and no table has."""
    known = {name: {field["name"] for field in of["fields"]} for name, of in schemas.items()}
    faults = []
    for table, schema in schemas.items():
        named: list[str] = []
        for field in schema["fields"]:
            if limits := field.get("limits"):
                named.append(limits["by"])
            if needs := field.get("needs"):
                named.append(needs["column"] if isinstance(needs, dict) else needs)
            if form := field.get("named_in"):
                named += [form["id"], form["address"]]
            if "widest" in field:
                named.append("high")
            named += [field[name]["column"] for name in ("at_least", "from") if name in field]
            named += [field["alone"]["other"]] if "alone" in field else []
            named += [*field.get("spelled", {}).get("in", []), *filter(None, [field.get("rises")])]
            named += [field["shorter"]["than"]] if "shorter" in field else []
            named += [field["not_own"]["source"]] if "not_own" in field else []
            for bound in field.get("within", []):
                far, column = next(bound[kind] for kind in BOUNDS if kind in bound).split(".")
                distant = [column, *bound.get("where", {}), *bound.get("same", {}).values()]
                if far in known:
                    faults += [
                        f"{table}.{field['name']} names {far}.{name}, which is no column"
                        for name in distant
                        if name not in known[far]
                    ]
                named += [*bound.get("same", {}), *bound.get("if", {})]
        form = schema.get("id", {})
        named += [*([form["date"]] if "date" in form else []), *form.get("holds", [])]
        named += itertools.chain.from_iterable(form.get("sets", {}).values())
        named += itertools.chain.from_iterable(form.get("unless", {}).values())
        for series in schema.get("series", []):
            named += [*series["same"], series["along"], series["value"], *series.get("where", {})]
        if "newest" in schema:
            named += [*schema["newest"]["same"], schema["newest"]["along"]]
        for rule in schema.get("parts", []):
            named += [rule[name] for name in ("share", "of", "rest", "sum") if name in rule]
            named += [*rule.get("same", []), *rule.get("each", {}), *rule.get("whole", {})]
            named += [*rule.get("least", []), *rule.get("most", []), *rule.get("where", {})]
        for form in schema.get("shown", []):
            named += [*form["where"], *form["columns"], *form.get("unless", {})]
        named += [*schema.get("apart", []), *schema.get("one_voice", {}).get("columns", [])]
        for rule in schema.get("agree", []):
            named += [*rule["if"], *rule.get("then", {}), *rule.get("filled", [])]
        if "reported" in schema:
            named += [schema["reported"]["date"], *schema["reported"].get("where", {})]
        faults += [
            f"{table} names {table}.{name}, which is no column"
            for name in named
            if name not in known[table]
        ]
    return faults
