"""The tables as pages, and as files to take away."""

import csv
import io
import json
import re

from checkouts import files, shuffled
from pages_built import built, graph

from helpers import data
from helpers.claims import card_html
from helpers.machinery.site import style_scripts_and_policy


def test_the_table_behind_every_figure_and_every_shown_table_is_saved_as_csv(tiny_site):
    saved = {
        path.name: list(csv.reader(path.open(encoding="utf-8")))
        for path in (tiny_site.folder / "tables").iterdir()
    }
    head, found = list(card_html.COLUMNS.values()), "We find 388 (382–395) aircraft."
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
            row["id"]: row.details.get_text(" ")
            for row in site.page(f"data-{path.stem}").select(".facts > li")
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
    assert [link["href"] for link in row.details.find_all("a")] == [
        "data-countries.html#FRA",
        "data-attestations.html#attestation/london/fra",
        "data-attestations.html#attestation/video/fra",
        "sources.html#paper-2025-03",
    ]
    grade = row.select_one(".grade.derived").string
    assert grade == data.GRADES["derived"] and ".grade.derived::before" in page.style.string


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
