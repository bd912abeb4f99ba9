"""What the README says is true: its files exist, its findings are those of the notebooks, its
commands are the Makefile's.
"""

import re

import pytest

from helpers import data, scenarios
from helpers.machinery.outputs import claims_json
from helpers.machinery.run.errors import RunError
from helpers.machinery.texts import readme

README = readme.README.read_text("utf-8")


@pytest.mark.committed
def test_the_findings_are_those_of_the_committed_notebooks():
    assert (
        readme.filled(README, readme.FINDINGS, readme.findings(claims_json.committed())) == README
    )


def test_the_findings_change_with_a_verdict():
    records = claims_json.committed()
    records[0] = records[0] | {"verdict": "fails"}
    assert readme.filled(README, readme.FINDINGS, readme.findings(records)) != README


def test_a_readme_without_its_marks_is_refused():
    with pytest.raises(RunError, match="marks"):
        readme.filled(README.replace(readme.FINDINGS[0], ""), readme.FINDINGS, "")


def test_every_file_it_links_to_exists():
    for link in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (data.ROOT / link).exists(), link


def test_every_command_it_names_is_a_target_of_the_makefile():
    targets = set(re.findall(r"^([a-z-]+):", (data.ROOT / "Makefile").read_text("utf-8"), re.M))
    named = set(re.findall(r"(?:`|^)make ([a-z-]+)", README, re.M))
    assert named <= targets and {"reproduce", "test", "check-data"} <= named


@pytest.mark.committed
def test_it_names_every_notebook():
    assert all(f"(notebooks/{name}.ipynb)" in README for name in scenarios.notebooks())


@pytest.mark.committed
def test_its_table_says_of_each_notebook_which_claims_it_judges_or_none():
    notebooks = data.load("claims")["notebook"]
    rows = re.findall(
        r"^\| \[[^|]*\]\(notebooks/([\w-]+)\.ipynb\) \|[^|]*\| (.*) \|$", README, re.M
    )
    assert {name for name, _ in rows} == set(scenarios.notebooks())
    for name, told in rows:
        named = set(re.findall(r"C\d+[ab]?", told))
        assert named <= set(notebooks.index[notebooks == name])
        assert named or told in ("all", "none"), f"{name}: {told}"
    (line,) = re.findall(r"^\| a notebook \| (.*)$", README, re.M)
    assert "the claims that it judges, or `none`" in line


FORMULAS = (  # a contribution's own need not stand in README
    "composite_index cost_of_a_force fighters_on_patrol flight_distance_and_time front_line_density"
    " fuel_from_tankers joint_probability rotation_of_soldiers surveillance_orbits"
).split()


def test_it_names_the_file_of_every_formula_and_none_that_is_gone():
    files = {file.name for file in (data.ROOT / "helpers/formulas").glob("*.py")}
    named = set(re.findall(r"^\|[^|]*\| \[(\w+\.py)\]\(helpers/formulas/\1\) \|$", README, re.M))
    assert {f"{name}.py" for name in FORMULAS} <= named <= files
