"""Rows that look right and cannot be: each rule is met by a row of today with one cell spoilt."""

import itertools
import json
import random
import re
import shutil
from collections import Counter

import every_slip
import pytest
from spoilt_rows import KINDS, caught
from worlds_with_other_rows import kept

from helpers import claims, data
from helpers.claims import Outcome, Reading
from helpers.machinery.check import (
    changelog,
    days_of_reports,
    declarations_known,
    every_check,
    grades,
    ids_names_and_addresses,
    jumps_and_sums,
    lookalike_letters,
    one_fact_said_twice,
    what_changed_rows_move,
    words_of_the_quotation,
)
from helpers.machinery.check.rule_book import Row
from helpers.quantities import Quantity


def told(today, table, id, function=None, **cells):
    """What the rules of every table say when cells of one row are others."""
    key, rows = data.key(table), today[table]
    spoilt = [
        Row(table, dict(row) | cells | {"line": row.line}) if row[key] == id else row
        for row in rows
    ]
    assert any(row[key] == id for row in rows), f"{id} is gone"
    schema, found = data.contract()[table]["schema"], []
    for rule in [function] if function else every_check.rule_book.EACH:
        found += list(rule(spoilt, schema, today | {table: spoilt}))
    return found


CASES = {
    "a thousand times too much": (
        "indicators",
        "personnel/deu/2025/cia-2025",
        {"value": 180_000_000.0},
        ("value", "outside 0 to"),
    ),
    "more soldiers sent than the state has": (
        "deployments",
        "deployment/alb/kfor-2025",
        {"personnel": 9_000},
        ("personnel", "half of the state's active personnel"),
    ),
    "more states than there are": (
        "counts",
        "count/2025-11-25-macron",
        {"count": 55},
        ("count", "states of data/countries.csv"),
    ),
    "a fleet that jumps": (
        "capabilities",
        "tanker/usa-kc-46/2022-12",
        {"in_service": 650},
        ("in_service", "times apart"),
    ),
    "before the coalition": (
        "attestations",
        "attestation/2025-03-27-paris/fra",
        {"date": "1999-03-27"},
        ("date", "the first day that anyone dates the coalition to"),
    ),
    "two years before its source": (
        "statements",
        "statement/2025-02-18-trump",
        {"date": "2023-02-18"},
        ("date", "days before"),
    ),
    "an id of another day": (
        "positions",
        "position/can/2025-09-04/political",
        {"date": "2025-09-03"},
        ("date", "the id has 2025-09-04"),
    ),
    "an id of another state": (
        "positions",
        "position/can/2025-09-04/political",
        {"country": "DEU"},
        ("country", "is of another country"),
    ),
    "a corrected date that moves again": (
        "positions",
        "position/bel/2025-09-23/land",
        {"date": "2025-09-23"},
        ("date", "the day was corrected"),
    ),
    "an organisation that signs": (
        "signatories",
        "signatory/2025-12-15/deu",
        {"party": "NATO"},
        ("party", "is no state or EU"),
    ),
    "a Cyrillic letter": (
        "capabilities",
        "tanker/usa-kc-46/2022-12",
        {"type": "K\u0421-46A"},
        ("type", "CYRILLIC CAPITAL LETTER ES looks like a letter of ours"),
    ),
    "a no-break space": (
        "countries",
        "DEU",
        {"name": "Ger\u00a0many"},
        ("name", "a blank or hyphen that is none of the keyboard's, U+00A0"),
    ),
    "read in a wrong encoding": (
        "countries",
        "TUR",
        {"note": "TÃ¼rkiye"},
        ("note", "read in a wrong encoding"),
    ),
    "two alphabets in one word": (
        "counts",
        "count/2025-11-25-macron",
        {"note": "P\u0430ris"},
        ("note", "letters of Cyrillic, Latin in one word"),
    ),
    "publisher and title exchanged": (
        "sources",
        "nato-topics-2012",
        {"publisher": "Member countries of it", "title": "NATO"},
        ("publisher", "neither a word of this name"),
    ),
    "another day than the address has": (
        "sources",
        "publicsenat-2025-09",
        {"published": "2024-01", "url": "https://www.publicsenat.fr/2025/09/page"},
        ("published", "the address has 2025-09"),
    ),
    "a refusal without a no": (
        "positions",
        "position/usa/2025-08-19/land",
        {"quoted": "The president has definitively stated", "follows": ""},
        ("position", "nothing in quoted or follows says so"),
    ),
    "a quotation that breaks off": (
        "positions",
        "position/usa/2025-08-19/land",
        {"quoted": "US boots will not be on the"},
        ("quoted", "breaks off at 'the'"),
    ),
    "an accession on no such day": (
        "accessions",
        "nato/fin",
        {"joined": "2023-04-05"},
        ("joined", "not among those that datapackage.json lists"),
    ),
    "a pool without a size": (
        "proposals",
        "proposal/2024-12-18-reuters",
        {"low": None},
        ("pool", "low is empty"),
    ),
    "aircraft on order that are none in service": (
        "capabilities",
        "satellite/prt-sar/2026-03",
        {"in_service": None, "on_order": 1},
        ("on_order", "in_service is empty"),
    ),
    "publisher and title exchanged, both in the address": (
        "sources",
        "airandspaceforces-tankerhigh-watermark",
        {"publisher": "Tanker High-Water Mark", "title": "Air & Space Forces Magazine"},
        ("publisher", "neither a word of this name"),
    ),
    "the first and the next nation exchanged": (
        "command",
        "command/force-commander/2026-05-20-next",
        {"first_nation": "GBR", "next_nation": "FRA"},
        ("next_nation", "nothing in statement or quoted says so"),
    ),
    "in service and on order exchanged, none on order before": (
        "capabilities",
        "tanker/ita-a330-mrtt/2026-02-23",
        {"in_service": 6, "on_order": 0},
        ("in_service", "lists it as less"),
    ),
    "column and row of a tile exchanged": (
        "countries",
        "ISL",
        {"tile_column": 0, "tile_row": 2},
        ("tile_column", "less than tile_row, 2"),
    ),
    "two countries on one tile": (
        "countries",
        "ISL",
        {"tile_column": 0, "tile_row": 4},
        ("tile_row", "the same tile_column, tile_row as in line"),
    ),
    "speaker and statement exchanged": (
        "statements",
        "statement/2025-06-04-bloomberg",
        {"speaker": "No air defences behind the force"},
        ("said_by", "nothing in speaker says so"),
    ),
    "a part and the rest exchanged": (
        "shares",
        "share/2025-satellites",
        {"us": 49.0, "others": 246.0, "share": None},
        ("us", "does not list the row"),
    ),
    "an end in thousands": (
        "proposals",
        "proposal/2025-03-gcsp-plan",
        {"low": 10},
        ("low", "15,000 is more than 5 times 10"),
    ),
    "a coordinate in thousandths": (
        "places",
        "place/waddington",
        {"longitude": -0.0005238},
        ("longitude", "more than 4 decimals"),
    ),
    "a chosen number of five figures": (
        "proposals",
        "proposal/2026-01-euractiv",
        {"high": 30_030},
        ("high", "30030 has more than 2 figures"),
    ),
    "a sum that does not come out": (
        "indicators",
        "combat-aircraft/esp/2025/gfp-2025",
        {"value": 147.0},
        ("value", "is no sum, difference, product"),
    ),
    "a jump that is none": (
        "capabilities",
        "tanker/mmf-a330-mrtt/2025-04-11",
        {"note": "Jump from 3 to 9: bought."},
        ("note", "that the rows do not have"),
    ),
    "latitude and longitude exchanged": (
        "places",
        "place/krzesiny",
        {"latitude": 16.9664, "longitude": 52.3317},
        ("latitude", "no POL is outside"),
    ),
    "an owner that is no member": (
        "orders",
        "order/mmf/2025-06-24",
        {"joining": "DNK USA"},
        ("joining", "USA is not among"),
    ),
    "a note where the place belongs": (
        "positions",
        "position/pol/2025-09-04/land",
        {"locator": "Day of the page.", "note": "paragraph 3; read in a copy of it"},
        ("note", "sentences begin with a large letter and end with a full stop"),
    ),
    "no place where the place belongs": (
        "positions",
        "position/pol/2025-09-04/land",
        {"locator": "Poland, on the day"},
        ("locator", "names a place in the source"),
    ),
    "our reckoning for the words quoted": (
        "costs",
        "cost/deu/isaf-2011",
        {"quoted": "the soldiers: 5,000 under the mandate of ISAF in 2011."},
        ("quoted", "ends without a full stop"),
    ),
    "a quotation for a place name": (
        "command",
        "command/force-commander/2025-09-06",
        {"location": "Derzeit ist geplant, dass Frankreich und Großbritannien gemeinsam führen"},
        ("location", "9 words, where 1 to"),
    ),
    "a tenth of what nobody quotes": (
        "precedents",
        "precedent/ifor/1996-04",
        {"personnel": 5_500},
        ("personnel", "entered a second time as 55000"),
    ),
    "a number in no words and entered once": (
        "deployments",
        "deployment/alb/kfor-2025",
        {"personnel": 520},
        ("personnel", "it is entered only once"),
    ),
    "a number taken away that is entered twice": (
        "precedents",
        "precedent/ifor/1996-04",
        {"personnel": None},
        ("personnel", "entered a second time as 55000"),
    ),
    "up to for more than": (
        "deployments",
        "deployment/gbr/all-2024",
        {"low": None, "high": 8_000},
        ("high", "as 'up to' would"),
    ),
    "general knowledge for what was read": (
        "places",
        "place/cologne",
        {"source_id": "general-knowledge"},
        ("source_id", "the grade is read"),
    ),
    "the copy of another edition": (
        "deployments",
        "deployment/alb/kfor-2025",
        {"source_id": "factbook-json-2025-12-11"},
        ("source_id", "has '8662a8b1', by which factbook-json-2026-01 is known"),
    ),
    "a source of nobody's attestation": (
        "members",
        "member/fra",
        {"source_id": "republika-2025-03-13"},
        ("source_id", "no row that attested_by names rests on it"),
    ),
    "a month of raids after its source": (
        "raids",
        "raid/2025-09",
        {"source_id": "interfax-2025-05-02-drones"},
        ("month", "after interfax-2025-05-02-drones was published"),
    ),
    "a base in a country without limits": (
        "places",
        "place/krzesiny",
        {"country": "JPN"},
        ("latitude", "nothing says how large JPN can be"),
    ),
    "dollars for euros": (
        "costs",
        "cost/deu/isaf-2011",
        {"currency": "USD"},
        ("currency", "nothing in quoted or follows or note says so"),
    ),
    "a state that declined offers": (
        "positions",
        "position/pol/2025-09-04/land",
        {"position": "offered"},
        ("position", "statement says 'no troops'"),
    ),
    "a thousandth that other words hold": (
        "costs",
        "cost/usa/afghanistan-2012",
        {"persons": 66},
        ("persons", "entered a second time as 66000"),
    ),
    "a reckoning without words quoted": (
        "places",
        "place/area-west",
        {"follows": "A round coordinate chosen here."},
        ("follows", "filled, but quoted is empty"),
    ),
    "a paper made official": (
        "sources",
        "rbc-2025-09-04-poland",
        {"kind": "official"},
        ("kind", "nothing in publisher says so"),
    ),
    "a record ten years before it was reported": (
        "records",
        "record/libya-fuel-per-tanker-day",
        {"date": "2001-07-19"},
        ("date", "at most 370 are allowed"),
    ),
    "a state that declined and goes": (
        "positions",
        "position/jpn/2025-09-05/land",
        {"inside_ukraine": "yes"},
        ("inside_ukraine", "position is 'declined', which goes with no"),
    ),
    "a task that waits for a ceasefire and begins in the war": (
        "tasks",
        "task/2025-08-13/reassurance-force",
        {"begins": "while the war goes on"},
        ("begins", "precondition is 'ceasefire', which goes with after a ceasefire"),
    ),
    "borne out by nobody": (
        "statements",
        "statement/2025-08-20-lavrov",
        {"corroborated_by": ""},
        ("corroborated_by", "goes with what is not empty"),
    ),
    "borne out by the page itself": (
        "statements",
        "statement/2025-08-20-lavrov",
        {"corroborated_by": "Cyprus Mail of the day"},
        ("corroborated_by", "published the row's own source"),
    ),
    "another office": (
        "statements",
        "statement/2025-03-20-starmer-us",
        {"office": "president"},
        ("office", "other rows of speaker 'Keir Starmer'"),
    ),
    "the signer of another state": (
        "signatories",
        "signatory/2025-12-15/swe",
        {"signed_by": "President Stubb", "quoted": "President Stubb"},
        ("date", "the same signed_by, date"),
    ),
    "a star too few": (
        "command",
        "command/force-commander/2025-09-06",
        {"level": "two-star"},
        ("level", "nothing in statement"),
    ),
    "what is planned said to be there": (
        "command",
        "command/force-commander/2025-09-06",
        {"step": "established"},
        ("step", "statement says 'by current plans'"),
    ),
    "a user of satellites said to fly them": (
        "attributions",
        "attribution/2024-sofrep-delta-7",
        {"role": "operates"},
        ("role", "nothing in statement"),
    ),
    "another state's reconnaissance office": (
        "attributions",
        "attribution/2011-fas-nro",
        {"country": "JPN"},
        ("country", "other rows of unit 'National Reconnaissance Office' have 'USA'"),
    ),
    "minutes for decimals of a degree": (
        "places",
        "place/dubno",
        {"latitude": 50.2664},
        ("latitude", "entered a second time as 50.444"),
    ),
    "what was received said to be wanted": (
        "batteries",
        "battery/ukr/samp-t-2025",
        {"standing": "wanted"},
        ("standing", "nothing in quoted"),
    ),
    "a quotation cut before its not": (
        "positions",
        "position/svk/2025-09-05/land",
        {"quoted": "Slovakia will"},
        ("quoted", "breaks off at 'will'"),
    ),
    "chances that do not add up": (
        "forecasts",
        "forecast/2025-03-31-glimt-none-by-2025-12-31",
        {"probability": 0.9},
        ("probability", "comes to"),
    ),
}


