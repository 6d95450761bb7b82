"""The site on a free port with a small world in it, served as in life: collected files, hashed names, no debugging.

Run by the browser tests in a process of its own: `python -m tests.browser.serve FOLDER`. Prints the address, then the pages.
"""

import os
import sys
from pathlib import Path

from tests import migrated

NOON = "2026-11-23T12:00:00+07:00"  # one moment for all pages: two readings of a page differ in nothing


def main(folder: Path) -> None:
    os.environ["LANTOA_VAR"] = str(folder)
    os.environ["LANTOA_NOW"] = NOON
    os.environ["DJANGO_SETTINGS_MODULE"] = "lantoa.project.settings"
    import django
    from django.conf import settings

    settings.STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "lantoa.look.storage.TogetherStorage"},
    }
    django.setup()

    from django.core.management import call_command
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
    from django.core.wsgi import get_wsgi_application

    from tests.articles import writing
    from tests.portal import practising, world

    class Quiet(WSGIRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing."""

    migrated.lay(folder / "lantoa.sqlite3")
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    built = world.build()
    pages = world.pages(built) + writing.pages() + practising.pages(built)
    server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
    server.set_app(get_wsgi_application())
    sys.stdout.write("\n".join([f"http://127.0.0.1:{server.server_port}", *pages, "", ""]))
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
