"""Rows of today spoilt so that they still look right, by kind, to count what `check-data` catches.

`python tests/spoilt_rows.py [SEED [EACH]]` spoils thirty real rows in each of ten ways, one at a
time, and says how many the rules refuse, and how many more the comparison with the last commit asks
about. The tables are read once; each spoilt one is checked in memory.
"""

import csv
import functools
import itertools
import json
import random
import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from helpers import data
from helpers.machinery.check import (
    every_check,
    rule_book,
    text_dates_and_references,
    what_changed_rows_move,
)
from helpers.machinery.check.rule_book import Row, Tables

EACH = 30  # of a kind
SEED = 20261129
NUMBERS = (
    "value base in_service personnel count us others share low high troops_low troops_high quantity"
    " number probability latitude longitude length pool on_order"
).split()
DATES = ("date", "observed", "joined", "published")
TEXTS = ("note", "statement", "sense", "service", "rank_reason", "signed_by", "source_id", "of")
NAMES = ("type", "name", "service", "speaker", "proposer", "platform", "mission", "counted_by")
QUALIFIERS = re.compile(
    r"\b(once|if|when|after|until|unless|provided|depending|subject to|in the event|in support of"
    r"|up to|more than|at least|about|approximately|almost|less than|if and when|as part of|should"
    r"|only|but|not)\b"
)
LIKE = str.maketrans("AaBCceEHiKMoOpPTxXy", "АаВСсеЕНіКМоОрРТхХу")
Spoilt = tuple[str, list[Row]]


def rows_with(tables: Tables, *names: str) -> list[tuple[Row, str]]:
    return [
        (row, name)
        for rows in tables.values()
        for row in rows
        for name in names
        if row.get(name) not in (None, "")
    ]


def spoilt(tables: Tables, row: Row, **cells_of_row) -> Spoilt:
    """The table of a row with other cells in it."""
    other = Row(row.table, dict(row) | cells_of_row | {"line": row.line})
    return row.table, [other if one is row else one for one in tables[row.table]]


def digit(tables: Tables, chance: random.Random) -> Spoilt | None:
    row, name = chance.choice(rows_with(tables, *NUMBERS))
    text = f"{row[name]:g}" if isinstance(row[name], float) else str(row[name])
    place = chance.choice([at for at, sign in enumerate(text) if sign.isdigit()])
    new = chance.choice([sign for sign in "123456789" if sign != text[place]])
    value = type(row[name])(float(text[:place] + new + text[place + 1 :]))
    return spoilt(tables, row, **{name: value})


def date(tables: Tables, chance: random.Random) -> Spoilt | None:
    row, name = chance.choice(rows_with(tables, *DATES))
    year, *rest = row[name].split("-")
    if rest:
        rest[-1] = f"{chance.choice([n for n in range(1, 13) if n != int(rest[-1])]):02}"
    else:
        year = str(int(year) + chance.choice([-1, 1]))
    return spoilt(tables, row, **{name: "-".join([year, *rest])})


def quotation(tables: Tables, chance: random.Random) -> Spoilt | None:
    row, name = chance.choice(rows_with(tables, "quoted"))
    found = [match for match in QUALIFIERS.finditer(row[name]) if match.start() > 15]
    return spoilt(tables, row, quoted=row[name][: found[-1].start()].strip()) if found else None


def edition(tables: Tables, chance: random.Random) -> Spoilt | None:
    """The figure of another edition or observation of the same thing."""
    table, same, name = chance.choice(
        [
            ("indicators", ("country", "indicator"), "value"),
            ("indicators", ("country", "indicator"), "value"),
            ("capabilities", ("fleet",), "in_service"),
        ]
    )
    row = chance.choice([row for row in tables[table] if row[name] is not None])
    others = [
        other[name]
        for other in tables[table]
        if all(other[key] == row[key] for key in same) and other[name] not in (None, row[name])
    ]
    return spoilt(tables, row, **{name: chance.choice(others)}) if others else None


