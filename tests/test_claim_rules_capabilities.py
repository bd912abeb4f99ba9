"""The rules on capabilities and conditions (notebooks 04 to 08): each is turned by a row, and each
kind of fault that a review found stays out.
"""

import re
from dataclasses import replace

import pytest
from worlds_with_other_rows import ARTICLE, came_to, unseen

from helpers import (
    claims,
    conditions,
    data,
    ground,
    membership,
    patrols,
    quantities,
    refuelling,
    surveillance,
    uncertainty,
    who_would_send,
)
from helpers.claims import card_lines
from helpers.surveillance import could_europe_see

NOTEBOOKS = data.load("claims")["notebook"]
MINE = [claim for claim in claims.of_article() if NOTEBOOKS[claim] >= "04"]


NEEDED = [  # by the Financial Times, CNN and Bloomberg
    "statement/2025-08-26-ft-surveillance",
    "statement/2025-08-27-ft-europeans",
    "statement/2025-08-cnn-europeans",
    "statement/2025-09-06-bloomberg-europeans",
    "statement/2025-09-06-stromsikova",
]
OFFER = {
    "like": "position/irl/2025-10-21/land-reassurance-force",
    "country": "AUS",
    "position": "offered",
}
TERMS = {
    "like": "event/2025-06-02-istanbul",
    "scope": "general settlement",
    "evidence_of": "terms for an end",
    "agreed_by": "both",
    "lasting": "open-ended",
    "end": "",
}
PROMISE = {
    "like": "statement/2025-08-19-trump-air",
    "date": "2025-12-10",
    "means_named": "promised",
}
NO_PROMISE = "search/C27a/promise-on-record"
NO_CONTRARY = ("search/C19/need-or-not", "search/C19/could-do-without")
ACCEPTS = {
    "like": "statement/2025-09-05-putin",
    "date": "2025-12-18",
    "subject": "NATO troops in Ukraine",
    "stance": "accepts",
}
WITHOUT = {  # a state that would send soldiers says that none of the three is needed
    f"statement/{need}": {
        "like": "statement/2025-03-16-macron",
        "country": "LTU",
        "speaker": "A prime minister",
        "subject": f"need for {of}",
        "stance": "refuses",
    }
    for need, of in (
        ("settlement", "a settlement"),
        ("consent", "Russian consent"),
        ("support", "US support"),
    )
}
SILENT = {
    id: {"begins": ""}
    for id in (
        "task/2025-07-10/reassurance-force",
        "task/2025-08-13/reassurance-force",
        "task/2025-08-17/reassurance-force",
    )
}
VOYAGER, KC135 = "tanker/gbr-voyager/2025-06", "tanker/usa-kc-135/2024-12"
UNKNOWN = {"in_service": None, "in_service_low": None, "in_service_high": None}


def number(value, low=None, high=None) -> dict:
    return {
        "in_service": value,
        "in_service_low": value if low is None else low,
        "in_service_high": value if high is None else high,
    }


def ranged(value) -> dict:
    return {"base": value, "low": value, "high": value}


NEEDS = {f"orbits-needed/{sensor}-deterrence": ranged(0.1) for sensor in ("aew", "sigint", "drone")}
RECORDED = {
    f"record/{sensor}": {"like": "record/e-3a-libya", "sensor": sensor}
    for sensor in ("signals intelligence", "high-altitude drone")
}
CAMPAIGNS = ("share/2011-libya-isr-missions", "share/2011-libya-surveillance-wsj")
KOSOVO = "share/1999-kosovo-surveillance-usaf"
DELTA = "attribution/2023-01-03-csis-delta-7"
SECOND = [  # what names the same operator as the list of all reconnaissance satellites
    "attribution/2000-11-commission-nro",
    "attribution/2011-fas-nro",
    "attribution/2025-04-20-spacenews-nro",
]

