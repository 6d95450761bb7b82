"""Who may do what, where: roles in plain words, and `require()`, the first line of every action.

A role counts for the unit where it is held and for all that stands below it, in the line in which it
is held, as the structure stands on the day of the act. A unit that has closed is judged where it stood
on its last day (someone must still be able to mend its records), one not yet open where it will stand
on its first. An administrator who holds a post at no unit may do everything everywhere: the founder.
"""

import datetime as dt
from collections.abc import Collection
from functools import cache, reduce
from operator import or_
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from lantoa.lib import dates
from lantoa.lib.errors import LantoaError
from lantoa.orgs.models import Closure, Line, Person, Post, Unit

ROLES = {
    Post.Role.RECORDER: _("ghi hoạt động và gửi biểu của đơn vị mình và các đơn vị bên dưới"),
    Post.Role.REVIEWER: _("làm việc của người ghi, xem và hỏi lại, duyệt biểu, ban hành báo cáo"),
    Post.Role.APPROVER: _("xem, hỏi lại, duyệt biểu, ban hành báo cáo"),
    Post.Role.LEADER: _("xem bảng điều hành, báo cáo và mọi con số tới từng hồ sơ"),
    Post.Role.BOARD: _("xem hồ sơ và xét khen thưởng"),
    Post.Role.INSPECTOR: _("xem hồ sơ và kiểm tra, giám sát"),
    Post.Role.ANSWERER: _("trả lời câu hỏi của người dân"),
    Post.Role.EDITOR: _("viết và đăng bài trên trang công khai"),
    Post.Role.ADMINISTRATOR: _(
        "làm mọi việc, và sửa cơ cấu tổ chức, giao chức vụ, định nghĩa chỉ tiêu"
    ),
}

_ADMINISTRATOR = frozenset({Post.Role.ADMINISTRATOR})
_REVIEWER = _ADMINISTRATOR | {Post.Role.REVIEWER, Post.Role.APPROVER}
_RECORDER = _ADMINISTRATOR | {Post.Role.REVIEWER, Post.Role.RECORDER}
_OVERSEER = _REVIEWER | {Post.Role.LEADER, Post.Role.INSPECTOR, Post.Role.BOARD}
_VOTER = _ADMINISTRATOR | {Post.Role.BOARD, Post.Role.LEADER, Post.Role.APPROVER}
_INSPECTOR = _ADMINISTRATOR | {Post.Role.INSPECTOR}
_ANYONE = frozenset(Post.Role)


class Act(NamedTuple):
    """An act, who may do it, and its name in a sentence."""

    roles: frozenset[Post.Role]
    vi: str
    en: str


