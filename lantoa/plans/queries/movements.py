"""What one may ask about movements and campaigns: which there are, who takes part."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from lantoa.ledger.queries import SourceRow
from lantoa.lib import text
from lantoa.orgs.models import Closure, Line, Person, Unit
from lantoa.orgs.queries import valid_on
from lantoa.plans.models import Joining, Movement
from lantoa.plans.reach import seen_units

IDS_A_QUERY = 500


def running_on(day: dt.date) -> Q:
    return Q(start_date__lte=day) & (Q(end_date=None) | Q(end_date__gt=day))


def seen_by(by: Person, at: dt.datetime) -> QuerySet[Movement]:
    """The movements that somebody may read about."""
    units = seen_units(by, at).values("pk")
    found = Movement.objects.filter(unit__in=units)
    return found.select_related("unit", "line", "programme", "directive")


def one(by: Person, number: int | None, at: dt.datetime) -> Movement | None:
    """A movement that somebody may read about; None for one that they may not, as for one that is not there."""
    return seen_by(by, at).filter(pk=number).first() if number else None


def search(
    found: QuerySet[Movement], *, words: str = "", kind: str = "", running: dt.date | None = None
) -> QuerySet[Movement]:
    """All words, without marks, in name, launcher or aim; of a kind; running on a day."""
    for word in text.fold(words).split():
        found = found.filter(folded__contains=word)
    if kind:
        found = found.filter(kind=kind)
    return found.filter(running_on(running)) if running else found


def with_counts(found: QuerySet[Movement], day: dt.date) -> QuerySet[Movement]:
    """Each with `taking_part`: the units that are in it on the day."""
    is_in = Q(joinings__start_date__lte=day) & (
        Q(joinings__end_date=None) | Q(joinings__end_date__gt=day)
    )
    return found.annotate(taking_part=Count("joinings", filter=is_in))


def joinings_of(movement: Movement, day: dt.date, *, has_left: bool = False) -> QuerySet[Joining]:
    """Who takes part on a day, or took part before; the newest first."""
    found = movement.joinings.select_related("unit").order_by("-start_date", "pk")
    return found.filter(end_date__lte=day) if has_left else found.filter(running_on(day))


def may_join(movement: Movement, unit: Unit, day: dt.date) -> bool:
    """Whether it stands where the movement was launched, and is not in it. Two queries."""
    below = Closure.objects.filter(
        valid_on(day), line=movement.line_id, ancestor=movement.unit_id, unit=unit
    )
    still_in = movement.joinings.filter(Q(end_date=None) | Q(end_date__gt=day), unit=unit)
    return below.exists() and not still_in.exists()


def open_to(unit: Unit, day: dt.date) -> list[Movement]:
    """The movements that run on a day where a unit stands, those that it takes part in first. One query."""
    above = Closure.objects.filter(
        valid_on(day), line=OuterRef("line"), ancestor=OuterRef("unit"), unit=unit
    )
    still_in = Joining.objects.filter(running_on(day), movement=OuterRef("pk"), unit=unit)
    found = Movement.objects.filter(Exists(above), running_on(day))
    return list(found.annotate(is_in=Exists(still_in)).order_by("-is_in", "folded", "pk"))


def lines_of(unit: Unit) -> list[Line]:
    """The lines in which a unit stands or stood."""
    return list(Line.objects.filter(placement__unit=unit).distinct().order_by("position", "code"))


def rows_for(source_ids: Iterable[int]) -> dict[int, SourceRow]:
    """The joinings behind ledger entries of source kind "joining". One query for every 500."""
    ids, rows = sorted(set(source_ids)), {}
    for start in range(0, len(ids), IDS_A_QUERY):
        found = Joining.objects.filter(pk__in=ids[start : start + IDS_A_QUERY])
        for each in found.select_related("movement"):
            rows[each.pk] = SourceRow(
                source_id=each.pk,
                date=each.start_date,
                unit_id=each.unit_id,
                unit="",
                kind_vi=f"Tham gia “{each.movement.name}”",
                kind_en=f"Joining “{each.movement.name}”",
                title=each.movement.name,
                is_withdrawn=False,
            )
    return rows
