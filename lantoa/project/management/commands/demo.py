"""`lantoa demo`: the sample province, its report for 2023, and the site."""

import json
import os
import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import override
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from lantoa.ledger.models import Measure
from lantoa.lib import numbers
from lantoa.lib.errors import LantoaError
from lantoa.orgs.models import Person, UnitName
from lantoa.project import demo
from lantoa.project.management.commands.serve import require_free
from lantoa.project.sample import people
from lantoa.reports.paper import Cell, Marks, Paper, Paragraph, Source, key_of

HOST = "127.0.0.1"


class Command(BaseCommand):
    help = (
        "Tỉnh mẫu: nạp, lập báo cáo năm 2023, mở trang / The sample province, its report, its site."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--no-serve", action="store_true", help="do everything but serve")
        parser.add_argument(
            "--out", type=Path, default=settings.VAR / "demo", help="for the documents"
        )
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument(
            "--fresh", action="store_true", help="throw the sample away and start over"
        )
        parser.add_argument("--seed", type=int, default=2024)
        parser.add_argument("--units", type=int, default=5000)
        parser.add_argument(
            "--json", action="store_true", help="print units, people and the report as JSON"
        )
        parser.add_argument("--lang", choices=["vi", "en"], default=language())

    def handle(self, *args: object, **options: Any) -> None:
        # With --json only JSON goes to the standard output.
        console = Console(stderr=options["json"], highlight=False)
        with override(options["lang"]):
            try:
                self.run(console, **options)
            except LantoaError as error:
                raise CommandError(getattr(error, options["lang"])) from error

    def run(
        self, console: Console, *, fresh: bool, out: Path, seed: int, units: int, **rest: Any
    ) -> None:
        began = time.monotonic()
        if not rest["no_serve"]:
            require_free(HOST, rest["port"])
        demo.migrate()
        if fresh or not demo.is_ready():
            demo.start_over()
            fill(console, seed=seed, units=units)
        keys = people.open_accounts(demo.founder())
        issued = demo.documents(out)
        if rest["json"]:
            said = told(issued) | {"accounts": [key._asdict() for key in keys]}
            self.stdout.write(json.dumps(said, ensure_ascii=False))
        else:
            show(console, issued, rest["lang"])
            show_keys(console, keys)
        console.print(_("Xong sau %d giây.") % (time.monotonic() - began))
        if not rest["no_serve"]:
            call_command("serve", host=HOST, port=rest["port"], lang=rest["lang"], work=True)


def language() -> str:
    return "en" if os.environ.get("LANG", "").startswith("en") and sys.stdout.isatty() else "vi"


def fill(console: Console, *, seed: int, units: int) -> None:
    names = {
        "structure": _("Lập cơ cấu tổ chức, sáp nhập 2025"),
        "records": _("Ghi hoạt động của các đơn vị"),
        "directives": _("Vào sổ văn bản, phát động phong trào"),
        "plans": _("Đơn vị lập kế hoạch, đăng ký nhiệm vụ"),
        "tasks": _("Nhiệm vụ được báo xong, kèm minh chứng"),
        "practices": _("Mô hình lan từ đơn vị này sang đơn vị khác"),
        "inspections": _("Kiểm tra, giám sát, khắc phục"),
        "awards": _("Xét và quyết định khen thưởng"),
        "answers": _("Nhận biểu các đơn vị gửi lên"),
        "reviews": _("Cấp trên duyệt biểu"),
        "enquiries": _("Dân hỏi, cơ quan trả lời"),
        "articles": _("Dựng trang công khai, đăng bài"),
        "seal": _("Niêm phong sổ cái"),
        "report": _("Lập báo cáo năm 2023"),
    }
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console) as progress:
        bars: dict[str, Any] = {}
        for step in demo.fill(seed=seed, units=units):
            if step.part not in bars:
                bars[step.part] = progress.add_task(names[step.part], total=step.total)
            progress.update(bars[step.part], completed=step.done)


def show(console: Console, issued: demo.Issued, lang: str) -> None:
    report = issued.report
    title = f"{report.number} · {issued.paper.period_name} · {report.scope.names.first()}"
    table = Table(title=title, title_justify="left")
    table.add_column(_("Con số"))
    table.add_column(_("Giá trị"), justify="right")
    table.add_column(_("Cộng từ"))
    names = {m.code: m.name_en for m in Measure.objects.all()} if lang == "en" else {}
    in_prose = numbered(issued.paper)
    for source in issued.paper.sources:
        if source.number in in_prose:
            table.add_row(name(source, names), value(source.cell, lang), origin(source))
    console.print(table)
    seconds = numbers.show_decimal(round(10 * issued.seconds), 1, lang)
    console.print(_("Tệp báo cáo, lập trong %s giây:") % seconds)
    for file in issued.files.values():
        size = numbers.show(-(-file.stat().st_size // 1024), lang)
        console.print(f"  {file}  {size} KB", soft_wrap=True)
    console.print(_("Mã chuỗi niêm phong: %s") % report.chain, soft_wrap=True)
    console.print(_("Số liệu minh họa, trừ các con số của Báo Cao Bằng 18/01/2024"))


def numbered(paper: Paper) -> set[int]:
    """The small numbers of the prose: what the report says in words; its tables hold more."""
    return {
        number
        for block in paper.blocks
        if isinstance(block, Paragraph)
        for piece in block.pieces
        if isinstance(piece, Marks)
        for number in piece.numbers
    }


def name(source: Source, names: dict[str, str]) -> str:
    if not names:
        return source.name
    return " + ".join(names[code] for code in key_of(source.key).measures)


def value(cell: Cell, lang: str) -> str:
    if cell.value is None:
        return cell.text
    return numbers.show_decimal(cell.value, cell.places, lang) + cell.suffix


def origin(source: Source) -> str:
    has_records = "hồ sơ" in source.records
    said = [_("hồ sơ")] if has_records else []
    return ", ".join([*said, *([_("đơn vị tự khai")] if source.is_stated else [])])


def show_keys(console: Console, keys: list[people.Key]) -> None:
    title = _("Khu làm việc /lam-viec/: mật khẩu của mọi tài khoản mẫu là %s") % people.PASSWORD
    table = Table(title=title, title_justify="left")
    for column in (_("Tên đăng nhập"), _("Vai trò"), _("Đơn vị")):
        table.add_column(column)
    for key in keys:
        table.add_row(key.username, key.title, key.unit)
    console.print(table)


def told(issued: demo.Issued) -> dict[str, Any]:
    names = UnitName.objects.filter(end_date=None).order_by("unit_id")
    return {
        "units": [{"id": row.unit_id, "code": row.code, "name": row.name} for row in names],
        "people": [{"id": row.pk, "name": row.name} for row in Person.objects.order_by("pk")],
        "report": {"id": issued.report.pk, "number": issued.report.number},
        "files": {ending: str(file) for ending, file in issued.files.items()},
    }
