"""C22 to C26: tankers, whose they are, and what the pair of nine and more than 600 is worth."""

import functools
from collections.abc import Callable
from dataclasses import replace
from typing import Literal

from helpers import data, numbers_known_by_their_ends, patrols, quantities, tables, uncertainty
from helpers.claims import (
    Input,
    Outcome,
    inputs,
    judged_by_model,
    likelihood,
    our_bar,
    read,
    rule,
    stated,
    weigh,
    what_if_input,
)
from helpers.comparable_shares import SHARES, below, share_of
from helpers.model_parameters import parameter
from helpers.quantities import Quantity
from helpers.recipe_acts import Recipe
from helpers.refuelling import (
    DIRECTORY_NAMES,
    KINDS,
    POOL,
    aircraft,
    american,
    bounded,
    delivered,
    directory,
    fuel,
    latest_delivery,
    like_for_like,
    ordered,
    owned_by,
    paired,
    us_tankers,
    with_others,
)
from helpers.tables import Row

FACTOR = 2  # C25b: a ratio within a factor of two of another still gives an idea of it
PART = 0.5  # C22: of the time on station with a tanker, below which a tanker is vital
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
OTHERS = {  # C25, C26: whose tankers stand against the American
    "nato": "NATO's other members",
    "europe": "the coalition's European members",
    "members": "the coalition's members",
    "pooled": "the pooled fleet",
}
PRINTED = "{directory} counts {number} American tankers, by its newest edition found ({edition})."
COUNTED = {  # C24: what a definition counts, in words
    "air-force-jets": "The Air Force's large jets alone are {number}.",
    "with-marines": "Counted the Pentagon's way they are {number}: the Air Force's large jets and"
    " the Marines' KC-130J, without the tankers of the Navy and the special forces.",
    "with-navy": "With the Navy's KC-130T they are {number}.",
    "with-special-operations": "With the MC-130J of the special forces they are {number}.",
    "with-contractors": "With the tankers of companies they are {number}.",
    "flightglobal": PRINTED,
    "globalfirepower": PRINTED,
}
AMERICA = {  # C25a: what stands on the American side, by the way it is counted
    "flightglobal": "America has {ours} tankers by World Air Forces",
    "with-marines": "America has {ours} tankers counted the Pentagon's way",
    "air-force-jets": "America's Air Force has {ours} large jet tankers",
}


AS_MEANT = ("skies", "patrol", "typhoon")  # where C22 says what vital means, once a card

our_bar(
    "C22",
    tables.say(
        "a tanker is vital where a patrol without one stays less than {part} as long",
        part=quantities.chosen(PART, "share"),
    ),
)
our_bar(
    "C25b",
    tables.say(
        "a number at most {factor} times off gives an idea of the gap",
        factor=quantities.chosen(FACTOR),
    ),
)
our_bar(
    "C26",
    tables.say(
        "less than {part} of the American number is not comparable",
        part=quantities.chosen(SHARES["half"], "share"),
    ),
)


