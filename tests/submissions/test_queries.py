"""Who must answer, who did, who had nothing, who is missing."""

import datetime as dt
import uuid

import pytest

from lantoa.ledger import queries as ledger
from lantoa.ledger.models import Entry
from lantoa.lib.periods import period
from lantoa.orgs.models import Line, Unit
from lantoa.submissions import queries
from lantoa.work import queries as work
from tests import make

pytestmark = pytest.mark.django_db


def ids(*units):
    return {unit.pk for unit in units}


def test_the_units_of_the_kind_that_stand_in_the_line_must_answer(sheet, communes, top):
    make.unit(kind="women", under=top)
    make.unit(kind="party_commune", place=False)

    assert queries.expected(sheet, "2023") == ids(*communes)


def test_who_closed_within_the_period_is_answered_for_by_the_successor(sheet, communes, top):
    first, second, third = communes
    Unit.objects.filter(pk=first.pk).update(closed_date=dt.date(2023, 12, 31))
    Unit.objects.filter(pk=second.pk).update(closed_date=dt.date(2024, 1, 1))
    opened = make.unit(kind="party_commune", under=top, start=dt.date(2023, 12, 31))
    make.unit(kind="party_commune", under=top, start=dt.date(2024, 1, 1))

    assert queries.expected(sheet, "2023") == ids(second, third, opened)


def test_a_unit_that_left_the_line_need_not_answer(sheet, communes):
    communes[0].placements.update(end_date=dt.date(2023, 12, 31))

    assert queries.expected(sheet, "2023") == ids(*communes[1:])
    assert queries.expected(sheet, "2022") == ids(*communes)


def test_nil_is_not_missing(sheet, communes, send, heads):
    """A4.2"""
    send((heads, 5), unit=communes[0])
    send(is_nil=True, unit=communes[1])

    found = queries.answers(sheet, "2023")

    assert found.reported == ids(*communes[:2])
    assert found.nil == ids(communes[1])
    assert found.missing == queries.missing(sheet, "2023") == ids(communes[2])


def test_another_period_is_another_answer(sheet, send, communes):
    send(period="2023-Q4")

    assert queries.reported(sheet, "2023-Q4") == ids(communes[0])
    assert queries.reported(sheet, "2023") == set()


def test_a_period_is_read_by_the_sheets_own_rule(sheet):
    sheet.period_rule = "nd09"

    asked = queries.span(sheet, period("2023"))

    assert (asked.start, asked.end) == (dt.date(2022, 12, 15), dt.date(2023, 12, 15))


def test_an_answer_of_a_unit_that_has_closed_since_counts_in_nothing(sheet, send, communes):
    send()
    Unit.objects.filter(pk=communes[0].pk).update(closed_date=dt.date(2023, 7, 1))
    Line.objects.update(version=uuid.uuid4())  # as every action on the structure leaves it

    found = queries.answers(sheet, "2023")

    assert found.reported == set()
    assert found.missing == ids(*communes[1:])


def test_answers_are_two_queries(sheet, send, communes, django_assert_num_queries):
    for unit in communes:
        send(unit=unit)

    with django_assert_num_queries(2):
        assert len(queries.answers(sheet, "2023").reported) == 3


def test_the_rows_behind_a_figure_add_up_to_it_and_say_where_they_come_from(
    send, record, heads, unit, django_assert_num_queries
):
    activity = record(30)
    statement = send((heads, 100)).statements.get()
    sources = ledger.sources_of(Entry.objects.all())

    with django_assert_num_queries(1):
        rows = queries.rows_for(sources["statement"])

    assert sources == {"activity": [activity.pk], "statement": [statement.pk]}
    assert rows[statement.pk].kind_vi == "Học tập"
    assert rows[statement.pk].title == "chưa có hồ sơ trong hệ thống"
    assert rows[statement.pk].unit == work.rows_for([activity.pk])[activity.pk].unit


def test_no_sources_are_no_queries(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert queries.rows_for([]) == work.rows_for([]) == {}
