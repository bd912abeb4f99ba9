"""Outputs take the place of the last ones whole or not at all; the manifest, the sums and the
verdicts say what they are.
"""

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
from checkouts import JUDGING, UNCHECKED, Checkout, files, heard, notebook, write
from nbformat.v4 import new_output

from helpers import claims, data, open_facts, scenarios
from helpers.machinery import __main__ as machinery
from helpers.machinery.commands import refresh
from helpers.machinery.outputs import claims_json, replace_outputs_whole
from helpers.machinery.run import execute
from helpers.machinery.run.errors import Busy, RunError
from helpers.machinery.texts import readme as text


@pytest.fixture
def outputs(tmp_path, monkeypatch) -> Path:
    """A folder in the place of outputs/, where `article` has been published once."""
    monkeypatch.setattr(replace_outputs_whole, "OUTPUTS", tmp_path / "outputs")
    put("old")
    return tmp_path / "outputs"


def put(word: str) -> None:
    with replace_outputs_whole.release("article") as folder:
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
        with replace_outputs_whole.release("compare/article..latest") as folder:
            (folder / "index.html").write_text(word)
    assert (outputs / "compare/article..latest/index.html").read_text() == "new"
    assert sorted(path.name for path in (outputs / "compare").iterdir()) == [
        ".article..latest.lock",
        "article..latest",
    ]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit])
def test_an_error_leaves_the_last_set_whole_and_nothing_else(outputs, error):
    with pytest.raises(error), replace_outputs_whole.release("article") as folder:
        (folder / "half").write_text("a page")
        raise error
    assert published(outputs) == "old"


def test_a_second_run_is_told_that_another_one_is_writing(outputs):
    told = pytest.raises(Busy, match="^another run is writing outputs/article; wait for it to end$")
    with replace_outputs_whole.release("article") as folder:
        (folder / "pages").mkdir()
        (folder / "pages/index.html").write_text("new")
        with told, replace_outputs_whole.release("article"):
            raise AssertionError("both write")
    assert published(outputs) == "new"
    with (
        replace_outputs_whole.release("article") as one,
        replace_outputs_whole.release("latest") as other,
    ):
        assert one != other, "other outputs are not kept waiting"


def test_the_lock_holds_between_processes(outputs):
    program = "import sys, filelock; filelock.FileLock(sys.argv[1]).acquire(timeout=0)"
    with replace_outputs_whole.release("article") as folder:
        (folder / "pages").mkdir()
        (folder / "pages/index.html").write_text("new")
        other = subprocess.run(
            [sys.executable, "-c", program, outputs / ".article.lock"],
            capture_output=True,
            text=True,
        )
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
def test_without_an_exchange_the_last_set_comes_back_if_the_new_one_cannot_take_its_place(
    outputs, monkeypatch
):
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
    with pytest.raises(ValueError), replace_outputs_whole.release("article"):
        raise ValueError
    assert published(outputs) == "old"


def test_a_run_killed_in_the_middle_leaves_the_last_set_whole_and_the_next_one_cleans_up(
    outputs, tmp_path
):
    program = """
import pathlib, signal, sys
from helpers.machinery.outputs import replace_outputs_whole
replace_outputs_whole.OUTPUTS = pathlib.Path(sys.argv[1])
with replace_outputs_whole.release("article") as folder:
    (folder / "half").write_text("a page")
    open(sys.argv[2], "w").write("x")
    signal.pause()
"""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    process = subprocess.Popen([sys.executable, "-c", program, outputs, pipe], cwd=data.ROOT)
    assert heard(pipe, process)
    process.kill()
    assert process.wait() == -signal.SIGKILL
    assert (outputs / "article/pages/index.html").read_text() == "old"
    put("new")
    assert published(outputs) == "new"


