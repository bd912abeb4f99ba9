"""The front page: every claim once with verdict, readings and card, and what is said above them."""

import csv
import dataclasses
import itertools
import re
from urllib.parse import unquote

import pytest
from pages_built import (
    ARTICLES,
    FIGURE,
    Made,
    built,
    cell,
    fleets,
    notebook,
    read,
    records,
    result,
    row_of,
    verdict,
    words_of,
)

from helpers import (
    claims,
    commitments,
    data,
    headline_answers,
    scenarios,
    since_publication,
    sobol_indices,
    tables,
)

# The front page.


@pytest.mark.committed
def test_every_claim_stands_on_the_front_page_once_in_the_articles_order_judged_or_not(site):
    def place(row: dict) -> tuple:
        """Where the article says it: its paragraph, and there its first word, if it has one; a
        reader's own claim stands last.
        """
        paragraph, word = (re.match(r"\d+", row[name]) for name in ("paragraphs", "passage"))
        told = (int(found[0]) if found else 10**6 for found in (paragraph, word))
        return *told, int(row["position"])

    wanted = [f"claim:{row['id']}" for row in sorted(csv.DictReader(claims_of(site)), key=place)]
    assert [entry["id"] for entry in site.page("index").select("article.entry")] == wanted
    with_words = {row["id"] for row in csv.DictReader(claims_of(site)) if row["passage"]}
    parts = [link["href"] for link in site.page("index").select(".strip a")]
    assert sorted(parts) == sorted(f"#claim:{id}" for id in with_words)


def claims_of(site):
    return (site.data / "claims.csv").open(encoding="utf-8")


@pytest.mark.committed
def test_a_paragraph_is_a_line_of_its_own_length_with_its_phrases_where_they_stand(committed):
    rows = {row["id"]: row for row in csv.DictReader(claims_of(committed))}
    longest = max(int(row["passage"].split("/")[1]) for row in rows.values() if row["passage"])
    for paragraph in committed.page("index").select(".paragraph"):
        at, ids, rest = 0, [], 0
        for part in paragraph.select(".strip > *"):
            (words,) = (int(name[1:]) for name in part["class"] if re.fullmatch(r"g\d+", name))
            if part.name == "a":
                ids.append(id := part["href"].removeprefix("#claim:"))
                first, last, of = map(int, re.findall(r"\d+", rows[id]["passage"]))
                assert (at + 1, at + words) == (first, last), id
                assert rows[id]["paragraphs"].split(", ")[0] in paragraph.p.string
            rest = words if "rest" in part["class"] else 0
            at += words
        assert at == longest and rest >= longest - of
        entries = {entry["id"].removeprefix("claim:") for entry in paragraph.select(".entry")}
        assert set(ids) == {id for id in entries if rows[id]["passage"]}


LETTERS = r"[^\W\d_]"


@pytest.mark.committed
def test_a_label_is_a_few_words_of_ours_that_no_other_claim_has(committed):
    labels = [row["label"] for row in csv.DictReader(claims_of(committed))]
    assert len(set(labels)) == len(labels) and all(re.search(LETTERS, label) for label in labels)
    heads = [head.get_text() for head in committed.page("index").select(".of > summary h3")]
    assert sorted(heads) == sorted(labels)


C24_LINE = (
    "We find 388 (382–395) aircraft. On another fair reading the claim is true: ‘Large jets’: 388"
    " (382–395) aircraft."
)


