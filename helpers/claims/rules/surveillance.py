"""C19 to C21: what the force would need to see, who has the like of America's eyes, and whose
satellites they are.
"""

import functools
import math
from typing import Literal

import pandas as pd

from helpers import (
    data,
    numbers_known_by_their_ends,
    quantities,
    sources_that_count,
    tables,
    uncertainty,
)
from helpers.claims import (
    Input,
    Outcome,
    every,
    inputs,
    judged_by_model,
    likelihood,
    our_bar,
    read,
    rule,
    some,
    weigh,
)
from helpers.commitments import tasks
from helpers.comparable_shares import SHARES, below, share_of
from helpers.quantities import Quantity
from helpers.recipe_acts import Recipe
from helpers.surveillance import (
    ASSETS,
    RADAR,
    SENSORS,
    american,
    american_count,
    american_share,
    campaign_rows,
    count,
    needed,
    none_found,
    orbits,
    owned_by,
    recorded,
    recorded_words,
)

UNIT = "Space Delta 7"
ENOUGH = 2  # independent reports
HALF = 0.5  # of the surveillance of a campaign: more than that is most of it
KINDS = {
    RADAR: "early warning aircraft",
    "signals intelligence": "signals aircraft",
    "high-altitude drone": "high-altitude drones",
}
LIKENESS = {"class": "same-class", "large-only": "large-only", "type": "same-type"}
PARTS = {0.5: "half", 0.25: "a quarter", 0.1: "a tenth"}  # the bars in words
OWNERS = {  # C20: who has the like of America's
    "nato": "NATO without America has",
    "national": "NATO's other members by themselves have",
    "members": "The coalition's members have",
}
NAMED = "surveil|reconnai|oversee|intelligence|target"  # in the words of a need for America
WORD_OF = ("text", "official", "unnamed")  # officials and researchers, not a paper's own judgement
NO_SATELLITE = "search/C21/delta-7-satellites"

our_bar(
    "C20",
    tables.say(
        "less than {part} of the American number, in more than half of the kinds, is not"
        " comparable",
        part=quantities.chosen(SHARES["half"], "share"),
    ),
)
our_bar(
    "C19",
    tables.say("how many aircraft must always be in the air, on the reading that counts them"),
)


@rule("C19")
def needs_american_surveillance(
    world: data.World,
    basis: Literal["said", "orbits", "record", "foreseen"],
    mission: Literal["deterrence", "reassurance", "monitoring"],
    supply: Literal["nato", "national", "members"],
) -> Outcome:
    """Whether the force would need America to see with.

    said      at least two independent reports of officials or researchers say so, and a search
              found nobody who says the contrary, or fewer say it
    orbits    some kind of aircraft falls short of what the mission takes even at capacity; false
              where every kind suffices as recorded
    record    America did more than half in every whole campaign that has a published figure
    foreseen  the states' own texts give the watching to America
    """
    if basis == "said":
        return _said(world)
    if basis == "record":
        return _record(world)
    if basis == "foreseen":
        return _foreseen(world)
    short = {sensor: _short(world, sensor, mission, supply) for sensor in SENSORS}
    holds = some([judged_by_model(*shares) for shares, _ in short.values()])
    nearest = max(short, key=lambda sensor: (short[sensor][0][0], sensor))
    least = short[nearest][0][0]
    sensor = nearest if holds else next(iter(SENSORS))
    need, kept = needed(world, sensor, mission), orbits(world, sensor, supply)
    told = kept.value and need.value is not None
    line = tables.say(
        "To keep watch day and night {need} {kind} would have to be aloft, by our choice; the"
        " allies kept up {flown} and could keep up {kept} at capacity"
        + (", enough in {enough} of the draws." if told else "."),
        kind=KINDS[sensor],
        need=numbers_known_by_their_ends.range_words(need),
        flown=recorded_words(world, sensor, supply),
        kept=uncertainty.in_words(kept, world),
        **(
            {"enough": uncertainty.chance(quantities.ratio(kept, need), 1, world.seed)}
            if told
            else {}
        ),
    )
    return Outcome(
        holds,
        holds,
        tuple(sorted({row for _, rows in short.values() for row in rows})),
        "whether the allies could keep up what they have not been recorded to fly, for each kind of"
        " aircraft",
        line=line,
        likelihood=likelihood(least) if holds else None,
    )


