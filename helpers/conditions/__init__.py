"""The three conditions: how each stood on the day, who called which needed, what forecasts gave
them, and what bounds that leaves for all three together.
"""

from helpers.conditions.forecasts_and_bounds import (
    bound_rows,
    counting,
    forecast_rows,
    forecasts,
    marginal,
)
from helpers.conditions.how_each_stood import (
    CONDITIONS,
    HELP,
    LEADERS,
    MINISTRY,
    OF_NATO,
    STANCE,
    STANDARDS,
    TERMS,
    Condition,
    State,
    consent,
    help_rows,
    in_short,
    newest_words,
    possible_help,
    settlement,
    state_rows,
    support,
)
from helpers.conditions.who_called_which_needed import need_counts, need_rows
