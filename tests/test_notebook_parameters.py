"""Parameters are few, typed and checked before anything runs; every scenario resolves to them."""

import re
from datetime import date

import pytest
from checkouts import Checkout, files, notebook, write
from hypothesis import given
from hypothesis import strategies as st

from helpers import data, notebook_parameters, scenarios
from helpers.machinery.__main__ import main
from helpers.notebook_parameters import DEFAULTS, ParameterError


def refused(**given) -> str:
    with pytest.raises(ParameterError) as caught:
        notebook_parameters.check(**given)
    return str(caught.value)


def test_what_is_not_given_has_the_value_of_the_scenario_article():
    assert notebook_parameters.check() == DEFAULTS
    assert notebook_parameters.check(evidence="read") == DEFAULTS | {"evidence": "read"}
    assert notebook_parameters.check(**DEFAULTS) == DEFAULTS


WRONG = {
    "a number for a day": (
        {"as_of": 12},
        "as_of takes a day as YYYY-MM-DD, from 2025-02-17 on, not 12.",
    ),
    "no such month": (
        {"as_of": "2025-13-01"},
        "as_of takes a day as YYYY-MM-DD, from 2025-02-17 on, not '2025-13-01'.",
    ),
    "no such day": (
        {"as_of": "2025-02-29"},
        "as_of takes a day as YYYY-MM-DD, from 2025-02-17 on, not '2025-02-29'.",
    ),
    "another order": ({"as_of": "20/12/2025"}, "as_of takes a day as YYYY-MM-DD"),
    "not padded": ({"as_of": "2025-3-1"}, "as_of takes a day as YYYY-MM-DD"),
    "a month": ({"as_of": "2025-12"}, "as_of takes a day as YYYY-MM-DD"),
    "with a time": ({"as_of": "2025-12-20T00:00"}, "as_of takes a day as YYYY-MM-DD"),
    "compact": ({"as_of": "20251220"}, "as_of takes a day as YYYY-MM-DD"),
    "a day of a week": ({"as_of": "2025-W51-6"}, "as_of takes a day as YYYY-MM-DD"),
    "a line feed": ({"as_of": "2025-12-20\n"}, "as_of takes a day as YYYY-MM-DD"),
    "other digits": ({"as_of": "２０２５-12-20"}, "as_of takes a day as YYYY-MM-DD"),
    "a date object": ({"as_of": date(2025, 12, 20)}, "as_of takes a day as YYYY-MM-DD"),
    "before the first day": (
        {"as_of": "2025-02-16"},
        "no data before 2025-02-17; as_of takes a day",
    ),
    "code in a value": ({"as_of": "2025-12-20'; import os #"}, "as_of takes a day as YYYY-MM-DD"),
    "another roster": (
        {"roster": "Europe"},
        "roster takes one of attested, europe, without-turkiye, not 'Europe'.",
    ),
    "a list of rosters": (
        {"roster": ["attested"]},
        "roster takes one of attested, europe, without-turkiye, not ['attested'].",
    ),
    "another evidence": ({"evidence": "reed"}, "evidence takes one of all, read, not 'reed'."),
    "no evidence": ({"evidence": None}, "evidence takes one of all, read, not None."),
    "a fraction": ({"seed": 1.5}, "seed takes a whole number from 0 to 2^63 - 1, not 1.5."),
    "infinity": ({"seed": float("inf")}, "seed takes a whole number"),
    "not a number": ({"seed": float("nan")}, "seed takes a whole number"),
    "a word": ({"seed": "abc"}, "seed takes a whole number"),
    "a truth": ({"seed": True}, "seed takes a whole number"),
    "below zero": ({"seed": -1}, "seed takes a whole number"),
    "too large": ({"seed": 2**63}, "seed takes a whole number"),
    "a name misspelt": (
        {"as_off": "2025-12-20"},
        "unknown parameter 'as_off'. Did you mean 'as_of'? There are as_of, roster, evidence,"
        " seed.",
    ),
    "a name unknown": (
        {"zzz": 1},
        "unknown parameter 'zzz'. There are as_of, roster, evidence, seed.",
    ),
    "code in a name": ({"as_of = 1; import os": 1}, "unknown parameter 'as_of = 1; import os'."),
    "lines in a name": ({"seed\nimport os": 1}, r"unknown parameter 'seed\nimport os'."),
}


