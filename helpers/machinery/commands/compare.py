"""Compare the verdicts and numbers of two scenarios or days, and what was observed between them."""

import argparse
import re
from pathlib import Path

from helpers import all_verdicts, answers, claims, data, quantities, scenarios, tables, uncertainty
from helpers.machinery.commands import check_data
from helpers.machinery.outputs import claims_json, manifest, publish
from helpers.machinery.run.progress import say
from helpers.machinery.site import assets, pages
from helpers.timeline import event_rows, events


def side(named: str) -> tuple[str, data.World]:
    """The folder name and world of a scenario, or of a day in the scenario `article`.

    Raises ParameterError where it is neither.
    """
    scenario, as_of = ("article", named) if re.fullmatch(r"[\d-]+", named) else (named, "")
    name, changed = scenarios.resolve(scenario, as_of)
    return name, data.World(**changed)


def write(folder: Path, one: str, other: str, inputs: dict) -> str:
    """Write the comparison into a folder, as a page, as JSON and as a table.

    Parameters
    ----------
    folder : Path
        The empty folder.
    one, other : str
        The scenarios or days.
    inputs : dict
        The digests of all inputs, as in `pages.build`.

    Returns
    -------
    str
        The lines for the terminal.
    """
    (first, before), (second, after) = side(one), side(other)
    judged_then, judged_now = (
        all_verdicts.verdicts(world) + all_verdicts.own(world) for world in (before, after)
    )
    changes = all_verdicts.differences(judged_then, judged_now)
    early, late = sorted((before, after), key=lambda world: world.as_of)
    happened = events(late)
    happened = happened[~happened.index.isin(events(early).index)]
    judged = tuple(claims.judged())
    moved_claims = tuple(was.claim["id"] for was, _, _ in changes)
    kept = list(zip(*(answers.records(world) for world in (before, after)), strict=True))
    parts = [
        tables.say(
            "{moved} of {all} judged claims differ between {one} and {other}.",
            moved=quantities.exact(len(changes), "claims", moved_claims),
            all=quantities.exact(len(judged), "claims", judged),
            one=first,
            other=second,
        ),
        tables.show(
            all_verdicts.verdict_rows(changes, first, second),
            "What differs",
            empty="Every verdict and number is the same.",
        ),
        tables.show(
            [
                {
                    "kept up without end": then.question,
                    first: uncertainty.in_words(then.alone, before),
                    second: uncertainty.in_words(now.alone, after),
                }
                for then, now, (old, new) in zip(
                    answers.answers(before), answers.answers(after), kept, strict=True
                )
                if old != new
            ],
            "What could be kept up",
            empty="What could be kept up is the same.",
        ),
        tables.show(
            all_verdicts.observation_rows(early, late),
            "Rows observed between the two days",
            empty="No row was observed between the two days.",
        ),
        tables.show(
            event_rows(happened),
            "What happened between the two days",
            empty="No event is recorded between the two days.",
        ),
    ]
    run = {
        "scenario": f"{first} and {second}",
        "as_of": f"{tables.day(before.as_of)} and {tables.day(after.as_of)}",
    }
    pages.comparison(
        folder,
        f"What differs between {first} and {second}",
        run,
        inputs,
        "".join(part._repr_html_() for part in parts),
    )
    now = [verdict.record() for _, verdict, _ in changes]
    was = [verdict.record() for verdict, _, _ in changes]
    (folder / "compare.json").write_text(
        publish.as_json([{"was": old, "is": new} for old, new in zip(was, now, strict=True)]),
        "utf-8",
    )
    cells = [
        [old["id"], " ".join(moved), old["verdict"], new["verdict"]]
        for old, new, (_, _, moved) in zip(was, now, changes, strict=True)
    ]
    (folder / "compare.csv").write_text(
        assets.as_csv([["claim", "differs in", first, second], *cells]), "utf-8", newline=""
    )
    others = [(old, new) for old, new in kept if old != new]
    told = claims_json.table((now, [new for _, new in others]), (was, [old for old, _ in others]))
    return told or "every verdict and number is the same, and so is what could be kept up"


def run(args: argparse.Namespace) -> int:
    """Say which verdicts and numbers differ between two scenarios or days."""
    name = "..".join(side(named)[0] for named in (args.first, args.second))
    inputs = manifest.inputs()
    if not check_data.passes():
        return 1
    with publish.release(f"compare/{name}") as folder:
        lines = write(folder, args.first, args.second, inputs)
        publish.seal(folder, name, {"from": args.first, "to": args.second}, {}, inputs)
    say(lines)
    say(f"{publish.OUTPUTS / 'compare' / name / 'index.html'}")
    return 0