ACTS = {
    "desk.enter": Act(_ANYONE, "vào khu làm việc", "enter the work area"),
    "desk.oversee": Act(_OVERSEER, "xem bảng điều hành", "see the overview"),
    "orgs.open": Act(_ADMINISTRATOR, "lập đơn vị", "open units"),
    "orgs.change": Act(_ADMINISTRATOR, "sửa cơ cấu tổ chức", "change the structure"),
    "orgs.appoint": Act(_ADMINISTRATOR, "giao chức vụ", "appoint people"),
    "ledger.define": Act(_ADMINISTRATOR, "định nghĩa chỉ tiêu", "define measures"),
    "ledger.post": Act(_RECORDER, "ghi sổ cái", "post to the ledger"),
    "work.define": Act(
        _ADMINISTRATOR, "định nghĩa hình thức hoạt động", "define kinds of activity"
    ),
    "work.read": Act(_RECORDER | _OVERSEER, "xem hoạt động đã ghi", "see what was recorded"),
    "work.record": Act(_RECORDER, "ghi hoạt động", "record activities"),
    "work.correct": Act(_RECORDER, "sửa hoạt động", "correct activities"),
    "work.withdraw": Act(_RECORDER, "rút hoạt động", "withdraw activities"),
    "inspections.read": Act(
        _RECORDER | _OVERSEER, "xem kiểm tra, giám sát", "see inspections and findings"
    ),
    "inspections.plan": Act(_INSPECTOR, "lập kế hoạch kiểm tra", "plan inspections"),
    "inspections.inspect": Act(_INSPECTOR, "kiểm tra, giám sát", "inspect and supervise"),
    "inspections.fix": Act(_RECORDER, "khắc phục việc phải sửa", "mend findings"),
    "inspections.close": Act(
        _INSPECTOR, "kiểm lại việc đã khắc phục", "look again at what was mended"
    ),
    "practices.read": Act(_ANYONE, "xem mô hình", "see practices"),
    "practices.propose": Act(
        _RECORDER, "đề xuất, sửa, dừng mô hình", "propose, mend and stop practices"
    ),
    "practices.register": Act(
        _REVIEWER, "đăng ký, thẩm định mô hình", "register and appraise practices"
    ),
    "practices.recognise": Act(
        _ADMINISTRATOR | {Post.Role.APPROVER, Post.Role.BOARD},
        "công nhận mô hình",
        "recognise practices",
    ),
    "practices.adopt": Act(_RECORDER, "làm theo mô hình", "follow practices"),
    "plans.read": Act(_RECORDER | _OVERSEER, "xem kế hoạch, nhiệm vụ", "see plans and tasks"),
    "plans.plan": Act(_RECORDER, "lập kế hoạch, đăng ký nhiệm vụ", "plan and register tasks"),
    "plans.review": Act(_REVIEWER, "duyệt kế hoạch", "review plans"),
    "plans.file": Act(_RECORDER, "vào sổ văn bản", "file directives"),
    "plans.define": Act(
        _REVIEWER, "lập chương trình, chuyên đề, mục tiêu", "set programmes, themes and objectives"
    ),
    "plans.launch": Act(_REVIEWER, "phát động phong trào", "launch movements"),
    "plans.join": Act(_RECORDER, "tham gia phong trào", "join and leave movements"),
    "submissions.define": Act(_ADMINISTRATOR, "định nghĩa biểu", "define sheets"),
    "submissions.send": Act(_RECORDER, "gửi biểu", "send sheets"),
    "submissions.review": Act(_REVIEWER, "duyệt và hỏi lại biểu", "review sheets"),
    "submissions.return": Act(_REVIEWER, "trả lại biểu", "return sheets"),
    "submissions.approve": Act(_REVIEWER, "duyệt biểu", "approve sheets"),
    "awards.read": Act(
        _RECORDER | _OVERSEER, "xem hồ sơ khen thưởng", "see nominations and awards"
    ),
    "awards.nominate": Act(_RECORDER, "đề nghị khen thưởng", "nominate"),
    "awards.confirm": Act(_REVIEWER, "xác nhận báo cáo thành tích", "confirm reports of merit"),
    "awards.appraise": Act(
        _ADMINISTRATOR | {Post.Role.BOARD}, "thẩm định hồ sơ khen thưởng", "appraise nominations"
    ),
    "awards.vote": Act(_VOTER, "bỏ phiếu trong hội đồng", "vote in a council"),
    "awards.decide": Act(
        _ADMINISTRATOR | {Post.Role.BOARD, Post.Role.APPROVER},
        "ban hành quyết định khen thưởng",
        "issue decisions on awards",
    ),
    "awards.revoke": Act(
        _ADMINISTRATOR | {Post.Role.BOARD, Post.Role.APPROVER},
        "thu hồi khen thưởng",
        "revoke awards",
    ),
    "enquiries.answer": Act(
        _ADMINISTRATOR | {Post.Role.ANSWERER}, "trả lời dân", "answer citizens"
    ),
    "enquiries.route": Act(_ADMINISTRATOR, "phân công trả lời dân", "say who answers citizens"),
    "warehouse.seal": Act(_ADMINISTRATOR, "niêm phong sổ cái", "seal the ledger"),
    "articles.write": Act(
        frozenset({Post.Role.EDITOR}), "viết bài cho trang công khai", "write for the public site"
    ),
    "articles.lay_out": Act(
        _ADMINISTRATOR | {Post.Role.EDITOR}, "dựng trang công khai", "lay out the public site"
    ),
    "reports.define": Act(_ADMINISTRATOR, "sửa mẫu báo cáo", "change report templates"),
    "reports.issue": Act(_REVIEWER, "ban hành báo cáo", "issue reports"),
}

# Stand-ins, which no row and no day will ever be, and up to how many units a question is kept as it was written.
_SOMEBODY, _SOMEWHERE, _SOME_DAY, _WRITTEN = -1, -1_000_000, dt.date(1, 2, 3), 4

# What a trusted phone may go on doing after the login on it has lapsed: to record, and to see what is to be recorded.
ON_A_TRUSTED_PHONE = frozenset({"desk.enter", "work.record", "work.correct", "work.withdraw"})


class NotAllowedError(LantoaError):
    """No post gives this right here today. A unit that does not exist answers the same."""

    def __init__(self, act: Act) -> None:
        super().__init__(
            vi=(
                f"Bạn không có quyền {act.vi} ở đơn vị này, hoặc không có đơn vị như vậy. "
                "Hãy nhờ người quản trị của đơn vị cấp trên giao quyền."
            ),
            en=(
                f"You may not {act.en} at this unit, or there is no such unit. "
                "Ask the administrator of the unit above for the right."
            ),
        )


def require(by: Person, act: str, unit: Unit | None, at: dt.datetime) -> None:
    """Let `by` do the act at the unit at that moment, or refuse.

    Args:
        act: a key of `ACTS`.
        unit: None asks for a post anywhere that gives the right.

    Raises:
        NotAllowedError: no post of theirs gives the right.
    """
    if unit is not None:
        require_all(by, act, [unit.pk], at)
    elif not _posts(by, act, dates.day_of(at)).exists():
        raise NotAllowedError(ACTS[act])


def require_all(by: Person, act: str, unit_ids: Collection[int], at: dt.datetime) -> None:
    """Let `by` do the act at each of the units, or refuse all. Two queries, however many units.

    Raises:
        NotAllowedError: for one of them at least, no post of theirs gives the right.
    """
    wanted = set(unit_ids)
    if _how_many_among(by, act, wanted, at) != len(wanted):
        raise NotAllowedError(ACTS[act])


