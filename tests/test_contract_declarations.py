"""Every rule that the contract declares is broken once: what never fires guards nothing.

Each declaration of datapackage.json is tried by itself, all others taken out of the contract, on a
row of today with the cells spoilt that break it.
"""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from helpers import data
from helpers.machinery.check import (
    bounds_of_other_tables,
    contradictions,
    days_of_reports,
    declarations_known,
    every_check,
    exchanged_or_mistyped_cells,
    filled_listed_and_parties,
    ids_names_and_addresses,
    jumps_and_sums,
    limits_of_single_numbers,
    lookalike_letters,
    one_fact_said_twice,
    quotations,
    rule_book,
    text_dates_and_references,
    words_of_the_quotation,
)
from helpers.machinery.check.rule_book import Row, Tables

FAR = 10**12  # larger than anything that is counted
DESCRIBE = {  # what says something of a column or table, and forbids nothing by itself
    "name", "type", "description", "example", "unit", "observation", "planned", "also", "fields",
    "missingValues", "newest",
}  # fmt: skip
WRITTEN = {  # by form: a text as wanted, a text that is not
    "sentences": ("Word", "it begins small."),
    "stopped": ("word", "it has no stop"),
    "reckoned": ("word", "It begins large."),
    "large": ("Word", "it begins small"),
    "small": ("word", "It begins large"),
    "answer": ("Yes:", "Word"),
    "open": ("word", "It has a stop."),
    "name": ("word", "2025"),
    "place": ("page", "nowhere at all"),
}
LACKED = {
    "shares": "a half of",
    "figures": "5 |",
    "lists": "one; two",
    "ids": "one-2025",
}  # by what a text lacks


@dataclass(frozen=True)
class Case:
    """Rows that break a rule: the last of them, in this column, by the rule of this code."""

    code: str
    rows: list[Row]
    function: Callable


@dataclass(frozen=True)
class Place:
    """Where a declaration stands: a table with its rows, and a column unless it is the table's."""

    table: str
    schema: dict
    tables: Tables
    column: str = ""

    def row(self, /, *but: str, **cells_of_row: Any) -> Row:
        """The first row that is not among some, with other cells."""
        key = data.key(self.table)
        first = next(row for row in self.tables[self.table] if row[key] not in but)
        return spoilt(first, **cells_of_row)

    def of(self, id: str, **cells_of_row: Any) -> Row:
        """A certain row with other cells."""
        key = data.key(self.table)
        found = next(row for row in self.tables[self.table] if row[key] == id)
        return spoilt(found, **cells_of_row)

    def texts(self, **given: str) -> dict[str, str]:
        """No words in any column that may hold a number's, but in those given."""
        return {
            name: "" for name in exchanged_or_mistyped_cells.TEXTS if name != self.column
        } | given


def spoilt(row: Row, **cells_of_row: Any) -> Row:
    known = {name: cell for name, cell in cells_of_row.items() if name in row}
    return Row(row.table, dict(row) | known | {"line": row.line})


def first(values: Any) -> Any:
    return values[0] if isinstance(values, list) else values


def where(form: dict, name: str = "where") -> dict:
    """Cells for which a declaration asks."""
    return {column: first(values) for column, values in form.get(name, {}).items()}


# columns: each yields the cases that break a declaration


def limits(at: Place, form: dict) -> Iterator[Case]:
    function, by = limits_of_single_numbers.numbers_are_within_limits, form["by"]
    for value, (least, most) in ((v, of) for v, of in form.items() if v != "by"):
        for number in (least - 1, most + 1):
            yield Case("out-of-limits", [at.row(**{by: value, at.column: number})], function)
    yield Case("no-limits", [at.row(**{by: "zz", at.column: 1})], function)


def whole(at: Place, form: dict) -> Iterator[Case]:
    for own in [{c: value} for c, values in form.items() for value in values] or [{}]:
        row = at.row(**own | {at.column: 2.5})
        yield Case("not-whole", [row], limits_of_single_numbers.what_is_counted_is_whole)


