"""The pages in a real browser, from file://: silent, sound for keyboard and screen reader, readable
small, dark, printed and without scripts.
"""

import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from nbformat.v4 import new_raw_cell
from playwright.sync_api import sync_playwright
from test_pages import HOSTILE, built, cell, hostile, notebook, shown

from helpers import data, explore, tables

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
KINDS = (
    "index",
    "06-refuelling",
    "09-verdicts",
    "data",
    "data-capabilities",
    "sources",
    "report",
)  # one page of each kind


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def site(new_folder, tmp_path_factory):
    folder = new_folder()
    rows = folder.rows("attestations")
    folder.write(
        "attestations",
        rows + [rows[0] | {"id": f"attestation/many/{number}"} for number in range(400)],
    )
    return built(tmp_path_factory.mktemp("site"), folder.path)


class Windows:
    """Windows of a browser, one for each width and setting: a new one for each page takes longer
    than the page. Every word on the console, every request and every dialog is heard.
    """

    def __init__(self, browser, site):
        self.browser, self.site, self.windows, self.heard, self.address = browser, site, {}, [], ""

    def window(self, width: int, settings: dict):
        """The window of this kind, empty and on a screen."""
        kind = (width, *settings.items())
        if kind not in self.windows:
            page = self.browser.new_page(viewport={"width": width, "height": 900}, **settings)
            page.on("console", lambda message: self.hear(f"console: {message.text}"))
            page.on("pageerror", lambda error: self.hear(f"error: {error}"))
            page.on("dialog", self.dialog)
            page.on("request", self.request)
            self.windows[kind] = page
        self.address = "about:blank"
        self.windows[kind].goto(self.address)
        self.windows[kind].emulate_media(media="null")
        return self.windows[kind]

    def open(self, name: str, width: int = 1280, folder=None, **settings):
        """A page of the site in its window."""
        name, _, part = name.partition("#")
        page = self.window(width, settings)
        self.address = ((folder or self.site) / f"{name}.html").as_uri()
        page.goto(self.address + (f"#{part}" if part else ""))
        return page

    def hear(self, what: str) -> None:
        self.heard.append(f"{self.address}: {what}")

    def dialog(self, dialog) -> None:
        self.hear(f"dialog: {dialog.message}")
        dialog.dismiss()

    def request(self, request) -> None:
        if not request.url.startswith(("data:", self.address)):
            self.hear(f"asks for {request.url}")


@pytest.fixture(scope="module")
def windows(browser, site):
    return Windows(browser, site)


@pytest.fixture
def visit(windows):
    """Opens pages of the site; what is heard fails the test in the end."""
    windows.heard.clear()
    yield windows.open
    assert not windows.heard


def test_what_a_page_says_asks_for_or_runs_is_heard(windows, tmp_path):
    """Else the silence of the pages below would say nothing."""
    windows.heard.clear()
    (tmp_path / "loud.html").write_text(
        "<script>console.log('a word'); alert('a dialog'); fetch('http://127.0.0.1:9/');"
        " throw Error('an error')</script>"
    )
    windows.open("loud", folder=tmp_path).wait_for_timeout(200)
    said = "\n".join(windows.heard)
    windows.heard.clear()
    assert all(f": {what}" in said for what in ("console: a word", "dialog: a dialog"))
    assert "error: an error" in said and "asks for http://127.0.0.1:9/" in said


def test_every_page_opens_from_a_file_without_a_word_on_the_console_a_request_or_a_dialog(
    visit, site
):
    for path in sorted(site.glob("*.html")):
        assert visit(path.stem).title().endswith("Willing and Able?")


def test_hostile_rows_and_outputs_run_nothing(visit, new_folder, tmp_path):
    folder = new_folder()
    hostile(folder)
    output = cell(
        "x",
        shown(
            f"<p>{HOSTILE}<svg onload='hacked=1'></svg></p><iframe"
            " src='javascript:parent.hacked=1'></iframe>"
        ),
    )
    raw = new_raw_cell(
        f'{HOSTILE}<meta http-equiv="refresh" content="0;url=http://x.example/">',
        metadata={"raw_mimetype": "text/html"},
    )
    where = built(tmp_path / "site", folder.path, {"06-refuelling": notebook(output, raw)})
    for path in sorted(where.glob("*.html")):
        page = visit(path.stem, folder=where)
        page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
        assert (
            page.evaluate("typeof hacked") == "undefined"
            and page.locator("img[src='x']").count() == 0
        )


def faults(page) -> list[tuple[str, str]]:
    """What the accessibility rules of axe find on a page with all unfolded."""
    page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
    found = Axe().run(page).response["violations"]
    return [(rule["id"], rule["nodes"][0]["html"][:200]) for rule in found]


