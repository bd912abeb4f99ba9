"""Tanker fleets on both sides: whose they are, how many, what they hold; and the tables and chart
items that show it.
"""

import functools
from dataclasses import replace

import pandas as pd

from helpers import data, formulas, numbers_known_by_their_ends, quantities, word_check
from helpers.membership import fleet_name, observed, some_left, states_of
from helpers.model_parameters import parameter
from helpers.quantities import Quantity
from helpers.recipe_acts import Recipe
from helpers.sources_that_count import GONE, UNREAD, brought_back
from helpers.tables import Linked, Row, Sentence, day, listed, looked_at, say

POOL = "mmf-a330-mrtt"
OWNERS = {  # whose tankers, beside the American ones
    "pooled": "the pool alone",
    "europe": "members in Europe, with the pool",
    "nato": "NATO without the USA",
    "members": "all members, with the pool",
}
DIRECTORY_NAMES = {"flightglobal": "World Air Forces", "globalfirepower": "GlobalFirepower"}
DIRECTORIES = {
    "flightglobal": "usa-directory-flightglobal",
    "globalfirepower": "usa-directory-globalfirepower",
}
MEASURES = ("jets", "all-kinds", "fuel")  # by which two sides are counted alike
METHODS = ("any", "boom", "drogue")  # of passing fuel
KINDS = ("jet tanker", "tactical tanker", "special operations tanker", "pod-capable transport")
DEFINITIONS = (
    "air-force-jets",
    "with-marines",
    "with-navy",
    "with-special-operations",
    "with-contractors",
)


@data.selection(depends_on=data.DATED)
def national(world: data.World, kinds: tuple[str, ...] = ("jet tanker",)) -> pd.DataFrame:
    """The newest observation of every tanker fleet of these classes that a state or a pool of
    states has; fleets of none left out.
    """
    kinds = tuple(data.known("capabilities", "class", kind, world.folder) for kind in kinds)
    rows = world.fleets("tanker")
    return rows[
        rows["class"].isin(kinds)
        & rows["owner_kind"].isin(["national", "pooled"])
        & some_left(rows)
    ]


@data.selection(depends_on=data.DATED)
def american(world: data.World, definition: str) -> pd.DataFrame:
    """The US tanker fleets under a definition, each wider than the one before."""
    definition = word_check.word("definition", definition, DEFINITIONS)
    rows = world.fleets("tanker")
    own = (rows["operator"] == "USA") & (rows["owner_kind"] == "national")
    parts = (
        own & (rows["class"] == "jet tanker"),
        own & (rows["class"] == "tactical tanker") & rows["service"].str.startswith("Marine"),
        own & (rows["class"] == "tactical tanker"),
        own & (rows["class"] == "special operations tanker"),
        rows["owner_kind"] == "contractor",
    )
    wanted = parts[0].copy()
    for part in parts[1 : DEFINITIONS.index(definition) + 1]:
        wanted |= part
    return rows[wanted]


@data.selection(depends_on=data.DATED)
def directory(world: data.World, name: str) -> pd.DataFrame:
    """The newest total that a fleet directory prints for the United States."""
    name = word_check.word("directory", name, DIRECTORIES)
    rows = world.fleets("tanker", rank="rival")
    return rows[rows["fleet"] == DIRECTORIES[name]]


@data.selection(depends_on=data.ROSTER)
def owned_by(
    world: data.World, owner: str, kinds: tuple[str, ...] = ("jet tanker",)
) -> pd.DataFrame:
    """Tanker fleets outside the United States by owner.

    Parameters
    ----------
    world : World
        The day, roster and evidence looked at.
    owner : str
        pooled: the fleet that allies own in common; europe: members of the coalition in Europe;
        nato: NATO's members other than the United States; members: every member of the coalition;
        the last three with the pool.
    kinds : tuple of str
        The classes that count, as the rows name them.
    """
    owner = word_check.word("owner", owner, OWNERS)
    rows = national(world, kinds)
    pooled = rows["owner_kind"] == "pooled"
    if owner == "pooled":
        return rows[pooled]
    return rows[pooled | rows["operator"].isin(states_of(world, owner))]


