"""Rooms above that must know when a record no longer says what it said. They are told in the same transaction.

`work` does not know them: the project names them where it puts the rooms together. So no door can forget to tell them, and no
record changes without them.

Source:
    docs/decisions/2026-11-28-what-rests-on-a-record-is-told.md
"""

import datetime as dt
from typing import Protocol

from lantoa.orgs.models import Person
from lantoa.work.models import Activity


class Watcher(Protocol):
    def __call__(
        self, activity: Activity, /, *, by: Person, at: dt.datetime, reason: str
    ) -> None: ...


_watchers: list[Watcher] = []


def watch(watcher: Watcher) -> None:
    """Let it be told of every record that is corrected or withdrawn. Once, however often it is said."""
    if watcher not in _watchers:
        _watchers.append(watcher)


def changed(activity: Activity, *, by: Person, at: dt.datetime, reason: str) -> None:
    """Tell those who watch, after the record itself has been kept."""
    for watcher in _watchers:
        watcher(activity, by=by, at=at, reason=reason)
