"""What the contract declares names columns, ids and parts that are there."""

import itertools
import json
import re
import shutil

from helpers import data
from helpers.machinery.check import declarations_known, every_check, words_of_the_quotation
from helpers.machinery.check.rule_book import Row


def test_every_declaration_names_columns_and_ids_that_are_there(today):
    schemas = {name: resource["schema"] for name, resource in data.contract().items()}
    assert declarations_known.unknown_columns(schemas) == []
    for name, schema in schemas.items():
        ids = {row[data.key(name)] for row in today[name]}
        listed = set(schema.get("id", {}).get("but", {}))
        for name_of in ("recalled", "one_voice", "one_source"):
            listed |= set(schema.get(name_of, {}).get("but", []))
        for field in schema["fields"]:
            listed |= set(field.get("words", {}).get("but", []))
            for name_of in (
                "reached",
                "figures",
                "at_least",
                "alone",
                "exact",
                "not_own",
                "shorter",
                "spelled",
                "told_in",
            ):
                listed |= set(field.get(name_of, {}).get("but", []))
            listed |= set(field.get("again", {})).union(*field.get("exactly", {}).values())
            needs = field.get("needs")
            listed |= set(needs.get("but", []) if isinstance(needs, dict) else [])
        assert listed <= ids, name


def test_no_fix_asks_for_a_column_that_the_table_lacks(today):
    """A source has no quotation: what names one in its fix cannot be followed there."""
    asked = 0
    for name, resource in data.contract().items():
        fields = resource["schema"]["fields"]
        own = {field["name"] for field in fields}
        for field in fields:
            words = field.get("words", {})
            for value in [*words.get("say", {}), *words.get("not", {})]:
                place = words.get("in", ["quoted"])[0]
                wrong = " ".join(["x", *words.get("not", {}).get(value, [])])
                cells = {field["name"]: value, place: wrong, "line": 2}
                row = Row(name, dict.fromkeys(own, "") | cells)
                only = {"fields": [field], "primaryKey": resource["schema"]["primaryKey"]}
                for fault in words_of_the_quotation.what_is_said_stands_in_the_quotation(
                    [row], only, today
                ):
                    asked += 1
                    named = set(re.findall(r"`(\w+)`", fault.fix)) & {"quoted", "follows"}
                    named |= {"quoted"} if fault.fix.startswith("Quote") else set()
                    assert named <= own, f"{name}.{field['name']}: {fault.fix}"
    assert asked > 50


def test_a_declaration_that_names_no_column_is_told(tmp_path):
    for file in [data.DATA / data.CONTRACT, *data.DATA.glob("*.csv")]:
        shutil.copy(file, tmp_path)
    package = json.loads((tmp_path / data.CONTRACT).read_text("utf-8"))
    package["resources"][2]["schema"]["id"]["holds"] = ["land"]
    (tmp_path / data.CONTRACT).write_text(json.dumps(package), "utf-8")
    (fault,) = every_check.check(tmp_path)
    assert "accessions names accessions.land, which is no column" in str(fault)


def test_a_declaration_that_lacks_a_part_is_told_and_not_run_into(tiny):
    package = json.loads((data.DATA / data.CONTRACT).read_text("utf-8"))
    schemas = {one["name"]: one["schema"] for one in package["resources"]}
    assert declarations_known.incomplete(schemas) == []
    tried, names = 0, declarations_known.PARTS
    for table, schema in schemas.items():
        places = [(table, schema), *((f"{table}.{f['name']}", f) for f in schema["fields"])]
        for (place, holder), name in itertools.product(places, names):
            form = holder.get(name)
            form = form[0] if isinstance(form, list) and form else form
            for part in names[name].split() if isinstance(form, dict) else []:
                was, tried = form.pop(part), tried + 1
                told = declarations_known.incomplete({table: schema})
                assert told == [f"`{name}` of {place} lacks `{part}`"]
                form[part] = was
    assert tried > 200
    odd = {"written": {"as": "odd", "lacks": ["none"]}, "each_of": {"also": [], "parted": ";"}}
    odd["each_of"]["column"] = "nowhere"
    told = declarations_known.incomplete({"t": {"fields": [{"name": "c"} | odd]}})
    assert sorted(told) == [
        "`each_of` of t.c names nowhere: not table.column",
        "`written` of t.c names none: no such form",
        "`written` of t.c names odd: no such form",
    ]
    file = tiny.path / data.CONTRACT
    package = json.loads(file.read_text("utf-8"))
    package["resources"][0]["schema"]["fields"][0]["limits"] = {}
    file.write_text(json.dumps(package), "utf-8")
    assert [fault.rule for fault in every_check.check(tiny.path)] != []
