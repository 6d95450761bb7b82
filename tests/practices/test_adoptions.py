"""Who follows what, from whom they learned it, and what it came to."""

import datetime as dt

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from lantoa.ledger.models import Measure
from lantoa.lib.errors import RefusedError
from lantoa.lib.periods import period
from lantoa.orgs.models import Line
from lantoa.orgs.rights import NotAllowedError
from lantoa.practices import adoptions, facts, queries, register
from lantoa.practices.adoptions import Result
from lantoa.practices.models import Adoption
from lantoa.practices.refusals import ChangedMeanwhileError
from lantoa.practices.register import Life, Since
from lantoa.warehouse import figures
from lantoa.work import actions as work
from tests import make
from tests.practices.telling import (
    adopted,
    ended,
    held,
    origin,
    recognised,
    registered,
    shown,
    step,
    told,
    total,
)

pytestmark = pytest.mark.django_db
MAY = dt.date(2023, 5, 1)


@pytest.mark.both
def test_an_adoption_counts_when_the_unit_itself_has_confirmed_it(practice, world):
    asked = adoptions.ask(
        practice=practice,
        unit=world["A2.pn"],
        source=origin(practice),
        by=make.recorder(world["A1.pn"]),
        at=make.NOON,
    )
    assert total("luot-ap-dung") == 1

    adoptions.confirm(
        adoption=asked,
        source=origin(practice),
        start=MAY,
        seen=asked.version,
        by=make.recorder(world["A2.pn"]),
        at=make.NOON,
    )

    assert total("luot-ap-dung") == total("chi-hoi-co-mo-hinh") == 2
    assert total("luot-ap-dung", unit=world["A2.pn"]) == 1


def test_only_the_adopters_recorder_confirms(practice, world):
    asked = adoptions.ask(
        practice=practice,
        unit=world["A2.pn"],
        source=origin(practice),
        by=make.recorder(world["A1.pn"]),
        at=make.NOON,
    )

    with pytest.raises(NotAllowedError):
        adoptions.confirm(
            adoption=asked,
            source=origin(practice),
            start=MAY,
            seen=asked.version,
            by=make.recorder(world["A1.pn"]),
            at=make.NOON,
        )


def test_a_unit_does_not_learn_from_itself(practice, world):
    with pytest.raises(RefusedError, match="từ chính mình"):
        adopted(practice, world["A1.pn"])


def test_an_adoption_makes_no_circle(practice, world):
    first = adopted(practice, world["A2.pn"])
    second = adopted(practice, world["A3.pn"], source=first)
    ended(first)

    with pytest.raises(RefusedError, match="vòng tròn"):
        adopted(practice, world["A2.pn"], source=second, start=dt.date(2024, 4, 1))


def test_nobody_learns_from_who_has_not_confirmed(practice, world):
    asked = adoptions.ask(
        practice=practice,
        unit=world["A2.pn"],
        source=origin(practice),
        by=make.clerk(),
        at=make.NOON,
    )

    with pytest.raises(RefusedError, match="chưa làm theo"):
        adopted(practice, world["A3.pn"], source=asked)


def test_a_unit_follows_a_practice_once_at_a_time(practice, world):
    adopted(practice, world["A2.pn"])

    with pytest.raises(RefusedError, match="đang làm theo"):
        adopted(practice, world["A2.pn"])


@pytest.mark.parametrize(
    ("start", "sentence"),
    [
        (dt.date(2023, 1, 9), "trước khi nơi mình học"),
        (dt.date(2027, 1, 1), "chưa tới"),
    ],
)
def test_nobody_begins_before_those_they_learned_from(practice, world, start, sentence):
    with pytest.raises(RefusedError, match=sentence):
        adopted(practice, world["A2.pn"], start=start)


def test_a_closed_unit_takes_nothing_up_after_its_end(practice, world):
    world["A2.du"].refresh_from_db()

    with pytest.raises(RefusedError, match="không hoạt động"):
        adopted(practice, world["A2.du"], start=dt.date(2025, 8, 1))


def test_a_stopped_practice_is_not_taken_up(practice, world):
    step("stop", practice, dt.date(2024, 1, 1), reason="không hợp")

    with pytest.raises(RefusedError, match="đã dừng"):
        adopted(practice, world["A2.pn"])


