"""Comparing two scenarios or days: what differs is named, and nothing where nothing does."""

import csv
import datetime
import json
import re

import pytest
from bs4 import BeautifulSoup
from pages_built import row_of
from test_recount import by_the_day, table

from helpers import claims, notebook_parameters
from helpers.machinery import __main__ as machinery
from helpers.machinery.commands import check_data, compare
from helpers.machinery.outputs import manifest, replace_outputs_whole

LOOKED_AT = (
    "verdict",
    "as_worded",
    "computed",
    "low",
    "high",
    "readings",
    "readings_holding",
    "readings_failing",
    "readings_unknown",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("compare")
    compare.write(made, "article", "latest", manifest.inputs())
    return made


@pytest.fixture(scope="module")
def judged() -> dict[str, list[dict]]:
    """Each claim as it is judged in the two scenarios that are compared."""
    sides = [compare.judged(compare.side(named)[1]) for named in ("article", "latest")]
    return {
        pair[0].claim["id"]: [verdict.record() for verdict in pair]
        for pair in zip(*sides, strict=True)
    }


def test_it_names_every_claim_that_differs_and_no_other(folder, judged):
    told = json.loads((folder / "compare.json").read_text("utf-8"))
    different = [
        claim
        for claim, (was, now) in judged.items()
        if any(was[name] != now[name] for name in LOOKED_AT)
    ]
    assert told == [{"was": judged[claim][0], "is": judged[claim][1]} for claim in different]
    assert different


def page_of(folder) -> BeautifulSoup:
    return BeautifulSoup((folder / "index.html").read_text("utf-8"), "html.parser")


def test_its_page_tells_events_first_then_what_moved_then_what_was_not_found(folder, judged):
    page = page_of(folder)
    first = page.select_one("main h1").get_text()
    newest = datetime.date.fromisoformat(compare.side("latest")[1].as_of)
    assert first == f"What has changed from 20 December 2025 to {newest.day} {newest:%B %Y}"
    headings = [heading.get_text(strip=True) for heading in page.select("main h2")]
    assert headings[:5] == [
        "What happened", "Verdicts that moved", "Readings that moved", "Looked for and not found",
        "All that happened",
    ]  # fmt: skip
    verdicts = page.find("caption", string=re.compile("^Both verdicts")).parent
    turned = [was["id"] for was, now in judged.values() if was["verdict"] != now["verdict"]]
    assert [cited(page, row) for row in verdicts.select("tbody tr td:first-child")] == turned
    beside = page.find("caption", string=re.compile("^What turned beside a verdict")).parent
    said = {row: row.select("td")[-1].get_text() for row in beside.select("tbody tr")}
    assert said
    for row, words in said.items():
        moved = cited(page, row.td) in turned
        assert words == "beside the claim" or (", then " in words if moved else "still " in words)
    assert "default-src" in str(page)


def cited(page, cell) -> str:
    """The id of the row that a cell leads to."""
    return row_of(page.find(id=cell.a["href"][1:]))


def test_its_page_names_the_events_between_the_two_days_and_none_before_whichever_day_comes_first(
    folder, tmp_path
):
    compare.write(tmp_path, "latest", "article", manifest.inputs())
    last = compare.side("latest")[1].as_of
    between = set()
    for name in ("events", "statements", "tasks", "command"):
        rows = table(name)
        rows = rows[rows["bears_on"] != ""]
        before, late = (set(by_the_day(rows, "date", day)["id"]) for day in ("2025-12-20", last))
        between |= late - before
    assert "event/2026-05-09-three-day-truce" in between
    for made in (folder, tmp_path):
        page = page_of(made)
        told = page.find("caption", string=re.compile("^Every event between the two days")).parent
        assert {cited(page, row) for row in told.select("tbody tr td:first-child")} == between


def test_two_sides_of_one_day_are_called_by_their_scenarios_and_nothing_happened(tmp_path):
    compare.write(tmp_path, "read-only", "article", manifest.inputs())
    page = page_of(tmp_path)
    assert page.select_one("main h1").get_text() == "read-only beside article"
    assert "Nothing has happened since that bears on a claim." in page.get_text()


def test_its_table_gives_both_verdicts_and_what_differs_of_each_claim(folder, judged):
    lines = list(csv.DictReader((folder / "compare.csv").read_text("utf-8").splitlines()))
    assert [line["claim"] for line in lines] == [
        pair["was"]["id"] for pair in json.loads((folder / "compare.json").read_text("utf-8"))
    ]
    for line in lines:
        was, now = judged[line["claim"]]
        assert (line["article"], line["latest"]) == (was["verdict"], now["verdict"])
        assert sorted(line["differs in"].split()) == sorted(
            name for name in LOOKED_AT if was[name] != now[name]
        )
    assert any(line["article"] != line["latest"] for line in lines)


def test_a_scenario_beside_itself_differs_in_nothing(tmp_path):
    assert (
        compare.write(tmp_path, "article", "2025-12-20", manifest.inputs())
        == "every verdict and number is the same, and so is what could be kept up"
    )
    assert json.loads((tmp_path / "compare.json").read_text("utf-8")) == []


def test_a_comparison_is_verified_like_all_outputs(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(replace_outputs_whole, "OUTPUTS", tmp_path)
    monkeypatch.setattr(check_data, "passes", lambda: True)
    assert machinery.main(["compare"]) == machinery.main(["verify"]) == 0
    assert (
        "compare/article..latest: every file is what these inputs give\n" in capsys.readouterr().out
    )
    (tmp_path / "compare/article..latest/compare.csv").unlink()
    assert machinery.main(["verify"]) == 1
    assert "compare/article..latest: compare.csv is missing\n" in capsys.readouterr().out


def test_a_side_is_a_scenario_or_a_day():
    assert compare.side("2026-03-01")[0] == "article@2026-03-01"
    assert compare.side("europe-only")[1].roster == "europe"
    with pytest.raises(notebook_parameters.ParameterError, match="unknown scenario"):
        compare.side("articel")


def test_every_judged_claim_is_compared():
    judged = compare.judged(compare.side("article")[1])
    assert sorted(verdict.claim["id"] for verdict in judged) == sorted(claims.judged())
