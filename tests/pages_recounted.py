"""The numbers of the pages counted a second time, and where one is told bare, twice or
otherwise.
"""

import csv
import itertools
import json
import math
import re
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
from bs4 import BeautifulSoup
from formulas_again import AGAIN
from pages_built import Made
from scipy import stats

from helpers import claims, data, recipe_acts
from helpers.claims.rule_of_each_claim import INPUTS
from helpers.machinery.check.numbers_without_range import NO_IDENTITY, at_values, bare, is_range

# Digits: every number in a reader's text leads to rows that give it.


class Cells(dict):
    """Every row of a data folder by its id, as written in the file.

    instead  numbers put in place of what single rows give, by the row's id
    again    rows whose draws are other ones than usual
    draws    how many draws a number takes
    """

    def __init__(self, rows, instead=(), again=frozenset(), draws=50_000, folder=None):
        super().__init__(rows)
        self.instead, self.again, self.draws = dict(instead), frozenset(again), draws
        self.counted, self.drawn, self.folder = {}, {}, folder


def cells_of(folder: Path) -> Cells:
    """Every row of a data folder by its id, as written in the file."""
    tables = [csv.DictReader(path.open(encoding="utf-8")) for path in sorted(folder.glob("*.csv"))]
    rows = {next(iter(row.values())): row for table in tables for row in table}
    return Cells(rows, folder=folder)


def recount(how: str, rows: Cells):
    """As `counted`, each recipe once for the same rows."""
    if how not in rows.counted:
        rows.counted[how] = counted(how, rows)
    return rows.counted[how]


def counted(how: str, rows: Cells):
    """(value, low, high) of a recipe from the cells of the CSV files; None where a recipe is not a
    calculation.
    """
    head = re.match(r"[^:(]*", how.strip())[0]
    act, *column = head.split()
    assert act in recipe_acts.ACTS
    if how.strip()[len(head) :].startswith(":"):
        return _of_cells(act, column, how.split(":", 1)[1].split(), rows)
    if act in ("median", "chance"):
        return _of_draws(act, column, brackets(how)[0], rows)
    if act in ("alone", "altogether"):
        return _of_spread(act, *brackets(how), rows)
    if act == "with":
        return _with_others(*brackets(how), rows=rows)
    parts = [recount(part, rows) for part in brackets(how)]
    if act == "sum":  # what is unknown is left out: the sum is 'at least'
        parts = [part for part in parts if part]
    if None in parts or not parts:
        return None
    value, low, high = zip(*parts, strict=True)
    if act == "sum":
        return sum(value), sum(low), sum(high)
    if act == "product":
        return math.prod(value), math.prod(low), math.prod(high)
    if act == "model":
        return _modelled(AGAIN[column[0]], value, low, high)
    if act == "difference":
        return value[0] - value[1], low[0] - high[1], high[0] - low[1]
    if act == "over":
        return tuple(number[0] / float(column[0]) for number in (value, low, high))
    if act == "halfway":
        return ((value[0] + value[1]) / 2,) * 3
    if act in ("ratio", "share"):
        return tuple(
            above / below if below else math.nan
            for above, below in (value, (low[0], high[1]), (high[0], low[1]))
        )
    raise AssertionError(f"no test knows the recipe {act!r}: teach it to counted()")


def ids_of(how: str) -> list[str]:
    """The ids that a recipe names, each once."""
    return sorted({id for ids in re.findall(r":([^()]*)", how) for id in ids.split()})


def _with_others(answer: str, *inputs: str, rows: Cells):
    """An answer with other numbers in place of what the rows of some inputs give."""
    instead = {}
    for part in inputs:
        (id,) = ids_of(part)
        instead[id] = recount(part, rows)[0]
    number = recount(answer, Cells(rows, rows.instead | instead))
    return None if number is None else (number[0],) * 3


