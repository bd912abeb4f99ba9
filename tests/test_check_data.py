"""`make check-data`: faults of form, of the contract and of files; all told at once, none with a
traceback.
"""

import csv
import json
import os
import re
import shutil
import subprocess
import sys

import pytest

from helpers import data, scenarios
from helpers.machinery.check import changelog, every_check, rule_book, text_dates_and_references
from helpers.machinery.check.ids_names_and_addresses import names_stand_in_ids_or_addresses
from helpers.machinery.texts import data_dictionary


def places(found):
    return [(one.table, one.line, one.column) for one in found]


def test_the_tables_keep_their_contract():
    assert every_check.check() == []


def test_a_folder_that_keeps_the_contract_has_no_findings(tiny):
    assert every_check.check(tiny.path) == []


@pytest.mark.parametrize(
    "cell",
    ["twelve", "1,200", "12.0", "~9", "NaN", "inf", "-inf", "1e999", " 9", "1_000", "٣", "9" * 16],
)
def test_what_is_no_whole_number_is_refused(tiny, cell):
    line = tiny.put("counts", "count/2025-12-15", count=cell)
    found = every_check.check(tiny.path)
    assert places(found) == [("counts", line, "count")]
    assert (found[0].value, found[0].rule) == (cell, "not a whole number")
    assert "empty where unknown" in found[0].fix


@pytest.mark.parametrize("cell", ["NaN", "inf", "1e3", "1,5", ".5", "5."])
def test_what_is_no_plain_number_is_refused(tiny, cell):
    line = tiny.put("parameters", "fuel/kc-135", base=cell)
    assert places(every_check.check(tiny.path)) == [("parameters", line, "base")]


def change(tiny, table, old, new, encoding="utf-8"):
    file = tiny.file(table)
    text = file.read_text("utf-8")
    assert old in text
    file.write_bytes(text.replace(old, new, 1).encode(encoding))


FORM = {
    "one cell too few": (
        "orders",
        "2018-03,2,DEU",
        "2018-03,2DEU",
        (3, "", "10 cells where the header has 11", "Quote a cell"),
    ),
    "one cell too many": (
        "orders",
        "joined without one",
        "joined, without one",
        (4, "", "12 cells where the header has 11", "Quote a cell"),
    ),
    "blank line": (
        "orders",
        "order/2",
        "\norder/2",
        (3, "", "0 cells where the header has 11", "delete blank lines"),
    ),
    "empty row": (
        "orders",
        "order/3",
        ",,,,,,,,,,\norder/3",
        (4, "", "the row is empty", "Delete it"),
    ),
    "unclosed quote": (
        "orders",
        "2018-03",
        '"2018-03',
        (3, "", "not readable as CSV", "A quotation mark opened here"),
    ),
    "column renamed": (
        "orders",
        "joining",
        "joined",
        (1, "joined", "unknown column", "Did you mean joining?"),
    ),
    "column doubled": (
        "orders",
        "joining",
        "note",
        (1, "note", "the column stands twice", "Keep one"),
    ),
    "semicolons": (
        "orders",
        "id,fleet,date,quantity,joining,source_id,verification,locator,quoted,follows,note",
        "id;fleet;date;quantity;joining;source_id;verification;locator;quoted;follows;note",
        (1, "", "separated by semicolons", "CSV UTF-8, comma separated"),
    ),
}


@pytest.mark.parametrize(("table", "old", "new", "wanted"), FORM.values(), ids=FORM)
def test_a_fault_of_form_is_told_with_its_line(tiny, table, old, new, wanted):
    change(tiny, table, old, new)
    line, column, rule, fix = wanted
    found = [
        one for one in every_check.check(tiny.path) if (one.line, one.column) == (line, column)
    ]
    assert len(found) == 1
    assert found[0].table == table
    assert rule in found[0].rule
    assert fix.strip("'") in found[0].fix.replace("'", "")