@pytest.mark.parametrize(("table", "id", "cells", "wanted"), CASES.values(), ids=CASES)
def test_what_cannot_be_is_told_with_its_reason(today, table, id, cells, wanted):
    column, rule = wanted
    found = told(today, table, id, **cells)
    assert any(one.column == column and rule in one.rule for one in found), [*map(str, found)]
    assert all(one.fix for one in found)


def test_a_share_agrees_with_its_part_and_rest(today):
    found = told(
        today,
        "shares",
        "share/2025-satellites",
        jumps_and_sums.parts_add_up,
        share=0.5,
        us=246.0,
        others=49.0,
    )
    assert [one.column for one in found] == ["share"]
    assert "246 of 295 are 0.834" in found[0].rule


@pytest.mark.parametrize("table", data.contract())
def test_a_fact_entered_again_under_another_id_is_refused(today, table):
    key = data.key(table)
    assert data.contract()[table]["schema"]["uniqueKeys"]
    for row in today[table]:
        cells = {name: f"{row[name]} again" for name in ("note", "title") if row.get(name)}
        if table == "sources":
            cells.pop("title", None)
        again = Row(table, dict(row) | cells | {key: f"{row[key]}-b", "line": 9999})
        found = every_check.text_dates_and_references.unique_keys_are_unique(
            [*today[table], again], data.contract()[table]["schema"], today
        )
        assert list(found), row[key]


