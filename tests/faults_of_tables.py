"""Faults of the tables, each with the message that it ends in, or with what is right instead."""

import codecs
import os
import random
import re
from pathlib import Path

import broken_repository as put
from what_is_right import (
    A330,
    COUNT,
    SIGNED,
    WORST,
    at_least,
    published,
    shown_as_text,
    stays,
    tells,
    the_same_tables,
)

from helpers import data

NAMED = "</script><script>hacked = 1</script><img src=x onerror='hacked = 1'>"  # as long as a name
WHOLE_NUMBER = "not a whole number. Digits only, a point for decimals; empty where unknown"
FORMULA = "a spreadsheet would run the cell as a formula. Begin it with a word or a quotation mark"
DATE = "no such date. Write YYYY, YYYY-MM or YYYY-MM-DD, as exact as known"
ADDRESS = "Give the public address, as https://example.org/page"
OF_TABLES = {
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
        "data/parameters.csv:3 base '-5': less than 0. Look at the source again",
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
        "latitude '30.5': entered a second time as 50.4",
    ),
    "a partial list said to be complete": (
        put.of_all(
            put.row("attributions", "attribution/2025-04-20-spacenews-nro", exhaustive="yes")
        ),
        "exhaustive 'yes': nothing in statement or quoted or follows says so",
    ),
    "an exchange that both agreed to, by one side": (
        put.of_all(put.row("events", "event/2025-05-16-istanbul", agreed_by="Russia only")),
        "agreed_by 'Russia only': what says 'exchange of'",
    ),
    "one of two who agreed left out": (
        put.of_all(put.row("events", "event/2025-05-16-istanbul", parties="UKR TUR")),
        "parties 'UKR TUR': RUS is left out: agreed_by is 'both'",
    ),
    "a state that the words name left out": (
        put.of_all(put.row("events", "event/2026-02-17-geneva", parties="RUS USA")),
        "parties 'RUS USA': UKR is left out: what names Ukraine",
    ),
    "a state that signed left out of the meeting": (
        put.of_all(put.text("events", "NLD NOR POL SWE EU UKR USA", "NLD NOR SWE EU UKR USA")),
        "party 'POL': POL is not among the parties of the meeting in data/events.csv",
    ),
    "a ceasefire that no event tells of": (
        put.of_all(
            put.row(
                "forecasts",
                "forecast/2023-05-good-judgment-open-ceasefire-by-2023-05-04",
                outcome="yes",
            )
        ),
        "outcome 'yes': data/events.csv has nothing (both, general ceasefire or",
    ),
    "a type left out of one parameter": (
        put.of_all(
            put.row(
                "parameters",
                "turn-round/fighters",
                applies_to="Eurofighter Typhoon; Rafale; F-35A; JAS 39 Gripen",
            )
        ),
        "no row with symbol t_turn lists F-16, as this one does",
    ),
    "what is remembered as published": (
        put.of_all(put.row("parameters", "turn-round/fighters", origin="published")),
        "origin 'published': source_id is 'general-knowledge', which goes with assumption or",
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
