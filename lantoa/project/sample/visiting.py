"""What guests of the sample's exchange visits learned: a sentence each, of a practice where the host has one. Illustrative."""

import datetime as dt
from collections import defaultdict

from lantoa.orgs.models import Person
from lantoa.practices import visits
from lantoa.practices.models import Adoption, Lesson, Practice
from lantoa.project.sample import draw
from lantoa.project.sample.history import HANOI, NOW
from lantoa.work.models import Activity

TOLD_IN_100 = 70
LESSONS = (
    "Giao mỗi chi bộ một việc cụ thể, cuối tháng xem lại (minh họa)",
    "Ghi nhật ký làm theo ngay tại buổi sinh hoạt (minh họa)",
    "Chọn một việc khó của xóm để cùng làm xong trong quý (minh họa)",
    "Mời người đã làm kể lại cách làm, thay cho đọc tài liệu (minh họa)",
)
OF_A_PRACTICE = "Sẽ làm thử ở hai chi hội trước khi nhân rộng (minh họa)"


def load(by: Person, *, seed: int) -> int:
    """Write down what guests learned, and say how many lessons there are."""
    chance = draw.stream(seed, "lessons")
    has = _practices()
    held = Activity.objects.filter(kind__code=visits.KIND, withdrawn_at=None)
    lessons = []
    for visit in held.order_by("date", "pk").prefetch_related("co_organisers"):
        for guest in visit.co_organisers.all():
            if chance.randrange(100) >= TOLD_IN_100:
                continue
            open_then = [each for day, each in has[visit.unit_id] if day <= visit.date]
            practice = chance.choice(open_then) if open_then else None
            what = OF_A_PRACTICE if practice else chance.choice(LESSONS)
            lessons.append(Lesson(activity=visit, unit=guest, practice=practice, what=what))
    last = max((each.activity.date for each in lessons), default=NOW.date())
    at = min(dt.datetime.combine(last, dt.time(17), HANOI), NOW)
    return len(visits.learn_many(lessons=lessons, by=by, at=at))


def _practices() -> dict[int, list[tuple[dt.date, Practice]]]:
    """By unit, the practices that it does itself, from the day on which it began."""
    found: dict[int, list[tuple[dt.date, Practice]]] = defaultdict(list)
    rows = Adoption.objects.filter(state=Adoption.State.CONFIRMED, start_date__isnull=False)
    for each in rows.select_related("practice").order_by("pk"):
        if each.start_date:
            found[each.unit_id].append((each.start_date, each.practice))
    return found