FILES = {
    "UTF-16": (
        lambda file: file.write_bytes(file.read_text("utf-8").encode("utf-16")),
        "the file is UTF-16",
    ),
    "Latin-1": (
        lambda file: file.write_bytes(file.read_text("utf-8").encode() + "x,ü".encode("latin-1")),
        "the file is not UTF-8",
    ),
    "no bytes": (lambda file: file.write_bytes(b""), "no header"),
    "header alone": (
        lambda file: file.write_text(file.read_text("utf-8").splitlines()[0] + "\n"),
        "the table is empty",
    ),
    "too large": (
        lambda file: os.truncate(file, 100_000_000),
        "larger than the limit of 5,000,000 bytes",
    ),
    "missing": (lambda file: file.unlink(), "cannot be read (No such file or directory)"),
    "a folder": (lambda file: (file.unlink(), file.mkdir()), "cannot be read (Is a directory)"),
    "a link in a circle": (
        lambda file: (file.unlink(), file.symlink_to(file)),
        "cannot be read (Too many levels of symbolic links)",
    ),
}


@pytest.mark.parametrize(("spoil", "rule"), FILES.values(), ids=FILES)
def test_a_file_that_is_no_table_is_the_only_finding(tiny, spoil, rule):
    spoil(tiny.file("members"))
    found = every_check.check(tiny.path)
    assert [one.table for one in found] == ["members"]
    assert rule in found[0].rule
    assert found[0].fix


def test_every_fault_is_told_at_once_in_the_contracts_order(tiny):
    rows = [
        ("members", tiny.put("members", "member/fra", since="2025-03-15"), "since"),
        ("members", tiny.put("members", "member/usa", note=" blank"), "note"),
        ("counts", tiny.put("counts", "count/2025-12-15", count="-3"), "count"),
        ("signatories", tiny.put("signatories", "signatory/gbr", party="UK"), "party"),
    ]
    change(tiny, "orders", "2018-03,2,DEU", "2018-03,two,DEU")
    assert places(every_check.check(tiny.path)) == [*rows, ("orders", 3, "quantity")]


def test_a_cell_is_told_once_and_a_broken_table_stops_no_other_check(tiny):
    tiny.file("deliveries").unlink()
    line = tiny.put("signatories", "signatory/fra", date="2025-02-29 ", party="")
    assert places(every_check.check(tiny.path)) == [
        ("signatories", line, "date"),
        ("signatories", line, "party"),
        ("deliveries", 1, ""),
    ]


def test_lines_are_those_of_the_file_after_a_cell_of_several_lines(tiny):
    tiny.put("orders", "order/1", note="one\ntwo\nthree")
    change(tiny, "orders", "order/3,pool-a330,2018-04,0", "order/3,pool-a330,2018-04,-1")
    assert places(every_check.check(tiny.path)) == [
        ("orders", 2, "note"),
        ("orders", 6, "quantity"),
    ]


def test_an_id_twice_in_a_table_is_told_at_the_second(tiny):
    change(tiny, "orders", "order/2", "order/1")
    found = every_check.check(tiny.path)
    assert places(found) == [("orders", 3, "id")]
    assert "first in data/orders.csv:2" in found[0].rule


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("{", "datapackage.json:1: not JSON"),
        ("[]", "not a Data Package"),
        ('{"resources": [{}]}', "not a Data Package"),
        ('{"resources": [{"name": "a"}]}', "not a Data Package"),
        (
            (
                '{"resources": [{"name": "a", "path": "a.csv", "schema": {"fields": [{"name": "x",'
                ' "type": "strng"}]}}]}'
            ),
            "lacks the primaryKey of a",
        ),
        (
            '{"resources": [{"name": "a", "path": "a.csv", "schema": {"fields": []}}]}',
            "lacks the primaryKey of a",
        ),
        ('{"resources": [{"name": "a", "path": "a.csv"}]}', "not a Data Package"),
    ],
)
def test_a_contract_that_is_none_is_told_without_a_traceback(tiny, capsys, text, rule):
    (tiny.path / data.CONTRACT).write_text(text)
    assert every_check.main(tiny.path) == 1
    assert rule in capsys.readouterr().out


