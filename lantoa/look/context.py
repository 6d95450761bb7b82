"""What the templates know of a request beside what a view gives them."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    return {
        "site_title": settings.SITE_TITLE,
        "saves_data": request.headers.get("Save-Data", "").strip().lower() == "on",
    }
