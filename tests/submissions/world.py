"""People around a sheet: who sends, who stands right above, who further up."""

from lantoa.orgs.models import Person, Post
from lantoa.submissions.actions import Typed
from tests import make


def holder(unit, role, *, on=None, until=None) -> Person:
    """A person who holds a role at a unit in a line."""
    person = make.person()
    Post.objects.create(
        person=person,
        unit=unit,
        line=on or make.line(),
        role=role,
        start_date=make.START,
        end_date=until,
    )
    return person


def typed(*, nil=False, empty=True, why="đếm lại", **totals) -> Typed:
    """What was typed: `luot_nguoi=30` is the box luot-nguoi; every total has the same reason."""
    boxes = {code.replace("_", "-"): total for code, total in totals.items()}
    return Typed(boxes, dict.fromkeys(boxes, why), is_nil=nil, is_empty_meant=empty)
