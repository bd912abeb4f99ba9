"""Which number differs between two executed notebooks is told in a few lines, and what else does
where every number is the same.
"""

import copy
import shutil

import pytest
from checkouts import notebook
from nbformat.v4 import new_output

from helpers import claims
from helpers.machinery import __main__ as machinery
from helpers.machinery.commands import publish_scenario
from helpers.machinery.outputs import differing_numbers, manifest, replace_outputs_whole
from helpers.machinery.site import notebook_html
from helpers.machinery.texts import readme

DRAWING = (
    '<svg><clipPath id="pab12"><path d="M 1.5 600"/></clipPath><g clip-path="url(#pab12)"/></svg>'
)
SHOWN = {
    "text/html": "<td>9</td><td>1,600 aircraft</td><td>456.4928283862056</td>",
    "text/plain": "9 of 1,600, 0 lost",
    "image/svg+xml": DRAWING,
    "image/png": "AAAA",
    "application/json": {"verdict": "holds", "computed": 9, "rows": ["a/1", "b/2"]},
}
WAS = notebook("draw()")
WAS.cells[2].outputs = [new_output("display_data", SHOWN, metadata={"wide": True})]

SAME = "same numbers, other bytes"
CHANGES = {  # what is changed from what to what, and what is told of it
    "a number": ("text/html", "1,600", "1,616", "1,600 → 1,616 (by 0.01 of it)"),
    "from zero": ("text/plain", "0 lost", "2 lost", "0 → 2 (from zero)"),
    "the sixteenth digit": (
        "text/html",
        "2838620",
        "28386205",
        f"{SAME}: 1 differ after the 9th digit, which decides nothing",
    ),
    "a word": ("text/plain", "lost", "won", "'9 of 1,600, 0 lost' → '9 of 1,600, 0 won'"),
    "the ids of a drawing": (
        "image/svg+xml",
        "pab12",
        "pcd34",
        f"{SAME}: the ids of the drawing, which are not seen",
    ),
    "a number in a drawing": ("image/svg+xml", "600", "606", "600 → 606 (by 0.01 of it)"),
    "a picture": ("image/png", "AAAA", "AAAB", "other bytes of a picture (709e80c8 → cf7605ed)"),
}


def changed(kind: str, old: str, new: str):
    now = copy.deepcopy(WAS)
    shown = now.cells[2].outputs[0].data
    assert old in shown[kind]
    shown[kind] = shown[kind].replace(old, new)
    return now


@pytest.mark.parametrize(("kind", "old", "new", "told"), CHANGES.values(), ids=CHANGES)
def test_what_differs_is_told_with_its_notebook_cell_and_kind(kind, old, new, told):
    found = differing_numbers.notebooks("small", WAS, changed(kind, old, new))
    assert found == [f"small, cell 3, {kind}: {told}"]


def test_every_number_that_differs_is_told_and_after_a_few_how_many_more():
    now = changed("text/plain", "9 of 1,600", "10 of 1,700")
    assert [line.partition(": ")[2] for line in differing_numbers.notebooks("small", WAS, now)] == [
        "9 → 10 (by 0.11 of it)",
        "1,600 → 1,700 (by 0.062 of it)",
    ]
    many = [" ".join(map(str, range(begin, begin + 20))) for begin in (100, 200)]
    told = differing_numbers.files("many.csv", *(text.encode() for text in many))
    assert len(told) == differing_numbers.LINES + 1
    assert told[-1] == f"and {20 - differing_numbers.LINES} more"


def test_a_value_in_a_record_is_told_by_its_name():
    now = copy.deepcopy(WAS)
    now.cells[2].outputs[0].data["application/json"] |= {"computed": 10, "rows": ["a/1"]}
    assert differing_numbers.notebooks("small", WAS, now) == [
        "small, cell 3, application/json, computed: 9 → 10 (by 0.11 of it)",
        """small, cell 3, application/json, rows: "['a/1', 'b/2']" → "['a/1']\"""",
    ]


def test_metadata_a_source_and_an_output_too_many_are_told():
    now = copy.deepcopy(WAS)
    now.metadata["tables"] = ["counts"]
    now.cells[1].source += " "
    now.cells[2].outputs *= 2
    told = differing_numbers.notebooks("small", WAS, now)
    assert [line.partition(":")[0] for line in told] == [
        "small, cell 2, source",
        "small, cell 3",
        "small, metadata, tables",
    ]


def test_equal_notebooks_differ_in_nothing():
    assert differing_numbers.notebooks("small", WAS, copy.deepcopy(WAS)) == []


MADE = "01-membership"
WHERE = "claims.json: 34 → 35 (by 0.029 of it)", f", {claims.MIME}, computed: 34 → 35 (by 0.029"
APART = {  # what a verdict's number becomes in the outputs, and what `make verify` says of it
    "another number": ("35", WHERE, ()),
    "the same number": (
        "34.0000000001",
        (f"claims.json: {SAME}: 1 differ", "every number is the same; only bytes differ"),
        ("34 → ",),
    ),
}


@pytest.mark.parametrize(("becomes", "told", "untold"), APART.values(), ids=APART)
def test_verify_tells_another_number_from_other_bytes(
    article, tmp_path, monkeypatch, capsys, becomes, told, untold
):
    def again(folder, *given):  # what the committed notebooks give was made once for all the tests
        assert isinstance(given[-1], manifest.Inputs), "sealing asks whether one was written since"
        shutil.copytree(article, folder, dirs_exist_ok=True)

    (tmp_path / "README.md").write_text(readme.digests(article), "utf-8")
    monkeypatch.setattr(readme, "README", tmp_path / "README.md")
    monkeypatch.setattr(replace_outputs_whole, "OUTPUTS", tmp_path / "outputs")
    monkeypatch.setattr(publish_scenario, "fill", again)
    monkeypatch.setattr(notebook_html.Contents, "add", lambda *_: None)
    again(tmp_path / "outputs/article", manifest.inputs())
    assert machinery.main(["verify"]) == 0
    assert "→" not in capsys.readouterr().out
    for path in ("claims.json", f"notebooks/{MADE}.ipynb"):
        file = tmp_path / "outputs/article" / path
        text = file.read_text("utf-8")
        assert '"computed": 34,' in text
        file.write_text(text.replace('"computed": 34,', f'"computed": {becomes},'), "utf-8")
    assert machinery.main(["verify"]) == 1
    said = capsys.readouterr().out
    assert "article: claims.json was edited\n" in said
    assert [words for words in told if words not in said] == []
    assert [words for words in untold if words in said] == []
