"""Check the tables against the data contract: every fault at once, with its place, the rule it
breaks and a fix.
"""

import ast
import contextlib
import itertools
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

from helpers import data, scenarios
from helpers.data import CONTRACT, Finding
from helpers.machinery.check import (  # noqa: F401  # some register their rules
    cells,
    changelog,
    grades,
    letters,
    plausibility,
    quotations,
    subjects,
)
from helpers.machinery.check.cells import Row, Tables, references

READ_BY_FRICTIONLESS = (
    "name",
    "type",
    "format",
    "constraints",
)  # the rest of a column's contract is ours


def check(folder: Path = data.DATA) -> list[Finding]:
    """Every fault of the tables in a folder, one a cell, in the contract's order; raises DataError
    where the contract is none.
    """
    return examine(folder)[0]


def examine(folder: Path) -> tuple[list[Finding], Tables]:
    """The faults of the tables, and the rows of each table that can be read; raises DataError where
    the contract is none.
    """
    contract = data.contract(folder)
    if found := contract_faults(folder):
        return found, {}
    tables: Tables = {}
    for name in contract:
        frame, faults = data.read(name, folder)
        found += faults
        if not any(fault.line == 1 or not fault.column for fault in faults):
            tables[name] = [Row(name, cells) for cells in frame.to_dict("records")]
    found += cells.ids_are_unique({name: data.key(name, folder) for name in contract}, tables)
    for name, rows in tables.items():
        for function in cells.EACH:
            found += function(rows, contract[name]["schema"], tables)
        found += frictionless_faults(rows, contract[name]["schema"])
    for names, function in cells.TOGETHER:
        if tables.keys() >= set(names):
            found += function(*(tables[name] for name in names))
    firsts = {(fault.table, fault.line, fault.column): fault for fault in reversed(found)}
    order = {name: position for position, name in enumerate(contract)}
    return (
        sorted(firsts.values(), key=lambda fault: (order[fault.table], fault.line, fault.column)),
        tables,
    )


def contract_faults(folder: Path) -> list[Finding]:
    """What frictionless says against datapackage.json, and references in it that lead nowhere."""
    from frictionless import FrictionlessException, Package

    descriptor = json.loads((folder / CONTRACT).read_text("utf-8"))
    try:
        notes = [error.note for error in Package.metadata_validate(descriptor)]
    except FrictionlessException as error:
        notes = [error.error.note]
    if not notes:
        schemas = {
            resource["name"]: resource.get("schema", {"fields": []})
            for resource in descriptor["resources"]
        }
        columns = {
            f"{name}.{field['name']}"
            for name, schema in schemas.items()
            for field in schema["fields"]
        }
        named = [
            (name, column) for name, schema in schemas.items() for column in _named(name, schema)
        ]
        notes = [
            f"{name} names {column}, which is no column"
            for name, column in named
            if column not in columns
        ]
        notes += plausibility.unknown_columns(schemas)
        notes += [
            f"{name} has no primary key"
            for name, schema in schemas.items()
            if not schema.get("primaryKey")
        ]
    return [
        Finding(CONTRACT, 1, "", "", note, "Mend the contract or restore it with git")
        for note in notes
    ]


def _named(table: str, schema: dict) -> list[str]:
    """The columns that a table's schema names, as table.column."""
    own = [
        field[flag]
        for field in schema["fields"]
        for flag in ("set_by", "not_before")
        if flag in field
    ]
    own += itertools.chain.from_iterable(schema.get("uniqueKeys", []))
    return [f"{table}.{name}" for name in own] + [
        ".".join(target) for target in references(schema).values()
    ]


def frictionless_faults(rows: list[Row], schema: dict) -> Iterator[Finding]:
    """What frictionless says of a table's cells by the contract: types and constraints. Keys are
    among the rules: they span tables.

    It is given the cells as the loader reads them, not the file: it would guess the dialect, and
    count records, not lines.
    """
    from frictionless import Resource

    fields = [
        {key: field[key] for key in READ_BY_FRICTIONLESS if key in field}
        for field in schema["fields"]
    ]
    names = [field["name"] for field in fields]
    cells = [names, *([row[name] for name in names] for row in rows)]
    resource = {
        "name": "table",
        "data": cells,
        "schema": {"fields": fields, "missingValues": schema["missingValues"]},
    }
    for error in Resource.from_descriptor(resource).validate().tasks[0].errors:
        yield _explained(error, rows[error.row_number - 2], schema)


def _explained(error, row: Row, schema: dict) -> Finding:
    """A finding of frictionless in plain words."""
    if error.type == "blank-row":
        return row.fault("", "the row is empty", "Delete it")
    if error.type != "constraint-error":
        return row.fault(getattr(error, "field_name", ""), error.note, "See data/README.md")
    field = next(field for field in schema["fields"] if field["name"] == error.field_name)
    constraint = re.match(r'constraint "(\w+)"', error.note)[1]
    limit = field["constraints"][constraint]
    if constraint == "required":
        return row.fault(
            field["name"], "the cell must not be empty", f"Fill in: {field['description']}"
        )
    if constraint == "enum":
        return row.fault(
            field["name"], "not an allowed value", cells.closest(str(row[field["name"]]), limit)
        )
    if constraint == "pattern":
        return row.fault(
            field["name"], "not of the form wanted", f"Write it like {field.get('example', limit)}"
        )
    return row.fault(
        field["name"], f"{constraint} is {limit}", "Look at the source again; empty where unknown"
    )


