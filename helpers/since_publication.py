"""Events since the article, readings that moved between two days, and searches without a find."""

from dataclasses import dataclass

import pandas as pd

from helpers import claims, data, quantities, tables
from helpers.claims import WORDS, Reading, Verdict, card_lines
from helpers.quantities import Quantity
from helpers.recipe_acts import Recipe
from helpers.tables import Row, day
from helpers.timeline import WORD

MOST = 4  # events told in short
# the column of each table that says what happened
SAYS = {"events": "what", "statements": "statement", "tasks": "task", "command": "statement"}


def events(early: data.World, late: data.World) -> pd.DataFrame:
    """Rows that bear on a claim, dated after the one day and by the other, the oldest first.

    Returns
    -------
    DataFrame
        Columns date, what (in words), bears_on (ids of claims), and sure ('two sources', 'one
        source', or whose word it is).
    """
    frames = []
    for table, words in SAYS.items():
        rows = late.until(table)
        rows = rows[(rows["bears_on"] != "") & ~rows.index.isin(early.until(table).index)]
        sure = rows["said_by"].map(WORD) if "said_by" in rows else "one source"
        if "corroborated" in rows:
            sure = rows["corroborated"].map({"yes": "two sources", "no": "one source"})
        frames.append(
            pd.DataFrame(
                {
                    "date": rows["date"],
                    "what": _whose(rows) + rows[words],
                    "bears_on": rows["bears_on"],
                    "sure": sure,
                }
            )
        )
    return pd.concat(frames).sort_index().sort_values("date", kind="stable")


def _whose(rows: pd.DataFrame) -> pd.Series | str:
    """Whose words or which text tells what happened; nothing where the row tells it whole."""
    for column in ("speaker", "text"):
        if column in rows:
            return rows[column] + ": "
    return ""


def in_short(early: data.World, late: data.World) -> tables.Lines | tables.Sentence:
    """The events that matter most between two days, dated, each with a claim that it bears on;
    and the claims whose verdicts differ.

    Of each claim that is the newest that two sources or an official text tell, or the newest of
    all; of one whose verdict differs, the newest that the verdict rests on. Of these the MOST are
    told: the newest, those that turned verdicts, then those that bear on most claims.
    """
    rows = events(early, late)
    label = data.load("claims", late.folder)["label"]
    chosen, turning = {}, set()
    for claim in label.index:
        own = rows.loc[[claim in bears.split() for bears in rows["bears_on"]]]
        sure = own[own["sure"].isin(("two sources", "official text"))]
        deciding = own[own.index.isin(turned_by(claim, early, late))]
        turning |= set(deciding.index[-1:])
        kinds = (kind for kind in (deciding, sure, own) if len(kind))
        for id, row in next(kinds, own).tail(1).iterrows():
            chosen[id] = row
    newest = rows.index[-1] if len(rows) else None
    chosen |= rows.loc[[newest]].to_dict("index") if newest else {}
    ranked = sorted(
        chosen,
        key=lambda id: (
            id == newest,
            id in turning,
            len(chosen[id]["bears_on"].split()),
            chosen[id]["date"],
            id,
        ),
    )
    kept = sorted(ranked[-MOST:], key=lambda id: (chosen[id]["date"], id))
    if not kept:
        return tables.say("Nothing has happened since that bears on a claim.")
    return tables.Lines(
        tuple(
            tables.say(
                "{day} ({sure}): {what}. → {claim}",
                day=day(chosen[id]["date"]),
                sure=chosen[id]["sure"],
                what=Row(id, chosen[id]["what"].rstrip(".")),
                claim=Row(claim, label[claim]),
            )
            for id in kept
            for claim in chosen[id]["bears_on"].split()[:1]
        )
        + _differing(early, late)
    )


def _differing(early: data.World, late: data.World) -> tuple[tables.Sentence, ...]:
    """The claims whose verdicts differ between two days, in one sentence; none where none does."""
    label = data.load("claims", late.folder)["label"]
    changed = [
        id
        for id in claims.of_article()
        if claims.judge(id, early).verdict != claims.judge(id, late).verdict
    ]
    claimed = [
        tables.say(
            "{claim} (now {verdict})",
            claim=Row(id, label[id]),
            verdict=WORDS[claims.judge(id, late).verdict].mark,
        )
        for id in changed
    ]
    if not claimed:
        return ()
    return (
        tables.say(
            "By {day} {number} of {all} verdicts have become others: {claims}.",
            day=day(late.as_of),
            number=_count(changed),
            all=_count(claims.of_article()),
            claims=tables.series(claimed),
        ),
    )


