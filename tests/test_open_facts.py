"""An open fact would change the verdict that is named, and those nearest to another come first."""

import math
from dataclasses import replace

import pytest
from worlds_with_other_rows import ARTICLE

from helpers import all_verdicts, claims, open_facts
from helpers.claims.readings import Outcome


@pytest.fixture(scope="module")
def judged() -> tuple:
    return all_verdicts.verdicts(ARTICLE)


def test_an_open_fact_changes_the_verdict_as_the_rule_of_verdicts_says(judged):
    for verdict in judged:
        for reading, true, false in open_facts.open_facts(verdict):
            assert reading.outcome.holds is None
            others = [
                r.outcome.holds for r in verdict.voting if r not in (reading, verdict.as_worded)
            ]
            for holds, becomes in ((True, true), (False, false)):
                if reading is verdict.as_worded:
                    expected = claims.verdict_of(Outcome(holds), others)
                else:
                    meant = verdict.as_worded.outcome
                    expected = claims.verdict_of(meant, [*others, holds])
                assert becomes == expected


def test_verdicts_unknown_as_meant_come_first_and_firm_ones_last(judged):
    order = open_facts.ranked(judged)
    near = [open_facts.closeness(verdict) for verdict in order]
    assert near == sorted(near) and near[0] == 0
    assert {v.verdict for v, at in zip(order, near, strict=True) if at == 0} <= {
        "undecided", "unsupported",
    }  # fmt: skip
    firm = next(verdict for verdict in judged if open_facts.closeness(verdict) == 4)
    reading = firm.as_worded
    unknown = replace(reading, outcome=replace(reading.outcome, holds=None))
    opened = replace(firm, given=(unknown,), verdict=claims.weigh([unknown]))
    assert open_facts.closeness(opened) == 0


def test_how_many_were_foreseen_is_counted_from_the_two_days(judged):
    first, last = (open_facts.ranked(judged)[place].claim["id"] for place in (0, -1))
    after = tuple(
        replace(v, verdict="fails" if v.verdict != "fails" else "holds")
        if v.claim["id"] in (first, last)
        else v
        for v in judged
    )
    assert str(open_facts.foreseen(judged, after)).startswith("2 verdicts differ")
    told = str(open_facts.foreseen(judged, after))
    assert " 1 of them stand among the " in told
    by_chance = 2 * math.ceil(len(judged) / 4) / len(judged)  # of two: a quarter is named first
    assert float(told.removesuffix(".").split()[-1]) == pytest.approx(by_chance, abs=0.05)
    assert str(open_facts.foreseen(judged, judged)).startswith("0 verdicts differ")
