"""The whole work area on a free port: the small province with one of each thing in it, and somebody of each role.

Run by the browser tests in a process of its own: `python -m tests.browser.serve_all FOLDER`. Prints one line of JSON:
the address, the key of each role's login, and of each route its name, an address, and whether it has a page.

What a form does is undone as soon as it has answered, so that every page may send every form and the next still finds
the province as it was; a browser that sends the header `X-Lasting` means what it sends.
"""

import json
import os
import sys
from pathlib import Path

from tests import migrated

NOON = "2026-11-23T12:00:00+07:00"
# Where each role stands: the unit and the line. The administrator sees all of the province.
PLACES = {
    "administrator": ("P", "territory"),
    "recorder": ("N.du", "party"),
    "reviewer": ("TU", "party"),
    "approver": ("TU", "party"),
    "leader": ("TU", "party"),
    "board": ("P", "territory"),
    "inspector": ("P", "territory"),
    "answerer": ("N", "territory"),
    "editor": ("P", "territory"),
}
NEAR = ("N.du", "N", "P")  # of the things of these units one is opened, the first that there is


def main(folder: Path) -> None:
    os.environ["LANTOA_VAR"] = str(folder)
    os.environ["LANTOA_NOW"] = NOON
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
    told = build()
    server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
    server.set_app(Undone(get_wsgi_application()))
    sys.stdout.write(json.dumps({"address": f"http://127.0.0.1:{server.server_port}"} | told))
    sys.stdout.write("\n")
    sys.stdout.flush()
    server.serve_forever()


class Undone:
    """A site that forgets what a form did when it has answered, unless the form was meant to last."""

    def __init__(self, site):
        from django.core.signals import request_finished, request_started
        from django.db import close_old_connections

        self.site = site
        # Within our transaction they would take the connection for a forgotten one, and close it.
        request_started.disconnect(close_old_connections)
        request_finished.disconnect(close_old_connections)

    def __call__(self, environ, start):
        if environ["REQUEST_METHOD"] != "POST" or environ.get("HTTP_X_LASTING"):
            return self.site(environ, start)
        from django.db import transaction

        with transaction.atomic():
            answer = self.site(environ, start)
            body = b"".join(answer)
            answer.close()
            transaction.set_rollback(True)
        return [body]


def build() -> dict[str, object]:
    from tests.desk import test_matrix
    from tests.orgs import world as worlds

    world = worlds.small_province()
    things = test_matrix.one_of_each(world)
    measure()
    recur(world)
    keys = {role: enter(world, role) for role in PLACES}
    return {"keys": keys, "pages": pages(test_matrix, things)}


def measure():
    """All that a form may count: the matrix, which mostly asks who may, makes only what its things need."""
    import tomllib

    from lantoa import ledger
    from lantoa.ledger.models import Measure
    from tests import make

    ours = tomllib.loads((Path(ledger.__file__).parent / "measures.toml").read_text("utf-8"))
    there = set(Measure.objects.values_list("code", flat=True))
    for code, told in ours.items():
        if code not in there and told["nature"] in ("flow", "balance"):
            make.measure(code, nature=told["nature"])


def recur(world):
    """The cells meet every month, so that the calendar and the overview have something to say."""
    import datetime as dt

    from lantoa.work.models import ActivityKind, Duty

    Duty.objects.create(
        code="sinh-hoat", kind=ActivityKind.objects.get(code="sinh-hoat-chuyen-de"), name_vi="Sinh hoạt chuyên đề",
        name_en="Session", line=world.party, unit_kinds=["party_cell", "party_commune"], start_date=dt.date(2026, 8, 1),
        rule="FREQ=MONTHLY;BYMONTHDAY=5", early_days=4, grace_days=10,
    )  # fmt: skip


def enter(world, role):
    """Somebody of this role who has entered. Returns the key of the login."""
    from django.conf import settings
    from django.test import Client

    from lantoa.orgs.models import Account, Person, Post
    from tests import make

    unit, line = PLACES[role]
    person = Person.objects.create(name=f"Người {role}")
    Post.objects.create(
        person=person, unit=world[unit], line=getattr(world, line), role=role, start_date=make.START
    )
    client = Client()
    client.force_login(Account.objects.create(username=f"nguoi-{role}", person=person))
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def pages(matrix, things):
    """Every route that the matrix knows: its name, an address of it, and whether it answers to more than a form."""
    from django.test import Client

    found, stranger = [], Client()
    work = [route for route in matrix.WORK if route.name.startswith("desk:")]
    for route in filter(matrix.told, work):
        near = [
            unit for unit in NEAR if unit in things.get(matrix.THINGS.get(route.name, ""), NEAR)
        ]
        address = matrix.address_of(route, things, near[0])
        found.append((route.name, address, stranger.get(address).status_code != 405))
    return found


if __name__ == "__main__":
    main(Path(sys.argv[1]))
