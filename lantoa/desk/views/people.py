"""Đơn vị, tài khoản: who may do what from which day; appoint, relieve, invite, switch off. And the roles in plain words."""

import datetime as dt
from typing import Any

from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.core.paginator import Paginator
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lantoa.desk.doors import door, page, sentence, spoken
from lantoa.desk.forms import people as forms
from lantoa.desk.http import DeskRequest
from lantoa.desk.views import mine
from lantoa.lib.dates import day_of, show_day
from lantoa.lib.errors import RefusedError
from lantoa.orgs import accounts, rights
from lantoa.orgs import people as known
from lantoa.orgs import queries as orgs
from lantoa.orgs.models import Person, Post

A_PAGE = 30


@require_safe
@door("orgs.appoint")
def people(request: DeskRequest) -> HttpResponse:
    """Those one may know of, and the units where one may appoint, by what is typed."""
    now = timezone.now()
    words = request.GET.get("tim", "")[:100]
    found = known.find(request.person, words, now)
    part = Paginator(found.select_related("account"), A_PAGE).get_page(request.GET.get("trang"))
    context = {
        "words": words,
        "part": part,
        "rows": _rows(list(part), request.person),
        "stands": known.stands(request.person, words, day_of(now), now) if words else [],
    }
    return page(request, "desk/people/list.html", context)


@require_safe
@door("orgs.appoint")
def person(request: DeskRequest, pk: int) -> HttpResponse:
    return _person_page(request, _seen(request, pk), {})


