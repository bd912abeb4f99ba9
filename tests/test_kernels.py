"""Kernels of a run and what surrounds them: the same outputs whoever starts them and wherever;
nothing of it is left behind, and no kernel outlives whoever started it.
"""

import ast
import importlib
import importlib.metadata
import json
import os
import pkgutil
import signal
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

import psutil
import pytest
from checkouts import Checkout, descendants, ended, heard, notebook, write
from jupyter_client.manager import KernelManager

import helpers
from helpers import data, install, scenarios
from helpers.machinery.kernels import isolation_from_settings, provisioner
from helpers.machinery.run import execute
from helpers.machinery.run.errors import RunError

HEAVY = ("dask", "distributed", "frictionless", "playwright", "pyarrow", "scipy")
# what a cell can see of the machine it runs on
LOOK = """\
import builtins, locale, os, sys, time
import matplotlib
sorted(name for name in [*vars(builtins), *globals()] if "poison" in name), \\
    time.tzname, locale.setlocale(locale.LC_ALL, ""), locale.getpreferredencoding(), \\
    sys.flags.utf8_mode, matplotlib.rcParams["figure.figsize"], matplotlib.get_backend()"""
EXECUTE = """\
from helpers.machinery.kernels import isolation_from_settings
from helpers.machinery.run import execute
with isolation_from_settings.hermetic():
    import nbformat
    print(nbformat.writes(execute.run_all({}, 1, lambda line: None)["look"].notebook))
"""
CONFIGURED = (  # IPython reads one for all its programs and one for its kernels
    "c.InteractiveShellApp.exec_lines = ['poison_of_lines = 1']\n"
    "c.InteractiveShellApp.exec_files = ['poison.py']\n"
    "c.InteractiveShell.ast_node_interactivity = 'all'\n"
)
OF_IPYTHON = {
    f"{folder}{name}": text
    for folder in (".ipython/profile_default/", "profile_default/", "")
    for name, text in {
        "startup/00.py": "poison_of_startup = 1; import builtins; builtins.poison_of_builtins = 1",
        "ipython_config.py": CONFIGURED,
        "ipython_kernel_config.py": CONFIGURED,
        "poison.py": "poison_of_file = 1",
    }.items()
}


@pytest.fixture(scope="module")
def checkout(tmp_path_factory) -> Checkout:
    """A checkout whose path is long and holds a blank, quotes and accents, in an environment that
    lets user site-packages in, as conda's do.
    """
    path = tmp_path_factory.mktemp("long") / "a b'c\"é" / ("ø" * 100) / ("x" * 100)
    checkout = Checkout(path, system_site=True)
    write(checkout.notebooks, {"look": notebook("import helpers.data", LOOK)})
    return checkout


def poisoned(home: Path) -> dict[str, str]:
    """The environment of a user whose settings all change what a kernel shows."""
    packages = (
        home / ".local/lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "site-packages"
    )
    texts = {
        ".ipython/profile_default/startup/00.py": "poison_of_ipython = 1",
        ".ipython/profile_default/ipython_kernel_config.py": (
            "c.InteractiveShellApp.exec_lines = ['poison_of_config = 1']"
        ),
        ".jupyter/jupyter_config.json": json.dumps({"KernelManager": {"kernel_cmd": ["false"]}}),
        ".local/share/jupyter/kernels/python3/kernel.json": json.dumps(
            {"argv": ["false"], "display_name": "x", "language": "python"}
        ),
        ".config/matplotlib/matplotlibrc": "figure.figsize: 1, 1\nbackend: svg",
        "startup.py": "poison_of_startup = 1",
        "path/sitecustomize.py": "import builtins; builtins.poison_of_pythonpath = 1",
        str(packages / "usercustomize.py"): "import builtins; builtins.poison_of_user_site = 1",
    }
    for path, text in texts.items():
        (home / path).parent.mkdir(parents=True, exist_ok=True)
        (home / path).write_text(text, "utf-8")
    return os.environ | {
        "HOME": str(home),
        "PYTHONPATH": str(home / "path"),
        "PYTHONSTARTUP": str(home / "startup.py"),
        "TZ": "Pacific/Auckland",
        "LC_ALL": "C",
        "MPLCONFIGDIR": str(home / ".config/matplotlib"),
        "MPLBACKEND": "svg",
        "IPYTHONDIR": str(home / ".ipython"),
        "JUPYTER_CONFIG_DIR": str(home / ".jupyter"),
        "JUPYTER_PREFER_ENV_PATH": "0",
        "JUPYTER_DATA_DIR": str(home / ".local/share/jupyter"),
        "PYTHONNOUSERSITE": "",
    }


