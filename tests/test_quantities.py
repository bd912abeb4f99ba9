"""Totals, counts and ratios: the unknown stays unknown, and the rows are exactly those counted."""

import re
import zipfile

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds_with_other_rows import ARTICLE

from helpers import (
    data,
    numbers_known_by_their_ends,
    quantities,
    recipe_acts,
    refuelling,
    rounding,
    tables,
)
from helpers.charts import names_and_spans
from helpers.quantities import Quantity

COUNTS = st.lists(st.one_of(st.none(), st.integers(0, 900)), min_size=1, max_size=12)


def fleets(counts, low=None, high=None) -> pd.DataFrame:
    index = [f"tanker/f{number}/2025" for number in range(len(counts))]
    frame = pd.DataFrame({"in_service": pd.array(counts, dtype="Int64")}, index=index)
    frame["in_service_low"] = pd.array(low or [None] * len(counts), dtype="Int64")
    frame["in_service_high"] = pd.array(high or [None] * len(counts), dtype="Int64")
    return frame


@given(COUNTS, st.randoms(use_true_random=False))
def test_the_order_of_rows_never_changes_a_total(counts, random):
    rows = fleets(counts)
    shuffled = list(rows.index)
    random.shuffle(shuffled)
    assert quantities.total(rows.loc[shuffled], "in_service") == quantities.total(
        rows, "in_service"
    )


@given(COUNTS)
def test_the_rows_of_a_total_are_exactly_those_added(counts):
    rows = fleets(counts)
    assert quantities.total(rows, "in_service").rows == tuple(sorted(rows.index))
    assert quantities.count(rows).rows == tuple(sorted(rows.index))


@given(COUNTS)
def test_an_added_unknown_never_lowers_at_least(counts):
    before, after = (
        quantities.total(fleets(rows), "in_service") for rows in (counts, [*counts, None])
    )
    assert after.unknowns == before.unknowns + 1
    assert after.value == before.value
    assert after.low == before.low
    assert after.high is None


@given(COUNTS)
def test_an_unknown_is_not_a_zero(counts):
    unknown, zero = (quantities.total(fleets([*counts, last]), "in_service") for last in (None, 0))
    assert unknown.unknowns == zero.unknowns + 1
    if unknown.value is not None:  # 'at least 0' would say nothing
        assert str(unknown) == f"at least {sum(filter(None, counts)):,}".replace(
            "at least 0", "unknown"
        )


def test_a_total_of_unknowns_alone_is_unknown():
    found = quantities.total(fleets([None, None]), "in_service")
    assert (found.value, found.unknowns, str(found)) == (None, 2, "unknown")


def test_ranges_add_up_and_a_row_without_one_counts_as_it_stands():
    found = quantities.total(
        fleets([13, 4], low=[12, None], high=[None, 6]), "in_service", "aircraft"
    )
    assert (found.value, found.low, found.high) == (17, 16, 19)


@given(st.integers(1, 900), st.integers(1, 900))
def test_a_ratio_is_its_parts_over_each_other_and_names_both_sides_rows(above, below):
    found = quantities.ratio(
        quantities.total(fleets([above]), "in_service"), quantities.exact(below, rows=("b",))
    )
    assert found.value == rounding.snap(above / below)
    assert found.rows == ("b", "tanker/f0/2025")


@pytest.mark.parametrize(
    ("above", "below", "words"),
    [
        ([9], [None, 3], "at most 3.0"),
        ([9, None], [3], "at least 3.0"),
        ([9, None], [3, None], "about 3.0"),
        ([9], [None], "unknown"),
        ([9], [0], "unknown"),
    ],
)
def test_a_ratio_says_on_which_side_something_is_left_out(above, below, words):
    assert (
        str(
            quantities.ratio(
                *(quantities.total(fleets(side), "in_service") for side in (above, below))
            )
        )
        == words
    )


@pytest.mark.parametrize(
    ("counts", "number", "answer"),
    [
        ([9], 9, True),
        ([9], 8, False),
        ([9, None], 10, None),
        ([9, None], 8, False),
        ([None], 0, None),
    ],
)
def test_equality_is_unknown_where_what_is_left_out_allows_it(counts, number, answer):
    assert quantities.equals(quantities.total(fleets(counts), "in_service"), number) is answer


@pytest.mark.parametrize(
    ("counts", "high", "answer"),
    [
        ([601], None, True),
        ([600], None, False),
        ([590], [610], None),
        ([590, None], None, None),
        ([610, None], None, True),
    ],
)
def test_more_than_is_unknown_where_the_range_allows_either(counts, high, answer):
    assert (
        quantities.exceeds(quantities.total(fleets(counts, high=high), "in_service"), 600) is answer
    )


@given(COUNTS, st.one_of(st.none(), st.integers(900, 999)), st.integers(0, 999))
def test_less_than_is_what_more_than_and_equality_leave(counts, high, number):
    total = quantities.total(fleets(counts, high=[high] * len(counts)), "in_service")
    less, more = quantities.less_than(total, number), quantities.exceeds(total, number)
    assert not (less and more)
    if less is False and more is False:
        assert quantities.equals(total, number)
    if quantities.equals(total, number):
        assert (less, more) == (False, False)


