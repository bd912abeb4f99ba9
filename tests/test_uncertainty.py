"""Draws, indices and tipping points: against answers known otherwise, and sure enough for every
figure that is printed.
"""

import functools
import itertools
import re

import numpy as np
import pytest
from formulas_again import AGAIN
from hypothesis import given
from hypothesis import strategies as st
from test_recount import ROSTER, kilometres, newest, parameter, table, tankers

from helpers import (
    data,
    explore,
    ground,
    headline_answers,
    patrols,
    quantities,
    sensitivity,
    surveillance,
    tables,
    uncertainty,
)
from helpers.quantities import Quantity
from helpers.recipe_acts import Recipe

WORLD = data.World()


def leaf(id: str, low, value, high) -> Quantity:
    return Quantity(value, low, high, "", 0, (id,), Recipe("cell", "base"))


def test_draws_follow_the_triangular_distribution():
    drawn = uncertainty.draws(quantities.add(leaf("a", 1, 2, 6), quantities.chosen(0)), 7)
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
    assert np.allclose(uncertainty.draws(answer, 7), 1)


def test_the_same_seed_gives_the_same_draws_and_another_one_others():
    answer = patrols.tipping(WORLD)
    assert np.array_equal(uncertainty.draws(answer, 3, 10), uncertainty.draws(answer, 3, 10))
    assert not np.array_equal(uncertainty.draws(answer, 3, 10), uncertainty.draws(answer, 4, 10))


def test_the_draws_of_a_caller_cannot_be_changed_for_the_next():
    with pytest.raises(ValueError, match="read-only"):
        uncertainty.draws(patrols.tipping(WORLD), 3, 10)[0] = 0
    with pytest.raises(ValueError, match="read-only"):
        uncertainty.draws(quantities.chosen(1), 3, 10)[0] = 0


def test_an_unknown_number_has_no_draws_and_no_indices():
    with pytest.raises(ValueError, match="an unknown number has no draws"):
        uncertainty.draws(Quantity(None), 7)
    assert uncertainty.spread(Quantity(None), 7).value is None
    assert uncertainty.sobol(Quantity(None), 7) == ()


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
            figures.append(np.quantile(uncertainty.draws(answer, seed), [0.05, 0.5, 0.95]))
        means, errors = np.mean(figures, axis=0), np.std(figures, axis=0, ddof=1)
        tenths = 10.0 ** (np.floor(np.log10(np.maximum(means, 1e-300))) - 2)
        wrong = (errors > tenths) & np.array(shown) & (means > 0)
        if not wrong.any():
            break
    assert not wrong.any(), f"{words}: {means} ± {errors}"


def test_the_indices_are_those_of_the_ranks_counted_on_a_grid_of_all_inputs():
    """By the law of total variance, over every pair of quantiles of the two inputs."""
    a, b = leaf("a", 0, 1, 2), leaf("b", 1, 2, 6)
    middles = (np.arange(1500) + 0.5) / 1500
    x, y = (uncertainty.triangular(middles, n.low, n.value, n.high) for n in (a, b))
    place = np.argsort(np.argsort((x[:, None] * y[None, :]).ravel())).reshape(1500, 1500)
    alone = {"a": place.mean(1).var() / place.var(), "b": place.mean(0).var() / place.var()}
    in_all = {"a": 1 - alone["b"], "b": 1 - alone["a"]}
    indices = uncertainty.sobol(quantities.scaled(a, b, ""), 7)
    assert [index.id for index in indices] == sorted(in_all, key=in_all.get, reverse=True)
    for index in indices:
        assert index.first == pytest.approx(alone[index.id], abs=2 * index.first_error)
        assert index.total == pytest.approx(in_all[index.id], abs=2 * index.total_error)
        assert 0 < index.total_error < 0.01 and 0 < index.first_error < 0.015


def test_an_answer_and_its_inverse_are_driven_alike_also_where_that_has_no_limit():
    whole, part = leaf("a", 1, 2, 3), leaf("b", 0, 1, 2)
    ratio, inverse = (quantities.ratio(*sides) for sides in ((whole, part), (part, whole)))
    for one, other in zip(uncertainty.sobol(ratio, 7), uncertainty.sobol(inverse, 7), strict=True):
        assert one.id == other.id
        assert abs(one.total - other.total) <= one.total_error + other.total_error


def test_inputs_of_one_weight_are_said_to_be_about_equal_and_others_not():
    alike = quantities.add(leaf("a", 0, 1, 2), leaf("b", 0, 1, 2), leaf("c", 0, 0.1, 0.2))
    assert {index.id for index in uncertainty.drivers(alike, 7)} == {"a", "b"}
    first, second, third = uncertainty.sobol(alike, 7)
    assert uncertainty.about_equal(first, second) and not uncertainty.about_equal(second, third)


SEEDS = range(20)


@pytest.fixture
def few_points(monkeypatch):
    """A quarter of the points: the error that an index states is of its own replicates, so what is
    about equal widens with it (Owen 1997), and twenty seeds cost a quarter.
    """
    monkeypatch.setattr(uncertainty, "PER_INPUT", 2**8)
    uncertainty.sobol.cache_clear()
    yield
    uncertainty.sobol.cache_clear()


