"""The rules of single subjects: fleets and deliveries, members, editions, parameters, claims and readings."""

import itertools
import math
import re

from helpers.machinery.check.cells import ISO, after, by, closest, country_meant, days, together


@together("capabilities")
def one_default_count_a_fleet_and_day(capabilities):
    for row in capabilities:
        if row["class"] == "directory total" and row["rank"] == "default":
            yield row.fault(
                "rank",
                "a directory total is no fleet: beside its parts it would be counted twice",
                "Rank it rival",
            )
    for rows in by(
        [row for row in capabilities if row["rank"] == "default"], "fleet", "observed"
    ).values():
        for row in rows[1:]:
            yield row.fault(
                "rank",
                f"a second default count for this fleet and date, as in line {rows[0].line}",
                "Rank one of them rival",
            )


@together("capabilities")
def one_fleet_has_one_name(capabilities):
    """Default counts of one type in the same hands are of one fleet: under two names it would be
    counted twice.
    """
    seen = {}
    for row in [row for row in capabilities if row["rank"] == "default"]:
        first = seen.setdefault(
            tuple(row[name] for name in ("capability", "operator", "service", "type")), row
        )
        if row["fleet"] != first["fleet"]:
            rule = (
                f"of the same operator, service and type as fleet {first['fleet']!a} in line"
                f" {first.line}"
            )
            yield row.fault(
                "fleet", rule, f"Write {first['fleet']}, or tell the two apart by service or type"
            )


@together("capabilities")
def pooled_fleets_alone_have_owners(capabilities):
    for row in capabilities:
        if row["pooled_by"] and row["owner_kind"] != "pooled":
            yield row.fault(
                "pooled_by",
                f"owners of a fleet that is {row['owner_kind']}",
                "Empty it, or make owner_kind pooled",
            )


@together("capabilities", "sources")
def undated_counts_carry_the_date_of_their_source(capabilities, sources):
    """A relay's own day says nothing of the figure it relays; nor has a page without a date one to
    carry.
    """
    published = {
        source["source_id"]: source["published"]
        for source in sources
        if not source["quoted_publisher"]
    }
    for row in capabilities:
        date = published.get(row["source_id"], "")
        if row["observed_basis"] == "source date" and (
            after(row["observed"], date) or after(date, row["observed"])
        ):
            fix = f"Write {date}, or make observed_basis stated"
            yield row.fault("observed", f"undated, but not the date of its source, {date}", fix)


@together("deliveries")
def deliveries_are_numbered_in_order(deliveries):
    for rows in by(deliveries, "fleet").values():
        rows = sorted(
            (row for row in rows if row["number"] is not None), key=lambda row: row["number"]
        )
        for wanted, row in enumerate(rows, 1):
            if row["number"] > wanted:
                yield row.fault(
                    "number",
                    f"number {wanted} of the fleet is missing",
                    "Number deliveries from 1 without a gap",
                )
                break
        for one, other in itertools.pairwise(rows):
            if after(one["date"], other["date"]):
                yield other.fault(
                    "date",
                    f"before number {one['number']}, {one['date']}",
                    "Number deliveries in order of date",
                )


@together("deliveries", "orders", "capabilities")
def pooled_fleets_are_known(deliveries, orders, capabilities):
    fleets = {row["fleet"] for row in capabilities}
    for row in [*deliveries, *orders]:
        if row["fleet"] not in fleets:
            yield row.fault(
                "fleet",
                "no such fleet in data/capabilities.csv",
                closest(row["fleet"], sorted(fleets)),
            )


@together("deliveries", "orders")
def nothing_is_delivered_unordered(deliveries, orders):
    for fleet, rows in by(deliveries, "fleet").items():
        ordered = [row["quantity"] for row in orders if row["fleet"] == fleet]
        if None not in ordered and len(rows) > sum(ordered):
            yield rows[-1].fault(
                "fleet",
                f"{len(rows)} aircraft delivered and {sum(ordered)} ordered",
                "Add the order, or drop the delivery",
            )


