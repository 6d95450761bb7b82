"""`lantoa remind`: one letter a person a day, with what they must do now. To be called once a day or more often, by a timer."""

from argparse import ArgumentParser
from collections import Counter
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import override

from lantoa.desk import letters
from lantoa.look import clock
from lantoa.submissions.letters import send


class Command(BaseCommand):
    help = "Gửi thư nhắc việc / Send the letters of today."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--address",
            default=settings.ADDRESS or "http://127.0.0.1:8000",
            help="of the site, for the links",
        )
        parser.add_argument("--lang", choices=["vi", "en"], default="vi")

    def handle(self, *args: object, address: str, lang: str, **rest: Any) -> None:
        address, at = address.rstrip("/"), clock.now()
        host = urlsplit(address).hostname or "localhost"
        came = Counter(
            send(
                account=each.account, subject=each.subject, body=each.body, html=each.html,
                host=host, at=at,
            )
            for each in letters.to_send(address, at)
        )  # fmt: skip
        with override(lang):
            words = _("Đã gửi %(sent)d thư; %(before)d người hôm nay đã có thư.")
            self.stdout.write(words % {"sent": came[True], "before": came[None]})
            if came[False]:
                failed = _("%(n)d thư máy chủ thư chưa nhận; chạy lại lệnh này để gửi tiếp.")
                raise CommandError(failed % {"n": came[False]})
