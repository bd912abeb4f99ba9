"""The committed notebooks: run in order with their outputs, one form, nothing typed that code can
produce. Each guard is shown to bite.
"""

import copy
import re

import pytest
from checkouts import code, notebook
from nbformat.v4 import new_markdown_cell, new_output

from helpers import claims, data, notebook_parameters, scenarios
from helpers.machinery.check import form_of_notebooks
from helpers.machinery.check.form_of_notebooks import COMMENTS, WORLD
from helpers.machinery.run import execute
from helpers.machinery.run.errors import RunError
from helpers.machinery.run.valid_notebook import first_line

pytestmark = pytest.mark.committed


def faults(name: str, committed) -> list[str]:
    """What is wrong with a committed notebook, in a few words each."""
    found = []
    try:
        execute.check_form(name, committed)
    except RunError as error:
        found.append(str(error))
    found += [*form_of_notebooks.faults(committed), *form_of_notebooks.unrun(committed)]
    for cell in committed.cells:
        if cell.cell_type == "code":
            found += [
                f"a path or an address of the machine: {match[0]!r}"
                for match in form_of_notebooks.MACHINE.finditer(str(cell.outputs))
            ]
    return found


LISTED = scenarios.notebooks()


def opened(name: str):
    return execute.open_notebook(scenarios.NOTEBOOKS / f"{name}.ipynb")


@pytest.mark.parametrize("name", LISTED)
def test_a_committed_notebook_has_no_fault(name):
    assert faults(name, opened(name)) == []


def test_every_notebook_of_the_folder_is_listed_once_and_the_other_way_round():
    assert form_of_notebooks.notes() == []
    assert all(scenarios.file(name).exists() for name in LISTED)


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
    "no tag on the parameters": (put("1.metadata", {}), "lacks the tag `parameters`"),
    "no parameters": (put("1.source", "world = 0"), "is not the parameters cell"),
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
    "a long cell": (
        cell("\n\n".join(f"a{n} = {n}" for n in range(12)) + "\nworld.as_of"),
        "13 lines of code: a0 = 0; at most 12",
    ),
    "too much text": (
        put("0.source", lambda text: text + " word" * 1_201),
        "words of text: cut what tables and cards tell, to 1200",
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
    "a table that nothing introduces": (
        lambda small: small.cells.append(copy.deepcopy(small.cells[-1])),
        "shown without a word before it: world.as_of",
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


def test_a_cell_is_known_by_its_first_line_cut_at_a_word():
    long = 'rows = refuelling.owned_by(world, "europe")'
    assert first_line(f"\n{long}\ntitle = tables.say()") == long
    assert first_line(f'{long} and refuelling.owned_by(world, "members")') == f"{long} and …"
    small = copy.deepcopy(sound())
    small.cells[-1].update(source=f"{long}\nrows", outputs=[])
    assert f"shows nothing: {long}; run make refresh" in faults("small", small)


def test_an_empty_cell_and_a_missing_title_are_found():
    small = sound()
    small.cells.append(code(" "))
    small.cells[0] = new_markdown_cell("Some words")
    assert {
        "no title in the first cell: begin it with '# ' and the question",
        f"an empty code cell: {small.cells[-1].id}",
    } <= set(faults("small", small))
