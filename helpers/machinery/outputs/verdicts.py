"""Gather the verdicts that the executed notebooks carry in their outputs."""

import json
from collections.abc import Mapping
from pathlib import Path

from helpers import claims, data, ledger, scenarios
from helpers.machinery.outputs.publish import as_json
from helpers.machinery.run.errors import RunError


def verdicts(notebooks: Mapping[str, dict]) -> list[dict]:
    """The verdicts in the notebooks' outputs, in the article's order.

    Raises RunError where one stands twice or in the wrong notebook.
    """
    found = {}
    for name, notebook in notebooks.items():
        for cell in notebook["cells"]:
            for output in cell.get("outputs", []):
                record = output.get("data", {}).get(claims.MIME)
                if record is None:
                    continue
                if record["id"] in found:
                    raise RunError(f"{name}: {record['id']} is judged twice")
                if record["notebook"] != name:
                    raise RunError(
                        f"{name}: {record['id']} belongs to {record['notebook']}, as claims.csv"
                        " says"
                    )
                found[record["id"]] = dict(record)
    missing = [
        id for id in claims.judged() if data.row(id)["notebook"] in notebooks and id not in found
    ]
    if missing:
        raise RunError(f"not judged in any cell: {', '.join(missing)}")
    return [found[id] for id in claims.judged() if id in found]


def committed() -> list[dict]:
    """The verdicts in the committed notebooks; RunError where one cannot be read or holds none."""
    notebooks = {}
    for name in scenarios.notebooks():
        try:
            notebooks[name] = json.loads(scenarios.file(name).read_text("utf-8"))
            notebooks[name]["cells"]  # noqa: B018
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise RunError(f"{name}: not a readable notebook ({error})") from None
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
    """The closing table of a run: each verdict, its number, its readings, and what differs from the
    committed notebooks (was → is).
    """
    was = {record["id"]: record for record in before}
    lines = []
    for record in now:
        old = was.get(record["id"], record)
        moved = [
            f"{name.replace('_', ' ')} was {_short(old[name])} → is {_short(record[name])}"
            for name in ledger.MOVED
            if old[name] != record[name]
        ]
        votes = f"{record['readings_holding']}/{record['readings']}"
        lines.append(
            f"{record['id']:5} {record['verdict']:11} {_short(record['computed']):>24}  {votes:>6}"
            f" readings  {'; '.join(moved)}".rstrip()
        )
    return "\n".join(lines)


def _short(value) -> str:
    if value is None:
        return "unknown"
    if isinstance(value, list):
        return " ".join(value) or "none"
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def write(folder: Path, notebooks: Mapping[str, dict], records: list[dict]) -> None:
    """Write claims.json and the executed notebooks into the scenario's folder."""
    import nbformat  # takes most of a second, which a run without changes need not wait for

    (folder / "claims.json").write_text(as_json(records), "utf-8")
    (folder / "notebooks").mkdir()
    for name, notebook in notebooks.items():
        (folder / "notebooks" / f"{name}.ipynb").write_text(
            nbformat.writes(notebook) + "\n", "utf-8"
        )
