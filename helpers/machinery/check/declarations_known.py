"""What the contract may declare of tables and columns beside their types, and whether the columns
that it names exist. What each declaration means stands in the module whose rules read it; `shown`
of a table, {"where": {...}, "columns": [...]}, is what such a row must not leave empty.
"""

import itertools

from helpers.machinery.check.bounds_of_other_tables import BOUNDS
from helpers.machinery.check.exchanged_or_mistyped_cells import FORMS, LACKS

OF_TABLES = (
    "id",
    "series",
    "parts",
    "reported",
    "shown",
    "apart",
    "recalled",
    "agree",
    "one_voice",
    "one_source",
)
OF_COLUMNS = (
    "limits",
    "sums",
    "needs",
    "listed",
    "within",
    "parties",
    "words",
    "named_in",
    "dated_by",
    "names",
    "widest",
    "decimals",
    "at_least",
    "reached",
    "written",
    "again",
    "from",
    "alone",
    "marks",
    "figures",
    "not_own",
    "spelled",
    "once",
    "rises",
    "shorter",
    "exactly",
    "exact",
    "each_of",
    "unlike",
    "in_id",
    "day_in",
    "lasting",
    "must_hold",
    "told_in",
    "alike",
    "witness",
)

# what a rule reads of each declaration that is an object, or of each object in its list
PARTS = {
    "limits": "by", "words": "say", "named_in": "id address as than", "at_least": "column but",
    "reached": "but", "figures": "most but", "from": "column of", "alone": "other end but",
    "exact": "low high but", "each_of": "column also parted", "day_in": "in but",
    "spelled": "in but",
    "shorter": "than but", "not_own": "source but", "written": "as", "parties": "kind",
    "must_hold": "by", "told_in": "column but", "alike": "by families",
    "witness": "if table where from to",
    "recalled": "source but", "one_voice": "columns but",
    "one_source": "but", "reported": "date days",
    "series": "same along value factor", "agree": "if", "shown": "where columns",
}  # fmt: skip


def incomplete(schemas: dict[str, dict]) -> list[str]:
    """Declarations that lack a part which their rule reads, or name a form that no rule knows."""
    faults = []
    for table, schema in schemas.items():
        own = [(f"{table}.{f['name']}", name, f[name]) for f in schema["fields"] for name in f]
        for place, name, form in [*((table, name, schema[name]) for name in schema), *own]:
            wanted = PARTS.get(name, "").split()
            for each in form if isinstance(form, list) else [form]:
                given = each if isinstance(each, dict) else {}
                lacking = [part for part in wanted if part not in given]
                faults += [f"`{name}` of {place} lacks `{part}`" for part in lacking]
            if name == "written" and not lacking:
                strange = {form["as"]} - FORMS.keys() | set(form.get("lacks", [])) - LACKS.keys()
                faults += [f"`written` of {place} names {one}: no such form" for one in strange]
            if name == "each_of" and not lacking and "." not in form["column"]:
                faults.append(f"`each_of` of {place} names {form['column']}: not table.column")
    return faults


def unknown_columns(schemas: dict[str, dict]) -> list[str]:
    """Columns that these declarations name and no table has."""
    known = {name: {field["name"] for field in of["fields"]} for name, of in schemas.items()}
    faults = []
    for table, schema in schemas.items():
        named: list[str] = []
        for field in schema["fields"]:
            if limits := field.get("limits"):
                named.append(limits["by"])
            if needs := field.get("needs"):
                named.append(needs["column"] if isinstance(needs, dict) else needs)
            if form := field.get("named_in"):
                named += [form["id"], form["address"], form["than"]]
            if "widest" in field:
                named.append("high")
            named += [field[name]["column"] for name in ("at_least", "from") if name in field]
            named += [field["alone"]["other"]] if "alone" in field else []
            named += [field["exact"][end] for end in ("low", "high") if "exact" in field]
            named += [field["unlike"]] if "unlike" in field else []
            named += [field[n]["by"] for n in ("must_hold", "alike") if n in field]
            named += [field["told_in"]["column"]] if "told_in" in field else []
            for form in field.get("witness", []):
                named += [*form["if"], form["from"], form["to"]]
            named += field.get("day_in", {}).get("in", [])
            named += [*field.get("spelled", {}).get("in", []), *filter(None, [field.get("rises")])]
            named += [field["shorter"]["than"]] if "shorter" in field else []
            named += [field["not_own"]["source"]] if "not_own" in field else []
            if form := field.get("each_of"):
                far, column = form["column"].split(".")
                if far in known and column not in known[far]:
                    faults.append(
                        f"{table}.{field['name']} names {far}.{column}, which is no column"
                    )
            for bound in field.get("within", []):
                far, column = next(bound[kind] for kind in BOUNDS if kind in bound).split(".")
                distant = [column, *bound.get("where", {}), *bound.get("same", {}).values()]
                if far in known:
                    faults += [
                        f"{table}.{field['name']} names {far}.{name}, which is no column"
                        for name in distant
                        if name not in known[far]
                    ]
                named += [*bound.get("same", {}), *bound.get("if", {})]
        form = schema.get("id", {})
        named += [*([form["date"]] if "date" in form else []), *form.get("holds", [])]
        named += itertools.chain.from_iterable(form.get("sets", {}).values())
        named += itertools.chain.from_iterable(form.get("unless", {}).values())
        for series in schema.get("series", []):
            named += [*series["same"], series["along"], series["value"], *series.get("where", {})]
        if "newest" in schema:
            named += [*schema["newest"]["same"], schema["newest"]["along"]]
        for rule in schema.get("parts", []):
            named += [rule[name] for name in ("share", "of", "rest", "sum") if name in rule]
            named += [*rule.get("same", []), *rule.get("each", {}), *rule.get("whole", {})]
            named += [*rule.get("least", []), *rule.get("most", []), *rule.get("where", {})]
        for form in schema.get("shown", []):
            named += [*form["where"], *form["columns"], *form.get("unless", {})]
        named += [*schema.get("apart", []), *schema.get("one_voice", {}).get("columns", [])]
        for rule in schema.get("agree", []):
            named += [*rule["if"], *rule.get("then", {}), *rule.get("filled", [])]
        if "reported" in schema:
            named += [schema["reported"]["date"], *schema["reported"].get("where", {})]
        faults += [
            f"{table} names {table}.{name}, which is no column"
            for name in named
            if name not in known[table]
        ]
    return faults
