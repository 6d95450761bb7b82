"""A conference with heads and a class of them: what most tests here are about."""

import datetime as dt

import pytest

from lantoa.ledger.models import Entry
from lantoa.work import actions
from tests import make

DAY = dt.date(2023, 3, 1)


@pytest.fixture
def conference():
    count, heads = make.measure("hoi-nghi"), make.measure("luot-nguoi")
    members = make.measure("dang-vien-tham-gia")
    kind = make.kind("hoi-nghi", one=count, needed=[heads], optional=[members])
    kind.takes.filter(measure=members).update(part_of=heads)
    return kind


@pytest.fixture
def host():
    return make.unit("Xã Đình Phong")


@pytest.fixture
def record(conference, host):
    def record(heads=30, *, members=None, unit=host, date=DAY, **more):
        return actions.record(
            kind=more.pop("kind", conference),
            unit=unit,
            date=date,
            values=more.pop("values", {"luot-nguoi": heads, "dang-vien-tham-gia": members}),
            by=more.pop("by", make.clerk()),
            at=make.NOON,
            **more,
        )

    return record


def told() -> dict[tuple[str, int, dt.date], int]:
    """What the ledger adds up to, by measure code, unit and day; nothing is left out but nothing."""
    sums: dict[tuple[str, int, dt.date], int] = {}
    for code, *cell, value in Entry.objects.values_list("measure__code", "unit", "date", "value"):
        sums[code, *cell] = sums.get((code, *cell), 0) + value
    return {key: value for key, value in sums.items() if value}
