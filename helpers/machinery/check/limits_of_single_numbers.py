"""How large a number can be, and how it is written: what the contract declares of a column.

limits    {"by": column, value: [least, most]}: bounds that differ by another column, each value
          of which has its own
whole     {column: [values]}: no fraction where that column has one of these, or {}: anywhere
sums      true: the number stands in the quotation, or is a sum of numbers that do
widest    how many times the lower end of a range the upper one may be
decimals  how many a number may have
at_least  {"column", "but": [ids]}: the number is no less than that column's, but in these rows,
          and in all of them
"""

import itertools
import math
from collections.abc import Iterator

from helpers.data import CONTRACT, Finding, Rule
from helpers.machinery.check import quotations
from helpers.machinery.check.rule_book import EXCHANGED, LOOK, Row, each, matches, number

OUT_OF_LIMITS = Rule(
    "out-of-limits",
    "no {kind} is outside {least} to {most}",
    f"{LOOK}: thousands, pounds or per cent? What is true widens the limits in {CONTRACT}",
)
NO_LIMITS = Rule(
    "no-limits",
    "nothing says how large {kind} can be",
    f"Look whether {{kind}} is right; a new one gets its `limits` in {CONTRACT}",
)
END_NOT_QUOTED = Rule(
    "end-not-quoted",
    "neither quoted nor a sum of what is, '{words:.60}'",
    f"{LOOK}, or say in `follows` how it follows",
)
NOT_WHOLE = Rule("not-whole", "a fraction of what is counted", f"{LOOK}: the unit")
RANGE_WIDE = Rule(
    "range-wide", "{high} is more than {widest} times {low}", f"{LOOK}: the unit of the two ends"
)
TOO_EXACT = Rule(
    "too-exact", "more than {decimals} decimals", f"{LOOK}: is it in the unit of the column?"
)
ORDER_OF_COLUMNS = Rule(
    "order-of-columns",
    f"{{than}} than {{column}}, {{other}}, and {CONTRACT} {{listed}}",
    f"{EXCHANGED} Else {{mend}} the list `but`, which stands under `at_least` of this column in"
    f" data/{CONTRACT}",
)
MOST_PARTS = 10  # numbers of a quotation that are added


@each
def numbers_are_within_limits(rows: list[Row], schema: dict) -> Iterator[Finding]:
    """Magnitude by unit, class or kind, as the column's `limits` say."""
    for field in schema["fields"]:
        limits = field.get("limits")
        if not limits:
            continue
        name, setter = field["name"], limits["by"]
        for row in rows:
            if row[name] is not None and row[setter] not in limits:
                yield row.fault(NO_LIMITS, name, kind=row[setter])
                continue
            least, most = limits.get(row[setter], [-math.inf, math.inf])
            if row[name] is not None and not least <= row[name] <= most:
                yield row.fault(
                    OUT_OF_LIMITS, name, kind=row[setter], least=number(least), most=number(most)
                )


@each
def ranges_follow_from_the_quotation(rows: list[Row], schema: dict) -> Iterator[Finding]:
    """An end of a range is quoted, or a sum of numbers quoted, or the row says how it follows."""
    for field in schema["fields"]:
        name = field["name"]
        for row in rows if field.get("sums") else []:
            if row[name] is None or not row["quoted"] or row["follows"]:
                continue
            quoted = sorted(quotations.numbers(row["quoted"]))[-MOST_PARTS:]
            sums = {
                sum(parts)
                for size in range(1, len(quoted) + 1)
                for parts in itertools.combinations(quoted, size)
            }
            sums |= {2 * value for value in quoted}  # the same number said twice
            if row[name] not in sums:
                yield row.fault(END_NOT_QUOTED, name, words=row["quoted"])


@each
def what_is_counted_is_whole(rows: list[Row], schema: dict) -> Iterator[Finding]:
    """There is no half of a person or an aircraft, where the contract's `whole` says so."""
    for field in schema["fields"]:
        for row in rows if "whole" in field else []:
            value = row[field["name"]]
            if value is not None and value % 1 and matches(row, field["whole"]):
                yield row.fault(NOT_WHOLE, field["name"])


@each
def ranges_are_not_too_wide(rows: list[Row], schema: dict) -> Iterator[Finding]:
    """Two ends of a range are of one unit, so neither is many times the other."""
    for field in schema["fields"]:
        for row in rows if field.get("widest") else []:
            low, high = row[field["name"]], row["high"]
            if low and high and high > low * field["widest"]:
                yield row.fault(
                    RANGE_WIDE,
                    field["name"],
                    low=number(low),
                    high=number(high),
                    widest=field["widest"],
                )


@each
def numbers_are_not_too_exact(rows: list[Row], schema: dict) -> Iterator[Finding]:
    """A coordinate is written to so many decimals."""
    for field in schema["fields"]:
        for row in rows if "decimals" in field else []:
            value = row[field["name"]]
            if value is not None and round(value, field["decimals"]) != value:
                yield row.fault(TOO_EXACT, field["name"], decimals=field["decimals"])


@each
def columns_are_in_their_order(rows: list[Row], schema: dict) -> Iterator[Finding]:
    """More stand in service than on order, but where the contract lists the row: what is exchanged
    breaks one or the other.
    """
    key = schema["primaryKey"][0]
    for field in schema["fields"]:
        form = field.get("at_least")
        for row in rows if form else []:
            own, other = row[field["name"]], row[form["column"]]
            listed = row[key] in form["but"]
            if own is None or other is None or (own < other) == listed:
                continue
            yield row.fault(
                ORDER_OF_COLUMNS,
                field["name"],
                than="no less" if listed else "less",
                column=form["column"],
                other=number(other),
                listed="lists it as less" if listed else "does not list the row",
                mend="take the id out of" if listed else "add the id to",
            )
