"""A row of the tables as a reader is told it: one sentence with number, unit, subject and day, and
how sure it is. The words of the tables become plain English here and nowhere else.
"""

import re

from helpers import claims, data, quantities
from helpers.machinery.site.data_pages import Tables, shown
from helpers.recipe_acts import end_column
from helpers.tables import day

# The sentence of each table: `{column}` is its cell in words, `{on column}` a day after its
# preposition; what stands in square brackets is left out where a cell in it is empty.
SENTENCES = {
    "sources": "{publisher}: {title}[, {published}]",
    "countries": "{name}, {kind}",
    "accessions": "{country} joined {organisation} {on joined}[ and left it {on left}]",
    "meetings": "{name}, {date}: {level}, {format}",
    "attestations": "{country} {kind}[: {meeting_id}], {date}[, by its {level}][: {statement}]",
    "members": "{country} {part}[, as far as is known since {since}]",
    "counts": "{counted_by} counted {count} {counted} {on date}, {ukraine}: {sense}",
    "signatories": "{party} signed {on date}[, by {signed_by}]",
    "indicators": "{country}, {indicator}, {year}: {value} {unit}",
    "capabilities": "{operator}: {in_service} {type} in service[, {on_order} on order],"
    " {observed}[ ({observed_basis})][; {rank}]",
    "deliveries": "Aircraft number {number} of {fleet} was handed over {on date}",
    "orders": "Ordered for {fleet} {on date}: {quantity} aircraft[; {joining} joined]",
    "shares": "Of {of}, {date}: [{share} American][{us} American][ and {others} of {whose}]",
    "attributions": "{unit}, {date}: {statement}",
    "proposals": "{proposer}, {date}: {low} soldiers for {task}[, {pool} with those in rotation]"
    " ({standing})",
    "deployments": "{country}, {mission}, {observed}: {personnel} soldiers[, {stay}]",
    "precedents": "{mission}, {date}: {personnel} {counted}[ along {length} kilometres]",
    "mandates": "{country}: the {decides} decides and {vote}, {date}: {steps}",
    "costs": "{country}, {mission}, {year}: {amount} million {currency}[ for {persons} soldiers]",
    "raids": "Raids on Ukraine, {month}: {drones} drones and {missiles} missiles[, of which Ukraine"
    " says it shot down {intercepted}]",
    "batteries": "{owner}, {date}: {number} {system} {standing}",
    "formations": "[{country}, ]{formation}, {date}: {personnel} soldiers[, held for {held_for}]",
    "forecasts": "{platform} {on date}: {probability} that by {by} this happens: {question}"
    "[; it came out: {outcome}]",
    "places": "{name}, {kind}[, {country}], {latitude}° north, {longitude}° east",
    "parameters": "{name}, {applies_to}: {base} {unit}[ ({origin})]",
    "records": "{what}, {date}: {value} {unit}",
    "positions": "{country} on {domain}, {date}, {said_by}{about}: {statement}[, {troops_low}"
    " soldiers named]; counted as ‘{position}’[ ({condition})]",
    "command": "{element}, {date}, {said_by}: {statement}",
    "tasks": "{text}, {date}: {task}[, {precondition}]",
    "events": "{date}[ to {end}]: {what}",
    "statements": "{speaker}[, {office}][, {country}], {date}, {said_by}{about}: {statement}",
    "searches": "A search {on date}[, of pages up to {covers_to}], for: {sought}; {concludes}",
    "claims": "{id}: {claim}",
    "readings": "{claim}, one way to take its words: {meaning}",
    "verdict_log": "{claim}, {date}: ‘{verdict}’[, before that ‘{previous}’][: {reason}]",
}

