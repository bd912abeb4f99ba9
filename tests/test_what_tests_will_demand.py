"""check-data says beforehand what would fail when notebooks are run, with place and fix."""

import copy
import json

import pytest
from test_claims import ALIKE
from worlds_with_other_rows import came_to

from helpers import claims, comparable_shares, data, scenarios, word_check
from helpers.claims import Outcome
from helpers.machinery.check import (
    every_check,
    form_of_notebooks,
    text_dates_and_references,
    what_tests_will_demand,
)
from helpers.machinery.check.rule_book import Row
from helpers.machinery.check.what_changed_rows_move import Change
from helpers.machinery.commands import check_data, coding_sheet
from helpers.machinery.outputs import claims_json
from helpers.machinery.texts import readme


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
def listing(tmp_path, monkeypatch):
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
    assert list(every_check.uncovered_claims(table("claims"))) == []
    assert list(every_check.reading_faults(readings)) == []


def test_a_claim_that_its_notebook_does_not_judge_is_found(listing):
    listing(one='claims.judge("C02", world)', two="claims.judge(\n    'C24',\n    world)")
    assert every_check.judging() == {"one": {"C02"}, "two": {"C24"}}
    rows = [claim("C02", "one"), claim("C24", "one"), claim("C12", "unlisted")]
    (fault,) = [
        each for each in every_check.uncovered_claims(rows) if each.code != "rule-without-claim"
    ]
    assert (fault.code, fault.line, fault.column) == ("claim-not-judged", 2, "notebook")
    assert 'claims.judge("C24", world)' in fault.fix


def test_a_notebook_that_computes_the_ids_judges_every_claim(listing):
    listing(one="for id in claims.judged():\n    claims.judge(id, world)")
    faults = every_check.uncovered_claims([claim("C02", "one")])
    assert {fault.code for fault in faults} == {"rule-without-claim"}


def test_a_mistyped_notebook_and_a_claim_without_a_rule_are_found(listing):
    listing(**{"06-refuelling": ""})
    rows = [claim("C24", "06-refueling"), claim("C99", "06-refuelling")]
    faults = codes(every_check.uncovered_claims(rows))
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
    (fault,) = codes(every_check.reading_faults(left))
    assert fault == ("option-without-row", wanted) if others else fault[0] == "choice-without-rows"
    left = [other for other in left if other not in others]
    assert [code for code, _ in codes(every_check.reading_faults(left))] == ["choice-without-rows"]


def test_timing_has_both_rows_or_none(readings):
    timed = [row for row in readings if row["choice"] == "timing"]
    assert timed, "some claim hangs on it"
    none = [row for row in readings if row["claim"] != timed[0]["claim"] or row not in timed]
    assert list(every_check.reading_faults(none)) == []
    one = [row for row in readings if row is not timed[0]]
    assert [code for code, _ in codes(every_check.reading_faults(one))] == ["option-without-row"]


def test_a_symbol_is_one_that_a_model_takes_or_the_contract_lists():
    schema = data.contract()["parameters"]["schema"]
    rows = [
        Row("parameters", {"symbol": symbol, "line": 2}) for symbol in ("rho_L", "a_orb", "Fcap")
    ]
    (fault,) = text_dates_and_references.symbols_are_taken_by_models(rows, schema, {})
    assert (fault.code, fault.value) == ("symbol-unknown", "Fcap")
    assert fault.fix.startswith(
        "Did you mean F_cap? A new one needs a function of helpers/formulas"
    )


def test_the_contract_lists_no_symbol_that_a_model_takes():
    column = data.columns("parameters")["symbol"]
    assert set(column["also"]) & text_dates_and_references.model_symbols() == set()


# what `make test` demands, said beforehand


def test_what_a_notebook_lacks_is_said_with_a_fix(listing):
    listing(**{"01-membership": "", "Mine": "", "02-more": ""})
    found = form_of_notebooks.notes()
    assert "notebooks/Mine.ipynb: name it in README.md's table of notebooks" in found
    assert "notebooks/Mine.ipynb: name it by two digits and small letters" in "\n".join(found)
    assert "notebooks/scenarios.yml: list the notebooks in the order of their names" in found
    assert not any("01-membership.ipynb: name it" in line for line in found)


def test_the_form_of_a_notebook_is_said_from_its_file_alone():
    notebook = json.loads(scenarios.file("01-membership").read_text("utf-8"))
    assert form_of_notebooks.faults(notebook) == []
    notebook["cells"][-2:] = [
        {"cell_type": "code", "metadata": {}, "source": ["def share():\n", "    return 1"]}
    ]
    (fault,) = form_of_notebooks.faults(notebook)
    assert fault == "a definition: share; it belongs in helpers/"


