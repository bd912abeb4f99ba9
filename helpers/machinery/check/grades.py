"""Grades where a check can see them: a warning until the rows are mended.

A relay is no source that was read, unless the row says that the full text was; what is recalled has
no place in a source; what is secondary says in its source whose figure it is.
"""

import re
from collections.abc import Iterator

from helpers.machinery.check.cells import Row, Tables

FULL_TEXT = re.compile(r"full text|full copy|read whole|own (report|words|sentence)|transcript")
Fault = tuple[Row, str]


def faults(tables: Tables) -> Iterator[Fault]:
    """Each row whose grade its source or cells contradict, with the reason."""
    sources = {row["source_id"]: row for row in tables.get("sources", [])}
    for rows in tables.values():
        for row in rows:
            source = sources.get(row.get("source_id", ""))
            relay = source["quoted_publisher"] if source else ""
            told = " ".join(row.get(name) or "" for name in ("note", "follows", "locator")).lower()
            grade = row.get("verification")
            if grade == "read" and relay and not FULL_TEXT.search(told):
                yield row, f"read, but {row['source_id']} relays {relay}"
            elif grade == "recall" and row.get("locator"):
                yield row, "recalled, but it has a place in a source"
            elif grade == "secondary" and not relay:
                yield row, f"secondary, but {row['source_id']} does not say whose figure it is"


def warnings(contract: dict, tables: Tables) -> list[str]:
    """One line a table: how many of its rows have a grade that their source contradicts."""
    seen: dict[str, list[Fault]] = {}
    for row, why in faults(tables):
        seen.setdefault(row.table, []).append((row, why))
    return [
        f"data/{name}.csv: {len(seen[name])} rows have a grade that their source contradicts, the"
        f" first in line {seen[name][0][0].line}: {seen[name][0][1]}"
        for name in contract
        if name in seen
    ]
