"""Who takes part in the coalition, as the rows attest it; and the tables and chart items that show
it.
"""

from dataclasses import replace

import pandas as pd

from helpers import data, quantities, word_check
from helpers.quantities import Quantity
from helpers.tables import Row, Sentence, day, listed, looked_at, say, series

PARTICIPATION = ("attested", "reported-present", "avowed")
FEWER = {  # what stands beside a count of fewer than all members, by `roster`
    "europe": "Only members in Europe count here; the claims on who takes part are about all.",
    "without-turkiye": "Türkiye does not count here; the claims on who takes part are about all.",
}
OWNERS = ("nato", "national", "europe", "members", "members-and-nato")


def of_all(world: data.World) -> data.World:
    """The world in which every member counts: claims on who takes part are about all of them."""
    return replace(world, roster="attested")


@data.selection(depends_on=data.ROSTER)
def roster(world: data.World, participation: str = "attested") -> pd.DataFrame:
    """The states taking part, one row each: the firmest attestation, the earliest of its grade;
    `since` is the date of the first.

    attested          someone names them as present or as a participant
    reported-present  the same, less those known only from lists given out for a meeting
    avowed            the attested, less those whose own latest statement is that they are no part
                      of it or only observe
    """
    participation = word_check.word("participation", participation, PARTICIPATION)
    rows = naming(world)
    rows = rows[rows["country"].isin(world.members())]
    if participation == "reported-present":
        seen = (rows["kind"] != "listed") | (rows["meeting_id"] == "")
        rows = rows[rows["country"].isin(rows.loc[seen, "country"])]
    if participation == "avowed":
        rows = rows[~rows["country"].isin(disavowing(world)["country"])]
    firmness = rows["verification"].map(list(data.GRADES).index)
    firmest = (
        rows.assign(firmness=firmness)
        .sort_values(["firmness", "date", "id"])
        .drop_duplicates("country")
        .sort_values("country")
    )
    return firmest.assign(
        since=pd.array([since(world, country) for country in firmest["country"]], dtype="str")
    )


@data.selection(depends_on=data.ROSTER)
def naming(world: data.World) -> pd.DataFrame:
    """The attestations that name a state as present or as a participant."""
    seen = world.attestations()
    return seen[seen["kind"].isin(["attended", "listed", "avowed"])]


@data.selection(depends_on=data.ROSTER)
def disavowing(world: data.World) -> pd.DataFrame:
    """The latest words of states that say that they only observe, have promised nothing or take no
    part.
    """
    seen = world.attestations()
    rows = seen[seen["kind"].isin(["avowed", "disavowed"])].sort_values(["date", "id"])
    rows = rows.drop_duplicates("country", keep="last")
    return rows[rows["kind"] == "disavowed"]


@data.selection(depends_on=data.ROSTER)
def denied(world: data.World) -> set[str]:
    """States whose own latest word against it is newer than whatever names them as taking part.
    Whether such a word takes them out, or only says that they observe, no column tells: unknown.
    """
    named = {}
    for country, dates in naming(world).groupby("country")["date"]:
        named[country] = max(data.span(text).last for text in dates)
    rows = disavowing(world)
    return {
        row["country"]
        for _, row in rows.iterrows()
        if row["country"] in world.members()
        and data.span(row["date"]).first > named[row["country"]]
    }


@data.selection(depends_on=data.ROSTER)
def pending(world: data.World) -> set[str]:
    """States that would take part by rows that do not count yet: not read at their source where
    that is asked for, or dated no more exactly than a month or year that is still running.
    """
    others = replace(world, evidence="all"), replace(world, timing="open")
    return {code for other in others for code in other.members()} - set(world.members())


@data.selection(depends_on=data.ROSTER)
def size(world: data.World) -> Quantity:
    """How many states take part: less those whose own word may take them out, and more by those
    whose rows do not count yet.
    """
    states = quantities.count(roster(world), "states", len(pending(world)))
    return replace(states, low=states.number - len(denied(world)))