# claim, options, cells that are changed, what then comes out
CASES = [
    ("C16", {}, {}, True),
    ("C16", {}, {"indicators": {"personnel/aut/2025/cia-2025-12": {"value": 40_000}}}, False),
    ("C16", {}, {"indicators": {"expenditure/aut/2024/sipri-2025": {"value": None}}}, None),
    ("C16", {"measure": "tanks"}, {}, False),
    ("C16", {"bar": "median", "measure": "military-expenditure"}, {}, True),
    ("C32", {}, {}, True),
    (
        "C32",
        {},
        {
            "indicators": {"personnel/aus/2025/cia-2025-12": {"value": 6_000_000}},
            "positions": {"position/new": OFFER},
            "deployments": {},
        },
        None,
    ),
    (
        "C32",
        {},
        {
            "indicators": {
                "personnel/aus/2025/cia-2025-12": {"value": 6_000_000},
                **{
                    f"troops-abroad/{state}/2025/cia-2025-12": {"value": 100}
                    for state in ("aus", "cyp", "nzl")
                },
            },
            "positions": {"position/new": OFFER},
            "deployments": {
                "deployment/aus/all-2025": {"personnel": 100},
                "deployment/nzl/all-2025": {"personnel": 100},
                "deployment/cyp/all-2025": {
                    "like": "deployment/nzl/all-2025",
                    "country": "CYP",
                    "personnel": 100,
                },
            },
        },
        False,
    ),
    ("C32", {}, {"indicators": {"personnel/aus/2025/cia-2025-12": {"value": 6_000_000}}}, None),
    ("C32", {}, {"parameters": {"sustained-share/all-services": ranged(None)}}, None),
    ("C19", {}, {}, True),
    ("C19", {}, {"statements": {id: {"stance": "refuses"} for id in NEEDED}}, False),
    ("C19", {}, {"searches": {id: {"concludes": ""} for id in NO_CONTRARY}}, None),
    ("C19", {}, {"statements": dict.fromkeys(NEEDED[:3])}, None),  # one origin is left
    ("C19", {"basis": "orbits"}, {}, True),
    ("C19", {"basis": "orbits"}, {"parameters": NEEDS, "records": RECORDED}, False),
    ("C19", {"basis": "orbits"}, {"parameters": NEEDS}, None),
    ("C19", {"basis": "record"}, {}, True),
    (
        "C19",
        {"basis": "record"},
        {"shares": {id: {"share": 0.2} for id in CAMPAIGNS} | {KOSOVO: {"low": None, "high": 0.3}}},
        False,
    ),
    ("C19", {"basis": "record"}, {"shares": {KOSOVO: {"low": None}}}, None),
    ("C19", {"basis": "record"}, {"shares": {KOSOVO: {"low": None, "high": 0.3}}}, None),
    ("C20", {}, {}, None),
    ("C20", {}, {"capabilities": {"satellite/usa-signals/2025-12-03": number(29)}}, True),
    ("C20", {}, {"capabilities": {"surveillance/usa-e-2d/2024-09": UNKNOWN}}, None),
    ("C20", {"scope": "each-class"}, {}, None),
    (
        "C20",
        {},
        {
            "capabilities": {
                "surveillance/gbr-rc-135w/2025-10-08": number(100),
                "surveillance/tur-e-7t/2025-06-12": number(200),
                "surveillance/nato-rq-4d/2023-01-30": number(40),
                "surveillance/usa-rq-4/2023-12": number(10),
            }
        },
        False,
    ),
    (
        "C20",
        {"scope": "each-class"},
        {"capabilities": {"surveillance/gbr-rc-135w/2025-10-08": number(100)}},
        False,
    ),
    (
        "C20",
        {"scope": "each-class"},
        {
            "capabilities": {
                "surveillance/ita-g550-sigint/2025-10-09": number(0),
                "satellite/usa-imaging/2025-12-03": number(150),
                "satellite/usa-signals/2025-12-03": number(29),
            }
        },
        True,
    ),
    ("C20", {"scope": "each-class"}, {"searches": {"search/C20/stealth-drone": None}}, None),
    ("C20", {"bar": "any"}, {}, False),
    ("C20", {"count": "type", "scope": "each-class"}, {}, False),
    ("C21", {}, {}, False),
    ("C21", {}, {"attributions": {DELTA: {"role": "operates"}}}, True),
    ("C21", {}, {"attributions": {"attribution/2023-01-01-ucs-nro": {"exhaustive": ""}}}, None),
    ("C21", {}, {"attributions": {DELTA: {"role": ""}}}, None),
    ("C21", {}, {"searches": {"search/C21/delta-7-satellites": {"concludes": "mixed"}}}, None),
    ("C21", {}, {"attributions": dict.fromkeys(SECOND)}, None),
    ("C22", {}, {}, True),
    ("C22", {}, {"parameters": {"patrol-burn/typhoon": ranged(500)}}, False),
    ("C22", {}, {"parameters": {"internal-fuel/typhoon": ranged(None)}}, None),
    ("C22", {"aircraft": "rafale"}, {}, None),
    ("C22", {"aircraft": "rafale"}, {"parameters": {"external-fuel/rafale": ranged(0)}}, True),
    ("C22", {"posture": "alert"}, {}, False),
    ("C22", {"posture": "alert"}, {"parameters": {"alert-factor/fighters": ranged(None)}}, None),
    ("C23", {}, {}, True),
    ("C23", {}, {"deliveries": {"delivery/mmf/9": None}}, False),
    ("C23", {"counted": "observed"}, {}, True),
    (
        "C23",
        {"counted": "observed"},
        {"capabilities": {"tanker/mmf-a330-mrtt/2025-04-11": number(8)}},
        False,
    ),
    (
        "C23",
        {"counted": "observed"},
        {"capabilities": {"tanker/mmf-a330-mrtt/2025-04-11": UNKNOWN}},
        None,
    ),
    ("C24", {}, {}, True),
    (
        "C24",
        {},
        {"capabilities": {"tanker/usa-directory-flightglobal/2025-11": number(590)}},
        False,
    ),
    ("C24", {}, {"capabilities": {"tanker/usa-directory-flightglobal/2025-11": UNKNOWN}}, None),
    ("C24", {"definition": "with-marines"}, {}, False),
    ("C25a", {}, {}, True),
    ("C25a", {}, {"capabilities": {VOYAGER: number(2000)}}, False),
    ("C25a", {}, {"capabilities": {VOYAGER: number(14, 9, 2000)}}, None),
    ("C25b", {}, {}, False),
    ("C25b", {}, {"capabilities": {KC135: number(5000)}}, True),
    ("C25b", {}, {"capabilities": {KC135: number(3000, 300, 6000)}}, None),
    ("C26", {}, {}, True),
    ("C26", {}, {"capabilities": {VOYAGER: number(900)}}, False),
    ("C26", {}, {"capabilities": {VOYAGER: UNKNOWN}}, None),
    ("C26", {"bar": "any"}, {}, False),
    ("C27a", {}, {}, True),
    ("C27a", {}, {"searches": {NO_PROMISE: None}}, None),
    ("C27a", {}, {"events": {"event/terms": TERMS}}, False),
    ("C27a", {}, {"statements": {"statement/promise": PROMISE}}, False),
    ("C27a", {}, {"statements": {"statement/accepts": ACCEPTS}}, False),
    ("C27b", {}, {}, True),
    ("C27b", {}, {"statements": WITHOUT}, False),
    (
        "C27b",
        {},
        {"tasks": {"task/2025-08-13/reassurance-force": {"begins": "while the war goes on"}}},
        False,
    ),
    ("C27b", {}, {"tasks": SILENT}, None),
    ("C28", {}, {}, None),
]


