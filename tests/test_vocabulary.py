"""A mistyped word raises with those it may be; it is never answered with a number."""

import pytest

from helpers import beyond_nato, claims, commitments, conditions, data, membership, model_parameters
from helpers.vocabulary import WordError, word

WORLD = data.World()
MISTYPED = {
    "a capability": (lambda: WORLD.fleets("tankers"), "'tanker'"),
    "a rank": (lambda: WORLD.fleets("tanker", rank="first"), "default, rival"),
    "a claim": (lambda: claims.judge("C99", WORLD), "C01, C02"),
    "a symbol": (lambda: model_parameters.parameter(WORLD, "bb", "Eurofighter Typhoon"), "'b'"),
    "a type": (lambda: model_parameters.parameter(WORLD, "b", "Typhoon"), "'Eurofighter Typhoon'"),
    "an indicator": (lambda: membership.indicator(WORLD, "personnel"), "'active personnel'"),
    "an edition": (lambda: membership.indicator(WORLD, "active personnel", "SIPRI"), "SIPRI"),
    "an organisation": (lambda: membership.allies(WORLD, "nat0"), "'NATO'"),
    "a participation": (lambda: membership.roster(WORLD, "attestd"), "'attested'"),
    "a measure": (lambda: beyond_nato.values(WORLD, "planes"), "combat aircraft"),
    "a domain": (lambda: commitments.giving(WORLD, "ground"), "land"),
    "a standard": (lambda: conditions.consent(WORLD, "strickt"), "'strict'"),
}


@pytest.mark.parametrize("what", MISTYPED)
def test_a_mistyped_word_raises_with_those_it_may_be(what):
    ask, near = MISTYPED[what]
    with pytest.raises(WordError) as told:
        ask()
    assert near in str(told.value)


def test_capitals_do_not_matter_and_the_word_of_the_tables_is_given_back():
    assert word("claim", "c24", ["C24", "C25a"]) == "C24"
    assert claims.judge("c24", WORLD).claim["id"] == "C24"


def test_a_long_list_is_cut_and_says_so():
    with pytest.raises(WordError, match="n11 and 88 more"):
        word("number", "x", [f"n{number:02}" for number in range(100)])