def _of_spread(act: str, answer: str, leaf: str, rows: Cells):
    """The part of the variance of an answer's ranks that an input explains, by random numbers of
    this test's own: the others drawn again, or the input alone drawn again (Jansen 1999).
    """
    (id,), draws = ids_of(leaf), 12_000  # which leaves an error of one in a hundred
    others = [other for other in ids_of(answer) if other != id]
    again = others if act == "alone" else [id]
    both = [_drawn(answer, Cells(rows, draws=draws, again=ids)) for ids in ((), again)]
    ranks = stats.rankdata(np.concatenate(both)).reshape(2, draws)
    unlike = np.mean(np.square(ranks[0] - ranks[1])) / (2 * ranks.var())
    return (1 - unlike if act == "alone" else unlike,) * 3


def _modelled(function, value: tuple, low: tuple, high: tuple):
    """What a formula gives at the values, and its least and most at the ends of their ranges; None
    where it refuses them.
    """
    corners = zip(*itertools.product(*map(set, zip(low, value, high, strict=True))), strict=True)
    try:
        given = _for_each(function, map(np.array, corners))
        return float(function(*value)), float(np.min(given)), float(np.max(given))
    except (ValueError, ZeroDivisionError, FloatingPointError):
        return None


def _for_each(function, parts) -> np.ndarray:
    """A formula for every element: at once, or one by one where it takes single numbers alone."""
    parts = list(parts)
    with np.errstate(divide="raise", invalid="raise"):  # as where numbers are divided by nought
        try:
            return function(*parts)
        except (TypeError, ValueError):
            return np.vectorize(function)(*parts)


def _of_draws(act: str, column: list[str], how: str, rows: Cells):
    """The median, 5th and 95th percentile of a recipe, or how often it reaches a number, by random
    numbers of this test's own.
    """
    drawn = _drawn(how, rows)
    if drawn is None:
        return None
    drawn = np.broadcast_to(drawn, rows.draws)
    if act == "chance":
        return (float(np.mean(drawn >= float(column[1]))),) * 3
    with np.errstate(invalid="ignore"):  # of draws without limit
        ends = np.quantile(drawn, [0.5, 0.05, 0.95])
    return tuple(math.inf if math.isnan(end) else float(end) for end in ends)


def _drawn(how: str, rows: Cells):
    """A recipe worked out for draws of its cells, each row drawn once; None for what is unknown."""
    act, *column = re.match(r"[^:(]*", how.strip())[0].split()
    if how not in rows.drawn:
        if brackets(how):
            rows.drawn[how] = _made(act, column, [_drawn(part, rows) for part in brackets(how)])
        else:
            counted, ids = recount(how, rows), ids_of(how)
            rows.drawn[how] = None if counted is None else np.asarray(counted[0], dtype=float)
            ranged = counted is not None and len(ids) == 1 and counted[1] < counted[2]
            if ranged and act in ("cell", "sum", "from"):
                random = np.random.default_rng(
                    [*ids[0].encode(), *b"again" * (ids[0] in rows.again)]
                )
                ends = counted[1], counted[0], counted[2]
                rows.drawn[how] = random.triangular(*ends, rows.draws)
    return rows.drawn[how]


def _made(act: str, column: list[str], parts: list):
    if act == "sum":
        return sum(part for part in parts if part is not None)
    if any(part is None for part in parts):
        return None
    if act == "model":
        return _for_each(AGAIN[column[0]], parts)
    if act == "over":
        return parts[0] / float(column[0])
    return {"product": lambda a, b: a * b, "difference": lambda a, b: a - b}.get(
        act, lambda a, b: a / b
    )(*parts)


