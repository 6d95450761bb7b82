"""`lantoa ledger seal | verify | position`."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from lantoa.ledger import queries
from lantoa.warehouse import segments, verification


class Command(BaseCommand):
    help = "Niêm phong và kiểm tra sổ cái / Seal and verify the ledger."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--lang", choices=["vi", "en"], default="vi")
        deeds = parser.add_subparsers(dest="deed", required=True)
        deeds.add_parser("seal", help="write the entries not yet sealed as a segment")
        verify = deeds.add_parser(
            "verify", help="re-read files, chain and ledger; 1 if one is wrong"
        )
        verify.add_argument("--anchor", help="a hash printed in a report")
        deeds.add_parser("position", help="where the ledger stands")

    def handle(self, *args: object, **options: Any) -> None:
        with override(options["lang"]):
            getattr(self, options["deed"])(**options)

    def seal(self, **_options: Any) -> None:
        sealed = segments.seal(at=timezone.now())
        for segment in sealed:
            said = _("Đoạn %(number)d: bút toán %(first)d–%(last)d, mã chuỗi %(chain)s")
            words = {
                "number": segment.number,
                "first": segment.first_entry,
                "last": segment.last_entry,
                "chain": segment.chain,
            }
            self.stdout.write(said % words)
        if not sealed:
            self.stdout.write(_("Không có bút toán mới để niêm phong."))

    def verify(self, *, anchor: str | None, **_options: Any) -> None:
        found = 0
        for fault in verification.faults(anchor=anchor):
            found += 1
            self.stderr.write(str(fault))
        if found:
            raise CommandError(_("Sổ cái có %d chỗ sai.") % found)
        newest = segments.newest()
        self.stdout.write(_("Sổ cái khớp. Mã chuỗi: %s") % (newest.chain if newest else "–"))

    def position(self, **_options: Any) -> None:
        self.stdout.write(str(queries.position()))