def test_a_claim_shows_verdict_word_shape_line_readings_and_its_card(tiny_site):
    page = tiny_site.page("index")
    entry = page.find(id="claim:C24")
    summary = entry.find_previous_sibling("summary")
    assert entry.select_one(".line > .mark").string == "Depends."
    assert (
        summary.select_one(".sign")
        and summary.h3.string == "The USA operates more than 600 tankers"
    )
    assert summary.select_one(".word").string == "depends"
    assert "depends" in entry["class"] and "depends" in entry.parent["class"]
    assert entry.select_one(".article").string == "more than 600"
    assert words_of(entry.select_one(".said")) == C24_LINE
    votes, _, firm = words_of(entry.select_one(".votes")).partition(". ")
    assert votes == "Fair readings: 1 true, 1 false, 0 unknown"
    assert firm == "How firm, by the rows that decide it: on official texts"
    assert [bar["class"] for bar in entry.select(".bar i")] == [["yes"], ["no"]]
    assert words_of(entry.select_one(".firm")) == "on official texts"
    assert entry.details.select_one(".verdict dl") and entry.find(
        "a", href="06-refuelling.html#C24"
    )
    unjudged = page.find(id="claim:C28")
    assert unjudged.select_one(".mark").get_text(strip=True) == "Not yet judged."
    assert not unjudged.details and not unjudged.select_one(".said")


def test_notebook_and_front_page_show_the_lines_of_one_card(tiny_site, place):
    lines = verdict(place.path, "C24").carried()["card"]
    card = tiny_site.page("06-refuelling").find(id="C24")
    assert words_of(card.select_one(".line")) == f"Depends. {C24_LINE}"
    entry = tiny_site.page("index").find(id="claim:C24")
    for section, names in ((card, ()), (entry, ("article", "readings", "history"))):
        shown = {term["data-line"]: words_of(term.next_sibling) for term in section.select("dt")}
        assert shown == {
            line["name"]: " ".join(tables.words(line["words"]).split())
            for line in lines[2:]
            if line["name"] not in names
        }


def test_a_card_is_made_from_the_record_and_not_from_the_html_beside_it(tmp_path, place):
    card = result(verdict(place.path, "C24"))
    card.data["text/html"] = "<p>Other words</p>"
    of = {"06-refuelling": notebook(cell("x", card))}
    made = built(tmp_path / "one", place.path, of)
    for name in ("index", "06-refuelling"):
        page = read(made / f"{name}.html")
        assert "Other words" not in page.get_text()
        assert C24_LINE in words_of(page)


def test_a_claim_opens_on_every_fair_reading_with_its_outcome_and_why(tiny_site):
    for name, folded in (("index", "div"), ("06-refuelling", "details"), ("report", "div")):
        (table,) = tiny_site.page(name).select(
            f"{folded}.readings table:-soup-contains('Readings of C24')"
        )
        assert [
            [words_of(cell) for cell in row.find_all("td")] for row in table.tbody.find_all("tr")
        ] == [
            [
                "Every one",
                "false",
                "We find 388 (382–395) aircraft.",
                "he says all",
                "it is told so",
            ],
            [
                "Large jets",
                "true",
                "We find 388 (382–395) aircraft.",
                "he says jets",
                "it is told so",
            ],
        ]
        links = [link["href"] for link in table.select("td:first-child a")]
        if name == "report":
            cards = [tiny_site.page(name).find(id=link[1:]) for link in links]
            links = [f"data-readings.html#{row_of(card)}" for card in cards]
        assert links == [f"data-readings.html#C24/definition/{opt}" for opt in ("all", "jets")]


def test_a_reading_after_the_first_is_told_by_what_it_takes_differently_and_a_reason_once(
    new_folder,
):
    folder = new_folder()
    folder.put(
        "readings",
        "C24/unit/airframes",
        claim="C24",
        choice="unit",
        meaning="Every airframe",
        used_so_by="it is usual",
    )
    row, world = (
        data.load("claims", folder.path).loc["C24"].to_dict(),
        data.World(folder=folder.path),
    )
    found = [
        claims.Reading({}, ids, place == 0, True, claims.Outcome(None))
        for place, ids in enumerate(
            itertools.product(
                ("C24/definition/jets", "C24/definition/all"), ("C24/unit/airframes",)
            )
        )
    ]
    told = claims.card_lines.reading_rows(
        claims.Verdict(row, world, (*found, found[1]), "undecided")
    )
    assert [tables.words(entry["reading"]) for entry in told] == [
        "Large jets; Every airframe",
        "Every one",
        "Every one",
    ]
    assert [tables.words(entry["used_so_by"]) for entry in told] == [
        "it is told so. it is usual",
        "it is told so",
        "as above",
    ]


