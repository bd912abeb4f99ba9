"""Who must vote and who has cleared the force, counted a second time from the table."""

from dataclasses import replace

import pandas as pd
import pytest
from worlds_with_other_rows import ARTICLE

from helpers import ground, mandates

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
