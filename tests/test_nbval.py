"""nbval on the committed notebooks sees every kind of change in what a cell shows; what it cannot
see, another guard does.
"""

import copy
import re
import shutil
import subprocess
import sys

import nbformat
import pytest
from checkouts import notebook, write
from nbformat.v4 import new_code_cell, new_output

from helpers import charts, claims, data, scenarios
from helpers.machinery import __main__ as machinery
from helpers.machinery.commands import test
from helpers.machinery.kernels import isolation_from_settings
from helpers.machinery.run import execute
from helpers.machinery.run.errors import RunError

SETUP = """\
from helpers import charts, claims, data, quantities, tables
world = data.World(as_of=as_of, roster=roster, evidence=evidence, seed=seed)"""
TABLE = (
    'tables.show([{"fleet": "one", "aircraft": quantities.exact(9, "aircraft", ())}], "A table")'
)
FIGURE = """\
fleets = [quantities.exact(number, "aircraft", ()) for number in (9, 600)]
items = [("one", fleets[0], True), ("other", fleets[1], False)]
charts.bars(world, "small", tables.say("One fleet against another"), items, "aircraft")"""
CARD = 'claims.judge("C23", world)'
STARTED = (  # whether the kernel is that of a run
    'import os\n"helpers.machinery.kernels.kernel" in open(f"/proc/{os.getpid()}/cmdline").read()'
)
STREAM = "print(9)"


def flipped(text: str) -> str:
    """A base64 text with one bit of its first byte changed."""
    return ("B" if text[0] == "A" else "A") + text[1:]


def shown(kind: str, change):
    """A tampering: the change of every output of this MIME type in a cell."""

    def tamper(cell):
        found = [output for output in cell.outputs if kind in output.get("data", {})]
        assert found, f"no {kind} in {cell.source}"
        for output in found:
            before = copy.deepcopy(output.data[kind])
            output.data[kind] = change(output.data[kind])
            assert output.data[kind] != before

    return tamper


def printed(cell):
    cell.outputs[0].text = "10\n"


def unrun(cell):
    cell.execution_count, cell.outputs = None, []


def longer(svg: str) -> str:
    """A drawing with one of its coordinates changed."""
    return re.sub(r"(?<=d=\"M)\d+", lambda match: str(int(match[0]) + 1), svg, count=1)


TAMPERED = {
    "a picture": (FIGURE, shown("image/png", flipped)),
    "a drawing": (FIGURE, shown("image/svg+xml", longer)),
    "the number behind a drawing": (
        FIGURE,
        shown(charts.MIME, lambda facts: facts | {"alt": facts["alt"].replace("600", "601")}),
    ),
    "the words of a figure": (FIGURE, shown("text/plain", lambda text: text + " ")),
    "a cell of a table": (TABLE, shown("text/html", lambda html: html.replace("9", "10"))),
    "a table as text": (TABLE, shown("text/plain", lambda text: text.replace("9", "10"))),
    "a verdict": (
        CARD,
        shown(
            claims.MIME,
            lambda record: (
                record | {"verdict": "fails" if record["verdict"] != "fails" else "holds"}
            ),
        ),
    ),
    "what is printed": (STREAM, printed),
    "a figure's number in the code": (
        FIGURE,
        lambda cell: cell.update(source=cell.source.replace("600", "6000")),
    ),
    "an output deleted": (FIGURE, lambda cell: cell.outputs.pop()),
    "every output deleted": (FIGURE, lambda cell: cell.update(outputs=[])),
}


