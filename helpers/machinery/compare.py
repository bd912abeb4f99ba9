"""Which verdicts and numbers differ between two scenarios or days, and what was observed between them."""

import csv
import re
from pathlib import Path

from helpers import claims, data, quantities, tables
from helpers.claims import Verdict
from helpers.machinery import scenarios
from helpers.record import event_rows, events

MOVED = ("verdict", "as_worded", "computed", "readings_holding", "readings", "readings_unknown")


def side(named: str) -> tuple[str, data.World]:
    """A scenario, or a day in the scenario `article`, as its folder name and its world; ParameterError where it is neither."""
    scenario, as_of = ("article", named) if re.fullmatch(r"[\d-]+", named) else (named, "")
    name, changed = scenarios.resolve(scenario, as_of)
    return name, data.World(**changed)


def verdicts(world: data.World) -> list[Verdict]:
    """Every claim judged in a world, in the article's order."""
    return [claims.judge(id, world) for id in claims.judged()]


def differences(before: list[Verdict], after: list[Verdict]) -> list[tuple[Verdict, Verdict, list[str]]]:
    """The claims on which two sides differ, with the names of what does: verdict, outcome as worded, number, readings."""
    pairs = [(was, now, [name for name in MOVED if was.record()[name] != now.record()[name]]) for was, now in zip(before, after, strict=True)]
    return [(was, now, moved) for was, now, moved in pairs if moved]


def verdict_rows(found: list[tuple[Verdict, Verdict, list[str]]], one: str, other: str) -> list[dict]:
    """What differs, one table row a claim."""
    return [
        {
            "claim": tables.Row(was.claim["id"], was.claim["claim"]), one: [was.verdict.upper(), claims.said(was.as_worded.outcome)],
            other: [now.verdict.upper(), claims.said(now.as_worded.outcome)],
            "readings that hold": tables.say("{was} → {now}", was=was.reading_count(was.holding), now=now.reading_count(now.holding)),
        }
        for was, now, _ in found
    ]  # fmt: skip


def observation_rows(early: data.World, late: data.World) -> list[dict]:
    """How many rows of each table were observed after the earlier day, up to the later."""
    found = []
    for name in data.contract():
        column = next((column for column, facts in data.columns(name).items() if facts.get("observation")), None)
        if column:
            rows = late.until(name, column)
            new = rows[~rows.index.isin(early.until(name, column).index)]
            if len(new):
                found.append({"table": data.contract()[name]["title"], "new rows": quantities.count(new, "rows"), "newest": max(new[column])})
    return found


def write(folder: Path, one: str, other: str) -> str:
    """The comparison as a page, as JSON and as a table into a folder; the lines for the terminal."""
    from helpers.machinery import gather, pages

    (first, before), (second, after) = side(one), side(other)
    found = differences(verdicts(before), verdicts(after))
    early, late = sorted((before, after), key=lambda world: world.as_of)
    happened = events(late)
    happened = happened[~happened.index.isin(events(early).index)]
    shown = [
        tables.say(
            "{moved} of {all} judged claims differ between {one} and {other}.",
            moved=quantities.exact(len(found), "claims", [was.claim["id"] for was, _, _ in found]),
            all=quantities.exact(len(claims.judged()), "claims", claims.judged()),
            one=first,
            other=second,
        ),
        tables.show(verdict_rows(found, first, second), "What differs", empty="Every verdict and number is the same."),
        tables.show(observation_rows(early, late), "Rows observed between the two days", empty="No row was observed between the two days."),
        tables.show(event_rows(happened), "What happened between the two days", empty="No event is recorded between the two days."),
    ]
    run = {"scenario": f"{first} and {second}", "as_of": f"{tables.day(before.as_of)} and {tables.day(after.as_of)}"}
    pages.comparison(folder, f"What differs between {first} and {second}", run, "".join(part._repr_html_() for part in shown))
    now = [verdict.record() for _, verdict, _ in found]
    was = [verdict.record() for verdict, _, _ in found]
    (folder / "compare.json").write_text(gather.as_json([{"was": old, "is": new} for old, new in zip(was, now, strict=True)]), "utf-8")
    with open(folder / "compare.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["claim", "differs in", first, second])
        writer.writerows(
            [old["id"], " ".join(moved), old["verdict"], new["verdict"]] for old, new, (_, _, moved) in zip(was, now, found, strict=True)
        )
    return gather.table(now, was) or "every verdict and number is the same"
