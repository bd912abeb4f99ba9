"""What has happened since the article: what moved a verdict is what undoes it, and it is told with
the reason that the rule gives.
"""

import pytest

from helpers import claims, commitments, data, scenarios, since_publication
from helpers.claims import WORDS, card_lines
from helpers.claims.firmness import WEAK

EARLY, LATE = scenarios.world("article"), scenarios.world("latest")
CHANGED = [
    id
    for id in claims.of_article()
    if claims.judge(id, EARLY).verdict != claims.judge(id, LATE).verdict
]


@pytest.mark.parametrize("claim", CHANGED)
def test_what_is_said_to_have_moved_a_verdict_moves_it(altered, claim):
    id = since_publication.moved_by(claim, EARLY, LATE)
    table = data.table_of(id)
    undone = {"covers_to": LATE.as_of} if table == "searches" else None
    world = altered({table: {id: undone}}, "with the rows of today", as_of=LATE.as_of)
    assert claims.judge(claim, LATE).verdict != claims.judge(claim, world).verdict
    told = str(since_publication.in_short(EARLY, LATE))
    label = data.row(claim)["label"]
    ended = told.split("our searches ended before: ")[1].split(".")[0]
    assert (label in ended) if table == "searches" else f"{label}: " in told


@pytest.mark.parametrize("claim", CHANGED)
def test_an_undecided_claim_is_told_with_what_its_rule_says_and_a_weak_one_with_its_firmness(claim):
    now = claims.judge(claim, LATE)
    lines = str(since_publication.in_short(EARLY, LATE)).splitlines()
    told = [line for line in lines if line.startswith(f"{data.row(claim)['label']}: ")]
    moved_by = since_publication.moved_by(claim, EARLY, LATE)
    assert bool(told) is (data.table_of(moved_by) != "searches")
    for line in told:
        weak = f", {now.firmness}. " if now.firmness in WEAK else ". "
        assert f", then {WORDS[now.verdict].mark}{weak}" in line
        left_open = [r for r in now.readings if r.outcome.holds is None]
        reasons = [str(card_lines.told(reading)) for reading in left_open]
        assert (now.verdict == "undecided") is any(line.endswith(reason) for reason in reasons)
        gone = "could not be read again" in data.row(moved_by)["note"]
        assert now.verdict == "undecided" or (", its page not read again)" in line) is gone


def test_those_who_would_send_soldiers_later_are_told_apart_by_what_they_said():
    rows = commitments.land(LATE)
    offered = rows[rows["position"].isin(("committed", "offered"))]["country"].nunique()
    conditional = rows[rows["position"] == "conditional"]["country"].nunique()
    (told,) = (
        line
        for line in str(since_publication.in_short(EARLY, LATE)).splitlines()
        if "members would send soldiers" in line
    )
    assert f" {offered + conditional} members would" in told
    assert f"; of these {conditional} only on a further condition (new: " in told
    german = rows[rows["country"] == "DEU"].iloc[0]
    assert german["position"] == "conditional" and german["inside_ukraine"] != "yes"
    assert "Germany, which leaves open where)" in told and told.count("(new: ") == 1
