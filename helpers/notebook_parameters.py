"""The parameters of every notebook: names, types, ranges and the values of scenario `article`."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from helpers import word_check

DEFAULTS: dict[str, Any] = {
    "as_of": "2025-12-20",
    "roster": "attested",
    "evidence": "all",
    "seed": 20251220,
}
ROSTERS = ("attested", "europe", "without-turkiye")
EVIDENCE = ("all", "read")
# the Paris meeting that some call the coalition's birth: nothing can be judged before it
FIRST_DAY = date(2025, 2, 17)


class ParameterError(word_check.Told):
    """A parameter has an unknown name, a wrong type or a value out of range.

    The message says what is wanted, `code` which rule is broken.
    """

    def __init__(self, message: str, code: str = "parameter"):
        super().__init__(message)
        self.code = code


def _as_of(value: object) -> str | None:
    wanted = f"as_of takes a day as YYYY-MM-DD, from {FIRST_DAY} on"
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
        return wanted
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return wanted
    return None if day >= FIRST_DAY else f"no data before {FIRST_DAY}; {wanted}"


def _one_of(name: str, allowed: tuple[str, ...]) -> Callable[[object], str | None]:
    return lambda value: None if value in allowed else f"{name} takes one of {', '.join(allowed)}"


def _near(name: str, value: object) -> str:
    """The question whether another value was meant, of a parameter that takes words."""
    return word_check.near(str(value), {"roster": ROSTERS, "evidence": EVIDENCE}.get(name, ()))


def _seed(value: object) -> str | None:
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**63:
        return None
    return "seed takes a whole number from 0 to 2^63 - 1"


RULES: dict[str, Callable[[object], str | None]] = {
    "as_of": _as_of,
    "roster": _one_of("roster", ROSTERS),
    "evidence": _one_of("evidence", EVIDENCE),
    "seed": _seed,
}


def check(**given: Any) -> dict[str, Any]:
    """Check the given parameters and add the defaults; raises ParameterError naming every fault.

    The fault's code is `unknown-parameter`, or the parameter's name before `-out-of-range`.
    """
    faults, codes = [], []
    for name, value in given.items():
        if name not in RULES:
            codes.append("unknown-parameter")
            faults.append(
                f"unknown parameter {str(name)[:40]!a}.{word_check.near(str(name), RULES)}"
                f" There are {', '.join(RULES)}."
            )
        elif fault := RULES[name](value):
            codes.append(f"{name.replace('_', '-')}-out-of-range")
            faults.append(f"{fault}, not {value!r}.{_near(name, value)}")
    if faults:
        raise ParameterError(" ".join(faults), codes[0])
    return DEFAULTS | given