def sums(at: Place, form: bool) -> Iterator[Case]:
    row = at.row(**at.texts(quoted="7 and 8"), **{at.column: 9})
    yield Case("end-not-quoted", [row], limits_of_single_numbers.ranges_follow_from_the_quotation)


def needs(at: Place, form: dict | str) -> Iterator[Case]:
    form = form if isinstance(form, dict) else {"column": form}
    row = at.row(*form.get("but", []), **{at.column: "1", form["column"]: ""})
    yield Case("cell-alone", [row], filled_listed_and_parties.one_cell_needs_another)


def listed(at: Place, form: list) -> Iterator[Case]:
    row = at.row(**{at.column: "zz"})
    yield Case("not-listed", [row], filled_listed_and_parties.what_is_listed_is_on_the_list)


def within(at: Place, form: list) -> Iterator[Case]:
    for bound in form:
        kind = next(kind for kind in bounds_of_other_tables.BOUNDS if kind in bound)
        value = {"at_most": FAR, "not_before": "1901", "among": "zz"}[kind]
        table, _ = bound[kind].split(".")
        far = next(row for row in at.tables[table] if rule_book.matches(row, where(bound)))
        same = {near: far[distant] for near, distant in bound.get("same", {}).items()}
        row = at.row(**{at.column: value} | where(bound, "if") | same)
        yield Case("bound-broken", [row], bounds_of_other_tables.bounds_of_other_tables_hold)


def parties(at: Place, form: dict) -> Iterator[Case]:
    function, also = filled_listed_and_parties.parties_can_play_the_part, form.get("also", [])
    others = [
        row["id"]
        for row in at.tables["countries"]
        if row["kind"] != form["kind"] and row["id"] not in also
    ]
    for other in others:
        yield Case("no-such-party", [at.row(**{at.column: other})], function)
    for id in form.get("never", []):
        yield Case("party-ruled-out", [at.row(**{at.column: id})], function)


def must_hold(at: Place, form: dict) -> Iterator[Case]:
    for value, ids in ((v, of) for v, of in form.items() if v != "by"):
        for id in ids:
            others = " ".join(other for other in ids if other != id)
            row = at.row(**{form["by"]: value, at.column: others})
            yield Case("left-out", [row], filled_listed_and_parties.lists_hold_whom_the_row_names)


def told_in(at: Place, form: dict) -> Iterator[Case]:
    function = filled_listed_and_parties.lists_hold_whom_the_row_names
    row = at.row(*form["but"], **{form["column"]: "Norway and Chad meet", at.column: "TCD"})
    yield Case("left-out", [row], function)
    for id in form["but"]:
        alone = by_itself(at.table, at.column, "told_in", form)
        assert list(function([spoilt(at.of(id), id="zz")], alone, at.tables)), (
            f"{id} needs no excuse"
        )


def alike(at: Place, form: dict) -> Iterator[Case]:
    for family in form["families"]:
        values = [*family["own"], *family["also"]]
        whole = [at.row(**{form["by"]: value, at.column: "one; two"}) for value in values]
        for place in range(len(values)):
            rows = whole.copy()
            rows[place] = spoilt(rows[place], **{at.column: "one"})
            yield Case("not-alike", rows, filled_listed_and_parties.families_are_whole)


def witness(at: Place, form: list) -> Iterator[Case]:
    for one in form:
        cells = where(one, "if") | {one["from"]: "1901-01-01", one["to"]: "1901-02"}
        yield Case(
            "no-witness", [at.row(**cells)], bounds_of_other_tables.outcomes_have_their_witness
        )


