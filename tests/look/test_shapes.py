"""The drawings: tile map, trend, bands. Geometry only; what they mean is in the tables beside them."""

import pytest

from lantoa.look.bands import Flow, bands
from lantoa.look.tilemap import Tile, shade, tile_map
from lantoa.look.trend import Series, scale_top, trend


def tile(value, column=0, row=0):
    return Tile("Xã", value, str(value), "/x/", column, row)


def test_a_unit_that_sent_nothing_is_dashed_and_never_drawn_as_zero():
    silent, zero = tile_map([tile(None, 1, 1), tile(0, 2, 1)]).squares

    assert silent.shade == "qx"
    assert zero.shade == "q0"


def test_six_units_take_six_shades_in_order():
    known = [10, 20, 30, 40, 50, 60]

    assert [shade(value, known) for value in known] == [1, 2, 3, 4, 5, 6]


def test_equal_values_have_equal_shades():
    assert {shade(7, [7, 7, 7, 7]) for _ in range(4)} == {1}


def test_tiles_stand_at_their_places():
    drawn = tile_map([tile(1, 1, 1), tile(2, 3, 2)])

    assert (drawn.squares[1].x, drawn.squares[1].y) == (2 * 48, 1 * 48)
    assert (drawn.width, drawn.height) == (3 * 48 - 4, 2 * 48 - 4)


def test_without_places_the_tiles_stand_in_rows_and_none_on_another():
    drawn = tile_map([tile(value) for value in range(10)])

    assert len({(square.x, square.y) for square in drawn.squares}) == 10


@pytest.mark.parametrize(
    ("highest", "top"), [(0, 4), (3, 4), (5, 8), (61, 80), (100, 120), (35_992, 40_000)]
)
def test_the_scale_ends_in_four_whole_steps_at_or_above_the_highest(highest, top):
    assert scale_top([highest, None]) == top
    assert top % 4 == 0


def test_a_month_not_known_is_a_gap_and_not_a_zero():
    drawn = trend(("1", "2", "3"), Series("2023", (4, None, 4)))

    assert drawn.now.path.count("M") == 2
    assert len(drawn.dots) == 2


def test_a_year_before_without_values_is_not_drawn():
    assert trend(("1", "2"), Series("2023", (4, 8)), Series("2022", (None, None))).before is None


def test_two_labels_at_one_height_are_moved_apart():
    drawn = trend(("1", "2"), Series("2023", (1, 8)), Series("2022", (2, 8)))

    assert abs(drawn.before.label_y - drawn.now.label_y) == 16


def test_a_band_from_the_second_old_parent_is_marked():
    drawn = bands([Flow("A", "X", 3), Flow("B", "X", 1)])

    assert [band.is_other for band in drawn.bands] == [False, True]


def test_an_old_unit_is_as_high_as_what_left_it():
    drawn = bands([Flow("A", "X", 3), Flow("A", "Y", 3), Flow("B", "Z", 3)])
    high = {node.name: node.height for node in drawn.old}

    assert high["A"] == pytest.approx(2 * high["B"], abs=0.2)