@data.selection(depends_on=data.DATED)
def allies(world: data.World, organisation: str = "NATO") -> pd.DataFrame:
    """The states that belonged to NATO (or the EU) on the day, by their accession rows."""
    organisation = data.known("accessions", "organisation", organisation, world.folder)
    rows = world.until("accessions", "joined")
    rows = rows[rows["organisation"] == organisation]
    rows = rows.loc[[not left or data.span(left).last >= world.day for left in rows["left"]]]
    return rows.sort_index()  # the same in any order of the table


def states_of(world: data.World, owner: str) -> set[str]:
    """Whose fleets an owner's are: 'nato' and 'national' are NATO's members other than the USA,
    'europe' the coalition's members in Europe, 'members' and 'members-and-nato' all its members.
    """
    owner = word_check.word("owner", owner, OWNERS)
    if owner in ("nato", "national"):
        return set(allies(world)["country"]) - {"USA"}
    members = set(world.members())
    if owner == "europe":
        europe = data.load("countries", world.folder)["europe"]
        return {code for code in members if europe[code] == "yes"}
    return members


def fleet_name(row: pd.Series) -> str:
    """A fleet by whose it is, by name, and what it flies."""
    names = data.load("countries")["name"]
    return f"{names.get(row['operator'], row['operator'])} {row['type']}"


def observed(row: pd.Series) -> str:
    """The day a fleet was counted, and whether that is long ago; of a count worked out from counts
    of other years, these years.
    """
    counts = data.load("capabilities")["observed"]
    counts = counts[counts.index.isin(row["derived_from"].split())]
    years = sorted({day[:4] for day in counts})
    by = f", from counts of {listed(years)}" if set(years) - {row["observed"][:4]} else ""
    return row["observed"] + (" (old)" if row["old"] else "") + by


def some_left(rows: pd.DataFrame) -> pd.Series:
    """Which fleets may have an aircraft or satellite: all but those known to have none."""
    return rows["in_service"].isna() | (rows["in_service"] > 0)


@data.selection(depends_on=data.ROSTER)
def published(world: data.World) -> pd.DataFrame:
    """The counts of members published by the day, oldest first; those made before the last state
    joined are history and left out.
    """
    rows = world.until("counts")
    joined = max(
        (data.span(since(world, code)).first for code in world.members()), default=world.day
    )
    rows = rows.loc[[data.span(text).last >= joined for text in rows["date"]]]
    return rows[rows["counted"] == "members"].sort_values(["date", "id"])


def signatories(world: data.World) -> pd.DataFrame:
    """The parties to the statement of 15 December 2025, once it was made."""
    return world.until("signatories")


WHOLE = ("SIPRI", "GFP", "Kiel")  # publishers that revise a series as a whole: never mixed


@data.selection(depends_on=data.DATED)
def indicator(world: data.World, name: str, edition: str = "") -> pd.DataFrame:
    """An indicator's values by the day, one row a state, from editions that were out by then.

    Where several publishers have it, the one with the most states comes first and the others fill
    what it leaves out. Of a series revised as a whole the newest edition alone counts, in the
    newest year it has; of others the newest row of each state.

    Parameters
    ----------
    world : World
        The day and the evidence looked at.
    name : str
        The indicator, as its rows call it.
    edition : str
        The one edition that counts; '' for all.
    """
    name = data.known("indicators", "indicator", name, world.folder)
    if edition:
        edition = data.known("indicators", "edition", edition, world.folder)
    rows = world.until("indicators", "edition_published")
    rows = rows[(rows["indicator"] == name) & (rows["year"] <= world.day.year)]
    rows = rows[rows["edition"] == edition] if edition else rows
    rows = rows.assign(publisher=[text.split()[0] for text in rows["edition"]])
    rows = rows.sort_values(["edition_published", "year", "id"])
    series = []
    for publisher, own in rows.groupby("publisher"):
        if publisher in WHOLE:
            own = own[own["edition"] == own["edition"].iloc[-1]]
            own = own[own["year"] == own["year"].max()]
        series.append(own.drop_duplicates("country", keep="last"))
    series.sort(key=lambda own: (-own["value"].count(), own["publisher"].iloc[0]))
    rows = pd.concat([own.sort_values("country") for own in series]) if series else rows
    known = rows[rows["value"].notna() | rows["low"].notna() | rows["high"].notna()]
    known = known.drop_duplicates("country")
    rest = rows[~rows["country"].isin(known["country"])].drop_duplicates("country")
    return pd.concat([known, rest]).drop(columns="publisher")


