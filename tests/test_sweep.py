"""Sweeps: what is a grid, what a parameter moves, and points on a real scheduler with two workers,
one of which is killed.
"""

import contextlib
import csv
import io
import itertools
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import types
import warnings
from collections import Counter
from pathlib import Path

import distributed
import pytest
from checkouts import JUDGING, Checkout, descendants, ended, heard, notebook, write

from helpers import claims, data, scenarios
from helpers.machinery.commands import sweep
from helpers.machinery.outputs import manifest
from helpers.machinery.run.errors import RunError
from helpers.notebook_parameters import ParameterError

BLOCKING = """\
import os, pathlib, psutil
folder = pathlib.Path({!r})
(folder / "begun").open("a").write(as_of + "\\n")
if as_of == "2026-01-02" and not (folder / "killed").exists():
    (folder / "pipe").write_text(str(psutil.Process().ppid()))
    while True:
        pass
if as_of == "2026-01-03" and not (folder / "mended").exists():
    raise ValueError("not on this day")"""
DASHBOARD = 8787  # the port that Dask takes if not told otherwise
SWEPT = "04-beyond-nato"  # the notebook that judges the fewest claims
DAYS = [f"2026-01-0{day}" for day in range(1, 5)]


# grids


def test_a_grid_in_words_and_in_a_file_are_the_same(tmp_path):
    (tmp_path / "days.yml").write_text(
        "parameters:\n  as_of: [2025-12-20, latest, 2025-12-20]\n  evidence: [all, read]\n  seed:"
        " [1]\n"
    )
    words = sweep.grid(given="as_of=2025-12-20,latest,2025-12-20 evidence=all,read seed=1")
    file = sweep.grid(path=str(tmp_path / "days.yml"))
    assert (
        words.values
        == file.values
        == {
            "as_of": ("2025-12-20", scenarios.newest_observation()),
            "evidence": ("all", "read"),
            "seed": (1,),
        }
    )
    assert (words.name, file.name) == ("as_of-evidence-seed", "days")
    assert words.points == [
        dict(zip(words.values, point, strict=True))
        for point in itertools.product(*words.values.values())
    ]
    home = set(data.load("claims")["notebook"])
    assert set(words.notebooks) == home and "09-verdicts" not in home, (
        "what shows the claims of others, or none, is left out"
    )
    assert list(words.notebooks) == sorted(home)
    assert sweep.grid(given="seed=1", notebooks="06-refuelling").notebooks == ("06-refuelling",)


NO_GRIDS = {
    "nothing": ({}, "Wanted: PARAMS="),
    "both": ({"path": "a.yml", "given": "seed=1"}, "Wanted: PARAMS="),
    "a file that is not there": ({"path": "/no/such.yml"}, "is no grid"),
    "no values": ({"given": "evidence"}, "evidence takes one of all, read, not ''"),
    "an unknown name": (
        {"given": "evidenze=all"},
        "unknown parameter 'evidenze'. Did you mean 'evidence'",
    ),
    "code for a name": ({"given": "__import__('os')=1"}, "a sweep|no name|unknown parameter"),
    "a wrong value": (
        {"given": "evidence=all,raed"},
        "evidence takes one of all, read, not 'raed'",
    ),
    "a wrong type": ({"given": "seed=one"}, "seed takes a whole number"),
    "a parameter twice": ({"given": "seed=1 seed=2"}, "a parameter stands twice"),
    "a day before the data": ({"given": "as_of=2024-01-01"}, "no data before"),
    "an unknown notebook": (
        {"given": "seed=1", "notebooks": "06"},
        f"unknown notebook '06'. There are {scenarios.notebooks()[0]}",
    ),
}


@pytest.mark.parametrize(("given", "said"), NO_GRIDS.values(), ids=NO_GRIDS)
def test_what_is_no_grid_is_refused_with_what_is_wanted(given, said):
    with pytest.raises(ParameterError, match=said):
        sweep.grid(**given)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "parameters: 3",
        "parameters: {as_of: }",
        "parameters: {as_of: []}",
        "parameters: {}",
        "a: [",
        "1",
    ],
)
def test_a_file_that_is_no_grid_is_refused(tmp_path, text):
    (tmp_path / "grid.yml").write_text(text)
    with pytest.raises(ParameterError):
        sweep.grid(path=str(tmp_path / "grid.yml"))


