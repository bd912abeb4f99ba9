"""What the README says is true: its files exist, its findings are those of the notebooks, its
commands are the Makefile's.
"""

import ast
import re

import pytest

from helpers import data, scenarios
from helpers.machinery.outputs import verdicts
from helpers.machinery.run.errors import RunError
from helpers.machinery.texts import readme

README = readme.README.read_text("utf-8")


def test_the_findings_are_those_of_the_committed_notebooks():
    assert readme.filled(README, readme.FINDINGS, readme.findings(verdicts.committed())) == README


def test_the_findings_change_with_a_verdict():
    records = verdicts.committed()
    records[0] = records[0] | {"verdict": "fails"}
    assert readme.filled(README, readme.FINDINGS, readme.findings(records)) != README


def test_a_readme_without_its_marks_is_refused():
    with pytest.raises(RunError, match="marks"):
        readme.filled(README.replace(readme.FINDINGS[0], ""), readme.FINDINGS, "")


def test_every_file_it_links_to_exists():
    for link in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (data.ROOT / link).exists(), link


def drawn() -> list[str]:
    """The modules in the drawing of the imports, in its order."""
    drawing = re.search(r"```\ndata (.*?)```", README, re.S)[0]
    return [
        f"helpers/{name}"
        for line in drawing.splitlines()[1:-1]
        for name in re.findall(r"[\w/]+", line[12:])
    ]


def imported(module: str) -> set[str]:
    """The modules of helpers that one imports, also inside its functions."""
    path = data.ROOT / f"{module}.py"
    code = ast.parse(
        (path if path.exists() else data.ROOT / module / "__init__.py").read_text("utf-8")
    )
    named = set()
    for node in ast.walk(code):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("helpers"):
            named |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        if isinstance(node, ast.Import):
            named |= {alias.name for alias in node.names if alias.name.startswith("helpers")}
    return {name.replace(".", "/") for name in named} - {"helpers", "helpers/machinery"}


def test_the_drawing_names_every_module_once():
    modules = {
        path.relative_to(data.ROOT).with_suffix("").as_posix()
        for path in (data.ROOT / "helpers").rglob("*.py")
    }
    modules = {module.removesuffix("/__init__") for module in modules} - {
        "helpers",
        "helpers/machinery",
    }
    assert sorted(drawn()) == sorted(modules)


def test_a_module_imports_only_what_stands_before_it_in_the_drawing():
    order = drawn()
    for number, module in enumerate(order):
        assert imported(module) & set(order) <= set(order[:number]), module
    assert imported("helpers/machinery/sweep") >= {"helpers/answers", "helpers/machinery/pages"}, (
        "the test sees imports"
    )


def test_every_command_it_names_is_a_target_of_the_makefile():
    targets = set(re.findall(r"^([a-z-]+):", (data.ROOT / "Makefile").read_text("utf-8"), re.M))
    assert set(re.findall(r"make ([a-z-]+)", README)) <= targets


def test_it_names_every_notebook():
    assert all(f"(notebooks/{name}.ipynb)" in README for name in scenarios.notebooks())
