"""The world on one day: which rows of the tables had happened, by roster and standard of
evidence.
"""

import functools
from dataclasses import dataclass, field, fields, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd

from helpers import notebook_parameters, word_check
from helpers.data.cached_selections import (
    CACHED,
    DATED,
    ROSTER,
    UNDATED,
    UndeclaredError,
    selection,
)
from helpers.data.contract_of_tables import columns
from helpers.data.csv_tables import load
from helpers.data.dates_as_spans import span
from helpers.data.folders import DATA
from helpers.data.rows_by_id import known

OLD_AFTER = timedelta(days=2 * 365)  # an observation older than this on `as_of` is marked old
TIMINGS = ("settled", "open")


@dataclass(frozen=True)
class World:
    """The tables as they stand on one day, under one roster and one standard of evidence.

    Parameters
    ----------
    as_of : str
        The day the world is looked at, YYYY-MM-DD.
    roster : str
        Whose membership counts: attested, europe or without-turkiye.
    evidence : str
        Which rows count: all, or read (read at their source, and derived from rows that are).
    seed : int
        What random draws begin with.
    timing : str
        Whether a row counts that is dated no more exactly than a month or year which is still
        running on `as_of`: not yet if settled, already if open. Both are readings.
    folder : Path
        The data folder.
    """

    as_of: str = notebook_parameters.DEFAULTS["as_of"]
    roster: str = notebook_parameters.DEFAULTS["roster"]
    evidence: str = notebook_parameters.DEFAULTS["evidence"]
    seed: int = notebook_parameters.DEFAULTS["seed"]
    timing: str = "settled"
    folder: Path = field(default=DATA, repr=False)

    def __new__(cls, *values: Any, **given: Any) -> "World":
        """Refuse a parameter that no world has, with the nearest that it has."""
        known = World.__dataclass_fields__
        for name in given.keys() - known.keys():
            raise word_check.WordError("parameter", name, known)
        return super().__new__(cls)

    def __post_init__(self) -> None:
        given = vars(self)
        notebook_parameters.check(
            **{name: given[name] for name in notebook_parameters.RULES if name in given}
        )
        timing = given.get("timing", "settled")
        if timing not in TIMINGS:
            raise word_check.WordError("timing", timing, TIMINGS)

    @property
    def day(self) -> date:
        """The day looked at, as a date."""
        return date.fromisoformat(self.as_of)

    @property
    def country_names(self) -> pd.Series:
        """What each state is called, by its code."""
        return load("countries", self.folder)["name"]

    def narrowed(self, *depends_on: str) -> "World":
        """The world with these fields and the folder; reading another raises UndeclaredError."""
        return _narrowed(self, frozenset((*depends_on, "folder")))

    @selection(depends_on=UNDATED)
    def table(self, name: str) -> pd.DataFrame:
        """The rows of a table that the standard of evidence admits, whatever their date."""
        rows = load(name, self.folder)
        if self.evidence == "read" and "verification" in rows:
            rows = rows.loc[[self._admitted(name, row) for _, row in rows.iterrows()]]
        return rows

    def _admitted(self, table: str, row: pd.Series) -> bool:
        """Whether a row was read at its source, or derived from rows that all were."""
        if row["verification"] != "derived":
            return row["verification"] == "read"
        names = [
            name for name, column in columns(table, self.folder).items() if column.get("inputs")
        ]
        inputs = [
            (columns(table, self.folder)[name]["list_of"].split(".")[0], id)
            for name in names
            for id in row[name].split()
        ]
        return bool(inputs) and all(
            load(other, self.folder).loc[id, "verification"] == "read" for other, id in inputs
        )

    @selection(depends_on=DATED)
    def until(self, name: str, column: str = "date") -> pd.DataFrame:
        """The rows of a table that had happened by `as_of`, by the date in `column`."""
        rows = self.table(name)
        end = "last" if self.timing == "settled" else "first"
        return rows.loc[[getattr(span(text), end) <= self.day for text in rows[column]]]

    def unread(self, name: str, column: str = "date") -> int:
        """How many rows of `until` the standard of evidence leaves out.

        Where there are any, a count of the others is 'at least'.
        """
        every = replace(self, evidence="all").until(name, column)
        return len(every) - len(self.until(name, column))

    @selection(depends_on=DATED)
    def fleets(self, capability: str, rank: str = "default") -> pd.DataFrame:
        """The newest observation of each fleet that was out by `as_of`: one row a fleet.

        Adds `old`: the last day the observation may name lies over two years before `as_of`. A
        fleet of which the standard of evidence admits no observation stays, `unread` and its
        numbers unknown: leaving it out would count it as none.
        """
        capability = known("capabilities", "capability", capability, self.folder)
        rank = known("capabilities", "rank", rank, self.folder)
        rows = replace(self, evidence="all").until("capabilities", "observed")
        rows = rows[(rows["capability"] == capability) & (rows["rank"] == rank)].copy()
        sources = load("sources", self.folder)["published"]
        published = [sources.get(source, "") for source in rows["source_id"]]
        rows = rows.loc[[not text or span(text).first <= self.day for text in published]]
        admitted = rows.index.isin(self.table("capabilities").index)
        unread = ~rows["fleet"].isin(rows.loc[admitted, "fleet"])
        rows.loc[unread, ["in_service", "in_service_low", "in_service_high", "on_order"]] = pd.NA
        rows = rows.assign(unread=unread)[admitted | unread]
        rows["last"] = [span(text).last for text in rows["observed"]]
        rows["first"] = [span(text).first for text in rows["observed"]]
        rows = (
            rows.sort_values(["last", "first", "id"])
            .drop_duplicates("fleet", keep="last")
            .sort_values("fleet")
        )
        rows["old"] = [self.day - last > OLD_AFTER for last in rows["last"]]
        return rows.drop(columns=["first", "last"])

    @selection(depends_on=ROSTER)
    def attestations(self) -> pd.DataFrame:
        """Attendance, lists and statements by `as_of`, of states that the roster admits.

        Ukraine and partners are among them.
        """
        rows = self.until("attestations")
        countries = load("countries", self.folder)
        if self.roster == "europe":
            rows = rows[rows["country"].map(countries["europe"]) == "yes"]
        if self.roster == "without-turkiye":
            rows = rows[rows["country"] != "TUR"]
        return rows

    @selection(depends_on=ROSTER)
    def members(self) -> list[str]:
        """The states whose participation is attested by `as_of`, as sorted codes.

        The host and partners are not among them.
        """
        part = load("members", self.folder).set_index("country")["part"]
        attested = self.attestations()
        attested = attested[attested["kind"] != "disavowed"]
        return sorted(
            code for code in set(attested["country"]) if part.get(code, "member") == "member"
        )


