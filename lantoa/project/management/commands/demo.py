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
from lantoa.project.sample import people
from lantoa.reports.paper import figures, key_of


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
            call_command("serve", port=rest["port"], lang=rest["lang"])


def language() -> str:
    return "en" if os.environ.get("LANG", "").startswith("en") and sys.stdout.isatty() else "vi"


def fill(console: Console, *, seed: int, units: int) -> None:
    names = {
        "structure": _("Lập cơ cấu tổ chức, sáp nhập 2025"),
        "records": _("Ghi hoạt động của các đơn vị"),
        "answers": _("Nhận biểu các đơn vị gửi lên"),
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
    table = Table(
        title=f"{issued.report.number} · {issued.report.scope.names.first()}", title_justify="left"
    )
    table.add_column(_("Con số"))
    table.add_column(_("Giá trị"), justify="right")
    names = {m.code: (m.name_en if lang == "en" else m.name_vi) for m in Measure.objects.all()}
    for kept, cell in figures(issued.paper).items():
        if cell.number and cell.value is not None:
            label = " + ".join(names.get(code, code) for code in key_of(kept).measures)
            table.add_row(label, cell.text or numbers.show(cell.value, lang))
    console.print(table)
    console.print(_("Tệp báo cáo:"))
    for file in issued.files.values():
        console.print(f"  {file}", soft_wrap=True)
    console.print(_("Mã chuỗi niêm phong: %s") % issued.report.chain)
    console.print(demo.NOTICE)


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