def unknown_options(folder: Path, readings: list[Row]) -> list[str]:
    """Readings that the rule of their claim does not know, and choices it leaves on which no
    reading says anything.
    """
    from helpers import claims

    if not set(data.contract(folder)) >= set(data.contract()):
        return []  # the rules are those of the whole article
    faults = []
    for claim in claims.judged():
        known, own = claims.options(claim), cells.by(readings, "claim").get(claim, [])
        for row in own:
            if row["choice"] not in known:
                faults.append(
                    str(
                        row.fault(
                            "choice",
                            f"the rule of {claim} leaves no such choice",
                            cells.closest(row["choice"], known),
                        )
                    )
                )
            elif row["option"] not in known[row["choice"]]:
                fix = cells.closest(row["option"], known[row["choice"]])
                faults.append(
                    str(
                        row.fault(
                            "option",
                            f"the rule of {claim} knows no such option of {row['choice']}",
                            fix,
                        )
                    )
                )
        for choice in known.keys() - {row["choice"] for row in own} - {"timing"}:
            faults.append(
                f"data/readings.csv: no row says what {choice} may mean in {claim}. Add one of"
                f" {', '.join(known[choice])}"
            )
    return faults


def uncovered_claims(folder: Path) -> list[str]:
    """Claims that no rule judges, and rules whose claim is gone."""
    from helpers import claims

    if not set(data.contract(folder)) >= set(data.contract()):
        return []  # the rules are those of the whole article
    claims.judged()  # makes every rule known
    rows, ruled = set(data.load("claims", folder)["id"]), set(claims.RULES)
    faults = [
        f"{id}: no rule judges it. Write one in helpers/claims, or take the claim back"
        for id in sorted(rows - ruled)
    ]
    faults += [
        f"{id}: a rule judges it, but it has no row. Restore the row, or drop the rule"
        for id in sorted(ruled - rows)
    ]
    return [f"data/claims.csv: {fault}" for fault in faults]


def missing_rows(folder: Path, tables: Tables) -> list[str]:
    """Rows that helpers name and no table has: what they say would be unknown."""
    if not set(data.contract(folder)) >= set(data.contract()):
        return []  # helpers name rows of the whole
    ids = {row[data.key(name, folder)] for name, rows in tables.items() for row in rows}
    kinds = {id.split("/")[0] for id in ids if "/" in id}
    faults = []
    helpers = Path(data.__file__).parent
    for path in sorted([*helpers.glob("*.py"), *helpers.glob("claims/**/*.py")]):
        words = [
            node.value
            for node in ast.walk(ast.parse(path.read_text("utf-8"), str(path)))
            if isinstance(node, ast.Constant)
        ]
        named = {
            word
            for word in words
            if isinstance(word, str) and re.fullmatch(r"[a-z0-9-]+/[a-z0-9./@-]+", word)
        }
        gone = sorted(word for word in named if word not in ids and word.split("/")[0] in kinds)
        faults += [
            f"{path.relative_to(helpers.parent)} names the row {id}, which no table has. Give the"
            " row its id again, or mend the helper"
            for id in gone
        ]
    return faults


def unused_sources(contract: dict, tables: Tables) -> list[Row]:
    """The sources that no row names, not even in its note."""
    named = set()
    for name, rows in tables.items():
        columns = [*references(contract[name]["schema"]), *({"note"} & set(data.columns(name)))]
        named |= {
            word.strip("(),.;:")
            for column in columns
            for row in rows
            for word in row[column].split()
        }
    return [row for row in tables.get("sources", []) if row["source_id"] not in named]


def changed_tables(folder: Path) -> list[str]:
    """The tables that differ from the last commit, as git says; none where it cannot tell."""
    told = changelog.git(folder, "diff", "--name-only", "-z", "HEAD", "--", ".") or b""
    names = {Path(os.fsdecode(path)).name for path in told.split(b"\0")}
    return [name for name in data.contract(folder) if f"{name}.csv" in names]


def readers() -> dict[str, list[str]]:
    """The tables that each committed notebook read when it was last run, as it says; none where it
    cannot be read.
    """
    found = {}
    for name in scenarios.notebooks():
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            found[name] = json.loads(scenarios.file(name).read_text("utf-8"))["metadata"]["tables"]
    return found


def main(folder: Path = data.DATA) -> int:
    """Print every finding, or that there is none and which notebooks read what was changed; 0 where
    all is well, else 1.
    """
    try:
        found, tables = examine(folder)
    except data.DataError as error:
        print(error)
        return 1
    for finding in found:
        print(finding)
    if found:
        print(f"{len(found)} finding{'s' * (len(found) != 1)}")
        return 1
    if (
        faults := uncovered_claims(folder)
        + unknown_options(folder, tables.get("readings", []))
        + missing_rows(folder, tables)
    ):
        print("\n".join(faults))
        return 1
    for row in unused_sources(data.contract(folder), tables):
        print(f"note: data/sources.csv:{row.line} {row['source_id']} is used by no row")
    if changelog.CHANGELOG.is_file():
        for id in changelog.unlogged(folder, changelog.CHANGELOG):
            print(
                f"note: {id} differs from the last commit: add its old and new value to"
                " CHANGELOG.md"
            )
    else:
        print("note: CHANGELOG.md is missing. Restore it with git")
    for line in grades.warnings(data.contract(folder), tables):
        print(f"note: {line}")
    print(
        f"All {len(tables)} tables keep the contract: {sum(map(len, tables.values()))} rows,"
        f" {len(tables['sources'])} sources"
    )
    if changed := changed_tables(folder):
        for name, read in readers().items():
            if touched := [table for table in changed if table in read]:
                print(f"{name} reads {', '.join(touched)}, changed since the last commit")
    return 0
