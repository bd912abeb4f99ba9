"""Run pytest on tests/ and nbval on the committed notebooks: all of them, or what a change touches.

Tests with the mark `long` repeat, stop and starve whole runs, try many seeds, or drive JupyterLab
and Dask. They take as long as all others together, and are run apart: `make test-long`.

A change touches the tests and notebooks that import it, through however many modules, and the
notebooks that read it as a table. Tests that read the committed notebooks carry the mark
`committed`; where nothing but notebooks and texts was edited, they look at the pages of these
(pytest's `--edited`). Those with the mark `rerun` run all notebooks again: of one that was edited
its own cells say the same, and they are left to `make test`.
"""

import argparse
import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from helpers import data, scenarios
from helpers.machinery.run.errors import RunError
from helpers.machinery.run.progress import say

NBVAL = ("pytest", "-q", "--nbval", "--nbval-current-env")
PARALLEL = (
    "--dist", "loadscope", "--no-loadscope-reorder",
    "-p", "helpers.machinery", "-p", "helpers.machinery.run.tests_that_take_long",
)  # fmt: skip
ALL = ["tests", "notebooks"]
LISTED = 12  # names that a line lists
NO_TEST = 5  # what pytest ends with where it has run none
FOR_ALL = (  # whatever is read or run may differ after a change of one of these
    "conftest.py", "tests/conftest.py", "pyproject.toml", "requirements.lock",
    "notebooks/scenarios.yml", f"data/{data.CONTRACT}",
)  # fmt: skip
TEXTS = {  # by name, which many tests give to files of their own, the tests that read them here
    "README.md": {"test_readme.py"},
    "data/README.md": {"test_check_data.py"},
    "CHANGELOG.md": {"test_changelog.py"},
}
IMPORT = re.compile(r"from (helpers[\w.]*) import ([\w., ]+|\([\w., \n]+\))|import (helpers[\w.]+)")
BY_NAME = {  # modules that import others by their names, and those others
    "helpers.claims.rule_of_each_claim": "helpers.claims.rules",
    "helpers.machinery.__main__": "helpers.machinery.commands",
}


def run(args: argparse.Namespace) -> int:
    """Run the tests asked for; 0 where none failed."""
    wanted = ALL
    if args.changed:
        paths = changed(data.ROOT, args.base)
        wanted = touched(paths)
        say(f"{len(paths)} changed file{'s' * (len(paths) != 1)}: {in_words(wanted)}")
    if not wanted:
        return 0
    say("collecting the tests")
    marked = "long" if args.long else "not long"
    command = [*NBVAL, *PARALLEL, "-n", str(args.jobs), "-m", marked, *wanted]
    code = subprocess.call([sys.executable, "-m", *command], cwd=data.ROOT)
    if args.changed and code == NO_TEST:
        say("only long tests are touched: make test-long")
        return 0
    return code


def in_words(wanted: list[str]) -> str:
    """What is tested, on one line: by their names as long as they are few."""
    if wanted in (ALL, []):
        return "everything is tested" if wanted else "no test is touched"
    said = []
    for folder, kind in (("tests/", "file of tests"), ("notebooks/", "notebook")):
        names = {Path(each.split("::")[0]).stem for each in wanted if each.startswith(folder)}
        if len(names) > LISTED:
            said.append(f"{len(names)} {kind.replace('file', 'files')}")
        elif names:
            said.append(", ".join(sorted(names)))
    return "; ".join(said)


def changed(root: Path, base: str = "") -> list[str]:
    """The files that differ from a commit, those unknown to git included; RunError without git.
    What is no UTF-8 in a name is replaced: no such file is read, and the name is printed.
    """
    asked = (["diff", "--name-only", "-z", base or "HEAD", "--"],
             ["ls-files", "--others", "--exclude-standard", "-z"])  # fmt: skip
    names: set[str] = set()
    for words in asked:
        try:
            told = subprocess.run(["git", *words], cwd=root, capture_output=True)
        except OSError as error:
            message = f"git cannot be run ({error.strerror}); make test runs all"
            raise RunError(message, "git-missing") from None
        if told.returncode:
            said = told.stderr.decode("utf-8", "replace").strip()
            message = f"git does not know what changed: {said}"
            raise RunError(message, "git-failed")
        names |= set(filter(None, told.stdout.decode("utf-8", "replace").split("\0")))
    return sorted(names)