def test_a_jump_is_taken_with_both_numbers_and_a_reason(today):
    id = "tanker/usa-kc-46/2022-12"
    rule = jumps_and_sums.jumps_have_a_reason
    assert told(today, "capabilities", id, rule) == []
    assert told(today, "capabilities", id, rule, note="Jump from 33 to 66: more.") != []
    assert told(today, "capabilities", id, rule, note="Jump from 33 to 65:") != []


@pytest.mark.parametrize(
    "title",
    ["https://example.org/page", "www.example.org", "example.org/page", "GOV.UK", "www.gov.uk"],
)
def test_an_address_is_no_title(today, title):
    rule = ids_names_and_addresses.titles_are_no_addresses
    [fault] = told(today, "sources", "govuk-2025-12-15", rule, title=title)
    assert (fault.column, fault.code) == ("title", "address-for-title")


@pytest.mark.parametrize(
    "title", ["global_military_firepower_2025.csv", "And/or: a report", "C-130J"]
)
def test_a_file_or_a_slash_may_stand_in_a_title(today, title):
    rule = ids_names_and_addresses.titles_are_no_addresses
    assert told(today, "sources", "govuk-2025-12-15", rule, title=title) == []


def test_every_source_has_a_title(today):
    for row in today["sources"]:
        assert row["title"], row["source_id"]