@pytest.fixture(scope="module")
def plain(checkout) -> str:
    """The small notebook as executed for a user without settings."""
    return executed(checkout, {"PATH": os.environ["PATH"]})


def executed(checkout: Checkout, environment: dict[str, str]) -> str:
    run = checkout.run("-c", EXECUTE, env=environment)
    assert run.returncode == 0, run.stderr
    assert run.stderr == "", "a kernel that starts says nothing, of encryption neither"
    return run.stdout


@pytest.mark.long
def test_the_settings_of_a_user_have_no_part_in_an_output(checkout, plain, tmp_path):
    assert executed(checkout, poisoned(tmp_path)) == plain
    shown = "".join(json.loads(plain)["cells"][-1]["outputs"][0]["data"]["text/plain"])
    assert " ".join(shown.split()).startswith(
        "([], ('UTC', 'UTC'), 'C.UTF-8', 'utf-8', 1, [6.4, 4.8]"
    )


@pytest.mark.long
@pytest.mark.parametrize(
    "where", ["in the home", "beside the notebooks", "in the environment's etc"]
)
def test_settings_of_ipython_change_nothing_in_a_kernel(checkout, plain, tmp_path, where):
    shared = {"beside the notebooks": checkout.notebooks, "in the home": tmp_path}
    folder = shared.get(where, checkout.path / ".venv/etc/ipython")
    for path, text in OF_IPYTHON.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    try:
        assert executed(checkout, environment) == plain
    finally:
        for path in OF_IPYTHON:
            (folder / path).unlink()


def test_the_surrounding_is_undone_at_the_end_also_of_a_failure():
    before, handler, temporary = (
        dict(os.environ),
        signal.getsignal(signal.SIGTERM),
        tempfile.gettempdir(),
    )
    with pytest.raises(ZeroDivisionError), isolation_from_settings.hermetic() as scratch:
        os.environ["NEW"] = "1"
        Path(tempfile.mkstemp()[1]).write_text("x")
        assert os.environ["HOME"] == str(scratch)
        assert list(scratch.glob("tmp*")), "temporary files of kernels and tests go with it"
        raise ZeroDivisionError
    assert dict(os.environ) == before
    assert signal.getsignal(signal.SIGTERM) == handler
    assert tempfile.gettempdir() == temporary
    assert not scratch.exists()


ENDS = {
    "exit": ("raise SystemExit(7)", 7),
    "SIGTERM": ("os.kill(os.getpid(), signal.SIGTERM)", 143),
}