def fuel(world: data.World, rows: pd.DataFrame) -> Quantity:
    """The fuel the fleets' aircraft can hold together, in kg: aircraft times the capacity of their
    type, summed over fleets.
    """
    parts = [
        quantities.scaled(
            quantities.cell(rows, id, "in_service", "aircraft"),
            parameter(world, "F_cap", rows.loc[id, "type"]),
            "kg",
        )
        for id in rows.index
    ]
    return quantities.add(*parts) if parts else quantities.unknown("kg")


def tonnes(kilograms: Quantity) -> Quantity:
    """A mass in tonnes."""
    return quantities.converted(kilograms, formulas.KG_PER_TONNE, "t")


def aircraft(rows: pd.DataFrame) -> Quantity:
    """The aircraft of the fleets together."""
    return quantities.total(rows, "in_service", "aircraft")


def bounded(world: data.World, rows: pd.DataFrame) -> Quantity:
    """The aircraft of the fleets together. One of unknown size is at most what its state's newest
    directory total leaves beside its known fleets; without such a total it has no upper end.
    """
    if rows.empty:
        return aircraft(rows)
    return quantities.add(*(_bounded(world, fleets) for _, fleets in rows.groupby("operator")))


def _bounded(world: data.World, rows: pd.DataFrame) -> Quantity:
    number = aircraft(rows)
    if number.high is not None:
        return number
    totals = world.fleets("tanker", rank="rival")
    totals = totals[
        (totals["operator"] == rows["operator"].iloc[0])
        & (totals["class"] == "directory total")
        & (totals["owner_kind"] == "national")
    ].sort_values("observed")
    most = totals["in_service"].iloc[-1] if len(totals) else pd.NA
    if pd.isna(most):
        return number
    return quantities.of_rows("within", "in_service", pd.concat([rows, totals.tail(1)]), "aircraft")


def delivered(world: data.World) -> Quantity:
    """Aircraft handed over to the pooled fleet by the day."""
    return quantities.count(world.until("deliveries"), "aircraft", world.unread("deliveries"))


def ordered(world: data.World) -> Quantity:
    """Aircraft ordered for the pooled fleet by the day."""
    rows = world.until("orders")
    return replace(quantities.total(rows, "quantity", "aircraft"), unknowns=world.unread("orders"))


@data.selection(depends_on=data.DATED)
def us_tankers(world: data.World, definition: str) -> Quantity:
    """The number of US tankers under a definition or in a directory."""
    definition = word_check.word("definition", definition, (*DEFINITIONS, *DIRECTORIES))
    return aircraft(
        directory(world, definition) if definition in DIRECTORIES else american(world, definition)
    )


@data.selection(depends_on=data.ROSTER)
def like_for_like(world: data.World, counterpart: str, measure: str, method: str) -> Quantity:
    """The US fleet over the counterpart's, counted alike on both sides.

    Parameters
    ----------
    world : World
        The day, roster and evidence looked at.
    counterpart : str
        Whose fleet: an owner, as in owned_by.
    measure : str
        jets: large jet tankers; all-kinds: also tactical and special operations tankers and
        pod-capable transports; fuel: what the large jet tankers hold.
    method : str
        boom or drogue: only fleets that refuel so; any: all.
    """
    measure = word_check.word("measure", measure, MEASURES)
    method = word_check.word("method", method, METHODS)
    kinds = KINDS if measure == "all-kinds" else ("jet tanker",)
    rows = national(world, kinds)
    ours = rows[rows["operator"] == "USA"]
    theirs = owned_by(world, counterpart, kinds)
    if method != "any":
        ours, theirs = ours[ours[method] == "yes"], theirs[theirs[method] == "yes"]
    size = (lambda rows: fuel(world, rows)) if measure == "fuel" else aircraft
    if measure == "all-kinds":
        return quantities.ratio(size(ours), bounded(world, theirs))
    return quantities.ratio(size(ours), size(theirs))


