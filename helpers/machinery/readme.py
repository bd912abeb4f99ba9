"""The part of README.md that a command writes: what the committed notebooks find."""

import re

from helpers import claims, data, quantities
from helpers.machinery import gather
from helpers.machinery.errors import RunError
from helpers.tables import day

README = data.ROOT / "README.md"
MARKS = ("<!-- findings: written by `make refresh` -->", "<!-- end of findings -->")


def findings(records: list[dict]) -> str:
    """The findings as a Markdown table, one row a claim judged."""
    rows = ["| | claim | the article | we find | verdict | readings |", "|---|---|---|---|---|---|"]
    for record in records:
        claim = data.row(record["id"])
        stated = claim["quoted"] or claim["stated"]
        votes = f"{record['readings_holding']} of {record['readings']}"
        rows.append(f"| {record['id']} | {claim['claim']} | {stated} | {found(record)} | **{record['verdict']}** | {votes} |")
    return "\n".join(rows)


def found(record: dict) -> str:
    """What the rows give for a claim, in a few words: the number as worded and its range over the voting readings."""
    computed = record["computed"]
    if record["verdict"] == "opinion":
        return "no fact could decide it"
    if isinstance(computed, list):
        return " ".join(computed) or "none"
    if isinstance(computed, bool) or computed is None:
        return {True: "yes", False: "no", None: "not known yet"}[computed]
    if isinstance(computed, str):
        return day(computed)
    unit, low, high = record["unit"], record["low"], record["high"]
    number = lambda value: quantities.text(value, unit, modelled=isinstance(value, float))  # noqa: E731
    bound = {(True, False): "at most ", (False, True): "at least ", (True, True): "about "}.get((low is None, high is None), "")
    ends = "" if bound or low == high else f" ({quantities.interval(low, high, unit, modelled=isinstance(computed, float))})"
    return f"{bound}{number(computed)}{ends} {claims.UNITS.get(unit, unit)}".strip()


def text(records: list[dict], readme: str) -> str:
    """The README with its findings brought up to date."""
    begin, end = map(re.escape, MARKS)
    block = f"{MARKS[0]}\n{findings(records)}\n{MARKS[1]}"
    new, times = re.subn(f"{begin}.*?{end}", lambda _: block, readme, flags=re.S)
    if times != 1:
        raise RunError("README.md must hold the two marks of the findings once")
    return new


def write() -> None:
    """Bring README.md up to date with the committed notebooks."""
    README.write_text(text(gather.committed(), README.read_text("utf-8")), "utf-8")
