"""What could be kept up, as sentences, table rows and items of charts: in short, state by state, by
each way of counting, and against the sizes proposed.
"""

import pandas as pd

from helpers import commitments, data, quantities, sobol_indices, uncertainty
from helpers.ground.sizes_proposed import SIZES, proposals, size
from helpers.ground.soldiers_abroad import garrisons, on_operations
from helpers.ground.soldiers_kept_up import (
    APART,
    SHARES,
    declared_by,
    offers,
    record,
    recorded,
    recorded_by,
    sent_by,
    sustained,
    sustained_by,
)
from helpers.ground.soldiers_of_a_state import FORCE, land_personnel
from helpers.ground.who_could_be_asked import relied_on, states
from helpers.model_parameters import parameter, table_rows
from helpers.numbers_known_by_their_ends import range_words
from helpers.quantities import Quantity
from helpers.tables import Linked, Row, Sentence, listed, range_of, say, with_range

LEADERS = ("FRA", "GBR")  # whose officials named the size of their part
YEARS = "2005 to 2016"  # of the records


def in_short(world: data.World) -> Sentence:
    """How many soldiers those who would send some could keep up, the two leaders alone, and what
    the members outside NATO have said and could keep; and how often the middle one of the sizes
    that answers are held against is reached, where it is proposed by the day.
    """
    offered, six = states(world, "willing"), relied_on(world)
    names = world.country_names
    willing, declared, left = (
        uncertainty.spread(kept, world.seed)
        for kept in (
            offers(world),
            declared_by(world, offered),
            sustained_by(world, six.left, "observed", "released"),
        )
    )
    said = say(
        "By what they once kept on operations, less what they have out now, the members that would"
        " send soldiers could keep up {willing} ({range}), and {declared} ({wide}) by the"
        " shares that states declare, Türkiye apart; France and the United Kingdom alone {leaders},"
        " by what they once kept. Of the members outside NATO {no} have declined"
        " soldiers for the force and {yes} offered any; the others could keep {left} ({few})"
        " in the field, if they kept as large a share there as NATO's members were seen to and had"
        " nobody abroad now.",
        willing=willing,
        range=range_of(willing),
        declared=declared,
        wide=range_of(declared),
        no=listed([names[code] for code in six.declined]),
        yes=[names[code] for code in six.offered] or "none has",
        left=left,
        few=range_of(left),
        leaders=uncertainty.in_words(recorded_by(world, LEADERS), world),
    )
    rows = proposals(world)
    if SIZES["medium"] not in rows.index:
        return said
    wanted = size(rows, SIZES["medium"])
    return say(
        "{said} Those who would send reach {wanted} in {chance} of the random draws.",
        said=said,
        wanted=wanted,
        chance=uncertainty.chance_told(offers(world), wanted.low, world.seed),
    )


def kept_marks(world: data.World) -> list[tuple[Quantity, str]]:
    """What those who would send soldiers could keep up by both ways of counting, and all members by
    their records, as lines of a chart.
    """
    offered = states(world, "willing")
    lines = {
        "would send, by record": offers(world),
        "would send, by declared shares": declared_by(world, offered),
        "all members, by record": recorded_by(world, states(world, "all")),
    }
    return [(uncertainty.spread(kept, world.seed), words) for words, kept in lines.items()]


def state_rows(world: data.World, codes: tuple[str, ...]) -> list[dict]:
    """What each state could add by its record and by declared shares, and what that is made of; the
    largest record first.
    """
    names = world.country_names
    said = commitments.land(world)
    table = []
    for code in (data.known("countries", "id", code, world.folder) for code in codes):
        kept, declared = (
            uncertainty.spread(number, world.seed)
            for number in (recorded(world, code), sustained(world, code))
        )
        table.append(
            {
                "state": names[code],
                "kept on operations once": with_range(record(world, code)),
                "on operations now": range_words(on_operations(world, code)),
                "could add, by record": with_range(kept),
                "land personnel": land_personnel(world, code),
                "in garrisons abroad": garrisons(world, code)
                if garrisons(world, code).rows
                else "none counted",
                "by declared shares": with_range(declared),
                "on troops in Ukraine": (
                    [
                        Row(id, row["position"])
                        for id, row in said[said["country"] == code].iterrows()
                    ]
                    or "not said"
                ),
            }
        )
    return sorted(
        table,
        key=lambda row: (
            -(row["could add, by record"].values["number"].value or 0),
            -(row["by declared shares"].values["number"].value or 0),
            row["state"],
        ),
    )


def who_items(world: data.World) -> list[tuple[str, Quantity, bool]]:
    """What those who would send soldiers could send once and keep up, by record and by declared
    shares, and what every member could keep up by record, as items of a chart of ranges.
    """
    willing, every = states(world, "willing"), states(world, "all")
    answers = {
        "would send: sent once, by declared shares, Türkiye apart": sent_by(world, willing),
        "would send: kept up, by record": offers(world),
        "would send: kept up, by declared shares, Türkiye apart": declared_by(world, willing),
        "every member: kept up, by record": recorded_by(world, every),
    }
    return [
        (words, uncertainty.spread(answer, world.seed), words.startswith("would send"))
        for words, answer in answers.items()
    ]


def who_title(world: data.World) -> Sentence:
    """What those who would send soldiers could send once and could keep up, as the title of a
    chart.
    """
    return say(
        "Members that would send soldiers could keep {kept} in place for years; sent once, on"
        " paper, without Türkiye’s, {sent}",
        sent=uncertainty.in_words(sent_by(world, states(world, "willing")), world),
        kept=uncertainty.in_words(offers(world), world),
    )


