"""A module of helpers imports only what stands below it; pyproject.toml has the order."""

import grimp
import pytest
from importlinter import cli

from helpers import data


@pytest.fixture(autouse=True)
def at_the_root(monkeypatch):
    """The order names helpers as it is found from the root."""
    monkeypatch.chdir(data.ROOT)


def test_every_module_has_its_place_and_imports_only_what_stands_below_it(capsys):
    assert cli.lint_imports(no_cache=True, no_logo=True) == 0, capsys.readouterr().out


SHOWN = '"charts | explore | open_facts | inputs_that_turn_an_answer"'
CLAIMS = '"claims | mandates | costs | air_defence"'


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        (SHOWN + ",\n    " + CLAIMS, CLAIMS + ",\n    " + SHOWN),
        ('"outputs",\n    "run",', '"run",\n    "outputs",'),
        ('    "membership",\n', ""),
    ],
    ids=["an import of what stands above", "within the machinery", "a module without a place"],
)
def test_what_breaks_the_order_is_found(tmp_path, capsys, was, becomes):
    order = (data.ROOT / "pyproject.toml").read_text("utf-8")
    assert was in order
    (tmp_path / "pyproject.toml").write_text(order.replace(was, becomes), "utf-8")
    assert cli.lint_imports(str(tmp_path / "pyproject.toml"), no_cache=True, no_logo=True) == 1


def test_imports_inside_functions_are_seen_too():
    found = grimp.build_graph("helpers", cache_dir=None).find_modules_directly_imported_by(
        "helpers.machinery.commands.reproduce"
    )
    assert "helpers.machinery.commands.publish_scenario" in found
