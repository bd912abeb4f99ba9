"""A cached selection depends on the fields of the world that it declares, and reads no others."""

import dataclasses

import pandas as pd
import pytest

from helpers.data import DATED, UndeclaredError, World, selection

OTHER = {"as_of": "2026-03-01", "roster": "europe", "evidence": "read", "seed": 7, "timing": "open"}


@pytest.fixture
def calls() -> list[World]:
    """The worlds that the function was called with: once for each result it computed."""
    return []


@pytest.fixture
def by_day(calls):
    @selection(depends_on=("as_of",))
    def by_day(world: World, word: str = "") -> str:
        calls.append(world)
        return f"{world.as_of} {word}"

    return by_day


@pytest.mark.parametrize("name", OTHER)
def test_a_result_is_shared_by_worlds_that_differ_in_other_fields_alone(by_day, calls, name):
    one, other = World(), World(**{name: OTHER[name]})
    assert (by_day(one) == by_day(other)) == (name != "as_of")
    assert len(calls) == (2 if name == "as_of" else 1)


def test_another_folder_or_argument_gives_another_result(by_day, calls, tiny):
    for world in (World(), World(folder=tiny.path)):
        for word in ("one", "other"):
            assert by_day(world, word) == f"{world.as_of} {word}"
    assert len(calls) == 4


@pytest.mark.parametrize("name", sorted(OTHER.keys() - {"as_of"}))
def test_a_field_that_is_not_declared_cannot_be_read(name):
    @selection(depends_on=("as_of",))
    def reads(world: World) -> object:
        return getattr(world, name)

    with pytest.raises(UndeclaredError, match=f"^{name} is read by a selection that depends on as"):
        reads(World())


def test_nor_by_a_selection_that_it_calls():
    @selection(depends_on=("evidence",))
    def reads(world: World) -> pd.DataFrame:
        return world.until("deliveries")

    with pytest.raises(UndeclaredError):
        reads(World())


def test_a_narrowed_world_stays_narrowed_and_is_checked_when_it_is_changed():
    narrow = World(seed=3).narrowed(*DATED)
    changed = dataclasses.replace(narrow, timing="open")
    assert (changed.timing, changed.as_of) == ("open", World.as_of)
    assert changed == World(seed=4, timing="open").narrowed(*DATED)
    assert (changed == narrow, narrow == World()) == (False, False)
    with pytest.raises(UndeclaredError):
        _ = changed.seed
    with pytest.raises(ValueError, match="timing .* is unknown. There are open, settled"):
        dataclasses.replace(narrow, timing="soon")
    with pytest.raises(dataclasses.FrozenInstanceError):
        narrow.as_of = "2026-01-01"


@pytest.mark.parametrize(
    "result",
    [pd.DataFrame({"a": [1]}), pd.Series([1]), [1], {"a": 1}, {1}],
    ids=lambda given: type(given).__name__,
)
def test_each_caller_gets_a_copy_of_its_own(result):
    @selection(depends_on=())
    def given(world: World) -> object:
        return result

    assert given(World()) is not given(World())
