"""Make `import helpers` work from any folder: `python -m helpers.link` writes one .pth file into the running environment."""

import os
import pathlib
import sysconfig

ROOT = pathlib.Path(__file__).resolve().parent.parent


def link() -> pathlib.Path:
    """Write the .pth file and return its path. The folder stands in it as bytes, in ASCII: whatever locale reads it, C too, finds the same one."""
    path = pathlib.Path(sysconfig.get_path("purelib"), "willing_and_able.pth")
    line = f"import os, sys; sys.path.append(os.fsdecode({os.fsencode(ROOT)!r}))\n"
    if not path.exists() or path.read_text("ascii") != line:
        path.write_text(line, "ascii")
    return path


if __name__ == "__main__":
    link()
