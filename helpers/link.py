"""Make `import helpers` work from any folder: `python -m helpers.link` writes one .pth file into the running environment."""

import pathlib
import sysconfig

ROOT = pathlib.Path(__file__).resolve().parent.parent


def link() -> pathlib.Path:
    """Write the .pth file and return its path. ASCII only: site reads it in the locale's encoding, which may be C."""
    path = pathlib.Path(sysconfig.get_path("purelib"), "willing_and_able.pth")
    line = f"import sys; sys.path.append({str(ROOT)!a})\n"
    if not path.exists() or path.read_text("ascii") != line:
        path.write_text(line, "ascii")
    return path


if __name__ == "__main__":
    link()
