"""What one may do with evidence: attach it to a record, take it away. What was attached stays to be read about."""

import datetime as dt
import hashlib
import uuid as uuids
from collections.abc import Sequence
from typing import NamedTuple

from django.db import IntegrityError, transaction

from lantoa.keeping import files
from lantoa.lib.errors import LantoaError, RefusedError
from lantoa.orgs import rights
from lantoa.orgs.models import Person
from lantoa.work import actions, pictures
from lantoa.work.drafts import Draft
from lantoa.work.models import Activity, Evidence

MOST = 12
PAPER = b"%PDF-"
NAME_LENGTH = 120


class Sent(NamedTuple):
    """A file as it was sent. `uuid` is made where it was chosen, so that a resend counts once."""

    name: str
    content: bytes
    uuid: uuids.UUID


class OtherFileError(LantoaError):
    """The number of a photo stands for another photo."""

    def __init__(self) -> None:
        super().__init__(
            vi="Mã ảnh này đã dùng cho một ảnh khác. Hãy chọn lại ảnh rồi gửi.",
            en="This photo's number stands for another photo. Choose the photo again and send it.",
        )


class Kept(NamedTuple):
    """A file that may be kept: its bytes, and of a photo what it looks like and when it was taken."""

    kind: Evidence.Kind
    content: bytes
    likeness: str
    taken: dt.date | None


@transaction.atomic
def record_with(*, draft: Draft, sent: Sequence[Sent], by: Person, at: dt.datetime) -> Activity:
    """Record what was done together with its photos: all of it or nothing.

    Raises:
        RefusedError: something is wrong with the record or with a photo.
        SentBeforeError: the number was used for something else.
    """
    activity = actions.record_many(drafts=[draft], by=by, at=at)[0]
    _attach(activity, sent, by=by, at=at)
    return activity


@transaction.atomic
def attach(
    *, activity: Activity, sent: Sequence[Sent], by: Person, at: dt.datetime
) -> list[Evidence]:
    """Add photos or papers to a record. The same under the same number again gives the same.

    Raises:
        RefusedError: no photo and no PDF, too heavy, too large, or too many.
        OtherFileError: the number stands for another file.
    """
    rights.require(by, "work.correct", activity.unit, at)
    return _attach(activity, sent, by=by, at=at)


@transaction.atomic
def remove(*, evidence: Evidence, by: Person, at: dt.datetime) -> None:
    """Take a photo off a record. Its row stays, so that the same photo elsewhere is still known."""
    rights.require(by, "work.correct", evidence.activity.unit, at)
    Evidence.objects.filter(pk=evidence.pk, removed_at=None).update(removed_at=at)


def _attach(
    activity: Activity, sent: Sequence[Sent], *, by: Person, at: dt.datetime
) -> list[Evidence]:
    there = Evidence.objects.filter(activity=activity, removed_at=None)
    _refuse_too_many(there.exclude(uuid__in=[each.uuid for each in sent]).count() + len(sent))
    return [_keep(activity, each, by=by, at=at) for each in sent]


def _keep(activity: Activity, sent: Sent, *, by: Person, at: dt.datetime) -> Evidence:
    """One file. Its row first in doubt, its bytes first in fact: a row without a file would be a lie."""
    digest = hashlib.sha256(sent.content).hexdigest()
    if before := _sent_before(activity, sent, digest):
        return before
    kept = cleaned(sent)
    suffix = ".jpg" if kept.kind == Evidence.Kind.PHOTO else ".pdf"
    name = files.keep(kept.content, suffix)
    try:
        with transaction.atomic():
            return Evidence.objects.create(
                uuid=sent.uuid,
                activity=activity,
                kind=kept.kind,
                name=plain_name(sent.name),
                file=name,
                size=len(kept.content),
                digest=digest,
                likeness=kept.likeness,
                taken_date=kept.taken,
                recorded_at=at,
                recorded_by=by,
            )
    except IntegrityError:
        files.forget(name)
        # Sent twice at once: the other one was faster.
        if before := _sent_before(activity, sent, digest):
            return before
        raise


def _sent_before(activity: Activity, sent: Sent, digest: str) -> Evidence | None:
    before = Evidence.objects.filter(uuid=sent.uuid).first()
    if before and (before.activity_id != activity.pk or before.digest != digest):
        raise OtherFileError
    return before


def cleaned(sent: Sent) -> Kept:
    """A file as it is kept, wherever it is evidence: a photo written anew, or a PDF as it came.

    Raises:
        RefusedError: neither, too heavy, or too large.
    """
    if sent.content.startswith(PAPER):
        pictures.refuse_too_heavy(len(sent.content))
        return Kept(Evidence.Kind.PAPER, sent.content, "", None)
    picture = pictures.cleaned(sent.content)
    return Kept(Evidence.Kind.PHOTO, *picture)


def plain_name(name: str) -> str:
    """The last part of a name, without what no name has."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(letter for letter in last if letter.isprintable())[-NAME_LENGTH:]


def _refuse_too_many(count: int) -> None:
    if count > MOST:
        raise RefusedError(
            where="photos",
            vi=f"Một hoạt động giữ nhiều nhất {MOST} ảnh. Hãy chọn những ảnh nói được nhiều nhất.",
            en=f"A record keeps at most {MOST} photos. Choose those that say the most.",
        )
