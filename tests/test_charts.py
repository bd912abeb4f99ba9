"""Figures: the same every time, all their colours have a dark twin, and their words carry the
numbers.
"""

import functools
import re

import matplotlib
import pytest

from helpers import charts, data, quantities, scenarios, tables
from helpers.machinery.run import execute

WORLD = data.World()


def bars(counts=(9, 14)):
    rows = WORLD.fleets("tanker")
    items = [
        (f"fleet {letter}", quantities.exact(count, "aircraft", (rows.index[0],)), True)
        for letter, count in zip("ab", counts, strict=True)
    ]
    return charts.bars(WORLD, "test", tables.say("Two fleets"), items, "aircraft")


def test_a_figure_is_the_same_every_time_and_under_any_matplotlibrc():
    first = bars().svg
    with matplotlib.rc_context({"font.size": 30, "axes.facecolor": "red", "svg.fonttype": "path"}):
        assert bars().svg == first


def test_another_number_gives_another_picture_table_and_alt_text():
    one, other = bars((9, 14)), bars((9, 15))
    assert one.svg != other.svg
    assert str(one.table) != str(other.table)
    assert one.alt != other.alt


def committed(name: str) -> list[str]:
    """Every SVG of a committed notebook."""
    cells = execute.open_notebook(scenarios.NOTEBOOKS / f"{name}.ipynb").cells
    shown = [output.get("data", {}) for cell in cells for output in cell.get("outputs", [])]
    return [formats["image/svg+xml"] for formats in shown if "image/svg+xml" in formats]


DRAWN = {"bars": lambda: [bars().svg]} | {
    name: functools.partial(committed, name) for name in scenarios.notebooks()
}


@pytest.mark.committed
@pytest.mark.parametrize("drawn", DRAWN.values(), ids=DRAWN)
def test_every_colour_of_a_figure_has_a_twin_for_dark_pages(drawn):
    svgs = drawn()
    assert svgs
    for svg in svgs:
        used = set(re.findall(r"(?<!url\()(?<!href=\")#[0-9a-fA-F]{3,8}\b", svg))
        assert used
        assert used <= set(charts.DARK)
        assert not set(charts.DARK) & set(re.findall(r"#[0-9a-f]{6}\b", charts.dark(svg)))
        assert not re.search(r"(?:fill|stroke|color): ?(?!none\b|#)\w", svg)
        painted = re.sub(r"<defs>.*?</defs>", "", svg, flags=re.S)
        assert not re.search(
            r"<(?:text|path|use)\b(?![^>]*fill(?:: |-opacity: 0[;\"]))", painted
        ), "black, which Matplotlib does not write"


@pytest.mark.parametrize("drawn", DRAWN.values(), ids=DRAWN)
def test_an_svg_holds_no_date_no_creator_and_no_way_out(drawn):
    for svg in drawn():
        assert not re.search(
            r"<dc:date>|Matplotlib v|https?://(?!www\.w3\.org|purl\.org|creativecommons\.org)", svg
        )


def test_the_alt_text_is_a_sentence_with_the_numbers():
    figure = bars()
    assert "9" in figure.alt
    assert figure.alt.endswith(".")
    with pytest.raises(ValueError, match="at least a sentence"):
        charts._finish(charts._axes(1)[0], "x", tables.say("x"), "chart.png", figure.table, WORLD)


def test_a_figure_names_the_publishers_of_its_rows_and_the_day():
    assert bars().source.startswith("Sources: ")
    assert "As of 20 December 2025." in bars().source


def test_a_sentence_refuses_a_typed_number_and_a_name_without_a_value():
    with pytest.raises(ValueError, match="typed number"):
        tables.say("There are 9 aircraft")
    with pytest.raises(KeyError, match="many"):
        tables.say("There are {many} aircraft")
    assert (
        str(tables.say("The KC-135 and A330 are {n}", n=quantities.exact(2)))
        == "The KC-135 and A330 are 2"
    )


def test_whatever_stands_in_a_row_is_text_on_the_page():
    shown = tables.show(
        [
            {
                "<b>name": "<script>alert(1)</script>",
                "row": tables.Row('"><img src=x onerror=1>', "<i>"),
            }
        ],
        "<caption>",
    )._repr_html_()
    assert not re.search(r"<(script|img|i|b)\b", shown)


def test_a_table_without_rows_is_refused():
    with pytest.raises(ValueError, match="nothing to show"):
        tables.show([], "nothing")
