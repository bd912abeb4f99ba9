"""Verdicts: three-valued, from readings in the table, the same in the committed notebooks, and moved by the rows alone."""

import dataclasses
import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import claims, data, ledger
from helpers.claims import Input, Outcome, Reading
from helpers.machinery import gather

ARTICLE = data.World()
PUBLICATION = [f"2025-12-{day}" for day in range(16, 26)]  # the days on which the article may have come out


def reading(holds, votes=True) -> Reading:
    return Reading({"choice": "option"}, ("C00/choice/option",), False, votes, Outcome(holds))


@pytest.mark.parametrize(
    ("outcomes", "verdict"),
    [
        ([True, True], "holds"), ([False, False], "fails"), ([True, False], "depends"), ([True, False, None], "depends"),
        ([True, None], "undecided"), ([False, None], "undecided"), ([None], "undecided"), ([], "undecided"),
    ],
)  # fmt: skip
def test_a_verdict_follows_from_the_voting_readings(outcomes, verdict):
    assert claims.weigh([reading(holds) for holds in outcomes]) == verdict


@given(st.lists(st.sampled_from([True, False, None]), min_size=1), st.sampled_from([True, False, None]))
def test_a_reading_without_a_vote_never_moves_a_verdict(outcomes, other):
    voting = [reading(holds) for holds in outcomes]
    assert claims.weigh([*voting, reading(other, votes=False)]) == claims.weigh(voting)


@given(st.floats(0.1, 1e4), st.floats(0.1, 1e4))
def test_a_tipping_point_is_the_nearest_value_at_which_the_verdict_changes(value, threshold):
    entry = Input("n", value, "", None, None, (), lambda x: "holds" if x > threshold else "fails", whole=False)
    tip = claims.tipping_point(entry, entry.verdict(value))
    if value / 9 <= threshold <= value * 9:
        assert entry.verdict(tip.at) != entry.verdict(value)
        assert abs(tip.at - threshold) <= value * claims.TOLERANCE + threshold * 0.01


@given(st.integers(1, 700), st.integers(1, 700))
def test_a_tipping_point_of_whole_numbers_is_exact(value, threshold):
    entry = Input("n", value, "", None, None, (), lambda x: "holds" if x >= threshold else "fails")
    tip = claims.tipping_point(entry, entry.verdict(value))
    wanted = threshold if value < threshold else threshold - 1
    assert tip is None if wanted > 10 * value else tip.at == wanted


def test_a_verdict_that_nothing_in_reach_changes_has_no_tipping_point():
    assert claims.tipping_point(Input("n", 9, "", None, None, (), lambda x: "holds"), "holds") is None


@pytest.mark.parametrize("claim", claims.judged())
def test_every_judged_claim_has_one_reading_as_worded_and_rows_or_says_what_is_missing(claim):
    verdict = claims.judge(claim, ARTICLE)
    assert sum(reading.as_worded for reading in verdict.readings) == 1
    assert verdict.verdict in claims.VERDICTS
    assert verdict.rows or verdict.record()["missing"]


def test_readings_that_come_to_the_same_rows_count_once():
    verdict = claims.judge("C24", ARTICLE)
    seen = [(r.outcome.rows, r.outcome.holds) for r in verdict.readings]
    assert len(seen) == len(set(seen))
    options = data.load("readings")
    options = options[options["claim"] == "C24"]["choice"].value_counts()
    assert len(verdict.readings) < options["definition"] * options["timing"]


def test_what_a_caller_does_to_a_reading_stays_with_the_caller():
    claims.read("C24", ARTICLE)[0].options["definition"] = "changed"
    assert claims.read("C24", ARTICLE)[0].options["definition"] != "changed"


@pytest.mark.parametrize("world", [data.World(as_of="2025-06-01", roster="europe", seed=1), data.World(as_of="2030-01-01", roster="without-turkiye")])
def test_what_is_kept_for_several_worlds_is_what_each_would_find_by_itself(world, tmp_path, monkeypatch):
    for name in ("article", "other"):
        shutil.copytree(data.DATA, tmp_path / name)
    ledger.verdicts(data.World(folder=tmp_path / "article"))
    shared = ledger.verdicts(dataclasses.replace(world, folder=tmp_path / "article"))
    monkeypatch.setattr(data.World, "dated", property(lambda world: world))
    monkeypatch.setattr(data.World, "undated", property(lambda world: world))
    alone = ledger.verdicts(dataclasses.replace(world, folder=tmp_path / "other"))
    assert [verdict.record() for verdict in shared] == [verdict.record() for verdict in alone]


@pytest.mark.parametrize("claim", claims.judged())
def test_a_verdict_is_the_same_on_every_day_the_article_may_have_come_out(claim):
    found = {claims.weigh(claims.read(claim, dataclasses.replace(ARTICLE, as_of=day), all_readings=False)) for day in PUBLICATION}
    assert len(found) == 1


def test_the_committed_notebooks_hold_the_verdicts_that_the_rows_give_now():
    assert [record["id"] for record in gather.committed()] == claims.judged()
    for record in gather.committed():
        assert record == claims.judge(record["id"], ARTICLE).record(), record["id"]