@data.selection(depends_on=data.DATED)
def editions(world: data.World, name: str) -> tuple[str, ...]:
    """The editions of an indicator's series that were out by the day, the newest first."""
    name = data.known("indicators", "indicator", name, world.folder)
    rows = world.until("indicators", "edition_published")
    rows = rows[rows["indicator"] == name].sort_values("edition_published", ascending=False)
    return tuple(dict.fromkeys(rows["edition"]))


def _signatory_share(world: data.World, name: str, edition: str = "") -> Quantity:
    """The signatory states' share of the members' total of an indicator."""
    values = indicator(world, name, edition)
    unit = values["unit"].iloc[0] if len(values) else ""
    states = set(signatories(world)["party"]) & set(world.members())
    return quantities.share(
        *(
            quantities.total(values[values["country"].isin(some)], "value", unit)
            for some in (states, world.members())
        )
    )


@data.selection(depends_on=data.ROSTER)
def _firsts(world: data.World) -> dict[str, str]:
    seen = world.attestations()
    dates = seen[seen["kind"] != "disavowed"].groupby("country")["date"]
    return {country: min(days, key=data.span) for country, days in dates}


def since(world: data.World, country: str) -> str:
    """The date of a state's first attestation by the day; raises WordError for one without any."""
    firsts = _firsts(world)
    return firsts[word_check.word("state attested by the day", country, firsts)]


def firmness(world: data.World, country: str) -> dict:
    """How firmly a state is in: first and latest occasion that names it, how many do, and its own
    latest words; one table row.
    """
    country = data.known("countries", "id", country, world.folder)
    seen = world.attestations()
    seen = seen[seen["country"] == country].sort_values(["date", "id"])
    named, words = seen[seen["meeting_id"] != ""], seen[seen["kind"].isin(["avowed", "disavowed"])]
    own = Row(words.index[-1], words["kind"].iloc[-1]) if len(words) else "none found"
    return {
        "state": data.row(country, world.folder)["name"],
        "first": _occasion(named, 0),
        "latest": _occasion(named, -1),
        "occasions": quantities.count(named),
        "read": quantities.count(named[named["verification"] == "read"]),
        "its own word": own,
        "in short": words["statement"].iloc[-1] if len(words) else "",
    }


def _occasion(rows: pd.DataFrame, place: int):
    """The day of the first or last row, which leads to it."""
    return Row(rows.index[place], day(rows["date"].iloc[place])) if len(rows) else "none found"


@data.selection(depends_on=data.ROSTER)
def beyond_nato(world: data.World) -> pd.DataFrame:
    """The rows of the roster whose state is not in NATO."""
    rows = roster(world)
    return rows[~rows["country"].isin(allies(world)["country"])]


def outside(world: data.World) -> pd.DataFrame:
    """The accession rows of NATO's members that are not on the roster."""
    rows = allies(world)
    return rows[~rows["country"].isin(roster(world)["country"])]


def in_short(world: data.World) -> Sentence:
    """How many states take part, and how many of these are in NATO, in one sentence."""
    members, beyond = roster(world), beyond_nato(world)
    return say(
        "On {day}, {members} states besides Ukraine were attested as taking part: {allies} of"
        " NATO's {nato} members and {beyond} others."
        + ("" if world.roster == "attested" else f" {FEWER[world.roster]}"),
        day=looked_at(world),
        members=quantities.count(members, "states"),
        allies=quantities.count(members.drop(beyond.index), "states"),
        nato=quantities.count(allies(world), "states"),
        beyond=quantities.count(beyond, "states"),
    )


