"""Run notebooks at every point of a grid of parameters, on Dask, and say which parameters move
which verdict.

A finished point is kept under what it was made from, so that none is run twice: not after a stop,
not in another grid.
"""

import contextlib
import hashlib
import itertools
import json
import logging
import os
import platform
import re
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import distributed
import yaml

from helpers import answers, claims, data, parameters, quantities, scenarios, tables
from helpers.machinery.commands import check_data
from helpers.machinery.kernels import start, surroundings
from helpers.machinery.outputs import manifest, publish, verdicts
from helpers.machinery.run import execute
from helpers.machinery.run.errors import RunError
from helpers.machinery.run.progress import Plan, say
from helpers.machinery.site import assets, pages
from helpers.parameters import ParameterError

FORM = (
    "Wanted: PARAMS='as_of=2025-12-20,2026-03-01 evidence=all,read', or GRID=a YAML file with"
    " `parameters` and a list of values for each"
)
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
    """Parameters with the values that each takes, and the notebooks to run at every combination of
    them.
    """

    name: str
    values: dict[str, tuple]
    notebooks: tuple[str, ...]

    @property
    def points(self) -> list[dict]:
        return [
            dict(zip(self.values, combination, strict=True))
            for combination in itertools.product(*self.values.values())
        ]


@dataclass(frozen=True)
class Point:
    """A combination of parameters with what was found there: a dict with FIELDS for each claim
    judged and each answer beyond the article.
    """

    parameters: dict
    found: list[dict]

    @property
    def label(self) -> str:
        return label(self.parameters)


def label(point: dict) -> str:
    return " ".join(f"{name}={value}" for name, value in point.items())


def grid(path: str = "", given: str = "", notebooks: str = "") -> Grid:
    """The grid of a YAML file, or of words such as 'as_of=2025-12-20,2026-03-01 evidence=all,read'.

    Raises ParameterError where it is none, and where a parameter has an unknown name, a wrong type
    or a value out of range.
    """
    if bool(path) == bool(given):
        raise ParameterError(FORM)
    try:
        listed = scenarios.read_yaml(Path(path))["parameters"] if path else _words(given)
        values = {
            str(name): tuple(dict.fromkeys(_value(name, value) for value in listed[name]))
            for name in listed
        }
    except (OSError, ValueError, TypeError, KeyError, yaml.YAMLError) as error:
        raise ParameterError(f"{path or given!r} is no grid ({error}). {FORM}") from None
    name = Path(path).stem if path else "-".join(values)
    if not scenarios.NAME.fullmatch(name) or not values or not all(values.values()):
        raise ParameterError(
            f"{name!a} is no name for a sweep, or a parameter has no value. {FORM}"
        )
    judging = set(data.load("claims")["notebook"])  # the last notebook judges again what these do
    found = Grid(
        name,
        values,
        tuple(notebooks.split() or [name for name in scenarios.notebooks() if name in judging]),
    )
    for point in found.points:
        parameters.check(**point)
    if unknown := [name for name in found.notebooks if name not in scenarios.notebooks()]:
        raise ParameterError(
            f"unknown notebook {unknown[0]!a}. There are {', '.join(scenarios.notebooks())}."
        )
    return found


def _words(given: str) -> dict[str, list[str]]:
    words = [word.partition("=") for word in given.split()]
    if len({name for name, _, _ in words}) < len(words):
        raise ValueError("a parameter stands twice")
    return {name: values.split(",") for name, _, values in words}


def _value(name: str, value):
    if name == "as_of":
        return (
            scenarios.newest_observation() if value == "latest" else str(value)
        )  # YAML knows dates
    return int(value) if isinstance(value, str) and re.fullmatch(r"\d+", value) else value


def sources() -> str:
    """The SHA-256 of all that the outcome of a point depends on but its parameters; every worker
    must have the same.
    """
    ours = ("helpers/machinery/outputs/verdicts.py", "helpers/machinery/commands/sweep.py")
    machinery = (*manifest.RUNNERS, *ours)
    depends = {
        path: of
        for path, of in manifest.inputs().items()
        if path.startswith(machinery) or not path.startswith("helpers/machinery/")
    }
    return manifest.fingerprint(depends | {"python": platform.python_version()})


LOADED = sources()  # by this process: a worker keeps the tables and helpers that it began with


def kept(point: dict, notebooks: tuple[str, ...], made_from: str) -> Path:
    """The file that keeps a finished point."""
    of = json.dumps([parameters.check(**point), notebooks, made_from], sort_keys=True)
    return publish.OUTPUTS / "sweep/.points" / f"{hashlib.sha256(of.encode()).hexdigest()}.json"


