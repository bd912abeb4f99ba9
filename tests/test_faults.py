"""A battery of faults in tables, parameters, notebooks, surroundings and outputs, in one table.

Each ends in one clear message, with nothing published and the last good outputs whole, or in a
result that is right.
"""

import codecs
import os
import random
import re
import resource
import shutil
import sys
from pathlib import Path

import broken_repository as put
import nbformat
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from checkouts import DRIVER, KERNEL, Checkout, code, files, notebook, write
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output, new_raw_cell

from helpers import data, quantities
from helpers.machinery.outputs import cache_of_verdicts_ahead, claims_json, manifest
from helpers.machinery.run import execute

pytestmark = pytest.mark.usefixtures("surrounding")

COUNT, SIGNED, A330 = (
    ("counts", "count/2025-12-15"),
    ("signatories", "signatory/gbr"),
    ("capabilities", "tanker/fra/2025-12"),
)
DEAD = "http://127.0.0.1:9"
CELLS = ("=1+1", "+x", "-x", "@x", "\t=1+1", "＝1", "-1.5", "1,200", "plain")
ACTIVE = (
    "<script>hacked=1</script><img src=x onerror=hacked=1><p onclick='hacked=1' style='color:red'"
    " id='page:main'>p</p><svg onload=hacked=1></svg><a href='javascript:hacked=1'>a</a><a"
    " href='//x.example'>b</a><iframe src=x></iframe><base href='http://x.example'><form"
    " action='http://x.example'></form><style>p{color:red}</style>"
)
WORST = (
    "</script><!--<script>hacked = 1</script><img src=x onerror='hacked = 1'><a"
    " href='javascript:hacked=1'>x</a>"
)
AWAY = '<meta http-equiv="refresh" content="0;url=http://x.example/">hacked'
NAMED = "</script><script>hacked = 1</script><img src=x onerror='hacked = 1'>"  # as long as a name
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
    assert (str(total), total.unknowns) == ("at least 2", 2)


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
        assert {script.get("type") for script in page.find_all("script")} <= {
            None,
            "application/json",
            "application/ld+json",
        }
        assert len(page.find_all("script", type=None)) == 1 and not page.select(
            "[onerror], [onclick], [style], iframe, form[action], base, [http-equiv=refresh i]"
        )
        assert not [
            link
            for link in page.find_all("a")
            if re.match("(javascript|data|file):|//", link["href"], re.I)
        ]
        assert all(image["src"].startswith("data:image/svg+xml") for image in page.find_all("img"))
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", str(page))
    assert "hacked" in everything


def neutralised(here, said):
    """No cell of an exported table begins as a formula; a negative number is still one."""
    exported = [
        pd.read_csv(file, dtype=str, header=None, keep_default_na=False)
        for file in (here.outputs / "article/tables").glob("*.csv")
    ]
    found = {cell for table in exported for cell in table.to_numpy().ravel()}
    assert {"'=1+1", "'+x", "'@x", "'-x", "'＝1", "-1.5", "1200", "plain"} <= found
    assert not [cell for cell in found if re.match(r"[=＝@\t]|[+-](?!\d)", cell)]


def published(here, said):
    """A run was published, whole."""
    assert manifest.altered(here.outputs / "article", manifest.last(here.outputs / "article")) == {}


def reads(*tables: str):
    """The manifest says that the second notebook reads these tables."""

    def check(here, said):
        assert manifest.last(here.outputs / "article")["notebooks"]["two"] == list(tables)

    return check


def undisturbed(here, said):
    """A run was published, and no kernel had anything to complain of."""
    published(here, said)
    assert "warn" not in said.lower()


def not_run(here, said):
    published(here, said)
    assert not list(here.root.rglob("hacked"))


def healed(here, said):
    published(here, said)
    left = {path.name for path in here.outputs.iterdir()} - {
        cache_of_verdicts_ahead.KEPT
    }  # kept for other runs
    assert left == {".article.lock", "article"}


def as_before(here, said):
    """What is published is what it was before it was tampered with."""
    assert files(here.outputs / "article") == files(here.good / "outputs/article")