def _said(world: data.World) -> Outcome:
    rows = world.until("statements")
    about = (rows["subject"] == "need for US surveillance") | (
        (rows["subject"] == "need for US support")
        & rows["statement"].str.contains(NAMED, case=False, regex=True)
    )
    rows = rows[about & rows["said_by"].isin(WORD_OF) & (rows["country"] != "RUS")]
    need, without = (
        quantities.count(
            sources_that_count.origins(world, rows[rows["stance"] == stance]), "reports"
        )
        for stance in ("demands", "refuses")
    )
    looked = sources_that_count.concluded(world, "C19", "nobody says the contrary")
    unread = int((rows["stance"] == "").sum())
    holds = None
    if need.number >= ENOUGH and need.number > without.number + unread:
        holds = True if len(looked) or without.value else None
    if without.number > need.number + unread:
        holds = False
    contrary = "{without} the contrary"
    if not without.value:
        contrary = "a search for the contrary found {without}"
        contrary = contrary if len(looked) else "{without} is known to say the contrary"
    line = tables.say(
        "Officials or researchers say so in {need}; " + contrary + ".",
        need=tables.number_of(need, "independent report"),
        without=tables.or_none(without),
    )
    return Outcome(
        holds,
        need,
        tuple(sorted({*rows.index, *looked.index})),
        "whether a second independent source says so",
        line=line,
    )


def _record(world: data.World) -> Outcome:
    rows = campaign_rows(world)
    sides = [_most_of(american_share(rows, id)) for id in rows.index]
    holds = every(sides) if True in sides else None if None in sides or not sides else False
    if {True, False} <= set(sides):
        holds = None
    low, high = quantities.extremes([american_share(rows, id) for id in rows.index])
    line = tables.say(
        "America's part of the watching, or of the finding of targets, was {low} in one whole"
        " campaign and {high} in another.",
        low=low,
        high=high,
    )
    return Outcome(
        holds,
        None,
        tuple(sorted(rows.index)),
        "what share America had in every whole campaign",
        line=line if holds is not None else None,
    )


def _most_of(share: Quantity) -> bool | None:
    """Whether a share is half or more over its whole range."""
    low, high = numbers_known_by_their_ends.ends(share)
    return True if low >= HALF else False if high <= HALF else None


def _foreseen(world: data.World) -> Outcome:
    rows = tasks(world)
    rows = rows[rows["field"] == "monitoring"]
    led = rows[rows["actor"] == "USA"]
    holds = True if len(led) else None if "" in set(rows["actor"]) or rows.empty else False
    telling = led if len(led) else rows
    return Outcome(
        holds,
        holds,
        tuple(sorted(telling.index)),
        "who is to watch",
        line=tables.say(
            "The texts give the watching of a ceasefire to {who}.",
            who="America" if holds else "nobody alone",
        )
        if len(rows)
        else None,
    )


def _short(
    world: data.World, sensor: str, mission: str, supply: str
) -> tuple[tuple[float, float], tuple[str, ...]]:
    """The share of the draws in which a mission takes more of a sensor than fleets could keep up at
    capacity, and that in which it takes more than they were recorded to; with the rows.

    What could be kept up but is open above may be enough; what was never recorded may be none.
    """
    need, kept, flown = (
        needed(world, sensor, mission),
        orbits(world, sensor, supply),
        recorded(world, sensor, supply),
    )
    rows = tuple({*need.rows, *kept.rows, *flown.rows})
    if need.value is None:
        return (0.0, 1.0), rows
    least = 0.0 if kept.value is None or kept.high is None else _falls(kept, need, world.seed)
    most = 1.0 if flown.value is None else _falls(flown, need, world.seed)
    return (min(least, most), most), rows