@pytest.mark.parametrize(
    "answer", headline_answers.answers(WORLD), ids=lambda answer: answer.question
)
def test_what_drives_an_answer_does_not_hang_on_the_seed(answer, few_points):
    """The first input is the same, or named as about equal to the one that is first elsewhere."""
    found = [uncertainty.drivers(answer.alone, seed) for seed in SEEDS]
    usual = uncertainty.drivers(answer.alone, WORLD.seed)[0].id
    assert all(usual in [index.id for index in drivers] for drivers in found)


@pytest.mark.long
@pytest.mark.parametrize(
    "answer", headline_answers.answers(WORLD), ids=lambda answer: answer.question
)
def test_the_error_of_an_index_is_how_far_other_seeds_lie_from_it(answer, few_points):
    """Of the 95 % intervals of all inputs and twenty seeds at least nine in ten hold the mean."""
    by_input = {}
    for seed in SEEDS:
        for index in uncertainty.sobol(answer.alone, seed):
            by_input.setdefault(index.id, []).append(index)
    held = []
    for indices in by_input.values():
        mean = np.mean([index.total for index in indices])
        held += [abs(index.total - mean) <= index.total_error for index in indices]
    assert np.mean(held) >= 0.9


def test_no_page_calls_two_inputs_the_driver_by_different_measures():
    for row in headline_answers.answer_rows(WORLD) + patrols.support_rows(
        WORLD, headline_answers.AREA
    ):
        assert "moved most by" not in row and str(row["driven by"])
    pairs = next(
        answer for answer in headline_answers.answers(WORLD) if "pairs" in answer.question
    ).alone
    named = uncertainty.drivers(pairs, WORLD.seed)
    assert uncertainty.index_rows(pairs, WORLD)[0]["input"].id == named[0].id


def test_the_answers_as_data_are_the_medians_with_their_units_and_the_table_carries_them():
    records = headline_answers.records(WORLD)
    for record, answer in zip(records, headline_answers.answers(WORLD), strict=True):
        median = float(np.median(uncertainty.draws(answer.alone, WORLD.seed)))
        assert record["answer"] == answer.question and record["unit"] == answer.alone.unit
        assert record["value"] == pytest.approx(median, rel=1e-6)
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


def test_an_input_without_weight_has_no_index():
    answer = quantities.add(
        leaf("a", 0, 1, 2), quantities.scaled(leaf("b", 0, 1, 2), quantities.chosen(0), "")
    )
    indices = {index.id: index for index in uncertainty.sobol(answer, 7)}
    assert indices["a"].total == pytest.approx(1, abs=0.01)
    assert indices["b"].total == pytest.approx(0, abs=0.01)


def test_an_answer_worked_out_again_with_its_own_inputs_is_itself():
    for words, answer in printed():
        own = {id: leaf.value for id, leaf in sensitivity.leaves(answer).items()}
        assert float(sensitivity.evaluate(answer, own)) == pytest.approx(answer.value, rel=1e-8), (
            words
        )


@pytest.mark.parametrize(("words", "answer"), printed(), ids=[words for words, _ in printed()])
def test_what_an_answer_reaches_follows_from_the_share_of_its_draws(words, answer):
    drawn = uncertainty.draws(answer, 7)
    assert (answer.low or 0) <= drawn.min() and drawn.max() <= (
        np.inf if answer.high is None else answer.high
    )
    shares = [0, 0.01, 0.0499, 0.05, 0.0501, 0.5, 0.9499, 0.95, 0.9501, 1]
    for wanted in (
        *np.quantile(drawn, shares, method="lower"),
        *np.quantile(drawn, shares, method="higher"),
    ):
        part = uncertainty.chance(answer, wanted, 7).value
        sure = part >= uncertainty.SURE and answer.low is not None
        never = part <= 1 - uncertainty.SURE and answer.high is not None
        assert uncertainty.reaches(answer, wanted, 7) is (
            True if sure else False if never else None
        )


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


def test_an_open_answer_is_never_said_to_reach_or_to_fall_short_on_its_open_side():
    at_most, at_least = (
        Quantity(10, None, 10, "", 1, ("a",), Recipe("cell", "base")),
        Quantity(10, 10, None, "", 1, ("a",), Recipe("cell", "base")),
    )
    assert [uncertainty.reaches(at_most, wanted, 7) for wanted in (5, 15)] == [None, False]
    assert [uncertainty.reaches(at_least, wanted, 7) for wanted in (5, 15)] == [True, None]


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


# Answers that a reader moves, worked out again from the choices shown beside them


def number(words) -> float:
    """A number as a page shows it."""
    digits = re.sub(r"[^\d.]", "", tables.plain(words))
    return float(digits) / (100 if "%" in tables.plain(words) else 1)


def two_figures(value: float) -> float:
    return float(f"{value:.1e}")


TYPHOON = "Eurofighter Typhoon"
read = functools.cache(parameter)
FORMULAS = {  # for how long, the formula, and what it takes beside the cycle and the sorties
    "a week": ("fighters", ()),
    "a month": ("fighters_for_a_month", ("h",)),
    "without end": ("fighters_without_end", ("h", "p", "h_p")),
}


