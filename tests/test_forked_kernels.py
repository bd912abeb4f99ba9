"""Forked kernels show what ordinary ones show, share nothing with one another, and run no more
notebooks at a time than are asked for.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from checkouts import notebook, write
from test_kernels import HEAVY

from helpers import data, scenarios
from helpers.machinery.kernels import forked_kernel, isolation_from_settings
from helpers.machinery.run import execute

pytestmark = pytest.mark.usefixtures("surrounding")

STARTER = (
    '("JPY_PARENT_PID", "JUPYTER_DEFAULT_PROVISIONER_NAME", "PYDEVD_USE_FRAME_EVAL", "TABLES_READ")'
)
ALIKE = {  # what a kernel shows or can see of itself; one cell after the other
    "a figure in the first cell": "import matplotlib.pyplot as plt\n_ = plt.plot([1, 3, 2])",
    "a figure that is shown": "plt.bar([1, 2], [3, 4])\nplt.show()",
    "no figure is left open": "plt.get_fignums()",
    "settings of matplotlib": (
        "import matplotlib\nmatplotlib.get_backend(), matplotlib.is_interactive(),"
        " dict(matplotlib.rcParams)"
    ),
    "their defaults": (
        "matplotlib.rcParams == matplotlib.rcParamsDefault, matplotlib.rcParams =="
        " matplotlib.rcParamsOrig"
    ),
    "a wide table": "import pandas as pd\nframe = pd.DataFrame([range(1000, 1030)] * 2)\nframe",
    "a wide table as text": "str(frame)",
    "a long table": "pd.DataFrame(range(200))",
    "settings of pandas": "pd.describe_option(_print_desc=False)",
    "settings of numpy": "import numpy as np\nnp.get_printoptions(), np.geterr()",
    "a figure of ours": (
        "from helpers import charts, data, quantities, tables\nitems = [(name, quantities.exact(9,"
        ' "aircraft", ()), True) for name in ("one", "other")]\ncharts.bars(data.World(), "small",'
        ' tables.say("One fleet against another"), items, "aircraft")'
    ),
    "tables read before": "sorted(data.READ)",
    "tables": 'data.load("counts"), sorted(data.READ)',
    "Python": (
        "import os, sys\nsys.path, sys.flags, sys.executable, sys.prefix, sys.getrecursionlimit(),"
        " sys.dont_write_bytecode, os.getcwd()"
    ),
    "modules beside the notebook": (
        "import importlib.util\nimportlib.util.find_spec('beside') is None"
    ),
    "the environment": (
        f"{{name: value for name, value in os.environ.items() if name not in {STARTER}}}"
    ),
    "time and place": (
        "import locale, time\ntime.tzname, time.localtime(0), locale.getlocale(),"
        ' locale.setlocale(locale.LC_ALL, "")'
    ),
    "temporary files": "import tempfile\ntempfile.gettempdir()",
    "limits": (
        "import resource\n[resource.getrlimit(getattr(resource, name)) for name in dir(resource) if"
        " name[:6] == 'RLIMIT'], os.umask(0o22)"
    ),
    "signals": (
        "import signal\n{number: signal.getsignal(number) for number in signal.valid_signals()}"
    ),
    "warnings": "import warnings, scipy.stats\nsorted(warnings.filters, key=str)",
    "garbage": "import gc\ngc.isenabled(), gc.get_threshold(), gc.get_debug()",
    "threads": (
        "import threading\nthreading.active_count(), threading.current_thread().name,"
        " threading.main_thread().name"
    ),
    "names": (
        "import builtins\n__name__, sorted(vars(builtins)), sorted(name for name in globals() if"
        " name.startswith('__'))"
    ),
    "standard streams": (
        "sys.stdin, sys.stdin.fileno(), sys.stdout.encoding, sys.stdout.isatty(), os.read(0, 9)"
    ),
    "the process": (
        "os.getsid(0) == os.getpid(), os.getpgid(0) == os.getpid(),"
        " os.getpriority(os.PRIO_PROCESS, 0)"
    ),
    "commands": (
        'import subprocess\nsubprocess.run(["sh", "-c", "exit 3"]).returncode,'
        ' subprocess.check_output(["cat"]), os.system("exit 4")'
    ),
    "processes": (
        'import multiprocessing\nwith multiprocessing.get_context("fork").Pool(1) as pool:\n   '
        " shown = pool.map(abs, [-1, 2])\nshown"
    ),
    "IPython": (
        "shell = get_ipython()\ntype(shell), sorted(shell.magics_manager.magics['line']),"
        " shell.history_manager.hist_file"
    ),
}


def executed(folder: Path, jobs: int = 1, **cells) -> dict[str, nbformat.NotebookNode]:
    """Notebooks by name, each of one cell or of a list of them, executed."""
    write(
        folder,
        {name: notebook(*([of] if isinstance(of, str) else of)) for name, of in cells.items()},
    )
    return again(folder, jobs)


def again(folder: Path, jobs: int = 1) -> dict[str, nbformat.NotebookNode]:
    """The notebooks of a folder, executed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scenarios, "NOTEBOOKS", folder)
        return {name: of.notebook for name, of in execute.run_all({}, jobs, lambda _: None).items()}


