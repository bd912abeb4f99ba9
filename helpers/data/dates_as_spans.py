"""The days that a date of the tables names, be it a year, a month or a day."""

import functools
import re
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, order=True)
class Span:
    """The days a date of the tables names: '2025-12' is the whole of that December."""

    first: date
    last: date


@functools.cache
def span(text: str) -> Span:
    """The days named by YYYY, YYYY-MM or YYYY-MM-DD; raises ValueError for anything else."""
    if not re.fullmatch(r"\d{4}(-(?!00)\d\d){0,2}", text, re.ASCII):
        raise ValueError(f"{text!r} is no date; wanted YYYY, YYYY-MM or YYYY-MM-DD")
    year, month, day = ([int(part) for part in text.split("-")] + [0, 0])[:3]
    if day:
        return Span(date(year, month, day), date(year, month, day))
    if month:
        after = date(year + month // 12, month % 12 + 1, 1)
        return Span(date(year, month, 1), after - timedelta(days=1))
    return Span(date(year, 1, 1), date(year, 12, 31))
