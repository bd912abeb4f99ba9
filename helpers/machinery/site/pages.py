"""Build the pages of a scenario: front page, notebooks, data, sources, the report for mail, and the
tables behind them.
"""

import itertools
import re
import shutil
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from helpers import claims, data, recipe_acts
from helpers.claims import card_html
from helpers.machinery.outputs import manifest
from helpers.machinery.run import background, progress
from helpers.machinery.site import (
    about,
    conclusion_at_the_top,
    data_pages,
    feed_citation_and_embeds,
    front_page,
    notebook_html,
    recipe_in_words,
    rows_in_sentences,
    slider_for_the_script,
    workbook_and_database,
)
from helpers.machinery.site.data_pages import Tables
from helpers.machinery.site.links_to_rows import Place, fold_title
from helpers.machinery.site.notebook_html import TEMPLATES, Content
from helpers.machinery.site.style_scripts_and_policy import (
    SITE,
    TURNING,
    as_csv,
    asset,
    broken,
    policy,
    scripts,
    style,
)
from helpers.tables import day

# rows of a trail up to which each names its source: longer ones would weigh more than the page
# they explain
FEW = 12
# columns that the card of a row tells beside its sentence
BESIDE = ("quoted", "source_id", "verification", "locator", "note")
# columns that the report leaves to the tables: how a figure follows from the words, and the words
# that were searched
LEFT = ("follows", "queries")
USUAL = ("rank", "rank_reason")  # what it leaves out where the row is used like all others
COPIED = "; read in a stored copy of the page"  # most places say so: the report does once
RESERVED = "all rights reserved; fact cited"  # the licence of most sources: the report says it once
PARTS = {  # of front page and report: address and title of what tagged cells tell
    "picture": ("page:pictures", "In pictures"),
    "since": ("page:since", "What has happened since"),
    "finding": ("page:findings", "The numbers behind it"),
    "changed": ("page:changed", "More of what has changed"),
    "beyond": ("page:beyond", "What could be done"),
    "thin": ("page:thin", "What rests on little or on our own bar"),
}
SECTIONS = {"picture": "finding", "since": "changed", "beyond": ""}  # a part, what is folded in it
OWN = "Not the article’s: a reader’s own claims"
BACK = [
    ("page:trails", "Where numbers come from"),
    ("page:rows", "The rows cited"),
    ("page:sources", "Their sources"),
]  # of the report
ICON = (
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'><circle cx='8' cy='8' r='6'"
    " fill='#0072b2'/></svg>"
)


def build(
    folder: Path,
    scenario: str,
    parameters: dict,
    contents: dict[str, Content],
    inputs: dict,
    data_folder: Path = data.DATA,
    moves: dict | None = None,
) -> None:
    """Write every page of a scenario, the tables behind them as CSV and a copy of the data.

    Parameters
    ----------
    folder : Path
        The empty folder.
    scenario : str
        The name of the scenario.
    parameters : dict
        All parameters of the notebooks, with their values.
    contents : dict
        What each notebook gives its page, by its name, in the order of the pages.
    inputs : dict
        The sums of all that the pages are made from, as `manifest.inputs` gave them before the
        first notebook ran.
    data_folder : Path
        The tables and their contract.
    moves : dict or None
        The verdicts in other worlds, as `verdicts_worked_out_ahead.table` gives them, for pages on
        which a reader moves them; left out where the day is not among theirs.
    """
    tables = Tables(data_folder)
    newest = tables.newest()
    run = {
        "scenario": scenario,
        "as_of": day(parameters["as_of"]),
        "early": conclusion_at_the_top.before(parameters["as_of"], data_folder)
        if "events" in tables.rows
        else "",
        "newest": newest and day(newest),
        "inputs": manifest.fingerprint(inputs),
    }
    site = Site(folder, tables, contents, run)
    if moves and parameters["as_of"] in moves["days"]:
        site.moves = slider_for_the_script.told(moves, parameters)
    written = background.Work(site.report_and_data)
    with progress.at_work():
        _rest(site, data_folder)
    written()