def _of_cells(act: str, column: list[str], ids: list[str], rows: Cells):
    if act == "open":
        return 0.0, 0.0, 0.0
    if act in ("chosen", "tried", "multiple"):
        return (float(column[0]),) * 3
    assert all(id in rows for id in ids)
    if len(ids) == 1 and ids[0] in rows.instead:
        return (rows.instead[ids[0]],) * 3
    if act == "none":
        assert ids and all(rows[id]["concludes"] == "none found" for id in ids)
        return 0.0, 0.0, 0.0
    if act == "count":
        return len(ids), len(ids), len(ids)
    if act in ("low", "high"):
        return (_end(rows[ids[0]], column[0], act),) * 3
    if act in ("months", "days"):
        dates = [rows[id].get("date") or rows[id]["stated"] for id in ids]
        return (_since(act, column[0], dates),) * 3
    if act == "distinct":
        return (len({rows[id][column[0]] for id in ids}),) * 3
    if act == "from":
        return 0.0, 0.0, float(rows[ids[0]][column[0]])
    if act == "newest":
        newest = max(ids, key=lambda id: (rows[id]["date"], id))
        ends = [
            number
            for id in ids
            for which in ("", "low", "high")
            if (number := _end(rows[id], column[0], which)) is not None
        ]
        return _end(rows[newest], column[0], ""), min(ends), max(ends)
    if act in ("within", "beside"):
        return _with_totals(act, column[0], ids, rows)
    if act not in ("sum", "cell", "least"):
        return None
    ends = [[_end(rows[id], column[0], which) for which in ("", "low", "high")] for id in ids]
    known = []
    for value, low, high in ends:
        told = low if value is None else value  # of a number that is only bounded: at least so many
        known.append((told, told if low is None else low, told if high is None else high))
    return tuple(
        sum(number for number in side if number is not None) for side in zip(*known, strict=True)
    )


def _with_totals(act: str, column: str, ids: list[str], rows: Cells):
    """A sum over fleets whose upper end is, or lies above it by, a directory total."""
    totals = [id for id in ids if rows[id]["class"] == "directory total"]
    own = [
        [_end(rows[id], column, which) for which in ("", "low", "high")]
        for id in ids
        if id not in totals
    ]
    value = sum(low or 0 if number is None else number for number, low, _ in own)
    least = sum(low or 0 for _, low, _ in own)
    most = max(_end(rows[id], column, "high") for id in totals)
    if act == "beside":
        return value, least, most + sum(high for *_, high in own)
    return value, least, max(most, sum(high or 0 for number, _, high in own if number is not None))


def _since(act: str, day: str, dates: list[str]) -> float:
    """Days, or months and thirtieths of one, from the end of the last of some dates to a day."""
    last = max(pd.Period(text).end_time.normalize() for text in dates)
    day = pd.Timestamp(day)
    if act == "days":
        return (day - last).days
    whole, left = _apart(day, last)
    return round(whole + left / 30, 1)


def _apart(day: pd.Timestamp, last: pd.Timestamp) -> tuple[int, int]:
    """Whole months between two days, and the days left over."""
    by_then = itertools.takewhile(
        lambda n: last + pd.DateOffset(months=n) <= day, itertools.count(-1)
    )
    *_, whole = by_then
    return whole, (day - (last + pd.DateOffset(months=whole))).days


def months_told(text: str, how: str, rows: Cells) -> bool:
    """Whether words such as '9 months and 14 days' give exactly the time that a recipe counts."""
    day = pd.Timestamp(how.split()[1].strip(":"))
    dates = [rows[id].get("date") or rows[id]["stated"] for id in ids_of(how)]
    last = max(pd.Period(text).end_time.normalize() for text in dates)
    told = {unit: int(number) for number, unit in re.findall(r"(\d+) (month|day)", text)}
    return (told.get("month", 0), told.get("day", 0)) == _apart(day, last)