@rule("C22")
def refuelling_is_vital(
    world: data.World,
    area: Literal["skies", "west", "kyiv"],
    posture: Literal["patrol", "patrol-from-ukraine", "alert"],
    aircraft: Literal["typhoon", "rafale", "f-16", "f-35a", "gripen"],
    part: float = PART,
) -> Outcome:
    """Whether a patrol over the area stays less than half the time without a tanker that it stays
    with one, at the place farthest from its nearest base.

    patrol               from fighter bases in NATO's states; patrol-from-ukraine: from airfields
                         inside Ukraine
    alert                nothing is kept in the air, so no patrol takes a tanker
    part: another share than half, for a what-if. Computed: the median of the hours without a
    tanker.
    """
    flown = FLOWN[aircraft]
    if posture == "alert":
        held = patrols.alert(world, flown)
        known = held.value is not None
        line = tables.say(
            "On alert {held} aircraft wait on the ground for each pair, and no tanker does.",
            held=uncertainty.in_words(held, world),
        )
        missing = "how many aircraft are held for a pair on alert"
        return Outcome(
            False if known else None,
            uncertainty.spread(held, world.seed) if known else None,
            held.rows,
            missing,
            line=line,
        )
    kind = "ukraine" if posture == "patrol-from-ukraine" else "permanent"
    bases = {place: patrols.nearest(world, place, kind) for place in _places(world, area)}
    reach = {place: patrols.distance_to(world, place, kind) for place in bases}
    if not reach or any(far.value is None for far in reach.values()):
        return Outcome(None, missing="where the patrols and their bases are")
    place = max(reach, key=lambda id: (reach[id].value, id))
    far, hours = reach[place], patrols.stays(world, reach[place], flown)
    shares = patrols.short_of(world, far, flown, part)
    missing = f"the fuel that a {_short(flown)} takes along and burns"
    if shares is None:
        return Outcome(None, None, far.rows, missing)
    holds = judged_by_model(*shares)
    names = data.load("places", world.folder)["name"]
    meant = (area, posture, aircraft) == AS_MEANT
    vital = "; vital, by our bar, means less than half as long." if meant else "."
    line = tables.say(
        ("An" if flown.startswith("F-") else "A")
        + " {type} from {base} can stay over {place}, {far} km away, for {own} hours without a"
        " tanker and for {refuelled} hours with one" + vital,
        base=tables.Row(bases[place], names[bases[place]]),
        place=tables.Row(place, names[place]),
        far=far,
        type=_short(flown),
        own=_span([own for own, _ in hours], world),
        refuelled=tables.with_range(hours[0][1]),
    )
    rows = tuple(sorted({row for pair in hours for number in pair for row in number.rows}))
    alone = uncertainty.spread(hours[0][0], world.seed)
    computed = replace(alone, unit="hours without a tanker") if len(hours) == 1 else None
    words = {likelihood(share) for share in shares}
    return Outcome(
        holds,
        computed,
        rows,
        missing,
        line=line,
        likelihood=words.pop() if len(words) == 1 else None,
    )


def _places(world: data.World, area: str) -> list[str]:
    return AREAS.get(area) or patrols.skies(world)


def _short(flown: str) -> str:
    """A fighter as papers call it."""
    return flown.removeprefix("Eurofighter ").removeprefix("JAS 39 ")


def _span(hours: list[Quantity], world: data.World) -> tables.Sentence:
    """Hours with their interval: of the one number, or at the two ends of what is not known."""
    low, high = (uncertainty.in_words(each, world) for each in quantities.extremes(hours))
    return low if len(hours) == 1 else tables.say("{low} to {high}", low=low, high=high)


@inputs("C22")
def _part_asked(world: data.World):
    number = parameter(world, "t_os", patrols.TYPE)
    return [
        Input(
            "of the time with a tanker as the bar",
            "tankers counted as vital only where a patrol without one lasts less than {at} as long,"
            " not {value}",
            PART,
            "share",
            None,
            None,
            number.rows,
            lambda value: weigh(read("C22", world, all_readings=False, part=value)),
            whole=False,
            how=Recipe("chosen", str(PART)),
        )
    ]


@rule("C23")
def pooled_fleet(
    world: data.World,
    counted: Literal["delivered", "observed", "available", "ordered"],
    delivered_count: int | None = None,
) -> Outcome:
    """The pooled fleet's size as delivered, as observed, as free for refuelling, or as ordered.
    delivered_count: for a what-if; whoever counted before a further delivery says nothing of it.
    """
    wanted = stated("C23", world.folder)
    handed = world.until("deliveries")
    number = delivered(world)
    if delivered_count is not None:
        number = quantities.tried(delivered_count, like=number)
    words = "The fleet has {number} aircraft, the last delivered on {last}, of {ordered} ordered."
    more: dict[str, Quantity | Row] = {"ordered": ordered(world)} if counted == "delivered" else {}
    more |= {"last": latest_delivery(world)} if len(handed) and more else {}
    if counted == "observed":
        before = delivered_count is not None and delivered_count > delivered(world).number
        number = Quantity(None) if before else _seen(world)
        words = "The fleet was reported to fly {number} aircraft."
    if counted == "available" and number.value is not None:
        reserve = world.table("parameters")
        reserve = reserve[reserve["id"] == "medevac-reserve/mmf"]
        number = (
            quantities.less(number, quantities.total(reserve, "base", "aircraft", how="cell"))
            if len(reserve)
            else Quantity(None)
        )
        words = "Without the one kept for medical flights {number} are left."
    if counted == "ordered":
        number, words = ordered(world), "Ordered, delivered or not, are {number}."
    known = number.value is not None and ("last" in more or counted != "delivered")
    return Outcome(
        quantities.equals(number, wanted),
        number if number.rows else None,
        number.rows,
        f"how many aircraft of the pooled fleet were {counted} by the day",
        line=tables.say(words, number=number, **more) if known else None,
    )


