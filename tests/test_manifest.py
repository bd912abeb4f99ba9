"""Only what may show something else is run again, and what is published is then what running
everything gives: never stale.
"""

import contextlib
import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import nbformat
import psutil
import pytest
from checkouts import UNCHECKED, Checkout, files, notebook, write

from helpers import data, scenarios
from helpers.claims import verdicts_worked_out_ahead
from helpers.machinery import __main__ as machinery
from helpers.machinery.commands import check_data
from helpers.machinery.outputs import manifest, replace_outputs_whole
from helpers.machinery.site import pages

NOTEBOOKS = {
    "one": notebook("from helpers import data\nlist(data.load('counts')['note'])"),
    "two": notebook(
        "from helpers import data\ndata.World(as_of, roster, evidence, seed).members(),"
        " data.load('counts').shape"
    ),
    "three": notebook("from helpers import formulas\nformulas.__doc__, as_of, evidence"),
}
SCENARIOS = {"article": {}, "read-only": {"evidence": "read"}, "latest": {"as_of": "latest"}}
ALL, NONE = {"one", "two", "three"}, set()


def a_page(folder: Path, *_, **__) -> None:
    """In the place of the pages, whose looks are not tested here."""
    (folder / "index.html").write_text("a page")


class Reproduced(Checkout):
    """A checkout with three small notebooks: one reads a table, one several, one none; all are run
    once.
    """

    def __init__(self, path: Path):
        super().__init__(path)
        write(self.notebooks, NOTEBOOKS, SCENARIOS)
        self.outputs = path / "outputs/article"

    def reproduce(self, *options: str) -> set[str]:
        """Reproduce; the names of the notebooks that were run."""
        words, said, out = ["reproduce", *options], io.StringIO(), io.StringIO()
        with (
            pytest.MonkeyPatch.context() as patch,
            contextlib.redirect_stderr(said),
            contextlib.redirect_stdout(out),
        ):
            patch.setattr(data, "ROOT", self.path)
            patch.setattr(scenarios, "NOTEBOOKS", self.notebooks)
            patch.setattr(replace_outputs_whole, "OUTPUTS", self.path / "outputs")
            patch.setattr(sys, "executable", str(self.python))  # of the checkout's helpers
            patch.setattr(check_data, "passes", lambda: True)
            patch.setattr(check_data, "notes", list)
            patch.setattr(pages, "build", a_page)
            patch.setattr(verdicts_worked_out_ahead, "table", lambda newest: {})
            assert machinery.main(words) == 0
        assert said.getvalue() == ""
        ran = re.findall(r"^ran (\w+) in", out.getvalue(), re.M)
        assert len(ran) == len(set(ran))
        told = re.findall(r"^running ([\w, ]+), since \S", out.getvalue(), re.M)
        assert set(", ".join(told).split(", ")) - {""} == set(ran), "what runs is told with why"
        return set(ran)

    def longer(self, path: str) -> None:
        """Add a line to a file, which changes nothing that it does; the first row of a table gets a
        longer note, the last cell of a notebook a comment.
        """
        file = self.path / path
        if path.endswith(".csv"):
            self.put(path, "note", lambda note: note + " more")
        elif path.endswith(".ipynb"):
            book = nbformat.read(file, 4)
            book.cells[-1].source += "\n# more"
            nbformat.write(book, file)
        else:
            more = "\n" if file.suffix == ".json" else "# more\n"
            file.write_text(file.read_text("utf-8") + more, "utf-8")

    def put(self, path: str, column: str, change: Callable) -> None:
        """Change the cell of a column in the first row of a table."""
        header, *rows = csv.reader(io.StringIO((self.path / path).read_text("utf-8")))
        rows[0][header.index(column)] = change(rows[0][header.index(column)])
        with (self.path / path).open("w", encoding="utf-8", newline="") as text:
            csv.writer(text, lineterminator="\n").writerows([header, *rows])


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return Reproduced(tmp_path_factory.mktemp("checkout"))


@pytest.fixture
def here(made, monkeypatch) -> Reproduced:
    """The checkout with nothing left to run; what a test asks of the manifest is asked there."""
    monkeypatch.setattr(data, "ROOT", made.path)
    monkeypatch.setattr(scenarios, "NOTEBOOKS", made.notebooks)
    if not manifest.current(made.outputs, {}):
        made.reproduce()
    return made


