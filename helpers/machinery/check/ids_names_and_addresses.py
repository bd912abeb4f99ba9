"""Ids, names, titles and addresses that belong together, as the contract declares it.

Of a column
  named_in  {"id", "address", "as": {name: [beginnings of ids]}, "than": column}: where a word of
            the name or its initials must stand, in the id before its first hyphen or in the host of
            the address, unless the id begins with that host, as gov-pl-; `as` has the names that
            do not, and that column is named there less
  in_id     true: the row's id has its words with figures, else its last word, or its initials
  dated_by  a column with an address: the date in it is this one
  names     a column with an address: this is a name of the page there, no address
and of a table
  id        {"date": column, "holds": [...], "unless": {column: {...}}, "sets": {part: [...]},
            "but": {id: "date: reason"}}: rows like those under `unless` need not hold the column
"""

import itertools
import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import urlsplit

from helpers.data import CONTRACT, Finding, Rule
from helpers.machinery.check.rule_book import EXCHANGED, WHICH, Row, each, matches

ID_OF_ANOTHER_DAY = Rule(
    "id-of-another-day",
    "{how}",
    "Write {day}. If the date was corrected and the id is out already, add it to `but`, which"
    f" stands under `id` of this table in data/{CONTRACT}, with the new date and the reason",
)
ID_OF_ANOTHER_ROW = Rule("id-of-another-row", "the id {id!a} is of another {name}", WHICH)
IDS_APART = Rule(
    "ids-apart", "other rows with {part!a} in their id have {meant!a}", "Look which is right"
)
AS = (
    "If the row is right as it is, add the name with the beginning of the id to `as`, which stands"
    f" under `named_in` of this column in data/{CONTRACT}"
)
NOT_NAMED = Rule(
    "not-named",
    "neither a word of this name nor its initials stand in {id} before the first hyphen or in the"
    " host of {address}, and {id} does not begin with that host, as gov-pl-",
    f"{EXCHANGED} {AS}",
)
NAMED_LESS = Rule(
    "named-less",
    "{id} before the first hyphen and the host of {address} name {other} as well",
    f"{EXCHANGED} {AS}",
)
NAME_OF_ANOTHER_ID = Rule(
    "name-of-another-id", "the id {id!a} has neither {part!a} nor its initials", WHICH
)
ADDRESS_OF_ANOTHER_DAY = Rule("address-of-another-day", "the address has {day}", WHICH)
ADDRESS_FOR_TITLE = Rule(
    "address-for-title",
    "an address is no title",
    "Write the title as printed; where it was not read, say what the page is, and so in the note",
)
DATED = re.compile(
    r"(?:^|[/-])((?:19|20)\d\d(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?)(?!\d)"
)  # the first date in an id
SIGNS = re.compile(r"[^a-z0-9]+")
IN_ADDRESS = re.compile(
    r"/((?:19|20)\d\d)[/-](0[1-9]|1[0-2])(?:[/-](0[1-9]|[12]\d|3[01]))?(?!\d)"
)  # the date in a web address
ADDRESS = re.compile(r"\S+://|www\.|[^\s/]+\.[a-z]{2,}/\S*$", re.IGNORECASE)  # at the beginning
WEAK = ("the", "and", "news", "air", "force")  # words that many publishers share


def slug(text: object) -> str:
    """A value as ids write it: without accents, in small letters, parted by hyphens."""
    plain = unicodedata.normalize("NFKD", str(text).lower()).encode("ascii", "ignore").decode()
    return SIGNS.sub("-", plain).strip("-")


@each
def ids_agree_with_their_cells(rows: list[Row], schema: dict) -> Iterator[Finding]:
    """An id is written from its row: the date, country or fleet in it are those of the cells.

    An id is never changed once published: one whose date was corrected stands under `but`, with the
    date that its row has now and the reason.
    """
    form = schema.get("id")
    if not form:
        return
    key, dated, but = schema["primaryKey"][0], form.get("date"), form.get("but", {})
    unless = form.get("unless", {})
    for row in rows:
        id = row[key]
        another_day = False
        if dated and (told := DATED.search(id)):
            wanted, _, reason = but.get(id, told[1]).partition(": ")
            another_day = wanted != told[1]
            if row[dated] != wanted:
                rule = f"the contract has {wanted or 'none'} for it ({reason})" if reason else None
                yield row.fault(
                    ID_OF_ANOTHER_DAY, dated, how=rule or f"the id has {wanted}", day=wanted
                )
        for name in form.get("holds", []):
            if name in unless and matches(row, unless[name]):
                continue
            value = slug(row[name])
            if value and f"-{value}-" not in f"-{slug(id)}-" and (another_day or id not in but):
                yield row.fault(ID_OF_ANOTHER_ROW, name, id=id, name=name)
    for part, names in form.get("sets", {}).items():
        groups: dict[str, list[Row]] = {}
        for row in rows:
            parts = row[key].split("/")
            if len(parts) >= int(part):
                groups.setdefault(parts[int(part) - 1], []).append(row)
        for (start, group), name in itertools.product(groups.items(), names):
            values = [row[name] for row in group]
            meant = max(sorted(set(values), key=str), key=values.count)
            for row in group:
                if row[name] != meant:
                    yield row.fault(IDS_APART, name, part=start, meant=str(meant))