def _seen(world: data.World) -> Quantity:
    """The pooled fleet as last observed; an observation before the newest delivery says nothing of
    it.
    """
    rows = world.fleets("tanker")
    rows = rows[rows["fleet"] == POOL]
    handed = world.until("deliveries")
    since = handed["date"].max() if len(handed) else ""
    return aircraft(rows) if len(rows) and rows["observed"].iloc[0] >= since else Quantity(None)


@inputs("C23")
def _deliveries(world: data.World):
    number = delivered(world)
    tried = what_if_input(
        "C23",
        world,
        "delivered_count",
        "aircraft delivered to the pooled fleet",
        "{at} aircraft had been delivered to the pooled fleet, not {value}",
        number,
    )

    def because(value: float) -> str:
        seen = _seen(world)
        if seen.value is not None and value > number.number:
            return "the newest report of what the unit flies would then be out of date"
        as_stated = quantities.equals(seen, stated("C23", world.folder))
        return (
            "the newest report of what the unit flies would still say as many as the article"
            if as_stated
            else ""
        )

    return [replace(tried, because=because)]


@rule("C24")
def american_fleet(
    world: data.World,
    definition: Literal[
        "flightglobal",
        "globalfirepower",
        "with-marines",
        "air-force-jets",
        "with-navy",
        "with-special-operations",
        "with-contractors",
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
    line = None
    if number.value is not None:
        printed = _edition(world, definition) if definition in DIRECTORY_NAMES else {}
        line = tables.say(
            COUNTED[definition], number=numbers_known_by_their_ends.range_words(number), **printed
        )
    return Outcome(
        quantities.exceeds(number, wanted),
        number if number.rows else None,
        number.rows,
        "the counts exactly enough, from editions that were out by the day",
        line=line,
    )


def _edition(world: data.World, name: str) -> dict[str, str | Row]:
    """A directory by name, and which of its editions counts: its day, and whether it was read there
    or in a text that relays it.
    """
    row = directory(world, name).iloc[-1]
    how = "" if row["verification"] == "read" else ", second-hand"
    edition = Row(row.name, f"{tables.day(row['observed'])}{how}")
    return {"directory": DIRECTORY_NAMES[name], "edition": edition}


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
        for fleets in rows.values()
        for row, count in fleets.loc[fleets["fleet"] == fleet["fleet"], "in_service"].items()
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
    case = f"{{at}} {fleet['type']} were in service, not {{value}}"
    return Input(name, case, now.value, "aircraft", now.low, now.high, (id,), verdict, how=now.how)


@rule("C25a")
def which_side_has_more(
    world: data.World,
    us: Literal["flightglobal", "with-marines", "air-force-jets"],
    counterpart: Literal["nato", "europe", "members", "pooled"],
    scale: float = 1,
) -> Outcome:
    """Whether the United States has more tankers than the counterpart has of all kinds. scale: the
    counterpart's fleet as a multiple, for a what-if.
    """
    ours, theirs = us_tankers(world, us), _all_kinds(world, counterpart)
    line = tables.say(
        AMERICA[us] + ", {owner} {theirs} of all kinds.",
        ours=numbers_known_by_their_ends.range_words(ours),
        theirs=numbers_known_by_their_ends.range_words(theirs),
        owner=OTHERS[counterpart],
    )
    ratio = quantities.ratio(ours, theirs)
    return _judged(ratio, scale, lambda low, high: _over(low, high, 1), line)


@data.selection(depends_on=data.ROSTER)
def _all_kinds(world: data.World, owner: str) -> Quantity:
    return bounded(world, owned_by(world, owner, KINDS))


@rule("C25b")
def how_much_more(
    world: data.World,
    counterpart: Literal["nato", "europe", "members"],
    measure: Literal["all-kinds", "jets", "fuel"],
    method: Literal["any", "boom", "drogue"],
    scale: float = 1,
    factor: float = FACTOR,
) -> Outcome:
    """Whether the article's ratio is within a factor of two of the like-for-like ratio. scale: as
    in C25a; factor: another factor, for a what-if.
    """
    ratio, pair = like_for_like(world, counterpart, measure, method), paired()
    if ratio.value is None:
        return Outcome(None, missing="the counts on both sides exactly enough")
    line = tables.say(
        "The article's two numbers make it {pair} to one; with both sides counted alike it is"
        " {ratio} to one {what}; we would have accepted a pair up to {factor} times off.",
        pair=pair,
        ratio=numbers_known_by_their_ends.range_words(ratio),
        factor=quantities.chosen(factor),
        what={"all-kinds": "in aircraft", "jets": "in large jets", "fuel": "in fuel held"}[measure],
    )
    least, most = pair.number / max(factor, 1e-9), pair.number * max(factor, 1e-9)
    return _judged(ratio, scale, lambda low, high: _between(low, high, least, most), line)


@rule("C26")
def nothing_comparable(
    world: data.World,
    owner: Literal["nato", "europe", "pooled", "members"],
    measure: Literal["aircraft", "fuel", "patrols"],
    bar: Literal["half", "quarter", "tenth", "any"],
    scale: float = 1,
) -> Outcome:
    """Whether the owner's large jet tankers stay below a share of the American that would be
    comparable. bar any: one tanker is enough. scale: as in C25a.
    """
    rows = owned_by(world, owner)
    if bar == "any":
        return _some_at_all(world, rows)
    part, allies, americans = _part_of_america(world, owner, measure)
    line = tables.say(
        "Against America's {american} large tankers stand {count} of {owner}{others}, or"
        " {part}{what}.",
        owner=OTHERS[owner],
        others=with_others(world) if owner == "members" else "",
        count=numbers_known_by_their_ends.range_words(allies),
        american=numbers_known_by_their_ends.range_words(americans),
        part=numbers_known_by_their_ends.range_words(part),
        what={"aircraft": "", "fuel": " by the fuel held", "patrols": " by the fuel given"}[
            measure
        ],
    )
    less = functools.partial(below, share=share_of(bar))
    return _judged(part, 1 / max(scale, 1e-9), less, line)


@functools.lru_cache(256)
def _part_of_america(
    world: data.World, owner: str, measure: str
) -> tuple[Quantity, Quantity, Quantity]:
    """The owner's tankers as a part of the American by a measure, and the aircraft of both."""
    rows, ours = owned_by(world, owner), american(world, "air-force-jets")
    if measure == "patrols":
        sides = [patrols.given(world, whose, "observed") for whose in (owner, "usa")]
    else:
        size = functools.partial(fuel, world) if measure == "fuel" else aircraft
        sides = [size(rows), size(ours)]
    return quantities.share(*sides), aircraft(rows), aircraft(ours)


def _some_at_all(world: data.World, rows) -> Outcome:
    """Whether nobody else has a large jet tanker."""
    has = rows[rows["in_service"].fillna(0) > 0]
    if has.empty:
        return Outcome(None, missing="what tankers others had by the day")
    number = aircraft(has)
    line = tables.say(
        "Others than America do have large tankers, {number} of them.",
        number=numbers_known_by_their_ends.range_words(number),
    )
    return Outcome(False, number, tuple(sorted(has.index)), line=line)


def _judged(ratio: Quantity, scale: float, test: Callable, line: tables.Sentence) -> Outcome:
    """The outcome of a test on the whole range of a ratio divided by a scale; unknown where either
    side is.
    """
    missing = "the counts on both sides exactly enough"
    if ratio.value is None:
        return Outcome(None, None, ratio.rows, missing)
    low, high = (
        end / max(scale, 1e-9) for end in numbers_known_by_their_ends.quotient(*ratio.parts)
    )
    return Outcome(test(low, high), ratio, ratio.rows, missing, line=line)


def _over(low: float, high: float, least: float) -> bool | None:
    return True if low > least else False if high <= least else None


def _between(low: float, high: float, least: float, most: float) -> bool | None:
    if high < least or low > most:
        return False
    return True if least <= low and high <= most else None


def _scaled(claim: str, world: data.World):
    """The other side's tankers as a multiple of what it has, as the input of the comparisons."""
    rows = owned_by(world, "members")
    whole = quantities.exact(1.0, "ratio", tuple(rows.index), Recipe("multiple", "1"))
    return [
        what_if_input(
            claim,
            world,
            "scale",
            "times the tankers that the other side has",
            "the other side had {at} times the tankers that it has",
            whole,
            whole=False,
        )
    ]


for claim in ("C25a", "C26"):
    inputs(claim)(functools.partial(_scaled, claim))


@inputs("C25b")
def _factor(world: data.World):
    return [
        Input(
            "times off as what still gives an idea of the gap",
            "a pair {at} times off still gave an idea of the gap, not only one {value} times off",
            FACTOR,
            "",
            None,
            None,
            paired().rows,
            lambda value: weigh(read("C25b", world, all_readings=False, factor=value)),
            whole=False,
        )
    ]
