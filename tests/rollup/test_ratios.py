"""Ratios of sums / Tỷ lệ là tổng chia tổng"""

from lantoa.lib import numbers
from lantoa.rollup.tables import BALANCE, FLOW

LINE = """
    unit | under | from
    -----+-------+-----------
    Tỉnh |       | 2020-01-01
    Xã A | Tỉnh  | 2020-01-01
    Xã B | Tỉnh  | 2020-01-01
"""
TOOK_PART = """
    unit | date       | value
    -----+------------+------
    Xã A | 2024-05-01 |     9
    Xã B | 2024-05-01 |   450
"""
MEMBERS = """
    unit | date       | value
    -----+------------+------
    Xã A | 2020-05-01 |    10
    Xã B | 2020-05-01 |   900
"""


def test_a_ratio_is_the_sum_above_over_the_sum_below(read):
    """Add first, divide once, at the end: a ratio of the province is never a mean of its communes' ratios.

    Cộng trước, chia một lần ở cuối: tỷ lệ của tỉnh không bao giờ là trung bình các tỷ lệ của xã.
    """
    top = read(LINE, TOOK_PART, period="2024", rule=FLOW)
    bottom = read(LINE, MEMBERS, period="2024", rule=BALANCE)

    assert top["Tỉnh"] == 9 + 450
    assert bottom["Tỉnh"] == 10 + 900
    assert numbers.divide(top["Tỉnh"], bottom["Tỉnh"], 4) == 5044
