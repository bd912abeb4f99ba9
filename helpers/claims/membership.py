"""C02, C03, C04, C12: who takes part, and who signed the statement of 15 December 2025."""

from dataclasses import replace

import pandas as pd

from helpers import data, quantities
from helpers.claims import GRADES, Outcome, inputs, rule, what_if_input
from helpers.quantities import Quantity
from helpers.tables import Row, day

COUNTERS = {"french-president": "President of France", "chairs": "Coalition chairs", "downing-street": "UK Prime Minister's Office"}


def roster(world: data.World, participation: str = "attested") -> pd.DataFrame:
    """The states taking part, one row each: the firmest attestation, the earliest of its grade.

    attested  someone names them as present or as a participant
    avowed    the same, less those whose own latest statement is that they are not part of it
    """
    seen = world.attestations()
    spoken = seen[seen["kind"].isin(["avowed", "disavowed"])].sort_values(["date", "id"]).drop_duplicates("country", keep="last")
    denied = set(spoken.loc[spoken["kind"] == "disavowed", "country"]) if participation == "avowed" else set()
    rows = seen[(seen["kind"] != "disavowed") & seen["country"].isin(set(world.members()) - denied)]
    firmness = rows["verification"].map(GRADES.index)
    return rows.assign(firmness=firmness).sort_values(["firmness", "date", "id"]).drop_duplicates("country").sort_values("country")


def unread(world: data.World) -> set[str]:
    """States attested only by rows that the standard of evidence leaves out: whether they take part is unknown."""
    return set(replace(world, evidence="all").members()) - set(world.members())


def allies(world: data.World, organisation: str = "NATO") -> pd.DataFrame:
    """The states that belonged to NATO (or the EU) on the day, by their accession rows."""
    rows = world.until("accessions", "joined")
    rows = rows[rows["organisation"] == organisation]
    return rows[[not left or data.span(left).last >= world.day for left in rows["left"]]]


def published(world: data.World) -> pd.DataFrame:
    """The newest count of members by each counter, by the day; counts made before the last state joined are history and left out."""
    rows = world.until("counts")
    joined = max((data.span(since(world, code)).first for code in world.members()), default=world.day)
    rows = rows.loc[[data.span(text).last >= joined for text in rows["date"]]]
    return rows[rows["counted"] == "members"].sort_values(["date", "id"]).drop_duplicates("counted_by", keep="last")


def signatories(world: data.World) -> pd.DataFrame:
    """The parties to the statement of 15 December 2025, once it was made."""
    return world.until("signatories")


def editions(world: data.World, name: str) -> list[str]:
    """The editions of an indicator's series: those published by the day first, newest first, then the later ones."""
    rows = world.table("indicators")
    rows = rows[rows["indicator"] == name].drop_duplicates("edition")
    late = [data.span(text).last > world.day for text in rows["edition_published"]]
    return list(rows.assign(late=late).sort_values(["late", "edition_published"], ascending=[True, False])["edition"])


def rival_edition(world: data.World) -> str | None:
    """The edition of the expenditure series that is not used on the day; None where there is no second one."""
    return next(iter(editions(world, "military expenditure")[1:]), None)


def indicator(world: data.World, name: str, edition: str | None = None) -> pd.DataFrame:
    """An indicator's values in one edition, the first of `editions` unless named, for the newest year that edition has by the day."""
    rows = world.table("indicators")
    rows = rows[(rows["indicator"] == name) & (rows["edition"] == (edition or next(iter(editions(world, name)), "")))]
    return rows[rows["year"] == rows.loc[rows["year"] <= world.day.year, "year"].max()] if len(rows) else rows


def signatory_share(world: data.World, name: str, edition: str | None = None) -> Quantity:
    """The signatory states' share of the members' total of an indicator."""
    values = indicator(world, name, edition)
    of = lambda countries: values[values["country"].isin(set(countries))]  # noqa: E731
    unit = values["unit"].iloc[0] if len(values) else ""
    states = set(signatories(world)["party"]) & set(world.members())
    return quantities.share(quantities.total(of(states), "value", unit), quantities.total(of(world.members()), "value", unit))


