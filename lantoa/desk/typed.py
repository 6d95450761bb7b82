"""What was typed into a form whose login had ended: kept for the one who typed it, until they have entered again."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse

KEPT = "typed"
MOST = 200_000  # characters: a long form, and no more
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of a field


@dataclass(frozen=True, slots=True)
class Typed:
    """A form as it was sent: where to, and its fields; files are not kept."""

    path: str
    words: list[tuple[str, str]]
    rest: list[tuple[str, str]]
    had_files: bool


def ask_to_enter(request: HttpRequest) -> HttpResponse:
    """To the login page, with what was typed behind it; to a script in words that a script understands."""
    if wants_json(request):
        return JsonResponse({"left": 0, "login": reverse(settings.LOGIN_URL)}, status=401)
    after = request.get_full_path()
    ended = getattr(request, "ended", None)
    if request.method == "POST" and ended and keep(request, ended):
        after = reverse("desk:typed")
    return redirect_to_login(after)


def wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def keep(request: HttpRequest, account_id: int) -> bool:
    """Keep the fields of this form in the session, for this account alone. False: too long, or not to be kept: a vote."""
    if request.resolver_match and getattr(request.resolver_match.func, "is_secret", False):
        return False
    fields = [
        (name, value) for name, many in request.POST.lists() for value in many if name != TOKEN
    ]
    if sum(len(name) + len(value) for name, value in fields) > MOST:
        return False
    request.session[KEPT] = {
        "account": account_id,
        "path": request.get_full_path(),
        "fields": fields,
        "had_files": bool(request.FILES),
    }
    return True


def kept(request: HttpRequest) -> Typed | None:
    """What this account had typed; what another had typed is thrown away unread."""
    found: dict[str, Any] | None = request.session.get(KEPT)
    if not found:
        return None
    if found["account"] != request.user.pk:
        drop(request)
        return None
    fields = [(name, value) for name, value in found["fields"]]
    return Typed(
        path=found["path"],
        words=[pair for pair in fields if _is_worded(pair[1])],
        rest=[pair for pair in fields if not _is_worded(pair[1])],
        had_files=found["had_files"],
    )


def drop(request: HttpRequest) -> None:
    request.session.pop(KEPT, None)


def drop_if_sent(request: HttpRequest) -> None:
    """It arrives where it was meant to go: nothing more to keep."""
    found = request.session.get(KEPT)
    if request.method == "POST" and found and found["path"] == request.get_full_path():
        drop(request)


def _is_worded(value: str) -> bool:
    """Something a person wrote, not a number, a choice or a key."""
    return " " in value.strip() or "\n" in value or not value.isascii()
