"""Completeness / Mức độ đầy đủ"""

from lantoa.rollup.completeness import completeness
from lantoa.rollup.tables import Placements
from lantoa.rollup.tree import tree_on
from tests.rollup import drawn

LINE = """
    unit    | under   | from       | until
    --------+---------+------------+-----------
    Tỉnh    |         | 2020-01-01 |
    Huyện A | Tỉnh    | 2020-01-01 |
    Huyện B | Tỉnh    | 2020-01-01 |
    Xã A1   | Huyện A | 2020-01-01 |
    Xã A2   | Huyện A | 2020-01-01 |
    Xã cũ   | Huyện B | 2020-01-01 | 2024-07-01
    Xã B1   | Huyện B | 2024-07-01 |
    Xã B2   | Huyện B | 2024-07-01 |
"""
BECAME = """
    unit  | date       | what  | into        | share
    ------+------------+-------+-------------+------
    Xã cũ | 2024-07-01 | split | Xã B1       |  5000
    Xã cũ | 2024-07-01 | split | Xã B2       |  5000
    Xã lạ | 2024-07-01 | transfer |          |
"""
NOBODY = """
    unit | date | value
    -----+------+------
"""


def _counted(day: str, **who: list[str]) -> dict[str, tuple[int, int, int]]:
    world = drawn.world(LINE, NOBODY, BECAME)
    tree = tree_on(Placements.of(world.line.places), world.line.successions, drawn.span(day).start)
    got = completeness(
        tree, **{name: [world.units[u] for u in units] for name, units in who.items()}
    )
    names = {number: name for name, number in world.units.items()}
    rows = zip(got.units.tolist(), got.expected, got.reported, got.nil, strict=True)
    counted = {names[unit]: tuple(map(int, counts)) for unit, *counts in rows}
    return counted | {"ngoài hệ thống": (got.outside, 0, 0)}


def test_every_unit_is_counted_at_all_units_above_it():
    """Beside every figure stands how many units reported of how many were expected.

    Cạnh mỗi số là số đơn vị đã báo cáo trên số đơn vị phải báo cáo.
    """
    got = _counted("2024-01", expected=["Xã A1", "Xã A2", "Xã cũ"], reported=["Xã A1", "Xã cũ"])

    assert got["Huyện A"] == (2, 1, 0)
    assert got["Tỉnh"] == (3, 2, 0)


def test_nothing_to_report_is_a_report():
    """A unit that says "nothing to report" has reported, and is counted apart.

    Đơn vị báo "không phát sinh" là đã báo cáo, và được đếm riêng.
    """
    got = _counted("2024-01", expected=["Xã A1", "Xã A2"], reported=["Xã A1"], nil=["Xã A2"])

    assert got["Huyện A"] == (2, 1 + 1, 1)


def test_who_was_not_asked_does_not_make_it_more_complete():
    """A unit that sent without being asked is not counted: reported never exceeds expected.

    Đơn vị không phải báo cáo mà gửi thì không đếm: số đã báo cáo không bao giờ vượt số phải báo cáo.
    """
    got = _counted("2024-01", expected=["Xã A1"], reported=["Xã A1", "Xã A2"])

    assert got["Tỉnh"] == (1, 1, 0)


def test_a_split_unit_is_counted_once_where_its_parts_meet():
    """A unit is never counted in halves: one that was split counts once, above its parts.

    Không đếm nửa đơn vị: đơn vị đã chia tách được đếm một lần ở cấp chung của các phần.
    """
    got = _counted("2024-12", expected=["Xã cũ", "Xã B1"], reported=["Xã cũ"])

    assert got["Xã B1"] == (1, 0, 0)
    assert got["Huyện B"] == (2, 1, 0)


def test_an_expected_unit_outside_the_line_is_said_apart():
    """An expected unit that has no place in the line is in no unit's count, and is said apart.

    Đơn vị phải báo cáo mà không thuộc hệ thống thì được nêu riêng.
    """
    got = _counted("2024-12", expected=["Xã A1", "Xã lạ"], reported=["Xã A1", "Xã lạ"])

    assert got["Tỉnh"] == (1, 1, 0)
    assert got["ngoài hệ thống"] == (1, 0, 0)
