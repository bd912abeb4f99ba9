"""Every scenario, and days before and after the rows, come to verdicts or say what is missing; and
nothing that a notebook shows is read past the loader.
"""

import ast
from pathlib import Path

import pytest
from checkouts import notebook, write
from jupyter_client.provisioning import KernelProvisionerFactory

from helpers import answers, claims, data, ledger, parameters, scenarios
from helpers.machinery.kernels import start, surroundings
from helpers.machinery.outputs import claims_json, manifest
from helpers.machinery.run import execute

pytestmark = pytest.mark.rerun
LEAST_KNOWN = ("read-only", "")  # all its notebooks run in kernels
LEAST_HAPPENED = ("article", "2025-02-17")  # the cells of its notebooks run in one process
OTHERS = [(name, "") for name in scenarios.names() if name not in ("article", "read-only")]
OTHERS += [("article", "2030-01-01"), ("read-only", "2025-03-10")]  # their rules are asked
LOADER = str(data.ROOT / "helpers/data.py")
# what a kernel does before the first cell: it tells of every file of the repository that is opened,
# but for modules, and by whom
WATCH = """\
def watch():
    import os, sys

    root, told = {root!r}, open({told!r}, "a", buffering=1)

    def hook(event, arguments):
        if event != "open" or not isinstance(arguments[0], str | bytes | os.PathLike):
            return
        path = os.path.abspath(os.fsdecode(arguments[0]))
        ours = path.startswith(root + os.sep) and not path.startswith(root + os.sep + ".venv")
        if ours and not path.endswith(".py") and "__pycache__" not in path:
            frame = sys._getframe(1)
            by = ("pathlib.py", "_local.py")
            while frame and os.path.basename(frame.f_code.co_filename) in by:
                frame = frame.f_back
            told.write(path + "\\t" + (frame.f_code.co_filename if frame else "") + "\\n")

    sys.addaudithook(hook)


watch()
del watch
"""


def watched(folder, told, changed=None) -> tuple[dict, set[tuple[str, str]]]:
    """Run the notebooks of a folder: what they gave, and each file of the repository that was
    opened, with the file of the code that did so.
    """
    with pytest.MonkeyPatch.context() as patch, surroundings.hermetic() as scratch, start.warm():
        patch.setattr(scenarios, "NOTEBOOKS", folder)
        startup = scratch / "ipython/profile_default/startup"
        startup.mkdir()
        (startup / "watch.py").write_text(
            WATCH.format(root=str(data.ROOT), told=str(told)), "utf-8"
        )
        ran = execute.run_all(changed or {}, 2, lambda line: None)
    lines = {tuple(line.split("\t")) for line in told.read_text("utf-8").splitlines()}
    return ran, {(Path(path).relative_to(data.ROOT).as_posix(), by) for path, by in lines}


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    """The notebooks of the scenario in which least is known, as they ran, and what they opened."""
    KernelProvisionerFactory.clear_instance()
    told = tmp_path_factory.mktemp("watched") / "told"
    return watched(scenarios.NOTEBOOKS, told, scenarios.resolve(*LEAST_KNOWN)[1])


def test_a_scenario_runs_through_in_kernels_and_judges_every_claim(ran):
    records = claims_json.verdicts({name: of.notebook for name, of in ran[0].items()})
    sound(records, scenarios.world(LEAST_KNOWN[0]))


def sound(records: list[dict], world: data.World) -> None:
    """Every claim is judged as its rule judges it, or something is missing."""
    assert [record["id"] for record in records] == claims.judged()
    assert all(record["verdict"] != "undecided" or record["missing"] for record in records)
    judged = [claims.judge(id, world).verdict for id in claims.judged()]
    assert [record["verdict"] for record in records] == judged


def test_no_notebook_reads_a_file_of_the_repository_past_the_loader(ran):
    opened = ran[1]
    assert {
        (path, by) for path, by in opened if by != LOADER and path not in manifest.SHARED
    } == set()
    assert {path for path, _ in opened} >= {
        "data/claims.csv",
        "data/capabilities.csv",
        "data/datapackage.json",
    }, "the loader is seen"


