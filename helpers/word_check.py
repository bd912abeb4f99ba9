"""The words that a function takes: a mistyped one raises with those it may be."""

import difflib
import linecache
import traceback
from collections.abc import Collection

LISTED = 12  # allowed words that a message lists


class Told(ValueError):
    """An error that its sentence tells in full: under a cell stand its line and the sentence, not
    the way through helpers.
    """

    def _render_traceback_(self) -> list[str]:  # what IPython asks for
        lines = [
            linecache.getline(frame.f_code.co_filename, line).strip()
            for frame, line in traceback.walk_tb(self.__traceback__)
            if frame.f_globals.get("__name__") == "__main__"
        ]
        return [*lines[-1:], f"{type(self).__name__}: {self}"]


class WordError(Told):
    """A word that a function does not know; the message names the nearest that it does."""

    code = "unknown-word"

    def __str__(self) -> str:  # a search for the nearest takes long, and many are never told
        what, given, allowed = self.args
        listed = ", ".join(sorted(filter(None, allowed))[:LISTED])
        more = f" and {len(allowed) - LISTED} more" if len(allowed) > LISTED else ""
        return f"{what} {given!r} is unknown.{near(given, allowed)} There are {listed}{more}."


def near(given: str, allowed: Collection[str]) -> str:
    """The question whether one of the nearest words was meant; empty where none is near."""
    small, by_letters = str(given).casefold(), {each.casefold(): each for each in allowed}
    close = [each for each in sorted(by_letters) if small and small in each]
    close = (close or difflib.get_close_matches(small, by_letters, 3))[:3]
    words = " or ".join(repr(by_letters[each]) for each in close)
    return f" Did you mean {words}?" if words else ""


def word(what: str, given: str, allowed: Collection[str]) -> str:
    """A word as the tables write it, whatever its capitals.

    Parameters
    ----------
    what : str
        What the word is, for the message.
    given : str
        The word.
    allowed : collection of str
        The words it may be.

    Raises WordError for another word.
    """
    if given in allowed:
        return given
    same = [each for each in allowed if each.casefold() == str(given).casefold()]
    if not same:
        raise WordError(what, given, allowed)
    return same[0]