@pytest.mark.parametrize(("claim", "options", "cells", "holds"), CASES)
def test_a_change_of_rows_turns_a_rule(altered, claim, options, cells, holds):
    assert came_to(claim, altered(cells, claim), **options).holds is holds


NEVER = {  # what a claim as meant cannot come to
    ("C23", None),  # no delivery may be without its day
    ("C28", True),
    ("C28", False),  # an opinion
}


def test_every_claim_is_seen_to_come_to_all_that_it_can():
    assert unseen(MINE, CASES) == NEVER


# The kinds of fault that a review of the models found


def test_a_part_of_a_campaign_does_not_outvote_the_whole(altered):
    part = "share/2011-04-libya-surveillance-dod"
    rows = surveillance.campaign_rows(ARTICLE)
    assert part not in rows.index and set(CAMPAIGNS) <= set(rows.index)
    whole = altered({"shares": {part: {"span": "whole campaign"}}})
    assert came_to("C19", whole, basis="record").holds is None


def test_two_prints_of_one_figure_count_once(altered):
    again = altered({"shares": {CAMPAIGNS[0]: {"origin": "one"}, CAMPAIGNS[1]: {"origin": "one"}}})
    assert len(surveillance.campaign_rows(again)) == len(surveillance.campaign_rows(ARTICLE)) - 1


