"""Asking those below to send what they have not sent: in their own work list, and by mail where they have an address.

Calm: a unit that has sent is never reminded, nobody is reminded twice on one day, and nobody who has had a letter
today gets another (`letters`).
"""

import datetime as dt
from collections.abc import Collection
from functools import partial
from urllib.parse import urlsplit

from django.db import transaction

from lantoa.lib.dates import day_of, show_day
from lantoa.lib.periods import Period
from lantoa.orgs import rights
from lantoa.orgs.models import Account, Person, Post
from lantoa.orgs.queries import valid_on
from lantoa.submissions import letters, queries
from lantoa.submissions.models import Reminder, Sheet

# Who is written to: those who send for the unit, not those who only look.
SENDERS = (Post.Role.RECORDER, Post.Role.REVIEWER)


@transaction.atomic
def remind(
    *, sheet: Sheet, span: Period, units: Collection[int], link: str, by: Person, at: dt.datetime
) -> list[int]:
    """Remind those of the units that must send the sheet and have not.

    Args:
        units: ids; those who have sent, and those who need not, are left in peace.
        link: the address of their work list, for the mail.

    Returns:
        The units reminded now; those reminded earlier today are not among them.
    """
    late = sorted(queries.missing(sheet, span) & set(units))
    rights.require_all(by, "desk.oversee", late, at)
    today = day_of(at)
    told = Reminder.objects.filter(sheet=sheet, period=span.code, date=today, unit__in=late)
    already = set(told.values_list("unit_id", flat=True))
    new = [unit for unit in late if unit not in already]
    Reminder.objects.bulk_create(
        (Reminder(sheet=sheet, unit_id=unit, period=span.code, date=today, by=by) for unit in new),
        ignore_conflicts=True,
    )
    transaction.on_commit(partial(_write, sheet, span, new, link, at))
    return new


def reminders_of(unit_id: int, since: dt.date) -> dict[tuple[int, str], dt.date]:
    """The last day on which a unit was reminded, by (sheet id, period)."""
    found = Reminder.objects.filter(unit=unit_id, date__gte=since).order_by("date")
    return {(each.sheet_id, each.period): each.date for each in found}


def _write(sheet: Sheet, span: Period, units: list[int], link: str, at: dt.datetime) -> None:
    held = Post.objects.filter(valid_on(day_of(at)), unit__in=units, role__in=SENDERS)
    accounts = Account.objects.filter(person__posts__in=held).select_related("person").distinct()
    host = urlsplit(link).hostname or "localhost"
    for account in filter(letters.written_to, accounts):
        subject, body = _words(sheet, span, link, account.language)
        letters.send(account=account, subject=subject, body=body, host=host, at=at)


def _words(sheet: Sheet, span: Period, link: str, lang: str) -> tuple[str, str]:
    last = show_day(span.last_day)
    if lang == "en":
        return (
            f"Please send: {sheet.name_en}, {span.name('en')}",
            (
                f"Your unit has not yet sent “{sheet.name_en}” for {span.name('en')} (until {last}).\n"
                f"What is recorded is filled in already. Open: {link}\n"
            ),
        )
    return (
        f"Nhắc gửi: {sheet.name_vi}, {span.name()}",
        (
            f"Đơn vị chưa gửi biểu “{sheet.name_vi}” {span.name()} (đến hết ngày {last}).\n"
            f"Máy đã điền sẵn những số có hồ sơ. Mở: {link}\n"
        ),
    )
