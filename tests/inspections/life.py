"""An inspection in the small province: the provincial committee looks at two communes' committees."""

import datetime as dt
import uuid

from lantoa.inspections import actions, mending
from lantoa.inspections.actions import Found
from lantoa.inspections.mending import Looked, Mended
from lantoa.inspections.models import ChecklistItem, Inspection, Topic
from lantoa.inspections.refusals import Draft
from lantoa.ledger.models import Entry, Measure
from lantoa.orgs.models import Person, Post
from lantoa.work.evidence import Sent
from tests import make

TODAY = dt.date(2026, 11, 23)
START = dt.date(2026, 11, 2)
PAPER = b"%PDF-1.7 bien ban"


def a_day_later(days=1):
    return make.NOON + dt.timedelta(days=days)


def holder(unit, role, line, name="") -> Person:
    person = make.person(name)
    Post.objects.create(person=person, unit=unit, line=line, role=role, start_date=make.START)
    return person


def topic(code="hoc-tap", items=("bien-ban", "so-nguoi")) -> Topic:
    made = Topic.objects.create(code=code, name_vi="Học tập chuyên đề", name_en="Study")
    for place, each in enumerate(items):
        ChecklistItem.objects.create(
            topic=made,
            code=each,
            text_vi=f"Có {each}",
            text_en=each,
            start_date=make.START,
            position=place,
        )
    return made


class Life:
    """People, a topic, and short ways to what happens; everything not named is filled in."""

    def __init__(self, world):
        self.world = world
        self.topic = topic()
        for code in (*Inspection.Kind.values, actions.SUBJECTS, actions.FOUND, actions.MENDED):
            Measure.objects.filter(code=code).exists() or make.measure(code)
        self.inspector = holder(world["TU"], "inspector", world.party, "Cán bộ kiểm tra 1")
        self.other = holder(world["TU"], "inspector", world.party, "Cán bộ kiểm tra 2")
        self.recorder = holder(world["N.du"], "recorder", world.party, "Người ghi N")

    def draft(self, *subjects, **more) -> Draft:
        told = {
            "kind": Inspection.Kind.INSPECTION,
            "unit": self.world["TU"],
            "line": self.world.party,
            "topic": self.topic,
            "title": "Kiểm tra việc học tập chuyên đề",
            "start": START,
            "end": START + dt.timedelta(days=12),
            "subjects": [self.world[each] for each in subjects or ("N.du", "M.du")],
            "team": [self.inspector],
        }
        return Draft(**told | more)

    def planned(self, *subjects, **more) -> Inspection:
        return actions.plan(draft=self.draft(*subjects, **more), by=self.inspector, at=make.NOON)

    def started(self, *subjects, **more) -> Inspection:
        made = self.planned(*subjects, **more)
        actions.start(inspection=made, date=made.start_date, by=self.inspector, at=make.NOON)
        return made

    def find(self, inspection, unit="N.du", *, due=30, **more):
        told = {
            "unit": self.world[unit],
            "what": "Thiếu biên bản hội nghị tháng 3",
            "recommendation": "Bổ sung biên bản",
            "due": TODAY + dt.timedelta(days=due),
        }
        found = Found(**told | more)
        return actions.find(inspection=inspection, found=found, by=self.inspector, at=make.NOON)

    def conclude(self, inspection, **more):
        told = {"date": TODAY, "text": "Đã học đủ, sổ sách còn thiếu."}
        actions.conclude(inspection=inspection, **told | more, by=self.inspector, at=make.NOON)

    def concluded(self, *units, **more) -> Inspection:
        """With a finding at each of the units named."""
        made = self.started(**more)
        for each in units:
            self.find(made, each)
        self.conclude(made)
        return made

    def fix(self, finding, *, by=None, at=make.NOON, **more):
        told = {"what": "Đã bổ sung biên bản", "sent": [Sent("bb.pdf", PAPER, uuid.uuid4())]}
        return mending.fix(mended=Mended(finding, **told | more), by=by or self.recorder, at=at)

    def recheck(self, fix, *, is_mended=True, note="", by=None, at=None):
        looked = Looked(fix, is_mended, note)
        return mending.recheck(looked=looked, by=by or self.inspector, at=at or a_day_later())

    def reopen(self, finding, *, due=30, by=None, at=None, **more):
        told = {"reason": "Sổ tháng 3 vẫn thiếu", "due": TODAY + dt.timedelta(days=due)}
        return mending.reopen(
            finding=finding, **told | more, by=by or self.inspector, at=at or a_day_later(2)
        )


def told(source="inspection") -> dict[tuple[str, int, dt.date], int]:
    """What the ledger adds up to, by measure code, unit and day."""
    sums: dict[tuple[str, int, dt.date], int] = {}
    for code, *cell, value in Entry.objects.filter(source_kind=source).values_list(
        "measure__code", "unit", "date", "value"
    ):
        sums[code, *cell] = sums.get((code, *cell), 0) + value
    return {key: value for key, value in sums.items() if value}
