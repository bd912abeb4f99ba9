"""Rows of today spoilt by chance: how many of them the rules refuse."""

import random
from collections import Counter

import every_slip
import pytest
from spoilt_rows import KINDS, caught
from worlds_with_other_rows import kept

from helpers import data


def test_most_of_a_small_sample_of_corruptions_is_refused(today):
    known = {table: [row for row in rows if kept(table, row)] for table, rows in today.items()}
    count, _, missed = caught(known, seed=1, each=2)  # whatever rows are added to draw from
    assert sum(count.values()) >= 14, missed
    sure = Counter({kind: count[kind] for kind in KINDS})
    for kind in ("a fact twice", "a look-alike letter", "a party that cannot be"):
        assert sure[kind] == 2, missed


def passing(tables, kind: str, table: str, most: int | None = None):
    """The slips of one kind in a table that pass, of all or of so many drawn by chance; words
    exchanged with words are left out.
    """
    every = [
        slip for slip in every_slip.KINDS[kind](table, tables) if not every_slip.of_words(slip[0])
    ]
    chosen = random.Random(f"{kind} {table}").sample(every, min(most or len(every), len(every)))
    found = every_slip.passing(table, tables, chosen)
    return [f"{what}: {row[data.key(table)]}" for what, _, row in found]


@pytest.mark.parametrize("kind", every_slip.KINDS)
def test_of_slips_drawn_by_chance_none_passes(today, kind):
    for table in ("accessions", "signatories", "capabilities"):
        assert passing(today, kind, table, 30) == []


@pytest.mark.long
@pytest.mark.parametrize("table", data.contract())
@pytest.mark.parametrize("kind", every_slip.KINDS)
def test_of_slips_in_any_table_none_passes(today, kind, table):
    assert passing(today, kind, table, 200) == []  # all: python tests/every_slip.py


def test_a_slip_that_no_rule_knows_is_found_to_pass(today):
    row = today["signatories"][0]
    same = every_slip.changed(row, note="Another note.")
    far = every_slip.changed(row, party="NATO")
    found = every_slip.passing("signatories", today, [("x", row, same), ("y", row, far)])
    assert [what for what, *_ in found] == ["x"]
