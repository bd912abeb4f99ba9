"""mypy and ruff have nothing to find; pyproject.toml says what they look for."""

import subprocess
import sys

import pytest

from helpers import data

WRITTEN = ("helpers", "tests", "tools", "conftest.py", "notebooks")


def said(*words: str) -> str:
    """What a tool says of the repository; empty where it finds nothing."""
    run = subprocess.run(
        [sys.executable, "-m", *words], cwd=data.ROOT, capture_output=True, text=True
    )
    return run.stdout + run.stderr if run.returncode else ""


def test_mypy_finds_nothing():
    assert said("mypy", "--no-error-summary") == ""


@pytest.mark.parametrize("words", [["check", "--quiet"], ["format", "--check", "--quiet"]])
def test_ruff_finds_nothing(words):
    assert said("ruff", *words, "--no-cache", *WRITTEN) == ""


def test_a_wrong_type_and_a_line_too_long_are_found(tmp_path):
    """What says nothing because it was not run would pass the tests above."""
    wrong = tmp_path / "wrong.py"
    wrong.write_text(f'count: int = "{"x" * 100}"\n', "utf-8")
    config = ("--config-file", str(data.ROOT / "pyproject.toml"))
    assert "[assignment]" in said("mypy", *config, str(wrong))
    assert "E501" in said("ruff", "check", "--no-cache", "--config", config[1], str(wrong))
    wrong.write_text("count=1\n", "utf-8")
    assert "wrong.py" in said("ruff", "format", "--check", "--no-cache", str(wrong))
