"""Records that show an achievement, room by room: what each says, as a line. A room that learns to show merits adds a row."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from lantoa.awards.models import Merit
from lantoa.inspections import findings as inspections
from lantoa.inspections.models import Finding
from lantoa.ledger.queries import SourceRow
from lantoa.orgs.models import Unit
from lantoa.plans.models import Task
from lantoa.plans.queries import plans
from lantoa.practices import queries as practices
from lantoa.practices import sources as told_of
from lantoa.practices.models import Adoption
from lantoa.work import queries as work
from lantoa.work.models import Activity

Source = tuple[str, int]
ACTIVITY, PRACTICE, ADOPTION, TASK, FINDING = "activity", "practice", "adoption", "task", "finding"
MOST_OFFERED, IDS_A_QUERY = 40, 500


@dataclass(frozen=True, slots=True)
class Shown:
    """A record as a dossier shows it: when, what, with which numbers and how many photos."""

    source_kind: str
    source_id: int
    unit_id: int
    date: dt.date
    what_vi: str
    what_en: str
    title: str
    numbers: tuple[tuple[str, str, int], ...] = ()
    photos: int = 0
    is_withdrawn: bool = False
    # Whose page shows it, where that is not the record itself: an adoption is read at its practice.
    home_id: int = 0

    @property
    def key(self) -> str:
        return f"{self.source_kind}-{self.source_id}"


def _finding_rows(ids: Iterable[int]) -> dict[int, SourceRow]:
    """What was found, mended and looked at again, by finding id; at the unit that mended it."""
    found = Finding.objects.filter(pk__in=sorted(set(ids)), closed_date__isnull=False)
    return {
        each.pk: SourceRow(
            source_id=each.pk,
            date=each.closed_date or dt.date.min,
            unit_id=each.owner_id,
            unit="",
            kind_vi="Việc phải sửa đã xác nhận",
            kind_en="Finding mended and confirmed",
            title=each.recommendation,
            is_withdrawn=False,
        )
        for each in found
    }


ROWS: Mapping[str, Callable[[Iterable[int]], dict[int, SourceRow]]] = {
    ACTIVITY: work.rows_for,
    PRACTICE: told_of.practice_rows,
    ADOPTION: told_of.adoption_rows,
    TASK: plans.rows_for,
    FINDING: _finding_rows,
}


def shown(sources: Collection[Source]) -> dict[Source, Shown]:
    """What some records say, by source. Two queries a room."""
    by_kind: dict[str, list[int]] = defaultdict(list)
    for kind, number in sources:
        by_kind[kind].append(number)
    homes = _homes(by_kind[ADOPTION])
    return {
        (kind, row.source_id): Shown(
            kind,
            row.source_id,
            row.unit_id,
            row.date,
            row.kind_vi,
            row.kind_en,
            row.title,
            is_withdrawn=row.is_withdrawn,
            home_id=homes.get(row.source_id, 0) if kind == ADOPTION else row.source_id,
        )
        for kind, numbers in by_kind.items()
        if kind in ROWS
        for row in ROWS[kind](numbers).values()
    }


def _homes(adoptions: Collection[int]) -> dict[int, int]:
    """The practice of each adoption."""
    if not adoptions:
        return {}
    found = Adoption.objects.filter(pk__in=sorted(set(adoptions)))
    return dict(found.values_list("pk", "practice_id"))


def offered(unit: Unit, *, until: dt.date) -> list[Shown]:
    """What a unit may point at: its practices, tasks and mended findings first, then its records, the newest first."""
    kept: list[Source] = []
    own = practices.practices_of(unit).filter(registered_date__isnull=False)
    kept += [(PRACTICE, each.pk) for each in own[:MOST_OFFERED]]
    kept += [(ADOPTION, each.pk) for each in practices.followed_by(unit)[:MOST_OFFERED]]
    kept += [(TASK, pk) for pk in _tasks_of(unit)]
    mended = inspections.verified_findings(units=[unit.pk]).reverse()[:MOST_OFFERED]
    kept += [(FINDING, each.pk) for each in mended]
    first = [each for each in shown(kept).values() if each.date <= until]
    held = work.records_of(unit).filter(date__lte=until)[:MOST_OFFERED]
    return [*sorted(first, key=_newest), *(_activity(each) for each in held)]


def _tasks_of(unit: Unit) -> list[int]:
    """The tasks that a unit has said it will do, the newest first."""
    said = Task.objects.filter(plan__unit=unit, said_in__isnull=False, start_date__isnull=False)
    return list(said.order_by("-start_date", "-pk").values_list("pk", flat=True)[:MOST_OFFERED])


def of_merits(merits: Iterable[Merit]) -> list[Shown]:
    """The records of a dossier, the newest first; one whose room is gone is left out."""
    found = shown([(each.source_kind, each.source_id) for each in merits])
    return sorted(found.values(), key=lambda each: (each.date, each.source_id), reverse=True)


def key(typed: str) -> Source | None:
    """Read `activity-12`, as a form sends it."""
    kind, _dash, number = typed.rpartition("-")
    is_one = kind in ROWS and number.isascii() and number.isdigit() and len(number) < 19
    return (kind, int(number)) if is_one else None


def _activity(each: Activity) -> Shown:
    return Shown(
        ACTIVITY,
        each.pk,
        each.unit_id,
        each.date,
        each.kind.name_vi,
        each.kind.name_en,
        each.title,
        tuple((v.measure.unit_vi, v.measure.unit_en, v.value) for v in each.values.all()),
        getattr(each, "photos", 0),
        home_id=each.pk,
    )


def of_many(nomination_ids: Sequence[int]) -> dict[int, list[Shown]]:
    """The records of many dossiers, by nomination. A few queries for every 500."""
    found: dict[int, list[Source]] = defaultdict(list)
    for start in range(0, len(nomination_ids), IDS_A_QUERY):
        some = Merit.objects.filter(nomination__in=nomination_ids[start : start + IDS_A_QUERY])
        for number, kind, source in some.values_list("nomination", "source_kind", "source_id"):
            found[number].append((kind, source))
    told = shown({each for many in found.values() for each in many})
    return {
        number: sorted((told[each] for each in found[number] if each in told), key=_newest)
        for number in nomination_ids
    }


def _newest(each: Shown) -> tuple[int, int]:
    return -each.date.toordinal(), -each.source_id