FAULTS = {}
FAULTS["data"] = {
    # the form of a file
    "a cell too many": (
        put.text("orders", "joined without one", "joined, without one"),
        "data/orders.csv:4 'order/3,…': 12 cells where the header has 11. Quote a cell",
    ),
    "a cell too few": (
        put.text("orders", "2018-03,2,DEU", "2018-03,2DEU"),
        "data/orders.csv:3 'order/2,…': 10 cells where the header has 11. Quote a cell",
    ),
    "thousands by commas": (
        put.text("orders", ",2,FRA", ",1,200,FRA"),
        "data/orders.csv:2 …: 12 cells where the header has 11. Quote a cell",
    ),
    "an unclosed quote": (
        put.text("orders", "2018-03", '"2018-03'),
        (
            "data/orders.csv:3: not readable as CSV (unexpected end of data). A quotation mark"
            " opened here"
        ),
    ),
    "words after a quote": (
        put.text("orders", "2018-03", '"2018"-03'),
        "data/orders.csv:3: not readable as CSV (",
    ),
    "semicolons": (
        put.raw("orders", lambda old: old.replace(b",", b";")),
        "data/orders.csv:1: cells are separated by semicolons. Save it as 'CSV UTF-8'",
    ),
    "tabs": (
        put.raw("orders", lambda old: old.replace(b",", b"\t")),
        "data/orders.csv:1: cells are separated by tabs. Save it as 'CSV UTF-8'",
    ),
    "a NUL byte": (
        put.text("orders", "joined without", "joined\0without"),
        "data/orders.csv:4 note 'joined\\x00without one': invisible character U+0000. Delete it",
    ),
    "a blank line": (
        put.text("orders", "order/2", "\norder/2"),
        "data/orders.csv:3: 0 cells where the header has 11. …delete blank lines",
    ),
    "a row of commas": (
        put.text("orders", "order/2", ",,,,,,,,,,\norder/2"),
        "data/orders.csv:3: the row is empty. Delete it",
    ),
    "merge markers": (
        put.text("orders", "order/2", "<<<<<<< HEAD\norder/2"),
        "data/orders.csv:3: merge markers are left in the file. Settle the merge first",
    ),
    "merge markers in front": (
        put.text("orders", "id,", "<<<<<<< HEAD\nid,"),
        "data/orders.csv:1: merge markers are left in the file. Settle the merge first",
    ),
    "CRLF": (put.raw("orders", lambda old: old.replace(b"\n", b"\r\n")), the_same_tables),
    "a byte order mark": (put.raw("orders", lambda old: codecs.BOM_UTF8 + old), the_same_tables),
    "no final newline": (put.raw("orders", bytes.rstrip), the_same_tables),
    "CR alone": (
        put.raw("orders", lambda old: old.replace(b"\n", b"\r")),
        "data/orders.csv:1: not readable as CSV (new-line character",
    ),
    "UTF-16": (
        put.raw("orders", lambda old: old.decode().encode("utf-16")),
        "data/orders.csv:1: the file is UTF-16. Save it as 'CSV UTF-8'",
    ),
    "Latin-1": (
        put.raw("orders", lambda old: old.replace(b"joined", "joinéd".encode("latin-1"))),
        "data/orders.csv:4: the file is not UTF-8. Save it as",
    ),
    "header alone": (
        put.raw("orders", lambda old: old.splitlines(True)[0]),
        "data/orders.csv:1: the table is empty. A table without rows is not 'zero'",
    ),
    "an empty file": (
        put.raw("orders", lambda old: b""),
        (
            "data/orders.csv:1: no header. The first line names the columns; an empty file is not"
            " 'zero'"
        ),
    ),
    "a missing file": (
        put.file_of("orders", Path.unlink),
        (
            "data/orders.csv:1: the file cannot be read (No such file or directory). Restore it"
            " with git"
        ),
    ),
    "a pipe for a file": (
        put.file_of("orders", lambda file: (file.unlink(), os.mkfifo(file))),
        "data/orders.csv:1: the file cannot be read (no plain file)",
    ),
    "a pipe for the contract": (
        lambda here: (
            (here.tables.path / data.CONTRACT).unlink(),
            os.mkfifo(here.tables.path / data.CONTRACT),
        ),
        "data/datapackage.json:1: the contract cannot be read (no plain file)",
    ),
    "a folder for a file": (
        put.file_of("orders", lambda file: (file.unlink(), file.mkdir())),
        "data/orders.csv:1: the file cannot be read (Is a directory)",
    ),
    "a table of 100 MB": (
        put.file_of("orders", lambda file: os.truncate(file, 100_000_000)),
        "data/orders.csv:1: the file is larger than the limit of 5,000,000",
    ),
    "a cell of 50 MB": (
        put.every(put.text("members", "member/fra", "x" * 50_000_000), put.within(25_000_000)),
        (
            "data/members.csv:1: the file is larger than the limit of 5,000,000 bytes. Split it or"
            " look for a pasted file"
        ),
    ),
    "a cell of 200 KB": (
        put.text("orders", "joined without one", "x" * 200_000),
        "data/orders.csv:4: not readable as CSV (field larger than field limit",
    ),
    "a column doubled": (
        put.text("orders", "joining", "note"),
        "data/orders.csv:1 note: the column stands twice. Keep one of them",
    ),
    "a column renamed": (
        put.text("orders", "joining", "joined"),
        "data/orders.csv:1 joined: unknown column. Did you mean joining?…joining: missing column",
    ),
    "a column missing": (
        put.in_order("orders", columns=lambda names: [name for name in names if name != "note"]),
        "data/orders.csv:1 note: missing column. Add it",
    ),
    "a column added": (
        put.raw("orders", lambda old: old.replace(b"\n", b",\n").replace(b",\n", b",zzz\n", 1)),
        "data/orders.csv:1 zzz: unknown column. The columns are id",
    ),
    "an empty column that a spreadsheet left": (
        put.raw("orders", lambda old: old.replace(b"\n", b",\n")),
        "data/orders.csv:1: a column without a name. Delete it: a spreadsheet",
    ),
    "columns shuffled": (
        put.in_order(
            "capabilities", columns=lambda names: random.Random(1).sample(list(names), len(names))
        ),
        the_same_tables,
    ),
    "rows shuffled": (
        put.in_order("capabilities", rows=lambda rows: random.Random(1).sample(rows, len(rows))),
        the_same_tables,
    ),
    "an escape in a column's name": (
        put.text("orders", "joining", "\x1b[2Jjoining"),
        "data/orders.csv:1 \\x1b[2Jjoining: unknown column. Did you mean joining?",
    ),
    "a contract whose column lacks its type": (
        put.contract_of(lambda package: package["resources"][1]["schema"]["fields"][0].pop("type")),
        "data/datapackage.json:1: the contract lacks the type of column 1 of countries. Restore it",
    ),
    "a contract without missing values": (
        put.contract_of(lambda package: package["resources"][0]["schema"].pop("missingValues")),
        "data/datapackage.json:1: the contract lacks the missingValues of sources. Restore it",
    ),
    "a contract without a key": (
        put.contract_of(lambda package: package["resources"][0]["schema"].update(primaryKey=[])),
        "data/datapackage.json:1: the contract lacks the primaryKey of sources. Restore it",
    ),
    "a contract nested too deep": (
        lambda here: (here.tables.path / data.CONTRACT).write_text("[" * 100_000),
        "data/datapackage.json:1: not JSON (nested too deep)",
    ),
    "a contract that is no JSON": (
        lambda here: (here.tables.path / data.CONTRACT).write_text("{"),
        "data/datapackage.json:1: not JSON",
    ),
    # numbers
    **{
        f"{cell} for a number": (
            put.row(*COUNT, count=cell),
            f"data/counts.csv:2 count {cell!a}: {WHOLE_NUMBER}",
        )
        for cell in ("twelve 1,200 12.0 ~9 NaN inf -inf 1e999 -0 036 ٣".split() + [" 9"])
    },
    "a zero below zero": (
        put.row("parameters", "fuel/kc-135", base="-0.0"),
        "data/parameters.csv:3 base '-0.0': not a plain finite number. Digits only",
    ),
    "NaN for a measure": (
        put.row("parameters", "fuel/kc-135", base="NaN"),
        "data/parameters.csv:3 base 'NaN': not a plain finite number. Digits only",
    ),
    "less than none": (
        put.row(*COUNT, count="-3"),
        "data/counts.csv:2 count '-3': minimum is 0. Look at the source again; empty where unknown",
    ),
    "a tile far out of the map": (
        put.row("countries", "FRA", tile_column="100000"),
        "data/countries.csv:2 tile_column '100000': maximum is 20. Look at the source again",
    ),
    "a needed number left empty": (
        put.row(*COUNT, count=""),
        "data/counts.csv:2 count: the cell must not be empty. Fill in: ",
    ),
    "an unknown number": (put.row("capabilities", "tanker/fra/2024", in_service=""), at_least),
    "low above high": (
        put.row(*A330, in_service_low="14"),
        "data/capabilities.csv:3 in_service_low '14': in_service_low 14 is more than in_service 13",
    ),
    "more delivered than ordered": (
        put.row("orders", "order/2", quantity="0"),
        "data/deliveries.csv:4 fleet 'pool-a330': 3 aircraft delivered and 2 ordered",
    ),
    "a count unlike its deliveries": (
        put.row("capabilities", "tanker/pool/2025-03", in_service="3"),
        "in_service '3': 2 delivered by 2025-03-10",
    ),
    "a total beside its parts": (
        put.row("capabilities", "tanker/usa/directory", rank="default"),
        "rank 'default': a directory total is no fleet",
    ),
    "a fleet under two names": (
        put.row("capabilities", "tanker/fra/2025-12", fleet="fra-a33"),
        (
            "data/capabilities.csv:3 fleet 'fra-a33': of the same operator, service and type as"
            " fleet 'fra-a330' in line 2. Write fra-a330"
        ),
    ),
    "a share above one": (
        put.row("parameters", "fuel/kc-135", unit="share", base="1.3"),
        "data/parameters.csv:3 base '1.3': a share is from 0 to 1. Look",
    ),
    "a fuel below zero": (
        put.row("parameters", "fuel/kc-135", base="-5"),
        "data/parameters.csv:3 base '-5.0': less than 0. Look at the source again",
    ),
    "two counts of one day": (
        put.row("capabilities", "tanker/usa/2025-12-b", fleet="pool-a330"),
        "rank 'default': a second default count for this fleet and date",
    ),
    # codes
    **{
        f"{cell} for a country": (
            put.row(*SIGNED, party=cell),
            f"data/signatories.csv:3 party {cell!a}: {said}",
        )
        for cell, said in {
            "UK": "no row 'UK' in data/countries.csv. Did you mean GBR?",
            "gbr": "no row 'gbr' in data/countries.csv. Did you mean GBR?",
            "GER": "no row 'GER' in data/countries.csv. Did you mean DEU?",
            "XKX": "no row 'XKX' in data/countries.csv. Use an ISO 3166-1 alpha-3 code",
            "FRA ": "blank at the start or end. Write 'FRA'",
            "NA": "no row 'NA'",
            "NULL": "no row 'NULL'",
            "None": "no row 'None'",
            "nan": "no row 'nan'",
        }.items()
    },
    **{
        f"{cell} in a note": (put.row(*COUNT, note=cell), stays(*COUNT, note=cell))
        for cell in ("NA", "NULL", "None", "nan", "N/A")
    },
    "NULL for a grade": (
        put.row(*COUNT, verification="NULL"),
        "data/counts.csv:2 verification 'NULL': not an allowed value. There are read, ",
    ),
    "an unknown source": (
        put.row(*COUNT, source_id="gov-2026"),
        (
            "data/counts.csv:2 source_id 'gov-2026': no row 'gov-2026' in data/sources.csv. Did you"
            " mean gov-2025?"
        ),
    ),
    "a source never used": (
        put.row("sources", "idle", title="Unused"),
        tells("note: 1 source is used by no row: idle"),
    ),
    "an id of another table": (
        put.row("orders", "order/1", id=COUNT[1]),
        "data/orders.csv:2 id 'count/2025-12-15': the id stands twice, first in data/counts.csv:2",
    ),
    "a derived row without inputs": (
        put.row("members", "member/usa", verification="derived"),
        "data/members.csv:7 attested_by: derived from rows that are not named",
    ),
    # dates
    **{
        f"{cell} for a day": (
            put.row("signatories", "signatory/fra", date=cell),
            f"data/signatories.csv:2 date {cell!a}: {DATE}",
        )
        for cell in ("2025-13-01", "01/02/2025", "2025-02-29", "2025-1-5", "0000")
    },
    "an end before its beginning": (
        put.row("accessions", "eu/gbr", left="1972"),
        "data/accessions.csv:4 left '1972': before joined, 1973-01-01. Look which",
    ),
    "observed after its source came out": (
        put.row("signatories", "signatory/fra", date="2025-12-16"),
        "date '2025-12-16': after gov-2025 was published, 2025-12-15.",
    ),
    "observed after its source was read": (
        put.row("accessions", "nato/fra", joined="2027"),
        "joined '2027': after book was read, 2026-11-22. Look which is right",
    ),
    # text that is more than text
    **{
        f"{cell!a} as a formula": (
            put.row(*COUNT, note=cell),
            f"data/counts.csv:2 note {cell!a}: {FORMULA}",
        )
        for cell in ('=HYPERLINK("x")', "+1", "-1+2", "-x", "@x", "＝1")
    },
    "a negative number in a note": (put.row(*COUNT, note="-1.5"), stays(*COUNT, note="-1.5")),
    "a leading tab": (
        put.row(*COUNT, note="\tx"),
        "data/counts.csv:2 note '\\tx': invisible character U+0009. Delete it",
    ),
    "text turned round": (
        put.row(*COUNT, note="a\u202eb"),
        "data/counts.csv:2 note 'a\\u202eb': invisible character U+202E. Delete it",
    ),
    "a zero-width blank": (
        put.row(*COUNT, note="a\u200bb"),
        "data/counts.csv:2 note 'a\\u200bb': invisible character U+200B. Delete it",
    ),
    "a line break in a cell": (
        put.row(*COUNT, note="a\nb"),
        "data/counts.csv:2 note 'a\\nb': invisible character U+000A. Delete it",
    ),
    "markup in cells": (
        put.every(
            put.row(*COUNT, note=WORST, sense=WORST),
            put.row("claims", "C24", claim=WORST, quoted=WORST),
            put.row("countries", "FRA", name=WORST),
            put.row("sources", "book", title=WORST, publisher=NAMED, note=WORST),
            put.row("meetings", "meeting/london", name=NAMED),
        ),
        shown_as_text,
    ),
    **{
        f"the address {cell}": (
            put.row("sources", "book", url=cell),
            f"data/sources.csv:3 url {cell!a}: {said}. {ADDRESS}",
        )
        for cell, said in {
            "file:///etc/passwd": "only http and https addresses can be followed",
            "javascript:hacked=1": "only http and https addresses can be followed",
            "https://me:secret@a.example/": "the address holds a user name or password",
            "https://a.example/x y": (
                "no address: a host is missing, or it holds a blank, quote, bracket or backslash"
            ),
        }.items()
    },
    "an address that is dead": (
        put.row("sources", "book", url="https://no.such.host.invalid/"),
        published,
    ),
    # claims
    "a reading with an unknown option": (
        put.reading(
            "C24/definition/with-navy,C24,definition,with-navy",
            "C24/definition/with-nvy,C24,definition,with-nvy",
        ),
        (
            "data/readings.csv:… option 'with-nvy': the rule of C24 knows no such option of"
            " definition. Did you mean with-navy?\n"
        ),
    ),
    "a reading with an option that its rule would take for another": (
        put.reading("C22/posture/alert,C22,posture,alert", "C22/posture/none,C22,posture,none"),
        (
            "option 'none': the rule of C22 knows no such option of posture. There are patrol,"
            " patrol-from-ukraine, alert\n"
        ),
    ),
    "a reading of an unknown choice": (
        put.reading(
            "C12/parties/official-text,C12,parties,official-text",
            "C12/party/official-text,C12,party,official-text",
        ),
        (
            "choice 'party': the rule of C12 leaves no such choice. Did you mean"
            " parties?\ndata/readings.csv:1: no row says what parties may mean in C12. Add one of"
            " official-text\n"
        ),
    ),
    "a reading with an unknown timing": (
        put.reading("C24/timing/settled,C24,timing,settled", "C24/timing/setled,C24,timing,setled"),
        "option 'setled': the rule of C24 knows no such option of timing. Did you mean settled?\n",
    ),
    "a nation that is none": (
        put.of_all(put.text("command", ",,,TUR,,,,step", ",,,TUR,TURK,,,step")),
        "first_nation 'TURK': no row 'TURK' in data/countries.csv. Did you mean TUR?",
    ),
    "a unit that no formula takes": (
        put.of_all(put.text("parameters", ",kg,", ",t,")),
        "unit 't': not an allowed value. ",
    ),
    "a symbol that no formula has": (
        put.of_all(put.text("parameters", ",F_cap,", ",Fcap,")),
        "symbol 'Fcap': no model takes this symbol. Did you mean F_cap?",
    ),
    "a range without a middle, upside down": (
        put.of_all(put.row("proposals", "proposal/2025-04-iiss-small", low="30000", high="20000")),
        "low '30000': low 30000 is more than high 20000",
    ),
    "latitude and longitude exchanged": (
        put.of_all(put.row("places", "place/area-kyiv", latitude="30.5", longitude="50.4")),
        "latitude '30.5': no UKR is outside 44.3 to 52.4",
    ),
    "a year mistyped": (
        put.row("signatories", "signatory/fra", date="0205-12"),
        "date '0205-12': before 1900. Look for a mistyped year",
    ),
    "an accent apart from its letter": (
        put.row("counts", "count/2025-12-15", note="Mont-Vale\u0301rien"),
        "an accent stands apart from its letter. Write Mont-Valérien",
    ),
    "a row renamed that helpers name": (
        put.of_all(put.text("records", "record/nato-without-usa-2003", "record/nato-alone-2003")),
        (
            "helpers/models_against_records.py:…: names the row record/nato-without-usa-2003,"
            " which no table has. Give the row its id again, or mend the helper"
        ),
    ),
    "a row renamed that a rule names": (
        put.of_all(put.text("parameters", "medevac-reserve/mmf", "medevac-reserve/pool")),
        (
            "helpers/claims/rules/refuelling.py:…: names the row medevac-reserve/mmf, which no"
            " table has"
        ),
    ),
    "a claim without a rule": (
        put.of_all(
            put.row(
                "claims",
                "C99",
                position="60",
                claim="Another claim of the article, which nobody judges",
            )
        ),
        "data/claims.csv:… id 'C99': no rule judges it. Write one in helpers/claims",
    ),
    "a rule without a claim": (
        put.of_all(
            put.every(
                *[
                    put.raw(table, lambda old: re.sub(rb"(?m)^C28[,/].*\n", b"", old))
                    for table in ("claims", "readings")
                ]
            )
        ),
        (
            "data/claims.csv:1: a rule judges C28, but it has no row. Restore the row, or drop"
            " the rule"
        ),
    ),
}