@pytest.mark.parametrize(
    ("counts", "high", "answer"),
    [
        ([599], None, True),
        ([600], None, False),
        ([590], [610], None),
        ([590, None], None, None),
        ([600, None], None, False),
        ([None], None, None),
    ],
)
def test_less_than_is_unknown_where_the_range_allows_either(counts, high, answer):
    total = quantities.total(fleets(counts, high=high), "in_service")
    assert quantities.less_than(total, 600) is answer


def test_a_difference_less_an_unknown_part_is_at_most():
    part = quantities.total(fleets([3, None]), "in_service")
    left = quantities.less(quantities.exact(10), part)
    assert (left.value, left.low, left.high, str(left)) == (7, None, 7, "at most 7")


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (477, "aircraft", "477"),
        (43_830, "t", "43,830"),
        (0.107, "share", "11 %"),
        (0.0899, "share", "9.0 %"),
        (7.01, "ratio", "7.0"),
        (66.67, "ratio", "67"),
        (9.97, "ratio", "10"),
        (0.996, "ratio", "1.0"),
        (None, "aircraft", "unknown"),
        (0, "aircraft", "0"),
        (1.0, "ratio", "1.0"),
        (1234567.8, "t", "1,234,568"),
    ],
)
def test_numbers_are_printed_by_one_rule(value, unit, words):
    assert quantities.text(value, unit) == words


def test_a_number_on_the_page_names_its_rows_and_how_it_was_made():
    shown = quantities.html(
        quantities.ratio(
            quantities.total(fleets([9]), "in_service"), quantities.exact(3, rows=("b",))
        )
    )
    assert 'data-rows="b tanker/f0/2025"' in shown
    assert 'data-how="ratio (sum in_service: tanker/f0/2025) (count: b)"' in shown


@given(st.text())
def test_whatever_stands_in_a_row_id_cannot_leave_its_attribute(text):
    shown = quantities.html(Quantity(1, 1, 1, rows=(text,)))
    assert shown.count("<") == 2
    assert shown.count('"') == 8


# print and export


def test_print_and_repr_of_a_number_are_one_short_line():
    number = refuelling.aircraft(refuelling.owned_by(ARTICLE, "members"))
    for words in (str(number), repr(number), repr([number])):
        assert "\n" not in words and len(words) < 80
    assert repr(number) == f"<{number} aircraft ({number.low} to {number.high})>"
    assert repr(Quantity(9, 9, 9, "aircraft")) == "<9 aircraft>"
    assert repr(Quantity(None)) == "<unknown>"


@pytest.mark.parametrize(
    "frame",
    [ARTICLE.table("positions"), ARTICLE.fleets("tanker"), refuelling.owned_by(ARTICLE, "members")],
    ids=["table", "fleets", "selection"],
)
def test_a_frame_goes_to_a_spreadsheet_and_to_csv_in_one_call(frame, tmp_path):
    frame.to_excel(tmp_path / "mine.xlsx")
    frame.to_csv(tmp_path / "mine.csv")
    for read, file in ((pd.read_excel, "mine.xlsx"), (pd.read_csv, "mine.csv")):
        again = read(tmp_path / file, dtype=str, keep_default_na=False)
        assert list(again.columns) == list(frame.columns) and len(again) == len(frame)


def test_an_id_is_shown_and_written_once_and_an_index_that_says_more_stays():
    rows = data.load("deliveries").head(1)
    (id,) = rows.index
    for words in (rows.to_csv(), repr(rows), rows._repr_html_()):
        assert words.count(id) == 1, words
    assert (rows.to_csv(index=True).count(id), list(rows["id"])) == (2, [id])
    assert rows.set_index("tail").to_csv().startswith("tail,id,"), "an index that says more"


def test_a_frame_shows_every_column_words_from_the_left_and_what_is_unknown_empty():
    rows = ARTICLE.table("capabilities")
    html = rows.loc[rows["in_service_low"].isna()].head(3)._repr_html_()
    heads = re.findall(r"<th>(\w+)</th>", html)
    assert {*rows.columns} - {"id"} <= {*heads} and "NA" not in html
    (right,) = re.findall(r"([^}]*) {text-align: right !important}", html)
    ends = ["in_service", "in_service_low", "in_service_high", "on_order"]
    numbers = [heads.index(name) + 2 for name in ends]  # from 1, and the ids stand before them
    assert [int(place) for place in re.findall(r"nth-child\((\d+)\)", right)] == numbers


def test_a_link_of_ones_own_notebook_leads_to_the_table_from_its_folder(monkeypatch, tmp_path):
    monkeypatch.setattr(data, "ROOT", tmp_path)
    monkeypatch.setattr(data, "DATA", tmp_path / "data")
    monkeypatch.setattr(data, "place", lambda id: ("deliveries", 1))
    shown = '<span class="row" data-rows="delivery/mmf/1">9</span>'
    for folder, led in {
        "": "../data",
        "notebooks": "../data",
        "notebooks/own": "../../data",
    }.items():
        (tmp_path / folder).mkdir(exist_ok=True)
        monkeypatch.chdir(tmp_path / folder)
        assert f'href="{led}/deliveries.csv" ' in quantities.led(shown)


