"""Make `import helpers` work from any folder, and its kernels known to Jupyter: `python -m
helpers.link` tells the running environment.
"""

import os
import pathlib
import sysconfig

ROOT = pathlib.Path(__file__).resolve().parent.parent
GROUP, PROVISIONER = (
    "jupyter_client.kernel_provisioners",
    "warm",
)  # where Jupyter looks for ways to start kernels, and ours
METADATA = "Metadata-Version: 2.1\nName: willing-and-able\nVersion: 0\n"
ENTRY_POINTS = f"[{GROUP}]\n{PROVISIONER} = helpers.machinery.kernels.provisioner:ForkProvisioner\n"


def link() -> pathlib.Path:
    """Write a .pth file, and return its path, with beside it the names of a package that is not
    there: only entry points are read from it.

    The folder stands in the .pth file as bytes, in ASCII: whatever locale reads it, C too, finds
    the same one.
    """
    packages = pathlib.Path(sysconfig.get_path("purelib"))
    path, named = packages / "willing_and_able.pth", packages / "willing_and_able-0.dist-info"
    named.mkdir(exist_ok=True)
    texts = {
        path: f"import os, sys; sys.path.append(os.fsdecode({os.fsencode(ROOT)!r}))\n",
        named / "METADATA": METADATA,
        named / "entry_points.txt": ENTRY_POINTS,
    }
    for file, text in texts.items():
        if not file.exists() or file.read_text("ascii") != text:
            file.write_text(text, "ascii")
    return path


if __name__ == "__main__":
    link()
