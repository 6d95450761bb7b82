"""A sheet along the Party line, and two communes that must answer it."""

import datetime as dt

import pytest

from lantoa.ledger.models import Entry
from lantoa.submissions import actions
from lantoa.submissions.actions import Stated
from lantoa.submissions.models import Sheet
from tests import make

DAY, YEAR_END = dt.date(2023, 3, 1), dt.date(2023, 12, 31)
WHY = "chưa có hồ sơ trong hệ thống"


@pytest.fixture
def heads():
    return make.measure("luot-nguoi")


@pytest.fixture
def members():
    return make.measure("dang-vien", nature="balance", along_time="last")


@pytest.fixture
def sheet(heads, members):
    made = Sheet.objects.create(
        code="hoc-tap",
        name_vi="Học tập",
        name_en="Study",
        line=make.line(),
        unit_kinds=["party_commune"],
        period_rule="calendar",
    )
    made.measures.set([heads, members])
    return made


@pytest.fixture
def top():
    return make.unit("Tỉnh ủy", kind="party_province")


@pytest.fixture
def communes(top):
    return [make.unit(kind="party_commune", under=top) for _ in range(3)]


@pytest.fixture
def unit(communes):
    return communes[0]


@pytest.fixture
def send(sheet, unit):
    def send(*said, unit=unit, period="2023", is_nil=False, at=make.NOON, by=None):
        statements = [
            Stated(measure, *(more or (YEAR_END, WHY))[:1], total, *(more or (0, WHY))[1:])
            for measure, total, *more in said
        ]
        return actions.send(
            sheet=sheet,
            unit=unit,
            period=period,
            statements=statements,
            is_nil=is_nil,
            by=by or make.clerk(),
            at=at,
        )

    return send


@pytest.fixture
def record(heads, unit):
    from lantoa.work import actions as work

    kind = make.kind("hop", needed=[heads])

    def record(value, *, day=DAY):
        return work.record(
            kind=kind,
            unit=unit,
            date=day,
            values={"luot-nguoi": value},
            by=make.clerk(),
            at=make.NOON,
        )

    return record


def reading(measure, unit) -> int:
    return sum(entry.value for entry in Entry.objects.filter(measure=measure, unit=unit))


def posted() -> list[tuple[str, int]]:
    return list(Entry.objects.order_by("pk").values_list("source_kind", "value"))
