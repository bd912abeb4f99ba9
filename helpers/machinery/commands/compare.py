"""Compare the verdicts and numbers of two scenarios or days, and what was observed between them."""

import argparse
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from helpers import (
    all_verdicts,
    claims,
    data,
    headline_answers,
    quantities,
    scenarios,
    since_publication,
    tables,
    uncertainty,
)
from helpers.machinery.commands import check_data
from helpers.machinery.outputs import claims_json, manifest, replace_outputs_whole
from helpers.machinery.run import progress
from helpers.machinery.run.progress import say
from helpers.machinery.site import pages, style_scripts_and_policy


def side(named: str) -> tuple[str, data.World]:
    """The folder name and world of a scenario, or of a day in the scenario `article`.

    Raises ParameterError where it is neither.
    """
    scenario, as_of = ("article", named) if re.fullmatch(r"[\d-]+", named) else (named, "")
    name, changed = scenarios.resolve(scenario, as_of)
    return name, data.World(**changed)


def labels(one: tuple[str, data.World], other: tuple[str, data.World]) -> tuple[str, str]:
    """What the two sides are called: their days, or their scenarios where the day is the same."""
    first, second = (tables.day(world.as_of) for _, world in (one, other))
    return (first, second) if first != second else (one[0], other[0])


def judged(world: data.World) -> all_verdicts.Verdicts:
    """The article's claims and a reader's own, judged in a world."""
    return all_verdicts.verdicts(world) + all_verdicts.own(world)


def parts(one: tuple[str, data.World], other: tuple[str, data.World]) -> Iterator:
    """What a comparison tells, in the order in which it is read: headings, sentences and tables.

    Parameters
    ----------
    one, other : tuple of str and World
        The name and the world of each side.
    """
    (_, before), (_, after) = one, other
    first, second = labels(one, other)
    was, now = judged(before), judged(after)
    turned = [
        each for each in all_verdicts.differences(was, now) if each[0].verdict != each[1].verdict
    ]
    moved = since_publication.moved(was, now)
    told = since_publication.worth_telling(moved)
    yield tables.say(
        "{turned} of {all} verdicts on Eliot Wilson's article in The Hill are different. So are"
        " {moved} readings, whether or not they count for a verdict; {told} of them are told below,"
        " and those that turned a verdict.",
        turned=_claims(verdict for verdict, _, _ in turned),
        all=_claims(was),
        moved=since_publication.counted(moved),
        told=since_publication.counted(told),
    )
    early, late = sorted((before, after), key=lambda world: world.as_of)
    early = replace(late, as_of=early.as_of)  # what happened is no matter of whose rows count
    yield "What happened"
    yield since_publication.in_short(early, late)
    yield "Verdicts that moved"
    yield tables.show(
        all_verdicts.verdict_rows(turned, first, second),
        "Both verdicts of each claim, with what was found",
        empty="Every verdict is the same.",
    )
    yield "Readings that moved"
    yield tables.show(
        since_publication.moved_rows(told, first, second),
        "What turned beside a verdict, and other numbers of claims as they are meant",
        empty="No other reading turned, and no claim as meant came to another number.",
    )
    yield tables.show(
        [
            {
                "kept up without end": then.question,
                first: uncertainty.in_words(then.alone, before),
                second: uncertainty.in_words(later.alone, after),
            }
            for then, later, (old, new) in zip(
                headline_answers.answers(before),
                headline_answers.answers(after),
                _kept(before, after),
                strict=True,
            )
            if old != new
        ],
        "What could be kept up",
        empty="What could be kept up is the same.",
    )
    yield "Looked for and not found"
    yield tables.show(
        since_publication.not_found_rows(early, late),
        f"Searches that reach past {tables.day(early.as_of)}",
        empty="No search reaches past the earlier day.",
    )
    yield "All that happened"
    yield tables.show(
        since_publication.event_rows(early, late),
        "Every event between the two days that bears on a claim, the oldest first",
        empty="No event is recorded between the two days.",
    )


def _claims(judged: Iterable[claims.Verdict]) -> quantities.Quantity:
    ids = tuple(verdict.claim["id"] for verdict in judged)
    return quantities.exact(len(ids), "claims", ids)


def _kept(before: data.World, after: data.World) -> list[tuple[dict, dict]]:
    """What could be kept up on both sides, as data."""
    return list(zip(headline_answers.records(before), headline_answers.records(after), strict=True))


def _html(part) -> str:
    return f"<h1>{part}</h1>" if isinstance(part, str) else part._repr_html_()


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
    sides = side(one), side(other)
    (first, before), (second, after) = sides
    changes = all_verdicts.differences(judged(before), judged(after))
    run = {
        "scenario": f"{first} and {second}",
        "as_of": f"{tables.day(before.as_of)} and {tables.day(after.as_of)}",
    }
    title = "What has changed from {} to {}" if before.as_of < after.as_of else "{} beside {}"
    html = "".join(map(_html, parts(*sides)))
    pages.comparison(folder, title.format(*labels(*sides)), run, inputs, html)
    now = [verdict.record() for _, verdict, _ in changes]
    was = [verdict.record() for verdict, _, _ in changes]
    (folder / "compare.json").write_text(
        replace_outputs_whole.as_json(
            [{"was": old, "is": new} for old, new in zip(was, now, strict=True)]
        ),
        "utf-8",
    )
    cells = [
        [old["id"], " ".join(moved), old["verdict"], new["verdict"]]
        for old, new, (_, _, moved) in zip(was, now, changes, strict=True)
    ]
    (folder / "compare.csv").write_text(
        style_scripts_and_policy.as_csv([["claim", "differs in", first, second], *cells]),
        "utf-8",
        newline="",
    )
    others = [(old, new) for old, new in _kept(before, after) if old != new]
    told = claims_json.table((now, [new for _, new in others]), (was, [old for old, _ in others]))
    return told or "every verdict and number is the same, and so is what could be kept up"


def run(args: argparse.Namespace) -> int:
    """Say which verdicts and numbers differ between two scenarios or days."""
    name = "..".join(side(named)[0] for named in (args.first, args.second))
    inputs = manifest.inputs()
    if not check_data.passes():
        return 1
    say("judging every claim on both sides, and what could be kept up")
    with replace_outputs_whole.release(f"compare/{name}") as folder:
        with progress.at_work():
            lines = write(folder, args.first, args.second, inputs)
        replace_outputs_whole.seal(
            folder, name, {"from": args.first, "to": args.second}, {}, inputs
        )
    say(lines)
    say(f"{replace_outputs_whole.OUTPUTS / 'compare' / name / 'index.html'}")
    return 0
