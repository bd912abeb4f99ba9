"""Whether Europe could see without America, in a sentence."""

import pandas as pd

from helpers import data, numbers_known_by_their_ends, quantities, uncertainty
from helpers.quantities import Quantity
from helpers.surveillance.fleets_and_owners import ASSETS, RADAR, SENSORS, american, owned_by, pairs
from helpers.surveillance.fleets_in_rows_and_charts import (
    counterparts,
    range_in_words,
    warning_search,
)
from helpers.surveillance.orbits_kept_up import (
    needed,
    orbits,
    orbits_without_end,
    radar_orbits,
    recorded_words,
)
from helpers.tables import Row, Sentence, range_of, say, series


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
        " that such fleets fly; the most that one fleet has on record, ways included, is {flown},"
        " {most} would be possible for a week at most.",
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
    """Whether Europe could see without America, and how many radar aircraft NATO's others and
    America have.
    """
    every, answer = counterparts(world), _answer(world)
    return say(
        f"Could Europe see without America? {answer}: even NATO without it has {{radars}}"
        " radar aircraft against {american_radars}"
        if answer
        else "NATO without America has {radars} radar aircraft against {american_radars}",
        radars=every["radars"],
        american_radars=every["american_radars"],
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
    return "Only part of the time" if short else "Only in part"


def _reaches(world: data.World, owner: str, bar: float | None) -> bool | None:
    """Whether an owner keeps up without end so many radar aircraft in the air, by nine draws in
    ten; None where these do not settle it.
    """
    kept = uncertainty.spread(orbits_without_end(world, RADAR, owner), world.seed)
    if bar is None or kept.value is None:
        return None
    low, high = quantities.ends(kept)
    return True if low >= bar else False if high < bar else None


JUDGED = {True: "enough", False: "too few", None: "not known to be enough"}  # by `_reaches`
SO = {True: "enough", False: "too few", None: "perhaps too few"}


def kept_aloft(world: data.World) -> Sentence:
    """How much of the radar aircraft that are taken to be enough Europe's members by themselves and
    NATO without America could keep up, and that this bar is ours; whose the aircraft are that NATO
    owns, and how many would fly at capacity.
    """
    enough = needed(world, RADAR, "reassurance")
    europe, nato = (JUDGED[_reaches(world, whose, enough.value)] for whose in ("europe", "nato"))
    itself = SO[_reaches(world, "usa", enough.value)]
    judged = f"both are {nato}" if europe == nato else f"Europe’s is {europe}, NATO’s {nato}"
    return say(
        "By the hours such fleets fly, Europe alone could keep {enough} radar aircraft in the"
        " air {europe} of the time, NATO without America {nato}. Our bar is all of the time:"
        f" {judged}; the article sets none. America’s hours are unknown:"
        f" at as few it could keep {{america}}, {itself}.{{common}}{{counted}} For a week at most"
        " NATO’s could keep {most}, never yet recorded.",
        enough=quantities.tried(enough.value, like=enough),
        common=_in_common(world),
        counted=_counted_in(world),
        most=uncertainty.in_words(orbits(world, RADAR, "nato"), world),
        europe=_of_the_bar(world, "europe", enough),
        nato=_of_the_bar(world, "nato", enough),
        america=uncertainty.in_words(orbits_without_end(world, RADAR, "usa"), world),
    )


def _in_common(world: data.World) -> Sentence | str:
    """A sentence on NATO's own radar aircraft, of which America owns a part; empty where it has
    none.
    """
    rows = owned_by(world, SENSORS[RADAR], "nato", "same-class")
    own, every = rows[rows["operator"] == "NATO"], range_in_words(world, SENSORS[RADAR], rows)
    if own.empty:
        return ""
    return say(
        " Of the {every} NATO owns {own} in common, America’s part included.",
        every=every,
        own=range_in_words(world, SENSORS[RADAR], own),
    )


def _counted_in(world: data.World) -> Sentence | str:
    """A sentence on the years in which America's radar aircraft were counted, an older count that a
    newer row rests on among them, and on how many are its Navy's, which fly from carriers.
    """
    rows, table = american(world, ASSETS[3], "same-class"), world.table("capabilities")
    counts = pd.concat([table.loc[table.index.intersection(rows["derived_from"])], rows])
    if counts.empty:
        return ""
    years = {day[:4]: str(id) for id, day in counts["observed"].items()}
    return say(
        " Of America’s, counted in {years}, {naval} are naval.",
        years=series([Row(years[year], year) for year in sorted(years)]),
        naval=range_in_words(world, SENSORS[RADAR], rows[rows["service"] == "Navy"]),
    )


def _of_the_bar(world: data.World, owner: str, enough: Quantity) -> Sentence:
    """How much of the radar aircraft that are taken to be enough an owner keeps up without end."""
    kept = orbits_without_end(world, RADAR, owner)
    return uncertainty.in_words(quantities.converted(kept, enough.value or 1, "share"), world)


def by_other_bars(world: data.World) -> Sentence:
    """What the answer is by the lowest bar and on record, and what is not known of America."""
    enough = needed(world, RADAR, "reassurance")
    least = quantities.end(enough, "low")
    nato = JUDGED[_reaches(world, "nato", least.value)]
    return say(
        "Our bar of {enough} radar aircraft always in the air is for reassurance, and anything from"
        " {range} can be argued for; for deterrence from {deter}. At {least} what NATO without"
        f" America keeps up is {nato}. The most that one of its fleets has on record, ways"
        " included, is {flown}. How much America’s fleets fly was not found: that it is as much as"
        " others’ do is assumed.",
        enough=enough,
        range=range_of(enough),
        least=least,
        deter=numbers_known_by_their_ends.range_words(needed(world, RADAR, "deterrence")),
        flown=recorded_words(world, RADAR, "nato"),
    )


def _surely_fewer(one: Quantity, other: Quantity) -> bool:
    """Whether one number is below another wherever in their ranges they stand."""
    return one.high is not None and other.low is not None and one.high < other.low