def test_a_statement_says_how_its_day_is_known(today):
    rule = days_of_reports.a_day_is_told
    for table in ("positions", "statements"):
        row = next(one for one in today[table] if (one["note"] or "") == "Day of the page.")
        [fault] = told(today, table, row["id"], rule, note="", follows="", quoted="no troops")
        assert (fault.column, fault.code) == ("date", "day-not-told")
        assert told(today, table, row["id"], rule, note="", follows="Said on Monday.") == []
    # an official text of the day tells it itself; one of another day does not
    official = next(
        one
        for one in today["positions"]
        if one["source_id"] == "govuk-2025-12-15" and one["date"] == "2025-12-15"
    )
    bare = {"note": "", "follows": "", "quoted": "no troops"}
    assert told(today, "positions", official["id"], rule, **bare) == []
    assert told(today, "positions", official["id"], rule, **bare | {"date": "2025-12-14"}) != []


@pytest.mark.parametrize(
    ("table", "column"),
    [("statements", "statement"), ("positions", "statement"), ("counts", "sense")],
)
def test_a_fact_told_in_other_words_under_another_id_is_one_fact(today, table, column):
    row = today[table][0]
    again = {data.key(table): "again", "line": 999, "note": "", column: f"{row[column]} again"}
    other = Row(table, dict(row) | again)
    schema, rule = data.contract()[table]["schema"], one_fact_said_twice.a_fact_is_said_once
    [fault] = rule([*today[table], other], schema, today)
    assert (fault.code, fault.column, fault.line) == ("said-twice", column, 999)
    other["source_id"] = "another"
    assert list(rule([*today[table], other], schema, today)) == []


