"""A battery of faults in tables, parameters, notebooks, surroundings and outputs: each table of
them stands in a file `faults_of_...` of its own, what puts them in `broken_repository`.

Each ends in one clear message, with nothing published and the last good outputs whole, or in a
result that is right.
"""

import re
import shutil
import sys
from pathlib import Path

import broken_repository as put
import pytest
from checkouts import Checkout, files, notebook, write
from faults_of_notebooks import OF_NOTEBOOKS
from faults_of_outputs import OF_OUTPUTS
from faults_of_parameters import OF_PARAMETERS
from faults_of_surroundings import OF_SURROUNDINGS
from faults_of_tables import OF_TABLES

pytestmark = pytest.mark.usefixtures("surrounding")
FAULTS = {
    "data": OF_TABLES,
    "parameters": OF_PARAMETERS,
    "notebooks": OF_NOTEBOOKS,
    "surroundings": OF_SURROUNDINGS,
    "outputs": OF_OUTPUTS,
}
WHOLE = (  # faults of the tables that a whole run meets; the check of the tables meets the others
    "a cell too many",
    "a missing file",
    "CRLF",
    "UK for a country",
    "a claim without a rule",
    "markup in cells",
    "an address that is dead",
)
TABLES = {name: fault for name, fault in FAULTS["data"].items() if name not in WHOLE}
HANDFUL = {"data": 3, "notebooks": 3, "outputs": 3}  # that `make test` tries, of each group
TRIED = [
    pytest.param(
        group,
        *faults[name],
        id=f"{group}: {name}",
        marks=() if number < HANDFUL.get(group, 0) else pytest.mark.long,
    )
    for group, faults in FAULTS.items()
    for number, name in enumerate(WHOLE if group == "data" else faults)
]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory) -> Checkout:
    """A checkout in a folder with an odd name that was reproduced once, for faults of the
    surroundings.
    """
    checkout = Checkout(tmp_path_factory.mktemp("checkout") / "a b'c\"é")
    write(checkout.notebooks, {"one": notebook(put.ONE)})
    assert checkout.command("reproduce").returncode == 0
    return checkout


@pytest.fixture(scope="module")
def good(new_folder, tmp_path_factory) -> Path:
    """A small repository without a fault."""
    tables = new_folder()
    root = tmp_path_factory.mktemp("good")
    shutil.move(tables.path, root / "data")
    tables.path = root / "data"
    with pytest.MonkeyPatch.context() as patch:
        put.Here(root, tables, patch).furnish()
    return root


@pytest.fixture
def here(good, tiny, tmp_path, monkeypatch, request) -> put.Here:
    """A copy of it, for one fault."""
    shutil.copytree(good, tmp_path, dirs_exist_ok=True)
    return put.Here(tmp_path, tiny, monkeypatch, good, request.getfixturevalue)


@pytest.fixture(scope="module")
def tally(request, tmp_path_factory):
    """A list to which each fault adds whether it was caught; whoever tries the last one says how
    many were.
    """
    caught = []
    yield caught
    shared = tmp_path_factory.getbasetemp()
    shared = (
        shared.parent if hasattr(request.config, "workerinput") else shared
    )  # by all processes that run the tests
    with (shared / "caught").open("a+") as file:
        file.writelines(f"{one}\n" for one in caught)
        file.seek(0)
        found = file.read().split()
    if len(found) == sum(
        "tally" in getattr(item, "fixturenames", ()) for item in request.session.items
    ):
        with request.config.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
            print(f"\nfaults tried {len(found)}, caught {found.count('True')}", file=sys.stderr)


def holds(wanted, said: str) -> bool:
    """Whether the words wanted stand in what was said, in their order."""
    return bool(re.search(".*".join(map(re.escape, wanted.split("…"))), said, re.S))


@pytest.mark.parametrize(("fault", "wanted"), TABLES.values(), ids=TABLES)
def test_a_fault_of_the_tables_is_told_or_does_no_harm(
    fault, wanted, good, tiny, monkeypatch, tally, capfd
):
    tally.append(False)
    here = put.Tables(tiny, good, monkeypatch)
    fault(here)
    capfd.readouterr()
    status = here.check()
    said = "".join(capfd.readouterr())
    if callable(wanted):
        assert status == 0, said
        wanted(here, said)
    else:
        assert status == 1 and holds(wanted, said), said
    tally[-1] = True


@pytest.mark.parametrize(("group", "fault", "wanted"), TRIED)
def test_a_fault_ends_in_a_clear_message_or_in_a_result_that_is_right(
    group, fault, wanted, here, tally, capfd
):
    tally.append(False)
    if group == "outputs":
        here.words = ["verify"]
    fault(here)
    before = files(here.watched)
    capfd.readouterr()
    status = here.run(here.words)
    said = "".join(capfd.readouterr())
    assert "Traceback" not in said, said
    if callable(wanted):
        assert status == 0, said
        wanted(here, said)
    else:
        assert status not in (0, None), said
        assert holds(wanted, said), said
        assert files(here.watched) == before
        assert not [*here.outputs.glob(".*.new"), *here.outputs.glob(".*.old")]
    tally[-1] = True
