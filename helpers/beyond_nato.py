"""How much the members beyond NATO weigh: measures of size and of use, the bars that single out
some of them.
"""

import functools
import itertools
import math
from dataclasses import dataclass, replace

import pandas as pd

from helpers import data, formulas, numbers_known_by_their_ends, quantities, word_check
from helpers.membership import beyond_nato, indicator
from helpers.quantities import Quantity
from helpers.tables import Sentence, looked_at, say

NEXT_EDITION = "2026-05-01"  # a day by which the first edition after the article was out
SIZE = ("military expenditure", "active personnel", "combat aircraft")  # these decide the claim
USE = (
    "tanks of all kinds",
    "troops abroad",
    "military aid to Ukraine",
)  # of use in Ukraine, shown beside it
GAP = 2  # times the largest of the others: the factor is this project's, no text sets one
BARS = {"median": "median", "equal-share": "equal share", "one-percent": "one per cent"}


@data.selection(depends_on=data.ROSTER)
def values(world: data.World, measure: str) -> pd.DataFrame:
    """A measure's rows for the members, one each."""
    rows = indicator(world, word_check.word("measure", measure, (*SIZE, *USE)))
    return rows[rows["country"].isin(world.members())].sort_values("country")


def bar_value(rows: pd.DataFrame, bar: str) -> float | None:
    """The bar in the measure's unit over the members whose value is known: their median, an equal
    share or one per cent of their sum.
    """
    bar = word_check.word("bar", bar, BARS.values())
    known = rows["value"].dropna()
    if known.empty:
        return None
    sums = {"equal share": known.sum() / len(known), "one per cent": known.sum() / 100}
    return float(sums[bar]) if bar in sums else float(known.median())


def passing(world: data.World, measure: str, bar: str) -> tuple[list[str] | None, tuple[str, ...]]:
    """The members beyond NATO above a bar.

    Parameters
    ----------
    world : World
        The day, roster and evidence looked at.
    measure : str
        A measure of SIZE or USE.
    bar : str
        median, equal share or one per cent, of all members as in bar_value.

    Returns
    -------
    list of str or None
        Their codes, sorted; None where the value of one of them is not known well enough to tell.
    tuple of str
        The ids of the rows of all members.
    """
    rows, six = values(world, measure), _ends(world, measure)
    at = bar_value(rows, bar)
    ids = tuple(sorted(rows.index))
    if at is None or any(low <= at < high for low, high in six.values()):
        return None, ids
    return sorted(code for code, (low, _) in six.items() if low > at), ids


@data.selection(depends_on=data.ROSTER)
def _ends(world: data.World, measure: str) -> dict[str, tuple[float, float]]:
    """The least and the most each member beyond NATO may have: anything where no row says."""
    rows, ends = values(world, measure), {}
    for code in beyond_nato(world)["country"]:
        own = rows[rows["country"] == code]
        ends[code] = (
            numbers_known_by_their_ends.ends(quantities.cell(own, own.index[0], "value"))
            if len(own)
            else (0.0, math.inf)
        )
    return ends


def _value(rows: pd.DataFrame, country: str) -> Quantity:
    """A state's value by a measure; unknown where no row gives it."""
    own = rows[rows["country"] == country]
    if own.empty:
        return quantities.unknown()
    return quantities.cell(rows, own.index[0], "value", own["unit"].iloc[0])


@dataclass(frozen=True)
class Gap:
    """How two members stand to the others beyond NATO by a measure.

    inside, outside   the least and the most that the smaller of the two, and the largest of the
                      others, may have
    smaller, larger   who these are, '' where a value is missing; factor: one over the other
    """

    inside: tuple[float, float]
    outside: tuple[float, float]
    smaller: str
    larger: str
    factor: Quantity
    rows: tuple[str, ...]

    def apart(self, asked: float) -> bool | None:
        """Whether the smaller has so many times what the larger has, over the whole ranges."""
        if self.inside[0] >= asked * self.outside[1]:
            return True
        return False if self.inside[1] < asked * self.outside[0] else None


def gap(world: data.World, measure: str, pair: list[str]) -> Gap:
    """The gap between two members and the others beyond NATO by a measure.

    Parameters
    ----------
    world : World
        The day, roster and evidence looked at.
    measure : str
        A measure of SIZE or USE.
    pair : list of str
        The codes of the two.
    """
    codes = (data.known("countries", "id", state, world.folder) for state in pair)
    return _gap(world, word_check.word("measure", measure, (*SIZE, *USE)), tuple(codes))


@functools.lru_cache(256)
def _gap(world: data.World, measure: str, pair: tuple[str, ...]) -> Gap:
    six, rows = _ends(world, measure), values(world, measure)
    rows = rows[rows["country"].isin(six)]
    inside = [six.get(code, (0.0, math.inf)) for code in pair]
    outside = [of for code, of in six.items() if code not in pair] or [(0.0, math.inf)]
    known = rows[rows["value"].notna()].set_index("country", drop=False)
    two, rest = known[known["country"].isin(pair)], known[~known["country"].isin(pair)]
    smaller = "" if len(two) < len(pair) else two["value"].astype(float).idxmin()
    larger = "" if rest.empty else rest["value"].astype(float).idxmax()
    factor = quantities.unknown("ratio")
    if smaller and larger:
        factor = quantities.ratio(_value(rows, smaller), _value(rows, larger))
    return Gap(
        (min(low for low, _ in inside), min(high for _, high in inside)),
        (max(low for low, _ in outside), max(high for _, high in outside)),
        smaller,
        larger,
        factor,
        tuple(sorted(rows.index)),
    )


