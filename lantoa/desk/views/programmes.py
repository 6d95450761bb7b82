"""Chương trình: programmes with milestones and themes, the objectives of the term and how far each is served."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lantoa.desk import here, parted, serving
from lantoa.desk.doors import door, lang, page
from lantoa.desk.forms import boxes
from lantoa.desk.forms.boxes import Box, Boxes
from lantoa.desk.http import DeskRequest, year_asked
from lantoa.desk.parted import Stands
from lantoa.desk.views.plans import whole
from lantoa.lib import text
from lantoa.lib.dates import day_of
from lantoa.lib.errors import LantoaError
from lantoa.look import clock
from lantoa.orgs import rights
from lantoa.orgs.models import Unit
from lantoa.plans.actions import programmes as actions
from lantoa.plans.models import Milestone, Objective, Theme
from lantoa.plans.queries import directives
from lantoa.plans.queries import programmes as queries
from lantoa.plans.queries.programmes import Served
from lantoa.practices import served as practices
from lantoa.work import served

A_PAGE, YEARS_SHOWN = 30, 3
NONE = Served(0, frozenset())


@require_safe
@door("plans.read")
def programmes(request: DeskRequest) -> HttpResponse:
    now, today = clock.now(), day_of(clock.now())
    year = year_asked(request, today.year)
    found = list(queries.seen_by(request.person, now))
    units = {each.unit_id for each in found}
    themes = [theme for each in found for theme in each.themes.all()]
    units |= {theme.unit_id for theme in themes}
    context = {
        "programmes": found,
        "names": serving.named(units, today),
        "terms": _terms(request, year),
        "themes": _themes(request, themes),
        "year": year,
        "years": range(today.year + 1, 2019, -1),
        "may_define": _may(request),
        "lang": lang(),
    }
    return page(request, "desk/programmes/list.html", context)


@require_safe
@door("plans.read")
def objective(request: DeskRequest, pk: int) -> HttpResponse:
    """What was held for an objective in a year, as far as one may read it."""
    found = next(
        (each for each in queries.objectives(request.person, clock.now()) if each.pk == pk), None
    )
    if found is None:
        raise Http404
    year = year_asked(request, day_of(clock.now()).year)
    now = clock.now()
    held = served.for_objective(found, year, request.person, now)
    _count, units = served.by_objective(year, request.person, now).get(pk, (0, frozenset()))
    units |= queries.served_by_tasks(year, request.person, now).get(pk, NONE).units
    models, homes = practices.by_objective(year).get(pk, (0, frozenset()))
    units |= homes
    part = Paginator(held, A_PAGE).get_page(request.GET.get("trang"))
    stands = parted.of(request, "objective", pk, year, day_of(now))
    context = {
        "part": part,
        "rows": serving.rows(list(part), day_of(clock.now())),
        "tally": stands.tally,
        "door": stands.door,
        "models": models,
        "models_door": f"{reverse('desk:practices')}?muc-tieu={pk}&nam={year}",
        "units": sorted(serving.named(set(units), day_of(now)).values(), key=text.sort_key),
        "heading": f"{found.title}, {year}",
        "back": f"{reverse('desk:programmes')}?nam={year}",
        "back_name": _("Chương trình"),
    }
    return page(request, "desk/programmes/served.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@door("plans.define")
def define(request: DeskRequest, code: str) -> HttpResponse:
    """A new programme, milestone, theme or objective, of the unit where one works."""
    if code not in FORMS:
        raise Http404
    heading, boxes_of, keep, names = FORMS[code]
    now = clock.now()
    unit = here.here(request, day_of(now)).unit
    typed = dict(request.POST.lists()) if request.method == "POST" else None
    form = boxes.of(boxes_of(request), typed)
    if request.method == "POST":
        rights.require(request.person, "plans.define", unit, now)
        try:
            if keep(request, form, unit):
                messages.success(request, _("Đã ghi."))
                return redirect("desk:programmes")
        except rights.NotAllowedError:
            raise
        except LantoaError as error:
            form.refuse(error, names, "ten")
    context = {
        "form": form,
        "heading": heading(),
        "action": _("Ghi"),
        "back": reverse("desk:programmes"),
        "back_name": _("Chương trình"),
    }
    return page(request, "desk/boxes.html", context, status=400 if form.wrong else 200)


def _terms(request: DeskRequest, year: int) -> list[dict[str, Any]]:
    """The objectives of the terms of a year, by term and kind, each with the tasks, activities and practices of the year and the
    units behind them. Of a term before or after, only what was served nevertheless.
    """
    now, of_year = clock.now(), (dt.date(year, 1, 1), dt.date(year, 12, 31))
    tasks = queries.served_by_tasks(year, request.person, now)
    stands = parted.by_part(request, "objective", year, day_of(now))
    held = served.by_objective(year, request.person, now)
    kept = practices.by_objective(year)
    told: dict[int, dict[str, Any]] = {}
    for each in queries.objectives(request.person, now):
        count, units = held.get(each.pk, (0, frozenset()))
        mine = tasks.get(each.pk, NONE)
        models, homes = kept.get(each.pk, (0, frozenset()))
        row = (
            each,
            len(mine.units | units | homes),
            mine.tasks,
            count,
            models,
            stands.get(each.pk),
        )
        if not each.term.runs(*of_year) and not any(row[1:5]):
            continue
        term = told.setdefault(each.term_id, {"term": each.term, "kinds": {}})
        term["kinds"].setdefault(str(each.get_kind_display()), []).append(row)
    return list(told.values())


def _themes(request: DeskRequest, themes: Sequence[Theme]) -> dict[int, Stands]:
    """How the tasks under each theme stand: a reading for each year of which there are themes."""
    found: dict[int, Stands] = {}
    for year in sorted({each.year for each in themes})[-YEARS_SHOWN:]:
        found |= parted.by_part(request, "theme", year, day_of(clock.now()))
    return found


def _may(request: DeskRequest) -> bool:
    roles = here.here(request, day_of(clock.now())).roles
    return bool(roles & rights.ACTS["plans.define"].roles)


def _programme_boxes(_request: DeskRequest) -> list[Box]:
    return [
        Box("ten", _("Tên chương trình")),
        Box("tu", _("Từ ngày"), "day"),
        Box("den", _("Đến trước ngày"), "day", is_needed=False),
        Box("van-ban", _("Theo văn bản"), is_needed=False, hint=_("Số và ký hiệu của văn bản đã vào sổ.")),
    ]  # fmt: skip


def _milestone_boxes(request: DeskRequest) -> list[Box]:
    return [
        Box("chuong-trinh", _("Chương trình"), "choice", _mine(request)),
        Box("loai", _("Loại"), "choice", _told(Milestone.Kind.choices)),
        Box("ten", _("Nội dung")),
        Box("ngay", _("Ngày"), "day"),
    ]


def _theme_boxes(request: DeskRequest) -> list[Box]:
    english = lang() == "en"
    topics = [(each.code, each.name_en if english else each.name_vi) for each in queries.topics()]
    found = queries.seen_by(request.person, clock.now())
    return [
        Box("chuong-trinh", _("Chương trình"), "choice", [(str(each.pk), each.name) for each in found]),
        Box("nam", _("Năm")),
        Box("ten", _("Tên đầy đủ của chuyên đề"), "long", most=500),
        Box("van-ban", _("Theo văn bản"), is_needed=False, hint=_("Số và ký hiệu của văn bản đã vào sổ.")),
        Box("noi-dung", _("Nội dung học tập"), "many", topics, is_needed=False),
    ]  # fmt: skip


def _objective_boxes(_request: DeskRequest) -> list[Box]:
    terms = [
        (str(each.pk), f"{each.name} ({each.get_level_display()})") for each in queries.terms()
    ]
    return [
        Box("nhiem-ky", _("Nhiệm kỳ"), "choice", terms),
        Box("loai", _("Loại"), "choice", _told(Objective.Kind.choices)),
        Box("thu-tu", _("Thứ tự")),
        Box("ten", _("Nội dung")),
    ]


def _told(choices: Sequence[tuple[Any, Any]]) -> list[tuple[str, str]]:
    return [(str(value), str(label)) for value, label in choices]


def _mine(request: DeskRequest) -> list[tuple[str, str]]:
    """The programmes at whose unit they may set milestones."""
    allowed = rights.allowed(request.person, "plans.define", clock.now()).values("pk")
    found = queries.seen_by(request.person, clock.now()).filter(unit__in=allowed)
    return [(str(each.pk), each.name) for each in found]


def _by(request: DeskRequest) -> dict[str, Any]:
    return {"by": request.person, "at": clock.now()}


def _directive(request: DeskRequest, form: Boxes) -> Any:
    typed = form.text("van-ban")
    seen = directives.seen_by(request.person, clock.now())
    found = directives.by_code(seen, typed) if typed else None
    if typed and found is None:
        form.wrong["van-ban"] = _("Không thấy văn bản này trong sổ. Vào sổ văn bản đó trước, hoặc bỏ trống.")  # fmt: skip
    return found


def _programme(request: DeskRequest, form: Boxes) -> Any:
    number = whole(form.choice("chuong-trinh"), 0)
    return queries.seen_by(request.person, clock.now()).filter(pk=number).first()


def _number(form: Boxes, name: str) -> int:
    number = whole(form.text(name), 0)
    if not 0 < number < 10_000:
        form.wrong[name] = _("Ghi một số.")
    return number


def _keep_programme(request: DeskRequest, form: Boxes, unit: Unit) -> object:
    told: dict[str, Any] = {
        "name": form.text("ten"), "start_date": form.day("tu"), "end_date": form.day("den"),
        "directive": _directive(request, form),
    }  # fmt: skip
    return not form.wrong and actions.found(unit=unit, **told, **_by(request))


def _keep_milestone(request: DeskRequest, form: Boxes, _unit: Unit) -> object:
    told: dict[str, Any] = {
        "programme": _programme(request, form), "kind": form.choice("loai"), "name": form.text("ten"),
        "date": form.day("ngay"),
    }  # fmt: skip
    return not form.wrong and actions.set_milestone(**told, **_by(request))


def _keep_theme(request: DeskRequest, form: Boxes, unit: Unit) -> object:
    chosen = form.many("noi-dung")
    told: dict[str, Any] = {
        "programme": _programme(request, form), "year": _number(form, "nam"), "title": form.text("ten"),
        "directive": _directive(request, form), "topics": [each for each in queries.topics() if each.code in chosen],
    }  # fmt: skip
    return not form.wrong and actions.set_theme(unit=unit, **told, **_by(request))


def _keep_objective(request: DeskRequest, form: Boxes, unit: Unit) -> object:
    number = whole(form.choice("nhiem-ky"), 0)
    told: dict[str, Any] = {
        "term": next((each for each in queries.terms() if each.pk == number), None),
        "kind": form.choice("loai"), "position": _number(form, "thu-tu"), "title": form.text("ten"),
    }  # fmt: skip
    return not form.wrong and actions.set_objective(unit=unit, **told, **_by(request))


Keep = Callable[[DeskRequest, Boxes, Unit], object]
FORMS: Mapping[
    str, tuple[Callable[[], str], Callable[[DeskRequest], list[Box]], Keep, Mapping[str, str]]
] = {
    "chuong-trinh": (lambda: _("Thêm chương trình"), _programme_boxes, _keep_programme, {"end_date": "den"}),
    "moc": (lambda: _("Thêm mốc đánh giá"), _milestone_boxes, _keep_milestone, {"date": "ngay"}),
    "chuyen-de": (lambda: _("Thêm chuyên đề năm"), _theme_boxes, _keep_theme, {"year": "nam"}),
    "muc-tieu": (lambda: _("Thêm mục tiêu nhiệm kỳ"), _objective_boxes, _keep_objective, {}),
}  # fmt: skip
