"""The sample province, from an empty folder to an issued report: what `lantoa demo` does, without its printing."""

import datetime as dt
import time
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from lantoa.lib.errors import LantoaError
from lantoa.lib.periods import period
from lantoa.orgs import queries as orgs
from lantoa.orgs.models import Person, Unit, UnitName
from lantoa.project.sample import load
from lantoa.project.sample.history import HANOI, NOW
from lantoa.project.sample.load import FOUNDER, Step
from lantoa.reports import actions as reports
from lantoa.reports import queries
from lantoa.reports.models import Report
from lantoa.reports.paper import Paper, from_json
from lantoa.reports.template import FOLDER
from lantoa.warehouse import segments, store

TEMPLATE = FOLDER / "bao-cao-nam.toml"
PASSAGES = FOLDER / "bao-cao-nam-minh-hoa.toml"
REPORT_DATE = dt.date(2024, 1, 15)
NOTICE = "Số liệu minh họa, trừ các con số của Báo Cao Bằng ngày 18/01/2024"


class NotTheSampleError(LantoaError):
    """The database holds something that is not the sample: it is never touched."""

    def __init__(self) -> None:
        super().__init__(
            vi="Cơ sở dữ liệu này không phải của tỉnh mẫu nên không nạp, không xóa. "
            "Hãy đặt LANTOA_VAR hoặc LANTOA_DATABASE_URL sang chỗ khác.",
            en="This database is not the sample's, so it is neither filled nor emptied. "
            "Point LANTOA_VAR or LANTOA_DATABASE_URL elsewhere.",
        )


class HalfLoadedError(LantoaError):
    """A load that was interrupted, on a database that cannot simply be thrown away."""

    def __init__(self) -> None:
        super().__init__(
            vi="Lần nạp trước bị dừng giữa chừng. Hãy xóa cơ sở dữ liệu mẫu này rồi chạy lại.",
            en="An earlier load was interrupted. Drop this sample database and run again.",
        )


@dataclass(frozen=True)
class Issued:
    """The report for 2023 and its files."""

    report: Report
    paper: Paper
    files: dict[str, Path]
    seconds: float


def founder() -> Person:
    """The one who founded the sample, in whose name the demo acts."""
    return Person.objects.get(name=FOUNDER)


def is_ready() -> bool:
    """Whether the whole sample is there: its report is issued last of all."""
    return Report.objects.filter(period="2023").exists()


def migrate() -> None:
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)


def start_over() -> None:
    """Throw the sample away. On a database that is not the sample's, refuse.

    Raises:
        NotTheSampleError, HalfLoadedError
    """
    if UnitName.objects.exists() and not Person.objects.filter(name=FOUNDER).exists():
        raise NotTheSampleError
    is_new = not Person.objects.exists()
    if not is_new and connection.vendor != "sqlite":
        raise HalfLoadedError
    for file in segments.folder().glob("segment-*.parquet"):
        file.unlink()
    store.forget()
    if is_new:
        return  # nothing to throw away, and to migrate again takes half a minute
    connection.close()
    database = Path(str(settings.DATABASES["default"]["NAME"]))
    for file in (database, *database.parent.glob(f"{database.name}-*")):
        file.unlink(missing_ok=True)
    migrate()


def fill(*, seed: int, units: int) -> Iterator[Step]:
    """Load the sample, seal it, issue its report: a step at a time."""
    yield from load.load(seed=seed, units=units)
    yield Step("seal", 0, 1)
    segments.seal(at=NOW)
    yield Step("seal", 1, 1)
    yield Step("report", 0, 1)
    issue()
    yield Step("report", 1, 1)


def issue() -> Report:
    """The province's report for 2023, by the Party's rules of January 2024."""
    by = founder()
    # Issued now, dated then: what is known of 2023 was typed into the sample later than that.
    at = dt.datetime.combine(NOW.date(), dt.time(17, 30), HANOI)
    return reports.issue(
        template=reports.keep_template(path=TEMPLATE, by=by, at=at),
        unit=Unit.objects.get(kind=Unit.Kind.PARTY_PROVINCE),
        scope=province(),
        period=period("2023"),
        date=REPORT_DATE,
        by=by,
        at=at,
        prose=tomllib.loads(PASSAGES.read_text("utf-8")),
        notice=NOTICE,
    )


def province() -> Unit:
    found = orgs.unit_on("04", REPORT_DATE)
    if found is None:
        raise NotTheSampleError
    return found


def documents(out: Path) -> Issued:
    """Write the issued report as Word, Excel and PDF."""
    began = time.monotonic()
    report = Report.objects.filter(period="2023").earliest("pk")
    paper = from_json(report.paper)
    out.mkdir(parents=True, exist_ok=True)
    files = {}
    for ending, draw in queries.DRAW.items():
        files[ending] = out / f"bao-cao-nam-2023.{ending}"
        files[ending].write_bytes(draw(paper))
    return Issued(report, paper, files, time.monotonic() - began)
