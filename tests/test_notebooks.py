"""The committed notebooks: run in order with their outputs, one form, nothing typed that code can
produce. Each guard is shown to bite.
"""

import ast
import copy
import re

import pytest
from checkouts import code, notebook
from nbformat.v4 import new_markdown_cell, new_output

from helpers import claims, data, notebook_parameters, scenarios
from helpers.machinery.run import execute
from helpers.machinery.run.errors import RunError
from helpers.machinery.site import notebook_html

pytestmark = pytest.mark.committed
WORLD = "world = data.World(as_of=as_of, roster=roster, evidence=evidence, seed=seed)"
COMMENTS = {
    "as_of": ("YYYY-MM-DD",),
    "roster": notebook_parameters.ROSTERS,
    "evidence": notebook_parameters.EVIDENCE,
    "seed": ("whole number",),
}
UNCOMPARED = re.compile(
    r"^\s*#+\s*((?:NBVAL|PYTEST_VALIDATE)_\w+)", re.M
)  # comments by which nbval leaves an output uncompared
MACHINE = re.compile(
    r"(?<![\w.])/(home|root|tmp|work|Users|var|opt|mnt|proc)/|\b[A-Z]:\\\\?\w|file://|ipykernel_\d|0x[0-9a-f]{8,}"
)
TAGS = ("parameters", *notebook_html.TOLD)  # what a run overrules, and what the front page shows
VERDICT = re.compile(rf"\b({'|'.join(claims.VERDICTS)})\b")


def faults(name: str, committed) -> list[str]:
    """What is wrong with a committed notebook, in a few words each."""
    found = []
    try:
        execute.check_form(name, committed)
        execute.prove(name, committed)
    except RunError as error:
        found.append(str(error))
    cells = [cell for cell in committed.cells if cell.cell_type == "code"]
    found += [f"an empty code cell: {cell.id}" for cell in cells if not cell.source.strip()]
    sound = [cell for cell in cells if _parsed(cell) is not None]
    found += [f"not plain Python: {cell.source[:60]}" for cell in cells if cell not in sound]
    found += _opening(committed, sound)
    for cell in sound:
        found += _of_cell(cell)
    for cell in committed.cells:
        found += [f"tag {tag!r}" for tag in cell.metadata.get("tags", []) if tag not in TAGS]
        found += [f"metadata {key!r}" for key in cell.metadata if key != "tags"]
        found += [f"comment {mark!r}" for mark in UNCOMPARED.findall(cell.source)]
        shown = str(cell.get("outputs", "")) + (cell.source if cell.cell_type == "code" else "")
        found += [
            f"a path or an address of the machine: {match[0]!r}"
            for match in MACHINE.finditer(shown)
        ]
    found += [
        f"metadata {key!r}"
        for key in committed.metadata
        if key not in ("kernelspec", "language_info", "tables")
    ]
    return found


def _parsed(cell) -> ast.Module | None:
    try:
        return ast.parse(cell.source)
    except SyntaxError:
        return None


def _opening(committed, cells) -> list[str]:
    """What is wrong with title, parameters cell and the cell that builds the world."""
    found = []
    if not committed.cells[0].source.startswith("# ") or committed.cells[0].cell_type != "markdown":
        found.append("no title in the first cell")
    if len(cells) < 2 or cells[0].metadata.get("tags") != ["parameters"]:
        return [*found, "the first code cell is not the parameters cell"]
    stated = {}
    for line in cells[0].source.splitlines():
        match = re.fullmatch(r"(\w+) = (\S+)  # (.+)", line)
        if not match:
            found.append(f"no parameter with a comment: {line}")
            continue
        name, value, comment = match.groups()
        stated[name] = ast.literal_eval(value)
        found += [
            f"the comment on {name} does not name {word}"
            for word in COMMENTS.get(name, ())
            if not re.search(rf"\b{word}\b", comment)
        ]
    if stated != notebook_parameters.DEFAULTS or list(stated) != list(notebook_parameters.DEFAULTS):
        found.append("the parameters are not those of the scenario article")
    if WORLD not in cells[1].source.splitlines():
        found.append("the second code cell does not build the world from the parameters")
    return found


