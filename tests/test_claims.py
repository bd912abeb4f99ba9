"""Verdicts: three-valued, from readings in the table, the same in the committed notebooks, and
moved by the rows alone.
"""

import dataclasses
import functools
import itertools
import json
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds_with_other_rows import ARTICLE, KNOWN, base

from helpers import (
    charts,
    claims,
    commitments,
    conditions,
    data,
    membership,
    quantities,
    refuelling,
    scenarios,
    tables,
)
from helpers.claims import Input, Outcome, Reading, card_lines, firmness, rule_of_each_claim
from helpers.machinery.check import changelog, what_tests_will_demand
from helpers.machinery.outputs import claims_json
from helpers.machinery.site import notebook_html


def fleet(number: int) -> dict[str, int]:
    """The cells of a fleet of which so many aircraft are in service."""
    return dict.fromkeys(("in_service", "in_service_low", "in_service_high"), number)


TODAY = data.World()  # the article's world with every row that is there


@functools.cache
def judged(claim: str, world: data.World = TODAY) -> claims.Verdict:
    """The verdict on a claim in the article's world."""
    return claims.judge(claim, world)


def reading(holds, votes=True, as_worded=False, **outcome) -> Reading:
    return Reading(
        {"choice": "option"}, ("C00/choice/option",), as_worded, votes, Outcome(holds, **outcome)
    )


VERDICTS = {  # (as meant, what the other fair readings come to): the verdict
    (True, ()): "holds",
    (True, (True,)): "holds",
    (True, (None,)): "holds",
    (True, (True, None)): "holds",
    (True, (False,)): "depends",
    (True, (True, False)): "depends",
    (True, (False, None)): "depends",
    (True, (True, False, None)): "depends",
    (False, ()): "fails",
    (False, (False,)): "fails",
    (False, (None,)): "fails",
    (False, (False, None)): "fails",
    (False, (True,)): "depends",
    (False, (True, False)): "depends",
    (False, (True, None)): "depends",
    (False, (True, False, None)): "depends",
    (None, ()): "undecided",
    (None, (True,)): "undecided",
    (None, (False,)): "undecided",
    (None, (None,)): "undecided",
    (None, (True, None)): "undecided",
    (None, (False, None)): "undecided",
    (None, (True, False)): "depends",
    (None, (True, False, None)): "depends",
}


def test_the_table_of_verdicts_has_every_combination():
    every = [True, False, None]
    sets = {some for n in range(4) for some in itertools.combinations(every, n)}
    assert set(VERDICTS) == set(itertools.product(every, sets))


@pytest.mark.parametrize("opinion", [False, True])
@pytest.mark.parametrize("searched", [False, True])
@pytest.mark.parametrize(("case", "verdict"), VERDICTS.items(), ids=str)
def test_a_verdict_follows_from_the_claim_as_meant_and_its_other_fair_readings(
    case, verdict, searched, opinion
):
    meant, others = case
    if verdict == "undecided" and searched:
        verdict = "unsupported"
    if opinion:
        verdict = "opinion"
    outcome = Outcome(meant, searched=searched, opinion=opinion)
    assert claims.verdict_of(outcome, others) == verdict
    voting = [reading(holds) for holds in others]
    first = reading(meant, as_worded=True, searched=searched, opinion=opinion)
    assert claims.weigh([first, *voting]) == claims.weigh([*voting[::-1], first]) == verdict


def test_what_is_searched_for_another_reading_moves_no_verdict():
    meant = reading(None, as_worded=True)
    assert claims.weigh([meant, reading(None, searched=True, opinion=True)]) == "undecided"


@pytest.mark.parametrize("meant", [0, 2])
def test_a_claim_has_exactly_one_reading_as_meant(meant):
    with pytest.raises(ValueError):
        claims.weigh([reading(True, as_worded=True)] * meant + [reading(True)])


@given(
    st.sampled_from([True, False, None]),
    st.lists(st.sampled_from([True, False, None])),
    st.sampled_from([True, False, None]),
)
def test_a_reading_without_a_vote_never_moves_a_verdict(meant, outcomes, other):
    fair = [reading(meant, as_worded=True), *(reading(holds) for holds in outcomes)]
    assert claims.weigh([*fair, reading(other, votes=False)]) == claims.weigh(fair)


