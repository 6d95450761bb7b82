"""The life of a practice: who says what about it, and what it then counts for."""

import datetime as dt

import pytest

from lantoa.lib.errors import RefusedError
from lantoa.orgs.models import Post
from lantoa.orgs.rights import NotAllowedError
from lantoa.practices import actions, queries
from lantoa.practices.actions import ChangedMeanwhileError
from tests import make
from tests.practices.telling import (
    adopted,
    draft,
    origin,
    proposed,
    recognised,
    registered,
    step,
    told,
    total,
)

pytestmark = pytest.mark.django_db
JUNE = dt.date(2023, 6, 1)


@pytest.mark.both
def test_a_proposal_counts_for_nothing_until_it_is_registered(world):
    practice = proposed(world["A1.pn"])
    assert total("mo-hinh") == total("luot-ap-dung") == 0

    step("register", practice, JUNE)

    assert total("mo-hinh", until=JUNE) == total("mo-hinh-dang-ky") == 1
    assert total("mo-hinh", until=dt.date(2023, 5, 31)) == 0
    assert total("luot-ap-dung") == total("chi-hoi-co-mo-hinh") == 1


def test_practices_are_counted_together_and_apart(world):
    registered(world["A1.pn"], kind="phan-viec", field="kinh-te")
    registered(world["A2.pn"], kind="cach-lam", field="van-hoa-xa-hoi", holder="ca-nhan")

    assert total("mo-hinh") == 2
    assert total("mo-hinh-loai-phan-viec") == total("mo-hinh-loai-cach-lam") == 1
    assert total("mo-hinh-kinh-te") == total("mo-hinh-van-hoa-xa-hoi") == 1
    assert total("mo-hinh-ca-nhan") == total("mo-hinh-tap-the") == 1
    assert total("mo-hinh-loai-mo-hinh") == 0


def test_another_field_moves_what_it_is_counted_under(practice):
    amended = draft(practice.unit, field="quoc-phong-an-ninh", title="Tuần tra đường biên")
    actions.amend(
        practice=practice,
        draft=amended,
        seen=practice.version,
        reason="ghi nhầm lĩnh vực",
        by=make.clerk(),
        at=make.NOON,
    )

    assert (total("mo-hinh-kinh-te"), total("mo-hinh-quoc-phong-an-ninh")) == (0, 1)
    assert practice.folded.startswith("tuan tra duong bien")


def test_a_stopped_practice_leaves_the_balance_with_its_people_and_keeps_what_was_saved(practice):
    told(origin(practice), people=42, saved=12_000_000)
    end = dt.date(2024, 2, 1)

    step("stop", practice, end, reason="hết người theo dõi")

    assert total("mo-hinh", until=dt.date(2024, 1, 31)) == 1
    assert total("mo-hinh") == total("mo-hinh-kinh-te") == total("mo-hinh-tap-the") == 0
    assert total("nguoi-tham-gia-mo-hinh", until=dt.date(2024, 1, 31)) == 42
    assert total("nguoi-tham-gia-mo-hinh") == total("chi-hoi-co-mo-hinh") == 0
    assert total("tien-tiet-kiem") == 12_000_000
    assert origin(practice).reason == "hết người theo dõi"


def test_a_practice_is_not_stopped_without_a_reason(practice):
    with pytest.raises(RefusedError, match="Chưa ghi lý do"):
        step("stop", practice, JUNE, reason="  ")


def test_no_step_is_left_out(practice):
    with pytest.raises(RefusedError, match="đã đăng ký"):
        step("recognise", practice, JUNE)


@pytest.mark.parametrize(
    ("day", "sentence"),
    [(dt.date(2023, 1, 30), "trước bước liền trước"), (dt.date(2027, 1, 1), "chưa tới")],
)
def test_a_step_lies_between_the_one_before_and_today(practice, day, sentence):
    with pytest.raises(RefusedError, match=sentence):
        step("appraise", practice, day)


def test_recognition_is_counted_on_its_day(practice):
    recognised(practice, JUNE)

    assert total("mo-hinh-cong-nhan", since=JUNE, until=JUNE) == 1


def test_whoever_proposed_does_not_judge_their_own(world):
    clerk = make.clerk()
    practice = proposed(world["A1.pn"], by=clerk)

    with pytest.raises(RefusedError, match="không tự xét"):
        step("register", practice, JUNE, by=clerk)


