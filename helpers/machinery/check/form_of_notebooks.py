"""What `make test` demands of a notebook's code and form, said before a notebook is run."""

import ast
import itertools
import json
import re
from collections.abc import Iterator, Mapping

from helpers import claims, data, notebook_parameters, scenarios
from helpers.machinery.run import valid_notebook
from helpers.machinery.run.valid_notebook import first_line

# tags of what the front page tells
TOLD = ("conditions", "picture", "finding", "since", "changed", "beyond", "thin")
TAGS = ("parameters", *TOLD)
WORLD = "world = data.World(as_of=as_of, roster=roster, evidence=evidence, seed=seed)"
COMMENTS = {  # what the comment on a parameter names
    "as_of": ("YYYY-MM-DD",),
    "roster": notebook_parameters.ROSTERS,
    "evidence": notebook_parameters.EVIDENCE,
    "seed": ("whole number",),
}
MOST_LINES, MOST_WORDS = 12, 1_200  # of a code cell, and of the text of a notebook
NAME = re.compile(r"\d\d-[a-z-]+")
NOTED = {*valid_notebook.KERNEL, "tables"}  # what a notebook's metadata hold
UNCOMPARED = re.compile(  # comments by which nbval leaves an output uncompared
    r"^\s*#+\s*((?:NBVAL|PYTEST_VALIDATE)_\w+)", re.M
)
MACHINE = re.compile(
    r"(?<![\w.])/(home|root|tmp|work|Users|var|opt|mnt|proc)/|\b[A-Z]:\\\\?\w|file://|ipykernel_\d|0x[0-9a-f]{8,}"
)
VERDICT = re.compile(rf"\b({'|'.join(claims.VERDICTS)})\b")


def notes() -> list[str]:
    """What is to be mended in the notebooks before `make test` can pass, a line each."""
    readme = data.text(data.ROOT / "README.md")
    lines = []
    for name in scenarios.unlisted():
        lines.append(
            f"notebooks/{name}.ipynb is not listed in scenarios.yml, so no command runs it. Move it"
            " to notebooks/own/, or list it"
        )
    for name in scenarios.notebooks():
        file = f"notebooks/{name}.ipynb"
        if not NAME.fullmatch(name):
            lines.append(f"{file}: name it by two digits and small letters, as 10-air-defence")
        if f"({file})" not in readme:
            lines.append(f"{file}: name it in README.md's table of notebooks")
        try:
            text = data.text(scenarios.file(name))
            if data.MERGE_MARKER.search(text):
                lines.append(f"{file}: merge markers are left in the file. Settle the merge first")
                continue
            notebook = json.loads(text)
            lines += [f"{file}: {fault}" for fault in [*faults(notebook), *unrun(notebook)]]
        except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
            lines.append(
                f"{file}: not a readable notebook ({type(error).__name__}: {str(error)[:80]})."
                " Restore it with git, or open it in JupyterLab and save it"
            )
    if (listed := scenarios.notebooks()) != sorted(listed):
        lines.append("notebooks/scenarios.yml: list the notebooks in the order of their names")
    return lines


def source(cell: Mapping) -> str:
    """The text of a cell, which a file may hold as lines."""
    return "".join(cell["source"])


def faults(notebook: Mapping) -> list[str]:
    """What is wrong with a notebook's form and code, whether or not it was run, in a few words
    each with what to do.
    """
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    found = [f"an empty code cell: {cell.get('id')}" for cell in cells if not source(cell).strip()]
    sound = [cell for cell in cells if parsed(cell) is not None]
    found += [
        f"not plain Python: {first_line(source(cell))}; write it without magics and shell lines"
        for cell in cells
        if cell not in sound
    ]
    found += _opening(notebook, sound)
    for cell in sound:
        found += _of_code(cell)
    found += [
        f"shown without a word before it: {first_line(source(cell))}; put a text cell there"
        for before, cell in itertools.pairwise(notebook["cells"][3:])
        if before["cell_type"] == cell["cell_type"] == "code" and shows(cell)
    ]
    texts = (c for c in notebook["cells"] if c["cell_type"] == "markdown")
    words = sum(len(source(c).split()) for c in texts)
    if words > MOST_WORDS:
        found.append(f"{words} words of text: cut what tables and cards tell, to {MOST_WORDS}")
    for cell in notebook["cells"]:
        tags = cell["metadata"].get("tags", [])
        found += [f"tag {tag!r}: known are {', '.join(TAGS)}" for tag in tags if tag not in TAGS]
        found += [f"metadata {key!r}: remove it" for key in cell["metadata"] if key != "tags"]
        found += [
            f"comment {mark!r}: every output is compared, remove it"
            for mark in UNCOMPARED.findall(source(cell))
        ]
    return found