FAULTS["parameters"] = {
    "an unknown scenario": (
        put.reproduce("--scenario", "artikel"),
        "unknown scenario 'artikel'. There are article, read-only.",
    ),
    "no scenario": (
        put.reproduce("--scenario", ""),
        "unknown scenario ''. There are article, read-only.",
    ),
    **{
        f"the scenario {name!a}": (
            put.reproduce("--scenario", name),
            f"unknown scenario {name!a}. There are article",
        )
        for name in ("../x", "article/../x", "article\n")
    },
    "a scenario that is a whole path": (
        put.at_a_path,
        "unknown scenario '…/outside'. There are article, read-only.",
    ),
    "outputs that are a whole path": (
        put.published_at_a_path,
        "'…/outside' is no folder of outputs/",
    ),
    **{
        f"the day {day!a}": (put.reproduce("--as-of", day), f"{DAY}, not {day!r}.")
        for day in (
            "2025-13-01",
            "2025-02-29",
            "01/02/2025",
            "tomorrow",
            "2025-12-20\n",
            "2026-03-01/../x",
            "2025-12-20'; import os",
            "２０２５-12-20",
        )
    },
    "a day before the data": (
        put.reproduce("--as-of", "2024-12-31"),
        "no data before 2025-02-17; as_of takes a day as YYYY-MM-DD",
    ),
    "a day after the data": (
        put.reproduce("--as-of", "2030-01-01"),
        tells("note: the data end on 20"),
    ),
    "a name misspelt": (
        put.scenario({"yeer": 2025}),
        "unknown parameter 'yeer'. There are as_of, roster, evidence, seed.",
    ),
    "a name nearly right": (
        put.scenario({"as_off": "2025-12-20"}),
        "unknown parameter 'as_off'. Did you mean 'as_of'?",
    ),
    "code in a name": (
        put.scenario({"seed = 1; import os": 1}),
        "unknown parameter 'seed = 1; import os'.",
    ),
    "lines in a name": (
        put.scenario({"seed\nimport os": 1}),
        r"unknown parameter 'seed\nimport os'.",
    ),
    "a number for a day": (put.scenario({"as_of": 12}), f"{DAY}, not 12."),
    "quotes in a value": (
        put.scenario({"roster": "europe'\nimport os"}),
        'roster takes one of attested, europe, without-turkiye, not "europe\'\\nimport os".',
    ),
    **{
        f"{seed} for a seed": (
            put.scenario({"seed": seed}),
            f"seed takes a whole number from 0 to 2^63 - 1, not {seed!r}.",
        )
        for seed in ("abc", 1.3, -1, float("inf"), float("nan"), True)
    },
    "an empty selection": (
        put.scenario({"roster": ""}),
        "roster takes one of attested, europe, without-turkiye, not ''.",
    ),
    "a list for a selection": (
        put.scenario({"evidence": ["read"]}),
        "evidence takes one of all, read, not ['read'].",
    ),
    "a notebook out of the folder": (
        put.scenario({}, ["one", "../../x"]),
        "notebooks/scenarios.yml: '../../x' is no name",
    ),
    "a notebook twice": (
        put.scenario({}, ["one", "one"]),
        "notebooks/scenarios.yml: one is listed twice",
    ),
    "a scenario twice": (
        put.yml(
            "notebooks: [one, two]\nscenarios:\n  article: {}\n  latest: {}\n  latest: {evidence:"
            " read}"
        ),
        "notebooks/scenarios.yml cannot be read: latest stands twice",
    ),
    "a notebook that is a number": (
        put.scenario({}, ["one", 2]),
        "notebooks/scenarios.yml: 2 is no name for a notebook or scenario",
    ),
    "a listed scenario out of the folder": (
        put.every(
            lambda here: here.listed(["one"], {"../x": {}}), put.reproduce("--scenario", "../x")
        ),
        "notebooks/scenarios.yml: '../x' is no name",
    ),
    "a scenario named as another folder": (
        put.every(
            lambda here: here.listed(["one"], {"sweep": {}}), put.reproduce("--scenario", "sweep")
        ),
        "notebooks/scenarios.yml: 'sweep' is no name",
    ),
    "a scenario article that changes something": (
        lambda here: here.listed(["one"], {"article": {"evidence": "read"}}),
        "notebooks/scenarios.yml: the scenario article is what",
    ),
    "a scenario without its changes": (
        put.yml("notebooks: [one]\nscenarios: {article: }"),
        "notebooks/scenarios.yml must list notebooks by name",
    ),
    "a list that is no YAML": (
        put.yml("notebooks: [one]\nscenarios: {article: {}}}"),
        "notebooks/scenarios.yml cannot be read: …line 2, column 25",
    ),
    "a list with an order in it": (
        put.yml("notebooks: !!python/object/apply:os.system [touch hacked]"),
        "notebooks/scenarios.yml cannot be read: could not determine",
    ),
    "a list that is not UTF-8": (put.yml(b"\xff\xfe"), "notebooks/scenarios.yml cannot be read: "),
    "a list that is missing": (
        lambda here: (here.notebooks / "scenarios.yml").unlink(),
        "notebooks/scenarios.yml cannot be read: ",
    ),
    "no grid": (put.ask("sweep"), "Wanted: PARAMS='as_of=2025-12-20,2026-03-01 evidence=all,read'"),
    "a grid without values": (
        put.ask("sweep", "--parameters", "evidence="),
        "evidence takes one of all, read, not ''.",
    ),
    "a grid with an unknown name": (
        put.ask("sweep", "--parameters", "yeer=1"),
        "unknown parameter 'yeer'.",
    ),
    "a grid of unknown notebooks": (
        put.ask("sweep", "--parameters", "seed=1", "--notebooks", "../x"),
        "unknown notebook '../x'. There are one, two.",
    ),
    "a grid of code": (
        put.ask("sweep", "--parameters", "__import__('os')=1"),
        "\"__import__('os')\" is no name for a sweep",
    ),
    "a grid that is not there": (
        put.ask("sweep", "--grid", "../../x.yml"),
        "'../../x.yml' is no grid ([Errno 2] No such file or directory",
    ),
    "a grid whose name is a folder's": (
        put.grid("...yml", "parameters: {seed: [1]}"),
        "'..' is no name for a sweep",
    ),
    "a text for a list in a grid": (
        put.grid("it.yml", "parameters: {seed: '12'}"),
        "it.yml' is no grid (seed has no list of values)",
    ),
    "a pipe for a grid": (
        put.every(
            lambda here: os.mkfifo(here.root / "it.yml"),
            lambda here: put.ask("sweep", "--grid", str(here.root / "it.yml"))(here),
        ),
        "it.yml' is no grid ([Errno 22] no plain file",
    ),
    "a pipe for the scenarios": (
        lambda here: (
            (here.notebooks / "scenarios.yml").unlink(),
            os.mkfifo(here.notebooks / "scenarios.yml"),
        ),
        "notebooks/scenarios.yml cannot be read: [Errno 22] no plain file",
    ),
    **{
        f"a notebook called {name}": (
            lambda here, name=name: here.listed(["one", name], {"article": {}}),
            f"scenarios.yml: a notebook cannot be called {name}: a page of the site has that name",
        )
        for name in ("index", "Report", "data", "sources", "data-counts")
    },
    "a grid of a kept folder": (
        put.grid(".points.yml", "parameters: {seed: [1]}"),
        "'.points' is no name for a sweep",
    ),
    "a grid with an order in it": (
        put.grid("g.yml", "parameters: !!python/object/apply:os.system [touch hacked]"),
        "is no grid (could not determine",
    ),
    "a comparison out of the folder": (
        put.ask("compare", "--from", "../x", "--to", "article"),
        "unknown scenario '../x'. There are article",
    ),
    "a comparison with no day": (
        put.ask("compare", "--to", "2025-13-01"),
        f"{DAY}, not '2025-13-01'.",
    ),
    "no jobs": (
        put.ask("reproduce", "--jobs", "0"),
        "argument --jobs: '0' is no whole number from 1 on",
    ),
}

