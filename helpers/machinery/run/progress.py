"""What a command tells while it works: lines, and on a terminal one that moves with what runs and
how long the rest may take.
"""

import contextlib
import json
import math
import time
from pathlib import Path

from rich.console import Console
from rich.live import Live
from rich.text import Text

console = Console()


def say(line: str) -> None:
    """Print a line as it is, above the one that moves."""
    console.print(line, markup=False, emoji=False, highlight=False, soft_wrap=True)


class Plan:
    """How far some jobs have come, so many of them at once: which run, which are done, how long the
    rest may take.

    The seconds that a job took last time may be kept in a file; one never timed counts like the
    mean of the others.
    """

    def __init__(self, jobs: list[str], at_once: int, kept: Path | None = None):
        self.jobs, self.at_once, self.kept = jobs, at_once, kept
        self.began: dict[str, float] = {}
        self.took: dict[str, float] = {}
        self.before: dict[str, float] = {}
        with contextlib.suppress(OSError, ValueError, TypeError):
            timed = dict(json.loads(kept.read_text("utf-8"))) if kept else {}
            self.before = {
                name: float(seconds)
                for name, seconds in timed.items()
                if math.isfinite(seconds) and seconds >= 0
            }

    def order(self) -> list[str]:
        """The jobs, the longest first so that it is not left alone at the end; those never timed
        before all others, the last of them first.
        """
        backwards = self.jobs[::-1]
        return sorted(backwards, key=lambda name: -self.before.get(name, float("inf")))

    def begin(self, name: str) -> None:
        self.began[name] = time.monotonic()

    def end(self, name: str) -> None:
        self.took[name] = time.monotonic() - self.began.pop(name)

    def left(self) -> float | None:
        """The seconds that the rest may take, or None while no job has ever been timed."""
        known = self.before | self.took
        if not known:
            return None
        usual, now = sum(known.values()) / len(known), time.monotonic()
        rest = [
            max(known.get(name, usual) - (now - self.began.get(name, now)), 0)
            for name in self.jobs
            if name not in self.took
        ]
        return max([sum(rest) / self.at_once, *rest], default=0.0)

    def __str__(self):
        left = self.left()
        remaining = (
            "" if left is None or len(self.took) == len(self.jobs) else f", about {left:.0f} s left"
        )
        return f"{len(self.took)} of {len(self.jobs)}{remaining}"

    @contextlib.contextmanager
    def shown(self):
        """Show on a terminal, while the block runs, what is running; keep the seconds at its end."""
        with (
            Live(get_renderable=self._line, console=console, refresh_per_second=4, transient=True)
            if console.is_terminal
            else contextlib.nullcontext()
        ):
            yield self
        if self.kept:
            with contextlib.suppress(OSError):  # an estimate is not worth a failure
                self.kept.write_text(json.dumps(self.before | self.took, indent=1), "utf-8")

    def _line(self) -> Text:
        now = time.monotonic()
        running = ", ".join(f"{name} {now - began:.0f} s" for name, began in self.began.items())
        return Text(f"{self}  {running}", no_wrap=True, overflow="ellipsis")
