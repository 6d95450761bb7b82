"""Mô hình: the library, one practice and how it spread, the steps of its life, and taking it up."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from lantoa.desk import books, csvs, here, serves
from lantoa.desk.doors import door, page
from lantoa.desk.http import DeskRequest
from lantoa.desk.serves import Narrowed
from lantoa.desk.views.spreading import door_of, found
from lantoa.lib import dates
from lantoa.lib.dates import day_of
from lantoa.look import clock, spreading
from lantoa.orgs import queries as orgs
from lantoa.orgs import rights
from lantoa.orgs.models import Unit
from lantoa.plans.queries import movements
from lantoa.practices import actions, queries, undoing, visits
from lantoa.practices.models import Adoption, Lesson, Practice, PracticeVersion, Sign
from lantoa.practices.queries import Wanted
from lantoa.practices.refusals import AFTER

A_PAGE, SIGNS = 24, 8
# What was said last about a practice, in the session: which step, of which one, until when it can be taken back.
UNDO = "hoan-tac-mo-hinh"
REACHES, COSTS = (1, 3, 10, 30), (0, 1_000_000, 5_000_000, 20_000_000)
State = Practice.State
# What may be done next, by the name of its action: the state it leads to, and the right it needs.
STEPS: dict[str, tuple[Practice.State, str, Callable[..., Practice]]] = {
    "dang-ky": (State.REGISTERED, "practices.register", actions.register),
    "tham-dinh": (State.APPRAISED, "practices.register", actions.appraise),
    "cong-nhan": (State.RECOGNISED, "practices.recognise", actions.recognise),
    "duy-tri": (State.KEPT, "practices.register", actions.keep),
    "dung": (State.STOPPED, "practices.propose", actions.stop),
}


@require_safe
@door("practices.read")
def practices(request: DeskRequest) -> HttpResponse:
    """Searched and filtered by what stands in the address, so that it can be shared."""
    narrowed = serves.narrowed(request)
    wanted = _wanted(request, narrowed)
    found = queries.library(request.person, wanted, clock.now())
    if request.GET.get("tai") in ("csv", "xlsx"):
        return _file(request.GET["tai"], list(found))
    part = Paginator(found, A_PAGE).get_page(request.GET.get("trang"))
    names = queries.names_of({each.unit_id for each in part}, day_of(clock.now()))
    context = {
        "part": part,
        "rows": [(each, names.get(each.unit_id, "")) for each in part],
        "wanted": wanted,
        "narrowed": narrowed,
        "may_propose": bool(
            here.here(request, day_of(clock.now())).roles & rights.ACTS["practices.propose"].roles
        ),
        "is_filtered": wanted != Wanted(order=wanted.order),
        "fields": Practice.Field.choices,
        "kinds": Practice.Kind.choices,
        "states": Practice.State.choices,
        "areas": spreading.places(day_of(clock.now())),
        "reaches": REACHES,
        "costs": COSTS,
        "movement": movements.one(request.person, wanted.movement, clock.now()),
    }
    return page(request, "desk/practices/list.html", context)


def _file(form: str, found: Sequence[Practice]) -> HttpResponse:
    """The whole library as it was asked for, whatever page of it was looked at."""
    names = queries.names_of({each.unit_id for each in found}, day_of(clock.now()))
    head = [
        _("Tên"), _("Loại"), _("Lĩnh vực"), _("Trạng thái"), _("Nơi khởi đầu"), _("Ngày đăng ký"), _("Đơn vị làm theo"),
        _("Chi phí ban đầu (đồng)"), _("Cần ai"), _("Tóm tắt"),
    ]  # fmt: skip
    rows: list[list[csvs.Cell]] = [
        [
            each.title, str(each.get_kind_display()), str(each.get_field_display()), str(each.get_state_display()),
            names.get(each.unit_id, ""), dates.show_day(each.registered_date) if each.registered_date else "",
            getattr(each, "followers", 0), each.cost, each.needs, each.summary,
        ]
        for each in found
    ]  # fmt: skip
    make = csvs.csv_file if form == "csv" else books.workbook
    return make(f"mo-hinh.{form}", head, rows)


def _wanted(request: DeskRequest, narrowed: Narrowed) -> Wanted:
    asked = request.GET.get
    return Wanted(
        words=asked("tim", "")[:200],
        field=asked("linh-vuc", ""),
        kind=asked("loai", ""),
        state=asked("buoc", ""),
        place=asked("noi", "")[:20],
        reach=_number(asked("lan-toa", "")) or 0,
        cost=_number(asked("chi-phi", "")),
        movement=_number(asked("phong-trao", "")),
        objective=narrowed.objective,
        year=narrowed.year,
        order=asked("xep", ""),
    )


def _number(typed: str) -> int | None:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 13 else None


@require_safe
@door("practices.read")
def one(request: DeskRequest, pk: int) -> HttpResponse:
    return shown(request, found(request, pk))


def shown(
    request: DeskRequest, practice: Practice, wrong: Mapping[str, str] | None = None
) -> HttpResponse:
    """One practice; what was refused stands at its box, with what was typed.

    Args:
        wrong: sentences by the id of a box.
    """
    today = day_of(clock.now())
    nodes = queries.spread_of(practice, today)
    unit = here.here(request, today).unit
    kept = queries.kept_at(practice, unit, today)
    context = {
        "practice": practice,
        "unit_name": orgs.name_near(practice.unit_id, today),
        "contact_name": orgs.name_near(practice.contact_unit_id, today),
        "serves": serves.of(request, practice),
        "nodes": nodes,
        "moves": spreading.moves(nodes),
        "rest": range(nodes[-1].depth),
        "drawn": spreading.drawn(nodes, today),
        "numbers": spreading.numbers_of(nodes, today, door_of(practice)),
        "signs": _signs(practice, today),
        "lessons": _lessons(practice, today),
        "source": _number(request.GET.get("tu", "")) or 0,
        "events": queries.history_of(practice),
        "movement": movements.one(request.person, practice.movement_id, clock.now()),
        "steps": _steps(request, practice),
        "kept": _kept_elsewhere(kept, unit, today),
        "may_adopt": not kept and _may_adopt(request, practice),
        "may_amend": bool(
            queries.keepers_among(
                request.person, [practice.unit_id], clock.now(), "practices.propose"
            )
        ),
        "versions": versions_of(practice),
        "mistakes": list((wrong or {}).items()),
        "wrong": wrong or {},
        "typed": request.POST,
        "alike": queries.similar(practice.title, leave_out=practice.pk, most=3),
        "today": today,
    } | undo_of(request, practice)
    return page(request, "desk/practices/one.html", context, status=400 if wrong else 200)


def _kept_elsewhere(
    kept: Sequence[Adoption], unit: Unit, today: dt.date
) -> list[tuple[Adoption, str]]:
    """What was learned from somebody and is kept at my unit, or at one below it whose name stands beside it."""
    return [
        (each, orgs.name_near(each.unit_id, today) if each.unit_id != unit.pk else "")
        for each in kept
        if each.learned_from_id
    ]


def undo_of(request: DeskRequest, practice: Practice) -> dict[str, Any]:
    """The step that was said just now about this practice, while it can be taken back."""
    kept: dict[str, Any] | None = request.session.get(UNDO)
    if not kept or kept["practice"] != practice.pk:
        return {}
    if dt.datetime.fromisoformat(kept["until"]) <= clock.now():
        return {}
    return {"undo": kept, "undo_seconds": undoing.UNDO_SECONDS}


def versions_of(practice: Practice) -> list[tuple[PracticeVersion, list[str]]]:
    """What it said at each version, the newest first, and the names of what differs from the one before."""
    versions = list(queries.versions_of(practice))
    before = [*versions, None][1:]
    return [
        (each, _differing(each.told, last.told) if last else [])
        for each, last in zip(versions, before, strict=True)
    ]


def _differing(now: Mapping[str, object], before: Mapping[str, object]) -> list[str]:
    return [str(words) for name, words in CALLED.items() if now.get(name) != before.get(name)]


def _signs(practice: Practice, today: dt.date) -> list[tuple[Sign, str]]:
    """The newest records that show it, each with the name of the unit that held it."""
    shown = list(queries.signs_of(practice)[:SIGNS])
    names = queries.names_of({each.activity.unit_id for each in shown}, today)
    return [(each, names.get(each.activity.unit_id, "")) for each in shown]


def _lessons(practice: Practice, today: dt.date) -> list[tuple[Lesson, str]]:
    """What units learned of it on exchange visits, each with the unit's name."""
    told = list(visits.lessons_about(practice)[:SIGNS])
    names = queries.names_of({each.unit_id for each in told}, today)
    return [(each, names.get(each.unit_id, "")) for each in told]


