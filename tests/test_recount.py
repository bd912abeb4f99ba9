"""A second opinion: the numbers of the committed verdicts and of their lines counted again with
pandas alone, from the tables and the words of the readings.

Nothing of helpers is imported here.
"""

import itertools
import json
import math
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from formulas_again import AGAIN

ROOT = Path(__file__).resolve().parent.parent
DAY = "2025-12-20"
WINDOW = ("2025-12-16", "2025-12-25")  # the days between which the article came out
MIME = "application/vnd.willing-and-able.verdict+json"
OWN = ["text", "official"]
GIVES = ["committed", "offered", "conditional"]
TROOPS = [
    "foreign troops in Ukraine",
    "NATO troops in Ukraine",
    "European forces outside NATO's banner",
]


def table(name: str) -> pd.DataFrame:
    """A table in which an empty text is '' and an empty number is missing."""
    rows = pd.read_csv(ROOT / "data" / f"{name}.csv", keep_default_na=False, na_values=[""])
    return rows.fillna(dict.fromkeys(rows.select_dtypes(exclude="number").columns, ""))


def ends(dates: pd.Series) -> pd.Series:
    """The last day that each date names, as YYYY-MM-DD."""
    return dates.astype(str).map(lambda text: str(pd.Period(text).end_time.date()))


def by_the_day(rows: pd.DataFrame, column: str = "date", day: str = DAY) -> pd.DataFrame:
    """Rows whose date has wholly passed: a month or year counts once it is over."""
    return rows[ends(rows[column]) <= day]


