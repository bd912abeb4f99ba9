"""A real JupyterLab in a real browser: opening and saving leave nothing stale, nor does a parameter
that was changed, run, saved and put back; a number leads to its rows, an explorer has controls; a
notebook of one's own is made by clicking, and nothing that looks at the series sees it.
"""

import json
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from checkouts import Checkout
from playwright.sync_api import sync_playwright
from test_browser import CHROMIUM

from helpers import data, scenarios
from helpers.machinery.outputs import manifest

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
    pytest.mark.long,
]
OPENED = "02-commitments-and-command"  # no explorer: what running it all shows is what it showed
WITH_EXPLORER = "07-ground-force"
PLACE, FAR = re.compile(r"; row (\d+) of \w+\.csv$"), 60  # rows of a table that are not in view
IN_VIEW = """([path, row]) => {
  const widget = window.jupyterapp.shell.currentWidget, grid = widget.content._grid;
  if (widget.context.path !== path || !grid.pageHeight) return false;
  const top = row * grid.defaultSizes.rowHeight;
  return grid.scrollY <= top && top < grid.scrollY + grid.pageHeight;
}"""  # whether a row of a table is in view


@pytest.fixture(scope="module")
def checkout(tmp_path_factory) -> Checkout:
    made = Checkout(tmp_path_factory.mktemp("lab"), system_site=True)
    shutil.copytree(scenarios.NOTEBOOKS, made.notebooks, dirs_exist_ok=True)
    return made


@pytest.fixture(scope="module")
def lab(checkout, tmp_path_factory):
    """Opens a notebook of the checkout in JupyterLab, as `make lab` starts it."""
    home = tmp_path_factory.mktemp("home")
    command = [
        "make",
        "--silent",
        "lab",
        "LAB=--no-browser --ServerApp.port=0 --expose-app-in-browser",
    ]
    environment = {
        "HOME": str(home),
        "JUPYTER_RUNTIME_DIR": str(home),
        "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
    }
    with (
        (home / "log").open("wb") as log,
        subprocess.Popen(
            command, cwd=checkout.path, env=environment, stdout=log, stderr=log
        ) as server,
        sync_playwright() as play,
    ):
        try:
            browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            address = reached(home, server)

            def opened(name: str):
                page = browser.new_page(viewport={"width": 1280, "height": 900})
                page.goto(address.format(f"lab/tree/notebooks/{name}.ipynb?reset"))
                page.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=120_000)
                return page

            yield opened
        finally:
            stop(home)


def reached(home: Path, server: subprocess.Popen) -> str:
    """The address of the server, with a place for the page."""
    for _ in range(600):
        for file in home.glob("jpserver-*.json"):
            if text := file.read_text():
                told = json.loads(text)
                return f"{told['url']}{{}}&token={told['token']}"
        assert server.poll() is None, (home / "log").read_text()
        time.sleep(0.2)
    raise AssertionError((home / "log").read_text())


def stop(home: Path) -> None:
    """End the server itself: make only waits for it."""
    for file in home.glob("jpserver-*.json"):
        subprocess.run(["kill", str(json.loads(file.read_text())["pid"])], check=False)


def saved(page, file: Path) -> None:
    """Save the notebook, and wait until the file is another one."""
    before = file.stat().st_mtime_ns
    page.keyboard.press("Control+s")
    for _ in range(300):
        if file.stat().st_mtime_ns != before:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{file.name} was not saved")


def stale(checkout: Checkout) -> list[str]:
    """The inputs in the checkout that are not those of the committed notebooks."""
    mine, theirs = (
        {name: manifest.written(folder / f"{name}.ipynb") for name in scenarios.notebooks()}
        for folder in (scenarios.NOTEBOOKS, checkout.notebooks)
    )
    return [name for name in mine if mine[name] != theirs[name]]


def whole(file: Path) -> str:
    """The text of a notebook that JupyterLab may be writing just now."""
    for _ in range(100):
        text = file.read_text("utf-8")
        if text.rstrip().endswith("}"):
            return text
        time.sleep(0.1)
    raise AssertionError(f"{file.name} is not whole")


def run_all(page, file: Path, anew: bool = False) -> None:
    """Run all cells, in a new kernel if asked, and save until the file holds what each of them
    showed: between two cells the kernel may be idle.
    """
    page.locator(".jp-Cell:visible").first.click()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    if anew:
        page.get_by_text("Restart Kernel and Run All Cells…", exact=True).click()
        page.get_by_role("button", name="Confirm Kernel Restart").click()
    else:
        page.get_by_text("Run All Cells", exact=True).click()
    waiting = page.locator(".jp-InputPrompt", has_text="[*]")
    waiting.first.wait_for(state="attached", timeout=60_000)
    waiting.first.wait_for(state="detached", timeout=300_000)
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=60_000)
    saved(page, file)


