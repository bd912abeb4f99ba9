"""Give safe HTML its place on a page: numbers lead to rows or trails, headings and verdicts get
addresses, tables a scroll box.
"""

import json
import re
from dataclasses import dataclass, field
from typing import Any

from bs4 import BeautifulSoup, Tag
from markupsafe import Markup, escape

from helpers import data
from helpers.machinery.site import data_pages, notebook_html, recipe_in_words
from helpers.machinery.site.notebook_html import ContentError, slug
from helpers.machinery.site.style_scripts_and_policy import broken
from helpers.recipe_acts import Book, Recipe, parse

# characters up to which a cell keeps to one line: a date or a type name torn in two is hard to read
SHORT = 16
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
IN_NO_CELL = (  # acts whose number stands in no cell: also that of one row is told how it was made
    "chosen",
    "multiple",
    "tips",
    "opens",
    "tried",
    "with",
    "alone",
    "altogether",
)


def fold_title(claim: str) -> str:
    """What the front page calls what it folds under a claim."""
    return f"Why, how firm, what flips {claim}"


@dataclass(frozen=True)
class Trail:
    """A number made from several rows, as it is listed at the foot of a page."""

    number: int
    words: str
    recipe: Recipe


@dataclass
class Place:
    """A page on which content stands, and what leads on from there.

    pages   titles of the notebooks that have a page, by name
    report  whether everything stands in this one page
    claims  whether the page has an entry for each claim, to which the claim's name leads
    base    the page that lists the trails, where that is another one
    trails  the numbers made from several rows, by recipe and words
    before  how many of them stand before the notebooks in the report: their notes name each row
    cited   ids of the rows that links lead to
    shortened  their addresses in the report
    drawn   what the figures drawn here show
    labels  names of the scroll boxes, each given once
    listed  where the page lists what a recipe is made of, so that it does so once
    told    ids of the rows that the page has named with their sources
    heads   address and words of each section that was arranged here
    book    the recipes of the page's numbers, none of them twice
    """

    tables: data_pages.Tables
    pages: dict[str, str]
    report: bool = False
    claims: bool = False
    base: str = ""
    trails: dict[tuple[str, str], Trail] = field(default_factory=dict)
    before: int = 0
    cited: set[str] = field(default_factory=set)
    shortened: dict[str, str] = field(default_factory=dict)
    drawn: set[str] = field(default_factory=set)
    labels: set[str] = field(default_factory=set)
    listed: dict[str, str] = field(default_factory=dict)
    told: set[str] = field(default_factory=set)
    heads: list[tuple[str, str]] = field(default_factory=list)
    book: Book = field(default_factory=Book)

    def page(self, name: str, part: str = "") -> str:
        """The address of a page of the site, or of a part of it."""
        if self.report:
            return f"#{name}:{part}" if part else f"#{name}:"
        return f"{name}.html#{part}" if part else f"{name}.html"

    def row(self, id: str) -> str:
        """The address of a row."""
        self.cited.add(id)
        if self.report:
            return f"#{self.short(id)}"
        table = self.tables.table_of[id]
        page = "sources.html" if table == "sources" else f"data-{table}.html"
        return f"{page}#{data_pages.anchor(id)}"

    def short(self, id: str) -> str:
        """The address of a row within the report, where thousands of links lead to rows."""
        return self.shortened.setdefault(id, f"r{len(self.shortened) + 1}")

    def reaches(self, id: str) -> bool:
        """Whether a row that another one names can be led to from here: the report holds only what
        is cited, and all its sources.
        """
        table = self.tables.table_of.get(id)
        return table is not None and (not self.report or table == "sources" or id in self.cited)

    def reference(self, id: str) -> Markup:
        """The id of a row that another one names, which leads there from where it can."""
        words = escape(id) if self.report else broken(id)
        return (
            Markup('<a href="{}">{}</a>').format(self.row(id), words) if self.reaches(id) else words
        )

    def cell(self, table: str, column: str, value: Any) -> Markup:
        """A cell as its table has it: what it names leads there.

        Parameters
        ----------
        table, column : str
            Where it stands.
        value : Any
            What stands there.
        """
        words = data_pages.shown(value)
        if ids := self.tables.referred(table, column, words):
            return Markup(" ").join(map(self.reference, ids))
        if data_pages.web(words):
            return Markup('<a href="{0}" rel="noreferrer noopener">{0}</a>').format(words)
        return escape(words)

    def cited_rows(self) -> list[tuple[str, list[str]]]:
        """The rows that links lead to, by table, sources left out."""
        by_table = [
            (name, [id for id in rows if id in self.cited])
            for name, rows in self.tables.rows.items()
            if name != "sources"
        ]
        return [(name, ids) for name, ids in by_table if ids]

    def cited_sources(self) -> list[str]:
        """The sources that links lead to."""
        return [id for id in self.tables.rows["sources"] if id in self.cited]

    def arrange(
        self, html: str | BeautifulSoup, name: str, shift: int = 0, addressed: bool = True
    ) -> BeautifulSoup:
        """The HTML of a notebook as it stands here.

        Parameters
        ----------
        html : str or BeautifulSoup
            The HTML, or a part of it; a tree is changed.
        name : str
            The notebook, or the page where it is of none.
        shift : int
            By how many levels its headings are lowered.
        addressed : bool
            Whether its headings and verdicts get the addresses that links to them use: once a page.
        """
        soup = BeautifulSoup(html, "html.parser") if isinstance(html, str) else html
        if self.report:  # code is for reading; the notebooks' pages have it
            for code in [pre for pre in _tags(soup, "pre") if "code" in _classes(pre)]:
                code.decompose()
        prefix = f"{name}:" if self.report else ""
        sections = self._head(soup, prefix, shift, addressed)
        for link in _tags(soup, "a"):
            self._lead(link, sections)
        if addressed:
            self._address(soup, prefix)
        self._quote(soup, name)
        tried = [part for part in _tags(soup, "section") if "explorer" in _classes(part)]
        for explorer in tried:
            for answer in _tags(explorer):
                if _attribute(answer, "data-how").startswith(("with ", "chosen ")):
                    answer.unwrap()  # hundreds, each the number of the page with other inputs
        for element in _tags(soup):
            if "data-rows" in element.attrs:
                self._link(element, name)
        for explorer in tried:
            for number in _tags(explorer):
                if "data-rows" in number.attrs and number.parent and number.parent.name == "a":
                    number.unwrap()
        for table in _tags(soup, "table"):
            self._tile(table, apart=not addressed)
            self._box(table)
        for figure in _tags(soup, "figure"):
            self._offer(figure)
        for caption in _tags(soup, "figcaption"):
            self._source(caption)
        if self.report:
            self._lighten(soup, addressed)
        for wide in _tags(soup, "pre", "math"):
            if wide.name == "pre" or wide.get("display") == "block":
                wide["tabindex"] = "0"
        return soup

    def _address(self, soup: BeautifulSoup, prefix: str) -> None:
        """Give the first card of each claim the address that links to it use, and no other part."""
        cards: dict[str, Tag] = {}
        for card in _cards(soup):
            cards.setdefault(prefix + _attribute(card, "data-claim"), card)
        known = {prefix + claim for claim in self.tables.rows["claims"]}
        for other in _tags(soup):
            if other.get("id") in known & cards.keys():
                del other["id"]
        for address in known & cards.keys():
            cards[address]["id"] = address

    def _head(
        self, soup: BeautifulSoup, prefix: str, shift: int, addressed: bool
    ) -> dict[str, str]:
        """Give every heading the next level at most and perhaps an address; the addresses by what
        JupyterLab calls them.
        """
        sections, taken, level = {}, set(), shift
        for head in _tags(soup, *HEADINGS):
            words = head.get_text()
            level = min(int(head.name[1]) + shift, level + 1, 6)
            head.name = f"h{level}"
            if not addressed or head.find_parent("section", class_="verdict"):
                continue  # a verdict has an address of its own
            id = prefix + slug(words)
            while id in taken:
                id += "-again"
            taken.add(id)
            head["id"] = sections[words.strip().replace(" ", "-")] = id
            if level == 2:
                self.heads.append((id, words))
        return sections

    def _quote(self, soup: BeautifulSoup, name: str) -> None:
        """Mark what is the article's and not ours: its figures in the notebook's prose, its claims
        in tables.
        """
        stated = [
            claim for claim in self.tables.rows["claims"].values() if claim["notebook"] == name
        ]
        words = " ".join(
            claim["quoted"] if "-" in claim["stated"] else f"{claim['quoted']} {claim['stated']}"
            for claim in stated
        )
        figure = re.compile(
            r"\b(" + ("|".join(sorted(set(re.findall(r"\d+", words)))) or "(?!)") + r")\b"
        )
        for text in [
            text
            for prose in _tags(soup)
            if "prose" in _classes(prose)
            for text in prose.find_all(string=figure)
        ]:
            if not text.find_parent(["code", "pre", "math"]):
                text.replace_with(
                    *(
                        _article(piece) if place % 2 else piece
                        for place, piece in enumerate(figure.split(text))
                    )
                )
        claims = {claim["claim"] for claim in self.tables.rows["claims"].values()}
        for cell in _tags(soup, "td"):
            if cell.string in claims:
                _add_class(cell, "claim")

    def _lead(self, link: Tag, sections: dict[str, str]) -> None:
        """Make a link lead to the web, a section or another notebook's page; leave its words where
        there is no such thing.
        """
        target = _attribute(link, "href")
        notebook = target.partition(".ipynb")[0]
        if data_pages.web(target):
            link["rel"] = "noreferrer noopener"
        elif target.startswith("#") and target[1:] in sections:
            link["href"] = "#" + sections[target[1:]]
        elif notebook in self.pages and notebook != target:
            link["href"] = self.page(notebook)
        else:
            link.unwrap()

    def _link(self, element: Tag, name: str) -> None:
        """Wrap an element in a link to its row, or to the trail that lists its rows and how they
        made it.
        """
        ids = _attribute(element, "data-rows").split()
        strange = [id for id in ids if id not in self.tables.table_of]
        if strange:
            raise ContentError(
                f"{name}: {element.get_text()[:60]!a} names the row {strange[0]!a}, which no table"
                " holds"
            )
        how = _attribute(element, "data-how") or Recipe("rows", rows=tuple(ids)).text
        act = self._followed(how, element.get_text(), name).act
        if not ids or any(parent.name == "a" for parent in element.parents):
            return
        kind = "row" if "row" in _classes(element) else "quantity"
        link = Tag(name="a", attrs={"class": kind})
        if kind == "row" and self.claims and self.tables.table_of[ids[0]] == "claims":
            link["href"] = f"#claim:{ids[0]}"
        elif len(ids) == 1 and act not in IN_NO_CELL:
            link["href"] = self.row(ids[0])
        else:
            number = self._trail(how, element.get_text(), name)
            link["href"] = f"#t{number}" if self.report else f"{self.base}#trail-{number}"
            if not self.base and not self.report:
                link["data-trail"] = str(number)  # the mark of the note, on paper
            element.attrs.pop("data-how", None)
            element["data-rows"] = ""  # the trail names them
        element.wrap(link)

    def _trail(self, how: str, words: str, name: str) -> int:
        """The note under which a number is listed; the same words by the same recipe are listed
        once.
        """
        if (how, words) not in self.trails:
            recipe = self._followed(how, words, name)
            self.trails[how, words] = Trail(len(self.trails) + 1, words, recipe)
        return self.trails[how, words].number

    def printed(self, recipe: Recipe) -> str:
        """The number that the page tells by a recipe, without its range; empty if it tells none."""
        plain = (words for how, words in self.trails if how == recipe.text)
        return next((words for words in plain if re.fullmatch(r"[\d.,]+", words)), "")

    def _followed(self, how: str, words: str, name: str) -> Recipe:
        """The recipe of a number, followed through the tables; ContentError where it cannot be."""
        try:
            recipe = parse(how)
            recipe_in_words.number(recipe, self.tables)
        except (ValueError, KeyError, TypeError) as error:
            raise ContentError(
                f"{name}: {words[:60]!a} was made in a way that cannot be followed,"
                f" {how[:80]!a} ({error})"
            ) from None
        return recipe

    def recipes(self) -> Markup:
        """The book as JSON, for whoever recounts the page's numbers."""
        lines = json.dumps(self.book.lines, ensure_ascii=False)
        return Markup(lines.replace("<", "\\u003c"))

    def above(self, how: str) -> str:
        """Where a recipe is listed already; nothing the first time, when it gets an address."""
        if how in self.listed:
            return self.listed[how]
        self.listed[how] = f"m{len(self.listed) + 1}"
        return ""

    def first(self, id: str) -> bool:
        """Whether a row is asked about for the first time, and so told with its source."""
        known = id in self.told
        self.told.add(id)
        return not known

    def label(self, words: str) -> str:
        """The name of a scroll box, unlike all others of the page."""
        name = next(
            name
            for n in range(1, 10_000)
            if (name := words if n == 1 else f"{words}, {n}") not in self.labels
        )
        self.labels.add(name)
        return name

    def _lighten(self, soup: BeautifulSoup, addressed: bool) -> None:
        """Leave out what makes one file heavy: how a number was made, where its link leads to it;
        of each figure the twins for dark pages, which the drawing then is by itself; and of a
        verdict in a notebook all but its line, where the front page has it whole.
        """
        for card in _cards(soup) if addressed and self.claims else ():
            for part in card.find_all(["dl", "details"], recursive=False):
                part.decompose()
            claim = _attribute(card, "data-claim")
            whole = Tag(name="a", attrs={"href": f"#claim:{claim}"})
            whole.string = fold_title(claim)
            card.append(whole)
        for number in _tags(soup, "data", "span"):
            shown = number.name == "data" or "data-rows" in number.attrs
            if shown and number.parent and number.parent.name == "a":
                number.unwrap()
        for link in _tags(soup, "a"):
            if {"quantity", "row"} & set(_classes(link)):
                del link["class"]  # the style knows them by where they lead
        for picture in _tags(soup, "picture"):
            for twin in _tags(picture, "source"):
                if "dark" in _attribute(twin, "media"):
                    twin.decompose()
            for drawing in _tags(picture, "source", "img"):
                name = "srcset" if drawing.name == "source" else "src"
                drawing[name] = notebook_html.both(_attribute(drawing, name))
            alt = _attribute(picture.img, "alt") if picture.img else ""
            if addressed and alt in self.drawn:
                above = Tag(name="a", attrs={"href": "#page:pictures"})
                above.string = "The picture stands further up, among the four at the beginning."
                for other in (
                    *picture.find_previous_siblings("p"),
                    *picture.find_next_siblings("div"),
                ):
                    other.decompose()  # the tiles and what is said of them
                picture.replace_with(above)
            self.drawn.add(alt)

    def _offer(self, figure: Tag) -> None:
        """Put links to a figure's files beneath it, where there are files beside the page."""
        saved = figure.attrs.pop("data-saved", None)
        if not saved or self.report:
            return
        line = Tag(name="p", attrs={"class": "save"})
        line.append("This figure as ")
        for place, kind in enumerate(("svg", "png")):
            link = Tag(name="a", attrs={"href": f"figures/{saved}.{kind}"})
            link.string = kind.upper()
            line.extend([" or ", link] if place else [link])
        figure.append(line)

    def _source(self, caption: Tag) -> None:
        """Make each publisher that a figure names lead to a row that it published: one that the
        page leads to already, if there is one.
        """
        published: dict[str, str] = {}
        for id in _attribute(caption, "data-of").split():
            if source := self.tables.table_of.get(id) and self.tables.row(id).get("source_id"):
                name = data.known_as(self.tables.row(source))
                if name not in published or (
                    id in self.cited and published[name] not in self.cited
                ):
                    published[name] = id
        del caption["data-of"]
        words = caption.get_text()
        known = sorted(filter(words.__contains__, published), key=len, reverse=True)
        parts = re.split("(?<=[:;] )(" + "|".join(map(re.escape, known)) + ")(?=[;.])", words)
        caption.clear()
        for part in parts if known else [words]:
            if part in published:
                link = Tag(name="a", attrs={"href": self.row(published[part])})
                link.string = part
                caption.append(link)
            else:
                caption.append(part)

    def _tile(self, table: Tag, apart: bool) -> None:
        """Over each tile of a map put a link to the row that its country stands in the table with;
        cells without one stay empty. Where the report shows a map apart from its table, what the
        codes stand for is told beneath it.
        """
        figure, heads = table.find_parent("figure"), [head.string for head in _tags(table, "th")]
        picture = figure.picture if figure else None
        if picture is None or heads[:3] != ["country", "code", "group"]:
            return
        links: dict[tuple[int, int], Tag] = {}
        for row in _tags(table, "tr")[1:]:
            country, code, group, *_ = _tags(row, "td")
            place = self.tables.rows["countries"][code.get_text()]
            if country.a and place["tile_row"] is not None:
                link = Tag(name="a", attrs={"href": country.a["href"]})
                link.string = f"{country.get_text()}, {group.get_text()}"
                links[int(place["tile_row"]), int(place["tile_column"])] = link
        at = [
            (int(place["tile_row"]), int(place["tile_column"]))
            for place in self.tables.rows["countries"].values()
            if place["tile_row"] is not None
        ]
        lines, columns = ([each[side] for each in at] for side in (0, 1))
        tiles = Tag(name="div", attrs={"class": "tiles"})
        for line in range(min(lines), max(lines) + 1):
            for column in range(min(columns), max(columns) + 1):
                tiles.append(links.get((line, column)) or Tag(name="i"))
        hint = Tag(name="p", attrs={"class": "fine"})
        hint.string = "Tap a country for its own words."
        tiled = picture.wrap(Tag(name="div", attrs={"class": "tiled"}))
        tiled.append(tiles)
        picture.insert_before(hint)
        if self.report and apart and figure and figure.details:
            names = self.tables.rows["countries"]
            codes = sorted(row.find_all("td")[1].get_text() for row in _tags(table, "tr")[1:])
            list_of = Tag(name="p")
            list_of.string = "; ".join(f"{code} {names[code]['name']}" for code in codes) + "."
            figure.details.append(list_of)

    def _box(self, table: Tag) -> None:
        """Put a table into a box of its own that scrolls, with its CSV beneath."""
        saved = table.attrs.pop("data-saved", None)
        label = self.label(table.caption.get_text() if table.caption else "Table")
        for head in _tags(table, "th"):
            if not head.get_text(strip=True):
                head.name = "td"
                head.attrs.pop("scope", None)
        for body in _tags(table, "tbody") if not self.report else ():
            for cell in _tags(body, "td"):
                if len(cell.get_text()) <= SHORT:
                    _add_class(cell, "short")
        box = table.wrap(
            Tag(
                name="div",
                attrs={"class": "scroll", "role": "region", "tabindex": "0", "aria-label": label},
            )
        )
        if saved and not self.report:
            link = Tag(name="a", attrs={"class": "save", "href": f"tables/{saved}.csv"})
            link.string = "This table as CSV"
            box.insert_after(link)


def _tags(part: Tag, *names: str) -> list[Tag]:
    """The elements in a part of a page, in their order: of these names, or all of them. Beautiful
    Soup's own selectors ask every element a hundred times as much.
    """
    found = [element for element in part.descendants if isinstance(element, Tag)]
    return [element for element in found if element.name in names] if names else found


def _cards(soup: Tag) -> list[Tag]:
    """The cards of verdicts."""
    return [part for part in _tags(soup, "section") if "verdict" in _classes(part)]


def _attribute(element: Tag, name: str) -> str:
    """An attribute of an element as text; empty where it has none."""
    value = element.get(name, "")
    return value if isinstance(value, str) else " ".join(value or ())


def _classes(element: Tag) -> list[str]:
    """The classes of an element."""
    return _attribute(element, "class").split()


def _add_class(element: Tag, name: str) -> None:
    element["class"] = " ".join([*_classes(element), name])


def _article(words: str) -> Tag:
    """Words of the article."""
    span = Tag(name="span", attrs={"class": "article"})
    span.string = words
    return span