def flips_there(claim: str, at: float, ids: set[str], folder: Path, turns: bool) -> bool:
    """Whether some input of a claim with these rows turns its verdict round at a number, or leaves
    it open there, and neither a little nearer to its own value nor halfway there.
    """
    claims.judged()  # which loads the rules
    for entry in INPUTS[claim](data.World(folder=folder)):
        if set(entry.rows) != ids:
            continue
        same = {entry.verdict(entry.value)}
        same |= {"undecided"} if turns else set()  # not to know is no other verdict
        step = 1 if entry.whole else abs(at) / 100
        nearer = at + math.copysign(step, entry.value - at)
        between = [nearer, (nearer + entry.value) / 2]
        if entry.whole:
            between = [round(number) for number in between]
        there = entry.verdict(at)
        if there not in same and same >= {*map(entry.verdict, between)}:
            return turns or there == "undecided"
    return False


def _end(row: dict, column: str, which: str):
    """The low or high end of a cell, or the cell; None where it is unknown. A column that is itself
    an end has no other one, but where the table has nothing between two ends (troops_low and
    troops_high).
    """
    stem, _, end = column.rpartition("_")
    if which and end in ("low", "high") and stem not in row and row.get(f"{stem}_{which}"):
        return float(row[f"{stem}_{which}"])
    fixed = "base" in row and column in ("low", "high")  # an end of a parameter is one number
    names = (f"{column}_{which}", which) if which and not fixed else ()
    ends = [row[name] for name in names if row.get(name)]
    cell = ends[0] if ends else row[column]
    return float(cell) if cell else None


def brackets(text: str) -> list[str]:
    """What stands in the outermost brackets."""
    found, depth, start = [], 0, 0
    for place, sign in enumerate(text):
        if sign == "(":
            depth, start = depth + 1, start if depth else place + 1
        elif sign == ")":
            depth -= 1
            if not depth:
                found.append(text[start:place])
    return found


NUMBER = r"(?<!\w)-?\d[\d,]*(?:\.\d+)?"  # a dash between two numbers is an en dash


def ends_told(text: str, numbers: int, counted) -> tuple:
    """Which of value, low and high some words tell."""
    if numbers == 2:
        return counted[1:]
    return (
        counted[2:]
        if text.startswith(("up to ", "at most "))
        else counted[1:2]
        if text.startswith("at least ")
        else counted[:1]
    )


def agrees(text: str, counted, modelled: bool = False) -> bool:
    """Whether the shown words name the recounted number, within the rounding they show; of a range,
    both ends. modelled: two figures count.
    """
    numbers = re.findall(NUMBER, text)
    ends = ends_told(text, len(numbers), counted)
    wanted = [number * (100 if "%" in text else 1) for number in ends]
    return len(numbers) == len(wanted) and all(
        abs(number - float(shown.replace(",", ""))) <= 0.500001 * _last_place(shown, modelled)
        for shown, number in zip(numbers, wanted, strict=True)
    )


def roughly(text: str, counted, index: bool = False) -> bool:
    """Whether the shown words name what other draws give, within what so few draws can tell.
    index: a range is the interval in which the one number is sure to lie.
    """
    numbers = [float(number.replace(",", "")) for number in re.findall(NUMBER, text)]
    wanted = [
        number * (100 if "%" in text else 1) for number in ends_told(text, len(numbers), counted)
    ]
    if len(numbers) != len(wanted):
        return False
    if index and len(numbers) == 2:  # of one number there are no two ends to recount
        wanted = [min(max(wanted[0], numbers[0]), numbers[1])] * 2
        numbers = [counted[0] * 100] * 2
    return all(
        abs(number - shown) <= max(0.1 * abs(number), 3 if "%" in text else 0)
        for shown, number in zip(numbers, wanted, strict=True)
    )


def _last_place(shown: str, modelled: bool) -> float:
    """What one more in the last figure of a printed number is worth: 0.1 for '2.2', and 1,000 for a
    modelled '40,000'.
    """
    if modelled and "." not in shown and len(shown.strip("-").replace(",", "")) > 2:
        return 10.0 ** (len(shown.strip("-").replace(",", "")) - 2)
    return 10 ** -len(shown.partition(".")[2])


