"""The models: against what is published, against a second writing of each formula, and at their
edges.
"""

import ast
import contextlib
import importlib.util
import inspect
import sys
import textwrap

import numpy as np
import pytest
from formulas_again import AGAIN
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import data, formulas, quantities
from helpers.machinery.check import text_dates_and_references
from helpers.recipe_acts import Recipe

WORKED = {
    "n": 2,
    "k": 1,
    "d": 500,
    "v": 800,
    "t_os": 2.5,
}  # the worked patrol: a pair, 500 km from its base
FUEL = {"b": 3000, "f": 5000, "u": 0.8}


def test_every_model_is_written_twice():
    assert set(AGAIN) == set(formulas.DEFINITIONS)


def test_a_model_is_known_once_its_module_lies_beside_the_others(tmp_path, monkeypatch):
    (tmp_path / "aloft.py").write_text(
        "from helpers.formulas.registry_of_formulas import model\n"
        "@model(rises='N h_aloft')\n"
        "def kept_aloft(N, h_aloft):\n"
        "    return N * h_aloft / 8760\n"
    )
    for known in (formulas.DEFINITIONS, formulas.DIRECTIONS):
        monkeypatch.setitem(known, "kept_aloft", None)  # which takes it out again afterwards
        del known["kept_aloft"]
    spec = importlib.util.spec_from_file_location(
        "other", formulas.__file__, submodule_search_locations=[str(tmp_path)]
    )
    package = importlib.util.module_from_spec(spec)
    for name in ("other", "other.aloft"):
        monkeypatch.setitem(sys.modules, name, package)
    del sys.modules["other.aloft"]
    spec.loader.exec_module(package)
    assert formulas.DEFINITIONS["kept_aloft"](9, 8760) == 9
    assert text_dates_and_references.model_symbols() >= {"N", "h_aloft"}


RANGES = {
    "phi_1": (-80, 80),
    "phi_2": (-80, 80),
    "lambda_1": (-179, 179),
    "lambda_2": (-179, 179),
    "o": (0, 0.5),
    "u": (0.5, 1),
    "m": (0.1, 1),
    "q": (0, 0.6),
    "c": (0, 0.6),
    "rho": (0, 0.95),
    "x_land": (0, 1),
    "p_1": (0, 1),
    "p_2": (0, 1),
    "p_3": (0, 1),
    "n": (1, 4),
    "k": (1, 8),
    "s_max": (0.2, 3),
    "b": (1000, 4000),
    "f": (2000, 9000),
    "F_cap": (30_000, 160_000),
    "O_max": (10_000, 80_000),
    "b_T": (2000, 9000),
    "F_res": (0, 9000),
    "h": (100, 100_000),
    "h_p": (100, 100_000),
    "p": (0.5, 2),
    "w": (0.1, 1),
    "e": (0, 3),
    "r_F": (0, 3),
    "F_escort": (0, 300),
    "k_F": (0.5, 9),  # so that fighters bind in some draws, and fuel in others
    "F_patrol": (0.5, 90),
    "t_os": (0.5, 8),  # so that sorties bind in some draws, and the cycle in others
    "t_turn": (0.1, 6),
}
BY_NAME = {
    name: list(inspect.signature(function).parameters)
    for name, function in formulas.DEFINITIONS.items()
}


@pytest.mark.parametrize("name", [name for name in formulas.DEFINITIONS if name != "correlated"])
@settings(max_examples=50)
@given(draw=st.data())
def test_a_model_gives_what_its_formula_gives(name, draw):
    inputs = [
        draw.draw(st.floats(*RANGES.get(symbol, (0.5, 900))), label=symbol)
        for symbol in BY_NAME[name]
    ]
    wanted = AGAIN[name](*inputs)
    assert float(formulas.DEFINITIONS[name](*inputs)) == pytest.approx(
        wanted, rel=1e-6, abs=1e-3 if name == "distance" else 1e-9
    )


TURNED = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult}
SAME = {("correlated", "z + np.sqrt(rho) * at")}  # the common factor lies alike on either side
OTHER_END = {"maximum": "minimum", "minimum": "maximum"}


