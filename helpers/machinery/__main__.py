"""The commands behind the Makefile."""

import argparse
import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path

LACKING = (
    "{} here. `make env` installs all that is needed into .venv, and every `make` command runs"
    " there"
)
if __name__ == "__main__":
    signal.signal(
        signal.SIGINT, signal.SIG_DFL
    )  # Ctrl-C while modules are imported: nothing is to be cleared up, and no traceback is wanted
try:
    from helpers import data, parameters
    from helpers.machinery import kernels
    from helpers.machinery.errors import Busy, RunError
    from helpers.machinery.progress import say
except ModuleNotFoundError as error:
    sys.exit(LACKING.format(error))

MISTAKES = (
    parameters.ParameterError,
    data.DataError,
    RunError,
    Busy,
)  # what a user can mend: told in one message, without a traceback

NBVAL = ("pytest", "-q", "--nbval", "--nbval-current-env")
PARALLEL = (
    "--dist",
    "loadscope",
    "--no-loadscope-reorder",
    "-p",
    "helpers.machinery",
)  # in the order of conftest.py, the longest notebook first


def jobs(text: str) -> int:
    """How many notebooks to run at a time."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!a} is no whole number from 1 on")
    return int(text)


def checked() -> bool:
    """Whether the tables keep their contract; the findings are printed."""
    from helpers.machinery import check_data

    return check_data.main() == 0


def reproduce(args) -> int:
    """Run the notebooks whose outputs may have changed, and build the pages of a scenario."""
    from helpers import claims, scenarios

    name, changed = scenarios.resolve(args.scenario, args.as_of)
    from helpers.machinery import (
        gather,
        manifest,
        meanwhile,
        publish,
    )  # a wrong parameter need not wait for these

    target, inputs = (
        publish.OUTPUTS / name,
        manifest.inputs(),
    )  # as they are now: what is edited while a run goes on is for the next one
    if not args.force and manifest.current(target, changed):
        say("nothing has changed since the last run; FORCE=1 runs everything again")
    else:
        with kernels.warm(args.kernels):
            keeps = meanwhile.start(checked)
            from helpers.machinery import execute, pages  # noqa: F401  # which takes seconds too

            if not keeps():
                return 1
            publish_scenario(name, changed, args, inputs)
    if changed.get("as_of", "") > (newest := scenarios.newest_observation()):
        say(f"note: the data end on {newest}")
    found = gather.published(target)
    say(gather.table(found, gather.committed_or_none()))
    if unjudged := sorted(set(claims.judged()) - {record["id"] for record in found}):
        say(f"note: judged in no notebook that is listed: {', '.join(unjudged)}")
    say(f"{target / 'index.html'}")
    return 0


def publish_scenario(name: str, changed: dict, args, inputs: dict) -> None:
    """Run the notebooks whose last copy is stale, and put the pages of all in the place of the last
    ones.
    """
    from helpers import scenarios
    from helpers.machinery import (
        content,
        execute,
        manifest,
        publish,
    )  # a wrong parameter or row need not wait for these

    last = publish.OUTPUTS / name
    with publish.release(name) as folder:
        stale = (
            dict.fromkeys(scenarios.notebooks(), "all are wanted anew")
            if args.force
            else manifest.stale(last, manifest.last(last), changed)
        )
        kept = {
            other: execute.open_notebook(last / f"notebooks/{other}.ipynb")
            for other in scenarios.notebooks()
            if other not in stale
        }
        contents = content.Contents()
        for other, notebook in kept.items():
            contents.add(other, notebook)
        if kept:
            say(f"kept from the last run: {', '.join(kept)}")
        for why in dict.fromkeys(stale.values()):
            say(f"running {', '.join(other for other in stale if stale[other] == why)}: {why}")
        ran = execute.run_all(
            changed, args.jobs, say, list(stale), publish.OUTPUTS / ".seconds.json", contents.add
        )
        fill(
            folder,
            name,
            changed,
            {other: kept.get(other) or ran[other].notebook for other in scenarios.notebooks()},
            contents,
            inputs,
        )


def fill(folder, name: str, changed: dict, notebooks: dict, contents: dict, inputs: dict) -> None:
    """Everything that outputs/<name> holds, from the executed notebooks, what they give their pages
    and the inputs they had, into an empty folder.
    """
    from helpers.machinery import gather, pages, publish

    records = gather.verdicts(notebooks)
    say("building the pages")
    pages.build(
        folder,
        name,
        parameters.check(**changed),
        {other: contents[other] for other in notebooks},
        inputs,
    )
    gather.write(folder, notebooks, records)
    tables = {other: notebook.metadata["tables"] for other, notebook in notebooks.items()}
    publish.seal(folder, name, changed, tables, inputs)


def refresh(args) -> int:
    """Run the committed notebooks in place, publish the scenario `article` from them, and write the
    texts made from both.
    """
    import nbformat

    from helpers import scenarios
    from helpers.machinery import content, dictionary, execute, gather, manifest, publish, readme

    contents = content.Contents()
    inputs = manifest.inputs()
    with kernels.warm(args.kernels):
        if not checked():
            return 1
        before = gather.committed_or_none()
        ran = execute.run_all(
            {}, args.jobs, say, kept=publish.OUTPUTS / ".seconds.json", ended=contents.add
        )
    notebooks = {name: of.notebook for name, of in ran.items()}
    records = gather.verdicts(notebooks)
    texts = {
        scenarios.file(name): nbformat.writes(notebook) + "\n"
        for name, notebook in notebooks.items()
    }
    with publish.release("article") as folder, rewritten(texts):
        inputs |= {path.relative_to(data.ROOT).as_posix(): manifest.digest(path) for path in texts}
        fill(folder, "article", {}, notebooks, contents, inputs)
        readme.write(folder)
    dictionary.write()
    say(gather.table(records, before))
    return 0


@contextlib.contextmanager
def rewritten(texts: dict[Path, str]):
    """Files with other texts while a block runs, and from then on if it ends without an error."""
    before = {path: path.read_bytes() for path in texts}
    try:
        _replace({path: text.encode() for path, text in texts.items()})
        yield
    except BaseException:
        _replace(before)
        raise


def _replace(contents: dict[Path, bytes]) -> None:
    """Put new contents in the place of files: all are written beside them first, so that a full
    disk changes none.
    """
    beside = {path: path.with_name(f".{path.name}.new") for path in contents}
    try:
        for path, content in contents.items():
            beside[path].write_bytes(content)
        for path, new in beside.items():
            new.replace(path)
    finally:
        for new in beside.values():
            new.unlink(missing_ok=True)


def verify(args) -> int:
    """Say which outputs no longer belong to these data, notebooks, helpers and lock."""
    from helpers import scenarios
    from helpers.machinery import manifest, publish, readme

    folders = [
        folder
        for folder in sorted(publish.OUTPUTS.glob("[!.]*"))
        if folder.is_dir() and folder.name not in scenarios.TAKEN
    ]
    others = [
        folder
        for taken in scenarios.TAKEN
        for folder in sorted(publish.OUTPUTS.glob(f"{taken}/[!.]*"))
        if folder.is_dir()
    ]
    if not folders and not others:
        say("there are no outputs to verify; make reproduce makes them")
        return 1
    faults = []
    for folder in folders + others:
        scenario, _, as_of = folder.name.partition("@")
        try:
            found = manifest.verify(
                folder, scenarios.resolve(scenario, as_of)[1] if folder in folders else None
            )
        except parameters.ParameterError as error:
            found = [str(error)]
        if folder.name == "article":
            stated = readme.stated(readme.README.read_text("utf-8"))
            now = {
                name: manifest.digest(folder / name)
                for name in readme.MAILED
                if (folder / name).is_file()
            }
            found += [
                f"{name} is not the one that README.md states"
                for name in readme.MAILED
                if name not in now or now[name] != stated.get(name)
            ]
        name = folder.relative_to(publish.OUTPUTS).as_posix()
        faults += [f"{name}: {fault}" for fault in found]
        say(
            f"{name}: {len(found)} faults"
            if found
            else f"{name}: every file is what these inputs give"
        )
    for fault in faults:
        say(fault)
    return 1 if faults else 0


def compare(args) -> int:
    """Say which verdicts and numbers differ between two scenarios or days."""
    from helpers.machinery import compare as sides
    from helpers.machinery import manifest, publish

    name, inputs = (
        "..".join(sides.side(named)[0] for named in (args.first, args.second)),
        manifest.inputs(),
    )
    if not checked():
        return 1
    with publish.release(f"compare/{name}") as folder:
        lines = sides.write(folder, args.first, args.second, inputs)
        publish.seal(folder, name, {"from": args.first, "to": args.second}, {}, inputs)
    say(lines)
    say(f"{publish.OUTPUTS / 'compare' / name / 'index.html'}")
    return 0


def sweep(args) -> int:
    """Run notebooks at every point of a grid of parameters, on Dask, and say which parameters move
    which verdict.
    """
    from helpers.machinery import manifest, publish
    from helpers.machinery import sweep as sweeps

    grid, inputs = sweeps.grid(args.grid, args.parameters, args.notebooks), manifest.inputs()
    if not checked():
        return 1
    with publish.release(f"sweep/{grid.name}") as folder:
        points, failed = sweeps.gathered(
            grid,
            lambda: sweeps.client(args.scheduler, min(args.jobs, len(grid.points)), args.kernels),
            say,
        )
        sweeps.write(folder, grid, points, failed, inputs)
        publish.seal(folder, grid.name, grid.values, {}, inputs)
    if failed:
        say(f"{len(failed)} of {len(grid.points)} points failed; the same command runs them again")
    say(f"{publish.OUTPUTS / 'sweep' / grid.name / 'index.html'}")
    return 1 if failed else 0


def test(args) -> int:
    """pytest on tests/ and nbval on the committed notebooks."""
    with kernels.warm(args.kernels):
        return subprocess.call(
            [sys.executable, "-m", *NBVAL, *PARALLEL, "-n", str(args.jobs), "tests", "notebooks"],
            cwd=data.ROOT,
        )


def check_data(args) -> int:
    """Check the tables alone."""
    return 0 if checked() else 1


def main(argv=None) -> int:
    parser = argparse.ArgumentParser(prog="python -m helpers.machinery", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for command in (reproduce, verify, compare, sweep, refresh, test, check_data):
        sub = commands.add_parser(command.__name__.replace("_", "-"), help=command.__doc__)
        sub.set_defaults(run=command)
        if command is reproduce:
            sub.add_argument("--scenario", default="article")
            sub.add_argument("--as-of", default="")
            sub.add_argument("--force", action="store_true")
        if command is compare:
            sub.add_argument("--from", dest="first", default="article")
            sub.add_argument("--to", dest="second", default="latest")
        if command is sweep:
            for option in ("--grid", "--parameters", "--notebooks", "--scheduler"):
                sub.add_argument(option, default="")
        if command in (reproduce, sweep, refresh, test):
            sub.add_argument("--jobs", type=jobs, default=2, metavar="N")
            sub.add_argument("--kernels", choices=("forked", "ordinary"), default="forked")
    args = parser.parse_args(argv)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with kernels.hermetic():
            return args.run(args)
    except MISTAKES as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except ModuleNotFoundError as error:
        print(f"\n{LACKING.format(error)}", file=sys.stderr)
        return 1
    except SyntaxError as error:  # in a helper that somebody edits
        print(
            f"\n{os.path.relpath(error.filename, data.ROOT)}, line {error.lineno}: {error.msg}; the"
            " last outputs are as they were",
            file=sys.stderr,
        )
        return 1
    except OSError as error:  # a disk that is full, a file that is gone or may not be written
        print(
            f"\n{error.strerror or error}: {error.filename or 'on writing'}; the last outputs are"
            " as they were",
            file=sys.stderr,
        )
        return 1
    except KeyboardInterrupt:
        print("\nstopped; the last outputs are as they were", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
