"""Which claims have a rule, and what each rule leaves to readings."""

import functools
import importlib
import inspect
import pkgutil
import typing
from collections.abc import Callable

from helpers import data, word_check
from helpers.claims import rules
from helpers.tables import Sentence

RULES: dict[str, Callable] = {}
OWN = "own"  # what a claim has in place of the article's paragraphs


INPUTS: dict[str, Callable] = {}
BARS: dict[str, Sentence] = {}  # what a claim is held against where neither article nor source says


def our_bar(claim: str, words: Sentence) -> None:
    """Register the bar that this project sets for a word of a claim to which the article gives no
    number.
    """
    BARS[claim] = words


def rule(claim: str):
    """Register the rule of a claim: a function of (world, **options) that returns an Outcome. Its
    signature names the options of each choice.
    """
    return lambda function: RULES.setdefault(claim, function)


def inputs(claim: str):
    """Register the inputs whose change could flip a claim: a function of world that returns a list
    of Input.
    """
    return lambda function: INPUTS.setdefault(claim, function)


@functools.cache
def _judged() -> tuple[str, ...]:
    for module in pkgutil.iter_modules(rules.__path__, f"{rules.__name__}."):
        importlib.import_module(module.name)
    return tuple(id for id in data.load("claims").sort_values("position")["id"] if id in RULES)


def judged() -> list[str]:
    """The claims that have a rule, in the article's order; a reader's own among them."""
    return list(_judged())


def own(claim: dict) -> bool:
    """Whether a claim is a reader's own, by its row: it is judged and not the article's."""
    return claim["paragraphs"] == OWN


def of_article() -> list[str]:
    """The claims of the article that have a rule, in its order."""
    paragraphs = data.load("claims")["paragraphs"]
    return [id for id in _judged() if paragraphs[id] != OWN]


@functools.cache
def options(claim: str) -> dict[str, tuple[str, ...]]:
    """The choices that the rule of a claim leaves to readings, with the options it knows; whether a
    running month counts is left by every rule.
    """
    judged()
    claim = word_check.word("claim", claim, RULES)
    kinds = typing.get_type_hints(RULES[claim])
    left = {
        name.replace("_", "-"): typing.get_args(kind)
        for name, kind in kinds.items()
        if typing.get_origin(kind) is typing.Literal
    }
    return left | {"timing": data.TIMINGS}


def default(claim: str, choice: str) -> str | None:
    """The option by which a claim is judged whose readings do not have the choice; None where its
    rule has no default.
    """
    if choice == "timing":
        return data.World.timing
    judged()
    taken = inspect.signature(RULES[claim]).parameters.get(choice.replace("-", "_"))
    return None if taken is None or taken.default is taken.empty else taken.default
