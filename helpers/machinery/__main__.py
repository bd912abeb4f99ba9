"""The commands behind the Makefile: reproduce, refresh, test, check-data."""

import argparse
import subprocess
import sys

from helpers import data, parameters
from helpers.machinery import kernels
from helpers.machinery.errors import Busy, RunError

MISTAKES = (parameters.ParameterError, data.DataError, RunError, Busy)  # what a user can mend: told in one message, without a traceback


def say(line: str) -> None:
    print(line, flush=True)


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
    """Run every notebook and build the pages of a scenario."""
    from helpers import scenarios

    name, changed = scenarios.resolve(args.scenario, args.as_of)
    if not checked():
        return 1
    if changed.get("as_of", "") > (newest := scenarios.newest_observation()):
        say(f"note: the data end on {newest}")
    from helpers.machinery import execute, gather, pages, publish  # a wrong parameter or row need not wait for these

    with publish.release(name) as folder:
        say(f"running {len(scenarios.notebooks())} notebooks, {args.jobs} at a time")
        notebooks = execute.run_all(changed, args.jobs, say)
        records = gather.verdicts(notebooks)
        say("building the pages")
        pages.build(folder, name, parameters.check(**changed), notebooks)
        gather.write(folder, notebooks, records)
        (folder / "manifest.json").write_text(gather.as_json(publish.manifest(folder, name, changed)), "utf-8")
        publish.seal(folder)
    say(gather.table(records, gather.committed_or_none()))
    say(f"{publish.OUTPUTS / name / 'index.html'}")
    return 0


def refresh(args) -> int:
    """Run the committed notebooks in place, then write the texts made from them."""
    import nbformat

    from helpers import scenarios
    from helpers.machinery import dictionary, execute, gather, readme

    if not checked():
        return 1
    before = gather.committed_or_none()
    notebooks = execute.run_all({}, args.jobs, say)
    records = gather.verdicts(notebooks)
    for name, notebook in notebooks.items():
        path = scenarios.NOTEBOOKS / f"{name}.ipynb"
        path.write_text(nbformat.writes(notebook) + "\n", "utf-8")
    dictionary.write()
    readme.write()
    say(gather.table(records, before))
    return 0


def compare(args) -> int:
    """Say which verdicts and numbers differ between two scenarios or days."""
    from helpers.machinery import compare as sides
    from helpers.machinery import publish

    names = [sides.side(named)[0] for named in (args.first, args.second)]
    if not checked():
        return 1
    with publish.release(f"compare/{names[0]}..{names[1]}") as folder:
        lines = sides.write(folder, args.first, args.second)
    say(lines)
    say(f"{publish.OUTPUTS / 'compare' / f'{names[0]}..{names[1]}' / 'index.html'}")
    return 0


def test(args) -> int:
    """pytest on tests/ and nbval on the committed notebooks."""
    run = [sys.executable, "-m", "pytest", "-q", "-n", str(args.jobs), "--dist", "loadscope"]
    return subprocess.call([*run, "--nbval", "--nbval-current-env", "tests", "notebooks"], cwd=data.ROOT)


def check_data(args) -> int:
    """Check the tables alone."""
    return 0 if checked() else 1


def main(argv=None) -> int:
    parser = argparse.ArgumentParser(prog="python -m helpers.machinery", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for command in (reproduce, compare, refresh, test, check_data):
        sub = commands.add_parser(command.__name__.replace("_", "-"), help=command.__doc__)
        sub.set_defaults(run=command)
        if command is reproduce:
            sub.add_argument("--scenario", default="article")
            sub.add_argument("--as-of", default="")
        if command is compare:
            sub.add_argument("--from", dest="first", default="article")
            sub.add_argument("--to", dest="second", default="latest")
        if command in (reproduce, refresh, test):
            sub.add_argument("--jobs", type=jobs, default=2, metavar="N")
    args = parser.parse_args(argv)
    with kernels.hermetic():
        try:
            return args.run(args)
        except MISTAKES as error:
            print(f"\n{error}", file=sys.stderr)
            return 1
        except KeyboardInterrupt:
            print("\nstopped; the last outputs are as they were", file=sys.stderr)
            return 130


if __name__ == "__main__":
    sys.exit(main())
