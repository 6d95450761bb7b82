"""What criteria A2.1 to A2.6 ask of a structure that changes."""

import datetime as dt

import pytest

from lantoa.orgs import actions, queries
from lantoa.orgs.changes import Dissolution, Split
from lantoa.orgs.checks import CycleError, StructureError
from lantoa.orgs.models import Closure, Placement, Succession, UnitName
from lantoa.orgs.names import CodeTakenError
from lantoa.orgs.refusals import EndedError, HomelessError, NotThereError, SharesError
from tests import make
from tests.orgs import world as worlds

pytestmark = [pytest.mark.django_db, pytest.mark.both]
REFORM = worlds.REFORM
BEFORE = REFORM - dt.timedelta(days=1)


def standing(line, day):
    return set(queries.tree_on(line, day).unit.tolist())


def parent_of(unit, line, day):
    return Placement.objects.filter(queries.valid_on(day), unit=unit, line=line).get().parent


def change(**what):
    return {"by": make.clerk(), "at": make.NOON, **what}


def test_a2_1_a_unit_has_one_territorial_parent_and_at_most_one_sector_parent():
    world = worlds.small_province(reformed=False)

    with pytest.raises(StructureError, match="ngành dọc"):
        actions.place(
            **change(unit=world["A1.cb"], line=world.women, parent=world["W"], date=REFORM)
        )


def test_a2_3_districts_and_old_communes_stand_until_the_reform_and_new_ones_from_then_on():
    world = worlds.small_province()
    old = {world[key].pk for key in ("A", "B", *worlds.COMMUNES)}
    new = {world["N"].pk, world["M"].pk}

    before, after = standing(world.territory, BEFORE), standing(world.territory, REFORM)

    assert old <= before
    assert not new & before
    assert new <= after
    assert not old & after


def test_a_merger_takes_along_what_stood_under_the_old_units():
    world = worlds.small_province()

    assert parent_of(world["A1.cb"], world.territory, BEFORE) == world["A1"]
    assert parent_of(world["A1.cb"], world.territory, REFORM) == world["N"]
    assert parent_of(world["A1.cb"], world.party, REFORM) == world["N.du"]
    assert parent_of(world["A1.pn"], world.women, REFORM) == world["W"]


def test_a_merged_unit_lands_on_its_successor_and_a_dissolved_one_on_its_last_parent():
    world = worlds.small_province()
    tree = queries.tree_on(world.territory, REFORM)

    landing = {key: tree.unit[tree.column[world[key].pk]] for key in ("A1", "A3", "B1", "A")}

    assert landing == {
        "A1": world["N"].pk,
        "A3": world["M"].pk,
        "B1": world["N"].pk,
        "A": world["P"].pk,
    }


def test_a2_4_a_code_with_a_day_names_one_unit():
    world = worlds.small_province()

    holders = {
        day: UnitName.objects.get(queries.valid_on(day), code="01273").name
        for day in (BEFORE, REFORM)
    }

    assert holders == {BEFORE: "Xã A1", REFORM: "Xã N"}
    assert world["A1"].pk != world["N"].pk


def test_a2_6_a_renamed_unit_keeps_its_old_name_before_the_day():
    world = worlds.small_province()
    day = dt.date(2025, 3, 1)

    actions.rename(**change(unit=world["TU"], name="Tỉnh ủy mới", date=day))

    assert queries.name_near(world["TU"].pk, day - dt.timedelta(days=1)) == "Tỉnh ủy"
    assert queries.name_near(world["TU"].pk, day) == "Tỉnh ủy mới"


def test_the_closure_says_who_stood_below_whom_on_each_day():
    world = worlds.small_province()
    cell = world["B1.cb"]

    above = {
        day: set(
            Closure.objects.filter(
                queries.valid_on(day), line=world.territory, unit=cell, depth__gt=0
            ).values_list("ancestor_id", flat=True)
        )
        for day in (BEFORE, REFORM)
    }

    assert above[BEFORE] == {world["B1"].pk, world["B"].pk, world["P"].pk}
    assert above[REFORM] == {world["N"].pk, world["P"].pk}


def test_a_unit_is_moved_on_a_day_and_stood_elsewhere_before():
    world = worlds.small_province(reformed=False)
    day = dt.date(2024, 5, 1)

    actions.move(**change(unit=world["A3"], line=world.territory, parent=world["B"], date=day))

    assert parent_of(world["A3"], world.territory, day - dt.timedelta(days=1)) == world["A"]
    assert parent_of(world["A3"], world.territory, day) == world["B"]
    assert Succession.objects.filter(kind="transfer", before=world["A3"], date=day).count() == 1


def test_nobody_can_be_moved_below_itself():
    world = worlds.small_province(reformed=False)

    with pytest.raises(CycleError, match="cấp dưới"):
        actions.move(
            **change(unit=world["A"], line=world.territory, parent=world["A1"], date=REFORM)
        )

    assert parent_of(world["A"], world.territory, REFORM) == world["P"]


def test_a_unit_is_not_moved_in_a_line_in_which_it_does_not_stand():
    world = worlds.small_province(reformed=False)

    with pytest.raises(NotThereError, match="đặt vào"):
        actions.move(**change(unit=world["A1"], line=world.party, parent=world["TU"], date=REFORM))


def test_a_dissolved_unit_with_someone_below_it_must_say_where_they_go():
    world = worlds.small_province(reformed=False)

    with pytest.raises(HomelessError, match="về đâu"):
        actions.dissolve(**change(unit=world["A"], date=REFORM))

    actions.dissolve(**change(unit=world["A"], date=REFORM, children=world["P"]))
    assert parent_of(world["A1"], world.territory, REFORM) == world["P"]


@pytest.mark.parametrize("shares", [(4_000, 5_000), (10_000, None)])
def test_the_shares_of_a_split_make_a_whole(shares):
    world = worlds.small_province(reformed=False)
    parts = list(zip((world["A2"], world["A3"]), shares, strict=True))

    with pytest.raises(SharesError, match=r"10\.000"):
        actions.split(**change(unit=world["A1"], into=parts, date=REFORM, children=world["A2"]))


def test_a_split_unit_says_who_goes_where():
    world = worlds.small_province(reformed=False)
    parts = [(world["A2"], 4_000), (world["A3"], 6_000)]
    homes = {
        world["A1.cb"]: world["A2"],
        world["A1.pn"]: world["A3"],
        world["A1.du"]: world["A2"],
    }

    actions.reorganise(**change(date=REFORM, ended=[Split(world["A1"], parts, homes)]))

    assert parent_of(world["A1.pn"], world.territory, REFORM) == world["A3"]
    fates = Succession.objects.filter(kind="split", before=world["A1"])
    assert sorted(fates.values_list("share", flat=True)) == [4_000, 6_000]


def test_a_unit_ends_only_once():
    world = worlds.small_province()

    with pytest.raises(EndedError, match="không hoạt động"):
        actions.reorganise(**change(date=REFORM, ended=[Dissolution(world["A1"])]))


def test_a_code_of_a_living_unit_is_refused_with_its_holder():
    world = worlds.small_province(reformed=False)

    with pytest.raises(CodeTakenError, match="Xã A1"):
        actions.rename(**change(unit=world["A2"], name="Xã A2", code="01273", date=REFORM))


def test_a_whole_reform_asks_the_database_a_fixed_number_of_questions(
    django_assert_max_num_queries,
):
    world = worlds.small_province(reformed=False)

    with django_assert_max_num_queries(70):
        worlds.reform(world)