def test_outputs_that_cannot_be_written_are_told_in_one_message(tmp_path, monkeypatch):
    monkeypatch.setattr(replace_outputs_whole, "OUTPUTS", tmp_path / "outputs")
    (tmp_path / "outputs").write_text("a file")
    with (
        pytest.raises(RunError, match=r"outputs cannot be written \(File exists\)$"),
        replace_outputs_whole.release("article"),
    ):
        raise AssertionError("released")
    monkeypatch.setattr(replace_outputs_whole, "OUTPUTS", Path("/proc/outputs"))
    with (
        pytest.raises(RunError, match="^/proc/outputs cannot be written"),
        replace_outputs_whole.release("article"),
    ):
        raise AssertionError("released")


# the verdicts that the notebooks carry


def carrying(*records: dict):
    """A notebook with a cell that shows these verdicts."""
    small = notebook(JUDGING)
    small.cells[2].outputs = [
        new_output("display_data", {"text/plain": "a card", claims.MIME: record})
        for record in records
    ]
    return small


@pytest.fixture
def two(monkeypatch) -> None:
    """Two claims have a rule: C23 and C24, both of the notebook 06-refuelling."""
    monkeypatch.setattr(claims, "judged", lambda: ["C23", "C24"])


C23, C24 = ({"id": id, "notebook": "06-refuelling"} for id in ("C23", "C24"))
MISPLACED = {
    "twice in a notebook": (
        {"06-refuelling": carrying(C23, C24, C23)},
        "06-refuelling: C23 is judged twice",
    ),
    "twice in two notebooks": (
        {"06-refuelling": carrying(C23, C24), "09-verdicts": carrying(C24)},
        "09-verdicts: C24 is judged twice",
    ),
    "in the wrong notebook": (
        {"01-membership": carrying(C24)},
        "01-membership: C24 belongs to 06-refuelling, as claims.csv says",
    ),
    "nowhere": ({"06-refuelling": carrying(C24)}, "not judged in any cell: C23"),
}


@pytest.mark.usefixtures("two")
@pytest.mark.parametrize(("notebooks", "message"), MISPLACED.values(), ids=MISPLACED)
def test_a_verdict_at_the_wrong_place_is_refused(notebooks, message):
    with pytest.raises(RunError, match=f"^{re.escape(message)}$"):
        claims_json.verdicts(notebooks)


@pytest.mark.usefixtures("two")
def test_verdicts_are_gathered_in_the_order_of_the_article():
    assert claims_json.verdicts({"06-refuelling": carrying(C24, C23)}) == [C23, C24]
    assert claims_json.verdicts({"01-membership": carrying()}) == [], (
        "claims of notebooks that did not run are not missed"
    )


def test_json_is_refused_for_what_json_cannot_hold():
    assert (
        replace_outputs_whole.as_json([{"a": "é", "b": None}])
        == '[\n {\n  "a": "é",\n  "b": null\n }\n]\n'
    )
    with pytest.raises(ValueError):
        replace_outputs_whole.as_json({"low": float("nan")})


def test_the_closing_table_says_what_moved_from_was_to_is():
    was = {"id": "C23", "verdict": "holds", "as_worded": True, "computed": 9, "low": 9, "high": 9}
    was |= {"paragraphs": "12", "found": "9 aircraft", "readings": 2}
    was |= {"readings_holding": 2, "readings_failing": 0, "readings_unknown": 0}
    now = was | {"verdict": "unsupported", "computed": 10, "found": "10 aircraft"}
    now |= {"readings_holding": 0, "readings_unknown": 2}
    said = "C23 holds: 9 aircraft; fair readings: 2 true, 0 false, 0 unknown"
    assert (
        claims_json.table(([was], []), ([was], []))
        == claims_json.table(([was], []), ([], []))
        == said
    ), "what was not judged before has not moved"
    assert claims_json.table(([now], []), ([was], [])) == (
        "C23 holds → no public record: 9 aircraft → 10 aircraft"
        "; fair readings: 2 true, 0 false, 0 unknown"
        " → 0 true, 0 false, 2 unknown"
    )
    wider = was | {"high": 12}
    assert claims_json.table(([wider, was | {"id": "C24"}], []), ([was], [])).splitlines() == [
        said.replace("C23", "C24"),
        said.replace("aircraft;", "aircraft (the most over all fair readings 9 → 12);"),
    ], "what moved stands last"
    one = was | {"found": None, "as_worded": None, "readings_holding": 0, "readings_unknown": 1}
    assert claims_json.table(([one], []), ([], [])) == (
        "C23 holds: not known as meant; fair readings: 0 true, 0 false, 1 unknown"
    )


