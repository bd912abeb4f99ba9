"""Every scenario, and days before and after the rows, come to verdicts or say what is missing; and
nothing that a notebook shows is read past the loader.
"""

import ast
import contextlib
import io
import os
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from checkouts import notebook

from helpers import (
    claims,
    data,
    headline_answers,
    notebook_parameters,
    scenarios,
    sobol_indices,
    uncertainty,
)
from helpers.machinery.commands import compare
from helpers.machinery.outputs import manifest
from helpers.machinery.run import execute

pytestmark = pytest.mark.rerun
LEAST_KNOWN = ("read-only", "")  # the cells of its notebooks run, and of the next one's
LEAST_HAPPENED = ("article", "2025-02-17")
OTHERS = [(name, "") for name in scenarios.names() if name not in ("article", "read-only")]
OTHERS += [("article", "2030-01-01"), ("read-only", "2025-03-10")]  # their rules are asked
LOADER = str(data.ROOT / "helpers/data/plain_files.py")
Opened = set[tuple[str, str]]  # a file of the repository, and the file of the code that opened it
watching: list[Opened] = []


def opened(event: str, arguments: tuple) -> None:
    """While something watches, note each file of the repository that is opened, but for modules."""
    if event != "open" or not watching or not isinstance(arguments[0], str | bytes | os.PathLike):
        return
    path = Path(os.path.abspath(os.fsdecode(arguments[0])))
    if not path.is_relative_to(data.ROOT) or path.suffix == ".py":
        return
    inside = path.relative_to(data.ROOT)
    if inside.parts[0] == ".venv" or "__pycache__" in inside.parts:
        return
    frame = sys._getframe(1)
    while frame and os.path.basename(frame.f_code.co_filename) in ("pathlib.py", "_local.py"):
        frame = frame.f_back
    watching[-1].add((inside.as_posix(), frame.f_code.co_filename if frame else ""))


sys.addaudithook(opened)  # for the rest of the process: an audit hook cannot be taken back


@contextlib.contextmanager
def watched() -> Iterator[Opened]:
    """What of the repository is opened while a block runs; the loader has read nothing before."""
    data.csv_tables.kept_rows.cache_clear()
    watching.append(found := set())
    try:
        yield found
    finally:
        watching.pop()


SEED = 1  # of the worlds here, so that nothing kept for others comes of few draws


@pytest.fixture(autouse=True, scope="module")
def few_draws():
    """Few draws and points: whether an answer comes about does not hang on how exact it is."""
    whole = uncertainty.steady
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sobol_indices, "PER_INPUT", 2**5)
        patch.setattr(
            uncertainty,
            "steady",
            lambda answer, seed, figures: (
                figures(uncertainty.draws(answer, seed).first(10))
                if seed == SEED
                else whole(answer, seed, figures)
            ),
        )
        yield
    for kept in (sobol_indices.sobol, uncertainty.spread, uncertainty.chance):
        kept.cache_clear()


def shown(name: str, cells: list, changed: dict) -> list[dict]:
    """What the cells of a notebook show with other parameters, as bundles; run in this process,
    where a warning is an error and nothing may be written to stderr.
    """
    found = []

    def show(value) -> None:
        if hasattr(value, "_repr_mimebundle_"):
            bundle = value._repr_mimebundle_()
            found.append(bundle[0] if isinstance(bundle, tuple) else bundle)
        else:
            found.append({"text/html": getattr(value, "_repr_html_", lambda: str(value))()})

    names, said = {"display": show}, io.StringIO()
    with contextlib.redirect_stderr(said), warnings.catch_warnings():
        for kind in (UserWarning, RuntimeWarning, FutureWarning):
            warnings.simplefilter("error", kind)
        for number, cell in enumerate(cells, 1):
            if cell.cell_type != "code":
                continue
            *body, last = ast.parse(cell.source, f"{name}, cell {number}").body
            if not isinstance(last, ast.Expr):
                body, last = [*body, last], None
            exec(compile(ast.Module(body, []), f"{name}, cell {number}", "exec"), names)
            if "parameters" in cell.metadata.get("tags", []):
                names |= changed
            if last is not None:
                code = compile(ast.Expression(last.value), f"{name}, cell {number}", "eval")
                if (value := eval(code, names)) is not None:
                    show(value)
    assert said.getvalue() == ""
    return found