@require_http_methods(["GET", "HEAD", "POST"])
@door("orgs.appoint")
def new(request: DeskRequest) -> HttpResponse:
    """Enter a person with their first post."""
    return _appointing(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@door("orgs.appoint")
def appoint(request: DeskRequest, pk: int) -> HttpResponse:
    return _appointing(request, _seen(request, pk))


@require_POST
@door("orgs.appoint")
def relieve(request: DeskRequest, pk: int, post: int) -> HttpResponse:
    now = timezone.now()
    whom = _seen(request, pk)
    held = known.posts_seen_by(request.person, whom, now).filter(pk=post).first()
    if held is None:
        raise rights.NotAllowedError(rights.ACTS["orgs.appoint"])
    date, wrong = forms.read_day(request.POST)
    if date is not None:
        try:
            accounts.relieve(post=held, date=date, by=request.person, at=now)
        except accounts.PersonError as error:
            wrong = sentence(error)
    if wrong:
        context = {"wrong": wrong, "wrong_post": held.pk, "typed_day": request.POST.get("ngay", "")}
        return _person_page(request, whom, context, status=400)
    messages.success(request, _("Đã ghi: thôi chức vụ."))
    return redirect("desk:person", pk=pk)


@require_POST
@door("orgs.appoint")
def invite(request: DeskRequest, pk: int) -> HttpResponse:
    """Show the link, this once; mail it too where there is a mail server and an address."""
    whom = _seen(request, pk)
    token = accounts.invite(person=whom, by=request.person, at=timezone.now())
    link = request.build_absolute_uri(reverse("desk:accept", args=[token]))
    context = {"link": link, "lasts": accounts.LASTS.days, **_mailed(request, link)}
    return _person_page(request, whom, context)


@require_POST
@door("orgs.appoint")
def switch(request: DeskRequest, pk: int) -> HttpResponse:
    is_on = request.POST.get("mo") == "1"
    whom = _seen(request, pk)
    accounts.switch(person=whom, is_on=is_on, by=request.person, at=timezone.now())
    messages.success(request, _("Đã mở lại tài khoản.") if is_on else _("Đã khóa tài khoản."))
    return redirect("desk:person", pk=pk)


@require_safe
@door("desk.enter")
def roles(request: DeskRequest) -> HttpResponse:
    """What each role may do, in plain words; one's own are marked."""
    held = set(orgs.posts_of(request.person, day_of(timezone.now())).values_list("role", flat=True))
    rows = [(role.label, said, role in held) for role, said in rights.ROLES.items()]
    return page(request, "desk/people/roles.html", {"rows": rows})


@require_POST
@door("desk.enter")
def language(request: DeskRequest) -> HttpResponse:
    accounts.speak_in(account=request.user, language=request.POST.get("ngon-ngu", ""))
    return redirect("desk:me")


@require_POST
@door("desk.enter")
def mail(request: DeskRequest) -> HttpResponse:
    """Where letters about what there is to do go, and whether any are wanted."""
    address, wants = request.POST.get("thu", ""), bool(request.POST.get("nhan"))
    try:
        accounts.be_written_to(account=request.user, address=address, wants=wants)
    except RefusedError as error:
        return mine.own_page(request, address=address, wants=wants, wrong=sentence(error))
    messages.success(request, _("Đã lưu cách nhận thư."))
    return redirect("desk:me")


@sensitive_post_parameters("mat-khau")
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever was invited opens their account, or sets a new password."""
    with spoken(request):
        if not ratelimit.consume(request, action="invitation"):
            answer: HttpResponse = ratelimit.respond_429(request)
            return answer
        if request.method == "POST":
            return _accepted(request, token)
        return _accepting(request, token, {})


accept.needs = "public"  # type: ignore[attr-defined]


def _accepted(request: HttpRequest, token: str) -> HttpResponse:
    try:
        accounts.accept(
            token=token,
            username=request.POST.get("ten", "").strip(),
            password=request.POST.get("mat-khau", ""),
            at=timezone.now(),
        )
    except accounts.UnfitKeyError as error:
        wrong = {error.field: sentence(error), "name": request.POST.get("ten", "")}
        return _accepting(request, token, wrong, status=400)
    except accounts.StaleInvitationError:
        return _accepting(request, token, {}, status=400)
    messages.success(request, _("Đã xong. Đăng nhập bằng mật khẩu vừa đặt."))
    return redirect("account_login")


def _accepting(
    request: HttpRequest, token: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    held = known.invitation(token, timezone.now())
    if held is None:
        said = sentence(accounts.StaleInvitationError())
        return render(request, "desk/people/stale.html", {"sentence": said}, status=404)
    account = getattr(held.person, "account", None)
    shown = {"person": held.person, "account": account, **context}
    return render(request, "desk/people/accept.html", shown, status=status)


def _appointing(request: DeskRequest, whom: Person | None) -> HttpResponse:
    now = timezone.now()
    words, chosen = request.GET.get("tim", "")[:100], request.GET.get("noi", "")
    stand = known.stand(request.person, chosen, day_of(now), now) if chosen else None
    form = forms.AppointForm(day=show_day(day_of(now)))
    if request.method == "POST" and stand:
        form = forms.read_appointment(request.POST, is_new=whom is None)
        done = _appoint(request, whom, stand, form) if form.is_right else None
        if done:
            messages.success(request, _("Đã ghi: giao chức vụ."))
            return redirect("desk:person", pk=done.pk)
    context = {
        "whom": whom,
        "words": words,
        "stand": stand,
        "key": chosen,
        "stands": known.stands(request.person, words, day_of(now), now) if words else [],
        "form": form,
        "roles": [(role, role.label, rights.ROLES[role]) for role in Post.Role],
    }
    return page(request, "desk/people/appoint.html", context, status=400 if form.errors else 200)


def _appoint(
    request: DeskRequest, whom: Person | None, stand: known.Stand, form: forms.AppointForm
) -> Person | None:
    """The person appointed; None, and a sentence in the form, if it cannot be."""
    assert form.date is not None  # noqa: S101 - a right form has one
    what: dict[str, Any] = {
        "unit": stand.unit,
        "line": stand.line,
        "role": form.role,
        "date": form.date,
    }
    by: dict[str, Any] = {"by": request.person, "at": timezone.now()}
    try:
        if whom is None:
            return accounts.enrol(name=form.name, **what, **by)
        return accounts.appoint(person=whom, **what, **by).person
    except accounts.PersonError as error:
        form.errors["ngay"] = sentence(error)
        return None


def _person_page(
    request: DeskRequest, whom: Person, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    now = timezone.now()
    today = day_of(now)
    posts = list(known.posts_seen_by(request.person, whom, now))
    events = list(known.events_of(request.person, whom, now)[:100])
    names = known.last_names(post.unit_id for post in posts)
    frame = {
        "whom": whom,
        "account": getattr(whom, "account", None),
        "posts": [(post, _where(post, names), _goes_on(post, today)) for post in posts],
        "events": [(each, _where(each.post, names) if each.post else "") for each in events],
        "looks_after": known.looks_after(request.person, whom, now),
        "is_oneself": whom.pk == request.person.pk,
        "today": show_day(today),
        "mails": settings.HAS_MAIL,
    }
    return page(request, "desk/people/person.html", frame | context, status=status)


def _where(post: Post, names: dict[int, str]) -> str:
    return names.get(post.unit_id, "") if post.unit_id else _("Mọi đơn vị")


def _goes_on(post: Post, today: dt.date) -> bool:
    return post.end_date is None or post.end_date > today


def _rows(found: list[Person], by: Person) -> list[dict[str, Any]]:
    """Each person with the posts of today, in one query for the names of their units."""
    posts = known.posts_today(by, [each.pk for each in found], timezone.now())
    names = known.last_names(post.unit_id for post in posts)
    held: dict[int, list[str]] = {}
    for post in posts:
        said = f"{Post.Role(post.role).label}, {_where(post, names)}"
        held.setdefault(post.person_id, []).append(said[:1].upper() + said[1:])
    return [
        {"person": each, "posts": held.get(each.pk, []), "account": getattr(each, "account", None)}
        for each in found
    ]


def _seen(request: DeskRequest, pk: int) -> Person:
    """A person whom one may know of; a foreign number answers like a missing one."""
    found = known.seen_by(request.person, timezone.now()).select_related("account")
    whom = found.filter(pk=pk).first()
    if whom is None:
        raise rights.NotAllowedError(rights.ACTS["orgs.appoint"])
    return whom


def _mailed(request: DeskRequest, link: str) -> dict[str, str]:
    address = request.POST.get("thu", "").strip()
    if not settings.HAS_MAIL or not address:
        return {}
    try:
        validate_email(address)
        send_mail(
            _("Thư mời vào khu làm việc"),
            _("Mở liên kết này để đặt tên đăng nhập và mật khẩu; liên kết dùng một lần:")
            + f"\n\n{link}\n",
            None,
            [address],
        )
    except ValidationError:
        return {
            "mail_wrong": _("Địa chỉ thư chưa đúng. Chép liên kết gửi cách khác, hoặc mời lại.")
        }
    except OSError:
        return {"mail_wrong": _("Máy chủ thư chưa nhận. Chép liên kết gửi cách khác.")}
    return {"mailed": address}
