"""Rules of single subjects: fleets, deliveries, members, editions, parameters, claims, readings."""

import itertools
import math
import re
from collections.abc import Iterator

from helpers.data import Finding, Rule, first_publisher
from helpers.machinery.check.rule_book import Row, by, closest, together
from helpers.machinery.check.text_dates_and_references import ISO, after, country_meant, days

MEND_ONE = "Correct one of the two rows"
RANK_ONE = "Set `rank` of one of them to rival"

DIRECTORY_TOTAL = Rule(
    "directory-total-default",
    "a directory total is no fleet: beside its parts it would be counted twice",
    "Rank it rival",
)
SECOND_DEFAULT = Rule(
    "second-default-count",
    "a second default count for this fleet and date, as in line {line}",
    RANK_ONE,
)
FLEET_TWO_NAMES = Rule(
    "fleet-two-names",
    "of the same operator, service and type as fleet {fleet!a} in line {line}",
    "Write {fleet}, or tell the two apart by service or type",
)
LAUNCHED_AS_IN_USE = Rule(
    "launched-as-in-use",
    "counted from its launch, and no lower end leaves it out",
    "Write how many were in use before it",
)
OWNERS_NOT_POOLED = Rule(
    "owners-not-pooled",
    "owners of a fleet that is {owner_kind}",
    "Empty it, or make owner_kind pooled",
)
UNDATED_COUNT = Rule(
    "undated-count",
    "undated, but not the date of its source, {day}",
    "Write {day}, or make observed_basis stated",
)
DELIVERY_MISSING = Rule(
    "delivery-missing",
    "number {number} of the fleet is missing",
    "Number deliveries from 1 without a gap",
)
DELIVERY_ORDER = Rule(
    "delivery-order", "before number {number}, {day}", "Number deliveries in order of date"
)
FLEET_UNKNOWN = Rule("fleet-unknown", "no such fleet in data/capabilities.csv", "{hint}")
DELIVERED_UNORDERED = Rule(
    "delivered-unordered",
    "{delivered} aircraft delivered and {ordered} ordered",
    "Add the order, or drop the delivery",
)
COUNT_AND_DELIVERIES = Rule(
    "count-and-deliveries",
    "{number} delivered by {day}, as data/deliveries.csv has it",
    "Correct one of the two rows, or set `rank` to rival in this one",
)
ATTENDED_OTHER_DAY = Rule(
    "attended-on-another-day", "not the day of {meeting}, {day}", "Write {day}, or another meeting"
)
ATTESTED_OTHER_STATE = Rule(
    "attested-of-another-state", "{id} is of another state", "Name attestations of {country}"
)
MEMBER_UNATTESTED = Rule(
    "member-unattested",
    "a member without an attestation of its part",
    "Name one, or make part outside",
)
MEMBER_SINCE = Rule("member-since", "the earliest attestation named is of {day}", "{hint}")
ATTESTED_WITHOUT_ROW = Rule(
    "attested-without-row",
    "attested, but without a row in data/members.csv",
    "Add one that says its part",
)
ATTESTED_OUTSIDE = Rule("attested-outside", "attested, but outside in data/members.csv", MEND_ONE)
EDITION_TOO_EARLY = Rule(
    "edition-too-early",
    "before the time that {edition} names",
    "An edition is named by the year or month that it shows",
)
YEAR_AFTER_EDITION = Rule(
    "year-after-edition", "after the edition came out, {day}", "Look which is right"
)
PARAMETER_TWICE = Rule(
    "parameter-twice",
    "{symbol} of {case} as in line {line}",
    "Keep one; give its range in low and high",
)
LOOK_AGAIN = "Look at the source again; empty where unknown"
SHARE_OUT_OF_RANGE = Rule("share-out-of-range", "a share is from 0 to 1", LOOK_AGAIN)
PARAMETER_NEGATIVE = Rule("parameter-negative", "less than 0", LOOK_AGAIN)
STATED_NO_COUNTRY = Rule("stated-no-country", "{code} is no row in data/countries.csv", "{hint}")
STATED_ORDER = Rule("stated-order", "codes not in order, each once", "Write {codes}")
STATED_NOT_MORE_THAN = Rule(
    "stated-not-more-than", "not a whole number to be more than", "Digits only"
)
STATED_NOT_DATE = Rule("stated-not-date", "not a date to be equal to", ISO)
STATED_NOT_WHOLE = Rule("stated-not-whole", "not a whole number to be equal to", "Digits only")
STATED_NOT_TRUE = Rule("stated-not-true", "compared with true", "Write true, or another comparison")
READING_ID = Rule("reading-id", "not claim/choice/option", "Write {wanted}")
READING_VOTES = Rule(
    "reading-votes",
    "votes on {sources}, none official",
    "Name an official source or two of different origin in source_ids, or let it not vote",
)
READING_AS_MEANT = Rule(
    "reading-as-meant",
    "{count} options of {choice} are as meant, not one",
    "Mark the one option that the author means",
)
LOG_ID = Rule("log-id", "not verdict/claim/date", "Write {wanted}")
LOG_PREVIOUS = Rule(
    "log-previous", "the line before says {verdict}", "Write that, or mend the order"
)
LOG_SAME = Rule("log-same", "the verdict was that already", "Take the line back")
LOG_ORDER = Rule("log-order", "before the line above of its claim", "Add lines at the end")


