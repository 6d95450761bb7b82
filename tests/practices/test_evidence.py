"""What rests on a record follows it: withdrawn, corrected, or held by a unit that was merged. Held to a slow twin."""

import datetime as dt

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lantoa.lib.errors import LantoaError, RefusedError
from lantoa.orgs.rights import NotAllowedError
from lantoa.practices import adoptions, queries
from lantoa.work import actions as work
from lantoa.work.models import Activity
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
from tests.times import times

pytestmark = pytest.mark.django_db
SPREAD, FOLLOWED, PEOPLE = "mo-hinh-nhan-rong", "luot-ap-dung", "nguoi-tham-gia-mo-hinh"
START, LAST = dt.date(2023, 5, 1), dt.date(2026, 11, 20)


def withdraw(activity):
    activity.refresh_from_db()
    work.withdraw(activity=activity, reason="ghi nhầm", by=make.clerk(), at=make.NOON)


def move(activity, **changes):
    activity.refresh_from_db()
    work.correct(
        activity=activity,
        seen=activity.version,
        values={},
        reason="ghi nhầm",
        by=make.clerk(),
        at=make.NOON,
        **changes,
    )


@pytest.mark.both
def test_a_count_does_not_rest_on_a_record_that_was_withdrawn(practice, world):
    adoption = adopted(practice, world["A2.pn"])
    told(adoption, people=40)
    sign = shown(adoption)
    assert total(SPREAD, unit=world["A2.pn"]) == 1

    withdraw(sign.activity)

    assert total(SPREAD) == 0
    assert queries.proven([practice.pk]) == {}
    assert total(PEOPLE) == 40


@pytest.mark.parametrize("changes", [{"date": dt.date(2023, 4, 1)}, {"unit": "A3.pn"}])
def test_nor_on_one_that_now_says_another_time_or_unit(practice, world, changes):
    adoption = adopted(practice, world["A2.pn"])
    told(adoption, people=40)
    sign = shown(adoption)
    changes = {name: world[said] if name == "unit" else said for name, said in changes.items()}

    move(sign.activity, **changes)

    assert total(SPREAD) == 0


def test_a_second_record_carries_the_count_on(practice, world):
    adoption = adopted(practice, world["A2.pn"])
    told(adoption, people=40)
    first = shown(adoption, dt.date(2023, 8, 1))
    shown(adoption, dt.date(2024, 3, 1))

    withdraw(first.activity)

    assert total(SPREAD, until=dt.date(2024, 2, 28)) == 0
    assert total(SPREAD) == 1


def test_joining_two_records_withdraws_one_and_tells_so(practice, world):
    from lantoa.work import joining

    adoption = adopted(practice, world["A2.pn"])
    told(adoption, people=40)
    sign = shown(adoption)
    host = work.record(
        kind=sign.activity.kind, unit=world["A3.pn"], date=sign.activity.date, values={}, by=make.clerk(), at=make.NOON
    )  # fmt: skip

    joining.join(host=host, guest=sign.activity, by=make.clerk(), at=make.NOON)

    assert total(SPREAD) == 0


@pytest.mark.both
def test_a_withdrawn_record_is_not_shown(practice, world):
    adoption = adopted(practice, world["A2.pn"])
    record = held(world["A2.pn"], dt.date(2023, 8, 1))
    stale = Activity.objects.get(pk=record.pk)
    withdraw(record)

    with pytest.raises(RefusedError, match="không phải của đơn vị"):
        adoptions.show(adoption=adoption, activity=stale, by=make.clerk(), at=make.NOON)


# After a merger


@pytest.fixture
def merged(world):
    """The committee of A2 learned from that of A3; A1, A2 and B1 then became N, A3 became M."""
    practice = registered(world["A3.du"])
    return adopted(practice, world["A2.du"])


