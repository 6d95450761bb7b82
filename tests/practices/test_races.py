"""A record is shown and withdrawn at one moment: what is counted never rests on what is no longer there."""

import datetime as dt

import pytest

from lantoa.lib.errors import LantoaError
from lantoa.practices import adoptions, queries
from lantoa.practices.models import Adoption
from lantoa.work import actions as work
from lantoa.work.models import Activity
from tests import make
from tests.practices.telling import adopted, held, told, total
from tests.work.test_races import at_once

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]


def test_a_record_shown_and_withdrawn_at_once_is_counted_as_it_stands(practice, world):
    adoption = adopted(practice, world["A2.pn"])
    told(adoption, people=40)
    by = make.clerk()
    for month in range(6, 12):
        record = held(world["A2.pn"], dt.date(2023, month, 1))

        def act(number, pk=record.pk):
            activity = Activity.objects.get(pk=pk)
            try:
                if number:
                    work.withdraw(activity=activity, reason="ghi nhầm", by=by, at=make.NOON)
                else:
                    kept = Adoption.objects.get(pk=adoption.pk)
                    adoptions.show(adoption=kept, activity=activity, by=by, at=make.NOON)
            except LantoaError:
                return "refused"
            return "kept"

        at_once(act, 2)

        assert total("mo-hinh-nhan-rong") == len(queries.proven([practice.pk])) == 0
