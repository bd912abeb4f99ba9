"""The card of a verdict as data: named lines of words whose numbers lead to their rows."""

import re
from collections.abc import Iterable
from pathlib import Path

from helpers import data, quantities, scenarios, tables
from helpers.claims.firmness import JUDGED, RECALL, grounds
from helpers.claims.readings import Outcome, Reading
from helpers.claims.rule_of_each_claim import BARS, own
from helpers.claims.verdict_log import history
from helpers.claims.verdict_words_and_colours import WORDS
from helpers.quantities import Quantity
from helpers.recipe_acts import Recipe
from helpers.sources_that_count import brought_back
from helpers.tables import Row, Sentence

UNITS = {  # how a number that is judged is told from what it is measured by
    "ratio": "to one",
    "share": "of the American number",
}
LINES = {  # the lines of a card, in order: their names and what they are called on it
    "claim": "",
    "line": "",
    "article": "The article",
    "meant": "As meant",
    "bar": "Our own bar",
    "other": "Another fair reading",
    "beside": "Beside the claim",
    "readings": "Fair readings",
    "missing": "What is missing",
    "flip": "What would change it",
    "was": "In the article's scenario",
    "firmness": "How firm",
    "evidence": "Evidence",
    "edge": "At the edge of the rows",
    "history": "Our log",
}
OWN_GROUNDS = (JUDGED, RECALL)  # what we chose or remember
NOT_ARTICLES = "a reader’s own claim, not the article’s"
TRUTH = {True: "true", False: "false", None: "not known"}


def stated_words(claim: dict, folder: Path = data.DATA) -> str:
    """What the article states in a claim, in words: the countries by name, the date, or its own few
    words; else the number with its unit. Nothing where it states no more than the claim.
    """
    if claim["comparison"] == "same set":
        return tables.listed(_names(claim["stated"].split(), folder))
    if claim["comparison"] == "true":
        return claim["quoted"]
    if re.fullmatch(r"\d{4}-\d\d-\d\d", claim["stated"]):
        return tables.day(claim["stated"])
    return claim["quoted"] or f"{claim['stated']} {claim['unit']}".strip()


def where(claim: dict) -> str:
    """A claim by its id, with the paragraphs of the article it stands in."""
    return f"{claim['id']} · " + (NOT_ARTICLES if own(claim) else f"¶ {claim['paragraphs']}")


def _names(codes: list[str], folder: Path) -> list[str]:
    """Countries and organisations by name, as they stand in a sentence."""
    countries = data.load("countries", folder)["name"]
    return list(map(tables.name_in, sorted(countries.get(code, code) for code in codes)))


def found(outcome: Outcome, folder: Path = data.DATA) -> Sentence | None:
    """The value that a reading comes to: a number with its range and unit, countries by name or a
    date; None for a yes or no and for what is unknown.
    """
    value = outcome.computed
    if isinstance(value, Quantity):
        unit = UNITS.get(value.unit, value.unit)
        return None if value.value is None else tables.with_range(value, unit)
    if isinstance(value, str):
        return tables.say("{day}", day=tables.day(value))
    if isinstance(value, list):
        return tables.say("{names}", names=tables.listed(_names(value, folder)))
    return None


def told(reading: Reading, folder: Path = data.DATA) -> Sentence:
    """What one reading shows, as one plain sentence: the rule's own, or one made from what it comes
    to.
    """
    outcome = reading.outcome
    if outcome.line:
        return outcome.line
    if outcome.opinion:
        return tables.say("No fact could decide it.")
    if outcome.searched and outcome.holds is None:
        return tables.say("A recorded search found no public record, for it or against it.")
    value = found(outcome, folder)
    if outcome.holds is None and value and outcome.missing:
        return tables.say(
            "We find {value}, which does not settle it: what is missing is {missing}.",
            value=value,
            missing=outcome.missing,
        )
    if outcome.holds is None:
        missing = outcome.missing or "a row that says so"
        return tables.say("It cannot be told: what is missing is {missing}.", missing=missing)
    if value:
        return tables.say("We find {value}.", value=value)
    word = "yes" if outcome.holds else "no"
    return tables.say("‘{meaning}’: {word}.", meaning=meaning(reading, (), folder), word=word)


