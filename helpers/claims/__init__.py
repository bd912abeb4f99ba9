"""Judge the article's claims: readings from data/readings.csv, one rule a claim, one verdict
computed from both.
"""

from helpers.claims.card_lines import stated_words
from helpers.claims.judge import MIME, Verdict, by_evidence, judge, side_by_side, stated
from helpers.claims.likelihood_words import judged_by_model, likelihood
from helpers.claims.readings import Outcome, Reading, every, read, some
from helpers.claims.rule_of_each_claim import (
    BARS,
    OWN,
    RULES,
    inputs,
    judged,
    of_article,
    options,
    our_bar,
    own,
    rule,
)
from helpers.claims.value_that_flips_a_verdict import TOLERANCE, Input, tipping_point, what_if_input
from helpers.claims.verdict_from_readings import verdict_of, weigh
from helpers.claims.verdict_log import history, unlogged
from helpers.claims.verdict_words_and_colours import UNJUDGED, VERDICTS, WORDS

__all__ = [
    "BARS", "MIME", "OWN", "RULES", "TOLERANCE", "UNJUDGED", "VERDICTS", "WORDS", "Input",
    "Outcome", "Reading", "Verdict", "by_evidence", "every", "history", "inputs", "judge", "judged",
    "judged_by_model", "likelihood", "of_article", "options", "our_bar", "own", "read", "rule",
    "side_by_side", "some", "stated", "stated_words", "tipping_point", "unlogged", "verdict_of",
    "weigh", "what_if_input",
]  # fmt: skip
