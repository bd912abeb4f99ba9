"""Check that each row's grade fits its source: the rule stands in data/README.md, under Grades.

`read` needs the first publisher, or a full copy of an official text, or the relay's own words;
`secondary` needs somebody whose figure it is; what is recalled has no place in a source. A relay
passes on somebody's words even if it does not say whose.
"""

import re
from collections.abc import Iterator

from helpers.data import SILENT, Finding, Rule
from helpers.machinery.check.rule_book import Row, Tables, each_among_others, together

GRADES = "Mend the grade, or see data/README.md under Grades for the words that tell why it holds"
READ_IN_RELAY = Rule("read-in-relay", "{source} passes on {relay}", GRADES)
INTERVIEW_ELSEWHERE = Rule(
    "interview-elsewhere",
    "the words were first said to {outlet}",
    "Grade the row secondary and name {outlet} in `quoted_publisher` of {source}",
)
HEADLINE_AS_PAGE = Rule(
    "headline-as-page",
    "{source} shows addresses alone, and the words do not say so",
    "Begin them with `By headlines alone`",
)
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
AGENCY_IN_PUBLISHER = Rule(
    "agency-in-publisher",
    "the paper passes on the report of {agency}",
    "Name the agency in `quoted_publisher`",
)
AGENCY = re.compile(  # beside the name of another paper
    r"\S \((AFP|ANSA|AP|APA|Associated Press|askanews|Belga|CTK|Cercle Finance|dpa|EFE"
    r"|Europa Press|Interfax|Lusa|PA|PTI|RIA|Reuters|TASS|UPI)\)"
)
FULL_COPY = re.compile(r"\bfull copy\b", re.IGNORECASE)  # in the source's note
OWN_WORDS = re.compile(r"\bown words\b", re.IGNORECASE)  # in the row's note
INTERVIEW = re.compile(
    r"\b[Ii]nterview with (?:the )?([A-Z]\w*)"
)  # in the row or the source's note
ADDRESSES = re.compile(r"\baddresses were read, not the pages\b")  # in the source's note
HEADLINES = re.compile(r"^By headlines alone\b")  # what a row says that rests on addresses
READ_ELSEWHERE = re.compile(r"\bas (quoted|rendered) by \S")  # in the row's locator


@each_among_others
def grades_fit_the_source(rows: list[Row], schema: dict, tables: Tables) -> Iterator[Finding]:
    """Find rows whose grade is contradicted by their source or by their own cells.

    Parameters
    ----------
    rows : list of Row
        The rows of one table.
    schema : dict
        What the contract says of it; without columns for a grade and its source no row is at fault.
    tables : dict
        The rows of all tables by name; `sources` has what a grade must fit.
    """
    columns = {field["name"] for field in schema["fields"]}
    if not {"verification", "source_id", "locator", "note"} <= columns:
        return
    sources = {row["source_id"]: row for row in tables.get("sources", [])}
    for row in rows:
        source = sources.get(row["source_id"])
        if source is None:
            continue  # another check says so
        relay = source["quoted_publisher"]
        passed_on = relay or (SILENT if source["kind"] == "relay" else "")
        names = {"source": row["source_id"], "relay": passed_on}
        grade, place, note = row["verification"], row["locator"] or "", row["note"] or ""
        if grade == "read" and passed_on:
            if not FULL_COPY.search(source["note"] or "") and not OWN_WORDS.search(note):
                yield row.fault(READ_IN_RELAY, "verification", **names)
        elif grade == "read" and (outlet := _interviewer(row, source)):
            yield row.fault(
                INTERVIEW_ELSEWHERE, "verification", outlet=outlet, source=row["source_id"]
            )
        elif grade == "recall" and place:
            yield row.fault(RECALLED_WITH_PLACE, "locator")
        elif grade == "secondary" and not relay and not READ_ELSEWHERE.search(place):
            yield row.fault(SECONDARY_WITHOUT_FIRST, "verification", **names)


def _interviewer(row: Row, source: Row) -> str:
    """The outlet that an interview was given to, where it is not the publisher; else nothing."""
    told = " ".join(words or "" for words in (row.get("follows"), row["note"], source["note"]))
    found = INTERVIEW.search(told)
    return found[1] if found and found[1] not in source["publisher"] else ""


@together("events", "sources")
def headlines_are_told_as_such(events: list[Row], sources: list[Row]) -> Iterator[Finding]:
    """Find events known from addresses alone that are told as if their pages had been read."""
    lists = {row["source_id"] for row in sources if ADDRESSES.search(row["note"] or "")}
    for row in events:
        if row["source_id"] in lists and not HEADLINES.search(row["what"]):
            yield row.fault(HEADLINE_AS_PAGE, "what", source=row["source_id"])


@together("sources")
def agencies_are_first_publishers(sources: list[Row]) -> Iterator[Finding]:
    """Find papers that name an agency in brackets only, as if its report were their own."""
    for row in sources:
        found = AGENCY.search(row["publisher"])
        if found and not row["quoted_publisher"]:
            yield row.fault(AGENCY_IN_PUBLISHER, "publisher", agency=found[1])