def line(verdict) -> Sentence:
    """The reader's line: what the claim comes to as meant, and for one that depends also what makes
    it otherwise; of one not decided, which way its other fair readings point.
    """
    folder, meant = verdict.world.folder, verdict.as_worded.outcome
    as_meant = told(verdict.as_worded, folder)
    if verdict.verdict == "undecided" and meant.missing:
        if meant.line:
            as_meant = tables.say(
                "{as_meant} What is missing is {missing}.", as_meant=as_meant, missing=meant.missing
            )
        elif verdict.world.evidence == "read":
            as_meant = tables.say(
                "By what we read at its source it cannot be told: what is missing is {missing}.",
                missing=meant.missing,
            )
    if verdict.verdict == "depends":
        words = {True: "true", False: "false"}
        contrary = {
            f"other_{place}": tables.say(
                "On another fair reading the claim is {word}: {told}",
                word=words[reading.outcome.holds],
                told=_told_apart(reading, verdict),
            )
            for place, reading in enumerate(verdict.contrary)
        }
        template = " ".join(["{as_meant}", *(f"{{{name}}}" for name in contrary)])
        return tables.say(template, as_meant=as_meant, **contrary)
    others = {r.outcome.holds for r in verdict.voting if not r.as_worded} - {None}
    if verdict.verdict in ("undecided", "unsupported") and others:
        return tables.say(
            "{as_meant} Where another fair reading can be judged, it is {word}.",
            as_meant=as_meant,
            word=TRUTH[others.pop()],
        )
    return as_meant


def _told_apart(reading: Reading, verdict) -> Sentence:
    """What a reading shows, told so that it is seen how it differs from the claim as meant; where
    it shows the same, how it takes the words.
    """
    folder = verdict.world.folder
    told = reading.outcome.line
    if told and str(told) != str(verdict.as_worded.outcome.line):
        return told
    value = None if told else found(reading.outcome, folder)
    apart = meaning(reading, verdict.as_worded.ids, folder)
    if value is None:
        return tables.say("‘{meaning}’.", meaning=apart)
    return tables.say("‘{meaning}’: {value}.", meaning=apart, value=value)


def meaning(reading: Reading, known: tuple[str, ...], folder: Path = data.DATA) -> Sentence:
    """What a reading takes the words to mean, linked to its rows of readings.csv.

    Parameters
    ----------
    reading : Reading
        The reading.
    known : tuple of str
        Ids of options that the reader has been told: they are left out if others remain.
    folder : Path
        The data folder.
    """
    options = data.load("readings", folder)
    own = [id for id in reading.ids if id not in known] or list(reading.ids)
    own = [id for id in own if options.loc[id, "choice"] != "timing"] or own
    values = {
        f"option_{place}": Row(id, options.loc[id, "meaning"]) for place, id in enumerate(own)
    }
    return tables.say("; ".join(f"{{{name}}}" for name in values), **values)


def counts(holding: Quantity, failing: Quantity, unknown: Quantity) -> Sentence:
    """How many of the fair readings of a claim are true, false and unknown: always all three.

    Parameters
    ----------
    holding, failing, unknown : Quantity
        The three numbers.
    """
    return tables.say(
        "{holding} true, {failing} false, {unknown} unknown",
        holding=holding,
        failing=failing,
        unknown=unknown,
    )


def flip(verdict) -> Sentence | None:
    """What would change the verdict: the nearest number that would, from where it would be left
    open before that, and what an open fair reading would do; None where nothing known would.
    """
    said = [part for part in (_tipped(verdict), _settled(verdict)) if part]
    if not said:
        return None
    names = [f"part_{place}" for place in range(len(said))]
    return tables.say(
        " ".join(f"{{{name}}}" for name in names), **dict(zip(names, said, strict=True))
    )


def _settled(verdict) -> Sentence | None:
    """What the verdict would be if a fair reading that is open came out against it."""
    if verdict.verdict not in ("holds", "fails") or not verdict.unknown:
        return None
    folder, meant = verdict.world.folder, verdict.as_worded
    nearest = min(verdict.unknown, key=verdict.apart)
    return tables.say(
        "On the reading ‘{reading}’ too little is known, which counts neither way; if it came out"
        " {word}, the verdict would be ‘{becomes}’.",
        becomes=WORDS["depends"].mark,
        reading=meaning(nearest, meant.ids, folder),
        word=TRUTH[not meant.outcome.holds],
    )


