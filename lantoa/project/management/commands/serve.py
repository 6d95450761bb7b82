"""`lantoa serve`: the whole product on one port, on IPv4 and, where the machine has it, IPv6 through the same socket."""

import errno
import socket
import subprocess
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import override
from granian import Granian
from granian.constants import Interfaces

from lantoa.lib.errors import LantoaError
from lantoa.project.checks import require_a_database_that_keeps

# Few write at a time: SQLite's lock is not fair, and with hundreds of threads some wait until they are turned away
# (RELIABILITY E4). Whoever comes meanwhile waits in line, before the work begins.
WORKERS, THREADS = 2, 4
BACKLOG = 4096
WORKER = [sys.executable, "-m", "lantoa.project.cli", "work"]

WHY = {
    errno.EADDRINUSE: ("đang có chương trình khác dùng", "another program uses it"),
    errno.EACCES: ("cổng này cần quyền quản trị", "it needs an administrator's rights"),
}


class PortTakenError(LantoaError):
    """Another program listens there."""


def require_free(host: str, port: int) -> None:
    """Refuse a port that is taken, before the work begins rather than after it.

    Raises:
        PortTakenError: it is.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, port))
        except OSError as error:
            vi, en = WHY.get(error.errno or 0, (error.strerror, error.strerror))
            raise PortTakenError(
                vi=f"Không mở được cổng {port}: {vi}. Chọn cổng khác, ví dụ --port {port + 1}.",
                en=f"Port {port} cannot be opened: {en}. Choose another, such as --port {port + 1}.",
            ) from error


class Command(BaseCommand):
    help = "Mở trang / Serve the site."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help=":: for IPv6 and IPv4 alike")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=WORKERS)
        parser.add_argument("--threads", type=int, default=THREADS, help="per worker")
        parser.add_argument(
            "--work", action="store_true", help="run `lantoa work` beside the server, too"
        )
        parser.add_argument("--lang", choices=["vi", "en"], default="vi")

    def handle(self, *args: object, host: str, port: int, lang: str, **rest: Any) -> None:
        try:
            require_free(host, port)
            require_a_database_that_keeps()
        except PortTakenError as error:
            raise CommandError(getattr(error, lang)) from error
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from error
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
            workers=rest["workers"],
            blocking_threads=rest["threads"],
            backlog=BACKLOG,
            log_access=False,
        )
        worker = subprocess.Popen(WORKER) if rest.get("work") else None  # noqa: S603 - ourselves
        try:
            server.serve()
        finally:
            if worker:
                worker.terminate()
