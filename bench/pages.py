"""script/bench pages: how long a reader waits, on the sample province.

A page is asked for through the whole stack of middleware, in this process: what the server itself needs, without a network.
"""

import argparse
import datetime as dt
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bench import page, stored

MEASURE, KIND = "hoi-nghi-truc-tiep", "hoi-nghi-truc-tiep"
DAY = dt.date(2023, 6, 1)
Measured = tuple[
    str, str, Callable[[], Any], int
]  # what, the goal in ms or nothing, how, how often


class OffError(Exception):
    """A page does not say what was recorded a moment ago."""


def main(words: list[str] | None = None) -> int:
    asks = argparse.ArgumentParser(prog="script/bench pages", description=__doc__)
    asks.add_argument("--units", type=int, default=5000)
    asks.add_argument("--rounds", type=int, default=30)
    asks.add_argument("--page", action="store_true", help="put the table into docs/bench.md")
    asked = asks.parse_args(words)
    with tempfile.TemporaryDirectory(prefix="bench") as folder:
        stored.open_database(Path(folder))
        loading = time.perf_counter()
        size = fill(asked.units)
        loading = time.perf_counter() - loading
        busy = page.load()
        rows = [measure(each, asked.rounds) for each in everything(Path(folder))]
    heads = ["", "ms", "quickest–slowest", "CPU ms", "asked", "goal ms"]
    told = f"{size}; loaded, sealed and reported in {loading:.0f} s."
    told += f" Load of the machine before and after: {busy}, {page.load()}."
    said = [told, "", page.table(heads, rows)]
    print("\n".join(said))
    if asked.page:
        page.put("pages", "\n".join([page.machine("django", "typst", "numpy"), *said]))
    return 0


def fill(units: int) -> str:
    """The sample province, as the demo loads it; how large it is."""
    from django.core.management import call_command

    from lantoa.ledger.models import Entry
    from lantoa.orgs.models import Unit
    from lantoa.project import demo
    from lantoa.work.models import Activity

    call_command("collectstatic", interactive=False, verbosity=0)
    for _step in demo.fill(seed=2024, units=units):
        pass
    counts = [kind.objects.count() for kind in (Unit, Activity, Entry)]
    return "{:,} units, {:,} activities, {:,} entries".format(*counts)


def measure(what: Measured, rounds: int) -> list[str]:
    name, goal, ask, share = what
    walls, cpus = [], []
    for _ in range(max(3, rounds // share)):
        wall, cpu = time.perf_counter(), time.process_time()
        ask()
        walls.append((time.perf_counter() - wall) * 1e3)
        cpus.append((time.process_time() - cpu) * 1e3)
    middle, quick, slow = (
        page.number(each) for each in (statistics.median(walls), min(walls), max(walls))
    )
    cpu = page.number(statistics.median(cpus))
    return [name, middle, f"{quick}–{slow}", cpu, str(len(walls)), goal]


def everything(folder: Path) -> Iterator[Measured]:
    yield from figures()
    yield from pages()
    yield from record_to_figure()
    yield from report(folder)


def figures() -> Iterator[Measured]:
    """The reading below the page."""
    from lantoa.ledger.models import Measure
    from lantoa.lib.periods import period
    from lantoa.orgs.models import Line
    from lantoa.project import demo
    from lantoa.warehouse import figures, store

    asked = {
        "measure": Measure.objects.get(code=MEASURE),
        "unit": demo.province(),
        "line": Line.objects.get(code="dia-ban"),
        "period": period("2023"),
    }

    def cold() -> None:
        store.forget()
        figures.figure(**asked)

    yield "a figure of the province, the first in a process", "", cold, 3
    yield "a figure of the province, from then on", "", lambda: figures.figure(**asked), 1
    yield "its entries, the query behind it", "", lambda: entries(asked), 1


def entries(asked: dict[str, Any]) -> None:
    from lantoa.warehouse import figures

    list(figures.entries_behind(figures.figure(**asked))[:50])


def pages() -> Iterator[Measured]:
    yield "page: the figure's door, with its records", "< 50", opened(door()), 1
    yield "page: the figure, with map and table", "", opened(f"/so-lieu/{MEASURE}/?ky=2023"), 1
    yield "page: home", "", opened("/"), 1
    yield "page: the issued report", "", opened("/bao-cao/1/"), 2


def door() -> str:
    return f"/so-lieu/{MEASURE}/ho-so/?ky=2023"


def opened(address: str) -> Callable[[], str]:
    from django.test import Client

    client = Client(SERVER_NAME="localhost")

    def ask() -> str:
        answer = client.get(address)
        if answer.status_code != 200:
            raise OffError(f"{address}: {answer.status_code}")
        return str(answer.content.decode())

    return ask


def record_to_figure() -> Iterator[Measured]:
    """An activity is recorded at a leaf; the figures above it are read, and the province's page, until it says so."""
    from lantoa.ledger.models import Measure
    from lantoa.lib import numbers
    from lantoa.lib.periods import period
    from lantoa.orgs.models import Line, Unit
    from lantoa.project import demo
    from lantoa.project.sample.history import NOW
    from lantoa.warehouse import figures
    from lantoa.work import actions as work
    from lantoa.work import queries
    from lantoa.work.models import ActivityKind

    line, measure = Line.objects.get(code="dia-ban"), Measure.objects.get(code=MEASURE)
    kind, by = ActivityKind.objects.get(code=KIND), demo.founder()
    needed = [
        row.measure.code for row in queries.takes_of({kind.pk})[kind.pk] if row.takes == "needed"
    ]
    host = Unit.objects.filter(
        kind=Unit.Kind.PARTY_CELL, opened_date__lt=DAY, closed_date=None
    ).first()
    ask = opened(door())

    def total() -> int:
        read = figures.figure(
            measure=measure, unit=demo.province(), line=line, period=period("2023")
        )
        return int(read.top or 0)

    def once() -> None:
        before = total()
        values = dict.fromkeys(needed, 30)
        work.record(kind=kind, unit=host, date=DAY, values=values, by=by, at=NOW)
        if numbers.show(before + 1, "vi") not in ask() or total() != before + 1:
            raise OffError(MEASURE)

    yield "from a saved record to the province's page that holds it", "< 1,000", once, 1


def report(folder: Path) -> Iterator[Measured]:
    from lantoa.lib.periods import period
    from lantoa.orgs.models import Unit
    from lantoa.project import demo
    from lantoa.reports import queries
    from lantoa.reports.models import ReportTemplate

    asked = {
        "template": ReportTemplate.objects.latest("pk"),
        "unit": Unit.objects.get(kind=Unit.Kind.PARTY_PROVINCE),
        "scope": demo.province(),
        "period": period("2023"),
        "date": demo.REPORT_DATE,
    }

    def whole() -> None:
        paper = queries.paper_for(**asked)
        for ending, render in queries.DRAW.items():
            (folder / f"report.{ending}").write_bytes(render(paper))

    yield "the annual report from the ledger, as Word, Excel and PDF", "< 5,000", whole, 5
    yield "… the reading alone", "", lambda: queries.paper_for(**asked), 3
    paper = queries.paper_for(**asked)
    for ending, render in queries.DRAW.items():
        yield f"… the {ending} alone", "", lambda render=render: render(paper), 5


if __name__ == "__main__":
    sys.exit(main())
