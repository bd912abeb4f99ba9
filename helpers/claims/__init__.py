"""Judge the article's claims: readings from data/readings.csv, one rule a claim, one verdict
computed from both.
"""

from helpers.claims.card import UNITS, said
from helpers.claims.likelihood import judged_by_model, likelihood
from helpers.claims.readings import Outcome, Reading, every, read, some, weigh
from helpers.claims.registry import RULES, inputs, judged, options, rule
from helpers.claims.tipping import TOLERANCE, Input, tipping_point, what_if_input
from helpers.claims.verdict import MIME, VERDICTS, Verdict, judge, side_by_side, stated

__all__ = [
    "MIME", "RULES", "TOLERANCE", "UNITS", "VERDICTS", "Input", "Outcome", "Reading", "Verdict",
    "every", "inputs", "judge", "judged", "judged_by_model", "likelihood", "options", "read", "rule",
    "said", "side_by_side", "some", "stated", "tipping_point", "weigh", "what_if_input",
]  # fmt: skip