def _of_cell(cell) -> list[str]:
    """What is wrong with the code of one cell."""
    tree, found = _parsed(cell), []
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.append(f"a definition: {node.name}; it belongs in helpers/")
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and VERDICT.search(node.value)
        ):
            found.append(f"a typed verdict: {node.value[:60]!r}")
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [
                f"{getattr(node, 'module', '')}.{alias.name}".strip(".") for alias in node.names
            ]
            found += [
                f"no import for a notebook: {name}"
                for name in names
                if not re.match(r"helpers\.(?!machinery)", name)
            ]
    if tree.body and isinstance(tree.body[-1], ast.Expr) and not cell.outputs:
        found.append(f"shows nothing: {cell.source[:60]}")
    return found


LISTED = scenarios.notebooks()


def opened(name: str):
    return execute.open_notebook(scenarios.NOTEBOOKS / f"{name}.ipynb")


@pytest.mark.parametrize("name", LISTED)
def test_a_committed_notebook_has_no_fault(name):
    assert faults(name, opened(name)) == []


def test_every_notebook_of_the_folder_is_listed_once_and_the_other_way_round():
    assert scenarios.unlisted() == [], "move them to notebooks/own/, or list them"
    assert all(scenarios.file(name).exists() for name in LISTED)
    assert sorted(LISTED) == LISTED, "in reading order"
    assert all(re.fullmatch(r"\d\d-[a-z-]+", name) for name in LISTED)


def test_every_claim_is_assigned_to_a_notebook_that_may_judge_it():
    assert {data.row(id)["notebook"] for id in claims.judged()} <= set(LISTED)


@pytest.mark.parametrize("name", LISTED)
def test_links_between_notebooks_lead_to_listed_ones(name):
    prose = "\n".join(cell.source for cell in opened(name).cells if cell.cell_type == "markdown")
    assert {
        link.removesuffix(".ipynb") for link in re.findall(r"\]\(([\w-]+\.ipynb)", prose)
    } <= set(LISTED)


# each fault, put into a sound notebook, is found


def sound():
    """A small notebook without a fault."""
    comments = [
        f"{name} = {value!r}  # {', '.join(COMMENTS[name])}"
        for name, value in notebook_parameters.DEFAULTS.items()
    ]
    small = notebook(f"from helpers import data\n\n{WORLD}", "world.as_of")
    small.cells[1].source = "\n".join(comments).replace("'", '"')
    small.cells[3].outputs = [
        new_output("execute_result", {"text/plain": "'2025-12-20'"}, execution_count=3)
    ]
    for count, cell in enumerate(small.cells[1:], 1):
        cell.execution_count = count
    return small


def test_the_sound_notebook_has_no_fault():
    assert faults("small", sound()) == []


def put(path: str, value):
    """A change of a notebook: what stands at a path such as '1.source' or 'metadata.kernelspec'
    becomes the value.
    """

    def change(small):
        where, *inner, last = path.split(".")
        target = small.cells[int(where)] if where.isdecimal() else small[where]
        for key in inner:
            target = target[int(key) if key.isdecimal() else key]
        target[last] = value(target[last]) if callable(value) else value

    return change


def without_outputs(small):
    for cell in small.cells[1:]:
        cell.outputs, cell.execution_count = [], None


def cell(source: str):
    """A change: the source of the last cell."""
    return put("3.source", source)