def _falls(kept: Quantity, need: Quantity, seed: int) -> float:
    """The share of the draws in which what is kept up is less than what is needed."""
    if not kept.value:
        return 1.0
    return 1.0 - uncertainty.chance(quantities.ratio(kept, need), 1, seed).number


def falls_short(need: Quantity, kept: Quantity, seed: int) -> bool | None:
    """Whether what can be kept up falls short of a need, by the draws of both; not known where
    either is not.

    Parameters
    ----------
    need : Quantity
        What is needed, such as a mission's orbits or a force's soldiers.
    kept : Quantity
        What can be kept up, in the same unit.
    seed : int
        What the draws begin with.
    """
    if need.value is None or kept.value is None:
        return None
    part = _falls(kept, need, seed)
    return judged_by_model(0.0 if kept.high is None else part, 1.0 if kept.low is None else part)


@rule("C20")
def nothing_comparable(
    world: data.World,
    scope: Literal["most-classes", "each-class"],
    bar: Literal["half", "quarter", "tenth", "any"],
    count: Literal["class", "large-only", "type", "national", "members"],
    asked: float | None = None,
) -> Outcome:
    """Whether the others' fleets stay below a share of the American, class by class.

    each-class    in every one; most-classes: in more than half of them
    An American number is bounded by the newest row alone; who has none stays below an unknown
    number, where a search says that there is none. bar any: one aircraft or satellite is enough.
    asked: another share, for a what-if. Computed: how many classes are below.
    """
    owner = count if count in ("national", "members") else "nato"
    likeness = LIKENESS.get(count, "same-class")
    of_bar = 0.0 if bar == "any" else share_of(bar)
    share = of_bar if asked is None else asked
    judged = {asset.kind: _below(world, asset, owner, likeness, share) for asset in ASSETS}
    sides = [side for side, _ in judged.values()]
    holds = every(sides) if scope == "each-class" else _most(sides)
    kinds_by_side = {
        word: [kind for kind, (side, _) in judged.items() if side is value]
        for word, value in (("below", True), ("above", False), ("open", None))
    }
    rows = tuple(sorted({row for _, ids in judged.values() for row in ids}))
    counted = world.table("capabilities")
    below = {row for kind in kinds_by_side["below"] for row in judged[kind][1]}
    part = PARTS.get(share, "that share") if share else "some"
    kinds = quantities.distinct(
        counted[counted.index.isin(below)],
        "class",
        f"kinds with less than {part} of the American number",
    )
    line = tables.say(
        "{owner} {share} in {below} of {all} kinds of aircraft and satellites{others}.",
        owner=OWNERS[owner],
        share=f"less than {part} of what America has" if share else "nothing",
        below=tables.or_none(kinds),
        all=quantities.chosen(len(judged), "kinds"),
        others="".join(
            f"; of {tables.listed([_plural(kind) for kind in kinds_by_side[side]])} {words}"
            for side, words in (
                ("above", f"it has {part} or more"),
                ("open", "too little is known"),
            )
            if kinds_by_side[side]
        ),
    )
    return Outcome(
        holds,
        kinds,
        rows,
        "how many there are, on one side or the other, of "
        + tables.listed([_plural(kind) for kind in kinds_by_side["open"]])
        if kinds_by_side["open"]
        else "",
        line=line,
    )


def _plural(kind: str) -> str:
    return kind if kind.endswith("aircraft") else f"{kind}s"


def _below(
    world: data.World, asset, owner: str, likeness: str, bar: float
) -> tuple[bool | None, tuple[str, ...]]:
    """Whether the others stay below a share of the American number of a class over the whole range
    of both, with the rows.
    """
    absent, some, (least, most), rows = _compared(world, asset, owner, likeness)
    if absent is not None:
        return absent or None, rows
    if not bar:
        return (False if some else None), rows
    return below(least, most, bar), rows