def smallest_gap(gaps: dict[str, Gap]) -> str | None:
    """The measure by which the gap is smallest, of those by which it is known."""
    known = {name: side for name, side in gaps.items() if side.factor.value is not None}
    return min(known, key=lambda name: (known[name].factor.value, name), default=None)


def in_short(world: data.World, pair: list[str]) -> Sentence:
    """How far two of those beyond NATO stand apart from the others, in three sentences."""
    sides = {measure: gap(world, measure, pair) for measure in SIZE}
    nearest = smallest_gap(sides)
    return say(
        "On {day} {count} members were outside NATO. By {measure}, where the gap is smallest, the"
        " weaker of the two named has {factor} times what the strongest of the other four has. The"
        " article does not say how large is significant; {asked} times is our own bar.",
        day=looked_at(world),
        count=quantities.count(beyond_nato(world), "states"),
        measure=nearest or "no measure",
        factor=sides[nearest].factor if nearest else "an unknown number of",
        asked=quantities.chosen(GAP),
    )


def edition_rows(world: data.World, pair: list[str]) -> list[dict]:
    """The gap in military spending by the edition of the series that was out on the day, and by the
    newest, a table row each.
    """
    later = replace(world, as_of=max(world.as_of, NEXT_EDITION))
    looked = {"by the edition out on the day": world, "by the newest": later}
    return [
        {"edition": words, "times as much": gap(then, "military expenditure", pair).factor}
        for words, then in looked.items()
    ]


def gap_rows(world: data.World, pair: list[str]) -> list[dict]:
    """Per measure, the largest of the others, the smaller of the two, and one over the other."""
    names, table = world.country_names, []
    for measure in (*SIZE, *USE):
        side = gap(world, measure, pair)
        rows = values(world, measure)
        table.append(
            {
                "measure": measure,
                "largest of the other four": names.get(side.larger, "unknown"),
                "has": _value(rows, side.larger),
                "smaller of the two": names.get(side.smaller, "unknown"),
                "has as many as": _value(rows, side.smaller),
                "so many times as much": side.factor,
                "decides": "yes" if measure in SIZE else "shown only",
            }
        )
    return table


def measure_rows(world: data.World, *measures: str) -> list[dict]:
    """Each member beyond NATO by each measure; a value that no source gives is unknown."""
    names = world.country_names
    measures = tuple(word_check.word("measure", measure, (*SIZE, *USE)) for measure in measures)
    table = []
    for country in beyond_nato(world)["country"]:
        cells = {}
        for measure in measures:
            rows = values(world, measure)
            own = rows[rows["country"] == country]
            cells[measure] = (
                numbers_known_by_their_ends.range_words(quantities.cell(own, own.index[0], "value"))
                if len(own)
                else "unknown"
            )
        table.append({"state": names[country]} | cells)
    return table


def rank_title(world: data.World, measure: str, pair: list[str]) -> Sentence:
    """How far the smaller of two members beyond NATO stands above the others, as the title of a
    chart.

    Parameters
    ----------
    world : World
        The day, roster and evidence looked at.
    measure : str
        A measure of SIZE or USE.
    pair : list of str
        The codes of the two.
    """
    measure = word_check.word("measure", measure, (*SIZE, *USE))
    side, names = gap(world, measure, pair), world.country_names
    if side.factor.value is None:
        return say("How far the two stand apart by {measure} is not known", measure=measure)
    return say(
        "By {measure} {smaller} has {factor} times what {larger} has, the largest of the other"
        " four outside NATO",
        measure=measure,
        smaller=names[side.smaller],
        factor=side.factor,
        larger=names[side.larger],
    )


def rank_items(world: data.World, measure: str) -> list[tuple[str, Quantity, bool]]:
    """The members by a measure, the largest first, as items of a bar chart; those beyond NATO are
    the subject.
    """
    names, six = world.country_names, set(beyond_nato(world)["country"])
    rows = values(world, measure)
    rows = rows[rows["value"].notna()].sort_values(["value", "country"], ascending=[False, True])
    return [
        (names[row["country"]], quantities.cell(rows, id, "value"), row["country"] in six)
        for id, row in rows.iterrows()
    ]


WEIGHTS = {
    "equal": (1, 1, 1),
    "money double": (2, 1, 1),
    "people double": (1, 2, 1),
    "aircraft double": (1, 1, 2),
}  # of SIZE, in its order


def composite_rows(world: data.World) -> list[dict]:
    """How the members beyond NATO rank when the measures of size are put together, for every way to
    scale, weigh and add them.

    The choices whose sensitivity the OECD's handbook on composite indicators asks to be shown:
    normalisation, weights, aggregation.
    """
    table = pd.DataFrame(
        {
            measure: values(world, measure).set_index("country")["value"].astype(float)
            for measure in SIZE
        }
    ).dropna()
    beyond = [country for country in beyond_nato(world)["country"] if country in table.index]
    scaled = {
        "share of the sum": table / table.sum(),
        "from least to most": (table - table.min()) / (table.max() - table.min()),
        "rank": table.rank() / len(table),
    }
    rows = []
    for (scale, frame), (name, weights) in itertools.product(scaled.items(), WEIGHTS.items()):
        ways = {
            "mean": pd.Series(formulas.composite(frame, weights), index=frame.index),
            # a state without one of the measures would be zero whatever else it has, and all such
            # states alike
            "geometric mean": pd.Series(
                formulas.composite(frame.clip(lower=1e-9), weights, geometric=True),
                index=frame.index,
            ),
        }
        rows += [
            {
                "scaled by": scale,
                "weights": name,
                "added by": way,
                "order": ", ".join(
                    scores.loc[beyond].sort_values(ascending=False, kind="stable").index
                ),
            }
            for way, scores in ways.items()
            if beyond
        ]
    return rows