def test_the_closing_table_ends_with_the_answers_that_moved_in_words_with_their_units():
    was = {"answer": "soldiers of all members", "words": "18,000 persons (10,000–26,000)"}
    was |= {"unit": "persons", "value": 18_000, "low": 10_000, "high": 26_000}
    now = was | {"words": "24,000 persons (10,000–31,000)", "value": 24_000, "high": 31_000}
    still = was | {"answer": "orbits", "words": "0.5 orbits"}
    assert claims_json.table(([], [now, still]), ([], [was, still])).splitlines() == [
        "orbits: 0.5 orbits",
        "soldiers of all members: 18,000 persons (10,000–26,000) → 24,000 persons (10,000–31,000)",
    ]
    little = was | {"high": 26_001}
    assert claims_json.table(([], [little]), ([], [was])) == (
        "soldiers of all members: 18,000 persons (10,000–26,000) (high end 26,000 → 26,001)"
    )


@pytest.fixture(scope="module")
def records() -> list[dict]:
    return json.loads(replace_outputs_whole.as_json(claims_json.committed()))


KEYS = {
    "id",
    "paragraphs",
    "verdict",
    "as_worded",
    "readings",
    "line",
    "firmness",
    "likelihood",
    "found",
    "readings_holding",
    "readings_failing",
    "readings_unknown",
    "stated",
    "computed",
    "low",
    "high",
    "unit",
    "tipping_point",
    "weakest_evidence",
    "near_another",
    "notebook",
    "rows",
}


@pytest.mark.committed
def test_the_committed_notebooks_carry_a_verdict_on_every_claim_that_has_a_rule(records):
    listed = scenarios.notebooks()
    assert [record["id"] for record in records] == [
        id for id in claims.judged() if data.row(id)["notebook"] in listed
    ]


@pytest.mark.committed
def test_a_verdict_has_every_key_and_counts_that_add_up(records):
    for record in records:
        assert set(record) >= KEYS, record["id"]
        assert record["verdict"] in claims.VERDICTS
        assert record["as_worded"] in (True, False, None)
        assert 0 <= record["readings_holding"] + record["readings_unknown"] <= record["readings"], (
            record["id"]
        )
        assert record["weakest_evidence"] in (
            *data.columns("counts")["verification"]["constraints"]["enum"],
            None,
        )
        assert all(data.table_of(row) for row in record["rows"]), (
            "every row id is one of the tables'"
        )
        assert record["rows"] == sorted(set(record["rows"]))


@pytest.mark.committed
def test_the_verdicts_near_another_one_are_ranked_and_say_what_they_would_be(records):
    near = [record for record in records if record["near_another"]]
    facts = sorted((record["near_another"] for record in near), key=lambda fact: fact["rank"])
    assert [fact["rank"] for fact in facts] == list(range(1, len(near) + 1)) and near
    places = [open_facts.WHY.index(fact["why"]) for fact in facts]
    assert places == sorted(places)
    for record in near:
        true, false = (record["near_another"][way] for way in ("if_true", "if_false"))
        assert (true is None) == (false is None)
        assert true is None or {true, false} <= set(claims.VERDICTS) - {"opinion"}
        assert true is None or {true, false} != {record["verdict"]}, "one fact would change it"
        assert record["near_another"]["missing"] == sorted(set(record["near_another"]["missing"]))
    unknown = {  # of the article: a reader's own claim is not ranked
        record["id"]
        for record in records
        if record["verdict"] in ("undecided", "unsupported") and not claims.own(record)
    }
    assert {r["id"] for r in near if r["near_another"]["why"] == open_facts.WHY[0]} == unknown


