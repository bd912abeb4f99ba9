"""How long before its source a fact may lie, and whether the row says how its day is known.

The contract says of a table
  reported  {"date", "days", "where": {...}, "at_most", "told"}
and of a column
  day_in    {"in": [columns], "but": [ids]}: the day of the month stands in words of these
"""

import math
import re
from collections.abc import Iterator
from datetime import timedelta

from helpers.data import Finding, Rule
from helpers.machinery.check import quotations
from helpers.machinery.check.jumps_and_sums import says
from helpers.machinery.check.rule_book import LOOK, RIGHT, Row, Tables, each, each_among_others
from helpers.machinery.check.text_dates_and_references import days

REPORTED_LATE = Rule(
    "reported-late",
    "{lag} days before {source} was out, {out}; at most {most} are allowed here",
    "Look at date and source; an earlier fact says so in the note, as `Earlier: the order is of"
    " 2016`",
)
DAY_IN_NO_WORDS = Rule(
    "day-in-no-words",
    "{day} stands in no words of {places}",
    f"{LOOK}. {RIGHT.format(form='day_in')}",
)
DAY_NOT_TOLD = Rule(
    "day-not-told",
    "the row does not say how the day is known",
    "Name the day in `follows` or the note; where the page names none, write `Day of the page.`",
)
TELLS_A_DAY = re.compile(
    r"\b(day|dated?|dateline|today|yesterday|(mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    r"|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag"
    r"|jan(uary)?|feb(ruary)?|march|april|may|june|july|aug(ust)?|sept(ember)?|oct(ober)?"
    r"|nov(ember)?|dec(ember)?)\b",
    re.IGNORECASE,
)


@each_among_others
def facts_are_reported_in_time(rows: list[Row], schema: dict, tables: Tables) -> Iterator[Finding]:
    """A row counts from its date, so its source must have been out by then, but for the days that
    `reported` allows; an earlier fact says that it is one: in a declared column, or in the note as
    `Earlier: …`.

    Parameters
    ----------
    rows : list of Row
        The rows of one table.
    schema : dict
        What the contract says of it; without `reported` no row is at fault.
    tables : dict
        The rows of all tables by name; `sources` has the days on which they came out.
    """
    form = schema.get("reported")
    if not form:
        return
    published = {row["source_id"]: row["published"] for row in tables.get("sources", [])}
    for row in rows:
        lag = _behind(row, form, published)
        if lag is None or says(row, "Earlier"):
            continue
        told = any(row.get(name) in wanted for name, wanted in form.get("where", {}).items())
        most = form.get("at_most", math.inf) if told else form["days"]
        if lag > most:
            yield row.fault(
                REPORTED_LATE,
                form["date"],
                lag=lag,
                source=row["source_id"],
                out=published[row["source_id"]],
                most=most,
            )


def _behind(row: Row, form: dict, published: dict[str, str]) -> int | None:
    """How many days at least lie between a row's date and its source; None where unknown."""
    fact, out = days(row[form["date"]]), days(published.get(row["source_id"], ""))
    return (out.first - fact.last) // timedelta(days=1) if fact and out else None


@each_among_others
def a_day_is_told(rows: list[Row], schema: dict, tables: Tables) -> Iterator[Finding]:
    """Words are dated by the day on which they were said, a page by the day on which it came out:
    a row says which it has, unless its source is an official text of that day.

    Parameters
    ----------
    rows : list of Row
        The rows of one table.
    schema : dict
        What the contract says of it; without `told` in its `reported` no row is at fault.
    tables : dict
        The rows of all tables by name; `sources` has the kind and the day of each.
    """
    form = schema.get("reported")
    if not form or not form.get("told"):
        return
    sources = {row["source_id"]: row for row in tables.get("sources", [])}
    for row in rows:
        source = sources.get(row["source_id"])
        if source and source["kind"] == "official" and source["published"] == row[form["date"]]:
            continue
        if not TELLS_A_DAY.search(
            " ".join(row[name] or "" for name in ("follows", "note", "quoted"))
        ):
            yield row.fault(DAY_NOT_TOLD, form["date"])


@each
def days_stand_in_the_words(rows: list[Row], schema: dict) -> Iterator[Finding]:
    """The day of a delivery stands in the words of its row, with or without its month."""
    key = schema["primaryKey"][0]
    for field in schema["fields"]:
        form, name = field.get("day_in"), field["name"]
        for row in rows if form else []:
            words = " | ".join(row[place] or "" for place in form["in"])
            day = int(row[name][8:] or 0)
            if day and row[key] not in form["but"] and not quotations.holds(words, day):
                yield row.fault(DAY_IN_NO_WORDS, name, day=day, places=" or ".join(form["in"]))
