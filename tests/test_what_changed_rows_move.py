"""Each row changed since the last commit is told with what it moves."""

import pytest

from helpers import claims, data
from helpers.claims import Outcome, Reading, readings
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


def second_look(tiny, judge=judge):
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
    assert lines[2] == what_changed_rows_move.ALONE
    assert lines[3].startswith("the verdict on C12 moves, holds (1 of 1, 2) → fails")
    assert lines[3].endswith("add a line to CHANGELOG.md that names C12")
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
    older = {"id": "tanker/usa/2024-05", "observed": "2024-05", "source_id": "book"}
    committed.put("capabilities", "tanker/usa/2024-05", **newest | older)
    (line,), _ = second_look(committed)
    assert line == (
        f"new: tanker/usa/2024-05: {what_changed_rows_move.NOTHING}; by its date it counts from"
        " 31 May 2024 to 30 December 2025, and from 31 December 2025 on tanker/usa/2025-12 takes"
        " its place"
    ), "a month is over on its last day"
    committed.put("capabilities", "tanker/usa/2024-05", observed="2026-05")
    (line,), _ = second_look(committed)
    assert line == (
        f"new: tanker/usa/2024-05: {what_changed_rows_move.NOTHING}{what_changed_rows_move.LATER}"
    ), "it is the newest itself"


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        (
            "2025-12-12",
            "2025-12-16",
            "from 12 December 2025 to 15 December 2025 (`make compare FROM=2025-12-15 TO=article`"
            " shows one of these days), and from 16 December 2025",
        ),
        ("2025-12-20", "2025-12-21", "on 20 December 2025 alone, and from 21 December 2025"),
        (
            "2025-12-21",
            "2025-12-24",
            "from 21 December 2025 to 23 December 2025 (`make compare FROM=article TO=2025-12-21`"
            " shows one of these days), and from 24 December 2025",
        ),
    ],
)
def test_the_days_on_which_a_row_counts_are_told_with_how_to_look_at_one(
    committed, first, second, told
):
    row = next(row for row in committed.rows("capabilities") if row["id"] == "tanker/usa/2025-12")
    for id, day in (("tanker/usa/one", first), ("tanker/usa/other", second)):
        other = {"id": id, "fleet": "new", "observed": day, "source_id": "paper-2025-03"}
        committed.put("capabilities", id, **row | other)
    lines, _ = second_look(committed)
    assert lines[0].endswith(f"; by its date it counts {told} on tanker/usa/other takes its place")


def test_a_new_claim_is_judged_with_its_readings(committed):
    reading = {"claim": "C34", "votes": "yes"}
    committed.put("claims", "C34", claim="Britain has more tankers than France")
    committed.put("readings", "C34/of/all", **reading)
    committed.put("orders", "order/1", note="seen again")

    def judge(folder, names):
        rows = [data.read(table, folder)[0] for table in ("claims", "readings")]
        judged = "C34" in set(rows[0]["id"]) and "C34" in set(rows[1]["claim"])
        return {"C34": "undecided (0 of 1)"} if judged else {}

    lines, logged = what_changed_rows_move.told(
        committed.path, judge, committed.path.parent / "CHANGELOG.md"
    )
    assert logged and set(lines) == {
        "new: C34: C34 is new: undecided (0 of 1)",
        "new: C34/of/all: belongs to the new claim C34",
        f"changed: order/1: {what_changed_rows_move.NOTHING}{what_changed_rows_move.LATER}",
        what_changed_rows_move.ALONE,
    }


def any_crews(world, definition, crews="any"):
    return Outcome({"any": True, "known": None, "two": False}[crews], rows=(definition, crews))


def crews_without_default(world, definition, crews):
    return any_crews(world, definition, crews)


def judged_by(rule, monkeypatch) -> None:
    """C24 is judged by another rule, and no other claim is judged."""
    claims.judged()  # which loads the rules
    monkeypatch.setitem(claims.RULES, "C24", rule)
    monkeypatch.setattr(claims, "judged", lambda: ["C24"])
    known = {"definition": ("all", "jets"), "crews": ("any", "known", "two")}
    monkeypatch.setattr(readings, "options", lambda claim: known)


def with_a_choice(committed, monkeypatch, rule) -> list[str]:
    """What is told of a choice with three options that C24 gets."""
    judged_by(rule, monkeypatch)
    for option, votes, meant in (
        ("any", "yes", "yes"), ("known", "yes", "no"), ("two", "no", "no")
    ):  # fmt: skip
        cells = {"claim": "C24", "choice": "crews", "option": option}
        committed.put("readings", f"C24/crews/{option}", **cells, votes=votes, as_worded=meant)
    lines, _ = what_changed_rows_move.told(
        committed.path, log=committed.path.parent / "CHANGELOG.md"
    )
    return lines


def test_a_new_choice_is_told_with_its_options_and_the_readings_that_it_makes(
    committed, monkeypatch
):
    assert with_a_choice(committed, monkeypatch, any_crews) == [
        "new: the choice crews of C24, with the options any (as meant; readings from before have"
        " it), known (counts) and two (beside the claim), which moves:",
        "  C24 holds (2 of 2) → holds (2 of 4)",
        "  the fair reading ‘all, known’ of C24 is new and counts towards the verdict: not known",
        "  the fair reading ‘jets, known’ of C24 is new and counts towards the verdict: not known",
        "  and 2 readings beside claims are new:",
        "    the reading ‘all, two’ beside C24 is new: false",
        "    the reading ‘jets, two’ beside C24 is new: false",
        "new: C24/crews/known: belongs to the new choice crews of C24",
        "new: C24/crews/two: belongs to the new choice crews of C24",
    ]


