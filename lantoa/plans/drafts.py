"""A directive as it is told, before it is filed; and what may be wrong with it. Nothing here writes."""

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from lantoa.lib import secrecy, text
from lantoa.lib.dates import show_day
from lantoa.lib.symbols import Symbol
from lantoa.orgs.models import Line, Unit
from lantoa.plans import issuing
from lantoa.plans.models import Directive, DirectiveDuty, DirectiveRelation
from lantoa.plans.refusals import RefusedError

FIRST_DAY = dt.date(1945, 9, 2)
Kind = Directive.Kind


class Related(NamedTuple):
    """What the directive does to an earlier one: a `DirectiveRelation.Kind`."""

    kind: str
    other: Directive


class Asked(NamedTuple):
    """What the directive asks, of units of these kinds below its unit in the line, by a day."""

    what: str
    line: Line
    unit_kinds: tuple[str, ...]
    due_date: dt.date


@dataclass(frozen=True)
class DirectiveDraft:
    """A directive as told. Without an `issuer` the unit itself issued it. `secrecy` is a level, "" for none."""

    unit: Unit
    symbol: Symbol
    kind: str
    date: dt.date
    extract: str
    line: Line
    issuer: str = ""
    signer: str = ""
    secrecy: str = ""
    is_public: bool = False
    related: Sequence[Related] = ()
    asked: Sequence[Asked] = ()


def folded(directive: Directive) -> str:
    """What a directive is found by."""
    said = (
        directive.code,
        str(directive.get_kind_display()),
        directive.extract,
        directive.signer,
        directive.issuer,
    )
    return text.fold(" ".join(said))


def refusals(
    draft: DirectiveDraft, stands: Collection[tuple[int, int]], today: dt.date
) -> Iterator[RefusedError]:
    """Everything that is wrong with a draft.

    Args:
        stands: (unit, line) for the lines in which its unit stands or stood.

    Raises:
        SecretError: it is marked secret: nothing else of it is looked at.
    """
    if draft.secrecy:
        raise secrecy.SecretError(draft.secrecy)
    secrecy.refuse(draft.symbol.symbol, draft.extract, draft.issuer, draft.signer)
    yield from _wrong_words(draft)
    yield from _wrong_day(draft, today)
    yield from _wrong_symbol(draft)
    if (draft.unit.pk, draft.line.pk) not in stands:
        yield RefusedError(
            where="line",
            vi=f"Đơn vị không thuộc hệ thống “{draft.line.name_vi}”. Hãy chọn hệ thống mà văn bản đi xuống.",
            en=f"The unit does not stand in “{draft.line.name_en}”. Choose the line along which it goes down.",
        )
    yield from _wrong_relations(draft)
    yield from _wrong_duties(draft)


def _wrong_words(draft: DirectiveDraft) -> Iterator[RefusedError]:
    if not draft.extract.strip():
        yield RefusedError(
            where="extract",
            vi="Chưa ghi trích yếu. Hãy ghi văn bản nói về việc gì.",
            en="The abstract is missing. Say what the document is about.",
        )
    for name in ("extract", "issuer", "signer"):
        most: int = getattr(Directive._meta.get_field(name), "max_length", 0)
        if len(getattr(draft, name)) > most:
            yield RefusedError(
                where=name,
                vi=f"Mục này dài quá {most} ký tự. Hãy viết gọn lại.",
                en=f"This is longer than {most} characters. Please shorten it.",
            )


def _wrong_day(draft: DirectiveDraft, today: dt.date) -> Iterator[RefusedError]:
    refused, day, unit = partial(RefusedError, where="date"), show_day(draft.date), draft.unit
    if not FIRST_DAY <= draft.date <= today:
        yield refused(
            vi=f"Ngày ban hành {day} chưa tới hoặc quá xưa. Hãy xem lại ngày trên văn bản.",
            en=f"The date {day} has not come yet, or is too long ago. Check the date on the document.",
        )
    elif not draft.issuer and draft.date < unit.opened_date:
        yield refused(
            vi=f"Ngày {day} đơn vị chưa thành lập (thành lập {show_day(unit.opened_date)}). Hãy xem lại ngày, hoặc ghi cơ quan ban hành.",
            en=f"On {day} the unit was not open yet (it opened on {show_day(unit.opened_date)}). Check the date, or name the issuer.",
        )
    elif not draft.issuer and unit.closed_date is not None and draft.date >= unit.closed_date:
        yield refused(
            vi=f"Ngày {day} đơn vị đã kết thúc hoạt động (từ {show_day(unit.closed_date)}). Hãy vào sổ ở đơn vị kế thừa.",
            en=f"On {day} the unit had closed (on {show_day(unit.closed_date)}). File it at the unit that succeeded it.",
        )


