"""The words that were read hold the row's value."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import data
from helpers.machinery.check import quotations, rule_book

HELD = [
    ("nine aircraft", 9),
    ("the fleet of 34", 34),
    ("1,234 soldiers", 1234),
    ("1.234 soldaten", 1234),
    ("1 234 soldats", 1234),
    ("12,5 Prozent", 12.5),
    ("about 1.4 million", 1_400_000),
    ("two thousand men", 2000),
    ("twenty-five tankers", 25),
    ("80 percent of ISR", 0.8),
    ("25 % of sorties", 0.25),
    ("the ninth aircraft", 9),
    ("54 000", 54000),
    ("12-15,000 active", 12000),
    ("1.1-1.2 million active", 1_100_000),
    ("6mila soldati", 6000),
    ("eight percent sustainable", 0.08),
]


@pytest.mark.parametrize(("words", "value"), HELD)
def test_a_number_is_found_in_figures_or_words(words, value):
    assert quotations.holds(words, value)


@pytest.mark.parametrize(
    ("words", "value"),
    [("nine aircraft", 8), ("1,234 soldiers", 1243), ("", 9), ("of 340", 34), ("no figure", 0)],
)
def test_another_number_is_not(words, value):
    assert not quotations.holds(words, value)


@given(st.integers(0, 10**9))
def test_any_whole_number_stands_in_itself_with_and_without_commas(number):
    assert quotations.holds(f"some {number} of them", number)
    assert quotations.holds(f"some {number:,} of them", number)


def faults(**cells_of_row):
    """The findings for one row of capabilities with other cells."""
    table = data.load("capabilities")
    row = dict(table.loc[table["quoted"] != ""].iloc[0]) | {"line": 2} | cells_of_row
    schema = data.contract()["capabilities"]["schema"]
    return list(
        quotations.quotations_hold_the_value([rule_book.Row("capabilities", row)], schema, {})
    )


def test_a_value_that_is_not_in_the_words_quoted_is_refused():
    assert not faults(in_service=9, quoted="nine tankers", follows="")
    (fault,) = faults(in_service=8, quoted="nine tankers", follows="")
    assert fault.column == "in_service" and "nine tankers" in str(fault)


def test_a_row_may_say_how_its_value_follows_and_an_unread_row_is_left_alone():
    assert not faults(in_service=8, quoted="nine tankers", follows="one was lost since")
    assert not faults(in_service=8, quoted="", follows="")


def test_a_coordinate_may_be_quoted_more_exactly_and_without_its_sign():
    schema = data.contract()["places"]["schema"]

    def told(**of):
        row = {"line": 2, "id": "x", "quoted": "51.750000 | 1.583620", "follows": ""} | of
        rule = quotations.quotations_hold_the_value
        return [f.column for f in rule([rule_book.Row("places", row)], schema, {})]

    assert told(latitude=51.75, longitude=-1.5836) == []
    assert told(latitude=51.76, longitude=-1.5846) == ["latitude", "longitude"]


def test_a_quotation_is_short():
    (fault,) = faults(in_service=9, quoted="nine " * 26, follows="")
    assert "more than 25 words" in str(fault)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (86, "fighter_aircraft 24 | attack_aircraft 62"),
        (4, "det femte: the fifth, of nine ordered"),
        (0.563, "719282 | 404998"),
        (90_718, "200,000 lb at 0.45359 kg"),
        (26_700, "5.6 million lb at 0.45359 kg over 95 missions"),
        (13_500, "12-15,000 active"),
        (0.67, "67.15 per cent, rounded"),
        (1332, "1203 1227 1332 2232 2422"),
        (0, "the last one was retired"),
    ],
)
def test_a_number_follows_from_those_given(value, words):
    assert quotations.follows(value, quotations.numbers(words))


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (87, "fighter_aircraft 24 | attack_aircraft 62"),
        (0.573, "719282 | 404998"),
        (90_728, "200,000 lb at 0.45359 kg"),
        (14_500, "12-15,000 active"),
        (9, "no number"),
    ],
)
def test_another_number_does_not_follow(value, words):
    assert not quotations.follows(value, quotations.numbers(words))


def test_a_reckoning_is_asked_for_only_where_a_row_tells_one():
    schema = {"primaryKey": ["id"], "fields": [{"name": "value", "reached": {"but": ["a/words"]}}]}

    def told(**cells_of_row):
        row = {"line": 2, "id": "a/new", "value": 9.0, "quoted": "4 | 3", "follows": "4 + 3"}
        rule = quotations.what_follows_can_be_reckoned
        return [f.code for f in rule([rule_book.Row("counts", row | cells_of_row)], schema, {})]

    assert told() == ["does-not-follow"]
    assert told(value=7.0) == told(follows="") == told(id="a/words") == told(value=None) == []


def test_a_number_that_no_words_hold_has_few_figures():
    form = {"most": 2, "but": ["a/old"]}
    schema = {"primaryKey": ["id"], "fields": [{"name": "value", "figures": form}]}

    def told(**cells_of_row):
        row = {
            "line": 2,
            "id": "a/new",
            "value": 110_500.0,
            "quoted": "",
            "follows": "",
            "note": "",
        }
        rule = quotations.what_nobody_quotes_is_round
        return [f.code for f in rule([rule_book.Row("counts", row | cells_of_row)], schema, {})]

    assert told() == told(value=0.515) == ["too-many-figures"]
    assert told(value=110_000.0) == told(value=0.51) == told(note="110,500 kg") == []
    assert told(quoted="some") == told(id="a/old") == told(value=None) == []


def shown(**cells_of_row):
    """What the rule says of a row of a table that asks for the place and the words read."""
    cells_of_row = {"line": 2, "id": "a/row", "verification": "read"} | cells_of_row
    read = {"locator": "paragraph 3", "quoted": "nine", "note": ""}
    row = rule_book.Row("counts", read | cells_of_row)
    schema = data.contract()["counts"]["schema"]
    return [fault.column for fault in quotations.what_was_read_is_shown([row], schema, {})]


def test_a_row_that_was_read_says_where_and_in_which_words():
    assert shown() == []
    assert shown(locator="") == ["locator"]
    assert shown(locator="", quoted="") == ["locator", "quoted"]
    assert shown(verification="recall", locator="", quoted="") == []


def test_a_row_read_in_a_relay_says_so_too_or_that_the_relay_is_gone():
    gone = {"locator": "", "quoted": "", "note": "The relay could not be read again."}
    assert shown(verification="secondary") == []
    assert shown(verification="secondary", locator="", quoted="") == ["locator", "quoted"]
    assert shown(verification="secondary", locator="the file; no row for Cyprus", quoted="") == []
    assert shown(verification="secondary", **gone) == []
    assert shown(verification="read", **gone) == ["locator", "quoted"]  # gone, so not read there


def test_every_table_with_grades_asks_for_the_place_and_the_words():
    asked = ["read", "secondary"]
    for name, resource in data.contract().items():
        graded = "verification" in data.columns(name)
        forms = resource["schema"].get("shown", [])
        assert [form["where"]["verification"] for form in forms] == (asked if graded else []), name
        assert all(form["columns"] == ["locator", "quoted"] for form in forms), name


def unlike(members, attestations) -> list[str]:
    """The members that show other words than the first attestation they rest on."""
    columns = ["source_id", "verification", "locator", "quoted", "follows"]
    attested = members[members["attested_by"] != ""]
    first = attestations.loc[attested["attested_by"].str.split().str[0], columns]
    return list(attested.index[(attested[columns].to_numpy() != first.to_numpy()).any(axis=1)])


def test_a_member_shows_the_words_of_its_first_attestation():
    members, attestations = data.load("members"), data.load("attestations")
    assert unlike(members, attestations) == []
    members.loc["member/fra", "quoted"] = "France was there"
    assert unlike(members, attestations) == ["member/fra"]


def test_where_something_was_read_is_told_in_a_readers_words_and_not_in_a_tools():
    tool = re.compile(r"read_file|find_\w+|search (pages|cop)|file read whole")
    told = {
        id: cell
        for name in data.contract()
        for column in {"locator", "note"} & set(data.columns(name))
        for id, cell in data.load(name)[column].items()
    }
    assert len(told) > 1000 and not {id: cell for id, cell in told.items() if tool.search(cell)}


@pytest.mark.parametrize(
    ("words", "value", "wanted"),
    [
        ("Spain has up to 3,000 military personnel", 3000, {"high"}),
        ("more than 1,100 military personnel", 1100, {"low"}),
        ("not more than 1,100 persons", 1100, {"high"}),
        ("no fewer than twelve ships", 12, {"low"}),
        ("over 550: 551 or more.", 551, {"low"}),
        ("nearly 90% of the tanker capabilities", 0.9, {"high"}),
        ("it still flew over 50 percent of the sorties", 0.5, {"low"}),
        ("from more than 10 to less than 10", 10, {"low", "high"}),
        ("more than 356,000 lb (161,479 kg)", 161479, set()),
        ("up to 130 in Lithuania; 260 in all", 260, set()),
        ("deployed overseas 300 soldiers", 300, set()),
        ("", 5, set()),
    ],
)
def test_which_end_of_a_range_words_make_of_a_number(words, value, wanted):
    assert quotations.ends(words, value) == wanted
