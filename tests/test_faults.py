"""A battery of faults in tables, parameters, notebooks, surroundings and outputs, in one table.

Each ends in one clear message, with nothing published and the last good outputs whole, or in a result that is right.
"""

import codecs
import functools
import os
import random
import re
import shutil
import subprocess
import sys
import tracemalloc
from pathlib import Path

import filelock
import nbformat
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from checkouts import DRIVER, Checkout, code, files, notebook, write
from faults import (
    REPRODUCE, Here, as_owner_only, ask, book, cells, elsewhere, every, file_of, grid, in_order, input_, no_network, of_all, output, raw, reproduce,
    row, scenario, sealed, shows, small_files, text, yml,
)  # fmt: skip
from nbformat.v4 import new_markdown_cell

from helpers import charts, data, quantities
from helpers.machinery import execute, kernels, manifest, publish

COUNT, SIGNED, A330 = ("counts", "count/2025-12-15"), ("signatories", "signatory/gbr"), ("capabilities", "tanker/fra/2025-12")
WORST = "</script><!--<script>hacked = 1</script><img src=x onerror='hacked = 1'><a href='javascript:hacked=1'>x</a>"
SOUND = nbformat.writes(notebook("1"))
WHOLE_NUMBER = "not a whole number. Digits only, a point for decimals; empty where unknown"
FORMULA = "a spreadsheet would run the cell as a formula. Begin it with a word or a quotation mark"
DATE = "no such date. Write YYYY, YYYY-MM or YYYY-MM-DD, as exact as known"
DAY = "as_of takes a day as YYYY-MM-DD, from 2025-02-17 on"
ADDRESS = "Give the public address, as https://example.org/page"


# What is right where nothing is to be refused.


def loaded(folder: Path) -> dict[str, pd.DataFrame]:
    return {table: data.load(table, folder).sort_index() for table in data.contract(folder)}


def the_same_tables(here, said):
    """What is read is what was read before, in whichever order."""
    before, after = loaded(here.good / "data"), loaded(here.tables.path)
    for table in before:
        pd.testing.assert_frame_equal(before[table], after[table])
    one, other = data.World(folder=here.good / "data"), data.World(folder=here.tables.path)
    assert one.members() == other.members()
    pd.testing.assert_frame_equal(one.fleets("tanker"), other.fleets("tanker"))


def at_least(here, said):
    fleets = data.World(folder=here.tables.path).fleets("tanker")
    total = quantities.total(fleets, "in_service")
    assert str(total) == "at least 377" and total.unknowns == 2


def stays(table: str, id: str, /, **wanted):
    """The cells are read as they were written."""

    def check(here, said):
        assert data.load(table, here.tables.path).loc[id, list(wanted)].to_dict() == wanted

    return check


def tells(*words: str):
    """The command succeeds and says so."""

    def check(here, said):
        assert [word for word in words if word not in said] == []

    return check


def shown_as_text(here, said):
    """No page holds anything active; the words can be read."""
    everything = ""
    for file in (here.outputs / "article").glob("*.html"):
        page = BeautifulSoup(file.read_text("utf-8"), "html.parser")
        everything += page.get_text()
        assert {script.get("type") for script in page.find_all("script")} <= {None, "application/json", "application/ld+json"}
        assert len(page.find_all("script", type=None)) == 1 and not page.select("[onerror], [onclick], [style], iframe, form[action], base")
        assert not [link for link in page.find_all("a") if re.match("javascript|data|file|//", link["href"], re.I)]
        assert all(image["src"].startswith("data:image/svg+xml") for image in page.find_all("img"))
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", str(page))
    assert "hacked" in everything


def neutralised(here, said):
    """No cell of an exported table begins as a formula; a negative number is still one."""
    exported = [pd.read_csv(file, dtype=str, header=None, keep_default_na=False) for file in (here.outputs / "article/tables").glob("*.csv")]
    found = {cell for table in exported for cell in table.to_numpy().ravel()}
    assert {"'=1+1", "'+x", "'@x", "'-x", "-1.5"} <= found
    assert not [cell for cell in found if re.match(r"[=@\t]|[+-](?!\d)", cell)]


def bounded(here, said):
    """Not more than a few times the limit is held in memory."""
    tracemalloc.start()
    data.read("members", here.tables.path)
    assert tracemalloc.get_traced_memory()[1] < 4 * data.LARGEST_TABLE
    tracemalloc.stop()


