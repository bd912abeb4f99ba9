"""What a cell shows in words and rows: sentences and tables whose numbers lead to their rows."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import pandas as pd

from helpers import data, quantities, scenarios
from helpers.quantities import Quantity

ANSWERS = "application/vnd.willing-and-able.answers+json"
OPEN_FACTS = "application/vnd.willing-and-able.open-facts+json"
WITH_ARTICLE = ("European Union", "Netherlands", "United Kingdom", "United States")
NUMBER = re.compile(r"(at least |at most )?[\d.,]+(( to |–)[\d.,]+)?( %)?")  # also a range
LONG = 60  # characters from which a cell of a table is text to be read and gets room for it


def plain(value) -> str:
    """A value as text: quantities and numbers through the one formatter, lists by commas, unknown
    as 'unknown'.
    """
    if isinstance(value, Quantity):
        return str(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None or value is pd.NA or (isinstance(value, float) and value != value):
        return "unknown"
    if isinstance(value, int | float):
        return quantities.text(value)
    if isinstance(value, list | tuple | set | frozenset):
        return (
            ", ".join(map(plain, sorted(value) if isinstance(value, set | frozenset) else value))
            or "none"
        )
    return str(value)


def pieces(value) -> list[str | dict]:
    """What a value is printed from: plain words, and as dicts the numbers and the words that name
    their rows. JSON holds them, and text, pages and notebooks are written from them.
    """
    if isinstance(value, Quantity):
        return [quantities.piece(value)]
    if isinstance(value, Linked):
        return [quantities.piece(value.quantity, value.words)]
    if isinstance(value, Row):
        return [{"words": value.words, "rows": [value.id]}]
    if isinstance(value, Sentence):
        parts = re.split(r"\{(\w+)\}", value.template)
        return _joined(
            pieces(value.values[part]) if place % 2 else [part] for place, part in enumerate(parts)
        )
    if isinstance(value, Printed):
        return list(value.pieces)
    if isinstance(value, list | tuple) and value:
        return _joined([*([", "] if place else []), *pieces(v)] for place, v in enumerate(value))
    return [plain(value)]


def _joined(parts) -> list[str | dict]:
    """The pieces of several values as one list, words that meet in one piece."""
    joined: list[str | dict] = []
    for piece in itertools.chain.from_iterable(parts):
        if joined and isinstance(piece, str) and isinstance(joined[-1], str):
            joined[-1] += piece
        elif piece:
            joined.append(piece)
    return joined


def words(pieces: Sequence[str | dict]) -> str:
    """Pieces as plain text."""
    return "".join(piece if isinstance(piece, str) else piece["words"] for piece in pieces)


def html(pieces: Sequence[str | dict]) -> str:
    """Pieces as escaped HTML; numbers and named rows as elements that name their rows."""
    return "".join(
        escape(piece, quote=False) if isinstance(piece, str) else quantities.element(piece)
        for piece in pieces
    )


def markup(value) -> str:
    """A value as escaped HTML; quantities and named rows as elements that name their rows."""
    return html(pieces(value))


@dataclass(frozen=True)
class Row:
    """Words that stand for one row, such as a date or a name: the page links them to it."""

    id: str
    words: str

    def __str__(self):
        return self.words


@dataclass(frozen=True)
class Linked:
    """Words made from a quantity, such as its range: the page links them to the quantity's rows."""

    words: str
    quantity: Quantity

    def __str__(self):
        return self.words


@dataclass(frozen=True)
class Printed:
    """What `pieces` made of a value, to be shown in a table."""

    pieces: tuple

    def __str__(self):
        return words(self.pieces)


@dataclass(frozen=True)
class Sentence:
    """One or more sentences with their values in place; text in plain outputs, linked numbers on
    the page.
    """

    template: str
    values: dict

    def __str__(self):
        return words(pieces(self))

    def inline(self) -> str:
        """The sentence as HTML without a paragraph of its own."""
        return markup(self)

    def _repr_html_(self):
        return quantities.led(f"<p>{self.inline()}</p>")

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/plain": str(self), "text/html": self._repr_html_()}


