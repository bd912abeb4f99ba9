"""Check that each row's grade fits its source: the rule stands in data/README.md, under Grades.

`read` needs the first publisher, or a full copy of an official text, or the relay's own words;
`secondary` needs somebody whose figure it is; what is recalled has no place in a source.
"""

import re
from collections.abc import Iterator

from helpers.data import Finding, Rule
from helpers.machinery.check.cells import Row, Tables, each

GRADES = "Mend the grade, or see data/README.md under Grades for the words that tell why it holds"
READ_IN_RELAY = Rule("read-in-relay", "{source} passes on {relay}", GRADES)
RECALLED_WITH_PLACE = Rule(
    "recalled-with-place",
    "general knowledge has no place in a source",
    "Leave the column empty, or grade the row by how it was checked there",
)
SECONDARY_WITHOUT_FIRST = Rule(
    "secondary-without-first",
    "whose figure it is stands neither in {source} nor in the row",
    "Name the first publisher in `quoted_publisher` of the source, 'not named' where it is silent",
)
FULL_COPY = re.compile(r"\bfull copy\b", re.IGNORECASE)  # in the source's note
OWN_WORDS = re.compile(r"\bown words\b", re.IGNORECASE)  # in the row's note
READ_ELSEWHERE = re.compile(r"\bas (quoted|rendered) by \S")  # in the row's locator


@each
def grades_fit_the_source(rows: list[Row], schema: dict, tables: Tables) -> Iterator[Finding]:
    """Find rows whose grade is contradicted by their source or by their own cells."""
    columns = {field["name"] for field in schema["fields"]}
    if not {"verification", "source_id", "locator", "note"} <= columns:
        return
    sources = {row["source_id"]: row for row in tables.get("sources", [])}
    for row in rows:
        source = sources.get(row["source_id"])
        if source is None:
            continue  # another check says so
        relay = source["quoted_publisher"]
        names = {"source": row["source_id"], "relay": relay}
        grade, place, note = row["verification"], row["locator"] or "", row["note"] or ""
        if grade == "read" and relay:
            if not FULL_COPY.search(source["note"] or "") and not OWN_WORDS.search(note):
                yield row.fault(READ_IN_RELAY, "verification", **names)
        elif grade == "recall" and place:
            yield row.fault(RECALLED_WITH_PLACE, "locator")
        elif grade == "secondary" and not relay and not READ_ELSEWHERE.search(place):
            yield row.fault(SECONDARY_WITHOUT_FIRST, "verification", **names)