@pytest.mark.parametrize(
    ("share", "word"),
    [
        (1, "very likely"),
        (0.9, "very likely"),
        (0.89, "likely"),
        (0.66, "likely"),
        (0.65, "about as likely as not"),
        (0.34, "about as likely as not"),
        (0.33, "unlikely"),
        (0.11, "unlikely"),
        (0.1, "very unlikely"),
        (0, "very unlikely"),
    ],
)
def test_a_share_of_the_draws_is_told_in_calibrated_words(share, word):
    assert claims.likelihood(share) == word
    judged = {"very likely": True, "likely": True, "unlikely": False, "very unlikely": False}
    assert claims.judged_by_model(share, share) is judged.get(word)


def test_what_an_unknown_leaves_open_decides_no_reading():
    assert claims.judged_by_model(0.5, 0.9) is claims.judged_by_model(0.1, 0.5) is None
    assert claims.judged_by_model(0.7, 0.9) is True
    assert claims.judged_by_model(0, 0.3) is False


@given(st.floats(0.1, 1e4), st.floats(0.1, 1e4))
def test_a_tipping_point_is_the_nearest_value_at_which_the_verdict_changes(value, threshold):
    entry = Input(
        "n",
        "",
        value,
        "",
        None,
        None,
        (),
        lambda x: "holds" if x > threshold else "fails",
        whole=False,
    )
    tip = claims.tipping_point(entry, entry.verdict(value))
    if value / 9 <= threshold <= value * 9:
        assert entry.verdict(tip.at) != entry.verdict(value)
        assert abs(tip.at - threshold) <= value * claims.TOLERANCE + threshold * 0.01


@given(st.integers(1, 700), st.integers(1, 700))
def test_a_tipping_point_of_whole_numbers_is_exact(value, threshold):
    entry = Input(
        "n", "", value, "", None, None, (), lambda x: "holds" if x >= threshold else "fails"
    )
    tip = claims.tipping_point(entry, entry.verdict(value))
    wanted = threshold if value < threshold else threshold - 1
    assert tip is None if wanted > 10 * value else tip.at == wanted


@pytest.mark.parametrize(("gap", "before"), [(20, True), (0, False)])
def test_a_tipping_point_says_whether_the_verdict_is_left_open_before_it(gap, before):
    def verdict(x):
        return "fails" if x <= 50 else "undecided" if x <= 50 + gap else "holds"

    for whole in (True, False):
        tip = claims.tipping_point(Input("n", "", 100, "", None, None, (), verdict, whole), "holds")
        assert tip.becomes == "fails"
        if before:
            assert 69 <= tip.open_from <= 70  # the number itself, or a step of the search beyond it
        else:
            assert tip.open_from is None


@pytest.mark.parametrize("whole", [True, False])
def test_a_flip_in_a_band_narrower_than_the_first_steps_is_the_tipping_point(whole):
    def verdict(x):  # fails from 58 to 60, which both ways of searching step over, and up to 20
        return "holds" if x > 60 else "fails" if x > 58 or x <= 20 else "undecided"

    tip = claims.tipping_point(Input("n", "", 100, "", 59, 101, (), verdict, whole), "holds")
    assert (tip.becomes, tip.open_from, tip.inside) == ("fails", None, True)
    assert tip.at == 60 if whole else 59.5 <= tip.at <= 60


def test_a_verdict_that_nothing_in_reach_changes_has_no_tipping_point():
    assert (
        claims.tipping_point(Input("n", "", 9, "", None, None, (), lambda x: "holds"), "holds")
        is None
    )


@pytest.mark.parametrize("claim", claims.judged())
def test_every_judged_claim_has_one_reading_as_worded_and_rows_or_says_what_is_missing(claim):
    verdict = judged(claim)
    assert sum(reading.as_worded for reading in verdict.readings) == 1
    assert verdict.verdict in claims.VERDICTS
    assert verdict.rows or verdict.record()["missing"]


@pytest.mark.parametrize("claim", claims.judged())
def test_a_card_tells_its_line_its_readings_and_its_counts(claim):
    verdict = judged(claim)
    carried, record, shown = verdict.carried(), verdict.record(), verdict._repr_html_()
    assert carried == record | {name: carried[name] for name in ("card", "fair_readings")}
    assert json.loads(json.dumps(carried)) == carried
    names = [line["name"] for line in carried["card"]]
    assert names[:2] == ["claim", "line"] and "meant" in names and "readings" in names
    first = carried["card"][1]
    assert tables.words(first["words"]) == record["line"] and record["line"].endswith(".")
    assert record["line"][0] in "‘’" or record["line"][0].isupper() or record["line"][0].isdigit()
    parts = [record[f"readings_{name}"] for name in ("holding", "failing", "unknown")]
    assert sum(parts) == record["readings"] == len(carried["fair_readings"])
    truths = {line["holds"] for line in carried["card"] if line["name"] in ("meant", "other")}
    assert {True, False} <= truths or record["verdict"] != "depends"
    for line in carried["card"]:
        assert tables.words(line["words"]) in str(verdict)
        assert quantities.led(tables.html(line["words"])) in shown
    assert "<dt" not in shown and "<dd" not in shown, "JupyterLab lays terms over each other"


