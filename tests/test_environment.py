"""One lock serves every way to install; the Makefile explains itself; nothing in the repository
names a host to install from.
"""

import importlib
import importlib.metadata
import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml
from checkouts import Checkout
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from helpers import data
from helpers.machinery import __main__ as machinery

ROOT = data.ROOT
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
PINS = re.split(r"^(?=\S)", LOCK, flags=re.M)[1:]
PIN = re.compile(
    r"(?P<name>[a-z0-9-]+)==(?P<version>[0-9a-z.]+)(?: ; (?P<marker>.+))?((?: \\\n   "
    r" --hash=sha256:[0-9a-f]{64})+)\n"
)
LOCKED = {match["name"]: match for pin in PINS if (match := PIN.fullmatch(pin))}
WANTED = [
    Requirement(line)
    for line in re.sub(r"\s*#.*", "", (ROOT / "requirements.in").read_text("utf-8")).splitlines()
    if line
]
MACHINES = [
    {"sys_platform": name, "python_full_version": f"3.{minor}.1"}
    for name in ("linux", "darwin")
    for minor in (11, 12, 13)
]


def applies(name: str, machine: dict[str, str] | None = None) -> bool:
    """Whether the pin of this name is for a machine; for this one if none is given."""
    marker = LOCKED[name]["marker"]
    return not marker or Marker(marker).evaluate(machine)


# the lock


def test_every_pin_is_one_version_bound_by_hashes_and_nothing_else():
    assert [pin.splitlines()[0] for pin in PINS if not PIN.fullmatch(pin)] == []
    assert len(PINS) > 50


def test_each_name_is_locked_once():
    names = [re.match(r"[\w.-]+", pin)[0] for pin in PINS]
    assert sorted(names) == sorted({canonicalize_name(name) for name in names})


@pytest.mark.parametrize("wanted", WANTED, ids=lambda wanted: wanted.name)
def test_what_is_asked_for_is_locked_for_every_machine_at_or_above_its_floor(wanted):
    name = canonicalize_name(wanted.name)
    assert name in LOCKED
    assert LOCKED[name]["version"] in wanted.specifier
    assert all(applies(name, machine) for machine in MACHINES)


def test_the_environment_is_the_locked_one():
    wanted = {name: Version(LOCKED[name]["version"]) for name in LOCKED if applies(name)}
    assert {name: Version(importlib.metadata.version(name)) for name in wanted} == wanted


def makefile_line(*words: str) -> str:
    """The one line of the Makefile that holds all these words, as the shell gets it."""
    (line,) = [line for line in MAKEFILE.splitlines() if all(word in line for word in words)]
    return line.replace("$$", "$").removeprefix("\t@")


def test_the_makefile_takes_the_whole_pin_of_uv_from_the_lock_and_nothing_else(tmp_path):
    program, _, rest = makefile_line("awk", "uv.txt").rpartition(" requirements.lock > ")
    assert rest.removesuffix("; \\") == ".venv/uv.txt"
    run = subprocess.run(
        ["bash", "-c", f"{program} requirements.lock"], cwd=ROOT, capture_output=True, text=True
    )
    (uv,) = [pin for pin in PINS if pin.startswith("uv==")]
    assert run.stdout == uv
    (tmp_path / "requirements.lock").write_text(
        LOCK[LOCK.index("uv==") :]
        + "zzz==1 \\\n    --hash=sha256:0\nuvicorn==1 \\\n    --hash=sha256:1\n"
    )
    assert (
        subprocess.run(
            ["bash", "-c", f"{program} requirements.lock"],
            cwd=tmp_path,
            capture_output=True,
            text=True,
        ).stdout
        == uv
    )


@pytest.mark.parametrize("option", ["--require-hashes", "--no-deps", "--only-binary :all:"])
def test_pip_installs_uv_by_hash_without_a_build(option):
    assert option in makefile_line("pip install", "uv.txt")


@pytest.mark.parametrize(
    "option", ["--require-hashes", "--no-build", "--compile-bytecode", "--python .venv/bin/python"]
)
def test_uv_installs_the_rest_by_hash_without_a_build_into_this_environment(option):
    assert option in makefile_line("uv pip install")
    assert re.search(r"^export UV_PYTHON_DOWNLOADS := never$", MAKEFILE, re.M)


def test_every_way_to_install_agrees_on_lock_and_python():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))
    (pip,) = [part["pip"] for part in environment["dependencies"] if isinstance(part, dict)]
    assert pip == ["-r requirements.lock"]
    (python,) = [part for part in environment["dependencies"] if str(part).startswith("python")]
    number = tuple(map(int, python.removeprefix("python=").split(".")))
    lowest = tuple(
        map(
            int,
            re.search(r"version_info < \((\d+), (\d+)\)", makefile_line("version_info")).groups(),
        )
    )
    assert number >= lowest
    assert f"--python-version {lowest[0]}.{lowest[1]}" in makefile_line("uv pip compile")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert project["tool"]["ruff"]["target-version"] == f"py{lowest[0]}{lowest[1]}"


def test_binder_makes_helpers_importable():
    assert re.search(r"^python -m helpers.install$", (ROOT / "postBuild").read_text("utf-8"), re.M)
    assert os.access(ROOT / "postBuild", os.X_OK)
    assert os.access(ROOT / ".ci/run", os.X_OK)


# no host


