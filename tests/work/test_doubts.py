"""Polite questions against formalism: each with its reason in words, and silent where all is usual."""

import datetime as dt
import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lantoa.orgs.rights import NotAllowedError
from lantoa.work import actions, asking, doubts, joining
from lantoa.work.doubts import Around, Paper, Photo, Told
from lantoa.work.joining import DifferentEventsError
from lantoa.work.models import Activity
from tests import make
from tests.orgs import world as worlds
from tests.plans import directing

DAY = dt.date(2026, 11, 20)
NOON = make.NOON
LONG = "Tổ chức cho đoàn viên thanh niên dọn vệ sinh đường làng ngõ xóm và trồng cây xanh"
OTHER = "Họp bàn việc giúp các gia đình khó khăn sửa nhà trước mùa mưa bão năm nay"
numbers = itertools.count(1)


def told(**changes):
    plain = {
        "pk": next(numbers), "unit": 1, "kind": 1, "date": DAY, "title": "", "heads": 27,
        "recorded_at": NOON,
    }  # fmt: skip
    return Told(**plain | changes)


def asked(question, **around):
    return [
        doubt.vi for doubt in question(Around(**{"told": told(), "names": {2: "Xã B"}} | around))
    ]


def photo(activity=1, digest="a", likeness="0" * 16, taken=None):
    return Photo(activity, digest, likeness, taken)


def test_words_of_an_earlier_record_are_asked_about_whatever_their_marks():
    before = [told(title=LONG.upper(), date=dt.date(2026, 8, 3))]

    [said] = asked(doubts.copied_text, told=told(title=LONG), before=before)

    assert "03/08/2026" in said
    assert "của chính đơn vị" in said


def test_words_of_a_neighbour_name_the_neighbour():
    [said] = asked(doubts.copied_text, told=told(title=LONG), neighbours=[told(title=LONG, unit=2)])

    assert "của Xã B" in said


@pytest.mark.parametrize("title", ["", "Sinh hoạt chi bộ thường kỳ", OTHER])
def test_short_words_and_other_words_are_not_asked_about(title):
    before = [told(title="Sinh hoạt chi bộ thường kỳ"), told(title=LONG)]

    assert asked(doubts.copied_text, told=told(title=title), before=before) == []


def test_words_of_the_directive_are_no_account_of_what_was_done():
    papers = [Paper("15-KH/TU", "Về xây dựng nông thôn mới"), Paper("05-CT/TW", LONG.upper())]

    [said] = asked(doubts.copied_directive, told=told(title=LONG), papers=papers)

    assert "chép lại trích yếu của 05-CT/TW" in said
    assert asked(doubts.copied_directive, told=told(title=OTHER), papers=papers) == []


def test_the_same_file_and_nearly_the_same_picture_are_found_but_not_another_one():
    near = f"{0b111:016x}"  # three bits away
    far = "f" * 16

    assert asked(doubts.used_photo, photos=[photo()], others=[photo(9, "a", far)])
    assert asked(doubts.used_photo, photos=[photo()], others=[photo(9, "b", near)])
    assert asked(doubts.used_photo, photos=[photo()], others=[photo(9, "b", far)]) == []


def test_a_photo_taken_before_the_event_is_asked_about():
    taken = dt.date(2026, 11, 2)

    [said] = asked(doubts.old_photo, photos=[photo(taken=taken)])

    assert "02/11/2026" in said
    assert asked(doubts.old_photo, photos=[photo(taken=DAY), photo()]) == []


def test_many_round_numbers_are_asked_about_and_a_few_are_not():
    rounded = [told(heads=10 * number) for number in range(1, 31)]
    counted = [told(heads=number) for number in range(11, 51)]

    assert asked(doubts.round_numbers, told=told(heads=30), before=rounded)
    assert asked(doubts.round_numbers, told=told(heads=30), before=counted) == []
    assert asked(doubts.round_numbers, told=told(heads=30), before=rounded[:10]) == []


@given(st.integers(0, 30), st.integers(1, 30))
def test_the_tail_is_what_counting_every_outcome_gives(hits, of):
    slow = sum(
        math.prod(0.2 if each else 0.8 for each in drawn)
        for drawn in itertools.product([0, 1], repeat=min(of, 8))
        if sum(drawn) >= hits
    )

    assert doubts.tail(hits, min(of, 8), 0.2) == pytest.approx(slow)


def test_more_members_than_the_roll_are_asked_about():
    assert asked(doubts.above_the_roll, members=24, roll=23)
    assert asked(doubts.above_the_roll, members=23, roll=23) == []
    assert asked(doubts.above_the_roll, members=24, roll=None) == []


