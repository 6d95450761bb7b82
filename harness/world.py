"""A province of N branches, each with its own secretary who has entered: made once, in a process of its own.

Run as `python -m harness.world N`: prints a JSON line with the sessions, then nothing else. `--count` reads what is there.
"""

import datetime as dt
import json
import os
import sys
from pathlib import Path
from typing import Any

KIND, HEADS, SHEET = "sinh-hoat", "luot-nguoi", "hoc-tap"
OPENED = dt.date(2020, 1, 1)


def main(argv: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lantoa.project.settings")
    import django

    django.setup()
    said = count() if "--count" in argv else build(int(argv[0]))
    sys.stdout.write(json.dumps(said) + "\n")


def build(branches: int) -> dict[str, Any]:
    from django.core.management import call_command
    from django.utils import timezone

    from lantoa.orgs import actions

    _tables()
    call_command("createcachetable", verbosity=0)
    at, founder = timezone.now(), actions.found(name="Người lập", date=OPENED)
    line = actions.open_line(
        code="dia-ban", kind="territory", name_vi="Địa bàn", name_en="Territory", by=founder, at=at
    )
    units = _units(line, branches, founder, at)
    _definitions(line, founder, at)
    today = timezone.localdate(at)
    return {
        "sessions": _secretaries(line, units, at),
        "kind": KIND,
        "heads": HEADS,
        "sheet": SHEET,
        "day": today.isoformat(),
        "period": f"{today:%Y-%m}",
    }


def _tables() -> None:
    """Those of an empty database: on SQLite a copy of one in which all migrations have run."""
    from django.core.management import call_command
    from django.db import connection

    from tests import migrated

    if connection.vendor == "sqlite":
        migrated.lay(Path(connection.settings_dict["NAME"]))
    else:
        call_command("migrate", verbosity=0)


def _units(line: Any, branches: int, by: Any, at: dt.datetime) -> list[Any]:
    from lantoa.orgs import actions
    from lantoa.orgs.changes import NewPlace, NewUnit

    rows = [NewUnit("P", "province", "Tỉnh", code="04", places=[NewPlace(line, None)])]
    rows += [
        NewUnit(f"b{number}", "party_cell", f"Chi bộ {number}", places=[NewPlace(line, "P")])
        for number in range(branches)
    ]
    made = actions.load(units=rows, date=OPENED, by=by, at=at)
    return [made[f"b{number}"] for number in range(branches)]


def _definitions(line: Any, by: Any, at: dt.datetime) -> None:
    from lantoa.ledger.models import Measure
    from lantoa.submissions.models import Sheet
    from lantoa.work.models import ActivityKind, KindMeasure

    heads = Measure.objects.create(
        code=HEADS, name_vi="Lượt người", name_en="Attendances", unit_vi="lượt người",
        unit_en="attendances", nature="flow",
    )  # fmt: skip
    kind = ActivityKind.objects.create(code=KIND, name_vi="Sinh hoạt", name_en="Meeting")
    KindMeasure.objects.create(kind=kind, measure=heads, takes="needed")
    sheet = Sheet.objects.create(
        code=SHEET, name_vi="Học tập", name_en="Study", line=line, unit_kinds=["party_cell"],
        period_rule="calendar", frequency="month", start_date=at.date().replace(day=1), days={},
    )  # fmt: skip
    sheet.measures.set([heads])


def _secretaries(line: Any, units: list[Any], at: dt.datetime) -> list[dict[str, Any]]:
    """A person, a post, an account and an open session for each branch. Passwords are not typed: hashing is slow on purpose."""
    from lantoa.orgs.models import Account, Person, Post

    people = Person.objects.bulk_create(Person(name=f"Bí thư {unit.pk}") for unit in units)
    Post.objects.bulk_create(
        Post(person=person, unit=unit, line=line, role="recorder", start_date=OPENED)
        for person, unit in zip(people, units, strict=True)
    )
    accounts = Account.objects.bulk_create(
        Account(username=f"bi-thu-{unit.pk}", person=person, password="!")  # noqa: S106
        for person, unit in zip(people, units, strict=True)
    )
    seconds = int(at.timestamp())
    return [
        {"unit": unit.pk, "session": _session(account, seconds)}
        for account, unit in zip(accounts, units, strict=True)
    ]


def _session(account: Any, seconds: int) -> str:
    from django.conf import settings
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session.update(
        {
            "_auth_user_id": str(account.pk),
            "_auth_user_backend": settings.AUTHENTICATION_BACKENDS[0],
            "_auth_user_hash": account.get_session_auth_hash(),
            "began": seconds,
            "proven": seconds,
            "seen": seconds,
            "lapsed": False,
        }
    )
    session.create()
    return str(session.session_key)


def count() -> dict[str, Any]:
    """What the database holds, to be compared with what was acknowledged."""
    from django.db.models import Sum

    from lantoa.ledger.models import Entry
    from lantoa.submissions.models import Submission, Version
    from lantoa.work.models import Activity, ActivityValue

    return {
        "records": [str(each) for each in Activity.objects.values_list("uuid", flat=True)],
        "heads": ActivityValue.objects.aggregate(all=Sum("value"))["all"] or 0,
        "ledger": Entry.objects.filter(source_kind="activity").aggregate(all=Sum("value"))["all"]
        or 0,
        "sent": sorted(Submission.objects.filter(version__gt=0).values_list("unit", flat=True)),
        "versions": Version.objects.count(),
    }


if __name__ == "__main__":
    main(sys.argv[1:])
