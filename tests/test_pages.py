"""The pages: built from a notebook made here on a tiny data folder, and from the committed
notebooks.
"""

import base64
import csv
import dataclasses
import functools
import hashlib
import html
import io
import itertools
import json
import math
import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

import numpy as np
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from checkouts import files, shuffled
from formulas_again import AGAIN
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from scipy import stats

from helpers import (
    charts,
    claims,
    data,
    notebook_parameters,
    quantities,
    recipe_acts,
    scenarios,
    since_publication,
    tables,
)
from helpers.claims import card_html
from helpers.claims.rule_of_each_claim import INPUTS
from helpers.machinery.outputs import claims_json, manifest, replace_outputs_whole
from helpers.machinery.run import execute
from helpers.machinery.site import (
    about,
    data_pages,
    first_sentence,
    notebook_html,
    pages,
    recipe_in_words,
    style_scripts_and_policy,
)
from helpers.machinery.site.notebook_html import ContentError
from helpers.machinery.texts import readme
from helpers.recipe_acts import Recipe

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"'
    ' fill="#ffffff"/></svg>'
)
ALT = "Bar chart in aircraft: France 13, the pool 2; a line marks the article's number."
THIRTEEN = (
    '<data class="quantity" value="13" data-how="cell in_service: tanker/fra/2025-12"'
    ' data-rows="tanker/fra/2025-12">13</data>'
)
FIGURE = {
    "name": "fleets",
    "alt": ALT,
    "source": "Sources: Government. As of 20 December 2025.",
    "rows": ["tanker/fra/2025-12"],
    "caption": "Fleets",
    "columns": ["", "aircraft"],
    "table": [["France", THIRTEEN]],
}
ARTICLES = "section.claims:not(.own)"  # without claims that are a reader's own
HOSTILE = (  # in every text cell that a rule leaves free
    "</script><!--<script>hacked = 1</script><img src=x onerror='hacked = 1'>\u202egnp.exe"
)


def result(value):
    """An output of a cell as the kernel makes it of a value of helpers."""
    bundle = (
        value._repr_mimebundle_()
        if hasattr(value, "_repr_mimebundle_")
        else {"text/html": value._repr_html_(), "text/plain": str(value)}
    )
    return new_output("execute_result", bundle, execution_count=1)


def shown(html: str):
    return new_output("display_data", {"text/html": html, "text/plain": "…"})


def figure(svg: str = SVG, **changed):
    facts = {name: value for name, value in (FIGURE | changed).items() if value is not None}
    return new_output("display_data", {"image/svg+xml": svg, "text/plain": ALT, charts.MIME: facts})


def cell(source: str, *outputs, tags: tuple = ()):
    return new_code_cell(
        source, execution_count=1, outputs=list(outputs), metadata={"tags": list(tags)}
    )


def notebook(*cells, title: str = "# How many tankers are there?"):
    return new_notebook(
        cells=[new_markdown_cell(title), cell('as_of = "2025-12-20"', tags=("parameters",)), *cells]
    )


def verdict(folder: Path, claim: str, holds=(True, False)) -> claims.Verdict:
    """A verdict on a claim of the tiny data, as if its readings had come to these outcomes, the one
    as meant last.
    """
    world = data.World(folder=folder)
    rows = world.table("capabilities").loc[["tanker/fra/2025-12", "tanker/usa/2025-12"]]
    number = quantities.total(rows, "in_service", "aircraft")
    readings = data.load("readings", folder).query("claim == @claim").sort_values("as_worded")
    found = [
        claims.Reading(
            {row["choice"]: row["option"]},
            (id,),
            row["as_worded"] == "yes",
            True,
            claims.Outcome(outcome, number, number.rows),
        )
        for (id, row), outcome in zip(readings.iterrows(), holds, strict=True)
    ]
    row = data.load("claims", folder).loc[claim].to_dict()
    made = claims.Verdict(row, world, tuple(found), claims.weigh(found))
    vars(made)["tip"] = None  # the tiny readings are invented: no rule could try them
    return made


def fleets(folder: Path):
    """A sentence whose numbers have recipes of every kind."""
    rows = data.load("capabilities", folder).loc[["tanker/fra/2025-12", "tanker/pool/2025-03"]]
    usa = quantities.cell(
        data.load("capabilities", folder), "tanker/usa/2025-12", "in_service", "aircraft"
    )
    ours = quantities.total(rows, "in_service", "aircraft")
    fuel = quantities.cell(data.load("parameters", folder), "fuel/a330", "base", "kg")
    every = quantities.total(
        data.load("capabilities", folder).loc[["tanker/gbr/2025-03", "tanker/pool/2025-03"]],
        "in_service",
    )
    return tables.say(
        "There are {ours}, of {fleets} fleets, {ratio} to one; a share of {share}; {fuel} kg;"
        " {known}; seen {day}.",
        ours=ours,
        fleets=quantities.count(rows),
        ratio=quantities.ratio(usa, ours),
        share=quantities.share(ours, quantities.add(ours, usa)),
        fuel=quantities.scaled(ours, fuel, "kg"),
        known=every,
        day=tables.Row("tanker/pool/2025-03", "10 March 2025"),
    )


def notebooks(folder: Path) -> dict:
    """Two notebooks on the tiny data, with one output of every kind."""
    rows = data.load("capabilities", folder).loc[["tanker/fra/2025-12", "tanker/usa/2025-12"]]
    lines = [
        {"fleet": tables.Row(id, row["type"]), "aircraft": quantities.cell(rows, id, "in_service")}
        for id, row in rows.iterrows()
    ]
    plain = new_output("execute_result", {"text/plain": "'<b>plain</b>'"}, execution_count=1)
    first = notebook(
        new_markdown_cell("## The answer\n\nA share is $\\frac{a}{b}$, `$not$`."),
        new_markdown_cell("On to [the members](01-membership.ipynb), or [a file](../README.md)."),
        cell("fleets", result(fleets(folder))),
        new_markdown_cell("## What is a tanker?"),
        cell("judge", result(verdict(folder, "C24"))),
        cell(
            "draw",
            shown('<p class="figure-title">France has the most</p>'),
            figure(),
            tags=("picture",),
        ),
        cell(
            "table",
            result(tables.show(lines, "Two fleets")),
            new_output("stream", name="stdout", text="a < b\n"),
        ),
        cell(
            "frame",
            result(
                pd.DataFrame(
                    {f"column {name}": ["a few words", "2025-12-20"] for name in "abcdefghijkl"},
                    index=["x", "y"],
                )
            ),
        ),
        cell("plain", plain, new_output("display_data", {"text/markdown": "*read*"})),
        cell(
            "other",
            new_output("display_data", {"text/latex": "$x^2$"}),
            new_output("display_data", {"application/json": {"a": "<i>"}}),
        ),
    )
    second = notebook(
        cell("judge", result(verdict(folder, "C02", (True, True)))),
        cell(
            "found",
            result(
                tables.say(
                    "France has {n} tankers.",
                    n=quantities.cell(rows, "tanker/fra/2025-12", "in_service"),
                )
            ),
            tags=("finding",),
        ),
        title="# Who takes part?",
    )
    third = notebook(
        cell("found", result(fleets(folder)), tags=("finding",)),
        cell(
            "changed",
            result(tables.show(lines, "What moved")),
            shown("<h2>Why</h2><p>It is said.</p>"),
            tags=("changed",),
        ),
        cell("beyond", result(tables.say("More could be bought.")), tags=("other", "beyond")),
        cell("more", result(verdict(folder, "C02", (True, True))), tags=("beyond",)),
        title="# What does it come to?",
    )
    return {"01-membership": second, "06-refuelling": first, "09-verdicts": third}


def records(of: dict) -> list[dict]:
    """The verdicts in the outputs of notebooks."""
    outputs = [
        output.get("data", {})
        for each in of.values()
        for cell in each.cells
        for output in cell.get("outputs", [])
    ]
    return [output[claims.MIME] for output in outputs if claims.MIME in output]


def built(folder: Path, data_folder: Path, of: dict | None = None) -> Path:
    """A folder with the pages of these notebooks, and the verdicts that a run puts beside them."""
    folder.mkdir(parents=True, exist_ok=True)
    of = of or notebooks(data_folder)
    contents = {name: notebook_html.read(name, notebook) for name, notebook in of.items()}
    pages.build(
        folder, "article", notebook_parameters.DEFAULTS, contents, manifest.inputs(), data_folder
    )
    (folder / "claims.json").write_text(replace_outputs_whole.as_json(records(of)), "utf-8")
    return folder


def hostile(folder) -> None:
    """Write active markup into every cell of a data folder that the contract leaves free."""
    for table in [path.stem for path in folder.path.glob("*.csv")]:
        columns = data.columns(table, folder.path)
        lists = {
            link["fields"][0]
            for link in data.contract(folder.path)[table]["schema"].get("foreignKeys", [])
        }
        free = [
            name
            for name, column in columns.items()
            if column["type"] == "string"
            and name not in lists
            and "list_of" not in column
            and not {"enum", "pattern"} & set(column.get("constraints", {}))
            and name not in ("stated", "type", "published", "accessed")
        ]
        folder.write(table, [row | dict.fromkeys(free, HOSTILE) for row in folder.rows(table)])
    folder.put("sources", "paper-2025-03", url="javascript:hacked=1")
    folder.put("sources", "book", url='https://user:secret@x.example/"onmouseover=hacked=1')


@dataclass
class Made:
    """Built pages, and what they were built from."""

    folder: Path
    data: Path
    notebooks: dict
    edited: tuple[str, ...] = ()  # the notebooks whose pages alone are read, if not all
    apart: tuple[str, ...] = ()  # pages that are not read with the others
    others: dict[str, BeautifulSoup] = field(default_factory=dict)

    @functools.cached_property
    def pages(self) -> dict[str, BeautifulSoup]:
        found = [page for page in sorted(self.folder.glob("*.html")) if page.stem not in self.apart]
        wanted = [page for page in found if not self.edited or page.stem in self.edited]
        return {page.name: read(page) for page in wanted}

    @functools.cached_property
    def told(self) -> list[tuple]:
        return list(numbers_told(self))

    def page(self, name: str) -> BeautifulSoup:
        file = f"{name}.html"
        if file not in self.pages and file not in self.others:
            self.others[file] = read(self.folder / file)
        return self.pages.get(file) or self.others[file]


@pytest.fixture(scope="session")
def place(new_folder):
    return new_folder()


@pytest.fixture(scope="session")
def tiny_site(place, tmp_path_factory):
    """The pages of the two notebooks made here."""
    return Made(
        built(tmp_path_factory.mktemp("site"), place.path), place.path, notebooks(place.path)
    )


@pytest.fixture(scope="session")
def committed(article, request):
    """The pages of the committed notebooks; of those alone that were edited, if it is so asked."""
    found = {
        name: execute.open_notebook(scenarios.NOTEBOOKS / f"{name}.ipynb")
        for name in scenarios.notebooks()
    }
    edited = tuple(filter(None, request.config.getoption("edited").split(",")))
    return Made(article, data.DATA, found, edited, ("report",))  # which holds what the others do


@pytest.fixture(scope="session", params=["tiny_site", "committed"])
def site(request):
    """The pages made here, then those of the committed notebooks."""
    return request.getfixturevalue(request.param)


def read(page: Path) -> BeautifulSoup:
    return BeautifulSoup(page.read_text("utf-8"), "html.parser")


def build_one(tmp_path: Path, place, *cells) -> BeautifulSoup:
    return read(
        built(tmp_path / "one", place.path, {"06-refuelling": notebook(*cells)})
        / "06-refuelling.html"
    )


# Policy: nothing active, nothing fetched.


def test_every_page_allows_its_own_style_script_and_images_by_hash_and_nothing_else(site):
    for name, page in site.pages.items():
        (style,), (script,) = page.find_all("style"), page.find_all("script", type=None)
        hashes = [
            "'sha256-"
            + base64.b64encode(hashlib.sha256(part.string.encode()).digest()).decode()
            + "'"
            for part in (style, script)
        ]
        (policy,) = page.find_all("meta", attrs={"http-equiv": "Content-Security-Policy"})
        wanted = (
            f"default-src 'none'; img-src data:; style-src {hashes[0]}; script-src {hashes[1]};"
            " base-uri 'none'; form-action 'none'"
        )
        assert policy["content"] == wanted, name
        assert page.find("meta", attrs={"name": "referrer"})["content"] == "no-referrer"


