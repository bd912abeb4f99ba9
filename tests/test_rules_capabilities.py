"""The rules on capabilities and conditions (notebooks 04 to 08): which rows make each true, false
and unknown, and that an empty cell never makes one false.
"""

import dataclasses
import random

import pandas as pd
import pytest

from helpers import claims, conditions, data, ground, refuelling, surveillance

ARTICLE = data.World()
NOTEBOOKS = data.load("claims")["notebook"]
MINE = [claim for claim in claims.judged() if "04" <= NOTEBOOKS[claim] < "09"]


@pytest.fixture(scope="module")
def put(tmp_path_factory):
    """Worlds whose tables have other cells: put({table: {row id: {column: value}}}) gives one.

    None in place of cells takes the row out; a new id with the cell `like` copies that row.
    """
    loaded, changed, made = data._load, {}, tmp_path_factory.mktemp("folders")

    def load(table, folder):
        if folder not in changed:
            return loaded(table, folder)
        return changed[folder].get(table, loaded(table, data.DATA))

    def world(tables: dict, **more) -> data.World:
        folder = made / str(len(changed))
        folder.symlink_to(data.DATA, target_is_directory=True)
        changed[folder] = {
            table: _with(loaded(table, data.DATA), rows) for table, rows in tables.items()
        }
        return dataclasses.replace(ARTICLE, folder=folder, **more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(data, "_load", load)
        yield world


def _with(frame: pd.DataFrame, rows: dict) -> pd.DataFrame:
    """A table with other cells, with rows left out and rows added."""
    frame = frame.copy()
    for id, cells in rows.items():
        if cells is None:
            frame = frame.drop(id)
            continue
        cells = dict(cells)
        if id not in frame.index:
            new = frame.loc[[cells.pop("like")]].assign(id=id)
            new.index = [id]
            frame = pd.concat([frame, new])
        for column, value in cells.items():
            assert column in frame.columns, column
            frame.loc[id, column] = pd.NA if value is None else value
    return frame


def as_worded(claim: str) -> dict[str, str]:
    """The options of the claim as meant."""
    rows = data.load("readings")
    rows = rows[(rows["claim"] == claim) & (rows["as_worded"] == "yes")]
    return dict(zip(rows["choice"].str.replace("-", "_"), rows["option"], strict=True))


def outcome(claim: str, world: data.World, **options) -> claims.Outcome:
    taken = as_worded(claim) | options
    looked = dataclasses.replace(world, timing=taken.pop("timing", world.timing))
    return claims.RULES[claim](looked, **taken)


NEED = {
    "like": "statement/2025-08-27-ft-europeans",
    "subject": "need for US surveillance",
    "source_id": "unn-2025-09-06",
}
CONTRARY = NEED | {"stance": "refuses"}
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
NO_DRONE = {"like": "search/C10/terms-2026", "claim": "C20"}
SEARCH = {"like": "search/C10/agreed-terms", "claim": "C27a", "concludes": "none found"}
ACCEPTS = {
    "like": "statement/2025-09-05-putin",
    "date": "2025-12-18",
    "subject": "NATO troops in Ukraine",
    "stance": "accepts",
}
WITHOUT = {
    f"statement/{need}": {
        "like": "statement/2025-03-16-macron",
        "country": "EST",
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
    f"orbits-used/{sensor}": {"like": "orbits-used/afghanistan", "applies_to": f"2024, {sensor}"}
    for sensor in ("signals intelligence", "high-altitude drone")
}
CAMPAIGNS = ("share/2011-libya-isr-missions", "share/2011-libya-surveillance-wsj")
KOSOVO = "share/1999-kosovo-surveillance-usaf"
DELTA = "attribution/2023-01-03-csis-delta-7"

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
        },
        False,
    ),
    ("C32", {}, {"indicators": {"personnel/aus/2025/cia-2025-12": {"value": 6_000_000}}}, None),
    ("C32", {}, {"parameters": {"sustained-share/all-services": ranged(None)}}, None),
    ("C19", {}, {}, None),
    ("C19", {}, {"statements": {"statement/new": NEED}}, True),
    (
        "C19",
        {},
        {
            "statements": {
                "statement/new": CONTRARY,
                "statement/newer": CONTRARY | {"source_id": "csis-2023-04-17"},
            }
        },
        False,
    ),
    ("C19", {"basis": "orbits"}, {}, True),
    ("C19", {"basis": "orbits"}, {"parameters": NEEDS | RECORDED}, False),
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
    ("C20", {}, {"capabilities": {"surveillance/ita-g550-sigint/2025-10-09": number(0)}}, True),
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
            },
            "searches": {
                "search/C20/stealth-drone": {"like": "search/C10/terms-2026", "claim": "C20"}
            },
        },
        True,
    ),
    ("C20", {"bar": "any"}, {}, False),
    ("C20", {"count": "type", "scope": "each-class"}, {}, False),
    ("C21", {}, {}, False),
    ("C21", {}, {"attributions": {DELTA: {"role": "operates"}}}, True),
    ("C21", {}, {"attributions": {"attribution/2023-01-01-ucs-nro": {"exhaustive": ""}}}, None),
    ("C21", {}, {"attributions": {DELTA: {"role": ""}}}, None),
    ("C21", {}, {"searches": {"search/C21/delta-7-satellites": {"concludes": "mixed"}}}, None),
    ("C21", {}, {"attributions": {"attribution/2025-04-20-spacenews-nro": None}}, None),
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
    ("C27a", {}, {}, None),
    ("C27a", {}, {"searches": {"search/C27a/promise": SEARCH}}, True),
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
def test_a_change_of_rows_turns_a_rule(put, claim, options, cells, holds):
    assert outcome(claim, put(cells), **options).holds is holds