def say(template: str, **values) -> Sentence:
    """A sentence whose {names} are filled from quantities, rows or words; no number is typed into
    the template.
    """
    missing = set(re.findall(r"\{(\w+)\}", template)) ^ set(values)
    if missing:
        raise KeyError(
            f"names without a value, or values without a name: {', '.join(sorted(missing))}"
        )
    if re.search(r"\d", re.sub(r"\{\w+\}|\b[A-Z]{1,3}-?\d+\w*\b", "", template)):
        raise ValueError(f"a typed number in {template!r}: give it as a value")
    return Sentence(template, values)


@dataclass(frozen=True)
class Table:
    """A small table with a caption; `rows` holds one dict a row, values as `markup` takes them."""

    caption: str
    rows: tuple[dict, ...]

    @property
    def frame(self) -> pd.DataFrame:
        """The table as text, as it is saved beside the page."""
        return pd.DataFrame(
            [{name: plain(value) for name, value in row.items()} for row in self.rows], dtype="str"
        )

    @property
    def numbers(self) -> pd.DataFrame:
        """The table for a spreadsheet: numbers as numbers, unknown ones empty, all else as text."""
        return data.Rows(
            [
                {
                    name: value.value if isinstance(value, Quantity) else plain(value)
                    for name, value in row.items()
                }
                for row in self.rows
            ]
        )

    def to_excel(self, file, **options) -> None:
        """Write the table to a workbook; options as pandas takes them."""
        self.numbers.to_excel(file, index=False, **options)

    def to_csv(self, file=None, **options) -> str | None:
        """Write the table to a CSV file, or give it as text; options as pandas takes them."""
        return self.numbers.to_csv(file, index=False, **options)

    def to_clipboard(self, **options) -> None:
        """Put the table on the clipboard, to be pasted into a spreadsheet.

        Raises RuntimeError where the system has none.
        """
        self.numbers.to_clipboard(index=False, **options)

    def __str__(self):
        return f"{self.caption}\n{self.frame.to_string(index=False, justify='left')}"

    def html(self, left: str = "") -> str:
        """The table as HTML; `left` is what the cells and heads of columns of words are given."""
        names = list(self.rows[0]) if self.rows else []
        words = [name for name in names if not any(_is_number(row[name]) for row in self.rows)]
        head = "".join(
            f'<th scope="col"{left if name in words else ""}>{escape(name)}</th>' for name in names
        )
        body = "".join(
            "<tr>" + "".join(_cell(row[name], left) for name in names) + "</tr>"
            for row in self.rows
        )
        return (
            f"<table><caption>{escape(self.caption)}</caption><thead><tr>{head}</tr></thead>"
            f"<tbody>{body}</tbody></table>"
        )

    def _repr_html_(self):
        return quantities.led(self.html(left=' style="text-align: left"'))

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/plain": str(self), "text/html": self._repr_html_()}


@dataclass(frozen=True)
class Carrying(Table):
    """A table that the cell's output carries as data too, one record a row, under a type: ANSWERS
    or OPEN_FACTS.
    """

    type: str
    records: tuple[dict, ...]

    def _repr_mimebundle_(self, include=None, exclude=None):
        return super()._repr_mimebundle_() | {self.type: list(self.records)}


@dataclass(frozen=True)
class Lines:
    """Sentences below one another, as a list."""

    sentences: tuple[Sentence, ...]

    def __str__(self):
        return "\n".join(map(str, self.sentences))

    def _repr_html_(self):
        items = "".join(f"<li>{sentence.inline()}</li>" for sentence in self.sentences)
        return quantities.led(f'<ul class="lines">{items}</ul>')

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/plain": str(self), "text/html": self._repr_html_()}


def looked_at(world: data.World) -> str:
    """The day that is looked at, in words; of one after the newest row also where the rows end."""
    newest = scenarios.ends_before(world.as_of)
    return day(world.as_of) + (f" (the rows end on {day(newest)})" if newest else "")


def _is_number(value) -> bool:
    if isinstance(value, Linked):
        return bool(NUMBER.fullmatch(value.words))
    return isinstance(value, Quantity | int | float) and not isinstance(value, bool)


