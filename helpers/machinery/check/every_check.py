"""Check the tables against the data contract: every fault at once, with place, rule and fix."""

import ast
import contextlib
import difflib
import itertools
import json
import re
from collections.abc import Iterator
from pathlib import Path

from helpers import data, scenarios
from helpers.data import CONTRACT, Finding, Rule

# those that are not named below register their rules; of several faults in a cell the first is told
# isort: off
from helpers.machinery.check import (  # noqa: F401
    text_dates_and_references,
    quotations,
    limits_of_single_numbers,
    filled_listed_and_parties,
    bounds_of_other_tables,
    ids_names_and_addresses,
    jumps_and_sums,
    days_of_reports,
    words_of_the_quotation,
    one_fact_said_twice,
    contradictions,
    grades,
    exchanged_or_mistyped_cells,
    lookalike_letters,
    rules_of_single_tables,
)

# isort: on
from helpers.machinery.check import changelog, declarations_known, rule_book
from helpers.machinery.check.rule_book import Row, Tables, references
from helpers.machinery.run import progress

# what frictionless reads of a column's contract; the rest is ours
READ_BY_FRICTIONLESS = ("name", "type", "format", "constraints")
HELPERS = Path(data.__file__).parents[1]
JUDGED = re.compile(r"""\bjudge\(\s*(?:["']([^"']+)["'])?""")  # a call, and the id if it is written
EVERY = "every claim"

CONTRACT_FAULT = Rule("contract-fault", "{note}", "Mend the contract or restore it with git")
ROW_EMPTY = Rule("row-empty", "the row is empty", "Delete it")
CELL_FAULT = Rule("cell-fault", "{note}", "See data/README.md")
CELL_REQUIRED = Rule("cell-required", "the cell must not be empty", "Fill in: {description}")
NOT_ALLOWED = Rule("not-allowed", "not an allowed value", "{hint}")
WRONG_FORM = Rule("wrong-form", "not of the form wanted", "Write it like {example}")
OUT_OF_BOUNDS = Rule(
    "out-of-bounds", "{constraint} is {limit}", "Look at the source again; empty where unknown"
)
NO_RULE = Rule(
    "claim-without-rule",
    "no rule judges it",
    "Write one in helpers/claims/rules, or take the claim back",
)
NO_CLAIM = Rule(
    "rule-without-claim",
    "a rule judges {id}, but it has no row",
    "Restore the row, or drop the rule",
)
NOT_JUDGED = Rule(
    "claim-not-judged",
    "no cell of notebooks/{notebook}.ipynb judges it",
    'Add a cell with claims.judge("{id}", world) there, or name the notebook that has one',
)
NO_NOTEBOOK = Rule(
    "claim-without-notebook", "no such notebook in notebooks/scenarios.yml", "{hint}"
)
CHOICE_UNKNOWN = Rule("choice-unknown", "the rule of {claim} leaves no such choice", "{hint}")
OPTION_UNKNOWN = Rule(
    "option-unknown", "the rule of {claim} knows no such option of {choice}", "{hint}"
)
CHOICE_WITHOUT_ROWS = Rule(
    "choice-without-rows", "no row says what {choice} may mean in {claim}", "Add one of {options}"
)
OPTION_WITHOUT_ROW = Rule(
    "option-without-row",
    "no row says what option {option} of {choice} means in {claim}",
    "Add the row {claim}/{choice}/{option}, or drop the option from the rule",
)
ROW_GONE = Rule(
    "row-gone",
    "names the row {id}, which no table has",
    "Give the row its id again, or mend the helper",
)


def check(folder: Path = data.DATA) -> list[Finding]:
    """Find every fault of the tables in a folder, one a cell, in the contract's order.

    Raises DataError where the contract is none.
    """
    return examine(folder)[0]


def examine(folder: Path) -> tuple[list[Finding], Tables]:
    """Find the faults of the tables in a folder; raises DataError where the contract is none.

    Returns
    -------
    list of Finding
        The faults, one a cell, in the contract's order.
    dict
        The rows of each table that can be read.
    """
    contract = data.contract(folder)
    if findings := contract_faults(folder):
        return findings, {}
    tables: Tables = {}
    for name in contract:
        frame, faults = data.read(name, folder)
        findings += faults
        if not any(fault.line == 1 or not fault.column for fault in faults):
            tables[name] = [Row(name, record) for record in frame.to_dict("records")]
    findings += text_dates_and_references.ids_are_unique(
        {name: data.key(name, folder) for name in contract}, tables
    )
    for name, rows in tables.items():
        progress.meanwhile(f"the contract of data/{name}.csv")
        schema = contract[name]["schema"]
        for function in rule_book.EACH:
            findings += function(rows, schema, tables)
        findings += frictionless_faults(rows, schema)
    for names, together in rule_book.TOGETHER:
        if tables.keys() >= set(names):
            findings += together(*(tables[name] for name in names))
    firsts = {(fault.table, fault.line, fault.column): fault for fault in reversed(findings)}
    order = {name: position for position, name in enumerate(contract)}
    places = sorted(firsts, key=lambda place: (order[place[0]], *place[1:]))
    return [firsts[place] for place in places], tables


