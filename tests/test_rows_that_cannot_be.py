"""Rows that look right and cannot be: each rule is met by a row of today with one cell spoilt."""

import pytest

from helpers import data
from helpers.machinery.check import (
    days_of_reports,
    every_check,
    exchanged_or_mistyped_cells,
    ids_names_and_addresses,
    jumps_and_sums,
    one_fact_said_twice,
)
from helpers.machinery.check.rule_book import Row


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
    ("id", "address", "codes"),
    [
        ("gov-pl-2025-12-16", "https://www.gov.pl/web/primeminister/page", []),
        ("gov-pl-2025-12-16", "https://www.gov.fr/web/primeminister/page", ["not-named"]),
        ("gov-plus-2025-12-16", "https://www.gov.pl/web/primeminister/page", ["not-named"]),
    ],
)
def test_an_id_may_begin_with_the_host_of_its_address(today, id, address, codes):
    rule = ids_names_and_addresses.names_stand_in_ids_or_addresses
    publisher = "Chancellery of the Prime Minister of Poland"
    cells = {"source_id": id, "publisher": publisher, "url": address, "quoted_publisher": ""}
    row = Row("sources", dict(today["sources"][0]) | cells | {"title": "Leaders meet", "line": 2})
    found = rule([row], data.contract()["sources"]["schema"], today)
    assert [fault.code for fault in found] == codes


def test_a_whole_number_is_told_as_the_file_has_it(today):
    found = told(today, "indicators", "personnel/deu/2025/cia-2025", value=180_000_000.0)
    assert {fault.value for fault in found if fault.column == "value"} == {"180000000"}


def test_a_claim_may_be_a_short_sentence(today):
    rule = exchanged_or_mistyped_cells.texts_are_written_as_their_column
    for claim, codes in (
        ("Britain has more tankers than France", []),
        ("Britain has tankers", ["too-few-or-many-words"]),
    ):
        found = told(today, "claims", "C02", rule, claim=claim)
        assert [fault.code for fault in found if fault.column == "claim"] == codes


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
