"""Đề xuất mô hình: what works at my unit, told once; what is like it is shown first."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lantoa.desk import here
from lantoa.desk.doors import door, page, sentence
from lantoa.desk.http import DeskRequest
from lantoa.lib import dates, numbers
from lantoa.lib.dates import day_of
from lantoa.lib.errors import LantoaError
from lantoa.look import clock
from lantoa.orgs.models import Post, Unit
from lantoa.practices import actions, queries
from lantoa.practices.models import Practice
from lantoa.practices.refusals import Draft

# The boxes, by the name that a refusal gives them.
BOXES = {
    "title": "ten", "summary": "tom-tat", "steps": "cach-lam", "kind": "loai", "field": "linh-vuc", "holder": "cua",
    "cost": "chi-phi", "needs": "can-ai", "contact": "hoi-ai", "start": "tu-ngay",
}  # fmt: skip
LONGEST = 4000


@require_http_methods(["GET", "HEAD", "POST"])
@door("practices.propose")
def propose(request: DeskRequest) -> HttpResponse:
    """Sent once, it shows what is like it; sent again, knowing that, it is proposed."""
    today = day_of(clock.now())
    unit = here.here(request, today).unit
    typed = {box: request.POST.get(box, "")[:LONGEST] for box in BOXES.values()}
    wrong, box, alike = "", "", []
    if request.method == "POST":
        alike = queries.similar(f"{typed['ten']}. {typed['tom-tat']}")
        if not alike or request.POST.get("da-xem"):
            try:
                practice = actions.propose(
                    unit=unit,
                    draft=_draft(request.POST, unit),
                    start=dates.read_day(typed["tu-ngay"]),
                    by=request.person,
                    at=clock.now(),
                )
            except LantoaError as error:
                wrong, box = sentence(error), BOXES.get(getattr(error, "where", ""), "tu-ngay")
            else:
                messages.success(request, _("Đã đề xuất. Cấp trên đăng ký thì mô hình được tính."))
                return redirect("desk:practice", pk=practice.pk)
    context = {
        "typed": {name: typed[box_name] for name, box_name in BOXES.items()},
        "kinds": Practice.Kind.choices,
        "fields": Practice.Field.choices,
        "holders": Practice.Holder.choices,
        "roles": Post.Role.choices,
        "alike": alike,
        "mistakes": [(box, wrong)] if wrong else [],
        "today": today,
    }
    return page(request, "desk/practices/propose.html", context, status=400 if wrong else 200)


def _draft(sent: QueryDict, unit: Unit) -> Draft:
    """The how-to has a step a line, whatever people put before it."""
    lines = (
        line.strip().lstrip("0123456789.)-•– ") for line in sent.get("cach-lam", "").splitlines()
    )
    cost = sent.get("chi-phi", "").strip()
    return Draft(
        kind=sent.get("loai", ""),
        field=sent.get("linh-vuc", ""),
        title=sent.get("ten", ""),
        summary=sent.get("tom-tat", ""),
        steps=[line for line in lines if line],
        contact_unit=unit,
        contact_role=sent.get("hoi-ai", ""),
        holder=sent.get("cua", ""),
        cost=numbers.read(cost) if cost else None,
        needs=sent.get("can-ai", ""),
    )