def test_people_are_a_balance_and_money_a_flow(practice, world):
    adoption = adopted(practice, world["A2.pn"])
    told(adoption, dt.date(2023, 12, 31), people=40, saved=5_000_000)
    told(adoption, dt.date(2024, 12, 31), people=35, saved=6_000_000)
    ended(adoption, dt.date(2025, 3, 1))

    people = [
        total("nguoi-tham-gia-mo-hinh", until=dt.date(year, 12, 31)) for year in (2023, 2024, 2025)
    ]
    assert people == [40, 35, 0]
    assert total("tien-tiet-kiem", since=dt.date(2024, 1, 1)) == 6_000_000


def test_a_result_told_again_needs_a_reason_and_posts_the_difference(practice, world):
    adoption = adopted(practice, world["A2.pn"])
    told(adoption, people=40)

    with pytest.raises(RefusedError, match="Chưa ghi lý do"):
        told(adoption, people=30)
    told(adoption, people=30, reason="đếm lại theo sổ")

    assert total("nguoi-tham-gia-mo-hinh") == 30
    assert adoption.results.count() == 2


def test_what_is_told_lies_in_the_days_of_the_adoption(practice, world):
    adoption = adopted(practice, world["A2.pn"])

    with pytest.raises(RefusedError, match="chưa làm theo"):
        told(adoption, dt.date(2023, 4, 30), people=3)
    with pytest.raises(RefusedError, match="Chưa có con số"):
        told(adoption)
    told(adoption, dt.date(2024, 6, 1), people=9)
    with pytest.raises(RefusedError, match="kết quả cuối cùng"):
        ended(adoption, dt.date(2024, 5, 1))
    with pytest.raises(RefusedError, match="Chưa ghi lý do"):
        ended(adoption, dt.date(2024, 7, 1), reason="")


def test_the_origin_leaves_only_by_stopping_the_practice(practice):
    with pytest.raises(RefusedError, match="nơi khởi đầu"):
        ended(origin(practice))


def test_a_record_of_another_unit_or_another_time_shows_nothing(practice, world):
    adoption = adopted(practice, world["A2.du"])

    with pytest.raises(RefusedError, match="không phải của đơn vị"):
        shown(adoption, unit=world["A3.pn"])
    with pytest.raises(RefusedError, match="không phải của đơn vị"):
        shown(adoption, dt.date(2023, 4, 1))


def test_a_record_of_a_subordinate_shows_it(practice, world):
    adoption = adopted(practice, world["A2"])

    assert shown(adoption, unit=world["A2.pn"])


@pytest.mark.both
def test_replicated_is_what_three_other_units_have_shown(practice, world):
    recognised(practice)
    units = [world[key] for key in ("A2.pn", "A3.pn", "B1.pn")]
    followed = [adopted(practice, unit) for unit in units]
    for adoption in followed:
        told(adoption, people=10)
    assert total("mo-hinh-nhan-rong") == 0

    for adoption in followed[:2]:
        shown(adoption)
    practice.refresh_from_db()
    assert (practice.state, total("mo-hinh-nhan-rong")) == ("recognised", 2)

    shown(followed[2])
    practice.refresh_from_db()
    assert (practice.state, total("mo-hinh-nhan-rong")) == ("replicated", 3)
    assert list(practice.events.values_list("state", flat=True))[-1] == "replicated"


def test_a_kept_practice_is_replicated_later_and_no_second_time(practice, world):
    recognised(practice)
    step("keep", practice, dt.date(2023, 7, 1))
    for key in ("A2.pn", "A3.pn", "B1.pn", "B2.pn"):
        adoption = adopted(practice, world[key])
        told(adoption, people=10)
        shown(adoption)

    assert practice.events.filter(state="replicated").count() == 1


def test_a_chapter_with_two_practices_is_one_chapter(practice, world):
    other = registered(world["A2.pn"], title="Tổ giúp nhau mùa cấy, gặt")
    both = adopted(other, world["A1.pn"])
    assert total("chi-hoi-co-mo-hinh") == 2

    ended(both)
    assert total("chi-hoi-co-mo-hinh", unit=world["A1.pn"]) == 1
    step("stop", practice, dt.date(2024, 5, 1), reason="hết người")
    assert total("chi-hoi-co-mo-hinh", unit=world["A1.pn"], until=dt.date(2024, 4, 30)) == 1
    assert total("chi-hoi-co-mo-hinh", unit=world["A1.pn"]) == 0


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 20), st.one_of(st.none(), st.integers(0, 12))), max_size=7)
)
def test_joined_spans_hold_the_days_that_any_of_them_holds(drawn):
    def day(number):
        return dt.date(2023, 1, 1) + dt.timedelta(days=number)

    spans = [(day(a), None if b is None else day(a + b)) for a, b in drawn]

    def held_on(some, at):
        return sum(start <= at and (end is None or at < end) for start, end in some)

    found = facts.joined(spans)

    for number in range(40):
        at = day(number)
        assert held_on(found, at) == min(1, held_on(spans, at))


