"""Gather the verdicts that the executed notebooks carry in their outputs."""

import json
from collections.abc import Mapping
from pathlib import Path

from helpers import claims, data, ledger, quantities, scenarios, tables
from helpers.claims import card
from helpers.machinery.outputs.publish import as_json
from helpers.machinery.run.errors import RunError

CARD = ("card", "fair_readings")  # what an output carries beside the record of claims.json


def verdicts(notebooks: Mapping[str, dict]) -> list[dict]:
    """The verdicts in the notebooks' outputs, in the article's order.

    Raises RunError where one stands twice or in the wrong notebook.
    """
    found = {}
    for name, notebook in notebooks.items():
        for cell in notebook["cells"]:
            for output in cell.get("outputs", []):
                carried = output.get("data", {}).get(claims.MIME)
                if carried is None:
                    continue
                record = {key: value for key, value in carried.items() if key not in CARD}
                if record["id"] in found:
                    raise RunError(f"{name}: {record['id']} is judged twice", "judged-twice")
                if record["notebook"] != name:
                    raise RunError(
                        f"{name}: {record['id']} belongs to {record['notebook']}, as claims.csv"
                        " says",
                        "judged-elsewhere",
                    )
                found[record["id"]] = record
    missing = [
        id for id in claims.judged() if data.row(id)["notebook"] in notebooks and id not in found
    ]
    if missing:
        raise RunError(f"not judged in any cell: {', '.join(missing)}", "not-judged")
    return [found[id] for id in claims.judged() if id in found]


def committed() -> list[dict]:
    """The verdicts in the committed notebooks; RunError where one cannot be read or holds none."""
    notebooks = {}
    for name in scenarios.notebooks():
        try:
            notebooks[name] = json.loads(scenarios.file(name).read_text("utf-8"))
            notebooks[name]["cells"]  # noqa: B018
        except (OSError, ValueError, KeyError, TypeError) as error:
            message = f"{name}: not a readable notebook ({error})"
            raise RunError(message, "notebook-unreadable") from None
    return verdicts(notebooks)


def committed_or_none() -> list[dict]:
    """The verdicts in the committed notebooks, none where they have not been run."""
    try:
        return committed()
    except RunError:
        return []


def published(folder: Path) -> list[dict]:
    """The verdicts in a scenario's outputs."""
    return json.loads((folder / "claims.json").read_text("utf-8"))


def table(now: list[dict], before: list[dict]) -> str:
    """The closing table of a run, a line a claim in words: the verdict, what is found, in how many
    readings it is true, false and unknown, and what differs from before (was → is).
    """
    was = {record["id"]: record for record in before}
    return "\n".join(said(new) + _moved(was.get(new["id"], {}), new) for new in now)


def said(record: dict) -> str:
    """A verdict in words, on one line."""
    found = record["found"] or f"{card.TRUTH[record['as_worded']]} as meant"
    mark = claims.WORDS[record["verdict"]].mark
    return f"{record['id']} {mark}: {found}; {counts(record)}"


def counts(record: dict) -> str:
    """In how many readings a claim is true, false and unknown, in words."""
    names = ("readings_holding", "readings_failing", "readings_unknown")
    return str(card.counts(*(quantities.exact(record[name]) for name in names)))


def _moved(was: dict, now: dict) -> str:
    """What differs between two records of a claim, as far as both tell it."""
    return "".join(
        f"; {name.replace('_', ' ')} was {_short(was[name])} → is {_short(now[name])}"
        for name in ledger.MOVED
        if name in was and was[name] != now[name]
    )


def _short(value) -> str:
    if isinstance(value, str):
        return claims.WORDS[value].mark if value in claims.WORDS else tables.day(value)
    return tables.plain(value)


def write(folder: Path, notebooks: Mapping[str, dict], records: list[dict]) -> None:
    """Write claims.json and the executed notebooks into the scenario's folder."""
    import nbformat  # takes most of a second, which a run without changes need not wait for

    (folder / "claims.json").write_text(as_json(records), "utf-8")
    (folder / "notebooks").mkdir()
    for name, notebook in notebooks.items():
        (folder / "notebooks" / f"{name}.ipynb").write_text(
            nbformat.writes(notebook) + "\n", "utf-8"
        )
