"""Figures: the same every time, readable at every width, in both colour schemes, with words that
carry the numbers. Each family is drawn from made-up data that press its labels: long, near, many,
open on a side.
"""

import base64
import dataclasses
import functools
import io
import json
import re
import shutil
import subprocess
import sys

import matplotlib
import pandas as pd
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from PIL import Image
from playwright.sync_api import sync_playwright

from helpers import charts, claims, data, quantities, scenarios, tables
from helpers.charts import (
    bar,
    colours_and_ticks,
    figure,
    names_and_spans,
    readings_curve,
    scales,
    sheet,
    tiles,
    tornado_of_inputs,
)
from helpers.machinery.run import execute
from helpers.machinery.site import notebook_html
from helpers.quantities import Quantity
from helpers.recipe_acts import Recipe

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
WORLD = data.World()
ROW = WORLD.fleets("tanker").index[0]
LONG = "those who have offered or agreed to take part, some of them on a condition that is not met"
SIDE_BY_SIDE = "Bundesverteidigungsministerium-Beschaffungsamt"  # a word wider than its column
say = tables.say


def number(value, low=None, high=None, unit="aircraft", unknowns=0) -> Quantity:
    """A quantity; exact if only its value is given and nothing is unknown."""
    if low is high is None and not unknowns:
        low = high = value
    return Quantity(value, low, high, unit, unknowns, (ROW,), Recipe("count"))


def bars(counts=(9, 14), title="Two fleets", **settings):
    items = [(f"fleet {letter}", number(count), letter == "a")
             for letter, count in zip("abcdefgh", counts, strict=False)]  # fmt: skip
    return charts.bars(WORLD, "test", say(title), items, "aircraft", **settings)


def open_bars():
    items = [
        (LONG, number(17000, None, 68000, unknowns=3), True),
        ("at most", number(30000, None, 30000, unknowns=1), False),
        ("at least", number(64000, 64000, None, unknowns=1), False),
        ("about", number(12000, None, None, unknowns=2), False),
        ("unknown", number(None, unknowns=1), False),
        (SIDE_BY_SIDE, number(23000, 9000, 41000), True),
        ("none", number(0), False),
        ("the same", number(5), False),
        ("the same", number(6), False),
    ]
    marks = [(20000, "a tenth of them"), (21000, "what was asked for"), (61000, "all")]
    return charts.bars(WORLD, "open", say("Some are open"), items, "persons kept in place", marks)


def near_bars():
    counts = {f"{LONG[: 20 + 5 * n]}, November 2025": 33 + n % 4 for n in range(8)}
    items = [(label, number(count, unit="states"), n == 0)
             for n, (label, count) in enumerate(counts.items())]  # fmt: skip
    return charts.bars(WORLD, "near", say("They lie close"), items, "states", [(34, "the article")])


def shares():
    items = [
        (name, number(part, unit="share"), n == 2)
        for n, (name, part) in enumerate({"the pool": 0.019, "members": 0.125, "all": 1.45}.items())
    ]
    parts = {"a half": 0.5, "a quarter": 0.25, "a tenth": 0.1}
    marks = [(quantities.chosen(part, "share"), name) for name, part in parts.items()]
    return charts.bars(WORLD, "shares", say("Shares"), items, "share of the whole", marks)


def wide_ranges():
    items = [
        ("a", number(16781.25, None, 68147, unknowns=10), True),
        (LONG, number(30000, None, 30000, unknowns=1), False),
        (SIDE_BY_SIDE, number(200000, 200000, None, unknowns=1), True),
        ("closed", number(100000, 50000, 100000), False),
        ("near", number(25200, 25000, 25400), False),
        ("point", number(900), False),
        ("unknown", number(None, unknowns=1), False),
        ("either", number(12000, None, None, unknowns=1), False),
    ]
    marks = [
        (number(54795, None, 187066, unknowns=2), "every member, the unwilling too"),
        (number(6000), "monitoring"), (number(10000), "small"), (number(60000), "large"),
        (number(64000), "asked for by the president"), (number(62000), "another"),
    ]  # fmt: skip
    return charts.ranges(WORLD, "wide", say("They span much"), items, "persons", marks)


def narrow_ranges():
    items = [
        ("if independent", number(0.0168, 0.0098, 0.0168, "share"), True),
        ("at least, whatever hangs together with whatever", number(0, unit="share"), False),
        ("at most", number(0.15, unit="share"), False),
        ("from nothing", number(0.05, 0, 0.125, "share"), False),
    ]
    return charts.ranges(WORLD, "narrow", say("They start at zero"), items, "probability")