@functools.lru_cache(1024)
def _compared(
    world: data.World, asset, owner: str, likeness: str
) -> tuple[bool | None, bool, tuple[float, float], tuple[str, ...]]:
    """What the comparison of a class rests on, whatever the share asked for.

    Returns whether a search says that the others have none while America has some (None where they
    have some), whether they surely have one, the ends of their share of the American number (all
    that is possible where America's is not known), and the rows.
    """
    theirs, ours = owned_by(world, asset, owner, likeness), american(world, asset, likeness)
    rows = (*theirs.index, *ours.index)
    anything = (-math.inf, math.inf)
    if theirs.empty:
        looked = none_found(world, asset)
        return bool(len(looked)) and _some(ours), False, anything, (*rows, *looked.index)
    part = numbers_known_by_their_ends.quotient(
        count(world, asset, theirs), american_count(world, asset, likeness)
    )
    some = numbers_known_by_their_ends.ends(count(world, asset, theirs))[0] > 0
    return None, some, anything if ours.empty else part, rows


def _some(rows: pd.DataFrame) -> bool:
    """Whether fleets are in use, though their number may not be known."""
    return bool((rows["in_service"].isna() | (rows["in_service"] > 0)).any())


def _most(outcomes: list[bool | None]) -> bool | None:
    """Three-valued 'more than half'."""
    half = len(outcomes) / 2
    return True if outcomes.count(True) > half else False if outcomes.count(False) >= half else None


@inputs("C20")
def _share_asked(world: data.World):
    rows = owned_by(world, SENSORS[RADAR], "nato", "same-class")
    return [
        Input(
            "of the American number asked for",
            "comparable meant at least {at} of the American number, not at least {value}",
            SHARES["half"],
            "share",
            None,
            None,
            tuple(rows.index),
            lambda value: weigh(read("C20", world, all_readings=False, asked=value)),
            whole=False,
            how=Recipe("chosen", str(SHARES["half"])),
        )
    ]


@rule("C21")
def delta_sevens(world: data.World, relation: Literal["operates", "uses"]) -> Outcome:
    """Whose the satellites are, by what texts say of the unit and of others.

    operates  the unit flies satellites; not so where a list of all reconnaissance satellites gives
              them to others, a second independent text names the same operator, and a search found
              no text that credits the unit
    uses      the unit works with what they deliver
    """
    rows = world.until("attributions")
    own = rows[rows["unit"] == UNIT]
    credited = own[own["role"] == relation]
    if len(credited):
        return Outcome(
            True,
            True,
            tuple(sorted(credited.index)),
            line=tables.say(
                "According to {texts} {unit} "
                + ("flies satellites." if relation == "operates" else "works with what they see."),
                texts=tables.number_of(quantities.count(credited, "texts"), "text"),
                unit=UNIT,
            ),
        )
    flown = rows[(rows["role"] == "operates") & (rows["kind"] == "reconnaissance")]
    lists = flown[(flown["exhaustive"] == "yes") & (flown["unit"] != UNIT)]
    looked = sources_that_count.concluded(world, "C21", "none found")
    looked = looked[looked.index == NO_SATELLITE]
    missing = f"what {UNIT} does with satellites"
    for owner, listing in lists.groupby("unit"):
        same = flown[(flown["unit"] == owner) & ~flown.index.isin(listing.index)]
        second = sources_that_count.origins(world, same)
        known = len(looked) and "" not in set(own["role"])
        if relation == "operates" and len(second) and known:
            line = tables.say(
                "According to {texts} the {owner} flies America's reconnaissance satellites; {own}"
                " on {unit} give{s} it none.",
                owner=owner,
                texts=tables.number_of(
                    quantities.count(pd.concat([listing, same]), "texts"), "text"
                ),
                own=tables.number_of(quantities.count(own, "texts"), "text"),
                s="s" if len(own) == 1 else "",
                unit=UNIT,
            )
            texts = tuple(sorted({*own.index, *listing.index, *same.index, *looked.index}))
            return Outcome(False, False, texts, line=line)
    return Outcome(None, None, tuple(sorted(own.index)), missing)
