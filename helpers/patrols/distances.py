"""Where air patrols fly, where they start from, and how far that is."""

import pandas as pd

from helpers import data, quantities, word_check
from helpers.quantities import Quantity

BLACK_SEA, KYIV = "place/area-black-sea-west", "place/area-kyiv"

KINDS = {  # where fighters are based, where they could be, and where they could be in Ukraine
    "permanent": ("fighter base",),
    "forward": ("fighter base", "forward airfield"),
    "ukraine": ("forward airfield",),
}

BASES = {
    "ukraine": "inside Ukraine",
    "permanent": "Poland and Romania",
    "forward": "nearest large runway in NATO",
    "place/coningsby": "England",
    "place/mont-de-marsan": "France",
}

CHOICES = ("ukraine", "permanent")  # where from is the first choice; the third is to wait on alert


def areas(world: data.World) -> pd.DataFrame:
    """The places where patrols would fly, from west to east."""
    places = world.table("places")
    return places[places["kind"] == "patrol area"].sort_values("longitude")


def skies(world: data.World) -> list[str]:
    """The patrol areas that lie over Ukraine."""
    places = areas(world)
    return list(places.index[places["country"] == "UKR"])


def _place(world: data.World, id: str) -> str:
    """The id of a place, or '' where no place was found; raises WordError for another word."""
    return id and data.known("places", "id", id, world.folder)


@data.selection(depends_on=data.UNDATED)
def distance(world: data.World, one: str, other: str) -> Quantity:
    """Kilometres between two places; unknown where a row of them is not admitted.

    Parameters
    ----------
    world : World
        Its standard of evidence admits the rows.
    one, other : str
        The ids of the two places; '' for a place that was not found.
    """
    one, other = (_place(world, id) for id in (one, other))
    places = world.table("places")
    if not {one, other} <= set(places.index):
        return quantities.unknown("km")

    def at(id: str, column: str) -> Quantity:
        return quantities.cell(places, id, column, "degrees")

    return quantities.modelled(
        "distance",
        "km",
        phi_1=at(one, "latitude"),
        lambda_1=at(one, "longitude"),
        phi_2=at(other, "latitude"),
        lambda_2=at(other, "longitude"),
    )


@data.selection(depends_on=data.UNDATED)
def nearest(world: data.World, area: str, base: str = "permanent") -> str:
    """The base nearest to an area; '' where no row gives one.

    Parameters
    ----------
    world : World
        Its standard of evidence admits the rows.
    area : str
        The id of a place.
    base : str
        permanent: a fighter base, all of which are in NATO's states; forward: one of those or
        another airfield outside Ukraine; ukraine: an airfield inside it.
    """
    area, base = _place(world, area), word_check.word("base", base, KINDS)
    places = world.table("places")
    inside = (places["country"] == "UKR") == (base == "ukraine")
    bases = places[places["kind"].isin(KINDS[base]) & inside].index
    return (
        min(bases, key=lambda id: (distance(world, id, area).value, id), default="")
        if area in places.index
        else ""
    )


def base_of(world: data.World, base: str, area: str) -> str:
    """The place that stands for a way to base fighters.

    Parameters
    ----------
    world : World
        Its standard of evidence admits the rows.
    base : str
        A key of BASES: a kind of base, of which the nearest is taken, or a place.
    area : str
        The id of the place to which the base of a kind is nearest.

    Returns
    -------
    str
        The id of the place; '' where no row gives one.
    """
    base = word_check.word("base", base, BASES)
    return base if "/" in base else nearest(world, area, base)


def distance_to(world: data.World, area: str, base: str = "permanent") -> Quantity:
    """The distance of an area from a base, in km.

    Parameters
    ----------
    world : World
        Its standard of evidence admits the rows.
    area : str
        The id of a place.
    base : str
        A key of BASES, as in base_of.
    """
    return distance(world, base_of(world, base, area), area)


def area_marks(world: data.World) -> list[tuple[Quantity, str]]:
    """The distance of the nearest and the farthest patrol area from its nearest fighter base."""
    names = world.table("places")["name"]
    reach = {id: distance_to(world, id) for id in areas(world).index}
    ends = sorted(reach, key=lambda id: (reach[id].value, id))
    return (
        [(reach[id], names[id].split(" (")[0]) for id in dict.fromkeys((ends[0], ends[-1]))]
        if ends
        else []
    )
