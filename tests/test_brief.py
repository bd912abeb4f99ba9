"""The brief: two pages of PDF where a Chromium is installed, a message where none is."""

import re
import shutil

import pytest

from helpers import claims, data
from helpers.machinery import __main__ as machinery
from helpers.machinery.commands import brief
from helpers.machinery.outputs import claims_json, manifest, replace_outputs_whole

BROWSER = next(filter(None, map(shutil.which, brief.BROWSERS)), None)


@pytest.fixture
def outputs(article, tmp_path, monkeypatch):
    """A folder in the place of outputs/ that holds the scenario `article`."""
    (tmp_path / "article").symlink_to(article)
    monkeypatch.setattr(replace_outputs_whole, "OUTPUTS", tmp_path)
    return tmp_path


def test_the_brief_tells_every_verdict_in_its_line(article):
    html = brief.text(article, "2025-12-20", "f" * 64)
    said = " ".join(re.sub("<[^>]+>", " ", html).split())
    of = claims.of_article()
    records = [record for record in claims_json.published(article) if record["id"] in of]
    assert len(records) == len(of)
    for record in records:
        claim = data.row(record["id"])["claim"]
        assert claim.replace("'", "&#39;") in said
        assert claims.WORDS[record["verdict"]].mark in said
    assert "f" * 64 in said and "20 December 2025" in said
    assert f"version {data.package()['version']} of " in said and "An error?" in said
    assert "of the article holds up" in said
    assert not re.search(r"(src|href)=", html)


@pytest.mark.skipif(BROWSER is None, reason="no Chromium on this machine")
def test_the_brief_is_printed_on_two_pages_beside_the_outputs(outputs, article, capsys):
    before = manifest.outputs(article)
    assert machinery.main(["brief"]) == 0
    pdf = (outputs / "brief/article/brief.pdf").read_bytes()
    assert pdf.startswith(b"%PDF-") and len(re.findall(rb"/Type\s*/Page\b", pdf)) == 2
    assert manifest.outputs(article) == before
    assert machinery.main(["verify"]) == 1  # a link is no set of outputs
    assert "brief/article: every file is what these inputs give" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("browser", "made", "message"),
    [
        (None, True, "no Chromium is installed, which prints the brief"),
        ("chromium", False, "outputs/article is not what these inputs give; make reproduce"),
    ],
)
def test_what_the_brief_lacks_is_told(outputs, monkeypatch, capsys, browser, made, message):
    monkeypatch.setattr(shutil, "which", lambda _: browser)
    if not made:
        (outputs / "article").unlink()
    assert machinery.main(["brief"]) == 1
    assert message in capsys.readouterr().err
    assert not (outputs / "brief").exists()