def words(at: Place, form: dict) -> Iterator[Case]:
    function, places = (
        words_of_the_quotation.what_is_said_stands_in_the_quotation,
        form.get("in", []),
    )
    places, but = places or ["quoted", "follows"], form.get("but", [])
    empty = dict.fromkeys([*places, form.get("not_in", places[0])], "")
    for value in form["say"]:
        row = at.row(*but, **empty | {at.column: value, places[0]: "zz"})
        yield Case("not-said", [row], function)
    for value, denied in form.get("not", {}).items():
        said = " ".join(form["say"].get(value, []))
        for word in denied:
            own = form.get("not_in", places[0])
            row = at.row(*but, **empty | {at.column: value, places[0]: said} | {own: word + said})
            yield Case("said-otherwise", [row], function)


def named_in(at: Place, form: dict) -> Iterator[Case]:
    function = ids_names_and_addresses.names_stand_in_ids_or_addresses
    yield Case("not-named", [at.row(**{at.column: "Qqqq Zzzz"})], function)
    told = {form["id"]: "qqqq-zzzz-1", at.column: "Qqqq", form["than"]: "Qqqq, as told by Zzzz"}
    yield Case("named-less", [at.row(**told)], function)
    for name, beginnings in form["as"].items():
        row = at.row(**{at.column: name, form["id"]: "xx-1", form["address"]: ""})
        known = spoilt(row, **{form["id"]: f"{beginnings[0]}-1"})
        assert not list(function([known], by_itself(at.table, at.column, "named_in", form), {}))
        yield Case("not-named", [row], function)


def in_id(at: Place, form: bool) -> Iterator[Case]:
    key = data.key(at.table)
    for id, name in (("zz/one-delta-7", "One Delta 8"), ("zz/abo", "A Board of Queries")):
        row = at.row(**{key: id, at.column: name})
        function = ids_names_and_addresses.ids_have_the_names_of_their_rows
        yield Case("name-of-another-id", [row], function)


def day_in(at: Place, form: dict) -> Iterator[Case]:
    row = at.row(*form["but"], **{at.column: "2025-03-14"} | dict.fromkeys(form["in"], "in 2025"))
    yield Case("day-in-no-words", [row], days_of_reports.days_stand_in_the_words)


def dated_by(at: Place, form: str) -> Iterator[Case]:
    row = at.row(**{form: "https://a.example/1999/01/02/x", at.column: "2001-01"})
    yield Case("address-of-another-day", [row], ids_names_and_addresses.dates_agree_with_addresses)


def names(at: Place, form: str) -> Iterator[Case]:
    row = at.row(**{at.column: "https://a.example/page"})
    yield Case("address-for-title", [row], ids_names_and_addresses.titles_are_no_addresses)


def widest(at: Place, form: float) -> Iterator[Case]:
    row = at.row(**{at.column: 1, "high": form + 1})
    yield Case("range-wide", [row], limits_of_single_numbers.ranges_are_not_too_wide)


def decimals(at: Place, form: int) -> Iterator[Case]:
    row = at.row(**{at.column: 1 + 10 ** -(form + 1)})
    yield Case("too-exact", [row], limits_of_single_numbers.numbers_are_not_too_exact)


def at_least(at: Place, form: dict) -> Iterator[Case]:
    function, other = limits_of_single_numbers.columns_are_in_their_order, form["column"]
    yield Case("order-of-columns", [at.row(*form["but"], **{at.column: 1, other: 2})], function)
    for id in form["but"]:
        yield Case("order-of-columns", [at.of(id, **{at.column: 2, other: 1})], function)


def reached(at: Place, form: dict) -> Iterator[Case]:
    row = at.row(*form["but"], quoted="7", follows="8.", **{at.column: 123_457})
    yield Case("does-not-follow", [row], quotations.what_follows_can_be_reckoned)


def in_quotation(at: Place, form: bool | str) -> Iterator[Case]:
    row = at.row(quoted="seven", follows="", **{at.column: 9})
    yield Case("quotation-lacks-value", [row], quotations.quotations_hold_the_value)


def figures(at: Place, form: dict) -> Iterator[Case]:
    number = int("9" * (form["most"] + 1))
    row = at.row(*form["but"], **at.texts(), **{at.column: number})
    yield Case("too-many-figures", [row], quotations.what_nobody_quotes_is_round)


