"""The log of verdicts: what each claim has been judged to be, since when and why."""

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from helpers import data, tables
from helpers.claims.verdict_words_and_colours import WORDS
from helpers.tables import Row, Sentence

LOG = "verdict_log"
FOR_READERS = {  # reasons as the log has them, whose lines stay, in a reader's words
    "claims and readings rewritten: the claim as meant, fair readings alone count; rows re-read": (
        "a claim must be taken as its author means it, not in every way that its words allow;"
        " sources were read again too"
    ),
    "a claim is judged as its author means it: a fair reading that is unknown no longer leaves it"
    " open": "until then one fair reading of which too little is known left a claim open; now it"
    " counts neither for a claim nor against it, in all claims alike",
    "a number of January 2023 no longer bounds the American signals satellites of today: sources"
    " were read again": "a number of January 2023 no longer bounds the American signals satellites"
    " of today, as it did not the imaging satellites before; no source was read again",
}

CAUSES = {  # the same reasons in a few words, for all claims together
    "claims and readings rewritten: the claim as meant, fair readings alone count; rows re-read": (
        "each claim is now taken as its author means it",
        "sources were read again",
    ),
    "a claim is judged as its author means it: a fair reading that is unknown no longer leaves it"
    " open": ("each claim is now taken as its author means it",),
}


def causes(logged: Iterable[str]) -> str:
    """Why verdicts became others, after a colon: the causes that are known in a few words."""
    known = dict.fromkeys(cause for reason in logged for cause in CAUSES.get(reason, ()))
    return f": {tables.listed(list(known))}" if known else ""


def reason(logged: str) -> str:
    """Why a verdict became another one, in a reader's words."""
    return FOR_READERS.get(logged, logged)


def joined(claim: str, logged: Iterable[Mapping], known: Collection[str]) -> list[Mapping]:
    """The rows of the log on claims that were joined to one: on C20a and C20b, which are no more,
    for C20.

    Parameters
    ----------
    claim : str
        The claim as it is known now.
    logged : iterable of mapping
        The rows of the log.
    known : collection of str
        The claims that there are.
    """
    return [row for row in logged if row["claim"] not in known and row["claim"][:-1] == claim]


def history(claim: str, folder: Path = data.DATA) -> Sentence | None:
    """The verdicts a claim has had here, in the article's scenario, the newest first; None where
    the log does not have it.
    """
    claim = data.known("claims", "id", claim, folder)
    log = data.load(LOG, folder)
    newest_first = log[log["claim"] == claim].iloc[::-1]
    if newest_first.empty:
        return None
    last = newest_first.iloc[0]
    since = Row(last["id"], tables.day(last["date"]))
    values, parts = ({"now": WORDS[last["verdict"]].mark, "since": since}, ["{now} since {since}"])
    for place, (id, row) in enumerate(newest_first[newest_first["previous"] != ""].iterrows()):
        parts.append(f"{{was_{place}}} before. Why it changed: {{reason_{place}}}")
        values |= {
            f"was_{place}": Row(id, WORDS[row["previous"]].mark),
            f"reason_{place}": reason(row["reason"]),
        }
    before = joined(claim, log.to_dict("records"), data.load("claims", folder).index)
    if before:
        parts.append("before, as claims of their own: {before}")
        values["before"] = tables.series(
            [Row(row["id"], WORDS[row["verdict"]].mark) for row in before]
        )
    return tables.say("; ".join(parts), **values)


def unlogged(found: dict[str, str], newest: str, folder: Path = data.DATA) -> list[str]:
    """The lines that the log lacks, as they are to be added to it once DATE and REASON are filled
    in: one for each claim whose verdict is not the last one logged.

    Parameters
    ----------
    found : dict of str to str
        The verdicts in the article's scenario, by claim.
    newest : str
        The date of the newest observation in the data.
    folder : Path
        The data folder that holds the log.
    """
    log = data.load(LOG, folder)
    last = dict(zip(log["claim"], log["verdict"], strict=True))
    return [
        f"verdict/{claim}/DATE,{claim},DATE,{newest},{verdict},{last.get(claim, '')},"
        + ("REASON" if claim in last else "first judged")
        for claim, verdict in found.items()
        if last.get(claim) != verdict
    ]
