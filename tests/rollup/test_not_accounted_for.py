"""Not accounted for / Chưa phân bổ"""

import numpy as np

from lantoa.rollup import arrays, tree
from lantoa.rollup.tables import FLOW, Rule
from tests.rollup import drawn, engines

LINE = """
    unit    | under   | from       | until
    --------+---------+------------+-----------
    Tỉnh    |         | 2020-01-01 |
    Huyện A | Tỉnh    | 2020-01-01 |
    Huyện B | Tỉnh    | 2020-01-01 |
    Xã A1   | Huyện A | 2020-01-01 |
    Xã X    | Huyện A | 2020-01-01 | 2024-07-01
    Xã X    | Huyện B | 2024-07-01 |
"""
FACTS = """
    unit    | date       | value
    --------+------------+------
    Tỉnh    | 2024-01-01 |     1
    Huyện A | 2024-01-01 |     2
    Xã A1   | 2024-01-01 |    30
    Xã X    | 2024-06-30 |     8
    Xã X    | 2024-07-01 |     5
"""
STRANGER = """
    unit    | date       | what     | into
    --------+------------+----------+-----
    Xã lạ   | 2024-01-01 | transfer |
"""


def test_what_no_child_has_is_said_apart(read):
    """A unit's total is its children's totals and its own part, which is printed, never hidden.

    Số của đơn vị bằng số của các đơn vị trực thuộc cộng phần của riêng nó; phần này luôn được nêu.
    """
    whole = read(LINE, FACTS, period="2024", rule=FLOW, on="2024-12-31")
    own = read(LINE, FACTS, period="2024", rule=FLOW, on="2024-12-31", own=True)

    assert own["Huyện A"] == 2
    assert own["Tỉnh"] == 1
    assert whole["Tỉnh"] == own["Tỉnh"] + whole["Huyện A"] + whole["Huyện B"]


def test_a_unit_that_has_no_place_in_the_line_is_outside_it(read):
    """Values of units that never stood in the line are in no unit's figure, and are said apart.

    Số của đơn vị chưa từng thuộc hệ thống không nằm trong số của đơn vị nào và được nêu riêng.
    """
    facts = FACTS + "    Xã lạ   | 2024-01-01 |   100\n"

    got = read(LINE, facts, became=STRANGER, period="2024", rule=FLOW)

    assert got["ngoài hệ thống"] == 100
    assert got["Tỉnh"] == 1 + 2 + 30 + 8 + 5


def test_nothing_is_ever_lost(read):
    """The roots and what is outside the line add up to all that was recorded.

    Số của các gốc cộng với số ngoài hệ thống luôn bằng tổng mọi số đã ghi.
    """
    facts = FACTS + "    Xã lạ   | 2024-01-01 |   100\n"

    of_its_day = read(LINE, facts, became=STRANGER, period="2024", rule=FLOW)
    chosen = read(LINE, facts, became=STRANGER, period="2024", rule=FLOW, on="2019-01-01")

    assert of_its_day.total_of_all("Tỉnh") == 1 + 2 + 30 + 8 + 5 + 100
    assert chosen.total_of_all() == 1 + 2 + 30 + 8 + 5 + 100


def _below(name: str, *, on: str, rule: Rule = FLOW) -> dict[str, int]:
    world = drawn.world(LINE, FACTS)
    question = world.ask("2024", rule, on=on)
    structure = tree.below(question.structure(), world.units[name])
    got = arrays.totals(
        arrays.layout(*question.columns()),
        structure,
        measures=[1],
        periods=question.periods,
        rule=rule,
    )
    answer = engines.from_totals(question, got)
    names = {number: name for name, number in world.units.items()}
    return {names[unit]: cell[0] for (_, _, unit), cell in answer.items() if unit in names}


def test_the_rows_below_a_figure_always_add_up_to_it():
    """Of its day, a child counts in a unit's rows only for the days it stood there, so the rows add up.

    Theo từng thời điểm, đơn vị trực thuộc chỉ tính cho những ngày nó thuộc đơn vị đó, nên các dòng cộng lại đúng.
    """
    rows = _below("Huyện A", on="its day")

    assert rows == {"Huyện A": 2 + 30 + 8, "Xã A1": 30, "Xã X": 8}


def test_the_rows_of_a_chosen_day_are_its_children_of_that_day():
    """On a chosen day, the rows are the units directly below on that day.

    Theo ngày được chọn, các dòng là các đơn vị trực thuộc vào ngày đó.
    """
    assert _below("Huyện B", on="2024-12-31") == {"Huyện B": 8 + 5, "Xã X": 8 + 5}
    assert _below("Tỉnh", on="2024-12-31") == {
        "Tỉnh": 1 + 2 + 30 + 8 + 5,
        "Huyện A": 2 + 30,
        "Huyện B": 8 + 5,
    }


def test_a_unit_that_did_not_stand_has_no_rows():
    """A unit that does not stand on the chosen day has no rows.

    Đơn vị không có trong hệ thống vào ngày được chọn thì không có dòng nào.
    """
    assert _below("Xã A1", on="2019-01-01") == {}


def test_only_some_units_may_be_asked_for():
    """Asked for some units only, what is not among them counts for the nearest of them above it.

    Chỉ hỏi một số đơn vị thì số của đơn vị khác tính cho đơn vị gần nhất ở trên trong số đó.
    """
    world = drawn.world(LINE, FACTS)
    question = world.ask("2024", FLOW, on="2024-12-31")
    asked = tree.only(question.structure(), [world.units["Huyện A"], world.units["Tỉnh"]])

    whole, own = (
        arrays.totals(
            arrays.layout(*question.columns()),
            asked,
            measures=[1],
            periods=question.periods,
            rule=FLOW,
            climb=climb,
        )
        for climb in (True, False)
    )

    assert asked.units.tolist() == [world.units["Tỉnh"], world.units["Huyện A"]]
    assert np.array_equal(whole.value[0, 0], [1 + 2 + 30 + 8 + 5, 2 + 30])
    assert np.array_equal(own.value[0, 0], [1 + 8 + 5, 2 + 30])
