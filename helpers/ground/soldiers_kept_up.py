"""How many soldiers a state, or several together, could keep up or send once: by what they once
kept on operations, and by the shares of their strength that states declare.
"""

from helpers import data, quantities, word_check
from helpers.ground.soldiers_abroad import garrisons, on_operations, settled
from helpers.ground.soldiers_of_a_state import FORCE, active, conscripts, land_personnel, persons
from helpers.ground.who_could_be_asked import states
from helpers.model_parameters import parameter
from helpers.quantities import Quantity

SHARES = {
    "land-model": "land personnel by the shares that states declare",
    "observed": "the share of all in uniform that NATO's members were seen to keep in the field",
    "target": "the share that NATO aims at",
}
APART = ("TUR",)  # declares to no registry; the largest army of all, and of conscripts
STANDINGS = ("deducted", "released")  # what is on operations already: goes on, or ends
SERVICES = ("all", "volunteers")  # conscripts count, or not
RELIEFS = ("in turn", "none")  # those in place are relieved for as long as it takes, or never


@data.selection(depends_on=data.DATED)
def record(world: data.World, state: str) -> Quantity:
    """How many soldiers a state was seen to keep on operations, on average over a year: the middle
    of the years recorded, from the least to the most; unknown where no row says.
    """
    return persons(world, "troops deployed", state)


@data.selection(depends_on=data.DATED)
def recorded(world: data.World, state: str, standing: str = "deducted") -> Quantity:
    """What a state could add by its own record: what it was seen to keep on operations, less what
    it has on operations now; unknown where either is.

    Parameters
    ----------
    world : World
        The day and the evidence looked at.
    state : str
        The state's code.
    standing : str
        deducted: its present operations go on; released: they end.
    """
    if word_check.word("standing", standing, STANDINGS) == "released":
        C = quantities.chosen(0, "persons")
    else:
        C = on_operations(world, state)
        C = C if C.high is not None else quantities.unknown("persons")
    return settled(quantities.modelled("kept_up", "persons", T=record(world, state), C=C))


@data.selection(depends_on=data.ROSTER)
def recorded_by(world: data.World, codes: tuple[str, ...], standing: str = "deducted") -> Quantity:
    """What some states could add together by their own records.

    Parameters
    ----------
    world : World
        The day and the evidence looked at.
    codes : tuple of str
        The states' codes; of none the number is unknown.
    standing : str
        What their present operations do, as in recorded: deducted or released.
    """
    parts = [recorded(world, code, standing) for code in codes]
    return quantities.sum_of(parts, "persons")


@data.selection(depends_on=data.ROSTER)
def offers(world: data.World) -> Quantity:
    """What those who would send soldiers soldiers could add together by their own records."""
    return recorded_by(world, states(world, "willing"))


@data.selection(depends_on=data.DATED)
def sustained(
    world: data.World,
    state: str,
    share: str = "land-model",
    standing: str = "deducted",
    service: str = "all",
    relief: str = "in turn",
) -> Quantity:
    """What a state could keep deployed by a share of its strength, less what it has on operations
    already.

    Parameters
    ----------
    world : World
        The day and the evidence looked at.
    state : str
        The state's code.
    share : str
        land-model: the share of its land personnel, garrisons apart, that states declare
        deployable, over the rotation factor; observed and target: a share of all its active
        personnel that NATO's members were seen to keep in the field, or that NATO aims at:
        rotation is in it already.
    standing : str
        deducted: its present operations go on; released: they end.
    service : str
        all: conscripts count; volunteers: in the land-model they do not, where a row counts them.
    relief : str
        in turn: over the land-model's rotation factor; none: nobody is kept back to relieve them,
        so that it is what the state could send once.
    """
    share = word_check.word("share", share, SHARES)
    service = word_check.word("service", service, SERVICES)
    relieved = word_check.word("relief", relief, RELIEFS) == "in turn"
    R = (
        parameter(world, "R", FORCE)
        if share == "land-model" and relieved
        else quantities.chosen(1, "persons per person deployed")
    )
    if word_check.word("standing", standing, STANDINGS) == "released":
        C = quantities.chosen(0, "persons")
    else:
        C = quantities.scaled(on_operations(world, state), R, "persons")
    if share == "land-model":
        A, d = land_personnel(world, state), parameter(world, "d_land", FORCE)
        if garrisons(world, state).value:
            A = quantities.less(A, garrisons(world, state))
        if service == "volunteers" and conscripts(world, state).value is not None:
            A = quantities.less(A, conscripts(world, state))
    else:
        A = active(world, state)
        d = parameter(world, "s_sus" if share == "observed" else "s_aim", FORCE)
    return settled(quantities.modelled("sustained", "persons", A=A, d=d, C=C, R=R))


@data.selection(depends_on=data.ROSTER)
def sustained_by(
    world: data.World,
    codes: tuple[str, ...],
    share: str = "land-model",
    standing: str = "deducted",
    service: str = "all",
) -> Quantity:
    """What some states could keep deployed together.

    Parameters
    ----------
    world : World
        The day and the evidence looked at.
    codes : tuple of str
        The states' codes; of none the number is unknown.
    share, standing, service : str
        By which share, with which operations and with whom, as in sustained.
    """
    parts = [sustained(world, code, share, standing, service) for code in codes]
    return quantities.sum_of(parts, "persons")


def declared_by(world: data.World, codes: tuple[str, ...]) -> Quantity:
    """What some states could add together by the shares that states declare; those whose army
    nothing likens to theirs are left out: see APART.
    """
    codes = tuple(data.known("countries", "id", code, world.folder) for code in codes)
    return sustained_by(world, tuple(code for code in codes if code not in APART))


def sent_by(world: data.World, codes: tuple[str, ...]) -> Quantity:
    """What the same states could send together once, with nobody kept back to relieve them, by the
    shares that states declare deployable: a ceiling that was never tested.
    """
    codes = tuple(data.known("countries", "id", code, world.folder) for code in codes)
    parts = [sustained(world, code, relief="none") for code in codes if code not in APART]
    return quantities.sum_of(parts, "persons")
