"""The report for mail: it leads only into itself and to the web, and says what the pages say."""

import html
import itertools
import re
from urllib.parse import unquote

import pytest
from bs4 import NavigableString, Tag
from pages_built import built, cell, notebook, read, row_of, shown, words_of
from pages_recounted import cells_of

from helpers import data
from helpers.machinery.site import data_pages, pages, rows_in_sentences


def test_the_report_leads_nowhere_but_into_itself_and_to_the_web(site):
    assert all(link["href"].startswith(("#", "http")) for link in site.page("report").find_all("a"))


def test_no_address_stands_twice_in_the_report_and_every_one_it_names_is_there(site):
    text = (site.folder / "report.html").read_text("utf-8")
    ids = [one or other for one, other in re.findall(r' id=(?:"([^"]+)"|([^\s">]+))', text)]
    assert len(ids) == len(set(ids)) > 10
    led = re.findall(r' href=(?:"#([^"]+)"|#([^\s">]+))', text)
    named = {unquote(html.unescape(one or other)) for one, other in led}
    assert len(named) > 10 and named <= {html.unescape(id) for id in ids}


def test_what_needs_no_marks_of_quotation_has_none_and_the_page_says_the_same():
    page = '<p class="a" id="x:1">&#34;b" <a href="#r1" title="&#34;">&#39;</a><br class="e"/></p>'
    script = '<script>"<i class="+x+" id="+y>&#39;"</script>'
    lighter = '<p class=a id=x:1>"b" <a href=#r1 title="&#34;">\'</a><br class="e"/></p>'
    assert pages.unquoted(page + script) == lighter + script


def test_the_report_holds_the_rows_and_sources_it_cites_and_no_other(tiny_site, tmp_path, place):
    report = tiny_site.page("report")
    ids = {row_of(card) for card in report.select(".facts > li")}
    ids |= {name.string for name in report.select(".sources > li code")}
    assert {"tanker/fra/2025-12", "gov-2025", "fuel/a330", "book"} <= ids and not {
        "tanker/fra/2024",
        "order/1",
    } & ids
    one = built(
        tmp_path / "one",
        place.path,
        {
            "06-refuelling": notebook(
                cell("x", shown('<span class="row" data-rows="delivery/1">x</span>'))
            )
        },
    )
    rows = [row_of(row) for row in read(one / "report.html").select(".facts > li[id]")]
    assert rows == ["tanker/gbr/2025-03", "delivery/1", "C02", "C03", "C24", "C28"], (
        "the fleet of unknown number, the notebook's row, the tally's"
    )
    named = [item.code.string for item in read(one / "report.html").select(".sources > li .fine")]
    assert named == ["book", "paper-2025-03"]


def text_without(part, *left_out: str) -> str:
    out = {id(other) for other in part.select(", ".join(left_out))}
    words, rest = [], [part]
    while rest:
        found = rest.pop()
        if isinstance(found, Tag):
            rest += reversed(found.contents) if id(found) not in out else []
        elif type(found) is NavigableString:  # no comment, style or script
            words.append(found)
    return " ".join("".join(words).split())


@pytest.mark.committed
def test_the_report_says_what_the_notebooks_pages_say_with_the_same_numbers_linked(site):
    report = site.page("report")
    for name in site.notebooks:
        page, part = site.page(name).main, report.find("section", id=f"{name}:")
        away = (
            ".code",
            ".switch",
            ".save",
            ".trails",
            "section.verdict",
            ".tiles",
            ".tiled > .fine",
            "[href='#page:pictures']",
        )
        assert text_without(page, *away) == text_without(part, *away), name
        for card in page.select("section.verdict"):
            short = report.find(id=f"{name}:{card['id']}")
            assert words_of(short.select_one(".line")) == words_of(card.select_one(".line"))
            assert short.select("a")[-1]["href"] == f"#claim:{card['id']}"
        numbers = [
            words_of(link)
            for link in page.select("a.quantity, a.row")
            if not link.find_parent(class_=["trails", "verdict", "explorer"])
        ]
        linked = part.select("a[href^='#t'], a[href^='#r'], a[href^='#claim:']")
        others = [
            words_of(link)
            for link in linked
            if not link.find_parent(class_=["verdict", "explorer", "tiles"])
            and not link.find_parent("figcaption")
        ]
        assert others == numbers, name


@pytest.mark.committed
def test_a_row_of_the_report_is_a_card_with_what_is_known_of_it(site):
    rows, tables = cells_of(site.data), data_pages.Tables(site.data)
    for card in site.page("report").select(".facts > li"):
        id, text = row_of(card), words_of(card)
        told = rows_in_sentences.told_in(tables.table_of[id])
        assert card.b.string == f"{rows_in_sentences.sentence(id, tables)}.", id
        assert "rank: default" not in text, id
        ends = [f"{column}_{end}" for column in told for end in ("low", "high")] + ["low", "high"]
        left_out = {"source_id", "verification", *told, *ends, *pages.LEFT}
        if rows[id].get("rank") == "default":
            left_out |= set(pages.USUAL)
        for column, written in rows[id].items():
            if column in left_out or not written:
                continue
            shown = written.removesuffix(".0").replace(pages.COPIED, "")
            assert " ".join(shown.split()) in text, (id, column)
        if rows[id].get("verification"):
            assert data.GRADES[rows[id]["verification"]] in text, id


@pytest.mark.committed
def test_no_table_or_picture_of_the_report_says_an_option_by_its_key(committed):
    keys = set(data.load("readings")["option"]) - {"two-star", "three-star"}  # ranks
    keys = {key for key in keys if "-" in key} | {"any", "boom", "drogue", "jets", "nato"}
    report = committed.page("report")
    assert sorted(keys & {words_of(cell) for cell in report.select(".notebook tbody td")}) == []
    drawn = " ".join(picture.get("alt", "") for picture in report.select("img"))
    assert sorted(keys & set(re.findall(r"[:;,] ([a-z-]+)(?= [\d.,]|:)", drawn))) == []


@pytest.mark.committed
def test_a_note_of_the_report_names_what_each_of_its_numbers_is_of(committed):
    page = committed.page("report")
    parts = page.find(id="page:main").find_all(recursive=False)
    own = [part for part in parts if "notebook" not in part.get("class", ())]
    telling = [part for part in parts if part.name == "p"]
    telling += [title for part in own for title in part.find_all(class_="figure-title")]
    led = [link for part in telling for link in part.find_all("a")]
    at = committed.places("report")
    notes = [at[link["href"][1:]] for link in led if link["href"].startswith("#t")]
    links = []
    for note in notes:  # a list of the mailed page leaves the ends of its items to the browser
        elements = (part for part in note.descendants if part.name in ("a", "li"))
        inside = itertools.takewhile(lambda part: not part.get("id", "").startswith("t"), elements)
        links += [part for part in inside if part.name == "a"]
    assert links and not [link for link in links if re.fullmatch(r"[\d.,]+", link.get_text())]
