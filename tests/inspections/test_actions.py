"""From the plan to the conclusion: what is refused, with which sentence; what counts, where, once."""

import datetime as dt

import pytest

from lantoa.inspections import actions, findings, queries
from lantoa.inspections.models import ChecklistAnswer, ChecklistItem, Finding, Inspection, Topic
from lantoa.lib.errors import RefusedError
from lantoa.lib.tomls import DefinitionError
from lantoa.orgs.rights import NotAllowedError
from tests import make
from tests.inspections.life import START, TODAY, holder, told

pytestmark = pytest.mark.django_db


def cell(life, code, unit="TU", day=TODAY):
    return code, life.world[unit].pk, day


@pytest.mark.both
def test_a_concluded_inspection_counts_once_where_it_was_done(life):
    life.concluded("N.du", "N.du", "M.du")

    assert told() == {
        cell(life, "kiem-tra"): 1,
        cell(life, "to-chuc-duoc-kiem-tra"): 2,
        cell(life, "kien-nghi"): 3,
    }


def test_a_supervision_is_counted_as_one(life):
    life.concluded(kind=Inspection.Kind.SUPERVISION)

    assert told() == {cell(life, "giam-sat"): 1, cell(life, "to-chuc-duoc-kiem-tra"): 2}


def test_nothing_counts_before_the_conclusion(life):
    life.find(life.started())

    assert told() == {}


def test_an_inspection_taken_back_counts_no_more_and_says_why(life):
    made = life.concluded("N.du")

    actions.withdraw(inspection=made, reason="Ghi trùng", by=life.inspector, at=make.NOON)

    assert told() == {}
    made.refresh_from_db()
    assert (made.state, made.withdrawn_reason) == ("withdrawn", "Ghi trùng")


def test_several_are_concluded_at_once_or_none(life):
    good, bad = life.started(), life.started()
    both = [actions.Conclusion(good, TODAY, "Tốt"), actions.Conclusion(bad, TODAY, " ")]

    with pytest.raises(RefusedError):
        actions.conclude_many(conclusions=both, by=life.inspector, at=make.NOON)

    good.refresh_from_db()
    assert good.state == "started"
    assert told() == {}


def refused(life, **more):
    with pytest.raises(RefusedError) as wrong:
        life.planned(**more)
    return wrong.value.where, str(wrong.value)


def test_nobody_inspects_the_unit_where_they_hold_a_post(life, world):
    tied = holder(world["TU"], "inspector", world.party, "Cán bộ kiểm tra 3")
    holder_of_both = holder(world["N.du"], "leader", world.party)
    holder_of_both.posts.update(person=tied)

    assert refused(life, team=[life.inspector, tied]) == (
        "team",
        "Cán bộ kiểm tra 3 giữ chức vụ ở Đảng ủy Xã N nên không kiểm tra đơn vị này. Hãy chọn người khác.",
    )
    assert life.planned("M.du", team=[tied]).team.get() == tied


def test_whoever_took_a_post_there_meanwhile_is_kept_out_at_the_start(life, world):
    made = life.planned()
    holder(world["M.du"], "recorder", world.party).posts.update(person=life.inspector)

    with pytest.raises(RefusedError, match="không kiểm tra đơn vị này"):
        actions.start(inspection=made, date=START, by=life.inspector, at=make.NOON)


def test_a_team_is_of_inspectors_of_the_unit(life):
    where, said = refused(life, team=[life.recorder])

    assert where == "team"
    assert said.startswith("Người ghi N chưa được giao vai trò kiểm tra ở đơn vị này")


@pytest.mark.parametrize(
    ("more", "where", "words"),
    [
        ({"team": []}, "team", "Chưa chọn thành viên đoàn"),
        ({"subjects": []}, "subjects", "Chưa chọn đơn vị được kiểm tra"),
        ({"end": START - dt.timedelta(days=1)}, "end", "trước ngày bắt đầu 02/11/2026"),
        ({"title": "  "}, "title", "còn trống"),
    ],
)
def test_a_plan_that_makes_no_sense_is_refused_in_words(life, more, where, words):
    box, said = refused(life, **more)

    assert box == where
    assert words in said


def test_only_units_below_are_inspected_and_never_oneself(life, world):
    for unit in ("P", "TU", "A1.du"):  # above; oneself; closed before
        assert refused(life, subjects=[world[unit]])[0] == "subjects"


def test_an_inspection_of_next_year_is_not_of_this_years_plan(life, world):
    plan = actions.plan_year(
        unit=world["TU"], year=2027, goal="Kiểm tra 56 xã", by=life.inspector, at=make.NOON
    )

    assert refused(life, plan=plan)[0] == "start"


