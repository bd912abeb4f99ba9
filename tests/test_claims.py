"""Verdicts: three-valued, from readings in the table, the same in the committed notebooks, and
moved by the rows alone.
"""

import dataclasses
import itertools
import shutil

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import claims, commitments, conditions, data, scenarios
from helpers.claims import Input, Outcome, Reading
from helpers.machinery.outputs import verdicts

ARTICLE = data.World()
PUBLICATION = [
    f"2025-12-{day}" for day in range(16, 26)
]  # the days on which the article may have come out


def reading(holds, votes=True) -> Reading:
    return Reading({"choice": "option"}, ("C00/choice/option",), False, votes, Outcome(holds))


@pytest.mark.parametrize(
    ("outcomes", "verdict"),
    [
        ([True, True], "holds"),
        ([False, False], "fails"),
        ([True, False], "depends"),
        ([True, False, None], "depends"),
        ([True, None], "undecided"),
        ([False, None], "undecided"),
        ([None], "undecided"),
        ([], "undecided"),
    ],
)
def test_a_verdict_follows_from_the_voting_readings(outcomes, verdict):
    assert claims.weigh([reading(holds) for holds in outcomes]) == verdict


@given(
    st.lists(st.sampled_from([True, False, None]), min_size=1), st.sampled_from([True, False, None])
)
def test_a_reading_without_a_vote_never_moves_a_verdict(outcomes, other):
    voting = [reading(holds) for holds in outcomes]
    assert claims.weigh([*voting, reading(other, votes=False)]) == claims.weigh(voting)


@given(st.floats(0.1, 1e4), st.floats(0.1, 1e4))
def test_a_tipping_point_is_the_nearest_value_at_which_the_verdict_changes(value, threshold):
    entry = Input(
        "n", value, "", None, None, (), lambda x: "holds" if x > threshold else "fails", whole=False
    )
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
    assert (
        claims.tipping_point(Input("n", 9, "", None, None, (), lambda x: "holds"), "holds") is None
    )


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


def test_what_is_kept_for_several_worlds_is_what_each_would_find_by_itself(tmp_path, monkeypatch):
    world = data.World(as_of="2025-06-01", roster="europe", seed=1)
    for name in ("article", "other"):
        shutil.copytree(data.DATA, tmp_path / name)

    def outcomes(world: data.World) -> dict:
        return {
            id: [reading.outcome for reading in claims.read(id, world)] for id in claims.judged()
        }

    outcomes(data.World(folder=tmp_path / "article"))
    shared = outcomes(dataclasses.replace(world, folder=tmp_path / "article"))
    monkeypatch.setattr(data.World, "dated", property(lambda world: world))
    monkeypatch.setattr(data.World, "undated", property(lambda world: world))
    alone = outcomes(dataclasses.replace(world, folder=tmp_path / "other"))
    assert shared == alone and len(shared) == len(claims.judged())


@pytest.mark.parametrize("claim", claims.judged())
def test_a_verdict_is_the_same_on_every_day_the_article_may_have_come_out(claim):
    found = {
        claims.weigh(
            claims.read(claim, dataclasses.replace(ARTICLE, as_of=day), all_readings=False)
        )
        for day in PUBLICATION
    }
    assert len(found) == 1


@pytest.mark.parametrize(
    ("claim", "as_of", "was"),
    [
        ("C02", "2026-03-01", "DEPENDS, true: 34 states"),
        ("C23", "2025-03-10", "HOLDS, true: 9 aircraft"),
    ],
)
def test_a_card_of_another_world_says_what_the_articles_scenario_gives_and_the_articles_own_not(
    claim, as_of, was
):
    card, own = claims.judge(claim, data.World(as_of=as_of)), claims.judge(claim, ARTICLE)
    assert f"In the article's scenario: {was}\n" in str(card)
    assert 'data-line="was"' in card._repr_html_()
    assert "In the article's scenario" not in str(own)
    assert 'data-line="was"' not in own._repr_html_()