class Surrounding(distributed.WorkerPlugin):
    """Gives a worker settings of its own for kernels, and starts the warm parent that they are
    forked from.
    """

    name = "kernels"

    def __init__(self, wanted: str):
        self.wanted = wanted

    def setup(self, worker) -> None:
        self.entered = contextlib.ExitStack()
        self.entered.enter_context(surroundings.settings())
        self.entered.enter_context(start.warm(self.wanted))

    def teardown(self, worker) -> None:
        self.entered.close()


ONE_AT_A_TIME = threading.Lock()  # papermill changes the folder of the whole process


def run_point(
    point: dict, notebooks: tuple[str, ...], made_from: str
) -> tuple[list[dict] | str, float]:
    """What is found at a point, or the reason why nothing is, and the seconds it took."""
    began = time.monotonic()
    if not LOADED == sources() == made_from:
        return (
            (
                "the worker has other data, helpers, notebooks, lock or Python than the one who"
                " asks, or began with others: start it again"
            ),
            0.0,
        )
    try:
        with ONE_AT_A_TIME, tempfile.TemporaryDirectory(prefix="run-") as scratch:
            executed = {name: execute.execute(name, point, scratch).notebook for name in notebooks}
        found = [
            record | {"measure": record["id"], "value": record["computed"]}
            for record in verdicts.verdicts(executed)
        ]
    except RunError as error:
        return str(error), time.monotonic() - began
    for answer in answers.answers(data.World(**parameters.check(**point))):
        of = answer.alone
        found.append(
            {
                "measure": answer.question,
                "value": of.value,
                "low": of.low,
                "high": of.high,
                "unit": of.unit,
            }
        )
    return [{field: of.get(field) for field in FIELDS} for of in found], time.monotonic() - began


@contextlib.contextmanager
def client(scheduler: str, jobs: int, wanted: str):
    """A client of a running scheduler, or of a local cluster of so many workers with a notebook at
    a time each.
    """
    logging.getLogger("distributed").setLevel(
        logging.ERROR
    )  # a worker that ended is told in the end, if its points fail
    with contextlib.ExitStack() as entered:
        if not scheduler:
            local = distributed.LocalCluster(
                n_workers=jobs,
                threads_per_worker=1,
                dashboard_address=None,
                silence_logs=logging.ERROR,
            )
            scheduler = entered.enter_context(local).scheduler_address
        try:
            connected = entered.enter_context(distributed.Client(scheduler, timeout="10s"))
        except (OSError, ValueError) as error:
            raise RunError(f"no Dask scheduler answers at {scheduler} ({error})") from None
        connected.register_plugin(Surrounding(wanted))
        yield connected


def gathered(
    of: Grid, connected: Callable, report: Callable[[str], None]
) -> tuple[list[Point], dict[str, str]]:
    """The points of a grid, those not yet kept run on a cluster; and the reasons of those that
    failed, by their labels.
    """
    made_from = sources()
    files = {label(point): kept(point, of.notebooks, made_from) for point in of.points}
    done = {name: found for name, file in files.items() if (found := _finished(file)) is not None}
    missing = [point for point in of.points if label(point) not in done]
    failed = {}
    report(
        f"{len(of.points)} points, {len(of.points) - len(missing)} of them kept from earlier runs"
    )
    if missing:
        with connected() as cluster:
            try:
                cluster.wait_for_workers(1, timeout=60)
            except TimeoutError:
                raise RunError("no worker has joined the scheduler within a minute") from None
            plan = Plan([label(point) for point in missing], len(cluster.nthreads()))
            futures = {
                cluster.submit(
                    run_point, point, of.notebooks, made_from, key=files[label(point)].stem
                ): label(point)
                for point in missing
            }
            with plan.shown():
                for future, outcome in distributed.as_completed(
                    futures, with_results=True, raise_errors=False
                ):
                    name = futures[future]
                    found, seconds = (
                        outcome if future.status == "finished" else (str(outcome[1]), 0.0)
                    )  # else a worker that died again and again
                    plan.took[name] = seconds
                    if isinstance(found, str):
                        failed[name] = found
                        report(f"failed {name}: {found}")
                    else:
                        _keep(files[name], found)
                        done[name] = found
                        report(f"ran {name} in {seconds:.1f} s  ({plan})")
    return [Point(point, done[label(point)]) for point in of.points if label(point) in done], failed


def _finished(file: Path) -> list[dict] | None:
    """What was found at a point, or None where it was never finished or its file is damaged: it is
    run again.
    """
    try:
        found = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return (
        found
        if isinstance(found, list)
        and all(isinstance(of, dict) and of.keys() == set(FIELDS) for of in found)
        else None
    )


