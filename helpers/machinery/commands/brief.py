"""Print a brief of a scenario's verdicts as a PDF of two pages, where a Chromium is installed.

The outputs of the scenario stay as they are: what a browser prints has other bytes every time.
"""

import argparse
import re
import shutil
from pathlib import Path

from helpers import claims, data, notebook_parameters, scenarios, tables
from helpers.machinery.outputs import claims_json, manifest, replace_outputs_whole
from helpers.machinery.run.errors import RunError
from helpers.machinery.run.progress import say
from helpers.machinery.site import (
    conclusion_at_the_top,
    data_pages,
    feed_citation_and_embeds,
    pages,
)

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PAGES = 2
SCALES = (1.0, 0.9, 0.8, 0.7, 0.6)  # of the print, the first by which it fits
LEAF = re.compile(rb"/Type\s*/Page\b")  # of each page of a PDF


def run(args: argparse.Namespace) -> int:
    """Print the brief of a scenario into outputs/brief/."""
    name, changed = scenarios.resolve(args.scenario, args.as_of)
    if not (browser := next(filter(None, map(shutil.which, BROWSERS)), None)):
        raise RunError("no Chromium is installed, which prints the brief", "no-chromium")
    inputs = manifest.inputs()
    if not manifest.current(replace_outputs_whole.OUTPUTS / name, changed):
        raise RunError(
            f"outputs/{name} is not what these inputs give; make reproduce makes it", "no-outputs"
        )
    with replace_outputs_whole.release(f"brief/{name}") as folder:
        made_from = manifest.fingerprint(inputs)
        html = text(
            replace_outputs_whole.OUTPUTS / name,
            notebook_parameters.check(**changed)["as_of"],
            made_from,
        )
        (folder / "brief.html").write_text(html, "utf-8", newline="")
        (folder / "brief.pdf").write_bytes(printed(folder / "brief.html", browser))
        replace_outputs_whole.seal(folder, name, changed, {}, inputs)
    say(f"{replace_outputs_whole.OUTPUTS / 'brief' / name / 'brief.pdf'}")
    return 0


def text(outputs: Path, as_of: str, made_from: str) -> str:
    """The brief as a page.

    Parameters
    ----------
    outputs : Path
        The published outputs of a scenario, whose verdicts it tells.
    as_of : str
        The day for which they are judged, as YYYY-MM-DD.
    made_from : str
        The digest of all that they are made from.
    """
    article = claims.of_article()
    records = [record for record in claims_json.published(outputs) if record["id"] in article]
    unmet = next((record["computed"] for record in records if record["id"] == "C27a"), None)
    verdicts = {record["id"]: record["verdict"] for record in records}
    return pages.TEMPLATE.get_template("brief.html.j2").render(
        conclusion=conclusion_at_the_top.sentence(
            verdicts, unmet, conclusion_at_the_top.before(as_of)
        ),
        records=[(record, data.row(record["id"])["claim"]) for record in records],
        words=claims.WORDS,
        as_of=tables.day(as_of),
        version=feed_citation_and_embeds.version(data_pages.Tables(data.DATA)),
        inputs=made_from,
    )


def printed(file: Path, browser: str) -> bytes:
    """A page as PDF on A4, as large as two pages allow; RunError where it fits at no scale."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        try:
            page = chromium.new_page()
            page.goto(file.as_uri())
            for scale in SCALES:
                pdf = page.pdf(format="A4", scale=scale)
                if len(LEAF.findall(pdf)) <= PAGES:
                    return pdf
        finally:
            chromium.close()
    raise RunError(f"the brief does not fit on {PAGES} pages", "brief-too-long")