def test_an_undecided_claim_says_what_is_missing_and_which_way_it_points(tmp_path, place):
    one = verdict(place.path, "C24", (True, None))
    jets, meant = one.readings
    meant = dataclasses.replace(meant, outcome=claims.Outcome(None, missing="a better count"))
    undecided = dataclasses.replace(one, given=(jets, meant))
    assert undecided.verdict == "undecided"
    of = {"06-refuelling": notebook(cell("x", result(undecided)))}
    entry = read(built(tmp_path / "one", place.path, of) / "index.html").find(id="claim:C24")
    assert words_of(entry.select_one(".said")) == (
        "It cannot be told: what is missing is a better count. Where another fair reading can be"
        " judged, it is true."
    )
    missing = entry.select_one("details dt[data-line=missing]")
    assert words_of(missing.find_next_sibling("dd")) == "a better count"


def test_front_page_and_report_tell_what_tagged_cells_show_and_lead_to_their_notebooks(tiny_site):
    for name, where in (("index", "{}.html"), ("report", "#{}:")):
        page = tiny_site.page(name)
        pictures, since, beyond = (
            page.find(attrs={"aria-labelledby": f"page:{part}"})
            for part in ("pictures", "since", "beyond")
        )
        assert pictures.select_one(".figure-title").string == "France has the most"
        folded = "Sources" if name == "report" else "Sources and table"
        assert pictures.figure.summary.string == folded
        assert words_of(pictures.select_one("figure details figcaption")) == FIGURE["source"]
        assert words_of(pictures.find_all(class_="firm")[0]) == (
            "Of 1 rows 1 rests on official texts. Steps"
        )
        assert beyond.get_text().count("More could be bought.") == 1 and beyond.select_one(
            "section.verdict"
        )
        if name == "report":  # which holds the notebooks that tell them
            assert not page.find(id="page:findings") and not page.find(id="page:changed")
            continue
        assert words_of(since.h2) == "What has happened since"
        findings, changed = (
            page.find(id=f"page:{part}").find_parent("details") for part in ("findings", "changed")
        )
        assert [words_of(p) for p in findings.select(".output > p")] == [
            "France has 13 tankers.",
            " ".join(str(fleets(tiny_site.data)).split()),
        ]
        assert [link["href"] for link in findings.select("a.more")] == [
            where.format("01-membership"),
            where.format("09-verdicts"),
        ]
        assert changed.table and [head.name for head in changed.find_all(re.compile(r"^h\d"))] == [
            "h3",
            "h3",
        ]
        assert [part.select_one("a.more")["href"] for part in (pictures, changed, beyond)] == [
            where.format(name) for name in ("06-refuelling", "09-verdicts", "09-verdicts")
        ]
        order = [head["id"] for head in page.select("h2[id^='page:']")]
        assert order[:5] == [
            "page:claims",
            "page:pictures",
            "page:since",
            "page:beyond",
            "page:about",
        ]


def days_in(site: Made, table: str, column: str) -> list[str]:
    """A column of days of a table, as written."""
    with (site.data / f"{table}.csv").open(encoding="utf-8") as file:
        return [row[column] for row in csv.DictReader(file) if row[column]]


@pytest.mark.committed
def test_who_made_it_and_when_stands_under_the_title_and_each_day_says_what_it_is(committed):
    searched = max(days_in(committed, "searches", "date"))
    worked = max(
        searched,
        *days_in(committed, "sources", "accessed"),
        *days_in(committed, "verdict_log", "date"),
    )
    for name in ("index", "report"):
        page = committed.page(name)
        byline = page.h1.find_next_sibling("p")
        said = (
            "who give no names and no address",
            f"made on {tables.day(worked)}",
            "data to",
            "judged as of 20 December 2025",
        )
        assert [words for words in said if words not in words_of(byline)] == []
        said = words_of(page.find(attrs={"aria-labelledby": "page:about"}))
        assert f"last search: {tables.day(searched)}" in said
        assert "Newest event: " in said
        listed = page.select_one("nav.sections").select("li li a")  # in all of it: minutes
        links = [link["href"].removeprefix("#claim:") for link in listed]
        lines = [part for part in page.find_all(class_="claims") if "own" not in part["class"]]
        entries = [entry for part in lines for entry in part.find_all(class_="of")]
        assert links == [entry["data-claim"] for entry in entries]


