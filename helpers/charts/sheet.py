"""A sheet to draw on, in CSS pixels: the same shapes become a small SVG for pages and a PNG for
JupyterLab.

matplotlib writes a bar as two hundred characters, and each figure stands four times in one file to
be mailed; so the SVG is written here, with text as text, and matplotlib draws the PNG. Letters are
measured by the widths of DejaVu Sans, the widest of the faces that pages ask for: what fits in it
fits in the others.
"""

import base64
import functools
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from helpers import rounding
from helpers.charts.colours_and_ticks import INK, PAPER

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.figure import Figure as Canvas

FACES = "Seravek,Ubuntu,Calibri,Noto Sans,DejaVu Sans,sans-serif"
NEVER_BREAK = "\u00a0"
Point = tuple[float, float]


@functools.cache
def _face(bold: bool):
    import matplotlib
    from matplotlib.ft2font import FT2Font

    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    return FT2Font(str(Path(matplotlib.get_data_path()) / "fonts" / "ttf" / name))


@functools.cache
def _advance(letter: str, bold: bool) -> float:
    """The width of a letter as a part of the size of its type, from whole units of the font."""
    from matplotlib.ft2font import LoadFlags

    face = _face(bold)
    return face.load_char(ord(letter), flags=LoadFlags.NO_SCALE).horiAdvance / face.units_per_EM


def width_of(words: str, size: float, bold: bool = False) -> float:
    """How wide a line of text is, in pixels.

    Parameters
    ----------
    words : str
        The text.
    size : float
        The size of its type, in pixels.
    bold : bool
        Whether it is bold.
    """
    return size * sum(_advance(letter, bold) for letter in words)


def wrapped(words: str, width: float, size: float, bold: bool = False) -> list[str]:
    """Words in lines of about one length; a word that is too wide by itself is broken, a number
    stays with its per cent.

    Parameters
    ----------
    words : str
        The words, with spaces between them.
    width : float
        How wide a line may be, in pixels.
    size : float
        The size of the type, in pixels.
    bold : bool
        Whether it is bold.
    """
    words = words.replace(" %", NEVER_BREAK + "%")
    lines = _filled(words, width, size, bold)
    for narrower in range(int(width), int(width / 2), -4):
        tried = _filled(words, narrower, size, bold)
        if len(tried) > len(lines) or any(line.endswith("-") for line in tried):
            break
        lines = tried
    return lines


def _filled(words: str, width: float, size: float, bold: bool) -> list[str]:
    """Words in lines, each as full as it can be."""
    lines: list[str] = []
    line = ""
    for word in filter(None, words.split(" ")):
        longer = f"{line} {word}".strip()
        if width_of(longer, size, bold) <= width:
            line = longer
            continue
        lines += [line] * bool(line)
        while width_of(word, size, bold) > width and len(word) > 1:
            cut = next(n for n in range(len(word), 0, -1)
                       if n == 1 or width_of(word[:n] + "-", size, bold) <= width)  # fmt: skip
            lines.append(word[:cut] + "-")
            word = word[cut:]
        line = word
    return [*lines, *[line] * bool(line)]


def coordinate(number: float) -> str:
    """A coordinate to a tenth of a pixel; zero has no sign."""
    return f"{round(rounding.snap(float(number)), 1) + 0.0:.1f}".removesuffix(".0")


def _path(points: list[Point]) -> str:
    """Points as a path: the first one absolute, the others as steps on the grid."""
    at = [
        (round(rounding.snap(float(x)) * 10), round(rounding.snap(float(y)) * 10))
        for x, y in points
    ]
    text = f"M{_tenths(at[0][0])} {_tenths(at[0][1])}"
    for (x, y), (to_x, to_y) in zip(at, at[1:], strict=False):
        if y == to_y:
            text += f"h{_tenths(to_x - x)}"
        elif x == to_x:
            text += f"v{_tenths(to_y - y)}"
        else:
            text += f"l{_tenths(to_x - x)} {_tenths(to_y - y)}"
    return text


def _tenths(number: int) -> str:
    return f"{number / 10:.1f}".removesuffix(".0")