def again(at: Place, form: dict) -> Iterator[Case]:
    function = exchanged_or_mistyped_cells.numbers_without_words_are_entered_twice
    new = spoilt(at.row(), **at.texts(), **{at.column: 987_654, data.key(at.table): "zz"})
    yield Case("not-entered-twice", [new], function)
    for id, value in form.items():
        yield Case("not-entered-twice", [at.of(id, **{at.column: value + 1})], function)
        yield Case("entered-without-number", [at.of(id, **{at.column: None})], function)


def alone(at: Place, form: dict) -> Iterator[Case]:
    function, other = exchanged_or_mistyped_cells.one_end_alone_is_told, form["other"]
    row = at.row(*form["but"], **at.texts(), **{at.column: 5, other: None})
    yield Case("end-alone", [row], function)
    far = at.texts(quoted="more than up to the six of the five, or five over a year, up to now")
    yield Case("end-alone", [spoilt(row, **far)], function)
    wrong = {"low": "up to 5", "high": "more than 5"}[form["end"]]
    yield Case("end-alone", [spoilt(row, quoted=wrong)], function)
    for id in form["but"]:
        yield Case("excused", [at.of(id, **{other: 10**6})], function)
        yield Case("excused", [at.of(id, **{at.column: None})], function)


def exact(at: Place, form: dict) -> Iterator[Case]:
    function = exchanged_or_mistyped_cells.a_value_is_no_end
    bare = at.texts() | {form["low"]: None, form["high"]: None, at.column: 5}
    for said in ("up to 5", "at least five", "5 or more", "nearly 5", "not more than 5"):
        yield Case("end-as-value", [at.row(*form["but"], **bare | {"quoted": said})], function)
    for id in form["but"]:
        yield Case("excused", [at.of(id, **{at.column: None})], function)


def each_of(at: Place, form: dict) -> Iterator[Case]:
    known = form["also"][0]
    row = at.row(**{at.column: form["parted"].join([known, "zz"])})
    yield Case("none-of-these", [row], exchanged_or_mistyped_cells.parts_are_among_those_known)


def unlike(at: Place, form: str) -> Iterator[Case]:
    row = at.row(**{at.column: "zz", form: "zz"})
    yield Case("the-same", [row], exchanged_or_mistyped_cells.what_follows_is_another)


def from_rows(at: Place, form: dict) -> Iterator[Case]:
    id = at.tables[form["of"]][0]["id"]
    row = at.row(**{form["column"]: id, at.column: "zz"})
    yield Case(
        "source-of-none", [row], exchanged_or_mistyped_cells.sources_are_those_of_the_rows_named
    )


def spelled(at: Place, form: dict) -> Iterator[Case]:
    row = at.row(*form["but"], **{at.column: "zz"} | dict.fromkeys(form["in"], ""))
    yield Case("not-spelled", [row], exchanged_or_mistyped_cells.names_are_spelled_in_the_words)


def once(at: Place, form: bool) -> Iterator[Case]:
    row = at.row(**{at.column: "zz qq"})
    function = exchanged_or_mistyped_cells.what_is_once_stands_in_one_row
    yield Case("stands-in-two-rows", [row, spoilt(row, **{at.column: "qq"})], function)


def rises(at: Place, form: str) -> Iterator[Case]:
    rows = [at.row(**{at.column: 1, form: "5"}), at.row(**{at.column: 2, form: "4"})]
    yield Case("falls", rows, exchanged_or_mistyped_cells.columns_rise_together)


def shorter(at: Place, form: dict) -> Iterator[Case]:
    function = exchanged_or_mistyped_cells.texts_are_in_their_order
    row = at.row(*form["but"], **{at.column: "zz", form["than"]: "zz"})
    yield Case("lengths", [row], function)
    for one in form["but"]:
        row = at.of(one, **{at.column: "z", form["than"]: "zz"})
        yield Case("lengths", [row], function)