@pytest.fixture(scope="module")
def executed(tmp_path_factory):
    """A notebook with a table, a figure, a verdict and a printed word, executed."""
    folder = tmp_path_factory.mktemp("notebooks")
    with isolation_from_settings.hermetic(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(scenarios, "NOTEBOOKS", folder)
        write(folder, {"small": notebook(SETUP, TABLE, FIGURE, CARD, STREAM)})
        return execute.run_all({}, 1, lambda _: None)["small"].notebook


@pytest.fixture(scope="module")
def outcome(executed, tmp_path_factory) -> dict[str, tuple[str, str]]:
    """Whether nbval passes each cell, and what it says: those as they are by their source, and each
    tampered one after them by its name; as `make test` runs it.
    """
    folder = tmp_path_factory.mktemp("compared")
    shutil.copy(data.ROOT / "conftest.py", folder)
    compared, names = (
        copy.deepcopy(executed),
        [cell.source for cell in executed.cells if cell.cell_type == "code"],
    )
    shown = new_output("execute_result", {"text/plain": "True"}, execution_count=9)
    compared.cells.append(new_code_cell(STARTED, execution_count=9, outputs=[shown]))
    names.append(STARTED)
    for name, (source, tamper) in (TAMPERED | {"not run": (STREAM, unrun)}).items():
        cell = copy.deepcopy(next(cell for cell in executed.cells if cell.source == source))
        cell.id = re.sub(r"\W", "-", name)
        tamper(cell)
        compared.cells.append(cell)
        names.append(name)
    nbformat.write(compared, folder / "small.ipynb")
    with isolation_from_settings.hermetic():
        run = subprocess.run(
            [
                sys.executable,
                "-m",
                "pytest",
                "-q",
                "-rA",
                "-p",
                "no:cacheprovider",
                "--nbval",
                "--nbval-current-env",
                folder,
            ],
            cwd=folder,
            capture_output=True,
            text=True,
        )
    said = {
        int(number): word
        for word, number in re.findall(
            r"^(PASSED|FAILED) small.ipynb::Cell (\d+)", run.stdout, re.M
        )
    }
    assert sorted(said) == list(range(len(names))), run.stdout
    told = dict(
        re.findall(r"^_+ small.ipynb::Cell (\d+) _+$(.*?)(?=^_{3}|^=)", run.stdout, re.M | re.S)
    )
    return {name: (said[n], told.get(str(n), "")) for n, name in enumerate(names)}


SAME = {
    "setup": SETUP,
    "table": TABLE,
    "figure": FIGURE,
    "verdict": CARD,
    "text": STREAM,
    "the way its kernel is started": STARTED,
}


@pytest.mark.parametrize("source", SAME.values(), ids=SAME)
def test_a_cell_that_shows_the_same_again_passes(outcome, source):
    assert outcome[source][0] == "PASSED"


@pytest.mark.parametrize("name", TAMPERED)
def test_a_change_in_what_a_cell_shows_fails(outcome, name):
    assert outcome[name][0] == "FAILED"


TOLD = {  # in which words
    "a picture": "image/png: other bytes of a picture (",
    "the number behind a drawing": "601 → 600 (by 0.0017 of it)",
    "a cell of a table": "text/html: 10 → 9 (by 0.1 of it)",
    "a verdict": "verdict: '{other}' → '{now}'",
    "what is printed": "text: 10 → 9 (by 0.1 of it)",
    "a figure's number in the code": "600 → 6,000 (by 9 of it)",
}


@pytest.mark.parametrize("name", TOLD)
def test_what_differs_is_told_by_its_number_in_a_few_lines(outcome, executed, name):
    outputs = [
        output.get("data", {}) for cell in executed.cells for output in cell.get("outputs", [])
    ]
    (record,) = [each[claims.MIME] for each in outputs if claims.MIME in each]
    now = record["verdict"]
    wanted = TOLD[name].format(now=now, other="fails" if now != "fails" else "holds")
    lines = outcome[name][1].partition("Traceback:")[2].strip().splitlines()
    assert any(line.startswith("small, cell ") and wanted in line for line in lines), lines
    assert len(lines) <= 12 and max(map(len, lines)) < 300


def test_what_nbval_passes_over_is_refused_before(outcome, executed):
    assert outcome["not run"][0] == "PASSED", (
        "nbval compares nothing where a cell has no execution count"
    )
    never = copy.deepcopy(executed)
    for cell in never.cells[1:]:
        cell.execution_count, cell.outputs = None, []
    with pytest.raises(RunError, match="was not executed"):
        execute.prove("small", never)


def test_the_figure_that_is_compared_carries_the_numbers_behind_it(executed):
    (figure,) = [output.data for output in executed.cells[4].outputs if charts.MIME in output.data]
    assert {"text/plain", "image/svg+xml"} < set(figure)
    assert "600" in figure["text/plain"] and "600" in figure[charts.MIME]["alt"]
    assert any("600" in cell for row in figure[charts.MIME]["table"] for cell in row)


def test_make_test_compares_the_committed_notebooks_in_this_environment_cells_of_one_together(
    monkeypatch,
):
    asked = []
    monkeypatch.setattr(
        test.subprocess, "call", lambda words, **options: asked.append((words, options)) or 0
    )
    assert machinery.main(["test", "--jobs", "3"]) == 0
    ((words, options),) = asked
    assert options["cwd"] == data.ROOT
    assert words[:3] == [sys.executable, "-m", "pytest"]
    assert words[-2:] == ["tests", "notebooks"]
    assert {"--nbval", "--nbval-current-env", "loadscope", "3"} <= set(words)


HOLDING = """\
import gc
def test_one(request):
    request.config.add_cleanup(lambda: open("searched", "w").write(str(len(gc.get_objects()))))
"""


def test_pytest_ends_without_five_searches_for_garbage_in_all_that_tests_held(tmp_path):
    shutil.copy(data.ROOT / "conftest.py", tmp_path)
    (tmp_path / "test_one.py").write_text(HOLDING)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    assert subprocess.run(command, cwd=tmp_path, capture_output=True).returncode == 0
    assert int((tmp_path / "searched").read_text()) < 1_000