@pytest.mark.parametrize("claim", claims.judged())
@pytest.mark.parametrize("as_of", what_tests_will_demand.DAYS)
def test_a_line_is_one_plain_sentence_that_does_not_repeat_the_verdict(claim, as_of):
    for reading in claims.read(claim, dataclasses.replace(TODAY, as_of=as_of)):
        assert what_tests_will_demand.line_fault(reading.outcome) == ""


def test_what_speaks_against_a_claim_is_on_its_card_where_a_reading_does():
    for verdict in map(judged, claims.judged()):
        shown = [verdict.as_worded, *verdict.others, *verdict.beside]
        seen = {reading.outcome.holds for reading in shown}
        assert {reading.outcome.holds for reading in verdict.voting} <= seen


def test_the_words_of_a_reading_are_the_rules_own_or_made_from_what_it_comes_to():
    own = tables.say("{n} states, if Ukraine is left out.", n=34)
    number = quantities.exact(34, "states")

    def says(outcome):
        return str(card_lines.told(Reading({}, ("C02/counting/chairs",), True, True, outcome)))

    assert says(Outcome(True, number, line=own)) == "34 states, if Ukraine is left out."
    assert says(Outcome(True, number)) == "We find 34 states."
    ranged = quantities.Quantity(1.1, 0.9, 1.4, "ratio")
    assert says(Outcome(True, ranged)) == "We find 1.1 (0.90–1.4) to one."
    assert says(Outcome(True, ["USA", "FRA"])) == "We find France and the United States."
    assert says(Outcome(True, "2025-03-02")) == "We find 2 March 2025."
    assert says(Outcome(False, [])) == "We find none."
    meaning = data.load("readings").loc["C02/counting/chairs", "meaning"]
    assert says(Outcome(False, False)) == f"‘{meaning}’: no."
    assert says(Outcome(None, missing="a date")) == "It cannot be told: what is missing is a date."
    assert says(Outcome(None, number, missing="a date")).startswith("We find 34 states, which does")
    assert "no public record" in says(Outcome(None, searched=True))
    assert says(Outcome(None, opinion=True)) == "No fact could decide it."


@pytest.mark.parametrize(
    ("rows", "firm"),
    [
        (["accession", "tanker/gov"], "on official texts"),
        (["tanker/gov", "tanker/book"], "on research and directories"),
        (["tanker/gov", "tanker/paper", "tanker/copy"], "on press reports"),
        (["tanker/copy", "tanker/paper"], "on one report"),
        (["tanker/gov", "country"], "on general knowledge"),
        ([], None),
    ],
)
def test_a_verdict_is_as_firm_as_its_weakest_row(tiny, rows, firm):
    tiny.put("sources", "copy-2025-03", quoted_publisher="Paper")
    named = {
        "accession": ("accessions", "nato/fra", "gov-2025", "read"),
        "tanker/gov": ("capabilities", "tanker/fra/2025-12", "gov-2025", "read"),
        "tanker/book": ("capabilities", "tanker/fra/2024", "book", "read"),
        "tanker/paper": ("capabilities", "tanker/gbr/2025-03", "paper-2025-03", "read"),
        "tanker/copy": ("capabilities", "tanker/usa/directory", "copy-2025-03", "secondary"),
        "country": ("countries", "NATO", "book", "recall"),
    }
    ids = []
    for table, id, source, grade in (named[name] for name in rows):
        tiny.put(table, id, source_id=source, verification=grade)
        ids.append(id)
    found = Reading({}, (), True, True, Outcome(True, rows=tuple(ids)))
    assert firmness.firmness([found], tiny.path) == firm


def test_a_second_source_that_a_row_names_is_another_origin():
    """No table says of what is borne out that it rests on one report."""
    statement = "statement/2025-09-05-putin"
    assert data.row(statement)["corroborated"] == "yes"
    found = Reading({}, (), True, True, Outcome(True, rows=(statement,)))
    assert firmness.firmness([found]) == firmness.PRESS
    alone = "statement/2025-04-09-bloomberg"
    assert data.row(alone)["corroborated"] == "no"
    assert firmness.firmness(
        [dataclasses.replace(found, outcome=Outcome(True, rows=(alone,)))]
    ) == (firmness.ONE)


