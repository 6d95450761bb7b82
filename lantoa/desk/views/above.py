"""What a higher authority decided about dossiers that this unit's council agreed to, written down with its number and date."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lantoa.awards import above, queries, sittings
from lantoa.awards.above import FromAbove
from lantoa.desk import awarding
from lantoa.desk.doors import door, page, sentence
from lantoa.desk.forms import awards as forms
from lantoa.desk.http import DeskRequest
from lantoa.lib.errors import RefusedError
from lantoa.look import clock
from lantoa.orgs.models import Unit

# A form that only one authority gives today; another may be typed.
USUAL = "Thủ tướng Chính phủ"


@require_http_methods(["GET", "HEAD", "POST"])
@door("awards.decide")
def record(request: DeskRequest, pk: int) -> HttpResponse:
    """Those ticked stand on one decision of one authority."""
    unit = sittings.unit_for(request.person, pk, clock.now())
    if unit is None:
        raise Http404
    if request.method != "POST":
        return _shown(request, unit)
    date, wrong = forms.day(request.POST.get("ngay-cap-tren", ""))
    if date is None:
        return _shown(request, unit, ("ngay-cap-tren", wrong))
    chosen = {forms.whole(each) for each in request.POST.getlist("ho-so")}
    waiting = queries.sent_above(request.person, unit, clock.now())
    told = FromAbove(
        authority=request.POST.get("cap-tren", "")[:200],
        symbol=request.POST.get("so-cap-tren", "")[:100],
        date=date,
    )
    try:
        made = above.record(
            nominations=[each for each in waiting if each.pk in chosen],
            told=told,
            by=request.person,
            at=clock.now(),
        )
    except RefusedError as error:
        return _shown(request, unit, (error.where, sentence(error)))
    messages.success(request, _("Đã ghi quyết định của cấp trên."))
    return redirect("desk:award-decision", pk=made.pk)


def _shown(request: DeskRequest, unit: Unit, wrong: tuple[str, str] | None = None) -> HttpResponse:
    now, typed = clock.now(), request.POST
    waiting = queries.sent_above(request.person, unit, now)
    context = {
        "unit": unit,
        "unit_name": awarding.unit_name(unit.pk, now),
        "rows": list(zip(awarding.rows(waiting), waiting, strict=True)),
        "authority": typed.get("cap-tren", "") or USUAL,
        "symbol": typed.get("so-cap-tren", ""),
        "day": typed.get("ngay-cap-tren", ""),
        "chosen": {forms.whole(each) for each in typed.getlist("ho-so")},
        "is_new": request.method != "POST",
        "mistakes": [wrong] if wrong else [],
    }
    return page(request, "desk/awards/above.html", context, status=400 if wrong else 200)
