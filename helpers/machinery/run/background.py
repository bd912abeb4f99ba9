"""Run a function in a forked process while this one goes on."""

import multiprocessing
import signal
from collections.abc import Callable
from typing import TypeVar

from helpers.machinery.kernels.end_with_parent import die_with_parent
from helpers.machinery.run import progress
from helpers.machinery.run.errors import RunError

Result = TypeVar("Result")


def start(work: Callable[[], Result]) -> Callable[[], Result]:
    """Begin some work in a forked process.

    Returns
    -------
    function
        Waits for the work, and returns its result or raises its error.
    """
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

    process = context.Process(target=run, daemon=True)
    process.start()
    sending.close()

    def wait() -> Result:
        try:
            while not receiving.poll(progress.LOOK):
                progress.meanwhile()
            result, error = receiving.recv()
        except EOFError:
            raise RunError(
                "a process was ended from outside, perhaps for lack of memory; nothing is"
                " published",
                "process-ended",
            ) from None
        process.join()
        if error:
            raise error
        return result

    return wait
