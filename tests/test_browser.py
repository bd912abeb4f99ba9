"""The pages in a real browser, from file://: silent, sound for keyboard and screen reader, readable
small, dark, printed and without scripts.
"""

import itertools
import json
import re
import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from nbformat.v4 import new_raw_cell
from pages_built import HOSTILE, built, cell, hostile, notebook, shown
from playwright.sync_api import sync_playwright

from helpers import claims, data, explore, tables
from helpers.machinery.site import conclusion_at_the_top

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


@pytest.mark.parametrize("name", ["index", "report"])
def test_every_picture_can_be_drawn(visit, article, name):
    page = visit(name, folder=article)
    page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true; })")
    unread = page.evaluate(
        "Promise.all([...document.images].map(each => { each.loading = 'eager';"
        " return each.decode().then(() => null, () => each.alt); }))"
    )
    assert len(unread) > 3 and [alt for alt in unread if alt is not None] == []


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
    away = f'{HOSTILE}<meta http-equiv="refresh" content="0;url=http://x.example/">'
    raw = [
        new_raw_cell(away, metadata={"raw_mimetype": kind, "tags": [away], "name": away})
        for kind in ("", "text/html", "text/markdown", "text/x-rst")
    ]
    book = notebook(output, *raw)
    book.metadata |= {"title": away, "authors": [{"name": away}], "description": away}
    where = built(tmp_path / "site", folder.path, {"06-refuelling": book})
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
    address = page.url
    while page.evaluate("!document.activeElement.closest('.seg, .of')"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator(".of[open] .entry .claim").inner_text() == "34 countries take part"
    assert page.url == address


def test_a_link_to_a_row_lands_on_the_fact_as_a_card_and_the_whole_row_is_one_click_on(visit):
    page = visit("data-capabilities#tanker/fra/2025-12")
    card = page.locator("li:target")
    card.wait_for()
    head = card.locator("b").inner_text()
    assert "13 (12 to 15) A330 MRTT" in head and "France" in head and "December 2025" in head
    assert card.locator("> a").first.get_attribute("href").startswith("sources.html#")
    assert card.locator("> .grade").inner_text() == data.GRADES["read"]
    assert not card.get_by_text("observed basis").is_visible()
    card.locator("summary").click()
    assert card.get_by_text("observed basis").is_visible()
    page = visit("data-attestations#attestation/many/399")
    row = page.locator("li:target")
    assert row.evaluate("row => getComputedStyle(row).backgroundColor") != page.evaluate(
        "getComputedStyle(document.body).backgroundColor"
    )
    assert 0 <= row.bounding_box()["y"] < page.viewport_size["height"]


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


def test_a_claims_number_finds_its_own_card_first_then_the_chapters(visit, article):
    page = visit("report", folder=article)
    page.get_by_label("Search this page").fill("c22")
    label = data.row("C22")["label"]
    results = page.locator(".search li button").all_inner_texts()
    assert results[0].startswith(f"C22: {label}")
    kinds = page.evaluate("""() => [...document.querySelectorAll(".search li button")].map(one => {
        one.click();
        const at = document.activeElement;
        return at.closest(".of") ? "card" : at.closest(".notebook") ? "chapter" : "rest"; })""")
    assert kinds[0] == "card" and "card" not in kinds[1:]
    assert kinds[1:] == sorted(kinds[1:]) and {"chapter", "rest"} <= set(kinds)


def test_search_lists_no_two_results_of_which_one_says_what_the_other_does(visit, article):
    page = visit("report", folder=article)
    for asked in ("c22", "refuelling vital"):
        page.get_by_label("Search this page").fill(asked)
        results = page.locator(".search li button").all_inner_texts()
        assert len(results) > 3 and len(set(results)) == len(results), results


def test_a_citation_is_copied_or_where_that_is_not_allowed_selected(visit, article):
    page = visit("report#claim:C23", folder=article)
    cited = page.locator("[id='claim:C23'] .cite cite").inner_text()
    button = page.locator("[id='claim:C23'] .cite button")
    page.evaluate("navigator.clipboard.writeText = async text => { window.copied = text; }")
    button.click()
    assert button.inner_text() == "Copied" and page.evaluate("window.copied") == cited
    page.evaluate("""() => {
        navigator.clipboard.writeText = async () => { throw new Error("not allowed"); };
        document.execCommand = () => false;
    }""")
    button.click()
    assert button.inner_text() == "Selected"
    assert page.evaluate("getSelection().toString()") == cited


def test_after_a_jump_a_button_leads_back_to_where_one_was(visit, article):
    page = visit("report", folder=article, width=375)
    front, back = page.locator(".return a"), page.get_by_role("button", name="Back to where")
    assert not front.is_visible() and not back.is_visible()  # one is there
    link = page.locator(".picture a.more").last
    link.click()
    assert front.is_visible() and back.is_visible()
    bar = page.locator(".return").bounding_box()  # no line beside it is covered in part
    assert (bar["x"], bar["width"]) == (0, 375) and bar["y"] + bar["height"] == 900
    assert page.evaluate("scrollY") > 8 * 812  # among the chapters
    back.click()
    assert not back.is_visible() and page.evaluate("document.activeElement.className") == "more"
    box = link.bounding_box()
    assert 0 <= box["y"] <= 900
    front.click()
    assert page.evaluate("scrollY") < 200


def test_search_opens_what_is_folded(visit):
    page = visit("index")
    line = page.locator("dt", has_text="As meant, false")  # of a card that is folded
    assert not line.is_visible()
    page.get_by_label("Search this page").fill("as meant, false")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.textContent") == "As meant, false"
    assert line.is_visible()


def test_without_scripts_all_is_there_and_no_dead_search_is_offered(visit):
    page = visit("index", java_script_enabled=False)
    assert page.locator("article.entry").count() == 4 and not page.locator(".search").is_visible()
    page.locator(".of > summary").first.click()
    page.locator("article.entry summary").first.click()
    assert page.locator("article.entry .verdict").first.is_visible()
    page = visit("index#claim:C24", java_script_enabled=False)
    assert page.locator("[id='claim:C24']").is_visible()  # the browser unfolds what is led to


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


def test_on_a_phone_a_table_that_is_too_wide_is_cards_and_nothing_scrolls_sideways(visit):
    page = visit("06-refuelling", width=375)
    wide = page.locator(".output .scroll:has(thead tr > :nth-child(6))").last
    assert wide.evaluate("box => box.scrollWidth <= box.clientWidth")
    assert not wide.locator("thead").is_visible()
    cell = wide.locator("tbody tr").first.locator("[data-col]:not(:empty)").nth(1)
    named = cell.evaluate("cell => getComputedStyle(cell, '::before').content")
    assert cell.get_attribute("data-col") in named and cell.bounding_box()["width"] > 200
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    page = visit("data-capabilities", width=375)
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    page = visit("06-refuelling", width=1280)
    assert page.locator(".output .scroll thead").last.is_visible()


def test_what_machines_are_told_is_data_to_the_browser(visit):
    for name, reviews in (("index", ["ClaimReview", "ClaimReview"]), ("report", [])):
        script = visit(name).locator("script[type='application/ld+json']")
        kinds = script.evaluate(
            "script => JSON.parse(script.textContent)['@graph'].map(part => part['@type'])"
        )
        assert kinds == ["Dataset", *reviews]


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
    assert control.get_attribute("aria-valuetext") != words
    for one in page.locator(".explorer input").all():  # what binds may hide one step of an input
        one.focus()
        page.keyboard.press("Home")
    assert result.inner_text() != before
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


def test_on_paper_nothing_of_a_claim_is_larger_than_its_verdict(visit, article):
    page = visit("report", folder=article)
    page.emulate_media(media="print")
    sizes = page.evaluate(
        """() => [...document.querySelectorAll(".entry")].map(entry =>
          [...entry.children].filter(part => part.offsetHeight && part.className != "claim")
            .map(part => [part.className, parseFloat(getComputedStyle(part).fontSize)]))"""
    )
    assert len(sizes) > 30
    for parts in sizes:
        verdict = dict(parts)["line"]
        assert not {name: size for name, size in parts if size > verdict}


def test_on_paper_a_table_is_named_where_its_rows_are_left_out(visit, article):
    page = visit("report", folder=article)
    page.emulate_media(media="print")
    shown = "table => [table.caption.offsetHeight > 0, table.tBodies[0].offsetHeight]"
    tables = page.evaluate(
        "() => [...document.querySelectorAll('.notebook .scroll table')]"
        f".filter(table => !table.closest('details')).map({shown})"
    )
    assert tables and all(told and not rows for told, rows in tables)


@pytest.mark.long
def test_the_report_prints_on_fewer_than_sixty_pages(visit, article):
    pdf = visit("report", folder=article).pdf(format="A4")
    assert 10 < len(re.findall(rb"/Type\s*/Page\b", pdf)) < 60


# Verdicts that a reader moves


READ = """() => {
    const seen = where => [...document.querySelectorAll(where)].filter(part => !part.hidden);
    const text = part => part.textContent.replace(/\\s+/g, " ").trim();
    return {
        conclusion: text(seen(".conclusion")[0]), tally: seen(".tally > span, .tally.moved > span")
            .filter(part => !part.parentElement.hidden).map(text),
        claims: Object.fromEntries([...document.querySelectorAll(".of")].map(claim => [
            claim.dataset.claim,
            [claim.querySelector(".word").textContent, claim.className.split(" ")[1],
             text([...claim.querySelectorAll(".said")].find(part => !part.hidden))],
        ])),
        strips: Object.fromEntries([...document.querySelectorAll(".seg")].map(part => [
            part.hash.slice(7), part.classList[part.classList.length - 1]])),
    };
}"""


SEEN_FROM = """() => {
    const folds = [...document.querySelectorAll(".of, .entry > details")];
    for (const fold of folds) fold.open = true;
    const said = part => part?.matches(".unmoved") && part.checkVisibility() && part.textContent;
    const first = [...document.querySelectorAll(
        ".entry > details > summary, .notebook .verdict > .claim")]
        .map(part => said(part.nextElementSibling) || "");
    for (const fold of folds) fold.open = false;
    return first;
}"""  # what stands first in each fold of a claim, and above what a chapter finds
NUMBERS_OF_NO_DAY = """() => {
    for (const fold of document.querySelectorAll("main details")) fold.open = true;
    const said = [...document.querySelectorAll(".unmoved")];
    const above = (part, within) => said.some(each => within.contains(each)
        && each.compareDocumentPosition(part) & Node.DOCUMENT_POSITION_FOLLOWING);
    return [...document.querySelectorAll("main .quantity")]
        .filter(part => part.checkVisibility() && !part.closest(".revised"))
        .filter(part => !part.closest("p")?.nextElementSibling?.matches(".unmoved"))
        .filter(part => !above(part, part.closest(".entry > details, .of, section") ?? part))
        .map(part => part.parentElement.textContent);
}"""  # linked numbers, which no slider moves, without a word on that in their fold or section


def told(table: dict, place: int, out: dict | None = None) -> dict:
    """What the page has to say at a point, from the table alone and the sentence of Python."""
    verdicts, lines, unmet = {}, {}, None
    for id, claim in table["claims"].items():
        number, line = claim["states"][claim["at"][place]][(out or {}).get(id, 0)]
        verdicts[id], lines[id] = table["verdicts"][number], table["lines"][line]
        if id == "C27a":
            unmet = table["found"].get(str(line))
    tally = []
    counted = {id: name for id, name in verdicts.items() if not claims.own(data.row(id))}
    for name, word in claims.WORDS.items():
        count = list(counted.values()).count(name)
        tally += [f"{count} {word.one if count == 1 else word.several}"] * (count > 0)
    day = table["day"][place // (len(table["evidence"]) * len(table["roster"]))]
    early = conclusion_at_the_top.before(day)
    return {
        "conclusion": str(conclusion_at_the_top.sentence(counted, unmet, early)),
        "tally": tally,
        "claims": {
            id: [claims.WORDS[name].mark, name, " ".join(lines[id].split())]
            for id, name in verdicts.items()
        },
        "strips": {id: name for id, name in verdicts.items() if data.row(id)["passage"]},
    }


def put(page, **places: int) -> None:
    """Move the controls of the page to these places."""
    for name, place in places.items():
        page.locator(f"[id='page:{name}']").evaluate(
            "(control, place) => { control.value = place;"
            " control.dispatchEvent(new Event('input')); }",
            str(place),
        )


@pytest.mark.parametrize("name", ["index", pytest.param("report", marks=pytest.mark.long)])
def test_at_every_point_the_page_says_what_was_worked_out(visit, article, name):
    page = visit(name, folder=article)
    table = json.loads(page.locator("[id='page:outcomes']").text_content())
    points = itertools.product(range(len(table["day"])), range(2), range(3))
    stands: dict[str, int] = {}
    for place, point in enumerate(points):
        wanted = dict(zip(("day", "evidence", "roster"), point, strict=True))
        put(page, **dict(wanted.items() - stands.items()))
        stands = wanted
        assert page.evaluate(READ) == told(table, place), wanted
        assert page.locator("[id='page:day-said']").inner_text() == table["said"][wanted["day"]]
        moved = sum(at != begin for at, begin in zip(point, table["begin"], strict=True))
        if moved <= 1:
            assert set(page.evaluate(SEEN_FROM)) == {table["stays"] * moved}, wanted


@pytest.mark.parametrize("name", ["index", "report"])
def test_each_part_that_does_not_move_names_the_days_that_it_tells_of(visit, article, name):
    page = visit(f"{name}#day=2025-03-31&evidence=read", folder=article)
    table = json.loads(page.locator("[id='page:outcomes']").text_content())
    parts = {
        ".since": "compares",
        "main > .firm": "mostly",
        ".trails": "mostly",
        "[id='page:article']": "stays",
        ".picture": "stays",
    } | ({".notebook h2": "mostly", ".notebook .verdict": "stays"} if name == "report" else {})
    said = page.evaluate(
        """parts => parts.map(where => [...new Set([...document.querySelectorAll(
            `${where} .unmoved, ${where} + .unmoved`)].map(part => part.textContent))])""",
        list(parts),
    )
    assert dict(zip(parts, said, strict=True)) == {
        where: [table[words]] for where, words in parts.items()
    }


def test_the_slider_shows_its_stops(visit, article):
    day = visit("index", folder=article).locator("[id='page:day']")
    stops = day.evaluate("day => [...day.list.options].map(option => option.value)")
    assert stops == [str(place) for place in range(int(day.get_attribute("max")) + 1)]


def test_a_fair_reading_that_is_left_out_moves_its_claim_the_tally_and_the_first_sentence(
    visit, article
):
    page = visit("index#claim:C24", folder=article)
    table = json.loads(page.locator("[id='page:outcomes']").text_content())
    boxes = page.locator("[id='claim:C24'] fieldset input")
    assert boxes.count() == len(table["claims"]["C24"]["others"]) > 0
    bits = 0
    for bit in range(boxes.count()):
        boxes.nth(bit).uncheck()
        bits |= 1 << bit
        assert page.evaluate(READ) == told(table, table["start"], {"C24": bits})
    assert f"without=C24.{bits}" in page.url
    assert set(page.evaluate(SEEN_FROM)) == {table["stays"]}
    assert page.evaluate(NUMBERS_OF_NO_DAY) == []
    other = visit("report" + page.url[page.url.index("#") :], folder=article)
    assert other.evaluate(READ) == page.evaluate(READ)  # the address says it all
    page.get_by_role("button", name="Back").click()
    assert "#" not in page.url and page.evaluate(READ) == told(table, table["start"])
    assert boxes.first.is_checked() and page.locator(".unmoved").count() == 0


def test_the_state_is_in_the_address_and_comes_back_from_it(visit, article):
    page = visit("index#day=2025-03-31&evidence=read&roster=europe", folder=article)
    table = json.loads(page.locator("[id='page:outcomes']").text_content())
    assert page.evaluate(READ) == told(table, 4)
    put(page, roster=0)
    assert page.url.endswith("#day=2025-03-31&evidence=read")
    for strange in ("#day=2031-01-01&evidence=x", "#without=C24.99_C99.1_._", "#roster="):
        page = visit("index" + strange, folder=article)
        assert page.evaluate(READ) == told(table, table["start"]), strange


def test_without_scripts_no_control_that_does_nothing_is_offered(visit, article):
    page = visit("index", folder=article, java_script_enabled=False)
    assert not page.locator("[id='page:moves']").is_visible()
    assert page.locator(".conclusion").is_visible() and page.locator(".conclusion").count() == 1
    assert page.locator(".unmoved").count() == 0


@pytest.mark.parametrize("width", [375, 1280])
def test_a_part_of_the_strip_opens_its_claim_in_place(visit, article, width):
    page = visit("index", folder=article, width=width)
    part = page.locator(".seg[href='#claim:C23']")
    part.click()
    assert page.locator("[id='claim:C23'] .claim").is_visible() and "#" not in page.url
    assert page.locator("details.of[open]").count() == 1
    part.click()
    assert page.locator("details.of[open]").count() == 0


def test_the_front_page_is_at_most_eight_phone_screens_before_anything_is_opened(browser, article):
    context = browser.new_context(viewport={"width": 375, "height": 812})
    page = context.new_page()
    page.goto((article / "index.html").as_uri())
    more = max(1, len(data.load("claims")) / 36)  # each claim has a line
    assert page.evaluate("document.documentElement.scrollHeight") <= 8 * 812 * more
    context.close()


@pytest.mark.parametrize("width", [375, 1280])
def test_the_tile_that_is_tapped_is_the_one_that_is_drawn(visit, article, width):
    page = visit("index", folder=article, width=width)
    tapped = page.evaluate("""() => {
        const drawing = document.querySelector(".tiled img");
        drawing.scrollIntoView({ block: "center" });
        const box = drawing.getBoundingClientRect();
        const source = atob(drawing.currentSrc.split(",")[1]);
        const svg = new DOMParser().parseFromString(source, "image/svg+xml").documentElement;
        const scale = box.width / Number(svg.getAttribute("width"));
        return [...svg.querySelectorAll("text")].filter(text => /^[A-Z]{3}$/.test(text.textContent))
            .map(text => [text.textContent, document.elementFromPoint(
                box.left + text.getAttribute("x") * scale,
                box.top + (text.getAttribute("y") - 4) * scale).textContent]); }""")
    names = data.load("countries")["name"]
    led = {code: words for code, words in tapped if words}
    assert set(data.World().members()) <= set(led)
    assert [code for code, words in led.items() if not words.startswith(f"{names[code]}, ")] == []


@pytest.mark.parametrize("width", [375, 1280])
@pytest.mark.parametrize("name", ["index", "06-refuelling"])
def test_what_is_tapped_is_at_least_24_pixels(visit, article, name, width):
    page = visit(name, folder=article, width=width)
    small = page.evaluate("""() => [...document.querySelectorAll(
        ".seg, nav a, summary, button, select, input[type=range], input[type=checkbox], .tiles a, "
        + ":is(p, dd, li, td) a.quantity, figcaption a")]
        .filter(part => part.checkVisibility())
        .map(part => [part, part.closest("label") ?? part])
        .filter(([, part]) => { const box = part.getBoundingClientRect();
                                return box.height < 24 || box.width < 24; })
        .map(([part]) => part.outerHTML.slice(0, 80))""")
    assert small == []
