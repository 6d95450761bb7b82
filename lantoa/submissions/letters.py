"""Writing to people: one letter a person a day at most, whoever asks for it, and however often it is asked for.

The row is there before the letter goes out. Stopped before the letter went, the next run sends it; stopped after, and
before that was noted, the next run sends it again under the same `Message-ID`, which mail programmes show once.
"""

import datetime as dt
from smtplib import SMTPException

from django.core.mail import EmailMultiAlternatives
from django.db.models import Q

from lantoa.lib.dates import day_of
from lantoa.orgs.models import Account, Person
from lantoa.submissions.models import Letter

# A letter begun so long ago and not noted as sent was stopped on its way.
STOPPED = dt.timedelta(minutes=10)


def written_to(account: Account) -> bool:
    """Whether they want to be written to, and can be."""
    return bool(account.is_active and account.wants_mail and account.email)


def send(
    *, account: Account, subject: str, body: str, html: str = "", host: str, at: dt.datetime
) -> bool | None:
    """Send today's letter to an account, unless it has gone out.

    Args:
        html: the same, drawn; plain text alone without it.
        host: after the at sign of the letter's own number.

    Returns:
        True: it went out. None: today's had gone before, or is on its way. False: the mail server did not take it;
        it is sent when asked for again.
    """
    if not _begin(account.person, at):
        return None
    today = day_of(at)
    own = f"<viec-{today:%Y%m%d}-{account.person_id}@{host}>"
    headers = {"Message-ID": own, "Auto-Submitted": "auto-generated"}
    mail = EmailMultiAlternatives(subject, body, None, [account.email], headers=headers)
    if html:
        mail.attach_alternative(html, "text/html")
    try:
        mail.send()
    except (SMTPException, OSError):
        _note(account.person, today, begun_at=None)
        return False
    _note(account.person, today, sent_at=at)
    return True


def _begin(person: Person, at: dt.datetime) -> bool:
    """Take the day for this letter; False if it has gone out, or another programme is at it."""
    today = day_of(at)
    Letter.objects.bulk_create([Letter(person=person, date=today)], ignore_conflicts=True)
    is_free = Q(begun_at=None) | Q(begun_at__lt=at - STOPPED)
    mine = Letter.objects.filter(is_free, person=person, date=today, sent_at=None)
    return mine.update(begun_at=at) == 1


def _note(person: Person, today: dt.date, **said: dt.datetime | None) -> None:
    Letter.objects.filter(person=person, date=today).update(**said)
