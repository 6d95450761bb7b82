"""Photos and papers of a record: shown to those who may see the record, added and taken off by those who may correct it."""

import hashlib
import uuid as uuids
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lantoa.desk.doors import door, sentence
from lantoa.desk.http import DeskRequest
from lantoa.keeping import files
from lantoa.lib.errors import LantoaError
from lantoa.look import clock
from lantoa.work import evidence, pictures, queries
from lantoa.work.evidence import Sent
from lantoa.work.models import Evidence


@require_safe
@door("work.read")
def show(request: DeskRequest, number: uuids.UUID) -> HttpResponse:
    """The file itself."""
    found = _found(request, number)
    return as_it_lies(found.file, found.uuid, is_photo=found.kind == Evidence.Kind.PHOTO)


def as_it_lies(file: str, number: uuids.UUID, *, is_photo: bool) -> HttpResponse:
    """A photo or a paper that was kept. A paper comes as a file to keep: nothing of a sender's is opened in our pages."""
    kind = "image/jpeg" if is_photo else "application/pdf"
    answer = HttpResponse(files.path_of(file).read_bytes(), content_type=kind)
    if not is_photo:
        answer["Content-Disposition"] = f'attachment; filename="{number}.pdf"'
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


@require_POST
@door("work.correct")
def add(request: DeskRequest, pk: int) -> HttpResponse:
    activity = queries.record_for(request.person, pk, clock.now())
    if activity is None:
        raise Http404
    try:
        sent = sent_with(request.FILES.getlist("anh"), activity.uuid)
        evidence.attach(activity=activity, sent=sent, by=request.person, at=clock.now())
        messages.success(request, _("Đã thêm ảnh."))
    except LantoaError as error:
        messages.error(request, sentence(error))
    return redirect("desk:one-record", pk=pk)


@require_POST
@door("work.correct")
def remove(request: DeskRequest, number: uuids.UUID) -> HttpResponse:
    found = _found(request, number)
    evidence.remove(evidence=found, by=request.person, at=clock.now())
    messages.success(request, _("Đã bỏ ảnh."))
    return redirect("desk:one-record", pk=found.activity_id)


def sent_with(chosen: Sequence[Any], record: uuids.UUID) -> list[Sent]:
    """The files of a form, each under a number made from the record's and from what it is: sent twice is sent once.

    Raises:
        RefusedError: one is too heavy to be read at all.
    """
    sent = []
    for file in chosen:
        pictures.refuse_too_heavy(file.size or 0)
        content = file.read()
        own = uuids.uuid5(record, hashlib.sha256(content).hexdigest())
        sent.append(Sent(file.name or "", content, own))
    return sent


def _found(request: DeskRequest, number: uuids.UUID) -> Evidence:
    found = queries.evidence_for(request.person, number, clock.now())
    if found is None:
        raise Http404
    return found