def _rest(site: "Site", data_folder: Path) -> None:
    """Write all but the report and the pages of the data."""
    folder, tables, contents = site.folder, site.tables, site.contents
    site.notebooks()
    site.front()
    (folder / "data").mkdir()
    for name in (data.CONTRACT, *(f"{table}.csv" for table in tables.contract)):
        shutil.copyfile(data_folder / name, folder / "data" / name)
    workbook_and_database.write(folder / "data", tables)
    feed_citation_and_embeds.figures(folder / feed_citation_and_embeds.FIGURES, contents.values())
    if site.saved:  # verify takes no empty folder
        (folder / "tables").mkdir()
    for name, cells in site.saved.items():
        (folder / "tables" / f"{name}.csv").write_text(as_csv(cells), "utf-8", newline="")


def comparison(folder: Path, title: str, run: dict[str, str], inputs: dict, html: str) -> None:
    """Write one page that holds what is given, with the rows it cites and their sources.

    Parameters
    ----------
    folder : Path
        The folder, in which the page is index.html.
    title : str
        The title of the page.
    run : dict
        `scenario` and `as_of`, in the words by which the page tells them.
    inputs : dict
        The sums of all that it is made from, as in `build`.
    html : str
        What it holds; its headings, from h1 on, are put one level below the page's own.
    """
    tables = Tables(data.DATA)
    place = Place(tables, {}, report=True)
    body = Markup(place.arrange(notebook_html.clean(html), "compare", shift=1))

    def resting(source: str) -> list[str]:
        return [id for id in tables.resting[source] if id in place.cited]

    newest = tables.newest()
    run = run | {"newest": newest and day(newest), "inputs": manifest.fingerprint(inputs)}
    Site(folder, tables, {}, run).write(
        "index", "compare", title, place, body=body, resting=resting
    )


