"""What one may ask about the work done."""

import datetime as dt

import pytest

from lantoa.lib.periods import period
from lantoa.orgs.models import UnitName
from lantoa.work import actions, queries
from tests import make

pytestmark = pytest.mark.django_db


def test_the_activities_of_a_unit_in_a_period(record, host):
    inside = [record(1, date=dt.date(2023, 3, 1)), record(2, date=dt.date(2023, 3, 31))]
    record(3, date=dt.date(2023, 4, 1))
    record(4, date=dt.date(2023, 3, 1), unit=make.unit())
    withdrawn = record(5, date=dt.date(2023, 3, 2))
    actions.withdraw(activity=withdrawn, reason="trùng", by=make.clerk(), at=make.NOON)

    found = queries.activities_of(host, period("2023-03"))

    assert list(found) == inside[::-1]


def test_by_decree_09_january_runs_from_the_15th_to_the_14th(record, host):
    """A4.1"""
    counted = [record(1, date=dt.date(2024, 1, 14)), record(1, date=dt.date(2023, 12, 15))]
    record(1, date=dt.date(2024, 1, 15))
    record(1, date=dt.date(2023, 12, 14))

    assert list(queries.activities_of(host, period("2024-01", "nd09"))) == counted


def test_activities_come_with_their_values_in_four_queries(record, host, django_assert_num_queries):
    for heads in range(1, 6):
        record(heads, members=1)

    with django_assert_num_queries(3):
        for activity in queries.activities_of(host, period("2023")):
            assert [value.measure.code for value in activity.values.all()]
            assert activity.kind.name_vi
            assert not activity.co_organisers.all()


def test_the_rows_behind_a_figure_bear_the_names_of_their_day(record, host):
    UnitName.objects.filter(unit=host).update(end_date=dt.date(2024, 1, 1))
    UnitName.objects.create(
        unit=host,
        name="Xã Mới",
        short_name="Xã Mới",
        folded="xa moi",
        sort_key="x",
        start_date=dt.date(2024, 1, 1),
    )
    old, new = record(1, title="Học tập"), record(1, date=dt.date(2024, 1, 1))

    rows = queries.rows_for([old.pk, new.pk, old.pk])

    assert rows[old.pk].unit == "Xã Đình Phong"
    assert rows[old.pk].title == "Học tập"
    assert rows[new.pk].unit == "Xã Mới"


def test_however_many_rows_are_one_query(record, django_assert_num_queries):
    ids = [record(heads).pk for heads in range(1, 8)]

    with django_assert_num_queries(1):
        assert len(queries.rows_for(ids)) == 7
