"""`lantoa zalo connect | fake`: connect the Official Account once; a double of Zalo for a demo on one machine."""

import importlib
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import override

from lantoa.enquiries import tokens
from lantoa.enquiries.zalo import UnansweredError
from lantoa.lib.errors import LantoaError
from lantoa.look import clock


class Command(BaseCommand):
    help = "Nối với Zalo OA, hoặc chạy Zalo giả / Connect Zalo, or run its double."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--lang", choices=["vi", "en"], default="vi")
        deeds = parser.add_subparsers(dest="deed", required=True)
        connect = deeds.add_parser("connect", help="exchange the code of a consent for tokens")
        connect.add_argument("code")
        connect.add_argument("verifier", help="the PKCE verifier of the challenge set at Zalo")
        fake = deeds.add_parser("fake", help="a double of Zalo, with a page to write on")
        fake.add_argument("--port", type=int, default=8090)
        fake.add_argument("--webhook", default="http://127.0.0.1:8000/nhan/zalo/")

    def handle(self, *args: object, **options: Any) -> None:
        with override(options["lang"]):
            getattr(self, options["deed"])(**options)

    def connect(self, *, code: str, verifier: str, lang: str, **_options: Any) -> None:
        try:
            account = tokens.connect(code=code, verifier=verifier, at=clock.now())
        except LantoaError as error:
            raise CommandError(getattr(error, lang)) from error
        except UnansweredError as error:
            raise CommandError(_("Zalo chưa trả lời: %s") % error) from error
        self.stdout.write(_("Đã nối với tài khoản Zalo %s.") % account.oa_id)

    def fake(self, *, port: int, webhook: str, **_options: Any) -> None:
        """Lives with the tests, in a checkout of the code; it speaks to a sample only."""
        if not settings.IS_DEMO:
            raise CommandError(_("Zalo giả chỉ chạy với tỉnh mẫu."))
        try:
            double = importlib.import_module("tests.zalo.fake")
        except ModuleNotFoundError as error:
            raise CommandError(
                _("Zalo giả nằm trong thư mục tests/ của mã nguồn: chạy lệnh từ đó.")
            ) from error
        double.main(
            port, webhook, lambda: self.connect(code="consent-code", verifier="-", lang="vi")
        )
