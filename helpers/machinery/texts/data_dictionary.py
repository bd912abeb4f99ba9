"""Write data/README.md: every table and column, from the contract, and how to add a row."""

import csv
import io
import json
from datetime import date, timedelta
from pathlib import Path

import pandas as pd

from helpers import data
from helpers.machinery.check import column_in_words
from helpers.machinery.check.text_dates_and_references import is_date

TITLED, DESCRIBED = "[Tt]itle after the address", "Title not (?:read|seen)"  # in a source's note
HERE = Path(__file__).parent  # of the prose, which stands in files of its own


def text(folder: Path = data.DATA) -> str:
    """The page about the tables in a folder, as Markdown.

    Raises DataError where a table cannot be read.
    """
    package = json.loads((folder / data.CONTRACT).read_text("utf-8"))
    tables = {name: data.load(name, folder) for name in data.contract(folder)}
    counts = {name: len(rows) for name, rows in tables.items()}
    opening = data.text(HERE / "data_opening.md")
    rows = sum(counts.values())
    parts = [opening.format(about=package["description"], rows=rows, tables=len(counts))]
    parts.append("## Tables\n\n| table | rows | what it holds |\n|---|---:|---|")
    parts += [
        f"| [`{name}.csv`](#{name}csv) | {counts[name]} | {resource['description']} |"
        for name, resource in data.contract(folder).items()
    ]
    parts += [_table(resource, counts[name]) for name, resource in data.contract(folder).items()]
    new = example(tables)
    closing = data.text(HERE / "data_closing.md")
    parts.append(
        "\n"
        + closing.format(
            date=new["sources"]["published"],
            source=_lines(new["sources"]),
            row=_lines(new["deliveries"]),
            fleet=_lines(new["capabilities"]),
            id=new["deliveries"]["id"],
            fleet_id=new["capabilities"]["id"],
            source_id=new["sources"]["source_id"],
            titled=sum(tables["sources"]["note"].str.contains(TITLED)),
            described=sum(tables["sources"]["note"].str.contains(DESCRIBED)),
            newest=_newest(tables, data.contract(folder)),
            searched=_searched(tables["searches"]),
            draws=data.text(HERE / "data_draws.md").strip(),
        )
    )
    return "\n".join(parts)


def write(folder: Path = data.DATA) -> None:
    """Write the README.md of a data folder."""
    (folder / "README.md").write_text(text(folder), "utf-8")


def example(tables: dict[str, pd.DataFrame]) -> dict[str, dict]:
    """The rows of the worked example, by table: an aircraft delivered after the last one, and its
    fleet as it is from then on.

    It is delivered on the day a source was last read, or on the day after the last aircraft, so
    that the example stays one when it has been followed.
    """
    sources, deliveries = tables["sources"], tables["deliveries"]
    capabilities = tables["capabilities"]
    last = deliveries.sort_values(["date", "number"]).iloc[-1]
    day, number = sources["accessed"].max(), last["number"] + 1
    if last["date"] == day:
        day = str(date.fromisoformat(day) + timedelta(1))
    source = dict.fromkeys(sources.columns, "") | {
        "source_id": f"example-tanker-{number}",
        "publisher": "Example Agency",
        "title": "The next tanker is here",
        "url": f"https://example.org/tanker-{number}",
        "published": day,
        "accessed": day,
        "kind": "official",
        "licence": "all rights reserved; fact cited",
    }
    read = {
        "source_id": source["source_id"],
        "verification": "read",
        "locator": "paragraph 1",
        "quoted": f"Tanker number {number} landed on {day}, so that the fleet has {number}",
    }
    row = dict.fromkeys(deliveries.columns, "") | read
    row |= {"id": f"{last['id'].rpartition('/')[0]}/{number}", "fleet": last["fleet"]}
    row |= {"number": str(number), "date": day}
    own = capabilities[
        (capabilities["fleet"] == last["fleet"]) & (capabilities["rank"] == "default")
    ]
    before = own.sort_values("observed").iloc[-1]
    kept = ("fleet", "operator", "type", "class", "size", "capability", "service", "owner_kind",
            "pooled_by", "boom", "drogue", "rank")  # fmt: skip
    fleet = dict.fromkeys(capabilities.columns, "") | {name: before[name] for name in kept} | read
    fleet |= {"id": f"{before['id'].rpartition('/')[0]}/{day}", "in_service": str(number)}
    fleet |= {"observed": day, "observed_basis": "stated", "rank_reason": "the count of its time"}
    return {"sources": source, "deliveries": row, "capabilities": fleet}


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
        cells = [
            f"`{column['name']}`",
            column_in_words.meaning(column),
            "[date](#dates)" if is_date(column) else column_in_words.holds(column),
            column_in_words.allowed(column, schema, _code),
            _code(column.get("example")),
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _newest(tables: dict[str, pd.DataFrame], contract: dict) -> str:
    """The last day of the rows of each table that tells what happened or was counted."""
    days = {
        name: max((day for day in tables[name][form["date"]] if day), default="none", key=_first)
        for name, resource in contract.items()
        if (form := resource["schema"].get("reported"))
    }
    return ", ".join(f"`{name}` {day}" for name, day in days.items())


def _first(day: str) -> str:
    return data.span(day).first.isoformat()


def _searched(searches: pd.DataFrame) -> str:
    """How far the searches reach, by claim, the furthest first."""
    reach = searches.loc[searches["covers_to"] != ""].groupby("claim")["covers_to"].max()
    return "; ".join(
        f"{day} for {', '.join(sorted(reach.index[reach == day]))}"
        for day in sorted(set(reach), reverse=True)
    )


def _code(value: object) -> str:
    return "" if value in (None, "") else "`" + str(value).replace("|", "\\|") + "`"
