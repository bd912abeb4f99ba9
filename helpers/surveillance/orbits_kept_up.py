"""How many aircraft always in the air the surveillance fleets keep up, and how many are wanted."""

import pandas as pd

from helpers import data, quantities, sobol_indices, uncertainty, word_check
from helpers.membership import states_of
from helpers.model_parameters import cases, parameter, table_rows
from helpers.numbers_known_by_their_ends import range_words
from helpers.quantities import Quantity
from helpers.surveillance.fleets_and_owners import OWNERS, RADAR, SENSORS, american, owned_by
from helpers.tables import Linked, Row, Sentence, say


def _known_owner(owner: str) -> str:
    """The word for whose aircraft: see OWNERS, or usa."""
    return word_check.word("owner", owner, (*OWNERS, "usa"))


def _eyes(world: data.World, sensor: str, owner: str) -> pd.DataFrame:
    """The fleets of an owner, or America's, that carry one kind of sensor."""
    asset = SENSORS[word_check.word("sensor", sensor, SENSORS)]
    if _known_owner(owner) == "usa":
        return american(world, asset, "same-class")
    return owned_by(world, asset, owner, "same-class")


@data.selection(depends_on=data.ROSTER)
def orbits(world: data.World, sensor: str, owner: str) -> Quantity:
    """Continuous orbits that an owner's aircraft of one kind of sensor keep up together, each fleet
    at its own endurance and readiness, as if nothing but the time on the ground, the depot and what
    is not ready held it back.

    Parameters
    ----------
    world : World
        The day, roster and evidence looked at.
    sensor : str
        A key of SENSORS.
    owner : str
        Whose aircraft: a key of OWNERS, or usa.
    """
    rows = _eyes(world, sensor, owner)
    parts = [_orbits(world, "orbits", rows, id) for id in rows.index]
    return quantities.sum_of(parts, "orbits")


@data.selection(depends_on=data.ROSTER)
def orbits_without_end(world: data.World, sensor: str, owner: str) -> Quantity:
    """The orbits that an owner's aircraft of one kind of sensor keep up together without end: of
    each fleet the smaller of what it could at capacity and what the hours that it flies allow.

    Parameters
    ----------
    world : World
        The day, roster and evidence looked at.
    sensor : str
        A key of SENSORS.
    owner : str
        Whose aircraft: a key of OWNERS, or usa.
    """
    rows = _eyes(world, sensor, owner)
    parts = [_orbits(world, "orbits_without_end", rows, id, ("h", "w")) for id in rows.index]
    return quantities.sum_of(parts, "orbits")


def _orbits(
    world: data.World, formula: str, rows: pd.DataFrame, id: str, more: tuple[str, ...] = ()
) -> Quantity:
    type_ = rows.loc[id, "type"]
    symbols = {symbol: parameter(world, symbol, type_) for symbol in (*AT_CAPACITY, *more)}
    A = quantities.cell(rows, id, "in_service", "aircraft")
    d = parameter(world, "d_orb", type_)
    return quantities.modelled(formula, "orbits", A=A, d=d, **symbols)


def at_capacity(world: data.World, A: Quantity, type_: str) -> Quantity:
    """Aircraft of a fleet in the air on average at capacity, the way to the orbit inside.

    Parameters
    ----------
    world : World
        Its standard of evidence admits the rows.
    A : Quantity
        Aircraft of the fleet.
    type_ : str
        Their type, one that has parameters.
    """
    symbols = {symbol: parameter(world, symbol, type_) for symbol in AT_CAPACITY}
    return quantities.modelled("orbits", "orbits", A=A, d=quantities.chosen(0, "km"), **symbols)


AT_CAPACITY = ("c", "E", "v", "t_turn", "m")  # what the orbits of a fleet at capacity hang on


def recorded(world: data.World, sensor: str, owner: str) -> Quantity:
    """The most orbits of a sensor that an owner's aircraft were recorded to keep up; what was only
    planned or claimed is no record. Unknown where no row records any.

    Parameters
    ----------
    world : World
        The day, roster and evidence looked at.
    sensor : str
        A key of SENSORS.
    owner : str
        Whose aircraft: a key of OWNERS, or usa.
    """
    sensor, owner = word_check.word("sensor", sensor, SENSORS), _known_owner(owner)
    operators = {"USA"} if owner == "usa" else states_of(world, owner)
    if owner in ("nato", "members-and-nato"):
        operators = operators | {"NATO"}
    rows = world.until("records")
    rows = rows[(rows["sensor"] == sensor) & rows["operator"].isin(operators)]
    flown = [
        quantities.cell(rows, id, "value", "orbits")
        for id in rows.index
        if id.startswith("record/")
    ]
    return max(
        (number for number in flown if number.low is not None),
        key=lambda number: (number.low, number.rows),
        default=Quantity(None, unit="orbits"),
    )


