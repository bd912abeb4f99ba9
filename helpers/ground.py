"""How large a ground force members could keep up, by what they once kept on operations and by what
they declare, against the sizes proposed and the length of the line; and the rows that show it.
"""

from dataclasses import dataclass, replace

import pandas as pd

from helpers import commitments, data, quantities, uncertainty, vocabulary
from helpers.bounds import range_words
from helpers.membership import beyond_nato, indicator
from helpers.model_parameters import parameter, table_rows
from helpers.quantities import Quantity
from helpers.recipes import Recipe
from helpers.tables import Row, Sentence, day, listed, name_in, range_of, say
from helpers.timeline import own_word

FORCE = "ground force"  # the case that the parameters of this model apply to
SHARES = {
    "land-model": "land personnel by the shares that states declare",
    "observed": "the share of all in uniform that NATO's members were seen to keep in the field",
    "target": "the share that NATO aims at",
}
APART = ("TUR",)  # declares to no registry; the largest army of all, and of conscripts
LEADERS = ("FRA", "GBR")  # whose officials named the size of their part
STANDINGS = ("deducted", "released")  # what is on operations already: goes on, or ends
SERVICES = ("all", "volunteers")  # conscripts count, or not
RELIEFS = ("in turn", "none")  # those in place are relieved for as long as it takes, or never
WHO = {
    "all": "every member",
    "not-declined": "all but those who have declined",
    "willing": "those who would send soldiers",
}


@data.selection(depends_on=data.ROSTER)
def states(world: data.World, who: str) -> tuple[str, ...]:
    """The members that could be asked for ground troops, by what they have last said: see WHO;
    sorted codes.
    """
    who = vocabulary.word("who", who, WHO)
    land, members = commitments.land(world), world.members()
    declined = set(land.loc[land["position"] == "declined", "country"])
    if who == "all":
        return tuple(members)
    if who == "not-declined":
        return tuple(sorted(set(members) - declined))
    willing = land.loc[land["position"].isin(commitments.WILLING), "country"]
    return tuple(sorted(set(willing) - declined))


@data.selection(depends_on=data.ROSTER)
def beyond(world: data.World, who: str) -> tuple[str, ...]:
    """The same among the members outside NATO."""
    return tuple(sorted(set(states(world, who)) & set(beyond_nato(world)["country"])))


@dataclass(frozen=True)
class Relied:
    """The members outside NATO by their own word on soldiers for the force: codes, sorted.

    all; declined; offered, also on a condition; left, which have not declined. rows: their words
    """

    all: tuple[str, ...]
    declined: tuple[str, ...]
    offered: tuple[str, ...]
    left: tuple[str, ...]
    rows: tuple[str, ...]


@data.selection(depends_on=data.ROSTER)
def relied_on(world: data.World) -> Relied:
    """The members outside NATO by their newest own word on soldiers for the force; of a state that
    has none, by its word on taking part. Words on another mission are none.
    """
    six = sorted(beyond_nato(world)["country"])
    rows = world.until("positions")
    rows = rows[own_word(rows) & rows["country"].isin(six) & (rows["mission"] == "the force")]
    newest = {}
    for code, own in rows.sort_values(["date", "id"]).groupby("country"):
        words = own[own["domain"] == "land"] if "land" in set(own["domain"]) else own
        words = words[words["domain"].isin(["land", "political"])]
        if len(words):
            newest[code] = words.iloc[-1]
    said = {code: row["position"] for code, row in newest.items()}
    declined = tuple(code for code in six if said.get(code) == "declined")
    return Relied(
        tuple(six),
        declined,
        tuple(
            code
            for code in six
            if said.get(code) in commitments.WILLING and newest[code]["domain"] == "land"
        ),
        tuple(code for code in six if code not in declined),
        tuple(sorted(row["id"] for row in newest.values())),
    )


def _of_state(world: data.World, name: str, state: str) -> pd.DataFrame:
    """The rows of an indicator on a state; raises WordError for what is none."""
    rows = indicator(world, name)
    return rows[rows["country"] == data.known("countries", "id", state, world.folder)]


def conscripts(world: data.World, state: str) -> Quantity:
    """A state's conscripts in service where a row counts them; unknown elsewhere, also where there
    is no conscription.
    """
    rows = _of_state(world, "conscripts", state)
    rows = rows[rows["value"].notna()]
    return (
        quantities.total(rows, "value", "persons", how="cell")
        if len(rows)
        else quantities.unknown("persons")
    )


