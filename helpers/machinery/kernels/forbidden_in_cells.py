"""What no cell of a run may do: leave the kernel, leave a thread behind, write into the repository,
read a file of it that is no input, print what is no text.

An IPython extension that the settings of `isolation_from_settings` let every kernel of a command
load.
"""

import os
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

from IPython.core import application

ROOT = Path(__file__).resolve().parents[3]
LOADER = str(ROOT / "helpers/data/plain_files.py")  # notes by itself what it is asked for
TABLES_READ = "TABLES_READ"  # as in helpers/data/, which takes too long to import here
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
READABLE = ("helpers", "data", "notebooks/scenarios.yml", "requirements.lock")  # by a run

OWN = ("zmq.", "ipykernel.", "IPython.")  # modules whose threads a kernel starts when it needs them


def load_ipython_extension(shell) -> None:
    """Guard the cells of a shell."""
    threads: set[threading.Thread] = set()

    def note(_) -> None:
        threads.clear()
        threads.update(threading.enumerate())

    def look(_) -> None:
        new = [each for each in threading.enumerate() if each not in threads]
        if left := [each for each in new if not type(each).__module__.startswith(OWN)]:
            raise RuntimeError(
                f"the cell leaves a thread behind, {left[0].name}, whose output would land"
                " anywhere; join it"
            )

    shell.events.register("pre_run_cell", note)
    shell.events.register("post_run_cell", look)
    shell.ask_exit = leave
    for stream in (sys.stdout, sys.stderr):
        stream.write = of_text(stream.write)  # type: ignore[method-assign]
    sys.addaudithook(Files(ROOT, Path(tempfile.gettempdir()), Path(sys.prefix)))


def of_text(write: Callable[[str], int]) -> Callable[[str], int]:
    """A stream's `write` that raises UnicodeEncodeError where half a surrogate pair is printed: a
    kernel cannot send it, and either hangs or loses it without a word, by how busy the machine is.
    """

    def written(text: str) -> int:
        str.encode(text)
        return write(text)

    return written


def leave() -> None:
    """What `exit` and `quit` do."""
    raise RuntimeError("exit and quit would leave out the cells that follow; delete the call")


class Files:
    """A hook on every file that is opened: raises PermissionError for one of the repository that is
    to be written or is no input, and notes a table that is read past the loader.
    """

    def __init__(self, root: Path, *free: Path):
        self.root = str(root) + os.sep
        self.free = tuple(str(path) + os.sep for path in free)
        self.readable = tuple(str(root / name) for name in READABLE)

    def __call__(self, event: str, arguments: tuple) -> None:
        """Refuse to open what a cell may not read or write, as Python's audit hooks do."""
        if event != "open" or not isinstance(arguments[0], str | bytes | os.PathLike):
            return
        path, flags = os.path.abspath(os.fsdecode(arguments[0])), arguments[2]
        if not path.startswith(self.root) or path.startswith(self.free):
            return
        name = path.removeprefix(self.root)
        if "__pycache__" in name:
            return
        if flags & WRITING:
            raise PermissionError(f"a cell may not write {name}; take a temporary file")
        if not path.startswith(self.readable):
            raise PermissionError(f"{name} is no input of a run; make it a table of data/")
        folder, _, table = name.rpartition("/")
        past = folder == "data" and table.endswith(".csv") and opened_by() != LOADER
        if past and TABLES_READ in os.environ:
            with open(os.environ[TABLES_READ], "a", encoding="utf-8") as file:
                file.write(f"{table.removesuffix('.csv')}\n")


def opened_by() -> str:
    """The file of the code that opens a file, as a hook on that sees it."""
    frame = sys._getframe(2)
    while frame.f_back and os.path.basename(frame.f_code.co_filename) in (
        "pathlib.py",
        "_local.py",
    ):
        frame = frame.f_back
    return frame.f_code.co_filename


def without_settings_of_others() -> None:
    """Let kernels of this process read no settings of the system or the environment."""
    application.ENV_CONFIG_DIRS.clear()
    application.SYSTEM_CONFIG_DIRS.clear()
