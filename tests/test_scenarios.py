"""Every scenario, and days before and after the rows, run through to verdicts or say what is
missing.
"""

import pytest

from helpers import claims, parameters, scenarios
from helpers.machinery.kernels import start, surroundings
from helpers.machinery.outputs import verdicts
from helpers.machinery.run import execute

CASES = [(name, "") for name in scenarios.names() if name != "article"]
CASES += [("article", "2025-02-17"), ("article", "2025-03-10"), ("article", "2030-01-01")]


@pytest.fixture(scope="module", autouse=True)
def surrounding():
    """What every command runs in."""
    with surroundings.hermetic(), start.warm():
        yield


@pytest.mark.parametrize(("scenario", "as_of"), CASES)
def test_a_scenario_runs_through_and_judges_every_claim(scenario, as_of):
    name, changed = scenarios.resolve(scenario, as_of)
    ran = execute.run_all(changed, 2, lambda line: None)
    records = verdicts.verdicts({notebook: of.notebook for notebook, of in ran.items()})
    assert name == (f"{scenario}@{as_of}" if as_of else scenario)
    assert [record["id"] for record in records] == claims.judged()
    assert all(record["verdict"] != "undecided" or record["missing"] for record in records)


def test_latest_is_the_newest_day_an_observation_may_name():
    day = scenarios.resolve("latest")[1]["as_of"]
    assert day == scenarios.newest_observation()
    assert day > parameters.DEFAULTS["as_of"]


@pytest.mark.parametrize(
    ("scenario", "as_of", "said"),
    [
        ("artcle", "", "There are article"),
        ("article", "20-12-2025", "YYYY-MM-DD"),
        ("article", "2024-01-01", "no data before"),
    ],
)
def test_what_cannot_be_run_is_refused_with_what_can(scenario, as_of, said):
    with pytest.raises(parameters.ParameterError, match=said):
        scenarios.resolve(scenario, as_of)
