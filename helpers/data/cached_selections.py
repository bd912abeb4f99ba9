"""Selections of rows are cached by the fields of the world that they depend on: the readings of a
claim ask for the same ones again and again.
"""

import functools
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, TypeVar

import pandas as pd

P = ParamSpec("P")
Result = TypeVar("Result")

CACHED = 1024  # results of one selection


class UndeclaredError(RuntimeError):
    """A selection read a field of the world that its `depends_on` does not name."""


def selection(
    *, depends_on: tuple[str, ...]
) -> Callable[[Callable[Concatenate[Any, P], Result]], Callable[Concatenate[Any, P], Result]]:
    """Cache a function of a world by the fields of the world that it depends on.

    The function is handed a narrowed world: reading another field raises UndeclaredError, so that
    no result is shared between worlds in which it differs. Each caller gets its own copy of a
    frame or list.

    Parameters
    ----------
    depends_on : tuple of str
        Fields of `World`, such as ("as_of", "timing", "evidence"); the folder is always one.
    """

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        cached = _cached(function)

        @functools.wraps(function)
        def narrowing(world: Any, *args: Any, **named: Any) -> Any:
            return cached(world.narrowed(*depends_on), *args, **named)

        return narrowing

    return decorate


def _cached(function: Callable[..., Any]) -> Callable[..., Any]:
    """Cache a function; each caller gets its own copy of a result that can be changed."""
    cached = functools.lru_cache(CACHED)(function)

    @functools.wraps(function)
    def copying(*args: Any, **named: Any) -> Any:
        result = cached(*args, **named)
        if isinstance(result, pd.DataFrame | pd.Series):
            return result.copy(deep=False)
        return result.copy() if isinstance(result, list | dict | set) else result

    return copying


UNDATED = ("evidence",)  # what the rows of a table depend on
DATED = ("as_of", "evidence", "timing")  # what the rows of a table by a day depend on
ROSTER = (*DATED, "roster")  # what the states that take part depend on
