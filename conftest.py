"""nbval compares pictures too: it would pass over PNG and JPEG, and a tampered figure with them.
What differs is told by its number; the longest files come first.
"""

import functools
import gc

from helpers.machinery import SELDOM
from helpers.machinery.outputs import differing_numbers

collect_ignore = ["notebooks/own"]  # of whoever works here
COMPARED_OTHERWISE = (
    differing_numbers.LIVE,
    "metadata",
    "traceback",
    "output_type",
    "name",
    "execution_count",
)  # not part of what a reader sees
LONGEST = (  # each file is run by one worker: a long one at the end would keep the other waiting
    "test_numbers_on_pages.py",  # which makes the site that others wait for
    "test_faults.py",  # which needs none
    "test_browser.py",
    "test_scenarios.py",
    "test_claims.py",
    "test_claim_rules_people.py",
    "test_identical.py",
    "test_lab.py",
    "test_charts.py",
    "test_data.py",
    "test_front_page.py",
    "test_types.py",
    "test_sweep.py",
    "test_manifest.py",
    "test_execute.py",
    "test_compare.py",
    "test_sobol_indices.py",
    "test_report_page.py",
    "test_nbval.py",
    "test_uncertainty.py",
    "test_rounding.py",
    "test_publish.py",
    "09-verdicts.ipynb",
    "06-refuelling.ipynb",
)


def pytest_addoption(parser):
    words = "notebooks, by commas: of the committed pages theirs alone are read; all by default"
    parser.addoption("--edited", default="", help=words)


def pytest_configure():
    """Search for garbage seldom: what the tests load and parse stays to the end."""
    gc.set_threshold(*SELDOM)


def pytest_collectstart(collector):
    if collector.__class__.__name__ == "IPyNbFile":
        collector.skip_compare = COMPARED_OTHERWISE
        collector.sanitize_patterns[differing_numbers.LINE.pattern] = ""


def pytest_collection_modifyitems(items):
    """The longest files first, then the notebooks; a cell that differs says which number does."""
    order = {name: place for place, name in enumerate(LONGEST)}
    items.sort(
        key=lambda item: (
            order.get(item.path.name, len(order)),
            item.path.suffix != ".ipynb",
            item.path.name,
        )
    )
    for item in items:
        if item.__class__.__name__ == "IPyNbCell":
            item.compare_outputs = functools.partial(compared, item, item.compare_outputs)


def pytest_unconfigure():
    """Leave what is in memory out of the five searches for garbage with which pytest ends: xdist
    interrupts a worker that takes more than five seconds to end, and the traceback is printed.
    """
    gc.freeze()


def compared(item, compare, now, was, skip_compare=None) -> bool:
    """What nbval says of the outputs of a cell, and if it says no the numbers that differ."""
    if compare(now, was, skip_compare):
        return True
    number = item.parent.nb.cells.index(item.cell) + 1
    told = differing_numbers.outputs(f"{item.path.stem}, cell {number}", was, now)
    said = differing_numbers.shortened(told) or item.comparison_traceback
    item.comparison_traceback = [*said, "if it is meant so: make refresh"]
    return False