class Site:
    """The pages of one scenario while they are written."""

    def __init__(self, folder: Path, tables: Tables, contents: dict[str, Content], run: dict):
        self.folder, self.tables, self.contents, self.run = folder, tables, contents, run
        self.moves: slider_for_the_script.Moves | None = None
        version = feed_citation_and_embeds.version(tables)
        self.citing = feed_citation_and_embeds.Citing(version, run["as_of"], run["inputs"])
        self.titles = {name: content.title for name, content in contents.items()}
        self.saved = dict(
            sorted(
                (name, cells)
                for content in contents.values()
                for name, cells in content.tables.items()
            )
        )
        self.places = {name: Place(tables, self.titles) for name in contents}

    def notebooks(self) -> None:
        """A page for each notebook, with the way back and on."""
        names = list(self.contents)
        for number, name in enumerate(names):
            before, after = names[max(number - 1, 0) : number], names[number + 1 : number + 2]
            way = [(f"Back: {self.titles[other]}", f"{other}.html") for other in before] + [
                ("All claims", "index.html")
            ]
            way += [(f"On: {self.titles[other]}", f"{other}.html") for other in after]
            place = self.places[name]
            body = Markup(place.arrange(self.contents[name].tree(), name))
            sections = place.heads + BACK[: len(place.trails) and 1]
            self.write(
                name,
                "page",
                self.titles[name],
                place,
                body=body,
                sections=sections,
                way=way,
                coded=True,
            )

    def front(self) -> None:
        """The front page: every claim, judged or not, and the way to all else. A card's trails are
        those of its notebook's page.
        """
        place = Place(self.tables, self.titles)
        visits = {
            name: Place(
                self.tables,
                self.titles,
                claims=True,
                base=f"{name}.html",
                trails=there.trails,
                labels=place.labels,
            )
            for name, there in self.places.items()
        }
        facts = self.overview(place, visits)
        feed_citation_and_embeds.single_claims(
            self.folder / feed_citation_and_embeds.CLAIMS, facts["entries"], TEMPLATE, self.citing
        )
        fed = feed_citation_and_embeds.feed(
            self.folder / feed_citation_and_embeds.FEED, self.tables, TEMPLATE
        )
        sections = [*facts.pop("sections"), ("page:data", "To take along")]
        self.write(
            "index",
            "front",
            SITE,
            place,
            **facts,
            sections=sections,
            feed=feed_citation_and_embeds.FEED if fed else "",
            downloads=about.downloads(self.tables),
        )

    def overview(self, place: Place, visits: dict[str, Place]) -> dict:
        """What front page and report have in common: every claim, what the notebooks tell of all of
        them, and what the pages are.
        """
        told = {
            tag: []
            if place.report and tag in SECTIONS.values()  # it holds the notebooks that tell them
            else front_page.told(tag, self.contents, visits, place)
            for tag in notebook_html.TOLD
        }
        every = front_page.entries(self.tables, self.contents, visits)
        entries = [entry for entry in every if not entry.own]
        own = [entry for entry in every if entry.own]
        sections = [
            ("page:claims", "The article, phrase by phrase"),
            *[("page:own", OWN)] * bool(own),
            *(
                PARTS[tag]
                for tag, under in SECTIONS.items()
                if told[tag] or (told.get(under) and not place.report)
            ),
            ("page:about", "Who made this, and how"),
        ]
        worked = self.tables.worked_on()
        return {
            "told": told,
            "worked": worked and day(worked),
            "came_out": about.came_out(self.tables),
            "parts": PARTS,
            "entries": every,
            "own": own,
            "own_title": OWN,
            "concluded": front_page.concluded(entries, place, self.run["early"]),
            "firm": front_page.firm(entries, place),
            "barred": front_page.barred(entries, place),
            "alone": front_page.by_reading_alone(
                entries, self.moves.read if self.moves else {}, place
            ),
            "revised": front_page.revised(place),
            "paragraphs": front_page.paragraphs(entries),
            "citing": self.citing,
            "tally": front_page.tally(entries, place),
            "sections": sections,
            "moves": self.moves,
            "verdicts": claims.WORDS,
            "glossary": about.GLOSSARY,
            "uncounted": about.uncounted(self.tables),
            "described": about.described(self.tables, entries, alone=place.report),
        }

    def report_and_data(self) -> None:
        """What takes about as long as all the rest."""
        self.report()
        self.data()

    def data(self) -> None:
        """The list of the tables, a page for each, and the sources with what rests on them."""
        self.write(
            "data",
            "data",
            "The data",
            Place(self.tables, self.titles),
            saved=self.saved,
            grades=data.GRADES,
        )
        way = [("All tables", "data.html"), ("All claims", "index.html")]
        for name, facts in self.tables.contract.items():
            self.write(
                f"data-{name}",
                "table",
                facts["title"],
                Place(self.tables, self.titles),
                of=name,
                way=way,
            )
        self.write(
            "sources",
            "sources",
            "The sources",
            Place(self.tables, self.titles),
            resting=self.tables.resting.get,
            way=way,
        )

    def report(self) -> None:
        """Everything in one file: front page, notebooks, and of rows and sources those that are
        cited.
        """
        place = Place(self.tables, self.titles, report=True, claims=True)
        facts = self.overview(place, dict.fromkeys(self.contents, place))
        place.before = len(place.trails)
        bodies = {
            name: Markup(place.arrange(content.tree(), name, shift=1))
            for name, content in self.contents.items()
        }

        def resting(source: str) -> list[str]:
            return [id for id in self.tables.resting[source] if id in place.cited]

        sections = [
            *facts.pop("sections"),
            ("page:chapters", "The chapters"),
            *((f"{name}:", words) for name, words in self.titles.items()),
            *BACK,
        ]
        self.write(
            "report",
            "report",
            SITE,
            place,
            **facts,
            bodies=bodies,
            resting=resting,
            sections=sections,
        )

    def write(self, name: str, template: str, title: str, place: Place, **facts) -> None:
        """Render one page into the folder; control characters that turn text round are shown by
        their code.

        Parameters
        ----------
        name : str
            The page: its file without .html.
        template : str
            Its template without .html.j2.
        title : str
            Its title.
        place : Place
            The page as content stands on it.
        **facts : Any
            What its template asks for beside what every page has.
        """
        menu = (
            []
            if place.report
            else [
                ("Claims", "index.html"),
                ("Data", "data.html"),
                ("Sources", "sources.html"),
                ("One file", "report.html"),
            ]
        )
        facts = {"sections": [], "way": [], "coded": False, "described": "", **self.run, **facts}
        page = TEMPLATE.get_template(f"{template}.html.j2").render(
            kind=template,
            title=title,
            place=place,
            tables=self.tables,
            menu=menu,
            notebooks={} if place.report else self.titles,
            home="" if name in ("index", "report") else "index.html",
            **facts,
        )
        if place.report:
            page = unquoted(page)
        (self.folder / f"{name}.html").write_text(
            TURNING.sub(lambda sign: f"[U+{ord(sign[0]):04X}]", page), "utf-8", newline=""
        )


