"""Which members could be asked for ground troops, by what they have last said of it."""

from dataclasses import dataclass

from helpers import commitments, data, word_check
from helpers.membership import beyond_nato
from helpers.timeline import own_word

WHO = {
    "all": "every member",
    "not-declined": "all but those who have declined",
    "willing": "those who would send soldiers",
}


@data.selection(depends_on=data.ROSTER)
def states(world: data.World, who: str) -> tuple[str, ...]:
    """The members that could be asked for ground troops, by what they have last said: see WHO;
    sorted codes.
    """
    who = word_check.word("who", who, WHO)
    land, members = commitments.land(world), world.members()
    declined = set(land.loc[land["position"] == "declined", "country"])
    if who == "all":
        return tuple(members)
    if who == "not-declined":
        return tuple(sorted(set(members) - declined))
    willing = land.loc[land["position"].isin(commitments.WILLING), "country"]
    return tuple(sorted(set(willing) - declined))


@data.selection(depends_on=data.ROSTER)
def beyond(world: data.World, who: str) -> tuple[str, ...]:
    """The same among the members outside NATO."""
    return tuple(sorted(set(states(world, who)) & set(beyond_nato(world)["country"])))


@dataclass(frozen=True)
class Relied:
    """The members outside NATO by their own word on soldiers for the force: codes, sorted.

    all; declined; offered, also on a condition; left, which have not declined. rows: their words
    """

    all: tuple[str, ...]
    declined: tuple[str, ...]
    offered: tuple[str, ...]
    left: tuple[str, ...]
    rows: tuple[str, ...]


@data.selection(depends_on=data.ROSTER)
def relied_on(world: data.World) -> Relied:
    """The members outside NATO by their newest own word on soldiers for the force; of a state that
    has none, by its word on taking part. Words on another mission are none.
    """
    six = sorted(beyond_nato(world)["country"])
    rows = world.until("positions")
    rows = rows[own_word(rows) & rows["country"].isin(six) & (rows["mission"] == "the force")]
    newest = {}
    for code, own in rows.sort_values(["date", "id"]).groupby("country"):
        words = own[own["domain"] == "land"] if "land" in set(own["domain"]) else own
        words = words[words["domain"].isin(["land", "political"])]
        if len(words):
            newest[code] = words.iloc[-1]
    said = {code: row["position"] for code, row in newest.items()}
    declined = tuple(code for code in six if said.get(code) == "declined")
    return Relied(
        tuple(six),
        declined,
        tuple(
            code
            for code in six
            if said.get(code) in commitments.WILLING and newest[code]["domain"] == "land"
        ),
        tuple(code for code in six if code not in declined),
        tuple(sorted(row["id"] for row in newest.values())),
    )
