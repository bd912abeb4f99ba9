"""Each rule of the contract: the fault is put into a tiny folder, and exactly that finding comes out."""

import pytest

from helpers.machinery import check_data

# table, row changed, cells, where it is told (the row if not the changed one, column), words of the rule, words of the fix
CASES = {
    # text
    "bidi control": ("counts", "count/2025-12-15", {"note": "a\u202eb"}, "note", "invisible character U+202E", "Delete it"),
    "NUL": ("counts", "count/2025-12-15", {"note": "a\0b"}, "note", "invisible character U+0000", "Delete it"),
    "zero width": ("counts", "count/2025-12-15", {"sense": "all\u200b members"}, "sense", "invisible character U+200B", "Delete it"),
    "line break": ("counts", "count/2025-12-15", {"note": "one\ntwo"}, "note", "invisible character U+000A", "Delete it"),
    "leading tab": ("counts", "count/2025-12-15", {"note": "\tx"}, "note", "invisible character U+0009", "Delete it"),
    "trailing space": ("signatories", "signatory/fra", {"party": "FRA "}, "party", "blank at the start or end", "Write 'FRA'"),
    "leading blank": ("counts", "count/2025-12-15", {"note": "\u00a0x"}, "note", "blank at the start or end", "Write 'x'"),
    "formula =": ("counts", "count/2025-12-15", {"note": "=HYPERLINK(1)"}, "note", "as a formula", "Begin it with a word"),
    "formula +": ("counts", "count/2025-12-15", {"note": "+1"}, "note", "as a formula", "Begin it with a word"),
    "formula @": ("counts", "count/2025-12-15", {"note": "@x"}, "note", "as a formula", "Begin it with a word"),
    "formula -": ("counts", "count/2025-12-15", {"note": "-1+2"}, "note", "as a formula", "Begin it with a word"),
    # addresses
    "file address": ("sources", "book", {"url": "file:///etc/passwd"}, "url", "only http and https", "https://example.org"),
    "script address": ("sources", "book", {"url": "javascript:alert(1)"}, "url", "only http and https", "https://example.org"),
    "credentials": ("sources", "book", {"url": "https://me:secret@a.example/"}, "url", "user name or password", "https://example.org"),
    "blank in address": ("sources", "book", {"url": "https://a.example/x y"}, "url", "no address", "https://example.org"),
    "quote in address": ("sources", "book", {"url": 'https://a.example/"x'}, "url", "no address", "https://example.org"),
    "no host": ("sources", "book", {"url": "https:///page"}, "url", "no address", "https://example.org"),
    "no such port": ("sources", "book", {"url": "https://a.example:99999/"}, "url", "no address (Port", "https://example.org"),
    # dates
    "29 February": ("signatories", "signatory/fra", {"date": "2025-02-29"}, "date", "no such date", "Write YYYY, YYYY-MM or YYYY-MM-DD"),
    "month 13": ("signatories", "signatory/fra", {"date": "2025-13-01"}, "date", "no such date", "Write YYYY"),
    "slashes": ("signatories", "signatory/fra", {"date": "01/02/2025"}, "date", "no such date", "Write YYYY"),
    "unpadded": ("signatories", "signatory/fra", {"date": "2025-1-5"}, "date", "no such date", "Write YYYY"),
    "year 0": ("signatories", "signatory/fra", {"date": "0000"}, "date", "no such date", "Write YYYY"),
    "left before joined": ("accessions", "eu/gbr", {"left": "1972"}, "left", "before joined, 1973-01-01", "which of the two"),
    "read before published": (
        "sources", "copy-2025-03", {"accessed": "2025-03-20"},
        "accessed", "before published, 2025-03-21", "which of the two",
    ),
    "after its source came out": (
        "signatories", "signatory/fra", {"date": "2025-12-16"},
        "date", "after gov-2025 was published, 2025-12-15", "what lies ahead",
    ),
    "after its source was read": ("accessions", "nato/fra", {"joined": "2027"}, "joined", "after book was read, 2026-11-22", "what lies ahead"),
    # ranges
    "low above value": (
        "capabilities", "tanker/fra/2025-12", {"in_service_low": "14"},
        "in_service_low", "in_service_low 14 is more than in_service 13", "Order",
    ),
    "value above high": (
        "capabilities", "tanker/fra/2025-12", {"in_service": "16"},
        "in_service_high", "in_service 16 is more than in_service_high 15", "Order",
    ),
    "low above high": ("indicators", "expenditure/gbr/2025", {"low": "5", "high": "4"}, "low", "low 5.0 is more than high 4.0", "Order"),
    "low above base": ("parameters", "fuel/a330", {"low": "111001"}, "low", "low 111001.0 is more than base 111000.0", "Order"),
    "base above high": ("parameters", "fuel/a330", {"base": "111300"}, "high", "base 111300.0 is more than high 111200.0", "Order"),
    # lists
    "two blanks": (
        "members", "member/fra", {"attested_by": "attestation/london/fra  attestation/video/fra"},
        "attested_by", "single spaces", "Write 'att",
    ),
    "named twice": (
        "capabilities", "tanker/pool/2025-03", {"pooled_by": "FRA DEU FRA"},
        "pooled_by", "FRA stands twice", "Name each once",
    ),
    "unknown state in a list": (
        "capabilities", "tanker/pool/2025-03", {"pooled_by": "FRA UK"},
        "pooled_by", "no row 'UK'", "Did you mean GBR?",
    ),
    "commas": ("orders", "order/1", {"joining": "FRA,DEU"}, "joining", "no row 'FRA,DEU'", ""),
    "unknown source in a list": (
        "readings", "C24/definition/all", {"source_ids": "boook"},
        "source_ids", "no row 'boook'", "Did you mean book?",
    ),
    # keys
    "UK": ("signatories", "signatory/gbr", {"party": "UK"}, "party", "no row 'UK' in data/countries.csv", "Did you mean GBR?"),
    "lower case": ("signatories", "signatory/gbr", {"party": "gbr"}, "party", "no row 'gbr'", "Did you mean GBR?"),
    "country by name": ("signatories", "signatory/gbr", {"party": "FRANCE"}, "party", "no row 'FRANCE'", "Did you mean FRA?"),
    "country by its beginning": ("signatories", "signatory/gbr", {"party": "GER"}, "party", "no row 'GER'", "Did you mean DEU?"),
    "nearly right": ("signatories", "signatory/gbr", {"party": "TURR"}, "party", "no row 'TURR'", "Did you mean TUR?"),
    "nobody's code": ("signatories", "signatory/gbr", {"party": "XKX"}, "party", "no row 'XKX'", "add the country"),
    "country NA": ("signatories", "signatory/gbr", {"party": "NA"}, "party", "no row 'NA'", ""),
    "unknown source": (
        "counts", "count/2025-12-15", {"source_id": "gov-2026"},
        "source_id", "no row 'gov-2026'", "Did you mean gov-2025?",
    ),
    "source to be added": (
        "counts", "count/2025-12-15", {"source_id": "zzz"},
        "source_id", "no row 'zzz'", "Add it to data/sources.csv first",
    ),
    "reading of no claim": (
        "readings", "C99/x/y", {"claim": "C99", "choice": "x", "option": "y", "as_worded": "yes"},
        "claim", "no row 'C99'", "",
    ),
    "state twice": ("members", "member/usa-2", {}, "country", "the same country as in line 7", "keep one"),
    "indicator twice": (
        "indicators", "personnel/gbr-2", {},
        "edition", "the same country, indicator, year, edition as in line 6", "keep one",
    ),
    "number twice": ("deliveries", "delivery/3", {"number": "2"}, "number", "the same fleet, number as in line 3", "keep one"),
    "id of another table": (
        "orders", "order/1", {"id": "count/2025-12-15"},
        "id", "the id stands twice, first in data/counts.csv:2", "its own",
    ),
    # values
    "empty": ("counts", "count/2025-12-15", {"sense": ""}, "sense", "must not be empty", "Fill in: What the number counts"),
    "empty number": ("counts", "count/2025-12-15", {"count": ""}, "count", "must not be empty", "Fill in: Number of states"),
    "not allowed": ("counts", "count/2025-12-15", {"counted": "Member"}, "counted", "not an allowed value", "Did you mean members?"),
    "far from allowed": (
        "counts", "count/2025-12-15", {"ukraine": "xyz"},
        "ukraine", "not an allowed value", "There are inside, outside, unclear",
    ),
    "NULL": ("counts", "count/2025-12-15", {"verification": "NULL"}, "verification", "not an allowed value", "There are read"),
    "form of an id": (
        "counts", "count/2025-12-15", {"id": "Count 1"},
        "id", "not of the form wanted", "Write it like count/2025-11-17-macron",
    ),
    "negative": ("counts", "count/2025-12-15", {"count": "-3"}, "count", "minimum is 0", "empty where unknown"),
    # grades
    "derived without a column": (
        "accessions", "nato/fra", {"verification": "derived"},
        "verification", "not named", "no column for them",
    ),
    "derived without names": (
        "members", "member/usa", {"verification": "derived"},
        "attested_by", "not named", "Name them in attested_by",
    ),
    "derived from itself": (
        "capabilities", "tanker/usa/2025-12", {"verification": "derived", "derived_from": "tanker/usa/2025-12"},
        "derived_from", "derived from itself", "Name the rows",
    ),
    # fleets
    "directory by default": (
        "capabilities", "tanker/usa/directory", {"rank": "default"},
        "rank", "a directory total is no fleet", "Rank it rival",
    ),
    "second default": (
        "capabilities", "tanker/usa/2025-12-b", {"fleet": "pool-a330"},
        "rank", "a second default count", "Rank one of them rival",
    ),
    "owners of a national fleet": (
        "capabilities", "tanker/usa/2025-12", {"pooled_by": "FRA"},
        "pooled_by", "owners of a fleet that is national", "Empty it",
    ),
    "undated, dated otherwise": (
        "capabilities", "tanker/fra/2025-12", {"observed": "2025-11"},
        "observed", "not the date of its source", "Write 2025-12-15",
    ),
    "fleet changes hands": (
        "capabilities", "tanker/fra/2025-12", {"operator": "DEU"},
        "operator", "other rows of fleet 'fra-a330' have 'FRA'", "Write that",
    ),
    "count against deliveries": (
        "capabilities", "tanker/pool/2025-03", {"in_service": "3"},
        "in_service", "2 delivered by 2025-03-10", "Mend one",
    ),
    "count in a month of delivery": (
        "capabilities", "tanker/pool/2025-03", {"in_service": "4", "observed": "2025", "source_id": "gov-2025"},
        "in_service", "2 to 3 delivered by 2025", "Mend one",
    ),
    "gap in numbers": ("deliveries", "delivery/3", {"number": "4"}, "number", "number 3 of the fleet is missing", "without a gap"),
    "numbers against dates": ("deliveries", "delivery/2", {"date": "2020-01"}, "date", "before number 1, 2020-06-30", "order of date"),
    "fleet of no count": ("orders", "order/3", {"fleet": "pool-a33"}, "fleet", "no such fleet", "Did you mean pool-a330?"),
    "delivered unordered": (
        "orders", "order/2", {"quantity": "0"},
        ("deliveries", "delivery/3", "fleet"), "3 aircraft delivered and 2 ordered", "Add the order",
    ),
    # members
    "another day than the meeting": (
        "attestations", "attestation/video/fra", {"date": "2025-03-16"},
        "date", "not the day of meeting/video", "Write 2025-03-15",
    ),
    "since another day": (
        "members", "member/fra", {"since": "2025-03-15"},
        "since", "the earliest attestation named is of 2025-03-02", "Write 2025-03-02",
    ),
    "since without attestation": ("members", "member/usa", {"since": "2025"}, "since", "of no day", "Empty it"),
    "attested by another": (
        "members", "member/gbr", {"attested_by": "attestation/video/fra"},
        "attested_by", "of another state", "of GBR",
    ),
    "member unattested": ("members", "member/jpn", {"attested_by": "", "since": ""}, "attested_by", "without an attestation", "Name one"),
    "member by denial": (
        "members", "member/usa", {"attested_by": "attestation/2025-12/usa", "part": "member"},
        "attested_by", "without an attestation", "",
    ),
    "attested without a part": (
        "attestations", "attestation/2025-12/deu", {"country": "DEU"},
        "country", "without a row in data/members.csv", "Add one",
    ),
    "attested and outside": (
        "attestations", "attestation/2025-12/usa-2", {"kind": "listed"},
        "country", "outside in data/members.csv", "Mend one",
    ),
    # indicators
    "unit of another indicator": (
        "indicators", "personnel/gbr", {"unit": "USD million, current prices and exchange rates"},
        "unit", "other rows of indicator 'active personnel' have 'persons'", "Write that",
    ),
    "edition out twice": (
        "indicators", "personnel/gbr", {"edition_published": "2025-06"},
        "edition_published", "edition 'CIA 2025' have '2025'", "Write that",
    ),
    "edition of another year": (
        "indicators", "expenditure/gbr/2025", {"edition_published": "2025-04"},
        "edition_published", "another year than SIPRI 2026", "",
    ),
    "year to come": (
        "indicators", "expenditure/gbr/2025", {"year": "2027"},
        "year", "after the edition came out, 2026-04", "which is right",
    ),
    "parameter twice": (
        "parameters", "fuel/kc-135", {"applies_to": "KC-135R/T; A330 MRTT"},
        "applies_to", "F_cap of A330 MRTT as in line 2", "Keep one",
    ),
    # claims and readings
    "set with a wrong code": ("claims", "C03", {"stated": "JPN UK"}, "stated", "UK is no row", "Did you mean GBR?"),
    "set out of order": ("claims", "C03", {"stated": "USA JPN"}, "stated", "not in order", "Write JPN USA"),
    "more than a word": ("claims", "C24", {"stated": "600+"}, "stated", "not a whole number", "Digits only"),
    "more than a decimal": ("claims", "C24", {"stated": "600.5"}, "stated", "not a whole number to be more than", "Digits only"),
    "equal to a word": ("claims", "C02", {"stated": "thirty-four"}, "stated", "not a whole number to be equal to", "Digits only"),
    "true as yes": ("claims", "C28", {"stated": "yes"}, "stated", "compared with true", "Write true"),
    "id of a reading": (
        "readings", "C02/counting/press", {"option": "papers"},
        "id", "not claim/choice/option", "Write C02/counting/papers",
    ),
    "vote on nothing": ("readings", "C24/definition/jets", {"source_ids": ""}, "votes", "0 independent sources", "let it not vote"),
    "vote on one origin": (
        "readings", "C24/definition/jets", {"source_ids": "copy-2025-03 paper-2025-03"},
        "votes", "1 independent source, none", "",
    ),
    "none as worded": ("readings", "C24/definition/all", {"as_worded": "no"}, "as_worded", "0 options", "Mark the one"),
    "two as worded": (
        "readings", "C24/definition/jets", {"as_worded": "yes"},
        ("readings", "C24/definition/all", "as_worded"), "2 options of C24/definition", "Mark the one",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("table", "id", "cells", "where", "rule", "fix"), CASES.values(), ids=CASES)
def test_a_fault_is_found_once_with_its_line_and_a_fix(tiny, table, id, cells, where, rule, fix):
    line = tiny.put(table, id, **cells)
    column = where
    if isinstance(where, tuple):
        table, other, column = where
        line = tiny.put(table, other)
    found = check_data.check(tiny.path)
    assert [(one.table, one.line, one.column) for one in found] == [(table, line, column)]
    assert rule in found[0].rule
    assert fix in found[0].fix


def test_how_exact_a_date_is_votes_without_a_source(tiny):
    row = {"claim": "C02", "choice": "timing", "votes": "yes", "source_ids": ""}
    tiny.put("readings", "C02/timing/settled", **row, option="settled", as_worded="yes")
    tiny.put("readings", "C02/timing/open", **row, option="open", as_worded="no")
    assert check_data.check(tiny.path) == []


@pytest.mark.parametrize(
    ("table", "id", "cells"),
    [
        ("counts", "count/2025-12-15", {"note": "-1.5"}),
        ("counts", "count/2025-12-15", {"note": "– 3 × <script>alert('x')</script> & NULL"}),
        ("counts", "count/2025-12-15", {"date": "2025"}),
        ("sources", "book", {"url": "https://a.example:8080/x?y=1&z=%20#s"}),
        ("sources", "book", {"published": "2026-11"}),
        ("signatories", "signatory/fra", {"date": "2025-12"}),
        ("accessions", "eu/gbr", {"left": "1973"}),
        ("capabilities", "tanker/fra/2025-12", {"in_service": "", "in_service_low": "15"}),
        ("capabilities", "tanker/fra/2025-12", {"observed": "2025"}),
        ("capabilities", "tanker/pool/2025-03", {"in_service": "5", "rank": "rival"}),
        ("capabilities", "tanker/pool/2025-03", {"in_service": ""}),
        ("capabilities", "tanker/usa/directory", {"observed_basis": "source date", "observed": "2024-12"}),
        ("readings", "C24/definition/jets", {"source_ids": "gov-2025"}),
        ("readings", "C24/definition/all", {"votes": "yes"}),
    ],
)
def test_what_is_allowed_is_no_finding(tiny, table, id, cells):
    tiny.put(table, id, **cells)
    assert check_data.check(tiny.path) == []