def test_an_earlier_fact_says_so(today):
    id, rule = "order/mmf/2016-07-28", days_of_reports.facts_are_reported_in_time
    assert told(today, "orders", id, rule) == []
    (fault,) = told(today, "orders", id, rule, note="")
    assert "1618 days before" in fault.rule and "Earlier: " in fault.fix


def test_every_declaration_names_columns_and_ids_that_are_there(today):
    schemas = {name: resource["schema"] for name, resource in data.contract().items()}
    assert declarations_known.unknown_columns(schemas) == []
    for name, schema in schemas.items():
        ids = {row[data.key(name)] for row in today[name]}
        listed = set(schema.get("id", {}).get("but", {}))
        for name_of in ("recalled", "one_voice", "one_source"):
            listed |= set(schema.get(name_of, {}).get("but", []))
        for field in schema["fields"]:
            listed |= set(field.get("words", {}).get("but", []))
            for name_of in (
                "reached",
                "figures",
                "at_least",
                "alone",
                "exact",
                "not_own",
                "shorter",
                "spelled",
            ):
                listed |= set(field.get(name_of, {}).get("but", []))
            listed |= set(field.get("again", {})).union(*field.get("exactly", {}).values())
            needs = field.get("needs")
            listed |= set(needs.get("but", []) if isinstance(needs, dict) else [])
        assert listed <= ids, name


def test_no_fix_asks_for_a_column_that_the_table_lacks(today):
    """A source has no quotation: what names one in its fix cannot be followed there."""
    asked = 0
    for name, resource in data.contract().items():
        fields = resource["schema"]["fields"]
        own = {field["name"] for field in fields}
        for field in fields:
            words = field.get("words", {})
            for value in [*words.get("say", {}), *words.get("not", {})]:
                place = words.get("in", ["quoted"])[0]
                wrong = " ".join(["x", *words.get("not", {}).get(value, [])])
                cells = {field["name"]: value, place: wrong, "line": 2}
                row = Row(name, dict.fromkeys(own, "") | cells)
                only = {"fields": [field], "primaryKey": resource["schema"]["primaryKey"]}
                for fault in words_of_the_quotation.what_is_said_stands_in_the_quotation(
                    [row], only, today
                ):
                    asked += 1
                    named = set(re.findall(r"`(\w+)`", fault.fix)) & {"quoted", "follows"}
                    named |= {"quoted"} if fault.fix.startswith("Quote") else set()
                    assert named <= own, f"{name}.{field['name']}: {fault.fix}"
    assert asked > 50


def test_a_declaration_that_names_no_column_is_told(tmp_path):
    for file in [data.DATA / data.CONTRACT, *data.DATA.glob("*.csv")]:
        shutil.copy(file, tmp_path)
    package = json.loads((tmp_path / data.CONTRACT).read_text("utf-8"))
    package["resources"][2]["schema"]["id"]["holds"] = ["land"]
    (tmp_path / data.CONTRACT).write_text(json.dumps(package), "utf-8")
    (fault,) = every_check.check(tmp_path)
    assert "accessions names accessions.land, which is no column" in str(fault)


def test_a_declaration_that_lacks_a_part_is_told_and_not_run_into(tiny):
    package = json.loads((data.DATA / data.CONTRACT).read_text("utf-8"))
    schemas = {one["name"]: one["schema"] for one in package["resources"]}
    assert declarations_known.incomplete(schemas) == []
    tried, names = 0, declarations_known.PARTS
    for table, schema in schemas.items():
        places = [(table, schema), *((f"{table}.{f['name']}", f) for f in schema["fields"])]
        for (place, holder), name in itertools.product(places, names):
            form = holder.get(name)
            form = form[0] if isinstance(form, list) and form else form
            for part in names[name].split() if isinstance(form, dict) else []:
                was, tried = form.pop(part), tried + 1
                told = declarations_known.incomplete({table: schema})
                assert told == [f"`{name}` of {place} lacks `{part}`"]
                form[part] = was
    assert tried > 200
    odd = {"written": {"as": "odd", "lacks": ["none"]}, "each_of": {"also": [], "parted": ";"}}
    odd["each_of"]["column"] = "nowhere"
    told = declarations_known.incomplete({"t": {"fields": [{"name": "c"} | odd]}})
    assert sorted(told) == [
        "`each_of` of t.c names nowhere: not table.column",
        "`written` of t.c names none: no such form",
        "`written` of t.c names odd: no such form",
    ]
    file = tiny.path / data.CONTRACT
    package = json.loads(file.read_text("utf-8"))
    package["resources"][0]["schema"]["fields"][0]["limits"] = {}
    file.write_text(json.dumps(package), "utf-8")
    assert [fault.rule for fault in every_check.check(tiny.path)] != []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("TÃ¼rkiye", "Türkiye"), ("donâ€™t", "don’t"), ("Türkiye", None), ("Âge", None), ("", None)],
)
def test_text_read_in_a_wrong_encoding_is_mended(text, wanted):
    assert lookalike_letters.mended(text) == wanted


