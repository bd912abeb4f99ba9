"""What a verdict is: how the readings of a claim make one."""

from collections.abc import Iterable

from helpers.claims.readings import Outcome, Reading


def weigh(readings: list[Reading]) -> str:
    """The verdict of a claim from its readings: `verdict_of` the one as meant and the other voting
    ones. Raises ValueError where not exactly one is as meant.
    """
    (meant,) = [reading.outcome for reading in readings if reading.as_worded]
    others = [r.outcome.holds for r in readings if r.votes and not r.as_worded]
    return verdict_of(meant, others)


def verdict_of(meant: Outcome, others: Iterable[bool | None]) -> str:
    """The verdict of a claim from its outcome as meant and from what its other fair readings come
    to: true, false or unknown (None).

    opinion      no fact could decide it as meant, whatever others show
    depends      one fair reading is true and another false, the one as meant among them or unknown
    holds        as meant it is true, and no other is false; unknown ones change nothing
    fails        as meant it is false, and no other is true; unknown ones change nothing
    unsupported  as meant it is unknown, and a recorded search found no public record either way
    undecided    as meant it is unknown for another reason

    Where it is unknown as meant, others that are all true, or all false, do not decide it: the
    card says which way they point. `searched` matters only there: what is known needs no search.
    """
    if meant.opinion:
        return "opinion"
    known = {meant.holds, *others} - {None}
    if known == {True, False}:
        return "depends"
    if meant.holds is not None:
        return "holds" if meant.holds else "fails"
    return "unsupported" if meant.searched else "undecided"
