"""Recording, correcting and withdrawing what was done."""

import datetime as dt
import unicodedata
import uuid

import pytest

from lantoa.ledger.models import Entry
from lantoa.lib.errors import RefusedError
from lantoa.orgs.models import Unit
from lantoa.orgs.rights import NotAllowedError
from lantoa.work import actions, queries
from lantoa.work.drafts import Draft, refusals
from lantoa.work.models import Activity
from tests import make
from tests.work.conftest import DAY, told

NEXT_DAY = DAY + dt.timedelta(days=1)
pytestmark = pytest.mark.django_db


def test_an_activity_counts_once_and_its_heads_are_posted(record, host):
    record(30, members=12)

    assert told() == {
        ("hoi-nghi", host.pk, DAY): 1,
        ("luot-nguoi", host.pk, DAY): 30,
        ("dang-vien-tham-gia", host.pk, DAY): 12,
    }


def test_co_organisers_are_named_and_counted_nowhere(record, host):
    others = [make.unit(), make.unit()]

    activity = record(30, co_organisers=others)

    assert set(activity.co_organisers.all()) == set(others)
    assert {unit for _, unit, _ in told()} == {host.pk}


def test_editing_thirty_people_to_thirty_five_posts_five(record):
    activity = record(30)

    actions.correct(
        activity=activity, seen=1, values={"luot-nguoi": 35}, by=make.clerk(), at=make.NOON
    )

    assert list(Entry.objects.order_by("pk").values_list("value", flat=True))[-1] == 35 - 30
    assert activity.version == 2
    assert [value.value for value in activity.values.all()] == [35]


def test_an_emptied_box_is_no_value(record, host):
    activity = record(30, members=12)

    actions.correct(
        activity=activity,
        seen=1,
        values={"luot-nguoi": 30, "dang-vien-tham-gia": None},
        by=make.clerk(),
        at=make.NOON,
    )

    assert told() == {("hoi-nghi", host.pk, DAY): 1, ("luot-nguoi", host.pk, DAY): 30}


def test_a_correction_may_move_it_to_another_unit_and_day(record):
    activity, other = record(30), make.unit()

    actions.correct(
        activity=activity,
        seen=1,
        values={"luot-nguoi": 30},
        unit=other,
        date=NEXT_DAY,
        reason="ghi nhầm xã",
        by=make.clerk(),
        at=make.NOON,
    )

    assert told() == {("hoi-nghi", other.pk, NEXT_DAY): 1, ("luot-nguoi", other.pk, NEXT_DAY): 30}
    assert Entry.objects.filter(reason="ghi nhầm xã").count() == 2 + 2


def test_what_changed_since_it_was_shown_is_not_overwritten(record):
    activity = record(30)
    shown = Activity.objects.get()
    told_by = {"by": make.clerk(), "at": make.NOON}
    actions.correct(activity=activity, seen=1, values={"luot-nguoi": 35}, **told_by)

    with pytest.raises(actions.ChangedMeanwhileError):
        actions.correct(activity=shown, seen=1, values={"luot-nguoi": 40}, **told_by)
    with pytest.raises(actions.ChangedMeanwhileError):
        actions.withdraw(activity=shown, reason="trùng", **told_by)

    assert [value.value for value in activity.values.all()] == [35]


def test_withdrawing_posts_the_negation_and_keeps_the_record(record):
    activity = record(30, members=12)

    actions.withdraw(activity=activity, reason="ghi trùng", by=make.clerk(), at=make.NOON)

    assert told() == {}
    assert activity.withdrawn_at == make.NOON
    assert queries.rows_for([activity.pk])[activity.pk].is_withdrawn
    with pytest.raises(actions.ChangedMeanwhileError):
        actions.correct(
            activity=activity, seen=2, values={"luot-nguoi": 1}, by=make.clerk(), at=make.NOON
        )


def test_withdrawing_wants_a_reason(record):
    with pytest.raises(RefusedError, match="lý do"):
        actions.withdraw(activity=record(30), reason=" ", by=make.clerk(), at=make.NOON)


def test_the_same_sent_again_is_the_same_record(record):
    number = uuid.uuid4()

    first, again = record(30, uuid=number), record(30, uuid=number)

    assert first.pk == again.pk
    assert Activity.objects.count() == 1
    assert Entry.objects.count() == 2


def test_the_same_sent_again_after_a_correction_is_the_corrected_record(record):
    number = uuid.uuid4()
    activity = record(30, uuid=number)
    actions.correct(
        activity=activity, seen=1, values={"luot-nguoi": 35}, by=make.clerk(), at=make.NOON
    )

    assert record(30, uuid=number).version == 2


def test_the_same_sent_again_after_its_kind_was_closed_is_the_same_record(record, conference):
    number = uuid.uuid4()
    first = record(30, uuid=number)
    conference.is_open = False
    conference.save(update_fields=["is_open"])

    assert record(30, uuid=number).pk == first.pk
    with pytest.raises(RefusedError, match="không còn dùng"):
        record(30)


def test_a_record_of_a_closed_kind_can_still_be_mended(record, conference, host):
    activity = record(30)
    conference.is_open = False
    conference.save(update_fields=["is_open"])

    actions.correct(
        activity=Activity.objects.get(),
        seen=activity.version,
        values={"luot-nguoi": 35},
        by=make.clerk(),
        at=make.NOON,
    )

    assert told()["luot-nguoi", host.pk, DAY] == 35


def test_another_content_under_the_same_number_is_refused(record):
    number = uuid.uuid4()
    record(30, uuid=number)

    with pytest.raises(actions.SentBeforeError, match="nội dung khác"):
        record(31, uuid=number)

    assert Activity.objects.count() == 1


