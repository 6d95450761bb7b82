"""A record as somebody typed it, on a page or on a phone without a signal: read into a draft, with all that is wrong at once."""

import datetime as dt
import uuid as uuids
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from lantoa.ledger.models import Measure
from lantoa.lib import dates, numbers
from lantoa.lib.errors import LantoaError, RefusedError
from lantoa.orgs.models import Person, Unit
from lantoa.work import serving
from lantoa.work.drafts import Draft, refusals
from lantoa.work.models import ActivityKind, KindMeasure

# How heads are counted (measures.toml): the one number that the short form asks for.
HEADS = "lượt người"
# The name under which the short form sends it, whatever the kind calls it.
THE_NUMBER = "so"

T = TypeVar("T")


@dataclass(frozen=True)
class Typed:
    """What the boxes held, as text. `values` by measure code, or under `THE_NUMBER`."""

    kind: str
    date: str
    values: Mapping[str, str]
    title: str
    uuid: uuids.UUID
    claimed_at: dt.datetime | None = None
    # Task, theme, movement and directive by their numbers, empty for none; None where the form does not ask.
    serves: Mapping[str, str] | None = None


def heads_of(takes: Sequence[KindMeasure]) -> Measure | None:
    """The head-count of a kind that needs nothing else; None for any other kind."""
    needed = [take.measure for take in takes if take.takes == KindMeasure.Takes.NEEDED]
    is_short = len(needed) == 1 and needed[0].unit_vi == HEADS
    return needed[0] if is_short else None


def read(
    typed: Typed,
    *,
    unit: Unit,
    kinds: Mapping[str, ActivityKind],
    today: dt.date,
    by: Person,
    at: dt.datetime,
) -> tuple[Draft | None, list[RefusedError]]:
    """Read the boxes.

    Args:
        kinds: by code, each with what it takes (`queries.open_kinds`).
        today: in Vietnam.
        by, at: who names what it serves, and when: only what they may read is there.

    Returns:
        A draft that can be recorded, or None and everything that is wrong, each with its box.
    """
    wrong: list[RefusedError] = []
    kind = kinds.get(typed.kind)
    if kind is None:
        wrong.append(_no_kind())
    date = _box("date", lambda: _day(typed.date), wrong)
    takes = list(kind.takes.all()) if kind else []
    values = {
        code: _box(code, lambda text=text: _count(text), wrong)  # type: ignore[misc]
        for code, text in _named(typed.values, takes).items()
    }
    serves = _box("task", lambda: serving.read(typed.serves or {}, by, at), wrong)
    if kind is None or date is None or serves is None:
        return None, wrong
    draft = Draft(kind, unit, date, values, typed.title, (), typed.uuid, typed.claimed_at, serves)
    told = {each.where for each in wrong}
    wrong += [each for each in refusals(draft, takes, today) if each.where not in told]
    return (None, wrong) if wrong else (draft, [])


def _named(values: Mapping[str, str], takes: Sequence[KindMeasure]) -> dict[str, str]:
    """By measure code: the one number of the short form is the heads of the kind that was chosen."""
    named = {code: text for code, text in values.items() if code != THE_NUMBER}
    heads = heads_of(takes)
    if heads and THE_NUMBER in values and not named.get(heads.code, "").strip():
        named[heads.code] = values[THE_NUMBER]
    return named


def _box(where: str, reader: Callable[[], T], wrong: list[RefusedError]) -> T | None:
    try:
        return reader()
    except RefusedError as error:
        wrong.append(error)
    except LantoaError as error:
        there = getattr(error, "where", where)
        wrong.append(RefusedError(where=there, vi=error.vi, en=error.en))
    return None


def _count(text: str) -> int | None:
    return numbers.read(text) if text.strip() else None


def _day(text: str) -> dt.date:
    if not text.strip():
        raise RefusedError(
            where="date",
            vi="Chưa chọn ngày. Hãy chọn hôm nay, hôm qua, hoặc ghi ngày khác.",
            en="The day is missing. Choose today, yesterday, or write another day.",
        )
    return dates.read_day(text)


def _no_kind() -> RefusedError:
    return RefusedError(
        where="kind",
        vi="Chưa chọn việc gì. Hãy chọn một việc, hoặc mở “Việc khác”.",
        en="What was done is missing. Choose one, or open “Something else”.",
    )
