"""A mistyped word raises with those it may be; it is never answered with a number."""

import importlib
import inspect
import linecache
import pkgutil
from collections.abc import Iterator

import pandas as pd
import pytest

import helpers
from helpers import claims, conditions, data, ground, patrols, quantities, surveillance
from helpers.notebook_parameters import ParameterError
from helpers.word_check import WordError, word

WORLD = data.World()
WORDS = ("<class 'str'>", "tuple[str, ...]", "tuple[str, ...] | str", "list[str]")
WORDS += ("collections.abc.Collection[str]",)  # annotations of what may be a word, or some
OTHERS = {  # what takes a text and is no question about the subject
    "claims.rule": "declares a claim's rule",
    "claims.inputs": "declares a claim's inputs",
    "claims.our_bar": "declares a claim's bar",
    "claims.what_if_input": "is called by these declarations alone",
    "claims.tipping_point": "is given the verdict that was judged",
    "claims.unlogged": "writes verdicts and a day into lines",
    "data.parse": "reads bytes that may be no table",
    "data.read": "tells a file that is missing as a fault of it",
    "data.span": "reads any date, and says which form it wants",
    "data.selection": "declares a selection, which raises UndeclaredError",
    "quantities.place_words": "writes the end of a title",
    "scenarios.ends_before": "takes any day",
    "scenarios.file": "names a notebook that may be new",
    "since_publication.moved_rows": "takes two heads of columns",
    "all_verdicts.verdict_rows": "takes two heads of columns",
    "all_verdicts.differences": "takes the names of parts of a record, as its callers list them",
}
FORM = ("helpers.tables", "helpers.rounding", "helpers.word_check", "helpers.formulas")
FORM += ("helpers.numbers_from_cells",)
FREE = {"unit", "caption", "html", "how", "words", "text", "as_of", "rows"}  # may be any text
WORDS_ALL_THE_SAME = {"quantities.ratio unit", "quantities.total how", "all_verdicts.counted words"}
DEPLOYED, PROPOSED = data.load("deployments"), ground.proposals(WORLD)
SHARED = data.load("shares")
FLEETS = WORLD.fleets("tanker")
TAKES = {  # a value that each parameter takes, by its name; by the function's too where it differs
    "world": WORLD,
    "A": quantities.chosen(9, "aircraft"),
    "above": quantities.chosen(9, "aircraft"),
    "act": "sum",
    "argument": "in_service",
    "aircraft": "Rafale",
    "area": "place/area-kyiv",
    "asset": surveillance.SENSORS["airborne early warning"],
    "bar": "median",
    "base": "permanent",
    "basis": "observed",
    "below": quantities.chosen(3, "aircraft"),
    "by": "2025-12-31",
    "case": "Rafale",
    "claim": "C24",
    "claims": "C24",
    "codes": ("FRA", "GBR"),
    "cells": ("before",),
    "column": "drones",
    "conclusion": "none found",
    "condition": conditions.CONDITIONS[0],
    "counterpart": "nato",
    "country": "FRA",
    "d": quantities.chosen(500, "km"),
    "definition": "with-marines",
    "domain": "land",
    "duration": "a month",
    "early": WORLD,
    "edition": "SIPRI 2025",
    "elements": "political lead",
    "ids": ["C23"],
    "kinds": "truce",
    "late": WORLD,
    "likeness": "large-only",
    "measure": "active personnel",
    "measures": "active personnel",
    "method": "boom",
    "mission": "deterrence",
    "name": "military expenditure",
    "notebook": "06-refuelling",
    "of": ("Rafale",),
    "one": "place/area-kyiv",
    "organisation": "NATO",
    "other": "place/powidz",
    "owner": "europe",
    "pair": ["AUS", "JPN"],
    "part": 0.5,
    "parts": [quantities.chosen(number) for number in (120.0, 60.0, 2.0)],
    "participation": "avowed",
    "quantity": quantities.Quantity(9, 8, 10, "aircraft", 0, ("delivery/mmf/1",)),
    "relief": "none",
    "row": FLEETS.index[0],
    "rows": FLEETS,
    "scenario": "article",
    "said_by": ("official", "press"),
    "sensor": "airborne early warning",
    "side": "high",
    "service": "volunteers",
    "share": "observed",
    "source": "general-knowledge",
    "standard": "lenient",
    "standing": "released",
    "state": "FRA",
    "subjects": "surveillance",
    "symbol": "b",
    "symbols": "b",
    "table": "claims",
    "tanker": "KC-135R",
    "type_": "E-3A Sentry",
    "unit": "aircraft",
    "who": "willing",
    "worlds": {"now": WORLD},
    "claims.side_by_side ids": ["C23"],
    "all_verdicts.counted judged": (),
    "all_verdicts.counted words": "holds",
    "beyond_nato.bar_value rows": FLEETS.assign(value=FLEETS["in_service"]),
    "ground.counted id": DEPLOYED.index[0],
    "ground.counted rows": DEPLOYED,
    "ground.proposed id": PROPOSED.index[0],
    "ground.proposed rows": PROPOSED,
    "ground.size id": PROPOSED.index[0],
    "ground.size rows": PROPOSED,
    "quantities.cell column": "in_service",
    "comparable_shares.share_of bar": "half",
    "quantities.distinct column": "operator",
    "quantities.modelled name": "tankers",
    "quantities.newest column": "in_service",
    "quantities.newest rows": FLEETS.dropna(subset="in_service").assign(date=FLEETS["observed"]),
    "quantities.of_parts act": "model",
    "quantities.of_parts argument": "tankers",
    "quantities.ratio unit": "share",
    "quantities.total column": "in_service",
    "quantities.total how": "sum",
    "surveillance.american_share id": SHARED.index[0],
    "surveillance.american_share rows": SHARED,
    "costs.a_year id": "cost/deu/kfor-2017",
    "costs.a_year soldiers": quantities.chosen(1_000, "persons"),
    "data.known column": "kind",
    "data.known table": "events",
    "data.known word": "truce",
    "data.row id": "C23",
    "data.known_row id": "C23",
    "data.table_of id": "C23",
    "data.place id": "C23",
    "data.grade id": "FRA",
    "data.words_of column": "kind",
    "data.words_of folder": data.DATA,
    "air_defence.batteries_of id": "battery/europe/patriot-2025-08-04",
    "models_against_records.recorded id": "record/e-3a-fleet-2015",
    "models_against_records.recorded unit": "aircraft",
    "refuelling.directory name": "flightglobal",
    "refuelling.like_for_like measure": "fuel",
    "refuelling.national kinds": ("jet tanker",),
    "refuelling.owned_by kinds": ("jet tanker",),
    "refuelling.share_of_us measure": "fuel",
    "sensitivity.name id": "FRA",
    "timeline.said subjects": "US ground troops",
    "timeline.statements subjects": "US ground troops",
}