def land_personnel(world: data.World, state: str) -> Quantity:
    """A state's land personnel as published; else its active personnel times the share that armies
    usually have.
    """
    own = _of_state(world, "active land personnel", state)
    if len(own):
        return quantities.total(own, "value", "persons", how="cell")
    return quantities.scaled(active(world, state), parameter(world, "s_land", FORCE), "persons")


def _persons(world: data.World, name: str, state: str) -> Quantity:
    """A state's value of an indicator that counts persons; unknown where no row says."""
    rows = _of_state(world, name, state)
    if rows.empty:
        return quantities.unknown("persons")
    return quantities.total(rows, "value", "persons", how="cell")


def active(world: data.World, state: str) -> Quantity:
    """A state's active personnel of all services."""
    return _persons(world, "active personnel", state)


@data.selection(depends_on=data.DATED)
def abroad_rows(world: data.World, state: str) -> pd.DataFrame:
    """The newest count of each mission of a state, of its army and of all it has abroad; rows
    without any number are left out.
    """
    state = data.known("countries", "id", state, world.folder)
    rows = replace(world, timing="open").until(
        "deployments", "observed"
    )  # a year's count stands beside the personnel of the same year
    counted = rows[["personnel", "low", "high"]].notna().any(axis=1)
    rows = rows[(rows["country"] == state) & counted].sort_values(["observed", "id"])
    return rows.drop_duplicates(["scope", "mission"], keep="last")


def counted(rows: pd.DataFrame, id: str) -> Quantity:
    """The soldiers of one row: its number; a floor counts as its floor, a ceiling as anything from
    none to it.
    """
    id = vocabulary.word("row", id, rows.index)
    row, cells = rows.loc[[id]], rows.loc[id]
    if pd.notna(cells["personnel"]):
        return quantities.total(row, "personnel", "persons", how="cell")
    if pd.isna(cells["low"]):
        return at_most(row, "personnel", "persons")
    if pd.isna(cells["high"]):
        return quantities.exact(int(cells["low"]), "persons", (id,), Recipe("cell", "low"))
    return quantities.total(row, "personnel", "persons", how="cell")


def _together(rows: pd.DataFrame) -> Quantity:
    """The soldiers of some rows, as a formula begins from them: none that no row counts."""
    parts = [counted(rows, id) for id in rows.index]
    return quantities.sum_of(parts, "persons") if parts else quantities.chosen(0, "persons")


def _settled(number: Quantity) -> Quantity:
    """A number both of whose ends are known: what it leaves open is its range."""
    return number if None in (number.low, number.high) else replace(number, unknowns=0)


@data.selection(depends_on=data.DATED)
def garrisons(world: data.World, state: str) -> Quantity:
    """A state's soldiers in permanent garrisons abroad: its army's where a row counts them, else of
    all services. They do not rotate and do not come home.
    """
    rows = abroad_rows(world, state)
    rows = rows[rows["stay"] == "permanent"]
    army = rows[rows["scope"] == "army"]
    return _settled(_together(army if len(army) else rows))


@data.selection(depends_on=data.DATED)
def on_operations(world: data.World, state: str) -> Quantity:
    """A state's land forces on operations abroad, who are relieved in turn: its army's where a row
    counts them, else from the missions known up to what its total abroad leaves room for; open
    where nothing is counted.
    """
    rows = abroad_rows(world, state)
    army = rows[(rows["scope"] == "army") & (rows["stay"] == "rotates")]
    if len(army):
        return _settled(_together(army.tail(1)))
    whole = rows[rows["scope"] == "all"].tail(1)
    missions = rows[(rows["scope"] == "mission") & (rows["stay"] == "rotates")]
    known = _together(missions)
    if whole.empty:
        number = known if len(missions) else Quantity(None)
    else:
        number = quantities.modelled(
            "abroad",
            "persons",
            K=known,
            W=counted(whole, whole.index[0]),
            G=garrisons(world, state),
            x_land=parameter(world, "x_land", FORCE),
        )
    if number.value is None:
        return quantities.of_rows("open", "", (), "persons")
    return _settled(number)


@data.selection(depends_on=data.DATED)
def record(world: data.World, state: str) -> Quantity:
    """How many soldiers a state was seen to keep on operations, on average over a year: the middle
    of the years recorded, from the least to the most; unknown where no row says.
    """
    return _persons(world, "troops deployed", state)


