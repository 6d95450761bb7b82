"""What the sample province says of itself, wherever its figures go."""

from django.conf import settings
from django.utils.translation import gettext as _


def notice() -> str:
    if not settings.IS_DEMO:
        return ""
    return _("Số liệu minh họa, trừ các con số của Báo Cao Bằng 18/01/2024")


def site_title() -> str:
    title: str = settings.SITE_TITLE
    return title