def test_a_text_that_was_not_out_is_not_evidence_yet():
    late = "share/2011-libya-targets"
    assert late not in surveillance.campaign_rows(ARTICLE).index
    later = replace(ARTICLE, as_of="2026-03-01")
    assert late in surveillance.campaign_rows(later).index


def test_fleets_count_from_the_day_on_which_their_source_was_out():
    sources = data.load("sources", ARTICLE.folder)["published"]
    for capability in ("tanker", "surveillance aircraft", "satellite", "fighter"):
        for source in ARTICLE.fleets(capability)["source_id"]:
            assert not sources[source] or data.span(sources[source]).first <= ARTICLE.day


def test_a_rc_135_is_no_king_air(altered):
    many = altered({"capabilities": {"surveillance/gbr-shadow/2025-11": number(500)}})
    for scope in ("most-classes", "each-class"):
        assert came_to("C20", many, scope=scope).holds is came_to("C20", ARTICLE, scope=scope).holds
    signals = surveillance.SENSORS["signals intelligence"]
    rows = surveillance.fleets(ARTICLE, signals, "same-class")
    assert not rows["type"].str.contains("King Air").any()


def test_an_old_floor_bounds_nothing_where_a_newer_row_gives_no_number(altered):
    allies = altered({"capabilities": {"satellite/fra-cso/2025-03-06": number(500)}})
    found = came_to("C20", allies, scope="each-class")
    assert found.holds is None and "imaging satellites" in found.missing
    assert "signals satellites" in came_to("C20", ARTICLE).missing


def test_a_ceiling_for_mixed_kinds_raises_an_older_number(altered):
    imaging = surveillance.ASSETS[0]
    older = altered({"capabilities": {"satellite/usa-imaging/2025-12-03": None}})
    assert surveillance.american_count(older, imaging, "same-class").high == 20 + 199
    assert surveillance.american_count(ARTICLE, imaging, "same-class").high is None


def test_a_sum_with_an_unknown_part_is_a_range():
    words = surveillance.counterparts(ARTICLE)
    assert str(words["american_radars"]) == "78 to 104"
    rows = surveillance.asset_rows(ARTICLE)
    shown = " ".join(str(value) for row in rows for value in row.values())
    assert "about" not in shown and "78 to 104" in shown


def test_an_unknown_fleet_is_bounded_by_its_states_directory(altered):
    rows = refuelling.owned_by(ARTICLE, "nato", refuelling.KINDS)
    found = refuelling.bounded(ARTICLE, rows)
    assert found.low <= found.value <= found.high
    directory = "tanker/ita-directory-flightglobal/2019-12-10"
    larger = altered({"capabilities": {directory: number(19)}})
    assert refuelling.bounded(larger, rows).high == found.high + 10
    none = altered({"capabilities": {directory: None}})
    assert refuelling.bounded(none, rows).high is None


def test_a_search_that_does_not_reach_the_day_carries_nothing(altered):
    short = {"searches": {"search/C21/delta-7-satellites": {"covers_to": "2025-11-30"}}}
    assert came_to("C21", altered(short)).holds is None
    rows = ARTICLE.table("searches").query("claim == 'C10' and concludes == 'none found'")
    every = dict.fromkeys(rows.index, {"covers_to": "2025-11-30"})
    assert conditions.settlement(ARTICLE, "strict").met is False
    assert conditions.settlement(altered({"searches": every}), "strict").met is None


