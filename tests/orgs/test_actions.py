"""The seven actions: open, place, move, rename, merge, split, dissolve. Each refusal is a sentence, and changes nothing."""

import datetime as dt

import pytest

from lantoa.orgs import actions, checks, names, queries, refusals
from lantoa.orgs.changes import Dissolution, Merger, Move, NewPlace, NewUnit, Renaming
from lantoa.orgs.models import Closure, Line, Placement, Succession, Unit, UnitName
from tests import make
from tests.orgs import world as worlds

pytestmark = [pytest.mark.django_db, pytest.mark.both]
OPENING, REFORM, DAY = worlds.OPENING, worlds.REFORM, dt.timedelta(days=1)
EARLY, MAY = OPENING - DAY, dt.date(2024, 5, 1)


@pytest.fixture
def world():
    return worlds.small_province(reformed=False)


def do(action, **what):
    return action(**{"date": MAY, "by": make.clerk(), "at": make.NOON, **what})


def opened(name="Xã mới", *, date=OPENING, code="", kind="commune"):
    return do(actions.open_unit, kind=kind, name=name, short_name="", code=code, date=date)


def closed(world, key="A3", date=MAY):
    do(actions.dissolve, unit=world[key], heir=world["A2"], date=date)
    return world[key]


def everything():
    """All rows of the structure, of all times."""
    of_lines = [model.objects.order_by("pk") for model in (Unit, UnitName, Placement, Succession)]
    rows = [list(found.values_list()) for found in of_lines]
    below = ("line", "ancestor", "unit", "depth", "start_date", "end_date")
    return [*rows, sorted(map(str, Closure.objects.values_list(*below))), versions()]


def versions():
    return list(Line.objects.order_by("pk").values_list("version"))


def refused(error, deed):
    """The sentences of a refusal, which has changed nothing."""
    before = everything()
    with pytest.raises(error) as refusal:
        deed()
    assert everything() == before
    return refusal.value.vi, refusal.value.en


# What each action does.


def test_an_opened_unit_is_named_from_its_day_and_stands_nowhere_until_placed(world):
    unit = opened("  Xã   mới ", date=MAY, code="09999")

    assert queries.unit_on("09999", MAY) == unit
    assert queries.unit_on("09999", MAY - DAY) is None
    assert UnitName.objects.get(unit=unit).short_name == "Xã mới"
    assert not Placement.objects.filter(unit=unit).exists()


def test_a_placed_unit_stands_until_it_next_stands_there_already(world):
    later = dt.date(2025, 1, 1)
    do(actions.place, unit=world["A1"], line=world.party, parent=world["TU"], date=later)

    placed = do(actions.place, unit=world["A1"], line=world.party, parent=world["A2.du"])

    assert (placed.start_date, placed.end_date) == (MAY, later)


def test_a_unit_placed_before_its_end_stands_until_its_end(world):
    unit = closed(world, date=REFORM)

    placed = do(actions.place, unit=unit, line=world.party, parent=world["TU"])

    assert placed.end_date == REFORM


def test_a_move_holds_until_the_next_one_that_was_recorded(world):
    do(actions.move, unit=world["A1"], line=world.territory, parent=world["B"], date=REFORM)

    do(actions.move, unit=world["A1"], line=world.territory, parent=world["P"])

    stays = Placement.objects.filter(unit=world["A1"], line=world.territory).order_by("start_date")
    assert list(stays.values_list("parent", "start_date", "end_date")) == [
        (world["A"].pk, OPENING, MAY),
        (world["P"].pk, MAY, REFORM),
        (world["B"].pk, REFORM, None),
    ]


