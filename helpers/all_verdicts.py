"""All verdicts at once: how robust each is over scenarios, what would flip it, and what differs
between two worlds.
"""

import functools

from helpers import claims, data, quantities, scenarios, tables, word_check
from helpers.claims import Verdict, card_lines
from helpers.claims.firmness import FIRMEST_FIRST

MOVED = (
    "verdict",
    "as_worded",
    "computed",
    "low",
    "high",
    "readings",
    "readings_holding",
    "readings_failing",
    "readings_unknown",
)  # whatever may differ between two sides
Verdicts = tuple[Verdict, ...]


@functools.lru_cache(8)
def verdicts(world: data.World) -> Verdicts:
    """Every claim of the article judged in a world, in its order."""
    return tuple(claims.judge(id, world) for id in claims.of_article())


def own(world: data.World) -> Verdicts:
    """The claims that are a reader's own and not the article's, judged in a world."""
    article = claims.of_article()
    return tuple(claims.judge(id, world) for id in claims.judged() if id not in article)


def differences(before: Verdicts, after: Verdicts) -> list[tuple[Verdict, Verdict, list[str]]]:
    """The claims on which two sides differ, with the names of what does: verdict, outcome as
    worded, number, readings.
    """
    found = []
    for was, now in zip(before, after, strict=True):
        old, new = was.record(), now.record()
        if moved := [name for name in MOVED if old[name] != new[name]]:
            found.append((was, now, moved))
    return found


def verdict_rows(
    moved: list[tuple[Verdict, Verdict, list[str]]], one: str, other: str
) -> list[dict]:
    """Both verdicts with their lines, one table row a claim.

    Parameters
    ----------
    moved : list of (Verdict, Verdict, list of str)
        The claims on which two sides differ, as `differences` gives them.
    one, other : str
        The names of the two sides, as heads of their columns.
    """
    return [
        {
            "claim": tables.Row(was.claim["id"], was.claim["claim"]),
            one: _in_one_line(was),
            other: _in_one_line(now),
        }
        for was, now, _ in moved
    ]


def _in_one_line(verdict: Verdict) -> tables.Sentence:
    """A verdict and the reader's line."""
    mark = claims.WORDS[verdict.verdict].mark.capitalize()
    return tables.say("{mark}. {line}", mark=mark, line=verdict.line)


def rows(judged: Verdicts) -> list[dict]:
    """The ledger: one table row a claim, with its verdict, the reader's line, and how many of its
    fair readings are true, false and unknown.
    """
    return [
        {
            "claim": tables.Row(verdict.claim["id"], _named(verdict)),
            "what is found": _in_one_line(verdict),
            "in full": verdict.claim["claim"],
            "true": verdict.reading_count(verdict.holding),
            "false": verdict.reading_count(verdict.failing),
            "unknown": verdict.reading_count(verdict.unknown),
        }
        for verdict in judged
    ]


def _named(verdict: Verdict) -> str:
    """A claim by its number and in few words."""
    return f"{verdict.claim['id']} {verdict.claim['label']}".strip()


def everywhere() -> dict[str, Verdicts]:
    """Every verdict in every scenario."""
    return {name: verdicts(scenarios.world(name)) for name in scenarios.names()}


def scenario_rows(judged: dict[str, Verdicts]) -> list[dict]:
    """The verdicts, one table row a claim and one column a scenario."""
    return [
        {"claim": tables.Row(column[0].claim["id"], column[0].claim["claim"])}
        | {name: verdict.verdict for name, verdict in zip(judged, column, strict=True)}
        for column in zip(*judged.values(), strict=True)
    ]


def steady(judged: dict[str, Verdicts]) -> quantities.Quantity:
    """How many claims have one verdict in every scenario."""
    ids = tuple(
        column[0].claim["id"]
        for column in zip(*judged.values(), strict=True)
        if len({verdict.verdict for verdict in column}) == 1
    )
    return quantities.exact(len(ids), "claims", ids)


def counted(judged: Verdicts, *words: str) -> quantities.Quantity:
    """How many claims have one of these verdicts; all of them where none is named."""
    wanted = [word_check.word("verdict", word, claims.VERDICTS) for word in words]
    wanted = wanted or list(claims.VERDICTS)
    ids = tuple(verdict.claim["id"] for verdict in judged if verdict.verdict in wanted)
    return quantities.exact(len(ids), "claims", ids)


def tally(judged: Verdicts) -> tables.Sentence:
    """How many claims have each verdict, in one sentence."""
    each = {word: counted(judged, word) for word in claims.VERDICTS}
    said = [
        f"{{{word}}} {one.one if each[word].value == 1 else one.several}"
        for word, one in claims.WORDS.items()
        if each[word].value
    ]
    return tables.say(
        f"Of {{all}} claims {tables.listed(said)}.",
        all=counted(judged),
        **{word: number for word, number in each.items() if number.value},
    )


def swing_rows(judged: Verdicts) -> list[dict]:
    """For each claim whose verdict hangs on a choice, the choice that flips most readings by
    itself, and under what it is true and false.
    """
    return [
        {
            "claim": tables.Row(verdict.claim["id"], verdict.claim["claim"]),
            "choice": verdict.deciding[0].replace("-", " "),
            "true for": "; ".join(card_lines.meanings(verdict, verdict.deciding[0], True))
            or "no option alone",
            "false for": (
                "; ".join(card_lines.meanings(verdict, verdict.deciding[0], False))
                or "no option alone"
            ),
        }
        for verdict in judged
        if verdict.deciding
    ]


def tip_rows(judged: Verdicts) -> list[dict]:
    """The claims that a single number could flip: what would flip them, those nearest to flipping
    first.
    """
    tipping = [(verdict, verdict.tip) for verdict in judged if verdict.tip]
    tipping.sort(key=lambda pair: abs(pair[1].at - pair[1].value) / max(abs(pair[1].value), 1e-9))
    return [
        {
            "claim": tables.Row(verdict.claim["id"], verdict.claim["claim"]),
            "verdict": verdict.verdict,
            "would flip": card_lines.flip(verdict),
        }
        for verdict, _ in tipping
    ]


def firm_rows(judged: Verdicts) -> list[dict]:
    """On what kind of record verdicts rest, the least firm first: one table row a kind, with the
    claims.
    """
    by_ground: dict[str | None, list[Verdict]] = {}
    for verdict in judged:
        by_ground.setdefault(verdict.firmness, []).append(verdict)
    return [
        {
            "the verdict rests": ground or "on nothing: it is opinion",
            "claims": quantities.exact(
                len(by_ground[ground]), "claims", tuple(v.claim["id"] for v in by_ground[ground])
            ),
            "which": [tables.Row(v.claim["id"], _named(v)) for v in by_ground[ground]],
        }
        for ground in (None, *reversed(FIRMEST_FIRST))
        if ground in by_ground
    ]


def bar_rows(judged: Verdicts) -> list[dict]:
    """The verdicts with a bar that this project set, as the article gives no number: one
    table row a claim, with the bar and what would change the verdict.
    """
    return [
        {
            "claim": tables.Row(verdict.claim["id"], _named(verdict)),
            "verdict": claims.WORDS[verdict.verdict].mark,
            "our bar": claims.BARS[verdict.claim["id"]],
            "what would change it": card_lines.flip(verdict) or "nothing that was tried",
        }
        for verdict in judged
        if verdict.claim["id"] in claims.BARS
    ]
