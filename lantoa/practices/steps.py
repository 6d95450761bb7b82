"""The steps of a practice's life that stand: without those that were taken back."""

from django.db.models import QuerySet

from lantoa.practices.models import PracticeEvent


def standing() -> QuerySet[PracticeEvent]:
    return PracticeEvent.objects.filter(undone_at=None)
