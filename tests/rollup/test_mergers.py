"""Mergers / Sáp nhập"""

from lantoa.rollup.tables import FLOW

LINE = """
    unit    | under   | from       | until
    --------+---------+------------+-----------
    Tỉnh    |         | 2020-01-01 |
    Huyện A | Tỉnh    | 2020-01-01 | 2025-07-01
    Huyện B | Tỉnh    | 2020-01-01 | 2025-07-01
    Xã A1   | Huyện A | 2020-01-01 | 2025-07-01
    Xã A2   | Huyện A | 2020-01-01 | 2025-07-01
    Xã B1   | Huyện B | 2020-01-01 | 2025-07-01
    Xã mới  | Tỉnh    | 2025-07-01 |
    Xã chung| Tỉnh    | 2025-07-01 |
"""
BECAME = """
    unit  | date       | what   | into
    ------+------------+--------+---------
    Xã A1 | 2025-07-01 | merger | Xã mới
    Xã A2 | 2025-07-01 | merger | Xã mới
    Xã A2 | 2025-07-01 | renaming |
    Xã B1 | 2025-07-01 | renaming | Xã B1
    Xã B1 | 2025-07-01 | merger | Xã chung
"""
FACTS = """
    unit    | date       | value
    --------+------------+------
    Xã A1   | 2025-02-01 |    30
    Xã A2   | 2025-02-01 |     8
    Xã B1   | 2025-02-01 |     5
    Huyện A | 2025-02-01 |     2
    Xã mới  | 2025-08-01 |    11
"""


def test_closed_units_count_for_their_successor(read):
    """After a merger, the past of the merged units is the past of the new unit.

    Sau sáp nhập, số cũ của các đơn vị được sáp nhập là số của đơn vị mới.
    """
    got = read(LINE, FACTS, became=BECAME, period="2025", rule=FLOW, on="2025-12-31")

    assert got["Xã mới"] == 30 + 8 + 11
    assert got["Xã chung"] == 5
    assert got["Tỉnh"] == 30 + 8 + 5 + 2 + 11
    assert not got.is_estimated("Xã mới")


def test_a_merged_unit_is_read_back_where_its_predecessors_meet(read):
    """Read on the structure before the merger, the new unit's values stay with the nearest unit above all it came from.

    Đọc theo tổ chức trước sáp nhập, số của đơn vị mới nằm ở cấp chung gần nhất của các đơn vị cũ.
    """
    got = read(LINE, FACTS, became=BECAME, period="2025", rule=FLOW, on="2025-06-30")

    assert got["Xã A1"] == 30
    assert got["Huyện A"] == 30 + 8 + 2 + 11
    assert got["Tỉnh"] == 30 + 8 + 5 + 2 + 11


def test_a_unit_with_one_predecessor_is_read_back_as_that_one(read):
    """A unit that came from one other is, before its opening, that other.

    Đơn vị chỉ có một đơn vị tiền thân thì trước ngày thành lập được tính là đơn vị đó.
    """
    facts = """
        unit     | date       | value
        ---------+------------+------
        Xã chung | 2025-08-01 |     9
    """

    got = read(LINE, facts, became=BECAME, period="2025", rule=FLOW, on="2025-06-30")

    assert got["Xã B1"] == 9
    assert got["Huyện B"] == 9


def test_a_chain_of_mergers_is_followed_to_its_end(read):
    """A successor that was merged in turn hands on what it had taken over.

    Đơn vị kế thừa lại bị sáp nhập thì chuyển tiếp cả phần nó đã nhận.
    """
    line = """
        unit | under | from       | until
        -----+-------+------------+-----------
        Tỉnh |       | 2020-01-01 |
        Xã 1 | Tỉnh  | 2020-01-01 | 2021-01-01
        Xã 2 | Tỉnh  | 2020-01-01 | 2022-01-01
        Xã 3 | Tỉnh  | 2020-01-01 |
    """
    became = """
        unit | date       | what   | into
        -----+------------+--------+-----
        Xã 1 | 2021-01-01 | merger | Xã 2
        Xã 2 | 2022-01-01 | merger | Xã 3
    """
    facts = """
        unit | date       | value
        -----+------------+------
        Xã 1 | 2020-06-01 |     1
        Xã 2 | 2020-06-01 |    10
        Xã 3 | 2020-06-01 |   100
    """

    between = read(line, facts, became=became, period="2020", rule=FLOW, on="2021-06-01")
    now = read(line, facts, became=became, period="2020", rule=FLOW, on="2024-01-01")

    assert between["Xã 2"] == 1 + 10
    assert now["Xã 3"] == 1 + 10 + 100


def test_a_successor_elsewhere_is_stood_in_for_by_the_last_parent(read):
    """If the successor never stood in this line, the closed unit counts for its last parent here.

    Nếu đơn vị kế thừa không thuộc hệ thống này, số cũ tính cho cấp trên cuối cùng của đơn vị cũ.
    """
    became = """
        unit  | date       | what   | into
        ------+------------+--------+-----------
        Xã A1 | 2025-07-01 | merger | Ngoài ngành
    """

    got = read(LINE, FACTS, became=became, period="2025", rule=FLOW, on="2025-12-31", own=True)

    assert got["Tỉnh"] == 30 + 8 + 5 + 2


def test_a_predecessor_elsewhere_is_stood_in_for_by_the_first_parent(read):
    """If the predecessor never stood in this line, the new unit counts for its first parent.

    Nếu đơn vị tiền thân không thuộc hệ thống này, đơn vị mới tính cho cấp trên đầu tiên của nó.
    """
    became = """
        unit        | date       | what   | into
        ------------+------------+--------+-------
        Ngoài ngành | 2025-07-01 | merger | Xã mới
    """

    got = read(LINE, FACTS, became=became, period="2025", rule=FLOW, on="2025-06-30", own=True)

    assert got["Tỉnh"] == 11


def test_a_successor_that_opens_only_later_is_stood_in_for_by_the_last_parent(read):
    """On a day between closing and opening, the closed unit counts for its last parent.

    Trong khoảng giữa ngày kết thúc và ngày đơn vị kế thừa thành lập, số tính cho cấp trên cuối cùng.
    """
    line = """
        unit   | under | from       | until
        -------+-------+------------+-----------
        Tỉnh   |       | 2020-01-01 |
        Xã cũ  | Tỉnh  | 2020-01-01 | 2024-07-01
        Xã mới | Tỉnh  | 2024-09-01 |
    """
    became = """
        unit  | date       | what   | into
        ------+------------+--------+-------
        Xã cũ | 2024-07-01 | merger | Xã mới
    """
    facts = """
        unit   | date       | value
        -------+------------+------
        Xã cũ  | 2024-01-01 |    30
        Xã mới | 2024-10-01 |     8
    """

    got = read(line, facts, became=became, period="2024", rule=FLOW, on="2024-08-01", own=True)

    assert got["Tỉnh"] == 30 + 8