def public() -> Iterator[tuple[str, object, str]]:
    """Every public function of helpers, but for those that only give texts and numbers their form,
    by its name, with each of its parameters that is a word.
    """
    for module in (
        *pkgutil.iter_modules(helpers.__path__, "helpers."),
        *pkgutil.iter_modules(patrols.__path__, "helpers.patrols."),
    ):
        if module.name in (
            "helpers.machinery",  # of runs
            "helpers.charts",  # of how things look
            "helpers.patrols",  # its modules by themselves
            *FORM,
        ):
            continue
        for name, function in vars(importlib.import_module(module.name)).items():
            wrapped = inspect.unwrap(function)
            own = str(getattr(wrapped, "__module__", "")).startswith(module.name)
            if name.startswith("_") or not inspect.isfunction(wrapped) or not own:
                continue
            called = f"{module.name.removeprefix('helpers.')}.{name}"
            if called in OTHERS:
                continue
            for each in inspect.signature(wrapped).parameters.values():
                free = each.name in FREE and f"{called} {each.name}" not in WORDS_ALL_THE_SAME
                if str(each.annotation) in WORDS and not free:
                    yield called, function, each.name


def ask(called: str, function, asked: str, change):
    """Call a function with one of its words changed, and beside it with what it cannot lack."""
    takes = inspect.signature(inspect.unwrap(function)).parameters
    single = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
    values = {}
    for name, each in takes.items():
        if name == asked or (each.default is each.empty and each.kind not in single):
            values[name] = TAKES.get(f"{called} {name}", TAKES.get(name))
            assert values[name] is not None, f"add a word that {called} takes as {name} to TAKES"
    value = values.pop(asked)
    value = change(value) if isinstance(value, str) else type(value)(map(change, value))
    if takes[asked].kind is inspect.Parameter.VAR_POSITIONAL:
        return function(*values.values(), value)
    if takes[asked].kind is inspect.Parameter.VAR_KEYWORD:
        return function(**values, vote=value)
    return function(**values, **{asked: value})