@pytest.mark.parametrize(
    ("flag", "value"), [("list_of", "nowhere.id"), ("set_by", "nothing"), ("not_before", "nothing")]
)
def test_a_contract_that_names_no_column_is_refused(tiny, capsys, flag, value):
    file = tiny.path / data.CONTRACT
    package = json.loads(file.read_text("utf-8"))
    package["resources"][0]["schema"]["fields"][1][flag] = value
    file.write_text(json.dumps(package))
    assert every_check.main(tiny.path) == 1
    assert (
        f"sources names {'nowhere.id' if flag == 'list_of' else 'sources.nothing'}, which is no"
        " column" in capsys.readouterr().out
    )


def test_no_contract_and_no_folder_are_told(tiny, capsys):
    shutil.rmtree(tiny.path)
    assert every_check.main(tiny.path) == 1
    assert "the contract cannot be read" in capsys.readouterr().out


def test_findings_name_file_line_column_value_rule_and_fix(tiny, capsys):
    line = tiny.put("signatories", "signatory/gbr", party="UK")
    tiny.put("counts", "count/2025-12-15", sense="")
    assert every_check.main(tiny.path) == 1
    out = capsys.readouterr().out.splitlines()
    assert (
        out[1]
        == f"data/signatories.csv:{line} party 'UK': no row 'UK' in data/countries.csv. Did you"
        " mean GBR?"
    )
    assert out[2:] == ["2 findings"]


def test_a_good_folder_ends_in_one_line_and_unused_sources_are_a_note(tiny, capsys):
    tiny.put("sources", "idle", title="Unused")
    assert every_check.main(tiny.path) == 0
    rows = sum(len(tiny.rows(table)) for table in data.contract(tiny.path))
    assert capsys.readouterr().out.splitlines() == [
        "note: 1 source is used by no row: idle",
        f"All {len(data.contract(tiny.path))} tables keep the contract: {rows} rows, 5 sources",
    ]


def test_a_good_change_names_the_notebooks_that_read_its_table(
    tiny, committed_to_git, monkeypatch, capsys
):
    committed_to_git(tiny.path.parent)
    monkeypatch.setattr(
        every_check,
        "readers",
        lambda: {"01-one": ["counts", "orders"], "02-two": ["members"], "03-three": ["orders"]},
    )
    assert changelog.changed_tables(tiny.path) == []
    tiny.put("orders", "order/1", note="seen again")
    tiny.put("counts", "count/2025-12-15", note="seen again")
    (tiny.path / "README.md").write_text("not a table")
    assert changelog.changed_tables(tiny.path) == ["counts", "orders"]
    assert every_check.main(tiny.path) == 0
    assert capsys.readouterr().out.splitlines()[1:] == [
        "01-one reads counts, orders, changed since the last commit",
        "03-three reads orders, changed since the last commit",
    ]


def test_without_git_or_a_repository_nothing_is_told_of_changes(tiny, monkeypatch):
    assert changelog.changed_tables(tiny.path) == []
    monkeypatch.setenv("PATH", "")
    assert changelog.changed_tables(tiny.path) == []


