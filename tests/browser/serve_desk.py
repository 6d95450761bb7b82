"""The work area on a free port with a small province in it, served as in life, by the real clock.

Run by the browser tests in a process of its own: `python -m tests.browser.serve_desk FOLDER`. Prints the address.
"""

import datetime as dt
import os
import sys
from pathlib import Path

from tests import migrated

PASSWORD = "mot-cau-du-dai"  # noqa: S105
PEOPLE = {"nguoi-ghi": "A1.cb", "nguoi-khac": "B1.cb"}


def main(folder: Path) -> None:
    os.environ["LANTOA_VAR"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "lantoa.project.settings"
    import django

    django.setup()

    from django.core.management import call_command
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
    from django.core.wsgi import get_wsgi_application

    class Quiet(WSGIRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing."""

    migrated.lay(folder / "lantoa.sqlite3")
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    build()
    server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
    server.set_app(get_wsgi_application())
    sys.stdout.write(f"http://127.0.0.1:{server.server_port}\n\n")
    sys.stdout.flush()
    server.serve_forever()


def build() -> None:
    """The small province with the real kinds, two recorders, and what one of them has recorded before."""
    from django.utils import timezone

    import lantoa
    from lantoa.ledger import actions as ledger
    from lantoa.ledger.models import Measure
    from lantoa.lib.dates import day_of
    from lantoa.orgs.models import Account, Person, Post
    from lantoa.submissions.models import Sheet
    from lantoa.work import actions as work
    from lantoa.work.models import ActivityKind
    from tests import make
    from tests.orgs import world as worlds

    package, by = Path(lantoa.__file__).parent, make.clerk()
    world = worlds.small_province()
    ledger.load_measures(path=package / "ledger/measures.toml", by=by, at=make.NOON)
    work.load_kinds(path=package / "work/kinds.toml", by=by, at=make.NOON)
    for name, key in PEOPLE.items():
        person = Person.objects.create(name="Người ghi")
        Post.objects.create(
            person=person,
            unit=world[key],
            line=world.party,
            role=Post.Role.RECORDER,
            start_date=make.START,
        )
        Account.objects.create_user(username=name, password=PASSWORD, person=person)
    # On demand: it stands in nobody's list of what is due.
    asked = Sheet.objects.create(
        code="hoi-nhanh", name_vi="Hỏi nhanh", name_en="Asked quickly", line=world.party,
        unit_kinds=["party_cell"], period_rule="calendar", frequency="month",
    )  # fmt: skip
    asked.measures.set(Measure.objects.filter(code="luot-nguoi-lao-dong"))
    today = day_of(timezone.now())
    for days, code, measure, heads in (
        (40, "sinh-hoat-chuyen-de", "luot-nguoi-chuyen-de", 21),
        (30, "chao-co", "luot-nguoi-chao-co", 30),
        (7, "lao-dong", "luot-nguoi-lao-dong", 23),
    ):
        work.record(
            kind=ActivityKind.objects.get(code=code),
            unit=world["A1.cb"],
            date=today - dt.timedelta(days=days),
            values={measure: heads},
            title="Làm đường xóm",
            by=by,
            at=timezone.now(),
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
