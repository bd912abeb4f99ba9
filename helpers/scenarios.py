"""List the notebooks, and the parameters that each scenario gives them."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from helpers import data, notebook_parameters, word_check
from helpers.notebook_parameters import ParameterError

NOTEBOOKS = data.ROOT / "notebooks"
NAME = re.compile(r"\w[\w.-]*", re.ASCII)  # of what becomes a file or folder
PAGES = ("index", "data", "sources", "report")  # those of the site beside the notebooks' own
TAKEN = ("brief", "coding", "compare", "sweep")  # folders of outputs/ that are no scenario's


def read_yaml(file: Path) -> Any:
    """Read a YAML file; raises ValueError where a name stands twice."""
    text = data.content(file).decode()

    def check(node: yaml.Node | None) -> None:
        if isinstance(node, yaml.MappingNode):
            names = [key.value for key, _ in node.value]
            if twice := [name for name in names if names.count(name) > 1]:
                raise ValueError(f"{twice[0]} stands twice")
            for _, value in node.value:
                check(value)

    check(yaml.compose(text, yaml.SafeLoader))
    return yaml.safe_load(text)


def _listed() -> dict:
    try:
        listed = read_yaml(NOTEBOOKS / "scenarios.yml")
    except (OSError, ValueError, yaml.YAMLError) as error:
        message = f"notebooks/scenarios.yml cannot be read: {error}"
        raise ParameterError(message, "scenarios-unreadable") from None
    match listed:
        case {"notebooks": [str(), *_] as names, "scenarios": dict(changes)} if all(
            isinstance(changed, dict) for changed in changes.values()
        ):
            if fault := _fault_of(names, changes):
                raise ParameterError(f"notebooks/scenarios.yml: {fault}", "scenarios-names")
            return listed
    raise ParameterError(
        "notebooks/scenarios.yml must list notebooks by name, and for each scenario what it"
        " changes, {} for nothing",
        "scenarios-malformed",
    )


def _fault_of(names: list, changes: dict[str, dict]) -> str:
    """Say what is wrong with the names of notebooks and scenarios, which become names of files.

    Empty if nothing is.
    """
    for name in [*names, *changes]:
        if not isinstance(name, str) or not NAME.fullmatch(name) or name.lower() in TAKEN:
            return (
                f"{name!a} is no name for a notebook or scenario; take letters, digits, '-', '_'"
                f" and '.', and none of {', '.join(TAKEN)}"
            )
    if twice := [name for name in names if names.count(name) > 1]:
        return f"{twice[0]} is listed twice"
    for name in names:
        if name.lower() in PAGES or name.lower().startswith("data-"):
            return f"a notebook cannot be called {name}: a page of the site has that name"
    if changes.get("article"):
        return "the scenario article is what the parameters cells say; it must change nothing, {}"
    return ""


def names() -> list[str]:
    """The scenarios, `article` first."""
    return list(_listed()["scenarios"])


def notebooks() -> list[str]:
    """The names of the notebooks in reading order; a file that is not listed is never run."""
    return _listed()["notebooks"]


def unlisted() -> list[str]:
    """The notebooks in notebooks/ that are not listed: what somebody saved under another name."""
    return sorted({path.stem for path in NOTEBOOKS.glob("*.ipynb")} - set(notebooks()))


def file(name: str) -> Path:
    """The file of a notebook."""
    return NOTEBOOKS / f"{name}.ipynb"


def ends_before(day: str) -> str | None:
    """The newest observation where it is older than a day; None where the rows reach that day, and
    then no table counts as read.
    """
    if day <= newest_observation(lambda table: data.csv_tables.kept_rows(table, data.DATA)):
        return None
    return newest_observation()


def newest_observation(load: Callable[[str], Any] = data.load) -> str:
    """The newest day in the columns that the contract marks as observations, not plans or orders.

    An observation that names a month or a year counts by its first day: its last one may not have
    come yet.
    """
    days = [
        data.span(text).first
        for table in data.contract()
        for name, column in data.columns(table).items()
        if column.get("observation")
        for text in load(table)[name]
        if text
    ]
    return max(days).isoformat()


def world(scenario: str) -> data.World:
    """The world of a scenario; ParameterError as `resolve`."""
    return data.World(**resolve(scenario)[1])


def resolve(scenario: str, as_of: str = "") -> tuple[str, dict]:
    """Look up a scenario, for another day if one is given.

    Returns
    -------
    str
        The name of its folder.
    dict
        The parameters that differ from the notebooks' own.

    Raises
    ------
    ParameterError
        For an unknown scenario or a parameter out of range.
    """
    known = _listed()["scenarios"]
    if scenario not in known:
        message = f"unknown scenario {scenario!a}. There are {', '.join(known)}."
        message += word_check.near(scenario, known)
        raise ParameterError(message, "unknown-scenario")
    changed = {  # YAML reads days as dates
        str(name): str(value) if isinstance(value, date) else value
        for name, value in known[scenario].items()
    }
    if as_of:
        changed["as_of"] = as_of
    if changed.get("as_of") == "latest":
        changed["as_of"] = newest_observation()
    notebook_parameters.check(**changed)
    return (f"{scenario}@{changed['as_of']}" if as_of else scenario), changed
