"""Parse the command line of the Makefile's commands, and run the one asked for from commands/."""

import argparse
import contextlib
import gc
import importlib
import io
import os
import resource
import signal
import sys

from helpers.machinery import SAME_CODE, SELDOM

LACKING = (
    "{} here. `make env` installs all that is needed into .venv, and every `make` command runs"
    " there"
)
UNUSABLE = "{}: it is there and cannot be used"  # a library of the system
if __name__ == "__main__":
    gc.set_threshold(*SELDOM)
    # Ctrl-C while modules are imported: nothing is to be cleared up, and no traceback is wanted
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    os.environ.update(SAME_CODE)
try:
    from helpers import data, notebook_parameters
    from helpers.machinery.kernels import isolation_from_settings
    from helpers.machinery.run.errors import Busy, RunError
except ModuleNotFoundError as error:
    sys.exit(LACKING.format(error))
except ImportError as error:
    sys.exit(UNUSABLE.format(error))
except SyntaxError as error:
    sys.exit(f"{os.path.relpath(error.filename or '')}, line {error.lineno}: {error.msg}")

# what a user can mend: reported in one message, without a traceback
MISTAKES = (notebook_parameters.ParameterError, data.DataError, RunError, Busy)

FILES = 128  # that kernels and pages may have to open at a time

COMMANDS = {  # each is a module of commands/ with a function `run`
    "reproduce": "run the notebooks whose outputs may have changed, and build the pages",
    "verify": "say which outputs no longer belong to these data, notebooks, helpers and lock",
    "compare": "say which verdicts and numbers differ between two scenarios or days",
    "sweep": "run notebooks for every combination of several parameter values, on Dask",
    "refresh": "run the committed notebooks again in place, and the texts made from them",
    "test": "test data, helpers, committed notebooks and pages",
    "check-data": "check the tables alone",
    "brief": "print the verdicts of a scenario as a PDF of two pages",
    "coding-sheet": "write what somebody needs to judge the claims without sight of a verdict",
    "agreement": "say how far coders agree with each other and with the rules",
    "fuzz": "move the last digit of every inexact function: the outputs must stay the same",
}


def jobs(text: str) -> int:
    """Parse how many notebooks to run at a time."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!a} is no whole number from 1 on")
    return int(text)


def parser() -> argparse.ArgumentParser:
    """Build the command line: a subcommand for each of COMMANDS, with its options."""
    main = argparse.ArgumentParser(prog="python -m helpers.machinery", description=__doc__)
    commands = main.add_subparsers(dest="command", required=True)
    subs = {name: commands.add_parser(name, help=words) for name, words in COMMANDS.items()}
    for name in ("reproduce", "brief"):
        subs[name].add_argument("--scenario", default="article")
        subs[name].add_argument("--as-of", default="")
    subs["reproduce"].add_argument("--force", action="store_true")
    subs["compare"].add_argument("--from", dest="first", default="article")
    subs["compare"].add_argument("--to", dest="second", default="latest")
    for option in ("--grid", "--parameters", "--notebooks", "--scheduler"):
        subs["sweep"].add_argument(option, default="")
    subs["agreement"].add_argument("--coded", default="", metavar="ONE.csv,OTHER.csv")
    subs["fuzz"].add_argument("--seeds", type=int, default=100)
    subs["fuzz"].add_argument("--jobs", type=jobs, default=2, metavar="N")
    which = subs["test"].add_mutually_exclusive_group()
    which.add_argument("--long", action="store_true")
    which.add_argument("--changed", action="store_true")
    subs["test"].add_argument("--base", default="", metavar="REVISION")
    for name in ("reproduce", "sweep", "refresh", "test"):
        subs[name].add_argument("--jobs", type=jobs, default=2, metavar="N")
    return main


def main(argv: list[str] | None = None) -> int:
    """Run one command; returns its exit code, 1 after a mistake of the user, 130 after Ctrl-C."""
    for stream in range(3):  # one that is closed would be the next file that is opened
        with contextlib.suppress(OSError):
            os.fstat(stream)
            continue
        os.open(os.devnull, os.O_RDWR)
    if isinstance(sys.stdout, io.TextIOWrapper):  # a name or a word that the terminal cannot show
        sys.stdout.reconfigure(errors="backslashreplace")
    args = parser().parse_args(argv)
    few, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if resource.RLIM_INFINITY != most < FILES:
        print(f"only {most} files may be open at a time, {FILES} are needed", file=sys.stderr)
        return 1
    if resource.RLIM_INFINITY != few < FILES:
        resource.setrlimit(resource.RLIMIT_NOFILE, (FILES, most))
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if signal.getsignal(signal.SIGHUP) is signal.SIG_DFL:  # the terminal closes; not under nohup
        signal.signal(signal.SIGHUP, signal.default_int_handler)
    try:
        with isolation_from_settings.hermetic():
            name = f"helpers.machinery.commands.{args.command.replace('-', '_')}"
            return importlib.import_module(name).run(args)
    except MISTAKES as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except ModuleNotFoundError as error:
        print(f"\n{LACKING.format(error)}", file=sys.stderr)
        return 1
    except ImportError as error:
        print(f"\n{UNUSABLE.format(error)}", file=sys.stderr)
        return 1
    except SyntaxError as error:  # in a helper that somebody edits
        place = f"{os.path.relpath(error.filename or '', data.ROOT)}, line {error.lineno}"
        print(f"\n{place}: {error.msg}; the last outputs are as they were", file=sys.stderr)
        return 1
    except OSError as error:  # a disk that is full, a file that is gone or may not be written
        what = f"{error.strerror or error}: {error.filename or 'on writing'}"
        print(f"\n{what}; the last outputs are as they were", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nstopped; the last outputs are as they were", file=sys.stderr)
        return 130


if __name__ == "__main__":
    gc.set_threshold(*SELDOM)
    status = main()
    gc.freeze()  # else the end takes another third of a second
    sys.exit(status)