def far_ranges():
    items = [(f"type {n}", number(900 + n, 870 + n, 940 + 3 * n), n == 1) for n in range(3)]
    return charts.ranges(WORLD, "far", say("They lie far from zero"), items, "kilometres")


def tornado():
    answer = number(8.2858, 5.9, 11.5, "orbits")

    def moved(value):
        return Quantity(value, value, value, "orbits", 0, (ROW,), Recipe("tried", str(value)))

    inputs = [
        (tables.Row("mission-capable/e-3", "mission-capable rate"), 0.5, 0.6, 8.277, 8.84),
        (tables.Row("mission-capable/rq-4", "mission-capable rate"), 0.5, 0.7, 8.28581, 8.2859),
        (tables.Row(ROW, f"{LONG} (from general knowledge)"), 500, 1500, 10.87, 5.82),
        (tables.Row(ROW, SIDE_BY_SIDE), 0.06, 12.5, 3.59, 18),
    ]
    rows = [
        {
            "input": name, "value": number(low, low, high, "km"), "range": "",
            "at the low end": moved(first), "at the high end": moved(last),
        }
        for name, low, high, first, last in inputs
    ]  # fmt: skip
    title = say("It moves most")
    return tornado_of_inputs.of_rows(WORLD, "tornado", title, answer, rows, "continuous orbits")


def steps():
    series = [
        (
            "delivered to the pooled fleet",
            [("2025-02-17", 1), ("2025-03-05", 9), ("2025-06-01", 11)],
        ),
        ("ordered", [("2025-03-05", 12)]),
        ("declined", [("2025-02-17", 0), ("2025-03", 0), ("2025-09-04", 11)]),
    ]
    counted = [(name, [(day, number(count)) for day, count in points]) for name, points in series]
    return charts.steps(WORLD, "steps", say("They rise"), counted, "aircraft", until="2025-12-20")


def years():
    points = [(f"{year}-06-30", number(1250 * (year - 2015))) for year in range(2016, 2026)]
    series = [("one", points)]
    return charts.steps(WORLD, "years", say("It rises"), series, "aircraft", until="2025-12-20")


def tile_map():
    codes = ("GBR FRA", "DEU", "POL ITA", "HUN", "SVK CHE").__iter__()
    words = ("offered", LONG, "considering", "declined", "silent")
    groups = [(word, dict.fromkeys(next(codes).split(), ROW)) for word in words]
    hatches = {"hatched": ("FRA", "HUN"), "hatching": "one report is all there is"}
    return charts.tile_map(WORLD, "map", say("Who would send"), groups, "Five groups.", **hatches)


def verdict_grid():
    kinds = list(colours_and_ticks.VERDICTS)
    rows = [
        {
            "claim": tables.Row(ROW, f"{LONG[: 12 + 9 * n]} ({n})"),
            "article": kinds[n % 6],
            "latest": kinds[(n + n % 2) % 6],
            "read-only": kinds[n % 6],
            "without-turkiye": kinds[n % 6],
            "another-world": kinds[n % 6],
        }
        for n in range(26)
    ]
    return charts.verdict_grid(WORLD, "grid", say("Half of them move"), rows)


def attendance():
    return charts.attendance(WORLD, "attendance", say("Who came"), sorted(WORLD.members()))


def readings():
    """Readings of a claim whose options have internal names."""
    found = []
    for n in range(12):
        outcome = claims.Outcome(
            n % 3 == 0 or None,
            number(6.3 + n, 6.3 + n if n % 4 else None, 7.5 + 2 * n, "ratio", unknowns=n % 4 == 0),
        )
        options = {
            "counterpart": ("nato", "europe")[n % 2],
            "method": ("any", "boom", "hose")[n % 3],
        }
        found.append(claims.Reading(options, (), n == 0, n < 7, outcome))
    return found


WORDS = {
    ("counterpart", "nato"): "NATO's members without the United States, with the pool",
    ("counterpart", "europe"): "Members of the coalition in Europe, Türkiye included",
    ("method", "any"): "Boom and drogue together",
    ("method", "boom"): "Only fleets with a boom, which is what two of the types take",
    ("method", "hose"): "Hoses",
}


