"""Run notebooks at every point of a grid, and say which parameter moves which verdict.

Dask runs them. A finished point is cached under the digest of its inputs, so that none runs twice:
not after a stop, not in another grid.
"""

import argparse
import contextlib
import functools
import hashlib
import itertools
import json
import logging
import os
import platform
import re
import socket
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from helpers import (
    claims,
    data,
    headline_answers,
    notebook_parameters,
    quantities,
    scenarios,
    tables,
)
from helpers.machinery.commands import check_data
from helpers.machinery.kernels import isolation_from_settings
from helpers.machinery.outputs import claims_json, manifest, replace_outputs_whole
from helpers.machinery.run import execute
from helpers.machinery.run.errors import RunError
from helpers.machinery.run.progress import Progress, at_work, say
from helpers.machinery.site import pages, style_scripts_and_policy
from helpers.notebook_parameters import ParameterError

try:
    import dask.config
    import distributed
except ModuleNotFoundError:
    raise
except Exception as error:  # Dask reads the settings of the environment as it is imported
    raise RunError(f"Dask and its settings cannot be used: {error}", "dask-settings") from None
dask.config.refresh(paths=[], env={})  # what a user or a machine sets moves no outcome

FORM = (
    "Wanted: PARAMS='as_of=2025-12-20,2026-03-01 evidence=all,read', or GRID=a YAML file with"
    " `parameters` and a list of values for each"
)
PATIENCE = 10  # seconds that a scheduler may take for its first words
GREETING = b"pickle-protocol"  # stands in the first words of every Dask server
FIELDS = (
    "measure",
    "verdict",
    "as_worded",
    "value",
    "low",
    "high",
    "unit",
    "readings",
    "readings_holding",
    "readings_failing",
    "readings_unknown",
)


@dataclass(frozen=True)
class Grid:
    """Values of parameters, and the notebooks to run at every combination of them."""

    name: str
    values: dict[str, tuple]
    notebooks: tuple[str, ...]

    @property
    def points(self) -> list[dict]:
        """Every combination of the parameters' values."""
        return [
            dict(zip(self.values, combination, strict=True))
            for combination in itertools.product(*self.values.values())
        ]


@dataclass(frozen=True)
class Point:
    """A combination of parameters with its outcomes.

    An outcome is a dict with FIELDS, for each claim judged and each answer beyond the article.
    """

    parameters: dict
    outcomes: list[dict]

    @property
    def label(self) -> str:
        """Its parameters on one line."""
        return label(self.parameters)


def label(point: dict) -> str:
    """Write parameters on one line: 'as_of=2025-12-20 evidence=all'."""
    return " ".join(f"{name}={value}" for name, value in point.items())


def grid(path: str = "", given: str = "", notebooks: str = "") -> Grid:
    """Read a grid from a YAML file or from words.

    Parameters
    ----------
    path : str
        A YAML file with `parameters` and a list of values for each; empty where words are given.
    given : str
        Words such as 'as_of=2025-12-20,2026-03-01 evidence=all,read'.
    notebooks : str
        The names of the notebooks to run; those that judge claims by default.

    Raises
    ------
    ParameterError
        Where it is no grid, or a parameter has an unknown name, a wrong type or a value out of
        range.
    """
    if bool(path) == bool(given):
        raise ParameterError(FORM, "no-grid")
    try:
        listed = scenarios.read_yaml(Path(path))["parameters"] if path else _words(given)
        if lone := [name for name in listed if not isinstance(listed[name], list)]:
            raise ValueError(f"{lone[0]} has no list of values")
        values = {
            str(name): tuple(dict.fromkeys(_value(name, value) for value in listed[name]))
            for name in listed
        }
    except (OSError, ValueError, TypeError, KeyError, yaml.YAMLError) as error:
        raise ParameterError(f"{path or given!r} is no grid ({error}). {FORM}", "no-grid") from None
    name = Path(path).stem if path else "-".join(values)
    if not scenarios.NAME.fullmatch(name) or not values or not all(values.values()):
        raise ParameterError(
            f"{name!a} is no name for a sweep, or a parameter has no value. {FORM}", "no-grid"
        )
    listed_notebooks = scenarios.notebooks()
    judging = set(data.load("claims")["notebook"])  # the last notebook judges again what these do
    chosen = notebooks.split() or [name for name in listed_notebooks if name in judging]
    wanted = Grid(name, values, tuple(chosen))
    for point in wanted.points:
        notebook_parameters.check(**point)
    if unknown := [name for name in chosen if name not in listed_notebooks]:
        raise ParameterError(
            f"unknown notebook {unknown[0]!a}. There are {', '.join(listed_notebooks)}.",
            "unknown-notebook",
        )
    return wanted


