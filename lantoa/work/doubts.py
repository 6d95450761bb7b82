"""What a record might have got wrong, asked as a polite question: first of the unit itself, never a score.

Against formalism (SEED.md, "khắc phục bệnh hình thức"). Each question is a plain function of what was recorded; it
gives its reason in words, or nothing. None of them refuses anything.
"""

import datetime as dt
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median_low
from typing import NamedTuple

from lantoa.lib import text
from lantoa.lib.dates import show_day
from lantoa.lib.numbers import show
from lantoa.work.pictures import differing_bits

# Of 64 bits: a photo saved again or cut a little differs in a few.
ALIKE_BITS = 5
# 0 and 5 end a fifth of honest counts. Fewer values than this say nothing; rarer than one in a thousand is worth asking.
LEAST_VALUES, ROUND, FAIR, RARE = 30, "05", 0.2, 0.001
LEAST_BEFORE, DEVIATIONS = 5, 3
# A season's records in one hour.
AT_ONCE, AN_HOUR = 8, dt.timedelta(hours=1)
SAME_HEADS = 10


class Doubt(NamedTuple):
    """A question in both languages. `other`: the record that it is about, where there is one."""

    vi: str
    en: str
    other: int | None = None


@dataclass(frozen=True)
class Told:
    """A record as the questions read it. `heads` None: it counts no heads."""

    pk: int
    unit: int
    kind: int
    date: dt.date
    title: str
    heads: int | None
    recorded_at: dt.datetime


@dataclass(frozen=True)
class Photo:
    """A photo: of which record, what it looks like, when it was taken if it said so."""

    activity: int
    digest: str
    likeness: str
    taken_date: dt.date | None


class Paper(NamedTuple):
    """A directive from above: its number and symbol, and what it says it is about."""

    code: str
    extract: str


@dataclass(frozen=True)
class Around:
    """A record and what stands around it.

    Attributes:
        before: records of the same unit and kind, the newest first, this one left out.
        neighbours: of other units with the same direct superior, of the same kind, about the same time.
        season: all records of the unit in the same quarter, this one included.
        papers: what came down to the unit within the year before, and the directive that the record names.
        photos, others: of this record, and of all others that look at all alike.
        roll: the members of the unit on the day, as it stated them; None if it never did.
        members: how many members this record says took part; None if it does not.
    """

    told: Told
    before: Sequence[Told] = ()
    neighbours: Sequence[Told] = ()
    season: Sequence[Told] = ()
    papers: Sequence[Paper] = ()
    photos: Sequence[Photo] = ()
    others: Sequence[Photo] = ()
    roll: int | None = None
    members: int | None = None
    names: Mapping[int, str] | None = None


def doubts(around: Around) -> list[Doubt]:
    """All questions about one record, in a fixed order."""
    return [doubt for ask in QUESTIONS for doubt in ask(around)]


def copied_text(around: Around) -> Iterator[Doubt]:
    """The words of an earlier record of its own, or of a neighbour's."""
    own = around.told
    for other in (*around.before, *around.neighbours):
        if text.is_alike(own.title, other.title):
            where = "của chính đơn vị" if other.unit == own.unit else f"của {_name(around, other)}"
            where_en = "your own" if other.unit == own.unit else f"that of {_name(around, other)}"
            yield Doubt(
                f"Nội dung gần như giống hệt hồ sơ ngày {show_day(other.date)} {where}. Lần này có gì khác?",
                f"The words are almost those of {where_en} record of {show_day(other.date)}. What was different?",
                other.pk,
            )
            return


def copied_directive(around: Around) -> Iterator[Doubt]:
    """The words of the directive in place of what was done."""
    for paper in around.papers:
        if text.is_alike(around.told.title, paper.extract):
            yield Doubt(
                f"Nội dung gần như chép lại trích yếu của {paper.code}. Đơn vị đã làm cụ thể việc gì?",
                f"The words are almost those of {paper.code} itself. What was done here?",
            )
            return


def used_photo(around: Around) -> Iterator[Doubt]:
    """A photo that another record shows already: the same file, or the same picture saved anew."""
    for photo in around.photos:
        for other in around.others:
            is_same = photo.digest == other.digest
            if is_same or _looks_alike(photo.likeness, other.likeness):
                yield Doubt(
                    "Ảnh này đã có ở một hồ sơ khác. Có gửi nhầm ảnh không?",
                    "Another record shows this photo already. Was it sent by mistake?",
                    other.activity,
                )
                return