def exactly(at: Place, form: dict) -> Iterator[Case]:
    function = exchanged_or_mistyped_cells.rare_values_are_entered_twice
    for value, ids in form.items():
        yield Case("not-exactly", [at.row(*ids, **{at.column: value})], function)
        yield Case("not-exactly", [at.of(ids[0], **{at.column: ""})], function)


def marks(at: Place, form: dict) -> Iterator[Case]:
    for source, mark in form.items():
        for id, locator in ((source, "page 1"), ("zz", f"page 1 of {mark}")):
            row = at.row(**{at.column: id, "locator": locator})
            function = exchanged_or_mistyped_cells.locators_have_the_marks_of_their_source
            yield Case("mark-of-another", [row], function)


def written(at: Place, form: dict) -> Iterator[Case]:
    function, (right, wrong) = (
        exchanged_or_mistyped_cells.texts_are_written_as_their_column,
        WRITTEN[form["as"]],
    )
    yield Case("otherwise-written", [at.row(**{at.column: wrong})], function)
    for lacked in form.get("lacks", []):
        text = f"{right} word {LACKED[lacked]} word"
        yield Case("names-what-it-lacks", [at.row(**{at.column: text})], function)
    for count in {n for least, most in [form.get("words", (1, 0))] for n in (least - 1, most + 1)}:
        if count > 1 or (count == 1 and "words" in form):
            text = " ".join([right, *["word"] * (count - 1)])
            text += "." * (form["as"] in ("sentences", "stopped", "reckoned"))
            yield Case("too-few-or-many-words", [at.row(**{at.column: text})], function)


def latin(at: Place, form: str) -> Iterator[Case]:
    row = at.row(**{at.column: "\u0421"})
    yield Case("foreign-letter", [row], lookalike_letters.words_are_of_one_alphabet)


def set_by(at: Place, form: str) -> Iterator[Case]:
    one = at.row()
    rows = [one, one, spoilt(one, **{at.column: "zz"})]
    yield Case(
        "set-by-another", rows, text_dates_and_references.what_another_column_sets_is_the_same
    )


def not_before(at: Place, form: str) -> Iterator[Case]:
    row = at.row(**{form: "2020-01-01", at.column: "2019-12-31"})
    yield Case("date-order", [row], text_dates_and_references.dates_are_real_and_in_order)


def inputs(at: Place, form: bool) -> Iterator[Case]:
    row = at.row(verification="derived", **{at.column: ""})
    yield Case(
        "derived-without-inputs", [row], text_dates_and_references.derived_rows_name_their_inputs
    )


def list_of(at: Place, form: str) -> Iterator[Case]:
    yield Case(
        "ids-twice",
        [at.row(**{at.column: "zz zz"})],
        text_dates_and_references.references_lead_to_rows,
    )
    yield Case(
        "no-such-row",
        [at.row(**{at.column: "zz"})],
        text_dates_and_references.references_lead_to_rows,
    )


def symbol_of(at: Place, form: str) -> Iterator[Case]:
    yield Case(
        "symbol-unknown",
        [at.row(**{at.column: "zz"})],
        text_dates_and_references.symbols_are_taken_by_models,
    )


def web_address(at: Place, form: str) -> Iterator[Case]:
    row = at.row(**{at.column: "ftp://a.example/"})
    yield Case("address-scheme", [row], text_dates_and_references.addresses_are_for_the_web)


def constraints(at: Place, form: dict) -> Iterator[Case]:
    bounds = {
        "required": ("cell-required", lambda _: "" if at.row()[at.column] == "" else None),
        "enum": ("not-allowed", lambda _: "zz"),
        "pattern": ("wrong-form", lambda _: "¿"),
        "minimum": ("out-of-bounds", lambda least: least - 1),
        "maximum": ("out-of-bounds", lambda most: most + 1),
        "minLength": ("out-of-bounds", lambda least: "x" * (least - 1)),
        "maxLength": ("out-of-bounds", lambda most: "x" * (most + 1)),
    }
    for name, limit in form.items():
        code, value = bounds[name]
        yield Case(code, [at.row(**{at.column: value(limit)})], frictionless)


