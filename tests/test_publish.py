"""Outputs take the place of the last ones whole or not at all; the manifest, the sums and the verdicts say what they are."""

import ctypes
import json
import os
import re
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from checkouts import Checkout, begun, files, notebook, write
from nbformat.v4 import new_output

from helpers import claims, data, scenarios
from helpers.machinery import execute, gather, publish
from helpers.machinery.errors import Busy, RunError


@pytest.fixture
def outputs(tmp_path, monkeypatch) -> Path:
    """A folder in the place of outputs/, where `article` has been published once."""
    monkeypatch.setattr(publish, "OUTPUTS", tmp_path / "outputs")
    put("old")
    return tmp_path / "outputs"


def put(word: str) -> None:
    with publish.release("article") as folder:
        (folder / "pages").mkdir()
        (folder / "pages/index.html").write_text(word)


def published(outputs: Path) -> str:
    """What is published; nothing else is there but the lock."""
    assert sorted(path.name for path in outputs.iterdir()) == [".article.lock", "article"]
    return (outputs / "article/pages/index.html").read_text()


def test_a_finished_set_takes_the_place_of_the_last_one(outputs):
    assert published(outputs) == "old"
    put("new")
    assert published(outputs) == "new"


def test_outputs_deeper_down_are_published_alike(outputs):
    for word in ("old", "new"):
        with publish.release("compare/article..latest") as folder:
            (folder / "index.html").write_text(word)
    assert (outputs / "compare/article..latest/index.html").read_text() == "new"
    assert sorted(path.name for path in (outputs / "compare").iterdir()) == [".article..latest.lock", "article..latest"]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit])
def test_an_error_leaves_the_last_set_whole_and_nothing_else(outputs, error):
    with pytest.raises(error), publish.release("article") as folder:
        (folder / "half").write_text("a page")
        raise error
    assert published(outputs) == "old"


def test_a_second_run_is_told_that_another_one_is_writing(outputs):
    told = pytest.raises(Busy, match="^another run is writing outputs/article; wait for it to end$")
    with publish.release("article") as folder:
        (folder / "pages").mkdir()
        (folder / "pages/index.html").write_text("new")
        with told, publish.release("article"):
            raise AssertionError("both write")
    assert published(outputs) == "new"
    with publish.release("article") as one, publish.release("latest") as other:
        assert one != other, "other outputs are not kept waiting"


def test_the_lock_holds_between_processes(outputs):
    program = "import sys, filelock; filelock.FileLock(sys.argv[1]).acquire(timeout=0)"
    with publish.release("article") as folder:
        (folder / "pages").mkdir()
        (folder / "pages/index.html").write_text("new")
        other = subprocess.run([sys.executable, "-c", program, outputs / ".article.lock"], capture_output=True, text=True)
    assert "Timeout" in other.stderr
    assert published(outputs) == "new"


# a system without the call that lets two names change places


@pytest.fixture
def without_exchange(monkeypatch):
    monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: object())


def test_without_an_exchange_the_new_set_is_published_too(outputs, without_exchange):
    put("new")
    assert published(outputs) == "new"


@pytest.mark.usefixtures("without_exchange")
def test_without_an_exchange_the_last_set_comes_back_if_the_new_one_cannot_take_its_place(outputs, monkeypatch):
    rename = Path.rename

    def fails(path, target):
        if path.name == ".article.new":
            raise OSError(5, "Input/output error")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", fails)
    with pytest.raises(OSError, match="Input/output error"):
        put("new")
    assert published(outputs) == "old"


def test_a_run_killed_between_two_renames_is_healed_by_the_next_one(outputs):
    (outputs / "article").rename(outputs / ".article.old")
    (outputs / ".article.new").mkdir()
    with pytest.raises(ValueError), publish.release("article"):
        raise ValueError
    assert published(outputs) == "old"


