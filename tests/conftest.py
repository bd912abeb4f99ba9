"""A tiny data folder that keeps the contract, and ways to break it."""

import csv
import functools
import io
import itertools
import json
import math
import os
import shutil
import subprocess
from pathlib import Path

import filelock
import pytest
import worlds_with_other_rows as alterations
from hypothesis import settings

from helpers import data, scenarios
from helpers.machinery.check import declarations_known, every_check
from helpers.machinery.check.rule_book import Tables
from helpers.machinery.kernels import isolation_from_settings
from helpers.machinery.outputs import manifest
from helpers.machinery.run import progress

settings.register_profile("repeatable", deadline=None, derandomize=True, database=None)
settings.load_profile("repeatable")

TINY = Path(__file__).with_name("tiny")  # a CSV file for each table, with the columns a test needs


ASKED, DESCRIBED = every_check.frictionless_faults, every_check.contract_faults


@functools.cache
def _told(table: str, rows: tuple, schema: str) -> tuple:
    made = [every_check.Row(table, dict(cells) | {"line": line}) for line, cells in rows]
    return tuple(ASKED(made, json.loads(schema)))


@pytest.fixture(scope="session", autouse=True)
def never_slow():
    """What a command prints where it takes long hangs on the machine."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(progress, "SILENT", math.inf)
        yield


@pytest.fixture(scope="session")
def today() -> Tables:
    """The repository's own rows, which keep the contract."""
    found, tables = every_check.examine(data.DATA)
    assert found == []
    return tables


@pytest.fixture(scope="session", autouse=True)
def asked_once():
    """frictionless is asked once for each content of a table and of the contract: most faults leave
    all tables but one as they were.
    """
    described = {}

    def faults(folder):
        text = (folder / data.CONTRACT).read_bytes()
        if text not in described:
            described[text] = DESCRIBED(folder)
        return list(described[text])

    def told(rows, schema):
        if not rows:
            return ()
        key = tuple((row.line, tuple(row.items())) for row in rows)
        return _told(rows[0].table, key, json.dumps(schema))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(every_check, "frictionless_faults", told)
        patch.setattr(every_check, "contract_faults", faults)
        yield


@functools.cache
def _tiny() -> dict[str, str]:
    """The contract of the tables of tests/tiny, and these, by the names of their files."""
    package = json.loads((data.DATA / data.CONTRACT).read_text("utf-8"))
    package["resources"] = [
        resource for resource in package["resources"] if (TINY / f"{resource['name']}.csv").exists()
    ]
    for resource in package["resources"]:  # an invented world has its own magnitudes and ids
        for name in declarations_known.OF_TABLES:
            resource["schema"].pop(name, None)
        for column, name in itertools.product(
            resource["schema"]["fields"], declarations_known.OF_COLUMNS
        ):
            column.pop(name, None)
        for column in resource["schema"]["fields"]:  # nor does it have every table
            if not (TINY / f"{column.get('list_of', '').split('.')[0]}.csv").exists():
                column.pop("list_of", None)
    texts = {data.CONTRACT: json.dumps(package)}
    for file in TINY.glob("*.csv"):
        columns = dict.fromkeys(data.columns(file.stem), "")  # what no test needs is empty
        with file.open(encoding="utf-8", newline="") as rows:
            texts[file.name] = as_csv([columns | row for row in csv.DictReader(rows)])
    return texts


def as_csv(rows: list[dict]) -> str:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


class Folder:
    """A data folder of a test, with the tables of tests/tiny; they can be read, rewritten
    and changed cell by cell.
    """

    def __init__(self, path: Path):
        self.path = path
        for name, text in _tiny().items():
            (path / name).write_bytes(text.encode())

    def file(self, table: str) -> Path:
        return self.path / f"{table}.csv"

    def rows(self, table: str) -> list[dict]:
        return list(csv.DictReader(io.StringIO(self.file(table).read_text("utf-8"))))

    def write(self, table: str, rows: list[dict]) -> None:
        self.file(table).write_bytes(as_csv(rows).encode())

    def put(self, table: str, id: str, /, **cells: str) -> int:
        """Change cells of the row with this id; the line it stands on. An id that is not there yet:
        a copy of the last row.
        """
        rows = self.rows(table)
        key = next(iter(rows[0]))
        if id not in [row[key] for row in rows]:
            rows.append(rows[-1] | {key: id})
        number = [row[key] for row in rows].index(id)
        rows[number] |= cells
        self.write(table, rows)
        return number + 2

    def drop(self, table: str, id: str) -> None:
        rows = self.rows(table)
        self.write(table, [row for row in rows if id not in row.values()])


