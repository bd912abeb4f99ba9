"""Small marks by shape and colour: the verdicts as the pages show them."""

from helpers.charts.look import PAPER, VERDICTS
from helpers.charts.sheet import Sheet


def verdict(sheet: Sheet, x: float, y: float, name: str, r: float = 6) -> None:
    """The mark of a verdict around a place."""
    colour, shape, _ = VERDICTS[name]
    box = lambda half: [(x - half, y - half), (x + half, y - half), (x + half, y + half),  # noqa: E731
                        (x - half, y + half)]  # fmt: skip
    if shape == "disc":
        sheet.dots([(x, y)], r, colour)
    elif shape == "half":
        sheet.dots([(x, y)], r - 0.75, PAPER, colour)
        arc = [(x, y - r), (x - 0.5 * r, y - 0.87 * r), (x - 0.87 * r, y - 0.5 * r), (x - r, y),
               (x - 0.87 * r, y + 0.5 * r), (x - 0.5 * r, y + 0.87 * r), (x, y + r)]  # fmt: skip
        sheet.area(arc, colour)
    elif shape == "cross":
        d = r - 1
        sheet.line([(x - d, y - d), (x + d, y + d)], colour, 3)
        sheet.line([(x - d, y + d), (x + d, y - d)], colour, 3)
    elif shape == "square":
        sheet.area(box(r - 1), PAPER, rim=colour)
    elif shape == "diamond":
        sheet.area([(x, y - r), (x + r, y), (x, y + r), (x - r, y)], PAPER, rim=colour)
    else:
        sheet.area([(x - r, y - r * 0.85), (x + r, y - r * 0.85), (x + r, y + r * 0.4),
                    (x - r * 0.1, y + r * 0.4), (x - r * 0.6, y + r), (x - r * 0.6, y + r * 0.4),
                    (x - r, y + r * 0.4)], colour)  # fmt: skip