def times(folder: Path) -> dict[str, tuple]:
    """Every file and folder of the outputs with what changes when it is written again."""
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_ino, path.stat().st_mtime_ns)
        for path in [folder, *folder.rglob("*")]
    }


def forced(here: Reproduced) -> dict[str, str]:
    """The outputs when all is run again."""
    assert here.reproduce("--force") == ALL
    return files(here.outputs)


# what is edited, and which notebooks are then to run

INPUTS = {
    "a table": ("data/counts.csv", {"one", "two"}),
    "another table": ("data/members.csv", {"two"}),
    "a table that no notebook reads": ("data/searches.csv", NONE),
    "a notebook": ("notebooks/three.ipynb", {"three"}),
    "a module of helpers": ("helpers/formulas/flight_distance_and_time.py", ALL),
    "a rule": ("helpers/claims/rules/membership.py", ALL),
    "the loader": ("helpers/data/csv_tables.py", ALL),
    "the lock": ("requirements.lock", ALL),
    "the contract": ("data/datapackage.json", ALL),
    "the scenarios": ("notebooks/scenarios.yml", ALL),
    "a template": ("helpers/machinery/site/templates/style.css", NONE),
    "the builder of the pages": ("helpers/machinery/site/notebook_html.py", NONE),
    "what asks for kernels": ("helpers/machinery/kernels/provisioner.py", ALL),
    "what a kernel is": ("helpers/machinery/kernels/kernel.py", ALL),
    "what kernels are forked from": ("helpers/machinery/kernels/fork_server.py", ALL),
    "what runs notebooks": ("helpers/machinery/run/execute.py", ALL),
}


@pytest.mark.parametrize(("path", "again"), INPUTS.values(), ids=INPUTS)
@pytest.mark.long
def test_after_an_input_was_edited_what_depends_on_it_is_to_run(here, path, again):
    before = (here.path / path).read_bytes()
    here.longer(path)
    made = manifest.last(here.outputs)
    assert set(manifest.stale(here.outputs, made, {})) == again
    assert manifest.moved(made) == [path]
    assert not manifest.current(here.outputs, {})
    (here.path / path).unlink()
    if path != "notebooks/scenarios.yml":  # without it there are no notebooks
        assert set(manifest.stale(here.outputs, made, {})) == again, "as after it was deleted"
    (here.path / path).write_bytes(before)
    assert manifest.current(here.outputs, {})


def test_a_new_module_runs_all(here):
    new = here.path / "helpers/new.py"
    new.touch()
    assert set(manifest.stale(here.outputs, manifest.last(here.outputs), {})) == ALL
    new.unlink()


def test_other_parameters_run_all(here):
    assert (
        set(manifest.stale(here.outputs, manifest.last(here.outputs), {"as_of": "2026-01-01"}))
        == ALL
    )
    assert not manifest.current(here.outputs, {"as_of": "2026-01-01"})


# whole runs of a command: what they run, and that what they publish is what running all gives


@pytest.mark.long
def test_only_what_depends_on_an_edit_is_run_shows_it_and_gives_what_running_all_gives(here):
    file = here.path / "helpers/formulas/__init__.py"
    file.write_text(file.read_text("utf-8").replace('"""', '"""Other words: ', 1), "utf-8")
    assert here.reproduce() == ALL
    assert "Other words: " in shown(here, "three")
    before = here.outputs.stat().st_ino
    for path in ("data/counts.csv", "helpers/machinery/site/templates/style.css"):
        here.longer(path)
    (here.outputs / "x.html").write_text("foreign")
    assert here.reproduce() == {"one", "two"}
    assert here.outputs.stat().st_ino != before, "and the pages are made of it"
    assert manifest.last(here.outputs)["inputs"] == manifest.inputs()
    assert " more" in shown(here, "one")
    assert files(here.outputs) == forced(here)


def shown(here: Reproduced, name: str) -> str:
    """What the last cell of an executed notebook shows."""
    return (
        nbformat.read(here.outputs / f"notebooks/{name}.ipynb", 4)
        .cells[-1]
        .outputs[0]
        .data["text/plain"]
    )


