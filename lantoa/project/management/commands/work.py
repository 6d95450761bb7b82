"""`lantoa work`: what happens by itself, beside the server: Zalo's deliveries, files to fetch, answers to send."""

import logging
import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections
from django.utils.translation import gettext as _
from django.utils.translation import override

from lantoa.enquiries import working
from lantoa.look import clock

log = logging.getLogger(__name__)
# Seconds between two rounds in which there was nothing to do.
PAUSE = 2


class Command(BaseCommand):
    help = "Làm việc nền: nhận tin Zalo, gửi trả lời / Background work: Zalo in and out."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="one round, then end")
        parser.add_argument("--lang", choices=["vi", "en"], default="vi")

    def handle(self, *args: object, once: bool, lang: str, **rest: Any) -> None:
        with override(lang):
            if once:
                self.say(working.work(clock.now()))
                return
            self.go_on()

    def go_on(self) -> None:
        """Until told to stop; a lost database is waited for."""
        over = threading.Event()
        for each in (signal.SIGINT, signal.SIGTERM):
            signal.signal(each, lambda *_args: over.set())
        while not over.is_set():
            try:
                done = working.work(clock.now())
            except DatabaseError as error:
                log.warning("a round was broken off: %s", type(error).__name__)
                close_old_connections()
                done = working.Round(0, 0, 0, 0)
            if any(done):
                self.say(done)
            else:
                over.wait(PAUSE)

    def say(self, done: working.Round) -> None:
        said = _(
            "Đã hiểu %(understood)d tin, tải %(fetched)d tệp, gửi %(sent)d tin, xóa lời %(forgotten)d câu."
        )
        self.stdout.write(said % done._asdict())