@together("capabilities", "deliveries")
def counts_agree_with_deliveries(capabilities, deliveries):
    """Where deliveries are listed, a fleet's count is the number delivered by its day; a rival
    count may differ.
    """
    fleets = by(deliveries, "fleet")
    for row in capabilities:
        on, delivered = (
            days(row["observed"]),
            [days(other["date"]) for other in fleets.get(row["fleet"], [])],
        )
        if (
            not delivered
            or not on
            or None in delivered
            or row["in_service"] is None
            or row["rank"] == "rival"
        ):
            continue
        least = sum(span.last <= on.first for span in delivered)
        most = sum(span.first <= on.last for span in delivered)
        if not least <= row["in_service"] <= most:
            number = str(least) if least == most else f"{least} to {most}"
            rule = f"{number} delivered by {row['observed']}, as data/deliveries.csv has it"
            yield row.fault("in_service", rule, "Mend one of the two, or rank this rival")


@together("attestations", "meetings")
def attendance_is_on_the_day_of_the_meeting(attestations, meetings):
    dates = {meeting["id"]: meeting["date"] for meeting in meetings}
    for row in attestations:
        held = dates.get(row["meeting_id"])
        if held and row["date"] != held:
            yield row.fault(
                "date",
                f"not the day of {row['meeting_id']}, {held}",
                f"Write {held}, or another meeting",
            )


@together("members", "attestations")
def members_are_attested(members, attestations):
    """A member's part and day rest on attestations of that state; every attested state has its
    part.
    """
    known = {row["id"]: row for row in attestations}
    for row in members:
        named = [known[id] for id in row["attested_by"].split() if id in known]
        if others := [other["id"] for other in named if other["country"] != row["country"]]:
            yield row.fault(
                "attested_by",
                f"{others[0]} is of another state",
                f"Name attestations of {row['country']}",
            )
            continue
        own = [other for other in named if other["kind"] != "disavowed" and days(other["date"])]
        first = (
            min(own, key=lambda other: (days(other["date"]).first, days(other["date"]).last))[
                "date"
            ]
            if own
            else ""
        )
        if row["part"] == "member" and not own:
            yield row.fault(
                "attested_by",
                "a member without an attestation of its part",
                "Name one, or make part outside",
            )
        elif row["since"] != first:
            fix = f"Write {first}" if first else "Empty it"
            yield row.fault(
                "since", f"the earliest attestation named is of {first or 'no day'}", fix
            )
    parts = {row["country"]: row["part"] for row in members}
    for row in attestations:
        if row["country"] not in parts:
            yield row.fault(
                "country",
                "attested, but without a row in data/members.csv",
                "Add one that says its part",
            )
        elif parts[row["country"]] == "outside" and row["kind"] != "disavowed":
            yield row.fault(
                "country", "attested, but outside in data/members.csv", "Mend one of the two"
            )


@together("indicators")
def editions_hold_years_before_they_came_out(indicators):
    for row in indicators:
        out = days(row["edition_published"])
        named = days(row["edition"].rpartition(" ")[2])
        if out and (named is None or out.last < named.first):
            yield row.fault(
                "edition_published",
                f"before the time that {row['edition']} names",
                "An edition is named by the year or month that it shows",
            )
        if out and row["year"] and row["year"] > out.last.year:
            yield row.fault(
                "year",
                f"after the edition came out, {row['edition_published']}",
                "Look which is right",
            )


@together("parameters")
def a_parameter_has_one_value_for_a_case(parameters):
    seen = {}
    for row in parameters:
        for case in row["applies_to"].split("; "):
            if (first := seen.setdefault((row["symbol"], case), row)) is not row:
                yield row.fault(
                    "applies_to",
                    f"{row['symbol']} of {case} as in line {first.line}",
                    "Keep one; give its range in low and high",
                )


