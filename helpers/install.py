"""Make `import helpers` work from any folder, and register its kernels and files with Jupyter.

`python -m helpers.install` does so in the running environment. The Makefile runs this file by its
path before every command, so that a slip in the files that begin a command is told in one line.
"""

import json
import os
import pathlib
import sys
import sysconfig

ROOT = pathlib.Path(__file__).resolve().parent.parent
GROUP = (
    "jupyter_client.kernel_provisioners"  # entry points: the ways in which Jupyter starts kernels
)
PROVISIONER = "of-a-run"  # ours
LAB = {"ServerApp": {"contents_manager_class": "helpers.machinery.lab.Notebooks"}}
QUIET = {"@jupyterlab/apputils-extension:notification": {"fetchNews": "false"}}
FIRST = ("__init__.py", "machinery/__init__.py", "machinery/__main__.py")  # run before any `except`
METADATA = "Metadata-Version: 2.1\nName: willing-and-able\nVersion: 0\n"
ENTRY_POINTS = f"[{GROUP}]\n{PROVISIONER} = helpers.machinery.kernels.provisioner:Provisioner\n"


def link() -> pathlib.Path:
    """Write the .pth file, a stub dist-info that registers our kernel provisioner, and the settings
    by which JupyterLab gets its files from `helpers.machinery.lab` and does not ask over a notebook
    whether it may fetch news.

    The folder stands in the .pth file as bytes, in ASCII: every locale, C too, finds the same one.

    Returns
    -------
    Path
        The .pth file.
    """
    packages = pathlib.Path(sysconfig.get_path("purelib"))
    path, stub = packages / "willing_and_able.pth", packages / "willing_and_able-0.dist-info"
    base = pathlib.Path(sysconfig.get_path("data"))
    server, lab = base / "etc/jupyter", base.joinpath("share", "jupyter", "lab")
    settings = [lab / "settings"] * lab.is_dir()  # one that we made would hide where JupyterLab is
    for folder in (stub, server, *settings):
        folder.mkdir(parents=True, exist_ok=True)
    texts = {
        path: f"import os, sys; sys.path.append(os.fsdecode({os.fsencode(ROOT)!r}))\n",
        stub / "METADATA": METADATA,
        stub / "entry_points.txt": ENTRY_POINTS,
        server / "jupyter_server_config.json": json.dumps(LAB),
    } | {folder / "overrides.json": json.dumps(QUIET) for folder in settings}
    for file, text in texts.items():
        if not file.exists() or file.read_bytes() != text.encode("ascii"):
            file.write_text(text, "ascii")
    return path


def slip() -> str:
    """Say where a file that begins a command is no Python; empty where all of them are."""
    for name in FIRST:
        path = ROOT / "helpers" / name
        try:
            compile(path.read_bytes(), path, "exec")
        except SyntaxError as error:
            return f"helpers/{name}, line {error.lineno}: {error.msg}"
    return ""


if __name__ == "__main__":
    if wrong := slip():
        sys.exit(wrong)
    link()
