"""Events since the article, readings that moved between two days, and searches without a find."""

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from helpers import claims, commitments, data, quantities, tables, who_would_send
from helpers.claims import WORDS, Reading, Verdict, card_lines
from helpers.claims.firmness import WEAK
from helpers.quantities import Quantity
from helpers.recipe_acts import Recipe
from helpers.sources_that_count import GONE, UNREAD
from helpers.tables import Row, day
from helpers.timeline import WORD

MOST = 2  # events told in short, besides those that moved a verdict
SURE = ("two sources", "official text")
# the column of each table that says what happened
SAYS = {"events": "what", "statements": "statement", "tasks": "task", "command": "statement"}


def events(early: data.World, late: data.World) -> pd.DataFrame:
    """Rows that bear on a claim, dated after the one day and by the other, the oldest first.

    Returns
    -------
    DataFrame
        Columns date, what (in words), bears_on (ids of claims), sure ('two sources', 'one source',
        or whose word it is), and unread (whether its page could not be read again).
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
                    "unread": rows["note"].str.contains(GONE),
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
    and the claims whose verdicts differ, each with what moved it.

    Of each claim that is the newest that two sources or an official text tell, or the newest of
    all; what moved a verdict is told with the verdict and not again. Of these the MOST are told:
    the newest, then those told so, then those that bear on most claims.
    """
    rows = events(early, late)
    label = data.load("claims", late.folder)["label"]
    changed = _changed(early, late)
    others = rows[~rows.index.isin([moved_by(claim, early, late) for claim in changed])]
    chosen = {}
    for claim in label.index:
        own = others.loc[[claim in bears.split() for bears in others["bears_on"]]]
        sure = own[own["sure"].isin(SURE)]
        for id, row in (sure if len(sure) else own).tail(1).iterrows():
            chosen[id] = row
    newest = others.index[-1] if len(others) else None
    chosen |= others.loc[[newest]].to_dict("index") if newest else {}
    ranked = sorted(
        chosen,
        key=lambda id: (
            id == newest,
            chosen[id]["sure"] in SURE,
            len(chosen[id]["bears_on"].split()),
            chosen[id]["date"],
            id,
        ),
    )
    kept = sorted(ranked[-MOST:], key=lambda id: (chosen[id]["date"], id))
    if not kept and not changed:
        return tables.say("Nothing has happened since that bears on a claim.")
    moved_words = commitments.willing(early).value != commitments.willing(late).value
    return tables.Lines(
        tuple(
            tables.say(
                "{event} → {claim}", event=_event(id, chosen[id]), claim=Row(claim, label[claim])
            )
            for id in kept
            for claim in chosen[id]["bears_on"].split()[:1]
        )
        + ((_would_send(early, late),) if moved_words else ())
        + _differing(changed, early, late)
    )


def _event(id: str, row: pd.Series) -> tables.Sentence:
    """An event in one sentence with its day and how sure it is."""
    return tables.say(
        "{day} ({sure}): {what}.",
        day=day(row["date"]),
        sure=_by(row),
        what=Row(id, row["what"].rstrip(".")),
    )


def _by(row: pd.Series) -> str:
    """How sure an event is, and that its page was not read again where that is so."""
    return row["sure"] + (f", {UNREAD}" if row["unread"] else "")


def _changed(early: data.World, late: data.World) -> list[str]:
    """The article's claims whose verdicts differ between two days."""
    return [
        id
        for id in claims.of_article()
        if claims.judge(id, early).verdict != claims.judge(id, late).verdict
    ]


def _differing(
    changed: list[str], early: data.World, late: data.World
) -> tuple[tables.Sentence, ...]:
    """How many verdicts differ between two days, then what each was, what it is and what moved it;
    nothing where none does. Those that are open because a search ended are told together.
    """
    if not changed:
        return ()
    movers = {claim: moved_by(claim, early, late) for claim in changed}
    ended = {
        claim: id
        for claim, id in movers.items()
        if id is not None and data.table_of(id, late.folder) == "searches"
    }
    said = [
        tables.say(
            "News has changed {news} of {all} verdicts; {lapsed} more are open because our searches"
            " ended before{ended}.",
            news=_count([id for id in changed if id not in ended]),
            lapsed=_count(list(ended)),
            all=_count(claims.of_article()),
            ended=_ended(ended, late) if ended else "",
        )
    ]
    said += [
        tables.say("{which}. {why}", which=_turned(id, early, late), why=_why(id, early, late))
        for id in changed
        if id not in ended
    ]
    return tuple(said)