FAULTS = {
    "never run": (without_outputs, 'cell 2 (as_of = "2025-12-20"  # YYYY-MM-DD) was not executed'),
    "never run: shows nothing": (without_outputs, "shows nothing: world.as_of"),
    "output deleted": (put("3.outputs", []), "shows nothing: world.as_of"),
    "run out of order": (put("3.execution_count", 5), "has execution count 5, not 3"),
    "a warning": (
        put("3.outputs", [new_output("stream", name="stderr", text="careful")]),
        "wrote to stderr: careful",
    ),
    "an error": (
        put("3.outputs", [new_output("error", ename="E", evalue="no", traceback=[])]),
        ": E: no",
    ),
    "a foreign kernel": (
        put("metadata.kernelspec", {"name": "conda-env"}),
        "the kernel is 'conda-env'",
    ),
    "no tag": (put("1.metadata", {}), "one cell must carry the tag 'parameters', not 0"),
    "two tags": (
        put("3.metadata", {"tags": ["parameters"]}),
        "one cell must carry the tag 'parameters', not 2",
    ),
    "another default": (
        put("1.source", lambda text: text.replace("2025-12-20", "2025-12-21")),
        "not those of the scenario article",
    ),
    "a default missing": (
        put("1.source", lambda text: text.rpartition("\n")[0]),
        "not those of the scenario article",
    ),
    "one parameter more": (
        put("1.source", lambda text: text + "\nyear = 2025  # a year"),
        "not those of the scenario article",
    ),
    "a value not named": (
        put("1.source", lambda text: text.replace(", europe", "")),
        "the comment on roster does not name europe",
    ),
    "no comment": (
        put("1.source", lambda text: text.partition("  #")[0]),
        "no parameter with a comment",
    ),
    "world without check": (
        put("2.source", "from helpers import data\nworld = data.World()"),
        "does not build the world",
    ),
    "a path in code": (
        cell("open('/home/me/x').read()"),
        "a path or an address of the machine: '/home/'",
    ),
    "a path in an output": (
        put("3.outputs.0.data", {"text/plain": "/tmp/x/data"}),
        "a path or an address of the machine: '/tmp/'",
    ),
    "an address in memory": (
        put("3.outputs.0.data", {"text/plain": "<object at 0x7f9d4ae6e610>"}),
        "a path or an address of the machine: '0x7f9d",
    ),
    "a function": (
        cell("def share(x):\n    return x\nshare(1)"),
        "a definition: share; it belongs in helpers/",
    ),
    "a class": (cell("class Share: pass\n1"), "a definition: Share"),
    "a typed verdict": (cell('f"the claim {1} fails"'), "a typed verdict: ' fails'"),
    "a verdict compared": (cell('world == "depends"'), "a typed verdict: 'depends'"),
    "a hidden output": (
        put("3.metadata", {"tags": ["nbval-ignore-output"]}),
        "tag 'nbval-ignore-output'",
    ),
    "a comparison left out": (
        cell("# NBVAL_IGNORE_OUTPUT\nworld.as_of"),
        "comment 'NBVAL_IGNORE_OUTPUT'",
    ),
    "an exception expected": (
        put("3.metadata", {"tags": ["raises-exception"]}),
        "tag 'raises-exception'",
    ),
    "metadata of a cell": (put("3.metadata", {"scrolled": True}), "metadata 'scrolled'"),
    "metadata of papermill": (put("metadata.papermill", {"duration": 1}), "metadata 'papermill'"),
    "a shell line": (cell("!pip install x"), "not plain Python: !pip install x"),
    "a magic": (cell("%matplotlib inline"), "not plain Python: %matplotlib"),
    "another library": (
        cell("import requests\nrequests.get('x')"),
        "no import for a notebook: requests",
    ),
    "the machinery": (
        cell("from helpers import data, machinery\nmachinery"),
        "no import for a notebook: helpers.machinery",
    ),
    "a part of the machinery": (
        cell("from helpers.machinery.run import execute\nexecute"),
        "no import for a notebook: helpers.machinery.run.execute",
    ),
}


@pytest.mark.parametrize(("change", "fault"), FAULTS.values(), ids=FAULTS)
def test_a_fault_of_a_notebook_is_found(change, fault):
    small = copy.deepcopy(sound())
    change(small)
    assert [found for found in faults("small", small) if fault in found], faults("small", small)


def test_an_empty_cell_and_a_missing_title_are_found():
    small = sound()
    small.cells.append(code(" "))
    small.cells[0] = new_markdown_cell("Some words")
    assert {"no title in the first cell", f"an empty code cell: {small.cells[-1].id}"} <= set(
        faults("small", small)
    )