def is_number(value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


@pytest.mark.committed
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
            assert computed == sorted(set(computed)) and set(computed) <= set(
                data.load("countries")["id"]
            ), record["id"]
        if isinstance(computed, str):
            assert date.fromisoformat(computed).isoformat() == computed, record["id"]
        kind = wanted.get(claim["comparison"]) or wanted.get(claim["kind"])
        if claim["kind"] == "threshold" and record["unit"] == "ratio":
            kind = is_number  # how far those named stand above the others, not who they are
        if kind and computed is not None:
            assert isinstance(computed, kind) if isinstance(kind, type) else kind(computed), record[
                "id"
            ]


@pytest.mark.long
def test_a_whole_run_of_notebooks_never_run_before_publishes_what_can_be_checked(tmp_path):
    checkout = Checkout(tmp_path)
    write(
        checkout.notebooks,
        {"04-beyond-nato": notebook(JUDGING.replace("06-refuelling", "04-beyond-nato"))},
    )
    run = checkout.command("reproduce", "--scenario", "read-only")
    assert (run.returncode, run.stderr) == (0, "")
    folder = tmp_path / "outputs/read-only"
    records = json.loads((folder / "claims.json").read_text("utf-8"))
    assert [record["id"] for record in records] == [
        id for id in claims.judged() if data.row(id)["notebook"] == "04-beyond-nato"
    ]
    *lines, note, page = run.stdout.splitlines()
    assert [line.split()[0] for line in lines[-len(records) :]] == [
        record["id"] for record in records
    ]
    assert (
        note.startswith("note: judged in no notebook that is listed: C01, C02, ")
        and "C16" not in note
    )
    assert page == str(folder / "index.html")
    found = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert (found["scenario"], found["parameters"]) == ("read-only", {"evidence": "read"})
    assert found["outputs"].items() < files(folder).items()
    assert set(files(folder)) - set(found["outputs"]) == {"manifest.json", "SHA256SUMS"}
    assert (
        subprocess.run(
            ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"], cwd=folder
        ).returncode
        == 0
    )


# a refresh: notebooks, outputs and texts that are of one piece, or as they were

UNLOGGED = UNCHECKED.replace(
    "sys.exit",
    """
from helpers.machinery.commands import refresh
refresh.log_lacks = list  # the log of verdicts is as it is
refresh.numbers_without_range.notes = lambda notebooks: [f"{name} tells 9" for name in notebooks]
check_data.notes = lambda: ["note: to be mended"]
sys.exit""",
)
README = """\
# A project
<!-- findings: written by `make refresh` -->
<!-- end of findings -->
Some words.
<!-- digests: written by `make refresh` -->
<!-- end of digests -->
"""


@pytest.fixture
def checkout(tmp_path) -> Checkout:
    """A checkout with the texts that a refresh writes."""
    checkout = Checkout(tmp_path)
    (tmp_path / "README.md").write_text(README, "utf-8")
    (tmp_path / "data/README.md").write_text("not yet written", "utf-8")
    return checkout


@pytest.mark.long
def test_a_refresh_brings_notebooks_outputs_and_texts_up_to_date_and_says_what_moved(
    checkout, records, monkeypatch, capsys
):
    was = [
        record | {"computed": 8} if record["id"] == "C02" else record
        for record in records
        if record["notebook"] == "01-membership"
    ]
    small = carrying(*was)
    small.cells[2].source = JUDGING.replace("06-refuelling", "01-membership")
    write(checkout.notebooks, {"01-membership": small})
    run = checkout.run("-c", UNLOGGED, "refresh")
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.splitlines()[-2:] == [
        "note: to be mended", "note: 01-membership tells 9; `make test` fails till then"
    ]  # fmt: skip
    made, readme = (
        files(checkout.path / "outputs/article"),
        (checkout.path / "README.md").read_text("utf-8"),
    )
    assert made["notebooks/01-membership.ipynb"] == files(checkout.notebooks)["01-membership.ipynb"]
    executed = execute.open_notebook(checkout.notebooks / "01-membership.ipynb")
    assert [
        [output.data[claims.MIME]["id"] for output in cell.outputs] for cell in executed.cells[1:]
    ] == [[], [record["id"] for record in was]]
    for name in ("report.html", "claims.json"):
        assert f"\n| `{name}` | `{made[name]}` |\n" in readme
    assert re.findall(r"^\| (C\w+) \|", readme, re.M) == [record["id"] for record in was]
    written = ("|", "- *", "All 4 claims")  # the table, what the verdicts mean, and of how many
    kept = [line for line in readme.splitlines() if line and not line.startswith(written)]
    assert kept == [line for line in README.splitlines() if line]
    assert (checkout.path / "data/README.md").read_text("utf-8").startswith("# The data\n")
    assert [line.partition("; ")[0] for line in run.stdout.splitlines() if " → " in line] == [
        "C02 holds: 34 states (as meant 8 → 34)"
    ]
    monkeypatch.setattr(data, "ROOT", checkout.path)
    monkeypatch.setattr(scenarios, "NOTEBOOKS", checkout.notebooks)
    monkeypatch.setattr(replace_outputs_whole, "OUTPUTS", checkout.path / "outputs")
    monkeypatch.setattr(text, "README", checkout.path / "README.md")
    assert machinery.main(["verify"]) == 0
    assert capsys.readouterr().out == "article: every file is what these inputs give\n"


@pytest.mark.long
def test_a_refresh_asks_for_the_line_that_the_log_of_verdicts_lacks(monkeypatch):
    assert refresh.log_lacks() == []
    monkeypatch.setattr(claims, "weigh", lambda readings: "opinion")
    said = refresh.log_lacks()
    count = len(said) // 2
    turned, asked, lines = said[:count], said[count], said[count + 1 :]
    was = data.load("verdict_log").query("claim == 'C24'").sort_values("date")["verdict"].iloc[-1]
    assert f"C24: {was} → opinion" in turned
    assert "data/verdict_log.csv" in asked and "DATE" in asked and "REASON" in asked
    newest = scenarios.newest_observation()
    assert f"verdict/C24/DATE,C24,DATE,{newest},opinion," in "\n".join(lines)
    assert len(lines) == len(claims.judged()) - 1  # C28 is opinion already


@pytest.mark.parametrize("error", [OSError, KeyboardInterrupt, SystemExit])
def test_files_rewritten_for_a_block_are_put_back_where_it_is_left_by_an_error(tmp_path, error):
    (one := tmp_path / "one").write_text("old")
    with refresh.rewritten({one: "new"}):
        assert one.read_text() == "new"
    assert one.read_text() == "new"
    with pytest.raises(error), refresh.rewritten({one: "newer"}):
        raise error
    assert one.read_text() == "new"


def test_a_disk_that_is_full_before_all_files_are_rewritten_leaves_each_as_it_was(
    tmp_path, monkeypatch
):
    def fails(path, content):
        path.write_text("ha")
        raise OSError(28, "No space left on device")

    texts = {tmp_path / "one": "new", tmp_path / "two": "new"}
    for path in texts:
        path.write_text("old")
    write = Path.write_bytes
    monkeypatch.setattr(
        Path,
        "write_bytes",
        lambda path, content: fails(path, content) if "two" in path.name else write(path, content),
    )
    with pytest.raises(OSError, match="No space left"), refresh.rewritten(texts):
        raise AssertionError("rewritten")
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {
        "one": "old",
        "two": "old",
    }


def test_claims_json_and_the_executed_notebooks_are_written(tmp_path):
    small = notebook("1")
    claims_json.write(tmp_path, {"one": small}, [C23])
    assert json.loads((tmp_path / "claims.json").read_text("utf-8")) == [C23]
    assert execute.open_notebook(tmp_path / "notebooks/one.ipynb") == small