def linked_numbers(part) -> list[int]:
    """The whole numbers of a part of a page that are links."""
    words = [link.get_text().replace(",", "") for link in part.select("a")]
    return [int(each) for each in words if each.isdigit()]


@pytest.mark.committed
def test_the_front_page_begins_with_what_stands_and_says_how_firm_each_sentence_is(committed):
    found = records(committed.notebooks)
    verdicts = {record["id"]: record for record in found if not claims.own(record)}
    counts = [sum(r["verdict"] == name for r in verdicts.values()) for name in ("holds", "fails")]
    for name in ("index", "report"):
        page = committed.page(name)
        numbers = linked_numbers(page.select_one(".conclusion"))
        assert numbers[:2] == [counts[0], len(verdicts)] and numbers[2:] in ([], counts[1:])
        read = [claims.judge(id, data.World(evidence="read")).verdict for id in verdicts]
        alone = [read.count("holds"), read.count("fails")]
        alone.append(read.count("undecided") + read.count("unsupported"))
        alone += [read.count("depends"), read.count("opinion")]
        assert sum(alone) == len(read)
        told = linked_numbers(page.select_one("p.firm .alone"))
        assert told == [alone[0], len(read), *filter(None, alone[1:])]
        thin = page.find(id="page:thin").find_parent("details")
        revised = page.select_one(".about .revised")
        changed, every, *turned = linked_numbers(revised)
        assert 0 < changed <= every == len(verdicts) and "as its author means it" in revised.text
        first = {row["claim"]: row for row in data.load("verdict_log").to_dict("records")[::-1]}
        held = {id for id in verdicts if first[id]["verdict"] == "holds"}
        holding = {id for id, record in verdicts.items() if record["verdict"] == "holds"}
        lost = {claim for claim, row in first.items() if row["verdict"] == "fails"} - set(verdicts)
        took_in = {claim[:-1] for claim in lost} & holding
        sides = (holding - held, held - holding, took_in)
        assert took_in and turned == [len(ids) for ids in sides if ids]
        firm = linked_numbers(page.select_one("p.firm"))
        *firm, ours = firm[: -len(told)]
        barred = page.select("article.entry .fine.stays")
        barred = [part for part in barred if part.get_text().startswith("Our own bar: ")]
        _, bars = thin.find_all("table")
        assert ours == len(barred) == len(bars.tbody.find_all("tr"))
        assert firm[0] == sum(firm[1:]) == len(verdicts)
        opinions = [r for r in verdicts.values() if not r["firmness"]]
        assert {r["verdict"] for r in opinions} == {"opinion"} and firm[-1] == len(opinions)
        section = page.find(attrs={"aria-labelledby": "page:pictures"})
        sentences = section.find_all(class_="figure-title", recursive=True)
        folded = section.find("details", recursive=False)  # the report has none
        shown = [words for words in sentences if folded not in words.parents]
        firm = [part for part in section.find_all(class_="firm") if folded not in part.parents]
        assert len(shown) == len(firm) == 4
        for part in firm:
            every, *parts = linked_numbers(part)
            assert every == sum(parts) > 0


