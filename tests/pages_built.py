"""Notebooks made here, and pages built from them or from the committed ones."""

import functools
import json
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
from bs4 import BeautifulSoup, Tag
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from helpers import charts, claims, data, notebook_parameters, quantities, tables
from helpers.machinery.outputs import manifest, replace_outputs_whole
from helpers.machinery.site import notebook_html, pages

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"'
    ' fill="#ffffff"/></svg>'
)
ALT = "Bar chart in aircraft: France 13, the pool 2; a line marks the article's number."
THIRTEEN = (
    '<data class="quantity" value="13" data-how="cell in_service: tanker/fra/2025-12"'
    ' data-rows="tanker/fra/2025-12">13</data>'
)
FIGURE = {
    "name": "fleets",
    "alt": ALT,
    "source": "Sources: Government. As of 20 December 2025.",
    "rows": ["tanker/fra/2025-12"],
    "caption": "Fleets",
    "columns": ["", "aircraft"],
    "table": [["France", THIRTEEN]],
}
ARTICLES = "section.claims:not(.own)"  # without claims that are a reader's own
HOSTILE = (  # in every text cell that a rule leaves free
    "</script><!--<script>hacked = 1</script><img src=x onerror='hacked = 1'>\u202egnp.exe"
)


def result(value):
    """An output of a cell as the kernel makes it of a value of helpers."""
    bundle = (
        value._repr_mimebundle_()
        if hasattr(value, "_repr_mimebundle_")
        else {"text/html": value._repr_html_(), "text/plain": str(value)}
    )
    return new_output("execute_result", bundle, execution_count=1)


def shown(html: str):
    return new_output("display_data", {"text/html": html, "text/plain": "…"})


def figure(svg: str = SVG, **changed):
    facts = {name: value for name, value in (FIGURE | changed).items() if value is not None}
    return new_output("display_data", {"image/svg+xml": svg, "text/plain": ALT, charts.MIME: facts})


def cell(source: str, *outputs, tags: tuple = ()):
    return new_code_cell(
        source, execution_count=1, outputs=list(outputs), metadata={"tags": list(tags)}
    )


def notebook(*cells, title: str = "# How many tankers are there?"):
    return new_notebook(
        cells=[new_markdown_cell(title), cell('as_of = "2025-12-20"', tags=("parameters",)), *cells]
    )


def verdict(folder: Path, claim: str, holds=(True, False)) -> claims.Verdict:
    """A verdict on a claim of the tiny data, as if its readings had come to these outcomes, the one
    as meant last.
    """
    world = data.World(folder=folder)
    rows = world.table("capabilities").loc[["tanker/fra/2025-12", "tanker/usa/2025-12"]]
    number = quantities.total(rows, "in_service", "aircraft")
    readings = data.load("readings", folder).query("claim == @claim").sort_values("as_worded")
    found = [
        claims.Reading(
            {row["choice"]: row["option"]},
            (id,),
            row["as_worded"] == "yes",
            True,
            claims.Outcome(outcome, number, number.rows),
        )
        for (id, row), outcome in zip(readings.iterrows(), holds, strict=True)
    ]
    row = data.load("claims", folder).loc[claim].to_dict()
    made = claims.Verdict(row, world, tuple(found), claims.weigh(found))
    vars(made)["tip"] = None  # the tiny readings are invented: no rule could try them
    return made


def fleets(folder: Path):
    """A sentence whose numbers have recipes of every kind."""
    rows = data.load("capabilities", folder).loc[["tanker/fra/2025-12", "tanker/pool/2025-03"]]
    usa = quantities.cell(
        data.load("capabilities", folder), "tanker/usa/2025-12", "in_service", "aircraft"
    )
    ours = quantities.total(rows, "in_service", "aircraft")
    fuel = quantities.cell(data.load("parameters", folder), "fuel/a330", "base", "kg")
    every = quantities.total(
        data.load("capabilities", folder).loc[["tanker/gbr/2025-03", "tanker/pool/2025-03"]],
        "in_service",
    )
    return tables.say(
        "There are {ours}, of {fleets} fleets, {ratio} to one; a share of {share}; {fuel} kg;"
        " {known}; seen {day}.",
        ours=ours,
        fleets=quantities.count(rows),
        ratio=quantities.ratio(usa, ours),
        share=quantities.share(ours, quantities.add(ours, usa)),
        fuel=quantities.scaled(ours, fuel, "kg"),
        known=every,
        day=tables.Row("tanker/pool/2025-03", "10 March 2025"),
    )


