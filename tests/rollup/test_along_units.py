"""Along units / Theo đơn vị"""

from lantoa.rollup.tables import Rule

LINE = """
    unit    | under   | from       | until
    --------+---------+------------+-----------
    Tỉnh    |         | 2020-01-01 |
    Huyện A | Tỉnh    | 2020-01-01 |
    Huyện B | Tỉnh    | 2020-01-01 |
    Xã A1   | Huyện A | 2020-01-01 |
    Xã A2   | Huyện A | 2020-01-01 |
    Xã B1   | Huyện B | 2020-01-01 | 2024-03-01
    Xã B1   | Huyện A | 2024-03-01 |
"""
FACTS = """
    unit  | date       | value
    ------+------------+------
    Xã A1 | 2024-01-10 |    30
    Xã A1 | 2024-02-10 |    -4
    Xã A2 | 2024-01-10 |   -10
    Xã B1 | 2024-01-10 |    50
"""


def test_the_least_and_the_greatest_unit_below_count(read):
    """Where the measure says so, a unit has the least or the greatest value of the units below it.

    Nếu chỉ tiêu quy định, số của một đơn vị là số nhỏ nhất hoặc lớn nhất của các đơn vị bên dưới.
    """
    least = read(LINE, FACTS, period="2024", rule=Rule("flow", along_units="min"), on="2024-01-31")
    greatest = read(
        LINE, FACTS, period="2024", rule=Rule("flow", along_units="max"), on="2024-01-31"
    )

    assert least["Huyện A"] == -10
    assert greatest["Huyện A"] == 30 - 4
    assert greatest["Tỉnh"] == 50


def test_an_average_along_units_is_a_sum_and_a_count(read):
    """An average of units is their sum over how many of them have a value, divided at the end.

    Bình quân theo đơn vị là tổng chia cho số đơn vị có số, chia một lần ở cuối.
    """
    got = read(LINE, FACTS, period="2024", rule=Rule("flow", along_units="average"))

    assert got.top_and_bottom("Huyện A") == (30 - 4 - 10, 2)
    assert got.top_and_bottom("Tỉnh") == (30 - 4 - 10 + 50, 2 + 1)


def test_a_unit_without_a_value_is_neither_least_nor_greatest(read):
    """A unit without a value does not count as nought among the least.

    Đơn vị không có số không được tính là số không khi tìm số nhỏ nhất.
    """
    got = read(LINE, FACTS, period="2024", rule=Rule("flow", along_units="min"), on="2024-06-30")

    assert got["Tỉnh"] == -10
    assert not got.has_value("Huyện B")


def test_a_balance_may_be_compared_along_units_too(read):
    """The greatest balance: everything of each unit up to the period's end, then compared.

    Số hiện có lớn nhất: cộng mọi thay đổi của từng đơn vị đến hết kỳ rồi mới so sánh.
    """
    got = read(LINE, FACTS, period="2024-02", rule=Rule("balance", along_units="max"))

    assert got["Huyện A"] == 30 - 4
    assert got["Tỉnh"] == 50


def test_of_its_day_a_unit_stands_where_it_last_had_a_value(read):
    """A value that is not a sum is in one place: where the unit stood on its last day with a value.

    Số không cộng được chỉ ở một nơi: nơi đơn vị đứng vào ngày cuối cùng nó có số.
    """
    facts = """
        unit  | date       | value
        ------+------------+------
        Xã B1 | 2024-01-10 |    50
        Xã B1 | 2024-04-10 |    40
    """

    got = read(LINE, facts, period="2024", rule=Rule("level", along_time="max"))

    assert got["Huyện A"] == 50
    assert not got.has_value("Huyện B")
    assert got.top_and_bottom("Tỉnh") == (50, 1)


def test_a_choice_of_a_split_unit_stays_where_its_parts_meet(read):
    """Only sums can be shared out; a least, a greatest or an average stays above all the parts.

    Chỉ tổng mới chia theo tỷ lệ được; số nhỏ nhất, lớn nhất, bình quân nằm ở cấp chung của các phần.
    """
    line = """
        unit    | under   | from       | until
        --------+---------+------------+-----------
        Tỉnh    |         | 2020-01-01 |
        Huyện A | Tỉnh    | 2020-01-01 |
        Xã cũ   | Huyện A | 2020-01-01 | 2024-07-01
        Xã 1    | Huyện A | 2024-07-01 |
        Xã 2    | Huyện A | 2024-07-01 |
    """
    became = """
        unit  | date       | what  | into | share
        ------+------------+-------+------+------
        Xã cũ | 2024-07-01 | split | Xã 1 |  6000
        Xã cũ | 2024-07-01 | split | Xã 2 |  4000
    """
    facts = """
        unit  | date       | value
        ------+------------+------
        Xã cũ | 2024-01-10 |    50
        Xã 1  | 2024-08-10 |    20
    """

    rule = Rule("level", along_time="last", along_units="max")
    got = read(line, facts, became=became, period="2024", rule=rule, on="2024-12-31")

    assert got["Xã 1"] == 20
    assert got["Huyện A"] == 50
    assert not got.has_value("Xã 2")


def test_a_units_own_choice_leaves_out_the_units_below(read):
    """Asked for a unit alone, the units below it are left out of the choice as they are of a sum.

    Chỉ hỏi riêng một đơn vị thì không xét các đơn vị bên dưới, như khi cộng.
    """
    facts = """
        unit    | date       | value
        --------+------------+------
        Huyện A | 2024-01-10 |    20
        Xã A1   | 2024-01-10 |    30
    """

    rule = Rule("flow", along_units="max")
    own = read(LINE, facts, period="2024", rule=rule, own=True)

    assert own["Huyện A"] == 20
    assert not own.has_value("Tỉnh")
