"""Run a function in a forked process while this one goes on."""

import functools
import multiprocessing
import multiprocessing.connection
import signal
from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from helpers.machinery.kernels.end_with_parent import die_with_parent
from helpers.machinery.run import progress
from helpers.machinery.run.errors import RunError

Result = TypeVar("Result")


class Work(Generic[Result]):
    """Some work in a forked process, which begins at once."""

    def __init__(self, work: Callable[[], Result]):
        context = multiprocessing.get_context("fork")
        receiving, sending = context.Pipe(duplex=False)

        def run() -> None:
            for end in (signal.SIGINT, signal.SIGHUP):  # the waiting process reports Ctrl-C
                signal.signal(end, signal.SIG_IGN)
            die_with_parent()
            receiving.close()
            try:
                sending.send((work(), None))
            except Exception as error:  # raised again in the process that waits
                sending.send((None, error))

        self._receiving, self._process = receiving, context.Process(target=run, daemon=True)
        self._process.start()
        sending.close()

    def ended(self) -> bool:
        """Whether the work has come to its end."""
        return "_result" in vars(self) or self._receiving.poll()

    def kill(self) -> None:
        """Kill the process, if it has not ended."""
        self._process.kill()
        self._process.join()

    def __call__(self) -> Result:
        """Wait for the work; returns its result or raises its error."""
        return self._result

    @functools.cached_property
    def _result(self) -> Result:
        try:
            while not self._receiving.poll(progress.LOOK):
                progress.meanwhile()
            result, error = self._receiving.recv()
        except EOFError:
            raise RunError(
                "a process was ended from outside, perhaps for lack of memory; nothing is"
                " published",
                "process-ended",
            ) from None
        self._process.join()
        if error:
            raise error
        return result


def wait(works: Iterable[Work]) -> None:
    """Wait until one of several works has ended, or till somebody has to hear of them."""
    multiprocessing.connection.wait([work._receiving for work in works], progress.LOOK)