def require_subtree(by: Person, act: str, line: Line, unit: Unit, at: dt.datetime) -> None:
    """Let `by` do the act at the unit and at all that a post there, in that line, would count for.

    A unit's subtree differs from line to line: who may act at the unit may not at all that hangs below it elsewhere.

    Raises:
        NotAllowedError: a unit of that subtree lies outside, or the unit does not stand in the line.
    """
    below = Closure.objects.filter(_judged_on(dates.day_of(at)), line=line, ancestor=unit)
    outside = below.exclude(unit__in=allowed(by, act, at))
    if not below.exists() or outside.exists():
        raise NotAllowedError(ACTS[act])


def is_everywhere(by: Person, act: str, at: dt.datetime) -> bool:
    """Whether `by` holds the right at no particular unit: a founder."""
    return _posts(by, act, dates.day_of(at)).filter(unit=None).exists()


def require_everywhere(by: Person, act: str, at: dt.datetime) -> None:
    """Let `by` do what lies in nobody's subtree: a founder.

    Raises:
        NotAllowedError: no post of theirs gives the right at no particular unit.
    """
    if not is_everywhere(by, act, at):
        raise NotAllowedError(ACTS[act])


def units_among(by: Person, act: str, unit_ids: Collection[int], at: dt.datetime) -> QuerySet[Unit]:
    """Those of the units at which `by` may do the act at that moment."""
    return allowed(by, act, at).filter(pk__in=unit_ids)


def allowed(by: Person, act: str, at: dt.datetime) -> QuerySet[Unit]:
    """All units at which `by` may do the act at that moment. Asks for their posts first: one query, answered at once.

    Lists put this into their own questions, several times in some. A question that names the few posts is a third as long
    as one that looks for them unit by unit, for Django to write and for the database to answer.
    """
    day = dates.day_of(at)
    held = list(_posts(by, act, day).values_list("line", "unit").distinct())
    if any(unit is None for _line, unit in held):
        return Unit.objects.all()
    tops = [Q(line=line, ancestor=unit) for line, unit in held]
    if not tops:
        return Unit.objects.none()
    here = Closure.objects.filter(_judged_on(day), reduce(or_, tops), unit=OuterRef("pk"))
    return Unit.objects.filter(Exists(here))


def _how_many_among(by: Person, act: str, wanted: set[int], at: dt.datetime) -> int:
    """`units_among(…).count()`. Every action asks this first, and Django takes longer to write the question than the
    database to answer it: so it is written once for each act, with stand-ins, and asked with what is meant.
    """
    if not 0 < len(wanted) <= _WRITTEN:
        return units_among(by, act, wanted, at).count()
    question, places = _question(connection.vendor, act, len(wanted))
    day = connection.ops.adapt_datefield_value(dates.day_of(at))
    meant = {_SOMEBODY: by.pk, connection.ops.adapt_datefield_value(_SOME_DAY): day}
    meant |= dict(zip(range(_SOMEWHERE, _SOMEWHERE + len(wanted)), wanted, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(question, [meant.get(each, each) for each in places])
        return int(cursor.fetchone()[0])


def _allowed_in_one(by: Person, act: str, day: dt.date) -> QuerySet[Unit]:
    """The same as `allowed`, as one question that knows nothing of anybody yet."""
    posts = _posts(by, act, day)
    here = Closure.objects.filter(
        _judged_on(day),
        line=OuterRef("line"),
        ancestor=OuterRef("unit"),
        unit=OuterRef(OuterRef("pk")),
    )
    everywhere = Exists(posts.filter(unit=None))
    return Unit.objects.filter(everywhere | Exists(posts.filter(Exists(here))))


@cache
def _question(vendor: str, act: str, units: int) -> tuple[str, tuple[Any, ...]]:
    somebody, somewhere = Person(pk=_SOMEBODY), range(_SOMEWHERE, _SOMEWHERE + units)
    asked = _allowed_in_one(somebody, act, _SOME_DAY).filter(pk__in=somewhere)
    written = asked.order_by().values("pk").query.sql_with_params()
    return f"SELECT COUNT(*) FROM ({written[0]}) AS them", written[1]  # noqa: S608


def _posts(by: Person, act: str, day: dt.date) -> QuerySet[Post]:
    """The posts that give the right on the day."""
    return Post.objects.filter(
        Q(end_date=None) | Q(end_date__gt=day),
        person_id=by.pk,
        role__in=ACTS[act].roles,
        start_date__lte=day,
    )


def _judged_on(day: dt.date) -> Q:
    """The closure rows of the day; of the last day of a closed unit, the first of one not yet open."""
    on_the_day = Q(start_date__lte=day) & (Q(end_date=None) | Q(end_date__gt=day))
    closed = Q(unit__closed_date__lte=day, end_date=F("unit__closed_date"))
    not_yet_open = Q(unit__opened_date__gt=day, start_date=F("unit__opened_date"))
    return on_the_day | closed | not_yet_open