def frictionless(rows: list[Row], schema: dict, tables: Tables) -> Iterator[data.Finding]:
    """What frictionless says of the column tried, and of one beside it: else a row is blank."""
    rows = [Row(row.table, dict(row) | {"x": "x", "line": row.line}) for row in rows]
    return every_check.frictionless_faults(rows, schema)


def not_own(at: Place, form: dict) -> Iterator[Case]:
    source = at.tables["sources"][0]
    row = at.row(
        *form["but"],
        **{form["source"]: source["source_id"], at.column: f"{source['publisher']} of the day"},
    )
    yield Case("borne-out-by-itself", [row], contradictions.nobody_bears_himself_out)


# tables


def agree(at: Place, form: list) -> Iterator[Case]:
    function = contradictions.cells_of_a_row_agree
    for rule in form:
        wrong = dict.fromkeys(rule.get("then", {}), "zz")
        wrong |= dict.fromkeys(rule.get("filled", []), "")
        for (column, values), (other, cell) in itertools.product(rule["if"].items(), wrong.items()):
            for value in values if isinstance(values, list) else [values]:
                row = at.row(**where(rule, "if") | {column: value, other: cell})
                yield Case("cells-disagree", [row], function)


def id(at: Place, form: dict) -> Iterator[Case]:
    function, key, but = (
        ids_names_and_addresses.ids_agree_with_their_cells,
        data.key(at.table),
        form.get("but", {}),
    )
    if "date" in form:
        dated = [
            r[key] for r in at.tables[at.table] if ids_names_and_addresses.DATED.search(r[key])
        ]
        for one in [next(name for name in dated if name not in but), *but]:
            yield Case("id-of-another-day", [at.of(one, **{form["date"]: "1950"})], function)
    for name in form.get("holds", []):
        other = dict.fromkeys(form.get("unless", {}).get(name, ()), "zz") | {name: "qq"}
        yield Case("id-of-another-row", [at.row(*but, **other)], function)
    for column in itertools.chain.from_iterable(form.get("sets", {}).values()):
        one = at.row()
        yield Case("ids-apart", [one, one, spoilt(one, **{column: "qq"})], function)


def series(at: Place, form: list) -> Iterator[Case]:
    function = jumps_and_sums.jumps_have_a_reason
    for one in form:
        factors, cells_of_row = one["factor"], where(one)
        ways: list[tuple[dict, float]] = [({}, factors)]
        if isinstance(factors, dict):
            ways = [({factors["by"]: v}, n) for v, n in factors.items() if v != "by"]
        for own, factor in ways:
            before = at.row(**cells_of_row | own | {one["along"]: "2001", one["value"]: 10})
            large = 10 * factor + one.get("slack", 0) + 1
            rows = [before, spoilt(before, **{one["along"]: "2002", one["value"]: large})]
            yield Case("jump", rows, function)
    yield Case("no-jump", [at.row(note="Jump from 1 to 2: more.")], function)


def parts(at: Place, form: list) -> Iterator[Case]:
    function = jumps_and_sums.parts_add_up
    for rule in form:
        if "share" in rule:
            row = at.row(**{rule["share"]: 0.2, rule["of"]: 5, rule["rest"]: 5})
            yield Case("share-apart", [row], function)
        elif "sum" in rule:
            row = at.row(**where(rule) | {rule["sum"]: 0.9 * rule["to"]})
            yield Case("sum-apart", [row, row], function)
        else:
            most, least = rule["most"][0], rule["least"][0]
            total = at.row(**where(rule, "whole") | {most: 10, least: 10})
            part = spoilt(total, **where(rule, "each") | {least: 11})
            yield Case("parts-above", [total, part], function)


def shown(at: Place, form: list) -> Iterator[Case]:
    for asked in form:
        told = dict.fromkeys(asked.get("unless", {}), "zz")
        for column in asked["columns"]:
            row = at.row(**told | where(asked) | {column: ""})
            yield Case("read-without-place", [row], quotations.what_was_read_is_shown)