def published(here, said):
    """A run was published, whole."""
    assert manifest.altered(here.outputs / "article", manifest.last(here.outputs / "article")) == []


FAULTS = {}
FAULTS["data"] = {
    # the form of a file
    "a cell too many": (text("orders", "joined without one", "joined, without one"), "data/orders.csv:4 'order/3,…': 9 cells where the header has 8. Quote a cell"),
    "a cell too few": (text("orders", "2018-03,2,DEU", "2018-03,2DEU"), "data/orders.csv:3 'order/2,…': 7 cells where the header has 8. Quote a cell"),
    "thousands by commas": (text("orders", ",2,FRA", ",1,200,FRA"), "data/orders.csv:2 …: 9 cells where the header has 8. Quote a cell"),
    "an unclosed quote": (text("orders", "2018-03", '"2018-03'), "data/orders.csv:3: not readable as CSV (unexpected end of data). A quotation mark opened here"),
    "words after a quote": (text("orders", "2018-03", '"2018"-03'), "data/orders.csv:3: not readable as CSV ("),
    "semicolons": (raw("orders", lambda old: old.replace(b",", b";")), "data/orders.csv:1: cells are separated by semicolons. Save it as 'CSV UTF-8'"),
    "tabs": (raw("orders", lambda old: old.replace(b",", b"\t")), "data/orders.csv:1 id\\tfleet"),
    "a NUL byte": (text("orders", "joined without", "joined\0without"), "data/orders.csv:4 note 'joined\\x00without one': invisible character U+0000. Delete it"),
    "a blank line": (text("orders", "order/2", "\norder/2"), "data/orders.csv:3: 0 cells where the header has 8. …delete blank lines"),
    "a row of commas": (text("orders", "order/2", ",,,,,,,\norder/2"), "data/orders.csv:3: the row is empty. Delete it"),
    "merge markers": (text("orders", "order/2", "<<<<<<< HEAD\norder/2"), "data/orders.csv:3: merge markers are left in the file. Settle the merge first"),
    "merge markers in front": (text("orders", "id,", "<<<<<<< HEAD\nid,"), "data/orders.csv:1: merge markers are left in the file. Settle the merge first"),
    "CRLF": (raw("orders", lambda old: old.replace(b"\n", b"\r\n")), the_same_tables),
    "a byte order mark": (raw("orders", lambda old: codecs.BOM_UTF8 + old), the_same_tables),
    "no final newline": (raw("orders", bytes.rstrip), the_same_tables),
    "CR alone": (raw("orders", lambda old: old.replace(b"\n", b"\r")), "data/orders.csv:1: not readable as CSV (new-line character"),
    "UTF-16": (raw("orders", lambda old: old.decode().encode("utf-16")), "data/orders.csv:1: the file is UTF-16. Save it as 'CSV UTF-8'"),
    "Latin-1": (text("orders", "joined", "joinéd"), "x"),
    "header alone": (raw("orders", lambda old: old.splitlines(True)[0]), "data/orders.csv:1: the table is empty. A table without rows is not 'zero'"),
    "an empty file": (raw("orders", lambda old: b""), "data/orders.csv:1: no header. The first line names the columns; an empty file is not 'zero'"),
    "a missing file": (file_of("orders", Path.unlink), "data/orders.csv:1: the file cannot be read (No such file or directory). Restore it with git"),
    "a folder for a file": (file_of("orders", lambda file: (file.unlink(), file.mkdir())), "data/orders.csv:1: the file cannot be read (Is a directory)"),
    "a table of 100 MB": (file_of("orders", lambda file: os.truncate(file, 100_000_000)), "data/orders.csv:1: the file is larger than the limit of 5,000,000"),
    "a cell of 50 MB": (text("members", "member/fra", "x" * 50_000_000), "data/members.csv:1: the file is larger than the limit of 5,000,000 bytes. Split it"),
    "how much of it is read": (text("members", "member/fra", "x" * 50_000_000), "larger than the limit"),
    "a cell of 200 KB": (text("orders", "joined without one", "x" * 200_000), "data/orders.csv:4: not readable as CSV (field larger than field limit"),
    "a column doubled": (text("orders", "joining", "note"), "data/orders.csv:1 note: the column stands twice. Keep one of them"),
    "a column renamed": (text("orders", "joining", "joined"), "data/orders.csv:1 joined: unknown column. Did you mean joining?…joining: missing column"),
    "a column missing": (in_order("orders", columns=lambda names: [name for name in names if name != "note"]), "data/orders.csv:1 note: missing column. Add it"),
    "a column added": (raw("orders", lambda old: old.replace(b"\n", b",\n").replace(b",\n", b",zzz\n", 1)), "data/orders.csv:1 zzz: unknown column. The columns are id"),
    "columns shuffled": (in_order("capabilities", columns=lambda names: random.Random(1).sample(list(names), len(names))), the_same_tables),
    "rows shuffled": (in_order("capabilities", rows=lambda rows: random.Random(1).sample(rows, len(rows))), the_same_tables),
    "a contract that is no JSON": (lambda here: (here.tables.path / data.CONTRACT).write_text("{"), "data/datapackage.json:1: not JSON"),
    # numbers
    **{f"{cell} for a number": (row(*COUNT, count=cell), f"data/counts.csv:2 count {cell!a}: {WHOLE_NUMBER}") for cell in
       ("twelve", "1,200", "12.0", "~9", "NaN", "inf", "-inf", "1e999", " 9", "٣")},
    "NaN for a measure": (row("parameters", "fuel/kc-135", base="NaN"), "data/parameters.csv:3 base 'NaN': not a plain finite number. Digits only"),
    "less than none": (row(*COUNT, count="-3"), "data/counts.csv:2 count '-3': minimum is 0. Look at the source again; empty where unknown"),
    "a needed number left empty": (row(*COUNT, count=""), "data/counts.csv:2 count: the cell must not be empty. Fill in: "),
    "an unknown number": (row(*A330, in_service="", in_service_low="", in_service_high=""), at_least),
    "low above high": (row(*A330, in_service_low="14"), "data/capabilities.csv:3 in_service_low '14': in_service_low 14 is more than in_service 13"),
    "more delivered than ordered": (row("orders", "order/2", quantity="0"), "data/deliveries.csv:4 fleet 'pool-a330': 3 aircraft delivered and 2 ordered"),
    "a count unlike its deliveries": (row("capabilities", "tanker/pool/2025-03", in_service="3"), "in_service '3': 2 delivered by 2025-03-10"),
    "a total beside its parts": (row("capabilities", "tanker/usa/directory", rank="default"), "rank 'default': a directory total is no fleet"),
    "two counts of one day": (row("capabilities", "tanker/usa/2025-12-b", fleet="pool-a330"), "rank 'default': a second default count for this fleet and date"),
    # codes
    **{f"{cell} for a country": (row(*SIGNED, party=cell), f"data/signatories.csv:3 party {cell!a}: {said}") for cell, said in {
        "UK": "no row 'UK' in data/countries.csv. Did you mean GBR?", "gbr": "no row 'gbr' in data/countries.csv. Did you mean GBR?",
        "GER": "no row 'GER' in data/countries.csv. Did you mean DEU?", "XKX": "no row 'XKX' in data/countries.csv. Use an ISO 3166-1 alpha-3 code",
        "FRA ": "blank at the start or end. Write 'FRA'", "NA": "no row 'NA'", "NULL": "no row 'NULL'", "None": "no row 'None'", "nan": "no row 'nan'",
    }.items()},
    **{f"{cell} in a note": (row(*COUNT, note=cell), stays(*COUNT, note=cell)) for cell in ("NA", "NULL", "None", "nan", "N/A")},
    "NULL for a grade": (row(*COUNT, verification="NULL"), "data/counts.csv:2 verification 'NULL': not an allowed value. There are read, "),
    "an unknown source": (row(*COUNT, source_id="gov-2026"), "data/counts.csv:2 source_id 'gov-2026': no row 'gov-2026' in data/sources.csv. Did you mean gov-2025?"),
    "a source never used": (row("sources", "idle", title="Unused"), tells("note: data/sources.csv:6 idle is used by no row")),
    "an id of another table": (row("orders", "order/1", id=COUNT[1]), "data/orders.csv:2 id 'count/2025-12-15': the id stands twice, first in data/counts.csv:2"),
    "a derived row without inputs": (row("members", "member/usa", verification="derived"), "data/members.csv:7 attested_by: derived from rows that are not named"),
    # dates
    **{f"{cell} for a day": (row("signatories", "signatory/fra", date=cell), f"data/signatories.csv:2 date {cell!a}: {DATE}") for cell in
       ("2025-13-01", "01/02/2025", "2025-02-29", "2025-1-5", "0000")},
    "an end before its beginning": (row("accessions", "eu/gbr", left="1972"), "data/accessions.csv:4 left '1972': before joined, 1973-01-01. Look which"),
    "observed after its source came out": (row("signatories", "signatory/fra", date="2025-12-16"), "date '2025-12-16': after gov-2025 was published, 2025-12-15."),
    "observed after its source was read": (row("accessions", "nato/fra", joined="2027"), "joined '2027': after book was read, 2026-11-22. Look which is right"),
    # text that is more than text
    **{f"{cell!a} as a formula": (row(*COUNT, note=cell), f"data/counts.csv:2 note {cell!a}: {FORMULA}") for cell in ('=HYPERLINK("x")', "+1", "-1+2", "-x", "@x")},
    "a negative number in a note": (row(*COUNT, note="-1.5"), stays(*COUNT, note="-1.5")),
    "a leading tab": (row(*COUNT, note="\tx"), "data/counts.csv:2 note '\\tx': invisible character U+0009. Delete it"),
    "text turned round": (row(*COUNT, note="a\u202eb"), "data/counts.csv:2 note 'a\\u202eb': invisible character U+202E. Delete it"),
    "a zero-width blank": (row(*COUNT, note="a\u200bb"), "data/counts.csv:2 note 'a\\u200bb': invisible character U+200B. Delete it"),
    "a line break in a cell": (row(*COUNT, note="a\nb"), "data/counts.csv:2 note 'a\\nb': invisible character U+000A. Delete it"),
    "markup in cells": (every(row(*COUNT, note=WORST, sense=WORST), row("claims", "C24", claim=WORST, quoted=WORST), row("countries", "FRA", name=WORST),
                              row("sources", "book", title=WORST, publisher=WORST, note=WORST), row("meetings", "meeting/london", name=WORST)), shown_as_text),
    **{f"the address {cell}": (row("sources", "book", url=cell), f"data/sources.csv:3 url {cell!a}: {said}. {ADDRESS}") for cell, said in {
        "file:///etc/passwd": "only http and https addresses can be followed", "javascript:hacked=1": "only http and https addresses can be followed",
        "https://me:secret@a.example/": "the address holds a user name or password",
        "https://a.example/x y": "no address: a host is missing, or it holds a blank, quote, bracket or backslash",
    }.items()},
    "an address that is dead": (row("sources", "book", url="https://no.such.host.invalid/"), published),
    # claims
    "a reading with an unknown option": (of_all(text("readings", "C24/definition/all", "C24/definition/al")), "x"),
    "a claim without a rule": (of_all(row("claims", "C99", position="99")), "data/claims.csv: C99: no rule judges it. x"),
    "a rule without a claim": (of_all(raw("claims", lambda old: re.sub(rb"(?m)^C28,.*\n", b"", old))), "C28"),
}  # fmt: skip