def with_a_wrong_sign(function):
    """The function again and again, each time with one sign turned: plus for minus, times for over,
    the larger for the smaller; with the part that is wrong.
    """
    source = textwrap.dedent(inspect.getsource(function))
    for place in range(sum(1 for _ in ast.walk(ast.parse(source)))):
        tree = ast.parse(source)
        node = [*ast.walk(tree)][place]
        if isinstance(node, ast.BinOp) and type(node.op) in TURNED:
            node.op = TURNED[type(node.op)]()
        elif isinstance(node, ast.Attribute) and node.attr in OTHER_END:
            node.attr = OTHER_END[node.attr]
        else:
            continue
        (definition,) = tree.body
        definition.decorator_list = []
        names = dict(function.__globals__)
        exec(compile(ast.fix_missing_locations(tree), function.__name__, "exec"), names)
        yield ast.unparse(node), names[function.__name__]


@pytest.mark.parametrize("name", list(formulas.DEFINITIONS))
def test_a_wrong_sign_in_a_model_is_noticed_by_its_second_writing(name):
    random = np.random.default_rng(3)
    samples = [
        [random.uniform(*RANGES.get(symbol, (0.5, 900))) for symbol in BY_NAME[name]]
        for _ in range(4 if name == "correlated" else 100)
    ]
    wanted = [AGAIN[name](*each) for each in samples]
    for words, wrong in with_a_wrong_sign(formulas.DEFINITIONS[name]):
        if (name, words) in SAME:
            continue
        with np.errstate(all="ignore"), contextlib.suppress(ValueError, ZeroDivisionError):
            found = [float(wrong(*each)) for each in samples]
            assert found != pytest.approx(wanted, rel=1e-3, abs=1e-6), f"{name}: {words}"


@pytest.mark.parametrize("rho", [0, 0.3, 0.9])
def test_the_copula_is_the_integral_over_the_common_factor(rho):
    assert float(formulas.correlated(0.43, 0.15, 0.26, rho)) == pytest.approx(
        AGAIN["correlated"](0.43, 0.15, 0.26, rho), rel=1e-3
    )


@pytest.mark.parametrize("name", list(formulas.DEFINITIONS))
def test_a_model_takes_arrays_and_gives_for_each_element_what_it_gives_for_numbers(name):
    random = np.random.default_rng(7)
    draws = [random.uniform(*RANGES.get(symbol, (1, 900)), 5) for symbol in BY_NAME[name]]
    found = formulas.DEFINITIONS[name](*draws)
    assert np.allclose(
        found, [formulas.DEFINITIONS[name](*each) for each in zip(*draws, strict=True)]
    )


@pytest.mark.parametrize("name", list(formulas.DEFINITIONS))
def test_a_model_is_moved_by_each_input_in_the_direction_it_declares_and_else_in_both(name):
    random, function = np.random.default_rng(11), formulas.DEFINITIONS[name]
    draws = np.array(
        [random.uniform(*RANGES.get(symbol, (1, 900)), 4000) for symbol in BY_NAME[name]]
    )
    at = np.asarray(function(*draws), dtype=float)
    for place, (symbol, direction) in enumerate(
        zip(BY_NAME[name], formulas.DIRECTIONS[name], strict=True)
    ):
        raised = draws.copy()
        raised[place] = random.uniform(draws[place], RANGES.get(symbol, (1, 900))[1])
        with np.errstate(invalid="ignore"):  # infinite before and after: not moved
            moved = np.nan_to_num(np.asarray(function(*raised), dtype=float) - at)
        exact = 2e-3 if name == "correlated" else 1e-9  # a quadrature of 64 points
        slack = exact * np.abs(np.where(np.isfinite(at), at, 0))
        rises, falls = (moved > slack).any(), (moved < -slack).any()
        assert (rises, falls) == (direction >= 0, direction <= 0), symbol


def test_a_direction_of_no_input_or_of_both_ways_is_refused():
    for declared in ({"rises": "x y"}, {"rises": "x", "falls": "x"}):
        with pytest.raises(ValueError, match="is no input, or named twice"):
            formulas.model(**declared)(lambda x: x)


# What is published


def test_64000_deployed_take_256000_in_the_cycle():
    assert formulas.pool(64_000, 4) == 256_000


def test_two_million_in_uniform_keep_up_fifty_thousand_at_the_observed_share():
    assert formulas.sustained(2_000_000, 0.025, 0, 1) == 50_000


def test_density_of_earlier_forces():
    assert formulas.density(855, 180) == pytest.approx(4.75)  # UNFICYP
    assert formulas.density(8_800, 120) == pytest.approx(73.3, abs=0.05)  # UNIFIL, ground troops
    assert formulas.line_force(formulas.density(855, 180), 1100) == pytest.approx(5225)
    assert formulas.density(8_800, 120) / formulas.density(855, 180) == pytest.approx(15, abs=0.5)


