"""The rules on people, promises, dates and words (notebooks 01 to 03): each is turned by a row, and
each kind of fault that a review found stays out.
"""

from dataclasses import replace

import pytest
from worlds_with_other_rows import ARTICLE, came_to, unseen

from helpers import (
    claims,
    commitments,
    data,
    membership,
    sources_that_count,
    timeline,
    who_would_send,
)

NOTEBOOKS = data.load("claims")["notebook"]
CLAIMS = [claim for claim in claims.of_article() if NOTEBOOKS[claim] < "04"]
LONDON, FEBRUARY = "event/2025-03-02-london", "event/2025-02-dated-by-elysee"
RUSSIA = "task/2025-12-17/response"
HEADQUARTERS = "command/operational-headquarters/2025-07-10-starmer"
MACRON = "command/operational-headquarters/2025-11-17-macron"
WRITTEN = "command/kyiv/2025-09-06"
JOINT = "command/force-commander/2025-09-06-after-move"
FORM = "command/force-commander/2025-09-06"
MOVE = "command/rotation-london/2025-07-10"
TRUCE = "event/2025-05-16-istanbul"
WAITS = ("task/2025-03-27/deal-unknown", "task/2025-04-10/guarantee")
PUTIN = "statement/2025-09-05-putin"
PESKOV = "statement/2025-12-17-peskov"
TRUMP = "statement/2025-02-27-trump"
ALBANIA = "attestation/2025-09-04-paris/alb"


