"""A plugin of pytest: while no test ends, it says which run."""

import contextlib
from typing import Any

from helpers.machinery.run import progress


class Telling:
    """What is told of tests that run in other processes."""

    def __init__(self, config: Any):
        self.running: dict[str, None] = {}
        self.plugins = config.pluginmanager
        self.told = contextlib.ExitStack()
        self.told.enter_context(progress.at_work(self.words))

    def words(self) -> str:
        """The tests that run at the moment, for whoever waits."""
        reporter = self.plugins.get_plugin("terminalreporter")
        if reporter and progress.silent():
            reporter.ensure_newline()  # after the dots
        return ", ".join(self.running) or "collecting the tests"

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """Note that a test has begun."""
        self.running[nodeid] = None

    def pytest_runtest_logfinish(self, nodeid: str) -> None:
        """Note that a test has ended."""
        self.running.pop(nodeid, None)
        progress.heard()

    def pytest_unconfigure(self) -> None:
        """Stop telling when the tests have ended."""
        self.told.close()


def pytest_configure(config: Any) -> None:
    """Tell of tests from the process that runs the others alone."""
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Telling(config))
