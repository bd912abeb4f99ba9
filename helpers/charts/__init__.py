"""Draw the figures: each with a finding as title, drawn wide and narrow, with alt text from the
same numbers, its sources, and the table behind it. One module a family of charts.
"""

from helpers.charts.bar import bars
from helpers.charts.colours_and_ticks import DARK, VERDICTS, both, dark
from helpers.charts.dots_with_ranges import ranges
from helpers.charts.figure import MIME, Figure, source_line
from helpers.charts.readings_curve import specification_curve
from helpers.charts.silhouettes import silhouettes
from helpers.charts.steps_over_time import steps
from helpers.charts.tiles import tile_map
from helpers.charts.tornado_of_inputs import tornado
from helpers.charts.verdict_and_attendance_grids import attendance, verdict_grid

__all__ = [
    "DARK", "MIME", "VERDICTS", "Figure", "attendance", "bars", "both", "dark", "ranges",
    "silhouettes", "source_line", "specification_curve", "steps", "tile_map", "tornado",
    "verdict_grid",
]  # fmt: skip
