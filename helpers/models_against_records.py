"""Models set beside what was recorded: what each gives for the fleet of the record, and whether the
record lies within its range.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from helpers import (
    data,
    ground,
    numbers_known_by_their_ends,
    patrols,
    quantities,
    refuelling,
    surveillance,
    uncertainty,
)
from helpers.model_parameters import parameter
from helpers.quantities import Quantity
from helpers.tables import Sentence, range_of, say

ALL_HOURS = quantities.chosen(1, "share")  # of the hours flown, where a record holds all of them
OTHER_RECORDS = {  # fleets of which a best month or week is recorded: of what, and what it rests on
    "gbr-rc-135w": (
        "British RC-135W in a month, airborne, training included",
        "American RC-135 and KC-135, all their hours",
    ),
    "nato-rq-4d": (
        "NATO's RQ-4D as the RQ-4B in their best week, airborne",
        "the same drones: a year's hours, and that week as the upper end",
    ),
}
OPERATIONS = {  # of NATO's E-3A, by where they were
    "Afghanistan": "record/e-3a-afghanistan",
    "Libya": "record/e-3a-libya",
    "Afghanistan and Libya together": "record/e-3a-afghanistan-libya",
    "the eastern flank, as planned": "plan/e-3a-eastern-flank-2015",
}
BEST_MONTH = "record/rc-135w-best-month"
ONE_TANKER = quantities.chosen(1, "aircraft")
AS_RECORDED = ((quantities.chosen(1, "ratio"), "as recorded"),)  # the line that a record is


@dataclass(frozen=True)
class Comparison:
    """A number that a model gives, the record of the same thing, and the number at capacity where
    there is one: what the fleet could do if nothing but time on the ground held it back.
    """

    what: str
    model: Quantity
    record: Quantity
    rests_on: str
    capacity: Quantity | None = None

    @property
    def known(self) -> bool:
        """Whether the rows admitted on the day give both numbers."""
        return self.model.value is not None and self.record.value is not None


def recorded(world: data.World, id: str, unit: str) -> Quantity:
    """A number that was recorded or is asked for by a published plan.

    Parameters
    ----------
    world : World
        The day and the evidence looked at.
    id : str
        The row of the records; the number is unknown where it is not admitted, or later than the
        day.
    unit : str
        The unit that the row counts in.
    """
    id = data.known("records", "id", id, world.folder)
    rows = world.until("records")
    return quantities.cell(rows, id, "value", unit) if id in rows.index else Quantity(None)


def eyes(world: data.World) -> Iterator[Comparison]:
    """Surveillance aircraft in the air on average: NATO's E-3A on one operation, the British
    RC-135W in its best month, and NATO's drones at the rate of the American ones' best week.
    """

    def aloft(A: Quantity, type_: str, w: Quantity) -> Quantity:
        h = parameter(world, "h", type_)
        return quantities.modelled("airborne", "orbits", A=A, h=h, w=w)

    fleet = recorded(world, "record/e-3a-fleet-2015", "aircraft")
    radar = aloft(fleet, "E-3A Sentry", parameter(world, "w", "E-3A Sentry"))
    of_others = "French and British E-3, and the share of NATO's flights"
    for where, id in OPERATIONS.items():
        yield Comparison(
            f"NATO's E-3A for {where}, airborne",
            radar,
            recorded(world, id, "orbits"),
            of_others,
            surveillance.at_capacity(world, fleet, "E-3A Sentry"),
        )
    fleets = world.fleets(surveillance.AIRCRAFT).set_index("fleet", append=True)
    for id, fleet_name in fleets.index:
        if fleet_name not in OTHER_RECORDS:
            continue
        what, rests_on = OTHER_RECORDS[fleet_name]
        type_ = fleets.loc[(id, fleet_name), "type"]
        A = quantities.cell(fleets.droplevel("fleet"), id, "in_service", "aircraft")
        best_week = quantities.ratio(A, parameter(world, "a_orb", "RQ-4B Global Hawk"))
        best_month = recorded(world, BEST_MONTH, "orbits")
        record = best_month if fleet_name == "gbr-rc-135w" else best_week
        yield Comparison(
            what,
            aloft(A, type_, ALL_HOURS),
            record,
            rests_on,
            surveillance.at_capacity(world, A, type_),
        )


def tankers_and_fighters(world: data.World) -> Iterator[Comparison]:
    """What a tanker flew and gave a day in two campaigns, and the hours of a fleet of fighters."""
    a330 = "Voyager KC2/KC3"
    sorties = parameter(world, "s_T", patrols.CAMPAIGN)
    yield Comparison(
        "sorties a day of a tanker at Al Udeid",
        sorties,
        recorded(world, "record/al-udeid-tanker-sorties", sorties.unit),
        "British, Canadian and Australian tankers",
    )

    def given(O: Quantity) -> Quantity:  # noqa: E741
        kilograms = quantities.modelled("fuel_given", "kg", T=ONE_TANKER, O=O, s_T=sorties)
        return refuelling.tonnes(kilograms)

    yield Comparison(
        "tonnes that a tanker gave a day over Libya",
        given(parameter(world, "O_obs", a330)),
        refuelling.tonnes(recorded(world, "record/libya-fuel-per-tanker-day", "kg")),
        "what A330 gave elsewhere, at the sorties above",
        given(patrols.offload(world, a330, "capacity")),
    )
    rows = world.fleets("fighter")
    rows = rows[rows["fleet"] == "gbr-typhoon"]
    if rows.empty:
        return
    A = quantities.cell(rows, rows.index[0], "in_service", "aircraft")
    yield Comparison(
        "hours a year of Britain's Typhoons",
        quantities.scaled(A, parameter(world, "h", "F-16"), "h"),
        recorded(world, "record/raf-typhoon-hours-2022", "h"),
        "the hours of Polish F-16s",
    )


def soldiers(world: data.World) -> Iterator[Comparison]:
    """What NATO's members but America had on operations together, in two years; those of today's
    coalition that were members then.
    """
    joined = world.table("accessions").query("organisation == 'NATO'").set_index("country")
    for id in ("record/nato-without-usa-2003", "record/nato-without-usa-2010"):
        then = recorded(world, id, "persons")
        day = data.span(str(data.row(id, world.folder)["date"])).last
        kept = [
            ground.record(world, code)
            for code in world.members()
            if code in joined.index and data.span(joined.loc[code, "joined"]).last <= day
        ]
        known = [number for number in kept if number.value is not None]
        yield Comparison(
            str(data.row(id, world.folder)["what"]),
            quantities.add(*known) if known else Quantity(None),
            then,
            "what each once kept on operations, from 2005 to 2016",
        )


def within(comparison: Comparison, seed: int) -> str:
    """Where a record lies in a model's range: in the interval of nine draws in ten, between the
    ends that its inputs allow, or outside.
    """
    if not comparison.known:
        return "not known"
    record = comparison.record.number
    drawn = uncertainty.spread(comparison.model, seed)
    for number, words in ((drawn, "within nine draws in ten"), (comparison.model, "at an end")):
        low, high = quantities.ends(number)
        if low <= record <= high:
            return words
    return "outside"


def rows(world: data.World, comparisons: Iterable[Comparison]) -> list[dict]:
    """Each model beside its record, one table row each."""
    return [
        {
            "of": each.what,
            "the model gives": uncertainty.spread(each.model, world.seed),
            "its range": range_of(uncertainty.spread(each.model, world.seed)),
            "all its inputs allow": "open above"
            if each.model.high is None
            else range_of(each.model),
            "record": numbers_known_by_their_ends.range_words(each.record),
            "record lies": within(each, world.seed),
            "at capacity": (uncertainty.in_words(each.capacity, world) if each.capacity else ""),
            "the model rests on": each.rests_on,
        }
        for each in comparisons
    ]


def items(world: data.World, comparisons: Iterable[Comparison]) -> list[tuple[str, Quantity, bool]]:
    """Each model, and what would be at capacity, as a multiple of the record, as items of a chart
    of ranges.
    """
    table = []
    for each in comparisons:
        if not each.known:
            continue
        for number, words in ((each.model, ""), (each.capacity, ", at capacity")):
            if number is not None and number.value is not None:
                times = quantities.ratio(number, each.record)
                drawn = uncertainty.spread(times, world.seed)
                table.append((each.what + words, drawn, not words))
    return table


def outside(world: data.World, comparisons: Iterable[Comparison]) -> Sentence:
    """Whether every record lies in its model's range, in words that name those that do not."""
    found = [(each.what, within(each, world.seed)) for each in comparisons]
    names = [what for what, place in found if place == "outside"]
    if names:
        return say("Outside their model's range lie: {names}", names="; ".join(names))
    if all(place == "not known" for _, place in found):
        return say("No record is admitted on the day")
    return say("Every record lies within its model's range, and capacity lies above")