@pytest.mark.parametrize("name", KINDS)
def test_on_a_dark_phone_axe_finds_nothing_and_only_a_table_in_its_box_is_wider(visit, name):
    page = visit(name, width=375, color_scheme="dark")
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 375


@pytest.mark.parametrize("name", ["index", "data", "report"])  # the report holds what others do
def test_on_a_light_screen_axe_finds_nothing(visit, name):
    assert faults(visit(name, color_scheme="light")) == []


def test_dates_and_types_keep_to_one_line_on_a_phone(visit):
    page = visit("06-refuelling", width=375)
    heights = page.locator("td.short").evaluate_all(
        "cells => cells.map(cell => cell.getClientRects()[0].height)"
    )
    assert heights and max(heights) < 40


@pytest.mark.parametrize(("scheme", "dark"), [("light", False), ("dark", True)])
def test_page_and_figures_follow_the_colour_scheme(visit, scheme, dark):
    page = visit("06-refuelling", color_scheme=scheme)
    red = page.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0]")
    twin = page.evaluate(
        "document.querySelector('figure img').currentSrc === document.querySelector('figure"
        " source').srcset"
    )
    assert (int(red) < 60) == twin == dark


def test_the_keyboard_reaches_the_text_first_and_shows_the_claim_of_a_mark(visit):
    page = visit("index")
    page.keyboard.press("Tab")
    assert (
        page.evaluate("document.activeElement.className") == "skip"
        and page.locator(".skip").bounding_box()["x"] >= 0
    )
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "MAIN"
    page.keyboard.press("Tab")
    tip = page.locator(".marks a:focus .tip")
    assert (
        tip.evaluate("tip => getComputedStyle(tip).clipPath") == "none"
        and "34 countries take part" in tip.inner_text()
    )
    page.keyboard.press("Enter")
    page.wait_for_selector(
        "[id='claim:C02'] details[open]"
    )  # the page hears of the new address in its own time
    assert page.url.endswith("#claim:C02")


def test_a_link_to_a_row_shows_it_lit_with_the_heads_of_its_columns(visit):
    page = visit("data-attestations#attestation/many/399")
    settled = (
        "() => { const box = document.querySelector('tr:target')?.getBoundingClientRect(); return"
        " box && box.top >= 0 && box.bottom <= innerHeight }"
    )
    page.wait_for_function(settled)  # the jump comes after loading
    row, head = page.locator("tr:target"), page.locator(".rows thead th").first
    assert row.evaluate("row => getComputedStyle(row.cells[0]).backgroundColor") != page.evaluate(
        "getComputedStyle(document.body).backgroundColor"
    )
    assert (
        row.bounding_box()["y"] >= head.bounding_box()["y"] + head.bounding_box()["height"] - 1
        and head.bounding_box()["y"] >= 0
    )


def test_search_counts_what_is_visible_and_leads_there_by_keyboard(visit):
    page = visit("data-capabilities")
    page.get_by_label("Search this page").fill("USA/directory")
    assert page.get_by_role("status").inner_text() == "1 place"
    page.keyboard.press("Enter")
    assert "tanker/usa/directory" in page.evaluate("document.activeElement.textContent")
    page.get_by_label("Search this page").fill("no such words")
    assert (
        page.get_by_role("status").inner_text() == "Nothing found"
        and page.locator(".search li").count() == 0
    )


def test_search_opens_what_is_folded_and_passes_over_helper_text(visit):
    page = visit("index")
    line = page.locator("dt", has_text="As meant, false")  # of a card that is folded
    assert not line.is_visible()
    page.get_by_label("Search this page").fill("as meant, false")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.textContent") == "As meant, false"
    assert line.is_visible()
    page.get_by_label("Search this page").fill("depends: The USA")  # the words of a mark's tip
    assert page.get_by_role("status").inner_text() == "Nothing found"


def test_without_scripts_all_is_there_and_no_dead_search_is_offered(visit):
    page = visit("index", java_script_enabled=False)
    assert page.locator("article.entry").count() == 4 and not page.locator(".search").is_visible()
    page.locator("article.entry summary").first.click()
    assert page.locator("article.entry .verdict").first.is_visible()


