"""Writing dated names and official codes: one form of letters, one living unit to a code, no two neighbours alike."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import product
from typing import NamedTuple

from lantoa.lib import text
from lantoa.lib.dates import show_day
from lantoa.lib.errors import LantoaError
from lantoa.orgs.edit import filtered
from lantoa.orgs.models import Line, Placement, UnitName

LONGEST_NAME = 200
LONGEST_SHORT_NAME = 120
LONGEST_CODE = 40


class CodeTakenError(LantoaError):
    """Another living unit has that official code on one of those days."""

    def __init__(self, code: str, holder: str, day: dt.date) -> None:
        super().__init__(
            vi=f"Mã {code} vào ngày {show_day(day)} là của {holder}. Hãy chọn mã hoặc ngày khác.",
            en=f"The code {code} is that of {holder} on {show_day(day)}. Choose another code or day.",
        )


class AlikeError(LantoaError):
    """Two units under one parent whose names look the same: a figure would be sent to the wrong one."""

    def __init__(self, name: str, other: str, day: dt.date) -> None:
        super().__init__(
            vi=f"“{name}” dễ nhầm với “{other}” cùng cấp trên vào ngày {show_day(day)}. "
            "Hãy thêm chữ hoặc số để phân biệt.",
            en=f"“{name}” looks like “{other}” under the same parent on {show_day(day)}. "
            "Add a word or a number to tell them apart.",
        )


class UnnamedError(LantoaError):
    """A unit without a name, or with one too long to be kept."""


class NewName(NamedTuple):
    """A name as it will be kept; `end` None while it lasts. Without a short name, the name is short."""

    unit_id: int
    name: str
    short_name: str
    code: str
    start: dt.date
    end: dt.date | None
    basis: str = ""


def write(names: Sequence[NewName]) -> None:
    """Keep the names, after a look at every code.

    Raises:
        UnnamedError: a name is empty or too long.
        CodeTakenError: two units would have one code on a day.
    """
    rows = [_row(name) for name in names]
    _refuse_taken(rows)
    UnitName.objects.bulk_create(rows)


def _row(new: NewName) -> UnitName:
    full, short = tidy(new.name), tidy(new.short_name)
    code = tidy(new.code)
    _refuse_unfit(full, short, code)
    return UnitName(
        unit_id=new.unit_id,
        name=full,
        short_name=short or full[:LONGEST_SHORT_NAME],
        code=code,
        folded=text.fold(full)[:LONGEST_NAME],
        sort_key=text.sort_key(full),
        start_date=new.start,
        end_date=new.end,
        basis=tidy(new.basis),
    )


def tidy(words: str) -> str:
    """The text in its one form: letters and marks composed, single spaces."""
    return " ".join(text.nfc(words).split())


def _refuse_unfit(full: str, short: str, code: str) -> None:
    if not full:
        raise UnnamedError(
            vi="Đơn vị chưa có tên. Hãy ghi tên đầy đủ.",
            en="The unit has no name. Write its full name.",
        )
    kept = ((full, LONGEST_NAME), (short, LONGEST_SHORT_NAME), (code, LONGEST_CODE))
    for words, most in kept:
        if len(words) > most:
            raise UnnamedError(
                vi=f"“{words[:40]}…” dài quá {most} chữ. Hãy rút ngắn lại.",
                en=f"“{words[:40]}…” is longer than {most} characters. Make it shorter.",
            )


def _refuse_taken(new: Sequence[UnitName]) -> None:
    """Look at each code against all who ever had it, and against the others of the same change."""
    coded = [row for row in new if row.code]
    holders: dict[str, list[UnitName]] = defaultdict(list)
    for some in filtered(UnitName.objects.all(), code={row.code for row in coded}):
        for kept in some:
            holders[kept.code].append(kept)
    for row in coded:
        for holder in holders[row.code]:
            if holder.unit_id != row.unit_id and _share_a_day(holder, row):
                day = max(row.start_date, holder.start_date)
                raise CodeTakenError(row.code, holder.name, day)
        holders[row.code].append(row)


def _share_a_day(*spans: UnitName | Placement) -> dt.date | None:
    """The first day that all these spans hold."""
    first = max(span.start_date for span in spans)
    return first if all(span.end_date is None or first < span.end_date for span in spans) else None


def refuse_alike(unit_ids: Collection[int]) -> None:
    """Look whether a unit bears a name that looks like that of another under the same territorial parent.

    Alike is what `text.unique_key` makes one: capitals, tone placement, invisible and look-alike letters do not tell apart.

    Raises:
        AlikeError: the first pair found, with the day from which on.
    """
    pairs = list(_alike(unit_ids))
    stays = defaultdict(list)
    standing = Placement.objects.filter(line__kind=Line.Kind.TERRITORY)
    for some in filtered(standing, unit={row.unit_id for pair in pairs for row in pair}):
        for stay in some:
            stays[stay.unit_id].append(stay)
    for one, other in pairs:
        for here, there in product(stays[one.unit_id], stays[other.unit_id]):
            day = _share_a_day(one, other, here, there)
            if day and here.parent_id == there.parent_id:
                raise AlikeError(one.name, other.name, day)


def _alike(unit_ids: Collection[int]) -> Iterator[tuple[UnitName, UnitName]]:
    """Names of these units, each with those of others that share its key."""
    own = [row for some in filtered(UnitName.objects.all(), unit=unit_ids) for row in some]
    same = defaultdict(list)
    for some in filtered(UnitName.objects.all(), folded={row.folded for row in own}):
        for row in some:
            same[text.unique_key(row.name)].append(row)
    for row in own:
        for other in same[text.unique_key(row.name)]:
            if other.unit_id != row.unit_id:
                yield row, other