def contract_faults(folder: Path) -> list[Finding]:
    """Find what frictionless says against datapackage.json, and references that lead nowhere."""
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
        for name, schema in schemas.items():
            for column in _named(name, schema):
                if column not in columns:
                    notes.append(f"{name} names {column}, which is no column")
        notes += declarations_known.incomplete(schemas)
        notes += [] if notes else declarations_known.unknown_columns(schemas)
        for name, schema in schemas.items():
            if not schema.get("primaryKey"):
                notes.append(f"{name} has no primary key")
    return [CONTRACT_FAULT.broken(CONTRACT, note=note) for note in notes]


def _named(table: str, schema: dict) -> list[str]:
    """The columns that a table's schema names, as table.column."""
    own = [
        field[flag]
        for field in schema["fields"]
        for flag in ("set_by", "not_before")
        if flag in field
    ]
    own += itertools.chain.from_iterable(schema.get("uniqueKeys", []))
    targets = [".".join(target) for target in references(schema).values()]
    return [f"{table}.{name}" for name in own] + targets


def frictionless_faults(rows: list[Row], schema: dict) -> Iterator[Finding]:
    """Find cells that break the contract's types and constraints, as frictionless sees them.

    Keys are among the rules: they span tables. frictionless is given the cells as the loader reads
    them, not the file: it would guess the dialect, and count records, not lines.
    """
    from frictionless import Resource
    from frictionless.errors import RowError

    fields = [
        {key: field[key] for key in READ_BY_FRICTIONLESS if key in field}
        for field in schema["fields"]
    ]
    names = [field["name"] for field in fields]
    resource = {
        "name": "table",
        "data": [names, *([row[name] for name in names] for row in rows)],
        "schema": {"fields": fields, "missingValues": schema["missingValues"]},
    }
    for error in Resource.from_descriptor(resource).validate().tasks[0].errors:
        if isinstance(error, RowError):
            name = getattr(error, "field_name", "")
            yield _explained(error.type, error.note, name, rows[error.row_number - 2], schema)


def _explained(kind: str, note: str, name: str, row: Row, schema: dict) -> Finding:
    """Put a finding of frictionless into plain words.

    Parameters
    ----------
    kind, note : str
        The type of its error, and its sentence.
    name : str
        The column; empty for a whole row.
    row : Row
        The row.
    schema : dict
        The contract of the table.
    """
    if kind == "blank-row":
        return row.fault(ROW_EMPTY, "")
    match = re.match(r'constraint "(\w+)"', note)
    if kind != "constraint-error" or not match:
        return row.fault(CELL_FAULT, name, note=note)
    field = next(field for field in schema["fields"] if field["name"] == name)
    constraint = match[1]
    limit = field["constraints"][constraint]
    match constraint:
        case "required":
            return row.fault(CELL_REQUIRED, name, description=field["description"])
        case "enum":
            return row.fault(NOT_ALLOWED, name, hint=rule_book.closest(str(row[name]), limit))
        case "pattern":
            return row.fault(WRONG_FORM, name, example=field.get("example", limit))
        case _:
            return row.fault(OUT_OF_BOUNDS, name, constraint=constraint, limit=limit)


# What would fail later: when the notebooks are run, or in the tests. Rules, notebooks and helpers
# are those of the whole article, so that a folder with fewer tables is not held to them.


def ahead(folder: Path, tables: Tables) -> list[Finding]:
    """Find what the tables lack for the rules, the notebooks and the helpers."""
    if not set(data.contract(folder)) >= set(data.contract()):
        return []
    return [
        *uncovered_claims(tables["claims"]),
        *reading_faults(tables["readings"]),
        *missing_rows(folder, tables),
    ]


def uncovered_claims(rows: list[Row]) -> Iterator[Finding]:
    """Find claims that no rule or no notebook judges, and rules whose claim is gone.

    A claim of a notebook that is not listed is judged nowhere, which is allowed.
    """
    from helpers import claims

    claims.judged()  # loads every rule
    judged = judging()
    for row in rows:
        id, notebook = row["id"], row["notebook"]
        if id not in claims.RULES:
            yield row.fault(NO_RULE, "id")
        elif notebook not in judged:
            if difflib.get_close_matches(notebook, judged, 1):
                yield row.fault(NO_NOTEBOOK, "notebook", hint=rule_book.closest(notebook, judged))
        elif not {id, EVERY} & judged[notebook]:
            yield row.fault(NOT_JUDGED, "notebook", id=id, notebook=notebook)
    for id in sorted(claims.RULES.keys() - {row["id"] for row in rows}):
        yield NO_CLAIM.broken("claims", id=id)


