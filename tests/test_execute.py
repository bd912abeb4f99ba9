"""Running notebooks: what stops a run and what it says then, what a broken run leaves, and that two
runs are equal.
"""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat
import pytest
from checkouts import DRIVER, Checkout, descendants, ended, files, heard, notebook, write
from nbformat.v4 import new_output

from helpers import data, scenarios
from helpers.machinery.run import execute
from helpers.machinery.run.errors import RunError
from helpers.notebook_parameters import ParameterError

pytestmark = [pytest.mark.usefixtures("surrounding"), pytest.mark.long]


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    """An empty folder in the place of notebooks/."""
    folder = tmp_path / "notebooks"
    folder.mkdir()
    monkeypatch.setattr(scenarios, "NOTEBOOKS", folder)
    return folder


def run(name: str, changed: dict | None = None):
    with tempfile.TemporaryDirectory() as scratch:
        return execute.execute(name, changed or {}, scratch).notebook


def stopped(name: str, changed: dict | None = None) -> str:
    """The message with which a run of the notebook is refused or given up."""
    with pytest.raises(RunError) as caught:
        run(name, changed)
    return str(caught.value)


# files that are no notebook, or one that papermill would run wrongly without a word

SOUND = nbformat.writes(notebook("1 + 1"))
UNREADABLE = {
    "truncated": (SOUND[: len(SOUND) // 2], "not a readable notebook (NotJSONError"),
    "empty": ("", "not a readable notebook (NotJSONError"),
    "a list": ("[]", "not a readable notebook"),
    "a number": ("3", "not a readable notebook"),
    "not UTF-8": (b"\xff\xfe\0", "not a readable notebook (UnicodeDecodeError"),
    "without cells": (
        '{"nbformat": 4, "nbformat_minor": 5, "metadata": {}}',
        "not a readable notebook (ValidationError",
    ),
    "cells of a wrong shape": (
        '{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": 1}',
        "not a readable notebook (",
    ),
    "a cell of no type": (
        SOUND.replace('"cell_type": "code"', '"cell_type": "cod"'),
        "not a readable notebook (NotebookValidationError",
    ),
    "merge markers": (
        SOUND.replace(' "cells"', '<<<<<<< HEAD\n "cells"\n=======\n', 1),
        "merge markers are left in the file",
    ),
    "format 3": (
        '{"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": []}]}',
        "notebook format 3 is too old",
    ),
    "format 5": (
        '{"nbformat": 5, "nbformat_minor": 0, "metadata": {}, "cells": []}',
        "not a readable notebook (NBFormatError",
    ),
}


@pytest.mark.parametrize(("content", "reason"), UNREADABLE.values(), ids=UNREADABLE)
def test_a_file_that_is_no_notebook_is_refused_with_its_name_and_the_reason(
    folder, content, reason
):
    (folder / "small.ipynb").write_bytes(
        content if isinstance(content, bytes) else content.encode()
    )
    assert stopped("small").startswith(f"small.ipynb: {reason}")


def test_a_listed_notebook_that_is_not_there_is_named(folder):
    assert stopped("small").startswith("small.ipynb: not a readable notebook (FileNotFoundError")


def test_a_foreign_kernel_is_refused_before_anything_runs(folder):
    small = notebook("1 + 1")
    small.metadata["kernelspec"]["name"] = "willing-env"
    write(folder, {"small": small})
    assert stopped("small").startswith("small: the kernel is 'willing-env'; it must be python3: ")


@pytest.mark.parametrize("number", [0, 2])
def test_not_exactly_one_cell_with_the_tag_parameters_is_refused_before_anything_runs(
    folder, number
):
    small = notebook("1 + 1")
    for cell in small.cells[1:]:
        cell.metadata["tags"] = ["parameters"] if number else []
    write(folder, {"small": small})
    assert (
        stopped("small", {"evidence": "read"})
        == f"small: one cell must carry the tag 'parameters', not {number}"
    )


SAVED = {
    "another day": (
        ("2025-12-20", "2026-03-01"),
        (
            "as_of is '2026-03-01' in the parameters cell, the scenario article has '2025-12-20'."
            " Put it back"
        ),
    ),
    "another type": (
        ("'all'", "None"),
        "evidence is None in the parameters cell, the scenario article has 'all'. Put it back",
    ),
    "a computed value": (
        ("'attested'", "str('attested')"),
        "the parameters cell must hold plain assignments only",
    ),
    "code": (("seed", "import os\nseed"), "the parameters cell must hold plain assignments only"),
    "no Python": (("seed =", "seed"), "the parameters cell must hold plain assignments only"),
}


@pytest.mark.parametrize(("change", "reason"), SAVED.values(), ids=SAVED)
def test_parameters_saved_by_mistake_are_refused_before_anything_runs(folder, change, reason):
    small = notebook("1 + 1")
    small.cells[1].source = small.cells[1].source.replace(*change)
    write(folder, {"small": small})
    assert stopped("small").startswith(f"small: {reason}")


# cells that go wrong: the message names notebook, cell and cause


def test_a_cell_that_goes_wrong_stops_the_run_and_is_named_without_counting_the_injected_one(
    folder,
):
    write(folder, {"small": notebook("x = 1", "1 / 0", "x")})
    said = stopped("small", {"evidence": "read"})
    assert said == "small, cell 4 (1 / 0): ZeroDivisionError: division by zero"


def test_a_disk_that_is_full_is_told_as_such(folder, monkeypatch):
    def fails(source, target, *_, **__):
        target.write_text("half a noteb", "utf-8")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(execute.papermill, "execute_notebook", fails)
    write(folder, {"small": notebook()})
    assert stopped("small") == "small: OSError: [Errno 28] No space left on device"


# proof that every cell ran, also of a notebook executed by other means


def executed(*counts):
    """A notebook whose code cells carry these execution counts."""
    small = notebook(*["x"] * (len(counts) - 1))
    for cell, count in zip(small.cells[1:], counts, strict=True):
        cell.execution_count = count
    return small


def test_cells_executed_once_and_in_order_are_proven():
    execute.prove("small", executed(1, 2, 3))


@pytest.mark.parametrize(
    ("counts", "fault"),
    [
        ((None, None), "cell 2 (as_of = '2025-12-20') was not executed"),
        ((1, None, 2), "cell 3 (x) was not executed"),
        ((1, 3, 2), "cell 3 (x) has execution count 3, not 2"),
        ((1, 2, 2), "cell 4 (x) has execution count 2, not 3"),
        ((4, 5, 6), "cell 2 (as_of = '2025-12-20') has execution count 4, not 1"),
    ],
)
def test_a_cell_left_out_or_executed_out_of_order_is_named(counts, fault):
    with pytest.raises(RunError) as caught:
        execute.prove("small", executed(*counts))
    assert (
        str(caught.value)
        == f"small, {fault}; every code cell must run once, in order: run make refresh"
    )


@pytest.mark.parametrize(
    ("output", "fault"),
    [
        (
            new_output("error", ename="ValueError", evalue="no", traceback=[]),
            ": ValueError: no",
        ),  # a cell tagged raises-exception goes on
        (new_output("stream", name="stderr", text="careful\n"), " wrote to stderr: careful"),
    ],
)
def test_an_error_or_a_warning_among_the_outputs_is_named(output, fault):
    small = executed(1, 2)
    small.cells[2].outputs = [output]
    with pytest.raises(RunError) as caught:
        execute.prove("small", small)
    assert str(caught.value) == f"small, cell 3 (x){fault}"


# whole runs


def test_a_parameter_at_fault_stops_before_any_notebook_is_opened(folder):
    write(folder, {"small": notebook()})
    (folder / "small.ipynb").write_text("no notebook", "utf-8")
    with pytest.raises(
        ParameterError, match="unknown parameter 'evidenze'. Did you mean 'evidence'"
    ):
        execute.run_all({"evidenze": "read"}, 1, print)


def test_two_runs_are_equal_to_the_byte_and_keep_no_time_path_or_version(folder, tmp_path):
    listed = {
        "one": notebook("import pandas", "evidence"),
        "two": notebook("import os", "sorted({'b', 'a'})", "os.getcwd() == os.path.abspath('.')"),
    }
    write(folder, listed)
    nbformat.write(notebook(f"open({str(tmp_path / 'ran')!r}, 'w')"), folder / "foreign.ipynb")
    said = []
    first, second = (
        execute.run_all({"evidence": "read"}, 2, said.append),
        execute.run_all({"evidence": "read"}, 1, said.append),
    )
    assert list(first) == list(listed), "the notebooks of the list, in its order"
    assert not (tmp_path / "ran").exists(), "a notebook that is not listed is never run"
    assert [nbformat.writes(first[name].notebook) for name in listed] == [
        nbformat.writes(second[name].notebook) for name in listed
    ]
    one = first["one"].notebook
    assert one.cells[-1].outputs[0]["data"]["text/plain"] == "'read'"
    injected = [
        cell for cell in one.cells if "injected-parameters" in cell.metadata.get("tags", [])
    ]
    assert [cell.id for cell in injected] == ["injected-parameters"]
    for ran in (of.notebook for of in first.values()):
        assert set(ran.metadata) == {"kernelspec", "language_info", "tables"}
        assert all(set(cell.metadata) <= {"tags"} for cell in ran.cells)
        assert not any(
            word in json.dumps(ran)
            for word in ("papermill", "duration", tempfile.gettempdir(), str(tmp_path))
        )
    assert len(said) == 4


READING = {
    "none": ("helpers.data.contract()['counts']['name']", []),
    "one": ("len(helpers.data.load('counts')), len(helpers.data.load('counts'))", ["counts"]),
    "through a world": ("len(helpers.data.World().until('meetings'))", ["meetings"]),
    "through what is kept of a world": (
        "len(helpers.data.World().members()), helpers.data.World().members()[0]",
        ["attestations", "countries", "members"],
    ),
    "by a row": ("helpers.data.row('C23')['kind']", ["claims"]),
}


def test_an_executed_notebook_says_which_tables_were_read(folder):
    write(
        folder,
        {
            f"n{number}": notebook(f"import helpers.data\n{source}")
            for number, (source, _) in enumerate(READING.values())
        },
    )
    assert [ran.tables for ran in execute.run_all({}, 2, lambda _: None).values()] == [
        tables for _, tables in READING.values()
    ]
    assert run("n1").metadata["tables"] == ["counts"]
    assert data.TABLES_READ not in os.environ, "nothing that this process reads is told of"


def test_what_a_cell_prints_is_one_output_in_however_many_pieces_it_comes(folder):
    write(folder, {"small": notebook("for word in 'abc':\n    print(word, flush=True)")})
    assert [output.text for output in run("small").cells[-1].outputs] == ["a\nb\nc\n"]


def test_only_the_notebooks_named_are_run_the_last_of_them_first(folder, tmp_path):
    ran = tmp_path / "ran"
    source = f"_ = open({str(ran)!r}, 'a').write('{{}} ')"
    names = ["one", "two", "three", "four"]
    write(folder, {name: notebook(source.format(name)) for name in names})
    assert list(execute.run_all({}, 1, lambda _: None, names[:3])) == names[:3]
    assert ran.read_text().split() == ["three", "two", "one"]
    assert execute.run_all({}, 1, lambda _: None, []) == {}


def test_after_a_failure_the_rest_is_skipped_and_named(folder):
    write(folder, {"one": notebook("1"), "two": notebook("1"), "three": notebook("1 / 0")})
    with pytest.raises(
        RunError,
        match=(
            r"^three, cell 3 \(1 / 0\): ZeroDivisionError: division by zero\nnothing is published;"
            r" skipped: one, two$"
        ),
    ):
        execute.run_all({}, 1, print)


def test_a_process_ended_from_outside_is_told_in_one_message(folder, monkeypatch):
    monkeypatch.setattr(execute, "execute", lambda *_: os.kill(os.getpid(), signal.SIGKILL))
    with pytest.raises(
        RunError, match="^a process was ended from outside, .* nothing is published$"
    ):
        execute.run_all({}, 1, print, ["one"])


# commands, in a checkout of their own: what is there after a run that failed, was stopped or was
# killed

OF_A_TERMINAL = (signal.SIGINT, signal.SIGHUP)  # they reach the whole group
BLOCKING = "print('x', file=open({!r}, 'w'), flush=True)\nwhile True:\n    pass"


@pytest.fixture(scope="module")
def checkout(tmp_path_factory) -> Checkout:
    """A checkout with outputs of an earlier run."""
    checkout = Checkout(tmp_path_factory.mktemp("checkout"))
    article = checkout.path / "outputs/article"
    article.mkdir(parents=True)
    (article / "index.html").write_text("a page")
    return checkout


@pytest.fixture
def heeded():
    """A process started here heeds a terminal that closes, also where the tests run under nohup."""
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGHUP, before)


@pytest.mark.parametrize(
    ("how", "status"),
    [(signal.SIGINT, 130), (signal.SIGHUP, 130), (signal.SIGTERM, 143), (signal.SIGKILL, -9)],
    ids=["Ctrl-C", "the terminal closes", "SIGTERM", "kill -9"],
)
def test_a_run_that_is_stopped_takes_its_processes_along_and_leaves_the_last_outputs_whole(
    checkout, tmp_path, heeded, how, status
):
    before = files(checkout.path / "outputs/article")
    pipe, scratch = tmp_path / "pipe", tmp_path / "tmp"
    os.mkfifo(pipe)
    scratch.mkdir()
    write(
        checkout.notebooks,
        {"quick": notebook("1"), "endless": notebook(BLOCKING.format(str(pipe)))},
    )
    with (tmp_path / "said").open("w") as said:
        process = subprocess.Popen(
            [checkout.python, "-c", DRIVER, "reproduce"],
            cwd=checkout.path,
            start_new_session=True,
            env=os.environ | {"TMPDIR": str(scratch)},
            stdout=subprocess.PIPE,
            stderr=said,
            text=True,
        )
    try:
        assert heard(pipe, process)
        assert any(line.startswith("ran quick") for line in process.stdout), (
            "one worker is busy, the other one idle"
        )
        running = [os.pidfd_open(pid) for pid in descendants(process.pid)]
        assert len(running) == 3, "two workers and a kernel"
        (os.killpg if how in OF_A_TERMINAL else os.kill)(process.pid, how)
        assert ended([os.pidfd_open(process.pid), *running])
        assert process.wait() == status
    finally:
        process.stdout.close()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    assert (tmp_path / "said").read_text() == (
        "\nstopped; the last outputs are as they were\n" if how in OF_A_TERMINAL else ""
    )
    if how != signal.SIGKILL:
        assert list(scratch.iterdir()) == []
        left = sorted(path.name for path in (checkout.path / "outputs").iterdir())
        assert left == [".article.lock", "article"]
    for new in (checkout.path / "outputs").glob(".article.new"):
        shutil.rmtree(new)  # after a kill the next run does so
    assert files(checkout.path / "outputs/article") == before


IMPORTING = """
import os, runpy, signal, sys
class Finder:
    def find_spec(self, name, *_):
        if name == "helpers.notebook_parameters":
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Finder())
runpy.run_module("helpers.machinery", run_name="__main__", alter_sys=True)
"""


def test_ctrl_c_while_modules_are_imported_ends_without_a_word():
    run = subprocess.run(
        [sys.executable, "-c", IMPORTING, "check-data"],
        cwd=data.ROOT,
        capture_output=True,
        text=True,
    )
    assert (run.returncode, run.stdout, run.stderr) == (-signal.SIGINT, "", "")