def test_a_verdict_that_depends_is_as_firm_as_the_less_firm_of_its_two_sides(tiny):
    firm, weak = (
        Reading({}, (), True, True, Outcome(holds, rows=(row,)))
        for holds, row in ((True, "signatory/fra"), (False, "NATO"))
    )
    assert firmness.firmness([firm], tiny.path) == firmness.OFFICIAL
    assert firmness.firmness([firm, weak], tiny.path) == firmness.RECALL


def test_the_style_of_the_pages_has_the_colours_and_shapes_of_the_verdicts():
    style = (notebook_html.TEMPLATES / "style.css").read_text("utf-8")
    light, dark = style.split("prefers-color-scheme: dark", 1)
    for name, word in (claims.WORDS | {"unjudged": claims.UNJUDGED}).items():
        assert f"--{name}: {word.colour};" in light and f"--{name}: {word.dark};" in dark
        drawn = f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'>{word.shape}</svg>"
        assert f'.{name} {{ --colour: var(--{name}); --shape: url("data:image/svg+xml,' in style
        assert drawn in unquote(style), name
        assert charts.DARK.get(word.colour, word.dark) == word.dark


def test_readings_that_come_to_the_same_rows_count_once():
    verdict = judged("C24")
    seen = [(r.outcome.rows, r.outcome.holds) for r in verdict.readings]
    assert len(seen) == len(set(seen))
    options = data.load("readings")
    options = options[options["claim"] == "C24"]["choice"].value_counts()
    assert len(verdict.readings) < options["definition"] * options["timing"]


def test_what_a_caller_does_to_a_reading_stays_with_the_caller():
    claims.read("C24", TODAY)[0].options["definition"] = "changed"
    assert claims.read("C24", TODAY)[0].options["definition"] != "changed"


@pytest.mark.long
def test_what_is_kept_for_several_worlds_is_what_each_would_find_by_itself(tmp_path, monkeypatch):
    world = data.World(as_of="2025-06-01", roster="europe", seed=1)
    for name in ("article", "other"):
        (tmp_path / name).symlink_to(data.DATA, target_is_directory=True)

    def outcomes(world: data.World) -> dict:
        return {
            id: [reading.outcome for reading in claims.read(id, world)] for id in claims.judged()
        }

    outcomes(data.World(folder=tmp_path / "article"))
    shared = outcomes(dataclasses.replace(world, folder=tmp_path / "article"))
    monkeypatch.setattr(data.World, "narrowed", lambda world, *depends_on: world)
    alone = outcomes(dataclasses.replace(world, folder=tmp_path / "other"))
    assert shared == alone and len(shared) == len(claims.judged())


@pytest.mark.parametrize("claim", claims.judged())
def test_a_verdict_is_the_same_on_every_day_the_article_may_have_come_out(claim):
    assert len(what_tests_will_demand.on_the_days_of_publication(claim)) == 1


@pytest.mark.parametrize("claim", ["C02", "C23"])
def test_a_card_of_another_world_says_what_the_articles_scenario_gives_and_the_articles_own_not(
    claim,
):
    other, own = claims.judge(claim, data.World(as_of="2025-03-10")), judged(claim)
    assert str(own.line) not in str(other.line)
    was = f"{claims.WORDS[own.verdict].mark.capitalize()}. {own.line}"
    assert f"In the article's scenario: {was}" in str(other)
    assert "<b>In the article&#x27;s scenario:</b>" in other._repr_html_()
    assert "In the article's scenario" not in str(own)
    assert "s scenario:</b>" not in own._repr_html_()


def test_a_card_and_a_sentence_say_where_the_rows_end_before_the_day_looked_at():
    newest = tables.day(scenarios.newest_observation())
    late = data.World(as_of="2030-01-01")
    assert f"The rows end on {newest}, before the day looked at." in str(claims.judge("C23", late))
    assert f"On 1 January 2030 (the rows end on {newest}), " in str(membership.in_short(late))
    reached = data.World(as_of=scenarios.newest_observation())
    assert "rows end" not in str(claims.judge("C23", reached)) + str(membership.in_short(reached))