def test_no_page_holds_an_inline_style_an_event_handler_or_a_remote_address(site):
    for name, page in site.pages.items():
        for element in page.find_all(True):
            assert not [
                attribute
                for attribute in element.attrs
                if attribute == "style" or attribute.startswith("on")
            ], (name, element.name)
            for attribute in ("src", "srcset", "action", "data", "poster"):
                assert element.get(attribute, "data:").startswith("data:"), (name, element.name)
            if element.name == "link":
                assert element["rel"] == ["icon"] and element["href"].startswith("data:")
            if element.name == "a" and re.match(r"[a-z]+:", element["href"]):
                assert element["href"].startswith(("http://", "https://"))
                assert not element.get("target"), (name, element["href"])
                if name.startswith("report"):  # where the page alone says so, for all of them
                    assert page.find("meta", attrs={"name": "referrer", "content": "no-referrer"})
                else:
                    assert element["rel"] == ["noreferrer", "noopener"], (name, element["href"])


def test_hostile_rows_are_shown_as_text_and_leave_no_markup(new_folder, tmp_path):
    folder = new_folder()
    hostile(folder)
    for name, page in Made(built(tmp_path / "site", folder.path), folder.path, {}).pages.items():
        kinds = [script.get("type") for script in page.find_all("script")]
        assert [kind for kind in kinds if kind != "application/json"] == (
            ["application/ld+json"] if name in ("index.html", "report.html") else []
        ) + [None], name
        assert not page.select("[onerror], [onmouseover]"), name
        assert not [image for image in page.find_all("img") if image["src"] == "x"], name
        assert not [
            link["href"]
            for link in page.find_all("a")
            if re.match("javascript|.*secret", link["href"])
        ], name
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", str(page)), name
    assert (
        "<script>hacked = 1</script>"
        in read(tmp_path / "site" / "data-capabilities.html").get_text()
    )
    assert "[U+202E]" in read(tmp_path / "site" / "sources.html").get_text()
    reviews = graph(read(tmp_path / "site" / "index.html"))[1:]
    assert reviews and all(
        "<script>hacked = 1</script>" in review["claimReviewed"] for review in reviews
    )


@pytest.mark.parametrize(
    "active",
    [
        "<script>hacked=1</script>",
        "<img src=x onerror=hacked=1>",
        '<p onclick="hacked=1" style="color:red" id="page:main">p</p>',
        '<a href="javascript:hacked=1">a</a>',
        '<a href="data:text/html,x">a</a>',
        "<style>p{color:red}</style>",
        "<svg onload=hacked=1></svg>",
        "<iframe src=x></iframe>",
        '<form action="http://x.example"><input></form>',
        '<meta http-equiv="refresh" content="0;url=http://x.example">',
        "<math><mtext><style><img src=x onerror=hacked=1></style></mtext></math>",
        "$\\text{<img src=x onerror=hacked=1>}$",
        "<base href='http://x.example'>",
        '<link rel="stylesheet" href="http://x.example">',
        '<video poster="http://x.example"></video>',
        '<object data="x"></object>',
        '<a href="//x.example">a</a>',
    ],
)
def test_active_markup_is_removed_from_outputs_and_from_prose(tmp_path, place, active):
    page = build_one(tmp_path, place, cell("x", shown(active)), new_markdown_cell(active))
    found = page.find("main")
    assert not found.select(
        "script, img, svg, style, iframe, form, input:not([id='page:code']), meta, base, link,"
        " object, video, [onclick], [onerror], [style]"
    )
    assert len(page.find_all(id="page:main")) == 1
    assert not [
        link
        for link in found.find_all("a")
        if "hacked" in link["href"] or link["href"].startswith(("//", "data:"))
    ]


def test_active_markup_in_a_record_reaches_neither_notebook_nor_front_page(tmp_path, place):
    """What the front page says of a claim is made from the record, which no sanitiser had met."""
    record = verdict(place.path, "C24").carried()
    active = "<script>hacked=1</script><img src=x onerror=hacked=1>"
    number = {"words": active, "value": f'1">{active}', "rows": ["tanker/fra/2025-12"]}
    number["how"] = "cell in_service: tanker/fra/2025-12"
    for line in record["card"]:
        line["words"] = [active, number]
    record["fair_readings"][0]["shows"] = [active, number]
    output = new_output("display_data", {claims.MIME: record, "text/plain": "…"})
    folder = built(tmp_path / "one", place.path, {"06-refuelling": notebook(cell("x", output))})
    for path in folder.glob("*.html"):
        page = read(path)
        assert not page.select("img[src=x], [onerror]"), path.name
        assert "hacked" not in "".join(script.get_text() for script in page.select("script"))
    assert "hacked" in read(folder / "index.html").get_text()


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
    ids = {name.string for name in report.select(".facts > li > b, .sources > li code")}
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
    rows = [row.b.string for row in read(one / "report.html").select(".facts > li[id]")]
    assert rows == ["tanker/gbr/2025-03", "delivery/1", "C02", "C03", "C24", "C28"], (
        "the fleet of unknown number, the notebook's row, the tally's"
    )
    named = [item.code.string for item in read(one / "report.html").select(".sources > li .fine")]
    assert named == ["book", "paper-2025-03"]


def text_without(part, *left_out: str) -> str:
    part = BeautifulSoup(str(part), "html.parser")
    for other in part.select(", ".join(left_out)):
        other.decompose()
    return words_of(part)


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
    rows, names = cells_of(site.data), data.load("countries", site.data)["name"]
    for card in site.page("report").select(".facts > li"):
        id, text = card.b.string, words_of(card)
        assert "rank: default" not in text, id
        for column, cell in rows[id].items():
            left_out = ("source_id", "follows") + pages.USUAL * (rows[id].get("rank") == "default")
            if column in left_out or not cell:
                continue
            told = " ".join(cell.removesuffix(".0").split())
            by_name = [names.get(part, part) for part in cell.split()]  # as states are told
            assert told in text or all(name in text for name in by_name), (id, column)


@pytest.mark.committed
def test_pages_keep_to_their_budgets(committed):
    share = max(len(committed.notebooks) / 9, len(data.load("claims")) / 36, 1)
    share *= 1.03  # room for the rows of one contribution, which may turn verdicts in every table
    assert (committed.folder / "index.html").stat().st_size < 1_000_000 * share  # with all outcomes
    assert (committed.folder / "report.html").stat().st_size < 3_000_000 * share
    for name in committed.notebooks:
        assert (committed.folder / f"{name}.html").stat().st_size < 1_000_000, name


# Notebooks: nothing lost on the way.


@pytest.mark.committed
def test_every_output_of_every_cell_reaches_the_page(site):
    for name, of in site.notebooks.items():
        if f"{name}.html" not in site.pages:
            continue  # another was edited
        outputs = site.page(name).select(".cell > .output")
        assert len(outputs) == sum(
            len(cell.outputs) for cell in of.cells if cell.cell_type == "code"
        )
        assert all(output.get_text(strip=True) or output.img for output in outputs)


def test_text_results_streams_markdown_formulas_and_unknown_kinds_are_shown(tiny_site):
    outputs = " ".join(
        output.decode_contents() for output in tiny_site.page("06-refuelling").select(".output")
    )
    for piece in (
        "'&lt;b&gt;plain&lt;/b&gt;'",
        "a &lt; b",
        "<em>read</em>",
        "<msup>",
        "&lt;i&gt;",
        "KC-135R/T",
    ):
        assert piece in outputs


def test_code_stands_beneath_what_it_made_and_one_switch_shows_all_of_it(site):
    for name in site.notebooks:
        page = site.page(name)
        for made in page.select(".cell"):
            parts = [part for part in made.children if getattr(part, "name", None)]
            assert (parts[-1].name, parts[-1]["class"]) == ("pre", ["code"])
        (switch,) = page.select("input[type=checkbox]")
        assert page.find("label", attrs={"for": switch["id"]}).string == "Show the code"
        assert not switch.has_attr("checked")
    assert not site.page("report").select(".code, input[type=checkbox]")


def test_the_parameters_are_one_folded_line_with_what_the_run_injected(tmp_path, place):
    page = build_one(tmp_path, place, cell('as_of = "2026-03-01"', tags=("injected-parameters",)))
    (folded,) = page.select("details.parameters")
    assert (
        folded.summary.string == "Parameters of this run"
        and "2025-12-20" in folded.get_text()
        and "2026-03-01" in folded.get_text()
    )
    assert not page.select(".cell")


def test_a_formula_becomes_mathml_and_code_stays_code(tiny_site):
    page = tiny_site.page("06-refuelling")
    assert page.select_one("math mfrac") and page.find("code", string="$not$")


def test_a_formula_that_cannot_be_read_is_refused_with_its_notebook(tmp_path, place):
    with pytest.raises(ContentError, match=r"06-refuelling: the formula \$a_b_c\$"):
        build_one(tmp_path, place, new_markdown_cell("$a_b_c$"))


def test_links_between_notebooks_lead_to_their_pages_and_links_to_other_files_are_plain_words(
    tiny_site,
):
    page = tiny_site.page("06-refuelling")
    assert page.find("a", string="the members")["href"] == "01-membership.html"
    assert tiny_site.page("report").find("a", string="the members")["href"] == "#01-membership:"
    assert "a file" in page.get_text() and not page.find("a", string="a file")


def test_a_notebook_without_a_title_is_refused(tmp_path, place):
    with pytest.raises(ContentError, match="06-refuelling: the notebook has no title"):
        built(
            tmp_path / "one",
            place.path,
            {"06-refuelling": new_notebook(cells=[new_markdown_cell("words")])},
        )


# Figures: words, twins and tables.


def test_a_figure_has_a_light_and_a_dark_twin_alt_text_source_line_and_its_table(tiny_site):
    drawn = tiny_site.page("06-refuelling").find("figure")
    light, dark = drawn.img["src"], drawn.source["srcset"]
    assert drawn.source["media"] == "(prefers-color-scheme: dark)" and drawn.img["alt"] == ALT
    assert base64.b64decode(light.removeprefix("data:image/svg+xml;base64,")).decode() == SVG
    assert (
        base64.b64decode(dark.removeprefix("data:image/svg+xml;base64,")).decode()
        == charts.dark(SVG)
        != SVG
    )
    assert words_of(drawn.figcaption) == FIGURE["source"] and drawn.details.find(
        "a", href="data-capabilities.html#tanker/fra/2025-12"
    )


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"alt": None}, "too short an alt text"),
        ({"alt": ""}, "too short an alt text"),
        ({"alt": "A chart of 13."}, "too short an alt text"),
        ({"alt": "fleets_13.svg"}, "file name"),
        ({"alt": "Bars of the fleets of France and of the pool, by aircraft."}, "without a number"),
        ({"svg": ""}, "no SVG drawing"),
    ],
)
def test_a_figure_without_words_is_refused_with_notebook_and_name(tmp_path, place, changed, why):
    with pytest.raises(ValueError, match=f"06-refuelling: figure 'fleets' .*{why}"):
        build_one(tmp_path, place, cell("draw", figure(**changed)))


@pytest.mark.parametrize("kind", ["image/png", "image/jpeg", "image/svg+xml"])
def test_an_image_of_plain_pyplot_is_refused_and_the_way_out_is_named(tmp_path, place, kind):
    with pytest.raises(
        ValueError,
        match="06-refuelling: a figure .* has no words. Draw it with a function of helpers.charts",
    ):
        build_one(
            tmp_path,
            place,
            cell(
                "plt.show()",
                new_output("display_data", {kind: "aGVsbG8=", "text/plain": "<Figure>"}),
            ),
        )


def test_an_image_in_a_text_cell_is_refused_and_never_read_from_disk(tmp_path, place):
    with pytest.raises(
        ContentError, match="06-refuelling: a text cell shows the image '/etc/passwd'"
    ):
        build_one(tmp_path, place, new_markdown_cell("![secret](/etc/passwd)"))


