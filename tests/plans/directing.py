"""Directives of the small province: what a test does not name is filled in."""

import datetime as dt

from lantoa.ledger.models import Measure
from lantoa.lib import symbols
from lantoa.plans.actions import directives, movements, programmes
from lantoa.plans.drafts import DirectiveDraft
from tests import make


def draft(unit, code, *, on, kind="", date=dt.date(2026, 2, 3), extract="Về chuyên đề năm", **more):
    symbol = symbols.read(code)
    return DirectiveDraft(
        unit=unit, symbol=symbol, kind=kind or symbol.kinds[0], date=date, extract=extract,
        line=on, **more,
    )  # fmt: skip


def filed(unit, code, *, on, by=None, **more):
    return directives.file(
        draft=draft(unit, code, on=on, **more), by=by or make.clerk(), at=make.NOON
    )


def things_of(unit, mark, day, *, on):
    """A directive with a document, an objective, a movement and a joining of a unit, all with its mark: what addresses name."""
    for code, nature in (("van-ban-ban-hanh", "flow"), ("don-vi-trong-phong-trao", "balance")):
        Measure.objects.filter(code=code).exists() or make.measure(code, nature=nature)
    by = {"by": make.clerk(), "at": make.NOON}
    made = filed(unit, "07-KH/TW", on=on, date=day, issuer=f"Cơ quan {mark}", extract=mark)
    directives.attach(directive=made, name=f"{mark}.pdf", content=b"%PDF-" + mark.encode(), **by)
    term = programmes.open_term(
        level="province", name="2020-2025", ordinal="", start_date=make.START, end_date=None, **by
    )
    objective = programmes.set_objective(
        unit=unit, term=term, kind="advantage", position=1, title=mark, **by
    )
    programme = programmes.found(unit=unit, name=mark, start_date=day, **by)
    theme = programmes.set_theme(programme=programme, unit=unit, year=day.year, title=mark, **by)
    movement = movements.launch(
        kind="movement", name=mark, unit=unit, line=on, start_date=day, **by
    )
    joining = movements.join(movement=movement, unit=unit, date=day, **by)
    return {
        "directive": {"pk": made.pk},
        "objective": {"pk": objective.pk},
        "theme": {"pk": theme.pk},
        "movement": {"pk": movement.pk},
        "joining": {"pk": movement.pk, "joining": joining.pk},
    }