# what a parameter moves


def point(verdict: str, value: float, **at) -> sweep.Point:
    of = dict.fromkeys(sweep.FIELDS)
    return sweep.Point(
        at,
        [
            of | {"measure": "C24", "verdict": verdict},
            of | {"measure": "orbits", "value": value, "unit": "orbits"},
        ],
    )


def test_a_parameter_moves_what_differs_between_points_that_differ_in_nothing_else():
    points = [
        point("holds", 1.0, evidence="all", seed=1),
        point("holds", 2.0, evidence="all", seed=2),
        point("fails", 1.0, evidence="read", seed=1),
        point("holds", 2.0, evidence="read", seed=2),
    ]
    assert sweep.moved_by(points, "evidence") == {
        "C24": {"all": {"holds": None}, "read": {"fails": None, "holds": None}}
    }
    assert sweep.moved_by(points, "seed") == {
        "C24": {"1": {"holds": None, "fails": None}, "2": {"holds": None}},
        "orbits": {"1": {"1.0": None}, "2": {"2.0": None}},
    }
    assert sweep.moved_by(points[:1], "seed") == {}


def test_the_tidy_table_has_a_row_a_point_and_measure_and_leaves_the_unknown_empty():
    rows = sweep.tidy([point("holds", None, evidence="read")])
    assert rows[0][:5] == ["as_of", "roster", "evidence", "seed", "measure"]
    assert [row[:6] for row in rows[1:]] == [
        ["2025-12-20", "attested", "read", "20251220", name, word]
        for name, word in (("C24", "holds"), ("orbits", ""))
    ]
    assert rows[2][rows[0].index("value")] == ""


def test_a_point_is_kept_under_all_that_it_depends_on():
    keys = {
        sweep.kept(point, notebooks, made_from)
        for point in ({"seed": 1}, {"seed": 2})
        for notebooks in (("a",), ("a", "b"))
        for made_from in ("x", "y")
    }
    assert len(keys) == 8
    assert sweep.kept({}, (), "x") == sweep.kept({"evidence": "all"}, (), "x"), (
        "what is not given is as in the article's scenario"
    )


ALLOWED = (
    "import dask\nfrom helpers.machinery.commands import sweep\n"
    "print(dask.config.get('distributed.scheduler.allowed-failures'))"
)