def test_the_table_behind_every_figure_and_every_shown_table_is_saved_as_csv(tiny_site):
    saved = {
        path.name: list(csv.reader(path.open(encoding="utf-8")))
        for path in (tiny_site.folder / "tables").iterdir()
    }
    head, found = list(card_html.COLUMNS.values()), "We find 388 aircraft."
    both = [
        head,
        ["States with a row", "true", found, "he lists names", "officials"],
        ["States a paper counts", "true", found, "he reads it", "press"],
    ]
    assert saved == {
        "06-refuelling-fleets.csv": [["", "aircraft"], ["France", "13"]],
        "06-refuelling-table.csv": [
            ["", *(f"column {name}" for name in "abcdefghijkl")],
            ["x", *["a few words"] * 12],
            ["y", *["2025-12-20"] * 12],
        ],
        "06-refuelling-two-fleets.csv": [
            ["fleet", "aircraft"],
            ["A330 MRTT", "13"],
            ["KC-135R/T", "375"],
        ],
        "09-verdicts-what-moved.csv": [
            ["fleet", "aircraft"],
            ["A330 MRTT", "13"],
            ["KC-135R/T", "375"],
        ],
        "06-refuelling-readings-of-c24.csv": [
            head,
            ["Every one", "false", found, "he says all", "it is told so"],
            ["Large jets", "true", found, "he says jets", "it is told so"],
        ],
        **dict.fromkeys(
            ("01-membership-readings-of-c02.csv", "09-verdicts-readings-of-c02.csv"), both
        ),
    }


def test_a_saved_cell_that_a_spreadsheet_would_run_gets_an_apostrophe_and_a_number_does_not():
    cells = ["=1+1", "+x", "-x", "@x", "\tx", "\rx", "-3", "+1.5", "1,234.5", "−3", "a=b", "12 %"]
    wanted = [
        "'=1+1",
        "'+x",
        "'-x",
        "'@x",
        "'\tx",
        "'\rx",
        "-3",
        "+1.5",
        "1234.5",
        "−3",
        "a=b",
        "12 %",
    ]
    assert (
        next(csv.reader(io.StringIO(style_scripts_and_policy.as_csv([cells]), newline="")))
        == wanted
    )


# Trails: from a number to its rows.


def test_a_number_of_one_row_leads_to_the_row_and_one_of_several_to_its_trail(tiny_site):
    page = tiny_site.page("06-refuelling")
    assert (
        page.find("a", string="10 March 2025")["href"]
        == "data-capabilities.html#tanker/pool/2025-03"
    )
    trail = page.find(id=page.find("a", string="25").get("href")[1:])
    assert "the first divided by the second" in trail.get_text() and trail.find(
        "a", href="data-capabilities.html#tanker/usa/2025-12"
    )
    assert "375" in trail.get_text() and trail.find("a", href="sources.html#gov-2025")
    listed = page.find(id=trail.find("a", string="as above")["href"][1:]).get_text()
    assert "tanker/fra/2025-12: 13" in listed and "tanker/pool/2025-03: 2" in listed


def test_the_same_trail_stands_once_on_a_page_however_often_it_is_used(tmp_path, place):
    page = build_one(
        tmp_path,
        place,
        cell("a", result(fleets(place.path))),
        cell("b", result(fleets(place.path))),
    )
    used = [link["href"] for link in page.select("a[href^='#trail-']")]
    assert len(used) == 2 * len(set(used)) and len(
        page.select(".trails > details > ol > li")
    ) == len(set(used))


def test_the_numbers_of_a_trail_are_those_of_its_own_data_folder_whatever_was_built_before(
    tmp_path, new_folder
):
    for tankers in (13, 14):
        folder = new_folder()
        folder.put("capabilities", "tanker/fra/2025-12", in_service=str(tankers))
        page = build_one(tmp_path / str(tankers), folder, cell("x", result(fleets(folder.path))))
        assert page.select_one(".trails b[data-how]").string == str(tankers + 2)


def test_the_notes_on_the_numbers_are_folded(site):
    folds = [
        page.select_one(".trails > details")
        for page in site.pages.values()
        if page.select(".trails")
    ]
    assert folds and all(fold.ol and not fold.has_attr("open") for fold in folds)


def test_two_numbers_tried_out_on_the_same_rows_keep_notes_of_their_own(tmp_path, place):
    tried = [
        quantities.html(
            quantities.exact(number, "", ("delivery/1", "delivery/2"), Recipe("tried", str(number)))
        )
        for number in (8, 12)
    ]
    page = build_one(tmp_path, place, cell("x", shown(f"<p>{' '.join(tried)}</p>")))
    assert [page.find(id=link["href"][1:]).b.string for link in page.select(".output a")] == [
        "8",
        "12",
    ]


def test_a_number_that_names_a_row_in_no_table_is_refused(tmp_path, place):
    with pytest.raises(
        ContentError, match="06-refuelling: '9' names the row 'nowhere', which no table holds"
    ):
        build_one(tmp_path, place, cell("x", shown('<data value="9" data-rows="nowhere">9</data>')))


@pytest.mark.parametrize(
    "how",
    [
        "ratio (count: delivery/1",
        "count: delivery/1 delivery/2) x",
        "sum number: delivery/1 gone",
        "guessed: delivery/1 delivery/2",
    ],
)
def test_a_recipe_that_cannot_be_followed_is_refused(tmp_path, place, how):
    with pytest.raises(
        ContentError, match="06-refuelling: '2' was made in a way that cannot be followed"
    ):
        build_one(
            tmp_path,
            place,
            cell(
                "x",
                shown(
                    f'<data value="2" data-how="{how}" data-rows="delivery/1 delivery/2">2</data>'
                ),
            ),
        )


# The front page.


@pytest.mark.committed
def test_every_claim_stands_on_the_front_page_once_in_the_articles_order_judged_or_not(site):
    def place(row: dict) -> tuple:
        """Where the article says it: its paragraph, and there its first word, if it has one; a
        reader's own claim stands last.
        """
        paragraph, word = (re.match(r"\d+", row[name]) for name in ("paragraphs", "passage"))
        told = (int(found[0]) if found else 10**6 for found in (paragraph, word))
        return *told, int(row["position"])

    wanted = [f"claim:{row['id']}" for row in sorted(csv.DictReader(claims_of(site)), key=place)]
    assert [entry["id"] for entry in site.page("index").select("article.entry")] == wanted
    with_words = {row["id"] for row in csv.DictReader(claims_of(site)) if row["passage"]}
    parts = [link["href"] for link in site.page("index").select(".strip a")]
    assert sorted(parts) == sorted(f"#claim:{id}" for id in with_words)


def claims_of(site):
    return (site.data / "claims.csv").open(encoding="utf-8")


@pytest.mark.committed
def test_a_paragraph_is_a_line_of_its_own_length_with_its_phrases_where_they_stand(committed):
    rows = {row["id"]: row for row in csv.DictReader(claims_of(committed))}
    longest = max(int(row["passage"].split("/")[1]) for row in rows.values() if row["passage"])
    for paragraph in committed.page("index").select(".paragraph"):
        at, ids, rest = 0, [], 0
        for part in paragraph.select(".strip > *"):
            (words,) = (int(name[1:]) for name in part["class"] if re.fullmatch(r"g\d+", name))
            if part.name == "a":
                ids.append(id := part["href"].removeprefix("#claim:"))
                first, last, of = map(int, re.findall(r"\d+", rows[id]["passage"]))
                assert (at + 1, at + words) == (first, last), id
                assert rows[id]["paragraphs"].split(", ")[0] in paragraph.p.string
            rest = words if "rest" in part["class"] else 0
            at += words
        assert at == longest and rest >= longest - of
        entries = {entry["id"].removeprefix("claim:") for entry in paragraph.select(".entry")}
        assert set(ids) == {id for id in entries if rows[id]["passage"]}


LETTERS = r"[^\W\d_]"


@pytest.mark.committed
def test_a_label_is_a_few_words_of_ours_that_no_other_claim_has(committed):
    labels = [row["label"] for row in csv.DictReader(claims_of(committed))]
    assert len(set(labels)) == len(labels) and all(re.search(LETTERS, label) for label in labels)
    heads = [head.get_text() for head in committed.page("index").select(".of > summary h3")]
    assert sorted(heads) == sorted(labels)


def words_of(element) -> str:
    return " ".join(element.get_text().split())


C24_LINE = (
    "We find 388 aircraft. On another fair reading the claim is true: ‘Large jets’ (388 aircraft)."
)


def test_a_claim_shows_verdict_word_shape_line_readings_and_its_card(tiny_site):
    page = tiny_site.page("index")
    entry = page.find(id="claim:C24")
    summary = entry.find_previous_sibling("summary")
    assert entry.select_one(".line > .mark").string == "Depends."
    assert (
        summary.select_one(".sign")
        and summary.h3.string == "The USA operates more than 600 tankers"
    )
    assert summary.select_one(".word").string == "depends"
    assert "depends" in entry["class"] and "depends" in entry.parent["class"]
    assert entry.select_one(".article").string == "more than 600"
    assert words_of(entry.select_one(".said")) == C24_LINE
    votes, _, firm = words_of(entry.select_one(".votes")).partition(". ")
    assert votes == "Fair readings: 1 true, 1 false, 0 unknown"
    assert firm == "How firm: on official texts"
    assert [bar["class"] for bar in entry.select(".bar i")] == [["yes"], ["no"]]
    assert words_of(entry.select_one(".firm")) == "on official texts"
    assert entry.details.select_one(".verdict dl") and entry.find(
        "a", href="06-refuelling.html#C24"
    )
    unjudged = page.find(id="claim:C28")
    assert unjudged.select_one(".mark").get_text(strip=True) == "Not yet judged."
    assert not unjudged.details and not unjudged.select_one(".said")


def test_notebook_and_front_page_show_the_lines_of_one_card(tiny_site, place):
    lines = verdict(place.path, "C24").carried()["card"]
    card = tiny_site.page("06-refuelling").find(id="C24")
    assert words_of(card.select_one(".line")) == f"Depends. {C24_LINE}"
    entry = tiny_site.page("index").find(id="claim:C24")
    for section, names in ((card, ()), (entry, ("article", "readings", "history"))):
        shown = {term["data-line"]: words_of(term.next_sibling) for term in section.select("dt")}
        assert shown == {
            line["name"]: " ".join(tables.words(line["words"]).split())
            for line in lines[2:]
            if line["name"] not in names
        }


def test_a_card_is_made_from_the_record_and_not_from_the_html_beside_it(tmp_path, place):
    card = result(verdict(place.path, "C24"))
    card.data["text/html"] = "<p>Other words</p>"
    of = {"06-refuelling": notebook(cell("x", card))}
    made = built(tmp_path / "one", place.path, of)
    for name in ("index", "06-refuelling"):
        page = read(made / f"{name}.html")
        assert "Other words" not in page.get_text()
        assert C24_LINE in words_of(page)


def test_a_claim_opens_on_every_fair_reading_with_its_outcome_and_why(tiny_site):
    for name, folded in (("index", "div"), ("06-refuelling", "details"), ("report", "div")):
        (table,) = tiny_site.page(name).select(
            f"{folded}.readings table:-soup-contains('Readings of C24')"
        )
        assert [
            [words_of(cell) for cell in row.find_all("td")] for row in table.tbody.find_all("tr")
        ] == [
            ["Every one", "false", "We find 388 aircraft.", "he says all", "it is told so"],
            ["Large jets", "true", "We find 388 aircraft.", "he says jets", "it is told so"],
        ]
        links = [link["href"] for link in table.select("td:first-child a")]
        if name == "report":
            cards = [tiny_site.page(name).find(id=link[1:]) for link in links]
            links = [f"data-readings.html#{card.b.string}" for card in cards]
        assert links == [f"data-readings.html#C24/definition/{opt}" for opt in ("all", "jets")]


def test_a_reading_after_the_first_is_told_by_what_it_takes_differently_and_a_reason_once(
    new_folder,
):
    folder = new_folder()
    folder.put(
        "readings",
        "C24/unit/airframes",
        claim="C24",
        choice="unit",
        meaning="Every airframe",
        used_so_by="it is usual",
    )
    row, world = (
        data.load("claims", folder.path).loc["C24"].to_dict(),
        data.World(folder=folder.path),
    )
    found = [
        claims.Reading({}, ids, place == 0, True, claims.Outcome(None))
        for place, ids in enumerate(
            itertools.product(
                ("C24/definition/jets", "C24/definition/all"), ("C24/unit/airframes",)
            )
        )
    ]
    told = claims.card_lines.reading_rows(
        claims.Verdict(row, world, (*found, found[1]), "undecided")
    )
    assert [tables.words(entry["reading"]) for entry in told] == [
        "Large jets; Every airframe",
        "Every one",
        "Every one",
    ]
    assert [tables.words(entry["used_so_by"]) for entry in told] == [
        "it is told so. it is usual",
        "it is told so",
        "as above",
    ]


