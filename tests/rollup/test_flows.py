"""Flows / Số phát sinh"""

from lantoa.rollup.tables import FLOW

LINE = """
    unit    | under   | from
    --------+---------+-----------
    Tỉnh    |         | 2020-01-01
    Huyện A | Tỉnh    | 2020-01-01
    Huyện B | Tỉnh    | 2020-01-01
    Xã A1   | Huyện A | 2020-01-01
    Xã A2   | Huyện A | 2020-01-01
"""


def test_a_flow_is_the_sum_of_what_is_dated_in_the_period(read):
    """A flow counts what is dated from the first day of the period until before the next period's first day.

    Số phát sinh là tổng các số ghi từ ngày đầu kỳ đến trước ngày đầu của kỳ sau.
    """
    facts = """
        unit  | date       | value
        ------+------------+------
        Xã A1 | 2023-12-31 |     1
        Xã A1 | 2024-01-01 |    30
        Xã A1 | 2024-01-31 |     8
        Xã A1 | 2024-02-01 |   100
    """

    got = read(LINE, facts, period="2024-01", rule=FLOW)

    assert got["Xã A1"] == 30 + 8


def test_a_unit_has_what_it_did_itself_and_all_that_is_below_it(read):
    """A unit's figure is its own value and the values of all units below it, each counted once.

    Số của một đơn vị gồm số của chính nó và của mọi đơn vị bên dưới, mỗi số tính một lần.
    """
    facts = """
        unit    | date       | value
        --------+------------+------
        Xã A1   | 2024-01-05 |    30
        Xã A2   | 2024-01-06 |     8
        Huyện A | 2024-01-07 |     2
        Huyện B | 2024-01-08 |     5
        Tỉnh    | 2024-01-09 |     1
    """

    got = read(LINE, facts, period="2024-01", rule=FLOW)

    assert got["Huyện A"] == 30 + 8 + 2
    assert got["Tỉnh"] == 30 + 8 + 2 + 5 + 1


def test_a_correction_is_added_like_anything_else(read):
    """A correction is a further entry of the difference; what was there stays.

    Một lần sửa là một bút toán chênh lệch ghi thêm; bút toán cũ giữ nguyên.
    """
    facts = """
        unit  | date       | value
        ------+------------+------
        Xã A1 | 2024-01-02 |    30
        Xã A2 | 2024-01-09 |     8
        Xã A1 | 2024-01-02 |     5
        Xã A2 | 2024-01-09 |    -8
    """

    got = read(LINE, facts, period="2024-01", rule=FLOW)

    assert got["Xã A1"] == 30 + 5
    assert got["Xã A2"] == 8 - 8
    assert got["Tỉnh"] == 30 + 5 + 8 - 8


def test_a_quarter_is_its_three_months(read):
    """A longer period is the sum of the shorter ones in it.

    Số của một quý bằng tổng số của ba tháng trong quý.
    """
    facts = """
        unit  | date       | value
        ------+------------+------
        Xã A1 | 2024-01-31 |    10
        Xã A1 | 2024-02-29 |    20
        Xã A1 | 2024-03-31 |    40
        Xã A1 | 2024-04-01 |    80
    """

    got = read(LINE, facts, period="2024-Q1", rule=FLOW)

    assert got["Tỉnh"] == 10 + 20 + 40


def test_a_cut_off_inside_a_month_is_a_period_like_any_other(read):
    """A period may run from the 15th of one month until the 14th of the next (Decree 09/2019).

    Kỳ có thể tính từ ngày 15 tháng trước đến ngày 14 tháng sau (Nghị định 09/2019/NĐ-CP).
    """
    facts = """
        unit  | date       | value
        ------+------------+------
        Xã A1 | 2024-01-14 |     1
        Xã A1 | 2024-01-15 |    10
        Xã A1 | 2024-02-14 |    20
        Xã A1 | 2024-02-15 |   100
    """

    got = read(LINE, facts, period="2024-01-15 2024-02-15", rule=FLOW)

    assert got["Tỉnh"] == 10 + 20