def _words(given: str) -> dict[str, list[str]]:
    words = [word.partition("=") for word in given.split()]
    if len({name for name, _, _ in words}) < len(words):
        raise ValueError("a parameter stands twice")
    return {name: values.split(",") for name, _, values in words}


def _value(name: str, value: object) -> object:
    if name == "as_of":  # which YAML may have read as a date
        return scenarios.newest_observation() if value == "latest" else str(value)
    return int(value) if isinstance(value, str) and re.fullmatch(r"\d+", value) else value


def sources() -> str:
    """The SHA-256 of all inputs of a point but its parameters; every worker must have the same."""
    ours = ("helpers/machinery/outputs/claims_json.py", "helpers/machinery/commands/sweep.py")
    machinery = (*manifest.RUNNERS, *ours)
    depends = {
        path: digest
        for path, digest in manifest.inputs().items()
        if path.startswith(machinery) or not path.startswith("helpers/machinery/")
    }
    return manifest.fingerprint(depends | {"python": platform.python_version()})


@functools.cache
def loaded() -> str:
    """`sources` as they were when this process first asked.

    A worker keeps the tables and helpers that it began with.
    """
    return sources()


def kept(point: dict, notebooks: tuple[str, ...], made_from: str) -> Path:
    """The file in which a finished point is cached.

    Parameters
    ----------
    point : dict
        The parameters; one that is left out has the article's value.
    notebooks : tuple of str
        The names of the notebooks that run there.
    made_from : str
        The `sources` of the one who asks: a point made from others is not found.
    """
    key = json.dumps([notebook_parameters.check(**point), notebooks, made_from], sort_keys=True)
    return (
        replace_outputs_whole.OUTPUTS
        / "sweep/.points"
        / f"{hashlib.sha256(key.encode()).hexdigest()}.json"
    )


class Surrounding(distributed.WorkerPlugin):
    """Replaces the user's settings in a worker."""

    name = "surrounding"

    def setup(self, worker: distributed.Worker) -> None:
        """Load the helpers and take the user's settings away as the worker starts."""
        loaded()
        self.entered = contextlib.ExitStack()
        self.entered.enter_context(isolation_from_settings.settings())

    def teardown(self, worker: distributed.Worker) -> None:
        """Give the settings back as the worker ends."""
        self.entered.close()


ONE_AT_A_TIME = threading.Lock()  # papermill changes the folder of the whole process


OTHER_INPUTS = (
    "the worker has other data, helpers, notebooks, lock or Python than the one who asks, or began"
    " with others: start it again"
)


def run_point(
    point: dict, notebooks: tuple[str, ...], made_from: str
) -> tuple[list[dict] | str, float]:
    """Run the notebooks at a point.

    Parameters
    ----------
    point : dict
        The parameters.
    notebooks : tuple of str
        The names of the notebooks.
    made_from : str
        The `sources` of the one who asks.

    Returns
    -------
    list of dict, or str
        The outcomes, or the reason why there are none.
    float
        The seconds it took.
    """
    began = time.monotonic()
    if not loaded() == sources() == made_from:
        return OTHER_INPUTS, 0.0
    try:
        with ONE_AT_A_TIME, tempfile.TemporaryDirectory(prefix="run-") as scratch:
            executed = {name: execute.execute(name, point, scratch).notebook for name in notebooks}
        outcomes: list[dict] = [
            record | {"measure": record["id"], "value": record["computed"]}
            for record in claims_json.verdicts(executed)
        ]
    except RunError as error:
        return str(error), time.monotonic() - began
    world = data.World(**notebook_parameters.check(**point))
    outcomes += [
        answer | {"measure": answer["answer"]} for answer in headline_answers.records(world)
    ]
    complete = [{field: outcome.get(field) for field in FIELDS} for outcome in outcomes]
    return complete, time.monotonic() - began


def _greeted(address: str) -> None:
    """Wait for what a Dask scheduler says first; OSError where another server answers, for which
    the client would wait without end.
    """
    if not (place := re.fullmatch(r"(?:tcp://)?(.+):(\d+)", address)) or "://" in place[1]:
        return  # by another way; the client says what is wrong
    greeting = b""
    with socket.create_connection((place[1].strip("[]"), int(place[2])), timeout=PATIENCE) as probe:
        while GREETING not in greeting:
            part = probe.recv(4096)
            if not part or len(greeting) > 4096:
                raise OSError("another server answers")
            greeting += part


