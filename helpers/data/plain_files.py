"""Read the bytes or the text of a plain file."""

import errno
from pathlib import Path

from helpers.data.faults_of_tables import FILE_NOT_UTF_8, DataError


def content(file: Path, most: int = -1) -> bytes:
    """The bytes of a plain file, at most so many; OSError for anything else, such as a pipe, which
    would be waited for without end.
    """
    if file.exists() and not file.is_file() and not file.is_dir():
        raise OSError(errno.EINVAL, "no plain file", str(file))
    with file.open("rb") as opened:
        return opened.read(most)


def text(file: Path) -> str:
    """A plain file of UTF-8 as text; DataError where it is none."""
    raw = content(file)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        message = f"{file.name}:{line}: the file is not UTF-8. Save it as UTF-8"
        raise DataError(message, FILE_NOT_UTF_8.code) from None