@pytest.mark.parametrize(("end", "status"), ENDS.values(), ids=ENDS)
def test_the_scratch_folder_is_removed_after(tmp_path, end, status):
    program = (
        "import os, signal\nfrom helpers.machinery.kernels import isolation_from_settings\n"
        "with isolation_from_settings.hermetic():\n   "
        f" {end}\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program],
        cwd=data.ROOT,
        env=os.environ | {"TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert (run.returncode, run.stderr) == (status, "")
    assert list(tmp_path.iterdir()) == []


def hermetic(temporary: Path, then: str) -> None:
    program = (
        "import os, signal\nfrom helpers.machinery.kernels import isolation_from_settings\n"
        "with isolation_from_settings.hermetic():\n   "
        f" {then}\n"
    )
    subprocess.run(
        [sys.executable, "-c", program], cwd=data.ROOT, env=os.environ | {"TMPDIR": str(temporary)}
    )


def test_what_a_killed_run_left_is_removed_by_the_next_one_and_nothing_else_is(
    tmp_path, monkeypatch
):
    hermetic(tmp_path, "os.kill(os.getpid(), signal.SIGKILL)")
    (left,) = tmp_path.iterdir()
    (tmp_path / "other").mkdir()
    (tmp_path / "wa-link").symlink_to(left)
    (tmp_path / "wa-mine").mkdir()
    (tmp_path / "wa-mine/thesis.txt").write_text("years of work")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with isolation_from_settings.hermetic() as alive:
        assert not left.exists()
        hermetic(tmp_path, "pass")
        assert alive.exists(), "a run that goes on keeps its folder"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["other", "wa-link", "wa-mine"]
    assert (tmp_path / "wa-mine/thesis.txt").exists(), (
        "a folder of the same kind of name is nobody's to remove"
    )


# `import helpers` from any folder


LOCALES = (
    {"LC_ALL": "C"},
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    {"LC_ALL": "C.UTF-8"},
)


@pytest.mark.parametrize(
    ("locale", "folder"),
    list(zip(LOCALES, ["notebooks", "/", "notebooks"], strict=True)),
    ids=["C", "C and nothing else, elsewhere", "UTF-8"],
)
@pytest.mark.long
def test_helpers_are_found_from_any_folder_under_any_locale_in_a_checkout_with_an_odd_path(
    checkout, folder, locale
):
    program = (
        "import os, helpers.data; print(len(helpers.data.load('countries')) > 0,"
        " ascii(os.fsencode(helpers.data.ROOT)))"
    )
    run = checkout.run("-c", program, cwd=checkout.path / folder, env=locale)
    assert (run.stdout, run.stderr) == (f"True {os.fsencode(checkout.path)!a}\n", "")


@pytest.mark.long
def test_make_runs_in_a_checkout_with_an_odd_path(checkout):
    run = subprocess.run(
        ["make", "-C", checkout.path, "reproduce", 'SCENARIO=no"; touch made; "'],
        capture_output=True,
        text=True,
    )
    assert run.returncode == 2
    assert "unknown scenario 'no\"; touch made; \"'. There are article, read-only." in run.stderr
    assert "Traceback" not in run.stderr
    assert not (checkout.path / "made").exists(), "a value is never read as a command"
    assert not (checkout.path / "outputs").exists()


@pytest.fixture
def packages(tmp_path, monkeypatch) -> Path:
    """An empty folder in the place of site-packages."""
    monkeypatch.setattr(sysconfig, "get_path", lambda name: str(tmp_path))
    return tmp_path


def test_the_link_is_ascii_and_written_only_once(packages, monkeypatch):
    monkeypatch.setattr(install, "ROOT", Path("/a b/'é\"\\ø"))
    path = install.link()
    written = [file for file in packages.rglob("*") if file.is_file()]
    for file in written:
        os.utime(file, (1, 1))
    assert install.link() == path
    assert sorted(os.listdir(packages)) == [
        "etc",
        "willing_and_able-0.dist-info",
        "willing_and_able.pth",
    ]
    assert [file.stat().st_mtime for file in written] == [1, 1, 1, 1]
    assert all(file.read_bytes().isascii() for file in written)
    monkeypatch.setattr(sys, "path", [])
    exec(path.read_text("ascii"))  # as site does
    assert sys.path == ["/a b/'é\"\\ø"]


def test_the_link_follows_a_checkout_that_was_moved(packages, monkeypatch):
    for root in ("/old/place", "/new/place"):
        monkeypatch.setattr(install, "ROOT", Path(root))
        assert root in install.link().read_text("ascii")
    assert "/old/place" not in install.link().read_text("ascii")


@pytest.mark.long
def test_a_checkout_reached_through_a_symbolic_link_works(checkout, tmp_path):
    (tmp_path / "linked").symlink_to(checkout.path)
    run = checkout.run(
        "-c",
        "import helpers.data; print(len(helpers.data.contract()) > 0)",
        cwd=tmp_path / "linked/notebooks",
    )
    assert (run.stdout, run.stderr) == ("True\n", "")


# what a kernel imports


def notebook_modules() -> list[str]:
    """Every module that a notebook may import."""
    found = [module.name for module in pkgutil.walk_packages(helpers.__path__, "helpers.")]
    return [
        name
        for name in found
        if not name.startswith("helpers.machinery") and name != "helpers.install"
    ]


def test_a_kernel_imports_nothing_heavy_and_nothing_of_the_machinery():
    program = f"""
import sys
import helpers.charts, helpers.claims, helpers.data, helpers.notebook_parameters, helpers.tables
helpers.claims.judged()  # imports the rules of every claim, as judging one does
imported = {{name.split(".")[0] for name in sys.modules}}
print(*sorted(imported & set({HEAVY!r})), "helpers.machinery" in sys.modules)
"""
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=data.ROOT, capture_output=True, text=True
    )
    assert (run.stdout, run.stderr) == ("False\n", "")


@pytest.mark.parametrize("module", notebook_modules())
def test_what_notebooks_import_knows_nothing_of_the_machinery(module):
    source = Path(importlib.import_module(module).__file__).read_text("utf-8")
    imported = [
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    names = [
        f"{getattr(node, 'module', '') or ''}.{alias.name}"
        for node in imported
        for alias in node.names
    ]
    assert not [name for name in names if "machinery" in name]


# how a kernel starts and ends


def test_jupyter_finds_our_way_to_start_kernels():
    (found,) = importlib.metadata.entry_points(group=install.GROUP, name=install.PROVISIONER)
    assert found.load() is provisioner.Provisioner


@pytest.fixture
def kernel():
    """A kernel without a notebook, and a client of it."""
    with isolation_from_settings.hermetic():
        manager = KernelManager(kernel_name="python3")
        manager.start_kernel()
        client = manager.client()
        client.start_channels()
        client.wait_for_ready()
        yield manager, client
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def test_a_kernel_listens_on_no_port_chosen_before_it_began(kernel):
    manager, _ = kernel
    opened = psutil.Process(manager.provisioner.pid).net_connections("inet")
    assert {each.laddr.port for each in opened}.isdisjoint(manager.ports)


def replied(client) -> dict:
    """What a kernel answers to a cell."""
    while (message := client.get_shell_msg())["msg_type"] != "execute_reply":
        pass
    return message["content"]


def test_the_system_ends_a_kernel_with_its_parent(kernel):
    """What the kernel asked Linux for: prctl's PR_GET_PDEATHSIG."""
    _, client = kernel
    asked = (
        "import ctypes\nsignal = ctypes.c_int()\n"
        "_ = ctypes.CDLL(None).prctl(2, ctypes.byref(signal))"
    )
    client.execute(asked, user_expressions={"signal": "signal.value"})
    told = replied(client)["user_expressions"]["signal"]
    assert told["data"]["text/plain"] == str(int(signal.SIGKILL))


def test_an_interrupt_reaches_the_cell(kernel, tmp_path):
    manager, client = kernel
    os.mkfifo(tmp_path / "pipe")
    client.execute(
        f"open({str(tmp_path / 'pipe')!r}, 'w').close()\nwhile True:\n    pass", stop_on_error=False
    )
    (tmp_path / "pipe").open().close()  # the cell has begun
    manager.interrupt_kernel()
    assert replied(client)["ename"] == "KeyboardInterrupt"
    client.execute("1 + 1")
    assert replied(client)["status"] == "ok"


@pytest.fixture
def ran(tmp_path, monkeypatch):
    """Executes a notebook of one cell."""
    monkeypatch.setattr(scenarios, "NOTEBOOKS", tmp_path)

    def run(cell: str) -> None:
        write(tmp_path, {"small": notebook(cell)})
        with isolation_from_settings.hermetic():
            execute.run_all({}, 1, lambda _: None)

    return run


@pytest.mark.long
@pytest.mark.parametrize("death", ["os._exit(0)", "os.kill(os.getpid(), 9)"])
def test_a_kernel_that_dies_is_named(ran, death):
    told = r"^small, cell 3 \(import os\): DeadKernelError: Kernel died"
    with pytest.raises(RunError, match=told):
        ran(f"import os\n{death}")


@pytest.mark.long
def test_a_kernel_given_up_at_the_limit_is_gone(ran, monkeypatch):
    before = set(descendants(os.getpid()))
    monkeypatch.setattr(execute, "CELL_LIMIT", 1)
    with pytest.raises(RunError, match="CellTimeoutError"):
        ran("while True:\n    pass")
    assert set(descendants(os.getpid())) <= before


BUSY = """
import sys
from jupyter_client.manager import KernelManager
from helpers.machinery.kernels import isolation_from_settings
with isolation_from_settings.hermetic():
    manager = KernelManager(kernel_name="python3")
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    client.wait_for_ready()
    client.execute(f"open({sys.argv[1]!r}, 'w').write('x')\\nwhile True:\\n    pass")
    print(manager.provisioner.pid, flush=True)
    sys.stdin.readline()
"""


@pytest.mark.long
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_a_busy_kernel_is_gone_after_whoever_started_it(tmp_path, how):
    os.mkfifo(tmp_path / "pipe")
    words = [sys.executable, "-c", BUSY, str(tmp_path / "pipe")]
    with subprocess.Popen(
        words, cwd=data.ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as owner:
        assert heard(tmp_path / "pipe", owner)
        kernel = os.pidfd_open(int(owner.stdout.readline()))
        owner.send_signal(how)
        assert ended([kernel])
