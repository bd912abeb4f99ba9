"""What a command reports while it works, on a terminal and in a file."""

import io
import re
import threading
import time
from types import SimpleNamespace

import pytest
from rich.console import Console

from helpers.machinery.run import background, progress
from helpers.machinery.run.progress import Progress
from helpers.machinery.run.tests_that_take_long import Telling


@pytest.fixture
def printed(monkeypatch, request):
    """What is written to a terminal, or to a file where the test wants that."""
    file = io.StringIO()
    terminal = getattr(request, "param", "terminal") == "terminal"
    console = Console(
        file=file, force_terminal=terminal, width=100, color_system=None, _environ={"TERM": "xterm"}
    )
    monkeypatch.setattr(progress, "console", console)
    return file


def test_jobs_are_counted_and_timed(printed, monkeypatch):
    times = iter((10.0, 20.0, 23.5))
    monkeypatch.setattr(progress.time, "monotonic", lambda: next(times))
    counting = Progress(3)
    counting.begin("one")
    counting.begin("other")
    assert (str(counting), counting.end("one"), str(counting)) == ("0 of 3", 13.5, "1 of 3")
    counting.advance()
    assert str(counting) == "2 of 3"


@pytest.mark.parametrize("printed", ["file"], indirect=True)
def test_who_works_or_waits_long_says_at_what(printed, monkeypatch):
    monkeypatch.setattr(progress, "SILENT", 0.0)
    monkeypatch.setattr(progress, "LOOK", 0.01)
    told = threading.Event()
    print_it = progress.say
    monkeypatch.setattr(progress, "say", lambda line: (print_it(line), told.set()))
    progress.say("building")
    told.clear()
    with progress.at_work():
        told.wait()
    background.Work(lambda: time.sleep(0.1))()
    with Progress(2) as counting:
        counting.begin("one")
        counting.begin("other")
        counting.meanwhile()
    lines = printed.getvalue().splitlines()
    assert lines[0] == "building" and lines[-1] == "still at work: one, other"
    assert set(lines[1:-1]) == {"still at work: building"} and len(lines) > 3


@pytest.mark.parametrize("printed", ["file"], indirect=True)
def test_of_the_tests_that_take_long_those_that_run_are_named(printed, monkeypatch):
    monkeypatch.setattr(progress, "SILENT", 0.0)
    monkeypatch.setattr(progress, "LOOK", 0.01)
    told, lines = threading.Event(), []
    reporter = SimpleNamespace(ensure_newline=lambda: None)
    manager = SimpleNamespace(get_plugin={"terminalreporter": reporter}.get)
    monkeypatch.setattr(progress, "say", lambda line: (lines.append(line), told.set()))
    telling = Telling(SimpleNamespace(pluginmanager=manager))
    told.wait()
    for id in ("one", "other"):
        telling.pytest_runtest_logstart(id)
    telling.pytest_runtest_logfinish("one")
    while lines[-1] != "still at work: other":
        told.clear()
        told.wait()
    telling.pytest_unconfigure()
    assert lines[0] == "still at work: collecting the tests"


@pytest.mark.parametrize("printed", ["file"], indirect=True)
def test_in_a_file_there_are_plain_lines_alone(printed):
    line = "ran [bold]long[/bold] :smile: at C:\\x, " + "longer than any terminal is wide " * 4
    with Progress(2) as counting:
        counting.begin("long")
        progress.say(f"{line} ({counting})")
    assert printed.getvalue() == f"{line} (0 of 2)\n"


def test_on_a_terminal_a_bar_shows_what_runs_and_is_gone_at_the_end(printed):
    with Progress(2) as counting:
        counting.begin("[long]")
        progress.say("a word")
        counting.bar.refresh()
    assert "0/2 -:--:-- [long]" in printed.getvalue()
    assert "a word\n" in printed.getvalue()
    assert remaining(printed.getvalue()) == ["a word"]


def remaining(output: str) -> list[str]:
    """The lines a terminal shows in the end, after it moved up and cleared lines as it was told."""
    lines, row = [""], 0
    for sign in re.findall(r"\x1b\[[?\d]*[A-Za-z]|[^\x1b]", output):
        if sign.startswith("\x1b") and sign[-1] == "A":
            row -= int(sign[2:-1])
        elif sign.startswith("\x1b") and sign[-1] == "K":
            lines[row] = ""
        elif sign == "\n":
            row += 1
            lines += [""] * (row == len(lines))
        elif sign.isprintable():
            lines[row] += sign
    return list(filter(None, lines))
