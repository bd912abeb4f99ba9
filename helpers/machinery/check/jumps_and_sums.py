"""Numbers that follow on one another or add up, as the contract declares them of a table.

series    [{"same", "along", "value", "factor", "slack", "where"}]: a jump is told
parts     [{"share", "of", "rest"}], [{"sum", "same", "to", "where"}], [{"each", "whole", ...}]
"""

import itertools
import re
from collections.abc import Iterator

from helpers import data
from helpers.data import Finding, Rule
from helpers.machinery.check.rule_book import LOOK, WHICH, Row, by, each, matches, number
from helpers.machinery.check.text_dates_and_references import days

JUMP = Rule(
    "jump",
    "{was} on {day}, in line {line}: more than {factor} times apart",
    f"{LOOK}; what is true says why in the note, `{{jump}}: …`",
)
NO_JUMP = Rule(
    "no-jump",
    "speaks of a '{jump}' that the rows do not have",
    "Look at both numbers again, or delete the sentence",
)
SHARE_APART = Rule("share-apart", "{part} of {whole} are {share:.3g}", "Mend one of the three")
SUM_APART = Rule("sum-apart", "with line {line} it comes to {sum}, not {to}", "Look at both again")
PARTS_ABOVE = Rule(
    "parts-above", "the parts come to {sum}, the whole in line {line} is {whole}", WHICH
)


def says(row: Row, word: str) -> bool:
    """Whether a row's note has a sentence that begins with a word and a colon: `Jump: retired`."""
    return bool(re.search(rf"(?:^|[.;] ){word}: \S", row.get("note") or ""))


@each
def jumps_have_a_reason(rows: list[Row], schema: dict) -> Iterator[Finding]:
    """A number far from the one before it, of the same thing, says so with both and why in its
    note: `Jump from 6 to 0: retired`.
    """
    jumps: dict[str, set[str]] = {}
    key = schema["primaryKey"][0]
    for series in schema.get("series", []):
        chosen = [row for row in rows if matches(row, series.get("where", {}))]
        name, slack = series["value"], series.get("slack", 0)
        factors = series["factor"]
        for group in _groups(chosen, series["same"]):
            group = [row for row in group if row[name] is not None]
            if not all(days(str(row[series["along"]])) for row in group):
                continue
            group.sort(key=lambda row: data.span(str(row[series["along"]])).last)
            for one, other in itertools.pairwise(group):
                factor = (
                    factors
                    if isinstance(factors, (int, float))
                    else factors[
                        "else" if other[factors["by"]] not in factors else other[factors["by"]]
                    ]
                )
                small, large = sorted((one[name], other[name]))
                if large - small <= slack or large <= small * factor:
                    continue
                jump = f"Jump from {number(one[name])} to {number(other[name])}"
                jumps.setdefault(other[key], set()).add(jump)
                if says(other, re.escape(jump)):
                    continue
                yield other.fault(
                    JUMP,
                    name,
                    was=number(one[name]),
                    day=one[series["along"]],
                    line=one.line,
                    factor=number(factor),
                    jump=jump,
                )

    for row in rows if schema.get("series") else []:
        for jump in re.findall(r"Jump from \S+ to [^\s:]+", row.get("note") or ""):
            if jump not in jumps.get(row[key], ()):
                yield row.fault(NO_JUMP, "note", jump=jump)


def _groups(rows: list[Row], names: list[str]) -> list[list[Row]]:
    return list(by(rows, *names).values()) if names else [rows]


@each
def parts_add_up(rows: list[Row], schema: dict) -> Iterator[Finding]:
    """A share is its part over part and rest; shares of one whole come to it; parts of a whole are
    no more than it.
    """
    for rule in schema.get("parts", []):
        if "share" in rule:
            yield from _quotients(rows, rule)
        elif "sum" in rule:
            yield from _sums(rows, rule)
        else:
            yield from _parts(rows, rule)


def _quotients(rows: list[Row], rule: dict) -> Iterator[Finding]:
    for row in rows:
        share, part, rest = (row[rule[name]] for name in ("share", "of", "rest"))
        if None in (share, part, rest) or part + rest == 0:
            continue
        if abs(share - part / (part + rest)) > 0.006:
            yield row.fault(
                SHARE_APART,
                rule["share"],
                part=number(part),
                whole=number(part + rest),
                share=part / (part + rest),
            )


def _sums(rows: list[Row], rule: dict) -> Iterator[Finding]:
    chosen = [row for row in rows if matches(row, rule.get("where", {}))]
    for group in _groups(chosen, rule["same"]):
        values = [row[rule["sum"]] for row in group]
        if len(values) > 1 and None not in values and abs(sum(values) - rule["to"]) > 0.011:
            yield group[-1].fault(
                SUM_APART, rule["sum"], line=group[0].line, sum=number(sum(values)), to=rule["to"]
            )


def _parts(rows: list[Row], rule: dict) -> Iterator[Finding]:
    for group in _groups(rows, rule["same"]):
        wholes = [row for row in group if matches(row, rule["whole"])]
        most = [_largest(row, rule["most"]) for row in wholes]
        parts = [row for row in group if matches(row, rule["each"])]
        known = [
            next((row[name] for name in rule["least"] if row[name] is not None), 0) for row in parts
        ]
        if most and None not in most and sum(known) > max(most):
            yield parts[-1].fault(
                PARTS_ABOVE,
                rule["least"][0],
                sum=number(sum(known)),
                line=wholes[0].line,
                whole=number(max(most)),
            )


def _largest(row: Row, names: list[str]):
    return next((row[name] for name in names if row[name] is not None), None)