def test_the_plan_of_a_year_says_how_many_are_done(life, world):
    plan = actions.plan_year(
        unit=world["TU"], year=2026, goal="Kiểm tra 2 xã", by=life.inspector, at=make.NOON
    )
    life.planned(plan=plan)
    life.concluded(plan=plan)
    life.concluded()  # beyond the plan

    assert queries.progress(world["TU"], 2026) == (2, 1)


def test_only_the_team_writes_and_only_at_units_of_the_list(life, world):
    made = life.started("N.du")
    items = queries.items_of(made)

    with pytest.raises(RefusedError, match="Chỉ thành viên đoàn"):
        actions.find_many(
            inspection=made,
            found=[actions.Found(world["N.du"], "x", "y", TODAY)],
            by=life.other,
            at=make.NOON,
        )
    with pytest.raises(RefusedError, match="không thuộc cuộc kiểm tra"):
        life.find(made, "M.du")
    with pytest.raises(RefusedError, match="không có trong bảng kiểm"):
        actions.answer(
            inspection=made, unit=world["N.du"], answers={items[0].pk + 99: ("met", "")}, by=life.inspector, at=make.NOON
        )  # fmt: skip
    with pytest.raises(NotAllowedError):
        actions.answer(
            inspection=made, unit=world["N.du"], answers={}, by=life.recorder, at=make.NOON
        )


@pytest.mark.both
def test_an_answer_given_again_replaces_the_first(life, world):
    made = life.started()
    first, second = queries.items_of(made)

    for result in ("unmet", "met"):
        answers = {first.pk: (result, "Sổ tháng 3"), second.pk: ("unseen", "")}
        actions.answer(
            inspection=made, unit=world["N.du"], answers=answers, by=life.inspector, at=make.NOON
        )

    assert queries.answered(made) == {world["N.du"].pk: {"met": 1, "unseen": 1}}
    assert ChecklistAnswer.objects.count() == 2


def test_nothing_has_to_be_mended_before_it_was_found(life):
    made = life.started()

    with pytest.raises(RefusedError) as wrong:
        life.find(made, due=-1)

    assert wrong.value.where == "due"
    assert (
        str(wrong.value) == "Hạn 22/11/2026 trước ngày phát hiện 23/11/2026. Hãy chọn hạn muộn hơn."
    )


def test_a_finding_is_struck_out_only_before_the_conclusion(life):
    made = life.started()
    actions.drop(finding=life.find(made), by=life.inspector, at=make.NOON)
    kept = life.find(made)
    life.conclude(made)

    with pytest.raises(RefusedError, match="đã kết luận"):
        actions.drop(finding=kept, by=life.inspector, at=make.NOON)
    assert Finding.objects.get() == kept


def test_a_conclusion_is_of_a_day_between_the_start_and_today(life):
    made = life.started()

    for day in (START - dt.timedelta(days=1), TODAY + dt.timedelta(days=1)):
        with pytest.raises(RefusedError) as wrong:
            life.conclude(made, date=day)
        assert wrong.value.where == "date"


def test_it_is_private_until_it_is_concluded(life, world):
    made = life.started("N.du")
    finding = life.find(made)
    stranger = holder(world["M.du"], "reviewer", world.party)

    def seen(person):
        found = queries.inspection_for(person, made.pk, make.NOON)
        return found is not None, findings.finding_for(person, finding.pk, make.NOON) is not None

    assert seen(life.inspector) == (True, True)
    assert seen(life.recorder) == (False, False)
    life.conclude(made)
    assert seen(life.recorder) == (True, True)
    assert seen(stranger) == (False, False)


def test_the_house_topics_load_twice_as_once_and_an_item_ends_without_vanishing(tmp_path, life):
    path = actions.Path(actions.__file__).parent / "topics.toml"
    for _ in range(2):
        actions.load_topics(path=path, by=make.clerk(), at=make.NOON)
    loaded = ChecklistItem.objects.exclude(topic=life.topic)
    before = loaded.count()
    assert before == len(set(loaded.values_list("topic", "code")))
    assert not Topic.objects.get(pk=life.topic.pk).is_open

    wrong = tmp_path / "topics.toml"
    wrong.write_text(
        '[a]\nname = {vi="A", en="A"}\n[a.items.b]\ntext = {vi="B", en="B"}\n'
        "start = 2026-01-01\nend = 2025-01-01\n"
    )
    with pytest.raises(DefinitionError, match=r"a\.b"):
        actions.load_topics(path=wrong, by=make.clerk(), at=make.NOON)


def test_an_inspection_asks_what_was_asked_on_the_day_it_began(life):
    ChecklistItem.objects.filter(code="so-nguoi").update(start_date=START)

    late = life.planned()
    early = life.planned(start=START - dt.timedelta(days=1))

    assert [each.code for each in queries.items_of(late)] == ["bien-ban", "so-nguoi"]
    assert [each.code for each in queries.items_of(early)] == ["bien-ban"]