# Words of the tables in plain English, by column; an empty one is left out of a sentence. A column
# that is not named here, or a word, is plain as it stands.
CELLS = {
    "kind": {
        "attended": "was there",
        "listed": "was named among those who take part",
        "avowed": "said that it takes part",
        "disavowed": "said that it only looks on, or has promised nothing",
    },
    "level": {"unknown": "", "leader": "head of state or government"},
    "format": {"both": "in person and by video"},
    "part": {
        "member": "takes part",
        "host": "is the state that the coalition is for",
        "partner": "attends without being a member",
        "outside": "is not known to take part",
    },
    "ukraine": {
        "inside": "Ukraine among them",
        "outside": "Ukraine not among them",
        "unclear": "whether with Ukraine is not said",
    },
    "observed_basis": {
        "stated": "",
        "source date": "the day of the source",
        "inferred": "a day worked out",
    },
    "rank": {"default": "", "rival": "another source’s figure, beside the one used"},
    "fleet": {"mmf-a330-mrtt": "the fleet that NATO members share"},
    "standing": {
        "planned": "planned or on offer, as officials say",
        "asked": "asked for by a state",
        "studied": "reckoned by researchers or former officers",
        "left": "left after what was given away",
        "owned": "owned together",
    },
    "stay": {"rotates": "relieved in turn", "permanent": "a garrison that stays", "both": ""},
    "vote": {
        "before": "its parliament votes before they go",
        "after": "its parliament votes once they have been away for some time",
        "promised": "a vote of its parliament is promised",
        "none": "no parliament votes",
    },
    "origin": {
        "published": "",
        "judgement": "our estimate between published figures",
        "assumption": "our estimate, no source found",
    },
    "domain": {
        "land": "soldiers",
        "air": "help in the air",
        "sea": "help at sea",
        "training": "training",
        "command": "staff and command",
        "finance": "money",
        "political": "support in general",
    },
    "position": {
        "committed": "done or decided",
        "offered": "offers it",
        "conditional": "would, on a condition",
        "considering": "is considering it",
        "declined": "will not",
        "unknown": "no position found",
    },
    "condition": {
        "ceasefire": "once there is a ceasefire",
        "settlement": "once there is a settlement",
        "mandate": "with a mandate",
        "parliament": "if parliament agrees",
        "US backing": "with American backing",
        "several": "several conditions",
        "none stated": "",
    },
    "said_by": {
        "text": "in an official text",
        "official": "by a named official",
        "unnamed": "by persons not named",
        "press": "in a paper’s own words",
        "copied": "on a page that rests on an encyclopedia",
    },
    "about": {"own": "", "another": " of another state or body"},
    "precondition": {
        "settlement": "after a peace settlement",
        "ceasefire": "after a ceasefire",
        "either": "after a ceasefire or a settlement",
        "none": "",
    },
    "office": {"other": "", "administration": "", "unnamed officials": ""},
    "verdict": {word: told.mark for word, told in claims.WORDS.items()},
    "previous": {word: told.mark for word, told in claims.WORDS.items()},
    "unit": {
        "share": "as a share of one",
        "USD million, current prices and exchange rates": "million US dollars of the year",
        "EUR billion": "billion euros",
        "h": "hours",
        "h/year": "hours a year",
        "kg": "kilograms",
        "kg/h": "kilograms an hour",
        "km": "kilometres",
        "km/h": "kilometres an hour",
        "kg per tanker and day": "kilograms a tanker and day",
        "sorties per aircraft and day": "flights an aircraft and day",
        "pilots per aircraft": "pilots an aircraft",
        "persons per person deployed": "persons for each one in the field",
        "orbits": "aircraft kept in the air",
    },
}
COLUMNS = {  # the number that a column holds, in words; one that is not named is plain as it stands
    "base": "the value used",
    "personnel": "soldiers",
    "in_service": "aircraft in service",
    "quantity": "aircraft ordered",
}
SHARES = ("share", "probability", "intercepted")  # columns whose numbers are fractions of one
DAYS = (
    *("date", "end", "since", "joined", "left", "observed", "month", "by", "published"),
    "covers_to",
)
PLAIN = ("latitude", "longitude", "year", "number")  # numbers without thousands marks
UNKNOWN = "an unknown number of"
LONG = 60  # characters of a list of types beyond which the rest is counted


