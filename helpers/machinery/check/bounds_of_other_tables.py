"""Bounds that another table sets, as the contract declares them of a column.

within    [{"at_most", "not_before" or "among": "table.column", "where": {...}, "same": {...}}]
witness   [{"if": {...}, "table", "where": {...}, "from": column, "to": column}]: such a row needs
          one of that table between the days of these two columns
"""

import math
from collections.abc import Iterator
from datetime import date

from helpers import data
from helpers.data import Finding, Rule
from helpers.machinery.check.rule_book import WHICH, Row, Tables, each_among_others, matches, number
from helpers.machinery.check.text_dates_and_references import after, days

BOUND_BROKEN = Rule("bound-broken", "{how}", WHICH)
NO_WITNESS = Rule(
    "no-witness",
    "data/{table}.csv has nothing ({wanted}) from {first} to {last}",
    "Look which is right: add the row, or leave the cell empty",
)
BOUNDS = ("at_most", "not_before", "among")


@each_among_others
def bounds_of_other_tables_hold(rows: list[Row], schema: dict, tables: Tables) -> Iterator[Finding]:
    """A number is at most, or a day not before, what other rows allow for the same thing.

    Parameters
    ----------
    rows : list of Row
        The rows of one table.
    schema : dict
        What the contract says of it; `within` of its columns is looked at.
    tables : dict
        The rows of all tables by name; a bound that a missing one sets is passed over.
    """
    for field in schema["fields"]:
        for bound in field.get("within", []):
            name = field["name"]
            kind = next(kind for kind in BOUNDS if kind in bound)
            table, column = bound[kind].split(".")
            if table not in tables:
                continue
            others = [row for row in tables[table] if matches(row, bound.get("where", {}))]
            same = bound.get("same", {})
            groups: dict[tuple, list[Row]] = {}
            for other in others:
                groups.setdefault(tuple(other[far] for far in same.values()), []).append(other)
            for row in rows:
                if not row[name] or not matches(row, bound.get("if", {})):
                    continue
                found = groups.get(tuple(row[near] for near in same), [])
                if broken := _broken(kind, row[name], found, column, bound):
                    yield row.fault(BOUND_BROKEN, name, how=broken)


@each_among_others
def outcomes_have_their_witness(rows: list[Row], schema: dict, tables: Tables) -> Iterator[Finding]:
    """A forecast came true only if another table tells of what it foretold, in time.

    Parameters
    ----------
    rows : list of Row
        The rows of one table.
    schema : dict
        What the contract says of it; `witness` of its columns is looked at.
    tables : dict
        The rows of all tables by name; a witness from a missing one is not asked for.
    """
    for field in schema["fields"]:
        for form in (one for one in field.get("witness", []) if one["table"] in tables):
            told = [row["date"] for row in tables[form["table"]] if matches(row, form["where"])]
            for row in (row for row in rows if matches(row, form["if"])):
                first, last = row[form["from"]], row[form["to"]]
                if not any(not after(first, day) and not after(day, last) for day in told):
                    wanted = ", ".join(" or ".join(values) for values in form["where"].values())
                    words = {"table": form["table"], "wanted": wanted, "first": first, "last": last}
                    yield row.fault(NO_WITNESS, field["name"], **words)


def _broken(kind: str, value, found: list[Row], column: str, bound: dict) -> str | None:
    """What a bound says against a value, in words."""
    what = bound.get("as", f"what data/{bound[kind].split('.')[0]}.csv has")
    if kind == "at_most" and column == "id":
        return f"more than the {len(found)} {what}" if found and value > len(found) else None
    cells = [row[column] for row in found if row[column] not in (None, "")]
    if kind == "among":
        ids = {id for cell in cells for id in cell.split()}
        strange = [id for id in str(value).split() if id not in ids]
        return f"{strange[0]} is not among {what}" if strange and cells else None
    if kind == "at_most":
        share = bound.get("share", 1)
        most = max(cells, default=math.inf) * share
        if value <= most:
            return None
        return f"more than {number(most)}, {what}"
    first = min((cell for cell in cells if days(cell)), default="", key=_first)
    return f"before {first}, {what}" if after(first, value) else None


def _first(cell: str) -> date:
    return data.span(cell).first