@pytest.mark.parametrize(("given", "message"), WRONG.values(), ids=WRONG)
def test_a_fault_is_told_with_what_is_wanted(given, message):
    assert refused(**given).startswith(message)


def test_every_fault_is_told_at_once():
    said = refused(as_of="", roster="", yeer=2025)
    assert re.findall("as_of takes|roster takes|unknown parameter 'yeer'", said) == [
        "as_of takes",
        "roster takes",
        "unknown parameter 'yeer'",
    ]


@given(st.text().filter(lambda name: name not in DEFAULTS))
def test_no_name_but_those_of_the_list_is_let_through(name):
    assert refused(**{name: 1}).startswith("unknown parameter")


@given(st.text() | st.integers() | st.floats() | st.binary() | st.none())
def test_whatever_is_let_through_as_a_day_is_one(value):
    try:
        notebook_parameters.check(as_of=value)
    except ParameterError:
        return
    assert date.fromisoformat(value).isoformat() == value


def test_the_world_of_a_notebook_checks_them_too():
    with pytest.raises(ParameterError, match="as_of takes a day"):
        data.World(as_of="2025-13-01")


# scenarios


def test_each_scenario_changes_what_it_is_named_after_and_nothing_else():
    newest = scenarios.newest_observation()
    assert {
        name: scenarios.resolve(name)
        for name in ("article", "latest", "read-only", "europe-only", "without-turkiye")
    } == {
        "article": ("article", {}),
        "latest": ("latest", {"as_of": newest}),
        "read-only": ("read-only", {"evidence": "read"}),
        "europe-only": ("europe-only", {"roster": "europe"}),
        "without-turkiye": ("without-turkiye", {"roster": "without-turkiye"}),
    }


def test_another_day_has_a_folder_of_its_own():
    newest = scenarios.newest_observation()
    assert scenarios.resolve("article", "2026-03-01") == (
        "article@2026-03-01",
        {"as_of": "2026-03-01"},
    )
    assert scenarios.resolve("latest", "2025-11-30") == (
        "latest@2025-11-30",
        {"as_of": "2025-11-30"},
    )
    assert scenarios.resolve("article", "latest") == (f"article@{newest}", {"as_of": newest})


def test_the_newest_observation_has_come_by_the_day_the_last_source_was_read():
    plans = {
        "left",
        "accessed",
        "published",
        "edition_published",
    }  # what may name a day on which nothing was observed
    observed = {
        (table, name)
        for table in data.contract()
        for name, column in data.columns(table).items()
        if column.get("observation")
    }
    assert ("capabilities", "observed") in observed
    assert not [column for column in observed if column[0] == "orders" or column[1] in plans]
    newest = scenarios.newest_observation()
    assert newest in {
        data.span(text).first.isoformat()
        for table, name in observed
        for text in data.load(table)[name]
        if text
    }
    assert newest <= max(data.load("sources")["accessed"])


@pytest.fixture
def listed(tmp_path, monkeypatch):
    """A function that puts a text in the place of scenarios.yml."""
    monkeypatch.setattr(scenarios, "NOTEBOOKS", tmp_path)
    return lambda text: (tmp_path / "scenarios.yml").write_text(text, "utf-8")


SHAPES = (
    "",
    "one",
    "notebooks: []\nscenarios: {}",
    "notebooks: [1]\nscenarios: {}",
    "notebooks: [one]",
    "notebooks: [one]\nscenarios: {article: }",
)


@pytest.mark.parametrize("text", SHAPES)
def test_a_list_of_another_shape_is_refused_in_one_message(listed, text):
    listed(text)
    with pytest.raises(
        ParameterError,
        match=(
            "^notebooks/scenarios.yml must list notebooks by name, and for each scenario what it"
            " changes"
        ),
    ):
        scenarios.resolve("article")