def test_a_number_opens_the_folded_notes_where_its_own_stands_as_often_as_it_is_followed(visit):
    page = visit("06-refuelling")
    fold, link = page.locator(".trails > details"), page.locator(".output a[href^='#trail-']").first
    target = page.locator(f"[id='{link.get_attribute('href')[1:]}']")
    assert not target.is_visible()
    for _ in range(2):
        link.click()
        target.wait_for(state="visible")
        there = (
            "id => { const top = document.getElementById(id).getBoundingClientRect().top; return"
            " top >= 0 && top < innerHeight }"
        )
        page.wait_for_function(there, arg=link.get_attribute("href")[1:])
        assert fold.evaluate("fold => fold.open")
        fold.evaluate("fold => { fold.open = false }")
    page = visit("06-refuelling#trail-2")
    page.locator("#trail-2").wait_for(state="visible")


def test_a_wide_table_scrolls_in_its_own_box_on_a_phone_with_its_first_column_in_sight(visit):
    for name, box in (("06-refuelling", ".output .scroll"), ("data-capabilities", ".rows")):
        page = visit(name, width=375)
        wide = page.locator(f"{box}:has(thead tr > :nth-child(6))").last
        wide.evaluate("box => { box.scrollLeft = 200 }")
        seen = wide.evaluate("box => [box.scrollLeft, box.scrollWidth > box.clientWidth]")
        first, outer = (
            wide.locator("tbody tr").first.locator("th, td").first.bounding_box(),
            wide.bounding_box(),
        )
        assert (
            seen == [200, True]
            and abs(first["x"] - outer["x"]) < 1
            and 40 < first["width"] < 375 / 2
        ), name
        assert page.evaluate("document.documentElement.scrollWidth") <= 375


def test_what_machines_are_told_is_data_to_the_browser(visit):
    for name in ("index", "report"):
        script = visit(name).locator("script[type='application/ld+json']")
        kinds = script.evaluate(
            "script => JSON.parse(script.textContent)['@graph'].map(part => part['@type'])"
        )
        assert kinds == ["Dataset", "ClaimReview", "ClaimReview"]


def test_print_unfolds_everything_and_drops_what_only_a_screen_can_use(visit):
    page = visit("06-refuelling")
    page.emulate_media(media="print")
    assert page.locator("figure details table").first.bounding_box()["height"] > 10
    assert page.locator(".trails li").first.bounding_box()["height"] > 10
    assert not page.locator(".search").is_visible() and not page.locator("nav").first.is_visible()
    assert page.pdf(format="A4").startswith(b"%PDF")


# Answers that a reader moves


MOVED = {"06-refuelling": explore.pairs, "07-ground-force": explore.soldiers}


@pytest.mark.parametrize("name", MOVED)
def test_at_every_point_of_its_grid_the_page_says_what_the_model_gives(visit, article, name):
    explorer = MOVED[name](data.World())
    page = visit(name, folder=article)
    said = page.evaluate("""() => {
        const box = document.querySelector(".explorer"), found = [];
        const controls = [...box.querySelectorAll("input")];
        const texts = where => [...box.querySelectorAll(where)].map(part => part.textContent);
        const counts = controls.map(control => Number(control.max) + 1);
        for (let at = 0; at < counts.reduce((a, b) => a * b); at += 1) {
            let rest = at;
            for (let place = controls.length - 1; place >= 0; place -= 1) {
                controls[place].value = rest % counts[place];
                rest = Math.floor(rest / counts[place]);
                controls[place].dispatchEvent(new Event("input"));
            }
            found.push([...texts(".controls output"), ...texts(".result b")]);
        }
        return found;
    }""")
    wanted = [
        [" ".join(tables.plain(value).split()) for value in row.values()]
        for row in explorer.table.rows
    ]
    assert [[" ".join(text.split()) for text in row] for row in said] == wanted


@pytest.mark.parametrize("name", MOVED)
def test_an_answer_is_moved_by_the_keyboard_and_told_to_a_screen_reader(visit, article, name):
    page = visit(name, width=375, folder=article)
    control, result = page.locator(".explorer input").last, page.locator(".explorer .result")
    before, words = result.inner_text(), control.get_attribute("aria-valuetext")
    control.focus()
    page.keyboard.press("ArrowRight")
    assert result.inner_text() != before and control.get_attribute("aria-valuetext") != words
    assert result.get_attribute("role") == "status"
    assert page.evaluate("document.documentElement.scrollWidth") <= 375


def test_without_scripts_the_table_says_the_same_and_no_control_is_shown(visit, article):
    page = visit("07-ground-force", folder=article, java_script_enabled=False)
    assert page.locator(".explorer table").is_visible()
    assert not page.locator(".explorer .controls").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_accessibility_rules_find_nothing_in_an_answer_that_is_moved(visit, article, scheme):
    page = visit("07-ground-force", folder=article, color_scheme=scheme)
    found = Axe().run(page, context=".explorer")
    assert not found.response["violations"], found.generate_report()