@pytest.mark.parametrize("concludes", ["mixed", "found", "no record either way", ""])
def test_a_search_carries_a_reading_only_by_what_it_concludes(altered, concludes):
    for claim, searches in (("C27a", [NO_PROMISE]), ("C19", NO_CONTRARY)):
        world = altered({"searches": dict.fromkeys(searches, {"concludes": concludes})})
        assert came_to(claim).holds is True
        assert came_to(claim, world).holds is None


def test_an_americans_word_is_not_russias(altered):
    american = ACCEPTS | {"country": "USA", "stance": "confident", "about": "another"}
    world = altered({"statements": {"statement/us": american}})
    assert conditions.consent(world, "strict").met is False
    assert came_to("C27a", world).holds is True


def test_an_open_word_is_no_acceptance_and_an_acceptance_of_others_leaves_it_unknown(altered):
    assert conditions.consent(ARTICLE, "strict").met is False
    others = ACCEPTS | {"subject": "foreign troops in Ukraine", "office": "spokesperson"}
    world = altered({"statements": {"statement/accepts": others | {"speaker": "A spokesman"}}})
    assert conditions.consent(world, "strict").met is None


@pytest.mark.parametrize(
    ("cells", "met"),
    [
        ({"said_by": "unnamed"}, False),
        ({"means_named": "as a possibility"}, False),
        ({"means_named": "no"}, False),
        ({"means_named": ""}, None),
        ({}, True),
    ],
)
def test_possible_vague_and_unnamed_help_is_no_promise(altered, cells, met):
    world = altered({"statements": {"statement/promise": PROMISE | cells}})
    assert conditions.support(world, "strict").met is met


def test_a_promise_and_a_refusal_of_one_month_leave_it_unknown(altered):
    refusal = PROMISE | {"stance": "refuses", "means_named": "no", "date": "2025-12-12"}
    world = altered({"statements": {"statement/promise": PROMISE, "statement/refusal": refusal}})
    assert conditions.support(world, "strict").met is None


@pytest.mark.parametrize(
    ("cells", "met"),
    [
        ({}, True),
        ({"lasting": "days"}, False),
        ({"scope": "local", "evidence_of": "exchange or local pause"}, False),
        ({"agreed_by": "announced by a third"}, False),
        ({"agreed_by": ""}, None),
        ({"lasting": ""}, None),
        ({"evidence_of": ""}, None),
        ({"end": "2025-12-01"}, False),
    ],
)
def test_pauses_and_announcements_are_no_terms_for_an_end(altered, cells, met):
    world = altered({"events": {"event/terms": TERMS | cells}})
    assert conditions.settlement(world, "strict").met is met


def test_those_who_have_declined_are_not_relied_on_and_another_mission_is_no_answer(altered):
    found = ground.relied_on(ARTICLE)
    assert found.declined == ("IRL", "JPN") and not found.offered
    other = {"position/jpn/2025-09-05/land": {"mission": "another mission"}}
    assert ground.relied_on(altered({"positions": other})).declined == ("IRL",)
    for cells in ({"said_by": "unnamed"}, {"about": "another"}, {"mission": "another mission"}):
        world = altered({"positions": {"position/new": OFFER | cells}})
        assert not ground.relied_on(world).offered
    assert ground.relied_on(altered({"positions": {"position/new": OFFER}})).offered == ("AUS",)


def test_a_condition_holds_until_it_is_taken_back_in_words(altered):
    later = {
        "like": "position/gbr/2025-11-25/land",
        "date": "2025-12-10",
        "condition": "none stated",
    }
    world = altered({"positions": {"position/new": later}})
    for looked in (ARTICLE, world):
        britain = next(sender for sender in who_would_send.senders(looked) if sender.code == "GBR")
        assert britain.waits == {"an end of the fighting", "American backing"}


def test_reports_of_unnamed_persons_make_no_sender():
    senders = {sender.code for sender in who_would_send.senders(ARTICLE)}
    assert "SWE" not in senders and "NOR" not in senders  # named by one paper only