def _cell(value, left: str) -> str:
    if _is_number(value):
        return f'<td class="number">{markup(value)}</td>'
    kind = ' class="long"' if len(plain(value)) > LONG else ""
    return f"<td{kind}{left}>{markup(value)}</td>"


def show(rows, caption: str, empty: str = "") -> Table | Sentence:
    """A table of dicts, or of a frame's rows, under a caption; without rows a sentence.

    Parameters
    ----------
    rows : DataFrame or iterable of dict
        The rows, with the columns of the first in each.
    caption : str
        What the table shows, with its unit.
    empty : str
        What is said where there is no row; if empty, that no admitted row gives any.
    """
    rows = rows.to_dict("records") if isinstance(rows, pd.DataFrame) else list(rows)
    if rows:
        return Table(caption, tuple(rows))
    return say(empty) if empty else say("{caption}: no admitted row gives any.", caption=caption)


def range_of(quantity: Quantity):
    """The range of a quantity as its own linked number, or empty where there is none; of one that
    is printed by the one end that is known, its middle.
    """
    if quantity.value is None or quantity.low == quantity.high or quantity.middle_unknown:
        return ""
    if quantity.low is None and quantity.high is None:
        return "open"
    if None in (quantity.low, quantity.high):
        return Linked(quantity.beside, quantity) if quantity.beside else ""
    return Linked(
        quantities.interval(quantity.low, quantity.high, quantity.unit, quantity.modelled), quantity
    )


def with_range(quantity: Quantity, after: str = "") -> Sentence:
    """A quantity with its range in brackets where it has one, and the words after both, such as
    its unit: '0.54 (0.083–1.2) hours'.
    """
    ends = range_of(quantity)
    template = " ".join(filter(None, ["{number}", ends and "({ends})", after]))
    return say(template, number=quantity, **({"ends": ends} if ends else {}))


def listed(names: Sequence[str]) -> str:
    """Names as a sentence lists them: 'Australia, Cyprus and Japan'; 'none' without any."""
    *first, last = names or ("none",)
    return f"{', '.join(first)} and {last}" if first else last


def series(values: Sequence) -> Sentence | str:
    """Values as a sentence lists them, as `listed` does names, each leading to its rows."""
    names = [f"value_{place}" for place in range(len(values))]
    if not values:
        return listed(())
    return say(listed([f"{{{name}}}" for name in names]), **dict(zip(names, values, strict=True)))


def name_in(name: str) -> str:
    """A country or organisation by name, as it stands in a sentence: 'the United States'."""
    return f"the {name}" if name in WITH_ARTICLE else name


def number_of(number: Quantity, one: str, several: str = "", none: str = "no") -> Sentence:
    """A count with its noun: '2 texts', '1 text', 'no text'; or with its verb: '2 say', '1 says'.

    Parameters
    ----------
    number : Quantity
        The count.
    one : str
        The noun or verb for one, which stands with none too.
    several : str
        The one for more; if empty, the other with an s.
    none : str
        The word that stands for a count of none.
    """
    noun = one if number.value in (0, 1) else several or f"{one}s"
    return say(f"{{number}} {noun}", number=Linked(none, number) if not number.value else number)


def or_none(number: Quantity, none: str = "none") -> Quantity | Linked:
    """A count that stands by itself in a sentence: '2', or 'none'."""
    return number if number.value else Linked(none, number)


def times(number: Quantity) -> Linked:
    """How often: 'never', 'once', 'twice', '3 times'."""
    often = {0: "never", 1: "once", 2: "twice"}
    return Linked(often.get(int(number.number), f"{number} times"), number)


def day(text: str) -> str:
    """A date of the tables in words: '11 April 2025', 'April 2025', '2025'."""
    parts = text.split("-")
    months = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ]
    words = [parts[0]]
    if len(parts) > 1:
        words.insert(0, months[int(parts[1]) - 1])
    if len(parts) > 2:
        words.insert(0, str(int(parts[2])))
    return " ".join(words)
