"""The parts of README.md that commands write: what the notebooks find, the digests of what is
mailed, what runs cost.
"""

import re
from pathlib import Path

from helpers import claims, data, tables
from helpers.machinery.outputs import claims_json, manifest
from helpers.machinery.run.errors import RunError

README = data.ROOT / "README.md"
FINDINGS, DIGESTS, MEASURED = (
    (f"<!-- {name}: written by `make {command}` -->", f"<!-- end of {name} -->")
    for name, command in (("findings", "refresh"), ("digests", "refresh"), ("measured", "bench"))
)
ALL = "all files, manifest.json left out"
MAILED = ("report.html", "claims.json")  # of the scenario `article`


def findings(records: list[dict]) -> str:
    """The findings as a Markdown table, one row a claim of the article judged, and what the
    verdicts mean; a reader's own claims stand in a table by themselves.
    """
    own = [record for record in records if claims.own(record)]
    meanings = [f"- *{word.mark}*: {word.meaning}" for word in claims.WORDS.values()]
    article = [record for record in records if record not in own]
    said = (
        f"All {len(article)} claims, by the data as of {tables.day(data.World.as_of)}, in the"
        " article's order."
    )
    apart = ["", "Not the article's, and not counted among its claims:", "", *_table(own)]
    return "\n".join([said, "", *_table(article), *(apart if own else ()), "", *meanings])


def _table(records: list[dict]) -> list[str]:
    rows = [
        "| | claim | verdict | in one line | the article | fair readings | how firm |",
        "|---|---|---|---|---|---|---|",
    ]
    for record in records:
        claim, word = data.row(record["id"]), claims.WORDS[record["verdict"]]
        rows.append(
            f"| {record['id']} | {claim['claim']} | **{word.mark}** | {record['line']} |"
            f" {claims.stated_words(claim)} | {claims_json.counts(record)} |"
            f" {record['firmness'] or ''} |"
        )
    return rows


def filled(readme: str, marks: tuple[str, str], block: str) -> str:
    """The README with another block between two marks; RunError where these do not stand in it
    once.

    Parameters
    ----------
    readme : str
        The README as it is.
    marks : tuple of str
        The lines before and after the block.
    block : str
        What is to stand between them.
    """
    begin, end = map(re.escape, marks)
    new, times = re.subn(
        f"{begin}.*?{end}", lambda _: f"{marks[0]}\n{block}\n{marks[1]}", readme, flags=re.S
    )
    if times != 1:
        message = f"README.md must hold the two marks {' and '.join(marks)} once"
        raise RunError(message, "readme-marks")
    return new


def digests(folder: Path) -> str:
    """The SHA-256 of what is mailed and of all files together, as a Markdown table, from the
    outputs of the scenario `article`.
    """
    rows = [f"| `{name}` | `{manifest.digest(folder / name)}` |" for name in MAILED]
    rows.append(f"| {ALL} | `{manifest.total(folder)}` |")
    return "\n".join(["| file of the scenario `article` | SHA-256 |", "|---|---|", *rows])


def stated(readme: str) -> dict[str, str]:
    """The SHA-256 that the README states, by the name of a file or ALL."""
    return dict(re.findall(r"^\| `?([\w. ,]+?)`? \| `([0-9a-f]{64})` \|$", readme, re.M))


def write(folder: Path) -> None:
    """Bring README.md up to date with the committed notebooks and the outputs of the scenario
    `article` in a folder.
    """
    readme = filled(data.text(README), FINDINGS, findings(claims_json.committed()))
    README.write_text(filled(readme, DIGESTS, digests(folder)), "utf-8")