def test_an_undecided_claim_says_what_is_missing_and_which_way_it_points(tmp_path, place):
    one = verdict(place.path, "C24", (True, None))
    jets, meant = one.readings
    meant = dataclasses.replace(meant, outcome=claims.Outcome(None, missing="a better count"))
    undecided = dataclasses.replace(one, given=(jets, meant))
    assert undecided.verdict == "undecided"
    of = {"06-refuelling": notebook(cell("x", result(undecided)))}
    entry = read(built(tmp_path / "one", place.path, of) / "index.html").find(id="claim:C24")
    assert words_of(entry.select_one(".said")) == (
        "It cannot be told: what is missing is a better count. Where another fair reading can be"
        " judged, it is true."
    )
    missing = entry.select_one("details dt[data-line=missing]")
    assert words_of(missing.find_next_sibling("dd")) == "a better count"


def test_front_page_and_report_tell_what_tagged_cells_show_and_lead_to_their_notebooks(tiny_site):
    for name, where in (("index", "{}.html"), ("report", "#{}:")):
        page = tiny_site.page(name)
        pictures, since, beyond = (
            page.find(attrs={"aria-labelledby": f"page:{part}"})
            for part in ("pictures", "since", "beyond")
        )
        assert pictures.select_one(".figure-title").string == "France has the most"
        folded = "Sources" if name == "report" else "Sources and table"
        assert pictures.figure.summary.string == folded
        assert words_of(pictures.select_one("figure details figcaption")) == FIGURE["source"]
        assert words_of(pictures.find_all(class_="firm")[0]) == (
            "How firm: of 1 rows 1 rests on official texts. All steps"
        )
        assert beyond.get_text().count("More could be bought.") == 1 and beyond.select_one(
            "section.verdict"
        )
        if name == "report":  # which holds the notebooks that tell them
            assert not page.find(id="page:findings") and not page.find(id="page:changed")
            continue
        assert words_of(since.h2) == "What has happened since"
        findings, changed = (
            page.find(id=f"page:{part}").find_parent("details") for part in ("findings", "changed")
        )
        assert [words_of(p) for p in findings.select(".output > p")] == [
            "France has 13 tankers.",
            " ".join(str(fleets(tiny_site.data)).split()),
        ]
        assert [link["href"] for link in findings.select("a.more")] == [
            where.format("01-membership"),
            where.format("09-verdicts"),
        ]
        assert changed.table and [head.name for head in changed.find_all(re.compile(r"^h\d"))] == [
            "h3",
            "h3",
        ]
        assert [part.select_one("a.more")["href"] for part in (pictures, changed, beyond)] == [
            where.format(name) for name in ("06-refuelling", "09-verdicts", "09-verdicts")
        ]
        order = [head["id"] for head in page.select("h2[id^='page:']")]
        assert order[:5] == [
            "page:claims",
            "page:pictures",
            "page:since",
            "page:beyond",
            "page:about",
        ]


def days_in(site: Made, table: str, column: str) -> list[str]:
    """A column of days of a table, as written."""
    with (site.data / f"{table}.csv").open(encoding="utf-8") as file:
        return [row[column] for row in csv.DictReader(file) if row[column]]


@pytest.mark.committed
def test_who_made_it_and_when_stands_under_the_title_and_each_day_says_what_it_is(committed):
    searched = max(days_in(committed, "searches", "date"))
    worked = max(
        searched,
        *days_in(committed, "sources", "accessed"),
        *days_in(committed, "verdict_log", "date"),
    )
    for name in ("index", "report"):
        page = committed.page(name)
        byline = page.h1.find_next_sibling("p")
        said = (
            "who give no names and no address",
            f"made on {tables.day(worked)}",
            "data to",
            "judged as of 20 December 2025",
        )
        assert [words for words in said if words not in words_of(byline)] == []
        said = words_of(page.find(attrs={"aria-labelledby": "page:about"}))
        assert f"last search for more: {tables.day(searched)}" in said
        assert "Newest event in the data" in said
        listed = page.select_one("nav.sections").select("li li a")  # in all of it: minutes
        links = [link["href"].removeprefix("#claim:") for link in listed]
        lines = [part for part in page.find_all(class_="claims") if "own" not in part["class"]]
        entries = [entry for part in lines for entry in part.find_all(class_="of")]
        assert links == [entry["data-claim"] for entry in entries]


def test_a_long_sum_names_its_five_largest_parts_by_country():
    site_tables = data_pages.Tables(data.DATA)
    fleets = [
        row
        for row in csv.DictReader((data.DATA / "deployments.csv").open(encoding="utf-8"))
        if row["personnel"]
    ]
    wanted, seen = [], set()
    for row in sorted(fleets, key=lambda row: -float(row["personnel"])):
        if row["country"] not in seen:
            wanted.append(row)
            seen.add(row["country"])
    parts = tuple(Recipe("cell", "personnel", (row["id"],)) for row in reversed(wanted))
    whole = Recipe("median", "1", parts=(Recipe("sum", parts=parts),))
    names = data.load("countries")["name"]
    found, drawn = recipe_in_words.largest(whole, site_tables)
    assert [part.whose for part in found] == [names[row["country"]] for row in wanted[:5]]
    assert [part.recipe.rows for part in found] == [(row["id"],) for row in wanted[:5]]
    assert (
        not drawn and recipe_in_words.largest(Recipe("sum", parts=parts[:5]), site_tables)[0] == []
    )

    told = {Recipe("median", "1", parts=(part,)): f"{place:,}" for place, part in enumerate(parts)}
    found, drawn = recipe_in_words.largest(whole, site_tables, lambda recipe: told.get(recipe, ""))
    assert drawn and [part.words for part in found] == [
        f"{place:,}" for place in range(len(parts) - 1, len(parts) - 6, -1)
    ]
    assert all(told[part.recipe] == part.words for part in found)
    del told[found[0].recipe]  # of one the page tells no median: all stand at the inputs' values
    assert not recipe_in_words.largest(whole, site_tables, lambda recipe: told.get(recipe, ""))[1]


def test_a_note_tells_which_ends_make_a_range_and_the_range_of_each_row():
    site_tables = data_pages.Tables(data.DATA)
    typhoons = "fighter/gbr-typhoon"
    id = next(row for row in site_tables.rows["capabilities"] if row.startswith(typhoons))
    row = site_tables.row(id)
    fleet = Recipe("cell", "in_service", (id,))
    low, high = row["in_service_low"], row["in_service_high"]
    assert low < high and recipe_in_words.span(fleet, id, site_tables) == f"{low:.0f} to {high:.0f}"
    few = Recipe("chosen", "4")
    told = recipe_in_words.ends(Recipe("ratio", parts=(few, fleet)), site_tables)
    assert told == f"4 ÷ {high:.0f} at the low end, 4 ÷ {low:.0f} at the high end"
    told = recipe_in_words.ends(Recipe("difference", parts=(fleet, few)), site_tables)
    assert told == f"{low:.0f} − 4 at the low end, {high:.0f} − 4 at the high end"
    assert recipe_in_words.ends(Recipe("ratio", parts=(few, few)), site_tables) == ""
    assert recipe_in_words.ends(Recipe("sum", parts=(few, fleet)), site_tables) == ""


@pytest.mark.parametrize(
    ("verdicts", "wanted"),
    [
        (
            {"C01": "holds", "C02": "holds", "C27a": "holds", "C28": "opinion", "C03": "fails"},
            "Most of the article holds up (3 of 5 claims), and 1 fails; none of its three"
            " conditions for the force was met; whether Europe’s influence is imaginary is"
            " opinion.",
        ),
        (
            {"C01": "undecided", "C02": "holds", "C27a": "undecided"},
            "Part of the article holds up (1 of 3 claims), and none fails; whether any of its three"
            " conditions was met is open.",
        ),
        (
            {"C01": "fails", "C02": "fails", "C27a": "fails", "C28": "unjudged"},
            "Little of the article holds up (0 of 4 claims), and 3 fail; one or more of its three"
            " conditions was met.",
        ),
        ({"C01": "holds"}, "All of the article holds up (1 of 1 claims), and none fails."),
    ],
)
def test_the_first_sentence_follows_from_the_verdicts(verdicts, wanted):
    assert str(first_sentence.sentence(verdicts)) == wanted


def test_where_not_all_three_conditions_are_known_the_first_sentence_says_how_many_were_unmet():
    verdicts = {"C01": "holds", "C27a": "undecided"}
    said = [str(first_sentence.sentence(verdicts, unmet)).split("; ")[1] for unmet in (0, 1, 2)]
    assert said == [
        "whether any of its three conditions was met is open.",
        "one of its three conditions was unmet, two are open.",
        "two of its three conditions were unmet, one is open.",
    ]
    sure = {"C01": "holds", "C27a": "holds"}  # where it is decided, the verdict says it
    assert "none of its three conditions" in str(first_sentence.sentence(sure, 3))


def test_the_first_sentence_has_at_most_thirty_words_whatever_the_verdicts():
    for leads, ends in itertools.product(
        first_sentence.LEADS.values(),
        itertools.product(
            [*first_sentence.CONDITIONS.values(), *first_sentence.UNMET.values()],
            first_sentence.INFLUENCE.values(),
        ),
    ):
        longest = f"{leads} (36 of 36 claims), and none fails; {'; '.join(ends)}."
        assert len(longest.split()) <= 30, longest


def linked_numbers(part) -> list[int]:
    """The whole numbers of a part of a page that are links."""
    words = [link.get_text().replace(",", "") for link in part.select("a")]
    return [int(each) for each in words if each.isdigit()]


@pytest.mark.committed
def test_the_front_page_begins_with_what_stands_and_says_how_firm_each_sentence_is(committed):
    found = records(committed.notebooks)
    verdicts = {record["id"]: record for record in found if not claims.own(record)}
    counts = [sum(r["verdict"] == name for r in verdicts.values()) for name in ("holds", "fails")]
    for name in ("index", "report"):
        page = committed.page(name)
        numbers = linked_numbers(page.select_one(".conclusion"))
        assert numbers[:2] == [counts[0], len(verdicts)] and numbers[2:] in ([], counts[1:])
        left_open, others = linked_numbers(page.select_one("p.firm .alone"))
        assert left_open + others <= len(verdicts)
        thin = page.find(id="page:thin").find_parent("details")
        revised = page.select_one("p.firm .revised")
        changed, every = linked_numbers(revised)
        assert 0 < changed <= every == len(verdicts) and ": our rules were made" in revised.text
        *firm, ours, _, _, _, _ = linked_numbers(page.select_one("p.firm"))
        barred = page.select("article.entry .fine.stays")
        barred = [part for part in barred if part.get_text().startswith("Our own bar: ")]
        _, bars = thin.find_all("table")
        assert ours == len(barred) == len(bars.tbody.find_all("tr"))
        assert firm[0] == sum(firm[1:]) == len(verdicts)
        opinions = [r for r in verdicts.values() if not r["firmness"]]
        assert {r["verdict"] for r in opinions} == {"opinion"} and firm[-1] == len(opinions)
        section = page.find(attrs={"aria-labelledby": "page:pictures"})
        sentences = section.find_all(class_="figure-title", recursive=True)
        folded = section.find("details", recursive=False)  # the report has none
        shown = [words for words in sentences if folded not in words.parents]
        firm = [part for part in section.find_all(class_="firm") if folded not in part.parents]
        assert len(shown) == len(firm) == 4
        for part in firm:
            every, *parts = linked_numbers(part)
            assert every == sum(parts) > 0


@pytest.mark.committed
def test_no_table_or_picture_of_the_report_says_an_option_by_its_key(committed):
    keys = set(data.load("readings")["option"]) - {"two-star", "three-star"}  # ranks
    keys = {key for key in keys if "-" in key} | {"any", "boom", "drogue", "jets", "nato"}
    report = committed.page("report")
    assert sorted(keys & {words_of(cell) for cell in report.select(".notebook tbody td")}) == []
    drawn = " ".join(picture.get("alt", "") for picture in report.select("img"))
    assert sorted(keys & set(re.findall(r"[:;,] ([a-z-]+)(?= [\d.,]|:)", drawn))) == []


