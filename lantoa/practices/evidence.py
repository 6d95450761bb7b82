"""When a record that was shown is corrected or withdrawn, what rests on it is said anew.

Source:
    docs/decisions/2026-11-28-what-rests-on-a-record-is-told.md
"""

import datetime as dt

from lantoa.orgs.models import Person
from lantoa.practices import facts
from lantoa.practices.models import Adoption
from lantoa.work.models import Activity


def record_changed(activity: Activity, /, *, by: Person, at: dt.datetime, reason: str) -> None:
    """Say to the ledger what the adoptions mean now that this record was shown for. Whoever changed the record had the right to."""
    resting = list(Adoption.objects.filter(signs__activity=activity).distinct())
    facts.post_adoptions(resting, by=by, at=at, reason=reason)