@contextlib.contextmanager
def client(scheduler: str, jobs: int) -> Iterator[distributed.Client]:
    """Connect to a Dask scheduler, or to a local cluster that ends with the block.

    Parameters
    ----------
    scheduler : str
        The address of a running scheduler; empty for a local cluster.
    jobs : int
        The workers of a local cluster, each of which runs a notebook at a time.
    """
    # a worker that ended is reported in the end, if its points fail
    logging.getLogger("distributed").setLevel(logging.ERROR)
    with contextlib.ExitStack() as entered:
        address = scheduler
        if not scheduler:
            local = distributed.LocalCluster(
                n_workers=jobs,
                threads_per_worker=1,
                dashboard_address="127.0.0.1:0",  # any free port: without it, the one port 8787
                scheduler_kwargs={"dashboard": False},
                silence_logs=logging.ERROR,
            )
            address = entered.enter_context(local).scheduler_address
        try:
            if scheduler:
                _greeted(scheduler)
            connected = entered.enter_context(distributed.Client(address, timeout=PATIENCE))
        except (OSError, ValueError) as error:
            message = f"no Dask scheduler answers at {address} ({error})"
            raise RunError(message, "no-scheduler") from None
        connected.register_plugin(Surrounding())
        yield connected


def gathered(
    wanted: Grid, connected: Callable, report: Callable[[str], None]
) -> tuple[list[Point], dict[str, str]]:
    """Gather the points of a grid; those that are not cached run on a cluster.

    Parameters
    ----------
    wanted : Grid
        The grid.
    connected : function
        Gives the cluster's client, as a context.
    report : function
        Takes a line for each point that has run.

    Returns
    -------
    list of Point
        The finished points.
    dict
        The reasons of those that failed, by their labels.
    """
    made_from = sources()
    files = {label(point): kept(point, wanted.notebooks, made_from) for point in wanted.points}
    cached = {name: _finished(file) for name, file in files.items()}
    done = {name: outcomes for name, outcomes in cached.items() if outcomes is not None}
    missing = [point for point in wanted.points if label(point) not in done]
    failed: dict[str, str] = {}
    report(f"{len(files)} points, {len(files) - len(missing)} of them kept from earlier runs")
    if missing:
        report(
            f"starting the workers; a point takes as long as its {len(wanted.notebooks)} notebooks"
        )
        with connected() as cluster:
            try:
                cluster.wait_for_workers(1, timeout=60)
            except TimeoutError:
                raise RunError(
                    "no worker has joined the scheduler within a minute", "no-worker"
                ) from None
            futures = {
                cluster.submit(
                    run_point, point, wanted.notebooks, made_from, key=files[label(point)].stem
                ): label(point)
                for point in missing
            }
            with Progress(len(missing)) as progress, at_work(lambda: f"{progress} points"):
                for future, result in distributed.as_completed(
                    futures, with_results=True, raise_errors=False
                ):
                    name = futures[future]
                    if future.status == "finished":
                        outcomes, seconds = result
                    else:  # a worker died again and again
                        outcomes, seconds = str(result[1]), 0.0
                    progress.advance()
                    if isinstance(outcomes, str):
                        failed[name] = outcomes
                        report(f"failed {name}: {outcomes}")
                    else:
                        _keep(files[name], outcomes)
                        done[name] = outcomes
                        report(f"ran {name} in {seconds:.1f} s  ({progress})")
    finished = [point for point in wanted.points if label(point) in done]
    return [Point(point, done[label(point)]) for point in finished], failed


def _finished(file: Path) -> list[dict] | None:
    """The cached outcomes of a point; None where it never finished or its file is damaged."""
    try:
        outcomes = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    if not isinstance(outcomes, list):
        return None
    whole = all(isinstance(each, dict) and each.keys() == set(FIELDS) for each in outcomes)
    return outcomes if whole else None


