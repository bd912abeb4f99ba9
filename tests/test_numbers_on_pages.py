"""Every number of the pages: what its rows give, named, told once and with its range."""

import re

import pytest
from nbformat.v4 import new_output
from pages_built import THIRTEEN, Made, built, cell, notebook, shown
from pages_recounted import (
    FINDING,
    NUMBER,
    TWICE,
    columns_belied,
    ids_of,
    rows_under,
    strange_words,
    stray_digits,
    told_bare,
    told_of_conditions,
    told_of_more,
    told_otherwise,
    told_otherwise_at_the_foot,
    told_twice,
    words_from_inside,
    wrong_numbers,
)

from helpers import data, numbers_known_by_their_ends, quantities, tables
from helpers.machinery.check import numbers_without_range
from helpers.machinery.outputs import claims_json
from helpers.machinery.texts import readme
from helpers.recipe_acts import Recipe


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


@pytest.mark.committed
def test_a_quantity_is_told_as_one_number_wherever_it_stands(committed):
    assert not told_twice(committed)
    assert not told_otherwise_at_the_foot(committed)


@pytest.mark.committed
def test_no_page_says_what_another_denies(committed):
    assert not columns_belied(committed)
    assert not words_from_inside(committed)
    assert not told_of_conditions(committed)
    assert not told_of_more(committed)


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


def test_a_number_without_its_range_is_told_with_its_cell_and_what_to_do():
    parameters = data.load("parameters")
    ranged = parameters[(parameters["low"] < parameters["base"]) & (parameters["high"].notna())]
    number = quantities.cell(parameters, ranged.index[0], "base")
    low, high = (quantities.text(end) for end in (number.low, number.high))

    def noted(*told) -> list[str]:
        outputs = [new_output("display_data", each._repr_mimebundle_()) for each in told]
        cells = [cell("data.World()"), cell("show()", *outputs)]
        return list(numbers_without_range.notes({"06-refuelling": notebook(*cells)}))

    bare = tables.say("They hold {number}.", number=number)
    place = len(notebook()["cells"]) + 2
    (line,) = noted(bare)
    assert line == (
        f"06-refuelling, cell {place} (show()): {str(number)!r} stands without its range, {low} to"
        f" {high}. {numbers_without_range.FIX}"
    )
    words = numbers_known_by_their_ends.range_words(number)
    assert noted(tables.with_range(number), tables.say("They hold {words}.", words=words)) == []
    half = quantities.of_parts("over", "2", [number])
    row = {"what": "half of it", "number": half}
    assert len(noted(tables.show([row], "Half"))) == 1
    assert noted(tables.show([row | {"range": tables.range_of(half)}], "Half")) == []


@pytest.mark.committed
def test_the_committed_notebooks_tell_every_number_with_its_range():
    assert list(numbers_without_range.notes(claims_json.committed_notebooks())) == []


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
