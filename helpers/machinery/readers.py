"""Which tables each notebook reads, found in its code and in the helpers that its code calls."""

import ast
import json
from pathlib import Path

from helpers import data

NOTEBOOKS = data.ROOT / "notebooks"
Code = ast.Module | ast.FunctionDef


def tables(notebooks: Path = NOTEBOOKS) -> dict[str, list[str]]:
    """The tables each notebook reads, by its name: those that a call has as its first argument, in its code or in what that calls.

    Helpers are followed by name alone, so a table too many may be told, hardly one too few.
    """
    functions = _functions()
    found = {}
    for path in sorted(notebooks.glob("*.ipynb")):
        cells = json.loads(path.read_text("utf-8"))["cells"]
        code = ast.parse("\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"))
        named = {argument for node in _reached(code, functions) for argument in _first_arguments(node)}
        found[path.stem] = [name for name in data.contract() if name in named]
    return found


def _functions() -> dict[str, list[ast.FunctionDef]]:
    """The functions and methods of helpers by name, the machinery apart."""
    found = {}
    for path in (data.ROOT / "helpers").rglob("*.py"):
        if "machinery" not in path.parts:
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.FunctionDef):
                    found.setdefault(node.name, []).append(node)
    return found


def _reached(code: ast.Module, functions: dict[str, list[ast.FunctionDef]]) -> list[Code]:
    """A notebook's code, the rules of the claims it judges (all of them where it asks which are `judged`) and what these call."""
    claims = None if "judged" in _names(code) else _first_arguments(code)
    rules = [node for nodes in functions.values() for node in nodes if (own := _claims(node)) and (claims is None or own & claims)]
    reached, names, new = [], set(), [code, *rules]
    while new:
        reached += new
        called = {name for node in new for name in _names(node)} & functions.keys() - names
        names |= called
        new = [node for name in called for node in functions[name]]
    return reached


def _claims(function: ast.FunctionDef) -> set[str]:
    """The claims a function judges or gives inputs to, from its decorators."""
    return {name for decorator in function.decorator_list for name in _first_arguments(decorator)}


def _names(code: ast.AST) -> set[str]:
    nodes = list(ast.walk(code))
    return {node.id for node in nodes if isinstance(node, ast.Name)} | {node.attr for node in nodes if isinstance(node, ast.Attribute)}


def _first_arguments(code: ast.AST) -> set[str]:
    """The texts that calls in the code have as first argument."""
    first = [node.args[0] for node in ast.walk(code) if isinstance(node, ast.Call) and node.args]
    return {argument.value for argument in first if isinstance(argument, ast.Constant) and isinstance(argument.value, str)}
