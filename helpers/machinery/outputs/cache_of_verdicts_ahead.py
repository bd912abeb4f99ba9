"""The verdicts in other worlds, worked out once for the same data and rules."""

import json
import os
from collections.abc import Callable

from helpers import scenarios
from helpers.claims import verdicts_worked_out_ahead
from helpers.machinery.outputs import manifest, replace_outputs_whole
from helpers.machinery.run import background

KEPT = ".outcomes.json"  # below outputs/; the name hides it from what looks for scenarios
NO_PART = ("helpers/machinery/", "helpers/charts/")  # what judges nothing


def begin(inputs: dict[str, str]) -> Callable[[], dict]:
    """Begin to work them out, or take those that are kept.

    Parameters
    ----------
    inputs : dict
        The digests of all inputs, as `manifest.inputs` gives them.

    Returns
    -------
    function
        Waits for them and gives them as `verdicts_worked_out_ahead.table` does.
    """
    judging = {
        path: digest
        for path, digest in inputs.items()
        if path.startswith(("data/", "helpers/")) and not path.startswith(NO_PART)
    }
    key, file = manifest.fingerprint(judging), replace_outputs_whole.OUTPUTS / KEPT
    try:
        kept = json.loads(file.read_text("utf-8"))
        if kept["key"] == key:
            return lambda: kept["table"]
    except (OSError, ValueError, KeyError, TypeError):
        pass  # none, or not one of ours: made anew
    working = background.Work(
        lambda: verdicts_worked_out_ahead.table(scenarios.newest_observation())
    )

    def made() -> dict:
        table = working()
        try:
            file.parent.mkdir(exist_ok=True)
            unfinished = file.with_suffix(f".{os.getpid()}")
            unfinished.write_text(json.dumps({"key": key, "table": table}), "utf-8")
            unfinished.replace(file)
        except OSError:
            pass  # it is worked out again next time
        return table

    return made
