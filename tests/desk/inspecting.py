"""Inspections for the permission matrix: of every unit one that has concluded, one that runs, and a sample of its records."""

import datetime as dt
import uuid

from lantoa.inspections import verifying
from lantoa.inspections.models import Finding, Fix, FixFile, Inspection, SampledFile
from lantoa.inspections.verifying import Drawing
from lantoa.keeping import files
from lantoa.practices import visits
from lantoa.work import actions as work
from tests import make
from tests.inspections.life import topic


def things_of(unit, mark, day, *, on, about):
    """What the routes of inspections point at, by name. The unit looks at itself, which no action lets it: rows alone."""
    told, runs = (
        _inspection(unit, mark, day, state, on, about) for state in ("concluded", "started")
    )
    planned = _inspection(unit, mark, day, "planned", on, about)
    finding = _finding(told, mark, day)
    fix = Fix.objects.create(finding=finding, what=mark, at=make.NOON, by=make.clerk())
    number = uuid.uuid4()
    FixFile.objects.create(
        uuid=number, fix=fix, name=f"{mark}.pdf", file=files.keep(mark.encode(), ".pdf"), is_photo=False, digest="0" * 64
    )  # fmt: skip
    drawing = Drawing(unit, on, day.replace(day=1), day + dt.timedelta(days=1))
    drawn = verifying.draw(drawing=drawing, seed=mark, size=1, by=make.clerk(), at=make.NOON)
    ended = verifying.draw(drawing=drawing, seed=mark, size=1, by=make.clerk(), at=make.NOON)
    type(ended).objects.filter(pk=ended.pk).update(finished_at=make.NOON)
    seen = SampledFile.objects.create(
        record=ended.sample.get(), name=f"{mark}.pdf", file=files.keep(mark.encode(), ".pdf"), is_photo=False,
        digest="0" * 64, at=make.NOON, by=make.clerk(),
    )  # fmt: skip
    return {
        "found_file": {"number": seen.uuid},
        "inspection": {"pk": told.pk},
        "inspection_at": {"pk": told.pk, "unit": unit.pk},
        "running": {"pk": runs.pk},
        "running_at": {"pk": runs.pk, "unit": unit.pk},
        "planned": {"pk": planned.pk},
        "finding": {"pk": finding.pk},
        "found": {"pk": _finding(runs, mark, day).pk},
        "fix_file": {"number": number},
        "verification": {"pk": ended.pk},
        "drawn": {"pk": drawn.pk},
    }


def checklist():
    return topic("trang-thai")


def visits_kind():
    return make.kind("trao-doi", one=make.measure("trao-doi"), needed=[make.measure("luot-nguoi-trao-doi")])  # fmt: skip


def visit_of(unit, mark, day, kind):
    """An exchange visit that a unit hosted, with what it learned itself."""
    visit = work.record(
        kind=kind, unit=unit, date=day, values={"luot-nguoi-trao-doi": 9}, title=mark, by=make.clerk(), at=make.NOON
    )  # fmt: skip
    visits.learn(activity=visit, unit=unit, what=mark, practice=None, by=make.clerk(), at=make.NOON)
    return visit.pk


def _inspection(unit, mark, day, state, on, about):
    made = Inspection.objects.create(
        kind="kiem-tra", unit=unit, line=on, topic=about, title=f"Đợt {mark}", start_date=day, end_date=day,
        state=state, started_date=day, concluded_date=day if state == "concluded" else None, conclusion=mark,
        recorded_at=make.NOON, recorded_by=make.clerk(),
    )  # fmt: skip
    made.subjects.set([unit])
    made.team.set([make.clerk()])
    return made


def _finding(inspection, mark, day):
    return Finding.objects.create(
        inspection=inspection, unit=inspection.unit, owner=inspection.unit, what=f"Thiếu {mark}",
        recommendation=f"Bổ sung {mark}", due_date=day, recorded_at=make.NOON, recorded_by=make.clerk(),
    )  # fmt: skip