@dataclass(frozen=True)
class Drawing:
    """A canvas of matplotlib's that is drawn on in its own pixels, so that it works out no place by
    a product of matrices: their last digits are not the same on every processor.
    """

    canvas: "Canvas"
    height: int

    def place(self, point: Point) -> Point:
        """A point on the grid of drawings, counted from the bottom up as matplotlib does."""
        x, y = (round(rounding.snap(float(end)), rounding.DECIMALS) for end in point)
        return x, self.height - y

    def add(self, artist: "Artist") -> None:
        """Put an artist of matplotlib on the canvas, in pixels."""
        from matplotlib.transforms import IdentityTransform

        artist.set_transform(IdentityTransform())
        self.canvas.add_artist(artist)


@dataclass(frozen=True)
class Shape:
    """Lines and areas of one look: each a list of points, closed or not."""

    parts: tuple[tuple[Point, ...], ...]
    fill: str = ""
    stroke: str = ""
    width: float = 1
    dash: tuple[float, ...] = ()
    pale: bool = False

    @property
    def svg(self) -> str:
        """The shape as an SVG element."""
        drawn = "".join(_path(list(part)) + "z" * bool(self.fill) for part in self.parts)
        flat = not self.fill and all(len(part) == 2 for part in self.parts)  # nothing to fill
        looks = "" if flat else f' fill="{self.fill or "none"}"'
        if self.pale:
            looks += ' fill-opacity=".35"'
        if self.stroke:
            looks += f' stroke="{self.stroke}"'
            if self.width != 1:
                looks += f' stroke-width="{coordinate(self.width)}"'
        if self.dash:
            looks += f' stroke-dasharray="{" ".join(map(coordinate, self.dash))}"'
        return f'<path{looks} d="{drawn}"/>'

    def png(self, draw: Drawing) -> None:
        """Draw the shape on the canvas of the PNG."""
        from matplotlib.lines import Line2D
        from matplotlib.patches import Polygon

        for part in self.parts:
            at = [draw.place(point) for point in part]
            if self.fill:
                alpha = 0.35 if self.pale else None
                draw.add(Polygon(at, facecolor=self.fill, edgecolor="none", alpha=alpha))
            if self.stroke:
                draw.add(
                    Line2D(
                        *zip(*at, *at[: bool(self.fill)], strict=True),
                        color=self.stroke,
                        linewidth=self.width,
                        linestyle=(0, self.dash) if self.dash else "solid",
                        solid_capstyle="butt",
                        dash_capstyle="butt",
                    )
                )


@dataclass(frozen=True)
class Dots:
    """Round marks of one look: filled, or hollow with a rim."""

    at: tuple[Point, ...]
    radius: float
    fill: str
    rim: str = ""

    @property
    def svg(self) -> str:
        """The dots as an SVG element."""
        if not self.rim:  # a line of no length with round ends is a dot, and short to write
            drawn = "".join(_path([point]) + "h0" for point in self.at)
            return (
                f'<path stroke="{self.fill}" stroke-width="{coordinate(2 * self.radius)}"'
                f' stroke-linecap="round" d="{drawn}"/>'
            )
        r = coordinate(self.radius)
        across = coordinate(2 * round(self.radius, 1))
        drawn = "".join(
            f"M{coordinate(x - self.radius)} {coordinate(y)}"
            f"a{r} {r} 0 1 0 {across} 0a{r} {r} 0 1 0-{across} 0z"
            for x, y in self.at
        )
        return (
            f'<path fill="{self.fill or "none"}" stroke="{self.rim}" stroke-width="1.5"'
            f' d="{drawn}"/>'
        )

    def png(self, draw: Drawing) -> None:
        """Draw the dots on the canvas of the PNG."""
        from matplotlib.patches import Circle

        for point in self.at:
            draw.add(
                Circle(
                    draw.place(point),
                    self.radius,
                    facecolor=self.fill or "none",
                    edgecolor=self.rim or "none",
                    linewidth=1.5 if self.rim else 0,
                )
            )


