"""Which number differs between two executed notebooks: a few lines, never a diff of their text.

Where every number is the same, the lines say what else differs: the words, the ids of a drawing,
the bytes of a picture, the metadata.
"""

import base64
import hashlib
import itertools
import re
from pathlib import Path

from helpers.machinery.outputs import manifest
from helpers.machinery.outputs.shown_in_jupyterlab import LINE, LIVE

FIGURES = 9  # significant digits; numbers that agree in them count as the same
SAME = "same numbers, other bytes"
LINES = 8  # of a message; how many more there are is said
SHOWN = 24  # characters around what differs
NUMBER = re.compile(r"(?<![\w.])-?\d+(?:,\d{3})*(?:\.\d+)?(?:[eE][-+]?\d+)?")
KERNEL = ("kernelspec", "language_info")  # what JupyterLab notes of its kernel when it saves
ID = re.compile(r'\bid="([^"]*)"')


def notebooks(name: str, was, now) -> list[str]:
    """What differs between two executed notebooks, a line each; none where nothing does.

    Parameters
    ----------
    name : str
        The notebook, as the lines name it.
    was, now : NotebookNode
        The notebook before and now, executed, as nbformat reads it.
    """
    found = []
    if len(was.cells) != len(now.cells):
        found.append(f"{name}: {len(was.cells)} cells → {len(now.cells)}")
    for number, (old, new) in enumerate(zip(was.cells, now.cells, strict=False), 1):
        where = f"{name}, cell {number}"
        if old.source != new.source:
            found += _texts(f"{where}, source", old.source, new.source)
        found += outputs(where, old.get("outputs", []), new.get("outputs", []))
        rest = (
            {key: cell[key] for key in cell if key not in ("source", "outputs")}
            for cell in (old, new)
        )
        found += _values(f"{where}, metadata", *rest)
    noted = [
        {key: of.metadata[key] for key in of.metadata if key not in KERNEL} for of in (was, now)
    ]
    found += _values(f"{name}, metadata", *noted)
    return shortened(found)


def outputs(where: str, was: list, now: list) -> list[str]:
    """What differs between what a cell showed and what it shows.

    Parameters
    ----------
    where : str
        The notebook and the cell, as the lines name them.
    was, now : list
        What the cell showed before and shows now, as nbformat reads it.
    """
    if len(was) != len(now):
        return [f"{where}: {len(was)} outputs → {len(now)}"]
    found = []
    for old, new in zip(was, now, strict=True):
        shown = [_by_kind(output) for output in (old, new)]
        kinds = dict.fromkeys(itertools.chain(*shown))
        for kind in sorted(kinds, key=lambda kind: kind.startswith("image/")):  # numbers first
            found += _values(f"{where}, {kind}", *(of.get(kind) for of in shown))
    return found


def _by_kind(output) -> dict:
    """What an output shows by its MIME type, or by its name where it has none; without what only
    JupyterLab is shown.
    """
    rest = ("data", "metadata", "output_type", "execution_count", "traceback")
    shown = {kind: _everywhere(data) for kind, data in output.get("data", {}).items()}
    shown.pop(LIVE, None)
    return shown | {key: output[key] for key in output if key not in rest}


def _everywhere(data):
    return LINE.sub("", data) if isinstance(data, str) else data


def _values(where: str, was, now) -> list[str]:
    """What differs between two values as JSON has them, part by part."""
    if was == now:
        return []
    if isinstance(was, dict) and isinstance(now, dict):
        keys = dict.fromkeys([*was, *now])
        parts = [_values(f"{where}, {key}", was.get(key), now.get(key)) for key in keys]
        return list(itertools.chain(*parts))
    if isinstance(was, list) and isinstance(now, list) and len(was) == len(now):
        parts = [_values(where, *pair) for pair in zip(was, now, strict=True)]
        return list(itertools.chain(*parts))
    if was is None or now is None:
        return [f"{where}: {_short(was)} → {_short(now)}"]
    if where.endswith(("image/png", "image/jpeg")):
        return [f"{where}: other bytes of a picture ({_digest(was)} → {_digest(now)})"]
    return _texts(where, *(value if isinstance(value, str) else str(value) for value in (was, now)))