def lasting(at: Place, form: bool) -> Iterator[Case]:
    row = at.row(**{at.column: "The newest count of all."})
    yield Case("word-that-ages", [row], exchanged_or_mistyped_cells.words_stay_true)


def reported(at: Place, form: dict) -> Iterator[Case]:
    function = days_of_reports.facts_are_reported_in_time
    source = next(row for row in at.tables["sources"] if len(row["published"]) == 10)
    bare = {"source_id": source["source_id"], "note": "", form["date"]: "1950-01-01"}
    other = dict.fromkeys(form.get("where", {}), "zz")
    yield Case("reported-late", [at.row(**bare | other)], function)
    if "at_most" in form:
        yield Case("reported-late", [at.row(**bare | where(form))], function)
    if form.get("told"):
        row = at.row(**bare | {"quoted": "zz", "follows": ""})
        yield Case("day-not-told", [row], days_of_reports.a_day_is_told)


def apart(at: Place, form: list) -> Iterator[Case]:
    row = at.row()
    yield Case("said-twice", [row, spoilt(row, note="")], one_fact_said_twice.a_fact_is_said_once)


def one_voice(at: Place, form: dict) -> Iterator[Case]:
    function = exchanged_or_mistyped_cells.the_same_words_say_the_same
    for column in form["columns"]:
        row = at.row(*form["but"], quoted="zz")
        yield Case("said-differently", [row, spoilt(row, **{column: "qq"})], function)


def one_source(at: Place, form: dict) -> Iterator[Case]:
    one = at.row(*form["but"], quoted="one two three four five")
    rows = [one, one, spoilt(one, source_id="zz")]
    yield Case(
        "quoted-of-another", rows, exchanged_or_mistyped_cells.the_same_words_are_of_one_source
    )


def recalled(at: Place, form: dict) -> Iterator[Case]:
    function, source, but = (
        exchanged_or_mistyped_cells.what_is_recalled_has_its_source,
        form["source"],
        form["but"],
    )
    for grade, rests_on in (("recall", "zz"), ("read", source)):
        row = at.row(*but, verification=grade, source_id=rests_on)
        yield Case("not-recalled", [row], function)
    for one in but:
        row = at.of(one, verification="recall", source_id=source)
        yield Case("not-recalled", [row], function)


def unique_keys(at: Place, form: list) -> Iterator[Case]:
    for columns in form:
        row = at.row(**dict.fromkeys(columns, "zz"))
        yield Case(
            "not-unique", [row, spoilt(row)], text_dates_and_references.unique_keys_are_unique
        )


def primary_key(at: Place, form: list) -> Iterator[Case]:
    yield Case("id-in-two-rows", [at.row(), at.row()], one_id)


def one_id(rows: list[Row], schema: dict, tables: Tables) -> Iterator[data.Finding]:
    keys = {row.table: data.key(row.table) for row in rows}
    return text_dates_and_references.ids_are_unique(keys, {rows[0].table: rows})


def foreign_keys(at: Place, form: list) -> Iterator[Case]:
    for key in form:
        row = at.row(**{key["fields"][0]: "zz"})
        yield Case("no-such-row", [row], text_dates_and_references.references_lead_to_rows)


BREAKS: dict[str, Callable[..., Iterator[Case]]] = {
    each.__name__: each
    for each in (
        limits, whole, sums, needs, listed, within, parties, words, named_in, dated_by, names,
        widest, decimals, at_least, reached, in_quotation, figures, again, alone, marks, written,
        set_by, not_before, inputs, list_of, symbol_of, constraints, id, series, parts, shown,
        reported, apart, recalled, agree, not_own, spelled, once, rises, one_voice, shorter,
        exactly, exact, each_of, unlike, in_id, day_in, one_source, lasting,
        must_hold, told_in, alike, witness,
    )
} | {  # whose names are taken, or are written otherwise in the contract
    "from": from_rows, "letters": latin, "format": web_address, "uniqueKeys": unique_keys,
    "primaryKey": primary_key, "foreignKeys": foreign_keys,
}  # fmt: skip
KEPT = (
    "name",
    "type",
    "description",
    "constraints",
)  # of the other columns, while one declaration is tried