def test_an_older_count_that_stricter_evidence_brings_back_is_named(altered):
    rows = ARTICLE.table("capabilities").query("fleet == 'usa-kc-135' and rank == 'default'")
    over = [data.span(day).last <= ARTICLE.day for day in rows["observed"]]
    rows = rows[over].sort_values("observed")
    old = rows[rows["verification"] == "read"].iloc[-1]
    assert old["observed"] < rows["observed"].iloc[-1], "a newer count is left out"
    named = f"stand {old['type']} of {tables.day(old['observed'])}"
    read, every = dataclasses.replace(ARTICLE, evidence="read"), ARTICLE
    for world, is_named in ((read, True), (every, False)):
        number = refuelling.us_tankers(world, "air-force-jets")
        assert (named in str(claims.judge("C24", world))) is is_named
        assert (named in str(refuelling.older_counts(world, number))) is is_named


def test_a_card_says_how_many_counts_have_only_the_day_of_their_source():
    verdict = judged("C24", ARTICLE)
    basis = data.load("capabilities")["observed_basis"]
    undated = [row for row in verdict.rows if basis.get(row) == "source date"]
    assert undated
    assert f"{len(undated)} ha" in str(verdict) and "only the day of the source" in str(verdict)


def test_a_fact_of_the_day_of_publication_is_judged_on_it_whatever_later_day_is_looked_at(altered):
    table = data.load("claims")
    frozen = list(table.index[table["frozen"] == "yes"])
    assert "C09" in frozen
    for claim in frozen:
        own = judged(claim)
        for as_of in ("2026-03-01", "2026-10-01"):
            other = claims.judge(claim, data.World(as_of=as_of))
            assert (other.record(), str(other)) == (own.record(), str(own))
        before = claims.judge(claim, data.World(as_of="2025-06-01"))
        assert before.verdict == "undecided" and "which had not come out" in str(before.line)
    world = altered({"claims": {"C09": {"frozen": "no"}}}, as_of="2026-03-01")
    own, thawed = (claims.judge("C09", at).record()["computed"] for at in (ARTICLE, world))
    # from 2 March 2025: 9 months and 18 days to 20 December, 11 months and 27 days to 1 March
    assert (own, thawed) == (9.6, 11.9)


def test_the_log_of_verdicts_ends_with_the_committed_ones():
    """`make refresh` stops where it does not, and prints the line to add."""
    found = {record["id"]: record["verdict"] for record in claims_json.committed()}
    assert not claims.unlogged(found, "")


def test_the_log_lacks_a_changed_and_a_new_verdict(tiny):
    assert not claims.unlogged({"C02": "depends", "C24": "depends"}, "2026-02", tiny.path)
    lines = claims.unlogged({"C24": "fails", "C03": "holds"}, "2026-02", tiny.path)
    assert lines == [
        "verdict/C24/DATE,C24,DATE,2026-02,fails,depends,REASON",
        "verdict/C03/DATE,C03,DATE,2026-02,holds,,first judged",
    ]


def test_a_claims_history_is_told_from_the_log(tiny):
    told = str(claims.history("C24", tiny.path))
    assert told == (
        "depends since 1 February 2026; holds before. Why it changed: the jets are a fair reading"
    )
    assert str(claims.history("C02", tiny.path)) == "depends since 10 January 2026"
    assert claims.history("C28", tiny.path) is None


def test_lines_of_the_log_are_added_and_never_changed():
    path = data.DATA / "verdict_log.csv"
    commits = changelog.git(data.DATA, "log", "--first-parent", "--format=%H", "--", path.name)
    if commits is None:
        pytest.skip("git cannot tell the history of the log")
    versions = [
        changelog.git(data.DATA, "show", f"{commit}:./{path.name}")
        for commit in commits.decode().split()
    ]
    newest_first = [path.read_bytes(), *filter(None, versions)]
    for now, before in itertools.pairwise(newest_first):
        assert now.startswith(before), "a line that was committed is gone or another one"


@pytest.mark.committed
def test_the_committed_notebooks_hold_the_verdicts_that_the_rows_give_now():
    assert [record["id"] for record in claims_json.committed()] == claims.judged()
    for record in claims_json.committed():
        del record["near_another"]  # of all claims together: 09 works it out
        assert record == judged(record["id"]).record(), record["id"]


def test_no_row_on_membership_comes_from_the_article():
    sources = data.load("sources")
    for table in ("attestations", "members", "counts", "accessions"):
        for source in data.load(table)["source_id"]:
            words = " ".join(
                sources.loc[source, ["publisher", "title", "quoted_publisher", "note"]]
            )
            assert "The Hill" not in words, f"{table}: {source}"