FAULTS["notebooks"] = {
    "an exception": (
        put.cells("1 / 0"),
        "two, cell 3 (1 / 0): ZeroDivisionError: division by zero\nnothing is published",
    ),
    "an endless loop": (
        put.every(
            put.cells("while True:\n    pass"),
            lambda here: here.patch.setattr(execute, "CELL_LIMIT", 1),
        ),
        "two, cell 3 (while True:): CellTimeoutError: A cell timed out",
    ),
    "an exit with success": (
        put.cells("import sys\nsys.exit(0)", "1"),
        "two, cell 3 (import sys): SystemExit: 0\nnothing is published",
    ),
    "a kernel that ends": (
        put.cells("import os\nos._exit(0)", "1"),
        "two, cell 3 (import os): DeadKernelError: Kernel died\nnothing is published",
    ),
    "a warning": (
        put.cells("import warnings\nwarnings.warn('careful')"),
        "two, cell 3 (import warnings) wrote to stderr: …careful",
    ),
    "a name of a cell that is gone": (
        put.cells("total + 1"),
        "two, cell 3 (total + 1): NameError: name 'total' is not defined",
    ),
    "truncated": (
        put.book(SOUND[: len(SOUND) // 2]),
        "two.ipynb: not a readable notebook (NotJSONError",
    ),
    "empty": (put.book(""), "two.ipynb: not a readable notebook (NotJSONError"),
    "another JSON": (put.book("[]"), "two.ipynb: not a readable notebook ("),
    "not UTF-8": (
        put.book(b"\xff\xfe\0"),
        "two.ipynb: not a readable notebook (UnicodeDecodeError",
    ),
    "merge markers": (
        put.book(SOUND.replace(' "cells"', '<<<<<<< HEAD\n "cells"\n=======\n', 1)),
        "two.ipynb: merge markers are left in the file; settle the merge first",
    ),
    "format 3": (
        put.book(
            '{"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": []}]}'
        ),
        "two.ipynb: notebook format 3 is too old; open it in JupyterLab",
    ),
    "missing": (
        lambda here: (here.notebooks / "two.ipynb").unlink(),
        "two.ipynb: not a readable notebook (FileNotFoundError",
    ),
    "no parameters cell": (
        put.book(SOUND.replace('"parameters"', '"other"')),
        "two: one cell must carry the tag 'parameters', not 0",
    ),
    "two parameters cells": (
        put.cells(code("seed = 1", "parameters")),
        "two: one cell must carry the tag 'parameters', not 2",
    ),
    "a day saved by mistake": (
        put.book(SOUND.replace("2025-12-20", "2026-03-01")),
        (
            "two: as_of is '2026-03-01' in the parameters cell, the scenario article has"
            " '2025-12-20'. Put it back"
        ),
    ),
    "two names for one parameter": (
        put.book(SOUND.replace("as_of = '2025-12-20'", "chosen = as_of = '2026-03-01'")),
        "two: the parameters cell must hold plain assignments only",
    ),
    "a cell without an id": (
        put.book(re.sub(r'"id": "[0-9a-f]+",\n', "", SOUND, count=1)),
        "two.ipynb: cell 1 has no id, so no two runs would be the same",
    ),
    "two cells of one id": (
        put.book(re.sub(r'(?<="id": ")[0-9a-f]+', "twin", SOUND)),
        "two.ipynb: cell 2 has the id of cell 1, so no two runs would be the same",
    ),
    "a format without ids": (
        put.book(
            re.sub(r'"id": "[0-9a-f]+",\n', "", SOUND).replace(
                '"nbformat_minor": 5', '"nbformat_minor": 4'
            )
        ),
        "two.ipynb: cell 1 has no id, so no two runs would be the same",
    ),
    "a pipe for a notebook": (
        lambda here: (
            (here.notebooks / "two.ipynb").unlink(),
            os.mkfifo(here.notebooks / "two.ipynb"),
        ),
        "two.ipynb: not a readable notebook (OSError: [Errno 22] no plain file",
    ),
    "a table that is edited during the run and put back": (
        put.cells("import subprocess", "_ = subprocess.run(['touch', '../data/counts.csv'])"),
        "written while the run went on: data/counts.csv\nnothing is published; run it again",
    ),
    "a notebook that is edited during the run and put back": (
        put.cells("import subprocess", "_ = subprocess.run(['touch', 'one.ipynb'])"),
        "written while the run went on: notebooks/one.ipynb\nnothing is published",
    ),
    **{
        f"{call} in a cell": (
            put.cells(call),
            "RuntimeError: exit and quit would leave out the cells that follow; delete the call",
        )
        for call in ("exit()", "quit", "get_ipython().ask_exit()")
    },
    "a thread that prints later": (
        put.cells(
            "import threading, time",
            "threading.Thread(target=lambda: (time.sleep(1), print('late')), daemon=True).start()",
            "1",
        ),
        "two, cell 4 (threading.Thread(…: RuntimeError: the cell leaves a thread behind, Thread-",
    ),
    "a thread that is joined": (
        put.cells(
            "import threading\none = threading.Thread(target=print, args=('x',))",
            "one.start()\none.join()",
        ),
        published,
    ),
    "a cell that writes into the repository": (
        put.cells(f"open({str(data.DATA / 'new.csv')!r}, 'w')"),
        "PermissionError: a cell may not write data/new.csv; take a temporary file",
    ),
    "a cell that would edit a table": (
        put.cells(f"import os\nos.open({str(data.DATA / 'counts.csv')!r}, os.O_RDWR)"),
        "PermissionError: a cell may not write data/counts.csv; take a temporary file",
    ),
    "a cell that writes a temporary file": (
        put.cells("import tempfile\n_ = tempfile.TemporaryFile('w').write('x')"),
        published,
    ),
    "a cell that reads what is no input": (
        put.cells(f"open({str(data.ROOT / 'README.md')!r})"),
        "PermissionError: README.md is no input of a run; make it a table of data/",
    ),
    "a table read past the loader": (
        put.cells(f"_ = open({str(data.DATA / 'counts.csv')!r}).read()"),
        reads("counts"),
    ),
    "what a child process prints": (
        put.cells("import subprocess", "subprocess.run(['echo', 'hi']).returncode"),
        published,
    ),
    "a surrogate without its other half": (
        put.cells("import time\nprint('\\ud800')\ntime.sleep(0.5)"),
        "two, cell 3 (import time): UnicodeEncodeError: …surrogates not allowed\nnothing is pub",
    ),
    "a module beside the notebooks": (
        put.every(
            put.cells("import beside"),
            lambda here: (here.notebooks / "beside.py").write_text("print('hacked')"),
        ),
        "two, cell 3 (import beside): ModuleNotFoundError: No module named 'beside'",
    ),
    "settings of figures beside the notebooks": (
        put.every(
            lambda here: (here.notebooks / "matplotlibrc").write_text("figure.figsize: 1, 1"),
            put.reproduce("--force"),
        ),
        "notebooks/matplotlibrc would set the figures of a run; take it away",
    ),
    "modules beside the notebooks that are named like others": (
        put.every(
            put.cells("import random, helpers\nrandom.Random(1).random(), helpers.__name__"),
            *[
                lambda here, name=name: (here.notebooks / f"{name}.py").write_text("1 / 0")
                for name in ("random", "helpers", "pathlib", "matplotlib")
            ],
        ),
        published,
    ),
    "code among the parameters": (
        put.book(SOUND.replace("seed =", "import os\\nseed =")),
        "two: the parameters cell must hold plain assignments only",
    ),
    "a foreign kernel": (
        put.book(SOUND.replace('"name": "python3"', '"name": "conda-env"')),
        "two: the kernel is 'conda-env'; it must be python3",
    ),
    "not listed": (
        put.every(put.book(notebook("open('hacked', 'w')"), "foreign"), put.reproduce("--force")),
        not_run,
    ),
    "a cell that asks": (put.cells("input()"), "two, cell 3 (input()): StdinNotImplementedError: "),
    "an exception that is expected": (
        put.cells(code("1 / 0", "raises-exception"), "1"),
        "two, cell 3 (1 / 0): ZeroDivisionError: division by zero",
    ),
    "a failure after which the rest is skipped": (
        put.every(put.book(notebook("1 / 0")), put.reproduce("--force")),
        "ZeroDivisionError: division by zero\nnothing is published; skipped: one\n",
    ),
    # what a committed notebook holds
    "never run": (
        put.committed(None, None),
        (
            "small, cell 2 (as_of = '2025-12-20') was not executed; every code cell must run once,"
            " in order"
        ),
    ),
    "run out of order": (
        put.committed(1, 3, 2),
        "small, cell 3 (x) has execution count 3, not 2; every code cell must run once, in order:"
        " run make refresh",
    ),
    "run after other cells": (
        put.committed(4, 5),
        (
            "small, cell 2 (as_of = '2025-12-20') has execution count 4, not 1; every code cell"
            " must run once"
        ),
    ),
    # verdicts
    "a verdict twice": (
        put.verdicts({"id": "C24", "notebook": "two"}, {"id": "C24", "notebook": "two"}),
        "two: C24 is judged twice",
    ),
    "a verdict in the wrong notebook": (
        put.verdicts({"id": "C24", "notebook": "06-refuelling"}),
        "two: C24 belongs to 06-refuelling, as claims.csv says",
    ),
    "a verdict nowhere": (
        put.every(
            put.book(notebook("1"), "06-refuelling"),
            lambda here: here.listed(["one", "06-refuelling"], {"article": {}}),
        ),
        "not judged in any cell: C22, C23",
    ),
    # what no page can show
    "no title": (
        put.book(SOUND.replace("# A small", "A small")),
        "two: the notebook has no title; begin its first cell with '# '",
    ),
    "a picture without words": (
        put.shows({"image/png": "AAAA"}),
        "two: a figure (image/png) has no words. Draw it with a function of helpers.charts",
    ),
    "a picture in a text cell": (
        put.cells(new_markdown_cell("![x](/etc/passwd)")),
        "two: a text cell shows the image '/etc/passwd'; draw it with helpers.charts",
    ),
    "a formula that is none": (
        put.cells(new_markdown_cell("$\\frac{$")),
        "two: the formula $\\frac{$ cannot be read (",
    ),
    "a file name for alt text": (
        put.figure(alt="fleets.svg"),
        "two: figure 'fleets' has the file name 'fleets.svg' as alt text; say in a sentence",
    ),
    "a word for alt text": (
        put.figure(alt="Fleets"),
        "two: figure 'fleets' has too short an alt text, 'Fleets'; say in a whole sentence",
    ),
    "alt text without its number": (
        put.figure(alt="A bar chart that shows how many aircraft France has."),
        "two: figure 'fleets' has an alt text without a number",
    ),
    "a figure without a drawing": (
        put.figure(svg=""),
        "two: figure 'fleets' holds no SVG drawing; draw it with a function of helpers.charts",
    ),
    "a number of no row": (
        put.shows({"text/html": '<b data-rows="gone">9</b>'}),
        "two: '9' names the row 'gone', which no table holds",
    ),
    "a recipe that is none": (
        put.shows(
            {
                "text/html": (
                    '<b data-rows="order/1 order/2" data-how="sum quantity: order/1 gone">9</b>'
                )
            }
        ),
        "two: '9' was made in a way that cannot be followed, 'sum quantity: order/1 gone'",
    ),
    "a refresh whose notebook fails": (
        put.every(put.cells("1 / 0"), put.ask("refresh", *put.REPRODUCE[1:])),
        "two, cell 3 (1 / 0): ZeroDivisionError: division by zero\nnothing is published",
    ),
    "a refresh that has rewritten the notebooks when a number leads nowhere": (
        put.every(
            put.cells("from IPython.display import HTML\nHTML(\"<b data-rows='gone'>9</b>\")"),
            put.ask("refresh", *put.REPRODUCE[1:]),
        ),
        "two: '9' names the row 'gone', which no table holds",
    ),
    "a refresh whose pages cannot be built": (
        put.every(put.shows({"image/png": "AAAA"}), put.ask("refresh", *put.REPRODUCE[1:])),
        "two: a figure (image/png) has no words.",
    ),
    # what is more than text
    "markup in a title": (
        put.book(
            SOUND.replace(
                "# A small notebook",
                "# hacked <img src=x onerror=hacked=1><script>hacked=1</script>",
            )
        ),
        shown_as_text,
    ),
    "markup in prose": (
        put.cells(
            new_markdown_cell(
                f"hacked {ACTIVE}\n\n[x](javascript:hacked=1) [y](data:text/html,x)"
                " [z](file:///etc/passwd)"
            )
        ),
        shown_as_text,
    ),
    "markup in outputs": (
        put.shows(
            *[
                {kind: f"hacked {ACTIVE}"}
                for kind in ("text/html", "text/markdown", "text/latex", "text/plain")
            ]
        ),
        shown_as_text,
    ),
    "markup in a stream": (put.cells(f"print({ACTIVE!r}, 'hacked')"), shown_as_text),
    "markup in a figure": (
        put.figure(
            alt=f"hacked {ACTIVE} shows 13.",
            caption=f"hacked {ACTIVE}",
            source=WORST,
            columns=[WORST, "x"],
            table=[[WORST, "13"]],
        ),
        shown_as_text,
    ),
    "markup in raw cells": (
        put.cells(
            "print('hacked')",
            *[
                new_raw_cell(f"hacked {WORST}{ACTIVE}{AWAY}", metadata={"raw_mimetype": kind})
                for kind in ("", "text/html", "text/markdown")
            ],
        ),
        shown_as_text,
    ),
    "markup in the metadata": (
        put.book(
            nbformat.from_dict(
                notebook(
                    new_markdown_cell("hacked", metadata={"tags": [AWAY], "name": AWAY}),
                    new_code_cell("1", metadata={"tags": [AWAY], "more": AWAY}),
                )
                | {"metadata": KERNEL | {"title": AWAY, "authors": [{"name": WORST}]}}
            )
        ),
        shown_as_text,
    ),
    "markup in an attachment": (
        put.cells(
            new_markdown_cell("![x](attachment:x.svg)", attachments={"x.svg": {"text/html": AWAY}})
        ),
        "two: a text cell shows the image 'attachment:x.svg'",
    ),
    "markup for the name of a stream": (
        put.every(
            put.cells(
                new_code_cell("...", outputs=[new_output("stream", name=f'"{AWAY}', text="hacked")])
            ),
            put.without_kernels,
        ),
        shown_as_text,
    ),
    "text turned round in an output": (
        put.shows({"text/html": "<p>hacked a\u202eb\u2066c</p>"}),
        shown_as_text,
    ),
    "formulas in a shown table": (
        put.shows(
            {
                "text/html": (
                    "<table>" + "".join(f"<tr><td>{cell}</td></tr>" for cell in CELLS) + "</table>"
                )
            }
        ),
        neutralised,
    ),
}

FAULTS["surroundings"] = {
    "no home, another folder, and a network that is dead": (
        put.elsewhere(
            put.no_network,
            folder="/",
            HOME=None,
            **dict.fromkeys(("http_proxy", "https_proxy", "HTTPS_PROXY", "ALL_PROXY"), DEAD),
        ),
        undisturbed,
    ),
    "a home that may not be written, and no folder for temporary files": (
        put.elsewhere(HOME="/proc/no/such", USER="nobody", TMPDIR="/proc/no/such"),
        undisturbed,
    ),
    "no room for temporary files": (
        put.elsewhere(put.full_beyond(0)),
        "No usable temporary directory found in […; the last outputs are as they were",
    ),
    "no room for the pages": (
        put.elsewhere(
            put.full_beyond(60_000), driver=DRIVER.replace('"a page"', '"a page" * 50_000')
        ),
        "File too large: …; the last outputs are as they were",
    ),
    "stdout closed": (put.elsewhere(lambda: os.close(1)), published),
    "every stream closed": (
        put.elsewhere(lambda: [os.close(stream) for stream in range(3)] and None),
        published,
    ),
    "a clock 25 years ahead": (put.clock(2051), undisturbed),
    "a clock in 1970": (put.clock(1970), undisturbed),
    "few open files": (
        put.elsewhere(lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (24, 24))),
        "only 24 files may be open at a time, 128 are needed",
    ),
    "few open files, of which more may be asked for": (
        put.elsewhere(
            lambda: resource.setrlimit(
                resource.RLIMIT_NOFILE, (24, resource.getrlimit(resource.RLIMIT_NOFILE)[1])
            )
        ),
        published,
    ),
    "a library of the system that cannot be used": (
        put.every(
            put.raising(claims_json, "write", ImportError("libx.so: version `X_9' not found")),
            put.without_kernels,
            put.reproduce("--force"),
        ),
        "libx.so: version `X_9' not found: it is there and cannot be used",
    ),
    "outputs that may not be written": (
        put.every(put.elsewhere(put.as_owner_only), put.read_only),
        "Permission denied: …outputs/.article.new; the last outputs are as they were",
    ),
    "a file for the outputs": (
        lambda here: (shutil.rmtree(here.outputs), here.outputs.write_text("")),
        "outputs cannot be written (File exists)",
    ),
    "a file where outputs are built, left by a run before which the outputs were a file": (
        put.every(
            lambda here: (here.outputs / ".article.new").write_text(""),
            put.without_kernels,
            put.reproduce("--force"),
        ),
        published,
    ),
    "a disk that is full": (
        put.every(
            put.raising(claims_json, "write", OSError(28, "No space left on device", "x.html")),
            put.without_kernels,
            put.reproduce("--force"),
        ),
        "No space left on device: x.html; the last outputs are as they were",
    ),
    "two runs at once": (
        put.every(put.busy, put.reproduce("--force")),
        "another run is writing outputs/article; wait for it to end",
    ),
    "Ctrl-C": (
        put.every(
            put.raising(claims_json, "write", KeyboardInterrupt()),
            put.without_kernels,
            put.reproduce("--force"),
        ),
        "stopped; the last outputs are as they were",
    ),
    "a process that is ended from outside": (
        put.every(
            lambda here: here.patch.setattr(execute, "execute", put.ended), put.reproduce("--force")
        ),
        (
            "the process of a notebook was ended from outside, perhaps for lack of memory; nothing"
            " is published"
        ),
    ),
    "a run killed between two renames": (put.stopped_between_renames, healed),
    "no git": (
        put.every(lambda here: here.patch.setenv("PATH", ""), put.reproduce("--force")),
        published,
    ),
    "a README.md that is no UTF-8": (
        put.every(
            lambda here: (here.root / "README.md").write_bytes(b"a\n\xff"), put.ask("verify")
        ),
        "README.md:2: the file is not UTF-8",
    ),
    "no CHANGELOG.md": (
        put.every(lambda here: (here.root / "CHANGELOG.md").unlink(), put.ask("check-data")),
        tells("note: CHANGELOG.md is missing. Restore it with git"),
    ),
    "a package missing": (
        put.every(
            put.lacking("papermill", "run.execute", "commands.scenario"), put.reproduce("--force")
        ),
        "papermill… here. `make env` installs all that is needed into .venv",
    ),
    "every package missing": (
        put.process(sys.executable, "-S", "-m", "helpers.machinery", "check-data", cwd=data.ROOT),
        (
            "No module named 'pandas' here. `make env` installs all that is needed into .venv, and"
            " every `make` command runs there"
        ),
    ),
    "a library that cannot be used when the first module is imported": (
        put.modules(pandas="raise ImportError('libx.so: version not found')"),
        "libx.so: version not found: it is there and cannot be used",
    ),
    "a slip in a helper that every command imports": (
        put.helper("data/__init__.py", b"def slip(:\n"),
        "helpers/data/__init__.py, line 1: invalid syntax",
    ),
    "a helper that is no UTF-8": (
        put.helper("data/__init__.py", b"caf\xe9\n"),
        "helpers/data/__init__.py, line …utf-8",
    ),
    "a coding sheet that is no UTF-8": (
        put.sheet(lambda file: file.write_bytes(b"claim,verdict\nC01,\xff\n")),
        "one.csv:2: the file is not UTF-8. Save it as UTF-8",
    ),
    "a pipe for a coding sheet": (
        put.sheet(os.mkfifo),
        "one.csv is no coding sheet ([Errno 22] no plain file",
    ),
    "a CHANGELOG.md that is no UTF-8": (
        put.every(
            lambda here: (here.root / "CHANGELOG.md").write_bytes(b"a\n\n\xff"),
            put.ask("check-data"),
        ),
        "CHANGELOG.md:3: the file is not UTF-8. Save it as UTF-8",
    ),
    "a pipe for CHANGELOG.md": (
        put.every(
            lambda here: (
                (here.root / "CHANGELOG.md").unlink(),
                os.mkfifo(here.root / "CHANGELOG.md"),
            ),
            put.ask("check-data"),
        ),
        tells("note: CHANGELOG.md is missing. Restore it with git"),
    ),
    "a terminal that shows ASCII alone": (put.elsewhere(PYTHONIOENCODING="ascii"), published),
    "a Python too old": (
        put.python_that("version_info"),
        "Python 3.11 or newer is needed: make PYTHON=python3.12 ...",
    ),
    "a Python without venv": (
        put.python_that("ensurepip"),
        "lacks its venv module: install it first",
    ),
}

FAULTS["outputs"] = {
    "a page edited": (put.output("index.html", put.longer), "article: index.html was edited"),
    "an executed notebook edited": (
        put.output("notebooks/two.ipynb", put.longer),
        "article: notebooks/two.ipynb was edited",
    ),
    "a table edited": (
        put.output("data/counts.csv", put.longer),
        "article: data/counts.csv was edited",
    ),
    "a page missing": (put.output("sources.html", Path.unlink), "article: sources.html is missing"),
    "the report missing": (
        put.output("report.html", Path.unlink),
        "article: report.html is missing",
    ),
    "a foreign pipe": (put.output("more.html", os.mkfifo), "article: more.html is no plain file"),
    "a link to nothing": (
        put.output("more.html", lambda file: file.symlink_to("/no/such")),
        "article: more.html is no plain file",
    ),
    "a link to a folder": (
        put.output("more", lambda file: file.symlink_to("/")),
        "article: more is no plain file",
    ),
    "a page that is a link to what it was": (
        put.output(
            "index.html",
            lambda file: (file.rename(file.parents[2] / "kept"), file.symlink_to("../../kept")),
        ),
        "article: index.html is no plain file",
    ),
    "an empty folder": (put.output("more", Path.mkdir), "article: more is no plain file"),
    "a file beside the outputs": (
        lambda here: (here.outputs / "more.html").touch(),
        "more.html is foreign",
    ),
    "a hidden folder beside the outputs": (
        lambda here: (here.outputs / ".more").mkdir(),
        ".more is foreign",
    ),
    "a file beside comparisons": (
        lambda here: ((here.outputs / "compare").mkdir(), (here.outputs / "compare/x").touch()),
        "compare/x is foreign",
    ),
    "outputs that are a link": (
        lambda here: (
            (here.outputs / "article").rename(here.root / "elsewhere"),
            (here.outputs / "article").symlink_to(here.root / "elsewhere"),
        ),
        "article is foreign",
    ),
    "a file named like a stale notebook": (
        put.every(put.output("notebooks/two.ipynb (1)", Path.touch), put.cells("2")),
        (
            "article: notebooks/two.ipynb (1) is foreign…notebooks/two.ipynb is stale:"
            " notebooks/two.ipynb changed"
        ),
    ),
    "a page that is not mailed and its manifest edited": (
        put.every(put.output("index.html", put.longer), put.sealed),
        "article: the files together are not those that README.md states",
    ),
    "a foreign file": (put.output("more.html", Path.touch), "article: more.html is foreign"),
    "the sums edited": (
        put.output(manifest.SUMS, put.longer),
        "article: SHA256SUMS does not list these files as they are",
    ),
    "the sums not UTF-8": (
        put.output(manifest.SUMS, lambda file: file.write_bytes(b"\xff")),
        "article: SHA256SUMS does not list these files as they are",
    ),
    "the sums missing": (
        put.output(manifest.SUMS, Path.unlink),
        "article: SHA256SUMS does not list these files as they are",
    ),
    "the manifest edited": (
        put.output(manifest.NAME, put.longer),
        "article: SHA256SUMS does not list these files as they are",
    ),
    "the manifest missing": (
        put.output(manifest.NAME, Path.unlink),
        "article: manifest.json is missing or cannot be read",
    ),
    "the manifest empty": (
        put.output(manifest.NAME, lambda file: file.write_text("")),
        "article: manifest.json is missing or cannot be read",
    ),
    "the manifest of another shape": (
        put.output(manifest.NAME, lambda file: file.write_text("[]")),
        "article: manifest.json is missing or cannot be read",
    ),
    "a page and its manifest edited": (
        put.every(put.output("report.html", put.longer), put.sealed),
        "article: report.html is not the one that README.md states",
    ),
    "verdicts and their manifest edited": (
        put.every(put.output("claims.json", put.longer), put.sealed),
        "article: claims.json is not the one that README.md states",
    ),
    "the report taken out of the manifest": (
        put.every(put.output("report.html", Path.unlink), put.sealed),
        "article: report.html is not the one that README.md states",
    ),
    "a notebook and its manifest edited": (
        put.every(
            put.output("notebooks/two.ipynb", put.other("<p>two</p>", "<p>six</p>")),
            put.sealed,
            put.reproduce("--force"),
        ),
        as_before,
    ),
    "a page edited, and a run after it": (
        put.every(put.output("index.html", put.longer), put.reproduce()),
        as_before,
    ),
    "a README that is no UTF-8": (
        lambda here: (here.root / "README.md").write_bytes(b"\n\ncaf\xe9"),
        "README.md:3: the file is not UTF-8. Save it as UTF-8",
    ),
    "a README without digests": (
        lambda here: (here.root / "README.md").write_text("# Willing and Able?"),
        "article: report.html is not the one that README.md states",
    ),
    "no README": (
        lambda here: (here.root / "README.md").unlink(),
        "No such file or directory: …README.md",
    ),
    "a table changed since": (
        put.longer_input("data/counts.csv"),
        "article: every page is stale: data/counts.csv changed",
    ),
    "the text of a claim changed since": (
        put.text("claims", "34 countries take part", "35 countries take part"),
        "article: every page is stale: data/claims.csv changed",
    ),
    "a helper changed since": (
        put.longer_input(put.HELPER),
        (
            f"article: notebooks/one.ipynb is stale: {put.HELPER} changed…every page is stale:"
            f" {put.HELPER} changed"
        ),
    ),
    "a helper added since": (
        lambda here: (here.root / "helpers/new.py").touch(),
        "article: notebooks/one.ipynb is stale: helpers/new.py changed",
    ),
    "a helper gone since": (
        lambda here: (here.root / put.HELPER).unlink(),
        f"article: notebooks/one.ipynb is stale: {put.HELPER} changed",
    ),
    "a notebook changed since": (
        put.cells("2"),
        "article: notebooks/two.ipynb is stale: notebooks/two.ipynb changed",
    ),
    "the lock changed since": (
        put.longer_input(put.LOCK),
        f"article: notebooks/one.ipynb is stale: {put.LOCK} changed",
    ),
    "the scenarios changed since": (
        put.longer_input("notebooks/scenarios.yml"),
        "article: notebooks/one.ipynb is stale: notebooks/scenarios.yml changed",
    ),
    "the contract changed since": (
        put.longer_input("data/datapackage.json"),
        "article: notebooks/one.ipynb is stale: data/datapackage.json changed",
    ),
    "outputs of another Python": (
        put.of_python("3.9.1"),
        "article: notebooks/one.ipynb is stale: Python was 3.9.1",
    ),
    "outputs under another name": (
        lambda here: shutil.copytree(here.outputs / "article", here.outputs / "read-only"),
        "read-only: notebooks/one.ipynb is stale: the parameters are others",
    ),
    "outputs of no scenario": (
        lambda here: shutil.copytree(here.outputs / "article", here.outputs / "old"),
        "old: unknown scenario 'old'. There are article, read-only.",
    ),
    "no outputs": (
        lambda here: shutil.rmtree(here.outputs / "article"),
        "there are no outputs to verify; make reproduce makes them",
    ),
}


WHOLE = (  # faults of the tables that a whole run meets; the check of the tables meets the others
    "a cell too many",
    "a missing file",
    "CRLF",
    "UK for a country",
    "a claim without a rule",
    "markup in cells",
    "an address that is dead",
)
TABLES = {name: fault for name, fault in FAULTS["data"].items() if name not in WHOLE}
HANDFUL = {"data": 3, "notebooks": 3, "outputs": 3}  # that `make test` tries, of each group
TRIED = [
    pytest.param(
        group,
        *faults[name],
        id=f"{group}: {name}",
        marks=() if number < HANDFUL.get(group, 0) else pytest.mark.long,
    )
    for group, faults in FAULTS.items()
    for number, name in enumerate(WHOLE if group == "data" else faults)
]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory) -> Checkout:
    """A checkout in a folder with an odd name that was reproduced once, for faults of the
    surroundings.
    """
    checkout = Checkout(tmp_path_factory.mktemp("checkout") / "a b'c\"é")
    write(checkout.notebooks, {"one": notebook(put.ONE)})
    assert checkout.command("reproduce").returncode == 0
    return checkout


