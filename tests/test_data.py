"""The loader and the world on a day: what they take, what they refuse, and laws that hold whatever
the rows.
"""

import codecs
import csv
import random
import re
import shutil
from datetime import date, datetime, timedelta

import pandas as pd
import pytest
from checkouts import shuffled
from hypothesis import example, given, settings
from hypothesis import strategies as st

from helpers import claims, data, membership, quantities, refuelling
from helpers.model_parameters import parameter
from helpers.word_check import WordError

FIRST, LAST = date(2025, 2, 17), date(2026, 12, 31)
days = st.dates(FIRST, LAST)
dates = st.builds(
    lambda day, form: day.strftime(form), days, st.sampled_from(["%Y", "%Y-%m", "%Y-%m-%d"])
)
observations = st.lists(
    st.fixed_dictionaries(
        {
            "fleet": st.sampled_from(["a", "b", "c"]),
            "observed": dates,
            "in_service": st.sampled_from(["", "0", "7", "13"]),
            "rank": st.sampled_from(["default", "default", "rival"]),
        }
    ),
    min_size=1,
    max_size=8,
)
law = settings(max_examples=40)  # each example writes a folder


@pytest.fixture(scope="module")
def folder_with(new_folder):
    """Makes a tiny folder whose capabilities are the observations given, in that order."""

    def make(observations):
        folder = new_folder()
        shape = folder.rows("capabilities")[0] | {"on_order": "", "note": ""}
        folder.write(
            "capabilities",
            [shape | {"id": f"row/{number}"} | row for number, row in enumerate(observations)],
        )
        return folder.path

    return make


def chosen(folder, day, timing="settled") -> pd.DataFrame:
    return data.World(as_of=day.isoformat(), timing=timing, folder=folder).fleets("tanker")