def under(settings: Path, *command: str) -> subprocess.CompletedProcess:
    """Python in another process, for a user with settings of Dask."""
    own = {"DASK_CONFIG": str(settings), "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}
    return subprocess.run(
        [sys.executable, *command], cwd=data.ROOT, env=os.environ | own, capture_output=True,
        text=True,
    )  # fmt: skip


def test_a_users_settings_of_dask_do_not_count(tmp_path):
    settings = tmp_path / "own.yaml"
    settings.write_text("distributed: {scheduler: {allowed-failures: 0}}")
    assert under(settings, "-c", "import dask\n" + ALLOWED.splitlines()[2]).stdout == "0\n"
    assert under(settings, "-c", ALLOWED).stdout == "3\n"


def test_settings_of_dask_that_cannot_be_read_are_not_read(tmp_path):
    settings = tmp_path / "own.yaml"
    settings.write_text("distributed: [")
    ran = under(settings, "-m", "helpers.machinery", "sweep", "--parameters", "nothing=1")
    assert ran.returncode == 1 and "nothing" in ran.stderr
    assert "Traceback" not in ran.stderr and "Dask" not in ran.stderr


# a real scheduler


@pytest.fixture(scope="module")
def checkout(tmp_path_factory) -> Checkout:
    checkout = Checkout(tmp_path_factory.mktemp("checkout"))
    marks = tmp_path_factory.mktemp("marks")
    os.mkfifo(marks / "pipe")
    checkout.marks = marks
    write(
        checkout.notebooks,
        {SWEPT: notebook(JUDGING.replace("06-refuelling", SWEPT), BLOCKING.format(str(marks)))},
    )
    return checkout


@contextlib.contextmanager
def cluster(checkout: Checkout, workers: int):
    """The address of a scheduler on loopback with some workers."""
    with contextlib.ExitStack() as entered:

        def start(name: str, *options: str | Path) -> subprocess.Popen:
            words = [
                checkout.python,
                "-m",
                f"distributed.cli.dask_{name}",
                *options,
                "--host",
                "127.0.0.1",
                "--no-dashboard",
            ]
            process = entered.enter_context(
                subprocess.Popen(
                    words, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
                )
            )
            entered.callback(process.terminate)
            return process

        os.mkfifo(listening := checkout.marks / "listening")
        address = json.loads(
            heard(listening, start("scheduler", "--port", "0", "--scheduler-file", listening))
        )["address"]
        for _ in range(workers):
            start("worker", address, "--no-nanny", "--nthreads", "1")
        yield address


def command(checkout: Checkout, *options: str) -> list:
    return [
        checkout.python,
        "-m",
        "helpers.machinery",
        "sweep",
        "--parameters",
        f"as_of={','.join(DAYS)}",
        "--notebooks",
        SWEPT,
        *options,
    ]


def begun(checkout: Checkout) -> Counter:
    return Counter((checkout.marks / "begun").read_text().split())


def rows(checkout: Checkout) -> list[dict]:
    return list(
        csv.DictReader(
            io.StringIO((checkout.path / "outputs/sweep/as_of/sweep.csv").read_text("utf-8"))
        )
    )


@pytest.fixture(scope="module")
def first(checkout) -> subprocess.CompletedProcess:
    """A sweep over a scheduler and two workers: one of them is killed in the middle of a point, and
    one point fails.
    """
    with cluster(checkout, 2) as address:
        process = subprocess.Popen(
            command(checkout, "--scheduler", address),
            cwd=checkout.path,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        worker = int(heard(checkout.marks / "pipe", process) or 0)
        assert worker, process.communicate()
        (checkout.marks / "killed").touch()
        running = [os.pidfd_open(pid) for pid in [worker, *descendants(worker)]]
        assert len(running) >= 2, "the worker and a kernel"
        os.kill(worker, signal.SIGKILL)
        assert ended(running), "nothing of a worker stays alive without it"
        out, error = process.communicate()
    return subprocess.CompletedProcess(process.args, process.returncode, out, error)


@pytest.mark.long
def test_a_worker_killed_in_the_middle_loses_nothing_and_nothing_is_counted_twice(checkout, first):
    judged = [id for id in claims.judged() if data.row(id)["notebook"] == SWEPT]
    found = Counter((row["as_of"], row["measure"]) for row in rows(checkout) if row["verdict"])
    assert found == Counter({(day, id): 1 for day in DAYS if day != "2026-01-03" for id in judged})
    assert begun(checkout) == Counter(DAYS) + Counter(["2026-01-02"]), (
        "the point in which it was killed ran again, no other one"
    )


@pytest.mark.long
def test_a_point_has_the_verdicts_that_the_rules_give(checkout, first):
    for row in rows(checkout):
        if row["verdict"]:
            verdict = claims.judge(row["measure"], data.World(as_of=row["as_of"])).record()
            assert row["verdict"] == verdict["verdict"]
            assert row["value"] == sweep._plain(verdict["computed"])


@pytest.mark.long
def test_a_point_that_fails_is_told_and_stops_nothing_else(checkout, first):
    assert first.returncode == 1
    assert (
        f"failed as_of=2026-01-03: {SWEPT}, cell 4 (import os, pathlib, psutil): ValueError:"
        " not on this day" in first.stdout
    )
    assert "1 of 4 points failed; the same command runs them again" in first.stdout
    assert "Traceback" not in first.stderr
    page = (checkout.path / "outputs/sweep/as_of/index.html").read_text("utf-8")
    assert "not on this day" in page


@pytest.mark.long
def test_what_a_user_sets_for_dask_moves_nothing(tmp_path):
    settings = tmp_path / ".config/dask/mine.yaml"
    settings.parent.mkdir(parents=True)
    settings.write_text("distributed: {scheduler: {allowed-failures: 0}}")
    program = (
        "from helpers.machinery.commands import sweep; import dask; own = dask.config.defaults[-1];"
        "asked = 'distributed.scheduler.allowed-failures';"
        "print(dask.config.get(asked), dask.config.get(asked, config=own))"
    )
    settings = {
        "HOME": str(tmp_path),
        "DASK_CONFIG": str(settings.parent),
        "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0",
    }
    run = subprocess.run(
        [sys.executable, "-c", program], env=os.environ | settings, capture_output=True, text=True
    )
    here, default = run.stdout.split()
    assert here == default != "0"


@pytest.mark.long
def test_what_is_finished_is_not_run_again(checkout, first, monkeypatch):
    before = begun(checkout)
    (checkout.marks / "mended").touch()
    again = subprocess.run(
        command(checkout, "--jobs", "1"), cwd=checkout.path, capture_output=True, text=True
    )
    assert (again.returncode, again.stderr) == (0, "")
    assert "4 points, 3 of them kept from earlier runs" in again.stdout
    assert begun(checkout) - before == Counter(["2026-01-03"]), "on a local cluster this time"
    assert {row["as_of"] for row in rows(checkout)} == set(DAYS)
    monkeypatch.setattr(data, "ROOT", checkout.path)
    monkeypatch.setattr(scenarios, "NOTEBOOKS", checkout.notebooks)
    made = checkout.path / "outputs/sweep/as_of"
    assert manifest.verify(made, None) == [], "every file is what these inputs give"
    (made / "sweep.csv").write_text("")
    assert "sweep.csv was edited" in manifest.verify(made, None)


@pytest.mark.parametrize("text", ["", "[", "{}", "[1]", '[{"measure": "C24"}]'])
def test_a_point_whose_file_is_damaged_counts_as_not_finished(tmp_path, text):
    (tmp_path / "point.json").write_text(text)
    assert sweep._finished(tmp_path / "point.json") is None
    assert sweep._finished(tmp_path / "none.json") is None


@pytest.mark.parametrize(
    ("asks", "began"), [("others", "these"), ("these", "others"), ("others", "others")]
)
def test_a_worker_that_has_or_began_with_other_files_is_refused(monkeypatch, asks, began):
    monkeypatch.setattr(sweep, "sources", lambda: "these")
    monkeypatch.setattr(sweep, "loaded", lambda: began)
    found, _ = sweep.run_point({}, ("06-refuelling",), asks)
    assert found.startswith(
        "the worker has other data, helpers, notebooks, lock or Python than the one who asks, or"
        " began with others"
    )


@pytest.mark.parametrize("says", [b"", b"SSH-2.0-OpenSSH_9\r\n", b"HTTP/1.1 400 Bad\r\n\r\n"])
def test_another_server_at_the_address_of_a_scheduler_is_told_and_not_waited_for(monkeypatch, says):
    monkeypatch.setattr(sweep, "PATIENCE", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"tcp://127.0.0.1:{server.getsockname()[1]}"
        answered: list[socket.socket] = []

        def answer() -> None:
            answered.append(server.accept()[0])
            answered[0].sendall(says)

        answering = threading.Thread(target=answer)
        answering.start()
        with (
            pytest.raises(RunError, match=f"no Dask scheduler answers at {address}"),
            sweep.client(address, 1),
        ):
            pass
        answering.join()
        for connection in answered:
            connection.close()


def test_two_sweeps_at_a_time_take_ports_of_their_own_and_say_nothing(monkeypatch):
    monkeypatch.setattr(
        distributed, "Client", lambda address, timeout: contextlib.nullcontext(mock)
    )
    mock = types.SimpleNamespace(register_plugin=lambda plugin: None)
    with contextlib.ExitStack() as taken:
        with contextlib.suppress(OSError):  # somebody else has it, which does as well
            taken.enter_context(socket.create_server(("127.0.0.1", DASHBOARD)))
        with warnings.catch_warnings(record=True) as said, sweep.client("", 0):
            pass
    assert [str(each.message) for each in said if "Port" in str(each.message)] == []


def test_a_scheduler_that_does_not_answer_is_told_in_one_message(monkeypatch):
    client = distributed.Client
    monkeypatch.setattr(
        distributed, "Client", lambda address, timeout: client(address, timeout=0.2)
    )
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))  # nobody else takes the port, and nobody listens
        address = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        with (
            pytest.raises(RunError, match=f"no Dask scheduler answers at {address}"),
            sweep.client(address, 1),
        ):
            raise AssertionError("connected")