def test_the_press_figure_of_seven_a_kilometre_does_not_follow_from_its_own_inputs():
    assert formulas.density(100_000, 3_700) == pytest.approx(27, abs=0.1)


def test_the_worked_patrol():
    fighters = formulas.fighters(**WORKED, t_turn=3, s_max=1.5, m=0.7)
    assert np.ceil(fighters) == 19
    fuel = formulas.tanker_fuel(**WORKED, **FUEL)
    assert fuel / formulas.KG_PER_TONNE == pytest.approx(139.2)
    assert formulas.tankers(fuel, 55_000, 1 * 0.75) == pytest.approx(3.4, abs=0.05)
    assert formulas.tipping_distance(800, 5000, 0.8, 3000) == pytest.approx(533, abs=0.5)
    assert formulas.tanker_fuel(
        **{**WORKED, "d": 200}, **FUEL
    ) / formulas.KG_PER_TONNE == pytest.approx(96)


def test_the_corrected_base_inputs_of_the_patrol():
    assert formulas.fighters(**WORKED, t_turn=3, s_max=1.0, m=0.7) == pytest.approx(27.4, abs=0.05)
    assert formulas.tipping_distance(800, 5000, 0.8, 2300) == pytest.approx(696, abs=0.5)
    assert formulas.cycling_fighters(**WORKED, t_turn=3) == pytest.approx(5.4)


def test_a_tanker_over_a_thousand_nautical_miles_gives_what_the_maker_says():
    towline = formulas.offload(111_000, 6_100, 1000 * 1.852, 450 * 1.852, 4, 7_000, 70_000)
    assert towline == pytest.approx(52_000, rel=0.03)


def test_tonnes_a_tanker_and_day_over_libya():
    assert formulas.tankers(880_000, 23_800, 1) == pytest.approx(37, abs=0.05)


def test_aircraft_an_orbit():
    e_3 = [formulas.airframes_per_orbit(10, 1000, 740, 6, m) for m in (0.5, 0.7)]
    assert e_3 == pytest.approx([4.4, 3.1], abs=0.05)
    assert formulas.airframes_per_orbit(24, 1500, 570, 8, 0.5) == pytest.approx(3.4, abs=0.05)
    own = data.load("parameters").loc[
        "airframes-per-orbit/rq-4b", "base"
    ]  # with depot and training, so more than the line alone takes
    assert formulas.airframes_per_orbit(24, 1500, 570, 8, 0.5) < own


def test_the_conjunction_of_the_forecasts():
    marginals = 0.43, 0.15, 0.26
    assert formulas.independent(*marginals) == pytest.approx(0.0168, abs=5e-5)
    assert (formulas.at_least(*marginals), formulas.at_most(*marginals)) == (0, 0.15)
    assert (
        formulas.at_least(*marginals)
        <= formulas.correlated(*marginals, 0.5)
        <= formulas.at_most(*marginals)
    )
    assert formulas.correlated(*marginals, 0) == pytest.approx(formulas.independent(*marginals))
    by_rho = [float(formulas.correlated(*marginals, rho)) for rho in (0, 0.5, 0.9)]
    assert formulas.correlated(*marginals, np.array([0, 0.5, 0.9])) == pytest.approx(by_rho)


def test_a_composite_of_two_measures_by_hand():
    x = [[0.2, 0.8], [0.5, 0.5]]
    assert formulas.composite(x, [1, 1]) == pytest.approx([0.5, 0.5])
    assert formulas.composite(x, [3, 1]) == pytest.approx([0.35, 0.5])
    assert formulas.composite(x, [1, 1], geometric=True) == pytest.approx([0.4, 0.5])
    assert formulas.composite(x, [[1, 1], [3, 1]]).shape == (2, 2)
    assert formulas.composite([[0, 1]], [1, 1], geometric=True) == [0]


def test_weights_that_are_none_and_negative_measures_are_refused():
    for weights in ([0, 0], [-1, 2]):
        with pytest.raises(ValueError, match="weights are not negative"):
            formulas.composite([[1, 1]], weights)
    with pytest.raises(ValueError, match="no negative measure"):
        formulas.composite([[-1, 1]], [1, 1], geometric=True)


# Edges


def test_a_state_without_a_deployable_share_adds_nothing_and_takes_nothing():
    assert formulas.sustained(10_000, 0, 3_000, 4) == 0
    assert formulas.sustained(10_000, 0.1, 3_000, 4) == 0


