"""The tables of data/ as pages show them: every cell, what it refers to, and the sources with the
rows that rest on them.
"""

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from urllib.parse import quote

from helpers import data
from helpers.machinery.check import rule_book, text_dates_and_references
from helpers.quantities import Quantity


@dataclass(frozen=True)
class Tables:
    """The tables of a data folder, and the numbers that recipes have given of their rows, by
    recipe: `trails.number` keeps them here.
    """

    folder: Path
    numbers: dict[str, Quantity | None] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @cached_property
    def contract(self) -> dict[str, dict]:
        """The contract of each table that is there."""
        return {
            name: facts
            for name, facts in data.contract(self.folder).items()
            if (self.folder / f"{name}.csv").exists()
        }

    @cached_property
    def rows(self) -> dict[str, dict[str, dict]]:
        """The rows of each table by id: plain values, None where a number is unknown."""
        frames = {name: data.load(name, self.folder).astype(object) for name in self.contract}
        return {
            name: frame.where(frame.notna(), None).to_dict("index")
            for name, frame in frames.items()
        }

    @cached_property
    def table_of(self) -> dict[str, str]:
        """The table that each row stands in, by its id."""
        return {id: name for name, rows in self.rows.items() for id in rows}

    @cached_property
    def references(self) -> dict[tuple[str, str], str]:
        """The table that a column's cells refer to, by (table, column): foreign keys and lists of
        ids.
        """
        references = {
            name: rule_book.references(facts["schema"]) for name, facts in self.contract.items()
        }
        return {
            (name, column): table
            for name, columns in references.items()
            for column, (table, _) in columns.items()
            if table in self.contract
        }

    @cached_property
    def resting(self) -> dict[str, list[str]]:
        """The rows that rest on each source, in the order of the tables."""
        resting: dict[str, list[str]] = {source: [] for source in self.rows["sources"]}
        for id in self.table_of:
            for source in self.sources_of(id):
                resting.get(source, []).append(id)
        return resting

    def row(self, id: str) -> dict:
        """The cells of a row by column."""
        return self.rows[self.table_of[id]][id]

    def key(self, table: str) -> str:
        """The column that holds the ids of a table."""
        return data.key(table, self.folder)

    def columns(self, table: str) -> list[dict]:
        """What the contract says of each column of a table."""
        return self.contract[table]["schema"]["fields"]

    def referred(self, table: str, column: str, value: str) -> list[str]:
        """The ids a cell names, if its column refers to another table.

        Parameters
        ----------
        table, column : str
            Where the cell stands.
        value : str
            What it holds: an id, ids separated by blanks, or nothing.
        """
        return value.split() if value and (table, column) in self.references else []

    def sources_of(self, id: str) -> list[str]:
        """The sources a row rests on."""
        table = self.table_of[id]
        return [
            source
            for (name, column), other in self.references.items()
            if name == table and other == "sources"
            for source in self.referred(table, column, self.row(id)[column])
        ]

    def observed(self) -> list[str]:
        """Every date in a column that the contract marks as observations, in order of the first day
        it may name.
        """
        marked = [
            (table, column["name"])
            for table in self.contract
            for column in self.columns(table)
            if column.get("observation")
        ]
        days = {
            row[column]
            for table, column in marked
            for row in self.rows[table].values()
            if row[column]
        }
        return sorted(days, key=lambda day: (data.span(day).first, day))

    def newest(self) -> str:
        """The last of these dates; empty where there is none."""
        return (self.observed() or [""])[-1]

    def searched(self) -> str:
        """The day of the last search; empty where none is recorded."""
        return max((row["date"] for row in self.rows.get("searches", {}).values()), default="")

    def worked_on(self) -> str:
        """The day of the version: the last on which a source was read, something was searched for
        or a verdict was judged; empty where none is recorded.
        """
        read = [row["accessed"] for row in self.rows["sources"].values() if row["accessed"]]
        judged = [row["date"] for row in self.rows.get("verdict_log", {}).values()]
        return max([self.searched(), *read, *judged])


def shown(value) -> str:
    """A cell as text: numbers as the table has them, nothing where unknown."""
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)


def web(url: str) -> str | None:
    """An address if it is one that the check of the tables lets through; None for anything else."""
    begins = url[:4].lower() == "http"
    return url if begins and not text_dates_and_references.address_fault(url) else None


def anchor(id: str) -> str:
    """A row id as the fragment of an address."""
    return quote(id, safe="/@:.-_~")