@each
def names_stand_in_ids_or_addresses(rows: list[Row], schema: dict) -> Iterator[Finding]:
    """A publisher is named in its source's id or address, by a word of its name or its initials,
    or the id begins with the host of the address.
    """
    for field in schema["fields"]:
        form = field.get("named_in")
        if not form:
            continue
        name, other = field["name"], form["than"]
        for row in rows:
            whole, host = row[form["id"]] or "", urlsplit(row[form["address"]] or "").hostname
            id = whole.split("-")[0]
            place = id + (host or "")
            if not row[name] or id in form["as"].get(row[name], []):
                continue
            own, words = _named(row[name], place), {"id": form["id"], "address": form["address"]}
            if not own and not (host and f"{whole}-".startswith(f"{slug(_bare(host))}-")):
                yield row.fault(NOT_NAMED, name, **words)
            elif row[other] and _named(row[other], place) >= max(own, 1):
                yield row.fault(NAMED_LESS, name, other=other, **words)


def _named(name: str, place: str) -> int:
    """How many letters of a name, or of its initials, stand in an id and host."""
    place = slug(place).replace("-", "")
    words = slug(name).split("-")
    initials = "".join(word[:1] for word in words)
    short = "".join(word[:1] for word in words if word not in ("of", "the", "and", "for"))
    found = [word for word in words if len(word) >= 3 and word not in WEAK and word in place]
    wholes = ["".join(words), *(letters for letters in (initials, short) if len(letters) >= 2)]
    return max(sum(map(len, found)), *(len(whole) for whole in wholes if whole in place), 0)


@each
def ids_have_the_names_of_their_rows(rows: list[Row], schema: dict) -> Iterator[Finding]:
    """A row on Space Delta 7 has `-7-` in its id, one on the National Reconnaissance Office
    `-nro-`.
    """
    key = schema["primaryKey"][0]
    for name in (field["name"] for field in schema["fields"] if field.get("in_id")):
        for row in rows:
            words = [slug(word) for word in row[name].split()]
            told = [word for word in words if re.search(r"\d", word)] or words[-1:]
            id, initials = f"-{slug(row[key])}-", "".join(word[:1] for word in words)
            if not all(f"-{part}-" in id for part in told) and f"-{initials}-" not in id:
                yield row.fault(NAME_OF_ANOTHER_ID, name, id=row[key], part=" ".join(told))


@each
def dates_agree_with_addresses(rows: list[Row], schema: dict) -> Iterator[Finding]:
    """A date that stands in a web address is the one in the cell."""
    for field in schema["fields"]:
        if not (address := field.get("dated_by")):
            continue
        for row in rows:
            told = IN_ADDRESS.search(row[address])
            there = "-".join(part for part in told.groups() if part) if told else ""
            cell = row[field["name"]]
            if there and cell and not there.startswith(cell) and not cell.startswith(there):
                yield row.fault(ADDRESS_OF_ANOTHER_DAY, field["name"], day=there)


@each
def titles_are_no_addresses(rows: list[Row], schema: dict) -> Iterator[Finding]:
    """A page is named by its title or in plain words, never by an address or a host."""
    for field in schema["fields"]:
        if not (address := field.get("names")):
            continue
        for row in rows:
            title, host = row[field["name"]] or "", urlsplit(row[address] or "").hostname
            if ADDRESS.match(title) or title.lower().removeprefix("www.") == _bare(host):
                yield row.fault(ADDRESS_FOR_TITLE, field["name"])


def _bare(host: str | None) -> str | None:
    """A host without its www; None where there is none."""
    return host.removeprefix("www.") if host else None
