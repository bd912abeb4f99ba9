"""What a command tells in one message instead of a traceback."""


class RunError(RuntimeError):
    """A notebook did not run as it should; the message names notebook, cell and cause."""


class Busy(RuntimeError):
    """Another run is writing the same outputs."""