def test_a_fact_of_the_day_of_publication_is_judged_on_that_day_whatever_day_is_looked_at(changed):
    table = data.load("claims")
    frozen = list(table.index[table["frozen"] == "yes"])
    assert "C09" in frozen
    for claim in frozen:
        own = claims.judge(claim, ARTICLE)
        for as_of in ("2025-06-01", "2026-03-01"):
            card = claims.judge(claim, data.World(as_of=as_of))
            assert (card.record(), str(card)) == (own.record(), str(own))
    thawed = claims.judge(
        "C09", data.World(as_of="2026-03-01", folder=changed("claims", "C09", ",yes,", ",no,"))
    )
    assert (claims.judge("C09", ARTICLE).record()["computed"], thawed.record()["computed"]) == (
        9.6,
        11.9,
    )


@pytest.mark.committed
def test_the_committed_notebooks_hold_the_verdicts_that_the_rows_give_now():
    assert [record["id"] for record in verdicts.committed()] == claims.judged()
    for record in verdicts.committed():
        assert record == claims.judge(record["id"], ARTICLE).record(), record["id"]


def test_no_row_on_membership_comes_from_the_article():
    sources = data.load("sources")
    for table in ("attestations", "members", "counts", "accessions"):
        for source in data.load(table)["source_id"]:
            words = " ".join(
                sources.loc[source, ["publisher", "title", "quoted_publisher", "note"]]
            )
            assert "The Hill" not in words, f"{table}: {source}"


@pytest.fixture
def changed(tmp_path):
    """A copy of the tables with one text replaced in one row: changed(table, row id, old, new)
    gives the folder.
    """

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
        (
            "C24",
            "capabilities",
            "tanker/usa-directory-flightglobal/2025-11",
            ",610,",
            ",590,",
            "depends",
        ),
        ("C26a", "capabilities", "tanker/mmf-a330-mrtt/2025-06-24", ",9,", ",0,", "depends"),
        (
            "C26b",
            "capabilities",
            "tanker/gbr-voyager/2025-06",
            ",14,9,14,",
            ",900,900,900,",
            "fails",
        ),
        (
            "C06",
            "command",
            "command/operational-headquarters/2025-11-17-site",
            "",
            None,
            "undecided",
        ),
        ("C09", "claims", "C09", ",9,months,", ",10,months,", "fails"),
        (
            "C10",
            "events",
            "event/2025-10-18-zaporizhzhia",
            ",local,",
            ",general settlement,",
            "fails",
        ),
        ("C13", "tasks", "task/2025-12-15/skies", "", None, "fails"),
        (
            "C14",
            "statements",
            "statement/2025-12-16-ryabkov",
            ",2025-12-16,",
            ",2025-12-01,",
            "fails",
        ),
        ("C16", "indicators", "expenditure/aut/2024/sipri-2025", ",52", ",9952", "depends"),
        ("C29", "tasks", "task/2025-12-15/breaches", ",not said,", ",either side,", "holds"),
        (
            "C21",
            "attributions",
            "attribution/2023-01-03-csis-delta-7",
            ",other sensors,",
            ",operates,",
            "holds",
        ),
        (
            "C22",
            "parameters",
            "patrol-burn/rafale",
            ",2000,2500,2900,",
            ",2600,2700,2900,",
            "holds",
        ),
        ("C27a", "statements", "statement/2025-12-16-ryabkov", ",refuses,", ",accepts,", "fails"),
        (
            "C32",
            "parameters",
            "sustained-share/all-services",
            ",0.025,0.039,0.08,",
            ",0.02,0.025,0.028,",
            "holds",
        ),
    ],
)
def test_a_changed_row_moves_the_verdict_it_carries(changed, claim, table, row, old, new, becomes):
    before = claims.judge(claim, ARTICLE)
    after = claims.judge(claim, data.World(folder=changed(table, row, old, new)))
    assert after.verdict == becomes
    assert (after.verdict, after.as_worded.outcome.holds) != (
        before.verdict,
        before.as_worded.outcome.holds,
    )