FOUNDED = {  # one account of February is left against the act and a report of London
    FEBRUARY: {"evidence_of": "other"},
    "event/2025-02-dated-by-reuters": None,
}
TWO_STARS = {"like": HEADQUARTERS, "level": "two-star", "evidence_of": "level"}
ALL_DECLINED = {
    id: {"position": "declined"}
    for id in ARTICLE.table("positions").query("position != 'unknown'").index
}
# claim, options, rows changed, what the reading comes to
TURNED = [
    ("C01", {}, {"events": FOUNDED}, True),
    ("C01", {}, {"events": {LONDON: None}}, False),  # February alone has an official text
    ("C01", {}, {}, None),
    ("C29", {}, {"tasks": {RUSSIA: {"against": "either side"}}}, True),
    ("C29", {}, {}, None),
    ("C02", {}, {}, True),
    ("C02", {}, {"members": {"member/nzl": {"part": "partner"}}}, False),
    (
        "C02",
        {},
        {"attestations": {"new": {"like": ALBANIA, "kind": "disavowed", "date": "2025-11-01"}}},
        None,
    ),
    ("C03", {}, {}, True),
    ("C03", {}, {"members": {"member/pol": {"part": "partner"}}}, False),
    (
        "C03",
        {},
        {"attestations": {"new": {"like": ALBANIA, "kind": "disavowed", "date": "2025-11-01"}}},
        None,
    ),
    ("C04", {}, {}, True),
    ("C04", {}, {"accessions": {"nato/fin": {"joined": "2026-04-04"}}}, False),
    ("C04", {}, {"accessions": dict.fromkeys(ARTICLE.table("accessions").index)}, None),
    ("C05", {}, {}, True),
    ("C05", {}, {"positions": ALL_DECLINED}, False),
    ("C05", {}, {"positions": dict.fromkeys(ARTICLE.table("positions").index)}, None),
    ("C06", {}, {}, True),
    ("C06", {}, {"command": {FORM: {"level": "two-star"}}}, False),
    ("C06", {}, {"command": {FORM: {"level": ""}}}, None),
    ("C06", {}, {"command": {FORM: {"level": ""}, "command/new": TWO_STARS}}, False),
    ("C06", {"asked": "all-of-it"}, {}, True),
    (
        "C06",
        {"asked": "all-of-it"},
        {"command": {id: {"said_by": "press"} for id in (HEADQUARTERS, MACRON)}},
        None,
    ),
    (
        "C06",
        {"asked": "at-work"},
        {
            "command": {
                "new": {
                    "like": HEADQUARTERS,
                    "date": "2025-12-01",
                    "step": "planned",
                    "excludes": "at work now",
                }
            }
        },
        False,
    ),
    ("C07", {}, {}, True),
    ("C07", {}, {"command": {WRITTEN: {"nations": "FRA"}}}, False),
    ("C07", {}, {"command": {"command/kyiv/2025-07-10": None, WRITTEN: {"level": ""}}}, None),
    ("C07", {"step": "established"}, {"command": {WRITTEN: {"step": "established"}}}, True),
    ("C07", {"step": "established"}, {}, False),
    (
        "C07",
        {"step": "established"},
        {"command": {"command/kyiv/2025-07-10": {"excludes": ""}}},
        None,
    ),
    ("C08a", {}, {"command": {FORM: {"evidence_of": "commander", "first_nation": "FRA"}}}, True),
    ("C08a", {}, {"command": {FORM: {"evidence_of": "commander", "first_nation": "GBR"}}}, False),
    ("C08a", {}, {}, None),
    ("C08b", {}, {"command": {JOINT: {"excludes": "", "next_nation": "GBR"}}}, True),
    ("C08b", {}, {}, False),
    ("C08b", {}, {"command": {JOINT: {"excludes": ""}}}, None),
    ("C08b", {"passes": "headquarters"}, {"command": {MOVE: {"rotation_months": 24}}}, False),
    ("C08b", {"passes": "headquarters"}, {"command": {MOVE: {"rotation_months": None}}}, None),
    ("C09", {}, {}, True),
    ("C09", {}, {"claims": {"C09": {"stated": "10"}}}, False),
    ("C09", {}, {"events": {"event/2025-12-16-article-not-before": {"date": "2025-11-28"}}}, None),
    ("C10", {}, {}, True),
    (
        "C10",
        {},
        {"events": {TRUCE: {"evidence_of": "terms for an end", "lasting": "open-ended"}}},
        False,
    ),
    ("C10", {}, {"events": {TRUCE: {"evidence_of": "terms for an end", "lasting": ""}}}, None),
    ("C11", {}, {}, True),
    ("C11", {}, {"tasks": {RUSSIA: {"begins": "while the war goes on"}}}, False),
    ("C11", {}, {"tasks": {RUSSIA: {"begins": ""}}}, None),
    ("C11", {"settlement": "settlement"}, {}, False),
    ("C30", {}, {}, True),
    ("C30", {}, {"tasks": {RUSSIA: {"assets": "yes", "trigger": "yes"}}}, False),
    (
        "C30",
        {},
        {
            "tasks": {id: {"waits_for_terms": "no"} for id in WAITS},
            "command": {FORM: {"waits_for_terms": ""}},
        },
        None,
    ),
    ("C12", {}, {}, True),
    ("C12", {}, {"signatories": {"signatory/2025-12-15/swe": None}}, False),
    ("C12", {}, {"signatories": dict.fromkeys(ARTICLE.table("signatories").index)}, None),
    ("C13", {}, {}, True),
    ("C13", {}, {"tasks": {"task/2025-12-15/skies": None}}, False),
    ("C13", {}, {"tasks": {"task/2025-12-15/regeneration": {"of_force": ""}}}, None),
    ("C14", {}, {}, True),
    ("C14", {}, {"statements": {"statement/2025-12-16-ryabkov": {"date": "2025-12-01"}}}, False),
    ("C14", {}, {"statements": {"statement/2025-12-16-ryabkov": {"date": "2025-12-11"}}}, None),
    ("C15", {}, {}, True),
    ("C15", {}, {"statements": {"statement/2025-12-15-officials-nyt-banner": None}}, None),
    ("C31", {}, {}, True),
    ("C31", {}, {"statements": {PUTIN: {"stance": "accepts"}}}, False),
    ("C31", {}, {"statements": {PESKOV: {"stance": "accepts"}}}, None),
    ("C17", {}, {"statements": {TRUMP: {"date": "2025-04-27", "stance": "refuses"}}}, True),
    ("C17", {}, {"statements": {TRUMP: {"date": "2025-04-27", "stance": "offers"}}}, False),
    ("C17", {}, {}, None),
    ("C18", {}, {}, True),
    ("C18", {}, {"statements": {"statement/2025-08-25-trump": {"means_named": "promised"}}}, False),
    ("C18", {}, {"statements": {"statement/2025-08-25-trump": {"means_named": ""}}}, None),
    ("C18", {}, {"statements": {"statement/2025-08-19-trump": {"stance": "offers"}}}, False),
    ("C33", {}, {}, True),
    ("C33", {}, {"tasks": {"task/2025-12-15/us-support": {"numbers": "yes"}}}, False),
    ("C33", {}, {"tasks": {"task/2025-12-15/us-support": None}}, None),
]


@pytest.mark.parametrize(("claim", "options", "tables", "wanted"), TURNED)
def test_a_row_turns_a_reading(altered, claim, options, tables, wanted):
    assert came_to(claim, altered(tables, claim), **options).holds is wanted


NEVER = {  # what a claim as meant cannot come to, since no column could say it
    ("C29", False),  # a text that rules armed force out: tasks have no such column
    ("C15", False),  # nobody can be on record that nothing was said
}