@functools.cache
def paired() -> Quantity:
    """The ratio of the article's own pair of numbers, from the claims that state them."""
    stated = data.load("claims")
    ours, theirs = (
        quantities.exact(int(stated.loc[id, "stated"]), "aircraft", (id,), Recipe("cell", "stated"))
        for id in ("C24", "C23")
    )
    return quantities.ratio(ours, theirs)


def in_short(world: data.World) -> Sentence:
    """How many tankers stand on each side, and what the pair and counting alike make of them, in
    two sentences.
    """
    alike = {
        "aircraft": like_for_like(world, "nato", "jets", "any"),
        "kinds": like_for_like(world, "nato", "all-kinds", "any"),
        "fuel": like_for_like(world, "nato", "fuel", "any"),
        "theirs": bounded(world, owned_by(world, "nato", KINDS)),
        "jets": us_tankers(world, "air-force-jets"),
        "all": us_tankers(world, "with-special-operations"),
    }
    return say(
        "On {day} the pooled fleet had {pool} aircraft; the United States had {jets} large jet"
        " tankers and {all} tankers of all kinds, NATO's other members with the pool {theirs}, each"
        " added up fleet by fleet.{printed} The article's own pair makes it {pair} to one; counted"
        " alike on both sides it is {kinds} to one in aircraft, {aircraft} in large jets and {fuel}"
        " by the fuel they hold.{older}",
        day=looked_at(world),
        printed=_printed(world),
        older=older_counts(world, alike["all"], alike["theirs"]),
        pool=delivered(world),
        pair=paired(),
        **{name: numbers_known_by_their_ends.range_words(number) for name, number in alike.items()},
    )


def _printed(world: data.World) -> Sentence | str:
    """What the directory prints for America, where one was out by the day."""
    number = us_tankers(world, "flightglobal")
    if number.value is None:
        return ""
    return say(
        " One directory, {name}, prints {number} for America, without its fleets one by one.",
        name=DIRECTORY_NAMES["flightglobal"],
        number=numbers_known_by_their_ends.range_words(number),
    )


def step_items(world: data.World) -> list[tuple[str, Quantity, bool]]:
    """How many American tankers stand against one of NATO's others, as items of a bar chart: as the
    article pairs them, then with one more thing counted alike on both sides.
    """
    alike = {
        "large jets against large jets": "jets",
        "their fuel": "fuel",
        "tankers of all kinds": "all-kinds",
    }
    return [
        ("as the article pairs them", paired(), False),
        *((words, like_for_like(world, "nato", of, "any"), True) for words, of in alike.items()),
    ]


def step_title(world: data.World) -> Sentence:
    """The article's pair and what counting alike makes of it, as the title of a chart."""
    return say(
        "The article's pair makes it {pair} to one; like for like, {jets} in large jets, {all} in"
        " all kinds",
        pair=paired(),
        jets=numbers_known_by_their_ends.range_words(like_for_like(world, "nato", "jets", "any")),
        all=numbers_known_by_their_ends.range_words(
            like_for_like(world, "nato", "all-kinds", "any")
        ),
    )


def by_method(world: data.World) -> Sentence:
    """How many American large jets stand against one of NATO's others by each way to pass fuel."""
    return say(
        "By boom alone the large jets stand at {boom} to one against NATO's other members,"
        " by hose alone at {drogue} to one.",
        boom=numbers_known_by_their_ends.range_words(like_for_like(world, "nato", "jets", "boom")),
        drogue=numbers_known_by_their_ends.range_words(
            like_for_like(world, "nato", "jets", "drogue")
        ),
    )


@data.selection(depends_on=data.ROSTER)
def share_of_us(world: data.World, owner: str, measure: str = "aircraft") -> Quantity:
    """The owner's large jet tankers as a share of the US Air Force's.

    Parameters
    ----------
    world : World
        The day, roster and evidence looked at.
    owner : str
        Whose tankers, as in owned_by.
    measure : str
        What is counted: aircraft, or the fuel they hold.
    """
    measure = word_check.word("measure", measure, ("aircraft", "fuel"))
    size = (lambda rows: fuel(world, rows)) if measure == "fuel" else aircraft
    return quantities.share(size(owned_by(world, owner)), size(american(world, "air-force-jets")))