@pytest.mark.parametrize(
    ("one", "other"),
    [("KC-135", "KC\u2011135"), ("KC-135", "KC-l35"), ("Élysée", "Elysee"), ("RC-2O", "rc-20")],
)
def test_names_that_look_alike_have_one_outline(one, other):
    assert lookalike_letters.outline(one) == lookalike_letters.outline(other)


def test_japanese_stands_next_to_latin_letters_but_not_cyrillic():
    schema = {"fields": [{"name": "quoted", "type": "string"}]}

    def said(words):
        rows = [Row("capabilities", {"line": 2, "quoted": words})]
        return [
            fault.code for fault in lookalike_letters.words_are_of_one_alphabet(rows, schema, {})
        ]

    assert said("空自E2Dは計8機") == []
    assert said("空自E2Dе") == ["mixed-letters"], "the last e is Cyrillic"


def graded(grade, relay, note="", place="", of="own", kind="press"):
    """What the rule says of a row of a table with these cells."""
    told = {"publisher": "TASS", "quoted_publisher": relay, "kind": kind, "note": of}
    source = Row("sources", {"line": 2, "source_id": "s", **told})
    cells = {"line": 2, "source_id": "s", "verification": grade, "locator": place, "note": note}
    schema = {"fields": [{"name": name} for name in cells if name != "line"]}
    found = grades.grades_fit_the_source([Row("counts", cells)], schema, {"sources": [source]})
    return [(one.column, str(one)) for one in found]


def test_a_grade_that_its_source_contradicts_is_a_fault():
    [(column, told)] = graded("read", "Reuters")
    assert column == "verification" and "passes on Reuters" in told
    [(column, told)] = graded("read", "", kind="relay")
    assert column == "verification" and "passes on not named" in told
    [(column, told)] = graded("secondary", "")
    assert column == "verification" and "whose figure it is" in told
    for cell in (
        {"note": "From an interview with NBC News."},
        {"of": "An interview with the NBC."},
    ):
        [(column, told)] = graded("read", "", **cell)
        assert column == "verification" and "first said to NBC" in told
    [(column, told)] = graded("recall", "", place="paragraph 2")
    assert column == "locator" and "no place in a source" in told


@pytest.mark.parametrize(
    "cells",
    [
        {"grade": "read", "relay": ""},
        {"grade": "secondary", "relay": "Reuters"},
        {"grade": "secondary", "relay": "not named"},
        {"grade": "recall", "relay": "The Guardian"},
        {"grade": "derived", "relay": "Reuters"},
        {"grade": "read", "relay": "10 Downing Street", "of": "Full copy of the official text."},
        {"grade": "read", "relay": "Bloomberg", "note": "The sentence is the paper's own words."},
        {"grade": "read", "relay": "", "note": "The blog's own words.", "kind": "relay"},
        {"grade": "secondary", "relay": "", "place": "third pillar, as rendered by Liga; read"},
        {"grade": "secondary", "relay": "", "place": "as quoted by TASS"},
        {"grade": "read", "relay": "", "note": "From an interview with TASS."},
        {"grade": "secondary", "relay": "NBC News", "note": "From an interview with NBC News."},
    ],
)
def test_each_case_of_the_rule_of_grades_passes(cells):
    assert graded(**cells) == []


@pytest.mark.parametrize(
    ("what", "of", "faults"),
    [
        ("A truce is announced", "The addresses were read, not the pages they lead to.", 1),
        ("By headlines alone: a truce", "The addresses were read, not the pages.", 0),
        ("A truce is announced", "Title after the address.", 0),
    ],
)
def test_an_event_known_from_addresses_says_so(what, of, faults):
    event = Row("events", {"line": 2, "source_id": "s", "what": what})
    source = Row("sources", {"line": 2, "source_id": "s", "note": of})
    found = list(grades.headlines_are_told_as_such([event], [source]))
    assert [one.column for one in found] == ["what"] * faults


@pytest.mark.parametrize(
    ("publisher", "first", "faults"),
    [("Tiroler Tageszeitung (APA)", "", 1), ("GZH (AFP)", "AFP", 0), ("APA", "", 0)],
)
def test_an_agency_beside_a_paper_is_the_first_publisher(publisher, first, faults):
    source = Row("sources", {"line": 2, "publisher": publisher, "quoted_publisher": first})
    found = list(grades.agencies_are_first_publishers([source]))
    assert [one.column for one in found] == ["publisher"] * faults


