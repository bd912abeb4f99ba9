"""Which tables each notebook reads, found in its code and in the helpers that its code calls."""

import ast
import json
from pathlib import Path

from helpers import data

NOTEBOOKS = data.ROOT / "notebooks"
Functions = dict[str, list[tuple[str, ast.FunctionDef]]]


def tables(notebooks: Path = NOTEBOOKS) -> dict[str, list[str]]:
    """The tables each notebook reads, by its name: those that a call has as its first argument, in its code or in what that calls.

    A method is followed by its name alone, so a table too many may be told, hardly one too few.
    """
    functions = _functions()
    found = {}
    for path in sorted(notebooks.glob("*.ipynb")):
        named = {argument for node in _reached(_code(path), functions) for argument in _first_arguments(node)}
        found[path.stem] = [name for name in data.contract() if name in named]
    return found


def _code(path: Path) -> ast.Module:
    """A notebook's code, or none where it cannot be read: running it says why."""
    try:
        cells = json.loads(path.read_text("utf-8"))["cells"]
        return ast.parse("\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"))
    except (OSError, ValueError, KeyError, TypeError, SyntaxError):
        return ast.Module([], [])


def _functions() -> Functions:
    """The functions and methods of helpers by name, each with its module; the machinery apart."""
    found = {}
    for path in (data.ROOT / "helpers").rglob("*.py"):
        module = path.parent.name if path.stem == "__init__" else path.stem
        if "machinery" not in path.parts:
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.FunctionDef):
                    found.setdefault(node.name, []).append((module, node))
    return found


def _reached(code: ast.Module, functions: Functions) -> list[ast.AST]:
    """A notebook's code, the rules of the claims it judges (all of them where it asks which are `judged`) and what these call."""
    claims = None if any(isinstance(node, ast.Attribute) and node.attr == "judged" for node in ast.walk(code)) else _first_arguments(code)
    rules = [entry for entries in functions.values() for entry in entries if (own := _claims(entry[1])) and (claims is None or own & claims)]
    reached, new = [], [("", code), *rules]
    while new:
        reached += new
        called = [entry for module, node in new for entry in _called(module, node, functions)]
        new = [entry for entry in dict.fromkeys(called) if entry not in reached]
    return [node for _, node in reached]


def _called(module: str, code: ast.AST, functions: Functions):
    """The functions that code in a module may call: `name` in its own module, `module.name` in that one, else wherever the name is."""
    modules = {module for entries in functions.values() for module, _ in entries}
    for node in ast.walk(code):
        if isinstance(node, ast.Name | ast.Attribute):
            name, home = (node.id, module) if isinstance(node, ast.Name) else (node.attr, getattr(node.value, "id", ""))
            entries = functions.get(name, [])
            at_home = [entry for entry in entries if entry[0] == home]
            yield from at_home if at_home or (isinstance(node, ast.Attribute) and home in modules) else entries


def _claims(function: ast.FunctionDef) -> set[str]:
    """The claims a function judges or gives inputs to, from its decorators."""
    return {name for decorator in function.decorator_list for name in _first_arguments(decorator)}


def _first_arguments(code: ast.AST) -> set[str]:
    """The texts that calls in the code have as first argument."""
    first = [node.args[0] for node in ast.walk(code) if isinstance(node, ast.Call) and node.args]
    return {argument.value for argument in first if isinstance(argument, ast.Constant) and isinstance(argument.value, str)}
