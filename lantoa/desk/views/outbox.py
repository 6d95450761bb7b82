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

# What the form and the outbox need to open without a network; at most 400 KB (UX 8).
FILES = [
    "look/css/fonts.css",
    "look/css/app.css",
    "desk/work.css",
    "look/mark.svg",
    "look/work-icons.svg",
    "look/fonts/bvp-400.woff2",
    "look/fonts/bvp-600.woff2",
    "look/fonts/so-bang-400.woff2",
    "look/fonts/so-bang-600.woff2",
    *(
        f"desk/js/{name}.js"
        for name in (
            "say",
            "numbers",
            "photos",
            "outbox",
            "work",
            "record",
            "pile",
            "session",
            "vendor/idb",
        )
    ),
]


@require_safe
@door("work.record")
def outbox(request: DeskRequest) -> HttpResponse:
    return page(request, "desk/record/outbox.html", {})


@require_safe
@never_cache
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker: which files and pages to keep, then the script that keeps them. The same for everyone."""
    files = [staticfiles_storage.url(name) for name in FILES]
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
