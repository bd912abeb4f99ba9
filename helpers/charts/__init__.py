"""Draw the figures: each with a finding as title, drawn wide and narrow, with alt text from the
same numbers, its sources, and the table behind it. One module a family of charts.
"""

from helpers.charts.bar import bars
from helpers.charts.curve import specification_curve
from helpers.charts.figure import MIME, Figure, source_line
from helpers.charts.grids import attendance, verdict_grid
from helpers.charts.interval import ranges
from helpers.charts.look import DARK, VERDICTS, both, dark
from helpers.charts.silhouettes import silhouettes
from helpers.charts.stair import steps
from helpers.charts.swing import tornado
from helpers.charts.tiles import tile_map

__all__ = [
    "DARK", "MIME", "VERDICTS", "Figure", "attendance", "bars", "both", "dark", "ranges",
    "silhouettes", "source_line", "specification_curve", "steps", "tile_map", "tornado",
    "verdict_grid",
]  # fmt: skip
