"""Published questions: those asked often, a search, how the inbox does; one of them; "it was my question too"."""

from collections.abc import Sequence
from typing import Any

from allauth.core import ratelimit
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lantoa.enquiries import facts, publishing, queries
from lantoa.enquiries.models import Topic
from lantoa.lib.dates import day_of
from lantoa.lib.periods import period_on
from lantoa.look import clock
from lantoa.orgs import queries as orgs
from lantoa.portal import describing, reading, rows
from lantoa.portal.doors import door, page
from lantoa.portal.posting import form_door

A_PAGE = 20
SHOWN = [facts.ASKED, facts.ANSWERED, facts.IN_TIME]


@door
def questions(request: HttpRequest) -> HttpResponse:
    words, topic = request.GET.get("tim", "")[:200], request.GET.get("linh-vuc", "")
    found = publishing.search(words, topic if topic in Topic.values else "")
    part = Paginator(found, A_PAGE).get_page(request.GET.get("trang"))
    is_asked = bool(words or topic)
    context = {
        "section": "questions",
        "words": words,
        "topic": topic,
        "topics": Topic.choices,
        "part": part,
        "rows": list(part),
        "often": [] if is_asked or part.number > 1 else publishing.often(),
        "is_asked": is_asked,
        **_figures(),
    }
    return page(request, "portal/enquiries/list.html", context)


def _figures() -> dict[str, Any]:
    """This year's sums, each a door to its entries; the median read from the sums of its lengths; what is late now."""
    at = clock.now()
    year = period_on(day_of(at), "year")
    known = queries.measures()
    measures = [known[code] for code in [*SHOWN, *facts.AFTER] if code in known]
    if len(measures) < len(SHOWN) + len(facts.AFTER):
        return {}
    scene = reading.scene(
        line=orgs.territory(), unit=None, period=year, structure_day=None, measures=measures
    )
    found = rows.measure_rows(scene, measures)
    counts = [row.value or 0 for row in found[len(SHOWN) :]]
    return {
        "year": year.name(),
        "figures": found[: len(SHOWN)],
        "median": _median(counts),
        "median_rows": found[len(SHOWN) :],
        "late": queries.late_now(at),
    }


def _median(counts: Sequence[int]) -> str:
    """In words: half of all answers took so many working days or less."""
    days = queries.median_days(counts)
    if days is None:
        return ""
    if days == 0:
        return _("trong ngày")
    if days == len(facts.AFTER) - 1:
        return _("hơn 5 ngày làm việc")
    return ngettext("%(n)s ngày làm việc", "%(n)s ngày làm việc", days) % {"n": days}


@door
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    found = publishing.one(pk)
    if found is None:
        raise Http404
    names = orgs.names_on(day_of(clock.now()), [found.unit_id, *filter(None, [found.place_id])])
    unit = names[found.unit_id].name if found.unit_id in names else ""
    context = {
        "section": "questions",
        "answer": found,
        "unit": unit,
        "link": describing.address_of(request, found),
        "graph": describing.question(request, found, unit),
        "place": names[found.place_id].name if found.place_id in names else "",
        "others": [each for each in publishing.alike(found.question, most=4) if each.pk != pk],
        "is_thanked": bool(request.GET.get("da-ghi")),
    }
    return page(request, "portal/enquiries/answer.html", context)


@form_door(lambda request: redirect("portal:questions"))
def ask_too(request: HttpRequest, pk: int) -> HttpResponse:
    """It was my question too: counted, without anything of whoever pressed."""
    if publishing.one(pk) is None:
        raise Http404
    if request.method == "POST" and ratelimit.consume(request, action="ask"):
        publishing.ask_too(pk)
        response = redirect("portal:answer", pk)
        response["Location"] += "?da-ghi=1"
        return response
    return redirect("portal:answer", pk)
