"""Cây văn bản: how directives come down from one another, drawn; those that stand together or alone, as a list."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lantoa.desk.doors import door, page
from lantoa.desk.http import DeskRequest
from lantoa.desk.views.plans import whole
from lantoa.look import clock, documents
from lantoa.look.documents import Addresses, Row
from lantoa.plans.models import Directive
from lantoa.plans.queries import directives as queries
from lantoa.plans.queries import trees
from lantoa.plans.queries.trees import Branch, Group

A_PAGE, TREES_A_PAGE = 30, 4
ALONE, TOLD = "rieng", "chu"
# Which group is opened; "" is everything below the directive.
GROUP = "nhom"


@require_safe
@door("plans.read")
def tree(request: DeskRequest) -> HttpResponse:
    """From the first directives down to the plans of communes: of all, or of one directive (`tu`)."""
    asked, seen = request.GET, queries.seen_by(request.person, clock.now())
    if asked.get("xem") == ALONE:
        return _alone(request, seen)
    roots = trees.tree(seen)
    number = whole(asked.get("tu", ""), 0)
    if number:
        roots = [each for each in trees.walked(roots) if each.directive.pk == number]
        if not roots:
            raise Http404
    if number and GROUP in asked:
        return _group(request, roots[0], asked[GROUP])
    part = Paginator(roots, TREES_A_PAGE).get_page(asked.get("trang"))
    count = sum(each.size for each in roots)
    context = {
        "part": part,
        "roots": documents.nodes(list(part), LEAD),
        "count": count,
        "alone": 0 if number else seen.filter(withdrawn_at=None).count() - count,
        "is_told": asked.get("xem") == TOLD,
        "one": roots[0].directive if number else None,
    }
    return page(request, "desk/directives/tree.html", context)


def _alone(request: DeskRequest, seen: QuerySet[Directive]) -> HttpResponse:
    part = Paginator(trees.alone(seen), A_PAGE).get_page(request.GET.get("trang"))
    shown = seen.filter(pk__in=list(part)).order_by("-date", "-pk")
    heading = _("Văn bản không căn cứ văn bản nào trong sổ")
    return _listed(request, part, documents.rows(list(shown)), heading, "")


def _group(request: DeskRequest, branch: Branch, key: str) -> HttpResponse:
    """The directives that one card stands for: as many as it says."""
    if key:
        alike = [each for each in trees.gathered(branch) if isinstance(each, Group)]
        members = next((each.members for each in alike if each.key == key), ())
    else:
        members = [each for each in trees.walked([branch]) if each is not branch]
    found = sorted((each.directive for each in members), key=lambda each: (each.date, each.pk))
    part = Paginator(found, A_PAGE).get_page(request.GET.get("trang"))
    heading = _("Văn bản dưới %(code)s") % {"code": branch.directive.code}
    back = f"?tu={branch.directive.pk}"
    return _listed(request, part, documents.rows(list(part)), heading, back)


def _listed(
    request: DeskRequest, part: Page[Any], rows: Sequence[Row], heading: str, back: str
) -> HttpResponse:
    context = {
        "part": part,
        "rows": rows,
        "heading": heading,
        "back": f"{reverse('desk:directive-tree')}{back}",
    }
    return page(request, "desk/directives/group.html", context)


def address_of(directive: int) -> str:
    return reverse("desk:directive", args=[directive])


def group_address(directive: int, key: str) -> str:
    asked = urlencode({"tu": directive, GROUP: key})
    return f"{reverse('desk:directive-tree')}?{asked}"


LEAD = Addresses(address_of, group_address)