def committed() -> list[Path]:
    """The text files of the repository: those git knows, or all but what commands make."""
    git = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    made = (
        ".git",
        ".venv",
        "outputs",
        ".pytest_cache",
        ".ruff_cache",
        ".mypy_cache",
        ".hypothesis",
        "__pycache__",
        ".ipynb_checkpoints",
    )
    names = (
        git.stdout.split("\0")
        if git.returncode == 0
        else [path.relative_to(ROOT) for path in ROOT.rglob("*")]
    )
    paths = [ROOT / name for name in names if name and not set(Path(name).parts) & set(made)]
    return [path for path in paths if path.is_file() and path != Path(__file__)]


INDEX = re.compile(
    r"https?://[^\s\"'<>]*/simple\b|https?://[^\s\"'<>/]*(registry|pypi|pythonhosted|anaconda|mirror|proxy|artifact|\bnexus)[^\s\"'<>/]*"
    r"|--(extra-)?index(-url)?\b|--find-links|--trusted-host|(index|proxy)[-_]url\s*[=:]|https?_proxy\s*[=:]",
    re.I,
)


def test_no_file_names_an_index_a_registry_or_a_proxy_to_install_from():
    found = {
        path.relative_to(ROOT).as_posix(): match[0]
        for path in committed()
        if (match := INDEX.search(path.read_text("utf-8", "replace")))
    }
    assert found == {}


ADDRESSES = (
    "https://pypi.org/project/x",
    "https://a.example/api/pypi/simple",
    "pip install --index-url x",
    "HTTPS_PROXY=x",
    "index-url = x",
)


@pytest.mark.parametrize("text", ADDRESSES)
def test_an_index_would_be_found(text):
    assert INDEX.search(text)


INSTALLING = (
    "Makefile",
    "requirements.in",
    "requirements.lock",
    "environment.yml",
    "postBuild",
    ".ci/run",
    "pyproject.toml",
    "conftest.py",
)


@pytest.mark.parametrize("name", INSTALLING)
def test_what_installs_and_runs_names_no_address_at_all(name):
    assert not re.search(r"https?://|git\+|file:|localhost", (ROOT / name).read_text("utf-8"))


# the Makefile


def test_make_alone_lists_every_target_with_what_it_does():
    run = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True)
    listed = dict(re.findall(r"^  make ([a-z-]+) +(\S.*)$", run.stdout, re.M))
    targets = re.findall(r"^([a-z-]+):", MAKEFILE, re.M)
    assert (run.returncode, run.stderr) == (0, "")
    assert list(listed) == targets
    assert re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.M)[1].split() == targets
    assert (
        subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True).stdout
        == run.stdout
    )


def test_what_is_promised_to_users_is_there():
    assert {"reproduce", "test", "lab", "check-data", "refresh", "lock", "clean"} <= set(
        re.findall(r"^([a-z-]+):", MAKEFILE, re.M)
    )


def test_every_command_of_the_makefile_is_one_of_the_machinery():
    named = set(re.findall(r"\$\(run\) ([a-z-]+)", MAKEFILE))
    assert named == set(machinery.COMMANDS)
    for command in named:
        module = f"helpers.machinery.commands.{command.replace('-', '_')}"
        assert callable(importlib.import_module(module).run)


STUB = '#!/bin/sh\ncase "$2" in *{word}*) exit 1;; esac\nexec python3 "$@"\n'
LACKING = {
    "no venv": (
        "ensurepip",
        (
            "{python} lacks its venv module: install it first (Debian and Ubuntu: apt-get install"
            " python3-venv).\n"
        ),
    ),
    "too old": ("version_info", "Python 3.11 or newer is needed: make PYTHON=python3.12 ...\n"),
}


@pytest.mark.parametrize(("word", "sentence"), LACKING.values(), ids=LACKING)
def test_a_python_that_does_not_suffice_is_told_in_a_clear_sentence_and_nothing_is_removed(
    tmp_path, word, sentence
):
    checkout = Checkout(tmp_path / "checkout")
    (checkout.path / ".venv/installed").unlink()
    stub = tmp_path / "python"
    stub.write_text(STUB.format(word=word), "utf-8")
    stub.chmod(0o755)
    run = subprocess.run(
        ["make", "env", f"PYTHON={stub}"], cwd=checkout.path, capture_output=True, text=True
    )
    assert run.returncode == 2
    assert run.stderr.startswith(sentence.format(python=stub))
    assert (run.stdout, "Traceback" in run.stderr, checkout.python.exists()) == ("", False, True)


def test_an_environment_whose_python_is_gone_is_told_in_a_clear_sentence(tmp_path):
    checkout = Checkout(tmp_path)
    checkout.python.unlink()
    checkout.python.symlink_to("/no/such/python")
    run = subprocess.run(["make", "env"], cwd=tmp_path, capture_output=True, text=True)
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.startswith("The Python of .venv is gone: make clean, then again.\n")


def test_the_environment_is_made_again_when_the_lock_says_something_else_and_only_then(tmp_path):
    checkout = Checkout(tmp_path)
    lock, made = checkout.path / "requirements.lock", checkout.path / ".venv/installed"

    def wanted() -> int:
        asked = ["make", "--question", ".venv/installed"]
        return subprocess.run(asked, cwd=tmp_path, capture_output=True).returncode

    os.utime(made, (2, 2))  # a lock that is newer and says the same
    assert wanted() == 0
    lock.write_text(LOCK + "# edited\n", "utf-8")
    os.utime(lock, (1, 1))  # a lock that is older and says something else
    os.utime(made)
    assert wanted() == 1
    made.unlink()
    assert wanted() == 1
