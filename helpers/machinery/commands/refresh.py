"""Run the committed notebooks again in place, and write the texts made from them."""

import argparse
import contextlib
from collections.abc import Iterator
from pathlib import Path

import nbformat

from helpers import data, scenarios
from helpers.machinery.check import numbers_without_range
from helpers.machinery.check.what_tests_will_demand import log_lacks
from helpers.machinery.commands import check_data
from helpers.machinery.commands.publish_scenario import fill
from helpers.machinery.outputs import claims_json, manifest, replace_outputs_whole
from helpers.machinery.run import execute
from helpers.machinery.run.progress import say
from helpers.machinery.site import notebook_html
from helpers.machinery.texts import data_dictionary, readme


def run(args: argparse.Namespace) -> int:
    """Run the committed notebooks in place, publish `article` from them, and write the texts."""
    contents = notebook_html.Contents()
    inputs = manifest.inputs()
    say("checking the data")
    if not check_data.passes():
        return 1
    if lines := log_lacks():
        say("\n".join(lines))
        return 1
    say(f"running the notebooks, {args.jobs} at a time")
    before = claims_json.committed_or_none()
    ran = execute.run_all({}, args.jobs, say, ended=contents.add)
    notebooks = {name: each.notebook for name, each in ran.items()}
    records = claims_json.verdicts(notebooks)
    texts = {
        scenarios.file(name): nbformat.writes(notebook) + "\n"
        for name, notebook in notebooks.items()
    }
    with replace_outputs_whole.release("article") as folder, rewritten(texts):
        for path in texts:
            inputs.note(path.relative_to(data.ROOT).as_posix())
        fill(folder, "article", {}, notebooks, contents, inputs)
        readme.write(folder)
    data_dictionary.write()
    say(claims_json.table((records, claims_json.answers(notebooks)), before))
    for line in check_data.notes():  # said at the beginning, which has scrolled away
        say(line)
    for line in numbers_without_range.notes(notebooks):
        say(f"note: {line}; {check_data.TILL_THEN}")
    return 0


@contextlib.contextmanager
def rewritten(texts: dict[Path, str]) -> Iterator[None]:
    """Rewrite files before a block runs; restore them if it ends with an error."""
    before = {path: path.read_bytes() for path in texts}
    try:
        _replace({path: text.encode() for path, text in texts.items()})
        yield
    except BaseException:
        _replace(before)
        raise


def _replace(contents: dict[Path, bytes]) -> None:
    """Replace files, all of which are written beside the old first: a full disk changes none."""
    beside = {path: path.with_name(f".{path.name}.new") for path in contents}
    try:
        for path, content in contents.items():
            beside[path].write_bytes(content)
        for path, new in beside.items():
            new.replace(path)
    finally:
        for new in beside.values():
            new.unlink(missing_ok=True)