def test_what_is_said_again_for_the_same_day_takes_the_place_of_what_was_said(world):
    for parent in ("P", "B"):
        do(actions.move, unit=world["A1"], line=world.territory, parent=world[parent])
    for name in ("Xã Một", "Xã Hai"):
        do(actions.rename, unit=world["A1"], name=name, basis=name)

    said = Succession.objects.filter(before=world["A1"]).order_by("kind")
    assert list(said.values_list("kind", "basis")) == [("renaming", "Xã Hai"), ("transfer", "")]
    assert queries.name_near(world["A1"].pk, MAY) == "Xã Hai"
    assert queries.parent_on(world["A1"], world.territory, MAY) == world["B"]
    assert queries.parent_on(world["A1"], world.territory, MAY - DAY) == world["A"]


def test_a_new_name_keeps_the_code_and_a_short_name_of_its_own(world):
    do(actions.rename, unit=world["A1"], name="Xã Một", short_name="Một", date=MAY)

    do(actions.rename, unit=world["A1"], name="Phường Một", date=REFORM)

    row = UnitName.objects.get(queries.valid_on(REFORM), unit=world["A1"])
    assert (row.name, row.short_name, row.code) == ("Phường Một", "Một", "01273")


def test_a_name_that_was_its_own_short_name_gives_way_as_a_whole(world):
    do(actions.rename, unit=world["A1"], name="Phường Một")

    assert UnitName.objects.get(queries.valid_on(MAY), unit=world["A1"]).short_name == "Phường Một"


def test_merged_units_close_with_their_names_and_places_and_say_what_became_of_them(world):
    do(actions.merge, units=[world["A1"], world["A3"]], into=world["A2"], basis="Nghị quyết 1")

    fates = Succession.objects.filter(kind="merger", date=MAY, after=world["A2"])
    assert set(fates.values_list("before", "basis")) == {
        (world["A1"].pk, "Nghị quyết 1"),
        (world["A3"].pk, "Nghị quyết 1"),
    }
    for key in ("A1", "A3"):
        assert Unit.objects.get(pk=world[key].pk).closed_date == MAY
        assert not UnitName.objects.filter(queries.valid_on(MAY), unit=world[key]).exists()
        assert not Placement.objects.filter(queries.valid_on(MAY), unit=world[key]).exists()
    assert queries.parent_on(world["A1.cb"], world.territory, MAY) == world["A2"]


def test_a_dissolved_units_children_and_figures_go_to_its_heir(world):
    do(actions.dissolve, unit=world["A1"], heir=world["A2"])

    assert queries.parent_on(world["A1.cb"], world.territory, MAY) == world["A2"]
    tree = queries.tree_on(world.territory, MAY)
    assert tree.unit[tree.column[world["A1"].pk]] == world["A2"].pk


def test_whoever_comes_later_under_a_unit_that_ends_comes_under_its_successor(world):
    later = opened("Chi bộ mới", date=REFORM, kind="party_cell")
    do(actions.place, unit=later, line=world.territory, parent=world["A1"], date=REFORM)

    do(actions.merge, units=[world["A1"]], into=world["A2"])

    assert queries.parent_on(later, world.territory, REFORM) == world["A2"]
    assert Placement.objects.get(unit=later).start_date == REFORM


def test_a_move_on_the_day_on_which_the_unit_ends_never_held(world):
    do(actions.move, unit=world["A3"], line=world.territory, parent=world["B"])
    do(actions.rename, unit=world["A3"], name="Xã Ba")

    closed(world, "A3")

    last = Placement.objects.get(unit=world["A3"], line=world.territory)
    assert (last.parent_id, last.end_date) == (world["A"].pk, MAY)
    assert UnitName.objects.get(unit=world["A3"]).name == "Xã A3"
    assert Succession.objects.get(before=world["A3"]).kind == "dissolution"


# What each action refuses, and in which words.