@pytest.mark.committed
def test_a_figure_names_its_publishers_with_the_way_to_their_rows(committed):
    for name in ("index", "report", "06-refuelling"):
        page = committed.page(name)
        for caption in page.find_all("figcaption"):
            named = words_of(caption).partition("Sources: ")[2].rpartition(". As of")[0]
            named = named.removesuffix("; and others, each named in its row")
            assert "; ".join(words_of(link) for link in caption.find_all("a")) == named, name


@pytest.mark.committed
def test_dated_lines_tell_what_has_happened_since_each_with_its_claim(committed):
    every = committed.page("index").select(".lines li")
    lines, (head, *turned) = every[: since_publication.MOST], every[since_publication.MOST :]
    events = data.load("events").index.union(data.load("statements").index)
    events = events.union(data.load("tasks").index).union(data.load("command").index)
    for line in lines:
        what, *claimed = line.find_all("a")
        assert re.match(r"\d{1,2} \w+ 202\d \([a-z ]+\): ", line.get_text())
        assert unquote(what["href"]).split("#")[1] in events
        assert len(claimed) == 1
    (table,) = (
        each
        for each in committed.page("09-verdicts").select("figure table")
        if {"as the article saw it", "latest data"}
        <= {head.get_text() for head in each.select("thead th")}
    )
    places = [head.get_text() for head in table.select("thead th")]
    at = [places.index(name) for name in ("as the article saw it", "latest data")]
    rows = [
        [cell.get_text() for cell in row.find_all(["th", "td"])] for row in table.select("tbody tr")
    ]
    moved = sum(row[at[0]] != row[at[1]] for row in rows)
    assert linked_numbers(head)[0] == moved > 0
    assert sum(len(line.select("a[href^='#claim:C']")) for line in turned) == moved
    for line in turned:  # each with the row or the search that moved it
        others = [link for link in line.find_all("a") if "#claim:" not in link["href"]]
        assert len(others) >= len(line.select("a[href^='#claim:C']"))


@pytest.mark.committed
def test_each_tile_of_the_map_leads_to_what_its_state_said(committed):
    countries = data.load("countries")
    for name in ("index", "report", "02-commitments-and-command"):
        page = committed.page(name)
        tiles = page.select_one(".tiles")
        columns = int(countries["tile_column"].max()) + 1
        links = {divmod(at, columns): part for at, part in enumerate(tiles.children) if part.text}
        assert len(links) == len(data.World().members())
        for (line, column), link in links.items():
            state, said = link.get_text().split(", ", 1)
            (place,) = countries[countries["name"] == state].to_dict("records")
            assert (place["tile_row"], place["tile_column"]) == (line, column)
            at = unquote(link["href"]).partition("#")[2]
            row = page.find(id=at).b.string if name == "report" else at
            assert data.row(row)["country"] == countries.index[countries["name"] == state][0]
            assert said


@pytest.mark.committed
def test_a_note_of_the_report_names_what_each_of_its_numbers_is_of(committed):
    page = committed.page("report")
    led = page.select("#page\\:main > :not(.notebook) .figure-title a, #page\\:main > p a")
    notes = [page.find(id=link["href"][1:]) for link in led if link["href"].startswith("#t")]
    links = []
    for note in notes:  # a list of the mailed page leaves the ends of its items to the browser
        inside = itertools.takewhile(
            lambda part: not part.get("id", "").startswith("t"), note.find_all(["a", "li"])
        )
        links += [part for part in inside if part.name == "a"]
    assert links and not [link for link in links if re.fullmatch(r"[\d.,]+", link.get_text())]


def test_without_tagged_cells_their_sections_are_absent_and_nothing_leads_there(tmp_path, place):
    folder = built(
        tmp_path / "one",
        place.path,
        {"06-refuelling": notebook(cell("x", result(fleets(place.path)), tags=("other",)))},
    )
    for name in ("index", "report"):
        text = read(folder / f"{name}.html").get_text()
        assert not [
            words
            for words in ("In pictures", "What has happened since", "What could be done")
            if words in text
        ]


@pytest.mark.committed
def test_the_tally_counts_every_claim_once_and_names_which(site):
    page = site.page("index")
    named = []
    for number in page.select(".tally data"):
        trail = number["data-rows"].split() or [
            row.get_text()
            for row in page.find(id=number.find_parent("a")["href"][1:]).select("a[href^='data-']")
        ]
        named += trail
    assert sorted(named) == sorted(
        entry["id"].removeprefix("claim:") for entry in page.select(f"{ARTICLES} article.entry")
    )
    assert sum(int(number.string) for number in page.select(".tally data")) == len(named)


@pytest.mark.committed
def test_verdicts_on_the_front_page_are_those_in_the_notebooks_outputs(site):
    page, verdicts = (
        site.page("index"),
        {record["id"]: record["verdict"] for record in records(site.notebooks)},
    )
    for id, verdict in verdicts.items():
        assert verdict in page.find(id=f"claim:{id}")["class"], id
    assert verdicts and len(page.select("article.unjudged")) == len(
        page.select("article.entry")
    ) - len(verdicts)


# What the pages say of themselves, to people and to machines.


def graph(page: BeautifulSoup) -> list[dict]:
    """What a page says to machines: the data set, then the reviews of claims."""
    (script,) = page.find_all("script", type="application/ld+json")
    return json.loads(script.string)["@graph"]


def test_the_glossary_has_at_most_25_terms_in_order_each_one_plain_sentence_without_a_number(
    tiny_site,
):
    assert len(about.GLOSSARY) <= 25 and list(about.GLOSSARY) == sorted(
        about.GLOSSARY, key=str.lower
    )
    for term, meaning in about.GLOSSARY.items():
        assert re.fullmatch(r"[A-Z][^.\d]+\.", meaning) and len(meaning) < 160, term
    for name in ("index", "report"):
        folded = tiny_site.page(name).find(id="page:terms").find_parent("details")
        assert [term.string for term in folded.find_all("dt")] == list(
            about.GLOSSARY
        ) and not folded.has_attr("open")


def test_the_pages_say_who_speaks_what_verdicts_mean_what_is_not_known_and_how_to_report_an_error(
    tiny_site,
):
    for name in ("index", "report"):
        part = tiny_site.page(name).find(attrs={"aria-labelledby": "page:about"})
        text = " ".join(part.get_text().split())
        said = (
            "The Willing and Able? contributors",
            "no register",
            "How many are ready",
            "Name the claim’s number",
        )
        told = {word: word in text for word in ("SHA256SUMS", "make reproduce")}
        assert set(told.values()) == {name == "index"}  # a mailed file has neither beside it
        meanings = (word.meaning for word in claims.WORDS.values())
        assert not [words for words in (*said, *meanings) if words not in text], name
        (link,) = part.select("a.row")
        assert link.string == "Voyager (United Kingdom)"
        at = link["href"].partition("#")[2]
        led = tiny_site.page(name).find(id=at).b.string if name == "report" else at
        assert led == "tanker/gbr/2025-03"


def test_a_fleet_that_any_row_counts_is_not_told_as_of_unknown_number(new_folder):
    unknown = {
        "fleet": "gbr-voyager",
        "in_service": "",
        "in_service_low": "",
        "observed": "2026-01",
    }
    for low, wanted in (
        ("", ["tanker/gbr/2026-01"]),
        ("9", []),
    ):  # each fleet once; a fleet with a lower bound not at all
        folder = new_folder()
        folder.put("capabilities", "tanker/gbr/2026-01", **unknown)
        folder.put("capabilities", "tanker/gbr/2025-03", in_service_low=low)
        assert [id for id, _ in about.uncounted(data_pages.Tables(folder.path))] == wanted


def test_machines_are_told_of_the_data_set_and_of_every_judged_claim(site):
    found = records(site.notebooks)
    judged = {record["id"]: record for record in found if not claims.own(record)}
    for name in ("index", "report"):
        dataset, *reviews = graph(site.page(name))
        assert (
            dataset["@type"] == "Dataset"
            and dataset["name"]
            and dataset["description"]
            and dataset["license"] == about.LICENCE
        )
        assert re.fullmatch(r"\d{4}[\d-]*/\d{4}[\d-]*", dataset["temporalCoverage"])
        assert sorted(review["identifier"] for review in reviews) == sorted(
            entry["id"].removeprefix("claim:")
            for entry in site.page("index").select(f"{ARTICLES} article.entry:not(.unjudged)")
        )
        assert {review["identifier"] for review in reviews} == set(judged)
        for review in reviews:
            entry = site.page("index").find(id=f"claim:{review['identifier']}")
            assert (
                review["@type"] == "ClaimReview"
                and review["claimReviewed"] == entry.select_one(".claim").string
            )
            assert review["reviewRating"]["alternateName"].capitalize() == entry.select_one(
                ".mark"
            ).get_text().removesuffix(".")
            line = words_of(entry.select_one(".said"))
            assert review["reviewRating"]["ratingExplanation"] == line
            claim = review["itemReviewed"]
            assert claim["@type"] == "Claim" and claim["author"] == {
                "@type": "Person",
                "name": "Eliot Wilson",
            }
            assert (
                claim["appearance"]["publisher"]["name"] == "The Hill"
                and claim["appearance"]["datePublished"] == "2025-12"
            )
            assert (
                dataset["creator"]
                == review["author"]
                == {"@type": "Organization", "name": "The Willing and Able? contributors"}
            )
        text = json.dumps([dataset, *reviews])
        assert set(re.findall(r"https?://[^\"]+", text)) == {about.LICENCE} and '"url"' not in text


def test_verdicts_and_every_table_can_be_taken_away_and_are_named_to_machines(site):
    wanted = [
        "claims.json",
        "data/datapackage.json",
        "data/willing-and-able.xlsx",
        "data/willing-and-able.sqlite",
        *(["verdicts.atom"] if (site.folder / "verdicts.atom").exists() else []),
        *(f"data/{name}.csv" for name in data.contract(site.data)),
    ]
    links = [
        link["href"]
        for link in site.page("index").select("section[aria-labelledby='page:data'] a[href]")
    ]
    assert [link for link in links if not link.endswith(".html")] == wanted
    dataset = graph(site.page("index"))[0]
    assert [file["contentUrl"] for file in dataset["distribution"]] == [
        path for path in wanted if path not in ("data/datapackage.json", "verdicts.atom")
    ]
    both = {"data/willing-and-able.xlsx", "data/willing-and-able.sqlite"}
    assert both <= {link["href"] for link in site.page("data").select("main a[href]")}
    assert all((site.folder / path).is_file() for path in wanted)
    for path in [path for path in wanted[1:] if path not in both | {"verdicts.atom"}]:
        assert (site.folder / path).read_bytes() == (
            site.data / path.removeprefix("data/")
        ).read_bytes(), path
    assert [record["id"] for record in json.loads((site.folder / "claims.json").read_text("utf-8"))]
    assert "distribution" not in graph(site.page("report"))[0]


# Order.


def test_the_order_of_rows_and_columns_changes_no_byte_but_of_the_copies_of_the_tables(
    tiny_site, new_folder, tmp_path
):
    other = new_folder()
    shuffled(other.path)
    made = files(built(tmp_path / "site", other.path))
    same = files(tiny_site.folder)
    assert list(made) == list(same)
    copies = {f"data/{name}.csv" for name in data.contract(other.path)}
    assert {name for name in made if made[name] != same[name]} - copies == set()
    assert {name for name in copies if made[name] != same[name]}


# Data and sources.


def test_every_row_of_every_table_has_its_address_and_every_cell_its_text(site):
    for path in site.data.glob("*.csv"):
        by_id = {
            row["id"]: row.get_text(" ") for row in site.page(f"data-{path.stem}").select("tr[id]")
        }
        rows = list(csv.reader(path.open(encoding="utf-8")))[1:]
        assert list(by_id) == sorted(row[0] for row in rows)
        for row in rows:
            words = [
                word for cell in row[1:] for word in cell.split() if re.fullmatch(r"[\w.-]+", word)
            ]
            missing = [
                word
                for word in words
                if word not in by_id[row[0]] and not re.fullmatch(r"-?\d+\.\d*0", word)
            ]
            assert not missing, (path.name, row[0])