def notebooks(folder: Path) -> dict:
    """Two notebooks on the tiny data, with one output of every kind."""
    rows = data.load("capabilities", folder).loc[["tanker/fra/2025-12", "tanker/usa/2025-12"]]
    lines = [
        {"fleet": tables.Row(id, row["type"]), "aircraft": quantities.cell(rows, id, "in_service")}
        for id, row in rows.iterrows()
    ]
    plain = new_output("execute_result", {"text/plain": "'<b>plain</b>'"}, execution_count=1)
    first = notebook(
        new_markdown_cell("## The answer\n\nA share is $\\frac{a}{b}$, `$not$`."),
        new_markdown_cell("On to [the members](01-membership.ipynb), or [a file](../README.md)."),
        cell("fleets", result(fleets(folder))),
        new_markdown_cell("## What is a tanker?"),
        cell("judge", result(verdict(folder, "C24"))),
        cell(
            "draw",
            shown('<p class="figure-title">France has the most</p>'),
            figure(),
            tags=("picture",),
        ),
        cell(
            "table",
            result(tables.show(lines, "Two fleets")),
            new_output("stream", name="stdout", text="a < b\n"),
        ),
        cell(
            "frame",
            result(
                pd.DataFrame(
                    {f"column {name}": ["a few words", "2025-12-20"] for name in "abcdefghijkl"},
                    index=["x", "y"],
                )
            ),
        ),
        cell("plain", plain, new_output("display_data", {"text/markdown": "*read*"})),
        cell(
            "other",
            new_output("display_data", {"text/latex": "$x^2$"}),
            new_output("display_data", {"application/json": {"a": "<i>"}}),
        ),
    )
    second = notebook(
        cell("judge", result(verdict(folder, "C02", (True, True)))),
        cell(
            "found",
            result(
                tables.say(
                    "France has {n} tankers.",
                    n=quantities.cell(rows, "tanker/fra/2025-12", "in_service"),
                )
            ),
            tags=("finding",),
        ),
        title="# Who takes part?",
    )
    third = notebook(
        cell("found", result(fleets(folder)), tags=("finding",)),
        cell(
            "changed",
            result(tables.show(lines, "What moved")),
            shown("<h2>Why</h2><p>It is said.</p>"),
            tags=("changed",),
        ),
        cell("beyond", result(tables.say("More could be bought.")), tags=("other", "beyond")),
        cell("more", result(verdict(folder, "C02", (True, True))), tags=("beyond",)),
        title="# What does it come to?",
    )
    return {"01-membership": second, "06-refuelling": first, "09-verdicts": third}


def records(of: dict) -> list[dict]:
    """The verdicts in the outputs of notebooks."""
    outputs = [
        output.get("data", {})
        for each in of.values()
        for cell in each.cells
        for output in cell.get("outputs", [])
    ]
    return [output[claims.MIME] for output in outputs if claims.MIME in output]


def built(folder: Path, data_folder: Path, of: dict | None = None) -> Path:
    """A folder with the pages of these notebooks, and the verdicts that a run puts beside them."""
    folder.mkdir(parents=True, exist_ok=True)
    of = of or notebooks(data_folder)
    contents = {name: notebook_html.read(name, notebook) for name, notebook in of.items()}
    pages.build(
        folder, "article", notebook_parameters.DEFAULTS, contents, manifest.inputs(), data_folder
    )
    (folder / "claims.json").write_text(replace_outputs_whole.as_json(records(of)), "utf-8")
    return folder


def hostile(folder) -> None:
    """Write active markup into every cell of a data folder that the contract leaves free."""
    for table in [path.stem for path in folder.path.glob("*.csv")]:
        columns = data.columns(table, folder.path)
        lists = {
            link["fields"][0]
            for link in data.contract(folder.path)[table]["schema"].get("foreignKeys", [])
        }
        free = [
            name
            for name, column in columns.items()
            if column["type"] == "string"
            and name not in lists
            and "list_of" not in column
            and not {"enum", "pattern"} & set(column.get("constraints", {}))
            and name not in ("stated", "type", "published", "accessed")
        ]
        folder.write(table, [row | dict.fromkeys(free, HOSTILE) for row in folder.rows(table)])
    folder.put("sources", "paper-2025-03", url="javascript:hacked=1")
    folder.put("sources", "book", url='https://user:secret@x.example/"onmouseover=hacked=1')


@dataclass(repr=False)  # pytest would print all pages of a test that fails
class Made:
    """Built pages, and what they were built from."""

    folder: Path
    data: Path
    notebooks: dict
    edited: tuple[str, ...] = ()  # the notebooks whose pages alone are read, if not all
    apart: tuple[str, ...] = ()  # pages that are not read with the others
    parsed: dict[str, BeautifulSoup] = field(default_factory=dict)
    named: dict[str, dict[str, Tag]] = field(default_factory=dict)

    @functools.cached_property
    def pages(self) -> dict[str, BeautifulSoup]:
        found = [page for page in sorted(self.folder.glob("*.html")) if page.stem not in self.apart]
        wanted = [page for page in found if not self.edited or page.stem in self.edited]
        return {page.name: self.page(page.stem) for page in wanted}

    @functools.cached_property
    def told(self) -> list[tuple]:
        from pages_recounted import numbers_told as told_on

        return list(told_on(self))

    def page(self, name: str) -> BeautifulSoup:
        if name not in self.parsed:
            self.parsed[name] = read(self.folder / f"{name}.html")
        return self.parsed[name]

    def places(self, name: str) -> dict[str, Tag]:
        """The elements of a page by their ids."""
        if name not in self.named:
            self.named[name] = {each["id"]: each for each in self.page(name).find_all(id=True)}
        return self.named[name]


def read(page: Path) -> BeautifulSoup:
    return BeautifulSoup(page.read_text("utf-8"), "html.parser")


def build_one(tmp_path: Path, place, *cells) -> BeautifulSoup:
    return read(
        built(tmp_path / "one", place.path, {"06-refuelling": notebook(*cells)})
        / "06-refuelling.html"
    )


def words_of(element) -> str:
    return " ".join(element.get_text().split())


def row_of(card) -> str:
    """The id of the row that a card of the report is."""
    more = card.details
    words = more.get_text().removeprefix(more.summary.string) if more else card.i.string
    return words.removeprefix("Row ").split(" · ")[0]


# What the pages say of themselves, to people and to machines.


def graph(page: BeautifulSoup) -> list[dict]:
    """What a page says to machines: the data set, then the reviews of claims."""
    (script,) = page.find_all("script", type="application/ld+json")
    return json.loads(script.string)["@graph"]
