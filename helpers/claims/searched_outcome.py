"""An outcome with the search behind it, where nothing is known."""

from datetime import date

import pandas as pd

from helpers import data, quantities
from helpers.claims.readings import Outcome
from helpers.sources_that_count import concluded
from helpers.tables import Sentence


def settled(
    claim: str,
    world: data.World,
    holds: bool | None,
    *rows: pd.DataFrame,
    missing: str,
    line: Sentence | None = None,
    computed: object = None,
    until: date | None = None,
) -> Outcome:
    """Make an outcome from rows.

    An unknown one names the searches of its claim that found no public record either way.

    Parameters
    ----------
    claim : str
        The claim's id.
    world : World
        The world judged in.
    holds : bool or None
        Whether the reading is true; None where nothing is known.
    rows : frames
        The rows that it rests on.
    missing : str
        What would have to be known, in words.
    line : Sentence, optional
        The outcome in one sentence.
    computed : object, optional
        The number, date or codes found, if other than `holds`.
    until : date, optional
        Up to which day a search must reach, if not to the day looked at.
    """
    nothing = concluded(world, claim, "no record either way", until)
    looked = nothing if holds is None else nothing.head(0)
    return Outcome(
        holds,
        holds if computed is None else computed,
        quantities.ids(*rows, looked),
        missing,
        searched=len(looked) > 0,
        line=line,
    )
