"""Verdicts worked out ahead say what judging each claim in its world says."""

import calendar
import itertools
import json
import random
import re
from dataclasses import replace

import pytest
from worlds_with_other_rows import ARTICLE

from helpers import claims, data, notebook_parameters, scenarios
from helpers.claims import days_of_the_slider, verdicts_worked_out_ahead
from helpers.machinery.outputs import cache_of_verdicts_ahead
from helpers.machinery.site import conclusion_at_the_top, slider_for_the_script

SAMPLE = 40  # claims judged anew, each in a world drawn by a seed
ALIKE = {"for", "more", "of", "training", "would"}  # what follows one and several in the same form
COUNTED = r"(?<![\w.,–-])(\d+) ((?:official |independent |other |general )?[a-z]+)"
NEGATED = r"\b(never|no|nobody|none|nor|not)\b"
SLIPS = {  # what no line holds, and why
    r"^[^A-Z\d‘]": "begins without a capital letter",
    r"[^\w)’%]\.$|[^.]$": "does not end with one full stop",
    r"  | [.,;:]|[.,;:]{2}|[{}]": "is joined badly",
    r"\bnever[.,;]": "puts ‘never’ after what it denies",
    r"(?<!\.)\b0 (?!to\b)[a-z]": "says 0 for none",
    r"\b1 (\w+ ){1,2}that (are|have|were)\b": "has one thing that are",
    r"(?<=[.:] )(.{20,}[.:]) (.* )?\1|^(.{20,}[.:]) (.* )?\3": "says the same twice",
}


@pytest.fixture(scope="module")
def newest():
    return scenarios.newest_observation()


@pytest.fixture(scope="module")
def found(newest):
    """The verdicts of some claims in every world: of each kind one that moves little time."""
    within = days_of_the_slider.worlds(newest, ARTICLE.folder)
    return within, {
        id: verdicts_worked_out_ahead.moves(id, within)
        for id in ("C02", "C07", "C09", "C23", "C24")
    }


def test_the_days_run_from_the_first_month_to_the_newest_and_hold_the_articles(newest):
    days = days_of_the_slider.days(newest)
    assert days == sorted(days) and days[0] == "2025-03-31" and days[-1] == newest
    assert data.World.as_of in days


def test_at_every_point_the_table_says_what_judging_says(found):
    within, every = found
    assert len(within) == len(days_of_the_slider.days(within[-1].as_of)) * 2 * 3
    drawn = random.Random(1).sample([(id, at) for id in every for at in range(len(within))], SAMPLE)
    for id, at in drawn:
        verdict, world = claims.judge(id, within[at]), within[at]
        assert every[id].states[every[id].at[at]][0] == (verdict.verdict, str(verdict.line)), world


def test_a_reading_left_out_no_longer_counts(found):
    within, every = found
    here = within.index(ARTICLE)
    moves = every["C24"]
    readings = claims.read("C24", ARTICLE, all_readings=False)
    state = moves.states[moves.at[here]]
    assert state[0][0] == "depends" and len(state) == 2 ** len(moves.others)
    for place in range(len(state)):
        out = {ids for bit, ids in enumerate(moves.others) if place & 1 << bit}
        kept = [r.outcome.holds for r in readings if not r.as_worded and r.ids not in out]
        meant = next(r.outcome for r in readings if r.as_worded)
        assert state[place][0] == claims.verdict_of(meant, kept)
    assert "holds" in [verdict for verdict, _ in state]


def test_what_is_found_of_a_claim_that_is_not_decided_is_kept():
    """No search for an American promise reaches to October: two are known unmet."""
    world = replace(ARTICLE, as_of="2026-10-07")
    moves = verdicts_worked_out_ahead.moves("C27a", [ARTICLE, world])
    verdict, line = moves.states[moves.at[1]][0]
    assert verdict == "undecided" and moves.found == {line: 2}
    assert "American support is open." in line


@pytest.mark.parametrize("claim", ["C02", "C03", "C04"])
def test_claims_on_who_takes_part_keep_to_all_members(claim):
    """On every page: the rules themselves ask all of them."""
    of_all, *others = (
        [
            (each.ids, each.outcome.holds, str(each.outcome.line))
            for each in claims.read(claim, world)
        ]
        for world in (data.World(roster=name) for name in notebook_parameters.ROSTERS)
    )
    assert others == [of_all, of_all]


def test_a_frozen_claim_is_the_same_on_the_articles_day_and_every_later_one(found):
    within, every = found
    for evidence, later in itertools.product(notebook_parameters.EVIDENCE, (True, False)):
        at = {
            place
            for place, world in zip(every["C09"].at, within, strict=True)
            if world.evidence == evidence and (world.as_of >= data.World.as_of) == later
        }
        assert len(at) == 1


def test_the_words_for_moved_verdicts_make_the_sentence_that_the_page_begins_with():
    words = conclusion_at_the_top.moving(4)
    for verdicts in (
        {"C01": "holds", "C02": "holds", "C27a": "holds", "C28": "opinion"},
        {"C01": "fails", "C02": "depends", "C27a": "undecided", "C28": "opinion"},
        {"C01": "fails", "C02": "fails", "C27a": "fails", "C28": "opinion"},
    ):
        holds, fails = (list(verdicts.values()).count(name) for name in ("holds", "fails"))
        for name, day in (("late", ""), ("early", "31 March 2025")):
            said = words[name]
            lead = next(lead for lead, least in words["leads"].items() if holds >= least)
            facts = {"day": day, "lead": lead, "holds": holds, "all": 4}
            failed = said["fails"].get(str(fails), said["fails"][""]).format(fails=fails)
            first = said["first"].format(**facts, failed=failed)
            ends = [end.get(verdicts[id], end.get("")) for id, end in said["ends"].items()]
            made = "; ".join([first, *ends]) + "."
            assert made == str(conclusion_at_the_top.sentence(verdicts, None, day))


