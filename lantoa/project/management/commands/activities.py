"""`lantoa activities load FILE`: read a CSV of activities, tell everything that is wrong, load what was asked for."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from lantoa.lib.errors import LantoaError
from lantoa.orgs.models import Person, Post
from lantoa.work import load
from lantoa.work.load import Reading

MOST_SHOWN = 1000


class Command(BaseCommand):
    help = "Nạp hoạt động từ tệp CSV / Load activities from a CSV file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        deeds = parser.add_subparsers(dest="deed", required=True)
        loading = deeds.add_parser("load", help="FILE.csv")
        loading.add_argument("file", type=Path)
        loading.add_argument(
            "--load-good", action="store_true", help="load the good rows, whatever the others are"
        )
        loading.add_argument("--yes", action="store_true", help="do not ask before loading")
        loading.add_argument("--by", type=int, help="the person who loads; else the founder")
        loading.add_argument("--lang", choices=["vi", "en"], default="vi")

    def handle(self, *args: object, **options: Any) -> None:
        with override(options["lang"]):
            try:
                self.load(**options)
            except LantoaError as error:
                raise CommandError(said(error)) from error
            except OSError as error:
                raise CommandError(_("Không mở được tệp: %s") % error.strerror) from error

    def load(self, *, file: Path, load_good: bool, yes: bool, by: int | None, **_rest: Any) -> None:
        now = timezone.now()
        reading = load.read(file.read_bytes(), at=now)
        self.tell(reading)
        if reading.problems and not load_good:
            raise CommandError(
                _(
                    "Chưa nạp dòng nào. Sửa tệp rồi nạp lại, hoặc thêm --load-good để nạp các dòng tốt."
                )
            )
        if not reading.drafts:
            raise CommandError(_("Không có dòng nào để nạp."))
        if not (yes or self.agreed(len(reading.drafts))):
            raise CommandError(_("Chưa nạp dòng nào."))
        loaded = load.load(reading=reading, by=loader(by), at=now)
        new = sum(activity.recorded_at == now for activity in loaded)
        self.stdout.write(
            _("Đã nạp %(new)d hoạt động; %(old)d đã có từ trước.")
            % {"new": new, "old": len(loaded) - new}
        )

    def tell(self, reading: Reading) -> None:
        for problem in [*reading.notes, *reading.problems[:MOST_SHOWN]]:
            where = _("dòng %d") % problem.line + (f", {problem.column}" if problem.column else "")
            self.stderr.write(f"{where}: {said(problem)}")
        if len(reading.problems) > MOST_SHOWN:
            self.stderr.write(_("… và %d lỗi nữa.") % (len(reading.problems) - MOST_SHOWN))
        self.stdout.write(
            _("%(good)d dòng nạp được, %(bad)d lỗi.")
            % {"good": len(reading.drafts), "bad": len(reading.problems)}
        )

    def agreed(self, count: int) -> bool:
        self.stdout.write(_("Nạp %d hoạt động? [c/K] ") % count, ending="")
        self.stdout.flush()
        try:
            return input().strip().casefold() in {"c", "có", "y", "yes"}
        except EOFError:
            return False


def said(what: Any) -> str:
    """The sentence of an error or a problem, in the language of the command."""
    return str(what.en if get_language() == "en" else what.vi)


def loader(pk: int | None) -> Person:
    """The one named, or the founder: the administrator who holds a post at no unit."""
    people = Person.objects.order_by("pk")
    if pk is not None:
        found = people.filter(pk=pk).first()
    else:
        found = people.filter(posts__unit=None, posts__role=Post.Role.ADMINISTRATOR).first()
    if found is None:
        raise CommandError(_("Không có người như vậy. Hãy ghi --by và số của người nạp."))
    return found
