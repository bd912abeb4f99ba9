"""Formations and their soldiers are told as their rows have them."""

from test_mandates import TABLES, WORLD

from helpers import ground


def test_the_battlegroups_are_as_many_soldiers_as_nato_said_together():
    rows = TABLES["formations"]
    rows = rows[rows.index.str.startswith("formation/nato/")]
    assert len(rows) == 8
    assert rows["personnel"].sum() == 9_641  # NATO's own sum in the same message


def test_a_formation_without_a_number_is_unknown():
    (brigade,) = (
        row for row in ground.formation_rows(WORLD) if "promised" in str(row["formation"])
    )
    assert brigade["soldiers"] == "unknown"
