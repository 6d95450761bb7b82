"""`lantoa portal import FOLDER`: take over the news of a NukeViet site from its tables as CSV."""

import csv
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from lantoa.articles import importing, nukeviet
from lantoa.articles.nukeviet import Export
from lantoa.lib.errors import LantoaError
from lantoa.project.management.commands.activities import MOST_SHOWN, loader, said


class Command(BaseCommand):
    help = "Chuyển tin bài từ trang NukeViet sang / Take over the news of a NukeViet site."

    def add_arguments(self, parser: ArgumentParser) -> None:
        deeds = parser.add_subparsers(dest="deed", required=True)
        taking = deeds.add_parser("import", help="FOLDER with …_cat.csv, …_rows.csv, …_detail.csv")
        taking.add_argument("folder", type=Path)
        taking.add_argument("--dry-run", action="store_true", help="only tell what would be taken")
        taking.add_argument(
            "--redirects", type=Path, help="write old and new addresses to a CSV file"
        )
        taking.add_argument(
            "--load-good",
            action="store_true",
            help="take the good articles, whatever the others are",
        )
        taking.add_argument("--yes", action="store_true", help="do not ask before loading")
        taking.add_argument("--by", type=int, help="the person who loads; else the founder")
        taking.add_argument("--lang", choices=["vi", "en"], default="vi")

    def handle(self, *args: object, **options: Any) -> None:
        with override(options["lang"]):
            try:
                self.take_over(**options)
            except LantoaError as error:
                raise CommandError(said(error)) from error
            except OSError as error:
                raise CommandError(_("Không mở được tệp: %s") % error.strerror) from error

    def take_over(self, *, folder: Path, dry_run: bool, load_good: bool, yes: bool, by: int | None, redirects: Path | None, **_rest: Any) -> None:  # fmt: skip
        now = timezone.now()
        export = nukeviet.read(folder, at=now)
        new = importing.new_in(export)
        self.tell(export, new=len(new))
        if dry_run:
            self.stdout.write(_("Mới xem thử, chưa chuyển bài nào."))
            return
        if export.problems and not load_good:
            raise CommandError(
                _(
                    "Chưa chuyển bài nào. Sửa tệp rồi chuyển lại, hoặc thêm --load-good để chuyển các bài tốt."
                )
            )
        if not (yes or self.agreed(len(new))):
            raise CommandError(_("Chưa chuyển bài nào."))
        taken = importing.take_over(export=export, folder=folder, by=loader(by), at=now)
        if redirects:
            self.write(redirects, taken.redirects)
        self.stdout.write(_("Đã chuyển %d bài.") % len(taken.articles))

    def write(self, path: Path, rows: list[tuple[str, str]]) -> None:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows([(_("địa chỉ cũ"), _("địa chỉ mới")), *rows])

    def tell(self, export: Export, *, new: int) -> None:
        told = [*export.notes, *export.problems]
        for file, problem in told[:MOST_SHOWN]:
            column = f", {problem.column}" if problem.column else ""
            self.stderr.write(f"{file}, {_('dòng %d') % problem.line}{column}: {said(problem)}")
        if len(told) > MOST_SHOWN:
            self.stderr.write(_("… và %d dòng nữa.") % (len(told) - MOST_SHOWN))
        count = {
            "new": new,
            "old": len(export.drafts) - new,
            "left": sum(1 for each in export.notes if each.problem.column == "status"),
            "bad": len(export.problems),
            "sections": len(export.categories),
        }
        self.stdout.write(
            _(
                "%(new)d bài mới trong %(sections)d chuyên mục; %(old)d bài đã có; %(left)d bài bỏ lại; %(bad)d lỗi."
            )
            % count
        )

    def agreed(self, count: int) -> bool:
        self.stdout.write(_("Chuyển %d bài? [c/K] ") % count, ending="")
        self.stdout.flush()
        try:
            return input().strip().casefold() in {"c", "có", "y", "yes"}
        except EOFError:
            return False
