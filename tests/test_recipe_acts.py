"""Recipes: a closed vocabulary, written and read in one place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import quantities, recipe_acts, sensitivity
from helpers.machinery.site import recipe_in_words
from helpers.quantities import Quantity
from helpers.recipe_acts import Book, Recipe

ROWS = st.lists(st.from_regex("[a-z]+/[a-z0-9-]+", fullmatch=True), max_size=3).map(tuple)
LEAVES = st.builds(Recipe, st.just("cell"), st.sampled_from(["base", "in_service"]), ROWS)
RECIPES = st.recursive(
    LEAVES,
    lambda parts: st.builds(
        Recipe,
        st.sampled_from(["sum", "ratio", "with"]),
        parts=st.lists(parts, min_size=1, max_size=3).map(tuple),
    ),
)


@given(RECIPES)
def test_a_recipe_is_read_as_it_was_written(recipe):
    assert recipe_acts.parse(recipe.text) == recipe


@given(RECIPES)
def test_a_book_of_recipes_holds_each_once_and_gives_it_back(recipe):
    book = Book()
    place = book.place(recipe)
    assert book.place(recipe) == place and len(set(book.lines)) == len(book.lines)
    assert recipe_acts.parse(recipe_acts.expanded(f"#{place}", book.lines)) == recipe


@pytest.mark.parametrize("text", ["explored: a b", "what-if: a", "made up: a", "index: a", ""])
def test_an_act_that_the_table_does_not_know_is_refused(text):
    with pytest.raises(ValueError, match="no number is made by"):
        recipe_acts.parse(text)


def test_a_number_made_by_an_unknown_act_cannot_be_built():
    with pytest.raises(ValueError, match="no number is made by 'guessed'"):
        Quantity(1, how=Recipe("guessed"))


@pytest.mark.parametrize("act", list(recipe_acts.ACTS))
def test_every_act_is_said_in_plain_words(act):
    words = recipe_in_words.words(Recipe(act, "rest_day 12"))
    assert act not in words.split() or act == "rows" or " " in words
    assert not set("{}_") & set(words) and len(words.split()) > 1


@pytest.mark.parametrize(
    ("act", "argument", "value"),
    [
        ("sum", "", 9),
        ("difference", "", 3),
        ("product", "", 18),
        ("ratio", "", 2),
        ("share", "", 2),
        ("halfway", "", 4.5),
        ("model", "pool", 18),
    ],
)
def test_an_act_gives_arrays_what_it_gives_numbers(act, argument, value):
    parts = [Quantity(6, 4, 8, rows=("a",)), Quantity(3, 2, 5, rows=("b",))]
    number = quantities.of_parts(act, argument, parts)
    assert number.value == value
    assert recipe_acts.ACTS[act].array(argument, [6, 3]) == value
    assert sensitivity.evaluate(number, {"a": 6, "b": 3}) == value


def test_what_was_drawn_is_not_worked_out_again():
    drawn = Quantity(1, how=Recipe("median", "7"), parts=(Quantity(1, 0, 2, rows=("a",)),))
    with pytest.raises(ValueError, match="a number made by 'median' is not worked out again"):
        sensitivity.evaluate(drawn, {"a": 1})
    with pytest.raises(ValueError, match="takes draws or a search"):
        quantities.of_parts("median", "7", drawn.parts)


def test_an_answer_with_another_input_says_so_and_leads_to_the_row_of_that():
    leaf = Quantity(4, 2, 5, "", 0, ("a",), Recipe("cell", "base"))
    answer = quantities.scaled(leaf, quantities.chosen(3), "km")
    low, middle = quantities.end(leaf, "low"), quantities.between(quantities.end(leaf, "low"), leaf)
    for tried, value in ((low, 6), (middle, 9)):
        number = quantities.instead(answer, tried)
        assert (number.value, number.low, number.unit, number.rows) == (value, value, "km", ("a",))
        assert number.how.parts == (answer.how, tried.how)
    assert quantities.instead(answer, low).how.text == (
        "with (product (cell base: a) (chosen 3: )) (low base: a)"
    )