DEFINITION_NAMES = (
    "Air Force jets",
    "with Marine KC-130J",
    "with Navy KC-130T",
    "with MC-130J",
    "with contractors'",
)


def definition_title(world: data.World) -> Sentence:
    """What the special forces' aircraft make of the count, as the title of a chart."""
    return say(
        "Without the MC-130J the forces have {without} tankers, with it {all}",
        without=numbers_known_by_their_ends.range_words(us_tankers(world, "with-navy")),
        all=numbers_known_by_their_ends.range_words(us_tankers(world, "with-special-operations")),
    )


def still_running(world: data.World) -> Sentence:
    """The Air Force's jets by counts whose period had ended on the day, and with the others."""
    jets = "air-force-jets"
    return say(
        "Air Force jets: {settled} by counts whose period had ended on the day,"
        " {open} with those of a period still running.",
        settled=us_tankers(world, jets),
        open=us_tankers(replace(world, timing="open"), jets),
    )


def definition_items(world: data.World) -> list[tuple[str, Quantity, bool]]:
    """The number of US tankers by each definition and directory, as items of a bar chart."""
    items = [
        (label, us_tankers(world, name), name == DEFINITIONS[0])
        for name, label in zip(DEFINITIONS, DEFINITION_NAMES, strict=True)
    ]
    return items + [(DIRECTORY_NAMES[name], us_tankers(world, name), False) for name in DIRECTORIES]


def pool_series(world: data.World) -> list[tuple[str, list[tuple[str, Quantity]]]]:
    """The pooled fleet as delivered and as ordered, each date with the number from then on, for a
    step chart.
    """
    handed, orders = (
        world.until("deliveries").sort_values("number"),
        world.until("orders").sort_values("date"),
    )
    return [
        (
            "delivered",
            [
                (row["date"], quantities.count(handed.loc[:id], "aircraft"))
                for id, row in handed.iterrows()
            ],
        ),
        (
            "ordered",
            [
                (row["date"], quantities.total(orders.loc[:id], "quantity", "aircraft"))
                for id, row in orders.iterrows()
            ],
        ),
    ]


def latest_delivery(world: data.World) -> Row:
    """The day of the newest delivery to the pooled fleet, leading to its row; beside it that it is
    second-hand, and a report that had as many before.
    """
    newest = world.until("deliveries").sort_values("number").iloc[-1]
    caveat = "" if newest["verification"] == "read" else _caveat(newest["note"])
    counts = world.table("capabilities")
    counts = counts[(counts["fleet"] == POOL) & (counts["in_service"] >= newest["number"])]
    if before := sorted(counts["observed"][counts["observed"] < newest["date"]]):
        caveat = "; ".join(filter(None, [caveat, f"a report has as many on {day(before[0])}"]))
    return Row(newest.name, day(newest["date"]) + (f" ({caveat})" if caveat else ""))


def _caveat(note: str) -> str:
    """How far a day that was not read at its source can be trusted, in few words."""
    worked_out = "a day worked out, " if note.startswith("Day worked out") else ""
    return worked_out + (UNREAD if GONE in note else "second-hand")


def pool_title(world: data.World) -> Sentence:
    """How many aircraft the pooled fleet has, and since when, as the title of a chart."""
    return say(
        "The pooled fleet has had {now} aircraft since {day}",
        now=delivered(world),
        day=latest_delivery(world),
    )