def specification_curve(words=WORDS):
    verdict = claims.Verdict({"id": "C00"}, WORLD, tuple(readings()), "depends")
    title, mark = say("They differ"), (66.7, "the article's pair")
    return charts.specification_curve(verdict, "curve", title, "times", *mark, words=words)


FAMILIES = {
    made.__name__: made
    for made in (
        bars, open_bars, near_bars, shares, wide_ranges, narrow_ranges, far_ranges, tornado, steps,
        years, tile_map, verdict_grid, attendance, specification_curve,
    )
}  # fmt: skip
drawn = functools.cache(lambda name: FAMILIES[name]())
every_family = pytest.mark.parametrize("name", FAMILIES)


# In a browser: large enough, apart, whole, clear of lines, in the colours of the page


MEASURE = """() => [...document.querySelectorAll("figure img")].map(image => {
    const shown = image.getBoundingClientRect(), faults = [], box = document.createElement("div");
    const bytes = Uint8Array.from(atob(image.currentSrc.split(",")[1]), one => one.charCodeAt());
    box.innerHTML = new TextDecoder().decode(bytes);
    Object.assign(box.style, {position: "absolute", left: 0, top: 0, width: shown.width + "px"});
    document.body.append(box);
    const svg = box.querySelector("svg");
    svg.removeAttribute("height");
    svg.setAttribute("width", "100%");
    const frame = svg.getBoundingClientRect(), scale = frame.width / svg.viewBox.baseVal.width;
    const texts = [...svg.querySelectorAll("text")], all = [...svg.children];
    const shapes = all.filter(shape => shape.tagName === "path").map(shape => {
        const box = shape.getBBox(), edge = 4 * parseFloat(getComputedStyle(shape).strokeWidth);
        return {shape, left: box.x - edge, right: box.x + box.width + edge,
                top: box.y - edge, bottom: box.y + box.height + edge};
    });
    const boxes = texts.map(text => text.getBoundingClientRect());
    const said = text => JSON.stringify(text.textContent);
    texts.forEach((text, place) => {
        const at = boxes[place], size = parseFloat(getComputedStyle(text).fontSize) * scale;
        if (size < 11) faults.push(`small: ${said(text)} has ${size.toFixed(1)} px`);
        if (at.left < frame.left - .5 || at.right > frame.right + .5 || at.top < frame.top - 1
            || at.bottom > frame.bottom + 1) faults.push(`clipped: ${said(text)}`);
        boxes.slice(0, place).forEach((other, before) => {
            const across = Math.min(at.right, other.right) - Math.max(at.left, other.left);
            const down = Math.min(at.bottom, other.bottom) - Math.max(at.top, other.top);
            if (across > 1 && down > 2)
                faults.push(`overlap: ${said(texts[before])} and ${said(text)}`);
        });
        const own = text.getBBox(), later = all.indexOf(text);
        const turned = text.hasAttribute("transform");
        for (let step = 0; step <= 8 && !turned; step += 1) {
            const point = new DOMPoint(own.x + own.width * step / 8, own.y + own.height * .62);
            const top = shapes.findLast(({shape, left, right, top, bottom}) =>
                left <= point.x && point.x <= right && top <= point.y && point.y <= bottom && (
                    shape.getAttribute("stroke") && shape.isPointInStroke(point)
                    || shape.getAttribute("fill") !== "none" && shape.isPointInFill(point)))?.shape;
            const line = top && top.isPointInStroke(point) && top.getAttribute("stroke");
            if (top && (all.indexOf(top) > later || line && line !== "HAIRLINE")) {
                faults.push(`struck through: ${said(text)}`);
                break;
            }
        }
    });
    box.remove();
    return {width: shown.width, drawn: svg.viewBox.baseVal.width, ink: svg.getAttribute("fill"),
            words: texts.map(text => text.textContent), faults};
})"""