def test_a_run_killed_in_the_middle_leaves_the_last_set_whole_and_the_next_one_cleans_up(outputs, tmp_path):
    program = """
import pathlib, signal, sys
from helpers.machinery import publish
publish.OUTPUTS = pathlib.Path(sys.argv[1])
with publish.release("article") as folder:
    (folder / "half").write_text("a page")
    open(sys.argv[2], "w").write("x")
    signal.pause()
"""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    process = subprocess.Popen([sys.executable, "-c", program, outputs, pipe], cwd=data.ROOT)
    assert begun(pipe, process)
    process.kill()
    assert process.wait() == -signal.SIGKILL
    assert (outputs / "article/pages/index.html").read_text() == "old"
    put("new")
    assert published(outputs) == "new"


def test_outputs_that_cannot_be_written_are_told_in_one_message(tmp_path, monkeypatch):
    monkeypatch.setattr(publish, "OUTPUTS", tmp_path / "outputs")
    (tmp_path / "outputs").write_text("a file")
    with pytest.raises(RunError, match=r"outputs cannot be written \(File exists\)$"), publish.release("article"):
        raise AssertionError("released")
    monkeypatch.setattr(publish, "OUTPUTS", Path("/proc/outputs"))
    with pytest.raises(RunError, match="^/proc/outputs cannot be written"), publish.release("article"):
        raise AssertionError("released")


# the verdicts that the notebooks carry


def carrying(*records: dict):
    """A notebook whose cells show these verdicts."""
    small = notebook(*["claims.judge(...)"] * len(records))
    for cell, record in zip(small.cells[2:], records, strict=True):
        cell.outputs = [new_output("execute_result", {"text/plain": "a card", claims.MIME: record}, execution_count=1)]
    return small


@pytest.fixture
def two(monkeypatch) -> None:
    """Two claims have a rule: C23 and C24, both of the notebook 06-refuelling."""
    monkeypatch.setattr(claims, "judged", lambda: ["C23", "C24"])


C23, C24 = ({"id": id, "notebook": "06-refuelling"} for id in ("C23", "C24"))
MISPLACED = {
    "twice in a notebook": ({"06-refuelling": carrying(C23, C24, C23)}, "06-refuelling: C23 is judged twice"),
    "twice in two notebooks": ({"06-refuelling": carrying(C23, C24), "09-verdicts": carrying(C24)}, "09-verdicts: C24 is judged twice"),
    "in the wrong notebook": ({"01-membership": carrying(C24)}, "01-membership: C24 belongs to 06-refuelling, as claims.csv says"),
    "nowhere": ({"06-refuelling": carrying(C24)}, "not judged in any cell: C23"),
}


@pytest.mark.usefixtures("two")
@pytest.mark.parametrize(("notebooks", "message"), MISPLACED.values(), ids=MISPLACED)
def test_a_verdict_at_the_wrong_place_is_refused(notebooks, message):
    with pytest.raises(RunError, match=f"^{re.escape(message)}$"):
        gather.verdicts(notebooks)


@pytest.mark.usefixtures("two")
def test_verdicts_are_gathered_in_the_order_of_the_article():
    assert gather.verdicts({"06-refuelling": carrying(C24, C23)}) == [C23, C24]
    assert gather.verdicts({"01-membership": carrying()}) == [], "claims of notebooks that did not run are not missed"


def test_json_is_refused_for_what_json_cannot_hold():
    assert gather.as_json([{"a": "é", "b": None}]) == '[\n {\n  "a": "é",\n  "b": null\n }\n]\n'
    with pytest.raises(ValueError):
        gather.as_json({"low": float("nan")})


def test_the_closing_table_says_what_moved_from_was_to_is():
    was = {"id": "C23", "verdict": "holds", "as_worded": True, "computed": 9, "low": 9, "high": 9, "readings": 2, "readings_holding": 2}
    now = was | {"verdict": "fails", "computed": 10, "readings_holding": 0}
    assert gather.table([was], [was]).split() == ["C23", "holds", "9", "2/2", "readings"]
    assert gather.table([was], []) == gather.table([was], [was]), "what was not judged before has not moved"
    moved = "verdict was holds → is fails; computed was 9 → is 10; readings holding was 2 → is 0"
    assert gather.table([now], [was]).endswith(f"0/2 readings  {moved}")