@pytest.mark.parametrize("claim", [claim for claim in MINE if claim != "C28"])
def test_every_rule_is_seen_to_be_true_and_false_and_unknown(claim):
    assert {holds for of, _, _, holds in CASES if of == claim} == {True, False, None}


# An empty cell never makes a reading false


ALSO = {  # columns that must be filled; if one is not, that is not the contrary either
    "statements": ("stance", "office"),
    "positions": ("position",),
    "attributions": ("role", "kind"),
    "tasks": ("field",),
    "events": ("scope",),
}
SILENT_COLUMNS = set(  # that no rule reads
    "note locator quoted follows derived_from corroborated_by on_order pooled_by".split()
)


def deciding(claim: str) -> list[tuple[str, str, str]]:
    """Every cell that may be empty in a row that a voting reading rests on: table, row, column."""
    rows = {
        row
        for reading in claims.read(claim, ARTICLE)
        if reading.votes
        for row in reading.outcome.rows
    }
    found = []
    for row in sorted(rows):
        table = data.table_of(row)
        frame = data.load(table)
        for name, column in data.columns(table).items():
            free = not column.get("constraints", {}).get("required")
            if name in SILENT_COLUMNS or not (free or name in ALSO.get(table, ())):
                continue
            if name in frame and not (pd.isna(frame.loc[row, name]) or frame.loc[row, name] == ""):
                found.append((table, row, name))
    return found


SAMPLE, LAST_MENDED = 60, ("statements", "said_by")


