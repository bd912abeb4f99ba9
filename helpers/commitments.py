"""What members have said they would contribute, who commands, and what the texts ask of the force;
and the rows that show it.
"""

from dataclasses import replace

import pandas as pd

from helpers import data, notebook_parameters, quantities, word_check
from helpers.quantities import Quantity
from helpers.sources_that_count import PRESS, counting, newest, voice
from helpers.tables import Row, day
from helpers.timeline import WORD, own_word

DOMAINS = (
    "land",
    "air",
    "sea",
    "training",
    "logistics",
    "command",
    "intelligence",
    "finance",
    "political",
)
WILLING = ("committed", "offered", "conditional")
POSITIONS = (*WILLING, "considering", "declined")
SAID = {  # what is said of a member that holds one of these positions
    "offers soldiers": ("committed", "offered"),
    "would send them on a condition": ("conditional",),
    "is considering it": ("considering",),
    "has declined": ("declined",),
}
MISSIONS = ("the force", "unclear")  # of `mission`: what is no other mission
ABOUT_SOLDIERS = ("land", "political")  # the domains in which a row has to say of which mission
STATEMENT = "Berlin statement"  # of 15 December 2025
SERVES = {  # the domain of an offer that could serve a field of the statement: a coarse match
    "skies": "air",
    "seas": "sea",
    "regeneration": "training",
    "inside Ukraine": "land",
    "lead": "command",
    "monitoring": "intelligence",
}
COMMANDER = "force commander"
OPERATIONAL = "operational headquarters"
KYIV = "Kyiv headquarters"


def _of_the_force(rows: pd.DataFrame) -> pd.Series:
    """Whether each position is on this force, or may be. Rows on soldiers have to say so."""
    said = rows["mission"].isin(MISSIONS)
    return said | ((rows["mission"] == "") & ~rows["domain"].isin(ABOUT_SOLDIERS))


def _newest_of_each(rows: pd.DataFrame, by: str | list[str]) -> pd.DataFrame:
    """The newest rows of each group; two of one day both stay."""
    held = [newest(words) for _, words in rows.groupby(by)]
    return pd.concat(held) if held else rows.head(0)


@data.selection(depends_on=data.ROSTER)
def spoken(world: data.World) -> pd.DataFrame:
    """All that members had said of their own contribution by the day, whatever the mission."""
    rows = counting(world, world.until("positions"))
    rows = rows[own_word(rows) & rows["country"].isin(world.members())]
    return rows[rows["position"].isin(POSITIONS)]


@data.selection(depends_on=data.ROSTER)
def on_soldiers(world: data.World) -> pd.DataFrame:
    """All that members had said of their own soldiers for this force, or for what may be this
    force.
    """
    rows = spoken(world)
    return rows[(rows["domain"] == "land") & _of_the_force(rows)]


@data.selection(depends_on=data.ROSTER)
def positions(world: data.World) -> pd.DataFrame:
    """The newest position of each member in each domain by the day, by the state's own word and on
    this force; two of one day both stay.
    """
    rows = spoken(world)
    rows = _newest_of_each(rows[_of_the_force(rows)], ["country", "domain"])
    return rows.sort_values(["country", "domain", "id"])


@data.selection(depends_on=data.ROSTER)
def land(world: data.World) -> pd.DataFrame:
    """The newest positions on ground troops."""
    rows = positions(world)
    return rows[rows["domain"] == "land"]


@data.selection(depends_on=data.ROSTER)
def reported(world: data.World) -> pd.DataFrame:
    """The newest report of each paper on each member's ground troops: of unnamed persons, or its
    own.
    """
    rows = counting(world, world.until("positions"))
    rows = rows[rows["said_by"].isin(["unnamed", "press"]) & rows["country"].isin(world.members())]
    rows = rows[(rows["domain"] == "land") & _of_the_force(rows)]
    return _newest_of_each(rows, ["country", "source_id"]).sort_index()


def reported_ready(world: data.World) -> pd.DataFrame:
    """The newest report of each paper that names a member as ready to send soldiers."""
    told = reported(world)
    return told[told["position"].isin(WILLING)]


@data.selection(depends_on=data.ROSTER)
def stances(world: data.World) -> pd.DataFrame:
    """Who gives what and who has declined, by own word: one row a member and domain in which it
    says either; `gives` tells which. A member that says both on one day says neither.
    """
    rows = positions(world)
    rows = rows[rows["position"].isin([*WILLING, "declined"])]
    rows = rows.assign(gives=rows["position"].isin(WILLING))
    both = rows.groupby(["country", "domain"])["gives"].transform("nunique") > 1
    return rows[~both]


def numbers(world: data.World) -> pd.DataFrame:
    """The newest number of soldiers that each member has named by its own word. It holds until it
    is taken back: a later row without a number does not wipe it out, one that declines does.
    """
    rows = on_soldiers(world)
    named = rows[rows["troops_low"].notna() | rows["troops_high"].notna()]
    declined = land(world).query("position == 'declined'")["country"]
    return _newest_of_each(named[~named["country"].isin(declined)], "country")