def test_every_claim_is_seen_to_come_to_all_that_it_can():
    assert unseen(CLAIMS, TURNED) == NEVER


# Kinds of fault that a review found


def test_a_text_that_names_one_side_or_none_is_silent_on_the_other(altered):
    assert came_to("C29", act="strike-russia").holds
    assert came_to("C29", act="strike").holds is None


def test_what_is_no_task_of_the_force_decides_nothing(altered):
    help_in_the_war = {"of_force": "no", "begins": "while the war goes on", "assets": "yes"}
    world = altered({"tasks": {RUSSIA: help_in_the_war | {"trigger": "yes"}}})
    assert came_to("C30", world).holds
    assert came_to("C11", world).holds


def test_a_text_that_does_not_say_when_leaves_the_word_to_others(altered):
    world = altered({"tasks": {RUSSIA: {"begins": "not said"}}})
    assert came_to("C11", world).holds
    silent = ARTICLE.table("tasks").query("purpose_word == 'deterrence'").index
    world = altered({"tasks": {id: {"begins": "not said"} for id in silent}})
    assert came_to("C11", world).holds is None


def test_a_row_that_is_evidence_of_something_else_decides_nothing(altered):
    forerunner = altered({"events": FOUNDED | {FEBRUARY: {"evidence_of": "forerunner"}}})
    assert came_to("C01", forerunner).holds
    on_the_move = altered({"command": {MOVE: {"next_nation": "GBR"}, JOINT: None}})
    assert came_to("C08b", on_the_move, passes="command").holds is None
    new = {"like": HEADQUARTERS, "level": "three-star"}
    for evidence_of, holds in (("site", None), ("level", True)):
        command = {FORM: {"level": ""}, "command/new": new | {"evidence_of": evidence_of}}
        world = altered({"command": command})
        assert came_to("C06", world, asked="three-star").holds is holds


def test_more_reports_do_not_outvote_an_official_text(altered):
    for events in ({FEBRUARY: None}, {FEBRUARY: {"parties": None}}, {LONDON: {"parties": None}}):
        assert came_to("C01", altered({"events": events})).holds is not False


def test_pauses_and_exchanges_are_no_terms_and_what_one_side_says_is_no_agreement(altered):
    pause = {"evidence_of": "pause of days", "lasting": "days", "scope": "general ceasefire"}
    world = altered({"events": {TRUCE: pause}})
    assert came_to("C10", world).holds
    assert came_to("C10", world, extent="any-truce").holds is False
    one = {"evidence_of": "terms for an end", "lasting": "open-ended", "agreed_by": "Russia only"}
    assert came_to("C10", altered({"events": {TRUCE: one}})).holds


def test_a_search_carries_what_it_concludes_and_no_day_after_it(altered):
    ids = list(ARTICLE.table("searches").query("claim == 'C10' and concludes != ''").index)
    for cells in ({"concludes": "mixed"}, {"concludes": "found"}, {"covers_to": "2025-12-19"}):
        world = altered({"searches": dict.fromkeys(ids, cells)})
        assert came_to("C10", world).holds is None
    assert came_to("C10", altered({}, as_of="2026-12-01")).holds is None
    assert claims.judge("C17", ARTICLE).verdict == "unsupported"
    world = altered({"searches": {"search/C17/april-president": {"concludes": "mixed"}}})
    assert claims.judge("C17", world).verdict == "undecided"


def test_a_search_that_arrives_later_counts_by_its_claim_and_its_conclusion(altered):
    own = "search/C08a/who-first"
    new = {"like": own, "covers_to": "2026-11-29"}
    for searches, verdict in (
        ({own: None}, "undecided"),
        ({own: None, "search/new": new}, "unsupported"),
        ({own: None, "search/new": new | {"claim": "C08b"}}, "undecided"),
        ({own: None, "search/new": new | {"concludes": "found"}}, "undecided"),
    ):
        assert claims.judge("C08a", altered({"searches": searches})).verdict == verdict


def test_one_partys_word_is_not_taken_as_anothers(altered):
    accepted = {"stance": "accepts", "date": "2025-12-19"}
    for cells in ({"about": "another"}, {"said_by": "unnamed"}, {"country": "USA"}):
        world = altered({"statements": {PUTIN: {}, PESKOV: accepted | cells}})
        assert came_to("C31", world).holds


