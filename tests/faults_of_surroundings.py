"""Faults of what surrounds a command, each with the message that it ends in, or with what is right
instead.
"""

import os
import resource
import shutil
import sys

import broken_repository as put
from checkouts import DRIVER
from what_is_right import healed, published, tells, undisturbed

from helpers import data
from helpers.machinery.outputs import claims_json
from helpers.machinery.run import execute

DEAD = "http://127.0.0.1:9"
OF_SURROUNDINGS = {
    "no home, another folder, and a network that is dead": (
        put.elsewhere(
            put.no_network,
            folder="/",
            HOME=None,
            **dict.fromkeys(("http_proxy", "https_proxy", "HTTPS_PROXY", "ALL_PROXY"), DEAD),
        ),
        undisturbed,
    ),
    "a home that may not be written, and no folder for temporary files": (
        put.elsewhere(HOME="/proc/no/such", USER="nobody", TMPDIR="/proc/no/such"),
        undisturbed,
    ),
    "no room for temporary files": (
        put.elsewhere(put.full_beyond(0)),
        "No usable temporary directory found in […; the last outputs are as they were",
    ),
    "no room for the pages": (
        put.elsewhere(
            put.full_beyond(60_000), driver=DRIVER.replace('"a page"', '"a page" * 50_000')
        ),
        "File too large: …; the last outputs are as they were",
    ),
    "stdout closed": (put.elsewhere(lambda: os.close(1)), published),
    "every stream closed": (
        put.elsewhere(lambda: [os.close(stream) for stream in range(3)] and None),
        published,
    ),
    "a clock 25 years ahead": (put.clock(2051), undisturbed),
    "a clock in 1970": (put.clock(1970), undisturbed),
    "few open files": (
        put.elsewhere(lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (24, 24))),
        "only 24 files may be open at a time, 128 are needed",
    ),
    "few open files, of which more may be asked for": (
        put.elsewhere(
            lambda: resource.setrlimit(
                resource.RLIMIT_NOFILE, (24, resource.getrlimit(resource.RLIMIT_NOFILE)[1])
            )
        ),
        published,
    ),
    "a library of the system that cannot be used": (
        put.every(
            put.raising(claims_json, "write", ImportError("libx.so: version `X_9' not found")),
            put.without_kernels,
            put.reproduce("--force"),
        ),
        "libx.so: version `X_9' not found: it is there and cannot be used",
    ),
    "outputs that may not be written": (
        put.every(put.elsewhere(put.as_owner_only), put.read_only),
        "Permission denied: …outputs/.article.new; the last outputs are as they were",
    ),
    "a file for the outputs": (
        lambda here: (shutil.rmtree(here.outputs), here.outputs.write_text("")),
        "outputs cannot be written (File exists)",
    ),
    "a file where outputs are built, left by a run before which the outputs were a file": (
        put.every(
            lambda here: (here.outputs / ".article.new").write_text(""),
            put.without_kernels,
            put.reproduce("--force"),
        ),
        published,
    ),
    "a disk that is full": (
        put.every(
            put.raising(claims_json, "write", OSError(28, "No space left on device", "x.html")),
            put.without_kernels,
            put.reproduce("--force"),
        ),
        "No space left on device: x.html; the last outputs are as they were",
    ),
    "two runs at once": (
        put.every(put.busy, put.reproduce("--force")),
        "another run is writing outputs/article; wait for it to end",
    ),
    "Ctrl-C": (
        put.every(
            put.raising(claims_json, "write", KeyboardInterrupt()),
            put.without_kernels,
            put.reproduce("--force"),
        ),
        "stopped; the last outputs are as they were",
    ),
    "a process that is ended from outside": (
        put.every(
            lambda here: here.patch.setattr(execute, "execute", put.ended), put.reproduce("--force")
        ),
        ("a process was ended from outside, perhaps for lack of memory; nothing is published"),
    ),
    "a run killed between two renames": (put.stopped_between_renames, healed),
    "no git": (
        put.every(lambda here: here.patch.setenv("PATH", ""), put.reproduce("--force")),
        published,
    ),
    "a README.md that is no UTF-8": (
        put.every(
            lambda here: (here.root / "README.md").write_bytes(b"a\n\xff"), put.ask("verify")
        ),
        "README.md:2: the file is not UTF-8",
    ),
    "no CHANGELOG.md": (
        put.every(lambda here: (here.root / "CHANGELOG.md").unlink(), put.ask("check-data")),
        tells("note: CHANGELOG.md is missing. Restore it with git"),
    ),
    "a package missing": (
        put.every(
            put.lacking("papermill", "run.execute", "commands.publish_scenario"),
            put.reproduce("--force"),
        ),
        "papermill… here. `make env` installs all that is needed into .venv",
    ),
    "every package missing": (
        put.process(sys.executable, "-S", "-m", "helpers.machinery", "check-data", cwd=data.ROOT),
        (
            "No module named 'pandas' here. `make env` installs all that is needed into .venv, and"
            " every `make` command runs there"
        ),
    ),
    "a library that cannot be used when the first module is imported": (
        put.modules(pandas="raise ImportError('libx.so: version not found')"),
        "libx.so: version not found: it is there and cannot be used",
    ),
    "a slip in a helper that every command imports": (
        put.helper("data/__init__.py", b"def slip(:\n"),
        "helpers/data/__init__.py, line 1: invalid syntax",
    ),
    "a slip in the package itself": (
        put.beginning("__init__.py", b'"""What the notebooks call."""\n\ndef slip(:\n'),
        "helpers/__init__.py, line 3: invalid syntax",
    ),
    "a slip in what every command begins with": (
        put.beginning("machinery/__init__.py", b"SAME_CODE = {\n"),
        "helpers/machinery/__init__.py, line 1: '{' was never closed",
    ),
    "a slip in the command line itself": (
        put.beginning("machinery/__main__.py", b"import sys\nsys.exit((\n"),
        "helpers/machinery/__main__.py, line 2: '(' was never closed",
    ),
    "a helper that is no UTF-8": (
        put.helper("data/__init__.py", b"caf\xe9\n"),
        "helpers/data/__init__.py, line …utf-8",
    ),
    "a coding sheet that is no UTF-8": (
        put.sheet(lambda file: file.write_bytes(b"claim,verdict\nC01,\xff\n")),
        "one.csv:2: the file is not UTF-8. Save it as UTF-8",
    ),
    "a pipe for a coding sheet": (
        put.sheet(os.mkfifo),
        "one.csv is no coding sheet ([Errno 22] no plain file",
    ),
    "a CHANGELOG.md that is no UTF-8": (
        put.every(
            lambda here: (here.root / "CHANGELOG.md").write_bytes(b"a\n\n\xff"),
            put.ask("check-data"),
        ),
        "CHANGELOG.md:3: the file is not UTF-8. Save it as UTF-8",
    ),
    "a pipe for CHANGELOG.md": (
        put.every(
            lambda here: (
                (here.root / "CHANGELOG.md").unlink(),
                os.mkfifo(here.root / "CHANGELOG.md"),
            ),
            put.ask("check-data"),
        ),
        tells("note: CHANGELOG.md is missing. Restore it with git"),
    ),
    "a terminal that shows ASCII alone": (put.elsewhere(PYTHONIOENCODING="ascii"), published),
    "a Python too old": (
        put.python_that("version_info"),
        "Python 3.11 or newer is needed: make PYTHON=python3.12 ...",
    ),
    "a Python without venv": (
        put.python_that("ensurepip"),
        "lacks its venv module: install it first",
    ),
}
