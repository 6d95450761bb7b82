"""What one may do about people: enter them, appoint and relieve them, hand them the key to their account, take it back.

Nobody raises their own rights: one appoints others, never oneself, and only to posts whose whole subtree, in the
line of the post, lies where one may appoint. There an administrator may do everything already, so no role that is
given says more than the giver's own. A post at no unit, the founder's, is given by nobody.
"""

import datetime as dt
import re
import secrets

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from lantoa.lib import dates, text
from lantoa.lib.errors import LantoaError, RefusedError
from lantoa.orgs import people, rights
from lantoa.orgs.models import Account, Invitation, Line, Person, PersonEvent, Post, Unit

LASTS = dt.timedelta(days=7)
# Small letters without marks: no two names that look alike.
USERNAME = re.compile(r"[a-z][a-z0-9]*([.-][a-z0-9]+)*")
Kind = PersonEvent.Kind


class PersonError(LantoaError):
    """What cannot be done about this person, and what can be done instead."""


class StaleInvitationError(LantoaError):
    """A link that was used, has run out, or never was: all answer the same."""

    def __init__(self) -> None:
        super().__init__(
            vi="Liên kết này đã dùng rồi, đã hết hạn hoặc không đúng. Hãy nhờ người quản trị gửi liên kết mới.",
            en="This link has been used, has run out, or is not a right one. Ask the administrator for a new one.",
        )


class UnfitKeyError(LantoaError):
    """A user name or a password that will not do. `field` says which of the two."""

    def __init__(self, *, field: str, vi: str, en: str) -> None:
        super().__init__(vi=vi, en=en)
        self.field = field


@transaction.atomic
def register(*, name: str, by: Person, at: dt.datetime) -> Person:
    """Enter a person who will act in the system. Attendance never leads here."""
    rights.require(by, "orgs.appoint", None, at)
    said = " ".join(text.nfc(name).split())
    if not said:
        raise PersonError(vi="Ghi họ tên.", en="Enter the name.")
    person = Person.objects.create(name=said)
    _note(person, Kind.REGISTERED, by, at)
    return person


@transaction.atomic
def appoint(
    *,
    person: Person,
    unit: Unit,
    line: Line,
    role: str,
    date: dt.date,
    by: Person,
    at: dt.datetime,
) -> Post:
    """From the day on the person holds the role at the unit, and so for all that stands below it in the line."""
    rights.require(by, "orgs.appoint", unit, at)
    rights.require_subtree(by, "orgs.appoint", line, unit, at)
    _require_seen(by, person, at)
    if person.pk == by.pk:
        raise PersonError(
            vi="Không ai tự giao chức vụ cho mình. Hãy nhờ người quản trị khác.",
            en="Nobody appoints themselves. Ask another administrator.",
        )
    if date < unit.opened_date or (unit.closed_date and date >= unit.closed_date):
        raise PersonError(
            vi=f"Ngày {dates.show_day(date)} đơn vị này chưa lập hoặc đã kết thúc. Chọn ngày khác.",
            en=f"On {dates.show_day(date)} this unit was not open. Choose another day.",
        )
    if _holds(person, unit, line, role, date):
        raise PersonError(
            vi="Người này đang giữ đúng chức vụ ấy ở đơn vị này.",
            en="This person already holds that very post at this unit.",
        )
    post = Post.objects.create(person=person, unit=unit, line=line, role=role, start_date=date)
    _note(person, Kind.APPOINTED, by, at, post)
    return post


@transaction.atomic
def enrol(
    *, name: str, unit: Unit, line: Line, role: str, date: dt.date, by: Person, at: dt.datetime
) -> Person:
    """Enter a person and give them their first post: both, or neither."""
    rights.require(by, "orgs.appoint", unit, at)
    person = register(name=name, by=by, at=at)
    appoint(person=person, unit=unit, line=line, role=role, date=date, by=by, at=at)
    return person


@transaction.atomic
def relieve(*, post: Post, date: dt.date, by: Person, at: dt.datetime) -> Post:
    """The person no longer holds the post from the day on: it gives no right from that day's first minute."""
    _require_reach(by, post, at)
    held = Post.objects.select_for_update().get(pk=post.pk)
    if held.end_date and held.end_date <= dates.day_of(at):
        raise PersonError(
            vi="Chức vụ này đã thôi từ trước; lịch sử không sửa lại.",
            en="This post has already ended; history is not rewritten.",
        )
    if date <= held.start_date:
        raise PersonError(
            vi=f"Chức vụ này giao từ {dates.show_day(held.start_date)}. Chọn ngày thôi sau ngày đó.",
            en=f"This post begins on {dates.show_day(held.start_date)}. Choose a later day.",
        )
    held.end_date = date
    held.save(update_fields=["end_date"])
    _note(held.person, Kind.RELIEVED, by, at, held)
    return held


@transaction.atomic
def invite(*, person: Person, by: Person, at: dt.datetime) -> str:
    """A token that opens an account for the person, or sets a new password. Earlier ones end with it.

    Returns:
        The token: it is shown once and kept nowhere.
    """
    _require_care(by, person, at)
    person.invitations.filter(used_at=None, expires_at__gt=at).update(expires_at=at)
    token = secrets.token_urlsafe(32)
    Invitation.objects.create(person=person, digest=people.digest(token), expires_at=at + LASTS)
    _note(person, Kind.INVITED, by, at)
    return token