def test_a_word_of_lower_rank_or_on_another_subject_changes_nothing(altered):
    lower = {"office": "other", "stance": "accepts"}
    assert came_to("C31", altered({"statements": {PESKOV: lower}})).holds
    other = {"subject": "security guarantees", "stance": "accepts"}
    assert came_to("C31", altered({"statements": {PESKOV: other}})).holds


def test_help_that_is_possible_is_not_promised(altered):
    spoke = "statement/2025-08-25-trump"
    world = altered({"statements": {spoke: {"means_named": "as a possibility"}}})
    assert came_to("C18", world).holds


def test_a_missing_row_says_nothing(altered):
    newest = {*commitments.positions(ARTICLE).index, *commitments.numbers(ARTICLE).index}
    assert newest > set(came_to("C05").rows)  # no other row can change what a state said last
    for id in newest:
        assert came_to("C05", altered({"positions": {id: None}})).holds is not False


def test_reports_of_unnamed_persons_and_other_missions_are_no_word_of_a_state(altered):
    own = commitments.giving(ARTICLE, "land")
    assert set(own["said_by"]) <= set(data.OWN_WORD)
    for cells in ({"said_by": "unnamed"}, {"mission": "another mission"}, {"mission": ""}):
        world = altered({"positions": dict.fromkeys(own.index, cells)})
        rows = commitments.giving(world, "land")
        assert not set(rows.index) & set(own.index)


def test_a_later_row_without_a_number_does_not_wipe_out_an_earlier_one():
    world = ARTICLE
    assert "position/est/2025-04-30/land" in commitments.numbers(world).index
    assert "position/est/2025-04-30/land" not in commitments.land(world).index


def test_a_state_that_waits_is_told_so_where_its_newest_words_name_no_condition():
    world = ARTICLE
    france = next(row for row in who_would_send.land_rows(world) if row["state"] == "France")
    (id,) = commitments.land(world).query("country == 'FRA'").index
    assert world.table("positions").loc[id, "condition"] == "none stated"
    assert france["condition"].endswith("waits for an end of the fighting")
    (waiting,) = (
        n for name, n, _ in who_would_send.wait_items(world) if name == who_would_send.END
    )
    states = {
        row["state"]
        for row in who_would_send.rows_of(world)
        if row[who_would_send.END] == "waits for it"
    }
    assert waiting.value == len(states) and "France" in states


def test_each_state_that_a_report_names_is_told_of_once():
    for row in commitments.report_rows(ARTICLE):
        others = [*row["by another report too"], *row["on this report alone"]]
        assert row["of these by their own word"].value + len(others) == row["named as ready"].value
    (svoboda,) = (
        row for row in commitments.report_rows(ARTICLE) if "Svoboda" in str(row["report"])
    )
    assert list(map(str, svoboda["by another report too"])) == ["Latvia"]  # AFP names it too


def test_a_count_worked_out_from_an_older_one_tells_its_year():
    fleets = ARTICLE.table("capabilities").assign(old=False)
    hawkeye = fleets.loc["surveillance/usa-e-2c/2024-09"]
    assert membership.observed(hawkeye) == "2024-09, from counts of 2021"
    loss = fleets.loc["surveillance/usa-e-3/2026-03"]  # from a count of the same year
    assert membership.observed(loss) == "2026-03"


def test_a_part_whose_form_is_left_open_is_no_word_on_soldiers():
    soldiers = commitments.land(ARTICLE).query("country == 'BEL'")
    (row,) = soldiers.itertuples()
    assert row.date == "2025-05-20" and "send troops" in row.statement
    open_form = commitments.positions(ARTICLE).query("country == 'BEL' and domain == 'political'")
    assert list(open_form["date"]) == ["2025-08-26"]


def test_the_map_tells_for_what_all_wait_and_who_asks_for_more(altered):
    told = str(who_would_send.told_apart(ARTICLE))
    # read off the rows by hand; Britain's word on an American backstop is an earlier one
    assert (
        "5 offer them for then, though none has decided it (Belgium, Denmark, Estonia, France and"
        " the United Kingdom); 2 would send them only if more is settled (Lithuania and Türkiye)"
        in told
    )
    assert told.startswith("All 7 that would send soldiers wait for an end of the fighting")
    assert (
        "Beside votes of parliament Belgium asked for a mandate and the United Kingdom for American"
        " backing, neither withdrawn." in told
    )
    (danish,) = commitments.land(ARTICLE).query("country == 'DNK'").index
    asked = altered({"positions": {danish: {"condition": "mandate"}}})
    three = str(who_would_send.told_apart(asked))
    assert "Belgium asked for a mandate, Denmark for a mandate and the United Kingdom" in three
    assert ", none withdrawn." in three


