"""Draw rows to be read again at their sources by somebody who did not enter them.

`python tools/draw.py [COMMIT] [NUMBER]` prints ids, forty if not told otherwise. The seed is the
first eight hex digits of a commit, the last one that changed data/ if none is named, so that nobody
chooses it, and anybody can repeat the draw in a checkout of that commit. Seven in ten are of the
rows that verdicts rest on, as the committed notebooks name them; the others are of the rest. Rows
that name no page, because they are computed or from general knowledge, cannot be read again and are
not drawn.
"""

import random
import subprocess
import sys

from helpers import data
from helpers.machinery.outputs import claims_json

ROWS = 40
BEHIND_VERDICTS = 0.7  # of the rows drawn
WITH_A_PAGE = ("read", "secondary")  # grades


def last_commit() -> str:
    """The last commit that changed data/."""
    told = ["git", "-C", str(data.ROOT), "log", "-1", "--format=%H", "--", "data"]
    return subprocess.run(told, capture_output=True, text=True, check=True).stdout.strip()


def rows() -> list[str]:
    """The rows that name a page, in the order of their ids."""
    return sorted(
        id
        for name in data.contract()
        if "verification" in data.columns(name)
        for id, grade in data.load(name)["verification"].items()
        if grade in WITH_A_PAGE
    )


def draw(seed: int, number: int = ROWS) -> list[str]:
    """So many rows, those behind verdicts first."""
    cited = {row for record in claims_json.committed() for row in record["rows"]}
    chance, every = random.Random(seed), rows()
    behind = [id for id in every if id in cited]
    others = [id for id in every if id not in cited]
    first = chance.sample(behind, round(number * BEHIND_VERDICTS))
    return [*first, *chance.sample(others, number - len(first))]


def main() -> None:
    commit = sys.argv[1] if len(sys.argv) > 1 else last_commit()
    number = int(sys.argv[2]) if len(sys.argv) > 2 else ROWS
    print(f"seed {commit[:8]}", *draw(int(commit[:8], 16), number), sep="\n")


if __name__ == "__main__":
    main()
