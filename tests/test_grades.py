"""How a figure was checked agrees with its source and its own cells."""

import pytest

from helpers.machinery.check import grades
from helpers.machinery.check.rule_book import Row


def graded(grade, relay, note="", place="", of="own", kind="press"):
    """What the rule says of a row of a table with these cells."""
    told = {"publisher": "TASS", "quoted_publisher": relay, "kind": kind, "note": of}
    source = Row("sources", {"line": 2, "source_id": "s", **told})
    cells = {"line": 2, "source_id": "s", "verification": grade, "locator": place, "note": note}
    schema = {"fields": [{"name": name} for name in cells if name != "line"]}
    found = grades.grades_fit_the_source([Row("counts", cells)], schema, {"sources": [source]})
    return [(one.column, str(one)) for one in found]


def test_a_grade_that_its_source_contradicts_is_a_fault():
    [(column, told)] = graded("read", "Reuters")
    assert column == "verification" and "passes on Reuters" in told
    [(column, told)] = graded("read", "", kind="relay")
    assert column == "verification" and "passes on not named" in told
    [(column, told)] = graded("secondary", "")
    assert column == "verification" and "whose figure it is" in told
    for cell in (
        {"note": "From an interview with NBC News."},
        {"of": "An interview with the NBC."},
    ):
        [(column, told)] = graded("read", "", **cell)
        assert column == "verification" and "first said to NBC" in told
    [(column, told)] = graded("recall", "", place="paragraph 2")
    assert column == "locator" and "no place in a source" in told


@pytest.mark.parametrize(
    "cells",
    [
        {"grade": "read", "relay": ""},
        {"grade": "secondary", "relay": "Reuters"},
        {"grade": "secondary", "relay": "not named"},
        {"grade": "recall", "relay": "The Guardian"},
        {"grade": "derived", "relay": "Reuters"},
        {"grade": "read", "relay": "10 Downing Street", "of": "Full copy of the official text."},
        {"grade": "read", "relay": "Bloomberg", "note": "The sentence is the paper's own words."},
        {"grade": "read", "relay": "", "note": "The blog's own words.", "kind": "relay"},
        {"grade": "secondary", "relay": "", "place": "third pillar, as rendered by Liga; read"},
        {"grade": "secondary", "relay": "", "place": "as quoted by TASS"},
        {"grade": "read", "relay": "", "note": "From an interview with TASS."},
        {"grade": "secondary", "relay": "NBC News", "note": "From an interview with NBC News."},
    ],
)
def test_each_case_of_the_rule_of_grades_passes(cells):
    assert graded(**cells) == []


@pytest.mark.parametrize(
    ("what", "of", "faults"),
    [
        ("A truce is announced", "The addresses were read, not the pages they lead to.", 1),
        ("By headlines alone: a truce", "The addresses were read, not the pages.", 0),
        ("A truce is announced", "Title after the address.", 0),
    ],
)
def test_an_event_known_from_addresses_says_so(what, of, faults):
    event = Row("events", {"line": 2, "source_id": "s", "what": what})
    source = Row("sources", {"line": 2, "source_id": "s", "note": of})
    found = list(grades.headlines_are_told_as_such([event], [source]))
    assert [one.column for one in found] == ["what"] * faults


@pytest.mark.parametrize(
    ("publisher", "first", "faults"),
    [("Tiroler Tageszeitung (APA)", "", 1), ("GZH (AFP)", "AFP", 0), ("APA", "", 0)],
)
def test_an_agency_beside_a_paper_is_the_first_publisher(publisher, first, faults):
    source = Row("sources", {"line": 2, "publisher": publisher, "quoted_publisher": first})
    found = list(grades.agencies_are_first_publishers([source]))
    assert [one.column for one in found] == ["publisher"] * faults


def test_words_that_only_resemble_the_rule_do_not_excuse():
    assert graded("read", "10 Downing Street", of="A copy of the text in full.")
    assert graded("read", "Bloomberg", note="In its known words.")
    assert graded("secondary", "", place="as quoted by")