@dataclass(frozen=True)
class Words:
    """A line of text from its baseline; `turned` reads upwards."""

    x: float
    y: float
    text: str
    size: float
    anchor: str = "start"
    colour: str = INK
    bold: bool = False
    turned: bool = False
    own_size: bool = False  # not that of the sheet

    @property
    def width(self) -> float:
        """How wide the words are, in pixels."""
        return width_of(self.text, self.size, self.bold)

    @property
    def svg(self) -> str:
        """The words as an SVG element."""
        x, y = coordinate(self.x), coordinate(self.y)
        looks = "" if self.colour == INK else f' fill="{self.colour}"'
        looks += "" if self.anchor == "start" else f' text-anchor="{self.anchor}"'
        looks += ' font-weight="700"' if self.bold else ""
        looks += f' font-size="{coordinate(self.size)}"' if self.own_size else ""
        looks += f' transform="rotate(-90 {x} {y})"' if self.turned else ""
        return f'<text x="{x}" y="{y}"{looks}>{escape(self.text, quote=False)}</text>'

    def png(self, draw: Drawing) -> None:
        """Draw the words on the canvas of the PNG."""
        from matplotlib.text import Text

        draw.add(
            Text(
                *draw.place((self.x, self.y)),
                self.text,
                fontsize=self.size,
                color=self.colour,
                ha={"start": "left", "middle": "center", "end": "right"}[self.anchor],
                va="baseline",
                rotation=90 if self.turned else 0,
                rotation_mode="anchor",
                fontweight="bold" if self.bold else "normal",
                parse_math=False,
            )
        )