def _wrong_symbol(draft: DirectiveDraft) -> Iterator[RefusedError]:
    symbol, refused = draft.symbol, partial(RefusedError, where="symbol")
    if draft.kind not in symbol.kinds:
        label = dict(Kind.choices).get(draft.kind, draft.kind)
        yield refused(
            vi=f"Ký hiệu {symbol.code} không phải của {label}. Hãy xem lại loại văn bản hoặc ký hiệu.",
            en=f"The symbol {symbol.code} is not that of a document of this kind. Check the kind or the symbol.",
        )
    if symbol.year is not None and symbol.year != draft.date.year:
        yield refused(
            vi=f"Ký hiệu ghi năm {symbol.year} nhưng ngày ban hành là {show_day(draft.date)}. Hãy xem lại.",
            en=f"The symbol says {symbol.year} but the date is {show_day(draft.date)}. Check them.",
        )
    rule = None if draft.issuer else issuing.rule_for(draft.unit.kind, draft.date)
    if rule is None:
        return
    office = symbol.issuer.split("-")[0]
    if symbol.style != rule.style or office not in rule.suffixes:
        mark = "-CT/" if rule.style == "party" else "/QĐ-"
        right = f"15{mark}{rule.suffixes[0]}"
        yield refused(
            vi=f"Văn bản của đơn vị này ghi như {right}; {symbol.code} là của cơ quan khác. Hãy xem lại ký hiệu hoặc ghi cơ quan ban hành.",
            en=f"Documents of this unit are written like {right}; {symbol.code} is another body's. Check the symbol, or name the issuer.",
        )
    elif draft.kind in rule.never:
        yield refused(
            vi="Theo Quy định 399-QĐ/TW, cấp này không ban hành loại văn bản đó. Hãy xem lại loại văn bản.",
            en="Under Regulation 399-QĐ/TW this level does not issue such a document. Check the kind.",
        )


def _wrong_relations(draft: DirectiveDraft) -> Iterator[RefusedError]:
    refused = partial(RefusedError, where="related")
    numbers = [each.other.pk for each in draft.related]
    if len(set(numbers)) != len(numbers):
        yield refused(
            vi="Một văn bản được nhắc hai lần. Giữa hai văn bản chỉ ghi một quan hệ.",
            en="A document is named twice. Between two documents there is one relation.",
        )
    for each in draft.related:
        if each.kind not in DirectiveRelation.Kind.values:
            yield refused(
                vi="Hãy chọn quan hệ giữa hai văn bản.", en="Choose how they are related."
            )
        if each.other.date > draft.date:
            yield refused(
                vi=f"{each.other.code} ban hành sau văn bản này ({show_day(each.other.date)}), nên không thể là văn bản gốc. Hãy ghi ngược lại.",
                en=f"{each.other.code} is later ({show_day(each.other.date)}) and cannot come before it. Relate them the other way round.",
            )


def _wrong_duties(draft: DirectiveDraft) -> Iterator[RefusedError]:
    refused = partial(RefusedError, where="asked")
    seen = set()
    for each in draft.asked:
        if each.what not in DirectiveDuty.What.values or not each.unit_kinds:
            yield refused(
                vi="Mỗi việc giao phải nói việc gì và loại đơn vị nào làm. Hãy chọn cho đủ.",
                en="What is asked needs a kind of work and kinds of unit. Choose both.",
            )
        if not set(each.unit_kinds) <= set(Unit.Kind.values):
            yield refused(
                vi="Có loại đơn vị lạ. Hãy chọn lại.", en="A kind of unit is unknown. Choose again."
            )
        if each.due_date < draft.date:
            yield refused(
                vi=f"Hạn {show_day(each.due_date)} trước ngày ban hành {show_day(draft.date)}. Hãy chọn hạn sau.",
                en=f"It is due on {show_day(each.due_date)}, before the date {show_day(draft.date)}. Choose a later day.",
            )
        if (each.what, each.line.pk, each.due_date) in seen:
            yield refused(
                vi="Một việc được giao hai lần với cùng hạn. Hãy gộp các loại đơn vị vào một dòng.",
                en="One thing is asked twice by the same day. Put the kinds of unit into one row.",
            )
        seen.add((each.what, each.line.pk, each.due_date))
