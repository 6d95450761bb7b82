"""Two lines / Hai hệ thống"""

from lantoa.rollup.tables import FLOW

TERRITORY = """
    unit             | under   | from
    -----------------+---------+-----------
    Tỉnh             |         | 2020-01-01
    Huyện A          | Tỉnh    | 2020-01-01
    Xã A1            | Huyện A | 2020-01-01
    Hội Phụ nữ tỉnh  | Tỉnh    | 2020-01-01
    Hội Phụ nữ xã A1 | Xã A1   | 2020-01-01
"""
WOMEN = """
    unit             | under            | from
    -----------------+------------------+-----------
    Hội Phụ nữ tỉnh  |                  | 2020-01-01
    Hội Phụ nữ xã A1 | Hội Phụ nữ tỉnh  | 2020-01-01
"""
FACTS = """
    unit             | date       | value
    -----------------+------------+------
    Hội Phụ nữ xã A1 | 2024-03-08 |    40
    Xã A1            | 2024-03-08 |    25
"""


def test_a_record_counts_once_in_each_line(read):
    """A record of a unit that stands in two lines counts once in each, and once in the whole.

    Số của đơn vị thuộc hai hệ thống tính một lần trong mỗi hệ thống, và một lần trong tổng chung.
    """
    territory = read(TERRITORY, FACTS, period="2024", rule=FLOW)
    women = read(WOMEN, FACTS, period="2024", rule=FLOW)

    assert territory["Tỉnh"] == 40 + 25
    assert women["Hội Phụ nữ tỉnh"] == 40


def test_what_a_line_does_not_hold_is_outside_it(read):
    """A sector's total never takes in what units of other lines did; it is printed as outside.

    Tổng của ngành dọc không gộp số của đơn vị ngoài ngành; số đó được nêu là ngoài hệ thống.
    """
    women = read(WOMEN, FACTS, period="2024", rule=FLOW)

    assert women["ngoài hệ thống"] == 25
