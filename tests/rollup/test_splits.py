"""Splits / Chia tách"""

import pytest

from lantoa.rollup.landing import SharesError
from lantoa.rollup.tables import BALANCE, FLOW

LINE = """
    unit    | under   | from       | until
    --------+---------+------------+-----------
    Tỉnh    |         | 2020-01-01 |
    Huyện A | Tỉnh    | 2020-01-01 |
    Huyện B | Tỉnh    | 2020-01-01 |
    Xã cũ   | Huyện A | 2020-01-01 | 2024-07-01
    Xã 1    | Huyện A | 2024-07-01 |
    Xã 2    | Huyện A | 2024-07-01 |
    Xã 3    | Huyện B | 2024-07-01 |
"""
SHARES = """
    unit  | date       | what  | into | share
    ------+------------+-------+------+------
    Xã cũ | 2024-07-01 | split | Xã 1 |  3333
    Xã cũ | 2024-07-01 | split | Xã 2 |  3333
    Xã cũ | 2024-07-01 | split | Xã 3 |  3334
"""
FACTS = """
    unit  | date       | value
    ------+------------+------
    Xã cũ | 2024-01-10 |    60
    Xã cũ | 2024-02-10 |    40
    Xã 1  | 2024-08-10 |     5
"""


def test_a_split_with_shares_is_shared_out_to_the_last_one(read):
    """Shares in ten-thousandths divide the sum of the split unit, and the parts add up to it exactly.

    Tỷ lệ phần vạn chia tổng số của đơn vị cũ; các phần cộng lại luôn đúng bằng tổng, không thừa không thiếu.
    """
    got = read(LINE, FACTS, became=SHARES, period="2024", rule=FLOW, on="2024-12-31")

    assert got["Xã 1"] == 33 + 5
    assert got["Xã 2"] == 66 - 33
    assert got["Xã 3"] == (60 + 40) - 66
    assert got["Tỉnh"] == 60 + 40 + 5


def test_a_shared_value_is_marked_until_its_parts_meet_again(read):
    """A figure that holds only part of a shared value is an estimate; above, where all parts are, it is exact.

    Số chỉ chứa một phần của số được chia là số ước tính; ở cấp chứa đủ các phần thì là số đúng.
    """
    got = read(LINE, FACTS, became=SHARES, period="2024", rule=FLOW, on="2024-12-31")

    assert got.is_estimated("Xã 1")
    assert got.is_estimated("Huyện A")
    assert got.is_estimated("Huyện B")
    assert not got.is_estimated("Tỉnh")


def test_where_nothing_was_shared_nothing_is_an_estimate(read):
    """In a period in which the split unit has nothing, no figure is marked.

    Kỳ mà đơn vị cũ không có số thì không số nào bị coi là ước tính.
    """
    got = read(LINE, FACTS, became=SHARES, period="2024-08", rule=FLOW, on="2024-12-31")

    assert got["Xã 1"] == 5
    assert not got.is_estimated("Xã 1")


def test_what_is_taken_back_is_shared_by_the_same_cuts(read):
    """A negative sum is shared by the same rule: rounded down at every cut, so that it adds up.

    Tổng âm cũng chia theo đúng quy tắc ấy: làm tròn xuống ở mỗi mốc để cộng lại vẫn đúng.
    """
    facts = """
        unit  | date       | value
        ------+------------+------
        Xã cũ | 2024-01-10 |  -100
    """

    got = read(LINE, facts, became=SHARES, period="2024", rule=FLOW, on="2024-12-31")

    assert got["Xã 1"] == -34
    assert got["Xã 2"] == -67 - -34
    assert got["Xã 3"] == -100 - -67


def test_a_balance_is_shared_like_a_flow(read):
    """A balance of a split unit is shared out as it stands at the period's end.

    Số hiện có của đơn vị cũ được chia theo số cuối kỳ.
    """
    got = read(LINE, FACTS, became=SHARES, period="2025", rule=BALANCE, on="2025-12-31")

    assert got["Xã 3"] == (60 + 40) - 66


def test_a_split_without_shares_stays_where_the_parts_meet(read):
    """Nobody said what went where, so the value stays with the nearest unit above all the parts.

    Không có tỷ lệ thì không ai biết phần nào về đâu: số nằm ở cấp chung gần nhất của các phần.
    """
    became = """
        unit  | date       | what  | into
        ------+------------+-------+-----
        Xã cũ | 2024-07-01 | split | Xã 1
        Xã cũ | 2024-07-01 | split | Xã 2
    """

    got = read(LINE, FACTS, became=became, period="2024", rule=FLOW, on="2024-12-31", own=True)

    assert got["Huyện A"] == 60 + 40
    assert got["Xã 1"] == 5
    assert not got.is_estimated("Huyện A")