def write_first(page, source: str) -> None:
    """Put a text in the place of the first code cell's."""
    page.locator(".jp-CodeCell:visible .cm-content").first.click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(source)


def leads_to_its_row(page) -> None:
    """A number tells on hover which rows it was made from and where the first of them stands; a
    click opens the table in data/, and once that is open a click goes to the row.
    """
    numbers = page.locator("a.led:visible")
    titles = numbers.evaluate_all("all => all.map(each => each.title)")
    below = [place for place, title in enumerate(titles) if int(PLACE.search(title)[1]) > FAR]
    number, title = numbers.nth(below[0]), titles[below[0]]
    table, line = data.place(title.split()[0].rstrip(";"))
    assert title.endswith(f"; row {line} of {table}.csv")
    number.click()
    page.locator(".jp-CSVViewer:visible").wait_for()
    page.get_by_role("tab", name=OPENED).click()
    number.click()
    page.wait_for_function(IN_VIEW, arg=[f"data/{table}.csv", line - 1])


def test_opening_running_and_saving_a_notebook_leaves_nothing_stale(checkout, lab):
    page, file = lab(OPENED), checkout.notebooks / f"{OPENED}.ipynb"
    assert (checkout.notebooks / "own").is_dir(), "a place for one's own"
    committed = scenarios.file(OPENED).read_text("utf-8")
    leads_to_its_row(page)
    page.get_by_role("tab", name=OPENED).click()
    saved(page, file)
    assert whole(file) == committed, "git shows no difference"

    cells = json.loads(whole(file))["cells"]
    source = "".join(next(cell["source"] for cell in cells if cell["cell_type"] == "code"))
    write_first(page, source.replace(data.World.as_of, "2026-03-01"))
    run_all(page, file)
    assert stale(checkout) == [OPENED], "what somebody writes counts"
    assert page.get_by_text("In the article's scenario").count(), "a card says what was"

    write_first(page, source)
    run_all(page, file, anew=True)
    assert whole(file) == committed
    leads_to_its_row(page)
    assert not page.get_by_text("Jupyter news").count(), "nothing is asked over a notebook"
    page.close()


def test_an_explorer_has_controls_in_jupyterlab_alone(checkout, lab):
    page, file = lab(WITH_EXPLORER), checkout.notebooks / f"{WITH_EXPLORER}.ipynb"
    run_all(page, file)
    menu = page.locator(".widget-dropdown select").first
    menu.scroll_into_view_if_needed()
    row = page.locator(".widget-html table")
    before = row.inner_text()
    menu.select_option(index=0 if menu.evaluate("menu => menu.selectedIndex") else 1)
    page.wait_for_function(
        "before => document.querySelector('.widget-html table').innerText != before", arg=before
    )
    saved(page, file)
    assert whole(file) == scenarios.file(WITH_EXPLORER).read_text("utf-8")
    page.close()


def test_a_notebook_of_ones_own_is_made_by_clicking_and_no_command_sees_it(checkout, lab):
    page, file = lab(OPENED), checkout.notebooks / "own" / "mine.ipynb"
    page.locator(".jp-DirListing-item", has_text="own").dblclick()
    page.get_by_title("notebooks/own", exact=True).wait_for()
    page.get_by_role("menuitem", name="File", exact=True).click()
    page.get_by_text("New", exact=True).first.hover()
    page.get_by_text("Notebook", exact=True).last.click()
    page.get_by_role("button", name="Select Kernel", exact=True).last.click()
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=60_000)
    for cell in (
        "from helpers import claims, data; claims.judge('C24', data.World(as_of='2026-03-01'))",
        "data.World(roster='europa')",
    ):
        page.locator(".jp-CodeCell:visible .cm-content").last.click()
        page.keyboard.insert_text(cell)
        page.keyboard.press("Shift+Enter")
    page.get_by_text("ParameterError: roster takes one of").wait_for(timeout=60_000)
    page.keyboard.press("Control+s")
    page.get_by_role("dialog").get_by_role("textbox").fill(file.name)
    page.get_by_role("button", name="Rename and Save").click()
    page.get_by_role("tab", name=file.name).wait_for()
    judged, wrong = json.loads(whole(file))["cells"][:2]
    assert "#row=" in json.dumps(judged) and "In the article's scenario" in json.dumps(judged)
    assert len(wrong["outputs"][0]["traceback"]) == 2, "the line and the sentence"
    page.close()
    assert stale(checkout) == []
    told = checkout.run("-m", "helpers.machinery", "check-data")
    assert told.returncode == 0 and "mine" not in told.stdout + told.stderr