def slips(lines: list[str]) -> list[tuple[str, str]]:
    """Lines that are no good English, as far as a search for a few kinds of slip can tell."""
    found = [(line, why) for line in lines for slip, why in SLIPS.items() if re.search(slip, line)]
    numbered: dict[bool, dict[str, str]] = {True: {}, False: {}}
    for line in lines:
        for number, words in re.findall(COUNTED, line):
            numbered[number == "1"].setdefault(words, line)
        for clause in re.split(r"[;,.]| and ", line):
            if "anything" in clause and not re.search(NEGATED, clause):
                found.append((line, "says ‘anything’ where nothing is denied"))
    one, several = numbered.values()
    return found + [
        (one[words], f"says ‘1 {words}’") for words in (one.keys() & several.keys()) - ALIKE
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ["at least 29 take part."],
        ["Two take part"],
        ["Two , or three, take part."],
        ["They were promised never; so much is known."],
        ["Of 9 that declined 0 would help."],
        ["Of 1 official task that are known 1 says so."],
        ["It is found in two texts. On another reading it is false: It is found in two texts."],
        ["Of two texts 1 say so.", "Of five texts 3 say so."],
        ["It takes 1 official passages.", "It takes 3 official passages."],
        ["Others have never left it open and once accepted or offered anything."],
    ],
)
def test_a_slip_of_language_is_seen(lines):
    assert len({why for _, why in slips(lines)}) == 1


def test_at_every_point_each_line_is_free_of_slips_of_language(article):
    page = (article / "index.html").read_text("utf-8")
    told = json.loads(re.search(r'id="page:outcomes">(.*?)</script>', page)[1])
    assert len(told["lines"]) > 100 and slips(told["lines"]) == []


DATE = re.compile(rf"(\d{{1,2}} )?({'|'.join(calendar.month_name[1:])}) (\d{{4}})")


def days_named(line: str) -> list[str]:
    """The days and months that a line names, each as its first day in ISO's form."""
    months = list(calendar.month_name)
    return [
        f"{year}-{months.index(month):02}-{int(date or 1):02}"
        for date, month, year in DATE.findall(line)
    ]


def test_no_line_names_a_day_that_had_not_come(article):
    page = (article / "index.html").read_text("utf-8")
    told = json.loads(re.search(r'id="page:outcomes">(.*?)</script>', page)[1])
    worlds = list(itertools.product(told["day"], told["evidence"], told["roster"]))
    late = [
        (claim, world, line)
        for claim, moves in told["claims"].items()
        for world, at in zip(worlds, moves["at"], strict=True)
        for _, place in moves["states"][at]
        for line in [told["lines"][place]]
        if max(days_named(line), default="") > world[0]
    ]
    assert len(worlds) == 30 and late == []


def test_what_a_page_holds_of_them_begins_where_the_page_stands_and_is_no_markup():
    table = {
        "days": ["2025-03-31", "2025-12-20"],
        "evidence": ["all", "read"],
        "roster": list(notebook_parameters.ROSTERS),
        "claims": {},
        "lines": ["</script>"],
    }
    told = slider_for_the_script.told(table, notebook_parameters.DEFAULTS | {"evidence": "read"})
    assert told.begin == [1, 1, 0] and "<" not in told.json
    facts = json.loads(told.json)
    assert facts["start"] == 9 and facts["said"][1] == "20 December 2025"
    assert facts["early"] == [True, False]
    assert facts["stays"] == (
        "This part stays at 20 December 2025,"
        " with evidence read at its source, all members and all readings."
    )
    assert facts["mostly"] == facts["stays"].replace(
        "This", "Unless it names another day or evidence, this"
    )


def test_the_part_that_compares_two_days_names_both():
    table = {"days": ["2025-12-20", "2026-11-09"], "evidence": ["all", "read"], "claims": {}}
    table |= {"roster": list(notebook_parameters.ROSTERS), "lines": []}
    for as_of in table["days"]:  # they are the same on every page
        told = slider_for_the_script.told(table, notebook_parameters.DEFAULTS | {"as_of": as_of})
        assert json.loads(told.json)["compares"] == (
            "This part does not move: it tells what changed from 20 December 2025"
            " to 9 November 2026, with all evidence."
        )


def test_they_are_worked_out_once_for_the_same_data_and_rules(tmp_path, monkeypatch):
    monkeypatch.setattr(
        cache_of_verdicts_ahead.replace_outputs_whole, "OUTPUTS", tmp_path / "outputs"
    )
    made = []
    monkeypatch.setattr(
        cache_of_verdicts_ahead.verdicts_worked_out_ahead,
        "table",
        lambda newest: made.append(newest) or {"n": 1},
    )
    monkeypatch.setattr(cache_of_verdicts_ahead.background, "Work", lambda work: work)
    inputs = {
        "data/a.csv": "1",
        "helpers/data/csv_tables.py": "2",
        "helpers/machinery/site/pages.py": "3",
    }
    assert cache_of_verdicts_ahead.begin(inputs)() == {"n": 1} and len(made) == 1
    assert cache_of_verdicts_ahead.begin(inputs | {"helpers/machinery/site/pages.py": "4"})() == {
        "n": 1
    }
    assert len(made) == 1
    cache_of_verdicts_ahead.begin(inputs | {"data/a.csv": "5"})()
    assert len(made) == 2
    (tmp_path / "outputs" / cache_of_verdicts_ahead.KEPT).write_text("[]")
    assert cache_of_verdicts_ahead.begin(inputs)() == {"n": 1} and len(made) == 3