def unrun(notebook: Mapping) -> Iterator[str]:
    """What a run would refuse in a notebook's file, or would leave in it otherwise: its kernel, the
    ids of its cells, the first cell that was not run in order, with how many more, cells whose
    output is gone, and notes of other programs.
    """
    yield from filter(
        None, (valid_notebook.kernel_fault(notebook), valid_notebook.id_fault(notebook["cells"]))
    )
    if found := [fault for fault, _ in valid_notebook.run_faults(notebook["cells"])]:
        more = f" ({len(found) - 1} more such cells)" if found[1:] else ""
        yield found[0] + more
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code" and shows(cell) and not cell.get("outputs"):
            yield f"shows nothing: {first_line(source(cell))}; run make refresh"
    for name in notebook["metadata"].keys() - NOTED:
        yield f"metadata {name!r} of the notebook; run make refresh, which takes it out"


def parsed(cell: Mapping) -> ast.Module | None:
    """The code of a cell as a tree; None where it is no Python."""
    try:
        return ast.parse(source(cell))
    except SyntaxError:
        return None


def shows(cell: Mapping) -> bool:
    """Whether a code cell ends with a value, which it shows."""
    tree = parsed(cell)
    return bool(tree and tree.body and isinstance(tree.body[-1], ast.Expr))


def _opening(notebook: Mapping, cells: list) -> Iterator[str]:
    """What is wrong with title, parameters cell and the cell that builds the world."""
    first = notebook["cells"][0]
    if not source(first).startswith("# ") or first["cell_type"] != "markdown":
        yield "no title in the first cell: begin it with '# ' and the question"
    opening = source(cells[0]) if cells else ""
    if len(cells) < 2 or not any(f"{name} = " in opening for name in notebook_parameters.DEFAULTS):
        yield "the first code cell is not the parameters cell: copy that of another notebook"
        return
    if cells[0]["metadata"].get("tags") != ["parameters"]:
        yield (
            "the first code cell lacks the tag `parameters`, or has others beside it: mend it under"
            " Cell Tags of JupyterLab's property inspector"
        )
    stated = {}
    for line in source(cells[0]).splitlines():
        match = re.fullmatch(r"(\w+) = (\S+)  # (.+)", line)
        if not match:
            yield f"no parameter with a comment: {line}"
            continue
        name, value, comment = match.groups()
        stated[name] = ast.literal_eval(value)
        for word in COMMENTS.get(name, ()):
            if not re.search(rf"\b{word}\b", comment):
                yield f"the comment on {name} does not name {word}"
    if stated != notebook_parameters.DEFAULTS or list(stated) != list(notebook_parameters.DEFAULTS):
        yield "the parameters are not those of the scenario article: copy another notebook's"
    if WORLD not in source(cells[1]).splitlines():
        yield f"the second code cell does not build the world from the parameters: add {WORLD}"


def _of_code(cell: Mapping) -> Iterator[str]:
    """What is wrong with the code of one cell."""
    lines = [line for line in source(cell).splitlines() if line.strip()]
    if len(lines) > MOST_LINES:
        yield (
            f"{len(lines)} lines of code: {first_line(lines[0])}; at most {MOST_LINES}, the rest in"
            " helpers/"
        )
    for match in MACHINE.finditer(source(cell)):
        yield f"a path or an address of the machine: {match[0]!r}"
    for node in ast.walk(ast.parse(source(cell))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield f"a definition: {node.name}; it belongs in helpers/"
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and VERDICT.search(node.value)
        ):
            yield f"a typed verdict: {node.value[:60]!r}; let a cell compute it"
        if isinstance(node, ast.Import | ast.ImportFrom):
            for alias in node.names:
                name = f"{getattr(node, 'module', '')}.{alias.name}".strip(".")
                if not re.match(r"helpers\.(?!machinery)", name):
                    yield f"no import for a notebook: {name}; call helpers, which may import it"