def map_groups(world: data.World) -> list[tuple[str, dict[str, str]]]:
    """The groups of the tile map: {country: row it rests on} for members in NATO, members beyond
    it, and allies outside.
    """
    members, beyond = roster(world), beyond_nato(world)
    return [
        ("takes part, in NATO", _by_state(members.drop(beyond.index))),
        ("takes part, not in NATO", _by_state(beyond)),
        ("in NATO, no part attested", _by_state(outside(world))),
    ]


def _by_state(rows: pd.DataFrame) -> dict[str, str]:
    return dict(zip(rows["country"], rows.index, strict=True))


def count_items(world: data.World) -> list[tuple[str, Quantity, bool]]:
    """The roster and the published counts, as items of a bar chart."""
    own = ("States attested, without Ukraine", quantities.count(roster(world), "states"), True)
    counts = published(world)
    return [own] + [
        (
            f"{row['counted_by']}, {day(row['date'])}",
            quantities.cell(counts, id, "count", "states"),
            False,
        )
        for id, row in counts.iterrows()
    ]


def count_rows(world: data.World) -> list[dict]:
    """What each published count counts, one table row a count."""
    counts = published(world)
    return [
        {
            "counted by": Row(id, row["counted_by"]),
            "states": quantities.cell(counts, id, "count", "states"),
            "Ukraine": row["ukraine"],
            "what was counted": row["sense"],
        }
        for id, row in counts.iterrows()
    ]


def with_or_without_ukraine(world: data.World) -> Sentence:
    """Which published counts do not say whether Ukraine is one of the number, what they mean if it
    is, and which of them may so be the article's number of states and which not.
    """
    counts = published(world)
    unclear = counts[counts["ukraine"] == "unclear"].sort_values("count", ascending=False)
    given = [
        quantities.cell(unclear, id, "count", "states")
        for id in unclear.drop_duplicates("count").index
    ]
    if not given:
        return say("Every count says whether Ukraine is one of the number.")
    stated = float(data.row("C02", world.folder)["stated"])
    able = [number for number in given if number.value in (stated, stated + 1)]
    unable = [number for number in given if number not in able]
    return say(
        "Counts of {given} have been published that do not say whether Ukraine is one of the"
        " number. If it is, they mean {others} other states. So the article's number may be"
        " meant by {able}, and not by {unable}.",
        able=series(able) if able else "none",
        unable=series(unable) if unable else "none",
        given=series(given),
        others=series([quantities.less(number, quantities.chosen(1)) for number in given]),
    )


def share_items(world: data.World) -> list[tuple[str, Quantity, bool]]:
    """The signatories' share of the members by heads, money and people in uniform, as items of a
    bar chart.
    """
    members = roster(world)
    states = members[members["country"].isin(signatories(world)["party"])]
    items = [
        (
            "States taking part",
            quantities.share(quantities.count(states), quantities.count(members)),
            True,
        )
    ]
    return items + [
        (name.capitalize(), _signatory_share(world, name), False)
        for name in ("military expenditure", "active personnel")
    ]


def edition_rows(world: data.World) -> list[dict]:
    """The signatories' share of military expenditure by each edition of the series, the one used
    first.
    """
    name = "military expenditure"
    return [
        {
            "edition": edition,
            "year": str(indicator(world, name, edition)["year"].max()),
            "share": _signatory_share(world, name, edition),
        }
        for edition in editions(world, name)
    ]


def weak_rows(world: data.World) -> list[dict]:
    """The states known only from lists, or whose firmest attestation was not read at its source."""
    names = world.country_names
    rows = roster(world)
    present = roster(world, "reported-present")
    rows = rows[~rows["country"].isin(present["country"]) | (rows["verification"] != "read")]
    return [
        {
            "state": Row(id, names[row["country"]]),
            "attested": day(row["date"]),
            "how": row["kind"],
            "how checked": data.GRADES[row["verification"]],
            "note": row["note"],
        }
        for id, row in rows.iterrows()
    ]