@rule("C02")
def countries_taking_part(world: data.World, counting: str, states: int | None = None) -> Outcome:
    """The number of states, by the attested roster or by a published count; it holds at exactly the stated number.

    states: the attested roster's size, for a what-if.
    """
    stated = int(data.row("C02", world.folder)["stated"])
    if counting in COUNTERS:
        found = published(world)
        found = found[found["counted_by"] == COUNTERS[counting]]
        if found.empty:
            return Outcome(None, missing=f"a count of members by {COUNTERS[counting]} dated by the day")
        number = quantities.cell(found, found.index[0], "count", "states")
    else:
        rows = roster(world, "avowed" if counting == "avowed" else "attested")
        if rows.empty:
            return Outcome(None, missing="attestations by the day")
        unknowns = len(unread(world))
        if counting == "attested-with-ukraine":
            host = world.attestations()
            rows = pd.concat([rows, host[host["country"] == "UKR"].head(1)])
        number = quantities.count(rows, "states", unknowns)
        if states is not None:
            number = quantities.exact(states + number.value - len(roster(world)), "states", number.rows, "what-if")
    return Outcome(quantities.equals(number, stated), number, number.rows, "attestations read at their source")


@inputs("C02")
def _roster_size(world: data.World):
    return [what_if_input("C02", world, "states", "states attested as taking part", quantities.count(roster(world), "states"))]


@rule("C03")
def allies_outside(world: data.World, participation: str) -> Outcome:
    """NATO's members on the day that do not take part, against the four named."""
    return _same_set("C03", world, allies(world), roster(world, participation))


@rule("C04")
def members_beyond_nato(world: data.World, participation: str) -> Outcome:
    """The states taking part that are not in NATO, against the six named."""
    return _same_set("C04", world, roster(world, participation), allies(world))


def _same_set(claim: str, world: data.World, those: pd.DataFrame, less: pd.DataFrame) -> Outcome:
    if those.empty or less.empty:
        return Outcome(None, missing="attestations or accessions by the day")
    if states := unread(world):
        return Outcome(None, missing=f"attestations read at their source for {', '.join(sorted(states))}")
    left = sorted(set(those["country"]) - set(less["country"]))
    return Outcome(left == data.row(claim, world.folder)["stated"].split(), left, tuple(sorted({*those.index, *less.index})))


@rule("C12")
def who_signed(world: data.World, parties: str) -> Outcome:
    """The parties named in the statement, against those the article lists."""
    rows = signatories(world)
    if rows.empty:
        return Outcome(None, missing="the statement of 15 December 2025, which was not yet made or not read")
    if world.unread("signatories"):
        return Outcome(None, missing="signatories read at the source")
    named = sorted(rows["party"])
    return Outcome(named == data.row("C12", world.folder)["stated"].split(), named, tuple(sorted(rows.index)))


def since(world: data.World, country: str) -> str:
    """The date of a state's first attestation by the day."""
    seen = world.attestations()
    return min(seen.loc[(seen["country"] == country) & (seen["kind"] != "disavowed"), "date"], key=data.span)


def firmness(world: data.World, country: str) -> dict:
    """How firmly a state is in: first and latest occasion that names it, how many do, and its own latest words; one table row."""
    seen = world.attestations()
    seen = seen[seen["country"] == country].sort_values(["date", "id"])
    named, spoken = seen[seen["kind"].isin(["attended", "listed"])], seen[seen["kind"].isin(["avowed", "disavowed"])]
    occasion = lambda rows, place: Row(rows.index[place], day(rows["date"].iloc[place])) if len(rows) else "none found"  # noqa: E731
    own = Row(spoken.index[-1], spoken["kind"].iloc[-1]) if len(spoken) else "none found"
    return {
        "state": data.row(country, world.folder)["name"], "first": occasion(named, 0), "latest": occasion(named, -1),
        "occasions": quantities.count(named), "read": quantities.count(named[named["verification"] == "read"]),
        "its own word": own, "in short": spoken["statement"].iloc[-1] if len(spoken) else "",
    }  # fmt: skip
