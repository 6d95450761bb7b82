"""Dissolved units / Giải thể"""

import pytest

from lantoa.rollup.landing import SuccessionLoopError
from lantoa.rollup.tables import FLOW

LINE = """
    unit    | under   | from       | until
    --------+---------+------------+-----------
    Tỉnh    |         | 2020-01-01 |
    Huyện A | Tỉnh    | 2020-01-01 | 2025-07-01
    Ban X   | Huyện A | 2020-01-01 | 2024-07-01
    Ban Y   | Huyện A | 2020-01-01 | 2024-07-01
    Ban Z   | Tỉnh    | 2020-01-01 |
"""
BECAME = """
    unit  | date       | what        | into
    ------+------------+-------------+------
    Ban X | 2024-07-01 | dissolution | Ban Z
    Ban Y | 2024-07-01 | dissolution |
"""
FACTS = """
    unit  | date       | value
    ------+------------+------
    Ban X | 2024-01-10 |    30
    Ban Y | 2024-01-10 |     8
    Ban Z | 2024-01-10 |     1
"""


def test_a_dissolved_unit_counts_for_its_heir_or_its_last_parent(read):
    """What a dissolved unit had counts for its heir; without one, for the unit it last stood under.

    Số của đơn vị giải thể tính cho đơn vị nhận bàn giao; không có thì tính cho cấp trên cuối cùng.
    """
    got = read(LINE, FACTS, became=BECAME, period="2024", rule=FLOW, on="2024-12-31")

    assert got["Ban Z"] == 30 + 1
    assert got["Huyện A"] == 8
    assert got["Tỉnh"] == 30 + 8 + 1


def test_a_parent_that_closes_too_hands_on_what_it_was_left(read):
    """If that parent closes in turn, its own parent has the value: nothing is lost on the way.

    Cấp trên ấy kết thúc thì cấp trên của nó nhận tiếp: không số nào bị mất.
    """
    got = read(LINE, FACTS, became=BECAME, period="2024", rule=FLOW, on="2025-12-31", own=True)

    assert got["Tỉnh"] == 8


def test_successions_that_lead_back_to_the_beginning_are_refused(read):
    """A chain of successions that comes back to where it began stops with an error.

    Chuỗi kế thừa quay lại chính nó thì dừng và báo lỗi.
    """
    became = """
        unit  | date       | what        | into
        ------+------------+-------------+------
        Ban X | 2024-07-01 | dissolution | Ban Y
        Ban Y | 2024-07-01 | dissolution | Ban X
    """

    with pytest.raises(SuccessionLoopError, match="quay lại chính nó"):
        read(LINE, FACTS, became=became, period="2024", rule=FLOW, on="2024-12-31")