def shown(notebook) -> str:
    """What the last cell of an executed notebook shows."""
    return notebook.cells[-1].outputs[0].data["text/plain"]


def ordinary(patch: pytest.MonkeyPatch) -> None:
    """Let no kernel be forked."""
    patch.setattr(forked_kernel, "fork", lambda: None)


@pytest.fixture(scope="module")
def both(tmp_path_factory) -> dict:
    """What an ordinary kernel and a forked one make of the cells above."""
    folder = tmp_path_factory.mktemp("notebooks")
    (folder / "beside.py").touch()
    cells = list(ALIKE.values())
    with isolation_from_settings.hermetic(), pytest.MonkeyPatch.context() as patch:
        forked = executed(folder, small=cells)["small"]
        ordinary(patch)
        return {"ordinary": again(folder)["small"], "forked": forked}


# what a kernel shows


@pytest.mark.parametrize("what", ALIKE)
def test_a_forked_kernel_shows_what_an_ordinary_one_shows(both, what):
    one, other = (each.cells[2 + list(ALIKE).index(what)].outputs for each in both.values())
    assert one == other
    assert one, "something is shown"


def test_notebooks_of_forked_and_of_ordinary_kernels_are_equal_to_the_byte(both):
    assert nbformat.writes(both["forked"]) == nbformat.writes(both["ordinary"])
    assert both["forked"].metadata["tables"] == ["counts", "sources"]


def test_a_figure_in_the_first_cell_is_drawn(both):
    for each in both.values():
        assert [set(output.data) for output in each.cells[2].outputs] == [
            {"text/plain", "image/png"}
        ]


def test_a_wide_table_shows_its_columns_as_in_a_notebook(both):
    place = 2 + list(ALIKE).index("a wide table")
    for each in both.values():
        data = each.cells[place].outputs[0].data
        assert data["text/html"].count("<th>") == 24, (
            "20 columns with dots between them, over two rows with an index"
        )
        assert "1029" in data["text/plain"] and "..." in data["text/plain"]


PARENT = "import psutil\npsutil.Process().parent().cmdline()"


@pytest.mark.long
def test_kernels_are_forked_where_they_can_be_and_ordinary_elsewhere(tmp_path, monkeypatch):
    server = "helpers.machinery.kernels.fork_server"
    assert server in shown(executed(tmp_path, small=PARENT)["small"])
    ordinary(monkeypatch)
    assert server not in shown(executed(tmp_path, small=PARENT)["small"])


@pytest.mark.parametrize("lack", ["Linux", "our way to start kernels"])
def test_no_server_is_started_where_it_could_not_serve(monkeypatch, lack):
    if lack == "Linux":
        monkeypatch.setattr(sys, "platform", "darwin")
    else:
        monkeypatch.setattr(forked_kernel, "registered", lambda: False)
    assert forked_kernel.server.__wrapped__() is None


@pytest.mark.long
def test_kernels_are_ordinary_once_the_server_was_killed(tmp_path):
    forked_kernel.server().process.kill()
    forked_kernel.server().process.wait()
    assert forked_kernel.fork() is None
    assert shown(executed(tmp_path, small="1 + 1")["small"]) == "2"


def test_a_kernel_that_is_told_nothing_ends():
    kernel = forked_kernel.fork()
    assert kernel.poll() is None
    os.close(kernel.tell)
    kernel.wait(60)
    assert kernel.poll() == 0
    kernel.kill()
    kernel.send_signal(2)  # nor does it matter that it has ended
    forked_kernel.end_server()


@pytest.mark.long
def test_the_server_ends_with_the_run_and_takes_its_kernels_along(tmp_path):
    server, kernel = forked_kernel.server().process, forked_kernel.fork()
    executed(tmp_path, small="1")
    assert server.poll() is not None
    kernel.wait(60)
    assert forked_kernel.server.cache_info().currsize == 0
    forked_kernel.end_server()  # nor does it matter that it has ended


