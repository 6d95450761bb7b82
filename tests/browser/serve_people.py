"""The work area with three people in it, its logins ending after as many seconds as a test can wait.

Run by the browser tests in a process of its own: `python -m tests.browser.serve_people FOLDER IDLE WARNING`.
"""

import datetime as dt
import os
import sys
from pathlib import Path

from tests import migrated

PASSWORD = "mot-cau-du-dai"  # noqa: S105
PEOPLE = {"quan-tri": ("P", "administrator"), "nguoi-khac": ("N", "administrator"), "nguoi-ghi": ("N", "recorder")}  # fmt: skip


def main(folder: Path, idle: int, warning: int) -> None:
    os.environ["LANTOA_VAR"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "lantoa.project.settings"
    import django
    from django.conf import settings

    settings.LOGIN_IDLE = dt.timedelta(seconds=idle)
    settings.LOGIN_WARNING = dt.timedelta(seconds=warning)
    settings.LOGIN_NOTED = dt.timedelta(seconds=1)
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
    paths = build()
    server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
    server.set_app(get_wsgi_application())
    sys.stdout.write("\n".join([f"http://localhost:{server.server_port}", *paths, "", ""]))
    sys.stdout.flush()
    server.serve_forever()


def build() -> list[str]:
    """The small province and its people. Returns the pages about people, each of a kind and a state at least once."""
    from django.urls import reverse
    from django.utils import timezone

    from lantoa.orgs import accounts
    from lantoa.orgs.models import Account, Person, Post
    from tests import make
    from tests.orgs import world as worlds

    world = worlds.small_province()
    for name, (unit, role) in PEOPLE.items():
        person = Person.objects.create(name=f"Tài khoản {name}")
        Post.objects.create(
            person=person, unit=world[unit], line=world.territory, role=role, start_date=make.START
        )
        Account.objects.create_user(username=name, password=PASSWORD, person=person)
    at, by = timezone.now(), Person.objects.get(account__username="quan-tri")
    new = accounts.enrol(
        name="Người mới", unit=world["N"], line=world.territory, role="recorder",
        date=worlds.REFORM, by=by, at=at,
    )  # fmt: skip
    token = accounts.invite(person=new, by=by, at=at)
    recorder = Account.objects.get(username="nguoi-ghi").person
    people, add = reverse("desk:people"), reverse("desk:new-person")
    return [
        people,
        f"{people}?tim=xa",
        f"{people}?tim=khong-co-ai",
        reverse("desk:person", args=[new.pk]),
        reverse("desk:person", args=[recorder.pk]),
        reverse("desk:person", args=[by.pk]),
        reverse("desk:person", args=[10**9]),
        add,
        f"{add}?tim=xa",
        f"{add}?tim=khong-co",
        f"{add}?noi={world.territory.pk}-{world['N'].pk}",
        reverse("desk:roles"),
        reverse("desk:me"),
        reverse("desk:accept", args=[token]),
        reverse("desk:accept", args=["khong-con"]),
    ]


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