def value_of(element) -> float:
    """The number of an element as it was made, before it was rounded into words."""
    return float(element["value"])


def wrong_numbers(site: Made) -> list[str]:
    """Follow every number that names its rows, recount it from the tables, and report those that
    the rows do not give.
    """
    rows, documents, wrong = cells_of(site.data), site.pages, []
    lengths = Counter(tables_of(site.data))
    books = {
        name: json.loads(book.string)
        for name, page in documents.items()
        if (book := page.find("script", class_="recipes"))
    }
    trails = {
        name: {note["id"]: note["data-how"] for note in page.select(".trails li[data-how]")}
        for name, page in documents.items()
    }
    for name, page in documents.items():
        for element in page.select("data[data-rows], .trails b[data-how]"):
            link, text, how = (
                element.find_parent("a"),
                " ".join(element.get_text().split()),
                element.get("data-how", ""),
            )
            if link is not None and "#trail-" in link["href"]:
                target, _, part = link["href"].partition("#")
                how = recipe_acts.expanded(trails[target or name][part], books[target or name])
            how = recipe_acts.expanded(how, books.get(name, []))
            if how.startswith("table: "):
                counted = [lengths[how[7:]]]
            else:
                counted = recount(how, rows)
                named = element["data-rows"].split() if element.get("data-rows") else rows
                assert all(id in named for id in re.findall(r"[^\s():]+", how) if id in rows)
            if how.startswith(("tips ", "opens ")):
                ids, turns = set(ids_of(how)), how.startswith("tips ")
                claim, at = how.split()[1].strip(":"), value_of(element)
                right = flips_there(claim, at, ids, site.data, turns)
            elif how.startswith("months ") and re.search(r"\d (month|day)", text):
                right = months_told(text, how, rows)
            elif how.startswith(("median", "chance", "alone", "altogether")):
                index = how.startswith(("alone", "altogether"))
                right = (
                    counted is None or not re.search(r"\d", text) or roughly(text, counted, index)
                )
            else:
                right = (
                    counted is None
                    or not re.search(r"\d", text)
                    or agrees(text, counted, "model " in how)
                )
            if not right:
                wrong.append(
                    f"{name}: {text!r} is not what its rows give, {counted} by {how[:100]}"
                )
    return wrong


def strange_words(site: Made) -> list[str]:
    """Words that stand for a row, such as a date or a type, with a digit that no cell of the row
    has.
    """
    rows, strange = cells_of(site.data), []
    for name, page in site.pages.items():
        for element in page.select("span[data-rows]"):
            cells = " ".join(
                cell for id in element["data-rows"].split() for cell in rows[id].values()
            )
            known = {digits.lstrip("0") for digits in re.findall(r"\d+", cells)}
            if (
                not {digits.lstrip("0") for digits in re.findall(r"\d+", element.get_text())}
                <= known
            ):
                strange.append(f"{name}: {element.get_text()!r} of {element['data-rows']}")
    return strange


def tables_of(folder: Path) -> list[str]:
    """The table of every row of a data folder."""
    return [
        path.stem
        for path in folder.glob("*.csv")
        for _ in csv.DictReader(path.open(encoding="utf-8"))
    ]


MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
# digits that are no numbers: dates, years, claims, paragraphs, types of aircraft, codes of
# characters, a program, a unit, a version
NAMES = (
    rf"(\d{{1,2}} (to|and|or) )?\d{{1,2}} ({MONTHS})( \d{{4}})?",
    r"\b\d{4}-\d\d(-\d\d)?\b",
    r"\b(19|20)\d\d\b",
    r"\bC\d\d[ab]?\b",
    r"¶ \d+((,| to| and) \d+)*",
    r"\b[A-Z]{1,3}-?\d+\w*",
    r"\bSpace Delta 7\b",
    r"U\+\w{4}",
    "(?i)sha256",
    r"\b[vV]ersion \d+\.\d+\.\d+\b",
)
NAMING = (
    "[data-rows], [data-how], a[href*='data-'], a[href*='sources.html#'], .sources > li,"
    " .report a[href^='#t'], .report a[href^='#r'], .report .trails li, .facts > li"
)
EXEMPT = set("code pre math q cite script style title nav figcaption".split())  # elements
OF_OTHERS = {"article", "claim", "dictionary"}  # their classes


