"""What a force would cost, worked out a second time from the table."""

import pytest
from test_mandates import TABLES, WORLD

from helpers import costs, ground
from tests.formulas_again import AGAIN


def test_a_year_of_the_force_costs_what_the_formula_gives_of_each_row():
    kept = ground.offers(WORLD).number
    for told in costs.table_rows(WORLD):
        row = TABLES["costs"].loc[told["mission"].id]
        sizes = {
            "a soldier a year, thousands": 1_000,
            "10,000 soldiers, millions a year": 10_000,
            "25,000 soldiers, millions a year": 25_000,
            "what those who would send soldiers could add, millions a year": kept,
        }
        for words, soldiers in sizes.items():
            number = told[words].parts[0] if told[words].how.act == "median" else told[words]
            wanted = AGAIN["cost"](soldiers, row["amount"], row["persons"], row["years"])
            assert number.number == pytest.approx(wanted, rel=1e-6)
    for told in costs.other_rows(WORLD):
        amount = TABLES["costs"].loc[told["for"].id, "amount"]
        assert told["thousands"].number == pytest.approx(1_000 * amount)


def test_the_estimate_costs_less_a_soldier_than_any_war_and_about_as_much_as_a_quiet_mission():
    rows = TABLES["costs"].dropna(subset="persons")
    each = 1e6 * rows["amount"] / rows["persons"] / rows["years"]
    estimate = each["cost/bloomberg/ukraine-2025"]
    assert estimate == pytest.approx(75_000)
    assert (each[rows["mission"].str.contains("a war")] > 3 * estimate).all()
    assert each[costs.QUIET] == pytest.approx(estimate, rel=0.15)  # euros of 2017, dollars of 2025


def test_currencies_are_never_added_or_converted():
    for row in costs.table_rows(WORLD):
        own = TABLES["costs"].loc[row["mission"].id]
        assert row["in"] == own["currency"]
        assert all(
            value.rows == () or own.name in value.rows
            for key, value in row.items()
            if key.endswith("a year")
        )
