"""Zalo's webhook: kept when it is signed, answered within two seconds, worked on later (DOMAIN 8)."""

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from lantoa.enquiries import deliveries
from lantoa.enquiries.signature import LARGEST, ForgedError
from lantoa.look import clock


@csrf_exempt
@require_POST
@never_cache
def webhook(request: HttpRequest) -> HttpResponse:
    try:
        if int(request.headers.get("Content-Length") or 0) > LARGEST:
            return HttpResponse(status=413)
        header = request.headers.get("X-ZEvent-Signature", "")
        deliveries.keep(body=request.body, header=header, at=clock.now())
    except (RequestDataTooBig, ValueError):
        return HttpResponse(status=413)
    except ForgedError:
        return HttpResponse(status=403)
    return HttpResponse(status=200)


webhook.needs = "public"  # type: ignore[attr-defined]