FROM_LAUNCH = re.compile(r"\bcounted from its launch\b", re.IGNORECASE)  # in the row's note


@together("capabilities")
def one_default_count_a_fleet_and_day(capabilities: list[Row]) -> Iterator[Finding]:
    """Find directory totals that count, and second counts of a fleet on one day."""
    default = [row for row in capabilities if row["rank"] == "default"]
    for row in default:
        if row["class"] == "directory total":
            yield row.fault(DIRECTORY_TOTAL, "rank")
    for rows in by(default, "fleet", "observed").values():
        for row in rows[1:]:
            yield row.fault(SECOND_DEFAULT, "rank", line=rows[0].line)


@together("capabilities")
def one_fleet_has_one_name(capabilities: list[Row]) -> Iterator[Finding]:
    """Find one type in the same hands under two names, which would be counted twice."""
    default = [row for row in capabilities if row["rank"] == "default"]
    for rows in by(default, "capability", "operator", "service", "type").values():
        for row in rows:
            if row["fleet"] != rows[0]["fleet"]:
                yield row.fault(FLEET_TWO_NAMES, "fleet", fleet=rows[0]["fleet"], line=rows[0].line)


@together("capabilities")
def what_was_launched_may_not_be_in_use(capabilities: list[Row]) -> Iterator[Finding]:
    """Find satellites counted from their launch as if they had been in use from that day on."""
    for row in capabilities:
        count, least = row["in_service"] or 0, row["in_service_low"]
        told = least is not None and least < count
        if FROM_LAUNCH.search(row["note"] or "") and not told:
            yield row.fault(LAUNCHED_AS_IN_USE, "in_service_low")


@together("capabilities")
def pooled_fleets_alone_have_owners(capabilities: list[Row]) -> Iterator[Finding]:
    """Find owners of fleets that are not pooled."""
    for row in capabilities:
        if row["pooled_by"] and row["owner_kind"] != "pooled":
            yield row.fault(OWNERS_NOT_POOLED, "pooled_by", owner_kind=row["owner_kind"])


@together("capabilities", "sources")
def undated_counts_carry_the_date_of_their_source(
    capabilities: list[Row], sources: list[Row]
) -> Iterator[Finding]:
    """Find counts without a date of their own that lack the date of their source.

    A relay's own day says nothing of the figure it relays; a page without a date has none to give.
    """
    published = {
        source["source_id"]: source["published"]
        for source in sources
        if not source["quoted_publisher"]
    }
    for row in capabilities:
        day, observed = published.get(row["source_id"], ""), row["observed"]
        if row["observed_basis"] == "source date" and (
            after(observed, day) or after(day, observed)
        ):
            yield row.fault(UNDATED_COUNT, "observed", day=day)


@together("deliveries")
def deliveries_are_numbered_in_order(deliveries: list[Row]) -> Iterator[Finding]:
    """Find gaps in the numbers of a fleet's deliveries, and numbers against the order of days."""
    for fleet in by(deliveries, "fleet").values():
        numbered = [row for row in fleet if row["number"] is not None]
        numbered.sort(key=lambda row: row["number"])
        for wanted, row in enumerate(numbered, 1):
            if row["number"] > wanted:
                yield row.fault(DELIVERY_MISSING, "number", number=wanted)
                break
        for one, other in itertools.pairwise(numbered):
            if after(one["date"], other["date"]):
                yield other.fault(DELIVERY_ORDER, "date", number=one["number"], day=one["date"])


