"""The structure of a chosen day / Tổ chức của một ngày được chọn"""

from lantoa.rollup.tables import FLOW

LINE = """
    unit    | under   | from       | until
    --------+---------+------------+-----------
    Tỉnh    |         | 2020-01-01 |
    Huyện A | Tỉnh    | 2020-01-01 |
    Huyện B | Tỉnh    | 2020-01-01 |
    Xã X    | Huyện A | 2020-01-01 | 2024-07-01
    Xã X    | Huyện B | 2024-07-01 |
    Xã Y    | Huyện B | 2024-09-01 |
"""
FACTS = """
    unit | date       | value
    -----+------------+------
    Xã X | 2024-02-01 |    30
    Xã X | 2024-08-01 |     8
    Xã Y | 2024-10-01 |     5
"""


def test_everything_counts_where_it_stands_on_the_chosen_day(read):
    """Read on the structure of a day, all values of a unit count where the unit stood on that day.

    Đọc theo tổ chức của một ngày, mọi số của đơn vị tính cho nơi nó đứng vào ngày ấy.
    """
    before = read(LINE, FACTS, period="2024", rule=FLOW, on="2024-01-01")
    after = read(LINE, FACTS, period="2024", rule=FLOW, on="2024-12-31")

    assert before["Huyện A"] == 30 + 8
    assert after["Huyện A"] == 0
    assert after["Huyện B"] == 30 + 8 + 5


def test_the_day_of_change_belongs_to_the_new_structure(read):
    """A change holds from the day it is dated.

    Thay đổi có hiệu lực ngay từ ngày ghi trong quyết định.
    """
    got = read(LINE, FACTS, period="2024", rule=FLOW, on="2024-07-01")

    assert got["Huyện B"] == 30 + 8 + 5


def test_a_unit_not_yet_open_counts_for_its_first_parent(read):
    """Without predecessors, a unit that opened later counts for the unit it was first placed under.

    Đơn vị thành lập sau, không có đơn vị trước đó, tính cho cấp trên đầu tiên của nó.
    """
    got = read(LINE, FACTS, period="2024", rule=FLOW, on="2024-07-01", own=True)

    assert got["Huyện B"] == 5


def test_a_unit_away_from_the_line_for_a_while_counts_for_its_last_parent(read):
    """Between two stays in the line a unit counts for the parent it left.

    Trong thời gian tạm ra khỏi hệ thống, đơn vị tính cho cấp trên trước khi rời đi.
    """
    line = """
        unit    | under   | from       | until
        --------+---------+------------+-----------
        Tỉnh    |         | 2020-01-01 |
        Huyện A | Tỉnh    | 2020-01-01 |
        Huyện B | Tỉnh    | 2020-01-01 |
        Xã X    | Huyện A | 2020-01-01 | 2024-03-01
        Xã X    | Huyện B | 2024-09-01 |
    """
    facts = """
        unit | date       | value
        -----+------------+------
        Xã X | 2024-02-01 |    30
    """

    got = read(line, facts, period="2024", rule=FLOW, on="2024-06-01")

    assert got["Huyện A"] == 30
    assert got["Huyện B"] == 0
