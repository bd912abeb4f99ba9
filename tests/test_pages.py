"""The pages of a scenario: structure, addresses, budgets, digests, and claims of a reader’s own."""

import hashlib
import itertools
import json
import re
from urllib.parse import unquote

import pytest
from pages_built import built, read

from helpers import claims, data
from helpers.machinery.check import changelog
from helpers.machinery.outputs import claims_json, replace_outputs_whole
from helpers.machinery.site import pages
from helpers.machinery.texts import readme

# Structure: what a reader without a mouse, without sight or without scripts needs.


def test_every_page_has_language_title_landmarks_one_main_heading_and_no_skipped_level(site):
    for name, page in site.pages.items():
        assert page.html["lang"] and page.title.string.strip(), name
        assert (
            len(page.find_all("main")) == len(page.find_all("h1")) == 1
            and page.find("header")
            and page.find("footer")
        ), name
        assert page.select_one("a.skip")["href"] == "#" + page.find("main")["id"], name
        levels = [int(head.name[1]) for head in page.find_all(re.compile("^h[1-6]$"))]
        assert levels[0] == 1 and all(
            after <= before + 1 for before, after in itertools.pairwise(levels)
        ), (name, levels)


def test_every_link_inside_the_site_has_a_target_and_no_address_stands_twice(site):
    ids = {
        name: [element["id"] for element in page.find_all(id=True)]
        for name, page in site.pages.items()
    }
    for name, page in site.pages.items():
        assert len(ids[name]) == len(set(ids[name])), (
            name,
            sorted(id for id in ids[name] if ids[name].count(id) > 1)[:3],
        )
        for link in page.find_all("a"):
            target, _, part = link["href"].partition("#")
            if not target.startswith("http"):
                assert (site.folder / (target or name)).is_file(), (name, link["href"])
                if target and target not in ids and site.edited:
                    continue  # a page of what was not edited
                assert not part or unquote(part) in ids[target or name], (name, link["href"])


@pytest.mark.committed
def test_pages_keep_to_their_budgets(committed):
    share = max(len(committed.notebooks) / 9, len(data.load("claims")) / 36, 1)
    if changelog.git(data.DATA, "status", "--porcelain", "--", "."):
        share *= 1.03  # rows not committed yet, which may turn verdicts in every table
    assert (committed.folder / "index.html").stat().st_size < 1_000_000 * share  # with all outcomes
    assert (committed.folder / "report.html").stat().st_size < 3_000_000 * share
    for name in committed.notebooks:
        assert (committed.folder / f"{name}.html").stat().st_size < 1_000_000, name


def test_the_foot_names_the_inputs_that_were_given_whatever_they_are_now(tmp_path):
    pages.comparison(
        tmp_path,
        "Two days",
        {"scenario": "x", "as_of": "y"},
        {"data/b.csv": "2", "data/a.csv": "1"},
        "<p>words</p>",
    )
    of = hashlib.sha256(b"1  data/a.csv\n2  data/b.csv\n").hexdigest()
    assert f"<code>{of}</code>" in (tmp_path / "index.html").read_text("utf-8")


def test_the_readme_states_the_digests_of_what_is_mailed(committed):
    """`make refresh` writes them anew."""
    (committed.folder / "claims.json").write_text(
        replace_outputs_whole.as_json(claims_json.committed()), "utf-8"
    )
    told = readme.README.read_text("utf-8").splitlines()
    wanted = readme.digests(committed.folder).splitlines()
    assert [line for line in wanted if line not in told] == []


# A claim that is a reader's own


def test_a_claim_of_ones_own_stands_apart_and_in_no_number_of_the_articles(tiny, tmp_path):
    tiny.put("claims", "C24", paragraphs=claims.OWN, passage="")
    folder = built(tmp_path / "site", tiny.path)
    ids = {row["id"] for row in tiny.rows("claims")}
    for name in ("index", "report"):
        page = read(folder / f"{name}.html")
        own = page.find(attrs={"aria-labelledby": "page:own"})
        assert "Not the article’s" in own.find("h2").get_text()
        (entry,) = own.select("article.entry")
        assert entry["id"] == "claim:C24" and "not the article’s" in entry.get_text()
        assert entry.select_one(".line .said"), "it is judged as the others are"
        others = {each["id"].removeprefix("claim:") for each in page.select("article.entry")}
        assert others == ids
        tally = page.select_one(".tally").get_text()
        assert sum(map(int, re.findall(r"\d+", tally))) == len(ids) - 1
        assert f"of {len(ids) - 1} claims" in page.select_one(".conclusion").get_text()
        assert not page.select('.strip a[href="#claim:C24"]')
        linked = json.loads(page.find("script", type="application/ld+json").string)["@graph"]
        assert "C24" not in [each.get("identifier") for each in linked]
