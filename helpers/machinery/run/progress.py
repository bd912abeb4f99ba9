"""Report how far a command has come, in lines and as a bar on a terminal."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator

from rich import progress
from rich.console import Console

SILENT = 8.0  # seconds without a word, after which a command says what it is at
LOOK = 1.0  # seconds after which one who waits for another process sees whether to say so
STILL = "still at work: "

console = Console()
last = time.monotonic()  # when a word was last said
doing = ""  # the last word that said what is done


def say(line: str) -> None:
    """Print a line as it is, above the bar."""
    global doing
    heard()
    doing = line.removeprefix(STILL)
    console.print(line, markup=False, emoji=False, highlight=False, soft_wrap=True)


def heard() -> None:
    """Note that something was said just now."""
    global last
    last = time.monotonic()


def silent() -> bool:
    """Whether nothing was said for a while."""
    return time.monotonic() - last > SILENT


def meanwhile(line: str = "") -> None:
    """Say what a command is at, or that it is at what it said last, if nothing was said for a
    while.
    """
    if silent():
        say(f"{STILL}{line or doing}")


@contextlib.contextmanager
def at_work(words: Callable[[], str] = str) -> Iterator[None]:
    """Say while a block runs what it is at, if nothing was said for a while: these words, or else
    what was said last.

    A thread does so: the block must fork nothing.
    """
    ended = threading.Event()

    def tell() -> None:
        while not ended.wait(LOOK):
            meanwhile(words())

    thread = threading.Thread(target=tell, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


class Progress:
    """Count the finished jobs of a block; a terminal shows a bar while the block runs."""

    def __init__(self, total: int):
        self.total, self.finished = total, 0
        self.began: dict[str, float] = {}
        self.bar = progress.Progress(
            progress.BarColumn(),
            progress.MofNCompleteColumn(),
            progress.TimeRemainingColumn(),
            progress.TextColumn("{task.description}", markup=False),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self.task = self.bar.add_task("", total=total)

    def __enter__(self) -> "Progress":
        self.bar.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.bar.stop()

    def __str__(self) -> str:
        return f"{self.finished} of {self.total}"

    def begin(self, name: str) -> None:
        """Show a job among those that run."""
        self.began[name] = time.monotonic()
        self.bar.update(self.task, description=", ".join(self.began))

    def end(self, name: str) -> float:
        """Count a job as finished, and return the seconds it took."""
        seconds = time.monotonic() - self.began.pop(name)
        self.advance()
        return seconds

    def meanwhile(self) -> None:
        """Say what runs, if nothing was said for a while and no bar shows it."""
        if not console.is_terminal:
            meanwhile(", ".join(self.began))

    def advance(self) -> None:
        """Count one more job as finished."""
        self.finished += 1
        self.bar.update(self.task, advance=1, description=", ".join(self.began))