def _tipped(verdict) -> Sentence | None:
    """The nearest value of an input that would change the verdict."""
    tip, id = verdict.tip, verdict.claim["id"]
    if tip is None:
        return None
    inside = {
        True: "; the sources' own range reaches that far",
        False: "; no source goes that far",
        None: "",
    }[tip.inside]
    before: Sentence | str = ""
    if tip.open_from is not None:
        before = tables.say(
            f"; from {{open}} {'down' if tip.at < tip.value else 'up'} it would be ‘{{undecided}}’",
            open=quantities.exact(tip.open_from, tip.unit, tip.rows, Recipe("opens", id)),
            undecided=WORDS["undecided"].mark,
        )
    across: Sentence | str = ""
    if tip.across:
        other, becomes, why = tip.across
        across = tables.say(
            ". With {other} it would be ‘{becomes}’"
            + (" too" if becomes == tip.becomes else "")
            + _in_brackets(why),
            other=quantities.exact(other, tip.unit, tip.rows, Recipe("tried", str(int(other)))),
            becomes=WORDS[becomes].mark,
        )
    value = quantities.exact(tip.value, tip.unit, tip.rows, tip.how)
    return tables.say(
        f"It would be ‘{{becomes}}’ if {tip.case}{_in_brackets(tip.because)}"
        "{before}{inside}{across}.",
        at=quantities.exact(tip.at, tip.unit, tip.rows, Recipe("tips", id)),
        **({"value": value} if "{value}" in tip.case else {}),
        becomes=WORDS[tip.becomes].mark,
        across=across,
        before=before,
        inside=inside,
    )


def _in_brackets(why: str) -> str:
    return f" ({why})" if why else ""


def evidence(verdict) -> Sentence:
    """The rows a claim rests on, by how they were checked and how old they are."""
    by_grade = {
        grade: verdict.evidence[grade] for grade in data.GRADES if grade in verdict.evidence
    }
    rows = [row for rows in by_grade.values() for row in rows]
    parts = ", ".join(f"{{{grade}}} {data.GRADES[grade]}" for grade in by_grade)
    old = {"old": _rows(verdict.old)} if verdict.old else {}
    undated = {"undated": _rows(verdict.undated)} if verdict.undated else {}
    return tables.say(
        "{all} data "
        + _number(rows, "row")
        + ": "
        + parts
        + (
            "; {old} " + _number(verdict.old, "is", "are") + " more than two years old"
            if old
            else ""
        )
        + (
            "; {undated} " + _number(verdict.undated, "has", "have") + " only the day of the source"
            if undated
            else ""
        )
        + ".",
        all=_rows(rows),
        **{grade: _rows(rows) for grade, rows in by_grade.items()},
        **old,
        **undated,
    )


def edge(verdict) -> Sentence | None:
    """What a reader must know where the rows end before the day looked at, or where older counts
    stand in for newer ones that are left out; None where neither is so.
    """
    newest = scenarios.ends_before(verdict.world.as_of)
    back = brought_back(verdict.world, verdict.rows)
    said: list[str] = []
    values: dict[str, str | list[Row]] = {}
    if newest:
        said.append("The rows end on {newest}, before the day looked at.")
        values["newest"] = tables.day(newest)
    if back:
        said.append("Newer counts are left out; in their place stand {back}.")
        values["back"] = back
    return tables.say(" ".join(said), **values) if said else None


def firm(verdict) -> Sentence:
    """How firm a verdict is, with the rows that decide it by what they rest on; those that no
    source gives are named.
    """
    decisive = {row for reading in verdict.decisive for row in reading.outcome.rows}
    folder = verdict.world.folder
    by_ground = grounds(sorted(decisive), folder)
    firmness = verdict.firmness[0].upper() + verdict.firmness[1:]
    if len(by_ground) == 1:
        return tables.say("{firmness}.", firmness=firmness)
    first, *others = map(_rows, by_ground.values())
    counts = [tables.number_of(first, "rests", "rest"), *others]
    parts = [
        tables.say(f"{{rows}} {ground}{{names}}", rows=count, names=_named(rows, ground, folder))
        for count, (ground, rows) in zip(counts, by_ground.items(), strict=True)
    ]
    return tables.say(
        "{firmness}. Of the rows that decide it {parts}.",
        firmness=firmness,
        parts=tables.series(parts),
    )


def _named(rows: Iterable[str], ground: str, folder: Path) -> str:
    """What rows are of that no source gives, in brackets; nothing where sources give them, or where
    a row has neither a name nor a type.
    """
    if ground not in OWN_GROUNDS:
        return ""
    cells = [data.row(row, folder) for row in rows]
    names = [
        f"where {row['name']} lies" if "latitude" in row else row.get("name") or row.get("type")
        for row in cells
    ]
    return f" ({'; '.join(filter(None, names))})" if any(names) else ""


def _rows(ids) -> Quantity:
    return quantities.exact(len(ids), "rows", tuple(ids))


def _number(items, one: str, several: str = "") -> str:
    return one if len(items) == 1 else several or f"{one}s"