def test_many_say_what_one_by_one_would(practice, world):
    one = adopted(practice, world["A2.pn"])
    told(one, people=20, saved=1_000)
    shown(one)
    ended(one)
    before = {code: total(code) for code in facts.CODES}

    first = Life(practice, world["A3.pn"], origin(practice), MAY)
    second = Life(practice, world["B1.pn"], first, dt.date(2023, 6, 1))
    by = make.clerk()
    made = register.adopt_many(lives=[second, first], by=by, at=make.NOON)
    signs = [held(world["B1.pn"], dt.date(2023, 8, 1))]
    results = [Result(dt.date(2023, 12, 31), 20, 1_000)]
    since = Since(made[0], results, signs, (dt.date(2024, 3, 1), "thiếu người theo dõi"))
    register.keep_many(told=[since], by=by, at=make.NOON)
    ended(made[1], dt.date(2023, 5, 1))

    assert made[0].learned_from == made[1]
    after = {code: total(code) for code in facts.CODES}
    doubled = {"mo-hinh-nhan-rong", "tien-tiet-kiem"}
    assert {code: after[code] - before[code] for code in facts.CODES} == {
        code: before[code] if code in doubled else 0 for code in facts.CODES
    }


def test_many_are_refused_together(practice, world):
    lives = [
        Life(practice, world["A2.pn"], origin(practice), MAY),
        Life(practice, world["A1.pn"], origin(practice), MAY),
    ]

    with pytest.raises(RefusedError, match="từ chính mình"), transaction.atomic():
        register.adopt_many(lives=lives, by=make.clerk(), at=make.NOON)

    assert practice.adoptions.count() == 1


def test_an_adoption_changed_meanwhile_is_not_overwritten(practice, world):
    adoption = adopted(practice, world["A2.pn"])
    stale = Adoption.objects.get(pk=adoption.pk)
    told(adoption, people=3)

    with pytest.raises(ChangedMeanwhileError):
        told(stale, dt.date(2024, 1, 1), people=4)


def test_after_a_merger_what_a_closed_unit_keeps_lands_on_its_successor(world):
    """A1.du and A2.du closed into N.du on 01/07/2025; the practice began at one, and the other took it up."""
    practice = registered(world["A1.du"])
    told(adopted(practice, world["A2.du"]), people=30)

    def read(code, unit, year):
        return figures.figure(
            measure=Measure.objects.get(code=code),
            unit=world[unit],
            line=Line.objects.get(code="dang"),
            period=period(year),
            structure=dt.date(2026, 1, 1),
        ).top

    assert read("mo-hinh", "N.du", "2025") == 1
    assert read("nguoi-tham-gia-mo-hinh", "N.du", "2026") == 30
    step("stop", practice, dt.date(2026, 2, 1), reason="thay bằng mô hình khác")
    assert read("mo-hinh", "N.du", "2026") == 0


def test_a_practice_is_alive_while_records_show_it_and_silent_after_the_setting(
    practice, world, settings
):
    settings.SILENT_MONTHS = 6
    adoption = adopted(practice, world["A2.pn"])
    sign = shown(adoption, dt.date(2026, 6, 1))
    july, november = dt.date(2026, 7, 1), dt.date(2026, 12, 20)

    assert queries.alive_on([practice.pk], july) == {practice.pk: dt.date(2026, 6, 1)}
    assert queries.silent_of(world["A2.pn"], july) == []
    assert queries.alive_on([practice.pk], november) == {}
    assert queries.silent_of(world["A2.pn"], november) == [(adoption, 6)]

    work.withdraw(activity=sign.activity, reason="ghi nhầm", by=make.clerk(), at=make.NOON)
    assert queries.alive_on([practice.pk], july) == {}