@together("deliveries", "orders", "capabilities")
def pooled_fleets_are_known(
    deliveries: list[Row], orders: list[Row], capabilities: list[Row]
) -> Iterator[Finding]:
    """Find deliveries and orders of fleets that nobody counts.

    Parameters
    ----------
    deliveries, orders : list of Row
        The rows that name a fleet.
    capabilities : list of Row
        The counts of fleets: a fleet that stands here is known.
    """
    fleets = sorted({row["fleet"] for row in capabilities})
    for row in [*deliveries, *orders]:
        if row["fleet"] not in fleets:
            yield row.fault(FLEET_UNKNOWN, "fleet", hint=closest(row["fleet"], fleets))


@together("deliveries", "orders")
def nothing_is_delivered_unordered(deliveries: list[Row], orders: list[Row]) -> Iterator[Finding]:
    """Find fleets of which more is delivered than ordered."""
    for fleet, rows in by(deliveries, "fleet").items():
        ordered = [row["quantity"] for row in orders if row["fleet"] == fleet]
        if None not in ordered and len(rows) > sum(ordered):
            yield rows[-1].fault(
                DELIVERED_UNORDERED, "fleet", delivered=len(rows), ordered=sum(ordered)
            )


@together("capabilities", "deliveries")
def counts_agree_with_deliveries(
    capabilities: list[Row], deliveries: list[Row]
) -> Iterator[Finding]:
    """Find counts other than the number delivered by their day; a rival count may differ."""
    fleets = by(deliveries, "fleet")
    for row in capabilities:
        observed, count = days(row["observed"]), row["in_service"]
        dates = [days(delivery["date"]) for delivery in fleets.get(row["fleet"], [])]
        delivered = [date for date in dates if date]
        if not delivered or len(delivered) < len(dates):
            continue
        if not observed or count is None or row["rank"] == "rival":
            continue
        least = sum(date.last <= observed.first for date in delivered)
        most = sum(date.first <= observed.last for date in delivered)
        if not least <= count <= most:
            number = str(least) if least == most else f"{least} to {most}"
            yield row.fault(COUNT_AND_DELIVERIES, "in_service", number=number, day=row["observed"])


@together("attestations", "meetings")
def attendance_is_on_the_day_of_the_meeting(
    attestations: list[Row], meetings: list[Row]
) -> Iterator[Finding]:
    """Find attendance on another day than that of the meeting."""
    dates = {meeting["id"]: meeting["date"] for meeting in meetings}
    for row in attestations:
        held = dates.get(row["meeting_id"])
        if held and row["date"] != held:
            yield row.fault(ATTENDED_OTHER_DAY, "date", meeting=row["meeting_id"], day=held)


@together("members", "attestations")
def members_are_attested(members: list[Row], attestations: list[Row]) -> Iterator[Finding]:
    """Find members whose part or day rests on no attestation of theirs, and states without a part.

    Every attested state has a row that says its part.
    """
    known = {row["id"]: row for row in attestations}
    for row in members:
        named = [known[id] for id in row["attested_by"].split() if id in known]
        if others := [other["id"] for other in named if other["country"] != row["country"]]:
            words = {"id": others[0], "country": row["country"]}
            yield row.fault(ATTESTED_OTHER_STATE, "attested_by", **words)
            continue
        dates = [
            (span.first, span.last, other["date"])
            for other in named
            if other["kind"] != "disavowed" and (span := days(other["date"]))
        ]
        first = min(dates)[-1] if dates else ""
        if row["part"] == "member" and not dates:
            yield row.fault(MEMBER_UNATTESTED, "attested_by")
        elif row["since"] != first:
            hint = f"Write {first}" if first else "Empty it"
            yield row.fault(MEMBER_SINCE, "since", day=first or "no day", hint=hint)
    parts = {row["country"]: row["part"] for row in members}
    for row in attestations:
        if row["country"] not in parts:
            yield row.fault(ATTESTED_WITHOUT_ROW, "country")
        elif parts[row["country"]] == "outside" and row["kind"] != "disavowed":
            yield row.fault(ATTESTED_OUTSIDE, "country")


@together("indicators")
def editions_hold_years_before_they_came_out(indicators: list[Row]) -> Iterator[Finding]:
    """Find editions that came out before what they show."""
    for row in indicators:
        out = days(row["edition_published"])
        named = days(row["edition"].rpartition(" ")[2])
        if out and (named is None or out.last < named.first):
            yield row.fault(EDITION_TOO_EARLY, "edition_published", edition=row["edition"])
        if out and row["year"] and row["year"] > out.last.year:
            yield row.fault(YEAR_AFTER_EDITION, "year", day=row["edition_published"])