@pytest.fixture(scope="module")
def good(new_folder, tmp_path_factory) -> Path:
    """A small repository without a fault."""
    tables = new_folder()
    root = tmp_path_factory.mktemp("good")
    shutil.move(tables.path, root / "data")
    tables.path = root / "data"
    with pytest.MonkeyPatch.context() as patch:
        put.Here(root, tables, patch).furnish()
    return root


@pytest.fixture
def here(good, tiny, tmp_path, monkeypatch, request) -> put.Here:
    """A copy of it, for one fault."""
    shutil.copytree(good, tmp_path, dirs_exist_ok=True)
    return put.Here(tmp_path, tiny, monkeypatch, good, request.getfixturevalue)


@pytest.fixture(scope="module")
def tally(request, tmp_path_factory):
    """A list to which each fault adds whether it was caught; whoever tries the last one says how
    many were.
    """
    caught = []
    yield caught
    shared = tmp_path_factory.getbasetemp()
    shared = (
        shared.parent if hasattr(request.config, "workerinput") else shared
    )  # by all processes that run the tests
    with (shared / "caught").open("a+") as file:
        file.writelines(f"{one}\n" for one in caught)
        file.seek(0)
        found = file.read().split()
    if len(found) == sum(
        "tally" in getattr(item, "fixturenames", ()) for item in request.session.items
    ):
        with request.config.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
            print(f"\nfaults tried {len(found)}, caught {found.count('True')}", file=sys.stderr)


