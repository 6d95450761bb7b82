"""The structure of its day / Tổ chức của từng thời điểm"""

from lantoa.rollup.tables import FLOW

LINE = """
    unit    | under   | from       | until
    --------+---------+------------+-----------
    Tỉnh    |         | 2020-01-01 |
    Huyện A | Tỉnh    | 2020-01-01 | 2025-07-01
    Huyện B | Tỉnh    | 2020-01-01 | 2025-07-01
    Xã X    | Huyện A | 2020-01-01 | 2024-07-01
    Xã X    | Huyện B | 2024-07-01 | 2025-07-01
    Xã X    | Tỉnh    | 2025-07-01 |
"""
FACTS = """
    unit | date       | value
    -----+------------+------
    Xã X | 2024-06-30 |    30
    Xã X | 2024-07-01 |     8
    Xã X | 2025-07-01 |     4
"""


def test_every_value_counts_under_the_parent_of_its_date(read):
    """A commune that moves in the middle of the year counts for each district the days it stood there.

    Xã chuyển huyện giữa năm tính cho mỗi huyện những ngày xã thuộc huyện đó.
    """
    got = read(LINE, FACTS, period="2024", rule=FLOW)

    assert got["Huyện A"] == 30
    assert got["Huyện B"] == 8
    assert got["Xã X"] == 30 + 8
    assert got["Tỉnh"] == 30 + 8


def test_all_units_of_the_window_are_shown(read):
    """Whoever stood in the line at any time of the period is there, closed or not.

    Đơn vị nào có trong hệ thống vào bất cứ lúc nào của kỳ đều được nêu, dù đã kết thúc.
    """
    got = read(LINE, FACTS, period="2024-01-01 2026-01-01", rule=FLOW)

    assert got["Huyện A"] == 30
    assert got["Huyện B"] == 8
    assert got["Tỉnh"] == 30 + 8 + 4


def test_a_value_dated_after_its_unit_closed_goes_where_the_unit_went(read):
    """A value dated on a day its unit did not stand lands by what the unit had become on that day.

    Số ghi vào ngày đơn vị không còn thì tính cho đơn vị kế thừa vào ngày đó.
    """
    line = """
        unit   | under | from       | until
        -------+-------+------------+-----------
        Tỉnh   |       | 2020-01-01 |
        Xã cũ  | Tỉnh  | 2020-01-01 | 2024-07-01
        Xã mới | Tỉnh  | 2024-07-01 |
    """
    became = """
        unit  | date       | what   | into
        ------+------------+--------+-------
        Xã cũ | 2024-07-01 | merger | Xã mới
    """
    facts = """
        unit  | date       | value
        ------+------------+------
        Xã cũ | 2024-06-30 |    30
        Xã cũ | 2024-07-02 |     8
    """

    got = read(line, facts, became=became, period="2024", rule=FLOW)

    assert got["Xã cũ"] == 30
    assert got["Xã mới"] == 8
    assert got["Tỉnh"] == 30 + 8


def test_a_late_value_of_a_split_unit_is_shared_and_marked(read):
    """A value dated after a split with shares is shared out like one before it, and marked.

    Số ghi sau ngày chia tách có tỷ lệ cũng được chia theo tỷ lệ và đánh dấu ước tính.
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
        Xã cũ | 2024-07-01 | split | Xã 1 |  2500
        Xã cũ | 2024-07-01 | split | Xã 2 |  7500
    """
    facts = """
        unit  | date       | value
        ------+------------+------
        Xã cũ | 2024-06-30 |   100
        Xã cũ | 2024-07-02 |     8
    """

    got = read(line, facts, became=became, period="2024", rule=FLOW)

    assert got["Xã cũ"] == 100
    assert got["Xã 1"] == 2
    assert got["Xã 2"] == 8 - 2
    assert got.is_estimated("Xã 1")
    assert not got.is_estimated("Tỉnh")
