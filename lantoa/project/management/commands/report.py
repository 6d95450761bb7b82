"""`lantoa report build | template`.

`build` writes a report as Word, Excel and PDF and prints the figures it says; with `--issue` it is sealed, numbered and
frozen first. `template` loads a template's file, or loads it again after editing.
"""

import datetime as dt
import time
import tomllib
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from lantoa.lib import dates
from lantoa.lib.errors import LantoaError
from lantoa.lib.periods import Period, period
from lantoa.orgs import queries as orgs
from lantoa.orgs.models import Person, Placement, Post, Unit
from lantoa.project import demo
from lantoa.reports import actions, layout, queries
from lantoa.reports import paper as papers
from lantoa.reports.models import ReportTemplate
from lantoa.reports.paper import Paper
from lantoa.reports.template import FOLDER

OF_ITS_DAY = "of-its-day"


class Command(BaseCommand):
    help = "Lập báo cáo / Build a report."

    def add_arguments(self, parser: ArgumentParser) -> None:
        deeds = parser.add_subparsers(dest="deed", required=True)
        build = deeds.add_parser("build", help="write .docx, .xlsx and .pdf")
        build.add_argument("--template", default="bao-cao-nam")
        build.add_argument(
            "--unit", required=True, help="who issues it: a name, a code or a number"
        )
        build.add_argument("--scope", help="what it is about; else the place of the unit")
        build.add_argument("--period", required=True, help="2023, 2023-H1, 2023-Q4 …")
        build.add_argument("--date", type=dt.date.fromisoformat, help="the document's; else today")
        build.add_argument(
            "--structure", default="", help="a day, or of-its-day; else the period's last day"
        )
        build.add_argument("--prose", type=Path, help="TOML of written passages, by their names")
        build.add_argument("--out", type=Path, default=Path())
        build.add_argument("--issue", action="store_true", help="seal, number and freeze it")
        load = deeds.add_parser("template", help="load FILE.toml")
        load.add_argument("file", type=Path)
        for deed in (build, load):
            deed.add_argument("--by", type=int, help="the person who acts; else the founder")
            deed.add_argument("--lang", choices=["vi", "en"], default="vi")

    def handle(self, *args: object, **options: Any) -> None:
        with override(options["lang"]):
            try:
                getattr(self, options["deed"])(**options)
            except LantoaError as error:
                raise CommandError(error.en if options["lang"] == "en" else error.vi) from error
            except OSError as error:
                raise CommandError(_("Không mở được tệp: %s") % error.strerror) from error

    def build(self, *, out: Path, issue: bool, by: int | None, **said: Any) -> None:
        started = time.monotonic()
        now = timezone.now()
        date = said["date"] or dates.day_of(now)
        person = issuer(by)
        template = kept_template(said["template"], person, now)
        unit = found(said["unit"], date)
        asked_period = period(said["period"], template.sheet.period_rule)
        asked: dict[str, Any] = {
            "template": template,
            "unit": unit,
            "scope": found(said["scope"], date) if said["scope"] else place_of(unit, date),
            "period": asked_period,
            "date": date,
            "structure": structure_for(said["structure"], asked_period),
            "prose": passages(said["prose"], template.code),
            "notice": notice(),
        }
        if issue:
            report = actions.issue(**asked, by=person, at=now)
            paper = papers.from_json(report.paper)
        else:
            paper = queries.paper_for(**asked)
        self.tell(paper)
        for path in write(paper, out, asked["period"], unit):
            self.stdout.write(str(path))
        self.stdout.write(_("Xong trong %.1f giây.") % (time.monotonic() - started))

    def template(self, *, file: Path, by: int | None, **_rest: Any) -> None:
        kept = actions.keep_template(path=file, by=issuer(by), at=timezone.now())
        self.stdout.write(_("Đã nạp mẫu %s.") % kept.code)

    def tell(self, paper: Paper) -> None:
        number = layout.show_number(paper.head, layout.layout_of(paper)).strip()
        self.stdout.write(f"{paper.title} ({number})")
        for source in paper.sources:
            self.stdout.write(f"  {source.cell.text:>12}  {source.name} [{source.number}]")
        for flag in paper.flags:
            self.stderr.write(f"! {flag}")
        if paper.seal:
            self.stdout.write(_("Mã niêm phong: %s") % paper.seal.chain)


def write(paper: Paper, folder: Path, asked: Period, unit: Unit) -> list[Path]:
    """The three documents, one after another."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for form, draw in queries.DRAW.items():
        path = folder / f"bao-cao-{asked.code}-{unit.pk}.{form}"
        path.write_bytes(draw(paper))
        written.append(path)
    return written


def structure_for(said: str, asked: Period) -> dt.date | None:
    """The day whose structure is read. By default the period's last: every unit in a row is one that still stands."""
    if said == OF_ITS_DAY:
        return None
    return dates.read_day(said) if said else asked.last_day


def kept_template(code: str, by: Person, at: dt.datetime) -> ReportTemplate:
    """The template as it is kept; one that only its file knows is loaded first."""
    kept = ReportTemplate.objects.filter(code=code).first()
    return kept or actions.keep_template(path=FOLDER / f"{code}.toml", by=by, at=at)


def found(said: str, day: dt.date) -> Unit:
    """A unit by its number, its official code on the day, or its name."""
    if said.isascii() and said.isdecimal() and (by_code := orgs.unit_on(said, day)):
        return by_code
    if said.isascii() and said.isdecimal() and (by_number := Unit.objects.filter(pk=said).first()):
        return by_number
    names = orgs.find(said, day)
    if not names:
        raise CommandError(_("Không tìm thấy đơn vị “%s”. Ghi tên, mã hoặc số.") % said)
    return names[0].unit


def place_of(unit: Unit, day: dt.date) -> Unit:
    """What a unit reports on: the province or place it stands in; itself, if nothing stands above it."""
    if unit.kind in (Unit.Kind.PROVINCE, Unit.Kind.DISTRICT, Unit.Kind.COMMUNE):
        return unit
    stands = Placement.objects.filter(orgs.valid_on(day), unit=unit, line__kind="territory")
    placed = stands.select_related("parent").first()
    return placed.parent if placed and placed.parent else unit


def issuer(number: int | None) -> Person:
    """The person told, or the founder: the first administrator with a post everywhere."""
    if number:
        return Person.objects.get(pk=number)
    founder = Post.objects.filter(unit=None).order_by("pk").select_related("person").first()
    if founder is None:
        raise CommandError(
            _("Chưa có người quản trị. Nạp dữ liệu mẫu hoặc lập người quản trị trước.")
        )
    return founder.person


def passages(path: Path | None, code: str) -> dict[str, str]:
    """What a person wrote; for the sample province, its own illustrative passages."""
    if path is None and settings.IS_DEMO:
        path = FOLDER / f"{code}-minh-hoa.toml"
    if path is None or not path.exists():
        return {}
    read: dict[str, str] = tomllib.loads(path.read_text("utf-8"))
    return read


def notice() -> str:
    return demo.NOTICE if settings.IS_DEMO else ""