def test_a_forecast_of_low_trust_or_that_decides_nothing_enters_no_product():
    newest = replace(ARTICLE, as_of="2026-10-07")
    rows = conditions.counting(newest)
    assert set(rows["trust"]) <= {"ordinary"}
    assert not rows["note"].str.contains("never decis|decides nothing").any()
    assert len(conditions.forecasts(newest)) > len(rows)
    shown = conditions.bound_rows(newest)
    assert [row["all three, at most"].rows for row in shown] == [
        ("forecast/2026-04-27-polymarket-ceasefire-by-2026-12-31",)
    ]
    assert not conditions.bound_rows(replace(newest, evidence="read"))


def test_recorded_and_possible_orbits_are_both_ends_of_one_answer():
    flown = surveillance.recorded(ARTICLE, "airborne early warning", "nato")
    able = surveillance.orbits(ARTICLE, "airborne early warning", "nato")
    assert 0 < flown.low < able.value
    assert surveillance.recorded(ARTICLE, "airborne early warning", "national").value is None


def test_natos_own_aircraft_stand_apart_from_the_states_and_from_japan_and_australia():
    radar = surveillance.SENSORS["airborne early warning"]
    of = {
        owner: surveillance.owned_by(ARTICLE, radar, owner, "same-class")["operator"]
        for owner in ("nato", "national", "members")
    }
    assert "NATO" in set(of["nato"]) and "NATO" not in set(of["national"])
    assert {"AUS", "JPN"} & set(of["members"]) and not {"AUS", "JPN"} & set(of["nato"])


def test_every_fighter_base_is_in_a_nato_state_and_no_forward_airfield_in_nato_is_ukraines():
    places = ARTICLE.table("places")
    bases = places[places["kind"] == "fighter base"]
    assert set(bases["country"]) <= set(membership.allies(ARTICLE)["country"])
    assert places.loc[patrols.nearest(ARTICLE, "place/area-kyiv", "forward"), "country"] != "UKR"
    assert places.loc[patrols.nearest(ARTICLE, "place/area-kyiv", "ukraine"), "country"] == "UKR"


@pytest.mark.parametrize("claim", ["C19", "C22", "C32"])
def test_a_reading_that_rests_on_a_model_says_how_likely(claim):
    options = {"basis": "orbits"} if claim == "C19" else {}
    found = came_to(claim, ARTICLE, **options)
    assert found.likelihood in ("likely", "very likely") and found.holds is True


WITHOUT = {"searches": {"search/C20/stealth-drone": None}}


@pytest.mark.parametrize(("changes", "told"), [({}, "none"), (WITHOUT, "not known")])
def test_none_of_a_class_is_told_by_a_recorded_search_alone(altered, changes, told):
    (drone,) = [asset for asset in surveillance.ASSETS if asset.kind == "stealth drone"]
    world = altered(changes)
    assert surveillance.part_words(world, drone, "nato", "same-class") == told
    shown = {"none": "none found", "not known": "unknown"}[told]
    assert str(dict(surveillance.pairs(world))[drone.kind][1]) == shown
    words = {"none": "none found", "not known": "an unknown number"}[told]
    assert str(surveillance.counterparts(world)["stealth"]) == words


def test_orbits_of_a_kind_that_no_row_gives_an_owner_are_unknown_and_not_none():
    for kept in (surveillance.orbits, surveillance.orbits_without_end):
        assert kept(ARTICLE, "high-altitude drone", "national").value is None


def test_who_has_fewer_eyes_is_said_by_their_numbers_and_not_where_these_are_turned(monkeypatch):
    world = ARTICLE
    assert "? Only part of the time: " in str(surveillance.eyes(world))
    with monkeypatch.context() as patched:
        patched.setattr(could_europe_see, "_reaches", lambda world, whose, bar: None)
        assert "? Only in part: " in str(surveillance.eyes(world))
    turned = [(kind, (theirs, ours)) for kind, (ours, theirs) in surveillance.pairs(world)]
    monkeypatch.setattr(could_europe_see, "pairs", lambda world: turned)
    assert str(surveillance.eyes(world)).startswith("NATO without America has ")