@transaction.atomic
def accept(*, token: str, username: str, password: str, at: dt.datetime) -> Account:
    """Open the account that the token stands for, or give it a new password. The token is the right to it.

    Raises:
        StaleInvitationError: the token opens nothing (any more).
        UnfitKeyError: the user name is taken or not plain; the password is easy to guess.
    """
    held = people.invitation(token, at)
    # Whoever comes second finds it used: one statement decides.
    if not held or not Invitation.objects.filter(pk=held.pk, used_at=None).update(used_at=at):
        raise StaleInvitationError
    account = Account.objects.filter(person=held.person).first()
    kind = Kind.RENEWED if account else Kind.OPENED
    account = account or Account(username=_fit_name(username), person=held.person, date_joined=at)
    account.set_password(_fit_password(password, account))
    account.save()
    _note(held.person, kind, held.person, at)
    return account


@transaction.atomic
def open_account(
    *,
    person: Person,
    username: str,
    password: str,
    is_sample: bool = False,
    by: Person,
    at: dt.datetime,
) -> Account:
    """Give a person the key to enter. The account may do nothing by itself: posts do."""
    rights.require(by, "orgs.appoint", None, at)
    account = Account(username=username, person=person, is_sample=is_sample, date_joined=at)
    account.set_password(password)
    account.save()
    _note(person, Kind.OPENED, by, at)
    return account


@transaction.atomic
def switch(*, person: Person, is_on: bool, by: Person, at: dt.datetime) -> None:
    """Switch a person's account off, or on again. Off, it ends what is open at its next request."""
    _require_care(by, person, at)
    changed = Account.objects.filter(person=person, is_active=not is_on).update(is_active=is_on)
    if changed:
        _note(person, Kind.SWITCHED_ON if is_on else Kind.SWITCHED_OFF, by, at)


def speak_in(*, account: Account, language: str) -> None:
    """The language in which the work area speaks to this account: one's own affair, whatever one's posts."""
    if language in dict(Account._meta.get_field("language").flatchoices):
        Account.objects.filter(pk=account.pk).update(language=language)


def be_written_to(*, account: Account, address: str, wants: bool) -> None:
    """Where mail about what there is to do goes, and whether any is wanted: one's own affair, whatever one's posts.

    Raises:
        RefusedError: that is no address.
    """
    said = text.one_line(address)
    try:
        if said:
            validate_email(said)
    except ValidationError:
        raise RefusedError(
            where="thu",
            vi="Địa chỉ thư chưa đúng. Viết như ten@vi-du.vn, hoặc để trống.",
            en="This is not a mail address. Write it like name@example.vn, or leave it empty.",
        ) from None
    Account.objects.filter(pk=account.pk).update(email=said, wants_mail=wants)


def _note(
    person: Person, kind: PersonEvent.Kind, by: Person, at: dt.datetime, post: Post | None = None
) -> None:
    PersonEvent.objects.create(person=person, kind=kind, post=post, by=by, at=at)


def _require_seen(by: Person, person: Person, at: dt.datetime) -> None:
    """A person whom `by` may not know of answers like one who is not there."""
    if not people.seen_by(by, at).filter(pk=person.pk).exists():
        raise rights.NotAllowedError(rights.ACTS["orgs.appoint"])


def _require_care(by: Person, person: Person, at: dt.datetime) -> None:
    rights.require(by, "orgs.appoint", None, at)
    if not people.looks_after(by, person, at):
        raise rights.NotAllowedError(rights.ACTS["orgs.appoint"])


def _require_reach(by: Person, post: Post, at: dt.datetime) -> None:
    """A founder's post is out of every reach but a founder's."""
    if post.unit is not None:
        rights.require(by, "orgs.appoint", post.unit, at)
    elif not rights.is_everywhere(by, "orgs.appoint", at):
        raise rights.NotAllowedError(rights.ACTS["orgs.appoint"])


def _holds(person: Person, unit: Unit, line: Line, role: str, date: dt.date) -> bool:
    same = Post.objects.filter(person=person, unit=unit, line=line, role=role)
    return same.exclude(end_date__lte=date).exists()


def _fit_name(username: str) -> str:
    if not 3 <= len(username) <= 40 or not USERNAME.fullmatch(username):
        raise UnfitKeyError(
            field="username",
            vi="Tên đăng nhập gồm 3 đến 40 chữ thường không dấu và số, có thể có dấu chấm hoặc gạch nối ở giữa. "
            "Ví dụ: hoa.nt",
            en="A user name has 3 to 40 small letters without marks and digits, with dots or hyphens between. "
            "For example: hoa.nt",
        )
    if Account.objects.filter(username__iexact=username).exists():
        raise UnfitKeyError(
            field="username",
            vi="Tên đăng nhập này đã có người dùng. Chọn tên khác.",
            en="This user name is taken. Choose another.",
        )
    return username


def _fit_password(password: str, account: Account) -> str:
    try:
        validate_password(password, account)
    except ValidationError as error:
        raise UnfitKeyError(
            field="password",
            vi="Mật khẩu này dễ đoán. Dùng ít nhất 8 ký tự, có chữ, không phải mật khẩu hay gặp. "
            "Một câu ngắn dễ nhớ là tốt nhất.",
            en="This password is easy to guess. Use at least 8 characters, some of them letters, and nothing common. "
            "A short sentence is best.",
        ) from error
    return password
