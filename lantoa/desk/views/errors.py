"""A form that came without its token, or after the login had ended: what was typed is not lost."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "desk/stale_form.html", status=403)
