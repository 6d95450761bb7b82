"""Kinds of activity for the desk's tests: a short one (heads alone), and one that needs more."""

import datetime as dt

from lantoa.ledger.models import Measure
from lantoa.work import actions
from lantoa.work.models import ActivityKind
from tests import make

TODAY = dt.date(2026, 11, 23)
HEADS = "lượt người"


def measure(code: str, name: str, unit: str) -> Measure:
    made = make.measure(code)
    Measure.objects.filter(pk=made.pk).update(
        name_vi=name, name_en=name, unit_vi=unit, unit_en=unit
    )
    return Measure.objects.get(pk=made.pk)


def kinds() -> dict[str, ActivityKind]:
    """Labour, a thematic session (short), and an online conference (long: points and heads), with a class of heads."""
    members = measure("dang-vien-tham-gia", "Đảng viên tham gia", "lượt đảng viên")
    made = {}
    for place, (code, name, needed) in enumerate(
        [
            ("lao-dong", "Lao động vì cộng đồng", [("luot-nguoi-lao-dong", HEADS)]),
            ("sinh-hoat-chuyen-de", "Sinh hoạt chuyên đề", [("luot-nguoi-chuyen-de", HEADS)]),
            (
                "truc-tuyen",
                "Hội nghị trực tuyến",
                [("diem-cau", "điểm cầu"), ("luot-truc-tuyen", HEADS)],
            ),
        ]
    ):
        wanted = [measure(each, each, unit) for each, unit in needed]
        kind = make.kind(code, one=measure(code, name, "cuộc"), needed=wanted, optional=[members])
        ActivityKind.objects.filter(pk=kind.pk).update(name_vi=name, name_en=code, position=place)
        kind.takes.filter(measure=members).update(part_of=wanted[-1])
        made[code] = ActivityKind.objects.get(pk=kind.pk)
    return made


def held(kind, unit, heads, *, date=TODAY, title="", **more):
    code = kind.takes.exclude(takes="one").filter(measure__unit_vi=HEADS).get().measure.code
    return actions.record(
        kind=kind,
        unit=unit,
        date=date,
        values={code: heads},
        title=title,
        by=make.clerk(),
        at=make.NOON,
        **more,
    )