FAULTS["parameters"] = {
    "an unknown scenario": (reproduce("--scenario", "artikel"), "unknown scenario 'artikel'. There are article, read-only."),
    "no scenario": (reproduce("--scenario", ""), "unknown scenario ''. There are article, read-only."),
    **{f"the scenario {name}": (reproduce("--scenario", name), f"unknown scenario {name!a}. There are article") for name in ("../x", "/etc", "article/../x", "article\n")},
    **{f"the day {day!a}": (reproduce("--as-of", day), f"{DAY}, not {day!r}.") for day in (
        "2025-13-01", "2025-02-29", "01/02/2025", "tomorrow", "2025-12", "2025-12-20\n", "2026-03-01/../../x", "2025-12-20'; import os #", "２０２５-12-20")},
    "a day before the data": (reproduce("--as-of", "2024-12-31"), "no data before 2025-02-17; as_of takes a day as YYYY-MM-DD"),
    "a day after the data": (reproduce("--as-of", "2030-01-01"), tells("note: the data end on 20")),
    "a name misspelt": (scenario({"yeer": 2025}), "unknown parameter 'yeer'. There are as_of, roster, evidence, seed."),
    "a name nearly right": (scenario({"as_off": "2025-12-20"}), "unknown parameter 'as_off'. Did you mean as_of?"),
    "code in a name": (scenario({"seed = 1; import os": 1}), "unknown parameter 'seed = 1; import os'."),
    "lines in a name": (scenario({"seed\nimport os": 1}), r"unknown parameter 'seed\nimport os'."),
    "a number for a day": (scenario({"as_of": 12}), f"{DAY}, not 12."),
    "quotes in a value": (scenario({"roster": "europe'\nimport os"}), r"roster takes one of attested, europe, without-turkiye, not ""\"europe'\\nimport os\"."),
    **{f"{seed} for a seed": (scenario({"seed": seed}), f"seed takes a whole number from 0 to 2^63 - 1, not {seed!r}.") for seed in
       ("abc", 1.3, -1, float("inf"), float("nan"), True)},
    "an empty selection": (scenario({"roster": ""}), "roster takes one of attested, europe, without-turkiye, not ''."),
    "a list for a selection": (scenario({"evidence": ["read"]}), "evidence takes one of all, read, not ['read']."),
    "a notebook out of the folder": (scenario({}, ["one", "../../etc/x"]), "notebooks/scenarios.yml: '../../etc/x' is no name"),
    "a notebook twice": (scenario({}, ["one", "one"]), "notebooks/scenarios.yml: 'one' is listed twice"),
    "a notebook that is a number": (scenario({}, ["one", 2]), "notebooks/scenarios.yml"),
    "a listed scenario out of the folder": (every(lambda here: here.listed(["one"], {"../x": {}}), reproduce("--scenario", "../x")), "notebooks/scenarios.yml: '../x' is no name"),
    "a scenario named as another folder": (every(lambda here: here.listed(["one"], {"sweep": {}}), reproduce("--scenario", "sweep")), "notebooks/scenarios.yml: 'sweep' is no name"),
    "a scenario article that changes something": (lambda here: here.listed(["one"], {"article": {"evidence": "read"}}), "notebooks/scenarios.yml"),
    "a scenario without its changes": (yml("notebooks: [one]\nscenarios: {article: }"), "notebooks/scenarios.yml must list notebooks by name"),
    "a list that is no YAML": (yml("notebooks: [one]\nscenarios: {article: {}}}"), "notebooks/scenarios.yml cannot be read: …line 2, column 25"),
    "a list with an order in it": (yml("notebooks: !!python/object/apply:os.system [touch hacked]"), "notebooks/scenarios.yml cannot be read: could not determine"),
    "a list that is not UTF-8": (yml(b"\xff\xfe"), "notebooks/scenarios.yml cannot be read: "),
    "a list that is missing": (lambda here: (here.notebooks / "scenarios.yml").unlink(), "notebooks/scenarios.yml cannot be read: "),
    "no grid": (ask("sweep"), "Wanted: PARAMS='as_of=2025-12-20,2026-03-01 evidence=all,read'"),
    "a grid without values": (ask("sweep", "--parameters", "evidence="), "evidence takes one of all, read, not ''."),
    "a grid with an unknown name": (ask("sweep", "--parameters", "yeer=1"), "unknown parameter 'yeer'."),
    "a grid of unknown notebooks": (ask("sweep", "--parameters", "seed=1", "--notebooks", "../x"), "unknown notebook '../x'. There are one, two."),
    "a grid of code": (ask("sweep", "--parameters", "__import__('os')=1"), "\"__import__('os')\" is no name for a sweep"),
    "a grid that is not there": (ask("sweep", "--grid", "../../x.yml"), "'../../x.yml' is no grid ([Errno 2] No such file or directory"),
    "a grid whose name is a folder's": (grid("...yml", "parameters: {seed: [1]}"), "'..' is no name for a sweep"),
    "a grid of a kept folder": (grid(".points.yml", "parameters: {seed: [1]}"), "'.points' is no name for a sweep"),
    "a grid with an order in it": (grid("g.yml", "parameters: !!python/object/apply:os.system [touch hacked]"), "is no grid (could not determine"),
    "a comparison out of the folder": (ask("compare", "--from", "../x", "--to", "article"), "unknown scenario '../x'. There are article"),
    "a comparison with no day": (ask("compare", "--to", "2025-13-01"), f"{DAY}, not '2025-13-01'."),
    "no jobs": (ask("reproduce", "--jobs", "0"), "argument --jobs: '0' is no whole number from 1 on"),
}  # fmt: skip

