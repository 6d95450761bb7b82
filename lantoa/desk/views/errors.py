"""A form that came without its token, or after the login had ended: what was typed is not lost."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from lantoa.desk import typed


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Refuse. What came from a page of our own, as the browser itself vouches, waits to be looked at and sent again."""
    if typed.wants_json(request):
        return JsonResponse({"stale": True}, status=403)
    whose = request.user.pk or getattr(request, "ended", None)
    is_ours = request.headers.get("Sec-Fetch-Site") == "same-origin"
    if is_ours and whose and typed.keep(request, whose):
        return redirect("desk:typed")
    return render(request, "desk/stale_form.html", status=403)