def test_a_row_is_seen_to_move_a_verdict_of_every_kind_that_is_judged():
    moved = {
        "C02",
        "C03",
        "C04",
        "C12",
        "C23",
        "C24",
        "C26a",
        "C26b",
        "C06",
        "C09",
        "C10",
        "C13",
        "C14",
        "C16",
        "C29",
        "C21",
        "C22",
        "C27a",
        "C32",
    }
    table = data.load("claims")
    undecided = {
        id
        for id in claims.judged()
        if claims.weigh(claims.read(id, ARTICLE)) in ("undecided", "opinion")
    }
    assert set(table.loc[list(set(claims.judged()) - undecided), "kind"]) <= set(
        table.loc[list(moved), "kind"]
    )


def test_without_rows_read_at_their_source_a_count_says_at_least_and_its_claim_is_undecided():
    verdict = claims.judge("C23", data.World(evidence="read"))
    assert verdict.verdict == "undecided"
    assert verdict.as_worded.outcome.computed.unknowns > 0
    assert str(verdict.as_worded.outcome.computed).startswith("at least")


def test_a_fleet_without_an_admitted_observation_stays_as_unknown():
    everything, read = (
        set(data.World(evidence=evidence).fleets("tanker")["fleet"]) for evidence in ("all", "read")
    )
    assert everything == read
    assert data.World(evidence="read").fleets("tanker")["in_service"].isna().any()


# The options of a rule


def rows_of(claim: str) -> dict[str, list[str]]:
    """The options of a claim in readings.csv, by choice."""
    rows = data.load("readings")
    return {
        choice: list(of["option"])
        for choice, of in rows[rows["claim"] == claim].groupby("choice", sort=False)
    }


@pytest.mark.parametrize("claim", claims.judged())
def test_the_options_that_a_rule_knows_are_those_of_its_rows(claim):
    known = {choice: sorted(options) for choice, options in claims.options(claim).items()}
    assert known == {"timing": ["open", "settled"]} | {
        choice: sorted(options) for choice, options in rows_of(claim).items()
    }


def pairs(claim: str) -> set[tuple[str, ...]]:
    """Every two options of a choice: claim, choice, one, other."""
    return {
        (claim, choice, *pair)
        for choice, options in rows_of(claim).items()
        for pair in itertools.combinations(options, 2)
    }


def told_apart(claim: str, worlds: list[data.World]) -> set[tuple[str, ...]]:
    """Those of them that do not come to the same in some world with some options of the other
    choices.
    """
    found, choices = set(), rows_of(claim)
    for world in worlds:
        outcomes = {}
        for options in itertools.product(*choices.values()):
            taken = {
                choice.replace("-", "_"): option
                for choice, option in zip(choices, options, strict=True)
            }
            outcome = claims.RULES[claim](
                dataclasses.replace(world, timing=taken.pop("timing", world.timing)), **taken
            )
            outcomes[options] = outcome.holds, outcome.computed, outcome.rows
        for one, other in itertools.combinations(outcomes, 2):
            different = [
                (claim, choice, *pair)
                for choice, *pair in zip(choices, one, other, strict=True)
                if pair[0] != pair[1]
            ]
            if len(different) == 1 and outcomes[one] != outcomes[other]:
                found.add(different[0])
    return found


# pairs that come to the same in every scenario: the reason, and cells that would tell them apart,
# in every row whose id begins so
ALIKE = {
    ("C07", "step", "planned", "designated"): (
        "the officer was chosen in September 2025, so both steps were reached by the article's day",
        "command",
        "command/kyiv/2025-09-06",
        {"step": "planned"},
    ),
    ("C22", "area", "skies", "kyiv"): (
        "of the places over Ukraine Kyiv is the farthest from its nearest fighter base",
        "places",
        "place/area-kyiv",
        {"latitude": "49.8", "longitude": "24.0"},
    ),
    ("C26b", "bar", "half", "quarter"): (
        "no owner has between a quarter and half of what America has",
        "capabilities",
        "tanker/gbr-voyager/2025-06",
        {"in_service": "120", "in_service_low": "120", "in_service_high": "120"},
    ),
    ("C30", "what", "either", "objectives"): (
        "no row may be without a task, so objectives are known wherever a task is",
        "tasks",
        "task/",
        {"task": "", "assets": "yes", "numbers": "yes", "trigger": "yes"},
    ),
}