def test_a_new_choice_without_a_default_is_set_beside_nothing(committed, monkeypatch):
    first, *_ = with_a_choice(committed, monkeypatch, crews_without_default)
    assert first == (
        "new: the choice crews of C24, with the options any (as meant), known (counts) and two"
        f" (beside the claim): {what_changed_rows_move.NO_DEFAULT}"
    )


def test_a_reading_that_gets_or_loses_its_vote_is_told_so(committed, monkeypatch):
    judged_by(any_crews, monkeypatch)
    committed.put("readings", "C24/definition/jets", votes="no")
    lines, _ = second_look(committed, what_changed_rows_move.judged)
    assert lines[1:] == [
        "  C24 holds (2 of 2) → holds (1 of 1)",
        "  the reading ‘jets’ beside C24 counts towards the verdict no more: true",
    ]
    beside, fair = "the reading ‘jets’ beside C24", "the fair reading ‘jets’ of C24"
    got = what_changed_rows_move._words(fair, {beside: "true"}, {fair: "true"})
    assert got == f"{fair} counts now towards the verdict: true"


def test_what_two_rows_move_only_together_is_told(committed):
    for state in ("deu", "ita"):
        committed.put("signatories", f"signatory/{state}", party=state.upper())

    def judge(folder, names):
        signed = len(data.read("signatories", folder)[0])
        return {"C12": f"{'fails' if signed == 4 else 'holds'} (1 of 1)"}

    lines, logged = what_changed_rows_move.told(
        committed.path, judge, committed.path.parent / "CHANGELOG.md"
    )
    assert all("by itself" in line for line in lines[:2]) and not logged
    assert lines[2:5] == [
        what_changed_rows_move.ALONE,
        f"{what_changed_rows_move.TOGETHER}:",
        "  C12 holds (1 of 1) → fails (1 of 1)",
    ]


def test_two_rows_that_move_nothing_together_are_told_so(committed):
    for table, id in (("orders", "order/1"), ("counts", "count/2025-12-15")):
        committed.put(table, id, note="seen again")
    lines, logged = second_look(committed)
    assert logged and lines[2:] == [what_changed_rows_move.NOR_TOGETHER]


def test_one_row_alone_is_told_without_a_word_on_others(committed):
    committed.put("orders", "order/1", note="seen again")
    (line,), _ = second_look(committed)
    assert line.startswith("changed: order/1")


def test_a_row_that_moves_much_is_told_by_verdicts_and_answers_first():
    beside = "the reading ‘of {}’ beside C24 true, {} → {}, {}"
    numbers = [beside.format(n, n, "true", n + 1) for n in range(38)]
    turned, answer = beside.format("all", 3, "false", 4), "the answer on states 35 → 36"
    verdict = "C12 holds (1 of 1, 2) → fails (1 of 1, 3)"
    moved = [verdict, *numbers, turned, answer]
    assert what_changed_rows_move._in_order(moved) == [
        *(f"  {words}" for words in (verdict, answer, turned)),
        "  and 38 readings beside claims move in their number only:",
        *(f"    {words}" for words in numbers[:5]),
        "    and 33 more",
    ]
    change = what_changed_rows_move.Change("orders", "order/1", {}, {})
    head, *rest = what_changed_rows_move._lines(
        what_changed_rows_move._head([change]), moved, "", "", ""
    )
    assert head == "changed: order/1, which moves:" and len(rest) == 3 + 1 + 5 + 1


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


def test_a_count_of_a_fleet_is_told_from_which_day_on_it_counts():
    id = "tanker/mmf-a330-mrtt/2025-06-24"  # its source is of 27 February 2026
    row = data.row(id).to_dict() | {"id": id}
    told = what_changed_rows_move.superseded(
        data.DATA, what_changed_rows_move.Change("capabilities", id, {}, row)
    )
    assert told.startswith("; it counts from 27 February 2026 on, when its source was out (before")
    that_day = row | {"observed": "2026-02-27"}
    change = what_changed_rows_move.Change("capabilities", id, {}, that_day)
    assert what_changed_rows_move.superseded(data.DATA, change) == ""


def test_a_state_tells_numbers_with_their_ranges_and_what_stands_beside_the_claim(monkeypatch):
    beside = "the reading ‘navy too’ beside C24"
    readings = [
        Reading({"of": "large"}, (), True, True, Outcome(True, Quantity(9, 8, None))),
        Reading({"of": "all"}, (), False, True, Outcome(True, Quantity(12, 12, 12))),
        Reading({"of": "none"}, (), False, True, Outcome(None, None)),
        Reading({"of": "navy-too"}, (), False, False, Outcome(None, ["FRA", "GBR"])),
    ]
    monkeypatch.setattr(claims, "judged", lambda: ["C24"])
    monkeypatch.setattr(claims, "read", lambda claim, world: readings)
    wanted = {"C24": "holds (2 of 3, 9 from 8 to an open end; 12; 1 unknown)"}
    wanted[beside] = "not known, FRA GBR"
    fair = {"large": "true, 9 from 8 to an open end", "all": "true, 12", "none": "not known"}
    wanted |= {f"the fair reading ‘{option}’ of C24": state for option, state in fair.items()}
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