@dataclass
class Sheet:
    """What is drawn, from the top down. `y` is where the next thing goes; the height is what is
    needed.
    """

    narrow: bool
    y: float = 0
    shapes: list = field(default_factory=list)

    @property
    def width(self) -> int:
        """As wide as the page shows it: on a phone of 375 px, and in the column of a screen."""
        return 343 if self.narrow else 735

    @property
    def size(self) -> float:
        """The size of text: never less than 11 where it is shown, be it at 601 px."""
        return 12 if self.narrow else 14.5

    @property
    def line_height(self) -> float:
        """How far one line of text stands below another, in pixels."""
        return self.size + 3

    def area(self, points: list[Point], fill: str, pale: bool = False, rim: str = "") -> None:
        """Fill an area.

        Parameters
        ----------
        points : list of (float, float)
            Its corners in order, in pixels from the left and from the top.
        fill : str
            Its colour.
        pale : bool
            Whether what lies behind shines through.
        rim : str
            The colour of a line around it; without one where it is empty.
        """
        self._add(Shape((tuple(points),), fill, rim, pale=pale))

    def rect(self, x: float, y: float, width: float, height: float, fill: str, **looks) -> None:
        """Fill a rectangle.

        Parameters
        ----------
        x, y : float
            Its upper left corner, in pixels from the left and from the top.
        width, height : float
            Its size, in pixels.
        fill : str
            Its colour.
        **looks : object
            `pale` and `rim`, as `area` takes them.
        """
        self.area([(x, y), (x + width, y), (x + width, y + height), (x, y + height)], fill, **looks)

    def line(self, points: list[Point], colour: str, width: float = 1, dash: tuple = ()) -> None:
        """Draw a line.

        Parameters
        ----------
        points : list of (float, float)
            What it joins, in pixels from the left and from the top.
        colour : str
            Its colour.
        width : float
            How thick it is, in pixels.
        dash : tuple of float
            The lengths of its strokes and gaps, in pixels; empty for an unbroken one.
        """
        self._add(Shape((tuple(points),), "", colour, width, dash))

    def dots(self, at: list[Point], radius: float, fill: str, rim: str = "") -> None:
        """Draw dots of one look; without a point none.

        Parameters
        ----------
        at : list of (float, float)
            Their middles, in pixels from the left and from the top.
        radius : float
            Their radius, in pixels.
        fill : str
            Their colour; hollow where it is empty.
        rim : str
            The colour of a line around each; without one where it is empty.
        """
        if at:
            self._add(Dots(tuple(at), radius, fill, rim))

    def words(self, x: float, y: float, text: str, plate: bool = False, **looks) -> Words:
        """Write a line of text, moved sideways where it would leave the sheet.

        Parameters
        ----------
        x, y : float
            Where its baseline begins, or has its middle or end if `anchor` says so, in pixels from
            the left and from the top.
        text : str
            The text.
        plate : bool
            Whether paper lies behind it, which breaks the lines that cross it.
        **looks : object
            `size`, if not that of the sheet, `anchor`, `colour`, `bold` and `turned`: see `Words`.
            Turned text is not moved and has no paper behind it.
        """
        size = looks.pop("size", self.size)
        made = Words(x, y, text, size, own_size=size != self.size, **looks)
        if not made.turned:
            shift = {"start": 0, "middle": -made.width / 2, "end": -made.width}[made.anchor]
            left = min(max(x + shift, 1), self.width - 1 - made.width)
            made = Words(left - shift, y, text, size, own_size=size != self.size, **looks)
            if plate:
                self.rect(left - 3, y - size * 0.95, made.width + 6, size * 1.2, PAPER)
        self.shapes.append(made)
        return made

    def block(self, x: float, lines: list[str], **looks) -> None:
        """Write lines of text below one another from `y` on, which moves below them.

        Parameters
        ----------
        x : float
            Where they begin, in pixels from the left.
        lines : list of str
            The lines.
        **looks : object
            `plate`, `colour`, `bold` and what else `words` takes.
        """
        for line in lines:
            self.y += self.line_height
            self.words(x, self.y - 4, line, **looks)

    def plates(self, x: float, lines: list[str], bold: bool = False) -> None:
        """Lay paper behind the lines of a block that is to come, so that no rule runs through them.

        Parameters
        ----------
        x : float
            Where the lines begin, in pixels from the left.
        lines : list of str
            The lines.
        bold : bool
            Whether they are bold.
        """
        for place, line in enumerate(lines):
            top = self.y + place * self.line_height
            self.rect(x - 1, top, width_of(line, self.size, bold) + 4, self.line_height, PAPER)

    @contextmanager
    def behind(self, place: int) -> Iterator[None]:
        """What is drawn meanwhile lies behind all shapes from this place on."""
        kept = self.shapes[place:]
        del self.shapes[place:]
        yield
        self.shapes += kept

    def _add(self, shape) -> None:
        """A shape; joined to the one before where both look the same."""
        last = self.shapes[-1] if self.shapes else None
        if isinstance(shape, Shape) and isinstance(last, Shape):
            same = (shape.fill, shape.stroke, shape.width, shape.dash, shape.pale)
            if same == (last.fill, last.stroke, last.width, last.dash, last.pale):
                self.shapes[-1] = Shape(last.parts + shape.parts, *same)
                return
        if isinstance(shape, Dots) and isinstance(last, Dots):
            look = (shape.radius, shape.fill, shape.rim)
            if look == (last.radius, last.fill, last.rim):
                self.shapes[-1] = Dots(last.at + shape.at, *look)
                return
        self.shapes.append(shape)

    @property
    def height(self) -> int:
        """How high the sheet is with what stands on it, in pixels."""
        return int(self.y) + 2

    @property
    def svg(self) -> str:
        """All that stands on the sheet as an SVG document."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.width}" height="{self.height}"'
            f' viewBox="0 0 {self.width} {self.height}" font-family="{FACES}"'
            f' font-size="{coordinate(self.size)}" fill="{INK}">'
            f'<path fill="{PAPER}" d="M0 0h{self.width}v{self.height}H0z"/>'
            + "".join(shape.svg for shape in self.shapes)
            + "</svg>"
        )

    @property
    def png(self) -> str:
        """What JupyterLab shows before a notebook is trusted, in base64; the same whatever
        matplotlibrc a machine has.
        """
        import matplotlib.style
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure as Canvas
        from PIL import Image

        style = {
            "font.family": "sans-serif",
            "font.sans-serif": ["DejaVu Sans"],
            "text.hinting": "none",  # letters as wide as they are measured, not whole pixels
        }
        with matplotlib.style.context(["default", style]):
            canvas = Canvas(figsize=(self.width / 72, self.height / 72), dpi=72, facecolor=PAPER)
            for shape in self.shapes:
                shape.png(Drawing(canvas, self.height))
            drawn = FigureCanvasAgg(canvas)
            drawn.draw()
        kept = io.BytesIO()
        picture = Image.fromarray(np.asarray(drawn.buffer_rgba())).convert("RGB")
        # sixty-four colours take a third of the room
        picture.quantize(64, dither=Image.Dither.NONE).save(kept, "PNG", optimize=True)
        return base64.b64encode(kept.getvalue()).decode("ascii")
