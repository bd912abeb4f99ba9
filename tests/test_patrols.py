"""Patrols by base, by duration and beside escorts: worked out again with plain numbers."""

import pytest
from formulas_again import AGAIN
from test_recount import kilometres, parameter, table

from helpers import data, patrols, quantities

WORLD, KYIV, TYPHOON = data.World(), "place/area-kyiv", patrols.TYPE


def away(base: str, area: str) -> float:
    places = table("places").set_index("id")
    return kilometres(places.loc[base], places.loc[area])


POLAND = away("place/minsk-mazowiecki", KYIV)
UKRAINE = away("place/zhytomyr", KYIV)
SEA = away("place/mihail-kogalniceanu", "place/area-black-sea-west")


def pair(d: float, duration: str, case: str = TYPHOON) -> float:
    """Fighters of one pair at a distance, with every limit written out."""
    v, t_os, t_turn, s_max, m, h, p, h_p = (
        parameter(symbol, case) for symbol in ("v", "t_os", "t_turn", "s_max", "m", "h", "p", "h_p")
    )
    way = 2 * d / v
    at_once = max(2 * (t_os + way + t_turn) / t_os, 48 / t_os / s_max) / m
    hours = 365 * 48 / t_os * (t_os + way)
    month = hours / parameter("h", f"{case}, a month")
    return {
        "a week": at_once,
        "a month": max(at_once, month),
        "without end": max(at_once, hours / h, hours / p / h_p),
    }[duration]


@pytest.mark.parametrize("duration", patrols.DURATIONS)
@pytest.mark.parametrize(("base", "d"), [("permanent", POLAND), ("ukraine", UKRAINE)])
def test_a_pair_takes_as_many_fighters_as_its_tightest_limit_asks_for(base, d, duration):
    far = patrols.distance_to(WORLD, KYIV, base)
    assert far.number == pytest.approx(d, rel=1e-6)
    found = patrols.fighters(WORLD, far, duration=duration).number
    assert found == pytest.approx(pair(d, duration), rel=1e-6)


def test_distance_and_duration_count_without_end_as_they_do_not_in_a_week():
    assert pair(POLAND, "a week") == pair(UKRAINE, "a week")
    assert pair(POLAND, "without end") > 1.3 * pair(UKRAINE, "without end")
    assert pair(POLAND, "a week") < pair(POLAND, "a month") < pair(POLAND, "without end")


def test_what_binds_is_the_limit_that_asks_for_most():
    d = quantities.chosen(POLAND, "km")
    assert patrols.binding(WORLD, d, duration="a week") == "time on the ground and sorties a day"
    assert patrols.binding(WORLD, d) == "hours that airframes fly"
    limits = patrols.limits(WORLD, d)
    assert (
        max(limits.values(), key=lambda number: number.number) is limits[patrols.binding(WORLD, d)]
    )
    assert patrols.binding(data.World(evidence="read"), d) in {"not known", *patrols.LIMITS}


@pytest.mark.parametrize("owner", ["europe", "members"])
def test_each_states_fighters_are_counted_a_second_time_and_so_are_the_pairs_of_all(owner):
    far, cells = patrols.distance_to(WORLD, KYIV), table("capabilities").set_index("id")
    rows = patrols.fighter_rows(WORLD, KYIV, owner)
    together = dict.fromkeys(("a week", "without end"), 0.0)
    for row in rows:
        fleet = cells.loc[row["fleet"].id]
        counted, floor, top = (fleet[f"in_service{end}"] for end in ("", "_low", "_high"))
        A = next(number for number in (counted, floor, 0) if number == number)
        ready = base_of(row["ready"])
        m = parameter("m", fleet["type"])
        assert ready.number == pytest.approx(A * m, rel=1e-6)
        for duration in together:
            flown = A / pair(POLAND, duration, fleet["type"])
            assert base_of(row[f"pairs, {duration}"]).number == pytest.approx(flown, rel=1e-6)
            known = top == top or counted == counted and floor != floor
            together[duration] += flown if known else (floor / A * flown if A else 0)
    for duration, pairs in together.items():
        found = patrols.flown_by(WORLD, owner, far, duration).number
        assert found == pytest.approx(pairs, rel=1e-6)
        kept = patrols.kept(WORLD, owner, far, duration).number
        fuel = patrols.carried(WORLD, owner, "observed", far, duration=duration).number
        assert kept == pytest.approx(min(pairs, fuel), rel=1e-6)


def base_of(told) -> quantities.Quantity:
    """The answer at its inputs' values of which a table tells the median."""
    return told.values["number"].parts[0]


def test_escorts_over_the_sea_take_fighters_and_fuel_from_the_pairs_over_kyiv():
    far = patrols.distance_to(WORLD, KYIV)
    b, u, v, t_os = (parameter(symbol, TYPHOON) for symbol in ("b", "u", "v", "t_os"))
    f = parameter("f", TYPHOON) + parameter("f_ext", TYPHOON)
    fuel = {d: AGAIN["tanker_fuel"](2, 1, d, v, t_os, b, f, u) for d in (POLAND, SEA)}
    flown = patrols.flown_by(WORLD, "europe", far, "without end").number
    given = patrols.given(WORLD, "europe", "observed", "drogue").number
    for escorts in (0, 1, 2):
        by_fighters = flown - escorts * pair(SEA, "without end") / pair(POLAND, "without end")
        by_fuel = (given - escorts * fuel[SEA]) / fuel[POLAND]
        left = patrols.kept(
            WORLD, "europe", far, "without end", escorts=quantities.chosen(escorts, "aircraft")
        )
        assert left.number == pytest.approx(min(by_fighters, by_fuel), rel=1e-6)
    none = patrols.kept(
        WORLD, "europe", far, "without end", escorts=quantities.chosen(500, "aircraft")
    )
    assert none.number == 0
