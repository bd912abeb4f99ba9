"""Gather the verdicts and answers that the executed notebooks carry in their outputs."""

import json
from collections.abc import Mapping
from pathlib import Path

from helpers import all_verdicts, claims, data, quantities, scenarios, tables
from helpers.claims import card_lines
from helpers.machinery.outputs.replace_outputs_whole import as_json
from helpers.machinery.run.errors import RunError

VERDICTS, ANSWERS = "claims.json", "answers.json"
Found = tuple[list[dict], list[dict]]  # verdicts and answers
CARD = ("card", "fair_readings")  # what an output carries beside the record of claims.json


def verdicts(notebooks: Mapping[str, dict]) -> list[dict]:
    """The verdicts in the notebooks' outputs, in the article's order.

    Raises RunError where one stands twice or in the wrong notebook.
    """
    found = {}
    for name, notebook in notebooks.items():
        for carried in _carried(notebook, claims.MIME):
            record = {key: value for key, value in carried.items() if key not in CARD}
            if record["id"] in found:
                raise RunError(f"{name}: {record['id']} is judged twice", "judged-twice")
            if record["notebook"] != name:
                raise RunError(
                    f"{name}: {record['id']} belongs to {record['notebook']}, as claims.csv says",
                    "judged-elsewhere",
                )
            found[record["id"]] = record
    missing = [
        id for id in claims.judged() if data.row(id)["notebook"] in notebooks and id not in found
    ]
    if missing:
        raise RunError(f"not judged in any cell: {', '.join(missing)}", "not-judged")
    return _with_ranks([found[id] for id in claims.judged() if id in found], notebooks)


def _carried(notebook: Mapping, type: str) -> list:
    """The data of a type that the outputs of a notebook carry."""
    return [
        output["data"][type]
        for cell in notebook["cells"]
        for output in cell.get("outputs", [])
        if type in output.get("data", {})
    ]


def _with_ranks(records: list[dict], notebooks: Mapping[str, dict]) -> list[dict]:
    """The verdicts, each with its place among those near another one, or null; as they are where no
    notebook ranks them.
    """
    ranked = [facts for each in notebooks.values() for facts in _carried(each, tables.OPEN_FACTS)]
    if not ranked:
        return records
    near = {
        fact["id"]: {name: value for name, value in fact.items() if name != "id"}
        for facts in ranked
        for fact in facts
    }
    return [record | {"near_another": near.get(record["id"])} for record in records]


def answers(notebooks: Mapping[str, dict]) -> list[dict]:
    """The answers in the notebooks' outputs, in their order; none where no notebook has them."""
    return [
        record
        for notebook in notebooks.values()
        for carried in _carried(notebook, tables.ANSWERS)
        for record in carried
    ]


def committed_notebooks() -> dict[str, dict]:
    """The committed notebooks as JSON holds them; RunError where one cannot be read."""
    notebooks = {}
    for name in scenarios.notebooks():
        try:
            notebooks[name] = json.loads(scenarios.file(name).read_text("utf-8"))
            notebooks[name]["cells"]  # noqa: B018
        except (OSError, ValueError, KeyError, TypeError) as error:
            message = f"{name}: not a readable notebook ({error})"
            raise RunError(message, "notebook-unreadable") from None
    return notebooks


def committed() -> list[dict]:
    """The verdicts in the committed notebooks; RunError where one cannot be read or holds none."""
    return verdicts(committed_notebooks())


def committed_or_none() -> Found:
    """The verdicts and answers in the committed notebooks, none where they have not been run."""
    try:
        notebooks = committed_notebooks()
        return verdicts(notebooks), answers(notebooks)
    except RunError:
        return [], []


def published(folder: Path) -> list[dict]:
    """The verdicts in a scenario's outputs."""
    return json.loads((folder / VERDICTS).read_text("utf-8"))


def found(folder: Path) -> Found:
    """The verdicts and answers in a scenario's outputs."""
    return published(folder), json.loads((folder / ANSWERS).read_text("utf-8"))


