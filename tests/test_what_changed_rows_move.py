"""Each row changed since the last commit is told with what it moves."""

import pytest

from helpers import claims, data
from helpers.claims import Outcome, Reading
from helpers.machinery.check import changelog, what_changed_rows_move
from helpers.quantities import Quantity


def judge(folder, names):
    """Two claims of a test: how many signed, and who counted most."""
    signed = len(data.read("signatories", folder)[0])
    most = data.read("counts", folder)[0]["count"].max()
    every = {
        "C12": f"{'holds' if signed == 2 else 'fails'} (1 of 1, {signed})",
        "the answer on states": str(most),
    }
    return {name: state for name, state in every.items() if names is None or name in names}


@pytest.fixture
def committed(tiny, committed_to_git):
    (tiny.path.parent / "CHANGELOG.md").write_text("# Changelog\n")
    committed_to_git(tiny.path.parent)
    return tiny


def second_look(tiny):
    return what_changed_rows_move.told(tiny.path, judge, tiny.path.parent / "CHANGELOG.md")


def test_without_a_change_nothing_is_told(committed):
    assert second_look(committed) == ([], True)


def test_each_changed_row_is_told_with_what_it_moves(committed):
    committed.put("signatories", "signatory/deu", party="DEU")
    committed.put("orders", "order/1", note="seen again")
    lines, logged = second_look(committed)
    assert lines[0] == "new: signatory/deu: C12 holds (1 of 1, 2) → fails (1 of 1, 3)"
    assert (
        lines[1] == "changed: order/1: moves no verdict, reading or answer as of 20 December 2025"
        " (`make compare` tells what later days show)"
    )
    assert lines[2].startswith("the verdict on C12 moves, holds (1 of 1, 2) → fails")
    assert lines[2].endswith("add a line to CHANGELOG.md that names C12")
    assert not logged


def test_a_verdict_that_moved_with_its_line_is_well(committed):
    committed.put("signatories", "signatory/deu", party="DEU")
    with (committed.path.parent / "CHANGELOG.md").open("a") as log:
        log.write("| 2026-11-29 | signatory/deu | | | C12 holds → fails | gov |\n")
    lines, logged = second_look(committed)
    assert len(lines) == 1 and logged


def test_a_number_that_moves_alone_asks_for_no_verdict(committed):
    committed.put("counts", "count/2025-12-15", count="36")
    lines, logged = second_look(committed)
    assert logged and "the answer on states" in lines[0]


def test_a_new_row_that_a_later_one_supersedes_is_told_so(committed):
    rows = {row["id"]: row for row in committed.rows("capabilities")}
    newest = rows["tanker/usa/2025-12"]
    committed.put(
        "capabilities",
        "tanker/usa/2024-05",
        **newest | {"id": "tanker/usa/2024-05", "observed": "2024-05"},
    )
    (line,), _ = second_look(committed)
    day = newest["observed"] if len(newest["observed"]) > 7 else newest["observed"] + "-01"
    assert line.startswith(f"new: tanker/usa/2024-05: {what_changed_rows_move.NOTHING}; from 1 ")
    assert line.endswith(" on tanker/usa/2025-12 takes its place") and day[:4] in line
    committed.put("capabilities", "tanker/usa/2024-05", observed="2026-05")
    (line,), _ = second_look(committed)
    assert line == f"new: tanker/usa/2024-05: {what_changed_rows_move.NOTHING}", (
        "it is the newest itself"
    )


def test_a_row_that_is_gone_is_told(committed):
    committed.drop("signatories", "signatory/gbr")
    lines, logged = second_look(committed)
    assert lines[0].startswith("gone: signatory/gbr: C12 holds") and not logged


def test_a_quotation_that_lost_its_end_is_asked_for(committed):
    table, id = "counts", "count/2025-12-15"
    long = what_changed_rows_move.Change(
        table, id, {"quoted": "ready if asked"}, {"quoted": "ready"}
    )
    assert long.lost == "if asked"
    assert not what_changed_rows_move.Change(
        table, id, {"quoted": "ready"}, {"quoted": "ready if asked"}
    ).lost
    assert not what_changed_rows_move.Change(table, id, {"quoted": "ready"}, {"quoted": ""}).lost


def test_a_state_tells_numbers_with_their_ranges_and_what_stands_beside_the_claim(monkeypatch):
    beside = "the reading ‘navy too’ beside C24"
    readings = [
        Reading({"of": "large"}, (), True, True, Outcome(True, Quantity(9, 8, None))),
        Reading({"of": "all"}, (), False, True, Outcome(True, Quantity(12, 12, 12))),
        Reading({"of": "navy-too"}, (), False, False, Outcome(None, ["FRA", "GBR"])),
    ]
    monkeypatch.setattr(claims, "judged", lambda: ["C24"])
    monkeypatch.setattr(claims, "read", lambda claim, world: readings)
    wanted = {"C24": "holds (2 of 2, 9 from 8 to an open end; 12)", beside: "not known, FRA GBR"}
    for names in (["C24"], [beside]):
        assert what_changed_rows_move.judged(data.DATA, names) == wanted
    moved = what_changed_rows_move._words(beside, wanted, {beside: "true, FRA"})
    assert moved == f"{beside} not known, FRA GBR → true, FRA"
    assert not what_changed_rows_move._turned(moved)


def test_of_many_states_those_in_both_lists_are_left_out():
    states = "AUS AUT BEL CAN DNK FIN FRA"
    was, now = {"C02": f"holds (1 of 1, {states})"}, {"C02": f"holds (1 of 1, {states} GBR)"}
    moved = what_changed_rows_move._words("C02", was, now)
    assert moved == "C02 holds (1 of 1, …) → holds (1 of 1, … GBR)"
    assert not what_changed_rows_move._turned(moved)


def test_outside_git_nothing_is_told(tiny):
    assert what_changed_rows_move.told(tiny.path, judge, changelog.CHANGELOG) == ([], True)