def cases(*shown: str) -> list:
    """A case for each word of each public function; of those whose names end so, none."""
    return [
        pytest.param(called, function, asked, id=f"{called} {asked}")
        for called, function, asked in public()
        if not called.endswith(shown)
    ]


@pytest.mark.parametrize(("called", "function", "asked"), cases())
def test_a_mistyped_word_raises_with_those_it_may_be(called, function, asked):
    with pytest.raises((WordError, ParameterError), match="There are|Did you mean"):
        ask(called, function, asked, lambda each: f"{each}x")


@pytest.mark.parametrize(
    ("called", "function", "asked"),
    cases("_rows", "_items", "short_of", ".world", ".resolve", ".modelled"),
)
def test_capitals_do_not_matter(called, function, asked):
    """Left out is what only shows or draws what these select, which takes seconds; scenarios, which
    name folders; and a model, which would ask for its inputs.
    """
    plain, loud = (ask(called, function, asked, change) for change in (str, str.swapcase))
    assert plain.equals(loud) if isinstance(plain, pd.DataFrame | pd.Series) else plain == loud


def test_the_word_of_the_tables_is_given_back():
    assert word("claim", "c24", ["C24", "C25a"]) == "C24"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"asof": "2025-12-20"}, "parameter 'asof' is unknown. Did you mean 'as_of'"),
        ({"evidence": "Read"}, "takes one of all, read, not 'Read'. Did you mean 'read'"),
        ({"roster": "europa"}, "one of attested, .*, not 'europa'. Did you mean 'europe'"),
        ({"timing": "opened"}, "timing 'opened' is unknown.*There are open, settled"),
    ],
)
def test_a_world_names_what_it_takes(given, said):
    with pytest.raises(ValueError, match=said):
        data.World(**given)


def test_a_model_and_a_claim_name_the_inputs_they_take():
    tankers = {name: quantities.chosen(2.0) for name in ("F_day", "O", "s_T")}
    with pytest.raises(WordError, match="'s_t' is unknown. Did you mean 's_T'"):
        quantities.modelled("tankers", "aircraft", **tankers, s_t=quantities.chosen(2.0))
    with pytest.raises(ValueError, match="lacks 'O': it takes F_day, O, s_T"):
        quantities.modelled("tankers", "aircraft", F_day=tankers["F_day"])
    with pytest.raises(WordError, match="number 'fleet' is unknown.*There are"):
        claims.read("C24", WORLD, fleet=3)


def test_an_id_that_is_none_of_some_rows_and_of_no_table_raises():
    with pytest.raises(WordError, match="proposal/2025-04-iiss-small"):
        ground.size(ground.proposals(WORLD), "proposal/2025-04-iiss-smal")


def test_a_long_list_is_cut_and_says_so():
    with pytest.raises(WordError, match="n11 and 88 more"):
        word("number", "x", [f"n{number:02}" for number in range(100)])


def test_under_a_cell_stand_its_line_and_the_sentence(monkeypatch):
    lines = ["from helpers import refuelling", "refuelling.owned_by(world, 'gbr')"]
    monkeypatch.setitem(linecache.cache, "a-cell", (1, None, [f"{each}\n" for each in lines], ""))
    with pytest.raises(WordError) as told:
        exec(compile("\n".join(lines), "a-cell", "exec"), {"__name__": "__main__", "world": WORLD})
    line, said = told.value._render_traceback_()
    assert line == lines[1] and said.startswith("WordError: owner 'gbr' is unknown. There are")