def recorded_words(world: data.World, sensor: str, owner: str) -> Quantity | Linked | str:
    """The most orbits that an owner's aircraft were recorded to keep up, in words.

    Parameters
    ----------
    world : World
        The day, roster and evidence looked at.
    sensor : str
        A key of SENSORS.
    owner : str
        Whose aircraft: a key of OWNERS, or usa.
    """
    flown = recorded(world, sensor, owner)
    return range_words(flown) if flown.value is not None else "none on record"


def record_rows(world: data.World) -> list[dict]:
    """Aircraft kept in the air on average, as recorded, planned or claimed, by sensor."""
    rows = world.until("records")
    rows = rows[rows["sensor"] != ""].sort_values(["sensor", "id"])
    return [
        {
            "of": Row(id, row["what"]),
            "sensor": row["sensor"],
            "on average": range_words(quantities.cell(rows, id, "value", "orbits")),
            "standing": "recorded" if id.startswith("record/") else "planned or claimed",
            "when": row["date"],
            "how checked": data.GRADES[row["verification"]],
        }
        for id, row in rows.iterrows()
    ]


def needed(world: data.World, sensor: str, mission: str) -> Quantity:
    """The continuous orbits of a sensor that a mission takes, as published or assumed.

    Parameters
    ----------
    world : World
        Its standard of evidence admits the rows.
    sensor : str
        A key of SENSORS.
    mission : str
        What the aircraft are for: deterrence, monitoring or reassurance.
    """
    return parameter(world, "n_orb", f"{sensor}, {mission}")


def spread_items(world: data.World, mission: str) -> list[tuple[str, Quantity, bool]]:
    """Per sensor the orbits that NATO's others with NATO's own aircraft keep up without end, and at
    capacity, with their 5-95 % intervals; those recorded, and the need chosen here.
    """
    items = []
    for sensor in SENSORS:
        wanted = needed(world, sensor, mission)
        lasting, most = (
            uncertainty.spread(kept(world, sensor, "nato"), world.seed)
            for kept in (orbits_without_end, orbits)
        )
        items += [
            (f"{sensor}, without end", lasting, True),
            (f"{sensor}, at capacity", most, False),
        ]
        if (flown := recorded(world, sensor, "nato")).value is not None:
            items.append((f"{sensor}, recorded", flown, False))
        items.append((f"{sensor}, wanted", wanted, False))
    return items


def radar_orbits(world: data.World) -> Quantity:
    """The radar aircraft that NATO without America keeps aloft without end."""
    return orbits_without_end(world, RADAR, "nato")


def driver_rows(world: data.World) -> list[dict]:
    """The inputs that drive the number of radar orbits, one table row each."""
    return sobol_indices.index_rows(radar_orbits(world), world)


def orbit_title(world: data.World, mission: str) -> Sentence:
    """The radar aircraft kept aloft without end, recorded and wanted, as the title of a chart."""
    return say(
        f"Radar aircraft kept aloft without end: {{kept}}, recorded {{flown}}, for"
        f" {mission.casefold()}"
        " wanted {need}",
        kept=uncertainty.in_words(radar_orbits(world), world),
        flown=recorded_words(world, RADAR, "nato"),
        need=range_words(needed(world, RADAR, mission)),
    )


def orbit_rows(world: data.World, mission: str) -> list[dict]:
    """Per sensor, the orbits that a mission takes, those recorded, and those that NATO without
    America keeps up without end and at capacity, with what binds.
    """
    table = []
    for sensor in SENSORS:
        wanted = needed(world, sensor, mission)
        lasting, most = orbits_without_end(world, sensor, "nato"), orbits(world, sensor, "nato")
        table.append(
            {
                "sensor": sensor,
                f"wanted for {mission.casefold()}, by our choice": range_words(wanted),
                "recorded": recorded_words(world, sensor, "nato"),
                "without end": uncertainty.in_words(lasting, world),
                "at capacity": uncertainty.in_words(most, world),
                "what binds": what_binds(lasting, most),
            }
        )
    return table


def what_binds(lasting: Quantity, most: Quantity) -> str:
    """What sets the orbits kept up without end, beside those at capacity."""
    if lasting.value is None or most.value is None:
        return "not known"
    if not most.value:
        return "there are none"
    return "hours flown a year" if lasting.value < most.value else "time on the ground"


def whose_orbits(world: data.World) -> list[dict]:
    """Per sensor, the orbits kept up without end by whose aircraft they are: NATO's own apart from
    its states', Europe's apart from those of Japan and Australia.
    """
    whose = {
        "NATO without America": "nato",
        "its states alone": "national",
        "the coalition's own in Europe": "europe",
        "the coalition's own, Japan and Australia too": "members",
        "America": "usa",
    }
    return [
        {"sensor": sensor}
        | {
            words: uncertainty.in_words(orbits_without_end(world, sensor, owner), world)
            for words, owner in whose.items()
        }
        for sensor in SENSORS
    ]


def parameter_rows(world: data.World) -> list[dict]:
    """The parameters of the orbits and of the aircraft that fly them, one table row each."""
    return table_rows(world, "n_orb", "a_orb", "c", "d_orb", "w") + table_rows(
        world, "E", "m", "t_turn", "v", "h", of=cases(world, "E")
    )