# claim, changed cells, what it becomes, how that follows
MOVED = [
    # 33 are left of 34
    ("C02", {"members": {"member/nzl": {"part": "partner"}}}, "fails"),
    # a fifth ally is outside, and 27 are left
    ("C03", {"members": {"member/pol": {"part": "partner"}}}, "fails"),
    # Finland is a seventh beyond NATO
    ("C04", {"accessions": {"nato/fin": {"joined": "2026-04-04"}}}, "fails"),
    # the only rank that a source of repute gives, so no headquarters of three stars
    ("C06", {"command": {"command/force-commander/2025-09-06": {"level": "two-star"}}}, "fails"),
    # 9 months and 14 days at the least are not more than ten
    ("C09", {"claims": {"C09": {"stated": "10"}}}, "fails"),
    # terms that both have agreed and that are meant to last
    (
        "C10",
        {
            "events": {
                "event/2025-10-18-zaporizhzhia": {
                    "evidence_of": "terms for an end",
                    "lasting": "open-ended",
                }
            }
        },
        "fails",
    ),
    # one of the eleven named is missing
    ("C12", {"signatories": {"signatory/2025-12-15/swe": None}}, "fails"),
    # five of the six are in a text that was read
    ("C13", {"tasks": {"task/2025-12-15/skies": None}}, "fails"),
    # 15 days before the first possible day of publication
    ("C14", {"statements": {"statement/2025-12-16-ryabkov": {"date": "2025-12-01"}}}, "fails"),
    # Austria would spend three times what Australia does: 99,999 against 33,820 million
    ("C16", {"indicators": {"expenditure/aut/2024/sipri-2025": {"value": 99_999}}}, "fails"),
    # the unit has satellites
    (
        "C21",
        {"attributions": {"attribution/2023-01-03-csis-delta-7": {"role": "operates"}}},
        "holds",
    ),
    # a Rafale stays for hours on a tenth of its burn, a Typhoon does not
    (
        "C22",
        {"parameters": {"patrol-burn/rafale": {"low": 200, "base": 250, "high": 260}}},
        "depends",
    ),
    # 8 are delivered by the day, 9 are reported to fly
    ("C23", {"deliveries": {"delivery/mmf/9": {"date": "2026-04-11"}}}, "depends"),
    # 440 large jets, 100 KC-46 and the Marines' 74 are 614 as the Pentagon counts too
    (
        "C24",
        {
            "capabilities": dict.fromkeys(
                ("tanker/usa-kc-135/2024-12", "tanker/usa-kc-135/2025-12"), {"in_service": 440}
            )
        },
        "holds",
    ),
    # Britain alone has more than America's 610 or 549, and it is in NATO and in Europe
    ("C25a", {"capabilities": {"tanker/gbr-voyager/2025-06": fleet(2000)}}, "fails"),
    # 237 of 475 aircraft are less than half; by fuel 200 of 111 t alone pass half of 43,650 t
    ("C26", {"capabilities": {"tanker/gbr-voyager/2025-06": fleet(200)}}, "depends"),
    # the president accepts foreign troops, without saying of NATO, and lower ranks refuse later:
    # what Russia is prepared to countenance is not known, the two other conditions are not met
    ("C27a", {"statements": {"statement/2025-09-05-putin": {"stance": "accepts"}}}, "undecided"),
    # the statement of 15 December names armed force, and now against either side
    ("C29", {"tasks": {"task/2025-12-15/guarantee": {"against": "either side"}}}, "holds"),
    # of nobody is known how many could be kept in the field, and no search stands for it
    (
        "C32",
        {"parameters": {"sustained-share/all-services": dict.fromkeys(("low", "base", "high"))}},
        "undecided",
    ),
]


@pytest.mark.parametrize(("claim", "cells", "becomes"), MOVED)
def test_a_changed_row_moves_the_verdict_it_carries(altered, claim, cells, becomes):
    assert judged(claim, base(claim)).verdict != becomes
    assert claims.judge(claim, altered(cells, claim)).verdict == becomes


def times(factor: int) -> dict:
    """The cells by which each large tanker fleet of the allies is so many times what it is."""
    fleets = ARTICLE.table("capabilities").query("`class` == 'jet tanker' and operator != 'USA'")
    counts = ["in_service", "in_service_low", "in_service_high"]
    return {"capabilities": (fleets[counts] * factor).to_dict("index")}