def test_cells_that_name_rows_or_sources_lead_there_and_grades_are_words_with_a_shape(tiny_site):
    page = tiny_site.page("data-members")
    row = page.find(id="member/fra")
    assert [link["href"] for link in row.find_all("a")] == [
        "data-countries.html#FRA",
        "data-attestations.html#attestation/london/fra",
        "data-attestations.html#attestation/video/fra",
        "sources.html#paper-2025-03",
    ]
    assert (
        row.select_one(".grade.derived").string == "derived"
        and ".grade.derived::before" in page.style.string
    )


def test_every_source_lists_the_rows_that_rest_on_it(site):
    page = site.page("sources")
    listed = {
        item["id"]: {link["href"] for link in item.select(".ids a")}
        for item in page.select(".sources > li")
    }
    for path in site.data.glob("*.csv"):
        for row in csv.DictReader(path.open(encoding="utf-8")):
            if path.stem != "sources" and row.get("source_id"):
                assert (
                    f"data-{path.stem}.html#{next(iter(row.values()))}" in listed[row["source_id"]]
                ), row


def test_the_dictionary_names_every_column_with_its_meaning(tiny_site):
    for table in [path.stem for path in tiny_site.data.glob("*.csv")]:
        text = " ".join(
            tiny_site.page(f"data-{table}").select_one("details.dictionary").get_text(" ").split()
        )
        for name, column in data.columns(table, tiny_site.data).items():
            assert name in text and " ".join(column["description"].split()) in text


# Digits: every number in a reader's text leads to rows that give it.


class Cells(dict):
    """Every row of a data folder by its id, as written in the file.

    instead  numbers put in place of what single rows give, by the row's id
    again    rows whose draws are other ones than usual
    draws    how many draws a number takes
    """

    def __init__(self, rows, instead=(), again=frozenset(), draws=50_000, folder=None):
        super().__init__(rows)
        self.instead, self.again, self.draws = dict(instead), frozenset(again), draws
        self.counted, self.drawn, self.folder = {}, {}, folder


def cells_of(folder: Path) -> Cells:
    """Every row of a data folder by its id, as written in the file."""
    tables = [csv.DictReader(path.open(encoding="utf-8")) for path in sorted(folder.glob("*.csv"))]
    rows = {next(iter(row.values())): row for table in tables for row in table}
    return Cells(rows, folder=folder)


def recount(how: str, rows: Cells):
    """As `counted`, each recipe once for the same rows."""
    if how not in rows.counted:
        rows.counted[how] = counted(how, rows)
    return rows.counted[how]


def counted(how: str, rows: Cells):
    """(value, low, high) of a recipe from the cells of the CSV files; None where a recipe is not a
    calculation.
    """
    head = re.match(r"[^:(]*", how.strip())[0]
    act, *column = head.split()
    assert act in recipe_acts.ACTS
    if how.strip()[len(head) :].startswith(":"):
        return _of_cells(act, column, how.split(":", 1)[1].split(), rows)
    if act in ("median", "chance"):
        return _of_draws(act, column, brackets(how)[0], rows)
    if act in ("alone", "altogether"):
        return _of_spread(act, *brackets(how), rows)
    if act == "with":
        return _with_others(*brackets(how), rows=rows)
    parts = [recount(part, rows) for part in brackets(how)]
    if act == "sum":  # what is unknown is left out: the sum is 'at least'
        parts = [part for part in parts if part]
    if None in parts or not parts:
        return None
    value, low, high = zip(*parts, strict=True)
    if act == "sum":
        return sum(value), sum(low), sum(high)
    if act == "product":
        return math.prod(value), math.prod(low), math.prod(high)
    if act == "model":
        return _modelled(AGAIN[column[0]], value, low, high)
    if act == "difference":
        return value[0] - value[1], low[0] - high[1], high[0] - low[1]
    if act == "over":
        return tuple(number[0] / float(column[0]) for number in (value, low, high))
    if act == "halfway":
        return ((value[0] + value[1]) / 2,) * 3
    if act in ("ratio", "share"):
        return tuple(
            above / below if below else math.nan
            for above, below in (value, (low[0], high[1]), (high[0], low[1]))
        )
    raise AssertionError(f"no test knows the recipe {act!r}: teach it to counted()")


def ids_of(how: str) -> list[str]:
    """The ids that a recipe names, each once."""
    return sorted({id for ids in re.findall(r":([^()]*)", how) for id in ids.split()})


def _with_others(answer: str, *inputs: str, rows: Cells):
    """An answer with other numbers in place of what the rows of some inputs give."""
    instead = {}
    for part in inputs:
        (id,) = ids_of(part)
        instead[id] = recount(part, rows)[0]
    number = recount(answer, Cells(rows, rows.instead | instead))
    return None if number is None else (number[0],) * 3


def _of_spread(act: str, answer: str, leaf: str, rows: Cells):
    """The part of the variance of an answer's ranks that an input explains, by random numbers of
    this test's own: the others drawn again, or the input alone drawn again (Jansen 1999).
    """
    (id,), draws = ids_of(leaf), 12_000  # which leaves an error of one in a hundred
    others = [other for other in ids_of(answer) if other != id]
    again = others if act == "alone" else [id]
    both = [_drawn(answer, Cells(rows, draws=draws, again=ids)) for ids in ((), again)]
    ranks = stats.rankdata(np.concatenate(both)).reshape(2, draws)
    unlike = np.mean(np.square(ranks[0] - ranks[1])) / (2 * ranks.var())
    return (1 - unlike if act == "alone" else unlike,) * 3


def _modelled(function, value: tuple, low: tuple, high: tuple):
    """What a formula gives at the values, and its least and most at the ends of their ranges; None
    where it refuses them.
    """
    try:
        corners = [
            float(function(*corner))
            for corner in itertools.product(*map(set, zip(low, value, high, strict=True)))
        ]
        return float(function(*value)), min(corners), max(corners)
    except (ValueError, ZeroDivisionError):
        return None


def _of_draws(act: str, column: list[str], how: str, rows: Cells):
    """The median, 5th and 95th percentile of a recipe, or how often it reaches a number, by random
    numbers of this test's own.
    """
    drawn = _drawn(how, rows)
    if drawn is None:
        return None
    drawn = np.broadcast_to(drawn, rows.draws)
    if act == "chance":
        return (float(np.mean(drawn >= float(column[1]))),) * 3
    return tuple(float(end) for end in np.quantile(drawn, [0.5, 0.05, 0.95]))


def _drawn(how: str, rows: Cells):
    """A recipe worked out for draws of its cells, each row drawn once; None for what is unknown."""
    act, *column = re.match(r"[^:(]*", how.strip())[0].split()
    if how not in rows.drawn:
        if brackets(how):
            rows.drawn[how] = _made(act, column, [_drawn(part, rows) for part in brackets(how)])
        else:
            counted, ids = recount(how, rows), ids_of(how)
            rows.drawn[how] = None if counted is None else np.asarray(counted[0], dtype=float)
            ranged = counted is not None and len(ids) == 1 and counted[1] < counted[2]
            if ranged and act in ("cell", "sum", "from"):
                random = np.random.default_rng(
                    [*ids[0].encode(), *b"again" * (ids[0] in rows.again)]
                )
                ends = counted[1], counted[0], counted[2]
                rows.drawn[how] = random.triangular(*ends, rows.draws)
    return rows.drawn[how]


def _made(act: str, column: list[str], parts: list):
    if act == "sum":
        return sum(part for part in parts if part is not None)
    if any(part is None for part in parts):
        return None
    if act == "model":
        return np.vectorize(AGAIN[column[0]])(*parts)
    if act == "over":
        return parts[0] / float(column[0])
    return {"product": lambda a, b: a * b, "difference": lambda a, b: a - b}.get(
        act, lambda a, b: a / b
    )(*parts)


def _of_cells(act: str, column: list[str], ids: list[str], rows: Cells):
    if act == "open":
        return 0.0, 0.0, 0.0
    if act in ("chosen", "tried", "multiple"):
        return (float(column[0]),) * 3
    assert all(id in rows for id in ids)
    if len(ids) == 1 and ids[0] in rows.instead:
        return (rows.instead[ids[0]],) * 3
    if act == "none":
        assert ids and all(rows[id]["concludes"] == "none found" for id in ids)
        return 0.0, 0.0, 0.0
    if act == "count":
        return len(ids), len(ids), len(ids)
    if act in ("low", "high"):
        return (_end(rows[ids[0]], column[0], act),) * 3
    if act in ("months", "days"):
        dates = [rows[id].get("date") or rows[id]["stated"] for id in ids]
        return (_since(act, column[0], dates),) * 3
    if act == "distinct":
        return (len({rows[id][column[0]] for id in ids}),) * 3
    if act == "from":
        return 0.0, 0.0, float(rows[ids[0]][column[0]])
    if act == "newest":
        newest = max(ids, key=lambda id: (rows[id]["date"], id))
        ends = [
            number
            for id in ids
            for which in ("", "low", "high")
            if (number := _end(rows[id], column[0], which)) is not None
        ]
        return _end(rows[newest], column[0], ""), min(ends), max(ends)
    if act in ("within", "beside"):
        return _with_totals(act, column[0], ids, rows)
    if act not in ("sum", "cell", "least"):
        return None
    ends = [[_end(rows[id], column[0], which) for which in ("", "low", "high")] for id in ids]
    known = []
    for value, low, high in ends:
        told = low if value is None else value  # of a number that is only bounded: at least so many
        known.append((told, told if low is None else low, told if high is None else high))
    return tuple(
        sum(number for number in side if number is not None) for side in zip(*known, strict=True)
    )


def _with_totals(act: str, column: str, ids: list[str], rows: Cells):
    """A sum over fleets whose upper end is, or lies above it by, a directory total."""
    totals = [id for id in ids if rows[id]["class"] == "directory total"]
    own = [
        [_end(rows[id], column, which) for which in ("", "low", "high")]
        for id in ids
        if id not in totals
    ]
    value = sum(low or 0 if number is None else number for number, low, _ in own)
    least = sum(low or 0 for _, low, _ in own)
    most = max(_end(rows[id], column, "high") for id in totals)
    if act == "beside":
        return value, least, most + sum(high for *_, high in own)
    return value, least, max(most, sum(high or 0 for number, _, high in own if number is not None))


def _since(act: str, day: str, dates: list[str]) -> float:
    """Days, or months and thirtieths of one, from the end of the last of some dates to a day."""
    last = max(pd.Period(text).end_time.normalize() for text in dates)
    day = pd.Timestamp(day)
    if act == "days":
        return (day - last).days
    whole, left = _apart(day, last)
    return round(whole + left / 30, 1)


def _apart(day: pd.Timestamp, last: pd.Timestamp) -> tuple[int, int]:
    """Whole months between two days, and the days left over."""
    whole = max(n for n in range(-1, 1200) if last + pd.DateOffset(months=n) <= day)
    return whole, (day - (last + pd.DateOffset(months=whole))).days


def months_told(text: str, how: str, rows: Cells) -> bool:
    """Whether words such as '9 months and 14 days' give exactly the time that a recipe counts."""
    day = pd.Timestamp(how.split()[1].strip(":"))
    dates = [rows[id].get("date") or rows[id]["stated"] for id in ids_of(how)]
    last = max(pd.Period(text).end_time.normalize() for text in dates)
    told = {unit: int(number) for number, unit in re.findall(r"(\d+) (month|day)", text)}
    return (told.get("month", 0), told.get("day", 0)) == _apart(day, last)


def flips_there(claim: str, at: float, ids: set[str], folder: Path, turns: bool) -> bool:
    """Whether some input of a claim with these rows turns its verdict round at a number, or leaves
    it open there, and neither a little nearer to its own value nor halfway there.
    """
    claims.judged()  # which loads the rules
    for entry in INPUTS[claim](data.World(folder=folder)):
        if set(entry.rows) != ids:
            continue
        same = {entry.verdict(entry.value)}
        same |= {"undecided"} if turns else set()  # not to know is no other verdict
        step = 1 if entry.whole else abs(at) / 100
        nearer = at + math.copysign(step, entry.value - at)
        between = [nearer, (nearer + entry.value) / 2]
        if entry.whole:
            between = [round(number) for number in between]
        there = entry.verdict(at)
        if there not in same and same >= {*map(entry.verdict, between)}:
            return turns or there == "undecided"
    return False


