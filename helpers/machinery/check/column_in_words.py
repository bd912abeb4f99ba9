"""What a column of a table holds, and what the contract demands of it, in words."""

from collections.abc import Callable

from helpers.machinery.check.rule_book import references
from helpers.machinery.check.text_dates_and_references import is_date

KINDS = {"string": "text", "integer": "whole number", "number": "number"}


def holds(column: dict) -> str:
    """What a cell of the column is, and in which unit."""
    if is_date(column):
        return "date"
    if column.get("format") == "uri":
        return "web address"
    return ", ".join(filter(None, [KINDS[column["type"]], column.get("unit")]))


def meaning(column: dict) -> str:
    """The description of a column without the form of dates, which `holds` and `allowed` say."""
    return column["description"].replace(" (YYYY, YYYY-MM or YYYY-MM-DD, as exact as known)", "")


def allowed(column: dict, schema: dict, code: Callable[[object], str] = str) -> str:
    """What the contract demands of a column, in words.

    Parameters
    ----------
    column : dict
        What the contract says of the column.
    schema : dict
        What it says of the column's table, references among it.
    code : function
        Marks a name or a value as such; by default none is marked.
    """
    constraints, target = column.get("constraints", {}), references(schema).get(column["name"])
    demands = ["required" if constraints.get("required") else "may be empty"]
    if "enum" in constraints:
        demands.append("one of " + ", ".join(map(code, constraints["enum"])))
    if "symbol_of" in column:
        others = ", ".join(map(code, column["also"]))
        models = code("helpers/formulas")
        demands.append(f"what a function of {models} takes, or one of {others}")
    if target:
        ids = f"ids of {code(target[0])}, separated by blanks"
        demands.append(ids if "list_of" in column else f"an id of {code(target[0])}")
    if "minimum" in constraints:
        demands.append(f"{constraints['minimum']} or more")
    if "pattern" in constraints and not is_date(column) and column.get("format") != "uri":
        demands.append("form " + code(constraints["pattern"]))
    if "set_by" in column:
        demands.append(f"one for each {code(column['set_by'])}")
    if column.get("planned"):
        demands.append("may lie ahead")
    if "not_before" in column:
        demands.append(f"not before {code(column['not_before'])}")
    return "; ".join(demands)
