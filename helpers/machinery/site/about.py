"""What the pages say of themselves: what the verdicts and the field's terms mean, what no row
gives, and the findings for machines.
"""

import json
import re

from markupsafe import Markup

from helpers import data, timeline
from helpers.machinery.site import workbook_and_database
from helpers.machinery.site.data_pages import Tables
from helpers.machinery.site.front_page import Entry
from helpers.tables import day

GLOSSARY = {
    "airborne early warning": (
        "Radar carried by an aircraft, which sees low and distant aircraft sooner than one on the"
        " ground can."
    ),
    "airframe": "One aircraft as a thing that can be counted, whether or not it can fly today.",
    "attested": (
        "Borne out by a row other than the article itself, such as a report of who came to a"
        " meeting."
    ),
    "boom": "A rigid pipe under a tanker’s tail that its crew steers into the receiving aircraft.",
    "drogue": (
        "A basket on a hose behind a tanker, into which the receiving aircraft pushes its probe."
    ),
    "dwell": "The time that a unit spends at home between two deployments.",
    "fair reading": (
        "One that the author, asked, could accept as what he meant, and that an official text or"
        " two independent sources use; only these count for a verdict."
    ),
    "force density": (
        "How many soldiers there are for the length of a line, the area of a country or the number"
        " of its people."
    ),
    "Fréchet bounds": (
        "The lowest and highest chance that several things come true together, if only the chance"
        " of each is known."
    ),
    "grade": (
        "How a fact was checked: at its source, second-hand in a source that quotes another, from"
        " general knowledge, or computed from other rows."
    ),
    "ISR, ISTAR": (
        "Intelligence, surveillance and reconnaissance; the longer form adds the finding of"
        " targets."
    ),
    "mission-capable rate": (
        "The part of the time in which the aircraft of a fleet can fly at least one of their tasks."
    ),
    "on-station time": (
        "The part of a flight spent where the task is, without the way there and back."
    ),
    "orbit": (
        "A watch over one area that is never left, kept up by several aircraft in turn; of a"
        " satellite, its path around the Earth."
    ),
    "pooled fleet": (
        "Aircraft that several states pay for together, each with a right to a part of the flying"
        " hours."
    ),
    "reading": "One way to take the words of a claim; the one as meant is what the author means.",
    "roster": "The states that count as taking part on the day that is looked at.",
    "rotation": (
        "The relief of one unit on a mission by the next, so that the post is always filled."
    ),
    "signals intelligence": (
        "What is learned from radio, radar and other signals that are listened in to."
    ),
    "sortie": "One flight of one aircraft, from take-off to landing.",
    "tanker": "An aircraft that passes fuel to other aircraft in flight.",
    "tipping point": (
        "The nearest value of a number at which the verdict would be another one; on the way there"
        " it may be undecided."
    ),
    "two-star, three-star": (
        "Ranks of general by the American count of stars: the two-star usually commands a division,"
        " the three-star a corps."
    ),
}
CONTRIBUTORS = {"@type": "Organization", "name": "The Willing and Able? contributors"}
AUTHOR = {"@type": "Person", "name": "Eliot Wilson"}
ARTICLE = {
    "@type": "OpinionNewsArticle",
    "headline": "The coalition of the willing: a European pipe dream",
    "author": AUTHOR,
    "publisher": {"@type": "Organization", "name": "The Hill"},
    "datePublished": "2025-12",
}
LICENCE = "https://creativecommons.org/licenses/by/4.0/"


def came_out(tables: Tables) -> str:
    """The first and the last day on which the article may have come out, in words; empty where
    the rows do not say.
    """
    days = timeline.window(data.World(folder=tables.folder)) if "events" in tables.rows else []
    if not days:
        return ""
    first, last = days[0], day(str(days[-1]))
    alike = (first.year, first.month) == (days[-1].year, days[-1].month)
    return f"{first.day if alike else day(str(first))} and {last}"


def uncounted(tables: Tables) -> list[tuple[str, str]]:
    """(row id, words) of the fleets that are known by rows used by default, none of which has a
    number or a lower bound.
    """
    names = {code: row["name"] for code, row in tables.rows.get("countries", {}).items()}
    rows = {
        id: row
        for id, row in tables.rows.get("capabilities", {}).items()
        if row["rank"] == "default"
    }
    counted = {
        row["fleet"]
        for row in rows.values()
        if (row["in_service"], row["in_service_low"]) != (None, None)
    }
    by_day = sorted(rows.items(), key=lambda item: (data.span(item[1]["observed"]), item[0]))
    newest = {row["fleet"]: id for id, row in by_day if row["fleet"] not in counted}
    return [
        (id, f"{rows[id]['type']} ({names.get(rows[id]['operator'], rows[id]['operator'])})")
        for id in newest.values()
    ]


def downloads(tables: Tables) -> list[tuple[str, str]]:
    """(address, title) of the tables as files beside the pages."""
    return [(f"data/{name}.csv", facts["title"]) for name, facts in tables.contract.items()]


def described(tables: Tables, entries: list[Entry], alone: bool) -> Markup:
    """The data set and the claims judged from it as schema.org has them, as JSON that no page can
    take for markup.

    Parameters
    ----------
    tables : Tables
        The data set.
    entries : list of Entry
        The claims; a reader's own and those not judged are left out.
    alone : bool
        Whether the page is mailed without the others: it has no files beside it that it could
        name, and leaves the claims to the front page, where machines find them.
    """
    judged = [entry for entry in entries if entry.verdict != "unjudged" and not entry.own]
    graph = [_dataset(tables, files=not alone), *([] if alone else map(_review, judged))]
    text = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False)
    return Markup(re.sub("[<>&\u2028\u2029]", lambda sign: f"\\u{ord(sign[0]):04x}", text))


def _dataset(tables: Tables, files: bool) -> dict:
    package = data.package(tables.folder)
    found = {
        "@type": "Dataset",
        "name": package["title"],
        "description": package["description"],
        "creator": CONTRIBUTORS,
        "license": LICENCE,
    }
    if days := tables.observed():
        found["temporalCoverage"] = f"{days[0]}/{days[-1]}"
    if files:
        found["distribution"] = [
            {"@type": "DataDownload", "name": title, "contentUrl": address, "encodingFormat": kind}
            for address, title, kind in (
                ("claims.json", "Verdicts", "application/json"),
                *((address, *facts) for address, facts in workbook_and_database.FILES.items()),
                *((address, title, "text/csv") for address, title in downloads(tables)),
            )
        ]
    return found


def _review(entry: Entry) -> dict:
    return {
        "@type": "ClaimReview",
        "identifier": entry.id,
        "author": CONTRIBUTORS,
        "claimReviewed": entry.claim["claim"],
        "itemReviewed": {"@type": "Claim", "author": AUTHOR, "appearance": ARTICLE},
        "reviewRating": {
            "@type": "Rating",
            "alternateName": entry.word.mark,
            "ratingExplanation": entry.record["line"],
        },
    }
