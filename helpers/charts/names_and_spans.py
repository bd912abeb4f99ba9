"""Rows of a chart: names beside or above, and spans of what is known, open where nothing bounds
them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from helpers import quantities
from helpers.charts import colours_and_ticks
from helpers.charts.colours_and_ticks import GREY
from helpers.charts.sheet import Sheet, width_of, wrapped
from helpers.quantities import Quantity


@dataclass(frozen=True)
class Span:
    """What is known of a number, with words: at its value, and at each end that it has.

    value   None where nothing is known
    low     None where nothing bounds it from below; so is high from above
    dot     whether a dot marks the value; not where only the two ends are known
    """

    value: float | None
    low: float | None
    high: float | None
    at: str
    left: str = ""
    right: str = ""
    dot: bool = True

    @property
    def exact(self) -> bool:
        """Whether the number is known without a range."""
        return self.value is not None and self.low == self.high == self.value

    @property
    def ends(self) -> list[float]:
        """The ends and the value that are known, from low to high."""
        return [end for end in (self.low, self.value, self.high) if end is not None]

    @property
    def said(self) -> str:
        """All of it on one line: '14 (9 to 16)', 'at most 30', 'at most 68 (middle 17)'."""
        if not self.at or not (self.left or self.right):
            return self.at or self.brief
        if self.left and self.right:
            return f"{self.at} ({self.brief})"
        return f"{self.brief} (middle {self.at})"

    @property
    def brief(self) -> str:
        """The same in less room: of a range the ends alone."""
        if self.left and self.right:
            return f"{self.left.removesuffix(' %')} to {self.right}"
        return self.left or self.right or self.at


def span(quantity: Quantity) -> Span:
    """A quantity as a chart draws it. Its words say what bounds it: a value with one end only is
    'at most' or 'at least' where that end is the value itself, else the end is.
    """
    unit, modelled = quantity.unit, quantity.modelled

    def text(number: float) -> str:
        return quantities.text(number, unit, modelled)

    value, low, high = quantity.value, quantity.low, quantity.high
    if value is None or quantity.says_nothing:
        return Span(None, None, None, "unknown")
    if quantity.none_found:
        return Span(value, value, value, str(quantity))
    if low is None and high is None:
        if not quantity.unknowns:
            return Span(value, value, value, text(value))
        return Span(value, None, None, f"about {text(value)}")
    at = text(value)
    left, right = ("" if end is None else text(end) for end in (low, high))
    if low is None:
        if right == at:
            return Span(value, None, high, "", "", f"at most {right}")
        return Span(value, None, high, at, "", f"at most {right}")
    if high is None:
        if left == at:
            return Span(value, low, None, "", f"at least {left}")
        return Span(value, low, None, at, f"at least {left}")
    if left == right:
        return Span(value, value, value, at)
    dot = not quantity.middle_unknown
    return Span(value, low, high, at if dot and at not in (left, right) else "", left, right, dot)


@dataclass(frozen=True)
class Names:
    """Names of rows in lines: in a column of their own, or above each row where that is too
    narrow.
    """

    lines: list[list[str]]
    column: float  # the width of the column; 0 where they stand above

    @property
    def left(self) -> float:
        """Where the drawing begins."""
        return self.column + 12 if self.column else 2


def names(sheet: Sheet, words: Sequence[str], column: float | None = None) -> Names:
    """Names of rows, wrapped where they stand: on a narrow sheet above the rows if one is long.

    Parameters
    ----------
    sheet : Sheet
        The sheet they are to fit on.
    words : list of str
        One name a row, in the order of the rows.
    column : float, optional
        How wide the column of names may be at most, in pixels, if not as wide as is usual on the
        sheet.
    """
    words = [colours_and_ticks.capital(word) for word in words]
    longest = max((width_of(word, sheet.size) for word in words), default=0)
    if sheet.narrow and longest > 104:
        return Names([wrapped(word, sheet.width - 4, sheet.size) for word in words], 0)
    widest = min(longest, column or (104 if sheet.narrow else 250))
    return Names([wrapped(word, widest + 1, sheet.size) for word in words], widest)


def name(sheet: Sheet, names: Names, place: int, height: float, above: float = 0) -> float:
    """Write the name of a row and make room for what is drawn beside or below it.

    Parameters
    ----------
    sheet : Sheet
        Where it is written, from `sheet.y` on, which moves below the row.
    names : Names
        The names of all rows.
    place : int
        Which of them, from 0.
    height : float
        How high what is drawn is, in pixels.
    above : float
        Room for words above what is drawn, in pixels.

    Returns
    -------
    float
        Where the middle of what is drawn is to lie, in pixels from the top.
    """
    lines = names.lines[place]
    if not names.column:
        sheet.plates(2, lines)
        sheet.block(2, lines)
        middle = sheet.y + above + height / 2 + 1
        sheet.y += above + height + 5
        return middle
    half = len(lines) * sheet.line_height / 2
    middle = sheet.y + max(above + height / 2, half)
    first = middle - half
    for line, text in enumerate(lines):
        at = first + (line + 1) * sheet.line_height - 4.5
        sheet.words(names.column, at, text, anchor="end")
    sheet.y = middle + max(height / 2, half) + 4
    return middle


def key(sheet: Sheet, entries: Sequence[tuple], room: float = 0) -> None:
    """Draw a line or more that explains marks.

    Parameters
    ----------
    sheet : Sheet
        Where it is drawn, from `sheet.y` on, which moves below it.
    entries : list of (function, str)
        What draws a mark around a place, given as x and y in pixels, and what the mark means.
    room : float
        How wide the lines may be, in pixels; 0 for all the width of the sheet.
    """
    x, room = 2.0, room or sheet.width
    sheet.y += sheet.line_height
    for draw, words in entries:
        lines = wrapped(words, room - 24, sheet.size)
        wide = 20 + max(width_of(line, sheet.size) for line in lines)
        if x > 2 and x + wide > room - 2:
            x = 2.0
            sheet.y += sheet.line_height + 2
        draw(x + 7, sheet.y - sheet.size * 0.36 - 3)
        sheet.words(x + 19, sheet.y - 3, lines[0], colour=GREY)
        sheet.block(x + 19, lines[1:], colour=GREY)
        x += wide + 16
    sheet.y += 6
