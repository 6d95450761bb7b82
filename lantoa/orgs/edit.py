"""How a change of structure is written: under one lock, then looked at as a whole, or not at all.

An action locks, writes its rows, and settles: settling writes the closure anew where it must change,
and looks whether the structure holds on every day. A problem raises, and the transaction takes all back.
"""

import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Iterator
from typing import TypeVar

from django.db import connection
from django.db.models import F, Model, Q, QuerySet

from lantoa.orgs import checks, closure, queries
from lantoa.orgs.checks import FOREVER, CycleError, Life, Problem, Stay, StructureError
from lantoa.orgs.models import Closure, Line, Placement, Unit

_LOCK = 0x1A_2702_5001  # any number that no other lock uses
# From so many units on, a line read and written whole is quicker than a search for what hangs on them.
_MANY = 500

M = TypeVar("M", bound=Model)
T = TypeVar("T")


def lock() -> None:
    """Let one change of structure run at a time, until the transaction ends.

    On SQLite the transaction itself does it: it began as IMMEDIATE (docs/promises.md, D1).
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def settle(unit_ids: Collection[int]) -> None:
    """Write the closure anew and look whether the structure holds, after these units' places changed.

    Raises:
        checks.StructureError: the first problem found, as a sentence.
    """
    touched = set(unit_ids)
    lines = dict(Line.objects.values_list("pk", "kind"))
    stays = _stays_around(touched)
    found = next(_problems(touched, stays, lines), None) or _cycle(touched, stays)
    if found:
        raise refusal(found)
    Line.objects.update(version=uuid.uuid4())


def shares_a_day(start: dt.date, end: dt.date | None = None) -> Q:
    """Rows whose span shares a day with [start, end)."""
    begun = Q(start_date__lt=end) if end and end != FOREVER else Q()
    return begun & (Q(end_date=None) | Q(end_date__gt=start))


def alive_on(day: dt.date) -> Q:
    """Units that live on the day."""
    return Q(opened_date__lte=day) & (Q(closed_date=None) | Q(closed_date__gt=day))


def filtered(rows: QuerySet[M], **ids: Collection[object]) -> Iterator[QuerySet[M]]:
    """The rows whose one field is among any number of values, in batches no database refuses."""
    ((field, values),) = ids.items()
    for some in batches(values):
        yield rows.filter(**{f"{field}__in": some})


def batches(values: Collection[T]) -> Iterator[list[T]]:
    """Any number of values, so many at a time as any database takes."""
    ordered = list(values)
    for first in range(0, len(ordered), _MANY):
        yield ordered[first : first + _MANY]


def _problems(touched: set[int], stays: list[Stay], kinds: dict[int, str]) -> Iterator[Problem]:
    seen = {stay.unit for stay in stays} | touched
    return checks.problems(
        stays,
        _lives(seen),
        territory=next((pk for pk, kind in kinds.items() if kind == Line.Kind.TERRITORY), None),
        sectors={pk for pk, kind in kinds.items() if kind == Line.Kind.SECTOR},
        about=touched,
    )


def _stays_around(touched: set[int]) -> list[Stay]:
    """The stays of the units, of those under them, and of those above both."""
    if len(touched) > _MANY:
        return _stays(Q())
    near = _stays(Q(unit__in=touched) | Q(parent__in=touched))
    above = {stay.parent for stay in near if stay.parent} - touched
    return near + _stays(Q(unit__in=above) & ~Q(parent__in=touched))


def _stays(condition: Q) -> list[Stay]:
    rows = Placement.objects.filter(condition).values_list(
        "line_id", "unit_id", "parent_id", "start_date", "end_date"
    )
    return [Stay(*row[:4], row[4] or FOREVER) for row in rows]


def stays_of(unit_ids: Iterable[int]) -> dict[tuple[int, int | None], list[Stay]]:
    """The stays of these units by line and unit, by start; and under None all roots of each line."""
    found: dict[tuple[int, int | None], list[Stay]] = {}
    for some in batches(set(unit_ids)):
        for stay in sorted(_stays(Q(unit__in=some)), key=lambda stay: stay.start):
            found.setdefault((stay.line, stay.unit), []).append(stay)
    for stay in _stays(Q(parent=None)):
        found.setdefault((stay.line, None), []).append(stay)
    return found


def _lives(unit_ids: set[int]) -> dict[int, Life]:
    some = Q() if len(unit_ids) > _MANY else Q(pk__in=unit_ids)
    rows = Unit.objects.filter(some).values_list("pk", "opened_date", "closed_date")
    return {pk: Life(opened, closed or FOREVER) for pk, opened, closed in rows}


def _cycle(touched: set[int], stays: list[Stay]) -> Problem | None:
    """Write the closure anew, and find in it whoever stands below itself."""
    are_many = len(touched) > _MANY
    here = Q() if are_many else Q(unit__in=touched)
    lines = {stay.line for stay in stays if are_many or stay.unit in touched}
    lines |= set(Closure.objects.filter(here).values_list("line_id", flat=True).distinct())
    for line_id in sorted(lines):
        some = None if are_many else closure.with_all_below(touched, line_id=line_id)
        closure.rebuild(line_id=line_id, unit_ids=some)
    loops = Closure.objects.filter(here, depth__gt=0, unit=F("ancestor"), line__in=lines)
    loop = loops.order_by("start_date", "pk").first()
    return Problem(CycleError, loop.unit_id, loop.line_id, loop.start_date) if loop else None


def refuse_own_parent(unit_id: int, parent: Unit | None, line_id: int, date: dt.date) -> None:
    """The shortest cycle, which no table would take."""
    if parent is not None and parent.pk == unit_id:
        raise refusal(Problem(CycleError, unit_id, line_id, date))


def refusal(problem: Problem) -> StructureError:
    """The problem as a sentence with names."""
    names = {
        unit: queries.name_near(unit, problem.day) for unit in (problem.unit, problem.other) if unit
    }
    return problem.error.of(problem, names, dict(Line.objects.values_list("pk", "name_vi")))