@data.selection(depends_on=data.DATED)
def recorded(world: data.World, state: str, standing: str = "deducted") -> Quantity:
    """What a state could add by its own record: what it was seen to keep on operations, less what
    it has on operations now; unknown where either is.

    standing  deducted: its present operations go on; released: they end
    """
    if vocabulary.word("standing", standing, STANDINGS) == "released":
        C = quantities.chosen(0, "persons")
    else:
        C = on_operations(world, state)
        C = C if C.high is not None else quantities.unknown("persons")
    return _settled(quantities.modelled("kept_up", "persons", T=record(world, state), C=C))


@data.selection(depends_on=data.ROSTER)
def recorded_by(world: data.World, codes: tuple[str, ...], standing: str = "deducted") -> Quantity:
    """What some states could add together by their own records; unknown of no state."""
    parts = [recorded(world, code, standing) for code in codes]
    return quantities.sum_of(parts, "persons")


@data.selection(depends_on=data.ROSTER)
def offers(world: data.World) -> Quantity:
    """What those who would send soldiers soldiers could add together by their own records."""
    return recorded_by(world, states(world, "willing"))


@data.selection(depends_on=data.DATED)
def sustained(
    world: data.World,
    state: str,
    share: str = "land-model",
    standing: str = "deducted",
    service: str = "all",
    relief: str = "in turn",
) -> Quantity:
    """What a state could keep deployed by a share of its strength, less what it has on operations
    already; without relief what it could send once.

    share     land-model: the share of its land personnel, garrisons apart, that states declare
              deployable, over the rotation factor; observed and target: a share of all its active
              personnel that NATO's members were seen to keep in the field, or that NATO aims at:
              rotation is in it already
    standing  deducted: its present operations go on; released: they end
    service   all: conscripts count; volunteers: they do not, where a row counts them
    relief    in turn: over the rotation factor; none: nobody is kept back to relieve them
    """
    share = vocabulary.word("share", share, SHARES)
    service = vocabulary.word("service", service, SERVICES)
    relieved = vocabulary.word("relief", relief, RELIEFS) == "in turn"
    R = (
        parameter(world, "R", FORCE)
        if share == "land-model" and relieved
        else quantities.chosen(1, "persons per person deployed")
    )
    if vocabulary.word("standing", standing, STANDINGS) == "released":
        C = quantities.chosen(0, "persons")
    else:
        C = quantities.scaled(on_operations(world, state), R, "persons")
    if share == "land-model":
        A, d = land_personnel(world, state), parameter(world, "d_land", FORCE)
        if garrisons(world, state).value:
            A = quantities.less(A, garrisons(world, state))
        if service == "volunteers" and conscripts(world, state).value is not None:
            A = quantities.less(A, conscripts(world, state))
    else:
        A = active(world, state)
        d = parameter(world, "s_sus" if share == "observed" else "s_aim", FORCE)
    return _settled(quantities.modelled("sustained", "persons", A=A, d=d, C=C, R=R))


@data.selection(depends_on=data.ROSTER)
def sustained_by(
    world: data.World,
    codes: tuple[str, ...],
    share: str = "land-model",
    standing: str = "deducted",
    service: str = "all",
) -> Quantity:
    """What some states could keep deployed together; unknown of no state."""
    parts = [sustained(world, code, share, standing, service) for code in codes]
    return quantities.sum_of(parts, "persons")


def declared_by(world: data.World, codes: tuple[str, ...]) -> Quantity:
    """What some states could add together by the shares that states declare; those whose army
    nothing likens to theirs are left out: see APART.
    """
    codes = tuple(data.known("countries", "id", code, world.folder) for code in codes)
    return sustained_by(world, tuple(code for code in codes if code not in APART))


def sent_by(world: data.World, codes: tuple[str, ...]) -> Quantity:
    """What the same states could send together once, with nobody kept back to relieve them, by the
    shares that states declare deployable: a ceiling that was never tested.
    """
    codes = tuple(data.known("countries", "id", code, world.folder) for code in codes)
    parts = [sustained(world, code, relief="none") for code in codes if code not in APART]
    return quantities.sum_of(parts, "persons")


@data.selection(depends_on=data.DATED)
def proposals(world: data.World) -> pd.DataFrame:
    """The sizes proposed for the whole force by the day, oldest first."""
    rows = world.until("proposals").sort_values(["date", "id"])
    return rows[rows["whose"] == "whole force"]