@pytest.mark.parametrize(("heads", "is_asked"), [(27, False), (45, False), (90, True), (4, True)])
def test_heads_far_from_the_units_own_usual_are_asked_about(heads, is_asked):
    before = [told(heads=each) for each in (24, 25, 27, 28, 30)]

    said = asked(doubts.unusual_heads, told=told(heads=heads), before=before)

    assert bool(said) == is_asked


def test_a_season_written_in_an_hour_is_asked_about():
    minutes = [NOON + dt.timedelta(minutes=5 * number) for number in range(8)]
    days = [NOON + dt.timedelta(days=number) for number in range(8)]

    assert asked(doubts.all_at_once, season=[told(recorded_at=each) for each in minutes])
    assert asked(doubts.all_at_once, season=[told(recorded_at=each) for each in days]) == []


def test_the_like_of_it_at_a_neighbour_may_be_one_event():
    like = told(unit=2, title="Lễ chào cờ")

    [said] = asked(doubts.same_event, told=told(title="Lễ chào cờ"), neighbours=[like])

    assert said.startswith("Xã B cũng ghi một việc như vậy")
    assert asked(doubts.same_event, told=told(title="Khác"), neighbours=[like]) == []
    assert (
        asked(doubts.same_event, told=told(heads=28, title="Lễ chào cờ"), neighbours=[like]) == []
    )


def held(world, kind, key, heads=27, title="Lễ chào cờ", by=None):
    return actions.record(
        kind=kind, unit=world[key], date=DAY, values={"luot-nguoi": heads}, title=title,
        by=by or make.clerk(), at=NOON,
    )  # fmt: skip


@pytest.fixture
def kind():
    return make.kind("chao-co", one=make.measure("buoi"), needed=[make.measure("luot-nguoi")])


@pytest.mark.django_db
@pytest.mark.both
def test_around_a_record_stand_its_neighbours_and_its_own_past(kind, django_assert_max_num_queries):
    world = worlds.small_province()
    first, second = held(world, kind, "A1.cb"), held(world, kind, "A2.cb")
    held(world, kind, "A3.cb")

    with django_assert_max_num_queries(16):
        found = asking.around(first)

    assert [each.pk for each in found.neighbours] == [second.pk]
    assert found.told.heads == 27
    assert "Chi bộ 1, Xã A2 cũng ghi" in asking.doubts_about(first)[0].vi


@pytest.mark.django_db
@pytest.mark.both
def test_only_directives_from_above_and_of_the_year_before_are_compared(kind):
    world = worlds.small_province()
    make.measure("van-ban-ban-hanh")
    papers = [
        directing.filed(world[key], code, on=world.territory, date=date, extract=f"Về {code}")
        for key, code, date in (
            ("P", "1/KH-UBND", DAY - dt.timedelta(days=30)),
            ("P", "2/KH-UBND", DAY + dt.timedelta(days=1)),
            ("P", "3/KH-UBND", DAY - dt.timedelta(days=400)),
            ("A2", "4/KH-UBND", DAY - dt.timedelta(days=30)),
        )
    ]
    record = held(world, kind, "A1.cb")

    found = asking.around(record).papers

    assert [each.code for each in found] == [papers[0].code]


@pytest.mark.django_db
@pytest.mark.both
def test_two_records_of_one_event_are_joined_and_count_once(kind):
    from lantoa.ledger.models import Entry

    world = worlds.small_province()
    host, guest = held(world, kind, "A1.cb"), held(world, kind, "A2.cb")

    joined = joining.join(host=host, guest=guest, by=make.clerk(), at=NOON)

    sums = {
        code: sum(Entry.objects.filter(measure__code=code).values_list("value", flat=True))
        for code in ("buoi", "luot-nguoi")
    }
    assert sums == {"buoi": 1, "luot-nguoi": 27}
    assert list(joined.co_organisers.all()) == [world["A2.cb"]]
    assert Activity.objects.get(pk=guest.pk).withdrawn_at == NOON
    assert asking.doubts_about(joined) == []


@pytest.mark.django_db
def test_only_who_may_correct_both_joins_them(kind):
    world = worlds.small_province()
    host, guest = held(world, kind, "A1.cb"), held(world, kind, "A2.cb")

    with pytest.raises(NotAllowedError):
        joining.join(
            host=host, guest=guest, by=make.recorder(world["A1.cb"], on=world.party), at=NOON
        )


@pytest.mark.django_db
def test_what_cannot_be_one_event_is_not_joined(kind):
    world = worlds.small_province()
    host, own = held(world, kind, "A1.cb"), held(world, kind, "A1.cb")

    with pytest.raises(DifferentEventsError, match="hai đơn vị khác nhau"):
        joining.join(host=host, guest=own, by=make.clerk(), at=NOON)
