"""What the pages say of themselves, to readers and to machines."""

import json
import re

from pages_built import ARTICLES, graph, records, words_of

from helpers import claims
from helpers.machinery.site import about, data_pages


def test_the_glossary_has_at_most_25_terms_in_order_each_one_plain_sentence_without_a_number(
    tiny_site,
):
    assert len(about.GLOSSARY) <= 25 and list(about.GLOSSARY) == sorted(
        about.GLOSSARY, key=str.lower
    )
    for term, meaning in about.GLOSSARY.items():
        assert re.fullmatch(r"[A-Z][^.\d]+\.", meaning) and len(meaning) < 160, term
    for name in ("index", "report"):
        folded = tiny_site.page(name).find(id="page:terms").find_parent("details")
        assert [term.string for term in folded.find_all("dt")] == list(
            about.GLOSSARY
        ) and not folded.has_attr("open")


def test_the_pages_say_who_speaks_what_verdicts_mean_what_is_not_known_and_how_to_report_an_error(
    tiny_site,
):
    for name in ("index", "report"):
        part = tiny_site.page(name).find(attrs={"aria-labelledby": "page:about"})
        text = " ".join(part.get_text().split())
        said = (
            "The Willing and Able? contributors",
            "no register",
            "How many are ready",
            "the claim’s number",
        )
        told = {word: word in text for word in ("SHA256SUMS", "make reproduce")}
        assert set(told.values()) == {name == "index"}  # a mailed file has neither beside it
        meanings = (word.meaning for word in claims.WORDS.values())
        assert not [words for words in (*said, *meanings) if words not in text], name
        (link,) = part.select("a.row")
        assert link.string == "Voyager (United Kingdom)"
        at = link["href"].partition("#")[2]
        led = tiny_site.page(name).find(id=at).get_text() if name == "report" else at
        assert "tanker/gbr/2025-03" in led


def test_a_fleet_that_any_row_counts_is_not_told_as_of_unknown_number(new_folder):
    unknown = {
        "fleet": "gbr-voyager",
        "in_service": "",
        "in_service_low": "",
        "observed": "2026-01",
    }
    for low, wanted in (
        ("", ["tanker/gbr/2026-01"]),
        ("9", []),
    ):  # each fleet once; a fleet with a lower bound not at all
        folder = new_folder()
        folder.put("capabilities", "tanker/gbr/2026-01", **unknown)
        folder.put("capabilities", "tanker/gbr/2025-03", in_service_low=low)
        assert [id for id, _ in about.uncounted(data_pages.Tables(folder.path))] == wanted


def test_machines_are_told_of_the_data_set_and_of_every_judged_claim(site):
    found = records(site.notebooks)
    judged = {record["id"]: record for record in found if not claims.own(record)}
    dataset, *reviews = graph(site.page("index"))
    assert (
        dataset["@type"] == "Dataset"
        and dataset["name"]
        and dataset["description"]
        and dataset["license"] == about.LICENCE
    )
    assert re.fullmatch(r"\d{4}[\d-]*/\d{4}[\d-]*", dataset["temporalCoverage"])
    assert sorted(review["identifier"] for review in reviews) == sorted(
        entry["id"].removeprefix("claim:")
        for entry in site.page("index").select(f"{ARTICLES} article.entry:not(.unjudged)")
    )
    assert {review["identifier"] for review in reviews} == set(judged)
    for review in reviews:
        entry = site.page("index").find(id=f"claim:{review['identifier']}")
        assert (
            review["@type"] == "ClaimReview"
            and review["claimReviewed"] == entry.select_one(".claim").string
        )
        assert review["reviewRating"]["alternateName"].capitalize() == entry.select_one(
            ".mark"
        ).get_text().removesuffix(".")
        line = words_of(entry.select_one(".said"))
        assert review["reviewRating"]["ratingExplanation"] == line
        claim = review["itemReviewed"]
        assert claim["@type"] == "Claim" and claim["author"] == {
            "@type": "Person",
            "name": "Eliot Wilson",
        }
        assert (
            claim["appearance"]["publisher"]["name"] == "The Hill"
            and claim["appearance"]["datePublished"] == "2025-12"
        )
        assert (
            dataset["creator"]
            == review["author"]
            == {"@type": "Organization", "name": "The Willing and Able? contributors"}
        )
    text = json.dumps([dataset, *reviews])
    assert set(re.findall(r"https?://[^\"]+", text)) == {about.LICENCE} and '"url"' not in text
    (mailed,) = graph(site.page("report"))
    assert mailed == {name: told for name, told in dataset.items() if name != "distribution"}