@data.selection(depends_on=data.DATED)
def command(world: data.World, said_by: tuple[str, ...] = PRESS) -> pd.DataFrame:
    """Reports on the command by the day that may decide, oldest first: no copies of an encyclopedia
    unless asked for.
    """
    said_by = tuple(data.known("command", "said_by", whose, world.folder) for whose in said_by)
    rows = world.until("command")
    rows = rows[rows["said_by"].isin(said_by)].sort_values(["date", "id"])
    return rows if "copied" in said_by else counting(world, rows)


@data.selection(depends_on=data.DATED)
def tasks(world: data.World, official: bool = True) -> pd.DataFrame:
    """Tasks and roles in the texts published by the day, oldest first; only the states' own texts
    unless asked otherwise.
    """
    rows = world.until("tasks").sort_values(["date", "id"])
    return rows[rows["said_by"].isin(data.OWN_WORD)] if official else rows


def statement(world: data.World) -> pd.DataFrame:
    """The tasks and roles that the statement of 15 December 2025 names."""
    rows = tasks(world)
    return rows[rows["text"] == STATEMENT]


def chairs(world: data.World) -> list[str]:
    """The states that every report on the political lead names."""
    rows = command(world)
    nations = [
        set(text.split()) for text in rows.loc[rows["element"] == "political lead", "nations"]
    ]
    return sorted(set.intersection(*nations)) if nations else []


def giving(world: data.World, domain: str, with_reports: bool = False) -> pd.DataFrame:
    """The rows by which members give something in a domain.

    Parameters
    ----------
    world : World
        The day, roster and evidence looked at.
    domain : str
        One of DOMAINS.
    with_reports : bool
        Whether those count too on whom papers or unnamed persons say so of ground troops, and who
        have not declined; else own word alone does.
    """
    rows = stances(world)
    own = rows[rows["domain"] == word_check.word("domain", domain, DOMAINS)]
    givers = own[own["gives"]]
    if not with_reports:
        return givers
    told = reported_ready(world)
    return pd.concat([givers, told[~told["country"].isin(own["country"])]])


def land_items(world: data.World) -> list[tuple[str, Quantity, bool]]:
    """How many members hold each position on ground troops, as items of a bar chart."""
    rows = land(world)
    items = [(name, _states(rows, (name,)), name in WILLING) for name in POSITIONS]
    return [item for item in items if item[1].value]


def willing(world: data.World) -> Quantity:
    """How many members would put troops on the ground: committed, offered or on a condition."""
    return _states(land(world), WILLING)


def map_groups(world: data.World) -> list[tuple[str, dict[str, str]]]:
    """The groups of a map of who would send soldiers: {country: row it rests on} by the newest own
    word, the boldest first where there are two, and members that have said nothing, by what was
    reported of them, or else by where they were seen.
    """
    rows, told = land(world), reported_ready(world)
    held: dict[str, tuple[str, str]] = {}
    for id, row in rows.iterrows():
        known = held.get(row["country"])
        if known is None or POSITIONS.index(row["position"]) < POSITIONS.index(known[0]):
            held[row["country"]] = (row["position"], str(id))
    seen = world.attestations()
    silent = seen[seen["country"].isin(world.members()) & ~seen["country"].isin(held)]
    silent_rows = dict(zip(silent["country"], silent.index, strict=True))
    silent_rows |= {code: id for id, code in told["country"].items() if code in silent_rows}
    said = [
        (words, {code: id for code, (position, id) in held.items() if position in positions})
        for words, positions in SAID.items()
    ]
    return [*said, ("takes part, has not said", silent_rows)]


def reported_only(world: data.World) -> list[str]:
    """The members that papers or unnamed persons name as ready to send soldiers and that have not
    said so themselves.
    """
    told = reported_ready(world)
    return sorted(set(told["country"]) - set(giving(world, "land")["country"]))


def land_series(world: data.World) -> list[tuple[str, list[tuple[str, Quantity]]]]:
    """How many members were willing to put troops on the ground, and how many had declined, after
    each day on which one spoke.
    """
    rows = world.until("positions")
    days = sorted(
        {
            text
            for text in rows.loc[(rows["domain"] == "land") & own_word(rows), "date"]
            if len(text) == len("2025-01-01")
        }
    )
    then = {
        text: land(replace(world, as_of=text))
        for text in days
        if text >= str(notebook_parameters.FIRST_DAY)
    }
    return [
        (label, [(text, _states(held, names)) for text, held in then.items()])
        for label, names in (("willing", WILLING), ("declined", ("declined",)))
    ]


def _states(rows: pd.DataFrame, positions: tuple[str, ...]) -> Quantity:
    """How many states hold one of some positions."""
    return quantities.distinct(rows[rows["position"].isin(positions)], "country", "states")


def position_rows(world: data.World) -> list[dict]:
    """The newest positions, one table row a member and one column a domain. For those who chair
    the coalition a domain without a row of their own shows the text that they lead it by.
    """
    rows, names = positions(world), world.country_names
    led = _led(world)
    domains = [domain for domain in DOMAINS if domain in {*rows["domain"], *led}]
    table = []
    for country in sorted({*rows["country"], *(chairs(world) if led else [])}):
        own = rows[rows["country"] == country]
        cells = {}
        for domain in domains:
            spoken = [
                Row(id, row["position"]) for id, row in own[own["domain"] == domain].iterrows()
            ]
            joint = led.get(domain) if country in chairs(world) else None
            cells[domain] = spoken or joint or ""
        table.append({"state": names[country]} | cells)
    return table


