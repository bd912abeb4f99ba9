"""Two cells of a row that cannot both be so, as the contract declares it.

Of a table it may say
  agree     [{"if": {column: values}, "then": {column: values}, "filled": [columns]}]: what stands
            beside such a cell, the empty cell by ""; a column that is not empty beside it
and of a column
  not_own   {"source": column, "but": [ids]}: others bear the row out, so the publisher of its own
            source is not named
"""

from collections.abc import Iterator

from helpers.data import Finding, Rule
from helpers.machinery.check.ids_names_and_addresses import slug
from helpers.machinery.check.rule_book import Row, Tables, each, each_among_others, matches

WHICH = "Look which of the two is right"
CELLS_DISAGREE = Rule("cells-disagree", "{column} is {value!a}, which goes with {wanted}", WHICH)
BORNE_OUT_BY_ITSELF = Rule(
    "borne-out-by-itself",
    "{publisher} published the row's own source",
    "Name another that says so independently, or write no",
)


@each
def cells_of_a_row_agree(rows: list[Row], schema: dict) -> Iterator[Finding]:
    """A state that declined sets no condition; what was attended has a meeting."""
    for rule in schema.get("agree", []):
        for row in (row for row in rows if matches(row, rule["if"])):
            column = next(iter(rule["if"]))
            words = {"column": column, "value": row[column]}
            for name, allowed in rule.get("then", {}).items():
                if row[name] not in allowed:
                    wanted = " or ".join(value or "an empty cell" for value in allowed)
                    yield row.fault(CELLS_DISAGREE, name, wanted=wanted, **words)
            for name in rule.get("filled", []):
                if not row[name]:
                    yield row.fault(CELLS_DISAGREE, name, wanted="what is not empty", **words)


@each_among_others
def nobody_bears_himself_out(rows: list[Row], schema: dict, tables: Tables) -> Iterator[Finding]:
    """What is said to be borne out is so by others than the publisher of the row's own source.

    Parameters
    ----------
    rows : list of Row
        The rows of one table.
    schema : dict
        What the contract says of it; `not_own` of its columns is looked at.
    tables : dict
        The rows of all tables by name; `sources` has the publishers.
    """
    publishers = {row["source_id"]: row["publisher"] for row in tables.get("sources", [])}
    for field in schema["fields"]:
        form, name = field.get("not_own"), field["name"]
        for row in rows if form else []:
            own = publishers.get(row[form["source"]], "")
            named = own and f"-{slug(own)}-" in f"-{slug(row[name])}-"
            if named and row[schema["primaryKey"][0]] not in form["but"]:
                yield row.fault(BORNE_OUT_BY_ITSELF, name, publisher=own)