def every_kc(fleet_id: str, number: int) -> dict:
    """The cells by which a fleet has this number in its newest rows of 2024 and 2025."""
    rows = ARTICLE.table("capabilities").query("fleet == @fleet_id and rank == 'default'")
    newest = rows[rows["observed"].str[:4].isin(["2024", "2025"])]
    return {"capabilities": dict.fromkeys(newest.index, fleet(number))}


WHAT_IFS = [  # claim, the input by how its name begins, the number tried, rows that do the same
    (
        "C23",
        "aircraft delivered",
        10,
        {"deliveries": {"delivery/mmf/10": {"like": "delivery/mmf/9", "date": "2025-12-01"}}},
    ),
    ("C23", "aircraft delivered", 8, {"deliveries": {"delivery/mmf/9": None}}),
    (
        "C02",
        "states attested",
        35,
        {
            "members": {"member/che": {"like": "member/aut", "country": "CHE"}},
            "attestations": {
                "attestation/2025-04-04-list/che": {
                    "like": "attestation/2025-04-04-list/aut",
                    "country": "CHE",
                }
            },
        },
    ),
    ("C02", "states attested", 33, {"members": {"member/nzl": {"part": "partner"}}}),
    ("C24", "KC-135", 440, every_kc("usa-kc-135", 440)),
    ("C24", "KC-46A", 160, every_kc("usa-kc-46", 160)),
    ("C24", "KC-130J", 130, every_kc("usa-kc-130-marines", 130)),
    ("C25a", "times the tankers", 20, times(20)),
    ("C26", "times the tankers", 3, times(3)),
    ("C26", "times the tankers", 6, times(6)),
]


@pytest.mark.parametrize(("claim", "name", "number", "cells"), WHAT_IFS)
def test_a_what_if_and_the_rows_that_do_the_same_come_to_the_same_verdict(
    altered, claim, name, number, cells
):
    judged(claim, base(claim))  # loads the inputs
    (tried,) = {
        entry.verdict(number)
        for entry in rule_of_each_claim.INPUTS[claim](base(claim))
        if entry.name.startswith(name)
    }
    assert claims.judge(claim, altered(cells, claim)).verdict == tried


def test_a_row_is_seen_to_move_a_verdict_of_every_kind_that_is_judged():
    kinds = data.load("claims")["kind"]
    open_ones = ("undecided", "opinion")
    settled = [
        claim
        for claim in claims.judged()
        if claim in KNOWN and judged(claim, ARTICLE).verdict not in open_ones
    ]
    assert set(kinds[settled]) <= {kinds[claim] for claim, *_ in MOVED}


def test_without_rows_read_at_their_source_a_count_says_at_least_and_its_claim_is_undecided():
    verdict = claims.judge("C23", dataclasses.replace(ARTICLE, evidence="read"))
    assert verdict.verdict == "undecided"
    assert verdict.as_worded.outcome.computed.unknowns > 0
    assert str(verdict.as_worded.outcome.computed).startswith("at least")


def test_a_fleet_without_an_admitted_observation_stays_as_unknown():
    everything, read = (
        set(data.World(evidence=evidence).fleets("tanker")["fleet"]) for evidence in ("all", "read")
    )
    assert everything == read
    assert data.World(evidence="read").fleets("tanker")["in_service"].isna().any()


# The options of a rule


@pytest.mark.parametrize("claim", claims.judged())
def test_the_options_that_a_rule_knows_are_those_of_its_rows(claim):
    known = {choice: sorted(options) for choice, options in claims.options(claim).items()}
    assert known == {"timing": ["open", "settled"]} | {
        choice: sorted(options) for choice, options in what_tests_will_demand.options(claim).items()
    }


# pairs that come to the same in every scenario: the reason, and cells that would tell them apart,
# in every row whose id begins so
ALIKE = {
    ("C08a", "source", "anyone", "press"): (
        "no government's text names the nation whose officer comes first",
        "command",
        "command/force-commander/2025-09-06",
        {"evidence_of": "commander", "first_nation": "FRA"},
    ),
    ("C30", "what", "activities", "in-particulars"): (
        "no task is published with its means and what sets it off, whatever the numbers",
        "tasks",
        "task/2025-12-17/response",
        {"assets": "yes", "trigger": "yes"},
    ),
}


@functools.cache
def in_every_scenario() -> list[data.World]:
    return [scenarios.world(name) for name in scenarios.names()]


