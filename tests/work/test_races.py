"""Phones send twice, and at once (RELIABILITY D2, E9)."""

import datetime as dt
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from lantoa.work import actions
from lantoa.work.models import Activity
from tests import make
from tests.work.conftest import told

DAY = dt.date(2023, 3, 1)
pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]


def at_once(job, times):
    gate = threading.Barrier(times)

    def run(number):
        gate.wait()
        try:
            return job(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(run, range(times)))


def test_one_record_sent_six_times_at_once_is_one_record(record, host):
    make.clerk()
    for heads in range(1, 6):
        number = uuid.uuid4()

        answers = at_once(lambda _: record(heads, uuid=number).pk, 6)  # noqa: B023

        assert len(set(answers)) == 1
    assert Activity.objects.count() == 5
    assert told()["luot-nguoi", host.pk, DAY] == 1 + 2 + 3 + 4 + 5


def test_of_two_contents_under_one_number_one_is_kept_and_one_refused(record, host):
    make.clerk()
    number = uuid.uuid4()

    def send(heads):
        try:
            record(heads, uuid=number)
        except actions.SentBeforeError:
            return "refused"
        return "kept"

    assert sorted(at_once(send, 2)) == ["kept", "refused"]
    assert Activity.objects.count() == 1


def test_of_two_corrections_of_one_version_one_is_kept_and_one_refused(record, host):
    make.clerk()
    activity = record(30)

    def correct(number):
        try:
            actions.correct(
                activity=Activity.objects.get(pk=activity.pk),
                seen=1,
                values={"luot-nguoi": 40 + number},
                by=make.clerk(),
                at=make.NOON,
            )
        except actions.ChangedMeanwhileError:
            return None
        return 40 + number

    kept = [heads for heads in at_once(correct, 4) if heads]

    assert len(kept) == 1
    assert told()["luot-nguoi", host.pk, DAY] == kept[0]