def test_a_range_stands_in_a_column_of_numbers_and_words_do_not():
    number = Quantity(14, 9, 14, "aircraft", 0, ("tanker/gbr-voyager/2025-06",))
    cells = {"n": tables.Linked("9 to 14", number), "m": tables.Linked("Voyager 2", number)}
    html = tables.show([cells], "x").html(left=" L")
    assert '<td class="number">' in html and html.count("<td L>") == 1
    assert '<th scope="col">n<' in html and '<th scope="col" L>m<' in html


def test_rows_that_are_alike_stay_in_their_order_when_they_are_sorted():
    rows = data.Rows({"count": pd.array([1] * 500 + [2], dtype="Int64")})
    assert list(rows.sort_values("count", ascending=False).index) == [500, *range(500)]
    assert list(data.load("sources").sort_values("kind").groupby("kind").head(1).index) == [
        min(ids) for _, ids in sorted(data.load("sources").groupby("kind").groups.items())
    ]


def test_a_shown_table_goes_out_with_its_numbers_as_numbers(tmp_path):
    number = Quantity(1234, 1200, 1300, "aircraft")
    table = tables.show([{"fleet": tables.Row("a", "A"), "n": number, "m": Quantity(None)}], "x")
    assert table.to_csv() == "fleet,n,m\nA,1234,\n"
    table.to_excel(tmp_path / "mine.xlsx")
    with zipfile.ZipFile(tmp_path / "mine.xlsx") as book:
        assert b"<v>1234</v>" in book.read("xl/worksheets/sheet1.xml")


def test_without_a_clipboard_it_is_said_what_to_do(monkeypatch):
    table = tables.show([{"n": Quantity(9)}], "x")
    taken = []
    monkeypatch.setattr(pd.DataFrame, "to_clipboard", lambda frame, **options: taken.append(frame))
    table.to_clipboard()
    assert taken[0]["n"].tolist() == [9]

    def none(frame, **options):
        raise RuntimeError("no copy/paste mechanism")

    monkeypatch.setattr(pd.DataFrame, "to_clipboard", none)
    for each in (table, data.load("deliveries"), data.World().fleets("tanker")):
        with pytest.raises(RuntimeError, match="no clipboard here.*to_excel"):
            each.to_clipboard()


def test_a_sum_over_nothing_is_unknown_and_none_only_where_a_search_found_none():
    nothing = quantities.sum_of([], "orbits")
    assert (nothing.value, nothing.unit, str(nothing)) == (None, "orbits", "unknown")
    assert quantities.total(fleets([]), "in_service").value is None
    searches = data.load("searches").loc[["search/C20/stealth-drone"]]
    found = quantities.none(searches, "aircraft")
    assert (found.value, found.rows, str(found)) == (0, tuple(searches.index), "none found")
    assert quantities.none(searches.iloc[:0], "aircraft").value is None
    assert (
        numbers_known_by_their_ends.range_words(found) is found
        and names_and_spans.span(found).brief == "none found"
    )
    least = quantities.total(fleets([0, None]), "in_service")
    assert (least.low, least.high, str(least), names_and_spans.span(least).brief) == (
        0,
        None,
        *["unknown"] * 2,
    )
    assert str(numbers_known_by_their_ends.range_words(least)) == "an unknown number"


def test_the_sum_with_one_that_is_unknown_is_at_least_that():
    parts = [quantities.chosen(2, "orbits"), quantities.unknown("orbits")]
    assert quantities.sum_of(parts, "orbits") == quantities.add(*parts)
    assert quantities.sum_of(parts, "orbits").high is None


@pytest.mark.parametrize(
    ("known", "how", "words", "beside"),
    [
        ((37000, 28000, None, 1), "model", "at least 28,000", "37,000 by middle values"),
        ((110000, None, 150000, 1), "model", "at most 150,000", "110,000 by middle values"),
        ((37000, 28000, None, 1), "median", "at least 28,000", "probably 37,000 or more"),
        ((110000, None, 150000, 1), "median", "at most 150,000", "probably 110,000 or less"),
        ((19, 12, None, 3), "sum", "at least 12", "19 as reported"),
        ((64, 64, None, 1), "sum", "at least 64", ""),
        ((14, 9, 16, 0), "sum", "14", "9–16"),
    ],
)
def test_a_number_of_which_one_end_is_known_is_told_by_that_end(known, how, words, beside):
    value, low, high, unknowns = known
    found = quantities.Quantity(
        value, low, high, "persons", unknowns, ("a",), recipe_acts.Recipe(how)
    )
    ranged = tables.range_of(found)
    assert (str(found), str(getattr(ranged, "words", ranged))) == (words, beside)