def test_what_a_run_would_refuse_or_leave_otherwise_is_said_from_the_file_alone():
    whole = json.loads(scenarios.file("01-membership").read_text("utf-8"))
    assert list(form_of_notebooks.unrun(whole)) == []
    code = [cell for cell in whole["cells"] if cell["cell_type"] == "code"]

    def told(change, of: dict) -> str:
        kept = copy.deepcopy(of)
        change(of)
        lines = "\n".join(form_of_notebooks.unrun(whole))
        of.clear()
        of.update(kept)
        return lines

    place = whole["cells"].index(code[3]) + 1
    halfway = told(lambda cell: cell.update(execution_count=None, outputs=[]), code[3])
    assert f"cell {place} (" in halfway and "was not executed" in halfway
    assert "run make refresh" in halfway
    assert "shows nothing" in halfway
    assert "shows nothing" in told(lambda cell: cell.update(outputs=[]), code[3])
    assert "metadata 'widgets'" in told(lambda meta: meta.update(widgets={}), whole["metadata"])
    assert "has execution count 99, not 4" in told(lambda c: c.update(execution_count=99), code[3])
    assert "has no id" in told(lambda cell: cell.pop("id"), code[3])
    failed = {"output_type": "error", "ename": "ValueError", "evalue": "no", "traceback": []}
    assert "ValueError: no" in told(lambda cell: cell.update(outputs=[failed]), code[3])
    for kernel in (None, {}, {"name": "julia"}):
        said = told(lambda meta, kernel=kernel: meta.update(kernelspec=kernel), whole["metadata"])
        assert "it must be python3: open it in JupyterLab" in said
    assert "names no kernel" in told(lambda meta: meta.pop("kernelspec"), whole["metadata"])
    for cell in code:
        cell["execution_count"] = None
    assert f"({len(code) - 1} more such cells)" in "\n".join(form_of_notebooks.unrun(whole))


@pytest.mark.parametrize("text", ["", "{", "[]", '{"cells": 1}', "<<<<<<< HEAD\n", None])
def test_a_notebook_that_cannot_be_read_is_told_with_what_to_do(listing, tmp_path, text):
    listing(**{"01-membership": ""})
    file = tmp_path / "01-membership.ipynb"
    file.unlink() if text is None else file.write_text(text)
    (line,) = form_of_notebooks.notes()
    assert line.startswith("notebooks/01-membership.ipynb: ")
    assert "Restore it with git" in line or "Settle the merge first" in line


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("34 states take part.", ""),
        ("It holds for 34 states.", "repeats the verdict (holds)"),
        ("some states take part.", "begins with a small letter"),
        ("34 states. More might.", "not one sentence"),
        ("34 states take part", "not one sentence"),
    ],
)
def test_the_form_of_a_line_is_said(words, said):
    fault = what_tests_will_demand.line_fault(Outcome(True, line=words))
    assert said in fault and bool(said) == bool(fault)


def test_an_unknown_outcome_says_what_is_missing():
    assert what_tests_will_demand.line_fault(Outcome(None, missing="a date")) == ""
    assert "what is missing" in what_tests_will_demand.line_fault(Outcome(None))


def test_the_claims_that_differ_are_those_of_changed_rows_readings_and_rules(monkeypatch):
    monkeypatch.setattr(what_tests_will_demand.changelog, "git", lambda *words: b"")
    reading = {"id": "C24/definition/air-force-jets", "claim": "C24"}
    found = [
        Change("readings", reading["id"], None, reading),
        Change("claims", "C02", {"id": "C02"}, None),
        Change("deliveries", "delivery/mmf/9", None, {"id": "delivery/mmf/9"}),
    ]
    assert sorted(what_tests_will_demand.changed(found)) == ["C02", "C24"]
    edited = b"helpers/claims/rules/beyond_nato.py\0"
    monkeypatch.setattr(what_tests_will_demand.changelog, "git", lambda *words: edited)
    assert what_tests_will_demand.changed([]) == ["C16"]


def test_what_no_case_of_the_tests_turns_is_told_until_a_case_or_its_reason_is_there(
    monkeypatch, tmp_path
):
    assert all(what_tests_will_demand.unturned(claim) == [] for claim in claims.of_article())
    (tmp_path / "tests").mkdir()
    monkeypatch.setattr(data, "ROOT", tmp_path)
    cases = tmp_path / "tests/test_claim_rules_people.py"
    cases.write_text('CASES = [("C92", {}, {}, True), ("C92", {"a": "b"}, {}, False)]\n')
    assert what_tests_will_demand.unturned("C92") == ["false", "unknown"]
    assert len(what_tests_will_demand.unturned("C9")) == 3
    cases.write_text(cases.read_text() + 'NEVER = {("C92", None), ("C92", False)}\n')
    assert what_tests_will_demand.unturned("C92") == []


