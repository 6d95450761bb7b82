"""What the templates know of a request beside what a view gives them."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    return {"site_title": settings.SITE_TITLE, "saves_data": saves_data(request)}


def saves_data(request: HttpRequest) -> bool:
    """Whether the reader has asked their browser to spare data: no fonts then."""
    return request.headers.get("Save-Data", "").strip().lower() == "on"
