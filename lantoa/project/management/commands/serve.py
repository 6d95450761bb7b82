"""`lantoa serve`: the whole product on one port, on IPv4 and, where the machine has it, IPv6 through the same socket."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import override
from granian import Granian
from granian.constants import Interfaces


class Command(BaseCommand):
    help = "Mở trang / Serve the site."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help=":: for IPv6 and IPv4 alike")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=1)
        parser.add_argument("--lang", choices=["vi", "en"], default="vi")

    def handle(
        self, *args: object, host: str, port: int, workers: int, lang: str, **rest: Any
    ) -> None:
        # The names of style sheets and fonts carry a hash of what is in them: made when the serving begins.
        call_command("collectstatic", interactive=False, verbosity=0)
        with override(lang):
            address = f"[{host}]" if ":" in host else host
            self.stdout.write(_("Mở tại http://%s:%d (Ctrl+C để dừng)") % (address, port))
            self.stdout.flush()
        server = Granian(
            "lantoa.project.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=workers,
            log_access=False,
        )
        server.serve()
