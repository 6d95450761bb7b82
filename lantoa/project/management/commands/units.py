"""`lantoa units load FILE`: read a CSV of units, tell everything that is wrong, load what was asked for."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from lantoa.lib.errors import LantoaError
from lantoa.orgs import load
from lantoa.orgs.load import Reading
from lantoa.project.management.commands.activities import MOST_SHOWN, loader, said
from lantoa.project.management.commands.activities import Command as Activities


class Command(BaseCommand):
    help = "Nạp đơn vị từ tệp CSV / Load units from a CSV file."
    add_arguments = Activities.add_arguments

    def handle(self, *args: object, **options: Any) -> None:
        with override(options["lang"]):
            try:
                self.load(**options)
            except LantoaError as error:
                raise CommandError(said(error)) from error
            except OSError as error:
                raise CommandError(_("Không mở được tệp: %s") % error.strerror) from error

    def load(self, *, file: Path, load_good: bool, yes: bool, by: int | None, **_rest: Any) -> None:
        person = loader(by)
        reading = load.read(file.read_bytes())
        self.tell(reading)
        if reading.problems and not load_good:
            raise CommandError(
                _(
                    "Chưa nạp dòng nào. Sửa tệp rồi nạp lại, hoặc thêm --load-good để nạp các dòng tốt."
                )
            )
        if not reading.units:
            raise CommandError(_("Không có dòng nào để nạp."))
        if not (yes or self.agreed(len(reading.units))):
            raise CommandError(_("Chưa nạp dòng nào."))
        self.stdout.write(_("Đang lập %d đơn vị…") % len(reading.units))
        self.stdout.flush()
        opened = load.load(reading=reading, by=person, at=timezone.now())
        self.stdout.write(_("Đã lập %d đơn vị.") % len(opened))

    def tell(self, reading: Reading) -> None:
        for problem in [*reading.notes, *reading.problems[:MOST_SHOWN]]:
            where = _("dòng %d") % problem.line + (f", {problem.column}" if problem.column else "")
            self.stderr.write(f"{where}: {said(problem)}")
        if len(reading.problems) > MOST_SHOWN:
            self.stderr.write(_("… và %d lỗi nữa.") % (len(reading.problems) - MOST_SHOWN))
        count = {"good": len(reading.units), "bad": len(reading.problems)}
        self.stdout.write(_("%(good)d dòng nạp được, %(bad)d lỗi.") % count)

    def agreed(self, count: int) -> bool:
        self.stdout.write(_("Lập %d đơn vị? [c/K] ") % count, ending="")
        self.stdout.flush()
        try:
            return input().strip().casefold() in {"c", "có", "y", "yes"}
        except EOFError:
            return False
