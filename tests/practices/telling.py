"""Short ways to tell of practices in tests: what a test does not name, they fill in."""

import datetime as dt

from lantoa.ledger.models import Entry
from lantoa.practices import actions, adoptions
from lantoa.practices.actions import Draft
from lantoa.practices.adoptions import Result
from lantoa.work import actions as work
from tests import make

BEGUN = dt.date(2023, 1, 10)
REGISTERED = dt.date(2023, 1, 31)
_judges = {}


def draft(unit, **told):
    known = {
        "kind": "mo-hinh",
        "field": "kinh-te",
        "title": "Nuôi lợn nhựa tiết kiệm",
        "summary": "Mỗi hội viên một con lợn nhựa, mỗi tháng mổ một lần để giúp nhau làm ăn.",
        "steps": ["Phát lợn nhựa", "Mỗi ngày bỏ một ít", "Cuối tháng mổ lợn"],
        "contact_unit": unit,
        "contact_role": "recorder",
    }
    return Draft(**(known | told))


def proposed(unit, *, start=BEGUN, by=None, **told):
    by = by or make.recorder(unit)
    return actions.propose(unit=unit, draft=draft(unit, **told), start=start, by=by, at=make.NOON)


def registered(unit, *, date=REGISTERED, **told):
    practice = proposed(unit, **told)
    return step("register", practice, date)


def step(name, practice, date, *, by=None, **told):
    act = getattr(actions, name)
    by = by or make.clerk()
    return act(practice=practice, date=date, seen=practice.version, by=by, at=make.NOON, **told)


def recognised(practice, date=dt.date(2023, 6, 1)):
    step("appraise", practice, date)
    return step("recognise", practice, date)


def origin(practice):
    return practice.adoptions.get(learned_from=None)


def adopted(practice, unit, *, source=None, start=dt.date(2023, 5, 1), by=None):
    by = by or make.clerk()
    source = source or origin(practice)
    asked = adoptions.ask(practice=practice, unit=unit, source=source, by=by, at=make.NOON)
    return adoptions.confirm(
        adoption=asked, source=source, start=start, seen=asked.version, by=by, at=make.NOON
    )


def told(adoption, date=dt.date(2023, 12, 31), *, people=None, saved=None, reason=""):
    return adoptions.report(
        adoption=adoption,
        result=Result(date, people, saved),
        seen=adoption.version,
        reason=reason,
        by=make.clerk(),
        at=make.NOON,
    )


def shown(adoption, date=dt.date(2023, 8, 1), *, unit=None):
    activity = held(unit or adoption.unit, date)
    return adoptions.show(adoption=adoption, activity=activity, by=make.clerk(), at=make.NOON)


def held(unit, date):
    kind = make.kind()
    return work.record(kind=kind, unit=unit, date=date, values={}, by=make.clerk(), at=make.NOON)


def ended(adoption, date=dt.date(2024, 3, 1), reason="thiếu người theo dõi"):
    return adoptions.end(
        adoption=adoption,
        date=date,
        reason=reason,
        seen=adoption.version,
        by=make.clerk(),
        at=make.NOON,
    )


def total(code, *, unit=None, until=dt.date(2026, 12, 31), since=dt.date(1945, 9, 2)):
    """What the ledger's entries of a measure add up to."""
    entries = Entry.objects.filter(measure__code=code, date__lte=until, date__gte=since)
    if unit is not None:
        entries = entries.filter(unit=unit)
    return sum(entries.values_list("value", flat=True))
