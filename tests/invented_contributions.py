"""The contributions that README.md and data/README.md describe, each as somebody would make it in
a checkout: invented rows, readings, claims, a model and notebooks.
"""

import csv
import io
import json
import re
import textwrap
from pathlib import Path

import nbformat
import yaml
from nbformat.v4 import new_code_cell, new_markdown_cell

SOURCE = "example-tanker-invented"
DAY = "2025-12-01"  # before the article's day, so that what is added counts
SHARED = {"source_id": SOURCE, "verification": "read", "locator": "paragraph 1"}
CONTRACT = "data/datapackage.json"
CORRECTED = "tanker/gbr-voyager/2023-09-21-core"
RULES, CASES = "helpers/claims/rules/refuelling.py", "tests/test_claim_rules_capabilities.py"


def read(root: Path, table: str) -> list[dict]:
    text = (root / f"data/{table}.csv").read_text("utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def write(root: Path, table: str, rows: list[dict]) -> None:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    (root / f"data/{table}.csv").write_bytes(text.getvalue().encode())


def add(root: Path, table: str, *cells: dict) -> None:
    """Add rows at the end of a table; a column that is not named is empty."""
    rows = read(root, table)
    write(root, table, rows + [dict.fromkeys(rows[0], "") | each for each in cells])


def put(root: Path, file: str, old: str, new: str) -> None:
    """Write a new text in place of an old one, at its first place."""
    text = (root / file).read_text("utf-8")
    assert old in text, f"{file}: {old}"
    (root / file).write_text(text.replace(old, new, 1), "utf-8")


def changelog(root: Path, heading: str, *cells: str) -> None:
    """A line under a heading of CHANGELOG.md, above the others."""
    text = (root / "CHANGELOG.md").read_text("utf-8")
    top = re.compile(rf"(## {heading}\n.*?\n\|(?:---\|)+\n)", re.S)
    line = f"| {DAY} | {' | '.join(cells)} |\n"
    (root / "CHANGELOG.md").write_text(top.sub(lambda found: found[1] + line, text, 1), "utf-8")


def a_tanker(root: Path) -> None:
    """The pooled fleet's next aircraft with its page, the rows and the line that data/README.md
    walks through, but delivered before the article's day.
    """
    text = (root / "data/README.md").read_text("utf-8").partition("## How to add a row")[2]
    day = re.search(r"official page of ([\d-]+)", text)[1]
    text = re.sub(r"example-tanker-\d+", SOURCE, text.replace(day, DAY))
    blocks = re.findall(r"```(?:csv)?\n(.*?)```", text, re.S)
    *tables, line = map(textwrap.dedent, blocks)
    for block in tables:
        (row,) = csv.DictReader(io.StringIO(block))
        (table,) = (
            path.stem
            for path in (root / "data").glob("*.csv")
            if path.read_text("utf-8").startswith(block.splitlines()[0] + "\n")
        )
        add(root, table, row)
    fleets = read(root, "capabilities")
    for later in fleets:  # a count of later that has fewer is asked for by check-data
        if (later["fleet"], later["rank"]) == (row["fleet"], "default") and later["observed"] > DAY:
            later |= {"rank": "rival", "rank_reason": "fewer than had been delivered by the day"}
            changelog(root, "Data", later["id"], "rank: default", "rival", "see it", "see the row")
    write(root, "capabilities", fleets)
    changelog(root, "Data", *map(str.strip, line.strip().strip("|").split("|")[1:]))


def an_offer(root: Path) -> None:
    """A member's offer of soldiers, which takes the place of what it said before."""
    add(
        root,
        "positions",
        SHARED
        | {"id": f"position/nzl/{DAY}/land", "country": "NZL", "date": DAY, "domain": "land"}
        | {"position": "offered", "said_by": "official", "about": "own", "condition": "ceasefire"}
        | {"inside_ukraine": "yes", "mission": "the force", "troops_low": "200"}
        | {
            "troops_high": "300",
            "statement": "Between 200 and 300 soldiers in Ukraine after a ceasefire",
        }
        | {"quoted": "Between 200 and 300 soldiers would go to Ukraine after a ceasefire"},
    )


def a_corrected_figure(root: Path) -> None:
    """Another number in a row that is there, and under `again` in the contract, where it stands a
    second time because no words of the row hold it.
    """
    rows = read(root, "capabilities")
    (row,) = (row for row in rows if row["id"] == CORRECTED)
    was, now = row["in_service"], str(int(row["in_service"]) - 1)
    row |= {"in_service": now, "follows": f"nine less one that was lent: {was} - 1."}
    write(root, "capabilities", rows)
    put(root, CONTRACT, f'"{CORRECTED}": {was}', f'"{CORRECTED}": {now}')
    changelog(root, "Data", CORRECTED, was, now, "counted again", "see the row")


READING = {
    "author_could_mean": "No: he says tankers and no type",
    "used_so_by": "The maker counts them",
    "source_ids": SOURCE,
    "as_worded": "no",
    "votes": "no",
}


READINGS = {
    "newest-type": "Shows the number of the newest type alone",
    "boom-jets": "Shows the number of the large jets with a boom",  # which all of them have
}
COUNTED = """\
    if definition in ("newest-type", "boom-jets"):
        rows = american(world, "air-force-jets")
        newest, boom = rows["type"].str.startswith("KC-46"), rows["boom"] == "yes"
        number = aircraft(rows[newest if definition == "newest-type" else boom])
    else:
        number = us_tankers(world, definition)
"""
ALIKE = """\
ALIKE = {
    ("C24", "definition", "air-force-jets", "boom-jets"): (
        "each of them has a boom",
        "capabilities",
        "tanker/usa-kc-46",
        {"boom": "no"},
    ),
"""


def readings(root: Path) -> None:
    """Two more options of C24, which stand beside it without a vote; one comes to what another
    does, and is named as such.
    """
    for option, meaning in READINGS.items():
        id = {"id": f"C24/definition/{option}", "claim": "C24", "choice": "definition"}
        add(root, "readings", READING | id | {"option": option, "meaning": meaning})
    options = "".join(f'        "{option}",\n' for option in READINGS)
    last = '        "with-contractors",\n'
    put(root, RULES, f"{last}    ],", f"{last}{options}    ],")
    put(root, RULES, "    number = us_tankers(world, definition)\n", COUNTED)
    first = "COUNTED = {  # C24: what a definition counts, in words\n"
    words = "".join(f'    "{option}": "Counted so they are {{number}}.",\n' for option in READINGS)
    put(root, RULES, first, first + words)
    put(root, "tests/test_claims.py", "ALIKE = {\n", ALIKE)
    changelog(root, "Claims and readings", "C24", "readings", "none", "two", "outcome unknown")


def a_reworded_reading(root: Path) -> None:
    """Other words for an option, which loses its vote."""
    rows = read(root, "readings")
    (row,) = (row for row in rows if row["id"] == "C24/definition/with-marines")
    row |= {"meaning": "The large jets and the Marines' KC-130J", "votes": "no"}
    row |= {"author_could_mean": "No: he speaks of all American tankers"}
    write(root, "readings", rows)
    changelog(root, "Claims and readings", row["id"], "vote", "yes", "no", "outcome known")


RULE = '''

@rule("{id}")
def {name}(world: data.World, kind: Literal["jets", "all"]) -> Outcome:
    """Whether {of} has more tankers than {than}."""
    rows = owned_by(world, "members", KINDS if kind == "all" else KINDS[:1])
    one, other = (aircraft(rows[rows["operator"] == code]) for code in {codes})
    known = one.value is not None and other.value is not None
    return Outcome(
        quantities.exceeds(one, other.number) if known else None,
        one if one.rows else None,
        (*one.rows, *other.rows),
        "counts of both states",
        line=tables.say(
            "{of} has {{one}} and {than} {{other}}.",
            one=numbers_known_by_their_ends.range_words(one),
            other=numbers_known_by_their_ends.range_words(other),
        )
        if known
        else None,
    )
'''
KINDS = {"jets": "The large jet tankers", "all": "Every kind of tanker"}


def a_claim(root: Path, id: str, paragraphs: str, **words) -> None:
    """A claim that one state has more tankers than another, with its readings, its rule and its
    cell.
    """
    said = f"{words['of']} has more tankers than {words['than']}"
    add(
        root,
        "claims",
        {"id": id, "paragraphs": paragraphs, "label": said, "claim": f"{said} does"}
        | {"position": str(max(int(row["position"]) for row in read(root, "claims")) + 1)}
        | {"kind": "comparison", "comparison": "true", "stated": "true"}
        | {
            "judged_by": "the newest counts of both states' tankers",
            "frozen": "no",
            "notebook": "06-refuelling",
        },
    )
    add(
        root,
        "readings",
        *(
            READING
            | {"id": f"{id}/kind/{option}", "claim": id, "choice": "kind", "option": option}
            | {"meaning": f"{meaning} of {words['of']}", "author_could_mean": "Yes: he may"}
            | {"votes": "yes", "as_worded": "yes" if option == "all" else "no"}
            for option, meaning in KINDS.items()
        ),
    )
    with (root / RULES).open("a", encoding="utf-8") as rules:
        rules.write(RULE.format(id=id, **words))
    notebook = nbformat.read(root / "notebooks/06-refuelling.ipynb", 4)
    notebook.cells += [new_markdown_cell(f"{said}."), new_code_cell(f'claims.judge("{id}", world)')]
    nbformat.write(notebook, root / "notebooks/06-refuelling.ipynb")
    changelog(root, "Claims and readings", id, "claim", "none", "new", "outcome unknown")


def an_own_claim(root: Path) -> None:
    """A claim of a reader's own, which needs no cases."""
    codes = ("GBR", "FRA")
    a_claim(root, "C91", "own", name="british", of="Britain", than="France", codes=codes)


def a_claim_of_the_article(root: Path) -> None:
    """A sentence of the article that was left out, with cases that turn its rule."""
    codes = ("FRA", "ESP")
    a_claim(root, "C92", "13", name="french", of="France", than="Spain", codes=codes)
    fleet = 'dict.fromkeys(data.load("capabilities").query("operator == \'FRA\'").index, {})'
    put(
        root,
        CASES,
        "CASES = [\n",
        f"""\
CASES = [
    ("C92", {{}}, {{"capabilities": {fleet.format("number(900)")}}}, True),
    ("C92", {{}}, {{"capabilities": {fleet.format("number(1)")}}}, False),
    ("C92", {{}}, {{"capabilities": {fleet.format("UNKNOWN")}}}, None),
""",
    )


def a_parameter_and_a_model(root: Path) -> None:
    """A formula with its parameter, how large that may be in the contract, and its second
    writing.
    """
    (root / "helpers/formulas/inspections.py").write_text(
        '''"""Inspections of aircraft."""

from helpers.formulas.registry_of_formulas import model


@model(rises="n h_in")
def inspected(n, h_in):
    """Hours of an inspection of n aircraft, h_in each: n h_in."""
    return n * h_in
''',
        "utf-8",
    )
    add(
        root,
        "parameters",
        SHARED
        | {"id": "inspection/a330-mrtt", "symbol": "h_in", "name": "hours of an inspection"}
        | {"applies_to": "A330 MRTT", "low": "10", "base": "10", "high": "10", "unit": "h"}
        | {"origin": "published", "quoted": "An inspection takes 10 hours"},
    )
    package = json.loads((root / CONTRACT).read_text("utf-8"))
    (schema,) = (each["schema"] for each in package["resources"] if each["name"] == "parameters")
    for column in schema["fields"]:
        if column.get("limits", {}).get("by") == "symbol":
            column["limits"]["h_in"] = [0, 100]
    text = json.dumps(package, indent=1, ensure_ascii=False)
    (root / CONTRACT).write_text(f"{text}\n", "utf-8")
    put(
        root,
        "tests/formulas_again.py",
        "AGAIN = {\n",
        'AGAIN = {\n    "inspected": lambda n, h_in: h_in * n,\n',
    )


def a_notebook(root: Path, name: str, *cells) -> None:
    """A notebook of the series, listed in scenarios.yml and in the README's table."""
    like = nbformat.read(root / "notebooks/04-beyond-nato.ipynb", 4)
    made = nbformat.v4.new_notebook(metadata=like.metadata)
    made.metadata.pop("tables", None)
    made.cells = [new_markdown_cell("# How many are there?"), *like.cells[1:3], *cells]
    made.cells[2].source = re.sub(
        r"import .*", "import data, quantities, tables", made.cells[2].source, count=1
    )
    for place, cell in enumerate(made.cells):
        cell["id"] = f"cell-{place}"
    nbformat.write(made, root / f"notebooks/{name}.ipynb")
    file = root / "notebooks/scenarios.yml"
    listed = yaml.safe_load(file.read_text("utf-8"))["notebooks"]
    after = max((other for other in listed if other < name), default="")
    old = f"  - {after}\n" if after else "notebooks:\n"
    put(root, "notebooks/scenarios.yml", old, f"{old}  - {name}\n")
    row = re.compile(rf"(\| \[{after or 'notebook'}.*\n(?:\|---.*\n)?)")
    text = (root / "README.md").read_text("utf-8")
    line = f"| [{name}](notebooks/{name}.ipynb) | How many are there? | none |\n"
    if not after:
        row = re.compile(r"(\| notebook \|.*\n\|---.*\n)")
    (root / "README.md").write_text(row.sub(lambda found: found[1] + line, text, 1), "utf-8")


def notebooks(root: Path) -> None:
    """One numbered after the last and one before the first, neither with a claim."""
    answer = [
        new_markdown_cell("## The answer\n\nIt is counted in the table of raids."),
        new_code_cell(
            'rows = world.until("raids", "month")\n'
            'tables.say("There are {n} months.", n=quantities.count(rows))'
        ),
    ]
    a_notebook(root, "10-air-defence", *answer)
    a_notebook(root, "00-before-all", *answer)


def a_scenario(root: Path) -> None:
    with (root / "notebooks/scenarios.yml").open("a", encoding="utf-8") as listed:
        listed.write("  europe-read:\n    roster: europe\n    evidence: read\n")


def log_lines(root: Path, printed: str) -> None:
    """The lines for the log of verdicts that check-data printed, with day and reason."""
    lines = re.findall(r"^verdict/.*$", printed, re.M)
    filled = [line.replace("DATE", "2026-12-01").replace("REASON", "new rows") for line in lines]
    with (root / "data/verdict_log.csv").open("a", encoding="utf-8") as log:
        log.writelines(f"{line}\n" for line in filled)
    for line in filled:
        changelog(root, "Data", line.split(",")[1], "its verdict", "moved", "new rows", "see rows")


EVERY = (
    a_tanker,
    an_offer,
    a_corrected_figure,
    readings,
    a_reworded_reading,
    an_own_claim,
    a_claim_of_the_article,
    a_parameter_and_a_model,
    notebooks,
    a_scenario,
)