@pytest.fixture
def tiny(tmp_path) -> Folder:
    """A tiny data folder that keeps the contract."""
    folder = tmp_path / "data"
    folder.mkdir()
    return Folder(folder)


@pytest.fixture(scope="module")
def altered(tmp_path_factory):
    """Makes worlds in which a few rows are others: see `altered.worlds`."""
    with alterations.worlds(tmp_path_factory.mktemp("altered")) as make:
        yield make


@pytest.fixture(scope="session")
def new_folder(tmp_path_factory):
    """Makes tiny data folders, for tests that need many."""

    def make() -> Folder:
        return Folder(tmp_path_factory.mktemp("data"))

    return make


@pytest.fixture
def committed_to_git(monkeypatch):
    """Commits what is in a folder to a repository of its own; the git settings of whoever runs the
    tests have no part in it.
    """
    if not shutil.which("git"):
        pytest.skip("git is not installed")
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")

    def commit(folder: Path) -> None:
        git = ["git", "-C", str(folder), "-c", "user.name=T", "-c", "user.email=t@example.org"]
        for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "as they stand"]):
            subprocess.run([*git, *command], check=True)

    return commit


@pytest.fixture(scope="module")
def surrounding(tmp_path_factory):
    """What every command runs in; a test run by itself does too."""
    tmp_path_factory.getbasetemp()  # pytest's own folder stays outside
    with isolation_from_settings.hermetic():
        yield


@pytest.fixture(scope="session")
def once(request, tmp_path_factory):
    """Makes a folder once a run for all processes that run the tests: once(name, make)."""
    base = tmp_path_factory.getbasetemp()
    base = base.parent if hasattr(request.config, "workerinput") else base
    inputs = manifest.fingerprint(manifest.inputs())[:16]

    def made(name: str, make) -> Path:
        folder = base / f"{name}-{inputs}"
        with filelock.FileLock(f"{folder}.lock"):
            if not folder.exists():
                (unfinished := base / f"{name}-unfinished").mkdir()
                make(unfinished)
                unfinished.rename(folder)
        return folder

    return made


@pytest.fixture(scope="session")
def article(once) -> Path:
    """What outputs/article holds, made here from the committed notebooks as they are."""

    def make(folder: Path) -> None:
        from helpers.machinery.commands import publish_scenario
        from helpers.machinery.run import execute
        from helpers.machinery.site import notebook_html

        names, contents = scenarios.notebooks(), notebook_html.Contents()
        notebooks = {name: execute.open_notebook(scenarios.file(name)) for name in names}
        for name, notebook in notebooks.items():
            contents.add(name, notebook)
        publish_scenario.fill(folder, "article", {}, notebooks, contents, manifest.inputs())

    return once("article", make)


@pytest.fixture(scope="session")
def place(new_folder):
    return new_folder()


@pytest.fixture(scope="session")
def tiny_site(place, tmp_path_factory):
    """The pages of the two notebooks made here."""
    from pages_built import Made, built, notebooks

    return Made(
        built(tmp_path_factory.mktemp("site"), place.path), place.path, notebooks(place.path)
    )


@pytest.fixture(scope="session")
def committed(article, request):
    """The pages of the committed notebooks; of those alone that were edited, if it is so asked."""
    from pages_built import Made

    from helpers.machinery.run import execute

    found = {
        name: execute.open_notebook(scenarios.NOTEBOOKS / f"{name}.ipynb")
        for name in scenarios.notebooks()
    }
    edited = tuple(filter(None, request.config.getoption("edited").split(",")))
    return Made(article, data.DATA, found, edited, ("report",))  # which holds what the others do


@pytest.fixture(scope="session", params=["tiny_site", "committed"])
def site(request):
    """The pages made here, then those of the committed notebooks."""
    return request.getfixturevalue(request.param)
