"""The ground force counted a second time from the tables, and held against what was planned, judged
and declared by others.
"""

import dataclasses
import math
import random
import re
import statistics

import pandas as pd
import pytest
from worlds_with_other_rows import ARTICLE

from helpers import ground, models_against_records, quantities, uncertainty
from helpers.ground import kept_up_in_rows_and_charts
from tests.formulas_again import AGAIN

WORLD = ARTICLE
TABLES = {
    name: pd.read_csv(ARTICLE.folder / f"{name}.csv").set_index("id")
    for name in ("indicators", "deployments", "proposals", "parameters", "positions")
}


def drawn(low, middle, high) -> float:
    return random.triangular(low, high, middle) if high > low else low


def record(code: str) -> tuple[float, float, float]:
    """Least, middle and most of the years in which a state's troops on operations were counted; of
    one mission counted alone its number, which is the least, and no most.
    """
    rows = TABLES["indicators"].query("indicator == 'troops deployed' and country == @code")
    row = rows.sort_values("edition_published").iloc[-1]
    if "Afghanistan alone" in row["note"]:
        counted = row["quoted"].split()[-1].strip("()").replace(",", "")
        assert pd.isna(row["value"]) and row["low"] == float(counted)
        return row["low"], row["low"], math.inf
    years = [int(text.replace(",", "")) for text in str(row["quoted"]).split() if text.isdigit()]
    if not years:
        return (row["value"],) * 3
    assert row["value"] == pytest.approx(statistics.median(years), abs=0.5)
    return min(years), row["value"], max(years)


AWAY = {  # land forces on operations: known missions, all abroad, garrisons; by hand from the rows
    "FRA": (3300, 3300, None, 0),
    "GBR": (900 + 250, 1000 + 250, 10000, 2500),
}


def draws(codes: tuple[str, ...], count: int = 20_000) -> list[float]:
    """What states could add by record, drawn with the standard library and counted anew."""
    random.seed(1)
    x = TABLES["parameters"].loc["land-part-abroad/ground-force"]
    shares = tuple(float(x[end]) for end in ("low", "base", "high"))
    ends, totals = {code: record(code) for code in codes}, []
    for _ in range(count):
        part, total = drawn(*shares), 0.0
        for code in codes:
            least, most, whole, garrison = AWAY[code]
            known = drawn(least, least, most)
            away = AGAIN["abroad"](known, whole, garrison, part) if whole else known
            total += AGAIN["kept_up"](drawn(*ends[code]), away)
        totals.append(total)
    return sorted(totals)


@pytest.mark.parametrize("codes", [("FRA",), ("GBR",), ground.LEADERS])
def test_what_france_and_britain_could_add_by_record_is_the_same_counted_anew(codes):
    shown = uncertainty.spread(ground.recorded_by(WORLD, codes), WORLD.seed)
    again = draws(codes)
    for end, place in ((shown.low, 0.05), (shown.value, 0.5), (shown.high, 0.95)):
        assert end == pytest.approx(again[int(place * len(again))], rel=0.03, abs=120)


def test_the_model_gives_back_what_britain_and_france_planned_together():
    planned = TABLES["proposals"].loc["proposal/2026-01-08-times", "high"]
    for count in (ground.recorded_by, ground.declared_by):
        shown = uncertainty.spread(count(WORLD, ground.LEADERS), WORLD.seed)
        assert shown.low <= planned <= shown.high


def test_the_model_gives_back_what_researchers_held_possible_for_those_willing():
    row = TABLES["proposals"].loc["proposal/2025-04-iiss-sustain"]
    kept = ground.recorded_by(WORLD, ground.states(WORLD, "willing"))
    shown = uncertainty.spread(kept, WORLD.seed)
    assert shown.low <= row["high"]
    assert shown.high is None  # Denmark's and Türkiye's records are floors
    assert shown.low == pytest.approx(row["low"], rel=0.1)


def test_what_was_judged_easy_a_push_and_without_a_chance_comes_out_so():
    kept = ground.recorded_by(WORLD, ground.states(WORLD, "willing"))
    reached = {
        id: uncertainty.chance(kept, TABLES["proposals"].loc[id, "low"], WORLD.seed).value
        for id in ground.JUDGED
    }
    assert reached["proposal/2025-04-iiss-small"] >= 0.9
    assert 0 < reached["proposal/2025-04-29-ministers"] <= 0.25
    assert reached["proposal/2025-04-29-radakin"] == 0


def test_what_states_once_kept_on_operations_is_no_more_than_the_declared_shares_give_in_all():
    codes = tuple(TABLES["indicators"].query("indicator == 'sustainable land forces'")["country"])
    every = ground.sustained_by(WORLD, codes, standing="released")
    assert sum(record(code)[1] for code in codes) < every.value


