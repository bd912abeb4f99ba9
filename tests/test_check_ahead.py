"""check-data says beforehand what would fail when notebooks are run, with place and fix."""

import json

import pytest

from helpers import data, scenarios
from helpers.machinery.check import cells, contract
from helpers.machinery.check.cells import Row


@pytest.fixture(scope="module")
def readings() -> list[Row]:
    return table("readings")


def table(name: str) -> list[Row]:
    """The rows of a committed table, as the checks get them."""
    frame, findings = data.read(name)
    assert findings == []
    return [Row(name, record) for record in frame.to_dict("records")]


def codes(findings) -> list[tuple[str, str]]:
    """The code of each finding, and what is to be done."""
    return [(finding.code, finding.fix) for finding in findings]


@pytest.fixture
def notebooks(tmp_path, monkeypatch):
    """Lists notebooks with one code cell each, in the place of notebooks/."""
    monkeypatch.setattr(scenarios, "NOTEBOOKS", tmp_path)

    def write(**sources: str) -> None:
        for name, source in sources.items():
            content = {"cells": [{"cell_type": "code", "source": [source]}]}
            (tmp_path / f"{name}.ipynb").write_text(json.dumps(content), "utf-8")
        listed = {"notebooks": list(sources), "scenarios": {"article": {}}}
        (tmp_path / "scenarios.yml").write_text(json.dumps(listed), "utf-8")

    return write


def claim(id: str, notebook: str) -> Row:
    return Row("claims", {"id": id, "notebook": notebook, "line": 2})


def test_the_committed_tables_lack_nothing(readings):
    assert list(contract.uncovered_claims(table("claims"))) == []
    assert list(contract.reading_faults(readings)) == []


def test_a_claim_that_its_notebook_does_not_judge_is_found(notebooks):
    notebooks(one='claims.judge("C02", world)', two="claims.judge(\n    'C24',\n    world)")
    assert contract.judging() == {"one": {"C02"}, "two": {"C24"}}
    rows = [claim("C02", "one"), claim("C24", "one"), claim("C12", "unlisted")]
    (fault,) = [
        each for each in contract.uncovered_claims(rows) if each.code != "rule-without-claim"
    ]
    assert (fault.code, fault.line, fault.column) == ("claim-not-judged", 2, "notebook")
    assert 'claims.judge("C24", world)' in fault.fix


def test_a_notebook_that_computes_the_ids_judges_every_claim(notebooks):
    notebooks(one="for id in claims.judged():\n    claims.judge(id, world)")
    faults = contract.uncovered_claims([claim("C02", "one")])
    assert {fault.code for fault in faults} == {"rule-without-claim"}


def test_a_mistyped_notebook_and_a_claim_without_a_rule_are_found(notebooks):
    notebooks(**{"06-refuelling": ""})
    rows = [claim("C24", "06-refueling"), claim("C99", "06-refuelling")]
    faults = codes(contract.uncovered_claims(rows))
    assert ("claim-without-notebook", "Did you mean 06-refuelling?") in faults
    assert [code for code, _ in faults].count("claim-without-rule") == 1


def test_an_option_without_its_row_and_a_choice_without_any_are_found(readings):
    row = next(row for row in readings if row["choice"] != "timing")
    wanted = f"Add the row {row['id']}, or drop the option from the rule"
    left = [other for other in readings if other is not row]
    others = [
        other
        for other in left
        if (other["claim"], other["choice"]) == (row["claim"], row["choice"])
    ]
    (fault,) = codes(contract.reading_faults(left))
    assert fault == ("option-without-row", wanted) if others else fault[0] == "choice-without-rows"
    left = [other for other in left if other not in others]
    assert [code for code, _ in codes(contract.reading_faults(left))] == ["choice-without-rows"]


def test_timing_has_both_rows_or_none(readings):
    timed = [row for row in readings if row["choice"] == "timing"]
    assert timed, "some claim hangs on it"
    none = [row for row in readings if row["claim"] != timed[0]["claim"] or row not in timed]
    assert list(contract.reading_faults(none)) == []
    one = [row for row in readings if row is not timed[0]]
    assert [code for code, _ in codes(contract.reading_faults(one))] == ["option-without-row"]


def test_a_symbol_is_one_that_a_model_takes_or_the_contract_lists():
    schema = data.contract()["parameters"]["schema"]
    rows = [
        Row("parameters", {"symbol": symbol, "line": 2}) for symbol in ("rho_L", "a_orb", "Fcap")
    ]
    (fault,) = cells.symbols_are_taken_by_models(rows, schema, {})
    assert (fault.code, fault.value) == ("symbol-unknown", "Fcap")
    assert fault.fix.startswith("Did you mean F_cap? A new one needs a function of helpers/models")


def test_the_contract_lists_no_symbol_that_a_model_takes():
    column = data.columns("parameters")["symbol"]
    assert set(column["also"]) & cells.model_symbols() == set()