def old_photo(around: Around) -> Iterator[Doubt]:
    """A photo that says it was taken before the event."""
    days = [each.taken_date for each in around.photos if each.taken_date]
    if days and min(days) < around.told.date:
        yield Doubt(
            f"Ảnh chụp ngày {show_day(min(days))}, trước ngày tổ chức {show_day(around.told.date)}. "
            "Ngày ghi có đúng không?",
            f"The photo was taken on {show_day(min(days))}, before the day {show_day(around.told.date)}. "
            "Is the day right?",
        )


def round_numbers(around: Around) -> Iterator[Doubt]:
    """Over many records, far more heads ending in 0 or 5 than counting gives."""
    ends = [str(each.heads)[-1] for each in (around.told, *around.before) if each.heads]
    round_ones = sum(1 for end in ends if end in ROUND)
    if len(ends) >= LEAST_VALUES and tail(round_ones, len(ends), FAIR) < RARE:
        yield Doubt(
            f"{round_ones} trên {len(ends)} lần ghi gần đây có số người tận cùng là 0 hoặc 5. "
            "Số này đếm được hay ước lượng?",
            f"{round_ones} of the last {len(ends)} head-counts end in 0 or 5. Counted, or estimated?",
        )


def above_the_roll(around: Around) -> Iterator[Doubt]:
    """More members took part than the unit has."""
    if around.roll is not None and around.members is not None and around.members > around.roll:
        yield Doubt(
            f"Ghi {show(around.members)} đảng viên tham gia, nhiều hơn số đảng viên của đơn vị ({show(around.roll)}). "
            "Có tính cả đảng viên nơi khác không?",
            f"{show(around.members, 'en')} members took part, more than the unit has ({show(around.roll, 'en')}). "
            "Are members of other units among them?",
        )


def unusual_heads(around: Around) -> Iterator[Doubt]:
    """Far from what the unit itself usually records: more than three deviations, and more than twice or less than half."""
    known = [each.heads for each in around.before if each.heads is not None]
    heads = around.told.heads
    if heads is None or len(known) < LEAST_BEFORE:
        return
    usual = median_low(known)
    deviation = max(1, median_low([abs(each - usual) for each in known]))
    if abs(heads - usual) > DEVIATIONS * deviation and (heads > 2 * usual or 2 * heads < usual):
        yield Doubt(
            f"{show(heads)} người, trong khi {len(known)} lần trước thường khoảng {show(usual)}. Số này có đúng không?",
            f"{show(heads, 'en')} people, while the last {len(known)} times it was about {show(usual, 'en')}. "
            "Is that right?",
        )


def all_at_once(around: Around) -> Iterator[Doubt]:
    """The records of a whole quarter written within an hour."""
    season = sorted(each.recorded_at for each in around.season)
    if len(season) >= AT_ONCE and season[-1] - season[0] <= AN_HOUR:
        yield Doubt(
            f"{len(season)} hồ sơ của quý được ghi trong một giờ. Ghi ngay sau khi làm thì số chính xác hơn.",
            f"{len(season)} records of the quarter were written within an hour. Recorded at once, numbers are truer.",
        )


def same_event(around: Around) -> Iterator[Doubt]:
    """Another unit recorded what looks like the same event: the day, the kind, and the heads or the words."""
    own = around.told
    for other in around.neighbours:
        has_same_heads = other.heads == own.heads and (own.heads or 0) >= SAME_HEADS
        is_same_text = bool(own.title) and text.fold(own.title) == text.fold(other.title)
        if other.date == own.date and has_same_heads and (is_same_text or not own.title):
            name = _name(around, other)
            yield Doubt(
                f"{name} cũng ghi một việc như vậy, cùng ngày, cùng số người. Nếu là một việc thì gộp lại: "
                "một đơn vị chủ trì, đơn vị kia phối hợp.",
                f"{name} recorded the like, on the same day, with as many people. If it was one event, join them: "
                "one unit hosts, the other co-organises.",
                other.pk,
            )
            return


QUESTIONS = (
    same_event,
    copied_text,
    copied_directive,
    used_photo,
    old_photo,
    above_the_roll,
    unusual_heads,
    round_numbers,
    all_at_once,
)


def tail(hits: int, of: int, share: float) -> float:
    """How likely that many hits or more are by chance: the upper tail of the binomial distribution."""
    return math.fsum(
        math.comb(of, each) * share**each * (1 - share) ** (of - each)
        for each in range(hits, of + 1)
    )


def _looks_alike(one: str, other: str) -> bool:
    return bool(one and other) and differing_bits(one, other) <= ALIKE_BITS


def _name(around: Around, other: Told) -> str:
    return (around.names or {}).get(other.unit, "")
