"""The calendar of what recurs: a unit's month, how regular those below are, and the same for a telephone's calendar."""

import datetime as dt
from typing import Any

from django.core.signing import BadSignature, Signer
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event, vRecur

from lantoa.desk import agenda, here
from lantoa.desk.doors import door, lang, page
from lantoa.desk.http import DeskRequest
from lantoa.lib import dates
from lantoa.lib.periods import Period, PeriodError, period, period_on
from lantoa.look import clock
from lantoa.orgs import queries as orgs
from lantoa.orgs import rights
from lantoa.orgs.models import Account
from lantoa.work import duties
from lantoa.work.models import Duty

# Whoever has the address sees when a branch meets, nothing else. A new password makes a new address.
SECRET = Signer(salt="lantoa.desk.calendar")
ENDING = 12


@require_safe
@door("desk.enter")
def calendar(request: DeskRequest) -> HttpResponse:
    today = dates.day_of(clock.now())
    month = _month(request, today)
    now = here.here(request, today)
    items = agenda.month_of(now.unit, month, today=today, lang=lang())
    context = _around(month) | {
        "items": items,
        "today": today,
        "feed": request.build_absolute_uri(reverse("desk:feed", args=[secret(request.user)])),
        "oversees": bool(now.roles & rights.ACTS["desk.oversee"].roles),
    }
    return page(request, "desk/calendar/month.html", context)


@require_safe
@door("desk.oversee")
def regularity(request: DeskRequest) -> HttpResponse:
    """How those below kept what recurs, a table for each duty."""
    today = dates.day_of(clock.now())
    month = _month(request, today)
    now = here.here(request, today)
    rights.require(request.person, "desk.oversee", now.unit, clock.now())
    tables = [
        (_name(duty), rows, agenda.whole(rows))
        for duty in duties.duties_on(month.last_day)
        if (rows := agenda.below(duty, now.unit, duty.line, month, today=today))
    ]
    return page(request, "desk/calendar/regularity.html", _around(month) | {"tables": tables})


@require_safe
@never_cache
def feed(request: HttpRequest, key: str) -> HttpResponse:
    """The duties of the unit where the holder of the address works, for a telephone's own calendar (RFC 5545)."""
    account = _holder(key)
    today = dates.day_of(clock.now())
    written = Calendar()
    written.add("prodid", "-//Lan Toa//VI")
    written.add("version", "2.0")
    for post in orgs.posts_of(account.person, today):
        if post.unit:
            for duty in duties.duties_of(post.unit, today):
                written.add_component(_event(duty, post.unit.pk))
    return HttpResponse(written.to_ical(), content_type="text/calendar; charset=utf-8")


feed.needs = "public"  # type: ignore[attr-defined]


def secret(account: Account) -> str:
    return SECRET.sign(f"{account.pk}.{account.password[-ENDING:]}")


def _holder(key: str) -> Account:
    try:
        told = SECRET.unsign(key)
    except BadSignature:
        raise Http404 from None
    number, _, ending = told.partition(".")
    account = orgs.account(int(number))
    if account is None or not account.is_active or account.password[-ENDING:] != ending:
        raise Http404
    return account


def _event(duty: Duty, unit_id: int) -> Event:
    event = Event.new(
        summary=duty.name_vi,
        start=duty.start_date,
        stamp=dt.datetime.combine(duty.start_date, dt.time(), dt.UTC),
        uid=f"{duty.code}-{unit_id}@lan-toa",
    )
    event.add("rrule", vRecur.from_ical(_until(duty)))
    return event


def _until(duty: Duty) -> str:
    if duty.end_date is None:
        return duty.rule
    return f"{duty.rule};UNTIL={duty.end_date - dt.timedelta(days=1):%Y%m%d}"


def _name(duty: Duty) -> str:
    return duty.name_en if lang() == "en" else duty.name_vi


def _month(request: HttpRequest, today: dt.date) -> Period:
    """The month of the address, or this one."""
    code = request.GET.get("thang", "")
    if not code:
        return period_on(today, "month")
    month = period(code)
    if month.grain != "month":
        raise PeriodError(
            vi=f"“{code}” không phải tháng. Ghi năm và tháng, ví dụ 2026-11.",
            en=f"“{code}” is no month. Write the year and the month, as in 2026-11.",
        )
    return month


def _around(month: Period) -> dict[str, Any]:
    after = period_on(month.end, "month")
    return {"month": month, "before": month.previous(), "after": after, "title": month.name(lang())}
