"""Comparing two scenarios or days: what differs is named, and nothing where nothing does."""

import json

import pytest

from helpers import claims, ledger, parameters
from helpers.machinery import compare


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("compare")
    compare.write(made, "article", "latest")
    return made


def test_it_names_every_claim_that_differs_and_no_other(folder):
    told = json.loads((folder / "compare.json").read_text("utf-8"))
    now = [ledger.verdicts(compare.side(named)[1]) for named in ("article", "latest")]
    different = [was.claim["id"] for was, new in zip(*now, strict=True) if any(was.record()[name] != new.record()[name] for name in ledger.MOVED)]
    assert [pair["was"]["id"] for pair in told] == different
    assert different


def test_its_page_names_what_happened_after_january_2026(folder):
    page = (folder / "index.html").read_text("utf-8")
    assert "What happened between the two days" in page
    assert "event/2026-05-09-three-day-truce" in page
    assert "default-src" in page


def test_its_table_has_a_line_for_each_claim_that_differs(folder):
    lines = (folder / "compare.csv").read_text("utf-8").splitlines()
    assert len(lines) == 1 + len(json.loads((folder / "compare.json").read_text("utf-8")))


def test_a_scenario_beside_itself_differs_in_nothing(tmp_path):
    assert compare.write(tmp_path, "article", "2025-12-20") == "every verdict and number is the same"
    assert json.loads((tmp_path / "compare.json").read_text("utf-8")) == []


def test_a_side_is_a_scenario_or_a_day():
    assert compare.side("2026-03-01")[0] == "article@2026-03-01"
    assert compare.side("europe-only")[1].roster == "europe"
    with pytest.raises(parameters.ParameterError, match="unknown scenario"):
        compare.side("articel")


def test_every_judged_claim_is_compared():
    assert len(ledger.verdicts(compare.side("article")[1])) == len(claims.judged())
