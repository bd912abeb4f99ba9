"""A row as a reader is told it: one sentence in plain English, with its number, subject and day."""

import re

import pytest

from helpers import data, formulas
from helpers.machinery.site import data_pages, recipe_in_words, rows_in_sentences
from helpers.recipe_acts import Recipe


@pytest.fixture(scope="module")
def tables():
    return data_pages.Tables(data.DATA)


def test_every_table_has_a_sentence_of_its_own_columns_and_every_plain_word_stands_for_one(tables):
    assert set(rows_in_sentences.SENTENCES) == set(tables.contract)
    for table in tables.contract:
        columns = {column["name"] for column in tables.columns(table)}
        assert set(rows_in_sentences.told_in(table)) <= columns, table
    for column, words in rows_in_sentences.CELLS.items():
        known = {
            word
            for table in tables.contract
            for each in tables.columns(table)
            if each["name"] == column
            for word in each.get("constraints", {}).get("enum", ())
        } or {row["fleet"] for row in tables.rows["deliveries"].values()}
        assert set(words) <= known, column


def test_no_sentence_says_a_code_a_column_or_a_day_as_tables_write_it(tables):
    codes = {id for id, row in tables.rows["countries"].items() if row["name"] != id}
    raw = re.compile(r"\b\d{4}-\d\d\b|\w_\w|\(\)|  |, ,|\bNone\b|\bnan\b")
    own = ("sources", "claims")  # whose titles and words are others'
    for table, rows in tables.rows.items():
        for id in rows if table not in own else ():
            told = rows_in_sentences.sentence(id, tables)
            assert not raw.search(told), (id, told)
            assert not codes & set(re.findall(r"\b[A-Z]{3}\b", told)), (id, told)


@pytest.mark.parametrize(
    ("id", "wanted"),
    [
        ("accessions", "joined NATO on 4 April 1949"),
        ("deliveries", "Aircraft number 9 of the fleet that NATO members share was handed over"),
    ],
)
def test_a_sentence_has_the_words_of_its_row(tables, id, wanted):
    assert any(wanted in rows_in_sentences.sentence(row, tables) for row in tables.rows[id])


def test_a_number_is_told_with_its_ends_and_an_unknown_one_as_that():
    def told(value, low, high):
        row = {"personnel": value, "low": low, "high": high}
        return rows_in_sentences.number(row, "personnel")

    assert told(30000.0, None, None) == "30,000"
    assert told(964.0, 363.0, 2058.0) == "964 (363 to 2,058)"
    assert told(None, 470.0, 2670.0) == "470 to 2,670"
    assert told(None, 750.0, None) == "at least 750"
    assert told(None, None, 30000.0) == "at most 30,000"
    assert told(None, None, None) == rows_in_sentences.UNKNOWN
    row = {"low": 10000.0, "high": None}
    assert rows_in_sentences.number(row, "low") == "at least 10,000"
    assert rows_in_sentences.number({"share": 0.83, "low": None, "high": None}, "share") == "83 %"


def test_a_formula_and_a_column_are_told_in_words():
    assert set(recipe_in_words.FORMULAS) <= set(formulas.DEFINITIONS)
    kept = recipe_in_words.words(Recipe("model", "kept_up"))
    assert kept == "worked out as soldiers that could be added by its record"
    added = recipe_in_words.words(Recipe("sum", "in_service", ("a",)))
    assert added == "aircraft in service, added up"
    other = recipe_in_words.words(Recipe("model", "made_by_a_reader"))
    assert other == "worked out as ‘made by a reader’"
