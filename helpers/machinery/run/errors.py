"""Errors that a command reports in one message instead of a traceback."""


class RunError(RuntimeError):
    """A notebook did not run as it should; the message names notebook, cell and cause.

    `code` says which rule was broken: the sentence may be reworded, the code stays.
    """

    def __init__(self, message: str, code: str = "run"):
        super().__init__(message)
        self.code = code


class Busy(RuntimeError):
    """Another run is writing the same outputs."""

    code = "busy"