def lines(verdict) -> list[dict]:
    """What the card says, line by line, as JSON can hold it: name, what the line is called, `holds`
    where it is about a reading, and the pieces of its words.
    """
    claim, folder, meant = verdict.claim, verdict.world.folder, verdict.as_worded
    made = [_line("claim", claim["claim"], where(claim))]
    made.append(_line("line", verdict.line, WORDS[verdict.verdict].mark))
    if words := stated_words(claim, folder):
        made.append(_line("article", words, "The claim" if own(claim) else ""))
    made.append(_of_reading("meant", meant, meaning(meant, (), folder)))
    if claim["id"] in BARS:
        held = tables.say("{bar}; the article sets none.", bar=BARS[claim["id"]])
        made.append(_line("bar", held))
    made += [_of_reading("other", reading, _beside(reading, verdict)) for reading in verdict.others]
    made += [
        _of_reading("beside", reading, _beside(reading, verdict)) for reading in verdict.beside
    ]
    made.append(_line("readings", verdict.counts))
    if missing := verdict.missing:
        made.append(_line("missing", "; ".join(missing)))
    if flips := flip(verdict):
        made.append(_line("flip", flips))
    if was := verdict.article:
        said = tables.say(
            "{mark}. {line}", mark=WORDS[was.verdict].mark.capitalize(), line=was.line
        )
        made.append(_line("was", said))
    if verdict.firmness:
        made.append(_line("firmness", firm(verdict)))
    if verdict.evidence:
        made.append(_line("evidence", evidence(verdict)))
    if at_edge := edge(verdict):
        made.append(_line("edge", at_edge))
    if not verdict.article and (log := history(claim["id"], folder)):
        made.append(_line("history", log))
    return made


def _line(name: str, value, title: str = "") -> dict:
    return {"name": name, "title": title or LINES[name], "words": tables.pieces(value)}


def _of_reading(name: str, reading: Reading, value) -> dict:
    likelihood = reading.outcome.likelihood
    truth = TRUTH[reading.outcome.holds] + (f" ({likelihood})" if likelihood else "")
    return _line(name, value, f"{LINES[name]}, {truth}") | {"holds": reading.outcome.holds}


def _beside(reading: Reading, verdict) -> Sentence:
    """A reading as it stands beside the one as meant: how it takes the words, and what it shows."""
    folder = verdict.world.folder
    apart = meaning(reading, verdict.as_worded.ids, folder)
    shown = reading.outcome.line or found(reading.outcome, folder)
    if shown is None:
        return apart
    return tables.say("{meaning}: {shown}", meaning=apart, shown=shown)


def reading_rows(verdict) -> list[dict]:
    """The fair readings, one row each: how the words are taken, what that shows, and the two
    reasons to take them so, each told once. Words are pieces.
    """
    folder, meant = verdict.world.folder, verdict.as_worded
    options, known, rows = data.load("readings", folder), set(), []
    for reading in sorted(verdict.voting, key=lambda reading: not reading.as_worded):
        taken = () if reading is meant else meant.ids
        own = [id for id in reading.ids if id not in taken] or list(reading.ids)
        new = [id for id in own if id not in known]
        known |= set(own)
        reasons = {
            column: ". ".join(dict.fromkeys(filter(None, (options.loc[id, column] for id in new))))
            for column in ("author_could_mean", "used_so_by")
        }
        rows.append(
            {
                "reading": tables.pieces(meaning(reading, taken, folder)),
                "holds": reading.outcome.holds,
                "shows": tables.pieces(told(reading, folder)),
                **{
                    name: tables.pieces(why if new else "as above") for name, why in reasons.items()
                },
            }
        )
    return rows


def meanings(verdict, choice: str, holds: bool) -> list[str]:
    """What the options of a choice mean under which every voting reading is true, or under which
    every one is false.

    Parameters
    ----------
    verdict : Verdict
        The judged claim.
    choice : str
        The choice, as readings.csv writes it.
    holds : bool
        True for the options under which they are true, False for those under which they are false.
    """
    outcomes: dict[str, set[bool | None]] = {}
    for reading in verdict.voting:
        outcomes.setdefault(reading.options[choice], set()).add(reading.outcome.holds)
    options = data.load("readings", verdict.world.folder)
    return [
        options.loc[f"{verdict.claim['id']}/{choice}/{option}", "meaning"]
        for option, seen in outcomes.items()
        if seen == {holds}
    ]


def text(card: list[dict]) -> str:
    """The lines of a card as plain text."""
    claim, line, *rest = card
    return "\n".join(
        [
            f"{claim['title']}: {tables.words(claim['words'])}",
            f"{line['title'].capitalize()}. {tables.words(line['words'])}",
            *(f"{each['title']}: {tables.words(each['words'])}" for each in rest),
        ]
    )
