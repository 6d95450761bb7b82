"""Chuyên đề năm: one theme, what was promised under it and what was done, and the activities that study it."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lantoa.desk import parted, serving
from lantoa.desk.doors import door, lang, page
from lantoa.desk.http import DeskRequest
from lantoa.lib.dates import day_of
from lantoa.look import clock
from lantoa.plans.queries import programmes as queries
from lantoa.work import served

A_PAGE = 30


@require_safe
@door("plans.read")
def theme(request: DeskRequest, pk: int) -> HttpResponse:
    found, today = queries.theme_for(request.person, pk, clock.now()), day_of(clock.now())
    if found is None:
        raise Http404
    stands = parted.of(request, "theme", pk, found.year, today)
    held = served.for_theme(found, request.person, clock.now())
    part = Paginator(held, A_PAGE).get_page(request.GET.get("trang"))
    english = lang() == "en"
    context = {
        "theme": found,
        "unit_name": serving.named({found.unit_id}, today)[found.unit_id],
        "topics": [each.name_en if english else each.name_vi for each in found.topics.all()],
        "tally": stands.tally,
        "door": stands.door,
        "part": part,
        "rows": serving.rows(list(part), today),
        "back": f"{reverse('desk:programmes')}?nam={found.year}",
        "back_name": _("Chương trình"),
    }
    return page(request, "desk/programmes/theme.html", context)