def out_by_the_day(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows whose source had begun to be out by the day; of an undated source it is not known."""
    out = rows["source_id"].map(SOURCES["published"]).astype(str)
    return rows[[not text or str(pd.Period(text).start_time.date()) <= DAY for text in out]]


def committed() -> dict[str, dict]:
    found = {}
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        for cell in json.loads(path.read_text("utf-8"))["cells"]:
            for output in cell.get("outputs", []):
                record = output.get("data", {}).get(MIME)
                if record:
                    found[record["id"]] = record
    return found


pytestmark = pytest.mark.committed
VERDICTS = committed()
SOURCES = table("sources").set_index("source_id")
ROSTER = set(by_the_day(table("attestations").query("kind != 'disavowed'"))["country"]) & set(
    table("members").query("part == 'member'")["country"]
)
NATO = set(by_the_day(table("accessions").query("organisation == 'NATO'"), "joined")["country"])
EUROPE = ROSTER & set(table("countries").query("europe == 'yes'")["id"])
NAMES = table("countries").set_index("id")["name"]


def line(claim: str) -> str:
    return VERDICTS[claim]["line"]


def counts(claim: str) -> tuple[int, int, int]:
    """In how many fair readings a claim is true, false and unknown."""
    record = VERDICTS[claim]
    return tuple(record[f"readings_{name}"] for name in ("holding", "failing", "unknown"))


def fair(claim: str) -> dict[str, set[str]]:
    """The options of a claim that vote, by choice; without the timing, which tells nothing apart
    that does not come out otherwise.
    """
    rows = table("readings").query("claim == @claim and votes == 'yes' and choice != 'timing'")
    return {choice: set(of["option"]) for choice, of in rows.groupby("choice")}


def reckons_all(claim: str, reckoned: dict[tuple[str, ...], bool | None]) -> bool:
    """Whether the readings reckoned here are all the fair ones."""
    return math.prod(map(len, fair(claim).values())) == len(_voting(claim, reckoned))


def agrees(claim: str, reckoned: dict[tuple[str, ...], bool | None]) -> bool:
    """Whether the committed counts have the readings reckoned here, each by the options that tell
    it apart, as far as these vote; and no others where none but these is fair.
    """
    known = list(_voting(claim, reckoned).values())
    ours = tuple(known.count(holds) for holds in (True, False, None))
    if reckons_all(claim, reckoned):
        return counts(claim) == ours
    return all(mine <= told for mine, told in zip(ours, counts(claim), strict=True))


def _voting(claim: str, reckoned: dict[tuple[str, ...], bool | None]) -> dict:
    votes = set().union(*fair(claim).values())
    return {options: holds for options, holds in reckoned.items() if votes.issuperset(options)}


def names(codes) -> str:
    """Countries as a sentence lists them."""
    *first, last = sorted(NAMES[code] for code in codes)
    return f"{', '.join(first)} and {last}" if first else last


def some(number: int) -> str:
    """A number as a sentence has it that says 'none' for nought."""
    return str(number or "none")


def times(number: int) -> str:
    return {0: "never", 1: "once", 2: "twice"}.get(number, f"{number} times")


def reputable(source: str) -> bool:
    """An official, press, specialist or research source, or a relay that names whom it relays; no
    encyclopedia and no copy of one.
    """
    row = SOURCES.loc[source]
    kinds = ["official", "press", "specialist", "research"]
    relays = row["kind"] == "relay" and row["quoted_publisher"] not in ("", "not named")
    return "Wikipedia" not in row["quoted_publisher"] and (row["kind"] in kinds or relays)


def reported(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows that may decide: official texts, and what a reputable source reports."""
    return rows[(rows["said_by"] == "text") | rows["source_id"].map(reputable)]


def own_words(rows: pd.DataFrame) -> pd.DataFrame:
    """What a state or body says of itself, by the day, oldest first."""
    rows = by_the_day(rows[rows["said_by"].isin(OWN) & (rows["about"] == "own")])
    return rows.sort_values(["date", "id"])


def origins(rows: pd.DataFrame) -> int:
    """How many independent origins reports have: those that share a publisher, or whom it quotes,
    are one.
    """
    groups: list[set[str]] = []
    for source in filter(reputable, rows["source_id"]):
        group = set(SOURCES.loc[source, ["publisher", "quoted_publisher"]]) - {"", "not named"}
        touched = [other for other in groups if other & group]
        groups = [other for other in groups if other not in touched] + [group.union(*touched)]
    return len(groups)


def searched(claim: str, concludes: str, day: str = DAY) -> bool:
    """Whether a recorded search of a claim that reaches to the day concludes so."""
    rows = table("searches").query("claim == @claim and concludes == @concludes")
    return bool((ends(rows[rows["covers_to"] != ""]["covers_to"]) >= day).any())


def test_a_further_fair_reading_leaves_those_reckoned_here_to_be_looked_up(monkeypatch):
    reckoned = {("aircraft", "half"): True, ("fuel", "half"): True}
    wrong = reckoned | {("fuel", "half"): False}
    rows = table("readings").query("claim == 'C26'").set_index("option", drop=False)
    monkeypatch.setitem(globals(), "table", lambda name: rows)

    def with_fair(options: str, holding: int) -> None:
        rows["votes"] = ["yes" if option in options.split() else "no" for option in rows.index]
        told = {"readings_holding": holding, "readings_failing": 0, "readings_unknown": 0}
        monkeypatch.setitem(VERDICTS, "C26", told)

    with_fair("nato aircraft fuel half", 2)
    assert agrees("C26", reckoned) and not agrees("C26", wrong)
    with_fair("nato aircraft fuel half", 3)
    assert not agrees("C26", reckoned), "none but the two is fair"
    with_fair("nato aircraft fuel half quarter", 3)
    assert agrees("C26", reckoned) and not agrees("C26", wrong)


# 01: who takes part


def test_the_roster_counts_as_many_states_as_the_notebook_says():
    assert VERDICTS["C02"]["computed"] == len(ROSTER)
    assert VERDICTS["C02"]["as_worded"] is (len(ROSTER) == 34)
    host = by_the_day(table("attestations").query("country == 'UKR'"))
    assert f"{len(ROSTER)} countries" in line("C02")
    assert f"{len(ROSTER) + bool(len(host))} with it" in line("C02")


def test_the_published_counts_are_those_that_the_notebook_shows():
    rows = by_the_day(table("counts").query("counted == 'members'")).sort_values(["date", "id"])
    for counter, who in {
        "President of France": "the French president",
        "Coalition chairs": "its two chairs",
        "UK Prime Minister's Office": "Downing Street",
    }.items():
        newest = rows[rows["counted_by"] == counter].iloc[-1]
        assert f"{newest['count']} by {who}" in line("C02")


def test_the_allies_outside_and_the_members_beyond_nato_are_those_of_the_notebook():
    assert VERDICTS["C03"]["computed"] == sorted(NATO - ROSTER)
    assert f"{len(NATO & ROSTER)} of NATO's {len(NATO)} members" in line("C03")
    assert VERDICTS["C03"]["as_worded"] is (
        sorted(NATO - ROSTER) == ["HUN", "MKD", "SVK", "USA"] and len(NATO & ROSTER) == 28
    )
    six = sorted(ROSTER - NATO)
    assert VERDICTS["C04"]["computed"] == six
    assert VERDICTS["C04"]["as_worded"] is (six == ["AUS", "AUT", "CYP", "IRL", "JPN", "NZL"])
    last = by_the_day(table("attestations").query("kind in ('avowed', 'disavowed')"))
    last = last.sort_values(["date", "id"]).drop_duplicates("country", keep="last")
    denied = set(last.query("kind == 'disavowed'")["country"]) & (ROSTER - NATO)
    assert f"; {names(denied)} last said of the coalition itself that" in line("C04")


def test_the_signatories_are_those_of_the_notebook():
    parties = sorted(by_the_day(table("signatories"))["party"])
    assert VERDICTS["C12"]["computed"] == parties
    assert VERDICTS["C12"]["as_worded"] is (len(parties) == 11 and "EU" in parties)
    assert f"{len(set(parties) - {'EU'})} states" in line("C12")


# 02: offers, command, the statement


def land_stances() -> tuple[set[str], set[str], set[str]]:
    """Who would send soldiers and who has declined, by their newest own word in each domain, and
    who of these would help otherwise.
    """
    rows = reported(own_words(table("positions")))
    known = rows["position"].isin([*GIVES, "considering", "declined"])
    rows = rows[known & rows["country"].isin(ROSTER)]
    on_it = rows["mission"].isin(["the force", "unclear"])
    other = (rows["mission"] == "") & ~rows["domain"].isin(["land", "political"])
    gives, declines = set(), set()
    for key, of in rows[on_it | other].groupby(["country", "domain"]):
        last = of[ends(of["date"]) == ends(of["date"]).max()]["position"]
        if last.isin(GIVES).any() and not (last == "declined").any():
            gives.add(key)
        if (last == "declined").any() and not last.isin(GIVES).any():
            declines.add(key)
    senders, refuse = (
        {state for state, domain in of if domain == "land"} for of in (gives, declines)
    )
    return senders, refuse, {state for state, _ in gives} & refuse


def test_offers_and_refusals_of_soldiers_are_as_many_as_the_notebook_says():
    senders, refuse, instead = land_stances()
    told = by_the_day(table("positions").query("said_by in ('unnamed', 'press')"))
    told = reported(told[(told["domain"] == "land") & told["country"].isin(ROSTER)])
    told = told[told["mission"].isin(["the force", "unclear"])].sort_values(["date", "id"])
    told = told.drop_duplicates(["country", "source_id"], keep="last")
    more = set(told[told["position"].isin(GIVES)]["country"]) - refuse
    assert line("C05") == (
        f"By their own account {len(senders)} members would send soldiers, {len(refuse)} have"
        f" declined and {len(instead)} of these would help in another way; counting what unnamed"
        f" officials are reported to have said, {len(senders | more)} would send soldiers."
    )
    assert VERDICTS["C05"]["as_worded"] is bool(senders and refuse and instead)


def on_command(*said_by: str) -> pd.DataFrame:
    rows = by_the_day(table("command"))
    return reported(rows[rows["said_by"].isin(said_by)]).sort_values(["date", "id"])


def test_the_reports_on_the_command_had_reached_the_steps_of_the_notebook():
    rows = on_command("text", "official", "press")
    paris = rows.query("element == 'operational headquarters'")
    ranked = rows.query("element == 'force commander' and location == 'Paris'")
    at_work = paris.query("step == 'established' and said_by in @OWN")
    site = paris[(paris["evidence_of"] == "site")]["location"]
    assert (ranked["level"] == "three-star").all() and len(ranked)
    assert site.str.startswith("Mont-Valérien").all() and len(site)
    assert VERDICTS["C06"]["as_worded"] is True
    asked = {("in-the-framework",): True, ("all-of-it",): True if len(at_work) else None}
    assert agrees("C06", asked)
    kyiv = rows.query("element == 'Kyiv headquarters'")
    foreseen = kyiv.query("location == 'Kyiv' and level == 'two-star' and nations == 'GBR'")
    later = kyiv["excludes"].str.startswith("at work now").any()
    works = (kyiv["step"] == "established").any()
    assert VERDICTS["C07"]["as_worded"] is bool(len(foreseen))
    set_up = True if works else False if later else None
    assert agrees("C07", {("planned",): bool(len(foreseen)), ("established",): set_up})


def test_nobody_says_who_commands_first_and_one_paper_says_that_it_stays_joint():
    rows = on_command("text", "official", "press", "unnamed")
    assert rows.query("evidence_of == 'commander'").empty
    assert VERDICTS["C08a"]["as_worded"] is None
    form = len(rows.query("evidence_of == 'command form'"))
    assert line("C08a").endswith(f": {form} reports speak of the commander and put nobody first.")
    copied = table("command").query("said_by == 'copied' and first_nation == 'FRA'")
    assert len(copied) and line("C08a").startswith(
        "By then no report that counts says that a French"
    )
    assert "no report that counts has command pass to Britain" in line("C08b")
    moves = rows.query("evidence_of == 'move of headquarters' and location == 'London'")
    changes = rows.query("evidence_of == 'change of command'")
    assert moves["rotation_months"].dropna().between(11, 13).all() and len(moves)
    assert changes["excludes"].str.startswith("a change from joint command").all() and len(changes)
    assert VERDICTS["C08b"]["as_worded"] is False  # one half of what is said together is denied


def test_the_statement_of_15_december_names_what_the_notebook_finds():
    rows = by_the_day(table("tasks").query("text == 'Berlin statement'"))
    force = rows.query("of_force == 'yes'")
    six = {"lead", "regeneration", "skies", "seas", "inside Ukraine"} <= set(force["field"])
    support = rows.query("field == 'US support'")
    assert VERDICTS["C13"]["as_worded"] is (six and len(support) > 0)
    exact = (support[["assets", "numbers", "trigger"]] == "yes").any(axis=None)
    assert VERDICTS["C33"]["as_worded"] is (not exact)
    others = rows[rows["actor"].isin(["USA", "both"]) & (rows["field"] != "US support")]
    assert f"{len(others)} other roles" in line("C33")


# 03: dates, purposes and words


def test_as_many_independent_texts_give_each_date_as_the_notebook_says():
    rows = table("events").query("kind == 'founding'")
    published = rows["source_id"].map(SOURCES["published"])
    rows = rows[ends(published.where(published != "", rows["date"])) <= DAY]
    rows = rows[rows["evidence_of"].isin(["founding act", "later dating"])]
    british = rows["parties"].str.contains("GBR") & (rows["date"] == "2025-03-02")
    french = rows["parties"].str.contains("FRA") & rows["date"].str.startswith("2025-02")
    assert f": {origins(rows[british])} say 2 March 2025, London" in line("C01")
    assert f"; {origins(rows[french])} say February and France," in line("C01")
    official = rows["source_id"].map(SOURCES["kind"]) == "official"
    # an official text stands on either side, so reports do not count
    assert origins(rows[british & official]) and origins(rows[french & official])
    assert VERDICTS["C01"]["rows"] == sorted(rows[(british | french) & official]["id"])
    assert VERDICTS["C01"]["as_worded"] is None


def test_the_months_since_the_founding_are_those_of_the_notebook():
    assert VERDICTS["C09"]["computed"] == pytest.approx(9 + 18 / 30)  # 2 March to 20 December
    first, last = (pd.Timestamp(text) for text in WINDOW)
    bound = pd.Timestamp("2025-03-02") + pd.DateOffset(months=9)
    assert (
        f"lay 9 months and {(first - bound).days} days to 9 months and {(last - bound).days} days,"
    ) in line("C09")
    assert VERDICTS["C09"]["as_worded"] is (first > bound)


def agreements() -> pd.DataFrame:
    return by_the_day(table("events").query("agreed_by == 'both'"))


def test_no_lasting_general_terms_agreed_by_both_are_on_record():
    terms = agreements().query("evidence_of == 'terms for an end' and lasting != 'days'")
    assert terms.empty and searched("C10", "none found") and VERDICTS["C10"]["as_worded"] is True
    parts = agreements().query("evidence_of in ('exchange or local pause', 'other')")
    pauses = agreements().query("evidence_of == 'pause of days'")
    assert len(parts) > 1 and pauses.empty
    assert f"agreed {len(parts)} exchanges or local pauses and no general truce;" in line("C10")


def official_tasks() -> pd.DataFrame:
    return by_the_day(table("tasks").query("said_by in @OWN"))


def test_the_tasks_of_the_force_begin_when_the_notebook_says():
    rows = official_tasks()
    words = ["implementation", "reassurance", "deterrence"]
    own = rows[rows["of_force"].isin(["yes", "unclear"]) & rows["purpose_word"].isin(words)]
    begin = own["begins"].value_counts()
    settled = begin.get("after a settlement", 0)
    either = begin.get("after a ceasefire", 0) + begin.get("after either", 0)
    war = begin.get("while the war goes on", 0)
    besides = rows.query("of_force == 'no' and begins == 'while the war goes on'")
    assert settled + either == len(own) and len(besides)  # so the line speaks of no others
    assert line("C11").startswith(
        f"Official texts name {len(own)} tasks under the three words, some perhaps not the force’s:"
        f" {settled} wait for a peace settlement and {either} for a ceasefire or for either;"
        f" {len(besides)} more, which no text gives to the force, may begin"
    )
    assert set(own["purpose_word"]) == set(words)
    assert VERDICTS["C11"]["as_worded"] is (war == 0)
    settled_alone = bool(war + either == 0)
    assert agrees("C11", {("ceasefire-counts",): bool(war == 0), ("settlement",): settled_alone})


def test_particulars_are_published_and_wait_as_the_notebook_says():
    own = official_tasks().query("of_force == 'yes'")
    named = {of: int((own[of] == "yes").sum()) for of in ("assets", "numbers", "trigger")}
    assert (
        f"{len(own)} official tasks that are surely the force's, means are named for"
        f" {some(named['assets'])}, numbers for {some(named['numbers'])} and what sets it off for"
        f" {some(named['trigger'])};"
    ) in line("C30")
    exact = own.query("assets == 'yes' and (numbers == 'yes' or trigger == 'yes')")
    waits = [
        *own.query("waits_for_terms == 'yes'")["date"],
        *on_command("text", "official").query("waits_for_terms == 'yes'")["date"],
    ]
    assert VERDICTS["C30"]["as_worded"] is (exact.empty and len(waits) > 0)
    days = line("C30").partition("; texts of ")[2].partition(" leave the")[0]
    assert len(re.split(", | and ", days)) == len(waits)


def test_passages_on_a_breach_name_force_and_a_side_as_the_notebook_says():
    rows = official_tasks()
    rows = rows[rows["field"].isin(["response to breaches", "guarantee"])]
    rows = rows[rows["of_force"].isin(["yes", "unclear"])]
    armed = rows.query("force_named == 'yes'")
    russia, either = ((armed["against"] == side).sum() for side in ("Russia", "either side"))
    assert line("C29").startswith(f"Of {len(rows)} official passages on how a breach")
    assert line("C29").endswith(
        f" in {len(armed)}: against Russia in {russia}, against nobody in particular in"
        f" {some(len(armed) - russia - either)}, against whichever side breaks it in"
        f" {some(either)}; a search for one that does found none."
    )
    assert searched("C29", "no record either way") and not either
    assert VERDICTS["C29"]["as_worded"] is (True if either else None)


def spoke(country: str, subjects: list[str], until: str = DAY) -> pd.DataFrame:
    """What a country's officials said of themselves on record, oldest first."""
    rows = table("statements").query("country == @country and subject in @subjects")
    rows = rows[rows["said_by"].isin(OWN) & (rows["about"] == "own")]
    return reported(by_the_day(rows, day=until)).sort_values(["date", "id"])


def test_the_interview_is_dated_as_in_the_notebook_and_lies_a_few_days_back():
    rows = spoke("RUS", ["NATO troops in Ukraine"], until=WINDOW[1])
    rows = rows.query("office == 'deputy foreign minister' and stance == 'refuses'")
    when = rows["date"].max()
    assert VERDICTS["C14"]["computed"] == when
    back = [(pd.Timestamp(day) - pd.Timestamp(when)).days for day in WINDOW]
    earlier = spoke("RUS", TROOPS, until=WINDOW[1]).query("date < @when and stance == 'refuses'")
    assert f"{back[0]} to {back[1]} days before" in line("C14")
    assert f"had refused {len(earlier)} times since" in line("C14")
    assert VERDICTS["C14"]["as_worded"] is (back[0] >= 0 and back[1] <= 10 and len(earlier) > 0)


def test_russian_words_on_foreign_troops_are_as_many_as_the_notebook_says():
    rows = spoke("RUS", TROOPS)
    president, others = (
        rows[of] for of in (rows["office"] == "president", rows["office"] != "president")
    )
    gave = rows["stance"].isin(["accepts", "offers"])
    refused, vague = ((others["stance"] == stance).sum() for stance in ("refuses", "vague"))
    assert f"others have refused {refused} times since" in line("C31")
    assert f", {times(vague)} left it open (" in line("C31")
    what = "something" if gave.sum() else "anything"
    assert line("C31").endswith(f"and {times(gave.sum())} accepted or offered {what}.")
    assert VERDICTS["C31"]["as_worded"] is True
    assert president["stance"].iloc[-1] == "refuses" and not gave.any()


def test_reports_of_american_confidence_are_as_many_as_the_notebook_says():
    rows = by_the_day(table("statements").query("country == 'USA' and stance == 'confident'"))
    rows = rows[(rows["said_by"] == "unnamed") & rows["source_id"].map(reputable)]
    banner = rows.query('subject == "European forces outside NATO\'s banner"')
    package = rows.query("subject == 'a package of guarantees'")
    assert f"In {origins(banner)} report (" in line("C15")
    assert f", in {origins(package)} that it will accept a package" in line("C15")
    assert VERDICTS["C15"]["as_worded"] is (True if len(banner) else None)


def test_no_april_word_of_the_president_on_all_support_is_on_record():
    april = spoke("USA", ["US military support of any kind"]).query("office == 'president'")
    april = april[april["date"].str.startswith("2025-04")]
    april = april[april["stance"].isin(["refuses", "accepts", "offers"])]
    assert april.empty and VERDICTS["C17"]["as_worded"] is None
    assert line("C17").startswith("No word of the president on military support of any kind")
    near = ["joining the force", "US ground troops", "US military support of any kind"]
    near.append("US air or air-defence support")
    rows = by_the_day(table("statements").query("country == 'USA' and stance == 'refuses'"))
    rows = rows[rows["subject"].isin(near) & (rows["date"] < "2025-09")]
    others = rows[~rows["date"].str.startswith("2025-04")]
    assert line("C17").endswith(f", and {len(others)} times in other months up to August.")


def test_the_president_was_vague_in_august_and_ruled_ground_troops_out_last():
    support = ["US military support of any kind", "US air or air-defence support"]
    rows = spoke("USA", ["security guarantees", *support]).query("office == 'president'")
    rows = rows[rows["date"].str.startswith("2025-08")]
    vague = rows.query("stance == 'vague'")
    last = spoke("USA", ["US ground troops"])
    last = last[last["date"] == last["date"].max()]
    assert f"spoke of guarantees {times(len(vague))} in general words" in line("C18")
    assert len(vague) and not (rows["means_named"] == "promised").any()
    assert (last["stance"] == "refuses").all() and VERDICTS["C18"]["as_worded"] is True


# 04: the members beyond NATO


def test_the_smallest_gap_between_the_two_and_the_other_four_is_that_of_the_notebook():
    two = {"AUS", "JPN"}
    assert two < ROSTER - NATO
    factors = {}
    for name in ("military expenditure", "active personnel", "combat aircraft"):
        rows = by_the_day(table("indicators").query("indicator == @name"), "edition_published")
        rows = rows[rows["country"].isin(ROSTER - NATO) & rows["value"].notna()]
        rows = rows.sort_values("edition_published").drop_duplicates("country", keep="last")
        of = rows.set_index("country")["value"]
        factors[name] = min(of[code] for code in two) / of.drop(list(two)).max()
    smallest = min(factors, key=factors.get)
    assert VERDICTS["C16"]["computed"] == pytest.approx(factors[smallest])
    assert line("C16").startswith(f"By {smallest} Australia has {factors[smallest]:.1f} times")
    assert VERDICTS["C16"]["as_worded"] is bool(factors[smallest] >= 2)


# 05: surveillance

CLASSES = [
    "imaging satellite",
    "signals satellite",
    "signals intelligence aircraft",
    "airborne early warning aircraft",
    "stealth drone",
    "high-altitude drone",
]


def newest(rows: pd.DataFrame) -> pd.DataFrame:
    """The newest observation of each fleet by the day, from a source that was out."""
    seen = out_by_the_day(by_the_day(rows, "observed"))
    seen = seen.assign(ends=ends(seen["observed"])).sort_values(["ends", "id"])
    return seen.drop_duplicates("fleet", keep="last")


def span(rows: pd.DataFrame) -> tuple[float, float]:
    """The least and the most that fleets have together: from nothing, and without end, where a row
    does not say.
    """
    low = rows["in_service_low"].fillna(rows["in_service"]).fillna(0)
    high = rows["in_service_high"].fillna(rows["in_service"]).fillna(math.inf)
    return low.sum(), high.sum()


def test_in_as_many_classes_others_stay_surely_below_half_as_the_notebook_says():
    rows = table("capabilities").query("rank == 'default'")
    rows = newest(rows[rows["class"].isin(CLASSES)])
    below, above = [], []
    for kind in CLASSES:
        own = rows[(rows["class"] == kind) & ~(rows["in_service"] == 0)]
        americas = own[own["operator"] == "USA"]
        allies = own[own["operator"].isin({"NATO", *NATO} - {"USA"})]
        (least, most), (low, high) = span(americas), span(allies)
        none_at_all = searched("C20", "none found") and kind == "stealth drone"
        if none_at_all if allies.empty else high < least / 2:
            below.append(kind)
        elif low >= most / 2:
            above.append(kind)
    assert VERDICTS["C20"]["computed"] == len(below)
    assert f"less than half of what America has in {len(below)} of {len(CLASSES)}" in line("C20")
    assert ("it has half or more" in line("C20")) is bool(above)
    open_ones = line("C20").rpartition("; of ")[2].partition(" too little is known")[0]
    wanted = {kind.removesuffix(" aircraft") for kind in set(CLASSES) - {*below, *above}}
    named = re.split(", | and ", open_ones)
    assert {name.removesuffix(" aircraft").removesuffix("s") for name in named} == wanted
    half = len(CLASSES) / 2
    as_a_set = True if len(below) > half else False if len(below) + len(wanted) <= half else None
    assert VERDICTS["C20"]["as_worded"] is as_a_set
    by_class = False if above else True if len(below) == len(CLASSES) else None
    if as_a_set is by_class is None:  # the same number from the same rows counts once
        assert counts("C20") == (0, 0, 1)
    else:
        assert agrees("C20", {("most-classes", "half"): as_a_set, ("each-class", "half"): by_class})


def test_reports_on_the_need_for_american_eyes_are_as_many_as_the_notebook_says():
    rows = by_the_day(table("statements").query("said_by in ('text', 'official', 'unnamed')"))
    eyes = rows["statement"].str.contains(
        "surveil|reconnai|oversee|intelligence|target", case=False
    )
    rows = rows[
        (rows["subject"] == "need for US surveillance")
        | ((rows["subject"] == "need for US support") & eyes)
    ]
    need, contrary = (origins(rows[rows["stance"] == stance]) for stance in ("demands", "refuses"))
    assert VERDICTS["C19"]["computed"] == need
    assert VERDICTS["C19"]["as_worded"] is True
    assert need >= 2 and not contrary and searched("C19", "nobody says the contrary")


def test_america_did_more_than_half_of_the_watching_in_every_whole_campaign():
    rows = out_by_the_day(by_the_day(table("shares").query("span == 'whole campaign'")))
    rows = rows[rows["subject"].isin(["surveillance", "targets"])]
    assert (rows["share"].fillna(rows["low"]) >= 0.5).all() and len(rows)
    assert agrees("C19", {(basis,): True for basis in ("said", "record", "orbits")})


def test_no_text_by_the_day_credits_the_named_unit_with_satellites():
    rows = by_the_day(table("attributions"))
    own = rows[rows["unit"] == "Space Delta 7"]
    flown = rows.query("role == 'operates' and kind == 'reconnaissance'")
    lists = flown.query("exhaustive == 'yes'")["unit"]
    texts = flown[flown["unit"] == lists.iloc[0]]
    assert line("C21").startswith(
        f"According to {len(texts)} texts the {lists.iloc[0]} flies America's reconnaissance"
        f" satellites; {len(own)} texts on Space Delta 7"
    )
    assert VERDICTS["C21"]["as_worded"] is False
    assert not (own["role"] == "operates").any() and searched("C21", "none found")


# 06: tankers and patrols

KINDS = ["jet tanker", "tactical tanker", "special operations tanker", "pod-capable transport"]
AMERICANS = "operator == 'USA' and owner_kind == 'national'"


def tankers(kinds=("jet tanker",)) -> pd.DataFrame:
    rows = newest(table("capabilities").query("capability == 'tanker' and rank == 'default'"))
    return rows[rows["class"].isin(kinds)]


def american(kinds=("jet tanker",)) -> int:
    return int(tankers(kinds).query(AMERICANS)["in_service"].sum())


def others(owners: set[str], kinds=("jet tanker",)) -> pd.DataFrame:
    rows = tankers(kinds)
    own = rows["operator"].isin(owners) & (rows["owner_kind"] == "national")
    return rows[own | (rows["owner_kind"] == "pooled")]


def bounded(rows: pd.DataFrame) -> tuple[int, float, float]:
    """The tankers known, and the least and most there may be: fleets of unknown size are at most
    what their state's newest directory total leaves beside its known ones.
    """
    totals = newest(table("capabilities").query("capability == 'tanker' and rank == 'rival'"))
    totals = totals[totals["class"] == "directory total"].set_index("operator")["in_service"]
    low = high = 0.0
    for state, fleets in rows.groupby("operator"):
        least, most = span(fleets)
        low, high = low + least, high + (totals[state] if math.isinf(most) else most)
    return int(rows["in_service"].sum()), low, high


def directory(publisher: str) -> int:
    rows = newest(table("capabilities").query("capability == 'tanker' and rank == 'rival'"))
    return int(rows.set_index("fleet")["in_service"][f"usa-directory-{publisher}"])


MARINES = int(
    tankers(["tactical tanker"]).query("fleet == 'usa-kc-130-marines'")["in_service"].sum()
)


def test_the_pooled_fleet_has_as_many_aircraft_as_were_delivered():
    handed, orders = by_the_day(table("deliveries")), by_the_day(table("orders"))
    assert VERDICTS["C23"]["computed"] == len(handed)
    assert line("C23").endswith(f", of {orders['quantity'].sum()} ordered.")
    seen = tankers().query("fleet == 'mmf-a330-mrtt'").iloc[0]
    assert line("C23").startswith(f"The fleet has {len(handed)} aircraft, the last delivered")
    late = seen["observed"] < handed["date"].max()  # older than a delivery: it says nothing
    observed = None if late else bool(seen["in_service"] == 9)
    assert agrees("C23", {("delivered",): len(handed) == 9, ("observed",): observed})


def test_the_us_fleet_passes_the_stated_number_by_the_same_readings():
    counted = {
        "flightglobal": directory("flightglobal"),
        "globalfirepower": directory("globalfirepower"),
        "with-marines": american() + MARINES,
        "air-force-jets": american(),
    }
    votes, record = fair("C24")["definition"], VERDICTS["C24"]
    numbers = [number for option, number in counted.items() if option in votes]
    assert record["computed"] == numbers[0] and record["as_worded"] is (numbers[0] > 600)
    assert f"counts {numbers[0]} American tankers, by its newest edition" in line("C24")
    passing = {(option,): number > 600 for option, number in counted.items()}
    assert agrees("C24", passing)
    low, high = min(numbers), max(numbers)
    assert record["low"] <= low and high <= record["high"]
    if reckons_all("C24", passing):
        assert (record["low"], record["high"]) == (low, high)


def test_the_ratios_are_those_of_the_notebook():
    ours = [directory("flightglobal"), american() + MARINES]
    theirs = [bounded(others(owners, KINDS)) for owners in (NATO - {"USA"}, EUROPE)]
    more = VERDICTS["C25a"]
    assert more["computed"] == pytest.approx(ours[0] / theirs[0][0])
    low, high = (
        min(ours) / max(most for *_, most in theirs),
        max(ours) / min(least for _, least, _ in theirs),
    )
    more_by_each = {
        (option, state): bool(low > 1)
        for option in ("flightglobal", "with-marines")
        for state in ("nato", "europe")
    }
    if reckons_all("C25a", more_by_each):
        assert (more["low"], more["high"]) == (pytest.approx(low), pytest.approx(high))
    assert more["as_worded"] is bool(low > 1)
    assert line("C25a") == (
        f"America has {ours[0]} tankers by World Air Forces, NATO's other members"
        f" {theirs[0][1]:.0f} to {theirs[0][2]:.0f} of all kinds."
    )
    assert VERDICTS["C25b"]["computed"] == pytest.approx(american(KINDS) / theirs[0][0])


def held(rows: pd.DataFrame, column: str = "in_service") -> float:
    """The fuel that tankers can hold, in kg."""
    sizes = rows[column].fillna(rows["in_service"])
    return sum(
        number * parameter("F_cap", kind)
        for number, kind in zip(sizes, rows["type"], strict=True)
        if number
    )


def test_the_pair_is_within_a_factor_of_two_of_no_ratio_counted_alike():
    ratios = []
    for owners in (NATO - {"USA"}, EUROPE):
        _, least, most = bounded(others(owners, KINDS))
        ratios += [american(KINDS) / least, american(KINDS) / most]
        ratios += [american() / end for end in span(others(owners))]
        fuel = held(tankers().query(AMERICANS))
        ratios += [fuel / held(others(owners), f"in_service_{end}") for end in ("low", "high")]
    within = [0.5 <= (600 / 9) / ratio <= 2 for ratio in ratios]
    assert not any(within) and VERDICTS["C25b"]["as_worded"] is False
    assert f" make it {600 / 9:.0f} to one; with both sides" in line("C25b")
    assert f" counted alike it is {ratios[1]:.1f} to" in line("C25b")
    alike = itertools.product(("nato", "europe"), ("all-kinds", "jets", "fuel"))
    assert agrees("C25b", dict.fromkeys(alike, False))


def test_the_allies_tankers_are_the_part_of_the_american_that_the_notebook_says():
    rows = others(NATO - {"USA"})
    low, high = span(rows)
    assert VERDICTS["C26"]["computed"] == pytest.approx(rows["in_service"].sum() / american())
    assert line("C26").startswith(
        f"Against America's {american()} large tankers stand {low:.0f} to"
    )
    assert f" to {high:.0f} of NATO's other members" in line("C26")
    parts = [high / american(), held(rows, "in_service_high") / held(tankers().query(AMERICANS))]
    assert VERDICTS["C26"]["as_worded"] is bool(parts[0] < 0.5)
    below = {
        (how, "half"): bool(of < 0.5) for how, of in zip(["aircraft", "fuel"], parts, strict=True)
    }
    assert agrees("C26", below)


def parameter(symbol: str, case: str, column: str = "base") -> float:
    rows = table("parameters").query("symbol == @symbol")
    return float(
        rows.loc[[case in cases.split("; ") for cases in rows["applies_to"]], column].iloc[0]
    )


def kilometres(one, other) -> float:
    return AGAIN["distance"](
        one["latitude"], one["longitude"], other["latitude"], other["longitude"]
    )


OF_A_STAY, ENDS_OF, DRAWS = (
    ("f", "f_ext", "u", "b", "v", "t_os"),
    ("low", "base", "high"),
    100_000,
)


def test_an_unrefuelled_typhoon_has_as_long_over_the_farthest_place_as_the_notebook_says():
    places = table("places")
    bases, skies = (
        places.query("kind == 'fighter base'"),
        places.query("kind == 'patrol area' and country == 'UKR'"),
    )
    far = max(
        min(kilometres(base, place) for _, base in bases.iterrows())
        for _, place in skies.iterrows()
    )
    case = "Eurofighter Typhoon"
    assert f"{far:.0f} km away" in line("C22")
    told = re.search(r"for ([\d.]+) \(([\d.]+)–([\d.]+)\) hours without", line("C22")).groups()
    random, (f, f_ext, u, b, v, t_os) = (
        np.random.default_rng(1),
        ([parameter(symbol, case, end) for end in ENDS_OF] for symbol in OF_A_STAY),
    )

    def draw(ends) -> np.ndarray:
        ends = [ends[1] if math.isnan(end) else end for end in ends]
        return np.full(DRAWS, ends[1]) if ends[0] == ends[2] else random.triangular(*ends, DRAWS)

    alone = (draw(f) + draw(f_ext)) * draw(u) / draw(b) - 2 * far / draw(v)
    drawn = np.quantile(np.maximum(0, alone), [0.5, 0.05, 0.95])
    assert [float(number) for number in told] == pytest.approx(list(drawn), abs=0.05)
    assert VERDICTS["C22"]["computed"] == pytest.approx(drawn[0], abs=0.02)
    part = np.mean(np.maximum(0, alone) < draw(t_os) / 2)
    assert VERDICTS["C22"]["as_worded"] is bool(part >= 2 / 3)  # from 'likely' on


# 07: the ground force


def triangular(part: float, low: float, mode: float, high: float) -> float:
    """The value below which a part of a triangular distribution lies."""
    if part < (mode - low) / (high - low):
        return low + math.sqrt(part * (high - low) * (mode - low))
    return high - math.sqrt((1 - part) * (high - low) * (high - mode))


def test_those_left_of_the_six_could_keep_up_what_the_notebook_says():
    words = own_words(table("positions").query("mission == 'the force'"))
    words = words[
        words["country"].isin(ROSTER - NATO) & words["domain"].isin(["land", "political"])
    ]
    land = words[words["domain"] == "land"]
    words = pd.concat([words[~words["country"].isin(land["country"])], land])
    last = words.drop_duplicates("country", keep="last").set_index("country")["position"]
    declined = set(last[last == "declined"].index)
    rows = table("indicators").query("indicator == 'active personnel' and country in @ROSTER")
    rows = by_the_day(rows, "edition_published").sort_values("edition_published")
    active = rows.drop_duplicates("country", keep="last").set_index("country")["value"]
    active = sum(active[code] for code in ROSTER - NATO - declined)
    share = [parameter("s_sus", "ground force", end) for end in ("low", "base", "high")]
    low, middle, high = (active * triangular(part, *share) for part in (0.05, 0.5, 0.95))
    assert VERDICTS["C32"]["computed"] == pytest.approx(middle, rel=2e-3)
    assert f"could keep {round(middle, -2):,.0f} soldiers" in line("C32")
    assert f"({round(low, -2):,.0f}–{round(high, -2):,.0f})" in line("C32")
    assert line("C32").startswith(f"{names(ROSTER - NATO - declined)} could keep")
    assert f"; {names(declined)} have declined to send any" in line("C32")
    wanted = [
        table("proposals").set_index("id").loc[f"proposal/2025-04-iiss-{size}", "low"]
        for size in ("small", "medium")
    ]
    short = [active * share[-1] < size for size in wanted]
    assert VERDICTS["C32"]["as_worded"] is bool(short[0])
    sizes = {
        (size,): True if less else None
        for size, less in zip(("small", "medium"), short, strict=True)
    }
    assert agrees("C32", sizes)


# 08: the three conditions


def test_none_of_the_conditions_was_met_strictly_as_the_notebook_says():
    terms = agreements().query("evidence_of == 'terms for an end' and lasting == 'open-ended'")
    nato = [subject for subject in TROOPS if "NATO" in subject]
    accepted = spoke("RUS", nato).query("stance == 'accepts'")
    president = spoke("RUS", TROOPS).query("office == 'president'")
    help_of = ["US military support of any kind", "US air or air-defence support"]
    help_of += ["security guarantees", "a package of guarantees"]
    promised = spoke("USA", help_of).query("means_named == 'promised'")
    assert terms.empty and searched("C10", "none found")
    assert accepted.empty and president["stance"].iloc[-1] == "refuses"
    assert promised.empty and searched("C27a", "none found")
    assert VERDICTS["C27a"]["as_worded"] is True
    possible = by_the_day(table("statements").query("country == 'USA'"))
    possible = possible[possible["means_named"].isin(["promised", "as a possibility"])]
    assert line("C27a").endswith(f"promised or held possible {len(possible)} times.")


ENDS = "ceasefire|peace|war is over|hostilities"


def test_those_who_would_send_the_force_wait_as_the_notebook_says():
    rows = table("positions").query("domain == 'land' and mission in ('the force', 'unclear')")
    rows = own_words(rows[rows["country"].isin(ROSTER)])
    sending = land_stances()[0] | {"FRA", "GBR"}
    rows = rows[rows["country"].isin(sending) & rows["position"].isin([*GIVES, "considering"])]
    several = rows["condition"] == "several"
    named = several & rows["statement"].str.contains(ENDS, case=False)
    ending = set(rows[rows["condition"].isin(["ceasefire", "settlement"]) | named]["country"])
    joint = official_tasks().query("of_force == 'yes' and field == 'land' and said_by == 'text'")
    joint = joint[joint["text"].str.match("UK-France|Chairs'")]
    if joint["begins"].str.startswith("after").any():
        ending |= {"FRA", "GBR"}
    assert VERDICTS["C27b"]["computed"] == len(sending)
    assert line("C27b").startswith(
        f"Of the {len(sending)} states that would send soldiers or lead the force, {len(ending)}"
        " wait"
    )
    freed = own_words(table("statements").query("stance == 'refuses'"))
    freed = freed[freed["subject"].str.startswith("need for ")].groupby("country")["subject"]
    assert (freed.nunique() < 3).all() and "none has said that it would go" in line("C27b")
    assert VERDICTS["C27b"]["as_worded"] is ({"FRA", "GBR"} <= ending == sending)


def test_the_opinion_stands_beside_as_many_offers_and_tasks_as_the_notebook_says():
    rows = reported(own_words(table("positions")))
    known = rows["position"].isin([*GIVES, "considering", "declined"])
    rows = rows[known & rows["country"].isin(ROSTER)]
    on_it = rows["mission"].isin(["the force", "unclear"])
    other = (rows["mission"] == "") & ~rows["domain"].isin(["land", "political"])
    rows = rows[on_it | other].drop_duplicates(["country", "domain"], keep="last")
    states = set(rows[rows["position"].isin(GIVES)]["country"])
    war = official_tasks().query("begins == 'while the war goes on'")
    assert f"stand {len(states)} states that would give something" in line("C28")
    assert f"and {len(war)} official task that may begin" in line("C28")
    assert VERDICTS["C28"]["as_worded"] is None


# 09: verdicts and the ledger


def test_each_verdict_follows_from_its_fair_readings():
    kinds = table("claims").set_index("id")["kind"]
    for claim, record in VERDICTS.items():
        meant, (true, false, unknown) = record["as_worded"], counts(claim)
        assert {True: true, False: false, None: unknown}[meant] > 0, claim
        assert true + false + unknown == record["readings"], claim
        day = "2025-04-30" if claim == "C17" else DAY  # the month that is asked about is over
        nothing = searched(claim, "no record either way", day)
        verdict = {True: "holds", False: "fails", None: "unsupported" if nothing else "undecided"}
        follows = "depends" if true and false else verdict[meant]
        assert record["verdict"] == ("opinion" if kinds[claim] == "opinion" else follows), claim


def test_every_judged_claim_has_a_record_in_one_notebook_and_stands_in_the_ledger():
    claims = table("claims").sort_values("position")
    assert set(VERDICTS) == set(claims["id"])
    cells = json.loads((ROOT / "notebooks" / "09-verdicts.ipynb").read_text("utf-8"))["cells"]
    html = next(
        "".join(output["data"]["text/html"])
        for cell in cells
        for output in cell.get("outputs", [])
        if "Every claim and its verdict" in "".join(output.get("data", {}).get("text/html", ""))
    )
    first, *lines = [
        [cell.get_text() for cell in row.find_all(["th", "td"])]
        for row in BeautifulSoup(html, "html.parser").find_all("tr")
    ]
    ledger = pd.DataFrame(lines, columns=first)
    ledger = ledger.set_index(ledger["claim"].str.split().str[0])
    assert list(ledger.index) == list(claims["id"][claims["paragraphs"] != "own"])
    for claim, row in ledger.iterrows():
        assert row["what is found"].endswith(line(claim))
        assert tuple(map(int, row[["true", "false", "unknown"]])) == counts(claim)
        assert row["claim"] == f"{claim} {claims.set_index('id').loc[claim, 'label']}"
        assert row["in full"] == claims.set_index("id").loc[claim, "claim"]
