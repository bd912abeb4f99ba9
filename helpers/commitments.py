"""What members have said they would contribute, who commands, and what the texts ask of the force;
and the rows that show it.
"""

from dataclasses import replace

import pandas as pd

from helpers import data, parameters, quantities
from helpers.quantities import Quantity
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
STEPS = ("planned", "designated", "established", "moved")  # how far a part of the command has got
WILLING = ("committed", "offered", "conditional")
POSITIONS = (*WILLING, "considering", "declined", "unknown")
REPORTED = (*data.OWN_WORD, "unnamed", "press")  # of `said_by`: all but copies of encyclopedias
STATEMENT = "Berlin statement"  # of 15 December 2025


@data.selection
def positions(world: data.World) -> pd.DataFrame:
    """The newest position of each member in each domain by the day, by the state's own word; two of
    one day both stay.
    """
    rows = world.until("positions")
    rows = rows[own_word(rows) & rows["country"].isin(world.members())]
    newest = rows.groupby(["country", "domain"])["date"].transform("max")
    return rows[rows["date"] == newest].sort_values(["country", "domain", "id"])


@data.selection
def land(world: data.World) -> pd.DataFrame:
    """The newest positions on ground troops."""
    rows = positions(world)
    return rows[rows["domain"] == "land"]


@data.dated
@data.selection
def command(world: data.World, element: str, said_by: tuple[str, ...] = REPORTED) -> pd.DataFrame:
    """Reports on one part of the command by the day, oldest first; pages derived from an
    encyclopedia only where asked for.
    """
    rows = world.until("command")
    return rows[(rows["element"] == element) & rows["said_by"].isin(said_by)].sort_values(
        ["date", "id"]
    )


def reached(rows: pd.DataFrame) -> str:
    """The furthest step that reports on a part of the command say it has reached; '' without any."""
    return max(rows["step"], key=STEPS.index, default="")


@data.dated
@data.selection
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


def land_items(world: data.World) -> list[tuple[str, Quantity, bool]]:
    """How many members hold each position on ground troops, as items of a bar chart."""
    rows = land(world)
    items = [
        (
            name,
            quantities.distinct(rows[rows["position"] == name], "country", "states"),
            name in WILLING,
        )
        for name in POSITIONS[:-1]
    ]
    return [item for item in items if item[1].value]


def willing(world: data.World) -> Quantity:
    """How many members would put troops on the ground: committed, offered or on a condition."""
    rows = land(world)
    return quantities.distinct(rows[rows["position"].isin(WILLING)], "country", "states")


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
        text: land(replace(world, as_of=text)) for text in days if text >= str(parameters.FIRST_DAY)
    }
    count = lambda of, names: quantities.distinct(
        of[of["position"].isin(names)], "country", "states"
    )  # noqa: E731
    return [
        (label, [(text, count(of, names)) for text, of in then.items()])
        for label, names in (("willing", WILLING), ("declined", ("declined",)))
    ]


def position_rows(world: data.World) -> list[dict]:
    """The newest positions, one table row a member and one column a domain."""
    rows, names = positions(world), data.load("countries", world.folder)["name"]
    shown = [domain for domain in DOMAINS if domain in set(rows["domain"])]
    table = []
    for country, of in rows.groupby("country"):
        cells = {
            domain: (
                [Row(id, row["position"]) for id, row in of[of["domain"] == domain].iterrows()]
                or ""
            )
            for domain in shown
        }
        table.append({"state": names[country]} | cells)
    return table


def condition_items(world: data.World) -> list[tuple[str, Quantity, bool]]:
    """On what the willing make ground troops depend, as items of a bar chart."""
    rows = land(world)
    rows = rows[rows["position"].isin(WILLING)].assign(
        condition=lambda frame: frame["condition"].replace("", "none stated")
    )
    return [
        (name, quantities.distinct(of, "country", "states"), name == "ceasefire")
        for name, of in rows.groupby("condition")
    ]


def land_rows(world: data.World) -> list[dict]:
    """Who would put troops on Ukrainian soil and on what condition: the newest position of each
    member that has one.
    """
    names = data.load("countries", world.folder)["name"]
    rows = land(world)
    order = rows["position"].map(POSITIONS.index)
    return [
        {
            "state": names[row["country"]],
            "position": Row(id, row["position"]),
            "condition": row["condition"] or "not said",
            "inside Ukraine": row["inside_ukraine"] or "not said",
            "since": day(row["date"]),
            "in short": row["statement"],
            "grade": row["verification"],
        }
        for id, row in rows.assign(order=order).sort_values(["order", "country", "id"]).iterrows()
    ]


def command_rows(world: data.World, *elements: str) -> list[dict]:
    """Every report on some parts of the command by the day, oldest first."""
    rows = world.until("command")
    rows = rows[rows["element"].isin(elements)].sort_values(["element", "date", "id"])
    return [
        {
            "part": row["element"],
            "reported": Row(id, day(row["date"])),
            "step": row["step"],
            "level": row["level"] or "not said",
            "where": row["location"] or "not said",
            "led by": ", ".join(row["nations"].split()) or "not said",
            "word of": WORD[row["said_by"]],
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
            "after": row["precondition"],
            "assets": row["assets"],
            "numbers": row["numbers"],
            "trigger": row["trigger"],
        }
        for id, row in rows.iterrows()
    ]


def offers_rows(world: data.World) -> list[dict]:
    """For each field of the statement the members that had offered something in the matching
    domain.
    """
    domain = {
        "skies": "air",
        "seas": "sea",
        "regeneration": "training",
        "inside Ukraine": "land",
        "lead": "command",
        "monitoring": "intelligence",
    }
    rows = positions(world)
    rows = rows[rows["position"].isin(WILLING)]
    return [
        {
            "field": field,
            "domain of the offers": kind,
            "members": quantities.distinct(rows[rows["domain"] == kind], "country", "states"),
            "who": [Row(id, row["country"]) for id, row in rows[rows["domain"] == kind].iterrows()],
        }
        for field, kind in domain.items()
        if field in set(statement(world)["field"])
    ]