def test_shares_of_shares_are_followed(read):
    """A part that was split in turn shares out what it was given; what it merged into takes it whole.

    Phần được chia lại chia tiếp thì phần ấy chia tiếp; phần đã sáp nhập thì đơn vị kế thừa nhận trọn.
    """
    line = """
        unit | under | from       | until
        -----+-------+------------+-----------
        Tỉnh |       | 2020-01-01 |
        Xã 0 | Tỉnh  | 2020-01-01 | 2021-01-01
        Xã 1 | Tỉnh  | 2021-01-01 | 2022-01-01
        Xã 2 | Tỉnh  | 2021-01-01 | 2023-01-01
        Xã 3 | Tỉnh  | 2022-01-01 |
        Xã 4 | Tỉnh  | 2022-01-01 |
    """
    became = """
        unit | date       | what   | into | share
        -----+------------+--------+------+------
        Xã 0 | 2021-01-01 | split  | Xã 1 |  5000
        Xã 0 | 2021-01-01 | split  | Xã 2 |  5000
        Xã 1 | 2022-01-01 | split  | Xã 3 |  2000
        Xã 1 | 2022-01-01 | split  | Xã 4 |  8000
        Xã 2 | 2023-01-01 | merger | Xã 4 |
    """
    facts = """
        unit | date       | value
        -----+------------+------
        Xã 0 | 2020-06-01 |   100
    """

    got = read(line, facts, became=became, period="2020", rule=FLOW, on="2024-01-01")

    assert got["Xã 3"] == 10
    assert got["Xã 4"] == 40 + 50
    assert got["Tỉnh"] == 100


def test_parts_that_merged_again_are_no_estimate(read):
    """Parts that became one unit again give it the whole, exactly.

    Các phần lại nhập về một đơn vị thì đơn vị ấy có trọn số, không còn là ước tính.
    """
    line = """
        unit | under | from       | until
        -----+-------+------------+-----------
        Tỉnh |       | 2020-01-01 |
        Xã 0 | Tỉnh  | 2020-01-01 | 2021-01-01
        Xã 1 | Tỉnh  | 2021-01-01 | 2022-01-01
        Xã 2 | Tỉnh  | 2021-01-01 |
    """
    became = """
        unit | date       | what   | into | share
        -----+------------+--------+------+------
        Xã 0 | 2021-01-01 | split  | Xã 1 |  3333
        Xã 0 | 2021-01-01 | split  | Xã 2 |  6667
        Xã 1 | 2022-01-01 | merger | Xã 2 |
    """
    facts = """
        unit | date       | value
        -----+------------+------
        Xã 0 | 2020-06-01 |   100
    """

    got = read(line, facts, became=became, period="2020", rule=FLOW, on="2024-01-01")

    assert got["Xã 2"] == 100
    assert not got.is_estimated("Xã 2")


def test_a_part_given_to_a_unit_that_is_a_parent_too_is_an_estimate_of_its_own(read):
    """Read without the units below, a part is an estimate even where the whole is not.

    Xét riêng số của chính đơn vị, một phần được chia vẫn là ước tính dù tổng cấp đó là đúng.
    """
    became = """
        unit  | date       | what  | into    | share
        ------+------------+-------+---------+------
        Xã cũ | 2024-07-01 | split | Huyện A |  5000
        Xã cũ | 2024-07-01 | split | Xã 1    |  5000
    """

    own = read(LINE, FACTS, became=became, period="2024", rule=FLOW, on="2024-12-31", own=True)
    whole = read(LINE, FACTS, became=became, period="2024", rule=FLOW, on="2024-12-31")

    assert own["Huyện A"] == 50
    assert own.is_estimated("Huyện A")
    assert whole["Huyện A"] == 50 + 50 + 5
    assert not whole.is_estimated("Huyện A")


@pytest.mark.parametrize("share", ["", "4000"])
def test_shares_must_be_all_there_and_add_up(read, share):
    """A split in which a share is missing, or whose shares do not add up to 10.000, is refused.

    Chia tách mà thiếu tỷ lệ hoặc tỷ lệ không cộng lại bằng 10.000 thì không tính, phải sửa.
    """
    became = f"""
        unit  | date       | what  | into | share
        ------+------------+-------+------+------
        Xã cũ | 2024-07-01 | split | Xã 1 |  5000
        Xã cũ | 2024-07-01 | split | Xã 2 |  {share}
    """

    with pytest.raises(SharesError, match=r"10\.000"):
        read(LINE, FACTS, became=became, period="2024", rule=FLOW, on="2024-12-31")


def test_a_part_outside_the_line_is_printed_as_outside(read):
    """A part whose unit has nothing above it in the line is outside the line, and is an estimate nowhere else hidden.

    Phần thuộc về nơi không còn trong hệ thống được nêu riêng là ngoài hệ thống.
    """
    line = """
        unit   | under  | from       | until
        -------+--------+------------+-----------
        Tỉnh   |        | 2020-01-01 |
        Gốc cũ |        | 2020-01-01 | 2024-07-01
        Xã 1   | Tỉnh   | 2024-07-01 |
    """
    became = """
        unit   | date       | what  | into        | share
        -------+------------+-------+-------------+------
        Gốc cũ | 2024-07-01 | split | Xã 1        |  2500
        Gốc cũ | 2024-07-01 | split | Ngoài ngành |  7500
    """
    facts = """
        unit   | date       | value
        -------+------------+------
        Gốc cũ | 2024-01-01 |   100
    """

    got = read(line, facts, became=became, period="2024", rule=FLOW, on="2024-12-31")

    assert got["Xã 1"] == 25
    assert got["ngoài hệ thống"] == 100 - 25
    assert got.is_estimated("Tỉnh")