def size(rows: pd.DataFrame, id: str) -> Quantity:
    """The size that a proposal names: its upper end where it gives two, 'at least' where it gives
    only the lower one; unknown where it is not among the rows. Raises WordError for no proposal.
    """
    if id not in rows.index:
        id = data.known("proposals", "id", id)
    if id not in rows.index:
        return quantities.unknown("persons")
    low, high = rows.loc[id, "low"], rows.loc[id, "high"]
    if pd.isna(low):
        return (
            Quantity(int(high), None, int(high), "persons", 1, (id,), Recipe("cell", "high"))
            if pd.notna(high)
            else quantities.unknown("persons")
        )
    if pd.isna(high):
        return Quantity(int(low), int(low), None, "persons", 1, (id,), Recipe("cell", "low"))
    return Quantity(int(high), int(low), int(high), "persons", 0, (id,), Recipe("cell", "high"))


def proposed(rows: pd.DataFrame, id: str) -> str:
    """A proposal by who made it and when."""
    id = vocabulary.word("row", id, rows.index)
    return f"{rows.loc[id, 'proposer']}, {day(rows.loc[id, 'date'])}"


def at_most(rows: pd.DataFrame, column: str, unit: str) -> Quantity:
    """The number of one row; where the row gives only an upper end, anything from none to that."""
    column = vocabulary.word("column", column, rows.columns)
    if pd.notna(rows[column].iloc[0]):
        return quantities.total(rows, column, unit, how="cell")
    return quantities.of_rows("from", "high", rows, unit)


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
        "The members that would send soldiers could keep up {willing} ({range}) more by what they"
        " once kept on operations, less what they have out now, and {declared} ({wide}) by the"
        " shares that states declare, Türkiye apart; France and the United Kingdom alone {leaders},"
        " by what they once kept. Of the members outside NATO {no} have declined"
        " soldiers for the force and {yes} offered any; the others could keep {left} ({few})"
        " in the field, by the share of all in uniform that NATO's members were seen to"
        " keep there and before those they have abroad already come off.",
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
        "{said} Of the random draws {chance} reach {wanted}.",
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


def proposal_items(world: data.World) -> list[tuple[str, Quantity, bool]]:
    """The proposals with their sizes, as items of a chart of ranges; those that officials plan or
    ask for are the subject.
    """
    rows = proposals(world)
    return [
        (proposed(rows, id), size(rows, id), row["standing"] != "studied")
        for id, row in rows.iterrows()
    ]


def proposal_title(world: data.World) -> Sentence:
    """How far the sizes proposed lie apart, and what the willing could keep up, as the title of a
    chart.
    """
    return say(
        "The sizes proposed by the day run over more than a factor of ten;"
        " those who would send soldiers could keep up {willing} more",
        willing=uncertainty.in_words(offers(world), world),
    )


def proposal_rows(world: data.World) -> list[dict]:
    """Every size proposed by the day, for the whole force or a state's part, oldest first; of one
    that names two ends, each.
    """
    rows = world.until("proposals").sort_values(["date", "id"])
    names, table = world.country_names, []
    for id, row in rows.iterrows():
        number = size(rows, id)
        two = None not in (number.low, number.high) and number.low != number.high
        part = f", for {name_in(names[row['country']])}" if row["country"] else ""
        table.append(
            {
                "when": Row(id, day(row["date"])),
                "proposer": row["proposer"] + part,
                "for": row["task"],
                "from": quantities.end(number, "low") if two else "",
                "persons": number,
                "standing": row["standing"],
            }
        )
    return table


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
                "kept on operations once": record(world, code),
                "on operations now": range_words(on_operations(world, code)),
                "could add, by record": kept,
                "range": range_of(kept),
                "land personnel": land_personnel(world, code),
                "in garrisons abroad": garrisons(world, code)
                if garrisons(world, code).rows
                else "none counted",
                "by declared shares": declared,
                "its range": range_of(declared),
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
            -(row["could add, by record"].value or 0),
            -(row["by declared shares"].value or 0),
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
        "Members that would send soldiers could keep {kept} in Ukraine year after year beside those"
        " now abroad; sent once, on paper and without Türkiye’s, {sent}",
        sent=uncertainty.in_words(sent_by(world, states(world, "willing")), world),
        kept=uncertainty.in_words(offers(world), world),
    )