def sample(claim: str) -> list[tuple[str, str, str]]:
    """Every cell of the column mended last, and SAMPLE cells of all these claims together, as many
    of each, drawn with a seed by the claim, so that a run repeats.
    """
    cells = deciding(claim)
    drawn = random.Random(claim).sample(cells, min(len(cells), -(-SAMPLE // len(MINE))))
    mended = [cell for cell in cells if (cell[0], cell[2]) == LAST_MENDED]
    return sorted({*drawn, *mended})


@pytest.mark.parametrize("claim", MINE)
def test_an_empty_cell_makes_no_reading_false(put, claim):
    before = false_ones(claim, ARTICLE)
    for table, row, column in sample(claim):
        kind = data.columns(table)[column]["type"]
        after = false_ones(claim, put({table: {row: {column: "" if kind == "string" else None}}}))
        assert after <= before, (table, row, column)


def false_ones(claim: str, world: data.World) -> set[tuple]:
    """The voting readings that are false, whatever their timing."""
    return {
        tuple(item for item in reading.options.items() if item[0] != "timing")
        for reading in claims.read(claim, world, all_readings=False)
        if reading.outcome.holds is False
    }


# The kinds of fault that a review of the models found


def test_a_part_of_a_campaign_does_not_outvote_the_whole(put):
    part = "share/2011-04-libya-surveillance-dod"
    rows = surveillance.campaign_rows(ARTICLE)
    assert part not in rows.index and set(CAMPAIGNS) <= set(rows.index)
    whole = put({"shares": {part: {"span": "whole campaign"}}})
    assert outcome("C19", whole, basis="record").holds is None


def test_two_prints_of_one_figure_count_once(put):
    again = put({"shares": {CAMPAIGNS[0]: {"origin": "one"}, CAMPAIGNS[1]: {"origin": "one"}}})
    assert len(surveillance.campaign_rows(again)) == len(surveillance.campaign_rows(ARTICLE)) - 1


def test_a_text_that_was_not_out_is_not_evidence_yet():
    late = "share/2011-libya-targets"
    assert late not in surveillance.campaign_rows(ARTICLE).index
    later = dataclasses.replace(ARTICLE, as_of="2026-03-01")
    assert late in surveillance.campaign_rows(later).index


def test_fleets_count_from_the_day_on_which_their_source_was_out():
    sources = data.load("sources")["published"]
    for capability in ("tanker", "surveillance aircraft", "satellite", "fighter"):
        for source in ARTICLE.fleets(capability)["source_id"]:
            assert not sources[source] or data.span(sources[source]).first <= ARTICLE.day


def test_a_rc_135_is_no_king_air(put):
    many = put({"capabilities": {"surveillance/gbr-shadow/2025-11": number(500)}})
    for scope in ("most-classes", "each-class"):
        assert outcome("C20", many, scope=scope).holds is outcome("C20", ARTICLE, scope=scope).holds
    signals = surveillance.SENSORS["signals intelligence"]
    rows = surveillance.fleets(ARTICLE, signals, "same-class")
    assert not rows["type"].str.contains("King Air").any()


def test_an_old_floor_bounds_nothing_where_a_newer_row_gives_no_number(put):
    allies = put({"capabilities": {"satellite/fra-cso/2025-03-06": number(500)}})
    found = outcome("C20", allies, scope="each-class")
    assert found.holds is None and "imaging satellites" in found.missing


def test_a_ceiling_for_mixed_kinds_raises_an_older_number(put):
    imaging = surveillance.ASSETS[0]
    older = put({"capabilities": {"satellite/usa-imaging/2025-12-03": None}})
    assert surveillance.american_count(older, imaging, "same-class").high == 20 + 199
    assert surveillance.american_count(ARTICLE, imaging, "same-class").high is None


def test_a_sum_with_an_unknown_part_is_a_range():
    words = surveillance.counterparts(ARTICLE)
    assert str(words["american_radars"]) == "78 to 104"
    rows = surveillance.asset_rows(ARTICLE)
    shown = " ".join(str(value) for row in rows for value in row.values())
    assert "about" not in shown and "78 to 104" in shown


def test_an_unknown_fleet_is_bounded_by_its_states_directory(put):
    rows = refuelling.owned_by(ARTICLE, "nato", refuelling.KINDS)
    found = refuelling.bounded(ARTICLE, rows)
    assert found.low <= found.value <= found.high
    directory = "tanker/ita-directory-flightglobal/2019-12-10"
    larger = put({"capabilities": {directory: number(19)}})
    assert refuelling.bounded(larger, rows).high == found.high + 10
    none = put({"capabilities": {directory: None}})
    assert refuelling.bounded(none, rows).high is None


def test_a_search_that_does_not_reach_the_day_carries_nothing(put):
    short = {"searches": {"search/C21/delta-7-satellites": {"covers_to": "2025-11-30"}}}
    assert outcome("C21", put(short)).holds is None
    both = {
        "search/C10/agreed-terms": {"covers_to": "2025-11-30"},
        "search/C10/terms-2026": {"covers_to": "2025-11-30"},
    }
    assert conditions.settlement(put({"searches": both}), "strict").met is None


@pytest.mark.parametrize("concludes", ["mixed", "found", "no record either way", ""])
def test_a_search_carries_a_reading_only_by_what_it_concludes(put, concludes):
    cells = {"search/C27a/promise": SEARCH | {"concludes": concludes}}
    assert outcome("C27a", put({"searches": cells})).holds is None
    need = {"search/C19/need-or-not": {"concludes": concludes}}
    world = put({"searches": need, "statements": {"statement/new": NEED}})
    assert outcome("C19", world).holds is None


def test_an_americans_word_is_not_russias(put):
    american = ACCEPTS | {"country": "USA", "stance": "confident", "about": "another"}
    cells = {"search/C27a/promise": SEARCH}
    world = put({"statements": {"statement/us": american}, "searches": cells})
    assert conditions.consent(world, "strict").met is False
    assert outcome("C27a", world).holds is True


def test_an_open_word_is_no_acceptance_and_an_acceptance_of_others_leaves_it_unknown(put):
    assert conditions.consent(ARTICLE, "strict").met is False
    others = ACCEPTS | {"subject": "foreign troops in Ukraine", "office": "spokesperson"}
    world = put({"statements": {"statement/accepts": others | {"speaker": "A spokesman"}}})
    assert conditions.consent(world, "strict").met is None


@pytest.mark.parametrize(
    ("cells", "met"),
    [
        ({"said_by": "unnamed"}, None),
        ({"means_named": "as a possibility"}, None),
        ({"means_named": "no"}, None),
        ({}, True),
    ],
)
def test_possible_vague_and_unnamed_help_is_no_promise(put, cells, met):
    world = put({"statements": {"statement/promise": PROMISE | cells}})
    assert conditions.support(world, "strict").met is met


def test_a_promise_and_a_refusal_of_one_month_leave_it_unknown(put):
    refusal = PROMISE | {"stance": "refuses", "means_named": "no", "date": "2025-12-12"}
    world = put({"statements": {"statement/promise": PROMISE, "statement/refusal": refusal}})
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
def test_pauses_and_announcements_are_no_terms_for_an_end(put, cells, met):
    world = put({"events": {"event/terms": TERMS | cells}})
    assert conditions.settlement(world, "strict").met is met


def test_those_who_have_declined_are_not_relied_on_and_another_mission_is_no_answer(put):
    found = ground.relied_on(ARTICLE)
    assert found.declined == ("IRL", "JPN") and not found.offered
    other = {"position/jpn/2025-09-05/land": {"mission": "another mission"}}
    assert ground.relied_on(put({"positions": other})).declined == ("IRL",)
    for cells in ({"said_by": "unnamed"}, {"about": "another"}, {"mission": "another mission"}):
        world = put({"positions": {"position/new": OFFER | cells}})
        assert not ground.relied_on(world).offered
    assert ground.relied_on(put({"positions": {"position/new": OFFER}})).offered == ("AUS",)


def test_a_condition_holds_until_it_is_taken_back_in_words(put):
    later = {
        "like": "position/gbr/2025-11-25/land",
        "date": "2025-12-10",
        "condition": "none stated",
    }
    world = put({"positions": {"position/new": later}})
    for looked in (ARTICLE, world):
        britain = next(sender for sender in conditions.senders(looked) if sender.code == "GBR")
        assert britain.waits == {"an end of the fighting", "American backing"}


def test_reports_of_unnamed_persons_make_no_sender():
    senders = {sender.code for sender in conditions.senders(ARTICLE)}
    assert "SWE" not in senders and "NOR" not in senders  # named by one paper only


def test_a_forecast_of_low_trust_or_that_decides_nothing_enters_no_product():
    newest = data.World(as_of="2026-10-07")
    rows = conditions.counting(newest)
    assert set(rows["trust"]) <= {"ordinary"}
    assert not rows["note"].str.contains("never decis|decides nothing").any()
    assert len(conditions.forecasts(newest)) > len(rows)
    shown = conditions.bound_rows(newest)
    assert [row["all three, at most"].rows for row in shown] == [
        ("forecast/2026-04-27-polymarket-ceasefire-by-2026-12-31",)
    ]
    assert not conditions.bound_rows(dataclasses.replace(newest, evidence="read"))


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
    from helpers import membership, patrols

    places = data.load("places")
    bases = places[places["kind"] == "fighter base"]
    assert set(bases["country"]) <= set(membership.allies(ARTICLE)["country"])
    assert places.loc[patrols.nearest(ARTICLE, "place/area-kyiv", "forward"), "country"] != "UKR"
    assert places.loc[patrols.nearest(ARTICLE, "place/area-kyiv", "ukraine"), "country"] == "UKR"


@pytest.mark.parametrize("claim", MINE)
def test_a_line_is_one_plain_sentence_without_the_verdict(claim):
    for reading in claims.read(claim, ARTICLE):
        if (line := reading.outcome.line) is None:
            assert reading.outcome.holds is None or not reading.votes
            continue
        text = str(line)
        assert text[0].isupper() or text[0].isdigit()
        assert text.endswith(".") and ". " not in text
        assert not {"true", "false", "holds", "unknown"} & set(text.lower().split())


@pytest.mark.parametrize("claim", ["C19", "C22", "C32"])
def test_a_reading_that_rests_on_a_model_says_how_likely(claim):
    options = {"basis": "orbits"} if claim == "C19" else {}
    found = outcome(claim, ARTICLE, **options)
    assert found.likelihood in ("likely", "very likely") and found.holds is True
