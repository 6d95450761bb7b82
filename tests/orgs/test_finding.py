"""Units are found as people type them (A9.1), and a code names a unit only together with a day."""

import datetime as dt
import unicodedata

import pytest

from lantoa.orgs import queries
from tests import make
from tests.orgs import world as worlds

pytestmark = [pytest.mark.django_db, pytest.mark.both]
DAY = dt.date(2024, 1, 18)


@pytest.mark.parametrize(
    "typed", ["ha quang", "Hà Quảng", unicodedata.normalize("NFD", "HÀ QUẢNG")]
)
def test_marks_capitals_and_forms_of_letters_do_not_hide_a_unit(typed):
    unit = make.unit("Huyện Hà Quảng", kind="district", code="045")

    assert [row.unit for row in queries.find(typed, DAY)] == [unit]


@pytest.mark.parametrize("typed", ["hoa an", "hoà an", "hòa an"])
def test_either_place_of_the_tone_mark_finds_a_unit(typed):
    unit = make.unit("Huyện Hoà An", kind="district")

    assert [row.unit for row in queries.find(typed, DAY)] == [unit]


def test_a_word_without_marks_finds_d_with_a_stroke():
    unit = make.unit("Thị trấn Đông Khê", kind="commune")

    assert [row.unit for row in queries.find("dong khe", DAY)] == [unit]


def test_the_very_marks_that_were_typed_come_first():
    other, wanted = make.unit("Xã Ha Lang"), make.unit("Xã Hạ Lang")

    assert [row.unit for row in queries.find("Hạ Lang", DAY)] == [wanted, other]


def test_a_code_is_found_and_an_empty_search_finds_nobody():
    unit = make.unit("Xã Vinh Quý", code="01561")

    assert [row.unit for row in queries.find("01561", DAY)] == [unit]
    assert queries.find("  ", DAY) == []


def test_a_code_names_a_unit_only_together_with_a_day():
    world = worlds.small_province()

    assert queries.unit_on("01273", worlds.REFORM - dt.timedelta(days=1)) == world["A1"]
    assert queries.unit_on("01273", worlds.REFORM) == world["N"]
    assert queries.unit_on("", DAY) is None


def test_names_of_a_day_are_read_for_some_units_or_all(django_assert_num_queries):
    world = worlds.small_province()

    with django_assert_num_queries(2):
        everyone = queries.names_on(DAY)
        some = queries.names_on(DAY, [world["A1"].pk, world["N"].pk])

    assert everyone[world["A1"].pk].name == "Xã A1"
    assert world["N"].pk not in everyone
    assert set(some) == {world["A1"].pk}


def test_a_tree_is_read_once_for_each_change_of_structure(django_assert_num_queries):
    world = worlds.small_province()
    # The world that others read before is the very same: what they left in memory goes.
    queries._tree.cache_clear()
    queries._history.cache_clear()

    with django_assert_num_queries(3):  # the version, the placements, the successions
        tree = queries.tree_on(world.territory, DAY)
    with django_assert_num_queries(2):  # the version each time; every other day is read from memory
        queries.tree_on(world.territory, worlds.REFORM)
        assert queries.tree_on(world.territory, DAY) is tree