def test_garrisons_neither_rotate_nor_come_home():
    for code, garrison in (("TUR", 30_000), ("FRA", 5_700), ("GBR", 2_500)):
        assert ground.garrisons(WORLD, code).value == garrison
    away = ground.on_operations(WORLD, "TUR")
    missions = TABLES["deployments"].query("country == 'TUR' and stay == 'rotates'")["personnel"]
    assert away.value == away.high == missions.sum() < 30_000
    freed = ground.sustained(WORLD, "TUR", standing="released").value
    kept = ground.sustained(WORLD, "TUR").value
    assert freed - kept == pytest.approx(away.value)


def test_a_floor_counts_as_its_floor_and_a_ceiling_as_anything_to_it():
    rows = pd.DataFrame(
        {"personnel": [None] * 3 + [70.0], "low": [50.0, None, 10.0, None]},
        index=["floor", "ceiling", "both", "number"],
    ).assign(high=[None, 80.0, 20.0, None])
    ends = {id: (q.low, q.high) for id in rows.index for q in [ground.counted(rows, id)]}
    assert ends == {"floor": (50, 50), "ceiling": (0, 80), "both": (10, 20), "number": (70, 70)}


def test_a_state_of_which_nothing_is_counted_adds_an_unknown_number_and_never_none():
    assert ground.on_operations(WORLD, "CYP").high is None
    assert ground.recorded(WORLD, "CYP").value is None
    together = ground.recorded_by(WORLD, ("FRA", "CYP"))
    assert together.value == ground.recorded(WORLD, "FRA").value
    assert together.high is None and str(together).startswith("at least ")


def test_the_largest_army_stands_apart_from_shares_it_did_not_declare():
    with_it = ground.declared_by(WORLD, ("FRA", "TUR"))
    assert with_it == ground.declared_by(WORLD, ("FRA",))


def test_who_is_sent_once_is_not_kept_back_to_relieve():
    kept, away = ground.sustained(WORLD, "FRA").value, ground.on_operations(WORLD, "FRA").value
    R = TABLES["parameters"].loc["rotation-factor/ground-force", "base"]
    sent = ground.sent_by(WORLD, ("FRA", "TUR"))
    assert sent.value == pytest.approx(kept * R + away * (R - 1)) and kept > 0


def test_a_number_holds_until_it_is_taken_back():
    named = {str(row["state"]): row for row in ground.named_rows(WORLD)}
    own = TABLES["positions"].loc["position/est/2025-04-30/land"]
    later = TABLES["positions"].loc["position/est/2025-08-22/land"]
    assert pd.isna(later["troops_low"]) and later["date"] > own["date"]
    assert (named["Estonia"]["from"].value, named["Estonia"]["to"].value) == (
        own["troops_low"],
        own["troops_high"],
    )
    assert "Lithuania" in named


NATO_IN_2003 = "BEL CAN CZE DEU DNK ESP FRA GBR GRC ITA LUX NLD NOR POL PRT TUR".split()


def test_the_records_of_the_states_together_are_about_what_natos_secretary_general_counted():
    then, later = models_against_records.soldiers(WORLD)
    assert then.record.value == 55_000 and later.record.value == 50_000
    assert then.model.value == sum(record(code)[1] for code in NATO_IN_2003)
    for compared in (then, later):
        assert models_against_records.within(compared, WORLD.seed) != "outside"
    assert models_against_records.within(then, WORLD.seed) == "within nine draws in ten"
    doubled = dataclasses.replace(then, model=quantities.add(then.model, then.model))
    assert models_against_records.within(doubled, WORLD.seed) == "outside"


def told(number: quantities.Quantity) -> tuple:
    return str(number), number.value, number.low, number.high


def test_one_state_could_add_the_same_wherever_a_table_says_it():
    states = {str(row["state"]): row for row in ground.state_rows(WORLD, ("FRA", "GBR", "EST"))}
    planned = {row["whose part"]: row for row in ground.planned_rows(WORLD)}
    (estonia,) = (row for row in ground.named_rows(WORLD) if str(row["state"]) == "Estonia")
    for name in ("France", "United Kingdom"):
        recorded = states[name]["could add, by record"].values["number"]
        assert told(recorded) == told(planned[name]["by record"])
    named = estonia["could add, by record"].values["number"]
    assert told(states["Estonia"]["could add, by record"].values["number"]) == told(named)


def test_the_years_of_the_records_are_those_that_their_workbook_gives():
    counted = TABLES["indicators"].query("indicator == 'troops deployed'")
    columns = counted["locator"].str.extractall(r"columns (\d{4}) to (\d{4})")
    assert f"{columns[0].min()} to {columns[1].max()}" == kept_up_in_rows_and_charts.YEARS


def test_the_french_and_british_part_stands_beside_the_middle_of_the_whole_and_not_its_floor():
    told, title = str(ground.reached(WORLD)), str(ground.who_title(WORLD))
    (middle,) = re.findall(r"\(probably ([\d,]+) or more\)", title)
    part = str(uncertainty.spread(ground.recorded_by(WORLD, ("FRA", "GBR")), WORLD.seed))
    whole = f"; of the ‘probably {middle} or more’ {part} "
    assert re.search(whole + r"\([\d,–]+\) are French and British;", told)
    assert float(part.replace(",", "")) <= float(middle.replace(",", ""))