def test_a_list_that_is_not_yaml_is_refused_with_its_line(listed):
    listed("notebooks: [one]\nscenarios: {article: {}}}")
    with pytest.raises(
        ParameterError, match="(?s)^notebooks/scenarios.yml cannot be read: .*line 2, column 25"
    ):
        scenarios.notebooks()


def test_a_day_without_quotation_marks_is_the_same_day(listed):
    listed("notebooks: [one]\nscenarios: {later: {as_of: 2026-03-01}}")
    assert scenarios.resolve("later") == ("later", {"as_of": "2026-03-01"})


# the command: exit 1, one message, nothing run, nothing written


@pytest.fixture(scope="module")
def checkout(tmp_path_factory) -> Checkout:
    """A checkout whose one notebook would leave a file behind if it ran, and whose scenarios have
    faults.
    """
    checkout = Checkout(tmp_path_factory.mktemp("checkout"))
    faulty = {
        "article": {},
        "misspelt": {"as_off": "2025-12-20"},
        "code": {"seed\nimport os": 1},
        "typed": {"seed": "abc"},
        "numbered": {1: 2},
    }
    write(checkout.notebooks, {"one": notebook("open('ran', 'w')")}, faulty)
    (checkout.path / "outputs").mkdir()
    (checkout.path / "outputs/kept").write_text("the last outputs", "utf-8")
    return checkout


# The command line first, then the same through a list of scenarios that has faults.
ASKED = {
    "no such scenario": (
        ["--scenario", "artikel"],
        "unknown scenario 'artikel'. There are article, misspelt, code, typed, numbered.",
    ),
    "a folder": (["--scenario", "../.."], "unknown scenario '../..'. There are"),
    "out of range": (
        ["--as-of", "2025-02-16"],
        "no data before 2025-02-17; as_of takes a day as YYYY-MM-DD",
    ),
    "not a day": (
        ["--as-of", "tomorrow"],
        "as_of takes a day as YYYY-MM-DD, from 2025-02-17 on, not 'tomorrow'.",
    ),
    "a name misspelt": (
        ["--scenario", "misspelt"],
        "unknown parameter 'as_off'. Did you mean 'as_of'?",
    ),
    "code in a name": (["--scenario", "code"], r"unknown parameter 'seed\nimport os'."),
    "a wrong type": (
        ["--scenario", "typed"],
        "seed takes a whole number from 0 to 2^63 - 1, not 'abc'.",
    ),
    "no name": (["--scenario", "numbered"], "unknown parameter '1'."),
}
# each is asked in one process, as a process costs a second; the last one by itself, as a user would
ALL = f"""
from helpers.machinery.__main__ import main
for arguments, _ in {list(ASKED.values())!r}:
    print(main(["reproduce", *arguments]), flush=True)
"""


def test_the_command_refuses_them_before_anything_runs(checkout):
    before = files(checkout.path)
    run = checkout.run("-c", ALL)
    assert run.stdout == "1\n" * len(ASKED)
    said = run.stderr.strip().split("\n\n")
    assert [
        line.startswith(message) for line, (_, message) in zip(said, ASKED.values(), strict=True)
    ] == [True] * len(ASKED), said
    run = checkout.run("-m", "helpers.machinery", "reproduce", "--scenario", "artikel")
    assert (run.returncode, run.stdout, run.stderr) == (1, "", f"\n{said[0]}\n")
    assert files(checkout.path) == before


@pytest.mark.parametrize("number", ["0", "-1", "two", ""])
def test_a_number_of_jobs_that_is_none_is_refused(capsys, number):
    with pytest.raises(SystemExit) as caught:
        main(["reproduce", f"--jobs={number}"])
    assert caught.value.code == 2
    assert capsys.readouterr().err.endswith(
        f"argument --jobs: {number!a} is no whole number from 1 on\n"
    )
