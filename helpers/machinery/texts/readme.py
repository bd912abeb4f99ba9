"""The parts of README.md that commands write: what the notebooks find, the digests of what is
mailed, what runs cost.
"""

import re
from pathlib import Path

from helpers import claims, data, quantities
from helpers.machinery.outputs import manifest, verdicts
from helpers.machinery.run.errors import RunError
from helpers.tables import day

README = data.ROOT / "README.md"
FINDINGS, DIGESTS, MEASURED = (
    (f"<!-- {name}: written by `make {command}` -->", f"<!-- end of {name} -->")
    for name, command in (("findings", "refresh"), ("digests", "refresh"), ("measured", "bench"))
)
MAILED = ("report.html", "claims.json")  # of the scenario `article`


def findings(records: list[dict]) -> str:
    """The findings as a Markdown table, one row a claim judged."""
    rows = ["| | claim | the article | we find | verdict | readings |", "|---|---|---|---|---|---|"]
    for record in records:
        claim = data.row(record["id"])
        stated = claim["quoted"] or claim["stated"]
        votes = f"{record['readings_holding']} of {record['readings']}"
        rows.append(
            f"| {record['id']} | {claim['claim']} | {stated} | {found(record)} |"
            f" **{record['verdict']}** | {votes} |"
        )
    return "\n".join(rows)


def found(record: dict) -> str:
    """What the rows give for a claim, in a few words: the number as worded and its range over the
    voting readings.
    """
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
    bound = {(True, False): "at most ", (False, True): "at least ", (True, True): "about "}.get(
        (low is None, high is None), ""
    )
    ends = (
        ""
        if bound or low == high
        else f" ({quantities.interval(low, high, unit, modelled=isinstance(computed, float))})"
    )
    return f"{bound}{number(computed)}{ends} {claims.UNITS.get(unit, unit)}".strip()


def filled(readme: str, marks: tuple[str, str], block: str) -> str:
    """The README with another block between two marks; RunError where these do not stand in it
    once.
    """
    begin, end = map(re.escape, marks)
    new, times = re.subn(
        f"{begin}.*?{end}", lambda _: f"{marks[0]}\n{block}\n{marks[1]}", readme, flags=re.S
    )
    if times != 1:
        raise RunError(f"README.md must hold the two marks {' and '.join(marks)} once")
    return new


def digests(folder: Path) -> str:
    """The SHA-256 of what is mailed, as a Markdown table, from the outputs of the scenario
    `article`.
    """
    rows = [f"| `{name}` | `{manifest.digest(folder / name)}` |" for name in MAILED]
    return "\n".join(["| file of the scenario `article` | SHA-256 |", "|---|---|", *rows])


def stated(readme: str) -> dict[str, str]:
    """The SHA-256 that the README states of a file, by its name."""
    return dict(re.findall(r"^\| `([\w.]+)` \| `([0-9a-f]{64})` \|$", readme, re.M))


def write(folder: Path) -> None:
    """Bring README.md up to date with the committed notebooks and the outputs of the scenario
    `article` in a folder.
    """
    readme = filled(README.read_text("utf-8"), FINDINGS, findings(verdicts.committed()))
    README.write_text(filled(readme, DIGESTS, digests(folder)), "utf-8")
