"""data/README.md: what every table and column holds, made from the contract, and how to add a row."""

import csv
import io
import json
from pathlib import Path

from helpers import data
from helpers.machinery.check.cells import is_date, references

KINDS = {"string": "text", "integer": "whole number", "number": "number"}

OPENING = """\
# The data

{about}
One tidy CSV per subject, one fact a row, {rows} rows in {tables} tables; nothing is overwritten.
Every table has a column of row ids, unique over all tables; every fact names its source and how it was checked.

[`datapackage.json`](datapackage.json) is the contract: a [Data Package](https://datapackage.org) that any of its tools can read.
This page is made from it by `make refresh`; change the contract, not this page.
`make check-data` says in seconds whether the tables keep it, and where not, in which line and how to mend it.
"""

CLOSING = """\
## How to add a row

Say the pooled tanker fleet gets its next aircraft, and an official page of {date} tells so (an invented case).

1. The page gets a row in `sources.csv`, unless it has one:

   ```csv
{source}
   ```

2. The event gets a row in its table, here `deliveries.csv`. Older rows stay as they are:

   ```csv
{row}
   ```

3. `make check-data` checks every table and tells all faults at once: file, line, column, cell, rule and fix.
   When all is well it names the notebooks that read what you changed.
4. `make refresh` runs the notebooks again and prints which verdicts moved, was → is.
5. One line under Data in `CHANGELOG.md` says what changed, the newest first:

   ```
   | {date} | {id} | | {date} | the next aircraft of the fleet | {source_id} |
   ```

Leave a cell empty where the value is unknown: empty is never zero, and a total over it says "at least".
Quote a cell that holds a comma. Rows may stand in any order; sorted by id they are easiest to review.
Save as UTF-8. A spreadsheet may add a byte-order mark or Windows line ends, which do no harm; semicolons and UTF-16 do.

## How rival figures are ranked

Sources disagree, and both figures stay, each in its row with its source.
In `capabilities.csv` `rank` says which one counts. A row ranked `default` counts from its date until the next such row of its fleet;
a `rival` row is used only by a reading that asks for it. `rank_reason` says why each has its rank.
A directory's total over unlike types is never `default`: it would be counted beside its parts.
Series that are revised as a whole, such as SIPRI's, are kept by `edition`; the newest edition published by the day is used, never a mixture.

## Grades

`verification` says how the figure was checked.

- `read`: it was read at the source named.
- `secondary`: it was read in a source that quotes another; `quoted_publisher` in `sources.csv` says whose figure it is.
- `recall`: general knowledge, read nowhere for this row.
- `derived`: computed from other rows, which the row names.

With `evidence = read` a notebook keeps `read` rows, and `derived` rows whose inputs are all `read`.

## Dates

A date is as exact as known: `2025`, `2025-12` or `2025-12-20`, never padded, and means all the days it names.
A row counts on a day if it was true on that day, whenever it was published.
If its month or year has begun on that day and not ended, both outcomes are readings.
A count holds until the next observation of the same thing, and is marked old after two years.
An undated count carries the date of its source: `observed_basis` says so.
No event is dated after the page that reports it, or after the day that page was read. Nothing depends on the day you run it.

## Licences

Structure, text and grades: CC BY 4.0, The Willing and Able? contributors.
Values remain under the terms of their publishers, which `licence` in `sources.csv` gives for each source.
"""


def text(folder: Path = data.DATA) -> str:
    """The page about the tables in a folder, as Markdown; raises DataError where a table cannot be
    read.
    """
    package = json.loads((folder / data.CONTRACT).read_text("utf-8"))
    tables = {name: data.load(name, folder) for name in data.contract(folder)}
    counts = {name: len(rows) for name, rows in tables.items()}
    parts = [
        OPENING.format(about=package["description"], rows=sum(counts.values()), tables=len(counts))
    ]
    parts.append("## Tables\n\n| table | rows | what it holds |\n|---|---:|---|")
    parts += [
        f"| [`{name}.csv`](#{name}csv) | {counts[name]} | {resource['description']} |"
        for name, resource in data.contract(folder).items()
    ]
    parts += [_table(resource, counts[name]) for name, resource in data.contract(folder).items()]
    new = example(tables["sources"], tables["deliveries"])
    parts.append(
        "\n"
        + CLOSING.format(
            date=new["sources"]["published"],
            source=_lines(new["sources"]),
            row=_lines(new["deliveries"]),
            id=new["deliveries"]["id"],
            source_id=new["sources"]["source_id"],
        )
    )
    return "\n".join(parts)