def test_the_successor_goes_on_with_what_the_old_unit_followed(world, merged):
    new, other = make.recorder(world["N.du"]), make.recorder(world["M.du"])
    told_by = {"adoption": merged, "by": new, "at": make.NOON}
    result = adoptions.Result(dt.date(2026, 6, 1), participants=55)

    with pytest.raises(NotAllowedError):
        adoptions.report(result=result, seen=merged.version, **told_by | {"by": other})
    adoptions.report(result=result, seen=merged.version, **told_by)
    adoptions.show(activity=held(world["N.du"], dt.date(2026, 6, 2)), **told_by)
    assert total(SPREAD, unit=world["A2.du"]) == 1

    merged.refresh_from_db()
    adoptions.end(date=dt.date(2026, 9, 1), reason="làm cách khác", seen=merged.version, **told_by)
    assert total(FOLLOWED, unit=world["A2.du"]) == total(PEOPLE) == 0


def test_a_record_of_the_successor_before_the_merger_shows_nothing(world, merged):
    with pytest.raises(RefusedError, match="không phải của đơn vị"):
        shown(merged, dt.date(2025, 6, 1), unit=world["B1.cb"])
    assert shown(merged, dt.date(2025, 6, 1))


def test_what_waited_for_the_old_unit_waits_for_the_new_one(world):
    world["A2.du"].refresh_from_db()
    practice = registered(world["A3.du"])
    asked = adoptions.ask(
        practice=practice,
        unit=world["A2.du"],
        source=origin(practice),
        by=make.clerk(),
        at=make.NOON,
    )
    today = dt.date(2026, 11, 20)
    assert list(queries.asked_of(world["N.du"], today)) == [asked]
    assert queries.kept_at(practice, world["N.du"], today) == [asked]
    assert queries.kept_at(practice, world["B2.du"], today) == []

    confirmed = {"adoption": asked, "source": origin(practice), "seen": asked.version}
    told_by = {"by": make.recorder(world["N.du"]), "at": make.NOON}
    with pytest.raises(RefusedError, match="không hoạt động"):
        adoptions.confirm(start=dt.date(2025, 8, 1), **confirmed, **told_by)
    adoptions.confirm(start=dt.date(2025, 3, 1), **confirmed, **told_by)

    assert total(FOLLOWED, unit=world["A2.du"]) == 1


def test_the_successor_begins_no_second_adoption_and_does_not_learn_from_itself(world, merged):
    practice = merged.practice

    with pytest.raises(RefusedError, match="đang làm theo"):
        adopted(practice, world["N.du"], start=dt.date(2025, 8, 1))
    with pytest.raises(RefusedError, match="từ chính mình"):
        adopted(practice, world["N.du"], source=merged, start=dt.date(2025, 8, 1))
    with pytest.raises(RefusedError, match="từ chính mình"):
        adopted(practice, world["M.du"], start=dt.date(2025, 8, 1))


def test_after_the_old_unit_ended_the_new_one_may_begin_anew(world, merged):
    ended(merged)

    anew = adopted(merged.practice, world["N.du"], start=dt.date(2025, 8, 1))

    assert total(FOLLOWED, unit=world["N.du"]) == 1
    assert queries.is_followed_by(merged.practice, world["N.du"]) == anew


def test_what_began_at_a_dissolved_unit_is_ended_from_above(world):
    practice = registered(world["B1"])
    adoption = adopted(practice, world["A"])
    above = make.recorder(world["P"])

    adoptions.end(
        adoption=adoption, date=dt.date(2025, 9, 1), reason="không còn cấp huyện", seen=adoption.version,
        by=above, at=make.NOON,
    )  # fmt: skip

    assert total(FOLLOWED, unit=world["A"]) == 0


def test_the_successor_of_the_origin_stops_the_practice(world):
    practice = registered(world["A2.du"])

    step(
        "stop",
        practice,
        dt.date(2026, 2, 1),
        reason="thay cách khác",
        by=make.recorder(world["N.du"]),
    )

    assert total("mo-hinh") == 0