FAULTS["notebooks"] = {
    "an exception in one of several": (every(book(notebook("1 / 0")), reproduce("--force")), "two, cell 3 (1 / 0): ZeroDivisionError: division by zero\nnothing is published"),
    "an endless loop": (every(cells("while True:\n    pass"), lambda here: here.patch.setattr(execute, "CELL_LIMIT", 1)), "two, cell 3 (while True:): CellTimeoutError: A cell timed out"),
    "an exit with success": (cells("import sys\nsys.exit(0)", "1"), "two, cell 3 (import sys): SystemExit: 0\nnothing is published"),
    "a kernel that ends": (cells("import os\nos._exit(0)", "1"), "two, cell 3 (import os): DeadKernelError: Kernel died\nnothing is published"),
    "a warning": (cells("import warnings\nwarnings.warn('careful')"), "two, cell 3 (import warnings) wrote to stderr: …careful"),
    "a name of a cell that is gone": (cells("total + 1"), "two, cell 3 (total + 1): NameError: name 'total' is not defined"),
    "truncated": (book(SOUND[: len(SOUND) // 2]), "two.ipynb: not a readable notebook (NotJSONError"),
    "empty": (book(""), "two.ipynb: not a readable notebook (NotJSONError"),
    "another JSON": (book("[]"), "two.ipynb: not a readable notebook ("),
    "not UTF-8": (book(b"\xff\xfe\0"), "two.ipynb: not a readable notebook (UnicodeDecodeError"),
    "merge markers": (book(SOUND.replace(' "cells"', '<<<<<<< HEAD\n "cells"\n=======\n', 1)), "two.ipynb: merge markers are left in the file; settle the merge first"),
    "format 3": (book('{"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": []}]}'), "two.ipynb: notebook format 3 is too old; open it in JupyterLab"),
    "missing": (lambda here: (here.notebooks / "two.ipynb").unlink(), "two.ipynb: not a readable notebook (FileNotFoundError"),
    "no parameters cell": (book(notebook("1") | {"cells": [code("1")]}), "two: one cell must carry the tag 'parameters', not 0"),
    "two parameters cells": (cells(code("seed = 1", "parameters")), "two: one cell must carry the tag 'parameters', not 2"),
    "a day saved by mistake": (book(SOUND.replace("2025-12-20", "2026-03-01")), "two: as_of is '2026-03-01' in the parameters cell, the scenario article has '2025-12-20'. Put it back"),
    "code among the parameters": (book(SOUND.replace("seed =", "import os\\nseed =")), "two: the parameters cell must hold plain assignments only"),
    "a foreign kernel": (book(SOUND.replace('"name": "python3"', '"name": "conda-env"')), "two: the kernel is 'conda-env'; it must be python3"),
    "not listed": (every(book(notebook("open('hacked', 'w')"), "foreign"), reproduce("--force")), lambda here, said: (published(here, said), not (here.notebooks / "hacked").exists() or pytest.fail("it was run"))),
}  # fmt: skip

FAULTS["surroundings"] = {}
FAULTS["outputs"] = {}


BEGUN = {"data": REPRODUCE, "parameters": REPRODUCE, "notebooks": REPRODUCE, "surroundings": REPRODUCE, "outputs": ["verify"]}
TABLE = [pytest.param(group, put, wanted, id=f"{group}: {name}") for group, faults in FAULTS.items() for name, (put, wanted) in faults.items()]


@pytest.fixture(scope="module", autouse=True)
def surrounding(tmp_path_factory):
    """What every command runs in."""
    tmp_path_factory.getbasetemp()  # pytest's own folder stays outside
    with kernels.hermetic(), kernels.warm():
        yield


@pytest.fixture(scope="module")
def good(new_folder, tmp_path_factory) -> Path:
    """A small repository without a fault."""
    tables = new_folder()
    root = tmp_path_factory.mktemp("good")
    shutil.move(tables.path, root / "data")
    tables.path = root / "data"
    with pytest.MonkeyPatch.context() as patch:
        Here(root, tables, patch, []).furnish()
    return root


@pytest.fixture
def here(good, tiny, tmp_path, monkeypatch) -> Here:
    """A copy of it, for one fault."""
    shutil.copytree(good, tmp_path, dirs_exist_ok=True)
    here = Here(tmp_path, tiny, monkeypatch, [])
    here.good = good
    return here


@pytest.mark.parametrize(("group", "put", "wanted"), TABLE)
def test_a_fault_ends_in_a_clear_message_or_in_a_result_that_is_right(group, put, wanted, here, capfd):
    here.words = BEGUN[group]
    put(here)
    before = files(here.watched)
    capfd.readouterr()
    status = here.run(here.words)
    said = "".join(capfd.readouterr())
    if os.environ.get("SHOW"):
        with capfd.disabled(): print(f"\n{status} {said}")
    assert "Traceback" not in said
    if callable(wanted):
        assert status == 0, said
        wanted(here, said)
    else:
        assert status not in (0, None), said
        assert re.search(".*".join(map(re.escape, wanted.split("…"))), said, re.S), said
        assert files(here.watched) == before