def test_the_tables_of_a_notebook_are_those_it_says_it_read_when_it_was_last_run(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(scenarios, "NOTEBOOKS", tmp_path)
    texts = {
        "one": '{"metadata": {"tables": ["counts", "orders"]}}',
        "two": '{"metadata": {"tables": []}}',
        "never-run": '{"metadata": {}}',
        "a-list": "[]",
        "broken": "{",
        "not-utf-8": "\udcff",
        "foreign": '{"metadata": {"tables": ["counts"]}}',
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.ipynb").write_text(text, "utf-8", "surrogateescape")
    listed = ["two", "one", "never-run", "a-list", "broken", "not-utf-8", "missing"]
    (tmp_path / "scenarios.yml").write_text(json.dumps({"notebooks": listed, "scenarios": {}}))
    assert every_check.readers() == {"two": [], "one": ["counts", "orders"]}


@pytest.mark.committed
def test_every_committed_notebook_says_which_tables_it_read():
    found = every_check.readers()
    assert list(found) == scenarios.notebooks()
    for tables in found.values():
        assert tables == sorted(set(tables))
        assert set(tables) <= set(data.contract())


def test_patterns_are_anchored_and_their_alternatives_grouped():
    for table in data.contract():
        for column in data.columns(table).values():
            pattern = column.get("constraints", {}).get("pattern", "^$")
            outside = re.sub(r"\\.|\[[^]]*\]", "", pattern)
            while "(" in outside:
                outside = re.sub(r"\([^()]*\)", "", outside)
            assert outside.startswith("^"), pattern
            assert outside.endswith("$"), pattern
            assert "|" not in outside, pattern


def test_there_is_one_form_of_a_date():
    columns = [column for table in data.contract() for column in data.columns(table).values()]
    narrower = (r"^\d{4}$", r"^\d{4}-(?:0[1-9]|1[0-2])$")  # a year or a month and nothing else
    assert all(
        text_dates_and_references.is_date(column) or column["constraints"]["pattern"] in narrower
        for column in columns
        if r"\d{4}" in column.get("constraints", {}).get("pattern", "")
    )
    assert all(
        text_dates_and_references.is_date(column) for column in columns if column.get("observation")
    )


def test_a_planned_day_may_lie_after_its_source(tiny):
    file = tiny.path / data.CONTRACT
    tiny.put("signatories", "signatory/fra", date="2025-12-16")
    package = json.loads(file.read_text("utf-8"))
    fields = next(
        resource for resource in package["resources"] if resource["name"] == "signatories"
    )["schema"]["fields"]
    next(field for field in fields if field["name"] == "date")["planned"] = True
    file.write_text(json.dumps(package))
    assert every_check.check(tiny.path) == []


def test_a_range_without_a_value_is_kept_in_order():
    names = ["id", "troops_low", "troops_high"]
    row = rule_book.Row("positions", {"id": "a", "troops_low": 3, "troops_high": 2, "line": 5})
    found = list(
        text_dates_and_references.ranges_are_in_order(
            [row], {"fields": [{"name": name} for name in names]}, {}
        )
    )
    assert places(found) == [("positions", 5, "troops_low")]


def test_frictionless_alone_accepts_the_folder(tiny):
    from frictionless import Package

    assert Package(str(tiny.path / data.CONTRACT)).validate().valid


def test_the_loader_does_not_need_frictionless():
    code = (
        "import sys, helpers.data; helpers.data.load('claims'); sys.exit('frictionless' in"
        " sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=data.ROOT).returncode == 0


def test_the_worked_example_of_the_dictionary_adds_no_fault(tmp_path):
    folder = shutil.copytree(data.DATA, tmp_path / "data")
    tables = {name: data.load(name) for name in data.contract()}
    for table, row in data_dictionary.example(tables).items():
        with (folder / f"{table}.csv").open("a", encoding="utf-8", newline="") as file:
            csv.DictWriter(file, list(row), lineterminator="\n").writerow(row)
    assert every_check.check(folder) == []


def test_the_dictionary_says_by_which_rule_an_id_follows_from_its_publisher(today):
    text = (data.DATA / "README.md").read_text("utf-8").partition("## How to add a row")[2]
    named = re.findall(r"`([a-z-]+-)…` for ([\w ]+?)(?: at `([\w.]+)`)?\.\n", text)
    assert len(named) == 2
    (row,) = (row for row in today["sources"] if row["source_id"] == "flightglobal-158863")
    assert f"`{row['source_id']}`" in text
    schema = data.contract(data.DATA)["sources"]["schema"]
    for start, publisher, host in named:
        url = f"https://{host or 'example.org'}/page"
        for wanted, faults in ((f"{start}1", 0), ("zz-1", 1)):
            row = rule_book.Row(
                "sources", {**row, "line": 2, "source_id": wanted, "publisher": publisher}
            )
            row["url"], row["quoted_publisher"] = url, None
            found = names_stand_in_ids_or_addresses([row], schema, today)
            assert len(list(found)) == faults, (wanted, publisher)


def test_the_dictionary_is_the_one_the_contract_makes():
    assert (data.DATA / "README.md").read_text("utf-8") == data_dictionary.text()