def _ended(claimed: Iterable[str], world: data.World) -> tables.Sentence:
    """Claims by their labels, after a colon."""
    labels = [Row(claim, data.row(claim, world.folder)["label"]) for claim in claimed]
    return tables.say(": {labels}", labels=tables.series(labels))


def _would_send(early: data.World, late: data.World) -> tables.Sentence:
    """How many members would send soldiers, by their newest words on each of two days, and how many
    of them name a further condition on the later.
    """
    was, now = (commitments.willing(world) for world in (early, late))
    before = set(early.table("positions").loc[list(was.rows), "country"])
    offered, conditional = who_would_send.offers_and_conditions(late)
    return tables.say(
        "By {day} {now} members would send soldiers, not {was}{joined}; of these {conditional} only"
        " on a further condition{new}.",
        now=now,
        day=day(late.as_of),
        was=was,
        joined=_new(late, offered, before),
        conditional=quantities.distinct(conditional, "country", "states"),
        new=_new(late, conditional, before),
    )


def _new(world: data.World, rows: pd.DataFrame, before: set[str]) -> tables.Sentence | str:
    """The states of some words on soldiers that were not among others before, in brackets, with
    whether they leave open where theirs would serve; nothing where there is none.
    """
    said = {
        tables.name_in(world.country_names[row["country"]]): (str(id), row["inside_ukraine"])
        for id, row in rows[~rows["country"].isin(before)].iterrows()
    }
    new = [
        Row(id, name + ("" if inside == "yes" else ", which leaves open where"))
        for name, (id, inside) in sorted(said.items(), key=lambda of: (of[1][1] != "yes", of[0]))
    ]
    return tables.say(" (new: {new})", new=tables.series(new)) if new else ""


def _turned(claim: str, early: data.World, late: data.World) -> tables.Sentence:
    """A claim with the two verdicts that it has had, and on what the later one rests where that is
    little.
    """
    was, now = (claims.judge(claim, world) for world in (early, late))
    return tables.say(
        "{claim}: {was}, then {now}",
        claim=Row(claim, data.row(claim, late.folder)["label"]),
        was=WORDS[was.verdict].mark,
        now=WORDS[now.verdict].mark + (f", {now.firmness}" if now.firmness in WEAK else ""),
    )


def _why(claim: str, early: data.World, late: data.World) -> tables.Sentence:
    """What moved a verdict between two days; of one that is undecided now, what the rule says: of
    that part of the claim that is known no longer, where a reading beside it shows that part alone.
    """
    id = moved_by(claim, early, late)
    if id is None:
        return tables.say("Several rows together moved it.")
    was, now = (claims.judge(claim, world) for world in (early, late))
    if now.verdict != "undecided":
        return _event(id, events(early, late).loc[id])
    known = {reading.ids for reading in was.beside if reading.outcome.holds is not None}
    parts = [part for part in now.beside if part.outcome.holds is None and part.ids in known]
    return card_lines.told(parts[0], late.folder) if len(parts) == 1 else now.line


def moved_by(claim: str, early: data.World, late: data.World) -> str | None:
    """The one row that moved a verdict between two days: where it is left open for the lack of a
    search that reaches so far, the last that did; else the newest row that it rests on later and
    did not before, if that tells what happened. None where neither is so.

    Parameters
    ----------
    claim : str
        The claim's id.
    early, late : World
        The worlds of the earlier and of the later day.
    """
    was, now = (claims.judge(claim, world) for world in (early, late))
    gone = sorted(set(was.rows) - set(now.rows))
    searches = late.table("searches")
    ended = searches[searches.index.isin(gone) & (searches["claim"] == claim)]
    ended = ended[ended["covers_to"] < late.as_of]
    if now.verdict in ("undecided", "unsupported") and len(ended):
        return str(ended.sort_values(["covers_to", "date"], kind="stable").index[-1])
    told = events(early, late)
    deciding = told[told.index.isin(_turned_by(claim, early, late))]
    return str(deciding.index[-1]) if len(deciding) else None


def _count(ids: list[str]) -> quantities.Quantity:
    return quantities.exact(len(ids), "verdicts", tuple(sorted(ids)), Recipe("count"))


def _turned_by(claim: str, early: data.World, late: data.World) -> set[str]:
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
            "told by": _by(row),
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
    """The readings that moved, one table row each, with their outcomes on both days.

    Parameters
    ----------
    changes : list of Moved
        The readings that moved.
    one, other : str
        The names of the earlier and of the later side, as heads of their columns.
    """
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