def write(folder: Path = data.DATA) -> None:
    """Bring the folder's README.md up to date with its contract and tables."""
    (folder / "README.md").write_text(text(folder), "utf-8")


def example(sources, deliveries) -> dict[str, dict]:
    """The rows of the worked example, by table: the aircraft after the last one, on the day a
    source was last read.
    """
    last = deliveries.sort_values("date").iloc[-1]
    day = sources["accessed"].max()
    source = dict.fromkeys(sources.columns, "") | {
        "source_id": f"example-{day}",
        "publisher": "Example Agency",
        "title": "The next tanker is here",
        "url": "https://example.org/next-tanker",
        "published": day,
        "accessed": day,
        "kind": "official",
        "licence": "all rights reserved; fact cited",
    }
    row = dict.fromkeys(deliveries.columns, "") | {
        "id": f"{last['id'].rpartition('/')[0]}/{last['number'] + 1}",
        "fleet": last["fleet"],
        "number": str(last["number"] + 1),
        "date": day,
        "source_id": source["source_id"],
        "verification": "read",
    }
    return {"sources": source, "deliveries": row}


def _lines(row: dict) -> str:
    """A row as CSV under its header, indented as it stands in a list."""
    file = io.StringIO()
    writer = csv.DictWriter(file, list(row), lineterminator="\n")
    writer.writeheader()
    writer.writerow(row)
    return "\n".join(f"   {line}" for line in file.getvalue().splitlines())


def _table(resource: dict, rows: int) -> str:
    """A table's section: what it holds and its columns."""
    schema = resource["schema"]
    lines = [
        f"\n### {resource['name']}.csv\n",
        f"{resource['title']}: {rows} rows. {resource['description']}",
    ]
    lines += [
        f"No two rows have the same {', '.join(f'`{name}`' for name in key)}."
        for key in schema.get("uniqueKeys", [])
    ]
    lines += ["", "| column | meaning | holds | allowed | example |", "|---|---|---|---|---|"]
    for column in schema["fields"]:
        meaning = column["description"].replace(
            " (YYYY, YYYY-MM or YYYY-MM-DD, as exact as known)", ""
        )
        cells = [
            f"`{column['name']}`",
            meaning,
            _kind(column),
            _allowed(column, schema),
            _code(column.get("example")),
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _kind(column: dict) -> str:
    """What a cell of the column is, and in which unit."""
    if is_date(column):
        return "[date](#dates)"
    if column.get("format") == "uri":
        return "web address"
    return ", ".join(filter(None, [KINDS[column["type"]], column.get("unit")]))


def _allowed(column: dict, schema: dict) -> str:
    """What the contract demands of a column, in words."""
    constraints, target = column.get("constraints", {}), references(schema).get(column["name"])
    said = ["required" if constraints.get("required") else "may be empty"]
    if "enum" in constraints:
        said.append("one of " + ", ".join(map(_code, constraints["enum"])))
    if target:
        said.append(
            f"ids of `{target[0]}`, separated by blanks"
            if "list_of" in column
            else f"an id of `{target[0]}`"
        )
    if "minimum" in constraints:
        said.append(f"{constraints['minimum']} or more")
    if "pattern" in constraints and not is_date(column) and column.get("format") != "uri":
        said.append("form " + _code(constraints["pattern"]))
    if "set_by" in column:
        said.append(f"one for each `{column['set_by']}`")
    if column.get("planned"):
        said.append("may lie ahead")
    if "not_before" in column:
        said.append(f"not before `{column['not_before']}`")
    return "; ".join(said)


def _code(value) -> str:
    return "" if value in (None, "") else "`" + str(value).replace("|", "\\|") + "`"
