"""Run the notebooks whose outputs may have changed, and build the pages of a scenario."""

import argparse

from helpers import claims, scenarios
from helpers.machinery.commands import check_data
from helpers.machinery.kernels import forked_kernel
from helpers.machinery.outputs import claims_json, manifest, replace_outputs_whole
from helpers.machinery.run.progress import say


def run(args: argparse.Namespace) -> int:
    """Run the notebooks whose outputs may have changed, and build the pages of a scenario."""
    name, changed = scenarios.resolve(args.scenario, args.as_of)
    target = replace_outputs_whole.OUTPUTS / name
    inputs = manifest.inputs()  # an edit from now on leaves what is published as it was
    if not args.force and manifest.current(target, changed):
        say("nothing has changed since the last run; FORCE=1 runs everything again")
    else:
        say("checking the data")
        forked_kernel.server()  # it imports, while the data are checked
        heed_check = check_data.begin()
        # takes seconds, in which the data are checked
        from helpers.machinery.commands import publish_scenario

        try:
            publish_scenario.publish_scenario(
                name, changed, args.force, args.jobs, inputs, heed_check
            )
        except check_data.Unsound:
            return 1
    if changed.get("as_of", "") > (newest := scenarios.newest_observation()):
        say(f"note: the data end on {newest}")
    records, answers = claims_json.found(target)
    say(claims_json.table((records, answers), claims_json.committed_or_none()))
    if unjudged := sorted(set(claims.judged()) - {record["id"] for record in records}):
        say(f"note: judged in no notebook that is listed: {', '.join(unjudged)}")
    for line in check_data.notes():  # said at the beginning too, which has scrolled away
        say(line)
    say(f"{target / 'index.html'}")
    return 0