OPEN = "not known to be enough"


@pytest.mark.parametrize(
    ("bar", "judged", "america", "lower"),
    [
        (0.1, "both are enough", "enough", "enough"),
        (0.5, f"Europe’s is too few, NATO’s {OPEN}", "perhaps too few", OPEN),
        (1, "both are too few", "perhaps too few", "too few"),
        (2, "both are too few", "too few", "too few"),
    ],
)  # NATO keeps up 0.28 to 0.87, Europe 0.15 to 0.48, America 0.25 to 1.6
def test_a_bar_is_reached_only_where_nine_draws_in_ten_say_so(
    monkeypatch, bar, judged, america, lower
):
    asked = quantities.exact(bar, "orbits")
    monkeypatch.setattr(could_europe_see, "needed", lambda world, sensor, mission: asked)
    told = str(surveillance.kept_aloft(ARTICLE))
    assert f"all of the time: {judged}; the article sets none." in told
    own = surveillance.orbits_without_end(ARTICLE, surveillance.RADAR, "usa")
    kept = uncertainty.in_words(own, ARTICLE)
    assert f"at as few it could keep {kept}, {america}." in told
    rest = str(surveillance.by_other_bars(ARTICLE))
    assert f" without America keeps up is {lower}. " in rest


def test_eyes_are_told_as_a_part_of_the_time_that_the_bar_asks_for():
    bar = surveillance.needed(ARTICLE, surveillance.RADAR, "reassurance").value
    for owner in ("europe", "nato"):
        orbits = surveillance.orbits_without_end(ARTICLE, surveillance.RADAR, owner)
        kept = uncertainty.spread(orbits, ARTICLE.seed)
        of_the_time = quantities.exact(kept.value / bar, "share")
        assert f"{of_the_time} (" in str(surveillance.kept_aloft(ARTICLE)), owner


def test_what_would_change_c22_names_where_it_is_left_open_and_the_reading_that_is_open():
    told = str(card_lines.flip(claims.judge("C22", ARTICLE)))
    assert re.search(r"It would be ‘fails’ if .+; from \d+ % down it would be ‘undecided’\.", told)
    assert "On the reading ‘By Rafales’ too little is known, which counts neither way" in told
    assert "if it came out false, the verdict would be ‘depends’." in told


def test_the_card_names_what_we_chose_or_remember_where_it_decides():
    told = str(card_lines.firm(claims.judge("C22", ARTICLE)))
    for id in ("usable-fuel/fighters", "patrol-speed/fighters", "patrol-burn/typhoon"):
        row = data.row(id)
        assert (row["name"] in told) is (row["origin"] != "published"), id
    assert "where Kyiv lies" in told
    sourced = card_lines.firm(claims.judge("C23", ARTICLE))
    assert "(" not in str(sourced)


def test_the_card_says_why_the_other_count_of_the_pool_falls_with_a_further_delivery():
    readings = claims.read("C23", ARTICLE, all_readings=False, delivered_count=10)
    assert [reading.outcome.holds for reading in readings] == [False, None]
    card = card_lines.flip(claims.judge("C23", ARTICLE))
    assert "not 9 (the newest report of what the unit flies would then be out of date)" in str(card)
    assert (
        ". With 8 it would be ‘depends’ (the newest report of what the unit flies would still say"
        in str(card)
    )
    fewer = claims.read("C23", ARTICLE, all_readings=False, delivered_count=8)
    assert [reading.outcome.holds for reading in fewer] == [False, True]


def test_a_day_that_was_worked_out_is_told_as_such_beside_the_count(altered):
    (row,) = ARTICLE.until("deliveries").query("date == '2025-04-11'").index
    sooner = "a report has as many on 1 April 2025"
    caveat = f" (a day worked out, its page not read again; {sooner})"
    assert f"11 April 2025{caveat}, of" in str(claims.judge("C23", ARTICLE).as_worded.outcome.line)
    read = altered({"deliveries": {row: {"verification": "read"}}})
    assert f"11 April 2025 ({sooner}), of" in str(claims.judge("C23", read).as_worded.outcome.line)
