"""Levels along time / Số đo theo thời gian"""

from lantoa.rollup.tables import Rule

LAST = Rule("level", along_time="last")
AVERAGE = Rule("level", along_time="average", along_units="average")
LEAST = Rule("level", along_time="min")
GREATEST = Rule("level", along_time="max")

LINE = """
    unit  | under | from
    ------+-------+-----------
    Tỉnh  |       | 2020-01-01
    Xã A  | Tỉnh  | 2020-01-01
    Xã B  | Tỉnh  | 2020-01-01
"""
FACTS = """
    unit | date       | value
    -----+------------+------
    Xã A | 2023-12-31 |    99
    Xã A | 2024-01-10 |    40
    Xã A | 2024-02-10 |    70
    Xã A | 2024-03-10 |    50
    Xã B | 2024-02-01 |    10
"""


def test_the_last_value_of_the_period_counts(read):
    """The value at the last day of the period that has one.

    Lấy số của ngày cuối cùng trong kỳ có số.
    """
    got = read(LINE, FACTS, period="2024", rule=LAST)

    assert got["Xã A"] == 50
    assert got["Tỉnh"] == 50 + 10


def test_the_least_and_the_greatest_day_of_the_period_count(read):
    """The least or the greatest of the days of the period that have a value.

    Lấy số nhỏ nhất hoặc lớn nhất trong các ngày có số của kỳ.
    """
    least = read(LINE, FACTS, period="2024", rule=LEAST)
    greatest = read(LINE, FACTS, period="2024", rule=GREATEST)

    assert least["Xã A"] == 40
    assert greatest["Xã A"] == 70
    assert greatest["Tỉnh"] == 70 + 10


def test_an_average_is_kept_as_a_sum_of_days_and_their_number(read):
    """An average of days travels as two totals and is divided once, at the very end.

    Số bình quân được giữ thành hai tổng (tổng các ngày, số ngày) và chỉ chia một lần ở cuối.
    """
    got = read(LINE, FACTS, period="2024", rule=AVERAGE)

    assert got.top_and_bottom("Xã A") == (40 + 70 + 50, 3)
    assert got.top_and_bottom("Tỉnh") == (40 + 70 + 50 + 10, 3 + 1)


def test_the_corrections_of_a_day_are_added_before_anything_is_chosen(read):
    """Entries of one day are corrections of one another: added first, they are one value.

    Các bút toán cùng ngày là sửa của nhau: cộng lại trước, thành một số.
    """
    facts = """
        unit | date       | value
        -----+------------+------
        Xã A | 2024-01-10 |    40
        Xã A | 2024-01-10 |   -15
        Xã A | 2024-01-05 |    30
    """

    least = read(LINE, facts, period="2024", rule=LEAST)
    average = read(LINE, facts, period="2024", rule=AVERAGE)

    assert least["Xã A"] == 40 - 15
    assert average.top_and_bottom("Xã A") == (40 - 15 + 30, 2)


def test_no_value_is_not_nought(read):
    """A unit without a value in the period has none: that is said apart, and it enters no average.

    Đơn vị không có số trong kỳ là không có số, không phải số không, và không tính vào bình quân.
    """
    got = read(LINE, FACTS, period="2024-01", rule=AVERAGE)

    assert got.has_value("Xã A")
    assert not got.has_value("Xã B")
    assert got.top_and_bottom("Tỉnh") == (40, 1)


def test_a_value_taken_back_is_no_value(read):
    """A day whose entries add up to nothing has no value: what was said was taken back.

    Ngày có các bút toán cộng lại bằng không là ngày không có số: số đã báo được rút lại.
    """
    facts = """
        unit | date       | value
        -----+------------+------
        Xã A | 2024-01-05 |    30
        Xã A | 2024-01-20 |    44
        Xã A | 2024-01-20 |   -44
        Xã B | 2024-01-20 |    12
        Xã B | 2024-01-20 |   -12
    """

    last = read(LINE, facts, period="2024-01", rule=LAST)
    least = read(LINE, facts, period="2024-01", rule=LEAST)

    assert last["Xã A"] == 30
    assert least["Xã A"] == 30
    assert not last.has_value("Xã B")
