"""Which tables each notebook reads, found in its code and in the helpers that its code calls."""

import ast
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from helpers import data

NOTEBOOKS = data.ROOT / "notebooks"


@dataclass
class Library:
    """The code of helpers, the machinery apart: its modules, functions, constants and methods by name, and what each module imports."""

    modules: set[str] = field(default_factory=set)
    functions: dict[str, tuple[str, ast.AST]] = field(default_factory=dict)
    methods: dict[str, list[tuple[str, ast.AST]]] = field(default_factory=dict)
    imports: dict[str, dict[str, str]] = field(default_factory=dict)

    def add(self, module: str, code: ast.Module) -> None:
        self.modules.add(module)
        self.imports[module] = {
            alias.asname or alias.name: f"{node.module}.{alias.name}"
            for node in ast.walk(code) if isinstance(node, ast.ImportFrom) for alias in node.names
        }  # fmt: skip
        for node in code.body:
            if isinstance(node, ast.FunctionDef):
                self.functions[f"{module}.{node.name}"] = (module, node)
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                self.functions[f"{module}.{node.targets[0].id}"] = (module, node.value)
            for method in node.body if isinstance(node, ast.ClassDef) else []:
                if isinstance(method, ast.FunctionDef):
                    self.methods.setdefault(method.name, []).append((module, method))

    def called(self, module: str, code: ast.AST) -> Iterator[tuple[str, ast.AST]]:
        """The functions that code in a module may call; a method by its name alone, as the object's class is not known."""
        names = self.imports[module]
        for node in ast.walk(code):
            if isinstance(node, ast.Name):
                found = self.functions.get(names.get(node.id, f"{module}.{node.id}"))
                yield from [found] if found else []
            elif isinstance(node, ast.Attribute):
                home = names.get(getattr(node.value, "id", ""))
                found = self.functions.get(f"{home}.{node.attr}")
                yield from [found] if found else [] if home in self.modules else self.methods.get(node.attr, [])


def tables(notebooks: Path = NOTEBOOKS) -> dict[str, list[str]]:
    """The tables each notebook reads, by its name: those that a call has as its first argument, in its code or in what that calls."""
    library = _helpers()
    found = {}
    for path in sorted(notebooks.glob("*.ipynb")):
        code = _code(path)
        library.add("", code)
        named = {argument for node in _reached(code, library) for argument in _first_arguments(node)}
        found[path.stem] = [name for name in data.contract() if name in named]
    return found


def _helpers() -> Library:
    library = Library()
    for path in sorted((data.ROOT / "helpers").rglob("*.py")):
        parts = path.relative_to(data.ROOT).with_suffix("").parts
        if "machinery" not in parts:
            library.add(".".join(parts).removesuffix(".__init__"), ast.parse(path.read_text("utf-8")))
    return library


def _code(path: Path) -> ast.Module:
    """A notebook's code, or none where it cannot be read: running it says why."""
    try:
        cells = json.loads(path.read_text("utf-8"))["cells"]
        return ast.parse("\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"))
    except (OSError, ValueError, KeyError, TypeError, SyntaxError):
        return ast.Module([], [])


def _reached(code: ast.Module, library: Library) -> list[ast.AST]:
    """A notebook's code, the rules of the claims it judges (all of them where something asks which are `judged`) and what these call."""
    asked = _closure([("", code)], library)
    every = any(isinstance(node, ast.Attribute) and node.attr == "judged" for part in asked for node in ast.walk(part))
    claims = _first_arguments(code)
    rules = [entry for entry in library.functions.values() if (own := _claims(entry[1])) and (every or own & claims)]
    return _closure([("", code), *rules], library)


def _closure(start: list[tuple[str, ast.AST]], library: Library) -> list[ast.AST]:
    """Some code and all that it calls, directly or not."""
    reached, new = [], start
    while new:
        reached += new
        called = [entry for module, node in new for entry in library.called(module, node)]
        new = [entry for entry in dict.fromkeys(called) if entry not in reached]
    return [node for _, node in reached]


def _claims(function: ast.FunctionDef) -> set[str]:
    """The claims a function judges or gives inputs to, from its decorators."""
    return {name for decorator in getattr(function, "decorator_list", ()) for name in _first_arguments(decorator)}


def _first_arguments(code: ast.AST) -> set[str]:
    """The texts that calls in the code have as first argument."""
    first = [node.args[0] for node in ast.walk(code) if isinstance(node, ast.Call) and node.args]
    return {argument.value for argument in first if isinstance(argument, ast.Constant) and isinstance(argument.value, str)}