def reached(world: data.World) -> Sentence:
    """What the ways to count mean; whose soldiers they are and who adds none; and how far the sizes
    proposed lie apart, with what the two ends are for.
    """
    rows = proposals(world)
    least, most = quantities.extremes([size(rows, id) for id in rows.index])
    return say(
        "‘Kept up’ is for years: each soldier there takes {R} in all ({range}). ‘Sent"
        " once’ is without relief. ‘By record’ is what states had abroad in a usual"
        " year ({years}), minus those abroad now{whose}. ‘By declared shares’ takes the part of"
        " land forces that states together declare deployable, untested. Proposed:"
        " {least}{to_watch} to {most}{to_deter}. Ranges hold nine draws in ten, ‘at least’"
        " nineteen in twenty.",
        whose=_whose(world),
        R=parameter(world, "R", FORCE),
        range=range_of(parameter(world, "R", FORCE)),
        years=YEARS,
        least=least,
        to_watch=_meant_for(rows, least),
        most=most,
        to_deter=_meant_for(rows, most),
    )


def _meant_for(rows: pd.DataFrame, size: Quantity) -> str:
    """What a force of a size is proposed for, in brackets; nothing where not one row says."""
    tasks = {rows.loc[id, "task"] for id in size.rows}
    return f" ({tasks.pop()})" if len(tasks) == 1 else ""


def _whose(world: data.World) -> Sentence | str:
    """How many of the soldiers that those who would send some could keep up are French and British,
    middle beside middle; and who of them are known to add none at least, as more are out now than
    were in Afghanistan, their only record: a floor, which is no proof that they could not.
    """
    offered, names = states(world, "willing"), world.country_names
    if not set(LEADERS) <= set(offered):
        return ""
    middle = uncertainty.spread(offers(world), world.seed)
    said = say(
        "; of the " + ("‘{probably}’" if middle.beside else "{every}") + " {leaders} are French and"
        " British",
        **{"probably": range_of(middle)} if middle.beside else {"every": with_range(middle)},
        leaders=uncertainty.in_words(recorded_by(world, LEADERS), world),
    )
    none = [code for code in offered if recorded(world, code).says_nothing]
    if not none:
        return said
    return say(
        "{said}; what {states} could add is {unknown} (only Afghanistan is on record), hence ‘at"
        " least’",
        said=said,
        states=listed([names[code] for code in none]),
        unknown=Linked(
            "not known", quantities.sum_of([recorded(world, code) for code in none], "persons")
        ),
    )


def way_rows(world: data.World, codes: tuple[str, ...]) -> list[dict]:
    """What some states could keep up by each of four ways to take it, one table row a way."""
    ways = {
        "what each once kept on operations": recorded_by(world, codes),
        "the shares that states declare, Türkiye apart": declared_by(world, codes),
        SHARES["observed"]: sustained_by(world, codes, "observed"),
        SHARES["target"]: sustained_by(world, codes, "target"),
    }
    drawn = {words: uncertainty.spread(kept, world.seed) for words, kept in ways.items()}
    return [
        {"way": words, "those who would send soldiers": kept, "range": range_of(kept)}
        for words, kept in drawn.items()
    ]


def variants(world: data.World) -> list[tuple[str, Quantity]]:
    """What could be kept up under other answers to who goes and how it is counted: by record, with
    present operations ended, with the unwilling; by declared shares, without conscripts.
    """
    willing, every = states(world, "willing"), states(world, "all")
    apart = tuple(code for code in willing if code in APART)
    registered = tuple(code for code in willing if code not in APART)
    return [
        ("those who would send soldiers, by record", offers(world)),
        (
            "the same with present operations ended",
            recorded_by(world, willing, standing="released"),
        ),
        (
            "all but those who have declined, by record",
            recorded_by(world, states(world, "not-declined")),
        ),
        ("every member, the unwilling too, by record", recorded_by(world, every)),
        (
            "those who would send soldiers, by declared shares, Türkiye apart",
            declared_by(world, willing),
        ),
        ("these without conscripts", sustained_by(world, registered, service="volunteers")),
        ("Türkiye alone, if those shares were its own", sustained_by(world, apart)),
        ("every member, by declared shares, Türkiye apart", declared_by(world, every)),
    ]


def released_title(world: data.World) -> Sentence:
    """What the willing could keep in place if their operations ended, as the title of a chart."""
    return say(
        "If their present operations ended, those who would send soldiers could keep {all}"
        " soldiers in place",
        all=uncertainty.in_words(
            recorded_by(world, states(world, "willing"), standing="released"), world
        ),
    )


def driver_rows(world: data.World) -> list[dict]:
    """The inputs that drive what those who would send soldiers could add, one table row each."""
    return sobol_indices.index_rows(offers(world), world)


def reach_rows(world: data.World) -> list[dict]:
    """For each variant the soldiers that could be kept in place, and the share of the draws in
    which a proposed size is reached.
    """
    rows = proposals(world)
    sizes = {words: size(rows, id) for words, id in SIZES.items() if id in rows.index}
    table = []
    for words, kept in variants(world):
        drawn = uncertainty.spread(kept, world.seed)
        row = {"who": words, "kept in place": drawn, "range": range_of(drawn)}
        for name, number in sizes.items():
            row[f"reach {quantities.text(number.low)} ({name})"] = uncertainty.chance_told(
                kept, number.low, world.seed
            )
        table.append(row)
    return table


def variant_items(world: data.World) -> list[tuple[str, Quantity, bool]]:
    """The variants with their 5-95 % intervals, as items of a chart of ranges."""
    return [
        (words, uncertainty.spread(kept, world.seed), place == 0)
        for place, (words, kept) in enumerate(variants(world))
    ]


def parameter_rows(world: data.World) -> list[dict]:
    """The parameters of the ground force, one table row each."""
    return table_rows(world, "R", "d_land", "s_land", "s_sus", "s_aim", "x_land", "L")
