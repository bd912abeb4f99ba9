"""Cells that need another, values of a closed list, and who can play a part.

The contract says of a column
  needs     a column that is not empty where this one is filled; or {"column", "but": [ids]}
  listed    [values]: a closed list that grows by a line in the contract, as the days of accession
  parties   {"kind": "state", "also": ["EU"], "never": [...]}: who can play the part
  must_hold {"by": column, value: [ids]}: who is on the list where that column has this value
  told_in   {"column", "but": [ids]}: whoever that column names is on the list
  alike     {"by": column, "families": [{"own", "also": [values]}]}: what one row with an own value
            lists stands in rows with each other value of its family too
"""

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from helpers.data import CONTRACT, Finding, Rule
from helpers.machinery.check.rule_book import (
    EXCHANGED,
    LOOK,
    RIGHT,
    Row,
    Tables,
    each,
    each_among_others,
    references,
)

CELL_ALONE = Rule("cell-alone", "filled, but {needed} is empty", EXCHANGED)
NAME_OF_ANOTHER_COLUMN = Rule("name-of-another-column", "other rows have it in {other}", EXCHANGED)
NOT_LISTED = Rule(
    "not-listed",
    f"not among those that {CONTRACT} lists",
    f"{LOOK}; a new one is added to the list first",
)
NO_SUCH_PARTY = Rule(
    "no-such-party",
    "{id} is no {kind}{also} and cannot play this part",
    "Name the {kind}s themselves",
)
PARTY_RULED_OUT = Rule("party-ruled-out", "{id} cannot play this part", LOOK)
LEFT_OUT = Rule("left-out", "{id} is left out: {why}", "{fix}")
NOT_ALIKE = Rule(
    "not-alike",
    "no row with {by} {value} lists {one}, as this one does",
    "Add it to the row that it was taken out of, or take it out here",
)


@each
def one_cell_needs_another(rows: list[Row], schema: dict) -> Iterator[Finding]:
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
def names_stand_in_their_own_column(rows: list[Row], schema: dict) -> Iterator[Finding]:
    """A name that other rows have in another column, and none in this one, is in the wrong one."""
    names = [field["name"] for field in schema["fields"] if field.get("letters")]
    seen = {name: Counter(row[name] for row in rows if row[name]) for name in names}
    for row, (one, other) in itertools.product(rows, itertools.permutations(names, 2)):
        cell = row[one]
        if cell and seen[one][cell] == 1 and seen[other][cell] > (row[other] == cell):
            yield row.fault(NAME_OF_ANOTHER_COLUMN, one, other=other)


@each
def what_is_listed_is_on_the_list(rows: list[Row], schema: dict) -> Iterator[Finding]:
    """A cell is one of the values that the contract lists; a new one is added there first."""
    for field in schema["fields"]:
        for row in rows:
            if row[field["name"]] and row[field["name"]] not in field.get("listed", row.values()):
                yield row.fault(NOT_LISTED, field["name"])


@each_among_others
def parties_can_play_the_part(rows: list[Row], schema: dict, tables: Tables) -> Iterator[Finding]:
    """Only a state is a member; only states and the EU sign: what the column's `parties` say.

    Parameters
    ----------
    rows : list of Row
        The rows of one table.
    schema : dict
        What the contract says of it: references, and `parties` of its columns.
    tables : dict
        The rows of all tables by name; the one referred to has the kind of each party.
    """
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


@each_among_others
def lists_hold_whom_the_row_names(
    rows: list[Row], schema: dict, tables: Tables
) -> Iterator[Finding]:
    """Who agreed, and whom the words of the row name, is among its parties: `must_hold`,
    `told_in`.

    Parameters
    ----------
    rows : list of Row
        The rows of one table.
    schema : dict
        What the contract says of it: references, and `must_hold` and `told_in` of its columns.
    tables : dict
        The rows of all tables by name; the one referred to has the name of each party.
    """
    key, leads = schema["primaryKey"][0], references(schema)
    for field in schema["fields"]:
        name, must, told = field["name"], field.get("must_hold"), field.get("told_in")
        if not (must or told) or leads[name][0] not in tables:
            continue
        countries = {row["id"]: row["name"] for row in tables[leads[name][0]]}
        for row in rows:
            listed = set((row[name] or "").split())
            wanted = {}
            if told and row[key] not in told["but"]:
                words, fix = row[told["column"]] or "", RIGHT.format(form="told_in")
                wanted = {
                    id: (f"{told['column']} names {country}", f"Add it. {fix}")
                    for id, country in countries.items()
                    if re.search(rf"(?<![\w-]){re.escape(country)}(?!\w)", words)
                }
            if must:
                other = (
                    f"{must['by']} is {row[must['by']]!a}",
                    f"Add it. Else {must['by']} is wrong",
                )
                wanted |= dict.fromkeys(must.get(row[must["by"]], []), other)
            for id in sorted(wanted.keys() - listed):
                why, fix = wanted[id]
                yield row.fault(LEFT_OUT, name, id=id, why=why, fix=fix)


@each
def families_are_whole(rows: list[Row], schema: dict) -> Iterator[Finding]:
    """An aircraft type that has one parameter of its family has all of them: `alike`."""
    for field in schema["fields"]:
        form, name = field.get("alike"), field["name"]
        if not form:
            continue
        listed: dict[str, dict[str, Row]] = defaultdict(dict)
        for row in rows:
            listed[row[form["by"]]] |= dict.fromkeys((row[name] or "").split("; "), row)
        for family in form["families"]:
            ones = {one: row for own in family["own"] for one, row in listed[own].items()}
            for value in (value for part in family.values() for value in part if listed[value]):
                for one in sorted(ones.keys() - listed[value].keys()):
                    yield ones[one].fault(NOT_ALIKE, name, by=form["by"], value=value, one=one)
