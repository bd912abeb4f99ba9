"""Publish a scenario: executed notebooks, pages, claims.json and manifest in outputs/."""

from collections.abc import Callable
from pathlib import Path

from helpers import notebook_parameters, scenarios
from helpers.machinery.outputs import (
    cache_of_verdicts_ahead,
    claims_json,
    manifest,
    replace_outputs_whole,
)
from helpers.machinery.outputs.manifest import Inputs
from helpers.machinery.run import execute
from helpers.machinery.run.progress import say
from helpers.machinery.site import notebook_html, pages


def publish_scenario(
    name: str,
    changed: dict,
    force: bool,
    jobs: int,
    inputs: Inputs,
    heed_check: Callable[[bool], None],
) -> None:
    """Run the stale notebooks of a scenario, or all, and replace its outputs by the new ones.

    Parameters
    ----------
    name : str
        The folder below outputs/.
    changed : dict
        The parameters that differ from the article's.
    force : bool
        Whether to run every notebook.
    jobs : int
        How many notebooks run at a time.
    inputs : Inputs
        All inputs, as `manifest.inputs` gave them before the run.
    heed_check : function
        Raises an error once the data are known to be unsound, as `check_data.begin` gives it: then
        nothing is published, and no other error is told.
    """
    last, names = replace_outputs_whole.OUTPUTS / name, scenarios.notebooks()
    with replace_outputs_whole.release(name) as folder:
        if force:
            stale = dict.fromkeys(names, "all are wanted anew")
        else:
            stale = manifest.stale(last, manifest.last(last), changed)
        kept = {
            other: execute.open_notebook(last / f"notebooks/{other}.ipynb")
            for other in names
            if other not in stale
        }
        contents = notebook_html.Contents()
        for other, notebook in kept.items():
            contents.add(other, notebook)
        if kept:
            say(f"not run again, since nothing they depend on has changed: {', '.join(kept)}")
        for why in dict.fromkeys(stale.values()):
            names_told = ", ".join(other for other in stale if stale[other] == why)
            say(f"running {names_told}, since {why}")
        try:
            ran = execute.run_all(
                changed, jobs, say, list(stale), contents.add, lambda: heed_check(False)
            )
        except Exception:
            heed_check(True)
            raise
        heed_check(True)
        notebooks = {other: kept.get(other) or ran[other].notebook for other in names}
        fill(folder, name, changed, notebooks, contents, inputs)


def fill(
    folder: Path,
    name: str,
    changed: dict,
    notebooks: dict,
    contents: notebook_html.Contents,
    inputs: Inputs,
) -> None:
    """Write all that outputs/<name> holds into an empty folder.

    Parameters
    ----------
    folder : Path
        The empty folder.
    name : str
        The name of the outputs.
    changed : dict
        The parameters that differ from the article's.
    notebooks : dict
        The executed notebooks by name.
    contents : Contents
        The content that each of them gives its page.
    inputs : Inputs
        All inputs before the run.
    """
    records = claims_json.verdicts(notebooks)
    moves = cache_of_verdicts_ahead.begin(inputs)
    say("working out the verdicts in other worlds")
    chosen = {other: contents[other] for other in notebooks}
    elsewhere = moves()
    say("building the pages")
    pages.build(folder, name, notebook_parameters.check(**changed), chosen, inputs, moves=elsewhere)
    claims_json.write(folder, notebooks, records)
    tables = {other: notebook.metadata["tables"] for other, notebook in notebooks.items()}
    replace_outputs_whole.seal(folder, name, changed, tables, inputs)