@together("parameters")
def parameters_are_in_range(parameters):
    for row, name in itertools.product(parameters, ("low", "base", "high")):
        share = row["unit"] == "share"
        if row[name] is not None and not 0 <= row[name] <= (1 if share else math.inf):
            yield row.fault(
                name,
                "a share is from 0 to 1" if share else "less than 0",
                "Look at the source again; empty where unknown",
            )


@together("claims", "countries")
def stated_values_can_be_compared(claims, countries):
    codes = {row["id"] for row in countries}
    for row in claims:
        stated = row["stated"]
        if row["comparison"] == "same set" and (wrong := sorted(set(stated.split()) - codes)):
            meant = country_meant(wrong[0], countries)
            yield row.fault(
                "stated",
                f"{wrong[0]} is no row in data/countries.csv",
                f"Did you mean {meant}?" if meant else "Use ISO codes",
            )
        elif row["comparison"] == "same set" and stated != " ".join(sorted(set(stated.split()))):
            yield row.fault(
                "stated",
                "codes not in order, each once",
                f"Write {' '.join(sorted(set(stated.split())))}",
            )
        elif row["comparison"] == "more than" and not re.fullmatch(r"\d+", stated, re.ASCII):
            yield row.fault("stated", "not a whole number to be more than", "Digits only")
        elif row["comparison"] == "equals" and not (
            days(stated) if row["kind"] == "date" else re.fullmatch(r"\d+", stated, re.ASCII)
        ):
            what = ("a date", ISO) if row["kind"] == "date" else ("a whole number", "Digits only")
            yield row.fault("stated", f"not {what[0]} to be equal to", what[1])
        elif row["comparison"] == "true" and stated != "true":
            yield row.fault("stated", "compared with true", "Write true, or another comparison")


@together("readings", "sources")
def readings_vote_by_their_sources(readings, sources):
    """An option votes if an official text or two publications of different origin use the words so;
    the one as meant always does.

    The choice `timing` is not about words: whether a month still running counts is unknown, so both
    outcomes are readings.
    """
    sources = {source["source_id"]: source for source in sources}
    for row in readings:
        if row["id"] != (wanted := f"{row['claim']}/{row['choice']}/{row['option']}"):
            yield row.fault("id", "not claim/choice/option", f"Write {wanted}")
        used = [sources[id] for id in row["source_ids"].split() if id in sources]
        origins = {source["quoted_publisher"] or source["publisher"] for source in used}
        votes = row["votes"] == "yes" and row["as_worded"] != "yes" and row["choice"] != "timing"
        if votes and len(origins) < 2 and not any(source["kind"] == "official" for source in used):
            fix = (
                "Name an official source or two of different origin in source_ids, or let it not"
                " vote"
            )
            yield row.fault(
                "votes",
                f"votes on {len(origins)} independent source{'s' * (len(origins) != 1)}, none"
                " official",
                fix,
            )
    for (claim, choice), rows in by(readings, "claim", "choice").items():
        worded = [row for row in rows if row["as_worded"] == "yes"]
        if len(worded) != 1:
            fix = "Mark the one option that the author means"
            yield (worded or rows)[-1].fault(
                "as_worded", f"{len(worded)} options of {claim}/{choice} are as meant, not one", fix
            )


@together("verdict_log")
def verdicts_are_logged_in_order(log):
    """Each line of the log goes on from the last one of its claim: later, from that verdict to
    another one.
    """
    last = {}
    for row in log:
        if row["id"] != (wanted := f"verdict/{row['claim']}/{row['date']}"):
            yield row.fault("id", "not verdict/claim/date", f"Write {wanted}")
        before = last.get(row["claim"], {"verdict": "", "date": ""})
        if row["previous"] != before["verdict"]:
            said = before["verdict"] or "nothing"
            yield row.fault(
                "previous", f"the line before says {said}", "Write that, or mend the order"
            )
        elif row["verdict"] == before["verdict"]:
            yield row.fault("verdict", "the verdict was that already", "Take the line back")
        if row["date"] < before["date"]:
            yield row.fault("date", "before the line above of its claim", "Add lines at the end")
        last[row["claim"]] = row
