"""C22 to C26b: tankers, whose they are, and what the comparison of nine with more than 600 is
worth.
"""

import functools
from dataclasses import replace
from typing import Literal

from helpers import data, patrols, quantities, uncertainty
from helpers.claims import Input, Outcome, inputs, read, rule, stated, weigh, what_if_input
from helpers.quantities import Quantity
from helpers.recipes import Recipe
from helpers.refuelling import (
    BARS,
    POOL,
    aircraft,
    american,
    delivered,
    like_for_like,
    ordered,
    owned_by,
    paired,
    share_of_us,
    us_tankers,
)

FACTOR = 2  # C25b: a ratio within a factor of two of another still gives an idea of it
AREAS = {
    "west": ["place/area-west"],
    "kyiv": ["place/area-kyiv"],
}  # C22: the places of a reading; skies: all those over Ukraine
FLOWN = {
    "typhoon": "Eurofighter Typhoon",
    "rafale": "Rafale",
    "f-16": "F-16",
    "f-35a": "F-35A",
    "gripen": "JAS 39 Gripen",
}


@rule("C22")
def refuelling_is_vital(
    world: data.World,
    area: Literal["skies", "west", "kyiv"],
    posture: Literal["patrol", "alert"],
    criterion: Literal["sustain", "no-time"],
    aircraft: Literal["typhoon", "rafale", "f-16", "f-35a", "gripen"],
    burn: float = 1,
) -> Outcome:
    """Whether a patrol somewhere over the area takes tankers: the time on station that its own fuel
    gives, against a criterion.

    sustain  less than half of what is flown with a tanker; no-time  none at all. On alert nothing
             is kept on station, so the claim's own
    condition, extended patrols, is not met. burn: what the fighter burns as a multiple, for a
    what-if.
    Computed: hours on station without a tanker at the place farthest from its nearest fighter base.
    """
    if posture == "alert":
        return Outcome(
            False,
            False,
            patrols.alert(world, FLOWN[aircraft]).rows,
            "the aircraft held for a pair on alert",
        )
    reach = {
        place: patrols.distance(world, patrols.nearest(world, place), place)
        for place in AREAS.get(area) or patrols.skies(world)
    }
    farthest = max(reach, key=lambda place: reach[place].value or 0, default="")
    far = reach.get(farthest, quantities.Quantity(None))
    found, flown = (
        patrols.station(world, far, FLOWN[aircraft], burn),
        patrols.parameter(world, "t_os", FLOWN[aircraft]),
    )
    missing = "places, and the fuel, burn and speed of the fighter"
    if found.value is None or flown.value is None:
        return Outcome(None, None, found.rows, missing)
    part, wanted = (
        (quantities.ratio(found, flown), 0.5) if criterion == "sustain" else (found, 1e-6)
    )
    enough = uncertainty.reaches(part, wanted, world.seed)
    holds = None if enough is None else not enough
    unit = f"hours over {data.row(farthest, world.folder)['name']} without a tanker"
    unsettled = "what a fighter burns on patrol, known well enough to settle it"
    return Outcome(
        holds, replace(found, unit=unit), tuple(sorted({*found.rows, *flown.rows})), unsettled
    )


@inputs("C22")
def _burn(world: data.World):
    b = patrols.parameter(world, "b", patrols.TYPE)
    if b.value is None:
        return []

    def verdict(value: float) -> str:
        return weigh(read("C22", world, all_readings=False, burn=value / b.value))

    return [
        Input(
            f"kg an hour burnt by a {patrols.TYPE}, by other fighters in proportion,",
            b.value,
            "kg/h",
            b.low,
            b.high,
            b.rows,
            verdict,
            whole=False,
            how=b.how,
        )
    ]


@rule("C23")
def pooled_fleet(
    world: data.World,
    counted: Literal["delivered", "observed", "available", "ordered"],
    delivered_count: int | None = None,
) -> Outcome:
    """The pooled fleet's size as delivered, as observed, as free for refuelling, or as ordered.
    delivered_count: for a what-if.
    """
    wanted = stated("C23", world.folder)
    number = delivered(world)
    if delivered_count is not None:
        number = quantities.tried(delivered_count, like=number)
    if counted == "observed":
        rows = world.fleets("tanker")
        rows = rows[rows["fleet"] == POOL]
        since = world.until("deliveries")["date"].max() if len(world.until("deliveries")) else ""
        current = (
            len(rows) and rows["observed"].iloc[0] >= since
        )  # an observation before the newest delivery says nothing of it
        number = aircraft(rows) if current else Quantity(None)
    if counted == "available" and number.value is not None:
        reserve = world.table("parameters")
        reserve = reserve[reserve["id"] == "medevac-reserve/mmf"]
        number = (
            quantities.less(number, quantities.total(reserve, "base", "aircraft", how="cell"))
            if len(reserve)
            else Quantity(None)
        )
    if counted == "ordered":
        number = ordered(world)
    missing = f"rows on the pooled fleet as {counted} by the day"
    return Outcome(
        quantities.equals(number, wanted), number if number.rows else None, number.rows, missing
    )


@inputs("C23")
def _deliveries(world: data.World):
    return [
        what_if_input(
            "C23",
            world,
            "delivered_count",
            "aircraft delivered to the pooled fleet",
            delivered(world),
        )
    ]