def stray_digits(site: Made) -> list[str]:
    """Digits in a reader's text that stand in no element, table or figure that names its rows."""
    found = []
    for name, page in site.pages.items():
        sound = {id(element) for element in page.select(NAMING)}
        sound |= {id(table) for table in page.find_all("table") if table.select_one(NAMING)}
        for text in page.find_all(string=re.compile(r"\d")):
            if any(
                id(parent) in sound
                or parent.name in EXEMPT
                or not OF_OTHERS.isdisjoint(parent.get("class", ()))
                for parent in text.parents
            ):
                continue
            left = text
            for pattern in NAMES:
                left = re.sub(pattern, "", left)
            if re.search(r"\d", left):
                found.append(f"{name}: {' '.join(text.split())[:120]!r}")
    return found


# One quantity, one number: a number is known by the recipe that made it.

TOLD = re.compile(rf"(?:at least |at most )?{NUMBER}(?: %)?|unknown|no limit")


def identity(how: str) -> tuple[str, bool]:
    """Which number a recipe makes, and whether it was drawn: the median of the draws of an answer
    and the answer at its inputs' values are one quantity.
    """
    drawn = how.startswith("median ")
    how = at_values(how)
    one = re.fullmatch(r"(?:cell|sum|least|newest) (\w+): (\S+)", how)  # all give the row's cell
    return (f"{one[1]} of {one[2]}" if one else how), drawn


def numbers_told(site: Made):
    """(page, element, its words, its recipe) of every number in a reader's text; the notes at the
    foot left out, which tell how it was made.
    """
    pages = {
        name: page
        for name, page in site.pages.items()
        if not name.startswith(("data", "sources"))  # which hold the rows themselves
    }
    feet = {name: page.find(class_="trails") for name, page in pages.items()}
    books: dict[str, list[str]] = {}
    notes = {}
    for name, page in pages.items():
        lines: list[str] = []  # each is made of those before it
        book, foot = page.find("script", class_="recipes"), feet[name]
        for line in json.loads(book.string) if book else ():
            lines.append(_written_out(line, lines))
        books[name] = lines
        listed = foot.find_all("li", attrs={"data-how": True}) if foot else ()
        notes[name] = {note["id"]: note["data-how"] for note in listed if note.get("id")}
    for name, page in pages.items():
        for element in page.find_all("data"):
            link, how, of = element.parent, element.get("data-how", ""), name
            if any(parent is feet[name] for parent in element.parents):
                break
            if link.name == "a" and "#trail-" in link["href"]:
                target, _, part = link["href"].partition("#")
                of = target or name
                how = notes[of][part]
            yield name, element, " ".join(element.get_text().split()), _written_out(how, books[of])


def _written_out(how: str, lines: list[str]) -> str:
    return re.sub(r"#(\d+)", lambda place: lines[int(place[1])], how)


OFTEN = {"never": "0", "once": "1", "twice": "2"}