@pytest.fixture(scope="module")
def window():
    """A window of a browser, for all that is measured."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium.new_page()
        chromium.close()


def outputs(figure) -> list:
    """What a figure displays, as the outputs of a cell."""
    shown = []
    IPython = pytest.importorskip("IPython.display")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(IPython, "display", lambda bundle, raw: shown.append(bundle))
        figure._ipython_display_()
    return [new_output("display_data", bundle) for bundle in shown]


def page_of(figures) -> str:
    """A notebook's page with these figures, in the style of the site."""
    cells = [
        new_code_cell("x", execution_count=1, outputs=shown, metadata={"tags": []})
        for figure in figures
        for shown in [figure if isinstance(figure, list) else outputs(figure)]
    ]
    cells.insert(0, new_code_cell("a = 1", metadata={"tags": ["parameters"]}))
    content = notebook_html.read("x", new_notebook(cells=[new_markdown_cell("# One?"), *cells]))
    style = (notebook_html.TEMPLATES / "style.css").read_text("utf-8")
    return (
        f"<!DOCTYPE html><meta charset=utf-8><title>x</title><style>{style}</style>"
        f'<body><div class="frame"><main>{content.html}</main></div>'
    )


def measured(window, figures, width: int, scheme: str) -> list[dict]:
    window.set_viewport_size({"width": width, "height": 900})
    window.emulate_media(color_scheme=scheme)
    window.set_content(page_of(figures))
    faint = (
        colours_and_ticks.FAINT
        if scheme == "light"
        else colours_and_ticks.DARK[colours_and_ticks.FAINT]
    )
    return window.evaluate(MEASURE.replace("HAIRLINE", faint))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [375, 601, 1280])
def test_text_is_large_whole_apart_and_clear_of_lines(window, width, scheme):
    found = measured(window, [drawn(name) for name in FAMILIES], width, scheme)
    assert len(found) == len(FAMILIES)
    assert {name: one["faults"] for name, one in zip(FAMILIES, found, strict=True)} == {
        name: [] for name in FAMILIES
    }
    assert {one["drawn"] for one in found} == {343 if width == 375 else 735}
    for one in found:
        assert 335 <= one["width"] <= 343 if width == 375 else one["width"] <= 735
    assert {one["ink"] for one in found} == {
        colours_and_ticks.INK
        if scheme == "light"
        else colours_and_ticks.DARK[colours_and_ticks.INK]
    }, "the twin of the colour scheme"


@pytest.mark.parametrize("name", scenarios.notebooks())
def test_so_is_every_figure_of_the_committed_notebooks(window, name):
    cells = execute.open_notebook(scenarios.NOTEBOOKS / f"{name}.ipynb").cells
    shown = [output for cell in cells for output in cell.get("outputs", [])]
    figures = [output for output in shown if charts.MIME in output.get("data", {})]
    if not all("narrow" in output["data"][charts.MIME] for output in figures):
        pytest.skip("drawn before figures had a narrow twin: make refresh")
    for width in (375, 1280):
        found = measured(window, [figures], width, "light")
        assert len(found) == len(figures)
        assert not [one["faults"] for one in found if one["faults"]]


def moved_text(svg: str) -> str:
    """The drawing with its second text upon the first."""
    first = re.search(r'<text x="([\d.]+)" y="([\d.]+)"', svg)
    second = svg.index("<text", first.end())
    return svg[:second] + re.sub(r'<text x="[\d.]+" y="[\d.]+"', first[0], svg[second:], count=1)


BROKEN = {
    "small": lambda svg: svg.replace('font-size="12"', 'font-size="9"'),
    "overlap": moved_text,
    "clipped": lambda svg: re.sub(r'<text x="[\d.]+"', '<text x="3"', svg, count=1),
    "struck through": lambda svg: svg.replace(
        "</svg>",
        f'<path fill="none" stroke="{colours_and_ticks.VERMILION}" d="M0 0l60 30v400"/></svg>',
    ),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_each_fault_of_a_drawing_is_seen(window, fault):
    whole = drawn("bars")
    broken = dataclasses.replace(whole, narrow=BROKEN[fault](whole.narrow))
    assert broken.narrow != whole.narrow
    (one,) = measured(window, [broken], 375, "light")
    assert [said for said in one["faults"] if said.startswith(f"{fault}: ")]


def test_a_line_through_a_number_is_seen_where_no_plate_breaks_it(window):
    whole = drawn("open_bars")
    plates = f'<path fill="{colours_and_ticks.PAPER}" d="M(?!0 0h)'
    broken = dataclasses.replace(whole, narrow=re.sub(plates + r'[^"]*"/>', "", whole.narrow))
    assert broken.narrow != whole.narrow
    (one,) = measured(window, [broken], 375, "light")
    assert any(said.startswith("struck through") for said in one["faults"])


def test_words_have_contrast_on_paper_and_on_every_category_in_both_schemes():
    def light(colour: str) -> float:
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        parts = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    pairs = [
        (colours_and_ticks.INK, colours_and_ticks.PAPER),
        (colours_and_ticks.GREY, colours_and_ticks.PAPER),
    ]
    pairs += [(ink, fill) for fill, ink in tiles.FILLS.items()]
    for one, other in pairs + [
        (colours_and_ticks.DARK[a], colours_and_ticks.DARK[b]) for a, b in pairs
    ]:
        most, least = sorted((light(one), light(other)), reverse=True)
        assert (most + 0.05) / (least + 0.05) >= 4.5, (one, other)


# What a drawing says


def words_of(svg: str) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg)


