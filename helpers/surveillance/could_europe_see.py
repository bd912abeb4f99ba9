"""Whether Europe could see without America, in a sentence."""

from helpers import data, numbers_known_by_their_ends, quantities, uncertainty
from helpers.quantities import Quantity
from helpers.surveillance.fleets_and_owners import ASSETS, RADAR, american, pairs
from helpers.surveillance.fleets_in_rows_and_charts import counterparts, warning_search
from helpers.surveillance.orbits_kept_up import (
    needed,
    orbits,
    orbits_without_end,
    radar_orbits,
    recorded_words,
)
from helpers.tables import Sentence, range_of, say


def in_short(world: data.World) -> Sentence:
    """Whether Europe could see without America, what the allies and America have of the aircraft
    that the article names, and how many radar aircraft the allies keep aloft.
    """
    answer = _answer(world)
    return say(
        (f"Could Europe see without America? {answer}. " if answer else "")
        + "The allies, with what NATO owns, have {radars} radar aircraft to America's"
        " {american_radars}, {drones} high-altitude drones to {american_drones} and {signals}"
        " signals aircraft to {american_signals}.{floor} In stealth drones {american_stealth}"
        " stands against {stealth}. No satellite that warns of missiles was found but America's"
        " ({searched}), and American satellites of a kind are no longer public by number."
        " Day and night the allies could keep {kept} radar aircraft aloft on average by the hours"
        " that such fleets fly; the most on record is {flown}, {most} would be possible at"
        " capacity.",
        kept=uncertainty.in_words(radar_orbits(world), world),
        flown=recorded_words(world, RADAR, "nato"),
        most=uncertainty.in_words(orbits(world, RADAR, "nato"), world),
        searched=warning_search(world),
        floor=_floor(world),
        **counterparts(world),
    )


def _floor(world: data.World) -> Sentence | str:
    """A sentence on the American high-altitude drones of which only the least is told; empty where
    all are counted.
    """
    rows = american(world, ASSETS[5], "same-class")
    rows = rows[rows["in_service"].isna() & (rows["in_service_low"] > 0)]
    if rows.empty:
        return ""
    kinds = data.load("sources", world.folder).loc[rows["source_id"], "kind"]
    floor = "the number that a law requires" if (kinds == "official").all() else "the least known"
    return say(
        " Of America's high-altitude drones {least} are " + floor + ", not a count.",
        least=numbers_known_by_their_ends.range_words(
            quantities.total(rows, "in_service", "aircraft")
        ),
    )


def eyes(world: data.World) -> Sentence:
    """Whether Europe could see without America, and how many radar aircraft and high-altitude
    drones NATO's others and America have.
    """
    every = counterparts(world)
    names = ("radars", "american_radars", "drones", "american_drones")
    answer = _answer(world)
    return say(
        f"Could Europe see without America? {answer}{': ' if answer else ''}NATO without it has"
        " {radars} radar aircraft against {american_radars}, {drones} high-altitude drones against"
        " {american_drones}",
        **{name: every[name] for name in names},
    )


def _answer(world: data.World) -> str:
    """No where neither NATO without America nor Europe's members keep up what is assumed to be
    enough, in part where they have surely fewer aircraft; empty where not even that is sure.
    """
    counted = dict(pairs(world))
    sides = [counted[asset.kind] for asset in (ASSETS[3], ASSETS[5])]
    if not all(_surely_fewer(theirs, ours) for ours, theirs in sides):
        return ""
    bar = needed(world, RADAR, "reassurance").value
    short = all(_reaches(world, whose, bar) is False for whose in ("nato", "europe"))
    return "Only part of the time, by our bar not enough" if short else "Only in part"


def _reaches(world: data.World, owner: str, bar: float | None) -> bool | None:
    """Whether an owner keeps up without end so many radar aircraft in the air, by nine draws in
    ten; None where these do not settle it.
    """
    kept = uncertainty.spread(orbits_without_end(world, RADAR, owner), world.seed)
    if bar is None or kept.value is None:
        return None
    low, high = quantities.ends(kept)
    return True if low >= bar else False if high < bar else None


def kept_aloft(world: data.World) -> Sentence:
    """Which number of radar aircraft always in the air is taken to be enough, and whether NATO
    without America and Europe's members by themselves could keep it up.
    """
    nato, europe, america = (
        uncertainty.in_words(orbits_without_end(world, RADAR, whose), world)
        for whose in ("nato", "europe", "usa")
    )
    enough = needed(world, RADAR, "reassurance")
    least = quantities.end(enough, "low")
    judged = {True: ", enough", False: ", too few", None: ", perhaps enough"}
    nato_said, europe_said, america_said = (
        judged[_reaches(world, whose, enough.value)] for whose in ("nato", "europe", "usa")
    )
    lower = {True: "would be enough", False: "would be too few", None: "might be enough"}[
        _reaches(world, "nato", least.value)
    ]
    return say(
        "Our bar is {enough} radar aircraft in the air at all hours ({range}); the article sets"
        " none. By the hours that such fleets fly in a year NATO without America keeps up {nato}"
        f" (one aircraft for that part of the time){nato_said}, {{flown}} at most on record;"
        f" Europe's members alone {{europe}}{europe_said}; America {{america}}{america_said}. With"
        f" {{least}} as the bar NATO's {lower}. If all flew as much as they can, which no record"
        " shows, NATO’s would be {most}, a ceiling.",
        nato=nato,
        europe=europe,
        america=america,
        enough=enough,
        range=range_of(enough),
        flown=recorded_words(world, RADAR, "nato"),
        least=least,
        most=uncertainty.in_words(orbits(world, RADAR, "nato"), world),
    )


def _surely_fewer(one: Quantity, other: Quantity) -> bool:
    """Whether one number is below another wherever in their ranges they stand."""
    return one.high is not None and other.low is not None and one.high < other.low
