"""A quarterly sheet of the committees, for the pages about reports."""

import datetime as dt

from lantoa.orgs.models import Post
from lantoa.submissions import actions
from lantoa.submissions.models import Sheet
from lantoa.submissions.versions import Typed
from lantoa.work import actions as work
from tests import make

NOON = make.NOON


def quarterly(world, **changes) -> Sheet:
    """Heads and conferences, every quarter of 2026, within four working days."""
    told = {
        "code": "hoc-tap",
        "name_vi": "Học tập chuyên đề",
        "name_en": "Study of the theme",
        "line": world.party,
        "unit_kinds": ["party_commune"],
        "period_rule": "calendar",
        "frequency": "quarter",
        "start_date": dt.date(2026, 7, 1),
        "days": {"party_commune": 4},
    }
    sheet = Sheet.objects.create(**(told | changes))
    sheet.measures.set(
        [make.measure("luot-nguoi", position=1), make.measure("hoi-nghi", position=2)]
    )
    return sheet


def record(unit, value, day=dt.date(2026, 8, 3)):
    heads = Sheet.objects.get().measures.get(code="luot-nguoi")
    kind = make.kind(needed=[heads])
    return work.record(
        kind=kind, unit=unit, date=day, values={"luot-nguoi": value}, by=make.clerk(), at=NOON
    )


def answer(unit, *, seen=0, reason="", at=NOON, by=None, period="2026-Q3", why="đếm lại", **totals):
    """Sent by somebody of the unit. `luot_nguoi=30` types a total; empty boxes are meant."""
    boxes = {code.replace("_", "-"): total for code, total in totals.items()}
    return actions.answer(
        sheet=Sheet.objects.get(),
        unit=unit,
        period=period,
        typed=Typed(boxes, dict.fromkeys(boxes, why), is_empty_meant=True),
        seen=seen,
        reason=reason,
        by=by or make.recorder(unit, on=make.line("dang")),
        at=at,
    )


REVIEWER = Post.Role.REVIEWER