def test_no_row_on_membership_comes_from_the_article():
    sources = data.load("sources")
    for table in ("attestations", "members", "counts", "accessions"):
        for source in data.load(table)["source_id"]:
            words = " ".join(sources.loc[source, ["publisher", "title", "quoted_publisher", "note"]])
            assert "The Hill" not in words, f"{table}: {source}"


@pytest.fixture
def changed(tmp_path):
    """A copy of the tables with one text replaced in one row: changed(table, row id, old, new) gives the folder."""

    def change(table, row, old, new):
        folder = tmp_path / "data"
        shutil.copytree(data.DATA, folder)
        path = folder / f"{table}.csv"
        lines = path.read_text("utf-8").splitlines(keepends=True)
        place = next(number for number, line in enumerate(lines) if line.startswith(f"{row},"))
        assert old in lines[place]
        lines[place] = lines[place].replace(old, new, 1) if new is not None else ""
        path.write_text("".join(lines), "utf-8")
        return folder

    return change


@pytest.mark.parametrize(
    ("claim", "table", "row", "old", "new", "becomes"),
    [
        ("C02", "members", "member/nzl", ",member,", ",partner,", "depends"),
        ("C03", "members", "member/pol", ",member,", ",partner,", "fails"),
        ("C04", "accessions", "nato/fin", "2023-04-04", "2026-04-04", "fails"),
        ("C12", "signatories", "signatory/2025-12-15/swe", "2025-12-15", None, "fails"),
        ("C23", "deliveries", "delivery/mmf/9", "2025-04-11", "2026-04-11", "depends"),
        ("C24", "capabilities", "tanker/usa-directory-flightglobal/2025-11", ",610,", ",590,", "depends"),
        ("C26a", "capabilities", "tanker/mmf-a330-mrtt/2025-06-24", ",9,", ",0,", "depends"),
        ("C26b", "capabilities", "tanker/gbr-voyager/2025-06", ",14,9,14,", ",900,900,900,", "fails"),
        ("C06", "command", "command/operational-headquarters/2025-11-17-site", "", None, "undecided"),
        ("C09", "claims", "C09", ",9,months,", ",10,months,", "fails"),
        ("C10", "events", "event/2025-10-18-zaporizhzhia", ",local,", ",general settlement,", "fails"),
        ("C13", "tasks", "task/2025-12-15/skies", "", None, "fails"),
        ("C14", "statements", "statement/2025-12-16-ryabkov", ",2025-12-16,", ",2025-12-01,", "fails"),
        ("C16", "indicators", "expenditure/aut/2024/sipri-2025", ",52", ",9952", "depends"),
        ("C29", "tasks", "task/2025-12-15/breaches", ",not said,", ",either side,", "holds"),
        ("C21", "attributions", "attribution/2023-01-03-csis-delta-7", ",other sensors,", ",operates,", "holds"),
        ("C22", "parameters", "patrol-burn/rafale", ",2000,2500,2900,", ",2600,2700,2900,", "holds"),
        ("C27a", "statements", "statement/2025-12-16-ryabkov", ",refuses,", ",accepts,", "fails"),
        ("C32", "parameters", "sustained-share/all-services", ",0.025,0.039,0.08,", ",0.02,0.025,0.028,", "holds"),
    ],
)
def test_a_changed_row_moves_the_verdict_it_carries(changed, claim, table, row, old, new, becomes):
    before = claims.judge(claim, ARTICLE)
    after = claims.judge(claim, data.World(folder=changed(table, row, old, new)))
    assert after.verdict == becomes
    assert (after.verdict, after.as_worded.outcome.holds) != (before.verdict, before.as_worded.outcome.holds)


def test_a_row_is_seen_to_move_a_verdict_of_every_kind_that_is_judged():
    moved = {"C02", "C03", "C04", "C12", "C23", "C24", "C26a", "C26b", "C06", "C09", "C10", "C13", "C14", "C16", "C29", "C21", "C22", "C27a", "C32"}
    table = data.load("claims")
    undecided = {id for id in claims.judged() if claims.weigh(claims.read(id, ARTICLE)) in ("undecided", "opinion")}
    assert set(table.loc[list(set(claims.judged()) - undecided), "kind"]) <= set(table.loc[list(moved), "kind"])


def test_without_rows_read_at_their_source_a_count_says_at_least_and_its_claim_is_undecided():
    verdict = claims.judge("C23", data.World(evidence="read"))
    assert verdict.verdict == "undecided"
    assert verdict.as_worded.outcome.computed.unknowns > 0
    assert str(verdict.as_worded.outcome.computed).startswith("at least")


def test_a_fleet_without_an_admitted_observation_stays_as_unknown():
    everything, read = (set(data.World(evidence=evidence).fleets("tanker")["fleet"]) for evidence in ("all", "read"))
    assert everything == read
    assert data.World(evidence="read").fleets("tanker")["in_service"].isna().any()
