"""Chờ gửi: what this phone has not sent yet. The page is empty; the phone fills it. And the worker that keeps it ready."""

import hashlib
import json

from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lantoa.desk.doors import door, page
from lantoa.desk.http import DeskRequest
from lantoa.look.context import saves_data

SHEET, PLAIN_SHEET = "desk/work.css", "desk/plain.css"
FILES = [
    "look/mark.svg",
    "look/work-icons.svg",
    *(f"desk/js/{name}.js" for name in ("desk", "photos", "record", "pile", "session")),
]
FONTS = [f"look/fonts/{name}.woff2" for name in ("bvp-400", "bvp-600", "so-bang-400", "so-bang-600")]  # fmt: skip


def kept(*, with_fonts: bool) -> list[str]:
    """What the form and the outbox need to open without a network; at most 400 KB (UX 8)."""
    return [SHEET, *FILES, *FONTS] if with_fonts else [PLAIN_SHEET, *FILES]


@require_safe
@door("work.record")
def outbox(request: DeskRequest) -> HttpResponse:
    return page(request, "desk/record/outbox.html", {})


@require_safe
@never_cache
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker: which files and pages to keep, then the script that keeps them. The same for everyone."""
    files = [staticfiles_storage.url(name) for name in kept(with_fonts=not saves_data(request))]
    form = reverse("desk:record")
    script = staticfiles_storage.url("desk/js/worker.js")
    shell = {
        "version": hashlib.sha256("".join([*files, script]).encode()).hexdigest()[:12],
        "files": files,
        "home": reverse("desk:mine"),
        "form": form,
        "pages": [form, reverse("desk:outbox"), reverse("desk:mine")],
    }
    text = f"const SHELL = {json.dumps(shell)};\nimportScripts({json.dumps(script)});\n"
    return HttpResponse(text, content_type="text/javascript; charset=utf-8")


worker.needs = "public"  # type: ignore[attr-defined]
