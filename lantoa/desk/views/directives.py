"""Văn bản: the register, one directive with what it asks, who has done it; filing and taking back."""

import datetime as dt

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lantoa.desk import csvs, directing, here
from lantoa.desk.doors import door, lang, page
from lantoa.desk.http import DeskRequest, year_asked
from lantoa.desk.views.descent import LEAD, TOLD
from lantoa.desk.views.plans import whole
from lantoa.keeping import files, papers
from lantoa.lib.dates import day_of, show_day
from lantoa.look import clock, documents
from lantoa.orgs import queries as orgs
from lantoa.orgs import rights
from lantoa.plans.models import Directive
from lantoa.plans.queries import directives as queries
from lantoa.plans.queries import trees
from lantoa.plans.queries.directives import State, Wanted
from lantoa.work import directed

A_PAGE = 30
SORTS = {
    "-ngay": ("-date", "-pk"), "ngay": ("date", "pk"), "so": ("symbol", "number", "pk"), "-so": ("-symbol", "-number", "pk"),
}  # fmt: skip
CSV = "csv"


@require_safe
@door("plans.read")
def directives(request: DeskRequest) -> HttpResponse:
    """Searched, filtered and sorted by what stands in the address."""
    now, asked = clock.now(), request.GET
    today, sort = day_of(now), asked.get("xep", "-ngay")
    wanted = Wanted(
        words=asked.get("tim", "")[:200], kind=_kind(asked.get("loai", "")), line=asked.get("he-thong", ""),
        issued_by=asked.get("co-quan", "")[:200], signer=asked.get("nguoi-ky", "")[:120],
        year=year_asked(request, 0) or None, withdrawn=asked.get("xem") == "rut",
    )  # fmt: skip
    found = queries.search(queries.seen_by(request.person, now), wanted)
    found = found.order_by(*SORTS.get(sort, SORTS["-ngay"]))
    if asked.get("tai") == CSV:
        return _exported(found)
    part = Paginator(found, A_PAGE).get_page(asked.get("trang"))
    context = {
        "part": part,
        "rows": documents.rows(list(part)),
        "wanted": wanted,
        "sort": sort,
        "kinds": [(str(value), str(label)) for value, label in Directive.Kind.choices],
        "lines": [(each.code, each.name_en if lang() == "en" else each.name_vi) for each in orgs.lines()],
        "years": range(today.year, 2015, -1),
        "is_filtered": bool(set(asked) - {"xep", "trang"}),
        "may_file": _may_file(request),
    }  # fmt: skip
    return page(request, "desk/directives/list.html", context)


@require_safe
@door("plans.read")
def directive(request: DeskRequest, pk: int) -> HttpResponse:
    """One directive: what it rests on, what rests on it, what it asks and who has done it."""
    found, today = found_for(request, pk), day_of(clock.now())
    duties = queries.duties_of(found)
    seen = queries.seen_by(request.person, clock.now())
    around = trees.around(seen, pk)
    drawn = {each.directive.pk for each in trees.walked([around])} if around else set()
    upwards, downwards = queries.related(found, seen)
    context = {
        "directive": found,
        "row": documents.rows([found])[0],
        "unit_name": orgs.name_near(found.unit_id, found.date),
        "roots": documents.nodes([around], LEAD, here=pk) if around else [],
        "is_told": request.GET.get("xem") == TOLD,
        # What the drawing cannot show: a document hangs on one other there.
        "upwards": [each for each in upwards if each[1].pk not in drawn],
        "downwards": [each for each in downwards if each[1].pk not in drawn],
        "asked": directing.asked(duties, _standings(request, found, today)),
        "may_file": may_file_at(request, found) and found.withdrawn_at is None,
        "versions": directing.versions(list(queries.versions_of(found))),
    }
    return page(request, "desk/directives/one.html", context)


@require_safe
@door("plans.read")
def units(request: DeskRequest, pk: int) -> HttpResponse:
    """The door of a duty's figure: each unit, how it stands, and the record that answers."""
    found, today = found_for(request, pk), day_of(clock.now())
    state, duty = request.GET.get("tinh", ""), whole(request.GET.get("viec", ""), 0)
    told = [
        each
        for each in _standings(request, found, today)
        if (not state or each.state == state) and (not duty or each.duty.pk == duty)
    ]
    part = Paginator(directing.stands(told, today), A_PAGE * 2).get_page(request.GET.get("trang"))
    context = {
        "directive": found,
        "part": part,
        "states": [(each.value, str(directing.TOLD[each][0])) for each in State],
        "state": state,
        "duty": duty,
    }
    return page(request, "desk/directives/units.html", context)


@require_safe
@door("plans.read")
def document(request: DeskRequest, pk: int) -> HttpResponse:
    """The document itself, as a file to keep: nothing of a sender's is opened in our pages."""
    found = found_for(request, pk)
    if not found.file:
        raise Http404
    path = files.path_of(found.file)
    answer = HttpResponse(path.read_bytes(), content_type=papers.MEDIA_TYPES[path.suffix])
    answer["Content-Disposition"] = f'attachment; filename="van-ban-{found.pk}{path.suffix}"'
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def found_for(request: DeskRequest, pk: int) -> Directive:
    """One that may not be read answers like one that is not there."""
    found = queries.seen_by(request.person, clock.now()).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def may_file_at(request: DeskRequest, found: Directive) -> bool:
    return rights.units_among(request.person, "plans.file", [found.unit_id], clock.now()).exists()


def _may_file(request: DeskRequest) -> bool:
    return bool(here.here(request, day_of(clock.now())).roles & rights.ACTS["plans.file"].roles)


def _standings(request: DeskRequest, found: Directive, today: dt.date) -> list[queries.Standing]:
    """Of the units in one's reach: those below see how they stand themselves."""
    duties = queries.duties_of(found)
    if not duties:
        return []
    inside = set(
        rights.allowed(request.person, "plans.read", clock.now()).values_list("pk", flat=True)
    )
    told = directed.standings(duties, today=today)
    return [each for each in told if each.unit_id in inside]


def _kind(said: str) -> str:
    return said if said in Directive.Kind.values else ""


def _exported(found: QuerySet[Directive]) -> HttpResponse:
    head = [_("Số và ký hiệu"), _("Loại"), _("Ngày"), _("Cơ quan ban hành"), _("Trích yếu")]
    rows = [
        (row.code, row.kind, show_day(row.date), row.issuer, row.extract)
        for row in documents.rows(list(found))
    ]
    return csvs.csv_file("van-ban.csv", head, rows)