def test_reading_past_the_loader_is_found(tmp_path):
    past = {
        "one": notebook(
            "import pandas\nfrom helpers import data\npandas.read_csv(data.DATA /"
            " 'orders.csv').shape"
        ),
        "two": notebook("from helpers import data\n(data.DATA / 'counts.csv').read_text()[:2]"),
        "three": notebook("from helpers import data\nopen(data.DATA / 'places.csv').close()"),
        "four": notebook(
            "import os\nfrom helpers import data\nos.close(os.open(data.ROOT / 'README.md',"
            " os.O_RDONLY))"
        ),
        "five": notebook("from helpers import data\nlen(data.load('members'))"),
    }
    write(tmp_path, past)
    ran, seen = watched(tmp_path, tmp_path / "told")
    assert {path for path, by in seen if by != LOADER} == {
        "data/orders.csv",
        "data/counts.csv",
        "data/places.csv",
        "README.md",
    }
    assert {name: of.tables for name, of in ran.items()} == dict.fromkeys(past, []) | {
        "five": ["members"]
    }


def test_a_day_before_the_rows_runs_through_in_one_process_and_every_claim_is_judged():
    changed, records = scenarios.resolve(*LEAST_HAPPENED)[1], {}
    for name in scenarios.notebooks():
        found = [bundle[claims.MIME] for bundle in shown(name, changed) if claims.MIME in bundle]
        records |= {record["id"]: record for record in found}
    sound([records[id] for id in claims.judged()], data.World(**changed))


@pytest.mark.parametrize(("scenario", "as_of"), OTHERS)
def test_in_every_scenario_every_claim_is_judged_and_every_question_answered(scenario, as_of):
    name, changed = scenarios.resolve(scenario, as_of)
    world = data.World(**changed)
    assert name == (f"{scenario}@{as_of}" if as_of else scenario)
    sound([verdict.record() for verdict in ledger.verdicts(world)], world)
    asked = len(answers.answers(world))
    assert len(answers.answer_rows(world)) == len(answers.conclusion_rows(world)) == asked > 0


def shown(name: str, changed: dict) -> list[dict]:
    """What the cells of a notebook show with other parameters, as bundles; run in this process."""
    found = []

    def show(value) -> None:
        if hasattr(value, "_repr_mimebundle_"):
            bundle = value._repr_mimebundle_()
            found.append(bundle[0] if isinstance(bundle, tuple) else bundle)
        else:
            found.append({"text/html": getattr(value, "_repr_html_", lambda: str(value))()})

    names = {"display": show}
    for number, cell in enumerate(execute.open_notebook(scenarios.file(name)).cells, 1):
        if cell.cell_type != "code":
            continue
        *body, last = ast.parse(cell.source, f"{name}, cell {number}").body
        if not isinstance(last, ast.Expr):
            body, last = [*body, last], None
        exec(compile(ast.Module(body, []), f"{name}, cell {number}", "exec"), names)
        if "parameters" in cell.metadata.get("tags", []):
            names |= changed
        if (
            last
            and (value := eval(compile(ast.Expression(last.value), name, "eval"), names))
            is not None
        ):
            show(value)
    return found


def test_latest_is_the_newest_day_an_observation_may_name():
    day = scenarios.resolve("latest")[1]["as_of"]
    assert day == scenarios.newest_observation()
    assert day > parameters.DEFAULTS["as_of"]


@pytest.mark.parametrize(
    ("scenario", "as_of", "said"),
    [
        ("artcle", "", "There are article"),
        ("article", "20-12-2025", "YYYY-MM-DD"),
        ("article", "2024-01-01", "no data before"),
    ],
)
def test_what_cannot_be_run_is_refused_with_what_can(scenario, as_of, said):
    with pytest.raises(parameters.ParameterError, match=said):
        scenarios.resolve(scenario, as_of)