# Any history

UNITS = ("A2.pn", "A3.pn", "B1.pn", "A2.du", "A3.du")
DAYS = st.integers(0, (LAST - START).days)
STEP = st.one_of(
    st.tuples(st.just("adopt"), st.integers(0, len(UNITS) - 1), DAYS),
    st.tuples(st.just("tell"), st.integers(0, 4), DAYS),
    st.tuples(st.just("show"), st.integers(0, 4), DAYS),
    st.tuples(st.just("withdraw"), st.integers(0, 5), st.just(0)),
    st.tuples(st.just("move"), st.integers(0, 5), DAYS),
    st.tuples(st.just("end"), st.integers(0, 4), DAYS),
)
NEW = {"A2.du": "N.du", "A3.du": "M.du"}
REFORM = dt.date(2025, 7, 1)


class Twin:
    """The adoptions and records as plain rows; what counts is asked of them anew each time."""

    def __init__(self):
        self.adoptions = []  # unit, start, end, days of results
        self.signs = []  # of which adoption, day, unit, whether withdrawn

    def counts(self, sign):
        row = self.adoptions[sign["of"]]
        in_time = row["start"] <= sign["day"] and (row["end"] is None or sign["day"] <= row["end"])
        return in_time and not sign["withdrawn"] and self.is_theirs(row["unit"], sign)

    @staticmethod
    def is_theirs(unit, sign):
        return sign["unit"] == unit or (sign["unit"] == NEW.get(unit) and sign["day"] >= REFORM)

    def spread(self):
        shown = {sign["of"] for sign in self.signs if self.counts(sign)}
        return sum(bool(row["told"]) and at in shown for at, row in enumerate(self.adoptions))

    def followed(self, day):
        """Those at work on a day, and the origin."""
        return 1 + sum(
            row["start"] <= day and (row["end"] is None or day < row["end"])
            for row in self.adoptions
        )


def holder(world, key, day):
    """The unit that holds a record on a day: after the reform the committee's successor."""
    return world[NEW[key]] if key in NEW and day >= REFORM else world[key]


def act(world, practice, twin, rows, what, number, day):
    made, activities = rows
    if what == "adopt":
        key = UNITS[number]
        made.append(adopted(practice, world[key], start=day))
        twin.adoptions.append({"unit": key, "start": day, "end": None, "told": []})
    elif what in ("withdraw", "move"):
        sign, activity = twin.signs[number], activities[number]
        if what == "withdraw":
            withdraw(activity)
            sign["withdrawn"] = True
        else:
            move(activity, date=day)
            sign["day"] = day
    else:
        made[number].refresh_from_db()
        row = twin.adoptions[number]
        if what == "tell":
            told(made[number], day, people=7, reason="đếm lại")
            row["told"].append(day)
        elif what == "end":
            ended(made[number], day)
            row["end"] = day
        else:
            unit = holder(world, row["unit"], day)
            sign = shown(made[number], day, unit=unit)
            activities.append(sign.activity)
            key = NEW[row["unit"]] if unit != world[row["unit"]] else row["unit"]
            twin.signs.append({"of": number, "day": day, "unit": key, "withdrawn": False})


@pytest.mark.both
@settings(
    max_examples=times(25),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(STEP, min_size=6, max_size=24))
def test_any_history_counts_what_the_twin_counts(steps, world):
    with transaction.atomic():
        practice = recognised(registered(world["A1.pn"]))
        twin, rows = Twin(), ([], [])
        for what, number, after in steps:
            try:
                with transaction.atomic():
                    act(world, practice, twin, rows, what, number, START + dt.timedelta(days=after))
            except (LantoaError, IndexError):
                continue
            assert total(SPREAD) == twin.spread(), (what, number, after)
        for day in (REFORM, LAST):
            assert total(FOLLOWED, until=day) == twin.followed(day)
        transaction.set_rollback(True)
