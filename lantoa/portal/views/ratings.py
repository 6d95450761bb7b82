"""The stars of an article: taken without a cookie, a script or a login, and how they fall."""

from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from lantoa.articles import queries, rating
from lantoa.lib.errors import RefusedError
from lantoa.look import clock
from lantoa.look.addresses import address_of
from lantoa.portal import asking, telling
from lantoa.portal.doors import page, sentence

ASKED = "da-danh-gia"


@csrf_exempt  # a reader has no cookie to forge with; where the form stood is asked instead
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rate(request: HttpRequest, year: int, month: str, slug: str) -> HttpResponseBase:
    """GET: the votes by stars. POST: a vote, answered by the article's own page."""
    article = queries.by_slug(slug)
    if article is None or not article.live:
        raise Http404
    there = telling.address(article)
    if request.method != "POST":
        context = {
            "section": "news",
            "article": article,
            "href": there,
            "score": rating.score(article),
        }
        return page(request, "portal/ratings.html", context)
    if not is_from_here(request):
        return page_of_foreigner(request)
    try:
        outcome = rating.rate(
            article=article,
            stars=asking.whole(request.POST.get("sao", "")),
            address=address_of(request),
            browser=request.headers.get("User-Agent", "")[:400],
            at=clock.now(),
        )
    except RefusedError as error:
        context = {"section": "news", "article": article, "href": there, "wrong": sentence(error)}
        response = page(request, "portal/ratings.html", context | {"score": rating.score(article)})
        response.status_code = 400
        return response
    said = request.POST["sao"] if outcome is rating.Outcome.COUNTED else outcome.value
    return HttpResponseRedirect(f"{there}?{ASKED}={said}#danh-gia", status=303)


rate.needs = "public"  # type: ignore[attr-defined]


def is_from_here(request: HttpRequest) -> bool:
    """Whether the form stood on a page of ours, as the browser says; one that says nothing is believed."""
    fetched = request.headers.get("Sec-Fetch-Site", "")
    origin = request.headers.get("Origin", "")
    if fetched:
        return fetched in ("same-origin", "none")
    return not origin or urlsplit(origin).netloc == request.get_host()


def page_of_foreigner(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(_("Phiếu này không gửi từ trang của chúng tôi."), content_type="text/plain; charset=utf-8")  # fmt: skip
    response.status_code = 403
    return response


def said_after(request: HttpRequest) -> str:
    """What the article says to who has just voted; "" to everyone else."""
    asked = request.GET.get(ASKED, "")
    if asked in {"1", "2", "3", "4", "5"}:
        return _("Đã nhận %(s)s sao. Cảm ơn.") % {"s": asked}
    return {
        rating.Outcome.AGAIN.value: _("Hôm nay máy này đã đánh giá bài này."),
        rating.Outcome.HELD.value: _(
            "Đã nhận phiếu. Nhiều phiếu cùng đến từ một nơi, nên biên tập viên xem rồi mới tính."
        ),
    }.get(asked, "")
