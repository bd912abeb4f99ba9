"""The answers to what the article leaves open: as data, and whether what is kept up is enough."""

import itertools
import re

import numpy as np
import pytest
from test_uncertainty import WORLD, leaf

from helpers import headline_answers, quantities, sensitivity, tables, uncertainty
from helpers.quantities import Quantity
from helpers.recipe_acts import Recipe


def test_the_answers_as_data_are_the_medians_with_their_units_and_the_table_carries_them():
    records = headline_answers.records(WORLD)
    for record, answer in zip(records, headline_answers.answers(WORLD), strict=True):
        drawn = uncertainty.draws(answer.alone, WORLD.seed)
        medians = [float(np.median(drawn.first(power))) for power in uncertainty.POWERS]
        assert record["answer"] == answer.question and record["unit"] == answer.alone.unit
        assert any(record["value"] == pytest.approx(median, rel=1e-6) for median in medians)
        assert record["value"] == pytest.approx(medians[-1], rel=5e-3)
        assert f" {record['unit']}" in record["words"]
        if turned := record["turned_round_by"]:
            for size in range(1, len(turned) + 1):  # all together do, and no fewer of them
                for some in itertools.combinations(turned, size):
                    moved = {change["input"]: change["at"] for change in some}
                    enough = sensitivity.evaluate(answer.alone, moved) >= record["enough"]
                    was = answer.alone.number >= record["enough"]
                    assert (enough != was) == (size == len(turned)), record["answer"]
    assert any(record["turned_round_by"] for record in records)
    bundle = headline_answers.kept_up(WORLD, "What could be kept up")._repr_mimebundle_()
    assert bundle[tables.ANSWERS] == records and "<table>" in bundle["text/html"]


# The conclusions


def test_each_conclusion_says_whether_what_is_kept_up_is_enough(monkeypatch):
    known = leaf("rotation-factor/ground-force", 2, 4, 5)
    at_most = Quantity(4, None, 5, "", 1, known.rows, Recipe("cell", "base"))
    asked = {
        "reached": (known, 3),
        "just reached": (known, 4),
        "short": (known, 4.5),
        "open below": (at_most, 3),
        "open and short": (at_most, 4.5),
        "unknown": (Quantity(None), 3),
        "unknown what is enough": (known, None),
    }
    made = tuple(
        headline_answers.Answer(words, alone, quantities.chosen(enough), "soldiers")
        for words, (alone, enough) in asked.items()
    )
    monkeypatch.setattr(headline_answers, "answers", lambda world: made)
    found = {row["kept up without America"]: row for row in headline_answers.conclusion_rows(WORLD)}
    assert {words: row["reached"] for words, row in found.items()} == {
        "reached": "yes",
        "just reached": "yes",
        "short": "no",
        "open below": "at most",
        "open and short": "no",
        "unknown": "unknown",
        "unknown what is enough": "unknown",
    }
    parts = {"reached": 1 - 1 / 6, "short": 0.25 / 3}  # of the triangle from 2 over 4 to 5
    for words, part in parts.items():
        assert found[words]["in the draws"].value == pytest.approx(part, abs=1e-3)
        change = str(found[words]["turned round by"])
        assert change.startswith("persons in the whole cycle") and change.endswith(" instead of 4.")
        at = float(re.search(r" at ([\d.]+) instead of", change)[1])
        assert at == pytest.approx(asked[words][1], abs=5e-3)
    assert {found["unknown"][name] for name in ("in the draws", "turned round by")} == {"unknown"}
