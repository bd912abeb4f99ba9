"""The smallest change of inputs that turns an answer round is the smallest, and does."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds_with_other_rows import ARTICLE

from helpers import data, inputs_that_turn_an_answer, quantities
from helpers.quantities import Quantity
from helpers.recipe_acts import Recipe

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
    found = inputs_that_turn_an_answer.smallest(answer, wanted)
    assert len(found) == (
        fewest if fewest is not None and fewest <= inputs_that_turn_an_answer.MOST else 0
    )
    if found:
        moved = {change.id: change.at for change in found}
        assert turns([moved.get(f"i{n}", middle) for n, (_, middle, _) in enumerate(ranges)])
        for change in found:
            low, _, high = ranges[int(change.id[1:])]
            assert low * (1 - 1e-8) <= change.at <= high * (1 + 1e-8)


def test_one_input_is_moved_to_where_the_answer_crosses():
    (change,) = inputs_that_turn_an_answer.smallest(
        product(leaf("a", 1, 2, 4), leaf("b", 1, 1, 1.1)), 3
    )
    assert change.id == "a" and change.at == pytest.approx(3, rel=2e-3)


def test_two_are_moved_together_where_none_suffices_alone():
    answer = product(leaf("a", 1, 2, 3), leaf("b", 1, 2, 3))
    assert [change.id for change in inputs_that_turn_an_answer.smallest(answer, 8)] == ["a", "b"]
    assert inputs_that_turn_an_answer.smallest(answer, 10) == (), "nine is as far as both go"
    assert inputs_that_turn_an_answer.smallest(Quantity(None), 1) == ()


def test_the_sentence_names_each_input_with_both_values():
    told = str(inputs_that_turn_an_answer.told(WORLD_ANSWER, 8, WORLD))
    assert "instead of" in told and told.endswith("; none of them suffices alone.")
    assert str(inputs_that_turn_an_answer.told(WORLD_ANSWER, 1e9, WORLD)).startswith(
        "No 3 inputs together"
    )


PARAMETERS = data.load("parameters")
NAMES = PARAMETERS.index[PARAMETERS["low"].notna() & PARAMETERS["high"].notna()][:2]
WORLD_ANSWER = product(*(leaf(name, 1, 2, 3) for name in NAMES))
