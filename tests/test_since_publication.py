"""What has happened since the article: what moved a verdict is what undoes it, and a plan is told
with whether it came about.
"""

import pytest

from helpers import claims, data, scenarios, since_publication

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
    ended = told.split("our searches end before that day: ")[1].split(".")[0]
    assert (label in ended) if table == "searches" else f"{label}: " in told


def test_of_a_plan_it_is_told_whether_it_came_about():
    told = str(since_publication.in_short(EARLY, LATE))
    plan = data.row(since_publication.moved_by("C08b", EARLY, LATE))
    assert plan["step"] == "planned" and plan["statement"] in told
    looked = data.load("searches").query("claim == 'C08b' and concludes == 'none found'")
    assert f"not known: searches to {since_publication.day(looked['covers_to'].max())}" in told