def reached(world: data.World) -> Sentence:
    """What sets apart the soldiers sent once and those kept up, and how far the sizes proposed lie
    apart.
    """
    rows = proposals(world)
    least, most = quantities.extremes([size(rows, id) for id in rows.index])
    return say(
        "Kept up means relieved: each in place takes {R} in all ({range}). It is counted by what"
        " states have kept abroad before, sent once by what they declare deployable, never tested."
        " The sizes proposed run from {least} to {most}. Brackets hold nine draws in ten.",
        R=parameter(world, "R", FORCE),
        range=range_of(parameter(world, "R", FORCE)),
        least=least,
        most=most,
    )


def pools(world: data.World) -> list[dict]:
    """For each proposal, the persons that must be in the cycle, by the rotation factor and, where
    it gives one, as published.
    """
    rows, R = proposals(world), parameter(world, "R", FORCE)
    table = []
    for id in rows.index:
        number = size(rows, id)
        needed = quantities.modelled("pool", "persons", N_dep=number, R=R)
        published = quantities.cell(rows, id, "pool", "persons")
        table.append(
            {
                "proposal": Row(id, proposed(rows, id)),
                "deployed": number,
                "in the cycle": needed,
                "range": range_of(needed),
                "as published": published if published.value is not None else "",
            }
        )
    return table


def density_rows(world: data.World) -> list[dict]:
    """Persons per kilometre in earlier forces, and what the same density would take on the front
    line of Ukraine.
    """
    rows, L = world.table("precedents"), parameter(world, "L", FORCE)
    table = []
    for id, row in (
        rows[rows["length"].notna() & rows["personnel"].notna()].sort_values("id").iterrows()
    ):
        persons = quantities.total(rows.loc[[id]], "personnel", "persons", how="cell")
        per_km = quantities.modelled(
            "density",
            "persons per km",
            N=persons,
            L=quantities.total(rows.loc[[id]], "length", "km", how="cell"),
        )
        table.append(
            {
                "force": Row(id, f"{row['mission']}, {day(row['date'])}"),
                "task": row["task"],
                "persons": persons,
                "per kilometre": per_km,
                "on Ukraine's front": uncertainty.in_words(
                    quantities.modelled("line_force", "persons", rho_L=per_km, L=L), world
                ),
            }
        )
    return sorted(table, key=lambda row: (row["per kilometre"].value, row["force"].id))


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
    return uncertainty.index_rows(offers(world), world)


SIZES = {  # the proposals that answers are held against
    "monitoring": "proposal/2025-08-20-csis-monitoring",
    "small": "proposal/2025-04-iiss-small",
    "medium": "proposal/2025-04-iiss-medium",
    "large": "proposal/2025-04-iiss-large",
    "asked": "proposal/2025-04-29-radakin",
}


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


def size_marks(world: data.World) -> list[tuple[Quantity, str]]:
    """The proposed sizes as lines of a chart."""
    rows = proposals(world)
    return [
        (quantities.exact(size(rows, id).low, "persons", (id,), Recipe("cell", "low")), words)
        for words, id in SIZES.items()
        if id in rows.index
    ]


def named_rows(world: data.World) -> list[dict]:
    """The numbers of soldiers that states have named by their own word, the newest of each: a
    number holds until it is taken back.
    """
    rows = commitments.numbers(world)
    names = world.country_names
    table = []
    for id, row in rows.sort_values(["country", "date"]).iterrows():
        low, high = (
            "" if pd.isna(row[end]) else quantities.cell(rows, id, end, "persons")
            for end in ("troops_low", "troops_high")
        )
        table.append(
            {
                "state": Row(id, names[row["country"]]),
                "day": day(row["date"]),
                "from": low,
                "to": high,
                "could add, by record": uncertainty.in_words(
                    recorded(world, row["country"]), world
                ),
                "in short": row["statement"],
            }
        )
    return table


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
        return states(world, who), WHO[vocabulary.word("who", who, WHO)]
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
        "France and the United Kingdom could keep up {leaders} more by their records;"
        " officials planned {planned} together",
        leaders=uncertainty.in_words(recorded_by(world, LEADERS), world),
        planned=size(world.table("proposals"), "proposal/2026-01-08-times"),
    )


def parameter_rows(world: data.World) -> list[dict]:
    """The parameters of the ground force, one table row each."""
    return table_rows(world, "R", "d_land", "s_land", "s_sus", "s_aim", "x_land", "L")
