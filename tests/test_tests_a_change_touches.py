"""What a change touches is what imports it, and the notebooks that read it as a table; a test that
reads the committed notebooks says so.
"""

import argparse
import os

import grimp
import pytest

from helpers import scenarios
from helpers.machinery.check import every_check
from helpers.machinery.commands import test as command
from helpers.machinery.run.errors import RunError

NOTEBOOKS = [f"notebooks/{name}.ipynb" for name in scenarios.notebooks()]
JUDGING = [f"notebooks/{name}.ipynb" for name, judged in every_check.judging().items() if judged]


def touched(*paths: str) -> set[str]:
    return set(command.touched(paths))


def test_an_edited_notebook_touches_itself_and_the_tests_that_read_the_committed_ones():
    found = touched(NOTEBOOKS[2])
    assert found & set(NOTEBOOKS) == {NOTEBOOKS[2]}
    assert found >= {
        "--edited=" + scenarios.notebooks()[2],
        "tests/test_notebooks.py",
        "tests/test_readme.py::test_the_findings_are_those_of_the_committed_notebooks",
    }
    assert not [
        name for name in found if name.startswith(("tests/test_identical", "tests/test_faults"))
    ]


def test_a_test_that_names_a_notebook_and_does_not_read_it_is_not_touched():
    assert "tests/test_lab.py" not in touched(NOTEBOOKS[0])


def test_a_changed_table_touches_the_notebooks_that_read_it_and_no_other():
    readers = {name for name, tables in every_check.readers().items() if "deliveries" in tables}
    found = touched("data/deliveries.csv")
    assert found & set(NOTEBOOKS) == {f"notebooks/{name}.ipynb" for name in readers}
    assert 0 < len(readers) < len(NOTEBOOKS)
    assert not [name for name in found if name.startswith("--edited")]
    assert "tests/test_recount.py" in found and "tests/test_progress.py" not in found


@pytest.mark.parametrize(
    ("path", "touches", "leaves"),
    [
        (
            "helpers/patrols/one_patrol.py",
            {"tests/test_uncertainty.py", *JUDGING},
            {"tests/test_progress.py"},
        ),
        ("helpers/claims/rules/ground.py", {"tests/test_claims.py", *JUDGING}, set()),
        (
            "helpers/machinery/site/about.py",
            {"tests/test_pages.py", "tests/test_browser.py", "tests/test_publish.py"},
            {"tests/test_quantities.py", "tests/test_claims.py", *NOTEBOOKS},
        ),
        (
            "helpers/machinery/site/templates/style.css",
            {"tests/test_pages.py", "tests/test_browser.py"},
            {"tests/test_quantities.py", *NOTEBOOKS},
        ),
        ("tests/formulas_again.py", {"tests/test_formulas.py"}, {"tests/test_manifest.py"}),
        (
            "tests/test_formulas.py",
            {"tests/test_formulas.py"},
            {"tests/test_claims.py", *NOTEBOOKS},
        ),
        ("CHANGELOG.md", {"tests/test_changelog.py"}, {"tests/test_faults.py", *NOTEBOOKS}),
        ("README.md", {"tests/test_readme.py"}, {"tests/test_faults.py", *NOTEBOOKS}),
    ],
)
def test_a_change_touches_what_imports_or_names_it(path, touches, leaves):
    found = touched(path)
    assert touches <= found
    assert not leaves & found


@pytest.mark.parametrize("path", ["requirements.lock", "conftest.py", "tests/tiny/counts.csv"])
def test_what_everything_rests_on_touches_everything(path):
    assert command.touched([path, "README.md"]) == command.ALL


def test_a_file_that_no_test_names_touches_nothing():
    assert touched("a-file" + "-that-nobody-names") == touched() == set()


def test_every_module_that_is_imported_by_its_name_is_followed():
    graph = grimp.build_graph("helpers", cache_dir=None)
    graph_of_all = {"helpers.machinery.__main__"} | command.importers(set(graph.modules))
    for importer, folder in command.BY_NAME.items():
        for found in graph.find_descendants(folder):
            assert importer in command.importers({found}), found
    assert graph_of_all >= graph.modules


def test_what_changed_is_told_by_git_also_what_it_does_not_know_yet(tmp_path, committed_to_git):
    for name in ("kept", "edited", "gone", "a b é"):
        (tmp_path / name).write_text("1")
    committed_to_git(tmp_path)
    assert command.changed(tmp_path) == []
    (tmp_path / "edited").write_text("2")
    (tmp_path / "a b é").write_text("2")
    (tmp_path / "gone").unlink()
    (tmp_path / "new").touch()
    assert command.changed(tmp_path) == ["a b é", "edited", "gone", "new"]
    with pytest.raises(RunError, match="^git does not know what changed: "):
        command.changed(tmp_path, "no-such-revision")


def test_a_file_whose_name_is_no_utf_8_is_named_so_that_it_can_be_printed(
    tmp_path, committed_to_git, capsys
):
    (tmp_path / "kept").touch()
    committed_to_git(tmp_path)
    (tmp_path / os.fsdecode(b"x\xff.ipynb")).touch()
    assert command.changed(tmp_path) == ["x\ufffd.ipynb"]
    command.say(", ".join(command.touched(["notebooks/x\ufffd.ipynb"])))
    assert capsys.readouterr().out.encode("utf-8")


@pytest.mark.parametrize("content", [b"\xff", b"[]", b"{}", b'{"cells": [1], "metadata": {}}'])
def test_a_committed_notebook_that_cannot_be_read_is_left_to_nbval(tmp_path, monkeypatch, content):
    (tmp_path / "one.ipynb").write_bytes(content)
    monkeypatch.setattr(scenarios, "NOTEBOOKS", tmp_path)
    assert command.reads("one", set(), set())


def test_where_git_is_not_to_be_had_all_is_offered(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(RunError, match="make test runs all"):
        command.changed(tmp_path)


def test_marked_tests_are_found_by_function_and_by_file():
    text = "import pytest\n@pytest.mark.committed\ndef test_one(): ...\ndef test_two(): ...\n"
    assert command.committed(text) == ["::test_one"]
    assert command.committed(text + "pytestmark = pytest.mark.committed\n") == [""]
    assert command.imports(
        'from helpers.machinery.run import execute, errors\nx = "import helpers.a"'
    ) == {
        "helpers.machinery.run",
        "helpers.machinery.run.execute",
        "helpers.machinery.run.errors",
        "helpers.a",
    }


def test_a_change_that_only_long_tests_read_is_no_fault(monkeypatch, capsys):
    monkeypatch.setattr(command, "changed", lambda root, base: ["tests/test_lab.py"])
    for code, ends in ((command.NO_TEST, 0), (1, 1), (0, 0)):
        monkeypatch.setattr(command.subprocess, "call", lambda *words, code=code, **named: code)
        args = argparse.Namespace(changed=True, base="", long=False, jobs=1)
        assert command.run(args) == ends
        assert ("make test-long" in capsys.readouterr().out) is (code == command.NO_TEST)


def test_what_is_tested_is_told_on_a_line():
    some = ["tests/test_a.py::test_1", "tests/test_a.py::test_2", "notebooks/06-refuelling.ipynb"]
    many = [f"tests/test_{number}.py" for number in range(20)]
    assert command.in_words(some) == "test_a; 06-refuelling"
    assert command.in_words([*many, "--edited=06-refuelling"]) == "20 files of tests"
    assert command.in_words(command.ALL) == "everything is tested"
    assert command.in_words([]) == "no test is touched"