@every_family
def test_no_internal_key_is_shown(name):
    for svg in (drawn(name).svg, drawn(name).narrow):
        said = " ".join(words_of(svg))
        assert not re.search(r"read-only|without-turkiye|another-world|counterpart|method", said)
        assert not re.search(r"\w+: (nato|europe|any|boom|hose)\b", said)


def test_an_option_without_words_is_refused():
    without = {pair: said for pair, said in WORDS.items() if pair != ("method", "boom")}
    with pytest.raises(ValueError, match=r"no words for the option \('method', 'boom'\)"):
        specification_curve(words=without)


def test_the_words_of_an_option_are_its_meaning_in_the_readings_of_the_claim(monkeypatch):
    rows = pd.DataFrame(
        [{"claim": "C00", "choice": choice, "option": option, "meaning": said}
         for (choice, option), said in WORDS.items()]
    )  # fmt: skip
    monkeypatch.setattr(readings_curve.data, "load", lambda *_: rows)
    made = readings_curve.spec(claims.Verdict({"id": "C00"}, WORLD, tuple(readings()), "depends"),
                      say("x"), "times", None, {})  # fmt: skip
    assert set(made.options.values()) == set(WORDS.values())


@every_family
def test_no_two_bars_have_one_name(name):
    figure = drawn(name)
    if name in ("steps", "years", "attendance", "tile_map", "verdict_grid"):
        return
    names = [str(next(iter(row.values()))) for row in figure.table.rows]
    if name != "specification_curve":
        assert len(names) == len(set(names))


def test_names_that_stand_twice_are_counted_and_inputs_told_by_what_they_apply_to():
    labels = [row[""] for row in drawn("open_bars").table.rows]
    assert labels[-2:] == ["the same (1 of 2)", "the same (2 of 2)"]
    inputs = [str(row["input"]) for row in drawn("tornado").table.rows][:2]
    assert inputs == [
        "mission-capable rate, E-3A Sentry and others",
        "mission-capable rate, RQ-4D Phoenix and others",
    ]


@pytest.mark.parametrize("chart", [charts.bars, charts.ranges])
def test_the_same_bar_twice_or_without_a_name_is_refused(chart):
    one = ("one", number(3), False)
    with pytest.raises(ValueError, match="two bars are named 'one' and show the same"):
        chart(WORLD, "x", say("x"), [one, one], "aircraft")
    with pytest.raises(ValueError, match="bar 1 has no name"):
        chart(WORLD, "x", say("x"), [(" ", number(3), False)], "aircraft")


def test_a_figure_without_a_message_is_refused():
    with pytest.raises(ValueError, match="give it a title"):
        bars(title="")


@every_family
def test_numbers_are_of_one_style(name):
    for svg in (drawn(name).svg, drawn(name).narrow):
        for said in words_of(svg):
            bare = re.sub(r"\b(19|20)\d\d\b", "", said)  # years have no separator
            assert not re.search(r"\d{4}", bare) or name == "tile_map", said


@pytest.mark.parametrize(
    ("value", "share", "said"),
    [(0, False, "0"), (2.5, False, "2.5"), (200000, False, "200,000"), (0.125, True, "12.5 %"),
     (0.06, False, "0.06"), (1, True, "100 %")],
)  # fmt: skip
def test_a_tick_is_printed_exactly(value, share, said):
    assert colours_and_ticks.tick(value, share) == said


@pytest.mark.parametrize(
    ("low", "high", "whole", "at"),
    [(0, 9, False, [0, 2, 4, 6, 8]), (0, 3, True, [0, 1, 2, 3]), (33, 36, True, [33, 34, 35, 36]),
     (0, 1.45, False, [0, 0.25, 0.5, 0.75, 1, 1.25])],
)  # fmt: skip
def test_ticks_are_round_and_stay_among_the_numbers(low, high, whole, at):
    assert scales.ticks(low, high, 400, 40, whole) == at


