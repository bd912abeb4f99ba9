"""Numbers that have a range and stand without it, in a sentence or in a row of a table."""

import functools
import math
import re
from collections.abc import Callable, Iterator, Mapping

from bs4 import BeautifulSoup
from bs4.element import Tag

from helpers import charts, claims, data, quantities, recipe_acts, word_check
from helpers.claims import card_html
from helpers.machinery.run.valid_notebook import INJECTED, first_line
from helpers.quantities import Quantity
from helpers.recipe_acts import Recipe

NO_IDENTITY = (  # recipes that say where a number comes from, and not which number it is
    "chosen",
    "tried",
    "multiple",
    "tips",
    "opens",
    "rows",
    "readings",
    "table",
    "months",
    "with",
    "alone",
    "altogether",
)
WITHOUT = (*NO_IDENTITY, "count", "distinct", "chance", "days", "low", "high")  # acts without ends
OF_AN_END = re.compile(r"(?:cell|sum|least|newest) (?:low|high): \S+")
SENTENCES = ["p", "li", "dd", "figcaption"]
FIX = (
    "Put its range beside it: range_words of helpers/numbers_known_by_their_ends.py writes its two"
    " ends in its place, tables.with_range adds them in brackets"
)
Counted = tuple[float, float, float]  # value, low and high


def is_range(words: str) -> bool:
    """Whether printed words tell two ends, or a limit with the number that is none."""
    beside_a_limit = r"\d (by middle values|as reported|or more|or less)$"
    return bool(re.search(rf"\d–\d|\d to [\d]|{beside_a_limit}", words))


def at_values(how: str) -> str:
    """The recipe of what was drawn: its ends are those that its inputs allow."""
    return how.split("(", 1)[1].rsplit(")", 1)[0] if how.startswith("median ") else how


def same(one: Tag, other: Tag) -> bool:
    """Whether two elements stand for one number."""
    return one.get("value") == other.get("value")


def bare(element: Tag, how: str, counted: Callable[[str], Counted | None]) -> list[str]:
    """The ends, as they are printed, of a number that stands without them: in a sentence, or in a
    row of a table where a model or several rows made it. Empty where they stand beside it, or where
    it has none.

    Parameters
    ----------
    element : Tag
        The number on a page or in the output of a cell.
    how : str
        Its recipe, written out.
    counted : function
        The number with its ends by a recipe; None where that is not a calculation.
    """
    words = " ".join(element.get_text().split())
    sentence, row = element.find_parent(SENTENCES), element.find_parent("tr")
    bounded = re.match("(at least|at most|unknown|no limit)", words)
    made = "(" in how
    if how.split()[0].strip(":") in WITHOUT or OF_AN_END.fullmatch(at_values(how)):
        return []
    if is_range(words) or (bounded and "model " not in how) or not (sentence or made):
        return []
    around, numbers = sentence or row, counted(at_values(how))
    if around is None or numbers is None:
        return []
    unit = "share" if "%" in words else ""
    finite = filter(math.isfinite, numbers[1:])
    ends = list(dict.fromkeys(quantities.text(end, unit, made) for end in finite))
    if len(ends) == 1 and all(map(math.isfinite, numbers)):
        return []
    beside = around.select("data[data-rows]")
    told = any(is_range(each.get_text()) and same(each, element) for each in beside)
    return [] if told else ends


def notes(notebooks: Mapping[str, Mapping]) -> Iterator[str]:
    """Each number in the outputs of executed notebooks that stands without its range, in a line
    with its cell and what to do.
    """
    for name, notebook in notebooks.items():
        cells = [
            cell for cell in notebook["cells"] if INJECTED not in cell["metadata"].get("tags", [])
        ]
        for number, cell in enumerate(cells, 1):
            for words, ends in _of_cell(cell):
                yield (
                    f"{name}, cell {number} ({first_line(''.join(cell['source']))}): {words!r}"
                    f" stands without its range, {' to '.join(ends)}. {FIX}"
                )


def _of_cell(cell: Mapping) -> Iterator[tuple[str, list[str]]]:
    for output in cell.get("outputs", []):
        html = _html(output.get("data", {}))
        page = BeautifulSoup(html if " data-how=" in html else "", "html.parser")
        for element in page.select("data[data-how]"):
            if ends := bare(element, str(element["data-how"]), _counted):
                yield element.get_text(), ends


def _html(shown: Mapping) -> str:
    """What an output shows on a page, as far as it holds numbers: a card, the table behind a
    figure, sentences and tables.
    """
    if claims.MIME in shown:
        return card_html.html(shown[claims.MIME])
    if charts.MIME in shown:
        rows = ("".join(f"<td>{cell}</td>" for cell in row) for row in shown[charts.MIME]["table"])
        return "".join(f"<tr>{row}</tr>" for row in rows)
    return "".join(shown.get("text/html", ""))


@functools.cache
def _counted(how: str) -> Counted | None:
    """A number and its ends, made again by its recipe, itself where an end is open: that is told by
    another word. None where no rows or numbers make it.
    """
    try:
        number = _made(recipe_acts.parse(how))
    except (ValueError, LookupError, ZeroDivisionError, word_check.Told):
        return None
    if number.value is None:
        return None
    low, high = (number.value if end is None else end for end in (number.low, number.high))
    return float(number.value), float(low), float(high)


def _made(recipe: Recipe) -> Quantity:
    if recipe.act == "median":
        return _made(recipe.parts[0])
    if recipe.parts:
        return quantities.of_parts(recipe.act, recipe.argument, map(_made, recipe.parts))
    return _of_rows(recipe.act, recipe.argument, recipe.rows)


@functools.cache
def _of_rows(act: str, argument: str, rows: tuple[str, ...]) -> Quantity:
    if not rows:
        return quantities.of_rows(act, argument, [])
    table, _ = data.place(rows[0])
    return quantities.of_rows(act, argument, data.load(table).loc[list(rows)])
