"""Balances / Số hiện có"""

from lantoa.rollup.tables import BALANCE

LINE = """
    unit    | under   | from       | until
    --------+---------+------------+-----------
    Tỉnh    |         | 2020-01-01 |
    Huyện A | Tỉnh    | 2020-01-01 |
    Huyện B | Tỉnh    | 2020-01-01 |
    Xã X    | Huyện A | 2020-01-01 | 2024-07-01
    Xã X    | Huyện B | 2024-07-01 |
"""
FACTS = """
    unit | date       | value
    -----+------------+------
    Xã X | 2021-03-01 |    20
    Xã X | 2024-02-01 |     5
    Xã X | 2024-08-01 |    -8
    Xã X | 2025-01-01 |   100
"""


def test_a_balance_is_everything_up_to_the_periods_end(read):
    """What there is at the end of a period: everything that came and went since the beginning.

    Số hiện có cuối kỳ là tổng mọi lần tăng, giảm từ đầu cho đến hết kỳ.
    """
    got = read(LINE, FACTS, period="2024", rule=BALANCE, on="2024-12-31")

    assert got["Xã X"] == 20 + 5 - 8
    assert got["Huyện B"] == 20 + 5 - 8
    assert got["Huyện A"] == 0


def test_a_balance_does_not_mind_how_long_the_period_is(read):
    """The balance of a year is that of its last month.

    Số hiện có của năm bằng số hiện có của tháng cuối năm.
    """
    got = read(LINE, FACTS, period="2024-12", rule=BALANCE, on="2024-12-31")

    assert got["Tỉnh"] == 20 + 5 - 8


def test_what_ended_is_no_longer_there(read):
    """Starting a practice with 20 people posts +1 and +20, ending it posts −1 and −20.

    Bắt đầu một mô hình có 20 người ghi +1 và +20; kết thúc thì ghi −1 và −20.
    """
    facts = """
        unit | date       | value
        -----+------------+------
        Xã X | 2024-01-10 |    20
        Xã X | 2024-03-31 |   -20
    """

    before = read(LINE, facts, period="2024-02", rule=BALANCE, on="2024-12-31")
    after = read(LINE, facts, period="2024-03", rule=BALANCE, on="2024-12-31")

    assert before["Tỉnh"] == 20
    assert after["Tỉnh"] == 20 - 20


def test_a_balance_of_its_day_counts_the_whole_past_where_it_was(read):
    """Read on the structure of its day, a balance leaves every change under the parent of its date.

    Đọc theo tổ chức từng thời điểm, mỗi lần tăng, giảm thuộc về cấp trên vào ngày của nó.
    """
    got = read(LINE, FACTS, period="2024", rule=BALANCE)

    assert got["Huyện A"] == 20 + 5
    assert got["Huyện B"] == -8
    assert got["Xã X"] == 20 + 5 - 8
    assert got["Tỉnh"] == 20 + 5 - 8


def test_a_unit_closed_before_the_window_is_not_listed_but_counted(read):
    """A district closed before the period is not shown; what it left is in the province's balance.

    Huyện đã kết thúc trước kỳ không còn dòng riêng; số nó để lại vẫn nằm trong số của tỉnh.
    """
    line = """
        unit    | under   | from       | until
        --------+---------+------------+-----------
        Tỉnh    |         | 2020-01-01 |
        Huyện A | Tỉnh    | 2020-01-01 | 2022-01-01
        Xã X    | Huyện A | 2020-01-01 | 2022-01-01
        Xã X    | Tỉnh    | 2022-01-01 |
    """
    facts = """
        unit    | date       | value
        --------+------------+------
        Huyện A | 2021-05-05 |     7
        Xã X    | 2021-05-05 |    20
        Xã X    | 2024-05-05 |     1
    """

    got = read(line, facts, period="2024", rule=BALANCE)

    assert got["Huyện A"] == 0
    assert got["Xã X"] == 20 + 1
    assert got["Tỉnh"] == 7 + 20 + 1


def test_a_former_root_keeps_its_past_in_a_balance_of_its_day(read):
    """When a province is replaced by another, what was counted under the old one stays with it.

    Khi một tỉnh được thay bằng tỉnh khác, số đã tính cho tỉnh cũ vẫn ở tỉnh cũ, không mất.
    """
    line = """
        unit     | under    | from       | until
        ---------+----------+------------+-----------
        Tỉnh cũ  |          | 2020-01-01 | 2023-01-01
        Tỉnh mới |          | 2023-01-01 |
        Xã X     | Tỉnh cũ  | 2020-01-01 | 2023-01-01
        Xã X     | Tỉnh mới | 2023-01-01 |
    """
    facts = """
        unit | date       | value
        -----+------------+------
        Xã X | 2021-05-05 |    20
        Xã X | 2024-05-05 |     1
    """

    got = read(line, facts, period="2024", rule=BALANCE)

    assert got["Tỉnh cũ"] == 20
    assert got["Tỉnh mới"] == 1
    assert got["Xã X"] == 20 + 1
