"""Files that citizens send: fetched by the worker, kept sealed outside the web root, opened for those who answer."""

import datetime as dt

from lantoa.enquiries import fetching, jobs, sealing
from lantoa.enquiries.models import Attachment
from lantoa.keeping import files

CONTEXT = "attachment"
A_ROUND = 50
State = Attachment.State


def work(at: dt.datetime) -> int:
    """Fetch what is waiting. Gives how many files were kept."""
    waiting = Attachment.objects.filter(state=State.WAITING)
    kept = 0
    for each in jobs.due(waiting, at).order_by("pk")[:A_ROUND]:
        if jobs.claim(waiting, each, at):
            kept += _fetch(each, at)
    return kept


def content_of(attachment: Attachment) -> bytes | None:
    """The file as it was sent; None if it is no longer there.

    Raises:
        sealing.SealBrokenError
    """
    path = files.path_of(attachment.file)
    return sealing.opened(path.read_bytes(), CONTEXT) if path.is_file() else None


def forget(attachment: Attachment) -> None:
    if attachment.file:
        files.forget(attachment.file)


def _fetch(attachment: Attachment, at: dt.datetime) -> bool:
    one = Attachment.objects.filter(pk=attachment.pk, state=State.WAITING)
    try:
        fetched = fetching.fetch(attachment.address)
    except fetching.RefusedAddressError as error:
        one.update(state=State.REFUSED, address="", fault=str(error))
        return False
    except fetching.BrokenOffError as error:
        jobs.rest(Attachment.objects.all(), attachment, str(error), at)
        return False
    name = files.keep(sealing.seal(fetched.content, CONTEXT), ".sealed")
    kept = one.update(
        state=State.KEPT, address="", fault="", file=name, media_type=fetched.media_type
    )
    if kept != 1:
        files.forget(name)
    return kept == 1