@pytest.mark.parametrize("claim", claims.judged())
def test_every_two_options_of_a_choice_come_to_something_else_in_some_scenario(claim):
    """With the rows that the cases know, or those of today: an added row blurs no option."""
    worlds = in_every_scenario()
    known = [dataclasses.replace(world, folder=base(claim).folder) for world in worlds]
    apart = what_tests_will_demand.told_apart(claim, known)
    assert not apart & set(ALIKE), "these need not be named"
    if known != worlds:
        apart |= what_tests_will_demand.told_apart(claim, worlds)
    assert what_tests_will_demand.pairs(claim) - apart <= set(ALIKE)


@pytest.mark.parametrize("pair", ALIKE, ids=" ".join)
def test_two_options_that_come_to_the_same_in_every_scenario_would_not_with_other_rows(
    pair, altered
):
    reason, table, prefix, cells = ALIKE[pair]
    rows = [id for id in ARTICLE.table(table).index if id.startswith(prefix)]
    world = altered({table: dict.fromkeys(rows, cells)}, pair[0])
    assert pair in what_tests_will_demand.told_apart(pair[0], [world]), reason


# Later words


def only(table: str, *rows: dict) -> dict:
    """Cells by which a table holds these rows alone, otherwise like one of its own."""
    ids = ARTICLE.table(table).index
    return {table: dict.fromkeys(ids) | {row["id"]: {"like": ids[0]} | row for row in rows}}


def test_a_position_holds_until_the_next_one_in_its_domain(altered):
    said = {
        "country": "FRA",
        "said_by": "text",
        "about": "own",
        "mission": "the force",
        "domain": "land",
        "date": "2025-05-01",
        "position": "offered",
    }
    then = {"id": "position/then", "date": "2025-09-01", "position": "declined"}
    apart = {"id": "position/apart", "domain": "air"}
    rows = only("positions", said | then, said | {"id": "position/first"}, said | apart)
    worlds = [altered(rows, as_of=as_of) for as_of in ("2025-04-30", "2025-08-31", "2025-09-01")]
    assert [sorted(commitments.positions(world).index) for world in worlds] == [
        [],
        ["position/apart", "position/first"],
        ["position/apart", "position/then"],
    ]
    assert [commitments.willing(world).value for world in worlds] == [0, 1, 0]


@pytest.mark.parametrize(
    ("stances", "met"),
    [(("refuses", "accepts"), [None, False, True]), (("accepts", "refuses"), [None, True, False])],
)
def test_earlier_words_of_a_speaker_do_not_outlive_later_ones(stances, met, altered):
    said = {
        "country": "RUS",
        "speaker": "A",
        "office": "president",
        "said_by": "official",
        "about": "own",
        "subject": "NATO troops in Ukraine",
    }
    first, then = (
        said | {"id": f"statement/{date}", "date": date, "stance": stance}
        for date, stance in zip(("2025-05-01", "2025-09-01"), stances, strict=True)
    )
    rows = only("statements", then, first)
    days = ("2025-04-30", "2025-08-31", "2025-09-01")
    found = [conditions.consent(altered(rows, as_of=as_of), "strict") for as_of in days]
    assert [state.met for state in found] == met
    cited = [set(state.rows) for state in found]
    assert cited[:2] == [set(), {"statement/2025-05-01"}]
    # an acceptance stands alone; with a refusal all that the president said is shown
    earlier = {"statement/2025-05-01"} if stances[-1] == "refuses" else set()
    assert cited[2] == {"statement/2025-09-01"} | earlier


def test_a_bar_that_is_ours_stands_on_its_card_and_no_other_claim_has_one():
    readings, claimed = data.load("readings"), data.load("claims")
    meant = readings[readings["as_worded"] == "yes"]
    admitted = set(meant.loc[meant["used_so_by"].str.contains(" ours$", na=False), "claim"])
    admitted |= set(claimed.index[claimed["judged_by"].str.contains(" ours$", na=False)])
    assert admitted and admitted <= set(claims.BARS)
    for id in claims.of_article():
        told = [
            line for line in card_lines.lines(claims.judge(id, ARTICLE)) if line["name"] == "bar"
        ]
        assert bool(told) == (id in claims.BARS)
        assert not told or "article sets none" in tables.words(told[0]["words"])


@pytest.mark.parametrize("as_of", ["2025-06-01", "2026-03-01"])
def test_the_card_of_every_claim_comes_about_on_other_days(as_of):
    world = data.World(as_of=as_of)
    for claim in claims.of_article():
        assert claims.judge(claim, world).carried()["card"], claim