def test_a_bulk_that_is_sent_again_adds_what_is_new(record, conference, host):
    drafts = [Draft(conference, host, DAY, {"luot-nguoi": n}) for n in (5, 6, 7)]
    actions.record_many(drafts=drafts[:2], by=make.clerk(), at=make.NOON)

    made = actions.record_many(drafts=drafts, by=make.clerk(), at=make.NOON)

    assert [activity.uuid for activity in made] == [draft.uuid for draft in drafts]
    assert told()["luot-nguoi", host.pk, DAY] == 5 + 6 + 7


def test_a_bulk_with_one_wrong_record_is_refused_whole(conference, host):
    drafts = [Draft(conference, host, DAY, {"luot-nguoi": n}) for n in (5, -6)]

    with pytest.raises(RefusedError, match="số âm"):
        actions.record_many(drafts=drafts, by=make.clerk(), at=make.NOON)

    assert not Activity.objects.exists()


def test_two_drafts_of_one_number_are_no_bulk(conference, host):
    draft = Draft(conference, host, DAY, {"luot-nguoi": 5})

    with pytest.raises(ValueError, match="one number"):
        actions.record_many(drafts=[draft, draft], by=make.clerk(), at=make.NOON)


@pytest.mark.parametrize(
    ("told", "where", "vi", "en"),
    [
        ({"heads": None}, "luot-nguoi", "Chưa ghi", "missing"),
        ({"heads": -1}, "luot-nguoi", "số âm", "negative"),
        ({"heads": 10**15 + 1}, "luot-nguoi", "quá lớn", "too large"),
        ({"members": 31}, "dang-vien-tham-gia", "nhiều hơn", "more than"),
        ({"date": dt.date(2026, 11, 24)}, "date", "chưa tới", "in the future"),
        ({"date": dt.date(2019, 12, 31)}, "date", "chưa thành lập", "not open yet"),
        ({"title": "x" * 301}, "title", "300", "300"),
        ({"values": {"luot-nguoi": 1, "la": 1}}, "la", "không ghi chỉ tiêu la", "does not take la"),
        ({"values": {"luot-nguoi": 1, "hoi-nghi": 2}}, "hoi-nghi", "không ghi", "does not take"),
    ],
)
def test_what_is_wrong_is_refused_with_a_sentence_in_both_languages(record, told, where, vi, en):
    with pytest.raises(RefusedError) as caught:
        record(**{"heads": 30, **told})

    assert vi in caught.value.vi
    assert en in caught.value.en
    assert where == caught.value.where
    assert not Activity.objects.exists()


def test_everything_that_is_wrong_is_told_at_once(conference, host):
    draft = Draft(conference, host, dt.date(2030, 1, 1), {"dang-vien-tham-gia": 1})
    takes = queries.takes_of([conference.pk])[conference.pk]

    wrong = list(refusals(draft, takes, make.NOON.date()))

    assert [each.where for each in wrong] == ["date", "luot-nguoi", "dang-vien-tham-gia"]
    assert "Hãy ghi cả hai" in wrong[-1].vi
    assert "Write both" in wrong[-1].en


def test_the_last_day_of_a_unit_is_the_day_before_it_closed(record, host):
    Unit.objects.filter(pk=host.pk).update(closed_date=NEXT_DAY)
    host.refresh_from_db()

    record(30, date=DAY)

    with pytest.raises(RefusedError, match="đã kết thúc hoạt động"):
        record(30, date=NEXT_DAY)


def test_today_in_vietnam_may_be_recorded(record, host):
    # five in the morning of UTC is noon in Hà Nội
    record(30, date=make.NOON.date())

    assert ("luot-nguoi", host.pk, make.NOON.date()) in told()


def test_a_zero_is_written_and_posts_nothing(record, host):
    activity = record(0)

    assert [value.value for value in activity.values.all()] == [0]
    assert told() == {("hoi-nghi", host.pk, DAY): 1}


def test_the_host_is_not_its_own_co_organiser(record, host):
    with pytest.raises(RefusedError, match="chủ trì"):
        record(30, co_organisers=[host])


def test_a_title_is_kept_composed_and_trimmed(record):
    title = unicodedata.normalize("NFD", "  Học tập\u00a0và làm theo ")

    assert record(30, title=title).title == "Học tập và làm theo"


def test_a_stranger_records_nothing(record):
    with pytest.raises(NotAllowedError):
        record(30, by=make.person())


def test_a_recorder_corrects_only_to_units_of_theirs(record, host):
    mine, other = make.recorder(host), make.unit()
    activity = record(30, by=mine)

    with pytest.raises(NotAllowedError):
        actions.correct(
            activity=activity,
            seen=1,
            values={"luot-nguoi": 30},
            unit=other,
            by=mine,
            at=make.NOON,
        )


def test_ten_thousand_activities_take_few_queries(conference, django_assert_max_num_queries):
    units = [make.unit() for _ in range(3)]
    drafts = [
        Draft(conference, units[n % 3], DAY, {"luot-nguoi": n, "dang-vien-tham-gia": n // 2})
        for n in range(10_000)
    ]
    clerk = make.clerk()

    with django_assert_max_num_queries(1500):  # SQLite takes a thousand values a statement
        actions.record_many(drafts=drafts, by=clerk, at=make.NOON)

    assert told()["luot-nguoi", units[1].pk, DAY] == sum(range(1, 10_000, 3))


def test_a_record_takes_few_queries(record, host, django_assert_max_num_queries):
    record(1)

    with django_assert_max_num_queries(12):
        record(30, members=12)