def test_words_that_only_resemble_the_rule_do_not_excuse():
    assert graded("read", "10 Downing Street", of="A copy of the text in full.")
    assert graded("read", "Bloomberg", note="In its known words.")
    assert graded("secondary", "", place="as quoted by")


def judge(folder, names):
    """Two claims of a test: how many signed, and who counted most."""
    signed = len(data.read("signatories", folder)[0])
    most = data.read("counts", folder)[0]["count"].max()
    every = {
        "C12": f"{'holds' if signed == 2 else 'fails'} (1 of 1, {signed})",
        "the answer on states": str(most),
    }
    return {name: state for name, state in every.items() if names is None or name in names}


@pytest.fixture
def committed(tiny, committed_to_git):
    (tiny.path.parent / "CHANGELOG.md").write_text("# Changelog\n")
    committed_to_git(tiny.path.parent)
    return tiny


def second_look(tiny):
    return what_changed_rows_move.told(tiny.path, judge, tiny.path.parent / "CHANGELOG.md")


def test_without_a_change_nothing_is_told(committed):
    assert second_look(committed) == ([], True)


def test_each_changed_row_is_told_with_what_it_moves(committed):
    committed.put("signatories", "signatory/deu", party="DEU")
    committed.put("orders", "order/1", note="seen again")
    lines, logged = second_look(committed)
    assert lines[0] == "new: signatory/deu: C12 holds (1 of 1, 2) → fails (1 of 1, 3)"
    assert (
        lines[1] == "changed: order/1: moves no verdict, reading or answer as of 20 December 2025"
        " (`make compare` tells what later days show)"
    )
    assert lines[2].startswith("the verdict on C12 moves, holds (1 of 1, 2) → fails")
    assert lines[2].endswith("add a line to CHANGELOG.md that names C12")
    assert not logged


def test_a_verdict_that_moved_with_its_line_is_well(committed):
    committed.put("signatories", "signatory/deu", party="DEU")
    with (committed.path.parent / "CHANGELOG.md").open("a") as log:
        log.write("| 2026-11-29 | signatory/deu | | | C12 holds → fails | gov |\n")
    lines, logged = second_look(committed)
    assert len(lines) == 1 and logged


def test_a_number_that_moves_alone_asks_for_no_verdict(committed):
    committed.put("counts", "count/2025-12-15", count="36")
    lines, logged = second_look(committed)
    assert logged and "the answer on states" in lines[0]


def test_a_new_row_that_a_later_one_supersedes_is_told_so(committed):
    rows = {row["id"]: row for row in committed.rows("capabilities")}
    newest = rows["tanker/usa/2025-12"]
    committed.put(
        "capabilities",
        "tanker/usa/2024-05",
        **newest | {"id": "tanker/usa/2024-05", "observed": "2024-05"},
    )
    (line,), _ = second_look(committed)
    day = newest["observed"] if len(newest["observed"]) > 7 else newest["observed"] + "-01"
    assert line.startswith(f"new: tanker/usa/2024-05: {what_changed_rows_move.NOTHING}; from 1 ")
    assert line.endswith(" on tanker/usa/2025-12 takes its place") and day[:4] in line
    committed.put("capabilities", "tanker/usa/2024-05", observed="2026-05")
    (line,), _ = second_look(committed)
    assert line == f"new: tanker/usa/2024-05: {what_changed_rows_move.NOTHING}", (
        "it is the newest itself"
    )


def test_a_row_that_is_gone_is_told(committed):
    committed.drop("signatories", "signatory/gbr")
    lines, logged = second_look(committed)
    assert lines[0].startswith("gone: signatory/gbr: C12 holds") and not logged


def test_a_quotation_that_lost_its_end_is_asked_for(committed):
    table, id = "counts", "count/2025-12-15"
    long = what_changed_rows_move.Change(
        table, id, {"quoted": "ready if asked"}, {"quoted": "ready"}
    )
    assert long.lost == "if asked"
    assert not what_changed_rows_move.Change(
        table, id, {"quoted": "ready"}, {"quoted": "ready if asked"}
    ).lost
    assert not what_changed_rows_move.Change(table, id, {"quoted": "ready"}, {"quoted": ""}).lost


def test_a_state_tells_numbers_with_their_ranges_and_what_stands_beside_the_claim(monkeypatch):
    beside = "the reading ‘navy too’ beside C24"
    readings = [
        Reading({"of": "large"}, (), True, True, Outcome(True, Quantity(9, 8, None))),
        Reading({"of": "all"}, (), False, True, Outcome(True, Quantity(12, 12, 12))),
        Reading({"of": "navy-too"}, (), False, False, Outcome(None, ["FRA", "GBR"])),
    ]
    monkeypatch.setattr(claims, "judged", lambda: ["C24"])
    monkeypatch.setattr(claims, "read", lambda claim, world: readings)
    wanted = {"C24": "holds (2 of 2, 9 from 8 to an open end; 12)", beside: "not known, FRA GBR"}
    for names in (["C24"], [beside]):
        assert what_changed_rows_move.judged(data.DATA, names) == wanted
    moved = what_changed_rows_move._words(beside, wanted, {beside: "true, FRA"})
    assert moved == f"{beside} not known, FRA GBR → true, FRA"
    assert not what_changed_rows_move._turned(moved)


