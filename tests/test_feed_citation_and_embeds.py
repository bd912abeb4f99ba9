"""What a reader takes along: a claim by itself, its citation, figures as files, the feed."""

import base64
import csv
import functools
import json
import re
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from pages_built import built, notebooks, records

from helpers import charts, claims, scenarios
from helpers.claims.verdict_log import reason
from helpers.machinery.outputs import manifest
from helpers.machinery.run import execute

ATOM = "{http://www.w3.org/2005/Atom}"


def page(file) -> BeautifulSoup:
    return BeautifulSoup(file.read_text("utf-8"), "html.parser")


@pytest.fixture(scope="module")
def small(new_folder, tmp_path_factory):
    """The pages of notebooks made on the tiny tables, and what they were made of."""
    place = new_folder()
    row = place.rows("verdict_log")[0]
    place.write(
        "verdict_log",
        [
            row
            | {"id": "verdict/C24/2026-01-05", "date": "2026-01-05", "claim": "C24"}
            | {"verdict": "depends", "previous": "holds", "reason": "a row <b>moved</b> & more"},
            row
            | {"id": "verdict/C02/2026-02-05", "date": "2026-02-05", "claim": "C02"}
            | {"verdict": "holds", "previous": "fails", "reason": "read again"},
            row
            | {"id": "verdict/C24/2026-01-04", "date": "2026-01-04", "claim": "C24"}
            | {"verdict": "holds", "previous": "", "reason": "first judged"},
        ],
    )
    return built(tmp_path_factory.mktemp("site"), place.path), notebooks(place.path)


@pytest.fixture(scope="module")
def committed(article):
    return article, {
        name: execute.open_notebook(scenarios.file(name)) for name in scenarios.notebooks()
    }


@pytest.fixture(scope="module", params=["small", "committed"])
def site(request):
    return request.getfixturevalue(request.param)


def test_every_judged_claim_stands_by_itself_in_40_kilobytes_and_asks_for_nothing(site):
    folder, of = site
    found = {file.stem: file for file in (folder / "claims").iterdir()}
    carried = {record["id"]: record for record in records(of)}
    assert set(found) == set(carried)
    for id, file in found.items():
        alone = page(file)
        assert file.stat().st_size <= 40_000, id
        assert not alone.select("[src], [href], script, form, iframe"), id
        (rule,) = alone.select("[http-equiv=Content-Security-Policy]")
        assert rule["content"].startswith("default-src 'none'; ")
        said = " ".join(alone.get_text().split())
        assert carried[id]["line"] in said and claims.WORDS[carried[id]["verdict"]].mark in said
        assert alone.html["lang"] and alone.title.string and len(alone.find_all("h1")) == 1


def test_every_claim_says_how_it_is_cited_on_the_front_page_and_by_itself(site):
    folder, of = site
    front = page(folder / "index.html")
    (made_from,) = re.findall(r"SHA-256\s*<code>([0-9a-f]{64})", str(front))
    package = json.loads((folder / "data/datapackage.json").read_text("utf-8"))
    for id in [record["id"] for record in records(of)]:
        entry = front.find(id=f"claim:{id}")
        citation = entry.select_one(".fine cite").get_text()
        wanted = (
            entry.select_one(".claim").string,
            f"version {package['version']}",
            "20 December 2025",
            made_from[:16],
            id,
        )
        assert [part for part in wanted if part not in citation] == []
        assert page(folder / f"claims/{id}.html").select_one(".cite cite").get_text() == citation
        assert entry.select_one(f"a[href='claims/{id}.html']")


def test_every_figure_can_be_taken_as_svg_and_as_png(site):
    folder, of = site
    links = [
        link["href"]
        for name in of
        for link in page(folder / f"{name}.html").select("figure a[href^='figures/']")
    ]
    shown = [
        output["data"]
        for each in of.values()
        for cell in each.cells
        for output in cell.get("outputs", [])
        if charts.MIME in output.get("data", {})
    ]
    assert len(links) == len(set(links)) == 2 * len(shown)
    assert {path.name for path in (folder / "figures").iterdir()} == {
        link.removeprefix("figures/") for link in links
    }
    for svg, png, data_of in zip(links[::2], links[1::2], shown, strict=True):
        assert (folder / svg).read_text("utf-8") == data_of["image/svg+xml"]
        assert (folder / png).read_bytes() == base64.b64decode(data_of.get("image/png", ""))
    assert "figures/" not in (folder / "report.html").read_text("utf-8")


def test_the_feed_has_the_verdicts_that_changed_the_newest_first(site):
    folder, _ = site
    with (folder / "data/verdict_log.csv").open(encoding="utf-8", newline="") as file:
        changed = [row for row in csv.DictReader(file) if row["previous"]]
    root = ElementTree.parse(folder / "verdicts.atom").getroot()
    entries = root.findall(f"{ATOM}entry")
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert sorted(ids) == sorted(f"urn:willing-and-able:{row['id']}" for row in changed)
    days = [entry.findtext(f"{ATOM}updated") for entry in entries]
    assert days == sorted(days, reverse=True)
    assert (
        root.findtext(f"{ATOM}updated")
        == days[0]
        == max(f"{row['date']}T00:00:00Z" for row in changed)
    )
    parsed = functools.cache(page)
    by_id = {f"urn:willing-and-able:{row['id']}": row for row in changed}
    for entry in entries:
        row = by_id[entry.findtext(f"{ATOM}id")]
        title = entry.findtext(f"{ATOM}title")
        marks = [claims.WORDS[row[name]].mark for name in ("verdict", "previous")]
        assert title == f"{row['claim']}: {marks[0]}, was {marks[1]}"
        assert reason(row["reason"])[1:] in entry.findtext(f"{ATOM}summary")
        (link,) = entry.findall(f"{ATOM}link") or [None]
        if link is not None:
            address, _, part = link.get("href").partition("#")
            assert parsed(folder / address).find(id=part)


def test_without_a_change_there_is_no_feed_and_no_link_to_one(new_folder, tmp_path):
    place = new_folder()
    row = place.rows("verdict_log")[0]
    place.write("verdict_log", [row | {"previous": ""}])
    folder = built(tmp_path / "site", place.path)
    assert not (folder / "verdicts.atom").exists()
    assert "verdicts.atom" not in (folder / "index.html").read_text("utf-8")


def test_all_of_it_is_named_in_the_sums(article):
    listed = manifest.last(article)["outputs"]
    kinds = {path.split("/")[0] for path in listed}
    assert {"claims", "figures", "verdicts.atom"} <= kinds
    assert {path for path in listed if path.startswith("data/willing")} == {
        "data/willing-and-able.sqlite",
        "data/willing-and-able.xlsx",
    }