def holds(wanted, said: str) -> bool:
    """Whether the words wanted stand in what was said, in their order."""
    return bool(re.search(".*".join(map(re.escape, wanted.split("…"))), said, re.S))


@pytest.mark.parametrize(("fault", "wanted"), TABLES.values(), ids=TABLES)
def test_a_fault_of_the_tables_is_told_or_does_no_harm(
    fault, wanted, good, tiny, monkeypatch, tally, capfd
):
    tally.append(False)
    here = put.Tables(tiny, good, monkeypatch)
    fault(here)
    capfd.readouterr()
    status = here.check()
    said = "".join(capfd.readouterr())
    if callable(wanted):
        assert status == 0, said
        wanted(here, said)
    else:
        assert status == 1 and holds(wanted, said), said
    tally[-1] = True


@pytest.mark.parametrize(("group", "fault", "wanted"), TRIED)
def test_a_fault_ends_in_a_clear_message_or_in_a_result_that_is_right(
    group, fault, wanted, here, tally, capfd
):
    tally.append(False)
    if group == "outputs":
        here.words = ["verify"]
    fault(here)
    before = files(here.watched)
    capfd.readouterr()
    status = here.run(here.words)
    said = "".join(capfd.readouterr())
    assert "Traceback" not in said, said
    if callable(wanted):
        assert status == 0, said
        wanted(here, said)
    else:
        assert status not in (0, None), said
        assert holds(wanted, said), said
        assert files(here.watched) == before
        assert not [*here.outputs.glob(".*.new"), *here.outputs.glob(".*.old")]
    tally[-1] = True
