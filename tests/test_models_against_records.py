"""Models against records: the ranges worked out again with plain numbers, and what breaks them."""

import csv
import itertools
from dataclasses import replace

import pytest
from worlds_with_other_rows import ARTICLE

from helpers import formulas, models_against_records, quantities
from helpers.model_parameters import parameter

WORLD = ARTICLE


def row(table: str, id: str) -> dict[str, float | None]:
    """The numbers of a row, read as text and without helpers; an end that is empty is the value."""
    with (ARTICLE.folder / f"{table}.csv").open(encoding="utf-8") as file:
        cells = next(row for row in csv.DictReader(file) if row["id"] == id)
    value = next(cells[name] for name in ("base", "value", "in_service", "low") if cells.get(name))
    before = "in_service_" if "in_service" in cells else ""
    ends = {end: float(cells[before + end] or value) for end in ("low", "high")}
    return ends | {"value": float(value)}


def product(*rows: dict, per: float = 1.0) -> tuple[float, float]:
    """The least and the greatest product of numbers anywhere between their ends."""
    corners = itertools.product(*((each["low"], each["high"]) for each in rows))
    found = []
    for corner in corners:
        number = 1 / per
        for part in corner:
            number *= part
        found.append(number)
    return min(found), max(found)


HOURS = "flying-hours/"
FLEET = row("records", "record/e-3a-fleet-2015")
RADARS = product(FLEET, row("parameters", HOURS + "early-warning"),
                 row("parameters", "operations-share/surveillance"), per=8760)  # fmt: skip
CAMPAIGN = row("parameters", "tanker-sortie-rate/campaign")
WEEK = 5 * row("records", "record/rq-4b-week")["value"] / 33  # aircraft at the time
BACK = {  # what a model allows, and what was recorded
    "Afghanistan": (RADARS, row("records", "record/e-3a-afghanistan")["value"]),
    "Libya": (RADARS, row("records", "record/e-3a-libya")["value"]),
    "Afghanistan and Libya": (RADARS, (10_000 + 2_125) / (1_015 * 24)),
    "eastern flank": (RADARS, row("records", "plan/e-3a-eastern-flank-2015")["value"]),
    "eastern flank, as tasked": (RADARS, row("records", "plan/e-3a-eastern-flank-2015")["high"]),
    "RC-135W": (
        product(
            row("capabilities", "surveillance/gbr-rc-135w/2025-10-08"),
            row("parameters", HOURS + "signals"),
            per=8760,
        ),  # fmt: skip
        row("records", "record/rc-135w-best-month")["value"],
    ),
    "RQ-4D": (
        product(
            row("capabilities", "surveillance/nato-rq-4d/2023-01-30"),
            row("parameters", HOURS + "high-altitude-drone"),
            per=8760,
        ),  # fmt: skip
        WEEK,
    ),
    "Al Udeid": (product(CAMPAIGN), row("records", "record/al-udeid-tanker-sorties")["value"]),
    "Libya, fuel": (
        product(CAMPAIGN, row("parameters", "offload-observed/a330")),
        row("records", "record/libya-fuel-per-tanker-day")["value"],
    ),
    "Typhoons": (
        product({"low": 137, "high": 137}, row("parameters", HOURS + "f-16")),
        row("records", "record/raf-typhoon-hours-2022")["value"],
    ),
}


@pytest.mark.parametrize("name", BACK)
def test_each_model_gives_back_its_record(name):
    (low, high), record = BACK[name]
    assert low <= record <= high * 1.0005, f"{low:.3g} to {high:.3g}, recorded {record:.3g}"


def every():
    return [
        *models_against_records.eyes(WORLD),
        *models_against_records.tankers_and_fighters(WORLD),
    ]


def test_what_one_fleet_flew_in_two_operations_at_once_is_the_sum():
    both = row("records", "record/e-3a-afghanistan-libya")["value"]
    assert both == round(BACK["Afghanistan and Libya"][1], 2)


def test_the_page_says_of_each_record_where_it_lies():
    assert len(every()) == len(BACK) - 1  # the eastern flank stands once, with its range
    assert {models_against_records.within(each, WORLD.seed) for each in every()} == {
        "within nine draws in ten",
        "at an end",
    }
    assert str(models_against_records.outside(WORLD, every())).startswith(
        "Every record lies within"
    )
    assert str(models_against_records.outside(WORLD, [])).startswith("No record")


def test_a_model_that_does_not_give_back_its_record_is_said_to():
    """At capacity, which the models of orbits once printed, each record lies outside."""
    at_capacity = [
        replace(each, model=each.capacity)
        for each in models_against_records.eyes(WORLD)
        if each.capacity
    ]
    assert {models_against_records.within(each, WORLD.seed) for each in at_capacity} == {"outside"}
    said = str(models_against_records.outside(WORLD, at_capacity))
    assert said.startswith("Outside") and len(said.split("; ")) == len(at_capacity)


def test_what_no_admitted_row_gives_is_not_known_and_never_outside():
    earlier = replace(ARTICLE, as_of="2025-03-01", evidence="read")
    found = [
        *models_against_records.eyes(earlier),
        *models_against_records.tankers_and_fighters(earlier),
    ]
    assert "not known" in {models_against_records.within(each, earlier.seed) for each in found}
    unknown = quantities.Quantity(None)
    assert (
        models_against_records.within(replace(every()[0], record=unknown), WORLD.seed)
        == "not known"
    )


def test_a_pair_kept_up_for_a_year_flies_no_airframe_longer_than_fleets_were_recorded_to():
    """Thirty fighters would fly 961 hours each; a fleet of Typhoons was recorded to fly 161."""
    typhoon = "Eurofighter Typhoon"
    d = 646.0
    base = {
        symbol: parameter(WORLD, symbol, typhoon).number
        for symbol in ("v", "t_os", "t_turn", "s_max", "m", "h", "p", "h_p")
    }
    at_once = formulas.fighters(2, 1, d, *(base[s] for s in ("v", "t_os", "t_turn", "s_max", "m")))
    hours = 24 / base["t_os"] * 2 * 365 * (base["t_os"] + 2 * d / base["v"])
    assert hours / at_once == pytest.approx(961, abs=5)
    lasting = formulas.fighters_without_end(2, 1, d, **base)
    assert hours / lasting <= row("parameters", HOURS + "typhoon")["high"]