def test_a_notebook_that_is_new_is_to_run_as_the_list_changed_and_one_that_is_gone_is_not(here):
    write(here.notebooks, NOTEBOOKS | {"four": notebook("4")}, SCENARIOS)
    try:
        made = manifest.last(here.outputs)
        assert set(manifest.stale(here.outputs, made, {})) == ALL | {"four"}
        made["inputs"] = manifest.inputs()
        made["notebooks"]["four"] = []
    finally:
        write(here.notebooks, NOTEBOOKS, SCENARIOS)
    assert set(manifest.stale(here.outputs, made, {})) == ALL, "the list is an input of all"


def edited(path: str) -> Callable:
    return lambda here: (here.outputs / path).write_text(
        (here.outputs / path).read_text("utf-8") + "\n", "utf-8"
    )


def missing(path: str) -> Callable:
    return lambda here: (here.outputs / path).unlink()


def foreign(path: str) -> Callable:
    return lambda here: (here.outputs / path).write_text("x")


def of_another_python(here) -> None:
    file = here.outputs / manifest.NAME
    made = json.loads(file.read_text("utf-8"))
    file.write_text(json.dumps(made | {"python": "3.11.0"}), "utf-8")
    manifest.seal(here.outputs)


def truncated(here) -> None:
    os.truncate(here.outputs / manifest.NAME, 100)


OUTPUTS = {
    "an executed notebook edited": (edited("notebooks/two.ipynb"), {"two"}),
    "an executed notebook missing": (missing("notebooks/one.ipynb"), {"one"}),
    "all executed notebooks missing": (lambda here: shutil.rmtree(here.outputs / "notebooks"), ALL),
    "a page edited": (edited("index.html"), NONE),
    "a page missing": (missing("index.html"), NONE),
    "the verdicts edited": (edited("claims.json"), NONE),
    "the verdicts missing": (missing("claims.json"), NONE),
    "a foreign file": (foreign("x.html"), NONE),
    "a foreign notebook": (foreign("notebooks/four.ipynb"), NONE),
    "the sums edited": (edited(manifest.SUMS), NONE),
    "the sums missing": (missing(manifest.SUMS), NONE),
    "the manifest edited": (edited(manifest.NAME), NONE),
    "the manifest truncated": (truncated, ALL),
    "the manifest missing": (missing(manifest.NAME), ALL),
    "another version of Python": (of_another_python, ALL),
    "all missing": (lambda here: shutil.rmtree(here.outputs), ALL),
}


@pytest.mark.parametrize(("spoil", "again"), OUTPUTS.values(), ids=OUTPUTS)
@pytest.mark.long
def test_after_outputs_were_spoilt_what_is_no_more_there_is_to_run(here, tmp_path, spoil, again):
    kept = shutil.copytree(here.outputs, tmp_path / "kept")
    spoil(here)
    try:
        assert set(manifest.stale(here.outputs, manifest.last(here.outputs), {})) == again
        assert not manifest.current(here.outputs, {})
    finally:
        shutil.rmtree(here.outputs, ignore_errors=True)
        kept.rename(here.outputs)
    assert manifest.current(here.outputs, {})


def test_where_nothing_has_changed_nothing_is_written(here):
    before = times(here.outputs)
    assert here.reproduce() == NONE
    assert times(here.outputs) == before


def test_what_nothing_lists_has_no_part(here):
    foreign = [
        here.notebooks / "foreign.ipynb",
        here.path / "data/foreign.csv",
        here.path / "data/notes.txt",
        here.path / "README.md",
    ]
    try:
        for file in foreign:
            file.write_text("x")
        (here.notebooks / ".ipynb_checkpoints").mkdir()
        shutil.copy(
            here.notebooks / "one.ipynb", here.notebooks / ".ipynb_checkpoints/one-checkpoint.ipynb"
        )
        assert manifest.current(here.outputs, {})
    finally:
        shutil.rmtree(here.notebooks / ".ipynb_checkpoints")
        for file in foreign:
            file.unlink()