def told_twice(site: Made) -> list[str]:
    """Quantities that stand on the pages in two ways, as two numbers, with other digits or with two
    ranges; and numbers with an unknown part as 'about'.
    """
    ways: dict[str, dict[str, str]] = {}
    found = []
    for name, _, words, how in site.told:
        if how.split()[0].strip(":") in NO_IDENTITY or not re.search(r": \S", how):
            continue  # of no row: which nothing was counted is not known
        if words.startswith("about "):
            found.append(f"{name}: {words!r} has an unknown part: tell its ends")
        quantity, drawn = identity(how)
        if is_range(words):
            kind, said = f"range, drawn {drawn}", " ".join(re.findall(NUMBER, words))
        else:
            match = TOLD.match(words)
            kind, said = "number", match[0] if match else OFTEN.get(words, words)
        first = ways.setdefault(quantity, {}).setdefault(kind, f"{said!r} on {name}")
        if first.split(" on ")[0] != repr(said):
            found.append(f"{name}: {said!r} is {first}, by {how[:80]}")
    return found


def told_bare(site: Made) -> list[str]:
    """Numbers with a range that stand without it: in a sentence, and in a row of a table where a
    model or several rows made them.
    """
    rows, found = cells_of(site.data), []
    for name, element, words, how in site.told:
        if ends := bare(element, how, lambda how: recount(how, rows)):
            found.append(f"{name}: {words!r} of {ends} stands without its range, by {how[:80]}")
    return found


def told_otherwise_at_the_foot(site: Made) -> list[str]:
    """Largest parts that a note names as another number than the page does, without saying that
    they stand at the inputs' values.
    """
    told: dict[tuple[str, str], str] = {}
    for name, _, words, how in site.told:
        if not is_range(words) and (match := TOLD.match(words)):
            told.setdefault((name, identity(how)[0]), match[0])
    found = []
    for name, page in site.pages.items():
        book = page.find("script", class_="recipes")
        lines = json.loads(book.string) if book else []
        for note in page.select(".trails li[id^=trail-]"):
            if ", with the inputs as they stand: " in " ".join(note.get_text().split()):
                continue
            for part in note.find_all("b", attrs={"data-how": True}, recursive=False):
                quantity, _ = identity(recipe_acts.expanded(part["data-how"], lines))
                there = told.get((name, quantity))
                if there not in (None, part.get_text()):
                    found.append(f"{name}: {part.get_text()!r} is {there!r} in {note['id']}")
    return found


# No page says what another one denies: the kinds that readers found, each looked for everywhere.

PROMISED = {  # words in a column's head, and what no cell below may then be
    "median": r"^(at least|at most|unknown)",
    "nine draws in ten": r"(by middle values|or more|or less)$",
    "recorded": r"^an unknown number$",
    "checked": r"^(read|secondary|derived|recall)$",
}
INSIDE = (  # words of the data and of those who made them, which mean nothing to a reader
    r"\bunsupported\b",
    r"rows re-read",
    r"rewritten",
    r"\b(since|until) (29|30) November 2026\b",
)


def columns_belied(site: Made) -> list[str]:
    """Cells that are not what the head of their column says."""
    found = []
    for name, page in site.pages.items():
        for table in page.find_all("table"):
            heads = [" ".join(head.get_text().split()) for head in table.select("thead th")]
            wrong = [next((w for p, w in PROMISED.items() if p in head), None) for head in heads]
            for row in table.select("tbody tr") if any(wrong) else ():
                for head, denied, cell in zip(
                    heads, wrong, row.find_all(["th", "td"]), strict=False
                ):
                    words = " ".join(cell.get_text().split())
                    if denied and re.search(denied, words):
                        found.append(f"{name}: {words!r} under {head!r}")
    return found


def words_from_inside(site: Made) -> list[str]:
    """Words that only those who made the pages understand, in text and in the words for figures."""
    found = []
    for name, page in site.pages.items():
        if name.startswith(("data", "sources")):
            continue
        texts = [t for t in page.find_all(string=True) if t.parent.name not in ("script", "style")]
        texts += [image["alt"] for image in page.find_all("img", alt=True)]
        found += [
            f"{name}: {' '.join(text.split())[:90]!r}"
            for text in texts
            if any(re.search(word, text) for word in INSIDE)
        ]
    return found