def test_a_model_without_its_second_writing_is_told(monkeypatch):
    assert what_tests_will_demand.unwritten_models() == []
    more = what_tests_will_demand.formulas.DEFINITIONS | {"new": lambda x: x}
    monkeypatch.setattr(what_tests_will_demand.formulas, "DEFINITIONS", more)
    (line,) = what_tests_will_demand.unwritten_models()
    assert line.startswith("the model new: ") and "tests/formulas_again.py" in line


def test_two_options_that_come_to_the_same_are_told(monkeypatch):
    monkeypatch.setattr(what_tests_will_demand, "told_apart", lambda claim, worlds: set())
    known = "\n".join(what_tests_will_demand.faults("C08a"))
    assert "options anyone and press of source" not in known, "the tests name the pair"
    unlike = {pair for pair in what_tests_will_demand.pairs("C24") if pair not in ALIKE}
    pairs = {(choice, one, other) for _, choice, one, other in unlike}
    said = "\n".join(what_tests_will_demand.faults("C24"))
    reading = {"id": "C24/definition/with-navy", "claim": "C24"}
    changed = [Change("readings", reading["id"], None, reading)]
    own = "\n".join(what_tests_will_demand.faults("C24", changed))
    assert "with-navy" in own and "open and settled" not in own, "of its own pairs alone"
    assert pairs and all(
        f"the options {one} and {other} of {choice} come to the same" in said
        for choice, one, other in pairs
    )


@pytest.mark.parametrize("claim", ["C20", "C26"])
def test_a_bar_without_its_share_is_told_with_the_file_that_has_the_shares(monkeypatch, claim):
    monkeypatch.delitem(comparable_shares.SHARES, "quarter")
    with pytest.raises(word_check.WordError, match="SHARES in helpers/comparable_shares.py"):
        came_to(claim, bar="quarter")


def test_code_that_ruff_would_write_otherwise_is_told_with_the_command(monkeypatch, tmp_path):
    monkeypatch.setattr(data, "ROOT", tmp_path)
    for written, lines in (("count=1\n", 1), ("import os\n", 1), ("count = 1\n", 0)):
        (tmp_path / "one.py").write_text(written)
        assert len(told := check_data.unformatted()) == lines
        assert all(check_data.MENDED in line for line in told)


# a claim that is a reader's own


@pytest.fixture
def one_own(monkeypatch):
    """C24 as if it were a reader's own claim: gives the claims that are still the article's."""
    left = [id for id in claims.of_article() if id != "C24"]
    load = data.csv_tables.kept_rows
    changed = load("claims", data.DATA).copy()
    changed.loc["C24", "paragraphs"] = claims.OWN

    def loaded(table, folder):
        return changed if (table, folder) == ("claims", data.DATA) else load(table, folder)

    monkeypatch.setattr(data.csv_tables, "kept_rows", loaded)
    return left


def test_a_claim_of_ones_own_is_judged_and_never_counted_among_the_articles(one_own):
    assert claims.of_article() == one_own and "C24" in claims.judged()
    assert [row[0] for row in coding_sheet.sheet()[1:]] == one_own


def test_the_findings_of_the_readme_set_a_claim_of_ones_own_apart():
    record = {
        "verdict": "holds", "line": "So it is.", "firmness": None, "readings_holding": 1,
        "readings_failing": 0, "readings_unknown": 0,
    }  # fmt: skip
    records = [
        record | {"id": id, "paragraphs": paragraphs}
        for id, paragraphs in (("C02", "3"), ("C24", claims.OWN), ("C03", "3"))
    ]
    article, own = readme.findings(records).split("Not the article's")
    assert article.startswith("All 2 claims, ")
    assert "| C02 |" in article and "| C03 |" in article and "| C24 |" not in article
    assert "| C24 |" in own and "| C02 |" not in own


def test_its_card_and_the_closing_table_say_whose_claim_it_is(altered):
    world = altered({"claims": {"C24": {"paragraphs": claims.OWN}}})
    verdict = claims.judge("C24", world)
    assert str(verdict).startswith("C24 · a reader’s own claim, not the article’s: ")
    assert "The article: " not in str(verdict)
    assert claims_json.said(verdict.record()).startswith("C24 (your own) depends: ")
    assert claims_json.said(claims.judge("C23", world).record()).startswith("C23 holds: ")


def test_a_choice_that_the_rows_of_the_tests_lack_needs_a_default(monkeypatch):
    judging = claims.RULES["C26"]

    def further(world, owner, measure, bar, method, scale=1):
        return judging(world, owner, measure, bar, scale)

    def with_default(world, owner, measure, bar, method="any", scale=1):
        return judging(world, owner, measure, bar, scale)

    asked = what_tests_will_demand.choices_without_default
    assert [id for id in claims.judged() if asked(id)] == []
    monkeypatch.setitem(claims.RULES, "C26", further)
    assert asked("C26") == ["method"]
    monkeypatch.setitem(claims.RULES, "C26", with_default)
    assert asked("C26") == []