def sources(tables: Tables, chance: random.Random) -> Spoilt | None:
    row, _ = chance.choice(rows_with(tables, "source_id"))
    if row.table == "sources":
        return None
    other = chance.choice(tables[row.table])
    if other["source_id"] == row["source_id"]:
        return None
    table, rows = spoilt(tables, row, source_id=other["source_id"])
    return spoilt(tables | {table: rows}, other, source_id=row["source_id"])


def columns(tables: Tables, chance: random.Random) -> Spoilt | None:
    """Two columns of a table that hold the same type, exchanged in a row where one is filled."""
    table = chance.choice(list(tables))
    fields = data.contract()[table]["schema"]["fields"]
    pairs = [
        (one["name"], two["name"])
        for one, two in itertools.combinations(fields, 2)
        if (one["type"] == "string") == (two["type"] == "string")
    ]
    one, two = chance.choice(pairs)
    both = [row for row in tables[table] if row[one] != row[two]]
    both = [row for row in both if row[one] not in ("", None) or row[two] not in ("", None)]
    row = chance.choice(both) if both else None
    return spoilt(tables, row, **{one: row[two], two: row[one]}) if row else None


def unit(tables: Tables, chance: random.Random) -> Spoilt | None:
    row, name = chance.choice(rows_with(tables, *NUMBERS))
    factor = chance.choice([10, 100, 1000, 2.2046, 0.001])
    value = row[name] * factor
    if not row[name] or (isinstance(row[name], int) and value < 1):
        return None
    return spoilt(tables, row, **{name: type(row[name])(value)})


def twice(tables: Tables, chance: random.Random) -> Spoilt | None:
    """The row again under another id, with another text beside the fact."""
    table = chance.choice([name for name in tables if name not in ("sources", "claims")])
    row, key = chance.choice(tables[table]), data.key(table)
    other = Row(table, dict(row) | {key: f"{row[key]}-again", "line": len(tables[table]) + 2})
    if name := chance.choice(["", *(name for name in TEXTS[:5] if name in row and name != "of")]):
        other[name] = f"{other[name]} again".strip()
    return table, [*tables[table], other]


def letter(tables: Tables, chance: random.Random) -> Spoilt | None:
    row, name = chance.choice(rows_with(tables, *NAMES))
    places = [at for at, sign in enumerate(row[name]) if sign.translate(LIKE) != sign]
    if not places:
        return None
    at, text = chance.choice(places), row[name]
    new = chance.choice([text[at].translate(LIKE), text[at] + "\u00a0", text[at] + "\u200b"])
    return spoilt(tables, row, **{name: text[:at] + new + text[at + 1 :]})


def party(tables: Tables, chance: random.Random) -> Spoilt | None:
    row, name = chance.choice(rows_with(tables, "country", "party", "operator", "first_nation"))
    new = chance.choice(["NATO", "EU", "RUS", "USA", "JPN"])
    return None if row[name] == new else spoilt(tables, row, **{name: new})


KINDS: dict[str, Callable] = {
    "a digit changed": digit,
    "a date moved": date,
    "a quotation cut before its qualifier": quotation,
    "another edition's figure": edition,
    "two rows' sources exchanged": sources,
    "columns exchanged": columns,
    "a unit slip": unit,
    "a fact twice": twice,
    "a look-alike letter": letter,
    "a party that cannot be": party,
}


@functools.cache
def readers() -> dict[str, set[str]]:
    """The tables whose rules look at each table, by what their contract names."""
    found: dict[str, set[str]] = {name: {name} for name in data.contract()}
    for name, resource in data.contract().items():
        text = json.dumps(resource["schema"])
        for other in found:
            if f'"{other}' in text:
                found[other].add(name)
    return found


def refused(tables: Tables, of: str = "") -> bool:
    """Whether the rules refuse the tables, of which one is spoilt (all where none is named)."""
    own = data.contract()
    if list(
        text_dates_and_references.ids_are_unique({name: data.key(name) for name in tables}, tables)
    ):
        return True
    asked = sorted(readers()[of], key=lambda name: name != of) if of else list(tables)
    for name in asked:
        for function in rule_book.EACH:
            if next(iter(function(tables[name], own[name]["schema"], tables)), None):
                return True
    return any(
        next(iter(function(*(tables[name] for name in names))), None)
        for names, function in rule_book.TOGETHER
        if not of or of in names
    )


