"""What a command tells while it works: in which order, how far it has come, how long the rest may
take; on a terminal and in a file.
"""

import io
import json
import re

import pytest
from rich.console import Console

from helpers.machinery.run import progress
from helpers.machinery.run.progress import Plan


@pytest.fixture
def clock(monkeypatch):
    """A clock that a test moves on by a number of seconds."""

    class Clock:
        now = 100.0

        def __call__(self, seconds: float) -> None:
            self.now += seconds

    clock = Clock()
    monkeypatch.setattr(progress.time, "monotonic", lambda: clock.now)
    return clock


@pytest.fixture
def kept(tmp_path):
    """A file with the seconds that some jobs took before."""
    file = tmp_path / "seconds.json"
    file.write_text(json.dumps({"short": 1, "long": 9.5, "middle": 4}), "utf-8")
    return file


def test_the_longest_comes_first_and_what_was_never_timed_before_all(kept):
    assert Plan(["short", "new", "middle", "long", "newer"], 2, kept).order() == [
        "newer",
        "new",
        "long",
        "middle",
        "short",
    ]
    assert Plan(["one", "two"], 2).order() == ["two", "one"]
    assert Plan([], 2).order() == []


def test_while_nothing_was_ever_timed_nobody_knows_how_long_it_may_take():
    plan = Plan(["one", "two"], 2)
    plan.begin("one")
    assert plan.left() is None
    assert str(plan) == "0 of 2"


def test_the_rest_is_what_it_took_before_shared_among_those_at_work(kept, clock):
    plan = Plan(["short", "middle", "long"], 2, kept)
    assert plan.left() == 9.5, "never less than the longest that is left"
    assert Plan(["short", "middle", "long"], 1, kept).left() == 14.5
    plan.begin("long")
    plan.begin("middle")
    clock(3)
    assert plan.left() == 6.5
    clock(100)
    assert plan.left() == 1, "a job that takes longer than before is about to end"
    plan.end("middle")
    assert (plan.took, str(plan)) == ({"middle": 103}, "1 of 3, about 1 s left")


def test_a_job_never_timed_counts_like_the_mean_of_the_others(kept, clock):
    plan = Plan(["new"], 2, kept)
    assert plan.left() == pytest.approx(14.5 / 3)
    plan = Plan(["one", "two", "three"], 1)
    plan.begin("one")
    clock(6)
    plan.end("one")
    assert plan.left() == 12


def test_at_the_end_nothing_is_left_and_nothing_is_said_of_it(clock):
    plan = Plan(["one"], 2)
    plan.begin("one")
    clock(2)
    plan.end("one")
    assert plan.left() == 0
    assert str(plan) == "1 of 1"


BROKEN = {
    "no JSON": "{",
    "a list": "[1, 2]",
    "a number": "3",
    "null": "null",
    "words": '{"one": "long"}',
    "a list in it": '{"one": [1]}',
    "empty": "",
    "no UTF-8": "\udcff",
    "infinite": '{"one": 1e999}',
    "not a number": '{"one": NaN}',
    "negative": '{"one": -5}',
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_a_file_of_seconds_that_is_none_does_no_harm_and_is_made_anew(tmp_path, clock, text):
    file = tmp_path / "seconds.json"
    file.write_text(text, "utf-8", "surrogateescape")
    plan = Plan(["one", "two"], 1, file)
    assert sorted(plan.order()) == ["one", "two"]
    with plan.shown():
        for name in plan.order():
            plan.begin(name)
            clock(2)
            assert (
                str(plan).startswith(f"{len(plan.took)} of 2")
                and "nan" not in str(plan)
                and "inf" not in str(plan)
            )
            plan.end(name)
    assert json.loads(file.read_text("utf-8")) == {"one": 2, "two": 2}


def test_the_seconds_are_kept_beside_those_of_other_jobs(kept, clock):
    plan = Plan(["long", "new"], 2, kept)
    with plan.shown():
        plan.begin("long")
        clock(7)
        plan.end("long")
    assert json.loads(kept.read_text("utf-8")) == {"short": 1, "long": 7, "middle": 4}


def test_after_a_failure_the_seconds_are_as_they_were(kept):
    before = kept.read_text("utf-8")
    plan = Plan(["long"], 2, kept)
    with pytest.raises(ZeroDivisionError), plan.shown():
        raise ZeroDivisionError
    assert kept.read_text("utf-8") == before


def test_seconds_that_cannot_be_kept_do_no_harm(tmp_path):
    with Plan(["one"], 2, tmp_path / "no such folder/seconds.json").shown() as plan:
        plan.begin("one")
        plan.end("one")
    with Plan(["one"], 2, tmp_path).shown():
        pass


@pytest.fixture
def told(monkeypatch, request):
    """What is written to a terminal, or to a file where the test wants that."""
    file = io.StringIO()
    terminal = getattr(request, "param", "terminal") == "terminal"
    monkeypatch.setattr(
        progress,
        "console",
        Console(
            file=file,
            force_terminal=terminal,
            width=60,
            color_system=None,
            _environ={"TERM": "xterm"},
        ),
    )
    return file


@pytest.mark.parametrize("told", ["file"], indirect=True)
def test_in_a_file_there_are_plain_lines_alone(told, clock, kept):
    with Plan(["long", "short"], 2, kept).shown() as plan:
        plan.begin("long")
        progress.say(
            "ran [bold]long[/bold] :smile: at C:\\x, a line that is longer than any terminal is"
            f" wide, and stays one  ({plan})"
        )
    assert (
        told.getvalue()
        == "ran [bold]long[/bold] :smile: at C:\\x, a line that is longer than any terminal is"
        " wide, and stays one  (0 of 2, about 10 s left)\n"
    )


def test_on_a_terminal_a_line_tells_what_runs_and_is_gone_at_the_end(told, clock, kept):
    with Plan(["long", "short"], 2, kept).shown() as plan:
        plan.begin("long")
        clock(2)
        progress.say("a word")
    said = told.getvalue()
    assert "0 of 2, about 8 s left  long 2 s" in said
    assert "a word\n" in said
    assert shows(said) == ["a word"]


def shows(said: str) -> list[str]:
    """The lines a terminal shows in the end, which moves up and clears lines as it is told."""
    lines, row = [""], 0
    for sign in re.findall(r"\x1b\[[?\d]*[A-Za-z]|[^\x1b]", said):
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
