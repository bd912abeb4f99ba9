"""Small marks by shape and colour: the verdicts as the pages show them."""

from collections.abc import Iterable

from helpers.charts.colours_and_ticks import PAPER, VERDICTS
from helpers.charts.sheet import Point, Sheet

HALF = ((0, -1), (-0.5, -0.87), (-0.87, -0.5), (-1, 0), (-0.87, 0.5), (-0.5, 0.87), (0, 1))
BUBBLE = ((-1, -0.85), (1, -0.85), (1, 0.4), (-0.1, 0.4), (-0.6, 1), (-0.6, 0.4), (-1, 0.4))
SQUARE = ((-0.83, -0.83), (0.83, -0.83), (0.83, 0.83), (-0.83, 0.83))
DIAMOND = ((0, -1), (1, 0), (0, 1), (-1, 0))


def verdicts(sheet: Sheet, name: str, places: Iterable[Point], r: float = 6) -> None:
    """The mark of a verdict around each of some places.

    Parameters
    ----------
    sheet : Sheet
        Where it is drawn.
    name : str
        The verdict, as `charts.VERDICTS` has it.
    places : iterable of (float, float)
        The places, in pixels from the left and from the top.
    r : float
        Half the width of the mark, in pixels.
    """
    colour, shape, _ = VERDICTS[name]
    places = list(places)

    def around(points: Iterable[Point]) -> list[list[Point]]:
        return [[(x + r * right, y + r * down) for right, down in points] for x, y in places]

    if shape == "disc":
        sheet.dots(places, r, colour)
    elif shape == "half":
        sheet.dots(places, r - 0.8, PAPER, colour)
        for arc in around(HALF):
            sheet.area(arc, colour)
    elif shape == "cross":
        d = r - 1
        for x, y in places:
            sheet.line([(x - d, y - d), (x + d, y + d)], colour, 3)
            sheet.line([(x - d, y + d), (x + d, y - d)], colour, 3)
    elif shape == "bubble":
        for bubble in around(BUBBLE):
            sheet.area(bubble, colour)
    else:
        for hollow in around(SQUARE if shape == "square" else DIAMOND):
            sheet.area(hollow, PAPER, rim=colour)