CASES = {
    "open without a name": (
        lambda w: opened("   "), names.UnnamedError,
        "Đơn vị chưa có tên. Hãy ghi tên đầy đủ.",
        "The unit has no name. Write its full name.",
    ),
    "open with a name too long": (
        lambda w: opened("Xã " * 100), names.UnnamedError,
        "dài quá 200 chữ. Hãy rút ngắn lại.",
        "is longer than 200 characters. Make it shorter.",
    ),
    "open with a code that is taken": (
        lambda w: opened(code="01273", date=MAY), names.CodeTakenError,
        "Mã 01273 vào ngày 01/05/2024 là của Xã A1. Hãy chọn mã hoặc ngày khác.",
        "The code 01273 is that of Xã A1 on 01/05/2024. Choose another code or day.",
    ),
    "place where it stands already": (
        lambda w: do(actions.place, unit=w["A1"], line=w.territory, parent=w["B"]),
        checks.OverlapError,
        ("Xã A1 đứng ở hai chỗ trong hệ thống dia-ban vào ngày 01/05/2024. "
        "Hãy dùng “chuyển” để đổi cấp trên, hoặc chọn ngày khác."),
        ("Xã A1 stands in two places in the line dia-ban on 01/05/2024. "
        "Use a move to change its parent, or choose another day."),
    ),
    "place in a second sector": (
        lambda w: do(actions.place, unit=w["A1.cb"], line=w.women, parent=w["W"]),
        checks.TwoSectorsError,
        ("Chi bộ 1, Xã A1 đã thuộc một ngành dọc khác vào ngày 01/05/2024; mỗi đơn vị chỉ thuộc một ngành dọc. "
        "Hãy cho rời ngành kia trước khi đặt vào hệ thống phu-nu."),
        ("Chi bộ 1, Xã A1 stands in another sector line on 01/05/2024; a unit stands in one sector at most. "
        "Let it leave the other before it is placed in the line phu-nu."),
    ),
    "place before its opening": (
        lambda w: do(actions.place, unit=w["A1"], line=w.party, parent=w["TU"], date=EARLY),
        checks.OutsideItsLifeError,
        ("Xã A1 không hoạt động vào ngày 31/12/2019 nên không thể đứng trong hệ thống dang. "
        "Hãy chọn ngày từ khi thành lập đến trước khi kết thúc."),
        ("Xã A1 does not live on 31/12/2019, so it cannot stand in the line dang. "
        "Choose a day from its opening until before its closing."),
    ),
    "place on its closing day": (
        lambda w: do(actions.place, unit=w["gone"], line=w.party, parent=w["TU"], date=MAY),
        checks.OutsideItsLifeError,
        "Xã A3 không hoạt động vào ngày 01/05/2024",
        "Xã A3 does not live on 01/05/2024",
    ),
    "place a day after its opening": (
        lambda w: do(actions.place, unit=w["new"], line=w.territory, parent=w["A"], date=MAY + DAY),
        checks.GapError,
        ("Xã mới không có cấp trên theo địa bàn từ ngày 01/05/2024. Đơn vị phải đứng trong địa bàn mọi ngày, "
        "từ ngày thành lập: hãy đặt vào địa bàn từ ngày đó."),
        ("Xã mới has no place in the territory from 01/05/2024. A unit stands in the territory on every day, "
        "from its opening on: place it there from that day."),
    ),
    "place in a sector before the territory": (
        lambda w: do(actions.place, unit=w["new"], line=w.party, parent=w["TU"]),
        checks.GapError,
        "Xã mới không có cấp trên theo địa bàn từ ngày 01/05/2024",
        "Xã mới has no place in the territory from 01/05/2024",
    ),
    "place under one that does not stand there": (
        lambda w: do(actions.place, unit=w["A1"], line=w.party, parent=w["B"]),
        checks.ParentNotStandingError,
        ("Xã A1 không thể trực thuộc Huyện B trong hệ thống dang: vào ngày 01/05/2024 Huyện B không đứng "
        "trong hệ thống này. Hãy chọn cấp trên khác, hoặc đặt Huyện B vào đó trước."),
        ("Xã A1 cannot stand under Huyện B in the line dang: on 01/05/2024 Huyện B does not stand there. "
        "Choose another parent, or place Huyện B there first."),
    ),
    "place under itself": (
        lambda w: do(actions.place, unit=w["new"], line=w.territory, parent=w["new"]),
        checks.CycleError,
        ("Xã mới sẽ trực thuộc chính cấp dưới của mình trong hệ thống dia-ban vào ngày 01/05/2024. "
        "Hãy chọn cấp trên không nằm dưới đơn vị này."),
        ("Xã mới would stand below itself in the line dia-ban on 01/05/2024. "
        "Choose a parent that does not stand below it."),
    ),
    "place beside one that looks the same": (
        lambda w: do(actions.place, unit=w["alike"], line=w.territory, parent=w["A"]),
        names.AlikeError,
        ("“XÃ А1” dễ nhầm với “Xã A1” cùng cấp trên vào ngày 01/05/2024. "
        "Hãy thêm chữ hoặc số để phân biệt."),
        ("“XÃ А1” looks like “Xã A1” under the same parent on 01/05/2024. "
        "Add a word or a number to tell them apart."),
    ),
    "move below itself": (
        lambda w: do(actions.move, unit=w["A"], line=w.territory, parent=w["A1.cb"]),
        checks.CycleError,
        "sẽ trực thuộc chính cấp dưới của mình trong hệ thống dia-ban vào ngày 01/05/2024",
        "would stand below itself in the line dia-ban on 01/05/2024",
    ),
    "move under itself": (
        lambda w: do(actions.move, unit=w["A"], line=w.territory, parent=w["A"]),
        checks.CycleError,
        "Huyện A sẽ trực thuộc chính cấp dưới của mình",
        "Huyện A would stand below itself",
    ),
    "move before its opening": (
        lambda w: do(actions.move, unit=w["A1"], line=w.territory, parent=w["B"], date=EARLY),
        refusals.EndedError,
        "Xã A1 không hoạt động vào ngày 31/12/2019. Hãy chọn ngày trong thời gian đơn vị hoạt động.",
        "Xã A1 does not live on 31/12/2019. Choose a day on which it does.",
    ),
    "move on its closing day": (
        lambda w: do(actions.move, unit=w["gone"], line=w.territory, parent=w["B"]),
        refusals.EndedError,
        "Xã A3 không hoạt động vào ngày 01/05/2024",
        "Xã A3 does not live on 01/05/2024",
    ),
    "move where it does not stand": (
        lambda w: do(actions.move, unit=w["A1"], line=w.party, parent=w["TU"]),
        refusals.NotThereError,
        "Xã A1 không đứng trong hệ thống dang vào ngày 01/05/2024. Hãy “đặt vào” thay vì “chuyển”.",
        "Xã A1 does not stand in the line dang on 01/05/2024. Place it instead of moving it.",
    ),
    "move under one that is not open yet": (
        lambda w: do(
            actions.move, unit=w["A1"], line=w.territory, parent=w["new"], date=MAY - DAY
        ),
        checks.ParentNotStandingError,
        "Xã A1 không thể trực thuộc Xã mới trong hệ thống dia-ban: vào ngày 30/04/2024 Xã mới không đứng",
        "Xã A1 cannot stand under Xã mới in the line dia-ban: on 30/04/2024 Xã mới does not stand there.",
    ),
    "move under one that closes": (
        lambda w: do(actions.move, unit=w["A1"], line=w.territory, parent=w["gone"], date=OPENING),
        checks.ParentNotStandingError,
        "vào ngày 01/05/2024 Xã A3 không đứng",
        "on 01/05/2024 Xã A3 does not stand there",
    ),
    "rename before its opening": (
        lambda w: do(actions.rename, unit=w["A1"], name="Xã Một", date=EARLY),
        refusals.EndedError,
        "Xã A1 không hoạt động vào ngày 31/12/2019",
        "Xã A1 does not live on 31/12/2019",
    ),
    "rename on its closing day": (
        lambda w: do(actions.rename, unit=w["gone"], name="Xã Một"),
        refusals.EndedError,
        "Xã A3 không hoạt động vào ngày 01/05/2024",
        "Xã A3 does not live on 01/05/2024",
    ),
    "rename to nothing": (
        lambda w: do(actions.rename, unit=w["A1"], name=" "),
        names.UnnamedError,
        "Đơn vị chưa có tên",
        "The unit has no name",
    ),
    "rename with a code that is taken": (
        lambda w: do(actions.rename, unit=w["A2"], name="Xã Hai", code="01273"),
        names.CodeTakenError,
        "Mã 01273 vào ngày 01/05/2024 là của Xã A1",
        "The code 01273 is that of Xã A1 on 01/05/2024",
    ),
    "rename to look like its neighbour": (
        lambda w: do(actions.rename, unit=w["A2"], name="xã\u200b A1"),
        names.AlikeError,
        "dễ nhầm với “Xã A1” cùng cấp trên vào ngày 01/05/2024",
        "looks like “Xã A1” under the same parent on 01/05/2024",
    ),
    "merge nobody": (
        lambda w: do(actions.merge, units=[], into=w["A1"]),
        refusals.PartsError,
        "Chưa chọn đơn vị nào để sáp nhập vào Xã A1. Hãy chọn ít nhất một đơn vị.",
        "No unit is chosen to be merged into Xã A1. Choose one at least.",
    ),
    "merge into itself": (
        lambda w: do(actions.merge, units=[w["A1"], w["A1.cb"]], into=w["A1.cb"]),
        refusals.HeirError,
        ("Chi bộ 1, Xã A1 không thể kế thừa Xã A1: từ ngày 01/05/2024 Chi bộ 1, Xã A1 không hoạt động. "
        "Hãy chọn đơn vị hoạt động từ ngày đó, hoặc lập đơn vị kế thừa trước."),
        ("Chi bộ 1, Xã A1 cannot succeed Xã A1: it does not live from 01/05/2024 on. "
        "Choose a unit that does, or open the successor first."),
    ),
    "merge into one that is not open yet": (
        lambda w: do(actions.merge, units=[w["A1"]], into=w["new"], date=MAY - DAY),
        refusals.HeirError,
        "Xã mới không thể kế thừa Xã A1: từ ngày 30/04/2024",
        "Xã mới cannot succeed Xã A1: it does not live from 30/04/2024 on",
    ),
    "merge into one that has ended": (
        lambda w: do(actions.merge, units=[w["A1"]], into=w["gone"]),
        refusals.HeirError,
        "Xã A3 không thể kế thừa Xã A1",
        "Xã A3 cannot succeed Xã A1",
    ),
    "merge one unit twice": (
        lambda w: do(actions.merge, units=[w["A1"], w["A1"]], into=w["A2"]),
        refusals.TwiceError,
        "Xã A1 có hai lần trong cùng một thay đổi. Hãy để lại một lần.",
        "Xã A1 is in the same change twice. Leave it in once.",
    ),
    "merge before its opening": (
        lambda w: do(actions.merge, units=[w["A1"]], into=w["A2"], date=EARLY),
        refusals.EndedError,
        "Xã A1 không hoạt động vào ngày 31/12/2019",
        "Xã A1 does not live on 31/12/2019",
    ),
    "merge on its opening day": (
        lambda w: do(actions.merge, units=[w["A1"]], into=w["A2"], date=OPENING),
        refusals.TooSoonError,
        ("Xã A1 không thể kết thúc ngày 01/01/2020: ngày 01/01/2020 đơn vị mới thành lập, "
        "hoặc còn thay đổi đã ghi. Hãy chọn ngày sau ngày 01/01/2020."),
        ("Xã A1 cannot end on 01/01/2020: it opens on 01/01/2020, or a change of it is recorded for that day. "
        "Choose a day after 01/01/2020."),
    ),
    "merge what ends already": (
        lambda w: do(actions.merge, units=[w["gone"]], into=w["A2"], date=MAY - DAY),
        refusals.EndsAlreadyError,
        ("Xã A3 đã được ghi là kết thúc từ ngày 01/05/2024. Mỗi đơn vị chỉ kết thúc một lần: "
        "hãy bỏ đơn vị này ra."),
        "Xã A3 is recorded to end on 01/05/2024. A unit ends once: leave it out.",
    ),
    "merge into its own child": (
        lambda w: do(actions.merge, units=[w["A"]], into=w["A1"]),
        refusals.HomelessError,
        "Xã A1 đang trực thuộc Huyện A, đơn vị kết thúc ngày 01/05/2024. Hãy nói rõ Xã A1 về đâu.",
        "Xã A1 stands under Huyện A, which ends on 01/05/2024. Say where Xã A1 goes.",
    ),
    "merge into what hangs below its child": (
        lambda w: do(actions.merge, units=[w["A"]], into=w["A1.cb"]),
        checks.CycleError,
        "sẽ trực thuộc chính cấp dưới của mình",
        "would stand below itself",
    ),
    "merge into one that does not stand in the line": (
        lambda w: do(actions.merge, units=[w["A1.du"]], into=w["A2"]),
        checks.ParentNotStandingError,
        "Chi bộ 1, Xã A1 không thể trực thuộc Xã A2 trong hệ thống dang",
        "Chi bộ 1, Xã A1 cannot stand under Xã A2 in the line dang",
    ),
    "split into one": (
        lambda w: do(actions.split, unit=w["A1"], into=[(w["A2"], None)], children=w["A2"]),
        refusals.PartsError,
        "Chia tách Xã A1 cần ít nhất hai đơn vị. Nếu chỉ có một, hãy dùng “sáp nhập”.",
        "The split of Xã A1 needs two units at least. If there is only one, use a merger.",
    ),
    "split into the same twice": (
        lambda w: do(actions.split, unit=w["A1"], into=[(w["A2"], 5_000)] * 2, children=w["A2"]),
        refusals.TwiceError,
        "Xã A2 có hai lần trong cùng một thay đổi",
        "Xã A2 is in the same change twice",
    ),
    "split by shares that make no whole": (
        lambda w: do(
            actions.split, unit=w["A1"], into=[(w["A2"], 5_000), (w["A3"], 4_000)], children=w["A2"]
        ),
        refusals.SharesError,
        "Tỷ lệ chia tách của Xã A1 phải đủ cho mọi phần và cộng lại bằng 10.000 phần vạn, hoặc để trống cả.",
        "The shares of the split of Xã A1 must cover every part and add up to 10,000, or all be left out.",
    ),
    "split with nothing for one part": (
        lambda w: do(
            actions.split, unit=w["A1"], into=[(w["A2"], 10_000), (w["A3"], 0)], children=w["A2"]
        ),
        refusals.SharesError, "Tỷ lệ chia tách của Xã A1", "The shares of the split of Xã A1",
    ),
    "split without a home for the children": (
        lambda w: do(actions.split, unit=w["A1"], into=[(w["A2"], None), (w["B2"], None)]),
        refusals.HomelessError, "Hãy nói rõ", "Say where",
    ),
    "split into one that is not open yet": (
        lambda w: do(
            actions.split, unit=w["A1"], into=[(w["A2"], None), (w["new"], None)],
            children=w["A2"], date=MAY - DAY,
        ),
        refusals.HeirError, "Xã mới không thể kế thừa Xã A1", "Xã mới cannot succeed Xã A1",
    ),
    "split before its opening": (
        lambda w: do(
            actions.split, unit=w["A1"], into=[(w["A2"], None), (w["A3"], None)],
            children=w["A2"], date=EARLY,
        ),
        refusals.EndedError, "không hoạt động vào ngày 31/12/2019", "does not live on 31/12/2019",
    ),
    "dissolve with someone below it": (
        lambda w: do(actions.dissolve, unit=w["A"]),
        refusals.HomelessError,
        "đang trực thuộc Huyện A, đơn vị kết thúc ngày 01/05/2024. Hãy nói rõ",
        "stands under Huyện A, which ends on 01/05/2024. Say where",
    ),
    "dissolve for one that has ended": (
        lambda w: do(actions.dissolve, unit=w["A1"], heir=w["gone"]),
        refusals.HeirError, "Xã A3 không thể kế thừa Xã A1", "Xã A3 cannot succeed Xã A1",
    ),
    "dissolve twice": (
        lambda w: do(actions.dissolve, unit=w["gone"]),
        refusals.EndedError,
        "Xã A3 không hoạt động vào ngày 01/05/2024",
        "Xã A3 does not live on 01/05/2024",
    ),
    "dissolve before a move that is recorded": (
        lambda w: do(actions.dissolve, unit=w["moved"], children=w["A2"]),
        refusals.TooSoonError,
        "Xã B1 không thể kết thúc ngày 01/05/2024",
        "Xã B1 cannot end on 01/05/2024",
    ),
    "dissolve before it inherits": (
        lambda w: do(actions.dissolve, unit=w["A2"], children=w["A1"], date=MAY - DAY),
        refusals.TooSoonError,
        "Xã A2 không thể kết thúc ngày 30/04/2024", "Choose a day after 01/05/2024.",
    ),
    "dissolve before a name that is recorded": (
        lambda w: do(actions.dissolve, unit=w["named"], children=w["A2"]),
        refusals.TooSoonError,
        "Hãy chọn ngày sau ngày 01/07/2025.",
        "Choose a day after 01/07/2025.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_what_cannot_be_is_refused_in_two_languages_and_changes_nothing(world, case):
    """`gone` ended on MAY, `new` and `alike` open on MAY, `moved` and `named` have something recorded for later."""
    deed, error, vi, en = CASES[case]
    world.units["gone"] = closed(world)
    world.units["new"] = opened(date=MAY)
    world.units["alike"] = opened("XÃ А1", date=MAY)  # a Cyrillic А
    if "is not open yet" in case:
        do(actions.place, unit=world["new"], line=world.territory, parent=world["A"])
    world.units.update(moved=world["B1"], named=world["B2"])
    do(actions.move, unit=world["B1"], line=world.territory, parent=world["P"], date=REFORM)
    do(actions.rename, unit=world["B2"], name="Xã Hai", date=REFORM)

    said_vi, said_en = refused(error, lambda: deed(world))

    assert vi in said_vi
    assert en in said_en


ALL = [
    *checks.StructureError.__subclasses__(),
    names.AlikeError, names.CodeTakenError, names.UnnamedError,
    *(each for each in vars(refusals).values() if isinstance(each, type) and each.__module__ == refusals.__name__),
]  # fmt: skip


@pytest.mark.parametrize("error", ALL, ids=lambda error: error.__name__)
def test_every_refusal_there_is_has_been_read_here(error):
    assert error in {each for _, each, _, _ in CASES.values()}


def test_one_change_says_one_thing_of_a_unit(world):
    again = [Renaming(world["A1"], "Xã Một"), Renaming(world["A1"], "Xã Hai")]
    moves = [Move(world["A1"], world.territory, world[key]) for key in ("B", "P")]
    ends = [Merger([world["A1"]], world["A2"]), Dissolution(world["A1"], world["A3"])]

    for what in ({"renamed": again}, {"moved": moves}, {"ended": ends}):
        refused(refusals.TwiceError, lambda what=what: do(actions.reorganise, **what))


def test_a_neighbour_of_another_time_or_another_parent_may_be_called_the_same(world):
    closed(world, "A3")
    unit = opened("Xã A3", date=MAY)

    do(actions.place, unit=unit, line=world.territory, parent=world["A"])
    do(actions.rename, unit=world["B1"], name="Xã A1")

    assert queries.parent_on(unit, world.territory, MAY) == world["A"]


def test_neighbours_that_are_opened_together_are_looked_at_too(world):
    rows = [
        NewUnit(key, "commune", name, places=[NewPlace(world.territory, world["B"])])
        for key, name in (("1", "Xã Hoà An"), ("2", "Xã Hòa An"))
    ]

    refused(names.AlikeError, lambda: do(actions.reorganise, opened=rows))