def _keep(file: Path, found: list[dict]) -> None:
    """Write a finished point, whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=file.parent, encoding="utf-8", delete=False) as half:
        half.write(publish.as_json(found))
    os.replace(half.name, file)


def tidy(points: list[Point]) -> list[list[str]]:
    """One row a point and measure: every parameter, then FIELDS; a set of states stands as their
    codes, unknown is empty.
    """
    rows = [[*parameters.DEFAULTS, *FIELDS]]
    for point in points:
        at = parameters.check(**point.parameters).values()
        rows += [
            [_plain(value) for value in (*at, *(of[field] for field in FIELDS))]
            for of in point.found
        ]
    return rows


def _plain(value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else " ".join(value) if isinstance(value, list) else str(value)


def moved_by(points: list[Point], parameter: str) -> dict[str, dict]:
    """What a parameter alone moves: for each measure of which two points that differ in nothing
    else give different outcomes, its outcomes
    by the parameter's value, whatever the others are. The outcome of a claim is its verdict, of an
    answer its number.
    """
    groups: dict[tuple, dict] = {}
    outcomes: dict[str, dict] = {}
    for point in points:
        others = tuple(item for item in point.parameters.items() if item[0] != parameter)
        for of in point.found:
            outcome = of["verdict"] or quantities.text(of["value"], of["unit"], modelled=True)
            groups.setdefault((of["measure"], others), set()).add(outcome)
            outcomes.setdefault(of["measure"], {}).setdefault(
                _shown(parameter, point.parameters[parameter]), {}
            )[outcome] = None
    return {
        measure: outcomes[measure]
        for measure in outcomes
        if any(len(found) > 1 for (name, _), found in groups.items() if name == measure)
    }


def _shown(parameter: str, value) -> str:
    return tables.day(value) if parameter == "as_of" else str(value)


def write(
    folder: Path, of: Grid, points: list[Point], failed: dict[str, str], inputs: dict
) -> None:
    """The tidy table of a sweep as CSV, and a page that says which parameters move which verdict,
    into a folder. inputs: as in `pages.build`.
    """
    (folder / "sweep.csv").write_text(assets.as_csv(tidy(points)), "utf-8", newline="")
    moves = {name: moved_by(points, name) for name, values in of.values.items() if len(values) > 1}
    measures = [found["measure"] for found in points[0].found] if points else []
    judged = [id for id in claims.judged() if id in measures]
    still = [id for id in judged if not any(id in found for found in moves.values())]
    shown = [
        tables.say(
            "{points} combinations of {names}. Of {all} judged claims the verdict of {still} is the"
            " same everywhere.",
            points=quantities.chosen(len(points), "points"),
            names=" and ".join(of.values),
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
                    parameter: _by_value(found[name]) if name in found else "the same"
                    for parameter, found in moves.items()
                }
                for name in measures
                if any(name in found for found in moves.values())
            ],
            "What each parameter moves, the others held",
            empty="No parameter moves a verdict or an answer.",
        ),
        tables.show(
            [
                {"parameter": name, "values": ", ".join(_shown(name, one) for one in every)}
                for name, every in of.values.items()
            ],
            "The grid",
        ),
    ]
    if failed:
        shown.append(
            tables.show(
                [{"point": name, "reason": reason} for name, reason in failed.items()],
                "Points that failed",
            )
        )
    days = of.values.get("as_of", (parameters.DEFAULTS["as_of"],))
    run = {"scenario": f"sweep {of.name}", "as_of": ", ".join(map(tables.day, days))}
    pages.comparison(
        folder,
        f"What {' and '.join(of.values)} move",
        run,
        inputs,
        "".join(part._repr_html_() for part in shown),
    )


def _by_value(outcomes: dict) -> str:
    return "; ".join(f"{value}: {' or '.join(found)}" for value, found in outcomes.items())


def run(args) -> int:
    """Run notebooks at every point of a grid of parameters, on Dask, and say which parameters move
    which verdict.
    """

    wanted, inputs = grid(args.grid, args.parameters, args.notebooks), manifest.inputs()
    if not check_data.passes():
        return 1
    with publish.release(f"sweep/{wanted.name}") as folder:
        points, failed = gathered(
            wanted,
            lambda: client(args.scheduler, min(args.jobs, len(wanted.points)), args.kernels),
            say,
        )
        write(folder, wanted, points, failed, inputs)
        publish.seal(folder, wanted.name, wanted.values, {}, inputs)
    if failed:
        say(
            f"{len(failed)} of {len(wanted.points)} points failed; the same command runs them again"
        )
    say(f"{publish.OUTPUTS / 'sweep' / wanted.name / 'index.html'}")
    return 1 if failed else 0
