"""One fact is one row.

The contract says of a table
  apart     rows alike in all but one column are one fact, unless it is one of these columns
"""

from collections.abc import Iterator
from operator import itemgetter

from helpers.data import Finding, Rule
from helpers.machinery.check.rule_book import Row, each

SAID_TWICE = Rule(
    "said-twice",
    "the same fact as line {line}, but for {column}",
    "One fact is one row: keep one of them",
)


@each
def a_fact_is_said_once(rows: list[Row], schema: dict) -> Iterator[Finding]:
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
        others = itemgetter(*(name for name in names if name != left))
        for row in rows:
            first = seen.setdefault(others(row), row)
            if first is not row and row.line not in told:
                told.add(row.line)
                yield row.fault(SAID_TWICE, left or key, line=first.line, column=left or "the id")