# what kernels share


CHANCE = """\
import random, uuid
import numpy as np
others = random.SystemRandom().random(), np.random.default_rng().random(), uuid.uuid4()
np.random.rand(), np.random.normal(), random.random(), *others"""


@pytest.mark.long
def test_no_two_forked_kernels_draw_the_same_numbers(tmp_path):
    draws = [
        shown(each).strip("()").split(",")
        for each in executed(tmp_path, 2, one=CHANCE, two=CHANCE, three=CHANCE).values()
    ]
    assert all(len(set(drawn)) == 3 for drawn in zip(*draws, strict=True)), draws


SPOIL = """\
import builtins, os, signal, sys
import matplotlib, numpy, pandas
from helpers import charts, data, tables
builtins.spoilt = tables.spoilt = numpy.spoilt = 1
pandas.set_option("display.max_rows", 3)
matplotlib.rcParams["figure.dpi"] = 9
data.READ.add("spoilt")
sys.path.insert(0, "/spoilt")
os.environ["SPOILT"] = "1"
os.chdir("/")
del tables.show
signal.signal(signal.SIGINT, signal.SIG_IGN)"""
LOOK = """\
import builtins, os, signal, sys
import matplotlib, numpy, pandas
from helpers import data, tables
marks = [hasattr(module, "spoilt") for module in (builtins, tables, numpy)], data.READ
settings = pandas.get_option("display.max_rows"), matplotlib.rcParams["figure.dpi"]
rest = os.getcwd() == "/", hasattr(tables, "show"), signal.getsignal(2)
*marks, "/spoilt" in sys.path, "SPOILT" in os.environ, *settings, *rest"""


@pytest.mark.long
def test_what_one_kernel_changes_is_untouched_in_the_next(tmp_path):
    before, after = (
        shown(executed(tmp_path, **cells)["look"])
        for cells in ({"look": LOOK}, {"look": LOOK, "spoil": SPOIL})
    )  # the last named begins
    assert before == after
    assert " ".join(before.split()).startswith(
        "([False, False, False], set(), False, False, 60, 100.0, False, True, <"
    )


@pytest.mark.long
@pytest.mark.parametrize("jobs", [1, 2])
def test_no_more_notebooks_run_at_once_than_jobs_are_wanted(tmp_path, jobs):
    """Each writes a line when its cells begin and when they end."""
    said = tmp_path / "said"
    write = f"_ = open({str(said)!r}, 'a').write"
    cells = [f"{write}('(')", "import time\ntime.sleep(0.5)", f"{write}(')')"]
    executed(tmp_path, jobs, **{f"n{number}": cells for number in range(5)})
    depth = [
        said.read_text()[:end].count("(") - said.read_text()[:end].count(")")
        for end in range(1, 11)
    ]
    assert max(depth) <= jobs
    assert depth[-1] == 0


# the server: no thread, no table


READY = [
    "helpers.charts",
    "helpers.claims",
    "ipykernel.kernelapp",
    "matplotlib.pyplot",
    "pandas",
    "scipy.stats",
]
STATE = f"""\
import gc, json, os, sys
opened = []
sys.addaudithook(lambda event, arguments: event == "open" and opened.append(str(arguments[0])))
from helpers.machinery.kernels import fork_server
fork_server.preload()
import zmq
from helpers import data
print(json.dumps({{
    "threads": len(os.listdir("/proc/self/task")),
    "contexts": sum(isinstance(one, zmq.Context) for one in gc.get_objects()),
    "context": zmq.Context._instance,
    "tables": sorted(data.READ),
    "heavy": sorted({{name.split(".")[0] for name in sys.modules}} & set({HEAVY!r}) - {{"scipy"}}),
    "builtin": hasattr(__builtins__, "get_ipython"),
    "output": sys.stdout is sys.__stdout__,
    "read": [path for path in opened if path.startswith({str(data.DATA)!r})],
    "ready": sorted(set({READY!r}) & set(sys.modules)),
}}))"""


def test_the_server_imports_what_kernels_need_and_neither_begins_a_thread_nor_reads_a_table():
    told = subprocess.run(
        [sys.executable, "-X", "frozen_modules=off", "-c", STATE],
        cwd=data.ROOT,
        capture_output=True,
        text=True,
    )
    assert told.stderr == ""
    assert json.loads(told.stdout) == {
        "threads": 1,
        "contexts": 0,
        "context": None,
        "tables": [],
        "heavy": [],
        "builtin": False,
        "output": True,
        "read": [],
        "ready": READY,
    }