def unquoted(page: str) -> str:
    """A page without the marks of quotation that its values do not need and with those of its text
    as they are, scripts and styles apart: thousands of links are lighter by them. Links to the web
    need no word on the referrer where the page gives none, and open no window.
    """

    def lighter(tag: re.Match) -> str:
        if tag[1]:
            return tag[0]
        if not tag[0].startswith("<"):
            return tag[0].replace("&#39;", "'").replace("&#34;", '"')
        bare = tag[0].replace(' rel="noreferrer noopener"', "")
        return re.sub(r'( [a-z-]+=)"([\w#:.-]+)"(?=[ >])', r"\1\2", bare)

    parts = r"<(script|style)\b.*?</\1>|<[a-z][^<>]*>|(?<=>)[^<>]+"
    return re.sub(parts, lighter, page, flags=re.DOTALL)


def fields(tables: Tables, name: str, row: dict, untold: bool) -> list[str]:
    """The columns of a row that hold something, that of its id left out.

    Parameters
    ----------
    tables : Tables
        The tables, for their columns.
    name : str
        The table of the row.
    row : dict
        Its cells by column.
    untold : bool
        Whether only those are wanted that its card has not told and the report does not leave to
        the tables.
    """
    key = tables.key(name)
    columns = [column["name"] for column in tables.columns(name)]
    filled = [column for column in columns if column != key and data_pages.shown(row[column])]
    if not untold:
        return filled
    told = rows_in_sentences.told_in(name)
    ends = [recipe_acts.end_column(row, each, end) for each in told for end in ("low", "high")]
    left_out = {*BESIDE, *LEFT, *told, *ends}
    if row.get("rank") == "default":
        left_out |= set(USUAL)
    return [column for column in filled if column not in left_out]


def by_stem(ids: Iterable[str]) -> list[tuple[str, list[str]]]:
    """Row ids by all of them before the last slash, in their order."""
    return [
        (stem, list(group))
        for stem, group in itertools.groupby(ids, lambda id: id[: id.rfind("/") + 1])
    ]


TEMPLATE = Environment(
    loader=FileSystemLoader(TEMPLATES),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
TEMPLATE.globals.update(
    site=SITE,
    few=FEW,
    fold_title=fold_title,
    by_stem=by_stem,
    fields=fields,
    reserved=RESERVED,
    copied=COPIED,
    sentence=rows_in_sentences.sentence,
    how_sure=rows_in_sentences.how_sure,
    number_of=rows_in_sentences.number_of,
    main=recipe_acts.MAIN,
    cell_in_words=recipe_in_words.cell,
    icon="data:image/svg+xml," + quote(ICON),
    style=style(),
    script=scripts(),
    policy=policy(style(), scripts()),
    broken=broken,
    claim_style=asset("claim.css"),
    claim_policy=policy(asset("claim.css"), ""),
    together=workbook_and_database.FILES,
    shown=data_pages.shown,
    web=data_pages.web,
    day=day,
    known_as=data.known_as,
    said=recipe_in_words.text,
    capital=card_html.sentence_case,
    how=recipe_in_words.words,
    largest=recipe_in_words.largest,
    ends=recipe_in_words.ends,
    span=recipe_in_words.span,
    named=recipe_in_words.named,
)
