"""A public function with more than two parameters says what each means, in a section of numpydoc's
form.
"""

import ast
import re
from collections.abc import Iterator

import pytest

from helpers import data

FEW = 2  # so many parameters the first lines can tell
SECTION = re.compile(r"^Parameters\n-+\n(.*?)(?=^\w+\n-+$|\Z)", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"^(\S.*?) : \S.*\n +\S", re.MULTILINE)  # names : type, and a line on them
RULE = "rule"  # decorates the rule of a claim, whose choices data/readings.csv explains


def public(of: ast.Module | ast.ClassDef) -> Iterator[ast.FunctionDef]:
    """The public functions of a module and methods of its public classes."""
    for each in of.body:
        if isinstance(each, ast.ClassDef) and not each.name.startswith("_"):
            yield from public(each)
        if isinstance(each, ast.FunctionDef) and not each.name.startswith("_"):
            yield each


def is_rule(function: ast.FunctionDef) -> bool:
    """Whether a function is the rule of a claim."""
    called = [each.func for each in function.decorator_list if isinstance(each, ast.Call)]
    return any(isinstance(each, ast.Name) and each.id == RULE for each in called)


def takes(function: ast.FunctionDef) -> list[str]:
    """The names of a function's parameters; of a method without what it is called on."""
    own = function.args
    every = [*own.posonlyargs, *own.args, own.vararg, *own.kwonlyargs, own.kwarg]
    return [each.arg for each in every if each and each.arg not in ("self", "cls")]


def explained(function: ast.FunctionDef) -> list[str] | None:
    """The names that its docstring explains, in order; None where it has no such section."""
    section = SECTION.search(ast.get_docstring(function) or "")
    if not section:
        return None
    return [
        name.strip().lstrip("*") for names in NAMED.findall(section[1]) for name in names.split(",")
    ]


def faults(source: str) -> list[str]:
    """The functions that explain other parameters than they take, or many of them not at all."""
    found = []
    for function in public(ast.parse(source)):
        names, told = takes(function), explained(function)
        if is_rule(function) or names == told or (told is None and len(names) <= FEW):
            continue
        found.append(
            f"{function.lineno} {function.name}: it takes {', '.join(names)};"
            f" under Parameters stands {', '.join(told or ['nothing'])}"
        )
    return found


def test_every_public_function_says_what_its_parameters_mean():
    files = sorted((data.ROOT / "helpers").rglob("*.py"))
    found = [
        f"{path.relative_to(data.ROOT)}:{fault}"
        for path in files
        for fault in faults(path.read_text("utf-8"))
    ]
    assert not found, "\n".join(found)


TOLD = '''
{before}def area(world, width, *more):
    """An area.

    Parameters
    ----------
    world : World
        The day looked at.
    width : float
        Kilometres from side to side.
    *more : str
        Which others come on top.

    Returns
    -------
    unit : str
        Square kilometres.
    """
'''


@pytest.mark.parametrize(
    ("is_so", "becomes", "told"),
    [
        ("    Parameters\n    ----------\n", "", "nothing"),
        ("    width : float\n", "    length : float\n", "world, length, more"),
        ("width, *more", "width, *more, of", "world, width, more"),
        ("world, width", "width, world", "world, width, more"),
        ("        Kilometres from side to side.\n", "", "world, more"),
        ("    width : float\n", "    width\n", "world, more"),
    ],
    ids=["no section", "another name", "one too few", "another order", "no line", "no type"],
)
def test_a_parameter_that_is_not_explained_is_found(is_so, becomes, told):
    right = TOLD.format(before="")
    assert faults(right) == [] and is_so in right
    (fault,) = faults(right.replace(is_so, becomes))
    assert fault.endswith(f"under Parameters stands {told}")


@pytest.mark.parametrize(
    "source",
    [
        "def _own(a, b, c): pass",
        "class _Own:\n    def area(self, a, b, c): pass",
        "class Side:\n    def area(self, a, b): pass",
        "@rule('C24')\ndef area(world, a, b): pass",
        "def area(world, a):\n    def inner(a, b, c): pass",
    ],
)
def test_what_is_private_takes_few_or_is_a_rule_need_not(source):
    assert faults(source) == []
