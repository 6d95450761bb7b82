"""The tree of a spread and its curve, as they are laid out."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from lantoa.look.curve import curve
from lantoa.look.spread import FEW, LEFT, WIDTH, Point, spread

FIRST, LAST = dt.date(2023, 1, 1), dt.date(2026, 1, 1)


@st.composite
def trees(draw):
    """Points in preorder: each learned from one before it, not before that one began."""
    points = [Point(FIRST, -1, "origin", name="Gốc")]
    for at in range(1, draw(st.integers(1, 12))):
        source = draw(st.integers(max(0, at - 3), at - 1))
        room = (LAST - points[source].day).days
        day = points[source].day + dt.timedelta(days=draw(st.integers(0, room)))
        end = draw(st.sampled_from([None, LAST]))
        points.append(Point(day, source, "ended" if end else "silent", day, end, f"Nơi {at}"))
    return points


@given(trees())
def test_who_learned_stands_below_and_not_left_of_who_taught(points):
    drawn = spread(points, LAST)

    for point, row in zip(points, drawn.rows, strict=True):
        if point.source >= 0:
            taught = drawn.rows[point.source]
            assert row.y > taught.y
            assert row.x >= taught.x
        assert LEFT <= row.shown[0] <= row.shown[1] <= row.unshown[1] <= WIDTH
        assert row.y < drawn.height
    assert len(drawn.lines) == len(points) - 1


def test_a_line_is_whole_as_far_as_something_shows_it_and_ends_where_it_ended():
    shown, end = dt.date(2024, 1, 1), dt.date(2025, 1, 1)
    [origin, row] = spread(
        [Point(FIRST, -1, "origin"), Point(FIRST, 0, "ended", shown, end)], LAST
    ).rows

    assert origin.shown[1] == origin.unshown[1] > row.unshown[1] > row.shown[1] > row.x


def test_names_stand_at_the_rows_while_they_can_be_read():
    few = spread([Point(FIRST, -1, "origin", name="Gốc"), *[Point(FIRST, 0, "alive")] * 3], LAST)
    many = spread([Point(FIRST, -1, "origin", name="Gốc"), *[Point(FIRST, 0, "alive")] * FEW], LAST)

    assert few.has_names
    assert not many.has_names
    assert few.rows[0].name == "Gốc"


def test_the_curve_rises_with_each_month_that_changes_and_closes_on_its_axis():
    drawn = curve([(2023, 12, 0, 0), (2024, 1, 2, 2), (2024, 2, 2, 2), (2024, 3, 1, 3)])

    assert drawn.line.count("V") == 2
    assert drawn.ever.count("V") == 2
    assert drawn.area.endswith("V186H44Z".replace("44", "44.0"))
    assert [year for _x, year in drawn.years] == [2024]
    assert (drawn.now, drawn.all) == (1, 3)
    assert drawn.line_at - drawn.ever_at >= 16
