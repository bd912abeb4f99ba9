"""A plugin of pytest: while no test ends, it says which run."""

from collections.abc import Generator
from typing import Any

import pytest

from helpers.machinery.run import progress


class Telling:
    """What is told of tests that run in other processes."""

    def __init__(self) -> None:
        self.running: dict[str, None] = {}

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        self.running[nodeid] = None

    def pytest_runtest_logfinish(self, nodeid: str) -> None:
        self.running.pop(nodeid, None)
        progress.heard()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtestloop(self, session: Any) -> Generator[None, Any, Any]:
        reporter = session.config.pluginmanager.get_plugin("terminalreporter")

        def words() -> str:
            if progress.silent():
                reporter.ensure_newline()  # after the dots
            return ", ".join(self.running) or "collecting the tests"

        with progress.at_work(words):
            return (yield)


def pytest_configure(config: Any) -> None:
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Telling())
