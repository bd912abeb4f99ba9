"""Draws over the ranges of inputs: against answers known otherwise, and sure enough for every
figure that is printed.
"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import (
    data,
    ground,
    headline_answers,
    patrols,
    quantities,
    sensitivity,
    sobol_indices,
    surveillance,
    uncertainty,
)
from helpers.quantities import Quantity
from helpers.recipe_acts import Recipe

WORLD = data.World()


def leaf(id: str, low, value, high) -> Quantity:
    return Quantity(value, low, high, "", 0, (id,), Recipe("cell", "base"))


def test_draws_follow_the_triangular_distribution():
    drawn = uncertainty.draws(quantities.add(leaf("a", 1, 2, 6), quantities.chosen(0)), 7).first(18)
    plain = np.random.default_rng(1).triangular(1, 2, 6, 400_000)
    for share in (0.05, 0.25, 0.5, 0.75, 0.95):
        assert np.quantile(drawn, share) == pytest.approx(np.quantile(plain, share), rel=5e-3)
    assert drawn.min() >= 1 and drawn.max() <= 6


@given(st.floats(0, 1), st.lists(st.floats(0, 1), min_size=3, max_size=3))
def test_a_draw_lies_in_its_range(u, ends):
    low, mode, high = sorted(ends)
    assert (
        low - 1e-12
        <= float(uncertainty.triangular(np.array([u]), low, mode, high)[0])
        <= high + 1e-12
    )


def test_an_input_used_twice_is_drawn_once():
    answer = quantities.less(
        quantities.add(leaf("a", 1, 2, 6), quantities.chosen(1)), leaf("a", 1, 2, 6)
    )
    assert np.allclose(uncertainty.draws(answer, 7).first(10), 1)


def test_the_same_seed_gives_the_same_draws_and_another_one_others():
    answer = patrols.tipping(WORLD)
    one, other = uncertainty.Draws(answer, 3), uncertainty.Draws(answer, 3)
    assert np.array_equal(one.first(15), [*other.first(10), *other.first(15)[2**10 :]])
    assert not np.array_equal(one.first(10), uncertainty.Draws(answer, 4).first(10))


def test_the_draws_of_a_caller_cannot_be_changed_for_the_next():
    with pytest.raises(ValueError, match="read-only"):
        uncertainty.draws(patrols.tipping(WORLD), 3).first(10)[0] = 0
    with pytest.raises(ValueError, match="read-only"):
        uncertainty.draws(quantities.chosen(1), 3).first(10)[0] = 0


def test_where_draws_have_no_limit_the_interval_is_open_and_told_by_its_lower_end():
    fuel = leaf("fuel", 90, 100, 110)
    taken = quantities.less(leaf("taken", 0, 1.5, 8), quantities.chosen(1))  # none in some draws
    answer = quantities.modelled("patrols_carried", "patrols", F_day=fuel, F_patrol=taken)
    assert 0.05 < np.isinf(uncertainty.draws(answer, 7).first(14)).mean() < 0.5
    told = uncertainty.spread(answer, 7)
    assert (told.high, told.unknowns) == (None, 1) and np.isfinite(told.value)
    assert str(told).startswith("at least ")


def test_an_unknown_number_has_no_draws_and_no_indices():
    with pytest.raises(ValueError, match="an unknown number has no draws"):
        uncertainty.draws(Quantity(None), 7)
    assert uncertainty.spread(Quantity(None), 7).value is None
    assert sobol_indices.sobol(Quantity(None), 7) == ()


def printed() -> list[tuple[str, Quantity]]:
    """The numbers that the notebooks print as medians with intervals."""
    found = [(answer.question, answer.alone) for answer in headline_answers.answers(WORLD)]
    found += [
        (answer.question + " with all", answer.with_part(quantities.chosen(1)))
        for answer in headline_answers.answers(WORLD)
        if answer.america
    ]
    found += [(words, kept) for words, kept in ground.variants(WORLD)]
    found += [
        (f"{sensor} members", surveillance.orbits(WORLD, sensor, "members"))
        for sensor in surveillance.SENSORS
    ]
    d = patrols.distance_to(WORLD, headline_answers.AREA)
    return found + [
        (owner, patrols.carried(WORLD, owner, "observed", d)) for owner in patrols.FLEETS
    ]


@pytest.mark.long
@pytest.mark.parametrize(("words", "answer"), printed(), ids=[words for words, _ in printed()])
def test_the_error_of_each_printed_figure_is_at_most_a_tenth_of_its_last_digit(words, answer):
    shown = [True, True, True] if answer.low is not None else [False, True, True]
    figures: list = []
    for seeds in (6, 24):  # where six leave it open, more decide
        for seed in range(len(figures), seeds):
            drawn = uncertainty.spread(answer, seed)
            figures.append(
                [
                    drawn.number if end is None else end
                    for end in (drawn.low, drawn.value, drawn.high)
                ]
            )
        means, errors = np.mean(figures, axis=0), np.std(figures, axis=0, ddof=1)
        tenths = 10.0 ** (np.floor(np.log10(np.maximum(means, 1e-300))) - 2)
        wrong = (errors > tenths) & np.array(shown) & (means > 0)
        if not wrong.any():
            break
    assert not wrong.any(), f"{words}: {means} ± {errors}"


def test_an_answer_worked_out_again_with_its_own_inputs_is_itself():
    for words, answer in printed():
        own = {id: leaf.value for id, leaf in sensitivity.leaves(answer).items()}
        assert float(sensitivity.evaluate(answer, own)) == pytest.approx(answer.value, rel=1e-8), (
            words
        )


@pytest.mark.parametrize(("words", "answer"), printed(), ids=[words for words, _ in printed()])
def test_a_chance_is_the_share_of_the_draws_that_reach_what_is_wanted(words, answer):
    drawn = uncertainty.draws(answer, 7).first(18)
    assert (answer.low or 0) <= drawn.min() and drawn.max() <= (
        np.inf if answer.high is None else answer.high
    )
    shares = [0, 0.01, 0.0499, 0.05, 0.0501, 0.5, 0.9499, 0.95, 0.9501, 1]
    for wanted in (
        *np.quantile(drawn, shares, method="lower"),
        *np.quantile(drawn, shares, method="higher"),
    ):
        part = uncertainty.chance(answer, wanted, 7).value
        assert part == pytest.approx(np.mean(drawn >= wanted), abs=0.005)


@pytest.mark.parametrize(
    ("low", "high", "wanted", "told"),
    [
        (None, 10, 11, "0 %"),
        (None, 10, 10, "not known"),
        (10, None, 10, "100 %"),
        (10, None, 11, "not known"),
        (10, 10, 10, "100 %"),
    ],
)
def test_a_chance_that_would_say_nothing_is_not_known_and_a_certain_one_has_no_at_least(
    low, high, wanted, told
):
    """Of at most ten, eleven is never reached, and whether ten is, nobody knows."""
    answer = Quantity(10, low, high, "", int(low is None or high is None), ("a",), Recipe("cell"))
    assert str(uncertainty.chance_told(answer, wanted, 7)) == told