@pytest.fixture(scope="module")
def records() -> list[dict]:
    return json.loads(gather.as_json(gather.committed()))


KEYS = {
    "id", "verdict", "as_worded", "readings", "readings_holding", "readings_unknown", "stated", "computed", "low", "high", "unit",
    "tipping_point", "weakest_evidence", "notebook", "rows",
}  # fmt: skip


def test_the_committed_notebooks_carry_a_verdict_on_every_claim_that_has_a_rule(records):
    listed = scenarios.notebooks()
    assert [record["id"] for record in records] == [id for id in claims.judged() if data.row(id)["notebook"] in listed]


def test_a_verdict_has_every_key_and_counts_that_add_up(records):
    for record in records:
        assert set(record) >= KEYS, record["id"]
        assert record["verdict"] in claims.VERDICTS
        assert record["as_worded"] in (True, False, None)
        assert 0 <= record["readings_holding"] + record["readings_unknown"] <= record["readings"], record["id"]
        assert record["weakest_evidence"] in (*data.columns("counts")["verification"]["constraints"]["enum"], None)
        assert all(data.table_of(row) for row in record["rows"]), "every row id is one of the tables'"
        assert record["rows"] == sorted(set(record["rows"]))


def is_number(value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def test_what_is_computed_is_of_the_type_that_the_kind_of_claim_wants(records):
    wanted = {"same set": list, "count": is_number, "duration": is_number}
    for record in records:
        claim, computed = data.row(record["id"]), record["computed"]
        if is_number(computed):
            assert record["low"] is None or record["low"] <= computed, record["id"]
            assert record["high"] is None or computed <= record["high"], record["id"]
        else:
            assert (record["low"], record["high"]) == (None, None) or computed is None, record["id"]
        if isinstance(computed, list):
            assert computed == sorted(set(computed)) and set(computed) <= set(data.load("countries")["id"]), record["id"]
        if isinstance(computed, str):
            assert date.fromisoformat(computed).isoformat() == computed, record["id"]
        kind = wanted.get(claim["comparison"]) or wanted.get(claim["kind"])
        if kind and computed is not None:
            assert isinstance(computed, kind) if isinstance(kind, type) else kind(computed), record["id"]


JUDGING = """\
from helpers import claims, data
for id in claims.judged():
    if data.row(id)["notebook"] == "06-refuelling":
        display(claims.judge(id, data.World(evidence=evidence)))"""


def test_a_whole_run_of_notebooks_never_run_before_publishes_what_can_be_checked(tmp_path):
    checkout = Checkout(tmp_path)
    write(checkout.notebooks, {"06-refuelling": notebook(JUDGING)})
    run = checkout.command("reproduce", "--scenario", "read-only")
    assert (run.returncode, run.stderr) == (0, "")
    folder = tmp_path / "outputs/read-only"
    records = json.loads((folder / "claims.json").read_text("utf-8"))
    assert [record["id"] for record in records] == [id for id in claims.judged() if data.row(id)["notebook"] == "06-refuelling"]
    assert run.stdout.splitlines()[-1] == str(folder / "index.html")
    assert [line.split()[0] for line in run.stdout.splitlines()[-len(records) - 1 : -1]] == [record["id"] for record in records]
    found = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert (found["scenario"], found["parameters"]) == ("read-only", {"evidence": "read"})
    assert found["outputs"].items() < files(folder).items()
    assert set(files(folder)) - set(found["outputs"]) == {"manifest.json", "SHA256SUMS"}
    assert subprocess.run(["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"], cwd=folder).returncode == 0


def test_claims_json_and_the_executed_notebooks_are_written(tmp_path):
    small = notebook("1")
    gather.write(tmp_path, {"one": small}, [C23])
    assert json.loads((tmp_path / "claims.json").read_text("utf-8")) == [C23]
    assert execute.open_notebook(tmp_path / "notebooks/one.ipynb") == small
