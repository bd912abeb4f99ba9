"""Do something in a process of its own while this one goes on."""

import multiprocessing
import signal
from collections.abc import Callable

from helpers.machinery.kernels.fork_server import die_with_parent
from helpers.machinery.run.errors import RunError


def start(work: Callable) -> Callable:
    """Begin some work in a forked process; the function returned waits for it, and gives what it
    gave or raises what it raised.
    """
    context = multiprocessing.get_context("fork")
    receiving, sending = context.Pipe(duplex=False)

    def run() -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is told by the process that waits
        die_with_parent()
        receiving.close()
        try:
            sending.send((work(), None))
        except Exception as error:  # whatever it is, it is raised where it is waited for
            sending.send((None, error))

    process = context.Process(target=run, daemon=True)
    process.start()
    sending.close()

    def wait():
        try:
            result, error = receiving.recv()
        except EOFError:
            raise RunError(
                "a process was ended from outside, perhaps for lack of memory; nothing is published"
            ) from None
        process.join()
        if error:
            raise error
        return result

    return wait