def sentence(id: str, tables: Tables) -> str:
    """What a row says, as one sentence without its last stop; its cells as they stand where the
    table has no sentence of its own.
    """
    table = tables.table_of[id]
    template = SENTENCES.get(table) or ", ".join(
        f"[{{{column['name']}}}]" for column in tables.columns(table)
    )

    def part(match: re.Match) -> str:
        cells = re.findall(r"{(?:on )?(\w+)}", match[1])
        told = all(_told(column, id, tables) for column in cells if column not in UNMARKED)
        return _filled(match[1], id, tables) if told and _known(cells, id, tables) else ""

    words = _filled(re.sub(r"\[([^]]*)\]", part, template), id, tables)
    return (words[:1].upper() + words[1:]).removesuffix(".")


UNMARKED = ("about",)  # empty words of these drop nothing


def told_in(table: str) -> tuple[str, ...]:
    """The columns that the sentence of a table tells."""
    return tuple(re.findall(r"{(?:on )?(\w+)}", SENTENCES.get(table, "")))


def how_sure(row: dict) -> str:
    """How a row was checked, in words; of an estimate that it is one."""
    return data.GRADES.get(row.get("verification") or "", "")


def number_of(column: str) -> str:
    """What a column counts, in words."""
    return COLUMNS.get(column, column.replace("_", " "))


def number(row: dict, column: str) -> str:
    """The number of a cell in words that form no middle: with the ends that its row gives, or as
    'at least' and 'at most'; UNKNOWN where it has neither.
    """

    def printed(value: float) -> str:
        if column in PLAIN:
            return shown(value)
        return quantities.text(value, "share" if column in SHARES else "")

    value = row[column]
    low, high = (row.get(end_column(row, column, end)) for end in ("low", "high"))
    if column.endswith("low"):  # of numbers that have no middle
        low, high = value, row[column.removesuffix("low") + "high"]
        value = low if low == high else None
    if value is None:
        if low is None:
            return UNKNOWN if high is None else f"at most {printed(high)}"
        return f"at least {printed(low)}" if high is None else f"{printed(low)} to {printed(high)}"
    if low is None or high is None or low == high:
        return printed(value)
    return f"{printed(value)} ({printed(low)} to {printed(high)})"


def _filled(template: str, id: str, tables: Tables) -> str:
    def cell(match: re.Match) -> str:
        words = _told(match[2], id, tables)
        if not match[1]:
            return words
        return f"{'on' if words[:1].isdigit() and ' ' in words else 'in'} {words}"

    return re.sub(r"{(on )?(\w+)}", cell, template)


def _known(columns: list[str], id: str, tables: Tables) -> bool:
    """Whether no number among these cells of a row is unknown."""
    return all(_told(column, id, tables) != UNKNOWN for column in columns)


def _told(column: str, id: str, tables: Tables) -> str:
    """A cell of a row in words."""
    table, row = tables.table_of[id], {"id": id} | tables.row(id)
    value = row[column]
    kind = next((each["type"] for each in tables.columns(table) if each["name"] == column), "")
    if kind in ("number", "integer"):
        return number(row, column)
    words = shown(value)
    if column in DAYS:
        return day(words) if words else ""
    if column == "applies_to":
        return _types(words)
    if column in CELLS and words in CELLS[column]:
        return CELLS[column][words]
    named = [_name(each, tables) for each in tables.referred(table, column, words)]
    return ", ".join(named) or words


def _name(id: str, tables: Tables) -> str:
    """What another row is called: a country or a meeting by its name, any other by its id."""
    return str(tables.row(id).get("name") or id) if id in tables.table_of else id


def _types(words: str) -> str:
    """A list of aircraft types, of a long one the first and how many more."""
    first, *more = words.split("; ")
    return (
        f"{first} and {len(more)} more" if len(words) > LONG and more else words.replace(";", ",")
    )
