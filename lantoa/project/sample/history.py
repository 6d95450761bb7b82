"""How the activities came into the books: filed some days later, now and then mistyped and corrected, or filed twice."""

import datetime as dt
from random import Random
from typing import NamedTuple
from zoneinfo import ZoneInfo

from lantoa.project.sample import draw
from lantoa.project.sample.records import TODAY, Record, Values

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = dt.datetime.combine(TODAY, dt.time(17), HANOI)
MISTYPED_IN_100 = 1
FILED_TWICE_IN_1000 = 4
REASONS = (
    "Gõ thừa một chữ số",
    "Đếm lại theo sổ của đơn vị",
    "Ghi nhầm số của buổi khác",
)
TWICE = "Ghi trùng với hồ sơ đã có"


class Filed(NamedTuple):
    """A record as it was first typed. `number` identifies it in the sample."""

    number: int
    record: Record
    at: dt.datetime


class Correction(NamedTuple):
    number: int
    values: Values
    at: dt.datetime
    reason: str


class Withdrawal(NamedTuple):
    number: int
    at: dt.datetime
    reason: str


class History(NamedTuple):
    """Each list by time."""

    filed: list[Filed]
    corrections: list[Correction]
    withdrawals: list[Withdrawal]


def tell(records: list[Record], *, seed: int) -> History:
    """A history at whose end exactly these records stand."""
    chance = draw.stream(seed, "history")
    told = History([], [], [])
    for record in records:
        filed_at = _office_hour(chance, record.date, chance.randint(0, 6))
        if record.values and chance.randrange(100) < MISTYPED_IN_100:
            _mistype(told, record, filed_at, chance)
        else:
            told.filed.append(Filed(len(told.filed) + 1, record, filed_at))
        if chance.randrange(1000) < FILED_TWICE_IN_1000:
            _file_twice(told, record, filed_at, chance)
    for rows in (told.filed, told.corrections, told.withdrawals):
        rows.sort(key=lambda row: (row.at, row.number))
    return told


def standing(told: History) -> list[Record]:
    """The records as they are in the end: corrected, without the withdrawn."""
    now = {filed.number: filed.record for filed in told.filed}
    for correction in told.corrections:
        now[correction.number] = now[correction.number]._replace(values=correction.values)
    for withdrawal in told.withdrawals:
        del now[withdrawal.number]
    return list(now.values())


def _mistype(told: History, record: Record, filed_at: dt.datetime, chance: Random) -> None:
    number = len(told.filed) + 1
    typed = record._replace(values=_slip(record.values, chance))
    told.filed.append(Filed(number, typed, filed_at))
    mended_at = _later(filed_at, chance)
    told.corrections.append(Correction(number, record.values, mended_at, chance.choice(REASONS)))


def _slip(values: Values, chance: Random) -> Values:
    """The first number a little off, or with a digit too many; parts of it are typed right and stay below."""
    (code, value), *others = values
    slipped = value * 10 if value and chance.randrange(4) == 0 else value + chance.randint(1, 9)
    return ((code, slipped), *others)


def _file_twice(told: History, record: Record, filed_at: dt.datetime, chance: Random) -> None:
    number = len(told.filed) + 1
    again_at = _later(filed_at, chance)
    told.filed.append(Filed(number, record, again_at))
    told.withdrawals.append(Withdrawal(number, _later(again_at, chance), TWICE))


def _office_hour(chance: Random, date: dt.date, days: int) -> dt.datetime:
    """Some days on, between eight and five, never after the sample's now."""
    minute = chance.randrange(9 * 60)
    moment = dt.datetime.combine(date, dt.time(8), HANOI) + dt.timedelta(days=days, minutes=minute)
    return min(moment, NOW)


def _later(moment: dt.datetime, chance: Random) -> dt.datetime:
    return min(moment + dt.timedelta(days=chance.randint(2, 25), minutes=chance.randrange(90)), NOW)