def _end(row: dict, column: str, which: str):
    """The low or high end of a cell, or the cell; None where it is unknown. A column that is itself
    an end has no other one, but where the table has nothing between two ends (troops_low and
    troops_high).
    """
    stem, _, end = column.rpartition("_")
    if which and end in ("low", "high") and stem not in row and row.get(f"{stem}_{which}"):
        return float(row[f"{stem}_{which}"])
    fixed = "base" in row and column in ("low", "high")  # an end of a parameter is one number
    names = (f"{column}_{which}", which) if which and not fixed else ()
    ends = [row[name] for name in names if row.get(name)]
    cell = ends[0] if ends else row[column]
    return float(cell) if cell else None


def brackets(text: str) -> list[str]:
    """What stands in the outermost brackets."""
    found, depth, start = [], 0, 0
    for place, sign in enumerate(text):
        if sign == "(":
            depth, start = depth + 1, start if depth else place + 1
        elif sign == ")":
            depth -= 1
            if not depth:
                found.append(text[start:place])
    return found


NUMBER = r"(?<!\w)-?\d[\d,]*(?:\.\d+)?"  # a dash between two numbers is an en dash


def ends_told(text: str, numbers: int, counted) -> tuple:
    """Which of value, low and high some words tell."""
    if numbers == 2:
        return counted[1:]
    return (
        counted[2:]
        if text.startswith(("up to ", "at most "))
        else counted[1:2]
        if text.startswith("at least ")
        else counted[:1]
    )


def agrees(text: str, counted, modelled: bool = False) -> bool:
    """Whether the shown words name the recounted number, within the rounding they show; of a range,
    both ends. modelled: two figures count.
    """
    numbers = re.findall(NUMBER, text)
    ends = ends_told(text, len(numbers), counted)
    wanted = [number * (100 if "%" in text else 1) for number in ends]
    return len(numbers) == len(wanted) and all(
        abs(number - float(shown.replace(",", ""))) <= 0.500001 * _last_place(shown, modelled)
        for shown, number in zip(numbers, wanted, strict=True)
    )


def roughly(text: str, counted, index: bool = False) -> bool:
    """Whether the shown words name what other draws give, within what so few draws can tell.
    index: a range is the interval in which the one number is sure to lie.
    """
    numbers = [float(number.replace(",", "")) for number in re.findall(NUMBER, text)]
    wanted = [
        number * (100 if "%" in text else 1) for number in ends_told(text, len(numbers), counted)
    ]
    if len(numbers) != len(wanted):
        return False
    if index and len(numbers) == 2:  # of one number there are no two ends to recount
        wanted = [min(max(wanted[0], numbers[0]), numbers[1])] * 2
        numbers = [counted[0] * 100] * 2
    return all(
        abs(number - shown) <= max(0.1 * abs(number), 3 if "%" in text else 0)
        for shown, number in zip(numbers, wanted, strict=True)
    )


def _last_place(shown: str, modelled: bool) -> float:
    """What one more in the last figure of a printed number is worth: 0.1 for '2.2', and 1,000 for a
    modelled '40,000'.
    """
    if modelled and "." not in shown and len(shown.strip("-").replace(",", "")) > 2:
        return 10.0 ** (len(shown.strip("-").replace(",", "")) - 2)
    return 10 ** -len(shown.partition(".")[2])


def value_of(element) -> float:
    """The number of an element as it was made, before it was rounded into words."""
    return float(element["value"])


def wrong_numbers(site: Made) -> list[str]:
    """Follow every number that names its rows, recount it from the tables, and report those that
    the rows do not give.
    """
    rows, documents, wrong = cells_of(site.data), site.pages, []
    books = {
        name: json.loads(book.string)
        for name, page in documents.items()
        if (book := page.select_one("script.recipes"))
    }
    trails = {
        name: {note["id"]: note["data-how"] for note in page.select(".trails li[data-how]")}
        for name, page in documents.items()
    }
    for name, page in documents.items():
        for element in page.select("data[data-rows], .trails b[data-how]"):
            link, text, how = (
                element.find_parent("a"),
                " ".join(element.get_text().split()),
                element.get("data-how", ""),
            )
            if link is not None and "#trail-" in link["href"]:
                target, _, part = link["href"].partition("#")
                how = recipe_acts.expanded(trails[target or name][part], books[target or name])
            how = recipe_acts.expanded(how, books.get(name, []))
            if how.startswith("table: "):
                counted = [sum(table == how[7:] for table in tables_of(site.data))]
            else:
                counted = recount(how, rows)
                named = set(element["data-rows"].split()) if element.get("data-rows") else set(rows)
                assert set(re.findall(r"[^\s():]+", how)) & set(rows) <= named
            if how.startswith(("tips ", "opens ")):
                ids, turns = set(ids_of(how)), how.startswith("tips ")
                claim, at = how.split()[1].strip(":"), value_of(element)
                right = flips_there(claim, at, ids, site.data, turns)
            elif how.startswith("months ") and re.search(r"\d (month|day)", text):
                right = months_told(text, how, rows)
            elif how.startswith(("median", "chance", "alone", "altogether")):
                index = how.startswith(("alone", "altogether"))
                right = (
                    counted is None or not re.search(r"\d", text) or roughly(text, counted, index)
                )
            else:
                right = (
                    counted is None
                    or not re.search(r"\d", text)
                    or agrees(text, counted, "model " in how)
                )
            if not right:
                wrong.append(
                    f"{name}: {text!r} is not what its rows give, {counted} by {how[:100]}"
                )
    return wrong


def strange_words(site: Made) -> list[str]:
    """Words that stand for a row, such as a date or a type, with a digit that no cell of the row
    has.
    """
    rows, strange = cells_of(site.data), []
    for name, page in site.pages.items():
        for element in page.select("span[data-rows]"):
            cells = " ".join(
                cell for id in element["data-rows"].split() for cell in rows[id].values()
            )
            known = {digits.lstrip("0") for digits in re.findall(r"\d+", cells)}
            if (
                not {digits.lstrip("0") for digits in re.findall(r"\d+", element.get_text())}
                <= known
            ):
                strange.append(f"{name}: {element.get_text()!r} of {element['data-rows']}")
    return strange


def tables_of(folder: Path) -> list[str]:
    """The table of every row of a data folder."""
    return [
        path.stem
        for path in folder.glob("*.csv")
        for _ in csv.DictReader(path.open(encoding="utf-8"))
    ]


MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
# digits that are no numbers: dates, years, claims, paragraphs, types of aircraft, codes of
# characters, a program, a unit, a version
NAMES = (
    rf"(\d{{1,2}} (to|and|or) )?\d{{1,2}} ({MONTHS})( \d{{4}})?",
    r"\b\d{4}-\d\d(-\d\d)?\b",
    r"\b(19|20)\d\d\b",
    r"\bC\d\d[ab]?\b",
    r"¶ \d+((,| to| and) \d+)*",
    r"\b[A-Z]{1,3}-?\d+\w*",
    r"\bSpace Delta 7\b",
    r"U\+\w{4}",
    "(?i)sha256",
    r"\b[vV]ersion \d+\.\d+\.\d+\b",
)
NAMING = (
    "[data-rows], [data-how], a[href*='data-'], a[href*='sources.html#'], tr[id], .sources > li,"
    " .report a[href^='#t'], .report a[href^='#r'], .report .trails li, .facts > li"
)
EXEMPT = (
    "code, pre, math, q, cite, .article, .claim, .dictionary, script, style, title, nav, figcaption"
)


def stray_digits(site: Made) -> list[str]:
    """Digits in a reader's text that stand in no element, table or figure that names its rows."""
    found = []
    for name, page in site.pages.items():
        sound = {id(element) for element in page.select(f"{NAMING}, {EXEMPT}")}
        sound |= {id(table) for table in page.find_all("table") if table.select_one(NAMING)}
        for text in page.find_all(string=re.compile(r"\d")):
            left = text
            for pattern in NAMES:
                left = re.sub(pattern, "", left)
            if re.search(r"\d", left) and not any(id(parent) in sound for parent in text.parents):
                found.append(f"{name}: {' '.join(text.split())[:120]!r}")
    return found


@pytest.mark.committed
def test_every_number_is_what_its_rows_give(site):
    assert not wrong_numbers(site) and not strange_words(site)


@pytest.mark.committed
def test_no_digit_stands_outside_an_element_that_names_its_rows(site):
    assert not stray_digits(site)


def test_the_recount_notices_a_number_its_rows_do_not_give_and_a_typed_one(tmp_path, place):
    false = quantities.html(
        quantities.exact(
            14, rows=("tanker/fra/2025-12", "tanker/pool/2025-03"), how=Recipe("sum", "in_service")
        )
    )
    other = tables.markup(tables.Row("tanker/pool/2025-03", "11 March 2025"))
    of = {"06-refuelling": notebook(cell("x", shown(f"<p>{false} and 17, {other}</p>")))}
    site = Made(built(tmp_path / "one", place.path, of), place.path, of)
    assert any("'14' is not what its rows give" in line for line in wrong_numbers(site))
    assert any("'11 March 2025'" in line for line in strange_words(site))
    assert any("and 17" in line for line in stray_digits(site))


@pytest.mark.parametrize(
    ("how", "right", "wrong"),
    [
        (
            "with (product (cell in_service: {fleet}) (cell base: {fuel})) (low base: {fuel})",
            1.43e6,
            9,
        ),
        ("halfway (low base: {fuel}) (cell base: {fuel})", 110_500, 110_000),
        ("alone 7 (sum (cell base: {fuel}) (count: {fleet})) (cell base: {fuel})", 1, 0.5),
        ("altogether 7 (sum (cell base: {fuel}) (count: {fleet})) (cell base: {fuel})", 1, 0.5),
        ("months 2025-12-20: delivery/1 delivery/2", None, 0.1),
    ],
)
def test_the_recount_notices_a_wrong_number_that_was_tried_or_searched_for(
    tmp_path, place, how, right, wrong
):
    how = how.format(fleet="tanker/fra/2025-12", fuel="fuel/a330")
    ids = " ".join(ids_of(how))
    for number, faults in ((right, 0), (wrong, 1)):
        if number is None:
            continue
        html = f'<data value="{number}" data-how="{how}" data-rows="{ids}">{number:,}</data>'
        of = {"06-refuelling": notebook(cell("x", shown(f"<p>{html}</p>")))}
        site = Made(built(tmp_path / str(faults), place.path, of), place.path, of)
        assert len([line for line in wrong_numbers(site) if line.startswith("06")]) == faults


# One quantity, one number: a number is known by the recipe that made it.

NO_IDENTITY = (  # recipes that say where a number comes from, and not which number it is
    "chosen",
    "tried",
    "multiple",
    "tips",
    "opens",
    "rows",
    "readings",
    "table",
    "months",
    "with",
    "alone",
    "altogether",
)
SENTENCES = ["p", "li", "dd", "figcaption"]
TOLD = re.compile(rf"(?:at least |at most )?{NUMBER}(?: %)?|unknown|no limit")


def identity(how: str) -> tuple[str, bool]:
    """Which number a recipe makes, and whether it was drawn: the median of the draws of an answer
    and the answer at its inputs' values are one quantity.
    """
    drawn = how.startswith("median ")
    how = _at_values(how)
    one = re.fullmatch(r"(?:cell|sum|least|newest) (\w+): (\S+)", how)  # all give the row's cell
    return (f"{one[1]} of {one[2]}" if one else how), drawn


def is_range(words: str) -> bool:
    beside_a_limit = r"\d (by middle values|as reported)$"
    return bool(re.search(rf"\d–\d|\d to [\d]|{beside_a_limit}", words))


def numbers_told(site: Made):
    """(page, element, its words, its recipe) of every number in a reader's text; the notes at the
    foot left out, which tell how it was made.
    """
    pages = {
        name: page
        for name, page in site.pages.items()
        if not name.startswith(("data", "sources"))  # which hold the rows themselves
    }
    feet = {name: page.find(class_="trails") for name, page in pages.items()}
    books: dict[str, list[str]] = {}
    notes = {}
    for name, page in pages.items():
        lines: list[str] = []  # each is made of those before it
        book, foot = page.find("script", class_="recipes"), feet[name]
        for line in json.loads(book.string) if book else ():
            lines.append(_written_out(line, lines))
        books[name] = lines
        listed = foot.find_all("li", attrs={"data-how": True}) if foot else ()
        notes[name] = {note["id"]: note["data-how"] for note in listed if note.get("id")}
    for name, page in pages.items():
        for element in page.find_all("data"):
            link, how, of = element.parent, element.get("data-how", ""), name
            if any(parent is feet[name] for parent in element.parents):
                break
            if link.name == "a" and "#trail-" in link["href"]:
                target, _, part = link["href"].partition("#")
                of = target or name
                how = notes[of][part]
            yield name, element, " ".join(element.get_text().split()), _written_out(how, books[of])