def test_a_file_named_like_a_notebook_does_not_hide_that_it_is_stale(here):
    notebook = here.notebooks / "one.ipynb"
    others = [notebook.with_name(name) for name in ("one.ipynb.txt", "one.ipynb~")]
    before = notebook.read_bytes()
    try:
        for file in others:
            file.write_bytes(before)
        here.longer("notebooks/one.ipynb")
        assert not manifest.current(here.outputs, {})
    finally:
        notebook.write_bytes(before)
        for file in others:
            file.unlink()


def test_another_scenario_has_outputs_of_its_own_and_the_newest_day_is_a_parameter_like_any_other(
    here,
):
    before, latest = files(here.outputs), here.path / "outputs/latest"
    assert here.reproduce("--scenario", "latest") == ALL
    assert "evidence" not in manifest.last(latest)["parameters"]
    assert files(here.outputs) == before
    assert manifest.current(latest, scenarios.resolve("latest")[1])
    made = manifest.last(latest)
    assert set(manifest.stale(latest, made, {"as_of": "2027-01-01"})) == ALL, "a newer row"


DURING = """\
import pathlib, subprocess
if pathlib.Path("../during").exists():
    _ = subprocess.run(["sed", "-i", "s/ more/ less/", "../data/counts.csv"])"""


@pytest.mark.long
def test_what_is_made_while_an_input_is_edited_is_not_published(here):
    here.longer("data/counts.csv")  # ends in ' more'
    before = files(here.outputs)
    write(
        here.notebooks,
        NOTEBOOKS
        | {"one": notebook(*[cell.source for cell in NOTEBOOKS["one"].cells[2:]], DURING)},
        SCENARIOS,
    )
    try:
        (here.path / "during").touch()
        run = here.command("reproduce", "--jobs", "1")
        assert run.returncode == 1
        assert "written while the run went on: data/counts.csv\nnothing is published" in run.stderr
        assert files(here.outputs) == before
        (here.path / "during").unlink()
        assert {"one", "two"} <= here.reproduce()
        assert manifest.current(here.outputs, {})
    finally:
        write(here.notebooks, NOTEBOOKS, SCENARIOS)


UNSOUND = "data/counts.csv:2: no number\n1 finding\n"
BESIDE_THE_CHECK = {
    "a notebook that ends": "1",
    "a notebook that fails": "1 / 0",
    "a notebook that goes on": "import time\ntime.sleep(600)",
}


@pytest.mark.parametrize("cell", BESIDE_THE_CHECK.values(), ids=list(BESIDE_THE_CHECK))
def test_of_unsound_data_nothing_is_published_and_only_that_is_told(
    here, cell, tmp_path, monkeypatch, capfd
):
    before, began = files(here.outputs), tmp_path / "began"

    def passes() -> bool:
        while not began.exists():
            time.sleep(0.05)
        time.sleep(0.5)  # so that a notebook that ends does so before
        print(UNSOUND, end="")
        return False

    monkeypatch.setattr(check_data, "passes", passes)
    monkeypatch.setattr(replace_outputs_whole, "OUTPUTS", here.path / "outputs")
    monkeypatch.setattr(sys, "executable", str(here.python))
    one = notebook(f"import pathlib\npathlib.Path({str(began)!r}).touch()", cell)
    write(here.notebooks, {"one": one}, SCENARIOS)
    try:
        assert machinery.main(["reproduce"]) == 1
    finally:
        write(here.notebooks, NOTEBOOKS, SCENARIOS)
    told = capfd.readouterr()
    assert told.err == "" and told.out.endswith(UNSOUND)
    assert told.out.count(UNSOUND) == 1
    assert files(here.outputs) == before
    assert psutil.Process().children(recursive=True) == []


def test_a_fault_in_helpers_is_told_with_its_place(made):
    file, before = made.path / "helpers/charts/__init__.py", files(made.outputs)
    text = file.read_text("utf-8")
    write(made.notebooks, NOTEBOOKS | {"two": notebook("from helpers import charts")}, SCENARIOS)
    try:
        file.write_text(text + "\n(\n", "utf-8")
        run = made.run("-c", UNCHECKED, "reproduce")
        assert run.returncode == 1
        line = len(text.splitlines()) + 2
        assert (
            run.stderr.strip()
            == f"helpers/charts/__init__.py, line {line}: '(' was never closed; the last outputs"
            " are as they were"
        )
        assert files(made.outputs) == before
    finally:
        file.write_text(text, "utf-8")
        write(made.notebooks, NOTEBOOKS, SCENARIOS)