@rule("C24")
def american_fleet(
    world: data.World,
    definition: Literal[
        "air-force-jets",
        "with-marines",
        "with-navy",
        "with-special-operations",
        "with-contractors",
        "flightglobal",
        "globalfirepower",
    ],
    instead: dict[str, float] | None = None,
) -> Outcome:
    """The number of US tankers against 'more than' the stated number. instead: aircraft more or
    fewer by row id, for a what-if.
    """
    wanted = stated("C24", world.folder)
    number = us_tankers(world, definition)
    if extra := sum((instead or {}).get(row, 0) for row in number.rows):
        number = quantities.shifted(number, extra)
    missing = f"counts exact enough for the definition '{definition.replace('-', ' ')}'"
    return Outcome(
        quantities.exceeds(number, wanted), number if number.rows else None, number.rows, missing
    )


@inputs("C24")
def _american_fleets(world: data.World):
    return [
        _fleet_input(world, id) for id in aircraft(american(world, "with-special-operations")).rows
    ]


def _fleet_input(world: data.World, id: str) -> Input:
    """The size of one US fleet as an input, with the range its row gives; observations of either
    timing move together.
    """
    rows = {timing: replace(world, timing=timing).fleets("tanker") for timing in data.TIMINGS}
    fleet = rows[world.timing].loc[id]
    counts = {
        row: count
        for found in rows.values()
        for row, count in found.loc[found["fleet"] == fleet["fleet"], "in_service"].items()
    }
    now = quantities.cell(rows[world.timing], id, "in_service", "aircraft")

    def verdict(value: float) -> str:
        return weigh(
            read(
                "C24",
                world,
                all_readings=False,
                instead={row: value - count for row, count in counts.items()},
            )
        )

    name = f"{fleet['type']} in service"
    return Input(name, now.value, "aircraft", now.low, now.high, (id,), verdict, how=now.how)


@rule("C25a")
def which_side_has_more(
    world: data.World,
    us: Literal["flightglobal", "air-force-jets", "with-marines"],
    counterpart: Literal["pooled", "europe", "nato", "members"],
    scale: float = 1,
) -> Outcome:
    """Whether the USA has more tankers than the counterpart. scale: the counterpart's fleet as a
    multiple, for a what-if.
    """
    return _judge(_pairing(world, us, counterpart), lambda value: value > 1, scale)


@functools.lru_cache(512)
def _pairing(world: data.World, us: str, counterpart: str) -> Quantity:
    return quantities.ratio(us_tankers(world, us), aircraft(owned_by(world, counterpart)))


@rule("C25b")
def how_much_more(
    world: data.World,
    counterpart: Literal["nato", "europe", "members"],
    measure: Literal["all-kinds", "jets", "fuel"],
    method: Literal["any", "boom", "drogue"],
    scale: float = 1,
) -> Outcome:
    """Whether the article's ratio is within a factor of two of the like-for-like ratio. scale: as
    in C25a.
    """
    ratio = like_for_like(world, counterpart, measure, method)
    pair = paired().value
    return _judge(ratio, lambda value: 1 / FACTOR <= pair / value <= FACTOR, scale)


@rule("C26a")
def none_of_the_kind(
    world: data.World, owner: Literal["nato", "pooled", "members"], kind: Literal["jet", "boom"]
) -> Outcome:
    """Absence, against the named falsifier: one tanker of the kind that is not American. Rows: the
    fleets that falsify it.
    """
    rows = owned_by(world, owner)
    rows = rows[rows["in_service"].fillna(0) > 0]
    if kind == "boom":
        rows = rows[rows["boom"] == "yes"]
    if world.fleets("tanker").empty:
        return Outcome(None, missing="observations of tanker fleets by the day")
    return Outcome(rows.empty, aircraft(rows) if len(rows) else None, tuple(sorted(rows.index)))


@rule("C26b")
def none_on_the_scale(
    world: data.World,
    owner: Literal["nato", "europe", "pooled", "members"],
    measure: Literal["aircraft", "fuel", "patrols"],
    bar: Literal["half", "quarter", "tenth"],
    scale: float = 1,
) -> Outcome:
    """Whether the owner's tankers stay below a share of the US fleet that would be comparable.
    scale: as in C25a.
    """
    part = (
        patrols.part_of_us(world, owner)
        if measure == "patrols"
        else share_of_us(world, owner, measure)
    )
    return _judge(part, lambda value: value < BARS[bar], 1 / scale if scale else 1e9)


def _judge(found: Quantity, holds, scale: float) -> Outcome:
    """The outcome of a test on a ratio divided by a scale: unknown where the two ends of its range
    differ on it, or one is open.
    """
    missing = "counts exact enough on both sides"
    if found.value is None:
        return Outcome(None, missing=missing)
    ends = {
        holds(end / max(scale, 1e-9))
        for end in (found.low, found.value, found.high)
        if end is not None
    }
    sure = len(ends) == 1 and (
        found.low is not None and found.high is not None or _one_sided(found, holds)
    )
    return Outcome(ends.pop() if sure else None, found, found.rows, missing)


def _one_sided(found: Quantity, holds) -> bool:
    """Whether the open end of a range cannot change the outcome: the test gives the same as far out
    as the range may reach.
    """
    far = 1e9 if found.high is None else 1e-9
    return holds(far) == holds(found.value)


def _scaled(claim: str, world: data.World):
    """The other side's tankers as a multiple of what it has, as the input of the three comparisons."""
    rows = owned_by(world, "members")
    whole = quantities.exact(1.0, "ratio", tuple(rows.index), Recipe("multiple", "1"))
    return [
        what_if_input(
            claim,
            world,
            "scale",
            "times the tankers that the other side has today",
            whole,
            whole=False,
        )
    ]


for claim in ("C25a", "C25b", "C26b"):
    inputs(claim)(functools.partial(_scaled, claim))