def test_whoever_leads_is_in_the_table_of_domains_without_a_row_of_its_own():
    rows = {row["state"]: row for row in commitments.position_rows(ARTICLE)}
    assert str(rows["France"]["air"]).startswith("leads")
    assert rows["France"]["air"].id in ARTICLE.table("tasks").index


@pytest.mark.parametrize("day", ["2025-06-01", "2025-10-01", ARTICLE.as_of])
def test_of_published_counts_of_contributors_the_newest_is_told_or_that_there_is_none(day):
    rows = data.load("counts").query("counted == 'contributors' and date <= @day")
    told = str(who_would_send.counted_without_names(replace(ARTICLE, as_of=day)))
    newest = [
        f": {row['count']:g} {row['sense']}." for _, row in rows.sort_values("date").iterrows()
    ]
    assert (newest or ["No count"])[-1] in told


def test_a_report_that_names_no_source_and_an_encyclopedia_are_no_origin():
    world = ARTICLE
    assert sources_that_count.reputable(world, "kyivindependent-2025-04-09")
    for source in ("europesays-332248", "wikipedia-2025-12"):
        assert not sources_that_count.reputable(world, source)


def test_two_pages_that_do_not_say_whom_they_quote_are_two_origins(altered):
    silent = {"kind": "press", "quoted_publisher": "not named"}
    sources = dict.fromkeys(("kyivindependent-2025-04-09", "trt-2025-06-04"), silent)
    world = altered({"sources": sources})
    rows = timeline.founding(world).loc[
        ["event/2025-03-02-dated-by-kyiv-independent", "event/2025-03-02-dated-by-trt"]
    ]
    assert len(sources_that_count.origins(world, rows)) == 2
    assert sources_that_count.voice(world, "trt-2025-06-04") == "TRT World"
    assert data.first_publisher(silent | {"publisher": "A paper"}) == "A paper"


@pytest.mark.parametrize(
    ("publisher", "quotes", "told"),
    [
        ("civil-war.net", "", "civil-war.net, “Fuel”"),
        ("An unsigned page (ceramics.com)", "not named", "An unsigned page (ceramics.com), “Fuel”"),
        ("LIGA.net", "", "LIGA.net"),
        ("europesays.com", "The Times", "The Times"),
        ("NATO", "", "NATO"),
    ],
)
def test_a_source_that_is_no_more_than_an_address_is_told_with_its_title(publisher, quotes, told):
    source = {"publisher": publisher, "quoted_publisher": quotes, "title": "Fuel"}
    assert data.known_as(source) == told


def test_a_report_is_told_as_whose_it_is_and_in_whose_page_it_was_read(altered):
    trt = {"publisher": "TRT World", "quoted_publisher": "Reuters"}
    world = altered({"sources": {"trt-2025-06-04": trt}})
    row = timeline.founding(world).loc[["event/2025-03-02-dated-by-trt"]]
    quoted, own = (
        str(*sources_that_count.told(of, row.assign(date="2025-06-04")))
        for of in (world, altered({"sources": {"trt-2025-06-04": trt | {"quoted_publisher": ""}}}))
    )
    assert quoted == "Reuters (4 June 2025, via TRT World)"
    assert own == "TRT World (4 June 2025)"


def test_reports_that_quote_one_publisher_are_one_origin():
    world = ARTICLE
    rows = timeline.founding(world)
    same = ["event/2025-03-02-dated-by-kyiv-independent", "event/2025-03-02-dated-by-trt"]
    assert len(sources_that_count.origins(world, rows.loc[same])) == 1
    assert len(sources_that_count.origins(world, rows.loc[[LONDON, *same]])) == 2


def test_an_account_counts_from_the_day_on_which_it_was_published():
    published = "event/2025-02-dated-by-reuters"
    for as_of, seen in (("2025-08-31", False), ("2025-09-01", True)):
        assert (published in timeline.founding(replace(ARTICLE, as_of=as_of)).index) == seen


def test_a_headquarters_at_work_stays_so_though_a_later_text_calls_it_planned(altered):
    later = {"like": HEADQUARTERS, "date": "2025-12-01", "step": "planned"}
    assert came_to("C06", altered({"command": {"new": later}}), asked="at-work").holds


def test_a_count_that_does_not_say_whether_ukraine_is_in_may_bear_the_article_out_in_two_cases():
    told = str(membership.with_or_without_ukraine(ARTICLE))
    assert "Counts of 36, 35, 34 and 33" in told  # of which 35 with Ukraine is 34 without it
    assert "number may be meant by 35 and 34, and not by 36 and 33." in told