@pytest.mark.committed
def test_below_numbers_stands_how_many_of_their_inputs_no_source_gives(committed):
    """What is chosen or remembered is counted anew from the rows that the numbers' trails name."""
    with (committed.data / "parameters.csv").open(encoding="utf-8") as file:
        known = {row["id"]: row for row in csv.DictReader(file)}
    kept = {id for id, row in known.items() if row["origin"] != "published"}
    chosen = {
        id
        for id in kept
        if known[id]["origin"] == "judgement" and known[id]["verification"] != "recall"
    }
    page, seen = committed.page("index"), set()
    for line in page.find(attrs={"aria-labelledby": "page:pictures"}).select("p.firm"):
        rows, part = set(), line.find_previous_sibling()
        while part is not None and "output" in part.get("class", []):
            for number in part.select("data"):
                rows |= rows_behind(number, committed)
            part = part.find_previous_sibling()
        told = re.search(r"(\d+) (?:rests? )?on our judgement", words_of(line))
        assert (int(told[1]) if told else 0) == len(rows & chosen), words_of(line)
        assert ("on general knowledge" in words_of(line)) >= bool(rows & (kept - chosen))
        seen |= rows & kept
    assert {"land-part-abroad/ground-force", "flying-hours/early-warning"} <= seen
    thin = page.find(id="page:thin").find_parent("details")
    asked = headline_answers.asked_first(data.World())
    for answer, line in zip(asked.values(), thin.select("ul.lines li"), strict=True):
        ours = [
            id for id in answer.rows if id in kept or data.row(id).get("verification") == "recall"
        ]
        resting = words_of(line).partition(": ")[2]
        counts = re.findall(r"(\d+)(?: rests?)? on ", resting)
        assert sum(map(int, counts)) == len(ours), resting
        leading = [index.id for index in sobol_indices.sobol(answer, data.World.seed)[:2]]
        of_ours = [place for place, id in enumerate(leading) if id in kept]
        none = "no input is our judgement" in words_of(line)
        assert none or ("; the two that drive" in words_of(line)) is not bool(of_ours)
        for place in of_ours:
            name = known[leading[place]]["name"]
            assert f"the {('first', 'second')[place]} ({name}" in words_of(line)


@pytest.mark.committed
def test_what_rows_rest_on_is_told_of_a_picture_and_of_the_words_behind_it_apart(committed):
    """So that two counts of rows, as many or not, are seen to be of other rows."""
    lines = committed.page("index").find(attrs={"aria-labelledby": "page:pictures"}).select(".firm")
    folded = committed.page("index").find(id="page:findings").find_parent("details")
    for line in lines:
        things = re.match(r"Of \d+ (rows.*?) \d+ rest", words_of(line))[1]
        behind = "rows behind these words, not quite the picture’s,"
        assert things == (behind if folded in line.parents else "rows")
    assert len(lines) > len(folded.select(".firm")) > 0


def rows_behind(number, committed) -> set[str]:
    """The rows that the link of a number on the front page leads to: one, or those of its trail and
    of what stands above in another.
    """
    if named := number["data-rows"].split():
        return set(named)
    page, _, at = number.find_parent("a")["href"].partition("#")
    found, seen, places = committed.places(page.removesuffix(".html") or "index"), set(), [at]
    rows: set[str] = set()
    while places:
        if (place := places.pop()) not in seen:
            seen.add(place)
            led = [unquote(a["href"]).partition("#") for a in found[place].find_all("a")]
            rows |= {id for table, _, id in led if table.startswith("data-")}
            places += [id for table, _, id in led if not table]
    return rows


@pytest.mark.committed
def test_a_figure_names_its_publishers_with_the_way_to_their_rows(committed):
    for name in ("index", "report", "06-refuelling"):
        page = committed.page(name)
        for caption in page.find_all("figcaption"):
            named = words_of(caption).partition("Sources: ")[2].rpartition(". As of")[0]
            named = named.removesuffix("; and others, each named in its row")
            assert "; ".join(words_of(link) for link in caption.find_all("a")) == named, name