# what a manifest says


def test_the_manifest_names_every_input_and_output_with_its_sum(tmp_path):
    put = {
        "index.html": "a page",
        "claims.json": "[]",
        "notebooks/one.ipynb": "{}",
        "tables/a b'é.csv": "x\n",
    }
    for path, text in put.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    found = manifest.make(
        tmp_path, "latest", {"as_of": "2026-03-01"}, {"one": ["counts"]}, manifest.inputs()
    )
    assert (found["scenario"], found["parameters"], found["notebooks"]) == (
        "latest",
        {"as_of": "2026-03-01"},
        {"one": ["counts"]},
    )
    assert found["outputs"] == files(tmp_path)
    assert set(found["outputs"]) == set(put)
    helpers = [f"helpers/**/*.{kind}" for kind in ("css", "j2", "js", "json", "md", "py")]
    kinds = (
        "data/*.csv",
        "data/*.json",
        "notebooks/*.ipynb",
        "notebooks/*.yml",
        "requirements.lock",
        *helpers,
    )
    inputs = {
        path.relative_to(data.ROOT).as_posix() for kind in kinds for path in data.ROOT.glob(kind)
    }
    assert inputs == set(found["inputs"])
    assert all(
        manifest.written(data.ROOT / path) == digest for path, digest in found["inputs"].items()
    )


def test_nothing_that_helpers_may_read_is_missing_among_the_inputs():
    found = {
        path.relative_to(data.ROOT).as_posix()
        for path in (data.ROOT / "helpers").rglob("*")
        if path.is_file()
    }
    assert {path for path in found - set(manifest.inputs()) if "__pycache__" not in path} == set()


def test_an_input_written_since_is_told_though_it_says_the_same_again(tmp_path, monkeypatch):
    monkeypatch.setattr(data, "ROOT", tmp_path)
    monkeypatch.setattr(scenarios, "NOTEBOOKS", data.DATA.parent / "notebooks")
    (tmp_path / "helpers").mkdir()
    names = [tmp_path / f"helpers/{name}.py" for name in ("back", "gone", "same")]
    for name in names:
        name.write_text("1", "utf-8")
    seen = manifest.inputs()
    assert (set(seen), seen.since()) == (
        {"helpers/back.py", "helpers/gone.py", "helpers/same.py"},
        [],
    )
    time.sleep(0.02)  # longer than a tick of the system's clock
    names[0].write_text("2", "utf-8")
    names[0].write_text("1", "utf-8")
    os.utime(names[0], (1, 1))
    names[1].unlink()
    (tmp_path / "helpers/come.py").touch()
    assert seen.since() == ["helpers/back.py", "helpers/come.py", "helpers/gone.py"]
    seen.note("helpers/back.py")
    assert seen.since() == ["helpers/come.py", "helpers/gone.py"]


def test_the_sums_verify_and_name_every_file_but_themselves(tmp_path):
    for path in ("index.html", "tables/a b'é.csv", "manifest.json", "-n"):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(path, "utf-8")
    manifest.seal(tmp_path)
    check = ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"]
    run = subprocess.run(
        check, cwd=tmp_path, capture_output=True, text=True, env=os.environ | {"LC_ALL": "C.UTF-8"}
    )
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
    named = [line[66:] for line in (tmp_path / "SHA256SUMS").read_text("utf-8").splitlines()]
    assert sorted(named) == sorted(set(files(tmp_path)) - {"SHA256SUMS"})
    (tmp_path / "index.html").write_text("tampered")
    run = subprocess.run(check, cwd=tmp_path, capture_output=True, text=True)
    assert (run.returncode, run.stdout) == (1, "index.html: FAILED\n")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        "3",
        "{}",
        '{"parameters": {}, "python": "3", "notebooks": {}, "inputs": {}}',
        "\ufffe",
    ],
)
def test_a_manifest_that_is_none_is_none(tmp_path, text):
    (tmp_path / manifest.NAME).write_bytes(text.encode("utf-16" if text == "\ufffe" else "utf-8"))
    assert manifest.last(tmp_path) is None
    assert not manifest.current(tmp_path, {})