def test_of_many_states_those_in_both_lists_are_left_out():
    states = "AUS AUT BEL CAN DNK FIN FRA"
    was, now = {"C02": f"holds (1 of 1, {states})"}, {"C02": f"holds (1 of 1, {states} GBR)"}
    moved = what_changed_rows_move._words("C02", was, now)
    assert moved == "C02 holds (1 of 1, …) → holds (1 of 1, … GBR)"
    assert not what_changed_rows_move._turned(moved)


def test_outside_git_nothing_is_told(tiny):
    assert what_changed_rows_move.told(tiny.path, judge, changelog.CHANGELOG) == ([], True)


def test_most_of_a_small_sample_of_corruptions_is_refused(today):
    known = {table: [row for row in rows if kept(table, row)] for table, rows in today.items()}
    count, _, missed = caught(known, seed=1, each=2)  # whatever rows are added to draw from
    assert sum(count.values()) >= 14, missed
    sure = Counter({kind: count[kind] for kind in KINDS})
    for kind in ("a fact twice", "a look-alike letter", "a party that cannot be"):
        assert sure[kind] == 2, missed


def passing(tables, kind: str, table: str, most: int | None = None):
    """The slips of one kind in a table that pass, of all or of so many drawn by chance; words
    exchanged with words are left out.
    """
    every = [
        slip for slip in every_slip.KINDS[kind](table, tables) if not every_slip.of_words(slip[0])
    ]
    chosen = random.Random(f"{kind} {table}").sample(every, min(most or len(every), len(every)))
    found = every_slip.passing(table, tables, chosen)
    return [f"{what}: {row[data.key(table)]}" for what, _, row in found]


@pytest.mark.parametrize("kind", every_slip.KINDS)
def test_of_slips_drawn_by_chance_none_passes(today, kind):
    for table in ("accessions", "signatories", "capabilities"):
        assert passing(today, kind, table, 30) == []


@pytest.mark.long
@pytest.mark.parametrize("table", data.contract())
@pytest.mark.parametrize("kind", every_slip.KINDS)
def test_of_slips_in_any_table_none_passes(today, kind, table):
    assert passing(today, kind, table, 200) == []  # all: python tests/every_slip.py


def test_a_slip_that_no_rule_knows_is_found_to_pass(today):
    row = today["signatories"][0]
    same = every_slip.changed(row, note="Another note.")
    far = every_slip.changed(row, party="NATO")
    found = every_slip.passing("signatories", today, [("x", row, same), ("y", row, far)])
    assert [what for what, *_ in found] == ["x"]


@pytest.mark.parametrize(
    ("table", "id", "cells", "wanted"),
    [
        ("deliveries", "delivery/mmf/1", {"tail": "T-054"}, "not-spelled"),
        ("orders", "order/mmf/2018-03-01", {"joining": "CZE"}, "stands-in-two-rows"),
        ("claims", "C03", {"position": 40}, "falls"),
        (
            "positions",
            "position/nor/2025-09-04/land-radio-svoboda",
            {"said_by": "official"},
            "said-differently",
        ),
        ("attestations", "attestation/2025-03-02-london/nor", {"level": "minister"}, "not-said"),
        ("counts", "count/2026-02-president-ua", {"counted": "members"}, "said-otherwise"),
        ("places", "place/mildenhall", {"kind": "fighter base"}, "not-said"),
        (
            "attributions",
            "attribution/2022-buckley-delta-4",
            {"unit": "Space Delta 7"},
            "name-of-another-id",
        ),
        ("formations", "formation/gbr/4th-brigade-2025-04", {"kind": "division"}, "not-said"),
        ("mandates", "mandate/deu/2006", {"decides": "government"}, "said-otherwise"),
        ("records", "record/rc-135w-best-month", {"sensor": "airborne early warning"}, "not-said"),
        ("counts", "count/2025-08-19-una", {"ukraine": "inside"}, "not-said"),
        (
            "statements",
            "statement/2025-02-26-trump",
            {"subject": "NATO troops in Ukraine"},
            "not-said",
        ),
    ],
)
def test_what_a_hurried_hand_writes_is_refused(today, table, id, cells, wanted):
    assert wanted in [fault.code for fault in told(today, table, id, **cells)]
