"""Which records still show an adoption. What was shown once stays written; whether it counts is asked each time."""

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from lantoa.orgs.models import Closure, Succession
from lantoa.practices.models import Sign


def standing() -> QuerySet[Sign]:
    """Signs whose record holds: not withdrawn, in the days of the adoption, of its unit or of one that stood below it then.

    After a merger the unit that took over goes on: its records, and those of units below it, show it as well.
    """
    day = OuterRef("activity__date")
    above = Closure.objects.filter(
        Q(end_date=None) | Q(end_date__gt=day), unit=OuterRef("activity__unit"), start_date__lte=day
    )
    merged = above.filter(
        ancestor__predecessions__kind=Succession.Kind.MERGER,
        ancestor__predecessions__before=OuterRef("adoption__unit"),
        ancestor__predecessions__date__lte=day,
    )
    return Sign.objects.filter(
        Q(activity__unit=F("adoption__unit"))
        | Exists(above.filter(ancestor=OuterRef("adoption__unit")))
        | Exists(merged),
        Q(adoption__end_date=None) | Q(activity__date__lte=F("adoption__end_date")),
        activity__withdrawn_at=None,
        activity__date__gte=F("adoption__start_date"),
    )
