"""Who must vote, what it costs, what protects it: counted a second time from the tables."""

from dataclasses import replace

import pandas as pd
import pytest
from worlds_with_other_rows import ARTICLE

from helpers import costs, ground, mandates, protection
from tests.formulas_again import AGAIN

WORLD = ARTICLE
TABLES = {
    name: pd.read_csv(ARTICLE.folder / f"{name}.csv").set_index("id")
    for name in ("mandates", "costs", "raids", "batteries", "formations")
}
WILLING = {"BEL", "DNK", "EST", "FRA", "GBR", "LTU", "TUR"}  # read off the positions by hand


def by_the_day() -> pd.DataFrame:
    rows = TABLES["mandates"]
    rows = rows[rows["date"].astype(str).str.ljust(10, "-") <= "2025-12-20"]
    return rows.sort_values("date").drop_duplicates("country", keep="last").set_index("country")


def test_all_that_have_offered_soldiers_have_a_row_on_who_must_vote():
    assert set(ground.states(WORLD, "willing")) == WILLING <= set(by_the_day().index)


@pytest.mark.parametrize(
    "cells",
    [
        {"vote": ("before",)},
        {"vote": ("after", "promised", "none")},
        {"cleared": ("yes",)},
        {"cleared": ("in part", "in principle")},
    ],
)
def test_as_many_of_the_willing_must_vote_and_have_cleared_as_counted_anew(cells):
    (column, values), rows = *cells.items(), by_the_day().loc[sorted(WILLING)]
    shown = mandates.counted(WORLD, **cells)
    assert shown.value == shown.high == rows[column].isin(values).sum()


def test_a_willing_state_without_a_row_makes_the_count_at_least(monkeypatch):
    left = mandates.of_the_willing(WORLD).query("country != 'FRA'")
    monkeypatch.setattr(mandates, "of_the_willing", lambda world: left)
    assert mandates.counted(WORLD, vote=("before",)).high is None


def test_what_is_promised_after_the_day_is_not_yet_promised():
    (britain,) = (
        row for row in mandates.table_rows(WORLD) if str(row["state"]) == "United Kingdom"
    )
    assert britain["parliament votes"] == mandates.VOTES["none"]
    later = mandates.table_rows(replace(ARTICLE, as_of="2026-02-01"))
    (britain,) = (row for row in later if str(row["state"]) == "United Kingdom")
    assert britain["parliament votes"] == mandates.VOTES["promised"]


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


def test_the_months_of_raids_run_from_the_fewest_to_the_most_missiles_of_the_table():
    rows = TABLES["raids"][TABLES["raids"]["month"] <= "2025-11"]
    fewest, most = protection.a_month(WORLD, "missiles")
    assert (fewest.value, most.value) == (rows["missiles"].min(), rows["missiles"].max())


def test_batteries_and_raids_are_told_as_their_rows_have_them():
    for told in protection.battery_rows(WORLD):
        assert told["batteries"].number == TABLES["batteries"].loc[told["whose"].id, "number"]
    for told in protection.raid_rows(WORLD):
        row = TABLES["raids"].loc[told["month"].id]
        assert told["missiles"].number == row["missiles"]
        assert told["long-range drones"].number == row["drones"]
    said = protection.in_short(WORLD).values
    owned = TABLES["batteries"].loc["battery/europe/patriot-2025-08-04", "number"]
    assert said["owned"].number == owned


def test_a_battery_of_which_no_row_is_out_by_the_day_is_unknown_and_never_none():
    assert (
        protection.batteries_of(
            replace(ARTICLE, as_of="2025-03-01"), "battery/europe/patriot-2025-08-04"
        ).value
        is None
    )


def test_the_battlegroups_are_as_many_soldiers_as_nato_said_together():
    rows = TABLES["formations"]
    rows = rows[rows.index.str.startswith("formation/nato/")]
    assert len(rows) == 8
    assert rows["personnel"].sum() == 9_641  # NATO's own sum in the same message


def test_a_formation_without_a_number_is_unknown():
    (brigade,) = (
        row for row in protection.formation_rows(WORLD) if "promised" in str(row["formation"])
    )
    assert brigade["soldiers"] == "unknown"