def _texts(where: str, was: str, now: str) -> list[str]:
    """What differs between two texts: each number with its relative size, or else the first
    words, or else what is no part of a number or word.
    """
    old, new = _numbered_ids(was), _numbered_ids(now)
    if old == new:
        return [f"{where}: {SAME}: the ids of the drawing, which are not seen"] * (was != now)
    if NUMBER.sub("#", old) != NUMBER.sub("#", new):
        return [f"{where}: {_around(old, new)}"]
    pairs = [
        pair
        for pair in zip(NUMBER.findall(old), NUMBER.findall(new), strict=True)
        if len(set(pair)) > 1
    ]
    found = [
        f"{where}: {before} → {after} ({words})"
        for before, after in pairs
        if (words := moved(before, after))
    ]
    digits = f"{len(pairs)} differ after the {FIGURES}th digit, which decides nothing"
    return found or [f"{where}: {SAME}: {digits}"]


def moved(was: str, now: str) -> str:
    """By how much one number differs from another, in words; empty where both agree in nine
    digits.
    """
    old, new = (float(number.replace(",", "")) for number in (was, now))
    if f"{old:.{FIGURES}g}" == f"{new:.{FIGURES}g}":
        return "" if was.replace(",", "") != now.replace(",", "") else "written otherwise"
    return f"by {abs(new - old) / abs(old):.2g} of it" if old else "from zero"


def _numbered_ids(text: str) -> str:
    """A drawing with its ids replaced by numbers in the order of their appearance."""
    if "<svg" not in text:
        return text
    ids = {id: f"id-{number}" for number, id in enumerate(dict.fromkeys(ID.findall(text)))}
    known = re.compile("|".join(rf"(?<=[\"#]){re.escape(id)}(?=[\")])" for id in ids) or r"(?!)")
    return known.sub(lambda match: ids[match[0]], text)


def _around(was: str, now: str) -> str:
    """The first place at which two texts differ, with a few characters around it."""
    pairs = enumerate(zip(was, now, strict=False))
    place = next((at for at, (a, b) in pairs if a != b), min(len(was), len(now)))
    begin = max(place - SHOWN, 0)
    return " → ".join(repr(text[begin : place + SHOWN]) for text in (was, now))


def _short(value) -> str:
    return "nothing" if value is None else repr(value)[:SHOWN]


def _digest(picture) -> str:
    try:
        content = base64.b64decode(picture, validate=False)
    except (TypeError, ValueError):
        content = str(picture).encode()
    return hashlib.sha256(content).hexdigest()[:8]


def shortened(lines: list[str]) -> list[str]:
    """At most so many lines, those of other numbers first, and how many more there are."""
    more = len(lines) - LINES
    lines = sorted(lines, key=lambda line: SAME in line)
    return lines if more <= 0 else [*lines[:LINES], f"and {more} more"]


def files(path: str, was: bytes | None, now: bytes | None) -> list[str]:
    """What differs between two files that are no notebooks.

    Parameters
    ----------
    path : str
        The file, as the lines name it.
    was, now : bytes or None
        What it held before and holds now; None where it is missing.
    """
    if was is None or now is None:
        return [f"{path}: {'is new' if was is None else 'is missing'}"]
    try:
        return shortened(_texts(path, was.decode(), now.decode()))
    except UnicodeDecodeError:
        return [f"{path}: other bytes"]


def folders(was: Path, now: Path) -> list[str]:
    """What differs between two folders, a line for each number; of a notebook, also where."""
    from helpers.machinery.run import execute  # takes a second, and who tests one file needs none

    digests, found = [manifest.outputs(folder) for folder in (was, now)], []
    for path in sorted(digests[0].keys() | digests[1].keys()):
        if digests[0].get(path) == digests[1].get(path):
            continue
        if path.endswith(".ipynb") and all(path in of for of in digests):
            pair = [execute.open_notebook(folder / path) for folder in (was, now)]
            found += notebooks(Path(path).stem, *pair)
        else:
            content = [
                (folder / path).read_bytes() if path in of else None
                for folder, of in zip((was, now), digests, strict=True)
            ]
            found += files(path, *content)
    return found
