"""Build the pages of a scenario: front page, notebooks, data, sources, the report for mail, and the tables behind them."""

import base64
import csv
import hashlib
import io
import re
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from nbformat import NotebookNode

from helpers import data
from helpers.machinery import content, front, rows, trails
from helpers.machinery.content import TEMPLATES, Content
from helpers.machinery.links import Place
from helpers.machinery.rows import Tables
from helpers.tables import day

SITE = "Willing and Able?"
FEW = 12  # rows of a trail up to which each names its source: longer ones would weigh more than the page they explain
TURNING = {code: f"[U+{code:04X}]" for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C)}  # reverse text
ICON = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'><circle cx='8' cy='8' r='6' fill='#0072b2'/></svg>"


def build(folder: Path, scenario: str, parameters: dict, notebooks: dict[str, NotebookNode], data_folder: Path = data.DATA) -> None:
    """Write every page of a scenario, and the tables behind them as CSV, into an empty folder.

    Raises ContentError, a ValueError that names notebook and figure, where something cannot be shown.
    """
    tables = Tables(data_folder)
    contents = {name: content.read(name, notebook) for name, notebook in notebooks.items()}
    newest = tables.newest()
    site = Site(folder, tables, contents, {"scenario": scenario, "as_of": day(parameters["as_of"]), "newest": newest and day(newest)})
    site.notebooks()
    site.front()
    site.data()
    site.report()
    (folder / "tables").mkdir()
    for name, cells in site.saved.items():
        (folder / "tables" / f"{name}.csv").write_text(as_csv(cells), "utf-8", newline="")


class Site:
    """The pages of one scenario while they are written."""

    def __init__(self, folder: Path, tables: Tables, contents: dict[str, Content], run: dict):
        self.folder, self.tables, self.contents, self.run = folder, tables, contents, run
        self.titles = {name: of.title for name, of in contents.items()}
        self.saved = dict(sorted((name, cells) for of in contents.values() for name, cells in of.tables.items()))
        self.places = {name: Place(tables, self.titles) for name in contents}

    def notebooks(self) -> None:
        """A page for each notebook, with the way back and on."""
        names = list(self.contents)
        for number, name in enumerate(names):
            before, after = names[max(number - 1, 0) : number], names[number + 1 : number + 2]
            way = [(f"Back: {self.titles[other]}", f"{other}.html") for other in before] + [("All claims", "index.html")]
            way += [(f"On: {self.titles[other]}", f"{other}.html") for other in after]
            place = self.places[name]
            body = place.arrange(self.contents[name].html, name)
            self.write(name, "page", self.titles[name], place, body=body, sections=place.sections(body), way=way)

    def front(self) -> None:
        """The front page: every claim, judged or not, and the way to all else. A card's trails are those of its notebook's page."""
        place = Place(self.tables, self.titles)
        visits = {name: Place(self.tables, self.titles, base=f"{name}.html", trails=there.trails) for name, there in self.places.items()}
        entries = front.entries(self.tables, self.contents, visits)
        self.write("index", "front", SITE, place, entries=entries, tally=front.tally(entries, place))

    def data(self) -> None:
        """The list of the tables, a page for each, and the sources with the rows that rest on them."""
        self.write("data", "data", "The data", Place(self.tables, self.titles), saved=self.saved, grades=rows.GRADES)
        way = [("All tables", "data.html"), ("All claims", "index.html")]
        for name, facts in self.tables.contract.items():
            self.write(f"data-{name}", "table", facts["title"], Place(self.tables, self.titles), name=name, way=way)
        self.write("sources", "sources", "The sources", Place(self.tables, self.titles), resting=self.tables.resting.get, way=way)

    def report(self) -> None:
        """Everything in one file: front page, notebooks, and of rows and sources those that are cited."""
        place = Place(self.tables, self.titles, report=True)
        entries = front.entries(self.tables, self.contents, dict.fromkeys(self.contents, place))
        facts = {"entries": entries, "tally": front.tally(entries, place)}
        bodies = {name: Markup(place.arrange(of.html, name, shift=1)) for name, of in self.contents.items()}
        cited = lambda: [(name, ids) for name, of in self.tables.rows.items() if (ids := [id for id in of if id in place.cited]) and name != "sources"]
        used = lambda: [id for id in self.tables.rows["sources"] if id in place.cited]
        sections = [("page:claims", "Claim by claim"), *((f"{name}:", words) for name, words in self.titles.items())]
        self.write("report", "report", SITE, place, bodies=bodies, cited=cited, used=used, sections=sections, **facts)