def test_somebody_of_the_very_unit_does_not_judge_it(world):
    practice = proposed(world["A1.pn"])
    own = make.person()
    for role, unit in ((Post.Role.REVIEWER, world["A1.pn"]), (Post.Role.REVIEWER, world["P"])):
        Post.objects.create(
            person=own, unit=unit, line=world.territory, role=role, start_date=make.START
        )

    with pytest.raises(RefusedError, match="chính đơn vị"):
        step("register", practice, JUNE, by=own)


def test_a_recorder_registers_nothing_and_a_board_recognises_without_appraising(world):
    practice = proposed(world["A1.pn"])
    recorder = make.recorder(world["P"])
    board = make.person()
    Post.objects.create(
        person=board, unit=world["P"], line=world.territory, role="board", start_date=make.START
    )

    for somebody in (recorder, board):
        with pytest.raises(NotAllowedError):
            step("register", practice, JUNE, by=somebody)
    step("register", practice, JUNE)
    step("appraise", practice, JUNE)

    assert step("recognise", practice, JUNE, by=board).state == "recognised"


def test_what_was_changed_meanwhile_is_not_overwritten(practice):
    seen = practice.version
    step("appraise", practice, JUNE)

    with pytest.raises(ChangedMeanwhileError):
        actions.recognise(practice=practice, date=JUNE, seen=seen, by=make.clerk(), at=make.NOON)


@pytest.mark.parametrize(
    ("told_wrong", "where"),
    [
        ({"kind": "khac"}, "kind"),
        ({"field": ""}, "field"),
        ({"title": " "}, "title"),
        ({"summary": "x" * 601}, "summary"),
        ({"steps": []}, "steps"),
        ({"steps": ["bước"] * 13}, "steps"),
        ({"cost": -1}, "cost"),
        ({"contact_role": "ai đó"}, "contact"),
    ],
)
def test_what_is_told_wrongly_is_refused_at_its_box(world, told_wrong, where):
    with pytest.raises(RefusedError) as refused:
        proposed(world["A1.pn"], **told_wrong)

    assert refused.value.where == where


def test_a_proposal_is_seen_by_its_unit_and_those_above_and_a_registered_one_by_all(world):
    practice = proposed(world["N.du"], start=dt.date(2025, 8, 1))
    near, far = make.recorder(world["P"]), make.recorder(world["M"])

    assert queries.practice_for(near, practice.pk, make.NOON) == practice
    assert queries.practice_for(far, practice.pk, make.NOON) is None
    assert list(queries.library(far, queries.Wanted(), make.NOON)) == []
    step("register", practice, dt.date(2026, 1, 5))

    assert list(queries.library(far, queries.Wanted(), make.NOON)) == [practice]


def test_the_library_is_searched_without_marks_and_filtered(world):
    pig = registered(world["A1.pn"], cost=50_000)
    border = registered(
        world["B1.pn"],
        title="Tổ tự quản đường biên",
        summary="Mỗi tuần hai hộ đi cùng dân quân xem lại một đoạn.",
        field="quoc-phong-an-ninh",
    )
    adopted(pig, world["B2.pn"])

    def found(**wanted):
        return list(queries.library(make.clerk(), queries.Wanted(**wanted), make.NOON))

    assert found(words="lon nhua") == [pig]
    assert found(words="DUONG BIÊN") == [border]
    assert found(words="lợn biên") == []
    assert found(field="quoc-phong-an-ninh") == [border]
    assert found(cost=100_000) == [pig]
    assert found(reach=1) == [pig]
    assert found(order="moi") == [border, pig]
    # A1 went into N (01273), B2 into M (01696): where it began and where it is followed both count.
    assert found(place="01696") == [pig]
    assert set(found(place="01273")) == {pig, border}


def test_those_above_find_what_waits_for_them_and_nobody_their_own(world):
    practice = proposed(world["A1.pn"])
    reviewer = make.person()
    Post.objects.create(
        person=reviewer,
        unit=world["P"],
        line=world.territory,
        role="reviewer",
        start_date=make.START,
    )

    assert queries.waiting_for(reviewer, make.NOON) == [practice]
    by = practice.events.get().by
    assert queries.waiting_for(by, make.NOON) == []