@pytest.mark.parametrize(("scenario", "as_of"), [LEAST_KNOWN, LEAST_HAPPENED])
@pytest.mark.long
def test_a_scenario_runs_through_judges_every_claim_and_reads_no_file_past_the_loader(
    scenario, as_of
):
    changed, records = scenarios.resolve(scenario, as_of)[1] | {"seed": SEED}, {}
    notebooks = {
        name: execute.open_notebook(scenarios.file(name)) for name in scenarios.notebooks()
    }
    with watched() as seen:
        for name, committed in notebooks.items():
            bundles = shown(name, committed.cells, changed)
            found = [bundle[claims.MIME] for bundle in bundles if claims.MIME in bundle]
            records |= {record["id"]: record for record in found}
    assert {
        found for found in seen if found[1] != LOADER and found[0] not in manifest.SHARED
    } == set()
    assert {path for path, _ in seen} >= {"data/claims.csv", "data/capabilities.csv"}
    judged = {
        verdict.claim["id"]: verdict.verdict for verdict in compare.judged(data.World(**changed))
    }
    assert {id: record["verdict"] for id, record in records.items()} == judged
    sound(list(records.values()))


def sound(records: list[dict]) -> None:
    """Every claim is judged, or something is missing."""
    assert sorted(record["id"] for record in records) == sorted(claims.judged())
    assert all(record["verdict"] != "undecided" or record["missing"] for record in records)


PAST = {
    "orders.csv": (
        "import pandas\nfrom helpers import data\npandas.read_csv(data.DATA / 'orders.csv')"
    ),
    "counts.csv": "from helpers import data\n(data.DATA / 'counts.csv').read_text()[:2]",
    "places.csv": "from helpers import data\nopen(data.DATA / 'places.csv').close()",
    "members.csv": (
        "import os\nfrom helpers import data\n"
        "os.close(os.open(data.DATA / 'members.csv', os.O_RDONLY))"
    ),
}


@pytest.mark.parametrize(("table", "source"), PAST.items(), ids=PAST)
def test_reading_past_the_loader_is_found(table, source):
    with watched() as seen:
        shown("small", notebook(source).cells, {})
    assert [path for path, by in seen if by != LOADER] == [f"data/{table}"]
    with watched() as seen:
        shown("small", notebook("from helpers import data\nlen(data.load('counts'))").cells, {})
    assert seen == {("data/counts.csv", LOADER)}


@pytest.mark.parametrize(("scenario", "as_of"), OTHERS)
def test_in_every_scenario_every_claim_is_judged_and_every_question_answered(scenario, as_of):
    name, changed = scenarios.resolve(scenario, as_of)
    world, exact = data.World(**changed | {"seed": SEED}), data.World(**changed)
    assert name == (f"{scenario}@{as_of}" if as_of else scenario)
    sound([verdict.record() for verdict in compare.judged(exact)])
    asked = len(headline_answers.answers(world))
    assert (
        len(headline_answers.answer_rows(world))
        == len(headline_answers.conclusion_rows(world))
        == asked
        > 0
    )


def test_latest_is_the_newest_day_an_observation_may_name():
    day = scenarios.resolve("latest")[1]["as_of"]
    assert day == scenarios.newest_observation()
    assert day > notebook_parameters.DEFAULTS["as_of"]


@pytest.mark.parametrize(
    ("scenario", "as_of", "said"),
    [
        ("artcle", "", "There are article"),
        ("article", "20-12-2025", "YYYY-MM-DD"),
        ("article", "2024-01-01", "no data before"),
    ],
)
def test_what_cannot_be_run_is_refused_with_what_can(scenario, as_of, said):
    with pytest.raises(notebook_parameters.ParameterError, match=said):
        scenarios.resolve(scenario, as_of)
