"""The front page's first sentence follows from the verdicts."""

import itertools

import pytest

from helpers.machinery.site import conclusion_at_the_top


@pytest.mark.parametrize(
    ("verdicts", "wanted"),
    [
        (
            {"C01": "holds", "C02": "holds", "C27a": "holds", "C28": "opinion", "C03": "fails"},
            "Most of the article holds up (3 of 5 claims), and 1 fails; none of its three"
            " conditions for the force was met; whether Europe’s influence is imaginary is"
            " opinion.",
        ),
        (
            {"C01": "undecided", "C02": "holds", "C27a": "undecided"},
            "Part of the article holds up (1 of 3 claims), and none fails; whether any of its three"
            " conditions was met is open.",
        ),
        (
            {"C01": "fails", "C02": "fails", "C27a": "fails", "C28": "unjudged"},
            "Little of the article holds up (0 of 4 claims), and 3 fail; one or more of its three"
            " conditions was met.",
        ),
        ({"C01": "holds"}, "All of the article holds up (1 of 1 claims), and none fails."),
    ],
)
def test_the_first_sentence_follows_from_the_verdicts(verdicts, wanted):
    assert str(conclusion_at_the_top.sentence(verdicts)) == wanted


def test_where_not_all_three_conditions_are_known_the_first_sentence_says_how_many_were_unmet():
    verdicts = {"C01": "holds", "C27a": "undecided"}
    sentences = [str(conclusion_at_the_top.sentence(verdicts, unmet)) for unmet in (0, 1, 2)]
    said = [sentence.split("; ")[1] for sentence in sentences]
    assert said == [
        "whether any of its three conditions was met is open.",
        "one of its three conditions was unmet, two are open.",
        "two of its three conditions were unmet, one is open.",
    ]
    sure = {"C01": "holds", "C27a": "holds"}  # where it is decided, the verdict says it
    assert "none of its three conditions" in str(conclusion_at_the_top.sentence(sure, 3))


def test_on_a_day_before_the_article_the_first_sentence_says_so():
    verdicts = {"C01": "holds", "C02": "holds", "C03": "fails", "C28": "opinion"}
    early = conclusion_at_the_top.before("2025-12-15")
    assert str(conclusion_at_the_top.sentence(verdicts | {"C27a": "holds"}, None, early)) == (
        "On 15 December 2025, before the article came out, 3 of its 5 claims would have held and"
        " 1 failed; none of its three conditions for the force was met."
    )
    assert "would have held and none failed." in str(
        conclusion_at_the_top.sentence({"C01": "holds"}, None, early)
    )
    assert not conclusion_at_the_top.before("2025-12-16")  # it may have come out on that day


@pytest.mark.parametrize("frame", [conclusion_at_the_top.EARLY, conclusion_at_the_top.LATE])
def test_the_first_sentence_has_at_most_thirty_words_whatever_the_verdicts(frame):
    unmet = conclusion_at_the_top.UNMET.values()
    ends = [
        [*said.values(), *unmet] if id == "C27a" else said.values()
        for id, said in frame.ends.items()
    ]
    for lead, *said in itertools.product(conclusion_at_the_top.LEADS.values(), *ends):
        facts = {"lead": lead, "day": "30 September 2025", "holds": 36, "all": 36}
        first = frame.first.format(**facts, failed=frame.fails["0"])
        longest = "; ".join([first, *said])
        assert len(longest.split()) <= conclusion_at_the_top.MOST, longest
