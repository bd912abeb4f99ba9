"""What the pages must not hold: nothing active, nothing fetched, no markup of a row or an
output.
"""

import base64
import hashlib
import re

import pytest
from nbformat.v4 import new_markdown_cell, new_output
from pages_built import Made, build_one, built, cell, graph, hostile, notebook, read, shown, verdict

from helpers import claims

# Policy: nothing active, nothing fetched.


def test_every_page_allows_its_own_style_script_and_images_by_hash_and_nothing_else(site):
    for name, page in site.pages.items():
        (style,), (script,) = page.find_all("style"), page.find_all("script", type=None)
        hashes = [
            "'sha256-"
            + base64.b64encode(hashlib.sha256(part.string.encode()).digest()).decode()
            + "'"
            for part in (style, script)
        ]
        (policy,) = page.find_all("meta", attrs={"http-equiv": "Content-Security-Policy"})
        wanted = (
            f"default-src 'none'; img-src data:; style-src {hashes[0]}; script-src {hashes[1]};"
            " base-uri 'none'; form-action 'none'"
        )
        assert policy["content"] == wanted, name
        assert page.find("meta", attrs={"name": "referrer"})["content"] == "no-referrer"


def test_no_page_holds_an_inline_style_an_event_handler_or_a_remote_address(site):
    for name, page in site.pages.items():
        for element in page.find_all(True):
            assert not [
                attribute
                for attribute in element.attrs
                if attribute == "style" or attribute.startswith("on")
            ], (name, element.name)
            for attribute in ("src", "srcset", "action", "data", "poster"):
                assert element.get(attribute, "data:").startswith("data:"), (name, element.name)
            if element.name == "link":
                assert element["rel"] == ["icon"] and element["href"].startswith("data:")
            if element.name == "a" and re.match(r"[a-z]+:", element["href"]):
                assert element["href"].startswith(("http://", "https://"))
                assert not element.get("target"), (name, element["href"])
                if name.startswith("report"):  # where the page alone says so, for all of them
                    assert page.find("meta", attrs={"name": "referrer", "content": "no-referrer"})
                else:
                    assert element["rel"] == ["noreferrer", "noopener"], (name, element["href"])


def test_hostile_rows_are_shown_as_text_and_leave_no_markup(new_folder, tmp_path):
    folder = new_folder()
    hostile(folder)
    for name, page in Made(built(tmp_path / "site", folder.path), folder.path, {}).pages.items():
        kinds = [script.get("type") for script in page.find_all("script")]
        assert [kind for kind in kinds if kind != "application/json"] == (
            ["application/ld+json"] if name in ("index.html", "report.html") else []
        ) + [None], name
        assert not page.select("[onerror], [onmouseover]"), name
        assert not [image for image in page.find_all("img") if image["src"] == "x"], name
        assert not [
            link["href"]
            for link in page.find_all("a")
            if re.match("javascript|.*secret", link["href"])
        ], name
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", str(page)), name
    assert (
        "<script>hacked = 1</script>"
        in read(tmp_path / "site" / "data-capabilities.html").get_text()
    )
    assert "[U+202E]" in read(tmp_path / "site" / "sources.html").get_text()
    reviews = graph(read(tmp_path / "site" / "index.html"))[1:]
    assert reviews and all(
        "<script>hacked = 1</script>" in review["claimReviewed"] for review in reviews
    )


@pytest.mark.parametrize(
    "active",
    [
        "<script>hacked=1</script>",
        "<img src=x onerror=hacked=1>",
        '<p onclick="hacked=1" style="color:red" id="page:main">p</p>',
        '<a href="javascript:hacked=1">a</a>',
        '<a href="data:text/html,x">a</a>',
        "<style>p{color:red}</style>",
        "<svg onload=hacked=1></svg>",
        "<iframe src=x></iframe>",
        '<form action="http://x.example"><input></form>',
        '<meta http-equiv="refresh" content="0;url=http://x.example">',
        "<math><mtext><style><img src=x onerror=hacked=1></style></mtext></math>",
        "$\\text{<img src=x onerror=hacked=1>}$",
        "<base href='http://x.example'>",
        '<link rel="stylesheet" href="http://x.example">',
        '<video poster="http://x.example"></video>',
        '<object data="x"></object>',
        '<a href="//x.example">a</a>',
    ],
)
def test_active_markup_is_removed_from_outputs_and_from_prose(tmp_path, place, active):
    page = build_one(tmp_path, place, cell("x", shown(active)), new_markdown_cell(active))
    found = page.find("main")
    assert not found.select(
        "script, img, svg, style, iframe, form, input:not([id='page:code']), meta, base, link,"
        " object, video, [onclick], [onerror], [style]"
    )
    assert len(page.find_all(id="page:main")) == 1
    assert not [
        link
        for link in found.find_all("a")
        if "hacked" in link["href"] or link["href"].startswith(("//", "data:"))
    ]


def test_active_markup_in_a_record_reaches_neither_notebook_nor_front_page(tmp_path, place):
    """What the front page says of a claim is made from the record, which no sanitiser had met."""
    record = verdict(place.path, "C24").carried()
    active = "<script>hacked=1</script><img src=x onerror=hacked=1>"
    number = {"words": active, "value": f'1">{active}', "rows": ["tanker/fra/2025-12"]}
    number["how"] = "cell in_service: tanker/fra/2025-12"
    for line in record["card"]:
        line["words"] = [active, number]
    record["fair_readings"][0]["shows"] = [active, number]
    output = new_output("display_data", {claims.MIME: record, "text/plain": "…"})
    folder = built(tmp_path / "one", place.path, {"06-refuelling": notebook(cell("x", output))})
    for path in folder.glob("*.html"):
        page = read(path)
        assert not page.select("img[src=x], [onerror]"), path.name
        assert "hacked" not in "".join(script.get_text() for script in page.select("script"))
    assert "hacked" in read(folder / "index.html").get_text()