@law
@given(observations, days, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_no_selection_and_no_total(folder_with, rows, day, chance):
    rows = [row | {"id": f"row/{number}"} for number, row in enumerate(rows)]
    one = chosen(folder_with(rows), day)
    other = chosen(folder_with(chance.sample(rows, len(rows))), day)
    pd.testing.assert_frame_equal(one, other)
    assert quantities.total(one, "in_service") == quantities.total(other, "in_service")


@law
@given(observations, days)
def test_no_row_is_selected_before_its_day(folder_with, rows, day):
    folder = folder_with(rows)
    assert all(data.span(text).last <= day for text in chosen(folder, day)["observed"])
    assert all(data.span(text).first <= day for text in chosen(folder, day, "open")["observed"])


@law
@given(observations, days)
def test_the_newest_default_row_of_each_fleet_is_selected(folder_with, rows, day):
    found = chosen(folder_with(rows), day)
    for fleet in "abc":
        ends = [
            data.span(row["observed"]).last
            for row in rows
            if row["fleet"] == fleet and row["rank"] == "default"
        ]
        ends = [end for end in ends if end <= day]
        assert [
            data.span(text).last for text in found.loc[found["fleet"] == fleet, "observed"]
        ] == ([max(ends)] if ends else [])


@law
@given(observations, days, st.sampled_from(["settled", "open"]))
def test_a_selection_changes_only_on_a_day_that_the_rows_name(folder_with, rows, day, timing):
    folder = folder_with(rows)
    named = {
        data.span(row["observed"]).last if timing == "settled" else data.span(row["observed"]).first
        for row in rows
    }
    before, after = chosen(folder, day, timing), chosen(folder, day + timedelta(days=1), timing)
    assert list(before.index) == list(after.index) or day + timedelta(days=1) in named


@law
@given(observations, observations, days)
def test_rows_of_later_dates_leave_a_selection_untouched(folder_with, rows, more, day):
    later = [row for row in more if data.span(row["observed"]).last > day]
    pd.testing.assert_frame_equal(
        chosen(folder_with(rows), day), chosen(folder_with(rows + later), day)
    )


@law
@given(days, days, st.sampled_from(["settled", "open"]))
def test_a_state_that_attested_its_part_stays_a_member(tiny_world, one, other, timing):
    early, late = sorted([one, other])
    assert set(tiny_world(early, timing).members()) <= set(tiny_world(late, timing).members())


@pytest.fixture(scope="module")
def tiny_world(new_folder):
    """Makes the world of one tiny folder."""
    path = new_folder().path

    def make(day="2025-12-20", timing="settled", **given):
        return data.World(as_of=str(day), timing=timing, folder=path, **given)

    return make


NEARLY = re.compile(r"[0-3]\d\d\d(-[01]\d){0,2}[\s\d٢-]?", re.ASCII)  # all signs take seconds


def is_a_date(text: str) -> bool:
    """The three forms, told another way."""
    for form, length in (("%Y", 4), ("%Y-%m", 7), ("%Y-%m-%d", 10)):
        try:
            datetime.strptime(text, form)
        except ValueError:
            continue
        if len(text) == length and text.isascii():
            return True
    return False


@settings(max_examples=400)
@given(st.one_of(dates, st.text(max_size=11), st.from_regex(NEARLY, fullmatch=True)))
@example("2025-00")
@example("2025-03-00")
@example("2025-02-29")
@example("2024-02-29")
@example("2025-12\n")
@example("٢٠٢٥")
@example("0000")
@example("9999-12")
@example("+2025")
@example("2025-1-5")
def test_a_span_is_of_one_of_three_forms_and_of_nothing_else(text):
    try:
        span = data.span(text)
    except ValueError:
        assert not is_a_date(text) or text.startswith("9999")  # the day after it has no date
    else:
        assert is_a_date(text)
        assert span.first <= span.last


@given(days)
def test_the_spans_of_a_day_its_month_and_its_year_hold_one_another(day):
    spans = [data.span(day.strftime(form)) for form in ("%Y", "%Y-%m", "%Y-%m-%d")]
    assert spans[2].first == spans[2].last == day
    assert spans[0].first <= spans[1].first <= day <= spans[1].last <= spans[0].last
    assert spans[1].last.month == day.month != (spans[1].last + timedelta(days=1)).month


RAW = b"""\
id,fleet,date,quantity,joining,source_id,verification,locator,quoted,follows,note
order/1,pool-a330,2016,2,FRA,book,read,,,,NA
order/2,NULL,2018-03,,None,book,read,,,,"nan, and a comma"
order/3,pool-a330,2018-04,0,,book,read,,,,"two
lines"
"""


def parsed(raw: bytes) -> pd.DataFrame:
    frame, found = data.parse("orders", raw)
    assert found == []
    return frame


def test_text_that_other_readers_take_as_missing_stays_text():
    frame = parsed(RAW)
    assert list(frame["note"]) == ["NA", "nan, and a comma", "two\nlines"]
    assert list(frame.loc["order/2", ["fleet", "joining"]]) == ["NULL", "None"]


def test_an_empty_number_is_unknown_and_never_zero():
    quantity = parsed(RAW)["quantity"]
    assert list(quantity.isna()) == [False, True, False]
    assert (quantity["order/1"], quantity["order/3"]) == (2, 0)
    assert str(quantity.dtype) == "Int64"


@pytest.mark.parametrize(
    "raw",
    [
        codecs.BOM_UTF8 + RAW,
        RAW.replace(b"\n", b"\r\n"),
        codecs.BOM_UTF8 + RAW.replace(b"\n", b"\r\n"),
        RAW.rstrip(b"\n"),
    ],
)
def test_marks_of_an_editor_do_not_change_what_is_read(raw):
    pd.testing.assert_frame_equal(parsed(raw), parsed(RAW))


def as_csv(rows: list[list[str]]) -> bytes:
    return "\n".join(
        ",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows
    ).encode()


def order_row(note: str) -> list[str]:
    """The cells of an order, in the order of its columns."""
    cells = ["order/1", "f", "2016", "2", "FRA", "b", "read"]
    return cells + [""] * (len(data.columns("orders")) - len(cells) - 1) + [note]


@given(st.permutations(range(len(data.columns("orders")))))
def test_the_order_of_columns_does_not_change_what_is_read(order):
    table = [list(data.columns("orders")), order_row("")]
    pd.testing.assert_frame_equal(
        parsed(as_csv([[row[place] for place in order] for row in table])), parsed(as_csv(table))
    )


@given(st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\r"), max_size=30))
def test_any_text_is_read_as_it_was_written(note):
    table = [list(data.columns("orders")), order_row(note)]
    assert parsed(as_csv(table))["note"].iloc[0] == note


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(raw):
    frame, found = data.parse("orders", raw)
    assert found
    assert all(one.table == "orders" and one.line >= 1 and one.rule and one.fix for one in found)


def test_lines_are_those_of_the_file():
    columns = list(data.columns("orders"))
    empty = [""] * (len(columns) - 2)
    raw = as_csv([columns, ["a", *empty, "two\nlines"], ["b", *empty, ""]])
    assert list(parsed(raw)["line"]) == [2, 4]


def test_a_finding_reads_as_file_line_column_value_rule_and_fix():
    finding = data.Finding(
        "counts", 7, "count", "twelve\u202e", "not a whole number", "Digits only"
    )
    assert (
        str(finding) == "data/counts.csv:7 count 'twelve\\u202e': not a whole number. Digits only"
    )


def test_a_table_that_is_malformed_is_not_loaded(tiny):
    tiny.put("orders", "order/1", quantity="two")
    tiny.put("orders", "order/2", quantity="1,000")
    with pytest.raises(data.DataError) as raised:
        data.load("orders", tiny.path)
    told = str(raised.value).splitlines()
    assert [line.partition(" ")[0] for line in told] == [
        "data/orders.csv:2",
        "data/orders.csv:3",
        "`make",
    ]


def test_an_id_that_stands_twice_is_not_loaded(tiny):
    file = tiny.file("orders")
    file.write_text(file.read_text("utf-8").replace("order/2", "order/1"), "utf-8")
    with pytest.raises(data.DataError, match="orders.csv:3 id 'order/1': the id stands twice"):
        data.load("orders", tiny.path)


@pytest.mark.parametrize("spoil", [lambda file: file.unlink(), lambda file: file.write_bytes(b"")])
def test_a_missing_or_empty_file_is_told_and_not_taken_as_no_rows(tiny, spoil):
    spoil(tiny.file("orders"))
    with pytest.raises(data.DataError, match=r"data/orders.csv:1: .*[Rr]estore it"):
        data.load("orders", tiny.path)


def test_a_table_that_is_none_is_told_with_those_there_are(tiny):
    with pytest.raises(WordError, match="table 'planes' is unknown. There are accessions, att"):
        data.load("planes", tiny.path)


def test_what_a_caller_does_to_a_table_stays_with_the_caller(tiny):
    frame = data.load("orders", tiny.path)
    frame["quantity"] = 9
    frame.loc["order/1", "note"] = "changed"
    assert list(data.load("orders", tiny.path)["quantity"]) == [2, 2, 0]
    assert data.load("orders", tiny.path).loc["order/1", "note"] == ""


def test_what_a_caller_does_to_a_kept_row_or_selection_stays_with_the_caller(tiny):
    world = data.World(folder=tiny.path)
    kept = {
        "row": lambda: data.row("C24", tiny.path),
        "table": lambda: world.table("orders"),
        "until": lambda: world.until("orders"),
        "fleets": lambda: world.fleets("tanker"),
        "selection": lambda: membership.roster(world),
        "dated": lambda: refuelling.national(world),
    }
    for name, found in kept.items():
        before, mine = found().copy(), found()
        mine["note"] = "changed"
        mine.iloc[0] = mine.iloc[-1]
        assert found().equals(before) and not mine.equals(before), name
    mine = world.members()
    mine.append("USA")
    assert "USA" not in world.members()


def test_another_folder_gives_its_own_rows_selections_and_parameters(tiny, new_folder):
    other = new_folder()
    other.put("claims", "C24", stated="7")
    other.put("members", "member/tur", part="host")
    other.put("parameters", "fuel/kc-135", base="5")
    for path, stated, states, fuel in ((tiny.path, "600", 4, 90700), (other.path, "7", 3, 5)):
        world = data.World(folder=path)
        assert data.row("C24", path)["stated"] == stated
        assert len(membership.roster(world)) == len(world.members()) == states
        assert parameter(world, "F_cap", "KC-135R/T").value == fuel


def test_the_tables_a_process_read_are_known(tiny):
    data.READ.clear()
    data.World(folder=tiny.path).members()
    assert sorted(data.READ) == ["attestations", "countries", "members"]


def test_a_row_is_found_by_its_id_in_whichever_table(tiny):
    assert data.table_of("delivery/3", tiny.path) == "deliveries"
    assert data.row("C24", tiny.path)["stated"] == "600"
    assert data.row("book", tiny.path).name == "book"
    with pytest.raises(WordError, match="'delivery/99' is unknown. Did you mean 'delivery/"):
        data.table_of("delivery/99", tiny.path)


@pytest.mark.parametrize(
    ("day", "timing", "members"),
    [
        ("2025-03-01", "settled", []),
        ("2025-03-02", "settled", ["FRA", "GBR"]),
        ("2025-11-29", "settled", ["FRA", "GBR", "TUR"]),
        ("2025-11-29", "open", ["FRA", "GBR", "JPN", "TUR"]),
        ("2025-11-30", "settled", ["FRA", "GBR", "JPN", "TUR"]),
        ("2026-01-01", "settled", ["FRA", "GBR", "JPN", "TUR"]),
    ],
)
def test_members_are_those_attested_by_the_day(tiny_world, day, timing, members):
    assert tiny_world(day, timing).members() == members


def test_a_state_that_only_denied_its_part_is_no_member_yet(tiny):
    tiny.put(
        "attestations", "attestation/2025-04/jpn", country="JPN", date="2025-04", kind="disavowed"
    )
    assert data.World("2025-11-29", folder=tiny.path).members() == ["FRA", "GBR", "TUR"]
    assert "JPN" in data.World("2025-11-30", folder=tiny.path).members()


def test_a_roster_leaves_out_what_its_name_says(tiny_world):
    assert tiny_world(roster="europe").members() == ["FRA", "GBR", "TUR"]
    assert tiny_world(roster="without-turkiye").members() == ["FRA", "GBR", "JPN"]


def test_only_read_rows_count_where_read_is_asked_for(tiny_world):
    assert tiny_world(evidence="read").members() == ["FRA", "GBR", "JPN"]
    assert tiny_world(evidence="read").unread("attestations") == 1


def test_derived_rows_count_as_read_where_all_their_inputs_do(tiny_world):
    assert list(tiny_world(evidence="read").table("members")["country"]) == [
        "FRA",
        "GBR",
        "JPN",
        "UKR",
        "USA",
    ]


def test_a_table_of_which_nothing_is_admitted_keeps_its_columns(tiny):
    tiny.write("orders", [row | {"verification": "recall"} for row in tiny.rows("orders")])
    rows = data.World(evidence="read", folder=tiny.path).until("orders")
    assert len(rows) == 0
    assert quantities.total(rows, "quantity").value is None


def test_a_count_holds_until_the_next_and_is_old_after_two_years(tiny_world):
    fleets = tiny_world("2025-03-20").fleets("tanker").set_index("fleet")
    assert fleets.loc["fra-a330", ["in_service", "observed"]].tolist() == [12, "2024"]
    assert "usa-kc-135" not in fleets.index
    assert not fleets["old"].any()
    later = tiny_world("2027-12-31").fleets("tanker").set_index("fleet")
    assert later.loc["fra-a330", ["in_service", "old"]].tolist() == [13, False]
    assert tiny_world("2028-01-01").fleets("tanker").set_index("fleet").loc["fra-a330", "old"]


def test_rival_counts_are_selected_only_when_asked_for(tiny_world):
    assert "usa-directory" not in set(tiny_world().fleets("tanker")["fleet"])
    assert list(tiny_world().fleets("tanker", "rival")["fleet"]) == ["usa-directory"]


def test_every_committed_table_is_read_in_the_order_of_its_ids_however_it_is_stored(tmp_path):
    shutil.copytree(data.DATA, tmp_path, dirs_exist_ok=True)
    shuffled(tmp_path)
    for table in data.contract():
        assert (tmp_path / f"{table}.csv").read_bytes() != (data.DATA / f"{table}.csv").read_bytes()
        pd.testing.assert_frame_equal(data.load(table), data.load(table, tmp_path))


def test_the_committed_tables_give_the_same_in_any_order(tmp_path):
    shutil.copy(data.DATA / data.CONTRACT, tmp_path)
    for table in data.contract():
        header, *lines = (data.DATA / f"{table}.csv").read_text("utf-8").splitlines()
        random.Random(1).shuffle(lines)
        (tmp_path / f"{table}.csv").write_text("\n".join([header, *lines]), "utf-8")
    here, there = data.World(), data.World(folder=tmp_path)

    def told(reading):  # a verdict and its tipping point follow from this
        computed = getattr(reading.outcome.computed, "value", reading.outcome.computed)
        rows, line = sorted(reading.outcome.rows), str(reading.outcome.line)
        return reading.options, reading.outcome.holds, computed, rows, line

    for id in claims.judged():
        one, other = ([*map(told, claims.read(id, world))] for world in (here, there))
        assert one == other, id
    assert here.members() == there.members()
    pd.testing.assert_frame_equal(here.fleets("tanker"), there.fleets("tanker"))


def test_the_place_of_a_row_is_its_row_in_the_file():
    for table in data.contract():
        with (data.DATA / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        for at in {1, len(rows) // 2 + 1, len(rows)}:
            assert data.place(rows[at - 1][data.key(table)]) == (table, at)