def _written_out(how: str, lines: list[str]) -> str:
    return re.sub(r"#(\d+)", lambda place: lines[int(place[1])], how)


def told_twice(site: Made) -> list[str]:
    """Quantities that stand on the pages in two ways, as two numbers, with other digits or with two
    ranges; and numbers with an unknown part as 'about'.
    """
    ways: dict[str, dict[str, str]] = {}
    found = []
    for name, _, words, how in site.told:
        if how.split()[0].strip(":") in NO_IDENTITY or not re.search(r": \S", how):
            continue  # of no row: which nothing was counted is not known
        if words.startswith("about "):
            found.append(f"{name}: {words!r} has an unknown part: tell its ends")
        quantity, drawn = identity(how)
        if is_range(words):
            kind, said = f"range, drawn {drawn}", " ".join(re.findall(NUMBER, words))
        else:
            match = TOLD.match(words)
            kind, said = "number", match[0] if match else words
        first = ways.setdefault(quantity, {}).setdefault(kind, f"{said!r} on {name}")
        if first.split(" on ")[0] != repr(said):
            found.append(f"{name}: {said!r} is {first}, by {how[:80]}")
    return found


def told_bare(site: Made) -> list[str]:
    """Numbers with a range that stand without it: in a sentence, and in a row of a table where a
    model or several rows made them.
    """
    rows, found = cells_of(site.data), []
    for name, element, words, how in site.told:
        act = how.split()[0].strip(":")
        if act in (*NO_IDENTITY, "count", "distinct", "chance", "days", "low", "high"):
            continue
        quantity, _ = identity(how)
        sentence, row = element.find_parent(SENTENCES), element.find_parent("tr")
        bounded = re.match("(at least|at most|unknown|no limit)", words)
        made = "(" in how
        if is_range(words) or (bounded and "model " not in how) or not (sentence or made):
            continue
        counted = recount(_at_values(how), rows)
        if counted is None or quantity.split()[0] in ("low", "high"):
            continue
        unit = "share" if "%" in words else ""
        ends = {quantities.text(end, unit, made) for end in counted[1:] if math.isfinite(end)}
        if len(ends) == 1 and all(map(math.isfinite, counted)):
            continue
        beside = (sentence or row).select("data[data-rows]")
        if not any(is_range(each.get_text()) and _same(each, element) for each in beside):
            found.append(f"{name}: {words!r} of {ends} stands without its range, by {how[:80]}")
    return found


def _at_values(how: str) -> str:
    """The recipe of what was drawn: its ends are those that its inputs allow."""
    return how.split("(", 1)[1].rsplit(")", 1)[0] if how.startswith("median ") else how


def _same(one, other) -> bool:
    return one.get("value") == other.get("value")


def told_otherwise_at_the_foot(site: Made) -> list[str]:
    """Largest parts that a note names as another number than the page does, without saying that
    they stand at the inputs' values.
    """
    told: dict[tuple[str, str], str] = {}
    for name, _, words, how in site.told:
        if not is_range(words) and (match := TOLD.match(words)):
            told.setdefault((name, identity(how)[0]), match[0])
    found = []
    for name, page in site.pages.items():
        book = page.find("script", class_="recipes")
        lines = json.loads(book.string) if book else []
        for note in page.select(".trails li[id^=trail-]"):
            if ", at the inputs’ values: " in " ".join(note.get_text().split()):
                continue
            for part in note.find_all("b", attrs={"data-how": True}, recursive=False):
                quantity, _ = identity(recipe_acts.expanded(part["data-how"], lines))
                there = told.get((name, quantity))
                if there not in (None, part.get_text()):
                    found.append(f"{name}: {part.get_text()!r} is {there!r} in {note['id']}")
    return found


@pytest.mark.committed
def test_a_quantity_is_told_as_one_number_wherever_it_stands(committed):
    assert not told_twice(committed)
    assert not told_otherwise_at_the_foot(committed)


# No page says what another one denies: the kinds that readers found, each looked for everywhere.

PROMISED = {  # words in a column's head, and what no cell below may then be
    "median": r"^(at least|at most|unknown)",
    "nine draws in ten": r"by middle values$",
    "recorded": r"^an unknown number$",
}
INSIDE = (  # words of the data and of those who made them, which mean nothing to a reader
    r"\bunsupported\b",
    r"rows re-read",
    r"rewritten",
    r"\b(since|until) (29|30) November 2026\b",
)


def columns_belied(site: Made) -> list[str]:
    """Cells that are not what the head of their column says."""
    found = []
    for name, page in site.pages.items():
        for table in page.find_all("table"):
            heads = [" ".join(head.get_text().split()) for head in table.select("thead th")]
            wrong = [next((w for p, w in PROMISED.items() if p in head), None) for head in heads]
            for row in table.select("tbody tr") if any(wrong) else ():
                for head, denied, cell in zip(
                    heads, wrong, row.find_all(["th", "td"]), strict=False
                ):
                    words = " ".join(cell.get_text().split())
                    if denied and re.search(denied, words):
                        found.append(f"{name}: {words!r} under {head!r}")
    return found


def words_from_inside(site: Made) -> list[str]:
    """Words that only those who made the pages understand, in text and in the words for figures."""
    found = []
    for name, page in site.pages.items():
        if name.startswith(("data", "sources")):
            continue
        texts = [t for t in page.find_all(string=True) if t.parent.name not in ("script", "style")]
        texts += [image["alt"] for image in page.find_all("img", alt=True)]
        found += [
            f"{name}: {' '.join(text.split())[:90]!r}"
            for text in texts
            if any(re.search(word, text) for word in INSIDE)
        ]
    return found


def rows_under(page: BeautifulSoup, caption: str) -> list[dict[str, str]]:
    """The rows of the table of a page with some caption, by the heads of its columns."""
    (table,) = (t for t in page.find_all("table") if t.caption and caption in t.caption.get_text())
    heads = [" ".join(head.get_text().split()) for head in table.select("thead th")]
    return [
        dict(
            zip(
                heads,
                (" ".join(c.get_text().split()) for c in row.find_all(["th", "td"])),
                strict=True,
            )
        )
        for row in table.select("tbody tr")
    ]


def told_of_conditions(site: Made) -> list[str]:
    """States that would send soldiers and are said to wait for something in one place, and to have
    stated no condition in another.
    """
    offers = rows_under(site.page("02-commitments-and-command"), "Positions on ground troops")
    waits = rows_under(site.page("08-conditions"), "What those who would send soldiers")
    waiting = {row["state"] for row in waits if "waits for it" in row.values()}
    sending = [row for row in offers if row["position"] in ("committed", "offered", "conditional")]
    assert {row["state"] for row in waits} >= {row["state"] for row in sending} and waiting
    return [
        f"{row['state']}: {row['condition']!r}"
        for row in sending
        if row["condition"] == "none stated" and row["state"] in waiting
    ]


@pytest.mark.committed
def test_no_page_says_what_another_denies(committed):
    assert not columns_belied(committed)
    assert not words_from_inside(committed)
    assert not told_of_conditions(committed)


@pytest.mark.committed
def test_the_front_page_and_the_grid_agree_on_whom_claims_are_about(committed):
    """Who takes part is asked of all members, whichever the reader chooses."""
    table = rows_under(committed.page("09-verdicts"), "verdicts are the same in every scenario")
    paraphrases = data.load("claims")["claim"]
    for id in ("C02", "C03", "C04"):
        (row,) = (row for row in table if row["claim"] == paraphrases[id])
        assert row["Europe only"] == row["without Türkiye"] == row["as the article saw it"], id


@pytest.mark.parametrize(
    ("head", "words", "faults"),
    [("median", "at least 20", 1), ("kept in place", "at least 20", 0), ("median", "20", 0)],
)
def test_a_column_that_is_belied_is_noticed(tmp_path, place, head, words, faults):
    html = f"<table><thead><tr><th>{head}</thead><tbody><tr><td>{words}</tbody></table>"
    of = {"06-refuelling": notebook(cell("x", shown(html)))}
    site = Made(built(tmp_path / "one", place.path, of), place.path, of, ("06-refuelling",))
    assert len(columns_belied(site)) == faults


FINDING = re.compile(r"^\| (C\d+\w?) \| (.+?) \| \*\*(.+?)\*\* \| (.+?) \|", re.M)


def told_otherwise(text: str, front: BeautifulSoup) -> list[str]:
    """The findings in README's table that the front page tells in another word or number."""
    found = []
    for id, claim, mark, line in FINDING.findall(text):
        entry = front.find(id=f"claim:{id}")
        places = (
            entry.find("p", class_="claim"),
            entry.find("b", class_="mark"),
            entry.find(class_="said"),
        )
        there = [" ".join(place.get_text().split()) for place in places]
        if there != [claim, f"{mark.capitalize()}.", line]:
            found.append(f"{id}: README has {line!r}, the front page {there}")
    return found


@pytest.mark.committed
def test_the_readme_tells_what_the_front_page_tells(committed):
    text, front = readme.README.read_text("utf-8"), committed.page("index")
    assert len(FINDING.findall(text)) == len(data.load("claims")), "every claim has its line"
    assert not told_otherwise(text, front)
    id, *_, line = next(each for each in FINDING.findall(text) if each[0] == "C24")
    other = re.sub(r"\d", lambda digit: str(9 - int(digit[0])), line, count=1)
    (wrong,) = told_otherwise(text.replace(line, other), front)
    assert wrong.startswith(f"{id}: ")


@pytest.mark.committed
def test_a_number_with_a_range_is_told_with_it(committed):
    assert not told_bare(committed)


@pytest.mark.committed
def test_the_words_for_a_picture_tell_the_numbers_of_its_table(committed):
    for name, page in committed.pages.items():
        for figure in page.find_all("figure"):
            drawn = figure.img and figure.table and figure.img["alt"]
            if not drawn or not drawn.startswith(("Dots", "Bar chart", "Tornado")):
                continue
            told, given = (
                {float(number.replace(",", "")) for number in re.findall(NUMBER, text)}
                for text in (drawn, figure.get_text(" "))
            )
            assert told <= given, f"{name}: {drawn[:60]!r} has {told - given}"


TWICE = {  # a page, and how many findings it gives: of two ways to tell, and of a lacking range
    "one number": ("<table><tr><td>{thirteen}<td>{thirteen}</table>", 0, 0),
    "other digits": ("<table><tr><td>{thirteen}<td>{again}</table>", 1, 0),
    "the value beside the median": ("<p>{base} {range}</p><p>{drawn} {range}</p>", 1, 0),
    "a median without its range": ("<p>{drawn}</p><p>{range}</p>", 0, 1),
    "a middle that is unknown": ("<table><tr><td>{about}</table>", 1, 0),
}


@pytest.mark.parametrize(("page", "twice", "bare"), TWICE.values(), ids=TWICE)
def test_a_number_told_twice_or_without_its_range_is_noticed(tmp_path, place, page, twice, bare):
    fuel = "cell base: fuel/a330"
    answer = f"product (cell in_service: tanker/fra/2025-12) ({fuel})"

    def number(words: str, how: str, value: float = 13) -> str:
        ids = " ".join(ids_of(how))
        return f'<data value="{value}" data-how="{how}" data-rows="{ids}">{words}</data>'

    html = page.format(
        thirteen=THIRTEEN,
        again=number("13.0", "cell in_service: tanker/fra/2025-12"),
        base=number("1,430,000", answer, 1.43e6),
        drawn=number("1,420,000", f"median 7 ({answer})", 1.43e6),
        range=number("1,300,000–1,500,000", f"median 7 ({answer})", 1.43e6),
        about=number("about 13", "cell in_service: tanker/fra/2025-12"),
    )
    of = {"06-refuelling": notebook(cell("x", shown(html)))}
    site = Made(built(tmp_path / "one", place.path, of), place.path, of, ("06-refuelling",))
    assert (len(told_twice(site)), len(told_bare(site))) == (twice, bare)


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
    assert readme.digests(committed.folder) in readme.README.read_text("utf-8")


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
