"""Every number that an explorer shows follows from its choices."""

import functools
import itertools
import re

import pytest
from formulas_again import AGAIN
from test_recount import ROSTER, kilometres, newest, parameter, table, tankers
from test_uncertainty import WORLD

from helpers import explore, ground, tables

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
        enough = [  # by the number as printed, the least size first
            f"{least[id]:,.0f} ({words})"
            for words, id in ground.SIZES.items()
            if two_figures(kept) >= least[id]
        ]
        assert row["at most enough for"] == ["none of the sizes proposed", *enough][-1]
