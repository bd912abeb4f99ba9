"""Which notebooks there are, and which parameters a scenario gives them."""

import yaml

from helpers import data, parameters

NOTEBOOKS = data.ROOT / "notebooks"


def _listed() -> dict:
    return yaml.safe_load((NOTEBOOKS / "scenarios.yml").read_text("utf-8"))


def notebooks() -> list[str]:
    """The names of the notebooks in reading order; a file that is not listed is never run."""
    return _listed()["notebooks"]


def newest_observation() -> str:
    """The last day that an observation in the tables may name: columns the contract marks as observations, never plans or orders."""
    days = [
        data.span(text).last
        for table in data.contract()
        for name, column in data.columns(table).items()
        if column.get("observation")
        for text in data.load(table)[name]
        if text
    ]
    return max(days).isoformat()


def resolve(scenario: str, as_of: str = "") -> tuple[str, dict]:
    """The folder name and the parameters that differ from the notebooks' own, for a scenario and perhaps another day.

    Raises ParameterError for an unknown scenario or a parameter out of range.
    """
    known = _listed()["scenarios"]
    if scenario not in known:
        raise parameters.ParameterError(f"unknown scenario {scenario!a}. There are {', '.join(known)}.")
    changed = dict(known[scenario] or {})
    if as_of:
        changed["as_of"] = as_of
    if changed.get("as_of") == "latest":
        changed["as_of"] = newest_observation()
    parameters.check(**changed)
    return (f"{scenario}@{as_of}" if as_of else scenario), changed
