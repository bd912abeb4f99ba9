"""Turn an executed notebook into safe HTML: nothing active, nothing lost, every figure with its
words and its table.
"""

import base64
import json
import re
from dataclasses import dataclass, field
from html import escape, unescape
from pathlib import Path
from urllib.parse import quote

import latex2mathml.converter
import nh3
from bs4 import BeautifulSoup
from jinja2 import Environment, FileSystemLoader
from nbconvert.filters import strip_ansi
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat import NotebookNode

from helpers import charts, claims, explore, quantities, recipe_acts
from helpers.claims import card_html
from helpers.machinery.check.form_of_notebooks import TOLD
from helpers.machinery.run.errors import RunError

TEMPLATES = Path(__file__).parent / "templates"
RESTING = ("picture", "finding")  # tags of cells below which stands what their numbers rest on
TAGS = {
    "a",
    "abbr",
    "b",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "data",
    "dd",
    "del",
    "details",
    "div",
    "dl",
    "dt",
    "em",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "kbd",
    "li",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "section",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "ul",
    "var",
    "math",
    "merror",
    "mfrac",
    "mi",
    "mmultiscripts",
    "mn",
    "mo",
    "mover",
    "mpadded",
    "mprescripts",
    "mroot",
    "mrow",
    "ms",
    "mspace",
    "msqrt",
    "mstyle",
    "msub",
    "msubsup",
    "msup",
    "mtable",
    "mtd",
    "mtext",
    "mtr",
    "munder",
    "munderover",
}
ATTRIBUTES = {
    "*": {"class", "data-rows", "data-how", "data-claim"},
    "a": {"href"},
    "data": {"value"},
    "dt": {"data-line"},
    "time": {"datetime"},
    "ol": {"start"},
    "math": {"display"},
    "mo": {"stretchy"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
}


CELLS = Environment(loader=FileSystemLoader(TEMPLATES)).get_template("cells.html.j2")
UNQUOTED = "=:;,/'()[]{}!*+@$?|"  # signs that stand in a data URI as they are


class ContentError(RunError, ValueError):
    """A notebook holds something no page can show; the message names the notebook, the thing and
    how to mend it.
    """


@dataclass
class Content:
    """What one notebook gives its page: title, safe HTML without links yet, verdicts as their
    outputs carry them, tables to save as CSV, figures as SVG and as PNG in base64 by the same
    names, and by their tags the outputs of tagged cells and the rows that their figures rest on.
    """

    name: str
    title: str = ""
    html: str = ""
    cards: dict[str, dict] = field(default_factory=dict)
    tables: dict[str, list[list[str]]] = field(default_factory=dict)
    figures: dict[str, tuple[str, str]] = field(default_factory=dict)
    tagged: dict[str, list[str]] = field(default_factory=lambda: {tag: [] for tag in TOLD})
    resting: dict[str, list[str]] = field(default_factory=lambda: {tag: [] for tag in TOLD})
    parsed: BeautifulSoup | None = None

    def tree(self) -> BeautifulSoup:
        """The HTML as a tree, which whoever asks may change; parsed ahead for the first."""
        parsed, self.parsed = self.parsed, None
        return parsed or BeautifulSoup(self.html, "html.parser")


class Contents(dict[str, Content]):
    """What each notebook gives its page."""

    def add(self, name: str, notebook: NotebookNode) -> None:
        """Take in what an executed notebook gives its page."""
        self[name] = read(name, notebook)


def read(name: str, notebook: NotebookNode) -> Content:
    """The content of an executed notebook; raises ContentError for a figure without words, a lost
    image or a broken formula.
    """
    content = Content(name)
    content.html = CELLS.render(
        cells=_one_parameters_cell(notebook).cells,
        shown=lambda output, tags: _noted(output, tags, content),
        prose=lambda source: prose(source, name),
    ).lstrip("\n")
    content.parsed = content.tree()
    heading = content.parsed.find("h1")
    if heading is None:
        raise ContentError(
            f"{name}: the notebook has no title; begin its first cell with '# ' and the question it"
            " answers"
        )
    content.title = " ".join(heading.get_text().split())
    return content


def _one_parameters_cell(notebook: NotebookNode) -> NotebookNode:
    """The notebook with what a run injected joined to the parameters cell it overrules."""
    notebook = notebook.copy()

    def tagged(tag: str) -> list[NotebookNode]:
        return [cell for cell in notebook.cells if tag in cell.metadata.get("tags", [])]

    for cell in tagged("injected-parameters"):
        own = tagged("parameters")[0].copy()
        own.source += "\n\n" + cell.source
        notebook.cells = [
            own if "parameters" in other.metadata.get("tags", []) else other
            for other in notebook.cells
            if other is not cell
        ]
    return notebook


def clean(html: str) -> str:
    """HTML reduced to what the allow-lists name: no script, style, image, event handler or id;
    where links may lead, `Place` decides.
    """
    without_links = quantities.LED.sub(r"\1", html)
    return nh3.clean(
        without_links,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https"},
        link_rel=None,
    )


class _Renderer(IPythonRenderer):
    """Markdown as HTML, with formulas as MathML."""

    def __init__(self, notebook: str):
        super().__init__(escape=False, exclude_anchor_links=True)
        self.notebook = notebook

    def inline_math(self, body):
        return self._formula(body, "inline")

    def block_math(self, body):
        return self._formula(body, "block")

    def latex_environment(self, name, body):
        return self._formula(f"\\begin{{{name}}}{body}\\end{{{name}}}", "block")

    def _formula(self, latex, display):
        try:
            return latex2mathml.converter.convert(latex, display=display)
        except Exception as error:  # the library's errors have no common ancestor
            raise ContentError(
                f"{self.notebook}: the formula ${latex[:80]}$ cannot be read"
                f" ({type(error).__name__})"
            ) from None

    def image(self, text, url, title=None):
        raise ContentError(
            f"{self.notebook}: a text cell shows the image {url[:80]!a}; draw it with"
            " helpers.charts, which keeps its words"
        )

    def block_code(self, code, info=None):
        return f"<pre><code>{escape(code)}</code></pre>"


def prose(source: str, notebook: str) -> str:
    """A text cell as safe HTML."""
    return clean(MarkdownWithMath(renderer=_Renderer(notebook)).render(source))


def _shown(output: NotebookNode, content: Content) -> str:
    """One output of a cell as safe HTML; cards and tables are noted in the content on the way."""
    if output.output_type == "stream":
        return f'<pre class="{escape(output.name)}">{escape(strip_ansi(output.text))}</pre>'
    if output.output_type == "error":
        return f'<pre class="stderr">{escape(strip_ansi(chr(10).join(output.traceback)))}</pre>'
    data = output.data
    if charts.MIME in data:
        drawings = (data.get("image/svg+xml", ""), data.get("image/png", ""))
        return _figure(data[charts.MIME], *drawings, content)
    if explore.MIME in data:
        return _explorer(data[explore.MIME], content)
    if image := next((kind for kind in data if kind.startswith("image/")), None):
        raise ContentError(
            f"{content.name}: a figure ({image}) has no words. Draw it with a function of"
            " helpers.charts, which gives it alt text, sources and the table behind it; plt.show()"
            " gives none"
        )
    if claims.MIME in data:
        carried = data[claims.MIME]
        content.cards.setdefault(carried["id"], carried)
        return _tables_noted(clean(card_html.html(carried)), content)
    if "text/html" in data:
        return _tables_noted(clean(_joined(data["text/html"])), content)
    if "text/markdown" in data:
        return prose(_joined(data["text/markdown"]), content.name)
    if "text/latex" in data:
        return prose(_joined(data["text/latex"]), content.name)
    if "text/plain" in data:
        return f"<pre>{escape(strip_ansi(_joined(data['text/plain'])))}</pre>"
    return f"<pre>{escape(json.dumps(data, indent=1, sort_keys=True, ensure_ascii=False))}</pre>"


def _noted(output: NotebookNode, tags: list[str], content: Content) -> str:
    """The HTML of an output, noted in the content under those of its cell's tags that the front
    page tells, with the rows that its figure and its numbers name.
    """
    html = _shown(output, content)
    facts = output.get("data", {}).get(charts.MIME, {})
    for tag in set(tags) & set(TOLD):
        content.tagged[tag].append(html)
        content.resting[tag] += facts.get("rows", [])
        if tag in RESTING:
            for _, rows, _ in quantities.ELEMENT.findall(html):
                content.resting[tag] += unescape(rows).split()
    return html


def _joined(text) -> str:
    return text if isinstance(text, str) else "".join(text)


def _figure(facts: dict, svg: str, png: str, content: Content) -> str:
    """A figure: its drawings as data URIs, alt text, source line, and the table behind it folded
    beneath.
    """
    name, alt = str(facts.get("name", "")), str(facts.get("alt", "")).strip()
    rows = [[clean(str(cell)) for cell in row] for row in facts.get("table", [])]
    fault = _fault_of(alt, svg, facts.get("narrow"), " ".join(map(text_of, sum(rows, []))))
    if fault:
        raise ContentError(f"{content.name}: figure {name!r} {fault}")
    head = [clean(str(column)) for column in facts["columns"]]
    saved = _note(
        content,
        name,
        [[text_of(column) for column in head], *([text_of(cell) for cell in row] for row in rows)],
    )
    content.figures[saved] = (svg, png)
    header = "".join(f'<th scope="col">{column}</th>' for column in head)
    body = "".join(
        "<tr>" + "".join(f"<td{_number_class(cell)}>{cell}</td>" for cell in row) + "</tr>"
        for row in rows
    )
    caption = f"<caption>{escape(facts['caption'])}</caption>" if facts.get("caption") else ""
    return (
        f'<figure data-saved="{saved}">'
        f"{_picture(svg, str(facts.get('narrow') or ''), alt)}"
        f'<figcaption data-of="{escape(" ".join(map(str, facts.get("rows", []))))}">'
        f"{escape(str(facts['source']))}</figcaption>"
        f'<details><summary>Table behind this figure</summary><table data-saved="{saved}">{caption}'
        f"<thead><tr>{header}</tr></thead><tbody>{body}</tbody></table></details></figure>"
    )


def _picture(svg: str, narrow: str, alt: str) -> str:
    """A drawing with its twins: on phones the narrow one, which every chart draws, on dark pages
    the dark one of either.
    """
    small, night = "(max-width: 600px)", "(prefers-color-scheme: dark)"
    twins = [(night, charts.dark(svg))]
    if narrow:
        twins = [(f"{small} and {night}", charts.dark(narrow)), (small, narrow), *twins]
    sources = "".join(f'<source media="{when}" srcset="{_uri(twin)}">' for when, twin in twins)
    return f'<picture>{sources}<img alt="{escape(alt)}" src="{_uri(svg)}"></picture>'


def _explorer(facts: dict, content: Content) -> str:
    """An answer that a reader moves: its table, and controls that show one row of it; without
    scripts the table says the same.
    """
    name = slug(str(facts["name"]))
    head = [clean(str(column)) for column in facts["columns"]]
    book = [str(line) for line in facts["recipes"]]
    rows = [[clean(_with_recipe(str(cell), book)) for cell in row] for row in facts["table"]]
    saved = _note(
        content,
        f"explore {name}",
        [[text_of(column) for column in head], *([text_of(cell) for cell in row] for row in rows)],
    )
    controls = "".join(
        f'<p><label for="explore:{name}:{place}">{escape(str(words))}</label><input type="range"'
        f' id="explore:{name}:{place}" min="0" max="{int(count) - 1}" step="1"'
        f' value="{int(start)}"><output for="explore:{name}:{place}"></output></p>'
        for place, (words, count, start) in enumerate(facts["axes"])
    )
    header = "".join(f'<th scope="col">{column}</th>' for column in head)
    body = "".join(
        "<tr>" + "".join(f"<td{_number_class(cell)}>{cell}</td>" for cell in row) + "</tr>"
        for row in rows
    )
    return (
        '<section class="explorer"'
        f' aria-label="Try it: {escape(text_of(clean(str(facts["caption"]))))}"><div'
        f' class="controls">{controls}</div>'
        '<div class="result" role="status"></div>'
        "<details open><summary>Every combination as a table</summary><table"
        f' data-saved="{saved}"><caption>{escape(str(facts["caption"]))}</caption>'
        f"<thead><tr>{header}</tr></thead><tbody>{body}</tbody></table></details></section>"
    )


def _with_recipe(cell: str, book: list[str]) -> str:
    """A cell with its recipe written out where it is named by its place in the explorer's book."""
    return re.sub(
        r'(?<=data-how=")#\d+(?=")',
        lambda match: escape(recipe_acts.expanded(match[0], book)),
        cell,
    )


def _fault_of(alt: str, svg: str, narrow: str | None, table: str) -> str:
    """What is wrong with a figure's drawing or words, and how to mend it; empty if nothing is."""
    if "<svg" not in svg:
        return "holds no SVG drawing; draw it with a function of helpers.charts"
    if narrow is not None and "<svg" not in narrow:
        return "has lost its narrow drawing; draw it with a function of helpers.charts"
    if re.fullmatch(r"\S+\.\w{2,4}", alt):
        return f"has the file name {alt!r} as alt text; say in a sentence what the figure shows"
    if len(alt.split()) < 8 or not re.search(r"[.!?]$", alt):
        return f"has too short an alt text, {alt!r}; say in a whole sentence what the figure shows"
    if re.search(r"\d", table) and not re.search(r"\d", alt):
        return (
            "has an alt text without a number, though its table has some; name the numbers that"
            " matter"
        )
    return ""


def _uri(svg: str) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def both(uri: str) -> str:
    """A drawing, given and returned as a data URI, that is its own twin on dark pages; its marks of
    quotation are single ones, which need no escape, so that no value may hold one.
    """
    svg = charts.both(base64.b64decode(uri.partition(",")[2]).decode())
    svg = re.sub(r' d="[^"]*"', lambda path: " " + path[0][1:].replace(" ", ","), svg)
    return "data:image/svg+xml," + quote(svg.replace('"', "'"), safe=UNQUOTED)


def _number_class(cell: str) -> str:
    return ' class="number"' if re.match(r'<data class="quantity"', cell) else ""


def text_of(html: str) -> str:
    """The text of a piece of HTML, on one line."""
    marked = "<" in html or "&" in html
    text = BeautifulSoup(html, "html.parser").get_text() if marked else html
    return " ".join(text.split())


def _tables_noted(html: str, content: Content) -> str:
    """The HTML with each table named after the CSV that keeps it."""
    if "<table" not in html:
        return html
    soup = BeautifulSoup(html, "html.parser")
    for table in soup.find_all("table"):
        caption = table.caption.get_text() if table.caption else ""
        rows = [
            [" ".join(cell.get_text().split()) for cell in row.find_all(["th", "td"])]
            for row in table.find_all("tr")
        ]
        table["data-saved"] = _note(content, caption or "table", rows)
    return str(soup)


def _note(content: Content, words: str, rows: list[list[str]]) -> str:
    """Keep a table under a name of its own, made from the notebook's and the words; the name."""
    stem = f"{content.name}-{slug(words)}"
    name = next(
        name
        for n in range(1, 10_000)
        if (name := stem if n == 1 else f"{stem}-{n}") not in content.tables
    )
    content.tables[name] = rows
    return name


def slug(words: str) -> str:
    """Words as part of an address: lower case, joined by hyphens, at most sixty characters."""
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")[:60].rstrip("-") or "part"
