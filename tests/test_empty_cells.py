"""An empty cell makes no reading false: unknown is unknown."""

import itertools
import random
from dataclasses import replace

import pandas as pd
import pytest
from worlds_with_other_rows import ARTICLE, base

from helpers import claims, data

DAYS = (ARTICLE.as_of, "2026-10-07")
ALSO = {  # columns that must be filled; if one is not, that is not the contrary either
    "statements": ("stance", "office"),
    "positions": ("position",),
    "attributions": ("role", "kind"),
    "tasks": ("field",),
    "events": ("scope",),
}
SILENT_COLUMNS = set(  # that no rule reads
    "note locator quoted follows derived_from corroborated_by on_order pooled_by".split()
)


def deciding(claim: str) -> dict[tuple[str, str], list[str]]:
    """The columns that may be empty of the rows that a fair reading rests on, with the rows in
    which they are filled.
    """
    rows = {
        row
        for reading in claims.read(claim, base(claim), all_readings=False)
        for row in reading.outcome.rows
    }
    found: dict[tuple[str, str], list[str]] = {}
    for row in sorted(rows):
        table = data.table_of(row)
        cells = data.load(table).loc[row]
        for name, column in data.columns(table).items():
            free = not column.get("constraints", {}).get("required")
            if name in SILENT_COLUMNS or not (free or name in ALSO.get(table, ())):
                continue
            if not (pd.isna(cells[name]) or cells[name] == ""):
                found.setdefault((table, name), []).append(row)
    return found


def false_ones(claim: str, world: data.World) -> set[tuple]:
    """The fair readings that are false, whatever their timing."""
    return {
        tuple(item for item in reading.options.items() if item[0] != "timing")
        for reading in claims.read(claim, world, all_readings=False)
        if reading.outcome.holds is False
    }


def test_an_emptied_text_is_empty_and_an_emptied_number_missing(altered):
    id = "position/est/2025-04-30/land"
    world = altered({"positions": {id: {"condition": None, "troops_low": None}}})
    cells = world.table("positions").loc[id, ["condition", "troops_low"]]
    assert cells["condition"] == "" and pd.isna(cells["troops_low"])
    assert all(ARTICLE.table("positions").loc[id, ["condition", "troops_low"]])


@pytest.mark.parametrize("claim", claims.judged())
def test_an_empty_cell_of_a_row_that_a_fair_reading_rests_on_makes_none_false(altered, claim):
    """One row of each column, drawn with a seed by the claim."""
    before, drawn = false_ones(claim, base(claim)), random.Random(claim)
    for (table, column), rows in deciding(claim).items():
        row = drawn.choice(rows)
        after = false_ones(claim, altered({table: {row: {column: None}}}, claim))
        assert after <= before, (table, row, column)


# Rows that no reading rests on may come to decide when a cell is emptied

DECIDING = {  # the columns that decide and may be empty, and the claims that read them
    ("attestations", "meeting_id"): ["C02", "C03"],
    ("accessions", "left"): ["C03", "C04"],
    ("command", "level"): ["C06", "C07"],
    ("command", "location"): ["C06", "C07", "C08b"],
    ("command", "nations"): ["C07"],
    ("command", "first_nation"): ["C08a"],
    ("command", "next_nation"): ["C08b"],
    ("command", "rotation_months"): ["C08b"],
    ("command", "evidence_of"): ["C06", "C08a", "C08b"],
    ("command", "excludes"): ["C06", "C07", "C08b"],
    ("command", "waits_for_terms"): ["C30"],
    ("events", "parties"): ["C01"],
    ("events", "agreed_by"): ["C10"],
    ("events", "evidence_of"): ["C01", "C09", "C10"],
    ("events", "lasting"): ["C10"],
    ("positions", "mission"): ["C05"],
    ("positions", "troops_low"): ["C05"],
    ("positions", "troops_high"): ["C05"],
    ("searches", "concludes"): ["C10", "C17"],
    ("searches", "covers_to"): ["C10", "C17"],
    ("statements", "means_named"): ["C18"],
    ("tasks", "of_force"): ["C29", "C11", "C30", "C13"],
    ("tasks", "purpose_word"): ["C11"],
    ("tasks", "begins"): ["C11"],
    ("tasks", "force_named"): ["C29"],
    ("tasks", "waits_for_terms"): ["C30"],
    ("tasks", "against"): ["C29"],
}


SAMPLE = 90  # cells of all these columns together


def sample(cell: tuple[str, str], rows: pd.DataFrame) -> pd.DataFrame:
    """As many rows as belong to a column among SAMPLE cells drawn from all, and at least one, with
    a seed by the column.
    """
    every = sum(int((filled(*other)).sum()) for other in DECIDING)
    number = max(1, round(SAMPLE * len(rows) / every))
    return rows.sample(number, random_state=int.from_bytes(".".join(cell).encode()) % 2**32)


def filled(table: str, column: str) -> pd.Series:
    """In which rows of a table a column is filled."""
    cells = ARTICLE.table(table)[column]
    return cells.notna() & (cells != "")


def outcomes(world: data.World, claim: str) -> dict[tuple, bool | None]:
    """What every reading of a claim comes to, fair or not."""
    choices = {name: of for name, of in claims.options(claim).items() if name != "timing"}
    found = {}
    for options in itertools.product(*choices.values()):
        taken = dict(zip((name.replace("-", "_") for name in choices), options, strict=True))
        found[options] = claims.RULES[claim](world, **taken).holds
    return found


@pytest.mark.parametrize("cell", DECIDING, ids=".".join)
@pytest.mark.long
def test_an_empty_cell_of_any_row_makes_no_reading_false(altered, cell):
    table, column = cell
    assert "required" not in data.columns(table)[column].get("constraints", {})
    rows = ARTICLE.table(table)[filled(table, column)]
    was = {
        (claim, day): outcomes(replace(ARTICLE, as_of=day), claim)
        for claim, day in itertools.product(DECIDING[cell], DAYS)
    }
    for id, row in sample(cell, rows).iterrows():
        as_of = DAYS[row.get("date", row.get("joined", "")) > DAYS[0]]  # the first it counts on
        world = altered({table: {id: {column: None}}}, as_of=as_of)
        for claim in DECIDING[cell]:
            for options, holds in outcomes(world, claim).items():
                assert holds is not False or was[claim, as_of][options] is False, (options, id)


def test_cells_that_decide_and_may_not_be_empty_are_held_by_the_contract():
    for table, column in [
        ("attestations", "kind"), ("members", "part"), ("accessions", "joined"),
        ("command", "element"), ("command", "step"), ("command", "said_by"),
        ("positions", "position"), ("positions", "said_by"), ("positions", "about"),
        ("statements", "stance"), ("statements", "subject"), ("statements", "office"),
        ("tasks", "assets"), ("tasks", "numbers"), ("tasks", "trigger"), ("tasks", "field"),
        ("events", "scope"),
    ]:  # fmt: skip
        assert data.columns(table)[column]["constraints"]["required"]