def _steps(request: DeskRequest, practice: Practice) -> list[tuple[str, str]]:
    """What the one who looks may do next."""
    found = []
    for name, (state, act, _action) in STEPS.items():
        if practice.state not in AFTER[state]:
            continue
        may = (
            bool(queries.keepers_among(request.person, [practice.unit_id], clock.now(), act))
            if state == State.STOPPED
            else queries.may_judge(request.person, practice, act, clock.now())
        )
        if may:
            found.append((name, str(WORDS[name])))
    return found


CALLED = {
    "title": gettext_lazy("tên"),
    "summary": gettext_lazy("tóm tắt"),
    "steps": gettext_lazy("cách làm"),
    "kind": gettext_lazy("loại"),
    "field": gettext_lazy("lĩnh vực"),
    "holder": gettext_lazy("của ai"),
    "cost": gettext_lazy("chi phí"),
    "needs": gettext_lazy("cần ai"),
    "contact_role": gettext_lazy("hỏi ai"),
    "task": gettext_lazy("nhiệm vụ"),
    "movement": gettext_lazy("phong trào"),
    "objectives": gettext_lazy("mục tiêu"),
}
WORDS = {
    "dang-ky": gettext_lazy("Đăng ký"),
    "tham-dinh": gettext_lazy("Thẩm định xong"),
    "cong-nhan": gettext_lazy("Công nhận"),
    "duy-tri": gettext_lazy("Ghi nhận đang duy trì"),
    "dung": gettext_lazy("Dừng mô hình"),
}


def _may_adopt(request: DeskRequest, practice: Practice) -> bool:
    unit = here.here(request, day_of(clock.now())).unit
    is_open = practice.registered_date is not None and practice.state != State.STOPPED
    may = rights.units_among(request.person, "practices.adopt", [unit.pk], clock.now())
    return is_open and practice.unit_id != unit.pk and may.exists()
