"""Our reading from where the facts are kept: the sealed segments, or the ledger's table."""

import datetime as dt
import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import numpy as np

from bench import ours
from bench.rivals import Rival
from bench.world import MEASURES, World
from tests import migrated

NOON = dt.datetime(2024, 1, 2, 5, tzinfo=dt.UTC)
ROWS_AT_ONCE = 100_000
FROM_SEGMENTS = "ours: from the sealed segments"


def readings(world: World, folder: Path, stack: ExitStack) -> Iterator[Rival]:
    """A whole ledger in SQLite, once with everything sealed and once with nothing."""
    open_database(folder)
    from lantoa.warehouse import segments, store
    from lantoa.warehouse.models import Segment

    fill(world)
    sealed = segments.seal(at=NOON)
    now = ours.tree_now(world)

    def with_segments() -> None:
        Segment.objects.bulk_create(sealed, ignore_conflicts=True)
        store.forget()

    def without() -> None:
        Segment.objects.all().delete()
        store.forget()

    for name, before in {FROM_SEGMENTS: with_segments, "ours: from the database": without}.items():
        yield Rival(name, lambda: ours.ask(store.now().layout, now), ours.cells, before=before)


def open_database(folder: Path) -> None:
    """An empty one in this folder. Never the one that the environment names."""
    os.environ["LANTOA_VAR"] = str(folder)
    os.environ["LANTOA_DATABASE_URL"] = f"sqlite:///{folder}/lantoa.sqlite3"
    os.environ["LANTOA_SEGMENTS"] = str(folder / "segments")
    os.environ["DJANGO_SETTINGS_MODULE"] = "lantoa.project.settings"
    import django

    django.setup()
    migrated.lay(folder / "lantoa.sqlite3")


def fill(world: World) -> None:
    """Entries in the order of their days, as they would have come."""
    from django.db import connection, transaction

    from lantoa.ledger.models import Measure
    from lantoa.orgs.models import Person, Unit

    opened = dt.date(2020, 1, 1)
    by = Person.objects.create(name="Người ghi")
    Unit.objects.bulk_create(
        Unit(pk=pk, kind=Unit.Kind.OTHER, opened_date=opened) for pk in range(len(world.parent))
    )
    for pk in range(MEASURES):
        Measure.objects.update_or_create(
            pk=pk, defaults={"code": f"m{pk}", "name_vi": str(pk), "name_en": str(pk)}
        )
    # Past the rooms' actions: two million postings would take longer than the bench.
    statement = """INSERT INTO ledger_entry (measure_id, unit_id, date, value,
        source_kind, source_id, recorded_at, recorded_by_id, reason)
        VALUES (%s, %s, %s, %s, 'activity', %s, %s, %s, '')"""
    order = np.argsort(world.day, kind="stable")
    with transaction.atomic(), connection.cursor() as cursor:
        for start in range(0, len(order), ROWS_AT_ONCE):
            some = order[start : start + ROWS_AT_ONCE]
            columns = [
                world.measure[some].tolist(),
                world.unit[some].tolist(),
                world.day[some].astype("datetime64[D]").astype(str).tolist(),
                world.value[some].tolist(),
                some.tolist(),
            ]
            rows = zip(*columns, strict=True)
            cursor.executemany(statement, [(*row, "2024-01-02 05:00:00", by.pk) for row in rows])
