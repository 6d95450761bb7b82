"""`lantoa units load FILE`: read a CSV of units, tell everything that is wrong, load what was asked for."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from lantoa.lib.errors import LantoaError
from lantoa.orgs import load
from lantoa.project.management.commands.activities import Command as Activities
from lantoa.project.management.commands.activities import loader, said


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
        reading = load.read(file.read_bytes())
        for problem in reading.problems:
            where = _("dòng %d") % problem.line + (f", {problem.column}" if problem.column else "")
            self.stderr.write(f"{where}: {said(problem)}")
        count = {"good": len(reading.units), "bad": len(reading.problems)}
        self.stdout.write(_("%(good)d dòng nạp được, %(bad)d lỗi.") % count)
        if reading.problems and not load_good:
            raise CommandError(
                _(
                    "Chưa nạp dòng nào. Sửa tệp rồi nạp lại, hoặc thêm --load-good để nạp các dòng tốt."
                )
            )
        if not reading.units:
            raise CommandError(_("Không có dòng nào để nạp."))
        if not yes:
            raise CommandError(_("Thêm --yes để nạp %d đơn vị.") % len(reading.units))
        opened = load.load(reading=reading, by=loader(by), at=timezone.now())
        self.stdout.write(_("Đã lập %d đơn vị.") % len(opened))