def declarations(table: str) -> Iterator[tuple[str, str, Any]]:
    """What the contract declares of a table and its columns: the column, the name and the form."""
    schema = data.contract()[table]["schema"]
    yield from (("", name, form) for name, form in schema.items() if name not in DESCRIBE)
    for field in schema["fields"]:
        yield from ((field["name"], n, form) for n, form in field.items() if n not in DESCRIBE)


def by_itself(table: str, column: str, name: str, form: Any) -> dict:
    """The contract of a table with one declaration alone."""
    schema = data.contract()[table]["schema"]
    fields = [
        {n: of for n, of in field.items() if n in KEPT}
        | ({name: form} if field["name"] == column else {})
        for field in schema["fields"]
    ]
    if name == "constraints":  # frictionless takes long, and calls a row without another cell blank
        fields = [each for each in fields if each["name"] == column] + [
            {"name": "x", "type": "any"}
        ]
    lists = {f["name"]: {"list_of": f["list_of"]} for f in schema["fields"] if "list_of" in f}
    kept = {n: schema[n] for n in ("primaryKey", "missingValues")}
    if name in ("parties", "must_hold", "told_in"):
        kept["foreignKeys"] = schema.get("foreignKeys", [])
        fields = [field | lists.get(field["name"], {}) for field in fields]
    return kept | {"fields": fields} | ({} if column else {name: form})


@pytest.mark.parametrize("table", data.contract())
def test_each_rule_that_is_declared_is_broken_once(table, today):
    silent, tried = [], 0
    for column, name, form in declarations(table):
        schema = by_itself(table, column, name, form)
        for case in BREAKS[name](Place(table, schema, today, column), form):
            tried += 1
            found = list(case.function(case.rows, schema, today))
            if not any(one.code == case.code and one.line == case.rows[-1].line for one in found):
                silent.append(f"{column or table}: {name} ({case.code}): {case.rows[-1]}")
    assert tried and not silent, "\n".join(silent)


def test_nothing_is_declared_that_is_not_tried():
    declared = {name for table in data.contract() for _, name, _ in declarations(table)}
    assert declared == set(BREAKS)
    assert set(declarations_known.OF_TABLES) | set(declarations_known.OF_COLUMNS) <= declared


def values_named(column: str, name: str, form: Any) -> Iterator[tuple[str, Any]]:
    """The columns of its own table that a declaration asks for a value, and the values."""
    for part in form if isinstance(form, list) else [form]:
        if name == "limits":
            yield part["by"], [value for value in part if value != "by"]
        elif name == "words":
            yield column, [*part["say"], *part.get("not", {})]
        elif name == "whole":
            yield from part.items()
        elif name == "must_hold":
            yield part["by"], [value for value in part if value != "by"]
        elif name == "witness":
            yield from part["if"].items()
        elif name == "within":
            yield from part.get("if", {}).items()
        elif name in ("series", "parts", "shown", "reported", "agree"):
            for asked in ("where", "each", "whole", "if", "then"):
                yield from part.get(asked, {}).items()


def test_a_rule_is_declared_of_values_that_its_column_may_have():
    """A value that the contract names for a column with a closed list stands in that list."""
    strange = []
    for table, resource in data.contract().items():
        fields = {field["name"]: field for field in resource["schema"]["fields"]}
        for column, name, form in declarations(table):
            for asked, values in values_named(column, name, form):
                allowed = {"", *fields[asked].get("constraints", {}).get("enum", [])}
                odd = {*(values if isinstance(values, list) else [values])} - allowed
                if odd and allowed != {""}:
                    strange.append(f"{table}.{column} {name}: {asked} {sorted(odd)}")
    assert strange == []
