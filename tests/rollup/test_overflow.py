"""Sums that do not fit / Tổng vượt giới hạn"""

import pytest

from lantoa.rollup.tables import FLOW, Rule, TotalTooLargeError

LINE = """
    unit | under | from
    -----+-------+-----------
    Tỉnh |       | 2020-01-01
    Xã A | Tỉnh  | 2020-01-01
    Xã B | Tỉnh  | 2020-01-01
"""
TOO_LARGE = """
    unit | date       | value
    -----+------------+--------------------
    Xã A | 2024-01-01 | 9223372036854775807
    Xã B | 2024-01-01 | 1
"""


def test_a_total_that_does_not_fit_is_refused_never_cut(read):
    """A total beyond 64 bits stops with an error; it is never cut off or turned negative.

    Tổng vượt quá 64 bit thì dừng và báo lỗi, không bao giờ bị cắt hay đổi dấu.
    """
    with pytest.raises(TotalTooLargeError, match="64 bit"):
        read(LINE, TOO_LARGE, period="2024", rule=FLOW)


def test_a_total_too_negative_is_refused_alike(read):
    """The same on the other side of nought.

    Với số âm cũng vậy.
    """
    facts = TOO_LARGE.replace("| 9", "| -9").replace("| 1\n", "| -2\n")

    with pytest.raises(TotalTooLargeError):
        read(LINE, facts, period="2024", rule=FLOW)


def test_the_largest_total_that_fits_is_exact(read):
    """Up to the very last number that fits, a total is exact.

    Tổng lớn nhất còn trong giới hạn vẫn đúng đến từng đơn vị.
    """
    facts = """
        unit | date       | value
        -----+------------+--------------------
        Xã A | 2024-01-01 | 9223372036854775800
        Xã B | 2024-01-01 | 7
    """

    got = read(LINE, facts, period="2024", rule=FLOW)

    assert got["Tỉnh"] == 9223372036854775800 + 7


def test_a_choice_among_large_values_is_exact(read):
    """A least or greatest value needs no sum, and is given as it is.

    Số nhỏ nhất, lớn nhất không phải cộng nên được giữ nguyên.
    """
    least = read(LINE, TOO_LARGE, period="2024", rule=Rule("flow", along_units="min"))
    greatest = read(LINE, TOO_LARGE, period="2024", rule=Rule("flow", along_units="max"))

    assert least["Tỉnh"] == 1
    assert greatest["Tỉnh"] == 9223372036854775807


def test_large_values_are_shared_out_exactly(read):
    """A large value is shared out without ever being multiplied beyond 64 bits.

    Số lớn được chia theo tỷ lệ mà không phép nhân nào vượt 64 bit.
    """
    line = """
        unit  | under | from       | until
        ------+-------+------------+-----------
        Tỉnh  |       | 2020-01-01 |
        Xã cũ | Tỉnh  | 2020-01-01 | 2024-07-01
        Xã 1  | Tỉnh  | 2024-07-01 |
        Xã 2  | Tỉnh  | 2024-07-01 |
    """
    became = """
        unit  | date       | what  | into | share
        ------+------------+-------+------+------
        Xã cũ | 2024-07-01 | split | Xã 1 |  3333
        Xã cũ | 2024-07-01 | split | Xã 2 |  6667
    """
    facts = """
        unit  | date       | value
        ------+------------+---------------------
        Xã cũ | 2024-01-01 | -9223372036854775807
    """

    got = read(line, facts, became=became, period="2024", rule=FLOW, on="2024-12-31")

    assert got["Xã 1"] == -9223372036854775807 * 3333 // 10_000
    assert got["Xã 2"] == -9223372036854775807 - got["Xã 1"]
