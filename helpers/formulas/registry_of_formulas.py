"""What makes a formula known by its name, with the inputs that raise and lower it."""

import inspect
from collections.abc import Callable

DEFINITIONS: dict[str, Callable] = {}
DIRECTIONS: dict[str, tuple[int, ...]] = {}  # of each input: 1 raises the number, -1 lowers it


def model(rises: str = "", falls: str = "") -> Callable[[Callable], Callable]:
    """Make a function known under its name, so that a number can say it was made by it.

    Parameters
    ----------
    rises, falls : str
        The inputs that raise the function wherever they move it at all, and those that lower it,
        over all values that make sense. One that is named in neither may move it either way.

    Raises
    ------
    ValueError
        For a name that is no input, or stands in both.
    """

    def known(function: Callable) -> Callable:
        inputs = list(inspect.signature(function).parameters)
        moved = [*rises.split(), *falls.split()]
        if strange := [name for name in moved if name not in inputs or moved.count(name) > 1]:
            raise ValueError(f"{function.__name__}: {strange[0]!r} is no input, or named twice")
        DIRECTIONS[function.__name__] = tuple(
            (name in rises.split()) - (name in falls.split()) for name in inputs
        )
        return DEFINITIONS.setdefault(function.__name__, function)

    return known
