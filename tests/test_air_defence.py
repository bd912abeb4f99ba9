"""Raids and batteries are told as their rows have them, and the unknown is never none."""

from dataclasses import replace

from test_mandates import TABLES, WORLD
from worlds_with_other_rows import ARTICLE

from helpers import air_defence


def test_the_months_of_raids_run_from_the_fewest_to_the_most_missiles_of_the_table():
    rows = TABLES["raids"][TABLES["raids"]["month"] <= "2025-11"]
    fewest, most = air_defence.a_month(WORLD, "missiles")
    assert (fewest.value, most.value) == (rows["missiles"].min(), rows["missiles"].max())


def test_batteries_and_raids_are_told_as_their_rows_have_them():
    for told in air_defence.battery_rows(WORLD):
        assert told["batteries"].number == TABLES["batteries"].loc[told["whose"].id, "number"]
    for told in air_defence.raid_rows(WORLD):
        row = TABLES["raids"].loc[told["month"].id]
        assert told["missiles"].number == row["missiles"]
        assert told["long-range drones"].number == row["drones"]
    said = air_defence.in_short(WORLD).values
    owned = TABLES["batteries"].loc["battery/europe/patriot-2025-08-04", "number"]
    assert said["owned"].number == owned


def test_a_battery_of_which_no_row_is_out_by_the_day_is_unknown_and_never_none():
    assert (
        air_defence.batteries_of(
            replace(ARTICLE, as_of="2025-03-01"), "battery/europe/patriot-2025-08-04"
        ).value
        is None
    )
