"""A second opinion: the committed verdicts' numbers counted again with pandas alone, from the tables and the claims' own rules.

Nothing of helpers is imported here.
"""

import json
from pathlib import Path

import pandas as pd
import pytest

ROOT = Path(__file__).resolve().parent.parent
DAY = "2025-12-20"
MIME = "application/vnd.willing-and-able.verdict+json"


def table(name: str) -> pd.DataFrame:
    return pd.read_csv(ROOT / "data" / f"{name}.csv", keep_default_na=False, na_values=[""])


def by_the_day(rows: pd.DataFrame, column: str, day: str = DAY) -> pd.DataFrame:
    """Rows whose date has wholly passed: a month or year counts once it is over."""
    ends = rows[column].astype(str).map(lambda text: str(pd.Period(text).end_time.date()))
    return rows[ends <= day]


def committed() -> dict[str, dict]:
    found = {}
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        for cell in json.loads(path.read_text("utf-8"))["cells"]:
            for output in cell.get("outputs", []):
                record = output.get("data", {}).get(MIME)
                if record:
                    found[record["id"]] = record
    return found


VERDICTS = committed()
ROSTER = set(by_the_day(table("attestations").query("kind != 'disavowed'"), "date")["country"]) & set(
    table("members").query("part == 'member'")["country"]
)
NATO = set(by_the_day(table("accessions").query("organisation == 'NATO'"), "joined")["country"])


def newest(rows: pd.DataFrame) -> pd.DataFrame:
    """The newest observation of each fleet by the day."""
    seen = by_the_day(rows, "observed")
    ends = seen["observed"].astype(str).map(lambda text: pd.Period(text).end_time)
    return seen.assign(ends=ends).sort_values(["ends", "id"]).drop_duplicates("fleet", keep="last")


def tankers() -> pd.DataFrame:
    rows = table("capabilities")
    return newest(rows[(rows["capability"] == "tanker") & (rows["rank"] == "default")])


def american(kinds) -> int:
    rows = tankers()
    return int(rows[(rows["operator"] == "USA") & (rows["owner_kind"] == "national") & rows["class"].isin(kinds)]["in_service"].sum())


def others(owners: set[str], kinds=("jet tanker",)) -> int:
    rows = tankers()
    owned = rows["operator"].isin(owners) & (rows["owner_kind"] == "national") | (rows["owner_kind"] == "pooled")
    return int(rows[owned & rows["class"].isin(kinds)]["in_service"].sum())


def test_the_roster_counts_as_many_states_as_the_notebook_says():
    assert VERDICTS["C02"]["computed"] == len(ROSTER)
    assert VERDICTS["C02"]["as_worded"] is (len(ROSTER) == 34)


def test_the_published_counts_are_those_that_the_notebook_weighs():
    counts = by_the_day(table("counts").query("counted == 'members'"), "date").sort_values("date")
    newest_by = {counter: counts[counts["counted_by"] == counter]["count"].iloc[-1] for counter in ("President of France", "Coalition chairs")}
    outcomes = [len(ROSTER) == 34, len(ROSTER) + 1 == 34, *(count == 34 for count in newest_by.values())]
    assert (VERDICTS["C02"]["readings"], VERDICTS["C02"]["readings_holding"]) == (len(outcomes), sum(outcomes))


def test_the_allies_outside_and_the_members_beyond_nato_are_those_of_the_notebook():
    assert VERDICTS["C03"]["computed"] == sorted(NATO - ROSTER)
    assert VERDICTS["C04"]["computed"] == sorted(ROSTER - NATO)
    own_words = (
        by_the_day(table("attestations").query("kind in ('avowed', 'disavowed')"), "date")
        .sort_values(["date", "id"])
        .drop_duplicates("country", keep="last")
    )
    denied = set(own_words.query("kind == 'disavowed'")["country"])
    assert VERDICTS["C04"]["verdict"] == ("depends" if denied & (ROSTER - NATO) else "holds")


def test_the_signatories_are_those_of_the_notebook():
    assert VERDICTS["C12"]["computed"] == sorted(by_the_day(table("signatories"), "date")["party"])


def test_the_pooled_fleet_has_as_many_aircraft_as_were_delivered():
    assert VERDICTS["C23"]["computed"] == len(by_the_day(table("deliveries"), "date"))


def test_the_us_fleet_passes_the_stated_number_by_the_same_readings():
    rows = table("capabilities")
    totals = newest(rows[rows["class"] == "directory total"]).set_index("fleet")["in_service"]
    jets = american(["jet tanker"])
    later = table("capabilities").query("fleet == 'usa-kc-135' and rank == 'default' and observed == '2025-12'")["in_service"].iloc[0]
    earlier = tankers().query("fleet == 'usa-kc-135'")["in_service"].iloc[0]
    marines = tankers().query("fleet == 'usa-kc-130-marines'")["in_service"].iloc[0]
    numbers = [jets, jets + marines, jets + later - earlier, jets + marines + later - earlier]
    numbers += [totals["usa-directory-flightglobal"], totals["usa-directory-globalfirepower"]]
    record = VERDICTS["C24"]
    assert record["computed"] == totals["usa-directory-flightglobal"]
    assert (record["readings"], record["readings_holding"]) == (len(numbers), sum(number > 600 for number in numbers))
    assert (record["low"], record["high"]) == (min(numbers), max(numbers))


def test_the_ratios_are_those_of_the_notebook():
    kinds = ["jet tanker", "tactical tanker", "special operations tanker", "pod-capable transport"]
    assert VERDICTS["C25a"]["computed"] == pytest.approx(VERDICTS["C24"]["computed"] / VERDICTS["C23"]["computed"])
    assert VERDICTS["C25b"]["computed"] == pytest.approx(american(kinds) / others(NATO - {"USA"}, kinds))
    assert VERDICTS["C26a"]["computed"] == others(NATO - {"USA"})
    assert VERDICTS["C26b"]["computed"] == pytest.approx(others(NATO - {"USA"}) / american(["jet tanker"]))


def test_the_pair_is_within_a_factor_of_two_of_no_ratio_counted_alike():
    europe = set(table("countries").query("europe == 'yes'")["id"])
    ratios = [american(["jet tanker"]) / others(owners) for owners in (NATO - {"USA"}, ROSTER & europe)]
    assert all(not 0.5 <= (600 / 9) / ratio <= 2 for ratio in ratios)
    assert VERDICTS["C25b"]["readings_holding"] == 0
