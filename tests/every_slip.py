"""Every slip of three kinds in every row of today, and those that no rule refuses.

`python tests/every_slip.py [KIND [TABLE]]` spoils each row by itself: two cells whose columns take
each other's values are exchanged; a number is ten or a thousand times as large or small, or
has a digit twice; the row is entered again under another id, as it is or with another number or
day.

Types are asked of many spoilt rows at once. The rules of the table are asked of many
spoilt rows together, each in a place of its own; one is taken as refused if the rule that says so
says it of that row alone too, and not of the row as it was. Whatever is left is asked by itself, in
the whole of the tables.
"""

import itertools
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator

from spoilt_rows import refused

from helpers import data
from helpers.machinery.check import changelog, every_check, rule_book, text_dates_and_references
from helpers.machinery.check.rule_book import Row, Tables

Slip = tuple[str, Row | None, Row]  # what was done, the row that it stands for, the row as it is
FEW = 250  # rows that frictionless is asked of at once: it tells no more than a thousand faults
WORDS = {
    *changelog.WORDS,
    "follows",
    "what",
    "found",
    "label",
    "corroborated_by",
}  # explained by each other; none is reckoned with
FACTORS = (10, 1000, 0.1, 0.001)


def as_written(cell: object) -> str:
    """A cell as its file has it."""
    return "" if cell is None else f"{cell:.15g}" if isinstance(cell, float) else str(cell)


def number(text: str) -> float | None:
    """The number that a text is; None where it is none."""
    try:
        return float(text)
    except ValueError:
        return None


def as_read(text: str, kind: str) -> object:
    """A cell as the loader reads it; ValueError where its type does not take it."""
    if kind == "string":
        return text
    return None if text == "" else int(text) if kind == "integer" else float(text)


def changed(row: Row, **new: object) -> Row:
    return Row(row.table, dict(row) | new | {"line": row.line})


def exchanges(table: str, tables: Tables) -> Iterator[Slip]:
    """Every two cells of every row, exchanged, where each type takes the other's value."""
    fields = data.contract()[table]["schema"]["fields"]
    for one, two in itertools.combinations(fields, 2):
        for row in tables[table]:
            texts = as_written(row[one["name"]]), as_written(row[two["name"]])
            if texts[0] == texts[1] or number(texts[0]) == number(texts[1]) is not None:
                continue
            try:
                new = {
                    one["name"]: as_read(texts[1], one["type"]),
                    two["name"]: as_read(texts[0], two["type"]),
                }
            except ValueError:
                continue
            yield f"{one['name']} and {two['name']}", row, changed(row, **new)


def magnitudes(table: str, tables: Tables) -> Iterator[Slip]:
    """Every number of every row in another unit, or with a digit twice."""
    for field in data.contract()[table]["schema"]["fields"]:
        if field["type"] == "string":
            continue
        name, kind = field["name"], field["type"]
        for row in (row for row in tables[table] if row[name]):
            text = as_written(row[name])
            slips = {f"times {factor:g}": f"{row[name] * factor:.12g}" for factor in FACTORS}
            first = next(at for at, sign in enumerate(text) if sign in "123456789")
            slips["a digit twice"] = text[:first] + text[first] + text[first:]
            for what, new in slips.items():
                try:
                    yield f"{name} {what}", row, changed(row, **{name: as_read(new, kind)})
                except ValueError:
                    continue


def copies(table: str, tables: Tables) -> Iterator[Slip]:
    """Every row again under another id, as it is and with one number or date a little other."""
    key, rows = data.key(table), tables[table]
    fields = data.contract()[table]["schema"]["fields"]
    for row in rows:
        new: dict[str, dict] = {"again": {}}
        for field in fields:
            name = field["name"]
            if field["type"] != "string" and row[name] is not None:
                new[f"again, another {name}"] = {name: row[name] + 1}
            elif text_dates_and_references.is_date(field) and row[name]:
                new[f"again, another {name}"] = {name: next_day(row[name])}
        for what, other in new.items():
            id = row[key]
            for name in other:  # an id is written from its row
                id = id.replace(as_written(row[name]), as_written(other[name]))
            id = f"{id}-b" if id == row[key] else id
            copy = changed(row, **other | {key: id})
            copy.line = len(rows) + 2
            yield what, None, copy


