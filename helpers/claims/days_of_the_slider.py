"""The days of the front page's slider, and the worlds that a reader can choose there: by day, by
standard of evidence and by whose membership counts.
"""

import itertools
from pathlib import Path

from helpers import data, notebook_parameters

DAYS = ("2025-03-31", "2025-09-30", "2026-04-30")  # beside two others


def days(newest: str) -> list[str]:
    """The days on which verdicts are worked out: some, the article's and the newest."""
    return sorted({*(day for day in DAYS if day < newest), data.World.as_of, newest})


def worlds(newest: str, folder: Path = data.DATA) -> list[data.World]:
    """The worlds in which they are: by day, then by evidence, then by whose membership counts."""
    return [
        data.World(as_of=day, evidence=evidence, roster=roster, folder=folder)
        for day, evidence, roster in itertools.product(
            days(newest), notebook_parameters.EVIDENCE, notebook_parameters.ROSTERS
        )
    ]