@together("parameters")
def a_parameter_has_one_value_for_a_case(parameters: list[Row]) -> Iterator[Finding]:
    """Find second values of a symbol for one case."""
    seen: dict[tuple[str, str], Row] = {}
    for row in parameters:
        for case in row["applies_to"].split("; "):
            first = seen.setdefault((row["symbol"], case), row)
            if first is not row:
                words = {"symbol": row["symbol"], "case": case, "line": first.line}
                yield row.fault(PARAMETER_TWICE, "applies_to", **words)


@together("parameters")
def parameters_are_in_range(parameters: list[Row]) -> Iterator[Finding]:
    """Find negative parameters, and shares above 1."""
    for row, name in itertools.product(parameters, ("low", "base", "high")):
        share = row["unit"] == "share"
        if row[name] is not None and not 0 <= row[name] <= (1 if share else math.inf):
            yield row.fault(SHARE_OUT_OF_RANGE if share else PARAMETER_NEGATIVE, name)


@together("claims", "countries")
def stated_values_can_be_compared(claims: list[Row], countries: list[Row]) -> Iterator[Finding]:
    """Find stated values that are not of the kind that their comparison needs."""
    known = {row["id"] for row in countries}
    for row in claims:
        stated, comparison = row["stated"], row["comparison"]
        codes = sorted(set(stated.split()))
        whole = re.fullmatch(r"\d+", stated, re.ASCII)
        if comparison == "same set" and (wrong := [code for code in codes if code not in known]):
            meant = country_meant(wrong[0], countries)
            hint = f"Did you mean {meant}?" if meant else "Use ISO codes"
            yield row.fault(STATED_NO_COUNTRY, "stated", code=wrong[0], hint=hint)
        elif comparison == "same set" and stated != " ".join(codes):
            yield row.fault(STATED_ORDER, "stated", codes=" ".join(codes))
        elif comparison == "more than" and not whole:
            yield row.fault(STATED_NOT_MORE_THAN, "stated")
        elif comparison == "equals" and row["kind"] == "date" and not days(stated):
            yield row.fault(STATED_NOT_DATE, "stated")
        elif comparison == "equals" and row["kind"] != "date" and not whole:
            yield row.fault(STATED_NOT_WHOLE, "stated")
        elif comparison == "true" and stated != "true":
            yield row.fault(STATED_NOT_TRUE, "stated")


@together("readings", "sources")
def readings_vote_by_their_sources(readings: list[Row], sources: list[Row]) -> Iterator[Finding]:
    """Find options that vote without an official text or two publications of different origin.

    The option that the author means always votes. The choice `timing` is not about words:
    whether a month still running counts is unknown, so both outcomes are readings.
    """
    by_id = {source["source_id"]: source for source in sources}
    for row in readings:
        if row["id"] != (wanted := f"{row['claim']}/{row['choice']}/{row['option']}"):
            yield row.fault(READING_ID, "id", wanted=wanted)
        used = [by_id[id] for id in row["source_ids"].split() if id in by_id]
        origins = {first_publisher(source) for source in used}
        votes = row["votes"] == "yes" and row["as_worded"] != "yes" and row["choice"] != "timing"
        if votes and len(origins) < 2 and not any(source["kind"] == "official" for source in used):
            number = f"{len(origins)} independent source{'s' * (len(origins) != 1)}"
            yield row.fault(READING_VOTES, "votes", sources=number)
    for (claim, choice), rows in by(readings, "claim", "choice").items():
        worded = [row for row in rows if row["as_worded"] == "yes"]
        if len(worded) != 1:
            words = {"count": len(worded), "choice": f"{claim}/{choice}"}
            yield (worded or rows)[-1].fault(READING_AS_MEANT, "as_worded", **words)


@together("verdict_log")
def verdicts_are_logged_in_order(log: list[Row]) -> Iterator[Finding]:
    """Find lines of the log that do not go on from the last one of their claim.

    Each is later, and leads from that verdict to another one.
    """
    last: dict[str, Row] = {}
    for row in log:
        if row["id"] != (wanted := f"verdict/{row['claim']}/{row['date']}"):
            yield row.fault(LOG_ID, "id", wanted=wanted)
        before = last.get(row["claim"])
        verdict, day = (before["verdict"], before["date"]) if before else ("", "")
        if row["previous"] != verdict:
            yield row.fault(LOG_PREVIOUS, "previous", verdict=verdict or "nothing")
        elif row["verdict"] == verdict:
            yield row.fault(LOG_SAME, "verdict")
        if row["date"] < day:
            yield row.fault(LOG_ORDER, "date")
        last[row["claim"]] = row