def for_a_pair(case: str, d: float, duration: str, m: float) -> float:
    """The fighters of one pair, by the formulas written a second time."""
    name, more = FORMULAS[duration]
    month = ", a month" if duration == "a month" else ""
    at_once = [read(symbol, case) for symbol in ("v", "t_os", "t_turn", "s_max")]
    return AGAIN[name](2, 1, d, *at_once, m, *(read(symbol, case + month) for symbol in more))


def assert_every_choice_once(rows, choices: int) -> None:
    """Each combination of what can be chosen, in the first columns, has one row."""
    chosen = [tuple(map(str, [*row.values()][:choices])) for row in rows]
    assert sorted(chosen) == sorted(itertools.product(*map(set, zip(*chosen, strict=True))))


def test_every_number_of_patrols_that_an_explorer_shows_follows_from_its_choices():
    places = table("places").set_index("name")
    inside = places["country"] == "UKR"
    bases = {
        "inside Ukraine": places[(places["kind"] == "forward airfield") & inside],
        "Poland and Romania": places[(places["kind"] == "fighter base") & ~inside],
    }
    europe = ROSTER & set(table("countries").query("europe == 'yes'")["id"])
    owners = {"members in Europe": europe, "all members": ROSTER}
    jets = tankers().query("`class` == 'jet tanker' and drogue == 'yes' and in_service > 0")
    seen = table("capabilities").query("`class` == 'fighter' and rank == 'default'")
    known = set(table("parameters").query("symbol == 'f'")["applies_to"])
    seen = newest(seen[seen["type"].isin(known)])
    seen = seen.assign(A=seen["in_service"].fillna(seen["in_service_low"]).fillna(0))
    b, f, f_ext, u, v, t_os = (
        read(symbol, TYPHOON) for symbol in ("b", "f", "f_ext", "u", "v", "t_os")
    )
    rows = explore.pairs(WORLD).table.rows
    assert_every_choice_once(rows, 5)
    for row in rows:
        base, _, name = str(row["from"]).partition(", ")
        nearest = bases[base].loc[name]
        d = min(kilometres(each, places.loc["Kyiv"]) for _, each in bases[base].iterrows())
        assert d == pytest.approx(kilometres(nearest, places.loc["Kyiv"]))
        duration, part = row["for"], row["part of the fleets"].value
        m, states = row["ready"].value, owners[row["fighters and tankers of"]]
        flown = sum(
            part * fleet["A"]
            / for_a_pair(fleet["type"], d, duration, m)
            for _, fleet in seen[seen["operator"].isin(states)].iterrows()
        )  # fmt: skip
        own = jets[(jets["owner_kind"] == "pooled") | jets["operator"].isin(states)]
        ready, rate = read("m", "tankers"), read("s_T", "a campaign")
        lasts = duration == "without end"
        given = sum(
            fleet["in_service"]
            * (read("s_T", fleet["type"]) if lasts else ready * rate)
            * read("O_obs", fleet["type"])
            for _, fleet in own.iterrows()
        )
        patrol = AGAIN["tanker_fuel"](2, 1, d, v, t_os, b, f + f_ext, u)
        assert number(row["pairs by the fighters"]) == two_figures(flown)
        assert number(row["pairs by the fuel"]) == two_figures(part * given / patrol)
        assert number(row["pairs"]) == two_figures(min(flown, part * given / patrol))
        by_hours = lasts or for_a_pair(TYPHOON, d, duration, 1e9) >= for_a_pair(
            TYPHOON, d, "a week", m
        )
        assert row["what binds"] == (
            "fuel from tankers" if part * given / patrol < flown
            else "hours that airframes fly" if by_hours and duration != "a week"
            else "time on the ground and sorties a day"
        )  # fmt: skip


def test_every_number_of_soldiers_that_an_explorer_shows_follows_from_its_choices():
    least = table("proposals").set_index("id")["low"]
    rows = explore.soldiers(WORLD).table.rows
    assert_every_choice_once(rows, 3)
    for row in rows:
        states = ground.states(
            WORLD, next(who for who, words in ground.WHO.items() if words == row["who goes"])
        )
        R, d = (  # as chosen: a share is printed in whole per cent
            row["in the cycle for each one deployed"].number,
            row["share that can be deployed"].number,
        )
        away = {code: ground.on_operations(WORLD, code) for code in states}
        kept = sum(
            AGAIN["sustained"](
                ground.land_personnel(WORLD, code).value - ground.garrisons(WORLD, code).value,
                d,
                (away[code].value or 0) * R,
                R,
            )
            for code in states
            if code not in ground.APART
        )
        assert number(row["kept in place"]) == two_figures(kept)
        assert str(row["kept in place"]).startswith("at most ") == any(
            abroad.high is None for code, abroad in away.items() if code not in ground.APART
        )
        enough = [words for words, id in ground.SIZES.items() if kept >= least[id]]
        assert row["at most enough for"] == (", ".join(enough) or "none of the sizes proposed")
