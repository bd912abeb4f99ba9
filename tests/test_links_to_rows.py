"""Numbers lead to their rows or to a trail, and a trail says how the number was made."""

import csv

import pytest
from pages_built import build_one, cell, fleets, result, shown

from helpers import data, quantities
from helpers.machinery.site import data_pages, recipe_in_words
from helpers.machinery.site.notebook_html import ContentError
from helpers.recipe_acts import Recipe

# Trails: from a number to its rows.


def test_a_number_of_one_row_leads_to_the_row_and_one_of_several_to_its_trail(tiny_site):
    page = tiny_site.page("06-refuelling")
    assert (
        page.find("a", string="10 March 2025")["href"]
        == "data-capabilities.html#tanker/pool/2025-03"
    )
    trail = page.find(id=page.find("a", string="25").get("href")[1:])
    assert "the first divided by the second" in trail.get_text() and trail.find(
        "a", href="data-capabilities.html#tanker/usa/2025-12"
    )
    assert "375" in trail.get_text() and trail.find("a", href="sources.html#gov-2025")
    listed = page.find(id=trail.find("a", string="as above")["href"][1:]).get_text()
    assert "France, A330 MRTT: 13" in listed and "Organization, A330 MRTT: 2" in listed


def test_the_same_trail_stands_once_on_a_page_however_often_it_is_used(tmp_path, place):
    page = build_one(
        tmp_path,
        place,
        cell("a", result(fleets(place.path))),
        cell("b", result(fleets(place.path))),
    )
    used = [link["href"] for link in page.select("a[href^='#trail-']")]
    assert len(used) == 2 * len(set(used)) and len(
        page.select(".trails > details > ol > li")
    ) == len(set(used))


def test_the_numbers_of_a_trail_are_those_of_its_own_data_folder_whatever_was_built_before(
    tmp_path, new_folder
):
    for tankers in (13, 14):
        folder = new_folder()
        folder.put("capabilities", "tanker/fra/2025-12", in_service=str(tankers))
        page = build_one(tmp_path / str(tankers), folder, cell("x", result(fleets(folder.path))))
        assert page.select_one(".trails b[data-how]").string == str(tankers + 2)


def test_the_notes_on_the_numbers_are_folded(site):
    folds = [
        page.select_one(".trails > details")
        for page in site.pages.values()
        if page.select(".trails")
    ]
    assert folds and all(fold.ol and not fold.has_attr("open") for fold in folds)


def test_two_numbers_tried_out_on_the_same_rows_keep_notes_of_their_own(tmp_path, place):
    tried = [
        quantities.html(
            quantities.exact(number, "", ("delivery/1", "delivery/2"), Recipe("tried", str(number)))
        )
        for number in (8, 12)
    ]
    page = build_one(tmp_path, place, cell("x", shown(f"<p>{' '.join(tried)}</p>")))
    assert [page.find(id=link["href"][1:]).b.string for link in page.select(".output a")] == [
        "8",
        "12",
    ]


def test_a_number_that_names_a_row_in_no_table_is_refused(tmp_path, place):
    with pytest.raises(
        ContentError, match="06-refuelling: '9' names the row 'nowhere', which no table holds"
    ):
        build_one(tmp_path, place, cell("x", shown('<data value="9" data-rows="nowhere">9</data>')))


@pytest.mark.parametrize(
    "how",
    [
        "ratio (count: delivery/1",
        "count: delivery/1 delivery/2) x",
        "sum number: delivery/1 gone",
        "guessed: delivery/1 delivery/2",
    ],
)
def test_a_recipe_that_cannot_be_followed_is_refused(tmp_path, place, how):
    with pytest.raises(
        ContentError, match="06-refuelling: '2' was made in a way that cannot be followed"
    ):
        build_one(
            tmp_path,
            place,
            cell(
                "x",
                shown(
                    f'<data value="2" data-how="{how}" data-rows="delivery/1 delivery/2">2</data>'
                ),
            ),
        )


def test_a_long_sum_names_its_five_largest_parts_by_country():
    site_tables = data_pages.Tables(data.DATA)
    fleets = [
        row
        for row in csv.DictReader((data.DATA / "deployments.csv").open(encoding="utf-8"))
        if row["personnel"]
    ]
    wanted, seen = [], set()
    for row in sorted(fleets, key=lambda row: -float(row["personnel"])):
        if row["country"] not in seen:
            wanted.append(row)
            seen.add(row["country"])
    parts = tuple(Recipe("cell", "personnel", (row["id"],)) for row in reversed(wanted))
    whole = Recipe("median", "1", parts=(Recipe("sum", parts=parts),))
    names = data.load("countries")["name"]
    found, drawn = recipe_in_words.largest(whole, site_tables)
    assert [part.whose for part in found] == [names[row["country"]] for row in wanted[:5]]
    assert [part.recipe.rows for part in found] == [(row["id"],) for row in wanted[:5]]
    assert (
        not drawn and recipe_in_words.largest(Recipe("sum", parts=parts[:5]), site_tables)[0] == []
    )

    told = {Recipe("median", "1", parts=(part,)): f"{place:,}" for place, part in enumerate(parts)}
    found, drawn = recipe_in_words.largest(whole, site_tables, lambda recipe: told.get(recipe, ""))
    assert drawn and [part.words for part in found] == [
        f"{place:,}" for place in range(len(parts) - 1, len(parts) - 6, -1)
    ]
    assert all(told[part.recipe] == part.words for part in found)
    del told[found[0].recipe]  # of one the page tells no median: all stand at the inputs' values
    assert not recipe_in_words.largest(whole, site_tables, lambda recipe: told.get(recipe, ""))[1]


def test_a_note_tells_which_ends_make_a_range_and_the_range_of_each_row():
    site_tables = data_pages.Tables(data.DATA)
    typhoons = "fighter/gbr-typhoon"
    id = next(row for row in site_tables.rows["capabilities"] if row.startswith(typhoons))
    row = site_tables.row(id)
    fleet = Recipe("cell", "in_service", (id,))
    low, high = row["in_service_low"], row["in_service_high"]
    assert low < high and recipe_in_words.span(fleet, id, site_tables) == f"{low:.0f} to {high:.0f}"
    few = Recipe("chosen", "4")
    told = recipe_in_words.ends(Recipe("ratio", parts=(few, fleet)), site_tables)
    assert told == f"4 ÷ {high:.0f} at the low end, 4 ÷ {low:.0f} at the high end"
    told = recipe_in_words.ends(Recipe("difference", parts=(fleet, few)), site_tables)
    assert told == f"{low:.0f} − 4 at the low end, {high:.0f} − 4 at the high end"
    assert recipe_in_words.ends(Recipe("ratio", parts=(few, few)), site_tables) == ""
    assert recipe_in_words.ends(Recipe("sum", parts=(few, fleet)), site_tables) == ""