@pytest.mark.parametrize("claim", claims.judged())
def test_every_two_options_of_a_choice_come_to_something_else_in_some_scenario(claim):
    assert pairs(claim) - told_apart(
        claim, [scenarios.world(name) for name in scenarios.names()]
    ) <= set(ALIKE)


@pytest.fixture
def holding(tmp_path):
    """A copy of the tables in which one holds other rows: holding(table, rows) gives the folder."""

    def put(table: str, rows: list[dict]):
        folder = shutil.copytree(data.DATA, tmp_path / "data")
        pd.DataFrame(rows, columns=list(data.columns(table))).to_csv(
            folder / f"{table}.csv", index=False
        )
        return folder

    return put


@pytest.mark.parametrize("pair", ALIKE, ids=" ".join)
def test_two_options_that_come_to_the_same_in_every_scenario_would_not_with_other_rows(
    pair, holding
):
    reason, table, prefix, cells = ALIKE[pair]
    rows = pd.read_csv(data.DATA / f"{table}.csv", dtype="str", keep_default_na=False).to_dict(
        "records"
    )
    assert any(row["id"].startswith(prefix) for row in rows)
    folder = holding(table, [row | cells if row["id"].startswith(prefix) else row for row in rows])
    assert pair in told_apart(pair[0], [data.World(folder=folder)]), reason


# Later words


def test_a_position_holds_until_the_next_one_in_its_domain(holding):
    said = {
        "country": "FRA",
        "said_by": "state",
        "source_id": "general-knowledge",
        "verification": "read",
    }
    first = said | {
        "id": "position/first",
        "date": "2025-05-01",
        "domain": "land",
        "position": "offered",
    }
    then = said | {
        "id": "position/then",
        "date": "2025-09-01",
        "domain": "land",
        "position": "declined",
    }
    apart = said | {
        "id": "position/apart",
        "date": "2025-05-01",
        "domain": "air",
        "position": "offered",
    }
    folder = holding("positions", [then, first, apart])
    held = {
        as_of: commitments.positions(data.World(as_of=as_of, folder=folder))
        for as_of in ("2025-04-30", "2025-08-31", "2025-09-01")
    }
    assert {as_of: sorted(rows.index) for as_of, rows in held.items()} == {
        "2025-04-30": [],
        "2025-08-31": ["position/apart", "position/first"],
        "2025-09-01": ["position/apart", "position/then"],
    }
    assert [
        commitments.willing(data.World(as_of=as_of, folder=folder)).value for as_of in held
    ] == [0, 1, 0]


@pytest.mark.parametrize(
    ("stances", "met"),
    [(("refuses", "accepts"), [None, False, True]), (("accepts", "refuses"), [None, True, False])],
)
def test_earlier_words_of_a_speaker_do_not_outlive_later_ones(stances, met, holding):
    said = {
        "country": "RUS",
        "speaker": "A",
        "record": "on record",
        "subject": "foreign troops in Ukraine",
        "corroborated": "yes",
    }
    said |= {"source_id": "general-knowledge", "verification": "read"}
    first, then = (
        said | {"id": f"statement/{date}", "date": date, "stance": stance}
        for date, stance in zip(("2025-05-01", "2025-09-01"), stances, strict=True)
    )
    folder = holding("statements", [then, first])
    days = ("2025-04-30", "2025-08-31", "2025-09-01")
    found = [conditions.consent(data.World(as_of=as_of, folder=folder), "strict") for as_of in days]
    assert [state.met for state in found] == met
    assert [state.rows for state in found] == [
        (),
        ("statement/2025-05-01",),
        ("statement/2025-09-01",),
    ]
