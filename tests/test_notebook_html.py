"""Notebooks as pages: every output, figure, formula and code cell, and what is refused."""

import base64

import pytest
from nbformat.v4 import new_markdown_cell, new_notebook, new_output
from pages_built import ALT, FIGURE, SVG, build_one, built, cell, figure, words_of

from helpers import charts
from helpers.machinery.site.notebook_html import ContentError

# Notebooks: nothing lost on the way.


@pytest.mark.committed
def test_every_output_of_every_cell_reaches_the_page(site):
    for name, of in site.notebooks.items():
        if site.edited and name not in site.edited:
            continue
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


def test_what_looks_like_a_table_within_a_value_is_none_and_brings_nothing_active(tmp_path, place):
    html = (
        """<p class="<table onclick='1'></table>">a</p>"""
        """<table><tr><td class="b>c">d &lt; <b>e</b></td></tr></table>"""
    )
    page = build_one(tmp_path, place, cell("x", new_output("display_data", {"text/html": html})))
    assert not any("onclick" in element.attrs for element in page.find_all(True))
    (table,) = page.select(".output table")
    saved = table.find_next("a", class_="save")["href"]
    assert (tmp_path / "one" / saved).read_text("utf-8").split("\n")[0].strip() == "d < e"


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