def table(now: Found, before: Found) -> str:
    """The closing table of a run, a line a claim in words: the verdict, what is found, how many
    fair readings are true, false and unknown; then a line an answer, with its unit. Those that came
    out otherwise than before stand last, with what they were.
    """
    verdict_of = {record["id"]: record for record in before[0]}
    answer_of = {record["answer"]: record for record in before[1]}
    told = [(said(new), _moved(verdict_of.get(new["id"], new), new)) for new in now[0]]
    told += [(answered(new), _other(answer_of.get(new["answer"], new), new)) for new in now[1]]
    return "\n".join(
        [*(same for same, moved in told if not moved), *(moved for _, moved in told if moved)]
    )


def answered(record: dict) -> str:
    """An answer in words, on one line."""
    return f"{record['answer']}: {record['words']}"


def _other(was: dict, now: dict) -> str:
    """An answer that came out otherwise, on one line (was → is); nothing where it did not."""
    ends = {"value": "", "low": "low end ", "high": "high end "}
    exactly = ", ".join(
        f"{word}{_change(tables.plain(was[name]), tables.plain(now[name]))}"
        for name, word in ends.items()
        if was[name] != now[name]
    )
    if not exactly:
        return ""
    if was["words"] != now["words"]:
        return f"{now['answer']}: {_change(was['words'], now['words'])}"
    return f"{answered(now)} ({exactly})"


def said(record: dict) -> str:
    """A verdict in words, on one line."""
    return f"{_name(record)} {_mark(record)}: {_found(record)}; fair readings: {counts(record)}"


def _name(record: dict) -> str:
    """A claim's id; of one that is a reader's own, with a word that says so."""
    return record["id"] + (" (your own)" if claims.own(record) else "")


def counts(record: dict) -> str:
    """How many fair readings of a claim are true, false and unknown, in words."""
    names = ("readings_holding", "readings_failing", "readings_unknown")
    return str(card_lines.counts(*(quantities.exact(record[name]) for name in names)))


def _mark(record: dict) -> str:
    return claims.WORDS[record["verdict"]].mark


def _found(record: dict) -> str:
    return record["found"] or f"{card_lines.TRUTH[record['as_worded']]} as meant"


OF_READINGS = {  # what a number of a verdict is
    "computed": "as meant ",
    "low": "the least over all fair readings ",
    "high": "the most over all fair readings ",
}


def _moved(was: dict, now: dict) -> str:
    """A claim that came out otherwise, on one line (was → is); nothing where it did not. Numbers
    that moved by less than their words show stand in brackets.
    """
    if not any(name in was and was[name] != now[name] for name in all_verdicts.MOVED):
        return ""
    mark, found, told = (_change(tell(was), tell(now)) for tell in (_mark, _found, counts))
    numbers = [
        f"{word}{_change(tables.plain(was[name]), tables.plain(now[name]))}"
        for name, word in OF_READINGS.items()
        if name in was and was[name] != now[name] and isinstance(now[name], int | float)
        if (name != "computed" or _found(was) == _found(now)) and now[name] not in (True, False)
    ]
    exactly = f" ({', '.join(numbers)})" if numbers else ""
    return f"{_name(now)} {mark}: {found}{exactly}; fair readings: {told}"


def _change(was: str, now: str) -> str:
    return now if was == now else f"{was} → {now}"


def write(folder: Path, notebooks: Mapping[str, dict], records: list[dict]) -> None:
    """Write claims.json, answers.json and the executed notebooks.

    Parameters
    ----------
    folder : Path
        The scenario's folder, which has none of them yet.
    notebooks : mapping
        The executed notebooks by name; the answers are taken from them.
    records : list of dict
        The verdicts, as `verdicts` gives them.
    """
    import nbformat  # takes most of a second, which a run without changes need not wait for

    (folder / VERDICTS).write_text(as_json(records), "utf-8")
    (folder / ANSWERS).write_text(as_json(answers(notebooks)), "utf-8")
    (folder / "notebooks").mkdir()
    for name, notebook in notebooks.items():
        (folder / "notebooks" / f"{name}.ipynb").write_text(
            nbformat.writes(notebook) + "\n", "utf-8"
        )