def test_a_logarithmic_axis_says_so_and_others_do_not():
    for svg in (drawn("wide_ranges").svg, drawn("wide_ranges").narrow):
        assert "logarithmic scale" in " ".join(words_of(svg))
    assert "logarithmic" in drawn("wide_ranges").alt
    assert "logarithmic" not in drawn("narrow_ranges").svg


@pytest.mark.parametrize("name", ["near_bars", "far_ranges", "tornado"])
def test_an_axis_that_does_not_start_at_zero_says_so(name):
    for svg in (drawn(name).svg, drawn(name).narrow):
        assert "not at zero" in " ".join(words_of(svg)) or "not start at zero" in " ".join(
            words_of(svg)
        )


def spec_of(counts):
    items = [(str(n), number(count), False) for n, count in enumerate(counts)]
    return bar.spec(say("x"), items, "aircraft", [])


def test_numbers_that_lie_close_are_dots_and_others_bars_from_zero():
    assert spec_of([33, 34, 36]).dots
    assert not spec_of([3, 34, 36]).dots
    assert not spec_of([475, 549, 617]).dots
    assert "does not start at zero" in drawn("near_bars").alt
    assert "<rect" not in drawn("near_bars").svg


SPANS = [  # value, low, high, unknown cells: what is said at the value, and of all
    ((14, 14, 14, 0), "14", "14"),
    ((14, None, None, 0), "14", "14"),
    ((30, None, 30, 1), "", "at most 30"),
    ((64, 64, None, 1), "", "at least 64"),
    ((17, None, 68, 3), "17", "at most 68 (middle 17)"),
    ((19, 12, None, 3), "19", "at least 12 (middle 19)"),
    ((12, None, None, 2), "about 12", "about 12"),
    ((14, 9, 16, 0), "14", "14 (9 to 16)"),
    ((14, 9, 14, 1), "", "9 to 14"),
    ((None, None, None, 1), "unknown", "unknown"),
]


@pytest.mark.parametrize(("known", "at", "said"), SPANS)
def test_what_bounds_a_number_is_said_and_no_limit_is_said_of_a_value_that_may_be_passed(
    known, at, said
):
    value, low, high, unknowns = known
    span = names_and_spans.span(
        Quantity(value, low, high, "aircraft", unknowns, (), Recipe("count"))
    )
    assert (span.at, span.said) == (at, said)
    if said.startswith("at most"):
        assert span.high == high  # nothing is drawn beyond "at most"


def test_a_bar_is_full_only_over_what_is_certain(monkeypatch):
    monkeypatch.setattr(bar, "_explain", lambda *of: None)  # the key shows the same colours

    def areas(quantity):
        made = bar.spec(say("x"), [("one", quantity, True), ("other", number(70), False)],
                               "aircraft", [])  # fmt: skip
        on = sheet.Sheet(narrow=False)
        bar.draw(made, on)
        of = [
            s
            for s in on.shapes
            if isinstance(s, sheet.Shape) and s.fill == colours_and_ticks.SUBJECT
        ]
        return [shape.pale for shape in of]

    assert areas(number(50)) == [False]
    assert areas(number(50, None, 50, unknowns=1)) == [True], "a ceiling: nothing is certain"
    assert areas(number(50, 50, None, unknowns=1)) == [False, True], "a floor: open above"
    assert areas(number(50, 40, 60)) == [False, True]


def test_both_ends_of_an_interval_are_labelled():
    for svg in (drawn("wide_ranges").svg, drawn("wide_ranges").narrow):
        said = words_of(svg)
        assert {"50,000", "100,000", "25,000", "25,400", "at most 68,147", "at least 200,000"} <= {
            *said
        }


def test_another_number_gives_another_picture_table_and_alt_text():
    one, other = bars((9, 14)), bars((9, 15))
    assert one.svg != other.svg and one.narrow != other.narrow and one.png != other.png
    assert str(one.table) != str(other.table)
    assert one.alt != other.alt


