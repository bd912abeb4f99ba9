"""What coders get to see, and how their agreement is told."""

import csv
import re

import pytest

from helpers import claims, data
from helpers.machinery.commands import agreement, coding_sheet
from helpers.machinery.run.errors import RunError


@pytest.fixture(scope="module")
def sheet(tmp_path_factory):
    """The folder that a coder gets."""
    folder = tmp_path_factory.mktemp("sheet")
    coding_sheet.write(folder)
    return folder


def test_the_sheet_has_a_line_for_every_claim_and_room_for_a_verdict(sheet):
    with (sheet / "sheet.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["claim"] for row in rows] == claims.of_article()
    assert {row["verdict"] + row["reason"] for row in rows} == {""}
    assert all(row["paraphrase"] and row["paragraph"] for row in rows)


def test_the_guide_names_every_verdict_with_its_meaning(sheet):
    guide = (sheet / "guide.md").read_text("utf-8")
    assert set(re.findall(r"- `(\w+)`:", guide)) == set(claims.VERDICTS)


def test_no_reading_no_rule_and_no_verdict_reaches_a_coder(sheet):
    names = {path.stem for path in (sheet / "rows").glob("*.csv")}
    assert names == set(data.contract()) - set(coding_sheet.HIDDEN)
    told = "".join(path.read_text("utf-8") for path in sheet.rglob("*.*"))
    for id, row in data.load("readings").iterrows():
        assert id not in told and row["author_could_mean"] not in told


# Two coders, four claims: they agree on three. Worked out by hand below.
ONE = {"A": "holds", "B": "holds", "C": "fails", "D": "fails"}
TWO = {"A": "holds", "B": "holds", "C": "fails", "D": "holds"}


def test_kappa_is_cohens():
    """Observed 3/4; by chance (2/4)(3/4) + (2/4)(1/4) = 1/2; (3/4 - 1/2) / (1 - 1/2)."""
    assert agreement.kappa(ONE, TWO) == pytest.approx(0.5)


def test_alpha_is_krippendorffs():
    """Eight labels, five `holds`, three `fails`: 1 - (8 - 1) (2 / 8) ... = 1 - 7 * 2 / (2 * 15)."""
    assert agreement.alpha(ONE, TWO) == pytest.approx(1 - 7 * 2 / (2 * 5 * 3))


def test_full_agreement_is_one():
    assert agreement.alpha(ONE, ONE) == agreement.kappa(ONE, ONE) == 1


def test_the_claims_that_differ_are_named_with_every_label():
    told = agreement.lines({"one": ONE, "two": TWO}, ONE)
    assert told[-1] == "  D: the rules fails; one fails, two holds"
    assert "Krippendorff's alpha among the coders: 0.53" in told
    assert any(
        line.startswith("Cohen's kappa of two with the rules: 0.50 (3 of 4") for line in told
    )


def test_a_sheet_that_is_none_is_refused_with_what_is_wanted(tmp_path):
    with pytest.raises(RunError, match="no coding sheet"):
        agreement.coded(tmp_path / "missing.csv")
    (half := tmp_path / "half.csv").write_text("claim,verdict\nC01,true\nC99,holds\n", "utf-8")
    with pytest.raises(RunError) as error:
        agreement.coded(half)
    told = str(error.value)
    assert "C01: 'true' is no verdict; there are holds" in told
    assert "C99: no such claim" in told and "C02: no line" in told