@pytest.mark.committed
def test_dated_lines_tell_what_has_happened_since_each_with_its_claim(committed):
    every = committed.page("index").select(".lines li")
    lines, others = every[: since_publication.MOST], every[since_publication.MOST :]
    sending, head, *turned = others
    late, early = (
        commitments.willing(data.World(as_of=day)).value
        for day in (scenarios.newest_observation(), data.World.as_of)
    )
    assert linked_numbers(sending)[:2] == [late, early] and late != early
    events = data.load("events").index.union(data.load("statements").index)
    events = events.union(data.load("tasks").index).union(data.load("command").index)
    for line in lines:
        what, *claimed = line.find_all("a")
        assert re.match(r"\d{1,2} \w+ 202\d \([a-z ]+\): ", line.get_text())
        assert unquote(what["href"]).split("#")[1] in events
        assert len(claimed) == 1
    (table,) = (
        each
        for each in committed.page("09-verdicts").select("figure table")
        if {"as the article saw it", "latest data"}
        <= {head.get_text() for head in each.select("thead th")}
    )
    places = [head.get_text() for head in table.select("thead th")]
    at = [places.index(name) for name in ("as the article saw it", "latest data")]
    rows = [
        [cell.get_text() for cell in row.find_all(["th", "td"])] for row in table.select("tbody tr")
    ]
    moved = sum(row[at[0]] != row[at[1]] for row in rows)
    by_news, every_claim, lapsed = linked_numbers(head)
    assert by_news + lapsed == moved > 0 and every_claim == len(rows)
    judged = [head, *turned]
    assert sum(len(line.select("a[href^='#claim:C']")) for line in judged) == moved
    for line in judged:  # each with the row or the search that moved it
        others = [link for link in line.find_all("a") if "#claim:" not in link["href"]]
        assert len(others) >= len(line.select("a[href^='#claim:C']"))


@pytest.mark.committed
def test_each_tile_of_the_map_leads_to_what_its_state_said(committed):
    countries = data.load("countries")
    for name in ("index", "report", "02-commitments-and-command"):
        page = committed.page(name)
        tiles = page.select_one(".tiles")
        columns = int(countries["tile_column"].max()) + 1
        links = {divmod(at, columns): part for at, part in enumerate(tiles.children) if part.text}
        assert len(links) == len(data.World().members())
        for (line, column), link in links.items():
            state, said = link.get_text().split(", ", 1)
            (place,) = countries[countries["name"] == state].to_dict("records")
            assert (place["tile_row"], place["tile_column"]) == (line, column)
            at = unquote(link["href"]).partition("#")[2]
            row = row_of(committed.places(name)[at]) if name == "report" else at
            assert data.row(row)["country"] == countries.index[countries["name"] == state][0]
            assert said


def test_without_tagged_cells_their_sections_are_absent_and_nothing_leads_there(tmp_path, place):
    folder = built(
        tmp_path / "one",
        place.path,
        {"06-refuelling": notebook(cell("x", result(fleets(place.path)), tags=("other",)))},
    )
    for name in ("index", "report"):
        text = read(folder / f"{name}.html").get_text()
        assert not [
            words
            for words in ("In pictures", "What has happened since", "What could be done")
            if words in text
        ]


@pytest.mark.committed
def test_the_tally_counts_every_claim_once_and_names_which(site):
    page = site.page("index")
    named = []
    for number in page.select(".tally data"):
        trail = number["data-rows"].split() or [
            unquote(row["href"]).partition("#")[2]
            for row in page.find(id=number.find_parent("a")["href"][1:]).select("a[href^='data-']")
        ]
        named += trail
    assert sorted(named) == sorted(
        entry["id"].removeprefix("claim:") for entry in page.select(f"{ARTICLES} article.entry")
    )
    assert sum(int(number.string) for number in page.select(".tally data")) == len(named)


@pytest.mark.committed
def test_verdicts_on_the_front_page_are_those_in_the_notebooks_outputs(site):
    page, verdicts = (
        site.page("index"),
        {record["id"]: record["verdict"] for record in records(site.notebooks)},
    )
    for id, word in verdicts.items():
        assert word in page.find(id=f"claim:{id}")["class"], id
    assert verdicts and len(page.select("article.unjudged")) == len(
        page.select("article.entry")
    ) - len(verdicts)
