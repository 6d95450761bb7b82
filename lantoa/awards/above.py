"""What a higher authority decided about dossiers sent up to it, written down with its own number and date.

Some forms of award nobody here gives (`rules.toml`: `levels` is empty): a council votes on them, and the dossier goes
up. It counts in no figure of the province's own awards.
"""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from lantoa.awards import law
from lantoa.awards.actions import refuse_awarded
from lantoa.awards.drafts import clean
from lantoa.awards.models import Award, Decision, Kind, Nomination
from lantoa.awards.steps import refuse_elsewhere, step
from lantoa.lib.dates import day_of, show_day
from lantoa.lib.errors import RefusedError
from lantoa.orgs import rights
from lantoa.orgs.models import Person

State = Nomination.State
# `1234/QĐ-TTg`: a number, then whose.
SYMBOL = re.compile(r"[0-9]+ ?[/-] ?[\w/.-]{1,40}")
LONGEST = 120


@dataclass(frozen=True, kw_only=True)
class FromAbove:
    """A decision as it stands on paper: who decided, its number and symbol, its date, who signed."""

    authority: str
    symbol: str
    date: dt.date
    signer_post: str = ""


@transaction.atomic
def record(
    *, nominations: Sequence[Nomination], told: FromAbove, by: Person, at: dt.datetime
) -> Decision:
    """Write down that a higher authority has given what a council here agreed to.

    Raises:
        AlreadyAwardedError: one achievement is not awarded twice (A6.1).
        RefusedError: this unit decides that form itself; the dossiers are of several units or forms; no number, a day
            that cannot be, or a decision that was written down before.
    """
    rights.require_all(by, "awards.decide", {each.decider_id for each in nominations}, at)
    refuse_elsewhere(nominations, (State.PASSED,))
    first = _one_list(nominations)
    told = FromAbove(
        authority=clean(told.authority),
        symbol=clean(told.symbol),
        date=told.date,
        signer_post=clean(told.signer_post),
    )
    _refuse_wrong_words(told.authority, told.symbol)
    _refuse_wrong_day(nominations, told.date, day_of(at))
    _refuse_known(told)
    refuse_awarded(nominations)
    decision = _written(first, told, by, at)
    step(nominations, (State.PASSED,), {"state": State.DECIDED})
    listed = sorted(nominations, key=lambda each: (each.kind != Kind.COLLECTIVE, each.pk))
    Award.objects.bulk_create(
        Award(nomination=each, decision=decision, position=place)
        for place, each in enumerate(listed, start=1)
    )
    return decision


def _written(first: Nomination, told: FromAbove, by: Person, at: dt.datetime) -> Decision:
    try:
        with transaction.atomic():
            return Decision.objects.create(
                unit=first.decider,
                number=0,
                authority=told.authority,
                symbol=told.symbol,
                date=told.date,
                series_date=told.date.replace(month=1, day=1),
                form=first.form,
                achievement=first.achievement,
                signer_post=told.signer_post or told.authority,
                issued_at=at,
                issued_by=by,
            )
    except IntegrityError:
        # Written down twice at once: the other one was faster.
        raise _known(told) from None


def _one_list(nominations: Sequence[Nomination]) -> Nomination:
    if not nominations or len({(each.decider_id, each.form) for each in nominations}) > 1:
        raise RefusedError(
            where="ho-so",
            vi="Một quyết định chỉ gồm hồ sơ gửi một cấp, khen bằng một hình thức. Chọn lại.",
            en="One decision holds dossiers sent to one level, for one form of award. Choose again.",
        )
    first = nominations[0]
    if not law.is_decided_above(first.form, day_of(first.recorded_at)):
        raise RefusedError(
            where="hinh-thuc",
            vi="Hình thức này do đơn vị tự quyết định: lập quyết định ở bàn của hội đồng.",
            en="This unit decides that form itself: issue the decision at the council's desk.",
        )
    return first


def _refuse_wrong_words(authority: str, symbol: str) -> None:
    if not authority or len(authority) > LONGEST:
        raise RefusedError(
            where="cap-tren",
            vi=f"Ghi cấp đã ra quyết định, tối đa {LONGEST} ký tự, như “Thủ tướng Chính phủ”.",
            en=f"Say who decided, in at most {LONGEST} characters, such as “Thủ tướng Chính phủ”.",
        )
    if not SYMBOL.fullmatch(symbol):
        raise RefusedError(
            where="so-cap-tren",
            vi="Ghi số, ký hiệu như in trên quyết định, ví dụ 1234/QĐ-TTg.",
            en="Give the number and symbol as the decision prints them, such as 1234/QĐ-TTg.",
        )


def _refuse_wrong_day(nominations: Sequence[Nomination], date: dt.date, today: dt.date) -> None:
    sent = [each.sent_date for each in nominations if each.sent_date]
    if date > today or (sent and date < max(sent)):
        first = show_day(max(sent)) if sent else show_day(today)
        raise RefusedError(
            where="ngay-cap-tren",
            vi=f"Ngày {show_day(date)} chưa đúng: ghi ngày trên quyết định, từ {first} (ngày gửi hồ sơ) đến hôm nay.",
            en=f"{show_day(date)} cannot be: give the day of the decision, from {first} (the dossier was sent) to today.",
        )


def _refuse_known(told: FromAbove) -> None:
    written = Decision.objects.filter(authority=told.authority, symbol=told.symbol, date=told.date)
    if written.exists():
        raise _known(told)


def _known(told: FromAbove) -> RefusedError:
    symbol, day = told.symbol, show_day(told.date)
    return RefusedError(
        where="so-cap-tren",
        vi=f"Quyết định {symbol} ngày {day} đã ghi rồi. Ghi mọi hồ sơ của một quyết định trong một lần.",
        en=f"The decision {symbol} of {day} is written down already. Write all its dossiers down at once.",
    )