@functools.lru_cache(CACHED)
def _narrowed(world: World, names: frozenset[str]) -> World:
    return _narrowed_class(names)(**{name: getattr(world, name) for name in names})


@functools.cache
def _narrowed_class(names: frozenset[str]) -> type[World]:
    """The class of worlds that have only the named fields."""

    def undeclared(name: str) -> property:
        def read(world: World) -> None:
            declared = ", ".join(sorted(names - {"folder"}))
            raise UndeclaredError(f"{name} is read by a selection that depends on {declared} only")

        return property(read)

    class Narrowed(World):
        def __init__(self, **values: Any):
            vars(self).update(values)
            self.__post_init__()

        def __eq__(self, other: object) -> bool:
            return type(self) is type(other) and vars(self) == vars(other)

        def __hash__(self) -> int:
            return hash(tuple(vars(self)[name] for name in kept))

        def __repr__(self) -> str:
            return f"World({', '.join(f'{name}={vars(self)[name]!r}' for name in kept)})"

    kept = sorted(names)
    every = {each.name: each for each in fields(World)}
    for name in every.keys() - names:
        setattr(Narrowed, name, undeclared(name))
    # what dataclasses.replace copies
    setattr(Narrowed, "__dataclass_fields__", {name: every[name] for name in kept})  # noqa: B010
    return Narrowed
