"""What time it is, for the doors. Nothing below them asks: a moment is handed down."""

import datetime as dt

from django.conf import settings
from django.utils import timezone


def now() -> dt.datetime:
    """This moment; in a harness the one moment that LANTOA_NOW names."""
    fixed: dt.datetime | None = settings.NOW
    return fixed or timezone.now()