def _led(world: data.World) -> dict[str, Row]:
    """The newest official text that names a task of the force, for each domain that it needs."""
    rows = tasks(world)
    rows = rows[(rows["of_force"] == "yes") & (rows["actor"] == "coalition")]
    leading = {}
    for id, row in rows.iterrows():
        domain = SERVES.get(row["field"], row["field"])
        if domain in DOMAINS:
            leading[domain] = Row(id, f"leads ({day(row['date'])})")
    return leading


def report_rows(world: data.World) -> list[dict]:
    """The reports of papers and unnamed persons on ground troops, and how many of the states in
    them have said so themselves.
    """
    told = reported_ready(world)
    own, names = giving(world, "land"), world.country_names
    table = []
    for source, reports in told.groupby("source_id"):
        itself = reports[reports["country"].isin(own["country"])]
        others = reports.drop(itself.index)
        elsewhere = others["country"].isin(told[told["source_id"] != source]["country"])
        table.append(
            {
                "report": Row(reports.index[0], voice(world, source)),
                "of": day(reports["date"].iloc[0]),
                "named as ready": quantities.distinct(reports, "country", "states"),
                "of these by their own word": quantities.distinct(itself, "country", "states"),
                **{
                    column: [Row(id, names[code]) for id, code in of["country"].items()]
                    for column, of in (
                        ("by another report too", others[elsewhere]),
                        ("on this report alone", others[~elsewhere]),
                    )
                },
            }
        )
    return sorted(table, key=lambda row: (-row["named as ready"].value, row["report"].id))


def command_rows(world: data.World, *elements: str) -> list[dict]:
    """Every report on some parts of the command by the day, oldest first."""
    wanted = [data.known("command", "element", element, world.folder) for element in elements]
    rows = world.until("command")
    rows = rows[rows["element"].isin(wanted)].sort_values(["element", "date", "id"])
    return [
        {
            "part": row["element"],
            "reported": Row(id, day(row["date"])),
            "step": row["step"],
            "level": row["level"] or "not said",
            "where": row["location"] or "not said",
            "led by": ", ".join(row["nations"].split()) or "not said",
            "first": row["first_nation"] or "not said",
            "rules out": row["excludes"] or "nothing",
            "word of": WORD[row["said_by"]],
        }
        for id, row in rows.iterrows()
    ]


def handover_rows(world: data.World) -> list[dict]:
    """For each day on which the headquarters may have begun its work: when twelve months are over,
    and whether a report by the day has it moved.
    """
    rows = command(world)
    works = rows[(rows["element"] == OPERATIONAL) & (rows["step"] == "established")]
    moved = rows[rows["step"] == "moved"]
    table = []
    for id, row in works.drop_duplicates("date").iterrows():
        year, rest = row["date"][:4], row["date"][4:]
        table.append(
            {
                "if at work since": Row(id, day(row["date"])),
                "twelve months are over on": day(f"{int(year) + 1}{rest}"),
                "moved by the day": [Row(report, "yes") for report in moved.index] or "no report",
            }
        )
    return table


def breach_rows(rows: pd.DataFrame) -> list[dict]:
    """What texts say of an answer to breaches: whether it is armed, and against whom."""
    rows = rows[rows["field"].isin(["response to breaches", "guarantee"])]
    return [
        {
            "text": Row(id, f"{row['text']}, {day(row['date'])}"),
            "what it says": row["statement"],
            "task of the force": row["of_force"] or "not known",
            "armed force": row["force_named"] or "not known",
            "against": row["against"] or "not said",
        }
        for id, row in rows.iterrows()
    ]


def task_rows(rows: pd.DataFrame) -> list[dict]:
    """Published tasks and roles: in which text, of whom, after what, and how exactly."""
    return [
        {
            "text": Row(id, f"{row['text']}, {day(row['date'])}"),
            "task": row["task"],
            "who": row["actor"],
            "task of the force": row["of_force"] or "not known",
            "stands for": row["purpose_word"] or "not known",
            "begins": row["begins"] or "not known",
            "assets": row["assets"],
            "numbers": row["numbers"],
            "trigger": row["trigger"],
            "waits for the terms": row["waits_for_terms"] or "not known",
        }
        for id, row in rows.iterrows()
    ]


def offers_rows(world: data.World) -> list[dict]:
    """For each field of the statement the members that had offered something in the matching
    domain.
    """
    table = []
    for field, domain in SERVES.items():
        givers = giving(world, domain)
        if field in set(statement(world)["field"]):
            table.append(
                {
                    "field": field,
                    "domain of the offers": domain,
                    "at least": quantities.distinct(givers, "country", "states"),
                    "who": [Row(id, row["country"]) for id, row in givers.iterrows()],
                }
            )
    return table
