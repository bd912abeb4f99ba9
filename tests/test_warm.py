"""Kernels forked from a warm parent show what ordinary ones show, share nothing, and end with the
parent; it ends with its owner.
"""

import contextlib
import importlib.metadata
import json
import os
import select
import signal
import subprocess
import sys
from pathlib import Path
from unittest.mock import MagicMock

import distributed
import nbformat
import pytest
from checkouts import children, ended, heard, notebook, write
from jupyter_client.manager import KernelManager
from jupyter_client.provisioning import KernelProvisionerFactory
from test_kernels import HEAVY

from helpers import data, scenarios
from helpers.machinery import __main__ as machinery
from helpers.machinery.commands import check_data
from helpers.machinery.kernels import provisioner, start, surroundings
from helpers.machinery.outputs import publish
from helpers.machinery.run import execute
from helpers.machinery.run.errors import RunError

STARTER = (
    '("JPY_PARENT_PID", "JUPYTER_DEFAULT_PROVISIONER_NAME", "PYDEVD_USE_FRAME_EVAL", "TABLES_READ",'
    ' "WARM_PARENT_OF_KERNELS")'
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


def ran(folder: Path, jobs: int = 1, **cells) -> dict[str, nbformat.NotebookNode]:
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


def shown(executed) -> str:
    """What the last cell of an executed notebook shows."""
    return executed.cells[-1].outputs[0].data["text/plain"]


@contextlib.contextmanager
def started():
    """Let kernels be forked while the block runs; the process that forks them."""
    before = set(children(os.getpid()))
    with start.warm():
        (parent,) = set(children(os.getpid())) - before
        yield parent


@pytest.fixture(scope="module")
def beginning(tmp_path_factory):
    """What ordinary kernels and forked ones make of the cells above; after them, and while the
    tests run, kernels are forked.
    """
    folder = tmp_path_factory.mktemp("notebooks")
    (folder / "beside.py").touch()
    # this process may have started kernels before: it would go on as it began
    KernelProvisionerFactory.clear_instance()
    write(folder, {"small": notebook(*ALIKE.values())})
    found = {}
    with surroundings.hermetic():
        found["ordinary"] = again(folder)["small"]
        with started() as parent:
            found["forked"] = again(folder)["small"]
            assert select.select([os.pidfd_open(parent)], [], [], 0)[0] == [], "it goes on"
            yield found, parent
    KernelProvisionerFactory.clear_instance()


@pytest.fixture
def both(beginning) -> dict:
    """The executed notebooks."""
    return beginning[0]


@pytest.fixture
def warm(beginning) -> int:
    """The process from which kernels are forked."""
    return beginning[1]


@pytest.fixture
def kernel(warm):
    """A kernel without a notebook, and a client of it."""
    manager = KernelManager(kernel_name="python3")
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    client.wait_for_ready()
    yield manager, client
    client.stop_channels()
    manager.shutdown_kernel(now=True)


# what a kernel shows


@pytest.mark.parametrize("what", ALIKE)
def test_a_forked_kernel_shows_what_an_ordinary_one_shows(both, what):
    ordinary, forked = (
        executed.cells[2 + list(ALIKE).index(what)].outputs for executed in both.values()
    )
    assert forked == ordinary
    assert forked, "something is shown"


def test_notebooks_of_forked_and_of_ordinary_kernels_are_equal_to_the_byte(both):
    assert nbformat.writes(both["forked"]) == nbformat.writes(both["ordinary"])
    assert both["forked"].metadata["tables"] == ["counts", "sources"]


def test_a_figure_in_the_first_cell_is_drawn(both):
    for executed in both.values():
        assert [set(output.data) for output in executed.cells[2].outputs] == [
            {"text/plain", "image/png"}
        ]


def test_a_wide_table_shows_its_columns_as_in_a_notebook(both):
    place = 2 + list(ALIKE).index("a wide table")
    for executed in both.values():
        data = executed.cells[place].outputs[0].data
        assert data["text/html"].count("<th>") == 24, (
            "20 columns with dots between them, over two rows with an index"
        )
        assert "1029" in data["text/plain"] and "..." in data["text/plain"]


@pytest.mark.long
def test_a_forked_kernel_is_a_child_of_the_warm_parent_and_an_ordinary_one_is_not(
    warm, tmp_path, monkeypatch
):
    assert shown(ran(tmp_path, small="import os\nos.getppid()")["small"]) == str(warm)
    monkeypatch.delenv(surroundings.PARENT)
    assert shown(ran(tmp_path, small="import os\nos.getppid()")["small"]) != str(warm)


@pytest.mark.usefixtures("warm")
def test_a_forked_kernel_has_the_surrounding_of_who_asks_for_it_not_of_the_parent(
    tmp_path, monkeypatch
):
    for name, value in {"TZ": "Asia/Tokyo", "NEW": "1"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("OMP_NUM_THREADS")
    seen = shown(
        ran(
            tmp_path,
            small=(
                "import os, time\ntime.tzname, os.environ['NEW'], 'OMP_NUM_THREADS' in os.environ,"
                " os.getcwd()"
            ),
        )["small"]
    )
    assert " ".join(seen.split()) == f"(('JST', 'JST'), '1', False, '{tmp_path}')"


# what kernels share


CHANCE = """\
import random, uuid
import numpy as np
others = random.SystemRandom().random(), np.random.default_rng().random(), uuid.uuid4()
np.random.rand(), np.random.normal(), random.random(), *others"""


@pytest.mark.usefixtures("warm")
@pytest.mark.long
def test_no_two_forked_kernels_draw_the_same_numbers(tmp_path):
    draws = [
        shown(executed).strip("()").split(",")
        for executed in ran(tmp_path, 2, one=CHANCE, two=CHANCE, three=CHANCE).values()
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


@pytest.mark.usefixtures("warm")
@pytest.mark.long
def test_what_one_kernel_changes_is_untouched_in_the_next(tmp_path):
    before, after = (
        shown(ran(tmp_path, **cells)["look"])
        for cells in ({"look": LOOK}, {"look": LOOK, "spoil": SPOIL})
    )  # the last named begins
    assert before == after
    assert " ".join(before.split()).startswith(
        "([False, False, False], set(), False, False, 60, 100.0, False, True, <"
    )


COUNT = 'import os\nlen(open(f"/proc/{os.getppid()}/task/{os.getppid()}/children").read().split())'


@pytest.mark.usefixtures("warm")
@pytest.mark.long
def test_no_more_kernels_run_at_once_than_jobs_are_wanted(tmp_path):
    alone = ran(tmp_path, 1, one=COUNT, two=COUNT, three=COUNT)
    assert [shown(executed) for executed in alone.values()] == ["1", "1", "1"]
    os.mkfifo(tmp_path / "pipe")
    meet = [
        f"open({str(tmp_path / 'pipe')!r}, {mode!r}).close()\n{COUNT}" for mode in "rw"
    ]  # each waits until the other has begun
    several = ran(tmp_path, 2, one=COUNT, two=COUNT, three=meet[0], four=meet[1])
    assert [shown(several[name]) for name in ("three", "four")].count("2") >= 1
    assert {shown(executed) for executed in several.values()} <= {"1", "2"}


# the parent: no thread, no table


READY = [
    "helpers.charts",
    "helpers.claims",
    "ipykernel.kernelapp",
    "matplotlib.pyplot",
    "pandas",
    "scipy.stats",
]
STATE = f"""\
import gc, json, sys, threading
opened = []
sys.addaudithook(lambda event, arguments: event == "open" and opened.append(str(arguments[0])))
from helpers.machinery.kernels import fork_server
fork_server.preload()
import zmq
from helpers import data
print(json.dumps({{
    "threads": threading.active_count(),
    "contexts": sum(isinstance(one, zmq.Context) for one in gc.get_objects()),
    "context": zmq.Context._instance,
    "tables": sorted(data.READ),
    "kept": [of.cache_info().currsize for of in (data._load, data._table_of)],
    "heavy": sorted({{name.split(".")[0] for name in sys.modules}} & set({HEAVY!r}) - {{"scipy"}}),
    "builtin": hasattr(__builtins__, "get_ipython"),
    "output": sys.stdout is sys.__stdout__,
    "read": [path for path in opened if path.startswith({str(data.DATA)!r})],
    "ready": sorted(set({READY!r}) & set(sys.modules)),
}}))"""


@pytest.mark.long
def test_the_parent_has_imported_what_kernels_need_and_neither_begun_a_thread_nor_read_a_table():
    with surroundings.hermetic():
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
        "kept": [0, 0],
        "heavy": [],
        "builtin": False,
        "output": True,
        "read": [],
        "ready": READY,
    }


def opened(pid: int) -> dict[int, str]:
    """What a process has open beside its standard streams."""
    return {
        int(file.name): os.readlink(file)
        for file in Path(f"/proc/{pid}/fd").iterdir()
        if int(file.name) > 2
    }


def test_the_parent_has_no_thread_and_no_file_of_a_running_kernel_open_nor_the_other_way_round(
    warm, kernel
):
    assert "Threads:\t1\n" in Path(f"/proc/{warm}/status").read_text()
    ((_, listening),) = opened(warm).items()
    assert listening.startswith("socket:")
    pid = kernel[0].provisioner.pid
    assert listening not in opened(pid).values()
    assert os.readlink(f"/proc/{pid}/fd/0") == os.devnull


# where none can be forked


@pytest.fixture
def elsewhere(monkeypatch):
    """A process without a warm parent that may not start one."""
    monkeypatch.delenv(surroundings.PARENT, raising=False)
    monkeypatch.setattr(
        start.subprocess, "Popen", lambda *_, **__: pytest.fail("a parent was started")
    )


@pytest.mark.usefixtures("elsewhere")
def test_elsewhere_than_on_linux_kernels_are_ordinary(monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    before = dict(os.environ)
    with start.warm():
        assert dict(os.environ) == before


@pytest.mark.usefixtures("elsewhere")
def test_in_an_environment_that_was_not_told_of_them_kernels_are_ordinary(monkeypatch):
    monkeypatch.setattr(importlib.metadata, "entry_points", lambda **_: ())
    before = dict(os.environ)
    with start.warm():
        assert dict(os.environ) == before


@pytest.mark.usefixtures("elsewhere")
def test_ordinary_kernels_are_had_by_asking_for_them():
    before = dict(os.environ)
    with start.warm("ordinary"):
        assert dict(os.environ) == before


class Asked(Exception):
    """What stops a command once it has told which kernels it wants."""


@pytest.fixture
def worker(monkeypatch, tmp_path):
    """A local cluster whose one worker is this process."""
    cluster = MagicMock()
    cluster.__enter__.return_value.register_plugin = lambda plugin: plugin.setup(None)
    for name in ("LocalCluster", "Client"):
        monkeypatch.setattr(distributed, name, lambda *_, **__: cluster)
    monkeypatch.setattr(surroundings, "settings", contextlib.nullcontext)
    monkeypatch.setattr(publish, "OUTPUTS", tmp_path)


@pytest.mark.usefixtures("worker")
@pytest.mark.parametrize("command", ["reproduce", "refresh", "sweep", "test"])
@pytest.mark.parametrize("wanted", ["ordinary", "forked"])
def test_every_command_that_runs_notebooks_asks_for_the_kernels_wanted(
    monkeypatch, command, wanted
):
    def told(asked):
        raise Asked(asked)

    monkeypatch.setattr(start, "warm", told)
    monkeypatch.setattr(check_data, "passes", lambda: True)
    arguments = {"reproduce": ["--force"], "sweep": ["--parameters", "seed=1"]}.get(command, [])
    with pytest.raises(Asked, match=f"^{wanted}$"):
        machinery.main(
            [command, *arguments, "--kernels", wanted]
            if wanted == "ordinary"
            else [command, *arguments]
        )


def test_jupyter_finds_the_way_to_fork_kernels():
    (found,) = importlib.metadata.entry_points(
        group="jupyter_client.kernel_provisioners", name="warm"
    )
    assert found.load() is provisioner.ForkProvisioner


@pytest.mark.long
def test_after_the_parent_was_killed_kernels_are_ordinary(both, warm, tmp_path):
    with surroundings.hermetic(), started() as parent:
        os.kill(parent, signal.SIGKILL)
        assert ended([os.pidfd_open(parent)])
        executed = ran(
            tmp_path,
            small=[
                "import matplotlib.pyplot as plt\n_ = plt.plot([1, 3, 2])",
                "import os\nos.getppid()",
            ],
        )["small"]
    assert int(shown(executed)) not in (parent, warm)
    assert executed.cells[2].outputs == both["forked"].cells[2].outputs


def test_a_parent_within_another_gives_way_to_it_again(warm, monkeypatch):
    monkeypatch.setattr(start.subprocess, "Popen", MagicMock())
    address = os.environ[surroundings.PARENT]
    with start.warm():
        assert os.environ[surroundings.PARENT] != address
    assert os.environ[surroundings.PARENT] == address


def test_another_user_is_not_served(warm, monkeypatch):
    program = """
import os, socket, sys
from helpers.machinery.kernels import fork_server
os.getuid = lambda: -1  # it is of one user, and whoever asks is of another
fork_server.serve(socket.socket(fileno=int(sys.argv[1])))"""
    with provisioner.socket.socket(provisioner.socket.AF_UNIX) as listening:
        listening.bind("\0wa-another")
        listening.listen()
        words = [sys.executable, "-c", program, str(listening.fileno())]
        serving = subprocess.Popen(
            words, stdin=subprocess.PIPE, pass_fds=[listening.fileno()], cwd=data.ROOT
        )
    monkeypatch.setenv(surroundings.PARENT, "wa-another")
    with pytest.raises(ConnectionResetError):
        provisioner.ForkedKernel(arguments=[], environment={}, folder="/")
    assert children(serving.pid) == []
    serving.stdin.close()
    assert serving.wait() == 0


def test_a_request_that_is_none_leaves_the_parent_at_work(warm, tmp_path):
    for request in (b"", b"\n", b"{", b"\xff\n"):
        with provisioner.socket.socket(provisioner.socket.AF_UNIX) as asking:
            asking.connect("\0" + os.environ[surroundings.PARENT])
            asking.sendall(request)
    assert shown(ran(tmp_path, small="import os\nos.getppid()")["small"]) == str(warm)


# ends


@pytest.mark.usefixtures("warm")
@pytest.mark.long
def test_a_kernel_that_dies_is_named(tmp_path):
    for death in ("os._exit(0)", "os.kill(os.getpid(), 9)"):
        with pytest.raises(
            RunError, match=r"^small, cell 3 \(import os\): DeadKernelError: Kernel died"
        ):
            ran(tmp_path, small=f"import os\n{death}")


@pytest.mark.parametrize("whole", [True, False], ids=["to its group", "to the kernel alone"])
def test_an_interrupt_reaches_the_cell(kernel, tmp_path, whole):
    manager, client = kernel
    manager.provisioner.pgid = manager.provisioner.pgid if whole else None
    os.mkfifo(tmp_path / "pipe")
    client.execute(
        f"open({str(tmp_path / 'pipe')!r}, 'w').close()\nwhile True:\n    pass", stop_on_error=False
    )
    (tmp_path / "pipe").open().close()  # the cell has begun
    manager.interrupt_kernel()
    assert client.get_shell_msg()["content"]["ename"] == "KeyboardInterrupt"
    client.execute("1 + 1")
    assert client.get_shell_msg()["content"]["status"] == "ok"


@pytest.mark.long
def test_a_kernel_given_up_at_the_limit_is_gone(warm, tmp_path, monkeypatch):
    monkeypatch.setattr(execute, "CELL_LIMIT", 1)
    with pytest.raises(RunError, match="CellTimeoutError"):
        ran(tmp_path, small="while True:\n    pass")
    assert children(warm) == []


def test_the_system_ends_a_kernel_with_its_parent(kernel, tmp_path):
    asked = (
        "import ctypes\nsignal = ctypes.c_int()\nctypes.CDLL(None).prctl(2,"
        " ctypes.byref(signal))\nsignal.value"
    )
    assert shown(ran(tmp_path, small=asked)["small"]) == str(int(signal.SIGKILL))


BUSY = """
import os, signal, sys
from jupyter_client.manager import KernelManager
from helpers.machinery.kernels import start, surroundings
with surroundings.hermetic(), start.warm():
    manager = KernelManager(kernel_name="python3")
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    client.wait_for_ready()
    client.execute(f"open({sys.argv[1]!r}, 'w').write('x')\\nwhile True:\\n    pass")
    children = f"/proc/{os.getpid()}/task/{os.getpid()}/children"
    print(open(children).read(), manager.provisioner.pid, flush=True)
    end = sys.stdin.readline()
    if end == "parent":
        os.kill(int(open(children).read()), signal.SIGKILL)
        while manager.is_alive():
            pass
"""


@pytest.mark.parametrize("how", ["the block ends", "SIGTERM", "kill -9", "parent"])
@pytest.mark.long
def test_a_busy_kernel_and_the_parent_are_gone_after(tmp_path, how):
    os.mkfifo(tmp_path / "pipe")
    words = [sys.executable, "-c", BUSY, str(tmp_path / "pipe")]
    with subprocess.Popen(
        words,
        cwd=data.ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as owner:
        assert heard(tmp_path / "pipe", owner)
        parent, pid = map(int, owner.stdout.readline().split())
        processes = [os.pidfd_open(parent), os.pidfd_open(pid)]
        if how in ("SIGTERM", "kill -9"):
            owner.send_signal(signal.SIGTERM if how == "SIGTERM" else signal.SIGKILL)
        else:
            owner.stdin.write(how)
            owner.stdin.close()
        try:
            assert ended(processes)
        finally:
            owner.kill()
