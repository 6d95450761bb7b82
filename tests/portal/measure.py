"""How long the pages take at province size: `python -m tests.portal.measure`, beside a loaded sample province.

Works on a copy of the sample's database, for it records an activity. Prints milliseconds of this process (the clock of
the machine beside them) and kilobytes packed; docs/pages.md keeps one run.
"""

import datetime as dt
import gzip
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

ROUNDS = 15
FIGURE = "/so-lieu/hoi-nghi-truc-tiep/"
PAGES = {
    "home": "/",
    "list of measures": "/so-lieu/?ky=2023",
    "figure, map": FIGURE + "?ky=2023",
    "figure, map on today's structure": FIGURE + "?ky=2023&moc=25/11/2026",
    "figure, table": FIGURE + "?ky=2023&xem=bang",
    "figure, trend": FIGURE + "?ky=2023&xem=xu-huong",
    "door, 100 records of 1.113": FIGURE + "ho-so/?ky=2023",
    "structure of today": "/don-vi/",
    "structure of 2024": "/don-vi/?ngay=18/01/2024",
}


def main() -> None:
    from django.conf import settings

    home = Path(settings.DATABASES["default"]["NAME"]).parent
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(home, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("demo"))
        settings.DATABASES["default"]["NAME"] = Path(folder) / "lantoa.sqlite3"
        settings.SEGMENTS = Path(folder) / "segments"
        settings.STORAGES = {
            "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        }
        settings.ALLOWED_HOSTS = ["testserver"]
        measure()


def measure() -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.test import Client

    call_command("migrate", verbosity=0)
    client = Client()
    say("| page | process, median ms | clock, best ms | HTML packed, KB |\n|---|---|---|---|")
    for name, path in PAGES.items():
        response = client.get(path)
        if response.status_code != 200:
            raise SystemExit(f"{path} answers {response.status_code}")
        used, best = timed(lambda path=path: client.get(path))
        say(
            f"| {name} | {used:.0f} | {best:.0f} | {len(gzip.compress(response.content)) / 1024:.1f} |"
        )
    used, best = timed(saved_then_read(client))
    say(
        f"| a record saved, then read at branch, commune, province and home | {used:.0f} | {best:.0f} | |"
    )


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds of one call: the median of the process's own time, and the least by the clock."""
    work()
    used, clock = [], []
    for _round in range(ROUNDS):
        process, wall = time.process_time(), time.perf_counter()
        work()
        used.append(1000 * (time.process_time() - process))
        clock.append(1000 * (time.perf_counter() - wall))
    return median(used), min(clock)


def saved_then_read(client) -> Callable[[], None]:
    """Record a conference at a branch and read it in every figure above; stop if one of them has not moved."""
    from django.utils import timezone

    from lantoa.ledger.models import Entry
    from lantoa.orgs import queries as orgs
    from lantoa.orgs.models import Line, Person, Unit
    from lantoa.portal import structure
    from lantoa.work import actions
    from lantoa.work.models import ActivityKind

    day = dt.date(2023, 11, 3)
    kind = ActivityKind.objects.get(code="hoi-nghi-truc-tiep")
    branch = Entry.objects.filter(measure__code=kind.code, date=day).first().unit_id
    tree = orgs.tree_on(Line.objects.get(kind="territory"), dt.date(2023, 12, 31))
    paths = [f"{FIGURE}?ky=2023&don-vi={unit}" for unit in structure.path(tree, branch)]
    by = Person.objects.filter(posts__role="administrator").first()
    seen: list[list[str]] = []

    def once() -> None:
        actions.record(
            kind=kind, unit=Unit.objects.get(pk=branch), date=day, values={"luot-nguoi-truc-tiep": 30},
            by=by, at=timezone.now(),
        )  # fmt: skip
        pages = [client.get(path).content.decode() for path in [*paths, "/"]]
        seen.append([re.search(r'<a class="fig[^>]*>([\d.]+)<', page)[1] for page in pages])
        if len(seen) > 1 and any(old == new for old, new in zip(*seen[-2:], strict=True)):
            raise SystemExit(f"a figure did not move: {seen[-2:]}")

    return once


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lantoa.project.settings")
    main()
