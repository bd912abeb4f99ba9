"""Who has said that a condition is needed, and who that it is not."""

from helpers import data, quantities
from helpers.conditions.how_each_stood import CONDITIONS
from helpers.tables import Row, day, or_none
from helpers.timeline import own_word


def need_rows(world: data.World) -> list[dict]:
    """Who has said by the day that a condition is needed, or is not, oldest first."""
    rows = world.until("statements").sort_values(["date", "id"])
    rows = rows[rows["subject"].isin([condition.need for condition in CONDITIONS])]
    word = {"demands": "needed", "refuses": "not needed"}
    return [
        {
            "day": Row(id, day(row["date"])),
            "who": row["speaker"],
            "of": row["subject"],
            "says": word.get(row["stance"], "neither"),
            "in short": row["statement"],
            "second source": row["corroborated"],
        }
        for id, row in rows.iterrows()
    ]


def need_counts(world: data.World) -> list[dict]:
    """Per condition how many states said by their own word that it is needed, and how many that it
    is not, Russia apart.
    """
    rows = world.until("statements")
    rows = rows[own_word(rows) & (rows["country"] != "RUS")]
    table = []
    for condition in CONDITIONS:
        spoken = rows[rows["subject"] == condition.need]
        table.append(
            {"if": condition.name}
            | {
                words: or_none(
                    quantities.count(spoken[spoken["stance"] == stance], "statements"),
                    "none on record",
                )
                for words, stance in (
                    ("called needed", "demands"),
                    ("called not needed", "refuses"),
                )
            }
        )
    return table
