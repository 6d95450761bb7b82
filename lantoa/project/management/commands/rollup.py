"""`lantoa rollup`: the totals of every unit of a line, by one of three engines that must agree."""

import datetime as dt
import hashlib
import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import override

from lantoa.ledger.models import Measure
from lantoa.lib import dates, periods
from lantoa.lib.errors import LantoaError
from lantoa.orgs import queries as orgs
from lantoa.orgs.models import Line
from lantoa.warehouse import engine, figures


class Command(BaseCommand):
    help = "Cộng số liệu của mọi đơn vị / Add up the figures of every unit."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--engine", choices=engine.ENGINES, default="arrays")
        parser.add_argument("--master", default="local[2]", help="where Spark runs")
        parser.add_argument("--period", required=True, help="2023, 2023-Q4, 2023-01 …")
        parser.add_argument("--rule", choices=["calendar", "nd09"], default="calendar")
        parser.add_argument("--line", default="dia-ban")
        parser.add_argument("--measure", action="append", help="a code; all where none is named")
        parser.add_argument("--structure", help="a day; without it every entry of its day")
        parser.add_argument("--json", action="store_true")
        parser.add_argument("--lang", choices=["vi", "en"], default="vi")

    def handle(self, *args: object, **options: Any) -> None:
        with override(options["lang"]):
            try:
                self.add_up(**options)
            except LantoaError as error:
                raise CommandError(getattr(error, options["lang"])) from error

    def add_up(
        self, *, period: str, rule: str, line: str, structure: str | None, **rest: Any
    ) -> None:
        asked = periods.period(period, rule)
        day = dates.read_day(structure) if structure else None
        named = named_measures(rest["measure"])
        stands = Line.objects.filter(code=line).first()
        if stands is None:
            raise CommandError(f"{line}?")
        questions = figures.questions(
            measures=named.values(), line=stands, period=asked, structure=day
        )
        cells = engine.ask(rest["engine"], questions, master=rest["master"])
        rows = told(cells, named, day or asked.last_day)
        if rest["json"]:
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1))
            return
        for row in rows:
            self.stdout.write("\t".join(str(part) for part in row))
        checksum = hashlib.sha256(json.dumps(sorted(cells)).encode()).hexdigest()[:16]
        self.stdout.write(f"{len(rows)} · {rest['engine']} · {checksum}")


def named_measures(codes: list[str] | None) -> dict[int, Measure]:
    plain = Measure.objects.exclude(nature=Measure.Nature.RATIO)
    found = {row.pk: row for row in (plain.filter(code__in=codes) if codes else plain)}
    missing = set(codes or ()) - {row.code for row in found.values()}
    if missing:
        raise CommandError(f"{', '.join(sorted(missing))}?")
    return found


def told(
    cells: list[engine.Cell], named: dict[int, Measure], day: dt.date
) -> list[tuple[str, int, str, int]]:
    """Rows (measure, unit id, unit name, total)."""
    names = orgs.names_on(day)
    return [
        (
            named[cell.measure].code,
            cell.unit,
            names[cell.unit].name if cell.unit in names else "–",
            cell.value,
        )
        for cell in cells
    ]