def test_alt_text_and_table_need_no_matplotlib():
    code = (
        "import sys\nfrom helpers import tables\nfrom helpers.charts import bar\n"
        "from helpers.quantities import exact\n"
        "made = bar.spec(tables.say('x'), [('a', exact(3), True)], 'aircraft', [])\n"
        "print(bar.alt(made), bar.table(made), 'matplotlib' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.startswith("Bar chart, in aircraft: a 3.") and run.stdout.endswith("False\n")


# The same bytes always, and few


def test_a_figure_is_the_same_every_time_and_under_any_matplotlibrc():
    first = bars()
    with matplotlib.rc_context({"font.size": 30, "axes.facecolor": "red", "svg.fonttype": "path"}):
        assert bars() == first


def test_the_picture_for_jupyterlab_shows_what_the_svg_shows():
    figure = drawn("open_bars")
    with Image.open(io.BytesIO(base64.b64decode(figure.png))) as image:
        size = re.search(r'viewBox="0 0 (\d+) (\d+)"', figure.svg)
        assert image.size == (int(size[1]), int(size[2]))
        colours = {colour for _, colour in image.convert("RGB").getcolors(10_000)}
        blue = tuple(int(colours_and_ticks.SUBJECT[n : n + 2], 16) for n in (1, 3, 5))
        assert any(sum(abs(a - b) for a, b in zip(c, blue, strict=True)) < 12 for c in colours)


@every_family
def test_nothing_is_cut_off_in_the_picture_for_jupyterlab(name):
    with Image.open(io.BytesIO(base64.b64decode(drawn(name).png))) as image:
        width, height = image.size
        for side in (0, width - 1):
            darkest, _ = image.convert("L").crop((side, 0, side + 1, height)).getextrema()
            assert darkest > 90, "no letter in the colour of ink reaches the edge"


@every_family
def test_every_colour_of_a_figure_has_a_twin_for_dark_pages(name):
    for svg in (drawn(name).svg, drawn(name).narrow):
        used = set(re.findall(r"#[0-9a-fA-F]{3,8}\b", svg))
        assert used
        assert used <= set(charts.DARK)
        assert not set(charts.DARK) & set(re.findall(r"#[0-9a-f]{6}\b", charts.dark(svg)))
        assert not re.search(r'(?:fill|stroke)="(?!none"|#)', svg)


@every_family
def test_an_svg_holds_no_style_id_metadata_or_way_out_and_text_is_text(name):
    for svg in (drawn(name).svg, drawn(name).narrow):
        assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)", svg)
        assert not re.search(r"<(?!/?(svg|path|text)\b)| style=| id=|<!--", svg)
        assert words_of(svg)
        assert not re.search(r"\d\.\d\d", re.sub(r"<text.*?</text>", "", svg)
                             .replace('fill-opacity=".35"', "")), "a tenth of a pixel"  # fmt: skip


@every_family
def test_a_drawing_is_small(name):
    """matplotlib's own took 16 KB on average, and four of each go into one file to be mailed."""
    figure = drawn(name)
    assert len(figure.svg.encode()) < 15_000
    assert len(figure.narrow.encode()) < 15_000


def test_whatever_stands_in_a_name_is_text_in_the_drawing():
    items = [("<script>alert(1)</script> & $x$", number(3), True), ("b", number(4), False)]
    figure = charts.bars(WORLD, "x", say("x"), items, "aircraft")
    assert "<script" not in figure.svg and "&lt;script" in figure.svg.lower()


# Words and tables


def test_the_alt_text_is_a_sentence_with_the_numbers():
    made = bars()
    assert "9" in made.alt
    assert made.alt.endswith(".")
    with pytest.raises(ValueError, match="at least a sentence"):
        figure.finish(WORLD, "x", say("x"), None, lambda *_: None, "chart.png", made.table)


def test_a_figure_names_the_publishers_of_its_rows_and_the_day():
    assert bars().source.startswith("Sources: ")
    assert "As of 20 December 2025." in bars().source


def test_where_nothing_is_known_it_says_so():
    nothing = charts.bars(WORLD, "x", say("x"), [("a", number(None, unknowns=1), True)], "aircraft")
    assert "No row gives a number" in str(nothing)
    assert "No row gives a number" in str(charts.steps(WORLD, "x", say("x"), [], "y", "2025-12-20"))


def test_what_a_figure_displays_carries_its_narrow_twin():
    facts = json.loads(json.dumps(outputs(bars())[1]["data"][charts.MIME]))
    assert facts["narrow"] == bars().narrow


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


def test_a_table_without_rows_says_so_in_words():
    assert str(tables.show([], "Tankers {6}")) == "Tankers {6}: no admitted row gives any."
    assert str(tables.show([], "Tankers", "There are none.")) == "There are none."
