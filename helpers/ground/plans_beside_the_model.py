"""Back-tests: what others planned, judged or declared, beside what the model gives for it."""

from helpers import data, quantities, uncertainty, word_check
from helpers.ground.kept_up_in_rows_and_charts import LEADERS
from helpers.ground.sizes_proposed import proposed, size
from helpers.ground.soldiers_kept_up import declared_by, offers, record, recorded_by, sustained
from helpers.ground.who_could_be_asked import WHO, states
from helpers.membership import indicator
from helpers.numbers_known_by_their_ends import range_words
from helpers.quantities import Quantity
from helpers.tables import Row, Sentence, listed, range_of, say

# Back-tests: what others planned, judged or declared, beside what the model gives for it


PLANNED: dict[str, tuple[str, ...] | str] = {  # proposals, and whose part: states, or who in WHO
    "proposal/2025-04-iiss-sustain": "willing",
    "proposal/2026-01-08-times": LEADERS,
    "proposal/2026-01-08-times-gbr": ("GBR",),
    "proposal/2026-01-08-panot-fra": ("FRA",),
    "proposal/2025-02-17-washington-post-fra": ("FRA",),
}
JUDGED = {  # sizes on which planners and researchers gave a judgement
    "proposal/2025-04-iiss-small": "most easily formed and kept up",
    "proposal/2025-04-29-ministers": "a push for a joint effort",
    "proposal/2025-04-iiss-medium": "could be formed, with gaps",
    "proposal/2025-04-29-radakin": "no chance",
}


def parts(world: data.World, who: tuple[str, ...] | str) -> tuple[tuple[str, ...], str]:
    """The states whose part a plan is, and words for them."""
    if isinstance(who, str):
        return states(world, who), WHO[word_check.word("who", who, WHO)]
    names = world.country_names
    return who, listed([names[code] for code in who])


def planned_rows(world: data.World) -> list[dict]:
    """What was planned or held possible beside what the model gives for the same states, by record
    and by declared shares. What was said after the day counts too: it tests the model, no claim.
    """
    rows = world.table("proposals")
    table = []
    for id, who in PLANNED.items():
        if id not in rows.index:
            continue
        (codes, whose), number = parts(world, who), size(rows, id)
        kept = uncertainty.spread(recorded_by(world, codes), world.seed)
        declared = uncertainty.spread(declared_by(world, codes), world.seed)
        table.append(
            {
                "whose part": whose,
                "planned": Row(id, proposed(rows, id)),
                "persons": range_words(number),
                "by record": kept,
                "range": range_of(kept),
                "by declared shares": declared,
                "its range": range_of(declared),
                "the plan is": within(number, kept, declared),
            }
        )
    return table


def within(number: Quantity, *models: Quantity) -> str:
    """Where a number lies by two models: inside, below or above both ranges, or inside one."""
    places = set()
    for model in models:
        low, high = quantities.ends(model)
        places.add(
            "below" if number.number < low else "above" if number.number > high else "inside"
        )
    return f"{places.pop()} both ranges" if len(places) == 1 else "inside one range"


def judged_rows(world: data.World) -> list[dict]:
    """What planners and researchers judged of a size, beside the share of the draws in which those
    who would send soldiers reach it by their records.
    """
    rows = world.table("proposals")
    kept = offers(world)
    return [
        {
            "size": Row(id, proposed(rows, id)),
            "persons": (asked := size(rows, id)),
            "judged then": words,
            "reached in the draws": uncertainty.chance_told(kept, asked.number, world.seed),
        }
        for id, words in JUDGED.items()
        if id in rows.index and kept.value is not None
    ]


def declared_rows(world: data.World) -> list[dict]:
    """What each state itself declared that its land forces could keep up, beside the model by the
    shares of all 27 together, before anything comes off; the largest first.
    """
    rows = indicator(world, "sustainable land forces")
    rows = rows[rows["country"].isin(world.members())].sort_values("value", ascending=False)
    names = world.country_names
    table = []
    for id, row in rows.iterrows():
        code = row["country"]
        given = uncertainty.spread(sustained(world, code, standing="released"), world.seed)
        table.append(
            {
                "state": names[code],
                "year": Row(id, str(row["year"])),
                "declared": quantities.total(rows.loc[[id]], "value", "persons", how="cell"),
                "the model gives": given,
                "range": range_of(given),
                "kept on operations once": record(world, code),
            }
        )
    return table


def record_items(world: data.World) -> list[tuple[str, Quantity, bool]]:
    """What the model gives by record and below it each plan for the same states, as items of a
    chart of ranges.
    """
    rows, items = world.table("proposals"), []
    for who in dict.fromkeys(PLANNED.values()):
        codes, whose = parts(world, who)
        kept = uncertainty.spread(recorded_by(world, codes), world.seed)
        items.append((f"{whose}, by record", kept, False))
        items += [
            (proposed(rows, id), size(rows, id), True)
            for id, own in PLANNED.items()
            if own == who and id in rows.index
        ]
    return items


def record_title(world: data.World) -> Sentence:
    """What the two leaders could keep up and what officials planned, as the title of a chart."""
    return say(
        "France and the United Kingdom could keep up {leaders} by their records;"
        " officials planned {planned} together",
        leaders=uncertainty.in_words(recorded_by(world, LEADERS), world),
        planned=size(world.table("proposals"), "proposal/2026-01-08-times"),
    )