def _count(ids: list[str]) -> quantities.Quantity:
    return quantities.exact(len(ids), "verdicts", tuple(sorted(ids)), Recipe("count"))


def turned_by(claim: str, early: data.World, late: data.World) -> set[str]:
    """The rows that a verdict rests on later and did not before, where it is another one."""
    was, now = (claims.judge(claim, world) for world in (early, late))
    return set(now.rows) - set(was.rows) if was.verdict != now.verdict else set()


def event_rows(early: data.World, late: data.World) -> list[dict]:
    """Events between two days, one table row an event, with the claims it bears on."""
    label = data.load("claims", late.folder)["label"]
    return [
        {
            "day": Row(id, day(row["date"])),
            "what happened": row["what"],
            "bears on": [Row(claim, label[claim]) for claim in row["bears_on"].split()],
            "told by": row["sure"],
        }
        for id, row in events(early, late).iterrows()
    ]


@dataclass(frozen=True)
class Moved:
    """A reading that came out otherwise on two days."""

    claim: dict
    reading: Reading
    before: Reading
    verdicts: tuple[str, str]

    @property
    def turned(self) -> bool:
        """Whether it became true, false or unknown, and not only another number."""
        return self.reading.outcome.holds is not self.before.outcome.holds


def moved(before: tuple[Verdict, ...], after: tuple[Verdict, ...]) -> list[Moved]:
    """Readings, voting or beside the claim, whose outcome or printed number differs.

    A number that prints alike on both days has not moved. Those that turn come first.
    """
    changes = []
    for was, now in zip(before, after, strict=True):
        earlier = {reading.ids: reading for reading in was.readings}
        for reading in now.readings:
            old = earlier.get(reading.ids)
            if old is not None and _printed(old) != _printed(reading):
                changes.append(Moved(now.claim, reading, old, (was.verdict, now.verdict)))
    return sorted(changes, key=lambda each: (not each.turned, not each.reading.votes))


def _printed(reading: Reading) -> tuple:
    """An outcome as it is printed."""
    computed = reading.outcome.computed
    if isinstance(computed, Quantity):
        computed = str(computed), tables.range_of(computed)
    return reading.outcome.holds, str(computed)


def worth_telling(changes: list[Moved]) -> list[Moved]:
    """Of the readings that moved, those that the verdicts do not tell: what turned beside a verdict
    that stayed or beside the claim, and another number of a claim as meant.
    """
    return [
        each
        for each in changes
        if (each.verdicts[0] == each.verdicts[1] or not each.reading.as_worded)
        and (each.turned or each.reading.as_worded)
    ]


def moved_rows(changes: list[Moved], one: str, other: str) -> list[dict]:
    """The readings that moved, one table row each, with their outcomes on both days."""
    return [
        {
            "claim": Row(each.claim["id"], each.claim["claim"]),
            "taken so": meaning(each.reading),
            one: card_lines.told(each.before),
            other: card_lines.told(each.reading),
            "the verdict": _verdicts(each),
        }
        for each in changes
    ]


def _verdicts(each: Moved) -> str:
    was, now = each.verdicts
    if not each.reading.votes:
        return "beside the claim"
    marks = [WORDS[verdict].mark for verdict in (was, now)]
    return f"still {marks[1]}" if was == now else f"{marks[0]}, then {marks[1]}"


def meaning(reading: Reading) -> str:
    """What a reading takes the claim to say, in the words of its options."""
    table = data.load("readings")
    return "; ".join(dict.fromkeys(table.loc[id, "meaning"] for id in reading.ids))


def not_found(early: data.World, late: data.World) -> pd.DataFrame:
    """Searches that reach past the earlier day and found nothing, up to the later one."""
    rows = late.table("searches")
    rows = rows[rows["concludes"].isin(("none found", "no record either way"))]
    return rows[(rows["covers_to"] > early.as_of)].sort_values(["claim", "id"])


def not_found_rows(early: data.World, late: data.World) -> list[dict]:
    """Searches without a find, one table row a search."""
    label = data.load("claims", late.folder)["label"]
    return [
        {
            "looked for": Row(id, row["sought"]),
            "bears on": Row(row["claim"], label[row["claim"]]),
            "as far as": day(row["covers_to"]),
        }
        for id, row in not_found(early, late).iterrows()
    ]


def counted(changes: list[Moved]) -> Quantity:
    """How many readings moved."""
    ids = sorted({id for each in changes for id in each.reading.ids})
    return quantities.exact(len(changes), "readings", tuple(ids), Recipe("readings"))
