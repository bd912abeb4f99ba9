"""A changed figure needs a line in CHANGELOG.md."""

import shutil

import pytest

from helpers import data
from helpers.machinery.check import changelog

LINE = "| 2026-11-22 | {} | {} | counted anew | book |\n"


@pytest.fixture
def committed(tmp_path, committed_to_git):
    """The tables and a changelog in a repository of their own, committed as they stand."""
    folder = tmp_path / "data"
    shutil.copytree(data.DATA, folder)
    (tmp_path / "CHANGELOG.md").write_text(
        LINE.format("tanker/usa-kc-135/2024-12", "370 | 375"), "utf-8"
    )
    committed_to_git(tmp_path)
    return folder


def test_a_changelog_that_is_no_utf_8_is_told_with_its_line(tmp_path):
    (tmp_path / "CHANGELOG.md").write_bytes(b"one\ncaf\xe9")
    with pytest.raises(data.DataError, match="^CHANGELOG.md:2: the file is not UTF-8. Save it as"):
        changelog.added(tmp_path / "CHANGELOG.md")


def edit(folder, old, new):
    path = folder / "capabilities.csv"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_a_changed_count_is_named_until_the_changelog_names_it(committed):
    log = committed.parent / "CHANGELOG.md"
    edit(committed, ",KC-135R/T,375,", ",KC-135R/T,380,")
    assert changelog.unlogged(committed, log) == ["tanker/usa-kc-135/2024-12"]
    log.write_text(LINE.format("tanker/usa-kc-135/2024-12", "375 | 380"), "utf-8")
    assert changelog.unlogged(committed, log) == []


def test_a_line_that_was_there_before_and_one_for_another_row_do_not_count(committed):
    log = committed.parent / "CHANGELOG.md"
    edit(committed, ",KC-135R/T,375,", ",KC-135R/T,380,")
    log.write_text(
        log.read_text("utf-8") + LINE.format("tanker/usa-kc-135/2024-12-31", "375 | 380"), "utf-8"
    )
    assert changelog.unlogged(committed, log) == ["tanker/usa-kc-135/2024-12"]


def test_a_row_that_is_gone_is_named(committed):
    line = next(
        line
        for line in (committed / "capabilities.csv").read_text("utf-8").splitlines(True)
        if line.startswith("tanker/usa-mc-130j/2024-12,")
    )
    edit(committed, line, "")
    assert changelog.unlogged(committed, committed.parent / "CHANGELOG.md") == [
        "tanker/usa-mc-130j/2024-12"
    ]


def test_nothing_changed_and_changed_words_need_no_line(committed):
    log = committed.parent / "CHANGELOG.md"
    assert changelog.unlogged(committed, log) == []
    edit(committed, "Part of the directory total 605.", "A part of the directory total 605.")
    assert changelog.unlogged(committed, log) == []


def test_every_figure_changed_since_the_last_commit_is_in_the_changelog():
    assert changelog.unlogged() == []


def test_without_a_repository_nothing_is_asked(tmp_path):
    shutil.copytree(data.DATA, tmp_path / "data")
    assert changelog.unlogged(tmp_path / "data") == []