def _keep(file: Path, outcomes: list[dict]) -> None:
    """Cache a finished point, whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=file.parent, encoding="utf-8", delete=False) as half:
        half.write(replace_outputs_whole.as_json(outcomes))
    os.replace(half.name, file)


def tidy(points: list[Point]) -> list[list[str]]:
    """One row a point and measure: every parameter, then FIELDS.

    A set of states stands as their codes, unknown is empty.
    """
    rows = [[*notebook_parameters.DEFAULTS, *FIELDS]]
    for point in points:
        at = notebook_parameters.check(**point.parameters).values()
        rows += [
            [_plain(value) for value in (*at, *(outcome[field] for field in FIELDS))]
            for outcome in point.outcomes
        ]
    return rows


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else " ".join(value) if isinstance(value, list) else str(value)


def moved_by(points: list[Point], parameter: str) -> dict[str, dict[str, dict[str, None]]]:
    """The measures that a parameter alone moves, with their outcomes by its value.

    A parameter moves a measure where two points that differ in nothing else give different
    outcomes: verdicts of a claim, numbers of an answer. The outcomes are those of all points with
    the value, whatever the other parameters are.
    """
    groups: dict[tuple, set[str]] = {}
    outcomes: dict[str, dict[str, dict[str, None]]] = {}
    for point in points:
        others = tuple(item for item in point.parameters.items() if item[0] != parameter)
        value = _worded(parameter, point.parameters[parameter])
        for each in point.outcomes:
            measure, number = each["measure"], (each["value"], each["unit"])
            outcome = each["verdict"] or quantities.text(*number, modelled=True)
            groups.setdefault((measure, others), set()).add(outcome)
            outcomes.setdefault(measure, {}).setdefault(value, {})[outcome] = None
    moved = {measure for (measure, _), group in groups.items() if len(group) > 1}
    return {measure: outcomes[measure] for measure in outcomes if measure in moved}


def _worded(parameter: str, value: object) -> str:
    return tables.day(str(value)) if parameter == "as_of" else str(value)


def write(
    folder: Path, wanted: Grid, points: list[Point], failed: dict[str, str], inputs: dict
) -> None:
    """Write a sweep into a folder: a tidy CSV, and a page on which parameter moves which verdict.

    Parameters
    ----------
    folder : Path
        The empty folder.
    wanted : Grid
        The grid.
    points : list of Point
        The finished points.
    failed : dict
        The reasons of the others, by their labels.
    inputs : dict
        The digests of all inputs, as in `pages.build`.
    """
    (folder / "sweep.csv").write_text(
        style_scripts_and_policy.as_csv(tidy(points)), "utf-8", newline=""
    )
    moves = {
        name: moved_by(points, name) for name, values in wanted.values.items() if len(values) > 1
    }
    measures = [outcome["measure"] for outcome in points[0].outcomes] if points else []
    judged = tuple(id for id in claims.judged() if id in measures)
    still = tuple(id for id in judged if not any(id in moved for moved in moves.values()))
    parts = [
        tables.say(
            "{points} combinations of {names}. Of {all} judged claims the verdict of {still} is the"
            " same everywhere.",
            points=quantities.chosen(len(points), "points"),
            names=" and ".join(wanted.values),
            all=quantities.exact(len(judged), "claims", judged),
            still=quantities.exact(len(still), "claims", still),
        ),
        tables.show(
            [
                {
                    "claim or answer": (
                        tables.Row(name, data.row(name)["claim"]) if name in judged else name
                    )
                }
                | {
                    parameter: _by_value(moved[name]) if name in moved else "the same"
                    for parameter, moved in moves.items()
                }
                for name in measures
                if any(name in moved for moved in moves.values())
            ],
            "What each parameter moves, the others held",
            empty="No parameter moves a verdict or an answer.",
        ),
        tables.show(
            [
                {"parameter": name, "values": ", ".join(_worded(name, one) for one in every)}
                for name, every in wanted.values.items()
            ],
            "The grid",
        ),
    ]
    if failed:
        parts.append(
            tables.show(
                [{"point": name, "reason": reason} for name, reason in failed.items()],
                "Points that failed",
            )
        )
    days = wanted.values.get("as_of", (notebook_parameters.DEFAULTS["as_of"],))
    run = {"scenario": f"sweep {wanted.name}", "as_of": ", ".join(map(tables.day, days))}
    pages.comparison(
        folder,
        f"What {' and '.join(wanted.values)} move",
        run,
        inputs,
        "".join(part._repr_html_() for part in parts),
    )


def _by_value(outcomes: dict[str, dict[str, None]]) -> str:
    return "; ".join(f"{value}: {' or '.join(words)}" for value, words in outcomes.items())


def run(args: argparse.Namespace) -> int:
    """Run the notebooks at every point of the grid, and publish which parameter moves what."""
    wanted, inputs = grid(args.grid, args.parameters, args.notebooks), manifest.inputs()
    if not check_data.passes():
        return 1
    with replace_outputs_whole.release(f"sweep/{wanted.name}") as folder:
        points, failed = gathered(
            wanted, lambda: client(args.scheduler, min(args.jobs, len(wanted.points))), say
        )
        write(folder, wanted, points, failed, inputs)
        replace_outputs_whole.seal(folder, wanted.name, wanted.values, {}, inputs)
    if failed:
        say(
            f"{len(failed)} of {len(wanted.points)} points failed; the same command runs them again"
        )
    say(f"{replace_outputs_whole.OUTPUTS / 'sweep' / wanted.name / 'index.html'}")
    return 1 if failed else 0