def judging() -> dict[str, set[str]]:
    """The claims that the code of each listed notebook judges; EVERY where ids are computed."""
    judged = {}
    for name in scenarios.notebooks():
        calls = [JUDGED.findall(source) for source in _code_cells(scenarios.file(name))]
        judged[name] = {id or EVERY for id in itertools.chain.from_iterable(calls)}
    return judged


def _code_cells(file: Path) -> list[str]:
    """The code cells of a notebook; none where it cannot be read, which running it reports."""
    try:
        content = json.loads(file.read_text("utf-8"))["cells"]
        return ["".join(cell["source"]) for cell in content if cell["cell_type"] == "code"]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def reading_faults(readings: list[Row]) -> Iterator[Finding]:
    """Find readings that the rule of their claim does not know, and options without a reading.

    Every choice that a rule leaves has a row for each option that the rule knows; `timing`, which
    every rule leaves, has either both rows or none.
    """
    from helpers import claims

    by_claim = rule_book.by(readings, "claim")
    for claim in claims.judged():
        known, own = claims.options(claim), by_claim.get(claim, [])
        for row in own:
            choice, option = row["choice"], row["option"]
            if choice not in known:
                hint = rule_book.closest(choice, known)
                yield row.fault(CHOICE_UNKNOWN, "choice", claim=claim, hint=hint)
            elif option not in known[choice]:
                words = {"claim": claim, "choice": choice}
                hint = rule_book.closest(option, known[choice])
                yield row.fault(OPTION_UNKNOWN, "option", **words, hint=hint)
        given = {
            choice: {row["option"] for row in own if row["choice"] == choice} for choice in known
        }
        for choice, options in known.items():
            words = {"claim": claim, "choice": choice}
            if not given[choice] and choice != "timing":
                yield CHOICE_WITHOUT_ROWS.broken("readings", **words, options=", ".join(options))
            elif given[choice]:
                for option in options:
                    if option not in given[choice]:
                        yield OPTION_WITHOUT_ROW.broken("readings", **words, option=option)


def missing_rows(folder: Path, tables: Tables) -> Iterator[Finding]:
    """Find rows that helpers name and no table has: their numbers would be unknown."""
    ids = {row[data.key(name, folder)] for name, rows in tables.items() for row in rows}
    kinds = {id.split("/")[0] for id in ids if "/" in id}
    for path in sorted([*HELPERS.glob("*.py"), *HELPERS.glob("claims/**/*.py")]):
        named: dict[str, int] = {}
        for node in ast.walk(ast.parse(data.text(path), str(path))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                named.setdefault(node.value, node.lineno)
        for id in sorted(named.keys() - ids):
            is_id = re.fullmatch(r"[a-z0-9-]+/[a-z0-9./@-]+", id)
            if is_id and id.split("/")[0] in kinds:
                file = path.relative_to(HELPERS.parent).as_posix()
                yield ROW_GONE.broken(file, named[id], id=id)


def unused_sources(contract: dict, tables: Tables) -> list[Row]:
    """The sources that no row names, not even in its note or in how it follows."""
    named = set()
    for name, rows in tables.items():
        texts = {"note", "follows"} & set(data.columns(name))
        columns = [*references(contract[name]["schema"]), *texts]
        named |= {
            word.strip("(),.;:")
            for column in columns
            for row in rows
            for word in row[column].split()
        }
    return [row for row in tables.get("sources", []) if row["source_id"] not in named]


def readers() -> dict[str, list[str]]:
    """The tables that each committed notebook read when it was last run, as its metadata says.

    A notebook that cannot be read is left out.
    """
    tables = {}
    for name in scenarios.notebooks():
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            tables[name] = json.loads(scenarios.file(name).read_text("utf-8"))["metadata"]["tables"]
    return tables


def main(folder: Path = data.DATA) -> int:
    """Print every finding, or that there is none and which notebooks read what was changed.

    Returns 0 where all is well, else 1.
    """
    try:
        findings, tables = examine(folder)
    except data.DataError as error:
        print(error)
        return 1
    if findings := findings or ahead(folder, tables):
        print(*findings, sep="\n")
        print(f"{len(findings)} finding{'s' * (len(findings) != 1)}")
        return 1
    if unused := [row["source_id"] for row in unused_sources(data.contract(folder), tables)]:
        number = "1 source is" if len(unused) == 1 else f"{len(unused)} sources are"
        print(f"note: {number} used by no row: {', '.join(unused)}")
    if changelog.CHANGELOG.is_file():
        for id in changelog.unlogged(folder, changelog.CHANGELOG):
            print(
                f"note: {id} differs from the last commit: add its old and new value to"
                " CHANGELOG.md"
            )
    else:
        print("note: CHANGELOG.md is missing. Restore it with git")
    print(
        f"All {len(tables)} tables keep the contract: {sum(map(len, tables.values()))} rows,"
        f" {len(tables['sources'])} sources"
    )
    if changed := changelog.changed_tables(folder):
        for name, read in readers().items():
            if touched := [table for table in changed if table in read]:
                print(f"{name} reads {', '.join(touched)}, changed since the last commit")
    return 0
