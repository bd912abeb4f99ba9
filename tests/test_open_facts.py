"""The smallest change that turns a conclusion or a verdict is the smallest, and does."""

import itertools
import math
from dataclasses import replace

import pytest
from altered import ARTICLE
from hypothesis import given
from hypothesis import strategies as st

from helpers import all_verdicts, claims, data, flips, quantities
from helpers.claims.readings import Outcome
from helpers.quantities import Quantity
from helpers.recipes import Recipe

WORLD = ARTICLE


def leaf(row: str, low: float, value: float, high: float) -> Quantity:
    """An input with a range, of one row."""
    return Quantity(value, low, high, "", 0, (row,), Recipe("cell", "base"))


def product(*inputs: Quantity) -> Quantity:
    answer, *others = inputs
    for other in others:
        answer = quantities.scaled(answer, other, "")
    return answer


RANGES = st.tuples(st.floats(0.3, 1), st.floats(1, 2), st.floats(2, 4))


@given(st.lists(RANGES, min_size=1, max_size=4), st.floats(0.05, 60))
def test_no_smaller_change_suffices_and_the_one_given_does(ranges, wanted):
    """The answer is a product, so that each factor is moved to one of its ends or left."""
    inputs = [leaf(f"i{place}", *ends) for place, ends in enumerate(ranges)]
    answer = product(*inputs)
    enough = answer.number >= wanted

    def turns(values: list[float]) -> bool:
        reached = 1.0
        for value in values:
            reached *= value
        return (float(f"{reached:.8e}") >= wanted) != enough

    fewest = min(
        (
            sum(at != middle for at, (_, middle, _) in zip(moved, ranges, strict=True))
            for moved in itertools.product(*ranges)
            if turns(list(moved))
        ),
        default=None,
    )
    found = flips.smallest(answer, wanted)
    assert len(found) == (fewest if fewest is not None and fewest <= flips.MOST else 0)
    if found:
        moved = {change.id: change.at for change in found}
        assert turns([moved.get(f"i{n}", middle) for n, (_, middle, _) in enumerate(ranges)])
        for change in found:
            low, _, high = ranges[int(change.id[1:])]
            assert low * (1 - 1e-8) <= change.at <= high * (1 + 1e-8)


def test_one_input_is_moved_to_where_the_answer_crosses():
    (change,) = flips.smallest(product(leaf("a", 1, 2, 4), leaf("b", 1, 1, 1.1)), 3)
    assert change.id == "a" and change.at == pytest.approx(3, rel=2e-3)


def test_two_are_moved_together_where_none_suffices_alone():
    answer = product(leaf("a", 1, 2, 3), leaf("b", 1, 2, 3))
    assert [change.id for change in flips.smallest(answer, 8)] == ["a", "b"]
    assert flips.smallest(answer, 10) == (), "nine is as far as both go"
    assert flips.smallest(Quantity(None), 1) == ()


def test_the_sentence_names_each_input_with_both_values():
    told = str(flips.told(WORLD_ANSWER, 8, WORLD))
    assert "instead of" in told and told.endswith("; none of them suffices alone.")
    assert str(flips.told(WORLD_ANSWER, 1e9, WORLD)).startswith("No 3 inputs together")


PARAMETERS = data.load("parameters")
NAMES = PARAMETERS.index[PARAMETERS["low"].notna() & PARAMETERS["high"].notna()][:2]
WORLD_ANSWER = product(*(leaf(name, 1, 2, 3) for name in NAMES))


@pytest.fixture(scope="module")
def judged() -> tuple:
    return all_verdicts.verdicts(WORLD)


def test_an_open_fact_changes_the_verdict_as_the_rule_of_verdicts_says(judged):
    for verdict in judged:
        for reading, true, false in flips.open_facts(verdict):
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
    order = flips.ranked(judged)
    near = [flips.closeness(verdict) for verdict in order]
    assert near == sorted(near) and near[0] == 0
    assert {v.verdict for v, at in zip(order, near, strict=True) if at == 0} <= {
        "undecided", "unsupported",
    }  # fmt: skip
    firm = next(verdict for verdict in judged if flips.closeness(verdict) == 4)
    reading = firm.as_worded
    unknown = replace(reading, outcome=replace(reading.outcome, holds=None))
    opened = replace(firm, given=(unknown,), verdict=claims.weigh([unknown]))
    assert flips.closeness(opened) == 0


def test_how_many_were_foreseen_is_counted_from_the_two_days(judged):
    first, last = (flips.ranked(judged)[place].claim["id"] for place in (0, -1))
    after = tuple(
        replace(v, verdict="fails" if v.verdict != "fails" else "holds")
        if v.claim["id"] in (first, last)
        else v
        for v in judged
    )
    assert str(flips.foreseen(judged, after)).startswith("2 verdicts differ")
    told = str(flips.foreseen(judged, after))
    assert " 1 of them stand among the " in told
    by_chance = 2 * math.ceil(len(judged) / 4) / len(judged)  # of two: a quarter is named first
    assert float(told.removesuffix(".").split()[-1]) == pytest.approx(by_chance, abs=0.05)
    assert str(flips.foreseen(judged, judged)).startswith("0 verdicts differ")
