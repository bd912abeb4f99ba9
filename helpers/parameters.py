"""The parameters of every notebook: their names, types, ranges and the values of the scenario
`article`.
"""

import difflib
import re
from datetime import date

DEFAULTS = {"as_of": "2025-12-20", "roster": "attested", "evidence": "all", "seed": 20251220}
ROSTERS = ("attested", "europe", "without-turkiye")
EVIDENCE = ("all", "read")
FIRST_DAY = date(
    2025, 2, 17
)  # the Paris meeting that some call the coalition's birth: nothing can be judged before it


class ParameterError(ValueError):
    """A parameter has an unknown name, a wrong type or a value out of range; the message says what
    is wanted.
    """


def _as_of(value):
    wanted = f"as_of takes a day as YYYY-MM-DD, from {FIRST_DAY} on"
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
        return wanted
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return wanted
    return None if day >= FIRST_DAY else f"no data before {FIRST_DAY}; {wanted}"


def _one_of(name, allowed):
    return lambda value: None if value in allowed else f"{name} takes one of {', '.join(allowed)}"


def _seed(value):
    whole = isinstance(value, int) and not isinstance(value, bool)
    return None if whole and 0 <= value < 2**63 else "seed takes a whole number from 0 to 2^63 - 1"


RULES = {
    "as_of": _as_of,
    "roster": _one_of("roster", ROSTERS),
    "evidence": _one_of("evidence", EVIDENCE),
    "seed": _seed,
}


def check(**given) -> dict:
    """The parameters as given, completed from the defaults; raises ParameterError naming every
    fault.
    """
    faults = []
    for name, value in given.items():
        if name not in RULES:
            close = difflib.get_close_matches(str(name), RULES, 1)
            hint = f" Did you mean {close[0]}?" if close else ""
            faults.append(
                f"unknown parameter {str(name)[:40]!a}.{hint} There are {', '.join(RULES)}."
            )
        elif fault := RULES[name](value):
            faults.append(f"{fault}, not {value!r}.")
    if faults:
        raise ParameterError(" ".join(faults))
    return DEFAULTS | given