def test_beyond_the_tipping_distance_there_is_no_time_on_station_and_no_orbit():
    edge = formulas.tipping_distance(800, 5000, 0.8, 2300)
    assert formulas.unrefuelled_station(edge * 1.001, 800, 5000, 0.8, 2300) == 0
    assert formulas.unrefuelled_station(edge * 0.999, 800, 5000, 0.8, 2300) > 0
    assert formulas.orbits(14, 0.25, 10, 3700, 740, 6, 0.5) == 0
    assert formulas.airframes_per_orbit(10, 3700, 740, 6, 0.5) == np.inf


def test_an_offload_that_is_gone_is_refused():
    assert formulas.offload(111_000, 6_100, 6_500, 833, 4, 7_000, 70_000) == 0
    with pytest.raises(ValueError, match="no number of tankers suffices"):
        formulas.tankers(100_000, 0, 1)
    assert list(formulas.tankers(np.array([0, 1e5]), np.array([0, 5e4]), 1)) == [0, 2]


def test_a_patrol_that_takes_no_fuel_sets_no_limit():
    assert formulas.patrols_carried(300_000, 0) == np.inf
    assert list(formulas.patrols_carried(300_000, np.array([0, 1e5]))) == [np.inf, 3]


def test_certain_and_impossible_conditions():
    assert formulas.correlated(1, 1, 0.26, 0.5) == pytest.approx(0.26, abs=1e-3)
    assert formulas.correlated(0, 1, 0.26, 0.5) == 0


@pytest.mark.parametrize("rho", [-0.1, -0.6, 1.0, 1.2])
def test_a_correlation_that_is_none_is_refused(rho):
    with pytest.raises(ValueError, match="the correlation must be"):
        formulas.correlated(0.4, 0.2, 0.3, rho)


def test_a_probability_that_is_none_is_refused():
    with pytest.raises(ValueError, match="between 0 and 1"):
        formulas.correlated(1.1, 0.2, 0.3, 0.5)


# Numbers made by a model


def number(low, value, high):
    return quantities.Quantity(value, low, high, "", 0, ("row",), Recipe("cell", "base"))


def test_a_modelled_number_has_the_range_of_its_inputs():
    found = quantities.modelled("pool", "persons", N_dep=number(10, 20, 30), R=number(2, 4, 5))
    assert (found.value, found.low, found.high) == (80, 20, 150)
    assert quantities.recipe(found) == "model pool (cell base: row) (cell base: row)"


def test_an_open_input_leaves_the_number_open_on_the_side_it_pulls_to():
    most = quantities.modelled(
        "sustained",
        "persons",
        A=number(100, 100, None),
        d=number(0.5, 0.5, 0.5),
        C=number(0, 0, 0),
        R=number(2, 2, 2),
    )
    assert (most.low, most.high) == (25, None)
    least = quantities.modelled(
        "sustained",
        "persons",
        A=number(100, 100, 100),
        d=number(1, 1, 1),
        C=number(10, 10, None),
        R=number(2, 2, 2),
    )
    assert (least.low, least.high) == (None, 45)


def test_an_input_that_moves_a_number_either_way_is_tried_at_both_ends_and_opens_both():
    def fuel(t_os, d=500):
        given = {"n": 2, "k": 1, "d": d, "v": 800, "b": 3000, "f": 5000, "u": 0.8}
        inputs = {symbol: number(value, value, value) for symbol, value in given.items()}
        return quantities.modelled("tanker_fuel", "kg", t_os=t_os, **inputs)

    for d in (100, 900):
        both = [formulas.tanker_fuel(**WORKED | {"t_os": t_os, "d": d}, **FUEL) for t_os in (2, 4)]
        spread = fuel(number(2, 3, 4), d)
        assert (spread.low, spread.high) == pytest.approx((min(both), max(both)))
        open_above = fuel(number(2, 3, None), d)
        assert (open_above.low, open_above.high) == (None, None)


def test_an_unknown_input_or_a_refusal_makes_the_number_unknown():
    assert (
        quantities.modelled(
            "pool", "persons", N_dep=quantities.Quantity(None), R=number(2, 4, 5)
        ).value
        is None
    )
    nothing = {"F_day": number(1, 1, 1), "O": number(0, 0, 0), "s_T": number(1, 1, 1)}
    assert quantities.modelled("tankers", "aircraft", **nothing).value is None