def typed(table: str, rows: list[Row], was: list[Row]) -> bool:
    """Whether types and constraints refuse one of the rows that are not as they were."""
    schema = data.contract()[table]["schema"]
    kinds = {field["name"]: field["type"] for field in schema["fields"]}
    new = [row for row in rows if all(row is not one for one in was)]
    for row in new:
        for name, cell in row.items():
            if cell not in (None, "") and (kinds[name] == "string") != isinstance(cell, str):
                return True
            if cell == "" and kinds[name] != "string":
                row[name] = None
    return bool(list(every_check.frictionless_faults(new, schema)))


def corruptions(tables: Tables, seed: int, each: int) -> Iterator[tuple[str, Spoilt]]:
    """So many spoilt tables of each kind, the same for a seed."""
    for kind, spoil in KINDS.items():
        chance, made = random.Random(f"{seed} {kind}"), 0
        while made < each:
            if (found := spoil(tables, chance)) and found[1] != tables[found[0]]:
                made += 1
                yield kind, found


def asked(table: str, rows: list[Row], was: list[Row], before: dict) -> bool:
    """Whether the comparison with the last commit asks for a line: the quotation lost its end, or a
    verdict moved.
    """
    key = data.key(table)
    own = {row[key]: row for row in was}
    if any(
        what_changed_rows_move.Change(table, row[key], own.get(row[key]), row).lost for row in rows
    ):
        return True
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for file in [data.DATA / data.CONTRACT, *data.DATA.glob("*.csv")]:
            shutil.copy(file, folder)
        columns = list(data.columns(table))
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, columns, extrasaction="ignore", lineterminator="\n")
            writer.writeheader()
            writer.writerows({n: "" if c is None else c for n, c in row.items()} for row in rows)
        now = what_changed_rows_move.judged(folder, list(before))
    return any(before[name].split(" (")[0] != now.get(name, "").split(" (")[0] for name in before)


def caught(
    tables: Tables, seed: int = SEED, each: int = EACH, compared: bool = False
) -> tuple[Counter, Counter, list[str]]:
    """How many of each kind are refused by the rules, how many more the comparison with the last
    commit asks about, and what neither found, a line each.
    """
    count: Counter = Counter(dict.fromkeys(KINDS, 0))
    more: Counter = Counter()
    missed = []
    before = {}
    if compared:
        every = what_changed_rows_move.judged(data.DATA, None)
        before = {name: state for name, state in every.items() if not name.startswith("the ")}
    assert not refused(tables), "the tables of today are refused"
    for kind, (table, rows) in corruptions(tables, seed, each):
        if typed(table, rows, tables[table]) or refused(tables | {table: rows}, table):
            count[kind] += 1
            continue
        key = data.key(table)
        if compared and asked(table, rows, tables[table], before):
            more[kind] += 1
            continue
        for row in rows:
            if all(row is not one for one in tables[table]):
                was = next((one for one in tables[table] if one[key] == row[key]), {})
                changed = [
                    f"{n}: {was.get(n)!a} → {c!a}" for n, c in row.items() if c != was.get(n)
                ]
                missed.append(f"{kind}: {row[key]}: {'; '.join(changed)[:150]}")
                break
    return count, more, missed


def main() -> None:
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else SEED
    each = int(sys.argv[2]) if len(sys.argv) > 2 else EACH
    found, tables = every_check.examine(data.DATA)
    assert not found, "the tables of today have faults of their own"
    count, more, missed = caught(tables, seed, each, compared=True)
    print(*missed, sep="\n")
    for kind, number in count.items():
        print(f"{number:3} of {each} {kind}; {more[kind]} more against the last commit")
    print(
        f"{sum(count.values())} of {each * len(KINDS)} by the rules, {sum(more.values())} more"
        f" against the last commit, seed {seed}"
    )


if __name__ == "__main__":
    main()