def members_title(world: data.World) -> Sentence:
    """The pooled fleet's part of the large jet tankers of the coalition's members, and how many of
    these NATO's members have, as the title of a chart.
    """
    pool, theirs, nato = (
        aircraft(owned_by(world, owner)) for owner in ("pooled", "members", "nato")
    )
    return say(
        "The pooled fleet is {part} of the coalition's {all} large jet tankers{others}; NATO's"
        " members but America have {nato}",
        part=numbers_known_by_their_ends.range_words(quantities.share(pool, theirs)),
        all=numbers_known_by_their_ends.range_words(theirs),
        others=with_others(world),
        nato=numbers_known_by_their_ends.range_words(nato),
    )


def with_others(world: data.World) -> str:
    """Whose large jet tankers the coalition's members have and NATO's do not: ', Australia's and
    Japan's among them'; nothing where there are none.
    """
    members, nato = (set(owned_by(world, owner)["operator"]) for owner in ("members", "nato"))
    names = sorted(world.country_names[code] for code in members - nato)
    return f", {listed([f'{name}’s' for name in names])} among them" if names else ""


def fleet_items(rows: pd.DataFrame) -> list[tuple[str, Quantity, bool]]:
    """Fleets by size, as items of a bar chart; the pooled one is the subject."""
    rows = rows.sort_values(["in_service", "fleet"], ascending=[False, True])
    return [
        (
            fleet_name(row),
            quantities.cell(rows, id, "in_service", "aircraft"),
            row["owner_kind"] == "pooled",
        )
        for id, row in rows.iterrows()
    ]


def fleet_rows(rows: pd.DataFrame) -> list[dict]:
    """Fleets by size with the age of each count and how they pass fuel, one table row a fleet."""
    rows = rows.sort_values(["in_service", "fleet"], ascending=[False, True])
    return [
        {
            "fleet": Row(id, fleet_name(row)),
            "class": row["class"],
            "aircraft": numbers_known_by_their_ends.range_words(
                quantities.cell(rows, id, "in_service", "aircraft")
            ),
            "observed": observed(row),
            "boom": row["boom"] or "unknown",
            "drogue": row["drogue"] or "unknown",
            "how checked": data.GRADES[row["verification"]],
        }
        for id, row in rows.iterrows()
    ]


def range_rows(rows: pd.DataFrame) -> list[dict]:
    """The fleets whose size is known only as a range, and why."""
    counted = [
        (id, row, quantities.cell(rows, id, "in_service", "aircraft"))
        for id, row in rows.iterrows()
    ]
    return [
        {
            "fleet": Row(id, fleet_name(row)),
            "as reported": number,
            "range": Linked(quantities.interval(number.low, number.high), number),
            "why": row["note"],
        }
        for id, row, number in counted
        if number.value is not None and number.low != number.high
    ]


def scale_items(world: data.World) -> list[tuple[str, Quantity, bool]]:
    """Large jet tankers by owner as a share of the US Air Force's, as items of a bar chart."""
    return [(words, share_of_us(world, owner), owner == "nato") for owner, words in OWNERS.items()]


def scale_title(world: data.World) -> Sentence:
    """NATO's share of the US Air Force's large jet tankers, as the title of a chart."""
    return say(
        "NATO's other members own {share} as many large jet tankers as the US Air Force",
        share=numbers_known_by_their_ends.range_words(share_of_us(world, "nato")),
    )


def fuel_rows(world: data.World) -> list[dict]:
    """Aircraft and the fuel they can hold, on the American side and by owner on the other."""
    sides = {"United States, large jets": american(world, "air-force-jets")} | {
        name: owned_by(world, owner) for owner, name in OWNERS.items()
    }
    return [
        {
            "whose": name,
            "aircraft": numbers_known_by_their_ends.range_words(aircraft(rows)),
            "fuel held (tonnes)": numbers_known_by_their_ends.range_words(
                tonnes(fuel(world, rows))
            ),
        }
        for name, rows in sides.items()
    ]


def older_counts(world: data.World, *numbers: Quantity) -> Sentence | str:
    """A sentence on the older counts among the rows of some numbers, to follow theirs; empty where
    there are none.
    """
    back = brought_back(world, [row for number in numbers for row in number.rows])
    return (
        say(" Newer counts are left out; in their place stand {back}.", back=back) if back else ""
    )