def touched(paths: Iterable[str]) -> list[str]:
    """What pytest is to run after a change of these files: files of tests, single tests, notebooks,
    or all; where nothing but notebooks and texts was edited, on their pages alone.
    """
    paths = set(paths)
    if paths & set(FOR_ALL) or any(path.startswith("tests/tiny/") for path in paths):
        return ALL
    tests = {path.name: data.text(path) for path in (data.ROOT / "tests").glob("*.py")}
    modules = importers({module(path) for path in paths if path.startswith("helpers/")})
    read = [name for name in scenarios.notebooks() if reads(name, paths, modules)]
    files = set()
    if any(path.startswith("data/") and path.endswith(".csv") for path in paths):
        modules |= importers({"helpers.data"})
        files |= {name for name, text in tests.items() if 'ROOT / "data"' in text}
    files |= {name for name, text in tests.items() if imports(text) & modules}
    files |= {name for path in paths & TEXTS.keys() for name in TEXTS[path]}
    paths -= TEXTS.keys()
    named = {Path(path).name for path in paths if not path.endswith(".ipynb")}
    files |= {name for name, text in tests.items() if any(own in text for own in named)}
    files |= {name for name in tests if f"tests/{name}" in paths}
    files = {name for name in with_importers(files, tests) if name.startswith("test_")}
    chosen = [f"tests/{name}" for name in sorted(files)]
    if any(path.endswith(".ipynb") for path in paths):
        rest = [name for name in sorted(tests) if f"tests/{name}" not in chosen]
        chosen += [f"tests/{name}{test}" for name in rest for test in committed(tests[name], name)]
    if paths and all(path.endswith(".ipynb") for path in paths):
        chosen.append("--edited=" + ",".join(Path(path).stem for path in sorted(paths)))
    return chosen + [f"notebooks/{name}.ipynb" for name in read]


def reads(name: str, paths: set[str], modules: set[str]) -> bool:
    """Whether what a notebook shows may differ: it, a table it read or a module it imports did.

    Parameters
    ----------
    name : str
        The notebook; one that cannot be read may differ.
    paths : set of str
        The files that differ, by their paths in the repository.
    modules : set of str
        The modules that differ, or import one that does.
    """
    if f"notebooks/{name}.ipynb" in paths:
        return True
    try:
        notebook = json.loads(data.content(scenarios.file(name)))
        tables = {f"data/{table}.csv" for table in notebook["metadata"].get("tables", [])}
        code = "\n".join("".join(cell["source"]) for cell in notebook["cells"])
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return True  # nbval says what is wrong with it
    return bool(tables & paths or imports(code) & modules)


def module(path: str) -> str:
    """The module of a file in helpers; what is no Python there belongs to the module beside it."""
    name = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    return name if path.endswith(".py") else "helpers.machinery.site.style_scripts_and_policy"


def importers(changed: set[str]) -> set[str]:
    """These modules of helpers, and all that import them, through however many others."""
    import grimp

    graph = grimp.build_graph("helpers", cache_dir=None)
    for importer, folder in BY_NAME.items():
        for imported in graph.find_descendants(folder):
            graph.add_import(importer=importer, imported=imported)
    downstream = (graph.find_downstream_modules(name) for name in changed & graph.modules)
    return changed.union(*downstream)


def imports(text: str) -> set[str]:
    """The modules of helpers that a text names in imports, also in a program it holds as text."""
    found = {"helpers.machinery.__main__"} if '"helpers.machinery"' in text else set()
    for package, names, whole in IMPORT.findall(text):
        found |= {whole or package}
        found |= {f"{package}.{name}" for name in re.findall(r"\w+", names)}
    return found


def with_importers(files: set[str], tests: dict[str, str]) -> set[str]:
    """These files of tests, and those that import them."""
    found = set(files)
    while more := {
        name
        for name, text in tests.items()
        if name not in found
        and any(re.search(rf"^(from|import) {Path(other).stem}\b", text, re.M) for other in found)
    }:
        found |= more
    return found


def committed(text: str, name: str = "<text>") -> list[str]:
    """The tests of a file that read the committed notebooks, as pytest names them after the file's
    name; an empty name is all of them.
    """
    tree, mark = ast.parse(text, str(data.ROOT / "tests" / name)), "pytest.mark.committed"
    if any(isinstance(node, ast.Assign) and ast.unparse(node.value) == mark for node in tree.body):
        return [""]
    return [
        f"::{node.name}"
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and mark in map(ast.unparse, node.decorator_list)
    ]