def next_day(day: str) -> str:
    """The next day, month or year."""
    *first, last = day.split("-")
    return "-".join([*first, f"{int(last) % 28 + 1:02}" if first else str(int(last) + 1)])


KINDS: dict[str, Callable[[str, Tables], Iterator[Slip]]] = {
    "exchanges": exchanges,
    "magnitudes": magnitudes,
    "copies": copies,
}


def passing(table: str, tables: Tables, slips: list[Slip]) -> list[Slip]:
    """Those of the slips in rows of one table that neither types nor rules refuse."""
    schema, rows = data.contract()[table]["schema"], tables[table]
    numbered = [changed(row) for _, _, row in slips]
    for number, row in enumerate(numbered):
        row.line = number
    bad: set[int] = set()
    for start in range(0, len(numbered), FEW):
        some = numbered[start : start + FEW]
        bad |= {fault.line for fault in every_check.frictionless_faults(some, schema)}
    left = [slip for number, slip in enumerate(slips) if number not in bad]
    together: dict[str, list[Slip]] = defaultdict(list)
    for slip in left:
        if slip[1]:
            together[slip[0]].append(slip)
    told: set[int] = set()
    for group in together.values():
        told |= told_together(table, tables, schema, group)
    left = [slip for slip in left if id(slip) not in told and not own(table, tables, slip)]
    return [slip for slip in left if not refused(tables | {table: with_slip(rows, slip)}, table)]


def of_words(what: str) -> bool:
    """Whether a slip is one of words beside words: no number, day, name or judgement moves."""
    return {*what.split(" and ")} <= WORDS


def own(table: str, tables: Tables, slip: Slip) -> bool:
    """Whether a rule refuses the table of a slip, whatever the others say."""
    rows, schema = with_slip(tables[table], slip), data.contract()[table]["schema"]
    spoilt = tables | {table: rows}
    return any(next(iter(function(rows, schema, spoilt)), None) for function in rule_book.EACH)


def with_slip(rows: list[Row], slip: Slip) -> list[Row]:
    _, was, now = slip
    return [now if row is was else row for row in rows] if was else [*rows, now]


def told_together(table: str, tables: Tables, schema: dict, group: list[Slip]) -> set[int]:
    """The slips of a group, by identity, that a rule refuses together and alone; no two of them
    stand for one row.
    """
    of = {id(was): (slip, was, now) for slip in group for _, was, now in [slip]}
    rows = [of[id(row)][2] if id(row) in of else row for row in tables[table]]
    by_line = {now.line: (slip, was, now) for slip, was, now in of.values()}
    found: set[int] = set()
    spoilt = tables | {table: rows}
    for function in rule_book.EACH:
        lines = {fault.line for fault in function(rows, schema, spoilt)}
        for line in lines & by_line.keys():
            slip, was, now = by_line[line]
            if id(slip) in found:
                continue
            alone = next(iter(function([now], schema, tables)), None)
            if alone and not next(iter(function([was], schema, tables)), None):
                found.add(id(slip))
    return found


def main() -> None:
    found, tables = every_check.examine(data.DATA)
    assert not found, "the tables of today have faults of their own"
    for kind in sys.argv[1:2] or KINDS:
        tried = left = 0
        for table in sys.argv[2:3] or tables:
            slips = list(KINDS[kind](table, tables))
            tried += len(slips)
            found = passing(table, tables, slips)
            left += len(found)
            for what, _, row in found:
                print(f"{kind}: {table}: {what}: {row[data.key(table)]}")
            print(f"{kind}: {table}: {len(found)} of {len(slips)} pass", flush=True)
        print(f"{kind}: {left} of {tried} pass", flush=True)


if __name__ == "__main__":
    main()