def rows_under(page: BeautifulSoup, caption: str) -> list[dict[str, str]]:
    """The rows of the table of a page with some caption, by the heads of its columns."""
    (table,) = (t for t in page.find_all("table") if t.caption and caption in t.caption.get_text())
    heads = [" ".join(head.get_text().split()) for head in table.select("thead th")]
    return [
        dict(
            zip(
                heads,
                (" ".join(c.get_text().split()) for c in row.find_all(["th", "td"])),
                strict=True,
            )
        )
        for row in table.select("tbody tr")
    ]


def told_of_conditions(site: Made) -> list[str]:
    """States that would send soldiers and are said to wait for something in one place, and to have
    stated no condition in another.
    """
    offers = rows_under(site.page("02-commitments-and-command"), "Positions on ground troops")
    waits = rows_under(site.page("08-conditions"), "What those who would send soldiers")
    waiting = {row["state"] for row in waits if "waits for it" in row.values()}
    sending = [row for row in offers if row["position"] in ("committed", "offered", "conditional")]
    assert {row["state"] for row in waits} >= {row["state"] for row in sending} and waiting
    return [
        f"{row['state']}: {row['condition']!r}"
        for row in sending
        if row["condition"] == "none stated" and row["state"] in waiting
    ]


def told_of_more(site: Made) -> list[str]:
    """States that offer soldiers and are said to wait for something beside an end of the fighting
    in one place, and are not among those that have asked for more in another; and what they wait
    for, where it is not named there.
    """
    offers = rows_under(site.page("02-commitments-and-command"), "Positions on ground troops")
    waits = rows_under(site.page("08-conditions"), "What those who would send soldiers")
    sending = {row["state"] for row in offers if row["position"] in ("committed", "offered")}
    more = {
        named
        for row in waits
        for thing, said in row.items()
        if said == "waits for it" and thing != "an end of the fighting" and row["state"] in sending
        for named in (row["state"], thing)
    }
    asked = re.compile(r" Beside votes of parliament (.+), neither withdrawn")
    told = {
        name: set_of(re.sub(" (asked )?for ", ", ", match[1]))
        for name, page in site.pages.items()
        for sentence in re.findall(r"[^.()]+", " ".join(page.text.split()))
        if (match := asked.fullmatch(sentence))
    }
    assert more and len(told) > 1
    return [f"{name}: {each}" for name, named in told.items() for each in more - named]


def set_of(names: str) -> set[str]:
    """The names that a sentence lists, without their articles."""
    return {name.strip().removeprefix("the ") for name in re.split(", | and | or ", names)}


FINDING = re.compile(r"^\| (C\d+\w?) \| (.+?) \| \*\*(.+?)\*\* \| (.+?) \|", re.M)


def told_otherwise(text: str, front: BeautifulSoup) -> list[str]:
    """The findings in README's table that the front page tells in another word or number."""
    found = []
    for id, claim, mark, line in FINDING.findall(text):
        entry = front.find(id=f"claim:{id}")
        places = (
            entry.find("p", class_="claim"),
            entry.find("b", class_="mark"),
            entry.find(class_="said"),
        )
        there = [" ".join(place.get_text().split()) for place in places]
        if there != [claim, f"{mark.capitalize()}.", line]:
            found.append(f"{id}: README has {line!r}, the front page {there}")
    return found


TWICE = {  # a page, and how many findings it gives: of two ways to tell, and of a lacking range
    "one number": ("<table><tr><td>{thirteen}<td>{thirteen}</table>", 0, 0),
    "other digits": ("<table><tr><td>{thirteen}<td>{again}</table>", 1, 0),
    "the value beside the median": ("<p>{base} {range}</p><p>{drawn} {range}</p>", 1, 0),
    "a median without its range": ("<p>{drawn}</p><p>{range}</p>", 0, 1),
    "a middle that is unknown": ("<table><tr><td>{about}</table>", 1, 0),
}
